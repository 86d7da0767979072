/* Payout: the waterfall at many savings.
 *
 * In: a settlement and a sample. Out: what each paying party pays at the saving of a replicate,
 * rounded step by step as in a settlement. Where every step is a function of the saving, its
 * payment curve (made by the waterfall's own code) becomes pieces in integers, whose products are
 * proven to fit for every saving that the sample can give; else the waterfall itself is run on
 * ratios. Both give the same amounts. */
#include "engine/payout.h"
#include "engine/checked.h"
#include "engine/curve.h"
#include "engine/core/ban.h"

/* ---- pieces ---- */

typedef struct cutter {
    utfall_run *run;
    const utfall__sample *sample;
    const utfall_rat *denominator, *bound, *bound_below;
    int64_t unit;
    utfall__piece *pieces;
    size_t count;
} cutter;

/* The line through (x, y) with this slope, up to numerator `last`; false when it may not fit. */
static bool piece_add(cutter *u, int64_t last, const utfall_rat *x, const utfall_rat *y,
                      const utfall_rat *slope)
{
    utfall_run *run = u->run;
    const utfall_rat *constant = utfall_rat_sub(run, y, utfall_rat_mul(run, slope, x));
    const utfall_rat *rise = utfall_rat_div(run, slope, u->denominator);
    int64_t a, a_den, b, b_den, c, reach, ignored;
    if (constant == NULL || rise == NULL || utfall_rat_parts(&a, &a_den, constant) != UTFALL_OK ||
        utfall_rat_parts(&b, &b_den, rise) != UTFALL_OK || !utfall__lcm(&c, a_den, b_den) ||
        !utfall__times(&a, a, c / a_den) || !utfall__times(&b, b, c / b_den))
        return false;
    if (!utfall__times(&reach, utfall__size(b), u->sample->bound) ||
        !utfall__plus(&reach, reach, utfall__size(a)) || !utfall__times(&ignored, c, u->unit) ||
        !utfall__times(&ignored, ignored, 2) || !utfall__plus(&ignored, reach, u->unit))
        return false;
    u->pieces[u->count++] = (utfall__piece){.last = last, .a = a, .b = b, .c = c};
    return true;
}

/* Where a point lies among the numerators: floor of x * denominator, and whether that is it. */
static bool place_of(const cutter *u, int64_t *floor, bool *is_whole, const utfall_rat *x)
{
    const utfall_rat *scaled = utfall_rat_mul(u->run, x, u->denominator);
    if (scaled == NULL || utfall_rat_floor(floor, scaled) != UTFALL_OK)
        return false;
    const utfall_rat *whole = utfall_rat_of(u->run, *floor, 1);
    if (whole == NULL)
        return false;
    *is_whole = utfall_rat_compare(whole, scaled) == 0;
    return true;
}

static bool curve_cut(cutter *u, const utfall_curve *curve)
{
    const utfall_rat *zero = utfall_rat_of(u->run, 0, 1);
    const utfall_rat *x = curve->points[0].saving, *y = curve->points[0].before;
    const utfall_rat *slope = curve->slope_below;
    for (size_t i = 0; i < curve->count; i++) {
        const utfall_point *point = &curve->points[i];
        const utfall_rat *scaled = utfall_rat_mul(u->run, point->saving, u->denominator);
        int64_t floor = 0;
        bool is_whole = false;
        if (scaled == NULL || zero == NULL)
            return false;
        if (utfall_rat_compare(scaled, u->bound) > 0)
            break; /* no saving comes so far */
        if (utfall_rat_compare(scaled, u->bound_below) >= 0) {
            if (!place_of(u, &floor, &is_whole, point->saving) ||
                !piece_add(u, is_whole ? floor - 1 : floor, x, y, slope))
                return false;
            if (is_whole && utfall_rat_sign(point->jump) != 0 &&
                !piece_add(u, floor, point->saving, point->payment, zero))
                return false;
        }
        x = point->saving;
        y = utfall_rat_add(u->run, point->payment, point->jump);
        slope = point->slope;
        if (y == NULL)
            return false;
    }
    return piece_add(u, INT64_MAX, x, y, slope);
}

