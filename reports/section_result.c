/* reports/section_result.c - what is to be paid, what the contract means for each party, and the
 * identities that hold.
 *
 * In: dues, results and checks of a settlement. Out: tables, and the contract's note once more,
 * so that nobody reads the result without it. */
#include <string.h>
#include "reports/sections.h"

static const char *bare(const utfall__statement *st, const utfall_rat *minor)
{
    const char *text = utfall__amount_bare(st->run, st->language, minor);
    return utfall__amount_is_exact(st->run, minor) ? text : SAY(st, WORD_ABOUT, text);
}

static void payment_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    utfall__sheet *sheet = st->sheet;
    utfall__sheet_add(sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_PAYMENT));
    utfall__sheet_table(sheet, WORD_TEXT(st, WORD_PAYMENT_CAPTION));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_FROM), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_TO), false);
    utfall__sheet_column(
        sheet, SAY(st, WORD_AMOUNT_IN, utfall__amount_unit(st->language, s->contract->currency)),
        true);
    for (size_t i = 0; i < s->due_count; i++) {
        utfall__sheet_cell(sheet, utfall__party_name(s->contract, s->dues[i].from));
        utfall__sheet_cell(sheet, utfall__party_name(s->contract, s->dues[i].to));
        utfall__sheet_cell(sheet, bare(st, utfall_rat_of_money(st->run, s->dues[i].amount)));
    }
    utfall__sheet_add(
        sheet, UTFALL__PARAGRAPH,
        WORD_TEXT(st, s->sums->history == NULL ? WORD_PAYMENT_NOTE : WORD_PAYMENT_NOTE_CHAINED));
}

/* In this settlement and all before it. */
static const utfall_rat *dues_of(const utfall__statement *st, size_t party, bool is_received)
{
    const utfall_settlement *s = st->settlement;
    const utfall_rat *sum = utfall_rat_of(st->run, 0, 1);
    for (size_t i = 0; i < s->due_count; i++)
        if ((is_received ? s->dues[i].to : s->dues[i].from) == party)
            sum = utfall_rat_add(
                st->run,
                utfall_rat_add(st->run, sum, utfall_rat_of_money(st->run, s->dues[i].amount)),
                utfall_rat_of_money(st->run, s->dues[i].before));
    return sum;
}

static bool is_concerned(const utfall_settlement *s, size_t party)
{
    bool is_in = party == s->contract->investor || party == s->contract->saving_to;
    for (size_t i = 0; !is_in && i < s->due_count; i++)
        is_in = s->dues[i].from == party || s->dues[i].to == party;
    return is_in;
}

/* "saving + received - paid - project cost", only the parts that the party has. */
static void result_formula(const utfall__statement *st, size_t party)
{
    const utfall_settlement *s = st->settlement;
    const struct {
        utfall__word word;
        const utfall_rat *value;
        bool is_there, is_taken;
    } parts[] = {
        {WORD_PART_SAVING, s->saving, party == s->contract->saving_to, false},
        {WORD_PART_RECEIVED, dues_of(st, party, true), true, false},
        {WORD_PART_PAID, dues_of(st, party, false), true, true},
        {WORD_PART_DRAWN, s->drawn, party == s->contract->investor, true},
    };
    const char *text = "";
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const bool is_due = parts[i].word == WORD_PART_RECEIVED || parts[i].word == WORD_PART_PAID;
        if (parts[i].value == NULL || !parts[i].is_there ||
            (is_due && utfall_rat_sign(parts[i].value) == 0))
            continue;
        const char *sign = text[0] == '\0'
                               ? (parts[i].is_taken ? WORD_TEXT(st, WORD_MINUS) : "")
                               : WORD_TEXT(st, parts[i].is_taken ? WORD_LESS : WORD_PLUS);
        text =
            utfall_run_join(st->run, text, sign, SAY(st, parts[i].word, bare(st, parts[i].value)),
                            (const char *)NULL);
        if (text == NULL)
            break;
    }
    if (text != NULL && text[0] == '\0')
        return;
    const utfall_rat *result = s->results[party].result;
    const bool is_exact = utfall__amount_is_exact(st->run, result);
    utfall__sheet_add(st->sheet, UTFALL__FORMULA,
                      SAY(st, is_exact ? WORD_RESULT_FORMULA : WORD_RESULT_FORMULA_ABOUT,
                          utfall__party_name(s->contract, party), text,
                          utfall__amount_bare(st->run, st->language, result)));
}

