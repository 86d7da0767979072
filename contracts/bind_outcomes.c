/* contracts/bind_outcomes.c - outcomes beside cost: what is stated of them, or where their tables
 * are and by which terms those are read. Input: the typed tree. Invariant: a measure has every key
 * that it needs and none that it does not know; a reading that a text leaves open was named. */
#include "contracts/bind.h"

#include <string.h>

/* ---- outcomes ---- */

static void check_outcome(utfall_binder *binder, const utfall_node *node)
{
    const utfall_node *value = utfall_slot(node, UTFALL_OUTCOME_value);
    const utfall_node *sum = utfall_slot(node, UTFALL_OUTCOME_sum);
    const utfall_node *persons = utfall_slot(node, UTFALL_OUTCOME_persons);
    const utfall_node *improved = utfall_slot_value(node, UTFALL_OUTCOME_improved);
    const utfall_node *also = utfall_slot(node, UTFALL_OUTCOME_excluded_sum);
    if (value == NULL && sum == NULL && persons == NULL)
        utfall_bind_missing(binder, node, UTFALL_OUTCOME_value, "and so are sum and persons");
    if (value != NULL && sum != NULL)
        utfall_bind_misplaced(binder, sum,
                              "and \"value\" do not go together: expected a value, or a sum with "
                              "the condition improved",
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
    else if (improved != NULL && improved->value.measure.figure == UTFALL_FIGURE_SUM && sum == NULL)
        utfall_bind_missing(binder, node, UTFALL_OUTCOME_sum, "but improved asks for it");
    else if (improved != NULL && improved->value.measure.figure == UTFALL_FIGURE_PERSONS &&
             persons == NULL)
        utfall_bind_missing(binder, node, UTFALL_OUTCOME_persons, "but improved asks for it");
    if (also != NULL && sum == NULL)
        utfall_bind_missing(binder, node, UTFALL_OUTCOME_sum, "but there is an excluded_sum");
}

static void bind_outcome(utfall_binder *binder, utfall_outcome *outcome,
                         utfall_outcome_result *stated, const utfall_node *node)
{
    const utfall_node *value = utfall_slot_value(node, UTFALL_OUTCOME_value);
    const utfall_node *sum = utfall_slot_value(node, UTFALL_OUTCOME_sum);
    const utfall_node *persons = utfall_slot_value(node, UTFALL_OUTCOME_persons);
    const utfall_node *excluded = utfall_slot_value(node, UTFALL_OUTCOME_excluded);
    const utfall_node *excluded_sum = utfall_slot_value(node, UTFALL_OUTCOME_excluded_sum);
    const utfall_node *improved = utfall_slot_value(node, UTFALL_OUTCOME_improved);
    outcome->id = node->key;
    outcome->clause = utfall_slot_text(node, UTFALL_OUTCOME_clause);
    outcome->source = utfall_slot_text(node, UTFALL_OUTCOME_source);
    outcome->kind = UTFALL_OUTCOME_STATED;
    outcome->has_value = value != NULL;
    outcome->value = value != NULL && value->value.whole == 1;
    outcome->sum = stated->sum = sum == NULL ? NULL : sum->value.number;
    stated->persons = persons == NULL ? 0 : (uint64_t)persons->value.whole;
    stated->excluded = excluded == NULL ? 0 : (uint64_t)excluded->value.whole;
    stated->excluded_sum = excluded_sum == NULL ? NULL : excluded_sum->value.number;
    if (improved != NULL) {
        outcome->figure = improved->value.measure.figure;
        outcome->relation = improved->value.relation;
        outcome->threshold = improved->value.number;
    }
    if (node->slots != NULL)
        check_outcome(binder, node);
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
    binder->outcomes = utfall_run_array(binder->run, count, sizeof(utfall_node *));
    if (outcomes == NULL || stated == NULL || binder->outcomes == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        binder->outcomes[i] = map->items[i];
        bind_outcome(binder, &outcomes[i], &stated[i], map->items[i]);
    }
    binder->draft.outcomes = outcomes;
    binder->draft.outcome_count = count;
    binder->sources->stated = stated;
    return UTFALL_OK;
}
