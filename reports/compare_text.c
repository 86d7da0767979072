/* reports/compare_text.c - a comparison for people: the two side by side, the way from one to the
 * other, the parts by cause, and what was changed in each stage.
 *
 * In: a checked comparison. Out: plain text. Tables show whole units of the currency; each stage
 * also shows its change exactly. Stages that change no figure are named in one line. */
#include <string.h>
#include "reports/compare.h"
#include "reports/sections.h"
#include "reports/text.h"

enum { COLUMNS_DEFAULT = 80 };

typedef struct writer {
    utfall_run *run;
    utfall_language language;
    const utfall_comparison *c;
    utfall__sheet sheet;
    size_t *shown; /* stages that change a figure, in order */
    size_t shown_count;
} writer;

static const char *tell(const writer *w, const char *sv, const char *en, ...)
{
    va_list list;
    va_start(list, en);
    const char *said = utfall__fill(w->run, w->language == UTFALL_SV ? sv : en, list);
    va_end(list);
    return said;
}

static const char *money(const writer *w, const utfall_rat *minor)
{
    const char *text = utfall__amount(w->run, w->language, w->c->a.currency, minor);
    return utfall__amount_is_exact(w->run, minor)
               ? text
               : utfall__say(w->run, w->language, WORD_ABOUT, text);
}

/* With a plus, so that a change does not look like a level. */
static const char *change_words(const writer *w, const utfall_rat *minor)
{
    const char *whole = utfall__amount_whole(w->run, w->language, minor);
    return minor != NULL && utfall_rat_sign(minor) > 0 && whole != NULL && strcmp(whole, "0") != 0
               ? utfall_run_join(w->run, "+", whole, (const char *)NULL)
               : whole;
}

static const char *cause_words(const writer *w, utfall_cause cause)
{
    switch (cause) {
    case UTFALL_CAUSE_DATA:
        return tell(w, "data", "data");
    case UTFALL_CAUSE_CORRECTIONS:
        return tell(w, "rättelser", "corrections");
    case UTFALL_CAUSE_TIME:
        return tell(w, "tid", "time");
    case UTFALL_CAUSE_PARAMETERS:
        return tell(w, "parametrar", "parameters");
    case UTFALL_CAUSE_RULES:
        return tell(w, "regler", "rules");
    case UTFALL_CAUSE_UNSPLIT:
        return tell(w, "kan inte delas upp", "cannot be split");
    }
    return NULL;
}

/* What stands at a path, in words; the path itself when it has none. */
static const char *difference_words(const writer *w, const utfall_difference *d)
{
    static const struct {
        const char *path, *sv, *en;
    } places[] = {
        {"tables", "tabellerna", "the tables"},
        {"as_of", "avräkningens månad", "month of the settlement"},
        {"target_group.people", "målgruppens personer", "people of the target group"},
        {"target_group.costs", "målgruppens kostnader", "costs of the target group"},
        {"target_group.data_through", "hur långt data når", "how far the data reach"},
        {"target_group.people.where", "urval i målgruppen", "selection of the target group"},
        {"comparison_group.people", "jämförelsegruppens fil", "file of the comparison group"},
        {"comparison_group.costs", "jämförelsegruppens kostnader", "costs of the comparison group"},
        {"comparison_group.standard_cost", "avtalad schablon", "agreed standard cost"},
        {"comparison_group.design", "jämförelsens utformning", "design of the comparison"},
        {"comparison_group.people.where", "jämförelsepersoner", "comparison people"},
        {"comparison_group.price_index", "prisindex", "price index"},
        {"evaluation.counts", "kostnader som räknas", "costs counted"},
        {"evaluation.window", "uppföljningens längd", "length of the window"},
        {"evaluation.payment_window", "månader som betalas", "months that payment sees"},
        {"evaluation.groups", "indelning i grupper", "groups"},
        {"evaluation.incomplete", "ofullständig uppföljning", "incomplete windows"},
        {"financing.drawn", "projektkostnad", "project cost"},
        {"financing.commitment", "åtagande", "commitment"},
        {"rounding", "avrundning", "rounding"},
        {"parties", "parter", "parties"},
        {"waterfall", "fördelningens steg", "steps of the waterfall"},
    };
    if (d->id != NULL)
        return tell(w, "steget {0}", "step {0}", d->id);
    if (strncmp(d->path, "outcomes.", 9) == 0)
        return tell(w, "utfallet {0}", "outcome {0}", d->path + 9);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].path, d->path) == 0)
            return tell(w, places[i].sv, places[i].en);
    return d->path;
}

