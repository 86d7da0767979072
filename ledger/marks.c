/* ledger/marks.c - the digest of a file of lines and places where its lines begin.
 *
 * Once the bytes are known to be the right ones, several threads can read the lines from mark to
 * mark. Nothing but line feeds is looked for. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/marks.h"
#include "ledger/file.h"
#include <errno.h>
#include <openssl/evp.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

typedef struct marking {
    utfall_marks *marks;
    uint64_t read, line; /* bytes so far, number of the line they end in */
} marking;

/* The lines that begin in a piece. */
static void mark_piece(marking *m, const char *piece, size_t len)
{
    const char *at = piece, *end = piece + len;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        utfall_mark here = {m->read + (uint64_t)(++at - piece), ++m->line};
        if (here.offset - m->marks->mark[m->marks->count - 1].offset >= UTFALL_MARK_BYTES)
            m->marks->mark[m->marks->count++] = here;
    }
    m->read += len;
}

static ssize_t read_piece(int descriptor, char *piece)
{
    ssize_t got;
    do
        got = read(descriptor, piece, PIECE);
    while (got < 0 && errno == EINTR);
    return got;
}

static utfall_status read_all(marking *m, EVP_MD_CTX *hash, bool *is_as_said, int descriptor,
                              uint64_t bytes, const uint8_t sha256[32])
{
    char piece[PIECE];
    uint8_t digest[EVP_MAX_MD_SIZE];
    ssize_t got = 0;
    bool is_hashed = EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1, fits = true;
    while (is_hashed && fits && (got = read_piece(descriptor, piece)) > 0) {
        fits = (uint64_t)got <= bytes - m->read;
        if (fits) {
            is_hashed = EVP_DigestUpdate(hash, piece, (size_t)got) == 1;
            mark_piece(m, piece, (size_t)got);
        }
    }
    if (got < 0)
        return UTFALL_E_IO;
    if (!is_hashed || EVP_DigestFinal_ex(hash, digest, NULL) != 1)
        return UTFALL_E_NOMEM;
    *is_as_said = fits && m->read == bytes && memcmp(digest, sha256, 32) == 0;
    return UTFALL_OK;
}

utfall_status utfall_marks_make(utfall_run *run, utfall_marks *out, bool *is_as_said,
                                const char *path, int descriptor, uint64_t bytes,
                                const uint8_t sha256[32])
{
    utfall_marks marks = {.count = 1};
    marking m = {.marks = &marks, .line = 1};
    marks.mark = utfall_run_array(run, (size_t)(bytes / UTFALL_MARK_BYTES) + 3, sizeof *marks.mark);
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    utfall_status status = UTFALL_E_NOMEM;
    if (marks.mark && hash) {
        marks.mark[0] = (utfall_mark){0, 1};
        status = read_all(&m, hash, is_as_said, descriptor, bytes, sha256);
    }
    int error = errno;
    EVP_MD_CTX_free(hash);
    if (status == UTFALL_E_IO)
        return utfall_file_refuse(run, path, "could not read the file", error);
    if (status != UTFALL_OK)
        return status;
    marks.mark[marks.count++] = (utfall_mark){m.read, m.line};
    *out = marks;
    return UTFALL_OK;
}
