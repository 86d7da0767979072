/* Ratio sums: many ratios of few denominators added up, at many places.
 *
 * In: numerators over numbers of people, now and then another ratio. Out: the exact sum at each
 * place. A numerator is carried to one common denominator and added as int64; what would leave
 * int64, or lies over another denominator, is added as a ratio beside it. Same result as ratios all
 * the way, reduced once a place and not once an addition. */
#include "engine/ratio_sums.h"
#include "engine/checked.h"
#include "engine/stages.h"
#include "engine/core/ban.h"

/* Half of the bits are left to the numerators. */
enum { DENOMINATOR_MAX = INT32_MAX };

utfall_status utfall__ratio_sums_new(utfall_run *run, utfall__ratio_sums *out, size_t count)
{
    const utfall__ratio_sums sums = {.run = run,
                                     .count = count,
                                     .denominator = 1,
                                     .numerators =
                                         utfall_run_array(run, count, sizeof *sums.numerators),
                                     .others = utfall_run_array(run, count, sizeof *sums.others)};
    if (sums.numerators == NULL || sums.others == NULL)
        return UTFALL_E_NOMEM;
    *out = sums;
    return UTFALL_OK;
}

void utfall__ratio_sums_expect(utfall__ratio_sums *sums, const utfall_sums *groups)
{
    for (size_t g = 0; g < groups->group_count && groups->comparison.persons != NULL; g++) {
        const uint64_t persons = groups->comparison.persons[g];
        int64_t common;
        if (groups->target.persons[g] > 0 && persons > 0 && persons <= DENOMINATOR_MAX &&
            utfall__lcm(&common, sums->denominator, (int64_t)persons) && common <= DENOMINATOR_MAX)
            sums->denominator = common;
    }
}

void utfall__ratio_sums_add_ratio(utfall__ratio_sums *sums, size_t place, const utfall_rat *ratio)
{
    const utfall_rat **other = &sums->others[place];
    const utfall_rat *sum = *other == NULL ? ratio : utfall_rat_add(sums->run, *other, ratio);
    if (sum == NULL)
        sums->has_failed = true;
    else
        *other = sum;
}

void utfall__ratio_sums_add(utfall__ratio_sums *sums, size_t place, int64_t num, int64_t den)
{
    int64_t carried;
    if (sums->denominator % den != 0 || !utfall__times(&carried, num, sums->denominator / den) ||
        !utfall__minor_add(&sums->numerators[place], carried))
        utfall__ratio_sums_add_ratio(sums, place, utfall_rat_of(sums->run, num, den));
}

void utfall__ratio_sums_accumulate(utfall__ratio_sums *sums)
{
    for (size_t i = 1; i < sums->count; i++) {
        utfall__ratio_sums_add(sums, i, sums->numerators[i - 1], sums->denominator);
        if (sums->others[i - 1] != NULL)
            utfall__ratio_sums_add_ratio(sums, i, sums->others[i - 1]);
    }
}

bool utfall__ratio_sums_write(const utfall__ratio_sums *sums, const utfall_rat **out)
{
    for (size_t i = 0; i < sums->count && !sums->has_failed; i++) {
        const bool is_same = i > 0 && sums->numerators[i] == sums->numerators[i - 1] &&
                             sums->others[i] == sums->others[i - 1];
        out[i] =
            is_same ? out[i - 1] : utfall_rat_of(sums->run, sums->numerators[i], sums->denominator);
        if (!is_same && sums->others[i] != NULL)
            out[i] = utfall_rat_add(sums->run, out[i], sums->others[i]);
        if (out[i] == NULL)
            return false;
    }
    return !sums->has_failed;
}
