/* cli/whatif_leave.c - utfall whatif --leave-out: what each person, the late joiners, or each month
 * of the standard cost did to the result. Shown as effects by size, never as persons. */
#include "cli/whatif.h"
#include <string.h>

enum { PERSONS_MAX = 5000, SHOWN_IN_TEXT = 10 };

struct leave {
    struct whatif_grid *grid;
    utfall_grid *shown;
    const utfall_contract *contract;
    const utfall_case *data;
    utfall_month as_of;
    utfall_run *scratch;   /* of one settlement at a time */
    utfall_grid_row *rows; /* the first one is the whole */
    size_t row_count;
    uint64_t alone; /* rows that could not be settled without the person */
};

/* ---- rows ---- */

static utfall_status row_add(struct leave *leave, const utfall_settlement *settlement,
                             const char *first, const char *second)
{
    utfall_run *run = leave->grid->cli->run;
    const char **labels = utfall_run_array(run, 2, sizeof *labels);
    utfall_fact *facts = utfall_run_array(run, leave->grid->show_count, sizeof *facts);
    if (labels == NULL || facts == NULL || first == NULL || second == NULL)
        return UTFALL_E_NOMEM;
    labels[0] = first;
    labels[1] = second;
    utfall_status status =
        utfall_facts_pick(run, facts, leave->grid->show, leave->grid->show_count, settlement);
    /* The settlement goes with its run; its facts stay. */
    for (size_t k = 0; k < leave->grid->show_count && status == UTFALL_OK; k++)
        if (facts[k].amount != NULL &&
            (facts[k].amount = utfall_rat_copy(run, facts[k].amount)) == NULL)
            status = UTFALL_E_NOMEM;
    leave->rows[leave->row_count++] = (utfall_grid_row){.labels = labels, .facts = facts};
    return status;
}

/* Settle with those kept; a row when that can be done. */
static utfall_status kept_add(struct leave *leave, const bool *target, const bool *comparison,
                              const char *first, const char *second)
{
    utfall_run *run = leave->scratch;
    const utfall_case *kept = NULL;
    const utfall_sums *sums = NULL;
    const utfall_settlement *settlement = NULL;
    utfall_run_clear(run);
    utfall_status status =
        utfall_case_keep(run, &kept, leave->contract, leave->data, target, comparison);
    if (status == UTFALL_OK)
        status = utfall_sums_compute(run, &sums, leave->contract, kept, leave->as_of);
    if (status == UTFALL_OK)
        status = utfall_settle(run, &settlement, leave->contract, sums);
    if (status == UTFALL_OK) {
        status = row_add(leave, settlement, first, second);
    } else if (status == UTFALL_E_MISSING) {
        leave->alone++;
        status = UTFALL_OK;
    }
    return status;
}

static utfall_status rows_new(struct leave *leave, size_t count)
{
    leave->rows = utfall_run_array(leave->grid->cli->run, count + 1, sizeof *leave->rows);
    return leave->rows != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
}

/* ---- persons ---- */

static utfall_status side_leave(struct leave *leave, const utfall_cohort *cohort, bool is_target)
{
    struct cli *cli = leave->grid->cli;
    bool *keep = utfall_run_array(cli->run, cohort->persons, sizeof *keep);
    const char *side = is_target ? cli_say(cli, "target group", "målgrupp")
                                 : cli_say(cli, "comparison group", "jämförelsegrupp");
    utfall_status status = keep != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
    if (keep != NULL)
        memset(keep, 1, cohort->persons * sizeof *keep);
    for (size_t i = 0; i < cohort->persons && status == UTFALL_OK; i++) {
        keep[i] = false;
        status = kept_add(leave, is_target ? keep : NULL, is_target ? NULL : keep, "", side);
        keep[i] = true;
    }
    return status;
}

