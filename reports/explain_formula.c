/* reports/explain_formula.c - one calculation, written for people and exactly.
 *
 * In: numbers and signs, in order. Out: two lines, "101 600 000,33 − 109 100 000,00 ≈ ..." and
 * "exact: 6614159661925/651 - 10910000000 = ...". Invariant: the exact line is plain ASCII and
 * evaluates with ordinary precedence, so that anybody can put it into another program; a line of
 * whole numbers only is its own exact form and is written once. */
#include <string.h>
#include "reports/explain.h"

void utfall__formula_start(utfall__formula *f, utfall__explanation *e)
{
    *f = (utfall__formula){.e = e};
    utfall__text_start(&f->shown, e->run);
    utfall__text_start(&f->exact, e->run);
}

void utfall__formula_sign(utfall__formula *f, const char *sign)
{
    const char *shown = strcmp(sign, " - ") == 0 ? " − " : strcmp(sign, " * ") == 0 ? " × " : sign;
    utfall__text_add(&f->exact, sign);
    utfall__text_add(&f->shown, shown);
}

static const char *value_words(const utfall__formula *f, const utfall_rat *value, utfall__unit unit)
{
    const utfall__explanation *e = f->e;
    switch (unit) {
    case UTFALL__MONEY:
        return utfall__amount_bare(e->run, e->language, value);
    case UTFALL__NUMBER:
        return utfall__number(e->run, e->language, value);
    case UTFALL__SHARE:
        return utfall__share(e->run, e->language, value);
    }
    return NULL;
}

static bool ends_in_operator(const utfall__text *text)
{
    return text->len > 1 && text->bytes[text->len - 1] == ' ' && text->bytes[text->len - 2] != ',';
}

void utfall__formula_value(utfall__formula *f, const utfall_rat *value, utfall__unit unit)
{
    const char *exact = utfall_rat_text(f->e->run, value), *shown = value_words(f, value, unit);
    if (exact == NULL || shown == NULL) {
        f->exact.has_failed = true;
        return;
    }
    const bool is_after = ends_in_operator(&f->exact);
    const bool is_divisor = is_after && f->exact.bytes[f->exact.len - 2] == '/';
    const bool is_negative = is_after && utfall_rat_sign(value) < 0;
    const bool is_bracketed = is_negative || (is_divisor && strchr(exact, '/') != NULL);
    utfall__text_add(&f->exact, is_bracketed ? "(" : "");
    utfall__text_add(&f->exact, exact);
    utfall__text_add(&f->exact, is_bracketed ? ")" : "");
    utfall__text_add(&f->shown, is_negative ? "(" : "");
    utfall__text_add(&f->shown, shown);
    utfall__text_add(&f->shown, is_negative ? ")" : "");
    if (unit == UTFALL__MONEY) {
        f->has_money = true;
        f->is_rounded = f->is_rounded || !utfall__amount_is_exact(f->e->run, value);
    } else if (unit == UTFALL__SHARE) {
        f->has_money = true; /* a share is shown in other figures than the exact ones */
    }
}

static const utfall_rat *count_rat(utfall__formula *f, uint64_t count)
{
    if (count > INT64_MAX) {
        utfall_run_fail(f->e->run, UTFALL_E_RANGE);
        return NULL;
    }
    return utfall_rat_of(f->e->run, (int64_t)count, 1);
}

void utfall__formula_count(utfall__formula *f, uint64_t count)
{
    utfall__formula_value(f, count_rat(f, count), UTFALL__NUMBER);
}

static void formula_end(utfall__formula *f)
{
    const utfall__explanation *e = f->e;
    const char *shown = NULL, *exact = NULL;
    if (utfall__text_end(&f->shown, &shown, NULL) != UTFALL_OK ||
        utfall__text_end(&f->exact, &exact, NULL) != UTFALL_OK) {
        e->sheet->has_failed = true;
        return;
    }
    if (f->has_money) {
        utfall__sheet_add(e->sheet, UTFALL__FORMULA, shown);
        exact = utfall__tell(e, "exakt: {0}", "exact: {0}", exact);
    }
    utfall__sheet_add(e->sheet, UTFALL__FORMULA, exact);
}

void utfall__formula_equals(utfall__formula *f, const utfall_rat *value, utfall__unit unit)
{
    const utfall__explanation *e = f->e;
    const bool is_rounded =
        f->is_rounded || (unit == UTFALL__MONEY && !utfall__amount_is_exact(e->run, value));
    utfall__text_add(&f->exact, " = ");
    utfall__text_add(&f->exact, utfall_rat_text(e->run, value));
    utfall__text_add(&f->shown, is_rounded ? " ≈ " : " = ");
    utfall__text_add(&f->shown, unit == UTFALL__MONEY
                                    ? utfall__amount(e->run, e->language,
                                                     e->settlement->contract->currency, value)
                                    : value_words(f, value, unit));
    f->has_money = f->has_money || unit == UTFALL__MONEY;
    formula_end(f);
}

void utfall__formula_count_equals(utfall__formula *f, uint64_t count)
{
    utfall__formula_equals(f, count_rat(f, count), UTFALL__NUMBER);
}

void utfall__formula_truth(utfall__formula *f, bool holds)
{
    utfall__formula_sign(f, holds ? " = true" : " = false");
    formula_end(f);
}
