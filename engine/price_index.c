/* engine/price_index.c - costs at the prices of another month.
 *
 * In: a price index, people and their months. Out: which values are needed, the comparison group's
 * cost at the prices of the base month, and how much the target group's months weigh beside it.
 * What a person cost in a month is carried to the base month in whole öre: exact sums would be
 * fractions that tell what single people cost, since every month has a denominator of its own. */
#include "engine/prices.h"
#include <string.h>
#include "engine/core/ban.h"

const utfall_rat *utfall_price_value(const utfall_price_index *index, utfall_month month)
{
    const int64_t at = (int64_t)month.ordinal - index->first.ordinal;
    return at < 0 || at >= (int64_t)index->count ? NULL : index->values[at];
}

const utfall_rat *utfall_price_ratio(utfall_run *run, const utfall_price_index *index,
                                     utfall_month to, utfall_month from)
{
    return utfall_rat_div(run, utfall_price_value(index, to), utfall_price_value(index, from));
}

/* ---- which values are needed ---- */

enum { WHO = UTFALL__NEEDS_TARGET + 1, SPAN = UTFALL_MONTHS_MAX + UTFALL_WINDOW_MAX };

/* Steps up and down, summed when all are there: somebody's months cost two steps, however many. */
struct utfall__price_needs {
    utfall_run *run;
    const utfall_contract *contract;
    int64_t step[WHO][SPAN + 1];
    bool is_needed[WHO][SPAN];
};

utfall__price_needs *utfall__price_needs_new(utfall_run *run, const utfall_contract *contract)
{
    utfall__price_needs *needs = utfall_run_alloc(run, sizeof *needs);
    if (needs == NULL)
        return NULL;
    needs->run = run;
    needs->contract = contract;
    utfall__price_need(needs, UTFALL__NEEDS_BASE, contract->prices.base, 1);
    return needs;
}

void utfall__price_need(utfall__price_needs *needs, utfall__needing who, utfall_month first,
                        size_t count)
{
    const int64_t at = (int64_t)first.ordinal - UTFALL_MONTH_FIRST;
    if (at < 0 || at >= UTFALL_MONTHS_MAX || count == 0 || count > UTFALL_WINDOW_MAX)
        return;
    needs->step[who][at]++;
    needs->step[who][at + (int64_t)count]--;
}

static void needs_sum(utfall__price_needs *needs)
{
    for (size_t who = 0; who < WHO; who++) {
        int64_t sum = 0;
        for (size_t t = 0; t < SPAN; t++) {
            sum += needs->step[who][t];
            needs->is_needed[who][t] = sum > 0;
        }
    }
}

/* "2016-03, 2016-05 to 2016-08 and 3 more": the months flagged. */
static const char *months_text(utfall_run *run, const bool *flags)
{
    enum { RANGES_MAX = 12 };
    const char *text = "";
    size_t ranges = 0, more = 0;
    for (size_t t = 0, end; t < SPAN && text != NULL; t = end) {
        char from[8], to[8];
        for (end = t; end < SPAN && flags[end];)
            end++;
        if (end == t) {
            end++;
            continue;
        }
        if (ranges == RANGES_MAX) {
            more += end - t;
            continue;
        }
        utfall_month_text(from, (utfall_month){UTFALL_MONTH_FIRST + (int32_t)t});
        utfall_month_text(to, (utfall_month){UTFALL_MONTH_FIRST + (int32_t)end - 1});
        text =
            utfall_run_join(run, text, ranges++ == 0 ? "" : ", ", from, end - t > 1 ? " to " : "",
                            end - t > 1 ? to : "", (const char *)NULL);
    }
    if (more > 0)
        text = utfall_run_join(run, text, " and ", utfall_run_decimal(run, (int64_t)more), " more",
                               (const char *)NULL);
    return text;
}

static const char *who_text(utfall__needing who)
{
    switch (who) {
    case UTFALL__NEEDS_BASE:
        return ", the base month";
    case UTFALL__NEEDS_COMPARISON:
        return ", in which people of the comparison group are counted";
    case UTFALL__NEEDS_TARGET:
        return ", in which people of the target group are counted";
    }
    return "";
}

