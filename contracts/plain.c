/* contracts/plain.c - plain rows of a chunk: marks, cells, values, and off to the share in groups.
 *
 * In: whole lines. Out: a share of the fold, and the places of the rows that are not plain.
 * Invariants: what a plain row adds is what the row by row reading of costs.c would add; a row is
 * gathered as a whole or noted as odd; odd rows are noted in the order of the file. Most rows are
 * spelled as rows are as a rule (usual.c); the others are looked at again, mark by mark
 * (row_unusual). A line with an odd number of quotation marks may be a part of a row only, so
 * reading ends before it. */
#include "contracts/plain.h"
#include "contracts/cell.h"
#include "contracts/encoding.h"
#include "contracts/pseudonym.h"
#include "contracts/scan.h"

#include <string.h>

enum {
    WINDOW = 8 * 1024, /* bytes whose marks are looked for at a time */
    INDEX = 1 + UTFALL_CSV_ROW_MAX + 2 * WINDOW + UTFALL_SCAN_ROOM,
    LEAST_ROW = 12 /* bytes of a plain row: id, month of seven, amount, marks between them */
};
enum { PLAIN = 0, QUOTED = 1, HIGH = 2, CONTROL = 4 }; /* what was met in a row */

/* ---- making ---- */

utfall_plain *utfall_plain_new(utfall_run *run, const utfall_plan *plan, utfall_fold *fold)
{
    utfall_plain *plain = utfall_run_alloc(run, sizeof *plain);
    if (plain == NULL)
        return NULL;
    plain->plan = *plan;
    plain->scan = utfall_scan_best();
    plain->usual = utfall_usual_best();
    plain->index = utfall_run_array(run, INDEX, sizeof *plain->index);
    plain->cells = utfall_run_array(run, UTFALL_CSV_COLUMNS_MAX + 1, sizeof *plain->cells);
    plain->share =
        utfall_share_new(fold, (UTFALL_SOURCE_KEEP + UTFALL_SOURCE_BLOCK) / LEAST_ROW + 1);
    if (plain->index == NULL || plain->cells == NULL || plain->share == NULL)
        return NULL;
    return utfall_plan_ready(run, &plain->plan) ? plain : NULL;
}

void utfall_plain_end(utfall_plain *plain)
{
    utfall_share_end(plain->share);
}

/* ---- batches ---- */

/* When places become scarce the rest of the chunk is odd as a whole. */
static bool is_all_odd(const utfall_plain *plain)
{
    return plain->odd_count >= UTFALL_ODD_MAX - UTFALL_PLAIN_ROWS;
}

static void odd_add(utfall_plain *plain, utfall_odd odd)
{
    if (plain->odd_count > 0) {
        utfall_odd *last = &plain->odd[plain->odd_count - 1];
        if (last->at + last->len == odd.at) {
            last->len += odd.len;
            return;
        }
    }
    plain->odd[plain->odd_count++] = odd;
}

/* Somebody whom nobody knows, but who may be one. */
static bool is_stranger_sound(const utfall_plain *plain, const utfall_cost_row *row)
{
    return !plain->plan.refuses_unknown && row->len > 0 &&
           !utfall_cell_is_formula(row->id, row->len) &&
           !utfall_pseudonym_is_personal(row->id, row->len);
}

/* The line on which a byte of the text lies, counted on from a line before it. */
static uint32_t line_of(const char *text, utfall_odd from, size_t at)
{
    const char *next = text + from.at;
    while ((next = memchr(next, '\n', (size_t)(text + at - next))) != NULL) {
        from.line++;
        next++;
    }
    return from.line;
}

/* Where a row lies. Few are asked for it, so it is not kept of each. They are asked in the order of
 * the file: lines are counted on from the one before. */
static utfall_odd place_of(utfall_plain *plain, const utfall_cost_row *row)
{
    const char *from = row->id, *end = row->id;
    while (from > plain->text && from[-1] != '\n')
        from--;
    while (*end != '\n')
        end++;
    const uint32_t at = (uint32_t)(from - plain->text);
    const uint32_t line = line_of(plain->text, plain->asked, at);
    plain->asked = (utfall_odd){at, (uint32_t)(end + 1 - from), line};
    return plain->asked;
}

/* A row that was not gathered. */
static void stranger_take(utfall_plain *plain, const utfall_cost_row *row)
{
    if (is_stranger_sound(plain, row)) {
        utfall_share_stranger(plain->share, row->minor);
        plain->rows++;
    } else {
        odd_add(plain, place_of(plain, row));
    }
}

/* Count those of rows just gathered that lie after the month to be told of. Those that are refused
 * are told of anyhow. */
