/* reports/explain_costs.c - derivations of costs: by intervention month, by calendar month, in all.
 *
 * In: a settlement and its sums. Out: the numbers of each formula as they stand in the sums, with
 * the settlement's own result after the sign of equality. Nothing is computed here but what a
 * reader sees being added or multiplied. */
#include "reports/explain.h"

static const utfall_rat *minor(const utfall__explanation *e, int64_t amount)
{
    return utfall__rat_of_minor(e->run, amount);
}

static const char *decimal(const utfall__explanation *e, size_t number)
{
    return utfall_run_decimal(e->run, (int64_t)number);
}

static uint32_t captured_nth(const utfall__explanation *e, size_t i)
{
    const uint32_t k = utfall__captured_number(e, i);
    return k >= 1 && k <= e->settlement->contract->window_months ? k : 1;
}

static void column(utfall__explanation *e, const char *sv, const char *en, bool is_number)
{
    utfall__sheet_column(e->sheet, e->language == UTFALL_SV ? sv : en, is_number);
}

static void group_cell(utfall__explanation *e, size_t g)
{
    const utfall_contract *contract = e->settlement->contract;
    utfall__sheet_cell(e->sheet, utfall__group_words(e->run, e->language, contract, g));
    utfall__sheet_cell(e->sheet, contract->group_labels[g]);
}

/* ---- by intervention month ---- */

static void month_rows_add(utfall__explanation *e, uint32_t k)
{
    if (e->data == NULL || e->data->target.month_rows == NULL || k > e->data->target.months)
        return;
    utfall__more_add(
        e, utfall__tell(e, "I insatsmånad {0} räknades {1} kostnadsrader i målgruppen.",
                        "In intervention month {0}, {1} cost rows of the target group "
                        "were counted.",
                        decimal(e, k),
                        utfall__count(e->run, e->language, e->data->target.month_rows[k - 1])));
}

void utfall__derive_actual_month(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const uint32_t k = captured_nth(e, 0), window = s->contract->window_months;
    utfall__formula f;
    utfall__step_add(e, utfall__tell(e,
                                     "Kostnaderna i insatsmånad {0}, som räknas från var och ens "
                                     "egen start, läggs ihop för alla grupper:",
                                     "The costs in intervention month {0}, counted from each "
                                     "person's own start, are added up over the groups:",
                                     decimal(e, k)));
    utfall__sheet_table(e->sheet, utfall__tell(e, "Målgruppens kostnad i insatsmånad {0}",
                                               "The target group's cost in intervention month {0}",
                                               decimal(e, k)));
    column(e, "Grupp", "Group", false);
    column(e, "Nyckel", "Key", false);
    column(e, "Personer", "People", true);
    column(e, "Kostnad", "Cost", true);
    for (size_t g = 0; g < s->contract->group_count; g++) {
        group_cell(e, g);
        utfall__sheet_cell(e->sheet,
                           utfall__count(e->run, e->language, utfall__persons_in(e, g, k)));
        utfall__sheet_cell(e->sheet, utfall__amount_bare(
                                         e->run, e->language,
                                         minor(e, s->sums->target.cost_minor[g * window + k - 1])));
    }
    utfall__formula_start(&f, e);
    for (size_t g = 0; g < s->contract->group_count; g++) {
        if (g > 0)
            utfall__formula_sign(&f, " + ");
        utfall__formula_value(&f, minor(e, s->sums->target.cost_minor[g * window + k - 1]),
                              UTFALL__MONEY);
    }
    utfall__formula_equals(&f, s->actual_month[k - 1], UTFALL__MONEY);
    month_rows_add(e, k);
}

static void expected_words_add(utfall__explanation *e, uint32_t k)
{
    if (e->settlement->price_weights != NULL)
        utfall__step_add(e, utfall__tell(e,
                                         "Varje grupps schablonkostnad i insatsmånad {0}, i "
                                         "basmånadens prisläge, gånger personerna i målgruppen "
                                         "vägda med prisnivån i var och ens månad (se "
                                         "standard_cost.<grupp>.{0} och price_weight.<grupp>.{0}):",
                                         "Each group's standard cost in intervention month {0}, at "
                                         "the prices of the base month, times the people of the "
                                         "target group weighted by the price level of their own "
                                         "month (see standard_cost.<group>.{0} and "
                                         "price_weight.<group>.{0}):",
                                         decimal(e, k)));
    else
        utfall__step_add(e, utfall__tell(e,
                                         "Varje grupps schablonkostnad i insatsmånad {0} gånger "
                                         "antalet personer i målgruppen (se "
                                         "standard_cost.<grupp>.{0}):",
                                         "Each group's standard cost in intervention month {0} "
                                         "times the number of people in the target group (see "
                                         "standard_cost.<group>.{0}):",
                                         decimal(e, k)));
}

