/* Sums: from people to counts and sums, the only stage that sees a person.
 *
 * In: a case and the month that the settlement is as of. Out: cost by group and month k, cost by
 * calendar month, starts, and how many people lie below, at and above the standard cost. All are
 * int64 öre and counts, added with a check; comparing one person's cost with the standard cost is a
 * floor division and a remainder, so no ratio is made for a person. Nothing later than the
 * settlement or the data is counted of the target group, nor of a comparison group that runs at the
 * same time. Who left, and which outcomes are known, is told as of the settlement too: as if what
 * came after it had not been read. */
#include "engine/fetch.h"
#include "engine/prices.h"
#include "engine/core/ban.h"

typedef struct tally {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_case *data;
    utfall_month as_of;
    size_t width;       /* the window */
    uint32_t *group;    /* [person] of the target group */
    uint32_t *counted;  /* [person] months counted; 0 = left out */
    uint64_t *persons;  /* [group], target */
    int64_t *cost;      /* [group * width + k - 1], target */
    uint64_t *compared; /* [group], comparison */
    int64_t *compared_cost;
    uint64_t *followed;          /* [group * width + k - 1]: what comparison cost is divided by */
    utfall__standard *standards; /* [group * width + k - 1] */
    utfall__standards *priced;   /* with a price index, in their place */
    uint64_t *below, *at, *above;
    int32_t first, last; /* ordinals of the series; first > last = empty */
    int64_t *actual, *drawn;
    utfall_sums sums;
} tally;

static size_t group_of(const utfall_contract *contract, const utfall_cohort *cohort, size_t person)
{
    return utfall_group_of(contract, contract->factor_count == 0
                                         ? NULL
                                         : cohort->attributes + person * contract->factor_count);
}

/* After which month k somebody left, as of the settlement; 0 = they are there. */
static uint32_t left_after(const tally *y, const utfall_cohort *cohort, size_t person)
{
    const uint32_t left = cohort->left_after == NULL ? 0 : cohort->left_after[person];
    if (left == 0 || left >= y->width)
        return 0;
    const utfall_nth last = {(int32_t)left};
    return utfall_nth_month(cohort->starts[person], last).ordinal <= y->as_of.ordinal ? left : 0;
}

/* Ask for the cost of somebody some people further on: the processor looks ahead by itself only to
 * the end of a page. */
static inline void cost_expect(const utfall_cohort *cohort, size_t person)
{
    enum { AHEAD = 8, LINE = 64 };
    const size_t size =
        cohort->cost_minor != NULL ? sizeof *cohort->cost_minor : sizeof *cohort->cost_low;
    const char *costs = cohort->cost_minor != NULL ? (const char *)cohort->cost_minor
                                                   : (const char *)cohort->cost_low;
    if (person + AHEAD >= cohort->persons)
        return;
    costs += (person + AHEAD) * cohort->months * size;
    for (size_t at = 0; at < cohort->months * size; at += LINE)
        utfall__fetch(costs + at);
}

static utfall_status sum_refuse(const tally *y, const char *path, const char *what)
{
    return utfall__refuse(
        y->run, y->contract, UTFALL_E_RANGE, path, NULL,
        utfall_run_join(y->run, what, " leaves 64 bits of öre", (const char *)NULL), NULL);
}

static utfall_status shape_check(const tally *y)
{
    const utfall_cohort *target = &y->data->target, *comparison = &y->data->comparison;
    if (y->as_of.ordinal < UTFALL_MONTH_FIRST || y->as_of.ordinal > UTFALL_MONTH_LAST)
        return utfall__refuse(y->run, y->contract, UTFALL_E_RANGE, "target_group.data_through",
                              NULL, "the settlement is as of a month outside 1900-01 to 2199-12",
                              NULL);
    if (target->persons > 0 && target->months < y->width)
        return UTFALL_E_BUG;
    if (comparison->persons > 0 && comparison->months < y->width)
        return UTFALL_E_BUG;
    if (target->alike != NULL || (comparison->alike != NULL && y->contract->prices.is_there))
        return UTFALL_E_BUG; /* each person's own cost is asked for */
    return UTFALL_OK;
}

