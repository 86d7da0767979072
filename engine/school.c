/* engine/school.c - school points: one person's school performance at two occasions to -3..+3
 * points, and the sum.
 *
 * In: pupils with grades counted, and the readings that the contract names. Out: a verdict each,
 * and the outcome. Invariant: everybody is in exactly one class (counted, incomplete, excluded,
 * refused), persons + excluded is everybody, and nothing is decided here that the text leaves open.
 * Rules SCHOOL-1 to SCHOOL-6 of contracts/LANGUAGE.md. */
#include "utfall/school.h"
#include "engine/core/ban.h"

const char *const utfall_ability_names[] = {
    [UTFALL_ABILITY_NEGATIVE] = "negative",
    [UTFALL_ABILITY_UNCHANGED] = "unchanged",
    [UTFALL_ABILITY_POSITIVE] = "positive",
    NULL,
};

const char *const utfall_enrolment_names[] = {
    [UTFALL_ENROLMENT_NOT_ACTIVE] = "not_active",
    [UTFALL_ENROLMENT_INTRODUCTORY] = "introductory_or_adult",
    [UTFALL_ENROLMENT_REDUCED] = "national_reduced",
    [UTFALL_ENROLMENT_NATIONAL] = "national",
    [UTFALL_ENROLMENT_ABSTAINED] = "abstained",
    [UTFALL_ENROLMENT_DROPPED] = "dropped_out",
    NULL,
};

const char *const utfall_reading_reduced_names[] = {
    [UTFALL_REDUCED_POINTS_1] = "points_1",
    [UTFALL_REDUCED_POINTS_2] = "points_2",
    [UTFALL_REDUCED_REFUSE] = "refuse",
    NULL,
};

const char *const utfall_reading_level_names[] = {
    [UTFALL_LEVEL_CLEARLY_FAILED] = "clearly_failed",
    [UTFALL_LEVEL_FAILED] = "failed",
    NULL,
};

const char *const utfall_reading_core_names[] = {
    [UTFALL_CORE_FAILED] = "failed",
    [UTFALL_CORE_PASSED] = "passed",
    [UTFALL_CORE_REFUSE] = "refuse",
    NULL,
};

const char *const utfall_reading_grades_names[] = {
    [UTFALL_GRADES_EXCLUDE] = "exclude",
    [UTFALL_GRADES_REFUSE] = "refuse",
    NULL,
};

const char *const utfall_reading_attendance_names[] = {
    [UTFALL_ATTENDANCE_NOT_ACTIVE] = "not_active",
    [UTFALL_ATTENDANCE_EXCLUDE] = "exclude",
    [UTFALL_ATTENDANCE_REFUSE] = "refuse",
    NULL,
};

const char *const utfall_school_incomplete_names[] = {
    [UTFALL_SCHOOL_INCOMPLETE_EXCLUDE] = "exclude",
    [UTFALL_SCHOOL_INCOMPLETE_COUNT] = "count",
    [UTFALL_SCHOOL_INCOMPLETE_REFUSE] = "refuse",
    NULL,
};

/* ---- scheme 2: levels of grades; RULE: SCHOOL-3 ---- */

enum {
    LEVEL_CLEARLY_FAILED,
    LEVEL_FAILED,
    LEVEL_PASSED,
    LEVEL_GOOD,
    CORE_F_FAILED = 1,   /* F in so many core subjects is failed, in more clearly failed */
    OTHER_F_CLEARLY = 6, /* F in so many other subjects is clearly failed */
    OTHER_F_FAILED = 3,  /* F in so many is failed */
    OTHER_F_GOOD = 1,    /* the most F that good allows */
    GOOD_SUBJECTS = 5    /* that are at least D */
};

static int32_t level_read(utfall_reading_level reading)
{
    switch (reading) {
    case UTFALL_LEVEL_CLEARLY_FAILED:
        return LEVEL_CLEARLY_FAILED;
    case UTFALL_LEVEL_FAILED:
        return LEVEL_FAILED;
    }
    return LEVEL_CLEARLY_FAILED;
}

