/* Narrow: a case that was read for the widest of several windows, for one of the others.
 *
 * In: a case and a window. Out: the same people and costs, with the rows of later months moved from
 * the class used to the class after. What a month held is known by its number of rows and by the
 * sum of its column of the matrix, so the tables need not be read again. */
#include "engine/stages.h"
#include "engine/core/ban.h"

static utfall_status rows_narrow(utfall_cohort *cohort, uint32_t window_months)
{
    utfall_rows *rows = &cohort->rows;
    if (cohort->months < window_months && cohort->persons > 0)
        return UTFALL_E_BUG;
    for (size_t k = window_months; k < cohort->months; k++) {
        int64_t amount = 0;
        for (size_t i = 0; i < cohort->persons; i++)
            if (!utfall__minor_add(&amount, utfall_cohort_cost(cohort, i, k)))
                return UTFALL_E_RANGE;
        if (amount == INT64_MIN ||
            !utfall__minor_add(&rows->amount_minor[UTFALL_ROW_USED], -amount) ||
            !utfall__minor_add(&rows->amount_minor[UTFALL_ROW_AFTER], amount))
            return UTFALL_E_RANGE;
        rows->count[UTFALL_ROW_USED] -= cohort->month_rows[k];
        rows->count[UTFALL_ROW_AFTER] += cohort->month_rows[k];
    }
    return UTFALL_OK;
}

utfall_status utfall_case_narrow(utfall_run *run, const utfall_case **out, const utfall_case *data,
                                 uint32_t window_months)
{
    utfall_case *narrow = utfall_run_alloc(run, sizeof *narrow);
    if (narrow == NULL)
        return UTFALL_E_NOMEM;
    *narrow = *data;
    utfall_status status = rows_narrow(&narrow->target, window_months);
    if (status == UTFALL_OK)
        status = rows_narrow(&narrow->comparison, window_months);
    if (status == UTFALL_OK)
        *out = narrow;
    return status;
}
