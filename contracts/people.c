/* contracts/people.c - a table of people: one row a person, with start and what they are grouped
 * by.
 *
 * Of people outside `where` only the id is read: it must be known, so that their cost rows are told
 * apart from those of strangers. A person whose row has a fault is known too, so that one slip in
 * this table does not make a fault of every row in the cost tables. */
#include "contracts/document.h"
#include "contracts/tables.h"

#include <string.h>

enum { STRETCHES_FIRST = 16 };

/* People who stand one below the other: the line of each is its number and `shift`, modulo 2^32. */
typedef struct stretch {
    uint32_t first, shift;
} stretch;

struct people {
    utfall_feed *feed;
    utfall_fold *fold;
    size_t id, start, exit, reason, attribute[UTFALL_FACTORS_MAX];
    size_t where[UTFALL_FEED_COLUMNS_MAX];
    bool *where_seen[UTFALL_FEED_COLUMNS_MAX]; /* [condition][value] */
    stretch *stretches;                        /* where people stand, from 0 on */
    size_t stretch_count, stretch_room;
    uint64_t selected, known; /* rows of the selected; rows whose person is in the fold */
};

static utfall_status columns_ask(struct people *people)
{
    utfall_feed *feed = people->feed;
    const utfall_contract *contract = feed->contract;
    people->id = utfall_feed_ask_field(feed, "id");
    people->start = utfall_feed_ask_field(feed, "start");
    if (feed->table->exit_count > 0)
        people->exit = utfall_feed_ask_field(feed, "exit");
    if (feed->table->has_reason)
        people->reason = utfall_feed_ask_field(feed, "exit_reason");
    for (size_t i = 0; i < contract->factor_count; i++)
        people->attribute[i] = utfall_feed_ask_field(feed, contract->factors[i].attribute);
    for (size_t i = 0; i < feed->table->where_count && i < UTFALL_FEED_COLUMNS_MAX; i++) {
        const utfall_where *where = &feed->table->where[i];
        people->where[i] = utfall_feed_ask(feed, where->column, where->column);
        people->where_seen[i] =
            utfall_run_array(feed->run, where->values.count, sizeof *people->where_seen[i]);
        if (people->where_seen[i] == NULL)
            return UTFALL_E_NOMEM;
    }
    return utfall_run_failure(feed->run);
}

static bool is_selected(struct people *people)
{
    bool all = true;
    for (size_t i = 0; i < people->feed->table->where_count; i++) {
        utfall_cell cell = utfall_feed_text(people->feed, people->where[i]);
        size_t word = utfall_cell_word(&people->feed->table->where[i].values, cell.text, cell.len);
        if (word == SIZE_MAX)
            all = false;
        else
            people->where_seen[i][word] = true;
    }
    return all;
}

/* ---- attributes ---- */

static bool is_age(const char *attribute)
{
    return strncmp(attribute, "age", 3) == 0 && (attribute[3] == '\0' || attribute[3] == '_');
}

static utfall_status whole_read(utfall_feed *feed, int32_t *out, size_t column, bool is_an_age)
{
    const int32_t least = is_an_age ? 0 : -UTFALL_CELL_WHOLE_MAX;
    const int32_t most = is_an_age ? UTFALL_CELL_AGE_MAX : UTFALL_CELL_WHOLE_MAX;
    utfall_cell cell = utfall_feed_text(feed, column);
    utfall_refusal refusal = {NULL, NULL};
    int32_t plain;
    if (utfall_cell_whole_plain(&plain, cell.text, cell.len) && plain <= most) {
        *out = plain;
        return UTFALL_OK;
    }
    utfall_status status = utfall_cell_whole(out, &refusal, least, most, cell.text, cell.len);
    if (status == UTFALL_E_RANGE)
        refusal.why = is_an_age ? "is not an age: expected 0 to 150 years"
                                : "is out of range: expected -1000000 to 1000000";
    return status == UTFALL_OK
               ? status
               : utfall_feed_refuse(feed, column, status, refusal.why, refusal.hint);
}

