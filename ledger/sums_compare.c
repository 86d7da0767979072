/* ledger/sums_compare.c - the sums that a ledger states against sums computed from people.
 *
 * Every difference is a finding with both values and the place that it concerns: group and month,
 * not a byte. Nothing is rounded and nothing tolerated. */
#include "utfall/ledger.h"
#include <string.h>

typedef struct comparing {
    utfall_run *run;
    const char *name;
    const utfall_contract *contract;
    utfall_status status; /* the first failure */
} comparing;

static void differ(comparing *c, const char *what, const char *stated, const char *computed)
{
    const char *message =
        utfall_run_join(c->run, what, ": the ledger states ", stated ? stated : "nothing",
                        ", the data give ", computed ? computed : "nothing", (const char *)NULL);
    utfall_status status =
        what && message ? utfall_run_report(c->run, &(utfall_finding){.code = UTFALL_E_INVALID,
                                                                      .severity = UTFALL_ERROR,
                                                                      .at = {c->name, 0, 0},
                                                                      .message = message})
                        : UTFALL_E_NOMEM;
    if (c->status == UTFALL_OK)
        c->status = status;
}

static const char *count_text(utfall_run *run, uint64_t count)
{
    if (count <= INT64_MAX)
        return utfall_run_decimal(run, (int64_t)count);
    return "more than 9223372036854775807";
}

static void compare_count(comparing *c, const char *what, uint64_t stated, uint64_t computed)
{
    if (stated != computed)
        differ(c, what, count_text(c->run, stated), count_text(c->run, computed));
}

static void compare_minor(comparing *c, const char *what, int64_t stated, int64_t computed)
{
    if (stated != computed)
        differ(c, what, utfall_run_decimal(c->run, stated), utfall_run_decimal(c->run, computed));
}

static void compare_ratio(comparing *c, const char *what, const utfall_rat *stated,
                          const utfall_rat *computed)
{
    if (stated && computed && utfall_rat_compare(stated, computed) == 0)
        return;
    if (stated || computed)
        differ(c, what, utfall_rat_text(c->run, stated), utfall_rat_text(c->run, computed));
}

static void compare_month(comparing *c, const char *what, utfall_month stated,
                          utfall_month computed)
{
    char a[8], b[8];
    if (stated.ordinal == computed.ordinal)
        return;
    utfall_month_text(a, stated);
    utfall_month_text(b, computed);
    differ(c, what, a, b);
}

/* "target cost of <18/no in month 3" */
static const char *cell_name(comparing *c, const char *what, size_t group, uint32_t k)
{
    return utfall_run_join(c->run, what, " of ", c->contract->group_labels[group], " in month ",
                           utfall_run_decimal(c->run, k), (const char *)NULL);
}

static void compare_side(comparing *c, const char *people, const char *cost,
                         const utfall_side *stated, const utfall_side *computed)
{
    uint32_t window = c->contract->window_months;
    for (size_t group = 0; group < c->contract->group_count; group++) {
        if (stated->persons[group] != computed->persons[group])
            compare_count(c,
                          utfall_run_join(c->run, people, " of ", c->contract->group_labels[group],
                                          (const char *)NULL),
                          stated->persons[group], computed->persons[group]);
        for (uint32_t k = 1; k <= window; k++) {
            size_t at = group * window + k - 1;
            if (stated->cost_minor[at] != computed->cost_minor[at])
                compare_minor(c, cell_name(c, cost, group, k), stated->cost_minor[at],
                              computed->cost_minor[at]);
        }
    }
}

static void compare_agreed(comparing *c, const utfall_sums *stated, const utfall_sums *computed)
{
    uint32_t window = c->contract->window_months;
    if ((stated->agreed == NULL) != (computed->agreed == NULL)) {
        differ(c, "agreed standard cost", stated->agreed ? "one" : "none",
               computed->agreed ? "one" : "none");
        return;
    }
    for (size_t group = 0; stated->agreed && group < c->contract->group_count; group++) {
        for (uint32_t k = 1; k <= window; k++) {
            size_t at = group * window + k - 1;
            compare_ratio(c, cell_name(c, "agreed standard cost", group, k), stated->agreed[at],
                          computed->agreed[at]);
        }
    }
}

