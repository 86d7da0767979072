/* contracts/cell.c - text of a cell to a value, with a reason when it is none.
 *
 * Amounts go from digits to öre in integers. Nothing is guessed: a mark that could mean thousands
 * or decimals is refused, whatever the digits around it suggest. Each refusal says what was
 * expected, and for spellings that occur in practice, what to write instead. */
#include "contracts/cell.h"

#include <string.h>

/* ---- amounts ---- */

#define NOT_AN_AMOUNT "is not an amount: "
#define HAS_POINT "it has \".\", and this table's decimal mark is \",\""
#define HAS_COMMA "it has \",\", and this table's decimal mark is \".\""
#define EXPECTED(mark) "expected digits, and at most two more after \"" mark "\""

/* What is left to read. */
struct rest {
    const char *text;
    size_t len;
};

static bool rest_skip(struct rest *rest, const char *mark)
{
    size_t len = strlen(mark);
    if (rest->len < len || memcmp(rest->text, mark, len) != 0)
        return false;
    rest->text += len;
    rest->len -= len;
    return true;
}

static bool skip_any(struct rest *rest, const char *const *marks)
{
    for (; *marks != NULL; marks++)
        if (rest_skip(rest, *marks))
            return true;
    return false;
}

static const char *const minus_marks[] = {"-", "\xE2\x88\x92", "\xE2\x80\x93", "\xE2\x80\x91",
                                          NULL};
