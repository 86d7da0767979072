/* Settling: what the published result of Norrköping means for each party, the example by hand, and
 * laws on random cases. */
#include "unit/made.h"
#include "unit/allocator.h"

static const utfall_month late = {2021 * 12 + 1};

/* ---- known results ---- */

/* One group, one month, one person a side: expected minus actual is the saving wished for. */
static const utfall_settlement *settled(utfall_run *run, char reading, int64_t drawn,
                                        int64_t saving, const char *points)
{
    utfall_contract draft = frame_random(run, 1, 1, points);
    norrkoping_steps(run, &draft, reading);
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = {.target = cohort_new(run, 1, 0, 1), .comparison = cohort_new(run, 1, 0, 1)};
    utfall_outcome_result *outcomes = utfall_run_array(run, 2, sizeof *outcomes);
    utfall_money *draw = utfall_run_alloc(run, sizeof *draw);
    utfall_month *month = utfall_run_alloc(run, sizeof *month);
    outcomes[1].sum = rat(run, points);
    draw->minor = drawn;
    *month = utfall_month_of(2016, 8);
    data.outcomes = outcomes;
    data.draws = draw;
    data.draw_months = month;
    data.draw_count = 1;
    person_set(&data.target, 0, 2016, 8, (const int64_t[]){10160000000 - saving}, 1);
    person_set(&data.comparison, 0, 2013, 1, (const int64_t[]){10160000000}, 1);
    return settlement_of(run, contract, &data, late);
}

/* Published: saving -7.5 MSEK, drawn 7.5; the investor bears 4.5 of the project cost and the
 * municipality 3.0, and nothing beyond the guarantee is repaid. Under all three readings. */
/* RULE: LEVELS-1 */
static void norrkoping_ends_as_published(void **state)
{
    (void)state;
    for (const char *reading = "ABC"; *reading != '\0'; reading++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const utfall_settlement *s = settled(run, *reading, 750000000, -750000000, "19");
        assert_rat(run, s->saving, "-750000000");
        assert_rat(run, s->lines[0].exact, "300000000");
        assert_rat(run, s->lines[1].exact, "0");
        assert_rat(run, s->lines[2].exact, "0");
        assert_true(s->due_count == 1 && s->dues[0].amount.minor == 300000000);
        assert_true(s->dues[0].from == CITY && s->dues[0].to == LSV);
        assert_rat(run, s->results[LSV].result, "-450000000");
        assert_rat(run, s->results[CITY].result, "-1050000000");
        assert_rat(run, s->results[HELPER].result, "0");
        assert_rat(run, s->results[LSV].borne, "450000000");
        assert_rat(run, s->results[CITY].borne, "300000000");
        assert_rat(run, s->level_no_savings, "10160000000");
        assert_rat(run, s->level_break_even, "9410000000");
        assert_rat(run, s->level_cap, "9260000000"); /* 120 % of 7.5 MSEK below expected */
        utfall_run_free(run);
    }
}

/* Payment to the investor, MSEK, at a saving, from the contract's wording (see test_waterfall.c).
 */
