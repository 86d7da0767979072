/* contracts/bind_waterfall.c - the steps of the waterfall. Input: the typed tree; parties and
 * outcomes. Invariant: each step has one form and only the keys of that form; money is compared
 * with money and counts with counts. */
#include "contracts/bind.h"

#include <string.h>

static bool is_money(utfall_measure measure)
{
    return measure.kind != UTFALL_MEASURE_OUTCOME;
}

/* A measure with its outcome looked up; reports a figure that a stated outcome does not have. */
static utfall_measure bind_measure(utfall_binder *binder, const utfall_node *node)
{
    utfall_measure measure = node->value.measure;
    if (measure.kind != UTFALL_MEASURE_OUTCOME)
        return measure;
    size_t outcome = utfall_bind_outcome(binder, node, node->value.outcome);
    measure.outcome = outcome == SIZE_MAX ? 0 : outcome;
    if (outcome == SIZE_MAX)
        return measure;
    const utfall_node *at = binder->outcomes[outcome];
    if (measure.figure == UTFALL_FIGURE_IMPROVED)
        utfall_bind_refuse(
            binder, UTFALL_E_SCHEMA, node,
            "whether an outcome was reached is no figure: expected sum, persons, rate "
            "or claims",
            "gates are written when: ...");
    else if (at->slots != NULL && binder->draft.outcomes[outcome].kind == UTFALL_OUTCOME_STATED &&
             utfall_slot(at, utfall_bind_figure(measure.figure)) == NULL)
        (void)utfall_node_report_both(
            binder->run, UTFALL_E_MISSING, node, false,
            utfall_run_join(binder->run, "the outcome \"", node->value.outcome, "\" has no ",
                            utfall_figure_names[measure.figure], ": expected it to state one",
                            (const char *)NULL),
            NULL, at, true, "the outcome is stated here");
    return measure;
}

/* A level is money: an amount, or a part of a money measure. */
static utfall_level bind_level(utfall_binder *binder, const utfall_node *node)
{
    utfall_level level = {NULL, {UTFALL_MEASURE_AMOUNT, 0, UTFALL_FIGURE_SUM}};
    if (node == NULL || node->value.type != UTFALL_TYPE_LEVEL ||
        !utfall_bind_currency(binder, node))
        return level;
    if (!is_money(node->value.measure)) {
        utfall_bind_refuse(binder, UTFALL_E_UNIT, node,
                           utfall_run_join(binder->run, "\"",
                                           utfall_text_short(binder->run, node->text, 60),
                                           "\" is a count: expected money, such as 5 000 000 SEK, "
                                           "drawn or 120% of drawn",
                                           (const char *)NULL),
                           NULL);
        return level;
    }
    level.factor = node->value.number;
    level.of = node->value.measure;
    return level;
}

/* ---- forms ---- */

typedef struct step_form {
    utfall_term_id term;
    utfall_form form;
} step_form;

static const step_form forms[] = {
    {UTFALL_STEP_share, UTFALL_FORM_SHARE},
    {UTFALL_STEP_price, UTFALL_FORM_PRICE},
    {UTFALL_STEP_table, UTFALL_FORM_TABLE},
    {UTFALL_STEP_fixed, UTFALL_FORM_FIXED},
};
enum { FORMS = sizeof forms / sizeof forms[0] };

/* The key that gives the step its form; NULL when there is not exactly one, which is reported. */
static const step_form *form_find(utfall_binder *binder, const utfall_node *node)
{
    const step_form *found = NULL;
    for (size_t i = 0; i < FORMS; i++) {
        const utfall_node *key = utfall_slot(node, forms[i].term);
        if (key == NULL)
            continue;
        if (found != NULL) {
            utfall_bind_misplaced(
                binder, key,
                "gives the step a second form: expected one of share, price, table "
                "and fixed",
                utfall_slot(node, found->term));
            return NULL;
        }
        found = &forms[i];
    }
    if (found == NULL)
        utfall_bind_refuse_key(binder, UTFALL_E_MISSING, node,
                               "the step does not say what it pays: expected one of share, price, "
                               "table and fixed",
                               "add it, for example share: 60%, with of: saving");
    return found;
}

