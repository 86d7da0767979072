/* Risk as a whole: each replicate is a settlement of the people it drew; integers and ratios, any
 * number of lanes, any slice and room give the same; the classes of a budget add up; the tests say
 * what is known of small cases. */
#include "unit/made.h"
#include "unit/allocator.h"
#include "engine/risk_parts.h"
#include "engine/sort.h"

static const utfall_month late = {2021 * 12 + 1};
enum { REPLICATES = 400 };

typedef struct made {
    utfall_run *run;
    const utfall_contract *contract;
    utfall_case *data;
    const utfall_settlement *settlement;
} made;

/* Norrköping's steps, scaled so that redrawn savings fall on all of them. */
static made made_new(utfall_run *run, uint64_t seed, size_t groups, utfall_measure_kind extra)
{
    uint64_t s = seed;
    made m = {.run = run, .data = utfall_run_alloc(run, sizeof *m.data)};
    utfall_contract draft = frame_random(run, groups, 3, "1");
    *m.data = case_random(run, &s, groups, 3, "1");
    utfall_money *draws = (utfall_money *)(uintptr_t)m.data->draws;
    for (size_t i = 0; i < m.data->draw_count; i++)
        draws[i].minor %= 1000000;
    norrkoping_steps(run, &draft, (char)('A' + seed % 3));
    if (extra != UTFALL_MEASURE_SAVING) {
        utfall_step *steps = utfall_run_array(run, 4, sizeof *steps);
        memcpy(steps, draft.steps, 3 * sizeof *steps);
        steps[3] = share_step(run, "extra", "1/9", extra);
        draft.steps = steps;
        draft.step_count = 4;
    }
    m.contract = contract_of(run, &draft);
    m.settlement = settlement_of(run, m.contract, m.data, late);
    return m;
}

static utfall_risk_options options_of(size_t lanes)
{
    return (utfall_risk_options){
        .seed = 42, .replicates = REPLICATES, .permutations = 300, .lanes = {.count = lanes}};
}

static const utfall_risk *risk_of(const made *m, const utfall_risk_options *options, size_t slice,
                                  size_t room, bool is_wide)
{
    const utfall_risk *risk = NULL;
    assert_ok(m->run, utfall__risk_compute(m->run, &risk, m->contract, m->data, m->settlement,
                                           options, slice, room, is_wide));
    return risk;
}

static void assert_same_risk(const utfall_risk *a, const utfall_risk *b)
{
    assert_memory_equal(&a->saving, &b->saving, sizeof a->saving);
    assert_true(a->negative == b->negative && a->break_even == b->break_even);
    assert_true(a->has_bands == b->has_bands && a->band_count == b->band_count);
    for (size_t i = 0; i < a->band_count; i++)
        assert_true(a->bands[i].count == b->bands[i].count);
    assert_true(a->payer_count == b->payer_count);
    for (size_t p = 0; p < a->payer_count; p++) {
        const utfall_payer *x = &a->payers[p], *y = &b->payers[p];
        assert_memory_equal(&x->total, &y->total, sizeof x->total);
        assert_true(x->fixed == y->fixed && x->probable == y->probable &&
                    x->possible == y->possible && x->most == y->most && x->paid == y->paid);
    }
    assert_true(a->permutation.as_far == b->permutation.as_far);
    assert_true(a->permutation.as_high == b->permutation.as_high);
}

static void assert_same_histogram(const utfall_risk *a, const utfall_risk *b)
{
    assert_true(a->histogram_first == b->histogram_first);
    assert_true(a->histogram_width == b->histogram_width);
    assert_true(a->histogram_count == b->histogram_count);
    assert_memory_equal(a->histogram, b->histogram, a->histogram_count * sizeof *a->histogram);
}

static void integers_and_ratios_give_the_same(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 9; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        made m = made_new(run, seed, 1 + seed % 4, UTFALL_MEASURE_SAVING);
        const utfall_risk_options options = options_of(1);
        const utfall_risk *narrow = risk_of(&m, &options, 100000, 100, false);
        const utfall_risk *wide = risk_of(&m, &options, 100000, 100, true);
        assert_same_risk(narrow, wide);
        assert_same_histogram(narrow, wide);
        utfall_run_free(run);
    }
}

/* Lanes in another order than asked for, as threads may come. */
static void each_backwards(void *ctx, size_t count, void (*work)(void *arg, size_t lane), void *arg)
{
    ++*(int *)ctx;
    for (size_t lane = count; lane-- > 0;)
        work(arg, lane);
}

