/* History: what a settlement takes over from the one before it.
 *
 * In: the previous settlement, made again from its ledger, and what the data give now as of its
 * month. Out: what each step came to, what each pair of parties paid, corrections, forecasts.
 * Invariant: everything but the corrections follows from the previous ledger alone, so whoever has
 * it can check this part of the next one. */
#include "engine/stages.h"
#include <string.h>
#include "engine/core/ban.h"

static utfall_status refuse(utfall_run *run, const char *name, utfall_status code,
                            const char *message, const char *hint)
{
    if (message == NULL)
        return UTFALL_E_NOMEM;
    return utfall_run_report(run, &(utfall_finding){.code = code,
                                                    .severity = UTFALL_ERROR,
                                                    .at = {.file = name},
                                                    .also = {.file = ""},
                                                    .message = message,
                                                    .hint = hint});
}

static bool shapes_agree(const utfall_contract *a, const utfall_contract *b)
{
    if (a->window_months != b->window_months || a->payment_months != b->payment_months ||
        a->group_count != b->group_count || a->outcome_count != b->outcome_count ||
        (a->design == UTFALL_DESIGN_AGREED) != (b->design == UTFALL_DESIGN_AGREED) ||
        a->prices.is_there != b->prices.is_there ||
        a->prices.base.ordinal != b->prices.base.ordinal)
        return false;
    for (size_t g = 0; g < a->group_count; g++)
        if (strcmp(a->group_labels[g], b->group_labels[g]) != 0)
            return false;
    for (size_t i = 0; i < a->outcome_count; i++)
        if (strcmp(a->outcomes[i].id, b->outcomes[i].id) != 0)
            return false;
    return true;
}

static utfall_status contracts_agree(utfall_run *run, const char *name, const utfall_contract *now,
                                     const utfall_contract *then)
{
    if (strcmp(now->id, then->id) != 0)
        return refuse(run, name, UTFALL_E_CONFLICT,
                      utfall_run_join(run, "the ledger is of the contract \"", then->id,
                                      "\", not of \"", now->id, "\"", (const char *)NULL),
                      "name the ledger of the settlement before this one");
    if (strcmp(now->currency, then->currency) != 0)
        return refuse(run, name, UTFALL_E_CONFLICT, "the ledger is in another currency", NULL);
    if (!shapes_agree(now, then))
        return refuse(
            run, name, UTFALL_E_CONFLICT,
            "the ledger was settled with another window, other groups, other outcomes or at "
            "other prices",
            "a chain of settlements keeps them; begin a new one with a final settlement");
    return UTFALL_OK;
}

static utfall_status steps_take(utfall_run *run, utfall_history *h, const utfall_settlement *s)
{
    utfall_past_step *steps = utfall_run_array(run, s->contract->step_count, sizeof *steps);
    if (steps == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < s->contract->step_count; i++)
        steps[i] =
            (utfall_past_step){.id = s->contract->steps[i].id, .entitlement = s->lines[i].paid};
    h->steps = steps;
    h->step_count = s->contract->step_count;
    return UTFALL_OK;
}

static utfall_status pairs_take(utfall_run *run, utfall_history *h, const utfall_settlement *s)
{
    utfall_past_pair *pairs = utfall_run_array(run, s->due_count, sizeof *pairs);
    if (pairs == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < s->due_count; i++) {
        const utfall_due *due = &s->dues[i];
        pairs[i] = (utfall_past_pair){.from = s->contract->parties[due->from].id,
                                      .to = s->contract->parties[due->to].id,
                                      .carried = due->carried,
                                      .written_off = due->written_off};
        if (utfall_money_add(&pairs[i].paid, due->before, due->amount) != UTFALL_OK)
            return utfall__refuse(run, s->contract, UTFALL_E_RANGE, "waterfall", NULL,
                                  "what one party has paid another leaves 64 bits of öre", NULL);
    }
    h->pairs = pairs;
    h->pair_count = s->due_count;
    return UTFALL_OK;
}

/* Those that the previous settlement knew, and its own. */
static utfall_status forecasts_take(utfall_run *run, utfall_history *h, const utfall_settlement *s)
{
    const utfall_history *older = s->sums->history;
    const size_t count = older == NULL ? 0 : older->forecast_count;
    utfall_past_forecast *all = utfall_run_array(run, count + 1, sizeof *all);
    if (all == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        all[i] = older->forecasts[i];
    if (s->forecast != NULL)
        all[count] = (utfall_past_forecast){
            .as_of = s->sums->as_of, .saving = s->forecast->saving, .paid = s->forecast->paid};
    h->forecasts = all;
    h->forecast_count = count + (s->forecast != NULL);
    return UTFALL_OK;
}

static utfall_status corrections_take(utfall_run *run, utfall_history *h, const char *name,
                                      const utfall_contract *contract,
                                      const utfall_settlement *previous, const utfall_sums *found,
                                      const char *reason)
{
    char month[8];
    utfall_status status = utfall__corrections_compute(run, &h->corrections, &h->correction_count,
                                                       contract, previous, found);
    h->reason = "";
    if (status != UTFALL_OK || h->correction_count == 0)
        return status;
    utfall_month_text(month, previous->sums->as_of);
    /* a reason of blanks tells nobody anything */
    if (reason == NULL || reason[strspn(reason, " \t\r\n")] == '\0')
        return refuse(run, name, UTFALL_E_MISSING,
                      utfall_run_join(run, "the data as of ", month,
                                      " give other figures than this ledger has: ",
                                      utfall_run_decimal(run, (int64_t)h->correction_count),
                                      " corrections, and no reason was given", (const char *)NULL),
                      "give --reason TEXT: why figures that were settled have changed");
    h->reason = utfall_run_text(run, reason, strlen(reason));
    return h->reason == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
}

utfall_status utfall_history_make(utfall_run *run, const utfall_history **out, const char *name,
                                  const utfall_contract *contract,
                                  const utfall_settlement *previous, const utfall_sums *found,
                                  const char *reason)
{
    utfall_history *h = utfall_run_alloc(run, sizeof *h);
    if (h == NULL)
        return UTFALL_E_NOMEM;
    h->as_of = previous->sums->as_of;
    utfall_status status = contracts_agree(run, name, contract, previous->contract);
    if (status == UTFALL_OK)
        status = steps_take(run, h, previous);
    if (status == UTFALL_OK)
        status = pairs_take(run, h, previous);
    if (status == UTFALL_OK)
        status = forecasts_take(run, h, previous);
    if (status == UTFALL_OK && found != NULL)
        status = corrections_take(run, h, name, contract, previous, found, reason);
    if (status == UTFALL_OK)
        *out = h;
    return status;
}

const utfall_sums *utfall_sums_continue(utfall_run *run, const utfall_sums *sums,
                                        const utfall_history *history)
{
    utfall_sums *copy = utfall_run_alloc(run, sizeof *copy);
    if (copy == NULL)
        return NULL;
    *copy = *sums;
    copy->history = history;
    return copy;
}
