/* engine/checks.c - the checks of a contract that join several of its values: outcomes against
 * their kinds, steps against parties, outcomes, measures and each other.
 *
 * In: a contract whose values are each of the right type. Out: findings, every one. Invariant
 * established: a step's measure has a unit that its form can pay on, every level is money, slices,
 * caps and tables whose order can be known beforehand are in order. What depends on the data
 * (whether 5 000 000 SEK lies above the drawn amount) is left to the settlement. */
#include "engine/checks.h"
#include <string.h>
#include "engine/core/ban.h"

#define END ((const char *)NULL)

/* ---- outcomes ---- */

#define WITH(figure) (1u << UTFALL_FIGURE_##figure)

/* Figures that a stated outcome was given. */
static unsigned stated_figures(const utfall_outcome *outcome)
{
    return (outcome->sum != NULL ? WITH(SUM) : 0) | (outcome->rate != NULL ? WITH(RATE) : 0) |
           (outcome->claims != NULL ? WITH(CLAIMS) : 0) | (outcome->has_value ? 0 : WITH(PERSONS));
}

/* Whether the outcome can have this figure at all. */
static bool has_figure(const utfall_outcome *outcome, utfall_figure figure)
{
    unsigned figures = 0;
    switch (outcome->kind) {
    case UTFALL_OUTCOME_STATED:
        figures = stated_figures(outcome);
        break;
    case UTFALL_OUTCOME_SCHOOL_POINTS:
        figures = WITH(SUM) | WITH(PERSONS);
        break;
    case UTFALL_OUTCOME_SCALES:
        figures = WITH(PERSONS);
        break;
    case UTFALL_OUTCOME_REACHED:
    case UTFALL_OUTCOME_RATE:
    case UTFALL_OUTCOME_MILESTONES:
        figures = WITH(SUM) | WITH(PERSONS) | WITH(RATE);
        break;
    case UTFALL_OUTCOME_REDUCTION:
        figures = WITH(PERSONS) | WITH(RATE);
        break;
    case UTFALL_OUTCOME_CLAIMS:
        figures = WITH(PERSONS) | WITH(CLAIMS);
        break;
    }
    return (figures >> figure & 1u) != 0;
}

static bool is_gate(const utfall_outcome *outcome)
{
    return outcome->has_value || outcome->threshold != NULL;
}

