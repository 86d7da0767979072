/* engine/slice.h - replicates made a slice at a time, by lanes, until there are enough or it is
 * stopped. Private to engine/.
 *
 * A lane makes every so many-th block of a slice and asks before each whether to go on. What is
 * done when it is stopped has holes; what comes before the first of them is kept. So a run that was
 * stopped has made replicates 0 to n - 1, as one has that never was to make more. */
#ifndef UTFALL_SLICE_H
#define UTFALL_SLICE_H
#include "utfall/risk.h"

typedef struct utfall__slice {
    const utfall_risk_options *options;
    utfall_risk_phase phase;
    uint64_t first, end, of; /* numbers of the slice; of all that are to be made */
    uint64_t times;          /* as many people drawn a replicate, for who watches */
    uint64_t block;          /* replicates between two questions */
    /* Make numbers first to end - 1, on a lane of its own. */
    utfall_status (*make)(void *arg, size_t lane, uint64_t first, uint64_t end);
    void *arg;
} utfall__slice;

/** Make the slice; *end becomes the number after the last that was made without a hole. Number 0 is
 * made whatever is asked for. The first failure of any lane. */
UTFALL_TRY utfall_status utfall__slice_make(const utfall__slice *slice, uint64_t *end);

/** Replicates of `people` draws a block: about a million draws, so that a question is never far. */
uint64_t utfall__slice_block(uint64_t people);

#endif