/* Where "and/or" lets the sentences of level 0 and of level 1 both be true, the contract says. */
static int32_t failed_level(const utfall_school_terms *terms, uint32_t core, uint32_t other)
{
    if (core == CORE_F_FAILED && other >= OTHER_F_CLEARLY)
        return level_read(terms->one_core_six_other);
    if (core > CORE_F_FAILED && other >= OTHER_F_FAILED && other < OTHER_F_CLEARLY)
        return level_read(terms->two_core_three_other);
    return core > CORE_F_FAILED || other >= OTHER_F_CLEARLY ? LEVEL_CLEARLY_FAILED : LEVEL_FAILED;
}

utfall_school_lack utfall_school_level(int32_t *level, const utfall_school_terms *terms,
                                       const utfall_grades *grades)
{
    uint32_t core = grades->core_failed, other = grades->other_failed;
    if (grades->graded == 0)
        return UTFALL_LACK_GRADES;
    if (grades->core_absent > 0) {
        switch (terms->core_without_grade) {
        case UTFALL_CORE_FAILED:
            core += grades->core_absent;
            break;
        case UTFALL_CORE_PASSED:
            break;
        case UTFALL_CORE_REFUSE:
            return UTFALL_LACK_CORE;
        }
    }
    if (core > 0 || other >= OTHER_F_FAILED)
        *level = failed_level(terms, core, other);
    else if (other <= OTHER_F_GOOD && grades->at_least_d >= GOOD_SUBJECTS)
        *level = LEVEL_GOOD;
    else
        *level = LEVEL_PASSED;
    return UTFALL_LACK_NOTHING;
}

static utfall_school_lack graded_points(int32_t *points, const utfall_school_terms *terms,
                                        const utfall_pupil *pupil)
{
    int32_t before = 0, after = 0;
    utfall_school_lack lack = utfall_school_level(&before, terms, &pupil->grades[0]);
    if (lack == UTFALL_LACK_NOTHING)
        lack = utfall_school_level(&after, terms, &pupil->grades[1]);
    *points = after - before;
    return lack;
}

/* ---- scheme 1; RULE: SCHOOL-2 ---- */

static utfall_school_lack ability_points(int32_t *points, const utfall_pupil *pupil)
{
    switch (pupil->ability) {
    case UTFALL_ABILITY_NEGATIVE:
        *points = -1;
        return UTFALL_LACK_NOTHING;
    case UTFALL_ABILITY_UNCHANGED:
        *points = 0;
        return UTFALL_LACK_NOTHING;
    case UTFALL_ABILITY_POSITIVE:
        *points = 1;
        return UTFALL_LACK_NOTHING;
    case UTFALL_ABILITY_NOT_GIVEN:
        break;
    }
    return UTFALL_LACK_ABILITY;
}

/* ---- schemes 3 and 4; RULE: SCHOOL-4, SCHOOL-5 ---- */

static bool is_on_a_programme(utfall_enrolment enrolment)
{
    return enrolment == UTFALL_ENROLMENT_INTRODUCTORY || enrolment == UTFALL_ENROLMENT_REDUCED ||
           enrolment == UTFALL_ENROLMENT_NATIONAL;
}

/* Whether somebody on a programme attends enough; false in *is_known when that was not recorded and
 * the contract does not read it as absence. */
static bool is_active(bool *is_known, const utfall_school_terms *terms,
                      const utfall_rat *active_per_cent, const utfall_rat *attendance)
{
    *is_known = attendance != NULL || terms->without_attendance == UTFALL_ATTENDANCE_NOT_ACTIVE;
    return attendance != NULL && utfall_rat_compare(attendance, active_per_cent) >= 0;
}

