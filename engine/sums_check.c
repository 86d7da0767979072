/* Check of sums that come from outside, so that settling them is safe and says something.
 *
 * In: a contract and sums as a ledger states them. Nothing is believed: places in the series,
 * counts and totals are computed again from each other, and every fault is reported. After it no
 * index, no count and no integer sum of the later stages can go wrong. Arrays are as long as the
 * shape stated in the sums; the reader sees to that. */
#include "engine/prices.h"
#include "engine/core/ban.h"

typedef struct audit {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_sums *sums;
    utfall_status first;
    size_t width;
    uint64_t *persons; /* [group * width + k - 1]: people counted in month k, from the starts */
    uint64_t *active;  /* [calendar month] */
    bool starts_hold;
} audit;

static void fault(audit *a, utfall_status code, const char *path, const char *message)
{
    utfall_status status = UTFALL_E_NOMEM;
    if (path != NULL && message != NULL)
        status = utfall_run_report(
            a->run,
            &(utfall_finding){.code = code,
                              .severity = UTFALL_ERROR,
                              .at = {.file = ""},
                              .also = {.file = ""},
                              .path = path,
                              .message = message,
                              .hint = "these sums were not made by utfall, or were changed"});
    if (a->first == UTFALL_OK)
        a->first = status;
}

static const char *indexed(audit *a, const char *name, uint64_t i)
{
    return utfall_run_join(a->run, name, "[", utfall_run_decimal(a->run, (int64_t)i), "]",
                           (const char *)NULL);
}

static bool month_is_valid(utfall_month month)
{
    return month.ordinal >= UTFALL_MONTH_FIRST && month.ordinal <= UTFALL_MONTH_LAST;
}

/* What the other checks index by. */
static bool shape_check(audit *a)
{
    const utfall_sums *s = a->sums;
    const uint64_t errors = utfall_run_errors(a->run);
    if (s->group_count != a->contract->group_count ||
        s->window_months != a->contract->window_months ||
        s->outcome_count != a->contract->outcome_count ||
        s->category_count != a->contract->budget_count)
        fault(a, UTFALL_E_CONFLICT, "sums",
              "the sums have other groups, months or outcomes than the contract");
    if (!month_is_valid(s->as_of))
        fault(a, UTFALL_E_RANGE, "as_of", "the month of the settlement is not in 1900 to 2199");
    if (!month_is_valid(s->first) || s->month_count > UTFALL_MONTHS_MAX ||
        (int64_t)s->first.ordinal + (int64_t)s->month_count - 1 > UTFALL_MONTH_LAST)
        fault(a, UTFALL_E_RANGE, "series", "the series leaves the years 1900 to 2199");
    if ((s->agreed != NULL) != (a->contract->design == UTFALL_DESIGN_AGREED))
        fault(a, UTFALL_E_CONFLICT, "agreed",
              "agreed standard costs are there if and only if the contract's design is \"agreed\"");
    if ((s->price_index != NULL) != a->contract->prices.is_there)
        fault(a, UTFALL_E_CONFLICT, "price_index",
              "a price index is there if and only if the contract uses one");
    if (s->target.persons == NULL || s->target.cost_minor == NULL ||
        s->comparison.persons == NULL || s->comparison.cost_minor == NULL || s->below == NULL ||
        s->at == NULL || s->above == NULL ||
        (s->month_count > 0 && (s->actual_minor == NULL || s->drawn_minor == NULL)) ||
        (s->start_count > 0 && s->starts == NULL) ||
        (s->category_count > 0 && (s->category_minor == NULL || s->category_months == NULL)) ||
        (a->contract->outcome_count > 0 && s->outcomes == NULL))
        fault(a, UTFALL_E_MISSING, "sums", "a part of the sums is missing");
    return utfall_run_errors(a->run) == errors;
}

/* An index is there with a contract that has one, and has the months that its people need. What the
 * comparison group needed cannot be known without its people. */
static void prices_check(audit *a)
{
    const utfall_sums *s = a->sums;
    const utfall_price_index *found = NULL;
    if (s->price_index == NULL || !a->contract->prices.is_there)
        return;
    utfall__price_needs *needs = utfall__price_needs_new(a->run, a->contract);
    for (size_t t = 0; t < s->price_index->count; t++)
        if (s->price_index->values[t] != NULL && utfall_rat_sign(s->price_index->values[t]) <= 0)
            fault(a, UTFALL_E_RANGE, indexed(a, "price_index", t), "an index value is not above 0");
    for (size_t i = 0; needs != NULL && i < s->start_count; i++)
        utfall__price_need(needs, UTFALL__NEEDS_TARGET, s->starts[i].month,
                           utfall_months_counted(a->contract, s->as_of, s->starts[i].month,
                                                 s->starts[i].left_after));
    utfall_status status =
        needs == NULL ? UTFALL_E_NOMEM : utfall__price_pick(needs, &found, s->price_index);
    if (a->first == UTFALL_OK)
        a->first = status;
}

