/* contracts/tables.c - every table of a contract, read to a case.
 *
 * In: where the tables are. Out: people folded to a matrix, drawn cost, agreed cost, and what each
 * file was. All tables are read even when one of them has faults, so that a user sees everything
 * that is wrong at once; the case comes out only when nothing is. */
#include "contracts/tables.h"
#include "contracts/document.h"
#include "contracts/source.h"

#include <string.h>

enum { OUTCOME_TABLES_MAX = 2 };

struct reading {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_sources *sources;
    const char *folder;
    utfall_purpose purpose;
    size_t threads;
    utfall_seen seen;
    utfall_case data;
    utfall_input *inputs;
    utfall_outcome_result *outcomes; /* begins as what the contract states */
    utfall_status status;            /* of the first fault */
};

static void note(struct reading *reading, utfall_status status)
{
    if (reading->status == UTFALL_OK)
        reading->status = status;
}

static bool goes_on(const struct reading *reading)
{
    return utfall_goes_on(reading->run, reading->status);
}

static utfall_input *inputs_next(struct reading *reading, size_t count)
{
    utfall_input *first = &reading->inputs[reading->data.input_count];
    reading->data.input_count += count;
    return first;
}

static utfall_input *input_next(struct reading *reading)
{
    return inputs_next(reading, 1);
}

void utfall_warn_unseen(utfall_run *run, const utfall_contract *contract, const char *path,
                        const utfall_words *words, size_t i)
{
    const char *item = utfall_path_item(run, path, i);
    utfall_finding finding = {
        .code = UTFALL_E_MISSING,
        .severity = UTFALL_WARNING,
        .at = utfall_contract_loc(contract, item == NULL ? path : item),
        .path = item,
        .message = utfall_run_join(run, "\"", utfall_text_short(run, words->word[i], 80),
                                   "\" does not occur in the data", (const char *)NULL),
        .hint = "is it written as in the file?",
    };
    (void)utfall_run_report(run, &finding);
}

static void warn_uncounted(const struct reading *reading)
{
    for (size_t i = 0; i < reading->seen.count; i++) {
        const utfall_where *counts = &reading->sources->counts[i];
        const char *path = utfall_path_join(reading->run, "evaluation.counts", counts->column);
        for (size_t k = 0; k < counts->values.count && path != NULL; k++)
            if (!reading->seen.value[i][k])
                utfall_warn_unseen(reading->run, reading->contract, path, &counts->values, k);
    }
}

/* People and costs of both sides. */
static void sides_read(struct reading *reading)
{
    const utfall_sources *sources = reading->sources;
    const bool has_both = sources->reference_people.file != NULL;
    const size_t count =
        1 + sources->costs.count + (has_both ? 1 + sources->reference_costs.count : 0);
    utfall_sides sides = {.contract = reading->contract,
                          .sources = sources,
                          .folder = reading->folder,
                          .purpose = reading->purpose,
                          .threads = reading->threads,
                          .inputs = inputs_next(reading, count)};
    note(reading, utfall_sides_read(reading->run, &sides));
    reading->data.target = sides.target;
    reading->data.comparison = sides.comparison;
    reading->seen = sides.seen;
}

static utfall_month earliest(const utfall_cohort *cohort)
{
    utfall_month first = cohort->starts[0];
    for (size_t i = 1; i < cohort->persons; i++)
        if (cohort->starts[i].ordinal < first.ordinal)
            first = cohort->starts[i];
    return first;
}

/* A sum stated in the contract is drawn in one month. */
static utfall_status drawn_state(struct reading *reading)
{
    const utfall_sources *sources = reading->sources;
    utfall_month *month = utfall_run_alloc(reading->run, sizeof *month);
    utfall_money *draw = utfall_run_alloc(reading->run, sizeof *draw);
    if (month == NULL || draw == NULL)
        return UTFALL_E_NOMEM;
    *month =
        sources->drawn_month.ordinal != 0 ? sources->drawn_month : earliest(&reading->data.target);
    *draw = sources->drawn_sum;
    reading->data.draw_count = 1;
    reading->data.draw_months = month;
    reading->data.draws = draw;
    return UTFALL_OK;
}

