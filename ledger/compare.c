/* ledger/compare.c - what a ledger says against what follows from it.
 *
 * Bytes are compared, not values: the format has one spelling for everything. The finding shows the
 * first line that differs both ways, from where it differs. */
#include "ledger/frame.h"
#include "ledger/place.h"
#include <string.h>

/* The rest of the line from `offset`, and some of what stands before it. */
static const char *line_around(utfall_run *run, const char *bytes, size_t len, size_t offset)
{
    enum { BEFORE = 24 };
    size_t from = offset, to = offset;
    while (from > 0 && offset - from < BEFORE && bytes[from - 1] != '\n')
        from--;
    while (from < offset && ((unsigned char)bytes[from] & 0xc0U) == 0x80U)
        from++;
    while (to < len && bytes[to] != '\n')
        to++;
    return utfall_place_quote(run, bytes + from, to - from);
}

/* Of the character that differs, not of its second byte. */
static size_t first_difference(const utfall_frame *a, const utfall_frame *b)
{
    size_t shorter = a->body_len < b->body_len ? a->body_len : b->body_len, at = 0;
    while (at < shorter && a->body[at] == b->body[at])
        at++;
    bool is_equal = at == a->body_len && at == b->body_len;
    while (!is_equal && at > 0 && at < a->body_len && ((unsigned char)a->body[at] & 0xc0U) == 0x80U)
        at--;
    return at;
}

/* The name of the part that the byte at `offset` lies in tells what its change means. */
static bool is_recorded(const utfall_frame *frame, size_t offset)
{
    static const char end[] = "</recorded>\n";
    for (size_t i = 0; i + sizeof end - 1 <= frame->body_len && i < offset; i++) {
        if (frame->body[i] == '<' && memcmp(frame->body + i, end, sizeof end - 1) == 0)
            return false;
    }
    return true;
}

utfall_status utfall_ledger_compare(utfall_run *run, const char *name, const char *bytes,
                                    size_t len, const char *composed, size_t composed_len)
{
    utfall_frame said, follows;
    utfall_status status = utfall_frame_find(run, &said, name, bytes, len);
    if (status == UTFALL_OK)
        status = utfall_frame_find(run, &follows, name, composed, composed_len);
    if (status != UTFALL_OK)
        return status;
    size_t at = first_difference(&said, &follows);
    if (at == said.body_len && at == follows.body_len)
        return UTFALL_OK;
    size_t head = (size_t)(said.body - bytes);
    const char *here = line_around(run, said.body, said.body_len, at);
    const char *there = line_around(run, follows.body, follows.body_len, at);
    const char *message = utfall_run_join(run, "the ledger says \"", here ? here : "",
                                          "\" where its own terms and sums give \"",
                                          there ? there : "", "\"", (const char *)NULL);
    if (!message)
        return UTFALL_E_NOMEM;
    return utfall_run_report(
        run, &(utfall_finding){
                 .code = UTFALL_E_INVALID,
                 .severity = UTFALL_ERROR,
                 .at = utfall_place_of(name, bytes, len, head + at),
                 .message = message,
                 .hint = is_recorded(&said, at)
                             ? "the recorded part is not as utfall writes it"
                             : "the ledger was changed after it was made; if recorded_sha256 is "
                               "what differs, the recorded part was",
                 .excerpt = utfall_place_excerpt(run, bytes, len, head + at)});
}
