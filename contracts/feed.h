/* contracts/feed.h - one table of the contract being read: its file, its headings, its rows;
 * private to contracts/. */
#ifndef UTFALL_FEED_H
#define UTFALL_FEED_H
#include "contracts/cell.h"
#include "contracts/csv.h"

enum { UTFALL_FEED_COLUMNS_MAX = 64 }; /* that one table is asked for */

typedef struct utfall_feed {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_table *table;
    utfall_source *source;
    utfall_csv *csv;
    size_t width; /* cells that each row must have */
    size_t count; /* columns asked for */
    utfall_column columns[UTFALL_FEED_COLUMNS_MAX];
    bool is_field[UTFALL_FEED_COLUMNS_MAX]; /* the heading can be declared under `columns` */
    int at[UTFALL_FEED_COLUMNS_MAX];        /* cell number of each */
} utfall_feed;

/** The table's file as the user would name it. NULL when out of memory. */
const char *utfall_feed_path(utfall_run *run, const utfall_table *table, const char *folder);

/** Ask for a column before the table is opened: `heading` in the file, `field` in findings. Gives
 * its number in the feed. */
size_t utfall_feed_ask(utfall_feed *feed, const char *field, const char *heading);

/** As utfall_feed_ask with the heading that the table declares for `field`. */
size_t utfall_feed_ask_field(utfall_feed *feed, const char *field);

/** Set up a feed of `table`, before columns are asked for. */
void utfall_feed_begin(utfall_feed *feed, utfall_run *run, const utfall_contract *contract,
                       const utfall_table *table);

/** Open the file and find the columns asked for. Faults are reported: UTFALL_E_IO,
 * UTFALL_E_SCHEMA for headings that are missing or there twice. */
UTFALL_TRY utfall_status utfall_feed_open(utfall_feed *feed, const char *folder);

/** The next row that has as many cells as there are headings, and something in them. */
bool utfall_feed_next(utfall_feed *feed);

/** A cell of the row as it lies in the file, without spaces around it. `column` is a number that
 * utfall_feed_ask gave. */
static inline utfall_cell utfall_feed_cell(const utfall_feed *feed, size_t column)
{
    return utfall_csv_cell(feed->csv, (size_t)feed->at[column]);
}

/** The same as UTF-8. */
static inline utfall_cell utfall_feed_text(utfall_feed *feed, size_t column)
{
    return utfall_csv_utf8(feed->csv, utfall_feed_cell(feed, column));
}

/** Report that the cell is refused: its text in quotation marks, then `why`. Gives `code`. */
utfall_status utfall_feed_refuse(utfall_feed *feed, size_t column, utfall_status code,
                                 const char *why, const char *hint);

/** A finding about the table as a whole, at its place in the contract: the file's name in quotation
 * marks, then `message`. */
utfall_status utfall_feed_report(utfall_feed *feed, utfall_status code, utfall_severity severity,
                                 const char *message, const char *hint);

/** The same, not reported. */
utfall_finding utfall_feed_finding(utfall_feed *feed, utfall_status code, utfall_severity severity,
                                   const char *message, const char *hint);

/** Refuse what cannot be a pseudonym: nothing at all, a personal identity number, a formula, two
 * lines. */
UTFALL_TRY utfall_status utfall_feed_check_id(utfall_feed *feed, size_t column, utfall_cell id);

/** Close a file that was opened and describe it. Gives the status of the first fault in it. */
UTFALL_TRY utfall_status utfall_feed_close(utfall_feed *feed, utfall_input *out);

#endif
