/* Bootstrap: all replicates of a settlement, counted and put in order.
 *
 * In: sample and payout. Out: counts by band, histogram, order statistics of the saving and of what
 * each payer pays. Replicates are shared out in blocks; each is a function of its number, so which
 * lane makes it, and how often, changes nothing. The first replicates (the pilot) are kept, to know
 * where the histogram lies and where to look for the order statistics; the rest are made, counted
 * and forgotten, so memory does not grow with their number. */
#include "engine/checked.h"
#include "engine/risk_parts.h"
#include "engine/selection.h"
#include "engine/sort.h"
#include <string.h>
#include "engine/core/ban.h"

enum { BLOCK = 256, HISTOGRAM_BINS = 20 };

const unsigned utfall_quantile_permille[UTFALL_QUANTILES] = {25, 50, 500, 950, 975};

/* Series 0 is the saving, rounded down to whole öre; series 1 + p is what payer p pays. */
typedef struct lane {
    utfall__tray tray;
    utfall__stream stream;
    int64_t *values; /* [series] of the replicate at hand */
    size_t band;     /* of it */
    uint64_t negative, break_even;
    uint64_t *bands, *histogram;
    utfall__sieve *sieves; /* [series * UTFALL_QUANTILES + quantile] */
    utfall_status status;
} lane;

typedef struct bootstrap {
    const utfall__risk_work *w;
    size_t series, lane_count;
    lane *lanes;
    utfall__wanted *wanted; /* as sieves */
    size_t band_count;      /* 0 = none */
    const utfall_band *bands;
    int64_t *band_floor; /* narrow: numerators below it lie in an earlier band */
    int64_t drawn;       /* öre */
    /* the pass at hand */
    uint64_t first, end;
    bool is_pilot, counts; /* keep all values; add to bands and histogram */
    int64_t **pilot;       /* [series][replicate] */
    int64_t *merged, *spare;
} bootstrap;

/* ---- one replicate ---- */

static utfall_status replicate_narrow(const bootstrap *b, lane *l)
{
    const utfall__risk_work *w = b->w;
    const int64_t s = utfall__redraw(w->sample, &l->tray, &l->stream, 1);
    l->values[0] = utfall__floor_div(s, w->sample->denominator);
    l->band = 0;
    while (l->band + 1 < b->band_count && s >= b->band_floor[l->band + 1])
        l->band++;
    return utfall__payout_narrow(w->payout, l->values + 1, s);
}

static utfall_status replicate_wide(const bootstrap *b, lane *l, utfall_run *scratch)
{
    const utfall__risk_work *w = b->w;
    utfall__redrawn drawn;
    utfall_status status = utfall__redraw_wide(scratch, &drawn, w->sample, &l->tray, &l->stream);
    if (status == UTFALL_OK)
        status = utfall_rat_floor(&l->values[0], drawn.saving);
    if (status != UTFALL_OK)
        return status;
    l->band = 0;
    while (l->band + 1 < b->band_count &&
           utfall_rat_compare(drawn.saving, b->bands[l->band + 1].low) >= 0)
        l->band++;
    return utfall__payout_wide(scratch, w->payout, l->values + 1, &drawn);
}

static void value_count(const bootstrap *b, lane *l)
{
    const utfall_risk *risk = b->w->risk;
    l->negative += l->values[0] < 0;
    l->break_even += l->values[0] >= b->drawn;
    if (b->band_count > 0)
        l->bands[l->band]++;
    if (risk->histogram_count > 0) {
        const int64_t bin =
            l->values[0] < risk->histogram_first
                ? 0
                : (int64_t)(((uint64_t)l->values[0] - (uint64_t)risk->histogram_first) /
                            (uint64_t)risk->histogram_width);
        const int64_t last = (int64_t)risk->histogram_count - 1;
        l->histogram[bin > last ? last : bin]++;
    }
}

static void replicate_keep(const bootstrap *b, lane *l, uint64_t number)
{
    if (b->counts)
        value_count(b, l);
    for (size_t i = 0; i < b->series; i++) {
        if (b->is_pilot) {
            b->pilot[i][number] = l->values[i];
            continue;
        }
        for (size_t q = i * UTFALL_QUANTILES; q < (i + 1) * UTFALL_QUANTILES; q++)
            if (!b->wanted[q].is_found)
                utfall__sieve_add(&l->sieves[q], &b->wanted[q], l->values[i]);
    }
}

static utfall_status block_run(const bootstrap *b, lane *l, uint64_t first, uint64_t end)
{
    const bool is_narrow = b->w->payout->is_narrow;
    utfall_run *scratch = is_narrow ? NULL : utfall_run_new(NULL, NULL);
    utfall_status status = !is_narrow && scratch == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
    for (uint64_t number = first; number < end && status == UTFALL_OK; number++) {
        utfall__stream_start(&l->stream, b->w->options->seed, UTFALL__FOR_BOOTSTRAP, number);
        status = is_narrow ? replicate_narrow(b, l) : replicate_wide(b, l, scratch);
        if (status == UTFALL_OK)
            replicate_keep(b, l, number);
    }
    utfall_run_free(scratch);
    return status;
}