static void lanes_slice_and_room_change_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        made m = made_new(run, seed, 2, UTFALL_MEASURE_SAVING);
        int calls = 0;
        utfall_risk_options options = options_of(1);
        const utfall_risk *one = risk_of(&m, &options, 100000, 100, false);
        options.lanes = (utfall_lanes){.count = 7, .each = each_backwards, .ctx = &calls};
        options.replicates = 3000;
        const utfall_risk *seven = risk_of(&m, &options, 100000, 100, false);
        assert_true(calls == 3); /* replicates, their order, permutations */
        options.lanes = (utfall_lanes){.count = 1};
        const utfall_risk *kept = risk_of(&m, &options, 100000, 100, false);
        assert_same_risk(seven, kept);
        assert_same_histogram(seven, kept);
        assert_true(one->negative != seven->negative || one->negative == 0);
        static const size_t slices[] = {1, 64, 700}, rooms[] = {1, 40, 3000};
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 3; j++) {
                options.lanes.count = 1 + (i + j) % 3;
                const utfall_risk *other = risk_of(&m, &options, slices[i], rooms[j], false);
                uint64_t sum = 0;
                assert_same_risk(seven, other);
                for (size_t k = 0; k < other->histogram_count; k++)
                    sum += other->histogram[k];
                assert_true(sum == 3000); /* its bins lie where the first slice says */
            }
        utfall_run_free(run);
    }
}

/* ---- a replicate is a settlement ---- */

/* Order of people as replicates number them: by cost. */
static void order_by_cost(const utfall_cohort *cohort, uint32_t *order)
{
    static int64_t keys[64], spare[64];
    static uint32_t spare_order[64];
    for (size_t i = 0; i < cohort->persons; i++) {
        keys[i] = 0;
        order[i] = (uint32_t)i;
        for (size_t k = 0; k < cohort->months; k++)
            keys[i] += cohort->cost_minor[i * cohort->months + k];
    }
    utfall__sort(keys, order, spare, spare_order, cohort->persons);
}

static utfall_cohort drawn_cohort(utfall_run *run, const utfall_cohort *from,
                                  utfall__stream *stream)
{
    uint32_t order[64];
    utfall_cohort drawn = cohort_new(run, from->persons, 0, from->months);
    order_by_cost(from, order);
    for (size_t i = 0; i < from->persons; i++) {
        const size_t who = order[utfall__stream_below(stream, (uint32_t)from->persons)];
        person_set(&drawn, i, utfall_month_year(from->starts[who]),
                   utfall_month_number(from->starts[who]), from->cost_minor + who * from->months,
                   from->months);
    }
    rows_set(&drawn, from->months);
    return drawn;
}

static void every_replicate_is_a_settlement_of_the_people_it_drew(void **state)
{
    (void)state;
    static const utfall_measure_kind extras[] = {UTFALL_MEASURE_SAVING, UTFALL_MEASURE_EXPECTED,
                                                 UTFALL_MEASURE_ACTUAL};
    for (uint64_t seed = 1; seed <= 6; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        made m = made_new(run, seed, 1, extras[seed % 3]);
        utfall_risk_options options = options_of(1);
        options.replicates = 200;
        const utfall_risk *risk = risk_of(&m, &options, 1000, 10, false);
        static int64_t savings[200], paid[200], spare[200];
        uint64_t break_even = 0, negative = 0;
        for (uint64_t number = 0; number < 200; number++) {
            utfall__stream stream;
            utfall_case drawn = *m.data;
            utfall__stream_start(&stream, options.seed, UTFALL__FOR_BOOTSTRAP, number);
            drawn.target = drawn_cohort(run, &m.data->target, &stream);
            drawn.comparison = drawn_cohort(run, &m.data->comparison, &stream);
            const utfall_settlement *s = settlement_of(run, m.contract, &drawn, late);
            assert_int_equal(utfall_rat_floor(&savings[number], s->paid_saving), UTFALL_OK);
            negative += utfall_rat_sign(s->paid_saving) < 0;
            break_even += utfall_rat_compare(s->paid_saving, s->drawn) >= 0;
            paid[number] = 0;
            for (size_t i = 0; i < s->due_count; i++)
                paid[number] += s->dues[i].amount.minor;
        }
        assert_true(risk->negative == negative && risk->break_even == break_even);
        utfall__sort(savings, NULL, spare, NULL, 200);
        utfall__sort(paid, NULL, spare, NULL, 200);
        static const size_t ranks[] = {4, 9, 99, 189, 194}; /* 2.5, 5, 50, 95, 97.5 % of 200 */
        for (size_t q = 0; q < UTFALL_QUANTILES; q++) {
            assert_true(risk->saving.minor[q] == savings[ranks[q]]);
            assert_true(risk->payers[0].total.minor[q] == paid[ranks[q]]);
        }
        assert_true(risk->has_bands == (seed % 3 == 0));
        utfall_run_free(run);
    }
}

