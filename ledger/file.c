/* ledger/file.c - files read whole and replaced whole.
 *
 * Invariant: whoever looks at a path sees the old file or the new one, never a part; also after a
 * power failure, since the bytes are synced before the name points at them. A file in the making is
 * locked until it has its name, so that one left behind by a killed program is told from one that
 * somebody writes. Only regular files are read, so that a pipe or a device cannot hang or feed us
 * for ever. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 20, TEMPORARY_DIGITS = 16 };

utfall_status utfall_file_refuse(utfall_run *run, const char *path, const char *what, int error)
{
    const char *message = error ? utfall_run_join(run, what, ": ", strerror(error), (char *)NULL)
                                : utfall_run_join(run, what, (char *)NULL);
    return utfall_run_report(run, &(utfall_finding){.code = UTFALL_E_IO,
                                                    .severity = UTFALL_ERROR,
                                                    .at = {path, 0, 0},
                                                    .message = message ? message : what});
}

utfall_status utfall_file_open(utfall_run *run, int *descriptor, uint64_t *size, const char *path)
{
    /* O_NONBLOCK: opening a pipe that nobody writes to would wait; it means nothing to a file. */
    int opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (opened < 0)
        return utfall_file_refuse(run, path, "could not open the file", errno);
    struct stat about;
    int error = fstat(opened, &about) == 0 ? 0 : errno;
    if (error || !S_ISREG(about.st_mode)) {
        (void)close(opened);
        return utfall_file_refuse(run, path,
                                  error ? "could not open the file" : "this is not a file", error);
    }
    *descriptor = opened;
    *size = (uint64_t)about.st_size;
    return UTFALL_OK;
}

/* Up to `max` bytes; SIZE_MAX when the system refuses (errno tells). */
static size_t read_all(int descriptor, char *bytes, size_t max)
{
    size_t used = 0;
    while (used < max) {
        size_t part = max - used < PIECE ? max - used : PIECE;
        ssize_t got = read(descriptor, bytes + used, part);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return SIZE_MAX;
        if (got == 0)
            break;
        used += (size_t)got;
    }
    return used;
}

utfall_status utfall_file_read(utfall_run *run, const char **bytes, size_t *len, const char *path,
                               size_t max)
{
    int descriptor = -1;
    uint64_t size = 0;
    utfall_status status = utfall_file_open(run, &descriptor, &size, path);
    if (status != UTFALL_OK)
        return status;
    if (size > max) {
        (void)close(descriptor);
        return utfall_file_refuse(run, path,
                                  utfall_run_join(run, "the file is larger than ",
                                                  utfall_run_decimal(run, (int64_t)max), " bytes",
                                                  (char *)NULL),
                                  0);
    }
    /* One byte more than the size tells a file that grows from one that does not. */
    char *text = utfall_run_alloc(run, (size_t)size + 1);
    size_t used = text ? read_all(descriptor, text, (size_t)size + 1) : 0;
    int error = errno;
    (void)close(descriptor);
    if (!text)
        return UTFALL_E_NOMEM;
    if (used == SIZE_MAX)
        return utfall_file_refuse(run, path, "could not read the file", error);
    if (used != size)
        return utfall_file_refuse(run, path, "the file changed while it was read", 0);
    text[used] = '\0';
    *bytes = text;
    *len = used;
    return UTFALL_OK;
}

/* The folder that a path lies in. */
static const char *folder_of(utfall_run *run, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : utfall_run_text(run, path, (size_t)(slash - path));
}

/* Locked as long as it is open, so that nobody takes it for one that was left behind. Whoever
 * sweeps may have the lock of a moment ago, and the file: then -1 with EAGAIN. */
static int open_locked(const char *path, unsigned mode)
{
    /* Not mkstemp: this way the umask applies to the mode, as the user expects of a new file. */
    int opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)(mode & 0777U));
    struct stat about;
    if (opened < 0)
        return -1;
    bool is_swept = flock(opened, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (!is_swept && fstat(opened, &about) == 0 && about.st_nlink > 0)
        return opened;
    (void)close(opened);
    errno = EAGAIN;
    return -1;
}

utfall_status utfall_file_begin(utfall_run *run, utfall_file *out, const char *path, unsigned mode)
{
    uint8_t random[TEMPORARY_DIGITS / 2];
    size_t len = strlen(path);
    utfall_file file = {.run = run, .path = path, .folder = folder_of(run, path), .descriptor = -1};
    file.temporary = utfall_run_alloc(run, len + TEMPORARY_DIGITS + 2);
    if (!file.folder || !file.temporary)
        return UTFALL_E_NOMEM;
    memcpy(file.temporary, path, len);
    file.temporary[len] = '.';
    do {
        if (RAND_bytes(random, sizeof random) != 1)
            return utfall_file_refuse(run, path, "the system gave no random bytes for a name", 0);
        utfall_hex(file.temporary + len + 1, random, sizeof random);
        file.descriptor = open_locked(file.temporary, mode);
    } while (file.descriptor < 0 && errno == EAGAIN);
    if (file.descriptor < 0)
        return utfall_file_refuse(run, path, "could not write beside this file", errno);
    *out = file;
    return UTFALL_OK;
}

