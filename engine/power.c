/* Power: how many people would have been needed to see an effect.
 *
 * In: the sample and a saving a person. For samples of `times` times as many people, replicates
 * tell by how much a redrawn saving misses that of the sample: c is the size of miss that 5 % of
 * them pass. An effect is seen in a replicate when effect + miss > c. Out: in how many it is seen
 * with the people there were, and the smallest whole `times` for which it is seen in 80 %: found by
 * doubling and then halving, taking it that more people never see less. Integers throughout; a size
 * whose sums may leave int64 is not tried. A trial that was stopped is as good as not begun. */
#include "engine/checked.h"
#include "engine/risk_parts.h"
#include "engine/selection.h"
#include "engine/slice.h"
#include "engine/sort.h"
#include "engine/core/ban.h"

enum { SEEN_PERMILLE = 800, PASSED_PERMILLE = 950, COUNT = UTFALL_POWER_REPLICATES };

typedef struct trial {
    const utfall__risk_work *w;
    utfall__tray *trays; /* [lane] */
    int64_t found;       /* numerator of the sample's own saving */
    uint64_t times;
    int64_t miss[COUNT], size[COUNT], spare[COUNT];
} trial;

static utfall_status block_make(void *arg, size_t number, uint64_t first, uint64_t end)
{
    trial *t = arg;
    const utfall__risk_work *w = t->w;
    const uint32_t purpose = UTFALL__FOR_POWER | (uint32_t)t->times << 8;
    utfall__stream stream;
    for (uint64_t i = first; i < end; i++) {
        utfall__stream_start(&stream, w->options->seed, purpose, i);
        t->miss[i] = utfall__redraw(w->sample, &t->trays[number], &stream, t->times) -
                     (int64_t)t->times * t->found;
    }
    return UTFALL_OK;
}

/* Make the misses; false when stopped. */
static bool misses_make(trial *t)
{
    const utfall__risk_work *w = t->w;
    const uint64_t people = (w->sample->target + w->sample->comparison) * t->times;
    const uint64_t even = COUNT / (8 * w->options->lanes.count);
    const uint64_t block = utfall__slice_block(people);
    uint64_t end = 0;
    const utfall__slice slice = {.options = w->options,
                                 .phase = UTFALL_RISK_PEOPLE_NEEDED,
                                 .end = COUNT,
                                 .of = COUNT,
                                 .times = t->times,
                                 .block = block < even ? block : even,
                                 .make = block_make,
                                 .arg = t};
    return utfall__slice_make(&slice, &end) == UTFALL_OK && end == COUNT;
}

/* Numerator of the effect on all of the people; false when it does not fit beside the misses. */
static bool effect_place(const trial *t, int64_t *effect)
{
    const utfall__risk_work *w = t->w;
    utfall_run *run = w->run;
    int64_t people, most;
    if (!utfall__times(&people, (int64_t)w->sample->target, (int64_t)t->times) ||
        !utfall__times(&most, w->sample->bound, 2 * (int64_t)t->times))
        return false;
    const utfall_rat *all =
        utfall_rat_mul(run, w->risk->power.effect,
                       utfall_rat_mul(run, utfall_rat_of(run, people, 1),
                                      utfall_rat_of(run, w->sample->denominator, 1)));
    return all != NULL && utfall_rat_floor(effect, all) == UTFALL_OK &&
           utfall__plus(&most, most, *effect);
}

typedef enum outcome { TRIED, IMPOSSIBLE, STOPPED } outcome;

/* In how many replicates the effect is seen. */
static outcome trial_run(trial *t, uint64_t times, uint64_t *seen)
{
    int64_t effect;
    t->times = times;
    if (!effect_place(t, &effect))
        return IMPOSSIBLE;
    if (!misses_make(t))
        return STOPPED;
    for (size_t i = 0; i < COUNT; i++)
        t->size[i] = utfall__size(t->miss[i]);
    utfall__sort(t->size, NULL, t->spare, NULL, COUNT);
    const int64_t passed = t->size[utfall__rank_of(COUNT, PASSED_PERMILLE)];
    *seen = 0;
    for (size_t i = 0; i < COUNT; i++)
        *seen += effect + t->miss[i] > passed;
    return TRIED;
}

static bool is_enough(uint64_t seen)
{
    return seen * 1000 >= (uint64_t)COUNT * SEEN_PERMILLE;
}

/* Smallest size that is enough, between one that is not and one that is. */
static outcome size_find(trial *t, uint64_t few, uint64_t many, uint64_t seen)
{
    utfall_power *power = &t->w->risk->power;
    while (many - few > 1) {
        const uint64_t middle = few + (many - few) / 2;
        uint64_t there = 0;
        const outcome is = trial_run(t, middle, &there);
        if (is == STOPPED)
            return is;
        if (is == TRIED && is_enough(there)) {
            many = middle;
            seen = there;
        } else {
            few = middle;
        }
    }
    power->is_found = true;
    power->times = many;
    power->seen = seen;
    power->target = many * t->w->sample->target;
    power->comparison = many * t->w->sample->comparison;
    return TRIED;
}

/* From the people there were to those needed. */
static void search(trial *t)
{
    utfall_power *power = &t->w->risk->power;
    uint64_t few = 0, many = 1, seen = 0;
    outcome is = trial_run(t, 1, &seen);
    power->is_possible = is != IMPOSSIBLE;
    power->is_tried = is == TRIED;
    power->seen_now = seen;
    while (is == TRIED && !is_enough(seen) && many < UTFALL_POWER_TIMES_MAX) {
        few = many;
        many *= 2;
        is = trial_run(t, many, &seen);
    }
    if (is == TRIED && is_enough(seen))
        is = size_find(t, few, many, seen);
    power->is_ended = is != STOPPED;
}

static utfall_status effect_set(const utfall__risk_work *w)
{
    utfall_power *power = &w->risk->power;
    power->effect = w->options->effect;
    if (power->effect == NULL)
        power->effect = utfall_rat_div(w->run, w->settlement->drawn,
                                       utfall_rat_of(w->run, (int64_t)w->sample->target, 1));
    if (power->effect == NULL)
        return utfall__number_failed(w->run, w->contract, "financing.drawn", "the effect");
    power->is_possible =
        w->sample->is_even && w->sample->is_narrow && utfall_rat_sign(power->effect) > 0;
    return UTFALL_OK;
}

utfall_status utfall__power_compute(const utfall__risk_work *w)
{
    utfall_power *power = &w->risk->power;
    power->is_asked = w->options->has_power;
    if (!power->is_asked)
        return UTFALL_OK;
    utfall_status status = effect_set(w);
    if (status != UTFALL_OK || !power->is_possible || w->risk->is_interrupted)
        return status;
    trial *t = utfall_run_alloc(w->run, sizeof *t);
    if (t == NULL)
        return UTFALL_E_NOMEM;
    t->w = w;
    t->trays = utfall_run_array(w->run, w->options->lanes.count, sizeof *t->trays);
    if (t->trays == NULL)
        return UTFALL_E_NOMEM;
    const utfall_rat *found = utfall_rat_mul(w->run, w->settlement->paid_saving,
                                             utfall_rat_of(w->run, w->sample->denominator, 1));
    if (found == NULL || utfall_rat_floor(&t->found, found) != UTFALL_OK)
        return UTFALL_E_BUG; /* within the bound, and whole */
    search(t);
    w->risk->is_interrupted = power->is_possible && !power->is_ended;
    return utfall_run_failure(w->run);
}
