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
    if (p12 != NULL && key == NULL && cert == NULL)
        return utfall_key_load_pkcs12(cli->run, out, p12, password);
    if (p12 == NULL && key != NULL && cert != NULL)
        return utfall_key_load_pem(cli->run, out, key, cert, password);
    utfall_finding f = {.code = UTFALL_E_CONFLICT,
                        .at = {.file = ""},
                        .message = "a seal needs --key and --cert, or --p12 alone",
                        .hint = "utfall keygen FOLDER makes a test key and certificate"};
    return utfall_run_report(cli->run, &f);
}
