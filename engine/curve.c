/* Payment curve: what the investor is paid in all, as a function of the saving S, before any data.
 *
 * In: a contract, the project cost, gates all open or all closed. Out: straight pieces between
 * points. A step is piecewise linear in S, and its pieces can only end where two of its lines meet:
 * the measure with an end of the slice, a limit or a threshold, and then the amount with the cap or
 * the floor. Those places are solved for exactly; between two of them the waterfall's own code is
 * evaluated at two places, which gives the line. So the curve cannot say anything but what a
 * settlement pays, and a place where nothing bends is dropped again. */
#include "engine/curve.h"
#include <string.h>
#include "engine/core/ban.h"

enum { PLACES_MAX = 4096 };

/* constant + slope * S; constant NULL = there is no such line. */
typedef struct line {
    const utfall_rat *constant, *slope;
} line;

typedef struct places {
    size_t count;
    const utfall_rat **at; /* ascending, distinct; room for PLACES_MAX */
} places;

typedef struct sketch {
    utfall_run *run;
    const utfall_contract *contract;
    utfall_figures figures; /* saving filled in for each evaluation */
    const size_t *steps;    /* the steps drawn */
    size_t step_count;
    const utfall_rat *zero, *one;
} sketch;

static utfall_status too_many(const sketch *k)
{
    return utfall__refuse(k->run, k->contract, UTFALL_E_RANGE, "waterfall", NULL,
                          "the payment bends at more than 4096 places", "use shorter tables");
}

static utfall_status number_failed(const sketch *k)
{
    return utfall__number_failed(k->run, k->contract, "waterfall", "the payment curve");
}

/* ---- which steps are a function of the saving ---- */

static bool measure_is_known(utfall_measure_kind kind)
{
    switch (kind) {
    case UTFALL_MEASURE_AMOUNT:
    case UTFALL_MEASURE_SAVING:
    case UTFALL_MEASURE_DRAWN:
    case UTFALL_MEASURE_COMMITMENT:
        return true;
    case UTFALL_MEASURE_EXPECTED:
    case UTFALL_MEASURE_ACTUAL:
    case UTFALL_MEASURE_OUTCOME:
        return false;
    }
    return false;
}

static bool level_is_known(const utfall_level *level)
{
    return level->factor == NULL || measure_is_known(level->of.kind);
}

/* A linear table of the saving that pays parts of the saving is a parabola: not drawn. */
static bool step_is_known(const utfall_step *step)
{
    if (step->form != UTFALL_FORM_FIXED && !measure_is_known(step->of.kind))
        return false;
    if (!level_is_known(&step->cap) || !level_is_known(&step->floor))
        return false;
    switch (step->form) {
    case UTFALL_FORM_SHARE:
        return level_is_known(&step->low) && level_is_known(&step->high);
    case UTFALL_FORM_PRICE:
        return false;
    case UTFALL_FORM_TABLE:
        for (size_t i = 0; i < step->row_count; i++)
            if (!level_is_known(&step->rows[i].pays) ||
                (step->match == UTFALL_MATCH_LINEAR && step->of.kind == UTFALL_MEASURE_SAVING &&
                 step->rows[i].pays.of.kind == UTFALL_MEASURE_SAVING))
                return false;
        return true;
    case UTFALL_FORM_FIXED:
        return level_is_known(&step->fixed);
    }
    return false;
}

/* ---- places ---- */

static utfall_status place_add(const sketch *k, places *p, const utfall_rat *at)
{
    size_t low = 0, high = p->count;
    if (at == NULL)
        return number_failed(k);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = utfall_rat_compare(p->at[middle], at);
        if (order == 0)
            return UTFALL_OK;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (p->count == PLACES_MAX)
        return too_many(k);
    memmove(&p->at[low + 1], &p->at[low], (p->count - low) * sizeof *p->at);
    p->at[low] = at;
    p->count++;
    return UTFALL_OK;
}

static utfall_status places_new(const sketch *k, places *out)
{
    *out = (places){.at = utfall_run_array(k->run, PLACES_MAX, sizeof *out->at)};
    return out->at != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
}

/* Where two lines meet, if they do at one place. */
static utfall_status crossing_add(const sketch *k, places *p, line a, line b)
{
    if (a.constant == NULL || b.constant == NULL)
        return UTFALL_OK;
    const utfall_rat *slope = utfall_rat_sub(k->run, a.slope, b.slope);
    if (slope == NULL)
        return number_failed(k);
    if (utfall_rat_sign(slope) == 0)
        return UTFALL_OK;
    const utfall_rat *gap = utfall_rat_sub(k->run, b.constant, a.constant);
    return place_add(k, p, utfall_rat_div(k->run, gap, slope));
}

