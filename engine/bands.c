/* Bands: stretches of savings on which the payment to the investor is one straight line.
 *
 * In: the payment curves of the steps, gates as found. Out: bands between all places where one of
 * them bends or jumps, with what is paid at both ends. None when some step to the investor is not a
 * function of the saving alone. */
#include "engine/risk_parts.h"
#include <string.h>
#include "engine/core/ban.h"

static bool is_to_investor(const utfall__risk_work *w, size_t step)
{
    return w->contract->steps[step].to == w->contract->investor;
}

/* Paid at x, or tended to from below. */
static const utfall_rat *curve_at(utfall_run *run, const utfall_curve *curve, const utfall_rat *x,
                                  bool from_below)
{
    size_t next = 0;
    while (next < curve->count && utfall_rat_compare(curve->points[next].saving, x) < 0)
        next++;
    if (next < curve->count && utfall_rat_compare(curve->points[next].saving, x) == 0)
        return from_below ? curve->points[next].before : curve->points[next].payment;
    const utfall_point *point = &curve->points[next > 0 ? next - 1 : 0];
    const utfall_rat *way = utfall_rat_sub(run, x, point->saving);
    if (next == 0)
        return utfall_rat_add(run, point->before, utfall_rat_mul(run, curve->slope_below, way));
    return utfall_rat_add(run, utfall_rat_add(run, point->payment, point->jump),
                          utfall_rat_mul(run, point->slope, way));
}

static const utfall_rat *payment_at(const utfall__risk_work *w, const utfall_rat *x,
                                    bool from_below)
{
    const utfall_rat *sum = utfall_rat_of(w->run, 0, 1);
    for (size_t i = 0; i < w->contract->step_count; i++)
        if (is_to_investor(w, i))
            sum = utfall_rat_add(w->run, sum,
                                 curve_at(w->run, w->payout->steps[i].curve, x, from_below));
    return sum;
}

static bool bends(const utfall_curve *curve, size_t i)
{
    const utfall_point *point = &curve->points[i];
    const utfall_rat *before = i == 0 ? curve->slope_below : curve->points[i - 1].slope;
    return utfall_rat_compare(before, point->slope) != 0 || utfall_rat_sign(point->jump) != 0 ||
           utfall_rat_compare(point->before, point->payment) != 0;
}

/* Put `x` among `count` ascending places, unless it is there; gives the new count. */
static size_t place_insert(const utfall_rat **places, size_t count, const utfall_rat *x)
{
    size_t at = 0;
    while (at < count && utfall_rat_compare(places[at], x) < 0)
        at++;
    if (at < count && utfall_rat_compare(places[at], x) == 0)
        return count;
    memmove(&places[at + 1], &places[at], (count - at) * sizeof *places);
    places[at] = x;
    return count + 1;
}

utfall_status utfall__bands_compute(const utfall__risk_work *w, utfall_band **bands)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; i < w->contract->step_count; i++) {
        if (!is_to_investor(w, i))
            continue;
        if (w->payout->steps[i].curve == NULL)
            return UTFALL_OK;
        most += w->payout->steps[i].curve->count;
    }
    const utfall_rat **places = utfall_run_array(w->run, most + 1, sizeof *places);
    utfall_band *made = utfall_run_array(w->run, most + 1, sizeof *made);
    if (places == NULL || made == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < w->contract->step_count; i++) {
        const utfall_curve *curve = w->payout->steps[i].curve;
        for (size_t k = 0; is_to_investor(w, i) && k < curve->count; k++)
            if (bends(curve, k))
                count = place_insert(places, count, curve->points[k].saving);
    }
    for (size_t i = 0; i <= count; i++) {
        utfall_band *band = &made[i];
        if (i > 0) {
            band->low = places[i - 1];
            band->pays_low = payment_at(w, band->low, false);
        }
        if (i < count) {
            band->high = places[i];
            band->pays_high = payment_at(w, band->high, true);
        }
        if ((i > 0 && band->pays_low == NULL) || (i < count && band->pays_high == NULL))
            return utfall__number_failed(w->run, w->contract, "waterfall", "the payment curve");
    }
    *bands = made;
    w->risk->has_bands = true;
    w->risk->band_count = count + 1;
    return UTFALL_OK;
}
