/* reports/facts.c - every figure of a settlement as key and exact value.
 *
 * In: a settlement. Out: facts sorted by the bytes of their keys. Amounts are in öre, "num/den"
 * reduced; counts are integers; nothing is rounded. This is the interface for tests, comparisons
 * and other programs, so that keys never change their meaning. */
#include <stdlib.h>
#include <string.h>
#include "utfall/scales.h"
#include "reports/text.h"
#include "reports/section_returns.h"
#include "reports/wording.h"

typedef struct facts {
    utfall_run *run;
    const utfall_settlement *settlement;
    utfall_fact *list;
    size_t count, capacity;
    bool has_failed;
    const char *const *keys; /* those that are wanted, with their facts; NULL = all are */
    size_t key_count;
    utfall_fact *picked;
} facts;

/* Whether a fact whose key begins so, or is so, can be wanted: saves making the others. */
static bool is_wanted(const facts *f, const char *key, bool is_stem)
{
    for (size_t i = 0; i < f->key_count; i++)
        if (key != NULL &&
            (is_stem ? strncmp(f->keys[i], key, strlen(key)) == 0 : strcmp(f->keys[i], key) == 0))
            return true;
    return f->keys == NULL || key == NULL;
}

static bool any_wanted(const facts *f, const char *const stems[])
{
    for (size_t i = 0; stems[i] != NULL; i++)
        if (is_wanted(f, stems[i], true))
            return true;
    return false;
}

static void fact_pick(facts *f, utfall_fact fact)
{
    for (size_t i = 0; i < f->key_count; i++)
        if (strcmp(f->keys[i], fact.key) == 0)
            f->picked[i] = fact;
}

static void fact_keep(facts *f, const char *key, const char *value, const utfall_rat *amount)
{
    const utfall_fact fact = {.key = key, .value = value, .amount = amount};
    if (key == NULL || value == NULL)
        f->has_failed = true;
    if (f->has_failed)
        return;
    if (f->keys != NULL) {
        fact_pick(f, fact);
        return;
    }
    if (f->count == f->capacity) {
        const size_t wider = f->capacity > 0 ? 2 * f->capacity : 256;
        utfall_fact *list = utfall_run_array(f->run, wider, sizeof *list);
        if (list == NULL) {
            f->has_failed = true;
            return;
        }
        if (f->count > 0)
            memcpy(list, f->list, f->count * sizeof *list);
        f->list = list;
        f->capacity = wider;
    }
    f->list[f->count++] = fact;
}

static void fact_add(facts *f, const char *key, const char *value)
{
    fact_keep(f, key, value, NULL);
}

static const char *key(facts *f, const char *first, const char *second, const char *third)
{
    return first == NULL || second == NULL || third == NULL
               ? NULL
               : utfall_run_join(f->run, first, second, third, (const char *)NULL);
}

/* An amount of money. */
static void rat_add(facts *f, const char *name, const utfall_rat *value)
{
    if (is_wanted(f, name, false))
        fact_keep(f, name, utfall_rat_text(f->run, value), value);
}

/* A number of something else. */
static void number_add(facts *f, const char *name, const utfall_rat *value)
{
    if (is_wanted(f, name, false))
        fact_add(f, name, utfall_rat_text(f->run, value));
}

static void count_add(facts *f, const char *name, uint64_t count)
{
    if (!is_wanted(f, name, false))
        return;
    if (count > INT64_MAX)
        utfall_run_fail(f->run, UTFALL_E_RANGE);
    fact_add(f, name, count > INT64_MAX ? NULL : utfall_run_decimal(f->run, (int64_t)count));
}

static void flag_add(facts *f, const char *name, bool flag)
{
    fact_add(f, name, flag ? "true" : "false");
}

/* Text as it is, but on one line: a fact is a line for most who read it. */
static void text_add(facts *f, const char *name, const char *text)
{
    if (is_wanted(f, name, false))
        fact_add(f, name, utfall__text_cleaned(f->run, text));
}

static const char *numbered(facts *f, const char *name, size_t number)
{
    return key(f, name, utfall_run_decimal(f->run, (int64_t)number), "");
}

static const char *dated(facts *f, const char *name, size_t t)
{
    char month[8];
    utfall_month_text(month, (utfall_month){f->settlement->sums->first.ordinal + (int32_t)t});
    return key(f, name, month, "");
}

