/* Costs at the prices of other months: an example by hand, every person by itself on random cases,
 * and what is refused. */
#include "engine/prices.h"
#include "unit/allocator.h"
#include "unit/made.h"

typedef struct example {
    utfall_run *run;
    utfall_contract draft;
    utfall_case data;
    const utfall_rat *values[40]; /* from 2013-01 on */
    utfall_price_index index;
} example;

/* The example by hand: 50 in 2013, 60 in 2014 and 2015, and 100 + 10 * month in 2016; base 2016-01.
 */
static void example_begin(example *x)
{
    static const utfall_factor factor = {.attribute = "placed", .kind = UTFALL_FACTOR_EACH};
    *x = (example){.run = utfall_run_new(NULL, NULL), .draft = frame()};
    x->draft.window_months = x->draft.payment_months = 3;
    x->draft.factor_count = 1;
    x->draft.factors = &factor;
    x->draft.data_through = utfall_month_of(2016, 12);
    x->draft.prices = (utfall_price_terms){
        .is_there = true, .base = utfall_month_of(2016, 1), .source = "", .clause = ""};
    school_outcomes(x->run, &x->draft, "19");
    norrkoping_steps(x->run, &x->draft, 'A');
    x->data = hand_case(x->run);
    for (int i = 0; i < 40; i++)
        x->values[i] = utfall_rat_of(x->run, i < 12 ? 50 : i < 36 ? 60 : 100 + 10 * (i - 35), 1);
    x->index = (utfall_price_index){utfall_month_of(2013, 1), 40, x->values};
    x->data.price_index = &x->index;
}

static const utfall_sums *example_sums(const example *x)
{
    return sums_of(x->run, contract_of(x->run, &x->draft), &x->data, utfall_month_of(2016, 12));
}

static void a_month_outside_has_no_value(void **state)
{
    (void)state;
    example x;
    example_begin(&x);
    assert_null(utfall_price_value(&x.index, utfall_month_of(2012, 12)));
    assert_rat(x.run, utfall_price_value(&x.index, utfall_month_of(2013, 1)), "50");
    assert_rat(x.run, utfall_price_value(&x.index, utfall_month_of(2016, 4)), "140");
    assert_null(utfall_price_value(&x.index, utfall_month_of(2016, 5)));
    assert_rat(
        x.run,
        utfall_price_ratio(x.run, &x.index, utfall_month_of(2016, 2), utfall_month_of(2016, 1)),
        "12/11");
    utfall_run_free(x.run);
}

/* RULE: PRICE-2 */
static void the_comparison_group_stands_at_base_prices(void **state)
{
    (void)state;
    example x;
    example_begin(&x);
    const utfall_sums *sums = example_sums(&x);
    /* 300, 300 and 202 of 2013 at 110 / 50; 10, 20 and 31 too; in whole öre for each person */
    static const int64_t at_base[] = {660, 660, 444, 22, 44, 68};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(sums->comparison.cost_minor[i], at_base[i]);
    assert_true(sums->comparison.rows.amount_minor[UTFALL_ROW_USED] == 863);
    utfall_run_free(x.run);
}

/* RULE: PRICE-3 */
static void the_target_group_is_expected_at_its_own_prices(void **state)
{
    (void)state;
    example x;
    example_begin(&x);
    const utfall_contract *contract = contract_of(x.run, &x.draft);
    const utfall_settlement *s = settlement_of(x.run, contract, &x.data, utfall_month_of(2016, 12));
    static const char *const standard[] = {"220", "220", "148", "22", "44", "68"};
    /* N001 from January, N002 from February: (110 + 120) / 110; N003 alone from February */
    static const char *const weights[] = {"23/11", "25/11", "27/11", "12/11", "13/11", "14/11"};
    for (size_t i = 0; i < 6; i++) {
        assert_rat(x.run, s->standard_cost[i], standard[i]);
        assert_same(s->price_weights[i], rat(x.run, weights[i]));
    }
    assert_rat(x.run, s->expected_month[0], "484"); /* 220 * 23/11 + 22 * 12/11 */
    assert_rat(x.run, s->expected_month[1], "552");
    assert_rat(x.run, s->expected_month[2], "4948/11"); /* 148 * 27/11 + 68 * 14/11 */
    /* by calendar month, from the draw of December 2015: January 220 */
    assert_rat(x.run, s->expected_accumulated[0], "0");
    assert_rat(x.run, s->expected_accumulated[1], "220");
    assert_rat(x.run, s->expected_accumulated[2], "724"); /* + (220 + 220 + 22) * 12/11 */
    assert_rat(x.run, s->expected, "16344/11");
    assert_same(s->expected, s->expected_accumulated[4]);
    /* month 1: 100, 50, 10 below 220, 240, 24; month 3: 300 above 148 * 13/11 = 174.9 */
    assert_true(s->sums->below[0] == 3 && s->sums->at[0] == 0 && s->sums->above[0] == 0);
    assert_true(s->sums->below[2] == 2 && s->sums->above[2] == 1);
    utfall_run_free(x.run);
}

