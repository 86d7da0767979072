/* cli/previous.c - the ledgers of earlier settlements: one is the input of the next settlement, and
 * a chain of them is followed back when a ledger is verified. Each is opened as any ledger is: seal
 * checked, settled again, compared byte for byte. */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

static utfall_status report(struct cli *cli, utfall_status code, const char *file,
                            const char *message, const char *hint)
{
    utfall_finding f = {.code = code, .at = {.file = file}, .message = message, .hint = hint};
    return message == NULL ? UTFALL_E_NOMEM : utfall_run_report(cli->run, &f);
}

utfall_status cli_continue(struct cli *cli, const struct cli_contract *opened,
                           const utfall_case *data, const utfall_sums **sums,
                           struct cli_ledger *previous)
{
    const char *path = cli_value(cli, "previous");
    const utfall_history *history = NULL;
    const utfall_sums *found = NULL, *continued;
    if (path == NULL)
        return UTFALL_OK;
    utfall_status status = cli_open_ledger(cli, previous, path);
    if (status != UTFALL_OK)
        return status;
    if (previous->record->sums->as_of.ordinal >= (*sums)->as_of.ordinal)
        return report(cli, UTFALL_E_CONFLICT, path,
                      "the ledger is not as of an earlier month than this settlement",
                      "name the ledger of the settlement before, or a later month with --as-of");
    if (strcmp(previous->contract->id, opened->contract->id) == 0)
        status = utfall_sums_compute(cli->run, &found, opened->contract, data,
                                     previous->record->sums->as_of);
    if (status == UTFALL_OK)
        status = utfall_history_make(cli->run, &history, path, opened->contract,
                                     previous->settlement, found, cli_value(cli, "reason"));
    if (status != UTFALL_OK)
        return status;
    continued = utfall_sums_continue(cli->run, *sums, history);
    if (continued == NULL)
        return UTFALL_E_NOMEM;
    *sums = continued;
    return UTFALL_OK;
}

/* ---- verify ---- */

static const char *month_text(struct cli *cli, utfall_month month)
{
    char text[8];
    utfall_month_text(text, month);
    return utfall_run_text(cli->run, text, 7);
}

/* The ledger among those given that `next` names by its digest. *index: which; -1 = none. */
static utfall_status find(struct cli *cli, struct cli_ledger *out, const uint8_t digest[32],
                          int *index)
{
    *index = -1;
    for (int i = 0; i < cli->given_count && *index < 0; i++) {
        const char *bytes, *path = cli->given[i].value;
        size_t len;
        uint8_t own[32];
        if (strcmp(cli->given[i].option->name, "previous") != 0)
            continue;
        utfall_status status =
            utfall_file_read(cli->run, &bytes, &len, path, UTFALL_LEDGER_BYTES_MAX);
        if (status == UTFALL_OK)
            status = utfall_ledger_digest(cli->run, own, path, bytes, len);
        if (status != UTFALL_OK)
            return status;
        if (memcmp(own, digest, 32) == 0)
            *index = i;
    }
    return *index < 0 ? UTFALL_OK : cli_open_ledger(cli, out, cli->given[*index].value);
}

/* No ledger that was given is the one that `next` continues. Those that say they are of its month
 * are named: they were changed, or are others. */
static utfall_status missing(struct cli *cli, const struct cli_ledger *next)
{
    char hex[65];
    utfall_status status = UTFALL_OK;
    utfall_hex(hex, next->record->previous, 32);
    for (int i = 0; i < cli->given_count; i++) {
        const char *bytes, *path = cli->given[i].value;
        const utfall_record *record;
        size_t len;
        if (strcmp(cli->given[i].option->name, "previous") != 0 ||
            utfall_file_read(cli->run, &bytes, &len, path, UTFALL_LEDGER_BYTES_MAX) != UTFALL_OK ||
            utfall_ledger_read(cli->run, &record, path, bytes, len) != UTFALL_OK)
            continue;
        if (next->record->sums->history == NULL ||
            record->sums->as_of.ordinal != next->record->sums->history->as_of.ordinal)
            continue;
        status =
            report(cli, UTFALL_E_INVALID, path,
                   utfall_run_join(cli->run, "this is not the ledger that ", next->path,
                                   " was settled from, though it is as of the same month: it "
                                   "was changed, or is another one",
                                   (const char *)NULL),
                   utfall_run_join(cli->run, "the digest recorded is ", hex, (const char *)NULL));
    }
    return status != UTFALL_OK
               ? status
               : report(cli, UTFALL_E_INVALID, next->path,
                        utfall_run_join(cli->run,
                                        "none of the ledgers given is the one that this was "
                                        "settled from, with the digest ",
                                        hex, (const char *)NULL),
                        "give the ledger of the settlement before with --previous");
}

static bool same_rat(const utfall_rat *a, const utfall_rat *b)
{
    return a == NULL || b == NULL ? a == b : utfall_rat_compare(a, b) == 0;
}

