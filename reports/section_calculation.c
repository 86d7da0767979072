/* reports/section_calculation.c - actual and expected cost, their difference, by group and by
 * intervention month, the levels of the figure, and how strong the comparison is.
 *
 * In: a settlement. Out: tables. Sums over groups and over months are made here to show the parts;
 * each is compared with the settlement's total, and a difference is our fault (UTFALL_E_BUG). */
#include "reports/sections.h"

enum { MONTHS_ONE_BY_ONE = 12, MONTHS_BY_SIX = 60 };
enum { PEOPLE_FEW = 5 }; /* a group of fewer may tell what single people cost */

static const char *whole(const utfall__statement *st, const utfall_rat *minor)
{
    return utfall__amount_whole(st->run, st->language, minor);
}

static const char *counted(const utfall__statement *st, uint64_t count)
{
    return utfall__count(st->run, st->language, count);
}

/* Two decimals, marked when they do not say all. */
static const char *marked(const utfall__statement *st, const utfall_rat *minor)
{
    const char *bare = utfall__amount_bare(st->run, st->language, minor);
    return utfall__amount_is_exact(st->run, minor) ? bare : SAY(st, WORD_ABOUT, bare);
}

static const utfall_rat *absolute(utfall_run *run, const utfall_rat *value)
{
    return value == NULL || utfall_rat_sign(value) >= 0
               ? value
               : utfall_rat_sub(run, utfall_rat_of(run, 0, 1), value);
}

static const char *size_words(const utfall__statement *st, const utfall_rat *value)
{
    return utfall__amount_short(st->run, st->language, st->settlement->contract->currency,
                                absolute(st->run, value));
}

/* Whether parts that were added up here give the settlement's own total. */
static void total_check(const utfall__statement *st, const utfall_rat *sum, const utfall_rat *total)
{
    if (sum != NULL && utfall_rat_compare(sum, total) != 0) {
        utfall_run_fail(st->run, UTFALL_E_BUG);
        st->sheet->has_failed = true;
    }
}

static void totals_row(const utfall__statement *st, const char *period, const utfall_rat *actual,
                       const utfall_rat *expected, const utfall_rat *saving)
{
    utfall__sheet_cell(st->sheet, period);
    utfall__sheet_cell(st->sheet, marked(st, actual));
    utfall__sheet_cell(st->sheet, marked(st, expected));
    utfall__sheet_cell(st->sheet, marked(st, saving));
}

static void totals_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const char *currency = utfall__amount_unit(st->language, s->contract->currency);
    utfall__sheet_table(st->sheet, WORD_TEXT(st, WORD_TOTALS));
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_PERIOD), false);
    utfall__sheet_column(st->sheet, SAY(st, WORD_ACTUAL_IN, currency), true);
    utfall__sheet_column(st->sheet, SAY(st, WORD_EXPECTED_IN, currency), true);
    utfall__sheet_column(st->sheet, SAY(st, WORD_DIFFERENCE_IN, currency), true);
    totals_row(st,
               utfall__say_count(st->run, st->language, WORD_NTH_ONE, WORD_NTH_MANY,
                                 s->contract->window_months),
               s->actual, s->expected, s->saving);
    if (s->contract->payment_months != s->contract->window_months)
        totals_row(st, SAY(st, WORD_PERIOD_PAID, counted(st, s->contract->payment_months)),
                   s->paid_actual, s->paid_expected, s->paid_saving);
    const utfall__word by_sign =
        (utfall__word)((int)WORD_COST_HIGHER + 1 + utfall_rat_sign(s->saving));
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, SAY(st, by_sign, size_words(st, s->saving)));
}

static void level_add(const utfall__statement *st, utfall__word name, const utfall_rat *level,
                      utfall__word meaning)
{
    if (level == NULL)
        return;
    utfall__sheet_cell(st->sheet, WORD_TEXT(st, name));
    utfall__sheet_cell(st->sheet, marked(st, level));
    utfall__sheet_cell(st->sheet,
                       SAY(st,
                           (utfall__word)((int)WORD_ABOVE_LEVEL + 1 +
                                          utfall_rat_compare(level, st->settlement->actual)),
                           size_words(st, utfall_rat_sub(st->run, level, st->settlement->actual))));
    utfall__sheet_cell(st->sheet, WORD_TEXT(st, meaning));
}

static void levels_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    utfall__sheet_table(st->sheet, WORD_TEXT(st, WORD_LEVELS));
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_LEVEL), false);
    utfall__sheet_column(
        st->sheet,
        SAY(st, WORD_AMOUNT_IN, utfall__amount_unit(st->language, s->contract->currency)), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_ACTUAL_LIES), false);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_MEANING), false);
    level_add(st, WORD_NO_SAVINGS, s->level_no_savings, WORD_NO_SAVINGS_MEANS);
    level_add(st, WORD_BREAK_EVEN, s->level_break_even, WORD_BREAK_EVEN_MEANS);
    level_add(st, WORD_CAP, s->level_cap, WORD_CAP_MEANS);
}