/* RULE: PRICE-2 */
static void an_agreed_cost_stands_at_base_prices_already(void **state)
{
    (void)state;
    example x;
    example_begin(&x);
    const utfall_rat *agreed[6];
    for (int i = 0; i < 6; i++)
        agreed[i] = utfall_rat_of(x.run, 11 * (i + 1), 1);
    x.draft.design = UTFALL_DESIGN_AGREED;
    x.data.comparison = (utfall_cohort){.persons = 0};
    x.data.agreed = agreed;
    const utfall_settlement *s =
        settlement_of(x.run, contract_of(x.run, &x.draft), &x.data, utfall_month_of(2016, 12));
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(s->sums->comparison.cost_minor[i], 0);
    assert_rat(x.run, s->standard_cost[1], "22");
    assert_rat(x.run, s->expected_month[0], "71"); /* 11 * 23/11 + 44 * 12/11 */
    utfall_run_free(x.run);
}

/* Everybody by itself, with ratios all the way. */
typedef struct one_by_one {
    const utfall_rat *expected, *month[UTFALL_WINDOW_MAX];
    uint64_t below[UTFALL_WINDOW_MAX], at[UTFALL_WINDOW_MAX], above[UTFALL_WINDOW_MAX];
} one_by_one;

static size_t group_in(const utfall_contract *contract, const utfall_cohort *cohort, size_t i)
{
    return utfall_group_of(contract, contract->factor_count > 0 ? cohort->attributes + i : NULL);
}

static const utfall_rat *standard_alone(utfall_run *run, const utfall_contract *contract,
                                        const utfall_case *data, size_t g, uint32_t k)
{
    const utfall_cohort *comparison = &data->comparison;
    const utfall_rat *sum = utfall_rat_of(run, 0, 1);
    int64_t people = 0;
    for (size_t i = 0; i < comparison->persons; i++) {
        const utfall_month month = {comparison->starts[i].ordinal + (int32_t)k - 1};
        if (group_in(contract, comparison, i) != g)
            continue;
        const utfall_rat *cost =
            utfall_rat_of(run, comparison->cost_minor[i * comparison->months + k - 1], 1);
        const utfall_rat *carried = utfall_rat_div(
            run,
            utfall_rat_mul(run, cost, utfall_price_value(data->price_index, contract->prices.base)),
            utfall_price_value(data->price_index, month));
        const utfall_rounding to_minor = {UTFALL_ROUND_HALF_AWAY, 1};
        const utfall_rat *residue = NULL;
        utfall_money rounded = {0};
        assert_status(UTFALL_OK, utfall_rat_round(run, &rounded, &residue, carried, to_minor));
        people++;
        sum = utfall_rat_add(run, sum, utfall_rat_of_money(run, rounded));
    }
    return utfall_rat_div(run, sum, utfall_rat_of(run, people, 1));
}

static void count_alone(utfall_run *run, one_by_one *out, const utfall_contract *contract,
                        const utfall_case *data)
{
    const utfall_cohort *target = &data->target;
    *out = (one_by_one){.expected = utfall_rat_of(run, 0, 1)};
    for (uint32_t k = 1; k <= contract->window_months; k++) {
        out->month[k - 1] = utfall_rat_of(run, 0, 1);
        for (size_t i = 0; i < target->persons; i++) {
            const utfall_month month = {target->starts[i].ordinal + (int32_t)k - 1};
            const utfall_rat *expected = utfall_rat_mul(
                run, standard_alone(run, contract, data, group_in(contract, target, i), k),
                utfall_price_ratio(run, data->price_index, month, contract->prices.base));
            const int order = utfall_rat_compare(
                utfall_rat_of(run, target->cost_minor[i * target->months + k - 1], 1), expected);
            *(order < 0   ? &out->below[k - 1]
              : order > 0 ? &out->above[k - 1]
                          : &out->at[k - 1]) += 1;
            out->month[k - 1] = utfall_rat_add(run, out->month[k - 1], expected);
        }
        out->expected = utfall_rat_add(run, out->expected, out->month[k - 1]);
    }
}

