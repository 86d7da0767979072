/* RULE: RETURN-4. Internal rates of return: other people's cases with every root to 20 digits (the
 * flows are facts from the test suites and manuals named, the roots were computed with 50 digits),
 * roots that are known by construction, and everything that has none or cannot be told. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "tests/unit/seeded.h"
#include "utfall/returns.h"

enum { FLOWS = 512, ROOTS = 4 };

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

static const utfall_rat *decimal(utfall_run *run, const char *text, size_t len)
{
    const utfall_rat *out = NULL;
    assert_int_equal(utfall_rat_parse_decimal(run, &out, text, len, '.'), UTFALL_OK);
    return out;
}

static const utfall_rat *number(utfall_run *run, const char *text)
{
    const utfall_rat *out = NULL;
    if (strchr(text, '/') == NULL)
        return decimal(run, text, strlen(text));
    assert_int_equal(utfall_rat_parse(run, &out, text, strlen(text)), UTFALL_OK);
    return out;
}

/* "-100;39;59": one payment a period, from period 0. */
static const utfall_irr *irr_of(utfall_run *run, const char *text)
{
    utfall_flow flows[FLOWS] = {{.period = 0}};
    const utfall_irr *irr = NULL;
    size_t count = 0;
    for (const char *at = text; at != NULL && *at != '\0';) {
        const char *end = strchr(at, ';');
        flows[count].period = (int32_t)count;
        flows[count++].amount = decimal(run, at, end != NULL ? (size_t)(end - at) : strlen(at));
        at = end != NULL ? end + 1 : NULL;
    }
    assert_int_equal(utfall_irr_compute(run, &irr, flows, count, UTFALL_DAYS_PERIODS), UTFALL_OK);
    return irr;
}

static void assert_narrow(utfall_run *run, const utfall_between *root)
{
    const utfall_rat *allowed = utfall_rat_of(run, 1, INT64_C(1000000000000000));
    assert_non_null(root->high);
    assert_true(utfall_rat_compare(utfall_rat_sub(run, root->high, root->low), allowed) <= 0);
}

/* The root lies within `margin` of what is printed, so low - margin <= printed <= high + margin. */
static void assert_holds(utfall_run *run, const utfall_between *root, const char *printed,
                         const utfall_rat *margin)
{
    const utfall_rat *value = number(run, printed);
    assert_narrow(run, root);
    assert_true(utfall_rat_compare(utfall_rat_sub(run, root->low, margin), value) <= 0);
    assert_true(utfall_rat_compare(value, utfall_rat_add(run, root->high, margin)) <= 0);
}

static const struct {
    const char *source, *flows, *roots[ROOTS];
} published[] = {
    {"numpy-financial", "-150000;15000;25000;35000;45000;60000", {"0.052432888859414102957"}},
    {"numpy-financial", "-100;0;0;74", {"-0.095495830348972519838"}},
    {"numpy-financial", "-100;39;59;55;20", {"0.28094842115996110458"}},
    {"numpy-financial", "-100;100;0;-7", {"-0.67889437363238651773", "-0.083299666184932686484"}},
    {"numpy-financial", "-100;100;0;7", {"0.062058485629929459869"}},
    {"numpy-financial",
     "-5;10.5;1;-8;1",
     {"-0.87020124748474117853", "0.08859833852775534567", "0.70955952768618357115"}},
    {"numpy-financial",
     "-5;10.5;1;-8;1;0;0;0",
     {"-0.87020124748474117853", "0.08859833852775534567", "0.70955952768618357115"}},
    {"formulajs", "-75000;12000;15000;18000;21000;24000", {"0.057151428871784537692"}},
    {"formulajs", "-4500;3045;2371", {"0.13918184168764957638"}},
    {"formulajs",
     "-9765000;-24338874;-3354506;814300;1595562;1975118;1688159;391944",
     {"-0.33923419051909065404"}},
    {"Excel 2010", "-100;10;10;100", {"0.068860179124838772719"}},
    {"Excel 2010", "-100;-10;10;100", {"0"}},
    {"Excel 2010", "-200;0;10;-10;300", {"0.10778141241693070071"}},
    {"Excel 2010", "-123;12;15;50;200", {"0.26095233701188237573"}},
    {"Microsoft help", "-70000;12000;15000;18000;21000;26000", {"0.086630948036531614293"}}};

static void every_root_of_published_cases_is_found_and_enclosed(void **state)
{
    /* Printed to 20 significant digits. */
    const utfall_rat *margin = utfall_rat_of(*state, 1, INT64_C(1000000000000000000));
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        const utfall_irr *irr = irr_of(*state, published[i].flows);
        size_t count = 0;
        while (count < ROOTS && published[i].roots[count] != NULL)
            count++;
        assert_int_equal(irr->verdict, UTFALL_IRR_FOUND);
        assert_int_equal(irr->count, count);
        for (size_t k = 0; k < count; k++)
            assert_holds(*state, &irr->roots[k], published[i].roots[k], margin);
    }
}

