/* cli/open.c - opened contracts and ledgers: the chains of public calls that more than one command
 * needs. A ledger is handed to a command only after its seal was checked and its derived part was
 * found to follow from its terms and sums. */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

static utfall_status report(struct cli *cli, utfall_status code, const char *file,
                            const char *message, const char *hint)
{
    utfall_finding f = {.code = code, .at = {.file = file}, .message = message, .hint = hint};
    return utfall_run_report(cli->run, &f);
}

utfall_status cli_open_contract(struct cli *cli, struct cli_contract *out, const char *path)
{
    struct cli_contract opened = {.folder = ""};
    utfall_status status = utfall_document_load(cli->run, &opened.document, path);
    if (status != UTFALL_OK)
        return status;
    status = utfall_document_bind(cli->run, &opened.contract, &opened.sources, opened.document);
    if (status != UTFALL_OK)
        return status;
    const char *slash = strrchr(path, '/');
    if (slash != NULL)
        opened.folder = utfall_run_text(cli->run, path, (size_t)(slash - path) + 1);
    if (opened.folder == NULL)
        return UTFALL_E_NOMEM;
    *out = opened;
    return UTFALL_OK;
}

utfall_status cli_settle(struct cli *cli, const struct cli_contract *opened, utfall_purpose purpose,
                         const utfall_case **data, const utfall_settlement **settlement,
                         struct cli_ledger *previous)
{
    const utfall_case *read;
    const utfall_sums *sums;
    utfall_month as_of = opened->contract->data_through;
    const char *given = cli_value(cli, "as-of");
    utfall_status status = UTFALL_OK;
    if (given != NULL && (status = utfall_month_parse(&as_of, given, strlen(given))) != UTFALL_OK)
        return report(cli, status, "--as-of", "the value of --as-of is not a month",
                      "write it as YYYY-MM, e.g. 2018-08");
    status = utfall_case_read_by(cli->run, &read, opened->contract, opened->sources, opened->folder,
                                 purpose, cli_threads(cli));
    if (status == UTFALL_OK)
        status = utfall_sums_compute(cli->run, &sums, opened->contract, read, as_of);
    if (status == UTFALL_OK && previous != NULL)
        status = cli_continue(cli, opened, read, &sums, previous);
    if (status == UTFALL_OK)
        status = utfall_settle(cli->run, settlement, opened->contract, sums);
    if (status == UTFALL_OK && data != NULL)
        *data = read;
    return status;
}

utfall_status cli_inputs(struct cli *cli, const utfall_input **out, size_t *count,
                         const struct cli_contract *opened, const utfall_case *data)
{
    const utfall_input *contracts;
    size_t first;
    utfall_status status = utfall_document_inputs(cli->run, &contracts, &first, opened->document);
    if (status != UTFALL_OK)
        return status;
    utfall_input *all = utfall_run_array(cli->run, first + data->input_count, sizeof *all);
    if (all == NULL)
        return UTFALL_E_NOMEM;
    memcpy(all, contracts, first * sizeof *all);
    if (data->input_count > 0)
        memcpy(all + first, data->inputs, data->input_count * sizeof *all);
    *out = all;
    *count = first + data->input_count;
    return UTFALL_OK;
}

utfall_status cli_is_ledger(struct cli *cli, bool *out, const char *path)
{
    const char *bytes;
    size_t len;
    utfall_status status = utfall_file_read(cli->run, &bytes, &len, path, UTFALL_LEDGER_BYTES_MAX);
    if (status == UTFALL_OK)
        *out = len > 0 && bytes[0] == '<';
    return status;
}