/* RULE: PRICE-3 */
static void sums_are_those_of_everybody_one_by_one(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t s = seed;
        one_by_one alone;
        const size_t groups = (size_t)between(&s, 1, 5);
        const uint32_t window = (uint32_t)between(&s, 1, 9);
        utfall_contract draft = frame_random(run, groups, window, "5");
        utfall_case data = case_random(run, &s, groups, window, "5");
        prices_random(run, &s, &draft, &data);
        const utfall_contract *contract = contract_of(run, &draft);
        const utfall_settlement *settled =
            settlement_of(run, contract, &data, contract->data_through);
        count_alone(run, &alone, contract, &data);
        assert_same(settled->expected, alone.expected);
        for (uint32_t k = 0; k < window; k++) {
            assert_same(settled->expected_month[k], alone.month[k]);
            assert_true(settled->sums->below[k] == alone.below[k]);
            assert_true(settled->sums->at[k] == alone.at[k]);
            assert_true(settled->sums->above[k] == alone.above[k]);
        }
        utfall_run_free(run);
    }
}

/* ---- what is needed ---- */

static const char *missing_of(example *x, size_t i)
{
    const utfall_sums *sums = NULL;
    const utfall_contract *contract = contract_of(x->run, &x->draft);
    if (i == 0)
        assert_status(UTFALL_E_MISSING, utfall_sums_compute(x->run, &sums, contract, &x->data,
                                                            utfall_month_of(2016, 12)));
    assert_null(sums);
    const utfall_finding *f = utfall_run_finding(x->run, i);
    return f == NULL ? NULL : f->message;
}

/* RULE: PRICE-4 */
static void all_months_that_are_missing_are_told_by_who_needs_them(void **state)
{
    (void)state;
    example x;
    example_begin(&x);
    x.values[1] = x.values[3] = x.values[37] = x.values[38] = NULL;
    assert_string_equal(missing_of(&x, 0),
                        "the price index has no value for 2013-02, 2013-04, in which people of the "
                        "comparison group are counted");
    assert_string_equal(missing_of(&x, 1),
                        "the price index has no value for 2016-02 to 2016-03, in which "
                        "people of the target group are counted");
    assert_null(missing_of(&x, 2));
    utfall_run_free(x.run);
    example_begin(&x);
    x.draft.prices.base = utfall_month_of(2017, 1);
    assert_string_equal(missing_of(&x, 0),
                        "the price index has no value for 2017-01, the base month");
    assert_null(missing_of(&x, 1));
    utfall_run_free(x.run);
}

/* RULE: PRICE-4 */
static void only_months_that_are_needed_are_kept(void **state)
{
    (void)state;
    example x;
    example_begin(&x);
    for (int i = 6; i < 36; i++) /* four of 2013 begin in January to April, for three months */
        x.values[i] = NULL;
    const utfall_price_index *kept = example_sums(&x)->price_index;
    assert_int_equal(kept->first.ordinal, utfall_month_of(2013, 1).ordinal);
    assert_int_equal(kept->count, 40);
    for (size_t i = 0; i < 40; i++)
        assert_int_equal(kept->values[i] != NULL, i < 6 || i >= 36);
    utfall_run_free(x.run);
}

static void a_long_list_of_months_is_cut(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract contract = frame();
    const utfall_price_index *out = NULL, none = {{0}, 0, NULL};
    contract.prices = (utfall_price_terms){true, utfall_month_of(1900, 1), "", ""};
    utfall__price_needs *needs = utfall__price_needs_new(run, &contract);
    assert_non_null(needs);
    for (int i = 0; i < 20; i++)
        utfall__price_need(needs, UTFALL__NEEDS_TARGET, utfall_month_of(2000 + i, 3), 2);
    utfall__price_need(needs, UTFALL__NEEDS_COMPARISON, utfall_month_of(2199, 12),
                       UTFALL_WINDOW_MAX);
    utfall__price_need(needs, UTFALL__NEEDS_COMPARISON, utfall_month_of(2100, 1), 0);
    assert_status(UTFALL_E_MISSING, utfall__price_pick(needs, &out, &none));
    assert_null(out);
    assert_string_equal(utfall_run_finding(run, 1)->message,
                        "the price index has no value for 2199-12 to 2219-11, in which people of "
                        "the comparison group are counted");
    assert_non_null(
        strstr(utfall_run_finding(run, 2)->message, "2011-03 to 2011-04 and 16 more, in which"));
    utfall_run_free(run);
}

