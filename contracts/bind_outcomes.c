/* contracts/bind_outcomes.c - outcomes beside cost: what is stated of them, or where their tables
 * are and by which terms those are read. Input: the typed tree. Invariant: a measure has every key
 * that it needs and none that it does not know; a reading that a text leaves open was named. */
#include "contracts/bind.h"

#include <string.h>

/* ---- stated ---- */

utfall_term_id utfall_bind_figure(utfall_figure figure)
{
    switch (figure) {
    case UTFALL_FIGURE_SUM:
    case UTFALL_FIGURE_IMPROVED:
        return UTFALL_OUTCOME_sum;
    case UTFALL_FIGURE_PERSONS:
        return UTFALL_OUTCOME_persons;
    case UTFALL_FIGURE_RATE:
        return UTFALL_OUTCOME_rate;
    case UTFALL_FIGURE_CLAIMS:
        return UTFALL_OUTCOME_claims;
    }
    return UTFALL_OUTCOME_sum;
}

static void check_stated(utfall_binder *binder, const utfall_node *node)
{
    const utfall_node *value = utfall_slot(node, UTFALL_OUTCOME_value);
    const utfall_node *sum = utfall_slot(node, UTFALL_OUTCOME_sum);
    const utfall_node *persons = utfall_slot(node, UTFALL_OUTCOME_persons);
    const utfall_node *improved = utfall_slot_value(node, UTFALL_OUTCOME_improved);
    const utfall_node *also = utfall_slot(node, UTFALL_OUTCOME_excluded_sum);
    const utfall_node *rate = utfall_slot(node, UTFALL_OUTCOME_rate);
    const utfall_node *claims = utfall_slot(node, UTFALL_OUTCOME_claims);
    const utfall_node *number = sum != NULL ? sum : rate != NULL ? rate : claims;
    if (value == NULL && number == NULL && persons == NULL)
        utfall_bind_missing(binder, node, UTFALL_OUTCOME_value,
                            "and so are sum, persons, rate and claims");
    if (value != NULL && number != NULL)
        utfall_bind_misplaced(binder, number,
                              "and \"value\" do not go together: expected a value, or a figure "
                              "with the condition improved",
                              value);
    else if (value != NULL && improved != NULL)
        utfall_bind_misplaced(binder, improved,
                              "and \"value\" do not go together: expected one of them to say "
                              "whether the outcome was reached",
                              value);
    else if (improved != NULL && improved->value.measure.figure == UTFALL_FIGURE_IMPROVED)
        utfall_bind_refuse(binder, UTFALL_E_SCHEMA, improved,
                           "a stated outcome has no figure \"improved\": expected sum or persons",
                           NULL);
    else if (improved != NULL &&
             utfall_slot(node, utfall_bind_figure(improved->value.measure.figure)) == NULL)
        utfall_bind_missing(binder, node, utfall_bind_figure(improved->value.measure.figure),
                            "but improved asks for it");
    if (also != NULL && sum == NULL)
        utfall_bind_missing(binder, node, UTFALL_OUTCOME_sum, "but there is an excluded_sum");
}

static void bind_stated(utfall_binder *binder, utfall_outcome *outcome,
                        utfall_outcome_result *stated, const utfall_node *node)
{
    const utfall_node *value = utfall_slot_value(node, UTFALL_OUTCOME_value);
    const utfall_node *sum = utfall_slot_value(node, UTFALL_OUTCOME_sum);
    const utfall_node *persons = utfall_slot_value(node, UTFALL_OUTCOME_persons);
    const utfall_node *excluded = utfall_slot_value(node, UTFALL_OUTCOME_excluded);
    const utfall_node *excluded_sum = utfall_slot_value(node, UTFALL_OUTCOME_excluded_sum);
    outcome->has_value = value != NULL;
    outcome->value = value != NULL && value->value.whole == 1;
    const utfall_node *rate = utfall_slot_value(node, UTFALL_OUTCOME_rate);
    const utfall_node *claims = utfall_slot_value(node, UTFALL_OUTCOME_claims);
    outcome->sum = stated->sum = sum == NULL ? NULL : sum->value.number;
    outcome->rate = stated->rate = rate == NULL ? NULL : rate->value.number;
    if (claims != NULL)
        outcome->claims = stated->claims = utfall_rat_of(binder->run, claims->value.whole, 1);
    stated->persons = persons == NULL ? 0 : (uint64_t)persons->value.whole;
    stated->excluded = excluded == NULL ? 0 : (uint64_t)excluded->value.whole;
    stated->excluded_sum = excluded_sum == NULL ? NULL : excluded_sum->value.number;
    if (node->slots != NULL)
        check_stated(binder, node);
}