static bool starts_ascend(const utfall_start *a, const utfall_start *b)
{
    if (a->month.ordinal != b->month.ordinal)
        return a->month.ordinal < b->month.ordinal;
    return a->group != b->group ? a->group < b->group : a->left_after < b->left_after;
}

static bool start_holds(audit *a, size_t i)
{
    const utfall_sums *s = a->sums;
    const utfall_start *start = &s->starts[i];
    const uint64_t errors = utfall_run_errors(a->run);
    const char *path = indexed(a, "starts", i);
    const int64_t at = (int64_t)start->month.ordinal - s->first.ordinal;
    if (start->persons == 0 || start->persons > INT64_MAX)
        fault(a, UTFALL_E_RANGE, path, "a start has no people, or more than 2^63");
    if (start->group >= a->contract->group_count)
        fault(a, UTFALL_E_RANGE, path,
              "a start belongs to a group that the contract does not have");
    if (i > 0 && !starts_ascend(start - 1, start))
        fault(a, UTFALL_E_CONFLICT, path,
              "starts are not in order of month and group, or are twice");
    if (start->left_after >= a->width)
        fault(a, UTFALL_E_RANGE, path, "people left after a month that is not inside the window");
    if (at < 0 || at >= (int64_t)s->month_count) {
        fault(a, UTFALL_E_RANGE, path, "a start lies outside the series");
        return false;
    }
    const int64_t counted =
        utfall_months_counted(a->contract, s->as_of, start->month, start->left_after);
    if (counted == 0)
        fault(a, UTFALL_E_CONFLICT, path,
              a->contract->incomplete == UTFALL_INCOMPLETE_TO_DATE
                  ? "people who have not begun as of the settlement are counted"
                  : "people whose window is not complete as of the settlement are counted");
    if (at + counted > (int64_t)s->month_count)
        fault(a, UTFALL_E_RANGE, path, "a window goes on after the end of the series");
    return utfall_run_errors(a->run) == errors;
}

/* People by month k and by calendar month, from the starts; steps up and down, then summed. */
static void starts_check(audit *a)
{
    const utfall_sums *s = a->sums;
    uint64_t total = 0;
    for (size_t i = 0; i < s->start_count; i++) {
        if (!start_holds(a, i)) {
            a->starts_hold = false;
            continue;
        }
        const utfall_start *start = &s->starts[i];
        if (start->persons > INT64_MAX - total) {
            fault(a, UTFALL_E_RANGE, "starts", "there are more than 2^63 people");
            a->starts_hold = false;
            return;
        }
        total += start->persons;
        const size_t counted =
            utfall_months_counted(a->contract, s->as_of, start->month, start->left_after);
        const size_t at = (size_t)(start->month.ordinal - s->first.ordinal);
        a->persons[start->group * a->width] += start->persons;
        if (counted < a->width)
            a->persons[start->group * a->width + counted] -= start->persons;
        a->active[at] += start->persons;
        if (at + counted < s->month_count)
            a->active[at + counted] -= start->persons;
    }
    for (size_t g = 0; g < a->contract->group_count; g++)
        for (size_t i = g * a->width + 1; i < (g + 1) * a->width; i++)
            a->persons[i] += a->persons[i - 1];
    for (size_t t = 1; t < s->month_count; t++)
        a->active[t] += a->active[t - 1];
}

static bool agreed_is_missing(const audit *a, size_t g)
{
    for (size_t i = g * a->width; i < (g + 1) * a->width; i++)
        if (a->sums->agreed[i] == NULL)
            return true;
    return false;
}

