/* cli/key.c - which key the options name. */
#include "cli/cli.h"

utfall_status cli_load_key(struct cli *cli, const utfall_key **out)
{
    const char *key = cli_value(cli, "key"), *cert = cli_value(cli, "cert"),
               *p12 = cli_value(cli, "p12");
    const char *password = cli_value(cli, "password-file");
    if (key == NULL && cert == NULL && p12 == NULL) {
        *out = NULL;
        return UTFALL_OK;
    }
    utfall_status status = p12 != NULL ? utfall_key_load_pkcs12(cli->run, out, p12, password)
                                       : utfall_key_load_pem(cli->run, out, key, cert, password);
    /* Now, not when the ledger is sealed: by then its detail file has been replaced. */
    const char *now = cli_now(cli);
    if (status == UTFALL_OK)
        status = now != NULL ? utfall_key_covers(cli->run, *out, now) : UTFALL_E_NOMEM;
    return status;
}
