/* cli/cmd_verify.c - utfall verify: seal, form, recomputation, replay, source files; says which of
 * these it did. A seal whose signer nobody vouches for is not a yes: --trust names the roots,
 * --any-signer waives the question. */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

static void line(const char *what, const char *verdict)
{
    printf("  %-12s %s\n", what, verdict);
}

static void print_seal(const struct cli *cli, const utfall_seal_report *s)
{
    if (!s->is_sealed) {
        line(cli_say(cli, "seal", "stämpel"),
             cli_say(cli, "none: the ledger is not sealed", "ingen: loggboken är inte stämplad"));
        return;
    }
    printf("  %-12s %s %s%s%s%s, %s, %s\n", cli_say(cli, "seal", "stämpel"),
           cli_say(cli, "good:", "riktig:"), *s->organisation != '\0' ? s->organisation : s->signer,
           *s->org_identifier != '\0' ? " (" : "", s->org_identifier,
           *s->org_identifier != '\0' ? ")" : "", s->signed_at, s->algorithm);
    printf("  %-12s %s\n", "",
           s->is_trusted ? cli_say(cli, "the certificate leads to a trusted root",
                                   "certifikatet leder till en betrodd rot")
                         : cli_say(cli, "NOT checked: who the signer is (no --trust)",
                                   "INTE kontrollerat: vem undertecknaren är (--trust saknas)"));
    if (s->is_test)
        line("",
             cli_say(cli, "TEST KEY: made by utfall keygen, worth nothing in a real settlement",
                     "TESTNYCKEL: gjord av utfall keygen, värd ingenting i en verklig avräkning"));
}

/* The sums again from the detail file. `secret` NULL = none was given. */
static utfall_status replay(struct cli *cli, const struct cli_ledger *l, const uint8_t *secret)
{
    const char *path = cli_value(cli, "detail");
    bool root_checked;
    const utfall_case *data;
    const utfall_sums *sums;
    if (path == NULL) {
        line(cli_say(cli, "replay", "omräkning"),
             cli_say(cli, "not done (give --detail FILE)", "inte gjord (ge --detail FIL)"));
        return UTFALL_OK;
    }
    utfall_status status = utfall_detail_read(cli->run, &data, &root_checked, path, l->contract,
                                              &l->record->detail, secret, cli_threads(cli));
    if (status == UTFALL_OK)
        status = utfall_sums_compute(cli->run, &sums, l->contract, data, l->record->sums->as_of);
    if (status == UTFALL_OK)
        status = utfall_sums_compare(cli->run, path, l->contract, l->record->sums, sums, false);
    if (status == UTFALL_OK)
        line(cli_say(cli, "replay", "omräkning"),
             root_checked
                 ? cli_say(cli, "same sums person by person; digest and Merkle root agree",
                           "samma summor person för person; kontrollsumma och Merklerot stämmer")
                 : cli_say(cli,
                           "same sums person by person; digest agrees (Merkle root needs --secret)",
                           "samma summor person för person; kontrollsumman stämmer (Merkleroten "
                           "kräver --secret)"));
    return status;
}

/* Each file that was read now must be one that the ledger names. */
static utfall_status same_inputs(struct cli *cli, const struct cli_ledger *l,
                                 const utfall_input *inputs, size_t count)
{
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < count; i++) {
        const utfall_input *now = &inputs[i];
        bool found = false;
        for (size_t j = 0; j < l->record->input_count && !found; j++) {
            const utfall_input *then = &l->record->inputs[j];
            found = strcmp(then->name, now->name) == 0 && strcmp(then->role, now->role) == 0 &&
                    memcmp(then->sha256, now->sha256, 32) == 0;
        }
        if (!found) {
            utfall_finding f = {
                .code = UTFALL_E_INVALID,
                .at = {.file = now->name},
                .message =
                    "the file is not the one that the ledger was settled from: another SHA-256",
                .hint = "compare with the <inputs> of the ledger"};
            status = utfall_run_report(cli->run, &f);
        }
    }
    return status;
}

