/* cli/long_run.h - work that may take long: its progress on a terminal, and Ctrl-C. */
#ifndef UTFALL_CLI_LONG_RUN_H
#define UTFALL_CLI_LONG_RUN_H
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

enum { EXIT_STOPPED = 130 }; /* what was done before Ctrl-C is shown */

struct cli_long_run {
    struct sigaction before;
    uint64_t shown_at; /* milliseconds; 0 = not yet told of anything */
};

/** From here to cli_long_run_end the first Ctrl-C only asks to stop; the second ends the program.
 */
void cli_long_run_begin(struct cli_long_run *run);

/** Whether Ctrl-C was pressed. From any thread. */
bool cli_long_run_is_stopped(void);

/** A line on a terminal's standard error, where it is replaced now and then: "what done / of". What
 * is over soon needs none. From one thread at a time. */
void cli_long_run_tell(struct cli_long_run *run, const char *what, uint64_t done, uint64_t of);

/** Take the line away, and let Ctrl-C be what it was. */
void cli_long_run_end(struct cli_long_run *run);

#endif
