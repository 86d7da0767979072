/* cli/cmd_risk.c - utfall risk: how sure a settlement is, and what to budget for. Settles the
 * contract, draws its people anew and shows what comes out, of as much as was done when Ctrl-C is
 * pressed. Writes no ledger. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"
#include "cli/lanes.h"
#include "cli/long_run.h"
#include "utfall/risk_report.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { REPLICATES = 10000, SEED = 1 };

/* The digits of an option as a whole number; *out stays as it is when the option is not given. */
static bool number_option(struct cli *cli, uint64_t *out, const char *name, uint64_t most)
{
    const char *given = cli_value(cli, name);
    uint64_t value = 0;
    bool is_number = given != NULL && *given != '\0';
    for (const char *c = given; is_number && *c != '\0'; c++) {
        const uint64_t digit = (uint64_t)(*c - '0');
        is_number = *c >= '0' && *c <= '9' &&
                    (value < most / 10 || (value == most / 10 && digit <= most % 10));
        value = value * 10 + digit;
    }
    if (is_number)
        *out = value;
    return is_number || given == NULL;
}

/* A saving a person in whole units of the currency, or what makes the project cost good. */
static bool effect_option(struct cli *cli, utfall_risk_options *options)
{
    const char *given = cli_value(cli, "effect");
    const utfall_rat *units = NULL;
    options->has_power = given != NULL;
    if (given == NULL || strcmp(given, "break_even") == 0 || strcmp(given, "break-even") == 0)
        return true;
    if (utfall_rat_parse_decimal(cli->run, &units, given, strlen(given), '.') != UTFALL_OK ||
        utfall_rat_sign(units) <= 0)
        return false;
    options->effect = utfall_rat_mul(cli->run, units, utfall_rat_of(cli->run, 100, 1));
    return options->effect != NULL;
}

/* -1 to go on, else the exit code. */
static int read_options(struct cli *cli, utfall_risk_options *options)
{
    const uint32_t threads = cli_threads(cli);
    *options =
        (utfall_risk_options){.seed = SEED, .replicates = REPLICATES, .permutations = REPLICATES};
    if (!number_option(cli, &options->replicates, "replicates", UTFALL_REPLICATES_MAX) ||
        options->replicates == 0)
        return cli_usage(cli, "--replicates is a number from 1 to 100000000, not",
                         cli_value(cli, "replicates"));
    if (!number_option(cli, &options->permutations, "permutations", UTFALL_REPLICATES_MAX))
        return cli_usage(cli, "--permutations is a number from 0 to 100000000, not",
                         cli_value(cli, "permutations"));
    if (!number_option(cli, &options->seed, "seed", UINT64_MAX))
        return cli_usage(cli, "--seed is a whole number below 2^64, not", cli_value(cli, "seed"));
    if (!effect_option(cli, options))
        return cli_usage(cli, "--effect is an amount above 0, e.g. 125000, or break-even, not",
                         cli_value(cli, "effect"));
    if (threads == 0)
        return cli_usage(cli, "--threads is a number from 1 to 64, not", cli_value(cli, "threads"));
    options->lanes = cli_lanes(threads);
    return -1;
}

/* A ledger has sums only, and nobody to draw from. */
static utfall_status refuse_ledger(struct cli *cli)
{
    bool is_ledger = false;
    utfall_status status = cli_is_ledger(cli, &is_ledger, cli->operands[0]);
    if (status != UTFALL_OK || !is_ledger)
        return status;
    const utfall_finding finding = {.code = UTFALL_E_MISSING,
                                    .at = {.file = cli->operands[0]},
                                    .message =
                                        "this is a ledger, which holds no person to draw anew",
                                    .hint = "give the contract that it was settled from"};
    return utfall_run_report(cli->run, &finding);
}

struct watch {
    struct cli *cli;
    struct cli_long_run run;
};

static bool is_stopped(void *ctx)
{
    (void)ctx;
    return cli_long_run_is_stopped();
}

static void tell(void *ctx, utfall_risk_phase phase, uint64_t done, uint64_t of, uint64_t times)
{
    struct watch *watch = ctx;
    const struct cli *cli = watch->cli;
    char what[80];
    if (phase == UTFALL_RISK_REPLICATES)
        (void)snprintf(what, sizeof what, "%s", cli_say(cli, "replicates", "omdragningar"));
    else if (phase == UTFALL_RISK_PERMUTATIONS)
        (void)snprintf(what, sizeof what, "%s", cli_say(cli, "exchanges", "byten"));
    else
        (void)snprintf(what, sizeof what, "%s %" PRIu64 " %s",
                       cli_say(cli, "people needed:", "personer som behövs:"), times,
                       cli_say(cli, "times as many, replicates", "gånger så många, omdragningar"));
    cli_long_run_tell(&watch->run, what, done, of);
}

/* Draw, count and test, until it is done or Ctrl-C is pressed. */
static utfall_status watched_compute(struct cli *cli, const utfall_risk **risk,
                                     const utfall_contract *contract, const utfall_case *data,
                                     const utfall_settlement *settlement,
                                     const utfall_risk_options *options)
{
    struct watch watch = {.cli = cli};
    utfall_risk_options watched = *options;
    watched.watch = (utfall_risk_watch){.is_stopped = is_stopped, .tell = tell, .ctx = &watch};
    cli_long_run_begin(&watch.run);
    const utfall_status status =
        utfall_risk_compute(cli->run, risk, contract, data, settlement, &watched);
    cli_long_run_end(&watch.run);
    return status;
}

static utfall_status compute(struct cli *cli, const utfall_risk **risk,
                             const utfall_risk_options *options)
{
    struct cli_contract opened;
    const utfall_case *data;
    const utfall_settlement *settlement;
    utfall_status status = refuse_ledger(cli);
    if (status == UTFALL_OK)
        status = cli_open_contract(cli, &opened, cli->operands[0]);
    if (status == UTFALL_OK)
        status = cli_settle(cli, &opened, UTFALL_FOR_ANYTHING, &data, &settlement, NULL);
    if (status == UTFALL_OK)
        status = watched_compute(cli, risk, opened.contract, data, settlement, options);
    return status;
}

int cmd_risk(struct cli *cli)
{
    const char *as = cli_value(cli, "as"), *out_path = cli_value(cli, "out"), *text = NULL;
    size_t len = 0;
    utfall_risk_options options;
    const utfall_risk *risk;
    if (as == NULL)
        as = "text";
    if (strcmp(as, "text") != 0 && strcmp(as, "json") != 0 && strcmp(as, "svg") != 0)
        return cli_usage(cli, "--as is text, json or svg, not", as);
    const int code = read_options(cli, &options);
    if (code >= 0)
        return code;
    utfall_status status = compute(cli, &risk, &options);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "nothing was drawn");
    if (strcmp(as, "text") == 0)
        status = utfall_risk_text(cli->run, &text, &len, risk, cli->language);
    else if (strcmp(as, "json") == 0)
        status = utfall_risk_json(cli->run, &text, &len, risk);
    else
        status = utfall_risk_svg(cli->run, &text, &len, risk, cli->language);
    if (status == UTFALL_OK)
        status = out_path != NULL ? utfall_file_replace(cli->run, out_path, text, len, 0666)
                                  : cli_write_out(cli, text, len);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "the report was not written");
    if (risk->is_interrupted && out_path != NULL)
        fprintf(
            stderr, "utfall: %s %s\n",
            cli_say(cli, "interrupted; what was done is in", "avbrutet; det som gjordes finns i"),
            out_path);
    cli_print_findings(cli, "");
    return risk->is_interrupted ? EXIT_STOPPED : EXIT_DONE;
}