/* ---- bands and budget ---- */

static void bands_meet_and_hold_every_replicate(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made m = made_new(run, 3, 2, UTFALL_MEASURE_SAVING); /* reading A */
    const utfall_risk_options options = options_of(1);
    const utfall_risk *risk = risk_of(&m, &options, 1000, 10, false);
    const utfall_rat *drawn = m.settlement->drawn;
    uint64_t sum = 0;
    assert_int_equal(risk->band_count, 4); /* below 0, to P, to 120 % of P, above */
    assert_null(risk->bands[0].low);
    assert_null(risk->bands[3].high);
    assert_same(risk->bands[1].low, utfall_rat_of(run, 0, 1));
    assert_same(risk->bands[2].low, drawn);
    assert_same(risk->bands[3].low, utfall_rat_mul(run, drawn, utfall_rat_of(run, 6, 5)));
    assert_same(risk->bands[0].pays_high, utfall_rat_mul(run, drawn, utfall_rat_of(run, 2, 5)));
    assert_same(risk->bands[1].pays_high, drawn);
    assert_same(risk->bands[3].pays_low, risk->bands[3].low);
    for (size_t i = 0; i < risk->band_count; i++) {
        sum += risk->bands[i].count;
        if (i > 0)
            assert_same(risk->bands[i].low, risk->bands[i - 1].high);
    }
    assert_true(sum == REPLICATES);
    assert_true(risk->bands[0].count == risk->negative);
    assert_true(risk->bands[2].count + risk->bands[3].count == risk->break_even);
    utfall_run_free(run);
}

static void the_classes_of_a_budget_add_up(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        made m = made_new(run, seed, 1 + seed % 3,
                          seed % 4 == 0 ? UTFALL_MEASURE_EXPECTED : UTFALL_MEASURE_SAVING);
        const utfall_risk_options options = options_of(1);
        const utfall_risk *risk = risk_of(&m, &options, 1000, 10, false);
        const utfall_payer *payer = &risk->payers[0];
        int64_t fixed = 0, probable = 0, possible = 0;
        assert_true(risk->payer_count == 1 && payer->party == CITY);
        for (size_t y = 0; y < payer->year_count; y++) {
            fixed += payer->years[y].fixed;
            probable += payer->years[y].probable;
            possible += payer->years[y].possible;
            if (y > 0)
                assert_true(payer->years[y].year == payer->years[y - 1].year + 1);
        }
        assert_true(fixed == payer->fixed && probable == payer->probable &&
                    possible == payer->possible);
        assert_true(payer->probable >= 0 && payer->possible >= 0);
        assert_true(payer->fixed + payer->probable + payer->possible ==
                    (payer->total.minor[3] > payer->fixed ? payer->total.minor[3] : payer->fixed));
        assert_true(payer->has_most == (seed % 4 != 0));
        if (seed % 4 != 0) /* 40 % of the project cost at least, 120 % at most */
            assert_true(payer->most >= payer->total.minor[4] &&
                        payer->fixed <= payer->total.minor[0]);
        utfall_run_free(run);
    }
}

/* ---- tests of chance ---- */

/* One person a side, 0 against 10: each of the two labellings is as likely, both as far from 0. */
static void two_people_exchange_half_of_the_time(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 1, "1");
    utfall_case data = {.target = cohort_new(run, 1, 0, 1), .comparison = cohort_new(run, 1, 0, 1)};
    utfall_outcome_result outcomes[2] = {{0}, {.sum = rat(run, "1")}};
    const utfall_risk *risk = NULL;
    data.outcomes = outcomes;
    person_set(&data.target, 0, 2016, 1, (const int64_t[]){0}, 1);
    person_set(&data.comparison, 0, 2013, 1, (const int64_t[]){10}, 1);
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_settlement *settlement = settlement_of(run, contract, &data, late);
    utfall_risk_options options = options_of(1);
    options.permutations = 10000;
    assert_ok(run, utfall_risk_compute(run, &risk, contract, &data, settlement, &options));
    assert_true(risk->permutation.as_far == 10000);
    assert_rat(run, risk->permutation.p, "1");
    assert_true(risk->permutation.as_high > 4700 && risk->permutation.as_high < 5300);
    assert_true(risk->negative == 0); /* one person, redrawn, is that person */
    assert_true(risk->saving.minor[0] == 10 && risk->saving.minor[4] == 10);
    utfall_run_free(run);
}

