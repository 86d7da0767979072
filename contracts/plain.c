/* contracts/plain.c - plain rows of a chunk: marks, cells, values, and off in batches.
 *
 * In: whole lines. Out: a share of the fold, and the places of the rows that are not plain.
 * Invariants: what a plain row adds is what the row by row reading of costs.c would add; a row is
 * gathered as a whole or noted as odd; odd rows are noted in the order of the file. A line with an
 * odd number of quotation marks may be a part of a row only, so reading ends before it. */
#include "contracts/plain.h"
#include "contracts/cell.h"
#include "contracts/encoding.h"
#include "contracts/pseudonym.h"
#include "contracts/scan.h"

#include <string.h>

enum {
    WINDOW = 8 * 1024, /* bytes whose marks are looked for at a time */
    LEAST_ROW = 12     /* bytes of a plain row: id, month of seven, amount, marks between them */
};
enum { PLAIN = 0, QUOTED = 1, HIGH = 2, CONTROL = 4 }; /* what was met in a row */

utfall_plain *utfall_plain_new(utfall_run *run, const utfall_plan *plan, utfall_fold *fold)
{
    utfall_plain *plain = utfall_run_alloc(run, sizeof *plain);
    if (plain == NULL)
        return NULL;
    plain->plan = *plan;
    plain->scan = utfall_scan_best();
    plain->index = utfall_run_array(run, WINDOW + 8, sizeof *plain->index);
    plain->cells = utfall_run_array(run, UTFALL_CSV_COLUMNS_MAX + 1, sizeof *plain->cells);
    plain->share =
        utfall_share_new(fold, (UTFALL_SOURCE_KEEP + UTFALL_SOURCE_BLOCK) / LEAST_ROW + 1);
    if (plain->index == NULL || plain->cells == NULL || plain->share == NULL)
        return NULL;
    for (size_t i = 0; i < plan->list_count; i++) {
        utfall_list *list = &plain->plan.lists[i];
        list->last.len = SIZE_MAX;
        list->seen = utfall_run_array(run, list->count, sizeof *list->seen);
        if (list->seen == NULL)
            return NULL;
    }
    return plain;
}

void utfall_plain_end(utfall_plain *plain)
{
    utfall_share_end(plain->share);
}

static bool list_find(utfall_list *list, utfall_cell cell)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->words[i].len == cell.len &&
            utfall_is_same(list->words[i].text, cell.text, cell.len)) {
            list->seen[i] = true;
            return true;
        }
    return false;
}

bool utfall_list_holds(utfall_list *list, utfall_cell cell)
{
    enum { FEW = 2 }; /* words that are compared as quickly as what was kept */
    if (list->count <= FEW)
        return list_find(list, cell);
    if (!utfall_is_kept(&list->last, cell)) {
        list->last_counts = list_find(list, cell);
        utfall_keep(&list->last, cell);
    }
    return list->last_counts;
}

/* ---- batches ---- */

