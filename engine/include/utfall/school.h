/* utfall/school.h - school points: how each person's school performance changed from the start of
 * the intervention (occasion 1) to one year after its end (occasion 2), -3 to +3 points, summed.
 *
 * Source: the final report on the Norrköping contract (SKR and RISE, March 2021), Appendix 1, in
 * the words of contracts/LANGUAGE.md. What that text leaves open is not decided here: each hole is
 * a reading that the contract names. */
#ifndef UTFALL_SCHOOL_H
#define UTFALL_SCHOOL_H
#include "utfall/case.h"

/** Which scheme applies follows from the school form at the two occasions; the table says it. */
typedef enum utfall_school_scheme {
    UTFALL_SCHOOL_UNGRADED = 1, /* compulsory school at both, no grades yet at the start */
    UTFALL_SCHOOL_GRADED,       /* compulsory school at both, graded at the start */
    UTFALL_SCHOOL_LEFT,         /* compulsory school at the first occasion only */
    UTFALL_SCHOOL_AFTER         /* compulsory school at neither */
} utfall_school_scheme;

typedef enum utfall_ability {
    UTFALL_ABILITY_NEGATIVE,
    UTFALL_ABILITY_UNCHANGED,
    UTFALL_ABILITY_POSITIVE,
    UTFALL_ABILITY_NOT_GIVEN
} utfall_ability;
extern const char *const utfall_ability_names[]; /* "negative", "unchanged", "positive", NULL */

typedef enum utfall_enrolment {
    UTFALL_ENROLMENT_NOT_ACTIVE,
    UTFALL_ENROLMENT_INTRODUCTORY, /* introductory programme or adult education */
    UTFALL_ENROLMENT_REDUCED,      /* national programme, reduced */
    UTFALL_ENROLMENT_NATIONAL,
    UTFALL_ENROLMENT_ABSTAINED, /* scheme 3, after: chose not to begin */
    UTFALL_ENROLMENT_DROPPED,   /* scheme 3, after: began and dropped out */
    UTFALL_ENROLMENT_NOT_GIVEN
} utfall_enrolment;
extern const char *const utfall_enrolment_names[]; /* "not_active", "introductory_or_adult",
                                                      "national_reduced", "national", "abstained",
                                                      "dropped_out", NULL */

/** One person's grades at one occasion, counted. A core subject counts once. */
typedef struct utfall_grades {
    uint32_t graded;       /* subjects with a grade */
    uint32_t core_failed;  /* core subjects with F */
    uint32_t core_absent;  /* core subjects without a grade */
    uint32_t other_failed; /* other subjects with F */
    uint32_t at_least_d;   /* subjects of either kind with A, B, C or D */
} utfall_grades;

typedef struct utfall_pupil {
    utfall_school_scheme scheme;
    bool is_complete;       /* both occasions are behind */
    bool is_home_schooled;  /* only at home: no reliable attendance */
    bool had_no_place;      /* no place on a suitable programme could be offered */
    utfall_ability ability; /* scheme 1 */
    utfall_enrolment before, after;
    const utfall_rat *attendance_before, *attendance_after; /* per cent; NULL = not given */
    utfall_grades grades[2];                                /* scheme 2 */
} utfall_pupil;

