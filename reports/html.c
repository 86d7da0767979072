/* reports/html.c - the statement as one page of HTML that stands alone.
 *
 * In: the blocks of a statement and the figure. Out: well-formed HTML (XML syntax) without script
 * or outside request; the policy in its head forbids both. Headings nest, tables have captions and
 * header cells, the figure has a text and a table. Every string is escaped here. */
#include <string.h>
#include "reports/figure.h"
#include "reports/sections.h"

/* Tables of more rows scroll sideways on a phone; shorter ones are set row by row. */
enum { STACK_ROWS_MAX = 14 };

static const char *const style[] = {
#include "reports/page.css.inc"
};

typedef struct page {
    utfall__text text;
    const utfall_settlement *settlement;
    utfall_language language;
    bool has_section;
} page;

static void add(page *p, const char *markup)
{
    utfall__text_add(&p->text, markup);
}

static void escape(page *p, const char *foreign)
{
    utfall__text_escape(&p->text, foreign);
}

static void element(page *p, const char *open, const char *foreign, const char *close)
{
    add(p, open);
    escape(p, foreign);
    add(p, close);
}

static const char *numbered(page *p, utfall__word word, const utfall__block *block)
{
    return utfall__say(p->text.run, p->language, word,
                       utfall_run_decimal(p->text.run, (int64_t)block->number), block->text);
}

/* ---- tables ---- */

static void heads_add(page *p, const utfall__block *block, bool is_stacked)
{
    add(p, is_stacked ? "<thead role=\"rowgroup\"><tr role=\"row\">" : "<thead><tr>");
    for (size_t c = 0; c < block->column_count; c++) {
        add(p, "<th scope=\"col\"");
        if (is_stacked)
            add(p, " role=\"columnheader\"");
        if (block->columns[c].is_number)
            add(p, " class=\"n\"");
        element(p, ">", block->columns[c].heading, "</th>");
    }
    add(p, "</tr></thead>\n");
}

static void cell_add(page *p, const utfall__block *block, size_t i, bool is_stacked)
{
    const size_t c = i % block->column_count;
    const bool is_empty = block->cells[i][0] == '\0', is_number = block->columns[c].is_number;
    if (c == 0) {
        element(p, is_stacked ? "<th scope=\"row\" role=\"rowheader\">" : "<th scope=\"row\">",
                block->cells[i], "</th>");
        return;
    }
    add(p, is_stacked ? "<td role=\"cell\"" : "<td");
    if (is_number || is_empty)
        add(p, is_empty ? " class=\"empty\"" : " class=\"n\"");
    if (is_stacked)
        element(p, " data-h=\"", block->columns[c].heading, "\"");
    element(p, ">", block->cells[i], "</td>");
}

static void table_add(page *p, const utfall__block *block)
{
    const size_t rows = block->cell_count / block->column_count;
    const bool is_stacked = rows <= STACK_ROWS_MAX;
    const char *id = utfall_run_decimal(p->text.run, (int64_t)block->number);
    if (is_stacked) {
        add(p, "<div class=\"table stack\"><table role=\"table\"><caption>");
    } else {
        element(p,
                "<div class=\"table scroll\" role=\"region\" tabindex=\"0\" "
                "aria-labelledby=\"t",
                id, "\">");
        element(p, "<table><caption id=\"t", id, "\">");
    }
    element(p, "", numbered(p, WORD_TABLE, block), "</caption>\n");
    heads_add(p, block, is_stacked);
    add(p, is_stacked ? "<tbody role=\"rowgroup\">\n" : "<tbody>\n");
    for (size_t i = 0; i < block->cell_count; i++) {
        const size_t c = i % block->column_count;
        const bool is_total = block->has_total && i / block->column_count + 1 == rows;
        if (c == 0) {
            add(p, is_stacked ? "<tr role=\"row\"" : "<tr");
            add(p, is_total ? " class=\"total\">" : ">");
        }
        cell_add(p, block, i, is_stacked);
        if (c + 1 == block->column_count)
            add(p, "</tr>\n");
    }
    add(p, "</tbody></table></div>\n");
}

/* ---- other blocks ---- */

static void section_close(page *p)
{
    if (p->has_section)
        add(p, "</section>\n");
    p->has_section = false;
}

static void section_open(page *p, const utfall__block *block, bool is_appendix)
{
    const char *number = utfall_run_decimal(p->text.run, (int64_t)block->number);
    const char *id = utfall_run_join(p->text.run, is_appendix ? "a" : "s",
                                     number == NULL ? "" : number, (const char *)NULL);
    section_close(p);
    add(p, is_appendix ? "<section class=\"appendix\"" : "<section");
    element(p, " aria-labelledby=\"", id, "\">");
    element(p, "<h2 id=\"", id, "\">");
    element(p, "", numbered(p, is_appendix ? WORD_APPENDIX : WORD_SECTION, block), "</h2>\n");
    p->has_section = true;
}

