/* contracts/flows.c - dated payments from a CSV file that no contract names.
 *
 * In: rows of a date (or the number of a period) and an amount, perhaps under a heading. Out: flows
 * in öre, exact whatever the number of decimals. Invariant: a row that is no payment is a fault;
 * only a first row that is exactly the heading is passed over. */
#include "utfall/flows.h"
#include "contracts/cell.h"
#include "contracts/csv.h"
#include "contracts/scalar.h"

#include <string.h>

enum { BYTES_MAX = 4 * 1024 * 1024, COLUMNS = 2, FIRST_ROOM = 64 };

typedef struct reading {
    utfall_csv *csv;
    utfall_flow *flows;
    size_t count, room;
    char decimal;
    bool is_by_period;
} reading;

static bool is_text(utfall_cell cell, const char *text)
{
    return cell.len == strlen(text) && memcmp(cell.text, text, cell.len) == 0;
}

static void refuse(reading *r, int cell, utfall_status code, const char *field, const char *message,
                   const char *hint)
{
    (void)utfall_csv_report(r->csv, &(utfall_csv_fault){.code = code,
                                                        .cell = cell,
                                                        .field = field,
                                                        .is_quoting = cell >= 0,
                                                        .message = message,
                                                        .hint = hint});
}

static bool when_read(reading *r, utfall_flow *flow)
{
    const utfall_cell cell = utfall_csv_cell(r->csv, 0);
    if (r->is_by_period) {
        utfall_refusal refusal = {NULL, NULL};
        const utfall_status status =
            utfall_cell_whole(&flow->period, &refusal, 0, UTFALL_PERIOD_MAX, cell.text, cell.len);
        if (status == UTFALL_E_RANGE)
            refusal.why = "is not a period: expected a whole number from 0 to 100000";
        if (status != UTFALL_OK)
            refuse(r, 0, status, "period", refusal.why, refusal.hint);
        return status == UTFALL_OK;
    }
    const utfall_status status = utfall_date_parse(&flow->date, cell.text, cell.len);
    if (status == UTFALL_E_RANGE)
        refuse(r, 0, status, "date", "is not a date that exists, from 1900 to 2199", NULL);
    else if (status != UTFALL_OK)
        refuse(r, 0, status, "date", "is not a date: expected YYYY-MM-DD, such as 2018-08-31",
               NULL);
    return status == UTFALL_OK;
}

/* As amounts are written elsewhere, or digits with more decimals than money has. */
static bool amount_read(reading *r, utfall_flow *flow)
{
    utfall_run *run = r->csv->run;
    const utfall_cell cell = utfall_csv_utf8(r->csv, utfall_csv_cell(r->csv, 1));
    utfall_refusal refusal = {NULL, NULL};
    utfall_money money = {0};
    const utfall_status status =
        utfall_cell_amount(&money, &refusal, cell.text, cell.len, r->decimal);
    if (status == UTFALL_OK) {
        flow->amount = utfall_rat_of_money(run, money);
        return flow->amount != NULL;
    }
    const utfall_rat *kronor = NULL;
    if (utfall_rat_parse_decimal(run, &kronor, cell.text, cell.len, r->decimal) == UTFALL_OK) {
        flow->amount = utfall_rat_mul(run, kronor, utfall_rat_of(run, 100, 1));
        return flow->amount != NULL;
    }
    refuse(r, 1, status, "amount", refusal.why, refusal.hint);
    return false;
}

static bool room_make(reading *r)
{
    if (r->count < r->room)
        return true;
    const size_t room = r->room == 0 ? FIRST_ROOM : r->room * 2;
    utfall_flow *flows = utfall_run_array(r->csv->run, room, sizeof *flows);
    if (flows == NULL)
        return false;
    if (r->count > 0)
        memcpy(flows, r->flows, r->count * sizeof *flows);
    r->flows = flows;
    r->room = room;
    return true;
}

/* False when reading should not go on. */
static bool row_read(reading *r, bool is_first)
{
    const char *heading = r->is_by_period ? "period" : "date";
    if (r->csv->count != COLUMNS) {
        refuse(r, UTFALL_CSV_WHOLE_ROW, UTFALL_E_SCHEMA, NULL,
               r->is_by_period ? "the row has other than two cells: expected period and amount"
                               : "the row has other than two cells: expected date and amount",
               "is --separator right?");
        return true;
    }
    if (is_first && is_text(utfall_csv_cell(r->csv, 0), heading) &&
        is_text(utfall_csv_cell(r->csv, 1), "amount"))
        return true;
    if (r->count == UTFALL_FLOWS_MAX) {
        refuse(r, UTFALL_CSV_WHOLE_ROW, UTFALL_E_RANGE, NULL, "there are more than 10000 payments",
               "add them up by month");
        return false;
    }
    if (!room_make(r))
        return false;
    utfall_flow flow = {{1900, 1, 1}, 0, NULL};
    const bool has_when = when_read(r, &flow), has_amount = amount_read(r, &flow);
    if (has_when && has_amount)
        r->flows[r->count++] = flow;
    return true;
}

utfall_status utfall_flows_read(utfall_run *run, const utfall_flow **out, size_t *count,
                                const char *path, char separator, char decimal,
                                utfall_day_count days)
{
    utfall_source *source = NULL;
    utfall_input input = {.name = path};
    const char *reason = "";
    reading r = {.decimal = decimal, .is_by_period = days == UTFALL_DAYS_PERIODS};
    utfall_status status = utfall_source_open(run, &source, &reason, path, BYTES_MAX);
    if (status == UTFALL_E_IO)
        return utfall_run_report(
            run, &(utfall_finding){
                     .code = status, .at = {.file = path}, .message = reason, .hint = NULL});
    if (status == UTFALL_OK)
        status = utfall_csv_open(run, &r.csv, source, path, "flows", separator, UTFALL_UTF_8);
    if (status != UTFALL_OK)
        return status;
    for (bool is_first = true; utfall_csv_next(r.csv); is_first = false)
        if (!row_read(&r, is_first))
            break;
    status = r.csv->status != UTFALL_OK ? r.csv->status : r.csv->fault;
    const utfall_status closed = utfall_source_close(source, &input);
    if (status == UTFALL_OK)
        status = closed;
    if (status == UTFALL_OK)
        status = utfall_run_failure(run);
    if (status == UTFALL_OK && r.count == 0)
        status = utfall_run_report(run, &(utfall_finding){.code = UTFALL_E_MISSING,
                                                          .at = {.file = path},
                                                          .message = "it has no payments",
                                                          .hint = "write one a line: date,amount"});
    if (status != UTFALL_OK)
        return status;
    *out = r.flows;
    *count = r.count;
    return UTFALL_OK;
}

utfall_status utfall_rate_read(utfall_run *run, const utfall_rat **out, const char *text,
                               const char *from)
{
    utfall_value value = {.type = UTFALL_TYPE_NONE};
    utfall_fault fault = {.code = UTFALL_OK};
    const utfall_status status =
        utfall_value_read(run, &value, &fault, UTFALL_TYPE_RATIO, NULL, text);
    if (status == UTFALL_OK) {
        *out = value.number;
        return UTFALL_OK;
    }
    if (status == UTFALL_E_NOMEM)
        return status;
    return utfall_run_report(
        run, &(utfall_finding){
                 .code = status,
                 .at = {.file = from},
                 .message = utfall_run_join(run, "\"", text, "\" ",
                                            fault.reason != NULL ? fault.reason : "is not a rate",
                                            (const char *)NULL),
                 .hint = fault.hint != NULL ? fault.hint : "write it as 3% or 0.03"});
}