/* Needed and not there: one finding for each who needs some of it. */
static utfall_status missing_refuse(utfall__price_needs *needs, const utfall_price_index *table)
{
    utfall_status first = UTFALL_OK;
    for (size_t who = 0; who < WHO; who++) {
        bool *flags = needs->is_needed[who], is_any = false;
        for (size_t t = 0; t < SPAN; t++) {
            const utfall_month month = {UTFALL_MONTH_FIRST + (int32_t)t};
            flags[t] = flags[t] && utfall_price_value(table, month) == NULL;
            is_any = is_any || flags[t];
        }
        if (!is_any)
            continue;
        utfall_status status = utfall__refuse(
            needs->run, needs->contract, UTFALL_E_MISSING, "comparison_group.price_index.file",
            NULL,
            utfall_run_join(needs->run, "the price index has no value for ",
                            months_text(needs->run, flags), who_text((utfall__needing)who),
                            (const char *)NULL),
            "add the months to the table, or a row with the year for all of its months");
        first = first == UTFALL_OK ? status : first;
    }
    return first;
}

static bool is_needed_by_anybody(const utfall__price_needs *needs, size_t t)
{
    for (size_t who = 0; who < WHO; who++)
        if (needs->is_needed[who][t])
            return true;
    return false;
}

utfall_status utfall__price_pick(utfall__price_needs *needs, const utfall_price_index **out,
                                 const utfall_price_index *table)
{
    const utfall_month origin = {UTFALL_MONTH_FIRST};
    size_t first = SPAN, end = 0;
    bool is_missing = false;
    needs_sum(needs);
    for (size_t t = 0; t < SPAN; t++) {
        if (!is_needed_by_anybody(needs, t))
            continue;
        first = t < first ? t : first;
        end = t + 1;
        is_missing = is_missing ||
                     utfall_price_value(table, (utfall_month){origin.ordinal + (int32_t)t}) == NULL;
    }
    if (is_missing)
        return missing_refuse(needs, table);
    utfall_price_index *index = utfall_run_alloc(needs->run, sizeof *index);
    const utfall_rat **values =
        utfall_run_array(needs->run, end - first, sizeof(const utfall_rat *));
    if (index == NULL || values == NULL)
        return UTFALL_E_NOMEM;
    for (size_t t = first; t < end; t++)
        if (is_needed_by_anybody(needs, t))
            values[t - first] =
                utfall_price_value(table, (utfall_month){origin.ordinal + (int32_t)t});
    *index = (utfall_price_index){
        .first = {origin.ordinal + (int32_t)first}, .count = end - first, .values = values};
    *out = index;
    return UTFALL_OK;
}

/* Of each month its value over that of the base month, or the other way round. */
static const utfall_rat **month_ratios(utfall_run *run, const utfall_contract *contract,
                                       const utfall_price_index *index, utfall_month first,
                                       size_t count, bool is_to_base)
{
    const utfall_month base = contract->prices.base;
    const utfall_rat **ratios = utfall_run_array(run, count, sizeof(const utfall_rat *));
    for (size_t t = 0; ratios != NULL && t < count; t++) {
        const utfall_month month = {first.ordinal + (int32_t)t};
        if (utfall_price_value(index, month) != NULL)
            ratios[t] = utfall_price_ratio(run, index, is_to_base ? base : month,
                                           is_to_base ? month : base);
    }
    return ratios;
}

const utfall_rat **utfall__price_levels(utfall_run *run, const utfall_contract *contract,
                                        const utfall_price_index *index, utfall_month first,
                                        size_t count)
{
    return month_ratios(run, contract, index, first, count, false);
}

const utfall_rat **utfall__price_inverses(utfall_run *run, const utfall_contract *contract,
                                          const utfall_price_index *index, utfall_month first,
                                          size_t count)
{
    return month_ratios(run, contract, index, first, count, true);
}

/* ---- the comparison group at the prices of the base month ---- */

