/* Rows of a chunk: read in groups they come to what they come to one by one. */
#include "cost_made.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static cost_text made; /* the table under test */

static void begin(const char *headings)
{
    made.len = 0;
    cost_text_add(&made, headings);
}

static void add_text(const char *text)
{
    cost_text_add(&made, text);
}

static void fill(char byte, size_t count)
{
    assert_true(count <= sizeof made.bytes - made.len);
    memset(made.bytes + made.len, byte, count);
    made.len += count;
}

/* Both ways come to the same; gives what that is. */
static const char *assert_alike(const cost_table *table)
{
    static cost_reading by_rows, by_chunk;
    const char *expected = cost_by_rows(&by_rows, table);
    const char *told = cost_by_chunk(&by_chunk, table);
    if (strcmp(told, expected) != 0)
        fail_msg("in a chunk:\n%s\nrow by row:\n%s\nof:\n%.*s", told, expected,
                 (int)(table->len < 2000 ? table->len : 2000), table->text);
    utfall_run_free(by_rows.run);
    utfall_run_free(by_chunk.run);
    return by_chunk.told;
}

static const char *assert_made_alike(void)
{
    const cost_table table = cost_table_of(&made);
    return assert_alike(&table);
}

#define assert_tells(told, part)                                                                   \
    do {                                                                                           \
        if (strstr(told, part) == NULL)                                                            \
            fail_msg("not told: %s\nin:\n%s", part, told);                                         \
    } while (0)

/* ---- windows of marks ---- */

/* Bytes that are not ASCII at the end of one window of marks, in a row whose marks are all in the
 * next. Rows end in two bytes and have five cells, so that rows of every size before them leave
 * every number of marks. */
static void letters_before_the_first_mark_of_a_window_are_not_forgotten(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 25; shift++)
        for (int kind = 0; kind < 3; kind++) {
            begin(COST_HEADINGS);
            const size_t start = made.len;
            add_text("A,2020-01,1.00,child,");
            fill('x', shift);
            add_text("\r\n");
            while (made.len - start < 8 * 1024 - 8)
                add_text("A,2020-01,1.00,child,x\r\n");
            add_text(kind == 0   ? "\xC3\xB6rjan-\xC3\xA5\xC3\xA4\xC3\xB6,2020-01,7.00,child,x\r\n"
                     : kind == 1 ? "\xF6rjan-\xE5\xE4\xF6,2020-01,7.00,child,x\r\n"
                                 : "\xFF\xFE\xFF\xFE and more letters,2020-01,7.00,child,x\r\n");
            for (int i = 0; i < 40; i++)
                add_text("A,2020-01,1.00,child,x\r\n");
            cost_table table = cost_table_of(&made);
            table.encoding = kind == 1 ? UTFALL_ISO_8859_1 : UTFALL_UTF_8;
            (void)assert_alike(&table);
        }
}

static void rows_over_the_end_of_a_window_are_whole(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 64; shift++) {
        begin(COST_HEADINGS);
        add_text("A,2020-01,1.00,child,");
        fill('x', 4000 + shift);
        add_text("\n");
        while (made.len < 2 * 8 * 1024 + 1000) {
            add_text("B,2020-02,12345678.90,child,\n");
            add_text(shift % 2 == 0 ? "12345678,2020-03,-1.00,x,\r\n" : "\n");
        }
        (void)assert_made_alike();
    }
}

/* As many marks as a row can have, and more. */
static void rows_of_separators_alone_are_read_or_refused(void **state)
{
    (void)state;
    static const size_t counts[] = {4, 1021, 1022, 1023, 1024, 4096, 8192, 65533, 65534, 65535};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        begin(COST_HEADINGS);
        add_text("A,2020-01,1.00,child,\n");
        fill(',', counts[i]);
        add_text("\nA,2020-01,1.00,child,\n");
        if (counts[i] < 60000) {
            fill(',', counts[i]);
            add_text("\n");
        }
        (void)assert_made_alike();
    }
}

static void lines_with_nothing_in_them_are_passed_over(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        begin(COST_HEADINGS "\n\r\n\nA,2020-01,1.00,child,\n\n");
        fill('\n', 70000);
        for (int i = 0; i < 20000 && kind == 1; i++)
            add_text("\r\n");
        add_text(kind == 2 ? "nobody\n" : "A,2020-01,2.00,child,\n");
        add_text("\n\n");
        const char *told = assert_made_alike();
        assert_tells(told, kind == 2 ? "used 1 100\n" : "used 2 300\n");
        assert_tells(told, kind == 2 ? "UTFALL_E_SCHEMA 70007:0" : "2 rows");
    }
}

