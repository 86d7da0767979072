/* reports/section_returns.h - the figures of a return as blocks and as facts. */
#ifndef UTFALL_REPORTS_SECTION_RETURNS_H
#define UTFALL_REPORTS_SECTION_RETURNS_H
#include "reports/sections.h"

/** Add the pairs and what they mean. */
void utfall__returns_add(utfall_run *run, utfall__sheet *sheet, utfall_language language,
                         const char *currency, const utfall_returns *returns);

/** Most facts that utfall__returns_fact gives. */
size_t utfall__returns_fact_count(const utfall_returns *returns);

/** Fact number `i`; false when that one does not apply. A NULL key or value = out of memory. */
bool utfall__returns_fact(utfall_run *run, utfall_fact *out, const utfall_returns *returns,
                          size_t i);

#endif
