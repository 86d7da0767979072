/* reports/whatif.c - scenarios side by side: as a table for a terminal, and one parameter at a time
 * with the widest effect first.
 *
 * In: a grid of facts. Out: text. Amounts are rounded here for reading and nowhere else; what is
 * compared is compared exactly. */
#include <stdlib.h>
#include <string.h>
#include "reports/sections.h"

enum { BAR_COLUMNS = 10, FAULTS_SHOWN = 20, HEAD_LETTERS = 6 };

typedef struct view {
    utfall_run *run;
    utfall__sheet *sheet;
    const utfall_grid *grid;
    utfall_language language;
} view;

/* ---- names of columns ---- */

/* Whether an end of a path is that of another head too. */
static bool is_end_of_another(const view *v, const char *head, const char *end)
{
    const size_t len = strlen(end);
    for (size_t h = 0; h < v->grid->head_count; h++) {
        const char *other = v->grid->heads[h];
        const size_t whole = strlen(other);
        if (strcmp(other, head) != 0 && whole >= len && strcmp(other + whole - len, end) == 0)
            return true;
    }
    return false;
}

/* The last key of a path, or all of a path with a list in it: "window", "waterfall[0].share". A key
 * of few letters says little alone, so that what stands before it comes along: "price_index.use".
 */
static const char *head_words(const view *v, const char *head)
{
    if (strcmp(head, "scenario") == 0)
        return WORD_TEXT(v, WORD_WHATIF_SCENARIO);
    if (strchr(head, '[') != NULL)
        return head;
    const char *end = head + strlen(head);
    while (end > head && (strlen(end) < HEAD_LETTERS || is_end_of_another(v, head, end))) {
        end--; /* over the dot */
        while (end > head && end[-1] != '.')
            end--;
    }
    return end;
}

static const char *party_words(const view *v, const char *id, size_t len)
{
    const utfall_contract *contract = v->grid->contract;
    for (size_t i = 0; i < contract->party_count; i++)
        if (strlen(contract->parties[i].id) == len && memcmp(contract->parties[i].id, id, len) == 0)
            return utfall__party_name(contract, i);
    return NULL;
}

static const char *of_party(const view *v, utfall__word word, const char *id)
{
    const char *party = party_words(v, id, strlen(id));
    return party == NULL ? NULL : SAY(v, word, party);
}

/* What a fact is called; the key itself where there is no name for it. */
static const char *key_words(const view *v, const char *key)
{
    const char *words = NULL;
    if (strcmp(key, "saving.total") == 0)
        words = WORD_TEXT(v, WORD_WHATIF_SAVING);
    else if (strcmp(key, "expected.total") == 0)
        words = WORD_TEXT(v, WORD_WHATIF_EXPECTED);
    else if (strcmp(key, "actual.total") == 0)
        words = WORD_TEXT(v, WORD_WHATIF_ACTUAL);
    else if (strncmp(key, "result.", 7) == 0)
        words = of_party(v, WORD_WHATIF_RESULT, key + 7);
    else if (strncmp(key, "borne.", 6) == 0)
        words = of_party(v, WORD_WHATIF_BORNE, key + 6);
    else if (strncmp(key, "due.", 4) == 0 && strchr(key + 4, '.') != NULL) {
        const char *dot = strchr(key + 4, '.');
        const char *from = party_words(v, key + 4, (size_t)(dot - key - 4));
        const char *to = party_words(v, dot + 1, strlen(dot + 1));
        if (from != NULL && to != NULL)
            words = SAY(v, WORD_WHATIF_DUE, from, to);
    }
    return words != NULL ? words : key;
}

/* An end of an interval that holds a rate: exact, and unreadable as it is. */
static bool is_rate(const char *key)
{
    const size_t len = strlen(key);
    return strncmp(key, "return.irr.", 11) == 0 &&
           ((len > 4 && strcmp(key + len - 4, ".low") == 0) ||
            (len > 5 && strcmp(key + len - 5, ".high") == 0));
}

static const char *fact_words(const view *v, const utfall_fact *fact)
{
    const utfall_rat *rate;
    if (fact->value == NULL)
        return "";
    if (fact->amount == NULL && is_rate(fact->key) &&
        utfall_rat_parse(v->run, &rate, fact->value, strlen(fact->value)) == UTFALL_OK)
        return utfall__percent(v->run, v->language, rate);
    return fact->amount == NULL ? fact->value
                                : utfall__amount_bare(v->run, v->language, fact->amount);
}

