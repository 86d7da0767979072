/* Dues and history: what earlier settlements paid is taken over, corrected and deducted, and what
 * does not fit together is refused. The chain as a whole is tests/chain's. */
#include "unit/made.h"

/* RULE: CHAIN-1 */
static void a_settlement_that_stands_alone_owes_what_its_steps_pay(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    const utfall_settlement *s = settlement_of(run, contract, &data, utfall_month_of(2016, 12));
    assert_null(s->step_before);
    assert_null(s->forecast);
    for (size_t i = 0; i < s->due_count; i++) {
        assert_true(s->dues[i].before.minor == 0 && s->dues[i].carried.minor == 0);
        assert_true(s->dues[i].amount.minor == s->dues[i].entitlement.minor);
    }
    utfall_run_free(run);
}

typedef struct chained {
    utfall_run *run;
    const utfall_contract *contract;
    utfall_case data;
    const utfall_settlement *first;
    const utfall_history *history;
} chained;

/* The example worked out by hand, settled in 2016-12 with the data of its own month. */
static chained chain_new(void)
{
    chained c = {.run = utfall_run_new(NULL, NULL)};
    c.contract = hand_contract(c.run, UTFALL_INCOMPLETE_REFUSE);
    c.data = hand_case(c.run);
    c.first = settlement_of(c.run, c.contract, &c.data, utfall_month_of(2016, 12));
    assert_ok(c.run, utfall_history_make(c.run, &c.history, "first", c.contract, c.first,
                                         c.first->sums, NULL));
    return c;
}

static utfall_status settle_later(const chained *c, const utfall_settlement **out,
                                  const utfall_history *history)
{
    const utfall_sums *sums = sums_of(c->run, c->contract, &c->data, utfall_month_of(2017, 6));
    return utfall_settle(c->run, out, c->contract, utfall_sums_continue(c->run, sums, history));
}

/* RULE: CHAIN-1, CORRECTION-1 */
static void the_same_data_owe_nothing_more(void **state)
{
    (void)state;
    chained c = chain_new();
    const utfall_settlement *s = NULL;
    assert_true(c.history->correction_count == 0 && c.history->reason[0] == '\0');
    assert_ok(c.run, settle_later(&c, &s, c.history));
    for (size_t i = 0; i < s->due_count; i++) {
        assert_true(s->dues[i].amount.minor == 0);
        assert_true(s->dues[i].before.minor == c.first->dues[i].amount.minor);
    }
    for (size_t i = 0; i < c.contract->step_count; i++)
        assert_true(s->step_before[i].minor == c.first->lines[i].paid.minor &&
                    s->step_due[i].minor == 0);
    for (size_t i = 0; i < c.contract->party_count; i++)
        assert_same(s->results[i].result, c.first->results[i].result);
    utfall_run_free(c.run);
}

static void a_history_that_does_not_fit_is_refused(void **state)
{
    (void)state;
    for (int wrong = 0; wrong < 6; wrong++) {
        chained c = chain_new();
        const utfall_settlement *s = NULL;
        utfall_history h = *c.history;
        utfall_past_step steps[UTFALL_STEPS_MAX];
        utfall_past_pair pairs[4];
        assert_true(h.pair_count > 0 && h.pair_count < 4);
        for (size_t i = 0; i < h.step_count; i++)
            steps[i] = h.steps[i];
        for (size_t i = 0; i < h.pair_count; i++)
            pairs[i] = h.pairs[i];
        h.steps = steps;
        h.pairs = pairs;
        if (wrong == 0)
            h.as_of = utfall_month_of(2017, 6);
        if (wrong == 1)
            steps[0].id = "another";
        if (wrong == 2)
            pairs[0].paid.minor++;
        if (wrong == 3)
            pairs[0].from = "nobody";
        if (wrong == 4)
            pairs[h.pair_count++] = pairs[0];
        if (wrong == 5)
            pairs[0].carried.minor = -1;
        assert_status(UTFALL_E_CONFLICT, settle_later(&c, &s, &h));
        assert_null(s);
        utfall_run_free(c.run);
    }
}

/* RULE: CORRECTION-1 */
static void corrections_need_a_reason_and_add_up(void **state)
{
    (void)state;
    chained c = chain_new();
    const utfall_history *h = NULL;
    utfall_sums found = *c.first->sums;
    int64_t *cost =
        utfall_run_array(c.run, c.contract->group_count * c.contract->window_months, sizeof *cost);
    const size_t cells = c.contract->group_count * c.contract->window_months;
    for (size_t i = 0; i < cells; i++)
        cost[i] = found.target.cost_minor[i];
    cost[0] += 700;
    found.target.cost_minor = cost;
    assert_status(UTFALL_E_MISSING,
                  utfall_history_make(c.run, &h, "first", c.contract, c.first, &found, ""));
    assert_null(h);
    assert_ok(c.run, utfall_history_make(c.run, &h, "first", c.contract, c.first, &found, "late"));
    assert_true(h->correction_count == 1);
    assert_true(h->corrections[0].subject == UTFALL_SUBJECT_COST && h->corrections[0].k == 1 &&
                h->corrections[0].group == 0);
    assert_rat(c.run, h->corrections[0].saving, "-700");
    assert_string_equal(h->reason, "late");
    utfall_run_free(c.run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_settlement_that_stands_alone_owes_what_its_steps_pay),
        cmocka_unit_test(the_same_data_owe_nothing_more),
        cmocka_unit_test(a_history_that_does_not_fit_is_refused),
        cmocka_unit_test(corrections_need_a_reason_and_add_up),
    };
    return cmocka_run_group_tests_name("dues", tests, NULL, NULL);
}
