/* cli/cmd_settle.c - utfall settle: compute, write ledger and detail file, seal when a key is
 * given, print the statement. Nothing is written before everything has been computed. */
#define _POSIX_C_SOURCE 200809L
#include "cli/portfolio.h"
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct output {
    const char *stem; /* folder/id, to which the kinds of file are appended */
    const char *ledger_path, *detail_path, *secret_path;
    utfall_file *ledger, *detail; /* prepared; NULL when there is none */
};

static utfall_status name_outputs(struct cli *cli, struct output *out,
                                  const utfall_contract *contract)
{
    const char *folder = cli_value(cli, "out"), *as_of = cli_value(cli, "as-of");
    utfall_run *run = cli->run;
    if (folder == NULL)
        folder = ".";
    out->stem = utfall_run_join(run, folder, "/", contract->id, as_of != NULL ? "." : "",
                                as_of != NULL ? as_of : "", (const char *)NULL);
    if (out->stem == NULL)
        return UTFALL_E_NOMEM;
    out->ledger_path = utfall_run_join(run, out->stem, ".ledger.xml", (const char *)NULL);
    out->detail_path = utfall_run_join(run, out->stem, ".detail.xml", (const char *)NULL);
    out->secret_path = cli_value(cli, "secret");
    if (out->secret_path == NULL)
        out->secret_path =
            utfall_run_join(run, folder, "/", contract->id, ".secret", (const char *)NULL);
    if (out->ledger_path == NULL || out->detail_path == NULL || out->secret_path == NULL)
        return UTFALL_E_NOMEM;
    return cli_make_folders(cli, out->ledger_path);
}

static bool has_detail(const struct cli *cli)
{
    const char *wanted = cli_value(cli, "detail");
    return wanted == NULL || strcmp(wanted, "none") != 0;
}

static utfall_status write_detail(struct cli *cli, utfall_record *record, struct output *out,
                                  const utfall_contract *contract, const utfall_case *data)
{
    uint8_t secret[32];
    bool made;
    if (!has_detail(cli))
        return UTFALL_OK;
    utfall_status status = utfall_secret_load(cli->run, secret, &made, out->secret_path,
                                              cli_value(cli, "secret") == NULL);
    if (status != UTFALL_OK)
        return status;
    if (made)
        fprintf(stderr,
                "utfall: made %s, the key of the pseudonyms: keep it, and keep it to yourself\n",
                out->secret_path);
    status = utfall_detail_write(cli->run, &record->detail, &out->detail, out->detail_path,
                                 contract, data, secret, cli_threads(cli));
    utfall_secret_clear(secret);
    return status;
}

static uint32_t terminal_columns(void)
{
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col < 100 ? size.ws_col : 100;
    return 80;
}

static utfall_status print_statement(struct cli *cli, const char *ledger_path)
{
    struct cli_ledger ledger;
    const char *text;
    size_t len;
    utfall_status status = cli_open_own_ledger(cli, &ledger, ledger_path);
    if (status != UTFALL_OK)
        return status;
    utfall_report_frame frame = cli_frame(cli, &ledger);
    frame.columns = terminal_columns();
    status = utfall_statement_text(cli->run, &text, &len, ledger.settlement, &frame);
    return status == UTFALL_OK ? cli_write_out(cli, text, len) : status;
}

/* Compose, and seal when a key is given; then write. */
static utfall_status write_ledger(struct cli *cli, struct output *out, const utfall_record *record,
                                  const utfall_settlement *settlement, const utfall_key *key)
{
    const char *bytes;
    size_t len;
    utfall_status status = utfall_ledger_compose(cli->run, &bytes, &len, record, settlement);
    if (status == UTFALL_OK && key != NULL) {
        const char *now = cli_now(cli);
        status = utfall_seal(cli->run, &bytes, &len, out->ledger_path, bytes, len, key,
                             now != NULL ? now : "");
    }
    if (status == UTFALL_OK)
        status = utfall_file_prepare(cli->run, &out->ledger, out->ledger_path, bytes, len, 0666);
    return status;
}

/* What settlements that were cut off have left behind. */
static utfall_status sweep(struct cli *cli, const struct output *out)
{
    const char *const paths[] = {out->detail_path, out->ledger_path, out->secret_path};
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < sizeof paths / sizeof *paths && status == UTFALL_OK; i++)
        status = utfall_file_sweep(cli->run, paths[i]);
    return status;
}

/* Both files are on disk before one of them takes its place. The ledger comes last: while it is the
 * old one, the same command puts everything right. */