static void late_note(utfall_plain *plain, const utfall_cost_row *rows, size_t count)
{
    const utfall_odd start = {0};
    for (size_t i = 0; i < count; i++)
        if (rows[i].month.ordinal > plain->plan.through.ordinal &&
            (!rows[i].is_stranger || is_stranger_sound(plain, &rows[i])) && plain->late++ == 0)
            plain->late_line = line_of(plain->text, start, (size_t)(rows[i].id - plain->text));
}

/* Gather the oldest rows, at most to the end of their group. */
static void group_gather(utfall_plain *plain, size_t count)
{
    const size_t first = plain->gathered % UTFALL_PLAIN_ROWS;
    size_t strangers = utfall_share_gather(plain->share, plain->batch + first, count);
    plain->rows += count - strangers;
    plain->gathered += count;
    for (size_t i = first; strangers > 0; i++)
        if (plain->batch[i].is_stranger) {
            stranger_take(plain, &plain->batch[i]);
            strangers--;
        }
    if (plain->has_late)
        late_note(plain, plain->batch + first, count);
}

/* `count` more rows were read, none beyond the end of their group. */
static void rows_came(utfall_plain *plain, size_t count)
{
    plain->read += count;
    if (count == 0 || plain->read % UTFALL_PLAIN_GROUP != 0)
        return;
    const size_t first = (plain->read - UTFALL_PLAIN_GROUP) % UTFALL_PLAIN_ROWS;
    utfall_share_expect(plain->share, plain->batch + first, UTFALL_PLAIN_GROUP);
    if (plain->read - plain->gathered == UTFALL_PLAIN_ROWS)
        group_gather(plain, UTFALL_PLAIN_GROUP);
}

/* Gather all rows that were read. */
static void batch_flush(utfall_plain *plain)
{
    const size_t begun = plain->read % UTFALL_PLAIN_GROUP;
    const size_t first = (plain->read - begun) % UTFALL_PLAIN_ROWS;
    utfall_share_expect(plain->share, plain->batch + first, begun);
    while (plain->read - plain->gathered >= UTFALL_PLAIN_GROUP)
        group_gather(plain, UTFALL_PLAIN_GROUP);
    group_gather(plain, begun);
    plain->read = plain->gathered = 0;
}

/* ---- the text ---- */

/* Find more marks; false when there are none. */
static bool marks_more(utfall_plain *plain, utfall_cursor *c)
{
    const size_t held = c->count;
    uint32_t *const marks = plain->index + 1;
    memmove(plain->index, c->marks - 1, (1 + held) * sizeof *marks);
    c->marks = marks;
    c->is_high &= utfall_cursor_row(c) < c->scanned; /* of bytes that no row was made of yet */
    while (c->count == held && c->scanned < c->len) {
        const size_t part = c->len - c->scanned < WINDOW ? c->len - c->scanned : WINDOW;
        c->count += plain->scan(marks + held, &c->is_high, c->text, c->text + c->scanned, part,
                                plain->plan.separator);
        c->scanned += part;
    }
    return c->count > held;
}

/* ---- usual rows ---- */

/* Read usual rows to the end of the group. Gives how many. */
static size_t group_read(utfall_plain *plain, utfall_cursor *c)
{
    utfall_cost_row *rows = plain->batch + plain->read % UTFALL_PLAIN_ROWS;
    const size_t room = UTFALL_PLAIN_GROUP - plain->read % UTFALL_PLAIN_GROUP;
    const size_t count = plain->usual(&plain->plan, rows, room, c);
    plain->has_late |= c->has_late;
    c->line += (uint32_t)count;
    return count;
}

/* Read rows until one comes that is not usual. */
static void rows_usual(utfall_plain *plain, utfall_cursor *c)
{
    size_t count = 1;
    while (count > 0 && !is_all_odd(plain)) {
        while (c->count < utfall_usual_marks(&plain->plan) && marks_more(plain, c)) {
        }
        count = group_read(plain, c);
        rows_came(plain, count);
    }
}

/* ---- other rows ---- */

static inline utfall_cell trimmed(utfall_cell cell)
{
    while (cell.len > 0 && cell.text[cell.len - 1] == ' ')
        cell.len--;
    while (cell.len > 0 && cell.text[0] == ' ') {
        cell.text++;
        cell.len--;
    }
    return cell;
}

static bool amount_read(const utfall_plan *plan, int64_t *minor, utfall_cell cell, unsigned met)
{
    if (utfall_cell_amount_plain(minor, cell.text, cell.len, plan->decimal))
        return true;
    utfall_money money = {0};
    utfall_refusal refusal;
    if (((met & HIGH) != 0 && plan->encoding != UTFALL_UTF_8) ||
        utfall_cell_amount(&money, &refusal, cell.text, cell.len, plan->decimal) != UTFALL_OK)
        return false;
    *minor = money.minor;
    return true;
}

