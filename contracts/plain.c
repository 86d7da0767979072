/* contracts/plain.c - plain rows of a chunk: marks, cells, values, and off to the share in groups.
 *
 * In: whole lines. Out: a share of the fold, and the places of the rows that are not plain.
 * Invariants: what a plain row adds is what the row by row reading of costs.c would add; a row is
 * gathered as a whole or noted as odd; odd rows are noted in the order of the file. Most rows are
 * spelled as rows are as a rule, and pass in a few dozen instructions (row_usual); the others are
 * looked at again, mark by mark (row_unusual). A line with an odd number of quotation marks may be
 * a part of a row only, so reading ends before it. */
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

/* What is called for many rows at a time has the registers to itself. */
#if defined(__GNUC__)
#define NOINLINE __attribute__((noinline))
#else
#define NOINLINE
#endif

/* ---- making ---- */

static utfall_key key_of(utfall_cell word)
{
    utfall_key key = {0, 0, word};
    const size_t len = word.len < sizeof key.bytes ? word.len : sizeof key.bytes;
    if (word.len == SIZE_MAX) /* in no cell */
        return key;
    if (len > 0 && (word.text[0] == ' ' || word.text[word.len - 1] == ' ')) {
        key.word.len = SIZE_MAX; /* nor is this one: cells are without the spaces around them */
        return key;
    }
    memcpy(&key.bytes, word.text, len);
    memset(&key.mask, 0xFF, len);
    return key;
}

static bool list_make(utfall_run *run, utfall_list *list)
{
    list->seen = utfall_run_array(run, list->count, sizeof *list->seen);
    list->keys = utfall_run_array(run, list->count + 1, sizeof *list->keys);
    if (list->seen == NULL || list->keys == NULL)
        return false;
    for (size_t k = 0; k < list->count; k++)
        list->keys[k] = key_of(list->words[k]);
    /* The first is asked for even when there is none: then this is it, and in no cell. */
    list->keys[list->count].word.len = SIZE_MAX;
    return true;
}

utfall_plain *utfall_plain_new(utfall_run *run, const utfall_plan *plan, utfall_fold *fold)
{
    utfall_plain *plain = utfall_run_alloc(run, sizeof *plain);
    if (plain == NULL)
        return NULL;
    plain->plan = *plan;
    plain->scan = utfall_scan_best();
    plain->index = utfall_run_array(run, INDEX, sizeof *plain->index);
    plain->cells = utfall_run_array(run, UTFALL_CSV_COLUMNS_MAX + 1, sizeof *plain->cells);
    plain->share =
        utfall_share_new(fold, (UTFALL_SOURCE_KEEP + UTFALL_SOURCE_BLOCK) / LEAST_ROW + 1);
    if (plain->index == NULL || plain->cells == NULL || plain->share == NULL)
        return NULL;
    for (size_t i = 0; i < plan->list_count; i++)
        if (!list_make(run, &plain->plan.lists[i]))
            return NULL;
    return plain;
}

void utfall_plain_end(utfall_plain *plain)
{
    utfall_share_end(plain->share);
}

/* ---- lists ---- */

/* Whether a cell without spaces around it is the word. The 8 bytes from the cell on can be read. */
static inline bool is_word(const utfall_key *key, utfall_cell cell)
{
    uint64_t bytes;
    memcpy(&bytes, cell.text, sizeof bytes);
    return key->word.len == cell.len && (bytes & key->mask) == key->bytes &&
           (cell.len <= sizeof bytes || memcmp(key->word.text, cell.text, cell.len) == 0);
}

/* Whether it is one of the words. */
static bool list_holds(const utfall_list *list, utfall_cell cell)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_word(&list->keys[i], cell)) {
            list->seen[i] = true;
            return true;
        }
    return false;
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

/* A row that was not gathered. */
static void stranger_take(utfall_plain *plain, size_t i)
{
    const utfall_cost_row *row = &plain->batch[i];
    if (is_stranger_sound(plain, row)) {
        utfall_share_stranger(plain->share, row->minor);
        plain->rows++;
    } else {
        odd_add(plain, plain->places[i]);
    }
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
            stranger_take(plain, i);
            strangers--;
        }
}

/* `count` more rows were read into their places, none beyond the end of their group. */
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

/* What is being read: marks that were found and not taken, and the place of the next row. */
typedef struct cursor {
    const char *text;
    size_t len, scanned; /* bytes: in all, looked at for marks */
    uint32_t *marks;     /* the place before the first can be written */
    size_t count;
    uint32_t row;
    bool is_high; /* some byte from the next row on that was looked at is not ASCII */
} cursor;