static bool tally_alloc(tally *y)
{
    const size_t groups = y->contract->group_count, cells = groups * y->width;
    y->group = utfall_run_array(y->run, y->data->target.persons, sizeof *y->group);
    y->counted = utfall_run_array(y->run, y->data->target.persons, sizeof *y->counted);
    y->persons = utfall_run_array(y->run, groups, sizeof *y->persons);
    y->cost = utfall_run_array(y->run, cells, sizeof *y->cost);
    y->compared = utfall_run_array(y->run, groups, sizeof *y->compared);
    y->compared_cost = utfall_run_array(y->run, cells, sizeof *y->compared_cost);
    y->followed = utfall_run_array(y->run, cells, sizeof *y->followed);
    y->standards = utfall_run_array(y->run, cells, sizeof *y->standards);
    y->below = utfall_run_array(y->run, y->width, sizeof *y->below);
    y->at = utfall_run_array(y->run, y->width, sizeof *y->at);
    y->above = utfall_run_array(y->run, y->width, sizeof *y->above);
    return y->group != NULL && y->counted != NULL && y->persons != NULL && y->cost != NULL &&
           y->compared != NULL && y->compared_cost != NULL && y->followed != NULL &&
           y->standards != NULL && y->below != NULL && y->at != NULL && y->above != NULL;
}

static utfall_status window_refuse(const tally *y, uint64_t open, size_t first)
{
    const utfall_contract *contract = y->contract;
    char reached[8], through[8], complete[8], last[8];
    utfall_month end = {INT32_MIN};
    const utfall_nth window = {(int32_t)y->width};
    for (size_t i = 0; i < y->data->target.persons; i++) {
        const utfall_month own = utfall_nth_month(y->data->target.starts[i], window);
        if (own.ordinal > end.ordinal)
            end = own;
    }
    utfall_month_text(reached, utfall__horizon(contract, y->as_of));
    utfall_month_text(through, contract->data_through);
    utfall_month_text(complete, utfall_nth_month(y->data->target.starts[first], window));
    utfall_month_text(last, end);
    const bool data_end = contract->data_through.ordinal < end.ordinal;
    return utfall__refuse(
        y->run, contract, UTFALL_E_MISSING, "evaluation.incomplete", NULL,
        utfall_run_join(
            y->run, utfall_run_decimal(y->run, (int64_t)open), " of ",
            utfall_run_decimal(y->run, (int64_t)y->data->target.persons),
            " people have not completed their ", utfall_run_decimal(y->run, (int64_t)y->width),
            " months by ", reached, ", and the contract refuses that; the first is \"",
            y->data->target.ids[first], "\", complete in ", complete, (const char *)NULL),
        utfall_run_join(
            y->run, "settle as of ", last, " or later",
            data_end ? ", with cost data that reach it (target_group.data_through is " : "",
            data_end ? through : "", data_end ? ")" : "",
            ", or let evaluation.incomplete be to_date or exclude", (const char *)NULL));
}

/* Group and counted months of everybody in the target group. */
static utfall_status people_place(tally *y)
{
    const utfall_cohort *target = &y->data->target;
    uint64_t open = 0;
    size_t first_open = 0;
    for (size_t i = 0; i < target->persons; i++) {
        y->group[i] = (uint32_t)group_of(y->contract, target, i);
        y->counted[i] = utfall_months_counted(y->contract, y->as_of, target->starts[i],
                                              left_after(y, target, i));
        if (y->counted[i] > 0) {
            y->persons[y->group[i]]++;
            continue;
        }
        if (open == 0)
            first_open = i;
        open++;
    }
    if (open > 0 && y->contract->incomplete == UTFALL_INCOMPLETE_REFUSE)
        return window_refuse(y, open, first_open);
    y->sums.target.left_out = open;
    return UTFALL_OK;
}

