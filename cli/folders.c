/* cli/folders.c - the folders that output goes to, made on the way when they are not there. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static utfall_status make_one(struct cli *cli, const char *folder)
{
    if (mkdir(folder, 0777) == 0 || errno == EEXIST)
        return UTFALL_OK;
    utfall_finding f = {.code = UTFALL_E_IO,
                        .at = {.file = folder},
                        .message = utfall_run_join(cli->run, "the folder could not be made: ",
                                                   strerror(errno), (const char *)NULL),
                        .hint = "name a folder that can be written"};
    return utfall_run_report(cli->run, &f);
}

utfall_status cli_make_folders(struct cli *cli, const char *path)
{
    for (size_t i = 1; path[i] != '\0'; i++) {
        if (path[i] != '/' || path[i - 1] == '/')
            continue;
        const char *parent = utfall_run_text(cli->run, path, i);
        utfall_status status = parent != NULL ? make_one(cli, parent) : UTFALL_E_NOMEM;
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}
