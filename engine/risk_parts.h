/* engine/risk_parts.h - the parts of utfall_risk_compute and what they share. Private to engine/.
 */
#ifndef UTFALL_RISK_PARTS_H
#define UTFALL_RISK_PARTS_H
#include "engine/payout.h"
#include "utfall/risk.h"

typedef struct utfall__risk_work {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_case *data;
    const utfall_settlement *settlement;
    const utfall_risk_options *options;
    const utfall__sample *sample;
    const utfall__payout *payout;
    size_t slice, room; /* replicates made at a time; values kept around an order statistic */
    utfall_risk *risk;
    utfall_payer *payers; /* of the risk, one a payer of the payout */
} utfall__risk_work;

/** Have `work` done for every lane. */
static inline void utfall__lanes_run(const utfall_lanes *lanes, void (*work)(void *, size_t),
                                     void *arg)
{
    if (lanes->each != NULL) {
        lanes->each(lanes->ctx, lanes->count, work, arg);
        return;
    }
    for (size_t lane = 0; lane < lanes->count; lane++)
        work(arg, lane);
}

/** Report that replicates could not be made. Gives `status`. */
utfall_status utfall__replicates_refuse(const utfall__risk_work *w, utfall_status status);

/** As utfall_risk_compute with `slice` and `room` chosen, and ratios instead of integers when
 * `is_wide`: same result, slower. */
UTFALL_TRY utfall_status utfall__risk_compute(utfall_run *run, const utfall_risk **out,
                                              const utfall_contract *contract,
                                              const utfall_case *data,
                                              const utfall_settlement *settlement,
                                              const utfall_risk_options *options, size_t slice,
                                              size_t room, bool is_wide);

/** Savings, bands, quantiles and payers' totals over the replicates. */
UTFALL_TRY utfall_status utfall__bootstrap_compute(const utfall__risk_work *w);

/** Where the payment to the investor bends, and what it is there; counts are left 0. */
UTFALL_TRY utfall_status utfall__bands_compute(const utfall__risk_work *w, utfall_band **bands);

UTFALL_TRY utfall_status utfall__permutation_compute(const utfall__risk_work *w);
UTFALL_TRY utfall_status utfall__power_compute(const utfall__risk_work *w);

/** Certainty classes and years of each payer; needs the totals. */
UTFALL_TRY utfall_status utfall__budget_compute(const utfall__risk_work *w);

#endif