static line constant_line(const sketch *k, const utfall_rat *constant)
{
    return (line){.constant = constant, .slope = k->zero};
}

static line measure_line(const sketch *k, const utfall_measure *of)
{
    switch (of->kind) {
    case UTFALL_MEASURE_AMOUNT:
        return constant_line(k, k->one);
    case UTFALL_MEASURE_SAVING:
        return (line){.constant = k->zero, .slope = k->one};
    case UTFALL_MEASURE_DRAWN:
        return constant_line(k, k->figures.drawn);
    case UTFALL_MEASURE_COMMITMENT:
        return constant_line(k, k->figures.commitment);
    case UTFALL_MEASURE_EXPECTED:
    case UTFALL_MEASURE_ACTUAL:
    case UTFALL_MEASURE_OUTCOME:
        break;
    }
    return (line){NULL, NULL};
}

static line level_line(const sketch *k, const utfall_level *level)
{
    if (level->factor == NULL)
        return (line){NULL, NULL};
    const line of = measure_line(k, &level->of);
    return (line){.constant = utfall_rat_mul(k->run, level->factor, of.constant),
                  .slope = utfall_rat_mul(k->run, level->factor, of.slope)};
}

/* Where the form alone can bend or jump. */
static utfall_status form_places(const sketch *k, places *p, const utfall_step *step)
{
    const line measure =
        step->form == UTFALL_FORM_FIXED ? (line){NULL, NULL} : measure_line(k, &step->of);
    const line low = level_line(k, &step->low), high = level_line(k, &step->high);
    utfall_status status = UTFALL_OK;
    switch (step->form) {
    case UTFALL_FORM_SHARE:
        status = crossing_add(k, p, measure, low);
        if (status == UTFALL_OK)
            status = crossing_add(k, p, measure, high);
        if (status == UTFALL_OK) /* beyond it the slice is inverted, which must be seen */
            status = crossing_add(k, p, low, high);
        break;
    case UTFALL_FORM_PRICE: /* paid on counts, never drawn */
        break;
    case UTFALL_FORM_TABLE:
        for (size_t i = 0; i < step->row_count && status == UTFALL_OK; i++)
            status = crossing_add(k, p, measure, constant_line(k, step->rows[i].at));
        break;
    case UTFALL_FORM_FIXED:
        break;
    }
    return status;
}

/* ---- evaluation ---- */

/* Two savings inside piece number `i`: below the first place, between two, or above the last. */
static void piece_inside(const sketch *k, const places *p, size_t i, const utfall_rat *inside[2])
{
    if (p->count == 0) {
        inside[0] = k->zero;
        inside[1] = k->one;
    } else if (i == 0) {
        inside[1] = utfall_rat_sub(k->run, p->at[0], k->one);
        inside[0] = utfall_rat_sub(k->run, inside[1], k->one);
    } else if (i == p->count) {
        inside[0] = utfall_rat_add(k->run, p->at[i - 1], k->one);
        inside[1] = utfall_rat_add(k->run, inside[0], k->one);
    } else {
        const utfall_rat *third = utfall_rat_div(
            k->run, utfall_rat_sub(k->run, p->at[i], p->at[i - 1]), utfall_rat_of(k->run, 3, 1));
        inside[0] = utfall_rat_add(k->run, p->at[i - 1], third);
        inside[1] = utfall_rat_sub(k->run, p->at[i], third);
    }
}

static utfall_status line_through(const sketch *k, line *out, const utfall_rat *const s[2],
                                  const utfall_rat *const amount[2])
{
    const utfall_rat *slope = utfall_rat_div(k->run, utfall_rat_sub(k->run, amount[1], amount[0]),
                                             utfall_rat_sub(k->run, s[1], s[0]));
    const utfall_rat *constant =
        utfall_rat_sub(k->run, amount[0], utfall_rat_mul(k->run, slope, s[0]));
    if (constant == NULL)
        return number_failed(k);
    *out = (line){.constant = constant, .slope = slope};
    return UTFALL_OK;
}

static utfall_status step_evaluate(const sketch *k, utfall_line *out, size_t step,
                                   const utfall_rat *saving)
{
    utfall_figures figures = k->figures;
    figures.saving = saving;
    return saving != NULL ? utfall__line_compute(k->run, out, k->contract, step, &figures)
                          : number_failed(k);
}

