/* cli/cmd_whatif.c - utfall whatif: a contract settled in every combination of values for any of
 * its places, from the command line or from a scenario file. */
#define _POSIX_C_SOURCE 200809L
#include "cli/whatif.h"
#include "cli/long_run.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SCENARIO_BYTES_MAX = 64 * 1024, TEXT_COLUMNS_MAX = 10, TEXT_WIDTH = 100 };

/* ---- what was asked for ---- */

static utfall_status axis_add(struct whatif_grid *grid, const utfall_axis *axis)
{
    if (grid->axis_count < UTFALL_AXES_MAX) {
        grid->axes[grid->axis_count++] = *axis;
        return UTFALL_OK;
    }
    utfall_finding f = {.code = UTFALL_E_RANGE,
                        .at = {.file = "--set"},
                        .message = "there are more than 16 axes",
                        .hint = "keep what does not vary in a contract of its own (extends)"};
    return utfall_run_report(grid->cli->run, &f);
}

static utfall_status file_axes(struct whatif_grid *grid, utfall_scenarios *file, const char *path)
{
    struct cli *cli = grid->cli;
    const char *text;
    size_t len;
    utfall_status status = utfall_file_read(cli->run, &text, &len, path, SCENARIO_BYTES_MAX);
    if (status == UTFALL_OK)
        status = utfall_scenarios_parse(cli->run, file, grid->document, path, text, len);
    for (size_t i = 0; i < file->axis_count && status == UTFALL_OK; i++)
        status = axis_add(grid, &file->axes[i]);
    return status;
}

/* Whether setting `outer` sets the place `path`, or one that it lies in. */
static bool is_within(const char *path, const char *outer)
{
    const size_t len = strlen(outer);
    return strncmp(path, outer, len) == 0 &&
           (path[len] == '\0' || path[len] == '.' || path[len] == '[');
}

/* Whether a choice sets one place, the same as the choice before it, as those of an axis do. */
static bool is_as_before(const utfall_axis *axis, size_t c)
{
    return c > 0 && axis->choices[c].count == 1 && axis->choices[c - 1].count == 1 &&
           strcmp(axis->choices[c].settings[0].path, axis->choices[c - 1].settings[0].path) == 0;
}

static bool is_set_by(const char *path, const utfall_axis *axis)
{
    for (size_t c = 0; c < axis->count; c++)
        for (size_t s = 0; s < axis->choices[c].count && !is_as_before(axis, c); s++)
            if (is_within(path, axis->choices[c].settings[s].path))
                return true;
    return false;
}

/* The first place that `earlier` sets and `later` sets again, NULL when there is none. */
static const char *place_again(const utfall_axis *earlier, const utfall_axis *later)
{
    for (size_t c = 0; c < earlier->count; c++)
        for (size_t s = 0; s < earlier->choices[c].count && !is_as_before(earlier, c); s++)
            if (is_set_by(earlier->choices[c].settings[s].path, later))
                return earlier->choices[c].settings[s].path;
    return NULL;
}

/* In a combination of axes the last word holds: a cell would stand in the row of a value that it
 * was not settled with. What is always set has no column, and one at a time only one is set. */
static utfall_status axes_apart(struct whatif_grid *grid)
{
    utfall_status status = UTFALL_OK;
    for (size_t b = 1; b < grid->axis_count && status == UTFALL_OK; b++)
        for (size_t a = 0; a < b && status == UTFALL_OK; a++) {
            const char *path =
                grid->axes[a].label[0] == '\0' ? NULL : place_again(&grid->axes[a], &grid->axes[b]);
            const utfall_finding f = {
                .code = UTFALL_E_CONFLICT,
                .at = {.file = path},
                .message = "this place is set by two axes, and a cell can have one of them only",
                .hint = "list all its values in one axis, or name them in scenarios"};
            if (path != NULL)
                status = utfall_run_report(grid->cli->run, &f);
        }
    return status;
}

/* Axes of the scenario file, then of the command line, whose word is the last. */
static utfall_status axes_read(struct whatif_grid *grid, utfall_scenarios *file)
{
    struct cli *cli = grid->cli;
    utfall_status status = UTFALL_OK, worst;
    if (cli_value(cli, "scenarios") != NULL)
        status = file_axes(grid, file, cli_value(cli, "scenarios"));
    worst = status;
    for (int i = 0; i < cli->given_count; i++) {
        utfall_axis axis;
        if (strcmp(cli->given[i].option->name, "set") != 0)
            continue;
        status = utfall_axis_parse(cli->run, &axis, grid->document, cli->given[i].value, "--set");
        if (status == UTFALL_OK)
            status = axis_add(grid, &axis);
        if (worst == UTFALL_OK)
            worst = status;
    }
    if (worst == UTFALL_OK && !cli_has(cli, "one-at-a-time"))
        worst = axes_apart(grid);
    return worst;
}

