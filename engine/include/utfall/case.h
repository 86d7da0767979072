/* utfall/case.h - the data of a case: people, and their cost folded by person and intervention
 * month.
 *
 * A cost row is classified and added as it is read, and then forgotten; integer sums commute, so
 * the order of rows never matters. People are kept sorted by id, so neither does theirs. */
#ifndef UTFALL_CASE_H
#define UTFALL_CASE_H
#include "utfall/contract.h"
#include "utfall/prices.h"

/** Each row of a cost table ends in exactly one class, the first that fits. */
typedef enum utfall_class {
    UTFALL_ROW_UNKNOWN,      /* no such person */
    UTFALL_ROW_NOT_SELECTED, /* a person outside `where` */
    UTFALL_ROW_SOURCE,       /* source or category not counted */
    UTFALL_ROW_BEFORE,       /* before the start */
    UTFALL_ROW_EXITED,       /* after the person left */
    UTFALL_ROW_AFTER,        /* after the window */
    UTFALL_ROW_USED
} utfall_class;
enum { UTFALL_CLASSES = UTFALL_ROW_USED + 1 };
extern const char *const utfall_class_names[]; /* "unknown", "not_selected", ..., "used", NULL */

/** What became of the rows of one side's cost tables. */
typedef struct utfall_rows {
    uint64_t count[UTFALL_CLASSES];
    int64_t amount_minor[UTFALL_CLASSES];
} utfall_rows;

/** A group of people (target or comparison) and their cost. Arrays have `persons` elements, sorted
 * by id (bytes). Where people who are alike are kept as one, `persons` counts those who stand for
 * them, each the first of theirs by id; `rows` and `month_rows` are of everybody all the same. */
typedef struct utfall_cohort {
    size_t persons;
    const uint32_t *alike; /* [person]: how many people who are alike this one stands for, with the
                              costs of all of them; NULL = everybody stands for themselves */
    const char *const *ids;
    const utfall_month *starts;
    const int32_t *attributes;  /* [person * factor_count + factor] */
    const uint32_t *left_after; /* [person]: left after this intervention month, and by the contract
                                   the months after it do not count; 0 = stayed. NULL = all did */
    uint32_t months;            /* width of the matrix: the contract's window or wider */
    /* Costs, [person * months + k - 1]: as such, or, of people folded from rows, in two parts, of
     * which few need the second. See utfall_cohort_costs. */
    const int64_t *cost_minor; /* NULL = in two parts */
    const int32_t *cost_low;
    const int32_t *cost_high;   /* times 2^32; NULL = 0 everywhere */
    const uint64_t *month_rows; /* [k - 1]: rows that the matrix holds of month k */
    utfall_rows rows;
} utfall_cohort;

/** The number that two parts make, modulo 2^64. */
static inline int64_t utfall_whole_of(int32_t low, int32_t high)
{
    return (int64_t)(((uint64_t)(uint32_t)high << 32) + (uint64_t)(int64_t)low);
}

/** The cost of a person in month k (from 0), öre. */
static inline int64_t utfall_cohort_cost(const utfall_cohort *cohort, size_t person, size_t k)
{
    const size_t cell = person * cohort->months + k;
    if (cohort->cost_minor != NULL)
        return cohort->cost_minor[cell];
    return utfall_whole_of(cohort->cost_low[cell],
                           cohort->cost_high == NULL ? 0 : cohort->cost_high[cell]);
}

/** The costs of a person by month, öre: `months` of them, in `room` (as many) unless they lie in
 * the cohort as such. */
static inline const int64_t *utfall_cohort_costs(const utfall_cohort *cohort, size_t person,
                                                 int64_t *room)
{
    const size_t cell = person * cohort->months;
    if (cohort->cost_minor != NULL)
        return cohort->cost_minor + cell;
    const int32_t *low = cohort->cost_low + cell;
    if (cohort->cost_high == NULL)
        for (size_t k = 0; k < cohort->months; k++)
            room[k] = low[k];
    else
        for (size_t k = 0; k < cohort->months; k++)
            room[k] = utfall_whole_of(low[k], cohort->cost_high[cell + k]);
    return room;
}

/** One input file, as it was read. */
typedef struct utfall_input {
    const char *name; /* as the contract names it, relative to the contract */
    const char *role; /* "contract", "people", "costs", "reference-people", "reference-costs",
                         "drawn", ... */
    uint64_t bytes, rows;
    uint8_t sha256[32];
} utfall_input;

