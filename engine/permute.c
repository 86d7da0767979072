/* Permutation test: would the saving be as large if the help had made no difference?
 *
 * In: the sample. If the help made no difference, who of a group got it is as good as drawn by lot;
 * so the labels of each group are exchanged at random, as many target people as there were, and the
 * saving computed again. p = (permutations with a saving as far from 0 as found, + 1) / (all + 1):
 * the one that really happened counts as one. Needs people on both sides, followed equally long.
 * Stopped, it counts those that were made; not begun, none. */
#include "engine/checked.h"
#include "engine/risk_parts.h"
#include "engine/slice.h"
#include "engine/sort.h"
#include <string.h>
#include "engine/core/ban.h"

enum { AS_FAR = 1, AS_HIGH = 2 }; /* bits of what a permutation said */

typedef struct pool {
    const utfall__stratum *stratum;
    const int64_t *values; /* [count], ascending */
    uint32_t count;
    int64_t sum;
    const utfall_rat *share; /* target / comparison */
} pool;

typedef struct lane {
    int64_t *cards; /* room for the largest pool */
    utfall__stream stream;
} lane;

typedef struct test {
    const utfall__risk_work *w;
    pool *pools;
    lane *lanes;
    uint64_t first; /* number of the slice at hand */
    uint8_t *said;  /* [number - first] */
    bool is_narrow;
    int64_t narrow_found;
    const utfall_rat *found, *found_size;
} test;

/* The pool's target people drawn by lot: the sum of their costs. */
static int64_t pool_deal(const pool *p, int64_t *cards, utfall__stream *stream)
{
    int64_t sum = 0;
    memcpy(cards, p->values, p->count * sizeof *cards);
    for (uint32_t i = 0; i < p->stratum->target; i++) {
        const uint32_t at = i + utfall__stream_below(stream, p->count - i);
        const int64_t card = cards[at];
        cards[at] = cards[i];
        sum += card;
    }
    return sum;
}

/* Expected - actual of a pool whose target people cost `target`: the others' cost times target /
 * comparison, less it. */
static int64_t pool_narrow(const test *t, const pool *p, int64_t target)
{
    return p->stratum->weight * (p->sum - target) - t->w->sample->denominator * target;
}

static const utfall_rat *pool_wide(utfall_run *run, const pool *p, int64_t target)
{
    return utfall_rat_sub(run,
                          utfall_rat_mul(run, p->share, utfall_rat_of(run, p->sum - target, 1)),
                          utfall_rat_of(run, target, 1));
}

static utfall_status permutation_wide(const test *t, lane *l, utfall_run *scratch, uint8_t *said)
{
    const utfall_rat *saving = utfall_rat_of(scratch, 0, 1), *zero = saving;
    for (size_t i = 0; i < t->w->sample->count; i++)
        saving = utfall_rat_add(
            scratch, saving,
            pool_wide(scratch, &t->pools[i], pool_deal(&t->pools[i], l->cards, &l->stream)));
    const utfall_rat *size = utfall_rat_max(scratch, saving, utfall_rat_sub(scratch, zero, saving));
    if (size == NULL) {
        const utfall_status status = utfall_run_failure(scratch);
        return status == UTFALL_OK ? UTFALL_E_BUG : status;
    }
    *said = (uint8_t)((utfall_rat_compare(size, t->found_size) >= 0 ? AS_FAR : 0) |
                      (utfall_rat_compare(saving, t->found) >= 0 ? AS_HIGH : 0));
    return UTFALL_OK;
}

static void permutation_narrow(const test *t, lane *l, uint8_t *said)
{
    int64_t saving = 0;
    for (size_t i = 0; i < t->w->sample->count; i++)
        saving += pool_narrow(t, &t->pools[i], pool_deal(&t->pools[i], l->cards, &l->stream));
    *said = (uint8_t)((utfall__size(saving) >= utfall__size(t->narrow_found) ? AS_FAR : 0) |
                      (saving >= t->narrow_found ? AS_HIGH : 0));
}

static utfall_status block_make(void *arg, size_t number, uint64_t first, uint64_t end)
{
    const test *t = arg;
    lane *l = &t->lanes[number];
    utfall_run *scratch = t->is_narrow ? NULL : utfall_run_new(NULL, NULL);
    utfall_status status = !t->is_narrow && scratch == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
    for (uint64_t i = first; i < end && status == UTFALL_OK; i++) {
        uint8_t *said = &t->said[i - t->first];
        utfall__stream_start(&l->stream, t->w->options->seed, UTFALL__FOR_PERMUTATION, i);
        if (t->is_narrow)
            permutation_narrow(t, l, said);
        else
            status = permutation_wide(t, l, scratch, said);
    }
    utfall_run_free(scratch);
    return status;
}

/* Every slice until all are made or it is stopped. */
static utfall_status slices_run(test *t)
{
    utfall_permutation *out = &t->w->risk->permutation;
    const utfall__sample *sample = t->w->sample;
    const size_t most = t->w->slice;
    uint64_t end = 0;
    for (uint64_t next = 0; end == next && end < out->asked; t->first = end) {
        next = out->asked - end < most ? out->asked : end + most;
        const utfall__slice slice = {.options = t->w->options,
                                     .phase = UTFALL_RISK_PERMUTATIONS,
                                     .first = t->first,
                                     .end = next,
                                     .of = out->asked,
                                     .times = 1,
                                     .block =
                                         utfall__slice_block(sample->target + sample->comparison),
                                     .make = block_make,
                                     .arg = t};
        const utfall_status status = utfall__slice_make(&slice, &end);
        if (status != UTFALL_OK)
            return utfall__replicates_refuse(t->w, status);
        for (uint64_t i = 0; i < end - t->first; i++) {
            out->as_far += (t->said[i] & AS_FAR) != 0;
            out->as_high += (t->said[i] & AS_HIGH) != 0;
        }
    }
    out->count = end;
    return UTFALL_OK;
}