static utfall_status pieces_compute(utfall_run *run, utfall__payout *payout,
                                    utfall__pay_step *steps, const utfall__sample *sample)
{
    const size_t count = payout->contract->step_count;
    cutter u = {.run = run,
                .sample = sample,
                .denominator = utfall_rat_of(run, sample->denominator, 1),
                .bound = utfall_rat_of(run, sample->bound, 1),
                .bound_below = utfall_rat_of(run, -sample->bound, 1)};
    if (u.denominator == NULL || u.bound == NULL || u.bound_below == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        u.pieces = utfall_run_array(run, 2 * steps[i].curve->count + 1, sizeof *u.pieces);
        u.count = 0;
        u.unit = payout->contract->steps[i].rounding.unit_minor;
        if (u.pieces == NULL)
            return UTFALL_E_NOMEM;
        if (!curve_cut(&u, steps[i].curve))
            return utfall_run_failure(run); /* UTFALL_OK: they do not fit, and ratios do */
        steps[i].pieces = u.pieces;
        steps[i].piece_count = u.count;
    }
    payout->is_narrow = true;
    return UTFALL_OK;
}

/* ---- which steps are a function of the saving ---- */

static bool varies(utfall_measure_kind kind)
{
    switch (kind) {
    case UTFALL_MEASURE_SAVING:
    case UTFALL_MEASURE_EXPECTED:
    case UTFALL_MEASURE_ACTUAL:
        return true;
    case UTFALL_MEASURE_AMOUNT:
    case UTFALL_MEASURE_DRAWN:
    case UTFALL_MEASURE_COMMITMENT:
    case UTFALL_MEASURE_OUTCOME:
        return false;
    }
    return true;
}

static bool level_varies(const utfall_level *level)
{
    return level->factor != NULL && varies(level->of.kind);
}

static bool step_varies(const utfall_step *step)
{
    bool does = (step->form != UTFALL_FORM_FIXED && varies(step->of.kind)) ||
                level_varies(&step->low) || level_varies(&step->high) || level_varies(&step->cap) ||
                level_varies(&step->floor) || level_varies(&step->fixed);
    for (size_t i = 0; i < step->row_count; i++)
        does = does || level_varies(&step->rows[i].pays);
    return does;
}

