/* contracts/text.c - what a text may consist of, before anything reads it. Input: bytes from
 * outside. Invariant: text that passed is UTF-8 and looks like what it is: no control characters,
 * no line ends in disguise, nothing that turns the direction of reading. */
#include "contracts/document.h"

#include <string.h>

/* Decode one code point; 0 when the bytes are not UTF-8 (U+0000 itself is refused before). */
static uint32_t point_decode(const unsigned char *at, size_t len, size_t *size)
{
    uint32_t first = at[0];
    if (first < 0x80) {
        *size = 1;
        return first;
    }
    size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4 || more >= len)
        return 0;
    uint32_t point = first & (0x3Fu >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (at[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (point < least[more] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return 0;
    *size = more + 1;
    return point;
}

static const char *point_fault(uint32_t point)
{
    if (point < 0x20 || (point >= 0x7F && point <= 0x9F))
        return "a control character";
    if (point == 0x2028 || point == 0x2029)
        return "a line separator (U+2028 or U+2029)";
    if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
        point == 0x200E || point == 0x200F || point == 0x61C)
        return "a character that turns the direction of reading";
    if (point == 0xFEFF || point == 0x200B || point == 0x2060)
        return "a character without width";
    if ((point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF))
        return "a code point that is no character";
    return NULL;
}

const char *utfall_text_fault(size_t *offset, const char *text, size_t len, bool tab, bool lines)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t size = 0;
    for (size_t i = 0; i < len; i += size) {
        *offset = i;
        size = 1;
        if (bytes[i] >= 0x20 && bytes[i] < 0x7F)
            continue;
        if (bytes[i] == '\0')
            return "a NUL byte";
        if (bytes[i] == '\t') {
            if (!tab)
                return "a tab";
            continue;
        }
        if (bytes[i] == '\n' || (bytes[i] == '\r' && i + 1 < len && bytes[i + 1] == '\n')) {
            if (!lines)
                return "a line end";
            continue;
        }
        uint32_t point = point_decode(bytes + i, len - i, &size);
        if (point == 0)
            return "a byte that is not UTF-8";
        const char *fault = point_fault(point);
        if (fault != NULL)
            return fault;
    }
    return NULL;
}

uint32_t utfall_text_points(const char *text, size_t len)
{
    uint32_t points = 0;
    for (size_t i = 0; i < len; i++)
        points += ((unsigned char)text[i] & 0xC0) != 0x80;
    return points;
}

const char *utfall_text_short(utfall_run *run, const char *text, size_t max)
{
    size_t len = strlen(text);
    if (len <= max)
        return text;
    while (max > 0 && ((unsigned char)text[max] & 0xC0) == 0x80)
        max--;
    const char *head = utfall_run_text(run, text, max);
    return head == NULL ? text : utfall_run_join(run, head, "...", (const char *)NULL);
}
