/* contracts/costs.c - a table of costs: a row is split, read, classed, added and forgotten.
 *
 * This is where the many rows pass. Those that are as rows should be are read in chunks, by one
 * thread or several (plain.c, crew.c); this file reads the others, in the order of the file, and
 * reports what is wrong with them. Values are compared as bytes in the file's own encoding; only
 * what is unusual is decoded. Invariant: a row is added as a whole or reported, and both readings
 * add the same. */
#include "contracts/crew.h"
#include "contracts/document.h"
#include "contracts/encoding.h"
#include "contracts/tables.h"

#include <string.h>

/* A cell met before; at most KEPT_MAX bytes. */
enum { KEPT_MAX = 64 };
typedef struct kept {
    size_t len; /* SIZE_MAX = nothing kept */
    char text[KEPT_MAX];
} kept;

static bool is_kept(const kept *last, utfall_cell cell)
{
    return last->len == cell.len && utfall_is_same(last->text, cell.text, cell.len);
}

static void keep(kept *last, utfall_cell cell)
{
    last->len = SIZE_MAX;
    if (cell.len > KEPT_MAX)
        return;
    memcpy(last->text, cell.text, cell.len);
    last->len = cell.len;
}

struct costs {
    utfall_feed *feed;
    utfall_fold *fold;
    const char *people; /* file name of their table */
    size_t id, month, amount;
    utfall_plan plan;
    const utfall_seen *seen;
    kept last_id, last_month;
    size_t last_person;
    utfall_month last_month_read;
    uint64_t late;        /* rows after plan.through */
    uint32_t late_line;   /* of the first */
    utfall_status status; /* other than of a row at fault */
};

/* ---- the lists of evaluation.counts ---- */

static utfall_status list_make(struct costs *costs, size_t i, const utfall_where *counts)
{
    utfall_feed *feed = costs->feed;
    utfall_list *list = &costs->plan.lists[i];
    utfall_cell *words = utfall_run_array(feed->run, counts->values.count, sizeof *words);
    list->cell =
        utfall_feed_ask_field(feed, counts->column); /* its column until the file is open */
    list->count = counts->values.count;
    list->seen = costs->seen->value[i];
    list->words = words;
    if (words == NULL)
        return UTFALL_E_NOMEM;
    for (size_t k = 0; k < list->count; k++) {
        const char *word = counts->values.word[k], *bytes = NULL;
        size_t len = 0;
        words[k].len = SIZE_MAX; /* a word that the file's encoding cannot spell is in no cell */
        if (utfall_encoding_encode(feed->run, &bytes, &len, feed->table->encoding, word,
                                   strlen(word)))
            words[k] = (utfall_cell){bytes, len};
    }
    return utfall_run_failure(feed->run);
}

static bool list_holds(utfall_list *list, utfall_cell cell)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->words[i].len == cell.len &&
            utfall_is_same(list->words[i].text, cell.text, cell.len)) {
            list->seen[i] = true;
            return true;
        }
    return false;
}

static bool is_counted(struct costs *costs)
{
    bool all = true;
    for (size_t i = 0; i < costs->plan.list_count; i++) {
        utfall_list *list = &costs->plan.lists[i];
        all &= list_holds(list, utfall_csv_cell(costs->feed->csv, list->cell));
    }
    return all;
}

/* ---- rows ---- */

static void refuse_stranger(struct costs *costs)
{
    utfall_feed *feed = costs->feed;
    const char *why = "";
    if (!utfall_csv_is_full(feed->csv))
        why = utfall_run_join(feed->run, "is nobody in \"",
                              utfall_text_short(feed->run, costs->people, 80), "\"",
                              (const char *)NULL);
    (void)utfall_feed_refuse(
        feed, costs->id, UTFALL_E_CONFLICT, why == NULL ? "" : why,
        "add the person there, or write `unknown: count` for this table in the "
        "contract to count such rows without using them");
}

/* Find the person of a row; false when the row is at fault. */
static bool person_find(struct costs *costs, utfall_cell raw)
{
    utfall_feed *feed = costs->feed;
    utfall_cell id = utfall_csv_utf8(feed->csv, raw);
    size_t person = utfall_fold_find(costs->fold, id.text, id.len);
    costs->last_id.len = SIZE_MAX;
    if (person == SIZE_MAX) {
        if (utfall_feed_check_id(feed, costs->id, id) != UTFALL_OK)
            return false;
        if (costs->plan.refuses_unknown) {
            refuse_stranger(costs);
            return false;
        }
    }
    costs->last_person = person;
    keep(&costs->last_id, raw);
    return true;
}

