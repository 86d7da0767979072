/* Folding people and cost rows: every row in one class, any order the same, no row half added. */
#include "tests/unit/made.h"
#include "tests/unit/allocator.h"
#include "tests/unit/seeded.h"

#define HALF (INT64_C(1) << 31)

static int start(void **state)
{
    *state = utfall_run_new(NULL, NULL);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    utfall_run_free(*state);
    return 0;
}

static const utfall_factor factors[] = {
    {.attribute = "age", .kind = UTFALL_FACTOR_CUTS, .count = 1, .cuts = (const int32_t[]){18}},
    {.attribute = "form",
     .kind = UTFALL_FACTOR_VALUES,
     .count = 2,
     .values = (const char *const[]){"HVB", "SiS"}},
};

/* Window of 3 months. */
static const utfall_contract *contract(utfall_run *run, size_t factor_count)
{
    utfall_contract draft = frame();
    draft.window_months = draft.payment_months = 3;
    draft.factors = factors;
    draft.factor_count = factor_count;
    return contract_of(run, &draft);
}

static size_t add(utfall_fold *fold, const char *id, int year, int month, bool is_selected)
{
    size_t number = 12345;
    assert_int_equal(utfall_fold_person(fold, &number, id, strlen(id), utfall_month_of(year, month),
                                        NULL, is_selected),
                     UTFALL_OK);
    return number;
}

static utfall_class row(utfall_fold *fold, const char *id, int year, int month, int64_t minor)
{
    utfall_class class = (utfall_class)99;
    size_t person = utfall_fold_find(fold, id, strlen(id));
    assert_int_equal(utfall_fold_row(fold, &class, person, utfall_month_of(year, month), true,
                                     (utfall_money){minor}),
                     UTFALL_OK);
    return class;
}

static utfall_cohort finish(utfall_fold *fold)
{
    utfall_cohort cohort;
    assert_int_equal(utfall_fold_finish(fold, &cohort), UTFALL_OK);
    return cohort;
}

/* N2 and N1 from 2016-11, N3 not selected. */
static utfall_fold *three_people(utfall_run *run, uint32_t months)
{
    utfall_fold *fold = utfall_fold_new(run, contract(run, 0), months);
    assert_non_null(fold);
    assert_int_equal(add(fold, "N2", 2016, 11, true), 0);
    assert_int_equal(add(fold, "N3", 2016, 11, false), 1);
    assert_int_equal(add(fold, "N1", 2016, 11, true), 2);
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
    return fold;
}

/* RULE: ROW-1 */
static void every_row_ends_in_the_first_class_that_fits(void **state)
{
    utfall_fold *fold = three_people(*state, 3);
    utfall_class class;
    assert_int_equal(row(fold, "N9", 2016, 11, 1), UTFALL_ROW_UNKNOWN);
    assert_int_equal(row(fold, "N3", 2016, 11, 2), UTFALL_ROW_NOT_SELECTED);
    assert_int_equal(row(fold, "N1", 2016, 10, 4), UTFALL_ROW_BEFORE);
    assert_int_equal(row(fold, "N1", 2016, 11, 8), UTFALL_ROW_USED);
    assert_int_equal(row(fold, "N1", 2017, 1, 16), UTFALL_ROW_USED);
    assert_int_equal(row(fold, "N1", 2017, 2, 32), UTFALL_ROW_AFTER);
    /* not counted: told before the month is looked at, after the person */
    static const struct {
        size_t person;
        utfall_class class;
    } uncounted[] = {
        {SIZE_MAX, UTFALL_ROW_UNKNOWN}, {1, UTFALL_ROW_NOT_SELECTED}, {2, UTFALL_ROW_SOURCE}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(utfall_fold_row(fold, &class, uncounted[i].person,
                                         utfall_month_of(1999, 1), false, (utfall_money){64}),
                         UTFALL_OK);
        assert_int_equal(class, uncounted[i].class);
    }
    utfall_cohort cohort = finish(fold);
    static const uint64_t counts[] = {2, 2, 1, 1, 0, 1, 2};
    static const int64_t amounts[] = {65, 66, 64, 4, 0, 32, 24};
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        assert_int_equal(cohort.rows.count[i], counts[i]);
        assert_true(cohort.rows.amount_minor[i] == amounts[i]);
    }
}