static bool is_number_key(const utfall_grid *grid, size_t key)
{
    for (size_t r = 0; r < grid->row_count; r++)
        if (grid->rows[r].fault == NULL && grid->rows[r].facts[key].amount != NULL)
            return true;
    return false;
}

/* ---- the grid ---- */

/* "36 months, [18]": what tells a row from the others. */
static const char *row_words(const view *v, const utfall_grid_row *row)
{
    const char *words = "";
    for (size_t h = 0; h < v->grid->head_count && words != NULL; h++)
        words =
            utfall_run_join(v->run, words, h > 0 ? ", " : "", row->labels[h], (const char *)NULL);
    return words;
}

static void faults_add(const view *v)
{
    size_t shown = 0;
    for (size_t r = 0; r < v->grid->row_count && shown < FAULTS_SHOWN; r++) {
        if (v->grid->rows[r].fault == NULL)
            continue;
        shown++;
        utfall__sheet_add(
            v->sheet, UTFALL__ITEM,
            SAY(v, WORD_WHATIF_REFUSED, row_words(v, &v->grid->rows[r]), v->grid->rows[r].fault));
    }
}

static void top_add(const view *v)
{
    const utfall_grid *grid = v->grid;
    const char *title = grid->title[0] != '\0' ? grid->title : WORD_TEXT(v, WORD_WHATIF);
    utfall__sheet_add(
        v->sheet, UTFALL__TITLE,
        utfall_run_join(v->run, title, ": ", grid->contract->title, (const char *)NULL));
    if (grid->contract->note[0] != '\0')
        utfall__sheet_add(v->sheet, UTFALL__NOTE, grid->contract->note);
    if (grid->note != NULL)
        utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, grid->note);
    if (grid->missing > 0)
        utfall__sheet_add(v->sheet, UTFALL__LEAD,
                          SAY(v, WORD_WHATIF_STOPPED,
                              utfall__count(v->run, v->language, grid->row_count),
                              utfall__count(v->run, v->language, grid->row_count + grid->missing)));
}

static void foot_add(const view *v)
{
    faults_add(v);
    utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH,
                      SAY(v, WORD_WHATIF_AMOUNTS,
                          utfall__amount_units(v->language, v->grid->contract->currency)));
}

static void grid_add(const view *v)
{
    const utfall_grid *grid = v->grid;
    utfall__sheet_table(v->sheet, "");
    for (size_t h = 0; h < grid->head_count; h++)
        utfall__sheet_column(v->sheet, head_words(v, grid->heads[h]), false);
    for (size_t k = 0; k < grid->key_count; k++)
        utfall__sheet_column(v->sheet, key_words(v, grid->keys[k]), is_number_key(grid, k));
    for (size_t r = 0; r < grid->row_count; r++) {
        for (size_t h = 0; h < grid->head_count; h++)
            utfall__sheet_cell(v->sheet, grid->rows[r].labels[h]);
        for (size_t k = 0; k < grid->key_count; k++)
            utfall__sheet_cell(v->sheet, grid->rows[r].fault != NULL
                                             ? "-"
                                             : fact_words(v, &grid->rows[r].facts[k]));
    }
}

utfall_status utfall_grid_text(utfall_run *run, const char **out, size_t *len,
                               const utfall_grid *grid, utfall_language language)
{
    utfall__sheet sheet;
    const view v = {.run = run, .sheet = &sheet, .grid = grid, .language = language};
    utfall__sheet_start(&sheet, run);
    top_add(&v);
    if (grid->row_count > 0)
        grid_add(&v);
    foot_add(&v);
    return utfall__render_text(&sheet, out, len, grid->columns > 0 ? grid->columns : 80, language);
}

/* ---- one at a time ---- */

/* How far one axis moves the first key. */
typedef struct swing {
    size_t head, least, most; /* rows */
    const utfall_rat *width;
} swing;

static const utfall_rat *amount_of(const view *v, size_t row)
{
    return v->grid->rows[row].fault == NULL ? v->grid->rows[row].facts[0].amount : NULL;
}

