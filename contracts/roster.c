/* contracts/roster.c - who occurs in an outcome's tables.
 *
 * In: ids, in any order and any number of times. Out: a number each, from 0 in the order they come
 * first. Invariant: the outcome's people and the contract's target group are told apart until
 * utfall_roster_match has compared them, so that a fault in one table hides none in another. */
#include "contracts/roster.h"
#include "contracts/document.h"
#include "contracts/tables.h"

#include <string.h>

enum { ROSTER_FIRST = 256, NUMBER_MAX = 20 };

utfall_status utfall_roster_new(utfall_run *run, utfall_roster *roster,
                                const utfall_contract *contract)
{
    utfall_roster made = {.run = run,
                          .fold = utfall_fold_new(run, contract, contract->window_months)};
    if (made.fold == NULL)
        return utfall_run_failure(run);
    *roster = made;
    return UTFALL_OK;
}

static bool roster_grow(utfall_roster *roster)
{
    if (roster->count < roster->room)
        return true;
    size_t room = roster->room == 0 ? ROSTER_FIRST : 2 * roster->room;
    const char **ids = utfall_run_array(roster->run, room, sizeof *ids);
    uint32_t *lines = utfall_run_array(roster->run, room, sizeof *lines);
    if (ids == NULL || lines == NULL)
        return false;
    if (roster->count > 0) {
        memcpy(ids, roster->ids, roster->count * sizeof *ids);
        memcpy(lines, roster->lines, roster->count * sizeof *lines);
    }
    roster->ids = ids;
    roster->lines = lines;
    roster->room = room;
    return true;
}

utfall_status utfall_roster_take(utfall_roster *roster, size_t *number, bool *is_new,
                                 utfall_cell id, uint32_t line)
{
    size_t found = 0;
    utfall_status status = utfall_fold_person(roster->fold, &found, id.text, id.len,
                                              utfall_month_of(1900, 1), NULL, false);
    if (status == UTFALL_E_CONFLICT) {
        *number = found;
        *is_new = false;
        return UTFALL_OK;
    }
    if (status != UTFALL_OK)
        return status;
    if (!roster_grow(roster))
        return UTFALL_E_NOMEM;
    roster->ids[found] = utfall_run_text(roster->run, id.text, id.len);
    if (roster->ids[found] == NULL)
        return UTFALL_E_NOMEM;
    roster->lines[found] = line;
    roster->count = found + 1;
    *number = found;
    *is_new = true;
    return UTFALL_OK;
}

size_t utfall_cohort_find(const utfall_cohort *cohort, const char *id)
{
    size_t low = 0, high = cohort->persons;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(cohort->ids[middle], id);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

const utfall_rat *utfall_feed_number(utfall_feed *feed, size_t column)
{
    const utfall_rat *read = NULL;
    utfall_cell cell = utfall_feed_text(feed, column);
    utfall_status status =
        cell.len > NUMBER_MAX
            ? UTFALL_E_RANGE
            : utfall_rat_parse_decimal(feed->run, &read, cell.text, cell.len, feed->table->decimal);
    if (status == UTFALL_OK || status == UTFALL_E_NOMEM)
        return read;
    (void)utfall_feed_refuse(
        feed, column, status,
        "is not a number: expected digits, at most 18, with at most one decimal mark",
        cell.len == 0 ? "leave out the row of somebody without a value" : NULL);
    return NULL;
}

utfall_finding utfall_roster_finding(utfall_feed *feed, uint32_t line, const char *field,
                                     utfall_status code, const char *message, const char *hint)
{
    return (utfall_finding){
        .code = code,
        .severity = UTFALL_ERROR,
        .at = {.file = feed->csv->file, .line = line, .column = 1},
        .path = utfall_run_join(feed->run, feed->table->role, ".", field, (const char *)NULL),
        .message = message,
        .hint = hint,
    };
}

utfall_status utfall_roster_report(utfall_feed *feed, uint32_t line, const char *field,
                                   utfall_status code, const char *message, const char *hint)
{
    const utfall_finding finding = utfall_roster_finding(feed, line, field, code, message, hint);
    return utfall_run_report(feed->run, &finding);
}

utfall_status utfall_roster_match(const utfall_roster *roster, utfall_feed *feed,
                                  const utfall_cohort *cohort)
{
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; cohort != NULL && i < roster->count; i++) {
        if (utfall_cohort_find(cohort, roster->ids[i]) != SIZE_MAX)
            continue;
        const char *message = "";
        if (!utfall_csv_is_full(feed->csv))
            message = utfall_run_join(roster->run, "\"",
                                      utfall_text_short(roster->run, roster->ids[i], 80),
                                      "\" is nobody in the target group", (const char *)NULL);
        status = utfall_roster_report(feed, roster->lines[i], "id", UTFALL_E_CONFLICT, message,
                                      "an outcome is about the people of target_group: remove the "
                                      "row, or add the person there");
    }
    return status;
}
