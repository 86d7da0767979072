/* cli/wrong_use.h - words of a command line that are right one by one and wrong together. */
#ifndef UTFALL_CLI_WRONG_USE_H
#define UTFALL_CLI_WRONG_USE_H
#include "cli/cli.h"

/** -1 to run the command, else the exit code; the reason was printed. */
int cli_wrong_use(struct cli *cli);

/** The part of it that is about times (clock.c). */
int cli_wrong_time(struct cli *cli);

#endif
