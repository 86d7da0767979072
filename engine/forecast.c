/* Forecast: what the result would be in the end, for those who have begun.
 *
 * In: sums and baseline as of a settlement. Months that have passed count as they are; months to
 * come cost what the contract's forecast says. The steps are executed on these figures as they are
 * on the real ones. Invariant: where every window is complete the forecast is the result. Nothing
 * that is paid depends on it. */
#include "engine/prices.h"
#include "engine/core/ban.h"

typedef struct outlook {
    utfall_run *run;
    const utfall_settlement *s;
    const utfall_baseline *baseline;
    const utfall_rat *zero;
    uint64_t *end;           /* [group * window + k - 1]: people when every window is complete */
    const utfall_rat *level; /* of prices in months to come; NULL without an index */
    const utfall_rat *actual, *expected, *paid_actual, *paid_expected;
} outlook;

/* Expected cost of the group's months that have passed, and of those to come, split at the payment
 * window. */
typedef struct months {
    const utfall_rat *passed, *come, *paid_come;
} months;

static const utfall_rat *persons_times(const outlook *o, uint64_t persons, const utfall_rat *cost)
{
    if (persons == 0)
        return o->zero;
    if (persons > INT64_MAX) {
        utfall_run_fail(o->run, UTFALL_E_RANGE);
        return NULL;
    }
    return utfall_rat_mul(o->run, utfall_rat_of(o->run, (int64_t)persons, 1), cost);
}

/* Steps up and down as in the baseline, but for windows that are over. */
static bool end_count(outlook *o)
{
    const utfall_sums *sums = o->s->sums;
    const size_t width = o->s->contract->window_months, groups = o->s->contract->group_count;
    o->end = utfall_run_array(o->run, groups * width, sizeof *o->end);
    if (o->end == NULL)
        return false;
    for (size_t i = 0; i < sums->start_count; i++) {
        const utfall_start *start = &sums->starts[i];
        const size_t own = utfall_months_own(o->s->contract, start->left_after);
        o->end[start->group * width] += start->persons;
        if (own < width)
            o->end[start->group * width + own] -= start->persons; /* modulo 2^64 */
    }
    for (size_t g = 0; g < groups; g++)
        for (size_t i = g * width + 1; i < (g + 1) * width; i++)
            o->end[i] += o->end[i - 1];
    return true;
}

/* RULE: STANDARD-3 holds for months to come too: a month of the forecast has to have a cost. */
static utfall_status costs_check(const outlook *o, size_t g)
{
    const utfall_contract *contract = o->s->contract;
    const size_t width = contract->window_months;
    for (size_t k = 0; k < width; k++) {
        const size_t at = g * width + k;
        if (o->end[at] > o->baseline->persons[at] && o->baseline->standard_cost[at] == NULL)
            return utfall__refuse(
                o->run, contract, UTFALL_E_MISSING, "forecast", NULL,
                utfall_run_join(o->run, "group \"", contract->group_labels[g],
                                "\" cannot be forecast: no standard cost for month ",
                                utfall_run_decimal(o->run, (int64_t)k + 1), (const char *)NULL),
                "leave out forecast, or wait until the comparison group reaches that month");
    }
    return UTFALL_OK;
}

/* RULE: PRICE-5. Who has months to come has been counted in the last that has passed: then the
 * value of that month is there. */
static const utfall_rat *level_of(const outlook *o)
{
    const utfall_contract *contract = o->s->contract;
    const utfall_price_index *index = o->s->sums->price_index;
    const utfall_month last = utfall__horizon(contract, o->s->sums->as_of);
    return index == NULL || utfall_price_value(index, last) == NULL
               ? NULL
               : utfall_price_ratio(o->run, index, last, contract->prices.base);
}

static months months_split(const outlook *o, size_t g)
{
    const size_t width = o->s->contract->window_months;
    months m = {o->zero, o->zero, o->zero};
    for (size_t k = 0; k < width; k++) {
        const utfall_rat *cost = o->baseline->standard_cost[g * width + k];
        const uint64_t now = o->baseline->persons[g * width + k];
        const utfall_rat *come = persons_times(o, o->end[g * width + k] - now, cost);
        const utfall_rat *const *weights = o->baseline->weights;
        if (o->level != NULL)
            come = utfall_rat_mul(o->run, come, o->level);
        m.passed = utfall_rat_add(o->run, m.passed,
                                  weights != NULL && now > 0
                                      ? utfall_rat_mul(o->run, weights[g * width + k], cost)
                                      : persons_times(o, now, cost));
        m.come = utfall_rat_add(o->run, m.come, come);
        if (k < o->s->contract->payment_months)
            m.paid_come = utfall_rat_add(o->run, m.paid_come, come);
    }
    return m;
}

