/* Integers summed to an exact ratio, whatever the size of the sum. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "engine/stages.h"

static void minor_totals_carry_what_leaves_int64(void **state)
{
    (void)state;
    const int64_t minor[] = {INT64_MAX, INT64_MAX, 1, INT64_MIN, -5};
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_string_equal(utfall_rat_text(run, utfall__minor_total(run, minor, 0)), "0");
    assert_string_equal(utfall_rat_text(run, utfall__minor_total(run, minor, 1)),
                        "9223372036854775807");
    assert_string_equal(utfall_rat_text(run, utfall__minor_total(run, minor, 2)),
                        "18446744073709551614");
    assert_string_equal(utfall_rat_text(run, utfall__minor_total(run, minor, 5)),
                        "9223372036854775802");
    assert_string_equal(utfall_rat_text(run, utfall__minor_total(run, minor + 3, 2)),
                        "-9223372036854775813");
    utfall_run_free(run);
}

static void count_totals_take_any_count(void **state)
{
    (void)state;
    const uint64_t counts[] = {UINT64_MAX, UINT64_MAX, 0, 7};
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_string_equal(utfall_rat_text(run, utfall__count_total(run, counts, 0)), "0");
    assert_string_equal(utfall_rat_text(run, utfall__count_total(run, counts, 1)),
                        "18446744073709551615");
    assert_string_equal(utfall_rat_text(run, utfall__count_total(run, counts, 4)),
                        "36893488147419103237");
    assert_string_equal(utfall_rat_text(run, utfall__count_total(run, counts + 2, 2)), "7");
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minor_totals_carry_what_leaves_int64),
        cmocka_unit_test(count_totals_take_any_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
