/* reports/section_returns.c - what the payments of an investor amount to: multiple, internal rate
 * of return, present value.
 *
 * In: figures that are exact or enclosed. Out: pairs with every digit that is known, and what the
 * number of rates means. Invariant: an interval is shown by both ends, never by its middle. */
#include "reports/section_returns.h"
#include <string.h>

enum { RATE_PLACES = 16, COLUMNS_DEFAULT = 80 };

typedef struct view {
    utfall_run *run;
    utfall__sheet *sheet;
    const char *currency;
    utfall_language language;
} view;

/* A rate that is a whole multiple of 10^-16, in per cent with all 14 decimals. */
static const char *percent(const view *v, const utfall_rat *rate)
{
    enum { DECIMALS = RATE_PLACES - 2 };
    const char *mark = v->language == UTFALL_SV ? "," : ".";
    const utfall_rat *scale = utfall_rat_of(v->run, INT64_C(10000000000000000), 1);
    const char *digits = utfall_rat_text(v->run, utfall_rat_mul(v->run, rate, scale));
    if (digits == NULL || strchr(digits, '/') != NULL)
        return NULL;
    const bool is_negative = digits[0] == '-';
    digits += is_negative ? 1 : 0;
    static const char zeros[] = "000000000000000";
    size_t len = strlen(digits);
    if (len <= DECIMALS) {
        digits = utfall_run_join(v->run, zeros + (sizeof zeros - 1 - (DECIMALS + 1 - len)), digits,
                                 (const char *)NULL);
        len = DECIMALS + 1;
    }
    if (digits == NULL)
        return NULL;
    const char *whole = utfall_run_text(v->run, digits, len - DECIMALS);
    return utfall_run_join(v->run, is_negative ? "\xe2\x88\x92" : "", whole == NULL ? "" : whole,
                           mark, digits + len - DECIMALS,
                           v->language == UTFALL_SV ? "\xc2\xa0%" : "%", (const char *)NULL);
}

/* A rate without an upper end is too large to write out: only that it is large is said. */
static const char *between_words(const view *v, const utfall_between *rates)
{
    const utfall_rat *large = utfall_rat_of(v->run, INT32_MAX, 1);
    if (rates->low == NULL || large == NULL)
        return NULL;
    if (rates->high == NULL)
        return SAY(v, WORD_RETURNS_ABOVE,
                   utfall_rat_compare(rates->low, large) < 0
                       ? percent(v, rates->low)
                       : utfall__percent(v->run, v->language, large));
    return SAY(v, WORD_RETURNS_BETWEEN, percent(v, rates->low), percent(v, rates->high));
}

static utfall__word days_word(utfall_day_count days)
{
    switch (days) {
    case UTFALL_DAYS_ACT_365:
        return WORD_RETURNS_ACT_365;
    case UTFALL_DAYS_ACT_365_25:
        return WORD_RETURNS_ACT_365_25;
    case UTFALL_DAYS_ACT_360:
        return WORD_RETURNS_ACT_360;
    case UTFALL_DAYS_30E_360:
        return WORD_RETURNS_30E_360;
    case UTFALL_DAYS_MONTHS:
        return WORD_RETURNS_MONTHS;
    case UTFALL_DAYS_PERIODS:
        return WORD_RETURNS_BY_PERIOD;
    }
    return WORD_RETURNS_ACT_365;
}

static const char *span_words(const view *v, const utfall_returns *r)
{
    const char *count = utfall__count(v->run, v->language, r->count);
    const utfall_flow *first = r->flows, *last = r->flows + (r->count > 0 ? r->count - 1 : 0);
    if (r->count == 0)
        return count;
    if (r->days == UTFALL_DAYS_PERIODS)
        return SAY(v, WORD_RETURNS_PERIODS, count, utfall_run_decimal(v->run, first->period),
                   utfall_run_decimal(v->run, last->period));
    return SAY(v, WORD_RETURNS_SPAN, count, utfall__date(v->run, v->language, first->date),
               utfall__date(v->run, v->language, last->date));
}

/* Four decimals, and the fraction itself where they are not all. */
static const char *multiple_words(const view *v, const utfall_rat *multiple)
{
    if (multiple == NULL)
        return WORD_TEXT(v, WORD_RETURNS_MULTIPLE_NONE);
    utfall_money units = {0};
    const utfall_rat *residue = NULL;
    const utfall_rat *scaled = utfall_rat_mul(v->run, multiple, utfall_rat_of(v->run, 10000, 1));
    if (scaled == NULL ||
        utfall_rat_round(v->run, &units, &residue, scaled,
                         (utfall_rounding){UTFALL_ROUND_HALF_AWAY, 1}) != UTFALL_OK)
        return utfall_rat_text(v->run, multiple);
    const char *rounded = utfall__decimal(v->run, v->language, units.minor, 4);
    return utfall_rat_sign(residue) == 0
               ? rounded
               : SAY(v, WORD_RETURNS_EXACTLY, rounded, utfall_rat_text(v->run, multiple));
}

