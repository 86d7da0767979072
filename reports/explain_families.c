/* reports/explain_families.c - every kind of key that facts can have, with what explains it.
 *
 * A new kind of fact gets one entry here; tests/explain fails until it has one. Patterns are tried
 * in order, so that a particular key stands before a general one. */
#include <string.h>
#include "reports/explain.h"

#define COSTS "people costs"
#define REFERENCE "reference-people reference-costs standard-cost"
#define EVALUATION "evaluation.window evaluation.counts evaluation.groups"

const utfall__family utfall__families[] = {
    /* the contract */
    {"contract.id", {"Kontraktets beteckning.", "The contract's id."}, "contract.id", NULL, NULL},
    {"contract.*",
     {"Står i kontraktet under contract.{0}.", "Stands in the contract under contract.{0}."},
     "contract.{0}",
     NULL,
     NULL},
    {"as_of",
     {"Avräkningen gäller per slutet av denna månad: den som angavs med --as-of, annars den sista "
      "månad som kostnadsuppgifterna når.",
      "The settlement is as of the end of this month: the one given with --as-of, else the last "
      "month "
      "that the cost data reach."},
     "target_group.data_through",
     NULL,
     NULL},
    {"window.months",
     {"Uppföljningens längd i insatsmånader, från var och ens egen start.",
      "Length of the window in intervention months, from each person's own start."},
     "evaluation.window",
     NULL,
     NULL},
    {"window.payment_months",
     {"Antal insatsmånader som betalningen ser på.", "Intervention months that payment looks at."},
     "evaluation.payment_window evaluation.window",
     NULL,
     utfall__derive_payment_window},
    {"evaluation.design",
     {"Hur den förväntade kostnaden är känd.", "How the expected cost is known."},
     "comparison_group.design",
     NULL,
     NULL},
    {"evaluation.step",
     {"Steg på utvärderingstrappan, 1 till 5.", "Step of the evaluation ladder, 1 to 5."},
     "comparison_group.design",
     NULL,
     utfall__derive_evaluation_step},
    {"commitment",
     {"Det som finansiären har åtagit sig att betala som mest.",
      "The most that the investor has undertaken to provide."},
     "financing.commitment",
     NULL,
     NULL},
    /* people */
    {"group.*.target",
     {"Antal personer i målgruppens grupp {0}.", "People of the target group in group {0}."},
     "target_group.people evaluation.groups",
     "people",
     utfall__derive_group_target},
    {"group.*.comparison",
     {"Antal personer i jämförelsegruppens grupp {0}.",
      "People of the comparison group in group {0}."},
     "comparison_group.people evaluation.groups",
     "reference-people",
     utfall__derive_group_comparison},
    {"people.target",
     {"Antal personer i målgruppen.", "People in the target group."},
     "target_group.people",
     "people",
     utfall__derive_people},
    {"people.comparison",
     {"Antal personer i jämförelsegruppen.", "People in the comparison group."},
     "comparison_group.people",
     "reference-people",
     utfall__derive_people},
    /* by intervention month */
    {"actual.month.#",
     {"Målgruppens faktiska kostnad i insatsmånad {0}.",
      "The target group's actual cost in intervention month {0}."},
     EVALUATION,
     COSTS,
     utfall__derive_actual_month},
    {"expected.month.#",
     {"Målgruppens förväntade kostnad i insatsmånad {0}.",
      "The target group's expected cost in intervention month {0}."},
     EVALUATION,
     REFERENCE,
     utfall__derive_expected_month},
    {"below.month.#",
     {"Antal personer vars kostnad i insatsmånad {0} låg under schablonkostnaden.",
      "People whose cost in intervention month {0} lay below the standard cost."},
     EVALUATION,
     COSTS,
     utfall__derive_placed},
    {"at.month.#",
     {"Antal personer vars kostnad i insatsmånad {0} var lika med schablonkostnaden.",
      "People whose cost in intervention month {0} was equal to the standard cost."},
     EVALUATION,
     COSTS,
     utfall__derive_placed},
    {"above.month.#",
     {"Antal personer vars kostnad i insatsmånad {0} låg över schablonkostnaden.",
      "People whose cost in intervention month {0} lay above the standard cost."},
     EVALUATION,
     COSTS,
     utfall__derive_placed},
    {"standard_cost.*.#",
     {"Schablonkostnad per person i grupp {0} i insatsmånad {1}.",
      "Standard cost a person in group {0} in intervention month {1}."},
     "comparison_group evaluation.groups",
     REFERENCE,
     utfall__derive_standard_cost},
    /* by calendar month */
    {"actual.accumulated.@",
     {"Faktisk kostnad till och med {0}, ackumulerad.", "Actual cost through {0}, accumulated."},
     EVALUATION,
     COSTS,
     utfall__derive_actual_accumulated},
    {"expected.accumulated.@",
     {"Förväntad kostnad till och med {0}, ackumulerad.",
      "Expected cost through {0}, accumulated."},
     EVALUATION,
     REFERENCE,
     utfall__derive_expected_accumulated},
    {"drawn.accumulated.@",
     {"Projektkostnad till och med {0}, ackumulerad.", "Project cost through {0}, accumulated."},
     "financing.drawn",
     "drawn",
     utfall__derive_drawn_accumulated},
    {"active.@",
     {"Antal personer vars uppföljning pågick i {0}.", "People who were in their window in {0}."},
     "evaluation.window",
     "people",
     utfall__derive_active},
    /* in all */
    {"actual.total",
     {"Målgruppens faktiska kostnad under hela uppföljningen.",
      "The target group's actual cost over the whole window."},
     EVALUATION,
     COSTS,
     utfall__derive_actual},
    {"actual.paid",
     {"Målgruppens faktiska kostnad under de månader som betalningen ser på.",
      "The target group's actual cost over the months that payment looks at."},
     EVALUATION " evaluation.payment_window",
     COSTS,
     utfall__derive_actual},
    {"expected.total",
     {"Målgruppens förväntade kostnad under hela uppföljningen.",
      "The target group's expected cost over the whole window."},
     EVALUATION,
     REFERENCE,
     utfall__derive_expected},
    {"expected.paid",
     {"Målgruppens förväntade kostnad under de månader som betalningen ser på.",
      "The target group's expected cost over the months that payment looks at."},
     EVALUATION " evaluation.payment_window",
     REFERENCE,
     utfall__derive_expected},
    {"saving.total",
     {"Kostnadsminskningen: förväntad minus faktisk kostnad under hela uppföljningen.",
      "The saving: expected less actual cost over the whole window."},
     EVALUATION,
     COSTS " " REFERENCE,
     utfall__derive_saving},
    {"saving.paid",
     {"Kostnadsminskningen under de månader som betalningen ser på: den som stegen räknar med.",
      "The saving over the months that payment looks at: the one that the steps draw on."},
     EVALUATION " evaluation.payment_window",
     COSTS " " REFERENCE,
     utfall__derive_saving},
    {"drawn.total",
     {"Projektkostnaden i sin helhet: det som finansiären har betalat ut.",
      "The project cost in all: what the investor has paid out."},
     "financing.drawn",
     "drawn",
     utfall__derive_drawn},
    {"level.no_savings",
     {"Nivå för den faktiska kostnaden: här är minskningen noll.",
      "Level of the actual cost: here the saving is nought."},
     NULL,
     NULL,
     utfall__derive_no_savings},
    {"level.break_even",
     {"Nivå för den faktiska kostnaden: här är minskningen lika stor som projektkostnaden.",
      "Level of the actual cost: here the saving equals the project cost."},
     NULL,
     NULL,
     utfall__derive_break_even},
    {"level.cap",
     {"Nivå för den faktiska kostnaden: under den växer betalningen till finansiären inte mer.",
      "Level of the actual cost: below it the payment to the investor grows no more."},
     NULL,
     NULL,
     utfall__derive_cap},
    /* rows */
    {"rows.costs.total.*",
     {"Alla kostnadsrader i målgruppens filer ({0}).",
      "All cost rows of the target group's files ({0})."},
     "target_group.costs",
     "costs",
     utfall__derive_rows_total},
    {"rows.reference-costs.total.*",
     {"Alla kostnadsrader i jämförelsegruppens filer ({0}).",
      "All cost rows of the comparison group's files ({0})."},
     "comparison_group.costs",
     "reference-costs",
     utfall__derive_rows_total},
    {"rows.costs.*.*",
     {"Målgruppens kostnadsrader av klassen {0} ({1}).",
      "The target group's cost rows of the class {0} ({1})."},
     "target_group.costs",
     "costs",
     utfall__derive_rows},
    {"rows.reference-costs.*.*",
     {"Jämförelsegruppens kostnadsrader av klassen {0} ({1}).",
      "The comparison group's cost rows of the class {0} ({1})."},
     "comparison_group.costs",
     "reference-costs",
     utfall__derive_rows},
    /* conditions */
    {"outcome.*.improved",
     {"Om utfallet {0} är uppnått.", "Whether the outcome {0} has been reached."},
     NULL,
     NULL,
     utfall__derive_outcome_gate},
    {"outcome.*.sum",
     {"Summan i utfallet {0}.", "The sum of the outcome {0}."},
     NULL,
     NULL,
     utfall__derive_outcome_figure},
    {"outcome.*.persons",
     {"Antal personer som räknas i utfallet {0}.", "People counted in the outcome {0}."},
     NULL,
     NULL,
     utfall__derive_outcome_figure},
    {"outcome.*.excluded",
     {"Antal personer som utelämnas i utfallet {0}.", "People left out of the outcome {0}."},
     NULL,
     NULL,
     utfall__derive_outcome_figure},
    {"outcome.*.excluded_sum",
     {"Vad de som utelämnas i utfallet {0} hade lagt till.",
      "What those left out of the outcome {0} would have added."},
     NULL,
     NULL,
     utfall__derive_outcome_figure},
    /* payments */
    {"step.*.gate",
     {"Om villkoren för steget {0} är uppnådda.", "Whether the conditions of the step {0} hold."},
     NULL,
     NULL,
     utfall__derive_step_gate},
    {"step.*.exact",
     {"Vad steget {0} ger, exakt och före avrundning.",
      "What the step {0} gives, exactly and before rounding."},
     NULL,
     NULL,
     utfall__derive_step_exact},
    {"step.*.paid",
     {"Vad steget {0} ger, avrundat.", "What the step {0} gives, rounded."},
     NULL,
     NULL,
     utfall__derive_step_paid},
    {"step.*.residue",
     {"Avrundningsrest i steget {0}.", "Rounding residue of the step {0}."},
     NULL,
     NULL,
     utfall__derive_step_residue},
    {"due.*.*",
     {"Vad {0} ska betala till {1}.", "What {0} is to pay to {1}."},
     NULL,
     NULL,
     utfall__derive_due},
    {"result.*",
     {"Vad kontraktet betyder i pengar för {0}.", "What the contract means in money for {0}."},
     "evaluation.saving_to financing.investor",
     NULL,
     utfall__derive_result},
    {"borne.*",
     {"Vad {0} bär av projektkostnaden.", "What {0} bears of the project cost."},
     "financing.investor",
     NULL,
     utfall__derive_borne},
    /* return */
    {"return.day_count",
     {"Hur tiden mellan två betalningar räknas i år.",
      "How the time between two payments becomes years."},
     "financing.returns",
     "drawn",
     utfall__derive_returns},
    {"return.multiple",
     {"Återbetalningskvoten: allt finansiären får delat med allt den betalar.",
      "The money multiple: all that the investor receives over all that it pays."},
     "financing.returns",
     "drawn",
     utfall__derive_returns},
    {"return.irr.verdict",
     {"Vad som är känt om internräntorna.",
      "What is known of the internal rates of return."},
     "financing.returns",
     "drawn",
     utfall__derive_returns},
    {"return.irr.roots",
     {"Antal internräntor över −100 %, bevisat.",
      "Number of internal rates of return above -100 %, proved."},
     "financing.returns",
     "drawn",
     utfall__derive_returns},
    {"return.irr.*",
     {"En gräns ({0}) för finansiärens internränta.",
      "A bound ({0}) of the internal rate of return of the investor."},
     "financing.returns",
     "drawn",
     utfall__derive_returns},
    {"return.npv.*",
     {"Nuvärdet av finansiärens betalningar ({0}).",
      "The present value of the payments of the investor ({0})."},
     "financing.returns",
     "drawn",
     utfall__derive_returns},
    {"check.#.value",
     {"Värdet i kontroll {0}.", "The value of check {0}."},
     NULL,
     NULL,
     utfall__derive_check},
    {"check.#",
     {"Vad kontroll {0} jämför.", "What check {0} compares."},
     NULL,
     NULL,
     utfall__derive_check},
    {NULL, {NULL, NULL}, NULL, NULL, NULL},
};

