/* contracts/plain.h - the rows of a cost table that are as rows should be, many at a time and by
 * any number of threads; private to contracts/.
 *
 * A row is plain when it can be split, read and classed without a word to anybody. All others are
 * odd: their places are noted, and whoever reads the table in order takes them up (costs.c). */
#ifndef UTFALL_PLAIN_H
#define UTFALL_PLAIN_H
#include "contracts/csv.h"
#include "contracts/source.h"
#include "utfall/case.h"

enum { UTFALL_LISTS_MAX = 2, UTFALL_ODD_MAX = 512 };

/** A word as it is looked for: its first bytes as a number, and which bytes of eight they are. */
typedef struct utfall_key {
    uint64_t bytes, mask;
    utfall_cell word;
} utfall_key;

/** A list of evaluation.counts, in the file's encoding. */
typedef struct utfall_list {
    size_t cell, count; /* cell number in a row */
    const utfall_cell *words;
    utfall_key *keys; /* [count + 1], each reader's own */
    bool *seen;       /* the same */
} utfall_list;

/** What one table's rows are like. */
typedef struct utfall_plan {
    char separator, decimal;
    utfall_encoding encoding;
    size_t width;             /* cells of a row */
    size_t id, month, amount; /* cell numbers */
    bool refuses_unknown;
    utfall_month through; /* rows of later months are told */
    size_t list_count;
    utfall_list lists[UTFALL_LISTS_MAX];
} utfall_plan;

/** Odd rows, one after the other. */
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
    uint32_t *index; /* room for places of marks */
    utfall_cell *cells;
    size_t read, gathered; /* rows of the chunk; number n lies in n % UTFALL_PLAIN_ROWS */
    utfall_cost_row batch[UTFALL_PLAIN_ROWS];
    utfall_odd places[UTFALL_PLAIN_ROWS];
} utfall_plain;

/** A reader for a fold that is frozen. NULL when out of memory. */
utfall_plain *utfall_plain_new(utfall_run *run, const utfall_plan *plan, utfall_fold *fold);

/** Give back what the reader's share holds. */
void utfall_plain_end(utfall_plain *plain);

/** Read text[0, len), whole lines, into the reader's share, which is emptied first. Up to 8 bytes
 * before the text and UTFALL_SCAN_STRIDE bytes after it are looked at. Allocates nothing, reports
 * nothing. */
void utfall_plain_read(utfall_plain *plain, const char *text, size_t len);

#endif
