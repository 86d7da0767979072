/* Sample: what replicates draw from.
 *
 * In: a case and the month that it is settled as of. Out: for each group its people's totals over
 * the months counted, in order of size. Invariants: no sum that a replicate can make of the totals
 * leaves int64, proven here from the largest of them; where the same holds for the saving's
 * numerator over one common denominator, the sample is narrow and replicates are integer sums. */
#include "engine/sample.h"
#include "engine/checked.h"
#include "engine/prices.h"
#include "engine/sort.h"
#include <string.h>
#include "engine/core/ban.h"

typedef struct work {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_case *data;
    utfall_month as_of;
    utfall__sample *sample;
    utfall__stratum *strata; /* of the sample, while they are made */
    uint32_t *months;        /* [target person]: counted by payment; 0 = left out */
    size_t *target_group, *comparison_group;
    int64_t *keys, *spare_keys; /* room for the larger side */
    uint32_t *order, *spare_order;
} work;

static utfall_status amounts_refuse(const work *w, const char *path)
{
    return utfall__refuse(w->run, w->contract, UTFALL_E_RANGE, path, NULL,
                          "the cost of redrawn people may leave 64 bits of öre", NULL);
}

static bool work_alloc(work *w)
{
    const size_t target = w->data->target.persons, comparison = w->data->comparison.persons;
    const size_t most = target > comparison ? target : comparison;
    w->months = utfall_run_array(w->run, target, sizeof *w->months);
    w->target_group = utfall_run_array(w->run, target, sizeof *w->target_group);
    w->comparison_group = utfall_run_array(w->run, comparison, sizeof *w->comparison_group);
    w->keys = utfall_run_array(w->run, most, sizeof *w->keys);
    w->spare_keys = utfall_run_array(w->run, most, sizeof *w->spare_keys);
    w->order = utfall_run_array(w->run, most, sizeof *w->order);
    w->spare_order = utfall_run_array(w->run, most, sizeof *w->spare_order);
    return w->months != NULL && w->target_group != NULL && w->comparison_group != NULL &&
           w->keys != NULL && w->spare_keys != NULL && w->order != NULL && w->spare_order != NULL;
}

static size_t group_of(const work *w, const utfall_cohort *cohort, size_t person)
{
    const size_t factors = w->contract->factor_count;
    return utfall_group_of(w->contract,
                           factors == 0 ? NULL : cohort->attributes + person * factors);
}

/* Cost over the first months; false when it leaves int64. */
static bool total_of(const utfall_cohort *cohort, size_t person, uint32_t months, int64_t *out)
{
    int64_t room[UTFALL_WINDOW_MAX];
    const int64_t *cost = utfall_cohort_costs(cohort, person, room);
    *out = 0;
    for (uint32_t k = 0; k < months; k++)
        if (!utfall__minor_add(out, cost[k]))
            return false;
    return true;
}

static utfall__slot slot_of(const work *w, size_t person)
{
    return (utfall__slot){
        .start = {w->contract->prices.is_there ? w->data->target.starts[person].ordinal : 0},
        .months = w->months[person]};
}

/* A slot as one number, which puts them in order of start and then of months. */
static int64_t slot_key(utfall__slot slot)
{
    return (int64_t)slot.start.ordinal * (UTFALL_WINDOW_MAX + 1) + slot.months;
}

/* The distinct slots of the group's people, in order. */
static utfall_status slots_find(const work *w, utfall__stratum *stratum, utfall__slot **slots)
{
    size_t count = 0;
    *slots = utfall_run_array(w->run, stratum->target, sizeof **slots);
    if (*slots == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < w->data->target.persons; i++)
        if (w->target_group[i] == stratum->group && w->months[i] > 0)
            w->keys[count++] = slot_key(slot_of(w, i));
    utfall__sort(w->keys, NULL, w->spare_keys, NULL, count);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || w->keys[i] != w->keys[i - 1])
            (*slots)[stratum->slots++] =
                (utfall__slot){.start = {(int32_t)(w->keys[i] / (UTFALL_WINDOW_MAX + 1))},
                               .months = (uint32_t)(w->keys[i] % (UTFALL_WINDOW_MAX + 1))};
    return UTFALL_OK;
}

