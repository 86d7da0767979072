/* contracts/measured.c - tables of outcomes with one value a person or month: thresholds, rates,
 * reductions, claims, milestones.
 *
 * In: rows in any order. Out: what the outcome came to. Invariant: a person has one value for each
 * thing that is asked (any number of claims), an empty cell is a value that is missing and not a
 * zero, and people of the target group without rows are missing too; nobody else may have rows. */
#include "contracts/document.h"
#include "contracts/roster.h"
#include "contracts/tables.h"

#include <stdlib.h>
#include <string.h>

enum { VALUES = 2 }; /* a person has: first and last, or numerator and denominator */

struct measured {
    utfall_run *run;
    const utfall_measured_source *source;
    utfall_feed feed;
    utfall_roster roster;
    size_t column[4];
    size_t room;               /* of people */
    const utfall_rat **values; /* [which * room + person] */
    uint32_t *lines;           /* the same */
    uint64_t *claims;          /* [person] */
    uint64_t refused;          /* claims that are not validated */
    utfall_held *held;
    size_t held_count, held_room;
};

static bool measured_grow(struct measured *m)
{
    if (m->roster.count <= m->room)
        return true;
    const size_t room = m->roster.room, before = m->room;
    const utfall_rat **values = utfall_run_array(m->run, room, VALUES * sizeof *values);
    uint32_t *lines = utfall_run_array(m->run, room, VALUES * sizeof *lines);
    uint64_t *claims = utfall_run_array(m->run, room, sizeof *claims);
    if (values == NULL || lines == NULL || claims == NULL)
        return false;
    for (size_t i = 0; i < VALUES && before > 0; i++) {
        memcpy(values + i * room, m->values + i * before, before * sizeof *values);
        memcpy(lines + i * room, m->lines + i * before, before * sizeof *lines);
    }
    if (before > 0)
        memcpy(claims, m->claims, before * sizeof *claims);
    m->values = values;
    m->lines = lines;
    m->claims = claims;
    m->room = room;
    return true;
}

/* The person of the row; false when the id is at fault or reading cannot go on (*status). */
static bool person_take(struct measured *m, size_t *person, utfall_status *status)
{
    bool is_new = false;
    utfall_cell id = utfall_feed_text(&m->feed, m->column[0]);
    if (utfall_feed_check_id(&m->feed, m->column[0], id) != UTFALL_OK)
        return false;
    *status = utfall_roster_take(&m->roster, person, &is_new, id, m->feed.csv->line);
    if (*status == UTFALL_OK && !measured_grow(m))
        *status = UTFALL_E_NOMEM;
    return *status == UTFALL_OK;
}

/* ---- rows ---- */

static void value_put(struct measured *m, size_t which, size_t person, size_t column)
{
    const size_t place = which * m->room + person;
    if (m->lines[place] > 0) {
        (void)utfall_csv_report(m->feed.csv,
                                &(utfall_csv_fault){.code = UTFALL_E_CONFLICT,
                                                    .cell = m->feed.at[m->column[0]],
                                                    .field = "id",
                                                    .is_quoting = true,
                                                    .message = "has this value already",
                                                    .hint = "a person has one value",
                                                    .also_line = m->lines[place],
                                                    .also_message = "the first one is here"});
        return;
    }
    m->lines[place] = m->feed.csv->line;
    if (utfall_feed_text(&m->feed, column).len > 0) /* an empty cell is a missing value */
        m->values[place] = utfall_feed_number(&m->feed, column);
}

/* id, value; or id, occasion (1, 2), value */
static utfall_status level_row(struct measured *m)
{
    utfall_refusal refusal = {NULL, NULL};
    utfall_status status = UTFALL_OK, read = UTFALL_OK;
    int32_t occasion = 2;
    size_t person = 0;
    if (m->source->reached.is_change) {
        utfall_cell cell = utfall_feed_text(&m->feed, m->column[2]);
        read = utfall_cell_whole(&occasion, &refusal, 1, 2, cell.text, cell.len);
        if (read != UTFALL_OK)
            (void)utfall_feed_refuse(&m->feed, m->column[2], read,
                                     "is not an occasion: expected 1 or 2", refusal.hint);
    }
    if (person_take(m, &person, &status) && read == UTFALL_OK)
        value_put(m, (size_t)occasion - 1, person, m->column[1]);
    return status;
}

