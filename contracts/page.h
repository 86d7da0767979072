/* contracts/page.h - a text that grows. Private to contracts/. */
#ifndef UTFALL_PAGE_H
#define UTFALL_PAGE_H
#include "utfall/run.h"

/** A text being written; start with { .run = run }. When memory runs out `text` is NULL from then
 * on and the run knows. */
typedef struct utfall_page {
    utfall_run *run;
    char *text;
    size_t len, room;
    bool is_lost;
} utfall_page;

/** Add a text as it is. */
void utfall_page_add(utfall_page *page, const char *text);

/** Add a text as a JSON string, quotes included. */
void utfall_page_json(utfall_page *page, const char *text);

/** Add a text as the cell of a Markdown table. */
void utfall_page_cell(utfall_page *page, const char *text);

#endif
