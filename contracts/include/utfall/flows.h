/* utfall/flows.h - dated payments from a CSV file, for utfall/returns.h. */
#ifndef UTFALL_FLOWS_H
#define UTFALL_FLOWS_H
#include "utfall/returns.h"

/** Read a table of two columns, date (YYYY-MM-DD) and amount, in this order; a first row "date" and
 * "amount" is a heading. With UTFALL_DAYS_PERIODS the first column is a whole number and its
 * heading "period". Amounts are in kronor with any number of decimals after `decimal`. Every fault
 * is reported: UTFALL_E_IO, UTFALL_E_SYNTAX, UTFALL_E_SCHEMA, UTFALL_E_RANGE, UTFALL_E_MISSING when
 * there are no rows. */
UTFALL_TRY utfall_status utfall_flows_read(utfall_run *run, const utfall_flow **out, size_t *count,
                                           const char *path, char separator, char decimal,
                                           utfall_day_count days);

/** Read a rate as contracts write ratios: "3%", "0.03", "3/100". `from` is how the finding names
 * the place. UTFALL_E_SYNTAX or UTFALL_E_RANGE, reported. */
UTFALL_TRY utfall_status utfall_rate_read(utfall_run *run, const utfall_rat **out, const char *text,
                                          const char *from);

#endif
