/* reports/explain_people.c - derivations of counts: people by group, and classes of cost rows.
 *
 * In: a settlement and its sums. Out: formulas of whole numbers. Invariant: no person; a group is
 * told by what its members have in common and by how many began in each month. */
#include <string.h>
#include "reports/explain.h"

void utfall__derive_payment_window(utfall__explanation *e)
{
    const utfall_contract *contract = e->settlement->contract;
    const char *payment = utfall_run_decimal(e->run, contract->payment_months);
    const char *window = utfall_run_decimal(e->run, contract->window_months);
    utfall__step_add(e,
                     utfall__tell(e,
                                  "Betalningen ser på {0} insatsmånader; hela uppföljningen är "
                                  "{1}. Utan egen uppgift är de lika.",
                                  "Payment looks at {0} intervention months; the whole window is "
                                  "{1}. Unless it is stated they are the same.",
                                  payment, window));
}

void utfall__derive_evaluation_step(utfall__explanation *e)
{
    const utfall_design design = e->settlement->contract->design;
    utfall__step_add(e, utfall__tell(e, "Steget följer av utformningen {0} ({1}).",
                                     "The step follows from the design {0} ({1}).",
                                     utfall_design_names[design],
                                     utfall__design_words(e->language, design)));
}

static void group_words_add(utfall__explanation *e, size_t g)
{
    const char *factors = utfall__factors_words(e->run, e->language, e->settlement->contract);
    utfall__step_add(
        e, utfall__tell(
               e, "Gruppen {0} är: {1}.{2}{3}{4}", "Group {0} is: {1}.{2}{3}{4}", e->captured[0],
               utfall__group_words(e->run, e->language, e->settlement->contract, g),
               factors != NULL && factors[0] != '\0'
                   ? utfall__tell(e, " Alla delas in efter ", " Everybody is grouped by ")
                   : "",
               factors,
               factors != NULL && factors[0] != '\0'
                   ? utfall__tell(e, ", som det var vid starten.", ", as it was at the start.")
                   : ""));
}

void utfall__derive_group_target(utfall__explanation *e)
{
    const utfall_sums *sums = e->settlement->sums;
    const size_t g = utfall__captured_group(e, 0);
    utfall__formula f;
    bool is_first = true;
    if (g == SIZE_MAX)
        return;
    group_words_add(e, g);
    utfall__step_add(e,
                     utfall__tell(e, "De som hör dit, efter startmånad (från den första):",
                                  "Those who belong to it, by month of start (from the first):"));
    utfall__formula_start(&f, e);
    for (size_t i = 0; i < sums->start_count; i++) {
        if (sums->starts[i].group != g)
            continue;
        if (!is_first)
            utfall__formula_sign(&f, " + ");
        is_first = false;
        utfall__formula_count(&f, sums->starts[i].persons);
    }
    if (is_first)
        utfall__formula_count(&f, 0);
    utfall__formula_count_equals(&f, sums->target.persons[g]);
}

void utfall__derive_group_comparison(utfall__explanation *e)
{
    const size_t g = utfall__captured_group(e, 0);
    if (g == SIZE_MAX)
        return;
    group_words_add(e, g);
    utfall__step_add(e,
                     utfall__tell(e,
                                  "Så många av jämförelsegruppens personer hör dit. Deras "
                                  "kostnad delas med detta antal: se standard_cost.{0}.1 och så "
                                  "vidare.",
                                  "That many people of the comparison group belong to it. Their "
                                  "cost is divided by this number: see standard_cost.{0}.1 and so "
                                  "on.",
                                  e->captured[0]));
}

