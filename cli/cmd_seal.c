/* cli/cmd_seal.c - utfall seal: sign a ledger that is right in itself, replacing it or writing a
 * sealed copy. */
#include "cli/cli.h"
#include <stdio.h>

int cmd_seal(struct cli *cli)
{
    const char *path = cli->operands[0], *out_path = cli_value(cli, "out"), *sealed;
    const utfall_key *key;
    struct cli_ledger ledger;
    size_t len;
    const char *now = cli_now(cli);
    if (now == NULL)
        return cli_refuse(cli, UTFALL_E_NOMEM, "nothing was sealed");
    utfall_status status = cli_load_key(cli, &key);
    if (status == UTFALL_OK)
        status = cli_open_ledger(cli, &ledger, path);
    if (status == UTFALL_OK)
        status = utfall_seal(cli->run, &sealed, &len, path, ledger.bytes, ledger.len, key, now);
    if (status == UTFALL_OK)
        status =
            utfall_file_replace(cli->run, out_path != NULL ? out_path : path, sealed, len, 0666);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "nothing was sealed");
    printf(cli_say(cli, "sealed %s as of %s\n", "stämplade %s per %s\n"),
           out_path != NULL ? out_path : path, now);
    return EXIT_DONE;
}
