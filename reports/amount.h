/* reports/amount.h - exact values as people read them.
 *
 * All functions give NULL when an operand is NULL, when memory runs out or when a value does not
 * fit 64 bits after rounding; utfall_run_failure tells which. Rounding is for display only, halves
 * away from zero; utfall__amount_is_exact says whether anything was rounded. Swedish groups
 * thousands with U+00A0, English with a comma; both write minus as U+2212. `currency` is an ISO
 * 4217 code; "SEK" is written "kr" in Swedish. */
#ifndef UTFALL_REPORTS_AMOUNT_H
#define UTFALL_REPORTS_AMOUNT_H
#include "utfall/number.h"
#include "utfall/month.h"
#include "utfall/reports.h"

/** "7 500 000,00 kr", "SEK 7,500,000.00". `minor` in öre. */
const char *utfall__amount(utfall_run *run, utfall_language language, const char *currency,
                           const utfall_rat *minor);

/** As utfall__amount without the currency: "7 500 000,00". */
const char *utfall__amount_bare(utfall_run *run, utfall_language language, const utfall_rat *minor);

/** As utfall__amount but without decimals when there are none to show: "5 000 000 kr". */
const char *utfall__amount_terse(utfall_run *run, utfall_language language, const char *currency,
                                 const utfall_rat *minor);

/** Whole units of the currency, without it: "109 100 000". */
const char *utfall__amount_whole(utfall_run *run, utfall_language language,
                                 const utfall_rat *minor);

/** For sentences: "−7,5 mnkr", "−7.5 MSEK" from a million up, else as utfall__amount_terse of
 * whole units. */
const char *utfall__amount_short(utfall_run *run, utfall_language language, const char *currency,
                                 const utfall_rat *minor);

/** How the currency is written after a number: "kr" or the code. */
const char *utfall__amount_unit(utfall_language language, const char *currency);

/** What whole units are called: "kronor" or the code. */
const char *utfall__amount_units(utfall_language language, const char *currency);

/** Whether utfall__amount shows all of `minor`, nothing rounded. */
bool utfall__amount_is_exact(utfall_run *run, const utfall_rat *minor);

/** "mnkr", "MSEK", "MEUR": what stands after a number of millions. */
const char *utfall__amount_million(utfall_run *run, utfall_language language, const char *currency);

/** Value / 10^places in decimal with grouped thousands, e.g. (1234567, 2) "12 345,67". */
const char *utfall__decimal(utfall_run *run, utfall_language language, int64_t value,
                            unsigned places);

/** A number of things. */
const char *utfall__count(utfall_run *run, utfall_language language, uint64_t count);

/** A plain number: a whole number or up to six decimals, else a fraction "1/3". */
const char *utfall__number(utfall_run *run, utfall_language language, const utfall_rat *value);

/** A share as the contract has it: "40 %", "12,5 %", else a fraction "1/3". */
const char *utfall__share(utfall_run *run, utfall_language language, const utfall_rat *share);

/** A share rounded to one decimal: "7,4 %", "7.4%". */
const char *utfall__percent(utfall_run *run, utfall_language language, const utfall_rat *share);

/** "aug 2016", "Aug 2016". */
const char *utfall__month_short(utfall_run *run, utfall_language language, utfall_month month);

/** "augusti 2016", "August 2016". */
const char *utfall__month_long(utfall_run *run, utfall_language language, utfall_month month);

/** "7 mars 2016", "7 March 2016". */
const char *utfall__date(utfall_run *run, utfall_language language, utfall_date date);

#endif
