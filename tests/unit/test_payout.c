/* Payouts: the pieces pay what the waterfall pays, at every place where they could differ. */
#include "unit/made.h"
#include "engine/payout.h"

static const utfall_month late = {2021 * 12 + 1};

typedef struct made {
    utfall_run *run;
    const utfall_settlement *settlement;
    const utfall__sample *sample;
    const utfall__payout *payout;
} made;

static utfall_rounding rounding_random(uint64_t *s)
{
    static const int64_t units[] = {1, 100, 7, 100000};
    return (utfall_rounding){
        (utfall_mode)between(s, UTFALL_ROUND_HALF_AWAY, UTFALL_ROUND_TOWARD_ZERO),
        units[between(s, 0, 3)]};
}

static utfall_step step_random(utfall_run *run, uint64_t *s, const char *id)
{
    const utfall_rat *low = ratio(run, s, -3000000, 3000000, between(s, 1, 7));
    const utfall_rat *wide = ratio(run, s, 0, 3000000, between(s, 1, 5));
    utfall_step step = share_step(run, id, "1", UTFALL_MEASURE_SAVING);
    step.rounding = rounding_random(s);
    step.share = ratio(run, s, 0, 1, between(s, 1, 9));
    switch (between(s, 0, 3)) {
    case 0:
        step.of.kind = UTFALL_MEASURE_DRAWN;
        break;
    case 1: {
        utfall_table_row *rows = utfall_run_array(run, 2, sizeof *rows);
        rows[0] = (utfall_table_row){low, level_of(wide, UTFALL_MEASURE_AMOUNT)};
        rows[1] = (utfall_table_row){utfall_rat_add(run, low, utfall_rat_of(run, 12345, 7)),
                                     drawn_times(run, "1/3")};
        step.form = UTFALL_FORM_TABLE;
        step.share = NULL;
        step.match = between(s, 0, 1) == 0 ? UTFALL_MATCH_STEP : UTFALL_MATCH_LINEAR;
        step.edge = between(s, 0, 1) == 0 ? UTFALL_EDGE_GE : UTFALL_EDGE_GT;
        step.row_count = 2;
        step.rows = rows;
        break;
    }
    default:
        step.low = level_of(low, UTFALL_MEASURE_AMOUNT);
        step.high = level_of(utfall_rat_add(run, low, wide), UTFALL_MEASURE_AMOUNT);
        break;
    }
    if (between(s, 0, 2) == 0)
        step.cap = level_of(wide, UTFALL_MEASURE_AMOUNT);
    return step;
}

/* A case of three people a side and a contract of one to four steps. */
static made made_new(uint64_t seed, utfall_measure_kind last_of)
{
    static const char *const ids[] = {"a", "b", "c", "d"};
    uint64_t s = seed;
    made m = {.run = utfall_run_new(NULL, NULL)};
    utfall_contract draft = frame_random(m.run, 1, 2, "1");
    utfall_case data = case_random(m.run, &s, 1, 2, "1");
    data.target.persons = 3;
    data.comparison.persons = (size_t)between(&s, 3, 7);
    const size_t count = (size_t)between(&s, 1, 4);
    utfall_step *steps = utfall_run_array(m.run, 4, sizeof *steps);
    for (size_t i = 0; i < count; i++)
        steps[i] = step_random(m.run, &s, ids[i]);
    if (last_of != UTFALL_MEASURE_SAVING) {
        steps[count - 1] = share_step(m.run, ids[count - 1], "1/7", last_of);
        steps[count - 1].rounding = rounding_random(&s);
    }
    steps[0].to = between(&s, 0, 3) == 0 ? HELPER : LSV;
    draft.steps = steps;
    draft.step_count = count;
    const utfall_contract *contract = contract_of(m.run, &draft);
    m.settlement = settlement_of(m.run, contract, &data, late);
    assert_ok(m.run, utfall__sample_new(m.run, &m.sample, contract, &data, late));
    assert_ok(m.run, utfall__payout_new(m.run, &m.payout, m.settlement, m.sample));
    return m;
}