static bool belongs_to(const view *v, size_t row, size_t head)
{
    return row == 0 || strcmp(v->grid->rows[row].labels[head], v->grid->rows[0].labels[head]) != 0;
}

static bool swing_find(const view *v, swing *out, size_t head)
{
    *out = (swing){.head = head};
    for (size_t r = 1; r < v->grid->row_count; r++) {
        const utfall_rat *amount = amount_of(v, r);
        if (amount == NULL || !belongs_to(v, r, head))
            continue;
        if (utfall_rat_compare(amount, amount_of(v, out->least)) < 0)
            out->least = r;
        if (utfall_rat_compare(amount, amount_of(v, out->most)) > 0)
            out->most = r;
    }
    out->width = utfall_rat_sub(v->run, amount_of(v, out->most), amount_of(v, out->least));
    return out->width != NULL;
}

static int by_width(const void *a, const void *b)
{
    const swing *x = a, *y = b;
    const int order = utfall_rat_compare(y->width, x->width);
    return order != 0 ? order : (x->head > y->head) - (x->head < y->head);
}

static const char *bar(const view *v, const swing *s, const utfall_rat *widest)
{
    int64_t length = 0;
    const utfall_rat *part =
        utfall_rat_sign(widest) == 0
            ? utfall_rat_of(v->run, 0, 1)
            : utfall_rat_div(
                  v->run, utfall_rat_mul(v->run, s->width, utfall_rat_of(v->run, BAR_COLUMNS, 1)),
                  widest);
    if (part == NULL || utfall_rat_floor(&length, part) != UTFALL_OK)
        return NULL;
    const char *text = "";
    for (int64_t i = 0; i < length && text != NULL; i++)
        text = utfall_run_join(v->run, text, "\u2588", (const char *)NULL);
    return text;
}

static const char *end_words(const view *v, const swing *s, size_t row)
{
    const char *amount = utfall__amount_bare(v->run, v->language, amount_of(v, row));
    if (row == 0 && amount != NULL)
        return utfall_run_join(v->run, amount, " ", v->grid->rows[0].labels[s->head],
                               (const char *)NULL);
    return SAY(v, WORD_WHATIF_AT, amount, v->grid->rows[row].labels[s->head]);
}

static void tornado_add(const view *v, const swing *swings, size_t count)
{
    utfall__sheet_table(
        v->sheet,
        SAY(v, WORD_WHATIF_TORNADO, key_words(v, v->grid->keys[0]),
            utfall__amount(v->run, v->language, v->grid->contract->currency, amount_of(v, 0))));
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_WHATIF_PLACE), false);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_WHATIF_LEAST), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_WHATIF_MOST), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_WHATIF_SWING), true);
    utfall__sheet_column(v->sheet, "", false);
    for (size_t i = 0; i < count; i++) {
        utfall__sheet_cell(v->sheet, head_words(v, v->grid->heads[swings[i].head]));
        utfall__sheet_cell(v->sheet, end_words(v, &swings[i], swings[i].least));
        utfall__sheet_cell(v->sheet, end_words(v, &swings[i], swings[i].most));
        utfall__sheet_cell(v->sheet, utfall__amount_bare(v->run, v->language, swings[i].width));
        utfall__sheet_cell(v->sheet, bar(v, &swings[i], swings[0].width));
    }
}

utfall_status utfall_grid_tornado(utfall_run *run, const char **out, size_t *len,
                                  const utfall_grid *grid, utfall_language language)
{
    utfall__sheet sheet;
    const view v = {.run = run, .sheet = &sheet, .grid = grid, .language = language};
    swing *swings = utfall_run_array(run, grid->head_count, sizeof *swings);
    size_t count = 0;
    if (swings == NULL)
        return UTFALL_E_NOMEM;
    if (grid->row_count == 0 || grid->key_count == 0 || amount_of(&v, 0) == NULL)
        return utfall_grid_text(run, out, len, grid, language);
    for (size_t h = 0; h < grid->head_count; h++)
        count += swing_find(&v, &swings[count], h);
    qsort(swings, count, sizeof *swings, by_width);
    utfall__sheet_start(&sheet, run);
    top_add(&v);
    tornado_add(&v, swings, count);
    foot_add(&v);
    return utfall__render_text(&sheet, out, len, grid->columns > 0 ? grid->columns : 80, language);
}
