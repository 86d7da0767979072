/* engine/selection.h - order statistics of values that come one after the other and are not all
 * kept. Private to engine/.
 *
 * Nobody knows beforehand how many values there will be: after any number of them the order
 * statistic of just those is asked for. Kept are those in a bracket around it, so wide that it is
 * as good as never left, and narrower, measured in shares, the more values there are. If it was
 * left, the values are made again and the bracket that is known to hold it is split in 256, until
 * it is one value. So the value is always the exact one, and memory does not grow. */
#ifndef UTFALL_SELECTION_H
#define UTFALL_SELECTION_H
#include "utfall/run.h"

enum { UTFALL__BINS = 256 };

/** The order statistic for `permille` of all values so far. */
typedef struct utfall__wanted {
    unsigned permille;
    uint64_t count, below, at_low, at_high; /* of all values; less than low; equal to the ends */
    int64_t low, high;                      /* the bracket */
    size_t room, kept_count;
    int64_t *kept; /* [room]: all values between low and high, both apart */
} utfall__wanted;

/** Number of the order statistic for `permille` of `count`: ceil(count * permille / 1000) - 1. */
uint64_t utfall__rank_of(uint64_t count, unsigned permille);

/** Nothing seen yet; room > 0. */
UTFALL_TRY utfall_status utfall__wanted_new(utfall_run *run, utfall__wanted *out, unsigned permille,
                                            size_t room);

/** The first values, in ascending order. */
void utfall__wanted_begin(utfall__wanted *wanted, const int64_t *sorted, size_t count);

/** More values, in any order. `spare` has room for `room`. */
void utfall__wanted_add(utfall__wanted *wanted, const int64_t *values, size_t count,
                        int64_t *spare);

/** The order statistic of all values so far, of which there is at least one; false when it is not
 * among what was kept. `spare` as above. */
bool utfall__wanted_value(utfall__wanted *wanted, int64_t *out, int64_t *spare);

/** Search for a value that left the bracket, by passes over all values. */
typedef struct utfall__descent {
    int64_t low, high; /* both inside; when they are equal it is found */
    uint64_t rank;     /* of the value among those inside */
    uint64_t bins[UTFALL__BINS];
} utfall__descent;

/** After utfall__wanted_value gave false. */
void utfall__descent_start(utfall__descent *descent, const utfall__wanted *wanted);

void utfall__descent_add(utfall__descent *descent, const int64_t *values, size_t count);

/** After a pass. Eight passes are the most it takes. */
void utfall__descent_advance(utfall__descent *descent);

#endif