static const char *stage_words(const writer *w, const utfall_stage *stage)
{
    const char *words = "";
    for (size_t i = 0; i < stage->count && words != NULL; i++) {
        const char *part = difference_words(w, &stage->differences[i]);
        words = part == NULL
                    ? NULL
                    : utfall_run_join(w->run, words, i > 0 ? " + " : "", part, (const char *)NULL);
    }
    return words;
}

/* ---- head ---- */

static const char *side_words(const writer *w, const utfall_comparison_side *side)
{
    return tell(w, "{0} ({1}, till och med {2})", "{0} ({1}, through {2})", side->name,
                side->contract, utfall__month_long(w->run, w->language, side->as_of));
}

static const utfall_rat *amount(const writer *w, const utfall_comparison_side *side,
                                const char *key)
{
    return utfall__amount_of(w->run, side->facts, side->fact_count, key);
}

/* `is_whole`: in millions where there are such, as people say it; else to the öre. */
static const char *lead_amount(const writer *w, const utfall_rat *minor, bool is_whole)
{
    return is_whole ? utfall__amount_short(w->run, w->language, w->c->a.currency, minor)
                    : money(w, minor);
}

static void lead_add(writer *w, const char *key, bool is_whole, const char *sv, const char *en)
{
    const utfall_rat *a = amount(w, &w->c->a, key), *b = amount(w, &w->c->b, key);
    const utfall_rat *change = utfall_rat_sub(w->run, b, a);
    const char *more =
        change == NULL ? NULL
        : utfall_rat_sign(change) == 0
            ? tell(w, "ingen skillnad", "no difference")
            : tell(w, utfall_rat_sign(change) > 0 ? "{0} mer" : "{0} mindre",
                   utfall_rat_sign(change) > 0 ? "{0} more" : "{0} less",
                   lead_amount(w, utfall_rat_max(w->run, change, utfall_rat_sub(w->run, a, b)),
                               is_whole));
    utfall__sheet_add(
        &w->sheet, UTFALL__LEAD,
        tell(w, sv, en, lead_amount(w, a, is_whole), lead_amount(w, b, is_whole), more));
}

static void head_add(writer *w)
{
    utfall__sheet_add(&w->sheet, UTFALL__TITLE,
                      tell(w, "Varför två avräkningar skiljer sig", "Why two settlements differ"));
    if (w->c->a.note[0] != '\0')
        utfall__sheet_add(&w->sheet, UTFALL__NOTE, w->c->a.note);
    if (w->c->b.note[0] != '\0' && strcmp(w->c->a.note, w->c->b.note) != 0)
        utfall__sheet_add(&w->sheet, UTFALL__NOTE, w->c->b.note);
    utfall__sheet_pair(&w->sheet, "A", side_words(w, &w->c->a));
    utfall__sheet_pair(&w->sheet, "B", side_words(w, &w->c->b));
    if (strcmp(w->c->a.contract, w->c->b.contract) != 0)
        utfall__sheet_add(&w->sheet, UTFALL__PARAGRAPH,
                          tell(w, "Det är två olika kontrakt: {0} och {1}.",
                               "These are two different contracts: {0} and {1}.", w->c->a.contract,
                               w->c->b.contract));
    lead_add(w, "saving.total", true, "Kostnadsminskningen går från {0} till {1}: {2}.",
             "The saving goes from {0} to {1}: {2}.");
    lead_add(w, UTFALL__DUE_IN_ALL, false, "Det som ska betalas går från {0} till {1}: {2}.",
             "What is due goes from {0} to {1}: {2}.");
}

/* ---- tables ---- */

static void column(writer *w, const char *sv, const char *en, bool is_number)
{
    utfall__sheet_column(
        &w->sheet, tell(w, sv, en, utfall__amount_unit(w->language, w->c->a.currency)), is_number);
}

static void cell(writer *w, const char *text)
{
    utfall__sheet_cell(&w->sheet, text);
}

static const char *level_words(const writer *w, const utfall_fact *facts, size_t count,
                               const char *key)
{
    return utfall__amount_whole(w->run, w->language, utfall__amount_of(w->run, facts, count, key));
}