static void the_cohort_is_the_selected_sorted_by_id(void **state)
{
    utfall_fold *fold = three_people(*state, 3);
    row(fold, "N1", 2016, 11, 10);
    row(fold, "N1", 2016, 11, 5);
    row(fold, "N2", 2016, 12, 20);
    row(fold, "N1", 2017, 1, -30);
    row(fold, "N3", 2016, 12, 99);
    utfall_cohort cohort = finish(fold);
    static const int64_t cost[] = {15, 0, -30, 0, 20, 0};
    assert_int_equal(cohort.persons, 2);
    assert_int_equal(cohort.months, 3);
    assert_string_equal(cohort.ids[0], "N1");
    assert_string_equal(cohort.ids[1], "N2");
    for (size_t i = 0; i < 6; i++)
        assert_true(utfall_cohort_cost(&cohort, i / 3, i % 3) == cost[i]);
}

/* Sums on both sides of 2^31, -2^31 and 2^32, there and back, and at the ends of 64 bits. */
static void a_cell_holds_any_sum_in_two_parts(void **state)
{
    static const struct {
        int64_t rows[4], sum;
        bool is_small; /* no sum on the way needs more than 32 bits */
    } cases[] = {
        {{0, 0, 0, 0}, 0, true},
        {{-1, 0, 0, 0}, -1, true},
        {{-1, 1, 0, 0}, 0, true},
        {{HALF - 1, 0, 0, 0}, HALF - 1, true},
        {{-HALF, HALF, -HALF, 0}, -HALF, true},
        {{-HALF, 1, HALF - 1, 0}, 0, true},
        {{HALF - 1, 1, 0, 0}, HALF, false},
        {{HALF - 1, 1, -1, 0}, HALF - 1, false},
        {{-HALF, -1, 1, 0}, -HALF, false},
        {{2 * HALF, 0, 0, 0}, 2 * HALF, false},
        {{2 * HALF, 2 * HALF, 2 * HALF, -1}, 6 * HALF - 1, false},
        {{-1, -2 * HALF, 0, 0}, -2 * HALF - 1, false},
        {{3 * HALF, -3 * HALF, 5, 0}, 5, false},
        {{INT64_MAX, -1, 0, 0}, INT64_MAX - 1, false},
        {{INT64_MIN, 0, 0, 0}, INT64_MIN, false},
        {{INT64_MIN, INT64_MAX, 0, 0}, -1, false},
        {{-5, INT64_MAX, 0, 0}, INT64_MAX - 5, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        utfall_fold *fold = three_people(*state, 3);
        int64_t room[3] = {1, 1, 1};
        for (size_t k = 0; k < 4; k++)
            row(fold, "N1", 2016, 12, cases[i].rows[k]);
        utfall_cohort cohort = finish(fold);
        const int64_t *costs = utfall_cohort_costs(&cohort, 0, room);
        assert_true(costs[0] == 0 && costs[1] == cases[i].sum && costs[2] == 0);
        costs = utfall_cohort_costs(&cohort, 1, room);
        assert_true(costs[0] == 0 && costs[1] == 0 && costs[2] == 0);
        for (size_t k = 0; k < 3; k++)
            assert_true(utfall_cohort_cost(&cohort, 0, k) == (k == 1 ? cases[i].sum : 0));
        assert_true((cohort.cost_high == NULL) == cases[i].is_small);
    }
}

static void months_after_the_window_are_kept_but_not_used(void **state)
{
    utfall_fold *fold = three_people(*state, 5);
    assert_int_equal(row(fold, "N1", 2017, 1, 3), UTFALL_ROW_USED);
    assert_int_equal(row(fold, "N1", 2017, 2, 4), UTFALL_ROW_AFTER);
    assert_int_equal(row(fold, "N1", 2017, 3, 5), UTFALL_ROW_AFTER);
    assert_int_equal(row(fold, "N1", 2017, 4, 6), UTFALL_ROW_AFTER);
    utfall_cohort cohort = finish(fold);
    static const int64_t cost[] = {0, 0, 3, 4, 5};
    for (size_t i = 0; i < 5; i++)
        assert_true(utfall_cohort_cost(&cohort, 0, i) == cost[i]);
    assert_true(cohort.rows.amount_minor[UTFALL_ROW_AFTER] == 15);
}

static void a_sum_that_leaves_int64_adds_nothing(void **state)
{
    utfall_fold *fold = three_people(*state, 3);
    utfall_class class = (utfall_class)99;
    utfall_month month = utfall_month_of(2016, 11);
    assert_int_equal(row(fold, "N1", 2016, 11, INT64_MAX), UTFALL_ROW_USED);
    assert_int_equal(utfall_fold_row(fold, &class, 2, month, true, (utfall_money){1}),
                     UTFALL_E_RANGE);
    /* another cell, but the same class */
    assert_int_equal(utfall_fold_row(fold, &class, 0, month, true, (utfall_money){1}),
                     UTFALL_E_RANGE);
    assert_int_equal(class, 99);
    assert_int_equal(row(fold, "N2", 2016, 11, -5), UTFALL_ROW_USED);
    /* the class would hold it, the cell would not */
    assert_int_equal(utfall_fold_row(fold, &class, 2, month, true, (utfall_money){5}),
                     UTFALL_E_RANGE);
    assert_int_equal(row(fold, "N1", 2016, 11, -5), UTFALL_ROW_USED);
    utfall_cohort cohort = finish(fold);
    assert_true(utfall_cohort_cost(&cohort, 0, 0) == INT64_MAX - 5);
    assert_true(utfall_cohort_cost(&cohort, 1, 0) == -5);
    assert_int_equal(cohort.rows.count[UTFALL_ROW_USED], 3);
}

static void an_id_may_not_come_twice(void **state)
{
    utfall_fold *fold = utfall_fold_new(*state, contract(*state, 0), 3);
    size_t number = 12345;
    add(fold, "a", 2016, 1, false);
    add(fold, "b", 2016, 1, true);
    assert_int_equal(
        utfall_fold_person(fold, &number, "b", 1, utfall_month_of(2020, 1), NULL, false),
        UTFALL_E_CONFLICT);
    assert_int_equal(number, 1);
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
    utfall_cohort cohort = finish(fold);
    assert_int_equal(cohort.persons, 1);
    assert_int_equal(cohort.starts[0].ordinal, utfall_month_of(2016, 1).ordinal);
}

static void an_id_with_a_nul_is_refused(void **state)
{
    utfall_fold *fold = utfall_fold_new(*state, contract(*state, 0), 3);
    size_t number = 12345;
    assert_int_equal(
        utfall_fold_person(fold, &number, "a\0b", 3, utfall_month_of(2020, 1), NULL, true),
        UTFALL_E_SYNTAX);
    assert_int_equal(number, 12345);
}

static void attributes_must_be_levels(void **state)
{
    utfall_fold *fold = utfall_fold_new(*state, contract(*state, 2), 3);
    utfall_month month = utfall_month_of(2020, 1);
    size_t number = 12345;
    const int32_t above[] = {17, 2}, below[] = {17, -1}, good[] = {INT32_MIN, 1};
    assert_int_equal(utfall_fold_person(fold, &number, "a", 1, month, above, true), UTFALL_E_RANGE);
    assert_int_equal(utfall_fold_person(fold, &number, "a", 1, month, below, true), UTFALL_E_RANGE);
    assert_int_equal(number, 12345);
    assert_int_equal(utfall_fold_person(fold, &number, "a", 1, month, good, true), UTFALL_OK);
    /* nobody asks for the attributes of those outside */
    assert_int_equal(utfall_fold_person(fold, &number, "b", 1, month, NULL, false), UTFALL_OK);
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
    utfall_cohort cohort = finish(fold);
    assert_true(cohort.attributes[0] == INT32_MIN && cohort.attributes[1] == 1);
}

static void calls_out_of_order_are_our_mistake(void **state)
{
    utfall_fold *fold = utfall_fold_new(*state, contract(*state, 0), 3);
    utfall_class class;
    utfall_cohort cohort;
    size_t number = add(fold, "a", 2016, 1, true);
    utfall_month month = utfall_month_of(2016, 1);
    assert_int_equal(utfall_fold_row(fold, &class, number, month, true, (utfall_money){1}),
                     UTFALL_E_BUG);
    assert_int_equal(utfall_fold_finish(fold, &cohort), UTFALL_E_BUG);
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_E_BUG);
    assert_int_equal(utfall_fold_person(fold, &number, "b", 1, month, NULL, true), UTFALL_E_BUG);
}

