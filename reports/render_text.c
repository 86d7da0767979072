/* reports/render_text.c - blocks as plain text for a terminal or a mail.
 *
 * In: a sheet and a width. Out: UTF-8 lines no wider than that. Tables that do not fit are set one
 * row under the other, so that nothing is cut. Everything is cleaned here, so that no control
 * character or direction mark of a contract reaches a terminal. Lines break at U+0020 only: a
 * no-break space keeps an amount together. */
#include <string.h>
#include "reports/sections.h"
#include "reports/text.h"

enum { COLUMNS_MIN = 40, COLUMN_GAP = 2, TEXT_COLUMN_MIN = 12, LABEL_MAX = 30 };
#define NOTE_MARK "*** "

typedef struct writer {
    utfall__text text;
    size_t columns;
    utfall_language language;
} writer;

static size_t columns_of(const char *text)
{
    return utfall__text_columns(text, strlen(text));
}

/* Cut the next line of at most `width` columns from *rest: at a space where there is one, else in
 * the middle of a word. Gives its bytes; *line is where it begins. */
static size_t line_take(const char **line, const char **rest, size_t width)
{
    while (**rest == ' ')
        (*rest)++;
    *line = *rest;
    const size_t len = strlen(*rest);
    size_t at = 0, used = 0, at_space = 0;
    while (at < len) {
        const size_t step = utfall__text_step(*rest + at, len - at);
        const size_t wide = utfall__text_columns(*rest + at, step);
        if ((*rest)[at] == ' ')
            at_space = at;
        if (used + wide > width && at > 0)
            break;
        used += wide;
        at += step;
    }
    if (at < len && at_space > 0)
        at = at_space;
    *rest += at;
    while (at > 0 && (*line)[at - 1] == ' ')
        at--;
    return at;
}

/* A paragraph with one beginning for the first line and another for those that follow. */
static void paragraph_write(writer *w, const char *first, const char *next, const char *foreign)
{
    const char *rest = utfall__text_cleaned(w->text.run, foreign);
    if (rest == NULL) {
        w->text.has_failed = true;
        return;
    }
    const char *begin = first;
    do {
        const char *line;
        const size_t len = line_take(&line, &rest, w->columns - columns_of(begin));
        utfall__text_add(&w->text, begin);
        utfall__text_add_bytes(&w->text, line, len);
        utfall__text_add(&w->text, "\n");
        begin = next;
    } while (*rest != '\0');
}

static void heading_write(writer *w, const char *text, const char *underline)
{
    const char *cleaned = utfall__text_cleaned(w->text.run, text);
    if (cleaned == NULL) {
        w->text.has_failed = true;
        return;
    }
    const size_t width = columns_of(cleaned);
    paragraph_write(w, "", "", cleaned);
    utfall__text_repeat(&w->text, underline, width < w->columns ? width : w->columns);
    utfall__text_add(&w->text, "\n");
}

/* ---- pairs ---- */

static void pair_write(writer *w, const char *label, const char *value, size_t width)
{
    const size_t room = w->columns - width - COLUMN_GAP;
    utfall__text_add(&w->text, label);
    if (width > LABEL_MAX || (strchr(value, ' ') == NULL && columns_of(value) > room)) {
        utfall__text_add(&w->text, "\n");
        paragraph_write(w, "  ", "  ", value);
        return;
    }
    size_t pad = width + COLUMN_GAP - columns_of(label);
    const char *rest = value;
    do {
        const char *line;
        const size_t len = line_take(&line, &rest, room);
        utfall__text_repeat(&w->text, " ", pad);
        utfall__text_add_bytes(&w->text, line, len);
        utfall__text_add(&w->text, "\n");
        pad = width + COLUMN_GAP;
    } while (*rest != '\0');
}

static void pairs_write(writer *w, const utfall__block *block)
{
    size_t width = 0;
    for (size_t i = 0; i < block->cell_count; i += 2)
        width = columns_of(block->cells[i]) > width ? columns_of(block->cells[i]) : width;
    for (size_t i = 0; i < block->cell_count; i += 2)
        pair_write(w, block->cells[i], block->cells[i + 1], width);
}

/* ---- tables ---- */

static size_t longest_word(const char *text)
{
    size_t longest = 0;
    while (*text != '\0') {
        const size_t len = strcspn(text, " ");
        const size_t wide = utfall__text_columns(text, len);
        longest = wide > longest ? wide : longest;
        text += len + strspn(text + len, " ");
    }
    return longest;
}

/* Narrow the widest column of text, one column at a time, until the table fits; no column goes
 * below its floor. False when that is not enough. */
