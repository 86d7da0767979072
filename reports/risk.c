/* reports/risk.c - how sure a settlement is, as plain text.
 *
 * In: the counts, bands, classes and tests of a risk. Out: blocks as those of a statement. Counts
 * are always given of how many, and every term is explained where it is used. */
#include "reports/sections.h"
#include "reports/text.h"
#include "utfall/risk_report.h"

enum { RISK_COLUMNS = 80, BAR_MOST = 30, PLACES = 4 };

typedef struct view {
    utfall_run *run;
    utfall__sheet *sheet;
    const utfall_risk *risk;
    const utfall_contract *contract;
    utfall_language language;
} view;

static const utfall_rat *minor(const view *v, int64_t amount)
{
    return utfall_rat_of(v->run, amount, 1);
}

static const char *amount(const view *v, const utfall_rat *exact)
{
    return utfall__amount(v->run, v->language, v->contract->currency, exact);
}

static const char *terse(const view *v, const utfall_rat *exact)
{
    return utfall__amount_terse(v->run, v->language, v->contract->currency, exact);
}

/* In whole units of the currency: what is drawn by lot has no öre worth reading. */
static const char *about(const view *v, int64_t value)
{
    utfall_money rounded;
    const utfall_rat *residue;
    const utfall_rounding how = {.mode = UTFALL_ROUND_HALF_AWAY, .unit_minor = 100};
    if (utfall_rat_round(v->run, &rounded, &residue, minor(v, value), how) != UTFALL_OK)
        return amount(v, minor(v, value)); /* within half a unit of what 64 bits hold */
    return terse(v, minor(v, rounded.minor));
}

static const char *whole(const view *v, const utfall_rat *exact)
{
    return utfall__amount_whole(v->run, v->language, exact);
}

static const char *count(const view *v, uint64_t value)
{
    return utfall__count(v->run, v->language, value);
}

static const utfall_rat *share_of(const view *v, uint64_t part)
{
    return utfall_rat_of(v->run, (int64_t)part, (int64_t)v->risk->replicates);
}

static const char *of_all(const view *v, uint64_t part)
{
    return SAY(v, WORD_RISK_OF, count(v, part), count(v, v->risk->replicates),
               utfall__percent(v->run, v->language, share_of(v, part)));
}

static const char *units(const view *v)
{
    return utfall__amount_units(v->language, v->contract->currency);
}

/* All digits, without groups: a seed is typed again, not read. */
static const char *seed_words(const view *v)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = v->risk->seed;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    return utfall_run_text(v->run, digits + at, sizeof digits - at);
}

static void interrupted_add(const view *v)
{
    const utfall_risk *risk = v->risk;
    if (risk->replicates < risk->asked)
        utfall__sheet_add(v->sheet, UTFALL__NOTE,
                          SAY(v, WORD_RISK_INTERRUPTED, count(v, risk->replicates),
                              count(v, risk->asked),
                              utfall_run_decimal(v->run, (int64_t)risk->replicates)));
    else if (risk->is_interrupted)
        utfall__sheet_add(v->sheet, UTFALL__NOTE,
                          SAY(v, WORD_RISK_INTERRUPTED_LATER, count(v, risk->replicates),
                              WORD_TEXT(v, WORD_RISK_CHANCE)));
}

static void head_add(const view *v)
{
    const utfall_risk *risk = v->risk;
    const char *seed = seed_words(v);
    utfall__sheet_add(v->sheet, UTFALL__TITLE, WORD_TEXT(v, WORD_RISK));
    if (v->contract->note[0] != '\0')
        utfall__sheet_add(v->sheet, UTFALL__NOTE, v->contract->note);
    interrupted_add(v);
    utfall__sheet_pair(v->sheet, WORD_TEXT(v, WORD_CONTRACT), v->contract->title);
    utfall__sheet_pair(v->sheet, WORD_TEXT(v, WORD_AS_OF),
                       SAY(v, WORD_END_OF,
                           utfall__month_long(v->run, v->language, risk->settlement->sums->as_of)));
    utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH,
                      risk->comparison > 0
                          ? SAY(v, WORD_RISK_INTRO, count(v, risk->replicates), seed,
                                count(v, risk->target), count(v, risk->comparison))
                          : SAY(v, WORD_RISK_INTRO_AGREED, count(v, risk->replicates), seed,
                                count(v, risk->target)));
    utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_LIMITS));
}

static void histogram_add(const view *v)
{
    const utfall_risk *risk = v->risk;
    uint64_t most = 1;
    for (size_t i = 0; i < risk->histogram_count; i++)
        most = risk->histogram[i] > most ? risk->histogram[i] : most;
    utfall__sheet_table(v->sheet, SAY(v, WORD_RISK_HISTOGRAM, units(v)));
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_FROM), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_REPLICATES), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_BAR), false);
    for (size_t i = 0; i < risk->histogram_count; i++) {
        const uint64_t blocks = (risk->histogram[i] * BAR_MOST * 2 + most) / (2 * most);
        utfall__text bar;
        const char *drawn = NULL;
        utfall__text_start(&bar, v->run);
        utfall__text_repeat(&bar, "█", (size_t)blocks);
        if (utfall__text_end(&bar, &drawn, NULL) != UTFALL_OK)
            drawn = NULL;
        utfall__sheet_cell(v->sheet, whole(v, minor(v, risk->histogram_first +
                                                           (int64_t)i * risk->histogram_width)));
        utfall__sheet_cell(v->sheet, count(v, risk->histogram[i]));
        utfall__sheet_cell(v->sheet, drawn);
    }
}