static size_t months_known(const tally *y, utfall_month start)
{
    return utfall_months_compared(y->contract, y->as_of, start);
}

/* How many of them the person is divided by in. */
static size_t months_followed(const tally *y, size_t person, size_t known)
{
    const uint32_t left = left_after(y, &y->data->comparison, person);
    switch (y->contract->denominator) {
    case UTFALL_DENOMINATOR_EVERYBODY:
        return known;
    case UTFALL_DENOMINATOR_FOLLOWED:
        return left > 0 && left < known ? left : known;
    }
    return known;
}

/* From how many people reach month k last, to how many reach it. */
static void counts_descend(uint64_t *counts, size_t width)
{
    for (size_t k = width; k > 1; k--)
        counts[k - 2] += counts[k - 1];
}

static utfall_status comparison_add(tally *y)
{
    const utfall_cohort *comparison = &y->data->comparison;
    int64_t room[UTFALL_WINDOW_MAX];
    for (size_t i = 0; i < comparison->persons; i++) {
        const size_t cell = group_of(y->contract, comparison, i) * y->width;
        const int64_t *cost = utfall_cohort_costs(comparison, i, room);
        const size_t known = months_known(y, comparison->starts[i]);
        const size_t followed = months_followed(y, i, known);
        cost_expect(comparison, i);
        const uint64_t people = comparison->alike == NULL ? 1 : comparison->alike[i];
        y->compared[cell / y->width] += people;
        if (followed > 0)
            y->followed[cell + followed - 1] += people; /* those before it: when all are there */
        if (!y->contract->prices.is_there &&
            !utfall__minors_add(y->compared_cost + cell, cost, known))
            return sum_refuse(y, "comparison_group.costs",
                              "the comparison group's cost in one month");
    }
    for (size_t g = 0; g < y->contract->group_count; g++) {
        uint64_t *followed = y->followed + g * y->width;
        counts_descend(followed, y->width);
        for (size_t k = 0; k < y->width; k++)
            if (followed[k] != y->compared[g])
                y->sums.comparison.followed = y->followed;
    }
    return UTFALL_OK;
}

/* ---- prices ---- */

/* RULE: PRICE-4 */
static utfall_status prices_take(tally *y)
{
    const utfall_contract *contract = y->contract;
    const utfall_cohort *target = &y->data->target, *comparison = &y->data->comparison;
    if (!contract->prices.is_there)
        return UTFALL_OK;
    utfall__price_needs *needs = utfall__price_needs_new(y->run, contract);
    if (needs == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < comparison->persons; i++)
        utfall__price_need(needs, UTFALL__NEEDS_COMPARISON, comparison->starts[i],
                           months_known(y, comparison->starts[i]));
    for (size_t i = 0; i < target->persons; i++)
        utfall__price_need(needs, UTFALL__NEEDS_TARGET, target->starts[i], y->counted[i]);
    return y->data->price_index == NULL
               ? UTFALL_E_BUG
               : utfall__price_pick(needs, &y->sums.price_index, y->data->price_index);
}

/* The comparison group's cost at the prices of the base month takes the place of what was paid:
 * beside it, the two would tell what single people cost. */
static utfall_status prices_carry(tally *y)
{
    const utfall_cohort *comparison = &y->data->comparison;
    if (y->sums.price_index == NULL || y->data->agreed != NULL)
        return UTFALL_OK;
    uint32_t *known = utfall_run_array(y->run, comparison->persons, sizeof *known);
    if (known == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < comparison->persons; i++)
        known[i] = (uint32_t)months_known(y, comparison->starts[i]);
    return utfall__at_base_compute(y->run, y->compared_cost, y->contract, y->sums.price_index,
                                   comparison, known);
}