/* Where the step can bend, into `all`: the form's places, and on each piece between them the
 * places where the amount meets the cap or the floor. */
static utfall_status step_places(const sketch *k, places *all, size_t index)
{
    const utfall_step *step = &k->contract->steps[index];
    const line cap = level_line(k, &step->cap), floor = level_line(k, &step->floor);
    places own = {0};
    utfall_status status = places_new(k, &own);
    if (status == UTFALL_OK)
        status = form_places(k, &own, step);
    for (size_t i = 0; i < own.count && status == UTFALL_OK; i++)
        status = place_add(k, all, own.at[i]);
    if (status == UTFALL_OK)
        status = crossing_add(k, all, cap, floor);
    for (size_t i = 0; i <= own.count && status == UTFALL_OK; i++) {
        const utfall_rat *inside[2] = {NULL, NULL}, *amount[2] = {NULL, NULL};
        utfall_line found = {0};
        line piece = {NULL, NULL};
        piece_inside(k, &own, i, inside);
        for (size_t j = 0; j < 2 && status == UTFALL_OK; j++) {
            status = step_evaluate(k, &found, index, inside[j]);
            amount[j] = found.before_limits;
        }
        if (status == UTFALL_OK)
            status = line_through(k, &piece, inside, amount);
        if (status == UTFALL_OK)
            status = crossing_add(k, all, piece, cap);
        if (status == UTFALL_OK)
            status = crossing_add(k, all, piece, floor);
    }
    return status;
}

static utfall_status payment_at(const sketch *k, const utfall_rat **out, const utfall_rat *saving)
{
    const utfall_rat *sum = k->zero;
    for (size_t i = 0; i < k->step_count; i++) {
        utfall_line found = {0};
        utfall_status status = step_evaluate(k, &found, k->steps[i], saving);
        if (status != UTFALL_OK)
            return status;
        sum = utfall_rat_add(k->run, sum, found.exact);
    }
    if (sum == NULL)
        return number_failed(k);
    *out = sum;
    return UTFALL_OK;
}

static utfall_status piece_compute(const sketch *k, line *out, const places *p, size_t i)
{
    const utfall_rat *inside[2] = {NULL, NULL}, *amount[2] = {NULL, NULL};
    piece_inside(k, p, i, inside);
    for (size_t j = 0; j < 2; j++) {
        utfall_status status = payment_at(k, &amount[j], inside[j]);
        if (status != UTFALL_OK)
            return status;
    }
    return line_through(k, out, inside, amount);
}

static const utfall_rat *line_at(const sketch *k, line of, const utfall_rat *saving)
{
    return utfall_rat_add(k->run, of.constant, utfall_rat_mul(k->run, of.slope, saving));
}

/* ---- the curve ---- */

/* The point at `saving` between two pieces; *bends is false when nothing happens there. */
static utfall_status point_compute(const sketch *k, utfall_point *out, bool *bends,
                                   const utfall_rat *saving, line below, line above)
{
    utfall_point point = {.saving = saving, .slope = above.slope};
    utfall_status status = payment_at(k, &point.payment, saving);
    if (status != UTFALL_OK)
        return status;
    point.before = line_at(k, below, saving);
    point.jump = utfall_rat_sub(k->run, line_at(k, above, saving), point.payment);
    if (point.before == NULL || point.jump == NULL)
        return number_failed(k);
    *bends = utfall_rat_compare(below.slope, above.slope) != 0 ||
             utfall_rat_compare(point.before, point.payment) != 0 ||
             utfall_rat_sign(point.jump) != 0;
    *out = point;
    return UTFALL_OK;
}

