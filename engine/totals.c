/* Totals: integers summed to an exact ratio.
 *
 * In: öre or counts. Out: their sum, of any size. They are added as int64 as long as that holds,
 * and carried over to the ratio when it would not: same result as ratios all the way, without one
 * for each of them. */
#include "engine/stages.h"
#include "engine/core/ban.h"

const utfall_rat *utfall__minor_total(utfall_run *run, const int64_t *minor, size_t count)
{
    const utfall_rat *sum = NULL;
    int64_t part = 0;
    for (size_t i = 0; i < count; i++) {
        if (utfall__minor_add(&part, minor[i]))
            continue;
        const utfall_rat *carried = utfall_rat_of(run, part, 1);
        sum = sum == NULL ? carried : utfall_rat_add(run, sum, carried);
        part = minor[i];
    }
    const utfall_rat *rest = utfall_rat_of(run, part, 1);
    return sum == NULL ? rest : utfall_rat_add(run, sum, rest);
}

const utfall_rat *utfall__count_total(utfall_run *run, const uint64_t *counts, size_t count)
{
    enum { HALF_BITS = 32 };
    const utfall_rat *half = utfall_rat_of(run, INT64_C(1) << HALF_BITS, 1);
    const utfall_rat *sum = utfall_rat_of(run, 0, 1);
    uint64_t low = 0, high = 0; /* of the counts' halves: room for 2^31 counts before a carry */
    for (size_t i = 0; i < count; i++) {
        low += counts[i] & UINT32_MAX;
        high += counts[i] >> HALF_BITS;
        if (low <= INT64_MAX - UINT32_MAX && high <= INT64_MAX - UINT32_MAX && i + 1 < count)
            continue;
        sum = utfall_rat_add(run, sum, utfall_rat_of(run, (int64_t)low, 1));
        if (high != 0)
            sum = utfall_rat_add(run, sum,
                                 utfall_rat_mul(run, half, utfall_rat_of(run, (int64_t)high, 1)));
        low = high = 0;
    }
    return sum;
}