/* "a", "b" or "c" */
static const char *words_shown(utfall_run *run, const utfall_words *words)
{
    enum { SHOWN_WORDS_MAX = 12 };
    const char *list = "";
    for (size_t i = 0; i < words->count && i < SHOWN_WORDS_MAX && list != NULL; i++)
        list = utfall_run_join(run, list,
                               i == 0                  ? "\""
                               : i + 1 == words->count ? "\" or \""
                                                       : "\", \"",
                               words->word[i], (const char *)NULL);
    if (list == NULL || words->count == 0)
        return "nothing";
    list = utfall_run_join(run, list, words->count > SHOWN_WORDS_MAX ? "\" ..." : "\"",
                           (const char *)NULL);
    return list == NULL ? "" : list;
}

static utfall_status refuse_word(utfall_feed *feed, size_t column, const char *what,
                                 const utfall_words *words, const char *hint)
{
    const char *why = "";
    if (!utfall_csv_is_full(feed->csv))
        why = utfall_run_join(feed->run, what, words_shown(feed->run, words), (const char *)NULL);
    return utfall_feed_refuse(feed, column, UTFALL_E_SYNTAX, why == NULL ? "" : why, hint);
}

static utfall_status refuse_truth(utfall_feed *feed, size_t column)
{
    const utfall_words *yes = &feed->table->true_words, *no = &feed->table->false_words;
    utfall_words all = {0, NULL};
    const char **words = NULL;
    if (!utfall_csv_is_full(feed->csv))
        words = utfall_run_array(feed->run, yes->count + no->count, sizeof *words);
    for (size_t i = 0; words != NULL && i < yes->count + no->count; i++)
        words[i] = i < yes->count ? yes->word[i] : no->word[i - yes->count];
    if (words != NULL)
        all = (utfall_words){yes->count + no->count, words};
    return refuse_word(feed, column, "says neither yes nor no: expected ", &all,
                       "the contract declares the words of this table: `true: [...]` and "
                       "`false: [...]`");
}

utfall_status utfall_feed_truth(utfall_feed *feed, int32_t *out, size_t column)
{
    const utfall_table *table = feed->table;
    utfall_cell cell = utfall_feed_text(feed, column);
    bool is_true = utfall_cell_word(&table->true_words, cell.text, cell.len) != SIZE_MAX;
    if (!is_true && utfall_cell_word(&table->false_words, cell.text, cell.len) == SIZE_MAX)
        return refuse_truth(feed, column);
    *out = is_true;
    return UTFALL_OK;
}

static utfall_status attribute_read(struct people *people, int32_t *out, size_t i)
{
    utfall_feed *feed = people->feed;
    const utfall_factor *factor = &feed->contract->factors[i];
    size_t column = people->attribute[i];
    switch (factor->kind) {
    case UTFALL_FACTOR_CUTS:
        return whole_read(feed, out, column, is_age(factor->attribute));
    case UTFALL_FACTOR_EACH:
        return utfall_feed_truth(feed, out, column);
    case UTFALL_FACTOR_VALUES: {
        utfall_words words = {factor->count, factor->values};
        utfall_cell cell = utfall_feed_text(feed, column);
        size_t word = utfall_cell_word(&words, cell.text, cell.len);
        if (word == SIZE_MAX)
            return refuse_word(feed, column, "is not a value to group by: expected ", &words,
                               "every person belongs to a group: correct the cell, or list the "
                               "value under evaluation.groups");
        *out = (int32_t)word;
        return UTFALL_OK;
    }
    }
    return UTFALL_E_BUG;
}

/* ---- start and leaving ---- */

static utfall_status start_read(utfall_month *out, utfall_refusal *refusal, utfall_cell cell)
{
    return utfall_cell_start_plain(out, cell.text, cell.len)
               ? UTFALL_OK
               : utfall_cell_start(out, refusal, cell.text, cell.len);
}