/* RULE: PRICE-2 */
utfall_status utfall__price_carry(utfall_run *run, int64_t *out, int64_t minor,
                                  const utfall_rat *inverse)
{
    if (minor == 0 || inverse == NULL) {
        *out = 0; /* without a value nobody needs it */
        return UTFALL_OK;
    }
    return utfall_rat_nearest_product(run, out, minor, inverse);
}

typedef struct carrying {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_cohort *comparison;
    int32_t first;               /* earliest start */
    const utfall_rat **inverses; /* [calendar month from it] */
    int64_t *up, *down; /* [group * window + k - 1]: what is above zero, and what is below it */
} carrying;

static bool carrying_alloc(carrying *c, const utfall_price_index *index)
{
    const size_t width = c->contract->window_months;
    int32_t last = c->comparison->starts[0].ordinal;
    c->first = last;
    for (size_t i = 0; i < c->comparison->persons; i++) {
        const int32_t start = c->comparison->starts[i].ordinal;
        c->first = start < c->first ? start : c->first;
        last = start > last ? start : last;
    }
    c->inverses = utfall__price_inverses(c->run, c->contract, index, (utfall_month){c->first},
                                         (size_t)((int64_t)last - c->first) + width);
    c->up = utfall_run_array(c->run, c->contract->group_count * width, sizeof *c->up);
    c->down = utfall_run_array(c->run, c->contract->group_count * width, sizeof *c->down);
    return c->inverses != NULL && c->up != NULL && c->down != NULL;
}

static utfall_status at_base_refuse(utfall_run *run, const utfall_contract *contract, size_t g,
                                    size_t k)
{
    char base[8];
    utfall_month_text(base, contract->prices.base);
    return utfall__refuse(
        run, contract, UTFALL_E_RANGE, "comparison_group.price_index", NULL,
        utfall_run_join(run, "the comparison group's cost of group \"", contract->group_labels[g],
                        "\" in month ", utfall_run_decimal(run, (int64_t)k + 1),
                        ", carried to the prices of ", base, ", leaves 64 bits of öre",
                        (const char *)NULL),
        "check the costs, and the index of the base month and of the months of the costs");
}

