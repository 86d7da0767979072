/* Baseline: what the months of the target group would have cost (schablon).
 *
 * In: the sums of both groups of people. Out: standard cost s(g,k) = sum over the comparison group
 * divided by its number of people, or the agreed one; how many people of the target group are
 * counted in each month k; expected cost by month, the sum over groups of people times standard
 * cost. With a price index, cost at the prices of the base month, and people by the weight of their
 * months. Exact; one ratio a group and month. */
#include "engine/checked.h"
#include "engine/prices.h"
#include "engine/ratio_sums.h"
#include "engine/core/ban.h"

utfall_month utfall__horizon(const utfall_contract *contract, utfall_month as_of)
{
    return as_of.ordinal < contract->data_through.ordinal ? as_of : contract->data_through;
}

uint32_t utfall_months_own(const utfall_contract *contract, uint32_t left_after)
{
    return left_after > 0 && left_after < contract->window_months ? left_after
                                                                  : contract->window_months;
}

uint32_t utfall_months_counted(const utfall_contract *contract, utfall_month as_of,
                               utfall_month start, uint32_t left_after)
{
    const uint32_t own = utfall_months_own(contract, left_after);
    utfall_nth reached = utfall_month_nth(start, utfall__horizon(contract, as_of));
    if (reached.n >= (int32_t)own)
        return own;
    switch (contract->incomplete) {
    case UTFALL_INCOMPLETE_REFUSE:
    case UTFALL_INCOMPLETE_EXCLUDE:
        return 0;
    case UTFALL_INCOMPLETE_TO_DATE:
        return reached.n > 0 ? (uint32_t)reached.n : 0;
    }
    return 0;
}

uint32_t utfall_months_compared(const utfall_contract *contract, utfall_month as_of,
                                utfall_month start)
{
    const utfall_design design = contract->design;
    const uint32_t width = contract->window_months;
    const bool runs_now = design == UTFALL_DESIGN_CONCURRENT || design == UTFALL_DESIGN_RANDOMISED;
    if (!runs_now || as_of.ordinal >= contract->data_through.ordinal)
        return width;
    const utfall_nth reached = utfall_month_nth(start, as_of);
    if (reached.n <= 0)
        return 0;
    return (uint32_t)reached.n < width ? (uint32_t)reached.n : width;
}

static utfall_status standard_cost_compute(utfall_run *run, const utfall_rat ***out,
                                           const utfall_contract *contract, const utfall_sums *sums)
{
    const size_t width = contract->window_months;
    const utfall_rat **cost =
        utfall_run_array(run, contract->group_count * width, sizeof(const utfall_rat *));
    if (cost == NULL)
        return UTFALL_E_NOMEM;
    for (size_t g = 0; g < contract->group_count; g++) {
        const uint64_t persons = sums->comparison.persons[g];
        if (sums->agreed == NULL && persons > INT64_MAX)
            return utfall__refuse(run, contract, UTFALL_E_RANGE, "comparison_group", NULL,
                                  "the comparison group has more than 2^63 people", NULL);
        for (size_t i = g * width; i < (g + 1) * width; i++) {
            if (sums->agreed != NULL)
                cost[i] = sums->agreed[i];
            const uint64_t followed = utfall__followed(sums, g, i - g * width);
            if (sums->agreed == NULL && followed > 0)
                cost[i] = utfall_rat_of(run, sums->comparison.cost_minor[i], (int64_t)followed);
            if (cost[i] == NULL && sums->agreed == NULL && followed > 0)
                return utfall__number_failed(run, contract, "comparison_group", "a standard cost");
        }
    }
    *out = cost;
    return UTFALL_OK;
}

/* A start counts in months 1..counted. Noted as a step up at 1 and a step down after the last, then
 * summed: the starts are gone through once, whatever the window. */
static utfall_status persons_compute(utfall_run *run, uint64_t **out,
                                     const utfall_contract *contract, const utfall_sums *sums)
{
    const size_t width = contract->window_months;
    uint64_t *persons = utfall_run_array(run, contract->group_count * width, sizeof(uint64_t));
    if (persons == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < sums->start_count; i++) {
        const utfall_start *start = &sums->starts[i];
        const size_t counted =
            utfall_months_counted(contract, sums->as_of, start->month, start->left_after);
        if (start->group >= contract->group_count || counted == 0)
            return utfall__refuse(run, contract, UTFALL_E_CONFLICT, "evaluation", NULL,
                                  "the sums hold people who start in a month or belong to a group "
                                  "that the contract does not count",
                                  NULL);
        persons[start->group * width] += start->persons;
        if (counted < width)
            persons[start->group * width + counted] -= start->persons; /* modulo 2^64 */
    }
    for (size_t g = 0; g < contract->group_count; g++)
        for (size_t i = g * width + 1; i < (g + 1) * width; i++)
            persons[i] += persons[i - 1];
    *out = persons;
    return UTFALL_OK;
}

