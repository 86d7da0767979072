/* cli/whatif_plan.c - from axes to cells: which part of the contract each axis changes, the parts
 * bound once, the cells listed. Nothing is settled here; what is wrong with a path or a value is
 * told before anything runs. */
#include "cli/whatif.h"
#include <string.h>

enum { VARIANTS_MAX = 1024 };

/* Places that change less than everything. A place that is not here is taken to change what is read
 * from the tables, which is slower and never wrong. */
static const struct {
    const char *path;
    unsigned touches;
} places[] = {
    {"evaluation.window", WHATIF_WINDOW},
    {"evaluation.payment_window", WHATIF_WINDOW},
    {"evaluation.groups", WHATIF_GROUPS},
    {"evaluation.incomplete", WHATIF_REST | WHATIF_SUMS},
    {"target_group.data_through", WHATIF_REST | WHATIF_SUMS},
    {"evaluation.saving_to", WHATIF_REST},
    {"financing.commitment", WHATIF_REST},
    {"financing.investor", WHATIF_REST},
    {"waterfall", WHATIF_REST},
    {"rounding", WHATIF_REST},
    {"parties", WHATIF_REST},
    {"contract", WHATIF_REST},
};

static unsigned path_touches(const char *path)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const size_t len = strlen(places[i].path);
        if (strncmp(path, places[i].path, len) == 0 &&
            (path[len] == '\0' || path[len] == '.' || path[len] == '['))
            return places[i].touches;
    }
    return WHATIF_ALL;
}

static unsigned axis_touches(const utfall_axis *axis)
{
    unsigned touches = 0;
    for (size_t i = 0; i < axis->count; i++)
        for (size_t s = 0; s < axis->choices[i].count; s++)
            touches |= path_touches(axis->choices[i].settings[s].path);
    return touches;
}

const char *whatif_fault_text(utfall_run *run, utfall_status status)
{
    const utfall_finding *f;
    for (size_t i = 0; (f = utfall_run_finding(run, i)) != NULL; i++)
        if (f->severity == UTFALL_ERROR)
            return f->message;
    return utfall_status_name(status);
}

/* ---- binding ---- */