/* ---- school points ---- */

enum { CORE_MAX = 8 };

/* Number of the word that a reading has; 0 when it could not be read, which was told. */
static int64_t reading(const utfall_node *readings, utfall_term_id term)
{
    const utfall_node *node = utfall_slot_value(readings, term);
    return node == NULL ? 0 : node->value.whole;
}

static void bind_readings(utfall_school_terms *terms, const utfall_node *readings)
{
    terms->reduced_in_scheme_3 = (utfall_reading_reduced)reading(readings, UTFALL_READINGS_reduced);
    terms->one_core_six_other = (utfall_reading_level)reading(readings, UTFALL_READINGS_one_core);
    terms->two_core_three_other = (utfall_reading_level)reading(readings, UTFALL_READINGS_two_core);
    terms->core_without_grade = (utfall_reading_core)reading(readings, UTFALL_READINGS_core);
    terms->without_grades = (utfall_reading_grades)reading(readings, UTFALL_READINGS_grades);
    terms->without_attendance =
        (utfall_reading_attendance)reading(readings, UTFALL_READINGS_attendance);
}

/* The attendance that is enough, in per cent as the table has it. */
static utfall_status bind_attendance(utfall_binder *binder, utfall_school_terms *terms,
                                     const utfall_node *node)
{
    const utfall_rat *hundred = utfall_rat_of(binder->run, 100, 1);
    if (node == NULL || hundred == NULL)
        return node == NULL ? UTFALL_OK : utfall_run_failure(binder->run);
    terms->active_attendance = utfall_rat_mul(binder->run, node->value.number, hundred);
    if (terms->active_attendance == NULL)
        return utfall_run_failure(binder->run);
    if (utfall_rat_sign(terms->active_attendance) < 0 ||
        utfall_rat_compare(terms->active_attendance, hundred) > 0)
        utfall_bind_refuse(binder, UTFALL_E_RANGE, node,
                           utfall_run_join(binder->run, "\"", node->text,
                                           "\" is not an attendance: expected 0 to 1, such as 80%",
                                           (const char *)NULL),
                           NULL);
    return UTFALL_OK;
}

/* No name of a subject may stand twice: a grade would count for two subjects. */
static void check_core(utfall_binder *binder, const utfall_school_source *school,
                       const utfall_node *core)
{
    const utfall_words *seen[CORE_MAX];
    for (size_t i = 0; i < school->core_count; i++) {
        seen[i] = &school->core[i].values;
        for (size_t k = 0; k < seen[i]->count; k++)
            for (size_t j = 0; j <= i; j++)
                for (size_t m = 0; m < (j == i ? k : seen[j]->count); m++)
                    if (strcmp(seen[i]->word[k], seen[j]->word[m]) == 0)
                        (void)utfall_node_report(
                            binder->run, UTFALL_E_CONFLICT, core->items[i], true,
                            utfall_run_join(binder->run, "the subject \"",
                                            utfall_text_short(binder->run, seen[i]->word[k], 40),
                                            "\" is there twice: expected each name once",
                                            (const char *)NULL),
                            NULL);
    }
}

