/* contracts/drawn.c - the two small tables of amounts: project cost drawn, and standard cost
 * agreed. Input: rows in any order. Invariant: a month drawn comes out once, with all its rows; an
 * agreed cost is there once for every group and month of the window. */
#include "contracts/document.h"
#include "contracts/tables.h"

#include <string.h>

enum { MONTH_FIRST = 1900 * 12, MONTH_END = 2200 * 12, MONTHS = MONTH_END - MONTH_FIRST };

utfall_status utfall_feed_amount(utfall_feed *feed, utfall_money *out, size_t column)
{
    utfall_refusal refusal = {NULL, NULL};
    utfall_cell cell = utfall_feed_text(feed, column);
    utfall_status status =
        utfall_cell_amount(out, &refusal, cell.text, cell.len, feed->table->decimal);
    if (status != UTFALL_OK)
        return utfall_feed_refuse(feed, column, status, refusal.why, refusal.hint);
    return UTFALL_OK;
}

/* ---- project cost drawn ---- */

struct drawn {
    utfall_money sum[MONTHS];
    bool is_there[MONTHS];
    size_t count;
    size_t month, category, amount; /* columns */
    utfall_words categories;        /* of the budget; none: they are not looked at */
    utfall_money *part;             /* [month * categories + category] */
};

/* The category of a row, which the budget must have. SIZE_MAX after a fault. */
static size_t category_read(utfall_feed *feed, const struct drawn *drawn)
{
    const utfall_cell cell = utfall_feed_text(feed, drawn->category);
    const size_t found = utfall_cell_word(&drawn->categories, cell.text, cell.len);
    if (found == SIZE_MAX)
        (void)utfall_feed_refuse(feed, drawn->category, UTFALL_E_CONFLICT,
                                 "is not a category of the budget",
                                 "add it to financing.budget, with 0 if nothing was set aside");
    return found;
}

static void drawn_row(utfall_feed *feed, struct drawn *drawn)
{
    const size_t month_column = drawn->month, amount_column = drawn->amount;
    const size_t categories = drawn->categories.count;
    const size_t category = categories > 0 ? category_read(feed, drawn) : 0;
    utfall_refusal refusal = {NULL, NULL};
    utfall_month month = {0};
    utfall_money amount = {0};
    utfall_cell cell = utfall_feed_text(feed, month_column);
    utfall_status read = utfall_cell_month(&month, &refusal, cell.text, cell.len);
    if (read != UTFALL_OK)
        (void)utfall_feed_refuse(feed, month_column, read, refusal.why, refusal.hint);
    if (utfall_feed_amount(feed, &amount, amount_column) != UTFALL_OK || read != UTFALL_OK)
        return;
    size_t at = (size_t)(month.ordinal - MONTH_FIRST);
    if (utfall_money_add(&drawn->sum[at], drawn->sum[at], amount) != UTFALL_OK)
        (void)utfall_feed_refuse(feed, amount_column, UTFALL_E_RANGE,
                                 "makes the sum of the month too large", NULL);
    if (categories > 0 && category != SIZE_MAX) {
        utfall_money *part = &drawn->part[at * categories + category];
        if (utfall_money_add(part, *part, amount) != UTFALL_OK)
            (void)utfall_feed_refuse(feed, amount_column, UTFALL_E_RANGE,
                                     "makes the sum of the month too large", NULL);
    }
    drawn->count += !drawn->is_there[at];
    drawn->is_there[at] = true;
}

