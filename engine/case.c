/* engine/case.c - people and their cost rows, folded to one row of months a person.
 *
 * In: people, then cost rows, in any order. Out: a cohort sorted by id, and what became of every
 * cost row. Invariants: a row adds to exactly one class, all of it or nothing; only people inside
 * `where` have a place in the matrix; places are in order of id from the beginning (of the first of
 * those who share one), so the matrix is never rearranged. A person costs 4 bytes a month, or 8
 * where a month costs tens of millions of kronor, and some eighty more, whatever the rows. */
#include "engine/fold.h"
#include "engine/core/run.h"
#include <string.h>
#include "engine/core/ban.h"

enum { PEOPLE_FIRST = 64, KINDS_FEW = 4096 };

utfall_fold *utfall_fold_new(utfall_run *run, const utfall_contract *contract, uint32_t months)
{
    if (months < contract->window_months || months > UTFALL_WINDOW_MAX || months == 0) {
        utfall_run_fail(run, UTFALL_E_BUG);
        return NULL;
    }
    utfall_fold *fold = utfall_run_alloc(run, sizeof *fold);
    if (!fold)
        return NULL;
    fold->run = run;
    fold->contract = contract;
    fold->months = months;
    fold->ids.run = run;
    return fold;
}

/* ---- people ---- */

static utfall_status more_people(utfall_fold *fold)
{
    if (fold->ids.count < fold->capacity)
        return UTFALL_OK;
    size_t more = fold->capacity > 0 ? 2 * fold->capacity : PEOPLE_FIRST;
    size_t factors = fold->contract->factor_count;
    utfall__person *people = utfall__run_resize(fold->run, fold->people, more, sizeof *people);
    if (!people)
        return UTFALL_E_NOMEM;
    fold->people = people;
    if (factors > 0) {
        int32_t *attributes =
            utfall__run_resize(fold->run, fold->attributes, more, factors * sizeof *attributes);
        if (!attributes)
            return UTFALL_E_NOMEM;
        fold->attributes = attributes;
    }
    fold->capacity = more;
    return UTFALL_OK;
}

/* A cut takes any number; the others number their levels. */
static bool attributes_fit(const utfall_contract *contract, const int32_t *attributes)
{
    for (size_t i = 0; i < contract->factor_count; i++) {
        const utfall_factor *factor = &contract->factors[i];
        if (factor->kind != UTFALL_FACTOR_CUTS &&
            (attributes[i] < 0 || (size_t)attributes[i] >= utfall_factor_levels(factor)))
            return false;
    }
    return true;
}

utfall_status utfall_fold_person(utfall_fold *fold, size_t *number, const char *id, size_t len,
                                 utfall_month start, const int32_t *attributes, bool is_selected)
{
    if (fold->is_frozen)
        return UTFALL_E_BUG;
    if (len > 0 && memchr(id, '\0', len))
        return UTFALL_E_SYNTAX;
    if (is_selected && !attributes_fit(fold->contract, attributes))
        return UTFALL_E_RANGE;
    utfall_status status = more_people(fold);
    size_t added;
    if (status == UTFALL_OK)
        status = utfall__index_add(&fold->ids, &added, id, len);
    if (status == UTFALL_OK || status == UTFALL_E_CONFLICT)
        *number = added;
    if (status != UTFALL_OK)
        return status;
    fold->people[added] = (utfall__person){start.ordinal, is_selected ? 0 : UTFALL__NO_PLACE};
    size_t factors = fold->contract->factor_count;
    if (factors > 0 && is_selected)
        memcpy(fold->attributes + added * factors, attributes, factors * sizeof *attributes);
    return UTFALL_OK;
}

utfall_status utfall_fold_leave(utfall_fold *fold, size_t number, uint32_t left_after)
{
    if (fold->is_frozen || number >= fold->ids.count)
        return UTFALL_E_BUG;
    if (left_after == 0)
        return UTFALL_E_RANGE;
    if (number >= fold->left_capacity) {
        uint32_t *left =
            utfall__run_resize(fold->run, fold->left_after, fold->capacity, sizeof *left);
        if (!left)
            return UTFALL_E_NOMEM;
        memset(left + fold->left_capacity, 0,
               (fold->capacity - fold->left_capacity) * sizeof *left);
        fold->left_after = left;
        fold->left_capacity = fold->capacity;
    }
    fold->left_after[number] = left_after;
    return UTFALL_OK;
}

