/* From people to sums: the example by hand, windows that are not complete, groups without
 * comparison, and laws on random cases. */
#include "unit/made.h"

static void expect_minor(const int64_t *got, const int64_t *want, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_true(got[i] == want[i]);
}

static void expect_counts(const uint64_t *got, const uint64_t *want, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_true(got[i] == want[i]);
}

static void the_example_by_hand_adds_up_as_worked_out(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 12));
    expect_counts(sums->target.persons, (const uint64_t[]){2, 1}, 2);
    expect_counts(sums->comparison.persons, (const uint64_t[]){3, 1}, 2);
    expect_minor(sums->target.cost_minor, (const int64_t[]){150, 200, 370, 10, 20, 30}, 6);
    expect_minor(sums->comparison.cost_minor, (const int64_t[]){300, 300, 202, 10, 20, 31}, 6);
    /* months 1: 100 = 100, 50 < 100, 10 = 10; 2: 200 > 100, 0 <, 20 =; 3: 300 >, 70 > 67 1/3, 30 <
     */
    expect_counts(sums->below, (const uint64_t[]){1, 1, 1}, 3);
    expect_counts(sums->at, (const uint64_t[]){2, 1, 0}, 3);
    expect_counts(sums->above, (const uint64_t[]){0, 1, 2}, 3);
    /* 2015-12 .. 2016-04: the first draw to the last window month */
    assert_true(sums->first.ordinal == utfall_month_of(2015, 12).ordinal);
    assert_true(sums->month_count == 5);
    expect_minor(sums->actual_minor, (const int64_t[]){0, 100, 260, 320, 100}, 5);
    expect_minor(sums->drawn_minor, (const int64_t[]){40, 0, 0, 60, 0}, 5);
    assert_true(sums->start_count == 3);
    assert_true(sums->starts[0].month.ordinal == utfall_month_of(2016, 1).ordinal);
    assert_true(sums->starts[0].group == 0 && sums->starts[0].persons == 1);
    assert_true(sums->starts[1].group == 0 && sums->starts[2].group == 1);
    assert_true(sums->starts[2].month.ordinal == utfall_month_of(2016, 2).ordinal);
    assert_true(sums->target.left_out == 0);
    utfall_run_free(run);
}

/* Somebody counts among those whose cost is divided by until they leave. */
static void comparison_people_who_leave_are_followed_until_then(void **state)
{
    (void)state;
    static const uint32_t left_after[] = {1, 0, 2, 0};
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    draft.denominator = UTFALL_DENOMINATOR_FOLLOWED;
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = hand_case(run);
    data.comparison.left_after = left_after;
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2030, 12));
    size_t group = 0;
    uint64_t wanted[2][3] = {{0}};
    for (size_t i = 0; i < data.comparison.persons; i++) {
        group = utfall_group_of(contract, data.comparison.attributes + i * contract->factor_count);
        for (size_t k = 0; k < (left_after[i] > 0 ? left_after[i] : 3); k++)
            wanted[group][k]++;
    }
    assert_true(wanted[0][0] == 3 && wanted[0][2] == 1);
    assert_non_null(sums->comparison.followed);
    expect_counts(sums->comparison.followed, wanted[0], 3);
    expect_counts(sums->comparison.followed + 3, wanted[1], 3);
    data.comparison.left_after = NULL;
    assert_null(sums_of(run, contract, &data, utfall_month_of(2030, 12))->comparison.followed);
    utfall_run_free(run);
}

/* RULE: INCOMPLETE-1 */
static void an_open_window_is_refused_naming_how_many_who_and_when(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    const utfall_sums *sums = NULL;
    assert_status(UTFALL_E_MISSING,
                  utfall_sums_compute(run, &sums, contract, &data, utfall_month_of(2016, 3)));
    assert_null(sums);
    const utfall_finding *finding = utfall_run_finding(run, 0);
    assert_string_equal(finding->path, "evaluation.incomplete");
    assert_non_null(strstr(finding->message, "2 of 3 people"));
    assert_non_null(strstr(finding->message, "\"N002\", complete in 2016-04"));
    assert_non_null(strstr(finding->hint, "as of 2016-04 or later"));
    /* the last month of the window is enough */
    (void)sums_of(run, contract, &data, utfall_month_of(2016, 4));
    utfall_run_free(run);
}

