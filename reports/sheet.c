/* reports/sheet.c - the list of blocks that a statement is written as.
 *
 * In: strings from the sections. Out: blocks for a renderer. Invariant: when the status is
 * UTFALL_OK, no string is NULL and every table is a full rectangle. */
#include <string.h>
#include "reports/sheet.h"

void utfall__sheet_start(utfall__sheet *sheet, utfall_run *run)
{
    *sheet = (utfall__sheet){.run = run};
}

/* Twice the elements in new memory of the run; NULL when there is none. */
static void *grown(utfall_run *run, const void *old, size_t count, size_t *capacity, size_t size)
{
    size_t wider = *capacity > 0 ? *capacity * 2 : 32;
    void *space = utfall_run_array(run, wider, size);
    if (space != NULL) {
        if (count > 0) {
            memcpy(space, old, count * size);
        }
        *capacity = wider;
    }
    return space;
}

static utfall__block *last_block(utfall__sheet *sheet)
{
    return sheet->count > 0 ? &sheet->blocks[sheet->count - 1] : NULL;
}

void utfall__sheet_add(utfall__sheet *sheet, utfall__block_kind kind, const char *text)
{
    if (text == NULL || sheet->has_failed) {
        sheet->has_failed = true;
        return;
    }
    if (sheet->count == sheet->capacity) {
        void *space =
            grown(sheet->run, sheet->blocks, sheet->count, &sheet->capacity, sizeof *sheet->blocks);
        if (space == NULL) {
            sheet->has_failed = true;
            return;
        }
        sheet->blocks = space;
    }
    utfall__block *block = &sheet->blocks[sheet->count++];
    *block = (utfall__block){.kind = kind, .text = text};
    if (kind == UTFALL__SECTION) {
        block->number = ++sheet->sections;
    } else if (kind == UTFALL__APPENDIX) {
        block->number = ++sheet->appendices;
    } else if (kind == UTFALL__TABLE) {
        block->number = ++sheet->tables;
    } else if (kind == UTFALL__NUMBERED) {
        const bool is_first = sheet->count == 1 || block[-1].kind != UTFALL__NUMBERED;
        block->number = is_first ? 1 : block[-1].number + 1;
    }
}

void utfall__sheet_table(utfall__sheet *sheet, const char *caption)
{
    utfall__sheet_add(sheet, UTFALL__TABLE, caption);
}

void utfall__sheet_column(utfall__sheet *sheet, const char *heading, bool is_number)
{
    utfall__block *block = last_block(sheet);
    if (heading == NULL || block == NULL || block->column_count == UTFALL__COLUMNS_MAX) {
        sheet->has_failed = true;
        return;
    }
    block->columns[block->column_count++] =
        (utfall__column){.heading = heading, .is_number = is_number};
}

void utfall__sheet_cell(utfall__sheet *sheet, const char *text)
{
    utfall__block *block = last_block(sheet);
    if (text == NULL || block == NULL || sheet->has_failed) {
        sheet->has_failed = true;
        return;
    }
    if (block->cell_count == block->cell_capacity) {
        void *space = grown(sheet->run, block->cells, block->cell_count, &block->cell_capacity,
                            sizeof *block->cells);
        if (space == NULL) {
            sheet->has_failed = true;
            return;
        }
        block->cells = space;
    }
    block->cells[block->cell_count++] = text;
}

void utfall__sheet_pair(utfall__sheet *sheet, const char *label, const char *value)
{
    utfall__block *block = last_block(sheet);
    if (block == NULL || block->kind != UTFALL__PAIRS) {
        utfall__sheet_add(sheet, UTFALL__PAIRS, "");
        utfall__sheet_column(sheet, "", false);
        utfall__sheet_column(sheet, "", false);
    }
    utfall__sheet_cell(sheet, label);
    utfall__sheet_cell(sheet, value);
}

void utfall__sheet_total(utfall__sheet *sheet)
{
    utfall__block *block = last_block(sheet);
    if (block != NULL) {
        block->has_total = true;
    }
}

utfall_status utfall__sheet_status(const utfall__sheet *sheet)
{
    bool is_whole = !sheet->has_failed;
    for (size_t i = 0; is_whole && i < sheet->count; i++) {
        const utfall__block *block = &sheet->blocks[i];
        is_whole = block->column_count == 0 || block->cell_count % block->column_count == 0;
    }
    /* a joined text ends early at a part that failed, so the run has the last word */
    const utfall_status status = utfall_run_failure(sheet->run);
    return status != UTFALL_OK ? status : is_whole ? UTFALL_OK : UTFALL_E_BUG;
}