/* ---- spellings ---- */

static void add_row_with(const cost_table *table, size_t cell, const char *text, const char *end)
{
    static const char *const usual[] = {"B", "2020-02", "12.50", "child", "x"};
    for (size_t i = 0; i < 5; i++) {
        (void)cost_add(&made, table, i == 0 ? "" : ",");
        (void)cost_add(&made, table, i == cell ? text : usual[i]);
    }
    (void)cost_add(&made, table, end);
}

/* A row with this cell among usual ones, in every encoding, in two dialects. */
static void assert_cell_alike(size_t cell, const char *text)
{
    for (unsigned way = 0; way < 6; way++) {
        cost_table table = cost_table_of(&made);
        const char *end = way % 2 == 0 ? "\n" : "\r\n";
        table.encoding = (utfall_encoding)(way / 2);
        table.separator = way % 2 == 0 ? ',' : ';';
        table.decimal = way % 2 == 0 ? '.' : ',';
        table.refuses_unknown = way % 2 == 1;
        made.len = 0;
        (void)cost_add(&made, &table, COST_HEADINGS);
        add_row_with(&table, SIZE_MAX, "", end);
        add_row_with(&table, cell, text, end);
        add_row_with(&table, SIZE_MAX, "", end);
        table.len = made.len;
        (void)assert_alike(&table);
    }
}

static void every_spelling_of_a_cell_is_read_as_it_is_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COST_COUNT(cost_ids); i++)
        assert_cell_alike(0, cost_ids[i]);
    for (size_t i = 0; i < COST_COUNT(cost_months); i++)
        assert_cell_alike(1, cost_months[i]);
    for (size_t i = 0; i < COST_COUNT(cost_amounts); i++)
        assert_cell_alike(2, cost_amounts[i]);
    for (size_t i = 0; i < COST_COUNT(cost_kinds); i++)
        assert_cell_alike(3, cost_kinds[i]);
    for (size_t i = 0; i < COST_COUNT(cost_notes); i++)
        assert_cell_alike(4, cost_notes[i]);
}

static void every_byte_in_every_cell_is_read_as_it_is_alone(void **state)
{
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++) {
        cost_table table = cost_table_of(&made);
        begin(COST_HEADINGS);
        for (size_t cell = 0; cell < 5; cell++)
            for (size_t at = 0; at < 3; at++) {
                static const char *const cells[] = {"12345678", "2020-01", "25.00", "child", "abc"};
                const size_t start = made.len;
                add_row_with(&table, cell, cells[cell], "\n");
                char *found = made.bytes + start;
                for (size_t i = 0; i < cell; i++)
                    found = (char *)memchr(found, ',', made.len) + 1;
                found[at == 2 ? strlen(cells[cell]) - 1 : at] = (char)byte;
            }
        table.len = made.len;
        for (unsigned encoding = 0; encoding < (byte < 0x80 ? 1 : 3); encoding++) {
            table.encoding = (utfall_encoding)encoding;
            (void)assert_alike(&table);
        }
    }
}

static void a_word_with_spaces_around_it_is_in_no_cell(void **state)
{
    (void)state;
    begin(COST_HEADINGS "A,2020-01,1.00, child,\nA,2020-01,2.00,child ,\nA,2020-01,4.00,child,\n"
                        "A,2020-01,8.00, ,\nA,2020-01,16.00,,\n");
    cost_table table = cost_table_of(&made);
    table.words[0][0] = " child";
    table.words[0][1] = "child ";
    table.words[0][2] = " ";
    assert_tells(assert_alike(&table), "source 5 3100\n");
}

static void nothing_counts_by_a_list_without_words(void **state)
{
    (void)state;
    begin(COST_HEADINGS "A,2020-01,1.00,child,\nA,2020-01,2.00,,\n");
    for (size_t lists = 1; lists <= 2; lists++) {
        cost_table table = cost_table_of(&made);
        table.list_count = lists;
        table.list_cell[1] = 4;
        table.words[0][0] = NULL;
        assert_tells(assert_alike(&table), "source 2 300\n");
    }
}

static void the_amount_may_come_first_and_the_id_last(void **state)
{
    (void)state;
    for (size_t i = 0; i < COST_COUNT(cost_amounts); i++) {
        begin("a,m,i\n");
        add_text(cost_amounts[i]);
        add_text(",2020-01,A\n");
        add_text(cost_amounts[i]);
        add_text(",2020-01,A\r\n1.00,2020-01,B\n");
        cost_table table = cost_table_of(&made);
        table.amount = 0;
        table.id = 2;
        table.list_count = 0;
        (void)assert_alike(&table);
    }
}

