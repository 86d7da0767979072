/* engine/ratio_sums.h - many ratios of few denominators added up, at many places; private to
 * engine/. */
#ifndef UTFALL_RATIO_SUMS_H
#define UTFALL_RATIO_SUMS_H
#include "utfall/settlement.h"

typedef struct utfall__ratio_sums {
    utfall_run *run;
    size_t count;
    int64_t denominator;       /* of all numerators */
    int64_t *numerators;       /* [place] */
    const utfall_rat **others; /* [place] what was added beside it; NULL = nothing */
    bool has_failed;
} utfall__ratio_sums;

/** Zero at `count` places. */
UTFALL_TRY utfall_status utfall__ratio_sums_new(utfall_run *run, utfall__ratio_sums *out,
                                                size_t count);

/** Before anything is added: the numerators will lie over the numbers of comparison people of
 * these groups. What lies over other numbers costs more time, no more. */
void utfall__ratio_sums_expect(utfall__ratio_sums *sums, const utfall_sums *groups);

/** Add num / den, den > 0, or a ratio; NULL as in number.h. */
void utfall__ratio_sums_add(utfall__ratio_sums *sums, size_t place, int64_t num, int64_t den);
void utfall__ratio_sums_add_ratio(utfall__ratio_sums *sums, size_t place, const utfall_rat *ratio);

/** Make the sum at each place that of it and all before it. */
void utfall__ratio_sums_accumulate(utfall__ratio_sums *sums);

/** The sums, reduced; false when one of them is NULL, as in number.h. */
UTFALL_TRY bool utfall__ratio_sums_write(const utfall__ratio_sums *sums, const utfall_rat **out);

#endif
