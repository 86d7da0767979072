/* Settlement: runs the stages, and says what they mean for each party.
 *
 * In: a contract and sums. Out: everything that a ledger states. Every total is computed on two
 * ways (by intervention month and by calendar month; by step and by pair of parties); a settlement
 * whose two ways differ is never given out. Money only moves between parties, so the results of all
 * of them add up to saving - project cost. */
#include "engine/stages.h"
#include <string.h>
#include "engine/core/ban.h"

enum { CHECKS_MAX = 10 };

typedef struct work {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_sums *sums;
    utfall_baseline baseline;
    utfall_settlement *s;
    utfall_check *checks;
    const utfall_rat *zero;
} work;

static utfall_status actual_month_compute(work *w)
{
    const size_t width = w->contract->window_months;
    const utfall_rat **month = utfall_run_array(w->run, width, sizeof(const utfall_rat *));
    if (month == NULL)
        return UTFALL_E_NOMEM;
    for (size_t k = 0; k < width; k++) {
        int64_t sum = 0;
        for (size_t g = 0; g < w->contract->group_count; g++)
            if (!utfall__minor_add(&sum, w->sums->target.cost_minor[g * width + k]))
                return utfall__refuse(w->run, w->contract, UTFALL_E_RANGE, "target_group.costs",
                                      NULL, "the actual cost of a month leaves 64 bits of öre",
                                      NULL);
        month[k] = utfall_rat_of(w->run, sum, 1);
    }
    w->s->actual_month = month;
    return UTFALL_OK;
}

/* What is told of money is told in öre of 64 bits. */
static utfall_status amount_check(const work *w, const utfall_rat *amount, const char *path,
                                  const char *what)
{
    if (amount == NULL)
        return utfall__number_failed(w->run, w->contract, path, what);
    if (utfall_rat_is_minor(amount))
        return UTFALL_OK;
    return utfall__refuse(
        w->run, w->contract, UTFALL_E_RANGE, path, NULL,
        utfall_run_join(w->run, what, " leaves 64 bits of öre", (const char *)NULL),
        "check the amounts of the tables, and of the contract");
}

static utfall_status saving_check(const work *w, const utfall_rat *expected,
                                  const utfall_rat *actual)
{
    if (expected != NULL && actual != NULL && utfall_rat_is_within(expected, 62) &&
        utfall_rat_is_within(actual, 62))
        return UTFALL_OK; /* nor can their difference leave 63 */
    utfall_status status = amount_check(w, expected, "comparison_group", "the expected cost");
    if (status == UTFALL_OK)
        status = amount_check(w, actual, "target_group.costs", "the actual cost");
    return status != UTFALL_OK ? status
                               : amount_check(w, utfall_rat_sub(w->run, expected, actual),
                                              "evaluation.window", "the saving");
}

/* Accumulated by calendar month; by intervention month they are checked as they are summed. */
static utfall_status series_check(const work *w, const utfall_series *series)
{
    utfall_status status = UTFALL_OK;
    for (size_t t = 0; t < w->sums->month_count && status == UTFALL_OK; t++)
        if (t == 0 || series->expected_accumulated[t] != series->expected_accumulated[t - 1] ||
            series->actual_accumulated[t] != series->actual_accumulated[t - 1])
            status =
                saving_check(w, series->expected_accumulated[t], series->actual_accumulated[t]);
    return status;
}

/* The sum of all months, and of those that are paid, which come first. */
static utfall_status totals_compute(work *w)
{
    utfall_settlement *s = w->s;
    s->actual = s->expected = w->zero;
    for (size_t k = 0; k < w->contract->window_months; k++) {
        s->actual = utfall_rat_add(w->run, s->actual, s->actual_month[k]);
        s->expected = utfall_rat_add(w->run, s->expected, s->expected_month[k]);
        const utfall_status status = saving_check(w, s->expected, s->actual);
        if (status != UTFALL_OK)
            return status;
        if (k + 1 == w->contract->payment_months) {
            s->paid_actual = s->actual;
            s->paid_expected = s->expected;
        }
    }
    s->saving = utfall_rat_sub(w->run, s->expected, s->actual);
    s->paid_saving = utfall_rat_sub(w->run, s->paid_expected, s->paid_actual);
    if (s->saving == NULL || s->paid_saving == NULL)
        return utfall__number_failed(w->run, w->contract, "evaluation.window", "the saving");
    return UTFALL_OK;
}

static bool shares_saving(const work *w, const utfall_step *step)
{
    return step->form == UTFALL_FORM_SHARE && step->of.kind == UTFALL_MEASURE_SAVING &&
           step->to == w->contract->investor;
}

