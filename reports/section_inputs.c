/* reports/section_inputs.c - what went in: files with their digests, and what became of each row.
 *
 * In: the frame's inputs and the sums' rows. Out: two tables. Invariant: the rows of all classes
 * add up to the file, and the total is shown. */
#include <string.h>
#include "reports/sections.h"

enum { DIGEST_BYTES_SHOWN = 8 };

static const char *role_words(const utfall__statement *st, const char *role)
{
    static const struct {
        const char *role;
        utfall__word word;
    } roles[] = {
        {"contract", WORD_INPUT_CONTRACT},
        {"people", WORD_INPUT_PEOPLE},
        {"costs", WORD_INPUT_COSTS},
        {"reference-people", WORD_INPUT_REFERENCE_PEOPLE},
        {"reference-costs", WORD_INPUT_REFERENCE_COSTS},
        {"standard-cost", WORD_INPUT_STANDARD_COST},
        {"price-index", WORD_INPUT_PRICE_INDEX},
        {"drawn", WORD_INPUT_DRAWN},
        {"school", WORD_INPUT_SCHOOL},
        {"grades", WORD_INPUT_GRADES},
        {"outcome", WORD_INPUT_OUTCOME},
        {"control", WORD_INPUT_CONTROL},
    };
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (strcmp(roles[i].role, role) == 0)
            return WORD_TEXT(st, roles[i].word);
    return role;
}

/* The first bytes of a digest; the whole of it stands in the ledger. */
static const char *digest_start(utfall_run *run, const uint8_t *digest)
{
    static const char digits[] = "0123456789abcdef";
    char out[2 * DIGEST_BYTES_SHOWN];
    for (size_t i = 0; i < DIGEST_BYTES_SHOWN; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 0xF];
    }
    return utfall_run_text(run, out, sizeof out);
}

static void files_add(const utfall__statement *st)
{
    const utfall_report_frame *frame = st->frame;
    utfall__sheet *sheet = st->sheet;
    utfall__sheet_table(sheet, WORD_TEXT(st, WORD_FILES));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_FILE), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_CONTENT), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_ROWS), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_DIGEST_START), false);
    for (size_t i = 0; i < frame->input_count; i++) {
        const utfall_input *input = &frame->inputs[i];
        const bool is_table = strcmp(input->role, "contract") != 0;
        utfall__sheet_cell(sheet, input->name);
        utfall__sheet_cell(sheet, role_words(st, input->role));
        utfall__sheet_cell(sheet,
                           is_table ? utfall__count(st->run, st->language, input->rows) : "");
        utfall__sheet_cell(sheet, digest_start(st->run, input->sha256));
    }
}

static utfall__word class_word(utfall_class class)
{
    switch (class) {
    case UTFALL_ROW_UNKNOWN:
        return WORD_CLASS_UNKNOWN;
    case UTFALL_ROW_NOT_SELECTED:
        return WORD_CLASS_NOT_SELECTED;
    case UTFALL_ROW_SOURCE:
        return WORD_CLASS_SOURCE;
    case UTFALL_ROW_BEFORE:
        return WORD_CLASS_BEFORE;
    case UTFALL_ROW_EXITED:
        return WORD_CLASS_EXITED;
    case UTFALL_ROW_AFTER:
        return WORD_CLASS_AFTER;
    case UTFALL_ROW_USED:
        return WORD_CLASS_USED;
    }
    return WORD_CLASS_UNKNOWN;
}

/* One side's rows: the classes that occur and, last, their sum. */
static void rows_add(const utfall__statement *st, utfall__word caption, const utfall_rows *rows)
{
    utfall__sheet *sheet = st->sheet;
    const utfall_rat *amount = utfall_rat_of(st->run, 0, 1);
    uint64_t count = 0;
    utfall__sheet_table(sheet, WORD_TEXT(st, caption));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_CLASS), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_ROWS), true);
    utfall__sheet_column(sheet,
                         SAY(st, WORD_AMOUNT_IN,
                             utfall__amount_unit(st->language, st->settlement->contract->currency)),
                         true);
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        const utfall_rat *part = utfall__rat_of_minor(st->run, rows->amount_minor[i]);
        amount = utfall_rat_add(st->run, amount, part);
        count += rows->count[i];
        if (rows->count[i] == 0 && i != UTFALL_ROW_USED)
            continue;
        utfall__sheet_cell(sheet, WORD_TEXT(st, class_word((utfall_class)i)));
        utfall__sheet_cell(sheet, utfall__count(st->run, st->language, rows->count[i]));
        utfall__sheet_cell(sheet, utfall__amount_bare(st->run, st->language, part));
    }
    utfall__sheet_cell(sheet, WORD_TEXT(st, WORD_TOTAL));
    utfall__sheet_cell(sheet, utfall__count(st->run, st->language, count));
    utfall__sheet_cell(sheet, utfall__amount_bare(st->run, st->language, amount));
    utfall__sheet_total(sheet);
}

void utfall__section_inputs(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    utfall__sheet_add(st->sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_INPUTS));
    if (st->frame->input_count > 0)
        files_add(st);
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_ROWS_INTRO));
    rows_add(st, WORD_ROWS_TARGET, &s->sums->target.rows);
    if (s->contract->design != UTFALL_DESIGN_AGREED)
        rows_add(st, WORD_ROWS_COMPARISON, &s->sums->comparison.rows);
}
