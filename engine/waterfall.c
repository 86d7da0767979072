/* Waterfall: each step's form, gate, limits and rounding, in the order written.
 *
 * In: the figures that steps can draw on. Out: one line a step. A step is measure -> form -> cap
 * -> floor -> rounding, and nothing is rounded before the last; a closed gate pays 0, floor or not.
 * The payment curve uses the same lines, so that what `check` shows is what `settle` pays. */
#include "engine/stages.h"
#include "engine/core/ban.h"

typedef struct place {
    utfall_run *run;
    const utfall_contract *contract;
    size_t index;
    const utfall_step *step;
    const utfall_figures *figures;
} place;

/* Path of a key of the step: "waterfall[2].between". */
static const char *step_path(const place *p, const char *key)
{
    return utfall_run_join(p->run, "waterfall[", utfall_run_decimal(p->run, (int64_t)p->index), "]",
                           key, (const char *)NULL);
}

static utfall_status step_refuse(const place *p, utfall_status code, const char *key,
                                 const char *message, const char *hint)
{
    return utfall__refuse(p->run, p->contract, code, step_path(p, key), p->step->clause, message,
                          hint);
}

static utfall_status step_number_failed(const place *p, const char *key)
{
    const char *what =
        utfall_run_join(p->run, "the amount of step \"", p->step->id, "\"", (const char *)NULL);
    const char *path = step_path(p, key);
    if (what == NULL || path == NULL)
        return UTFALL_E_NOMEM;
    return utfall__number_failed(p->run, p->contract, path, what);
}

static const utfall_rat *outcome_figure(const place *p, const utfall_measure *of)
{
    if (p->figures->outcomes == NULL || of->outcome >= p->contract->outcome_count)
        return NULL;
    const utfall_outcome_result *result = &p->figures->outcomes[of->outcome];
    switch (of->figure) {
    case UTFALL_FIGURE_SUM:
        return result->sum;
    case UTFALL_FIGURE_PERSONS:
        return result->persons > INT64_MAX ? NULL
                                           : utfall_rat_of(p->run, (int64_t)result->persons, 1);
    case UTFALL_FIGURE_IMPROVED:
        return NULL; /* a gate, not a number */
    case UTFALL_FIGURE_RATE:
        return result->rate;
    case UTFALL_FIGURE_CLAIMS:
        return result->claims;
    }
    return NULL;
}

static const utfall_rat *measure_value(const place *p, const utfall_measure *of)
{
    switch (of->kind) {
    case UTFALL_MEASURE_AMOUNT:
        return utfall_rat_of(p->run, 1, 1);
    case UTFALL_MEASURE_SAVING:
        return p->figures->saving;
    case UTFALL_MEASURE_DRAWN:
        return p->figures->drawn;
    case UTFALL_MEASURE_COMMITMENT:
        return p->figures->commitment;
    case UTFALL_MEASURE_EXPECTED:
        return p->figures->expected;
    case UTFALL_MEASURE_ACTUAL:
        return p->figures->actual;
    case UTFALL_MEASURE_OUTCOME:
        return outcome_figure(p, of);
    }
    return NULL;
}

static utfall_status measure_compute(const place *p, const utfall_rat **out,
                                     const utfall_measure *of, const char *key)
{
    *out = measure_value(p, of);
    if (*out != NULL)
        return UTFALL_OK;
    if (utfall_run_failure(p->run) != UTFALL_OK)
        return step_number_failed(p, key);
    const char *name = utfall_measure_names[of->kind];
    if (of->kind == UTFALL_MEASURE_OUTCOME && of->outcome < p->contract->outcome_count)
        name = utfall_run_join(p->run, p->contract->outcomes[of->outcome].id, ".",
                               utfall_figure_names[of->figure], (const char *)NULL);
    return step_refuse(p, UTFALL_E_MISSING, key,
                       utfall_run_join(p->run, "step \"", p->step->id, "\" draws on \"", name,
                                       "\", which has no value", (const char *)NULL),
                       "give the outcome a sum, or let the step draw on something else");
}

/* *out is NULL when the level is not given. */
static utfall_status level_compute(const place *p, const utfall_rat **out,
                                   const utfall_level *level, const char *key)
{
    const utfall_rat *value = NULL;
    if (level->factor == NULL) {
        *out = NULL;
        return UTFALL_OK;
    }
    utfall_status status = measure_compute(p, &value, &level->of, key);
    if (status != UTFALL_OK)
        return status;
    value = level->of.kind == UTFALL_MEASURE_AMOUNT ? level->factor
                                                    : utfall_rat_mul(p->run, level->factor, value);
    if (value == NULL)
        return step_number_failed(p, key);
    *out = value;
    return UTFALL_OK;
}

