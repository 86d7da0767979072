/* engine/scales.c - a scale over people: sums by occasion, and who improved.
 *
 * In: each person's values, some missing. Out: counts and sums. Invariant: only people with a value
 * at every occasion are counted, so that means at different occasions are of the same people;
 * persons + missing is everybody, improved + unchanged + worse is persons. RULE: SCALE-1, SCALE-2
 */
#include "utfall/scales.h"
#include "engine/core/ban.h"

static bool is_whole(const utfall_rat *const *values, size_t occasions)
{
    for (size_t i = 0; i < occasions; i++)
        if (values[i] == NULL)
            return false;
    return true;
}

utfall_status utfall_scale_count(utfall_run *run, utfall_scale_result *out,
                                 const utfall_scale *scale, size_t occasions,
                                 const utfall_rat *const *values, size_t persons)
{
    utfall_scale_result made = {.id = scale->id, .occasions = occasions};
    const utfall_rat **sums = utfall_run_array(run, occasions, sizeof *sums);
    if (sums == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < occasions; i++)
        sums[i] = utfall_rat_of(run, 0, 1);
    for (size_t person = 0; person < persons; person++) {
        const utfall_rat *const *own = values + person * occasions;
        if (!is_whole(own, occasions)) {
            made.missing++;
            continue;
        }
        made.persons++;
        for (size_t i = 0; i < occasions; i++)
            sums[i] = utfall_rat_add(run, sums[i], own[i]);
        const int change = utfall_rat_compare(own[occasions - 1], own[0]);
        made.unchanged += change == 0;
        made.improved += change != 0 && (change > 0) == scale->higher_is_better;
        made.worse += change != 0 && (change > 0) != scale->higher_is_better;
    }
    for (size_t i = 0; i < occasions; i++)
        if (sums[i] == NULL)
            return utfall_run_failure(run);
    made.sums = sums;
    *out = made;
    return UTFALL_OK;
}

const utfall_rat *utfall_scale_mean(utfall_run *run, const utfall_scale_result *scale,
                                    size_t occasion)
{
    if (scale->persons == 0 || scale->persons > INT64_MAX)
        return NULL;
    return utfall_rat_div(run, scale->sums[occasion - 1],
                          utfall_rat_of(run, (int64_t)scale->persons, 1));
}

const utfall_rat *utfall_scale_change(utfall_run *run, const utfall_scale_result *scale)
{
    if (scale->persons == 0)
        return NULL;
    return utfall_rat_sub(run, utfall_scale_mean(run, scale, scale->occasions),
                          utfall_scale_mean(run, scale, 1));
}

const utfall_rat *utfall_scale_relative_change(utfall_run *run, const utfall_scale_result *scale)
{
    if (scale->persons == 0 || utfall_rat_sign(scale->sums[0]) == 0)
        return NULL;
    return utfall_rat_div(run, utfall_scale_change(run, scale), utfall_scale_mean(run, scale, 1));
}
