/* contracts/pupils.c - the two tables of school points: people with their schemes, and grades.
 *
 * In: rows in any order. Out: one pupil a person of the target group, with grades counted by
 * occasion, and what the outcome came to. Invariant: everybody of the target group has one row;
 * a subject has one grade at an occasion (SCHOOL-1); what a scheme needs and a row lacks is told at
 * the row.
 */
#include "contracts/document.h"
#include "contracts/roster.h"
#include "contracts/tables.h"

#include <string.h>

enum { OCCASIONS = 2, CORE_MAX = 8, SUBJECTS_MAX = 256 };

struct pupils {
    utfall_run *run;
    const utfall_school_source *source;
    utfall_roster roster;
    utfall_pupil *pupil; /* [number] */
    size_t room, count;  /* of pupils */
    bool is_known;       /* all of them are */
    /* Grades: which subjects a person has at an occasion, a bit each. */
    size_t subject_count;
    const char *subjects[SUBJECTS_MAX];
    uint64_t *seen; /* [(number * OCCASIONS + occasion) * SEEN_WORDS + subject / 64] */
    uint8_t
        *core_seen; /* [number * OCCASIONS + occasion]: core subjects with a grade, a bit each */
};
enum { SEEN_WORDS = SUBJECTS_MAX / 64 };

/* ---- people ---- */

struct columns {
    size_t id, scheme, complete, ability, before, after, attendance_before, attendance_after;
    size_t home, place;
};

/* A word of a list, or nothing where the cell may be empty: then the index after the last. */
static size_t word_read(utfall_feed *feed, size_t column, const char *const *names)
{
    utfall_cell cell = utfall_feed_text(feed, column);
    size_t count = 0;
    for (; names[count] != NULL; count++)
        if (strlen(names[count]) == cell.len && memcmp(names[count], cell.text, cell.len) == 0)
            return count;
    if (cell.len == 0)
        return count;
    const char *why = "";
    if (!utfall_csv_is_full(feed->csv))
        why = utfall_run_join(feed->run, "is not one of the words here: expected ",
                              utfall_words_list(feed->run, names), ", or nothing at all",
                              (const char *)NULL);
    (void)utfall_feed_refuse(feed, column, UTFALL_E_SYNTAX, why == NULL ? "" : why, NULL);
    return count;
}

static const utfall_rat *attendance_read(utfall_feed *feed, size_t column)
{
    utfall_cell cell = utfall_feed_text(feed, column);
    const utfall_rat *read = NULL;
    const utfall_rat *hundred = utfall_rat_of(feed->run, 100, 1);
    if (cell.len == 0 || hundred == NULL)
        return NULL;
    utfall_status status = cell.len > 12 ? UTFALL_E_SYNTAX
                                         : utfall_rat_parse_decimal(feed->run, &read, cell.text,
                                                                    cell.len, feed->table->decimal);
    if (status == UTFALL_OK && utfall_rat_sign(read) >= 0 && utfall_rat_compare(read, hundred) <= 0)
        return read;
    (void)utfall_feed_refuse(feed, column, status == UTFALL_OK ? UTFALL_E_RANGE : status,
                             "is not an attendance: expected 0 to 100 per cent, digits only",
                             "leave the cell empty when attendance was not recorded");
    return NULL;
}

static bool truth_read(utfall_feed *feed, size_t column)
{
    int32_t truth = 0;
    return utfall_feed_truth(feed, &truth, column) == UTFALL_OK && truth != 0;
}

static utfall_status refuse_twice(const struct pupils *pupils, utfall_feed *feed, size_t column,
                                  size_t number)
{
    return utfall_csv_report(
        feed->csv, &(utfall_csv_fault){.code = UTFALL_E_CONFLICT,
                                       .cell = feed->at[column],
                                       .field = feed->columns[column].field,
                                       .is_quoting = true,
                                       .message = "is the id of two rows",
                                       .hint = "a person has one row; give each its own id",
                                       .also_line = pupils->roster.lines[number],
                                       .also_message = "the first one is here"});
}