/* RULE: INCOMPLETE-1 */
static void to_date_counts_the_months_that_exist_of_the_target_group_only(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_TO_DATE);
    const utfall_case data = hand_case(run);
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 2));
    /* N001 has months 1 and 2, the others month 1; the draw of 2016-03 is not yet */
    expect_minor(sums->target.cost_minor, (const int64_t[]){150, 200, 0, 10, 0, 0}, 6);
    expect_minor(sums->comparison.cost_minor, (const int64_t[]){300, 300, 202, 10, 20, 31}, 6);
    assert_true(sums->month_count == 3);
    expect_minor(sums->actual_minor, (const int64_t[]){0, 100, 260}, 3);
    expect_minor(sums->drawn_minor, (const int64_t[]){40, 0, 0}, 3);
    expect_counts(sums->below, (const uint64_t[]){1, 0, 0}, 3);
    expect_counts(sums->above, (const uint64_t[]){0, 1, 0}, 3);
    utfall_run_free(run);
}

static void to_date_leaves_out_those_who_have_not_begun(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_TO_DATE);
    const utfall_case data = hand_case(run);
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 1));
    expect_counts(sums->target.persons, (const uint64_t[]){1, 0}, 2);
    assert_true(sums->target.left_out == 2 && sums->start_count == 1);
    utfall_run_free(run);
}

/* RULE: INCOMPLETE-1 */
static void exclude_leaves_out_open_windows_on_the_target_side(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_EXCLUDE);
    const utfall_case data = hand_case(run);
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 3));
    expect_counts(sums->target.persons, (const uint64_t[]){1, 0}, 2);
    expect_counts(sums->comparison.persons, (const uint64_t[]){3, 1}, 2);
    expect_minor(sums->target.cost_minor, (const int64_t[]){100, 200, 300, 0, 0, 0}, 6);
    assert_true(sums->target.left_out == 2);
    expect_minor(sums->actual_minor, (const int64_t[]){0, 100, 200, 300}, 4);
    expect_minor(sums->drawn_minor, (const int64_t[]){40, 0, 0, 60}, 4);
    utfall_run_free(run);
}

/* The data end before the settlement: months after them do not exist either, draws do. */
/* RULE: DATA-1 */
static void the_data_end_a_window_as_the_settlement_does(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_TO_DATE);
    draft.data_through = utfall_month_of(2016, 2);
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_case data = hand_case(run);
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 12));
    expect_minor(sums->target.cost_minor, (const int64_t[]){150, 200, 0, 10, 0, 0}, 6);
    expect_minor(sums->drawn_minor, (const int64_t[]){40, 0, 0, 60}, 4);
    utfall_run_free(run);
}

/* RULE: STANDARD-2 */
static void every_group_without_comparison_people_is_named(void **state)
{
    (void)state;
    static const utfall_term terms[] = {{"comparison_group.design", "historic", {"c.yaml", 9, 3}}};
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    draft.terms = terms;
    draft.term_count = 1;
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = hand_case(run);
    const utfall_sums *sums = NULL;
    data.comparison.persons = 0;
    assert_status(UTFALL_E_MISSING,
                  utfall_sums_compute(run, &sums, contract, &data, utfall_month_of(2016, 12)));
    assert_null(sums);
    assert_true(utfall_run_errors(run) == 2);
    assert_string_equal(utfall_run_finding(run, 0)->message,
                        "group \"no\" has 2 people in the target group and none in the comparison "
                        "group");
    assert_non_null(strstr(utfall_run_finding(run, 1)->message, "\"yes\""));
    assert_int_equal(utfall_run_finding(run, 1)->at.line, 9);
    utfall_run_free(run);
}

static void a_group_without_people_needs_no_comparison(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    data.target.persons = 2;
    data.comparison.persons = 3;
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 12));
    expect_counts(sums->target.persons, (const uint64_t[]){2, 0}, 2);
    utfall_run_free(run);
}

