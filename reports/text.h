/* reports/text.h - a text that grows, and the two ways in which foreign text enters it. */
#ifndef UTFALL_REPORTS_TEXT_H
#define UTFALL_REPORTS_TEXT_H
#include "utfall/run.h"

/** A growing UTF-8 text owned by a run. A NULL part or a failed allocation is remembered and comes
 * out of utfall__text_end, so that a caller checks once. */
typedef struct utfall__text {
    utfall_run *run;
    char *bytes;
    size_t len, capacity;
    bool has_failed;
} utfall__text;

void utfall__text_start(utfall__text *text, utfall_run *run);

/** Add a string as it is: our own words and markup only. */
void utfall__text_add(utfall__text *text, const char *part);

/** As utfall__text_add for `len` bytes. */
void utfall__text_add_bytes(utfall__text *text, const char *part, size_t len);

/** Add `part` the given number of times. */
void utfall__text_repeat(utfall__text *text, const char *part, size_t times);

/** Add an integer in decimal with an ASCII minus. */
void utfall__text_number(utfall__text *text, int64_t value);

/** Add foreign text for people to read: line breaks and tabs become spaces; control characters,
 * marks that change the direction of writing and invisible characters are left out; what is not
 * UTF-8 becomes U+FFFD. */
void utfall__text_clean(utfall__text *text, const char *part);

/** As utfall__text_clean with & < > " ' written as references, for elements and attributes of HTML
 * and XML. */
void utfall__text_escape(utfall__text *text, const char *part);

/** Add foreign text as a JSON string with its quotes, cleaned as by utfall__text_clean. */
void utfall__text_json(utfall__text *text, const char *part);

/** The finished text with a NUL after it. UTFALL_E_NOMEM and others; *out is then untouched. `len`
 * may be NULL. */
UTFALL_TRY utfall_status utfall__text_end(utfall__text *text, const char **out, size_t *len);

/** A cleaned copy of `part`; NULL when out of memory. */
const char *utfall__text_cleaned(utfall_run *run, const char *part);

/** Columns that a cleaned string takes on a terminal. */
size_t utfall__text_columns(const char *text, size_t len);

/** Bytes of the code point at `text` (1..4), also when it is not UTF-8. `len` > 0. */
size_t utfall__text_step(const char *text, size_t len);

#endif