/* Cap: expected cost less the saving from which on the payment to the investor no longer grows. */
static utfall_status levels_compute(work *w)
{
    utfall_settlement *s = w->s;
    const utfall_rat *highest = NULL;
    bool is_capped = true;
    for (size_t i = 0; i < w->contract->step_count; i++) {
        const utfall_rat *high = s->lines[i].high;
        if (!shares_saving(w, s->lines[i].step))
            continue;
        is_capped = is_capped && high != NULL;
        if (high != NULL && (highest == NULL || utfall_rat_compare(high, highest) > 0))
            highest = high;
    }
    s->level_no_savings = s->expected;
    s->level_break_even = utfall_rat_sub(w->run, s->expected, s->drawn);
    s->level_cap =
        is_capped && highest != NULL ? utfall_rat_sub(w->run, s->expected, highest) : NULL;
    if (is_capped && highest != NULL && s->level_cap == NULL)
        return utfall__number_failed(w->run, w->contract, "waterfall", "a level");
    if (s->level_cap != NULL && !utfall_rat_is_minor(s->level_cap))
        s->level_cap = NULL; /* an end that no cost comes to */
    return amount_check(w, s->level_break_even, "financing",
                        "the cost at which the project breaks even");
}

static utfall_status lines_compute(work *w)
{
    utfall_settlement *s = w->s;
    utfall_figures figures = {.saving = s->paid_saving,
                              .drawn = s->drawn,
                              .commitment = utfall_rat_of_money(w->run, w->contract->commitment),
                              .expected = s->paid_expected,
                              .actual = s->paid_actual,
                              .outcomes = w->sums->outcomes};
    utfall_status status =
        utfall__known_compute(w->run, &figures.known, w->contract, w->sums->as_of);
    if (status == UTFALL_OK)
        status = utfall__gates_compute(w->run, &figures.gates, w->contract, figures.known,
                                       w->sums->outcomes);
    if (status != UTFALL_OK)
        return status;
    s->gates = figures.gates;
    s->known = figures.known;
    return utfall__waterfall_compute(w->run, &s->lines, w->contract, &figures);
}

/* What a party has been paid, or has paid, in this settlement and all before it. */
static const utfall_rat *dues_sum(const work *w, size_t party, bool received)
{
    const utfall_rat *sum = w->zero;
    for (size_t i = 0; i < w->s->due_count; i++) {
        const utfall_due *due = &w->s->dues[i];
        if ((received ? due->to : due->from) == party)
            sum = utfall_rat_add(
                w->run, utfall_rat_add(w->run, sum, utfall_rat_of_money(w->run, due->amount)),
                utfall_rat_of_money(w->run, due->before));
    }
    return sum;
}

static utfall_status results_compute(work *w)
{
    utfall_run *run = w->run;
    utfall_result *results = utfall_run_array(run, w->contract->party_count, sizeof *results);
    if (results == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < w->contract->party_count; i++) {
        const utfall_rat *received = dues_sum(w, i, true), *paid = dues_sum(w, i, false);
        const utfall_rat *result = utfall_rat_sub(run, received, paid), *borne = w->zero;
        if (i == w->contract->saving_to) {
            result = utfall_rat_add(run, result, w->s->saving);
            borne = utfall_rat_min(run, paid, w->s->drawn);
        }
        if (i == w->contract->investor) {
            result = utfall_rat_sub(run, result, w->s->drawn);
            borne = utfall_rat_max(run, utfall_rat_sub(run, w->s->drawn, received), w->zero);
        }
        results[i] = (utfall_result){.result = result, .borne = borne};
        if (result == NULL || borne == NULL)
            return utfall__number_failed(run, w->contract, "parties", "a party's result");
        if (utfall_rat_is_minor(result))
            continue;
        const char *what = utfall_run_join(run, "the result of \"", w->contract->parties[i].id,
                                           "\"", (const char *)NULL);
        return what == NULL ? UTFALL_E_NOMEM : amount_check(w, result, "parties", what);
    }
    w->s->results = results;
    return UTFALL_OK;
}

/* ---- what is known on two ways ---- */

static utfall_status check_add(work *w, const char *id, const utfall_rat *left,
                               const utfall_rat *right)
{
    if (left == NULL || right == NULL)
        return utfall__number_failed(w->run, w->contract, "", id);
    if (utfall_rat_compare(left, right) != 0)
        return utfall__refuse(w->run, w->contract, UTFALL_E_BUG, "", NULL,
                              utfall_run_join(w->run, "the check \"", id, "\" does not hold: ",
                                              utfall_rat_text(w->run, left), " and ",
                                              utfall_rat_text(w->run, right), (const char *)NULL),
                              "this is a fault in utfall; please report it");
    w->checks[w->s->check_count++] = (utfall_check){.id = id, .left = left, .right = right};
    return UTFALL_OK;
}

