/* reports/explain_payments.c - derivations of payments: steps, dues, results, checks.
 *
 * In: the lines of a settlement. Out: each step as measure -> form -> cap -> floor -> rounding,
 * with the numbers put in. The forms are written as the waterfall defines them; the result after
 * each sign of equality is the settlement's own. */
#include <string.h>
#include "reports/explain.h"

/* ---- steps ---- */

static utfall__unit unit_of(const utfall_measure *of)
{
    return of->kind == UTFALL_MEASURE_OUTCOME ? UTFALL__NUMBER : UTFALL__MONEY;
}

/* The fact that a measure is. */
static const char *measure_key(const utfall__explanation *e, const utfall_measure *of)
{
    switch (of->kind) {
    case UTFALL_MEASURE_AMOUNT:
        return "";
    case UTFALL_MEASURE_SAVING:
        return "saving.paid";
    case UTFALL_MEASURE_DRAWN:
        return "drawn.total";
    case UTFALL_MEASURE_COMMITMENT:
        return "commitment";
    case UTFALL_MEASURE_EXPECTED:
        return "expected.paid";
    case UTFALL_MEASURE_ACTUAL:
        return "actual.paid";
    case UTFALL_MEASURE_OUTCOME:
        return utfall_run_join(e->run, "outcome.",
                               e->settlement->contract->outcomes[of->outcome].id, ".",
                               utfall_figure_names[of->figure], (const char *)NULL);
    }
    return "";
}

static const utfall_rat *measure_value(const utfall__explanation *e, const utfall_measure *of)
{
    const utfall_settlement *s = e->settlement;
    switch (of->kind) {
    case UTFALL_MEASURE_AMOUNT:
        return utfall_rat_of(e->run, 1, 1);
    case UTFALL_MEASURE_SAVING:
        return s->paid_saving;
    case UTFALL_MEASURE_DRAWN:
        return s->drawn;
    case UTFALL_MEASURE_COMMITMENT:
        return utfall_rat_of_money(e->run, s->contract->commitment);
    case UTFALL_MEASURE_EXPECTED:
        return s->paid_expected;
    case UTFALL_MEASURE_ACTUAL:
        return s->paid_actual;
    case UTFALL_MEASURE_OUTCOME:
        return utfall__outcome_figure(e, of->outcome, of->figure);
    }
    return NULL;
}

/* A level with its own formula when it is a part of a measure; gives its value. */
static const utfall_rat *level_add(utfall__explanation *e, const char *sv, const char *en,
                                   const utfall_level *level)
{
    const utfall_contract *contract = e->settlement->contract;
    const utfall_rat *one = utfall_rat_of(e->run, 1, 1);
    const char *words = utfall__level_words(e->run, e->language, contract, level);
    utfall__formula f;
    if (level->of.kind == UTFALL_MEASURE_AMOUNT) {
        utfall__more_add(e, utfall__tell(e, sv, en, words));
        return level->factor;
    }
    const utfall_rat *of = measure_value(e, &level->of);
    const utfall_rat *value = utfall_rat_mul(e->run, level->factor, of);
    utfall__more_add(e, utfall__tell(e, sv, en,
                                     utfall__tell(e, "{0} (se {1})", "{0} (see {1})", words,
                                                  measure_key(e, &level->of))));
    if (one == NULL || utfall_rat_compare(level->factor, one) == 0)
        return value;
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, level->factor, UTFALL__SHARE);
    utfall__formula_sign(&f, " * ");
    utfall__formula_value(&f, of, unit_of(&level->of));
    utfall__formula_equals(&f, value, unit_of(&level->of));
    return value;
}

