/* cli/cmd_report.c - utfall report: the statement of a ledger as HTML, text, or its figure alone.
 */
#include "cli/cli.h"
#include <string.h>

int cmd_report(struct cli *cli)
{
    struct cli_ledger ledger;
    const char *as = cli_value(cli, "as"), *out_path = cli_value(cli, "out"), *text;
    size_t len;
    if (as == NULL)
        as = "html";
    if (strcmp(as, "html") != 0 && strcmp(as, "text") != 0 && strcmp(as, "svg") != 0)
        return cli_usage(cli, "--as is html, text or svg, not", as);
    utfall_status status = cli_open_ledger(cli, &ledger, cli->operands[0]);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "nothing is reported from a ledger that does not verify");
    utfall_report_frame frame = cli_frame(cli, &ledger);
    if (strcmp(as, "html") == 0)
        status = utfall_statement_html(cli->run, &text, &len, ledger.settlement, &frame);
    else if (strcmp(as, "text") == 0)
        status = utfall_statement_text(cli->run, &text, &len, ledger.settlement, &frame);
    else
        status = utfall_figure_svg(cli->run, &text, &len, ledger.settlement, cli->language);
    if (status == UTFALL_OK)
        status = out_path != NULL ? utfall_file_replace(cli->run, out_path, text, len, 0666)
                                  : cli_write_out(cli, text, len);
    return status == UTFALL_OK ? EXIT_DONE : cli_refuse(cli, status, "the report was not written");
}
