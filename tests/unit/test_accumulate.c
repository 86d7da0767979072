/* The series by calendar month: by hand, and the fast way of adding against the slow one. */
#include "unit/made.h"
#include "engine/stages.h"

static utfall_series series_of(utfall_run *run, const utfall_contract *contract,
                               const utfall_sums *sums)
{
    utfall_baseline baseline = {0};
    utfall_series series = {0};
    assert_ok(run, utfall__baseline_compute(run, &baseline, contract, sums));
    assert_ok(run, utfall__series_compute(run, &series, contract, sums, &baseline));
    return series;
}

/* Expected by calendar month: 2016-01 100; -02 100 + 100 + 10 = 210; -03 202/3 + 100 + 20 = 562/3;
 * -04 202/3 + 31 = 295/3. */
static void the_example_by_hand_accumulates_as_worked_out(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    const utfall_series series =
        series_of(run, contract, sums_of(run, contract, &data, utfall_month_of(2016, 12)));
    static const char *const actual[] = {"0", "100", "360", "680", "780"};
    static const char *const expected[] = {"0", "100", "310", "1492/3", "1787/3"};
    static const char *const drawn[] = {"40", "40", "40", "100", "100"};
    static const uint64_t active[] = {0, 1, 3, 3, 2};
    for (size_t t = 0; t < 5; t++) {
        assert_rat(run, series.actual_accumulated[t], actual[t]);
        assert_rat(run, series.expected_accumulated[t], expected[t]);
        assert_rat(run, series.drawn_accumulated[t], drawn[t]);
        assert_true(series.active[t] == active[t]);
    }
    assert_rat(run, series.expected, "1787/3");
    utfall_run_free(run);
}

static void to_date_ends_the_series_with_the_settlement(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_TO_DATE);
    const utfall_case data = hand_case(run);
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 2));
    const utfall_series series = series_of(run, contract, sums);
    assert_true(sums->month_count == 3);
    assert_rat(run, series.expected, "310");
    assert_rat(run, series.actual, "360");
    assert_rat(run, series.drawn, "40");
    assert_true(series.active[2] == 3);
    utfall_run_free(run);
}

/* The same standard cost as an agreed one takes the way of rationals; as sums, that of integers. */
static void integers_and_rationals_add_up_alike(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t s = seed;
        const size_t groups = (size_t)between(&s, 1, 5);
        utfall_contract draft = frame_random(run, groups, 9, "5");
        const utfall_contract *measured = contract_of(run, &draft);
        draft.design = UTFALL_DESIGN_AGREED;
        const utfall_contract *agreed = contract_of(run, &draft);
        const utfall_case data = case_random(run, &s, groups, 9, "5");
        const utfall_sums *sums = sums_of(run, measured, &data, measured->data_through);
        utfall_baseline baseline = {0};
        assert_ok(run, utfall__baseline_compute(run, &baseline, measured, sums));
        utfall_sums other = *sums;
        other.agreed = baseline.standard_cost;
        const utfall_series a = series_of(run, measured, sums), b = series_of(run, agreed, &other);
        for (size_t t = 0; t < sums->month_count; t++)
            assert_same(a.expected_accumulated[t], b.expected_accumulated[t]);
        utfall_run_free(run);
    }
}

/* 4 x 10^18 öre for each of two comparison people and three who start: 3 x 8 x 10^18 is no int64.
 */
static void numerators_beyond_64_bits_go_on_as_rationals(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 1, "5");
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = {.target = cohort_new(run, 3, 0, 1), .comparison = cohort_new(run, 2, 0, 1)};
    for (size_t i = 0; i < 3; i++)
        person_set(&data.target, i, 2016, 1, (const int64_t[]){1}, 1);
    for (size_t i = 0; i < 2; i++)
        person_set(&data.comparison, i, 2013, 1, (const int64_t[]){4000000000000000000}, 1);
    const utfall_series series =
        series_of(run, contract, sums_of(run, contract, &data, contract->data_through));
    assert_rat(run, series.expected, "12000000000000000000");
    utfall_run_free(run);
}

static void an_empty_series_comes_to_nothing(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    data.target.persons = 0;
    data.draw_count = 0;
    const utfall_series series =
        series_of(run, contract, sums_of(run, contract, &data, utfall_month_of(2016, 12)));
    assert_rat(run, series.actual, "0");
    assert_rat(run, series.expected, "0");
    assert_rat(run, series.drawn, "0");
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_by_hand_accumulates_as_worked_out),
        cmocka_unit_test(to_date_ends_the_series_with_the_settlement),
        cmocka_unit_test(integers_and_rationals_add_up_alike),
        cmocka_unit_test(numerators_beyond_64_bits_go_on_as_rationals),
        cmocka_unit_test(an_empty_series_comes_to_nothing)};
    return cmocka_run_group_tests_name("accumulate", tests, NULL, NULL);
}