/* Standard cost 0 1/3 and -1/3: whole amounts lie on either side, none at it. */
static void people_are_placed_against_an_agreed_cost_exactly(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    draft.design = UTFALL_DESIGN_AGREED;
    draft.factor_count = 0;
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = hand_case(run);
    const utfall_rat *agreed[] = {rat(run, "1/3"), rat(run, "-1/3"), rat(run, "7")};
    static const int64_t cost[3][3] = {{0, 0, 7}, {1, -1, 8}, {0, -1, 6}};
    for (size_t i = 0; i < 3; i++)
        person_set(&data.target, i, 2016, 1, cost[i], 3);
    data.comparison.persons = 0;
    data.agreed = agreed;
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 12));
    expect_counts(sums->below, (const uint64_t[]){2, 2, 1}, 3);
    expect_counts(sums->at, (const uint64_t[]){0, 0, 1}, 3);
    expect_counts(sums->above, (const uint64_t[]){1, 1, 1}, 3);
    agreed[1] = NULL;
    assert_status(UTFALL_E_MISSING,
                  utfall_sums_compute(run, &sums, contract, &data, utfall_month_of(2016, 12)));
    assert_non_null(strstr(utfall_run_finding(run, 0)->message, "month 2"));
    utfall_run_free(run);
}

/* A comparison sum of -1 over three people is -1/3: floor -1, so that 0 lies above and -1 below. */
/* One person, costs and agreed standard costs as far from each other as 64 bits allow, and next to
 * each other: each month tells where the cost lies. */
static void people_are_placed_at_the_ends_of_64_bits(void **state)
{
    (void)state;
    static const int64_t costs[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
    static const char *const standards[] = {
        "-9223372036854775808", "-9223372036854775807", "-1", "0", "1",
        "9223372036854775806",  "9223372036854775807"};
    enum { ENDS = sizeof costs / sizeof *costs };
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    draft.design = UTFALL_DESIGN_AGREED;
    draft.factor_count = 0;
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = hand_case(run);
    data.target.persons = 1;
    data.comparison.persons = 0;
    for (size_t i = 0; i < ENDS; i++)
        for (size_t k = 0; k < 2 * ENDS; k++) {
            const bool is_whole = k < ENDS;
            const utfall_rat *standard = rat(run, standards[k % ENDS]);
            if (!is_whole)
                standard = utfall_rat_add(run, standard, rat(run, "1/2"));
            const utfall_rat *const agreed[] = {standard, rat(run, "5"), rat(run, "6")};
            data.agreed = agreed;
            person_set(&data.target, 0, 2016, 1, (const int64_t[]){costs[i], 5, 7}, 3);
            const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 12));
            const int64_t floor = costs[k % ENDS];
            assert_true(sums->above[0] == (costs[i] > floor));
            assert_true(sums->at[0] == (costs[i] == floor && is_whole));
            assert_true(sums->below[0] == (costs[i] < floor || (costs[i] == floor && !is_whole)));
            assert_true(sums->at[1] == 1 && sums->above[2] == 1);
        }
    utfall_run_free(run);
}

static void a_negative_standard_cost_is_floored_not_cut(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    static const int64_t compared[3][3] = {{-1, 0, 0}, {0, 0, 0}, {0, 0, 0}};
    for (size_t i = 0; i < 3; i++)
        person_set(&data.comparison, i, 2013, 1, compared[i], 3);
    person_set(&data.target, 0, 2016, 1, (const int64_t[]){-1, 0, 0}, 3);
    person_set(&data.target, 1, 2016, 1, (const int64_t[]){0, 0, 0}, 3);
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 12));
    assert_true(sums->below[0] == 1 && sums->above[0] == 1 && sums->at[0] == 1);
    utfall_run_free(run);
}

static void a_sum_that_leaves_64_bits_is_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    const utfall_sums *sums = NULL;
    person_set(&data.target, 0, 2016, 1, (const int64_t[]){INT64_MAX, 0, 0}, 3);
    person_set(&data.target, 1, 2016, 1, (const int64_t[]){1, 0, 0}, 3);
    assert_status(UTFALL_E_RANGE,
                  utfall_sums_compute(run, &sums, contract, &data, utfall_month_of(2016, 12)));
    assert_null(sums);
    assert_string_equal(utfall_run_finding(run, 0)->path, "target_group.costs");
    utfall_run_free(run);
}