/* Keys that belong to some forms only. */
static void check_keys(utfall_binder *binder, const utfall_node *node, const step_form *form)
{
    static const struct key {
        utfall_term_id term;
        bool with[FORMS];
        bool is_needed;
        const char *why;
    } keys[] = {
        {UTFALL_STEP_of, {true, true, false, false}, true, "goes with share and price only"},
        {UTFALL_STEP_between, {true, false, false, false}, false, "goes with share only"},
        {UTFALL_STEP_limit, {false, true, false, false}, false, "goes with price only"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const utfall_node *key = utfall_slot(node, keys[i].term);
        if (key != NULL && !keys[i].with[form - forms])
            utfall_bind_misplaced(binder, key, keys[i].why, utfall_slot(node, form->term));
        if (key == NULL && keys[i].is_needed && keys[i].with[form - forms])
            utfall_bind_missing(binder, node, keys[i].term,
                                form->form == UTFALL_FORM_SHARE ? "with share" : "with price");
    }
}

static void bind_share(utfall_binder *binder, utfall_step *step, const utfall_node *node)
{
    const utfall_node *of = utfall_slot_value(node, UTFALL_STEP_of);
    const utfall_node *share = utfall_slot_value(node, UTFALL_STEP_share);
    const utfall_node *between = utfall_slot(node, UTFALL_STEP_between);
    if (share != NULL)
        step->share = share->value.number;
    if (of != NULL && !is_money(of->value.measure))
        utfall_bind_refuse(binder, UTFALL_E_UNIT, of,
                           utfall_run_join(binder->run, "a share of \"", of->text,
                                           "\" is not money: expected saving, drawn, commitment, "
                                           "expected or actual",
                                           (const char *)NULL),
                           "use price for an amount a unit, or table");
    if (between == NULL || between->kind != UTFALL_LIST || between->count != 2)
        return;
    step->low = bind_level(binder, between->items[0]);
    step->high = bind_level(binder, between->items[1]);
}

static void bind_price(utfall_binder *binder, utfall_step *step, const utfall_node *node)
{
    const utfall_node *of = utfall_slot_value(node, UTFALL_STEP_of);
    const utfall_node *price = utfall_slot_value(node, UTFALL_STEP_price);
    const utfall_node *limit = utfall_slot_value(node, UTFALL_STEP_limit);
    if (price != NULL && utfall_bind_currency(binder, price))
        step->price = price->value.number;
    if (limit != NULL)
        step->limit = utfall_rat_of(binder->run, limit->value.whole, 1);
    if (of != NULL && is_money(of->value.measure))
        utfall_bind_refuse(binder, UTFALL_E_UNIT, of,
                           utfall_run_join(binder->run, "\"", of->text,
                                           "\" is money and has no price: expected a count such as "
                                           "school.persons",
                                           (const char *)NULL),
                           "use share for a part of an amount");
}

/* Thresholds are of the same kind as what is looked up. */
static void check_point(utfall_binder *binder, const utfall_node *point, bool wants_money)
{
    if (point->value.type == UTFALL_TYPE_NONE || !utfall_bind_currency(binder, point))
        return;
    bool is_zero = utfall_rat_sign(point->value.number) == 0;
    if (wants_money && point->value.unit == NULL && !is_zero)
        utfall_bind_refuse(binder, UTFALL_E_UNIT, point,
                           utfall_run_join(binder->run, "\"", point->text,
                                           "\" has no unit: expected an amount, as the table looks "
                                           "up money",
                                           (const char *)NULL),
                           NULL);
    if (!wants_money && point->value.unit != NULL)
        utfall_bind_refuse(binder, UTFALL_E_UNIT, point,
                           utfall_run_join(binder->run, "\"", point->text,
                                           "\" is an amount: expected a number, as the table looks "
                                           "up a count",
                                           (const char *)NULL),
                           NULL);
}

static utfall_status bind_rows(utfall_binder *binder, utfall_step *step, const utfall_node *rows,
                               const utfall_node *of)
{
    utfall_table_row *read = utfall_run_array(binder->run, rows->count, sizeof *read);
    if (read == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < rows->count; i++) {
        const utfall_node *row = rows->items[i];
        if (row->kind != UTFALL_LIST || row->count != 2)
            continue; /* told before */
        if (of != NULL)
            check_point(binder, row->items[0], is_money(of->value.measure));
        read[i].at = row->items[0]->value.number;
        read[i].pays = bind_level(binder, row->items[1]);
    }
    step->rows = read;
    step->row_count = rows->count;
    return UTFALL_OK;
}

static utfall_status bind_lookup(utfall_binder *binder, utfall_step *step, const utfall_node *table)
{
    const utfall_node *of = utfall_slot_value(table, UTFALL_TABLE_of);
    const utfall_node *match = utfall_slot_value(table, UTFALL_TABLE_match);
    const utfall_node *edge = utfall_slot_value(table, UTFALL_TABLE_edge);
    const utfall_node *rows = utfall_slot(table, UTFALL_TABLE_rows);
    if (of != NULL)
        step->of = bind_measure(binder, of);
    if (match != NULL)
        step->match = (utfall_match)match->value.whole;
    if (edge != NULL)
        step->edge = (utfall_edge)edge->value.whole;
    return rows == NULL || rows->kind != UTFALL_LIST ? UTFALL_OK
                                                     : bind_rows(binder, step, rows, of);
}

static utfall_status bind_form(utfall_binder *binder, utfall_step *step, const utfall_node *node)
{
    const step_form *form = form_find(binder, node);
    const utfall_node *of = utfall_slot_value(node, UTFALL_STEP_of);
    if (of != NULL)
        step->of = bind_measure(binder, of);
    if (form == NULL)
        return UTFALL_OK;
    step->form = form->form;
    check_keys(binder, node, form);
    switch (form->form) {
    case UTFALL_FORM_SHARE:
        bind_share(binder, step, node);
        return UTFALL_OK;
    case UTFALL_FORM_PRICE:
        bind_price(binder, step, node);
        return UTFALL_OK;
    case UTFALL_FORM_TABLE:
        return bind_lookup(binder, step, utfall_slot(node, UTFALL_STEP_table));
    case UTFALL_FORM_FIXED:
        step->fixed = bind_level(binder, utfall_slot_value(node, UTFALL_STEP_fixed));
        return UTFALL_OK;
    }
    return UTFALL_OK;
}

/* ---- gates ---- */

/* A gate needs an outcome that says whether it was reached. */
static size_t bind_gate(utfall_binder *binder, const utfall_node *node)
{
    size_t outcome = utfall_bind_outcome(binder, node, node->text);
    if (outcome == SIZE_MAX)
        return 0;
    const utfall_node *at = binder->outcomes[outcome];
    if (at->slots != NULL && utfall_slot(at, UTFALL_OUTCOME_value) == NULL &&
        utfall_slot(at, UTFALL_OUTCOME_improved) == NULL)
        (void)utfall_node_report_both(
            binder->run, UTFALL_E_MISSING, node, false,
            utfall_run_join(binder->run, "the outcome \"", node->text,
                            "\" does not say when it is reached: expected improved or value",
                            (const char *)NULL),
            "add improved: \"sum > 0\" to the outcome", at, true, "the outcome is stated here");
    return outcome;
}

static utfall_status bind_gates(utfall_binder *binder, utfall_step *step, const utfall_node *when)
{
    if (when == NULL || when->kind == UTFALL_MAP)
        return UTFALL_OK;
    size_t count = when->kind == UTFALL_SCALAR ? 1 : when->count;
    size_t *gates = utfall_run_array(binder->run, count, sizeof *gates);
    if (gates == NULL)
        return UTFALL_E_NOMEM;
    size_t bound = 0;
    for (size_t i = 0; i < count; i++) {
        const utfall_node *gate = when->kind == UTFALL_SCALAR ? when : when->items[i];
        if (gate->value.type == UTFALL_TYPE_OUTCOME)
            gates[bound++] = bind_gate(binder, gate);
    }
    step->when = gates;
    step->when_count = bound;
    return UTFALL_OK;
}

/* ---- steps ---- */

static utfall_status bind_step(utfall_binder *binder, utfall_step *step, const utfall_node *node)
{
    const utfall_node *round = utfall_slot(node, UTFALL_STEP_round);
    step->id = utfall_slot_text(node, UTFALL_STEP_id);
    step->clause = utfall_slot_text(node, UTFALL_STEP_clause);
    step->from = utfall_bind_party(binder, utfall_slot_value(node, UTFALL_STEP_from));
    step->to = utfall_bind_party(binder, utfall_slot_value(node, UTFALL_STEP_to));
    step->cap = bind_level(binder, utfall_slot_value(node, UTFALL_STEP_cap));
    step->floor = bind_level(binder, utfall_slot_value(node, UTFALL_STEP_floor));
    if (round != NULL)
        step->rounding = utfall_bind_rounding(binder, utfall_slot_value(round, UTFALL_ROUND_unit),
                                              utfall_slot_value(round, UTFALL_ROUND_mode));
    utfall_status status = bind_gates(binder, step, utfall_slot(node, UTFALL_STEP_when));
    return status == UTFALL_OK ? bind_form(binder, step, node) : status;
}

utfall_status utfall_bind_waterfall(utfall_binder *binder)
{
    const utfall_node *list = utfall_slot(binder->document->root, UTFALL_ROOT_waterfall);
    if (list == NULL || list->kind != UTFALL_LIST)
        return UTFALL_OK;
    size_t count = list->count;
    if (count > UTFALL_STEPS_MAX) {
        utfall_bind_refuse_key(binder, UTFALL_E_RANGE, list,
                               utfall_run_join(binder->run, "the waterfall has ",
                                               utfall_run_decimal(binder->run, (int64_t)count),
                                               " steps: expected at most 64", (const char *)NULL),
                               NULL);
        count = UTFALL_STEPS_MAX;
    }
    utfall_step *steps = utfall_run_array(binder->run, count, sizeof *steps);
    if (steps == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        if (list->items[i]->slots == NULL)
            continue; /* told before */
        utfall_status status = bind_step(binder, &steps[i], list->items[i]);
        if (status != UTFALL_OK)
            return status;
    }
    binder->draft.steps = steps;
    binder->draft.step_count = count;
    return UTFALL_OK;
}
