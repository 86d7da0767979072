/* reports/amount.c - exact values as people read them: amounts, counts, shares, months.
 *
 * In: an exact rational or an integer, a language. Out: a string in the run. The only rounding is
 * utfall_rat_round, halves away from zero, and it is for the eye: the exact value stands in the
 * ledger. Invariant: nothing prints as minus zero. */
#include <string.h>
#include "reports/amount.h"
#include "reports/text.h"
#include "reports/words.h"

enum { MINOR_PER_UNIT = 100, MILLION_MINOR = 100 * 1000 * 1000, DIGITS_MAX = 20 };
#define NBSP "\xC2\xA0"
#define MINUS "\xE2\x88\x92"

const char *utfall__decimal(utfall_run *run, utfall_language language, int64_t value,
                            unsigned places)
{
    char digits[DIGITS_MAX + 8];
    size_t count = 0;
    uint64_t rest = value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
    while (rest > 0 || count <= places) {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    utfall__text text;
    utfall__text_start(&text, run);
    if (value < 0) {
        utfall__text_add(&text, MINUS);
    }
    for (size_t i = count; i > places; i--) {
        utfall__text_add_bytes(&text, &digits[i - 1], 1);
        size_t left = i - 1 - places;
        if (left > 0 && left % 3 == 0) {
            utfall__text_add(&text, language == UTFALL_SV ? NBSP : ",");
        }
    }
    if (places > 0) {
        utfall__text_add(&text, language == UTFALL_SV ? "," : ".");
    }
    for (size_t i = places; i > 0; i--) {
        utfall__text_add_bytes(&text, &digits[i - 1], 1);
    }
    const char *out = NULL;
    return utfall__text_end(&text, &out, NULL) == UTFALL_OK ? out : NULL;
}

/* `exact` in units of `unit`, rounded for the eye. False notes the failure in the run. */
static bool in_units(utfall_run *run, int64_t *out, const utfall_rat *exact, int64_t unit)
{
    if (exact == NULL) {
        return false;
    }
    utfall_rounding how = {.mode = UTFALL_ROUND_HALF_AWAY, .unit_minor = unit};
    utfall_money rounded;
    const utfall_rat *residue;
    utfall_status status = utfall_rat_round(run, &rounded, &residue, exact, how);
    if (status != UTFALL_OK) {
        utfall_run_fail(run, status);
        return false;
    }
    *out = rounded.minor / unit;
    return true;
}

static bool is_krona(utfall_language language, const char *currency)
{
    return language == UTFALL_SV && strcmp(currency, "SEK") == 0;
}

const char *utfall__amount_unit(utfall_language language, const char *currency)
{
    return is_krona(language, currency) ? "kr" : currency;
}

const char *utfall__amount_units(utfall_language language, const char *currency)
{
    return is_krona(language, currency) ? "kronor" : currency;
}

/* Number and currency in the order of the language. */
static const char *with_currency(utfall_run *run, utfall_language language, const char *currency,
                                 const char *number)
{
    if (number == NULL || currency == NULL) {
        return NULL;
    }
    if (language == UTFALL_EN) {
        return utfall_run_join(run, currency, NBSP, number, (const char *)NULL);
    }
    return utfall_run_join(run, number, NBSP, utfall__amount_unit(language, currency),
                           (const char *)NULL);
}

const char *utfall__amount_bare(utfall_run *run, utfall_language language, const utfall_rat *minor)
{
    int64_t value;
    return in_units(run, &value, minor, 1) ? utfall__decimal(run, language, value, 2) : NULL;
}

const char *utfall__amount_whole(utfall_run *run, utfall_language language, const utfall_rat *minor)
{
    int64_t value;
    if (!in_units(run, &value, minor, MINOR_PER_UNIT)) {
        return NULL;
    }
    return utfall__decimal(run, language, value, 0);
}

const char *utfall__amount(utfall_run *run, utfall_language language, const char *currency,
                           const utfall_rat *minor)
{
    return with_currency(run, language, currency, utfall__amount_bare(run, language, minor));
}

const char *utfall__amount_terse(utfall_run *run, utfall_language language, const char *currency,
                                 const utfall_rat *minor)
{
    int64_t value;
    if (!in_units(run, &value, minor, 1)) {
        return NULL;
    }
    const char *number = value % MINOR_PER_UNIT == 0
                             ? utfall__decimal(run, language, value / MINOR_PER_UNIT, 0)
                             : utfall__decimal(run, language, value, 2);
    return with_currency(run, language, currency, number);
}

const char *utfall__amount_million(utfall_run *run, utfall_language language, const char *currency)
{
    if (is_krona(language, currency)) {
        return "mnkr";
    }
    return utfall_run_join(run, "M", currency, (const char *)NULL);
}

const char *utfall__amount_short(utfall_run *run, utfall_language language, const char *currency,
                                 const utfall_rat *minor)
{
    int64_t value;
    if (!in_units(run, &value, minor, MINOR_PER_UNIT)) {
        return NULL;
    }
    if (value > -MILLION_MINOR / MINOR_PER_UNIT && value < MILLION_MINOR / MINOR_PER_UNIT) {
        return with_currency(run, language, currency, utfall__decimal(run, language, value, 0));
    }
    if (!in_units(run, &value, minor, MILLION_MINOR / 10)) {
        return NULL;
    }
    const char *number = utfall__decimal(run, language, value, 1);
    const char *unit = utfall__amount_million(run, language, currency);
    if (number == NULL || unit == NULL) {
        return NULL;
    }
    return utfall_run_join(run, number, NBSP, unit, (const char *)NULL);
}

/* Whether `value` times `scale` is a whole number that fits; then *out is that number. */
static bool is_whole_times(utfall_run *run, int64_t *out, const utfall_rat *value, int64_t scale)
{
    const utfall_rat *scaled = utfall_rat_mul(run, value, utfall_rat_of(run, scale, 1));
    int64_t floor;
    if (scaled == NULL || utfall_rat_floor(&floor, scaled) != UTFALL_OK) {
        return false;
    }
    const utfall_rat *whole = utfall_rat_of(run, floor, 1);
    if (whole == NULL || utfall_rat_compare(whole, scaled) != 0) {
        return false;
    }
    *out = floor;
    return true;
}

bool utfall__amount_is_exact(utfall_run *run, const utfall_rat *minor)
{
    int64_t whole;
    return minor != NULL && is_whole_times(run, &whole, minor, 1);
}

const char *utfall__count(utfall_run *run, utfall_language language, uint64_t count)
{
    if (count > INT64_MAX) {
        utfall_run_fail(run, UTFALL_E_RANGE);
        return NULL;
    }
    return utfall__decimal(run, language, (int64_t)count, 0);
}

/* `value` times 10^shift with as many decimals as it has, at most `most`; a fraction when that is
 * not enough, so that nothing is rounded. */
static const char *exact_decimal(utfall_run *run, utfall_language language, const utfall_rat *value,
                                 unsigned most)
{
    int64_t scale = 1, whole;
    for (unsigned places = 0; places <= most; places++, scale *= 10) {
        if (value != NULL && is_whole_times(run, &whole, value, scale)) {
            return utfall__decimal(run, language, whole, places);
        }
    }
    return NULL;
}

const char *utfall__number(utfall_run *run, utfall_language language, const utfall_rat *value)
{
    const char *decimal = exact_decimal(run, language, value, 6); /* what index values have */
    return decimal != NULL ? decimal : utfall_rat_text(run, value);
}

static const char *percent_sign(utfall_language language)
{
    return language == UTFALL_SV ? NBSP "%" : "%";
}

const char *utfall__share(utfall_run *run, utfall_language language, const utfall_rat *share)
{
    const utfall_rat *hundredfold = utfall_rat_mul(run, share, utfall_rat_of(run, 100, 1));
    const char *decimal = exact_decimal(run, language, hundredfold, 4);
    return decimal != NULL
               ? utfall_run_join(run, decimal, percent_sign(language), (const char *)NULL)
               : utfall_rat_text(run, share);
}

const char *utfall__percent(utfall_run *run, utfall_language language, const utfall_rat *share)
{
    int64_t value;
    if (!in_units(run, &value, utfall_rat_mul(run, share, utfall_rat_of(run, 1000, 1)), 1)) {
        return NULL;
    }
    const char *number = utfall__decimal(run, language, value, 1);
    return number == NULL
               ? NULL
               : utfall_run_join(run, number, percent_sign(language), (const char *)NULL);
}

static const char *year_text(utfall_run *run, utfall_month month)
{
    return utfall_run_decimal(run, utfall_month_year(month));
}

const char *utfall__month_short(utfall_run *run, utfall_language language, utfall_month month)
{
    utfall__word name = (utfall__word)(WORD_JAN + utfall_month_number(month) - 1);
    const char *year = year_text(run, month);
    return year == NULL ? NULL
                        : utfall_run_join(run, utfall__word_of(language, name), NBSP, year,
                                          (const char *)NULL);
}

const char *utfall__month_long(utfall_run *run, utfall_language language, utfall_month month)
{
    utfall__word name = (utfall__word)(WORD_JANUARY + utfall_month_number(month) - 1);
    const char *year = year_text(run, month);
    return year == NULL ? NULL
                        : utfall_run_join(run, utfall__word_of(language, name), NBSP, year,
                                          (const char *)NULL);
}

const char *utfall__date(utfall_run *run, utfall_language language, utfall_date date)
{
    const char *day = utfall_run_decimal(run, date.day);
    const char *month = utfall__month_long(run, language, utfall_month_of_date(date));
    return day == NULL || month == NULL
               ? NULL
               : utfall_run_join(run, day, NBSP, month, (const char *)NULL);
}
