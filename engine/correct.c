/* Corrections: figures of the previous settlement that the data no longer give.
 *
 * In: the previous settlement, and the sums that the data give now as of its month. Out: each
 * figure that differs, old and new, and what it changes. They are put right one after another, and
 * the steps executed after each, so that the effects add up to the whole of the difference. */
#include "engine/prices.h"
#include "engine/core/ban.h"

/* Figures of one side of the comparison. */
typedef struct standing {
    const utfall_sums *sums;
    uint64_t *people; /* [group * window + k - 1]: target group, counted */
} standing;

typedef struct correcting {
    utfall_run *run;
    const utfall_contract *contract;
    utfall_month as_of;
    size_t width, cells;
    standing then, now;
    const utfall_rat **people, **cost, **compared,
        **compared_cost;       /* [cell], as put right so far */
    const utfall_rat **agreed; /* the same, or NULL */
    utfall_price_index index;  /* as put right so far, with what only one side has */
    const utfall_rat **prices; /* its values; NULL without an index */
    const utfall_rat **weights, *const *weights_now; /* [cell]; the first as put right so far */
    utfall_outcome_result *outcomes;
    const bool *known;
    const utfall_rat *expected, *actual, *drawn, *commitment; /* over the payment window */
    const utfall_rat *paid;
    utfall_correction *list;
    size_t count, room;
} correcting;

static const utfall_rat *count_rat(utfall_run *run, uint64_t count)
{
    if (count <= INT64_MAX)
        return utfall_rat_of(run, (int64_t)count, 1);
    utfall_run_fail(run, UTFALL_E_RANGE);
    return NULL;
}

/* People counted in each month k, from the starts. */
static bool people_count(correcting *c, standing *f, const utfall_contract *contract)
{
    f->people = utfall_run_array(c->run, c->cells, sizeof *f->people);
    if (f->people == NULL)
        return false;
    for (size_t i = 0; i < f->sums->start_count; i++) {
        const utfall_start *start = &f->sums->starts[i];
        const size_t counted =
            utfall_months_counted(contract, f->sums->as_of, start->month, start->left_after);
        for (size_t k = 0; k < counted; k++)
            f->people[start->group * c->width + k] += start->persons;
    }
    return true;
}

/* Expected cost of a cell as it is put right so far; without anybody to compare with, 0. */
static const utfall_rat *cell_expected(const correcting *c, size_t cell)
{
    const utfall_rat *zero = utfall_rat_of(c->run, 0, 1), *standard = zero;
    if (c->people[cell] == NULL || c->compared[cell] == NULL)
        return NULL;
    if (utfall_rat_sign(c->people[cell]) == 0)
        return zero;
    if (c->agreed != NULL)
        standard = c->agreed[cell] == NULL ? zero : c->agreed[cell];
    else if (utfall_rat_sign(c->compared[cell]) != 0)
        standard = utfall_rat_div(c->run, c->compared_cost[cell], c->compared[cell]);
    return utfall_rat_mul(c->run, c->prices != NULL ? c->weights[cell] : c->people[cell], standard);
}

/* What all steps come to before rounding. */
static utfall_status steps_sum(const correcting *c, const utfall_rat **out)
{
    utfall_figures figures = {.saving = utfall_rat_sub(c->run, c->expected, c->actual),
                              .drawn = c->drawn,
                              .commitment = c->commitment,
                              .expected = c->expected,
                              .actual = c->actual,
                              .known = c->known,
                              .outcomes = c->outcomes};
    const utfall_rat *sum = utfall_rat_of(c->run, 0, 1);
    if (figures.saving == NULL || sum == NULL)
        return utfall__number_failed(c->run, c->contract, "", "the saving");
    utfall_status status =
        utfall__gates_compute(c->run, &figures.gates, c->contract, c->known, c->outcomes);
    for (size_t i = 0; i < c->contract->step_count && status == UTFALL_OK; i++) {
        utfall_line line;
        status = utfall__line_compute(c->run, &line, c->contract, i, &figures);
        if (status == UTFALL_OK)
            sum = utfall_rat_add(c->run, sum, line.exact);
    }
    if (status == UTFALL_OK && sum == NULL)
        return utfall__number_failed(c->run, c->contract, "waterfall", "what the steps come to");
    if (status == UTFALL_OK)
        *out = sum;
    return status;
}