static utfall_status persons_leave(struct leave *leave)
{
    struct cli *cli = leave->grid->cli;
    const size_t persons = leave->data->target.persons + leave->data->comparison.persons;
    if (persons > PERSONS_MAX) {
        utfall_finding f = {
            .code = UTFALL_E_RANGE,
            .at = {.file = "--leave-out"},
            .message = utfall_run_join(cli->run, "there are ",
                                       utfall_run_decimal(cli->run, (int64_t)persons),
                                       " people: expected at most 5000, since each is left out "
                                       "once",
                                       (const char *)NULL),
            .hint = "leave out cells instead, or choose fewer people with where"};
        return f.message == NULL ? UTFALL_E_NOMEM : utfall_run_report(cli->run, &f);
    }
    utfall_status status = rows_new(leave, persons);
    if (status == UTFALL_OK)
        status = kept_add(leave, NULL, NULL, "", "");
    if (status == UTFALL_OK && leave->row_count == 1)
        status = side_leave(leave, &leave->data->target, true);
    if (status == UTFALL_OK && leave->row_count > 0)
        status = side_leave(leave, &leave->data->comparison, false);
    return status;
}

/* ---- late joiners ---- */

static utfall_status late_leave(struct leave *leave)
{
    struct cli *cli = leave->grid->cli;
    const utfall_cohort *target = &leave->data->target;
    bool *keep = utfall_run_array(cli->run, target->persons, sizeof *keep);
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < target->persons; i++) {
        first = target->starts[i].ordinal < first ? target->starts[i].ordinal : first;
        last = target->starts[i].ordinal > last ? target->starts[i].ordinal : last;
    }
    utfall_status status = keep != NULL
                               ? rows_new(leave, last >= first ? (size_t)(last - first) + 1 : 0)
                               : UTFALL_E_NOMEM;
    if (status == UTFALL_OK)
        status = kept_add(leave, NULL, NULL, "", "");
    for (int32_t month = last - 1; month >= first && status == UTFALL_OK; month--) {
        bool is_start = false;
        int64_t left = 0;
        char text[8];
        for (size_t i = 0; i < target->persons; i++) {
            keep[i] = target->starts[i].ordinal <= month;
            left += !keep[i];
            is_start = is_start || target->starts[i].ordinal == month;
        }
        utfall_month_text(text, (utfall_month){month});
        if (is_start)
            status = kept_add(leave, keep, NULL, utfall_run_text(cli->run, text, 7),
                              utfall_run_decimal(cli->run, left));
    }
    return status;
}

/* ---- cells of the standard cost ---- */

static utfall_status cells_leave(struct leave *leave)
{
    struct cli *cli = leave->grid->cli;
    const utfall_contract *contract = leave->contract;
    const utfall_sums *sums = NULL;
    const utfall_settlement *whole = NULL;
    utfall_status status = rows_new(leave, contract->group_count * contract->window_months);
    if (status == UTFALL_OK)
        status = utfall_sums_compute(cli->run, &sums, contract, leave->data, leave->as_of);
    if (status == UTFALL_OK)
        status = utfall_settle(cli->run, &whole, contract, sums);
    if (status == UTFALL_OK)
        status = row_add(leave, whole, "", "");
    for (size_t g = 0; g < contract->group_count; g++)
        for (uint32_t k = 1; k <= contract->window_months && status == UTFALL_OK; k++) {
            const utfall_settlement *less = NULL;
            utfall_run_clear(leave->scratch);
            status = utfall_settle_without(leave->scratch, &less, whole, g, k);
            if (status == UTFALL_OK)
                status = row_add(leave, less, contract->group_labels[g],
                                 utfall_run_decimal(cli->run, k));
        }
    return status;
}

/* ---- the question ---- */

static const char *title_of(struct leave *leave, const char *what)
{
    struct cli *cli = leave->grid->cli;
    if (strcmp(what, "persons") == 0)
        return cli_say(cli, "The largest effects of leaving out one person",
                       "De största effekterna av att utelämna en person");
    if (strcmp(what, "late") == 0)
        return cli_say(cli, "Effect of leaving out who began after a month",
                       "Effekt av att utelämna dem som började efter en månad");
    return cli_say(cli, "The largest effects of leaving out one month of one group",
                   "De största effekterna av att utelämna en månad för en grupp");
}

