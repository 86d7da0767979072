/* contracts/bind_interim.c - what a contract says about settlements before the end: what becomes of
 * money that was paid too early or too much, of people who leave, and how the final result is
 * forecast.
 *
 * Input: the typed tree. Invariant: a forecast is asked for only where it can be made. */
#include "contracts/bind.h"
#include "contracts/document.h"
#include <string.h>

static void bind_negative_due(utfall_binder *binder, const utfall_node *evaluation)
{
    const utfall_node *rule = utfall_slot_value(evaluation, UTFALL_EVALUATION_negative_due);
    if (rule == NULL)
        return;
    binder->draft.has_negative_due = true;
    binder->draft.negative_due = (utfall_negative_due)rule->value.whole;
}

/* Of people who are left out until their window is complete nothing is known to forecast from. */
static void bind_forecast(utfall_binder *binder, const utfall_node *evaluation,
                          const utfall_node *forecast)
{
    const utfall_node *remaining = utfall_slot_value(forecast, UTFALL_FORECAST_remaining);
    const utfall_node *drawn = utfall_slot_value(forecast, UTFALL_FORECAST_drawn);
    const utfall_node *incomplete = utfall_slot_value(evaluation, UTFALL_EVALUATION_incomplete);
    if (forecast == NULL || remaining == NULL)
        return;
    binder->draft.has_forecast = true;
    binder->draft.forecast_remaining = (utfall_remaining)remaining->value.whole;
    if (drawn != NULL)
        binder->draft.forecast_drawn = (utfall_forecast_drawn)drawn->value.whole;
    if (incomplete != NULL && incomplete->value.whole == UTFALL_INCOMPLETE_EXCLUDE)
        utfall_bind_misplaced(
            binder, forecast,
            "does not go with incomplete: exclude: expected to_date, since people "
            "who are left out cannot be forecast",
            incomplete);
}

static void bind_denominator(utfall_binder *binder, const utfall_node *evaluation)
{
    const utfall_node *comparison =
        utfall_slot(binder->document->root, UTFALL_ROOT_comparison_group);
    const utfall_node *design = utfall_slot_value(comparison, UTFALL_COMPARISON_design);
    const utfall_node *denominator = utfall_slot_value(evaluation, UTFALL_EVALUATION_denominator);
    if (denominator == NULL)
        return;
    binder->draft.denominator = (utfall_denominator)denominator->value.whole;
    if (design != NULL && design->value.whole == UTFALL_DESIGN_AGREED)
        utfall_bind_misplaced(binder, denominator,
                              "does not go with design agreed: nobody is divided by", design);
    else if (binder->draft.denominator == UTFALL_DENOMINATOR_FOLLOWED &&
             utfall_slot(evaluation, UTFALL_EVALUATION_exits) == NULL)
        utfall_bind_missing(binder, evaluation, UTFALL_EVALUATION_exits,
                            "with denominator: followed");
}

/* A word can be the name of one reason only. */
static void check_words(utfall_binder *binder, const utfall_words *words, size_t count,
                        const utfall_node *map)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            for (size_t k = 0; k < words[i].count; k++)
                for (size_t l = 0; l < words[j].count; l++)
                    if (strcmp(words[i].word[k], words[j].word[l]) == 0)
                        (void)utfall_node_report_both(
                            binder->run, UTFALL_E_CONFLICT, map->items[i], true,
                            utfall_run_join(binder->run, "\"",
                                            utfall_text_short(binder->run, words[i].word[k], 40),
                                            "\" is the word for two reasons", (const char *)NULL),
                            "a word in the column exit_reason has one meaning", map->items[j], true,
                            "the other one is here");
}

static utfall_status bind_exit(utfall_binder *binder, utfall_exit *exit, utfall_words *words,
                               const utfall_node *node)
{
    const utfall_node *rule = utfall_slot_value(node, UTFALL_EXIT_rule);
    const utfall_node *values = utfall_slot(node, UTFALL_EXIT_values);
    const bool is_list = values != NULL && values->kind == UTFALL_LIST;
    const size_t count = is_list ? values->count : 1;
    const char **word = utfall_run_array(binder->run, count, sizeof *word);
    if (word == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        word[i] = !is_list                                  ? node->key
                  : values->items[i]->kind == UTFALL_SCALAR ? values->items[i]->text
                                                            : "";
    *words = (utfall_words){count, word};
    exit->reason = node->key;
    exit->clause = utfall_slot_text(node, UTFALL_EXIT_clause);
    exit->rule = rule == NULL ? UTFALL_EXIT_STOP : (utfall_exit_rule)rule->value.whole;
    return UTFALL_OK;
}

static utfall_status bind_exits(utfall_binder *binder, const utfall_node *evaluation)
{
    const utfall_node *map = utfall_slot(evaluation, UTFALL_EVALUATION_exits);
    if (map == NULL || map->kind != UTFALL_MAP)
        return UTFALL_OK;
    const size_t count = utfall_bind_is_too_long(binder, map, UTFALL_EXITS_MAX, "reasons")
                             ? UTFALL_EXITS_MAX
                             : map->count;
    utfall_exit *exits = utfall_run_array(binder->run, count, sizeof *exits);
    utfall_words *words = utfall_run_array(binder->run, count, sizeof *words);
    if (exits == NULL || words == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        utfall_status status = bind_exit(binder, &exits[i], &words[i], map->items[i]);
        if (status != UTFALL_OK)
            return status;
    }
    check_words(binder, words, count, map);
    binder->draft.exits = exits;
    binder->draft.exit_count = count;
    binder->exits = words;
    return UTFALL_OK;
}

utfall_status utfall_bind_interim(utfall_binder *binder)
{
    const utfall_node *root = binder->document->root;
    const utfall_node *evaluation = utfall_slot(root, UTFALL_ROOT_evaluation);
    bind_negative_due(binder, evaluation);
    bind_forecast(binder, evaluation, utfall_slot(root, UTFALL_ROOT_forecast));
    bind_denominator(binder, evaluation);
    return bind_exits(binder, evaluation);
}