/* Nobody comes back, and where people of the target group are counted somebody is followed. */
static void followed_check(audit *a, size_t g, const char *path)
{
    const utfall_sums *s = a->sums;
    uint64_t before = s->comparison.persons[g];
    if (s->comparison.followed == NULL)
        return;
    if (s->agreed != NULL)
        fault(a, UTFALL_E_CONFLICT, path,
              "there are comparison people followed although the standard cost is agreed");
    for (size_t i = g * a->width; i < (g + 1) * a->width; i++) {
        if (s->comparison.followed[i] > before) {
            fault(a, UTFALL_E_CONFLICT, path,
                  "more of the comparison group are followed than in the month before");
            return;
        }
        before = s->comparison.followed[i];
        if (before == 0 && a->starts_hold && s->agreed == NULL && a->persons[i] > 0) {
            fault(a, UTFALL_E_MISSING, path,
                  "the target group has people in a month in which nobody is followed");
            return;
        }
    }
}

static void group_check(audit *a, size_t g)
{
    const utfall_sums *s = a->sums;
    const char *label = a->contract->group_labels[g];
    const uint64_t compared = s->comparison.persons[g];
    const char *path = utfall_run_join(a->run, "group \"", label, "\"", (const char *)NULL);
    if (a->starts_hold && s->target.persons[g] != a->persons[g * a->width])
        fault(a, UTFALL_E_CONFLICT, path, "the group's people are not those who started in it");
    if (compared > INT64_MAX)
        fault(a, UTFALL_E_RANGE, path, "the comparison group has more than 2^63 people");
    if (s->agreed != NULL && compared > 0)
        fault(a, UTFALL_E_CONFLICT, path,
              "there are comparison people although the standard cost is agreed");
    if (s->target.persons[g] > 0 && (s->agreed == NULL ? compared == 0 : agreed_is_missing(a, g)))
        fault(a, UTFALL_E_MISSING, path, "the group has people but nothing to compare with");
    followed_check(a, g, path);
    for (size_t i = g * a->width; i < (g + 1) * a->width; i++) {
        if (compared == 0 && s->comparison.cost_minor[i] != 0) {
            fault(a, UTFALL_E_CONFLICT, path, "the comparison group has cost but no people");
            break;
        }
        if (a->starts_hold && a->persons[i] == 0 && s->target.cost_minor[i] != 0) {
            fault(a, UTFALL_E_CONFLICT, path,
                  "the target group has cost in a month without people");
            break;
        }
    }
}

/* Adds up, or reports that the sum leaves int64 and gives false. */
static bool minor_sum(audit *a, int64_t *out, const int64_t *minor, size_t count, const char *path)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        if (!utfall__minor_add(&sum, minor[i])) {
            fault(a, UTFALL_E_RANGE, path, "the amounts leave 64 bits of öre");
            return false;
        }
    *out = sum;
    return true;
}

static bool rows_sum(audit *a, const utfall_rows *rows, const char *path)
{
    uint64_t count = 0;
    int64_t amount = 0;
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        if (rows->count[i] > INT64_MAX - count) {
            fault(a, UTFALL_E_RANGE, path, "there are more than 2^63 rows");
            return false;
        }
        count += rows->count[i];
        if (rows->count[i] == 0 && rows->amount_minor[i] != 0)
            fault(a, UTFALL_E_CONFLICT, path, "a class of rows has an amount but no rows");
    }
    return minor_sum(a, &amount, rows->amount_minor, UTFALL_CLASSES, path);
}

/* Rows that were used are the cost that was counted; of the target group only when every window is
 * complete, and of the comparison group only in a final settlement without a price index: rows
 * after an interim one, and of people left out, are classed as used too, and rows tell what was
 * paid. */
static void costs_check(audit *a)
{
    const utfall_sums *s = a->sums;
    const size_t cells = a->contract->group_count * a->width;
    int64_t groups = 0, calendar = 0, compared = 0, drawn = 0;
    const bool has_groups = minor_sum(a, &groups, s->target.cost_minor, cells, "target.cost");
    const bool has_calendar =
        minor_sum(a, &calendar, s->actual_minor, s->month_count, "series.actual");
    const bool has_compared =
        minor_sum(a, &compared, s->comparison.cost_minor, cells, "comparison.cost");
    (void)minor_sum(a, &drawn, s->drawn_minor, s->month_count, "series.drawn");
    if (has_groups && has_calendar && groups != calendar)
        fault(a, UTFALL_E_CONFLICT, "series.actual",
              "the actual cost by calendar month does not add up to the cost by group");
    if (rows_sum(a, &s->target.rows, "target.rows") && has_groups &&
        a->contract->incomplete == UTFALL_INCOMPLETE_REFUSE &&
        s->target.rows.amount_minor[UTFALL_ROW_USED] != groups)
        fault(a, UTFALL_E_CONFLICT, "target.rows",
              "the rows used do not add up to the actual cost");
    if (rows_sum(a, &s->comparison.rows, "comparison.rows") && has_compared &&
        s->price_index == NULL && s->as_of.ordinal >= a->contract->data_through.ordinal &&
        s->comparison.rows.amount_minor[UTFALL_ROW_USED] != compared)
        fault(a, UTFALL_E_CONFLICT, "comparison.rows",
              "the rows used do not add up to the cost of the comparison group");
    if (s->comparison.left_out != 0 ||
        (s->target.left_out != 0 && a->contract->incomplete == UTFALL_INCOMPLETE_REFUSE))
        fault(a, UTFALL_E_CONFLICT, "left_out",
              "people are left out although the contract does not leave anybody out");
}

