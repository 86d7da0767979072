/* Rows and cells of CSV texts in all dialects, wherever the blocks that are read end. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contracts/csv.h"
#include "contracts/encoding.h"
#include "contracts/scan.h"

enum { DUMP_MAX = 1 << 20 };

typedef struct dump {
    char *text;
    size_t len;
} dump;

static void add(dump *to, const char *text, size_t len)
{
    assert_true(to->len + len < DUMP_MAX);
    memcpy(to->text + to->len, text, len);
    to->len += len;
    to->text[to->len] = '\0';
}

static void add_number(dump *to, uint64_t number)
{
    char text[32];
    int len = snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    add(to, text, (size_t)len);
}

static void add_findings(dump *to, utfall_run *run)
{
    const utfall_finding *f;
    for (size_t i = 0; (f = utfall_run_finding(run, i)) != NULL; i++) {
        add(to, "!", 1);
        add_number(to, f->at.line);
        add(to, ":", 1);
        add_number(to, f->at.column);
        add(to, "+", 1);
        add_number(to, f->width);
        add(to, " ", 1);
        add(to, f->message, strlen(f->message));
        if (f->excerpt != NULL) {
            add(to, " | ", 3);
            add(to, f->excerpt, strlen(f->excerpt));
        }
        add(to, "\n", 1);
    }
}

/* Each row as "line: [cell] [cell]", then the findings. */
static char *read_in_blocks(const char *text, size_t len, size_t block, char separator,
                            utfall_encoding encoding)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_source *source = NULL;
    utfall_csv *csv = NULL;
    dump to = {malloc(DUMP_MAX), 0};
    assert_non_null(run);
    assert_non_null(to.text);
    to.text[0] = '\0';
    assert_int_equal(utfall_source_memory(run, &source, text, len, block), UTFALL_OK);
    if (utfall_csv_open(run, &csv, source, "t.csv", "costs", separator, encoding) == UTFALL_OK) {
        while (utfall_csv_next(csv)) {
            add_number(&to, csv->line);
            add(&to, ":", 1);
            for (size_t i = 0; i < csv->count; i++) {
                utfall_cell cell = utfall_csv_utf8(csv, utfall_csv_cell(csv, i));
                add(&to, " [", 2);
                add(&to, cell.text, cell.len);
                add(&to, "]", 1);
            }
            add(&to, "\n", 1);
        }
        assert_int_equal(csv->fault == UTFALL_OK, utfall_run_errors(run) == 0);
    }
    add_findings(&to, run);
    utfall_run_free(run);
    return to.text;
}

static void assert_reads_len(const char *text, size_t len, char separator, utfall_encoding encoding,
                             const char *expected)
{
    static const size_t blocks[] = {UTFALL_SOURCE_BLOCK, 1, 2, 3, 5, 7, 16, 63, 64, 65, 1000};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        char *got = read_in_blocks(text, len, blocks[i], separator, encoding);
        assert_string_equal(got, expected);
        free(got);
    }
}

static void assert_reads(const char *text, const char *expected)
{
    assert_reads_len(text, strlen(text), ',', UTFALL_UTF_8, expected);
}

/* ---- rows ---- */

static void rows_are_split_at_separators_and_line_feeds(void **state)
{
    (void)state;
    assert_reads("a,b\nc,d\n", "1: [a] [b]\n2: [c] [d]\n");
}

static void carriage_returns_before_line_feeds_are_no_text(void **state)
{
    (void)state;
    assert_reads("a,b\r\nc,d\r\n", "1: [a] [b]\n2: [c] [d]\n");
    assert_reads("a,\r\n,\r\n", "1: [a] []\n2: [] []\n");
    assert_reads("a,\"b\"\r\n\"c\",d\r\n", "1: [a] [b]\n2: [c] [d]\n");
}

static void the_last_line_needs_no_end(void **state)
{
    (void)state;
    assert_reads("a,b\nc,d", "1: [a] [b]\n2: [c] [d]\n");
    assert_reads("a,b\r\nc,\"d\"", "1: [a] [b]\n2: [c] [d]\n");
    assert_reads("a,b\r\nc,d\r", "1: [a] [b]\n2: [c] [d]\n");
    assert_reads("a", "1: [a]\n");
    assert_reads("a,", "1: [a] []\n");
}

