/* contracts/cell.h - values of table cells, read from text; private to contracts/.
 *
 * Texts are UTF-8 without spaces around them. Every reader takes the whole text or refuses it, and
 * then gives in *why a predicate that follows the quoted text ("is not a month: ...") and in *hint
 * what to do (or NULL). Outputs are untouched on failure. */
#ifndef UTFALL_CELL_H
#define UTFALL_CELL_H
#include "contracts/sources.h"

#include <string.h>

enum { UTFALL_CELL_WHOLE_MAX = 1000000, UTFALL_CELL_AGE_MAX = 150 };

typedef struct utfall_refusal {
    const char *why, *hint;
} utfall_refusal;

/** An amount in kronor: digits, or groups of three with a space, U+00A0 or U+202F between them; at
 * most two decimals after `decimal` ('.' or ','); before it one of four minus signs: "-", U+2212
 * (minus), U+2013 (en dash), U+2011 (no-break hyphen); after it `kr`. UTFALL_E_SYNTAX, or
 * UTFALL_E_RANGE outside int64 öre. */
UTFALL_TRY utfall_status utfall_cell_amount(utfall_money *out, utfall_refusal *refusal,
                                            const char *text, size_t len, char decimal);

/** A month, YYYY-MM. */
UTFALL_TRY utfall_status utfall_cell_month(utfall_month *out, utfall_refusal *refusal,
                                           const char *text, size_t len);

/** The month of a start: YYYY-MM-DD or YYYY-MM. */
UTFALL_TRY utfall_status utfall_cell_start(utfall_month *out, utfall_refusal *refusal,
                                           const char *text, size_t len);

/** A month, or a year for all its months: the first of them and how many. */
UTFALL_TRY utfall_status utfall_cell_months(utfall_month *first, size_t *count,
                                            utfall_refusal *refusal, const char *text, size_t len);

/** The value of a price index: above 0, at most 1000000, at most six decimals. UTFALL_E_NOMEM when
 * out of memory. */
UTFALL_TRY utfall_status utfall_cell_price(utfall_run *run, const utfall_rat **out,
                                           utfall_refusal *refusal, const char *text, size_t len,
                                           char decimal);

/** A whole number from `least` to `most`, which lie within UTFALL_CELL_WHOLE_MAX of 0. */
UTFALL_TRY utfall_status utfall_cell_whole(int32_t *out, utfall_refusal *refusal, int32_t least,
                                           int32_t most, const char *text, size_t len);

/** Number of the word that is `text`, byte by byte; SIZE_MAX when none is. */
size_t utfall_cell_word(const utfall_words *words, const char *text, size_t len);

/** Whether a text starts as spreadsheets start a formula: "=", "+" or "@". */
static inline bool utfall_cell_is_formula(const char *text, size_t len)
{
    return len > 0 && (text[0] == '=' || text[0] == '+' || text[0] == '@');
}

#if defined(__BYTE_ORDER__) && defined(__ORDER_LITTLE_ENDIAN__)
#define UTFALL_IS_LITTLE_ENDIAN (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
#else
#define UTFALL_IS_LITTLE_ENDIAN 0
#endif

/** The number that `len` (1..8) digits before `end` make; false when one of them is none. The 8
 * bytes before `end` can be read. How many digits there are differs from row to row, so nothing is
 * decided by it: the bytes before them are made zeros. */
