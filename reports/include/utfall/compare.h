/* utfall/compare.h - why two settlements differ: A is turned into B one change at a time, and what
 * each change does to the figures is told. The parts add up exactly. */
#ifndef UTFALL_COMPARE_H
#define UTFALL_COMPARE_H
#include "utfall/reports.h"

/** What a part of the difference comes from. */
typedef enum utfall_cause {
    UTFALL_CAUSE_DATA,        /* other tables */
    UTFALL_CAUSE_CORRECTIONS, /* the same contract's tables, changed for the same time */
    UTFALL_CAUSE_TIME,        /* settled as of another month */
    UTFALL_CAUSE_PARAMETERS,  /* comparison group, evaluation, financing */
    UTFALL_CAUSE_RULES,       /* outcomes, waterfall, rounding, parties */
    UTFALL_CAUSE_UNSPLIT      /* several of them that cannot be told apart */
} utfall_cause;
enum { UTFALL_CAUSES = UTFALL_CAUSE_UNSPLIT + 1 };

/** One place where the two differ. */
typedef struct utfall_difference {
    utfall_cause cause;
    const char *path;           /* in the contract, "tables", or "as_of" */
    const char *id;             /* of a step of the waterfall; NULL for other places */
    const char *before, *after; /* "" = not there */
    utfall_loc before_at, after_at;
} utfall_difference;

/** One stage on the way from A to B: the differences that were made, and the facts after it. */
typedef struct utfall_stage {
    size_t count;
    const utfall_difference *differences; /* several only when they cannot be told apart */
    const char *why;                      /* they cannot: what stood in the way; NULL otherwise */
    size_t fact_count;
    const utfall_fact *facts; /* as utfall_comparison_facts gives them */
} utfall_stage;

typedef struct utfall_comparison_side {
    const char *name; /* file that was given */
    const char *contract, *currency;
    const char *note; /* of the contract; "" when it has none */
    utfall_month as_of;
    size_t fact_count;
    const utfall_fact *facts;
} utfall_comparison_side;

typedef struct utfall_comparison {
    utfall_comparison_side a, b;
    bool by_sums; /* ledgers: what needs data could not be split */
    size_t stage_count;
    const utfall_stage *stages; /* the last one comes to the facts of B */
} utfall_comparison;

/** The amounts of a settlement that a comparison is about, copied to `run`: totals, dues, steps,
 * results. `settlement` may belong to another run. */
UTFALL_TRY utfall_status utfall_comparison_facts(utfall_run *run, const utfall_fact **out,
                                                 size_t *count, utfall_run *settled_in,
                                                 const utfall_settlement *settlement);

/** The cause of a stage: that of its differences, or UNSPLIT when they have several. */
utfall_cause utfall_stage_cause(const utfall_stage *stage);

/** Check that every amount of B is that of A and all the parts together. UTFALL_E_BUG with a
 * finding when one is not; UTFALL_E_UNIT for two currencies. */
UTFALL_TRY utfall_status utfall_comparison_check(utfall_run *run,
                                                 const utfall_comparison *comparison);

/** The comparison as plain text for a terminal. `columns` 0 = 80. */
UTFALL_TRY utfall_status utfall_comparison_text(utfall_run *run, const char **out, size_t *len,
                                                const utfall_comparison *comparison,
                                                utfall_language language, uint32_t columns);

/** The comparison for programs: every amount exactly, in minor units. */
UTFALL_TRY utfall_status utfall_comparison_json(utfall_run *run, const char **out, size_t *len,
                                                const utfall_comparison *comparison);

/** "data", "corrections", "time", "parameters", "rules", "unsplit". */
extern const char *const utfall_cause_names[];

#endif