static void rates_add(const view *v, const utfall_irr *irr)
{
    const char *label = WORD_TEXT(v, WORD_RETURNS_IRR);
    switch (irr->verdict) {
    case UTFALL_IRR_NO_FLOWS:
        utfall__sheet_pair(v->sheet, label, WORD_TEXT(v, WORD_RETURNS_NO_FLOWS));
        return;
    case UTFALL_IRR_ONE_WAY:
        utfall__sheet_pair(v->sheet, label, WORD_TEXT(v, WORD_RETURNS_ONE_WAY));
        return;
    case UTFALL_IRR_NONE:
        utfall__sheet_pair(v->sheet, label, WORD_TEXT(v, WORD_RETURNS_NONE));
        return;
    case UTFALL_IRR_FOUND:
    case UTFALL_IRR_UNDECIDED:
        break;
    }
    for (size_t i = 0; i < irr->count; i++)
        utfall__sheet_pair(v->sheet,
                           irr->count == 1 ? label
                                           : SAY(v, WORD_RETURNS_IRR_NTH,
                                                 utfall__count(v->run, v->language, i + 1),
                                                 utfall__count(v->run, v->language, irr->count)),
                           between_words(v, &irr->roots[i]));
    for (size_t i = 0; i < irr->unsure_count; i++)
        utfall__sheet_pair(v->sheet, WORD_TEXT(v, WORD_RETURNS_IRR_UNSURE),
                           between_words(v, &irr->unsure[i]));
}

/* Both ends mostly round to the same öre; then it is the amount. */
static const char *value_words(const view *v, const utfall_between *npv)
{
    const char *low = utfall__amount(v->run, v->language, v->currency, npv->low);
    const char *high = utfall__amount(v->run, v->language, v->currency, npv->high);
    if (low == NULL || high == NULL)
        return NULL;
    return strcmp(low, high) == 0 ? low : SAY(v, WORD_RETURNS_BETWEEN, low, high);
}

void utfall__returns_add(utfall_run *run, utfall__sheet *sheet, utfall_language language,
                         const char *currency, const utfall_returns *r)
{
    const view own = {run, sheet, currency, language}, *v = &own;
    utfall__sheet_pair(sheet, WORD_TEXT(v, WORD_RETURNS_FLOWS), span_words(v, r));
    utfall__sheet_pair(sheet, WORD_TEXT(v, WORD_RETURNS_DAYS), WORD_TEXT(v, days_word(r->days)));
    utfall__sheet_pair(sheet, WORD_TEXT(v, WORD_RETURNS_MULTIPLE), multiple_words(v, r->multiple));
    rates_add(v, r->irr);
    if (r->rate != NULL)
        utfall__sheet_pair(sheet, SAY(v, WORD_RETURNS_NPV, utfall__share(run, language, r->rate)),
                           value_words(v, &r->npv));
    const utfall_irr *irr = r->irr;
    if (irr->verdict == UTFALL_IRR_UNDECIDED)
        utfall__sheet_add(sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RETURNS_UNDECIDED));
    else
        utfall__sheet_add(sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RETURNS_PROOF));
    if (irr->count > 1)
        utfall__sheet_add(sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RETURNS_SEVERAL));
    if (r->rate != NULL)
        utfall__sheet_add(sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RETURNS_NPV_DATE));
}

void utfall__section_returns(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const utfall_month given = s->contract->returns.payment_month;
    utfall__sheet_add(st->sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_RETURNS_SECTION));
    if (s->returns == NULL) {
        utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_RETURNS_EARLIER));
        return;
    }
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH,
                      SAY(st, WORD_RETURNS_INTRO,
                          utfall__party_name(s->contract, s->contract->investor),
                          utfall__month_long(st->run, st->language,
                                             given.ordinal != 0 ? given : s->sums->as_of)));
    utfall__returns_add(st->run, st->sheet, st->language, s->contract->currency, s->returns);
}

utfall_status utfall_returns_text(utfall_run *run, const char **out, size_t *len,
                                  const utfall_returns *returns, const char *currency,
                                  uint32_t columns, utfall_language language)
{
    utfall__sheet sheet;
    utfall__sheet_start(&sheet, run);
    utfall__sheet_add(&sheet, UTFALL__TITLE, utfall__word_of(language, WORD_RETURNS_TITLE));
    utfall__returns_add(run, &sheet, language, currency, returns);
    const utfall_status status = utfall__sheet_status(&sheet);
    return status != UTFALL_OK
               ? status
               : utfall__render_text(&sheet, out, len, columns == 0 ? COLUMNS_DEFAULT : columns,
                                     language);
}
