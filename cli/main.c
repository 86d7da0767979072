/* cli/main.c - the table of commands. */
#include "cli/cli.h"
#include <libxml/parser.h>
#include <stdio.h>

#define COMMON                                                                                     \
    {"lang", "sv|en", "language of what is printed (default: from the locale)"},                   \
        {"errors", "text|json", "form of findings on standard error (default text)"},              \
        {"help", NULL, "show this"},                                                               \
    {                                                                                              \
        NULL, NULL, NULL                                                                           \
    }
#define KEY                                                                                        \
    {"key", "FILE", "private key (PEM) to seal with"},                                             \
        {"cert", "FILE", "its certificate (PEM), leaf first, then intermediates"},                 \
        {"p12", "FILE", "key and certificate in one PKCS#12 file instead"},                        \
        {"password-file", "FILE", "file with the password of the key"},                            \
    {                                                                                              \
        "signing-time", "TIME", "YYYY-MM-DDThh:mm:ssZ (default: SOURCE_DATE_EPOCH or now)"         \
    }
#define TRUST                                                                                      \
    {"trust", "FILE", "PEM file with the roots that a seal must lead to"},                         \
        {"signer", "ID", "organisation identifier that the signer must have"},                     \
    {                                                                                              \
        "at", "TIME", "check certificates as of this time (default: now)"                          \
    }

static const struct cli_option init_options[] = {COMMON};
static const struct cli_option check_options[] = {COMMON};
static const struct cli_option settle_options[] = {
    {"as-of", "YYYY-MM", "settle as of the end of this month (default: last month of data)"},
    {"previous", "LEDGER", "the ledger of the settlement before: what it paid is deducted"},
    {"reason", "TEXT", "why figures that were settled before have changed (with --previous)"},
    {"trust", "FILE", "PEM file with the roots that the seal of the ledger before must lead to"},
    {"signer", "ID", "organisation identifier that its signer must have"},
    {"out", "FOLDER", "where the ledger is written (default: this folder)"},
    {"detail", "yes|none", "write the detail file, one line per person (default yes)"},
    {"secret", "FILE",
     "key of pseudonyms and salts (default: ID.secret beside the ledger, made if missing)"},
    KEY,
    {"replace", NULL, "replace a ledger that is sealed, or that this one continues"},
    {"quiet", NULL, "do not print the statement"},
    {"threads", "N", "threads for tables and detail file (default: processors, at most 8)"},
    COMMON};
static const struct cli_option seal_options[] = {
    KEY, {"out", "FILE", "write the sealed ledger here (default: replace LEDGER)"}, COMMON};
static const struct cli_option verify_options[] = {
    TRUST,
    {"any-signer", NULL, "check the seal without asking who made it"},
    {"detail", "FILE", "replay everything from the detail file"},
    {"secret", "FILE", "check the salted Merkle root as well (with --detail)"},
    {"data", "FOLDER", "settle again from the source files in the contract's folder"},
    {"previous", "LEDGER", "ledger of the settlement before; give it for each link of a chain"},
    {"threads", "N", "threads for tables and detail file (default: processors, at most 8)"},
    COMMON};
static const struct cli_option facts_options[] = {
    {"as-of", "YYYY-MM", "settle a contract as of this month"}, TRUST, COMMON};
static const struct cli_option explain_options[] = {
    {"as-of", "YYYY-MM", "settle a contract as of this month"}, TRUST, COMMON};
static const struct cli_option compare_options[] = {
    {"as-of", "YYYY-MM", "settle contracts as of this month"},
    {"as", "text|json", "form (default text)"},
    {"out", "FILE", "write here (default: standard output)"},
    TRUST,
    COMMON};
static const struct cli_option report_options[] = {
    {"as", "html|text|svg", "form (default html)"},
    {"out", "FILE", "write here (default: standard output)"},
    TRUST,
    COMMON};
static const struct cli_option keygen_options[] = {
    {"organisation", "NAME", "name in the test certificate"},
    {"org-identifier", "ID", "organisation identifier (default NTRSE-000000-0000)"},
    {"algorithm", "ecdsa|rsa", "ECDSA P-256 (default) or RSA-3072"},
    {"valid-days", "N", "validity (default 3650)"},
    {"at", "TIME", "start of validity (default: SOURCE_DATE_EPOCH or now)"},
    COMMON};

