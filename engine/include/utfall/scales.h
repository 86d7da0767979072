/* utfall/scales.h - people's values on scales at occasions: means, and who improved. */
#ifndef UTFALL_SCALES_H
#define UTFALL_SCALES_H
#include "utfall/case.h"

typedef struct utfall_scale {
    const char *id;
    const utfall_rat *low, *high; /* bounds of a value, both allowed */
    bool higher_is_better;
} utfall_scale;

/** Count one scale. `values` is [person * occasions + occasion - 1], NULL where there is none;
 * people who lack one are missing, whatever others they have. occasions is 2 or more. */
UTFALL_TRY utfall_status utfall_scale_count(utfall_run *run, utfall_scale_result *out,
                                            const utfall_scale *scale, size_t occasions,
                                            const utfall_rat *const *values, size_t persons);

/** Mean at an occasion (from 1), exactly. NULL when nobody was counted, and as number.h says. */
const utfall_rat *utfall_scale_mean(utfall_run *run, const utfall_scale_result *scale,
                                    size_t occasion);

/** Mean at the last occasion less that at the first; and that in parts of the first (NULL when the
 * first is 0). Both NULL when nobody was counted. */
const utfall_rat *utfall_scale_change(utfall_run *run, const utfall_scale_result *scale);
const utfall_rat *utfall_scale_relative_change(utfall_run *run, const utfall_scale_result *scale);

#endif
