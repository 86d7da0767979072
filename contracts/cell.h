/* contracts/cell.h - values of table cells, read from text; private to contracts/.
 *
 * Texts are UTF-8 without spaces around them. Every reader takes the whole text or refuses it, and
 * then gives in *why a predicate that follows the quoted text ("is not a month: ...") and in *hint
 * what to do (or NULL). Outputs are untouched on failure. */
#ifndef UTFALL_CELL_H
#define UTFALL_CELL_H
#include "contracts/sources.h"

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

/** The plain spelling of a month; false leaves the cell to utfall_cell_month. */
static inline bool utfall_cell_month_plain(utfall_month *out, const char *text, size_t len)
{
    int32_t year = 0, month = 0;
    if (len != 7 || text[4] != '-')
        return false;
    for (size_t i = 0; i < 4; i++) {
        if ((unsigned char)(text[i] - '0') > 9)
            return false;
        year = year * 10 + (text[i] - '0');
    }
    for (size_t i = 5; i < 7; i++) {
        if ((unsigned char)(text[i] - '0') > 9)
            return false;
        month = month * 10 + (text[i] - '0');
    }
    if (year < 1900 || year > 2199 || month < 1 || month > 12)
        return false;
    out->ordinal = year * 12 + month - 1;
    return true;
}

#endif
