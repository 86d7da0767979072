/* Bootstrap: all replicates of a settlement, counted and put in order.
 *
 * In: sample and payout. Out: counts by band, histogram, order statistics of the saving and of what
 * each payer pays, of as many replicates as were made. They are made a slice at a time: each is a
 * function of its number, so which lane makes it, and how often, changes nothing; then the slice is
 * counted and forgotten, so memory does not grow with their number. The first slice tells where the
 * histogram lies and where the order statistics are to be looked for. */
#include "engine/checked.h"
#include "engine/risk_parts.h"
#include "engine/selection.h"
#include "engine/slice.h"
#include "engine/sort.h"
#include "engine/core/ban.h"

enum { HISTOGRAM_BINS = 20 };

const unsigned utfall_quantile_permille[UTFALL_QUANTILES] = {25, 50, 500, 950, 975};

/* Series 0 is the saving, rounded down to whole öre; series 1 + p is what payer p pays. */
typedef struct lane {
    utfall__tray tray;
    utfall__stream stream;
    int64_t *values; /* [series] of the replicate at hand */
    size_t band;     /* of it */
    int64_t *spare;  /* to sort with */
} lane;

typedef struct bootstrap {
    const utfall__risk_work *w;
    size_t series;
    lane *lanes;
    utfall__wanted *wanted;    /* [series * UTFALL_QUANTILES + quantile] */
    utfall__descent *descents; /* as wanted: what was found, and what is still looked for */
    size_t band_count;         /* 0 = none */
    utfall_band *bands;
    int64_t *band_floor; /* narrow: numerators below it lie in an earlier band */
    int64_t drawn;       /* öre */
    uint64_t *histogram;
    /* the slice at hand */
    uint64_t first, made; /* its first number, and how many */
    int64_t **values;     /* [series][number - first]; those of the first slice are sorted */
    uint32_t *band;       /* [number - first] */
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

/* Make replicates of the slice at hand. */
static utfall_status block_make(void *arg, size_t number, uint64_t first, uint64_t end)
{
    const bootstrap *b = arg;
    lane *l = &b->lanes[number];
    const bool is_narrow = b->w->payout->is_narrow;
    utfall_run *scratch = is_narrow ? NULL : utfall_run_new(NULL, NULL);
    utfall_status status = !is_narrow && scratch == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
    for (uint64_t r = first; r < end && status == UTFALL_OK; r++) {
        utfall__stream_start(&l->stream, b->w->options->seed, UTFALL__FOR_BOOTSTRAP, r);
        status = is_narrow ? replicate_narrow(b, l) : replicate_wide(b, l, scratch);
        for (size_t i = 0; i < b->series && status == UTFALL_OK; i++)
            b->values[i][r - b->first] = l->values[i];
        b->band[r - b->first] = (uint32_t)l->band;
    }
    utfall_run_free(scratch);
    return status;
}

/* The slice from number `first` of `of`. Another time round nobody can stop it. */
static utfall_status slice_make(bootstrap *b, uint64_t first, uint64_t of, bool is_again)
{
    utfall_risk_options options = *b->w->options;
    const utfall__sample *sample = b->w->sample;
    uint64_t end = first;
    if (is_again)
        options.watch.is_stopped = NULL;
    const utfall__slice slice = {.options = &options,
                                 .phase = UTFALL_RISK_REPLICATES,
                                 .first = first,
                                 .end = of - first < b->w->slice ? of : first + b->w->slice,
                                 .of = of,
                                 .times = 1,
                                 .block = utfall__slice_block(sample->target + sample->comparison),
                                 .make = block_make,
                                 .arg = b};
    b->first = first;
    const utfall_status status = utfall__slice_make(&slice, &end);
    b->made = end - first;
    return status == UTFALL_OK ? status : utfall__replicates_refuse(b->w, status);
}

/* ---- what is counted of a slice ---- */

static void slice_count(const bootstrap *b)
{
    utfall_risk *risk = b->w->risk;
    const uint64_t width = (uint64_t)risk->histogram_width;
    const uint64_t last = risk->histogram_count - 1;
    for (uint64_t i = 0; i < b->made; i++) {
        const int64_t value = b->values[0][i];
        const uint64_t bin = value < risk->histogram_first
                                 ? 0
                                 : ((uint64_t)value - (uint64_t)risk->histogram_first) / width;
        risk->negative += value < 0;
        risk->break_even += value >= b->drawn;
        b->histogram[bin > last ? last : bin]++;
        if (b->band_count > 0)
            b->bands[b->band[i]].count++;
    }
}

/* A lane takes every so many-th series. */
static void series_keep(void *arg, size_t number)
{
    const bootstrap *b = arg;
    int64_t *spare = b->lanes[number].spare;
    for (size_t i = number; i < b->series; i += b->w->options->lanes.count) {
        if (b->first == 0)
            utfall__sort(b->values[i], NULL, spare, NULL, b->made);
        for (size_t q = i * UTFALL_QUANTILES; q < (i + 1) * UTFALL_QUANTILES; q++)
            if (b->first == 0)
                utfall__wanted_begin(&b->wanted[q], b->values[i], b->made);
            else
                utfall__wanted_add(&b->wanted[q], b->values[i], b->made, spare);
    }
}

static void series_descend(void *arg, size_t number)
{
    const bootstrap *b = arg;
    for (size_t i = number; i < b->series; i += b->w->options->lanes.count)
        for (size_t q = i * UTFALL_QUANTILES; q < (i + 1) * UTFALL_QUANTILES; q++)
            if (b->descents[q].low < b->descents[q].high)
                utfall__descent_add(&b->descents[q], b->values[i], b->made);
}

/* Work divided by series: no more lanes than there are. */
static void series_run(bootstrap *b, void (*work)(void *, size_t))
{
    utfall_lanes lanes = b->w->options->lanes;
    lanes.count = lanes.count < b->series ? lanes.count : b->series;
    utfall__lanes_run(&lanes, work, b);
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

static utfall_status lanes_new(bootstrap *b, size_t spare)
{
    utfall_run *run = b->w->run;
    const size_t count = b->w->options->lanes.count;
    b->lanes = utfall_run_array(run, count, sizeof *b->lanes);
    if (b->lanes == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        lane *l = &b->lanes[i];
        const utfall_status status = utfall__tray_new(run, &l->tray, b->w->sample);
        if (status != UTFALL_OK)
            return status;
        l->values = utfall_run_array(run, b->series, sizeof *l->values);
        l->spare = utfall_run_array(run, i < b->series ? spare : 0, sizeof *l->spare);
        if (l->values == NULL || l->spare == NULL)
            return UTFALL_E_NOMEM;
    }
    return UTFALL_OK;
}

static utfall_status wanted_new(bootstrap *b, size_t room)
{
    const size_t count = b->series * UTFALL_QUANTILES;
    b->wanted = utfall_run_array(b->w->run, count, sizeof *b->wanted);
    b->descents = utfall_run_array(b->w->run, count, sizeof *b->descents);
    if (b->wanted == NULL || b->descents == NULL)
        return UTFALL_E_NOMEM;
    for (size_t q = 0; q < count; q++) {
        const utfall_status status = utfall__wanted_new(
            b->w->run, &b->wanted[q], utfall_quantile_permille[q % UTFALL_QUANTILES], room);
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

static utfall_status slice_new(bootstrap *b, size_t length)
{
    utfall_run *run = b->w->run;
    b->values = utfall_run_array(run, b->series, sizeof *b->values);
    b->band = utfall_run_array(run, length, sizeof *b->band);
    if (b->values == NULL || b->band == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < b->series; i++) {
        b->values[i] = utfall_run_array(run, length, sizeof **b->values);
        if (b->values[i] == NULL)
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

/* ---- all of them ---- */

/* Every slice until all are made or it is stopped. */
static utfall_status slices_run(bootstrap *b)
{
    utfall_risk *risk = b->w->risk;
    const uint64_t of = risk->asked;
    bool goes_on = true;
    for (uint64_t first = 0; first < of && goes_on; first += b->made) {
        const utfall_status status = slice_make(b, first, of, false);
        if (status != UTFALL_OK)
            return status;
        goes_on = b->made == (of - first < b->w->slice ? of - first : b->w->slice);
        if (b->made == 0)
            break;
        series_run(b, series_keep);
        if (first == 0)
            histogram_place(risk, b->values[0][0], b->values[0][b->made - 1]);
        slice_count(b);
        risk->replicates = first + b->made;
    }
    risk->is_interrupted = risk->replicates < of;
    return UTFALL_OK;
}

/* Look for what was lost from its bracket in the replicates that were made. */
static utfall_status lost_find(bootstrap *b)
{
    const uint64_t of = b->w->risk->replicates;
    bool is_found = false;
    while (!is_found) {
        for (uint64_t first = 0; first < of; first += b->made) {
            const utfall_status status = slice_make(b, first, of, true);
            if (status != UTFALL_OK)
                return status;
            series_run(b, series_descend);
        }
        is_found = true;
        for (size_t q = 0; q < b->series * UTFALL_QUANTILES; q++) {
            utfall__descent *descent = &b->descents[q];
            if (descent->low < descent->high)
                utfall__descent_advance(descent);
            is_found = is_found && descent->low == descent->high;
        }
    }
    return UTFALL_OK;
}

/* What was kept gives the order statistics, or says where to look. */
static utfall_status quantiles_find(bootstrap *b)
{
    bool are_found = true;
    for (size_t q = 0; q < b->series * UTFALL_QUANTILES; q++) {
        utfall__descent *descent = &b->descents[q];
        if (utfall__wanted_value(&b->wanted[q], &descent->low, b->lanes[0].spare)) {
            descent->high = descent->low;
        } else {
            utfall__descent_start(descent, &b->wanted[q]);
            are_found = false;
        }
    }
    return are_found ? UTFALL_OK : lost_find(b);
}

static utfall_status bootstrap_new(bootstrap *b)
{
    const utfall__risk_work *w = b->w;
    const uint64_t count = w->risk->asked;
    const size_t length = count < w->slice ? (size_t)count : w->slice;
    const size_t room = count < w->room ? (size_t)count : w->room;
    utfall_status status = utfall__bands_compute(w, &b->bands);
    b->band_count = w->risk->band_count;
    if (status == UTFALL_OK)
        status = lanes_new(b, length > room ? length : room);
    if (status == UTFALL_OK)
        status = wanted_new(b, room);
    if (status == UTFALL_OK)
        status = slice_new(b, length);
    if (status == UTFALL_OK && w->payout->is_narrow)
        status = bands_place(b);
    return status;
}

utfall_status utfall__bootstrap_compute(const utfall__risk_work *w)
{
    utfall_risk *risk = w->risk;
    int64_t ignored;
    bootstrap b = {.w = w,
                   .series = 1 + w->payout->payer_count,
                   .histogram =
                       utfall_run_array(w->run, UTFALL_HISTOGRAM_MAX, sizeof *b.histogram)};
    if (utfall_rat_parts(&b.drawn, &ignored, w->settlement->drawn) != UTFALL_OK)
        return UTFALL_E_BUG;
    if (b.histogram == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = bootstrap_new(&b);
    if (status == UTFALL_OK)
        status = slices_run(&b);
    if (status == UTFALL_OK)
        status = quantiles_find(&b);
    if (status != UTFALL_OK)
        return status;
    for (size_t q = 0; q < UTFALL_QUANTILES; q++) {
        risk->saving.minor[q] = b.descents[q].low;
        for (size_t p = 0; p < w->payout->payer_count; p++)
            w->payers[p].total.minor[q] = b.descents[(1 + p) * UTFALL_QUANTILES + q].low;
    }
    risk->bands = b.bands;
    risk->histogram = b.histogram;
    return UTFALL_OK;
}
