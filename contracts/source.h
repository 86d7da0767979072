/* contracts/source.h - bytes of an input file in blocks, digested in the same pass; private to
 * contracts/. */
#ifndef UTFALL_SOURCE_H
#define UTFALL_SOURCE_H
#include "utfall/case.h"

enum {
    UTFALL_SOURCE_KEEP = 64 * 1024,   /* most bytes that can be kept from one block to the next */
    UTFALL_SOURCE_BLOCK = 256 * 1024, /* bytes read at a time */
    UTFALL_SOURCE_PAD = 64            /* bytes after a text that may be read, and written over */
};
#define UTFALL_SOURCE_BYTES_MAX (UINT64_C(64) << 30) /* no input file is larger than 64 GiB */

typedef struct utfall_source utfall_source;

/** Open a regular file of at most `max` bytes. UTFALL_E_IO: *reason says why in words that follow
 * a file name ("does not exist"); nothing is reported. Closed by utfall_source_close or with the
 * run. */
UTFALL_TRY utfall_status utfall_source_open(utfall_run *run, utfall_source **out,
                                            const char **reason, const char *path, uint64_t max);

/** The same from memory, `block` bytes at a time (1..UTFALL_SOURCE_BLOCK). `bytes` is borrowed. */
UTFALL_TRY utfall_status utfall_source_memory(utfall_run *run, utfall_source **out,
                                              const char *bytes, size_t len, size_t block);

/** The next text: the last `keep` bytes of the text before (at most UTFALL_SOURCE_KEEP), followed
 * by what was read now. *len == keep at the end of the file. The text before stays readable until
 * the call after this one. UTFALL_E_IO with *reason as above. */
UTFALL_TRY utfall_status utfall_source_next(utfall_source *source, char **text, size_t *len,
                                            const char **reason, size_t keep);

/** Close the file and fill in bytes and sha256 of what was read. */
UTFALL_TRY utfall_status utfall_source_close(utfall_source *source, utfall_input *out);

#endif
