/* ledger/value.c - the text of an attribute as a typed value.
 *
 * Invariant: each value has exactly one spelling, so that two ledgers with equal values have equal
 * bytes and nothing can hide in a second way of writing a number. */
#include "ledger/hex.h"
#include "ledger/vocabulary.h"
#include <string.h>

enum { RATIO_DIGITS_MAX = 3000 };

/* Digits without leading zero, up to `most`. */
static utfall_status parse_digits(uint64_t *out, const char *text, size_t len, uint64_t most)
{
    if (len == 0 || (len > 1 && text[0] == '0'))
        return UTFALL_E_SYNTAX;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return UTFALL_E_SYNTAX;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < len; i++) {
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (value > (most - digit) / 10)
            return UTFALL_E_RANGE;
        value = value * 10 + digit;
    }
    *out = value;
    return UTFALL_OK;
}

utfall_status utfall_integer_parse(int64_t *out, const char *text, size_t len)
{
    bool is_negative = len > 0 && text[0] == '-';
    uint64_t size = 0;
    utfall_status status = parse_digits(&size, text + is_negative, len - is_negative,
                                        (uint64_t)INT64_MAX + is_negative);
    if (status != UTFALL_OK)
        return status;
    if (is_negative && size == 0)
        return UTFALL_E_SYNTAX;
    *out = !is_negative ? (int64_t)size : -(int64_t)(size - 1) - 1;
    return UTFALL_OK;
}

static utfall_status parse_ratio(utfall_run *run, const utfall_rat **out, const char *text,
                                 size_t len)
{
    if (len > RATIO_DIGITS_MAX)
        return UTFALL_E_RANGE;
    const utfall_rat *ratio = NULL;
    utfall_status status = utfall_rat_parse(run, &ratio, text, len);
    if (status != UTFALL_OK)
        return status;
    const char *again = utfall_rat_text(run, ratio);
    if (!again)
        return UTFALL_E_NOMEM;
    if (strlen(again) != len || memcmp(again, text, len) != 0)
        return UTFALL_E_SYNTAX;
    *out = ratio;
    return UTFALL_OK;
}

static bool is_word(const char *text, size_t len, const char *word)
{
    return strlen(word) == len && memcmp(text, word, len) == 0;
}

static utfall_status parse_flag(bool *out, const char *text, size_t len)
{
    if (!is_word(text, len, "true") && !is_word(text, len, "false"))
        return UTFALL_E_SYNTAX;
    *out = text[0] == 't';
    return UTFALL_OK;
}

static utfall_status parse_spelled(utfall_run *run, utfall_value *value, utfall_spelling spelling,
                                   const char *text, size_t len)
{
    utfall_date date;
    switch (spelling) {
    case UTFALL_SPELL_TEXT:
        return UTFALL_OK;
    case UTFALL_SPELL_COUNT:
        return parse_digits(&value->count, text, len, UINT64_MAX);
    case UTFALL_SPELL_INTEGER:
        return utfall_integer_parse(&value->integer, text, len);
    case UTFALL_SPELL_RATIO:
        return parse_ratio(run, &value->ratio, text, len);
    case UTFALL_SPELL_MONTH:
        return utfall_month_parse(&value->month, text, len);
    case UTFALL_SPELL_DATE:
        return utfall_date_parse(&date, text, len);
    case UTFALL_SPELL_DIGEST:
        return utfall_hex_parse(value->digest, 32, text, len) ? UTFALL_OK : UTFALL_E_SYNTAX;
    case UTFALL_SPELL_FLAG:
        return parse_flag(&value->flag, text, len);
    }
    return UTFALL_E_BUG;
}

utfall_status utfall_value_parse(utfall_run *run, utfall_value *out, utfall_spelling spelling,
                                 const char *text, size_t len)
{
    utfall_value value = {.is_given = true};
    utfall_status status = parse_spelled(run, &value, spelling, text, len);
    if (status != UTFALL_OK)
        return status;
    value.text = run ? utfall_run_text(run, text, len) : NULL;
    if (run && !value.text)
        return UTFALL_E_NOMEM;
    *out = value;
    return UTFALL_OK;
}

const char *utfall_spelling_words(utfall_spelling spelling)
{
    switch (spelling) {
    case UTFALL_SPELL_TEXT:
        return "a text";
    case UTFALL_SPELL_COUNT:
        return "a count: digits without sign or leading zero";
    case UTFALL_SPELL_INTEGER:
        return "a whole number of \xc3\xb6re: digits without plus or leading zero, within 64 bits";
    case UTFALL_SPELL_RATIO:
        return "a reduced fraction such as -7 or 5/3";
    case UTFALL_SPELL_MONTH:
        return "a month as YYYY-MM";
    case UTFALL_SPELL_DATE:
        return "a date as YYYY-MM-DD";
    case UTFALL_SPELL_DIGEST:
        return "64 lower-case hexadecimal digits";
    case UTFALL_SPELL_FLAG:
        return "true or false";
    }
    return "?";
}
