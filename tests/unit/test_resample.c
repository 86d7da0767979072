/* Samples and replicates: integers give what ratios give, everybody once gives the settlement's
 * saving, and neither ids nor the order of people matter. */
#include "unit/made.h"
#include "engine/sample.h"
#include "utfall/risk.h"

static const utfall_month late = {2021 * 12 + 1};

typedef struct made {
    utfall_run *run;
    utfall_contract draft;
    const utfall_contract *contract;
    utfall_case data;
    utfall_month as_of;
} made;

/* A case with 1 to 4 groups; every third with windows that are still open, every fourth with an
 * agreed standard cost, every fifth with people who left. */
static made made_new(uint64_t seed)
{
    uint64_t s = seed;
    made m = {.run = utfall_run_new(NULL, NULL), .as_of = late};
    const size_t groups = (size_t)between(&s, 1, 4);
    const uint32_t window = (uint32_t)between(&s, 1, 30);
    m.draft = frame_random(m.run, groups, window, "1");
    m.draft.payment_months = (uint32_t)between(&s, 1, window);
    m.data = case_random(m.run, &s, groups, window, "1");
    if (seed % 3 == 0) {
        m.draft.incomplete = seed % 2 == 0 ? UTFALL_INCOMPLETE_TO_DATE : UTFALL_INCOMPLETE_EXCLUDE;
        for (size_t i = 0; i < m.data.comparison.persons; i++) /* over when the first began */
            ((utfall_month *)(uintptr_t)m.data.comparison.starts)[i].ordinal -= 120;
        m.as_of = (utfall_month){2016 * 12 + 23 + (int32_t)between(&s, 0, 20)};
    }
    if (seed % 5 == 0) {
        uint32_t *left = utfall_run_array(m.run, m.data.target.persons, sizeof *left);
        for (size_t i = 0; i < m.data.target.persons; i++)
            left[i] = (uint32_t)between(&s, 0, window);
        m.data.target.left_after = left;
    }
    if (seed % 4 == 0) {
        const utfall_rat **agreed = utfall_run_array(m.run, groups * window, sizeof *agreed);
        for (size_t i = 0; i < groups * window; i++)
            agreed[i] = ratio(m.run, &s, 0, 40000, between(&s, 1, 6));
        m.draft.design = UTFALL_DESIGN_AGREED;
        m.data.agreed = agreed;
        m.data.comparison = (utfall_cohort){.months = window};
    }
    m.contract = contract_of(m.run, &m.draft);
    return m;
}

/* NULL when nobody is counted. */
static const utfall__sample *sample_of(const made *m)
{
    const utfall__sample *sample = NULL;
    const utfall_status status =
        utfall__sample_new(m->run, &sample, m->contract, &m->data, m->as_of);
    assert_true(status == UTFALL_OK || status == UTFALL_E_MISSING);
    return sample;
}

static void everybody_once_gives_the_saving_that_was_settled(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        made m = made_new(seed);
        const utfall_sums *sums = NULL;
        if (utfall_sums_compute(m.run, &sums, m.contract, &m.data, m.as_of) == UTFALL_OK &&
            sums->start_count > 0) {
            const utfall_settlement *settlement = NULL;
            assert_ok(m.run, utfall_settle(m.run, &settlement, m.contract, sums));
            const utfall__sample *sample = sample_of(&m);
            utfall__tray tray;
            utfall__redrawn once;
            assert_ok(m.run, utfall__tray_new(m.run, &tray, sample));
            assert_ok(m.run, utfall__redraw_wide(m.run, &once, sample, &tray, NULL));
            assert_same(once.saving, settlement->paid_saving);
            assert_same(once.actual, settlement->paid_actual);
            assert_same(once.expected, settlement->paid_expected);
        }
        utfall_run_free(m.run);
    }
}

/* At the prices of each one's months: the saving that was settled, and replicates that do not
 * depend on ids. */
static void with_a_price_index_everybody_once_gives_it_too(void **state)
{
    (void)state;
    int carried = 0, agreed = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        made m = made_new(seed);
        uint64_t s = seed;
        const utfall_sums *sums = NULL;
        prices_random(m.run, &s, &m.draft, &m.data);
        m.contract = contract_of(m.run, &m.draft);
        if (utfall_sums_compute(m.run, &sums, m.contract, &m.data, m.as_of) == UTFALL_OK &&
            sums->start_count > 0) {
            const utfall_settlement *settlement = NULL;
            assert_ok(m.run, utfall_settle(m.run, &settlement, m.contract, sums));
            const utfall__sample *sample = sample_of(&m);
            utfall__tray tray;
            utfall__redrawn once;
            assert_true(!sample->is_narrow && !sample->is_even);
            assert_ok(m.run, utfall__tray_new(m.run, &tray, sample));
            assert_ok(m.run, utfall__redraw_wide(m.run, &once, sample, &tray, NULL));
            assert_same(once.saving, settlement->paid_saving);
            assert_same(once.expected, settlement->paid_expected);
            carried += m.data.agreed == NULL;
            agreed += m.data.agreed != NULL;
        }
        utfall_run_free(m.run);
    }
    assert_true(carried > 20 && agreed > 5);
}