/* The categories divide what was drawn. */
static void categories_check(audit *a)
{
    const utfall_sums *s = a->sums;
    int64_t drawn = 0, divided = 0;
    if (s->category_count == 0 ||
        !minor_sum(a, &drawn, s->drawn_minor, s->month_count, "series.drawn") ||
        !minor_sum(a, &divided, s->category_minor, s->category_count, "category"))
        return;
    if (drawn != divided)
        fault(a, UTFALL_E_CONFLICT, "category",
              "the project cost by category does not add up to what was drawn");
    for (size_t i = 0; i < s->category_count; i++)
        if (s->category_months[i] > s->month_count)
            fault(a, UTFALL_E_RANGE, indexed(a, "category", i),
                  "a category has cost in more months than there are");
}

static void series_check(audit *a)
{
    const utfall_sums *s = a->sums;
    for (size_t t = 0; t < s->month_count; t++) {
        const utfall_month month = {s->first.ordinal + (int32_t)t};
        if (s->drawn_minor[t] != 0 && month.ordinal > s->as_of.ordinal)
            fault(a, UTFALL_E_CONFLICT, indexed(a, "series.drawn", t),
                  "project cost is drawn after the settlement");
        if (a->starts_hold && a->active[t] == 0 && s->actual_minor[t] != 0)
            fault(a, UTFALL_E_CONFLICT, indexed(a, "series.actual", t),
                  "there is cost in a month in which nobody is inside the window");
    }
}

static void placing_check(audit *a)
{
    const utfall_sums *s = a->sums;
    for (size_t k = 0; k < a->width && a->starts_hold; k++) {
        uint64_t persons = 0;
        for (size_t g = 0; g < a->contract->group_count; g++)
            persons += a->persons[g * a->width + k];
        if (s->below[k] > persons || s->at[k] > persons - s->below[k] ||
            s->above[k] != persons - s->below[k] - s->at[k])
            fault(a, UTFALL_E_CONFLICT, indexed(a, "month", k + 1),
                  "people below, at and above the standard cost do not add up to the people of the "
                  "month");
    }
}

static bool is_as_stated(const utfall_rat *stated, const utfall_rat *found)
{
    return stated == NULL || found == NULL ? stated == found
                                           : utfall_rat_compare(stated, found) == 0;
}

static bool scale_adds_up(const utfall_scale_result *scale)
{
    return scale->persons <= INT64_MAX && scale->improved <= scale->persons &&
           scale->unchanged <= scale->persons - scale->improved &&
           scale->worse == scale->persons - scale->improved - scale->unchanged &&
           scale->occasions > 0;
}

static void outcomes_check(audit *a)
{
    for (size_t i = 0; i < a->contract->outcome_count; i++) {
        const utfall_outcome *outcome = &a->contract->outcomes[i];
        const utfall_outcome_result *result = &a->sums->outcomes[i];
        const char *path =
            utfall_run_join(a->run, "outcome \"", outcome->id, "\"", (const char *)NULL);
        if (result->persons > INT64_MAX || result->excluded > INT64_MAX)
            fault(a, UTFALL_E_RANGE, path, "the outcome counts more than 2^63 people");
        if (!utfall__outcome_is_known(outcome, a->sums->as_of)) {
            if (result->sum != NULL || result->persons > 0 || result->excluded > 0 ||
                result->excluded_sum != NULL)
                fault(a, UTFALL_E_CONFLICT, path,
                      "the outcome has figures before the month from which it is known");
            continue;
        }
        if (outcome->kind == UTFALL_OUTCOME_STATED &&
            ((outcome->sum == NULL) != (result->sum == NULL) ||
             (outcome->sum != NULL && utfall_rat_compare(outcome->sum, result->sum) != 0)))
            fault(a, UTFALL_E_CONFLICT, path, "the sum is not the one that the contract states");
        if (outcome->kind == UTFALL_OUTCOME_STATED &&
            (!is_as_stated(outcome->rate, result->rate) ||
             !is_as_stated(outcome->claims, result->claims)))
            fault(a, UTFALL_E_CONFLICT, path,
                  "the rate or the claims are not those that the contract states");
        if ((outcome->kind == UTFALL_OUTCOME_SCALES) != (result->scale_count > 0))
            fault(a, UTFALL_E_CONFLICT, path, "scales stand exactly where the contract has some");
        for (size_t k = 0; k < result->scale_count; k++)
            if (!scale_adds_up(&result->scales[k]))
                fault(
                    a, UTFALL_E_CONFLICT, path,
                    "people improved, unchanged and worse on a scale do not add up to its people");
    }
}