/** What one scale of an outcome came to, over the people who have a value at every occasion. */
typedef struct utfall_scale_result {
    const char *id;
    uint64_t persons, missing;           /* together the target group */
    uint64_t improved, unchanged, worse; /* from the first occasion to the last */
    size_t occasions;
    const utfall_rat *const *sums; /* [occasion - 1]: of the values */
} utfall_scale_result;
enum { UTFALL_SCALES_MAX = 32, UTFALL_OCCASIONS_MAX = 24 };

/** What an outcome came to. For STATED with a value only `improved` counts. */
typedef struct utfall_outcome_result {
    const utfall_rat *sum;           /* NULL when the outcome has none */
    uint64_t persons;                /* complete, counted */
    uint64_t excluded;               /* left out by rule or as incomplete */
    const utfall_rat *excluded_sum;  /* what the incomplete ones would have added; NULL when none */
    uint64_t missing;                /* people whose data are missing, counted or not */
    const utfall_rat *rate, *claims; /* NULL when the outcome has none */
    size_t scale_count;
    const utfall_scale_result *scales;
    uint64_t refusal_count;         /* 0 = it was counted, or stated */
    const utfall_finding *refusals; /* why it could not be counted, the first UTFALL_FINDINGS_MAX */
} utfall_outcome_result;

/** Report why an outcome could not be counted; gives the first reason's code. UTFALL_OK when it
 * could. A settlement does so for each outcome that is known (RULE: KNOWN-1). */
utfall_status utfall_outcome_refuse(utfall_run *run, const utfall_outcome_result *result);

typedef struct utfall_case {
    utfall_cohort target, comparison; /* comparison.persons 0 when the standard cost is agreed */
    const utfall_rat *const
        *agreed; /* [group * window_months + k - 1], öre; NULL unless the design is AGREED */
    const utfall_price_index *price_index; /* NULL unless the contract uses one */
    size_t draw_count;                     /* project cost by calendar month, ascending, distinct */
    const utfall_month *draw_months;
    const utfall_money *draws;
    const utfall_money *draw_parts; /* [draw * budget_count + category]; NULL without a budget */
    const utfall_outcome_result *outcomes; /* one an outcome of the contract */
    size_t input_count;
    const utfall_input *inputs; /* in the order of the contract */
} utfall_case;

/** The same case for a window no wider than the one it was read for: rows after it are of the class
 * after, as if it had been read so. Persons and costs are shared with `data`. UTFALL_E_RANGE when
 * an amount leaves int64; UTFALL_E_BUG for a wider window. */
UTFALL_TRY utfall_status utfall_case_narrow(utfall_run *run, const utfall_case **out,
                                            const utfall_case *data, uint32_t window_months);

/* Building a cohort: add all people, freeze, add all rows, finish. */
typedef struct utfall_fold utfall_fold;

/** `months` is the width of the matrix, from the contract's window to UTFALL_WINDOW_MAX. NULL when
 * out of memory, or (UTFALL_E_BUG) for another width. */
utfall_fold *utfall_fold_new(utfall_run *run, const utfall_contract *contract, uint32_t months);

/** Add a person. `attributes` has one value a factor. A person outside `where` is added with
 * is_selected false, so that their rows are classed; their attributes are not read. *number counts
 * from 0 in the order added. UTFALL_E_CONFLICT: the id is there already, *number is the earlier
 * one's. UTFALL_E_SYNTAX: a NUL in the id. UTFALL_E_RANGE: an attribute that is no level of its
 * factor, or more than 2^29 people or 4 GiB of ids. */
UTFALL_TRY utfall_status utfall_fold_person(utfall_fold *fold, size_t *number, const char *id,
                                            size_t len, utfall_month start,
                                            const int32_t *attributes, bool is_selected);

/** Person `number` left after intervention month `left_after` (1 and up), and by the contract's
 * rule the months after it do not count: rows of them are of the class exited. Before freeze only.
 */
UTFALL_TRY utfall_status utfall_fold_leave(utfall_fold *fold, size_t number, uint32_t left_after);

/** Keep people who are alike as one: who started in the same month, are of the same group and
 * stayed. Enough for the sums of a comparison group, and for nothing that tells its people apart.
 * With a price index, which rounds the costs of each, or where hardly anybody can be like another
 * (few people over many months and groups), everybody is kept all the same. Before freeze only. */