static utfall_status points_compute(const sketch *k, utfall_curve *curve, const places *p)
{
    utfall_point *points = utfall_run_array(k->run, p->count + 1, sizeof *points);
    line below = {NULL, NULL}, above = {NULL, NULL};
    bool bends = false;
    if (points == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = piece_compute(k, &below, p, 0);
    curve->slope_below = below.slope;
    for (size_t i = 0; i < p->count && status == UTFALL_OK; i++) {
        status = piece_compute(k, &above, p, i + 1);
        if (status == UTFALL_OK)
            status = point_compute(k, &points[curve->count], &bends, p->at[i], below, above);
        if (status == UTFALL_OK && bends)
            curve->count++;
        below = above;
    }
    if (status == UTFALL_OK && curve->count == 0) {
        status = point_compute(k, &points[0], &bends, k->zero, below, below);
        curve->count = 1;
    }
    curve->points = points;
    return status;
}

/* Least and most over all savings; what is tended to but not reached counts. */
static utfall_status extremes_compute(const sketch *k, utfall_curve *curve)
{
    const utfall_point *last = &curve->points[curve->count - 1];
    const utfall_rat *least = curve->points[0].payment, *most = least;
    for (size_t i = 0; i < curve->count; i++) {
        const utfall_point *point = &curve->points[i];
        const utfall_rat *after = utfall_rat_add(k->run, point->payment, point->jump);
        const utfall_rat *reached[3] = {point->before, point->payment, after};
        for (size_t j = 0; j < 3; j++) {
            least = utfall_rat_min(k->run, least, reached[j]);
            most = utfall_rat_max(k->run, most, reached[j]);
        }
    }
    if (least == NULL || most == NULL)
        return number_failed(k);
    const int below = utfall_rat_sign(curve->slope_below), above = utfall_rat_sign(last->slope);
    curve->least = below > 0 || above < 0 ? NULL : least;
    curve->most = below < 0 || above > 0 ? NULL : most;
    return UTFALL_OK;
}

static utfall_status sketch_begin(sketch *k, size_t *left_out, bool gates_open)
{
    const utfall_contract *contract = k->contract;
    bool *gates = utfall_run_array(k->run, contract->outcome_count, sizeof *gates);
    size_t *steps = utfall_run_array(k->run, contract->step_count, sizeof *steps);
    if (gates == NULL || steps == NULL || k->zero == NULL || k->one == NULL ||
        k->figures.drawn == NULL || k->figures.commitment == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < contract->outcome_count; i++)
        gates[i] = gates_open;
    for (size_t i = 0; i < contract->step_count; i++) {
        if (contract->steps[i].to != contract->investor)
            continue;
        if (step_is_known(&contract->steps[i]))
            steps[k->step_count++] = i;
        else
            ++*left_out;
    }
    k->figures.gates = gates;
    k->steps = steps;
    return UTFALL_OK;
}

utfall_status utfall_curve_compute(utfall_run *run, const utfall_curve **out,
                                   const utfall_contract *contract, const utfall_rat *drawn,
                                   bool gates_open, size_t *left_out)
{
    const utfall_rat *commitment = utfall_rat_of_money(run, contract->commitment);
    sketch k = {.run = run,
                .contract = contract,
                .figures = {.drawn = drawn != NULL ? drawn : commitment, .commitment = commitment},
                .zero = utfall_rat_of(run, 0, 1),
                .one = utfall_rat_of(run, 1, 1)};
    places all = {0};
    size_t unknown = 0;
    utfall_curve *curve = utfall_run_alloc(run, sizeof *curve);
    utfall_status status = curve != NULL ? sketch_begin(&k, &unknown, gates_open) : UTFALL_E_NOMEM;
    if (status == UTFALL_OK)
        status = places_new(&k, &all);
    for (size_t i = 0; i < k.step_count && status == UTFALL_OK; i++)
        status = step_places(&k, &all, k.steps[i]);
    if (status != UTFALL_OK)
        return status;
    *curve = (utfall_curve){.gates_open = gates_open, .drawn = k.figures.drawn};
    status = points_compute(&k, curve, &all);
    if (status == UTFALL_OK)
        status = extremes_compute(&k, curve);
    if (status != UTFALL_OK)
        return status;
    *out = curve;
    if (left_out != NULL)
        *left_out = unknown;
    return UTFALL_OK;
}

utfall_status utfall__step_curve(utfall_run *run, const utfall_curve **out,
                                 const utfall_contract *contract, size_t step,
                                 const utfall_figures *figures)
{
    sketch k = {.run = run,
                .contract = contract,
                .figures = *figures,
                .steps = &step,
                .step_count = 1,
                .zero = utfall_rat_of(run, 0, 1),
                .one = utfall_rat_of(run, 1, 1)};
    places all = {0};
    utfall_curve *curve = utfall_run_alloc(run, sizeof *curve);
    if (curve == NULL || k.zero == NULL || k.one == NULL)
        return UTFALL_E_NOMEM;
    if (!step_is_known(&contract->steps[step])) {
        *out = NULL;
        return UTFALL_OK;
    }
    *curve = (utfall_curve){.drawn = figures->drawn};
    utfall_status status = places_new(&k, &all);
    if (status == UTFALL_OK)
        status = step_places(&k, &all, step);
    if (status == UTFALL_OK)
        status = points_compute(&k, curve, &all);
    if (status == UTFALL_OK)
        status = extremes_compute(&k, curve);
    if (status == UTFALL_OK)
        *out = curve;
    return status;
}