/* What a row is, and how many of how many are shown. */
static const char *note_of(struct leave *leave, const char *what, size_t shown, size_t all)
{
    struct cli *cli = leave->grid->cli;
    const char *row =
        strcmp(what, "persons") == 0
            ? cli_say(cli,
                      "Each row is the result without that person less the result with everybody.",
                      "Varje rad är resultatet utan den personen minus resultatet med alla.")
        : strcmp(what, "late") == 0
            ? cli_say(cli, "Each row is the result without them less the result with all.",
                      "Varje rad är resultatet utan dem minus resultatet med alla.")
            : cli_say(cli, "Each row is the result without that month less the result with all.",
                      "Varje rad är resultatet utan den månaden minus resultatet med alla.");
    return utfall_run_join(cli->run, row, cli_say(cli, " Shown: ", " Visas: "),
                           utfall_run_decimal(cli->run, (int64_t)shown),
                           cli_say(cli, " of ", " av "), utfall_run_decimal(cli->run, (int64_t)all),
                           ".", (const char *)NULL);
}

static utfall_status rows_print(struct leave *leave, const char *what)
{
    struct cli *cli = leave->grid->cli;
    static const char *const heads[3][2] = {
        {"rank", "side"}, {"started_by", "left_out"}, {"group", "month"}};
    const char *as = cli_value(cli, "as");
    const bool is_persons = strcmp(what, "persons") == 0, is_late = strcmp(what, "late") == 0;
    leave->shown->title = title_of(leave, what);
    leave->shown->contract = leave->contract;
    leave->shown->head_count = 2;
    leave->shown->heads = heads[is_persons ? 0 : is_late ? 1 : 2];
    leave->shown->keys = leave->grid->show;
    leave->shown->key_count = leave->grid->show_count;
    leave->shown->rows = leave->rows;
    leave->shown->row_count = leave->row_count;
    utfall_status status = utfall_grid_effects(cli->run, leave->shown,
                                               is_persons ? UTFALL_EFFECTS_RANKED
                                               : is_late  ? UTFALL_EFFECTS_IN_ORDER
                                                          : UTFALL_EFFECTS_BY_SIZE);
    const size_t all = leave->shown->row_count;
    if (!is_late && (as == NULL || strcmp(as, "text") == 0) &&
        leave->shown->row_count > SHOWN_IN_TEXT)
        leave->shown->row_count = SHOWN_IN_TEXT;
    leave->shown->note = note_of(leave, what, leave->shown->row_count, all);
    if (leave->shown->note == NULL)
        return UTFALL_E_NOMEM;
    return status == UTFALL_OK ? whatif_print(cli, leave->shown) : status;
}

int whatif_leave_out(struct whatif_grid *grid, utfall_grid *shown)
{
    struct cli *cli = grid->cli;
    const char *what = cli_value(cli, "leave-out");
    struct leave leave = {.grid = grid, .shown = shown};
    if (strcmp(what, "persons") != 0 && strcmp(what, "late") != 0 && strcmp(what, "cells") != 0)
        return cli_usage(cli, "--leave-out is persons, late or cells, not", what);
    utfall_status status = whatif_open(grid, &leave.contract, &leave.data, &leave.as_of);
    if (status == UTFALL_OK && (leave.scratch = utfall_run_new(NULL, NULL)) == NULL)
        status = UTFALL_E_NOMEM;
    if (status == UTFALL_OK)
        status = strcmp(what, "persons") == 0 ? persons_leave(&leave)
                 : strcmp(what, "late") == 0  ? late_leave(&leave)
                                              : cells_leave(&leave);
    utfall_run_free(leave.scratch);
    if (status == UTFALL_OK && leave.row_count == 0) { /* not even the whole: say why */
        const utfall_sums *sums;
        status = utfall_sums_compute(cli->run, &sums, leave.contract, leave.data, leave.as_of);
    }
    if (status == UTFALL_OK)
        status = rows_print(&leave, what);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "nothing is shown");
    if (leave.alone > 0) {
        utfall_finding f = {
            .code = UTFALL_E_MISSING,
            .severity = UTFALL_WARNING,
            .at = {.file = "--leave-out"},
            .message = utfall_run_join(cli->run, utfall_run_decimal(cli->run, (int64_t)leave.alone),
                                       " cannot be left out: nobody would be left to compare with",
                                       (const char *)NULL)};
        if (f.message != NULL)
            (void)utfall_run_report(cli->run, &f);
    }
    cli_print_findings(cli, "");
    return EXIT_DONE;
}
