/* contracts/scan.h - where the bytes are that mean something to a CSV reader; private to
 * contracts/. */
#ifndef UTFALL_SCAN_H
#define UTFALL_SCAN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    UTFALL_SCAN_STRIDE = 64, /* bytes that may be read after a text's end */
    UTFALL_SCAN_ROOM = 64    /* places after the last mark that may be written */
};

/** Write to `index`, ascending, the offset from `base` of every byte of text[0, len) that is the
 * separator, a quotation mark, a control character (line ends among them) or DEL: the marks. Gives
 * how many; `index` has room for `len` + UTFALL_SCAN_ROOM, all of which may be written. Sets
 * *is_high when a byte is not ASCII, and leaves it alone otherwise. `text` lies at or after `base`,
 * less than 4 GiB away, and UTFALL_SCAN_STRIDE bytes after its end can be read. */
typedef size_t utfall_scan_fn(uint32_t *index, bool *is_high, const char *base, const char *text,
                              size_t len, char separator);

/** The fastest that this machine has; all of them do the same. */
utfall_scan_fn *utfall_scan_best(void);

/** A way of scanning, and whether this machine can go it. */
typedef struct utfall_scan_way {
    const char *name;
    utfall_scan_fn *scan;
    bool (*is_there)(void);
} utfall_scan_way;

/** All ways, slowest first, ended by a NULL name. The first is there everywhere and is what the
 * others are measured by. */
extern const utfall_scan_way utfall_scan_ways[];

#endif
