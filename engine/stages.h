/* engine/stages.h - what the stages of a settlement hand to each other; private to engine/.
 *
 *     case --sums--> sums --baseline--> expected --accumulate--> series --waterfall--> lines
 *
 * Every array and number lives in the run. On failure out parameters are untouched and the run has
 * a finding, or a failure (utfall_run_failure) when memory ran out. */
#ifndef UTFALL_STAGES_H
#define UTFALL_STAGES_H
#include "utfall/settlement.h"

enum {
    UTFALL_MONTH_FIRST = 1900 * 12,                                /* 1900-01 */
    UTFALL_MONTH_LAST = 2199 * 12 + 11,                            /* 2199-12 */
    UTFALL_MONTHS_MAX = UTFALL_MONTH_LAST - UTFALL_MONTH_FIRST + 1 /* of a calendar series */
};

/** Expected cost by intervention month. With a price index, standard costs are at the prices of the
 * base month, and each person weighs as much as the month that they are in is dearer than it. */
typedef struct utfall_baseline {
    const utfall_rat *const *standard_cost;  /* [group * window + k - 1]; NULL = none is known */
    const uint64_t *persons;                 /* [group * window + k - 1]: target group, counted */
    const utfall_rat *const *weights;        /* `persons` by their weights; NULL without an index */
    const utfall_rat *const *expected_month; /* [k - 1] */
} utfall_baseline;

/** Actual, expected and drawn by calendar month. */
typedef struct utfall_series {
    const utfall_rat *const *actual_accumulated; /* [calendar month], as the two below */
    const utfall_rat *const *expected_accumulated;
    const utfall_rat *const *drawn_accumulated;
    const uint64_t *active;
    const utfall_rat *actual, *expected, *drawn; /* the last of each; 0 without months */
} utfall_series;

/** What the steps of the waterfall can draw on, öre. A NULL is not known (the payment curve). */
typedef struct utfall_figures {
    const utfall_rat *saving, *drawn, *commitment, *expected, *actual;
    const bool *gates;                     /* [outcome] */
    const bool *known;                     /* [outcome]; NULL = all of them */
    const utfall_outcome_result *outcomes; /* [outcome]; NULL = not known */
} utfall_figures;

/** *sum += amount, or false and untouched when the result leaves int64. */
static inline bool utfall__minor_add(int64_t *sum, int64_t amount)
{
    if (amount > 0 ? *sum > INT64_MAX - amount : *sum < INT64_MIN - amount)
        return false;
    *sum += amount;
    return true;
}

/** a + b modulo 2^64. When that is not the sum, since two of the same sign made one of the other,
 * the highest bit of *left is set, and it stays set. */
static inline int64_t utfall__sum_noted(uint64_t *left, int64_t a, int64_t b)
{
    const uint64_t sum = (uint64_t)a + (uint64_t)b;
    *left |= ((uint64_t)a ^ sum) & ((uint64_t)b ^ sum);
    return (int64_t)sum;
}

/** sums[i] += minor[i] for all i below `count`, all at once; false when one of them leaves int64,
 * and then none of them is of use. The arrays do not overlap. */
static inline bool utfall__minors_add(int64_t *restrict sums, const int64_t *restrict minor,
                                      size_t count)
{
    uint64_t left = 0;
    for (size_t i = 0; i < count; i++)
        sums[i] = utfall__sum_noted(&left, sums[i], minor[i]);
    return left >> 63 == 0;
}

/** By how many comparison people the cost of group `g` in month k (from 0) is divided. */
static inline uint64_t utfall__followed(const utfall_sums *sums, size_t g, size_t k)
{
    return sums->comparison.followed == NULL
               ? sums->comparison.persons[g]
               : sums->comparison.followed[g * sums->window_months + k];
}

/** Sum of `count` integers, exact whatever its size; NULL as in number.h. */
const utfall_rat *utfall__minor_total(utfall_run *run, const int64_t *minor, size_t count);
const utfall_rat *utfall__count_total(utfall_run *run, const uint64_t *counts, size_t count);

/** Months that exist of the target group as of a settlement: no later than both the settlement and
 * the data. */
utfall_month utfall__horizon(const utfall_contract *contract, utfall_month as_of);

/** Whether an outcome can be known as of a settlement. */
bool utfall__outcome_is_known(const utfall_outcome *outcome, utfall_month as_of);

/** Report a fault at the place of the term at `path`. `clause` and `hint` may be NULL. Gives
 * `code`, or what failed when `message` is NULL. */
utfall_status utfall__refuse(utfall_run *run, const utfall_contract *contract, utfall_status code,
                             const char *path, const char *clause, const char *message,
                             const char *hint);

/** A number came out NULL: give the run's failure, with a finding naming `what` when it was too
 * large. */
utfall_status utfall__number_failed(utfall_run *run, const utfall_contract *contract,
                                    const char *path, const char *what);

UTFALL_TRY utfall_status utfall__baseline_compute(utfall_run *run, utfall_baseline *out,
                                                  const utfall_contract *contract,
                                                  const utfall_sums *sums);

UTFALL_TRY utfall_status utfall__series_compute(utfall_run *run, utfall_series *out,
                                                const utfall_contract *contract,
                                                const utfall_sums *sums,
                                                const utfall_baseline *baseline);

/** Which outcomes can be known as of a settlement; array of outcome_count. */
UTFALL_TRY utfall_status utfall__known_compute(utfall_run *run, const bool **out,
                                               const utfall_contract *contract, utfall_month as_of);

/** Which outcomes hold; array of outcome_count. One that is not known does not; `known` NULL: all
 * are. UTFALL_E_MISSING: the figure has no value. */
UTFALL_TRY utfall_status utfall__gates_compute(utfall_run *run, const bool **out,
                                               const utfall_contract *contract, const bool *known,
                                               const utfall_outcome_result *outcomes);

/** Step number `i` up to and including its limits: all of the line but `paid` and `residue`. */
UTFALL_TRY utfall_status utfall__line_compute(utfall_run *run, utfall_line *out,
                                              const utfall_contract *contract, size_t i,
                                              const utfall_figures *figures);

/** Every step of the waterfall, rounded; array of step_count. */
UTFALL_TRY utfall_status utfall__waterfall_compute(utfall_run *run, const utfall_line **out,
                                                   const utfall_contract *contract,
                                                   const utfall_figures *figures);

/** What is due between the parties, from `s->lines` and the history: fills in step_before,
 * step_due and dues. */
UTFALL_TRY utfall_status utfall__dues_compute(utfall_run *run, utfall_settlement *s);

/** The forecast that the contract asks for, from all but dues and results. */
UTFALL_TRY utfall_status utfall__forecast_compute(utfall_run *run, const utfall_forecast **out,
                                                  const utfall_settlement *s);

/** Figures of the previous settlement that the data no longer give, with their effects. */
UTFALL_TRY utfall_status utfall__corrections_compute(utfall_run *run, const utfall_correction **out,
                                                     size_t *count, const utfall_contract *contract,
                                                     const utfall_settlement *previous,
                                                     const utfall_sums *found);

/** Budget against outcome, and what providers should have been paid. The gates of `s` are there. */
UTFALL_TRY utfall_status utfall__budget_settle(utfall_run *run, utfall_settlement *s);

/** The investor's return as the contract asks for it; *out NULL when earlier settlements have paid.
 * The dues of `s` are there. */
UTFALL_TRY utfall_status utfall__returns_settle(utfall_run *run, const utfall_returns **out,
                                                const utfall_settlement *s);

#endif