static void slice_add(utfall__explanation *e, const utfall_line *line)
{
    const utfall__unit unit = unit_of(&line->step->of);
    utfall__formula f;
    (void)level_add(e, "Skiktets nedre gräns: {0}.", "Lower end of the slice: {0}.",
                    &line->step->low);
    (void)level_add(e, "Skiktets övre gräns: {0}.", "Upper end of the slice: {0}.",
                    &line->step->high);
    utfall__more_add(e,
                     utfall__tell(e,
                                  "Den del av {0} som ligger i skiktet: det minsta av måttet och "
                                  "den övre gränsen, minst den nedre, minus den nedre:",
                                  "The part of {0} that lies in the slice: the smaller of the "
                                  "measure and the upper end, at least the lower end, less the "
                                  "lower end:",
                                  measure_key(e, &line->step->of)));
    utfall__formula_start(&f, e);
    utfall__formula_sign(&f, "max(min(");
    utfall__formula_value(&f, line->measure, unit);
    utfall__formula_sign(&f, ", ");
    utfall__formula_value(&f, line->high, unit);
    utfall__formula_sign(&f, "), ");
    utfall__formula_value(&f, line->low, unit);
    utfall__formula_sign(&f, ") - ");
    utfall__formula_value(&f, line->low, unit);
    utfall__formula_equals(&f, line->slice, unit);
}

static void share_add(utfall__explanation *e, const utfall_line *line)
{
    utfall__formula f;
    if (line->low != NULL && line->high != NULL)
        slice_add(e, line);
    utfall__more_add(e, utfall__tell(e, "Andelen av detta:", "The share of it:"));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, line->step->share, UTFALL__SHARE);
    utfall__formula_sign(&f, " * ");
    utfall__formula_value(&f, line->slice, unit_of(&line->step->of));
    utfall__formula_equals(&f, line->before_limits, UTFALL__MONEY);
}

static void price_add(utfall__explanation *e, const utfall_line *line)
{
    utfall__formula f;
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, line->step->price, UTFALL__MONEY);
    utfall__formula_sign(&f, " * ");
    if (line->step->limit != NULL) {
        utfall__formula_sign(&f, "min(");
        utfall__formula_value(&f, line->measure, unit_of(&line->step->of));
        utfall__formula_sign(&f, ", ");
        utfall__formula_value(&f, line->step->limit, UTFALL__NUMBER);
        utfall__formula_sign(&f, ")");
    } else {
        utfall__formula_value(&f, line->measure, unit_of(&line->step->of));
    }
    utfall__formula_equals(&f, line->before_limits, UTFALL__MONEY);
}

static void linear_add(utfall__explanation *e, const utfall_line *line)
{
    const utfall_table_row *row = &line->step->rows[line->row];
    const utfall__unit unit = unit_of(&line->step->of);
    utfall__formula f;
    const utfall_rat *pays = level_add(e, "Raden ger {0}.", "The row gives {0}.", &row->pays);
    const utfall_rat *next =
        level_add(e, "Nästa rad ger {0}.", "The next row gives {0}.", &row[1].pays);
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, pays, UTFALL__MONEY);
    utfall__formula_sign(&f, " + ");
    utfall__formula_sign(&f, "(");
    utfall__formula_value(&f, next, UTFALL__MONEY);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, pays, UTFALL__MONEY);
    utfall__formula_sign(&f, ")");
    utfall__formula_sign(&f, " * ");
    utfall__formula_sign(&f, "(");
    utfall__formula_value(&f, line->measure, unit);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, row->at, unit);
    utfall__formula_sign(&f, ")");
    utfall__formula_sign(&f, " / ");
    utfall__formula_sign(&f, "(");
    utfall__formula_value(&f, row[1].at, unit);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, row->at, unit);
    utfall__formula_sign(&f, ")");
    utfall__formula_equals(&f, line->before_limits, UTFALL__MONEY);
}

