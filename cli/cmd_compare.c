/* cli/cmd_compare.c - utfall compare: two ledgers or contracts, and the way from one to the other.
 * Each stage is settled in a run of its own; what it comes to is copied out before that run is
 * freed. */
#include "cli/compare_stages.h"
#include <string.h>

int cmd_compare(struct cli *cli)
{
    utfall_comparison comparison;
    const char *as = cli_value(cli, "as"), *out_path = cli_value(cli, "out"), *text;
    size_t len;
    if (as != NULL && strcmp(as, "text") != 0 && strcmp(as, "json") != 0)
        return cli_usage(cli, "--as is text or json, not", as);
    const bool is_json = as != NULL && strcmp(as, "json") == 0;
    utfall_status status = cli_compare(cli, &comparison);
    if (status == UTFALL_OK)
        status = utfall_comparison_check(cli->run, &comparison);
    if (status == UTFALL_OK)
        status = is_json ? utfall_comparison_json(cli->run, &text, &len, &comparison)
                         : utfall_comparison_text(cli->run, &text, &len, &comparison, cli->language,
                                                  out_path == NULL ? cli_columns() : 0);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "nothing was compared");
    status = out_path != NULL ? utfall_file_replace(cli->run, out_path, text, len, 0666)
                              : cli_write_out(cli, text, len);
    return status == UTFALL_OK ? EXIT_DONE
                               : cli_refuse(cli, status, "the comparison was not written");
}