static bool month_read(struct costs *costs, utfall_cell cell)
{
    utfall_feed *feed = costs->feed;
    utfall_month month;
    costs->last_month.len = SIZE_MAX;
    if (!utfall_cell_month_plain(&month, cell.text, cell.len)) {
        utfall_refusal refusal = {NULL, NULL};
        utfall_cell text = utfall_csv_utf8(feed->csv, cell);
        utfall_status status = utfall_cell_month(&month, &refusal, text.text, text.len);
        if (status != UTFALL_OK) {
            (void)utfall_feed_refuse(feed, costs->month, status, refusal.why, refusal.hint);
            return false;
        }
    }
    costs->last_month_read = month;
    keep(&costs->last_month, cell);
    return true;
}

/* Rows after plan.through, the first of them on `line`. */
static void late_add(struct costs *costs, uint64_t rows, uint32_t line)
{
    if (rows > 0 && (costs->late == 0 || line < costs->late_line))
        costs->late_line = line;
    costs->late += rows;
}

static void warn_late(struct costs *costs)
{
    utfall_feed *feed = costs->feed;
    char month[8];
    utfall_month_text(month, costs->plan.through);
    const char *count = utfall_run_decimal(feed->run, (int64_t)costs->late);
    utfall_finding finding =
        utfall_feed_finding(feed, UTFALL_E_CONFLICT, UTFALL_WARNING, "",
                            "is target_group.data_through the last month that the tables reach?");
    finding.path = "costs.month";
    finding.at = (utfall_loc){.file = feed->csv->file, .line = costs->late_line};
    finding.message = utfall_run_join(
        feed->run, count == NULL ? "" : count, costs->late == 1 ? " row lies" : " rows lie",
        " after data_through ", month, costs->late == 1 ? "" : ", the first of them here",
        ": no cost after it is settled", (const char *)NULL);
    finding.also = utfall_contract_loc(feed->contract, "target_group.data_through");
    finding.also_message = "data_through is here";
    (void)utfall_run_report(feed->run, &finding);
}

static inline utfall_status row_read(struct costs *costs)
{
    utfall_feed *feed = costs->feed;
    utfall_cell id = utfall_feed_cell(feed, costs->id);
    utfall_cell month = utfall_feed_cell(feed, costs->month);
    utfall_cell amount = utfall_feed_cell(feed, costs->amount);
    utfall_money money = {0};
    utfall_class class;
    bool is_sound = is_kept(&costs->last_id, id) || person_find(costs, id);
    is_sound &= is_kept(&costs->last_month, month) || month_read(costs, month);
    bool counts = is_counted(costs);
    if (!utfall_cell_amount_plain(&money.minor, amount.text, amount.len, costs->plan.decimal))
        is_sound &= utfall_feed_amount(feed, &money, costs->amount) == UTFALL_OK;
    if (!is_sound)
        return UTFALL_OK;
    utfall_status status = utfall_fold_row(costs->fold, &class, costs->last_person,
                                           costs->last_month_read, counts, money);
    if (status == UTFALL_E_RANGE)
        return utfall_feed_refuse(feed, costs->amount, status,
                                  "makes a sum of costs too large to be counted", NULL);
    if (costs->last_month_read.ordinal > costs->plan.through.ordinal)
        late_add(costs, 1, feed->csv->line);
    return status;
}

/* ---- chunks ---- */

static bool take_odd(void *context, char *text, const utfall_odd *odd, uint32_t line)
{
    struct costs *costs = context;
    utfall_csv_look(costs->feed->csv, text + odd->at, odd->len, line + odd->line);
    while (costs->status == UTFALL_OK && utfall_feed_next(costs->feed))
        costs->status = row_read(costs);
    return costs->status == UTFALL_OK && costs->feed->csv->status == UTFALL_OK;
}

static void take_seen(void *context, const utfall_plain *plain)
{
    struct costs *costs = context;
    for (size_t i = 0; i < costs->plan.list_count; i++)
        for (size_t k = 0; k < costs->plan.lists[i].count; k++)
            costs->seen->value[i][k] |= plain->plan.lists[i].seen[k];
}

static utfall_status readers_make(struct costs *costs, utfall_plain **readers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        readers[i] = utfall_plain_new(costs->feed->run, &costs->plan, costs->fold);
        if (readers[i] == NULL)
            return UTFALL_E_NOMEM;
    }
    return UTFALL_OK;
}