static utfall_status choice_set(utfall_run *run, utfall_document *document,
                                const utfall_choice *choice)
{
    for (size_t s = 0; s < choice->count; s++) {
        utfall_status status =
            utfall_document_set(run, document, choice->settings[s].path, choice->settings[s].text,
                                choice->settings[s].path);
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

/* The contract with a choice of each axis set that touches one of `bits`, in the order of the axes;
 * the others stay as the contract is. */
static utfall_status digits_bind(const struct whatif_grid *grid, utfall_run *run, unsigned bits,
                                 const uint32_t *digits, struct whatif_variant *out)
{
    utfall_document *document = NULL;
    utfall_status status = utfall_document_copy(run, &document, grid->document);
    if (status != UTFALL_OK)
        return status;
    for (size_t a = 0; a < grid->axis_count; a++) {
        utfall_status set = (grid->touches[a] & bits) == 0
                                ? UTFALL_OK
                                : choice_set(run, document, &grid->axes[a].choices[digits[a]]);
        if (status == UTFALL_OK)
            status = set;
    }
    if (status == UTFALL_OK)
        status = utfall_document_bind(run, &out->contract, &out->sources, document);
    return status;
}

static bool is_same_but_cuts(const utfall_contract *a, const utfall_contract *b)
{
    if (a->factor_count != b->factor_count)
        return false;
    for (size_t f = 0; f < a->factor_count; f++) {
        const utfall_factor *left = &a->factors[f], *right = &b->factors[f];
        if (left->kind != right->kind || strcmp(left->attribute, right->attribute) != 0)
            return false;
        if (left->kind == UTFALL_FACTOR_VALUES) {
            if (left->count != right->count)
                return false;
            for (size_t v = 0; v < left->count; v++)
                if (strcmp(left->values[v], right->values[v]) != 0)
                    return false;
        }
    }
    return true;
}

/* A place that is none is so for each of its values. */
static bool is_told(const utfall_run *run, const utfall_finding *finding)
{
    const utfall_finding *f;
    for (size_t k = 0; (f = utfall_run_finding(run, k)) != NULL; k++)
        if (f->code == finding->code && strcmp(f->message, finding->message) == 0 &&
            strcmp(f->at.file, finding->at.file) == 0 && f->at.line == finding->at.line)
            return true;
    return false;
}

static void findings_pass_on(const struct whatif_grid *grid, const utfall_run *from)
{
    const utfall_finding *f;
    for (size_t k = 0; (f = utfall_run_finding(from, k)) != NULL; k++)
        if (!is_told(grid->cli->run, f))
            (void)utfall_run_report(grid->cli->run, f);
}

/* One choice in the contract as it is otherwise: wrong by itself, it is told, once. */
static utfall_status choice_try(struct whatif_grid *grid, size_t a, uint32_t choice)
{
    struct whatif_variant alone = {0};
    utfall_document *document = NULL;
    if (grid->tried[a][choice] || utfall_run_errors(grid->cli->run) >= UTFALL_FINDINGS_MAX)
        return UTFALL_OK;
    grid->tried[a][choice] = true;
    utfall_run *own = utfall_run_new(NULL, NULL);
    if (own == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_document_copy(own, &document, grid->document);
    for (size_t i = 0; i < grid->axis_count && status == UTFALL_OK; i++)
        if (i == a || grid->axes[i].label[0] == '\0')
            status = choice_set(own, document, &grid->axes[i].choices[i == a ? choice : 0]);
    if (status == UTFALL_OK)
        status = utfall_document_bind(own, &alone.contract, &alone.sources, document);
    if (status != UTFALL_OK)
        findings_pass_on(grid, own);
    utfall_run_free(own);
    return status;
}

/* A standard cost that was agreed is a table of groups and months: read for each of them. */
static void agreed_look(struct whatif_grid *grid)
{
    const struct whatif_bound *rest = &grid->parts[3];
    bool is_agreed = rest->is_lazy;
    for (uint64_t v = 0; !rest->is_lazy && v < rest->count; v++)
        is_agreed = is_agreed || (rest->variants[v].contract != NULL &&
                                  rest->variants[v].contract->design == UTFALL_DESIGN_AGREED);
    grid->reads_windows = is_agreed;
    for (size_t a = 0; is_agreed && a < grid->axis_count; a++)
        if ((grid->touches[a] & (WHATIF_WINDOW | WHATIF_GROUPS)) != 0)
            grid->touches[a] |= WHATIF_DATA;
}

/* Groups that ask for other columns of the tables are read for themselves. */
static void columns_look(struct whatif_grid *grid)
{
    const struct whatif_bound *groups = &grid->parts[2];
    bool is_same = !groups->is_lazy;
    for (uint64_t v = 0; !groups->is_lazy && v < groups->count; v++)
        if (groups->variants[v].contract != NULL)
            is_same = is_same && is_same_but_cuts(grid->contract, groups->variants[v].contract);
    for (size_t a = 0; !is_same && a < grid->axis_count; a++)
        if ((grid->touches[a] & WHATIF_GROUPS) != 0)
            grid->touches[a] |= WHATIF_DATA;
}

static uint64_t product_of(const struct whatif_grid *grid, unsigned bits)
{
    uint64_t product = 1;
    for (size_t a = 0; a < grid->axis_count; a++)
        if ((grid->touches[a] & bits) != 0)
            product = grid->axes[a].count > UINT64_MAX / product ? UINT64_MAX
                                                                 : product * grid->axes[a].count;
    return product;
}

static void digits_of_variant(const struct whatif_grid *grid, unsigned bits, uint64_t number,
                              uint32_t *digits)
{
    for (size_t a = grid->axis_count; a-- > 0;) {
        digits[a] = 0;
        if ((grid->touches[a] & bits) == 0)
            continue;
        digits[a] = (uint32_t)(number % grid->axes[a].count);
        number /= grid->axes[a].count;
    }
}

uint64_t whatif_variant_of(const struct whatif_grid *grid, unsigned bits, size_t cell)
{
    uint64_t number = 0;
    for (size_t a = 0; a < grid->axis_count; a++)
        if ((grid->touches[a] & bits) != 0)
            number = number * grid->axes[a].count + grid->digits[cell * grid->axis_count + a];
    return number;
}

static void run_end(void *run)
{
    utfall_run_free(run);
}

/* The run that variants are bound in, as long as they can be. */
static utfall_run *binding_run(struct whatif_grid *grid)
{
    if (grid->binding != NULL)
        return grid->binding;
    utfall_run *run = utfall_run_new(NULL, NULL);
    if (run != NULL && utfall_run_defer(grid->cli->run, run_end, run) != UTFALL_OK) {
        utfall_run_free(run);
        run = NULL;
    }
    return grid->binding = run;
}

static utfall_status variant_bind(struct whatif_grid *grid, size_t part, uint64_t number)
{
    struct whatif_variant *variant = &grid->parts[part].variants[number];
    const unsigned bits = 1u << part;
    uint32_t digits[UTFALL_AXES_MAX];
    utfall_run *run = binding_run(grid);
    if (run == NULL)
        return UTFALL_E_NOMEM;
    digits_of_variant(grid, bits, number, digits);
    utfall_status status = digits_bind(grid, run, bits, digits, variant), worst = UTFALL_OK;
    if (status == UTFALL_OK || status == UTFALL_E_NOMEM)
        return status;
    grid->binding = NULL; /* its findings are those of this variant */
    *variant = (struct whatif_variant){.fault = whatif_fault_text(run, status)};
    for (size_t a = 0; a < grid->axis_count; a++) {
        status = (grid->touches[a] & bits) != 0 ? choice_try(grid, a, digits[a]) : UTFALL_OK;
        worst = worst == UTFALL_OK ? status : worst;
    }
    return worst;
}

/* Bind every way that a part can come out. One that cannot be bound, since its values do not go
 * together, is a fault of its cells; a value that is wrong by itself is one of the grid. */
static utfall_status part_bind(struct whatif_grid *grid, size_t part)
{
    struct whatif_bound *bound = &grid->parts[part];
    utfall_status worst = UTFALL_OK;
    bound->count = product_of(grid, 1u << part);
    bound->is_lazy = bound->count > VARIANTS_MAX;
    for (size_t a = 0; bound->is_lazy && a < grid->axis_count; a++)
        for (uint32_t i = 0; i < grid->axes[a].count && (grid->touches[a] & 1u << part) != 0; i++) {
            utfall_status status = choice_try(grid, a, i);
            worst = worst == UTFALL_OK ? status : worst;
        }
    if (bound->is_lazy)
        return worst;
    bound->variants = utfall_run_array(grid->cli->run, bound->count, sizeof *bound->variants);
    if (bound->variants == NULL)
        return UTFALL_E_NOMEM;
    for (uint64_t v = 0; v < bound->count && worst != UTFALL_E_NOMEM; v++) {
        utfall_status status = variant_bind(grid, part, v);
        worst = worst == UTFALL_OK ? status : worst;
    }
    return worst;
}

/* ---- cells ---- */

static utfall_status cells_refuse(struct whatif_grid *grid, uint64_t count)
{
    const char *number =
        count > INT64_MAX ? "too many" : utfall_run_decimal(grid->cli->run, (int64_t)count);
    utfall_finding f = {.code = UTFALL_E_RANGE,
                        .at = {.file = "--set"},
                        .message =
                            utfall_run_join(grid->cli->run, "the grid has ", number,
                                            " cells: expected at most 100000", (const char *)NULL),
                        .hint = "take wider steps, e.g. 12..36:6, or fewer axes"};
    return f.message == NULL ? UTFALL_E_NOMEM : utfall_run_report(grid->cli->run, &f);
}

/* Each choice of each axis alone, with the first cell as the contract is. */
static void cells_apart(struct whatif_grid *grid)
{
    size_t cell = 1;
    for (size_t a = 0; a < grid->axis_count; a++)
        for (uint32_t i = 1; i < grid->axes[a].count; i++)
            grid->digits[cell++ * grid->axis_count + a] = i;
}

static utfall_status cells_list(struct whatif_grid *grid, bool one_at_a_time)
{
    utfall_run *run = grid->cli->run;
    uint64_t count = 1;
    for (size_t a = 0; a < grid->axis_count; a++) {
        const uint64_t own = grid->axes[a].count;
        if (one_at_a_time)
            count += own - 1;
        else
            count = own > UINT64_MAX / count ? UINT64_MAX : count * own;
    }
    if (count > WHATIF_CELLS_MAX)
        return cells_refuse(grid, count);
    grid->cell_count = (size_t)count;
    grid->digits =
        utfall_run_array(run, grid->cell_count, (grid->axis_count + 1) * sizeof *grid->digits);
    grid->cells = utfall_run_array(run, grid->cell_count, sizeof *grid->cells);
    if (grid->digits == NULL || grid->cells == NULL)
        return UTFALL_E_NOMEM;
    if (one_at_a_time)
        cells_apart(grid);
    else
        for (size_t c = 0; c < grid->cell_count; c++)
            for (size_t a = grid->axis_count, rest = c; a-- > 0; rest /= grid->axes[a].count)
                grid->digits[c * grid->axis_count + a] = (uint32_t)(rest % grid->axes[a].count);
    return UTFALL_OK;
}

static void cells_share(struct whatif_grid *grid)
{
    const unsigned first_half = WHATIF_DATA | WHATIF_WINDOW | WHATIF_GROUPS | WHATIF_SUMS;
    const bool is_shared = product_of(grid, first_half) < UINT64_MAX;
    for (size_t c = 0; c < grid->cell_count; c++) {
        grid->cells[c].data = is_shared ? whatif_variant_of(grid, WHATIF_DATA, c) : c;
        grid->cells[c].sums = is_shared ? whatif_variant_of(grid, first_half, c) : c;
    }
}

utfall_status whatif_contract(const struct whatif_grid *grid, utfall_run *run,
                              const utfall_contract **out, const char **fault, size_t cell)
{
    const struct whatif_variant *of[WHATIF_PARTS];
    bool is_lazy = false;
    for (size_t p = 0; p < WHATIF_PARTS; p++)
        is_lazy = is_lazy || grid->parts[p].is_lazy;
    *fault = NULL;
    if (is_lazy) {
        struct whatif_variant whole = {0};
        utfall_status status =
            digits_bind(grid, run, WHATIF_ALL, grid->digits + cell * grid->axis_count, &whole);
        if (status == UTFALL_OK)
            *out = whole.contract;
        else
            *fault = whatif_fault_text(run, status);
        return status;
    }
    for (size_t p = 0; p < WHATIF_PARTS; p++) {
        of[p] = &grid->parts[p].variants[whatif_variant_of(grid, 1u << p, cell)];
        if (of[p]->contract == NULL) {
            *fault = of[p]->fault;
            return UTFALL_E_CONFLICT;
        }
    }
    /* Each part was checked as it was bound, and no check looks at two of them. */
    utfall_contract *whole = utfall_run_alloc(run, sizeof *whole);
    if (whole == NULL)
        return UTFALL_E_NOMEM;
    *whole = *of[3]->contract;
    whole->window_months = of[1]->contract->window_months;
    whole->payment_months = of[1]->contract->payment_months;
    whole->factor_count = of[2]->contract->factor_count;
    whole->factors = of[2]->contract->factors;
    whole->group_count = of[2]->contract->group_count;
    whole->group_labels = of[2]->contract->group_labels;
    *out = whole;
    return UTFALL_OK;
}

utfall_status whatif_sources(const struct whatif_grid *grid, utfall_run *run,
                             utfall_contract *contract, const utfall_sources **sources, size_t cell)
{
    struct whatif_variant whole = {0};
    const struct whatif_bound *data = &grid->parts[0];
    if (data->is_lazy || grid->parts[1].is_lazy) {
        utfall_status status =
            digits_bind(grid, run, WHATIF_ALL, grid->digits + cell * grid->axis_count, &whole);
        if (status != UTFALL_OK)
            return status;
    } else {
        whole = data->variants[whatif_variant_of(grid, WHATIF_DATA, cell)];
    }
    if (whole.contract == NULL)
        return UTFALL_E_CONFLICT;
    *contract = *whole.contract;
    if (!grid->reads_windows)
        contract->window_months = grid->widest;
    *sources = whole.sources;
    return UTFALL_OK;
}

/* Room for what is shown of each cell, which none has yet. */
static utfall_status facts_new(struct whatif_grid *grid)
{
    const size_t size = grid->show_count * sizeof *grid->facts;
    grid->facts = utfall_run_array(grid->cli->run, grid->cell_count, size);
    if (grid->facts == NULL)
        return UTFALL_E_NOMEM;
    for (size_t c = 0; c < grid->cell_count; c++)
        for (size_t k = 0; k < grid->show_count; k++)
            grid->facts[c * grid->show_count + k].key = grid->show[k];
    return UTFALL_OK;
}

utfall_status whatif_plan(struct whatif_grid *grid, bool one_at_a_time)
{
    for (size_t a = 0; a < grid->axis_count; a++)
        grid->touches[a] = axis_touches(&grid->axes[a]);
    utfall_status status = cells_list(grid, one_at_a_time);
    if (status != UTFALL_OK)
        return status;
    for (size_t a = 0; a < grid->axis_count; a++) {
        grid->tried[a] = utfall_run_array(grid->cli->run, grid->axes[a].count, sizeof(bool));
        if (grid->tried[a] == NULL)
            return UTFALL_E_NOMEM;
    }
    for (size_t p = 1; p < WHATIF_PARTS; p++) {
        utfall_status bound = part_bind(grid, p);
        status = status == UTFALL_OK ? bound : status;
    }
    if (status != UTFALL_OK)
        return status;
    agreed_look(grid);
    columns_look(grid);
    const struct whatif_bound *windows = &grid->parts[1];
    grid->reads_windows = grid->reads_windows || windows->is_lazy;
    for (size_t a = 0; windows->is_lazy && a < grid->axis_count; a++)
        grid->touches[a] |= (grid->touches[a] & WHATIF_WINDOW) != 0 ? WHATIF_DATA : 0;
    status = part_bind(grid, 0);
    if (status != UTFALL_OK)
        return status;
    for (uint64_t v = 0; !windows->is_lazy && v < windows->count; v++)
        if (windows->variants[v].contract != NULL &&
            windows->variants[v].contract->window_months > grid->widest)
            grid->widest = windows->variants[v].contract->window_months;
    cells_share(grid);
    return facts_new(grid);
}

utfall_status whatif_first(struct whatif_grid *grid)
{
    for (size_t a = 0; a < grid->axis_count; a++)
        if (grid->axes[a].count > 1) {
            utfall_finding f = {
                .code = UTFALL_E_RANGE,
                .at = {.file = "--set"},
                .message = utfall_run_join(grid->cli->run, "\"", grid->axes[a].label,
                                           "\" has several values: expected one, since the "
                                           "question is about one contract",
                                           (const char *)NULL),
                .hint = "ask once for each"};
            return f.message == NULL ? UTFALL_E_NOMEM : utfall_run_report(grid->cli->run, &f);
        }
    return whatif_plan(grid, false);
}

utfall_status whatif_open(const struct whatif_grid *grid, const utfall_contract **contract,
                          const utfall_case **data, utfall_month *as_of)
{
    utfall_run *run = grid->cli->run;
    const utfall_sources *sources = NULL;
    utfall_contract read;
    const char *fault = NULL;
    utfall_status status = whatif_contract(grid, run, contract, &fault, 0);
    if (status == UTFALL_OK)
        status = whatif_sources(grid, run, &read, &sources, 0);
    if (status == UTFALL_OK)
        status = utfall_case_read(run, data, &read, sources, grid->folder);
    *as_of = status == UTFALL_OK ? (*contract)->data_through : (utfall_month){0};
    if (status == UTFALL_OK && grid->as_of != NULL)
        status = utfall_month_parse(as_of, grid->as_of, strlen(grid->as_of));
    return status;
}
