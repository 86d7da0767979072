/* reports/whatif_effects.c - scenarios as effects: how far each lies from the first.
 *
 * In: a grid whose first row is the whole. Out: the others, each amount less the whole's, the
 * largest effect first where that is asked for. Ranks instead of names when the rows are people: an
 * order by size says nothing of who they are. */
#include <stdlib.h>
#include <string.h>
#include "reports/amount.h"

typedef struct effect {
    utfall_grid_row row;
    const utfall_rat *size; /* of the first key, without sign; NULL = not settled */
    size_t number;
} effect;

static int by_size(const void *a, const void *b)
{
    const effect *x = a, *y = b;
    if (x->size == NULL || y->size == NULL)
        return x->size != NULL   ? -1
               : y->size != NULL ? 1
                                 : (x->number > y->number) - (x->number < y->number);
    const int order = utfall_rat_compare(y->size, x->size);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static utfall_status effect_make(utfall_run *run, effect *out, const utfall_grid *grid, size_t row)
{
    utfall_fact *facts = utfall_run_array(run, grid->key_count, sizeof *facts);
    *out = (effect){.row = grid->rows[row], .number = row};
    if (facts == NULL)
        return UTFALL_E_NOMEM;
    out->row.facts = facts;
    for (size_t k = 0; k < grid->key_count; k++) {
        const utfall_fact *whole = &grid->rows[0].facts[k], *own = &grid->rows[row].facts[k];
        facts[k].key = grid->keys[k];
        if (whole->amount == NULL || own->amount == NULL)
            continue;
        facts[k].amount = utfall_rat_sub(run, own->amount, whole->amount);
        facts[k].value = utfall_rat_text(run, facts[k].amount);
        if (facts[k].value == NULL)
            return utfall_run_failure(run);
    }
    if (grid->key_count > 0 && facts[0].amount != NULL)
        out->size = utfall_rat_sign(facts[0].amount) < 0
                        ? utfall_rat_sub(run, utfall_rat_of(run, 0, 1), facts[0].amount)
                        : facts[0].amount;
    return UTFALL_OK;
}

static utfall_status rank_label(utfall_run *run, utfall_grid_row *row, const utfall_grid *grid,
                                size_t rank)
{
    const char **labels = utfall_run_array(run, grid->head_count, sizeof *labels);
    if (labels == NULL)
        return UTFALL_E_NOMEM;
    memcpy(labels, row->labels, grid->head_count * sizeof *labels);
    labels[0] = utfall_run_decimal(run, (int64_t)rank);
    row->labels = labels;
    return labels[0] != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
}

utfall_status utfall_grid_effects(utfall_run *run, utfall_grid *grid, utfall_effects how)
{
    const size_t count = grid->row_count > 0 ? grid->row_count - 1 : 0;
    effect *effects = utfall_run_array(run, count, sizeof *effects);
    utfall_grid_row *rows = utfall_run_array(run, count, sizeof *rows);
    utfall_status status = UTFALL_OK;
    if (effects == NULL || rows == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count && status == UTFALL_OK; i++)
        status = effect_make(run, &effects[i], grid, i + 1);
    if (status != UTFALL_OK)
        return status;
    if (how != UTFALL_EFFECTS_IN_ORDER)
        qsort(effects, count, sizeof *effects, by_size);
    for (size_t i = 0; i < count && status == UTFALL_OK; i++) {
        rows[i] = effects[i].row;
        if (how == UTFALL_EFFECTS_RANKED && grid->head_count > 0)
            status = rank_label(run, &rows[i], grid, i + 1);
    }
    grid->rows = rows;
    grid->row_count = count;
    return status;
}
