/* reports/axis.h - scales and ticks of the figure, in integers. */
#ifndef UTFALL_REPORTS_AXIS_H
#define UTFALL_REPORTS_AXIS_H
#include "utfall/settlement.h"

/** A scale from `low` to `high` öre, both multiples of `step`, with a mark at each multiple. Labels
 * are in units of `unit` öre with `places` decimals. */
typedef struct utfall__scale {
    int64_t low, high, step; /* step > 0, high > low */
    int64_t unit;            /* 10^8 (a million), 10^5 (a thousand) or 10^2 (one) */
    unsigned places;
} utfall__scale;

/** Whether there is a scale for a value, öre: for all but those within a few bits of 64. */
bool utfall__scale_has(const utfall_rat *value);

/** The scale for values least..most with at most `marks` steps of 1, 2 or 5 times a power of ten;
 * it always holds 0. UTFALL_E_RANGE when the values are too far apart for 64 bits. */
UTFALL_TRY utfall_status utfall__scale_choose(utfall__scale *out, int64_t least, int64_t most,
                                              unsigned marks);

/** Every how many months a mark stands so that at most `marks` fall on `months`: 1, 2, 3, 6, 12,
 * 24, 60, 120 or 1200. */
uint32_t utfall__month_step(size_t months, unsigned marks);

/** Where `value` lies on `length` units from `high` (0) down to `low` (`length`), rounded; exact
 * arithmetic. */
UTFALL_TRY utfall_status utfall__scale_place(utfall_run *run, int64_t *out,
                                             const utfall__scale *scale, const utfall_rat *value,
                                             int64_t length);

#endif