static utfall_status costs_check(work *w, const utfall_series *series)
{
    const size_t cells = w->contract->group_count * w->contract->window_months;
    const utfall_rat *groups = utfall__minor_total(w->run, w->sums->target.cost_minor, cells);
    const utfall_rat *drawn =
        utfall__minor_total(w->run, w->sums->drawn_minor, w->sums->month_count);
    utfall_status status =
        check_add(w, "actual by month = actual by calendar month", w->s->actual, series->actual);
    if (status == UTFALL_OK)
        status = check_add(w, "actual by month = actual by group", w->s->actual, groups);
    if (status == UTFALL_OK)
        status = check_add(w, "expected by month = expected by calendar month", w->s->expected,
                           series->expected);
    if (status == UTFALL_OK)
        status = check_add(w, "drawn accumulated = drawn in all", w->s->drawn, drawn);
    return status;
}

/* Everybody who is counted in a month lies below, at or above the standard cost of it. */
static utfall_status people_check(work *w)
{
    const size_t width = w->contract->window_months;
    uint64_t *placed = utfall_run_array(w->run, width, sizeof *placed);
    uint64_t *counted = utfall_run_array(w->run, width, sizeof *counted);
    uint64_t *started = utfall_run_array(w->run, w->sums->start_count, sizeof *started);
    if (placed == NULL || counted == NULL || started == NULL)
        return UTFALL_E_NOMEM;
    for (size_t k = 0; k < width; k++) {
        placed[k] = w->sums->below[k] + w->sums->at[k] + w->sums->above[k];
        for (size_t g = 0; g < w->contract->group_count; g++)
            counted[k] += w->baseline.persons[g * width + k];
        if (placed[k] != counted[k]) /* sums over months could agree by chance */
            return check_add(w, "below + at + above = people of the month",
                             utfall__count_total(w->run, &placed[k], 1),
                             utfall__count_total(w->run, &counted[k], 1));
    }
    for (size_t i = 0; i < w->sums->start_count; i++)
        started[i] = w->sums->starts[i].persons;
    const utfall_rat *by_month = utfall__count_total(w->run, counted, width);
    utfall_status status = check_add(w, "below + at + above = people by month",
                                     utfall__count_total(w->run, placed, width), by_month);
    if (status == UTFALL_OK)
        status =
            check_add(w, "people by calendar month = people by month",
                      utfall__count_total(w->run, w->s->active, w->sums->month_count), by_month);
    if (status == UTFALL_OK)
        status = check_add(
            w, "people by start = people by group",
            utfall__count_total(w->run, started, w->sums->start_count),
            utfall__count_total(w->run, w->sums->target.persons, w->contract->group_count));
    return status;
}

/* What the steps between two parties came to, by what was paid: before and now, less what was paid
 * too much. */
static const utfall_rat *entitled(const work *w, const utfall_due *due)
{
    const utfall_rat *paid = utfall_rat_add(w->run, utfall_rat_of_money(w->run, due->before),
                                            utfall_rat_of_money(w->run, due->amount));
    paid = utfall_rat_sub(w->run, paid, utfall_rat_of_money(w->run, due->carried));
    return utfall_rat_sub(w->run, paid, utfall_rat_of_money(w->run, due->written_off));
}

static utfall_status money_check(work *w)
{
    const utfall_rat *exact = w->zero, *settled = w->zero, *paid = w->zero, *due = w->zero,
                     *results = w->zero;
    for (size_t i = 0; i < w->contract->step_count; i++) {
        const utfall_line *line = &w->s->lines[i];
        const utfall_rat *amount = utfall_rat_of_money(w->run, line->paid);
        exact = utfall_rat_add(w->run, exact, line->exact);
        paid = utfall_rat_add(w->run, paid, amount);
        settled = utfall_rat_add(w->run, settled, utfall_rat_add(w->run, amount, line->residue));
    }
    for (size_t i = 0; i < w->s->due_count; i++)
        due = utfall_rat_add(w->run, due, entitled(w, &w->s->dues[i]));
    for (size_t i = 0; i < w->contract->party_count; i++)
        results = utfall_rat_add(w->run, results, w->s->results[i].result);
    utfall_status status = check_add(w, "paid + residue = exact", settled, exact);
    if (status == UTFALL_OK)
        status = check_add(w, "due by pair of parties = paid by step", due, paid);
    if (status == UTFALL_OK)
        status = check_add(w, "results of all parties = saving - drawn", results,
                           utfall_rat_sub(w->run, w->s->saving, w->s->drawn));
    return status;
}