static void contract_add(facts *f)
{
    const utfall_contract *contract = f->settlement->contract;
    char date[11], month[8];
    text_add(f, "contract.id", contract->id);
    text_add(f, "contract.currency", contract->currency);
    if (contract->title[0] != '\0')
        text_add(f, "contract.title", contract->title);
    if (contract->note[0] != '\0')
        text_add(f, "contract.note", contract->note);
    if (contract->signed_on.year != 0) {
        utfall_date_text(date, contract->signed_on);
        text_add(f, "contract.signed", date);
    }
    utfall_month_text(month, f->settlement->sums->as_of);
    text_add(f, "as_of", month);
    count_add(f, "window.months", contract->window_months);
    count_add(f, "window.payment_months", contract->payment_months);
    fact_add(f, "evaluation.design", utfall_design_names[contract->design]);
    count_add(f, "evaluation.step", utfall__design_step(contract->design));
    rat_add(f, "commitment", utfall_rat_of_money(f->run, contract->commitment));
}

static void people_add(facts *f)
{
    const utfall_sums *sums = f->settlement->sums;
    const utfall_contract *contract = f->settlement->contract;
    const bool has_comparison = sums->comparison.persons != NULL;
    uint64_t target = 0, comparison = 0;
    for (size_t g = 0; g < contract->group_count; g++) {
        const char *label = contract->group_labels[g];
        target += sums->target.persons[g];
        count_add(f, key(f, "group.", label, ".target"), sums->target.persons[g]);
        if (has_comparison) {
            comparison += sums->comparison.persons[g];
            count_add(f, key(f, "group.", label, ".comparison"), sums->comparison.persons[g]);
        }
    }
    count_add(f, "people.target", target);
    if (has_comparison)
        count_add(f, "people.comparison", comparison);
}

/* The index values that were needed, and what people weigh by them. */
static void prices_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    const utfall_price_index *index = s->sums->price_index;
    const uint32_t window = s->contract->window_months;
    char month[8];
    if (index == NULL)
        return;
    utfall_month_text(month, s->contract->prices.base);
    text_add(f, "price_index.base", month);
    if (s->contract->prices.source[0] != '\0')
        text_add(f, "price_index.source", s->contract->prices.source);
    for (size_t t = 0; t < index->count; t++) {
        utfall_month_text(month, (utfall_month){index->first.ordinal + (int32_t)t});
        if (index->values[t] != NULL)
            number_add(f, key(f, "price_index.", month, ""), index->values[t]);
    }
    for (size_t g = 0; g < s->contract->group_count; g++) {
        const char *stem = key(f, "price_weight.", s->contract->group_labels[g], ".");
        for (uint32_t k = 1; k <= window; k++)
            number_add(f, stem == NULL ? NULL : numbered(f, stem, k),
                       s->price_weights[g * window + k - 1]);
    }
}

static void nths_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    const uint32_t window = s->contract->window_months;
    for (uint32_t k = 1; k <= window; k++) {
        rat_add(f, numbered(f, "actual.month.", k), s->actual_month[k - 1]);
        rat_add(f, numbered(f, "expected.month.", k), s->expected_month[k - 1]);
        count_add(f, numbered(f, "below.month.", k), s->sums->below[k - 1]);
        count_add(f, numbered(f, "at.month.", k), s->sums->at[k - 1]);
        count_add(f, numbered(f, "above.month.", k), s->sums->above[k - 1]);
    }
    for (size_t g = 0; g < s->contract->group_count; g++) {
        const char *stem = key(f, "standard_cost.", s->contract->group_labels[g], ".");
        for (uint32_t k = 1; k <= window; k++)
            if (s->standard_cost[g * window + k - 1] != NULL)
                rat_add(f, stem == NULL ? NULL : numbered(f, stem, k),
                        s->standard_cost[g * window + k - 1]);
    }
}

static void calendar_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    for (size_t t = 0; t < s->sums->month_count; t++) {
        rat_add(f, dated(f, "actual.accumulated.", t), s->actual_accumulated[t]);
        rat_add(f, dated(f, "expected.accumulated.", t), s->expected_accumulated[t]);
        rat_add(f, dated(f, "drawn.accumulated.", t), s->drawn_accumulated[t]);
        count_add(f, dated(f, "active.", t), s->active[t]);
    }
}

