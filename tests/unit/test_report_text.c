/* Text that grows: cleaning, escaping, columns. */
#include "unit/made.h"
#include "reports/text.h"

static const char *escaped(utfall_run *run, const char *foreign)
{
    utfall__text text;
    const char *out = NULL;
    utfall__text_start(&text, run);
    utfall__text_escape(&text, foreign);
    assert_ok(run, utfall__text_end(&text, &out, NULL));
    return out;
}

static void cleaning_takes_what_moves_a_cursor_or_turns_the_writing(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    static const char *const cases[][2] = {
        {"plain", "plain"},
        {"\x1b[31mred\x07", "[31mred"},
        {"a\nb\tc\r\nd", "a b c  d"},
        {"\xe2\x80\xaetxt.exe\xe2\x81\xa6x\xe2\x81\xa9", "txt.exex"}, /* RLO, LRI, PDI */
        {"a\xe2\x80\x8b\xe2\x80\x8f\xef\xbb\xbf"
         "b",
         "ab"}, /* ZWSP, RLM, BOM */
        {"\xc2\x85\xc2\x9b"
         "5n",
         " 5n"},                    /* NEL, CSI */
        {"\xe2\x80\xa8x", " x"},    /* line separator */
        {"\xf3\xa0\x80\xa1t", "t"}, /* a tag */
        {"\xff\xc0\xaf\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
                                     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd"}, /* cut short */
        {"\xc3\xa5\xe2\x89\x88\xf0\x9f\x92\xb0\xc2\xa0",
         "\xc3\xa5\xe2\x89\x88\xf0\x9f\x92\xb0\xc2\xa0"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(utfall__text_cleaned(run, cases[i][0]), cases[i][1]);
    utfall_run_free(run);
}

static void escaping_leaves_no_markup(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_string_equal(escaped(run, "<a href=\"x\" b='y'>&amp;\x1b"),
                        "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
    utfall_run_free(run);
}

static void a_json_string_ends_where_its_text_does(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    static const char *const cases[][2] = {{"", "\"\""},
                                           {"Åsa", "\"Åsa\""},
                                           {"a\"b", "\"a\\\"b\""},
                                           {"\\\"", "\"\\\\\\\"\""},
                                           {"a\nb\x01\x1b", "\"a b\""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        utfall__text text;
        const char *out = NULL;
        utfall__text_start(&text, run);
        utfall__text_json(&text, cases[i][0]);
        assert_ok(run, utfall__text_end(&text, &out, NULL));
        assert_string_equal(out, cases[i][1]);
    }
    utfall_run_free(run);
}

static void every_byte_pair_gives_clean_utf8(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    for (unsigned a = 1; a < 256; a++)
        for (unsigned b = 1; b < 256; b++) {
            const char pair[] = {(char)a, (char)b, '\0'};
            const char *once = utfall__text_cleaned(run, pair);
            assert_string_equal(utfall__text_cleaned(run, once), once);
        }
    utfall_run_free(run);
}

static void columns_are_those_of_a_terminal(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = {{"abc", 3},
                 {"\xc3\xa5\xc3\xa4\xc3\xb6", 3},
                 {"e\xcc\x81", 1},                /* combining accent */
                 {"\xe6\xbc\xa2\xe5\xad\x97", 4}, /* two wide characters */
                 {"\xe2\x88\x92\xc2\xa0", 2},
                 {"", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(utfall__text_columns(cases[i].text, strlen(cases[i].text)),
                         cases[i].columns);
}

static void a_missing_part_is_not_forgotten(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall__text text;
    const char *out = NULL;
    utfall__text_start(&text, run);
    utfall__text_add(&text, "a");
    utfall__text_add(&text, NULL);
    utfall__text_add(&text, "b");
    assert_status(UTFALL_E_BUG, utfall__text_end(&text, &out, NULL));
    assert_null(out);
    utfall_run_free(run);
}

static void it_grows_as_far_as_needed(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall__text text;
    const char *out = NULL;
    size_t len = 0;
    utfall__text_start(&text, run);
    for (int64_t i = -5000; i < 5000; i++)
        utfall__text_number(&text, i);
    utfall__text_repeat(&text, "xy", 1000);
    assert_ok(run, utfall__text_end(&text, &out, &len));
    assert_int_equal(len, strlen(out));
    assert_int_equal(strncmp(out, "-5000-4999", 10), 0);
    assert_string_equal(out + len - 4, "xyxy");
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleaning_takes_what_moves_a_cursor_or_turns_the_writing),
        cmocka_unit_test(escaping_leaves_no_markup),
        cmocka_unit_test(a_json_string_ends_where_its_text_does),
        cmocka_unit_test(every_byte_pair_gives_clean_utf8),
        cmocka_unit_test(columns_are_those_of_a_terminal),
        cmocka_unit_test(a_missing_part_is_not_forgotten),
        cmocka_unit_test(it_grows_as_far_as_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