static bool steps_agree(const utfall_history *a, const utfall_history *b)
{
    if (a->as_of.ordinal != b->as_of.ordinal || a->step_count != b->step_count ||
        a->pair_count != b->pair_count)
        return false;
    for (size_t i = 0; i < a->step_count; i++)
        if (strcmp(a->steps[i].id, b->steps[i].id) != 0 ||
            a->steps[i].entitlement.minor != b->steps[i].entitlement.minor)
            return false;
    for (size_t i = 0; i < a->pair_count; i++) {
        const utfall_past_pair *x = &a->pairs[i], *y = &b->pairs[i];
        if (strcmp(x->from, y->from) != 0 || strcmp(x->to, y->to) != 0 ||
            x->paid.minor != y->paid.minor || x->carried.minor != y->carried.minor ||
            x->written_off.minor != y->written_off.minor)
            return false;
    }
    return true;
}

static bool forecasts_agree(const utfall_history *a, const utfall_history *b)
{
    if (a->forecast_count != b->forecast_count)
        return false;
    for (size_t i = 0; i < a->forecast_count; i++)
        if (a->forecasts[i].as_of.ordinal != b->forecasts[i].as_of.ordinal ||
            a->forecasts[i].paid.minor != b->forecasts[i].paid.minor ||
            !same_rat(a->forecasts[i].saving, b->forecasts[i].saving))
            return false;
    return true;
}

static bool corrections_agree(const utfall_history *a, const utfall_history *b)
{
    if (a->correction_count != b->correction_count)
        return false;
    for (size_t i = 0; i < a->correction_count; i++) {
        const utfall_correction *x = &a->corrections[i], *y = &b->corrections[i];
        if (x->subject != y->subject || x->group != y->group || x->k != y->k ||
            x->month.ordinal != y->month.ordinal || x->outcome != y->outcome ||
            !same_rat(x->old, y->old) || !same_rat(x->now, y->now) ||
            !same_rat(x->saving, y->saving) || !same_rat(x->paid, y->paid))
            return false;
    }
    return true;
}

static utfall_status differs(struct cli *cli, const struct cli_ledger *next,
                             const struct cli_ledger *previous, const char *what)
{
    return report(cli, UTFALL_E_INVALID, next->path,
                  utfall_run_join(cli->run, what, " it took over are not those of ", previous->path,
                                  (const char *)NULL),
                  "compare <previous> with the ledger before");
}

/* What `next` took over follows from `previous`; with its data, so do the corrections. */
static utfall_status link_check(struct cli *cli, const struct cli_ledger *next,
                                const struct cli_ledger *previous, const utfall_case *data)
{
    const utfall_history *stated = next->record->sums->history, *made;
    const utfall_sums *found = NULL;
    utfall_status status = UTFALL_OK;
    if (stated == NULL)
        return differs(cli, next, previous, "the amounts");
    if (data != NULL)
        status = utfall_sums_compute(cli->run, &found, next->contract, data,
                                     previous->record->sums->as_of);
    if (status == UTFALL_OK)
        status = utfall_history_make(cli->run, &made, previous->path, next->contract,
                                     previous->settlement, found, "verify");
    if (status != UTFALL_OK)
        return status;
    if (!steps_agree(stated, made))
        return differs(cli, next, previous, "the amounts");
    if (!forecasts_agree(stated, made))
        return differs(cli, next, previous, "the forecasts");
    if (found != NULL && !corrections_agree(stated, made))
        return differs(cli, next, previous, "the corrections that");
    return UTFALL_OK;
}

utfall_status cli_verify_chain(struct cli *cli, const struct cli_ledger *ledger,
                               const utfall_case *data, size_t *links, const char **through)
{
    struct cli_ledger next = *ledger;
    bool used[CLI_WORDS_MAX] = {false};
    for (*links = 0; next.record->has_previous; ++*links) {
        struct cli_ledger previous;
        int index = -1;
        bool is_left = false;
        for (int i = 0; i < cli->given_count; i++)
            is_left = is_left || (strcmp(cli->given[i].option->name, "previous") == 0 && !used[i]);
        if (!is_left)
            break;
        utfall_status status = find(cli, &previous, next.record->previous, &index);
        if (status == UTFALL_OK && index < 0)
            status = missing(cli, &next);
        if (status == UTFALL_OK)
            status = link_check(cli, &next, &previous, *links == 0 ? data : NULL);
        if (status != UTFALL_OK)
            return status;
        used[index] = true;
        next = previous;
    }
    *through = month_text(cli, next.record->sums->as_of);
    for (int i = 0; i < cli->given_count; i++)
        if (strcmp(cli->given[i].option->name, "previous") == 0 && !used[i])
            return report(cli, UTFALL_E_INVALID, cli->given[i].value,
                          "this ledger does not belong to the chain",
                          "give the ledgers of earlier settlements of the same chain only");
    return *through == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
}