static void the_three_readings_reach_the_dues(void **state)
{
    (void)state;
    static const struct {
        char reading;
        int64_t drawn, saving;
        const char *points;
        int64_t pays;
    } cases[] = {{'A', 1000000000, 200000000, "19", 520000000},
                 {'B', 1000000000, 200000000, "19", 400000000},
                 {'C', 1000000000, 200000000, "19", 600000000},
                 {'A', 1000000000, 1500000000, "19", 1200000000},
                 {'B', 1000000000, 1200000000, "0", 1000000000},
                 {'C', 1000000000, 600000000, "0", 1000000000},
                 {'A', 750000000, 170000000, "19", 402000000},
                 {'A', 750000000, 900000000, "19", 900000000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const utfall_settlement *s =
            settled(run, cases[i].reading, cases[i].drawn, cases[i].saving, cases[i].points);
        assert_true(s->dues[0].amount.minor == cases[i].pays);
        utfall_run_free(run);
    }
}

/* An investor who gets more than it drew bears nothing; the payer bears no more than was drawn. */
/* RULE: RESULT-2 */
static void borne_cost_stays_between_nothing_and_the_project_cost(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_settlement *s = settled(run, 'A', 750000000, 900000000, "19");
    assert_rat(run, s->results[LSV].result, "150000000");
    assert_rat(run, s->results[CITY].result, "0");
    assert_rat(run, s->results[LSV].borne, "0");
    assert_rat(run, s->results[CITY].borne, "750000000");
    utfall_run_free(run);
}

/* Saving -553/3 and drawn 100: the guarantee pays 40, the rest nothing. */
static void the_example_by_hand_settles_as_worked_out(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    const utfall_settlement *s = settlement_of(run, contract, &data, utfall_month_of(2016, 12));
    static const char *const actual[] = {"160", "220", "400"};
    for (size_t k = 0; k < 3; k++)
        assert_rat(run, s->actual_month[k], actual[k]);
    assert_rat(run, s->actual, "780");
    assert_rat(run, s->expected, "1787/3");
    assert_rat(run, s->saving, "-553/3");
    assert_rat(run, s->drawn, "100");
    assert_true(s->gates[0] && s->gates[1]);
    assert_true(s->dues[0].amount.minor == 40);
    assert_rat(run, s->results[CITY].result, "-673/3"); /* -553/3 - 40 */
    assert_rat(run, s->level_break_even, "1487/3");
    utfall_run_free(run);
}

/* The same example paid on its first month: saving 210 - 160 = 50, of which 30 is due with the
 * guarantee's 40, while the result takes the whole window. */
/* RULE: WINDOW-1 */
static void payment_looks_at_its_own_months(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    draft.payment_months = 1;
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_case data = hand_case(run);
    const utfall_settlement *s = settlement_of(run, contract, &data, utfall_month_of(2016, 12));
    assert_rat(run, s->paid_expected, "210");
    assert_rat(run, s->paid_actual, "160");
    assert_rat(run, s->paid_saving, "50");
    assert_rat(run, s->saving, "-553/3");
    assert_rat(run, s->lines[1].measure, "50");
    assert_true(s->dues[0].amount.minor == 70);
    assert_rat(run, s->results[CITY].result, "-763/3"); /* -553/3 - 70 */
    utfall_run_free(run);
}

/* A saving that is shared without an end has no cap; neither has a contract that does not share. */
static void a_payment_without_an_end_has_no_cap_level(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    utfall_step steps[] = {draft.steps[2], share_step(run, "all", "1/2", UTFALL_MEASURE_SAVING)};
    draft.steps = steps;
    draft.step_count = 2;
    assert_null(settlement_of(run, contract_of(run, &draft), &data, late)->level_cap);
    draft.step_count = 1;
    assert_non_null(settlement_of(run, contract_of(run, &draft), &data, late)->level_cap);
    steps[0] = share_step(run, "drawn", "1/2", UTFALL_MEASURE_DRAWN);
    assert_null(settlement_of(run, contract_of(run, &draft), &data, late)->level_cap);
    /* what others get of the saving does not move the investor's cap: 120 below 1787/3 */
    utfall_step three[] = {
        slice_step(run, "other", "1/2", amount(run, "0"), amount(run, "999")),
        share_step(run, "all", "1/2", UTFALL_MEASURE_SAVING),
        slice_step(run, "return", "1", drawn_times(run, "1"), drawn_times(run, "6/5"))};
    three[0].to = three[1].to = HELPER;
    draft.steps = three;
    draft.step_count = 3;
    assert_rat(run, settlement_of(run, contract_of(run, &draft), &data, late)->level_cap, "1427/3");
    utfall_run_free(run);
}

/* Steps between three parties: pairs come by from and then to, in the contract's order. */
static void dues_are_by_pair_in_the_order_of_the_parties(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = *hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    utfall_step steps[4];
    for (size_t i = 0; i < 4; i++) {
        static const char *const ids[] = {"a", "b", "c", "d"};
        steps[i] = share_step(run, ids[i], "1/10", UTFALL_MEASURE_DRAWN); /* 10 each */
    }
    steps[0].to = HELPER;
    steps[1].from = LSV;
    steps[1].to = HELPER;
    draft.steps = steps;
    draft.step_count = 4;
    const utfall_settlement *s = settlement_of(run, contract_of(run, &draft), &data, late);
    static const utfall_due dues[] = {{.from = LSV, .to = HELPER, .amount = {10}},
                                      {.from = CITY, .to = LSV, .amount = {20}},
                                      {.from = CITY, .to = HELPER, .amount = {10}}};
    assert_true(s->due_count == 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(s->dues[i].from == dues[i].from && s->dues[i].to == dues[i].to &&
                    s->dues[i].amount.minor == dues[i].amount.minor);
    assert_rat(run, s->results[LSV].result, "-90"); /* 20 - 10 - 100 */
    assert_rat(run, s->results[HELPER].result, "20");
    utfall_run_free(run);
}

static void sums_that_disagree_are_never_given_out(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    utfall_sums sums = *sums_of(run, contract, &data, utfall_month_of(2016, 12));
    static const int64_t actual[] = {0, 100, 260, 320, 101};
    const utfall_settlement *s = NULL;
    sums.actual_minor = actual;
    assert_status(UTFALL_E_BUG, utfall_settle(run, &s, contract, &sums));
    assert_null(s);
    assert_non_null(strstr(utfall_run_finding(run, 0)->message, "781"));
    utfall_run_free(run);
}

/* One too many in one month and one too few in another: the sums over months agree. */
static void people_misplaced_between_months_are_never_given_out(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    utfall_sums sums = *sums_of(run, contract, &data, utfall_month_of(2016, 12));
    static const uint64_t below[] = {2, 0, 1};
    const utfall_settlement *s = NULL;
    sums.below = below;
    assert_status(UTFALL_E_BUG, utfall_settle(run, &s, contract, &sums));
    assert_null(s);
    utfall_run_free(run);
}

/* ---- laws ---- */

typedef struct random_case {
    utfall_run *run;
    utfall_contract draft;
    utfall_case data;
} random_case;

static random_case random_new(uint64_t seed)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint64_t s = seed;
    const size_t groups = (size_t)between(&s, 1, 5);
    const uint32_t window = (uint32_t)between(&s, 1, 24);
    const char *sum = between(&s, 0, 1) ? "7/2" : "-1";
    random_case c = {.run = run, .draft = frame_random(run, groups, window, sum)};
    c.data = case_random(run, &s, groups, window, sum);
    norrkoping_steps(run, &c.draft, (char)('A' + between(&s, 0, 2)));
    return c;
}

/* RULE: RESULT-1 */
static void every_random_case_balances(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        for (int mode = UTFALL_INCOMPLETE_REFUSE; mode <= UTFALL_INCOMPLETE_EXCLUDE; mode++) {
            random_case c = random_new(seed);
            uint64_t s = seed;
            c.draft.incomplete = (utfall_incomplete)mode;
            utfall_month as_of = late;
            if (c.draft.incomplete != UTFALL_INCOMPLETE_REFUSE)
                as_of = utfall_month_of((int)between(&s, 2016, 2019), (int)between(&s, 1, 12));
            const utfall_settlement *st =
                settlement_of(c.run, contract_of(c.run, &c.draft), &c.data, as_of);
            const utfall_rat *sum = rat(c.run, "0");
            for (size_t i = 0; i < 3; i++)
                sum = utfall_rat_add(c.run, sum, st->results[i].result);
            assert_same(sum, utfall_rat_sub(c.run, st->saving, st->drawn));
            assert_true(st->check_count == 10);
            for (size_t i = 0; i < st->check_count; i++)
                assert_same(st->checks[i].left, st->checks[i].right);
            assert_ok(c.run, utfall_sums_check(c.run, st->contract, st->sums));
            /* no saving, no payment for the outcome; never more than 120 % of what was drawn */
            if (utfall_rat_sign(st->paid_saving) <= 0)
                assert_rat(c.run, st->lines[1].exact, "0");
            assert_true(utfall_rat_compare(utfall_rat_of_money(c.run, st->dues[0].amount),
                                           utfall_rat_add(c.run, rat(c.run, "2"),
                                                          utfall_rat_mul(c.run, rat(c.run, "6/5"),
                                                                         st->drawn))) <= 0);
            utfall_run_free(c.run);
        }
    }
}