static void a_matrix_is_as_wide_as_the_window_or_wider(void **state)
{
    const utfall_contract *c = contract(*state, 0);
    assert_non_null(utfall_fold_new(*state, c, 3));
    assert_non_null(utfall_fold_new(*state, c, UTFALL_WINDOW_MAX));
    assert_int_equal(utfall_run_failure(*state), UTFALL_OK);
    assert_null(utfall_fold_new(*state, c, 2));
    assert_null(utfall_fold_new(*state, c, UTFALL_WINDOW_MAX + 1));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_BUG);
}

static void nobody_at_all_is_a_cohort(void **state)
{
    utfall_fold *fold = utfall_fold_new(*state, contract(*state, 2), 3);
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
    assert_int_equal(row(fold, "N1", 2016, 1, 7), UTFALL_ROW_UNKNOWN);
    utfall_cohort cohort = finish(fold);
    assert_int_equal(cohort.persons, 0);
    assert_true(cohort.rows.amount_minor[UTFALL_ROW_UNKNOWN] == 7);
}

/* ---- laws ---- */

enum { PEOPLE = 300, ROWS = 4000 };

typedef struct cost_row {
    int person, month;
    bool is_counted;
    int64_t minor;
} cost_row;

/* People numbered and rows read in the order of `turn`: (i * step + start) mod count. */
static utfall_cohort fold_in_turn(utfall_run *run, const cost_row *rows, int step, int first)
{
    utfall_fold *fold = utfall_fold_new(run, contract(run, 2), 7);
    char id[16];
    size_t number;
    for (int i = 0; i < PEOPLE; i++) {
        int p = (i * step + first) % PEOPLE;
        int len = snprintf(id, sizeof id, "N%d", p);
        int32_t attributes[] = {p % 30, p % 2};
        assert_int_equal(utfall_fold_person(fold, &number, id, (size_t)len,
                                            (utfall_month){2016 * 12 + p % 5}, attributes,
                                            p % 3 != 0),
                         UTFALL_OK);
        assert_int_equal(number, i);
    }
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
    for (int i = 0; i < ROWS; i++) {
        const cost_row *r = &rows[(i * step + first) % ROWS];
        int len = snprintf(id, sizeof id, "N%d", r->person);
        utfall_class class;
        assert_int_equal(utfall_fold_row(fold, &class, utfall_fold_find(fold, id, (size_t)len),
                                         (utfall_month){r->month}, r->is_counted,
                                         (utfall_money){r->minor}),
                         UTFALL_OK);
    }
    return finish(fold);
}

