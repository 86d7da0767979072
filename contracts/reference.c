/* contracts/reference.c - the reference tables of LANGUAGE.md. Input: the table of terms.
 * Invariant: every key and every type of the language has a line. */
#include "contracts/language.h"
#include "contracts/page.h"
#include "utfall/reader.h"

#include <string.h>

static void code_add(utfall_page *page, const char *text)
{
    utfall_page_add(page, "`");
    utfall_page_cell(page, text);
    utfall_page_add(page, "`");
}

static void term_add(utfall_page *page, const utfall_term_rule *rule)
{
    static const char *const needs[] = {"yes", "no", "depends"};
    utfall_page_add(page, "| ");
    code_add(page, rule->key);
    utfall_page_add(page, " | ");
    if (rule->type == UTFALL_TYPE_NAME) {
        for (size_t i = 0; rule->names[i] != NULL; i++) {
            utfall_page_add(page, i == 0 ? "" : ", ");
            code_add(page, rule->names[i]);
        }
    } else {
        utfall_page_add(page, utfall_types[rule->type].name);
    }
    utfall_page_add(page, " | ");
    utfall_page_add(page, needs[rule->need]);
    utfall_page_add(page, " | ");
    utfall_page_cell(page, rule->fallback == NULL ? "" : rule->fallback);
    utfall_page_add(page, " | ");
    utfall_page_cell(page, rule->range == NULL ? "" : rule->range);
    utfall_page_add(page, " | ");
    utfall_page_cell(page, rule->meaning);
    utfall_page_add(page, " | ");
    code_add(page, rule->example);
    utfall_page_add(page, " |\n");
}

static void shape_add(utfall_page *page, utfall_shape shape)
{
    const utfall_shape_info *info = &utfall_shapes[shape];
    utfall_page_add(page, "\n### ");
    if (info->title[0] == '\0')
        utfall_page_add(page, "The contract file");
    else
        code_add(page, info->title);
    utfall_page_add(page, "\n\n");
    utfall_page_add(page, info->about);
    utfall_page_add(page, "\n\n| key | type | needed | default | range | meaning | example |\n"
                          "|---|---|---|---|---|---|---|\n");
    for (size_t i = info->first; i < info->end; i++)
        term_add(page, &utfall_term_rules[i]);
}

const char *utfall_language_reference(utfall_run *run)
{
    utfall_page page = {.run = run};
    utfall_page_add(&page, "### Types\n\n| type | written as |\n|---|---|\n");
    for (size_t type = UTFALL_TYPE_NONE + 1; type < UTFALL_TYPES; type++) {
        utfall_page_add(&page, "| ");
        utfall_page_add(&page, utfall_types[type].name);
        utfall_page_add(&page, " | ");
        utfall_page_cell(&page, utfall_types[type].form);
        utfall_page_add(&page, " |\n");
    }
    for (size_t shape = UTFALL_SHAPE_NONE + 1; shape < UTFALL_SHAPES; shape++)
        shape_add(&page, (utfall_shape)shape);
    return page.text;
}
