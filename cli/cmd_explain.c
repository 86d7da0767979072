/* cli/cmd_explain.c - utfall explain: how one figure of a ledger, or of a contract settled in
 * memory, came about. */
#include "cli/cli.h"
#include "utfall/explain.h"

int cmd_explain(struct cli *cli)
{
    const utfall_settlement *settlement = NULL;
    const utfall_case *data = NULL;
    utfall_report_frame frame = {.language = cli->language};
    const char *path = cli->operands[0], *text;
    size_t len;
    bool is_ledger;
    utfall_status status = cli_is_ledger(cli, &is_ledger, path);
    if (status == UTFALL_OK && is_ledger) {
        struct cli_ledger ledger;
        status = cli_open_ledger(cli, &ledger, path);
        if (status == UTFALL_OK) {
            settlement = ledger.settlement;
            frame = cli_frame(cli, &ledger);
        }
    } else if (status == UTFALL_OK) {
        struct cli_contract opened;
        status = cli_open_contract(cli, &opened, path);
        if (status == UTFALL_OK)
            status = cli_settle(cli, &opened, UTFALL_FOR_ANYTHING, &data, &settlement, NULL);
        if (status == UTFALL_OK)
            status = cli_inputs(cli, &frame.inputs, &frame.input_count, &opened, data);
    }
    frame.columns = cli_columns();
    for (int i = 1; i < cli->operand_count && status == UTFALL_OK; i++) {
        status = utfall_explain_text(cli->run, &text, &len, settlement, data, &frame, path,
                                     cli->operands[i]);
        if (status == UTFALL_OK && i > 1)
            status = cli_write_out(cli, "\n", 1);
        if (status == UTFALL_OK)
            status = cli_write_out(cli, text, len);
    }
    return status == UTFALL_OK ? EXIT_DONE : cli_refuse(cli, status, "nothing was explained");
}
