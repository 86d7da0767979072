/* cli/portfolio.c - many contracts in one run. Each is settled in a run of its own by one of the
 * threads, so that a fault in one has no effect on the others; what is printed comes afterwards, in
 * the order of the contracts' names, and does not depend on the number of threads. */
#define _POSIX_C_SOURCE 200809L
#include "cli/portfolio.h"
#include "cli/lanes.h"
#include <dirent.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CONTRACTS_MAX = 4096, DEPTH_MAX = 4, PARTIES_MAX = 4096 };

struct item {
    const char *path;
    struct cli cli; /* with a run of its own */
    utfall_status status;
    struct cli_settled settled;
};

/* What one party pays or receives in one currency. Parties are the same when their organisation
 * number is, or, without one, their name. */
struct total {
    const char *key, *name, *currency;
    utfall_money amount;
};

struct portfolio {
    struct cli *cli;
    size_t count;
    const char *paths[CONTRACTS_MAX];
    struct item *items;
    atomic_size_t next;
    size_t payer_count, receiver_count;
    struct total *payers, *receivers;
};

/* ---- which contracts ---- */

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool cli_is_portfolio(const struct cli *cli)
{
    return cli->operand_count > 1 || is_folder(cli->operands[0]);
}

static utfall_status refuse(struct cli *cli, utfall_status code, const char *path,
                            const char *message, const char *hint)
{
    utfall_finding f = {.code = code, .at = {.file = path}, .message = message, .hint = hint};
    return utfall_run_report(cli->run, &f);
}

static utfall_status path_add(struct portfolio *all, const char *path)
{
    if (all->count == CONTRACTS_MAX)
        return refuse(all->cli, UTFALL_E_RANGE, path, "there are more than 4096 contracts",
                      "settle them in several runs");
    all->paths[all->count++] = path;
    return path != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
}

