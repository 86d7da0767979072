/* engine/refusal.c - outcomes that could not be counted.
 *
 * Whoever counts an outcome cannot know whether a settlement will use it: that depends on the month
 * (RULE: KNOWN-1). So what a contract refuses to count is kept with the outcome, and told by who
 * uses it. */
#include "utfall/case.h"
#include "engine/core/ban.h"

utfall_status utfall_outcome_refuse(utfall_run *run, const utfall_outcome_result *result)
{
    /* Those after the last one kept are counted only, which is what the run does with them. */
    for (uint64_t i = 0; i < result->refusal_count; i++)
        (void)utfall_run_report(
            run, &result->refusals[i < UTFALL_FINDINGS_MAX ? i : UTFALL_FINDINGS_MAX - 1]);
    return result->refusal_count == 0 ? UTFALL_OK : result->refusals[0].code;
}
