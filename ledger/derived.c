/* ledger/derived.c - writes what follows from the recorded part: the contract as understood,
 * totals, series, every step of the waterfall, what is due and the checks.
 *
 * Invariant: nothing written here is read back; it is trusted because settling again and composing
 * again gives the same bytes. Amounts are exact, in öre, "num/den". */
#include "ledger/parts.h"

static const char *party_id(const utfall_contract *contract, size_t party)
{
    return contract->parties[party].id;
}

static void write_contract(utfall_xml *xml, const utfall_contract *contract)
{
    char date[11];
    utfall_date_text(date, contract->signed_on);
    utfall_xml_open(xml, "contract");
    utfall_xml_integer(xml, "commitment", contract->commitment.minor);
    utfall_xml_attribute(xml, "currency", contract->currency);
    utfall_xml_month(xml, "data_through", contract->data_through);
    if (contract->denominator != UTFALL_DENOMINATOR_EVERYBODY)
        utfall_xml_attribute(xml, "denominator", utfall_denominator_names[contract->denominator]);
    utfall_xml_attribute(xml, "design", utfall_design_names[contract->design]);
    utfall_xml_attribute(xml, "id", contract->id);
    utfall_xml_attribute(xml, "incomplete", utfall_incomplete_names[contract->incomplete]);
    utfall_xml_attribute(xml, "investor", party_id(contract, contract->investor));
    if (contract->has_negative_due)
        utfall_xml_attribute(xml, "negative_due",
                             utfall_negative_due_names[contract->negative_due]);
    utfall_xml_attribute(xml, "note", utfall_given(contract->note));
    utfall_xml_count(xml, "payment_months", contract->payment_months);
    if (contract->prices.is_there) {
        utfall_xml_month(xml, "price_base", contract->prices.base);
        utfall_xml_attribute(xml, "price_source", utfall_given(contract->prices.source));
    }
    utfall_xml_attribute(xml, "residue_to", party_id(contract, contract->residue_to));
    utfall_xml_attribute(xml, "saving_to", party_id(contract, contract->saving_to));
    utfall_xml_attribute(xml, "signed", contract->signed_on.year ? date : NULL);
    utfall_xml_attribute(xml, "source", utfall_given(contract->source));
    utfall_xml_attribute(xml, "title", utfall_given(contract->title));
    utfall_xml_count(xml, "window_months", contract->window_months);
    utfall_xml_close(xml);
    utfall_xml_open(xml, "parties");
    for (size_t i = 0; i < contract->party_count; i++) {
        const utfall_party *party = &contract->parties[i];
        utfall_xml_open(xml, "party");
        utfall_xml_attribute(xml, "id", party->id);
        utfall_xml_attribute(xml, "name", utfall_given(party->name));
        utfall_xml_attribute(xml, "org_number", utfall_given(party->org_number));
        utfall_xml_attribute(xml, "role", utfall_role_names[party->role]);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

/* Sums over classes and groups may leave 64 bits when the ledger is hostile: exact, not wrapped. */
static void write_total_rows(utfall_xml *xml, const char *of, const utfall_rows *rows)
{
    const utfall_rat *amount = utfall_rat_of(xml->run, 0, 1);
    uint64_t count = 0;
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        utfall_money part = {rows->amount_minor[i]};
        amount = utfall_rat_add(xml->run, amount, utfall_rat_of_money(xml->run, part));
        count += rows->count[i];
    }
    if (!amount && xml->status == UTFALL_OK)
        xml->status = utfall_run_failure(xml->run);
    utfall_xml_open(xml, "rows");
    utfall_xml_ratio(xml, "amount", amount);
    utfall_xml_count(xml, "count", count);
    utfall_xml_attribute(xml, "of", of);
    utfall_xml_close(xml);
}

static uint64_t persons_in_all(const utfall_sums *sums, const utfall_side *side)
{
    uint64_t persons = 0;
    for (size_t group = 0; side->persons && group < sums->group_count; group++)
        persons += side->persons[group];
    return persons;
}

static void write_people(utfall_xml *xml, const utfall_sums *sums)
{
    write_total_rows(xml, "target", &sums->target.rows);
    if (!sums->agreed)
        write_total_rows(xml, "comparison", &sums->comparison.rows);
    utfall_xml_open(xml, "people");
    if (!sums->agreed)
        utfall_xml_count(xml, "comparison", persons_in_all(sums, &sums->comparison));
    utfall_xml_count(xml, "target", persons_in_all(sums, &sums->target));
    utfall_xml_close(xml);
}

static void write_standard_cost(utfall_xml *xml, const utfall_settlement *settlement)
{
    const utfall_contract *contract = settlement->contract;
    utfall_xml_open(xml, "standard_cost");
    for (size_t group = 0; group < contract->group_count; group++) {
        utfall_xml_open(xml, "group");
        utfall_xml_attribute(xml, "label", contract->group_labels[group]);
        utfall_xml_count(xml, "number", group + 1);
        for (uint32_t k = 1; k <= contract->window_months; k++) {
            size_t at = group * contract->window_months + k - 1;
            utfall_xml_open(xml, "month");
            utfall_xml_ratio(xml, "amount", settlement->standard_cost[at]);
            utfall_xml_count(xml, "k", k);
            if (settlement->price_weights)
                utfall_xml_ratio(xml, "weight", settlement->price_weights[at]);
            utfall_xml_close(xml);
        }
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_series(utfall_xml *xml, const utfall_settlement *settlement)
{
    const utfall_sums *sums = settlement->sums;
    utfall_xml_open(xml, "by_intervention_month");
    for (uint32_t k = 1; k <= settlement->contract->window_months; k++) {
        utfall_xml_open(xml, "month");
        utfall_xml_ratio(xml, "actual", settlement->actual_month[k - 1]);
        utfall_xml_ratio(xml, "expected", settlement->expected_month[k - 1]);
        utfall_xml_count(xml, "k", k);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
    utfall_xml_open(xml, "accumulated");
    for (size_t i = 0; i < sums->month_count; i++) {
        utfall_xml_open(xml, "calendar_month");
        utfall_xml_count(xml, "active", settlement->active[i]);
        utfall_xml_ratio(xml, "actual", settlement->actual_accumulated[i]);
        utfall_xml_ratio(xml, "drawn", settlement->drawn_accumulated[i]);
        utfall_xml_ratio(xml, "expected", settlement->expected_accumulated[i]);
        utfall_xml_month(xml, "month", (utfall_month){sums->first.ordinal + (int32_t)i});
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_totals(utfall_xml *xml, const utfall_settlement *settlement)
{
    utfall_xml_open(xml, "total");
    utfall_xml_ratio(xml, "actual", settlement->actual);
    utfall_xml_ratio(xml, "drawn", settlement->drawn);
    utfall_xml_ratio(xml, "expected", settlement->expected);
    utfall_xml_ratio(xml, "saving", settlement->saving);
    utfall_xml_close(xml);
    utfall_xml_open(xml, "payment_window");
    utfall_xml_ratio(xml, "actual", settlement->paid_actual);
    utfall_xml_ratio(xml, "expected", settlement->paid_expected);
    utfall_xml_ratio(xml, "saving", settlement->paid_saving);
    utfall_xml_close(xml);
    utfall_xml_open(xml, "levels");
    utfall_xml_ratio(xml, "break_even", settlement->level_break_even);
    utfall_xml_ratio(xml, "cap", settlement->level_cap);
    utfall_xml_ratio(xml, "no_savings", settlement->level_no_savings);
    utfall_xml_close(xml);
}

static void write_forecast(utfall_xml *xml, const utfall_settlement *settlement)
{
    const utfall_forecast *forecast = settlement->forecast;
    const utfall_contract *contract = settlement->contract;
    if (!forecast)
        return;
    utfall_xml_open(xml, "forecast");
    utfall_xml_ratio(xml, "actual", forecast->actual);
    utfall_xml_ratio(xml, "drawn", forecast->drawn);
    utfall_xml_attribute(xml, "drawn_rule", utfall_forecast_drawn_names[contract->forecast_drawn]);
    utfall_xml_ratio(xml, "expected", forecast->expected);
    utfall_xml_count(xml, "open", forecast->open);
    utfall_xml_integer(xml, "paid", forecast->paid.minor);
    utfall_xml_ratio(xml, "paid_saving", forecast->paid_saving);
    utfall_xml_attribute(xml, "remaining", utfall_remaining_names[contract->forecast_remaining]);
    utfall_xml_ratio(xml, "saving", forecast->saving);
    for (size_t i = 0; i < contract->step_count; i++) {
        utfall_xml_open(xml, "step");
        utfall_xml_ratio(xml, "exact", forecast->lines[i].exact);
        utfall_xml_attribute(xml, "id", contract->steps[i].id);
        utfall_xml_integer(xml, "paid", forecast->lines[i].paid.minor);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_gates(utfall_xml *xml, const utfall_settlement *settlement)
{
    const utfall_contract *contract = settlement->contract;
    utfall_xml_open(xml, "outcomes");
    for (size_t i = 0; i < contract->outcome_count; i++) {
        const utfall_outcome *outcome = &contract->outcomes[i];
        utfall_xml_open(xml, "outcome");
        utfall_xml_attribute(xml, "clause", utfall_given(outcome->clause));
        utfall_xml_flag(xml, "holds", settlement->gates[i]);
        utfall_xml_attribute(xml, "id", outcome->id);
        if (outcome->known_from.ordinal != 0) {
            utfall_xml_flag(xml, "known", settlement->known[i]);
            utfall_xml_month(xml, "known_from", outcome->known_from);
        }
        utfall_xml_attribute(xml, "measure", utfall_outcome_names[outcome->kind]);
        utfall_xml_attribute(xml, "source", utfall_given(outcome->source));
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

/* What a step draws on: "saving", "school.sum"; NULL when it draws on nothing. */
static const char *measure_name(utfall_run *run, const utfall_contract *contract,
                                const utfall_step *step)
{
    if (step->form == UTFALL_FORM_FIXED || step->of.kind == UTFALL_MEASURE_AMOUNT)
        return NULL;
    if (step->of.kind != UTFALL_MEASURE_OUTCOME)
        return utfall_measure_names[step->of.kind];
    return utfall_run_join(run, contract->outcomes[step->of.outcome].id, ".",
                           utfall_figure_names[step->of.figure], (const char *)NULL);
}

static void write_line(utfall_xml *xml, const utfall_settlement *settlement, size_t i)
{
    const utfall_contract *contract = settlement->contract;
    const utfall_line *line = &settlement->lines[i];
    const utfall_step *step = line->step;
    utfall_xml_open(xml, "step");
    if (settlement->step_before)
        utfall_xml_integer(xml, "before", settlement->step_before[i].minor);
    utfall_xml_ratio(xml, "before_limits", line->before_limits);
    utfall_xml_flag(xml, "cap_bit", line->cap_bit);
    utfall_xml_attribute(xml, "clause", utfall_given(step->clause));
    if (settlement->step_due)
        utfall_xml_integer(xml, "due", settlement->step_due[i].minor);
    utfall_xml_ratio(xml, "exact", line->exact);
    utfall_xml_flag(xml, "floor_bit", line->floor_bit);
    utfall_xml_attribute(xml, "form", utfall_form_names[step->form]);
    utfall_xml_attribute(xml, "from", party_id(contract, step->from));
    utfall_xml_flag(xml, "gate", line->is_open);
    utfall_xml_ratio(xml, "high", line->high);
    utfall_xml_attribute(xml, "id", step->id);
    utfall_xml_ratio(xml, "low", line->low);
    utfall_xml_ratio(xml, "measure", line->measure);
    utfall_xml_attribute(xml, "of", measure_name(xml->run, contract, step));
    utfall_xml_integer(xml, "paid", line->paid.minor);
    utfall_xml_ratio(xml, "residue", line->residue);
    utfall_xml_attribute(xml, "round_mode", utfall_mode_names[step->rounding.mode]);
    utfall_xml_integer(xml, "round_unit", step->rounding.unit_minor);
    if (step->form == UTFALL_FORM_TABLE)
        utfall_xml_count(xml, "row", line->row == SIZE_MAX ? 0 : line->row + 1);
    utfall_xml_ratio(xml, "slice", line->slice);
    utfall_xml_attribute(xml, "to", party_id(contract, step->to));
    utfall_xml_close(xml);
}

static void write_payments(utfall_xml *xml, const utfall_settlement *settlement)
{
    const utfall_contract *contract = settlement->contract;
    utfall_xml_open(xml, "waterfall");
    for (size_t i = 0; i < contract->step_count; i++)
        write_line(xml, settlement, i);
    utfall_xml_close(xml);
    utfall_xml_open(xml, "dues");
    for (size_t i = 0; i < settlement->due_count; i++) {
        const utfall_due *due = &settlement->dues[i];
        utfall_xml_open(xml, "due");
        const bool is_chained = settlement->sums->history || contract->has_negative_due;
        utfall_xml_integer(xml, "amount", due->amount.minor);
        if (is_chained) {
            utfall_xml_integer(xml, "before", due->before.minor);
            utfall_xml_integer(xml, "carried", due->carried.minor);
            utfall_xml_integer(xml, "entitlement", due->entitlement.minor);
        }
        utfall_xml_attribute(xml, "from", party_id(contract, due->from));
        utfall_xml_attribute(xml, "to", party_id(contract, due->to));
        if (is_chained)
            utfall_xml_integer(xml, "written_off", due->written_off.minor);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
    utfall_xml_open(xml, "results");
    for (size_t i = 0; i < contract->party_count; i++) {
        utfall_xml_open(xml, "result");
        utfall_xml_ratio(xml, "borne", settlement->results[i].borne);
        utfall_xml_attribute(xml, "party", contract->parties[i].id);
        utfall_xml_ratio(xml, "result", settlement->results[i].result);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_project_cost(utfall_xml *xml, const utfall_settlement *settlement)
{
    const utfall_contract *contract = settlement->contract;
    for (size_t i = 0; i < contract->budget_count; i++) {
        const utfall_budget_line *line = &settlement->budget[i];
        utfall_xml_open(xml, "budget");
        utfall_xml_ratio(xml, "budget", line->budget);
        utfall_xml_attribute(xml, "category", contract->budget[i].category);
        utfall_xml_attribute(xml, "clause", utfall_given(contract->budget[i].clause));
        utfall_xml_ratio(xml, "difference", line->difference);
        utfall_xml_ratio(xml, "drawn", line->drawn);
        utfall_xml_close(xml);
    }
    for (size_t i = 0; i < contract->provider_pay_count; i++) {
        const utfall_provider_pay *pay = &contract->provider_pays[i];
        const utfall_provider_line *line = &settlement->provider_pays[i];
        utfall_xml_open(xml, "provider_pay");
        utfall_xml_attribute(xml, "clause", utfall_given(pay->clause));
        utfall_xml_ratio(xml, "difference", line->difference);
        utfall_xml_ratio(xml, "drawn", line->drawn);
        utfall_xml_ratio(xml, "earned", line->earned);
        utfall_xml_ratio(xml, "held_back", line->held_back);
        utfall_xml_attribute(xml, "id", pay->id);
        utfall_xml_count(xml, "months", line->months);
        utfall_xml_ratio(xml, "payable", line->payable);
        utfall_xml_attribute(xml, "provider", party_id(contract, pay->provider));
        utfall_xml_flag(xml, "released", line->is_released);
        utfall_xml_close(xml);
    }
}

static void write_rates(utfall_xml *xml, const char *name, const utfall_between *rates,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        utfall_xml_open(xml, name);
        utfall_xml_ratio(xml, "high", rates[i].high);
        utfall_xml_ratio(xml, "low", rates[i].low);
        utfall_xml_close(xml);
    }
}

static void write_returns(utfall_xml *xml, const utfall_settlement *settlement)
{
    const utfall_returns *returns = settlement->returns;
    if (!returns)
        return;
    utfall_xml_open(xml, "return");
    utfall_xml_attribute(xml, "day_count", utfall_day_count_names[returns->days]);
    utfall_xml_ratio(xml, "multiple", returns->multiple);
    utfall_xml_ratio(xml, "npv_high", returns->npv.high);
    utfall_xml_ratio(xml, "npv_low", returns->npv.low);
    utfall_xml_ratio(xml, "rate", returns->rate);
    utfall_xml_attribute(xml, "verdict", utfall_irr_verdict_names[returns->irr->verdict]);
    for (size_t i = 0; i < returns->count; i++) {
        char date[11];
        utfall_date_text(date, returns->flows[i].date);
        utfall_xml_open(xml, "flow");
        utfall_xml_ratio(xml, "amount", returns->flows[i].amount);
        utfall_xml_attribute(xml, "date", date);
        utfall_xml_close(xml);
    }
    write_rates(xml, "root", returns->irr->roots, returns->irr->count);
    write_rates(xml, "unsure", returns->irr->unsure, returns->irr->unsure_count);
    utfall_xml_close(xml);
}

static void write_checks(utfall_xml *xml, const utfall_settlement *settlement)
{
    utfall_xml_open(xml, "checks");
    for (size_t i = 0; i < settlement->check_count; i++) {
        const utfall_check *check = &settlement->checks[i];
        utfall_xml_open(xml, "check");
        utfall_xml_attribute(xml, "id", check->id);
        utfall_xml_ratio(xml, "left", check->left);
        utfall_xml_ratio(xml, "right", check->right);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

void utfall_derived_write(utfall_xml *xml, const utfall_settlement *settlement,
                          const uint8_t recorded[32])
{
    utfall_xml_open(xml, "derived");
    utfall_xml_digest(xml, "recorded_sha256", recorded);
    write_contract(xml, settlement->contract);
    write_people(xml, settlement->sums);
    write_standard_cost(xml, settlement);
    write_series(xml, settlement);
    write_totals(xml, settlement);
    write_forecast(xml, settlement);
    write_gates(xml, settlement);
    write_payments(xml, settlement);
    write_project_cost(xml, settlement);
    write_returns(xml, settlement);
    write_checks(xml, settlement);
    utfall_xml_close(xml);
}
