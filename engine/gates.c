/* Gates: which outcomes hold.
 *
 * A gate is the value stated in the contract, or a figure of the outcome against a threshold with
 * the relation that the contract writes. An outcome that has neither is never a gate; it counts as
 * not holding, and so does one that cannot be known yet. */
#include "engine/stages.h"
#include "engine/core/ban.h"

bool utfall__outcome_is_known(const utfall_outcome *outcome, utfall_month as_of)
{
    return outcome->known_from.ordinal == 0 || outcome->known_from.ordinal <= as_of.ordinal;
}

utfall_status utfall__known_compute(utfall_run *run, const bool **out,
                                    const utfall_contract *contract, utfall_month as_of)
{
    bool *known = utfall_run_array(run, contract->outcome_count, sizeof *known);
    if (known == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < contract->outcome_count; i++)
        known[i] = utfall__outcome_is_known(&contract->outcomes[i], as_of);
    *out = known;
    return UTFALL_OK;
}

static bool relation_holds(utfall_relation relation, int order)
{
    switch (relation) {
    case UTFALL_GT:
        return order > 0;
    case UTFALL_GE:
        return order >= 0;
    case UTFALL_LT:
        return order < 0;
    case UTFALL_LE:
        return order <= 0;
    }
    return false;
}

static const utfall_rat *figure_value(utfall_run *run, const utfall_outcome *outcome,
                                      const utfall_outcome_result *result)
{
    switch (outcome->figure) {
    case UTFALL_FIGURE_SUM:
        return result->sum;
    case UTFALL_FIGURE_PERSONS:
        return result->persons > INT64_MAX ? NULL : utfall_rat_of(run, (int64_t)result->persons, 1);
    case UTFALL_FIGURE_IMPROVED:
        return NULL; /* what the gate decides cannot decide the gate */
    case UTFALL_FIGURE_RATE:
        return result->rate;
    case UTFALL_FIGURE_CLAIMS:
        return result->claims;
    }
    return NULL;
}

utfall_status utfall__gates_compute(utfall_run *run, const bool **out,
                                    const utfall_contract *contract, const bool *known,
                                    const utfall_outcome_result *outcomes)
{
    bool *gates = utfall_run_array(run, contract->outcome_count, sizeof *gates);
    if (gates == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < contract->outcome_count; i++) {
        const utfall_outcome *outcome = &contract->outcomes[i];
        if (known != NULL && !known[i])
            continue; /* closed */
        if (outcome->threshold == NULL) {
            gates[i] = outcome->has_value && outcome->value;
            continue;
        }
        const utfall_rat *figure = figure_value(run, outcome, &outcomes[i]);
        if (figure == NULL)
            return utfall__refuse(
                run, contract, UTFALL_E_MISSING,
                utfall_run_join(run, "outcomes.", outcome->id, (const char *)NULL), outcome->clause,
                utfall_run_join(run, "outcome \"", outcome->id, "\" has no ",
                                utfall_figure_names[outcome->figure],
                                " to compare with its threshold", (const char *)NULL),
                "give the outcome its figure, or state its value");
        gates[i] =
            relation_holds(outcome->relation, utfall_rat_compare(figure, outcome->threshold));
    }
    *out = gates;
    return UTFALL_OK;
}
