/* utfall/prices.h - a price index (prisindex): what a cost of one month is at the prices of
 * another.
 *
 * Only quotients of two values mean anything, so the year in which an index is 100 does not matter.
 */
#ifndef UTFALL_PRICES_H
#define UTFALL_PRICES_H
#include "utfall/month.h"
#include "utfall/number.h"

/** Values by calendar month, from `first` on without gaps in the array; each above 0, NULL where
 * there is none. */
typedef struct utfall_price_index {
    utfall_month first;
    size_t count;
    const utfall_rat *const *values;
} utfall_price_index;

/** The value of a month; NULL when there is none. */
const utfall_rat *utfall_price_value(const utfall_price_index *index, utfall_month month);

/** What 1 at the prices of `from` is at the prices of `to`: the value of `to` divided by that of
 * `from`. NULL as in number.h, or when a value is not there. */
const utfall_rat *utfall_price_ratio(utfall_run *run, const utfall_price_index *index,
                                     utfall_month to, utfall_month from);

#endif
