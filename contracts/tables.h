/* contracts/tables.h - the kinds of tables, each read to what the engine takes; private to
 * contracts/.
 *
 * Every reader reports all faults of its table and gives the status of the first; outputs are
 * filled in only on success, but for what each reader says. */
#ifndef UTFALL_TABLES_H
#define UTFALL_TABLES_H
#include "contracts/feed.h"
#include "contracts/hands.h"

/** Read a table of people into `fold`. On failure the people with a readable id are in it all the
 * same; *is_usable false when somebody may be missing, so that strangers in the cost tables are no
 * news. */
UTFALL_TRY utfall_status utfall_people_read(utfall_feed *feed, const char *folder,
                                            utfall_fold *fold, bool *is_usable, utfall_input *out);

/** Which listed values of evaluation.counts occurred: [number of the list][value]. */
typedef struct utfall_seen {
    size_t count;
    bool *const *value;
} utfall_seen;

/** Read a table of costs, row by row, into a frozen fold of the people of table `people`.
 * `is_known` false: not all of them are known, so a row of a stranger is no fault of this table.
 * Hands that are free help; what comes out is the same for any number. */
UTFALL_TRY utfall_status utfall_costs_read(utfall_feed *feed, const char *folder, utfall_fold *fold,
                                           const utfall_sources *sources,
                                           const utfall_table *people, bool is_known,
                                           const utfall_seen *seen, utfall_hands *hands,
                                           utfall_input *out);

/** The two sides of a case: where their tables are, and what they come to. */
typedef struct utfall_sides {
    const utfall_contract *contract;
    const utfall_sources *sources;
    const char *folder;
    utfall_purpose purpose;
    size_t threads;       /* at most, at least 1 */
    utfall_input *inputs; /* those of the target group's tables, then the comparison group's */
    utfall_cohort target, comparison; /* each when its own tables are without fault */
    utfall_seen seen;                 /* on either side */
} utfall_sides;

/** Read people and costs of both sides, or of the one there is, at the same time as far as there
 * are threads. */
UTFALL_TRY utfall_status utfall_sides_read(utfall_run *run, utfall_sides *sides);

/** Whether the next table is read: memory and our own mistakes end the reading at once, other
 * faults do not. */
static inline bool utfall_goes_on(const utfall_run *run, utfall_status status)
{
    return status != UTFALL_E_NOMEM && status != UTFALL_E_BUG &&
           utfall_run_failure(run) == UTFALL_OK;
}

/** Read the agreed standard cost: [group * window_months + k - 1]. */
UTFALL_TRY utfall_status utfall_agreed_read(utfall_feed *feed, const char *folder,
                                            const utfall_rat *const **agreed, utfall_input *out);

/** Read the values of a price index. */
UTFALL_TRY utfall_status utfall_price_index_read(utfall_feed *feed, const char *folder,
                                                 const utfall_price_index **out,
                                                 utfall_input *input);

/** Read the project cost drawn, added up by calendar month; and by category in *parts,
 * [draw * budget_count + category], NULL without a budget. */
UTFALL_TRY utfall_status utfall_drawn_read(utfall_feed *feed, const char *folder, size_t *count,
                                           const utfall_month **months, const utfall_money **draws,
                                           const utfall_money **parts, utfall_input *out);

/** The amount in a cell; a fault is reported at it. */
UTFALL_TRY utfall_status utfall_feed_amount(utfall_feed *feed, utfall_money *out, size_t column);

/** Whether a cell says yes (1) or no (0), in the table's words; a fault is reported at it. */
UTFALL_TRY utfall_status utfall_feed_truth(utfall_feed *feed, int32_t *out, size_t column);

/** Read the tables of school points and count them. `cohort` is the target group, NULL when it
 * could not be read. Every fault of both tables is told; what the contract refuses to count is not
 * a fault of theirs, but among the outcome's refusals. `inputs` are those of people and grades. */
UTFALL_TRY utfall_status utfall_pupils_read(utfall_run *run, const utfall_contract *contract,
                                            const utfall_school_source *source, const char *folder,
                                            const utfall_cohort *cohort, utfall_outcome_result *out,
                                            utfall_input inputs[2]);

/** Read a table of answers on scales and count them; as utfall_pupils_read. */
UTFALL_TRY utfall_status utfall_scales_read(utfall_run *run, const utfall_contract *contract,
                                            const utfall_scales_source *source, const char *folder,
                                            const utfall_cohort *cohort, utfall_outcome_result *out,
                                            utfall_input *input);

/** Read the tables of an outcome with one value a person and count them; as utfall_pupils_read.
 * inputs[1] is filled in when there is a control group. */
UTFALL_TRY utfall_status utfall_measured_read(utfall_run *run, const utfall_contract *contract,
                                              const utfall_measured_source *source,
                                              const char *folder, const utfall_cohort *cohort,
                                              utfall_outcome_result *out, utfall_input inputs[2]);

/** The number in a cell, exactly; NULL with a fault reported at it, or when out of memory. */
const utfall_rat *utfall_feed_number(utfall_feed *feed, size_t column);

/** Warn at value number `i` of a list in the contract that it does not occur in the data. `path` is
 * the list's. */
void utfall_warn_unseen(utfall_run *run, const utfall_contract *contract, const char *path,
                        const utfall_words *words, size_t i);

/** Warn when more was drawn in all than the commitment. `table` is that of what was drawn, without
 * a file when the contract states the sum. */
void utfall_warn_overdrawn(utfall_run *run, const utfall_contract *contract,
                           const utfall_table *table, const char *folder, const utfall_case *data);

#endif