/* The group's people by slot and within it by cost. */
static utfall_status target_fill(work *w, utfall__stratum *stratum, const utfall__slot *slots)
{
    const utfall_cohort *target = &w->data->target;
    uint32_t *slot = utfall_run_array(w->run, stratum->target, sizeof *slot);
    int64_t *actual = utfall_run_array(w->run, stratum->target, sizeof *actual);
    size_t count = 0;
    if (slot == NULL || actual == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < target->persons; i++)
        if (w->target_group[i] == stratum->group && w->months[i] > 0) {
            w->keys[count] = slot_key(slot_of(w, i));
            w->order[count++] = (uint32_t)i;
        }
    utfall__sort(w->keys, w->order, w->spare_keys, w->spare_order, count);
    uint32_t s = 0;
    for (size_t j = 0; j < count; j++) {
        s += w->keys[j] != slot_key(slots[s]); /* the slots are these people's, in order */
        if (!total_of(target, w->order[j], slots[s].months, &actual[j]))
            return amounts_refuse(w, "target_group.costs");
        slot[j] = s;
    }
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && slot[end] == slot[first];)
            end++;
        utfall__sort(actual + first, NULL, w->spare_keys, NULL, end - first);
    }
    stratum->slot = slot;
    stratum->actual = actual;
    return UTFALL_OK;
}

static size_t comparison_list(work *w, const utfall__stratum *stratum)
{
    size_t count = 0;
    for (size_t i = 0; i < w->data->comparison.persons; i++)
        if (w->comparison_group[i] == stratum->group)
            w->order[count++] = (uint32_t)i;
    return count;
}

/* With a price index: comparison people by start, then by cost of month 1, 2 ...: people who are
 * alike in all of these cost the same at any prices. */
static utfall_status carried_fill(work *w, utfall__stratum *stratum, const utfall__slot *slots)
{
    const utfall_cohort *comparison = &w->data->comparison;
    const size_t persons = comparison_list(w, stratum);
    for (uint32_t k = w->contract->payment_months + 1; k-- > 0;) {
        for (size_t j = 0; j < persons; j++)
            w->keys[j] = k == 0 ? comparison->starts[w->order[j]].ordinal
                                : utfall_cohort_cost(comparison, w->order[j], k - 1);
        utfall__sort(w->keys, w->order, w->spare_keys, w->spare_order, persons);
    }
    return utfall__stratum_carry(w->run, stratum, w->contract, w->data, slots, w->order);
}

/* Comparison people by their cost in the first slot, then the second ...: sorted by the last slot
 * first, since the sort keeps what was equal. */
static utfall_status comparison_fill(work *w, utfall__stratum *stratum, const utfall__slot *slots)
{
    const utfall_cohort *comparison = &w->data->comparison;
    const size_t persons = comparison_list(w, stratum);
    int64_t *compared = utfall_run_array(w->run, persons, stratum->slots * sizeof *compared);
    if (compared == NULL)
        return UTFALL_E_NOMEM;
    for (uint32_t s = stratum->slots; s-- > 0;) {
        for (size_t j = 0; j < persons; j++)
            if (!total_of(comparison, w->order[j], slots[s].months, &w->keys[j]))
                return amounts_refuse(w, "comparison_group.costs");
        utfall__sort(w->keys, w->order, w->spare_keys, w->spare_order, persons);
    }
    for (uint32_t s = 0; s < stratum->slots; s++)
        for (size_t j = 0; j < persons; j++)
            if (!total_of(comparison, w->order[j], slots[s].months, &compared[s * persons + j]))
                return amounts_refuse(w, "comparison_group.costs");
    stratum->compared = compared;
    return UTFALL_OK;
}

static utfall_status standard_fill(work *w, utfall__stratum *stratum, const utfall__slot *slots)
{
    const size_t width = w->contract->window_months;
    const utfall_rat **standard = utfall_run_array(w->run, stratum->slots, sizeof *standard);
    if (standard == NULL)
        return UTFALL_E_NOMEM;
    for (uint32_t s = 0; s < stratum->slots; s++) {
        const utfall_rat *sum = utfall_rat_of(w->run, 0, 1);
        const utfall_rat **levels =
            w->contract->prices.is_there
                ? utfall__price_levels(w->run, w->contract, w->data->price_index, slots[s].start,
                                       slots[s].months)
                : NULL;
        for (uint32_t k = 0; k < slots[s].months; k++) {
            const utfall_rat *cost = w->data->agreed[stratum->group * width + k];
            sum = utfall_rat_add(w->run, sum,
                                 levels != NULL ? utfall_rat_mul(w->run, cost, levels[k]) : cost);
        }
        if (sum == NULL)
            return utfall__number_failed(w->run, w->contract, "comparison_group.standard_cost",
                                         "an agreed standard cost");
        standard[s] = sum;
    }
    stratum->standard = standard;
    return utfall_run_failure(w->run);
}