static void expect_refused(utfall_run *run, const utfall_contract *contract,
                           const utfall_case *data, utfall_month as_of, const char *path)
{
    const utfall_sums *sums = NULL;
    assert_status(UTFALL_E_RANGE, utfall_sums_compute(run, &sums, contract, data, as_of));
    assert_null(sums);
    assert_string_equal(utfall_run_finding(run, utfall_run_errors(run) - 1)->path, path);
}

static void every_sum_is_guarded(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_month as_of = utfall_month_of(2016, 12);
    utfall_case data = hand_case(run);
    person_set(&data.comparison, 0, 2013, 1, (const int64_t[]){INT64_MIN, 0, 0}, 3);
    person_set(&data.comparison, 1, 2013, 1, (const int64_t[]){-1, 0, 0}, 3);
    expect_refused(run, contract, &data, as_of, "comparison_group.costs");
    data = hand_case(run);
    static const utfall_month months[] = {{2016 * 12}, {2016 * 12}};
    static const utfall_money draws[] = {{INT64_MAX}, {1}};
    data.draw_months = months;
    data.draws = draws;
    expect_refused(run, contract, &data, as_of, "financing.drawn");
    expect_refused(run, contract, &data, (utfall_month){2200 * 12}, "target_group.data_through");
    utfall_contract draft = *contract;
    draft.design = UTFALL_DESIGN_AGREED;
    draft.factor_count = 0;
    const utfall_rat *const agreed[] = {rat(run, "1"), rat(run, "9223372036854775808"),
                                        rat(run, "1")};
    data = hand_case(run);
    data.comparison.persons = 0;
    data.agreed = agreed;
    expect_refused(run, contract_of(run, &draft), &data, as_of, "comparison_group.standard_cost");
    utfall_run_free(run);
}

static void a_case_without_people_or_draws_has_an_empty_series(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    data.target.persons = 0;
    data.draw_count = 0;
    const utfall_sums *sums = sums_of(run, contract, &data, utfall_month_of(2016, 12));
    assert_true(sums->month_count == 0 && sums->start_count == 0);
    utfall_run_free(run);
}

/* ---- laws ---- */

static bool starts_equal(const utfall_sums *a, const utfall_sums *b)
{
    for (size_t i = 0; i < a->start_count; i++)
        if (a->starts[i].month.ordinal != b->starts[i].month.ordinal ||
            a->starts[i].group != b->starts[i].group ||
            a->starts[i].persons != b->starts[i].persons)
            return false;
    return true;
}

static bool sums_equal(const utfall_contract *c, const utfall_sums *a, const utfall_sums *b)
{
    const size_t cells = c->group_count * c->window_months;
    return a->month_count == b->month_count && a->start_count == b->start_count &&
           a->first.ordinal == b->first.ordinal && starts_equal(a, b) &&
           memcmp(a->target.cost_minor, b->target.cost_minor, cells * sizeof(int64_t)) == 0 &&
           memcmp(a->actual_minor, b->actual_minor, a->month_count * sizeof(int64_t)) == 0 &&
           memcmp(a->drawn_minor, b->drawn_minor, a->month_count * sizeof(int64_t)) == 0 &&
           memcmp(a->below, b->below, c->window_months * sizeof(uint64_t)) == 0 &&
           memcmp(a->at, b->at, c->window_months * sizeof(uint64_t)) == 0 &&
           memcmp(a->above, b->above, c->window_months * sizeof(uint64_t)) == 0;
}

static void the_order_of_people_does_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t s = seed;
        const utfall_contract draft = frame_random(run, 4, 12, "5");
        const utfall_contract *contract = contract_of(run, &draft);
        const utfall_case data = case_random(run, &s, 4, 12, "5");
        const utfall_sums *sums = sums_of(run, contract, &data, contract->data_through);
        utfall_case turned = data;
        turned.target = cohort_new(run, data.target.persons, 1, 12);
        for (size_t i = 0; i < data.target.persons; i++) {
            const size_t from = data.target.persons - 1 - i;
            person_set(&turned.target, i, utfall_month_year(data.target.starts[from]),
                       utfall_month_number(data.target.starts[from]),
                       data.target.cost_minor + from * 12, 12);
            ((int32_t *)(uintptr_t)turned.target.attributes)[i] = data.target.attributes[from];
        }
        assert_true(
            sums_equal(contract, sums, sums_of(run, contract, &turned, contract->data_through)));
        utfall_run_free(run);
    }
}