static utfall_status slice_check(const place *p, const utfall_rat *low, const utfall_rat *high)
{
    if (low == NULL || high == NULL || utfall_rat_compare(low, high) <= 0)
        return UTFALL_OK;
    return step_refuse(p, UTFALL_E_CONFLICT, ".between",
                       utfall_run_join(p->run, "the lower end of the slice of step \"", p->step->id,
                                       "\" comes to ", utfall_rat_text(p->run, low),
                                       " öre and lies above the upper end, which comes to ",
                                       utfall_rat_text(p->run, high), " öre", (const char *)NULL),
                       "choose levels that stay in order whatever the figures come to");
}

static utfall_status share_compute(const place *p, utfall_line *line)
{
    utfall_status status = level_compute(p, &line->low, &p->step->low, ".between");
    if (status == UTFALL_OK)
        status = level_compute(p, &line->high, &p->step->high, ".between");
    if (status == UTFALL_OK)
        status = slice_check(p, line->low, line->high);
    if (status != UTFALL_OK)
        return status;
    const utfall_rat *inside = line->measure;
    if (line->high != NULL)
        inside = utfall_rat_min(p->run, inside, line->high);
    if (line->low != NULL)
        inside = utfall_rat_sub(p->run, utfall_rat_max(p->run, inside, line->low), line->low);
    line->slice = inside;
    line->before_limits = utfall_rat_mul(p->run, p->step->share, inside);
    return UTFALL_OK;
}

static void price_compute(const place *p, utfall_line *line)
{
    const utfall_rat *units = line->measure;
    if (p->step->limit != NULL)
        units = utfall_rat_min(p->run, units, p->step->limit);
    line->before_limits = utfall_rat_mul(p->run, p->step->price, units);
}

/* The last row whose threshold is reached, by the edge that the contract writes. */
static size_t table_row(const utfall_step *step, const utfall_rat *measure)
{
    size_t row = SIZE_MAX;
    for (size_t i = 0; i < step->row_count; i++) {
        const int order = utfall_rat_compare(measure, step->rows[i].at);
        if (order < 0 || (order == 0 && step->edge == UTFALL_EDGE_GT))
            break;
        row = i;
    }
    return row;
}

static utfall_status table_compute(const place *p, utfall_line *line)
{
    const utfall_step *step = p->step;
    const utfall_rat *pays = NULL, *next = NULL;
    line->row = table_row(step, line->measure);
    if (line->row == SIZE_MAX) {
        line->before_limits = utfall_rat_of(p->run, 0, 1);
        return UTFALL_OK;
    }
    const utfall_table_row *row = &step->rows[line->row];
    utfall_status status = level_compute(p, &pays, &row->pays, ".table");
    if (status != UTFALL_OK)
        return status;
    switch (step->match) {
    case UTFALL_MATCH_STEP:
        break;
    case UTFALL_MATCH_LINEAR:
        if (line->row + 1 == step->row_count)
            break;
        status = level_compute(p, &next, &row[1].pays, ".table");
        if (status != UTFALL_OK)
            return status;
        /* pays + (next - pays) * (measure - at) / (next at - at) */
        const utfall_rat *part =
            utfall_rat_div(p->run, utfall_rat_sub(p->run, line->measure, row->at),
                           utfall_rat_sub(p->run, row[1].at, row->at));
        pays = utfall_rat_add(p->run, pays,
                              utfall_rat_mul(p->run, utfall_rat_sub(p->run, next, pays), part));
        break;
    }
    line->before_limits = pays;
    return UTFALL_OK;
}

/* What cannot be known yet has no figure that a step could draw on: the step is closed. */
static bool measure_is_known(const place *p)
{
    const utfall_measure *of = &p->step->of;
    return p->step->form == UTFALL_FORM_FIXED || of->kind != UTFALL_MEASURE_OUTCOME ||
           p->figures->known == NULL || p->figures->known[of->outcome];
}

