/* contracts/source.h - bytes of an input file in blocks, digested in the same pass; private to
 * contracts/. */
#ifndef UTFALL_SOURCE_H
#define UTFALL_SOURCE_H
#include "utfall/case.h"

enum {
    UTFALL_SOURCE_KEEP = 64 * 1024,   /* most bytes that can be kept from one block to the next */
    UTFALL_SOURCE_BLOCK = 128 * 1024, /* bytes read at a time */
    UTFALL_SOURCE_RING_MAX = 64,      /* blocks held at the same time */
    UTFALL_SOURCE_PAD = 64            /* bytes after a text that may be read, and written over */
};
#define UTFALL_SOURCE_BYTES_MAX (UINT64_C(64) << 30) /* no input file is larger than 64 GiB */

typedef struct utfall_source utfall_source;

/** Bytes of the file at `path`, without opening it; 0 when there is none. */
uint64_t utfall_source_weigh(const char *path);

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

/* Several threads: one at a time reads ahead, one at a time digests, and any number look at what
 * was read. Whoever calls sees to that, and to it that a block is neither in use nor undigested
 * when its buffer's turn comes again. utfall_source_next goes on from the block it is given. */

/** Whole lines: the end of one block's last line and all of the next one's. */
typedef struct utfall_chunk {
    uint64_t number; /* of the block */
    char *text;
    size_t len;      /* up to and with the last line feed */
    size_t tail;     /* bytes after it: the beginning of the next chunk */
    bool is_last;    /* of the file; a last line without an end has been given one */
    bool is_endless; /* the tail is longer than can be carried on: a line without an end */
} utfall_chunk;

/** Give the source `count` buffers (2..UTFALL_SOURCE_RING_MAX). The last text keeps its own; what
 * is left of it, `text`, is the first chunk. */
UTFALL_TRY utfall_status utfall_source_widen(utfall_source *source, utfall_chunk *out, size_t count,
                                             char *text, size_t len, bool is_last);

/** Read the next block as a chunk that goes on from `before`, the chunk before it. UTFALL_E_IO with
 * *reason. */
UTFALL_TRY utfall_status utfall_source_fetch(utfall_source *source, utfall_chunk *out,
                                             const utfall_chunk *before, const char **reason);

/** Digest the next block that was read and is not digested. */
UTFALL_TRY utfall_status utfall_source_digest(utfall_source *source);

/** Take up reading by utfall_source_next after this chunk. */
void utfall_source_resume(utfall_source *source, const utfall_chunk *chunk);

/** Bytes of the file when it was opened. */
uint64_t utfall_source_size(const utfall_source *source);

/** Close the file and fill in bytes and sha256 of what was read. */
UTFALL_TRY utfall_status utfall_source_close(utfall_source *source, utfall_input *out);

#endif