static utfall_status list_grow(correcting *c)
{
    if (c->count == UTFALL_CORRECTIONS_MAX)
        return utfall__refuse(c->run, c->contract, UTFALL_E_RANGE, "", NULL,
                              "more than 10000 figures of the previous settlement have changed",
                              "is it the ledger of these data?");
    if (c->count < c->room)
        return UTFALL_OK;
    const size_t room = c->room == 0 ? 16 : 2 * c->room;
    utfall_correction *list = utfall_run_array(c->run, room, sizeof *list);
    if (list == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < c->count; i++)
        list[i] = c->list[i];
    c->list = list;
    c->room = room;
    return UTFALL_OK;
}

/* Note a correction that has just been made, with its effects. */
static utfall_status note(correcting *c, utfall_correction made, const utfall_rat *saving_before)
{
    const utfall_rat *paid = NULL;
    utfall_status status = list_grow(c);
    if (status == UTFALL_OK)
        status = steps_sum(c, &paid);
    if (status != UTFALL_OK)
        return status;
    made.saving =
        utfall_rat_sub(c->run, utfall_rat_sub(c->run, c->expected, c->actual), saving_before);
    made.paid = utfall_rat_sub(c->run, paid, c->paid);
    if (made.saving == NULL || made.paid == NULL || made.old == NULL || made.now == NULL)
        return utfall__number_failed(c->run, c->contract, "", "a correction");
    c->paid = paid;
    c->list[c->count++] = made;
    return UTFALL_OK;
}

/* Put a figure of a cell right: `at` is where it stands. */
static utfall_status cell_correct(correcting *c, utfall_subject subject, size_t cell,
                                  const utfall_rat **at, const utfall_rat *now)
{
    const utfall_rat *old = *at, *zero = utfall_rat_of(c->run, 0, 1);
    const utfall_rat *saving = utfall_rat_sub(c->run, c->expected, c->actual);
    const utfall_rat *before = cell_expected(c, cell);
    if (old != NULL && now != NULL && utfall_rat_compare(old, now) == 0)
        return UTFALL_OK;
    if (c->agreed != NULL && old == NULL && now == NULL)
        return UTFALL_OK;
    *at = now;
    if (subject == UTFALL_SUBJECT_PEOPLE && c->prices != NULL)
        c->weights[cell] = c->weights_now[cell];
    if (cell % c->width < c->contract->payment_months) {
        const utfall_rat *change = utfall_rat_sub(c->run, cell_expected(c, cell), before);
        c->expected = utfall_rat_add(c->run, c->expected, change);
        if (subject == UTFALL_SUBJECT_COST)
            c->actual = utfall_rat_add(c->run, c->actual, utfall_rat_sub(c->run, now, old));
    }
    return note(c,
                (utfall_correction){.subject = subject,
                                    .group = cell / c->width,
                                    .k = (uint32_t)(cell % c->width) + 1,
                                    .old = old == NULL ? zero : old,
                                    .now = now == NULL ? zero : now},
                saving);
}

/* Cost of the comparison people in a cell; with a price index, at the prices of the base month. */
static const utfall_rat *compared_cost(const correcting *c, const utfall_sums *sums, size_t cell)
{
    return utfall_rat_of(c->run, sums->comparison.cost_minor[cell], 1);
}

/* ---- prices: RULE: CORRECTION-2 ---- */

/* From the first month that either side has to the last: the old value, or else the new one. */
static bool index_begin(correcting *c)
{
    const utfall_price_index *then = c->then.sums->price_index, *now = c->now.sums->price_index;
    const int32_t ends[] = {then->first.ordinal + (int32_t)then->count,
                            now->first.ordinal + (int32_t)now->count};
    const int32_t first =
        then->first.ordinal < now->first.ordinal ? then->first.ordinal : now->first.ordinal;
    const size_t count = (size_t)((ends[0] > ends[1] ? ends[0] : ends[1]) - first);
    c->prices = utfall_run_array(c->run, count, sizeof(const utfall_rat *));
    for (size_t t = 0; c->prices != NULL && t < count; t++) {
        const utfall_month month = {first + (int32_t)t};
        c->prices[t] = utfall_price_value(then, month);
        if (c->prices[t] == NULL)
            c->prices[t] = utfall_price_value(now, month);
    }
    c->index = (utfall_price_index){{first}, count, c->prices};
    return c->prices != NULL;
}

/* The weights of the people of the previous settlement, at prices as put right so far. */
static utfall_status weights_renew(correcting *c, const utfall_contract *contract)
{
    const utfall_rat *const *weights = NULL;
    utfall_status status =
        utfall__price_weights(c->run, &weights, contract, c->then.sums, &c->index);
    for (size_t i = 0; i < c->cells && status == UTFALL_OK; i++) {
        const utfall_rat *before = c->weights[i] == NULL ? NULL : cell_expected(c, i);
        c->weights[i] = weights[i];
        if (before != NULL && i % c->width < c->contract->payment_months)
            c->expected = utfall_rat_add(c->run, c->expected,
                                         utfall_rat_sub(c->run, cell_expected(c, i), before));
    }
    return status;
}

