/* Accumulation: actual and expected cost and project cost by calendar month, summed up as the
 * months go; people inside their window.
 *
 * In: sums and baseline. Invariant: the expected cost is added up here from each start, not from
 * the baseline's months, so that its total is known on two ways. Numerators of a group are added as
 * integers; only their sums become ratios. Where an integer would leave int64, or the standard cost
 * was agreed, ratios are added instead: same result, slower. */
#include "engine/prices.h"
#include "engine/ratio_sums.h"
#include <string.h>
#include "engine/core/ban.h"

typedef struct calendar {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_sums *sums;
    const utfall_baseline *baseline;
    utfall__ratio_sums expected; /* [calendar month] */
    int64_t *numerators;         /* [calendar month] of one group */
} calendar;

/* The group's expected cost as numerators over its number of comparison people. */
static bool numerators_add(const calendar *c, size_t g)
{
    const size_t width = c->contract->window_months;
    memset(c->numerators, 0, c->sums->month_count * sizeof *c->numerators);
    for (size_t i = 0; i < c->sums->start_count; i++) {
        const utfall_start *start = &c->sums->starts[i];
        if (start->group != g)
            continue;
        const size_t at = (size_t)(start->month.ordinal - c->sums->first.ordinal);
        const size_t counted =
            utfall_months_counted(c->contract, c->sums->as_of, start->month, start->left_after);
        if (start->persons == 0 || start->persons > INT64_MAX)
            return false;
        const int64_t *cost = c->sums->comparison.cost_minor + g * width;
        const int64_t persons = (int64_t)start->persons;
        const int64_t most = INT64_MAX / persons, least = INT64_MIN / persons;
        for (size_t k = 0; k < counted; k++)
            if (cost[k] > most || cost[k] < least ||
                !utfall__minor_add(&c->numerators[at + k], persons * cost[k]))
                return false;
    }
    return true;
}

static void expected_of_numerators(calendar *c, size_t g)
{
    const int64_t persons = (int64_t)c->sums->comparison.persons[g];
    for (size_t t = 0; t < c->sums->month_count; t++)
        if (c->numerators[t] != 0)
            utfall__ratio_sums_add(&c->expected, t, c->numerators[t], persons);
}

static void expected_of_ratios(calendar *c, size_t g)
{
    const size_t width = c->contract->window_months;
    for (size_t i = 0; i < c->sums->start_count; i++) {
        const utfall_start *start = &c->sums->starts[i];
        if (start->group != g)
            continue;
        const size_t at = (size_t)(start->month.ordinal - c->sums->first.ordinal);
        const size_t counted =
            utfall_months_counted(c->contract, c->sums->as_of, start->month, start->left_after);
        const utfall_rat *people = utfall_rat_of(c->run, (int64_t)start->persons, 1);
        for (size_t k = 0; k < counted; k++)
            utfall__ratio_sums_add_ratio(
                &c->expected, at + k,
                utfall_rat_mul(c->run, people, c->baseline->standard_cost[g * width + k]));
    }
}

/* Windows lie inside the series: what makes every index above good. */
static utfall_status windows_check(const calendar *c, uint64_t *active)
{
    for (size_t i = 0; i < c->sums->start_count; i++) {
        const utfall_start *start = &c->sums->starts[i];
        const int64_t at = (int64_t)start->month.ordinal - c->sums->first.ordinal;
        const int64_t counted =
            utfall_months_counted(c->contract, c->sums->as_of, start->month, start->left_after);
        if (at < 0 || at + counted > (int64_t)c->sums->month_count)
            return utfall__refuse(c->run, c->contract, UTFALL_E_CONFLICT, "evaluation.window", NULL,
                                  "the sums hold people whose window lies outside the series",
                                  NULL);
        active[at] += start->persons;
        if (at + counted < (int64_t)c->sums->month_count)
            active[at + counted] -= start->persons; /* modulo 2^64 */
    }
    for (size_t t = 1; t < c->sums->month_count; t++)
        active[t] += active[t - 1];
    return UTFALL_OK;
}