/* The outcomes that are computed; those that are stated stand already. What cannot be counted is
 * refused here, with all else, unless a settlement may come before it is known: that one decides.
 */
static void outcomes_read(struct reading *reading, const utfall_cohort *target)
{
    const utfall_sources *sources = reading->sources;
    for (size_t i = 0; i < reading->contract->outcome_count && goes_on(reading); i++) {
        const utfall_outcome_source *source = &sources->outcomes[i];
        if (source->school != NULL) {
            utfall_input *inputs = inputs_next(reading, 2);
            note(reading,
                 utfall_pupils_read(reading->run, reading->contract, source->school,
                                    reading->folder, target, &reading->outcomes[i], inputs));
        }
        if (source->measured != NULL) {
            utfall_input *inputs =
                inputs_next(reading, source->measured->control.file != NULL ? 2 : 1);
            note(reading,
                 utfall_measured_read(reading->run, reading->contract, source->measured,
                                      reading->folder, target, &reading->outcomes[i], inputs));
        }
        if (source->scales != NULL && goes_on(reading))
            note(reading, utfall_scales_read(reading->run, reading->contract, source->scales,
                                             reading->folder, target, &reading->outcomes[i],
                                             input_next(reading)));
        if (reading->contract->outcomes[i].known_from.ordinal == 0)
            note(reading, utfall_outcome_refuse(reading->run, &reading->outcomes[i]));
    }
}

static void tables_read(struct reading *reading)
{
    const utfall_sources *sources = reading->sources;
    utfall_case *data = &reading->data;
    utfall_feed feed;
    sides_read(reading);
    if (sources->standard_cost.file != NULL && goes_on(reading)) {
        utfall_feed_begin(&feed, reading->run, reading->contract, &sources->standard_cost);
        note(reading,
             utfall_agreed_read(&feed, reading->folder, &data->agreed, input_next(reading)));
    }
    if (sources->price_index.file != NULL && goes_on(reading)) {
        utfall_feed_begin(&feed, reading->run, reading->contract, &sources->price_index);
        note(reading, utfall_price_index_read(&feed, reading->folder, &data->price_index,
                                              input_next(reading)));
    }
    if (sources->drawn.file != NULL && goes_on(reading)) {
        utfall_feed_begin(&feed, reading->run, reading->contract, &sources->drawn);
        note(reading,
             utfall_drawn_read(&feed, reading->folder, &data->draw_count, &data->draw_months,
                               &data->draws, &data->draw_parts, input_next(reading)));
    } else if (reading->status == UTFALL_OK) {
        note(reading, drawn_state(reading));
    }
    outcomes_read(reading, data->target.persons > 0 ? &data->target : NULL);
}

utfall_status utfall_case_read(utfall_run *run, const utfall_case **out,
                               const utfall_contract *contract, const utfall_sources *sources,
                               const char *folder)
{
    return utfall_case_read_by(run, out, contract, sources, folder, UTFALL_FOR_ANYTHING, 1);
}

