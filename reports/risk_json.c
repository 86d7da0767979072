/* reports/risk_json.c - how sure a settlement is, as JSON for other programs.
 *
 * Amounts are integers of öre; ratios are text "num/den", null where there is none. What was asked
 * for and not made, because the run was interrupted, has its object, with counts of 0 and null;
 * what was not asked for, or cannot be made, is null. Keys in a fixed order, so equal results are
 * equal bytes. */
#include "reports/text.h"
#include "utfall/risk_report.h"

static void key_add(utfall__text *t, const char *key)
{
    utfall__text_add(t, "\"");
    utfall__text_add(t, key);
    utfall__text_add(t, "\": ");
}

static void count_add(utfall__text *t, uint64_t count)
{
    if (count > INT64_MAX) { /* a seed only */
        utfall__text_number(t, (int64_t)(count / 10));
        utfall__text_number(t, (int64_t)(count % 10));
    } else {
        utfall__text_number(t, (int64_t)count);
    }
}

static void number_member(utfall__text *t, const char *key, int64_t value)
{
    key_add(t, key);
    utfall__text_number(t, value);
    utfall__text_add(t, ", ");
}

static void count_member(utfall__text *t, const char *key, uint64_t value)
{
    key_add(t, key);
    count_add(t, value);
    utfall__text_add(t, ", ");
}

static void truth_member(utfall__text *t, const char *key, bool value)
{
    key_add(t, key);
    utfall__text_add(t, value ? "true, " : "false, ");
}

static void rat_add(utfall__text *t, const utfall_rat *value)
{
    if (value == NULL) {
        utfall__text_add(t, "null");
        return;
    }
    utfall__text_add(t, "\"");
    utfall__text_add(t, utfall_rat_text(t->run, value));
    utfall__text_add(t, "\"");
}

static void rat_member(utfall__text *t, const char *key, const utfall_rat *value)
{
    key_add(t, key);
    rat_add(t, value);
    utfall__text_add(t, ", ");
}

static void quantiles_add(utfall__text *t, const utfall_quantiles *quantiles)
{
    utfall__text_add(t, "{");
    for (size_t q = 0; q < UTFALL_QUANTILES; q++) {
        utfall__text_add(t, q > 0 ? ", \"" : "\"");
        utfall__text_number(t, utfall_quantile_permille[q]);
        utfall__text_add(t, "\": ");
        utfall__text_number(t, quantiles->minor[q]);
    }
    utfall__text_add(t, "}");
}

static void bands_add(utfall__text *t, const utfall_risk *risk)
{
    utfall__text_add(t, "  \"bands\": [");
    for (size_t i = 0; i < risk->band_count; i++) {
        const utfall_band *band = &risk->bands[i];
        utfall__text_add(t, i > 0 ? ",\n    {" : "\n    {");
        rat_member(t, "low", band->low);
        rat_member(t, "high", band->high);
        rat_member(t, "pays_low", band->pays_low);
        rat_member(t, "pays_high", band->pays_high);
        key_add(t, "replicates");
        count_add(t, band->count);
        utfall__text_add(t, "}");
    }
    utfall__text_add(t, "],\n");
}

static void histogram_add(utfall__text *t, const utfall_risk *risk)
{
    utfall__text_add(t, "  \"histogram\": {");
    number_member(t, "first", risk->histogram_first);
    number_member(t, "width", risk->histogram_width);
    key_add(t, "replicates");
    utfall__text_add(t, "[");
    for (size_t i = 0; i < risk->histogram_count; i++) {
        utfall__text_add(t, i > 0 ? ", " : "");
        count_add(t, risk->histogram[i]);
    }
    utfall__text_add(t, "]},\n");
}

static void payer_add(utfall__text *t, const utfall_risk *risk, const utfall_payer *payer)
{
    utfall__text_add(t, "    {\"party\": ");
    utfall__text_json(t, risk->settlement->contract->parties[payer->party].id);
    utfall__text_add(t, ", ");
    number_member(t, "settled", payer->paid);
    number_member(t, "fixed", payer->fixed);
    number_member(t, "probable", payer->probable);
    number_member(t, "possible", payer->possible);
    key_add(t, "most");
    if (payer->has_most)
        utfall__text_number(t, payer->most);
    else
        utfall__text_add(t, "null");
    utfall__text_add(t, ",\n     \"quantiles\": ");
    quantiles_add(t, &payer->total);
    utfall__text_add(t, ",\n     \"years\": [");
    for (size_t y = 0; y < payer->year_count; y++) {
        const utfall_budget_year *year = &payer->years[y];
        utfall__text_add(t, y > 0 ? ",\n       {" : "\n       {");
        number_member(t, "year", year->year);
        number_member(t, "fixed", year->fixed);
        number_member(t, "probable", year->probable);
        key_add(t, "possible");
        utfall__text_number(t, year->possible);
        utfall__text_add(t, "}");
    }
    utfall__text_add(t, "]}");
}