static utfall_status bind_school(utfall_binder *binder, utfall_outcome_source *source,
                                 const utfall_node *node)
{
    static const char *const people[] = {"id",
                                         "scheme",
                                         "complete",
                                         "ability_change",
                                         "enrolment_before",
                                         "enrolment_after",
                                         "attendance_before",
                                         "attendance_after",
                                         "home_schooling",
                                         "no_place",
                                         NULL};
    static const char *const grades[] = {"id", "occasion", "subject", "grade", NULL};
    const utfall_node *core = utfall_slot(node, UTFALL_OUTCOME_core);
    const utfall_node *incomplete = utfall_slot_value(node, UTFALL_OUTCOME_incomplete);
    utfall_school_source *school = utfall_run_alloc(binder->run, sizeof *school);
    if (school == NULL)
        return UTFALL_E_NOMEM;
    source->school = school;
    if (incomplete != NULL)
        school->terms.incomplete = (utfall_school_incomplete)incomplete->value.whole;
    bind_readings(&school->terms, utfall_slot(node, UTFALL_OUTCOME_readings));
    utfall_status status = bind_attendance(
        binder, &school->terms, utfall_slot_value(node, UTFALL_OUTCOME_active_attendance));
    if (status == UTFALL_OK)
        status =
            utfall_bind_table(binder, &school->people, utfall_slot(node, UTFALL_OUTCOME_people),
                              "school", people, NULL);
    if (status == UTFALL_OK)
        status =
            utfall_bind_table(binder, &school->grades, utfall_slot(node, UTFALL_OUTCOME_grades),
                              "grades", grades, NULL);
    if (status != UTFALL_OK || core == NULL || core->kind != UTFALL_MAP)
        return status;
    if (core->count > CORE_MAX) {
        (void)utfall_node_report(binder->run, UTFALL_E_RANGE, core, true,
                                 "there are more than 8 core subjects", NULL);
        return UTFALL_OK;
    }
    status = utfall_bind_where(binder, &school->core_count, &school->core, core, NULL);
    if (status == UTFALL_OK)
        check_core(binder, school, core);
    return status;
}

/* ---- scales ---- */

static void bind_scale(utfall_binder *binder, utfall_scale *scale, const utfall_node *node)
{
    const utfall_node *low = utfall_slot_value(node, UTFALL_SCALE_low);
    const utfall_node *high = utfall_slot_value(node, UTFALL_SCALE_high);
    const utfall_node *better = utfall_slot_value(node, UTFALL_SCALE_better);
    scale->id = node->key;
    scale->low = low == NULL ? NULL : low->value.number;
    scale->high = high == NULL ? NULL : high->value.number;
    scale->higher_is_better = better != NULL && better->value.whole == 1;
    if (scale->low != NULL && scale->high != NULL &&
        utfall_rat_compare(scale->low, scale->high) >= 0)
        (void)utfall_node_report_both(
            binder->run, UTFALL_E_CONFLICT, high, false,
            utfall_run_join(binder->run, "\"", high->text,
                            "\" does not lie above low: expected more than ", low->text,
                            (const char *)NULL),
            NULL, low, false, "low is here");
}

static utfall_status bind_scales(utfall_binder *binder, utfall_outcome_source *source,
                                 const utfall_node *node)
{
    static const char *const columns[] = {"id", "measure", "occasion", "value", NULL};
    const utfall_node *occasions = utfall_slot_value(node, UTFALL_OUTCOME_occasions);
    const utfall_node *map = utfall_slot(node, UTFALL_OUTCOME_scales);
    utfall_scales_source *scales = utfall_run_alloc(binder->run, sizeof *scales);
    if (scales == NULL)
        return UTFALL_E_NOMEM;
    source->scales = scales;
    if (occasions != NULL) {
        if (occasions->value.whole < 2 || occasions->value.whole > UTFALL_OCCASIONS_MAX)
            utfall_bind_refuse(binder, UTFALL_E_RANGE, occasions,
                               utfall_run_join(binder->run, "\"", occasions->text,
                                               "\" occasions: expected 2 to 24",
                                               (const char *)NULL),
                               "a change needs two occasions");
        else
            scales->occasions = (size_t)occasions->value.whole;
    }
    utfall_status status = utfall_bind_table(
        binder, &scales->table, utfall_slot(node, UTFALL_OUTCOME_table), "outcome", columns, NULL);
    if (status != UTFALL_OK || map == NULL || map->kind != UTFALL_MAP)
        return status;
    if (map->count > UTFALL_SCALES_MAX) {
        utfall_bind_refuse_key(binder, UTFALL_E_RANGE, map, "there are more than 32 scales", NULL);
        return UTFALL_OK;
    }
    utfall_scale *read = utfall_run_array(binder->run, map->count, sizeof *read);
    if (read == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < map->count; i++)
        bind_scale(binder, &read[i], map->items[i]);
    scales->scales = read;
    scales->count = map->count;
    return UTFALL_OK;
}

