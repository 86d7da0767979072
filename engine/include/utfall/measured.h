/* utfall/measured.h - outcomes that are counted from one value a person: a threshold reached, a
 * rate, a reduction against a control group, claims, milestones held. All pure; the order of people
 * does not matter. */
#ifndef UTFALL_MEASURED_H
#define UTFALL_MEASURED_H
#include "utfall/case.h"

/** What follows when a person's data are missing. */
typedef enum utfall_missing {
    UTFALL_MISSING_EXCLUDE, /* the person is not counted */
    UTFALL_MISSING_FAIL,    /* counted, and has not reached anything */
    UTFALL_MISSING_REFUSE   /* the settlement is refused */
} utfall_missing;
extern const char *const utfall_missing_names[]; /* "exclude", "fail", "refuse", NULL */

/** What follows when fewer people than the minimum are compared. */
typedef enum utfall_too_few {
    UTFALL_TOO_FEW_REFUSE,
    UTFALL_TOO_FEW_RATE_0 /* the reduction counts as 0 */
} utfall_too_few;
extern const char *const utfall_too_few_names[]; /* "refuse", "rate_0", NULL */

typedef struct utfall_reached_terms {
    bool is_change;             /* last less first; else the last */
    const utfall_rat *at_least; /* one of the two is NULL */
    const utfall_rat *at_most;
    utfall_missing missing;
} utfall_reached_terms;

/** sum = people who reached the threshold, persons = people counted, rate = sum / persons (none of
 * nobody). `first` is not read for a level; NULL elements are missing, and `absent` more people
 * have none. UTFALL_E_MISSING when somebody is missing and the contract refuses; *out untouched. */
UTFALL_TRY utfall_status utfall_reached_count(utfall_run *run, utfall_outcome_result *out,
                                              const utfall_reached_terms *terms,
                                              const utfall_rat *const *first,
                                              const utfall_rat *const *last, size_t persons,
                                              uint64_t absent);

/** sum = of numerators, rate = that over the denominators' sum; people who lack one are missing.
 * UTFALL_E_MISSING as above, UTFALL_E_RANGE when the denominators add up to 0. */
UTFALL_TRY utfall_status utfall_rate_count(utfall_run *run, utfall_outcome_result *out,
                                           utfall_missing missing,
                                           const utfall_rat *const *numerators,
                                           const utfall_rat *const *denominators, size_t persons,
                                           uint64_t absent);

typedef struct utfall_reduction_terms {
    uint64_t minimum; /* people that each side needs */
    utfall_too_few too_few;
    utfall_missing missing; /* not FAIL */
} utfall_reduction_terms;

/** One side of a reduction. */
typedef struct utfall_reduction_side {
    const utfall_rat *const *values;
    size_t persons;
    uint64_t absent;
} utfall_reduction_side;

/** rate = (C - T) / C with the means C of the control group and T of the target group; persons of
 * the target group. UTFALL_E_MISSING as above; UTFALL_E_CONFLICT when too few are compared and the
 * contract refuses; UTFALL_E_RANGE when C is 0. */
UTFALL_TRY utfall_status utfall_reduction_count(utfall_run *run, utfall_outcome_result *out,
                                                const utfall_reduction_terms *terms,
                                                const utfall_reduction_side *target,
                                                const utfall_reduction_side *control);

/** claims = validated claims, at most `limit` a person (0 = no limit); persons = people with one or
 * more; excluded = claims not validated or above the limit. */
UTFALL_TRY utfall_status utfall_claims_count(utfall_run *run, utfall_outcome_result *out,
                                             const uint64_t *validated, size_t persons,
                                             uint64_t refused, uint64_t limit);

/** What is known of a person in a month. */
typedef struct utfall_held {
    size_t person; /* 0 .. persons - 1 */
    utfall_month month;
    bool is_held;
} utfall_held;

/** sum = people who held it for `months` calendar months on end, persons = people counted, rate =
 * sum / persons. `held` is sorted by person, then month, without doubles. Somebody is missing who
 * has no month, or lacks one between the first and the last. */
UTFALL_TRY utfall_status utfall_milestones_count(utfall_run *run, utfall_outcome_result *out,
                                                 utfall_missing missing, uint32_t months,
                                                 const utfall_held *held, size_t count,
                                                 size_t persons, uint64_t absent);

#endif