static void expected_table_add(utfall__explanation *e, uint32_t k)
{
    const utfall_settlement *s = e->settlement;
    utfall__sheet_table(e->sheet,
                        utfall__tell(e, "Förväntad kostnad i insatsmånad {0}",
                                     "Expected cost in intervention month {0}", decimal(e, k)));
    column(e, "Grupp", "Group", false);
    column(e, "Nyckel", "Key", false);
    column(e, "Personer", "People", true);
    column(e, "Schablon", "Standard cost", true);
    for (size_t g = 0; g < s->contract->group_count; g++) {
        const utfall_rat *standard = s->standard_cost[g * s->contract->window_months + k - 1];
        if (standard == NULL)
            continue;
        group_cell(e, g);
        utfall__sheet_cell(e->sheet,
                           utfall__count(e->run, e->language, utfall__persons_in(e, g, k)));
        utfall__sheet_cell(e->sheet, utfall__amount_bare(e->run, e->language, standard));
    }
}

void utfall__derive_expected_month(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const uint32_t k = captured_nth(e, 0), window = s->contract->window_months;
    utfall__formula f;
    bool is_first = true;
    expected_words_add(e, k);
    expected_table_add(e, k);
    utfall__formula_start(&f, e);
    for (size_t g = 0; g < s->contract->group_count; g++) {
        if (s->standard_cost[g * window + k - 1] == NULL)
            continue;
        if (!is_first)
            utfall__formula_sign(&f, " + ");
        is_first = false;
        if (s->price_weights != NULL)
            utfall__formula_value(&f, s->price_weights[g * window + k - 1], UTFALL__NUMBER);
        else
            utfall__formula_count(&f, utfall__persons_in(e, g, k));
        utfall__formula_sign(&f, " * ");
        utfall__formula_value(&f, s->standard_cost[g * window + k - 1], UTFALL__MONEY);
    }
    if (is_first)
        utfall__formula_count(&f, 0);
    utfall__formula_equals(&f, s->expected_month[k - 1], UTFALL__MONEY);
}

void utfall__derive_placed(utfall__explanation *e)
{
    const utfall_sums *sums = e->settlement->sums;
    const uint32_t k = captured_nth(e, 0);
    utfall__formula f;
    utfall__step_add(
        e,
        utfall__tell(e,
                     "Var och ens kostnad i insatsmånad {0} jämförs med gruppens schablonkostnad "
                     "samma månad (se standard_cost.<grupp>.{0}). De som låg under, lika med och "
                     "över är tillsammans alla som räknas den månaden:",
                     "Each person's cost in intervention month {0} is compared with the group's "
                     "standard cost of that month (see standard_cost.<group>.{0}). Those below, at "
                     "and above are together everybody counted in that month:",
                     decimal(e, k)));
    if (sums->price_index != NULL)
        utfall__more_add(e, utfall__tell(e,
                                         "Schablonkostnaden är då omräknad till prisläget i den "
                                         "kalendermånad som det var för personen.",
                                         "The standard cost is then carried to the prices of the "
                                         "calendar month that it was for the person."));
    utfall__formula_start(&f, e);
    utfall__formula_count(&f, sums->below[k - 1]);
    utfall__formula_sign(&f, " + ");
    utfall__formula_count(&f, sums->at[k - 1]);
    utfall__formula_sign(&f, " + ");
    utfall__formula_count(&f, sums->above[k - 1]);
    utfall__formula_count_equals(&f, sums->below[k - 1] + sums->at[k - 1] + sums->above[k - 1]);
    utfall__more_add(
        e, utfall__tell(e, "I ordning: below.month.{0}, at.month.{0} och above.month.{0}.",
                        "In order: below.month.{0}, at.month.{0} and above.month.{0}.",
                        decimal(e, k)));
}