static bool widths_narrow(const utfall__block *block, size_t *widths, const size_t *floors,
                          size_t *total, size_t columns)
{
    while (*total > columns) {
        size_t widest = SIZE_MAX;
        for (size_t c = 0; c < block->column_count; c++)
            if (!block->columns[c].is_number && widths[c] > floors[c] &&
                (widest == SIZE_MAX || widths[c] > widths[widest]))
                widest = c;
        if (widest == SIZE_MAX)
            return false;
        widths[widest]--;
        (*total)--;
    }
    return true;
}

/* Headings on one line, as far as there is room. */
static void headings_widen(const utfall__block *block, size_t *widths, size_t *total,
                           size_t columns)
{
    for (size_t c = 0; c < block->column_count; c++) {
        const size_t wide = columns_of(block->columns[c].heading);
        if (wide <= widths[c] || *total + wide - widths[c] > columns)
            continue;
        *total += wide - widths[c];
        widths[c] = wide;
    }
}

/* Widths of the columns; false when the table cannot stand within the width. Words are broken only
 * when it cannot stand otherwise. */
static bool widths_compute(const utfall__block *block, size_t *widths, size_t columns)
{
    size_t whole[UTFALL__COLUMNS_MAX], broken[UTFALL__COLUMNS_MAX];
    size_t total = COLUMN_GAP * (block->column_count - 1);
    for (size_t c = 0; c < block->column_count; c++) {
        widths[c] = whole[c] = longest_word(block->columns[c].heading);
        for (size_t i = c; i < block->cell_count; i += block->column_count) {
            const size_t wide = columns_of(block->cells[i]), word = longest_word(block->cells[i]);
            widths[c] = wide > widths[c] ? wide : widths[c];
            whole[c] = word > whole[c] ? word : whole[c];
        }
        whole[c] = whole[c] > TEXT_COLUMN_MIN ? whole[c] : TEXT_COLUMN_MIN;
        broken[c] = TEXT_COLUMN_MIN;
        total += widths[c];
    }
    headings_widen(block, widths, &total, columns);
    return widths_narrow(block, widths, whole, &total, columns) ||
           widths_narrow(block, widths, broken, &total, columns);
}

/* One row, as many lines as its fullest cell needs. */
static void row_write(writer *w, const utfall__block *block, const char *const *cells,
                      const size_t *widths)
{
    const char *rest[UTFALL__COLUMNS_MAX];
    bool has_more = true;
    memcpy(rest, cells, block->column_count * sizeof *rest);
    while (has_more) {
        size_t behind = 0; /* spaces owed, so that no line ends in them */
        has_more = false;
        for (size_t c = 0; c < block->column_count; c++) {
            const char *line;
            const size_t len = line_take(&line, &rest[c], widths[c]);
            const size_t wide = utfall__text_columns(line, len);
            const size_t pad = widths[c] - (wide < widths[c] ? wide : widths[c]);
            has_more = has_more || *rest[c] != '\0';
            if (len > 0) {
                utfall__text_repeat(&w->text, " ",
                                    behind + (block->columns[c].is_number ? pad : 0));
                utfall__text_add_bytes(&w->text, line, len);
                behind = block->columns[c].is_number ? 0 : pad;
            } else {
                behind += widths[c];
            }
            behind += COLUMN_GAP;
        }
        utfall__text_add(&w->text, "\n");
    }
}

static void rule_write(writer *w, const utfall__block *block, const size_t *widths)
{
    size_t total = COLUMN_GAP * (block->column_count - 1);
    for (size_t c = 0; c < block->column_count; c++)
        total += widths[c];
    utfall__text_repeat(&w->text, "─", total);
    utfall__text_add(&w->text, "\n");
}

static void grid_write(writer *w, const utfall__block *block, const size_t *widths)
{
    const char *headings[UTFALL__COLUMNS_MAX];
    for (size_t c = 0; c < block->column_count; c++)
        headings[c] = block->columns[c].heading;
    row_write(w, block, headings, widths);
    rule_write(w, block, widths);
    for (size_t i = 0; i < block->cell_count; i += block->column_count) {
        if (block->has_total && i + block->column_count == block->cell_count)
            rule_write(w, block, widths);
        row_write(w, block, block->cells + i, widths);
    }
}

