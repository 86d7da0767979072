/* ledger/base64.h - base64 as a seal carries it: one spelling for each value, private to ledger/.
 */
#ifndef UTFALL_BASE64_H
#define UTFALL_BASE64_H
#include "utfall/run.h"

/** Base64 with padding and without line breaks (RFC 4648, section 4), owned by the run. NULL when
 * out of memory. */
const char *utfall_base64_text(utfall_run *run, const uint8_t *bytes, size_t count);

/** Decode `len` characters into `out`, which has room for len / 4 * 3 bytes. False for everything
 * but the one spelling that utfall_base64_text gives; *count is then untouched. */
bool utfall_base64_decode(uint8_t *out, size_t *count, const char *text, size_t len);

#endif
