/* cli/cmd_check.c - utfall check: every fault of contract and tables at once, what is missing, and
 * the payment as a function of the saving, which needs no data. */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

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

/* "data/costs.csv, data/people.csv": the tables that the probe warned of, as the contract has them.
 */
static const char *missing_names(const struct cli *cli, const char *folder)
{
    const char *names = "";
    const utfall_finding *f;
    for (size_t i = 0; names != NULL && (f = utfall_run_finding(cli->run, i)) != NULL; i++) {
        const size_t len = strlen(folder);
        if (f->severity != UTFALL_WARNING || f->code != UTFALL_E_IO)
            continue;
        const char *name = strncmp(f->at.file, folder, len) == 0 ? f->at.file + len : f->at.file;
        names =
            utfall_run_join(cli->run, names, *names != '\0' ? ", " : "", name, (const char *)NULL);
    }
    return names;
}

static utfall_status print_missing(struct cli *cli, const char *folder, size_t missing)
{
    const char *names = missing_names(cli, folder);
    const char *number = utfall_run_decimal(cli->run, (int64_t)missing), *text;
    if (names == NULL || number == NULL)
        return UTFALL_E_NOMEM;
    text = utfall_run_join(
        cli->run, cli_say(cli, "\nno fault found so far; ", "\ninga fel hittills; "), number,
        missing == 1 ? cli_say(cli, " table is missing: ", " tabell saknas: ")
                     : cli_say(cli, " tables are missing: ", " tabeller saknas: "),
        names, cli_say(cli, ". It cannot be settled yet\n", ". Det kan inte avräknas än\n"),
        (const char *)NULL);
    return text != NULL ? cli_write_out(cli, text, strlen(text)) : UTFALL_E_NOMEM;
}

int cmd_check(struct cli *cli)
{
    struct cli_contract opened;
    size_t missing = 0;
    const utfall_settlement *settlement = NULL;
    utfall_status status = cli_open_contract(cli, &opened, cli->operands[0]);
    const bool is_read = status == UTFALL_OK;
    if (is_read) {
        status = utfall_sources_probe(cli->run, &missing, opened.sources, opened.folder);
        if (status == UTFALL_OK && missing == 0)
            status = cli_settle(cli, &opened, UTFALL_FOR_SUMS, NULL, &settlement, NULL);
        utfall_status shown =
            print_curve(cli, opened.contract, settlement != NULL ? settlement->drawn : NULL);
        if (status == UTFALL_OK)
            status = shown;
    }
    if (status == UTFALL_OK && missing > 0)
        status = print_missing(cli, opened.folder, missing);
    if (status != UTFALL_OK) {
        fflush(stdout);
        int code =
            cli_refuse(cli, status,
                       is_read ? "the contract cannot be settled as it stands"
                               : "the tables were not read: put this right and run check again");
        return code == EXIT_REFUSED ? EXIT_NO : code;
    }
    if (missing == 0)
        fputs(cli_say(cli, "\nno fault found in contract and tables\n",
                      "\ninga fel i kontrakt och tabeller\n"),
              stdout);
    cli_print_findings(cli, "");
    return EXIT_DONE;
}