/* Months of leaving by place; NULL when nobody has left. */
static utfall_status leavers_place(utfall_fold *fold)
{
    if (!fold->left_after)
        return UTFALL_OK;
    uint32_t *left = utfall_run_array(fold->run, fold->cohort.persons, sizeof *left);
    if (!left)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < fold->ids.count && i < fold->left_capacity; i++)
        if (fold->people[i].place != UTFALL__NO_PLACE)
            left[fold->people[i].place] = fold->left_after[i];
    fold->cohort.left_after = left;
    fold->left_after = utfall__run_resize(fold->run, fold->left_after, 0, 0);
    return UTFALL_OK;
}

static const int32_t *attributes_of(const utfall_fold *fold, uint32_t number)
{
    const size_t factors = fold->contract->factor_count;
    return factors == 0 ? NULL : fold->attributes + number * factors;
}

/* ---- people who are alike ---- */

void utfall_fold_merge(utfall_fold *fold)
{
    fold->is_merged = true;
}

/* The places of people who are alike, by group and start. */
typedef struct kinds {
    int32_t first;  /* the earliest start, ordinal */
    size_t span;    /* months from it to the latest */
    int32_t *place; /* [group * span + start - first]; UTFALL__NO_PLACE = nobody is there yet. NULL:
                       everybody has a place of their own */
} kinds;

static utfall_status kinds_make(kinds *out, const utfall_fold *fold, size_t persons)
{
    int32_t first = INT32_MAX, last = INT32_MIN;
    if (!fold->is_merged || fold->contract->prices.is_there || persons == 0)
        return UTFALL_OK;
    for (uint32_t i = 0; i < fold->ids.count; i++) {
        const utfall__person *person = &fold->people[i];
        if (person->place == UTFALL__NO_PLACE)
            continue;
        first = person->start < first ? person->start : first;
        last = person->start > last ? person->start : last;
    }
    const size_t span = (size_t)((int64_t)last - first) + 1;
    const size_t count = fold->contract->group_count * span;
    if (count > persons && count > KINDS_FEW)
        return UTFALL_OK; /* hardly anybody would be like another */
    *out = (kinds){first, span, utfall_run_array(fold->run, count, sizeof *out->place)};
    if (!out->place)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        out->place[i] = UTFALL__NO_PLACE;
    return UTFALL_OK;
}

/* Where the place of somebody's kind stands; NULL: they have one of their own. */
static int32_t *kind_of(const kinds *all, const utfall_fold *fold, uint32_t number)
{
    const bool has_left = number < fold->left_capacity && fold->left_after[number] > 0;
    if (all->place == NULL || has_left)
        return NULL;
    const size_t group = utfall_group_of(fold->contract, attributes_of(fold, number));
    return &all->place[group * all->span + (size_t)(fold->people[number].start - all->first)];
}

/* ---- places ---- */

/* The arrays of a cohort while its places are given. */
typedef struct placing {
    kinds all;
    const char **ids;
    utfall_month *starts;
    int32_t *attributes;
    uint32_t *alike;
    int32_t count; /* given */
} placing;

/* Give somebody a place: that of those who are like them, or the next. */
static void place_give(placing *to, const utfall_fold *fold, uint32_t number)
{
    const size_t factors = fold->contract->factor_count;
    utfall__person *person = &fold->people[number];
    int32_t *kind = kind_of(&to->all, fold, number);
    const bool is_first = kind == NULL || *kind == UTFALL__NO_PLACE;
    const int32_t place = is_first ? to->count : *kind;
    person->place = place;
    if (to->alike != NULL)
        to->alike[place]++;
    if (!is_first)
        return;
    if (kind != NULL)
        *kind = place;
    to->ids[place] = utfall__index_text(&fold->ids, number);
    to->starts[place].ordinal = person->start;
    if (factors > 0)
        memcpy(to->attributes + (size_t)place * factors, attributes_of(fold, number),
               factors * sizeof *to->attributes);
    to->count++;
}

/* Give the selected their places in order of id, and fill the cohort's arrays by place. */
static utfall_status give_places(utfall_fold *fold)
{
    const size_t factors = fold->contract->factor_count;
    size_t persons = 0;
    placing to = {.count = 0};
    for (uint32_t i = 0; i < fold->ids.count; i++)
        persons += fold->people[i].place != UTFALL__NO_PLACE;
    utfall_status status = kinds_make(&to.all, fold, persons);
    if (status != UTFALL_OK)
        return status;
    to.ids = utfall_run_array(fold->run, persons, sizeof *to.ids);
    to.starts = utfall_run_array(fold->run, persons, sizeof *to.starts);
    to.attributes = utfall_run_array(fold->run, persons * factors, sizeof *to.attributes);
    if (to.all.place != NULL)
        to.alike = utfall_run_array(fold->run, persons, sizeof *to.alike);
    if (!to.ids || !to.starts || !to.attributes || (to.all.place != NULL && !to.alike))
        return UTFALL_E_NOMEM;
    for (uint32_t i = 0; i < fold->ids.count; i++) {
        const uint32_t number = utfall__index_nth(&fold->ids, i);
        if (fold->people[number].place != UTFALL__NO_PLACE)
            place_give(&to, fold, number);
    }
    fold->cohort = (utfall_cohort){.persons = (size_t)to.count,
                                   .alike = to.alike,
                                   .ids = to.ids,
                                   .starts = to.starts,
                                   .attributes = to.attributes};
    return UTFALL_OK;
}