/* people.target, people.comparison */
void utfall__derive_people(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const char *side = strchr(e->fact->key, '.') + 1;
    const bool is_target = strcmp(side, "target") == 0;
    const uint64_t *persons = is_target ? s->sums->target.persons : s->sums->comparison.persons;
    uint64_t sum = 0;
    utfall__formula f;
    if (persons == NULL)
        return;
    utfall__step_add(e, utfall__tell(e, "Grupperna läggs ihop (se group.<grupp>.{0}):",
                                     "The groups are added up (see group.<group>.{0}):", side));
    for (size_t g = 0; g < s->contract->group_count; g++)
        utfall__sheet_add(e->sheet, UTFALL__ITEM,
                          utfall_run_join(e->run, s->contract->group_labels[g], ": ",
                                          utfall__count(e->run, e->language, persons[g]), " (",
                                          utfall__group_words(e->run, e->language, s->contract, g),
                                          ")", (const char *)NULL));
    utfall__formula_start(&f, e);
    for (size_t g = 0; g < s->contract->group_count; g++) {
        if (g > 0)
            utfall__formula_sign(&f, " + ");
        utfall__formula_count(&f, persons[g]);
        sum += persons[g];
    }
    utfall__formula_count_equals(&f, sum);
    if (is_target && s->sums->target.left_out > 0)
        utfall__more_add(
            e, utfall__tell(e,
                            "Därutöver räknas {0} inte, eftersom uppföljningen inte är "
                            "klar eller inte har börjat.",
                            "Besides, {0} are not counted, since their window is open or "
                            "has not begun.",
                            utfall__count(e->run, e->language, s->sums->target.left_out)));
}

/* ---- rows ---- */

/* "rows.costs.total.count": the table is the second part of the key. */
static const char *table_of(const utfall__explanation *e)
{
    return strncmp(e->fact->key, "rows.costs.", 11) == 0 ? "costs" : "reference-costs";
}

static const utfall_rows *rows_of(const utfall__explanation *e)
{
    return strcmp(table_of(e), "costs") == 0 ? &e->settlement->sums->target.rows
                                             : &e->settlement->sums->comparison.rows;
}

static const char *class_words(const utfall__explanation *e, const char *name)
{
    static const struct {
        const char *name;
        utfall__word word;
    } classes[] = {{"unknown", WORD_CLASS_UNKNOWN}, {"not_selected", WORD_CLASS_NOT_SELECTED},
                   {"source", WORD_CLASS_SOURCE},   {"before", WORD_CLASS_BEFORE},
                   {"exited", WORD_CLASS_EXITED},   {"after", WORD_CLASS_AFTER},
                   {"used", WORD_CLASS_USED}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcmp(classes[i].name, name) == 0)
            return utfall__word_of(e->language, classes[i].word);
    return name;
}

/* Rows or amounts of all classes, as the key asks for. */
static void classes_sum(utfall__explanation *e, const char *words)
{
    const utfall_rows *rows = rows_of(e);
    const bool is_count = e->fact->amount == NULL;
    const utfall_rat *sum = utfall_rat_of(e->run, 0, 1);
    utfall__formula f;
    utfall__step_add(e, words);
    utfall__formula_start(&f, e);
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        const utfall_rat *part = is_count ? utfall_rat_of(e->run, (int64_t)rows->count[i], 1)
                                          : utfall__rat_of_minor(e->run, rows->amount_minor[i]);
        if (i > 0)
            utfall__formula_sign(&f, " + ");
        utfall__formula_value(&f, part, is_count ? UTFALL__NUMBER : UTFALL__MONEY);
        sum = utfall_rat_add(e->run, sum, part);
    }
    utfall__formula_equals(&f, sum, is_count ? UTFALL__NUMBER : UTFALL__MONEY);
}

void utfall__derive_rows(utfall__explanation *e)
{
    utfall__step_add(
        e, utfall__tell(
               e,
               "Klassen {0} är: {1}. Varje kostnadsrad hamnar i den första klass som "
               "passar, i ordningen unknown, not_selected, source, before, exited, after, "
               "used; raden räknades när filen lästes.",
               "The class {0} is: {1}. Each cost row ends in the first class that fits, in the "
               "order unknown, not_selected, source, before, exited, after, used; the row "
               "was counted when the file was read.",
               e->captured[0], class_words(e, e->captured[0])));
    classes_sum(e,
                utfall__tell(e, "Alla klasser tillsammans, i den ordningen (rows.{0}.total):",
                             "All classes together, in that order (rows.{0}.total):", table_of(e)));
}

void utfall__derive_rows_total(utfall__explanation *e)
{
    classes_sum(e, utfall__tell(e,
                                "Klasserna läggs ihop, i ordningen unknown, not_selected, source, "
                                "before, exited, after, used (se rows.{0}.used och de andra):",
                                "The classes are added up, in the order unknown, not_selected, "
                                "source, before, exited, after, used (see rows.{0}.used and the "
                                "others):",
                                table_of(e)));
}