static const char *const thousands_marks[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", NULL};

static bool starts_with(struct rest rest, const char *mark)
{
    return rest_skip(&rest, mark);
}

static bool starts_with_digit(struct rest rest)
{
    return rest.len > 0 && rest.text[0] >= '0' && rest.text[0] <= '9';
}

static utfall_status refuse(utfall_refusal *refusal, utfall_status status, const char *why,
                            const char *hint)
{
    *refusal = (utfall_refusal){why, hint};
    return status;
}

/* Add one digit to *minor, which counts down from 0 so that the least int64 can be reached. */
static bool digit_add(int64_t *minor, char digit)
{
    int64_t value = digit - '0';
    if (*minor < INT64_MIN / 10 || *minor * 10 < INT64_MIN + value)
        return false;
    *minor = *minor * 10 - value;
    return true;
}

/* Digits, in groups of three when thousands marks stand between them. *groups_fit false when they
 * do not have that size. False when the number leaves int64. */
static bool digits_read(struct rest *rest, int64_t *minor, size_t *count, bool *groups_fit)
{
    size_t group = 0, groups = 0;
    for (;;) {
        for (group = 0; starts_with_digit(*rest); group++) {
            if (!digit_add(minor, rest->text[0]))
                return false;
            rest->text++;
            rest->len--;
            ++*count;
        }
        if (groups > 0 && group != 3)
            *groups_fit = false;
        struct rest after = *rest;
        if (!skip_any(&after, thousands_marks) || !starts_with_digit(after))
            return true;
        if (groups == 0 && group > 3)
            *groups_fit = false;
        groups++;
        *rest = after;
    }
}

static bool is_exponent(struct rest rest)
{
    if (!rest_skip(&rest, "E") && !rest_skip(&rest, "e"))
        return false;
    return starts_with_digit(rest) || starts_with(rest, "+") || starts_with(rest, "-");
}

/* Three capitals, as ISO 4217 has them. */
static bool is_currency(struct rest rest)
{
    bool is_capital = rest.len == 3;
    for (size_t i = 0; i < rest.len && is_capital; i++)
        is_capital = rest.text[i] >= 'A' && rest.text[i] <= 'Z';
    return is_capital;
}

/* What follows the number cannot be there: why, in the words of those who write it so. */
/* The decimal mark that this table does not have. */
static const char *other_mark(char decimal)
{
    return decimal == ',' ? "." : ",";
}

static utfall_status refuse_rest(utfall_refusal *refusal, struct rest rest, char decimal)
{
    static const char *const thousandths[] = {"tkr", "Tkr", "TKR",  "mkr",
                                              "Mkr", "MKR", "mnkr", NULL};
    struct rest after = rest;
    while (skip_any(&after, thousands_marks)) {
    }
    if (starts_with(after, other_mark(decimal)))
        return refuse(refusal, UTFALL_E_SYNTAX,
                      decimal == ',' ? NOT_AN_AMOUNT HAS_POINT : NOT_AN_AMOUNT HAS_COMMA,
                      "a mark that could stand for thousands or decimals is not guessed: declare "
                      "`decimal` as the file has it, and write thousands with a space or nothing");
    if (is_exponent(after))
        return refuse(refusal, UTFALL_E_SYNTAX,
                      NOT_AN_AMOUNT "it is in scientific notation, which has lost digits",
                      "show the column as a number in the spreadsheet before saving it as CSV");
    if (skip_any(&after, thousandths))
        return refuse(refusal, UTFALL_E_UNIT,
                      NOT_AN_AMOUNT "it counts thousands or millions of kronor",
                      "write whole kronor and öre");
    if (is_currency(after))
        return refuse(refusal, UTFALL_E_UNIT,
                      NOT_AN_AMOUNT "it names a currency, and amounts in tables are in kronor",
                      "write `kr` after the amount, or nothing");
    if (starts_with(after, ":-"))
        return refuse(refusal, UTFALL_E_SYNTAX, NOT_AN_AMOUNT "it ends with \":-\"",
                      "leave \":-\" out");
    if (skip_any(&after, minus_marks))
        return refuse(refusal, UTFALL_E_SYNTAX, NOT_AN_AMOUNT "a minus sign goes before the digits",
                      NULL);
    return refuse(refusal, UTFALL_E_SYNTAX,
                  decimal == ',' ? NOT_AN_AMOUNT EXPECTED(",") : NOT_AN_AMOUNT EXPECTED("."), NULL);
}

static utfall_status refuse_start(utfall_refusal *refusal, struct rest rest, char decimal)
{
    if (rest.len == 0)
        return refuse(refusal, UTFALL_E_SYNTAX, "is not an amount", "write 0 when it is nothing");
    if (skip_any(&(struct rest){rest.text, rest.len}, minus_marks))
        return refuse(refusal, UTFALL_E_SYNTAX, NOT_AN_AMOUNT "a minus sign stands without digits",
                      "write 0 when it is nothing");
    if (utfall_cell_is_formula(rest.text, rest.len))
        return refuse(refusal, UTFALL_E_SYNTAX, NOT_AN_AMOUNT "it begins as a formula",
                      "write the value, not the formula, and no plus sign");
    if (starts_with(rest, "("))
        return refuse(refusal, UTFALL_E_SYNTAX,
                      NOT_AN_AMOUNT "parentheses do not stand for minus here",
                      "write a minus sign before the digits");
    return refuse_rest(refusal, rest, decimal);
}

utfall_status utfall_cell_amount(utfall_money *out, utfall_refusal *refusal, const char *text,
                                 size_t len, char decimal)
{
    struct rest rest = {text, len};
    int64_t minor = 0; /* not above 0 until the end */
    size_t whole = 0, decimals = 0;
    bool groups_fit = true, fits = true;
    while (skip_any(&rest, thousands_marks)) {
    }
    struct rest all = rest;
    bool is_negative = skip_any(&rest, minus_marks);
    if (!starts_with_digit(rest))
        return refuse_start(refusal, is_negative && rest.len > 0 ? rest : all, decimal);
    fits = digits_read(&rest, &minor, &whole, &groups_fit);
    if (fits && rest.len > 0 && rest.text[0] == decimal) {
        struct rest after = {rest.text + 1, rest.len - 1};
        for (; starts_with_digit(after) && decimals < 2; after.text++, after.len--, decimals++)
            fits = fits && digit_add(&minor, after.text[0]);
        if (decimals == 0)
            return refuse(refusal, UTFALL_E_SYNTAX,
                          NOT_AN_AMOUNT "no digits follow the decimal mark", NULL);
        if (starts_with_digit(after))
            return refuse(refusal, UTFALL_E_SYNTAX, NOT_AN_AMOUNT "it has more than two decimals",
                          "amounts are kronor and whole öre; if the mark stands for thousands, "
                          "declare the other one as `decimal`");
        rest = after;
    }
    for (; fits && decimals < 2; decimals++)
        fits = digit_add(&minor, '0');
    if (!fits || (!is_negative && minor == INT64_MIN))
        return refuse(refusal, UTFALL_E_RANGE, "is too large an amount", NULL);
    struct rest tail = rest;
    while (skip_any(&tail, thousands_marks)) {
    }
    if (tail.len > 0 && (!rest_skip(&tail, "kr") || tail.len > 0))
        return refuse_rest(refusal, rest, decimal);
    if (!groups_fit)
        return refuse(refusal, UTFALL_E_SYNTAX,
                      NOT_AN_AMOUNT "thousands marks stand before three digits each", NULL);
    out->minor = is_negative ? minor : -minor;
    return UTFALL_OK;
}

/* ---- months ---- */

#define NOT_A_DATE "is not a date: expected YYYY-MM-DD, as in 2016-08-18, or YYYY-MM"

/* Statistics Sweden writes months so: 2021M05. */
static bool has_m_for_hyphen(const char *text, size_t len)
{
    static const size_t m = 4;
    char as_month[7];
    utfall_month month;
    if (len != sizeof as_month || text[m] != 'M')
        return false;
    memcpy(as_month, text, len);
    as_month[m] = '-';
    return utfall_month_parse(&month, as_month, len) == UTFALL_OK;
}

utfall_status utfall_cell_month(utfall_month *out, utfall_refusal *refusal, const char *text,
                                size_t len)
{
    utfall_date date;
    utfall_status status = utfall_month_parse(out, text, len);
    if (status == UTFALL_OK)
        return UTFALL_OK;
    if (len == 0)
        return refuse(refusal, UTFALL_E_SYNTAX, "is not a month: expected YYYY-MM, as in 2016-08",
                      NULL);
    if (status == UTFALL_E_RANGE)
        return refuse(refusal, status,
                      "is not a month: months are 01 to 12, and years 1900 to 2199", NULL);
    if (utfall_date_parse(&date, text, len) == UTFALL_OK)
        return refuse(refusal, UTFALL_E_SYNTAX, "is a date, and a month is expected: YYYY-MM",
                      "leave the day out");
    return refuse(refusal, UTFALL_E_SYNTAX, "is not a month: expected YYYY-MM, as in 2016-08",
                  has_m_for_hyphen(text, len)
                      ? "write a hyphen in place of the M: 2021-05, not 2021M05"
                      : NULL);
}

utfall_status utfall_cell_start(utfall_month *out, utfall_refusal *refusal, const char *text,
                                size_t len)
{
    utfall_date date;
    utfall_status status = utfall_date_parse(&date, text, len);
    if (status == UTFALL_OK) {
        *out = utfall_month_of_date(date);
        return UTFALL_OK;
    }
    utfall_status as_month = utfall_month_parse(out, text, len);
    if (as_month == UTFALL_OK)
        return UTFALL_OK;
    if (len == 0)
        return refuse(refusal, UTFALL_E_SYNTAX, NOT_A_DATE, NULL);
    if (status == UTFALL_E_RANGE || as_month == UTFALL_E_RANGE)
        return refuse(refusal, UTFALL_E_RANGE, "is not a date that exists between 1900 and 2199",
                      NULL);
    return refuse(refusal, UTFALL_E_SYNTAX, NOT_A_DATE, NULL);
}

utfall_status utfall_cell_months(utfall_month *first, size_t *count, utfall_refusal *refusal,
                                 const char *text, size_t len)
{
    int32_t year = 0;
    if (len != 4 || memchr(text, '-', len) != NULL) {
        utfall_status status = utfall_cell_month(first, refusal, text, len);
        if (status == UTFALL_OK)
            *count = 1;
        return status;
    }
    if (utfall_cell_whole(&year, refusal, 1900, 2199, text, len) != UTFALL_OK)
        return refuse(refusal, UTFALL_E_RANGE,
                      "is neither a month nor a year: expected YYYY-MM, or a year 1900 to 2199",
                      NULL);
    *first = utfall_month_of(year, 1);
    *count = 12;
    return UTFALL_OK;
}

/* ---- numbers and words ---- */

#define NOT_A_PRICE "is not an index value: "

utfall_status utfall_cell_price(utfall_run *run, const utfall_rat **out, utfall_refusal *refusal,
                                const char *text, size_t len, char decimal)
{
    enum { WHOLE_MAX = 1000000, DECIMALS_MAX = 6, LEN_MAX = 14 };
    const utfall_rat *value = NULL, *most = utfall_rat_of(run, WHOLE_MAX, 1);
    const char *mark = len > 0 ? memchr(text, decimal, len) : NULL;
    const size_t decimals = mark == NULL ? 0 : len - (size_t)(mark - text) - 1;
    if (most == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_rat_parse_decimal(run, &value, text, len, decimal);
    if (status == UTFALL_E_NOMEM)
        return status;
    if (status == UTFALL_E_SYNTAX && len > 0 && memchr(text, *other_mark(decimal), len) != NULL)
        return refuse(refusal, status,
                      decimal == ',' ? NOT_A_PRICE HAS_POINT : NOT_A_PRICE HAS_COMMA,
                      "declare `decimal` as the file has it");
    if (status == UTFALL_E_SYNTAX)
        return refuse(refusal, status, NOT_A_PRICE "expected digits, with at most one decimal mark",
                      len == 0 ? "leave out the row of a month without a value" : NULL);
    if (status != UTFALL_OK || len > LEN_MAX || decimals > DECIMALS_MAX ||
        utfall_rat_sign(value) <= 0 || utfall_rat_compare(value, most) > 0)
        return refuse(refusal, UTFALL_E_RANGE,
                      NOT_A_PRICE
                      "expected a number above 0, at most 1000000, with at most six decimals",
                      NULL);
    *out = value;
    return UTFALL_OK;
}

utfall_status utfall_cell_whole(int32_t *out, utfall_refusal *refusal, int32_t least, int32_t most,
                                const char *text, size_t len)
{
    struct rest rest = {text, len};
    bool is_negative = skip_any(&rest, minus_marks), fits = true;
    int32_t value = 0;
    if (len == 0)
        return refuse(refusal, UTFALL_E_SYNTAX, "is not a whole number", NULL);
    if (!starts_with_digit(rest))
        return refuse(refusal, UTFALL_E_SYNTAX, "is not a whole number: expected digits alone",
                      NULL);
    for (; starts_with_digit(rest); rest.text++, rest.len--) {
        value = value * 10 + (rest.text[0] - '0');
        fits = fits && value <= UTFALL_CELL_WHOLE_MAX;
        value = fits ? value : 0;
    }
    if (rest.len > 0)
        return refuse(refusal, UTFALL_E_SYNTAX, "is not a whole number: expected digits alone",
                      NULL);
    value = is_negative ? -value : value;
    if (!fits || value < least || value > most)
        return refuse(refusal, UTFALL_E_RANGE, "lies outside what is possible here", NULL);
    *out = value;
    return UTFALL_OK;
}

/* Mostly it is not, and the first byte tells. */
static bool is_word(const char *word, const char *text, size_t len)
{
    size_t same = 0;
    while (same < len && word[same] == text[same] && word[same] != '\0')
        same++;
    return same == len && word[same] == '\0';
}

size_t utfall_cell_word(const utfall_words *words, const char *text, size_t len)
{
    for (size_t i = 0; i < words->count; i++)
        if (is_word(words->word[i], text, len))
            return i;
    return SIZE_MAX;
}