static void result_row(const utfall__statement *st, const char *name, const utfall_rat *received,
                       const utfall_rat *paid, const utfall_rat *result, const utfall_rat *borne)
{
    utfall__sheet_cell(st->sheet, name);
    utfall__sheet_cell(st->sheet, bare(st, received));
    utfall__sheet_cell(st->sheet, bare(st, paid));
    utfall__sheet_cell(st->sheet, bare(st, result));
    utfall__sheet_cell(st->sheet, bare(st, borne));
}

static void results_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const utfall_rat *zero = utfall_rat_of(st->run, 0, 1);
    const utfall_rat *received = zero, *paid = zero, *result = zero, *borne = zero;
    utfall__sheet_table(st->sheet, SAY(st, WORD_RESULT_CAPTION,
                                       utfall__amount_unit(st->language, s->contract->currency)));
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_PARTY), false);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_RECEIVES), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_PAYS), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_RESULT), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_BEARS), true);
    for (size_t i = 0; i < s->contract->party_count; i++) {
        if (!is_concerned(s, i))
            continue;
        const utfall_rat *own_received = dues_of(st, i, true), *own_paid = dues_of(st, i, false);
        result_row(st, utfall__party_name(s->contract, i), own_received, own_paid,
                   s->results[i].result, s->results[i].borne);
        received = utfall_rat_add(st->run, received, own_received);
        paid = utfall_rat_add(st->run, paid, own_paid);
        result = utfall_rat_add(st->run, result, s->results[i].result);
        borne = utfall_rat_add(st->run, borne, s->results[i].borne);
    }
    result_row(st, WORD_TEXT(st, WORD_TOTAL), received, paid, result, borne);
    utfall__sheet_total(st->sheet);
    for (size_t i = 0; i < s->contract->party_count; i++)
        if (is_concerned(s, i))
            result_formula(st, i);
    utfall__sheet_add(
        st->sheet, UTFALL__PARAGRAPH,
        SAY(st, WORD_RESULT_NOTE, bare(st, s->saving), bare(st, s->drawn), bare(st, result)));
}

/* The engine's name of a check in the language of the report; the name itself when it is new. */
static const char *check_words(const utfall__statement *st, const char *id)
{
    static const struct {
        const char *id;
        utfall__word word;
    } checks[] = {
        {"actual by month = actual by calendar month", WORD_CHECK_ACTUAL_CALENDAR},
        {"actual by month = actual by group", WORD_CHECK_ACTUAL_GROUP},
        {"expected by month = expected by calendar month", WORD_CHECK_EXPECTED_CALENDAR},
        {"drawn accumulated = drawn in all", WORD_CHECK_DRAWN},
        {"below + at + above = people by month", WORD_CHECK_BELOW},
        {"people by calendar month = people by month", WORD_CHECK_ACTIVE},
        {"people by start = people by group", WORD_CHECK_STARTS},
        {"paid + residue = exact", WORD_CHECK_RESIDUE},
        {"due by pair of parties = paid by step", WORD_CHECK_DUE},
        {"results of all parties = saving - drawn", WORD_CHECK_RESULTS},
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        if (strcmp(checks[i].id, id) == 0)
            return WORD_TEXT(st, checks[i].word);
    return id;
}

static void checks_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    utfall__sheet_add(st->sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_CHECKS));
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_CHECKS_INTRO));
    for (size_t i = 0; i < s->check_count; i++)
        utfall__sheet_add(st->sheet, UTFALL__ITEM, check_words(st, s->checks[i].id));
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_ROUNDING_NOTE));
}

void utfall__section_result(const utfall__statement *st)
{
    payment_add(st);
    utfall__sheet_add(st->sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_RESULT_SECTION));
    if (st->settlement->contract->note[0] != '\0')
        utfall__sheet_add(st->sheet, UTFALL__NOTE, st->settlement->contract->note);
    results_add(st);
    utfall__section_project_cost(st);
    if (st->settlement->contract->returns.is_there)
        utfall__section_returns(st);
    checks_add(st);
}
