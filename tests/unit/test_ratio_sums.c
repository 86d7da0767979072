/* Ratio sums against ratios added one after the other, inside int64 and far beyond it. */
#include "engine/ratio_sums.h"
#include "unit/made.h"
#include "unit/seeded.h"

enum { GROUPS = 4, PLACES = 6 };

/* Ready to add over these numbers of comparison people. */
static utfall__ratio_sums sums_over(utfall_run *run, const uint64_t *persons, size_t groups)
{
    static const uint64_t targets[GROUPS] = {1, 1, 1, 1};
    const utfall_sums of = {
        .group_count = groups, .target = {.persons = targets}, .comparison = {.persons = persons}};
    utfall__ratio_sums sums;
    assert_ok(run, utfall__ratio_sums_new(run, &sums, PLACES));
    utfall__ratio_sums_expect(&sums, &of);
    return sums;
}

static void assert_sums(utfall_run *run, const utfall__ratio_sums *sums,
                        const utfall_rat *const *expected)
{
    const utfall_rat *out[PLACES];
    assert_true(utfall__ratio_sums_write(sums, out));
    for (size_t i = 0; i < PLACES; i++)
        assert_rat(run, out[i], utfall_rat_text(run, expected[i]));
}

static void few_groups_have_one_denominator(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const uint64_t persons[GROUPS] = {4, 6, 0, 10};
    utfall__ratio_sums sums = sums_over(run, persons, GROUPS);
    assert_true(sums.denominator == 60);
    utfall__ratio_sums_add(&sums, 0, 1, 4);
    utfall__ratio_sums_add(&sums, 0, -1, 6);
    utfall__ratio_sums_add(&sums, 2, 3, 10);
    utfall__ratio_sums_add(&sums, 2, 1, 7); /* met though not expected */
    utfall__ratio_sums_add_ratio(&sums, 3, rat(run, "-2/5"));
    assert_sums(run, &sums,
                (const utfall_rat *[]){rat(run, "1/12"), rat(run, "0"), rat(run, "31/70"),
                                       rat(run, "-2/5"), rat(run, "0"), rat(run, "0")});
    utfall__ratio_sums_accumulate(&sums);
    const utfall_rat *last = rat(run, "53/420");
    assert_sums(run, &sums,
                (const utfall_rat *[]){rat(run, "1/12"), rat(run, "1/12"), rat(run, "221/420"),
                                       last, last, last});
    utfall_run_free(run);
}

static void groups_without_target_people_are_not_expected(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_sums of = {.group_count = 2,
                            .target = {.persons = (const uint64_t[]){0, 3}},
                            .comparison = {.persons = (const uint64_t[]){7, 5}}};
    utfall__ratio_sums sums;
    assert_ok(run, utfall__ratio_sums_new(run, &sums, 1));
    utfall__ratio_sums_expect(&sums, &of);
    assert_true(sums.denominator == 5);
    utfall_run_free(run);
}

/* Group sizes up to where no denominator is common, amounts up to the ends of int64. */
static void they_are_what_ratios_add_up_to(void **state)
{
    (void)state;
    seeded s = {20160307};
    for (int round = 0; round < 400; round++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const int64_t size = INT64_C(1) << (round % 40);
        uint64_t persons[GROUPS];
        const utfall_rat *expected[PLACES], *all = rat(run, "0");
        for (size_t g = 0; g < GROUPS; g++)
            persons[g] = 1 + (uint64_t)seeded_any(&s) % (uint64_t)size;
        utfall__ratio_sums sums = sums_over(run, persons, GROUPS);
        for (size_t i = 0; i < PLACES; i++) {
            expected[i] = rat(run, "0");
            for (size_t g = 0; g < GROUPS; g++) {
                const int64_t num = round % 3 == 0 ? seeded_any(&s) : seeded_any(&s) % 100000000;
                utfall__ratio_sums_add(&sums, i, num, (int64_t)persons[g]);
                expected[i] =
                    utfall_rat_add(run, expected[i], utfall_rat_of(run, num, (int64_t)persons[g]));
            }
        }
        assert_sums(run, &sums, expected);
        for (size_t i = 0; i < PLACES; i++)
            expected[i] = all = utfall_rat_add(run, all, expected[i]);
        utfall__ratio_sums_accumulate(&sums);
        assert_sums(run, &sums, expected);
        utfall_run_free(run);
    }
}

static void a_ratio_that_failed_is_not_lost(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const uint64_t persons[1] = {3};
    utfall__ratio_sums sums = sums_over(run, persons, 1);
    const utfall_rat *out[PLACES];
    utfall__ratio_sums_add_ratio(&sums, 1, NULL);
    utfall__ratio_sums_add_ratio(&sums, 1, rat(run, "1"));
    utfall__ratio_sums_accumulate(&sums);
    assert_false(utfall__ratio_sums_write(&sums, out));
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_groups_have_one_denominator),
        cmocka_unit_test(groups_without_target_people_are_not_expected),
        cmocka_unit_test(they_are_what_ratios_add_up_to),
        cmocka_unit_test(a_ratio_that_failed_is_not_lost),
    };
    return cmocka_run_group_tests_name("ratio sums", tests, NULL, NULL);
}