/* The curve of a step that pays the same at every saving. */
static utfall_status constant_curve(utfall_run *run, const utfall_curve **out,
                                    const utfall_contract *contract, size_t i,
                                    const utfall_figures *figures)
{
    utfall_line line;
    utfall_curve *curve = utfall_run_alloc(run, sizeof *curve);
    utfall_point *point = utfall_run_alloc(run, sizeof *point);
    const utfall_rat *zero = utfall_rat_of(run, 0, 1);
    if (curve == NULL || point == NULL || zero == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall__line_compute(run, &line, contract, i, figures);
    if (status != UTFALL_OK)
        return status;
    *point = (utfall_point){
        .saving = zero, .before = line.exact, .payment = line.exact, .slope = zero, .jump = zero};
    *curve = (utfall_curve){.drawn = figures->drawn,
                            .slope_below = zero,
                            .count = 1,
                            .points = point,
                            .least = line.exact,
                            .most = line.exact};
    *out = curve;
    return UTFALL_OK;
}

utfall_status utfall__pay_curve(utfall_run *run, const utfall_curve **out,
                                const utfall_contract *contract, size_t i,
                                const utfall_figures *figures)
{
    return step_varies(&contract->steps[i]) ? utfall__step_curve(run, out, contract, i, figures)
                                            : constant_curve(run, out, contract, i, figures);
}

/* ---- a payout ---- */

static utfall_status payers_find(utfall_run *run, utfall__payout *payout, utfall__pay_step *steps)
{
    const utfall_contract *contract = payout->contract;
    size_t *payers = utfall_run_array(run, contract->party_count, sizeof *payers);
    if (payers == NULL)
        return UTFALL_E_NOMEM;
    for (size_t party = 0; party < contract->party_count; party++) {
        bool pays = false;
        for (size_t i = 0; i < contract->step_count; i++) {
            if (contract->steps[i].from != party)
                continue;
            steps[i].payer = payout->payer_count;
            pays = true;
        }
        if (pays)
            payers[payout->payer_count++] = party;
    }
    payout->payers = payers;
    return UTFALL_OK;
}

utfall_status utfall__payout_new(utfall_run *run, const utfall__payout **out,
                                 const utfall_settlement *settlement, const utfall__sample *sample)
{
    const utfall_contract *contract = settlement->contract;
    utfall__payout *payout = utfall_run_alloc(run, sizeof *payout);
    utfall__pay_step *steps = utfall_run_array(run, contract->step_count, sizeof *steps);
    if (payout == NULL || steps == NULL)
        return UTFALL_E_NOMEM;
    *payout =
        (utfall__payout){.contract = contract,
                         .figures = {.saving = settlement->paid_saving,
                                     .drawn = settlement->drawn,
                                     .commitment = utfall_rat_of_money(run, contract->commitment),
                                     .expected = settlement->paid_expected,
                                     .actual = settlement->paid_actual,
                                     .gates = settlement->gates,
                                     .known = settlement->known,
                                     .outcomes = settlement->sums->outcomes},
                         .steps = steps,
                         .has_curves = true};
    if (payout->figures.commitment == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = payers_find(run, payout, steps);
    for (size_t i = 0; i < contract->step_count && status == UTFALL_OK; i++) {
        status = utfall__pay_curve(run, &steps[i].curve, contract, i, &payout->figures);
        payout->has_curves = payout->has_curves && steps[i].curve != NULL;
    }
    if (status == UTFALL_OK && payout->has_curves && sample->is_narrow)
        status = pieces_compute(run, payout, steps, sample);
    if (status == UTFALL_OK)
        *out = payout;
    return status;
}

/* ---- paying ---- */

/* num / den rounded to units as utfall_rat_round does, den > 0. */
static utfall_status round_quotient(int64_t *out, int64_t num, int64_t den, utfall_rounding how)
{
    den *= how.unit_minor;
    int64_t units = utfall__floor_div(num, den);
    const int64_t rest = num - units * den;
    switch (how.mode) {
    case UTFALL_ROUND_NEVER:
        if (rest != 0)
            return UTFALL_E_INEXACT;
        break;
    case UTFALL_ROUND_HALF_AWAY:
        units += 2 * rest > den || (2 * rest == den && num > 0);
        break;
    case UTFALL_ROUND_HALF_EVEN:
        units += 2 * rest > den || (2 * rest == den && units % 2 != 0);
        break;
    case UTFALL_ROUND_FLOOR:
        break;
    case UTFALL_ROUND_CEILING:
        units += rest > 0;
        break;
    case UTFALL_ROUND_TOWARD_ZERO:
        units += rest > 0 && num < 0;
        break;
    }
    *out = units * how.unit_minor;
    return UTFALL_OK;
}

utfall_status utfall__payout_narrow(const utfall__payout *payout, int64_t *paid, int64_t s)
{
    for (size_t p = 0; p < payout->payer_count; p++)
        paid[p] = 0;
    for (size_t i = 0; i < payout->contract->step_count; i++) {
        const utfall__pay_step *step = &payout->steps[i];
        const utfall__piece *piece = step->pieces;
        int64_t amount = 0;
        while (s > piece->last)
            piece++;
        utfall_status status = round_quotient(&amount, piece->a + piece->b * s, piece->c,
                                              payout->contract->steps[i].rounding);
        if (status != UTFALL_OK)
            return status;
        if (!utfall__minor_add(&paid[step->payer], amount))
            return UTFALL_E_RANGE;
    }
    return UTFALL_OK;
}

utfall_status utfall__payout_wide(utfall_run *run, const utfall__payout *payout, int64_t *paid,
                                  const utfall__redrawn *drawn)
{
    utfall_figures figures = payout->figures;
    const utfall_line *lines = NULL;
    figures.saving = drawn->saving;
    figures.expected = drawn->expected;
    figures.actual = drawn->actual;
    utfall_status status = utfall__waterfall_compute(run, &lines, payout->contract, &figures);
    if (status != UTFALL_OK)
        return status;
    for (size_t p = 0; p < payout->payer_count; p++)
        paid[p] = 0;
    for (size_t i = 0; i < payout->contract->step_count; i++)
        if (!utfall__minor_add(&paid[payout->steps[i].payer], lines[i].paid.minor))
            return UTFALL_E_RANGE;
    return UTFALL_OK;
}

utfall_status utfall__payout_round(utfall_run *run, int64_t *out, const utfall__payout *payout,
                                   size_t step, const utfall_rat *exact)
{
    utfall_rounding how = payout->contract->steps[step].rounding;
    utfall_money rounded;
    const utfall_rat *residue;
    if (how.mode == UTFALL_ROUND_NEVER)
        how.mode = UTFALL_ROUND_HALF_AWAY;
    utfall_status status = utfall_rat_round(run, &rounded, &residue, exact, how);
    if (status == UTFALL_OK)
        *out = rounded.minor;
    return status;
}
