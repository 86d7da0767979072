/* utfall/contract.h - a contract as the engine sees it: checked, typed, immutable. No file, no
 * YAML.
 *
 * contracts/ fills it from YAML (or from the terms kept in a ledger); engine/contract.c checks what
 * only the calculation can know. Every value of the source is in `terms`, with its place, so that a
 * finding or an explanation can point at it. */
#ifndef UTFALL_CONTRACT_H
#define UTFALL_CONTRACT_H
#include "utfall/month.h"
#include "utfall/number.h"
#include "utfall/returns.h"

/** One scalar of the contract as it was written: "waterfall[2].share" = "100%". */
typedef struct utfall_term {
    const char *path, *value;
    utfall_loc at;
} utfall_term;

typedef enum utfall_role {
    UTFALL_ROLE_INVESTOR,      /* finansiär */
    UTFALL_ROLE_OUTCOME_PAYER, /* utfallsbeställare */
    UTFALL_ROLE_INTERMEDIARY,  /* intermediär */
    UTFALL_ROLE_PROVIDER,      /* utförare */
    UTFALL_ROLE_VERIFIER       /* oberoende granskare */
} utfall_role;

typedef struct utfall_party {
    const char *id, *name;
    const char *org_number; /* "" when not given */
    utfall_role role;
} utfall_party;

/** How the expected cost is known, with its step on the evaluation ladder (utvärderingstrappan). */
typedef enum utfall_design {
    UTFALL_DESIGN_HISTORIC,   /* an earlier comparison group; step 4 */
    UTFALL_DESIGN_CONCURRENT, /* a matched group at the same time; step 4 */
    UTFALL_DESIGN_RANDOMISED, /* a randomised control group; step 5 */
    UTFALL_DESIGN_AGREED      /* a standard cost agreed in the contract; step 3 */
} utfall_design;

typedef enum utfall_factor_kind {
    UTFALL_FACTOR_CUTS,   /* whole numbers cut at `cuts`: [16, 18] gives "<16", "16-17", "18+" */
    UTFALL_FACTOR_VALUES, /* texts, one level each, in the order given */
    UTFALL_FACTOR_EACH    /* a yes/no column: levels "no", "yes" */
} utfall_factor_kind;

/** One attribute by which people are grouped. Its levels are numbered from 0; groups are numbered
 * with the last factor running fastest. */
typedef struct utfall_factor {
    const char *attribute; /* column of the people tables */
    utfall_factor_kind kind;
    size_t count;        /* of cuts or values */
    const int32_t *cuts; /* strictly ascending */
    const char *const *values;
} utfall_factor;

enum {
    UTFALL_FACTORS_MAX = 8,
    UTFALL_GROUPS_MAX = 256,
    UTFALL_WINDOW_MAX = 240,
    UTFALL_STEPS_MAX = 64,
    UTFALL_PARTIES_MAX = 32,
    UTFALL_OUTCOMES_MAX = 32,
    UTFALL_EXITS_MAX = 32,
    UTFALL_BUDGET_MAX = 64,
    UTFALL_PROVIDER_PAYS_MAX = 32
};

/** What happens to people whose window is not complete as of the settlement. */
typedef enum utfall_incomplete {
    UTFALL_INCOMPLETE_REFUSE,
    UTFALL_INCOMPLETE_TO_DATE,
    UTFALL_INCOMPLETE_EXCLUDE
} utfall_incomplete;

/** What happens when a party has been paid more than it turns out to be entitled to. */
typedef enum utfall_negative_due {
    UTFALL_NEGATIVE_CLAW_BACK,     /* it is paid back */
    UTFALL_NEGATIVE_CARRY_FORWARD, /* it is deducted from what comes due later */
    UTFALL_NEGATIVE_NOTHING        /* it is kept */
} utfall_negative_due;

