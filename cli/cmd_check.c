/* cli/cmd_check.c - utfall check: every fault of contract and tables at once, what is missing, and
 * the payment as a function of the saving, which needs no data. */
#include "cli/cli.h"
#include <stdio.h>

static utfall_status print_curve(struct cli *cli, const utfall_contract *contract,
                                 const utfall_rat *drawn)
{
    const utfall_curve *open, *closed;
    const char *text;
    size_t left_out, len;
    utfall_status status = utfall_curve_compute(cli->run, &open, contract, drawn, true, &left_out);
    if (status == UTFALL_OK)
        status = utfall_curve_compute(cli->run, &closed, contract, drawn, false, NULL);
    if (status == UTFALL_OK)
        status = utfall_curve_text(cli->run, &text, &len, contract, open, closed, left_out,
                                   cli->language);
    if (status == UTFALL_OK)
        status = cli_write_out(cli, text, len);
    return status;
}

int cmd_check(struct cli *cli)
{
    struct cli_contract opened;
    size_t missing = 0;
    const utfall_settlement *settlement = NULL;
    utfall_status status = cli_open_contract(cli, &opened, cli->operands[0]);
    if (status == UTFALL_OK) {
        status = utfall_sources_probe(cli->run, &missing, opened.sources, opened.folder);
        if (status == UTFALL_OK && missing == 0)
            status = cli_settle(cli, &opened, NULL, &settlement, NULL);
        utfall_status shown =
            print_curve(cli, opened.contract, settlement != NULL ? settlement->drawn : NULL);
        if (status == UTFALL_OK)
            status = shown;
    }
    if (status != UTFALL_OK) {
        fflush(stdout);
        int code = cli_refuse(cli, status, "the contract cannot be settled as it stands");
        return code == EXIT_REFUSED ? EXIT_NO : code;
    }
    if (missing > 0)
        printf(cli_say(cli, "\nno fault found; %zu of the tables are not there yet\n",
                       "\ninga fel; %zu av tabellerna finns inte än\n"),
               missing);
    else
        fputs(cli_say(cli, "\nno fault found in contract and tables\n",
                      "\ninga fel i kontrakt och tabeller\n"),
              stdout);
    cli_print_findings(cli, "");
    return EXIT_DONE;
}
