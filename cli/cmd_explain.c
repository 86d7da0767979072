/* cli/cmd_explain.c - utfall explain: how one figure of a ledger, or of a contract settled in
 * memory, came about. */
#include "cli/cli.h"
#include "utfall/explain.h"
#include <string.h>

/* Contract files first, then tables, as a ledger lists them. */
static utfall_status contract_frame(struct cli *cli, utfall_report_frame *frame,
                                    const struct cli_contract *opened, const utfall_case *data)
{
    const utfall_input *contracts;
    size_t count;
    utfall_status status = utfall_document_inputs(cli->run, &contracts, &count, opened->document);
    if (status != UTFALL_OK)
        return status;
    utfall_input *all = utfall_run_array(cli->run, count + data->input_count, sizeof *all);
    if (all == NULL)
        return UTFALL_E_NOMEM;
    memcpy(all, contracts, count * sizeof *all);
    if (data->input_count > 0)
        memcpy(all + count, data->inputs, data->input_count * sizeof *all);
    *frame = (utfall_report_frame){
        .language = cli->language, .input_count = count + data->input_count, .inputs = all};
    return UTFALL_OK;
}

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
            status = cli_settle(cli, &opened, &data, &settlement, NULL);
        if (status == UTFALL_OK)
            status = contract_frame(cli, &frame, &opened, data);
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