/* Target persons of a group who are counted in intervention month k. */
static uint64_t persons_in_month(const utfall_settlement *s, size_t group, uint32_t k)
{
    uint64_t persons = 0;
    for (size_t i = 0; i < s->sums->start_count; i++)
        if (s->sums->starts[i].group == group &&
            utfall__months_counted_of(s, &s->sums->starts[i]) >= k)
            persons += s->sums->starts[i].persons;
    return persons;
}

static const utfall_rat *group_expected(const utfall__statement *st, size_t group)
{
    const utfall_settlement *s = st->settlement;
    const uint32_t window = s->contract->window_months;
    const utfall_rat *sum = utfall_rat_of(st->run, 0, 1);
    for (uint32_t k = 1; k <= window; k++) {
        const uint64_t persons = persons_in_month(s, group, k);
        const utfall_rat *cost = s->standard_cost[group * window + k - 1];
        if (persons == 0)
            continue;
        const utfall_rat *weight = s->price_weights != NULL
                                       ? s->price_weights[group * window + k - 1]
                                       : utfall__rat_of_minor(st->run, (int64_t)persons);
        const utfall_rat *part = utfall_rat_mul(st->run, cost, weight);
        sum = utfall_rat_add(st->run, sum, part);
    }
    return sum;
}

static const utfall_rat *group_actual(const utfall__statement *st, size_t group)
{
    const utfall_settlement *s = st->settlement;
    const uint32_t window = s->contract->window_months;
    const utfall_rat *sum = utfall_rat_of(st->run, 0, 1);
    for (uint32_t k = 1; k <= window; k++)
        sum = utfall_rat_add(
            st->run, sum,
            utfall__rat_of_minor(st->run, s->sums->target.cost_minor[group * window + k - 1]));
    return sum;
}

static void group_columns(const utfall__statement *st, bool has_comparison)
{
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_GROUP), false);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_TARGET_SHORT), true);
    if (has_comparison)
        utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_COMPARISON_SHORT), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_ACTUAL), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_EXPECTED), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_DIFFERENCE), true);
}

static void group_row(const utfall__statement *st, const char *label, uint64_t target,
                      const uint64_t *comparison, const utfall_rat *actual,
                      const utfall_rat *expected)
{
    utfall__sheet_cell(st->sheet, label);
    utfall__sheet_cell(st->sheet, counted(st, target));
    if (comparison != NULL)
        utfall__sheet_cell(st->sheet, counted(st, *comparison));
    utfall__sheet_cell(st->sheet, whole(st, actual));
    utfall__sheet_cell(st->sheet, whole(st, expected));
    utfall__sheet_cell(st->sheet, whole(st, utfall_rat_sub(st->run, expected, actual)));
}

static bool is_few(const utfall_side *side, size_t group)
{
    return side->persons != NULL && side->persons[group] > 0 && side->persons[group] < PEOPLE_FEW;
}

/* Sums of few people say something of each. */
static void few_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const char *names[UTFALL_GROUPS_MAX];
    size_t count = 0;
    for (size_t g = 0; g < s->contract->group_count && count < UTFALL_GROUPS_MAX; g++)
        if (is_few(&s->sums->target, g) || is_few(&s->sums->comparison, g))
            names[count++] =
                SAY(st, WORD_QUOTED, utfall__group_words(st->run, st->language, s->contract, g));
    if (count > 0)
        utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH,
                          SAY(st, WORD_GROUPS_FEW, counted(st, PEOPLE_FEW),
                              utfall__list_words(st->run, st->language, names, count)));
}

static void groups_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const bool has_comparison = s->sums->comparison.persons != NULL;
    const utfall_rat *actual = utfall_rat_of(st->run, 0, 1), *expected = actual;
    utfall__sheet_add(st->sheet, UTFALL__PART, WORD_TEXT(st, WORD_BY_GROUP));
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH,
                      s->contract->factor_count == 0
                          ? WORD_TEXT(st, WORD_GROUPS_NONE)
                          : SAY(st, WORD_GROUPS_INTRO,
                                utfall__factors_words(st->run, st->language, s->contract)));
    if (s->sums->price_index != NULL)
        utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_PRICES_CARRIED));
    utfall__sheet_table(st->sheet, SAY(st, WORD_BY_GROUP_CAPTION,
                                       utfall__amount_units(st->language, s->contract->currency)));
    group_columns(st, has_comparison);
    for (size_t g = 0; g < s->contract->group_count; g++) {
        const utfall_rat *own_actual = group_actual(st, g), *own_expected = group_expected(st, g);
        group_row(st, utfall__group_words(st->run, st->language, s->contract, g),
                  s->sums->target.persons[g],
                  has_comparison ? &s->sums->comparison.persons[g] : NULL, own_actual,
                  own_expected);
        actual = utfall_rat_add(st->run, actual, own_actual);
        expected = utfall_rat_add(st->run, expected, own_expected);
    }
    total_check(st, actual, s->actual);
    total_check(st, expected, s->expected);
    const uint64_t compared = utfall__persons_in_all(s, &s->sums->comparison);
    group_row(st, WORD_TEXT(st, WORD_TOTAL), utfall__persons_in_all(s, &s->sums->target),
              has_comparison ? &compared : NULL, actual, expected);
    utfall__sheet_total(st->sheet);
    few_add(st);
}

