/* cli/cmd_keygen.c - utfall keygen: a test authority, key and certificate. */
#include "cli/cli.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cmd_keygen(struct cli *cli)
{
    const char *folder = cli->operands[0], *organisation = cli_value(cli, "organisation");
    const char *id = cli_value(cli, "org-identifier"), *algorithm = cli_value(cli, "algorithm");
    const char *days = cli_value(cli, "valid-days"), *from = cli_now(cli);
    char *end = NULL;
    unsigned long valid_days = days != NULL ? strtoul(days, &end, 10) : 3650;
    if (days != NULL &&
        (*days < '0' || *days > '9' || *end != '\0' || valid_days < 1 || valid_days > 36500))
        return cli_usage(cli, "--valid-days is a number from 1 to 36500, not", days);
    if (algorithm != NULL && strcmp(algorithm, "ecdsa") != 0 && strcmp(algorithm, "rsa") != 0)
        return cli_usage(cli, "--algorithm is ecdsa or rsa, not", algorithm);
    const char *as_folder = utfall_run_join(cli->run, folder, "/", (const char *)NULL);
    if (as_folder == NULL || from == NULL)
        return cli_refuse(cli, UTFALL_E_NOMEM, "no key was made");
    utfall_status status = cli_make_folders(cli, as_folder);
    if (status == UTFALL_OK)
        status = utfall_keygen(cli->run, folder,
                               organisation != NULL ? organisation : "utfall test municipality",
                               id != NULL ? id : "NTRSE-000000-0000",
                               algorithm != NULL ? algorithm : "ecdsa", from, (uint32_t)valid_days);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "no key was made");
    printf(cli_say(cli, "made %s/test-seal.key, test-seal.pem and test-root.pem: for tests only\n",
                   "gjorde %s/test-seal.key, test-seal.pem och test-root.pem: bara för prov\n"),
           folder);
    return EXIT_DONE;
}
