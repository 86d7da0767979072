/* People who are alike, kept as one: the same sums, whatever is asked of them. */
#include "made.h"
#include "utfall/vary.h"

enum { WINDOW = 6, MONTHS = 8, PEOPLE = 240, ROWS = 4000, SPAN = 10 };

/* Everybody's table, in one fold as they are and in another with those who are alike as one. */
typedef struct sides {
    utfall_run *run;
    const utfall_contract *contract;
    utfall_cohort apart, merged;
} sides;

static const utfall_factor factors[] = {
    {.attribute = "age", .kind = UTFALL_FACTOR_CUTS, .count = 2, .cuts = (const int32_t[]){10, 15}},
    {.attribute = "before", .kind = UTFALL_FACTOR_EACH, .count = 2}};

static const utfall_contract *contract_made(utfall_run *run, utfall_denominator denominator,
                                            utfall_design design)
{
    utfall_contract draft = frame();
    draft.window_months = draft.payment_months = WINDOW;
    draft.factor_count = 2;
    draft.factors = factors;
    draft.denominator = denominator;
    draft.design = design;
    draft.incomplete = UTFALL_INCOMPLETE_TO_DATE;
    draft.data_through = utfall_month_of(2030, 1);
    return contract_of(run, &draft);
}

/* Ids that do not sort as they come; every ninth is outside `where`, some leave. */
static utfall_fold *fold_made(const sides *s, uint64_t seed, bool is_merged, bool has_leavers)
{
    utfall_fold *fold = utfall_fold_new(s->run, s->contract, MONTHS);
    assert_non_null(fold);
    if (is_merged)
        utfall_fold_merge(fold);
    for (size_t i = 0; i < PEOPLE; i++) {
        char id[16];
        size_t number = 0;
        const int len = snprintf(id, sizeof id, "%zu", i * 7919 % 1000003);
        const utfall_month start = {2015 * 12 + (int32_t)between(&seed, 0, SPAN - 1)};
        const int32_t attributes[] = {(int32_t)between(&seed, 5, 20),
                                      (int32_t)between(&seed, 0, 1)};
        assert_int_equal(
            utfall_fold_person(fold, &number, id, (size_t)len, start, attributes, i % 9 != 4),
            UTFALL_OK);
        const uint32_t left = (uint32_t)between(&seed, 1, 2 * WINDOW);
        if (has_leavers && i % 5 == 0)
            assert_int_equal(utfall_fold_leave(fold, number, left), UTFALL_OK);
    }
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
    return fold;
}

/* Rows of anybody in any month, some of nobody, some that leave 32 bits. */
static utfall_cohort cohort_made(const sides *s, uint64_t seed, bool is_merged, bool has_leavers)
{
    utfall_fold *fold = fold_made(s, seed, is_merged, has_leavers);
    utfall_cohort cohort;
    for (size_t i = 0; i < ROWS; i++) {
        char id[16];
        utfall_class class;
        const int len =
            snprintf(id, sizeof id, "%zu", (size_t)between(&seed, 0, PEOPLE) * 7919 % 1000003);
        const utfall_month month = {2015 * 12 - 2 + (int32_t)between(&seed, 0, SPAN + MONTHS + 3)};
        const bool is_counted = between(&seed, 0, 9) > 0;
        const int64_t minor = between(&seed, 0, 99) == 0 ? between(&seed, -9000000000, 9000000000)
                                                         : between(&seed, -5000, 5000000);
        assert_int_equal(utfall_fold_row(fold, &class, utfall_fold_find(fold, id, (size_t)len),
                                         month, is_counted, (utfall_money){minor}),
                         UTFALL_OK);
    }
    assert_int_equal(utfall_fold_finish(fold, &cohort), UTFALL_OK);
    return cohort;
}

static sides sides_made(uint64_t seed, const utfall_contract *contract, utfall_run *run,
                        bool has_leavers)
{
    sides s = {.run = run, .contract = contract};
    s.apart = cohort_made(&s, seed, false, has_leavers);
    s.merged = cohort_made(&s, seed, true, has_leavers);
    return s;
}

static uint64_t people_of(const utfall_cohort *cohort)
{
    uint64_t people = 0;
    for (size_t i = 0; i < cohort->persons; i++)
        people += cohort->alike == NULL ? 1 : cohort->alike[i];
    return people;
}

static void assert_same_sums(const sides *s, utfall_month as_of)
{
    const utfall_sums *apart, *merged;
    const size_t groups = s->contract->group_count, cells = groups * WINDOW;
    utfall_case data = {.target = s->apart, .comparison = s->apart};
    assert_int_equal(utfall_sums_compute(s->run, &apart, s->contract, &data, as_of), UTFALL_OK);
    data.comparison = s->merged;
    assert_int_equal(utfall_sums_compute(s->run, &merged, s->contract, &data, as_of), UTFALL_OK);
    assert_memory_equal(apart->comparison.persons, merged->comparison.persons,
                        groups * sizeof *apart->comparison.persons);
    assert_memory_equal(apart->comparison.cost_minor, merged->comparison.cost_minor,
                        cells * sizeof *apart->comparison.cost_minor);
    assert_int_equal(apart->comparison.followed == NULL, merged->comparison.followed == NULL);
    if (apart->comparison.followed != NULL)
        assert_memory_equal(apart->comparison.followed, merged->comparison.followed,
                            cells * sizeof *apart->comparison.followed);
    assert_memory_equal(apart->below, merged->below, WINDOW * sizeof *apart->below);
    assert_memory_equal(apart->at, merged->at, WINDOW * sizeof *apart->at);
    assert_memory_equal(apart->above, merged->above, WINDOW * sizeof *apart->above);
}

