/* School points: every scheme, every level, and each hole in the rules with its readings. */
#include "unit/made.h"
#include "utfall/school.h"

static utfall_school_terms terms_made(utfall_run *run)
{
    return (utfall_school_terms){.active_attendance = rat(run, "80"),
                                 .reduced_in_scheme_3 = UTFALL_REDUCED_REFUSE,
                                 .core_without_grade = UTFALL_CORE_REFUSE,
                                 .without_grades = UTFALL_GRADES_REFUSE,
                                 .without_attendance = UTFALL_ATTENDANCE_REFUSE};
}

static utfall_pupil pupil_made(utfall_school_scheme scheme)
{
    return (utfall_pupil){.scheme = scheme,
                          .is_complete = true,
                          .ability = UTFALL_ABILITY_NOT_GIVEN,
                          .before = UTFALL_ENROLMENT_NOT_GIVEN,
                          .after = UTFALL_ENROLMENT_NOT_GIVEN};
}

static void assert_points(utfall_school_terms terms, utfall_pupil pupil, int points)
{
    const utfall_school_points judged = utfall_school_judge(&terms, &pupil);
    assert_int_equal(judged.verdict, UTFALL_VERDICT_COUNTED);
    assert_int_equal(judged.lack, UTFALL_LACK_NOTHING);
    assert_true(judged.points == points);
}

static void assert_left_out(utfall_school_terms terms, utfall_pupil pupil, utfall_verdict verdict,
                            utfall_school_lack lack)
{
    const utfall_school_points judged = utfall_school_judge(&terms, &pupil);
    assert_int_equal(judged.verdict, verdict);
    assert_int_equal(judged.lack, lack);
    assert_true(judged.points == 0);
}

/* RULE: SCHOOL-2 */
static void ability_gives_a_point_up_or_down(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_pupil pupil = pupil_made(UTFALL_SCHOOL_UNGRADED);
    assert_left_out(terms_made(run), pupil, UTFALL_VERDICT_REFUSED, UTFALL_LACK_ABILITY);
    for (int change = -1; change <= 1; change++) {
        pupil.ability = (utfall_ability)(change + 1);
        assert_points(terms_made(run), pupil, change);
    }
    utfall_run_free(run);
}

