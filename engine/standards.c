/* engine/standards.c - standard costs at the prices of the months of those who are compared with
 * them.
 *
 * In: sums with a price index. Out: for each month of start and group that somebody has, the
 * standard cost of each month as its floor, which is all that comparing a person's cost needs. A
 * product of two ratios is made for each, and none is kept. */
#include "engine/prices.h"
#include "engine/core/ban.h"

struct utfall__standards {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_sums *sums;
    const utfall_rat **at_base; /* [group * window + k - 1] */
    const utfall_rat **levels;  /* [calendar month of the series] */
    struct row *rows;           /* [start of the series * groups + group] */
};

struct row {
    utfall__standard *months; /* [k - 1]; NULL until somebody needs them */
    size_t within;            /* so many before the first that leaves int64 öre */
};

utfall_status utfall__standards_new(utfall_run *run, utfall__standards **out,
                                    const utfall_contract *contract, const utfall_sums *sums)
{
    const size_t groups = contract->group_count, cells = groups * contract->window_months;
    utfall__standards *s = utfall_run_alloc(run, sizeof *s);
    if (s == NULL)
        return UTFALL_E_NOMEM;
    *s = (utfall__standards){
        .run = run,
        .contract = contract,
        .sums = sums,
        .at_base = utfall_run_array(run, cells, sizeof(const utfall_rat *)),
        .levels =
            utfall__price_levels(run, contract, sums->price_index, sums->first, sums->month_count),
        .rows = utfall_run_array(run, sums->month_count * groups, sizeof(struct row))};
    if (s->at_base == NULL || s->levels == NULL || s->rows == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < cells; i++) {
        const uint64_t followed =
            sums->agreed != NULL
                ? 0
                : utfall__followed(sums, i / contract->window_months, i % contract->window_months);
        if (sums->agreed != NULL)
            s->at_base[i] = sums->agreed[i];
        else if (followed > 0)
            s->at_base[i] =
                utfall_rat_div(run, utfall_rat_of(run, sums->comparison.cost_minor[i], 1),
                               utfall__count_total(run, &followed, 1));
    }
    *out = s;
    return utfall_run_failure(run);
}

static utfall_status row_make(const utfall__standards *s, struct row *row, size_t start, size_t g)
{
    const size_t width = s->contract->window_months;
    utfall__standard *months = utfall_run_array(s->run, width, sizeof *months);
    if (months == NULL)
        return UTFALL_E_NOMEM;
    size_t k = 0;
    bool is_whole = false;
    for (; k < width && start + k < s->sums->month_count; k++) {
        const utfall_rat *cost = s->at_base[g * width + k], *level = s->levels[start + k];
        if (cost == NULL || level == NULL)
            continue; /* nobody is compared with it */
        utfall_status status =
            utfall_rat_floor_product(s->run, &months[k].floor, &is_whole, cost, level);
        if (status == UTFALL_E_RANGE)
            break;
        if (status != UTFALL_OK)
            return status;
        months[k].is_whole = is_whole;
    }
    *row = (struct row){months, k};
    return UTFALL_OK;
}

static utfall_status beyond_refuse(const utfall__standards *s, utfall_month start, size_t g,
                                   size_t k)
{
    char month[8];
    utfall_month_text(month, (utfall_month){start.ordinal + (int32_t)k});
    return utfall__refuse(
        s->run, s->contract, UTFALL_E_RANGE, "comparison_group.price_index", NULL,
        utfall_run_join(s->run, "the standard cost of group \"", s->contract->group_labels[g],
                        "\" in month ", utfall_run_decimal(s->run, (int64_t)k + 1),
                        ", carried to the prices of ", month, ", leaves 64 bits of öre",
                        (const char *)NULL),
        "check what is compared with, and the index of that month and of the base month");
}

const utfall__standard *utfall__standards_of(utfall__standards *standards, utfall_status *status,
                                             utfall_month start, size_t g, size_t counted)
{
    const size_t from = (size_t)(start.ordinal - standards->sums->first.ordinal);
    struct row *row = &standards->rows[from * standards->contract->group_count + g];
    if (row->months == NULL)
        *status = row_make(standards, row, from, g);
    if (*status == UTFALL_OK && counted > row->within)
        *status = beyond_refuse(standards, start, g, row->within);
    return *status == UTFALL_OK ? row->months : NULL;
}