/* The standard costs of a person's months. */
static const utfall__standard *standards_of(tally *y, utfall_status *status, size_t i)
{
    if (y->sums.price_index == NULL)
        return y->standards + y->group[i] * y->width;
    if (y->priced == NULL) {
        y->sums.comparison.persons = y->compared;
        y->sums.comparison.cost_minor = y->compared_cost;
        y->sums.agreed = y->data->agreed;
        y->sums.window_months = (uint32_t)y->width;
        *status = utfall__standards_new(y->run, &y->priced, y->contract, &y->sums);
    }
    return *status != UTFALL_OK ? NULL
                                : utfall__standards_of(y->priced, status, y->data->target.starts[i],
                                                       y->group[i], y->counted[i]);
}

/* sum / persons rounded down; C rounds toward zero. */
static utfall__standard standard_of_sum(int64_t sum, int64_t persons)
{
    utfall__standard s = {.floor = sum / persons, .is_whole = sum % persons == 0};
    if (sum < 0 && !s.is_whole)
        s.floor--;
    return s;
}

static utfall_status standard_of_agreed(const tally *y, utfall__standard *out, size_t g, size_t k)
{
    const utfall_rat *cost = y->data->agreed[g * y->width + k];
    if (cost == NULL)
        return utfall__refuse(
            y->run, y->contract, UTFALL_E_MISSING, "comparison_group.standard_cost", NULL,
            utfall_run_join(y->run, "group \"", y->contract->group_labels[g],
                            "\" has people but no agreed standard cost for month ",
                            utfall_run_decimal(y->run, (int64_t)k + 1), (const char *)NULL),
            "add the group's months to the table of standard costs");
    int64_t floor = 0;
    if (utfall_rat_floor(&floor, cost) != UTFALL_OK)
        return sum_refuse(y, "comparison_group.standard_cost", "an agreed standard cost");
    const utfall_rat *whole = utfall_rat_of(y->run, floor, 1);
    if (whole == NULL)
        return UTFALL_E_NOMEM;
    *out = (utfall__standard){.floor = floor, .is_whole = utfall_rat_compare(whole, cost) == 0};
    return UTFALL_OK;
}

static utfall_status group_missing(const tally *y, size_t g)
{
    return utfall__refuse(
        y->run, y->contract, UTFALL_E_MISSING, "comparison_group", NULL,
        utfall_run_join(y->run, "group \"", y->contract->group_labels[g], "\" has ",
                        utfall_run_decimal(y->run, (int64_t)y->persons[g]),
                        " people in the target group and none in the comparison group",
                        (const char *)NULL),
        "widen the comparison group, or choose fewer groups in evaluation.groups");
}

static utfall_status followed_missing(const tally *y, size_t g, size_t k)
{
    return utfall__refuse(
        y->run, y->contract, UTFALL_E_MISSING, "comparison_group", NULL,
        utfall_run_join(y->run, "nobody of the comparison group's \"", y->contract->group_labels[g],
                        "\" is followed in month ", utfall_run_decimal(y->run, (int64_t)k + 1),
                        ", in which people of the target group are counted", (const char *)NULL),
        "settle as of a later month, widen the comparison group, or choose fewer groups");
}

/* The last month in which anybody of each group is counted. */
static size_t *months_needed(const tally *y)
{
    size_t *needed = utfall_run_array(y->run, y->contract->group_count, sizeof *needed);
    for (size_t i = 0; needed != NULL && i < y->data->target.persons; i++)
        if (y->counted[i] > needed[y->group[i]])
            needed[y->group[i]] = y->counted[i];
    return needed;
}

/* Every group that has people needs something to compare with; all that lack it are told. */
static utfall_status standards_compute(tally *y)
{
    utfall_status first = UTFALL_OK;
    const size_t *needed = months_needed(y);
    if (needed == NULL)
        return UTFALL_E_NOMEM;
    for (size_t g = 0; g < y->contract->group_count; g++) {
        utfall_status status = UTFALL_OK;
        if (y->persons[g] == 0)
            continue;
        if (y->data->agreed == NULL && y->compared[g] == 0)
            status = group_missing(y, g);
        for (size_t k = 0; k < y->width && status == UTFALL_OK; k++) {
            utfall__standard *s = &y->standards[g * y->width + k];
            if (y->data->agreed != NULL)
                status = standard_of_agreed(y, s, g, k);
            else if (y->followed[g * y->width + k] > 0)
                *s = standard_of_sum(y->compared_cost[g * y->width + k],
                                     (int64_t)y->followed[g * y->width + k]);
            else if (k < needed[g])
                status = followed_missing(y, g, k);
        }
        if (first == UTFALL_OK)
            first = status;
    }
    return first;
}

