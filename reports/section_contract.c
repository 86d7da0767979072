/* reports/section_contract.c - who the parties are and which terms are in force, each with its
 * clause.
 *
 * In: the checked contract. Out: a table of parties and a table of terms. */
#include <string.h>
#include "reports/sections.h"

static void parties_add(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    utfall__sheet *sheet = st->sheet;
    bool has_numbers = false;
    for (size_t i = 0; i < contract->party_count; i++)
        has_numbers = has_numbers || contract->parties[i].org_number[0] != '\0';
    utfall__sheet_table(sheet, WORD_TEXT(st, WORD_PARTIES));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_PARTY), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_ROLE), false);
    if (has_numbers)
        utfall__sheet_column(sheet, WORD_TEXT(st, WORD_ORG_NUMBER), false);
    for (size_t i = 0; i < contract->party_count; i++) {
        const utfall_party *party = &contract->parties[i];
        utfall__sheet_cell(sheet, utfall__party_name(contract, i));
        utfall__sheet_cell(sheet, utfall__role_words(st->language, party->role));
        if (has_numbers)
            utfall__sheet_cell(sheet, party->org_number);
    }
}

/* Whether any term cites a clause: else there is no column for them. */
static bool has_clauses(const utfall_contract *contract)
{
    static const char suffix[] = "clause";
    for (size_t i = 0; i < contract->step_count; i++)
        if (contract->steps[i].clause[0] != '\0')
            return true;
    for (size_t i = 0; i < contract->term_count; i++) {
        const char *path = contract->terms[i].path;
        const size_t len = strlen(path);
        if (len >= sizeof suffix - 1 && strcmp(path + len - (sizeof suffix - 1), suffix) == 0)
            return true;
    }
    return false;
}

static void term_add(const utfall__statement *st, const char *term, const char *value,
                     const char *clause)
{
    utfall__sheet_cell(st->sheet, term);
    utfall__sheet_cell(st->sheet, value);
    if (has_clauses(st->settlement->contract))
        utfall__sheet_cell(st->sheet, clause);
}

/* The values listed under "evaluation.counts.", joined: which costs count. "" = all. */
static const char *counted(const utfall__statement *st)
{
    static const char prefix[] = "evaluation.counts.";
    const utfall_contract *contract = st->settlement->contract;
    const char **values = utfall_run_array(st->run, contract->term_count, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; values != NULL && i < contract->term_count; i++)
        if (strncmp(contract->terms[i].path, prefix, sizeof prefix - 1) == 0 &&
            strstr(contract->terms[i].path, "clause") == NULL)
            values[count++] = contract->terms[i].value;
    return utfall__list_words(st->run, st->language, values, count);
}

static const char *comparison_value(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const char *design = utfall__design_words(st->language, s->contract->design);
    if (s->contract->design == UTFALL_DESIGN_AGREED)
        return design;
    const uint64_t persons = utfall__persons_in_all(s, &s->sums->comparison);
    return utfall_run_join(
        st->run, design, ", ",
        utfall__say_count(st->run, st->language, WORD_PERSON, WORD_PERSONS, persons),
        (const char *)NULL);
}

/* What was drawn, and by how much it is more than the commitment. */
static const char *drawn_value(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    const utfall_rat *drawn = st->settlement->drawn;
    const utfall_rat *above =
        utfall_rat_sub(st->run, drawn, utfall_rat_of_money(st->run, contract->commitment));
    const char *value = utfall__amount(st->run, st->language, contract->currency, drawn);
    if (above == NULL || utfall_rat_sign(above) <= 0)
        return value;
    return SAY(st, WORD_DRAWN_ABOVE, value,
               utfall__amount(st->run, st->language, contract->currency, above));
}

static const char *price_index_value(const utfall__statement *st)
{
    const utfall_price_terms *prices = &st->settlement->contract->prices;
    const char *value =
        SAY(st, WORD_PRICE_INDEX_TERM, utfall__month_long(st->run, st->language, prices->base));
    return prices->source[0] == '\0'
               ? value
               : utfall_run_join(st->run, prices->source, ": ", value, (const char *)NULL);
}