static inline bool utfall_digits_before(uint64_t *out, const char *end, size_t len)
{
    uint64_t value = 0;
#if UTFALL_IS_LITTLE_ENDIAN
    memcpy(&value, end - 8, sizeof value);
    value = (value ^ UINT64_C(0x3030303030303030)) & ~UINT64_C(0) << (64 - 8 * len);
    if (((value | (value + UINT64_C(0x7676767676767676))) & UINT64_C(0x8080808080808080)) != 0)
        return false;
    /* Pairs of digits, then pairs of pairs: the first digit is the lowest byte. */
    value = value * 10 + (value >> 8);
    *out = ((value & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064) +
            ((value >> 16) & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001)) >>
           32;
    return true;
#else
    for (size_t i = len; i > 0; i--) {
        unsigned digit = (unsigned char)(end[-(ptrdiff_t)i] - '0');
        if (digit > 9)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
#endif
}

/** The plainest spelling of an amount: "-" or not, 1 to 8 digits, mark, two decimals. False leaves
 * the cell to the next. The 8 bytes before the cell and the one after it can be read. */
static inline bool utfall_cell_amount_usual(int64_t *minor, const char *text, size_t len,
                                            char decimal)
{
    const bool is_negative = text[0] == '-';
    const char *const end = text + len;
    const size_t whole_len = len - 3 - is_negative;
    const unsigned tenths = (unsigned)(end[-2] - '0'), hundredths = (unsigned)(end[-1] - '0');
    uint64_t whole = 0;
    if (whole_len - 1 > 7 || end[-3] != decimal || tenths > 9 || hundredths > 9 ||
        !utfall_digits_before(&whole, end - 3, whole_len))
        return false;
    const int64_t value = (int64_t)(whole * 100 + tenths * 10 + hundredths);
    *minor = is_negative ? -value : value;
    return true;
}

/** The plain spellings of an amount, which almost every cell has: "-", digits, mark and decimals.
 * False leaves the cell to utfall_cell_amount. */
static inline bool utfall_cell_amount_plain(int64_t *minor, const char *text, size_t len,
                                            char decimal)
{
    size_t at = len > 0 && text[0] == '-', first = at;
    uint64_t value = 0;
    if (len - at > 16) /* 16 digits and two more stay below 2^63 */
        return false;
    for (; at < len && (unsigned char)(text[at] - '0') <= 9; at++)
        value = value * 10 + (uint64_t)(text[at] - '0');
    if (at == first)
        return false;
    if (at < len) {
        unsigned tenths = at + 1 < len ? (unsigned char)(text[at + 1] - '0') : 10;
        unsigned hundredths = at + 2 < len ? (unsigned char)(text[at + 2] - '0') : 0;
        if (text[at] != decimal || len - at > 3 || tenths > 9 || hundredths > 9)
            return false;
        value = value * 100 + tenths * 10 + hundredths;
    } else {
        value *= 100;
    }
    *minor = first != 0 ? -(int64_t)value : (int64_t)value;
    return true;
}

/** The month of YYYY-MM at `text`, of which the 8 bytes from there can be read; false when there is
 * something else. */
static inline bool utfall_year_and_month(utfall_month *out, const char *text)
{
#if UTFALL_IS_LITTLE_ENDIAN
    uint64_t digits;
    memcpy(&digits, text, sizeof digits);
    digits = (digits ^ UINT64_C(0x0030302D30303030)) & UINT64_C(0x00FFFFFFFFFFFFFF);
    /* A digit above 9, or anything but the mark in its place, reaches the highest bit. */
    if (((digits | (digits + UINT64_C(0x0076767F76767676))) & UINT64_C(0x0080808080808080)) != 0)
        return false;
    const uint64_t pairs = digits * 10 + (digits >> 8);
    const unsigned year = (unsigned)(pairs & 0xFF) * 100 + (unsigned)(pairs >> 16 & 0xFF);
    const unsigned month = (unsigned)(pairs >> 40 & 0xFF);
#else
    unsigned digit[7];
    for (size_t i = 0; i < 7; i++) {
        digit[i] = (unsigned char)(text[i] - (i == 4 ? '-' : '0'));
        if (digit[i] > (i == 4 ? 0U : 9U))
            return false;
    }
    const unsigned year = digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3];
    const unsigned month = digit[5] * 10 + digit[6];
#endif
    if (year < 1900 || year > 2199 || month < 1 || month > 12)
        return false;
    out->ordinal = (int32_t)(year * 12 + month - 1);
    return true;
}

/** The plain spelling of a month; false leaves the cell to utfall_cell_month. The 8 bytes from
 * `text` can be read. */
static inline bool utfall_cell_month_plain(utfall_month *out, const char *text, size_t len)
{
    return len == 7 && utfall_year_and_month(out, text);
}

/** The plain spelling of a start: a date of which the day is one in every month. False leaves the
 * cell to utfall_cell_start. */
static inline bool utfall_cell_start_plain(utfall_month *out, const char *text, size_t len)
{
    if (len != 10 || text[7] != '-')
        return false;
    const unsigned tens = (unsigned char)(text[8] - '0'), ones = (unsigned char)(text[9] - '0');
    const unsigned day = tens * 10 + ones;
    return ones <= 9 && day >= 1 && day <= 28 && utfall_year_and_month(out, text);
}

/** The plain spelling of a small whole number: 1 to 3 digits. False leaves the cell to
 * utfall_cell_whole. */
static inline bool utfall_cell_whole_plain(int32_t *out, const char *text, size_t len)
{
    int32_t value = 0;
    if (len < 1 || len > 3)
        return false;
    for (size_t i = 0; i < len; i++) {
        const unsigned digit = (unsigned char)(text[i] - '0');
        if (digit > 9)
            return false;
        value = value * 10 + (int32_t)digit;
    }
    *out = value;
    return true;
}

#endif