static void table_add(utfall__explanation *e, const utfall_line *line)
{
    const utfall_step *step = line->step;
    if (line->row == SIZE_MAX) {
        utfall__more_add(e,
                         utfall__tell(e, "Måttet når inte tabellens första rad, som ger 0.",
                                      "The measure does not reach the first row of the table: 0."));
        return;
    }
    utfall__more_add(e, utfall__tell(e, "Måttet når tabellens rad {0} av {1}.",
                                     "The measure reaches row {0} of {1} of the table.",
                                     utfall_run_decimal(e->run, (int64_t)line->row + 1),
                                     utfall_run_decimal(e->run, (int64_t)step->row_count)));
    if (step->match == UTFALL_MATCH_LINEAR && line->row + 1 < step->row_count)
        linear_add(e, line);
    else
        (void)level_add(e, "Raden ger {0}.", "The row gives {0}.", &step->rows[line->row].pays);
}

static void form_add(utfall__explanation *e, const utfall_line *line)
{
    if (line->step->form != UTFALL_FORM_FIXED)
        utfall__step_add(
            e, utfall__tell(e, "Måttet är {0}: {1} (se {2}).", "The measure is {0}: {1} (see {2}).",
                            utfall__measure_words(e->run, e->language, e->settlement->contract,
                                                  line->step->of),
                            line->step->of.kind == UTFALL_MEASURE_OUTCOME
                                ? utfall__number(e->run, e->language, line->measure)
                                : utfall__money_words(e, line->measure),
                            measure_key(e, &line->step->of)));
    switch (line->step->form) {
    case UTFALL_FORM_SHARE:
        share_add(e, line);
        break;
    case UTFALL_FORM_PRICE:
        price_add(e, line);
        break;
    case UTFALL_FORM_TABLE:
        table_add(e, line);
        break;
    case UTFALL_FORM_FIXED:
        utfall__step_add(
            e, utfall__tell(e, "Steget ger ett fast belopp.", "The step gives a fixed sum."));
        (void)level_add(e, "Beloppet är {0}.", "The sum is {0}.", &line->step->fixed);
        break;
    }
}

/* Cap and floor, as one formula: they always hold. */
static void limits_add(utfall__explanation *e, const utfall_line *line)
{
    const utfall_rat *cap = NULL, *floor = NULL;
    utfall__formula f;
    if (line->step->cap.factor == NULL && line->step->floor.factor == NULL)
        return;
    utfall__step_add(e,
                     utfall__tell(e, "Gränser för hela löptiden:", "Limits over the whole life:"));
    if (line->step->cap.factor != NULL)
        cap = level_add(e, "Högst {0}.", "At most {0}.", &line->step->cap);
    if (line->step->floor.factor != NULL)
        floor = level_add(e, "Minst {0}.", "At least {0}.", &line->step->floor);
    utfall__formula_start(&f, e);
    utfall__formula_sign(&f, floor != NULL ? "max(" : "");
    utfall__formula_sign(&f, cap != NULL ? "min(" : "");
    utfall__formula_value(&f, line->before_limits, UTFALL__MONEY);
    if (cap != NULL) {
        utfall__formula_sign(&f, ", ");
        utfall__formula_value(&f, cap, UTFALL__MONEY);
        utfall__formula_sign(&f, ")");
    }
    if (floor != NULL) {
        utfall__formula_sign(&f, ", ");
        utfall__formula_value(&f, floor, UTFALL__MONEY);
        utfall__formula_sign(&f, ")");
    }
    utfall__formula_equals(&f, line->exact, UTFALL__MONEY);
}

static void gates_add(utfall__explanation *e, const utfall_line *line)
{
    const utfall_contract *contract = e->settlement->contract;
    utfall__step_add(
        e, line->step->when_count == 0
               ? utfall__tell(e, "Steget har inget villkor.", "The step has no condition.")
               : utfall__tell(e, "Steget betalar bara om alla dess villkor är uppnådda:",
                              "The step pays only when all its conditions hold:"));
    for (size_t w = 0; w < line->step->when_count; w++) {
        const size_t o = line->step->when[w];
        utfall__sheet_add(e->sheet, UTFALL__ITEM,
                          utfall_run_join(e->run, "outcome.", contract->outcomes[o].id,
                                          ".improved: ", e->settlement->gates[o] ? "true" : "false",
                                          (const char *)NULL));
    }
}