/** By how many comparison people a month's cost is divided. */
typedef enum utfall_denominator {
    UTFALL_DENOMINATOR_EVERYBODY, /* all of the group */
    UTFALL_DENOMINATOR_FOLLOWED   /* those who have not left by that month */
} utfall_denominator;

/** What the months after a person left count for. */
typedef enum utfall_exit_rule {
    UTFALL_EXIT_STOP,    /* nothing, neither actual nor expected */
    UTFALL_EXIT_CONTINUE /* what they would have if nobody had left */
} utfall_exit_rule;

/** A reason for leaving, and what follows. */
typedef struct utfall_exit {
    const char *reason, *clause; /* clause "" when not given */
    utfall_exit_rule rule;
} utfall_exit;

/** What a forecast takes the months to come to cost. */
typedef enum utfall_remaining {
    UTFALL_REMAINING_AS_STANDARD, /* the standard cost: no more is saved */
    UTFALL_REMAINING_AS_RATIO /* the standard cost times actual / expected of the group so far */
} utfall_remaining;

/** What a forecast takes to be drawn in the end. */
typedef enum utfall_forecast_drawn {
    UTFALL_FORECAST_DRAWN_TO_DATE,
    UTFALL_FORECAST_DRAWN_COMMITMENT
} utfall_forecast_drawn;

/** A quantity that a step can draw on. */
typedef enum utfall_measure_kind {
    UTFALL_MEASURE_AMOUNT,     /* no measure: the number stands for itself */
    UTFALL_MEASURE_SAVING,     /* expected - actual over the payment window, öre */
    UTFALL_MEASURE_DRAWN,      /* project cost drawn, öre */
    UTFALL_MEASURE_COMMITMENT, /* the investor's commitment, öre */
    UTFALL_MEASURE_EXPECTED,   /* over the payment window, öre */
    UTFALL_MEASURE_ACTUAL,     /* over the payment window, öre */
    UTFALL_MEASURE_OUTCOME     /* a figure of outcome number `outcome` */
} utfall_measure_kind;

typedef enum utfall_figure {
    UTFALL_FIGURE_SUM,
    UTFALL_FIGURE_PERSONS,
    UTFALL_FIGURE_IMPROVED,
    UTFALL_FIGURE_RATE,  /* a plain number: 2/5 is 40 % */
    UTFALL_FIGURE_CLAIMS /* counted apart from people, who may have several */
} utfall_figure;

typedef struct utfall_measure {
    utfall_measure_kind kind;
    size_t outcome;       /* index, when kind is OUTCOME */
    utfall_figure figure; /* when kind is OUTCOME */
} utfall_measure;

/** `factor` times the measure; with kind AMOUNT the factor itself, in öre. factor NULL = not given.
 */
typedef struct utfall_level {
    const utfall_rat *factor;
    utfall_measure of;
} utfall_level;

typedef enum utfall_form {
    UTFALL_FORM_SHARE,
    UTFALL_FORM_PRICE,
    UTFALL_FORM_TABLE,
    UTFALL_FORM_FIXED
} utfall_form;
typedef enum utfall_match { UTFALL_MATCH_STEP, UTFALL_MATCH_LINEAR } utfall_match;
typedef enum utfall_edge { UTFALL_EDGE_GE, UTFALL_EDGE_GT } utfall_edge;

typedef struct utfall_table_row {
    const utfall_rat *at; /* öre for money measures, plain number for counts */
    utfall_level pays;
} utfall_table_row;

