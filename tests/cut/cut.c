/* tests/cut/cut.c - kills the program it is loaded into (LD_PRELOAD) at the CUT_AT-th call that
 * makes, writes, syncs or names a file, before the call is made; 0 or none = never. With CUT_LOG,
 * the names of the calls go to that file, one a line. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#pragma GCC visibility push(default) /* or nobody calls what stands here */

static void count(const char *name)
{
    static long calls;
    const char *at = getenv("CUT_AT"), *log = getenv("CUT_LOG");
    if (log != NULL) {
        long file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        (void)syscall(SYS_write, file, name, strlen(name));
        (void)syscall(SYS_close, file);
    }
    if (at != NULL && ++calls == strtol(at, NULL, 10))
        (void)raise(SIGKILL);
}

int open(const char *path, int flags, ...)
{
    unsigned mode = 0;
    if ((flags & O_CREAT) != 0) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, unsigned);
        va_end(rest);
        count("open\n");
    }
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

ssize_t write(int descriptor, const void *bytes, size_t len)
{
    if (descriptor > STDERR_FILENO)
        count("write\n");
    return syscall(SYS_write, descriptor, bytes, len);
}

int fsync(int descriptor)
{
    count("fsync\n");
    return (int)syscall(SYS_fsync, descriptor);
}

int rename(const char *from, const char *to)
{
    count("rename\n");
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int link(const char *from, const char *to)
{
    count("link\n");
    return (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char *path)
{
    count("unlink\n");
    return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}
