/* Resample: one replicate's saving, in integers or in ratios.
 *
 * In: the sample and a stream of numbers. Out: the saving if the people of each group are drawn
 * again: target people first, then comparison people, group by group. Both ways take the same
 * numbers in the same order; the integers are those of the ratios over the sample's denominator,
 * and utfall__sample_new has proven that they fit. */
#include "engine/sample.h"
#include <string.h>
#include "engine/core/ban.h"

utfall_status utfall__tray_new(utfall_run *run, utfall__tray *out, const utfall__sample *sample)
{
    utfall__tray tray = {.counts = utfall_run_array(run, sample->slots_max, sizeof(uint64_t)),
                         .sums = utfall_run_array(run, sample->slots_max, sizeof(int64_t)),
                         .draws = utfall_run_array(run, sample->comparison_max, sizeof(int64_t)),
                         .carried =
                             utfall_run_array(run, sample->slots_max, sizeof(const utfall_rat *))};
    if (tray.counts == NULL || tray.sums == NULL || tray.draws == NULL || tray.carried == NULL)
        return UTFALL_E_NOMEM;
    *out = tray;
    return UTFALL_OK;
}

static int64_t drawn_sum(utfall__stream *stream, const int64_t *values, uint32_t persons,
                         uint64_t times)
{
    int64_t sum = 0;
    for (uint64_t t = 0; t < times; t++)
        for (uint32_t i = 0; i < persons; i++)
            sum += values[utfall__stream_below(stream, persons)];
    return sum;
}

/* People of several slots: their cost, how many of each slot, and what the comparison people drawn
 * cost over each slot's months. NULL stream = everybody once. */
static int64_t slots_draw(const utfall__stratum *t, utfall__tray *tray, utfall__stream *stream)
{
    int64_t actual = 0;
    memset(tray->counts, 0, t->slots * sizeof *tray->counts);
    memset(tray->sums, 0, t->slots * sizeof *tray->sums);
    for (uint32_t i = 0; i < t->target; i++) {
        const uint32_t person = stream != NULL ? utfall__stream_below(stream, t->target) : i;
        actual += t->actual[person];
        tray->counts[t->slot[person]]++;
    }
    if (t->carried != NULL)
        memset(tray->draws, 0, t->comparison * sizeof *tray->draws);
    for (uint32_t i = 0; i < t->comparison; i++) {
        const uint32_t person = stream != NULL ? utfall__stream_below(stream, t->comparison) : i;
        if (t->carried != NULL)
            tray->draws[person]++;
        for (uint32_t s = 0; t->carried == NULL && s < t->slots; s++)
            tray->sums[s] += t->compared[(size_t)s * t->comparison + person];
    }
    return actual;
}

int64_t utfall__redraw(const utfall__sample *sample, utfall__tray *tray, utfall__stream *stream,
                       uint64_t times)
{
    int64_t expected = 0, actual = 0;
    for (size_t i = 0; i < sample->count; i++) {
        const utfall__stratum *t = &sample->strata[i];
        if (t->slots == 1) {
            actual += drawn_sum(stream, t->actual, t->target, times);
            expected += t->standard == NULL
                            ? t->weight * drawn_sum(stream, t->compared, t->comparison, times)
                            : t->scaled[0] * (int64_t)(t->target * times);
            continue;
        }
        actual += slots_draw(t, tray, stream);
        for (uint32_t s = 0; s < t->slots; s++)
            expected += (int64_t)tray->counts[s] *
                        (t->standard == NULL ? t->weight * tray->sums[s] : t->scaled[s]);
    }
    return expected - sample->denominator * actual;
}

/* Expected cost of a stratum whose people were drawn, at the prices of each slot. */
static const utfall_rat *carried_expected(utfall_run *run, const utfall__stratum *t,
                                          utfall__tray *tray)
{
    for (uint32_t s = 0; s < t->slots; s++) {
        tray->sums[s] = (int64_t)tray->counts[s];
        if (tray->counts[s] > 0)
            tray->carried[s] = utfall_rat_dot(
                run, tray->draws, t->carried + (size_t)s * t->comparison, t->comparison);
    }
    return utfall_rat_div(run, utfall_rat_dot(run, tray->sums, tray->carried, t->slots),
                          t->divisor);
}

utfall_status utfall__redraw_wide(utfall_run *run, utfall__redrawn *out,
                                  const utfall__sample *sample, utfall__tray *tray,
                                  utfall__stream *stream)
{
    utfall__redrawn drawn = {.expected = utfall_rat_of(run, 0, 1)};
    int64_t actual = 0;
    for (size_t i = 0; i < sample->count; i++) {
        const utfall__stratum *t = &sample->strata[i];
        actual += slots_draw(t, tray, stream);
        if (t->carried != NULL)
            drawn.expected = utfall_rat_add(run, drawn.expected, carried_expected(run, t, tray));
        for (uint32_t s = 0; t->carried == NULL && s < t->slots; s++) {
            const utfall_rat *each = t->standard != NULL
                                         ? t->standard[s]
                                         : utfall_rat_of(run, tray->sums[s], t->comparison);
            const utfall_rat *people = utfall_rat_of(run, (int64_t)tray->counts[s], 1);
            drawn.expected = utfall_rat_add(run, drawn.expected, utfall_rat_mul(run, people, each));
        }
    }
    drawn.actual = utfall_rat_of(run, actual, 1);
    drawn.saving = utfall_rat_sub(run, drawn.expected, drawn.actual);
    if (drawn.saving == NULL) {
        const utfall_status status = utfall_run_failure(run);
        return status == UTFALL_OK ? UTFALL_E_BUG : status;
    }
    *out = drawn;
    return UTFALL_OK;
}