/* Told before the contract is opened: what --data is for is easily taken for the tables' folder. */
static utfall_status contract_look(struct cli *cli, const char *path, const char *name)
{
    FILE *file = fopen(path, "rb");
    if (file != NULL) {
        fclose(file);
        return UTFALL_OK;
    }
    utfall_finding f = {.code = UTFALL_E_IO,
                        .at = {.file = path},
                        .message = utfall_run_join(cli->run, "the contract \"", name,
                                                   "\" that the ledger names cannot be opened here",
                                                   (const char *)NULL),
                        .hint = "--data is the folder that holds the contract; tables are looked "
                                "for from there, as the contract names them"};
    return utfall_run_report(cli->run, &f);
}

/* The contract as a file, and those it builds on, as the ledger names them. */
static utfall_status same_contract(struct cli *cli, const struct cli_ledger *l, const char *folder)
{
    utfall_document *document;
    const utfall_input *files;
    size_t count;
    /* The first input is the contract; a forged ledger may name none. */
    const char *name = l->record->input_count > 0 ? l->record->inputs[0].name : "";
    const char *path = utfall_run_join(cli->run, folder, "/", name, (const char *)NULL);
    if (path == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = contract_look(cli, path, name);
    if (status == UTFALL_OK)
        status = utfall_document_load(cli->run, &document, path);
    if (status == UTFALL_OK)
        status = utfall_document_inputs(cli->run, &files, &count, document);
    return status == UTFALL_OK ? same_inputs(cli, l, files, count) : status;
}

/* The earlier ledgers of the chain. */
static utfall_status chain(struct cli *cli, const struct cli_ledger *l, const utfall_case *data)
{
    const char *what = cli_say(cli, "chain", "kedja"), *through;
    size_t links;
    if (!l->record->has_previous && !cli_has(cli, "previous")) {
        line(what, cli_say(cli, "this is the first ledger", "detta är den första loggboken"));
        return UTFALL_OK;
    }
    if (!cli_has(cli, "previous")) {
        line(what, cli_say(cli, "not followed (give --previous FILE for each earlier ledger)",
                           "inte följd (ge --previous FIL för varje tidigare loggbok)"));
        return UTFALL_OK;
    }
    utfall_status status = cli_verify_chain(cli, l, data, &links, &through);
    if (status == UTFALL_OK)
        printf("  %-12s %zu %s %s\n", what, links,
               cli_say(cli, "earlier ledgers hold and agree, back to",
                       "tidigare loggböcker håller och stämmer, tillbaka till"),
               through);
    return status;
}

/* Everything again from the source files. */
static utfall_status from_sources(struct cli *cli, const struct cli_ledger *l,
                                  const utfall_case **out)
{
    const char *folder = cli_value(cli, "data");
    const utfall_case *data;
    const utfall_sums *sums;
    if (folder == NULL) {
        line(cli_say(cli, "sources", "källfiler"),
             cli_say(cli, "not read (give --data FOLDER)", "inte lästa (ge --data MAPP)"));
        return UTFALL_OK;
    }
    utfall_status status = same_contract(cli, l, folder);
    if (status == UTFALL_OK)
        status = utfall_case_read_by(cli->run, &data, l->contract, l->sources, folder,
                                     UTFALL_FOR_SUMS, cli_threads(cli));
    if (status == UTFALL_OK)
        status = same_inputs(cli, l, data->inputs, data->input_count);
    if (status == UTFALL_OK)
        status = utfall_sums_compute(cli->run, &sums, l->contract, data, l->record->sums->as_of);
    if (status == UTFALL_OK)
        status = utfall_sums_compare(cli->run, folder, l->contract, l->record->sums, sums, true);
    if (status == UTFALL_OK)
        line(cli_say(cli, "sources", "källfiler"),
             cli_say(cli, "same files, same rows, same sums",
                     "samma filer, samma rader, samma summor"));
    if (status == UTFALL_OK)
        *out = data;
    return status;
}

/* Something that was asked for could not be read: that says nothing about the ledger. */
static int undecided(struct cli *cli, utfall_status status)
{
    int code = cli_refuse(
        cli, status,
        cli_say(cli, "the ledger could not be checked", "loggboken kunde inte kontrolleras"));
    fflush(stderr);
    printf("%s\n", cli_say(cli, "NOT CHECKED", "INTE KONTROLLERAD"));
    return code;
}

static int deny(struct cli *cli, utfall_status status)
{
    int code = cli_exit_of(status);
    if (code == EXIT_SYSTEM || code == EXIT_BUG)
        return undecided(cli, status);
    cli_refuse(cli, status, cli_say(cli, "the ledger is NOT valid", "loggboken är OGILTIG"));
    fflush(stderr);
    printf("%s\n", cli_say(cli, "NOT VALID", "OGILTIG"));
    return EXIT_NO;
}

/* All holds, but whose the seal is was not asked: neither yes nor a fault of the ledger. */
static int not_decided(struct cli *cli)
{
    utfall_finding f = {
        .code = UTFALL_E_UNDECIDED,
        .severity = UTFALL_WARNING,
        .at = {.file = cli->operands[0]},
        .message = "the seal holds, but nobody was named who vouches for its signer",
        .hint = "give --trust FILE with the root certificate, or --any-signer to leave that open"};
    utfall_status status = utfall_run_report(cli->run, &f);
    cli_print_findings(cli, "");
    fflush(stderr);
    printf("%s\n", cli_say(cli,
                           "NOT DECIDED: all that was checked holds, but nobody was named who "
                           "vouches for the signer; give --trust CERTIFICATE, or --any-signer",
                           "INTE AVGJORT: allt som kontrollerades håller, men ingen är angiven som "
                           "går i god för undertecknaren; ge --trust CERTIFIKAT, eller "
                           "--any-signer"));
    return status == UTFALL_E_NOMEM ? EXIT_SYSTEM : EXIT_NO;
}

static int verdict(struct cli *cli, utfall_status status)
{
    if (status == UTFALL_OK) {
        printf("%s\n",
               cli_say(cli, "VALID in all that was checked", "GILTIG i allt som kontrollerades"));
        cli_print_findings(cli, "");
        return EXIT_DONE;
    }
    return deny(cli, status);
}

/* `secret` NULL = none was given. */
static int check(struct cli *cli, const uint8_t *secret)
{
    struct cli_ledger ledger;
    const utfall_case *data = NULL;
    utfall_status status = cli_open_ledger(cli, &ledger, cli->operands[0]);
    if (status != UTFALL_OK)
        return verdict(cli, status);
    print_seal(cli, &ledger.seal);
    line(cli_say(cli, "form", "form"), cli_say(cli, "closed schema ledger-1, canonical XML",
                                               "slutet schema ledger-1, kanonisk XML"));
    line(cli_say(cli, "recomputed", "beräkning"),
         cli_say(cli, "every derived figure follows from the ledger's own terms and sums",
                 "varje härledd siffra följer av loggbokens egna villkor och summor"));
    status = replay(cli, &ledger, secret);
    if (status == UTFALL_OK)
        status = from_sources(cli, &ledger, &data);
    if (status == UTFALL_OK)
        status = chain(cli, &ledger, data);
    if (status == UTFALL_OK && ledger.seal.is_sealed && !ledger.seal.is_trusted &&
        !cli_has(cli, "any-signer"))
        return not_decided(cli);
    return verdict(cli, status);
}

int cmd_verify(struct cli *cli)
{
    const char *secret_path = cli_value(cli, "secret");
    uint8_t secret[32];
    bool made;
    if (cli_threads(cli) == 0)
        return cli_usage(cli, "--threads is a number from 1 to 64, not", cli_value(cli, "threads"));
    printf("%s\n", cli->operands[0]);
    if (secret_path == NULL)
        return check(cli, NULL);
    utfall_status status = utfall_secret_load(cli->run, secret, &made, secret_path, false);
    if (status != UTFALL_OK)
        return undecided(cli, status);
    const int code = check(cli, secret);
    utfall_secret_clear(secret);
    return code;
}