static const struct cli_option whatif_options[] = {
    {"set", "PATH=VALUES", "an axis: evaluation.window=24,36 or 12..36:6; as often as wanted"},
    {"scenarios", "FILE", "axes and named scenarios kept in a YAML file"},
    {"show", "KEY,KEY", "facts to show (default: saving, payments, results)"},
    {"seek", "WHAT", "which value reaches the goal: saving, cost, persons, or a PATH of a step"},
    {"goal", "GOAL", "break-even (default), payout=AMOUNT, return=10%, result.PARTY=AMOUNT"},
    {"leave-out", "persons|late|cells", "effect of leaving out each person, late joiners, months"},
    {"one-at-a-time", NULL, "each value alone instead of all combinations, widest effect first"},
    {"as", "text|csv|json", "form (default text)"},
    {"exact", NULL, "amounts in CSV exact, in hundredths, as utfall facts has them"},
    {"out", "FILE", "write here (default: standard output)"},
    {"as-of", "YYYY-MM", "settle as of the end of this month (default: last month of data)"},
    {"threads", "N", "how many threads (default: as many as processors, at most 8)"},
    COMMON};

static const struct cli_option risk_options[] = {
    {"replicates", "N", "draw the people anew so often (default 10000); Ctrl-C keeps those made"},
    {"seed", "N", "where the random numbers start (default 1)"},
    {"permutations", "N", "exchanges for the test of chance, 0 = none (default 10000)"},
    {"effect", "AMOUNT", "people needed to see this saving a person; break-even: the project cost"},
    {"as-of", "YYYY-MM", "settle as of the end of this month (default: last month of data)"},
    {"as", "text|json|svg", "form (default text)"},
    {"out", "FILE", "write here (default: standard output)"},
    {"threads", "N", "how many threads (default: as many as processors, at most 8)"},
    COMMON};

static const struct cli_option irr_options[] = {
    {"day-count", "NAME", "act_365 (default), act_365_25, act_360, 30e_360, months or periods"},
    {"rate", "RATE", "present value at this rate as well, e.g. 3%"},
    {"separator", "CHAR", "between date and amount (default ,)"},
    {"decimal", ".|,", "decimal mark of amounts (default .)"},
    {"currency", "CODE", "of the amounts, for printing (default SEK)"},
    {"as", "text|facts", "form (default text)"},
    COMMON};

static const struct cli_command commands[] = {
    {"init", "FOLDER", "a commented contract and empty tables to fill in", 1, 1, init_options,
     cmd_init},
    {"check", "CONTRACT", "everything wrong at once, what is missing, and the payment curve", 1, 1,
     check_options, cmd_check},
    {"settle", "CONTRACT|FOLDER...",
     "compute, write the ledger and print the statement; of several, or of a folder (every "
     "contract.yaml in it and below), the sums due",
     1, CLI_WORDS_MAX, settle_options, cmd_settle},
    {"seal", "LEDGER", "sign a ledger", 1, 1, seal_options, cmd_seal},
    {"verify", "LEDGER", "check a ledger, and say what was checked", 1, 1, verify_options,
     cmd_verify},
    {"facts", "LEDGER|CONTRACT", "every figure, one a line, exact", 1, 1, facts_options, cmd_facts},
    {"explain", "LEDGER|CONTRACT KEY", "how a figure came about, down to clauses and files", 2,
     CLI_WORDS_MAX, explain_options, cmd_explain},
    {"compare", "A B", "why two settlements differ, split by cause, adding up exactly", 2, 2,
     compare_options, cmd_compare},
    {"report", "LEDGER", "the statement for people", 1, 1, report_options, cmd_report},
    {"whatif", "CONTRACT", "the contract in every combination of other values (at most 100000)", 1,
     1, whatif_options, cmd_whatif},
    {"irr", "FLOWS.csv", "certified internal rates of return of dated payments", 1, 1, irr_options,
     cmd_irr},
    {"keygen", "FOLDER", "a test key and certificate, never for real settlements", 1, 1,
     keygen_options, cmd_keygen},
    {"risk", "CONTRACT", "how sure the result is, and what to budget for", 1, 1, risk_options,
     cmd_risk},
    {NULL, NULL, NULL, 0, 0, NULL, NULL}};

int main(int argc, char **argv)
{
    struct cli cli = {.run = utfall_run_new(NULL, NULL)};
    if (cli.run == NULL) {
        fputs("utfall: out of memory\n", stderr);
        return EXIT_SYSTEM;
    }
    int code = cli_parse(&cli, commands, argc, argv);
    if (code < 0)
        code = cli.command->run(&cli);
    utfall_run_free(cli.run);
    xmlCleanupParser();
    return code;
}