static void totals_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    rat_add(f, "actual.total", s->actual);
    rat_add(f, "expected.total", s->expected);
    rat_add(f, "saving.total", s->saving);
    rat_add(f, "drawn.total", s->drawn);
    rat_add(f, "actual.paid", s->paid_actual);
    rat_add(f, "expected.paid", s->paid_expected);
    rat_add(f, "saving.paid", s->paid_saving);
    rat_add(f, "level.no_savings", s->level_no_savings);
    rat_add(f, "level.break_even", s->level_break_even);
    if (s->level_cap != NULL)
        rat_add(f, "level.cap", s->level_cap);
}

static void rows_add(facts *f, const char *table, const utfall_rows *rows)
{
    const utfall_rat *amount = utfall_rat_of(f->run, 0, 1);
    const char *stem = key(f, "rows.", table, ".");
    uint64_t count = 0;
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        const utfall_money part = {rows->amount_minor[i]};
        count += rows->count[i];
        amount = utfall_rat_add(f->run, amount, utfall_rat_of_money(f->run, part));
        count_add(f, key(f, stem, utfall_class_names[i], ".count"), rows->count[i]);
        rat_add(f, key(f, stem, utfall_class_names[i], ".amount"),
                utfall_rat_of_money(f->run, part));
    }
    count_add(f, key(f, stem, "total", ".count"), count);
    rat_add(f, key(f, stem, "total", ".amount"), amount);
}

static void scale_add(facts *f, const char *outcome, const utfall_scale_result *scale)
{
    const char *stem = key(f, outcome, ".", scale->id);
    count_add(f, key(f, stem, ".persons", ""), scale->persons);
    count_add(f, key(f, stem, ".missing", ""), scale->missing);
    count_add(f, key(f, stem, ".improved", ""), scale->improved);
    count_add(f, key(f, stem, ".unchanged", ""), scale->unchanged);
    count_add(f, key(f, stem, ".worse", ""), scale->worse);
    if (scale->persons == 0)
        return;
    const char *mean = key(f, stem, ".mean.", "");
    for (size_t i = 1; i <= scale->occasions; i++)
        number_add(f, numbered(f, mean, i), utfall_scale_mean(f->run, scale, i));
    number_add(f, key(f, stem, ".change", ""), utfall_scale_change(f->run, scale));
    const utfall_rat *relative = utfall_scale_relative_change(f->run, scale);
    if (relative != NULL)
        number_add(f, key(f, stem, ".relative_change", ""), relative);
}

static void outcome_add(facts *f, size_t i)
{
    const utfall_outcome *outcome = &f->settlement->contract->outcomes[i];
    const utfall_outcome_result *result = &f->settlement->sums->outcomes[i];
    flag_add(f, key(f, "outcome.", outcome->id, ".improved"), f->settlement->gates[i]);
    if (outcome->known_from.ordinal != 0)
        flag_add(f, key(f, "known.", outcome->id, ""), f->settlement->known[i]);
    if (outcome->has_value)
        return;
    if (result->sum != NULL)
        number_add(f, key(f, "outcome.", outcome->id, ".sum"), result->sum);
    count_add(f, key(f, "outcome.", outcome->id, ".persons"), result->persons);
    count_add(f, key(f, "outcome.", outcome->id, ".excluded"), result->excluded);
    if (result->excluded_sum != NULL)
        number_add(f, key(f, "outcome.", outcome->id, ".excluded_sum"), result->excluded_sum);
    if (result->rate != NULL)
        number_add(f, key(f, "outcome.", outcome->id, ".rate"), result->rate);
    if (result->claims != NULL)
        number_add(f, key(f, "outcome.", outcome->id, ".claims"), result->claims);
    if (outcome->kind != UTFALL_OUTCOME_STATED && outcome->kind != UTFALL_OUTCOME_SCHOOL_POINTS)
        count_add(f, key(f, "outcome.", outcome->id, ".missing"), result->missing);
}

