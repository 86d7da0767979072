/* contracts/feed.c - from a table as the contract declares it to rows whose cells are known by
 * field.
 *
 * The first row holds the headings. Columns are found by heading, never by position; those nobody
 * asks for are passed over, since a system's export has many. Invariant: a row that comes out has a
 * cell for each heading. */
#include "contracts/feed.h"
#include "contracts/document.h"
#include "contracts/encoding.h"
#include "contracts/pseudonym.h"

#include <string.h>

const char *utfall_feed_path(utfall_run *run, const utfall_table *table, const char *folder)
{
    size_t len = strlen(folder);
    if (len == 0 || table->file[0] == '/')
        return table->file;
    return utfall_run_join(run, folder, folder[len - 1] == '/' ? "" : "/", table->file,
                           (const char *)NULL);
}

void utfall_feed_begin(utfall_feed *feed, utfall_run *run, const utfall_contract *contract,
                       const utfall_table *table)
{
    memset(feed, 0, sizeof *feed);
    feed->run = run;
    feed->contract = contract;
    feed->table = table;
}

size_t utfall_feed_ask(utfall_feed *feed, const char *field, const char *heading)
{
    for (size_t i = 0; i < feed->count; i++)
        if (strcmp(feed->columns[i].field, field) == 0 &&
            strcmp(feed->columns[i].heading, heading) == 0)
            return i;
    if (feed->count == UTFALL_FEED_COLUMNS_MAX) {
        utfall_run_fail(feed->run, UTFALL_E_BUG);
        return 0;
    }
    feed->columns[feed->count] = (utfall_column){field, heading};
    return feed->count++;
}

size_t utfall_feed_ask_field(utfall_feed *feed, const char *field)
{
    const char *heading = field;
    for (size_t i = 0; i < feed->table->column_count; i++)
        if (strcmp(feed->table->columns[i].field, field) == 0)
            heading = feed->table->columns[i].heading;
    size_t column = utfall_feed_ask(feed, field, heading);
    feed->is_field[column] = true;
    return column;
}

utfall_finding utfall_feed_finding(utfall_feed *feed, utfall_status code, utfall_severity severity,
                                   const char *message, const char *hint)
{
    const utfall_table *table = feed->table;
    const char *path = utfall_run_join(feed->run, table->path, ".file", (const char *)NULL);
    return (utfall_finding){
        .code = code,
        .severity = severity,
        .at = utfall_contract_loc(feed->contract, path == NULL ? "" : path),
        .path = path,
        .message = utfall_run_join(feed->run, "\"", utfall_text_short(feed->run, table->file, 80),
                                   "\" ", message, (const char *)NULL),
        .hint = hint};
}

utfall_status utfall_feed_report(utfall_feed *feed, utfall_status code, utfall_severity severity,
                                 const char *message, const char *hint)
{
    const utfall_finding finding = utfall_feed_finding(feed, code, severity, message, hint);
    return utfall_run_report(feed->run, &finding);
}

/* ---- headings ---- */

static bool is_heading(utfall_feed *feed, size_t cell, const char *heading)
{
    utfall_cell text = utfall_csv_utf8(feed->csv, utfall_csv_cell(feed->csv, cell));
    return text.len == strlen(heading) && memcmp(text.text, heading, text.len) == 0;
}