static utfall_status prices_correct(correcting *c, const utfall_contract *contract)
{
    const utfall_price_index *then = c->then.sums->price_index, *now = c->now.sums->price_index;
    utfall_status status = UTFALL_OK;
    if (then == NULL || now == NULL)
        return UTFALL_OK;
    for (size_t t = 0; t < c->index.count && status == UTFALL_OK; t++) {
        const utfall_month month = {c->index.first.ordinal + (int32_t)t};
        const utfall_rat *old = utfall_price_value(then, month);
        const utfall_rat *right = utfall_price_value(now, month);
        const utfall_rat *saving = utfall_rat_sub(c->run, c->expected, c->actual);
        if (old == NULL || right == NULL || utfall_rat_compare(old, right) == 0)
            continue;
        c->prices[t] = right;
        status = weights_renew(c, contract);
        if (status == UTFALL_OK)
            status = note(c,
                          (utfall_correction){.subject = UTFALL_SUBJECT_PRICE_INDEX,
                                              .month = month,
                                              .old = old,
                                              .now = right},
                          saving);
    }
    return status == UTFALL_OK
               ? utfall__price_weights(c->run, &c->weights_now, c->contract, c->now.sums, &c->index)
               : status;
}

/* ---- cells ---- */

static utfall_status cells_correct(correcting *c)
{
    const utfall_sums *now = c->now.sums;
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < c->cells && status == UTFALL_OK; i++)
        status = cell_correct(c, UTFALL_SUBJECT_PEOPLE, i, &c->people[i],
                              count_rat(c->run, c->now.people[i]));
    for (size_t i = 0; c->prices != NULL && i < c->cells && status == UTFALL_OK; i++)
        status =
            cell_correct(c, UTFALL_SUBJECT_PEOPLE_AT_PRICES, i, &c->weights[i], c->weights_now[i]);
    for (size_t i = 0; i < c->cells && status == UTFALL_OK; i++)
        status = cell_correct(c, UTFALL_SUBJECT_COST, i, &c->cost[i],
                              utfall_rat_of(c->run, now->target.cost_minor[i], 1));
    for (size_t i = 0; i < c->cells && status == UTFALL_OK; i++)
        status = cell_correct(c, UTFALL_SUBJECT_COMPARISON_PEOPLE, i, &c->compared[i],
                              count_rat(c->run, utfall__followed(now, i / c->width, i % c->width)));
    for (size_t i = 0; i < c->cells && status == UTFALL_OK; i++)
        status = cell_correct(c, UTFALL_SUBJECT_COMPARISON_COST, i, &c->compared_cost[i],
                              compared_cost(c, now, i));
    for (size_t i = 0; c->agreed != NULL && i < c->cells && status == UTFALL_OK; i++)
        status = cell_correct(c, UTFALL_SUBJECT_AGREED_COST, i, &c->agreed[i], now->agreed[i]);
    return status;
}

static int64_t drawn_in(const utfall_sums *sums, int32_t month)
{
    const int64_t at = (int64_t)month - sums->first.ordinal;
    return at < 0 || at >= (int64_t)sums->month_count ? 0 : sums->drawn_minor[at];
}

static utfall_status drawn_correct(correcting *c)
{
    const utfall_sums *then = c->then.sums, *now = c->now.sums;
    int32_t first =
        then->first.ordinal < now->first.ordinal ? then->first.ordinal : now->first.ordinal;
    utfall_status status = UTFALL_OK;
    for (int32_t month = first; month <= c->as_of.ordinal && status == UTFALL_OK; month++) {
        const int64_t old = drawn_in(then, month), right = drawn_in(now, month);
        if (old == right)
            continue;
        const utfall_rat *before = utfall_rat_of(c->run, old, 1);
        const utfall_rat *after = utfall_rat_of(c->run, right, 1);
        c->drawn = utfall_rat_add(c->run, c->drawn, utfall_rat_sub(c->run, after, before));
        status = note(
            c,
            (utfall_correction){
                .subject = UTFALL_SUBJECT_DRAWN, .month = {month}, .old = before, .now = after},
            utfall_rat_sub(c->run, c->expected, c->actual));
    }
    return status;
}

static bool differ(const utfall_rat *a, const utfall_rat *b)
{
    return a == NULL || b == NULL ? a != b : utfall_rat_compare(a, b) != 0;
}

