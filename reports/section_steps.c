/* reports/section_steps.c - the conditions, and the distribution step by step so that anybody can
 * do it by hand.
 *
 * In: gates and lines of a settlement. Out: for each step its rule, the figures put into it and
 * what comes out. Amounts that are not whole öre are marked; the exact ones are in the ledger. */
#include "reports/sections.h"

static const char *amount(const utfall__statement *st, const utfall_rat *minor)
{
    const char *text =
        utfall__amount(st->run, st->language, st->settlement->contract->currency, minor);
    return utfall__amount_is_exact(st->run, minor) ? text : SAY(st, WORD_ABOUT, text);
}

/* ---- conditions ---- */

/* What an outcome came to: "sum 19 over 50 people, 10 left out", or the value stated. */
static const char *outcome_words(const utfall__statement *st, size_t i)
{
    const utfall_outcome *outcome = &st->settlement->contract->outcomes[i];
    const utfall_outcome_result *result = &st->settlement->sums->outcomes[i];
    if (!st->settlement->known[i])
        return SAY(st, WORD_NOT_KNOWN_YET,
                   utfall__month_long(st->run, st->language, outcome->known_from));
    if (outcome->has_value)
        return WORD_TEXT(st, outcome->value ? WORD_STATED_YES : WORD_STATED_NO);
    const char *people =
        utfall__say_count(st->run, st->language, WORD_PERSON, WORD_PERSONS, result->persons);
    const char *words =
        result->sum == NULL
            ? people
            : SAY(st, WORD_SUM_OVER, utfall__number(st->run, st->language, result->sum), people);
    if (result->rate != NULL)
        words = SAY(st, WORD_AND_RATE, words, utfall__percent(st->run, st->language, result->rate));
    if (result->claims != NULL)
        words =
            SAY(st, WORD_AND_CLAIMS, words, utfall__number(st->run, st->language, result->claims));
    if (result->missing > 0)
        words =
            SAY(st, WORD_AND_MISSING, words, utfall__count(st->run, st->language, result->missing));
    if (result->excluded > 0)
        words =
            SAY(st, WORD_LEFT_OUT, words, utfall__count(st->run, st->language, result->excluded));
    if (result->excluded_sum != NULL)
        words = SAY(st, WORD_WOULD_HAVE_ADDED, words,
                    utfall__number(st->run, st->language, result->excluded_sum));
    return words;
}

static const char *demand_words(const utfall__statement *st, const utfall_outcome *outcome)
{
    if (outcome->has_value || outcome->threshold == NULL)
        return WORD_TEXT(st, outcome->has_value ? WORD_DEMAND_STATED : WORD_DEMAND_NONE);
    utfall__word figure = WORD_FIGURE_SUM;
    switch (outcome->figure) {
    case UTFALL_FIGURE_SUM:
        figure = WORD_FIGURE_SUM;
        break;
    case UTFALL_FIGURE_PERSONS:
        figure = WORD_FIGURE_PERSONS;
        break;
    case UTFALL_FIGURE_IMPROVED:
        figure = WORD_FIGURE_IMPROVED;
        break;
    case UTFALL_FIGURE_RATE:
        figure = WORD_FIGURE_RATE;
        break;
    case UTFALL_FIGURE_CLAIMS:
        figure = WORD_FIGURE_CLAIMS;
        break;
    }
    static const utfall__word relations[] = {WORD_RELATION_GT, WORD_RELATION_GE, WORD_RELATION_LT,
                                             WORD_RELATION_LE};
    return SAY(st, relations[outcome->relation], WORD_TEXT(st, figure),
               utfall__number(st->run, st->language, outcome->threshold));
}

/* Without a demand there is nothing to reach: neither yes nor no would be true. */
static const char *reached_words(const utfall__statement *st, size_t i)
{
    const utfall_outcome *outcome = &st->settlement->contract->outcomes[i];
    if (!outcome->has_value && outcome->threshold == NULL)
        return "-";
    return WORD_TEXT(st, st->settlement->gates[i] ? WORD_YES : WORD_NO);
}