static void outcomes_add(facts *f)
{
    static const char *const figures[] = {"outcome.", "known.", NULL};
    const bool has_figures = any_wanted(f, figures);
    for (size_t i = 0; i < f->settlement->contract->outcome_count; i++) {
        const utfall_outcome_result *result = &f->settlement->sums->outcomes[i];
        const char *id = f->settlement->contract->outcomes[i].id;
        if (has_figures)
            outcome_add(f, i);
        if (result->scale_count == 0 || !is_wanted(f, key(f, id, ".", ""), true))
            continue;
        for (size_t k = 0; k < result->scale_count; k++)
            scale_add(f, id, &result->scales[k]);
    }
}

static void steps_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    for (size_t i = 0; i < s->contract->step_count; i++) {
        const utfall_line *line = &s->lines[i];
        const char *stem = key(f, "step.", line->step->id, "");
        if (!is_wanted(f, stem, true))
            continue;
        flag_add(f, key(f, stem, ".gate", ""), line->is_open);
        rat_add(f, key(f, stem, ".exact", ""), line->exact);
        rat_add(f, key(f, stem, ".paid", ""), utfall_rat_of_money(f->run, line->paid));
        rat_add(f, key(f, stem, ".residue", ""), line->residue);
    }
}

static void dues_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    const utfall_party *parties = s->contract->parties;
    for (size_t i = 0; i < s->due_count; i++)
        rat_add(
            f,
            key(f, key(f, "due.", parties[s->dues[i].from].id, "."), parties[s->dues[i].to].id, ""),
            utfall_rat_of_money(f->run, s->dues[i].amount));
}

static void results_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    for (size_t i = 0; i < s->contract->party_count; i++) {
        const char *id = s->contract->parties[i].id;
        rat_add(f, key(f, "result.", id, ""), s->results[i].result);
        rat_add(f, key(f, "borne.", id, ""), s->results[i].borne);
    }
}

static void checks_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    for (size_t i = 0; i < s->check_count; i++) {
        const char *name = numbered(f, "check.", i + 1);
        text_add(f, name, s->checks[i].id);
        rat_add(f, name == NULL ? NULL : key(f, name, ".value", ""), s->checks[i].left);
    }
}

static void payments_add(facts *f)
{
    static const char *const results[] = {"result.", "borne.", NULL};
    if (is_wanted(f, "step.", true))
        steps_add(f);
    if (is_wanted(f, "due.", true))
        dues_add(f);
    if (any_wanted(f, results))
        results_add(f);
    if (is_wanted(f, "check.", true))
        checks_add(f);
}

static void money_add(facts *f, const char *name, utfall_money amount)
{
    rat_add(f, name, utfall_rat_of_money(f->run, amount));
}

/* What was paid before, and what of it was too much. */
static void before_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    for (size_t i = 0; i < s->contract->step_count && s->step_before != NULL; i++) {
        const char *id = s->contract->steps[i].id;
        money_add(f, key(f, "step.", id, ".before"), s->step_before[i]);
        money_add(f, key(f, "step.", id, ".due"), s->step_due[i]);
    }
    if (s->sums->history == NULL && !s->contract->has_negative_due)
        return;
    for (size_t i = 0; i < s->due_count; i++) {
        const utfall_due *due = &s->dues[i];
        const char *pair =
            key(f, s->contract->parties[due->from].id, ".", s->contract->parties[due->to].id);
        money_add(f, pair == NULL ? NULL : key(f, "before.", pair, ""), due->before);
        money_add(f, pair == NULL ? NULL : key(f, "entitlement.", pair, ""), due->entitlement);
        money_add(f, pair == NULL ? NULL : key(f, "carried.", pair, ""), due->carried);
        money_add(f, pair == NULL ? NULL : key(f, "written_off.", pair, ""), due->written_off);
    }
}

static void month_add(facts *f, const char *name, utfall_month month)
{
    char text[8];
    utfall_month_text(text, month);
    text_add(f, name, text);
}

