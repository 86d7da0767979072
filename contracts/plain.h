/* contracts/plain.h - the rows of a cost table that are as rows should be, many at a time and by
 * any number of threads; private to contracts/.
 *
 * A row is plain when it can be split, read and classed without a word to anybody. All others are
 * odd: their places are noted, and whoever reads the table in order takes them up (costs.c). Of the
 * plain ones most are usual: spelled as rows are as a rule, and read many at a time (usual.h). A
 * stranger is a row whose id nobody has; a late one lies after the last month of data. */
#ifndef UTFALL_PLAIN_H
#define UTFALL_PLAIN_H
#include "contracts/scan.h"
#include "contracts/source.h"
#include "contracts/usual.h"

enum { UTFALL_ODD_MAX = 512 };

/** Odd rows, one after the other, or where any row lies. */
typedef struct utfall_odd {
    uint32_t at, len; /* bytes of the chunk */
    uint32_t line;    /* from 0 at the chunk's beginning */
} utfall_odd;

/** Rows on their way into the share: read, expected, and gathered when this many groups have been
 * expected after them. */
enum { UTFALL_PLAIN_GROUP = 16, UTFALL_PLAIN_GROUPS = 4 };
enum { UTFALL_PLAIN_ROWS = UTFALL_PLAIN_GROUP * UTFALL_PLAIN_GROUPS };

/** A reader of chunks. After utfall_plain_read: what it found. */
typedef struct utfall_plain {
    utfall_plan plan;
    utfall_share *share;
    uint64_t rows;      /* plain ones */
    uint64_t late;      /* of them, after plan.through */
    uint32_t late_line; /* of the first, from 0 at the chunk's beginning */
    uint32_t lines;     /* in the chunk, up to `end` */
    size_t end;         /* bytes read: less than the chunk's when a row may go over line ends */
    size_t odd_count;
    utfall_odd odd[UTFALL_ODD_MAX];

    utfall_scan_fn *scan;
    utfall_usual_fn *usual;
    uint32_t *index; /* room for places of marks */
    utfall_cell *cells;
    const char *text;
    bool has_late;         /* some row read is late */
    utfall_odd asked;      /* the last row of the batch whose place was asked for */
    size_t read, gathered; /* rows of the chunk; number n lies in n % UTFALL_PLAIN_ROWS */
    utfall_cost_row batch[UTFALL_PLAIN_ROWS];
} utfall_plain;

/** A reader for a fold that is frozen. NULL when out of memory. */
utfall_plain *utfall_plain_new(utfall_run *run, const utfall_plan *plan, utfall_fold *fold);

/** Lay out people if the first rows of a text want it, which are read for that, and forgotten when
 * the reader reads. */
void utfall_plain_try(utfall_plain *plain, const char *text, size_t len);

/** Give back what the reader's share holds. */
void utfall_plain_end(utfall_plain *plain);

/** Read text[0, len), whole lines, into the reader's share, which is emptied first. Up to
 * UTFALL_USUAL_BEFORE bytes before the text and UTFALL_SCAN_STRIDE bytes after it are looked at.
 * Allocates nothing, reports nothing. */
void utfall_plain_read(utfall_plain *plain, const char *text, size_t len);

#endif