static void lane_run(void *arg, size_t number)
{
    const bootstrap *b = arg;
    lane *l = &b->lanes[number];
    for (uint64_t at = b->first + number * BLOCK; at < b->end && l->status == UTFALL_OK;
         at += b->lane_count * BLOCK)
        l->status = block_run(b, l, at, b->end - at < BLOCK ? b->end : at + BLOCK);
}

static utfall_status pass_run(bootstrap *b, uint64_t end, bool is_pilot, bool counts)
{
    b->first = 0;
    b->end = end;
    b->is_pilot = is_pilot;
    b->counts = counts;
    for (size_t i = 0; i < b->lane_count && !is_pilot; i++)
        for (size_t q = 0; q < b->series * UTFALL_QUANTILES; q++)
            utfall__sieve_clear(&b->lanes[i].sieves[q]);
    utfall__lanes_run(&b->w->options->lanes, lane_run, b);
    for (size_t i = 0; i < b->lane_count; i++)
        if (b->lanes[i].status != UTFALL_OK)
            return utfall__replicates_refuse(b->w, b->lanes[i].status);
    return UTFALL_OK;
}

/* ---- the histogram's bins: 1, 2 or 5 times a power of ten wide ---- */

static void histogram_place(utfall_risk *risk, int64_t least, int64_t most)
{
    static const uint64_t steps[] = {1, 2, 5};
    const uint64_t span = (uint64_t)most - (uint64_t)least;
    uint64_t power = 1, width = 1;
    for (size_t i = 0; span / width >= HISTOGRAM_BINS; i++) {
        if (i > 0 && i % 3 == 0)
            power *= 10;
        width = steps[i % 3] * power;
    }
    risk->histogram_width = (int64_t)width;
    if (!utfall__times(&risk->histogram_first, utfall__floor_div(least, (int64_t)width),
                       (int64_t)width))
        risk->histogram_first = INT64_MIN;
    risk->histogram_count =
        (size_t)(((uint64_t)most - (uint64_t)risk->histogram_first) / width) + 1;
}

/* ---- set up ---- */

