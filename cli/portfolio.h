/* cli/portfolio.h - settling one contract, or many in one run. */
#ifndef UTFALL_CLI_PORTFOLIO_H
#define UTFALL_CLI_PORTFOLIO_H
#include "cli/cli.h"

/** What settling a contract came to; lives in the run of its cli. */
struct cli_settled {
    const utfall_settlement *settlement; /* NULL when it was refused */
    const char *ledger_path;
    const char *consequence; /* of a failure: "nothing was written" */
};

/** Settle the contract at `path`: compute, write detail file and ledger, seal. Prints nothing but
 * that a secret was made. */
UTFALL_TRY utfall_status cli_settle_contract(struct cli *cli, struct cli_settled *out,
                                             const char *path);

/** Whether the operands name more than one contract file. */
bool cli_is_portfolio(const struct cli *cli);

/** Settle all contracts that the operands name (files, or folders with a contract.yaml in them or
 * below), and print what is due in each and totals per payer and per receiver. Gives the exit code:
 * that of the first contract that failed. */
int cli_portfolio(struct cli *cli);

#endif
