/* cli/compare_stages.c - from A to B one change at a time.
 *
 * Two contracts: every stage is settled from the tables. Two ledgers, or one of each: the terms are
 * at hand and the sums of both sides, so that what shapes the sums is one stage, and what only
 * concerns the payment is settled change by change. A change that cannot be settled by itself (four
 * groups without comparison people, say) waits for the next and is told together with it. */
#define _XOPEN_SOURCE 700
#include "cli/compare_stages.h"
#include <stdlib.h>
#include <string.h>

struct side {
    const char *path;
    bool is_ledger;
    struct cli_contract opened;
    struct cli_ledger ledger;
    utfall_document *document;
    const utfall_settlement *settlement;
    size_t input_count;
    const utfall_input *inputs; /* tables only */
};

struct way {
    struct cli *cli;
    struct side a, b;
    const char *folder; /* where the tables of every stage start from */
    utfall_document *document;
    const utfall_sums *sums; /* of the ledger way */
    utfall_stage *stages;
    size_t stage_count;
    utfall_difference *pending; /* made, not yet settled */
    size_t pending_count;
    const char *why;
};

/* ---- opening ---- */

static utfall_status open_ledger(struct cli *cli, struct side *side)
{
    utfall_status status = cli_open_ledger(cli, &side->ledger, side->path);
    if (status != UTFALL_OK)
        return status;
    const utfall_record *record = side->ledger.record;
    side->settlement = side->ledger.settlement;
    side->inputs = record->inputs;
    side->input_count = record->input_count;
    return utfall_document_of_terms(cli->run, &side->document, record->terms, record->term_count);
}

static utfall_status open_contract(struct cli *cli, struct side *side)
{
    const utfall_case *data = NULL;
    utfall_status status = cli_open_contract(cli, &side->opened, side->path);
    if (status == UTFALL_OK)
        status = cli_settle(cli, &side->opened, UTFALL_FOR_SUMS, &data, &side->settlement, NULL);
    if (status != UTFALL_OK)
        return status;
    side->inputs = data->inputs;
    side->input_count = data->input_count;
    return utfall_document_copy(cli->run, &side->document, side->opened.document);
}

static utfall_status side_open(struct cli *cli, struct side *side, const char *path)
{
    side->path = path;
    utfall_status status = cli_is_ledger(cli, &side->is_ledger, path);
    if (status != UTFALL_OK)
        return status;
    return side->is_ledger ? open_ledger(cli, side) : open_contract(cli, side);
}

static utfall_status side_describe(struct cli *cli, utfall_comparison_side *out,
                                   const struct side *side)
{
    const utfall_settlement *s = side->settlement;
    *out = (utfall_comparison_side){.name = side->path,
                                    .contract = s->contract->id,
                                    .currency = s->contract->currency,
                                    .note = s->contract->note,
                                    .as_of = s->sums->as_of};
    return utfall_comparison_facts(cli->run, &out->facts, &out->fact_count, cli->run, s);
}

/* ---- folders ---- */

static const char *folder_of(struct cli *cli, const struct side *side)
{
    char *real = realpath(side->opened.folder[0] == '\0' ? "." : side->opened.folder, NULL);
    const char *folder = real == NULL
                             ? NULL
                             : utfall_run_join(cli->run, real, strcmp(real, "/") == 0 ? "" : "/",
                                               (const char *)NULL);
    free(real);
    return folder;
}

/* Bytes of the folder that holds both. */
static size_t common_folder(const char *a, const char *b)
{
    size_t common = 0;
    for (size_t i = 0; a[i] != '\0' && a[i] == b[i]; i++)
        if (a[i] == '/')
            common = i + 1;
    return common;
}

/* Contracts in two folders: every table is named from the folder that holds both, so that a stage
 * can take some from each. */
static utfall_status folders_join(struct way *way)
{
    struct cli *cli = way->cli;
    const char *a = folder_of(cli, &way->a), *b = folder_of(cli, &way->b);
    way->folder = way->a.opened.folder;
    if (a == NULL || b == NULL || strcmp(a, b) == 0)
        return utfall_run_failure(cli->run);
    const size_t common = common_folder(a, b);
    way->folder = utfall_run_text(cli->run, a, common);
    utfall_status status = utfall_document_move(cli->run, way->a.document, a + common);
    if (status == UTFALL_OK)
        status = utfall_document_move(cli->run, way->b.document, b + common);
    return status;
}

/* ---- settling a stage ---- */

/* The first error of a run, copied: why a stage could not be settled. */
static const char *reason_of(struct way *way, utfall_run *run)
{
    for (size_t i = 0; utfall_run_finding(run, i) != NULL; i++) {
        const utfall_finding *f = utfall_run_finding(run, i);
        if (f->severity == UTFALL_ERROR)
            return utfall_run_text(way->cli->run, f->message, strlen(f->message));
    }
    return utfall_run_text(way->cli->run, "", 0);
}

