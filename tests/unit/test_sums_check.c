/* Sums from outside: what utfall made passes, each single change of what can be known to be wrong
 * is found, and whatever passes can be settled. */
#include "unit/made.h"

/* The example by hand in arrays that may be changed. */
typedef struct open_sums {
    utfall_run *run;
    const utfall_contract *contract;
    utfall_sums sums;
    uint64_t *persons[2], *placed[3];
    int64_t *cost[2], *actual, *drawn;
    utfall_start *starts;
    utfall_outcome_result *outcomes;
} open_sums;

static void *copy_of(utfall_run *run, const void *from, size_t size)
{
    void *to = utfall_run_alloc(run, size);
    assert_non_null(to);
    memcpy(to, from, size);
    return to;
}

static open_sums open_new(utfall_incomplete incomplete)
{
    open_sums o = {.run = utfall_run_new(NULL, NULL)};
    o.contract = hand_contract(o.run, incomplete);
    const utfall_case data = hand_case(o.run);
    o.sums = *sums_of(o.run, o.contract, &data, utfall_month_of(2016, 12));
    utfall_side *side[] = {&o.sums.target, &o.sums.comparison};
    for (size_t i = 0; i < 2; i++) {
        side[i]->persons = o.persons[i] = copy_of(o.run, side[i]->persons, 2 * sizeof(uint64_t));
        side[i]->cost_minor = o.cost[i] = copy_of(o.run, side[i]->cost_minor, 6 * sizeof(int64_t));
    }
    o.sums.below = o.placed[0] = copy_of(o.run, o.sums.below, 3 * sizeof(uint64_t));
    o.sums.at = o.placed[1] = copy_of(o.run, o.sums.at, 3 * sizeof(uint64_t));
    o.sums.above = o.placed[2] = copy_of(o.run, o.sums.above, 3 * sizeof(uint64_t));
    o.sums.actual_minor = o.actual = copy_of(o.run, o.sums.actual_minor, 5 * sizeof(int64_t));
    o.sums.drawn_minor = o.drawn = copy_of(o.run, o.sums.drawn_minor, 5 * sizeof(int64_t));
    o.sums.starts = o.starts = copy_of(o.run, o.sums.starts, 3 * sizeof *o.starts);
    o.sums.outcomes = o.outcomes = copy_of(o.run, o.sums.outcomes, 2 * sizeof *o.outcomes);
    return o;
}

static bool passes(open_sums *o)
{
    const uint64_t errors = utfall_run_errors(o->run);
    const utfall_status status = utfall_sums_check(o->run, o->contract, &o->sums);
    assert_true((status == UTFALL_OK) == (utfall_run_errors(o->run) == errors));
    return status == UTFALL_OK;
}

static void sums_of_utfall_pass(void **state)
{
    (void)state;
    for (int mode = UTFALL_INCOMPLETE_REFUSE; mode <= UTFALL_INCOMPLETE_EXCLUDE; mode++) {
        open_sums o = open_new((utfall_incomplete)mode);
        assert_true(passes(&o));
        utfall_run_free(o.run);
    }
}

static void each_changed_count_or_amount_is_found(void **state)
{
    (void)state;
    open_sums o = open_new(UTFALL_INCOMPLETE_REFUSE);
    for (size_t i = 0; i < 6; i++)
        for (size_t side = 0; side < 2; side++) {
            o.cost[side][i]++;
            assert_false(passes(&o));
            o.cost[side][i]--;
        }
    for (size_t i = 0; i < 5; i++) {
        o.actual[i]++;
        assert_false(passes(&o));
        o.actual[i]--;
    }
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            o.placed[j][i]++;
            assert_false(passes(&o));
            o.placed[j][i] -= 2; /* may wrap */
            assert_false(passes(&o));
            o.placed[j][i]++;
        }
    for (size_t g = 0; g < 2; g++) {
        o.persons[0][g]++;
        assert_false(passes(&o));
        o.persons[0][g]--;
    }
    for (size_t i = 0; i < 3; i++) {
        o.starts[i].persons++;
        assert_false(passes(&o));
        o.starts[i].persons -= 2;
        assert_false(passes(&o));
        o.starts[i].persons++;
        o.starts[i].group ^= 1;
        assert_false(passes(&o));
        o.starts[i].group ^= 1;
    }
    assert_true(passes(&o));
    utfall_run_free(o.run);
}