static utfall_status stratum_fill(work *w, utfall__stratum *stratum)
{
    utfall__slot *slots = NULL;
    const bool has_prices = w->contract->prices.is_there;
    utfall_status status = slots_find(w, stratum, &slots);
    if (status == UTFALL_OK)
        status = target_fill(w, stratum, slots);
    if (status == UTFALL_OK)
        status = w->data->agreed != NULL ? standard_fill(w, stratum, slots)
                 : has_prices            ? carried_fill(w, stratum, slots)
                                         : comparison_fill(w, stratum, slots);
    if (status != UTFALL_OK)
        return status;
    utfall__sample *sample = w->sample;
    sample->target += stratum->target;
    sample->comparison += stratum->comparison;
    sample->slots_max = stratum->slots > sample->slots_max ? stratum->slots : sample->slots_max;
    if (stratum->comparison > sample->comparison_max)
        sample->comparison_max = stratum->comparison;
    sample->is_even = sample->is_even && !has_prices && stratum->slots == 1 &&
                      slots[0].months == w->contract->payment_months;
    return UTFALL_OK;
}

/* After which month somebody of the target group left, as of the settlement; 0 = they are there. */
static uint32_t left_after(const work *w, size_t person)
{
    const utfall_cohort *target = &w->data->target;
    const utfall_nth last = {target->left_after == NULL ? 0 : (int32_t)target->left_after[person]};
    return last.n > 0 && utfall_nth_month(target->starts[person], last).ordinal <= w->as_of.ordinal
               ? (uint32_t)last.n
               : 0;
}