/* The narrow form: the first cell, and under it each other cell after its heading. */
static void stack_write(writer *w, const utfall__block *block)
{
    for (size_t i = 0; i < block->cell_count; i++) {
        const size_t c = i % block->column_count;
        if (c == 0) {
            paragraph_write(w, "", "  ", block->cells[i]);
        } else if (block->cells[i][0] != '\0') {
            paragraph_write(w, "  ", "    ",
                            utfall_run_join(w->text.run, block->columns[c].heading, ": ",
                                            block->cells[i], (const char *)NULL));
        }
    }
}

static void table_write(writer *w, const utfall__block *block)
{
    size_t widths[UTFALL__COLUMNS_MAX];
    const char *number = utfall_run_decimal(w->text.run, (int64_t)block->number);
    paragraph_write(w, "", "",
                    utfall__say(w->text.run, w->language, WORD_TABLE, number, block->text));
    if (widths_compute(block, widths, w->columns))
        grid_write(w, block, widths);
    else
        stack_write(w, block);
}

/* ---- blocks ---- */

/* The cells and headings of a table, cleaned before they are measured. */
static bool block_clean(utfall_run *run, utfall__block *block)
{
    const char **cells = utfall_run_array(run, block->cell_count, sizeof *cells);
    bool is_whole = cells != NULL || block->cell_count == 0;
    for (size_t i = 0; is_whole && i < block->cell_count; i++) {
        cells[i] = utfall__text_cleaned(run, block->cells[i]);
        is_whole = cells[i] != NULL;
    }
    for (size_t c = 0; is_whole && c < block->column_count; c++) {
        block->columns[c].heading = utfall__text_cleaned(run, block->columns[c].heading);
        is_whole = block->columns[c].heading != NULL;
    }
    block->cells = cells;
    return is_whole;
}

static const char *numbered(writer *w, utfall__word word, const utfall__block *block)
{
    return utfall__say(w->text.run, w->language, word,
                       utfall_run_decimal(w->text.run, (int64_t)block->number), block->text);
}

static void block_write(writer *w, const utfall__block *original)
{
    utfall__block block = *original;
    if (!block_clean(w->text.run, &block)) {
        w->text.has_failed = true;
        return;
    }
    switch (block.kind) {
    case UTFALL__TITLE:
        heading_write(w, block.text, "=");
        break;
    case UTFALL__NOTE:
        paragraph_write(w, NOTE_MARK, NOTE_MARK, block.text);
        break;
    case UTFALL__SECTION:
        heading_write(w, numbered(w, WORD_SECTION, &block), "=");
        break;
    case UTFALL__APPENDIX:
        heading_write(w, numbered(w, WORD_APPENDIX, &block), "=");
        break;
    case UTFALL__PART:
        heading_write(w, block.text, "-");
        break;
    case UTFALL__LEAD:
    case UTFALL__PARAGRAPH:
        paragraph_write(w, "", "", block.text);
        break;
    case UTFALL__FORMULA:
        paragraph_write(w, "    ", "        ", block.text);
        break;
    case UTFALL__ITEM:
        paragraph_write(w, "- ", "  ", block.text);
        break;
    case UTFALL__NUMBERED:
        paragraph_write(w, "", "   ", numbered(w, WORD_SECTION, &block));
        break;
    case UTFALL__PAIRS:
        pairs_write(w, &block);
        break;
    case UTFALL__TABLE:
        table_write(w, &block);
        break;
    case UTFALL__FIGURE:
        break;
    }
}

/* Whether an empty line stands between two blocks. */
static bool is_apart(utfall__block_kind before, utfall__block_kind after)
{
    const bool is_list =
        after == UTFALL__ITEM || after == UTFALL__NUMBERED || after == UTFALL__FORMULA;
    const bool is_heading = before == UTFALL__TITLE || before == UTFALL__SECTION ||
                            before == UTFALL__APPENDIX || before == UTFALL__PART;
    return after != UTFALL__FIGURE && !is_heading && !(is_list && before == after) &&
           !(after == UTFALL__FORMULA && before == UTFALL__PARAGRAPH);
}

utfall_status utfall__render_text(const utfall__sheet *sheet, const char **out, size_t *len,
                                  uint32_t columns, utfall_language language)
{
    writer w = {.columns = columns < COLUMNS_MIN ? COLUMNS_MIN : columns, .language = language};
    utfall_status status = utfall__sheet_status(sheet);
    if (status != UTFALL_OK)
        return status;
    utfall__text_start(&w.text, sheet->run);
    for (size_t i = 0; i < sheet->count; i++) {
        if (i > 0 && is_apart(sheet->blocks[i - 1].kind, sheet->blocks[i].kind))
            utfall__text_add(&w.text, "\n");
        block_write(&w, &sheet->blocks[i]);
    }
    return utfall__text_end(&w.text, out, len);
}
