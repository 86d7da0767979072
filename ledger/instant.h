/* ledger/instant.h - points in time as text and as seconds, private to ledger/. */
#ifndef UTFALL_INSTANT_H
#define UTFALL_INSTANT_H
#include "utfall/run.h"

/** Seconds since 1970-01-01T00:00:00Z without leap seconds; years 1900..9999 only. */
typedef int64_t utfall_instant;

enum { UTFALL_INSTANT_LEN = 20 };

/** From year, month 1..12, day, hour, minute, second. False when there is no such time; *out is
 * then untouched. */
bool utfall_instant_make(utfall_instant *out, const int64_t parts[6]);

/** Read exactly "YYYY-MM-DDThh:mm:ssZ". False for anything else, day 31 of a short month and second
 * 60 included; *out is then untouched. */
bool utfall_instant_parse(utfall_instant *out, const char *text, size_t len);

/** "YYYY-MM-DDThh:mm:ssZ", owned by the run. NULL when out of memory or outside the range. */
const char *utfall_instant_text(utfall_run *run, utfall_instant instant);

#endif