/* to_date settled when every window is complete is the settlement of a complete case. */
static void to_date_ends_at_the_complete_settlement(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        random_case c = random_new(seed);
        const utfall_settlement *a =
            settlement_of(c.run, contract_of(c.run, &c.draft), &c.data, late);
        c.draft.incomplete = UTFALL_INCOMPLETE_TO_DATE;
        const utfall_settlement *b =
            settlement_of(c.run, contract_of(c.run, &c.draft), &c.data, late);
        assert_same(a->expected, b->expected);
        assert_same(a->saving, b->saving);
        assert_true(a->dues[0].amount.minor == b->dues[0].amount.minor);
        utfall_run_free(c.run);
    }
}

/* RULE: SAVING-1 */
static void more_actual_cost_lowers_the_saving_by_as_much(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        random_case c = random_new(seed);
        uint64_t s = seed;
        const utfall_contract *contract = contract_of(c.run, &c.draft);
        const utfall_settlement *a = settlement_of(c.run, contract, &c.data, late);
        const size_t cells = c.data.target.persons * c.data.target.months;
        const int64_t more = between(&s, 1, 9000000);
        ((int64_t *)(uintptr_t)c.data.target.cost_minor)[between(&s, 0, (int64_t)cells - 1)] +=
            more;
        const utfall_settlement *b = settlement_of(c.run, contract, &c.data, late);
        assert_same(utfall_rat_sub(c.run, a->saving, b->saving), utfall_rat_of(c.run, more, 1));
        assert_true(b->dues[0].amount.minor <= a->dues[0].amount.minor);
        utfall_run_free(c.run);
    }
}