/* Read what can be read in chunks: as a rule the whole table. */
static utfall_status chunks_read(struct costs *costs, utfall_hands *hands)
{
    utfall_feed *feed = costs->feed;
    utfall_csv *csv = feed->csv;
    utfall_plain *readers[UTFALL_HANDS_MAX];
    utfall_chunk first;
    utfall_crew_end end;
    const utfall_crew_order order = {costs, take_odd, take_seen};
    uint64_t blocks = utfall_source_size(feed->source) / UTFALL_SOURCE_BLOCK;
    size_t count = hands->threads;
    if (blocks / 4 < count) /* a thread for less than a megabyte is not worth its start */
        count = blocks < 4 ? 1 : (size_t)(blocks / 4);
    utfall_status status = readers_make(costs, readers, count);
    if (status == UTFALL_OK)
        status =
            utfall_source_widen(feed->source, &first, utfall_crew_ring(count),
                                csv->text + csv->next, csv->text_len - csv->next, csv->is_last);
    if (status != UTFALL_OK)
        return status;
    utfall_plain_try(readers[0], first.text, first.len);
    utfall_crew_read(&end, hands, feed->source, &first, csv->next_line, readers, count, &order);
    for (size_t i = 0; i < count; i++)
        utfall_plain_end(readers[i]);
    csv->rows += end.rows;
    late_add(costs, end.late, end.late_line);
    if (end.is_cut) {
        utfall_source_resume(feed->source, &end.chunk);
        utfall_csv_resume(csv, &end.chunk, end.at, end.line);
    } else if (!end.is_ended) {
        utfall_csv_finish(csv, end.status, end.reason);
    }
    return costs->status;
}

static utfall_status costs_open(struct costs *costs, const char *folder,
                                const utfall_sources *sources)
{
    utfall_feed *feed = costs->feed;
    costs->last_id.len = costs->last_month.len = SIZE_MAX;
    costs->id = utfall_feed_ask_field(feed, "id");
    costs->month = utfall_feed_ask_field(feed, "month");
    costs->amount = utfall_feed_ask_field(feed, "amount");
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < costs->plan.list_count && status == UTFALL_OK; i++)
        status = list_make(costs, i, &sources->counts[i]);
    if (status == UTFALL_OK)
        status = utfall_feed_open(feed, folder);
    if (status != UTFALL_OK)
        return status;
    costs->plan.width = feed->width;
    costs->plan.id = (size_t)feed->at[costs->id];
    costs->plan.month = (size_t)feed->at[costs->month];
    costs->plan.amount = (size_t)feed->at[costs->amount];
    for (size_t i = 0; i < costs->plan.list_count; i++)
        costs->plan.lists[i].cell = (size_t)feed->at[costs->plan.lists[i].cell];
    return UTFALL_OK;
}

utfall_status utfall_costs_read(utfall_feed *feed, const char *folder, utfall_fold *fold,
                                const utfall_sources *sources, const utfall_table *people,
                                bool is_known, const utfall_seen *seen, utfall_hands *hands,
                                utfall_input *out)
{
    struct costs costs = {
        .feed = feed,
        .fold = fold,
        .people = people->file,
        .seen = seen,
        .plan = {.separator = feed->table->separator,
                 .decimal = feed->table->decimal,
                 .encoding = feed->table->encoding,
                 .through = people == &sources->people ? feed->contract->data_through
                                                       : (utfall_month){INT32_MAX},
                 .refuses_unknown = is_known && feed->table->unknown == UTFALL_UNKNOWN_REFUSE,
                 .list_count = sources->count_count}};
    if (sources->count_count > UTFALL_LISTS_MAX)
        return UTFALL_E_BUG;
    utfall_status status = costs_open(&costs, folder, sources);
    if (status != UTFALL_OK)
        return status;
    status = chunks_read(&costs, hands);
    while (status == UTFALL_OK && utfall_feed_next(feed))
        status = row_read(&costs);
    utfall_status closed = utfall_feed_close(feed, out);
    status = status == UTFALL_OK ? closed : status;
    if (status == UTFALL_OK && feed->csv->rows == 0)
        (void)utfall_feed_report(feed, UTFALL_E_MISSING, UTFALL_WARNING,
                                 "has no rows: it adds no cost", NULL);
    if (status == UTFALL_OK && costs.late > 0)
        warn_late(&costs);
    return status;
}
