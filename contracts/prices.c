/* contracts/prices.c - the table of a price index. Input: rows in any order, each of a month
 * or of a whole year. Invariant: a month has at most one value, and every value is above 0; which
 * months are needed only the calculation knows. */
#include "contracts/tables.h"

#include <string.h>

enum { MONTH_FIRST = 1900 * 12, MONTH_END = 2200 * 12, MONTHS = MONTH_END - MONTH_FIRST };

struct price_table {
    utfall_feed *feed;
    size_t month, value;       /* columns */
    const utfall_rat **values; /* [calendar month] */
    uint32_t *lines;           /* the same; 0 = not there yet */
    size_t rows;
};

/* The months of a row, a year being all of its own; false when the cell is at fault. */
static bool months_read(struct price_table *t, size_t *first, size_t *count)
{
    utfall_refusal refusal = {NULL, NULL};
    utfall_month month = {0};
    utfall_cell cell = utfall_feed_text(t->feed, t->month);
    utfall_status read = utfall_cell_months(&month, count, &refusal, cell.text, cell.len);
    if (read != UTFALL_OK)
        (void)utfall_feed_refuse(t->feed, t->month, read, refusal.why, refusal.hint);
    *first = (size_t)(month.ordinal - MONTH_FIRST);
    return read == UTFALL_OK;
}

/* The value of a row; NULL when the cell is at fault, or when out of memory. */
static const utfall_rat *value_read(struct price_table *t)
{
    const utfall_rat *value = NULL;
    utfall_refusal refusal = {NULL, NULL};
    utfall_cell cell = utfall_feed_text(t->feed, t->value);
    utfall_status read = utfall_cell_price(t->feed->run, &value, &refusal, cell.text, cell.len,
                                           t->feed->table->decimal);
    if (read != UTFALL_OK && read != UTFALL_E_NOMEM)
        (void)utfall_feed_refuse(t->feed, t->value, read, refusal.why, refusal.hint);
    return value;
}

static void refuse_twice(struct price_table *t, bool is_year, uint32_t line)
{
    utfall_feed *feed = t->feed;
    (void)utfall_csv_report(
        feed->csv,
        &(utfall_csv_fault){.code = UTFALL_E_CONFLICT,
                            .cell = feed->at[t->month],
                            .field = feed->columns[t->month].field,
                            .is_quoting = true,
                            .message = is_year ? "is a year in which a month has a value already"
                                               : "is a month that has a value already",
                            .hint = "a month has one value, its own or that of its year",
                            .also_line = line,
                            .also_message = "the first one is here"});
}

static void price_row(struct price_table *t)
{
    size_t first = 0, count = 0;
    const bool has_months = months_read(t, &first, &count);
    const utfall_rat *value = value_read(t);
    for (size_t i = first; has_months && i < first + count; i++)
        if (t->lines[i] > 0) {
            refuse_twice(t, count > 1, t->lines[i]);
            return;
        }
    for (size_t i = first; has_months && i < first + count; i++) {
        t->lines[i] = t->feed->csv->line;
        t->values[i] = value;
    }
}

/* From the first month with a value to the last. */
static utfall_status values_cut(const struct price_table *t, const utfall_price_index **out)
{
    utfall_price_index *index = utfall_run_alloc(t->feed->run, sizeof *index);
    size_t first = 0, end = MONTHS;
    if (index == NULL)
        return UTFALL_E_NOMEM;
    while (end > 0 && t->values[end - 1] == NULL)
        end--;
    while (first < end && t->values[first] == NULL)
        first++;
    *index = (utfall_price_index){
        .first = {MONTH_FIRST + (int32_t)first}, .count = end - first, .values = t->values + first};
    *out = index;
    return UTFALL_OK;
}

utfall_status utfall_price_index_read(utfall_feed *feed, const char *folder,
                                      const utfall_price_index **out, utfall_input *input)
{
    utfall_run *run = feed->run;
    struct price_table t = {.feed = feed,
                            .month = utfall_feed_ask_field(feed, "month"),
                            .value = utfall_feed_ask_field(feed, "value"),
                            .values = utfall_run_array(run, MONTHS, sizeof *t.values),
                            .lines = utfall_run_array(run, MONTHS, sizeof *t.lines)};
    if (t.values == NULL || t.lines == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_feed_open(feed, folder);
    if (status != UTFALL_OK)
        return status;
    while (t.rows <= MONTHS && utfall_feed_next(feed)) {
        price_row(&t);
        t.rows++;
    }
    if (t.rows > MONTHS)
        (void)utfall_feed_report(feed, UTFALL_E_RANGE, UTFALL_ERROR,
                                 "has more than 3600 rows, one for each month of 1900 to 2199",
                                 "is it the table of the index?");
    status = utfall_feed_close(feed, input);
    if (status == UTFALL_OK && t.rows > MONTHS)
        status = UTFALL_E_RANGE;
    if (status == UTFALL_OK)
        status = utfall_run_failure(run);
    return status == UTFALL_OK ? values_cut(&t, out) : status;
}
