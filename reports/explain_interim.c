/* reports/explain_interim.c - derivations of what settlements in a chain say: what was paid before,
 * corrections, forecasts.
 *
 * In: a settlement with a history or a forecast. Out: formulas with its numbers. What a
 * ledger took over from the one before is told as taken over: its derivation stands there. */
#include <string.h>
#include "reports/explain.h"

enum { EFFECTS_SHOWN_MAX = 60 };

static const utfall_rat *money(const utfall__explanation *e, utfall_money amount)
{
    return utfall_rat_of_money(e->run, amount);
}

static const char *month_words(const utfall__explanation *e, utfall_month month)
{
    return utfall__month_long(e->run, e->language, month);
}

/* ---- what went before ---- */

void utfall__derive_before(utfall__explanation *e)
{
    const utfall_history *history = e->settlement->sums->history;
    if (history == NULL) {
        utfall__step_add(e, utfall__tell(e, "Ingen tidigare avräkning finns.",
                                         "There is no earlier settlement."));
        return;
    }
    utfall__step_add(e, utfall__tell(e,
                                     "Övertaget från den förra avräkningen, till och med {0}. Där "
                                     "förklaras det: utfall explain FÖRRA NYCKEL. utfall verify "
                                     "--previous prövar att det är rätt övertaget.",
                                     "Taken over from the settlement before, through {0}. It is "
                                     "explained there: utfall explain PREVIOUS KEY. utfall verify "
                                     "--previous checks that it was taken over rightly.",
                                     month_words(e, history->as_of)));
}

void utfall__derive_step_due(utfall__explanation *e)
{
    const size_t i = utfall__captured_step(e, 0);
    const utfall_settlement *s = e->settlement;
    utfall__formula f;
    if (i == SIZE_MAX || s->step_due == NULL)
        return;
    utfall__step_add(e, utfall__tell(e,
                                     "Det steget ger i allt, minus vad det hade gett förra gången "
                                     "(se step.{0}.paid och step.{0}.before):",
                                     "What the step comes to in all, less what it had come to last "
                                     "time (see step.{0}.paid and step.{0}.before):",
                                     e->captured[0]));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, money(e, s->lines[i].paid), UTFALL__MONEY);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, money(e, s->step_before[i]), UTFALL__MONEY);
    utfall__formula_equals(&f, money(e, s->step_due[i]), UTFALL__MONEY);
}

/* carried, written_off */
void utfall__derive_too_much(utfall__explanation *e)
{
    const utfall_due *due =
        utfall__due_between(e, utfall__captured_party(e, 0), utfall__captured_party(e, 1));
    utfall__formula f;
    if (due == NULL)
        return;
    const bool is_carried = strncmp(e->fact->key, "carried", 7) == 0;
    utfall__step_add(e, utfall__tell(e,
                                     "Det betalade, nu och tidigare, är rätten till dags dato och "
                                     "det som blev för mycket (se before.{0}.{1}, due.{0}.{1}, "
                                     "entitlement.{0}.{1}, {2}.{0}.{1}):",
                                     "What is paid, now and before, is the entitlement to date and "
                                     "what was too much (see before.{0}.{1}, due.{0}.{1}, "
                                     "entitlement.{0}.{1}, {2}.{0}.{1}):",
                                     e->captured[0], e->captured[1],
                                     is_carried ? "written_off" : "carried"));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, money(e, due->before), UTFALL__MONEY);
    utfall__formula_sign(&f, " + ");
    utfall__formula_value(&f, money(e, due->amount), UTFALL__MONEY);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, money(e, due->entitlement), UTFALL__MONEY);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, money(e, is_carried ? due->written_off : due->carried),
                          UTFALL__MONEY);
    utfall__formula_equals(&f, money(e, is_carried ? due->carried : due->written_off),
                           UTFALL__MONEY);
}

/* ---- corrections ---- */