/** One step of the waterfall: who pays whom, in one form, with orthogonal aspects. */
typedef struct utfall_step {
    const char *id, *clause; /* clause "" when not given */
    size_t from, to;         /* parties */
    utfall_form form;
    utfall_measure of;       /* SHARE, PRICE, TABLE: what is measured */
    const utfall_rat *share; /* SHARE: 0..1 */
    utfall_level low, high;  /* SHARE: the slice of `of`; factors NULL = the whole of it */
    const utfall_rat *price; /* PRICE: öre a unit, >= 0 */
    const utfall_rat *limit; /* PRICE: most units paid; NULL = all */
    utfall_match match;      /* TABLE */
    utfall_edge edge;        /* TABLE */
    size_t row_count;        /* TABLE: thresholds strictly ascending; below the first pays 0 */
    const utfall_table_row *rows;
    utfall_level fixed; /* FIXED */
    size_t when_count;  /* gates: outcomes that must all hold */
    const size_t *when;
    utfall_level cap, floor;  /* over the whole life; factors NULL = none */
    utfall_rounding rounding; /* unit 0 in a draft: as the contract rounds */
} utfall_step;

typedef enum utfall_outcome_kind {
    UTFALL_OUTCOME_STATED,        /* told in the contract, with its source */
    UTFALL_OUTCOME_SCHOOL_POINTS, /* the Norrköping report's Appendix 1 */
    UTFALL_OUTCOME_SCALES,        /* wellbeing scales at occasions */
    UTFALL_OUTCOME_REACHED,       /* people whose value, or its change, passes a threshold */
    UTFALL_OUTCOME_RATE,          /* numerators over denominators */
    UTFALL_OUTCOME_REDUCTION,     /* mean of the target group against that of a control group */
    UTFALL_OUTCOME_CLAIMS,        /* validated claims */
    UTFALL_OUTCOME_MILESTONES     /* people who held something for months on end */
} utfall_outcome_kind;

typedef enum utfall_relation { UTFALL_GT, UTFALL_GE, UTFALL_LT, UTFALL_LE } utfall_relation;

typedef struct utfall_outcome {
    const char *id, *clause, *source; /* "" when not given */
    utfall_outcome_kind kind;
    bool has_value, value; /* STATED: true or false */
    const utfall_rat *sum; /* STATED: numbers instead; NULL = none */
    const utfall_rat *rate, *claims;
    utfall_figure figure; /* the gate: figure relation threshold, e.g. "sum > 0" */
    utfall_relation relation;
    const utfall_rat *threshold; /* NULL when the gate is the stated value */
    utfall_month known_from;     /* first settlement that may use it; ordinal 0 = every one */
} utfall_outcome;

/** By what the investor's return is computed. */
typedef struct utfall_returns_terms {
    bool is_there;
    utfall_day_count days;
    const utfall_rat *rate;     /* 0 or more; NULL = no present value */
    utfall_month payment_month; /* in which dues count as paid; ordinal 0 = of the settlement */
} utfall_returns_terms;

/** To whose prices the standard cost is carried. */
typedef struct utfall_price_terms {
    bool is_there;
    utfall_month base;           /* standard costs are at the prices of this month */
    const char *source, *clause; /* "" when not given */
} utfall_price_terms;

/** What was set aside for one category of the project cost. */
typedef struct utfall_budget {
    const char *category, *clause; /* clause "" when not given */
    utfall_money amount;
} utfall_budget;

/** What a provider has agreed to be paid for an activity: a fee for each month in which the project
 * cost has some of its category, and a part of it only when an outcome is reached. */
typedef struct utfall_provider_pay {
    const char *id, *clause;     /* clause "" when not given */
    size_t provider;             /* party */
    size_t category;             /* of the budget: what is paid as the work goes on */
    size_t held_category;        /* of the budget: what is paid of the part held back; SIZE_MAX =
                                    none of its own */
    const utfall_rat *fee;       /* öre a month, >= 0 */
    const utfall_rat *held_back; /* 0..1 of the fee */
    size_t until;                /* outcome that releases it; SIZE_MAX = nothing is held back */
} utfall_provider_pay;

