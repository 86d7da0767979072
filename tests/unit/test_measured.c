/* Outcomes with one value a person: thresholds, rates, reductions, claims, milestones.
 * RULE: REACHED-1, RATE-1, REDUCTION-1, CLAIMS-1, MILESTONE-1 */
#include "unit/made.h"
#include "utfall/measured.h"

static void a_level_is_reached_at_its_threshold(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_rat *values[] = {rat(run, "9"), rat(run, "10"), rat(run, "11"), NULL};
    utfall_reached_terms terms = {.at_least = rat(run, "10")};
    utfall_outcome_result out = {0};
    assert_ok(run, utfall_reached_count(run, &out, &terms, values, values, 4, 1));
    assert_rat(run, out.sum, "2");
    assert_rat(run, out.rate, "2/3");
    assert_true(out.persons == 3 && out.missing == 2);
    terms = (utfall_reached_terms){.at_most = rat(run, "10"), .missing = UTFALL_MISSING_FAIL};
    assert_ok(run, utfall_reached_count(run, &out, &terms, values, values, 4, 1));
    assert_rat(run, out.rate, "2/5");
    assert_true(out.persons == 5 && out.missing == 2);
    const utfall_outcome_result before = out;
    terms.missing = UTFALL_MISSING_REFUSE;
    assert_int_equal(utfall_reached_count(run, &out, &terms, values, values, 4, 0),
                     UTFALL_E_MISSING);
    assert_memory_equal(&out, &before, sizeof out);
    utfall_run_free(run);
}

static void a_change_needs_both_values(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_rat *first[] = {rat(run, "5"), rat(run, "5"), NULL};
    const utfall_rat *last[] = {rat(run, "3"), rat(run, "7/2"), rat(run, "0")};
    const utfall_reached_terms terms = {.is_change = true, .at_most = rat(run, "-2")};
    utfall_outcome_result out = {0};
    assert_ok(run, utfall_reached_count(run, &out, &terms, first, last, 3, 0));
    assert_rat(run, out.sum, "1");
    assert_true(out.persons == 2 && out.missing == 1);
    assert_ok(run, utfall_reached_count(run, &out, &terms, first, last, 0, 4));
    assert_null(out.rate);
    assert_true(out.persons == 0 && out.missing == 4);
    utfall_run_free(run);
}

static void a_rate_is_of_sums_not_of_rates(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_rat *num[] = {rat(run, "1"), rat(run, "1"), rat(run, "9")};
    const utfall_rat *den[] = {rat(run, "1"), rat(run, "3"), NULL};
    const utfall_rat *none[] = {rat(run, "0"), rat(run, "0"), rat(run, "0")};
    utfall_outcome_result out = {0};
    assert_ok(run, utfall_rate_count(run, &out, UTFALL_MISSING_EXCLUDE, num, den, 3, 0));
    assert_rat(run, out.rate, "1/2");
    assert_rat(run, out.sum, "2");
    assert_true(out.persons == 2 && out.missing == 1);
    assert_int_equal(utfall_rate_count(run, &out, UTFALL_MISSING_REFUSE, num, den, 3, 0),
                     UTFALL_E_MISSING);
    assert_int_equal(utfall_rate_count(run, &out, UTFALL_MISSING_EXCLUDE, num, none, 3, 0),
                     UTFALL_E_RANGE);
    utfall_run_free(run);
}

static void a_reduction_is_relative_to_the_control_group(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_rat *t[] = {rat(run, "1"), rat(run, "2"), NULL};
    const utfall_rat *c[] = {rat(run, "2"), rat(run, "2")}, *zero[] = {rat(run, "0")};
    const utfall_reduction_side target = {t, 3, 0}, control = {c, 2, 0}, flat = {zero, 1, 0};
    utfall_reduction_terms terms = {.minimum = 2};
    utfall_outcome_result out = {0};
    assert_ok(run, utfall_reduction_count(run, &out, &terms, &target, &control));
    assert_rat(run, out.rate, "1/4");
    assert_true(out.persons == 2 && out.missing == 1);
    terms.minimum = 3;
    assert_int_equal(utfall_reduction_count(run, &out, &terms, &target, &control),
                     UTFALL_E_CONFLICT);
    terms.too_few = UTFALL_TOO_FEW_RATE_0;
    assert_ok(run, utfall_reduction_count(run, &out, &terms, &target, &control));
    assert_rat(run, out.rate, "0");
    terms.minimum = 0;
    assert_int_equal(utfall_reduction_count(run, &out, &terms, &target, &flat), UTFALL_E_RANGE);
    terms.missing = UTFALL_MISSING_REFUSE;
    assert_int_equal(utfall_reduction_count(run, &out, &terms, &target, &control),
                     UTFALL_E_MISSING);
    utfall_run_free(run);
}

static void claims_are_not_people(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const uint64_t validated[] = {3, 1, 0};
    utfall_outcome_result out = {0};
    assert_ok(run, utfall_claims_count(run, &out, validated, 3, 2, 0));
    assert_rat(run, out.claims, "4");
    assert_true(out.persons == 2 && out.excluded == 2);
    assert_ok(run, utfall_claims_count(run, &out, validated, 3, 2, 2));
    assert_rat(run, out.claims, "3");
    assert_true(out.persons == 2 && out.excluded == 3);
    utfall_run_free(run);
}

static void a_milestone_is_held_on_end(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    /* 0 holds months 1-3; 1 lets go in month 2; 2 lacks month 2; 3 has none. */
    utfall_held held[9];
    for (size_t i = 0; i < 9; i++)
        held[i] = (utfall_held){i / 3, utfall_month_of(2020, 1 + (int)(i % 3)), i != 4};
    held[7] = held[8];
    utfall_outcome_result out = {0};
    assert_ok(run, utfall_milestones_count(run, &out, UTFALL_MISSING_EXCLUDE, 3, held, 8, 4, 0));
    assert_rat(run, out.rate, "1/2");
    assert_true(out.persons == 2 && out.missing == 2);
    assert_ok(run, utfall_milestones_count(run, &out, UTFALL_MISSING_FAIL, 3, held, 8, 4, 1));
    assert_rat(run, out.rate, "1/5");
    assert_true(out.persons == 5 && out.missing == 3);
    assert_ok(run, utfall_milestones_count(run, &out, UTFALL_MISSING_FAIL, 1, held, 8, 4, 1));
    assert_rat(run, out.rate, "3/5");
    assert_int_equal(utfall_milestones_count(run, &out, UTFALL_MISSING_REFUSE, 3, held, 8, 4, 0),
                     UTFALL_E_MISSING);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_level_is_reached_at_its_threshold),
        cmocka_unit_test(a_change_needs_both_values),
        cmocka_unit_test(a_rate_is_of_sums_not_of_rates),
        cmocka_unit_test(a_reduction_is_relative_to_the_control_group),
        cmocka_unit_test(claims_are_not_people),
        cmocka_unit_test(a_milestone_is_held_on_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