/* id, numerator, denominator */
static utfall_status rate_row(struct measured *m)
{
    utfall_status status = UTFALL_OK;
    size_t person = 0;
    if (!person_take(m, &person, &status))
        return status;
    value_put(m, 0, person, m->column[1]);
    if (m->lines[m->room + person] == 0)
        value_put(m, 1, person, m->column[2]);
    return UTFALL_OK;
}

/* id, validated */
static utfall_status claim_row(struct measured *m)
{
    utfall_status status = UTFALL_OK;
    int32_t is_validated = 0;
    size_t person = 0;
    const bool is_sound = utfall_feed_truth(&m->feed, &is_validated, m->column[1]) == UTFALL_OK;
    if (!person_take(m, &person, &status) || !is_sound)
        return status;
    m->claims[person] += is_validated != 0;
    m->refused += is_validated == 0;
    return UTFALL_OK;
}

static bool held_grow(struct measured *m)
{
    if (m->held_count < m->held_room)
        return true;
    const size_t room = m->held_room == 0 ? 256 : 2 * m->held_room;
    utfall_held *held = utfall_run_array(m->run, room, sizeof *held);
    if (held == NULL)
        return false;
    if (m->held_count > 0)
        memcpy(held, m->held, m->held_count * sizeof *held);
    m->held = held;
    m->held_room = room;
    return true;
}

/* id, month, held */
static utfall_status month_row(struct measured *m)
{
    utfall_refusal refusal = {NULL, NULL};
    utfall_status status = UTFALL_OK;
    utfall_month month = {0};
    int32_t is_held = 0;
    size_t person = 0;
    utfall_cell cell = utfall_feed_text(&m->feed, m->column[1]);
    utfall_status read = utfall_cell_month(&month, &refusal, cell.text, cell.len);
    if (read != UTFALL_OK)
        (void)utfall_feed_refuse(&m->feed, m->column[1], read, refusal.why, refusal.hint);
    const bool is_sound = utfall_feed_truth(&m->feed, &is_held, m->column[2]) == UTFALL_OK;
    if (!person_take(m, &person, &status) || read != UTFALL_OK || !is_sound)
        return status;
    if (!held_grow(m))
        return UTFALL_E_NOMEM;
    m->held[m->held_count++] = (utfall_held){person, month, is_held != 0};
    return UTFALL_OK;
}

/* ---- tables ---- */

static utfall_status row_read(struct measured *m)
{
    switch (m->source->kind) {
    case UTFALL_OUTCOME_REACHED:
    case UTFALL_OUTCOME_REDUCTION:
        return level_row(m);
    case UTFALL_OUTCOME_RATE:
        return rate_row(m);
    case UTFALL_OUTCOME_CLAIMS:
        return claim_row(m);
    case UTFALL_OUTCOME_MILESTONES:
        return month_row(m);
    case UTFALL_OUTCOME_STATED:
    case UTFALL_OUTCOME_SCHOOL_POINTS:
    case UTFALL_OUTCOME_SCALES:
        break;
    }
    return UTFALL_E_BUG;
}

static utfall_status table_read(struct measured *m, const utfall_contract *contract,
                                const utfall_table *table, const char *folder, utfall_input *input)
{
    utfall_feed_begin(&m->feed, m->run, contract, table);
    for (size_t i = 0; i < table->column_count && i < 4; i++)
        m->column[i] = utfall_feed_ask_field(&m->feed, table->columns[i].field);
    utfall_status status = utfall_roster_new(m->run, &m->roster, contract);
    if (status == UTFALL_OK)
        status = utfall_feed_open(&m->feed, folder);
    if (status != UTFALL_OK)
        return status;
    while (status == UTFALL_OK && utfall_feed_next(&m->feed))
        status = row_read(m);
    utfall_status closed = utfall_feed_close(&m->feed, input);
    return status == UTFALL_OK ? closed : status;
}

static int by_person_and_month(const void *a, const void *b)
{
    const utfall_held *left = a, *right = b;
    if (left->person != right->person)
        return left->person < right->person ? -1 : 1;
    return left->month.ordinal - right->month.ordinal;
}

static utfall_status held_sort(struct measured *m)
{
    if (m->held_count > 0)
        qsort(m->held, m->held_count, sizeof *m->held, by_person_and_month);
    for (size_t i = 1; i < m->held_count; i++) {
        if (by_person_and_month(&m->held[i - 1], &m->held[i]) != 0)
            continue;
        const char *id = utfall_text_short(m->run, m->roster.ids[m->held[i].person], 80);
        return utfall_feed_report(
            &m->feed, UTFALL_E_CONFLICT, UTFALL_ERROR,
            utfall_run_join(m->run, "has a month of \"", id, "\" twice", (const char *)NULL),
            "a person has one row a month");
    }
    return UTFALL_OK;
}