/* The series: earliest start or draw to the last counted month or draw. */
static utfall_status series_alloc(tally *y)
{
    y->first = INT32_MAX;
    y->last = INT32_MIN;
    for (size_t i = 0; i < y->data->target.persons; i++) {
        if (y->counted[i] == 0)
            continue;
        const int32_t start = y->data->target.starts[i].ordinal;
        const int32_t end = start + (int32_t)y->counted[i] - 1;
        y->first = start < y->first ? start : y->first;
        y->last = end > y->last ? end : y->last;
    }
    for (size_t i = 0; i < y->data->draw_count; i++) {
        const int32_t month = y->data->draw_months[i].ordinal;
        if (month > y->as_of.ordinal)
            continue;
        y->first = month < y->first ? month : y->first;
        y->last = month > y->last ? month : y->last;
    }
    if (y->first > y->last) {
        y->first = y->as_of.ordinal;
        y->last = y->first - 1;
    }
    if (y->first < UTFALL_MONTH_FIRST || y->last > UTFALL_MONTH_LAST)
        return UTFALL_E_BUG;
    y->sums.first.ordinal = y->first;
    y->sums.month_count = (size_t)(y->last + 1 - y->first);
    y->actual = utfall_run_array(y->run, y->sums.month_count, sizeof *y->actual);
    y->drawn = utfall_run_array(y->run, y->sums.month_count, sizeof *y->drawn);
    return y->actual != NULL && y->drawn != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
}

/* 1 when a < b, 0 when not; without a comparison, which vectors of 64 bits have not everywhere. */
static inline uint64_t is_less(int64_t a, int64_t b)
{
    const uint64_t x = (uint64_t)a, y = (uint64_t)b;
    return ((x & ~y) | (~(x ^ y) & (x - y))) >> 63;
}

static inline uint64_t is_equal(int64_t a, int64_t b)
{
    const uint64_t apart = (uint64_t)a ^ (uint64_t)b;
    return ~(apart | (0 - apart)) >> 63;
}

/* What is counted by month of the target group. */
typedef struct monthly {
    uint64_t *above, *at;
    int64_t *group, *calendar;
} monthly;

/* Add a person's months in one go; false when a sum leaves int64. */
static bool months_add(const monthly *to, const int64_t *restrict cost,
                       const utfall__standard *restrict standards, size_t count)
{
    uint64_t *restrict above = to->above, *restrict at = to->at, left = 0;
    int64_t *restrict group = to->group, *restrict calendar = to->calendar;
    for (size_t k = 0; k < count; k++) {
        above[k] += is_less(standards[k].floor, cost[k]);
        at[k] += is_equal(standards[k].floor, cost[k]) & standards[k].is_whole;
        group[k] = utfall__sum_noted(&left, group[k], cost[k]);
        calendar[k] = utfall__sum_noted(&left, calendar[k], cost[k]);
    }
    return left >> 63 == 0;
}

static bool person_add(tally *y, size_t i, const utfall__standard *standards)
{
    const utfall_cohort *target = &y->data->target;
    const monthly to = {.above = y->above,
                        .at = y->at,
                        .group = y->cost + y->group[i] * y->width,
                        .calendar = y->actual + (target->starts[i].ordinal - y->first)};
    int64_t room[UTFALL_WINDOW_MAX];
    cost_expect(target, i);
    y->below[y->counted[i] - 1]++; /* of all, until target_add knows who lies elsewhere */
    return months_add(&to, utfall_cohort_costs(target, i, room), standards, y->counted[i]);
}