static void labels_are_not_exchanged_where_they_cannot_be(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 3, "1");
    uint64_t s = 5;
    utfall_case data = case_random(run, &s, 1, 3, "1");
    const utfall_rat *agreed[3] = {rat(run, "1000"), rat(run, "7/3"), rat(run, "5/2")};
    const utfall_risk *risk = NULL;
    draft.design = UTFALL_DESIGN_AGREED;
    data.agreed = agreed;
    data.comparison = (utfall_cohort){.months = 3};
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_settlement *settlement = settlement_of(run, contract, &data, late);
    const utfall_risk_options options = options_of(1);
    assert_ok(run, utfall_risk_compute(run, &risk, contract, &data, settlement, &options));
    assert_false(risk->permutation.is_possible);
    assert_true(risk->permutation.count == 0 && risk->permutation.p == NULL);
    utfall_run_free(run);
}

static void power_grows_with_the_effect_and_with_the_people(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made m = made_new(run, 3, 2, UTFALL_MEASURE_SAVING);
    utfall_risk_options options = options_of(1);
    uint64_t seen = 0, times = UINT64_MAX;
    options.has_power = true;
    for (int64_t effect = 500000; effect < 100000000; effect *= 5) {
        options.effect = utfall_rat_of(run, effect, 1);
        const utfall_power power = risk_of(&m, &options, 1000, 10, false)->power;
        assert_true(power.is_asked && power.is_possible);
        assert_true(power.seen_now >= seen);
        if (power.is_found) {
            assert_true(power.times <= times && power.target == power.times * 17);
            assert_true(power.seen * 10 >= UTFALL_POWER_REPLICATES * 8);
            assert_true(power.times > 1 || power.seen == power.seen_now);
            times = power.times;
        } else {
            assert_true(times == UINT64_MAX); /* what is too small comes first */
        }
        seen = power.seen_now;
    }
    assert_true(times == 1 && seen == UTFALL_POWER_REPLICATES);
    utfall_run_free(run);
}

/* ---- stopped ---- */

static bool is_stopped_at(void *ctx)
{
    int *questions = ctx;
    return --*questions < 0;
}

/* What a run that never was to make more says of it. */
static void assert_as_if_asked(const made *m, const utfall_risk *stopped,
                               utfall_risk_options options, size_t slice, bool is_wide)
{
    options.watch.is_stopped = NULL;
    options.replicates = stopped->replicates;
    options.permutations = stopped->permutation.count;
    const utfall_risk *whole = risk_of(m, &options, slice, 100, is_wide);
    assert_true(!whole->is_interrupted && whole->asked == whole->replicates);
    assert_same_risk(whole, stopped);
    assert_same_histogram(whole, stopped);
    assert_true(whole->permutation.count == stopped->permutation.count);
    if (whole->permutation.count > 0) {
        assert_true(utfall_rat_compare(whole->permutation.p, stopped->permutation.p) == 0);
        assert_true(utfall_rat_compare(whole->permutation.p_high, stopped->permutation.p_high) ==
                    0);
    }
    if (stopped->power.is_tried)
        assert_true(whole->power.seen_now == stopped->power.seen_now);
    if (stopped->power.is_ended)
        assert_true(whole->power.times == stopped->power.times &&
                    whole->power.seen == stopped->power.seen);
}

/* Each phase is done, done in part or not begun, and none is when an earlier one was stopped. */
static void assert_phases(const utfall_risk *risk, const utfall_risk_options *options)
{
    assert_true(risk->asked == options->replicates && risk->replicates > 0);
    assert_true(risk->permutation.asked == options->permutations);
    assert_true(risk->replicates == risk->asked || risk->permutation.count == 0);
    assert_true((risk->permutation.p == NULL) == (risk->permutation.count == 0));
    assert_true(risk->permutation.count == risk->permutation.asked || !risk->power.is_tried);
    assert_true(risk->power.is_asked && risk->power.effect != NULL);
    assert_true(risk->is_interrupted == !risk->power.is_ended);
    assert_true(risk->power.is_tried || !risk->power.is_ended);
}