/* RULE: ROW-2 */
static void neither_order_of_people_nor_of_rows_matters(void **state)
{
    static cost_row rows[ROWS];
    seeded s = {2016};
    int64_t total = 0;
    for (int i = 0; i < ROWS; i++) {
        rows[i] = (cost_row){(int)seeded_below(&s, PEOPLE + 20),
                             2016 * 12 - 2 + (int)seeded_below(&s, 16), seeded_below(&s, 5) != 0,
                             seeded_below(&s, 2000000) - 100000};
        total += rows[i].minor;
    }
    utfall_cohort a = fold_in_turn(*state, rows, 1, 0), b = fold_in_turn(*state, rows, 7, 123);
    assert_int_equal(a.persons, 200);
    assert_int_equal(b.persons, 200);
    for (size_t i = 0; i < 200; i++) {
        assert_string_equal(a.ids[i], b.ids[i]);
        assert_true(i == 0 || strcmp(a.ids[i - 1], a.ids[i]) < 0);
    }
    assert_memory_equal(a.starts, b.starts, 200 * sizeof *a.starts);
    assert_memory_equal(a.attributes, b.attributes, 400 * sizeof *a.attributes);
    for (size_t i = 0; i < 1400; i++)
        assert_true(utfall_cohort_cost(&a, i / 7, i % 7) == utfall_cohort_cost(&b, i / 7, i % 7));
    assert_memory_equal(&a.rows, &b.rows, sizeof a.rows);
    uint64_t count = 0;
    int64_t amount = 0, used = 0;
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        count += a.rows.count[i];
        amount += a.rows.amount_minor[i];
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t k = 0; k < 3; k++)
            used += utfall_cohort_cost(&a, i, k);
    assert_int_equal(count, ROWS);
    assert_true(amount == total);
    assert_true(used == a.rows.amount_minor[UTFALL_ROW_USED]);
}