static bool passes_with(utfall_sums changed, utfall_incomplete incomplete)
{
    open_sums o = open_new(incomplete);
    o.sums = changed;
    const bool passed = passes(&o);
    utfall_run_free(o.run);
    return passed;
}

static void shapes_and_months_out_of_range_are_found(void **state)
{
    (void)state;
    open_sums o = open_new(UTFALL_INCOMPLETE_REFUSE);
    utfall_sums s = o.sums;
    assert_true(passes_with(s, UTFALL_INCOMPLETE_REFUSE));
    s.as_of.ordinal = 1899 * 12 + 11;
    assert_false(passes_with(s, UTFALL_INCOMPLETE_REFUSE));
    s.as_of.ordinal = INT32_MAX;
    assert_false(passes_with(s, UTFALL_INCOMPLETE_REFUSE));
    s = o.sums;
    s.month_count = SIZE_MAX;
    assert_false(passes_with(s, UTFALL_INCOMPLETE_REFUSE));
    s = o.sums;
    s.first.ordinal = INT32_MIN;
    assert_false(passes_with(s, UTFALL_INCOMPLETE_REFUSE));
    s = o.sums;
    s.month_count--; /* a window goes on after the end */
    assert_false(passes_with(s, UTFALL_INCOMPLETE_REFUSE));
    s = o.sums;
    s.first.ordinal += 2; /* a start before the series */
    assert_false(passes_with(s, UTFALL_INCOMPLETE_REFUSE));
    s = o.sums;
    s.agreed = (const utfall_rat *const[]){NULL, NULL, NULL, NULL, NULL, NULL};
    assert_false(passes_with(s, UTFALL_INCOMPLETE_REFUSE));
    s = o.sums;
    s.below = NULL;
    assert_false(passes_with(s, UTFALL_INCOMPLETE_REFUSE));
    utfall_run_free(o.run);
}

static void people_and_money_after_the_settlement_are_found(void **state)
{
    (void)state;
    for (int mode = UTFALL_INCOMPLETE_REFUSE; mode <= UTFALL_INCOMPLETE_EXCLUDE; mode++) {
        open_sums o = open_new((utfall_incomplete)mode);
        o.sums.as_of = utfall_month_of(2016, 1); /* two have not begun */
        assert_false(passes(&o));
        utfall_run_free(o.run);
    }
    open_sums o = open_new(UTFALL_INCOMPLETE_REFUSE);
    o.sums.as_of = utfall_month_of(2016, 4);
    assert_true(passes(&o));
    o.starts[0].month = utfall_month_of(2016, 3); /* not in order, and too late */
    assert_false(passes(&o));
    utfall_run_free(o.run);
}

static void starts_twice_or_out_of_order_are_found(void **state)
{
    (void)state;
    open_sums o = open_new(UTFALL_INCOMPLETE_REFUSE);
    const utfall_start last = o.starts[2];
    o.starts[2] = o.starts[1];
    assert_false(passes(&o));
    o.starts[2] = o.starts[0];
    assert_false(passes(&o));
    o.starts[2] = last;
    o.starts[2].group = 7;
    assert_false(passes(&o));
    o.starts[2].group = 1;
    o.starts[2].persons = 0;
    assert_false(passes(&o));
    o.starts[2].persons = UINT64_MAX;
    assert_false(passes(&o));
    o.starts[0].persons = o.starts[1].persons = o.starts[2].persons = INT64_MAX;
    assert_false(passes(&o));
    utfall_run_free(o.run);
}