/* Running sums of integers; the last one is *total. */
static utfall_status minor_accumulate(const calendar *c, const utfall_rat **out,
                                      const utfall_rat **total, const int64_t *minor,
                                      const char *path, const char *what)
{
    int64_t sum = 0;
    const utfall_rat *last = utfall_rat_of(c->run, 0, 1);
    for (size_t t = 0; t < c->sums->month_count; t++) {
        if (!utfall__minor_add(&sum, minor[t]))
            return utfall__refuse(
                c->run, c->contract, UTFALL_E_RANGE, path, NULL,
                utfall_run_join(c->run, what, " leaves 64 bits of öre", (const char *)NULL), NULL);
        if (minor[t] != 0)
            last = utfall_rat_of(c->run, sum, 1);
        if (last == NULL)
            break;
        out[t] = last;
    }
    *total = last;
    return last != NULL ? UTFALL_OK : utfall__number_failed(c->run, c->contract, path, what);
}

/* Of one group; with a price index each calendar month at its own prices. */
static utfall_status group_expected_add(calendar *c, size_t g)
{
    if (c->sums->price_index != NULL)
        return utfall__price_series_add(c->run, &c->expected, c->contract, c->sums, c->baseline, g);
    if (c->sums->agreed == NULL && c->sums->comparison.followed == NULL && numerators_add(c, g))
        expected_of_numerators(c, g);
    else
        expected_of_ratios(c, g);
    return UTFALL_OK;
}

static utfall_status expected_accumulate(calendar *c, const utfall_rat **out,
                                         const utfall_rat **total)
{
    utfall__ratio_sums_expect(&c->expected, c->sums);
    for (size_t g = 0; g < c->contract->group_count; g++) {
        if (c->baseline->persons[g * c->contract->window_months] == 0)
            continue;
        utfall_status status = group_expected_add(c, g);
        if (status != UTFALL_OK)
            return status;
    }
    utfall__ratio_sums_accumulate(&c->expected);
    const size_t count = c->sums->month_count;
    const bool is_made = utfall__ratio_sums_write(&c->expected, out);
    *total = !is_made ? NULL : count > 0 ? out[count - 1] : utfall_rat_of(c->run, 0, 1);
    return *total != NULL ? UTFALL_OK
                          : utfall__number_failed(c->run, c->contract, "comparison_group",
                                                  "the expected cost");
}

utfall_status utfall__series_compute(utfall_run *run, utfall_series *out,
                                     const utfall_contract *contract, const utfall_sums *sums,
                                     const utfall_baseline *baseline)
{
    const size_t count = sums->month_count, each = sizeof(const utfall_rat *);
    const utfall_rat **actual = utfall_run_array(run, count, each);
    const utfall_rat **expected = utfall_run_array(run, count, each);
    const utfall_rat **drawn = utfall_run_array(run, count, each);
    uint64_t *active = utfall_run_array(run, count, sizeof *active);
    calendar c = {.run = run,
                  .contract = contract,
                  .sums = sums,
                  .baseline = baseline,
                  .numerators = utfall_run_array(run, count, sizeof(int64_t))};
    if (actual == NULL || expected == NULL || drawn == NULL || active == NULL ||
        c.numerators == NULL || utfall__ratio_sums_new(run, &c.expected, count) != UTFALL_OK)
        return UTFALL_E_NOMEM;
    utfall_series series = {.actual_accumulated = actual,
                            .expected_accumulated = expected,
                            .drawn_accumulated = drawn,
                            .active = active};
    utfall_status status = windows_check(&c, active);
    if (status == UTFALL_OK)
        status = minor_accumulate(&c, actual, &series.actual, sums->actual_minor,
                                  "target_group.costs", "the actual cost");
    if (status == UTFALL_OK)
        status = minor_accumulate(&c, drawn, &series.drawn, sums->drawn_minor, "financing.drawn",
                                  "the project cost");
    if (status == UTFALL_OK)
        status = expected_accumulate(&c, expected, &series.expected);
    if (status == UTFALL_OK)
        *out = series;
    return status;
}