static void rule_add(utfall__explanation *e, size_t i)
{
    const utfall_contract *contract = e->settlement->contract;
    utfall__step_add(
        e, utfall__tell(e, "Regeln i kontraktet: {0}.", "The contract's rule: {0}.",
                        utfall__rule_words(e->run, e->language, contract, &contract->steps[i])));
    utfall__terms_add(e, utfall__step_path(e, i), contract->steps[i].clause);
}

void utfall__derive_step_gate(utfall__explanation *e)
{
    const size_t i = utfall__captured_step(e, 0);
    if (i == SIZE_MAX)
        return;
    rule_add(e, i);
    gates_add(e, &e->settlement->lines[i]);
}

static void amount_add(utfall__explanation *e, const utfall_line *line)
{
    gates_add(e, line);
    if (line->is_open) {
        form_add(e, line);
        limits_add(e, line);
    } else {
        utfall__step_add(e, utfall__tell(e, "Villkoren är inte uppnådda: steget ger 0.",
                                         "The conditions do not hold: the step gives 0."));
    }
}

void utfall__derive_step_exact(utfall__explanation *e)
{
    const size_t i = utfall__captured_step(e, 0);
    if (i == SIZE_MAX)
        return;
    rule_add(e, i);
    amount_add(e, &e->settlement->lines[i]);
    utfall__more_add(e, utfall__tell(e, "Avrundningen kommer sist: se step.{0}.paid.",
                                     "Rounding comes last: see step.{0}.paid.", e->captured[0]));
}

static void rounding_add(utfall__explanation *e, const utfall_line *line)
{
    const utfall_contract *contract = e->settlement->contract;
    const bool has_own = line->step->rounding.unit_minor > 0;
    const utfall_rounding how = has_own ? line->step->rounding : contract->rounding;
    utfall__formula f;
    utfall__step_add(e, utfall__tell(e,
                                     "Steget avrundas en gång, {0}. Det exakta beloppet (se "
                                     "step.{1}.exact) är det betalda och resten, som {2} bär "
                                     "(se step.{1}.residue):",
                                     "The step is rounded once, {0}. The exact amount (see "
                                     "step.{1}.exact) is what is paid and the residue, which {2} "
                                     "bears (see step.{1}.residue):",
                                     utfall__rounding_words(e->run, e->language, contract, how),
                                     e->captured[0],
                                     utfall__party_name(contract, contract->residue_to)));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, utfall_rat_of_money(e->run, line->paid), UTFALL__MONEY);
    utfall__formula_sign(&f, " + ");
    utfall__formula_value(&f, line->residue, UTFALL__MONEY);
    utfall__formula_equals(&f, line->exact, UTFALL__MONEY);
    utfall__terms_add(e, "rounding", "");
}

void utfall__derive_step_paid(utfall__explanation *e)
{
    const size_t i = utfall__captured_step(e, 0);
    if (i == SIZE_MAX)
        return;
    rule_add(e, i);
    amount_add(e, &e->settlement->lines[i]);
    rounding_add(e, &e->settlement->lines[i]);
}

void utfall__derive_step_residue(utfall__explanation *e)
{
    const size_t i = utfall__captured_step(e, 0);
    if (i == SIZE_MAX)
        return;
    const utfall_line *line = &e->settlement->lines[i];
    utfall__formula f;
    rounding_add(e, line);
    utfall__step_add(e, utfall__tell(e, "Resten är det exakta minus det betalda:",
                                     "The residue is the exact amount less what is paid:"));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, line->exact, UTFALL__MONEY);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, utfall_rat_of_money(e->run, line->paid), UTFALL__MONEY);
    utfall__formula_equals(&f, line->residue, UTFALL__MONEY);
}

/* ---- between parties ---- */

const utfall_due *utfall__due_between(const utfall__explanation *e, size_t from, size_t to)
{
    const utfall_settlement *s = e->settlement;
    for (size_t i = 0; i < s->due_count; i++)
        if (s->dues[i].from == from && s->dues[i].to == to)
            return &s->dues[i];
    return NULL;
}