static void correction_add(facts *f, const utfall_correction *c, size_t number)
{
    const char *stem = numbered(f, "correction.", number);
    if (stem == NULL) {
        f->has_failed = true;
        return;
    }
    fact_add(f, key(f, stem, ".subject", ""), utfall_subject_names[c->subject]);
    if (c->k > 0) {
        fact_add(f, key(f, stem, ".group", ""), f->settlement->contract->group_labels[c->group]);
        count_add(f, key(f, stem, ".k", ""), c->k);
    } else if (c->month.ordinal != 0) {
        month_add(f, key(f, stem, ".month", ""), c->month);
    } else {
        fact_add(f, key(f, stem, ".outcome", ""), f->settlement->contract->outcomes[c->outcome].id);
    }
    rat_add(f, key(f, stem, ".old", ""), c->old);
    rat_add(f, key(f, stem, ".now", ""), c->now);
    rat_add(f, key(f, stem, ".saving", ""), c->saving);
    rat_add(f, key(f, stem, ".paid", ""), c->paid);
}

static void history_add(facts *f)
{
    const utfall_history *h = f->settlement->sums->history;
    if (h == NULL)
        return;
    month_add(f, "previous.as_of", h->as_of);
    count_add(f, "correction.count", h->correction_count);
    if (h->correction_count > 0)
        text_add(f, "correction.reason", h->reason);
    for (size_t i = 0; i < h->correction_count; i++)
        correction_add(f, &h->corrections[i], i + 1);
    for (size_t i = 0; i < h->forecast_count; i++) {
        char month[8];
        utfall_month_text(month, h->forecasts[i].as_of);
        rat_add(f, key(f, "forecast.history.", month, ".saving"), h->forecasts[i].saving);
        money_add(f, key(f, "forecast.history.", month, ".paid"), h->forecasts[i].paid);
    }
}

static void forecast_add(facts *f)
{
    const utfall_forecast *forecast = f->settlement->forecast;
    if (forecast == NULL)
        return;
    rat_add(f, "forecast.actual", forecast->actual);
    rat_add(f, "forecast.expected", forecast->expected);
    rat_add(f, "forecast.saving", forecast->saving);
    rat_add(f, "forecast.saving.paid", forecast->paid_saving);
    rat_add(f, "forecast.drawn", forecast->drawn);
    count_add(f, "forecast.open", forecast->open);
    money_add(f, "forecast.paid", forecast->paid);
    for (size_t i = 0; i < f->settlement->contract->step_count; i++)
        money_add(f, key(f, "forecast.step.", f->settlement->contract->steps[i].id, ""),
                  forecast->lines[i].paid);
}

static void project_cost_add(facts *f)
{
    const utfall_settlement *s = f->settlement;
    const utfall_contract *contract = s->contract;
    const utfall_rat *budget = utfall_rat_of(f->run, 0, 1), *difference = budget;
    for (size_t i = 0; i < contract->budget_count; i++) {
        const char *category = contract->budget[i].category;
        rat_add(f, key(f, "budget.", category, ""), s->budget[i].budget);
        rat_add(f, key(f, "budget.difference.", category, ""), s->budget[i].difference);
        rat_add(f, key(f, "drawn.category.", category, ""), s->budget[i].drawn);
        budget = utfall_rat_add(f->run, budget, s->budget[i].budget);
        difference = utfall_rat_add(f->run, difference, s->budget[i].difference);
    }
    if (contract->budget_count > 0) {
        rat_add(f, "budget.total", budget);
        rat_add(f, "budget.difference.total", difference);
    }
    for (size_t i = 0; i < contract->provider_pay_count; i++) {
        const char *id = contract->provider_pays[i].id;
        const utfall_provider_line *line = &s->provider_pays[i];
        count_add(f, key(f, "provider_pay.", id, ".months"), line->months);
        rat_add(f, key(f, "provider_pay.", id, ".earned"), line->earned);
        rat_add(f, key(f, "provider_pay.", id, ".held_back"), line->held_back);
        flag_add(f, key(f, "provider_pay.", id, ".released"), line->is_released);
        rat_add(f, key(f, "provider_pay.", id, ".payable"), line->payable);
        rat_add(f, key(f, "provider_pay.", id, ".drawn"), line->drawn);
        rat_add(f, key(f, "provider_pay.", id, ".difference"), line->difference);
    }
}