static void way_row(writer *w, size_t stage, const char *label)
{
    const utfall_stage *s = &w->c->stages[stage];
    cell(w, label);
    cell(w, level_words(w, s->facts, s->fact_count, "saving.total"));
    cell(w, change_words(w, utfall__stage_change(w->run, w->c, stage, "saving.total")));
    cell(w, level_words(w, s->facts, s->fact_count, UTFALL__DUE_IN_ALL));
    cell(w, change_words(w, utfall__stage_change(w->run, w->c, stage, UTFALL__DUE_IN_ALL)));
}

static void way_end(writer *w)
{
    static const char *const keys[] = {"saving.total", UTFALL__DUE_IN_ALL};
    cell(w, tell(w, "B, och skillnaden i allt", "B, and the difference in all"));
    for (size_t i = 0; i < 2; i++) {
        const utfall_rat *b = amount(w, &w->c->b, keys[i]);
        cell(w, utfall__amount_whole(w->run, w->language, b));
        cell(w, change_words(w, utfall_rat_sub(w->run, b, amount(w, &w->c->a, keys[i]))));
    }
    utfall__sheet_total(&w->sheet);
}

static void way_add(writer *w)
{
    utfall__sheet_table(&w->sheet, tell(w, "Från A till B, en ändring i taget",
                                        "From A to B, one change at a time"));
    column(w, "Ändring", "Change", false);
    column(w, "Minskning, {0}", "Saving, {0}", true);
    column(w, "skillnad", "difference", true);
    column(w, "Att betala, {0}", "Due, {0}", true);
    column(w, "skillnad", "difference", true);
    cell(w, "A");
    cell(w, level_words(w, w->c->a.facts, w->c->a.fact_count, "saving.total"));
    cell(w, "");
    cell(w, level_words(w, w->c->a.facts, w->c->a.fact_count, UTFALL__DUE_IN_ALL));
    cell(w, "");
    for (size_t i = 0; i < w->shown_count; i++)
        way_row(w, w->shown[i],
                utfall_run_join(w->run, utfall_run_decimal(w->run, (int64_t)i + 1), ". ",
                                stage_words(w, &w->c->stages[w->shown[i]]), (const char *)NULL));
    way_end(w);
}

static void causes_add(writer *w)
{
    static const char *const keys[] = {"expected.total", "actual.total", "saving.total",
                                       UTFALL__DUE_IN_ALL};
    utfall__sheet_table(&w->sheet, tell(w, "Skillnaden efter orsak", "The difference by cause"));
    column(w, "Orsak", "Cause", false);
    column(w, "Förväntad kostnad", "Expected cost", true);
    column(w, "Faktisk kostnad", "Actual cost", true);
    column(w, "Minskning", "Saving", true);
    column(w, "Att betala", "Due", true);
    for (size_t cause = 0; cause < UTFALL_CAUSES; cause++) {
        bool occurs = cause != UTFALL_CAUSE_UNSPLIT;
        for (size_t i = 0; i < w->c->stage_count; i++)
            occurs = occurs || utfall_stage_cause(&w->c->stages[i]) == (utfall_cause)cause;
        if (!occurs)
            continue;
        cell(w, cause_words(w, (utfall_cause)cause));
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            cell(w,
                 change_words(w, utfall__cause_change(w->run, w->c, (utfall_cause)cause, keys[k])));
    }
    cell(w, tell(w, "Skillnaden", "The difference"));
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        cell(w, change_words(w, utfall_rat_sub(w->run, amount(w, &w->c->b, keys[k]),
                                               amount(w, &w->c->a, keys[k]))));
    utfall__sheet_total(&w->sheet);
}

/* "norrkoping to lsv" of due.norrkoping.lsv, "result for lsv" of result.lsv. */
static const char *flow_words(const writer *w, const char *key)
{
    const char *first = strchr(key, '.') + 1, *dot = strchr(first, '.');
    if (dot == NULL)
        return tell(w, "resultat för {0}", "result for {0}", first);
    return tell(w, "{0} betalar {1}", "{0} pays {1}",
                utfall_run_text(w->run, first, (size_t)(dot - first)), dot + 1);
}