void utfall__derive_standard_cost(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const size_t g = utfall__captured_group(e, 0);
    const uint32_t k = captured_nth(e, 1), window = s->contract->window_months;
    utfall__formula f;
    if (g == SIZE_MAX)
        return;
    const char *group = utfall__group_words(e->run, e->language, s->contract, g);
    if (s->sums->agreed != NULL) {
        utfall__step_add(e,
                         utfall__tell(e,
                                      "Schablonkostnaden är avtalad: tabellens rad för grupp {0} "
                                      "({1}) och månad {2} säger {3} i minsta enheter (öre).",
                                      "The standard cost was agreed: the table's row for group {0} "
                                      "({1}) and month {2} says {3} in minor units.",
                                      e->captured[0], group, decimal(e, k), e->fact->value));
        if (s->sums->price_index != NULL)
            utfall__more_add(e, utfall__tell(e, "Den är avtalad i prisläget {0}.",
                                             "It was agreed at the prices of {0}.",
                                             utfall__base_words(e)));
        return;
    }
    const uint64_t *followed = s->sums->comparison.followed;
    utfall__step_add(
        e,
        utfall__tell(e,
                     followed != NULL
                         ? "Jämförelsegruppens kostnad i insatsmånad {0} i grupp {1} ({2}) delas "
                           "med dem i gruppen som då ännu följs (som mest group.{1}.comparison):"
                         : "Jämförelsegruppens kostnad i insatsmånad {0} i grupp {1} ({2}) delas "
                           "med alla i gruppen, också dem vars insats har upphört (se "
                           "group.{1}.comparison):",
                     followed != NULL
                         ? "The comparison group's cost in intervention month {0} in group {1} "
                           "({2}) is divided by those in the group who are still followed then (at "
                           "most group.{1}.comparison):"
                         : "The comparison group's cost in intervention month {0} in group {1} "
                           "({2}) is divided by everybody in the group, also those whose care has "
                           "ended (see group.{1}.comparison):",
                     decimal(e, k), e->captured[0], group));
    if (s->sums->price_index != NULL)
        utfall__carried_add(e);
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, minor(e, s->sums->comparison.cost_minor[g * window + k - 1]),
                          UTFALL__MONEY);
    utfall__formula_sign(&f, " / ");
    utfall__formula_count(&f, followed != NULL ? followed[g * window + k - 1]
                                               : s->sums->comparison.persons[g]);
    utfall__formula_equals(&f, s->standard_cost[g * window + k - 1], UTFALL__MONEY);
}

/* ---- in all ---- */

static void months_sum(utfall__explanation *e, const utfall_rat *const *month, size_t count,
                       const utfall_rat *sum)
{
    utfall__formula f;
    utfall__formula_start(&f, e);
    for (size_t k = 0; k < count; k++) {
        if (k > 0)
            utfall__formula_sign(&f, " + ");
        utfall__formula_value(&f, month[k], UTFALL__MONEY);
    }
    utfall__formula_equals(&f, sum, UTFALL__MONEY);
}

/* The pattern "actual.total" or "actual.paid": over the window, or what payment looks at. */
static bool is_paid(const utfall__explanation *e)
{
    const char *key = e->fact->key;
    size_t len = 0;
    while (key[len] != '\0' && key[len] != '.')
        len++;
    return key[len] == '.' && key[len + 1] == 'p';
}

static void total_add(utfall__explanation *e, const char *name, const utfall_rat *const *month,
                      const utfall_rat *sum)
{
    const size_t count = is_paid(e) ? e->settlement->contract->payment_months
                                    : e->settlement->contract->window_months;
    utfall__step_add(e, utfall__tell(e,
                                     "Summan över insatsmånaderna 1 till {0} (se {1}.1 och så "
                                     "vidare):",
                                     "The sum over intervention months 1 to {0} (see {1}.1 and so "
                                     "on):",
                                     decimal(e, count), name));
    months_sum(e, month, count, sum);
}

/* Cost by group over the months that are counted, with the same sum once more. */
static void groups_add(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const uint32_t window = s->contract->window_months;
    const uint32_t count = is_paid(e) ? s->contract->payment_months : window;
    utfall__formula f;
    utfall__step_add(e, utfall__tell(e, "Samma summa per grupp:", "The same sum by group:"));
    utfall__sheet_table(e->sheet,
                        utfall__tell(e, "Faktisk kostnad per grupp", "Actual cost by group"));
    column(e, "Grupp", "Group", false);
    column(e, "Nyckel", "Key", false);
    column(e, "Personer", "People", true);
    column(e, "Kostnad", "Cost", true);
    utfall__formula_start(&f, e);
    for (size_t g = 0; g < s->contract->group_count; g++) {
        const utfall_rat *cost = minor(e, 0);
        for (uint32_t k = 0; k < count; k++)
            cost =
                utfall_rat_add(e->run, cost, minor(e, s->sums->target.cost_minor[g * window + k]));
        group_cell(e, g);
        utfall__sheet_cell(e->sheet,
                           utfall__count(e->run, e->language, s->sums->target.persons[g]));
        utfall__sheet_cell(e->sheet, utfall__amount_bare(e->run, e->language, cost));
        if (g > 0)
            utfall__formula_sign(&f, " + ");
        utfall__formula_value(&f, cost, UTFALL__MONEY);
    }
    utfall__formula_equals(&f, is_paid(e) ? s->paid_actual : s->actual, UTFALL__MONEY);
}

void utfall__derive_actual(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    total_add(e, "actual.month", s->actual_month, is_paid(e) ? s->paid_actual : s->actual);
    groups_add(e);
}