/* A matrix wider than the window gives the same sums: months after the window are not seen. */
/* RULE: WINDOW-1 */
static void months_after_the_window_are_not_counted(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint64_t s = 7;
    const utfall_contract draft = frame_random(run, 2, 12, "5");
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_case wide = case_random(run, &s, 2, 20, "5");
    utfall_case narrow = wide;
    narrow.target = cohort_new(run, wide.target.persons, 1, 12);
    narrow.target.starts = wide.target.starts;
    narrow.target.attributes = wide.target.attributes;
    for (size_t i = 0; i < wide.target.persons; i++)
        memcpy((int64_t *)(uintptr_t)narrow.target.cost_minor + i * 12,
               wide.target.cost_minor + i * 20, 12 * sizeof(int64_t));
    assert_true(sums_equal(contract, sums_of(run, contract, &wide, contract->data_through),
                           sums_of(run, contract, &narrow, contract->data_through)));
    utfall_run_free(run);
}

/* RULE: KNOWN-1 */
static void what_cannot_be_counted_is_refused_once_it_is_known(void **state)
{
    (void)state;
    enum { MANY = UTFALL_FINDINGS_MAX + 11 };
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    utfall_outcome outcomes[2];
    utfall_outcome_result results[2];
    utfall_finding refusals[UTFALL_FINDINGS_MAX];
    assert_int_equal(draft.outcome_count, 2);
    memcpy(outcomes, draft.outcomes, sizeof outcomes);
    memcpy(results, data.outcomes, sizeof results);
    outcomes[1].known_from = utfall_month_of(2017, 1);
    draft.outcomes = outcomes;
    for (size_t i = 0; i < UTFALL_FINDINGS_MAX; i++)
        refusals[i] = (utfall_finding){.code = UTFALL_E_MISSING, .message = "lacks"};
    results[1] = (utfall_outcome_result){.refusal_count = MANY, .refusals = refusals};
    data.outcomes = results;
    const utfall_sums *sums = sums_of(run, &draft, &data, utfall_month_of(2016, 12));
    assert_int_equal(sums->outcomes[1].refusal_count, 0);
    assert_int_equal(utfall_run_errors(run), 0);
    sums = NULL;
    assert_status(UTFALL_E_MISSING,
                  utfall_sums_compute(run, &sums, &draft, &data, utfall_month_of(2017, 1)));
    assert_null(sums);
    assert_int_equal(utfall_run_errors(run), MANY);
    assert_string_equal(utfall_run_finding(run, 0)->message, "lacks");
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_by_hand_adds_up_as_worked_out),
        cmocka_unit_test(comparison_people_who_leave_are_followed_until_then),
        cmocka_unit_test(an_open_window_is_refused_naming_how_many_who_and_when),
        cmocka_unit_test(to_date_counts_the_months_that_exist_of_the_target_group_only),
        cmocka_unit_test(to_date_leaves_out_those_who_have_not_begun),
        cmocka_unit_test(exclude_leaves_out_open_windows_on_the_target_side),
        cmocka_unit_test(the_data_end_a_window_as_the_settlement_does),
        cmocka_unit_test(every_group_without_comparison_people_is_named),
        cmocka_unit_test(a_group_without_people_needs_no_comparison),
        cmocka_unit_test(people_are_placed_at_the_ends_of_64_bits),
        cmocka_unit_test(people_are_placed_against_an_agreed_cost_exactly),
        cmocka_unit_test(a_negative_standard_cost_is_floored_not_cut),
        cmocka_unit_test(a_sum_that_leaves_64_bits_is_refused),
        cmocka_unit_test(every_sum_is_guarded),
        cmocka_unit_test(what_cannot_be_counted_is_refused_once_it_is_known),
        cmocka_unit_test(a_case_without_people_or_draws_has_an_empty_series),
        cmocka_unit_test(the_order_of_people_does_not_matter),
        cmocka_unit_test(months_after_the_window_are_not_counted)};
    return cmocka_run_group_tests_name("sums", tests, NULL, NULL);
}
