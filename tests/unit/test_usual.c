/* Usual rows, by every way that this machine can go: each reads what the portable one reads, which
 * test_plain.c holds against reading row by row. */
#define _DEFAULT_SOURCE
#include "cost_made.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 400, ROOM = 64, CELLS = 5, MARKS = 1 << 14 };

/* A text of whole lines between pages that cannot be read, and the plan of its rows. */
typedef struct table {
    utfall_run *run;
    char *pages, *text;
    size_t size, len;
    utfall_plan plan;
    utfall_cell words[2][4];
    bool *seen; /* of a reading, all lists */
} table;

static table table_of(const char *bytes, size_t len)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    table t = {.run = utfall_run_new(NULL, NULL), .len = len};
    const size_t inside = (UTFALL_USUAL_BEFORE + len + UTFALL_SCAN_STRIDE + page - 1) / page * page;
    assert_non_null(t.run);
    t.size = inside + 2 * page;
    t.pages = mmap(NULL, t.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(t.pages != MAP_FAILED);
    assert_int_equal(mprotect(t.pages, page, PROT_NONE), 0);
    assert_int_equal(mprotect(t.pages + page + inside, page, PROT_NONE), 0);
    t.text = t.pages + page + UTFALL_USUAL_BEFORE;
    memcpy(t.text, bytes, len);
    return t;
}

/* Move the text to where what follows it ends with its page. */
static void table_to_end(table *t)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *text = t->pages + t->size - page - UTFALL_SCAN_STRIDE - t->len;
    memmove(text, t->text, t->len);
    t->text = text;
}

static void table_end(table *t)
{
    assert_int_equal(munmap(t->pages, t->size), 0);
    utfall_run_free(t->run);
}

static void list_add(table *t, size_t cell, const char *const *words)
{
    const size_t i = t->plan.list_count++;
    utfall_list *list = &t->plan.lists[i];
    list->cell = cell;
    list->words = t->words[i];
    for (size_t k = 0; k < 4 && words[k] != NULL; k++)
        t->words[i][list->count++] = (utfall_cell){words[k], strlen(words[k])};
}

/* What one way reads, rows and what was seen, in calls for all numbers of rows by turns. */
typedef struct reading {
    utfall_cost_row rows[ROWS + ROOM];
    size_t count, calls[ROWS], call_count;
    bool seen[2][4];
    utfall_cursor end;
    uint32_t end_row;
} reading;

static void read_by(reading *r, table *t, utfall_usual_fn *read, uint32_t row)
{
    static uint32_t index[1 + MARKS + UTFALL_SCAN_ROOM];
    utfall_cursor c = {.text = t->text, .len = t->len, .scanned = t->len, .marks = index + 1};
    memset(r, 0, sizeof *r);
    assert_true(t->len < MARKS);
    assert_true(utfall_plan_ready(t->run, &t->plan));
    index[0] = row - 1;
    c.count = utfall_scan_ways[0].scan(index + 1, &c.is_high, t->text, t->text + row, t->len - row,
                                       t->plan.separator);
    size_t got = 1;
    for (size_t room = ROOM; got > 0 && r->count < ROWS; room = room == 1 ? ROOM : room - 1) {
        got = read(&t->plan, r->rows + r->count, room, &c);
        assert_true(got <= room);
        r->count += got;
        r->calls[r->call_count++] = got;
    }
    for (size_t i = 0; i < t->plan.list_count; i++)
        memcpy(r->seen[i], t->plan.lists[i].seen, t->plan.lists[i].count);
    r->end = c;
    r->end_row = utfall_cursor_row(&c);
}

static bool is_same_row(const utfall_cost_row *a, const utfall_cost_row *b)
{
    return a->id == b->id && a->len == b->len && a->month.ordinal == b->month.ordinal &&
           a->minor == b->minor && a->is_counted == b->is_counted && a->is_repeat == b->is_repeat;
}

/* Said of each row, over calls too, whether it repeats the one before, and of all whether some is
 * late. */
static void assert_noted(const table *t, const reading *r)
{
    bool has_late = false;
    for (size_t i = 0; i < r->count; i++) {
        const utfall_cost_row *row = &r->rows[i], *before = row - (i > 0);
        has_late |= row->month.ordinal > t->plan.through.ordinal;
        assert_int_equal(row->is_repeat, i > 0 && row->len == before->len &&
                                             memcmp(row->id, before->id, row->len) == 0);
    }
    assert_int_equal(r->end.has_late, has_late);
    if (r->count > 0)
        assert_ptr_equal(r->end.id.text, r->rows[r->count - 1].id);
}

/* Every way reads the same from each line on; gives how many rows the portable way reads from the
 * first. */