/* One at a time: before the choices of each axis comes the contract as it is. */
static utfall_status axes_begin_as_is(struct whatif_grid *grid)
{
    const char *as_is = cli_say(grid->cli, "as signed", "som avtalat");
    for (size_t a = 0; a < grid->axis_count; a++) {
        utfall_axis *axis = &grid->axes[a];
        if (axis->label[0] == '\0')
            continue;
        utfall_choice *choices = utfall_run_array(grid->cli->run, axis->count + 1, sizeof *choices);
        if (choices == NULL)
            return UTFALL_E_NOMEM;
        choices[0] = (utfall_choice){.label = as_is};
        memcpy(choices + 1, axis->choices, axis->count * sizeof *choices);
        axis->choices = choices;
        axis->count++;
    }
    return UTFALL_OK;
}

/* ---- what is shown ---- */

static const char **keys_new(struct cli *cli, size_t *room, const char *list)
{
    *room = 4 + UTFALL_STEPS_MAX;
    for (const char *at = list; at != NULL && *at != '\0'; at++)
        *room += *at == ',';
    return utfall_run_array(cli->run, *room, sizeof(const char *));
}

static utfall_status show_given(struct whatif_grid *grid, const char *list)
{
    size_t room;
    const char **keys = keys_new(grid->cli, &room, list);
    if (keys == NULL)
        return UTFALL_E_NOMEM;
    for (const char *at = list; *at != '\0'; at += *at == ',') {
        const size_t len = strcspn(at, ",");
        if (len > 0 &&
            (keys[grid->show_count++] = utfall_run_text(grid->cli->run, at, len)) == NULL)
            return UTFALL_E_NOMEM;
        at += len;
    }
    grid->show = keys;
    return UTFALL_OK;
}

static utfall_status key_add(struct whatif_grid *grid, const char **keys, const char *key)
{
    if (key == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < grid->show_count; i++)
        if (strcmp(keys[i], key) == 0)
            return UTFALL_OK;
    keys[grid->show_count++] = key;
    return UTFALL_OK;
}

