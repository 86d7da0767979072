/* reports/section_project_cost.c - the project cost by category, budget against outcome, and what
 * providers should have been paid out of it.
 *
 * In: lines of a settlement. Out: a table as municipal reports have it (Kostnad, Budget, Utfall,
 * Differens) and one of the agreements. Adds nothing but the totals. */
#include "reports/sections.h"

static const char *bare(const utfall__statement *st, const utfall_rat *minor)
{
    const char *text = utfall__amount_bare(st->run, st->language, minor);
    return utfall__amount_is_exact(st->run, minor) ? text : SAY(st, WORD_ABOUT, text);
}

static void cost_row(const utfall__statement *st, const char *name, const utfall_rat *budget,
                     const utfall_rat *drawn, const utfall_rat *difference)
{
    utfall__sheet_cell(st->sheet, name);
    utfall__sheet_cell(st->sheet, bare(st, budget));
    utfall__sheet_cell(st->sheet, bare(st, drawn));
    utfall__sheet_cell(st->sheet, bare(st, difference));
}

static void budget_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const utfall_rat *zero = utfall_rat_of(st->run, 0, 1);
    const utfall_rat *budget = zero, *drawn = zero, *difference = zero;
    utfall__sheet_table(st->sheet, SAY(st, WORD_COST_CAPTION,
                                       utfall__amount_units(st->language, s->contract->currency)));
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_COST_CATEGORY), false);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_COST_BUDGET), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_COST_OUTCOME), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_COST_DIFFERENCE), true);
    for (size_t i = 0; i < s->contract->budget_count; i++) {
        const utfall_budget_line *line = &s->budget[i];
        cost_row(st, s->contract->budget[i].category, line->budget, line->drawn, line->difference);
        budget = utfall_rat_add(st->run, budget, line->budget);
        drawn = utfall_rat_add(st->run, drawn, line->drawn);
        difference = utfall_rat_add(st->run, difference, line->difference);
    }
    cost_row(st, WORD_TEXT(st, WORD_TOTAL), budget, drawn, difference);
    utfall__sheet_total(st->sheet);
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_COST_NOTE));
}

static void pay_row(const utfall__statement *st, size_t i)
{
    const utfall_settlement *s = st->settlement;
    const utfall_provider_line *line = &s->provider_pays[i];
    utfall__sheet_cell(st->sheet, utfall__id_words(st->run, s->contract->provider_pays[i].id));
    utfall__sheet_cell(st->sheet,
                       utfall__party_name(s->contract, s->contract->provider_pays[i].provider));
    utfall__sheet_cell(st->sheet, utfall__count(st->run, st->language, line->months));
    utfall__sheet_cell(st->sheet, bare(st, line->earned));
    utfall__sheet_cell(st->sheet, bare(st, line->held_back));
    utfall__sheet_cell(st->sheet, bare(st, line->payable));
    utfall__sheet_cell(st->sheet, bare(st, line->drawn));
    utfall__sheet_cell(st->sheet, bare(st, line->difference));
}

static void pays_add(const utfall__statement *st)
{
    static const utfall__word numbers[] = {WORD_PAY_MONTHS,  WORD_PAY_EARNED, WORD_PAY_HELD,
                                           WORD_PAY_PAYABLE, WORD_PAY_DRAWN,  WORD_COST_DIFFERENCE};
    const utfall_contract *contract = st->settlement->contract;
    utfall__sheet_table(st->sheet, SAY(st, WORD_PAY_CAPTION,
                                       utfall__amount_units(st->language, contract->currency)));
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_PAY_AGREEMENT), false);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_PARTY), false);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        utfall__sheet_column(st->sheet, WORD_TEXT(st, numbers[i]), true);
    for (size_t i = 0; i < contract->provider_pay_count; i++)
        pay_row(st, i);
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_PAY_NOTE));
    for (size_t i = 0; i < contract->provider_pay_count; i++) {
        const utfall_provider_pay *pay = &contract->provider_pays[i];
        const utfall_provider_line *line = &st->settlement->provider_pays[i];
        if (pay->until != SIZE_MAX)
            utfall__sheet_add(st->sheet, UTFALL__ITEM,
                              SAY(st, line->is_released ? WORD_PAY_RELEASED : WORD_PAY_KEPT,
                                  utfall__id_words(st->run, pay->id), bare(st, line->held_back),
                                  utfall__id_words(st->run, contract->outcomes[pay->until].id)));
    }
}

void utfall__section_project_cost(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    if (contract->budget_count == 0)
        return;
    utfall__sheet_add(st->sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_COST_SECTION));
    budget_add(st);
    if (contract->provider_pay_count > 0)
        pays_add(st);
}