static void permutation_add(utfall__text *t, const utfall_permutation *test)
{
    utfall__text_add(t, "  \"permutation\": ");
    if (!test->is_possible || test->asked == 0) {
        utfall__text_add(t, "null,\n");
        return;
    }
    utfall__text_add(t, "{");
    count_member(t, "permutations", test->count);
    count_member(t, "permutations_asked", test->asked);
    count_member(t, "as_far", test->as_far);
    rat_member(t, "p", test->p);
    count_member(t, "as_high", test->as_high);
    key_add(t, "p_high");
    rat_add(t, test->p_high);
    utfall__text_add(t, "},\n");
}

static void power_add(utfall__text *t, const utfall_power *power)
{
    utfall__text_add(t, "  \"power\": ");
    if (!power->is_asked || !power->is_possible) {
        utfall__text_add(t, "null\n");
        return;
    }
    utfall__text_add(t, "{");
    rat_member(t, "effect_a_person", power->effect);
    count_member(t, "replicates", UTFALL_POWER_REPLICATES);
    if (power->is_tried)
        count_member(t, "seen_now", power->seen_now);
    else
        utfall__text_add(t, "\"seen_now\": null, ");
    truth_member(t, "ended", power->is_ended);
    key_add(t, "needed");
    if (power->is_found) {
        utfall__text_add(t, "{");
        count_member(t, "times", power->times);
        count_member(t, "target", power->target);
        count_member(t, "comparison", power->comparison);
        key_add(t, "seen");
        count_add(t, power->seen);
        utfall__text_add(t, "}");
    } else {
        utfall__text_add(t, "null");
    }
    utfall__text_add(t, "}\n");
}

utfall_status utfall_risk_json(utfall_run *run, const char **out, size_t *len,
                               const utfall_risk *risk)
{
    const utfall_contract *contract = risk->settlement->contract;
    utfall__text text, *t = &text;
    utfall__text_start(t, run);
    utfall__text_add(t, "{\n  \"contract\": ");
    utfall__text_json(t, contract->id);
    utfall__text_add(t, ",\n  \"note\": ");
    utfall__text_json(t, contract->note);
    char month[8];
    utfall_month_text(month, risk->settlement->sums->as_of);
    utfall__text_add(t, ",\n  ");
    key_add(t, "as_of");
    utfall__text_json(t, month);
    utfall__text_add(t, ", ");
    key_add(t, "currency");
    utfall__text_json(t, contract->currency);
    utfall__text_add(t, ",\n  ");
    count_member(t, "seed", risk->seed);
    count_member(t, "replicates", risk->replicates);
    count_member(t, "replicates_asked", risk->asked);
    truth_member(t, "interrupted", risk->is_interrupted);
    utfall__text_add(t, "\n  ");
    count_member(t, "target", risk->target);
    count_member(t, "comparison", risk->comparison);
    utfall__text_add(t, "\n  ");
    rat_member(t, "saving", risk->settlement->paid_saving);
    key_add(t, "quantiles");
    quantiles_add(t, &risk->saving);
    utfall__text_add(t, ",\n  ");
    count_member(t, "negative", risk->negative);
    count_member(t, "break_even", risk->break_even);
    utfall__text_add(t, "\n");
    histogram_add(t, risk);
    bands_add(t, risk);
    utfall__text_add(t, "  \"payers\": [\n");
    for (size_t p = 0; p < risk->payer_count; p++) {
        utfall__text_add(t, p > 0 ? ",\n" : "");
        payer_add(t, risk, &risk->payers[p]);
    }
    utfall__text_add(t, "],\n");
    permutation_add(t, &risk->permutation);
    power_add(t, &risk->power);
    utfall__text_add(t, "}\n");
    return utfall__text_end(t, out, len);
}