static void saving_add(const view *v)
{
    const utfall_risk *risk = v->risk;
    const int64_t *at = risk->saving.minor;
    utfall__sheet_add(v->sheet, UTFALL__SECTION, WORD_TEXT(v, WORD_RISK_SAVING));
    utfall__sheet_pair(v->sheet, WORD_TEXT(v, WORD_RISK_FOUND),
                       amount(v, risk->settlement->paid_saving));
    utfall__sheet_pair(v->sheet, WORD_TEXT(v, WORD_RISK_BREAK_EVEN_AT),
                       SAY(v, WORD_RISK_PROJECT_COST, amount(v, risk->settlement->drawn)));
    utfall__sheet_pair(v->sheet, WORD_TEXT(v, WORD_RISK_MEDIAN), about(v, at[2]));
    utfall__sheet_pair(v->sheet, WORD_TEXT(v, WORD_RISK_INTERVAL),
                       SAY(v, WORD_RISK_BETWEEN, about(v, at[0]), about(v, at[4])));
    utfall__sheet_pair(v->sheet, WORD_TEXT(v, WORD_RISK_NEGATIVE), of_all(v, risk->negative));
    utfall__sheet_pair(v->sheet, WORD_TEXT(v, WORD_RISK_BREAK_EVEN), of_all(v, risk->break_even));
    histogram_add(v);
}

static const char *band_saving(const view *v, const utfall_band *band)
{
    if (band->low == NULL && band->high == NULL)
        return WORD_TEXT(v, WORD_RISK_BAND_ANY);
    if (band->low == NULL)
        return SAY(v, WORD_RISK_BAND_BELOW, whole(v, band->high));
    if (band->high == NULL)
        return SAY(v, WORD_RISK_BAND_ABOVE, whole(v, band->low));
    return SAY(v, WORD_RISK_BAND_TO, whole(v, band->low), whole(v, band->high));
}

/* A band without an end pays what it pays at the end that it has when that is all it can. */
static const char *band_payment(const view *v, const utfall_band *band)
{
    const utfall_rat *low = band->pays_low, *high = band->pays_high;
    if (low != NULL && high != NULL && utfall_rat_compare(low, high) != 0)
        return SAY(v, WORD_RISK_BAND_TO, whole(v, low), whole(v, high));
    if (low == NULL && high == NULL)
        return "";
    return whole(v, low != NULL ? low : high);
}

static void payment_add(const view *v)
{
    const utfall_risk *risk = v->risk;
    utfall__sheet_add(
        v->sheet, UTFALL__SECTION,
        SAY(v, WORD_RISK_PAYMENT, utfall__party_name(v->contract, v->contract->investor)));
    if (!risk->has_bands) {
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_NO_BANDS));
        return;
    }
    utfall__sheet_table(v->sheet, WORD_TEXT(v, WORD_RISK_BANDS));
    utfall__sheet_column(v->sheet, SAY(v, WORD_RISK_BAND_SAVING, units(v)), true);
    utfall__sheet_column(v->sheet, SAY(v, WORD_RISK_BAND_PAYS, units(v)), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_REPLICATES), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_BAR), true);
    for (size_t i = 0; i < risk->band_count; i++) {
        const utfall_band *band = &risk->bands[i];
        utfall__sheet_cell(v->sheet, band_saving(v, band));
        utfall__sheet_cell(v->sheet, band_payment(v, band));
        utfall__sheet_cell(v->sheet, count(v, band->count));
        utfall__sheet_cell(v->sheet,
                           utfall__percent(v->run, v->language, share_of(v, band->count)));
    }
}

static void class_row(const view *v, utfall__word name, int64_t part, int64_t in_all)
{
    utfall__sheet_cell(v->sheet, WORD_TEXT(v, name));
    utfall__sheet_cell(v->sheet, utfall__amount_bare(v->run, v->language, minor(v, part)));
    utfall__sheet_cell(v->sheet, utfall__amount_bare(v->run, v->language, minor(v, in_all)));
}

static void years_add(const view *v, const utfall_payer *payer)
{
    utfall__sheet_table(v->sheet, SAY(v, WORD_RISK_YEARS, units(v)));
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_YEAR), false);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_FIXED), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_PROBABLE), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_POSSIBLE), true);
    for (size_t y = 0; y < payer->year_count; y++) {
        const utfall_budget_year *year = &payer->years[y];
        const int64_t amounts[] = {year->fixed, year->probable, year->possible};
        utfall__sheet_cell(v->sheet, utfall_run_decimal(v->run, year->year));
        for (size_t i = 0; i < 3; i++)
            utfall__sheet_cell(v->sheet,
                               utfall__amount_bare(v->run, v->language, minor(v, amounts[i])));
    }
    utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_YEARS_NOTE));
}