static bool place_is_valid(const audit *a, const utfall_correction *c)
{
    switch (c->subject) {
    case UTFALL_SUBJECT_PEOPLE_AT_PRICES:
        return a->contract->prices.is_there && c->group < a->contract->group_count && c->k >= 1 &&
               c->k <= a->width;
    case UTFALL_SUBJECT_PEOPLE:
    case UTFALL_SUBJECT_COST:
    case UTFALL_SUBJECT_COMPARISON_PEOPLE:
    case UTFALL_SUBJECT_COMPARISON_COST:
    case UTFALL_SUBJECT_AGREED_COST:
        return c->group < a->contract->group_count && c->k >= 1 && c->k <= a->width;
    case UTFALL_SUBJECT_PRICE_INDEX:
        return a->contract->prices.is_there && month_is_valid(c->month);
    case UTFALL_SUBJECT_DRAWN:
        return c->month.ordinal <= a->sums->history->as_of.ordinal;
    case UTFALL_SUBJECT_OUTCOME_SUM:
    case UTFALL_SUBJECT_OUTCOME_PERSONS:
        return c->outcome < a->contract->outcome_count;
    }
    return false;
}

/* What went before, as far as it does not meet the steps; those are utfall_settle's. */
static void history_check(audit *a)
{
    const utfall_history *h = a->sums->history;
    if (h == NULL)
        return;
    if (h->as_of.ordinal >= a->sums->as_of.ordinal)
        fault(a, UTFALL_E_CONFLICT, "previous.as_of",
              "the settlement before this one is not as of an earlier month");
    if ((h->reason[0] != '\0') != (h->correction_count > 0))
        fault(a, UTFALL_E_CONFLICT, "previous.reason",
              "there is a reason if and only if there are corrections");
    for (size_t i = 0; i < h->correction_count; i++) {
        const utfall_correction *c = &h->corrections[i];
        if (!place_is_valid(a, c) || utfall_rat_compare(c->old, c->now) == 0)
            fault(a, UTFALL_E_CONFLICT, indexed(a, "previous.correction", i),
                  "a correction changes nothing, or a place that the contract does not have");
    }
    for (size_t i = 0; i < h->forecast_count; i++)
        if (h->forecasts[i].as_of.ordinal > h->as_of.ordinal ||
            (i > 0 && h->forecasts[i].as_of.ordinal <= h->forecasts[i - 1].as_of.ordinal))
            fault(a, UTFALL_E_CONFLICT, indexed(a, "previous.forecast", i),
                  "earlier forecasts are not in order of their months");
}

utfall_status utfall_sums_check(utfall_run *run, const utfall_contract *contract,
                                const utfall_sums *sums)
{
    audit a = {.run = run,
               .contract = contract,
               .sums = sums,
               .first = UTFALL_OK,
               .width = contract->window_months,
               .starts_hold = true};
    if (!shape_check(&a))
        return a.first;
    a.persons = utfall_run_array(run, contract->group_count * a.width, sizeof *a.persons);
    a.active = utfall_run_array(run, sums->month_count, sizeof *a.active);
    if (a.persons == NULL || a.active == NULL)
        return UTFALL_E_NOMEM;
    starts_check(&a);
    prices_check(&a);
    for (size_t g = 0; g < contract->group_count; g++)
        group_check(&a, g);
    costs_check(&a);
    categories_check(&a);
    series_check(&a);
    placing_check(&a);
    outcomes_check(&a);
    history_check(&a);
    return a.first;
}