static void conditions_add(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    utfall__sheet *sheet = st->sheet;
    utfall__sheet_add(sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_CONDITIONS));
    if (contract->outcome_count == 0) {
        utfall__sheet_add(sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_CONDITIONS_NONE));
        return;
    }
    utfall__sheet_table(sheet, WORD_TEXT(st, WORD_CONDITIONS_CAPTION));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_OUTCOME), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_CAME_TO), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_DEMAND), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_HOLDS), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_SOURCE), false);
    for (size_t i = 0; i < contract->outcome_count; i++) {
        const utfall_outcome *outcome = &contract->outcomes[i];
        const bool has_both = outcome->source[0] != '\0' && outcome->clause[0] != '\0';
        utfall__sheet_cell(sheet, utfall__id_words(st->run, outcome->id));
        utfall__sheet_cell(sheet, outcome_words(st, i));
        utfall__sheet_cell(sheet, demand_words(st, outcome));
        utfall__sheet_cell(sheet, reached_words(st, i));
        utfall__sheet_cell(sheet, utfall_run_join(st->run, outcome->source, has_both ? "; " : "",
                                                  outcome->clause, (const char *)NULL));
    }
    utfall__scales_add(st);
}

/* ---- steps ---- */

static void line_add(const utfall__statement *st, const char *text)
{
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, text);
}

/* "a × b = c" with the sign for "about" where c is shown rounded. */
static void product_add(const utfall__statement *st, const char *left, const char *right,
                        const utfall_rat *product)
{
    const char *text =
        utfall__amount(st->run, st->language, st->settlement->contract->currency, product);
    utfall__sheet_add(
        st->sheet, UTFALL__FORMULA,
        SAY(st, utfall__amount_is_exact(st->run, product) ? WORD_PRODUCT : WORD_PRODUCT_ABOUT, left,
            right, text));
}

static const char *measure(const utfall__statement *st, const utfall_line *line)
{
    return utfall__measure_words(st->run, st->language, st->settlement->contract, line->step->of);
}

/* A measure's value: an amount, or a plain number when it is a figure of an outcome. */
static const char *measured(const utfall__statement *st, const utfall_line *line,
                            const utfall_rat *value)
{
    return line->step->of.kind == UTFALL_MEASURE_OUTCOME
               ? utfall__number(st->run, st->language, value)
               : amount(st, value);
}

static void share_add(const utfall__statement *st, const utfall_line *line)
{
    const char *whole = measured(st, line, line->measure),
               *inside = measured(st, line, line->slice);
    if (line->low != NULL && line->high != NULL)
        line_add(st, SAY(st, WORD_SLICE_BETWEEN, measure(st, line), whole, inside,
                         measured(st, line, line->low), measured(st, line, line->high)));
    product_add(st, utfall__share(st->run, st->language, line->step->share), inside,
                line->before_limits);
}

static void price_add(const utfall__statement *st, const utfall_line *line)
{
    const utfall_rat *units = line->measure;
    if (line->step->limit != NULL && utfall_rat_compare(units, line->step->limit) > 0) {
        units = line->step->limit;
        line_add(st,
                 SAY(st, WORD_UNITS_LIMITED, utfall__number(st->run, st->language, line->measure),
                     utfall__number(st->run, st->language, units)));
    }
    product_add(st, utfall__number(st->run, st->language, units), amount(st, line->step->price),
                line->before_limits);
}

static void table_add(const utfall__statement *st, const utfall_line *line)
{
    const utfall_step *step = line->step;
    const char *value = measured(st, line, line->measure);
    if (line->row == SIZE_MAX) {
        line_add(st, SAY(st, WORD_TABLE_BELOW, measure(st, line), value));
        return;
    }
    const char *row = utfall_run_decimal(st->run, (int64_t)line->row + 1);
    const char *at = measured(st, line, step->rows[line->row].at);
    const bool is_between = step->match == UTFALL_MATCH_LINEAR && line->row + 1 < step->row_count;
    if (is_between)
        line_add(st, SAY(st, WORD_TABLE_BETWEEN, measure(st, line), value, row, at,
                         utfall_run_decimal(st->run, (int64_t)line->row + 2),
                         measured(st, line, step->rows[line->row + 1].at),
                         amount(st, line->before_limits)));
    else
        line_add(st, SAY(st, WORD_TABLE_ROW, measure(st, line), value, row, at,
                         utfall__level_words(st->run, st->language, st->settlement->contract,
                                             &step->rows[line->row].pays),
                         amount(st, line->before_limits)));
}