typedef struct utfall_contract {
    const char *id, *title, *currency, *source; /* "" when not given */
    const char *note; /* shown wherever a result is shown, e.g. that the data are synthetic; "" when
                         not given */
    utfall_date signed_on; /* year 0 = not given */
    size_t party_count;
    const utfall_party *parties;
    utfall_design design;
    utfall_price_terms prices;
    uint32_t window_months; /* W: months counted in the result, 1..UTFALL_WINDOW_MAX */
    uint32_t
        payment_months; /* months that payment looks at, 1..window_months; equals W unless stated */
    size_t factor_count;
    const utfall_factor *factors;    /* none: one group "all" */
    size_t group_count;              /* product of the levels */
    const char *const *group_labels; /* group_count of them */
    utfall_incomplete incomplete;
    bool has_negative_due;
    utfall_negative_due negative_due; /* when has_negative_due */
    utfall_denominator denominator;
    size_t exit_count;
    const utfall_exit *exits; /* reasons for leaving; none: nobody leaves */
    bool has_forecast;
    utfall_remaining forecast_remaining;  /* when has_forecast */
    utfall_forecast_drawn forecast_drawn; /* when has_forecast */
    utfall_month data_through;            /* last month that the target group's cost data reach */
    size_t investor;                      /* party that provided the money */
    size_t saving_to;                     /* party whose cost the saving is */
    utfall_money commitment;
    utfall_returns_terms returns;
    size_t budget_count; /* categories of the project cost; 0 = it is not divided */
    const utfall_budget *budget;
    size_t provider_pay_count;
    const utfall_provider_pay *provider_pays;
    size_t outcome_count;
    const utfall_outcome *outcomes;
    size_t step_count;
    const utfall_step *steps;
    utfall_rounding rounding; /* of steps that name none */
    size_t residue_to;        /* party that bears the rounding residue */
    size_t term_count;
    const utfall_term *terms; /* in the order written */
} utfall_contract;

/** Check the terms that need arithmetic or several values at once and freeze the contract: labels,
 * distinct ids, shares, slices that are not inverted, windows. Reports every fault with its place
 * (looked up in `draft->terms`). On failure *out is untouched and the run has at least one error.
 * `draft` may be freed or changed afterwards, what it points to may not. */
UTFALL_TRY utfall_status utfall_contract_new(utfall_run *run, const utfall_contract **out,
                                             const utfall_contract *draft);

/** Place of the term at `path`, or of the nearest thing around it; file "" when the contract has no
 * terms. */
utfall_loc utfall_contract_loc(const utfall_contract *contract, const char *path);

/** Number of levels of a factor, and the level a value falls in. `value` is the number for CUTS, 0
 * or 1 for EACH, the index of the text for VALUES. */
size_t utfall_factor_levels(const utfall_factor *factor);
size_t utfall_factor_level(const utfall_factor *factor, int32_t value);

/** Group of a person with these attribute values, one a factor. */
size_t utfall_group_of(const utfall_contract *contract, const int32_t *attributes);

/* One name table an enumeration, used to read and to print; NULL ends each. */
extern const char *const utfall_role_names[];
extern const char *const utfall_design_names[];
extern const char *const utfall_incomplete_names[];
extern const char *const utfall_negative_due_names[];
extern const char *const utfall_denominator_names[];
extern const char *const utfall_exit_rule_names[];
extern const char *const utfall_remaining_names[];
extern const char *const utfall_forecast_drawn_names[];
extern const char *const utfall_measure_names[]; /* "amount", "saving", "drawn", "commitment",
                                                    "expected", "actual", "outcome" */
extern const char *const utfall_figure_names[]; /* "sum", "persons", "improved", "rate", "claims" */
extern const char *const utfall_form_names[];
extern const char *const utfall_match_names[];
extern const char *const utfall_edge_names[];
extern const char *const utfall_mode_names[];     /* of utfall_mode: "never", "half_away", ... */
extern const char *const utfall_outcome_names[];  /* "stated", "school_points", "scales", ... */
extern const char *const utfall_relation_names[]; /* ">", ">=", "<", "<=" */

#endif
