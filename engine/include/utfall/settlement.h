/* utfall/settlement.h - from a case to what is due, in two pure steps:
 *
 *     case --utfall_sums_compute--> sums --utfall_settle--> settlement
 *
 * `sums` is everything that the calculation needs of the people: counts and sums, no person. A
 * ledger holds it, so that anybody who has the ledger can take the second step again and compare
 * every byte. */
#ifndef UTFALL_SETTLEMENT_H
#define UTFALL_SETTLEMENT_H
#include "utfall/case.h"
#include "utfall/history.h"

/** How many people of a group started in a month. */
typedef struct utfall_start {
    utfall_month month;
    size_t group;
    uint64_t persons;    /* > 0 */
    uint32_t left_after; /* they left after this intervention month, and what follows does not
                            count; 0 = they stayed */
} utfall_start;

/** One side's counts and sums. Arrays over groups, or [group * window_months + k - 1]. */
typedef struct utfall_side {
    const uint64_t *persons;
    const int64_t *cost_minor; /* comparison, with a price index: at the prices of the base month */
    const uint64_t *followed;  /* [group * window_months + k - 1], comparison: people whose cost of
                                  month k is divided by; NULL = `persons` in every month */
    uint64_t left_out; /* target: people not counted, since their window is open (exclude) or they
                          have not begun (to_date); comparison: 0 */
    utfall_rows rows;
} utfall_side;

typedef struct utfall_sums {
    utfall_month as_of;     /* the settlement is as of the end of this month */
    size_t group_count;     /* shape of the arrays: equal to the contract's, which */
    uint32_t window_months; /* utfall_sums_check and utfall_settle see to before */
    size_t outcome_count;   /* they read any of them */
    utfall_side target, comparison;
    const utfall_rat *const *agreed;       /* as in the case; NULL unless the design is AGREED */
    const utfall_price_index *price_index; /* the values that are needed; NULL without an index */
    size_t start_count; /* target group, sorted by month, group, left_after; distinct */
    const utfall_start *starts;
    utfall_month first;              /* calendar months without gaps: earliest start or draw ... */
    size_t month_count;              /* ... to the last window month or draw */
    const int64_t *actual_minor;     /* [calendar month]: target group's cost in the window */
    const int64_t *drawn_minor;      /* [calendar month] */
    size_t category_count;           /* as the contract's budget */
    const int64_t *category_minor;   /* [category]: drawn up to and with the settlement */
    const uint64_t *category_months; /* [category]: in how many months something was */
    const uint64_t *below, *at,
        *above; /* [k - 1]: persons of the target group whose cost is below, at, above standard */
    const utfall_outcome_result *outcomes; /* one an outcome of the contract; all 0 while it is
                                              not known as of the settlement */
    const utfall_history *history;         /* what went before; NULL = nothing did */
} utfall_sums;

/** The window of somebody who left after intervention month `left_after` (0 = stayed). */
uint32_t utfall_months_own(const utfall_contract *contract, uint32_t left_after);

/** How many months of somebody who starts in `start` are counted: the own window, fewer under
 * to_date; 0 = the person is left out (exclude: an open window; to_date: not begun). Under refuse 0
 * means that the settlement has to be refused. */
uint32_t utfall_months_counted(const utfall_contract *contract, utfall_month as_of,
                               utfall_month start, uint32_t left_after);

/** How many months of a comparison person who starts in `start` are known: all of the window, but
 * in an interim settlement of a group that runs at the same time only those that have passed. */
uint32_t utfall_months_compared(const utfall_contract *contract, utfall_month as_of,
                                utfall_month start);

/** Count and add. UTFALL_E_MISSING: a target group without comparison people (named), or an
 * incomplete window that the contract refuses (person and month named). UTFALL_E_RANGE: a sum
 * leaves int64 öre. */
UTFALL_TRY utfall_status utfall_sums_compute(utfall_run *run, const utfall_sums **out,
                                             const utfall_contract *contract,
                                             const utfall_case *data, utfall_month as_of);

/** Check sums that come from outside (a ledger): shapes, months in order, totals that must agree.
 * Reports every fault. */
UTFALL_TRY utfall_status utfall_sums_check(utfall_run *run, const utfall_contract *contract,
                                           const utfall_sums *sums);

typedef struct utfall_settlement utfall_settlement;