/* When places become scarce the rest of the chunk is odd as a whole. */
static bool is_all_odd(const utfall_plain *plain)
{
    return plain->odd_count >= UTFALL_ODD_MAX - UTFALL_SHARE_ROWS;
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

static void batch_flush(utfall_plain *plain)
{
    utfall_share_gather(plain->share, plain->batch, plain->batch_count);
    for (size_t i = 0; i < plain->batch_count; i++) {
        const utfall_cost_row *row = &plain->batch[i];
        if (!row->is_stranger) {
            plain->rows++;
        } else if (is_stranger_sound(plain, row)) {
            utfall_share_stranger(plain->share, row->minor);
            plain->rows++;
        } else {
            odd_add(plain, plain->places[i]);
        }
    }
    plain->batch_count = 0;
}

/* ---- rows ---- */

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

static inline bool amount_read(const utfall_plan *plan, int64_t *minor, utfall_cell cell,
                               unsigned met)
{
    if (utfall_cell_amount_usual(minor, cell.text, cell.len, plan->decimal) ||
        utfall_cell_amount_plain(minor, cell.text, cell.len, plan->decimal))
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
static inline bool row_read(utfall_plain *plain, utfall_cost_row *row, unsigned met)
{
    utfall_plan *plan = &plain->plan;
    utfall_cell id = trimmed(plain->cells[plan->id]);
    utfall_cell month = trimmed(plain->cells[plan->month]);
    utfall_cell amount = trimmed(plain->cells[plan->amount]);
    if ((met & HIGH) != 0 && plan->encoding != UTFALL_UTF_8 && utfall_is_high(id.text, id.len))
        return false;
    utfall_month read;
    int64_t minor;
    if (!utfall_cell_month_plain(&read, month.text, month.len))
        return false;
    if (!amount_read(plan, &minor, amount, met))
        return false;
    bool counts = true;
    for (size_t i = 0; i < plan->list_count; i++)
        counts &= utfall_list_holds(&plan->lists[i], trimmed(plain->cells[plan->lists[i].cell]));
    *row = (utfall_cost_row){.id = id.text,
                             .len = (uint32_t)id.len,
                             .month = read,
                             .is_counted = counts,
                             .minor = minor};
    return true;
}

/* Whether a row that was split can be read as it stands; `size` is without the line end. */
static inline bool is_readable(const utfall_plain *plain, const char *row, size_t size,
                               size_t count, unsigned met)
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
    if (!is_all_odd(plain) && is_readable(plain, row, size, count, met) &&
        row_read(plain, &plain->batch[plain->batch_count], met)) {
        plain->places[plain->batch_count++] = place;
        if (plain->batch_count == UTFALL_SHARE_ROWS)
            batch_flush(plain);
        return;
    }
    batch_flush(plain);
    odd_add(plain, place);
}

/* Whether the next marks are those of a row with nothing else in it: then its cells lie between
 * them. A line end of two bytes makes two marks. */
static inline size_t row_marks(const utfall_plain *plain, const char *text, const uint32_t *index,
                               const char *at)
{
    const size_t width = plain->plan.width;
    const char separator = plain->plan.separator;
    utfall_cell *const cells = plain->cells;
    bool is_good = true;
    for (size_t i = 0; i + 1 < width; i++) {
        const char *mark = text + index[i];
        is_good &= *mark == separator;
        cells[i] = (utfall_cell){at, (size_t)(mark - at)};
        at = mark + 1;
    }
    const char *mark = text + index[width - 1];
    const bool is_pair = *mark == '\r' && mark[1] == '\n';
    cells[width - 1] = (utfall_cell){at, (size_t)(mark - at)};
    if (!is_good || (*mark != '\n' && !is_pair))
        return 0;
    return width + is_pair;
}

void utfall_plain_read(utfall_plain *plain, const char *text, size_t len)
{
    const char separator = plain->plan.separator;
    utfall_cell *const cells = plain->cells;
    const uint32_t *const index = plain->index;
    const char *at = text; /* where a cell begins */
    size_t row = 0, count = 0, quotes = 0;
    unsigned met = PLAIN;
    bool goes_on = true;
    utfall_share_empty(plain->share);
    plain->rows = plain->lines = 0;
    plain->odd_count = plain->batch_count = 0;
    for (size_t scanned = 0; scanned < len && goes_on; scanned += WINDOW) {
        size_t part = len - scanned < WINDOW ? len - scanned : WINDOW;
        size_t marks = plain->scan(plain->index, text, text + scanned, part, separator);
        for (size_t i = 0; i < marks && goes_on; i++) {
            while (count == 0 && met == PLAIN && i + plain->plan.width < marks) {
                size_t taken = row_marks(plain, text, index + i, at);
                if (taken == 0 || index[i + taken - 1] - row > UTFALL_CSV_CELL_MAX)
                    break;
                i += taken;
                at = text + index[i - 1] + 1;
                size_t size = (size_t)(at - text) - row;
                row_take(plain, text, (utfall_odd){row, size, plain->lines++}, plain->plan.width,
                         PLAIN);
                row += size;
            }
            if (i >= marks)
                break;
            const char *mark = text + index[i];
            char c = *mark;
            if (c == separator || c == '\n') {
                cells[count] = (utfall_cell){at, (size_t)(mark - at)};
                count += count < UTFALL_CSV_COLUMNS_MAX;
                at = mark + 1;
            } else if (c == '"') {
                met |= QUOTED;
                quotes++;
            } else if ((unsigned char)c >= 0x80) {
                met |= HIGH;
            } else if (c != '\r' || mark[1] != '\n') {
                met |= CONTROL;
            }
            if (c != '\n')
                continue;
            size_t size = (size_t)(at - text) - row;
            goes_on = quotes % 2 == 0 && size <= UTFALL_CSV_ROW_MAX - 2;
            if (!goes_on)
                break;
            cells[count - 1].len -= cells[count - 1].len > 0 && mark[-1] == '\r';
            row_take(plain, text, (utfall_odd){row, size, plain->lines++}, count, met);
            row += size;
            count = quotes = 0;
            met = PLAIN;
        }
    }
    batch_flush(plain);
    plain->end = row;
}
