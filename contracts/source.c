/* contracts/source.c - where bytes come in: regular files, read in blocks and digested as they
 * pass.
 *
 * Two buffers take turns. Each has room for kept bytes in front of its block, so that a row cut by
 * a block's end is made whole by moving only that row, and the block itself stays as it was read.
 * Invariant: the digest covers exactly the bytes that were handed out, in order. */
#define _POSIX_C_SOURCE 200809L
#include "contracts/source.h"
#include "contracts/digest.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct utfall_source {
    utfall_run *run;
    int fd;             /* -1 = closed, or from memory */
    const char *memory; /* what is left of it; NULL = from a file */
    size_t memory_len, block;
    uint64_t bytes, max;
    utfall_digest *digest;
    char *buffer[2]; /* UTFALL_SOURCE_KEEP + block + UTFALL_SOURCE_PAD each */
    int turn;        /* the buffer given out last */
    size_t len;      /* of the block in it */
};

static const char *reason_of(int error)
{
    switch (error) {
    case ENOENT:
        return "does not exist";
    case ENOTDIR:
        return "does not exist: a part of its path is no folder";
    case EACCES:
    case EPERM:
        return "may not be read: permission denied";
    case EISDIR:
        return "is a folder, not a file";
    case ELOOP:
        return "leads round in a circle of links";
    case ENAMETOOLONG:
        return "has too long a name";
    case EMFILE:
    case ENFILE:
        return "could not be opened: too many open files";
    default:
        return "could not be read: input/output error";
    }
}

static void source_end(void *object)
{
    utfall_source *source = object;
    if (source->fd >= 0)
        (void)close(source->fd);
    source->fd = -1;
}

static utfall_source *source_new(utfall_run *run, size_t block)
{
    utfall_source *source = utfall_run_alloc(run, sizeof *source);
    if (source == NULL)
        return NULL;
    source->run = run;
    source->fd = -1;
    source->block = block;
    source->max = UTFALL_SOURCE_BYTES_MAX;
    if (utfall_run_defer(run, source_end, source) != UTFALL_OK)
        return NULL;
    for (int i = 0; i < 2; i++) {
        source->buffer[i] = utfall_run_alloc(run, UTFALL_SOURCE_KEEP + block + UTFALL_SOURCE_PAD);
        if (source->buffer[i] == NULL)
            return NULL;
    }
    source->digest = utfall_digest_new(run);
    return source->digest == NULL ? NULL : source;
}

/* The file is opened without blocking, so that a pipe in a file's place is refused, not waited for.
 */
static utfall_status file_open(int *out, const char **reason, const char *path, uint64_t max)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        *reason = reason_of(errno);
        return UTFALL_E_IO;
    }
    struct stat about;
    const char *why = NULL;
    if (fstat(fd, &about) != 0)
        why = reason_of(errno);
    else if (S_ISDIR(about.st_mode))
        why = reason_of(EISDIR);
    else if (!S_ISREG(about.st_mode))
        why = "is not a regular file";
    else if (about.st_size < 0 || (uint64_t)about.st_size > max)
        why = "is larger than any input may be";
    if (why != NULL) {
        (void)close(fd);
        *reason = why;
        return UTFALL_E_IO;
    }
    *out = fd;
    return UTFALL_OK;
}

utfall_status utfall_source_open(utfall_run *run, utfall_source **out, const char **reason,
                                 const char *path, uint64_t max)
{
    int fd = -1;
    utfall_status status = file_open(&fd, reason, path, max);
    if (status != UTFALL_OK)
        return status;
    utfall_source *source = source_new(run, UTFALL_SOURCE_BLOCK);
    if (source == NULL) {
        (void)close(fd);
        *reason = "could not be read: out of memory";
        return UTFALL_E_NOMEM;
    }
    source->fd = fd;
    source->max = max;
    *out = source;
    return UTFALL_OK;
}

utfall_status utfall_source_memory(utfall_run *run, utfall_source **out, const char *bytes,
                                   size_t len, size_t block)
{
    if (block == 0 || block > UTFALL_SOURCE_BLOCK)
        return UTFALL_E_BUG;
    utfall_source *source = source_new(run, block);
    if (source == NULL)
        return UTFALL_E_NOMEM;
    source->memory = bytes;
    source->memory_len = len;
    *out = source;
    return UTFALL_OK;
}

/* Fill a block: short only at the end of the file. */
static utfall_status block_read(utfall_source *source, char *into, size_t *len, const char **reason)
{
    size_t filled = 0;
    if (source->memory != NULL) {
        filled = source->memory_len < source->block ? source->memory_len : source->block;
        memcpy(into, source->memory, filled);
        source->memory += filled;
        source->memory_len -= filled;
    }
    while (source->fd >= 0 && filled < source->block) {
        ssize_t got = read(source->fd, into + filled, source->block - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *reason = reason_of(errno);
            return UTFALL_E_IO;
        }
        if (got == 0)
            break;
        filled += (size_t)got;
    }
    *len = filled;
    return UTFALL_OK;
}

utfall_status utfall_source_next(utfall_source *source, char **text, size_t *len,
                                 const char **reason, size_t keep)
{
    int next = 1 - source->turn;
    char *block = source->buffer[next] + UTFALL_SOURCE_KEEP;
    if (keep > UTFALL_SOURCE_KEEP)
        return UTFALL_E_BUG;
    size_t got = 0;
    utfall_status status = block_read(source, block, &got, reason);
    if (status != UTFALL_OK)
        return status;
    if (got > source->max - source->bytes) {
        *reason = "is larger than any input may be";
        return UTFALL_E_IO;
    }
    if (got > 0 && utfall_digest_add(source->digest, block, got) != UTFALL_OK) {
        *reason = "could not be digested";
        return UTFALL_E_IO;
    }
    memset(block + got, 0, UTFALL_SOURCE_PAD);
    memcpy(block - keep, source->buffer[source->turn] + UTFALL_SOURCE_KEEP + source->len - keep,
           keep);
    source->bytes += got;
    source->turn = next;
    source->len = got;
    *text = block - keep;
    *len = keep + got;
    return UTFALL_OK;
}

utfall_status utfall_source_close(utfall_source *source, utfall_input *out)
{
    source_end(source);
    utfall_status status = utfall_digest_end(source->digest, out->sha256);
    if (status == UTFALL_OK)
        out->bytes = source->bytes;
    return status;
}
