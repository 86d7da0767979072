/* contracts/encoding.c - the three encodings that a table can be declared in.
 *
 * Nothing is guessed: bytes are sound in the declared encoding or they are refused with their
 * place. Windows-1252 is as in Unicode's mapping table CP1252.TXT, with five bytes undefined;
 * ISO-8859-1 has control characters at 0x80..0x9F, which no table holds on purpose. */
#include "contracts/encoding.h"
#include "contracts/document.h"

#include <string.h>

/* 0x80..0x9F of Windows-1252; 0 = undefined. */
static const uint16_t windows_points[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* The code point of a byte that is not ASCII; 0 when there is none. */
static uint32_t point_of(utfall_encoding encoding, unsigned char byte)
{
    if (byte >= 0xA0)
        return byte;
    return encoding == UTFALL_WINDOWS_1252 ? windows_points[byte - 0x80] : 0;
}

static const char check_encoding[] = "is `encoding` declared as the file was written?";

/* The same of a run of bytes that are not ASCII: what NULL when it is sound. */
static utfall_unsound high_fault(size_t *offset, utfall_encoding encoding, const char *text,
                                 size_t len)
{
    if (encoding == UTFALL_UTF_8) {
        const char *what = utfall_text_fault(offset, text, len, false, false);
        bool is_alien = what != NULL && strcmp(what, "a byte that is not UTF-8") == 0;
        return (utfall_unsound){what, is_alien ? check_encoding : "remove it"};
    }
    for (size_t i = 0; i < len; i++) {
        if (point_of(encoding, (unsigned char)text[i]) != 0)
            continue;
        *offset = i;
        return (utfall_unsound){encoding == UTFALL_WINDOWS_1252
                                    ? "a byte that windows-1252 does not have"
                                    : "a control character of iso-8859-1",
                                check_encoding};
    }
    return (utfall_unsound){NULL, NULL};
}

/* From `at`, the first byte that is not ASCII; `len` when there is none. */
static size_t high_next(const char *text, size_t len, size_t at)
{
    for (; at + 8 <= len; at += 8) {
        uint64_t word;
        memcpy(&word, text + at, 8);
        if ((word & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (at < len && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

bool utfall_is_high(const char *text, size_t len)
{
    return high_next(text, len, 0) < len;
}

size_t utfall_encoding_high_fault(utfall_unsound *fault, utfall_encoding encoding, const char *text,
                                  size_t len)
{
    for (size_t i = high_next(text, len, 0); i < len;) {
        /* Letters of U+00C0 to U+00FF, as they occur in every other Swedish row. */
        if (encoding == UTFALL_UTF_8 && (unsigned char)text[i] == 0xC3 && i + 1 < len &&
            ((unsigned char)text[i + 1] & 0xC0) == 0x80) {
            i = high_next(text, len, i + 2);
            continue;
        }
        size_t end = i + 1, at = 0;
        while (end < len && (unsigned char)text[end] >= 0x80)
            end++;
        *fault = high_fault(&at, encoding, text + i, end - i);
        if (fault->what != NULL)
            return i + at;
        i = high_next(text, len, end);
    }
    return len;
}

static utfall_unsound low_fault(const char *text, size_t len, size_t at, char separator)
{
    char c = text[at];
    bool is_end = c == '\n' || (c == '\r' && at + 1 < len && text[at + 1] == '\n');
    if ((unsigned char)c >= 0x80 || is_end || c == separator || (c >= 0x20 && c != 0x7F))
        return (utfall_unsound){NULL, NULL};
    if (c == '\r')
        return (utfall_unsound){"a carriage return without a line feed",
                                "save the file with the line ends of Windows or Unix"};
    return (utfall_unsound){c == '\0'   ? "a NUL byte"
                            : c == '\t' ? "a tab"
                                        : "a control character",
                            "remove it"};
}

size_t utfall_encoding_fault(utfall_unsound *fault, utfall_encoding encoding, char separator,
                             const char *text, size_t len)
{
    utfall_unsound high = {NULL, NULL};
    size_t end = utfall_encoding_high_fault(&high, encoding, text, len);
    for (size_t i = 0; i < end; i++) {
        *fault = low_fault(text, len, i, separator);
        if (fault->what != NULL)
            return i;
    }
    *fault = high;
    return end;
}

static char *point_encode(char *out, uint32_t point)
{
    if (point < 0x80) {
        *out++ = (char)point;
    } else if (point < 0x800) {
        *out++ = (char)(0xC0 | point >> 6);
        *out++ = (char)(0x80 | (point & 0x3F));
    } else {
        *out++ = (char)(0xE0 | point >> 12);
        *out++ = (char)(0x80 | (point >> 6 & 0x3F));
        *out++ = (char)(0x80 | (point & 0x3F));
    }
    return out;
}

/* UTF-8 with U+FFFD in place of each character that is unsound. */
static size_t utf_8_mend(char *out, const char *text, size_t len)
{
    char *to = out;
    for (size_t i = 0; i < len;) {
        utfall_unsound fault;
        size_t sound = utfall_encoding_fault(&fault, UTFALL_UTF_8, '\t', text + i, len - i);
        memcpy(to, text + i, sound);
        to += sound;
        i += sound;
        if (i == len)
            break;
        to = point_encode(to, 0xFFFD);
        for (i++; i < len && ((unsigned char)text[i] & 0xC0) == 0x80; i++) {
        }
    }
    return (size_t)(to - out);
}

size_t utfall_encoding_decode(char *out, utfall_encoding encoding, const char *text, size_t len)
{
    if (encoding == UTFALL_UTF_8)
        return utf_8_mend(out, text, len);
    char *to = out;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        uint32_t point = byte < 0x80 ? byte : point_of(encoding, byte);
        to = point_encode(to, byte >= 0x80 && point == 0 ? 0xFFFD : point);
    }
    return (size_t)(to - out);
}

/* The byte of a code point below U+10000 that is not ASCII; 0 when there is none. */
static unsigned char byte_of(utfall_encoding encoding, uint32_t point)
{
    for (unsigned byte = 0x80; byte < 0x100; byte++)
        if (point_of(encoding, (unsigned char)byte) == point)
            return (unsigned char)byte;
    return 0;
}

bool utfall_encoding_encode(utfall_run *run, const char **out, size_t *out_len,
                            utfall_encoding encoding, const char *text, size_t len)
{
    char *bytes = utfall_run_alloc(run, len + 1);
    if (bytes == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < len;) {
        unsigned char lead = (unsigned char)text[i];
        size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (encoding == UTFALL_UTF_8 || size == 1) {
            bytes[count++] = text[i++];
            continue;
        }
        if (size == 4 || size > len - i)
            return false;
        uint32_t point = size == 2 ? lead & 0x1Fu : lead & 0x0Fu;
        for (size_t k = 1; k < size; k++)
            point = point << 6 | ((unsigned char)text[i + k] & 0x3Fu);
        unsigned char byte = byte_of(encoding, point);
        if (byte == 0)
            return false;
        bytes[count++] = (char)byte;
        i += size;
    }
    *out = bytes;
    *out_len = count;
    return true;
}
