/* utfall/explain.h - how one figure of a settlement came about, told so that it can be redone by
 * hand. */
#ifndef UTFALL_EXPLAIN_H
#define UTFALL_EXPLAIN_H
#include "utfall/reports.h"

/** The derivation of the fact `key` as plain text, UTF-8: what it is, the terms of the contract
 * with their places, the formula with this settlement's numbers (each also exactly, in minor
 * units), the tables behind it, and the files. `name` is the file that was given, for findings.
 * `data` is the case that was read, or NULL for a ledger, which holds sums only. UTFALL_E_MISSING
 * with a did-you-mean when the settlement has no such fact; *out is then untouched. */
UTFALL_TRY utfall_status utfall_explain_text(utfall_run *run, const char **out, size_t *len,
                                             const utfall_settlement *settlement,
                                             const utfall_case *data,
                                             const utfall_report_frame *frame, const char *name,
                                             const char *key);

/** Whether facts with this key have an explanation: for the test that none is forgotten. */
bool utfall_explain_knows(const char *key);

#endif
