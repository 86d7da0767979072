/* contracts/csv.h - rows of a CSV file (RFC 4180 in a declared dialect), one at a time, each cell
 * with its place; private to contracts/.
 *
 * A row is a view into the text that was read: valid until the next row is asked for. Nothing is
 * allocated for a row, and a place is worked out only when a fault is reported there. */
#ifndef UTFALL_CSV_H
#define UTFALL_CSV_H
#include "contracts/scan.h"
#include "contracts/source.h"
#include "contracts/sources.h"

#include <string.h>

enum {
    UTFALL_CSV_ROW_MAX = UTFALL_SOURCE_KEEP, /* bytes of a row, its line ends included */
    UTFALL_CSV_CELL_MAX = 4096,              /* bytes of a cell */
    UTFALL_CSV_COLUMNS_MAX = 1024,
    UTFALL_CSV_LINES_MAX = 1000000000,
    UTFALL_CSV_WHOLE_ROW = -1 /* in place of a cell's number */
};

/** Bytes of a cell without its quotation marks, in the encoding of the file. */
typedef struct utfall_cell {
    const char *text;
    size_t len;
} utfall_cell;

/** Whether two texts of the same length are the same; for the short ones that cells are. */
static inline bool utfall_is_same(const char *a, const char *b, size_t len)
{
    /* The first and the last bytes of a short text overlap, and together they are all of it. */
    if (len >= 8 && len <= 16) {
        uint64_t first[2], last[2];
        memcpy(&first[0], a, 8);
        memcpy(&first[1], b, 8);
        memcpy(&last[0], a + len - 8, 8);
        memcpy(&last[1], b + len - 8, 8);
        return ((first[0] ^ first[1]) | (last[0] ^ last[1])) == 0;
    }
    if (len >= 4 && len < 8) {
        uint32_t first[2], last[2];
        memcpy(&first[0], a, 4);
        memcpy(&first[1], b, 4);
        memcpy(&last[0], a + len - 4, 4);
        memcpy(&last[1], b + len - 4, 4);
        return ((first[0] ^ first[1]) | (last[0] ^ last[1])) == 0;
    }
    return memcmp(a, b, len) == 0;
}

/** What part of a row a cell was written in, quotation marks included. */
typedef struct utfall_span {
    uint32_t at, len;
} utfall_span;

typedef struct utfall_csv {
    utfall_run *run;
    const char *file; /* as the user would name it */
    const char *role; /* "costs": what paths in findings start with */
    char separator;
    utfall_encoding encoding;
    utfall_status status; /* of a fault that stops reading; UTFALL_OK at the file's end */
    utfall_status fault;  /* of the first fault reported in this file */

    /* The row. */
    const char *row;
    size_t row_len; /* without its line end */
    uint32_t line;  /* where it begins */
    size_t count;
    utfall_cell *cells;
    bool is_high;   /* some byte of it is not ASCII */
    bool is_quoted; /* `spans` holds the places of the cells */
    utfall_span *spans;
    uint64_t rows; /* given, or refused here; blank lines are neither */

    /* The text around it. */
    utfall_source *source;
    utfall_scan_fn *scan;
    char *text;
    size_t text_len, next, scanned; /* offsets: start of the next row; first byte not in `index` */
    uint32_t next_line;
    bool is_last; /* no more text */
    uint32_t *index;
    size_t index_at, index_count;
    char *scratch, *room; /* `room` holds cells of the row that were decoded or unescaped */
    size_t room_used;
} utfall_csv;

/** Start reading. `file` and `role` are borrowed. Takes the first text and its byte-order mark.
 * Faults are reported; UTFALL_E_IO, UTFALL_E_SYNTAX for what is not text at all. */
UTFALL_TRY utfall_status utfall_csv_open(utfall_run *run, utfall_csv **out, utfall_source *source,
                                         const char *file, const char *role, char separator,
                                         utfall_encoding encoding);

/** The first row, as utfall_csv_next, but when it is refused false: the row after it holds no
 * headings. */
bool utfall_csv_headings(utfall_csv *csv);

/** The next row that can be split; rows that cannot are reported and passed over. False at the end
 * of the file, or when reading cannot go on (csv->status). */
bool utfall_csv_next(utfall_csv *csv);

/** Read whole lines that lie elsewhere: text[0, len), of which the first is line number `line`. */
void utfall_csv_look(utfall_csv *csv, char *text, size_t len, uint32_t line);

/** Go on from byte `at` of a chunk, which is line number `line`. */
void utfall_csv_resume(utfall_csv *csv, const utfall_chunk *chunk, size_t at, uint32_t line);

/** The file was read to its end elsewhere, or to where reading failed: then the failure is
 * reported. */
void utfall_csv_finish(utfall_csv *csv, utfall_status status, const char *reason);

/** Cell `i` of the row without the spaces around it. */
static inline utfall_cell utfall_csv_cell(const utfall_csv *csv, size_t i)
{
    utfall_cell cell = csv->cells[i];
    while (cell.len > 0 && cell.text[cell.len - 1] == ' ')
        cell.len--;
    while (cell.len > 0 && cell.text[0] == ' ') {
        cell.text++;
        cell.len--;
    }
    return cell;
}

/** The same bytes decoded, where the file is not UTF-8. */
utfall_cell utfall_csv_decode(utfall_csv *csv, utfall_cell cell);

/** The same bytes as UTF-8; valid as long as the row. */
static inline utfall_cell utfall_csv_utf8(utfall_csv *csv, utfall_cell cell)
{
    return csv->encoding == UTFALL_UTF_8 || !csv->is_high ? cell : utfall_csv_decode(csv, cell);
}

/** True when so many errors were reported that no more are kept: then composing a message is waste.
 */
bool utfall_csv_is_full(const utfall_csv *csv);

/** A fault in the row. */
typedef struct utfall_csv_fault {
    utfall_status code;
    int cell;          /* its number, or UTFALL_CSV_WHOLE_ROW */
    const char *field; /* "amount"; NULL = none */
    bool is_quoting;   /* the message begins with the cell's text in quotation marks */
    const char *message, *hint;
    uint32_t also_line; /* of the same file; 0 = none */
    const char *also_message;
} utfall_csv_fault;

/** Text of the file as it can be shown in a message: UTF-8, on one line, cut when long, in
 * quotation marks, what looks like a personal identity number hidden. In the run; "" when out of
 * memory. */
const char *utfall_csv_quoted(utfall_csv *csv, utfall_cell cell);

/** Report it with place and excerpt, in which what looks like a personal identity number is hidden.
 * Gives its code. */
utfall_status utfall_csv_report(utfall_csv *csv, const utfall_csv_fault *fault);

#endif