static void comparison_without_people_and_rows_that_do_not_add_up_are_found(void **state)
{
    (void)state;
    open_sums o = open_new(UTFALL_INCOMPLETE_REFUSE);
    o.persons[1][0] = 0;
    assert_false(passes(&o));
    o.persons[1][0] = UINT64_MAX;
    assert_false(passes(&o));
    o.persons[1][0] = 3;
    o.sums.target.rows.amount_minor[UTFALL_ROW_USED]++;
    assert_false(passes(&o));
    o.sums.target.rows.amount_minor[UTFALL_ROW_USED]--;
    o.sums.comparison.rows.amount_minor[UTFALL_ROW_USED]--;
    assert_false(passes(&o));
    o.sums.comparison.rows.amount_minor[UTFALL_ROW_USED]++;
    o.sums.target.rows.count[UTFALL_ROW_AFTER] = UINT64_MAX;
    assert_false(passes(&o));
    o.sums.target.rows.count[UTFALL_ROW_AFTER] = 0;
    o.sums.target.rows.amount_minor[UTFALL_ROW_AFTER] = 5;
    assert_false(passes(&o));
    o.sums.target.rows.amount_minor[UTFALL_ROW_AFTER] = 0;
    o.sums.target.left_out = 1;
    assert_false(passes(&o));
    o.sums.target.left_out = 0;
    o.outcomes[1].sum = rat(o.run, "20");
    assert_false(passes(&o));
    o.outcomes[1].sum = NULL;
    assert_false(passes(&o));
    utfall_run_free(o.run);
}

static void faults_that_leave_every_total_alone_are_found(void **state)
{
    (void)state;
    open_sums o = open_new(UTFALL_INCOMPLETE_REFUSE);
    o.actual[0] += 5; /* nobody is inside the window in 2015-12 */
    o.actual[1] -= 5;
    assert_false(passes(&o));
    o.actual[0] -= 5;
    o.actual[1] += 5;
    assert_true(passes(&o));
    o.actual[3] += o.actual[4]; /* a window goes on after the series */
    o.sums.month_count--;
    assert_false(passes(&o));
    utfall_run_free(o.run);
}

static void money_drawn_after_the_settlement_is_found(void **state)
{
    (void)state;
    open_sums o = open_new(UTFALL_INCOMPLETE_REFUSE);
    static const int64_t actual[] = {0, 100, 260, 320, 100, 0};
    int64_t drawn[] = {40, 0, 0, 60, 0, 0};
    o.sums.actual_minor = actual;
    o.sums.drawn_minor = drawn;
    o.sums.month_count = 6;
    o.sums.as_of = utfall_month_of(2016, 4);
    assert_true(passes(&o));
    drawn[5] = 1;
    assert_false(passes(&o));
    utfall_run_free(o.run);
}

static void a_comparison_group_with_cost_but_no_people_is_found(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    data.target.persons = 2;
    data.comparison.persons = 3;
    rows_set(&data.target, 3);
    rows_set(&data.comparison, 3);
    utfall_sums sums = *sums_of(run, contract, &data, utfall_month_of(2016, 12));
    assert_ok(run, utfall_sums_check(run, contract, &sums));
    int64_t *cost = copy_of(run, sums.comparison.cost_minor, 6 * sizeof *cost);
    sums.comparison.cost_minor = cost;
    cost[4] = 5;
    sums.comparison.rows.amount_minor[UTFALL_ROW_USED] += 5;
    assert_status(UTFALL_E_CONFLICT, utfall_sums_check(run, contract, &sums));
    utfall_run_free(run);
}

static void all_faults_are_told_at_once(void **state)
{
    (void)state;
    open_sums o = open_new(UTFALL_INCOMPLETE_REFUSE);
    o.placed[0][0]++;
    o.actual[1]++;
    o.sums.comparison.rows.amount_minor[UTFALL_ROW_USED]++;
    o.outcomes[1].sum = NULL;
    assert_false(passes(&o));
    assert_true(utfall_run_errors(o.run) == 4);
    utfall_run_free(o.run);
}

/* Random changes of anything: what the check lets through settles, or is refused for its size, but
 * never shows a fault of ours. */