static bool pupils_grow(struct pupils *pupils)
{
    if (pupils->roster.count <= pupils->room)
        return true;
    utfall_pupil *pupil = utfall_run_array(pupils->run, pupils->roster.room, sizeof *pupil);
    if (pupil == NULL)
        return false;
    if (pupils->room > 0)
        memcpy(pupil, pupils->pupil, pupils->room * sizeof *pupil);
    pupils->pupil = pupil;
    pupils->room = pupils->roster.room;
    return true;
}

/* Enrolments that only scheme 3 has, and only after. */
static bool is_of_scheme_3(utfall_enrolment enrolment)
{
    return enrolment == UTFALL_ENROLMENT_ABSTAINED || enrolment == UTFALL_ENROLMENT_DROPPED;
}

static utfall_status pupil_row(struct pupils *pupils, utfall_feed *feed, const struct columns *at)
{
    utfall_refusal refusal = {NULL, NULL};
    int32_t scheme = UTFALL_SCHOOL_UNGRADED;
    size_t number = 0;
    bool is_new = false;
    utfall_cell cell = utfall_feed_text(feed, at->scheme);
    utfall_status read = utfall_cell_whole(&scheme, &refusal, UTFALL_SCHOOL_UNGRADED,
                                           UTFALL_SCHOOL_AFTER, cell.text, cell.len);
    if (read != UTFALL_OK)
        (void)utfall_feed_refuse(feed, at->scheme, read, "is not a scheme: expected 1, 2, 3 or 4",
                                 refusal.hint);
    utfall_pupil pupil = {
        .scheme = read == UTFALL_OK ? (utfall_school_scheme)scheme : UTFALL_SCHOOL_UNGRADED,
        .is_complete = truth_read(feed, at->complete),
        .is_home_schooled = truth_read(feed, at->home),
        .had_no_place = truth_read(feed, at->place),
        .ability = (utfall_ability)word_read(feed, at->ability, utfall_ability_names),
        .before = (utfall_enrolment)word_read(feed, at->before, utfall_enrolment_names),
        .after = (utfall_enrolment)word_read(feed, at->after, utfall_enrolment_names),
        .attendance_before = attendance_read(feed, at->attendance_before),
        .attendance_after = attendance_read(feed, at->attendance_after),
    };
    if (is_of_scheme_3(pupil.before))
        (void)utfall_feed_refuse(feed, at->before, UTFALL_E_CONFLICT,
                                 "cannot be before the intervention", NULL);
    if (is_of_scheme_3(pupil.after) && pupil.scheme != UTFALL_SCHOOL_LEFT && read == UTFALL_OK)
        (void)utfall_feed_refuse(feed, at->after, UTFALL_E_CONFLICT,
                                 "belongs to scheme 3, and the row is of another", NULL);
    utfall_cell id = utfall_feed_text(feed, at->id);
    if (utfall_feed_check_id(feed, at->id, id) != UTFALL_OK)
        return UTFALL_OK;
    utfall_status status =
        utfall_roster_take(&pupils->roster, &number, &is_new, id, feed->csv->line);
    if (status != UTFALL_OK)
        return status;
    if (!is_new) {
        (void)refuse_twice(pupils, feed, at->id, number);
        return UTFALL_OK;
    }
    if (!pupils_grow(pupils))
        return UTFALL_E_NOMEM;
    pupils->pupil[number] = pupil;
    return UTFALL_OK;
}

static utfall_status people_read(struct pupils *pupils, utfall_feed *feed, const char *folder,
                                 utfall_input *out)
{
    const struct columns at = {
        .id = utfall_feed_ask_field(feed, "id"),
        .scheme = utfall_feed_ask_field(feed, "scheme"),
        .complete = utfall_feed_ask_field(feed, "complete"),
        .ability = utfall_feed_ask_field(feed, "ability_change"),
        .before = utfall_feed_ask_field(feed, "enrolment_before"),
        .after = utfall_feed_ask_field(feed, "enrolment_after"),
        .attendance_before = utfall_feed_ask_field(feed, "attendance_before"),
        .attendance_after = utfall_feed_ask_field(feed, "attendance_after"),
        .home = utfall_feed_ask_field(feed, "home_schooling"),
        .place = utfall_feed_ask_field(feed, "no_place"),
    };
    utfall_status status = utfall_feed_open(feed, folder);
    if (status != UTFALL_OK)
        return status;
    while (status == UTFALL_OK && utfall_feed_next(feed))
        status = pupil_row(pupils, feed, &at);
    utfall_status closed = utfall_feed_close(feed, out);
    return status == UTFALL_OK ? closed : status;
}