/* A folder's contract.yaml, and those of the folders in it. */
static utfall_status folder_add(struct portfolio *all, const char *folder, int depth)
{
    utfall_run *run = all->cli->run;
    const char *file = utfall_run_join(run, folder, "/contract.yaml", (const char *)NULL);
    struct stat about;
    utfall_status status = UTFALL_OK;
    if (file == NULL)
        return UTFALL_E_NOMEM;
    if (stat(file, &about) == 0)
        return path_add(all, file);
    DIR *open = opendir(folder);
    if (open == NULL)
        return refuse(all->cli, UTFALL_E_IO, folder,
                      utfall_run_join(run, "the folder could not be read: ", strerror(errno),
                                      (const char *)NULL),
                      NULL);
    for (struct dirent *entry; status == UTFALL_OK && (entry = readdir(open)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        const char *path = utfall_run_join(run, folder, "/", entry->d_name, (const char *)NULL);
        if (path == NULL)
            status = UTFALL_E_NOMEM;
        else if (depth > 0 && is_folder(path))
            status = folder_add(all, path, depth - 1);
    }
    (void)closedir(open);
    return status;
}

static int path_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A folder as it is named in paths: without the slashes that it may end in. */
static const char *folder_name(utfall_run *run, const char *folder)
{
    size_t len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/')
        len--;
    return utfall_run_text(run, folder, len);
}

static utfall_status operand_add(struct portfolio *all, const char *path)
{
    if (!is_folder(path))
        return path_add(all, path);
    const char *folder = folder_name(all->cli->run, path);
    return folder == NULL ? UTFALL_E_NOMEM : folder_add(all, folder, DEPTH_MAX);
}

static utfall_status paths_find(struct portfolio *all)
{
    utfall_status status = UTFALL_OK;
    for (int i = 0; i < all->cli->operand_count && status == UTFALL_OK; i++)
        status = operand_add(all, all->cli->operands[i]);
    if (status == UTFALL_OK && all->count == 0)
        status = refuse(all->cli, UTFALL_E_MISSING, all->cli->operands[0],
                        "there is no contract.yaml in the folder or below it", NULL);
    qsort(all->paths, all->count, sizeof *all->paths, path_order);
    return status;
}

/* Ledgers are named after their contract, so one id may not come twice. The first keeps it. */
static void ids_check(struct portfolio *all)
{
    const char **ids = utfall_run_array(all->cli->run, all->count, sizeof *ids);
    for (size_t i = 0; i < all->count && ids != NULL; i++) {
        struct item *item = &all->items[i];
        struct cli scratch = *all->cli;
        struct cli_contract opened;
        scratch.run = utfall_run_new(NULL, NULL);
        ids[i] = NULL;
        if (scratch.run == NULL)
            return;
        if (cli_open_contract(&scratch, &opened, item->path) == UTFALL_OK)
            ids[i] =
                utfall_run_text(all->cli->run, opened.contract->id, strlen(opened.contract->id));
        utfall_run_free(scratch.run);
        for (size_t k = 0; k < i && ids[i] != NULL && item->status == UTFALL_OK; k++)
            if (ids[k] != NULL && strcmp(ids[i], ids[k]) == 0)
                item->status = refuse(
                    &item->cli, UTFALL_E_CONFLICT, item->path,
                    utfall_run_join(item->cli.run, "the contract's id \"", ids[i], "\" is that of ",
                                    all->items[k].path, " as well", (const char *)NULL),
                    "ledgers are named after the contract: give each its own id, or settle it in "
                    "another run with another --out");
    }
}

static utfall_status items_make(struct portfolio *all)
{
    all->items = utfall_run_array(all->cli->run, all->count, sizeof *all->items);
    all->payers = utfall_run_array(all->cli->run, PARTIES_MAX, sizeof *all->payers);
    all->receivers = utfall_run_array(all->cli->run, PARTIES_MAX, sizeof *all->receivers);
    if (all->items == NULL || all->payers == NULL || all->receivers == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < all->count; i++) {
        struct item *item = &all->items[i];
        item->path = all->paths[i];
        item->cli = *all->cli;
        item->cli.run = utfall_run_new(NULL, NULL);
        if (item->cli.run == NULL)
            return UTFALL_E_NOMEM;
    }
    return UTFALL_OK;
}

static void items_free(struct portfolio *all)
{
    for (size_t i = 0; i < all->count && all->items != NULL; i++)
        utfall_run_free(all->items[i].cli.run);
}

/* ---- settling ---- */

static void work(void *object, size_t lane)
{
    struct portfolio *all = object;
    (void)lane;
    for (size_t i; (i = atomic_fetch_add(&all->next, 1)) < all->count;) {
        struct item *item = &all->items[i];
        item->settled.consequence = "it was not settled";
        if (item->status == UTFALL_OK)
            item->status = cli_settle_contract(&item->cli, &item->settled, item->path);
    }
}

/* ---- totals ---- */

static utfall_status total_add(struct portfolio *all, struct total *totals, size_t *count,
                               const utfall_contract *contract, size_t party, utfall_money amount)
{
    const utfall_party *p = &contract->parties[party];
    const char *key = p->org_number != NULL && *p->org_number != '\0' ? p->org_number : p->name;
    for (size_t i = 0; i < *count; i++)
        if (strcmp(totals[i].key, key) == 0 && strcmp(totals[i].currency, contract->currency) == 0)
            return utfall_money_add(&totals[i].amount, totals[i].amount, amount);
    if (*count == PARTIES_MAX)
        return refuse(all->cli, UTFALL_E_RANGE, "", "there are more than 4096 parties", NULL);
    totals[(*count)++] = (struct total){key, p->name, contract->currency, amount};
    return UTFALL_OK;
}

static utfall_status totals_add(struct portfolio *all, const utfall_settlement *settlement)
{
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < settlement->due_count && status == UTFALL_OK; i++) {
        const utfall_due *due = &settlement->dues[i];
        status = total_add(all, all->payers, &all->payer_count, settlement->contract, due->from,
                           due->amount);
        if (status == UTFALL_OK)
            status = total_add(all, all->receivers, &all->receiver_count, settlement->contract,
                               due->to, due->amount);
    }
    return status;
}

