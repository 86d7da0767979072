/* engine/price_index.c - values of a price index, and what they make of an amount. */
#include "utfall/price_index.h"
#include "engine/core/ban.h"

const utfall_rat *utfall_price_value(const utfall_price_index *index, utfall_month month)
{
    const int64_t at = (int64_t)month.ordinal - index->first.ordinal;
    return at < 0 || at >= (int64_t)index->count ? NULL : index->values[at];
}

const utfall_rat *utfall_price_ratio(utfall_run *run, const utfall_price_index *index,
                                     utfall_month to, utfall_month from)
{
    return utfall_rat_div(run, utfall_price_value(index, to), utfall_price_value(index, from));
}