/* ---- grades ---- */

/* Number of a subject's name among those seen; SIZE_MAX with a finding when there are too many. */
static size_t subject_find(struct pupils *pupils, utfall_feed *feed, size_t column,
                           utfall_cell name)
{
    for (size_t i = 0; i < pupils->subject_count; i++)
        if (strlen(pupils->subjects[i]) == name.len &&
            memcmp(pupils->subjects[i], name.text, name.len) == 0)
            return i;
    if (pupils->subject_count == SUBJECTS_MAX) {
        (void)utfall_feed_refuse(feed, column, UTFALL_E_RANGE,
                                 "is one subject more than a table may have", NULL);
        return SIZE_MAX;
    }
    const char *copy = utfall_run_text(pupils->run, name.text, name.len);
    if (copy == NULL)
        return SIZE_MAX;
    pupils->subjects[pupils->subject_count] = copy;
    return pupils->subject_count++;
}

static size_t core_find(const utfall_school_source *source, utfall_cell name)
{
    for (size_t i = 0; i < source->core_count; i++)
        if (utfall_cell_word(&source->core[i].values, name.text, name.len) != SIZE_MAX)
            return i;
    return SIZE_MAX;
}

static void grade_add(struct pupils *pupils, utfall_feed *feed, size_t subject_column,
                      size_t number, size_t occasion, utfall_cell name, char grade)
{
    size_t subject = subject_find(pupils, feed, subject_column, name);
    size_t core = core_find(pupils->source, name);
    if (subject == SIZE_MAX)
        return;
    size_t place = number * OCCASIONS + occasion;
    uint64_t *seen = &pupils->seen[place * SEEN_WORDS + subject / 64];
    const bool is_twice = (*seen >> subject % 64 & 1) != 0;
    const bool is_core_twice = core != SIZE_MAX && (pupils->core_seen[place] >> core & 1) != 0;
    if (is_twice || is_core_twice) {
        (void)utfall_feed_refuse(feed, subject_column, UTFALL_E_CONFLICT,
                                 is_twice ? "has two grades of the same person and occasion"
                                          : "is a core subject that this person has a grade in "
                                            "already, by another name",
                                 "keep the latest grade");
        return;
    }
    *seen |= UINT64_C(1) << subject % 64;
    utfall_grades *grades = &pupils->pupil[number].grades[occasion];
    grades->graded++;
    grades->at_least_d += grade <= 'D';
    if (core == SIZE_MAX) {
        grades->other_failed += grade == 'F';
        return;
    }
    pupils->core_seen[place] = (uint8_t)(pupils->core_seen[place] | 1u << core);
    grades->core_failed += grade == 'F';
}

static utfall_status grade_row(struct pupils *pupils, utfall_feed *feed, const size_t at[4])
{
    utfall_refusal refusal = {NULL, NULL};
    int32_t occasion = 1;
    size_t number = 0;
    bool is_new = false;
    utfall_cell id = utfall_feed_text(feed, at[0]), when = utfall_feed_text(feed, at[1]);
    utfall_cell name = utfall_feed_text(feed, at[2]), grade = utfall_feed_text(feed, at[3]);
    bool is_sound = utfall_feed_check_id(feed, at[0], id) == UTFALL_OK;
    utfall_status read = utfall_cell_whole(&occasion, &refusal, 1, OCCASIONS, when.text, when.len);
    if (read != UTFALL_OK)
        (void)utfall_feed_refuse(feed, at[1], read, "is not an occasion: expected 1 or 2",
                                 refusal.hint);
    if (name.len == 0)
        (void)utfall_feed_refuse(feed, at[2], UTFALL_E_MISSING, "is not a subject", NULL);
    const bool is_grade = grade.len == 1 && grade.text[0] >= 'A' && grade.text[0] <= 'F';
    if (!is_grade)
        (void)utfall_feed_refuse(feed, at[3], UTFALL_E_SYNTAX, "is not a grade: expected A to F",
                                 "leave out the row of a subject without a grade");
    if (!is_sound || read != UTFALL_OK || name.len == 0 || !is_grade)
        return UTFALL_OK;
    utfall_status status =
        utfall_roster_take(&pupils->roster, &number, &is_new, id, feed->csv->line);
    if (status != UTFALL_OK)
        return status;
    if (number < pupils->count)
        grade_add(pupils, feed, at[2], number, (size_t)occasion - 1, name, grade.text[0]);
    else if (is_new && pupils->is_known)
        (void)utfall_feed_refuse(feed, at[0], UTFALL_E_CONFLICT,
                                 "is nobody in the outcome's table of people", NULL);
    return UTFALL_OK;
}