/* Actual / expected of the group so far; 1 where nothing was expected. */
static const utfall_rat *ratio_of(const outlook *o, size_t g, const utfall_rat *passed)
{
    const size_t width = o->s->contract->window_months;
    const utfall_rat *actual = o->zero;
    if (passed == NULL || utfall_rat_sign(passed) == 0)
        return utfall_rat_of(o->run, 1, 1);
    for (size_t k = 0; k < width; k++)
        actual = utfall_rat_add(
            o->run, actual, utfall_rat_of(o->run, o->s->sums->target.cost_minor[g * width + k], 1));
    return utfall_rat_div(o->run, actual, passed);
}

static void group_add(outlook *o, size_t g)
{
    const months m = months_split(o, g);
    const utfall_rat *ratio = NULL;
    switch (o->s->contract->forecast_remaining) {
    case UTFALL_REMAINING_AS_STANDARD:
        ratio = utfall_rat_of(o->run, 1, 1);
        break;
    case UTFALL_REMAINING_AS_RATIO:
        ratio = ratio_of(o, g, m.passed);
        break;
    }
    o->expected = utfall_rat_add(o->run, o->expected, m.come);
    o->paid_expected = utfall_rat_add(o->run, o->paid_expected, m.paid_come);
    o->actual = utfall_rat_add(o->run, o->actual, utfall_rat_mul(o->run, m.come, ratio));
    o->paid_actual =
        utfall_rat_add(o->run, o->paid_actual, utfall_rat_mul(o->run, m.paid_come, ratio));
}

static const utfall_rat *drawn_of(const outlook *o)
{
    switch (o->s->contract->forecast_drawn) {
    case UTFALL_FORECAST_DRAWN_TO_DATE:
        return o->s->drawn;
    case UTFALL_FORECAST_DRAWN_COMMITMENT:
        return utfall_rat_of_money(o->run, o->s->contract->commitment);
    }
    return NULL;
}

static uint64_t open_count(const utfall_settlement *s)
{
    uint64_t open = 0;
    for (size_t i = 0; i < s->sums->start_count; i++) {
        const utfall_start *start = &s->sums->starts[i];
        if (utfall_months_counted(s->contract, s->sums->as_of, start->month, start->left_after) <
            utfall_months_own(s->contract, start->left_after))
            open += start->persons;
    }
    return open;
}

static utfall_status steps_execute(const outlook *o, utfall_forecast *f)
{
    const utfall_contract *contract = o->s->contract;
    const utfall_figures figures = {.saving = f->paid_saving,
                                    .drawn = f->drawn,
                                    .commitment = utfall_rat_of_money(o->run, contract->commitment),
                                    .expected = o->paid_expected,
                                    .actual = o->paid_actual,
                                    .gates = o->s->gates,
                                    .known = o->s->known,
                                    .outcomes = o->s->sums->outcomes};
    utfall_status status = utfall__waterfall_compute(o->run, &f->lines, contract, &figures);
    for (size_t i = 0; i < contract->step_count && status == UTFALL_OK; i++) {
        status = utfall_money_add(&f->paid, f->paid, f->lines[i].paid);
        if (status != UTFALL_OK)
            return utfall__refuse(o->run, contract, status, "forecast", NULL,
                                  "what the forecast pays leaves 64 bits of öre", NULL);
    }
    return status;
}

utfall_status utfall__forecast_compute(utfall_run *run, const utfall_forecast **out,
                                       const utfall_settlement *s)
{
    utfall_baseline baseline;
    utfall_status status = utfall__baseline_compute(run, &baseline, s->contract, s->sums);
    if (status != UTFALL_OK)
        return status;
    utfall_forecast *f = utfall_run_alloc(run, sizeof *f);
    outlook o = {.run = run,
                 .s = s,
                 .baseline = &baseline,
                 .zero = utfall_rat_of(run, 0, 1),
                 .actual = s->actual,
                 .expected = s->expected,
                 .paid_actual = s->paid_actual,
                 .paid_expected = s->paid_expected};
    if (f == NULL || o.zero == NULL || !end_count(&o))
        return UTFALL_E_NOMEM;
    o.level = level_of(&o);
    for (size_t g = 0; g < s->contract->group_count; g++) {
        if (s->sums->target.persons[g] == 0)
            continue;
        status = costs_check(&o, g);
        if (status != UTFALL_OK)
            return status;
        group_add(&o, g);
    }
    *f = (utfall_forecast){.actual = o.actual,
                           .expected = o.expected,
                           .saving = utfall_rat_sub(run, o.expected, o.actual),
                           .paid_saving = utfall_rat_sub(run, o.paid_expected, o.paid_actual),
                           .drawn = drawn_of(&o),
                           .open = open_count(s)};
    if (f->saving == NULL || f->paid_saving == NULL || f->drawn == NULL)
        return utfall__number_failed(run, s->contract, "forecast", "the forecast");
    status = steps_execute(&o, f);
    if (status == UTFALL_OK)
        *out = f;
    return status;
}
