/* Budget: what each payer has to reckon with, how surely, and for which year.
 *
 * In: payouts and the payers' totals over the replicates. Out: fixed (paid whatever the saving, the
 * conditions as found), probable (from there to what half of the replicates pay), possible (from
 * there to what 95 % pay) and the most that the contract can cost (every condition met). What is a
 * share of the project cost arises in the years in which that is drawn; everything else in the
 * month in which the last payment window closes. The years of a class add up to it. */
#include "engine/risk_parts.h"
#include "engine/core/ban.h"

enum { MEDIAN = 2, HIGH = 3 }; /* of utfall_quantile_permille: 500 and 950 */

typedef struct calendar {
    int32_t first;
    size_t count;
    const utfall_rat **drawn;  /* [year]: öre */
    utfall_budget_year *years; /* [year] of one payer */
    size_t last;               /* year in which the last payment window closes */
} calendar;

static int32_t year_of(utfall_month month)
{
    return (int32_t)utfall_month_year(month);
}

/* Month in which the last payment window closes, no later than the data and the settlement. */
static utfall_month closing_month(const utfall__risk_work *w)
{
    const utfall_sums *sums = w->settlement->sums;
    const utfall_month horizon = utfall__horizon(w->contract, sums->as_of);
    utfall_month last = {INT32_MIN};
    for (size_t i = 0; i < sums->start_count; i++) {
        const utfall_nth nth = {(int32_t)w->contract->payment_months};
        const utfall_month end = utfall_nth_month(sums->starts[i].month, nth);
        last = end.ordinal > last.ordinal ? end : last;
    }
    return last.ordinal == INT32_MIN || last.ordinal > horizon.ordinal ? horizon : last;
}

static utfall_status calendar_new(const utfall__risk_work *w, calendar *c)
{
    const utfall_sums *sums = w->settlement->sums;
    const utfall_month end = closing_month(w);
    int32_t first = year_of(end), last = first;
    for (size_t t = 0; t < sums->month_count; t++) {
        const int32_t year = year_of((utfall_month){sums->first.ordinal + (int32_t)t});
        if (sums->drawn_minor[t] == 0)
            continue;
        first = year < first ? year : first;
        last = year > last ? year : last;
    }
    c->first = first;
    c->count = (size_t)(last - first) + 1;
    c->last = (size_t)(year_of(end) - first);
    c->drawn = utfall_run_array(w->run, c->count, sizeof *c->drawn);
    if (c->drawn == NULL)
        return UTFALL_E_NOMEM;
    for (size_t y = 0; y < c->count; y++)
        c->drawn[y] = utfall_rat_of(w->run, 0, 1);
    for (size_t t = 0; t < sums->month_count; t++) {
        const utfall_month month = {sums->first.ordinal + (int32_t)t};
        const utfall_rat **year = &c->drawn[sums->drawn_minor[t] == 0 ? 0 : year_of(month) - first];
        *year = utfall_rat_add(w->run, *year, utfall_rat_of(w->run, sums->drawn_minor[t], 1));
    }
    return utfall_run_failure(w->run);
}

/* Whether a step is a share of the project cost and of nothing else. */
static bool is_share_of_drawn(const utfall_step *step)
{
    return step->form == UTFALL_FORM_SHARE && step->of.kind == UTFALL_MEASURE_DRAWN;
}

