/* engine/sample.h - the people of a case as replicates draw them: one total a person. Private to
 * engine/.
 *
 * People stand in order of what they cost, not of their ids, so that renaming them or shuffling the
 * files draws the same replicates. */
#ifndef UTFALL_SAMPLE_H
#define UTFALL_SAMPLE_H
#include "engine/philox.h"
#include "engine/stages.h"

/** What the numbers of a stream are for; the second word of its counters. */
enum { UTFALL__FOR_BOOTSTRAP = 1, UTFALL__FOR_PERMUTATION = 2, UTFALL__FOR_POWER = 3 };

/** Months counted of some people of a group: how many, and with a price index from which month on.
 */
typedef struct utfall__slot {
    utfall_month start; /* ordinal 0 without an index */
    uint32_t months;
} utfall__slot;

/** One group that has people in the target group. There is one slot, the payment window, unless
 * windows are open or there is a price index. */
typedef struct utfall__stratum {
    size_t group;
    uint32_t target, comparison; /* people; comparison 0 = an agreed standard cost */
    uint32_t slots;
    const uint32_t *slot;    /* [target] */
    const int64_t *actual;   /* [target]: öre over the months counted of the person */
    const int64_t *compared; /* [slot * comparison + person]: öre over the slot's months */
    const utfall_rat *const *carried;  /* the same at the slot's prices, times a whole number that
                                          makes all of them whole; NULL without a price index */
    const utfall_rat *divisor;         /* that number times the comparison people */
    const utfall_rat *const *standard; /* [slot]: agreed, öre over the slot's months */
    int64_t weight; /* narrow: denominator times target / comparison; times 1 / comparison when the
                       stratum has several slots */
    const int64_t *scaled; /* [slot], narrow: denominator times `standard` */
} utfall__stratum;

typedef struct utfall__sample {
    size_t count, slots_max, comparison_max;
    const utfall__stratum *strata; /* in order of the groups */
    uint64_t target, comparison;
    bool is_even;        /* one slot everywhere: the whole payment window */
    bool is_narrow;      /* a saving is an int64 over `denominator`, whatever is drawn */
    int64_t denominator; /* > 0 */
    int64_t bound;       /* narrow: no |numerator| is larger */
} utfall__sample;

/** UTFALL_E_MISSING: nobody; UTFALL_E_RANGE: the sum of redrawn costs may leave int64. */
UTFALL_TRY utfall_status utfall__sample_new(utfall_run *run, const utfall__sample **out,
                                            const utfall_contract *contract,
                                            const utfall_case *data, utfall_month as_of);

/** What the comparison people of a stratum cost at the prices of each slot: fills in `carried` and
 * `divisor`. `order` has their numbers in the cohort. UTFALL_E_RANGE: a number too large, or too
 * many of them. */
UTFALL_TRY utfall_status utfall__stratum_carry(utfall_run *run, utfall__stratum *stratum,
                                               const utfall_contract *contract,
                                               const utfall_case *data, const utfall__slot *slots,
                                               const uint32_t *order);

/** Scratch of one lane. */
typedef struct utfall__tray {
    uint64_t *counts;           /* [slot] */
    int64_t *sums;              /* [slot] */
    int64_t *draws;             /* [comparison person]; with a price index */
    const utfall_rat **carried; /* [slot] */
} utfall__tray;
UTFALL_TRY utfall_status utfall__tray_new(utfall_run *run, utfall__tray *out,
                                          const utfall__sample *sample);

/** Saving of one replicate as its numerator, for a narrow sample. `times` draws that many times as
 * many people (an even sample, |bound| * times within int64); the saving is then of all of them. */
int64_t utfall__redraw(const utfall__sample *sample, utfall__tray *tray, utfall__stream *stream,
                       uint64_t times);

/** The same replicate (times 1) in ratios, for any sample; NULL stream = everybody once. */
typedef struct utfall__redrawn {
    const utfall_rat *expected, *actual, *saving;
} utfall__redrawn;
UTFALL_TRY utfall_status utfall__redraw_wide(utfall_run *run, utfall__redrawn *out,
                                             const utfall__sample *sample, utfall__tray *tray,
                                             utfall__stream *stream);

#endif