static const utfall_rat *first_replicate(made *m)
{
    utfall__stream stream;
    utfall__tray tray;
    utfall__redrawn drawn;
    const utfall__sample *sample = sample_of(m);
    utfall__stream_start(&stream, 3, UTFALL__FOR_BOOTSTRAP, 0);
    assert_ok(m->run, utfall__tray_new(m->run, &tray, sample));
    assert_ok(m->run, utfall__redraw_wide(m->run, &drawn, sample, &tray, &stream));
    return drawn.saving;
}

static void with_a_price_index_the_order_of_people_does_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 61; seed += 6) { /* no open windows, no agreed cost */
        made m = made_new(seed);
        uint64_t s = seed;
        prices_random(m.run, &s, &m.draft, &m.data);
        m.contract = contract_of(m.run, &m.draft);
        utfall_cohort *c = &m.data.comparison;
        const size_t last = c->persons - 1;
        const utfall_rat *before = first_replicate(&m);
        utfall_month *starts = (utfall_month *)(uintptr_t)c->starts;
        int32_t *kinds = (int32_t *)(uintptr_t)c->attributes;
        int64_t *cost = (int64_t *)(uintptr_t)c->cost_minor, kept[UTFALL_WINDOW_MAX];
        const utfall_month start = starts[0];
        starts[0] = starts[last];
        starts[last] = start;
        if (m.draft.factor_count > 0) {
            const int32_t kind = kinds[0];
            kinds[0] = kinds[last];
            kinds[last] = kind;
        }
        memcpy(kept, cost, c->months * sizeof *cost);
        memcpy(cost, cost + last * c->months, c->months * sizeof *cost);
        memcpy(cost + last * c->months, kept, c->months * sizeof *cost);
        assert_same(before, first_replicate(&m));
        utfall_run_free(m.run);
    }
}

/* 24 months of start and 90 000 comparison people are more than two million carried costs. */
static void too_many_people_at_too_many_prices_are_refused(void **state)
{
    (void)state;
    enum { PEOPLE = 90000 };
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint64_t s = 1;
    utfall_contract draft = frame_random(run, 1, 1, "1");
    utfall_case data = {.target = cohort_new(run, 24, 0, 1),
                        .comparison = cohort_new(run, PEOPLE, 0, 1)};
    const utfall__sample *sample = NULL;
    for (size_t i = 0; i < 24; i++)
        person_set(&data.target, i, 2016 + (int)i / 12, 1 + (int)i % 12, (const int64_t[]){5}, 1);
    for (size_t i = 0; i < PEOPLE; i++)
        person_set(&data.comparison, i, 2013, 1, (const int64_t[]){5}, 1);
    prices_random(run, &s, &draft, &data);
    const utfall_contract *contract = contract_of(run, &draft);
    assert_status(UTFALL_E_RANGE, utfall__sample_new(run, &sample, contract, &data, late));
    assert_string_equal(utfall_run_finding(run, 0)->path, "comparison_group.price_index");
    utfall_run_free(run);
}

/* By how many a month's cost is divided changes when comparison people left: that is refused. */
static void people_followed_only_in_part_are_refused_not_approximated(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint64_t s = 8;
    utfall_contract draft = frame_random(run, 1, 6, "1");
    utfall_case data = case_random(run, &s, 1, 6, "1");
    uint32_t *left = utfall_run_array(run, data.comparison.persons, sizeof *left);
    const utfall_risk *risk = NULL;
    const utfall_risk_options options = {.seed = 1, .replicates = 10, .lanes = {.count = 1}};
    left[0] = 3;
    data.comparison.left_after = left;
    for (int round = 0; round < 2; round++) {
        draft.denominator = round == 0 ? UTFALL_DENOMINATOR_EVERYBODY : UTFALL_DENOMINATOR_FOLLOWED;
        const utfall_contract *contract = contract_of(run, &draft);
        const utfall_settlement *settlement = settlement_of(run, contract, &data, late);
        const utfall_status status =
            utfall_risk_compute(run, &risk, contract, &data, settlement, &options);
        assert_int_equal(status, round == 0 ? UTFALL_OK : UTFALL_E_CONFLICT);
    }
    utfall_run_free(run);
}

static void integers_give_what_ratios_give(void **state)
{
    (void)state;
    int narrow = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        made m = made_new(seed);
        const utfall__sample *sample = sample_of(&m);
        utfall__tray tray = {.counts = NULL};
        if (sample != NULL)
            assert_ok(m.run, utfall__tray_new(m.run, &tray, sample));
        for (uint64_t number = 0; number < 20 && sample != NULL && sample->is_narrow; number++) {
            utfall__stream stream;
            utfall__redrawn wide;
            utfall__stream_start(&stream, seed, UTFALL__FOR_BOOTSTRAP, number);
            assert_ok(m.run, utfall__redraw_wide(m.run, &wide, sample, &tray, &stream));
            utfall__stream_start(&stream, seed, UTFALL__FOR_BOOTSTRAP, number);
            const int64_t s = utfall__redraw(sample, &tray, &stream, 1);
            assert_true(s <= sample->bound && s >= -sample->bound);
            assert_same(utfall_rat_of(m.run, s, sample->denominator), wide.saving);
            narrow++;
        }
        utfall_run_free(m.run);
    }
    assert_true(narrow > 1000);
}

