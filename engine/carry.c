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
    const utfall_rat **levels; /* [month from slot_first]: what 1 at base prices is then */
    int64_t *at_base;          /* [person of the stratum * window + k - 1] */
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
    const utfall_rat **inverses =
        utfall__price_inverses(c->run, c->contract, c->data->price_index, c->person_first, months);
    c->levels = utfall__price_levels(c->run, c->contract, c->data->price_index, c->slot_first,
                                     span + width);
    c->at_base = utfall_run_array(c->run, stratum->comparison * width, sizeof *c->at_base);
    if (inverses == NULL || c->levels == NULL || c->at_base == NULL)
        return false;
    for (size_t i = 0; i < stratum->comparison * width; i++) {
        const size_t person = order[i / width], k = i % width;
        const size_t own = (size_t)(starts[person].ordinal - c->person_first.ordinal);
        const int64_t cost = utfall_cohort_cost(&c->data->comparison, person, k);
        if (utfall__price_carry(c->run, &c->at_base[i], cost, inverses[own + k]) != UTFALL_OK)
            return false;
    }
    return true;
}

/* What person number `person` of the stratum brings to a slot. */
static const utfall_rat *carried_cost(const carriage *c, utfall__slot slot, size_t person)
{
    return utfall_rat_dot(c->run, c->at_base + person * c->contract->window_months,
                          c->levels + (slot.start.ordinal - c->slot_first.ordinal), slot.months);
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
        return utfall__number_failed(run, contract, "comparison_group.price_index",
                                     "the cost of a person at the prices of another month");
    for (size_t i = 0; i < count; i++)
        carried[i] = carried_cost(&c, slots[i / persons], i % persons);
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