static utfall_status stage_from_tables(struct cli *cli, const struct way *way,
                                       const utfall_settlement **out, utfall_document *document)
{
    struct cli_contract opened = {.document = document, .folder = way->folder};
    utfall_status status =
        utfall_document_bind(cli->run, &opened.contract, &opened.sources, document);
    return status == UTFALL_OK ? cli_settle(cli, &opened, UTFALL_FOR_SUMS, NULL, out, NULL)
                               : status;
}

static utfall_status stage_from_sums(struct cli *cli, const struct way *way,
                                     const utfall_settlement **out, utfall_document *document)
{
    const utfall_contract *contract;
    const utfall_sources *sources;
    utfall_status status = utfall_document_bind(cli->run, &contract, &sources, document);
    if (status == UTFALL_OK)
        status = utfall_sums_check(cli->run, contract, way->sums);
    return status == UTFALL_OK ? utfall_settle(cli->run, out, contract, way->sums) : status;
}

/* Settle the document as it is now. UTFALL_OK with facts, or with *facts NULL and way->why. */
static utfall_status stage_settle(struct way *way, const utfall_fact **facts, size_t *count)
{
    struct cli own = *way->cli;
    const utfall_settlement *settlement = NULL;
    utfall_document *document = NULL;
    own.run = utfall_run_new(NULL, NULL);
    if (own.run == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_document_copy(own.run, &document, way->document);
    if (status == UTFALL_OK)
        status = way->sums != NULL ? stage_from_sums(&own, way, &settlement, document)
                                   : stage_from_tables(&own, way, &settlement, document);
    if (status == UTFALL_OK) {
        status = utfall_comparison_facts(way->cli->run, facts, count, own.run, settlement);
    } else if (status != UTFALL_E_NOMEM && status != UTFALL_E_BUG) {
        *facts = NULL;
        way->why = reason_of(way, own.run);
        status = way->why == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
    }
    utfall_run_free(own.run);
    return status;
}

/* The pending differences become a stage, when the document can be settled now. */
static utfall_status stage_try(struct way *way)
{
    const utfall_fact *facts = NULL;
    size_t count = 0;
    utfall_status status = stage_settle(way, &facts, &count);
    if (status != UTFALL_OK || facts == NULL)
        return status;
    way->stages[way->stage_count++] =
        (utfall_stage){.count = way->pending_count,
                       .differences = way->pending,
                       .why = way->pending_count > 1 ? way->why : NULL,
                       .fact_count = count,
                       .facts = facts};
    way->pending += way->pending_count;
    way->pending_count = 0;
    way->why = NULL;
    return UTFALL_OK;
}

/* ---- differences ---- */

static bool is_same_contract(const struct way *way)
{
    return strcmp(way->a.settlement->contract->id, way->b.settlement->contract->id) == 0;
}

static utfall_cause cause_of(const struct way *way, utfall_change_kind kind)
{
    switch (kind) {
    case UTFALL_CHANGE_TABLE:
        return is_same_contract(way) ? UTFALL_CAUSE_CORRECTIONS : UTFALL_CAUSE_DATA;
    case UTFALL_CHANGE_TIME:
        return UTFALL_CAUSE_TIME;
    case UTFALL_CHANGE_TERM:
        return UTFALL_CAUSE_PARAMETERS;
    case UTFALL_CHANGE_RULE:
        return UTFALL_CAUSE_RULES;
    }
    return UTFALL_CAUSE_UNSPLIT;
}

static void pending_add(struct way *way, const utfall_change *change)
{
    way->pending[way->pending_count++] = (utfall_difference){.cause = cause_of(way, change->kind),
                                                             .path = change->path,
                                                             .id = change->id,
                                                             .before = change->before,
                                                             .after = change->after,
                                                             .before_at = change->before_at,
                                                             .after_at = change->after_at};
}

/* Every change by itself. */
static utfall_status walk(struct way *way, const utfall_change *changes, size_t count)
{
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < count && status == UTFALL_OK; i++) {
        status = utfall_document_change(way->cli->run, way->document, way->b.document, &changes[i]);
        pending_add(way, &changes[i]);
        if (status == UTFALL_OK)
            status = stage_try(way);
    }
    return status;
}

/* ---- ledgers ---- */

static bool are_tables_same(const struct way *way)
{
    size_t a = 0, b = 0;
    for (;; a++, b++) {
        while (a < way->a.input_count && strcmp(way->a.inputs[a].role, "contract") == 0)
            a++;
        while (b < way->b.input_count && strcmp(way->b.inputs[b].role, "contract") == 0)
            b++;
        if (a == way->a.input_count || b == way->b.input_count)
            return a == way->a.input_count && b == way->b.input_count;
        if (strcmp(way->a.inputs[a].role, way->b.inputs[b].role) != 0 ||
            memcmp(way->a.inputs[a].sha256, way->b.inputs[b].sha256, 32) != 0)
            return false;
    }
}

