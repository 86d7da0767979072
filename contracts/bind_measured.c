/* contracts/bind_measured.c - outcomes with one value a person: thresholds, rates, reductions,
 * claims, milestones. Input: the typed map of one outcome. Invariant: columns stand in the order in
 * which measured.c reads them; what missing data mean was named. */
#include "contracts/bind.h"

static int64_t whole_of(const utfall_node *map, utfall_term_id term)
{
    const utfall_node *node = utfall_slot_value(map, term);
    return node == NULL ? 0 : node->value.whole;
}

static const char *const *columns_of(utfall_outcome_kind kind, bool is_change)
{
    static const char *const level[] = {"id", "value", NULL};
    static const char *const change[] = {"id", "value", "occasion", NULL};
    static const char *const rate[] = {"id", "numerator", "denominator", NULL};
    static const char *const claims[] = {"id", "validated", NULL};
    static const char *const months[] = {"id", "month", "held", NULL};
    switch (kind) {
    case UTFALL_OUTCOME_RATE:
        return rate;
    case UTFALL_OUTCOME_CLAIMS:
        return claims;
    case UTFALL_OUTCOME_MILESTONES:
        return months;
    case UTFALL_OUTCOME_REACHED:
    case UTFALL_OUTCOME_REDUCTION:
    case UTFALL_OUTCOME_STATED:
    case UTFALL_OUTCOME_SCHOOL_POINTS:
    case UTFALL_OUTCOME_SCALES:
        break;
    }
    return is_change ? change : level;
}

static void bind_threshold(utfall_binder *binder, utfall_reached_terms *reached,
                           const utfall_node *node)
{
    const utfall_node *least = utfall_slot(node, UTFALL_OUTCOME_at_least);
    const utfall_node *most = utfall_slot(node, UTFALL_OUTCOME_at_most);
    if (least == NULL && most == NULL)
        utfall_bind_missing(binder, node, UTFALL_OUTCOME_at_least, "and so is at_most");
    if (least != NULL && most != NULL)
        utfall_bind_misplaced(binder, most,
                              "and \"at_least\" do not go together: expected one of them", least);
    least = utfall_slot_value(node, UTFALL_OUTCOME_at_least);
    most = utfall_slot_value(node, UTFALL_OUTCOME_at_most);
    reached->at_least = least == NULL ? NULL : least->value.number;
    reached->at_most = most == NULL ? NULL : most->value.number;
    reached->is_change = whole_of(node, UTFALL_OUTCOME_look_at) == 1;
}

static void check_measured(utfall_binder *binder, utfall_outcome_kind kind, const utfall_node *node)
{
    const utfall_node *missing = utfall_slot_value(node, UTFALL_OUTCOME_missing);
    const utfall_node *limit = utfall_slot_value(node, UTFALL_OUTCOME_per_person);
    if (missing != NULL && missing->value.whole == UTFALL_MISSING_FAIL &&
        (kind == UTFALL_OUTCOME_RATE || kind == UTFALL_OUTCOME_REDUCTION))
        utfall_bind_refuse(binder, UTFALL_E_CONFLICT, missing,
                           "\"fail\" says nothing of a value that is missing in a mean: expected "
                           "exclude or refuse",
                           NULL);
    if (limit != NULL && limit->value.whole == 0)
        utfall_bind_refuse(binder, UTFALL_E_RANGE, limit,
                           "\"0\" claims a person would count none: expected 1 or more", NULL);
}

utfall_status utfall_bind_measured(utfall_binder *binder, utfall_outcome_source *source,
                                   utfall_outcome_kind kind, const utfall_node *node)
{
    utfall_measured_source *measured = utfall_run_alloc(binder->run, sizeof *measured);
    if (measured == NULL)
        return UTFALL_E_NOMEM;
    source->measured = measured;
    measured->kind = kind;
    measured->missing = (utfall_missing)whole_of(node, UTFALL_OUTCOME_missing);
    measured->reached.missing = measured->reduction.missing = measured->missing;
    measured->reduction.minimum = (uint64_t)whole_of(node, UTFALL_OUTCOME_minimum);
    measured->reduction.too_few = (utfall_too_few)whole_of(node, UTFALL_OUTCOME_too_few);
    measured->limit = (uint64_t)whole_of(node, UTFALL_OUTCOME_per_person);
    const int64_t months = whole_of(node, UTFALL_OUTCOME_months);
    measured->months = months > INT32_MAX ? INT32_MAX : (uint32_t)months;
    if (kind == UTFALL_OUTCOME_REACHED && node->slots != NULL)
        bind_threshold(binder, &measured->reached, node);
    check_measured(binder, kind, node);
    const char *const *columns = columns_of(kind, measured->reached.is_change);
    utfall_status status =
        utfall_bind_table(binder, &measured->table, utfall_slot(node, UTFALL_OUTCOME_table),
                          "outcome", columns, NULL);
    return status == UTFALL_OK ? utfall_bind_table(binder, &measured->control,
                                                   utfall_slot(node, UTFALL_OUTCOME_control),
                                                   "control", columns, NULL)
                               : status;
}