/* People times standard cost: as numerator over the comparison people where that is an int64. */
static void product_add(utfall__ratio_sums *month, size_t k, uint64_t persons,
                        const utfall_sums *sums, size_t g, const utfall_rat *cost)
{
    int64_t minor;
    if (sums->agreed == NULL &&
        utfall__times(&minor, (int64_t)persons,
                      sums->comparison.cost_minor[g * sums->window_months + k]))
        utfall__ratio_sums_add(month, k, minor, (int64_t)utfall__followed(sums, g, k));
    else
        utfall__ratio_sums_add_ratio(
            month, k,
            utfall_rat_mul(month->run, utfall_rat_of(month->run, (int64_t)persons, 1), cost));
}

static utfall_status expected_add(utfall_run *run, utfall__ratio_sums *month,
                                  const utfall_contract *contract, const utfall_sums *sums,
                                  const utfall_baseline *baseline, size_t g)
{
    const size_t width = contract->window_months;
    for (size_t k = 0; k < width; k++) {
        const uint64_t persons = baseline->persons[g * width + k];
        const utfall_rat *cost = baseline->standard_cost[g * width + k];
        if (persons == 0)
            continue;
        if (cost == NULL)
            return utfall__refuse(run, contract, UTFALL_E_MISSING, "comparison_group", NULL,
                                  utfall_run_join(run, "group \"", contract->group_labels[g],
                                                  "\" has no standard cost for month ",
                                                  utfall_run_decimal(run, (int64_t)k + 1),
                                                  (const char *)NULL),
                                  NULL);
        if (persons > INT64_MAX)
            return utfall__refuse(run, contract, UTFALL_E_RANGE, "target_group", NULL,
                                  "the target group has more than 2^63 people", NULL);
        if (baseline->weights != NULL)
            utfall__ratio_sums_add_ratio(
                month, k, utfall_rat_mul(run, baseline->weights[g * width + k], cost));
        else
            product_add(month, k, persons, sums, g, cost);
    }
    return UTFALL_OK;
}

static utfall_status expected_compute(utfall_run *run, utfall_baseline *baseline,
                                      const utfall_contract *contract, const utfall_sums *sums)
{
    const size_t width = contract->window_months;
    utfall__ratio_sums month;
    const utfall_rat **expected = utfall_run_array(run, width, sizeof(const utfall_rat *));
    if (expected == NULL || utfall__ratio_sums_new(run, &month, width) != UTFALL_OK)
        return UTFALL_E_NOMEM;
    utfall__ratio_sums_expect(&month, sums);
    for (size_t g = 0; g < contract->group_count; g++) {
        const utfall_status status = expected_add(run, &month, contract, sums, baseline, g);
        if (status != UTFALL_OK)
            return status;
    }
    if (!utfall__ratio_sums_write(&month, expected))
        return utfall__number_failed(run, contract, "comparison_group", "the expected cost");
    baseline->expected_month = expected;
    return UTFALL_OK;
}

utfall_status utfall__baseline_compute(utfall_run *run, utfall_baseline *out,
                                       const utfall_contract *contract, const utfall_sums *sums)
{
    const utfall_rat **cost = NULL;
    uint64_t *persons = NULL;
    utfall_status status = standard_cost_compute(run, &cost, contract, sums);
    if (status == UTFALL_OK)
        status = persons_compute(run, &persons, contract, sums);
    if (status != UTFALL_OK)
        return status;
    utfall_baseline baseline = {.standard_cost = cost, .persons = persons};
    if (sums->price_index != NULL)
        status = utfall__price_weights(run, &baseline.weights, contract, sums, sums->price_index);
    if (status == UTFALL_OK)
        status = expected_compute(run, &baseline, contract, sums);
    if (status == UTFALL_OK)
        *out = baseline;
    return status;
}