static utfall_school_lack left_points(int32_t *points, const utfall_school_terms *terms,
                                      const utfall_pupil *pupil, const utfall_rat *active_per_cent)
{
    bool is_known = true;
    bool attends = !is_on_a_programme(pupil->after) ||
                   is_active(&is_known, terms, active_per_cent, pupil->attendance_after);
    if (!is_known)
        return UTFALL_LACK_ATTENDANCE_AFTER;
    *points = -1; /* began, and dropped out or was not active */
    if (!attends)
        return UTFALL_LACK_NOTHING;
    switch (pupil->after) {
    case UTFALL_ENROLMENT_NATIONAL:
        *points = 2;
        return UTFALL_LACK_NOTHING;
    case UTFALL_ENROLMENT_REDUCED:
        *points = terms->reduced_in_scheme_3 == UTFALL_REDUCED_POINTS_1 ? 1 : 2;
        return terms->reduced_in_scheme_3 == UTFALL_REDUCED_REFUSE ? UTFALL_LACK_REDUCED
                                                                   : UTFALL_LACK_NOTHING;
    case UTFALL_ENROLMENT_INTRODUCTORY:
        *points = 1;
        return UTFALL_LACK_NOTHING;
    case UTFALL_ENROLMENT_ABSTAINED:
        *points = 0;
        return UTFALL_LACK_NOTHING;
    case UTFALL_ENROLMENT_NOT_ACTIVE:
    case UTFALL_ENROLMENT_DROPPED:
        return UTFALL_LACK_NOTHING;
    case UTFALL_ENROLMENT_NOT_GIVEN:
        break;
    }
    return UTFALL_LACK_AFTER;
}

static int32_t programme_level(utfall_enrolment enrolment)
{
    switch (enrolment) {
    case UTFALL_ENROLMENT_INTRODUCTORY:
        return 1;
    case UTFALL_ENROLMENT_REDUCED:
        return 2;
    case UTFALL_ENROLMENT_NATIONAL:
        return 3;
    case UTFALL_ENROLMENT_NOT_ACTIVE:
    case UTFALL_ENROLMENT_ABSTAINED:
    case UTFALL_ENROLMENT_DROPPED:
    case UTFALL_ENROLMENT_NOT_GIVEN:
        break;
    }
    return 0;
}

static utfall_school_lack after_points(int32_t *points, const utfall_school_terms *terms,
                                       const utfall_pupil *pupil, const utfall_rat *active_per_cent)
{
    const utfall_enrolment enrolment[2] = {pupil->before, pupil->after};
    const utfall_rat *const attendance[2] = {pupil->attendance_before, pupil->attendance_after};
    int32_t level[2] = {0, 0};
    for (size_t i = 0; i < 2; i++) {
        bool is_known = true;
        if (enrolment[i] != UTFALL_ENROLMENT_NOT_ACTIVE && !is_on_a_programme(enrolment[i]))
            return i == 0 ? UTFALL_LACK_BEFORE : UTFALL_LACK_AFTER;
        if (is_on_a_programme(enrolment[i]) &&
            is_active(&is_known, terms, active_per_cent, attendance[i]))
            level[i] = programme_level(enrolment[i]);
        if (!is_known)
            return i == 0 ? UTFALL_LACK_ATTENDANCE_BEFORE : UTFALL_LACK_ATTENDANCE_AFTER;
    }
    /* Staying on a national programme, reduced or not, is worth a point. */
    *points = level[1] == level[0] ? level[0] >= 2 : level[1] - level[0];
    return UTFALL_LACK_NOTHING;
}

/* ---- one person; RULE: SCHOOL-6 ---- */

static utfall_school_lack points_of(int32_t *points, const utfall_school_terms *terms,
                                    const utfall_pupil *pupil, const utfall_rat *active_per_cent)
{
    switch (pupil->scheme) {
    case UTFALL_SCHOOL_UNGRADED:
        return ability_points(points, pupil);
    case UTFALL_SCHOOL_GRADED:
        return graded_points(points, terms, pupil);
    case UTFALL_SCHOOL_LEFT:
        return left_points(points, terms, pupil, active_per_cent);
    case UTFALL_SCHOOL_AFTER:
        return after_points(points, terms, pupil, active_per_cent);
    }
    return UTFALL_LACK_ABILITY;
}