static void whatever_passes_can_be_settled(void **state)
{
    (void)state;
    uint64_t s = 11;
    unsigned settled = 0;
    for (int i = 0; i < 3000; i++) {
        open_sums o = open_new((utfall_incomplete)between(&s, 0, 2));
        int64_t *const amounts[] = {o.cost[0], o.cost[1], o.actual, o.drawn};
        static const int64_t odd[] = {0, 1, -1, INT64_MAX, INT64_MIN, 1000};
        for (int64_t n = between(&s, 1, 3); n > 0; n--) {
            const int64_t value = odd[between(&s, 0, 5)];
            switch (between(&s, 0, 6)) {
            case 0:
                amounts[between(&s, 0, 3)][between(&s, 0, 4)] = value;
                break;
            case 1:
                o.persons[between(&s, 0, 1)][between(&s, 0, 1)] = (uint64_t)value;
                break;
            case 2:
                o.starts[between(&s, 0, 2)].persons = (uint64_t)value;
                break;
            case 3:
                o.starts[between(&s, 0, 2)].month.ordinal = (int32_t)(value % 40000);
                break;
            case 4:
                o.sums.as_of.ordinal += (int32_t)between(&s, -12, 12);
                break;
            case 5:
                o.drawn[between(&s, 0, 4)] = value;
                break;
            case 6:
                o.placed[between(&s, 0, 2)][between(&s, 0, 2)] = (uint64_t)value;
                break;
            default:
                break;
            }
        }
        const utfall_settlement *settlement = NULL;
        if (passes(&o)) {
            const utfall_status status = utfall_settle(o.run, &settlement, o.contract, &o.sums);
            assert_true(status == UTFALL_OK || status == UTFALL_E_RANGE ||
                        status == UTFALL_E_CONFLICT);
            settled += status == UTFALL_OK;
        }
        utfall_run_free(o.run);
    }
    assert_true(settled > 100);
}

/* An index is there if and only if the contract has one, with values above 0 for all that can be
 * known to be needed. */
static void prices_that_cannot_be_are_found(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint64_t chances = 9;
    utfall_contract draft = frame_random(run, 2, 3, "1");
    utfall_case data = case_random(run, &chances, 2, 3, "1");
    const utfall_contract *plain = contract_of(run, &draft);
    prices_random(run, &chances, &draft, &data);
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_sums made = *sums_of(run, contract, &data, contract->data_through);
    assert_ok(run, utfall_sums_check(run, contract, &made));
    assert_status(UTFALL_E_CONFLICT, utfall_sums_check(run, plain, &made));
    utfall_sums sums = made;
    sums.price_index = NULL;
    assert_status(UTFALL_E_CONFLICT, utfall_sums_check(run, contract, &sums));
    const utfall_price_index *index = made.price_index;
    const utfall_rat **values = copy_of(run, index->values, index->count * sizeof *values);
    const utfall_price_index other = {index->first, index->count, values};
    sums = made;
    sums.price_index = &other;
    assert_ok(run, utfall_sums_check(run, contract, &sums));
    const size_t at = (size_t)(made.starts[0].month.ordinal - index->first.ordinal);
    values[at] = rat(run, "0");
    assert_status(UTFALL_E_RANGE, utfall_sums_check(run, contract, &sums));
    values[at] = NULL;
    assert_status(UTFALL_E_MISSING, utfall_sums_check(run, contract, &sums));
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_of_utfall_pass),
        cmocka_unit_test(each_changed_count_or_amount_is_found),
        cmocka_unit_test(shapes_and_months_out_of_range_are_found),
        cmocka_unit_test(people_and_money_after_the_settlement_are_found),
        cmocka_unit_test(starts_twice_or_out_of_order_are_found),
        cmocka_unit_test(comparison_without_people_and_rows_that_do_not_add_up_are_found),
        cmocka_unit_test(faults_that_leave_every_total_alone_are_found),
        cmocka_unit_test(money_drawn_after_the_settlement_is_found),
        cmocka_unit_test(a_comparison_group_with_cost_but_no_people_is_found),
        cmocka_unit_test(prices_that_cannot_be_are_found),
        cmocka_unit_test(all_faults_are_told_at_once),
        cmocka_unit_test(whatever_passes_can_be_settled)};
    return cmocka_run_group_tests_name("sums_check", tests, NULL, NULL);
}
