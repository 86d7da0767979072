/* contracts/source.c - where bytes come in: regular files, read in blocks and digested as they
 * pass.
 *
 * Buffers take turns: two, or more for several threads. Each has room for kept bytes in front of
 * its block, so that a row cut by a block's end is made whole by moving only that row, and the
 * block itself stays as it was read. Invariant: the digest covers exactly the bytes that were
 * handed out, in order. */
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
    uint64_t bytes, max, size;
    utfall_digest *digest;
    size_t ring;                          /* buffers in use */
    char *buffer[UTFALL_SOURCE_RING_MAX]; /* UTFALL_SOURCE_KEEP + block + UTFALL_SOURCE_PAD each;
                                             block n lies in number n % ring */
    size_t len[UTFALL_SOURCE_RING_MAX];   /* of the block in each */
    uint64_t fetched, digested, given;    /* blocks read, digested, handed out by next */
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

static bool buffers_make(utfall_source *source, size_t count)
{
    for (; source->ring < count; source->ring++) {
        source->buffer[source->ring] =
            utfall_run_alloc(source->run, UTFALL_SOURCE_KEEP + source->block + UTFALL_SOURCE_PAD);
        if (source->buffer[source->ring] == NULL)
            return false;
    }
    return true;
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
    if (!buffers_make(source, 2))
        return NULL;
    source->digest = utfall_digest_new(run);
    return source->digest == NULL ? NULL : source;
}

uint64_t utfall_source_weigh(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && about.st_size > 0 ? (uint64_t)about.st_size : 0;
}

/* The file is opened without blocking, so that a pipe in a file's place is refused, not waited for.
 */
static utfall_status file_open(int *out, uint64_t *size, const char **reason, const char *path,
                               uint64_t max)
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
    *size = (uint64_t)about.st_size;
    return UTFALL_OK;
}

utfall_status utfall_source_open(utfall_run *run, utfall_source **out, const char **reason,
                                 const char *path, uint64_t max)
{
    int fd = -1;
    uint64_t size = 0;
    utfall_status status = file_open(&fd, &size, reason, path, max);
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
    source->size = size;
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
    source->memory_len = source->size = len;
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

static char *block_of(const utfall_source *source, uint64_t number)
{
    return source->buffer[number % source->ring] + UTFALL_SOURCE_KEEP;
}

/* Read the next block into its buffer. */
static utfall_status fetch(utfall_source *source, const char **reason)
{
    char *block = block_of(source, source->fetched);
    size_t got = 0;
    utfall_status status = block_read(source, block, &got, reason);
    if (status != UTFALL_OK)
        return status;
    if (got > source->max - source->bytes) {
        *reason = "is larger than any input may be";
        return UTFALL_E_IO;
    }
    memset(block + got, 0, UTFALL_SOURCE_PAD);
    source->bytes += got;
    source->len[source->fetched % source->ring] = got;
    source->fetched++;
    return UTFALL_OK;
}

utfall_status utfall_source_digest(utfall_source *source)
{
    size_t len = source->len[source->digested % source->ring];
    const char *block = block_of(source, source->digested++);
    return len == 0 ? UTFALL_OK : utfall_digest_add(source->digest, block, len);
}

utfall_status utfall_source_next(utfall_source *source, char **text, size_t *len,
                                 const char **reason, size_t keep)
{
    if (keep > UTFALL_SOURCE_KEEP)
        return UTFALL_E_BUG;
    utfall_status status = UTFALL_OK;
    if (source->given == source->fetched)
        status = fetch(source, reason);
    while (status == UTFALL_OK && source->digested < source->fetched)
        if (utfall_source_digest(source) != UTFALL_OK) {
            *reason = "could not be digested";
            status = UTFALL_E_IO;
        }
    if (status != UTFALL_OK)
        return status;
    char *block = block_of(source, source->given);
    if (keep > 0) { /* there is a block before */
        uint64_t before = source->given - 1;
        memcpy(block - keep, block_of(source, before) + source->len[before % source->ring] - keep,
               keep);
    }
    size_t got = source->len[source->given % source->ring];
    source->given++;
    *text = block - keep;
    *len = keep + got;
    return UTFALL_OK;
}

/* ---- several threads ---- */

/* Find the end of the last line. */
static void chunk_end(utfall_chunk *chunk, size_t len, bool is_last)
{
    size_t end = len;
    if (is_last && len > 0 && chunk->text[len - 1] != '\n') {
        chunk->text[len] = '\n'; /* in the room after the text */
        end = len = len + 1;
    }
    while (end > 0 && chunk->text[end - 1] != '\n')
        end--;
    chunk->len = end;
    chunk->tail = len - end;
    chunk->is_last = is_last;
    chunk->is_endless = chunk->tail > UTFALL_SOURCE_KEEP;
}

utfall_status utfall_source_widen(utfall_source *source, utfall_chunk *out, size_t count,
                                  char *text, size_t len, bool is_last)
{
    if (count > UTFALL_SOURCE_RING_MAX || count < source->ring || source->given == 0)
        return UTFALL_E_BUG;
    uint64_t last = source->given - 1;
    size_t was = last % source->ring, own = source->len[was];
    char *held = source->buffer[was];
    if (!buffers_make(source, count))
        return UTFALL_E_NOMEM;
    source->buffer[was] = source->buffer[last % count];
    source->buffer[last % count] = held;
    source->len[last % count] = own;
    *out = (utfall_chunk){.number = last, .text = text};
    chunk_end(out, len, is_last);
    return UTFALL_OK;
}

utfall_status utfall_source_fetch(utfall_source *source, utfall_chunk *out,
                                  const utfall_chunk *before, const char **reason)
{
    uint64_t number = source->fetched;
    if (before->is_endless || before->is_last)
        return UTFALL_E_BUG;
    utfall_status status = fetch(source, reason);
    if (status != UTFALL_OK)
        return status;
    char *block = block_of(source, number);
    size_t len = source->len[number % source->ring];
    memcpy(block - before->tail, before->text + before->len, before->tail);
    *out = (utfall_chunk){.number = number, .text = block - before->tail};
    chunk_end(out, before->tail + len, len == 0);
    return UTFALL_OK;
}

void utfall_source_resume(utfall_source *source, const utfall_chunk *chunk)
{
    source->given = chunk->number + 1;
}

uint64_t utfall_source_size(const utfall_source *source)
{
    return source->size;
}

utfall_status utfall_source_close(utfall_source *source, utfall_input *out)
{
    source_end(source);
    utfall_status status = utfall_digest_end(source->digest, out->sha256);
    if (status == UTFALL_OK)
        out->bytes = source->bytes;
    return status;
}