/* The steps between two parties, and what they come to together. */
static void steps_sum(utfall__explanation *e, const utfall_due *due)
{
    const utfall_settlement *s = e->settlement;
    utfall__formula f;
    bool is_first = true;
    utfall__step_add(
        e, utfall__tell(e, "Stegen från {0} till {1} läggs ihop, i kontraktets ordning:",
                        "The steps from {0} to {1} are added up, in the contract's order:",
                        utfall__party_name(s->contract, due->from),
                        utfall__party_name(s->contract, due->to)));
    utfall__formula_start(&f, e);
    for (size_t i = 0; i < s->contract->step_count; i++) {
        const utfall_line *line = &s->lines[i];
        if (line->step->from != due->from || line->step->to != due->to)
            continue;
        const utfall_rat *paid = utfall_rat_of_money(e->run, line->paid);
        utfall__sheet_add(e->sheet, UTFALL__ITEM,
                          utfall_run_join(e->run, "step.", line->step->id, ".paid: ",
                                          utfall__money_words(e, paid), (const char *)NULL));
        if (!is_first)
            utfall__formula_sign(&f, " + ");
        is_first = false;
        utfall__formula_value(&f, paid, UTFALL__MONEY);
    }
    utfall__formula_equals(&f, utfall_rat_of_money(e->run, due->entitlement), UTFALL__MONEY);
}

void utfall__derive_entitlement(utfall__explanation *e)
{
    const utfall_due *due =
        utfall__due_between(e, utfall__captured_party(e, 0), utfall__captured_party(e, 1));
    if (due != NULL)
        steps_sum(e, due);
}

void utfall__derive_due(utfall__explanation *e)
{
    const utfall_due *due =
        utfall__due_between(e, utfall__captured_party(e, 0), utfall__captured_party(e, 1));
    utfall__formula f;
    if (due == NULL)
        return;
    steps_sum(e, due);
    if (due->amount.minor == due->entitlement.minor)
        return;
    utfall__step_add(e, utfall__tell(e,
                                     "Det som redan är betalat dras av; det som blev för mycket "
                                     "följer kontraktets regel (se entitlement.{0}.{1}, "
                                     "carried.{0}.{1}, written_off.{0}.{1}, before.{0}.{1}):",
                                     "What has been paid before is deducted; what was too much "
                                     "follows the contract's rule (see entitlement.{0}.{1}, "
                                     "carried.{0}.{1}, written_off.{0}.{1}, before.{0}.{1}):",
                                     e->captured[0], e->captured[1]));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, utfall_rat_of_money(e->run, due->entitlement), UTFALL__MONEY);
    utfall__formula_sign(&f, " + ");
    utfall__formula_value(&f, utfall_rat_of_money(e->run, due->carried), UTFALL__MONEY);
    utfall__formula_sign(&f, " + ");
    utfall__formula_value(&f, utfall_rat_of_money(e->run, due->written_off), UTFALL__MONEY);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, utfall_rat_of_money(e->run, due->before), UTFALL__MONEY);
    utfall__formula_equals(&f, utfall_rat_of_money(e->run, due->amount), UTFALL__MONEY);
}

static const utfall_rat *flow(const utfall__explanation *e, size_t party, bool received)
{
    const utfall_settlement *s = e->settlement;
    const utfall_rat *sum = utfall_rat_of(e->run, 0, 1);
    for (size_t i = 0; i < s->due_count; i++)
        if ((received ? s->dues[i].to : s->dues[i].from) == party)
            sum = utfall_rat_add(
                e->run, utfall_rat_add(e->run, sum, utfall_rat_of_money(e->run, s->dues[i].amount)),
                utfall_rat_of_money(e->run, s->dues[i].before));
    return sum;
}