static void roots_that_are_known_are_in_their_intervals(void **state)
{
    const utfall_rat *none = utfall_rat_of(*state, 0, 1);
    /* (y - 1)(y - 2)(y - 3)(y - 4)(y - 5) in y = 1 / (1 + r) */
    const utfall_irr *irr = irr_of(*state, "-120;274;-225;85;-15;1");
    static const char *const rates[] = {"-4/5", "-3/4", "-2/3", "-1/2", "0"};
    assert_int_equal(irr->verdict, UTFALL_IRR_FOUND);
    assert_int_equal(irr->count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_holds(*state, &irr->roots[i], rates[i], none);
    assert_holds(*state, &irr_of(*state, "-100;110")->roots[0], "1/10", none);
    assert_holds(*state, &irr_of(*state, "-100;200")->roots[0], "1", none);
    assert_holds(*state, &irr_of(*state, "-3;0;12")->roots[0], "1", none);
}

static void nothing_to_find_is_told_with_its_reason(void **state)
{
    assert_int_equal(irr_of(*state, "")->verdict, UTFALL_IRR_NO_FLOWS);
    assert_int_equal(irr_of(*state, "0;0;0")->verdict, UTFALL_IRR_NO_FLOWS);
    assert_int_equal(irr_of(*state, "-1;-2")->verdict, UTFALL_IRR_ONE_WAY);
    assert_int_equal(irr_of(*state, "5;0;7")->verdict, UTFALL_IRR_ONE_WAY);
    /* 1 - y + y^2 is 3/4 at least */
    assert_int_equal(irr_of(*state, "1;-1;1")->verdict, UTFALL_IRR_NONE);
    assert_int_equal(irr_of(*state, "1;-1;1")->count, 0);
}

/* 100 (1 - 1.1 y)^2 touches zero at 10 %. Nothing short of algebra tells that from a near miss. */
static void a_double_root_is_undecided_and_its_neighbours_are_not(void **state)
{
    const utfall_rat *tenth = utfall_rat_of(*state, 1, 10);
    const utfall_irr *irr = irr_of(*state, "100;-220;121");
    assert_int_equal(irr->verdict, UTFALL_IRR_UNDECIDED);
    assert_int_equal(irr->count, 0);
    assert_int_equal(irr->unsure_count, 1);
    assert_narrow(*state, &irr->unsure[0]);
    assert_true(utfall_rat_compare(irr->unsure[0].low, tenth) <= 0);
    assert_true(utfall_rat_compare(tenth, irr->unsure[0].high) <= 0);
    assert_int_equal(irr_of(*state, "100;-220;121.0000000000000001")->verdict, UTFALL_IRR_NONE);
    irr = irr_of(*state, "100;-220;120.9999999999999999");
    assert_int_equal(irr->verdict, UTFALL_IRR_FOUND);
    assert_int_equal(irr->count, 2);
    assert_true(utfall_rat_compare(irr->roots[0].high, irr->roots[1].low) < 0);
}

static void work_without_end_ends_undecided(void **state)
{
    const utfall_irr *irr = irr_of(*state, "1000;-3300;3630;-1331");
    assert_int_equal(irr->verdict, UTFALL_IRR_UNDECIDED);
    assert_true(irr->unsure_count > 0);
}

static const utfall_irr *dated(utfall_run *run, utfall_date to, const char *amount,
                               utfall_day_count days)
{
    const utfall_irr *irr = NULL;
    const utfall_flow flows[] = {{{2020, 1, 31}, 0, decimal(run, "-100", 4)},
                                 {to, 0, decimal(run, amount, strlen(amount))}};
    assert_int_equal(utfall_irr_compute(run, &irr, flows, 2, days), UTFALL_OK);
    assert_int_equal(irr->verdict, UTFALL_IRR_FOUND);
    assert_int_equal(irr->count, 1);
    return irr;
}

static void each_day_count_counts_as_it_says(void **state)
{
    const utfall_rat *none = utfall_rat_of(*state, 0, 1);
    const utfall_date day_365 = {2021, 1, 30}, day_360 = {2021, 1, 25}, day_1461 = {2024, 1, 31},
                      year = {2021, 1, 31};
    assert_holds(*state, &dated(*state, day_365, "110", UTFALL_DAYS_ACT_365)->roots[0], "0.1",
                 none);
    assert_holds(*state, &dated(*state, day_360, "110", UTFALL_DAYS_ACT_360)->roots[0], "0.1",
                 none);
    assert_holds(*state, &dated(*state, day_1461, "146.41", UTFALL_DAYS_ACT_365_25)->roots[0],
                 "0.1", none);
    assert_holds(*state, &dated(*state, year, "110", UTFALL_DAYS_30E_360)->roots[0], "0.1", none);
    assert_holds(*state,
                 &dated(*state, (utfall_date){2021, 1, 1}, "110", UTFALL_DAYS_MONTHS)->roots[0],
                 "0.1", none);
    /* Half a year of 30E/360: the 31st counts as the 30th. */
    assert_holds(*state,
                 &dated(*state, (utfall_date){2020, 7, 30}, "110", UTFALL_DAYS_30E_360)->roots[0],
                 "0.21", none);
}

static void a_rate_out_of_all_bounds_is_only_called_large(void **state)
{
    const utfall_irr *irr =
        dated(*state, (utfall_date){2020, 2, 1}, "100000000", UTFALL_DAYS_ACT_365);
    assert_null(irr->roots[0].high);
    assert_true(utfall_rat_compare(irr->roots[0].low, utfall_rat_of(*state, INT64_MAX, 1)) > 0);
    irr = dated(*state, (utfall_date){2020, 2, 1}, "0.0001", UTFALL_DAYS_ACT_365);
    assert_holds(*state, &irr->roots[0], "-1",
                 utfall_rat_of(*state, 1, INT64_C(10000000000000000)));
}

/* Products of (1 - (1 + r) y) with chosen r: every root must be found, whatever the order of the
 * payments. */
static void products_of_chosen_roots_are_taken_apart_again(void **state)
{
    seeded numbers = {.state = 20161107};
    const utfall_rat *none = utfall_rat_of(*state, 0, 1);
    for (size_t round = 0; round < 20; round++) {
        const utfall_rat *c[4] = {utfall_rat_of(*state, 1, 1), none, none, none}, *rates[3];
        int64_t last = -90;
        for (size_t k = 0; k < 3; k++) {
            last += 5 + seeded_below(&numbers, 60);
            rates[k] = utfall_rat_of(*state, last, 100);
            const utfall_rat *growth = utfall_rat_of(*state, last + 100, 100);
            for (size_t i = 3; i > 0; i--)
                c[i] = utfall_rat_sub(*state, c[i], utfall_rat_mul(*state, c[i - 1], growth));
        }
        utfall_flow flows[4];
        for (size_t i = 0; i < 4; i++)
            flows[i] = (utfall_flow){{2000, 1, 1}, (int32_t)(3 - i) * 12, c[3 - i]};
        const utfall_irr *irr = NULL;
        assert_int_equal(utfall_irr_compute(*state, &irr, flows, 4, UTFALL_DAYS_PERIODS),
                         UTFALL_OK);
        assert_int_equal(irr->verdict, UTFALL_IRR_FOUND);
        assert_int_equal(irr->count, 3);
        /* A twelfth of the exponent: (1 + r of 12 periods) = (1 + r of one)^12. */
        for (size_t k = 0; k < 3; k++) {
            const utfall_rat *low =
                utfall_rat_add(*state, irr->roots[k].low, utfall_rat_of(*state, 1, 1));
            const utfall_rat *high =
                utfall_rat_add(*state, irr->roots[k].high, utfall_rat_of(*state, 1, 1));
            const utfall_rat *growth =
                utfall_rat_add(*state, rates[k], utfall_rat_of(*state, 1, 1));
            const utfall_rat *l = low, *h = high;
            for (size_t i = 1; i < 12; i++) {
                l = utfall_rat_mul(*state, l, low);
                h = utfall_rat_mul(*state, h, high);
            }
            assert_narrow(*state, &irr->roots[k]);
            assert_true(utfall_rat_compare(l, growth) <= 0);
            assert_true(utfall_rat_compare(growth, h) <= 0);
        }
    }
}

static void too_much_is_refused_and_leaves_the_output_alone(void **state)
{
    const utfall_irr *irr = NULL;
    const utfall_flow late = {.period = UTFALL_PERIOD_MAX + 1,
                              .amount = utfall_rat_of(*state, 1, 1)};
    assert_int_equal(utfall_irr_compute(*state, &irr, &late, 1, UTFALL_DAYS_PERIODS),
                     UTFALL_E_RANGE);
    assert_int_equal(
        utfall_irr_compute(*state, &irr, &late, UTFALL_FLOWS_MAX + 1, UTFALL_DAYS_PERIODS),
        UTFALL_E_RANGE);
    assert_null(irr);
    assert_int_equal(utfall_run_errors(*state), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_root_of_published_cases_is_found_and_enclosed, start,
                                        stop),
        cmocka_unit_test_setup_teardown(roots_that_are_known_are_in_their_intervals, start, stop),
        cmocka_unit_test_setup_teardown(nothing_to_find_is_told_with_its_reason, start, stop),
        cmocka_unit_test_setup_teardown(a_double_root_is_undecided_and_its_neighbours_are_not,
                                        start, stop),
        cmocka_unit_test_setup_teardown(work_without_end_ends_undecided, start, stop),
        cmocka_unit_test_setup_teardown(each_day_count_counts_as_it_says, start, stop),
        cmocka_unit_test_setup_teardown(a_rate_out_of_all_bounds_is_only_called_large, start, stop),
        cmocka_unit_test_setup_teardown(products_of_chosen_roots_are_taken_apart_again, start,
                                        stop),
        cmocka_unit_test_setup_teardown(too_much_is_refused_and_leaves_the_output_alone, start,
                                        stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