/* ---- printing ---- */

/* Kronor and öre, no marks between thousands. */
static void put_amount(utfall_money amount)
{
    uint64_t size = amount.minor < 0 ? 0 - (uint64_t)amount.minor : (uint64_t)amount.minor;
    printf("%s%llu.%02u", amount.minor < 0 ? "-" : "", (unsigned long long)(size / 100),
           (unsigned)(size % 100));
}

static void put_cell(const char *text)
{
    bool is_plain = strpbrk(text, ",\"\n\r") == NULL;
    if (is_plain) {
        fputs(text, stdout);
        return;
    }
    putchar('"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    putchar('"');
}

static void put_row(const char *kind, const char *contract, const char *from, const char *to,
                    const char *currency)
{
    const char *const cells[] = {kind, contract, from, to, currency};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        put_cell(cells[i]);
        putchar(',');
    }
}

static void put_totals(const char *kind, const struct total *totals, size_t count, bool is_payer)
{
    for (size_t i = 0; i < count; i++) {
        put_row(kind, "", is_payer ? totals[i].name : "", is_payer ? "" : totals[i].name,
                totals[i].currency);
        put_amount(totals[i].amount);
        putchar('\n');
    }
}

static void put_dues(const struct item *item)
{
    const utfall_settlement *s = item->settled.settlement;
    for (size_t i = 0; i < s->due_count; i++) {
        put_row("due", s->contract->id, s->contract->parties[s->dues[i].from].name,
                s->contract->parties[s->dues[i].to].name, s->contract->currency);
        put_amount(s->dues[i].amount);
        putchar('\n');
    }
}

static int print(struct portfolio *all)
{
    int code = EXIT_DONE;
    utfall_status status = UTFALL_OK;
    puts("kind,contract,from,to,currency,amount");
    for (size_t i = 0; i < all->count; i++) {
        struct item *item = &all->items[i];
        if (item->status != UTFALL_OK) {
            fflush(stdout);
            int own = cli_refuse(&item->cli, item->status, item->settled.consequence);
            code = code == EXIT_DONE ? own : code;
            put_row("failed", item->path, "", "", "");
            putchar('\n');
            continue;
        }
        cli_print_findings(&item->cli, "");
        put_dues(item);
        if (status == UTFALL_OK)
            status = totals_add(all, item->settled.settlement);
    }
    if (status != UTFALL_OK)
        return cli_refuse(all->cli, status, "the contracts were settled, but not added up");
    put_totals("paid", all->payers, all->payer_count, true);
    put_totals("received", all->receivers, all->receiver_count, false);
    if (fflush(stdout) != 0 && code == EXIT_DONE)
        code = EXIT_SYSTEM;
    return code;
}

int cli_portfolio(struct cli *cli)
{
    struct portfolio *all = utfall_run_alloc(cli->run, sizeof *all);
    if (all == NULL)
        return cli_refuse(cli, UTFALL_E_NOMEM, "nothing was written");
    all->cli = cli;
    utfall_status status = paths_find(all);
    if (status == UTFALL_OK)
        status = items_make(all);
    if (status != UTFALL_OK) {
        items_free(all);
        return cli_refuse(cli, status, "nothing was written");
    }
    ids_check(all);
    size_t threads = cli_threads(cli);
    size_t lanes = threads < all->count ? threads : all->count;
    lanes = lanes < UTFALL_LANES_MAX ? lanes : UTFALL_LANES_MAX;
    for (size_t i = 0; i < all->count; i++)
        all->items[i].cli.threads = (uint32_t)(threads / lanes);
    atomic_init(&all->next, 0);
    utfall_lanes crew = cli_lanes(lanes);
    if (crew.each != NULL)
        crew.each(crew.ctx, lanes, work, all);
    else
        work(all, 0);
    int code = print(all);
    items_free(all);
    return code;
}