void utfall__derive_correction_count(utfall__explanation *e)
{
    const utfall_history *history = e->settlement->sums->history;
    if (history == NULL)
        return;
    utfall__step_add(e,
                     utfall__tell(e,
                                  "Summorna har räknats om ur dagens data som de var till och med "
                                  "{0}; varje siffra som skiljer sig är en rättelse (se "
                                  "correction.1.old och så vidare).",
                                  "The sums were computed again from today's data as they were "
                                  "through {0}; each figure that differs is a correction (see "
                                  "correction.1.old and so on).",
                                  month_words(e, history->as_of)));
    if (history->correction_count > 0)
        utfall__more_add(
            e, utfall__tell(e, "Skälet som angavs: {0}", "The reason given: {0}", history->reason));
}

static const char *subject_words(const utfall__explanation *e, const utfall_correction *c)
{
    const utfall_contract *contract = e->settlement->contract;
    const char *name = utfall_subject_names[c->subject];
    if (c->k > 0)
        return utfall__tell(e, "{0}, grupp {1}, insatsmånad {2}",
                            "{0}, group {1}, intervention month {2}", name,
                            contract->group_labels[c->group], utfall_run_decimal(e->run, c->k));
    if (c->month.ordinal != 0)
        return utfall__tell(e, "{0}, {1}", "{0}, {1}", name, month_words(e, c->month));
    return utfall__tell(e, "{0}, utfallet {1}", "{0}, outcome {1}", name,
                        contract->outcomes[c->outcome].id);
}

/* The effects of all corrections, which add up; a long list is left to the facts. */
static void effects_add(utfall__explanation *e, const utfall_history *history, bool is_saving)
{
    const utfall_rat *sum = utfall_rat_of(e->run, 0, 1);
    utfall__formula f;
    if (history->correction_count > EFFECTS_SHOWN_MAX)
        return;
    utfall__step_add(e,
                     utfall__tell(e, "Verkningarna av alla rättelser, i ordning, och tillsammans:",
                                  "The effects of all corrections, in order, and together:"));
    utfall__formula_start(&f, e);
    for (size_t i = 0; i < history->correction_count; i++) {
        const utfall_correction *c = &history->corrections[i];
        const utfall_rat *effect = is_saving ? c->saving : c->paid;
        if (i > 0)
            utfall__formula_sign(&f, " + ");
        utfall__formula_value(&f, effect, UTFALL__MONEY);
        sum = utfall_rat_add(e->run, sum, effect);
    }
    utfall__formula_equals(&f, sum, UTFALL__MONEY);
}

void utfall__derive_correction(utfall__explanation *e)
{
    const utfall_history *history = e->settlement->sums->history;
    const uint32_t number = utfall__captured_number(e, 0);
    if (history == NULL || number < 1 || number > history->correction_count)
        return;
    const utfall_correction *c = &history->corrections[number - 1];
    utfall__step_add(e,
                     utfall__tell(e,
                                  "Rättelsen gäller {0}. Nytt minus gammalt (öre eller antal; se "
                                  "correction.{1}.now och correction.{1}.old):",
                                  "The correction is about {0}. New less old (minor units or a "
                                  "count; see correction.{1}.now and correction.{1}.old):",
                                  subject_words(e, c), e->captured[0]));
    const utfall_rat *change = utfall_rat_sub(e->run, c->now, c->old);
    utfall__sheet_add(e->sheet, UTFALL__FORMULA,
                      utfall_run_join(e->run, utfall_rat_text(e->run, c->now), " - ",
                                      utfall_rat_sign(c->old) < 0 ? "(" : "",
                                      utfall_rat_text(e->run, c->old),
                                      utfall_rat_sign(c->old) < 0 ? ")" : "", " = ",
                                      utfall_rat_text(e->run, change), (const char *)NULL));

    utfall__more_add(
        e, utfall__tell(e,
                        "När den rättas efter dem före i listan ändras minskningen med {0} "
                        "och det som stegen ger, före avrundning, med {1}. Verkningarna "
                        "läggs ihop till alla rättelsers.",
                        "When it is put right after those before it in the list, the "
                        "saving changes by {0} and what the steps come to, before "
                        "rounding, by {1}. The effects add up to that of all corrections.",
                        utfall__money_words(e, c->saving), utfall__money_words(e, c->paid)));
    if (strcmp(e->captured[1], "saving") == 0 || strcmp(e->captured[1], "paid") == 0)
        effects_add(e, history, e->captured[1][0] == 's');
}