static void form_add(const utfall__statement *st, const utfall_line *line)
{
    switch (line->step->form) {
    case UTFALL_FORM_SHARE:
        share_add(st, line);
        break;
    case UTFALL_FORM_PRICE:
        price_add(st, line);
        break;
    case UTFALL_FORM_TABLE:
        table_add(st, line);
        break;
    case UTFALL_FORM_FIXED:
        line_add(st, SAY(st, WORD_FIXED_PAYS, amount(st, line->before_limits)));
        break;
    }
}

static void limits_add(const utfall__statement *st, const utfall_line *line)
{
    const utfall_contract *contract = st->settlement->contract;
    if (line->cap_bit)
        line_add(st, SAY(st, WORD_CAP_BIT,
                         utfall__level_words(st->run, st->language, contract, &line->step->cap),
                         amount(st, line->exact)));
    if (line->floor_bit)
        line_add(st, SAY(st, WORD_FLOOR_BIT,
                         utfall__level_words(st->run, st->language, contract, &line->step->floor),
                         amount(st, line->exact)));
    if (utfall_rat_sign(line->residue) == 0)
        return;
    const bool has_own = line->step->rounding.unit_minor > 0;
    const char *how = utfall__rounding_words(st->run, st->language, contract,
                                             has_own ? line->step->rounding : contract->rounding);
    line_add(st, SAY(st, WORD_ROUNDED, how, utfall_rat_text(st->run, line->residue),
                     utfall__party_name(contract, contract->residue_to)));
}

static void step_add(const utfall__statement *st, size_t i)
{
    const utfall_contract *contract = st->settlement->contract;
    const utfall_line *line = &st->settlement->lines[i];
    const utfall_step *step = line->step;
    const char *number = utfall_run_decimal(st->run, (int64_t)i + 1);
    const char *rule = utfall__rule_words(st->run, st->language, contract, step);
    utfall__sheet_add(st->sheet, UTFALL__PART,
                      SAY(st, WORD_STEP_NAMED, number, utfall__id_words(st->run, step->id)));
    line_add(st, SAY(st, WORD_RULE, rule));
    if (!line->is_open)
        line_add(st, WORD_TEXT(st, WORD_GATE_CLOSED));
    else
        form_add(st, line);
    limits_add(st, line);
    utfall__sheet_add(st->sheet, UTFALL__FORMULA,
                      SAY(st, WORD_PAID_LINE, utfall__party_name(contract, step->from),
                          utfall__party_name(contract, step->to),
                          amount(st, utfall_rat_of_money(st->run, line->paid))));
}

static void overview_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    utfall__sheet *sheet = st->sheet;
    const utfall_rat *sum = utfall_rat_of(st->run, 0, 1);
    utfall__sheet_table(sheet, WORD_TEXT(st, WORD_STEPS_CAPTION));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_STEP), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_CONDITION), false);
    utfall__sheet_column(
        sheet, SAY(st, WORD_PAYS_IN, utfall__amount_unit(st->language, s->contract->currency)),
        true);
    for (size_t i = 0; i < s->contract->step_count; i++) {
        const utfall_line *line = &s->lines[i];
        const utfall_rat *paid = utfall_rat_of_money(st->run, line->paid);
        const utfall__word gate = line->step->when_count == 0 ? WORD_GATE_NONE
                                  : line->is_open             ? WORD_GATE_OPEN
                                                              : WORD_GATE_NOT_OPEN;
        const char *number = utfall_run_decimal(st->run, (int64_t)i + 1);
        sum = utfall_rat_add(st->run, sum, paid);
        utfall__sheet_cell(
            sheet, SAY(st, WORD_STEP_NAMED, number, utfall__id_words(st->run, line->step->id)));
        utfall__sheet_cell(sheet, WORD_TEXT(st, gate));
        utfall__sheet_cell(sheet, utfall__amount_bare(st->run, st->language, paid));
    }
    utfall__sheet_cell(sheet, WORD_TEXT(st, WORD_TOTAL));
    utfall__sheet_cell(sheet, "");
    utfall__sheet_cell(sheet, utfall__amount_bare(st->run, st->language, sum));
    utfall__sheet_total(sheet);
}

void utfall__section_steps(const utfall__statement *st)
{
    conditions_add(st);
    utfall__sheet_add(st->sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_DISTRIBUTION));
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_DISTRIBUTION_INTRO));
    overview_add(st);
    for (size_t i = 0; i < st->settlement->contract->step_count; i++)
        step_add(st, i);
}
