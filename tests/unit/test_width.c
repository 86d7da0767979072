/* Width of a text: never less than that of the widest usual font, and the same in other words. */
#include "reports/width.h"
#include "unit/made.h"

static void a_text_takes_at_least_what_the_widest_font_gives_it(void **state)
{
    (void)state;
    /* DejaVu Sans at 100 units a font size: advances of its letters, in tenths of a unit. */
    static const struct {
        const char *text;
        int64_t advance;
    } texts[] = {
        {"", 0},
        {"0", 636},
        {"1 500", 636 * 4 + 318},
        {"1\xc2\xa0"
         "500",
         636 * 4 + 318},
        {"m", 974},
        {"W", 989},
        {"Q", 787},
        {"I", 295},
        {"r", 411},
        {"t", 392},
        {"f", 352},
        {"-", 361},
        {"(", 390},
        {":", 337},
        {",", 318},
        {"i", 278},
        {"\xc3\xa4", 613},
        {"\xc3\x85", 684},
        {"\xe2\x88\x92", 838},
        {"%", 950},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const int64_t width = utfall__width(texts[i].text, 100);
        assert_true(width >= texts[i].advance);
        assert_true(width <= texts[i].advance * 3 / 2);
    }
}

static void no_text_has_no_width_and_a_part_of_a_tenth_is_a_whole_one(void **state)
{
    (void)state;
    assert_int_equal(utfall__width(NULL, 12), 0);
    assert_int_equal(utfall__width("0", 13), 84);                        /* 64 * 13 / 10 = 83.2 */
    assert_int_equal(utfall__width("\xc3", 10), utfall__width("%", 10)); /* not UTF-8 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_takes_at_least_what_the_widest_font_gives_it),
        cmocka_unit_test(no_text_has_no_width_and_a_part_of_a_tenth_is_a_whole_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