/* The saving, what each pays to the other, and what it means for the two that bear the risk. */
static utfall_status show_default(struct whatif_grid *grid, const utfall_contract *contract)
{
    utfall_run *run = grid->cli->run;
    const utfall_party *parties = contract->parties;
    size_t room;
    const char **keys = keys_new(grid->cli, &room, NULL);
    if (keys == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = key_add(grid, keys, "saving.total");
    for (size_t i = 0; i < contract->step_count && status == UTFALL_OK; i++)
        status = key_add(grid, keys,
                         utfall_run_join(run, "due.", parties[contract->steps[i].from].id, ".",
                                         parties[contract->steps[i].to].id, (const char *)NULL));
    const size_t both[2] = {contract->saving_to, contract->investor};
    for (size_t i = 0; i < 2 && status == UTFALL_OK; i++)
        status = key_add(grid, keys,
                         utfall_run_join(run, "result.", parties[both[i]].id, (const char *)NULL));
    grid->show = keys;
    return status;
}

/* "saving" for saving.total: the one of the usual keys that begins or ends with what was written.
 */
static const char *key_near(struct cli *cli, const utfall_contract *contract, const char *written)
{
    struct whatif_grid usual = {.cli = cli};
    const char *found = NULL;
    const size_t len = strlen(written);
    if (show_default(&usual, contract) != UTFALL_OK)
        return NULL;
    for (size_t k = 0; k < usual.show_count; k++) {
        const char *key = usual.show[k];
        const size_t whole = strlen(key);
        if (whole <= len ||
            !((strncmp(key, written, len) == 0 && key[len] == '.') ||
              (strcmp(key + whole - len, written) == 0 && key[whole - len - 1] == '.')))
            continue;
        if (found != NULL)
            return NULL;
        found = key;
    }
    return found;
}

static utfall_status keys_check(struct whatif_grid *grid)
{
    utfall_status status = UTFALL_OK;
    size_t settled = 0;
    for (size_t c = 0; c < grid->cell_count; c++)
        settled += grid->cells[c].is_done && grid->cells[c].fault == NULL;
    for (size_t k = 0; k < grid->show_count && settled > 0; k++) {
        bool is_there = false;
        for (size_t c = 0; c < grid->cell_count && !is_there; c++)
            is_there = grid->facts[c * grid->show_count + k].value != NULL;
        if (is_there)
            continue;
        const char *near = key_near(grid->cli, grid->contract, grid->show[k]);
        const char *list = "utfall facts CONTRACT lists the keys there are";
        utfall_finding f = {.code = UTFALL_E_SCHEMA,
                            .at = {.file = "--show"},
                            .message = utfall_run_join(grid->cli->run, "no scenario has a fact \"",
                                                       grid->show[k], "\"", (const char *)NULL),
                            .hint = near == NULL
                                        ? list
                                        : utfall_run_join(grid->cli->run, "did you mean ", near,
                                                          "? ", list, (const char *)NULL)};
        status = utfall_run_report(grid->cli->run, &f);
    }
    return status;
}

static utfall_status row_fill(struct whatif_grid *grid, utfall_grid_row *row, size_t cell,
                              const utfall_grid *shown)
{
    const char **labels = utfall_run_array(grid->cli->run, shown->head_count, sizeof *labels);
    if (labels == NULL)
        return UTFALL_E_NOMEM;
    for (size_t a = 0, h = 0; a < grid->axis_count; a++)
        if (grid->axes[a].label[0] != '\0')
            labels[h++] = grid->axes[a].choices[grid->digits[cell * grid->axis_count + a]].label;
    *row = (utfall_grid_row){.labels = labels,
                             .facts = &grid->facts[cell * grid->show_count],
                             .fault = grid->cells[cell].fault};
    return UTFALL_OK;
}

static utfall_status rows_fill(struct whatif_grid *grid, utfall_grid *shown)
{
    const char **heads = utfall_run_array(grid->cli->run, UTFALL_AXES_MAX, sizeof *heads);
    utfall_grid_row *rows = utfall_run_array(grid->cli->run, grid->cell_count, sizeof *rows);
    utfall_status status = UTFALL_OK;
    if (heads == NULL || rows == NULL)
        return UTFALL_E_NOMEM;
    for (size_t a = 0; a < grid->axis_count; a++)
        if (grid->axes[a].label[0] != '\0')
            heads[shown->head_count++] = grid->axes[a].label;
    shown->heads = heads;
    shown->keys = grid->show;
    shown->key_count = grid->show_count;
    for (size_t c = 0; c < grid->cell_count && status == UTFALL_OK; c++) {
        if (grid->cells[c].is_done)
            status = row_fill(grid, &rows[shown->row_count++], c, shown);
        else
            shown->missing++;
    }
    shown->rows = rows;
    return status;
}

utfall_status whatif_print(struct cli *cli, const utfall_grid *shown)
{
    const char *as = cli_value(cli, "as"), *out = cli_value(cli, "out"), *text;
    size_t len;
    utfall_status status;
    if (as != NULL && strcmp(as, "csv") == 0)
        status = utfall_grid_csv(cli->run, &text, &len, shown, cli_has(cli, "exact"));
    else if (as != NULL && strcmp(as, "json") == 0)
        status = utfall_grid_json(cli->run, &text, &len, shown);
    else if (cli_has(cli, "one-at-a-time"))
        status = utfall_grid_tornado(cli->run, &text, &len, shown, cli->language);
    else
        status = utfall_grid_text(cli->run, &text, &len, shown, cli->language);
    if (status != UTFALL_OK)
        return status;
    return out != NULL ? utfall_file_replace(cli->run, out, text, len, 0666)
                       : cli_write_out(cli, text, len);
}

/* ---- the command ---- */

static int options_check(const struct cli *cli, size_t *threads)
{
    const char *as = cli_value(cli, "as");
    if (as != NULL && strcmp(as, "text") != 0 && strcmp(as, "csv") != 0 && strcmp(as, "json") != 0)
        return cli_usage(cli, "--as is text, csv or json, not", as);
    *threads = cli_threads(cli);
    if (*threads == 0)
        return cli_usage(cli, "--threads is a number from 1 to 64, not", cli_value(cli, "threads"));
    if (cli_has(cli, "seek") && cli_has(cli, "leave-out"))
        return cli_usage(cli, "--seek and --leave-out are two questions: ask one of them", NULL);
    return -1;
}

static utfall_status as_of_check(struct cli *cli)
{
    utfall_month month;
    const char *given = cli_value(cli, "as-of");
    if (given == NULL || utfall_month_parse(&month, given, strlen(given)) == UTFALL_OK)
        return UTFALL_OK;
    utfall_finding f = {.code = UTFALL_E_SYNTAX,
                        .at = {.file = "--as-of"},
                        .message = "the value of --as-of is not a month",
                        .hint = "write it as YYYY-MM, e.g. 2018-08"};
    return utfall_run_report(cli->run, &f);
}

static utfall_status columns_check(struct cli *cli, const struct whatif_grid *grid)
{
    const char *as = cli_value(cli, "as");
    if ((as != NULL && strcmp(as, "text") != 0) || cli_has(cli, "one-at-a-time") ||
        grid->axis_count + grid->show_count <= TEXT_COLUMNS_MAX)
        return UTFALL_OK;
    utfall_finding f = {.code = UTFALL_E_RANGE,
                        .at = {.file = "--show"},
                        .message = "the table would have more than 10 columns",
                        .hint = "choose facts with --show, or write it with --as csv"};
    return utfall_run_report(cli->run, &f);
}

static utfall_status grid_make(struct whatif_grid *grid, utfall_grid *shown, const char *path)
{
    struct cli *cli = grid->cli;
    utfall_scenarios file = {.title = ""};
    struct cli_contract opened;
    const char *show = cli_value(cli, "show");
    utfall_status status = cli_open_contract(cli, &opened, path);
    if (status != UTFALL_OK)
        return status;
    grid->document = opened.document;
    grid->contract = opened.contract;
    grid->folder = opened.folder;
    grid->as_of = cli_value(cli, "as-of");
    shown->contract = opened.contract;
    shown->columns = isatty(STDOUT_FILENO) != 0 ? cli_columns() : TEXT_WIDTH;
    status = axes_read(grid, &file);
    if (status == UTFALL_OK)
        status = as_of_check(cli);
    shown->title = file.title;
    if (status == UTFALL_OK && show != NULL)
        status = show_given(grid, show);
    else if (file.show_count > 0) {
        grid->show = file.show;
        grid->show_count = file.show_count;
    } else if (status == UTFALL_OK)
        status = show_default(grid, opened.contract);
    if (status == UTFALL_OK)
        status = columns_check(cli, grid);
    if (status == UTFALL_OK && cli_has(cli, "one-at-a-time"))
        status = axes_begin_as_is(grid);
    return status;
}

/* "25 481" */
static const char *grouped(char out[32], uint64_t number)
{
    char digits[24];
    const int count = snprintf(digits, sizeof digits, "%" PRIu64, number);
    size_t at = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            out[at++] = ' ';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

/* A table that ends early looks like a whole one: say what it is, whatever its form. */
static void stop_tell(const struct cli *cli, const utfall_grid *shown)
{
    char settled[32], all[32];
    if (shown->missing > 0)
        fprintf(stderr,
                cli_say(cli, "utfall: stopped: %s of %s scenarios were settled\n",
                        "utfall: avbrutet: %s av %s scenarier avräknades\n"),
                grouped(settled, shown->row_count),
                grouped(all, shown->row_count + shown->missing));
}

int cmd_whatif(struct cli *cli)
{
    struct whatif_grid grid = {.cli = cli};
    utfall_grid shown = {.title = ""};
    size_t threads = 1, refused = 0;
    const int code = options_check(cli, &threads);
    if (code >= 0)
        return code;
    utfall_status status = grid_make(&grid, &shown, cli->operands[0]);
    if (cli_has(cli, "seek") || cli_has(cli, "leave-out")) {
        status = status == UTFALL_OK ? whatif_first(&grid) : status;
        if (status != UTFALL_OK)
            return cli_refuse(cli, status, "nothing is shown");
        return cli_has(cli, "seek") ? whatif_seek(&grid) : whatif_leave_out(&grid, &shown);
    }
    if (status == UTFALL_OK)
        status = whatif_plan(&grid, cli_has(cli, "one-at-a-time"));
    if (status == UTFALL_OK)
        status = whatif_run(&grid, threads);
    if (status == UTFALL_OK)
        status = keys_check(&grid);
    if (status == UTFALL_OK)
        status = rows_fill(&grid, &shown);
    if (status == UTFALL_OK)
        status = whatif_print(cli, &shown);
    for (size_t c = 0; c < grid.cell_count; c++)
        refused += grid.cells != NULL && grid.cells[c].fault != NULL;
    whatif_free(&grid);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "no scenario is shown");
    cli_print_findings(cli, "");
    (void)fflush(stdout);
    stop_tell(cli, &shown);
    return cli_long_run_is_stopped() ? EXIT_STOPPED : refused > 0 ? EXIT_NO : EXIT_DONE;
}
