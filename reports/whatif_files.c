/* reports/whatif_files.c - scenarios side by side for other programs: CSV and JSON.
 *
 * In: a grid of facts. Out: one line or object a scenario, in the order of the grid. JSON holds
 * every value exactly; CSV is for spreadsheets, so that amounts are in whole units of the currency
 * unless the exact ones are asked for. */
#include <string.h>
#include "reports/amount.h"
#include "reports/text.h"

/* Spreadsheets take a text that begins so for a formula. */
static bool is_formula(const char *text)
{
    return *text == '=' || *text == '+' || *text == '@' || *text == '\t' ||
           (*text == '-' && text[strspn(text, "-0123456789./")] != '\0');
}

static void csv_field(utfall__text *out, const char *text)
{
    if (text == NULL)
        return;
    if (strpbrk(text, ",\"\r\n") == NULL && !is_formula(text)) {
        utfall__text_clean(out, text);
        return;
    }
    utfall__text_add(out, "\"");
    if (is_formula(text))
        utfall__text_add(out, "'");
    for (const char *at = text; *at != '\0';) {
        const size_t plain = strcspn(at, "\"");
        utfall__text_clean(out, utfall_run_text(out->run, at, plain));
        if (at[plain] == '"')
            utfall__text_add(out, "\"\"");
        at += plain + (at[plain] == '"');
    }
    utfall__text_add(out, "\"");
}

/* "-300213.45" */
static void csv_amount(utfall__text *out, const utfall_rat *amount)
{
    const utfall_rounding how = {.mode = UTFALL_ROUND_HALF_AWAY, .unit_minor = 1};
    const utfall_rat *residue;
    utfall_money rounded;
    utfall_status status = utfall_rat_round(out->run, &rounded, &residue, amount, how);
    if (status != UTFALL_OK) {
        utfall_run_fail(out->run, status);
        out->has_failed = true;
        return;
    }
    const uint64_t minor =
        rounded.minor < 0 ? 0 - (uint64_t)rounded.minor : (uint64_t)rounded.minor;
    utfall__text_add(out, rounded.minor < 0 ? "-" : "");
    utfall__text_number(out, (int64_t)(minor / 100));
    utfall__text_add(out, minor % 100 < 10 ? ".0" : ".");
    utfall__text_number(out, (int64_t)(minor % 100));
}

static void csv_row(utfall__text *out, const utfall_grid *grid, const utfall_grid_row *row,
                    bool exact)
{
    for (size_t h = 0; h < grid->head_count; h++) {
        csv_field(out, row->labels[h]);
        utfall__text_add(out, ",");
    }
    for (size_t k = 0; k < grid->key_count; k++) {
        const utfall_fact *fact = &row->facts[k];
        if (row->fault == NULL && fact->amount != NULL && !exact)
            csv_amount(out, fact->amount);
        else if (row->fault == NULL)
            csv_field(out, fact->value);
        utfall__text_add(out, ",");
    }
    csv_field(out, row->fault);
    utfall__text_add(out, "\r\n");
}

utfall_status utfall_grid_csv(utfall_run *run, const char **out, size_t *len,
                              const utfall_grid *grid, bool exact)
{
    utfall__text text;
    utfall__text_start(&text, run);
    for (size_t h = 0; h < grid->head_count; h++) {
        csv_field(&text, grid->heads[h]);
        utfall__text_add(&text, ",");
    }
    for (size_t k = 0; k < grid->key_count; k++) {
        csv_field(&text, grid->keys[k]);
        utfall__text_add(&text, ",");
    }
    utfall__text_add(&text, "fault\r\n");
    for (size_t r = 0; r < grid->row_count; r++)
        csv_row(&text, grid, &grid->rows[r], exact);
    return utfall__text_end(&text, out, len);
}

/* ---- JSON ---- */

static void json_row(utfall__text *out, const utfall_grid *grid, const utfall_grid_row *row)
{
    utfall__text_add(out, "  {\"set\": {");
    for (size_t h = 0; h < grid->head_count; h++) {
        utfall__text_add(out, h > 0 ? ", " : "");
        utfall__text_json(out, grid->heads[h]);
        utfall__text_add(out, ": ");
        utfall__text_json(out, row->labels[h]);
    }
    utfall__text_add(out, "}, ");
    if (row->fault != NULL) {
        utfall__text_add(out, "\"fault\": ");
        utfall__text_json(out, row->fault);
        utfall__text_add(out, "}");
        return;
    }
    utfall__text_add(out, "\"facts\": {");
    for (size_t k = 0; k < grid->key_count; k++) {
        utfall__text_add(out, k > 0 ? ", " : "");
        utfall__text_json(out, grid->keys[k]);
        utfall__text_add(out, ": ");
        if (row->facts[k].value != NULL)
            utfall__text_json(out, row->facts[k].value);
        else
            utfall__text_add(out, "null");
    }
    utfall__text_add(out, "}}");
}

utfall_status utfall_grid_json(utfall_run *run, const char **out, size_t *len,
                               const utfall_grid *grid)
{
    utfall__text text;
    utfall__text_start(&text, run);
    utfall__text_add(&text, "{\"contract\": ");
    utfall__text_json(&text, grid->contract->id);
    utfall__text_add(&text, ", \"note\": ");
    utfall__text_json(&text, grid->contract->note);
    utfall__text_add(&text, ", \"title\": ");
    utfall__text_json(&text, grid->title);
    utfall__text_add(&text, ", \"version\": ");
    utfall__text_json(&text, utfall_version);
    utfall__text_add(&text, ", \"rules\": ");
    utfall__text_json(&text, utfall_rules);
    utfall__text_add(&text, ", \"missing\": ");
    utfall__text_number(&text, (int64_t)grid->missing);
    utfall__text_add(&text, ",\n \"scenarios\": [\n");
    for (size_t r = 0; r < grid->row_count; r++) {
        json_row(&text, grid, &grid->rows[r]);
        utfall__text_add(&text, r + 1 < grid->row_count ? ",\n" : "\n");
    }
    utfall__text_add(&text, "]}\n");
    return utfall__text_end(&text, out, len);
}
