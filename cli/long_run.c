/* cli/long_run.c - work that may take long. Ctrl-C sets a flag that the work asks for between its
 * parts, and nothing else; where it was ignored, as in the background of a script, it stays so. */
#define _POSIX_C_SOURCE 200809L
#include "cli/long_run.h"
#include "cli/cli.h"
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { FIRST_AFTER = 400, NEXT_AFTER = 100 }; /* milliseconds */

static atomic_bool was_stopped; /* read by any thread */

static void on_interrupt(int signal)
{
    (void)signal;
    was_stopped = true;
}

void cli_long_run_begin(struct cli_long_run *run)
{
    struct sigaction catch = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    *run = (struct cli_long_run){.shown_at = 0};
    (void)sigaction(SIGINT, NULL, &run->before);
    if (run->before.sa_handler != SIG_IGN)
        (void)sigaction(SIGINT, &catch, NULL);
}

bool cli_long_run_is_stopped(void)
{
    return was_stopped;
}

void cli_long_run_tell(struct cli_long_run *run, const char *what, uint64_t done, uint64_t of)
{
    const uint64_t now = cli_milliseconds();
    if (run->shown_at == 0)
        run->shown_at = now + FIRST_AFTER;
    if (now < run->shown_at)
        return;
    run->shown_at = now + NEXT_AFTER;
    if (isatty(STDERR_FILENO) != 0)
        fprintf(stderr, "\r%s %" PRIu64 " / %" PRIu64 "\033[K", what, done, of);
}

void cli_long_run_end(struct cli_long_run *run)
{
    (void)sigaction(SIGINT, &run->before, NULL);
    if (run->shown_at != 0 && isatty(STDERR_FILENO) != 0)
        fputs("\r\033[K", stderr);
}