/* Each month that either of them has a value for. */
static void compare_prices(comparing *c, const utfall_price_index *stated,
                           const utfall_price_index *computed)
{
    if (!stated || !computed) {
        if (stated || computed)
            differ(c, "price index", stated ? "one" : "none", computed ? "one" : "none");
        return;
    }
    for (int side = 0; side < 2; side++) {
        const utfall_price_index *index = side == 0 ? stated : computed;
        for (size_t i = 0; i < index->count; i++) {
            char text[8];
            const utfall_month month = {index->first.ordinal + (int32_t)i};
            if (!index->values[i] || (side == 1 && utfall_price_value(stated, month)))
                continue;
            utfall_month_text(text, month);
            compare_ratio(c, utfall_run_join(c->run, "price index of ", text, (const char *)NULL),
                          utfall_price_value(stated, month), utfall_price_value(computed, month));
        }
    }
}

static const char *start_text(comparing *c, const utfall_start *start)
{
    char month[8];
    utfall_month_text(month, start->month);
    return utfall_run_join(c->run, count_text(c->run, start->persons), " of ",
                           c->contract->group_labels[start->group], " in ", month,
                           (const char *)NULL);
}

/* Starts are a sorted list: the first place where the lists part says enough. */
static void compare_starts(comparing *c, const utfall_sums *stated, const utfall_sums *computed)
{
    compare_count(c, "number of starts by month and group", stated->start_count,
                  computed->start_count);
    for (size_t i = 0; i < stated->start_count && i < computed->start_count; i++) {
        const utfall_start *a = &stated->starts[i], *b = &computed->starts[i];
        if (a->month.ordinal == b->month.ordinal && a->group == b->group &&
            a->persons == b->persons)
            continue;
        differ(c, "people who started", start_text(c, a), start_text(c, b));
        return;
    }
}

static void compare_calendar(comparing *c, const utfall_sums *stated, const utfall_sums *computed)
{
    const uint64_t before = utfall_run_errors(c->run);
    compare_month(c, "first calendar month", stated->first, computed->first);
    compare_count(c, "number of calendar months", stated->month_count, computed->month_count);
    if (utfall_run_errors(c->run) != before)
        return;
    for (size_t i = 0; i < stated->month_count; i++) {
        char month[8];
        utfall_month_text(month, (utfall_month){stated->first.ordinal + (int32_t)i});
        if (stated->actual_minor[i] != computed->actual_minor[i])
            compare_minor(c, utfall_run_join(c->run, "actual cost in ", month, (const char *)NULL),
                          stated->actual_minor[i], computed->actual_minor[i]);
        if (stated->drawn_minor[i] != computed->drawn_minor[i])
            compare_minor(
                c, utfall_run_join(c->run, "project cost drawn in ", month, (const char *)NULL),
                stated->drawn_minor[i], computed->drawn_minor[i]);
    }
}

static void compare_categories(comparing *c, const utfall_sums *stated, const utfall_sums *computed)
{
    for (size_t i = 0; i < c->contract->budget_count; i++) {
        const char *name = c->contract->budget[i].category;
        compare_minor(c, utfall_run_join(c->run, "project cost of ", name, (const char *)NULL),
                      stated->category_minor[i], computed->category_minor[i]);
        compare_count(c, utfall_run_join(c->run, "months with cost of ", name, (const char *)NULL),
                      stated->category_months[i], computed->category_months[i]);
    }
}

static void compare_distribution(comparing *c, const utfall_sums *stated,
                                 const utfall_sums *computed)
{
    for (uint32_t k = 0; k < c->contract->window_months; k++) {
        if (stated->below[k] == computed->below[k] && stated->at[k] == computed->at[k] &&
            stated->above[k] == computed->above[k])
            continue;
        const char *month = utfall_run_decimal(c->run, k + 1);
        compare_count(c,
                      utfall_run_join(c->run, "people below in month ", month, (const char *)NULL),
                      stated->below[k], computed->below[k]);
        compare_count(c, utfall_run_join(c->run, "people at in month ", month, (const char *)NULL),
                      stated->at[k], computed->at[k]);
        compare_count(c,
                      utfall_run_join(c->run, "people above in month ", month, (const char *)NULL),
                      stated->above[k], computed->above[k]);
    }
}