static size_t assert_ways_alike(table *t)
{
    static reading expected, other;
    size_t first = SIZE_MAX, row = 0;
    while (row < t->len) {
        read_by(&expected, t, utfall_usual_ways[0].read, (uint32_t)row);
        assert_noted(t, &expected);
        for (const utfall_usual_way *way = utfall_usual_ways; way->name != NULL; way++) {
            if (!way->is_there())
                continue;
            read_by(&other, t, way->read, (uint32_t)row);
            assert_int_equal(other.count, expected.count);
            assert_int_equal(other.call_count, expected.call_count);
            assert_memory_equal(other.calls, expected.calls, sizeof other.calls);
            for (size_t i = 0; i < 2; i++)
                for (size_t k = 0; k < 4; k++)
                    assert_true(other.seen[i][k] || !expected.seen[i][k]);
            assert_int_equal(other.end_row, expected.end_row);
            assert_int_equal(other.end.count, expected.end.count);
            assert_ptr_equal(other.end.marks, expected.end.marks);
            assert_int_equal(other.end.has_late, expected.end.has_late);
            for (size_t i = 0; i < expected.count; i++)
                if (!is_same_row(&other.rows[i], &expected.rows[i]))
                    fail_msg("%s: row %zu of %.*s", way->name, i, (int)(t->len - row),
                             t->text + row);
        }
        first = first == SIZE_MAX ? expected.count : first;
        /* On after the row that ended it. */
        row = expected.end_row;
        const char *end = row < t->len ? memchr(t->text + row, '\n', t->len - row) : NULL;
        row = end == NULL ? t->len : (size_t)(end + 1 - t->text);
    }
    return first;
}

/* ---- made row by row ---- */

static void what_every_way_reads_is_the_same(void **state)
{
    (void)state;
    static cost_text made;
    seeded s = {7};
    for (int round = 0; round < 600; round++) {
        const int64_t odd = round % 3 == 0 ? 0 : seeded_below(&s, 200);
        const cost_table c = cost_random(&made, &s, (size_t)seeded_below(&s, 90), odd);
        table t = table_of(c.text, c.len);
        t.plan = (utfall_plan){.separator = c.separator,
                               .decimal = c.decimal,
                               .encoding = c.encoding,
                               .width = CELLS,
                               .id = c.id,
                               .month = c.month,
                               .amount = c.amount,
                               .through = {round % 2 == 0 ? INT32_MAX : 2020 * 12 + 1}};
        for (size_t i = 0; i < c.list_count; i++)
            list_add(&t, c.list_cell[i], c.words[i]);
        (void)assert_ways_alike(&t);
        table_to_end(&t);
        t.plan.list_count = 0;
        (void)assert_ways_alike(&t);
        table_end(&t);
    }
}

/* A row of so many cells, those that mean something in places of their own. */
typedef struct row_shape {
    size_t width, id, month, amount, kind;
    const char *end;
} row_shape;

static const cost_table dialect = {.separator = ';', .decimal = ','};

/* The table that a text of such rows is, in which months after `through` are late. */
static table shaped_table(const cost_text *text, const row_shape *shape, int32_t through)
{
    table t = table_of(text->bytes, text->len);
    t.plan = (utfall_plan){.separator = dialect.separator,
                           .decimal = dialect.decimal,
                           .width = shape->width,
                           .id = shape->id,
                           .month = shape->month,
                           .amount = shape->amount,
                           .through = {through}};
    return t;
}

static void row_add(cost_text *text, const row_shape *shape, const char *const *cells)
{
    for (size_t i = 0; i < shape->width; i++) {
        const char *cell = i == shape->id       ? cells[0]
                           : i == shape->month  ? cells[1]
                           : i == shape->amount ? cells[2]
                           : i == shape->kind   ? cells[3]
                                                : "note";
        assert_true(cost_add(text, &dialect, i == 0 ? "" : ",") && cost_add(text, &dialect, cell));
    }
    assert_true(cost_add(text, &dialect, shape->end));
}

static const char *const usual_cells[] = {"12345678", "2020-02", "250.05", "child"};

/* Forty usual rows with one cell of one of them made `cell`: read up to it at the least. */
static void assert_cell(const row_shape *shape, size_t which, const char *cell, size_t at)
{
    static cost_text text;
    static const char *const words[] = {"child", "a word of many letters", "eight123", NULL};
    text.len = 0;
    for (size_t i = 0; i < 40; i++) {
        const char *cells[4];
        memcpy(cells, usual_cells, sizeof cells);
        if (i == at)
            cells[which] = cell;
        row_add(&text, shape, cells);
    }
    table t = shaped_table(&text, shape, INT32_MAX);
    list_add(&t, shape->kind, words);
    const size_t count = assert_ways_alike(&t);
    assert_true(count >= at && count <= 40);
    table_end(&t);
}

static const row_shape shapes[] = {{5, 0, 1, 2, 3, "\n"},   {4, 3, 0, 1, 2, "\r\n"},
                                   {4, 1, 3, 0, 2, "\n"},   {4, 2, 1, 3, 0, "\r\n"},
                                   {9, 8, 6, 4, 2, "\n"},   {17, 0, 16, 7, 3, "\r\n"},
                                   {31, 4, 30, 0, 11, "\n"}};

static void each_cell(const row_shape *shape, size_t which, const char *const *pool, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < 36; at += 5)
            assert_cell(shape, which, pool[i], at);
}