static utfall_status matrix_make(utfall_fold *fold)
{
    const size_t persons = fold->cohort.persons, row = fold->months * sizeof *fold->cost_low;
    fold->cost_low = utfall_run_array(fold->run, persons, row);
    fold->cost_high = utfall_run_array(fold->run, persons, row);
    fold->month_rows = utfall_run_array(fold->run, fold->months, sizeof *fold->month_rows);
    if (!fold->cost_low || !fold->cost_high || !fold->month_rows)
        return UTFALL_E_NOMEM;
    utfall__run_written(fold->run, fold->cost_low, persons * row);
    return UTFALL_OK;
}

/* At most UTFALL_STRIPES, none of which is so small that it lies near the processor anyhow. */
static void stripes_make(utfall_fold *fold)
{
    enum { STRIPE_LEAST = 512 * 1024 };
    const size_t row = fold->months * sizeof *fold->cost_low;
    const size_t last = fold->cohort.persons > 0 ? fold->cohort.persons - 1 : 0;
    while (last >> fold->stripe_shift >= UTFALL_STRIPES ||
           (row << fold->stripe_shift < STRIPE_LEAST && last >> fold->stripe_shift > 0))
        fold->stripe_shift++;
    fold->stripe_count = (last >> fold->stripe_shift) + 1;
}

utfall_status utfall_fold_freeze(utfall_fold *fold)
{
    if (fold->is_frozen)
        return UTFALL_E_BUG;
    utfall_status status = utfall__index_freeze(&fold->ids);
    if (status == UTFALL_OK)
        status = give_places(fold);
    fold->attributes = utfall__run_resize(fold->run, fold->attributes, 0, 0);
    if (status == UTFALL_OK)
        status = leavers_place(fold);
    if (status != UTFALL_OK)
        return status;
    status = matrix_make(fold);
    if (status != UTFALL_OK)
        return status;
    stripes_make(fold);
    fold->deck = &utfall__deck_empty;
    fold->is_frozen = true;
    return UTFALL_OK;
}

bool utfall__is_worth_laying(const utfall_fold *fold)
{
    enum { SOUGHT_FEW = 64, SHARE = 16 };
    return !fold->is_tried && fold->sought > SOUGHT_FEW && fold->sought > fold->ids.count / SHARE;
}

size_t utfall_fold_find(utfall_fold *fold, const char *id, size_t len)
{
    fold->sought++;
    if (utfall__is_worth_laying(fold))
        utfall_fold_lay(fold);
    return utfall__deck_find(fold, id, len);
}

/* ---- rows ---- */

utfall_status utfall_fold_row(utfall_fold *fold, utfall_class *out, size_t person_number,
                              utfall_month month, bool is_counted, utfall_money amount)
{
    utfall__target target = {.class = UTFALL_ROW_UNKNOWN};
    if (!fold->is_frozen)
        return UTFALL_E_BUG;
    if (person_number < fold->ids.count)
        target = utfall__target_of(fold, &fold->people[person_number], month, is_counted);
    if (!utfall__reach_add(&fold->reach, amount.minor))
        return UTFALL_E_RANGE;
    fold->cohort.rows.amount_minor[target.class] += amount.minor;
    fold->cohort.rows.count[target.class]++;
    if (target.has_cell) {
        const size_t stripe = utfall__stripe_of(fold, fold->people[person_number].place);
        if (utfall__cell_add(fold->cost_low, fold->cost_high, target.cell, amount.minor))
            fold->has_high[stripe] = true;
        fold->month_rows[target.nth]++;
    }
    *out = target.class;
    return UTFALL_OK;
}

utfall_status utfall_fold_finish(utfall_fold *fold, utfall_cohort *out)
{
    if (!fold->is_frozen)
        return UTFALL_E_BUG;
    fold->cohort.months = fold->months;
    fold->cohort.cost_low = fold->cost_low;
    for (size_t i = 0; i < UTFALL_STRIPES; i++)
        if (fold->has_high[i])
            fold->cohort.cost_high = fold->cost_high;
    fold->cohort.month_rows = fold->month_rows;
    *out = fold->cohort;
    utfall__index_end(&fold->ids);
    fold->people = utfall__run_resize(fold->run, fold->people, 0, 0);
    utfall__deck_end(fold);
    return UTFALL_OK;
}