void utfall__derive_expected(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    total_add(e, "expected.month", s->expected_month, is_paid(e) ? s->paid_expected : s->expected);
    if (s->price_weights != NULL) {
        utfall__more_add(e, utfall__tell(e,
                                         "Varje månads belopp är gruppernas schablonkostnad i "
                                         "prisläget {0} gånger personerna i målgruppen, vägda med "
                                         "prisnivån i var och ens månad.",
                                         "Each month's amount is the groups' standard cost at the "
                                         "prices of {0} times the people of the target group, "
                                         "weighted by the price level of their own month.",
                                         utfall__base_words(e)));
        return;
    }
    utfall__more_add(e, utfall__tell(e,
                                     "Varje månads belopp är gruppernas schablonkostnad gånger "
                                     "antalet personer i målgruppen.",
                                     "Each month's amount is the groups' standard cost times the "
                                     "number of people in the target group."));
}

void utfall__derive_saving(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const bool paid = is_paid(e);
    const char *which = paid ? "paid" : "total";
    utfall__formula f;
    utfall__step_add(e, utfall__tell(e,
                                     "Kostnadsminskning = förväntad kostnad − faktisk kostnad (se "
                                     "expected.{0} och actual.{0}):",
                                     "Saving = expected cost − actual cost (see expected.{0} and "
                                     "actual.{0}):",
                                     which));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, paid ? s->paid_expected : s->expected, UTFALL__MONEY);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, paid ? s->paid_actual : s->actual, UTFALL__MONEY);
    utfall__formula_equals(&f, paid ? s->paid_saving : s->saving, UTFALL__MONEY);
    utfall__more_add(e, utfall__tell(e, "Ett minus säger att kostnaden blev högre än väntat.",
                                     "A minus says that the cost was higher than expected."));
}

void utfall__derive_drawn(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    utfall__formula f;
    bool is_first = true;
    utfall__step_add(e, utfall__tell(e, "Projektkostnaden månad för månad läggs ihop:",
                                     "The project cost is added up month by month:"));
    utfall__formula_start(&f, e);
    for (size_t t = 0; t < s->sums->month_count; t++) {
        if (s->sums->drawn_minor[t] == 0)
            continue;
        if (!is_first)
            utfall__formula_sign(&f, " + ");
        is_first = false;
        utfall__formula_value(&f, minor(e, s->sums->drawn_minor[t]), UTFALL__MONEY);
    }
    if (is_first)
        utfall__formula_value(&f, minor(e, 0), UTFALL__MONEY);
    utfall__formula_equals(&f, s->drawn, UTFALL__MONEY);
}

/* ---- levels ---- */

static void level_add(utfall__explanation *e, const utfall_rat *less, const utfall_rat *level)
{
    utfall__formula f;
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, e->settlement->expected, UTFALL__MONEY);
    if (less != NULL) {
        utfall__formula_sign(&f, " - ");
        utfall__formula_value(&f, less, UTFALL__MONEY);
    }
    utfall__formula_equals(&f, level, UTFALL__MONEY);
}

void utfall__derive_no_savings(utfall__explanation *e)
{
    utfall__step_add(e, utfall__tell(e, "Nivån är den förväntade kostnaden (se expected.total):",
                                     "The level is the expected cost (see expected.total):"));
    level_add(e, NULL, e->settlement->level_no_savings);
}

void utfall__derive_break_even(utfall__explanation *e)
{
    utfall__step_add(e, utfall__tell(e,
                                     "Förväntad kostnad − projektkostnad (se expected.total och "
                                     "drawn.total):",
                                     "Expected cost − project cost (see expected.total and "
                                     "drawn.total):"));
    level_add(e, e->settlement->drawn, e->settlement->level_break_even);
}

void utfall__derive_cap(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const utfall_rat *highest = utfall_rat_sub(e->run, s->expected, s->level_cap);
    utfall__step_add(e,
                     utfall__tell(e,
                                  "Förväntad kostnad − den högsta övre gränsen bland de steg som "
                                  "ger finansiären en del av minskningen ({0}):",
                                  "Expected cost − the highest upper end among the steps that "
                                  "give the investor a share of the saving ({0}):",
                                  utfall__money_words(e, highest)));
    level_add(e, highest, s->level_cap);
    for (size_t i = 0; i < s->contract->step_count; i++)
        if (s->lines[i].high != NULL && s->lines[i].step->of.kind == UTFALL_MEASURE_SAVING &&
            s->lines[i].step->to == s->contract->investor)
            utfall__terms_add(
                e, utfall_run_join(e->run, utfall__step_path(e, i), ".between", (const char *)NULL),
                "");
}
