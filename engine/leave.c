/* Leave out: the same case without some of its people, or without one cell of the standard cost.
 *
 * In: a case or a settlement. Out: another. Invariant: people stay sorted by id; a cell is taken
 * out of the actual and the expected cost alike, so that its effect is what it added to the saving.
 */
#include "engine/stages.h"
#include "utfall/vary.h"
#include <string.h>
#include "engine/core/ban.h"

static utfall_status cohort_keep(utfall_run *run, utfall_cohort *cohort, size_t factors,
                                 const bool *keep)
{
    const utfall_cohort all = *cohort;
    size_t count = 0;
    if (keep == NULL)
        return UTFALL_OK;
    for (size_t i = 0; i < all.persons; i++)
        count += keep[i];
    const char **ids = utfall_run_array(run, count, sizeof *ids);
    utfall_month *starts = utfall_run_array(run, count, sizeof *starts);
    int32_t *attributes = utfall_run_array(run, count, factors * sizeof *attributes);
    int64_t *cost = utfall_run_array(run, count, all.months * sizeof *cost);
    uint32_t *left_after = utfall_run_array(run, count, sizeof *left_after);
    if (ids == NULL || starts == NULL || attributes == NULL || cost == NULL || left_after == NULL)
        return UTFALL_E_NOMEM;
    cohort->persons = 0;
    for (size_t i = 0; i < all.persons; i++) {
        const size_t to = cohort->persons;
        if (!keep[i])
            continue;
        ids[to] = all.ids[i];
        starts[to] = all.starts[i];
        if (all.left_after != NULL)
            left_after[to] = all.left_after[i];
        if (factors > 0)
            memcpy(attributes + to * factors, all.attributes + i * factors,
                   factors * sizeof *attributes);
        for (size_t k = 0; k < all.months; k++)
            cost[to * all.months + k] = utfall_cohort_cost(&all, i, k);
        cohort->persons++;
    }
    cohort->ids = ids;
    cohort->starts = starts;
    cohort->attributes = attributes;
    cohort->left_after = all.left_after == NULL ? NULL : left_after;
    cohort->cost_minor = cost;
    return UTFALL_OK;
}

utfall_status utfall_case_keep(utfall_run *run, const utfall_case **out,
                               const utfall_contract *contract, const utfall_case *data,
                               const bool *target, const bool *comparison)
{
    utfall_case *kept = utfall_run_alloc(run, sizeof *kept);
    if (kept == NULL)
        return UTFALL_E_NOMEM;
    if (data->comparison.alike != NULL)
        return UTFALL_E_BUG;
    *kept = *data;
    utfall_status status = cohort_keep(run, &kept->target, contract->factor_count, target);
    if (status == UTFALL_OK)
        status = cohort_keep(run, &kept->comparison, contract->factor_count, comparison);
    if (status == UTFALL_OK)
        *out = kept;
    return status;
}

utfall_status utfall_settle_without(utfall_run *run, const utfall_settlement **out,
                                    const utfall_settlement *settlement, size_t group, uint32_t k)
{
    const utfall_contract *contract = settlement->contract;
    const size_t cell = group * contract->window_months + k - 1;
    utfall_settlement *less = utfall_run_alloc(run, sizeof *less);
    if (less == NULL)
        return UTFALL_E_NOMEM;
    if (group >= contract->group_count || k < 1 || k > contract->window_months)
        return UTFALL_E_BUG;
    *less = *settlement;
    const utfall_rat *actual = utfall_rat_of(run, settlement->sums->target.cost_minor[cell], 1);
    const utfall_rat *expected = utfall_rat_of(run, 0, 1);
    utfall_baseline baseline;
    utfall_status status = utfall__baseline_compute(run, &baseline, contract, settlement->sums);
    if (status != UTFALL_OK)
        return status;
    if (settlement->standard_cost[cell] != NULL)
        expected = utfall_rat_mul(run,
                                  baseline.weights != NULL
                                      ? baseline.weights[cell]
                                      : utfall__count_total(run, &baseline.persons[cell], 1),
                                  settlement->standard_cost[cell]);
    less->actual = utfall_rat_sub(run, settlement->actual, actual);
    less->expected = utfall_rat_sub(run, settlement->expected, expected);
    less->saving = utfall_rat_sub(run, less->expected, less->actual);
    if (k <= contract->payment_months) {
        less->paid_actual = utfall_rat_sub(run, settlement->paid_actual, actual);
        less->paid_expected = utfall_rat_sub(run, settlement->paid_expected, expected);
        less->paid_saving = utfall_rat_sub(run, less->paid_expected, less->paid_actual);
    }
    if (less->saving == NULL || less->paid_saving == NULL)
        return utfall__number_failed(run, contract, "evaluation", "the saving without a month");
    less->check_count = 0; /* of the whole; those of the payments follow */
    return utfall_settle_payments(run, out, contract, less);
}