utfall_status utfall_file_write(utfall_file *file, const char *bytes, size_t len)
{
    while (len > 0) {
        size_t part = len < PIECE ? len : PIECE;
        ssize_t put = write(file->descriptor, bytes, part);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return utfall_file_refuse(file->run, file->path, "could not write the file", errno);
        bytes += put;
        len -= (size_t)put;
    }
    return UTFALL_OK;
}

void utfall_file_abandon(utfall_file *file)
{
    if (!file)
        return;
    if (file->descriptor >= 0)
        (void)close(file->descriptor);
    if (file->temporary)
        (void)unlink(file->temporary);
    file->descriptor = -1;
    file->temporary = NULL;
}

/* So that the new name survives a power failure. Some file systems cannot sync a folder (EINVAL):
 * then the file is as safe as it can be. */
static bool sync_folder(const char *folder)
{
    int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return false;
    bool is_synced = fsync(opened) == 0 || errno == EINVAL;
    (void)close(opened);
    return is_synced;
}

utfall_status utfall_file_sync(utfall_file *file)
{
    if (fsync(file->descriptor) == 0)
        return UTFALL_OK;
    int error = errno;
    utfall_file_abandon(file);
    return utfall_file_refuse(file->run, file->path, "could not write the file", error);
}

utfall_status utfall_file_prepare(utfall_run *run, utfall_file **out, const char *path,
                                  const char *bytes, size_t len, unsigned mode)
{
    utfall_file *file = utfall_run_alloc(run, sizeof *file);
    if (!file)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_file_begin(run, file, path, mode);
    if (status != UTFALL_OK)
        return status;
    status = utfall_file_write(file, bytes, len);
    if (status != UTFALL_OK)
        utfall_file_abandon(file);
    else
        status = utfall_file_sync(file);
    if (status == UTFALL_OK)
        *out = file;
    return status;
}

/* It has its name: let go of the lock, and make the name last. */
static utfall_status settle_down(utfall_file *file)
{
    (void)close(file->descriptor); /* what it may tell, fsync has told */
    file->descriptor = -1;
    file->temporary = NULL;
    if (sync_folder(file->folder))
        return UTFALL_OK;
    return utfall_file_refuse(file->run, file->path,
                              "the file is written, but its folder could not be synced", 0);
}

utfall_status utfall_file_place(utfall_file *file)
{
    if (rename(file->temporary, file->path) == 0)
        return settle_down(file);
    int error = errno;
    utfall_file_abandon(file);
    return utfall_file_refuse(file->run, file->path, "could not write the file", error);
}

utfall_status utfall_file_place_new(utfall_file *file)
{
    if (link(file->temporary, file->path) == 0) {
        (void)unlink(file->temporary);
        return settle_down(file);
    }
    int error = errno;
    if (error == EPERM || error == EOPNOTSUPP ||
        error == ENOSYS) { /* a file system without links */
        if (access(file->path, F_OK) != 0)
            return utfall_file_place(file);
        error = EEXIST;
    }
    utfall_file_abandon(file);
    return utfall_file_refuse(file->run, file->path, "could not make the file", error);
}

utfall_status utfall_file_replace(utfall_run *run, const char *path, const char *bytes, size_t len,
                                  unsigned mode)
{
    utfall_file *file = NULL;
    utfall_status status = utfall_file_prepare(run, &file, path, bytes, len, mode);
    return status == UTFALL_OK ? utfall_file_place(file) : status;
}

/* ---- what was left behind ---- */

/* BASE.0123456789abcdef */
static bool is_temporary(const char *name, const char *base)
{
    static const char digits[] = "0123456789abcdef";
    size_t len = strlen(base);
    return strncmp(name, base, len) == 0 && name[len] == '.' &&
           strlen(name + len + 1) == TEMPORARY_DIGITS &&
           strspn(name + len + 1, digits) == TEMPORARY_DIGITS;
}

/* A file of ours that nobody has open for writing. */
static void sweep_one(int folder, const char *name)
{
    struct stat about;
    int opened = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (opened < 0)
        return;
    if (fstat(opened, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid() &&
        flock(opened, LOCK_EX | LOCK_NB) == 0)
        (void)unlinkat(folder, name, 0);
    (void)close(opened);
}

utfall_status utfall_file_sweep(utfall_run *run, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    const char *folder = folder_of(run, path);
    if (!folder)
        return UTFALL_E_NOMEM;
    DIR *opened = opendir(folder);
    for (struct dirent *entry; opened && (entry = readdir(opened)) != NULL;) {
        if (is_temporary(entry->d_name, base))
            sweep_one(dirfd(opened), entry->d_name);
    }
    if (opened)
        (void)closedir(opened);
    return UTFALL_OK;
}
