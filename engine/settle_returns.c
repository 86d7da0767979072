/* The investor's return in a settlement.
 *
 * In: project cost by calendar month and what is due to and from the investor. Out: the return of
 * these payments. Convention: the investor pays the project cost at the end of the month in which
 * it was used, and what is due is paid at the end of the month that the contract names, else of the
 * settlement. Invariant: the payments add up to the investor's result. A chain of settlements has
 * paid on days that no ledger holds; there the return is left out. */
#include "engine/stages.h"
#include "engine/core/ban.h"

static utfall_date end_of(utfall_month month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = utfall_month_year(month), number = utfall_month_number(month);
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int8_t day = (int8_t)(days[number - 1] + (number == 2 && is_leap ? 1 : 0));
    return (utfall_date){(int16_t)year, (int8_t)number, day};
}

static bool has_paid_before(const utfall_settlement *s)
{
    for (size_t i = 0; i < s->due_count; i++)
        if ((s->dues[i].from == s->contract->investor || s->dues[i].to == s->contract->investor) &&
            s->dues[i].before.minor != 0)
            return true;
    return false;
}

/* What the investor receives less what it pays, of what is due now. */
static const utfall_rat *net_due(utfall_run *run, const utfall_settlement *s)
{
    const utfall_rat *net = utfall_rat_of(run, 0, 1);
    for (size_t i = 0; i < s->due_count; i++) {
        const utfall_rat *amount = utfall_rat_of_money(run, s->dues[i].amount);
        if (s->dues[i].to == s->contract->investor)
            net = utfall_rat_add(run, net, amount);
        if (s->dues[i].from == s->contract->investor)
            net = utfall_rat_sub(run, net, amount);
    }
    return net;
}

utfall_status utfall__returns_settle(utfall_run *run, const utfall_returns **out,
                                     const utfall_settlement *s)
{
    const utfall_returns_terms *terms = &s->contract->returns;
    const utfall_sums *sums = s->sums;
    utfall_flow *flows = utfall_run_array(run, sums->month_count + 1, sizeof *flows);
    size_t count = 0;
    if (flows == NULL)
        return UTFALL_E_NOMEM;
    if (has_paid_before(s))
        return UTFALL_OK;
    for (size_t t = 0; t < sums->month_count; t++) {
        const utfall_month month = {sums->first.ordinal + (int32_t)t};
        if (sums->drawn_minor[t] == 0)
            continue;
        const utfall_rat *drawn = utfall_rat_of(run, sums->drawn_minor[t], 1);
        flows[count++] =
            (utfall_flow){end_of(month), 0, utfall_rat_sub(run, utfall_rat_of(run, 0, 1), drawn)};
    }
    const utfall_rat *net = net_due(run, s);
    if (net == NULL)
        return utfall__number_failed(run, s->contract, "financing.returns", "the return");
    if (utfall_rat_sign(net) != 0)
        flows[count++] = (utfall_flow){
            end_of(terms->payment_month.ordinal != 0 ? terms->payment_month : sums->as_of), 0, net};
    return utfall_returns_compute(run, out, flows, count, terms->days, terms->rate);
}