/* ---- the outcome ---- */

static utfall_status count(struct measured *m, struct measured *control, uint64_t absent,
                           utfall_outcome_result *out)
{
    const utfall_measured_source *source = m->source;
    const utfall_rat *const *first = (const utfall_rat *const *)m->values;
    const utfall_rat *const *last = m->room == 0 ? first : first + m->room;
    const size_t persons = m->roster.count;
    switch (source->kind) {
    case UTFALL_OUTCOME_REACHED:
        return utfall_reached_count(m->run, out, &source->reached, first, last, persons, absent);
    case UTFALL_OUTCOME_RATE:
        return utfall_rate_count(m->run, out, source->missing, first, last, persons, absent);
    case UTFALL_OUTCOME_REDUCTION: {
        const utfall_rat *const *compared = (const utfall_rat *const *)control->values;
        const utfall_reduction_side sides[2] = {
            {last, persons, absent},
            {control->room == 0 ? compared : compared + control->room, control->roster.count, 0}};
        return utfall_reduction_count(m->run, out, &source->reduction, &sides[0], &sides[1]);
    }
    case UTFALL_OUTCOME_CLAIMS:
        return utfall_claims_count(m->run, out, m->claims, persons, m->refused, source->limit);
    case UTFALL_OUTCOME_MILESTONES:
        return utfall_milestones_count(m->run, out, source->missing, source->months, m->held,
                                       m->held_count, persons, absent);
    case UTFALL_OUTCOME_STATED:
    case UTFALL_OUTCOME_SCHOOL_POINTS:
    case UTFALL_OUTCOME_SCALES:
        break;
    }
    return UTFALL_E_BUG;
}

/* Why the engine would not count, at the table's place in the contract, as the outcome's refusal.
 */
static utfall_status refuse_count(struct measured *m, utfall_status status,
                                  utfall_outcome_result *out)
{
    const bool is_rate = m->source->kind == UTFALL_OUTCOME_RATE;
    const char *message = NULL, *hint = NULL;
    if (status == UTFALL_E_MISSING) {
        message = "lacks values of people, and the contract refuses to settle";
        hint = "the outcome says `missing: refuse`";
    } else if (status == UTFALL_E_CONFLICT) {
        message = "compares fewer people than the minimum";
        hint = "the outcome says `too_few: refuse`";
    } else if (status == UTFALL_E_RANGE && utfall_run_failure(m->run) == UTFALL_OK) {
        message = is_rate ? "has denominators that add up to 0"
                          : "is compared with a control group whose mean is 0";
        hint = "there is nothing to divide by";
    } else {
        return status;
    }
    utfall_finding *refusal = utfall_run_alloc(m->run, sizeof *refusal);
    if (refusal == NULL)
        return UTFALL_E_NOMEM;
    *refusal = utfall_feed_finding(&m->feed, status, UTFALL_ERROR, message, hint);
    *out = (utfall_outcome_result){.refusal_count = 1, .refusals = refusal};
    return utfall_run_failure(m->run);
}

utfall_status utfall_measured_read(utfall_run *run, const utfall_contract *contract,
                                   const utfall_measured_source *source, const char *folder,
                                   const utfall_cohort *cohort, utfall_outcome_result *out,
                                   utfall_input inputs[2])
{
    struct measured target = {.run = run, .source = source};
    struct measured control = {.run = run, .source = source};
    utfall_status status = table_read(&target, contract, &source->table, folder, &inputs[0]);
    if (status == UTFALL_E_NOMEM)
        return status;
    if (target.feed.csv != NULL) { /* also when rows are at fault: strangers are told of too */
        utfall_status matched = utfall_roster_match(&target.roster, &target.feed, cohort);
        status = status == UTFALL_OK ? matched : status;
    }
    if (source->control.file != NULL) {
        utfall_status compared =
            table_read(&control, contract, &source->control, folder, &inputs[1]);
        status = status == UTFALL_OK ? compared : status;
    }
    if (status == UTFALL_OK)
        status = held_sort(&target);
    if (status == UTFALL_OK)
        status = utfall_run_failure(run);
    if (status != UTFALL_OK || cohort == NULL)
        return status;
    status = count(&target, &control, cohort->persons - target.roster.count, out);
    return status == UTFALL_OK ? status : refuse_count(&target, status, out);
}
