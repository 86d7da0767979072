/* contracts/bind_returns.c - by what a contract has the investor's return computed.
 *
 * Input: the typed tree. Invariant: without the term nothing is computed; a return needs a day
 * count that somebody chose. */
#include "contracts/bind.h"

void utfall_bind_returns(utfall_binder *binder, const utfall_node *financing)
{
    const utfall_node *returns = utfall_slot(financing, UTFALL_FINANCING_returns);
    const utfall_node *days = utfall_slot_value(returns, UTFALL_RETURNS_day_count);
    const utfall_node *rate = utfall_slot_value(returns, UTFALL_RETURNS_discount_rate);
    const utfall_node *month = utfall_slot_value(returns, UTFALL_RETURNS_payment_month);
    utfall_returns_terms *terms = &binder->draft.returns;
    if (days == NULL)
        return;
    terms->is_there = true;
    terms->days = (utfall_day_count)days->value.whole;
    if (month != NULL)
        terms->payment_month = month->value.month;
    if (rate == NULL)
        return;
    terms->rate = rate->value.number;
    if (utfall_rat_sign(rate->value.number) < 0)
        utfall_bind_refuse(binder, UTFALL_E_RANGE, rate,
                           utfall_run_join(binder->run, "\"", rate->text,
                                           "\" is below 0: expected a discount rate of 0 or more",
                                           (const char *)NULL),
                           NULL);
}