static utfall_status place(struct output *out)
{
    utfall_status status = out->detail == NULL ? UTFALL_OK : utfall_file_place(out->detail);
    if (status == UTFALL_OK)
        status = utfall_file_place(out->ledger);
    if (status == UTFALL_OK && out->detail == NULL && access(out->detail_path, F_OK) == 0)
        fprintf(stderr,
                "utfall: %s is from another settlement: this one was asked for no detail file\n",
                out->detail_path);
    return status;
}

/* A sealed ledger is somebody's evidence, and an earlier one is what this one continues: neither is
 * replaced unasked. */
static utfall_status keep_evidence(struct cli *cli, const struct output *out,
                                   const struct cli_ledger *previous)
{
    static const char end[] = "</ds:Signature></ledger>\n";
    const char *bytes;
    size_t len, end_len = sizeof end - 1;
    if (cli_has(cli, "replace") || access(out->ledger_path, F_OK) != 0)
        return UTFALL_OK;
    utfall_status status =
        utfall_file_read(cli->run, &bytes, &len, out->ledger_path, UTFALL_LEDGER_BYTES_MAX);
    if (status != UTFALL_OK)
        return status;
    bool is_sealed = len >= end_len && memcmp(bytes + len - end_len, end, end_len) == 0;
    bool is_previous =
        previous->path != NULL && len == previous->len && memcmp(bytes, previous->bytes, len) == 0;
    if (!is_sealed && !is_previous)
        return UTFALL_OK;
    utfall_finding f = {
        .code = UTFALL_E_CONFLICT,
        .at = {.file = out->ledger_path},
        .message = is_previous ? "the ledger that this settlement continues stands here"
                               : "a sealed ledger stands here: expected a name that is free",
        .hint = "name another folder with --out, move the file away, or give --replace"};
    return utfall_run_report(cli->run, &f);
}

utfall_status cli_settle_contract(struct cli *cli, struct cli_settled *settled, const char *path)
{
    struct cli_contract opened;
    const utfall_case *data;
    const utfall_settlement *settlement;
    const utfall_key *key;
    struct output out = {.stem = NULL};
    struct cli_ledger previous = {.path = NULL};
    utfall_record record = {.version = utfall_version, .rules = utfall_rules};
    settled->consequence = "nothing was written";
    utfall_status status = cli_open_contract(cli, &opened, path);
    if (status == UTFALL_OK)
        status = cli_load_key(cli, &key);
    if (status == UTFALL_OK)
        status = cli_settle(cli, &opened, has_detail(cli) ? UTFALL_FOR_ANYTHING : UTFALL_FOR_SUMS,
                            &data, &settlement, &previous);
    if (status == UTFALL_OK)
        status =
            utfall_document_terms(cli->run, &record.terms, &record.term_count, opened.document);
    if (status == UTFALL_OK)
        status = cli_inputs(cli, &record.inputs, &record.input_count, &opened, data);
    if (status != UTFALL_OK)
        return status;
    record.sums = settlement->sums;
    record.has_previous = previous.path != NULL;
    memcpy(record.previous, previous.digest, sizeof record.previous);

    settled->consequence = "the ledger was not written";
    status = name_outputs(cli, &out, opened.contract);
    if (status == UTFALL_OK)
        status = keep_evidence(cli, &out, &previous);
    if (status == UTFALL_OK)
        status = sweep(cli, &out);
    if (status == UTFALL_OK)
        status = write_detail(cli, &record, &out, opened.contract, data);
    if (status == UTFALL_OK)
        status = write_ledger(cli, &out, &record, settlement, key);
    if (status == UTFALL_OK)
        status = place(&out);
    utfall_file_abandon(out.detail);
    utfall_file_abandon(out.ledger);
    if (status == UTFALL_OK) {
        settled->settlement = settlement;
        settled->ledger_path = out.ledger_path;
    }
    return status;
}

int cmd_settle(struct cli *cli)
{
    struct cli_settled settled = {.settlement = NULL};
    const char *detail = cli_value(cli, "detail");
    if (detail != NULL && strcmp(detail, "yes") != 0 && strcmp(detail, "none") != 0)
        return cli_usage(cli, "--detail is yes or none, not", detail);
    if (cli_threads(cli) == 0)
        return cli_usage(cli, "--threads is a number from 1 to 64, not", cli_value(cli, "threads"));
    if (cli_is_portfolio(cli)) {
        if (cli_has(cli, "previous"))
            return cli_usage(cli, "--previous goes with one contract only", NULL);
        return cli_portfolio(cli);
    }
    utfall_status status = cli_settle_contract(cli, &settled, cli->operands[0]);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, settled.consequence);
    if (!cli_has(cli, "quiet"))
        status = print_statement(cli, settled.ledger_path);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "the ledger was written, but could not be shown");
    cli_print_findings(cli, "");
    return EXIT_DONE;
}