void utfall__derive_result(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const size_t party = utfall__captured_party(e, 0);
    utfall__formula f;
    if (party == SIZE_MAX)
        return;
    const bool saves = party == s->contract->saving_to, invests = party == s->contract->investor;
    utfall__step_add(
        e, utfall__tell(e, "Erhållet − betalat{0}{1} (se due.<från>.<till>{2}{3}):",
                        "Received − paid{0}{1} (see due.<from>.<to>{2}{3}):",
                        saves ? utfall__tell(e, " + kostnadsminskning", " + saving") : "",
                        invests ? utfall__tell(e, " − projektkostnad", " − project cost") : "",
                        saves ? ", saving.total" : "", invests ? ", drawn.total" : ""));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, flow(e, party, true), UTFALL__MONEY);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, flow(e, party, false), UTFALL__MONEY);
    if (saves) {
        utfall__formula_sign(&f, " + ");
        utfall__formula_value(&f, s->saving, UTFALL__MONEY);
    }
    if (invests) {
        utfall__formula_sign(&f, " - ");
        utfall__formula_value(&f, s->drawn, UTFALL__MONEY);
    }
    utfall__formula_equals(&f, s->results[party].result, UTFALL__MONEY);
}

void utfall__derive_borne(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const size_t party = utfall__captured_party(e, 0);
    utfall__formula f;
    if (party == SIZE_MAX)
        return;
    utfall__formula_start(&f, e);
    if (party == s->contract->investor) {
        utfall__step_add(e, utfall__tell(e,
                                         "Projektkostnad − erhållet, minst 0 (se drawn.total och "
                                         "due.<från>.{0}):",
                                         "Project cost − received, at least 0 (see drawn.total and "
                                         "due.<from>.{0}):",
                                         e->captured[0]));
        utfall__formula_sign(&f, "max(");
        utfall__formula_value(&f, s->drawn, UTFALL__MONEY);
        utfall__formula_sign(&f, " - ");
        utfall__formula_value(&f, flow(e, party, true), UTFALL__MONEY);
        utfall__formula_sign(&f, ", ");
        utfall__formula_value(&f, utfall_rat_of(e->run, 0, 1), UTFALL__MONEY);
        utfall__formula_sign(&f, ")");
    } else if (party == s->contract->saving_to) {
        utfall__step_add(e,
                         utfall__tell(e,
                                      "Det minsta av betalat och projektkostnad (se "
                                      "due.{0}.<till> och drawn.total):",
                                      "The smaller of paid and project cost (see due.{0}.<to> and "
                                      "drawn.total):",
                                      e->captured[0]));
        utfall__formula_sign(&f, "min(");
        utfall__formula_value(&f, flow(e, party, false), UTFALL__MONEY);
        utfall__formula_sign(&f, ", ");
        utfall__formula_value(&f, s->drawn, UTFALL__MONEY);
        utfall__formula_sign(&f, ")");
    } else {
        utfall__step_add(e, utfall__tell(e, "Parten bär ingen del av projektkostnaden i sin roll.",
                                         "The party bears none of the project cost by its role."));
        return;
    }
    utfall__formula_equals(&f, s->results[party].borne, UTFALL__MONEY);
}

void utfall__derive_check(utfall__explanation *e)
{
    const uint32_t i = utfall__captured_number(e, 0);
    const utfall_settlement *s = e->settlement;
    if (i < 1 || i > s->check_count)
        return;
    const utfall_check *check = &s->checks[i - 1];
    utfall__step_add(e,
                     utfall__tell(e,
                                  "Kontrollen \"{0}\" räknas på två vägar; en avräkning där de "
                                  "skiljer sig lämnas aldrig ut. Vänster och höger sida, i minsta "
                                  "enheter (öre) eller antal:",
                                  "The check \"{0}\" is computed on two ways; a settlement where "
                                  "they differ is never given out. Left and right side, in minor "
                                  "units or as a count:",
                                  check->id));
    utfall__sheet_add(e->sheet, UTFALL__FORMULA,
                      utfall_run_join(e->run, utfall_rat_text(e->run, check->left), " = ",
                                      utfall_rat_text(e->run, check->right), (const char *)NULL));
}