static utfall_status refuse_reason(utfall_feed *feed, size_t column)
{
    const char *words[UTFALL_EXITS_MAX];
    const utfall_table *table = feed->table;
    for (size_t i = 0; i < table->exit_count; i++)
        words[i] = table->exits[i].word[0];
    const utfall_words all = {table->exit_count, words};
    return refuse_word(feed, column, "is not a reason for leaving: expected ", &all,
                       "list the reason under evaluation.exits, with what follows");
}

/* The reason in the row's cell, or the only one. SIZE_MAX after a fault. */
static size_t reason_read(struct people *people)
{
    utfall_feed *feed = people->feed;
    if (!feed->table->has_reason)
        return 0;
    const utfall_cell cell = utfall_feed_text(feed, people->reason);
    for (size_t i = 0; i < feed->table->exit_count; i++)
        if (utfall_cell_word(&feed->table->exits[i], cell.text, cell.len) != SIZE_MAX)
            return i;
    (void)refuse_reason(feed, people->reason);
    return SIZE_MAX;
}

/* After which intervention month the person of the row stops counting; 0 = never. */
static uint32_t exit_read(struct people *people, utfall_month start)
{
    utfall_feed *feed = people->feed;
    utfall_refusal refusal = {NULL, NULL};
    utfall_month month;
    if (feed->table->exit_count == 0)
        return 0;
    const utfall_cell cell = utfall_feed_text(feed, people->exit);
    if (cell.len == 0) {
        if (feed->table->has_reason && utfall_feed_text(feed, people->reason).len > 0)
            (void)utfall_feed_refuse(feed, people->reason, UTFALL_E_CONFLICT,
                                     "is a reason for leaving, but there is no date of it",
                                     "fill in the column exit too");
        return 0;
    }
    utfall_status read = start_read(&month, &refusal, cell);
    if (read != UTFALL_OK) {
        (void)utfall_feed_refuse(feed, people->exit, read, refusal.why, refusal.hint);
        return 0;
    }
    if (month.ordinal < start.ordinal) {
        (void)utfall_feed_refuse(feed, people->exit, UTFALL_E_CONFLICT,
                                 "is before the person's start", NULL);
        return 0;
    }
    const size_t reason = reason_read(people);
    if (reason == SIZE_MAX || feed->contract->exits[reason].rule == UTFALL_EXIT_CONTINUE)
        return 0;
    return (uint32_t)(month.ordinal - start.ordinal) + 1;
}

/* ---- lines ---- */

/* Note where person `number` stands, who comes after all others: as a rule a line below the one
 * before. */
static utfall_status line_note(struct people *people, size_t number)
{
    const uint32_t shift = people->feed->csv->line - (uint32_t)number;
    if (people->stretch_count > 0 && people->stretches[people->stretch_count - 1].shift == shift)
        return UTFALL_OK;
    if (people->stretch_count == people->stretch_room) {
        const size_t room = people->stretch_room == 0 ? STRETCHES_FIRST : 2 * people->stretch_room;
        stretch *grown = utfall_run_array(people->feed->run, room, sizeof *grown);
        if (grown == NULL)
            return UTFALL_E_NOMEM;
        if (people->stretch_count > 0)
            memcpy(grown, people->stretches, people->stretch_count * sizeof *grown);
        people->stretches = grown;
        people->stretch_room = room;
    }
    people->stretches[people->stretch_count++] = (stretch){(uint32_t)number, shift};
    return UTFALL_OK;
}

/* The line of somebody noted. */
static uint32_t line_of(const struct people *people, size_t number)
{
    size_t low = 0, high = people->stretch_count; /* the last that begins no later */
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (people->stretches[middle].first <= number)
            low = middle;
        else
            high = middle;
    }
    return people->stretches[low].shift + (uint32_t)number;
}

/* ---- rows ---- */

static utfall_status refuse_twice(struct people *people, size_t number)
{
    utfall_feed *feed = people->feed;
    return utfall_csv_report(
        feed->csv, &(utfall_csv_fault){.code = UTFALL_E_CONFLICT,
                                       .cell = feed->at[people->id],
                                       .field = feed->columns[people->id].field,
                                       .is_quoting = true,
                                       .message = "is the id of two rows",
                                       .hint = "a person has one row; give each its own id",
                                       .also_line = line_of(people, number),
                                       .also_message = "the first one is here"});
}