/* Party by party: what each is to pay and what it means for each. */
static void parties_add(writer *w)
{
    size_t count = 0;
    const char **keys = utfall__keys_of(w->run, w->c, &count);
    bool is_begun = false;
    for (size_t k = 0; keys != NULL && k < count; k++) {
        const utfall_rat *a = amount(w, &w->c->a, keys[k]), *b = amount(w, &w->c->b, keys[k]);
        const bool is_due = strncmp(keys[k], "due.", 4) == 0;
        const utfall_rat *change = utfall_rat_sub(w->run, b, a);
        if (!is_due && strncmp(keys[k], "result.", 7) != 0)
            continue;
        if (!is_due && (change == NULL || utfall_rat_sign(change) == 0))
            continue;
        if (!is_begun) {
            utfall__sheet_table(&w->sheet, tell(w, "Vad det betyder för parterna",
                                                "What it means for the parties"));
            column(w, "Part", "Party", false);
            column(w, "A, {0}", "A, {0}", true);
            column(w, "B, {0}", "B, {0}", true);
            column(w, "skillnad", "difference", true);
            is_begun = true;
        }
        cell(w, flow_words(w, keys[k]));
        cell(w, utfall__amount_bare(w->run, w->language, a));
        cell(w, utfall__amount_bare(w->run, w->language, b));
        cell(w, utfall__amount_bare(w->run, w->language, change));
    }
}

/* ---- stage by stage ---- */

static void value_add(writer *w, const char *side, const char *value, utfall_loc at)
{
    const char *place = "";
    if (at.line > 0)
        place = utfall_run_join(w->run, "  (", at.file, ":", utfall_run_decimal(w->run, at.line),
                                ")", (const char *)NULL);
    utfall__sheet_add(
        &w->sheet, UTFALL__ITEM,
        utfall_run_join(w->run, side, ": ",
                        value[0] == '\0' ? tell(w, "(står inte där)", "(not there)") : value, place,
                        (const char *)NULL));
}

static void exact_add(writer *w, size_t i, const char *key, const char *name)
{
    const utfall_rat *change = utfall__stage_change(w->run, w->c, i, key);
    if (change == NULL || utfall_rat_sign(change) == 0)
        return;
    const utfall_stage *s = &w->c->stages[i];
    const utfall_rat *after = utfall__amount_of(w->run, s->facts, s->fact_count, key);
    const utfall_rat *before = utfall_rat_sub(w->run, after, change);
    utfall__sheet_add(&w->sheet, UTFALL__FORMULA,
                      utfall_run_join(w->run, name, ": ", money(w, change), (const char *)NULL));
    utfall__sheet_add(&w->sheet, UTFALL__FORMULA,
                      tell(w, "exakt i öre: {0} - {1} = {2}", "exact, minor units: {0} - {1} = {2}",
                           utfall_rat_text(w->run, after),
                           before != NULL && utfall_rat_sign(before) < 0
                               ? utfall_run_join(w->run, "(", utfall_rat_text(w->run, before), ")",
                                                 (const char *)NULL)
                               : utfall_rat_text(w->run, before),
                           utfall_rat_text(w->run, change)));
}

static void differences_add(writer *w, const utfall_stage *stage)
{
    for (size_t i = 0; i < stage->count; i++) {
        const utfall_difference *d = &stage->differences[i];
        if (stage->count > 1)
            utfall__sheet_add(&w->sheet, UTFALL__PARAGRAPH,
                              utfall_run_join(w->run, d->path, " (", cause_words(w, d->cause), ")",
                                              (const char *)NULL));
        value_add(w, "A", d->before, d->before_at);
        value_add(w, "B", d->after, d->after_at);
    }
}

static void stage_add(writer *w, size_t number, size_t i)
{
    const utfall_stage *stage = &w->c->stages[i];
    const bool is_one = stage->count == 1;
    utfall__sheet_add(&w->sheet, UTFALL__PARAGRAPH,
                      utfall_run_join(w->run, utfall_run_decimal(w->run, (int64_t)number), ". ",
                                      stage_words(w, stage), " (",
                                      cause_words(w, utfall_stage_cause(stage)), ")",
                                      is_one ? ": " : "", is_one ? stage->differences[0].path : "",
                                      (const char *)NULL));
    differences_add(w, stage);
    if (stage->why != NULL)
        utfall__sheet_add(
            &w->sheet, UTFALL__PARAGRAPH,
            tell(w, "De kan inte skiljas åt: {0}.", "They cannot be told apart: {0}.", stage->why));
    exact_add(w, i, "saving.total", tell(w, "minskning", "saving"));
    exact_add(w, i, UTFALL__DUE_IN_ALL, tell(w, "att betala", "due"));
}