static void pays_the_same(const made *m, int64_t s)
{
    int64_t narrow[4], wide[4];
    if (s > m->sample->bound || s < -m->sample->bound)
        return;
    utfall__redrawn drawn = {.expected = m->settlement->paid_expected,
                             .actual = m->settlement->paid_actual,
                             .saving = utfall_rat_of(m->run, s, m->sample->denominator)};
    assert_ok(m->run, utfall__payout_narrow(m->payout, narrow, s));
    assert_ok(m->run, utfall__payout_wide(m->run, m->payout, wide, &drawn));
    for (size_t p = 0; p < m->payout->payer_count; p++)
        assert_true(narrow[p] == wide[p]);
}

static void pieces_pay_what_the_waterfall_pays(void **state)
{
    (void)state;
    int narrow = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        made m = made_new(seed, UTFALL_MEASURE_SAVING);
        uint64_t s = seed;
        for (size_t i = 0; m.payout->is_narrow && i < m.settlement->contract->step_count; i++) {
            const utfall__pay_step *step = &m.payout->steps[i];
            for (size_t p = 0; p + 1 < step->piece_count; p++)
                for (int64_t off = -2; off <= 2; off++)
                    pays_the_same(&m, step->pieces[p].last + off);
        }
        for (int i = 0; m.payout->is_narrow && i < 20; i++)
            pays_the_same(&m, between(&s, -m.sample->bound, m.sample->bound));
        if (m.payout->is_narrow) {
            pays_the_same(&m, m.sample->bound);
            pays_the_same(&m, -m.sample->bound);
            pays_the_same(&m, 0);
            narrow++;
        }
        utfall_run_free(m.run);
    }
    assert_true(narrow > 140);
}

/* The settlement's own saving pays what was settled, by party. */
static void the_settlement_itself_is_paid(void **state)
{
    (void)state;
    for (uint64_t seed = 200; seed <= 260; seed++) {
        made m = made_new(seed, seed % 3 == 0   ? UTFALL_MEASURE_EXPECTED
                                : seed % 3 == 1 ? UTFALL_MEASURE_ACTUAL
                                                : UTFALL_MEASURE_SAVING);
        int64_t paid[4], settled = 0;
        const utfall__redrawn drawn = {.expected = m.settlement->paid_expected,
                                       .actual = m.settlement->paid_actual,
                                       .saving = m.settlement->paid_saving};
        assert_ok(m.run, utfall__payout_wide(m.run, m.payout, paid, &drawn));
        for (size_t i = 0; i < m.settlement->contract->step_count; i++)
            settled += m.settlement->lines[i].paid.minor;
        assert_true(m.payout->payer_count == 1 && m.payout->payers[0] == CITY);
        assert_true(paid[0] == settled);
        assert_true(m.payout->has_curves == (seed % 3 == 2));
        assert_true(m.payout->is_narrow == m.payout->has_curves);
        utfall_run_free(m.run);
    }
}

static void a_step_that_never_rounds_is_found_out(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 1, "1");
    utfall_case data = {.target = cohort_new(run, 1, 0, 1), .comparison = cohort_new(run, 3, 0, 1)};
    utfall_outcome_result outcomes[2] = {{0}, {.sum = rat(run, "1")}};
    utfall_step step = share_step(run, "all", "1", UTFALL_MEASURE_SAVING);
    data.outcomes = outcomes;
    step.rounding = (utfall_rounding){UTFALL_ROUND_NEVER, 1};
    draft.steps = &step;
    draft.step_count = 1;
    person_set(&data.target, 0, 2016, 1, (const int64_t[]){5}, 1);
    for (size_t i = 0; i < 3; i++)
        person_set(&data.comparison, i, 2013, 1, (const int64_t[]){9}, 1);
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_settlement *settlement = settlement_of(run, contract, &data, late);
    const utfall__sample *sample = NULL;
    const utfall__payout *payout = NULL;
    int64_t paid[1] = {-1};
    assert_ok(run, utfall__sample_new(run, &sample, contract, &data, late));
    assert_ok(run, utfall__payout_new(run, &payout, settlement, sample));
    assert_int_equal(sample->denominator, 3);
    assert_ok(run, utfall__payout_narrow(payout, paid, 12));
    assert_true(paid[0] == 4);
    assert_status(UTFALL_E_INEXACT, utfall__payout_narrow(payout, paid, 13));
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_pay_what_the_waterfall_pays),
        cmocka_unit_test(the_settlement_itself_is_paid),
        cmocka_unit_test(a_step_that_never_rounds_is_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