/* ---- which keys go with which measure ---- */

#define WITH(kind) (1u << UTFALL_OUTCOME_##kind)
#define MEASURED (WITH(REACHED) | WITH(RATE) | WITH(REDUCTION) | WITH(CLAIMS) | WITH(MILESTONES))

/* Keys that not every measure has. */
static const struct key_rule {
    utfall_term_id term;
    unsigned needed, allowed;
} key_rules[] = {
    {UTFALL_OUTCOME_value, 0, WITH(STATED)},
    {UTFALL_OUTCOME_sum, 0, WITH(STATED)},
    {UTFALL_OUTCOME_persons, 0, WITH(STATED)},
    {UTFALL_OUTCOME_rate, 0, WITH(STATED)},
    {UTFALL_OUTCOME_claims, 0, WITH(STATED)},
    {UTFALL_OUTCOME_excluded, 0, WITH(STATED)},
    {UTFALL_OUTCOME_excluded_sum, 0, WITH(STATED)},
    {UTFALL_OUTCOME_people, WITH(SCHOOL_POINTS), WITH(SCHOOL_POINTS)},
    {UTFALL_OUTCOME_grades, WITH(SCHOOL_POINTS), WITH(SCHOOL_POINTS)},
    {UTFALL_OUTCOME_core, WITH(SCHOOL_POINTS), WITH(SCHOOL_POINTS)},
    {UTFALL_OUTCOME_active_attendance, WITH(SCHOOL_POINTS), WITH(SCHOOL_POINTS)},
    {UTFALL_OUTCOME_incomplete, WITH(SCHOOL_POINTS), WITH(SCHOOL_POINTS)},
    {UTFALL_OUTCOME_readings, WITH(SCHOOL_POINTS), WITH(SCHOOL_POINTS)},
    {UTFALL_OUTCOME_table, WITH(SCALES) | MEASURED, WITH(SCALES) | MEASURED},
    {UTFALL_OUTCOME_look_at, WITH(REACHED), WITH(REACHED)},
    {UTFALL_OUTCOME_at_least, 0, WITH(REACHED)},
    {UTFALL_OUTCOME_at_most, 0, WITH(REACHED)},
    {UTFALL_OUTCOME_missing, MEASURED & ~WITH(CLAIMS), MEASURED & ~WITH(CLAIMS)},
    {UTFALL_OUTCOME_control, WITH(REDUCTION), WITH(REDUCTION)},
    {UTFALL_OUTCOME_minimum, WITH(REDUCTION), WITH(REDUCTION)},
    {UTFALL_OUTCOME_too_few, WITH(REDUCTION), WITH(REDUCTION)},
    {UTFALL_OUTCOME_per_person, 0, WITH(CLAIMS)},
    {UTFALL_OUTCOME_months, WITH(MILESTONES), WITH(MILESTONES)},
    {UTFALL_OUTCOME_occasions, WITH(SCALES), WITH(SCALES)},
    {UTFALL_OUTCOME_scales, WITH(SCALES), WITH(SCALES)},
};

