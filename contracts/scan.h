/* contracts/scan.h - where the bytes are that mean something to a CSV reader; private to
 * contracts/. */
#ifndef UTFALL_SCAN_H
#define UTFALL_SCAN_H
#include <stddef.h>
#include <stdint.h>

enum { UTFALL_SCAN_STRIDE = 64 }; /* bytes that may be read after a text's end */

/** Write to `index`, ascending, the offset from `base` of every byte of text[0, len) that is the
 * separator, a quotation mark, a control character (line ends among them), DEL, or not ASCII. Gives
 * how many; `index` has room for `len` + 8, all of which may be written. `text` lies at or after
 * `base`, less than 4 GiB away, and UTFALL_SCAN_STRIDE bytes after its end can be read. */
typedef size_t utfall_scan_fn(uint32_t *index, const char *base, const char *text, size_t len,
                              char separator);

/** The fastest that this machine has; all of them do the same. */
utfall_scan_fn *utfall_scan_best(void);

/** What the others are measured by. The other two are there on x86-64 alone. */
utfall_scan_fn utfall_scan_portable, utfall_scan_sse2, utfall_scan_avx2;

#endif
