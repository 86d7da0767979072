/* reports/section_interim.c - a settlement among others: what was paid before, what was corrected,
 * and what the final result may be.
 *
 * In: history and forecast of a settlement. Out: tables, each with a sentence on how to read it;
 * nothing for a settlement that stands alone. */
#include "reports/sections.h"

static const char *bare(const utfall__statement *st, const utfall_rat *minor)
{
    const char *text = utfall__amount_bare(st->run, st->language, minor);
    return utfall__amount_is_exact(st->run, minor) ? text : SAY(st, WORD_ABOUT, text);
}

static const char *money(const utfall__statement *st, utfall_money amount)
{
    return bare(st, utfall_rat_of_money(st->run, amount));
}

static const char *captioned(const utfall__statement *st, utfall__word word)
{
    return SAY(st, word, utfall__amount_unit(st->language, st->settlement->contract->currency));
}

/* ---- what was paid before ---- */

static utfall__word excess_word(const utfall_contract *contract)
{
    if (!contract->has_negative_due)
        return WORD_INTERIM_UNSTATED;
    switch (contract->negative_due) {
    case UTFALL_NEGATIVE_CLAW_BACK:
        return WORD_INTERIM_CLAW_BACK;
    case UTFALL_NEGATIVE_CARRY_FORWARD:
        return WORD_INTERIM_CARRY_FORWARD;
    case UTFALL_NEGATIVE_NOTHING:
        return WORD_INTERIM_NOTHING;
    }
    return WORD_INTERIM_UNSTATED;
}

static void before_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const utfall_history *h = s->sums->history;
    utfall__sheet *sheet = st->sheet;
    utfall__sheet_add(sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_INTERIM));
    utfall__sheet_add(sheet, UTFALL__PARAGRAPH,
                      SAY(st, WORD_INTERIM_INTRO,
                          utfall__month_long(st->run, st->language, h->as_of),
                          WORD_TEXT(st, excess_word(s->contract))));
    utfall__sheet_table(sheet, captioned(st, WORD_INTERIM_CAPTION));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_STEP), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_INTERIM_ENTITLED), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_INTERIM_BEFORE), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_INTERIM_CHANGE), true);
    for (size_t i = 0; i < s->contract->step_count; i++) {
        const char *number = utfall_run_decimal(st->run, (int64_t)i + 1);
        utfall__sheet_cell(sheet, SAY(st, WORD_STEP_NAMED, number,
                                      utfall__id_words(st->run, s->contract->steps[i].id)));
        utfall__sheet_cell(sheet, money(st, s->lines[i].paid));
        utfall__sheet_cell(sheet, money(st, s->step_before[i]));
        utfall__sheet_cell(sheet, money(st, s->step_due[i]));
    }
    for (size_t i = 0; i < s->due_count; i++) {
        const utfall_due *due = &s->dues[i];
        utfall__sheet_add(sheet, UTFALL__PARAGRAPH,
                          SAY(st, WORD_INTERIM_PAIR, utfall__party_name(s->contract, due->from),
                              utfall__party_name(s->contract, due->to), money(st, due->before),
                              money(st, due->entitlement), money(st, due->amount)));
        if (due->carried.minor != 0)
            utfall__sheet_add(sheet, UTFALL__PARAGRAPH,
                              SAY(st, WORD_INTERIM_CARRIED, money(st, due->carried)));
        if (due->written_off.minor != 0)
            utfall__sheet_add(sheet, UTFALL__PARAGRAPH,
                              SAY(st, WORD_INTERIM_WRITTEN_OFF, money(st, due->written_off)));
    }
}

/* ---- corrections ---- */

static utfall__word subject_word(utfall_subject subject)
{
    switch (subject) {
    case UTFALL_SUBJECT_PRICE_INDEX:
        return WORD_PRICE_INDEX;
    case UTFALL_SUBJECT_PEOPLE:
        return WORD_SUBJECT_PEOPLE;
    case UTFALL_SUBJECT_PEOPLE_AT_PRICES:
        return WORD_SUBJECT_PEOPLE_AT_PRICES;
    case UTFALL_SUBJECT_COST:
        return WORD_SUBJECT_COST;
    case UTFALL_SUBJECT_COMPARISON_PEOPLE:
        return WORD_SUBJECT_COMPARISON_PEOPLE;
    case UTFALL_SUBJECT_COMPARISON_COST:
        return WORD_SUBJECT_COMPARISON_COST;
    case UTFALL_SUBJECT_AGREED_COST:
        return WORD_SUBJECT_AGREED_COST;
    case UTFALL_SUBJECT_DRAWN:
        return WORD_SUBJECT_DRAWN;
    case UTFALL_SUBJECT_OUTCOME_SUM:
        return WORD_SUBJECT_OUTCOME_SUM;
    case UTFALL_SUBJECT_OUTCOME_PERSONS:
        return WORD_SUBJECT_OUTCOME_PERSONS;
    }
    return WORD_SUBJECT_COST;
}

