/* Everything about the return of one list of payments.
 *
 * In: payments in any order. Out: the same in the order of time, with multiple, rates of return and
 * present value. Invariant: every figure is of all payments, none is left out. */
#include "utfall/returns.h"
#include <string.h>
#include "engine/core/ban.h"

static int64_t order_of(const utfall_flow *flow, utfall_day_count days)
{
    if (days == UTFALL_DAYS_PERIODS)
        return flow->period;
    return ((int64_t)flow->date.year * 16 + flow->date.month) * 32 + flow->date.day;
}

/* Merge sort; payments of the same day stay in the order given. */
static void flows_sort(utfall_flow *list, utfall_flow *spare, size_t count, utfall_day_count days)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t from = 0; from < count; from += 2 * width) {
            const size_t middle = from + width < count ? from + width : count;
            const size_t end = middle + width < count ? middle + width : count;
            size_t a = from, b = middle;
            for (size_t i = from; i < end; i++) {
                const bool is_left = a < middle && (b >= end || order_of(&list[a], days) <=
                                                                    order_of(&list[b], days));
                spare[i] = is_left ? list[a++] : list[b++];
            }
        }
        memcpy(list, spare, count * sizeof *list);
    }
}

utfall_status utfall_returns_compute(utfall_run *run, const utfall_returns **out,
                                     const utfall_flow *flows, size_t count, utfall_day_count days,
                                     const utfall_rat *rate)
{
    utfall_returns *r = utfall_run_alloc(run, sizeof *r);
    utfall_flow *sorted = utfall_run_array(run, count, sizeof *sorted);
    utfall_flow *spare = utfall_run_array(run, count, sizeof *spare);
    if (r == NULL || sorted == NULL || spare == NULL)
        return UTFALL_E_NOMEM;
    if (count > 0)
        memcpy(sorted, flows, count * sizeof *sorted);
    flows_sort(sorted, spare, count, days);
    *r = (utfall_returns){.count = count, .flows = sorted, .days = days, .rate = rate};
    utfall_status status = utfall_multiple_compute(run, &r->multiple, sorted, count);
    if (status == UTFALL_OK)
        status = utfall_irr_compute(run, &r->irr, sorted, count, days);
    if (status == UTFALL_OK && rate != NULL)
        status = utfall_npv_compute(run, &r->npv, sorted, count, days, rate);
    if (status == UTFALL_OK)
        *out = r;
    return status;
}
