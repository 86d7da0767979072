/* cli/cmd_facts.c - utfall facts: every figure of a ledger, or of a contract settled in memory, one
 * a line. */
#include "cli/cli.h"
#include <stdio.h>

int cmd_facts(struct cli *cli)
{
    const utfall_settlement *settlement = NULL;
    const utfall_fact *facts;
    size_t count;
    bool is_ledger;
    utfall_status status = cli_is_ledger(cli, &is_ledger, cli->operands[0]);
    if (status == UTFALL_OK && is_ledger) {
        struct cli_ledger ledger;
        status = cli_open_ledger(cli, &ledger, cli->operands[0]);
        if (status == UTFALL_OK)
            settlement = ledger.settlement;
    } else if (status == UTFALL_OK) {
        struct cli_contract opened;
        status = cli_open_contract(cli, &opened, cli->operands[0]);
        if (status == UTFALL_OK)
            status = cli_settle(cli, &opened, UTFALL_FOR_SUMS, NULL, &settlement, NULL);
    }
    if (status == UTFALL_OK)
        status = utfall_facts_compute(cli->run, &facts, &count, settlement);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "there are no facts");
    for (size_t i = 0; i < count; i++)
        printf("%s\t%s\n", facts[i].key, facts[i].value);
    status = cli_write_out(cli, "", 0);
    return status == UTFALL_OK ? EXIT_DONE : cli_refuse(cli, status, "not all facts were written");
}