/* "id", "month", ... and 3 more */
static const char *headings_list(utfall_feed *feed)
{
    enum { LISTED_MAX = 12 };
    utfall_csv *csv = feed->csv;
    const char *list = utfall_csv_quoted(csv, csv->cells[0]);
    for (size_t i = 1; i < csv->count && i < LISTED_MAX && list != NULL; i++)
        list = utfall_run_join(feed->run, list, ", ", utfall_csv_quoted(csv, csv->cells[i]),
                               (const char *)NULL);
    if (csv->count > LISTED_MAX && list != NULL) {
        const char *more = utfall_run_decimal(feed->run, (int64_t)(csv->count - LISTED_MAX));
        list = utfall_run_join(feed->run, list, " and ", more == NULL ? "" : more, " more",
                               (const char *)NULL);
    }
    return list == NULL ? "" : list;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The heading that is `wanted` but for capitals; NULL when there is none that can be shown. */
static const char *heading_like(utfall_feed *feed, const char *wanted)
{
    for (size_t i = 0; i < feed->csv->count; i++) {
        const utfall_cell text = utfall_csv_utf8(feed->csv, utfall_csv_cell(feed->csv, i));
        size_t same = 0;
        while (same < text.len && wanted[same] != '\0' &&
               lower(text.text[same]) == lower(wanted[same]))
            same++;
        if (same == text.len && wanted[same] == '\0')
            return utfall_run_text(feed->run, text.text, text.len);
    }
    return NULL;
}

/* Hint for headings that differ from those wanted in capitals only; NULL when none does. */
static const char *capitals_hint(utfall_feed *feed)
{
    const char *pairs = NULL, *like = NULL, *wanted = NULL;
    for (size_t i = 0; i < feed->count; i++) {
        const utfall_column *column = &feed->columns[i];
        const char *found =
            feed->at[i] < 0 && feed->is_field[i] ? heading_like(feed, column->heading) : NULL;
        if (found == NULL)
            continue;
        wanted = wanted == NULL ? column->heading : wanted;
        like = like == NULL ? found : like;
        pairs = utfall_run_join(feed->run, pairs == NULL ? "" : pairs, pairs == NULL ? "" : ", ",
                                column->field, ": ", found, (const char *)NULL);
    }
    if (pairs == NULL)
        return NULL;
    return utfall_run_join(feed->run, "did you mean \"", wanted, "\"? the file has \"", like,
                           "\": write the heading as expected, or name the file's own in the "
                           "contract: `columns: {",
                           pairs, "}`", (const char *)NULL);
}

static const char *missing_hint(utfall_feed *feed, size_t first, size_t missing)
{
    const utfall_column *column = &feed->columns[first];
    const char mark[2] = {feed->table->separator, '\0'};
    if (feed->csv->count == 1 && feed->count > 1)
        return utfall_run_join(feed->run, "the line has no ", mark[0] == '\t' ? "tab" : "\"",
                               mark[0] == '\t' ? "" : mark, mark[0] == '\t' ? "" : "\"",
                               " in it: declare `separator` as the file has it",
                               (const char *)NULL);
    const char *capitals = capitals_hint(feed);
    if (capitals != NULL)
        return capitals;
    if (missing == feed->count)
        return "the first line must hold the headings";
    if (!feed->is_field[first] || strcmp(column->field, column->heading) != 0)
        return "write the heading in the contract exactly as in the file";
    return utfall_run_join(feed->run, "name the file's own heading in the contract: `columns: {",
                           column->field, ": ...}`", (const char *)NULL);
}

/* One finding for all headings that are missing. */
static void refuse_missing(utfall_feed *feed)
{
    size_t missing = 0, first = 0;
    const char *list = "";
    for (size_t i = 0; i < feed->count && list != NULL; i++) {
        if (feed->at[i] >= 0)
            continue;
        if (missing++ == 0)
            first = i;
        list = utfall_run_join(feed->run, list, missing > 1 ? ", \"" : "\"",
                               feed->columns[i].heading, "\"", (const char *)NULL);
    }
    if (missing == 0)
        return;
    const char *message =
        utfall_run_join(feed->run, "no column has the heading ", list == NULL ? "" : list,
                        "; the headings are ", headings_list(feed), (const char *)NULL);
    (void)utfall_csv_report(feed->csv,
                            &(utfall_csv_fault){.code = UTFALL_E_SCHEMA,
                                                .cell = UTFALL_CSV_WHOLE_ROW,
                                                .field = feed->columns[first].field,
                                                .message = message,
                                                .hint = missing_hint(feed, first, missing)});
}

static void column_find(utfall_feed *feed, size_t number)
{
    const utfall_column *column = &feed->columns[number];
    feed->at[number] = -1;
    for (size_t i = 0; i < feed->csv->count; i++) {
        if (!is_heading(feed, i, column->heading))
            continue;
        if (feed->at[number] >= 0) {
            (void)utfall_csv_report(feed->csv,
                                    &(utfall_csv_fault){.code = UTFALL_E_CONFLICT,
                                                        .cell = (int)i,
                                                        .field = column->field,
                                                        .is_quoting = true,
                                                        .message = "is the heading of two columns",
                                                        .hint = "rename one of them in the file"});
            return;
        }
        feed->at[number] = (int)i;
    }
}

static utfall_status headings_read(utfall_feed *feed)
{
    utfall_csv *csv = feed->csv;
    bool is_there = utfall_csv_headings(csv);
    csv->rows = 0; /* the headings are not a row of the table */
    if (!is_there) {
        if (csv->fault == UTFALL_OK)
            return utfall_feed_report(feed, UTFALL_E_SCHEMA, UTFALL_ERROR,
                                      "is empty: expected a line of headings", NULL);
        return csv->fault;
    }
    if (csv->cells[0].len >= 4 && memcmp(csv->cells[0].text, "sep=", 4) == 0)
        return utfall_csv_report(
            csv, &(utfall_csv_fault){.code = UTFALL_E_SYNTAX,
                                     .cell = UTFALL_CSV_WHOLE_ROW,
                                     .message = "the first line is a note to Excel, not headings",
                                     .hint = "remove the line"});
    feed->width = csv->count;
    for (size_t i = 0; i < feed->count; i++)
        column_find(feed, i);
    refuse_missing(feed);
    return csv->fault;
}

utfall_status utfall_feed_open(utfall_feed *feed, const char *folder)
{
    const utfall_table *table = feed->table;
    const char *path = utfall_feed_path(feed->run, table, folder), *reason = NULL;
    if (path == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status =
        utfall_source_open(feed->run, &feed->source, &reason, path, UTFALL_SOURCE_BYTES_MAX);
    if (status != UTFALL_OK)
        return utfall_feed_report(feed, status, UTFALL_ERROR, reason,
                                  "file names start from the folder of the contract");
    status = utfall_csv_open(feed->run, &feed->csv, feed->source, path, table->role,
                             table->separator, table->encoding);
    if (status == UTFALL_OK)
        status = headings_read(feed);
    utfall_input unused;
    if (status != UTFALL_OK && utfall_source_close(feed->source, &unused) != UTFALL_OK)
        return UTFALL_E_BUG;
    return status;
}

/* ---- rows ---- */

static void refuse_ragged(utfall_feed *feed)
{
    utfall_csv *csv = feed->csv;
    utfall_csv_fault fault = {.code = UTFALL_E_SCHEMA, .cell = UTFALL_CSV_WHOLE_ROW, .message = ""};
    if (!utfall_csv_is_full(csv)) {
        const char *cells = utfall_run_decimal(feed->run, (int64_t)csv->count);
        const char *headings = utfall_run_decimal(feed->run, (int64_t)feed->width);
        fault.message = utfall_run_join(feed->run, "the row has ", cells == NULL ? "" : cells,
                                        csv->count == 1 ? " cell" : " cells", ", the headings are ",
                                        headings == NULL ? "" : headings, (const char *)NULL);
        fault.hint = csv->count > feed->width
                         ? "a cell that holds the separator itself must stand in quotation marks"
                         : "is the row cut off, or is it a note that belongs elsewhere?";
    }
    (void)utfall_csv_report(csv, &fault);
}

static void refuse_hollow(utfall_feed *feed)
{
    (void)utfall_csv_report(feed->csv,
                            &(utfall_csv_fault){.code = UTFALL_E_SCHEMA,
                                                .cell = UTFALL_CSV_WHOLE_ROW,
                                                .message = "the row has only empty cells",
                                                .hint = "remove it"});
}

bool utfall_feed_next(utfall_feed *feed)
{
    utfall_csv *csv = feed->csv;
    while (utfall_csv_next(csv)) {
        if (csv->count != feed->width)
            refuse_ragged(feed);
        else if (csv->row_len + 1 == csv->count)
            refuse_hollow(feed);
        else
            return true;
    }
    return false;
}

utfall_status utfall_feed_refuse(utfall_feed *feed, size_t column, utfall_status code,
                                 const char *why, const char *hint)
{
    return utfall_csv_report(feed->csv, &(utfall_csv_fault){.code = code,
                                                            .cell = feed->at[column],
                                                            .field = feed->columns[column].field,
                                                            .is_quoting = true,
                                                            .message = why,
                                                            .hint = hint});
}

utfall_status utfall_feed_check_id(utfall_feed *feed, size_t column, utfall_cell id)
{
    if (id.len == 0)
        return utfall_feed_refuse(feed, column, UTFALL_E_MISSING, "is not an id", NULL);
    if (utfall_pseudonym_is_personal(id.text, id.len))
        return utfall_feed_refuse(
            feed, column, UTFALL_E_SYNTAX,
            "is written as a personal identity number (personnummer), and a pseudonym is "
            "expected",
            "replace it by a pseudonym in all tables before they leave the register");
    if (utfall_cell_is_formula(id.text, id.len))
        return utfall_feed_refuse(feed, column, UTFALL_E_SYNTAX,
                                  "is not an id: it begins as a formula",
                                  "begin ids with a letter or a digit");
    if (feed->csv->is_quoted && memchr(id.text, '\n', id.len) != NULL)
        return utfall_feed_refuse(feed, column, UTFALL_E_SYNTAX,
                                  "is not an id: it goes over two lines", NULL);
    return UTFALL_OK;
}

utfall_status utfall_feed_close(utfall_feed *feed, utfall_input *out)
{
    utfall_input input = {.name = feed->table->file, .role = feed->table->role};
    utfall_status status = utfall_source_close(feed->source, &input);
    if (status != UTFALL_OK)
        return status;
    input.rows = feed->csv->rows;
    *out = input;
    return feed->csv->fault;
}