static const char *incomplete_value(const utfall__statement *st)
{
    switch (st->settlement->contract->incomplete) {
    case UTFALL_INCOMPLETE_REFUSE:
        return WORD_TEXT(st, WORD_INCOMPLETE_REFUSE);
    case UTFALL_INCOMPLETE_TO_DATE:
        return WORD_TEXT(st, WORD_INCOMPLETE_TO_DATE);
    case UTFALL_INCOMPLETE_EXCLUDE:
        return WORD_TEXT(st, WORD_INCOMPLETE_EXCLUDE);
    }
    return NULL;
}

static void evaluation_terms_add(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    const char *clause = utfall__term_value(contract, "evaluation.clause");
    term_add(st, WORD_TEXT(st, WORD_WINDOW),
             utfall__say_count(st->run, st->language, WORD_NTH_ONE, WORD_NTH_MANY,
                               contract->window_months),
             clause);
    if (contract->payment_months != contract->window_months)
        term_add(st, WORD_TEXT(st, WORD_PAYMENT_WINDOW),
                 SAY(st, WORD_FIRST_MONTHS,
                     utfall__count(st->run, st->language, contract->payment_months)),
                 clause);
    term_add(st, WORD_TEXT(st, WORD_COMPARISON), comparison_value(st),
             utfall__term_value(contract, "comparison_group.clause"));
    if (contract->prices.is_there)
        term_add(st, WORD_TEXT(st, WORD_PRICE_INDEX), price_index_value(st),
                 contract->prices.clause);
    else if (utfall__has_idle_prices(contract))
        term_add(st, WORD_TEXT(st, WORD_PRICE_INDEX), WORD_TEXT(st, WORD_PRICE_INDEX_IDLE),
                 utfall__term_value(contract, "comparison_group.price_index.clause"));
    const char *counts = counted(st);
    if (counts != NULL && counts[0] != '\0')
        term_add(st, WORD_TEXT(st, WORD_COUNTS), counts, clause);
    if (contract->factor_count > 0)
        term_add(st, WORD_TEXT(st, WORD_GROUPED_BY),
                 utfall__factors_words(st->run, st->language, contract), clause);
    term_add(st, WORD_TEXT(st, WORD_INCOMPLETE), incomplete_value(st), clause);
}

static void steps_terms_add(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    for (size_t i = 0; i < contract->step_count; i++) {
        const utfall_step *step = &contract->steps[i];
        const char *number = utfall_run_decimal(st->run, (int64_t)i + 1);
        term_add(st, SAY(st, WORD_STEP_NAMED, number, utfall__id_words(st->run, step->id)),
                 utfall__rule_words(st->run, st->language, contract, step), step->clause);
    }
}

void utfall__section_contract(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    const char *financing = utfall__term_value(contract, "financing.clause");
    utfall__sheet_add(st->sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_PARTIES_AND_TERMS));
    parties_add(st);
    utfall__sheet_table(st->sheet, WORD_TEXT(st, WORD_TERMS));
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_TERM), false);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_VALUE), false);
    if (has_clauses(contract))
        utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_CLAUSE), false);
    term_add(st, WORD_TEXT(st, WORD_COMMITMENT),
             utfall__amount(st->run, st->language, contract->currency,
                            utfall_rat_of_money(st->run, contract->commitment)),
             financing);
    term_add(st, WORD_TEXT(st, WORD_DRAWN), drawn_value(st), financing);
    evaluation_terms_add(st);
    steps_terms_add(st);
    const char *rounding =
        utfall__rounding_words(st->run, st->language, contract, contract->rounding);
    term_add(st, WORD_TEXT(st, WORD_ROUNDING),
             SAY(st, WORD_ROUNDING_RESIDUE, rounding,
                 utfall__party_name(contract, contract->residue_to)),
             utfall__term_value(contract, "rounding.clause"));
}