/** What a settlement under `contract` has to know of the one before it, which was settled from its
 * ledger. `found` is what the data give now as of that settlement: each figure that differs is a
 * correction, and `reason` says why there are any. `name` is how findings call the ledger.
 * UTFALL_E_CONFLICT: another contract, groups, window or outcomes. UTFALL_E_MISSING: corrections
 * without a reason. UTFALL_E_RANGE: more than UTFALL_CORRECTIONS_MAX of them. */
UTFALL_TRY utfall_status utfall_history_make(utfall_run *run, const utfall_history **out,
                                             const char *name, const utfall_contract *contract,
                                             const utfall_settlement *previous,
                                             const utfall_sums *found, const char *reason);

/** The same sums with a history. NULL when out of memory. */
const utfall_sums *utfall_sums_continue(utfall_run *run, const utfall_sums *sums,
                                        const utfall_history *history);

/** One executed step of the waterfall. */
typedef struct utfall_line {
    const utfall_step *step;
    bool is_open;                    /* every gate holds; true without a gate */
    const utfall_rat *measure;       /* what `of` came to: öre, or a count; NULL for FIXED */
    const utfall_rat *low, *high;    /* SHARE with a slice: its ends in öre; else NULL */
    const utfall_rat *slice;         /* SHARE: how much of the measure lies in the slice */
    size_t row;                      /* TABLE: row hit; SIZE_MAX = below the first */
    const utfall_rat *before_limits; /* by the form alone, 0 when the gate is closed */
    bool cap_bit, floor_bit;
    const utfall_rat *exact, *residue; /* exact = paid + residue, öre */
    utfall_money paid;
} utfall_line;

/** What one party owes another now: the entitlement of the steps between them less what was paid
 * before. before + amount = entitlement + carried + written_off. */
typedef struct utfall_due {
    size_t from, to;
    utfall_money amount;
    utfall_money before;      /* paid by earlier settlements */
    utfall_money entitlement; /* to date */
    utfall_money carried;     /* paid too much, to be deducted later */
    utfall_money written_off; /* paid too much and left at that, in all settlements */
} utfall_due;

/** What the result would be in the end if the months to come were as the contract's forecast takes
 * them to be, for those who have begun. No more than a forecast. */
typedef struct utfall_forecast {
    const utfall_rat *actual, *expected, *saving; /* over the whole window, öre */
    const utfall_rat *paid_saving;                /* over the payment window */
    const utfall_rat *drawn;
    const utfall_line *lines; /* one a step */
    utfall_money paid;        /* by all steps */
    uint64_t open;            /* people whose window is not complete */
} utfall_forecast;

/** Budget against outcome: difference = budget - drawn, below zero when more was used. */
typedef struct utfall_budget_line {
    const utfall_rat *budget, *drawn, *difference;
} utfall_budget_line;

/** What a provider should have been paid, beside what was drawn for it. */
typedef struct utfall_provider_line {
    uint64_t months;              /* active ones */
    const utfall_rat *earned;     /* fee * months */
    const utfall_rat *held_back;  /* the part of it that hangs on the outcome */
    bool is_released;             /* the outcome is known and reached, or nothing is held back */
    const utfall_rat *payable;    /* earned, less what is held back and not released */
    const utfall_rat *drawn;      /* in its categories */
    const utfall_rat *difference; /* payable - drawn */
} utfall_provider_line;

/** What the contract means for one party. */
typedef struct utfall_result {
    const utfall_rat *result; /* investor: received - drawn; saving_to: saving - paid + received;
                                 others: received - paid */
    const utfall_rat *borne;  /* of the project cost; 0 for parties that bear none of it by role */
} utfall_result;

/** An identity that was computed twice on different ways; the settlement fails when one does not
 * hold. */
typedef struct utfall_check {
    const char *id; /* e.g. "actual by month = actual by group" */
    const utfall_rat *left, *right;
} utfall_check;

