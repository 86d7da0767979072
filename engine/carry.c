/* Carry: what the comparison people of a risk sample cost at the prices of those compared with
 * them.
 *
 * In: a stratum, its slots, its comparison people in order. Out: for each slot and person the cost
 * over the slot's months, each month carried from the person's own to the slot's, all times one
 * whole number that makes them whole: a replicate then adds whole numbers and divides once. */
#include "engine/prices.h"
#include "engine/sample.h"
#include "engine/core/ban.h"

enum { CARRIED_MAX = 2000000 };

typedef struct carriage {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_case *data;
    utfall_month slot_first, person_first;
    const utfall_rat **levels;  /* [month from slot_first]: what 1 at base prices is then */
    const utfall_rat **inverse; /* [month from person_first]: what 1 then is at base prices */
} carriage;

static utfall_status carried_refuse(const carriage *c)
{
    return utfall__refuse(c->run, c->contract, UTFALL_E_RANGE, "comparison_group.price_index",
                          c->contract->prices.clause,
                          "there are too many people to be drawn anew at the prices of each month: "
                          "more than 2000000 costs of a person and a month of start in one group",
                          "write use: false under price_index, in a contract that extends this "
                          "one, to see how sure the result is at the prices paid");
}

/* Slots are in order of their starts; comparison people are too. */
static bool carriage_load(carriage *c, const utfall__stratum *stratum, const utfall__slot *slots,
                          const uint32_t *order)
{
    const size_t width = c->contract->window_months;
    const utfall_month *starts = c->data->comparison.starts;
    const utfall_month last = starts[order[stratum->comparison - 1]];
    const size_t span = (size_t)(slots[stratum->slots - 1].start.ordinal - slots[0].start.ordinal);
    c->slot_first = slots[0].start;
    c->person_first = starts[order[0]];
    const size_t months = (size_t)(last.ordinal - c->person_first.ordinal) + width;
    c->levels = utfall__price_levels(c->run, c->contract, c->data->price_index, c->slot_first,
                                     span + width);
    c->inverse = utfall_run_array(c->run, months, sizeof(const utfall_rat *));
    for (size_t t = 0; c->inverse != NULL && t < months; t++) {
        const utfall_month month = {c->person_first.ordinal + (int32_t)t};
        if (utfall_price_value(c->data->price_index, month) != NULL)
            c->inverse[t] =
                utfall_price_ratio(c->run, c->data->price_index, c->contract->prices.base, month);
    }
    return c->levels != NULL && c->inverse != NULL;
}

static const utfall_rat *carried_cost(const carriage *c, utfall__slot slot, size_t person)
{
    const utfall_cohort *comparison = &c->data->comparison;
    return utfall_rat_dot_product(
        c->run, comparison->cost_minor + person * comparison->months,
        c->levels + (slot.start.ordinal - c->slot_first.ordinal),
        c->inverse + (comparison->starts[person].ordinal - c->person_first.ordinal), slot.months);
}

utfall_status utfall__stratum_carry(utfall_run *run, utfall__stratum *stratum,
                                    const utfall_contract *contract, const utfall_case *data,
                                    const utfall__slot *slots, const uint32_t *order)
{
    carriage c = {.run = run, .contract = contract, .data = data};
    const size_t persons = stratum->comparison;
    if (stratum->slots > CARRIED_MAX / persons)
        return carried_refuse(&c);
    const size_t count = persons * stratum->slots;
    const utfall_rat **carried = utfall_run_array(run, count, sizeof(const utfall_rat *));
    if (carried == NULL || !carriage_load(&c, stratum, slots, order))
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        carried[i] = carried_cost(&c, slots[i / persons], order[i % persons]);
    const utfall_rat *scale = utfall_rat_common(run, carried, count);
    for (size_t i = 0; i < count; i++)
        carried[i] = utfall_rat_mul(run, carried[i], scale);
    stratum->carried = carried;
    stratum->divisor = utfall_rat_mul(run, scale, utfall_rat_of(run, (int64_t)persons, 1));
    return stratum->divisor != NULL && utfall_run_failure(run) == UTFALL_OK
               ? UTFALL_OK
               : utfall__number_failed(run, contract, "comparison_group.price_index",
                                       "the cost of a person at the prices of another month");
}