static utfall_status form_compute(const place *p, utfall_line *line)
{
    utfall_status status = UTFALL_OK;
    if (p->step->form != UTFALL_FORM_FIXED)
        status = measure_compute(p, &line->measure, &p->step->of,
                                 p->step->form == UTFALL_FORM_TABLE ? ".table" : ".of");
    if (status != UTFALL_OK)
        return status;
    switch (p->step->form) {
    case UTFALL_FORM_SHARE:
        return share_compute(p, line);
    case UTFALL_FORM_PRICE:
        price_compute(p, line);
        return UTFALL_OK;
    case UTFALL_FORM_TABLE:
        return table_compute(p, line);
    case UTFALL_FORM_FIXED:
        return level_compute(p, &line->before_limits, &p->step->fixed, ".fixed");
    }
    return UTFALL_E_BUG;
}

/* The floor has the last word: a cap that a low figure takes below the floor does not undo it. */
static utfall_status limits_apply(const place *p, utfall_line *line)
{
    const utfall_rat *cap = NULL, *floor = NULL;
    utfall_status status = level_compute(p, &cap, &p->step->cap, ".cap");
    if (status == UTFALL_OK)
        status = level_compute(p, &floor, &p->step->floor, ".floor");
    if (status != UTFALL_OK)
        return status;
    line->exact = line->before_limits;
    line->cap_bit = cap != NULL && utfall_rat_compare(line->exact, cap) > 0;
    if (line->cap_bit)
        line->exact = cap;
    line->floor_bit = floor != NULL && utfall_rat_compare(line->exact, floor) < 0;
    if (line->floor_bit)
        line->exact = floor;
    return UTFALL_OK;
}

utfall_status utfall__line_compute(utfall_run *run, utfall_line *out,
                                   const utfall_contract *contract, size_t i,
                                   const utfall_figures *figures)
{
    const utfall_step *step = &contract->steps[i];
    const place p = {
        .run = run, .contract = contract, .index = i, .step = step, .figures = figures};
    utfall_line line = {.step = step, .is_open = true, .row = SIZE_MAX};
    for (size_t w = 0; w < step->when_count; w++)
        line.is_open = line.is_open && figures->gates[step->when[w]];
    const bool is_known = measure_is_known(&p);
    utfall_status status = is_known ? form_compute(&p, &line) : UTFALL_OK;
    if (status != UTFALL_OK)
        return status;
    line.is_open = line.is_open && is_known;
    if (!line.is_open)
        line.before_limits = line.exact = utfall_rat_of(run, 0, 1);
    if (line.before_limits == NULL)
        return step_number_failed(&p, "");
    if (line.is_open)
        status = limits_apply(&p, &line);
    if (status == UTFALL_OK)
        *out = line;
    return status;
}

static utfall_status line_round(const place *p, utfall_line *line)
{
    const utfall_rounding how = p->step->rounding;
    if (!utfall_rat_is_minor(line->before_limits)) /* it is told, too */
        return step_refuse(p, UTFALL_E_RANGE, "",
                           utfall_run_join(p->run, "step \"", p->step->id,
                                           "\" comes to more than 64 bits of öre before its limits",
                                           (const char *)NULL),
                           NULL);
    utfall_status status = utfall_rat_round(p->run, &line->paid, &line->residue, line->exact, how);
    if (status == UTFALL_E_INEXACT)
        return step_refuse(p, status, ".round",
                           utfall_run_join(p->run, "step \"", p->step->id, "\" comes to ",
                                           utfall_rat_text(p->run, line->exact),
                                           " öre, which does not come out even in units of ",
                                           utfall_run_decimal(p->run, how.unit_minor),
                                           " öre, and the contract never rounds",
                                           (const char *)NULL),
                           "name a rounding mode, e.g. half_away");
    if (status == UTFALL_E_RANGE)
        return step_refuse(p, status, "",
                           utfall_run_join(p->run, "step \"", p->step->id,
                                           "\" comes to more than 64 bits of öre",
                                           (const char *)NULL),
                           NULL);
    return status;
}

utfall_status utfall__waterfall_compute(utfall_run *run, const utfall_line **out,
                                        const utfall_contract *contract,
                                        const utfall_figures *figures)
{
    utfall_line *lines = utfall_run_array(run, contract->step_count, sizeof *lines);
    if (lines == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < contract->step_count; i++) {
        const place p = {.run = run,
                         .contract = contract,
                         .index = i,
                         .step = &contract->steps[i],
                         .figures = figures};
        utfall_status status = utfall__line_compute(run, &lines[i], contract, i, figures);
        if (status == UTFALL_OK)
            status = line_round(&p, &lines[i]);
        if (status != UTFALL_OK)
            return status;
    }
    *out = lines;
    return UTFALL_OK;
}
