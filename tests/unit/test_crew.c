/* Tables read by several threads: what comes out does not depend on how many they are, nor on where
 * blocks end. */
#define _POSIX_C_SOURCE 200809L
#include "cost_made.h"
#include "files.h"

static const size_t threads[] = {1, 2, 3, 7};
enum { THREADS = sizeof threads / sizeof *threads };

static cost_text made;

static void begin(void)
{
    made.len = 0;
}

static void add_text(const char *text)
{
    cost_text_add(&made, text);
}

static void add_times(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_text(text);
}

static void assert_told(const char *told, const char *expected, const cost_table *table,
                        size_t block, size_t count)
{
    if (strcmp(told, expected) != 0)
        fail_msg("by %zu threads in blocks of %zu:\n%s\nrow by row:\n%s\nof:\n%.*s", count, block,
                 told, expected, (int)(table->len < 2000 ? table->len : 2000), table->text);
}

/* As row by row, by any number of threads. */
static void assert_alike(const cost_table *table, size_t block)
{
    static cost_reading by_rows, by_crew;
    const char *expected = cost_by_rows(&by_rows, table);
    for (size_t i = 0; i < THREADS; i++) {
        const char *told = cost_by_crew(&by_crew, table, block, threads[i]);
        assert_told(told, expected, table, block, threads[i]);
        utfall_run_free(by_crew.run);
    }
    utfall_run_free(by_rows.run);
}

/* ---- rows ---- */

static void tables_made_by_chance_are_the_same_by_any_number_of_threads(void **state)
{
    (void)state;
    static const int64_t odds[] = {0, 5, 50, 300};
    static const size_t blocks[] = {64, 300, 1000, 4096};
    seeded s = {88};
    for (int round = 0; round < 48; round++) {
        const cost_table table =
            cost_random(&made, &s, (size_t)seeded_below(&s, 400), odds[round % 4]);
        assert_alike(&table, blocks[round / 4 % 4]);
    }
}

/* Every size of a block, so that each byte of a row is the last of one. */
static void a_row_may_be_cut_by_blocks_anywhere(void **state)
{
    (void)state;
    begin();
    add_text(COST_HEADINGS "A,2020-01,1.00,child,x\n\"B\",2020-02,\"1 234.50\",x,\n"
                           "nobody,2020-01,-1.00,v\xC3\xA5rd,\r\n\n=B,2020-01,1.00,child,\n");
    add_times("\xC3\x85sa,2020-03,7.00,child,x\r\nB,2020-02,0.50,child,\n", 4);
    add_text("A,2020-03,1.00,child,\"two\nlines\"\nA,2020-01,3.00,child,end");
    const cost_table table = cost_table_of(&made);
    for (size_t block = 1; block < 80; block++)
        assert_alike(&table, block);
}

static void add_rows_of(size_t person, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add_text(cost_people[person % COST_PEOPLE]);
        add_text(i % 2 == 0 ? ",2020-02,12.50,child,x\n" : ",2020-03,-1.00,child,\n");
    }
}

/* People in order, then in none, or in none at once: they are laid out while others read, or
 * before. */
static void rows_may_leave_the_order_of_the_people_at_any_time(void **state)
{
    (void)state;
    static cost_reading by_rows, by_crew;
    for (int kind = 0; kind < 4; kind++) {
        const bool is_ordered = kind % 2 == 0, is_disordered = kind > 0;
        begin();
        add_text(COST_HEADINGS);
        for (size_t i = 0; i < COST_PEOPLE && is_ordered; i++)
            add_rows_of(i, 40);
        for (size_t i = 0; i < 1000 && is_disordered; i++)
            add_rows_of(i * 5, 1 + i % 2);
        if (kind == 3)
            add_text("nobody\n");
        const cost_table table = cost_table_of(&made);
        const char *expected = cost_by_rows(&by_rows, &table);
        for (size_t i = 0; i < THREADS; i++) {
            assert_told(cost_by_crew(&by_crew, &table, 4096, threads[i]), expected, &table, 4096,
                        threads[i]);
            assert_int_equal(by_crew.was_laid[0], !is_ordered);
            assert_int_equal(by_crew.was_laid[1], is_disordered);
            utfall_run_free(by_crew.run);
        }
        utfall_run_free(by_rows.run);
    }
}

