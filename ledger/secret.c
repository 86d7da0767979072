/* ledger/secret.c - the 32 bytes that make pseudonyms and salts, in a file of 64 hexadecimal
 * digits.
 *
 * Whoever has them can link lines of a detail file to people, so the file is made readable by its
 * owner alone, a file that others may read gets a warning, and no copy stays in memory that is
 * freed without being wiped. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/file.h"
#include "ledger/hex.h"
#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIGITS = 64, SECRET_BYTES = 32 };

static utfall_status warn_if_open(utfall_run *run, int descriptor, const char *path)
{
    struct stat about;
    if (fstat(descriptor, &about) != 0)
        return utfall_file_refuse(run, path, "could not read the secret", errno);
    if (about.st_mode & (S_IRWXG | S_IRWXO))
        (void)utfall_run_report(
            run, &(utfall_finding){.code = UTFALL_E_IO,
                                   .severity = UTFALL_WARNING,
                                   .at = {path, 0, 0},
                                   .message = "others on this machine may read the secret: "
                                              "expected mode 0600",
                                   .hint = "chmod 600 the file; whoever has the secret can link "
                                           "pseudonyms to people"});
    return UTFALL_OK;
}

static utfall_status read_secret(utfall_run *run, uint8_t out[SECRET_BYTES], int descriptor,
                                 const char *path)
{
    char text[DIGITS + 2];
    size_t used = 0;
    ssize_t got = 1;
    while (used < sizeof text && got != 0) {
        got = read(descriptor, text + used, sizeof text - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        used += (size_t)got;
    }
    int error = got < 0 ? errno : 0;
    bool is_whole = used == DIGITS || (used == DIGITS + 1 && text[DIGITS] == '\n');
    bool is_read = !error && is_whole && utfall_hex_parse(out, SECRET_BYTES, text, DIGITS);
    OPENSSL_cleanse(text, sizeof text);
    if (error)
        return utfall_file_refuse(run, path, "could not read the secret", error);
    if (is_read)
        return UTFALL_OK;
    return utfall_run_report(
        run, &(utfall_finding){.code = UTFALL_E_SYNTAX,
                               .severity = UTFALL_ERROR,
                               .at = {path, 1, 1},
                               .message = "this is not a secret: expected 64 lower-case "
                                          "hexadecimal digits",
                               .hint = "the file may be cut off; without the secret of a detail "
                                       "file its salts cannot be checked"});
}

static utfall_status write_secret(utfall_run *run, const uint8_t secret[SECRET_BYTES],
                                  const char *path)
{
    char text[DIGITS + 2];
    utfall_file *file = NULL;
    utfall_hex(text, secret, SECRET_BYTES);
    text[DIGITS] = '\n';
    utfall_status status = utfall_file_prepare(run, &file, path, text, DIGITS + 1, 0600);
    OPENSSL_cleanse(text, sizeof text);
    /* A secret that exists is never replaced, whoever made it meanwhile. */
    return status == UTFALL_OK ? utfall_file_place_new(file) : status;
}

static utfall_status make_secret(utfall_run *run, uint8_t out[SECRET_BYTES], const char *path)
{
    uint8_t secret[SECRET_BYTES];
    if (RAND_priv_bytes(secret, SECRET_BYTES) != 1)
        return utfall_file_refuse(run, path, "the system gave no random bytes for a secret", 0);
    utfall_status status = write_secret(run, secret, path);
    if (status == UTFALL_OK)
        memcpy(out, secret, SECRET_BYTES);
    OPENSSL_cleanse(secret, sizeof secret);
    return status;
}

utfall_status utfall_secret_load(utfall_run *run, uint8_t out[32], bool *made, const char *path,
                                 bool may_make)
{
    struct stat about;
    if (may_make && stat(path, &about) != 0 && errno == ENOENT) {
        utfall_status status = make_secret(run, out, path);
        if (status == UTFALL_OK)
            *made = true;
        return status;
    }
    int descriptor = -1;
    uint64_t size = 0;
    utfall_status status = utfall_file_open(run, &descriptor, &size, path);
    if (status != UTFALL_OK)
        return status;
    status = warn_if_open(run, descriptor, path);
    if (status == UTFALL_OK)
        status = read_secret(run, out, descriptor, path);
    (void)close(descriptor);
    if (status == UTFALL_OK)
        *made = false;
    return status;
}

void utfall_secret_clear(uint8_t secret[32])
{
    OPENSSL_cleanse(secret, SECRET_BYTES);
}