/* Read a row. Faults are reported; a status that is not UTFALL_OK means that reading cannot go on.
 */
static utfall_status row_read(struct people *people)
{
    utfall_feed *feed = people->feed;
    int32_t attributes[UTFALL_FACTORS_MAX] = {0};
    utfall_month start = utfall_month_of(1900, 1);
    utfall_refusal refusal = {NULL, NULL};
    utfall_cell id = utfall_feed_text(feed, people->id);
    if (utfall_feed_check_id(feed, people->id, id) != UTFALL_OK)
        return UTFALL_OK;
    bool is_in = is_selected(people);
    uint32_t left_after = 0;
    if (is_in) {
        utfall_cell cell = utfall_feed_text(feed, people->start);
        utfall_status read = start_read(&start, &refusal, cell);
        if (read != UTFALL_OK)
            (void)utfall_feed_refuse(feed, people->start, read, refusal.why, refusal.hint);
        else
            left_after = exit_read(people, start);
        for (size_t i = 0; i < feed->contract->factor_count; i++)
            if (attribute_read(people, &attributes[i], i) == UTFALL_E_BUG)
                return UTFALL_E_BUG;
    }
    people->selected += is_in;
    people->known++;
    size_t number = 0;
    utfall_status status =
        utfall_fold_person(people->fold, &number, id.text, id.len, start, attributes, is_in);
    if (status == UTFALL_E_CONFLICT) {
        (void)refuse_twice(people, number);
        return UTFALL_OK;
    }
    if (status == UTFALL_E_RANGE) {
        (void)utfall_feed_refuse(feed, people->id, status,
                                 "is one person more than a table may have", NULL);
        return status;
    }
    if (status == UTFALL_OK && left_after > 0)
        status = utfall_fold_leave(people->fold, number, left_after);
    return status == UTFALL_OK ? line_note(people, number) : status;
}

static void warn_unseen(const struct people *people)
{
    const utfall_feed *feed = people->feed;
    for (size_t i = 0; i < feed->table->where_count; i++) {
        const utfall_where *where = &feed->table->where[i];
        const char *path =
            utfall_run_join(feed->run, feed->table->path, ".where", (const char *)NULL);
        path = path == NULL ? NULL : utfall_path_join(feed->run, path, where->column);
        for (size_t k = 0; k < where->values.count && path != NULL; k++)
            if (!people->where_seen[i][k])
                utfall_warn_unseen(feed->run, feed->contract, path, &where->values, k);
    }
}

utfall_status utfall_people_read(utfall_feed *feed, const char *folder, utfall_fold *fold,
                                 bool *is_usable, utfall_input *out)
{
    struct people people = {.feed = feed, .fold = fold};
    *is_usable = false;
    utfall_status status = columns_ask(&people);
    if (status == UTFALL_OK)
        status = utfall_feed_open(feed, folder);
    if (status != UTFALL_OK)
        return status;
    while (status == UTFALL_OK && utfall_feed_next(feed))
        status = row_read(&people);
    utfall_status closed = utfall_feed_close(feed, out);
    *is_usable = status == UTFALL_OK && feed->csv->status == UTFALL_OK && people.known > 0 &&
                 people.known == feed->csv->rows;
    if (status == UTFALL_OK)
        status = closed;
    if (status != UTFALL_OK)
        return status;
    warn_unseen(&people);
    if (feed->csv->rows == 0)
        return utfall_feed_report(feed, UTFALL_E_MISSING, UTFALL_ERROR, "has nobody in it", NULL);
    if (people.selected == 0)
        return utfall_feed_report(feed, UTFALL_E_MISSING, UTFALL_ERROR,
                                  "has nobody that `where` selects",
                                  "is each value written as in the file?");
    return UTFALL_OK;
}
