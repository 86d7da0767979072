/* Risk: how sure a settlement is, by drawing its people anew.
 *
 * In: a settlement and the case it came from. Out: everything that utfall/risk.h states. The people
 * themselves, once each, must first give the settlement's own saving: a contract that counts cost
 * in a way that the sample does not know is refused, never approximated. */
#include "engine/risk_parts.h"
#include "engine/core/ban.h"

enum { SLICE = 65536, ROOM = 65536 };

utfall_status utfall__replicates_refuse(const utfall__risk_work *w, utfall_status status)
{
    if (utfall_run_errors(w->run) > 0 || status == UTFALL_E_NOMEM || status == UTFALL_E_BUG)
        return status;
    if (status == UTFALL_E_INEXACT)
        return utfall__refuse(w->run, w->contract, status, "rounding.mode", NULL,
                              "the contract never rounds, and what it pays at a redrawn saving "
                              "does not come out even",
                              "name a rounding mode, e.g. half_away");
    return utfall__refuse(w->run, w->contract, status, "waterfall", NULL,
                          "what is paid at a redrawn saving cannot be computed",
                          "check the amounts: they may have at most 64 bits of öre");
}

static utfall_status options_check(utfall_run *run, const utfall_contract *contract,
                                   const utfall_risk_options *options)
{
    if (options->lanes.count == 0 || options->lanes.count > UTFALL_LANES_MAX)
        return UTFALL_E_BUG;
    if (options->replicates == 0 || options->replicates > UTFALL_REPLICATES_MAX ||
        options->permutations > UTFALL_REPLICATES_MAX)
        return utfall__refuse(run, contract, UTFALL_E_RANGE, "", NULL,
                              "the number of replicates is not from 1 to 100000000", NULL);
    return UTFALL_OK;
}

/* Everybody once gives the saving that was settled. */
static utfall_status sample_check(const utfall__risk_work *w)
{
    utfall__tray tray;
    utfall__redrawn once;
    utfall_status status = utfall__tray_new(w->run, &tray, w->sample);
    if (status == UTFALL_OK)
        status = utfall__redraw_wide(w->run, &once, w->sample, &tray, NULL);
    if (status == UTFALL_E_RANGE)
        return utfall__number_failed(w->run, w->contract, "evaluation", "the saving");
    if (status != UTFALL_OK)
        return status;
    if (utfall_rat_compare(once.saving, w->settlement->paid_saving) == 0)
        return UTFALL_OK;
    return utfall__refuse(
        w->run, w->contract, UTFALL_E_CONFLICT, "evaluation", NULL,
        utfall_run_join(w->run,
                        "the contract counts cost in a way that cannot be drawn again person by "
                        "person: everybody once gives a saving of ",
                        utfall_rat_text(w->run, once.saving), " öre, the settlement ",
                        utfall_rat_text(w->run, w->settlement->paid_saving), (const char *)NULL),
        "settle as of a month when the comparison group's windows are complete, or divide by "
        "everybody (evaluation.denominator)");
}

static utfall_status payers_new(utfall__risk_work *w)
{
    const size_t count = w->payout->payer_count;
    w->payers = utfall_run_array(w->run, count, sizeof *w->payers);
    if (w->payers == NULL)
        return UTFALL_E_NOMEM;
    for (size_t p = 0; p < count; p++)
        w->payers[p].party = w->payout->payers[p];
    w->risk->payers = w->payers;
    w->risk->payer_count = count;
    return UTFALL_OK;
}

utfall_status utfall__risk_compute(utfall_run *run, const utfall_risk **out,
                                   const utfall_contract *contract, const utfall_case *data,
                                   const utfall_settlement *settlement,
                                   const utfall_risk_options *options, size_t slice, size_t room,
                                   bool is_wide)
{
    utfall_status status = options_check(run, contract, options);
    if (status != UTFALL_OK)
        return status;
    utfall_risk *risk = utfall_run_alloc(run, sizeof *risk);
    utfall__sample *own = utfall_run_alloc(run, sizeof *own);
    utfall__risk_work w = {.run = run,
                           .contract = contract,
                           .data = data,
                           .settlement = settlement,
                           .options = options,
                           .sample = own,
                           .slice = slice,
                           .room = room,
                           .risk = risk};
    if (risk == NULL || own == NULL)
        return UTFALL_E_NOMEM;
    const utfall__sample *sample = NULL;
    status = utfall__sample_new(run, &sample, contract, data, settlement->sums->as_of);
    if (status != UTFALL_OK)
        return status;
    *own = *sample;
    own->is_narrow = own->is_narrow && !is_wide;
    *risk = (utfall_risk){.settlement = settlement,
                          .seed = options->seed,
                          .asked = options->replicates,
                          .target = own->target,
                          .comparison = own->comparison,
                          .is_even = own->is_even};
    status = sample_check(&w);
    if (status == UTFALL_OK)
        status = utfall__payout_new(run, &w.payout, settlement, own);
    if (status == UTFALL_OK)
        status = payers_new(&w);
    if (status == UTFALL_OK)
        status = utfall__bootstrap_compute(&w);
    if (status == UTFALL_OK)
        status = utfall__permutation_compute(&w);
    if (status == UTFALL_OK)
        status = utfall__power_compute(&w);
    if (status == UTFALL_OK)
        status = utfall__budget_compute(&w);
    if (status == UTFALL_OK)
        *out = risk;
    return status;
}

utfall_status utfall_risk_compute(utfall_run *run, const utfall_risk **out,
                                  const utfall_contract *contract, const utfall_case *data,
                                  const utfall_settlement *settlement,
                                  const utfall_risk_options *options)
{
    return utfall__risk_compute(run, out, contract, data, settlement, options, SLICE, ROOM, false);
}
