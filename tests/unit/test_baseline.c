/* Standard cost and expected cost by month: by hand, and the months that count. */
#include "unit/made.h"
#include "engine/stages.h"

static utfall_baseline baseline_of(utfall_run *run, const utfall_contract *contract,
                                   const utfall_sums *sums)
{
    utfall_baseline baseline = {0};
    assert_ok(run, utfall__baseline_compute(run, &baseline, contract, sums));
    return baseline;
}

/* RULE: STANDARD-1 */
static void the_example_by_hand_costs_what_was_worked_out(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    const utfall_baseline baseline =
        baseline_of(run, contract, sums_of(run, contract, &data, utfall_month_of(2016, 12)));
    static const char *const standard[] = {"100", "100", "202/3", "10", "20", "31"};
    static const char *const expected[] = {"210", "220", "497/3"};
    for (size_t i = 0; i < 6; i++) {
        assert_rat(run, baseline.standard_cost[i], standard[i]);
        assert_true(baseline.persons[i] == (i < 3 ? 2 : 1));
    }
    for (size_t k = 0; k < 3; k++)
        assert_rat(run, baseline.expected_month[k], expected[k]);
    utfall_run_free(run);
}

/* As of 2016-02: N001 has months 1 and 2, the two others month 1.
 * 2 x 100 + 10 = 210, 1 x 100 = 100, nobody. */
static void to_date_expects_only_the_months_that_exist(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_TO_DATE);
    const utfall_case data = hand_case(run);
    const utfall_baseline baseline =
        baseline_of(run, contract, sums_of(run, contract, &data, utfall_month_of(2016, 2)));
    static const uint64_t persons[] = {2, 1, 0, 1, 0, 0};
    static const char *const expected[] = {"210", "100", "0"};
    for (size_t i = 0; i < 6; i++)
        assert_true(baseline.persons[i] == persons[i]);
    for (size_t k = 0; k < 3; k++)
        assert_rat(run, baseline.expected_month[k], expected[k]);
    utfall_run_free(run);
}

static void a_group_that_nobody_is_in_has_no_standard_cost(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    data.target.persons = 2;
    data.comparison.persons = 3;
    const utfall_baseline baseline =
        baseline_of(run, contract, sums_of(run, contract, &data, utfall_month_of(2016, 12)));
    for (size_t i = 3; i < 6; i++)
        assert_null(baseline.standard_cost[i]);
    assert_rat(run, baseline.expected_month[2], "404/3");
    utfall_run_free(run);
}

static void an_agreed_standard_cost_is_taken_as_it_is(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    draft.design = UTFALL_DESIGN_AGREED;
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = hand_case(run);
    const utfall_rat *const agreed[] = {rat(run, "1/7"), rat(run, "2"),   rat(run, "3"),
                                        rat(run, "4"),   rat(run, "5/2"), rat(run, "6")};
    data.comparison.persons = 0;
    data.agreed = agreed;
    const utfall_baseline baseline =
        baseline_of(run, contract, sums_of(run, contract, &data, utfall_month_of(2016, 12)));
    assert_rat(run, baseline.expected_month[0], "30/7"); /* 2/7 + 4 */
    assert_rat(run, baseline.expected_month[1], "13/2"); /* 4 + 5/2 */
    assert_rat(run, baseline.expected_month[2], "12");
    utfall_run_free(run);
}

static void counted_months_follow_the_contract(void **state)
{
    (void)state;
    static const struct {
        utfall_incomplete incomplete;
        int month; /* of 2016, in which somebody starts */
        uint32_t counted;
    } cases[] = {/* data through 2016-06, as of 2016-08, window 3 */
                 {UTFALL_INCOMPLETE_REFUSE, 4, 3},  {UTFALL_INCOMPLETE_REFUSE, 5, 0},
                 {UTFALL_INCOMPLETE_EXCLUDE, 4, 3}, {UTFALL_INCOMPLETE_EXCLUDE, 5, 0},
                 {UTFALL_INCOMPLETE_TO_DATE, 3, 3}, {UTFALL_INCOMPLETE_TO_DATE, 4, 3},
                 {UTFALL_INCOMPLETE_TO_DATE, 5, 2}, {UTFALL_INCOMPLETE_TO_DATE, 6, 1},
                 {UTFALL_INCOMPLETE_TO_DATE, 7, 0}, {UTFALL_INCOMPLETE_TO_DATE, 12, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        utfall_contract contract = frame();
        contract.window_months = 3;
        contract.incomplete = cases[i].incomplete;
        contract.data_through = utfall_month_of(2016, 6);
        assert_true(utfall_months_counted(&contract, utfall_month_of(2016, 8),
                                          utfall_month_of(2016, cases[i].month),
                                          0) == cases[i].counted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_by_hand_costs_what_was_worked_out),
        cmocka_unit_test(to_date_expects_only_the_months_that_exist),
        cmocka_unit_test(a_group_that_nobody_is_in_has_no_standard_cost),
        cmocka_unit_test(an_agreed_standard_cost_is_taken_as_it_is),
        cmocka_unit_test(counted_months_follow_the_contract)};
    return cmocka_run_group_tests_name("baseline", tests, NULL, NULL);
}
