/* Tables of costs from files: what comes out in chunks, by one thread or several, is what comes out
 * row by row. A cell over two lines is where reading goes on row by row: it stands before all other
 * rows of the same table. */
#define _POSIX_C_SOURCE 200809L
#include "cost_made.h"
#include "files.h"

#include "contracts/tables.h"

static struct files files;
static cost_text made;

/* The first row of the two files: alike but for the line end in a cell. */
static const char first_row[] = "A,2020-01,1.00,child,\"two lines\"\n";
static const char first_row_cut[] = "A,2020-01,1.00,child,\"two\nlines\"\n";

static utfall_table table_of(const cost_table *table, const char *file)
{
    return (utfall_table){.file = file,
                          .role = "costs",
                          .path = "target_group.costs[0]",
                          .separator = table->separator,
                          .decimal = table->decimal,
                          .encoding = table->encoding,
                          .unknown = table->refuses_unknown ? UTFALL_UNKNOWN_REFUSE
                                                            : UTFALL_UNKNOWN_COUNT};
}

/* What reading the file came to, its lines counted without those that it has `more`. */
static void read_file(cost_reading *r, const cost_table *dialect, const char *file, size_t threads,
                      uint32_t more)
{
    static const char *const kinds[] = {"child", "v\xC3\xA5rd", "a word of many letters", " x"};
    static const utfall_where counts[] = {{"kind", {4, kinds}}};
    bool *const seen[] = {r->seen[0]};
    memset(r, 0, offsetof(cost_reading, told));
    r->run = utfall_run_new(NULL, NULL);
    cost_fold_make(r);
    const utfall_table table = table_of(dialect, file), people = {.file = "people.csv"};
    const utfall_sources sources = {.count_count = 1, .counts = counts};
    utfall_feed feed;
    utfall_input input = {0};
    utfall_hands hands;
    utfall_hands_begin(&hands, threads);
    utfall_feed_begin(&feed, r->run, &r->contract, &table);
    const utfall_status status = utfall_costs_read(&feed, files.folder, r->fold, &sources, &people,
                                                   true, &(utfall_seen){1, seen}, &hands, &input);
    utfall_hands_end(&hands);
    if (status == UTFALL_E_RANGE) { /* which row is blamed depends on where chunks end */
        cost_tell(r, "a sum is too large\n");
        return;
    }
    cost_tell(r, "%s, %d rows\n", utfall_status_name(status), (int)input.rows);
    const utfall_finding *f;
    for (size_t i = 0; (f = utfall_run_finding(r->run, i)) != NULL; i++)
        cost_tell(r, "%s %u:%u+%u %s | %s | %s\n", utfall_status_name(f->code),
                  f->at.line - (f->at.line > 0 ? more : 0), f->at.column, f->width, f->message,
                  f->excerpt == NULL ? "" : f->excerpt, f->hint == NULL ? "" : f->hint);
    cost_tell(r, "%zu errors\n", (size_t)utfall_run_errors(r->run));
    for (size_t k = 0; k < 4 && status == UTFALL_OK; k++)
        cost_tell(r, "%s: %d\n", kinds[k], r->seen[0][k]);
    cost_tell_cohort(r);
}

/* The table, its first row before all others, its rows so many times. */
static void write_file(const char *name, const cost_table *table, const char *first, size_t times)
{
    static cost_text row;
    const char *body = memchr(table->text, '\n', table->len);
    assert_non_null(body);
    const size_t head = (size_t)(++body - table->text), size = table->len - head;
    FILE *file = fopen(files_path(&files, name), "wb");
    assert_non_null(file);
    row.len = 0;
    assert_true(cost_add(&row, table, first));
    assert_int_equal(fwrite(table->text, 1, head, file), head);
    assert_int_equal(fwrite(row.bytes, 1, row.len, file), row.len);
    for (size_t i = 0; i < times; i++)
        assert_int_equal(fwrite(body, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void assert_alike(const cost_table *table, size_t times)
{
    static cost_reading by_rows, by_chunks;
    static const size_t threads[] = {1, 2, 5};
    files_begin(&files);
    write_file("plain.csv", table, first_row, times);
    write_file("cut.csv", table, first_row_cut, times);
    read_file(&by_rows, table, "cut.csv", 1, 1);
    for (size_t i = 0; i < (times > 1 ? 3 : 1); i++) {
        read_file(&by_chunks, table, "plain.csv", threads[i], 0);
        if (strcmp(by_chunks.told, by_rows.told) != 0)
            fail_msg("by %zu threads:\n%s\nrow by row:\n%s", threads[i], by_chunks.told,
                     by_rows.told);
        utfall_run_free(by_chunks.run);
    }
    utfall_run_free(by_rows.run);
    files_end(&files);
}

static void tables_made_by_chance_are_the_same_in_chunks_and_row_by_row(void **state)
{
    (void)state;
    static const int64_t odds[] = {0, 3, 20, 100};
    seeded s = {606};
    for (int round = 0; round < 160; round++) {
        const int64_t odd = odds[round % 4];
        const cost_table table =
            cost_random(&made, &s, (size_t)seeded_below(&s, odd > 10 ? 40 : 300), odd);
        assert_alike(&table, 1);
    }
}

/* Larger than a megabyte: then there are several threads. */
static void large_tables_are_the_same_by_any_number_of_threads(void **state)
{
    (void)state;
    seeded s = {707};
    for (int round = 0; round < 4; round++) {
        const cost_table table = cost_random(&made, &s, 2500, round % 2 == 0 ? 0 : 1);
        assert_alike(&table, 2500000 / table.len);
    }
}

/* Plain rows, and then rows with a cell over many lines, which look like rows with another word. */
static void write_lines_in_cells(const char *name)
{
    FILE *file = fopen(files_path(&files, name), "wb");
    assert_non_null(file);
    assert_true(fputs("id,month,amount,kind,note\n", file) >= 0);
    for (int i = 0; i < 100000; i++)
        assert_true(fputs("A,2020-01,1.00,child,x\n", file) >= 0);
    for (int i = 0; i < 500; i++) {
        assert_true(fputs("A,2020-01,1.00,child,\"\n", file) >= 0);
        for (int line = 0; line < 100; line++)
            assert_true(fputs("B,2020-01,1.00,v\xC3\xA5rd,y\n", file) >= 0);
        assert_true(fputs("\"\n", file) >= 0);
    }
    assert_int_equal(fclose(file), 0);
}

/* A thread that reads ahead does not know that it reads inside a cell. */
static void words_inside_a_cell_over_lines_are_not_seen_by_any_number_of_threads(void **state)
{
    (void)state;
    static cost_reading by_one, by_many;
    const cost_table dialect = {.separator = ',', .decimal = '.', .encoding = UTFALL_UTF_8};
    files_begin(&files);
    write_lines_in_cells("lines.csv");
    read_file(&by_one, &dialect, "lines.csv", 1, 0);
    assert_true(by_one.seen[0][0] && !by_one.seen[0][1]);
    for (size_t i = 0; i < 24; i++) {
        read_file(&by_many, &dialect, "lines.csv", 2 + i % 6, 0);
        assert_string_equal(by_many.told, by_one.told);
        utfall_run_free(by_many.run);
    }
    utfall_run_free(by_one.run);
    files_end(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_made_by_chance_are_the_same_in_chunks_and_row_by_row),
        cmocka_unit_test(large_tables_are_the_same_by_any_number_of_threads),
        cmocka_unit_test(words_inside_a_cell_over_lines_are_not_seen_by_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