static void cohort_scale(utfall_cohort *cohort, int64_t times)
{
    for (size_t i = 0; i < cohort->persons * cohort->months; i++)
        ((int64_t *)(uintptr_t)cohort->cost_minor)[i] *= times;
}

/* Every exact amount is multiplied; 10^11 takes the expected cost beyond 64 bits of numerators. */
static void all_amounts_times_k_scale_every_exact_value_by_k(void **state)
{
    (void)state;
    static const int64_t factors[] = {3, 1000, 100000000};
    for (uint64_t seed = 1; seed <= 30; seed++) {
        random_case c = random_new(seed);
        const int64_t times = factors[seed % 3];
        const utfall_rat *by = utfall_rat_of(c.run, times, 1);
        const utfall_contract *contract = contract_of(c.run, &c.draft);
        const utfall_settlement *a = settlement_of(c.run, contract, &c.data, late);
        utfall_money *draws = utfall_run_array(c.run, c.data.draw_count, sizeof *draws);
        for (size_t i = 0; i < c.data.draw_count; i++)
            draws[i].minor = c.data.draws[i].minor * times;
        c.data.draws = draws;
        cohort_scale(&c.data.target, times);
        cohort_scale(&c.data.comparison, times);
        const utfall_settlement *b = settlement_of(c.run, contract, &c.data, late);
        assert_same(b->saving, utfall_rat_mul(c.run, a->saving, by));
        for (size_t t = 0; t < a->sums->month_count; t++)
            assert_same(b->expected_accumulated[t],
                        utfall_rat_mul(c.run, a->expected_accumulated[t], by));
        for (size_t i = 0; i < contract->step_count; i++)
            assert_same(b->lines[i].exact, utfall_rat_mul(c.run, a->lines[i].exact, by));
        for (size_t k = 0; k < contract->window_months; k++)
            assert_true(a->sums->below[k] == b->sums->below[k]);
        utfall_run_free(c.run);
    }
}

