/* ledger/place.c - offsets as lines and columns, and pieces of hostile bytes fit to show. */
#include "ledger/place.h"
#include <string.h>

enum { QUOTE_MAX = 60 };

utfall_loc utfall_place_of(const char *name, const char *bytes, size_t len, size_t offset)
{
    utfall_loc at = {name, 1, 1};
    for (size_t i = 0; i < offset && i < len; i++) {
        if (bytes[i] == '\n') {
            at.line++;
            at.column = 1;
        } else if (((unsigned char)bytes[i] & 0xc0U) != 0x80U) {
            at.column++;
        }
    }
    return at;
}

/* Length of the well-formed UTF-8 sequence at `s`, control characters apart; 0 = none. */
static size_t sequence_length(const unsigned char *s, size_t len)
{
    if (s[0] < 0x80)
        return s[0] >= 0x20 && s[0] != 0x7f ? 1 : 0;
    size_t n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || len < n)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0U) != 0x80U)
            return 0;
    }
    bool is_wide = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
                   (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f);
    bool is_control = s[0] == 0xc2 && s[1] < 0xa0;
    return is_wide || is_control ? 0 : n;
}

/* Copy of at most `max` bytes with whatever cannot be shown as "?". */
static size_t copy_shown(char *out, size_t max, const char *text, size_t len)
{
    size_t used = 0;
    for (size_t i = 0; i < len;) {
        size_t n = sequence_length((const unsigned char *)text + i, len - i);
        size_t size = n == 0 ? 1 : n;
        if (used + size > max)
            break;
        if (n == 0)
            out[used] = '?';
        else
            memcpy(out + used, text + i, n);
        used += size;
        i += size;
    }
    out[used] = '\0';
    return used;
}

const char *utfall_place_excerpt(utfall_run *run, const char *bytes, size_t len, size_t offset)
{
    if (offset > len)
        return NULL;
    size_t from = offset, to = offset;
    while (from > 0 && bytes[from - 1] != '\n')
        from--;
    while (to < len && bytes[to] != '\n')
        to++;
    char line[UTFALL_EXCERPT_MAX + 1];
    size_t used = copy_shown(line, UTFALL_EXCERPT_MAX, bytes + from, to - from);
    return offset - from < used ? utfall_run_text(run, line, used) : NULL;
}

const char *utfall_place_quote(utfall_run *run, const char *text, size_t len)
{
    char shown[QUOTE_MAX + 4];
    size_t used = copy_shown(shown, QUOTE_MAX, text, len);
    if (used < len) {
        memcpy(shown + used, "...", 4);
        used += 3;
    }
    return utfall_run_text(run, shown, used);
}
