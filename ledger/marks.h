/* ledger/marks.h - the digest of a file of lines and places where its lines begin, private to
 * ledger/. */
#ifndef UTFALL_MARKS_H
#define UTFALL_MARKS_H
#include "utfall/ledger.h"

enum { UTFALL_MARK_BYTES = 128 * 1024 };

/** A place where a line begins. */
typedef struct utfall_mark {
    uint64_t offset, line; /* its number, from 1 */
} utfall_mark;

/** The first line, then the first line that begins at least UTFALL_MARK_BYTES after the last mark,
 * and so on; at the end the end of the file. Two marks at least. */
typedef struct utfall_marks {
    size_t count;
    utfall_mark *mark;
} utfall_marks;

/** Read an open file of `bytes` bytes from its beginning. *is_as_said: it has so many bytes and
 * this SHA-256. UTFALL_E_IO with a finding. */
UTFALL_TRY utfall_status utfall_marks_make(utfall_run *run, utfall_marks *out, bool *is_as_said,
                                           const char *path, int descriptor, uint64_t bytes,
                                           const uint8_t sha256[32]);

#endif