static utfall_status target_add(tally *y)
{
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < y->data->target.persons; i++) {
        if (y->counted[i] == 0)
            continue;
        const utfall__standard *standards = standards_of(y, &status, i);
        if (standards == NULL)
            return status;
        if (!person_add(y, i, standards))
            return sum_refuse(y, "target_group.costs", "the target group's cost in one month");
    }
    counts_descend(y->below, y->width);
    for (size_t k = 0; k < y->width; k++)
        y->below[k] -= y->at[k] + y->above[k];
    for (size_t i = 0; i < y->data->draw_count; i++) {
        const int32_t month = y->data->draw_months[i].ordinal;
        if (month <= y->as_of.ordinal &&
            !utfall__minor_add(&y->drawn[month - y->first], y->data->draws[i].minor))
            return sum_refuse(y, "financing.drawn", "the project cost of one month");
    }
    return UTFALL_OK;
}

/* People who are counted, by month of the start and group: where each of these cells begins, and
 * after which month everybody in it left. */
typedef struct cells {
    size_t count;
    size_t *from; /* [cell], and the end of the last */
    uint32_t *left;
} cells;

static utfall_status cells_fill(const tally *y, cells *c)
{
    const size_t groups = y->contract->group_count;
    c->count = y->sums.month_count * groups;
    c->from = utfall_run_array(y->run, c->count + 2, sizeof *c->from);
    c->left = utfall_run_array(y->run, y->data->target.persons, sizeof *c->left);
    if (c->from == NULL || c->left == NULL)
        return UTFALL_E_NOMEM;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < y->data->target.persons; i++) {
            const size_t month = (size_t)(y->data->target.starts[i].ordinal - y->first);
            if (y->counted[i] == 0)
                continue;
            const size_t cell = month * groups + y->group[i];
            if (pass == 0)
                c->from[cell + 2]++; /* one further on, so that filling moves it into place */
            else
                c->left[c->from[cell + 1]++] = left_after(y, &y->data->target, i);
        }
        for (size_t cell = 0; pass == 0 && cell < c->count; cell++)
            c->from[cell + 2] += c->from[cell + 1];
    }
    return UTFALL_OK;
}

/* Write the starts of all cells to `out`, or with NULL count them. `by_left` has width zeros. */
static size_t starts_list(const tally *y, const cells *c, uint64_t *by_left, utfall_start *out)
{
    const size_t groups = y->contract->group_count;
    size_t count = 0;
    for (size_t cell = 0; cell < c->count; cell++) {
        for (size_t i = c->from[cell]; i < c->from[cell + 1]; i++)
            by_left[c->left[i]]++;
        size_t people = c->from[cell + 1] - c->from[cell];
        for (uint32_t left = 0; people > 0; left++) {
            if (by_left[left] == 0)
                continue;
            people -= by_left[left];
            if (out != NULL)
                out[count] = (utfall_start){.month = {y->first + (int32_t)(cell / groups)},
                                            .group = cell % groups,
                                            .persons = by_left[left],
                                            .left_after = left};
            count++;
            by_left[left] = 0;
        }
    }
    return count;
}

static utfall_status starts_count(tally *y)
{
    cells c;
    utfall_status status = cells_fill(y, &c);
    uint64_t *by_left = utfall_run_array(y->run, y->width, sizeof *by_left);
    if (status != UTFALL_OK || by_left == NULL)
        return UTFALL_E_NOMEM;
    y->sums.start_count = starts_list(y, &c, by_left, NULL);
    utfall_start *starts = utfall_run_array(y->run, y->sums.start_count, sizeof *starts);
    if (starts == NULL)
        return UTFALL_E_NOMEM;
    (void)starts_list(y, &c, by_left, starts);
    y->sums.starts = starts;
    return UTFALL_OK;
}

