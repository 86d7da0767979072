/* reports/sheet.h - a statement as a list of blocks, before it becomes text or a page.
 *
 * The sections of a statement write blocks; render_text.c and html.c turn the same blocks into
 * plain text and into HTML, so that both always say the same. Strings are borrowed and may hold
 * anything: the renderers clean and escape them. */
#ifndef UTFALL_REPORTS_SHEET_H
#define UTFALL_REPORTS_SHEET_H
#include "utfall/reports.h"

typedef enum utfall__block_kind {
    UTFALL__TITLE,     /* once, first */
    UTFALL__NOTE,      /* prominent: what the reader must not miss */
    UTFALL__SECTION,   /* heading of a section, numbered by the sheet */
    UTFALL__APPENDIX,  /* heading of an appendix, numbered by the sheet */
    UTFALL__PART,      /* heading inside a section */
    UTFALL__LEAD,      /* a sentence of the summary */
    UTFALL__PARAGRAPH, /* running text */
    UTFALL__FORMULA,   /* one line of a calculation */
    UTFALL__ITEM,      /* one of a list */
    UTFALL__NUMBERED,  /* one of a list that counts from 1 */
    UTFALL__PAIRS,     /* label and value, two cells a row */
    UTFALL__TABLE,
    UTFALL__FIGURE /* where a page shows the figure; text leaves it out */
} utfall__block_kind;

enum { UTFALL__COLUMNS_MAX = 10 };

typedef struct utfall__column {
    const char *heading;
    bool is_number; /* set flush right */
} utfall__column;

typedef struct utfall__block {
    utfall__block_kind kind;
    const char *text; /* heading, sentence or caption; "" for PAIRS and FIGURE */
    size_t number;    /* SECTION, APPENDIX, TABLE, NUMBERED: 1, 2, ... each in its own series */
    size_t column_count;
    utfall__column columns[UTFALL__COLUMNS_MAX];
    size_t cell_count, cell_capacity;
    const char **cells; /* row by row, column_count a row */
    bool has_total;     /* the last row is a sum */
} utfall__block;

typedef struct utfall__sheet {
    utfall_run *run;
    size_t count, capacity;
    utfall__block *blocks;
    size_t sections, appendices, tables;
    bool has_failed; /* a NULL text or no memory: checked once, by the renderer */
} utfall__sheet;

void utfall__sheet_start(utfall__sheet *sheet, utfall_run *run);

/** Add a block of running text. */
void utfall__sheet_add(utfall__sheet *sheet, utfall__block_kind kind, const char *text);

/** Add a row of label and value to the pairs that end the sheet, or begin new ones. */
void utfall__sheet_pair(utfall__sheet *sheet, const char *label, const char *value);

/** Begin a table, then give its columns, then its cells row by row. */
void utfall__sheet_table(utfall__sheet *sheet, const char *caption);
void utfall__sheet_column(utfall__sheet *sheet, const char *heading, bool is_number);
void utfall__sheet_cell(utfall__sheet *sheet, const char *text);

/** The last row of the table is a sum. */
void utfall__sheet_total(utfall__sheet *sheet);

/** UTFALL_OK, or why the sheet is not whole (memory, range, a table with a row cut short). */
utfall_status utfall__sheet_status(const utfall__sheet *sheet);

#endif