static utfall_status person_carry(carrying *c, size_t i, size_t known)
{
    const utfall_cohort *comparison = c->comparison;
    const size_t factors = c->contract->factor_count, width = c->contract->window_months;
    const size_t g =
        utfall_group_of(c->contract, factors == 0 ? NULL : comparison->attributes + i * factors);
    int64_t room[UTFALL_WINDOW_MAX];
    const int64_t *cost = utfall_cohort_costs(comparison, i, room);
    const utfall_rat *const *own = c->inverses + (comparison->starts[i].ordinal - c->first);
    for (size_t k = 0; k < known; k++) {
        int64_t carried = 0;
        utfall_status status = utfall__price_carry(c->run, &carried, cost[k], own[k]);
        int64_t *sums = carried < 0 ? c->down : c->up; /* so that no order of people decides */
        if (status == UTFALL_OK && !utfall__minor_add(&sums[g * width + k], carried))
            status = UTFALL_E_RANGE;
        if (status == UTFALL_E_RANGE)
            return at_base_refuse(c->run, c->contract, g, k);
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

utfall_status utfall__at_base_compute(utfall_run *run, int64_t *out,
                                      const utfall_contract *contract,
                                      const utfall_price_index *index,
                                      const utfall_cohort *comparison, const uint32_t *known)
{
    carrying c = {.run = run, .contract = contract, .comparison = comparison};
    if (comparison->persons == 0)
        return UTFALL_OK;
    if (!carrying_alloc(&c, index))
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < comparison->persons; i++) {
        utfall_status status = person_carry(&c, i, known[i]);
        if (status != UTFALL_OK)
            return status;
    }
    for (size_t i = 0; i < contract->group_count * contract->window_months; i++)
        out[i] = c.up[i] + c.down[i];
    return utfall_run_failure(run);
}

/* ---- the target group at the prices of its months ---- */

/* *sum += persons, or false when that leaves int64. */
static bool persons_add(int64_t *sum, uint64_t persons)
{
    return persons <= INT64_MAX && utfall__minor_add(sum, (int64_t)persons);
}

static utfall_status persons_refuse(utfall_run *run, const utfall_contract *contract)
{
    return utfall__refuse(run, contract, UTFALL_E_RANGE, "target_group", NULL,
                          "the target group has more than 2^63 people", NULL);
}

/* Months of a start that lie in the series, all of them when the sums are sound. */
static size_t months_inside(const utfall_contract *contract, const utfall_sums *sums,
                            const utfall_start *start, size_t *at)
{
    const int64_t from = (int64_t)start->month.ordinal - sums->first.ordinal;
    const size_t counted =
        utfall_months_counted(contract, sums->as_of, start->month, start->left_after);
    if (from < 0 || from >= (int64_t)sums->month_count)
        return 0;
    *at = (size_t)from;
    return counted <= sums->month_count - *at ? counted : sums->month_count - *at;
}

/* How many people of a group count in each month k of each start: people[start * each_start +
 * k * each_k], which has room for `count` and is cleared. */
static bool people_count(int64_t *people, size_t count, size_t each_start, size_t each_k,
                         const utfall_contract *contract, const utfall_sums *sums, size_t g)
{
    memset(people, 0, count * sizeof *people);
    for (size_t i = 0; i < sums->start_count; i++) {
        const utfall_start *start = &sums->starts[i];
        size_t at = 0;
        const size_t inside = start->group == g ? months_inside(contract, sums, start, &at) : 0;
        for (size_t k = 0; k < inside; k++)
            if (!persons_add(&people[at * each_start + k * each_k], start->persons))
                return false;
    }
    return true;
}

utfall_status utfall__price_weights(utfall_run *run, const utfall_rat *const **out,
                                    const utfall_contract *contract, const utfall_sums *sums,
                                    const utfall_price_index *index)
{
    const size_t width = contract->window_months, series = sums->month_count;
    const utfall_rat **weights =
        utfall_run_array(run, contract->group_count * width, sizeof(const utfall_rat *));
    const utfall_rat **levels =
        utfall__price_levels(run, contract, index, sums->first, series + width);
    int64_t *people = utfall_run_array(run, width * series, sizeof *people);
    if (weights == NULL || levels == NULL || people == NULL)
        return UTFALL_E_NOMEM;
    for (size_t g = 0; g < contract->group_count; g++) {
        if (!people_count(people, width * series, 1, series, contract, sums, g))
            return persons_refuse(run, contract);
        for (size_t k = 0; k < width; k++) {
            const utfall_rat *weight = utfall_rat_dot(run, people + k * series, levels + k, series);
            if (weight == NULL)
                return utfall__number_failed(run, contract, "comparison_group.price_index",
                                             "the weight of a month");
            weights[g * width + k] = weight;
        }
    }
    *out = weights;
    return UTFALL_OK;
}

utfall_status utfall__price_series_add(utfall_run *run, utfall__ratio_sums *expected,
                                       const utfall_contract *contract, const utfall_sums *sums,
                                       const utfall_baseline *baseline, size_t g)
{
    const size_t width = contract->window_months, series = sums->month_count;
    const utfall_rat **levels =
        utfall__price_levels(run, contract, sums->price_index, sums->first, series);
    int64_t *people = utfall_run_array(run, series * width, sizeof *people);
    if (levels == NULL || people == NULL)
        return UTFALL_E_NOMEM;
    /* by calendar month, start + k, and month k */
    if (!people_count(people, series * width, width, width + 1, contract, sums, g))
        return persons_refuse(run, contract);
    for (size_t t = 0; t < series; t++) {
        const utfall_rat *at_base =
            utfall_rat_dot(run, people + t * width, baseline->standard_cost + g * width, width);
        if (at_base == NULL)
            return utfall__number_failed(run, contract, "comparison_group", "the expected cost");
        if (utfall_rat_sign(at_base) != 0)
            utfall__ratio_sums_add_ratio(expected, t, utfall_rat_mul(run, at_base, levels[t]));
    }
    return UTFALL_OK;
}