static utfall_status lanes_new(bootstrap *b)
{
    utfall_run *run = b->w->run;
    const size_t wanted = b->series * UTFALL_QUANTILES;
    const bool is_pilot_all = b->w->options->replicates <= b->w->pilot;
    b->lanes = utfall_run_array(run, b->lane_count, sizeof *b->lanes);
    b->wanted = utfall_run_array(run, wanted, sizeof *b->wanted);
    if (b->lanes == NULL || b->wanted == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < b->lane_count; i++) {
        lane *l = &b->lanes[i];
        l->values = utfall_run_array(run, b->series, sizeof *l->values);
        l->bands = utfall_run_array(run, b->band_count, sizeof *l->bands);
        l->histogram = utfall_run_array(run, UTFALL_HISTOGRAM_MAX, sizeof *l->histogram);
        l->sieves = utfall_run_array(run, wanted, sizeof *l->sieves);
        if (l->values == NULL || l->bands == NULL || l->histogram == NULL || l->sieves == NULL)
            return UTFALL_E_NOMEM;
        utfall_status status = utfall__tray_new(run, &l->tray, b->w->sample);
        for (size_t q = 0; q < wanted && status == UTFALL_OK && !is_pilot_all; q++)
            status = utfall__sieve_new(run, &l->sieves[q], b->w->room);
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

static utfall_status pilot_new(bootstrap *b, size_t pilot)
{
    utfall_run *run = b->w->run;
    const size_t kept = b->lane_count * b->w->room, most = kept > pilot ? kept : pilot;
    b->pilot = utfall_run_array(run, b->series, sizeof *b->pilot);
    b->merged = utfall_run_array(run, most, sizeof *b->merged);
    b->spare = utfall_run_array(run, most, sizeof *b->spare);
    if (b->pilot == NULL || b->merged == NULL || b->spare == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < b->series; i++) {
        b->pilot[i] = utfall_run_array(run, pilot, sizeof **b->pilot);
        if (b->pilot[i] == NULL)
            return UTFALL_E_NOMEM;
    }
    return UTFALL_OK;
}

/* Where the bands begin among the numerators: the ceiling of low * denominator. */
static utfall_status bands_place(bootstrap *b)
{
    utfall_run *run = b->w->run;
    const utfall_rat *denominator = utfall_rat_of(run, b->w->sample->denominator, 1);
    b->band_floor = utfall_run_array(run, b->band_count, sizeof *b->band_floor);
    if (denominator == NULL || b->band_floor == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 1; i < b->band_count; i++) {
        const utfall_rat *at = utfall_rat_mul(run, b->bands[i].low, denominator);
        const utfall_rat *back = utfall_rat_sub(run, utfall_rat_of(run, 0, 1), at);
        int64_t floor;
        if (back == NULL)
            return utfall__number_failed(run, b->w->contract, "waterfall", "the payment curve");
        if (utfall_rat_floor(&floor, back) == UTFALL_OK && floor != INT64_MIN)
            b->band_floor[i] = -floor;
        else /* no numerator comes so far */
            b->band_floor[i] = utfall_rat_sign(at) > 0 ? INT64_MAX : INT64_MIN + 1;
    }
    return UTFALL_OK;
}

static void counts_merge(const bootstrap *b, utfall_band *bands, uint64_t *histogram)
{
    utfall_risk *risk = b->w->risk;
    for (size_t i = 0; i < b->lane_count; i++) {
        const lane *l = &b->lanes[i];
        risk->negative += l->negative;
        risk->break_even += l->break_even;
        for (size_t k = 0; k < b->band_count; k++)
            bands[k].count += l->bands[k];
        for (size_t k = 0; k < risk->histogram_count; k++)
            histogram[k] += l->histogram[k];
    }
}

static bool all_found(const bootstrap *b)
{
    bool are = true;
    for (size_t q = 0; q < b->series * UTFALL_QUANTILES; q++)
        are = are && b->wanted[q].is_found;
    return are;
}

/* The pilot's values in order, what they say of where to look, and every pass after it. */
static utfall_status passes_run(bootstrap *b, uint64_t *histogram)
{
    const uint64_t count = b->w->options->replicates;
    const size_t pilot = count < b->w->pilot ? (size_t)count : b->w->pilot;
    utfall_status status = pass_run(b, pilot, true, pilot == count);
    if (status != UTFALL_OK)
        return status;
    for (size_t i = 0; i < b->series; i++) {
        utfall__sort(b->pilot[i], NULL, b->spare, NULL, pilot);
        for (size_t q = 0; q < UTFALL_QUANTILES; q++)
            utfall__wanted_start(&b->wanted[i * UTFALL_QUANTILES + q],
                                 utfall__rank_of(count, utfall_quantile_permille[q]), count,
                                 b->pilot[i], pilot);
    }
    utfall_risk *risk = b->w->risk;
    histogram_place(risk, b->pilot[0][0], b->pilot[0][pilot - 1]);
    for (size_t i = 0; i < pilot && pilot == count; i++)
        histogram[((uint64_t)b->pilot[0][i] - (uint64_t)risk->histogram_first) /
                  (uint64_t)risk->histogram_width]++;
    for (bool is_first = true; !all_found(b); is_first = false) {
        status = pass_run(b, count, false, is_first);
        if (status != UTFALL_OK)
            return status;
        utfall__sieve sieves[UTFALL_LANES_MAX];
        for (size_t q = 0; q < b->series * UTFALL_QUANTILES; q++) {
            for (size_t i = 0; i < b->lane_count; i++)
                sieves[i] = b->lanes[i].sieves[q];
            if (!b->wanted[q].is_found)
                utfall__wanted_advance(&b->wanted[q], sieves, b->lane_count, b->merged, b->spare);
        }
    }
    return UTFALL_OK;
}

utfall_status utfall__bootstrap_compute(const utfall__risk_work *w)
{
    utfall_risk *risk = w->risk;
    utfall_band *bands = NULL;
    int64_t ignored;
    bootstrap b = {
        .w = w, .series = 1 + w->payout->payer_count, .lane_count = w->options->lanes.count};
    if (utfall_rat_parts(&b.drawn, &ignored, w->settlement->drawn) != UTFALL_OK)
        return UTFALL_E_BUG;
    const size_t pilot =
        w->options->replicates < w->pilot ? (size_t)w->options->replicates : w->pilot;
    uint64_t *histogram = utfall_run_array(w->run, UTFALL_HISTOGRAM_MAX, sizeof *histogram);
    if (histogram == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall__bands_compute(w, &bands);
    b.bands = bands;
    b.band_count = risk->band_count;
    if (status == UTFALL_OK)
        status = lanes_new(&b);
    if (status == UTFALL_OK)
        status = pilot_new(&b, pilot);
    if (status == UTFALL_OK && w->payout->is_narrow)
        status = bands_place(&b);
    if (status == UTFALL_OK)
        status = passes_run(&b, histogram);
    if (status != UTFALL_OK)
        return status;
    counts_merge(&b, bands, histogram);
    for (size_t q = 0; q < UTFALL_QUANTILES; q++) {
        risk->saving.minor[q] = b.wanted[q].value;
        for (size_t p = 0; p < w->payout->payer_count; p++)
            w->payers[p].total.minor[q] = b.wanted[(1 + p) * UTFALL_QUANTILES + q].value;
    }
    risk->bands = bands;
    risk->histogram = histogram;
    return UTFALL_OK;
}
