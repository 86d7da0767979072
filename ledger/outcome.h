/* ledger/outcome.h - what an outcome came to, as ledgers and detail files write it, private to
 * ledger/. */
#ifndef UTFALL_OUTCOME_H
#define UTFALL_OUTCOME_H
#include "ledger/xml.h"

/** The element <outcome> with its scales. */
void utfall_outcome_write(utfall_xml *xml, const char *id, const utfall_outcome_result *outcome);

/** Sums of a scale by occasion from text: exact numbers with one space between. UTFALL_E_SYNTAX for
 * another spelling, UTFALL_E_RANGE for more than UTFALL_OCCASIONS_MAX; outputs untouched then. */
UTFALL_TRY utfall_status utfall_scale_sums_parse(utfall_run *run, const utfall_rat *const **sums,
                                                 size_t *count, const char *text, size_t len);

#endif