static bool has_effect(const writer *w, size_t i)
{
    size_t count = 0;
    const char **keys = utfall__keys_of(w->run, w->c, &count);
    for (size_t k = 0; keys != NULL && k < count; k++) {
        const utfall_rat *change = utfall__stage_change(w->run, w->c, i, keys[k]);
        if (change == NULL || utfall_rat_sign(change) != 0)
            return true;
    }
    return false;
}

static void effectless_add(writer *w)
{
    const char *words = "";
    for (size_t i = 0; i < w->c->stage_count && words != NULL; i++)
        if (!has_effect(w, i))
            words = utfall_run_join(w->run, words, words[0] == '\0' ? "" : ", ",
                                    stage_words(w, &w->c->stages[i]), (const char *)NULL);
    if (words == NULL || words[0] != '\0')
        utfall__sheet_add(&w->sheet, UTFALL__PARAGRAPH,
                          tell(w, "Också ändrat, utan verkan på någon siffra här: {0}.",
                               "Changed as well, without effect on any figure here: {0}.", words));
}

static void method_add(writer *w)
{
    if (w->c->by_sums)
        utfall__sheet_add(
            &w->sheet, UTFALL__PARAGRAPH,
            tell(
                w,
                "Ledgers håller summor, inga personer. Det som formar summorna (tabeller, urval, "
                "kostnader som räknas, längd, grupper, utfall, månad) går därför inte att dela upp "
                "här; det som bara rör betalningen är uppdelat. Med kontrakten i stället för "
                "avräkningsfilerna delas allt upp.",
                "Ledgers hold sums, no people. What shapes the sums (tables, selections, costs "
                "counted, window, groups, outcomes, month) can therefore not be split here; what "
                "only concerns the payment is. With the contracts instead of the ledgers "
                "everything "
                "is split."));
    utfall__sheet_add(
        &w->sheet, UTFALL__PARAGRAPH,
        tell(
            w,
            "A görs om till B en ändring i taget, i en fast ordning: tabeller, tid, urval och "
            "parametrar i kontraktsspråkets ordning, utfall, fördelningens steg, avrundning. En "
            "annan ordning ger andra delar, men samma summa. Delarna är exakta och kontrollerade: "
            "tillsammans är de skillnaden. Tabellerna visar hela {0}, så att summor kan avvika med "
            "en enhet.",
            "A is turned into B one change at a time, in a fixed order: tables, time, selections "
            "and parameters in the order of the contract language, outcomes, steps of the "
            "waterfall, rounding. Another order gives other parts, but the same sum. The parts are "
            "exact and checked: together they are the difference. The tables show whole {0}, so "
            "that sums may be off by one.",
            utfall__amount_units(w->language, w->c->a.currency)));
}

utfall_status utfall_comparison_text(utfall_run *run, const char **out, size_t *len,
                                     const utfall_comparison *comparison, utfall_language language,
                                     uint32_t columns)
{
    writer w = {.run = run,
                .language = language,
                .c = comparison,
                .shown = utfall_run_array(run, comparison->stage_count, sizeof(size_t))};
    if (w.shown == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < comparison->stage_count; i++)
        if (has_effect(&w, i))
            w.shown[w.shown_count++] = i;
    utfall__sheet_start(&w.sheet, run);
    head_add(&w);
    if (w.shown_count > 0) {
        way_add(&w);
        causes_add(&w);
        parties_add(&w);
        utfall__sheet_add(&w.sheet, UTFALL__PART, tell(&w, "Ändringarna", "The changes"));
    }
    for (size_t i = 0; i < w.shown_count; i++)
        stage_add(&w, i + 1, w.shown[i]);
    if (comparison->stage_count == 0)
        utfall__sheet_add(&w.sheet, UTFALL__PARAGRAPH,
                          tell(&w, "De två är lika i allt som en siffra beror på.",
                               "The two agree in everything that a figure depends on."));
    effectless_add(&w);
    if (w.shown_count > 0)
        method_add(&w);
    return utfall__render_text(&w.sheet, out, len, columns == 0 ? COLUMNS_DEFAULT : columns,
                               language);
}
