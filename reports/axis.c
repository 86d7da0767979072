/* reports/axis.c - scales and ticks of the figure, in integers.
 *
 * In: the least and most value in öre. Out: round steps. Invariant: no binary floating point; a
 * place on the scale is a rational rounded once. */
#include "reports/axis.h"

enum { UNIT_ONE = 100, UNIT_THOUSAND = 100 * 1000, UNIT_MILLION = 100 * 1000 * 1000 };
static const int64_t VALUE_MAX = INT64_MAX / 16; /* room for rounding up and for differences */

static int64_t floor_to(int64_t value, int64_t step)
{
    const int64_t down = value / step * step;
    return down > value ? down - step : down;
}

static int64_t ceiling_to(int64_t value, int64_t step)
{
    const int64_t up = value / step * step;
    return up < value ? up + step : up;
}

bool utfall__scale_has(const utfall_rat *value)
{
    int64_t floor = 0;
    return utfall_rat_floor(&floor, value) == UTFALL_OK && floor >= -VALUE_MAX && floor < VALUE_MAX;
}

/* 1, 2, 5, 10, 20 ... öre. */
static int64_t next_step(int64_t step)
{
    int64_t power = 1;
    while (step / power >= 10)
        power *= 10;
    return step / power == 2 ? step / 2 * 5 : step * 2;
}

utfall_status utfall__scale_choose(utfall__scale *out, int64_t least, int64_t most, unsigned marks)
{
    if (least < -VALUE_MAX || most > VALUE_MAX || least > most || marks == 0)
        return UTFALL_E_RANGE;
    const int64_t low = least < 0 ? least : 0;
    const int64_t high = most > 0 ? most : low == 0 ? UNIT_ONE : 0;
    int64_t step = 1;
    while ((ceiling_to(high, step) - floor_to(low, step)) / step > (int64_t)marks)
        step = next_step(step);
    utfall__scale scale = {
        .low = floor_to(low, step), .high = ceiling_to(high, step), .step = step};
    const int64_t size = scale.high > -scale.low ? scale.high : -scale.low;
    scale.unit = size >= 2 * (int64_t)UNIT_MILLION    ? UNIT_MILLION
                 : size >= 2 * (int64_t)UNIT_THOUSAND ? UNIT_THOUSAND
                                                      : UNIT_ONE;
    for (int64_t part = scale.unit; step % part != 0; part /= 10)
        scale.places++;
    *out = scale;
    return UTFALL_OK;
}

uint32_t utfall__month_step(size_t months, unsigned marks)
{
    static const uint32_t steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 1200};
    const size_t count = sizeof steps / sizeof steps[0];
    size_t i = 0;
    while (i + 1 < count && months / steps[i] + 1 > marks)
        i++;
    return steps[i];
}

utfall_status utfall__scale_place(utfall_run *run, int64_t *out, const utfall__scale *scale,
                                  const utfall_rat *value, int64_t length)
{
    const utfall_rat *above = utfall_rat_sub(run, utfall_rat_of(run, scale->high, 1), value);
    const utfall_rat *scaled =
        utfall_rat_mul(run, above, utfall_rat_of(run, length, scale->high - scale->low));
    const utfall_rounding how = {.mode = UTFALL_ROUND_HALF_AWAY, .unit_minor = 1};
    const utfall_rat *residue;
    utfall_money place;
    if (scaled == NULL)
        return utfall_run_failure(run) == UTFALL_OK ? UTFALL_E_BUG : utfall_run_failure(run);
    const utfall_status status = utfall_rat_round(run, &place, &residue, scaled, how);
    if (status == UTFALL_OK)
        *out = place.minor;
    return status;
}