utfall_status utfall_case_read_by(utfall_run *run, const utfall_case **out,
                                  const utfall_contract *contract, const utfall_sources *sources,
                                  const char *folder, utfall_purpose purpose, uint32_t threads)
{
    struct reading reading = {.run = run,
                              .contract = contract,
                              .sources = sources,
                              .folder = folder,
                              .purpose = purpose,
                              .threads = threads > 0 ? threads : 1};
    size_t most = 5 + sources->costs.count + sources->reference_costs.count +
                  OUTCOME_TABLES_MAX * contract->outcome_count;
    utfall_case *made = utfall_run_alloc(run, sizeof *made);
    reading.inputs = utfall_run_array(run, most, sizeof *reading.inputs);
    reading.outcomes = utfall_run_array(run, contract->outcome_count, sizeof *reading.outcomes);
    if (made == NULL || reading.inputs == NULL || reading.outcomes == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < contract->outcome_count; i++)
        reading.outcomes[i] = sources->stated[i];
    if (goes_on(&reading))
        tables_read(&reading);
    if (reading.status == UTFALL_OK) {
        warn_uncounted(&reading);
        utfall_warn_overdrawn(run, contract, &sources->drawn, folder, &reading.data);
    }
    note(&reading, utfall_run_failure(run));
    if (reading.status != UTFALL_OK)
        return reading.status;
    reading.data.inputs = reading.inputs;
    reading.data.outcomes = reading.outcomes;
    *made = reading.data;
    *out = made;
    return UTFALL_OK;
}

/* ---- probe ---- */

static utfall_status table_probe(utfall_run *run, size_t *missing, const utfall_table *table,
                                 const char *folder)
{
    utfall_source *source = NULL;
    const char *reason = NULL;
    if (table->file == NULL)
        return UTFALL_OK;
    const char *path = utfall_feed_path(run, table, folder);
    if (path == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_source_open(run, &source, &reason, path, UTFALL_SOURCE_BYTES_MAX);
    if (status == UTFALL_OK) {
        utfall_input unused;
        return utfall_source_close(source, &unused);
    }
    if (status != UTFALL_E_IO)
        return status;
    utfall_finding finding = {.code = UTFALL_E_IO,
                              .severity = UTFALL_WARNING,
                              .at = {.file = path},
                              .path = table->path,
                              .message =
                                  utfall_run_join(run, "the file ", reason, (const char *)NULL),
                              .hint = "the contract can be checked without it, not settled"};
    (void)utfall_run_report(run, &finding);
    ++*missing;
    return UTFALL_OK;
}

static utfall_status tables_probe(utfall_run *run, size_t *missing, const utfall_tables *tables,
                                  const char *folder)
{
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < tables->count && status == UTFALL_OK; i++)
        status = table_probe(run, missing, &tables->table[i], folder);
    return status;
}

static utfall_status outcome_probe(utfall_run *run, size_t *missing,
                                   const utfall_outcome_source *source, const char *folder)
{
    if (source->scales != NULL)
        return table_probe(run, missing, &source->scales->table, folder);
    if (source->measured != NULL) {
        utfall_status found = table_probe(run, missing, &source->measured->table, folder);
        return found == UTFALL_OK ? table_probe(run, missing, &source->measured->control, folder)
                                  : found;
    }
    if (source->school == NULL)
        return UTFALL_OK;
    utfall_status status = table_probe(run, missing, &source->school->people, folder);
    return status == UTFALL_OK ? table_probe(run, missing, &source->school->grades, folder)
                               : status;
}

utfall_status utfall_sources_probe(utfall_run *run, size_t *missing, const utfall_sources *sources,
                                   const char *folder)
{
    size_t count = 0;
    utfall_status status = table_probe(run, &count, &sources->people, folder);
    if (status == UTFALL_OK)
        status = tables_probe(run, &count, &sources->costs, folder);
    if (status == UTFALL_OK)
        status = table_probe(run, &count, &sources->reference_people, folder);
    if (status == UTFALL_OK)
        status = tables_probe(run, &count, &sources->reference_costs, folder);
    if (status == UTFALL_OK)
        status = table_probe(run, &count, &sources->standard_cost, folder);
    if (status == UTFALL_OK)
        status = table_probe(run, &count, &sources->price_index, folder);
    if (status == UTFALL_OK)
        status = table_probe(run, &count, &sources->drawn, folder);
    for (size_t i = 0; i < sources->outcome_count && status == UTFALL_OK; i++)
        status = outcome_probe(run, &count, &sources->outcomes[i], folder);
    if (status == UTFALL_OK)
        *missing = count;
    return status;
}