/* What the outcomes came to, none of it for those that are not known yet. */
static utfall_status outcomes_fill(tally *y)
{
    const size_t count = y->data->outcomes == NULL ? 0 : y->contract->outcome_count;
    utfall_outcome_result *outcomes = utfall_run_array(y->run, count, sizeof *outcomes);
    if (outcomes == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < count; i++) {
        if (!utfall__outcome_is_known(&y->contract->outcomes[i], y->as_of))
            continue;
        outcomes[i] = y->data->outcomes[i];
        utfall_status refused = utfall_outcome_refuse(y->run, &outcomes[i]);
        status = status == UTFALL_OK ? refused : status;
    }
    y->sums.outcomes = y->data->outcomes == NULL ? NULL : outcomes;
    return status;
}

/* Project cost by category, and the months that have any of it. */
static utfall_status categories_add(tally *y)
{
    const size_t count = y->contract->budget_count;
    int64_t *minor = utfall_run_array(y->run, count, sizeof *minor);
    uint64_t *months = utfall_run_array(y->run, count, sizeof *months);
    if (minor == NULL || months == NULL)
        return UTFALL_E_NOMEM;
    if (count > 0 && y->data->draw_count > 0 && y->data->draw_parts == NULL)
        return UTFALL_E_BUG;
    for (size_t i = 0; i < y->data->draw_count; i++) {
        const utfall_money *parts = count > 0 ? y->data->draw_parts + i * count : NULL;
        for (size_t c = 0; c < count && y->data->draw_months[i].ordinal <= y->as_of.ordinal; c++) {
            months[c] += parts[c].minor != 0 ? 1 : 0;
            if (!utfall__minor_add(&minor[c], parts[c].minor))
                return sum_refuse(y, "financing.budget", "the project cost of one category");
        }
    }
    y->sums.category_count = count;
    y->sums.category_minor = count > 0 ? minor : NULL;
    y->sums.category_months = count > 0 ? months : NULL;
    return UTFALL_OK;
}

static void sums_fill(tally *y)
{
    y->sums.as_of = y->as_of;
    y->sums.target.persons = y->persons;
    y->sums.target.cost_minor = y->cost;
    y->sums.target.rows = y->data->target.rows;
    y->sums.comparison.persons = y->compared;
    y->sums.comparison.cost_minor = y->compared_cost;
    y->sums.comparison.rows = y->data->comparison.rows;
    y->sums.agreed = y->data->agreed;
    y->sums.group_count = y->contract->group_count;
    y->sums.window_months = y->contract->window_months;
    y->sums.outcome_count = y->contract->outcome_count;
    y->sums.actual_minor = y->actual;
    y->sums.drawn_minor = y->drawn;
    y->sums.below = y->below;
    y->sums.at = y->at;
    y->sums.above = y->above;
}

utfall_status utfall_sums_compute(utfall_run *run, const utfall_sums **out,
                                  const utfall_contract *contract, const utfall_case *data,
                                  utfall_month as_of)
{
    tally y = {.run = run,
               .contract = contract,
               .data = data,
               .as_of = as_of,
               .width = contract->window_months};
    utfall_status status = shape_check(&y);
    if (status != UTFALL_OK)
        return status;
    utfall_sums *sums = utfall_run_alloc(run, sizeof *sums);
    if (sums == NULL || !tally_alloc(&y))
        return UTFALL_E_NOMEM;
    status = people_place(&y);
    if (status == UTFALL_OK)
        status = comparison_add(&y);
    if (status == UTFALL_OK) {
        const utfall_status taken = prices_take(&y);
        status = standards_compute(&y); /* what is missing of either is told */
        status = taken != UTFALL_OK ? taken : status;
    }
    if (status == UTFALL_OK)
        status = prices_carry(&y);
    if (status == UTFALL_OK)
        status = series_alloc(&y);
    if (status == UTFALL_OK)
        status = target_add(&y);
    if (status == UTFALL_OK)
        status = starts_count(&y);
    if (status == UTFALL_OK)
        status = outcomes_fill(&y);
    if (status == UTFALL_OK)
        status = categories_add(&y);
    if (status != UTFALL_OK)
        return status;
    sums_fill(&y);
    *sums = y.sums;
    *out = sums;
    return UTFALL_OK;
}
