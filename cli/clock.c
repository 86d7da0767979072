/* cli/clock.c - the only place that reads the time: for signing and certificate checks when none is
 * given, and for how often to tell of progress. */
#define _POSIX_C_SOURCE 200809L
#include "cli/wrong_use.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EPOCH_LAST UINT64_C(7258118399) /* 2199-12-31T23:59:59Z */

/* Seconds since 1970 as "YYYY-MM-DDThh:mm:ssZ". */
static const char *utc_text(utfall_run *run, time_t seconds)
{
    struct tm tm;
    char text[32];
    if (gmtime_r(&seconds, &tm) == NULL ||
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm) != 20)
        return NULL;
    return utfall_run_text(run, text, 20);
}

const char *cli_now(struct cli *cli)
{
    const char *given = cli_value(cli, "signing-time");
    if (given == NULL)
        given = cli_value(cli, "at");
    if (given != NULL)
        return given;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (epoch == NULL || *epoch == '\0')
        return utc_text(cli->run, time(NULL));
    uint64_t seconds = 0;
    for (const char *c = epoch; *c != '\0'; c++) {
        if (*c < '0' || *c > '9' || seconds > EPOCH_LAST)
            return NULL;
        seconds = seconds * 10 + (uint64_t)(*c - '0');
    }
    return seconds <= EPOCH_LAST ? utc_text(cli->run, (time_t)seconds) : NULL;
}

int cli_wrong_time(struct cli *cli)
{
    bool takes_time = false;
    for (const struct cli_option *o = cli->command->options; o->name != NULL; o++) {
        if (strcmp(o->name, "at") != 0 && strcmp(o->name, "signing-time") != 0)
            continue;
        takes_time = true;
        const char *given = cli_value(cli, o->name);
        if (given == NULL || utfall_time_is_valid(given))
            continue;
        const char *fault = utfall_run_join(
            cli->run, "--", o->name, " is a time YYYY-MM-DDThh:mm:ssZ, not", (const char *)NULL);
        return cli_usage(cli, fault != NULL ? fault : o->name, given);
    }
    if (takes_time && cli_now(cli) == NULL)
        return cli_usage(cli, "SOURCE_DATE_EPOCH is a number of seconds since 1970, not",
                         getenv("SOURCE_DATE_EPOCH"));
    return -1;
}

uint64_t cli_milliseconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
