/* utfall/risk.h - how sure a settlement is: the same calculation on people drawn anew.
 *
 * A replicate draws the people of each group again, with replacement, from those that were there,
 * target and comparison apart, as many as they were; and pays what the contract pays at the saving
 * that comes out. Outcomes, gates, the project cost and an agreed standard cost stay as they were
 * found: only the people's cost is drawn again. Every replicate is exact, and a function of the
 * seed and its number alone: equal on every machine and for any number of lanes. */
#ifndef UTFALL_RISK_H
#define UTFALL_RISK_H
#include "utfall/settlement.h"

enum {
    UTFALL_REPLICATES_MAX = 100 * 1000 * 1000,
    UTFALL_QUANTILES = 5,
    UTFALL_HISTOGRAM_MAX = 24,
    UTFALL_LANES_MAX = 64,
    UTFALL_POWER_REPLICATES = 2000,
    UTFALL_POWER_TIMES_MAX = 256
};

/** Work on several threads, which the engine itself never starts: `each` calls work(arg, lane) for
 * every lane from 0 to count - 1, in any order and at the same time, and comes back when all are
 * done. NULL = one after the other. Results do not depend on it. */
typedef struct utfall_lanes {
    size_t count; /* 1..UTFALL_LANES_MAX */
    void (*each)(void *ctx, size_t count, void (*work)(void *arg, size_t lane), void *arg);
    void *ctx;
} utfall_lanes;

typedef enum utfall_risk_phase {
    UTFALL_RISK_REPLICATES,
    UTFALL_RISK_PERMUTATIONS,
    UTFALL_RISK_PEOPLE_NEEDED
} utfall_risk_phase;

/** How far a long run is, and whether to go on: the engine itself knows no terminal and no signal.
 * NULL members are not called. What is done when it is stopped is whole: the first replicates (or
 * permutations) in order of their numbers, of which there is at least one, exactly as if no more
 * had been asked for. */
typedef struct utfall_risk_watch {
    bool (*is_stopped)(void *ctx); /* on any lane, often */
    /* On lane 0, often: number `done` of `of` begins; `times` as many people are drawn (1 but for
     * the people needed). */
    void (*tell)(void *ctx, utfall_risk_phase phase, uint64_t done, uint64_t of, uint64_t times);
    void *ctx;
} utfall_risk_watch;

typedef struct utfall_risk_options {
    uint64_t seed;
    uint64_t replicates;      /* 1..UTFALL_REPLICATES_MAX */
    uint64_t permutations;    /* 0..UTFALL_REPLICATES_MAX; 0 = no test */
    bool has_power;           /* ask how many people would have been needed */
    const utfall_rat *effect; /* has_power: saving a person over the payment window, öre, > 0; NULL
                                 = what makes the project cost good */
    utfall_lanes lanes;
    utfall_risk_watch watch;
} utfall_risk_options;

/** Order statistics: of N ascending values, number ceil(N * permille / 1000). In whole öre, rounded
 * down, which keeps order. */
typedef struct utfall_quantiles {
    int64_t minor[UTFALL_QUANTILES];
} utfall_quantiles;
extern const unsigned utfall_quantile_permille[UTFALL_QUANTILES]; /* 25, 50, 500, 950, 975 */

/** A stretch of savings on which the payment to the investor is one straight line. */
typedef struct utfall_band {
    const utfall_rat *low, *high;           /* öre: low <= saving < high; NULL = no end */
    const utfall_rat *pays_low, *pays_high; /* öre: paid at low, tended to at high; NULL = no end */
    uint64_t count;                         /* of replicates */
} utfall_band;

/** The part of the classes that arises in a year: a share of the project cost as it is drawn,
 * everything else when the last payment window closes. */
typedef struct utfall_budget_year {
    int32_t year;
    int64_t fixed, probable, possible;
} utfall_budget_year;

/** What somebody pays, and how sure it is: each class holds what the earlier ones do not. */
typedef struct utfall_payer {
    size_t party;
    int64_t paid;                    /* öre, in the settlement itself */
    utfall_quantiles total;          /* over the replicates */
    int64_t fixed;                   /* whatever the saving, conditions as found */
    int64_t probable;                /* up to what half of the replicates pay */
    int64_t possible;                /* up to what 95 % of the replicates pay */
    bool has_most;                   /* false: the contract sets no limit, or it is not known */
    int64_t most;                    /* whatever the saving, every condition met */
    const utfall_budget_year *years; /* ascending */
    size_t year_count;
} utfall_payer;

/** Test that who got the help made no difference: labels exchanged within groups. */
typedef struct utfall_permutation {
    bool is_possible;             /* false: an agreed standard cost, or windows of unequal length */
    uint64_t asked;               /* permutations asked for */
    uint64_t count;               /* of them made; fewer when stopped, 0 = no test */
    uint64_t as_far;              /* |saving| at least as large as found */
    uint64_t as_high;             /* saving at least as high as found */
    const utfall_rat *p, *p_high; /* (as_far + 1) / (count + 1), and of as_high; NULL: no test */
} utfall_permutation;

/** How many people would have been needed to see an effect in 80 % of cases, at 5 %, two-sided. */
typedef struct utfall_power {
    bool is_asked, is_possible;
    const utfall_rat *effect; /* öre a person */
    bool is_tried;            /* with the people there were; false: stopped before */
    uint64_t seen_now;        /* of UTFALL_POWER_REPLICATES, with the people there were */
    bool is_ended;            /* false: stopped before it was known how many are needed */
    bool is_found;            /* false: not ended, or not even UTFALL_POWER_TIMES_MAX times as many
                                 are enough, or amounts leave 64 bits before */
    uint64_t times, target, comparison; /* so many times the people there were */
    uint64_t seen;                      /* with them */
} utfall_power;

typedef struct utfall_risk {
    const utfall_settlement *settlement;
    uint64_t seed;
    uint64_t asked, replicates;  /* asked for, and made: fewer when stopped */
    bool is_interrupted;         /* something asked for was not made, or not all of it */
    uint64_t target, comparison; /* people drawn from */
    bool is_even;                /* everybody's payment window counts whole */
    utfall_quantiles saving;     /* over the payment window */
    uint64_t negative;           /* replicates whose saving is below zero */
    uint64_t break_even;         /* ... reaches the project cost */
    bool has_bands;              /* false: the payment is not a function of the saving alone */
    size_t band_count;
    const utfall_band *bands;                 /* ascending, without gaps */
    int64_t histogram_first, histogram_width; /* öre; the first and last bin have no outer end */
    size_t histogram_count;
    const uint64_t *histogram;
    size_t payer_count;
    const utfall_payer *payers; /* parties that pay in some step, in the contract's order */
    utfall_permutation permutation;
    utfall_power power;
} utfall_risk;

/** `data` is the case that `settlement` was computed from. UTFALL_E_MISSING: nobody to draw from.
 * UTFALL_E_RANGE: options out of bounds, or a redrawn sum may leave int64 öre. UTFALL_E_INEXACT: a
 * step that never rounds. UTFALL_E_CONFLICT: the contract counts people's cost in a way that cannot
 * be drawn again (the people themselves, once each, must give the settlement's saving). */
UTFALL_TRY utfall_status utfall_risk_compute(utfall_run *run, const utfall_risk **out,
                                             const utfall_contract *contract,
                                             const utfall_case *data,
                                             const utfall_settlement *settlement,
                                             const utfall_risk_options *options);

#endif
