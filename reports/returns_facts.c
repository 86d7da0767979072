/* reports/returns_facts.c - a return as facts.
 *
 * Keys: return.multiple, return.day_count, return.irr.verdict, return.irr.roots, return.irr.<n>.low
 * and .high, return.npv.rate, .low and .high. With exactly one rate return.irr.low and .high are
 * it; with several they are not there, since none of several is the return. */
#include "reports/section_returns.h"
#include <stdlib.h>
#include <string.h>

enum { FIXED = 9 };

/* Roots, then unsure intervals: two ends each. */
size_t utfall__returns_fact_count(const utfall_returns *r)
{
    return FIXED + 2 * (r->irr->count + r->irr->unsure_count);
}

static bool give(utfall_run *run, utfall_fact *out, const char *key, const utfall_rat *value)
{
    if (value == NULL)
        return false;
    *out = (utfall_fact){.key = key, .value = utfall_rat_text(run, value)};
    return true;
}

static bool give_amount(utfall_run *run, utfall_fact *out, const char *key, const utfall_rat *value)
{
    if (!give(run, out, key, value))
        return false;
    out->amount = value;
    return true;
}

static bool end_fact(utfall_run *run, utfall_fact *out, const utfall_irr *irr, size_t i)
{
    const bool is_root = i / 2 < irr->count, is_high = i % 2 == 1;
    const size_t at = is_root ? i / 2 : i / 2 - irr->count;
    const utfall_between *rates = is_root ? &irr->roots[at] : &irr->unsure[at];
    const char *number = utfall_run_decimal(run, (int64_t)at + 1);
    const char *key = utfall_run_join(run, is_root ? "return.irr." : "return.irr.unsure.",
                                      number == NULL ? "" : number, is_high ? ".high" : ".low",
                                      (const char *)NULL);
    return give(run, out, key, is_high ? rates->high : rates->low);
}

bool utfall__returns_fact(utfall_run *run, utfall_fact *out, const utfall_returns *r, size_t i)
{
    const utfall_irr *irr = r->irr;
    const bool is_one = irr->verdict == UTFALL_IRR_FOUND && irr->count == 1;
    switch (i) {
    case 0:
        return give(run, out, "return.multiple", r->multiple);
    case 1:
        *out = (utfall_fact){.key = "return.day_count", .value = utfall_day_count_names[r->days]};
        return true;
    case 2:
        *out = (utfall_fact){.key = "return.irr.verdict",
                             .value = utfall_irr_verdict_names[irr->verdict]};
        return true;
    case 3:
        *out = (utfall_fact){.key = "return.irr.roots",
                             .value = utfall_run_decimal(run, (int64_t)irr->count)};
        return true;
    case 4:
        return give(run, out, "return.irr.low", is_one ? irr->roots[0].low : NULL);
    case 5:
        return give(run, out, "return.irr.high", is_one ? irr->roots[0].high : NULL);
    case 6:
        return give(run, out, "return.npv.rate", r->rate);
    case 7:
        return give_amount(run, out, "return.npv.low", r->rate != NULL ? r->npv.low : NULL);
    case 8:
        return give_amount(run, out, "return.npv.high", r->rate != NULL ? r->npv.high : NULL);
    default:
        return end_fact(run, out, irr, i - FIXED);
    }
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const utfall_fact *)a)->key, ((const utfall_fact *)b)->key);
}

utfall_status utfall_returns_facts(utfall_run *run, const utfall_fact **out, size_t *count,
                                   const utfall_returns *returns)
{
    const size_t most = utfall__returns_fact_count(returns);
    utfall_fact *facts = utfall_run_array(run, most, sizeof *facts);
    size_t found = 0;
    for (size_t i = 0; i < most && facts != NULL; i++) {
        utfall_fact fact = {NULL, NULL, NULL};
        if (!utfall__returns_fact(run, &fact, returns, i))
            continue;
        if (fact.key == NULL || fact.value == NULL)
            return UTFALL_E_NOMEM;
        facts[found++] = fact;
    }
    if (facts == NULL)
        return UTFALL_E_NOMEM;
    qsort(facts, found, sizeof *facts, by_key);
    *out = facts;
    *count = found;
    return UTFALL_OK;
}
