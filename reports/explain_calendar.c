/* reports/explain_calendar.c - derivations by calendar month: what was accumulated before, and what
 * the month adds.
 *
 * In: a settlement and its sums. Out: one formula a figure. The expected cost of a calendar month
 * is written out by group and intervention month, as the people who started earlier have come
 * further. */
#include "reports/explain.h"

static const utfall_rat *before(const utfall__explanation *e, const utfall_rat *const *series,
                                size_t t)
{
    return t > 0 ? series[t - 1] : utfall_rat_of(e->run, 0, 1);
}

static const char *month_key(const utfall__explanation *e, size_t t)
{
    char text[8];
    utfall_month_text(text, (utfall_month){e->settlement->sums->first.ordinal + (int32_t)t});
    return utfall_run_text(e->run, text, 7);
}

/* The month before, and where it stands. */
static const char *before_words(const utfall__explanation *e, const char *stem, size_t t)
{
    return t == 0 ? utfall__tell(e, "serien börjar här", "the series begins here")
                  : utfall__tell(e, "se {0}.{1}", "see {0}.{1}", stem, month_key(e, t - 1));
}

static void step_add(utfall__explanation *e, const char *stem, size_t t, const char *sv,
                     const char *en)
{
    const utfall_month month = {e->settlement->sums->first.ordinal + (int32_t)t};
    utfall__step_add(e, utfall__tell(e, sv, en, before_words(e, stem, t),
                                     utfall__month_long(e->run, e->language, month)));
}

static void whole_add(utfall__explanation *e, const utfall_rat *const *series, size_t t,
                      int64_t added)
{
    utfall__formula f;
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, before(e, series, t), UTFALL__MONEY);
    utfall__formula_sign(&f, " + ");
    utfall__formula_value(&f, utfall__rat_of_minor(e->run, added), UTFALL__MONEY);
    utfall__formula_equals(&f, series[t], UTFALL__MONEY);
}

void utfall__derive_actual_accumulated(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const size_t t = utfall__captured_month(e, 0);
    if (t == SIZE_MAX)
        return;
    step_add(
        e, "actual.accumulated", t,
        "Det som var ackumulerat månaden före ({0}) + målgruppens kostnad i {1}, för dem vars "
        "uppföljning pågick då:",
        "What was accumulated the month before ({0}) + the target group's cost in {1}, of those "
        "who were in their window then:");
    whole_add(e, s->actual_accumulated, t, s->sums->actual_minor[t]);
}

void utfall__derive_drawn_accumulated(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const size_t t = utfall__captured_month(e, 0);
    if (t == SIZE_MAX)
        return;
    step_add(e, "drawn.accumulated", t,
             "Det som var ackumulerat månaden före ({0}) + projektkostnaden i {1}:",
             "What was accumulated the month before ({0}) + the project cost of {1}:");
    whole_add(e, s->drawn_accumulated, t, s->sums->drawn_minor[t]);
}

/* Intervention month that calendar month `t` is for those who started as start number `i`; 0 when
 * it is not counted. */
static uint32_t nth_of(const utfall__explanation *e, size_t i, size_t t)
{
    const utfall_sums *sums = e->settlement->sums;
    const utfall_month month = {sums->first.ordinal + (int32_t)t};
    const int32_t n = utfall_month_nth(sums->starts[i].month, month).n;
    return n >= 1 && (uint32_t)n <= utfall__months_of(e, i) ? (uint32_t)n : 0;
}

void utfall__derive_expected_accumulated(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const size_t t = utfall__captured_month(e, 0);
    const uint32_t window = s->contract->window_months;
    utfall__formula f;
    if (t == SIZE_MAX)
        return;
    step_add(
        e, "expected.accumulated", t,
        "Det som var ackumulerat månaden före ({0}) + för var och en i uppföljning i {1} "
        "schablonkostnaden för den insatsmånad hon eller han då var i:",
        "What was accumulated the month before ({0}) + for everybody in their window in {1} the "
        "standard cost of the intervention month that they were then in:");
    if (s->sums->price_index != NULL)
        utfall__more_add(
            e, utfall__tell(e,
                            "Schablonkostnaderna står i prisläget {0} och räknas om till månadens: "
                            "gånger dess prisindex, delat med prisindex för {0}.",
                            "Standard costs stand at the prices of {0} and are carried to those of "
                            "the month: times its price index, divided by that of {0}.",
                            utfall__base_words(e)));
    utfall__formula_start(&f, e);
    utfall__formula_value(&f, before(e, s->expected_accumulated, t), UTFALL__MONEY);
    for (size_t i = 0; i < s->sums->start_count; i++) {
        const uint32_t k = nth_of(e, i, t);
        if (k == 0)
            continue;
        utfall__formula_sign(&f, " + ");
        utfall__formula_count(&f, s->sums->starts[i].persons);
        utfall__formula_sign(&f, " * ");
        utfall__formula_value(&f, s->standard_cost[s->sums->starts[i].group * window + k - 1],
                              UTFALL__MONEY);
        if (s->sums->price_index != NULL)
            utfall__price_ratio_add(&f, (utfall_month){s->sums->first.ordinal + (int32_t)t});
    }
    utfall__formula_equals(&f, s->expected_accumulated[t], UTFALL__MONEY);
    utfall__more_add(
        e, utfall__tell(e, "Termerna efter den första, i ordning (personer × schablonkostnad):",
                        "The terms after the first, in order (people × standard cost):"));
    for (size_t i = 0; i < s->sums->start_count; i++) {
        const uint32_t k = nth_of(e, i, t);
        if (k == 0)
            continue;
        utfall__sheet_add(
            e->sheet, UTFALL__ITEM,
            utfall__tell(e, "{0} som började i {1}: standard_cost.{2}.{3}",
                         "{0} who started in {1}: standard_cost.{2}.{3}",
                         utfall__count(e->run, e->language, s->sums->starts[i].persons),
                         utfall__month_long(e->run, e->language, s->sums->starts[i].month),
                         s->contract->group_labels[s->sums->starts[i].group],
                         utfall_run_decimal(e->run, k)));
    }
}

void utfall__derive_active(utfall__explanation *e)
{
    const utfall_settlement *s = e->settlement;
    const size_t t = utfall__captured_month(e, 0);
    utfall__formula f;
    bool is_first = true;
    if (t == SIZE_MAX)
        return;
    utfall__step_add(e,
                     utfall__tell(e,
                                  "De som hade börjat och vars uppföljning inte var slut, efter "
                                  "startmånad och grupp:",
                                  "Those who had started and whose window had not ended, by month "
                                  "of start and group:"));
    utfall__formula_start(&f, e);
    for (size_t i = 0; i < s->sums->start_count; i++) {
        if (nth_of(e, i, t) == 0)
            continue;
        if (!is_first)
            utfall__formula_sign(&f, " + ");
        is_first = false;
        utfall__formula_count(&f, s->sums->starts[i].persons);
    }
    if (is_first)
        utfall__formula_count(&f, 0);
    utfall__formula_count_equals(&f, s->active[t]);
}