/* ---- patterns ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes at `key` that wildcard `kind` can stand for: at least `least`, the longest first. */
static bool wildcard_fits(char kind, const char *key, size_t len)
{
    if (kind == '*')
        return true;
    if (kind == '@')
        return len == 7 && is_digit(key[0]) && is_digit(key[1]) && is_digit(key[2]) &&
               is_digit(key[3]) && key[4] == '-' && is_digit(key[5]) && is_digit(key[6]);
    for (size_t i = 0; i < len; i++)
        if (!is_digit(key[i]))
            return false;
    return true;
}

/* Recursion goes as deep as a pattern has wildcards. */
static bool pattern_fits(const char *pattern, const char *key, const char **from, size_t *len)
{
    while (*pattern != '\0' && *pattern != '*' && *pattern != '#' && *pattern != '@')
        if (*pattern++ != *key++)
            return false;
    if (*pattern == '\0')
        return *key == '\0';
    for (size_t n = strlen(key); n > 0; n--) {
        if (!wildcard_fits(*pattern, key, n) ||
            !pattern_fits(pattern + 1, key + n, from + 1, len + 1))
            continue;
        *from = key;
        *len = n;
        return true;
    }
    return false;
}

const utfall__family *utfall__family_find(utfall_run *run, const char **captured, const char *key)
{
    for (const utfall__family *family = utfall__families; family->pattern != NULL; family++) {
        const char *from[UTFALL__CAPTURES_MAX + 1] = {NULL};
        size_t len[UTFALL__CAPTURES_MAX + 1] = {0};
        if (!pattern_fits(family->pattern, key, from, len))
            continue;
        for (size_t i = 0; run != NULL && i < UTFALL__CAPTURES_MAX; i++)
            captured[i] = from[i] == NULL ? "" : utfall_run_text(run, from[i], len[i]);
        return family;
    }
    return NULL;
}

bool utfall_explain_knows(const char *key)
{
    return utfall__family_find(NULL, NULL, key) != NULL;
}