static const char *subject_words(const utfall__statement *st, const utfall_correction *c)
{
    const utfall_contract *contract = st->settlement->contract;
    const char *what = WORD_TEXT(st, subject_word(c->subject));
    if (c->k > 0)
        return SAY(st, WORD_SUBJECT_IN_GROUP, what,
                   utfall__group_words(st->run, st->language, contract, c->group),
                   utfall_run_decimal(st->run, c->k));
    return SAY(st, WORD_SUBJECT_OF, what,
               c->month.ordinal != 0
                   ? utfall__month_long(st->run, st->language, c->month)
                   : utfall__id_words(st->run, contract->outcomes[c->outcome].id));
}

/* An amount, or a count as it is. */
static const char *figure(const utfall__statement *st, utfall_subject subject,
                          const utfall_rat *value)
{
    switch (subject) {
    case UTFALL_SUBJECT_PRICE_INDEX:
    case UTFALL_SUBJECT_PEOPLE:
    case UTFALL_SUBJECT_PEOPLE_AT_PRICES:
    case UTFALL_SUBJECT_COMPARISON_PEOPLE:
    case UTFALL_SUBJECT_OUTCOME_SUM:
    case UTFALL_SUBJECT_OUTCOME_PERSONS:
        return utfall__number(st->run, st->language, value);
    case UTFALL_SUBJECT_COST:
    case UTFALL_SUBJECT_COMPARISON_COST:
    case UTFALL_SUBJECT_AGREED_COST:
    case UTFALL_SUBJECT_DRAWN:
        return bare(st, value);
    }
    return NULL;
}

static void corrections_add(const utfall__statement *st)
{
    const utfall_history *h = st->settlement->sums->history;
    const utfall_rat *saving = utfall_rat_of(st->run, 0, 1), *paid = saving;
    utfall__sheet *sheet = st->sheet;
    if (h->correction_count == 0)
        return;
    utfall__sheet_add(sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_CORRECTIONS));
    utfall__sheet_add(sheet, UTFALL__PARAGRAPH,
                      SAY(st, WORD_CORRECTIONS_INTRO,
                          utfall__month_long(st->run, st->language, h->as_of), h->reason));
    utfall__sheet_table(sheet, captioned(st, WORD_CORRECTIONS_CAPTION));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_CORRECTIONS_WHAT), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_CORRECTIONS_OLD), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_CORRECTIONS_NOW), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_CORRECTIONS_SAVING), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_CORRECTIONS_PAID), true);
    for (size_t i = 0; i < h->correction_count; i++) {
        const utfall_correction *c = &h->corrections[i];
        utfall__sheet_cell(sheet, subject_words(st, c));
        utfall__sheet_cell(sheet, figure(st, c->subject, c->old));
        utfall__sheet_cell(sheet, figure(st, c->subject, c->now));
        utfall__sheet_cell(sheet, bare(st, c->saving));
        utfall__sheet_cell(sheet, bare(st, c->paid));
        saving = utfall_rat_add(st->run, saving, c->saving);
        paid = utfall_rat_add(st->run, paid, c->paid);
    }
    utfall__sheet_cell(sheet, WORD_TEXT(st, WORD_TOTAL));
    utfall__sheet_cell(sheet, "");
    utfall__sheet_cell(sheet, "");
    utfall__sheet_cell(sheet, bare(st, saving));
    utfall__sheet_cell(sheet, bare(st, paid));
    utfall__sheet_total(sheet);
}

/* ---- forecast ---- */

static void forecast_row(const utfall__statement *st, utfall_month as_of, const utfall_rat *saving,
                         utfall_money paid)
{
    utfall__sheet_cell(st->sheet, utfall__month_long(st->run, st->language, as_of));
    utfall__sheet_cell(st->sheet, bare(st, saving));
    utfall__sheet_cell(st->sheet, money(st, paid));
}

static void forecast_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const utfall_forecast *f = s->forecast;
    const utfall_history *h = s->sums->history;
    utfall__sheet *sheet = st->sheet;
    const bool is_ratio = s->contract->forecast_remaining == UTFALL_REMAINING_AS_RATIO;
    const bool is_whole = s->contract->forecast_drawn == UTFALL_FORECAST_DRAWN_COMMITMENT;
    utfall__sheet_add(sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_FORECAST));
    utfall__sheet_add(
        sheet, UTFALL__PARAGRAPH,
        SAY(st, WORD_FORECAST_INTRO,
            utfall__say_count(st->run, st->language, WORD_PERSON, WORD_PERSONS, f->open),
            WORD_TEXT(st, is_ratio ? WORD_FORECAST_AS_RATIO : WORD_FORECAST_AS_STANDARD),
            WORD_TEXT(st, is_whole ? WORD_FORECAST_COMMITMENT : WORD_FORECAST_TO_DATE)));
    utfall__sheet_table(sheet, captioned(st, WORD_FORECAST_CAPTION));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_AS_OF), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_FORECAST_SAVING), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_FORECAST_PAID), true);
    for (size_t i = 0; h != NULL && i < h->forecast_count; i++)
        forecast_row(st, h->forecasts[i].as_of, h->forecasts[i].saving, h->forecasts[i].paid);
    forecast_row(st, s->sums->as_of, f->saving, f->paid);
}

void utfall__section_interim(const utfall__statement *st)
{
    if (st->settlement->sums->history != NULL) {
        before_add(st);
        corrections_add(st);
    }
    if (st->settlement->forecast != NULL)
        forecast_add(st);
}