/* A fixed amount of one step, into the years in which it arises. */
static utfall_status fixed_spread(const utfall__risk_work *w, const calendar *c,
                                  const utfall_step *step, int64_t amount)
{
    bool by_drawn = is_share_of_drawn(step);
    const utfall_rat *sum = utfall_rat_of(w->run, 0, 1);
    for (size_t y = 0; y < c->count; y++) {
        by_drawn = by_drawn && utfall_rat_sign(c->drawn[y]) >= 0;
        sum = utfall_rat_add(w->run, sum, c->drawn[y]);
    }
    if (sum == NULL)
        return utfall__number_failed(w->run, w->contract, "financing.drawn", "the project cost");
    if (!by_drawn || utfall_rat_sign(sum) == 0)
        return utfall__minor_add(&c->years[c->last].fixed, amount) ? UTFALL_OK : UTFALL_E_RANGE;
    utfall_money *parts = utfall_run_array(w->run, c->count, sizeof *parts);
    if (parts == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status =
        utfall_money_allocate(w->run, parts, (utfall_money){amount}, c->drawn, c->count);
    for (size_t y = 0; y < c->count && status == UTFALL_OK; y++)
        if (!utfall__minor_add(&c->years[y].fixed, parts[y].minor))
            status = UTFALL_E_RANGE;
    return status;
}

/* What the step pays at least, conditions as found. 0 when there is no such amount. */
static utfall_status step_fixed(const utfall__risk_work *w, size_t step, int64_t *out)
{
    const utfall_curve *curve = w->payout->steps[step].curve;
    *out = 0;
    if (curve == NULL || curve->least == NULL)
        return UTFALL_OK;
    return utfall__payout_round(w->run, out, w->payout, step, curve->least);
}

/* Whether the step pays on an outcome that is not known yet. */
static bool waits(const utfall__risk_work *w, const utfall_step *step)
{
    return step->form != UTFALL_FORM_FIXED && step->of.kind == UTFALL_MEASURE_OUTCOME &&
           w->settlement->known != NULL && !w->settlement->known[step->of.outcome];
}

/* What the step pays at most, every condition met; *has false when nothing is known. */
static utfall_status step_most(const utfall__risk_work *w, size_t step, bool *has, int64_t *out)
{
    if (waits(w, &w->contract->steps[step])) {
        *has = false;
        return UTFALL_OK;
    }
    utfall_figures figures = w->payout->figures;
    const size_t outcomes = w->contract->outcome_count;
    bool *gates = utfall_run_array(w->run, outcomes, sizeof *gates);
    const utfall_curve *curve = NULL;
    if (gates == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < outcomes; i++)
        gates[i] = true;
    figures.gates = gates;
    utfall_status status = utfall__pay_curve(w->run, &curve, w->contract, step, &figures);
    *has = curve != NULL && curve->most != NULL;
    if (status != UTFALL_OK || !*has)
        return status;
    return utfall__payout_round(w->run, out, w->payout, step, curve->most);
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static utfall_status payer_compute(const utfall__risk_work *w, utfall_payer *payer, size_t number,
                                   calendar *c)
{
    utfall_status status = UTFALL_OK;
    c->years = utfall_run_array(w->run, c->count, sizeof *c->years);
    if (c->years == NULL)
        return UTFALL_E_NOMEM;
    for (size_t y = 0; y < c->count; y++)
        c->years[y].year = c->first + (int32_t)y;
    payer->has_most = true;
    for (size_t i = 0; i < w->contract->step_count && status == UTFALL_OK; i++) {
        int64_t fixed = 0, most = 0;
        bool has_most = false;
        if (w->payout->steps[i].payer != number)
            continue;
        status = step_fixed(w, i, &fixed);
        if (status == UTFALL_OK)
            status = fixed_spread(w, c, &w->contract->steps[i], fixed);
        if (status == UTFALL_OK)
            status = step_most(w, i, &has_most, &most);
        payer->has_most = payer->has_most && has_most;
        if (status == UTFALL_OK &&
            (!utfall__minor_add(&payer->fixed, fixed) || !utfall__minor_add(&payer->most, most) ||
             !utfall__minor_add(&payer->paid, w->settlement->lines[i].paid.minor)))
            status = UTFALL_E_RANGE;
    }
    const int64_t median = larger(payer->total.minor[MEDIAN], payer->fixed);
    const int64_t high = larger(payer->total.minor[HIGH], median);
    payer->probable = median;
    payer->possible = high;
    if (payer->fixed == INT64_MIN || median == INT64_MIN ||
        !utfall__minor_add(&payer->probable, -payer->fixed) ||
        !utfall__minor_add(&payer->possible, -median))
        status = status == UTFALL_OK ? UTFALL_E_RANGE : status;
    c->years[c->last].probable = payer->probable;
    c->years[c->last].possible = payer->possible;
    payer->years = c->years;
    payer->year_count = c->count;
    return status;
}

utfall_status utfall__budget_compute(const utfall__risk_work *w)
{
    calendar c = {0};
    utfall_status status = calendar_new(w, &c);
    for (size_t p = 0; p < w->risk->payer_count && status == UTFALL_OK; p++)
        status = payer_compute(w, &w->payers[p], p, &c);
    if (status == UTFALL_E_RANGE && utfall_run_errors(w->run) == 0)
        return utfall__refuse(w->run, w->contract, status, "waterfall", NULL,
                              "what a party may have to pay leaves 64 bits of öre", NULL);
    return status;
}
