/* engine/prices.h - what the stages of a settlement ask of a price index; private to engine/.
 *
 * "Level" of a month: what 1 at the prices of the base month is in it. */
#ifndef UTFALL_PRICES_STAGES_H
#define UTFALL_PRICES_STAGES_H
#include "engine/ratio_sums.h"
#include "engine/stages.h"

/** Who needs the value of a month. */
typedef enum utfall__needing {
    UTFALL__NEEDS_BASE,
    UTFALL__NEEDS_COMPARISON,
    UTFALL__NEEDS_TARGET
} utfall__needing;
typedef struct utfall__price_needs utfall__price_needs;

/** Which months a settlement under `contract` needs: its base month first. NULL when out of memory.
 */
utfall__price_needs *utfall__price_needs_new(utfall_run *run, const utfall_contract *contract);

/** `count` months from `first` on, at most UTFALL_WINDOW_MAX. */
void utfall__price_need(utfall__price_needs *needs, utfall__needing who, utfall_month first,
                        size_t count);

/** The values needed, and no others. UTFALL_E_MISSING: all that the table lacks are told. */
UTFALL_TRY utfall_status utfall__price_pick(utfall__price_needs *needs,
                                            const utfall_price_index **out,
                                            const utfall_price_index *table);

/** What 1 at the prices of the base month is in each of `count` months from `first` on; NULL for a
 * month without value. NULL when out of memory. */
const utfall_rat **utfall__price_levels(utfall_run *run, const utfall_contract *contract,
                                        const utfall_price_index *index, utfall_month first,
                                        size_t count);

/** The other way round: what 1 in each of the months is at the prices of the base month. */
const utfall_rat **utfall__price_inverses(utfall_run *run, const utfall_contract *contract,
                                          const utfall_price_index *index, utfall_month first,
                                          size_t count);

/** What a person's cost of a month is at the prices of the base month, in whole öre, halves away
 * from zero. `inverse` is the month's; NULL for one that nobody needs. UTFALL_E_RANGE outside
 * int64. RULE: PRICE-2 */
UTFALL_TRY utfall_status utfall__price_carry(utfall_run *run, int64_t *out, int64_t minor,
                                             const utfall_rat *inverse);

/** Cost of the comparison people at the prices of the base month, whole öre: [group * window +
 * k - 1]. Of person number i `known[i]` months count. */
UTFALL_TRY utfall_status utfall__at_base_compute(utfall_run *run, int64_t *out,
                                                 const utfall_contract *contract,
                                                 const utfall_price_index *index,
                                                 const utfall_cohort *comparison,
                                                 const uint32_t *known);

/** People of the target group by weight: [group * window + k - 1]. */
UTFALL_TRY utfall_status utfall__price_weights(utfall_run *run, const utfall_rat *const **out,
                                               const utfall_contract *contract,
                                               const utfall_sums *sums,
                                               const utfall_price_index *index);

/** Expected cost of group `g` by calendar month of the series, added to `expected`. */
UTFALL_TRY utfall_status utfall__price_series_add(utfall_run *run, utfall__ratio_sums *expected,
                                                  const utfall_contract *contract,
                                                  const utfall_sums *sums,
                                                  const utfall_baseline *baseline, size_t g);

/** Standard cost as its floor, and whether that is all of it: 1, or 0. */
typedef struct utfall__standard {
    int64_t floor;
    uint64_t is_whole;
} utfall__standard;

/** Standard costs at the prices of each start's months, made when somebody needs them. */
typedef struct utfall__standards utfall__standards;

/** From sums that have price index, series, comparison people and their cost. */
UTFALL_TRY utfall_status utfall__standards_new(utfall_run *run, utfall__standards **out,
                                               const utfall_contract *contract,
                                               const utfall_sums *sums);

/** Those of group `g` for people who start in `start`, of whom `counted` months count: [k - 1].
 * NULL: *status says why, and a cost of these months outside int64 öre was reported. */
const utfall__standard *utfall__standards_of(utfall__standards *standards, utfall_status *status,
                                             utfall_month start, size_t g, size_t counted);

#endif
