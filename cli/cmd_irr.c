/* cli/cmd_irr.c - utfall irr: what any list of dated payments returns, certified. */
#include "cli/cli.h"
#include "utfall/flows.h"
#include <stdio.h>
#include <string.h>

/* One character, or \t; 0 = wrong. */
static char mark_of(const char *given, char otherwise)
{
    if (given == NULL)
        return otherwise;
    if (strcmp(given, "\\t") == 0)
        return '\t';
    return strlen(given) == 1 ? given[0] : '\0';
}

static int days_of(utfall_day_count *out, const char *given)
{
    for (size_t i = 0; utfall_day_count_names[i] != NULL; i++)
        if (strcmp(utfall_day_count_names[i], given) == 0) {
            *out = (utfall_day_count)i;
            return 0;
        }
    return -1;
}

static utfall_status print(struct cli *cli, const utfall_returns *returns, bool as_facts)
{
    const char *text = "";
    size_t len = 0, count = 0;
    const utfall_fact *facts = NULL;
    utfall_status status =
        as_facts
            ? utfall_returns_facts(cli->run, &facts, &count, returns)
            : utfall_returns_text(cli->run, &text, &len, returns,
                                  cli_has(cli, "currency") ? cli_value(cli, "currency") : "SEK", 0,
                                  cli->language);
    if (status != UTFALL_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        printf("%s\t%s\n", facts[i].key, facts[i].value);
    return cli_write_out(cli, text, len);
}

int cmd_irr(struct cli *cli)
{
    const char *days_given = cli_value(cli, "day-count"), *as = cli_value(cli, "as");
    const char *rate_given = cli_value(cli, "rate");
    const char separator = mark_of(cli_value(cli, "separator"), ',');
    const char decimal = mark_of(cli_value(cli, "decimal"), '.');
    utfall_day_count days = UTFALL_DAYS_ACT_365;
    if (days_given != NULL && days_of(&days, days_given) != 0)
        return cli_usage(
            cli, "--day-count is act_365, act_365_25, act_360, 30e_360, months or periods, not",
            days_given);
    if (as != NULL && strcmp(as, "text") != 0 && strcmp(as, "facts") != 0)
        return cli_usage(cli, "--as is text or facts, not", as);
    if (separator == '\0' || strchr(",;\t|", separator) == NULL)
        return cli_usage(cli, "--separator is , ; | or \\t, not", cli_value(cli, "separator"));
    if (decimal != '.' && decimal != ',')
        return cli_usage(cli, "--decimal is . or , and not", cli_value(cli, "decimal"));
    const utfall_rat *rate = NULL;
    const utfall_flow *flows = NULL;
    const utfall_returns *returns = NULL;
    size_t count = 0;
    utfall_status status = UTFALL_OK;
    if (rate_given != NULL)
        status = utfall_rate_read(cli->run, &rate, rate_given, "--rate");
    if (status == UTFALL_OK)
        status =
            utfall_flows_read(cli->run, &flows, &count, cli->operands[0], separator, decimal, days);
    if (status == UTFALL_OK)
        status = utfall_returns_compute(cli->run, &returns, flows, count, days, rate);
    if (status == UTFALL_OK)
        status = print(cli, returns, as != NULL && strcmp(as, "facts") == 0);
    return status == UTFALL_OK ? EXIT_DONE : cli_refuse(cli, status, "there is no rate of return");
}