static void nothing_is_no_row(void **state)
{
    (void)state;
    assert_reads("", "");
    assert_reads("\xEF\xBB\xBF", "");
    assert_reads("\n\r\n\n", "");
}

static void blank_lines_are_passed_over_and_counted_as_lines(void **state)
{
    (void)state;
    assert_reads("a,b\n\n\r\nc,d\n\n", "1: [a] [b]\n4: [c] [d]\n");
}

static void a_byte_order_mark_has_no_width(void **state)
{
    (void)state;
    assert_reads("\xEF\xBB\xBF"
                 "a,b\nc,d\n",
                 "1: [a] [b]\n2: [c] [d]\n");
    assert_reads("\xEF\xBB\xBF\"a\",b\n", "1: [a] [b]\n");
    assert_reads("\xEF\xBB\xBF"
                 "ab\x01,b\n",
                 "!1:3+1 the row holds a control character | ab\xEF\xBF\xBD,b\n");
}

static void other_separators_leave_commas_in_cells(void **state)
{
    (void)state;
    const char *semicolon = "a;1,5\nb;\"2;5\"\n", *tab = "a\t1,5\nb\t\"2\t5\"\n";
    assert_reads_len(semicolon, strlen(semicolon), ';', UTFALL_UTF_8,
                     "1: [a] [1,5]\n2: [b] [2;5]\n");
    assert_reads_len(tab, strlen(tab), '\t', UTFALL_UTF_8, "1: [a] [1,5]\n2: [b] [2\t5]\n");
}

static void spaces_around_a_cell_are_left_out(void **state)
{
    (void)state;
    assert_reads("  a , b b ,   \n", "1: [a] [b b] []\n");
    assert_reads("\" a \",b\n", "1: [a] [b]\n");
}

/* ---- quotation marks ---- */

static void quotes_hold_separators_quotes_and_lines(void **state)
{
    (void)state;
    assert_reads("\"a,b\",\"say \"\"yes\"\"\"\n\"\",\"\"\"\"\n",
                 "1: [a,b] [say \"yes\"]\n2: [] [\"]\n");
    assert_reads("\"a\nb\r\nc\",d\ne,f\n", "1: [a\nb\r\nc] [d]\n4: [e] [f]\n");
    assert_reads("\"\n\n\",x\ny,z\n", "1: [\n\n] [x]\n4: [y] [z]\n");
}

static void quoted_and_unquoted_cells_mix(void **state)
{
    (void)state;
    assert_reads("a,\"b\",c\n\"a\",b,\"c\"\n\"a\",\"b\",\"c\"\n",
                 "1: [a] [b] [c]\n2: [a] [b] [c]\n3: [a] [b] [c]\n");
}

static void a_quote_inside_a_bare_cell_is_refused_at_its_place(void **state)
{
    (void)state;
    assert_reads("a,b\nc,5\" r\xC3\xB6r\nd,e\n",
                 "1: [a] [b]\n3: [d] [e]\n"
                 "!2:4+1 a quotation mark stands inside a cell that does not begin with one | "
                 "c,5\" r\xC3\xB6r\n");
}

static void text_after_a_closing_quote_is_refused_at_its_place(void **state)
{
    (void)state;
    assert_reads("\"\xC3\xA5\"b,c\nd,e\n", "2: [d] [e]\n"
                                           "!1:4+1 a cell goes on after the quotation mark that "
                                           "closes it | \"\xC3\xA5\"b,c\n");
    assert_reads("\"x\ny\"b,c\nd,e\n",
                 "3: [d] [e]\n"
                 "!2:3+1 a cell goes on after the quotation mark that closes it | y\"b,c\n");
}