static utfall_status costs_run(work *w)
{
    utfall_series series = {0};
    utfall_settlement *s = w->s;
    utfall_status status = utfall__baseline_compute(w->run, &w->baseline, w->contract, w->sums);
    if (status == UTFALL_OK)
        status = utfall__series_compute(w->run, &series, w->contract, w->sums, &w->baseline);
    if (status == UTFALL_OK)
        status = actual_month_compute(w);
    if (status != UTFALL_OK)
        return status;
    s->standard_cost = w->baseline.standard_cost;
    s->price_weights = w->baseline.weights;
    s->expected_month = w->baseline.expected_month;
    s->actual_accumulated = series.actual_accumulated;
    s->expected_accumulated = series.expected_accumulated;
    s->drawn_accumulated = series.drawn_accumulated;
    s->active = series.active;
    s->drawn = series.drawn;
    status = series_check(w, &series);
    if (status == UTFALL_OK)
        status = totals_compute(w);
    if (status == UTFALL_OK)
        status = costs_check(w, &series);
    if (status == UTFALL_OK)
        status = people_check(w);
    return status;
}

static utfall_status forecast_check(const work *w, const utfall_forecast *f)
{
    const utfall_rat *const amounts[] = {f->actual, f->expected, f->saving, f->paid_saving};
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts && status == UTFALL_OK; i++)
        status = amount_check(w, amounts[i], "forecast", "what is forecast");
    return status;
}

static utfall_status payments_run(work *w)
{
    utfall_status status = lines_compute(w);
    if (status == UTFALL_OK)
        status = levels_compute(w);
    if (status == UTFALL_OK)
        status = utfall__dues_compute(w->run, w->s);
    if (status == UTFALL_OK)
        status = results_compute(w);
    if (status == UTFALL_OK && w->contract->has_forecast)
        status = utfall__forecast_compute(w->run, &w->s->forecast, w->s);
    if (status == UTFALL_OK && w->s->forecast != NULL)
        status = forecast_check(w, w->s->forecast);
    if (status == UTFALL_OK)
        status = utfall__budget_settle(w->run, w->s);
    if (status == UTFALL_OK && w->contract->returns.is_there)
        status = utfall__returns_settle(w->run, &w->s->returns, w->s);
    if (status == UTFALL_OK)
        status = money_check(w);
    return status;
}

static utfall_status work_begin(work *w, utfall_run *run, const utfall_contract *contract,
                                const utfall_sums *sums)
{
    *w = (work){.run = run,
                .contract = contract,
                .sums = sums,
                .s = utfall_run_alloc(run, sizeof(utfall_settlement)),
                .checks = utfall_run_array(run, CHECKS_MAX, sizeof(utfall_check)),
                .zero = utfall_rat_of(run, 0, 1)};
    return w->s != NULL && w->checks != NULL && w->zero != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
}

utfall_status utfall_settle_costs(utfall_run *run, const utfall_settlement **out,
                                  const utfall_contract *contract, const utfall_sums *sums)
{
    work w;
    utfall_status status = work_begin(&w, run, contract, sums);
    if (status != UTFALL_OK)
        return status;
    *w.s = (utfall_settlement){.contract = contract, .sums = sums, .checks = w.checks};
    status = costs_run(&w);
    if (status == UTFALL_OK)
        *out = w.s;
    return status;
}

utfall_status utfall_settle_payments(utfall_run *run, const utfall_settlement **out,
                                     const utfall_contract *contract,
                                     const utfall_settlement *costs)
{
    work w;
    utfall_status status = work_begin(&w, run, contract, costs->sums);
    if (status != UTFALL_OK)
        return status;
    memcpy(w.checks, costs->checks, costs->check_count * sizeof *w.checks);
    *w.s = *costs;
    w.s->contract = contract;
    w.s->checks = w.checks;
    status = payments_run(&w);
    if (status == UTFALL_OK)
        *out = w.s;
    return status;
}

utfall_status utfall_settle(utfall_run *run, const utfall_settlement **out,
                            const utfall_contract *contract, const utfall_sums *sums)
{
    const utfall_settlement *costs = NULL;
    utfall_status status = utfall_settle_costs(run, &costs, contract, sums);
    return status == UTFALL_OK ? utfall_settle_payments(run, out, contract, costs) : status;
}