/* ---- memory ---- */

static void folding_survives_the_failure_of_any_allocation(void **state)
{
    const utfall_contract *c = contract(*state, 2);
    bool was_enough = false;
    for (uint64_t n = 2; !was_enough; n++) {
        counting count = {.fail_at = n};
        utfall_run *run = utfall_run_new(counting_alloc, &count);
        utfall_status status = UTFALL_E_NOMEM;
        utfall_cohort cohort = {.persons = 77};
        utfall_fold *fold = utfall_fold_new(run, c, 3);
        char id[16];
        for (int i = 0; fold && i < 500; i++) {
            const int32_t attributes[] = {i % 40, i % 2};
            size_t number = 12345;
            int len = snprintf(id, sizeof id, "N%d", i * 7 % 500);
            status = utfall_fold_person(fold, &number, id, (size_t)len, utfall_month_of(2016, 1),
                                        attributes, true);
            if (status != UTFALL_OK) {
                assert_int_equal(number, 12345);
                break;
            }
        }
        if (status == UTFALL_OK)
            status = utfall_fold_freeze(fold);
        if (status == UTFALL_OK) {
            assert_int_equal(row(fold, "N7", 2016, 2, 5), UTFALL_ROW_USED);
            status = utfall_fold_finish(fold, &cohort);
        }
        was_enough = count.requests < n;
        assert_int_equal(status, was_enough ? UTFALL_OK : UTFALL_E_NOMEM);
        assert_int_equal(utfall_run_failure(run), status);
        assert_int_equal(cohort.persons, was_enough ? 500 : 77);
        utfall_run_free(run);
        assert_true(count.out == 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_row_ends_in_the_first_class_that_fits),
        TEST(the_cohort_is_the_selected_sorted_by_id),
        TEST(a_cell_holds_any_sum_in_two_parts),
        TEST(months_after_the_window_are_kept_but_not_used),
        TEST(a_sum_that_leaves_int64_adds_nothing),
        TEST(an_id_may_not_come_twice),
        TEST(an_id_with_a_nul_is_refused),
        TEST(attributes_must_be_levels),
        TEST(calls_out_of_order_are_our_mistake),
        TEST(a_matrix_is_as_wide_as_the_window_or_wider),
        TEST(nobody_at_all_is_a_cohort),
        TEST(neither_order_of_people_nor_of_rows_matters),
        TEST(folding_survives_the_failure_of_any_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