/* Differences that no term shows: other bytes in the tables, another month. */
static utfall_status unwritten_add(struct way *way)
{
    char a[8], b[8];
    const utfall_month before = way->a.settlement->sums->as_of,
                       after = way->b.settlement->sums->as_of;
    if (!are_tables_same(way))
        way->pending[way->pending_count++] =
            (utfall_difference){.cause = cause_of(way, UTFALL_CHANGE_TABLE),
                                .path = "tables",
                                .before = way->a.path,
                                .after = way->b.path};
    if (before.ordinal == after.ordinal)
        return UTFALL_OK;
    utfall_month_text(a, before);
    utfall_month_text(b, after);
    const char *left = utfall_run_text(way->cli->run, a, 7);
    const char *right = utfall_run_text(way->cli->run, b, 7);
    way->pending[way->pending_count++] = (utfall_difference){
        .cause = UTFALL_CAUSE_TIME, .path = "as_of", .before = left, .after = right};
    return left == NULL || right == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
}

/* What shapes the sums at once, with the sums of B; then the rest change by change. */
static utfall_status walk_sums(struct way *way, utfall_change *changes, size_t count)
{
    size_t kept = 0;
    utfall_status status = unwritten_add(way);
    for (size_t i = 0; i < count && status == UTFALL_OK; i++) {
        if (changes[i].pays_only) {
            changes[kept++] = changes[i];
            continue;
        }
        status = utfall_document_change(way->cli->run, way->document, way->b.document, &changes[i]);
        pending_add(way, &changes[i]);
    }
    way->sums = way->b.settlement->sums;
    if (way->pending_count > 1)
        way->why =
            cli_say(way->cli, "the ledgers hold sums only", "avräkningsfilerna håller bara summor");
    if (status == UTFALL_OK && way->pending_count > 0)
        status = stage_try(way);
    return status == UTFALL_OK ? walk(way, changes, kept) : status;
}

/* ---- the whole way ---- */

/* The last stage has to be B; changes that were still waiting come to it. */
static utfall_status way_end(struct way *way, const utfall_comparison_side *b)
{
    if (way->pending_count == 0)
        return UTFALL_OK;
    way->stages[way->stage_count++] = (utfall_stage){.count = way->pending_count,
                                                     .differences = way->pending,
                                                     .why = way->why,
                                                     .fact_count = b->fact_count,
                                                     .facts = b->facts};
    return UTFALL_OK;
}

static utfall_status way_walk(struct way *way, utfall_comparison *out)
{
    const utfall_change *found = NULL;
    size_t count = 0;
    struct cli *cli = way->cli;
    const bool by_sums = way->a.is_ledger || way->b.is_ledger;
    utfall_status status = by_sums ? UTFALL_OK : folders_join(way);
    if (status == UTFALL_OK)
        status =
            utfall_document_changes(cli->run, &found, &count, way->a.document, way->b.document);
    if (status == UTFALL_OK)
        status = utfall_document_copy(cli->run, &way->document, way->a.document);
    if (status != UTFALL_OK)
        return status;
    utfall_change *changes = utfall_run_array(cli->run, count, sizeof *changes);
    way->stages = utfall_run_array(cli->run, count + 3, sizeof *way->stages);
    way->pending = utfall_run_array(cli->run, count + 3, sizeof *way->pending);
    if (changes == NULL || way->stages == NULL || way->pending == NULL)
        return UTFALL_E_NOMEM;
    if (count > 0)
        memcpy(changes, found, count * sizeof *changes);
    status = by_sums ? walk_sums(way, changes, count) : walk(way, changes, count);
    if (status == UTFALL_OK)
        status = way_end(way, &out->b);
    out->by_sums = by_sums;
    out->stages = way->stages;
    out->stage_count = way->stage_count;
    return status;
}

utfall_status cli_compare(struct cli *cli, utfall_comparison *out)
{
    struct way way = {.cli = cli};
    utfall_comparison comparison = {.by_sums = false};
    utfall_status status = side_open(cli, &way.a, cli->operands[0]);
    if (status == UTFALL_OK)
        status = side_open(cli, &way.b, cli->operands[1]);
    if (status == UTFALL_OK)
        status = side_describe(cli, &comparison.a, &way.a);
    if (status == UTFALL_OK)
        status = side_describe(cli, &comparison.b, &way.b);
    if (status == UTFALL_OK)
        status = way_walk(&way, &comparison);
    if (status == UTFALL_OK)
        *out = comparison;
    return status;
}