/* Readings: what the text leaves open. */
typedef enum utfall_reading_reduced {
    UTFALL_REDUCED_POINTS_1,
    UTFALL_REDUCED_POINTS_2,
    UTFALL_REDUCED_REFUSE
} utfall_reading_reduced;
typedef enum utfall_reading_level {
    UTFALL_LEVEL_CLEARLY_FAILED,
    UTFALL_LEVEL_FAILED
} utfall_reading_level;
typedef enum utfall_reading_core {
    UTFALL_CORE_FAILED,
    UTFALL_CORE_PASSED,
    UTFALL_CORE_REFUSE
} utfall_reading_core;
typedef enum utfall_reading_grades {
    UTFALL_GRADES_EXCLUDE,
    UTFALL_GRADES_REFUSE
} utfall_reading_grades;
typedef enum utfall_reading_attendance {
    UTFALL_ATTENDANCE_NOT_ACTIVE,
    UTFALL_ATTENDANCE_EXCLUDE,
    UTFALL_ATTENDANCE_REFUSE
} utfall_reading_attendance;
typedef enum utfall_school_incomplete {
    UTFALL_SCHOOL_INCOMPLETE_EXCLUDE,
    UTFALL_SCHOOL_INCOMPLETE_COUNT,
    UTFALL_SCHOOL_INCOMPLETE_REFUSE
} utfall_school_incomplete;
extern const char *const utfall_reading_reduced_names[];    /* "points_1", "points_2", "refuse" */
extern const char *const utfall_reading_level_names[];      /* "clearly_failed", "failed" */
extern const char *const utfall_reading_core_names[];       /* "failed", "passed", "refuse" */
extern const char *const utfall_reading_grades_names[];     /* "exclude", "refuse" */
extern const char *const utfall_reading_attendance_names[]; /* "not_active", "exclude", "refuse" */
extern const char *const utfall_school_incomplete_names[];  /* "exclude", "count", "refuse" */

typedef struct utfall_school_terms {
    const utfall_rat *active_attendance; /* per cent, 0..100: enrolled and at least this = active */
    utfall_school_incomplete incomplete;
    utfall_reading_reduced reduced_in_scheme_3;
    utfall_reading_level one_core_six_other; /* F in one core subject and six or more others */
    utfall_reading_level
        two_core_three_other; /* F in several core subjects, three to five others */
    utfall_reading_core core_without_grade;
    utfall_reading_grades without_grades; /* nothing graded at an occasion */
    utfall_reading_attendance without_attendance;
} utfall_school_terms;

/** Why a person has no points, when the reason is in the data. */
typedef enum utfall_school_lack {
    UTFALL_LACK_NOTHING,
    UTFALL_LACK_ABILITY,
    UTFALL_LACK_BEFORE, /* enrolment */
    UTFALL_LACK_AFTER,
    UTFALL_LACK_ATTENDANCE_BEFORE,
    UTFALL_LACK_ATTENDANCE_AFTER,
    UTFALL_LACK_GRADES, /* at one of the occasions */
    UTFALL_LACK_CORE,   /* a core subject has no grade at one of them */
    UTFALL_LACK_REDUCED /* the text says no points for it, and the contract does not either */
} utfall_school_lack;

typedef enum utfall_verdict {
    UTFALL_VERDICT_COUNTED,
    UTFALL_VERDICT_INCOMPLETE, /* left out; points are what would have been added */
    UTFALL_VERDICT_EXCLUDED,   /* left out by rule, nothing would have been added */
    UTFALL_VERDICT_REFUSED     /* the contract refuses to settle; `lack` tells why */
} utfall_verdict;

typedef struct utfall_school_points {
    utfall_verdict verdict;
    utfall_school_lack lack; /* also of the incomplete, who are not refused for it */
    int32_t points;          /* -3..3; 0 when excluded or refused */
} utfall_school_points;

/** Judge one person. Pure; every combination of values has one answer. An enrolment that a scheme
 * does not have (abstained and dropped_out outside scheme 3, after) counts as not given. */
utfall_school_points utfall_school_judge(const utfall_school_terms *terms,
                                         const utfall_pupil *pupil);

/** Level of grades in scheme 2: 0 clearly failed, 1 failed, 2 passed, 3 good. `core_absent` is read
 * as the contract says; with refuse or nothing graded, UTFALL_LACK_CORE or UTFALL_LACK_GRADES and
 * *level untouched. */
utfall_school_lack utfall_school_level(int32_t *level, const utfall_school_terms *terms,
                                       const utfall_grades *grades);

/** Judge and add up. `pupils` has `count` elements, whose order does not matter; `points` (may be
 * NULL) takes one element each. UTFALL_E_CONFLICT when somebody is refused: *out is then untouched
 * and `points` tells whom. */
UTFALL_TRY utfall_status utfall_school_count(utfall_run *run, utfall_outcome_result *out,
                                             utfall_school_points *points,
                                             const utfall_school_terms *terms,
                                             const utfall_pupil *pupils, size_t count);

#endif
