/* utfall/history.h - what went before a settlement: what earlier ledgers entitled and paid, what
 * was wrong in them, and what they forecast.
 *
 * It is taken over from the previous ledger, which took it over from the one before: the chain is
 * followed one link at a time. A settlement reads it as it reads the other sums; texts are ids,
 * since steps and parties are known by id from ledger to ledger. */
#ifndef UTFALL_HISTORY_H
#define UTFALL_HISTORY_H
#include "utfall/month.h"
#include "utfall/number.h"

/** What a step came to in the previous settlement: entitlement to date, öre, rounded. */
typedef struct utfall_past_step {
    const char *id;
    utfall_money entitlement;
} utfall_past_step;

/** What one party has paid another in all earlier settlements. paid = the entitlement of the steps
 * between them + carried + written_off. */
typedef struct utfall_past_pair {
    const char *from, *to;
    utfall_money paid;
    utfall_money carried;     /* paid too much so far, to be deducted later */
    utfall_money written_off; /* paid too much and left at that */
} utfall_past_pair;

/** What a correction is about. */
typedef enum utfall_subject {
    UTFALL_SUBJECT_PRICE_INDEX,       /* its value: calendar month */
    UTFALL_SUBJECT_PEOPLE,            /* of the target group, counted in month k: group, k */
    UTFALL_SUBJECT_PEOPLE_AT_PRICES,  /* the same, as many, but in other calendar months: their
                                         weights by a price index: group, k */
    UTFALL_SUBJECT_COST,              /* of the target group: group, k */
    UTFALL_SUBJECT_COMPARISON_PEOPLE, /* that cost is divided by: group, k */
    UTFALL_SUBJECT_COMPARISON_COST,   /* group, k */
    UTFALL_SUBJECT_AGREED_COST,       /* group, k */
    UTFALL_SUBJECT_DRAWN,             /* calendar month */
    UTFALL_SUBJECT_OUTCOME_SUM,       /* outcome */
    UTFALL_SUBJECT_OUTCOME_PERSONS    /* outcome */
} utfall_subject;
extern const char *const utfall_subject_names[]; /* "people", "cost", ..., NULL */

enum { UTFALL_CORRECTIONS_MAX = 10000 };

/** A figure of the previous settlement that the data of its own month no longer give. Effects add
 * up: each is what changes when this figure is put right after those before it in the list. */
typedef struct utfall_correction {
    utfall_subject subject;
    size_t group;       /* of people and costs; else 0 */
    uint32_t k;         /* of people and costs: intervention month; else 0 */
    utfall_month month; /* of an index value or of what was drawn; else ordinal 0 */
    size_t outcome;     /* of outcome_...; else 0 */
    const utfall_rat *old, *now;
    const utfall_rat *saving; /* effect on the saving that payment looks at, öre */
    const utfall_rat *paid;   /* effect on what all steps come to before rounding, öre */
} utfall_correction;

/** A forecast as an earlier settlement made it. */
typedef struct utfall_past_forecast {
    utfall_month as_of;
    const utfall_rat *saving;
    utfall_money paid; /* by all steps */
} utfall_past_forecast;

typedef struct utfall_history {
    utfall_month as_of; /* of the previous settlement */
    const char *reason; /* for the corrections; "" without any */
    size_t step_count, pair_count, correction_count, forecast_count;
    const utfall_past_step *steps;
    const utfall_past_pair *pairs;
    const utfall_correction *corrections;
    const utfall_past_forecast *forecasts; /* by month, the oldest first */
} utfall_history;

#endif
