/* ledger/frame.c - finds declaration, body and signature of a ledger in its bytes.
 *
 * Input: bytes of any origin. No XML is parsed here: the frame is literal text, so that the digest
 * of a ledger can be taken with head, tail and a hash program, and so that a seal is checked before
 * any parser sees the file. */
#include "ledger/frame.h"
#include "ledger/place.h"
#include <openssl/evp.h>
#include <string.h>

static utfall_status refuse(utfall_run *run, utfall_loc at, const char *message, const char *hint)
{
    return utfall_run_report(run, &(utfall_finding){.code = UTFALL_E_SYNTAX,
                                                    .severity = UTFALL_ERROR,
                                                    .at = at,
                                                    .message = message,
                                                    .hint = hint});
}

static bool starts(const char *bytes, size_t len, const char *with)
{
    size_t n = strlen(with);
    return len >= n && memcmp(bytes, with, n) == 0;
}

static bool ends(const char *bytes, size_t len, const char *with)
{
    size_t n = strlen(with);
    return len >= n && memcmp(bytes + len - n, with, n) == 0;
}

/* Offset of the first byte that a body cannot have, or len. */
static size_t body_fault(const char *body, size_t len, const char **what)
{
    for (size_t i = 0; i < len; i++) {
        if (body[i] == '\0' || body[i] == '\r') {
            *what = body[i] == '\0' ? "the ledger has a NUL byte" : "the ledger has a CR byte";
            return i;
        }
        if (body[i] == '<' && starts(body + i, len - i, "<ds:")) {
            *what = "\"<ds:\" stands before the last line: expected one signature, at the end";
            return i;
        }
    }
    return len;
}

/* The signature in the last line (without its LF), or a status. */
static utfall_status find_signature(utfall_run *run, utfall_frame *found, utfall_loc at,
                                    const char *line, size_t len)
{
    size_t sealed = len - strlen(UTFALL_FRAME_END);
    if (sealed == 0)
        return UTFALL_OK;
    if (!starts(line, sealed, UTFALL_FRAME_SIGNATURE) ||
        !ends(line, sealed, UTFALL_FRAME_SIGNATURE_END))
        return refuse(run, at,
                      "the last line is not a ledger's: expected </ledger>, or one "
                      "<ds:Signature ...></ds:Signature> and </ledger>",
                      "take the file as it was written; an editor may have laid it out anew");
    if (sealed > UTFALL_SIGNATURE_BYTES_MAX)
        return refuse(run, at, "the signature is too long: expected at most 65536 bytes", NULL);
    const char *what = NULL;
    if (memchr(line, '\0', sealed) || memchr(line, '\r', sealed)) {
        what = "the signature has a NUL or CR byte";
        return refuse(run, at, what, NULL);
    }
    found->signature = line;
    found->signature_len = sealed;
    return UTFALL_OK;
}

/* Whether a line near the beginning of what cannot be XML starts as that of a contract. */
static bool is_contract(const char *bytes, size_t len)
{
    static const char key[] = "utfall:";
    enum { LINES_MAX = 100 };
    if (len == 0 || bytes[0] == '<')
        return false;
    for (int lines = 0; lines < LINES_MAX; lines++) {
        if (starts(bytes, len, key))
            return true;
        const char *next = memchr(bytes, '\n', len);
        if (next == NULL)
            return false;
        len -= (size_t)(next + 1 - bytes);
        bytes = next + 1;
    }
    return false;
}

utfall_status utfall_frame_find(utfall_run *run, utfall_frame *out, const char *name,
                                const char *bytes, size_t len)
{
    size_t head = strlen(UTFALL_FRAME_DECLARATION);
    if (len > UTFALL_LEDGER_BYTES_MAX)
        return refuse(run, (utfall_loc){name, 0, 0},
                      "the file is too large for a ledger: expected at most 67108864 bytes", NULL);
    if (is_contract(bytes, len))
        return refuse(run, (utfall_loc){name, 0, 0}, "this is a contract: settle it first",
                      "`utfall settle` writes the ledger, and that is what is asked for here");
    if (!starts(bytes, len, UTFALL_FRAME_DECLARATION))
        return refuse(run, (utfall_loc){name, 1, 1},
                      "the first line is not a ledger's: expected <?xml version=\"1.0\" "
                      "encoding=\"UTF-8\"?> and a line feed",
                      "is this a file that utfall wrote, unpacked and as UTF-8 without byte-order "
                      "mark?");
    if (!starts(bytes + head, len - head, UTFALL_FRAME_ROOT))
        return refuse(run, (utfall_loc){name, 2, 1},
                      "the second line does not begin with " UTFALL_FRAME_ROOT, NULL);
    size_t end = len - 1; /* of the last line, without its LF */
    if (bytes[end] != '\n')
        return refuse(run, utfall_place_of(name, bytes, len, len),
                      "the file does not end in a line feed", "the file may have been cut off");
    size_t last = end;
    while (last > head && bytes[last - 1] != '\n')
        last--;
    if (last <= head || !ends(bytes + last, end - last, UTFALL_FRAME_END))
        return refuse(run, utfall_place_of(name, bytes, len, last),
                      "the last line does not end in </ledger>", "the file may have been cut off");
    utfall_frame found = {bytes + head, last - head, NULL, 0};
    utfall_status status = find_signature(run, &found, utfall_place_of(name, bytes, len, last),
                                          bytes + last, end - last);
    if (status != UTFALL_OK)
        return status;
    const char *what = NULL;
    size_t fault = body_fault(found.body, found.body_len, &what);
    if (fault < found.body_len)
        return refuse(run, utfall_place_of(name, bytes, len, head + fault), what, NULL);
    *out = found;
    return UTFALL_OK;
}

utfall_status utfall_frame_digest(uint8_t out[32], const utfall_frame *frame)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    bool done = hash && EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1 &&
                EVP_DigestUpdate(hash, frame->body, frame->body_len) == 1 &&
                EVP_DigestUpdate(hash, UTFALL_FRAME_END, strlen(UTFALL_FRAME_END)) == 1 &&
                EVP_DigestFinal_ex(hash, digest, NULL) == 1;
    EVP_MD_CTX_free(hash);
    if (!done)
        return UTFALL_E_NOMEM;
    memcpy(out, digest, 32);
    return UTFALL_OK;
}

utfall_status utfall_ledger_digest(utfall_run *run, uint8_t out[32], const char *name,
                                   const char *bytes, size_t len)
{
    utfall_frame frame;
    utfall_status status = utfall_frame_find(run, &frame, name, bytes, len);
    return status == UTFALL_OK ? utfall_frame_digest(out, &frame) : status;
}
