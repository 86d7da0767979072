/* reports/compare.h - what the parts of a comparison share. */
#ifndef UTFALL_REPORTS_COMPARE_H
#define UTFALL_REPORTS_COMPARE_H
#include "utfall/compare.h"

/** Amount of the fact `key`; 0 when there is none, as for a due that a contract does not have. */
const utfall_rat *utfall__amount_of(utfall_run *run, const utfall_fact *facts, size_t count,
                                    const char *key);

/** What stage number `i` adds to the fact `key`. */
const utfall_rat *utfall__stage_change(utfall_run *run, const utfall_comparison *c, size_t i,
                                       const char *key);

/** What all stages with this cause add to the fact `key`. */
const utfall_rat *utfall__cause_change(utfall_run *run, const utfall_comparison *c,
                                       utfall_cause cause, const char *key);

/** Everything due between parties, added up: a fact of its own in comparisons. */
#define UTFALL__DUE_IN_ALL "due"

/** The keys that A or B has, sorted; NULL when out of memory. */
const char **utfall__keys_of(utfall_run *run, const utfall_comparison *c, size_t *count);

#endif
