/* cli/wrong_use.c - refuses options that are there twice, contradict each other, would be passed
 * over, or give no time. Before anything is read: what was asked for in error must neither be
 * guessed at nor look like a fault of the contract or the ledger. */
#include "cli/wrong_use.h"
#include <stdlib.h>
#include <string.h>

static bool may_repeat(const char *name)
{
    return strcmp(name, "set") == 0 || strcmp(name, "previous") == 0;
}

static int twice(struct cli *cli)
{
    for (int i = 0; i < cli->given_count; i++) {
        const struct cli_option *option = cli->given[i].option;
        for (int j = 0; j < i && !may_repeat(option->name); j++)
            if (cli->given[j].option == option) {
                const char *fault = utfall_run_join(
                    cli->run, option->argument != NULL ? "--" : "\"--", option->name,
                    option->argument != NULL ? " is there twice:" : "\" is there twice",
                    (const char *)NULL);
                return cli_usage(cli, fault != NULL ? fault : "twice", cli->given[i].value);
            }
    }
    return -1;
}

/* Only commands that seal have --p12. */
static int seal(struct cli *cli)
{
    const char *const alone[] = {"password-file", "signing-time"};
    bool key = cli_has(cli, "key"), cert = cli_has(cli, "cert"), p12 = cli_has(cli, "p12");
    bool is_seal = strcmp(cli->command->name, "seal") == 0;
    if (key != cert || (key && p12) || (is_seal && !key && !p12))
        return cli_usage(cli, "a seal needs --key and --cert, or --p12", NULL);
    for (size_t i = 0; i < sizeof alone / sizeof *alone && !key && !p12; i++)
        if (cli_has(cli, alone[i])) {
            const char *fault = utfall_run_join(
                cli->run, "--", alone[i], " is for a seal: name its --key and --cert, or --p12",
                (const char *)NULL);
            return cli_usage(cli, fault != NULL ? fault : alone[i], NULL);
        }
    return -1;
}

static int signer(struct cli *cli)
{
    if (cli_has(cli, "any-signer") && cli_has(cli, "trust"))
        return cli_usage(cli, "--any-signer leaves open who sealed, --trust asks", NULL);
    if (cli_has(cli, "any-signer") && cli_has(cli, "signer"))
        return cli_usage(cli, "--any-signer leaves open who sealed, --signer asks", NULL);
    return -1;
}

static int secret(struct cli *cli)
{
    const char *detail = cli_value(cli, "detail");
    if (!cli_has(cli, "secret"))
        return -1;
    if (detail == NULL && strcmp(cli->command->name, "verify") == 0)
        return cli_usage(cli, "--secret is for the detail file: name it with --detail", NULL);
    if (detail != NULL && strcmp(cli->command->name, "settle") == 0 && strcmp(detail, "none") == 0)
        return cli_usage(cli, "--secret is for the detail file, and --detail none asks for none",
                         NULL);
    return -1;
}

/* verify reads neither tables nor detail file unless they are named. */
static int threads(struct cli *cli)
{
    if (cli_has(cli, "threads") && strcmp(cli->command->name, "verify") == 0 &&
        !cli_has(cli, "data") && !cli_has(cli, "detail"))
        return cli_usage(cli, "--threads is for what --data and --detail name", NULL);
    return -1;
}

/* A settlement continues one ledger; verify follows a chain of them. */
static int chain(struct cli *cli)
{
    static const char *const of_previous[] = {"reason", "trust", "signer"};
    static const char *const messages[] = {"--reason is for the ledger that --previous names",
                                           "--trust is for the ledger that --previous names",
                                           "--signer is for the ledger that --previous names"};
    int count = 0;
    if (strcmp(cli->command->name, "settle") != 0)
        return -1;
    for (int i = 0; i < cli->given_count; i++)
        if (strcmp(cli->given[i].option->name, "previous") == 0 && count++ > 0)
            return cli_usage(cli, "--previous is there twice:", cli->given[i].value);
    for (size_t i = 0; i < sizeof of_previous / sizeof *of_previous && count == 0; i++)
        if (cli_has(cli, of_previous[i]))
            return cli_usage(cli, messages[i], NULL);
    return -1;
}

int cli_wrong_use(struct cli *cli)
{
    int (*const checks[])(struct cli *) = {twice,   seal,  signer,        secret,
                                           threads, chain, cli_wrong_time};
    int code = -1;
    for (size_t i = 0; i < sizeof checks / sizeof *checks && code < 0; i++)
        code = checks[i](cli);
    return code;
}