/* RULE: SCHOOL-3 */
static void levels_follow_from_failed_subjects(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    static const struct {
        uint32_t core, other, good;
        int level;
    } cases[] = {
        {0, 0, 5, 3}, {0, 1, 5, 3}, {0, 1, 4, 2}, {0, 0, 0, 2},  {0, 2, 9, 2}, {0, 3, 9, 1},
        {0, 5, 9, 1}, {0, 6, 9, 0}, {1, 0, 9, 1}, {1, 2, 0, 1},  {1, 5, 0, 1}, {2, 0, 9, 0},
        {2, 2, 9, 0}, {3, 0, 0, 0}, {3, 6, 0, 0}, {2, 13, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int reading = 0; reading < 2; reading++) {
            /* Where only one sentence holds, the readings of two have no say. */
            utfall_school_terms terms = terms_made(run);
            terms.one_core_six_other = terms.two_core_three_other = (utfall_reading_level)reading;
            const utfall_grades grades = {.graded = 17,
                                          .core_failed = cases[i].core,
                                          .other_failed = cases[i].other,
                                          .at_least_d = cases[i].good};
            int32_t level = -1;
            assert_int_equal(utfall_school_level(&level, &terms, &grades), UTFALL_LACK_NOTHING);
            assert_true(level == cases[i].level);
        }
    utfall_run_free(run);
}

static void where_two_levels_hold_the_reading_decides(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    static const struct {
        uint32_t core, other;
    } cases[2][4] = {{{1, 6}, {1, 7}, {1, 10}, {1, 13}}, {{2, 3}, {2, 5}, {3, 3}, {3, 5}}};
    for (size_t hole = 0; hole < 2; hole++)
        for (size_t i = 0; i < 4; i++)
            for (int failed = 0; failed < 2; failed++) {
                utfall_school_terms terms = terms_made(run);
                *(hole == 0 ? &terms.one_core_six_other : &terms.two_core_three_other) =
                    (utfall_reading_level)failed;
                *(hole == 1 ? &terms.one_core_six_other : &terms.two_core_three_other) =
                    (utfall_reading_level)!failed;
                const utfall_grades grades = {.graded = 17,
                                              .core_failed = cases[hole][i].core,
                                              .other_failed = cases[hole][i].other};
                int32_t level = -1;
                assert_int_equal(utfall_school_level(&level, &terms, &grades), UTFALL_LACK_NOTHING);
                assert_true(level == failed);
            }
    utfall_run_free(run);
}

static void a_core_subject_without_a_grade_is_read_as_the_contract_says(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_school_terms terms = terms_made(run);
    const utfall_grades grades = {.graded = 15, .core_absent = 2, .at_least_d = 15};
    int32_t level = -7;
    assert_int_equal(utfall_school_level(&level, &terms, &grades), UTFALL_LACK_CORE);
    assert_true(level == -7);
    terms.core_without_grade = UTFALL_CORE_FAILED;
    assert_int_equal(utfall_school_level(&level, &terms, &grades), UTFALL_LACK_NOTHING);
    assert_true(level == 0);
    terms.core_without_grade = UTFALL_CORE_PASSED;
    assert_int_equal(utfall_school_level(&level, &terms, &grades), UTFALL_LACK_NOTHING);
    assert_true(level == 3);
    utfall_run_free(run);
}

static void grades_give_the_difference_of_levels(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_school_terms terms = terms_made(run);
    utfall_pupil pupil = pupil_made(UTFALL_SCHOOL_GRADED);
    pupil.grades[0] = (utfall_grades){.graded = 17, .core_failed = 2};
    assert_left_out(terms, pupil, UTFALL_VERDICT_REFUSED, UTFALL_LACK_GRADES);
    terms.without_grades = UTFALL_GRADES_EXCLUDE;
    assert_left_out(terms, pupil, UTFALL_VERDICT_EXCLUDED, UTFALL_LACK_GRADES);
    pupil.grades[1] = (utfall_grades){.graded = 17, .at_least_d = 17};
    assert_points(terms, pupil, 3);
    const utfall_grades best = pupil.grades[1];
    pupil.grades[1] = pupil.grades[0];
    pupil.grades[0] = best;
    assert_points(terms, pupil, -3);
    pupil.grades[1] = best;
    assert_points(terms, pupil, 0);
    utfall_run_free(run);
}

/* RULE: SCHOOL-5 */
static void leaving_compulsory_school_gives_points_by_active_enrolment(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_school_terms terms = terms_made(run);
    utfall_pupil pupil = pupil_made(UTFALL_SCHOOL_LEFT);
    static const int active[] = {-1, 1, 0, 2, 0, -1}, absent[] = {-1, -1, -1, -1, 0, -1};
    for (int after = 0; after < UTFALL_ENROLMENT_NOT_GIVEN; after++) {
        pupil.after = (utfall_enrolment)after;
        pupil.attendance_after = rat(run, "799/10");
        assert_points(terms, pupil, absent[after]);
        pupil.attendance_after = rat(run, "80");
        if (after != UTFALL_ENROLMENT_REDUCED)
            assert_points(terms, pupil, active[after]);
    }
    pupil.after = UTFALL_ENROLMENT_REDUCED;
    assert_left_out(terms, pupil, UTFALL_VERDICT_REFUSED, UTFALL_LACK_REDUCED);
    terms.reduced_in_scheme_3 = UTFALL_REDUCED_POINTS_1;
    assert_points(terms, pupil, 1);
    terms.reduced_in_scheme_3 = UTFALL_REDUCED_POINTS_2;
    assert_points(terms, pupil, 2);
    pupil.after = UTFALL_ENROLMENT_NOT_GIVEN;
    assert_left_out(terms, pupil, UTFALL_VERDICT_REFUSED, UTFALL_LACK_AFTER);
    utfall_run_free(run);
}

static void after_compulsory_school_the_programmes_are_levels(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_school_terms terms = terms_made(run);
    utfall_pupil pupil = pupil_made(UTFALL_SCHOOL_AFTER);
    pupil.attendance_before = pupil.attendance_after = rat(run, "100");
    for (int before = 0; before < 4; before++)
        for (int after = 0; after < 4; after++) {
            pupil.before = (utfall_enrolment)before;
            pupil.after = (utfall_enrolment)after;
            assert_points(terms, pupil, before == after ? before >= 2 : after - before);
        }
    pupil.before = pupil.after = UTFALL_ENROLMENT_NATIONAL;
    pupil.attendance_after = rat(run, "79");
    assert_points(terms, pupil, -3);
    pupil.attendance_before = rat(run, "0");
    assert_points(terms, pupil, 0);
    pupil.after = UTFALL_ENROLMENT_ABSTAINED;
    assert_left_out(terms, pupil, UTFALL_VERDICT_REFUSED, UTFALL_LACK_AFTER);
    pupil.before = UTFALL_ENROLMENT_NOT_GIVEN;
    assert_left_out(terms, pupil, UTFALL_VERDICT_REFUSED, UTFALL_LACK_BEFORE);
    utfall_run_free(run);
}

/* RULE: SCHOOL-4 */
static void attendance_that_was_not_recorded_is_read_as_the_contract_says(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_school_terms terms = terms_made(run);
    utfall_pupil pupil = pupil_made(UTFALL_SCHOOL_AFTER);
    pupil.before = pupil.after = UTFALL_ENROLMENT_NATIONAL;
    pupil.attendance_before = rat(run, "90");
    assert_left_out(terms, pupil, UTFALL_VERDICT_REFUSED, UTFALL_LACK_ATTENDANCE_AFTER);
    terms.without_attendance = UTFALL_ATTENDANCE_EXCLUDE;
    assert_left_out(terms, pupil, UTFALL_VERDICT_EXCLUDED, UTFALL_LACK_ATTENDANCE_AFTER);
    terms.without_attendance = UTFALL_ATTENDANCE_NOT_ACTIVE;
    assert_points(terms, pupil, -3);
    pupil.before = UTFALL_ENROLMENT_NOT_ACTIVE; /* whose attendance is nobody's business */
    pupil.attendance_before = NULL;
    assert_points(terms, pupil, 0);
    utfall_run_free(run);
}

/* RULE: SCHOOL-6 */
static void those_who_had_no_choice_are_left_out(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_school_terms terms = terms_made(run);
    utfall_pupil pupil = pupil_made(UTFALL_SCHOOL_LEFT);
    pupil.had_no_place = true;
    pupil.after = UTFALL_ENROLMENT_DROPPED;
    assert_left_out(terms, pupil, UTFALL_VERDICT_EXCLUDED, UTFALL_LACK_NOTHING);
    pupil.after = UTFALL_ENROLMENT_ABSTAINED; /* no minus points to be spared */
    assert_points(terms, pupil, 0);
    utfall_pupil graded = pupil_made(UTFALL_SCHOOL_UNGRADED);
    graded.had_no_place = true;
    graded.ability = UTFALL_ABILITY_NEGATIVE; /* schemes 1 and 2 know no places */
    assert_points(terms, graded, -1);
    graded.is_home_schooled = true;
    assert_left_out(terms, graded, UTFALL_VERDICT_EXCLUDED, UTFALL_LACK_NOTHING);
    utfall_run_free(run);
}

static void the_incomplete_are_left_out_counted_or_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_school_terms terms = terms_made(run);
    utfall_pupil pupils[4];
    for (size_t i = 0; i < 4; i++) {
        pupils[i] = pupil_made(UTFALL_SCHOOL_UNGRADED);
        pupils[i].ability = i == 0 ? UTFALL_ABILITY_NEGATIVE : UTFALL_ABILITY_POSITIVE;
        pupils[i].is_complete = i < 2;
    }
    pupils[3].ability = UTFALL_ABILITY_NOT_GIVEN; /* incomplete, and nothing to add */
    utfall_outcome_result out = {0};
    assert_ok(run, utfall_school_count(run, &out, NULL, &terms, pupils, 4));
    assert_rat(run, out.sum, "0");
    assert_rat(run, out.excluded_sum, "1");
    assert_true(out.persons == 2 && out.excluded == 2);
    terms.incomplete = UTFALL_SCHOOL_INCOMPLETE_COUNT;
    assert_ok(run, utfall_school_count(run, &out, NULL, &terms, pupils, 3));
    assert_rat(run, out.sum, "1");
    assert_null(out.excluded_sum);
    assert_true(out.persons == 3 && out.excluded == 0);
    utfall_school_points points[4];
    const utfall_outcome_result before = out;
    assert_int_equal(utfall_school_count(run, &out, points, &terms, pupils, 4), UTFALL_E_CONFLICT);
    assert_memory_equal(&out, &before, sizeof out);
    assert_int_equal(points[3].lack, UTFALL_LACK_ABILITY);
    terms.incomplete = UTFALL_SCHOOL_INCOMPLETE_REFUSE;
    assert_int_equal(utfall_school_count(run, &out, points, &terms, pupils, 3), UTFALL_E_CONFLICT);
    assert_int_equal(points[2].verdict, UTFALL_VERDICT_REFUSED);
    assert_int_equal(points[1].verdict, UTFALL_VERDICT_COUNTED);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ability_gives_a_point_up_or_down),
        cmocka_unit_test(levels_follow_from_failed_subjects),
        cmocka_unit_test(where_two_levels_hold_the_reading_decides),
        cmocka_unit_test(a_core_subject_without_a_grade_is_read_as_the_contract_says),
        cmocka_unit_test(grades_give_the_difference_of_levels),
        cmocka_unit_test(leaving_compulsory_school_gives_points_by_active_enrolment),
        cmocka_unit_test(after_compulsory_school_the_programmes_are_levels),
        cmocka_unit_test(attendance_that_was_not_recorded_is_read_as_the_contract_says),
        cmocka_unit_test(those_who_had_no_choice_are_left_out),
        cmocka_unit_test(the_incomplete_are_left_out_counted_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