static void check_outcome(utfall__check *check, const utfall_outcome *o)
{
    const char *path = utfall__member(check, "outcomes", o->id);
    if (!path) {
        utfall__fault(check, UTFALL_E_NOMEM, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (o->has_value && o->kind != UTFALL_OUTCOME_STATED)
        utfall__fault(check, UTFALL_E_CONFLICT, utfall__member(check, path, "value"), o->clause,
                      utfall__member(check, path, "measure"),
                      utfall_run_join(check->run, "\"", o->id, "\" is measured by ",
                                      utfall_outcome_names[o->kind], " and also has a stated value",
                                      END),
                      "leave out value, or write measure: stated");
    if (o->has_value && (o->sum || o->rate || o->claims || o->threshold))
        utfall__fault(check, UTFALL_E_CONFLICT, utfall__member(check, path, "value"), o->clause,
                      utfall__member(check, path,
                                     o->sum      ? "sum"
                                     : o->rate   ? "rate"
                                     : o->claims ? "claims"
                                                 : "improved"),
                      utfall_run_join(check->run, "\"", o->id,
                                      "\" is stated both as true or false and by a figure", END),
                      "keep either value, or sum and improved");
    else if (o->threshold && !has_figure(o, o->figure))
        utfall__fault(check, UTFALL_E_MISSING, utfall__member(check, path, "improved"), o->clause,
                      NULL,
                      utfall_run_join(check->run, "\"", o->id, "\" has no figure called ",
                                      utfall_figure_names[o->figure],
                                      ", which decides whether it holds", END),
                      "state the figure, or decide by another one");
}

void utfall__check_outcomes(utfall__check *check)
{
    const utfall_contract *c = check->contract;
    if (c->outcome_count > UTFALL_OUTCOMES_MAX) {
        utfall__fault(check, UTFALL_E_RANGE, "outcomes", NULL, NULL,
                      "a contract has at most 32 outcomes", "join or leave out some of them");
        return;
    }
    for (size_t i = 0; i < c->outcome_count; i++) {
        check_outcome(check, &c->outcomes[i]);
        for (size_t j = 0; j < i; j++)
            if (strcmp(c->outcomes[i].id, c->outcomes[j].id) == 0) {
                utfall__fault(check, UTFALL_E_CONFLICT,
                              utfall__member(check, "outcomes", c->outcomes[i].id), NULL, NULL,
                              utfall_run_join(check->run, "two outcomes are called \"",
                                              c->outcomes[i].id, "\"", END),
                              "give each outcome an id of its own");
                break;
            }
    }
}

/* ---- steps ---- */

/* One step under check: its number and the place of its keys. */
typedef struct scope {
    utfall__check *check;
    size_t number;
    const utfall_step *step;
} scope;

static const char *key_path(const scope *s, const char *key)
{
    return utfall__item(s->check, "waterfall", s->number, key);
}

/* A fault of this step: "step "id": " and what is wrong. */
static void fault(const scope *s, utfall_status code, const char *key, const char *what,
                  const char *hint)
{
    utfall__fault(s->check, code, key_path(s, key), s->step->clause, NULL,
                  what ? utfall_run_join(s->check->run, "step \"", s->step->id, "\": ", what, END)
                       : NULL,
                  hint);
}

static const char *written(const scope *s, const char *key, const char *otherwise)
{
    return utfall__written(s->check, key_path(s, key), otherwise);
}

/* As fault, beginning with what was written at `key`. */
static void fault_quoting(const scope *s, utfall_status code, const char *key,
                          const char *otherwise, const char *what, const char *hint)
{
    const char *quoted = written(s, key, otherwise);
    fault(s, code, key, quoted ? utfall_run_join(s->check->run, quoted, what, END) : NULL, hint);
}

static bool is_money(utfall_measure_kind kind)
{
    switch (kind) {
    case UTFALL_MEASURE_SAVING:
    case UTFALL_MEASURE_DRAWN:
    case UTFALL_MEASURE_COMMITMENT:
    case UTFALL_MEASURE_EXPECTED:
    case UTFALL_MEASURE_ACTUAL:
        return true;
    case UTFALL_MEASURE_AMOUNT:
    case UTFALL_MEASURE_OUTCOME:
        return false;
    }
    return false;
}

static bool is_negative(const utfall_rat *a)
{
    return a && utfall_rat_sign(a) < 0;
}

static void check_level(const scope *s, const char *key, utfall_level level)
{
    if (level.factor && level.of.kind == UTFALL_MEASURE_OUTCOME)
        fault_quoting(
            s, UTFALL_E_UNIT, key, key, " is a count: expected an amount",
            "write an amount, or a part of drawn, commitment, saving, expected or actual");
}

/* What the level comes to whatever the data are; NULL when that is not known. */
static const utfall_rat *level_constant(const scope *s, utfall_level level)
{
    utfall_run *run = s->check->run;
    if (level.of.kind == UTFALL_MEASURE_AMOUNT)
        return level.factor;
    if (level.of.kind == UTFALL_MEASURE_COMMITMENT)
        return utfall_rat_mul(run, level.factor,
                              utfall_rat_of_money(run, s->check->contract->commitment));
    return NULL;
}

/* Whether `low` certainly lies above `high`. Two parts of the same measure are compared by their
 * factors; nothing is above zero when it is a negative part of what is never negative. */
static bool is_inverted(const scope *s, utfall_level low, utfall_level high)
{
    if (!low.factor || !high.factor)
        return false;
    if (low.of.kind == high.of.kind)
        return utfall_rat_compare(low.factor, high.factor) > 0;
    const utfall_rat *a = level_constant(s, low), *b = level_constant(s, high);
    if (a && b)
        return utfall_rat_compare(a, b) > 0;
    if (a && utfall_rat_sign(a) >= 0 && high.of.kind == UTFALL_MEASURE_DRAWN)
        return is_negative(high.factor);
    return false;
}

static void check_measure(const scope *s, const char *key)
{
    utfall_measure of = s->step->of;
    const utfall_contract *c = s->check->contract;
    if (of.kind == UTFALL_MEASURE_AMOUNT)
        fault(s, UTFALL_E_MISSING, key, "it does not say of what it pays",
              "write of: saving, drawn, or a figure of an outcome");
    if (of.kind != UTFALL_MEASURE_OUTCOME)
        return;
    if (of.outcome >= c->outcome_count)
        fault(s, UTFALL_E_MISSING, key, "it draws on an outcome that does not exist",
              "name an outcome of the contract");
    else if (!has_figure(&c->outcomes[of.outcome], of.figure))
        fault(s, UTFALL_E_MISSING, key,
              utfall_run_join(s->check->run, "outcome \"", c->outcomes[of.outcome].id,
                              "\" has no figure called ", utfall_figure_names[of.figure], END),
              "state the figure, or draw on another one");
}

static void check_share(const scope *s)
{
    const utfall_step *step = s->step;
    const utfall_rat *one = utfall_rat_of(s->check->run, 1, 1);
    check_measure(s, "of");
    if (!step->share)
        fault(s, UTFALL_E_MISSING, "share", "it has no share", "write share: 60%");
    else if (one && (is_negative(step->share) || utfall_rat_compare(step->share, one) > 0))
        fault_quoting(s, UTFALL_E_RANGE, "share", "the share",
                      " is not a share: expected 0% to 100%",
                      "to pay more than the whole, let another step pay the rest");
    if (step->of.kind == UTFALL_MEASURE_OUTCOME)
        fault_quoting(s, UTFALL_E_UNIT, "of", "an outcome",
                      " is a count: a share is taken of an amount",
                      "write price: 1 000 SEK for an amount a unit");
    if (!step->low.factor != !step->high.factor)
        fault(s, UTFALL_E_MISSING, "between", "its slice has one end only",
              "write between: [0, drawn], both ends");
    check_level(s, "between[0]", step->low);
    check_level(s, "between[1]", step->high);
    if (is_inverted(s, step->low, step->high))
        fault(s, UTFALL_E_RANGE, "between",
              utfall_run_join(s->check->run, "its slice ends at ",
                              written(s, "between[1]", "a level"), ", below its beginning ",
                              written(s, "between[0]", "at a higher one"), END),
              "write the lower level first");
}

static void check_price(const scope *s)
{
    const utfall_step *step = s->step;
    check_measure(s, "of");
    if (is_money(step->of.kind))
        fault_quoting(s, UTFALL_E_UNIT, "of", "what it counts",
                      " is an amount: a price is paid a unit of a count",
                      "write share: 60% for a part of an amount");
    if (!step->price)
        fault(s, UTFALL_E_MISSING, "price", "it has no price", "write price: 1 000 SEK");
    else if (is_negative(step->price))
        fault_quoting(s, UTFALL_E_RANGE, "price", "the price", " is a negative price",
                      "let another step pay the other way");
    if (is_negative(step->limit))
        fault_quoting(s, UTFALL_E_RANGE, "limit", "the limit", " is a negative limit",
                      "write how many units are paid at most");
}

static void check_table(const scope *s)
{
    const utfall_step *step = s->step;
    check_measure(s, "table.of");
    if (step->row_count < (step->match == UTFALL_MATCH_LINEAR ? 2u : 1u))
        fault(s, UTFALL_E_MISSING, "table.rows", "its table has too few rows",
              "a table needs one row, two when it is linear");
    for (size_t i = 0; i < step->row_count; i++) {
        const char *row = utfall__item(s->check, "table.rows", i, NULL);
        const char *at = utfall__item(s->check, row, 0, NULL);
        const char *pays = utfall__item(s->check, row, 1, NULL);
        if (!row || !at || !pays)
            return;
        if (!step->rows[i].at || !step->rows[i].pays.factor) {
            fault(s, UTFALL_E_MISSING, row, "a row of its table lacks a value",
                  "write a row as [threshold, amount]");
            continue;
        }
        check_level(s, pays, step->rows[i].pays);
        if (i > 0 && step->rows[i - 1].at &&
            utfall_rat_compare(step->rows[i].at, step->rows[i - 1].at) <= 0)
            fault_quoting(s, UTFALL_E_RANGE, at, "a threshold",
                          " does not lie above the threshold of the row before",
                          "write the rows in ascending order, each threshold once");
    }
}

static void check_fixed(const scope *s)
{
    if (!s->step->fixed.factor)
        fault(s, UTFALL_E_MISSING, "fixed", "it has no amount", "write fixed: 250 000 SEK");
    else if (is_negative(s->step->fixed.factor))
        fault_quoting(s, UTFALL_E_RANGE, "fixed", "the amount", " is a negative payment",
                      "let the step go from the other party");
    check_level(s, "fixed", s->step->fixed);
}

static void check_form(const scope *s)
{
    switch (s->step->form) {
    case UTFALL_FORM_SHARE:
        check_share(s);
        return;
    case UTFALL_FORM_PRICE:
        check_price(s);
        return;
    case UTFALL_FORM_TABLE:
        check_table(s);
        return;
    case UTFALL_FORM_FIXED:
        check_fixed(s);
        return;
    }
}

static void check_limits(const scope *s)
{
    utfall_level cap = s->step->cap, floor = s->step->floor;
    check_level(s, "cap", cap);
    check_level(s, "floor", floor);
    if (is_negative(cap.factor))
        fault_quoting(s, UTFALL_E_RANGE, "cap", "the cap", " is a negative cap",
                      "write the most that the step pays over the whole life");
    if (is_inverted(s, floor, cap))
        utfall__fault(s->check, UTFALL_E_CONFLICT, key_path(s, "floor"), s->step->clause,
                      key_path(s, "cap"),
                      utfall_run_join(s->check->run, "step \"", s->step->id,
                                      "\": the least it pays lies above the most", END),
                      "write a floor that is not above the cap");
}

static void check_when(const scope *s)
{
    const utfall_contract *c = s->check->contract;
    for (size_t i = 0; i < s->step->when_count; i++) {
        size_t outcome = s->step->when[i];
        const char *key = utfall__item(s->check, "when", i, NULL);
        if (!key)
            return;
        if (outcome >= c->outcome_count)
            fault(s, UTFALL_E_MISSING, key, "it waits for an outcome that does not exist",
                  "name an outcome of the contract");
        else if (!is_gate(&c->outcomes[outcome]))
            fault(s, UTFALL_E_MISSING, key,
                  utfall_run_join(s->check->run, "outcome \"", c->outcomes[outcome].id,
                                  "\" does not say when it holds", END),
                  "give the outcome value: true, or improved: \"sum > 0\"");
    }
}

static void check_step(const scope *s)
{
    const utfall_contract *c = s->check->contract;
    const utfall_step *step = s->step;
    if (step->from >= c->party_count)
        fault(s, UTFALL_E_MISSING, "from", "it pays from somebody who is not a party",
              "name the id of a party");
    if (step->to >= c->party_count)
        fault(s, UTFALL_E_MISSING, "to", "it pays to somebody who is not a party",
              "name the id of a party");
    if (step->from == step->to && step->from < c->party_count)
        fault(s, UTFALL_E_CONFLICT, "to",
              utfall_run_join(s->check->run, "it pays from \"", c->parties[step->from].id,
                              "\" to the same party", END),
              "a step pays from one party to another");
    check_form(s);
    check_when(s);
    check_limits(s);
    if (step->rounding.unit_minor != 0) /* 0 = as the contract rounds */
        utfall__check_rounding(s->check, key_path(s, "round.unit"), step->clause, step->rounding);
}

void utfall__check_waterfall(utfall__check *check)
{
    const utfall_contract *c = check->contract;
    if (c->step_count > UTFALL_STEPS_MAX) {
        utfall__fault(check, UTFALL_E_RANGE, "waterfall", NULL, NULL,
                      "a waterfall has at most 64 steps", "join or leave out some of them");
        return;
    }
    for (size_t i = 0; i < c->step_count; i++) {
        check_step(&(scope){check, i, &c->steps[i]});
        for (size_t j = 0; j < i; j++)
            if (strcmp(c->steps[i].id, c->steps[j].id) == 0) {
                utfall__fault(check, UTFALL_E_CONFLICT, utfall__item(check, "waterfall", i, "id"),
                              c->steps[i].clause, utfall__item(check, "waterfall", j, "id"),
                              utfall_run_join(check->run, "two steps are called \"", c->steps[i].id,
                                              "\"", END),
                              "give each step an id of its own");
                break;
            }
    }
}