static void the_sums_are_those_of_everybody(void **state)
{
    (void)state;
    static const utfall_denominator denominators[] = {UTFALL_DENOMINATOR_EVERYBODY,
                                                      UTFALL_DENOMINATOR_FOLLOWED};
    static const utfall_design designs[] = {UTFALL_DESIGN_HISTORIC, UTFALL_DESIGN_CONCURRENT};
    for (uint64_t seed = 1; seed <= 40; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        assert_non_null(run);
        const utfall_contract *contract =
            contract_made(run, denominators[seed % 2], designs[seed / 2 % 2]);
        const sides s = sides_made(seed, contract, run, seed % 3 > 0);
        assert_null(s.apart.alike);
        assert_non_null(s.merged.alike);
        assert_true(s.merged.persons < s.apart.persons);
        assert_int_equal(people_of(&s.merged), s.apart.persons);
        assert_memory_equal(&s.apart.rows, &s.merged.rows, sizeof s.apart.rows);
        assert_memory_equal(s.apart.month_rows, s.merged.month_rows,
                            MONTHS * sizeof *s.apart.month_rows);
        for (int32_t month = 0; month < SPAN + WINDOW + 2; month++)
            assert_same_sums(&s, (utfall_month){2015 * 12 + month});
        utfall_run_free(run);
    }
}

/* Nobody stands for somebody of another group or start, nor for who left. */
static void only_people_who_are_alike_are_kept_as_one(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_non_null(run);
    const utfall_contract *contract =
        contract_made(run, UTFALL_DENOMINATOR_EVERYBODY, UTFALL_DESIGN_HISTORIC);
    const sides s = sides_made(7, contract, run, true);
    for (size_t i = 0; i < s.merged.persons; i++) {
        const size_t group = utfall_group_of(contract, s.merged.attributes + 2 * i);
        const uint32_t left = s.merged.left_after[i];
        uint64_t alike = 0;
        assert_true(left == 0 || s.merged.alike[i] == 1);
        for (size_t k = 0; k < s.apart.persons; k++)
            alike += s.apart.starts[k].ordinal == s.merged.starts[i].ordinal &&
                     utfall_group_of(contract, s.apart.attributes + 2 * k) == group &&
                     s.apart.left_after[k] == 0;
        if (left == 0)
            assert_int_equal(alike, s.merged.alike[i]);
        for (size_t k = 0; k < i; k++) /* and once only */
            assert_true(left > 0 || s.merged.left_after[k] > 0 ||
                        s.merged.starts[k].ordinal != s.merged.starts[i].ordinal ||
                        utfall_group_of(contract, s.merged.attributes + 2 * k) != group);
    }
    utfall_run_free(run);
}

/* With an index each person's cost is rounded by itself; over centuries hardly two are alike. */
static void everybody_is_kept_where_merging_is_wrong_or_worth_nothing(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_non_null(run);
    utfall_contract draft =
        *contract_made(run, UTFALL_DENOMINATOR_EVERYBODY, UTFALL_DESIGN_HISTORIC);
    draft.prices.is_there = true;
    sides s = {.run = run, .contract = &draft};
    assert_null(cohort_made(&s, 3, true, false).alike);
    draft.prices.is_there = false;
    assert_non_null(cohort_made(&s, 3, true, false).alike);
    static const char *const ids[] = {"first", "second", "third"};
    for (int is_far = 0; is_far < 2; is_far++) {
        utfall_fold *fold = utfall_fold_new(run, s.contract, MONTHS);
        utfall_cohort cohort;
        assert_non_null(fold);
        utfall_fold_merge(fold);
        for (size_t i = 0; i < 3; i++) {
            size_t number = 0;
            const utfall_month start = utfall_month_of(i < 2 || !is_far ? 1900 : 2199, 1);
            const int32_t attributes[] = {12, 1};
            assert_int_equal(
                utfall_fold_person(fold, &number, ids[i], strlen(ids[i]), start, attributes, true),
                UTFALL_OK);
        }
        assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
        assert_int_equal(utfall_fold_finish(fold, &cohort), UTFALL_OK);
        assert_int_equal(cohort.persons, is_far ? 3 : 1);
        assert_true((cohort.alike == NULL) == (is_far == 1));
    }
    utfall_run_free(run);
}

/* Who would tell people apart is told that it cannot be. */
static void what_tells_people_apart_is_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_non_null(run);
    const utfall_contract *contract =
        contract_made(run, UTFALL_DENOMINATOR_EVERYBODY, UTFALL_DESIGN_HISTORIC);
    const sides s = sides_made(5, contract, run, false);
    const utfall_case data = {.target = s.apart, .comparison = s.merged};
    const utfall_case turned = {.target = s.merged, .comparison = s.apart};
    const utfall_case *kept;
    const utfall_sums *sums;
    const utfall_month as_of = utfall_month_of(2020, 1);
    assert_int_equal(utfall_case_keep(run, &kept, contract, &data, NULL, NULL), UTFALL_E_BUG);
    assert_int_equal(utfall_sums_compute(run, &sums, contract, &turned, as_of), UTFALL_E_BUG);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sums_are_those_of_everybody),
        cmocka_unit_test(only_people_who_are_alike_are_kept_as_one),
        cmocka_unit_test(everybody_is_kept_where_merging_is_wrong_or_worth_nothing),
        cmocka_unit_test(what_tells_people_apart_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