/* Room for the categories of the budget. */
static bool categories_begin(utfall_feed *feed, struct drawn *drawn)
{
    const utfall_contract *contract = feed->contract;
    const size_t count = contract->budget_count;
    const char **names = utfall_run_array(feed->run, count, sizeof *names);
    drawn->part = utfall_run_array(feed->run, MONTHS * count, sizeof *drawn->part);
    if (names == NULL || drawn->part == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        names[i] = contract->budget[i].category;
    drawn->categories = (utfall_words){count, names};
    drawn->category = count > 0 ? utfall_feed_ask_field(feed, "category") : 0;
    return true;
}

utfall_status utfall_drawn_read(utfall_feed *feed, const char *folder, size_t *count,
                                const utfall_month **months, const utfall_money **draws,
                                const utfall_money **parts, utfall_input *out)
{
    const size_t categories = feed->contract->budget_count;
    struct drawn *drawn = utfall_run_alloc(feed->run, sizeof *drawn);
    if (drawn == NULL)
        return UTFALL_E_NOMEM;
    drawn->month = utfall_feed_ask_field(feed, "month");
    drawn->amount = utfall_feed_ask_field(feed, "amount");
    if (!categories_begin(feed, drawn))
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_feed_open(feed, folder);
    if (status != UTFALL_OK)
        return status;
    while (utfall_feed_next(feed))
        drawn_row(feed, drawn);
    status = utfall_feed_close(feed, out);
    if (status != UTFALL_OK)
        return status;
    utfall_month *at = utfall_run_array(feed->run, drawn->count, sizeof *at);
    utfall_money *sums = utfall_run_array(feed->run, drawn->count, sizeof *sums);
    utfall_money *part = utfall_run_array(feed->run, drawn->count * categories, sizeof *part);
    if (at == NULL || sums == NULL || part == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0, k = 0; i < MONTHS; i++)
        if (drawn->is_there[i]) {
            for (size_t c = 0; c < categories; c++)
                part[k * categories + c] = drawn->part[i * categories + c];
            at[k] = (utfall_month){MONTH_FIRST + (int32_t)i};
            sums[k++] = drawn->sum[i];
        }
    if (drawn->count == 0)
        (void)utfall_feed_report(feed, UTFALL_E_MISSING, UTFALL_WARNING,
                                 "has no rows: nothing was drawn", NULL);
    *count = drawn->count;
    *months = at;
    *draws = sums;
    *parts = categories > 0 ? part : NULL;
    return UTFALL_OK;
}

/* ---- agreed standard cost ---- */

struct agreed {
    utfall_feed *feed;
    size_t group, month, amount;
    utfall_words groups;
    const utfall_rat **cost; /* [group * window_months + k - 1] */
    uint32_t *lines;         /* the same; 0 = not there yet */
};

static void refuse_group(const struct agreed *agreed)
{
    utfall_feed *feed = agreed->feed;
    const char *list = "", *why = "";
    if (!utfall_csv_is_full(feed->csv)) {
        for (size_t i = 0; i < agreed->groups.count && list != NULL; i++)
            list = utfall_run_join(feed->run, list, i == 0 ? "\"" : ", \"", agreed->groups.word[i],
                                   "\"", (const char *)NULL);
        why = utfall_run_join(feed->run, "is not a group of this contract: expected one of ",
                              list == NULL ? "" : utfall_text_short(feed->run, list, 200),
                              (const char *)NULL);
    }
    (void)utfall_feed_refuse(feed, agreed->group, UTFALL_E_CONFLICT, why, NULL);
}

static void refuse_twice(const struct agreed *agreed, uint32_t line)
{
    utfall_feed *feed = agreed->feed;
    (void)utfall_csv_report(
        feed->csv,
        &(utfall_csv_fault){.code = UTFALL_E_CONFLICT,
                            .cell = feed->at[agreed->month],
                            .field = feed->columns[agreed->month].field,
                            .is_quoting = true,
                            .message = "is a month that this group has a cost for already",
                            .also_line = line,
                            .also_message = "the first one is here"});
}

static void agreed_row(struct agreed *agreed)
{
    utfall_feed *feed = agreed->feed;
    utfall_refusal refusal = {NULL, NULL};
    int32_t k = 0;
    utfall_money amount = {0};
    utfall_cell cell = utfall_feed_text(feed, agreed->group);
    size_t group = utfall_cell_word(&agreed->groups, cell.text, cell.len);
    if (group == SIZE_MAX)
        refuse_group(agreed);
    cell = utfall_feed_text(feed, agreed->month);
    utfall_status read = utfall_cell_whole(&k, &refusal, 1, UTFALL_WINDOW_MAX, cell.text, cell.len);
    if (read == UTFALL_E_RANGE)
        refusal.why = "is not an intervention month: expected 1 to 240, counted from the start";
    if (read != UTFALL_OK)
        (void)utfall_feed_refuse(feed, agreed->month, read, refusal.why, refusal.hint);
    if (utfall_feed_amount(feed, &amount, agreed->amount) != UTFALL_OK || read != UTFALL_OK ||
        group == SIZE_MAX)
        return;
    if (amount.minor < 0)
        (void)utfall_feed_refuse(feed, agreed->amount, UTFALL_E_RANGE,
                                 "is below zero, and a standard cost cannot be", NULL);
    uint32_t window = feed->contract->window_months;
    if ((uint32_t)k > window)
        return; /* agreed for longer than this contract looks */
    size_t at = group * window + (size_t)k - 1;
    if (agreed->lines[at] > 0) {
        refuse_twice(agreed, agreed->lines[at]);
        return;
    }
    agreed->lines[at] = feed->csv->line;
    agreed->cost[at] = utfall_rat_of_money(feed->run, amount);
}

/* Each group needs each month: name the first month that a group lacks. */
static utfall_status agreed_complete(const struct agreed *agreed)
{
    utfall_feed *feed = agreed->feed;
    uint32_t window = feed->contract->window_months;
    utfall_status status = UTFALL_OK;
    for (size_t group = 0; group < agreed->groups.count; group++)
        for (uint32_t k = 0; k < window; k++) {
            if (agreed->lines[group * window + k] > 0)
                continue;
            const char *month = utfall_run_decimal(feed->run, k + 1);
            const char *message =
                utfall_run_join(feed->run, "has no cost for group \"", agreed->groups.word[group],
                                "\" in month ", month == NULL ? "" : month, (const char *)NULL);
            status = utfall_feed_report(feed, UTFALL_E_MISSING, UTFALL_ERROR,
                                        message == NULL ? "lacks a month" : message,
                                        "every group needs a row for every month of the window");
            break;
        }
    return status;
}

utfall_status utfall_agreed_read(utfall_feed *feed, const char *folder,
                                 const utfall_rat *const **out, utfall_input *input)
{
    const utfall_contract *contract = feed->contract;
    size_t cells = contract->group_count * contract->window_months;
    struct agreed agreed = {.feed = feed,
                            .group = utfall_feed_ask_field(feed, "group"),
                            .month = utfall_feed_ask_field(feed, "month"),
                            .amount = utfall_feed_ask_field(feed, "amount"),
                            .groups = {contract->group_count, contract->group_labels},
                            .cost = utfall_run_array(feed->run, cells, sizeof *agreed.cost),
                            .lines = utfall_run_array(feed->run, cells, sizeof *agreed.lines)};
    if (agreed.cost == NULL || agreed.lines == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_feed_open(feed, folder);
    if (status != UTFALL_OK)
        return status;
    while (utfall_feed_next(feed))
        agreed_row(&agreed);
    status = utfall_feed_close(feed, input);
    if (status == UTFALL_OK)
        status = agreed_complete(&agreed);
    if (status == UTFALL_OK)
        status = utfall_run_failure(feed->run);
    if (status == UTFALL_OK)
        *out = agreed.cost;
    return status;
}
