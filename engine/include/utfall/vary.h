/* utfall/vary.h - the same case with something else in it: people or cells left out, and the value
 * of one quantity that reaches a goal. */
#ifndef UTFALL_VARY_H
#define UTFALL_VARY_H
#include "utfall/settlement.h"

/** The case with the people flagged only; NULL keeps all of that side. What became of rows, and
 * outcomes, stay as they were read. */
UTFALL_TRY utfall_status utfall_case_keep(utfall_run *run, const utfall_case **out,
                                          const utfall_contract *contract, const utfall_case *data,
                                          const bool *target, const bool *comparison);

/** The settlement as if intervention month `k` (1..window) of `group` had not been evaluated: its
 * actual and its expected cost are taken out. Totals, waterfall and results follow; the series by
 * month stay. `settlement` may be either half or the whole. */
UTFALL_TRY utfall_status utfall_settle_without(utfall_run *run, const utfall_settlement **out,
                                               const utfall_settlement *settlement, size_t group,
                                               uint32_t k);

/** What is looked for. */
typedef enum utfall_unknown_quantity {
    UTFALL_SEEK_SAVING,  /* the saving over the payment window, öre */
    UTFALL_SEEK_COST,    /* the share by which the actual cost would have to fall */
    UTFALL_SEEK_PERSONS, /* people with the average cost of those there were; drawn unchanged */
    UTFALL_SEEK_SHARE,   /* and the terms of one step: shares 0..1; amounts in öre, */
    UTFALL_SEEK_PRICE,   /* or the factor of the measure that the level names; 0 and up */
    UTFALL_SEEK_LIMIT,
    UTFALL_SEEK_FIXED,
    UTFALL_SEEK_LOW,
    UTFALL_SEEK_HIGH,
    UTFALL_SEEK_CAP,
    UTFALL_SEEK_FLOOR
} utfall_unknown_quantity;

/** Which quantity is to make a party's payout (received by steps to it, before rounding) or result
 * (as utfall_result) come to `value` öre. `step` for the terms of a step. */
typedef struct utfall_goal {
    utfall_unknown_quantity what;
    size_t step, party;
    bool is_result;
    const utfall_rat *value;
} utfall_goal;

/** Every x from `from` to `to` reaches the goal; NULL = without end. One value: both are equal. */
typedef struct utfall_answer {
    const utfall_rat *from, *to;
    bool without_from, without_to; /* the end itself does not reach it (a jump) */
} utfall_answer;

typedef struct utfall_answers {
    const utfall_rat *now, *reached_now; /* the quantity as it is, and what it gives */
    size_t count;                        /* ascending; none: the goal is out of reach */
    const utfall_answer *answers;
    const utfall_rat *least, *most; /* that can be reached or tended to; NULL = without end */
} utfall_answers;

/** Solve exactly: the payment is piecewise linear in each of these quantities; its pieces are found
 * and each is solved. UTFALL_E_MISSING: the step has no such term; UTFALL_E_RANGE: a table makes
 * the payment bend otherwise than in straight pieces. */
UTFALL_TRY utfall_status utfall_seek(utfall_run *run, const utfall_answers **out,
                                     const utfall_settlement *settlement, const utfall_goal *goal);

#endif