/** Everything that a settlement says. Arrays as in `sums`; amounts in öre. */
struct utfall_settlement {
    const utfall_contract *contract;
    const utfall_sums *sums;
    const utfall_rat *const *standard_cost;  /* [group * window_months + k - 1]; NULL where a group
                                                has no comparison people */
    const utfall_rat *const *price_weights;  /* the same: people of the target group counted, each
                                                times what 1 at the prices of the base month is in
                                                their month; NULL without a price index */
    const utfall_rat *const *actual_month;   /* [k - 1] */
    const utfall_rat *const *expected_month; /* [k - 1] */
    const utfall_rat *const *actual_accumulated;   /* [calendar month] */
    const utfall_rat *const *expected_accumulated; /* [calendar month] */
    const utfall_rat *const *drawn_accumulated;    /* [calendar month] */
    const uint64_t *active; /* [calendar month]: persons inside their window */
    const utfall_rat *actual, *expected, *saving, *drawn; /* totals over the window */
    const utfall_rat *paid_actual, *paid_expected,
        *paid_saving; /* over the payment window: what the waterfall sees */
    const utfall_rat *level_no_savings, *level_break_even;
    const utfall_rat *level_cap; /* by the slices of the saving that go to the investor; NULL when
                                    there are none, or one has no end, or one that no cost within 64
                                    bits of öre comes to: payment never stops growing */
    const bool *gates;           /* [outcome]: it holds; false while it is not known */
    const bool *known;           /* [outcome]: it can be known as of the settlement */
    const utfall_line *lines;    /* one a step, in order */
    const utfall_money *step_before, *step_due; /* [step]: entitled before, due now; NULL without a
                                                   history */
    size_t due_count;
    const utfall_due *dues; /* by from, then to, in the contract's party order; pairs with a step */
    const utfall_result *results;              /* one a party */
    const utfall_forecast *forecast;           /* NULL when the contract asks for none */
    const utfall_budget_line *budget;          /* one a category of the budget */
    const utfall_provider_line *provider_pays; /* one a provider pay */
    const utfall_returns *returns; /* of the investor; NULL when the contract asks for none, or
                                      earlier settlements paid on days that are not known */
    size_t check_count;
    const utfall_check *checks; /* all of them hold */
};

/** Settle. Equal inputs give equal results on every machine. UTFALL_E_INEXACT, UTFALL_E_RANGE as in
 * number.h, with the step named; UTFALL_E_BUG when a check does not hold. */
UTFALL_TRY utfall_status utfall_settle(utfall_run *run, const utfall_settlement **out,
                                       const utfall_contract *contract, const utfall_sums *sums);

/** The first half of utfall_settle: what the people cost and would have cost, with the checks of
 * it. What the waterfall decides (gates, lines, dues, results, levels) is left zero. */
UTFALL_TRY utfall_status utfall_settle_costs(utfall_run *run, const utfall_settlement **out,
                                             const utfall_contract *contract,
                                             const utfall_sums *sums);

/** The second half, for a contract that evaluates as `costs` was evaluated but may pay otherwise:
 * many ways to pay share one first half. `costs` is only read, may belong to another run, and has
 * to outlive what comes out. */
UTFALL_TRY utfall_status utfall_settle_payments(utfall_run *run, const utfall_settlement **out,
                                                const utfall_contract *contract,
                                                const utfall_settlement *costs);

/** Payment as a function of the saving, before any data: straight pieces between breakpoints. */
typedef struct utfall_point {
    const utfall_rat *saving;  /* öre */
    const utfall_rat *before;  /* öre: what the payment tends to from below this point */
    const utfall_rat *payment; /* öre, exact, to the investor in all */
    const utfall_rat
        *slope; /* from here to the next point (after the last: for ever); kronor a krona */
    const utfall_rat
        *jump; /* by how much the payment jumps just above this point; 0 almost always */
} utfall_point;

typedef struct utfall_curve {
    bool gates_open;               /* every gate assumed to hold, or none */
    const utfall_rat *drawn;       /* the project cost assumed */
    const utfall_rat *slope_below; /* below the first point */
    size_t count;
    const utfall_point *points;
    const utfall_rat *least, *most; /* payable; NULL = unbounded */
} utfall_curve;

/** The payment curve. `drawn` NULL = the commitment. Steps that draw on counts of outcomes are left
 * out and counted in *left_out (may be NULL). */
UTFALL_TRY utfall_status utfall_curve_compute(utfall_run *run, const utfall_curve **out,
                                              const utfall_contract *contract,
                                              const utfall_rat *drawn, bool gates_open,
                                              size_t *left_out);

/** utfall's version ("0.1.0") and the revision of its rules: raised when amounts can change. */
extern const char utfall_version[];
extern const char utfall_rules[];

#endif
