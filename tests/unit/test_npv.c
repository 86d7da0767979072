/* RULE: RETURN-2, RETURN-3. Net present value and money multiple: values known exactly, and
 * enclosures of those that are not.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "utfall/returns.h"

static int start(void **state)
{
    *state = utfall_run_new(NULL, NULL);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    utfall_run_free(*state);
    return 0;
}

static utfall_between npv(utfall_run *run, const utfall_flow *flows, size_t count,
                          utfall_day_count days, int64_t percent)
{
    utfall_between out = {NULL, NULL};
    assert_int_equal(
        utfall_npv_compute(run, &out, flows, count, days, utfall_rat_of(run, percent, 100)),
        UTFALL_OK);
    const utfall_rat *width = utfall_rat_sub(run, out.high, out.low);
    assert_true(utfall_rat_sign(width) >= 0);
    assert_true(utfall_rat_compare(width, utfall_rat_of(run, 3, 1000000)) <= 0);
    return out;
}

static void assert_between(utfall_run *run, utfall_between found, int64_t num, int64_t den)
{
    const utfall_rat *value = utfall_rat_of(run, num, den);
    assert_true(utfall_rat_compare(found.low, value) <= 0);
    assert_true(utfall_rat_compare(value, found.high) <= 0);
}

static void whole_years_give_the_fraction(void **state)
{
    const utfall_flow flows[] = {{{2020, 1, 1}, 0, utfall_rat_of(*state, -10000, 1)},
                                 {{2020, 1, 1}, 1, utfall_rat_of(*state, 6000, 1)},
                                 {{2020, 1, 1}, 2, utfall_rat_of(*state, 6000, 1)}};
    /* -10 000 + 6 000 / 1.03 + 6 000 / 1.03^2, times 10 609 */
    assert_between(*state, npv(*state, flows, 3, UTFALL_DAYS_PERIODS, 3),
                   INT64_C(-10000) * 10609 + INT64_C(6180000) * 10 + INT64_C(60000000), 10609);
    assert_between(*state, npv(*state, flows, 3, UTFALL_DAYS_PERIODS, 0), 2000, 1);
    /* at -50 % money doubles each period backwards */
    assert_between(*state, npv(*state, flows, 3, UTFALL_DAYS_PERIODS, -50), 26000, 1);
}

static void without_discounting_the_value_is_exact(void **state)
{
    const utfall_flow flows[] = {{{2020, 2, 29}, 0, utfall_rat_of(*state, -750000000, 1)},
                                 {{2021, 12, 31}, 0, utfall_rat_of(*state, 300000000, 1)}};
    const utfall_between found = npv(*state, flows, 2, UTFALL_DAYS_ACT_365, 0);
    assert_string_equal(utfall_rat_text(*state, found.low), "-450000000");
    assert_string_equal(utfall_rat_text(*state, found.high), "-450000000");
}

/* sqrt(1.21) = 1.1: half a year at 21 % is known too. */
static void half_a_year_takes_the_root(void **state)
{
    const utfall_flow flows[] = {{{2020, 1, 31}, 0, utfall_rat_of(*state, 0, 1)},
                                 {{2020, 1, 30}, 0, utfall_rat_of(*state, -10000, 1)},
                                 {{2020, 7, 30}, 0, utfall_rat_of(*state, 22000, 1)}};
    assert_between(*state, npv(*state, flows, 3, UTFALL_DAYS_30E_360, 21), 10000, 1);
}

static void no_payments_are_worth_nothing(void **state)
{
    assert_between(*state, npv(*state, NULL, 0, UTFALL_DAYS_ACT_365, 3), 0, 1);
}

static void a_rate_of_minus_all_is_refused(void **state)
{
    utfall_between out = {NULL, NULL};
    assert_int_equal(utfall_npv_compute(*state, &out, NULL, 0, UTFALL_DAYS_ACT_365,
                                        utfall_rat_of(*state, -1, 1)),
                     UTFALL_E_RANGE);
    assert_null(out.low);
    assert_int_equal(utfall_run_errors(*state), 1);
}

static void the_multiple_is_received_over_paid(void **state)
{
    const utfall_flow flows[] = {{{2020, 1, 1}, 0, utfall_rat_of(*state, -500, 1)},
                                 {{2020, 2, 1}, 0, utfall_rat_of(*state, 100, 3)},
                                 {{2020, 3, 1}, 0, utfall_rat_of(*state, -250, 1)},
                                 {{2020, 4, 1}, 0, utfall_rat_of(*state, 300, 1)}};
    const utfall_rat *multiple = NULL;
    assert_int_equal(utfall_multiple_compute(*state, &multiple, flows, 4), UTFALL_OK);
    assert_string_equal(utfall_rat_text(*state, multiple), "4/9");
    assert_int_equal(utfall_multiple_compute(*state, &multiple, flows + 3, 1), UTFALL_OK);
    assert_null(multiple);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whole_years_give_the_fraction, start, stop),
        cmocka_unit_test_setup_teardown(without_discounting_the_value_is_exact, start, stop),
        cmocka_unit_test_setup_teardown(half_a_year_takes_the_root, start, stop),
        cmocka_unit_test_setup_teardown(no_payments_are_worth_nothing, start, stop),
        cmocka_unit_test_setup_teardown(a_rate_of_minus_all_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(the_multiple_is_received_over_paid, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