/* Odd rows of every chunk, with their lines and columns: told in the order of the file. */
static void odd_rows_are_told_in_the_order_of_the_file(void **state)
{
    (void)state;
    static cost_reading reading;
    begin();
    add_text(COST_HEADINGS);
    for (int i = 0; i < 20; i++) {
        add_times("A,2020-01,1.00,child,x\n", 50);
        add_text(i % 2 == 0 ? "A,2020-13,x,child,x\n" : "\"A\",2020-01,\"1\",child\n\n");
    }
    const cost_table table = cost_table_of(&made);
    assert_alike(&table, 500);
    for (size_t i = 0; i < THREADS; i++) {
        uint32_t line = 0;
        (void)cost_by_crew(&reading, &table, 200, threads[i]);
        const utfall_finding *f;
        for (size_t k = 0; (f = utfall_run_finding(reading.run, k)) != NULL; k++) {
            assert_true(f->at.line >= line);
            line = f->at.line;
        }
        assert_int_equal(utfall_run_errors(reading.run), 30);
        assert_int_equal(line, 1 + 20 * 51 + 9);
        utfall_run_free(reading.run);
    }
}

/* From there on rows are read one by one. */
static void a_row_over_two_lines_is_read_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t before = 0; before < 120; before += 1 + before / 4) {
        begin();
        add_text(COST_HEADINGS);
        add_times("A,2020-01,1.00,child,x\n", before);
        add_text("B,2020-02,2.00,child,\"two\n\nlines\"\n");
        add_times("A,2020-01,1.00,child,x\n", 120 - before);
        add_text("A,2020-13,1.00,child,x\n");
        const cost_table table = cost_table_of(&made);
        assert_alike(&table, 256);
    }
}

static void a_sum_that_leaves_64_bits_is_refused_whoever_reads_it(void **state)
{
    (void)state;
    begin();
    add_text(COST_HEADINGS "A,2020-01,92233720368547758.07,child,x\n");
    add_times("A,2020-01,-1.00,child,x\n", 100);
    const cost_table fits = cost_table_of(&made);
    assert_alike(&fits, 200);
    add_times("A,2020-01,0.01,child,x\n", 1);
    const cost_table over = cost_table_of(&made);
    assert_alike(&over, 200);
}

/* ---- ends ---- */

/* The pieces of odd rows that were taken, and what was added before them. */
static void reading_ends_where_whoever_takes_odd_rows_says_so(void **state)
{
    (void)state;
    static cost_reading reading;
    begin();
    add_text(COST_HEADINGS);
    for (int i = 0; i < 12; i++) {
        add_times("A,2020-01,1.00,child,x\n", 30);
        add_text("A,2020-13,1.00,child,x\n");
    }
    const cost_table table = cost_table_of(&made);
    for (size_t i = 0; i < THREADS; i++)
        for (size_t stop = 1; stop < 12; stop += 3) {
            assert_true(cost_begin(&reading, &table, 300));
            reading.stop_after = stop;
            cost_crew(&reading, threads[i]);
            assert_true(reading.end.is_ended);
            assert_false(reading.end.is_cut);
            assert_int_equal(reading.end.status, UTFALL_OK);
            assert_int_equal(reading.taken, stop);
            assert_int_equal(utfall_run_errors(reading.run), stop);
            assert_true(reading.end.rows >= 30 * stop && reading.end.rows < 30 * stop + 30);
            utfall_run_free(reading.run);
        }
}

