/* reports/explain_outcomes.c - derivations of outcomes: what they came to and whether they hold.
 *
 * In: outcomes of a contract and what they came to. Out: the demand with the figure put in, and the
 * terms. An outcome that is not known yet is told so, without a formula. */
#include "reports/explain.h"

const utfall_rat *utfall__outcome_figure(const utfall__explanation *e, size_t outcome,
                                         utfall_figure figure)
{
    const utfall_outcome_result *result = &e->settlement->sums->outcomes[outcome];
    switch (figure) {
    case UTFALL_FIGURE_SUM:
        return result->sum;
    case UTFALL_FIGURE_PERSONS:
        return result->persons > INT64_MAX ? NULL
                                           : utfall_rat_of(e->run, (int64_t)result->persons, 1);
    case UTFALL_FIGURE_IMPROVED:
        return NULL;
    case UTFALL_FIGURE_RATE:
        return result->rate;
    case UTFALL_FIGURE_CLAIMS:
        return result->claims;
    }
    return NULL;
}

static void demand_add(utfall__explanation *e, size_t o, const utfall_rat *value)
{
    static const char *const signs[] = {" > ", " >= ", " < ", " <= "};
    const utfall_outcome *outcome = &e->settlement->contract->outcomes[o];
    const char *figure = utfall_figure_names[outcome->figure];
    utfall__formula f;
    utfall__step_add(
        e, utfall__tell(e, "Kravet är {0} {1} {2} (se outcome.{3}.{0}). Med talen insatta:",
                        "The demand is {0} {1} {2} (see outcome.{3}.{0}). With the numbers put in:",
                        figure, utfall_relation_names[outcome->relation],
                        utfall__number(e->run, e->language, outcome->threshold), outcome->id));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, value, UTFALL__NUMBER);
    utfall__formula_sign(&f, signs[outcome->relation]);
    utfall__formula_value(&f, outcome->threshold, UTFALL__NUMBER);
    utfall__formula_truth(&f, e->settlement->gates[o]);
}

static void terms_add(utfall__explanation *e, const utfall_outcome *outcome)
{
    utfall__terms_add(e, utfall_run_join(e->run, "outcomes.", outcome->id, (const char *)NULL),
                      NULL);
}

void utfall__derive_outcome_gate(utfall__explanation *e)
{
    const size_t o = utfall__captured_outcome(e, 0);
    if (o == SIZE_MAX)
        return;
    const utfall_outcome *outcome = &e->settlement->contract->outcomes[o];
    const utfall_rat *value = utfall__outcome_figure(e, o, outcome->figure);
    if (e->settlement->known != NULL && !e->settlement->known[o])
        utfall__step_add(e, utfall__tell(e,
                                         "Utfallet är inte känt än vid den här avräkningen; inget "
                                         "steg betalar på det (se known.{0}).",
                                         "The outcome is not known yet as of this settlement; no "
                                         "step pays on it (see known.{0}).",
                                         outcome->id));
    else if (outcome->threshold == NULL || value == NULL)
        utfall__step_add(e,
                         utfall__tell(e, "Utfallet är uppgivet i kontraktet, inte beräknat här.",
                                      "The outcome is stated in the contract, not computed here."));
    else
        demand_add(e, o, value);
    terms_add(e, outcome);
}

void utfall__derive_outcome_figure(utfall__explanation *e)
{
    const size_t o = utfall__captured_outcome(e, 0);
    if (o == SIZE_MAX)
        return;
    const utfall_outcome *outcome = &e->settlement->contract->outcomes[o];
    if (outcome->kind == UTFALL_OUTCOME_STATED)
        utfall__step_add(e,
                         utfall__tell(e, "Talet är uppgivet i kontraktet, inte beräknat här.",
                                      "The figure is stated in the contract, not computed here."));
    else
        utfall__step_add(
            e, utfall__tell(e,
                            "Talet räknades fram när utfallets filer lästes, efter "
                            "reglerna nedan.",
                            "The figure was counted when the outcome's files were read, by "
                            "the rules below."));
    terms_add(e, outcome);
}