/* ---- rows that are not whole, too long, or too many ---- */

static void a_table_cut_anywhere_is_read_as_row_by_row(void **state)
{
    (void)state;
    static const char text[] =
        COST_HEADINGS "A,2020-01,1.00,child,x\r\n\"B\",2020-02,\"1 234.50\",x,\n\n"
                      "nobody,2020-01,-1.00,child,\"two\nlines\"\n"
                      "\xC3\x85sa,2020-03,1\xC2\xA0"
                      "000.00,v\xC3\xA5rd,\"\"\"\"\r\n"
                      "B,2020-02,5 kr,child,x";
    for (size_t len = 0; len < sizeof text; len++) {
        cost_table table = cost_table_of(&made);
        table.text = text;
        table.len = len;
        table.encoding = (utfall_encoding)(len % 3);
        (void)assert_alike(&table);
        table.encoding = UTFALL_UTF_8;
        (void)assert_alike(&table);
    }
}

static void rows_of_few_cells_are_not_joined(void **state)
{
    (void)state;
    static const char *const cells[] = {"A", "2020-01", "1.00", "child", "x"};
    for (size_t before = 0; before < 18; before += 1 + before / 2)
        for (size_t first = 1; first < 5; first++)
            for (size_t end = 0; end < 4; end++) {
                begin(COST_HEADINGS);
                for (size_t i = 0; i < before; i++)
                    add_text("B,2020-02,1.00,child,\n");
                for (size_t i = 0; i < 5; i++) {
                    add_text(cells[i]);
                    add_text(i == 4           ? "\n"
                             : i + 1 != first ? ","
                             : end == 0       ? "\n"
                             : end == 1       ? "\r\n"
                             : end == 2       ? "\n\n"
                                              : "\"\n\"");
                }
                add_text("B,2020-02,1.00,child,\n");
                if (end == 3) {
                    (void)assert_made_alike();
                    continue;
                }
                const char *told = assert_made_alike();
                assert_tells(told, "A: 0 0 0 0 0\n");
                assert_tells(told, "\n2 errors\n");
            }
}

static void rows_of_every_length_about_the_limits_are_told_apart(void **state)
{
    (void)state;
    static const size_t lens[] = {UTFALL_CSV_CELL_MAX, UTFALL_CSV_ROW_MAX};
    for (size_t i = 0; i < 2; i++)
        for (size_t len = lens[i] - 5; len < lens[i] + 5; len++)
            for (int kind = 0; kind < 4; kind++) {
                static const char row[] = "A,2020-01,1.00,child,";
                begin(COST_HEADINGS "B,2020-01,1.00,child,\n");
                add_text(row);
                fill('x', len - (kind < 2 ? sizeof row - 1 : 0));
                add_text(kind % 2 == 0 ? "\n" : "\r\n");
                add_text("B,2020-01,1.00,child,\n");
                (void)assert_made_alike();
            }
}

/* Every other row is odd: there are not places for all. */
static void more_odd_rows_than_places_are_read_all_the_same(void **state)
{
    (void)state;
    static const size_t counts[] = {446, 447, 448, 449, 510, 511, 512, 513, 514, 1200};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (int kind = 0; kind < 4; kind++) {
            static const char *const odd[] = {"\"A\",2020-01,2.00,child,\n",
                                              "nobody,2020-01,2.00,child,\n",
                                              "=A,2020-01,2.00,child,\n\n", "A\n"};
            begin(COST_HEADINGS);
            for (size_t row = 0; row < counts[i]; row++) {
                add_text(odd[kind]);
                add_text("B,2020-02,1.00,child,\n");
            }
            for (int row = 0; row < 100; row++)
                add_text("12345678,2020-03,4.00,child,\n");
            cost_table table = cost_table_of(&made);
            table.refuses_unknown = true;
            const char *told = assert_alike(&table);
            assert_tells(told, "12345678: 0 40000 0 0 0\n");
        }
}

/* A chunk has many strangers among the rows that are on their way when places become scarce. */
/* Among rows of every kind: usual, with spaces or quotes around a cell, of strangers, blank. */
static void rows_after_the_last_month_are_counted_and_the_first_placed(void **state)
{
    (void)state;
    for (size_t first = 0; first < 40; first++) {
        size_t count = 0;
        begin(COST_HEADINGS);
        for (size_t i = 0; i < 40; i++) {
            static const char *const rows[] = {
                "A,2020-02,1.00,child,\n", "B, 2020-02 ,2.00,child,\n",
                "\"A\",2020-02,3.00,child,\n", "nobody,2020-02,4.00,child,\n"};
            static const char *const late[] = {
                "A,2020-03,1.00,child,\n", "B, 2020-04 ,2.00,child,\n",
                "\"A\",2021-01,3.00,child,\n", "nobody,2020-03,4.00,child,\n"};
            const bool is_late = i == first || (i > first && i % 7 == 0);
            add_text(is_late ? late[i % 4] : rows[i % 4]);
            count += is_late;
        }
        cost_table table = cost_table_of(&made);
        table.through = 2020 * 12 + 1; /* February */
        char expected[64];
        (void)snprintf(expected, sizeof expected, "\n%zu late, from line %zu\n", count, first + 2);
        assert_tells(assert_alike(&table), expected);
    }
}