/* Sums over months first..last and the people of the last month. */
static void period_row(const utfall__statement *st, uint32_t first, uint32_t last,
                       const utfall_rat **accumulated)
{
    const utfall_settlement *s = st->settlement;
    const utfall_rat *actual = utfall_rat_of(st->run, 0, 1), *expected = actual;
    for (uint32_t k = first; k <= last; k++) {
        actual = utfall_rat_add(st->run, actual, s->actual_month[k - 1]);
        expected = utfall_rat_add(st->run, expected, s->expected_month[k - 1]);
    }
    const utfall_rat *saving = utfall_rat_sub(st->run, expected, actual);
    *accumulated = utfall_rat_add(st->run, *accumulated, saving);
    const char *from = counted(st, first), *to = counted(st, last);
    utfall__sheet_cell(st->sheet, first == last ? from : SAY(st, WORD_LEVEL_BETWEEN, from, to));
    utfall__sheet_cell(st->sheet, whole(st, actual));
    utfall__sheet_cell(st->sheet, whole(st, expected));
    utfall__sheet_cell(st->sheet, whole(st, saving));
    utfall__sheet_cell(st->sheet, whole(st, *accumulated));
    utfall__sheet_cell(st->sheet, SAY(st, WORD_OF_PERSONS, counted(st, s->sums->below[last - 1]),
                                      counted(st, s->sums->below[last - 1] + s->sums->at[last - 1] +
                                                      s->sums->above[last - 1])));
}

static void months_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const uint32_t window = s->contract->window_months;
    const uint32_t span = window <= MONTHS_ONE_BY_ONE ? 1 : window <= MONTHS_BY_SIX ? 6 : 12;
    const utfall_rat *accumulated = utfall_rat_of(st->run, 0, 1);
    utfall__sheet_add(st->sheet, UTFALL__PART, WORD_TEXT(st, WORD_BY_NTH));
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH, WORD_TEXT(st, WORD_NTH_INTRO));
    utfall__sheet_table(st->sheet, SAY(st, WORD_BY_NTH_CAPTION,
                                       utfall__amount_units(st->language, s->contract->currency)));
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_NTHS), false);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_ACTUAL), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_EXPECTED), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_DIFFERENCE), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_ACCUMULATED), true);
    utfall__sheet_column(st->sheet, WORD_TEXT(st, WORD_PERSONS_BELOW), true);
    for (uint32_t first = 1; first <= window; first += span)
        period_row(st, first, first + span - 1 < window ? first + span - 1 : window, &accumulated);
    total_check(st, accumulated, s->saving);
}

static void evaluation_add(const utfall__statement *st)
{
    static const utfall__word steps[] = {WORD_LADDER_1, WORD_LADDER_2, WORD_LADDER_3, WORD_LADDER_4,
                                         WORD_LADDER_5};
    static const utfall__word designs[] = {WORD_EVALUATION_HISTORIC, WORD_EVALUATION_CONCURRENT,
                                           WORD_EVALUATION_RANDOMISED, WORD_EVALUATION_AGREED};
    const utfall_contract *contract = st->settlement->contract;
    const utfall_design design = contract->design;
    const utfall__word word = design == UTFALL_DESIGN_HISTORIC && contract->prices.is_there
                                  ? WORD_EVALUATION_HISTORIC_PRICES
                                  : designs[design];
    const unsigned own = utfall__design_step(design);
    utfall__sheet_add(st->sheet, UTFALL__PART, WORD_TEXT(st, WORD_EVALUATION));
    utfall__sheet_add(st->sheet, UTFALL__PARAGRAPH,
                      SAY(st, word, utfall_run_decimal(st->run, (int64_t)own)));
    for (unsigned i = 1; i <= 5; i++) {
        const char *step = WORD_TEXT(st, steps[i - 1]);
        utfall__sheet_add(st->sheet, UTFALL__NUMBERED,
                          i == own ? SAY(st, WORD_THIS_STEP, step) : step);
    }
}

void utfall__section_calculation(const utfall__statement *st)
{
    utfall__sheet_add(st->sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_CALCULATION));
    totals_add(st);
    utfall__sheet_add(st->sheet, UTFALL__FIGURE, "");
    levels_add(st);
    groups_add(st);
    months_add(st);
    evaluation_add(st);
}
