/* reports/explain_prices.c - derivations with a price index: costs carried to the prices of the
 * base month, and the weights by which people of the target group are at the prices of their own.
 *
 * In: a settlement and its sums. Out: formulas with the index values in them. */
#include <string.h>
#include "reports/explain.h"

const utfall_rat *utfall__price_number(const utfall__explanation *e)
{
    const utfall_rat *out = NULL;
    if (strcmp(e->family->pattern, "price_index.@") != 0 &&
        strcmp(e->family->pattern, "price_weight.*.#") != 0)
        return NULL;
    const utfall_status status =
        utfall_rat_parse(e->run, &out, e->fact->value, strlen(e->fact->value));
    if (status != UTFALL_OK)
        utfall_run_fail(e->run, status);
    return out;
}

const char *utfall__base_words(const utfall__explanation *e)
{
    return utfall__month_long(e->run, e->language, e->settlement->contract->prices.base);
}

static const utfall_rat *value_in(const utfall__explanation *e, utfall_month month)
{
    return utfall_price_value(e->settlement->sums->price_index, month);
}

/* "price_index.2016-08" */
static const char *month_key(const utfall__explanation *e, utfall_month month)
{
    char text[8];
    utfall_month_text(text, month);
    return utfall_run_join(e->run, "price_index.", text, (const char *)NULL);
}

/* An index value, which is read in decimals and exact as a fraction: then the formula has both. */
static void value_add(utfall__formula *f, utfall_month month)
{
    const utfall_rat *value = value_in(f->e, month);
    utfall__formula_value(f, value, UTFALL__NUMBER);
    f->has_money = f->has_money || !utfall__amount_is_exact(f->e->run, value);
}

/* " * I(b) / I(t)", or the other way round */
static void ratio_sign(utfall__formula *f, utfall_month times, utfall_month over)
{
    utfall__formula_sign(f, " * ");
    value_add(f, times);
    utfall__formula_sign(f, " / ");
    value_add(f, over);
}

/* ---- the comparison group ---- */

/* What was paid in each month is not told: in one month it may be a single person's. */
void utfall__carried_add(utfall__explanation *e)
{
    const utfall_month base = e->settlement->contract->prices.base;
    utfall__more_add(
        e, utfall__tell(e,
                        "Kostnaderna är först omräknade till prisläget {0}, var och ens månad för "
                        "sig och i hela ören: gånger prisindex för {0} (se {1}), delat med "
                        "prisindex för den månad då kostnaden uppstod.",
                        "The costs were first carried to the prices of {0}, each person's month by "
                        "itself and in whole öre: times the price index of {0} (see {1}), divided "
                        "by the price index of the month in which the cost was incurred.",
                        utfall__base_words(e), month_key(e, base)));
}

/* ---- the target group ---- */

/* People of a start who are counted in their month `k`. */
static uint64_t counted_in(const utfall__explanation *e, size_t start, size_t g, uint32_t k)
{
    const utfall_start *s = &e->settlement->sums->starts[start];
    return s->group == g && utfall__months_of(e, start) >= k ? s->persons : 0;
}

void utfall__derive_price_weight(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const utfall_month base = s->contract->prices.base;
    const size_t g = utfall__captured_group(e, 0);
    const uint32_t k = utfall__captured_number(e, 1), window = s->contract->window_months;
    utfall__formula f;
    bool is_first = true;
    if (g == SIZE_MAX || k < 1 || k > window)
        return;
    utfall__step_add(
        e, utfall__tell(e,
                        "De som räknas i insatsmånad {0}, gånger prisindex i den kalendermånad som "
                        "det då var för dem; allt delat med prisindex för {1} (se {2}):",
                        "Those counted in intervention month {0}, times the price index of the "
                        "calendar month that it was for them; all of it divided by the price index "
                        "of {1} (see {2}):",
                        utfall_run_decimal(e->run, k), utfall__base_words(e), month_key(e, base)));
    utfall__formula_start(&f, e);
    utfall__formula_sign(&f, "(");
    for (size_t i = 0; i < s->sums->start_count; i++) {
        const utfall_month month =
            utfall_nth_month(s->sums->starts[i].month, (utfall_nth){(int32_t)k});
        if (counted_in(e, i, g, k) == 0)
            continue;
        if (!is_first)
            utfall__formula_sign(&f, " + ");
        is_first = false;
        utfall__formula_count(&f, counted_in(e, i, g, k));
        utfall__formula_sign(&f, " * ");
        value_add(&f, month);
    }
    if (is_first)
        utfall__formula_count(&f, 0);
    utfall__formula_sign(&f, ") / ");
    value_add(&f, base);
    utfall__formula_equals(&f, s->price_weights[g * window + k - 1], UTFALL__NUMBER);
}

void utfall__price_ratio_add(utfall__formula *f, utfall_month month)
{
    ratio_sign(f, month, f->e->settlement->contract->prices.base);
}
