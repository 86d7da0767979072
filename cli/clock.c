/* cli/clock.c - the only place that reads the time: for signing and certificate checks when none is
 * given, and for how often to tell of progress. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"
#include <stdlib.h>
#include <time.h>

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
    char *end;
    long long seconds = strtoll(epoch, &end, 10);
    if (*end != '\0' || seconds < 0 || seconds > 7258118399) /* 2199-12-31 */
        return NULL;
    return utc_text(cli->run, (time_t)seconds);
}

uint64_t cli_milliseconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
