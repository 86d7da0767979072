/* Places and quotations: right for good text, and fit to print for any bytes. */
#include "unit/made.h"
#include "ledger/place.h"
#include "utfall/ledger.h"

static void columns_count_characters(void **state)
{
    (void)state;
    const char *text = "ab\n\xc3\xa5\xc3\xa4x\n";
    utfall_loc at = utfall_place_of("f", text, strlen(text), 7);
    assert_string_equal(at.file, "f");
    assert_int_equal(at.line, 2);
    assert_int_equal(at.column, 3);
    at = utfall_place_of("f", text, strlen(text), 1000);
    assert_int_equal(at.line, 3);
    assert_int_equal(at.column, 1);
}

static void an_excerpt_is_the_line_around(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *text = "ab\n\xc3\xa5\tx\xff\nlast";
    assert_string_equal(utfall_place_excerpt(run, text, strlen(text), 5), "\xc3\xa5?x?");
    assert_string_equal(utfall_place_excerpt(run, text, strlen(text), 0), "ab");
    assert_string_equal(utfall_place_excerpt(run, text, strlen(text), 9), "last");
    assert_null(utfall_place_excerpt(run, text, 4, 5));
    utfall_run_free(run);
}

static void what_is_not_shown_is_no_excerpt(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    char text[400];
    memset(text, 'x', sizeof text);
    assert_int_equal(strlen(utfall_place_excerpt(run, text, sizeof text, 239)), UTFALL_EXCERPT_MAX);
    assert_null(utfall_place_excerpt(run, text, sizeof text, 240));
    utfall_run_free(run);
}

static void a_quotation_is_cut_between_characters_and_can_be_printed(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    char text[100];
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xc3\xa5", 2);
    const char *shown = utfall_place_quote(run, text, 99);
    assert_int_equal(strlen(shown), 63);
    assert_string_equal(shown + 58, "\xc3\xa5...");
    shown = utfall_place_quote(run, text + 1, 99);
    assert_int_equal(strlen(shown), 62);
    assert_string_equal(utfall_place_quote(run, "a\n\x1b[31m\x7f\xc2\x9b\xed\xa0\x80", 13),
                        "a??[31m??????");
    assert_string_equal(utfall_place_quote(run, "", 0), "");
    utfall_run_free(run);
}

static void hexadecimal_digits_go_both_ways(void **state)
{
    (void)state;
    const uint8_t bytes[3] = {0, 0x9f, 0xa0};
    char text[7];
    utfall_hex(text, bytes, 3);
    assert_string_equal(text, "009fa0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(an_excerpt_is_the_line_around),
        cmocka_unit_test(what_is_not_shown_is_no_excerpt),
        cmocka_unit_test(a_quotation_is_cut_between_characters_and_can_be_printed),
        cmocka_unit_test(hexadecimal_digits_go_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