/* A window of w months gives what a longer window says of its first w months. */
static void windows_add(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        random_case c = random_new(seed);
        uint64_t s = seed;
        const uint32_t window = c.draft.window_months;
        const uint32_t paid = (uint32_t)between(&s, 1, window);
        c.draft.payment_months = paid;
        const utfall_settlement *whole =
            settlement_of(c.run, contract_of(c.run, &c.draft), &c.data, late);
        c.draft.window_months = paid;
        const utfall_settlement *part =
            settlement_of(c.run, contract_of(c.run, &c.draft), &c.data, late);
        assert_same(whole->paid_saving, part->saving);
        assert_true(whole->dues[0].amount.minor == part->dues[0].amount.minor);
        const utfall_rat *rest = rat(c.run, "0");
        for (uint32_t k = paid; k < window; k++)
            rest = utfall_rat_add(
                c.run, rest,
                utfall_rat_sub(c.run, whole->expected_month[k], whole->actual_month[k]));
        assert_same(whole->saving, utfall_rat_add(c.run, part->saving, rest));
        utfall_run_free(c.run);
    }
}

/* Settling twice gives the same texts. */
static void settling_again_gives_the_same(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        random_case a = random_new(seed), b = random_new(seed);
        const utfall_settlement *x =
            settlement_of(a.run, contract_of(a.run, &a.draft), &a.data, late);
        const utfall_settlement *y =
            settlement_of(b.run, contract_of(b.run, &b.draft), &b.data, late);
        for (size_t k = 0; k < a.draft.window_months; k++)
            assert_string_equal(utfall_rat_text(a.run, x->expected_month[k]),
                                utfall_rat_text(b.run, y->expected_month[k]));
        utfall_run_free(a.run);
        utfall_run_free(b.run);
    }
}

/* ---- memory ---- */

/* The case lives in a run of its own; the settlement's run fails at its n-th request, for all n
 * until it does not fail. */
static void missing_memory_is_said_and_leaves_the_outputs_alone(void **state)
{
    (void)state;
    random_case c = random_new(3);
    c.draft.window_months = c.draft.payment_months = 2;
    rows_set(&c.data.target, 2);
    rows_set(&c.data.comparison, 2);
    const utfall_contract *contract = contract_of(c.run, &c.draft);
    utfall_status status = UTFALL_E_NOMEM;
    uint64_t failures = 0;
    for (uint64_t n = 2; status != UTFALL_OK; n++) {
        counting counter = {.fail_at = n};
        utfall_run *run = utfall_run_new(counting_alloc, &counter);
        const utfall_sums *sums = NULL;
        const utfall_settlement *s = NULL;
        const utfall_curve *curve = NULL;
        assert_non_null(run);
        status = utfall_sums_compute(run, &sums, contract, &c.data, late);
        if (status == UTFALL_OK)
            status = utfall_sums_check(run, contract, sums);
        if (status == UTFALL_OK)
            status = utfall_settle(run, &s, contract, sums);
        if (status == UTFALL_OK)
            status = utfall_curve_compute(run, &curve, contract, NULL, true, NULL);
        if (status != UTFALL_OK) {
            assert_status(UTFALL_E_NOMEM, status);
            assert_null(curve);
            failures++;
        }
        utfall_run_free(run);
        assert_true(counter.out == 0);
    }
    assert_true(failures > 0);
    utfall_run_free(c.run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norrkoping_ends_as_published),
        cmocka_unit_test(the_three_readings_reach_the_dues),
        cmocka_unit_test(borne_cost_stays_between_nothing_and_the_project_cost),
        cmocka_unit_test(the_example_by_hand_settles_as_worked_out),
        cmocka_unit_test(payment_looks_at_its_own_months),
        cmocka_unit_test(a_payment_without_an_end_has_no_cap_level),
        cmocka_unit_test(dues_are_by_pair_in_the_order_of_the_parties),
        cmocka_unit_test(sums_that_disagree_are_never_given_out),
        cmocka_unit_test(people_misplaced_between_months_are_never_given_out),
        cmocka_unit_test(every_random_case_balances),
        cmocka_unit_test(to_date_ends_at_the_complete_settlement),
        cmocka_unit_test(more_actual_cost_lowers_the_saving_by_as_much),
        cmocka_unit_test(all_amounts_times_k_scale_every_exact_value_by_k),
        cmocka_unit_test(windows_add),
        cmocka_unit_test(settling_again_gives_the_same),
        cmocka_unit_test(missing_memory_is_said_and_leaves_the_outputs_alone)};
    return cmocka_run_group_tests_name("settle", tests, NULL, NULL);
}
