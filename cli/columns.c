/* cli/columns.c - how wide the terminal is. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS_MIN = 40, COLUMNS_MAX = 100, COLUMNS_DEFAULT = 80 };

uint32_t cli_columns(void)
{
    struct winsize size;
    if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
        size.ws_col < COLUMNS_MIN)
        return COLUMNS_DEFAULT;
    return size.ws_col < COLUMNS_MAX ? size.ws_col : COLUMNS_MAX;
}