static void budget_add(const view *v, const utfall_payer *payer)
{
    const char *name = utfall__party_name(v->contract, payer->party);
    utfall__sheet_add(v->sheet, UTFALL__SECTION, SAY(v, WORD_RISK_BUDGET, name));
    utfall__sheet_table(v->sheet, SAY(v, WORD_RISK_CLASSES, units(v)));
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_CLASS), false);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_AMOUNT), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_RISK_IN_ALL), true);
    const int64_t probable = payer->fixed + payer->probable;
    class_row(v, WORD_RISK_FIXED, payer->fixed, payer->fixed);
    class_row(v, WORD_RISK_PROBABLE, payer->probable, probable);
    class_row(v, WORD_RISK_POSSIBLE, payer->possible, probable + payer->possible);
    utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_TERMS));
    utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH,
                      payer->has_most
                          ? SAY(v, WORD_RISK_MOST, name, amount(v, minor(v, payer->most)),
                                amount(v, minor(v, payer->paid)))
                          : SAY(v, WORD_RISK_NO_MOST, name, amount(v, minor(v, payer->paid))));
    years_add(v, payer);
}

/* A probability with four decimals, halves away from zero. */
static const char *probability(const view *v, const utfall_rat *p)
{
    utfall_money rounded;
    const utfall_rat *residue;
    const utfall_rounding how = {.mode = UTFALL_ROUND_HALF_AWAY, .unit_minor = 1};
    const utfall_rat *scaled = utfall_rat_mul(v->run, p, utfall_rat_of(v->run, 10000, 1));
    if (utfall_rat_round(v->run, &rounded, &residue, scaled, how) != UTFALL_OK)
        return NULL;
    return utfall__decimal(v->run, v->language, rounded.minor, PLACES);
}

static void power_add(const view *v)
{
    const utfall_power *power = &v->risk->power;
    if (!power->is_asked)
        return;
    if (!power->is_possible) {
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_NO_POWER));
        return;
    }
    if (!power->is_tried) {
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_POWER_NOT));
        return;
    }
    const utfall_rat *all =
        utfall_rat_mul(v->run, power->effect, utfall_rat_of(v->run, (int64_t)v->risk->target, 1));
    utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH,
                      SAY(v, WORD_RISK_POWER_NOW, amount(v, power->effect), amount(v, all),
                          count(v, power->seen_now), count(v, UTFALL_POWER_REPLICATES)));
    if (!power->is_ended)
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_POWER_PART));
    else if (!power->is_found)
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH,
                          SAY(v, WORD_RISK_POWER_BEYOND, count(v, UTFALL_POWER_TIMES_MAX)));
    else if (power->times == 1)
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_POWER_ENOUGH));
    else
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH,
                          SAY(v, WORD_RISK_POWER_NEEDED, count(v, power->times),
                              count(v, power->target), count(v, power->comparison)));
}

static void permutation_add(const view *v)
{
    const utfall_permutation *test = &v->risk->permutation;
    if (!test->is_possible)
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_NO_PERMUTATION));
    else if (test->count > 0)
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH,
                          SAY(v, WORD_RISK_PERMUTATION, count(v, test->as_far),
                              count(v, test->count), probability(v, test->p),
                              count(v, test->as_high), probability(v, test->p_high)));
    else if (test->asked > 0)
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_RISK_PERMUTATION_NOT));
    if (test->count > 0 && test->count < test->asked)
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH,
                          SAY(v, WORD_RISK_PERMUTATION_PART, count(v, test->count),
                              count(v, test->asked),
                              utfall_run_decimal(v->run, (int64_t)test->count)));
}

static void chance_add(const view *v)
{
    const utfall_permutation *test = &v->risk->permutation;
    if (test->is_possible && test->asked == 0 && !v->risk->power.is_asked)
        return;
    utfall__sheet_add(v->sheet, UTFALL__SECTION, WORD_TEXT(v, WORD_RISK_CHANCE));
    if (v->contract->prices.is_there) {
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH,
                          WORD_TEXT(v, WORD_RISK_NO_PERMUTATION_PRICES));
        return;
    }
    permutation_add(v);
    power_add(v);
}

utfall_status utfall_risk_text(utfall_run *run, const char **out, size_t *len,
                               const utfall_risk *risk, utfall_language language)
{
    utfall__sheet sheet;
    const view v = {.run = run,
                    .sheet = &sheet,
                    .risk = risk,
                    .contract = risk->settlement->contract,
                    .language = language};
    utfall__sheet_start(&sheet, run);
    head_add(&v);
    saving_add(&v);
    payment_add(&v);
    for (size_t p = 0; p < risk->payer_count; p++)
        budget_add(&v, &risk->payers[p]);
    chance_add(&v);
    return utfall__render_text(&sheet, out, len, RISK_COLUMNS, language);
}