static void compare_scale(comparing *c, const char *scale, const utfall_scale_result *a,
                          const utfall_scale_result *b)
{
    const uint64_t stated[] = {a->persons, a->missing, a->improved, a->unchanged, a->worse};
    const uint64_t computed[] = {b->persons, b->missing, b->improved, b->unchanged, b->worse};
    static const char *const names[] = {", persons", ", missing", ", improved", ", unchanged",
                                        ", worse"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        compare_count(c, utfall_run_join(c->run, scale, names[i], (const char *)NULL), stated[i],
                      computed[i]);
    compare_count(c, utfall_run_join(c->run, scale, ", occasions", (const char *)NULL),
                  a->occasions, b->occasions);
    for (size_t i = 0; i < a->occasions && a->occasions == b->occasions; i++)
        compare_ratio(c,
                      utfall_run_join(c->run, scale, ", sum at occasion ",
                                      utfall_run_decimal(c->run, (int64_t)i + 1),
                                      (const char *)NULL),
                      a->sums[i], b->sums[i]);
}

static void compare_scales(comparing *c, const char *outcome, const utfall_outcome_result *a,
                           const utfall_outcome_result *b)
{
    compare_count(c, utfall_run_join(c->run, outcome, ", scales", (const char *)NULL),
                  a->scale_count, b->scale_count);
    for (size_t i = 0; i < a->scale_count && i < b->scale_count; i++) {
        const char *scale =
            utfall_run_join(c->run, outcome, ", scale ", a->scales[i].id, (const char *)NULL);
        if (strcmp(a->scales[i].id, b->scales[i].id) != 0)
            differ(c, scale, a->scales[i].id, b->scales[i].id);
        compare_scale(c, scale, &a->scales[i], &b->scales[i]);
    }
}

static void compare_outcomes(comparing *c, const utfall_sums *stated, const utfall_sums *computed)
{
    for (size_t i = 0; i < c->contract->outcome_count; i++) {
        const utfall_outcome_result *a = &stated->outcomes[i], *b = &computed->outcomes[i];
        const char *id = c->contract->outcomes[i].id;
        const char *outcome = utfall_run_join(c->run, "outcome ", id, (const char *)NULL);
        compare_ratio(c, utfall_run_join(c->run, outcome, ", sum", (const char *)NULL), a->sum,
                      b->sum);
        compare_count(c, utfall_run_join(c->run, outcome, ", persons", (const char *)NULL),
                      a->persons, b->persons);
        compare_count(c, utfall_run_join(c->run, outcome, ", excluded", (const char *)NULL),
                      a->excluded, b->excluded);
        compare_ratio(c, utfall_run_join(c->run, outcome, ", excluded sum", (const char *)NULL),
                      a->excluded_sum, b->excluded_sum);
        compare_count(c, utfall_run_join(c->run, outcome, ", missing", (const char *)NULL),
                      a->missing, b->missing);
        compare_ratio(c, utfall_run_join(c->run, outcome, ", rate", (const char *)NULL), a->rate,
                      b->rate);
        compare_ratio(c, utfall_run_join(c->run, outcome, ", claims", (const char *)NULL),
                      a->claims, b->claims);
        compare_scales(c, outcome, a, b);
    }
}

static void compare_rows(comparing *c, const char *table, const utfall_rows *stated,
                         const utfall_rows *computed)
{
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        if (stated->count[i] == computed->count[i] &&
            stated->amount_minor[i] == computed->amount_minor[i])
            continue;
        const char *class = utfall_run_join(c->run, table, " rows of class ", utfall_class_names[i],
                                            (const char *)NULL);
        compare_count(c, class, stated->count[i], computed->count[i]);
        compare_minor(c, utfall_run_join(c->run, class, ", amount", (const char *)NULL),
                      stated->amount_minor[i], computed->amount_minor[i]);
    }
}

static bool shapes_agree(const utfall_contract *contract, const utfall_sums *sums)
{
    return sums->group_count == contract->group_count &&
           sums->window_months == contract->window_months &&
           sums->outcome_count == contract->outcome_count &&
           sums->category_count == contract->budget_count;
}

utfall_status utfall_sums_compare(utfall_run *run, const char *name,
                                  const utfall_contract *contract, const utfall_sums *stated,
                                  const utfall_sums *computed, bool with_rows)
{
    comparing c = {.run = run, .name = name, .contract = contract, .status = UTFALL_OK};
    if (!shapes_agree(contract, stated) || !shapes_agree(contract, computed)) {
        differ(&c, "groups, months and outcomes", "one shape", "another");
        return c.status;
    }
    compare_month(&c, "month of the settlement", stated->as_of, computed->as_of);
    compare_side(&c, "target people", "target cost", &stated->target, &computed->target);
    compare_count(&c, "target people left out", stated->target.left_out, computed->target.left_out);
    compare_side(&c, "comparison people", "comparison cost", &stated->comparison,
                 &computed->comparison);
    compare_agreed(&c, stated, computed);
    compare_prices(&c, stated->price_index, computed->price_index);
    compare_starts(&c, stated, computed);
    compare_calendar(&c, stated, computed);
    compare_categories(&c, stated, computed);
    compare_distribution(&c, stated, computed);
    compare_outcomes(&c, stated, computed);
    if (with_rows) {
        compare_rows(&c, "target", &stated->target.rows, &computed->target.rows);
        compare_rows(&c, "comparison", &stated->comparison.rows, &computed->comparison.rows);
    }
    return c.status;
}