static void stopped_is_as_if_no_more_had_been_asked_for(void **state)
{
    (void)state;
    int in_part[3] = {0}, whole = 0;
    for (int variant = 0; variant < 4; variant++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        made m = made_new(run, 3, 2, UTFALL_MEASURE_SAVING);
        utfall_risk_options options = options_of(variant % 2 == 0 ? 1 : 3);
        int questions = 0;
        options.replicates = 1500;
        options.permutations = 1100;
        options.has_power = true;
        options.effect = utfall_rat_of(run, 2500000, 1);
        options.watch = (utfall_risk_watch){.is_stopped = is_stopped_at, .ctx = &questions};
        for (int n = 0; n < 200; n += n < 30 ? 1 : 40) {
            const size_t slice = variant < 2 ? 100000 : 700;
            questions = n;
            const utfall_risk *risk = risk_of(&m, &options, slice, 100, false);
            assert_phases(risk, &options);
            assert_as_if_asked(&m, risk, options, slice, n == 3);
            in_part[0] += risk->replicates < risk->asked;
            in_part[1] += risk->permutation.count > 0 && risk->permutation.count < 1100;
            in_part[2] += risk->power.is_tried && !risk->power.is_ended;
            whole += !risk->is_interrupted;
        }
        utfall_run_free(run);
    }
    assert_true(in_part[0] > 0 && in_part[1] > 0 && in_part[2] > 0 && whole > 0);
}

/* ---- refusals ---- */

static void options_out_of_bounds_are_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made m = made_new(run, 1, 1, UTFALL_MEASURE_SAVING);
    const utfall_risk *risk = NULL;
    utfall_risk_options options = options_of(1);
    options.replicates = 0;
    assert_status(UTFALL_E_RANGE,
                  utfall_risk_compute(run, &risk, m.contract, m.data, m.settlement, &options));
    options.replicates = UINT64_C(100000001);
    assert_status(UTFALL_E_RANGE,
                  utfall_risk_compute(run, &risk, m.contract, m.data, m.settlement, &options));
    options = options_of(0);
    assert_status(UTFALL_E_BUG,
                  utfall_risk_compute(run, &risk, m.contract, m.data, m.settlement, &options));
    assert_null(risk);
    utfall_run_free(run);
}

/* A settlement of other people than those to be drawn is not taken for theirs. */
static void people_who_do_not_give_the_saving_are_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made m = made_new(run, 1, 1, UTFALL_MEASURE_SAVING);
    const utfall_risk *risk = NULL;
    const utfall_risk_options options = options_of(1);
    ((int64_t *)(uintptr_t)m.data->target.cost_minor)[0] += 1;
    assert_status(UTFALL_E_CONFLICT,
                  utfall_risk_compute(run, &risk, m.contract, m.data, m.settlement, &options));
    assert_null(risk);
    assert_true(utfall_run_errors(run) == 1);
    utfall_run_free(run);
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n += 1 + n / 30) {
        counting memory = {0};
        utfall_run *run = utfall_run_new(counting_alloc, &memory);
        made m = made_new(run, 2, 2, UTFALL_MEASURE_SAVING);
        utfall_risk_options options = options_of(2);
        const utfall_risk *risk = NULL;
        options.replicates = 60;
        options.permutations = 20;
        memory.fail_at = memory.requests + n;
        const utfall_status status = utfall__risk_compute(run, &risk, m.contract, m.data,
                                                          m.settlement, &options, 20, 4, false);
        if (status != UTFALL_OK) {
            assert_string_equal(utfall_status_name(status), "UTFALL_E_NOMEM");
            assert_null(risk);
        }
        utfall_run_free(run);
        assert_true(memory.out == 0);
        if (status == UTFALL_OK)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_and_ratios_give_the_same),
        cmocka_unit_test(lanes_slice_and_room_change_nothing),
        cmocka_unit_test(every_replicate_is_a_settlement_of_the_people_it_drew),
        cmocka_unit_test(bands_meet_and_hold_every_replicate),
        cmocka_unit_test(the_classes_of_a_budget_add_up),
        cmocka_unit_test(two_people_exchange_half_of_the_time),
        cmocka_unit_test(labels_are_not_exchanged_where_they_cannot_be),
        cmocka_unit_test(power_grows_with_the_effect_and_with_the_people),
        cmocka_unit_test(stopped_is_as_if_no_more_had_been_asked_for),
        cmocka_unit_test(options_out_of_bounds_are_refused),
        cmocka_unit_test(people_who_do_not_give_the_saving_are_refused),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
