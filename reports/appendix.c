/* reports/appendix.c - the tables behind the figure and the sums: by calendar month, by
 * intervention month, and the standard cost of each group.
 *
 * In: a settlement. Out: appendices of a page. They are what the figure says for those who do not
 * see it. */
#include "reports/sections.h"

enum { GROUPS_SHOWN_MAX = UTFALL__COLUMNS_MAX - 1 };

static const char *whole(const utfall__statement *st, const utfall_rat *minor)
{
    return utfall__amount_whole(st->run, st->language, minor);
}

static const char *counted(const utfall__statement *st, uint64_t count)
{
    return utfall__count(st->run, st->language, count);
}

static void calendar_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    utfall__sheet *sheet = st->sheet;
    utfall__sheet_add(sheet, UTFALL__APPENDIX, WORD_TEXT(st, WORD_BY_CALENDAR));
    utfall__sheet_add(sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_CALENDAR_INTRO));
    utfall__sheet_table(sheet, SAY(st, WORD_BY_CALENDAR_CAPTION,
                                   utfall__amount_units(st->language, s->contract->currency)));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_MONTH), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_ACTIVE), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_ACTUAL), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_EXPECTED), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_DIFFERENCE), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_DRAWN), true);
    for (size_t t = 0; t < s->sums->month_count; t++) {
        const utfall_month month = {s->sums->first.ordinal + (int32_t)t};
        utfall__sheet_cell(sheet, utfall__month_short(st->run, st->language, month));
        utfall__sheet_cell(sheet, counted(st, s->active[t]));
        utfall__sheet_cell(sheet, whole(st, s->actual_accumulated[t]));
        utfall__sheet_cell(sheet, whole(st, s->expected_accumulated[t]));
        utfall__sheet_cell(sheet, whole(st, utfall_rat_sub(st->run, s->expected_accumulated[t],
                                                           s->actual_accumulated[t])));
        utfall__sheet_cell(sheet, whole(st, s->drawn_accumulated[t]));
    }
}

static void nths_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    utfall__sheet *sheet = st->sheet;
    utfall__sheet_add(sheet, UTFALL__APPENDIX, WORD_TEXT(st, WORD_BY_NTH));
    utfall__sheet_add(sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_NTH_TABLE_INTRO));
    utfall__sheet_table(sheet, SAY(st, WORD_BY_NTH_CAPTION,
                                   utfall__amount_units(st->language, s->contract->currency)));
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_NTH), false);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_ACTUAL), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_EXPECTED), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_DIFFERENCE), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_BELOW), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_AT), true);
    utfall__sheet_column(sheet, WORD_TEXT(st, WORD_ABOVE), true);
    for (uint32_t k = 1; k <= s->contract->window_months; k++) {
        utfall__sheet_cell(sheet, counted(st, k));
        utfall__sheet_cell(sheet, whole(st, s->actual_month[k - 1]));
        utfall__sheet_cell(sheet, whole(st, s->expected_month[k - 1]));
        utfall__sheet_cell(sheet, whole(st, utfall_rat_sub(st->run, s->expected_month[k - 1],
                                                           s->actual_month[k - 1])));
        utfall__sheet_cell(sheet, counted(st, s->sums->below[k - 1]));
        utfall__sheet_cell(sheet, counted(st, s->sums->at[k - 1]));
        utfall__sheet_cell(sheet, counted(st, s->sums->above[k - 1]));
    }
}

/* One table for as many groups as fit beside each other, then the next. */
static void standard_costs_add(const utfall__statement *st, size_t first, size_t end)
{
    const utfall_settlement *s = st->settlement;
    const uint32_t window = s->contract->window_months;
    utfall__sheet_table(st->sheet, SAY(st, WORD_STANDARD_COST_CAPTION,
                                       utfall__amount_unit(st->language, s->contract->currency)));
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_NTH), false);
    for (size_t g = first; g < end; g++)
        utfall__sheet_column(st->sheet, utfall__group_words(st->run, st->language, s->contract, g),
                             true);
    for (uint32_t k = 1; k <= window; k++) {
        utfall__sheet_cell(st->sheet, counted(st, k));
        for (size_t g = first; g < end; g++) {
            const utfall_rat *cost = s->standard_cost[g * window + k - 1];
            utfall__sheet_cell(st->sheet, cost == NULL
                                              ? WORD_TEXT(st, WORD_NOT_KNOWN)
                                              : utfall__amount_bare(st->run, st->language, cost));
        }
    }
}

static void price_index_add(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    const utfall_price_index *index = st->settlement->sums->price_index;
    if (index == NULL)
        return;
    utfall__sheet_add(st->sheet, UTFALL__APPENDIX, WORD_TEXT(st, WORD_PRICE_INDEX));
    if (contract->prices.source[0] != '\0')
        utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, contract->prices.source);
    utfall__sheet_table(st->sheet, WORD_TEXT(st, WORD_PRICE_INDEX));
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_MONTH), false);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_PRICE_INDEX), true);
    for (size_t t = 0; t < index->count; t++) {
        const utfall_month month = {index->first.ordinal + (int32_t)t};
        if (index->values[t] == NULL)
            continue;
        utfall__sheet_cell(st->sheet, utfall__month_short(st->run, st->language, month));
        utfall__sheet_cell(st->sheet, utfall__number(st->run, st->language, index->values[t]));
    }
}

void utfall__appendices(const utfall__statement *st)
{
    const size_t groups = st->settlement->contract->group_count;
    calendar_add(st);
    nths_add(st);
    utfall__sheet_add(st->sheet, UTFALL__APPENDIX, WORD_TEXT(st, WORD_STANDARD_COSTS));
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH,
                      WORD_TEXT(st, st->settlement->contract->design == UTFALL_DESIGN_AGREED
                                        ? WORD_STANDARD_COST_AGREED
                                        : WORD_STANDARD_COST_INTRO));
    if (st->settlement->sums->price_index != NULL)
        utfall__sheet_add(
            st->sheet, UTFALL__PARAGRAPH,
            SAY(st, WORD_STANDARD_COST_PRICES,
                utfall__month_long(st->run, st->language, st->settlement->contract->prices.base)));
    for (size_t first = 0; first < groups; first += GROUPS_SHOWN_MAX)
        standard_costs_add(st, first,
                           groups - first > GROUPS_SHOWN_MAX ? first + GROUPS_SHOWN_MAX : groups);
    price_index_add(st);
}
