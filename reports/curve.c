/* reports/curve.c - the payment curve of a contract as text: what a saving would give, before
 * there are any data.
 *
 * In: the curve with every condition reached and with none, straight pieces between points. Out:
 * one table of breakpoints for each, with what the next krona gives, and the least and most
 * payable. */
#include <string.h>
#include "reports/sections.h"

enum { CURVE_COLUMNS = 80 };

typedef struct view {
    utfall_run *run;
    utfall__sheet *sheet;
    const utfall_contract *contract;
    utfall_language language;
} view;

static const char *amount(const view *v, const utfall_rat *minor)
{
    const char *text = utfall__amount(v->run, v->language, v->contract->currency, minor);
    return utfall__amount_is_exact(v->run, minor) ? text : SAY(v, WORD_ABOUT, text);
}

static const char *bare(const view *v, const utfall_rat *minor)
{
    const char *text = utfall__amount_bare(v->run, v->language, minor);
    return utfall__amount_is_exact(v->run, minor) ? text : SAY(v, WORD_ABOUT, text);
}

/* "60" for a share of 60 öre a krona; NULL when it is not a whole number of öre below a krona. */
static const char *minor_words(const view *v, const utfall_rat *slope)
{
    const utfall_rat *minor = utfall_rat_mul(v->run, slope, utfall_rat_of(v->run, 100, 1));
    const utfall_rat *one = utfall_rat_of(v->run, 1, 1);
    if (minor == NULL || one == NULL || strcmp(v->contract->currency, "SEK") != 0 ||
        utfall_rat_compare(slope, one) >= 0 || !utfall__amount_is_exact(v->run, minor))
        return NULL;
    return utfall__number(v->run, v->language, minor);
}

static const char *slope_words(const view *v, const utfall_rat *slope)
{
    const char *investor = utfall__party_name(v->contract, v->contract->investor);
    const bool is_krona = strcmp(v->contract->currency, "SEK") == 0;
    const char *unit = is_krona ? WORD_TEXT(v, WORD_CURVE_KRONA) : v->contract->currency;
    const utfall_rat *one = utfall_rat_of(v->run, 1, 1);
    if (slope == NULL || one == NULL)
        return NULL;
    if (utfall_rat_sign(slope) == 0)
        return WORD_TEXT(v, WORD_CURVE_FLAT);
    if (utfall_rat_sign(slope) < 0) {
        const utfall_rat *size = utfall_rat_sub(v->run, utfall_rat_of(v->run, 0, 1), slope);
        return SAY(v, WORD_CURVE_FALLS, utfall__share(v->run, v->language, size), unit);
    }
    if (utfall_rat_compare(slope, one) == 0)
        return SAY(v, WORD_CURVE_ALL, unit, investor);
    const char *minor = minor_words(v, slope);
    if (minor != NULL)
        return SAY(v, WORD_CURVE_MINOR, minor, investor);
    return SAY(v, WORD_CURVE_SHARE, utfall__share(v->run, v->language, slope), unit, investor);
}

static const char *limits_words(const view *v, const utfall_curve *curve)
{
    if (curve->least != NULL && curve->most != NULL)
        return SAY(v, WORD_CURVE_LEAST_MOST, amount(v, curve->least), amount(v, curve->most));
    if (curve->least != NULL)
        return SAY(v, WORD_CURVE_LEAST, amount(v, curve->least));
    if (curve->most != NULL)
        return SAY(v, WORD_CURVE_MOST, amount(v, curve->most));
    return WORD_TEXT(v, WORD_CURVE_UNBOUNDED);
}

/* What is paid below the first point: known when the payment stands still there. */
static void first_row(const view *v, const utfall_curve *curve)
{
    const bool has_points = curve->count > 0;
    const bool is_flat = utfall_rat_sign(curve->slope_below) == 0;
    const utfall_rat *payment = !is_flat     ? NULL
                                : has_points ? curve->points[0].payment
                                             : curve->least;
    utfall__sheet_cell(v->sheet, has_points
                                     ? SAY(v, WORD_CURVE_BELOW, bare(v, curve->points[0].saving))
                                     : WORD_TEXT(v, WORD_CURVE_ANY));
    utfall__sheet_cell(v->sheet, payment == NULL ? "" : bare(v, payment));
    utfall__sheet_cell(v->sheet, slope_words(v, curve->slope_below));
}

static void curve_add(const view *v, const char *caption, const utfall_curve *curve)
{
    utfall__sheet_table(v->sheet, caption);
    utfall__sheet_column(
        v->sheet,
        SAY(v, WORD_CURVE_SAVING, utfall__amount_unit(v->language, v->contract->currency)), true);
    utfall__sheet_column(
        v->sheet,
        SAY(v, WORD_CURVE_PAYMENT, utfall__amount_unit(v->language, v->contract->currency)), true);
    utfall__sheet_column(v->sheet, WORD_TEXT(v, WORD_CURVE_SLOPE), false);
    first_row(v, curve);
    for (size_t i = 0; i < curve->count; i++) {
        const utfall_point *point = &curve->points[i];
        const char *after = slope_words(v, point->slope);
        if (point->jump != NULL && utfall_rat_sign(point->jump) != 0)
            after = SAY(v, WORD_CURVE_JUMP, after, amount(v, point->jump));
        utfall__sheet_cell(v->sheet, bare(v, point->saving));
        utfall__sheet_cell(v->sheet, bare(v, point->payment));
        utfall__sheet_cell(v->sheet, after);
    }
    utfall__sheet_add(v->sheet, UTFALL__PARAGRAPH, limits_words(v, curve));
}

static bool has_gates(const utfall_contract *contract)
{
    bool has = false;
    for (size_t i = 0; i < contract->step_count; i++)
        has = has || contract->steps[i].when_count > 0;
    return has;
}

utfall_status utfall_curve_text(utfall_run *run, const char **out, size_t *len,
                                const utfall_contract *contract, const utfall_curve *open,
                                const utfall_curve *closed, size_t left_out,
                                utfall_language language)
{
    utfall__sheet sheet;
    const view v = {.run = run, .sheet = &sheet, .contract = contract, .language = language};
    utfall__sheet_start(&sheet, run);
    utfall__sheet_add(&sheet, UTFALL__TITLE, WORD_TEXT(&v, WORD_CURVE));
    if (contract->note[0] != '\0')
        utfall__sheet_add(&sheet, UTFALL__NOTE, contract->note);
    utfall__sheet_add(&sheet, UTFALL__PARAGRAPH,
                      SAY(&v, WORD_CURVE_INTRO, amount(&v, open->drawn),
                          utfall__party_name(contract, contract->investor)));
    if (has_gates(contract)) {
        curve_add(&v, WORD_TEXT(&v, WORD_CURVE_OPEN), open);
        if (closed != NULL)
            curve_add(&v, WORD_TEXT(&v, WORD_CURVE_CLOSED), closed);
    } else {
        curve_add(&v, WORD_TEXT(&v, WORD_CURVE_ALWAYS), open);
    }
    if (left_out > 0)
        utfall__sheet_add(&sheet, UTFALL__PARAGRAPH,
                          utfall__say_count(run, language, WORD_CURVE_LEFT_OUT_ONE,
                                            WORD_CURVE_LEFT_OUT_MANY, left_out));
    return utfall__render_text(&sheet, out, len, CURVE_COLUMNS, language);
}
