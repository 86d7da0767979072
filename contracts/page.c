/* contracts/page.c - texts that are written piece by piece: the JSON Schema and the reference.
 * Invariant: the text ends in a NUL and grows by doubling. */
#include "contracts/page.h"

#include <string.h>

static void bytes_add(utfall_page *page, const char *bytes, size_t len)
{
    if (page->is_lost)
        return;
    if (page->len + len + 1 > page->room) {
        size_t room = 2 * (page->len + len + 1);
        char *text = utfall_run_alloc(page->run, room);
        if (text == NULL) {
            page->is_lost = true;
            page->text = NULL;
            return;
        }
        if (page->len > 0)
            memcpy(text, page->text, page->len);
        page->text = text;
        page->room = room;
    }
    memcpy(page->text + page->len, bytes, len);
    page->len += len;
    page->text[page->len] = '\0';
}

void utfall_page_add(utfall_page *page, const char *text)
{
    bytes_add(page, text, strlen(text));
}

void utfall_page_json(utfall_page *page, const char *text)
{
    utfall_page_add(page, "\"");
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            utfall_page_add(page, "\\");
        if (*text == '\t')
            utfall_page_add(page, "\\t");
        else
            bytes_add(page, text, 1);
    }
    utfall_page_add(page, "\"");
}

void utfall_page_cell(utfall_page *page, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|')
            utfall_page_add(page, "\\");
        bytes_add(page, text, 1);
    }
}