static void a_quote_that_is_never_closed_is_refused_where_it_opens(void **state)
{
    (void)state;
    assert_reads("a,b\nc,\"d\ne,f\n",
                 "1: [a] [b]\n"
                 "!2:3+1 the cell that begins here with a quotation mark is not closed within 64 "
                 "KiB | c,\"d\n");
    assert_reads("a,\"",
                 "!1:3+1 the cell that begins here with a quotation mark is not closed within 64 "
                 "KiB | a,\"\n");
}

/* ---- bytes ---- */

static void bytes_that_are_not_utf_8_are_refused_at_their_place(void **state)
{
    (void)state;
    assert_reads("a,b\nc,\xE5r\nd,e\n",
                 "1: [a] [b]\n3: [d] [e]\n"
                 "!2:3+1 the row holds a byte that is not UTF-8 | c,\xEF\xBF\xBDr\n");
    assert_reads("\xC3\xA5\xC3,b\n",
                 "!1:2+1 the row holds a byte that is not UTF-8 | \xC3\xA5\xEF\xBF\xBD,b\n");
    assert_reads("\xC0\xAF,b\n", "!1:1+1 the row holds a byte that is not UTF-8 | "
                                 "\xEF\xBF\xBD,b\n");
}

static void nul_and_control_characters_are_refused(void **state)
{
    (void)state;
    assert_reads_len("a\0b,c\n", 6, ',', UTFALL_UTF_8,
                     "!1:2+1 the row holds a NUL byte | a\xEF\xBF\xBD"
                     "b,c\n");
    assert_reads("a\tb,c\n", "!1:2+1 the row holds a tab | a\t"
                             "b,c\n");
    assert_reads("a\x7F,c\n", "!1:2+1 the row holds a control character | a\xEF\xBF\xBD,c\n");
    assert_reads("a\rb,c\n", "!1:2+1 the row holds a carriage return without a line feed | "
                             "a\xEF\xBF\xBD"
                             "b,c\n");
    assert_reads("\"a\x1B\",c\nd,e\n",
                 "2: [d] [e]\n!1:3+1 the row holds a control character | \"a\xEF\xBF\xBD\",c\n");
}

static void invisible_characters_are_refused(void **state)
{
    (void)state;
    assert_reads("a\xE2\x80\x8B,b\n", "!1:2+1 the row holds a character without width | "
                                      "a\xEF\xBF\xBD,b\n");
}

static void windows_1252_becomes_utf_8(void **state)
{
    (void)state;
    const char *text = "\xC5sa;4\xA0"
                       "250;\x96 5;\x80\n";
    assert_reads_len(text, strlen(text), ';', UTFALL_WINDOWS_1252,
                     "1: [\xC3\x85sa] [4\xC2\xA0"
                     "250] [\xE2\x80\x93 5] [\xE2\x82\xAC]\n");
    assert_reads_len("a\x81;b\nc;d\n", 8, ';', UTFALL_WINDOWS_1252,
                     "2: [c] [d]\n!1:2+1 the row holds a byte that windows-1252 does not have | "
                     "a\xEF\xBF\xBD;b\n");
}

static void every_row_is_decoded_however_many(void **state)
{
    (void)state;
    enum { ROWS = 20000, LEN = 24 };
    char *text = malloc((size_t)ROWS * LEN);
    assert_non_null(text);
    for (size_t i = 0; i < ROWS; i++)
        memcpy(text + i * LEN,
               "\xC5\xC4\xD6\xC5\xC4\xD6\xC5\xC4\xD6\xC5\xC4\xD6;"
               "0123456789\n",
               LEN);
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_source *source = NULL;
    utfall_csv *csv = NULL;
    assert_int_equal(utfall_source_memory(run, &source, text, (size_t)ROWS * LEN, 4000), UTFALL_OK);
    assert_int_equal(utfall_csv_open(run, &csv, source, "t", "x", ';', UTFALL_WINDOWS_1252),
                     UTFALL_OK);
    while (utfall_csv_next(csv))
        assert_int_equal(utfall_csv_utf8(csv, utfall_csv_cell(csv, 0)).len, 24);
    assert_int_equal(csv->rows, ROWS);
    utfall_run_free(run);
    free(text);
}