static void returns_add(facts *f)
{
    const utfall_returns *returns = f->settlement->returns;
    const size_t most = returns == NULL ? 0 : utfall__returns_fact_count(returns);
    for (size_t i = 0; i < most; i++) {
        utfall_fact fact = {NULL, NULL, NULL};
        if (!utfall__returns_fact(f->run, &fact, returns, i))
            continue;
        if (fact.amount != NULL)
            rat_add(f, fact.key, fact.amount);
        else
            fact_add(f, fact.key, fact.value);
    }
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const utfall_fact *)a)->key, ((const utfall_fact *)b)->key);
}

/* Sorted, and no key twice: labels that people choose could collide. */
static utfall_status facts_finish(facts *f)
{
    const utfall_status failure = utfall_run_failure(f->run);
    if (f->has_failed || failure != UTFALL_OK)
        return failure == UTFALL_OK ? UTFALL_E_BUG : failure;
    qsort(f->list, f->count, sizeof *f->list, by_key);
    for (size_t i = 1; i < f->count; i++) {
        if (strcmp(f->list[i - 1].key, f->list[i].key) != 0)
            continue;
        const utfall_finding finding = {
            .code = UTFALL_E_CONFLICT,
            .severity = UTFALL_ERROR,
            .at = utfall_contract_loc(f->settlement->contract, "contract.id"),
            .message = utfall_run_join(f->run, "two facts have the key \"", f->list[i].key, "\"",
                                       (const char *)NULL),
            .hint = "give parties, steps, outcomes and groups names that differ"};
        return finding.message == NULL ? UTFALL_E_NOMEM : utfall_run_report(f->run, &finding);
    }
    return UTFALL_OK;
}

/* The long series are passed over when nothing of them is wanted. */
static void facts_add(facts *f)
{
    static const char *const nths[] = {"actual.month.",
                                       "expected.month.",
                                       "below.month.",
                                       "at.month.",
                                       "above.month.",
                                       "standard_cost.",
                                       NULL};
    static const char *const calendar[] = {"actual.accumulated.", "expected.accumulated.",
                                           "drawn.accumulated.", "active.", NULL};
    static const char *const people[] = {"group.", "people.", NULL};
    static const char *const rows[] = {"rows.", NULL};
    static const char *const prices[] = {"price_index.", "price_weight.", NULL};
    static const char *const history[] = {"previous.", "correction.", "forecast.", NULL};
    static const char *const costs[] = {"budget.", "drawn.category.", "provider_pay.", NULL};
    static const char *const returns[] = {"return.", NULL};
    const utfall_settlement *s = f->settlement;
    contract_add(f);
    if (any_wanted(f, people))
        people_add(f);
    if (any_wanted(f, nths))
        nths_add(f);
    if (any_wanted(f, calendar))
        calendar_add(f);
    if (any_wanted(f, prices))
        prices_add(f);
    totals_add(f);
    if (any_wanted(f, rows)) {
        rows_add(f, "costs", &s->sums->target.rows);
        if (s->sums->agreed == NULL)
            rows_add(f, "reference-costs", &s->sums->comparison.rows);
    }
    outcomes_add(f);
    payments_add(f);
    before_add(f);
    if (any_wanted(f, history)) {
        history_add(f);
        forecast_add(f);
    }
    if (any_wanted(f, costs))
        project_cost_add(f);
    if (any_wanted(f, returns))
        returns_add(f);
}

utfall_status utfall_facts_compute(utfall_run *run, const utfall_fact **out, size_t *count,
                                   const utfall_settlement *settlement)
{
    facts f = {.run = run, .settlement = settlement};
    facts_add(&f);
    const utfall_status status = facts_finish(&f);
    if (status == UTFALL_OK) {
        *out = f.list;
        *count = f.count;
    }
    return status;
}

utfall_status utfall_facts_pick(utfall_run *run, utfall_fact *out, const char *const *keys,
                                size_t count, const utfall_settlement *settlement)
{
    utfall_fact *picked = utfall_run_array(run, count, sizeof *picked);
    facts f = {
        .run = run, .settlement = settlement, .keys = keys, .key_count = count, .picked = picked};
    if (picked == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        picked[i].key = keys[i];
    facts_add(&f);
    const utfall_status failure = utfall_run_failure(run);
    if (f.has_failed || failure != UTFALL_OK)
        return failure == UTFALL_OK ? UTFALL_E_BUG : failure;
    memcpy(out, picked, count * sizeof *out);
    return UTFALL_OK;
}
