/* The project cost by category: budget against outcome, and what providers should have been paid.
 *
 * In: what was drawn of each category, and in how many months; which outcomes hold. Out: exact
 * amounts. Invariant: nothing here changes what the waterfall pays; the categories add up to what
 * was drawn (sums_check.c). */
#include "engine/stages.h"
#include "engine/core/ban.h"

static utfall_status lines_compute(utfall_run *run, utfall_settlement *s)
{
    const utfall_contract *contract = s->contract;
    utfall_budget_line *lines = utfall_run_array(run, contract->budget_count, sizeof *lines);
    if (lines == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < contract->budget_count; i++) {
        lines[i].budget = utfall_rat_of_money(run, contract->budget[i].amount);
        lines[i].drawn = utfall_rat_of(run, s->sums->category_minor[i], 1);
        lines[i].difference = utfall_rat_sub(run, lines[i].budget, lines[i].drawn);
        if (lines[i].difference == NULL)
            return utfall__number_failed(run, contract, "financing.budget", "the budget");
    }
    s->budget = lines;
    return UTFALL_OK;
}

static bool is_released(const utfall_settlement *s, const utfall_provider_pay *pay)
{
    return pay->until == SIZE_MAX || s->gates[pay->until];
}

static utfall_status pay_compute(utfall_run *run, utfall_provider_line *out,
                                 const utfall_settlement *s, const utfall_provider_pay *pay)
{
    const utfall_sums *sums = s->sums;
    const uint64_t months = sums->category_months[pay->category];
    const utfall_rat *count = utfall__count_total(run, &months, 1);
    const utfall_rat *earned = utfall_rat_mul(run, pay->fee, count);
    const utfall_rat *held = utfall_rat_mul(run, earned, pay->held_back);
    const utfall_rat *drawn = utfall_rat_of(run, sums->category_minor[pay->category], 1);
    const bool released = is_released(s, pay);
    if (pay->held_category != SIZE_MAX)
        drawn = utfall_rat_add(run, drawn,
                               utfall_rat_of(run, sums->category_minor[pay->held_category], 1));
    const utfall_rat *payable = released ? earned : utfall_rat_sub(run, earned, held);
    *out = (utfall_provider_line){.months = months,
                                  .earned = earned,
                                  .held_back = held,
                                  .is_released = released,
                                  .payable = payable,
                                  .drawn = drawn,
                                  .difference = utfall_rat_sub(run, payable, drawn)};
    return out->difference == NULL
               ? utfall__number_failed(run, s->contract, "provider_pay", "what a provider is paid")
               : UTFALL_OK;
}

utfall_status utfall__budget_settle(utfall_run *run, utfall_settlement *s)
{
    const utfall_contract *contract = s->contract;
    if (contract->budget_count == 0)
        return UTFALL_OK;
    utfall_provider_line *pays = utfall_run_array(run, contract->provider_pay_count, sizeof *pays);
    if (pays == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = lines_compute(run, s);
    for (size_t i = 0; i < contract->provider_pay_count && status == UTFALL_OK; i++)
        status = pay_compute(run, &pays[i], s, &contract->provider_pays[i]);
    s->provider_pays = pays;
    return status;
}