/* Exactly, 400 different months would make a denominator beyond what a ratio may have. */
static void however_many_months_make_no_number_too_large(void **state)
{
    (void)state;
    enum { PEOPLE = 400 };
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 1, "5");
    const utfall_rat **values = utfall_run_array(run, PEOPLE + 1, sizeof *values);
    utfall_price_index index = {utfall_month_of(1950, 1), PEOPLE + 1, values};
    utfall_case data = {.target = cohort_new(run, 1, 0, 1),
                        .comparison = cohort_new(run, PEOPLE, 0, 1),
                        .price_index = &index};
    const utfall_sums *sums = NULL;
    for (int i = 0; i <= PEOPLE; i++)
        values[i] = utfall_rat_of(run, 900000001 + 2 * i, 1000000);
    for (int i = 0; i < PEOPLE; i++)
        person_set(&data.comparison, (size_t)i, 1950 + i / 12, 1 + i % 12, (const int64_t[]){1}, 1);
    person_set(&data.target, 0, 1950 + PEOPLE / 12, 1 + PEOPLE % 12, (const int64_t[]){1}, 1);
    draft.prices = (utfall_price_terms){true, utfall_month_of(1950, 1), "", ""};
    draft.data_through = utfall_month_of(2100, 1);
    assert_status(UTFALL_OK, utfall_sums_compute(run, &sums, contract_of(run, &draft), &data,
                                                 draft.data_through));
    assert_int_equal(sums->comparison.cost_minor[0], 400);
    utfall_run_free(run);
}

/* RULE: PRICE-3 */
static void a_standard_cost_carried_to_a_month_counted_is_within_64_bits(void **state)
{
    (void)state;
    static const struct bound {
        const char *value; /* of March, times 7 */
        int64_t cost;
        bool is_within;
    } bounds[] = {{"9223372036854775807/7", 7, true},
                  {"9223372036854775808/7", 7, false},
                  {"9223372036854775808/7", -7, true},
                  {"9223372036854775809/7", -7, false}};
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_contract draft = frame_random(run, 1, 2, "5");
        const utfall_rat *values[] = {rat(run, "1"), rat(run, "1"), rat(run, bounds[i].value)};
        const utfall_rat *agreed[] = {rat(run, "1"), utfall_rat_of(run, bounds[i].cost, 1)};
        utfall_price_index index = {utfall_month_of(2016, 1), 3, values};
        utfall_case data = {
            .target = cohort_new(run, 2, 0, 2), .agreed = agreed, .price_index = &index};
        const utfall_sums *sums = NULL;
        person_set(&data.target, 0, 2016, 1, (const int64_t[]){1, 1}, 2);
        person_set(&data.target, 1, 2016, 2, (const int64_t[]){1, 1}, 2);
        draft.design = UTFALL_DESIGN_AGREED;
        draft.prices = (utfall_price_terms){true, utfall_month_of(2016, 1), "", ""};
        draft.data_through = utfall_month_of(2016, 12);
        const utfall_status status =
            utfall_sums_compute(run, &sums, contract_of(run, &draft), &data, draft.data_through);
        assert_int_equal(bounds[i].is_within ? UTFALL_OK : UTFALL_E_RANGE, status);
        if (!bounds[i].is_within)
            assert_string_equal(utfall_run_finding(run, 0)->message,
                                "the standard cost of group \"all\" in month 2, carried to the "
                                "prices of 2016-03, leaves 64 bits of öre");
        utfall_run_free(run);
    }
}

/* RULE: PRICE-2
 * 300 at the prices of 2013, 50, come to 6 times the index of the base month. */