static void iso_8859_1_has_no_letters_below_a0(void **state)
{
    (void)state;
    assert_reads_len("\xE5;\xF6\n", 4, ';', UTFALL_ISO_8859_1, "1: [\xC3\xA5] [\xC3\xB6]\n");
    assert_reads_len("\xE5\x96;\xF6\n", 5, ';', UTFALL_ISO_8859_1,
                     "!1:2+1 the row holds a control character of iso-8859-1 | "
                     "\xC3\xA5\xEF\xBF\xBD;\xC3\xB6\n");
}

static void a_mark_of_utf_8_contradicts_another_encoding(void **state)
{
    (void)state;
    assert_reads_len("\xEF\xBB\xBF"
                     "a\n",
                     5, ',', UTFALL_WINDOWS_1252,
                     "!1:0+0 the file begins with the byte-order mark of UTF-8, but another "
                     "encoding is declared\n");
}

static void files_that_are_no_text_are_told_by_what_they_are(void **state)
{
    (void)state;
    assert_reads_len("\xFF\xFE"
                     "a\0",
                     4, ',', UTFALL_UTF_8,
                     "!1:0+0 the file is UTF-16, not CSV in the declared encoding\n");
    assert_reads("PK\x03\x04zzzz",
                 "!1:0+0 the file is an Excel workbook or another zip archive, not CSV\n");
}

/* ---- bounds ---- */

static char *repeat(char c, size_t count, const char *after)
{
    char *text = malloc(count + strlen(after) + 1);
    assert_non_null(text);
    memset(text, c, count);
    memcpy(text + count, after, strlen(after) + 1);
    return text;
}

static void assert_reads_repeated(char c, size_t count, const char *after, const char *expected)
{
    static const size_t blocks[] = {UTFALL_SOURCE_BLOCK, 4096, 65536, 1001};
    char *text = repeat(c, count, after);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        char *got = read_in_blocks(text, strlen(text), blocks[i], ',', UTFALL_UTF_8);
        char *excerpt = strstr(got, " | ");
        if (excerpt != NULL) /* as long as it may be: not compared */
            *excerpt = '\0';
        assert_string_equal(got, expected);
        free(got);
    }
    free(text);
}

static void a_cell_has_at_most_4096_bytes(void **state)
{
    (void)state;
    char *most = repeat('x', UTFALL_CSV_CELL_MAX, ",b\n");
    char *got = read_in_blocks(most, strlen(most), 1000, ',', UTFALL_UTF_8);
    assert_int_equal(strlen(got), UTFALL_CSV_CELL_MAX + strlen("1: [] [b]\n"));
    free(got);
    free(most);
    assert_reads_repeated('x', UTFALL_CSV_CELL_MAX + 1, ",b\n",
                          "!1:1+1 the cell that begins here is longer than 4096 bytes");
}

static void a_row_has_at_most_64_kib(void **state)
{
    (void)state;
    assert_reads_repeated('x', UTFALL_CSV_ROW_MAX - 2, "\n",
                          "!1:1+1 the cell that begins here is longer than 4096 bytes");
    assert_reads_repeated('x', UTFALL_CSV_ROW_MAX - 1, "\n",
                          "!1:0+0 the row is longer than 64 KiB");
    assert_reads_repeated('x', UTFALL_CSV_ROW_MAX + 9000, "\na,b\n",
                          "!1:0+0 the row is longer than 64 KiB");
    assert_reads_repeated('x', 500000, "", "!1:0+0 the row is longer than 64 KiB");
    assert_reads_repeated('"', 1, "x",
                          "!1:1+1 the cell that begins here with a quotation mark is "
                          "not closed within 64 KiB");
}

static void an_open_quote_is_followed_for_64_kib(void **state)
{
    (void)state;
    char *inside = repeat('\n', UTFALL_CSV_ROW_MAX, "\",b\n");
    inside[0] = '"';
    static const size_t blocks[] = {UTFALL_SOURCE_BLOCK, 65536, 5000};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        char *got = read_in_blocks(inside, strlen(inside), blocks[i], ',', UTFALL_UTF_8);
        assert_string_equal(got, "!1:1+1 the cell that begins here with a quotation mark is not "
                                 "closed within 64 KiB | \"\n");
        free(got);
    }
    free(inside);
}

