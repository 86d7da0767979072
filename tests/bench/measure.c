/* measure.c - runs a command and prints what the kernel says of it: wall ns, CPU us, peak KiB.
 *
 * A program of its own because the peak memory of a process counts from before it became the
 * command: started from an interpreter, that would be the interpreter's. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct timespec start, end;
    struct rusage used;
    int status;
    if (argc < 2 || clock_gettime(CLOCK_MONOTONIC, &start) != 0)
        return 2;
    pid_t child = fork();
    if (child == 0) {
        /* What the command prints is part of its work, but nobody reads it here. */
        if (freopen("/dev/null", "w", stdout) != NULL)
            execv(argv[1], argv + 1);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child ||
        clock_gettime(CLOCK_MONOTONIC, &end) != 0)
        return 2;
    printf("%lld %lld %ld\n",
           (long long)(end.tv_sec - start.tv_sec) * 1000000000 + end.tv_nsec - start.tv_nsec,
           (long long)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 +
               used.ru_utime.tv_usec + used.ru_stime.tv_usec,
           used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
