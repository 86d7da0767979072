/* engine/selection.h - order statistics of values that are made again instead of kept. Private to
 * engine/.
 *
 * A value wanted is known to lie in a bracket. A pass over all values counts those below it and
 * those inside, and keeps these while there is room; then either the value is found, or the bracket
 * becomes narrower. The first bracket comes from a part of the values (the pilot), so that one pass
 * is almost always enough; that it always ends needs no luck. Memory does not grow with the number
 * of values. */
#ifndef UTFALL_SELECTION_H
#define UTFALL_SELECTION_H
#include "utfall/run.h"

enum { UTFALL__BINS = 256 };

/** One value wanted: number `rank` (from 0) of `count` values in ascending order. */
typedef struct utfall__wanted {
    uint64_t rank, count;
    int64_t low, high; /* the bracket, both ends inside */
    bool in_bins;      /* the next pass counts by bin and keeps nothing */
    bool is_found;
    int64_t value;
} utfall__wanted;

/** What one lane sees of one wanted value in one pass. */
typedef struct utfall__sieve {
    uint64_t below, inside;
    size_t room;
    int64_t *kept;  /* [room]; `inside` of them, or all of it when that is more */
    uint64_t *bins; /* [UTFALL__BINS] */
} utfall__sieve;

/** Number of the order statistic for `permille` of `count`: ceil(count * permille / 1000) - 1. */
uint64_t utfall__rank_of(uint64_t count, unsigned permille);

/** Want number `rank` of `count`; bracket from `pilot_count` sorted values, which are as good as
 * any others. When they are all there are, the value is found. */
void utfall__wanted_start(utfall__wanted *wanted, uint64_t rank, uint64_t count,
                          const int64_t *pilot, size_t pilot_count);

UTFALL_TRY utfall_status utfall__sieve_new(utfall_run *run, utfall__sieve *out, size_t room);
void utfall__sieve_clear(utfall__sieve *sieve);

/** Width of a bin, for values `value - low` from 0. */
static inline uint64_t utfall__bin_width(const utfall__wanted *wanted)
{
    return ((uint64_t)wanted->high - (uint64_t)wanted->low) / UTFALL__BINS + 1;
}

static inline void utfall__sieve_add(utfall__sieve *sieve, const utfall__wanted *wanted,
                                     int64_t value)
{
    if (value < wanted->low) {
        sieve->below++;
    } else if (value <= wanted->high) {
        if (wanted->in_bins)
            sieve->bins[((uint64_t)value - (uint64_t)wanted->low) / utfall__bin_width(wanted)]++;
        else if (wanted->low != wanted->high && sieve->inside < sieve->room)
            sieve->kept[sieve->inside] = value;
        sieve->inside++;
    }
}

/** After a pass over all values by `lanes` sieves: find the value or narrow the bracket. `merged`
 * and `spare` have room for what all sieves can keep. */
void utfall__wanted_advance(utfall__wanted *wanted, const utfall__sieve *sieves, size_t lanes,
                            int64_t *merged, int64_t *spare);

#endif