static void a_row_has_at_most_1023_cells(void **state)
{
    (void)state;
    char *most = repeat(',', 1022, "\n"), *got = read_in_blocks(most, 1023, 100, ',', UTFALL_UTF_8);
    assert_null(strstr(got, "!"));
    free(got);
    free(most);
    assert_reads_repeated(',', 1023, "\n", "!1:0+0 the row has more than 1023 cells");
    assert_reads_repeated(',', 5000, "\n", "!1:0+0 the row has more than 1023 cells");
}

static void faults_beyond_fifty_are_counted(void **state)
{
    (void)state;
    enum { ROWS = 1000 };
    char text[ROWS * 4];
    for (size_t i = 0; i < ROWS; i++)
        memcpy(text + 4 * i, "a\x01,\n", 4);
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_source *source = NULL;
    utfall_csv *csv = NULL;
    assert_int_equal(utfall_source_memory(run, &source, text, sizeof text, 128), UTFALL_OK);
    assert_int_equal(utfall_csv_open(run, &csv, source, "t.csv", "x", ',', UTFALL_UTF_8),
                     UTFALL_OK);
    assert_false(utfall_csv_next(csv));
    assert_int_equal(utfall_run_errors(run), ROWS);
    assert_non_null(utfall_run_finding(run, UTFALL_FINDINGS_MAX - 1));
    assert_null(utfall_run_finding(run, UTFALL_FINDINGS_MAX));
    assert_int_equal(csv->rows, ROWS);
    assert_int_equal(csv->fault, UTFALL_E_SYNTAX);
    utfall_run_free(run);
}

static void what_is_shown_hides_identity_numbers(void **state)
{
    (void)state;
    assert_reads("20000105-2380,Test,b\x01\n", "!1:21+1 the row holds a control character | "
                                               "********-****,Test,b\xEF\xBF\xBD\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_split_at_separators_and_line_feeds),
        cmocka_unit_test(carriage_returns_before_line_feeds_are_no_text),
        cmocka_unit_test(the_last_line_needs_no_end),
        cmocka_unit_test(nothing_is_no_row),
        cmocka_unit_test(blank_lines_are_passed_over_and_counted_as_lines),
        cmocka_unit_test(a_byte_order_mark_has_no_width),
        cmocka_unit_test(other_separators_leave_commas_in_cells),
        cmocka_unit_test(spaces_around_a_cell_are_left_out),
        cmocka_unit_test(quotes_hold_separators_quotes_and_lines),
        cmocka_unit_test(quoted_and_unquoted_cells_mix),
        cmocka_unit_test(a_quote_inside_a_bare_cell_is_refused_at_its_place),
        cmocka_unit_test(text_after_a_closing_quote_is_refused_at_its_place),
        cmocka_unit_test(a_quote_that_is_never_closed_is_refused_where_it_opens),
        cmocka_unit_test(bytes_that_are_not_utf_8_are_refused_at_their_place),
        cmocka_unit_test(nul_and_control_characters_are_refused),
        cmocka_unit_test(invisible_characters_are_refused),
        cmocka_unit_test(windows_1252_becomes_utf_8),
        cmocka_unit_test(every_row_is_decoded_however_many),
        cmocka_unit_test(iso_8859_1_has_no_letters_below_a0),
        cmocka_unit_test(a_mark_of_utf_8_contradicts_another_encoding),
        cmocka_unit_test(files_that_are_no_text_are_told_by_what_they_are),
        cmocka_unit_test(a_cell_has_at_most_4096_bytes),
        cmocka_unit_test(a_row_has_at_most_64_kib),
        cmocka_unit_test(an_open_quote_is_followed_for_64_kib),
        cmocka_unit_test(a_row_has_at_most_1023_cells),
        cmocka_unit_test(faults_beyond_fifty_are_counted),
        cmocka_unit_test(what_is_shown_hides_identity_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