/* Swapping two people of a group, whatever they are called, draws the same replicates. */
static void the_order_of_people_does_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        made m = made_new(seed);
        int64_t before[10];
        for (int round = 0; round < 2; round++) {
            const utfall__sample *sample = sample_of(&m);
            utfall__tray tray = {.counts = NULL};
            if (sample != NULL)
                assert_ok(m.run, utfall__tray_new(m.run, &tray, sample));
            for (uint64_t number = 0; number < 10 && sample != NULL && sample->is_narrow;
                 number++) {
                utfall__stream stream;
                utfall__stream_start(&stream, 9, UTFALL__FOR_BOOTSTRAP, number);
                const int64_t s = utfall__redraw(sample, &tray, &stream, 1);
                if (round == 0)
                    before[number] = s;
                assert_true(before[number] == s);
            }
            utfall_cohort *t = &m.data.target;
            const size_t last = t->persons - 1;
            utfall_month *starts = (utfall_month *)(uintptr_t)t->starts;
            int32_t *kinds = (int32_t *)(uintptr_t)t->attributes;
            int64_t *cost = (int64_t *)(uintptr_t)t->cost_minor;
            const utfall_month start = starts[0];
            starts[0] = starts[last];
            starts[last] = start;
            if (t->left_after != NULL) {
                uint32_t *left = (uint32_t *)(uintptr_t)t->left_after;
                const uint32_t after = left[0];
                left[0] = left[last];
                left[last] = after;
            }
            if (m.draft.factor_count > 0) {
                const int32_t kind = kinds[0];
                kinds[0] = kinds[last];
                kinds[last] = kind;
            }
            for (size_t k = 0; k < t->months; k++) {
                const int64_t amount = cost[k];
                cost[k] = cost[last * t->months + k];
                cost[last * t->months + k] = amount;
            }
        }
        utfall_run_free(m.run);
    }
}

/* Sums near the end of int64: refused when a redrawn one may leave it, in ratios when only the
 * numerator would. */
static void amounts_that_may_not_fit_are_known_beforehand(void **state)
{
    (void)state;
    static const struct {
        int64_t cost;
        bool fits, is_narrow;
    } cases[] = {{1000000, true, true},
                 {INT64_MAX / 3, true, false},
                 {INT64_MAX / 3 + 1, false, false},
                 {INT64_MAX / 2, false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_contract draft = frame_random(run, 1, 1, "1");
        utfall_case data = {.target = cohort_new(run, 3, 0, 1),
                            .comparison = cohort_new(run, 2, 0, 1)};
        person_set(&data.target, 0, 2016, 1, (const int64_t[]){cases[i].cost}, 1);
        person_set(&data.target, 1, 2016, 1, (const int64_t[]){5}, 1);
        person_set(&data.target, 2, 2016, 1, (const int64_t[]){-7}, 1);
        person_set(&data.comparison, 0, 2016, 1, (const int64_t[]){3}, 1);
        person_set(&data.comparison, 1, 2016, 1, (const int64_t[]){4}, 1);
        const utfall_contract *contract = contract_of(run, &draft);
        const utfall__sample *sample = NULL;
        const utfall_status status = utfall__sample_new(run, &sample, contract, &data, late);
        assert_int_equal(status, cases[i].fits ? UTFALL_OK : UTFALL_E_RANGE);
        assert_true((utfall_run_errors(run) > 0) == !cases[i].fits);
        if (cases[i].fits)
            assert_true(sample->is_narrow == cases[i].is_narrow);
        utfall_run_free(run);
    }
}

static void a_sample_of_nobody_is_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 1, "1");
    utfall_case data = {.target = cohort_new(run, 0, 0, 1), .comparison = cohort_new(run, 1, 0, 1)};
    const utfall__sample *sample = NULL;
    const utfall_contract *contract = contract_of(run, &draft);
    assert_status(UTFALL_E_MISSING, utfall__sample_new(run, &sample, contract, &data, late));
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_once_gives_the_saving_that_was_settled),
        cmocka_unit_test(with_a_price_index_everybody_once_gives_it_too),
        cmocka_unit_test(with_a_price_index_the_order_of_people_does_not_matter),
        cmocka_unit_test(too_many_people_at_too_many_prices_are_refused),
        cmocka_unit_test(people_followed_only_in_part_are_refused_not_approximated),
        cmocka_unit_test(integers_give_what_ratios_give),
        cmocka_unit_test(the_order_of_people_does_not_matter),
        cmocka_unit_test(amounts_that_may_not_fit_are_known_beforehand),
        cmocka_unit_test(a_sample_of_nobody_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