static void check_keys(utfall_binder *binder, const utfall_node *node, const utfall_node *measure)
{
    unsigned kind = 1u << measure->value.whole;
    const char *with =
        utfall_run_join(binder->run, "with measure ", measure->text, (const char *)NULL);
    const char *without = utfall_run_join(binder->run, "does not go with measure ", measure->text,
                                          (const char *)NULL);
    if (with == NULL || without == NULL)
        return; /* told as missing memory */
    for (size_t i = 0; i < sizeof key_rules / sizeof key_rules[0]; i++) {
        const struct key_rule *rule = &key_rules[i];
        const utfall_node *there = utfall_slot(node, rule->term);
        if (there == NULL && (rule->needed & kind) != 0)
            utfall_bind_missing(binder, node, rule->term, with);
        if (there != NULL && (rule->allowed & kind) == 0)
            utfall_bind_misplaced(binder, there, without, measure);
    }
}

static utfall_status bind_outcome(utfall_binder *binder, utfall_outcome *outcome,
                                  utfall_outcome_source *source, utfall_outcome_result *stated,
                                  const utfall_node *node)
{
    const utfall_node *measure = utfall_slot_value(node, UTFALL_OUTCOME_measure);
    const utfall_node *improved = utfall_slot_value(node, UTFALL_OUTCOME_improved);
    const utfall_node *known_from = utfall_slot_value(node, UTFALL_OUTCOME_known_from);
    outcome->id = node->key;
    outcome->clause = utfall_slot_text(node, UTFALL_OUTCOME_clause);
    outcome->source = utfall_slot_text(node, UTFALL_OUTCOME_source);
    if (known_from != NULL)
        outcome->known_from = known_from->value.month;
    if (improved != NULL) {
        outcome->figure = improved->value.measure.figure;
        outcome->relation = improved->value.relation;
        outcome->threshold = improved->value.number;
    }
    if (measure == NULL)
        return UTFALL_OK; /* told before */
    outcome->kind = (utfall_outcome_kind)measure->value.whole;
    check_keys(binder, node, measure);
    switch (outcome->kind) {
    case UTFALL_OUTCOME_STATED:
        bind_stated(binder, outcome, stated, node);
        return UTFALL_OK;
    case UTFALL_OUTCOME_SCHOOL_POINTS:
        return bind_school(binder, source, node);
    case UTFALL_OUTCOME_SCALES:
        return bind_scales(binder, source, node);
    case UTFALL_OUTCOME_REACHED:
    case UTFALL_OUTCOME_RATE:
    case UTFALL_OUTCOME_REDUCTION:
    case UTFALL_OUTCOME_CLAIMS:
    case UTFALL_OUTCOME_MILESTONES:
        return utfall_bind_measured(binder, source, outcome->kind, node);
    }
    return UTFALL_E_BUG;
}

utfall_status utfall_bind_outcomes(utfall_binder *binder)
{
    const utfall_node *map = utfall_slot(binder->document->root, UTFALL_ROOT_outcomes);
    if (map == NULL || map->kind != UTFALL_MAP)
        return UTFALL_OK;
    size_t count = utfall_bind_is_too_long(binder, map, UTFALL_OUTCOMES_MAX, "outcomes")
                       ? UTFALL_OUTCOMES_MAX
                       : map->count;
    utfall_outcome *outcomes = utfall_run_array(binder->run, count, sizeof *outcomes);
    utfall_outcome_result *stated = utfall_run_array(binder->run, count, sizeof *stated);
    utfall_outcome_source *sources = utfall_run_array(binder->run, count, sizeof *sources);
    binder->outcomes = utfall_run_array(binder->run, count, sizeof(utfall_node *));
    if (outcomes == NULL || stated == NULL || sources == NULL || binder->outcomes == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        binder->outcomes[i] = map->items[i];
        utfall_status status =
            bind_outcome(binder, &outcomes[i], &sources[i], &stated[i], map->items[i]);
        if (status != UTFALL_OK)
            return status;
    }
    binder->draft.outcomes = outcomes;
    binder->draft.outcome_count = count;
    binder->sources->stated = stated;
    binder->sources->outcomes = sources;
    binder->sources->outcome_count = count;
    return UTFALL_OK;
}