/* Read a row whose cells are known; false when it is odd. */
static bool row_read(utfall_plain *plain, utfall_cost_row *row, unsigned met)
{
    const utfall_plan *plan = &plain->plan;
    const utfall_cell id = trimmed(plain->cells[plan->id]);
    const utfall_cell month = trimmed(plain->cells[plan->month]);
    const utfall_cell amount = trimmed(plain->cells[plan->amount]);
    if ((met & HIGH) != 0 && plan->encoding != UTFALL_UTF_8 && utfall_is_high(id.text, id.len))
        return false;
    if (!utfall_cell_month_plain(&row->month, month.text, month.len) ||
        !amount_read(plan, &row->minor, amount, met))
        return false;
    row->id = id.text;
    row->len = (uint32_t)id.len;
    row->is_counted = true;
    for (size_t i = 0; i < plan->list_count; i++) {
        const utfall_list *list = &plan->lists[i];
        row->is_counted &= utfall_list_holds(list, trimmed(plain->cells[list->cell]));
    }
    return true;
}

/* Whether a row that was split can be read as it stands; `size` is without the line end. */
static bool is_readable(const utfall_plain *plain, const char *row, size_t size, size_t count,
                        unsigned met)
{
    if (count != plain->plan.width || size > UTFALL_CSV_CELL_MAX || size + 1 == count)
        return false;
    if (met == PLAIN)
        return true;
    utfall_unsound fault;
    return met == HIGH &&
           utfall_encoding_high_fault(&fault, plain->plan.encoding, row, size) == size;
}

static void row_take(utfall_plain *plain, utfall_cursor *c, utfall_odd place, size_t count,
                     unsigned met)
{
    const char *row = c->text + place.at;
    size_t size = place.len - 1;
    size -= size > 0 && row[size - 1] == '\r';
    if (size == 0 && !is_all_odd(plain))
        return; /* a blank line */
    utfall_cost_row *to = &plain->batch[plain->read % UTFALL_PLAIN_ROWS];
    if (!is_all_odd(plain) && is_readable(plain, row, size, count, met) &&
        row_read(plain, to, met)) {
        to->is_repeat = utfall_cursor_move(c, (utfall_cell){to->id, to->len});
        plain->has_late |= to->month.ordinal > plain->plan.through.ordinal;
        rows_came(plain, 1);
        return;
    }
    batch_flush(plain);
    odd_add(plain, place);
}

/* Take the next row, whatever it is; false when reading has to end before it. */
static bool row_unusual(utfall_plain *plain, utfall_cursor *c)
{
    const uint32_t row = utfall_cursor_row(c);
    const char *at = c->text + row, *mark = at;
    size_t count = 0, quotes = 0, i = 0;
    unsigned met = PLAIN;
    do {
        if (i == c->count && (c->scanned - row > UTFALL_CSV_ROW_MAX || !marks_more(plain, c)))
            return false;
        mark = c->text + c->marks[i++];
        if (*mark == plain->plan.separator || *mark == '\n') {
            plain->cells[count] = (utfall_cell){at, (size_t)(mark - at)};
            count += count < UTFALL_CSV_COLUMNS_MAX;
            at = mark + 1;
        } else if (*mark == '"') {
            met |= QUOTED;
            quotes++;
        } else if (*mark != '\r' || mark[1] != '\n') {
            met |= CONTROL;
        }
    } while (*mark != '\n');
    const utfall_odd place = {row, (uint32_t)(at - c->text) - row, c->line};
    if (quotes % 2 != 0 || place.len > UTFALL_CSV_ROW_MAX - 2)
        return false;
    plain->cells[count - 1].len -= plain->cells[count - 1].len > 0 && mark[-1] == '\r';
    if (c->is_high && utfall_is_high(c->text + place.at, place.len))
        met |= HIGH;
    utfall_cursor_pass(c, i);
    c->line++;
    row_take(plain, c, place, count, met);
    return true;
}

void utfall_plain_read(utfall_plain *plain, const char *text, size_t len)
{
    utfall_cursor c = {.text = text, .len = len, .marks = plain->index + 1};
    plain->index[0] = UINT32_MAX;
    utfall_share_empty(plain->share);
    utfall_plan_forget(&plain->plan);
    plain->text = text;
    plain->asked = (utfall_odd){0};
    plain->rows = plain->late = 0;
    plain->has_late = false;
    plain->odd_count = plain->read = plain->gathered = 0;
    do {
        rows_usual(plain, &c);
    } while (utfall_cursor_row(&c) < len && row_unusual(plain, &c));
    batch_flush(plain);
    plain->lines = c.line;
    plain->end = utfall_cursor_row(&c);
}

void utfall_plain_try(utfall_plain *plain, const char *text, size_t len)
{
    size_t part = len < WINDOW ? len : WINDOW;
    while (part > 0 && text[part - 1] != '\n')
        part--;
    utfall_plain_read(plain, text, part);
    utfall_share_lay(plain->share);
}