static utfall_status outcome_correct(correcting *c, size_t i)
{
    const utfall_rat *saving = utfall_rat_sub(c->run, c->expected, c->actual);
    const utfall_rat *zero = utfall_rat_of(c->run, 0, 1);
    const utfall_outcome_result *now = &c->now.sums->outcomes[i];
    const utfall_outcome_result old = c->outcomes[i];
    utfall_status status = UTFALL_OK;
    if (differ(old.sum, now->sum)) {
        c->outcomes[i].sum = now->sum;
        status = note(c,
                      (utfall_correction){.subject = UTFALL_SUBJECT_OUTCOME_SUM,
                                          .outcome = i,
                                          .old = old.sum == NULL ? zero : old.sum,
                                          .now = now->sum == NULL ? zero : now->sum},
                      saving);
    }
    if (status == UTFALL_OK && old.persons != now->persons) {
        c->outcomes[i].persons = now->persons;
        status = note(c,
                      (utfall_correction){.subject = UTFALL_SUBJECT_OUTCOME_PERSONS,
                                          .outcome = i,
                                          .old = count_rat(c->run, old.persons),
                                          .now = count_rat(c->run, now->persons)},
                      saving);
    }
    return status;
}

/* Everything as the previous settlement had it. */
static bool state_alloc(correcting *c)
{
    const size_t each = sizeof(const utfall_rat *);
    c->people = utfall_run_array(c->run, c->cells, each);
    c->cost = utfall_run_array(c->run, c->cells, each);
    c->compared = utfall_run_array(c->run, c->cells, each);
    c->compared_cost = utfall_run_array(c->run, c->cells, each);
    c->outcomes = utfall_run_array(c->run, c->contract->outcome_count, sizeof *c->outcomes);
    if (c->then.sums->agreed != NULL)
        c->agreed = utfall_run_array(c->run, c->cells, each);
    c->weights = utfall_run_array(c->run, c->cells, each);
    if (c->weights == NULL ||
        (c->then.sums->price_index != NULL && c->now.sums->price_index != NULL && !index_begin(c)))
        return false;
    return c->people != NULL && c->cost != NULL && c->compared != NULL &&
           c->compared_cost != NULL && c->outcomes != NULL &&
           (c->then.sums->agreed == NULL || c->agreed != NULL);
}

static utfall_status state_begin(correcting *c, const utfall_settlement *previous)
{
    const utfall_sums *then = c->then.sums;
    if (!state_alloc(c) || !people_count(c, &c->then, previous->contract) ||
        !people_count(c, &c->now, c->contract))
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < c->cells; i++) {
        c->people[i] = count_rat(c->run, c->then.people[i]);
        c->cost[i] = utfall_rat_of(c->run, then->target.cost_minor[i], 1);
        c->compared[i] = count_rat(c->run, utfall__followed(then, i / c->width, i % c->width));
        c->compared_cost[i] = compared_cost(c, then, i);
        if (c->agreed != NULL)
            c->agreed[i] = then->agreed[i];
    }
    for (size_t i = 0; i < c->contract->outcome_count; i++)
        c->outcomes[i] = then->outcomes[i];
    if (c->prices != NULL) {
        utfall_status weighed = weights_renew(c, previous->contract);
        if (weighed != UTFALL_OK)
            return weighed;
    }
    c->expected = previous->paid_expected;
    c->actual = previous->paid_actual;
    c->drawn = previous->drawn;
    c->commitment = utfall_rat_of_money(c->run, c->contract->commitment);
    utfall_status status = utfall__known_compute(c->run, &c->known, c->contract, c->as_of);
    return status == UTFALL_OK ? steps_sum(c, &c->paid) : status;
}

utfall_status utfall__corrections_compute(utfall_run *run, const utfall_correction **out,
                                          size_t *count, const utfall_contract *contract,
                                          const utfall_settlement *previous,
                                          const utfall_sums *found)
{
    correcting c = {.run = run,
                    .contract = contract,
                    .as_of = previous->sums->as_of,
                    .width = contract->window_months,
                    .cells = contract->group_count * contract->window_months,
                    .then = {.sums = previous->sums},
                    .now = {.sums = found}};
    utfall_status status = state_begin(&c, previous);
    if (status == UTFALL_OK)
        status = prices_correct(&c, previous->contract);
    if (status == UTFALL_OK)
        status = cells_correct(&c);
    if (status == UTFALL_OK)
        status = drawn_correct(&c);
    for (size_t i = 0; i < contract->outcome_count && status == UTFALL_OK; i++)
        status = outcome_correct(&c, i);
    if (status == UTFALL_OK)
        status = utfall_run_failure(run);
    if (status != UTFALL_OK)
        return status;
    *out = c.list;
    *count = c.count;
    return UTFALL_OK;
}