/* Terms and sums of the ledger, settled again and composed again, must give its bytes. */
static utfall_status recompute(struct cli *cli, struct cli_ledger *l)
{
    utfall_run *run = cli->run;
    utfall_document *document;
    const char *composed;
    size_t composed_len;
    utfall_status status = utfall_ledger_read(run, &l->record, l->path, l->bytes, l->len);
    if (status == UTFALL_OK && strcmp(l->record->rules, utfall_rules) != 0)
        return report(cli, UTFALL_E_INVALID, l->path,
                      utfall_run_join(run, "the ledger was settled under rules revision \"",
                                      l->record->rules, "\", this program knows \"", utfall_rules,
                                      "\"", (const char *)NULL),
                      "verify it with the utfall version that the ledger names");
    if (status == UTFALL_OK)
        status = utfall_document_of_terms(run, &document, l->record->terms, l->record->term_count);
    if (status == UTFALL_OK)
        status = utfall_document_bind(run, &l->contract, &l->sources, document);
    if (status == UTFALL_OK)
        status = utfall_sums_check(run, l->contract, l->record->sums);
    if (status == UTFALL_OK)
        status = utfall_settle(run, &l->settlement, l->contract, l->record->sums);
    if (status == UTFALL_OK)
        status = utfall_ledger_compose(run, &composed, &composed_len, l->record, l->settlement);
    if (status == UTFALL_OK)
        status = utfall_ledger_compare(run, l->path, l->bytes, l->len, composed, composed_len);
    return status;
}

static utfall_status open_trusting(struct cli *cli, struct cli_ledger *out, const char *path,
                                   const utfall_trust *trust)
{
    struct cli_ledger l = {.path = path};
    utfall_status status =
        utfall_file_read(cli->run, &l.bytes, &l.len, path, UTFALL_LEDGER_BYTES_MAX);
    if (status != UTFALL_OK)
        return status;
    if (trust->at == NULL)
        return report(cli, UTFALL_E_SYNTAX, "SOURCE_DATE_EPOCH",
                      "the value is not a number of seconds since 1970",
                      "unset it, or give a whole number");
    status = utfall_seal_verify(cli->run, &l.seal, path, l.bytes, l.len, trust);
    if (status == UTFALL_OK)
        status = recompute(cli, &l);
    if (status == UTFALL_OK)
        status = utfall_ledger_digest(cli->run, l.digest, path, l.bytes, l.len);
    if (status == UTFALL_OK)
        *out = l;
    return status;
}

utfall_status cli_open_ledger(struct cli *cli, struct cli_ledger *out, const char *path)
{
    return open_trusting(cli, out, path,
                         &(utfall_trust){.roots_path = cli_value(cli, "trust"),
                                         .org_identifier = cli_value(cli, "signer"),
                                         .at = cli_now(cli)});
}

utfall_status cli_open_own_ledger(struct cli *cli, struct cli_ledger *out, const char *path)
{
    return open_trusting(cli, out, path, &(utfall_trust){.at = cli_now(cli)});
}

utfall_report_frame cli_frame(struct cli *cli, const struct cli_ledger *ledger)
{
    char digest[65];
    utfall_hex(digest, ledger->digest, 32);
    const char *slash = strrchr(ledger->path, '/'), *seal = NULL;
    const utfall_seal_report *s = &ledger->seal;
    if (s->is_sealed)
        seal = utfall_run_join(
            cli->run,
            s->is_trusted
                ? ""
                : cli_say(cli, "signer not checked: ", "undertecknaren inte kontrollerad: "),
            *s->organisation != '\0' ? s->organisation : s->signer,
            *s->org_identifier != '\0' ? " (" : "", s->org_identifier,
            *s->org_identifier != '\0' ? ")" : "", ", ", s->signed_at, ", ", s->algorithm,
            (const char *)NULL);
    return (utfall_report_frame){.language = cli->language,
                                 .ledger_name = slash != NULL ? slash + 1 : ledger->path,
                                 .ledger_digest = utfall_run_text(cli->run, digest, 64),
                                 .seal = seal,
                                 .is_test_seal = s->is_sealed && s->is_test,
                                 .input_count = ledger->record->input_count,
                                 .inputs = ledger->record->inputs};
}

utfall_status cli_write_out(struct cli *cli, const char *bytes, size_t len)
{
    if (fwrite(bytes, 1, len, stdout) == len && fflush(stdout) == 0)
        return UTFALL_OK;
    return report(cli, UTFALL_E_IO, "standard output", "it could not be written",
                  "is the disk full or the reader gone?");
}