void utfall_fold_merge(utfall_fold *fold);

/** No more people: they are sorted, and the matrix is made. */
UTFALL_TRY utfall_status utfall_fold_freeze(utfall_fold *fold);

/** Lay out the people for rows that come in any order: worth it but where they come in the order of
 * the people. After freeze only; once, then there is nothing left to do. One thread at a time,
 * while others may expect and gather. Without memory for it everybody is found all the same, and
 * the run has failed. */
void utfall_fold_lay(utfall_fold *fold);

/** Number of the person with this id, or SIZE_MAX. There is a binary search, or one place to look
 * at, whatever the ids: when a part of the people was asked for, they are laid out. After freeze
 * only; one thread at a time, as utfall_fold_lay. */
size_t utfall_fold_find(utfall_fold *fold, const char *id, size_t len);

/** Class a row and add it. `person` as found (SIZE_MAX = unknown). A row after the window has that
 * class also where the matrix is wide enough to keep it. UTFALL_E_RANGE, and nothing is added, when
 * the amounts above zero or those below it leave int64 in all: then no sum of some of them can, in
 * whatever order the rows come. */
UTFALL_TRY utfall_status utfall_fold_row(utfall_fold *fold, utfall_class *out, size_t person,
                                         utfall_month month, bool is_counted, utfall_money amount);

/* Many rows at a time, and by several threads. Each thread gathers rows in a share of its own; the
 * shares are admitted one at a time, and poured in stripes. */

/** A row of a cost table. */
typedef struct utfall_cost_row {
    const char *id; /* UTF-8 */
    uint32_t len;   /* of the id */
    utfall_month month;
    int64_t minor;
    bool is_counted;
    bool is_stranger; /* out: nobody has this id, and the row was not gathered */
    bool is_repeat;   /* the id is that of the row told before, since the share was emptied; false
                         is always right, and slower where tables are sorted */
    uint8_t way;      /* the share's own: where the person is looked for */
    uint32_t at;
} utfall_cost_row;
typedef struct utfall_share utfall_share;
enum { UTFALL_STRIPES = 64 }; /* parts of the matrix */

/** A share of a frozen fold, for at most `rows` rows (2^22 and less) between one admission and the
 * next. NULL when out of memory. */
utfall_share *utfall_share_new(utfall_fold *fold, size_t rows);

/** Rows that will be gathered soon: the earlier this is told, the less gathering waits for the
 * memory. Their ids must stay where they are until then. The fold is only read, here and in
 * utfall_share_gather: any number of threads may do this at the same time, each with its own share.
 */
void utfall_share_expect(utfall_share *share, utfall_cost_row *rows, size_t count);

/** Class rows that were expected, in the pieces in which they were, and gather them. Gives how many
 * of them were not, their people being nobody. */
size_t utfall_share_gather(utfall_share *share, utfall_cost_row *rows, size_t count);

/** Lay out the people (utfall_fold_lay) if so many of those in the rows expected since the share
 * was emptied had to be looked for that it is worth it. In the order in which shares are admitted.
 */
void utfall_share_lay(utfall_share *share);

/** Gather a row of nobody: it is of the class unknown. */
void utfall_share_stranger(utfall_share *share, int64_t minor);

/** Add the share's counts to the fold's: one thread at a time. UTFALL_E_RANGE, and nothing is
 * added, as in utfall_fold_row, or because a single amount is above 10^12 öre or so: then the rows
 * have to be added one by one, and the share can only be emptied. */
UTFALL_TRY utfall_status utfall_share_admit(utfall_share *share);

/** Whether so many admitted rows wait in a stripe that it has to be poured before more are
 * gathered: else there may be no room for them, and then the share is not admitted. */
bool utfall_share_is_full(const utfall_share *share, size_t stripe);

/** Add what was admitted and waits in stripe number `stripe` to the matrix. Different stripes may
 * be poured at the same time by different threads. */
void utfall_share_pour(utfall_share *share, size_t stripe);

/** Forget the rows that were not admitted. */
void utfall_share_empty(utfall_share *share);

/** Give back the memory for rows. The share may not be used afterwards. */
void utfall_share_end(utfall_share *share);

/** The finished cohort: selected people only, sorted by id. The fold may not be used afterwards. */
UTFALL_TRY utfall_status utfall_fold_finish(utfall_fold *fold, utfall_cohort *out);

#endif
