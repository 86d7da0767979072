/* cli/cli.h - what the commands share: parsed words of the command line, findings on stderr, opened
 * contracts and ledgers. The door does no arithmetic; if it needs something that no public header
 * gives, that header lacks something. */
#ifndef UTFALL_CLI_H
#define UTFALL_CLI_H
#include "utfall/ledger.h"
#include "utfall/reader.h"
#include "utfall/reports.h"

enum cli_exit {
    EXIT_DONE = 0,
    EXIT_NO = 1,      /* the answer is no: check found faults, verify failed */
    EXIT_USAGE = 2,   /* wrong use */
    EXIT_REFUSED = 3, /* input refused */
    EXIT_SYSTEM = 4,  /* reading, writing or keys failed */
    EXIT_BUG = 70
};

/** One option. `argument` NULL = a switch. The table of a command ends with a NULL name. */
struct cli_option {
    const char *name, *argument, *help;
};

struct cli;

struct cli_command {
    const char *name, *operands, *summary;
    int operands_min, operands_max;
    const struct cli_option *options;
    int (*run)(struct cli *cli);
};

enum { CLI_WORDS_MAX = 64 };

struct cli {
    utfall_run *run;
    const struct cli_command *command;
    utfall_language language;
    uint32_t threads; /* what cli_threads gives; 0 = by the option */
    bool errors_as_json;
    int operand_count;
    const char *operands[CLI_WORDS_MAX];
    int given_count;
    struct {
        const struct cli_option *option;
        const char *value;
    } given[CLI_WORDS_MAX];
};

/* options.c */
int cli_parse(struct cli *cli, const struct cli_command *commands, int argc, char **argv);
const char *cli_value(const struct cli *cli, const char *name); /* last one given, or NULL */
bool cli_has(const struct cli *cli, const char *name);
int cli_usage(const struct cli *cli, const char *fault, const char *word);
const char *cli_say(const struct cli *cli, const char *en, const char *sv);

/* print_findings.c */
void cli_print_findings(const struct cli *cli, const char *consequence);
int cli_exit_of(utfall_status status);
/** Print the findings and give the exit code of `status`. `consequence` e.g. "nothing was written".
 */
int cli_refuse(const struct cli *cli, utfall_status status, const char *consequence);

/* open.c */
struct cli_contract {
    utfall_document *document;
    const utfall_contract *contract;
    const utfall_sources *sources;
    const char *folder; /* of the contract file, "" or ending in '/' */
};
UTFALL_TRY utfall_status cli_open_contract(struct cli *cli, struct cli_contract *out,
                                           const char *path);
/** The files that a settlement rests on: contract files first, then tables, as a ledger lists them.
 */
UTFALL_TRY utfall_status cli_inputs(struct cli *cli, const utfall_input **out, size_t *count,
                                    const struct cli_contract *opened, const utfall_case *data);

/** A ledger whose seal (if any) was checked and whose derived part follows from its terms and sums.
 */
struct cli_ledger {
    const char *path, *bytes;
    size_t len;
    utfall_seal_report seal;
    const utfall_record *record;
    const utfall_contract *contract;
    const utfall_sources *sources;
    const utfall_settlement *settlement;
    uint8_t digest[32];
};
UTFALL_TRY utfall_status cli_open_ledger(struct cli *cli, struct cli_ledger *out, const char *path);
/** The same for a ledger that this very command has written: nobody has to vouch for its signer. */
UTFALL_TRY utfall_status cli_open_own_ledger(struct cli *cli, struct cli_ledger *out,
                                             const char *path);
/** Read the tables of an opened contract for a purpose and settle as of --as-of, else as of the
 * last month of data. `data` may be NULL. `previous` not NULL: continue the ledger that --previous
 * names, which is opened into it (`path` NULL when there is none). */
UTFALL_TRY utfall_status cli_settle(struct cli *cli, const struct cli_contract *opened,
                                    utfall_purpose purpose, const utfall_case **data,
                                    const utfall_settlement **settlement,
                                    struct cli_ledger *previous);
/** True when the file begins like a ledger (XML), false for a contract. */
UTFALL_TRY utfall_status cli_is_ledger(struct cli *cli, bool *out, const char *path);
/** The frame of a report about this ledger. */
utfall_report_frame cli_frame(struct cli *cli, const struct cli_ledger *ledger);

/* previous.c */
/** Open the ledger that --previous names, and let *sums continue it. Without the option nothing
 * happens. */
UTFALL_TRY utfall_status cli_continue(struct cli *cli, const struct cli_contract *opened,
                                      const utfall_case *data, const utfall_sums **sums,
                                      struct cli_ledger *previous);
/** Follow a ledger back through all that were given with --previous, and check each link; with
 * `data` (NULL = none) the corrections of the first as well. *links counts them, *through is the
 * month of the earliest ledger. */
UTFALL_TRY utfall_status cli_verify_chain(struct cli *cli, const struct cli_ledger *ledger,
                                          const utfall_case *data, size_t *links,
                                          const char **through);

/* clock.c: the only place that reads the time. */
const char *cli_now(
    struct cli *cli); /* --signing-time or --at, SOURCE_DATE_EPOCH, the clock; NULL = not a time */

uint64_t cli_milliseconds(void); /* since some moment */

/* key.c */
UTFALL_TRY utfall_status
cli_load_key(struct cli *cli, const utfall_key **out); /* *out NULL when none was asked for */

/* threads.c */
/** How many threads may work, at least 1; 0 when --threads is not a number from 1 to 64. */
uint32_t cli_threads(const struct cli *cli);

/* columns.c */
/** Columns of the terminal, at most 100; 80 when the output goes elsewhere. */
uint32_t cli_columns(void);

/* folders.c */
/** Make every folder named in `path` up to its last '/': "out/keys/" makes out and out/keys. */
UTFALL_TRY utfall_status cli_make_folders(struct cli *cli, const char *path);

/** Write to stdout; UTFALL_E_IO when that fails. */
UTFALL_TRY utfall_status cli_write_out(struct cli *cli, const char *bytes, size_t len);

int cmd_init(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_settle(struct cli *cli);
int cmd_seal(struct cli *cli);
int cmd_verify(struct cli *cli);
int cmd_facts(struct cli *cli);
int cmd_report(struct cli *cli);
int cmd_explain(struct cli *cli);
int cmd_compare(struct cli *cli);
int cmd_irr(struct cli *cli);
int cmd_keygen(struct cli *cli);
int cmd_whatif(struct cli *cli);
int cmd_risk(struct cli *cli);

#endif