/* Whether every sum above fits: all people of a pool at the largest size, on either side. */
static bool pools_fit(const test *t, bool *is_narrow)
{
    int64_t all = 0, part, reach;
    *is_narrow = t->w->sample->is_narrow;
    for (size_t i = 0; i < t->w->sample->count; i++) {
        const pool *p = &t->pools[i];
        const int64_t most = utfall__size(p->values[0]) > utfall__size(p->values[p->count - 1])
                                 ? utfall__size(p->values[0])
                                 : utfall__size(p->values[p->count - 1]);
        if (!utfall__times(&part, most, 2 * (int64_t)p->count))
            return false;
        if (*is_narrow &&
            (!utfall__times(&reach, part, p->stratum->weight) || !utfall__plus(&all, all, reach) ||
             !utfall__times(&reach, part, t->w->sample->denominator) ||
             !utfall__plus(&all, all, reach)))
            *is_narrow = false;
    }
    return true;
}

static utfall_status pool_fill(const test *t, pool *p, const utfall__stratum *stratum)
{
    utfall_run *run = t->w->run;
    const size_t count = (size_t)stratum->target + stratum->comparison;
    int64_t *values = utfall_run_array(run, count, sizeof *values);
    int64_t *spare = utfall_run_array(run, count, sizeof *spare);
    if (values == NULL || spare == NULL)
        return UTFALL_E_NOMEM;
    memcpy(values, stratum->actual, stratum->target * sizeof *values);
    memcpy(values + stratum->target, stratum->compared, stratum->comparison * sizeof *values);
    utfall__sort(values, NULL, spare, NULL, count);
    *p = (pool){.stratum = stratum,
                .values = values,
                .count = (uint32_t)count,
                .share = utfall_rat_of(run, stratum->target, stratum->comparison)};
    return p->share != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
}

static utfall_status pools_fill(test *t, size_t *largest)
{
    const utfall__sample *sample = t->w->sample;
    t->pools = utfall_run_array(t->w->run, sample->count, sizeof *t->pools);
    if (t->pools == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < sample->count; i++) {
        utfall_status status = pool_fill(t, &t->pools[i], &sample->strata[i]);
        if (status != UTFALL_OK)
            return status;
        *largest = t->pools[i].count > *largest ? t->pools[i].count : *largest;
    }
    if (!pools_fit(t, &t->is_narrow))
        return utfall__replicates_refuse(t->w, UTFALL_E_RANGE);
    for (size_t i = 0; i < sample->count; i++)
        for (uint32_t k = 0; k < t->pools[i].count; k++)
            t->pools[i].sum += t->pools[i].values[k];
    return UTFALL_OK;
}

static utfall_status found_compute(test *t)
{
    utfall_run *run = t->w->run;
    t->found = t->w->settlement->paid_saving;
    t->found_size =
        utfall_rat_max(run, t->found, utfall_rat_sub(run, utfall_rat_of(run, 0, 1), t->found));
    if (t->found_size == NULL)
        return utfall__number_failed(run, t->w->contract, "evaluation", "the saving");
    for (size_t i = 0; i < t->w->sample->count && t->is_narrow; i++) {
        const utfall__stratum *stratum = t->pools[i].stratum;
        int64_t target = 0;
        for (uint32_t k = 0; k < stratum->target; k++)
            target += stratum->actual[k];
        t->narrow_found += pool_narrow(t, &t->pools[i], target);
    }
    return UTFALL_OK;
}

static utfall_status lanes_new(test *t, size_t largest)
{
    utfall_run *run = t->w->run;
    const size_t count = t->w->options->lanes.count;
    const uint64_t asked = t->w->options->permutations;
    t->said =
        utfall_run_array(run, asked < t->w->slice ? (size_t)asked : t->w->slice, sizeof *t->said);
    t->lanes = utfall_run_array(run, count, sizeof *t->lanes);
    if (t->said == NULL || t->lanes == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        t->lanes[i].cards = utfall_run_array(run, largest, sizeof *t->lanes[i].cards);
        if (t->lanes[i].cards == NULL)
            return UTFALL_E_NOMEM;
    }
    return UTFALL_OK;
}

utfall_status utfall__permutation_compute(const utfall__risk_work *w)
{
    utfall_permutation *out = &w->risk->permutation;
    test t = {.w = w};
    size_t largest = 0;
    out->is_possible = w->sample->is_even && w->data->agreed == NULL;
    out->asked = w->options->permutations;
    if (!out->is_possible || out->asked == 0 || w->risk->is_interrupted)
        return UTFALL_OK;
    utfall_status status = pools_fill(&t, &largest);
    if (status == UTFALL_OK)
        status = found_compute(&t);
    if (status == UTFALL_OK)
        status = lanes_new(&t, largest);
    if (status == UTFALL_OK)
        status = slices_run(&t);
    if (status != UTFALL_OK)
        return status;
    w->risk->is_interrupted = out->count < out->asked;
    out->p = utfall_rat_of(w->run, (int64_t)out->as_far + 1, (int64_t)out->count + 1);
    out->p_high = utfall_rat_of(w->run, (int64_t)out->as_high + 1, (int64_t)out->count + 1);
    return out->p != NULL && out->p_high != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
}