/* Find more marks; false when there are none. */
static bool marks_more(utfall_plain *plain, cursor *c)
{
    const size_t held = c->count;
    memmove(plain->index + 1, c->marks, held * sizeof *c->marks);
    c->marks = plain->index + 1;
    c->is_high &= c->row < c->scanned; /* of bytes that no row has been made of yet */
    while (c->count == held && c->scanned < c->len) {
        const size_t part = c->len - c->scanned < WINDOW ? c->len - c->scanned : WINDOW;
        c->count += plain->scan(c->marks + held, &c->is_high, c->text, c->text + c->scanned, part,
                                plain->plan.separator);
        c->scanned += part;
    }
    return c->count > held;
}

static void row_end(utfall_plain *plain, cursor *c, size_t marks)
{
    c->row = c->marks[marks - 1] + 1;
    c->marks += marks;
    c->count -= marks;
    plain->lines++;
}

/* Count those of rows just read that lie after the month to be told of. */
NOINLINE static void late_note(utfall_plain *plain, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++)
        if (plain->batch[i].month.ordinal > plain->plan.through.ordinal && plain->late++ == 0)
            plain->late_line = plain->places[i].line;
}

/* ---- usual rows ---- */

/* The cell before mark number `i` of a row. The mark before its first ends the row before. */
static inline utfall_cell cell_at(const char *text, const uint32_t *marks, ptrdiff_t i)
{
    const uint32_t from = marks[i - 1] + 1;
    return (utfall_cell){text + from, marks[i] - from};
}

/* Whether the next marks are those of a row with nothing else in it: then its cells lie between
 * them, and this is how many they are. A line end of two bytes makes two marks. */
static inline size_t row_marks(const utfall_plan *plan, const char *text, const uint32_t *marks)
{
    const uint32_t *const last = marks + plan->width - 1;
    for (; marks < last; marks++)
        if (text[*marks] != plan->separator)
            return 0;
    const char *end = text + *last;
    if (end[0] == '\n')
        return plan->width;
    return end[0] == '\r' && end[1] == '\n' ? plan->width + 1 : 0;
}

/* Whether a row with bytes that are not ASCII can be read as it stands. */
static bool is_high_sound(const utfall_plan *plan, const char *text, size_t size,
                          const utfall_cost_row *row)
{
    utfall_unsound fault;
    return utfall_encoding_high_fault(&fault, plan->encoding, text, size) == size &&
           (plan->encoding == UTFALL_UTF_8 || !utfall_is_high(row->id, row->len));
}

/* Whether a row counts by the lists; false when a cell may be a word once the spaces around it are
 * gone. */
NOINLINE static bool lists_ask(const utfall_plan *plan, bool *counts, const char *text,
                               const uint32_t *marks)
{
    *counts = true;
    for (size_t i = 0; i < plan->list_count; i++) {
        const utfall_list *list = &plan->lists[i];
        const utfall_cell cell = cell_at(text, marks, (ptrdiff_t)list->cell);
        if (list_holds(list, cell))
            continue;
        *counts = false;
        if (cell.len > 0 && (cell.text[0] == ' ' || cell.text[cell.len - 1] == ' '))
            return false;
    }
    return true;
}

/* The same, quickly where one list says most, and its first word the most of it. */
static inline bool is_counted(const utfall_plan *plan, bool *counts, const char *text,
                              const uint32_t *marks)
{
    const utfall_list *list = &plan->lists[0];
    *counts = true;
    if (plan->list_count == 0)
        return true;
    const utfall_cell cell = cell_at(text, marks, (ptrdiff_t)list->cell);
    if (plan->list_count > 1 || !is_word(&list->keys[0], cell))
        return lists_ask(plan, counts, text, marks);
    list->seen[0] = true;
    return true;
}

/* Read a row between marks that is spelled as almost all are: no space where none is needed, and a
 * month and an amount of the plainest form. */
static inline bool row_usual(const utfall_plan *plan, utfall_cost_row *row, const char *text,
                             const uint32_t *marks)
{
    const utfall_cell id = cell_at(text, marks, (ptrdiff_t)plan->id);
    const utfall_cell month = cell_at(text, marks, (ptrdiff_t)plan->month);
    const utfall_cell amount = cell_at(text, marks, (ptrdiff_t)plan->amount);
    row->id = id.text;
    row->len = (uint32_t)id.len;
    return id.len > 0 && id.text[0] != ' ' && id.text[id.len - 1] != ' ' &&
           utfall_cell_month_plain(&row->month, month.text, month.len) &&
           utfall_cell_amount_usual(&row->minor, amount.text, amount.len, plan->decimal) &&
           is_counted(plan, &row->is_counted, text, marks);
}