static void a_cell_of_another_kind_ends_the_count_in_every_lane(void **state)
{
    (void)state;
    static const char *const kinds[] = {"a word of many letters",
                                        "a word of many letterz",
                                        "a word of mony letters",
                                        "eight123",
                                        "eight12",
                                        "eight1234"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        each_cell(&shapes[i], 0, cost_ids, COST_COUNT(cost_ids));
        each_cell(&shapes[i], 1, cost_months, COST_COUNT(cost_months));
        each_cell(&shapes[i], 2, cost_amounts, COST_COUNT(cost_amounts));
        each_cell(&shapes[i], 3, cost_kinds, COST_COUNT(cost_kinds));
        each_cell(&shapes[i], 3, kinds, COST_COUNT(kinds));
    }
}

/* Every byte at every place of the three cells with a form. */
static void every_byte_is_read_or_refused_alike(void **state)
{
    (void)state;
    for (size_t which = 0; which < 3; which++) {
        char cell[16] = {0};
        const size_t len = strlen(usual_cells[which]);
        for (size_t at = 0; at < len; at++)
            for (int byte = 1; byte < 256; byte++) {
                memcpy(cell, usual_cells[which], len);
                cell[at] = (char)byte;
                assert_cell(&shapes[(size_t)byte % 3], which, cell, (size_t)byte % 33);
            }
    }
}

/* A text of rows "id;2020-0m;1,00;child;x", `end` after each. */
static void assert_rows(const char *const *ids, size_t count, const char *end, int late_at)
{
    static cost_text text;
    static const char *const words[] = {"child", NULL};
    const row_shape shape = {5, 0, 1, 2, 3, end};
    text.len = 0;
    for (size_t i = 0; i < count; i++) {
        static const char *const months[] = {"2020-02", "2011-11", "1999-12"};
        const char *cells[4] = {ids[i], (int)i == late_at ? "2021-01" : months[i % 3], "250.05",
                                "child"};
        row_add(&text, &shape, cells);
    }
    table t = shaped_table(&text, &shape, 2020 * 12 + 11);
    list_add(&t, shape.kind, words);
    assert_true(assert_ways_alike(&t) + 1 >= count);
    table_end(&t);
}

/* Ids that differ at one place, or not at all, or in length alone, in every pair of lanes. */
static void an_id_is_repeated_only_when_all_of_it_is(void **state)
{
    (void)state;
    enum { LONGEST = 42, MANY = 48 };
    for (size_t len = 1; len <= LONGEST; len++)
        for (size_t at = 0; at <= len; at++) {
            static char one[LONGEST + 2], other[LONGEST + 2];
            const char *ids[MANY];
            memset(one, 'a', sizeof one);
            one[len] = 0;
            memcpy(other, one, sizeof other);
            if (at < len)
                other[at] = 'b';
            else
                other[len] = 'a', other[len + 1] = 0;
            for (size_t i = 0; i < MANY; i++)
                ids[i] = (i * i / 3 + i / 5) % 2 == 0 ? one : other;
            assert_rows(ids, MANY, at % 2 == 0 ? "\n" : "\r\n", -1);
        }
}

static void a_late_row_is_noted_in_every_lane(void **state)
{
    (void)state;
    const char *ids[40];
    for (size_t i = 0; i < 40; i++)
        ids[i] = "somebody";
    for (int at = 0; at < 40; at++)
        assert_rows(ids, 40, "\n", at);
}

/* Of line ends of two bytes, those of one row with something between them. */
static void a_line_end_in_two_parts_ends_the_count_in_every_lane(void **state)
{
    (void)state;
    for (size_t at = 0; at < 40; at++) {
        static cost_text text;
        text.len = 0;
        for (size_t i = 0; i < 60; i++) {
            const row_shape shape = {5, 0, 1, 2, 3, i == at ? "\rx\n" : "\r\n"};
            row_add(&text, &shape, usual_cells);
        }
        table t = shaped_table(&text, &shapes[0], INT32_MAX);
        assert_int_equal(assert_ways_alike(&t), at);
        table_end(&t);
    }
}

static void the_best_is_the_last_that_is_there(void **state)
{
    (void)state;
    utfall_usual_fn *last = NULL;
    assert_string_equal(utfall_usual_ways[0].name, "portable");
    for (const utfall_usual_way *way = utfall_usual_ways; way->name != NULL; way++)
        if (way->is_there())
            last = way->read;
    assert_true(last == utfall_usual_best());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_every_way_reads_is_the_same),
        cmocka_unit_test(a_cell_of_another_kind_ends_the_count_in_every_lane),
        cmocka_unit_test(every_byte_is_read_or_refused_alike),
        cmocka_unit_test(an_id_is_repeated_only_when_all_of_it_is),
        cmocka_unit_test(a_late_row_is_noted_in_every_lane),
        cmocka_unit_test(a_line_end_in_two_parts_ends_the_count_in_every_lane),
        cmocka_unit_test(the_best_is_the_last_that_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
