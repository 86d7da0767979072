/* Comparing sums: equal ones pass, and a change of any figure is named with both values. */
#include "unit/ledger_made.h"

typedef struct changed {
    utfall_sums sums;
    uint64_t persons[2], below[3];
    int64_t cost[6], calendar[5];
    utfall_start starts[3];
    utfall_outcome_result outcomes[2];
} changed;

/* A deep copy as far as the tests change it. */
static void copy(changed *to, const utfall_sums *from)
{
    to->sums = *from;
    assert_int_equal(from->group_count * from->window_months, 6);
    assert_int_equal(from->month_count, 5);
    assert_int_equal(from->start_count, 3);
    memcpy(to->persons, from->target.persons, sizeof to->persons);
    memcpy(to->cost, from->target.cost_minor, sizeof to->cost);
    memcpy(to->calendar, from->actual_minor, sizeof to->calendar);
    memcpy(to->starts, from->starts, sizeof to->starts);
    memcpy(to->below, from->below, sizeof to->below);
    memcpy(to->outcomes, from->outcomes, sizeof to->outcomes);
    to->sums.target.persons = to->persons;
    to->sums.target.cost_minor = to->cost;
    to->sums.actual_minor = to->calendar;
    to->sums.starts = to->starts;
    to->sums.below = to->below;
    to->sums.outcomes = to->outcomes;
}

static void change(utfall_run *run, changed *c, int which)
{
    switch (which) {
    case 0:
        c->sums.as_of.ordinal--;
        break;
    case 1:
        c->persons[1]++;
        break;
    case 2:
        c->cost[2] = -370;
        break;
    case 3:
        c->sums.target.left_out = 1;
        break;
    case 4:
        c->starts[2].persons = 9;
        break;
    case 5:
        c->starts[0].group = 1;
        break;
    case 6:
        c->sums.start_count = 2;
        break;
    case 7:
        c->sums.first.ordinal--;
        break;
    case 8:
        c->sums.month_count = 4;
        break;
    case 9:
        c->calendar[4]++;
        break;
    case 10:
        c->below[0] = 0;
        break;
    case 11:
        c->outcomes[1].sum = rat(run, "39/2");
        break;
    case 12:
        c->outcomes[1].sum = NULL;
        break;
    case 13:
        c->outcomes[1].excluded = 11;
        break;
    case 14:
        c->outcomes[0].excluded_sum = rat(run, "8");
        break;
    case 15:
        c->sums.window_months = 2;
        break;
    default:
        c->sums.target.rows.amount_minor[UTFALL_ROW_USED]++;
    }
}

static void every_change_is_named_with_both_values(void **state)
{
    (void)state;
    static const char *const says[] = {
        "month of the settlement: the ledger states 2016-11, the data give 2016-12",
        "target people of yes: the ledger states 2, the data give 1",
        "target cost of no in month 3: the ledger states -370, the data give 370",
        "target people left out: the ledger states 1, the data give 0",
        "people who started: the ledger states 9 of yes in 2016-02, the data give 1 of yes in "
        "2016-02",
        "people who started: the ledger states 1 of yes in 2016-01, the data give 1 of no in "
        "2016-01",
        "number of starts by month and group: the ledger states 2, the data give 3",
        "first calendar month: the ledger states 2015-11, the data give 2015-12",
        "number of calendar months: the ledger states 4, the data give 5",
        "actual cost in 2016-04: the ledger states 101, the data give 100",
        "people below in month 1: the ledger states 0, the data give 1",
        "outcome school, sum: the ledger states 39/2, the data give 19",
        "outcome school, sum: the ledger states nothing, the data give 19",
        "outcome school, excluded: the ledger states 11, the data give 10",
        "outcome delivered, excluded sum: the ledger states 8, the data give nothing",
        "groups, months and outcomes: the ledger states one shape, the data give another",
        "target rows of class used, amount: the ledger states 781, the data give 780"};
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    for (int i = 0; i < (int)(sizeof says / sizeof *says); i++) {
        utfall_run *inner = utfall_run_new(NULL, NULL);
        changed stated;
        copy(&stated, made.settlement->sums);
        assert_ok(inner, utfall_sums_compare(inner, "x", made.contract, &stated.sums,
                                             made.settlement->sums, true));
        change(inner, &stated, i);
        assert_status(UTFALL_E_INVALID, utfall_sums_compare(inner, "x", made.contract, &stated.sums,
                                                            made.settlement->sums, true));
        assert_string_equal(first_message(inner), says[i]);
        utfall_run_free(inner);
    }
    utfall_run_free(run);
}

static void prices_that_differ_are_named(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint64_t chances = 4;
    utfall_contract draft = frame_random(run, 1, 2, "1");
    utfall_case data = case_random(run, &chances, 1, 2, "1");
    prices_random(run, &chances, &draft, &data);
    draft.prices.base = utfall_month_of(2010, 1);
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_sums *made = sums_of(run, contract, &data, contract->data_through);
    utfall_sums stated = *made;
    assert_ok(run, utfall_sums_compare(run, "x", contract, &stated, made, true));
    const utfall_rat *values[] = {rat(run, "7")};
    const int64_t at_base[] = {made->comparison.cost_minor[0], 8};
    const utfall_price_index other = {utfall_month_of(2010, 1), 1, values};
    stated.price_index = &other;
    stated.comparison.cost_minor = at_base;
    assert_status(UTFALL_E_INVALID, utfall_sums_compare(run, "x", contract, &stated, made, true));
    assert_non_null(strstr(utfall_run_finding(run, 0)->message,
                           "comparison cost of all in month 2: the ledger states 8"));
    assert_non_null(strstr(utfall_run_finding(run, 1)->message,
                           "price index of 2010-01: the ledger states 7, the data give "));
    assert_non_null(strstr(utfall_run_finding(run, 2)->message, "price index of 2016-0"));
    assert_non_null(strstr(utfall_run_finding(run, 2)->message, "states nothing, the data give "));
    stated.price_index = NULL;
    assert_status(UTFALL_E_INVALID, utfall_sums_compare(run, "x", contract, &stated, made, true));
    utfall_run_free(run);
}

static void rows_are_left_aside_when_the_data_have_none(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    utfall_sums stated = *made.settlement->sums;
    stated.target.rows.count[UTFALL_ROW_AFTER] = 5;
    assert_ok(run,
              utfall_sums_compare(run, "x", made.contract, &stated, made.settlement->sums, false));
    utfall_run_free(run);
}

static void every_difference_is_reported(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    changed stated;
    copy(&stated, made.settlement->sums);
    for (int i = 0; i < 6; i++)
        stated.cost[i]++;
    assert_status(UTFALL_E_INVALID, utfall_sums_compare(run, "x", made.contract, &stated.sums,
                                                        made.settlement->sums, true));
    assert_int_equal(utfall_run_errors(run), 6);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_is_named_with_both_values),
        cmocka_unit_test(prices_that_differ_are_named),
        cmocka_unit_test(rows_are_left_aside_when_the_data_have_none),
        cmocka_unit_test(every_difference_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
