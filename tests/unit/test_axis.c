/* Scales and ticks of the figure. */
#include "unit/made.h"
#include "reports/axis.h"

static void scale_is(int64_t least, int64_t most, unsigned marks, int64_t low, int64_t high,
                     int64_t step, int64_t unit, unsigned places)
{
    utfall__scale s;
    assert_status(UTFALL_OK, utfall__scale_choose(&s, least, most, marks));
    assert_true(s.low == low && s.high == high && s.step == step);
    assert_true(s.unit == unit && s.places == places);
}

static void steps_are_round_and_hold_the_values(void **state)
{
    (void)state;
    const int64_t million = 100000000;
    scale_is(0, 109 * million, 8, 0, 120 * million, 20 * million, million, 0);
    scale_is(0, 75 * million / 10, 8, 0, 8 * million, million, million, 0);
    scale_is(0, 2 * million, 8, 0, 2 * million, million / 2, million, 1);
    scale_is(-3 * million, 5 * million, 8, -3 * million, 5 * million, million, million, 0);
    scale_is(0, 780, 8, 0, 800, 100, 100, 0);
    scale_is(0, 0, 8, 0, 100, 20, 100, 1);
    scale_is(-700, -100, 8, -700, 0, 100, 100, 0);
}

static void every_scale_holds_its_values_and_zero(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 3000; i++) {
        const int64_t size = (int64_t)1 << between(&seed, 1, 58);
        const int64_t least = between(&seed, -size, size), most = least + between(&seed, 0, size);
        const unsigned marks = (unsigned)between(&seed, 2, 10);
        utfall__scale s;
        assert_status(UTFALL_OK, utfall__scale_choose(&s, least, most, marks));
        assert_true(s.low <= least && s.high >= most && s.low <= 0 && s.high >= 0);
        assert_true(s.low % s.step == 0 && s.high % s.step == 0 && s.low < s.high);
        assert_true((s.high - s.low) / s.step <= marks);
    }
}

static void values_too_far_apart_are_refused(void **state)
{
    (void)state;
    utfall__scale s = {.low = 7};
    assert_status(UTFALL_E_RANGE, utfall__scale_choose(&s, 0, INT64_MAX, 8));
    assert_status(UTFALL_E_RANGE, utfall__scale_choose(&s, INT64_MIN, 0, 8));
    assert_int_equal(s.low, 7);
}

/* What has a scale by itself has one with zero. */
static void values_with_a_scale_are_told_from_others(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_non_null(run);
    static const struct {
        int64_t value;
        bool has_scale;
    } values[] = {{0, true},          {INT64_MAX / 16 - 1, true}, {INT64_MAX / 16, false},
                  {INT64_MAX, false}, {-(INT64_MAX / 16), true},  {-(INT64_MAX / 16) - 1, false},
                  {INT64_MIN, false}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const int64_t value = values[i].value;
        utfall__scale s;
        assert_int_equal(utfall__scale_has(utfall_rat_of(run, value, 1)), values[i].has_scale);
        if (values[i].has_scale)
            assert_status(UTFALL_OK, utfall__scale_choose(&s, value < 0 ? value : 0,
                                                          value > 0 ? value : 0, 8));
    }
    const utfall_rat *most = utfall_rat_of(run, INT64_MAX, 1);
    assert_false(utfall__scale_has(utfall_rat_mul(run, most, most)));
    utfall_run_free(run);
}

static void months_are_marked_at_most_as_often_as_asked(void **state)
{
    (void)state;
    assert_int_equal(utfall__month_step(5, 7), 1);
    assert_int_equal(utfall__month_step(7, 7), 2);
    assert_int_equal(utfall__month_step(42, 7), 12);
    assert_int_equal(utfall__month_step(56, 7), 12);
    assert_int_equal(utfall__month_step(1200, 7), 1200);
}

static void a_place_is_rounded_once(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall__scale s = {.low = 0, .high = 3, .step = 1, .unit = 100};
    int64_t place = -1;
    assert_ok(run, utfall__scale_place(run, &place, &s, rat(run, "1"), 100));
    assert_int_equal(place, 67);
    assert_ok(run, utfall__scale_place(run, &place, &s, rat(run, "3"), 100));
    assert_int_equal(place, 0);
    assert_ok(run, utfall__scale_place(run, &place, &s, rat(run, "0"), 100));
    assert_int_equal(place, 100);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_round_and_hold_the_values),
        cmocka_unit_test(every_scale_holds_its_values_and_zero),
        cmocka_unit_test(values_too_far_apart_are_refused),
        cmocka_unit_test(values_with_a_scale_are_told_from_others),
        cmocka_unit_test(months_are_marked_at_most_as_often_as_asked),
        cmocka_unit_test(a_place_is_rounded_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