static utfall_status grades_read(struct pupils *pupils, utfall_feed *feed, const char *folder,
                                 utfall_input *out)
{
    const size_t at[4] = {
        utfall_feed_ask_field(feed, "id"), utfall_feed_ask_field(feed, "occasion"),
        utfall_feed_ask_field(feed, "subject"), utfall_feed_ask_field(feed, "grade")};
    const size_t places = pupils->count * OCCASIONS;
    pupils->seen = utfall_run_array(pupils->run, places, SEEN_WORDS * sizeof *pupils->seen);
    pupils->core_seen = utfall_run_array(pupils->run, places, sizeof *pupils->core_seen);
    if (pupils->seen == NULL || pupils->core_seen == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_feed_open(feed, folder);
    if (status != UTFALL_OK)
        return status;
    while (status == UTFALL_OK && utfall_feed_next(feed))
        status = grade_row(pupils, feed, at);
    for (size_t i = 0; i < places; i++)
        for (size_t core = 0; core < pupils->source->core_count; core++)
            pupils->pupil[i / OCCASIONS].grades[i % OCCASIONS].core_absent +=
                (pupils->core_seen[i] >> core & 1) == 0;
    utfall_status closed = utfall_feed_close(feed, out);
    return status == UTFALL_OK ? closed : status;
}

/* ---- the outcome ---- */

/* What a row lacks, and the column to look at. */
static utfall_finding pupil_refusal(utfall_feed *feed, const struct pupils *pupils, size_t number,
                                    utfall_school_lack lack)
{
    static const struct {
        const char *field, *what, *hint;
    } faults[] = {
        [UTFALL_LACK_NOTHING] = {"complete", "is not complete, and the contract refuses to settle",
                                 "the outcome says `incomplete: refuse`"},
        [UTFALL_LACK_ABILITY] = {"ability_change", "has no ability_change, which scheme 1 needs",
                                 NULL},
        [UTFALL_LACK_BEFORE] = {"enrolment_before",
                                "has no enrolment_before, which the scheme needs", NULL},
        [UTFALL_LACK_AFTER] = {"enrolment_after", "has no enrolment_after, which the scheme needs",
                               NULL},
        [UTFALL_LACK_ATTENDANCE_BEFORE] = {"attendance_before",
                                           "is enrolled and has no attendance_before",
                                           "the outcome says `without_attendance: refuse`"},
        [UTFALL_LACK_ATTENDANCE_AFTER] = {"attendance_after",
                                          "is enrolled and has no attendance_after",
                                          "the outcome says `without_attendance: refuse`"},
        [UTFALL_LACK_GRADES] = {"scheme", "is in scheme 2 and has no grades at an occasion",
                                "the outcome says `without_grades: refuse`"},
        [UTFALL_LACK_CORE] = {"scheme", "has no grade in a core subject at an occasion",
                              "the outcome says `core_without_grade: refuse`"},
        [UTFALL_LACK_REDUCED] = {"enrolment_after",
                                 "is in a reduced national programme, which scheme 3 has no points "
                                 "for",
                                 "the outcome says `national_reduced_in_scheme_3: refuse`"},
    };
    const char *message = utfall_run_join(
        feed->run, "\"", utfall_text_short(feed->run, pupils->roster.ids[number], 80), "\" ",
        faults[lack].what, (const char *)NULL);
    return utfall_roster_finding(feed, pupils->roster.lines[number], faults[lack].field,
                                 UTFALL_E_MISSING, message == NULL ? "" : message,
                                 faults[lack].hint);
}

static utfall_status outcome_count(struct pupils *pupils, utfall_feed *feed,
                                   utfall_outcome_result *out)
{
    const size_t count = pupils->count;
    utfall_school_points *points = utfall_run_array(pupils->run, count, sizeof *points);
    if (points == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status =
        utfall_school_count(pupils->run, out, points, &pupils->source->terms, pupils->pupil, count);
    if (status != UTFALL_E_CONFLICT)
        return status;
    utfall_finding *refusals = utfall_run_array(pupils->run, UTFALL_FINDINGS_MAX, sizeof *refusals);
    if (refusals == NULL)
        return UTFALL_E_NOMEM;
    *out = (utfall_outcome_result){.refusals = refusals};
    for (size_t i = 0; i < count; i++) {
        if (points[i].verdict != UTFALL_VERDICT_REFUSED)
            continue;
        if (out->refusal_count < UTFALL_FINDINGS_MAX)
            refusals[out->refusal_count] = pupil_refusal(feed, pupils, i, points[i].lack);
        out->refusal_count++;
    }
    return utfall_run_failure(pupils->run);
}

/* Everybody of the target group has a row: somebody left out in silence would change the sum. The
 * roster grows by those who are not there. */
static utfall_status refuse_absent(utfall_feed *feed, struct pupils *pupils,
                                   const utfall_cohort *cohort, utfall_outcome_result *out)
{
    const char *first = NULL;
    int64_t absent = 0;
    for (size_t i = 0; cohort != NULL && i < cohort->persons; i++) {
        utfall_cell id = {cohort->ids[i], strlen(cohort->ids[i])};
        size_t number;
        bool is_absent = false;
        utfall_status status = utfall_roster_take(&pupils->roster, &number, &is_absent, id, 0);
        if (status != UTFALL_OK)
            return status;
        if (is_absent && absent++ == 0)
            first = cohort->ids[i];
    }
    if (first == NULL)
        return UTFALL_OK;
    const char *number = utfall_run_decimal(feed->run, absent);
    const char *message =
        utfall_run_join(feed->run, "lacks ", number == NULL ? "" : number,
                        " of the people of the target group, first \"",
                        utfall_text_short(feed->run, first, 80), "\"", (const char *)NULL);
    utfall_finding *refusal = utfall_run_alloc(feed->run, sizeof *refusal);
    if (message == NULL || refusal == NULL)
        return UTFALL_E_NOMEM;
    *refusal = utfall_feed_finding(feed, UTFALL_E_MISSING, UTFALL_ERROR, message,
                                   "write a row for everybody; `complete` says who is followed up");
    *out = (utfall_outcome_result){.refusal_count = 1, .refusals = refusal};
    return utfall_run_failure(feed->run);
}

utfall_status utfall_pupils_read(utfall_run *run, const utfall_contract *contract,
                                 const utfall_school_source *source, const char *folder,
                                 const utfall_cohort *cohort, utfall_outcome_result *out,
                                 utfall_input inputs[2])
{
    struct pupils pupils = {.run = run, .source = source};
    utfall_feed people, grades;
    utfall_feed_begin(&people, run, contract, &source->people);
    utfall_feed_begin(&grades, run, contract, &source->grades);
    utfall_status status = utfall_roster_new(run, &pupils.roster, contract);
    if (status != UTFALL_OK)
        return status;
    utfall_status first = people_read(&pupils, &people, folder, &inputs[0]);
    if (first == UTFALL_E_NOMEM)
        return first;
    pupils.count = pupils.roster.count;
    if (first == UTFALL_OK) {
        first = utfall_roster_match(&pupils.roster, &people, cohort);
        utfall_status absent = refuse_absent(&people, &pupils, cohort, out);
        first = first == UTFALL_OK ? absent : first;
        pupils.is_known = true;
    }
    status = grades_read(&pupils, &grades, folder, &inputs[1]);
    if (first != UTFALL_OK || status != UTFALL_OK)
        return first != UTFALL_OK ? first : status;
    return out->refusal_count > 0 ? UTFALL_OK : outcome_count(&pupils, &people, out);
}
