/* cli/cmd_init.c - utfall init: a commented contract and empty tables, in a folder that has none of
 * them yet. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int cmd_init(struct cli *cli)
{
    const char *folder = cli->operands[0], *name, *text;
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; utfall_language_template(i, &name, &text); i++) {
        const char *path = utfall_run_join(cli->run, folder, "/", name, (const char *)NULL);
        struct stat st;
        if (path != NULL && lstat(path, &st) == 0) {
            utfall_finding f = {.code = UTFALL_E_CONFLICT,
                                .at = {.file = path},
                                .message = "the file exists already",
                                .hint = "give a folder that is new or empty"};
            status = utfall_run_report(cli->run, &f);
        }
    }
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "nothing was written");
    for (size_t i = 0; utfall_language_template(i, &name, &text); i++) {
        const char *path = utfall_run_join(cli->run, folder, "/", name, (const char *)NULL);
        if (path == NULL)
            return cli_refuse(cli, UTFALL_E_NOMEM, "not all files were written");
        status = cli_make_folders(cli, path);
        if (status == UTFALL_OK)
            status = utfall_file_replace(cli->run, path, text, strlen(text), 0666);
        if (status != UTFALL_OK)
            return cli_refuse(cli, status, "not all files were written");
        printf("%s\n", path);
    }
    printf(cli_say(cli, "next: fill in the files, then utfall check %s/contract.yaml\n",
                   "sedan: fyll i filerna och kör utfall check %s/contract.yaml\n"),
           folder);
    return EXIT_DONE;
}