/* ---- forecast ---- */

static void difference_add(utfall__explanation *e, const char *sv, const char *en,
                           const utfall_rat *a, const char *sign, const utfall_rat *b,
                           const utfall_rat *result)
{
    utfall__formula f;
    utfall__step_add(e, utfall__tell(e, sv, en));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, a, UTFALL__MONEY);
    utfall__formula_sign(&f, sign);
    utfall__formula_value(&f, b, UTFALL__MONEY);
    utfall__formula_equals(&f, result, UTFALL__MONEY);
}

void utfall__derive_forecast(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const utfall_forecast *f = s->forecast;
    const char *name = e->captured[0];
    if (f == NULL)
        return;
    if (strcmp(name, "saving") == 0)
        difference_add(
            e, "Förväntad − faktisk kostnad i slutet (se forecast.expected, forecast.actual):",
            "Expected − actual cost in the end (see forecast.expected, forecast.actual):",
            f->expected, " - ", f->actual, f->saving);
    else if (strcmp(name, "actual") == 0)
        difference_add(e, "Kostnaden hittills (se actual.total) + de månader som återstår:",
                       "The cost so far (see actual.total) + the months that remain:", s->actual,
                       " + ", utfall_rat_sub(e->run, f->actual, s->actual), f->actual);
    else if (strcmp(name, "expected") == 0)
        difference_add(
            e, "Förväntat hittills (se expected.total) + de månader som återstår:",
            "Expected so far (see expected.total) + the months that remain:", s->expected, " + ",
            utfall_rat_sub(e->run, f->expected, s->expected), f->expected);
    else if (strcmp(name, "drawn") == 0)
        difference_add(e, "Draget hittills (se drawn.total) + det som väntas återstå:",
                       "Drawn so far (see drawn.total) + what is expected to remain:", s->drawn,
                       " + ", utfall_rat_sub(e->run, f->drawn, s->drawn), f->drawn);
    else
        utfall__step_add(e,
                         utfall__tell(e,
                                      "Räknat som vid en avräkning, på prognosens siffror i "
                                      "stället för de verkliga (se forecast.saving och "
                                      "forecast.drawn); villkor som inte är kända än är stängda.",
                                      "Computed as in a settlement, on the forecast's figures "
                                      "instead of the real ones (see forecast.saving and "
                                      "forecast.drawn); conditions not known yet are closed."));
    if (s->sums->price_index != NULL)
        utfall__more_add(e, utfall__tell(e,
                                         "De månader som återstår väntas i prisläget för den sista "
                                         "månad som har gått.",
                                         "The months that remain are expected at the prices of the "
                                         "last month that has passed."));
    utfall__more_add(e,
                     utfall__tell(e,
                                  "De månader som återstår, för dem som har börjat, räknas efter "
                                  "kontraktets forecast.remaining. Inget som betalas beror på "
                                  "prognosen.",
                                  "The months that remain, for those who have begun, are taken by "
                                  "the contract's forecast.remaining. Nothing that is paid depends "
                                  "on the forecast."));
}

void utfall__derive_forecast_paid(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    utfall__formula f;
    if (s->forecast == NULL)
        return;
    utfall__step_add(e, utfall__tell(e, "Stegen läggs ihop (se forecast.step.<steg>):",
                                     "The steps are added up (see forecast.step.<step>):"));
    utfall__formula_start(&f, e);
    for (size_t i = 0; i < s->contract->step_count; i++) {
        if (i > 0)
            utfall__formula_sign(&f, " + ");
        utfall__formula_value(&f, money(e, s->forecast->lines[i].paid), UTFALL__MONEY);
    }
    utfall__formula_equals(&f, money(e, s->forecast->paid), UTFALL__MONEY);
}