/* Read usual rows to the end of the group. Gives how many: fewer where another kind of row comes,
 * or where there may be too few marks for one. */
NOINLINE static size_t group_read(utfall_plain *plain, cursor *c)
{
    const size_t first = plain->read % UTFALL_PLAIN_ROWS;
    const size_t room = UTFALL_PLAIN_GROUP - first % UTFALL_PLAIN_GROUP;
    const utfall_plan *const plan = &plain->plan;
    const char *const text = c->text;
    utfall_cost_row *row = plain->batch + first;
    utfall_odd *place = plain->places + first;
    uint32_t *marks = c->marks, at = c->row;
    const uint32_t *const end = marks + c->count;
    size_t count = 0;
    int32_t left = 0; /* below 0: some row is late */
    marks[-1] = at - 1;
    for (; count < room && (size_t)(end - marks) > plan->width; count++, row++, place++) {
        const size_t own = row_marks(plan, text, marks);
        if (own == 0)
            break;
        const uint32_t size = marks[own - 1] + 1 - at;
        if (size > UTFALL_CSV_CELL_MAX || !row_usual(plan, row, text, marks) ||
            (c->is_high && !is_high_sound(plan, text + at, size, row)))
            break;
        *place = (utfall_odd){at, size, plain->lines + (uint32_t)count};
        left |= plan->through.ordinal - row->month.ordinal;
        marks += own;
        at += size;
    }
    if (left < 0)
        late_note(plain, first, count);
    plain->lines += (uint32_t)count;
    c->row = at;
    c->marks = marks;
    c->count = (size_t)(end - marks);
    return count;
}

/* Read usual rows; false when the next row is none. */
static bool rows_usual(utfall_plain *plain, cursor *c)
{
    const uint32_t from = c->row;
    size_t count = 1;
    while (count > 0 && !is_all_odd(plain)) {
        count = group_read(plain, c);
        rows_came(plain, count);
    }
    return c->row > from;
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
        row->is_counted &= list_holds(list, trimmed(plain->cells[list->cell]));
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

static void row_take(utfall_plain *plain, const char *text, utfall_odd place, size_t count,
                     unsigned met)
{
    const char *row = text + place.at;
    size_t size = place.len - 1;
    size -= size > 0 && row[size - 1] == '\r';
    if (size == 0 && !is_all_odd(plain))
        return; /* a blank line */
    const size_t at = plain->read % UTFALL_PLAIN_ROWS;
    if (!is_all_odd(plain) && is_readable(plain, row, size, count, met) &&
        row_read(plain, &plain->batch[at], met)) {
        plain->places[at] = place;
        late_note(plain, at, 1);
        rows_came(plain, 1);
        return;
    }
    batch_flush(plain);
    odd_add(plain, place);
}

/* Take the next row, whatever it is; false when reading has to end before it. */
static bool row_unusual(utfall_plain *plain, cursor *c)
{
    const char *at = c->text + c->row, *mark = at;
    size_t count = 0, quotes = 0, i = 0;
    unsigned met = PLAIN;
    do {
        if (i == c->count && (c->scanned - c->row > UTFALL_CSV_ROW_MAX || !marks_more(plain, c)))
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
    const utfall_odd place = {c->row, (uint32_t)(at - c->text) - c->row, plain->lines};
    if (quotes % 2 != 0 || place.len > UTFALL_CSV_ROW_MAX - 2)
        return false;
    plain->cells[count - 1].len -= plain->cells[count - 1].len > 0 && mark[-1] == '\r';
    if (c->is_high && utfall_is_high(c->text + place.at, place.len))
        met |= HIGH;
    row_end(plain, c, i);
    row_take(plain, c->text, place, count, met);
    return true;
}

void utfall_plain_read(utfall_plain *plain, const char *text, size_t len)
{
    cursor c = {.text = text, .len = len, .marks = plain->index + 1};
    utfall_share_empty(plain->share);
    plain->rows = plain->late = plain->lines = 0;
    plain->odd_count = plain->read = plain->gathered = 0;
    for (;;) {
        /* A row has one mark more than cells at the most, when it is usual. */
        while (c.count <= plain->plan.width && marks_more(plain, &c)) {
        }
        if (rows_usual(plain, &c))
            continue;
        if (c.row == len || !row_unusual(plain, &c))
            break;
    }
    batch_flush(plain);
    plain->end = c.row;
}