static void the_comparison_groups_cost_at_base_prices_is_within_64_bits(void **state)
{
    (void)state;
    static const struct bound {
        const char *base;
        bool is_within;
    } bounds[] = {
        {"1537228672809129301", true}, /* six times that is below 2^63, with one more not */
        {"1537228672809129302", false}};
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        example x;
        example_begin(&x);
        x.values[36] = rat(x.run, bounds[i].base);
        const utfall_contract *contract = contract_of(x.run, &x.draft);
        const utfall_sums *sums = NULL;
        const utfall_status status =
            utfall_sums_compute(x.run, &sums, contract, &x.data, utfall_month_of(2016, 12));
        assert_int_equal(bounds[i].is_within ? UTFALL_OK : UTFALL_E_RANGE, status);
        if (!bounds[i].is_within)
            assert_string_equal(utfall_run_finding(x.run, 0)->message,
                                "the comparison group's cost of group \"no\" in month 1, carried "
                                "to the prices of 2016-01, leaves 64 bits of öre");
        utfall_run_free(x.run);
    }
}

/* RULE: PRICE-3
 * Month 2 of the first person would cost more than there is in March; but that one left after
 * month 1, and whoever begins in March has another month 2. */
static void a_cost_in_months_that_nobody_is_counted_in_has_no_bound(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 2, "5");
    const utfall_rat *values[] = {rat(run, "1"), rat(run, "9000000000000000000"), rat(run, "1")};
    const utfall_rat *agreed[] = {rat(run, "1"), rat(run, "7")};
    utfall_price_index index = {utfall_month_of(2016, 2), 3, values};
    utfall_case data = {
        .target = cohort_new(run, 2, 0, 2), .agreed = agreed, .price_index = &index};
    const utfall_sums *sums = NULL;
    data.target.left_after = (const uint32_t[]){1, 0};
    person_set(&data.target, 0, 2016, 2, (const int64_t[]){1, 0}, 2);
    person_set(&data.target, 1, 2016, 3, (const int64_t[]){1, 1}, 2);
    draft.design = UTFALL_DESIGN_AGREED;
    draft.prices = (utfall_price_terms){true, utfall_month_of(2016, 2), "", ""};
    draft.data_through = utfall_month_of(2016, 12);
    assert_status(UTFALL_OK, utfall_sums_compute(run, &sums, contract_of(run, &draft), &data,
                                                 draft.data_through));
    assert_true(sums->below[1] == 1);
    utfall_run_free(run);
}

/* Every allocation of sums, check and settlement fails once, until none does. */
static void missing_memory_is_said(void **state)
{
    (void)state;
    example x;
    example_begin(&x);
    const utfall_contract *contract = contract_of(x.run, &x.draft);
    utfall_status status = UTFALL_E_NOMEM;
    uint64_t failures = 0;
    for (uint64_t n = 2; status != UTFALL_OK; n++) {
        counting counter = {.fail_at = n};
        utfall_run *run = utfall_run_new(counting_alloc, &counter);
        const utfall_sums *sums = NULL;
        const utfall_settlement *s = NULL;
        assert_non_null(run);
        status = utfall_sums_compute(run, &sums, contract, &x.data, utfall_month_of(2016, 12));
        if (status == UTFALL_OK)
            status = utfall_sums_check(run, contract, sums);
        if (status == UTFALL_OK)
            status = utfall_settle(run, &s, contract, sums);
        if (status != UTFALL_OK) {
            assert_status(UTFALL_E_NOMEM, status);
            assert_null(s);
            failures++;
        }
        utfall_run_free(run);
        assert_true(counter.out == 0);
    }
    assert_true(failures > 2);
    utfall_run_free(x.run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_outside_has_no_value),
        cmocka_unit_test(the_comparison_group_stands_at_base_prices),
        cmocka_unit_test(the_target_group_is_expected_at_its_own_prices),
        cmocka_unit_test(an_agreed_cost_stands_at_base_prices_already),
        cmocka_unit_test(sums_are_those_of_everybody_one_by_one),
        cmocka_unit_test(all_months_that_are_missing_are_told_by_who_needs_them),
        cmocka_unit_test(only_months_that_are_needed_are_kept),
        cmocka_unit_test(a_long_list_of_months_is_cut),
        cmocka_unit_test(however_many_months_make_no_number_too_large),
        cmocka_unit_test(a_standard_cost_carried_to_a_month_counted_is_within_64_bits),
        cmocka_unit_test(the_comparison_groups_cost_at_base_prices_is_within_64_bits),
        cmocka_unit_test(a_cost_in_months_that_nobody_is_counted_in_has_no_bound),
        cmocka_unit_test(missing_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
