/* cli/threads.c - how many threads may work: --threads, else as many as there are processors, eight
 * at most. No result depends on it. */
#define _DEFAULT_SOURCE /* for _SC_NPROCESSORS_ONLN */
#include "cli/cli.h"
#include <string.h>
#include <unistd.h>

enum { THREADS_MAX = 64, THREADS_DEFAULT_MAX = 8 };

uint32_t cli_threads(const struct cli *cli)
{
    const char *value = cli_value(cli, "threads");
    if (cli->threads > 0)
        return cli->threads;
    if (value == NULL) {
        long online = sysconf(_SC_NPROCESSORS_ONLN);
        return online < 1                     ? 1
               : online < THREADS_DEFAULT_MAX ? (uint32_t)online
                                              : THREADS_DEFAULT_MAX;
    }
    uint32_t threads = 0;
    size_t len = strlen(value);
    if (len == 0 || len > 2 || strspn(value, "0123456789") != len)
        return 0;
    for (size_t i = 0; i < len; i++)
        threads = threads * 10 + (uint32_t)(value[i] - '0');
    return threads <= THREADS_MAX ? threads : 0;
}