static utfall_status strata_fill(work *w)
{
    const size_t groups = w->contract->group_count;
    const utfall_cohort *target = &w->data->target, *comparison = &w->data->comparison;
    uint32_t *persons = utfall_run_array(w->run, groups, sizeof *persons);
    uint32_t *compared = utfall_run_array(w->run, groups, sizeof *compared);
    utfall__stratum *strata = utfall_run_array(w->run, groups, sizeof *strata);
    if (persons == NULL || compared == NULL || strata == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < target->persons; i++) {
        const uint32_t counted =
            utfall_months_counted(w->contract, w->as_of, target->starts[i], left_after(w, i));
        w->target_group[i] = group_of(w, target, i);
        w->months[i] =
            counted < w->contract->payment_months ? counted : w->contract->payment_months;
        persons[w->target_group[i]] += w->months[i] > 0;
    }
    for (size_t i = 0; i < comparison->persons; i++) {
        w->comparison_group[i] = group_of(w, comparison, i);
        compared[w->comparison_group[i]]++;
    }
    w->sample->strata = w->strata = strata;
    for (size_t g = 0; g < groups; g++) {
        if (persons[g] == 0)
            continue;
        if (compared[g] == 0 && w->data->agreed == NULL)
            return UTFALL_E_BUG; /* refused when the sums were computed */
        utfall__stratum *stratum = &strata[w->sample->count++];
        *stratum = (utfall__stratum){.group = g,
                                     .target = persons[g],
                                     .comparison = w->data->agreed == NULL ? compared[g] : 0};
        utfall_status status = stratum_fill(w, stratum);
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

/* ---- how large what is drawn can become ---- */

static int64_t largest(const int64_t *values, size_t count)
{
    int64_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = utfall__size(values[i]) > most ? utfall__size(values[i]) : most;
    return most;
}

/* Sums of drawn people fit int64: all strata together for what was, a slot alone for the rest. */
static bool sums_fit(const utfall__sample *sample)
{
    int64_t all = 0, part;
    for (size_t i = 0; i < sample->count; i++) {
        const utfall__stratum *t = &sample->strata[i];
        if (!utfall__times(&part, t->target, largest(t->actual, t->target)) ||
            !utfall__plus(&all, all, part))
            return false;
        if (t->compared != NULL &&
            !utfall__times(&part, t->comparison,
                           largest(t->compared, (size_t)t->slots * t->comparison)))
            return false;
    }
    return true;
}

/* Denominator of a stratum's expected cost. */
static bool stratum_denominator(int64_t *out, const utfall__stratum *t)
{
    if (t->standard == NULL) {
        *out =
            t->slots == 1 ? t->comparison / utfall__gcd(t->comparison, t->target) : t->comparison;
        return true;
    }
    *out = 1;
    for (uint32_t s = 0; s < t->slots; s++) {
        int64_t num, den;
        if (utfall_rat_parts(&num, &den, t->standard[s]) != UTFALL_OK ||
            !utfall__lcm(out, *out, den))
            return false;
    }
    return true;
}

/* Weight and scaled costs of a stratum; adds what its expected cost can reach to *bound. */
static bool stratum_scale(utfall_run *run, utfall__stratum *t, int64_t denominator, int64_t *bound)
{
    int64_t reach = 0, part;
    if (t->standard == NULL) {
        t->weight = denominator / t->comparison;
        if (t->slots == 1) /* denominator * target / comparison, dividing first what divides */
            t->weight = denominator / (t->comparison / utfall__gcd(t->comparison, t->target)) *
                        (t->target / utfall__gcd(t->comparison, t->target));
        if (!utfall__times(&part, t->comparison,
                           largest(t->compared, (size_t)t->slots * t->comparison)) ||
            !utfall__times(&reach, part, t->weight))
            return false;
        return (t->slots == 1 || utfall__times(&reach, reach, t->target)) &&
               utfall__plus(bound, *bound, reach);
    }
    int64_t *scaled = utfall_run_array(run, t->slots, sizeof *scaled);
    if (scaled == NULL)
        return false;
    for (uint32_t s = 0; s < t->slots; s++) {
        int64_t num, den;
        if (utfall_rat_parts(&num, &den, t->standard[s]) != UTFALL_OK ||
            !utfall__times(&scaled[s], num, denominator / den))
            return false;
    }
    t->scaled = scaled;
    return utfall__times(&reach, largest(scaled, t->slots), t->target) &&
           utfall__plus(bound, *bound, reach);
}

/* Every product and sum of utfall__redraw is bounded by `bound`: expected and actual are added by
 * size, whatever their signs. */
static bool narrow_compute(utfall_run *run, utfall__sample *sample, utfall__stratum *strata)
{
    int64_t denominator = 1, bound = 0, actual = 0, part;
    for (size_t i = 0; i < sample->count; i++)
        if (!stratum_denominator(&part, &strata[i]) ||
            !utfall__lcm(&denominator, denominator, part))
            return false;
    for (size_t i = 0; i < sample->count; i++) {
        if (!utfall__times(&part, strata[i].target, largest(strata[i].actual, strata[i].target)) ||
            !utfall__plus(&actual, actual, part))
            return false;
        /* weight <= denominator * target */
        if (!utfall__times(&part, denominator, strata[i].target) ||
            !stratum_scale(run, &strata[i], denominator, &bound))
            return false;
    }
    if (!utfall__times(&part, denominator, actual) || !utfall__plus(&bound, bound, part))
        return false;
    sample->denominator = denominator;
    sample->bound = bound;
    return true;
}

utfall_status utfall__sample_new(utfall_run *run, const utfall__sample **out,
                                 const utfall_contract *contract, const utfall_case *data,
                                 utfall_month as_of)
{
    utfall__sample *sample = utfall_run_alloc(run, sizeof *sample);
    work w = {.run = run, .contract = contract, .data = data, .as_of = as_of, .sample = sample};
    if (sample == NULL || !work_alloc(&w))
        return UTFALL_E_NOMEM;
    if (data->comparison.alike != NULL)
        return UTFALL_E_BUG; /* people are drawn one by one */
    sample->is_even = true;
    utfall_status status = strata_fill(&w);
    if (status != UTFALL_OK)
        return status;
    if (sample->target == 0)
        return utfall__refuse(run, contract, UTFALL_E_MISSING, "target_group", NULL,
                              "there is nobody in the target group to draw from", NULL);
    if (!sums_fit(sample))
        return amounts_refuse(&w, "target_group.costs");
    sample->is_narrow = !contract->prices.is_there && narrow_compute(run, sample, w.strata);
    if (utfall_run_failure(run) != UTFALL_OK)
        return utfall_run_failure(run);
    *out = sample;
    return UTFALL_OK;
}