/* Whether somebody whose data lack something is left out, by the contract's readings. */
static bool is_excluded_for(const utfall_school_terms *terms, utfall_school_lack lack)
{
    switch (lack) {
    case UTFALL_LACK_GRADES:
        return terms->without_grades == UTFALL_GRADES_EXCLUDE;
    case UTFALL_LACK_ATTENDANCE_BEFORE:
    case UTFALL_LACK_ATTENDANCE_AFTER:
        return terms->without_attendance == UTFALL_ATTENDANCE_EXCLUDE;
    case UTFALL_LACK_NOTHING:
    case UTFALL_LACK_ABILITY:
    case UTFALL_LACK_BEFORE:
    case UTFALL_LACK_AFTER:
    case UTFALL_LACK_CORE:
    case UTFALL_LACK_REDUCED:
        break;
    }
    return false;
}

utfall_school_points utfall_school_judge(const utfall_school_terms *terms,
                                         const utfall_pupil *pupil)
{
    utfall_school_points judged = {UTFALL_VERDICT_COUNTED, UTFALL_LACK_NOTHING, 0};
    int32_t points = 0;
    const bool is_left_out =
        !pupil->is_complete && terms->incomplete == UTFALL_SCHOOL_INCOMPLETE_EXCLUDE;
    if (pupil->is_home_schooled) {
        judged.verdict = UTFALL_VERDICT_EXCLUDED;
        return judged;
    }
    judged.lack = points_of(&points, terms, pupil, terms->active_attendance);
    if (judged.lack != UTFALL_LACK_NOTHING) {
        /* Whoever is left out anyway needs nothing; otherwise the readings decide. */
        judged.verdict = is_left_out || is_excluded_for(terms, judged.lack)
                             ? UTFALL_VERDICT_EXCLUDED
                             : UTFALL_VERDICT_REFUSED;
        return judged;
    }
    const bool by_enrolment =
        pupil->scheme == UTFALL_SCHOOL_LEFT || pupil->scheme == UTFALL_SCHOOL_AFTER;
    if (by_enrolment && pupil->had_no_place && points < 0) {
        judged.verdict = UTFALL_VERDICT_EXCLUDED;
        return judged;
    }
    judged.points = points;
    if (is_left_out)
        judged.verdict = UTFALL_VERDICT_INCOMPLETE;
    if (!pupil->is_complete && terms->incomplete == UTFALL_SCHOOL_INCOMPLETE_REFUSE) {
        judged.verdict = UTFALL_VERDICT_REFUSED;
        judged.points = 0;
    }
    return judged;
}

/* ---- all ---- */

utfall_status utfall_school_count(utfall_run *run, utfall_outcome_result *out,
                                  utfall_school_points *points, const utfall_school_terms *terms,
                                  const utfall_pupil *pupils, size_t count)
{
    int64_t sum = 0, would_add = 0;
    uint64_t counted = 0, incomplete = 0, excluded = 0, refused = 0;
    for (size_t i = 0; i < count; i++) {
        const utfall_school_points judged = utfall_school_judge(terms, &pupils[i]);
        if (points != NULL)
            points[i] = judged;
        switch (judged.verdict) {
        case UTFALL_VERDICT_COUNTED:
            counted++;
            sum += judged.points;
            break;
        case UTFALL_VERDICT_INCOMPLETE:
            incomplete++;
            would_add += judged.points;
            break;
        case UTFALL_VERDICT_EXCLUDED:
            excluded++;
            break;
        case UTFALL_VERDICT_REFUSED:
            refused++;
            break;
        }
    }
    if (refused > 0)
        return UTFALL_E_CONFLICT;
    utfall_outcome_result made = {
        .sum = utfall_rat_of(run, sum, 1), .persons = counted, .excluded = incomplete + excluded};
    if (incomplete > 0)
        made.excluded_sum = utfall_rat_of(run, would_add, 1);
    if (made.sum == NULL || (incomplete > 0 && made.excluded_sum == NULL))
        return utfall_run_failure(run);
    *out = made;
    return UTFALL_OK;
}