static void a_crowd_of_strangers_leaves_no_place_out(void **state)
{
    (void)state;
    seeded s = {77};
    for (int round = 0; round < 60; round++) {
        begin(COST_HEADINGS);
        const int64_t odd = seeded_below(&s, 100);
        for (int i = 0; i < 2500; i++)
            add_text(seeded_below(&s, 100) < odd ? "x,2020-01,2.00,child,\n"
                     : seeded_below(&s, 8) == 0  ? "\"B\",2020-02,2.00,child,\n"
                                                 : "A,2020-01,1.00,child,\n");
        cost_table table = cost_table_of(&made);
        table.refuses_unknown = true;
        (void)assert_alike(&table);
    }
}

static void a_row_of_an_amount_beyond_all_sense_is_added_by_itself(void **state)
{
    (void)state;
    begin(COST_HEADINGS "A,2020-01,10995116277.75,child,\nB,2020-02,10995116277.76,child,\n"
                        "A,2020-01,-10995116277.76,child,\nA,2020-01,0.02,child,\n");
    assert_tells(assert_made_alike(), "A: 1 0 0 0 0\nB: 1099511627776 0 0 0 0\n");
    begin(COST_HEADINGS "A,2020-01,92233720368547758.07,child,\nB,2020-02,0.01,child,\n");
    assert_tells(assert_made_alike(), "a sum is too large\n");
}

/* ---- chance ---- */

static void tables_made_by_chance_come_to_the_same(void **state)
{
    (void)state;
    static const int64_t odds[] = {0, 2, 10, 50, 200, 700};
    seeded s = {20201};
    for (int round = 0; round < 300; round++) {
        const int64_t odd = odds[round % 6];
        const size_t rows = (size_t)seeded_below(&s, odd > 20 ? 60 : 700);
        const cost_table table = cost_random(&made, &s, rows, odd);
        (void)assert_alike(&table);
    }
}

static void bytes_by_chance_come_to_the_same(void **state)
{
    (void)state;
    static const char bytes[] = "A,2020-01,1.00,child,\nB,-\r\n\"\xC3\x85, .0\n,,,\n1";
    seeded s = {4711};
    for (int round = 0; round < 400; round++) {
        begin(COST_HEADINGS);
        const int64_t len = seeded_below(&s, 300);
        for (int64_t i = 0; i < len; i++)
            made.bytes[made.len++] = bytes[seeded_below(&s, sizeof bytes - 1)];
        (void)assert_made_alike();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_before_the_first_mark_of_a_window_are_not_forgotten),
        cmocka_unit_test(rows_over_the_end_of_a_window_are_whole),
        cmocka_unit_test(rows_of_separators_alone_are_read_or_refused),
        cmocka_unit_test(lines_with_nothing_in_them_are_passed_over),
        cmocka_unit_test(every_spelling_of_a_cell_is_read_as_it_is_alone),
        cmocka_unit_test(every_byte_in_every_cell_is_read_as_it_is_alone),
        cmocka_unit_test(a_word_with_spaces_around_it_is_in_no_cell),
        cmocka_unit_test(nothing_counts_by_a_list_without_words),
        cmocka_unit_test(the_amount_may_come_first_and_the_id_last),
        cmocka_unit_test(a_table_cut_anywhere_is_read_as_row_by_row),
        cmocka_unit_test(rows_of_few_cells_are_not_joined),
        cmocka_unit_test(rows_of_every_length_about_the_limits_are_told_apart),
        cmocka_unit_test(more_odd_rows_than_places_are_read_all_the_same),
        cmocka_unit_test(rows_after_the_last_month_are_counted_and_the_first_placed),
        cmocka_unit_test(a_crowd_of_strangers_leaves_no_place_out),
        cmocka_unit_test(a_row_of_an_amount_beyond_all_sense_is_added_by_itself),
        cmocka_unit_test(tables_made_by_chance_come_to_the_same),
        cmocka_unit_test(bytes_by_chance_come_to_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
