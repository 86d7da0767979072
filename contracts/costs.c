/* contracts/costs.c - a table of costs: a row is split, read, classed, added and forgotten.
 *
 * This is where the many rows pass. Most rows repeat the person, month and category of the row
 * before, so the last decision of each kind is kept with the bytes it was made for. Values are
 * compared as bytes in the file's own encoding; only what is unusual is decoded. Invariant: a row
 * is added as a whole or reported. */
#include "contracts/document.h"
#include "contracts/encoding.h"
#include "contracts/tables.h"

#include <string.h>

enum { LISTS_MAX = 2, KEPT_MAX = 64 }; /* source and category; bytes of a text kept */

/* A cell met before, and what it meant. */
struct kept {
    size_t len; /* SIZE_MAX = nothing kept */
    char text[KEPT_MAX];
};

/* A list of evaluation.counts, in the file's encoding. */
struct list {
    size_t column, count;
    utfall_cell *words;
    bool *seen;
    struct kept last;
    bool last_counts;
};

struct costs {
    utfall_feed *feed;
    utfall_fold *fold;
    bool refuses_unknown;
    const char *people; /* file name of their table */
    size_t id, month, amount;
    char decimal;
    size_t list_count;
    struct list lists[LISTS_MAX];
    struct kept last_id, last_month;
    size_t last_person;
    utfall_month last_month_read;
};

static inline bool is_kept(const struct kept *kept, utfall_cell cell)
{
    return kept->len == cell.len && utfall_is_same(kept->text, cell.text, cell.len);
}

static inline void keep(struct kept *kept, utfall_cell cell)
{
    kept->len = SIZE_MAX;
    if (cell.len > KEPT_MAX)
        return;
    memcpy(kept->text, cell.text, cell.len);
    kept->len = cell.len;
}

/* ---- the lists of evaluation.counts ---- */

static utfall_status list_make(struct costs *costs, struct list *list, const utfall_where *counts,
                               bool *seen)
{
    utfall_feed *feed = costs->feed;
    list->column = utfall_feed_ask_field(feed, counts->column);
    list->count = counts->values.count;
    list->seen = seen;
    list->last.len = SIZE_MAX;
    list->words = utfall_run_array(feed->run, list->count, sizeof *list->words);
    if (list->words == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < list->count; i++) {
        const char *word = counts->values.word[i], *bytes = NULL;
        size_t len = 0;
        list->words[i].len =
            SIZE_MAX; /* a word that the file's encoding cannot spell is in no cell */
        if (utfall_encoding_encode(feed->run, &bytes, &len, feed->table->encoding, word,
                                   strlen(word)))
            list->words[i] = (utfall_cell){bytes, len};
    }
    return utfall_run_failure(feed->run);
}

static bool list_decide(struct list *list, utfall_cell cell)
{
    bool counts = false;
    for (size_t i = 0; i < list->count && !counts; i++) {
        counts = list->words[i].len == cell.len &&
                 utfall_is_same(list->words[i].text, cell.text, cell.len);
        if (counts)
            list->seen[i] = true;
    }
    keep(&list->last, cell);
    list->last_counts = counts;
    return counts;
}

static inline bool is_counted(struct costs *costs)
{
    bool all = true;
    for (size_t i = 0; i < costs->list_count; i++) {
        struct list *list = &costs->lists[i];
        utfall_cell cell = utfall_feed_cell(costs->feed, list->column);
        all &= is_kept(&list->last, cell) ? list->last_counts : list_decide(list, cell);
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
        if (costs->refuses_unknown) {
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
    if (!utfall_cell_amount_plain(&money.minor, amount.text, amount.len, costs->decimal))
        is_sound &= utfall_feed_amount(feed, &money, costs->amount) == UTFALL_OK;
    if (!is_sound)
        return UTFALL_OK;
    utfall_status status = utfall_fold_row(costs->fold, &class, costs->last_person,
                                           costs->last_month_read, counts, money);
    if (status == UTFALL_E_RANGE)
        return utfall_feed_refuse(feed, costs->amount, status,
                                  "makes a sum of costs too large to be counted", NULL);
    return status;
}

utfall_status utfall_costs_read(utfall_feed *feed, const char *folder, utfall_fold *fold,
                                const utfall_sources *sources, const utfall_table *people,
                                bool is_known, const utfall_seen *seen, utfall_input *out)
{
    struct costs costs = {.feed = feed,
                          .fold = fold,
                          .decimal = feed->table->decimal,
                          .people = people->file,
                          .refuses_unknown =
                              is_known && feed->table->unknown == UTFALL_UNKNOWN_REFUSE,
                          .list_count = sources->count_count};
    if (costs.list_count > LISTS_MAX)
        return UTFALL_E_BUG;
    costs.last_id.len = costs.last_month.len = SIZE_MAX;
    costs.id = utfall_feed_ask_field(feed, "id");
    costs.month = utfall_feed_ask_field(feed, "month");
    costs.amount = utfall_feed_ask_field(feed, "amount");
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < costs.list_count && status == UTFALL_OK; i++)
        status = list_make(&costs, &costs.lists[i], &sources->counts[i], seen->value[i]);
    if (status == UTFALL_OK)
        status = utfall_feed_open(feed, folder);
    if (status != UTFALL_OK)
        return status;
    while (status == UTFALL_OK && utfall_feed_next(feed))
        status = row_read(&costs);
    utfall_status closed = utfall_feed_close(feed, out);
    status = status == UTFALL_OK ? closed : status;
    if (status == UTFALL_OK && feed->csv->rows == 0)
        (void)utfall_feed_report(feed, UTFALL_E_MISSING, UTFALL_WARNING,
                                 "has no rows: it adds no cost", NULL);
    return status;
}