static void a_line_without_an_end_is_refused_at_its_place(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        begin();
        add_text(COST_HEADINGS);
        add_times("A,2020-01,1.00,child,x\n", 100);
        add_text(kind == 2 ? "A,2020-01,1.00,child,\"" : "A,2020-01,1.00,child,");
        memset(made.bytes + made.len, kind == 1 ? '"' : 'x', 70000);
        made.len += 70000;
        add_text("\n");
        add_times("A,2020-01,1.00,child,x\n", 10);
        const cost_table table = cost_table_of(&made);
        assert_alike(&table, 8192);
        assert_alike(&table, UTFALL_SOURCE_BLOCK);
    }
}

static void a_table_without_rows_comes_to_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {COST_HEADINGS, "id,month,amount,kind,note",
                                        COST_HEADINGS "\n\n", COST_HEADINGS "\r\n",
                                        COST_HEADINGS "\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        begin();
        add_text(texts[i]);
        const cost_table table = cost_table_of(&made);
        assert_alike(&table, 7);
        assert_alike(&table, 4096);
    }
}

/* ---- a file that fails ---- */

static struct files files;
static const char *grown;     /* a file that grows when it is open */
static uint64_t grown_before; /* its bytes until then */
static const char *grown_row;

static void write_rows(FILE *file, uint64_t bytes)
{
    const size_t len = strlen(grown_row);
    for (uint64_t at = 0; at + len <= bytes; at += len)
        assert_int_equal(fwrite(grown_row, 1, len, file), len);
}

static utfall_source *grown_open(utfall_run *run)
{
    utfall_source *source = NULL;
    const char *reason = NULL;
    FILE *file = fopen(grown, "wb");
    assert_non_null(file);
    assert_true(fputs(COST_HEADINGS, file) >= 0);
    write_rows(file, grown_before);
    assert_int_equal(fflush(file), 0);
    const long size = ftell(file);
    assert_int_equal(utfall_source_open(run, &source, &reason, grown, (uint64_t)size), UTFALL_OK);
    write_rows(file, 3 * UTFALL_SOURCE_BLOCK);
    assert_int_equal(fclose(file), 0);
    return source;
}

static void a_file_that_fails_is_read_as_far_as_it_goes(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "A,2020-01,1.00,child,a note that is there to make the row a long one\n",
        "A,2020-01,\"1.00\",child,x\nnobody,2020-02,1.00,child,a row that is like the others\n",
        "A,2020-01,1.00,child,x\nA,2020-13,1.00,child,a row that is odd and makes a finding\n",
        "B,2020-02,1.00,child,\"a note that\ngoes over two lines\"\n"};
    files_begin(&files);
    grown = files_path(&files, "grown.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t blocks = 1; blocks < 4; blocks++) {
            static cost_reading reading;
            grown_row = rows[i];
            grown_before = blocks * UTFALL_SOURCE_BLOCK + 1000;
            cost_table table = cost_table_of(&made);
            table.open = grown_open;
            assert_alike(&table, 0);
            const char *told = cost_by_crew(&reading, &table, 0, 3);
            if (i != 2) /* more findings are not kept */
                assert_non_null(strstr(told, "the file is larger than any input may be"));
            assert_int_equal(reading.csv->status, UTFALL_E_IO);
            utfall_run_free(reading.run);
        }
    files_end(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_made_by_chance_are_the_same_by_any_number_of_threads),
        cmocka_unit_test(a_row_may_be_cut_by_blocks_anywhere),
        cmocka_unit_test(rows_may_leave_the_order_of_the_people_at_any_time),
        cmocka_unit_test(odd_rows_are_told_in_the_order_of_the_file),
        cmocka_unit_test(a_row_over_two_lines_is_read_wherever_it_stands),
        cmocka_unit_test(a_sum_that_leaves_64_bits_is_refused_whoever_reads_it),
        cmocka_unit_test(reading_ends_where_whoever_takes_odd_rows_says_so),
        cmocka_unit_test(a_line_without_an_end_is_refused_at_its_place),
        cmocka_unit_test(a_table_without_rows_comes_to_nothing),
        cmocka_unit_test(a_file_that_fails_is_read_as_far_as_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