static void pairs_add(page *p, const utfall__block *block)
{
    add(p, "<dl>\n");
    for (size_t i = 0; i + 1 < block->cell_count; i += 2) {
        element(p, "<dt>", block->cells[i], "</dt>");
        element(p, "<dd>", block->cells[i + 1], "</dd>\n");
    }
    add(p, "</dl>\n");
}

static void figure_add(page *p)
{
    utfall_run *run = p->text.run;
    const char *words = utfall__figure_words(run, p->settlement, p->language);
    add(p, "<figure>\n");
    utfall__figure_add(&p->text, p->settlement, p->language, UTFALL__FIGURE_WIDE);
    utfall__figure_add(&p->text, p->settlement, p->language, UTFALL__FIGURE_NARROW);
    const char *title =
        utfall__say(run, p->language, WORD_FIGURE, utfall__word_of(p->language, WORD_FIGURE_TITLE));
    element(p, "<figcaption><strong>", title, ".</strong> ");
    element(p, "", words, " <a href=\"#a1\">");
    element(p, "", utfall__word_of(p->language, WORD_FIGURE_TABLE), "</a></figcaption>\n");
    add(p, "</figure>\n");
}

static void block_add(page *p, const utfall__block *block)
{
    switch (block->kind) {
    case UTFALL__TITLE:
        element(p, "<h1>", block->text, "</h1>\n");
        break;
    case UTFALL__NOTE:
        element(p, "<p class=\"note\" role=\"note\">", block->text, "</p>\n");
        break;
    case UTFALL__SECTION:
        section_open(p, block, false);
        break;
    case UTFALL__APPENDIX:
        section_open(p, block, true);
        break;
    case UTFALL__PART:
        element(p, "<h3>", block->text, "</h3>\n");
        break;
    case UTFALL__LEAD:
        element(p, "<p class=\"lead\">", block->text, "</p>\n");
        break;
    case UTFALL__PARAGRAPH:
        element(p, "<p>", block->text, "</p>\n");
        break;
    case UTFALL__FORMULA:
        element(p, "<p class=\"calc\">", block->text, "</p>\n");
        break;
    case UTFALL__ITEM:
    case UTFALL__NUMBERED:
        element(p, "<li>", block->text, "</li>\n");
        break;
    case UTFALL__PAIRS:
        pairs_add(p, block);
        break;
    case UTFALL__TABLE:
        table_add(p, block);
        break;
    case UTFALL__FIGURE:
        figure_add(p);
        break;
    }
}

static void list_edge(page *p, const utfall__sheet *sheet, size_t i, bool is_opening)
{
    const utfall__block_kind kind = sheet->blocks[i].kind;
    const bool is_edge = is_opening ? i == 0 || sheet->blocks[i - 1].kind != kind
                                    : i + 1 == sheet->count || sheet->blocks[i + 1].kind != kind;
    if (!is_edge)
        return;
    if (kind == UTFALL__ITEM)
        add(p, is_opening ? "<ul>\n" : "</ul>\n");
    else if (kind == UTFALL__NUMBERED)
        add(p, is_opening ? "<ol>\n" : "</ol>\n");
}

static void head_add(page *p)
{
    const char *lang = p->language == UTFALL_SV ? "sv" : "en";
    add(p, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"");
    add(p, lang);
    add(p, "\" xml:lang=\"");
    add(p, lang);
    add(p, "\">\n<head>\n<meta charset=\"utf-8\"/>\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "style-src 'unsafe-inline'\"/>\n"
           "<meta name=\"referrer\" content=\"no-referrer\"/>\n<title>");
    escape(p, utfall__word_of(p->language, WORD_STATEMENT));
    add(p, ": ");
    escape(p, p->settlement->contract->title);
    add(p, "</title>\n<style>\n");
    for (size_t i = 0; i < sizeof style / sizeof style[0]; i++)
        add(p, style[i]);
    add(p, "</style>\n</head>\n<body>\n<main class=\"page\">\n");
}

utfall_status utfall_statement_html(utfall_run *run, const char **out, size_t *len,
                                    const utfall_settlement *settlement,
                                    const utfall_report_frame *frame)
{
    utfall__sheet sheet;
    page p = {.settlement = settlement, .language = frame->language};
    const utfall_status status = utfall__statement_compose(&sheet, run, settlement, frame, true);
    if (status != UTFALL_OK)
        return status;
    utfall__text_start(&p.text, run);
    head_add(&p);
    for (size_t i = 0; i < sheet.count; i++) {
        list_edge(&p, &sheet, i, true);
        block_add(&p, &sheet.blocks[i]);
        list_edge(&p, &sheet, i, false);
    }
    section_close(&p);
    add(&p, "</main>\n</body>\n</html>\n");
    return utfall__text_end(&p.text, out, len);
}
