/* reports/explain_returns.c - how the figures of the investor's return came about: the payments
 * that they are of, and the equation that they satisfy.
 *
 * In: the return of a settlement. Out: every payment with its date, and for a rate the fact that it
 * is the only one, or not. */
#include "reports/explain.h"
#include "reports/section_returns.h"

static void payments_table(utfall__explanation *e, const utfall_returns *r)
{
    utfall__step_add(e, utfall__tell(e,
                                     "Finansiärens betalningar: projektkostnaden vid slutet av den "
                                     "månad då den användes, och det som ska betalas.",
                                     "The investor's payments: the project cost at the end of the "
                                     "month in which it was used, and what is due."));
    utfall__sheet_table(e->sheet, utfall__tell(e, "Betalningar", "Payments"));
    utfall__sheet_column(e->sheet, utfall__tell(e, "Dag", "Day"), false);
    utfall__sheet_column(e->sheet, utfall__tell(e, "Belopp", "Amount"), true);
    for (size_t i = 0; i < r->count; i++) {
        utfall__sheet_cell(e->sheet, utfall__date(e->run, e->language, r->flows[i].date));
        utfall__sheet_cell(e->sheet, utfall__money_words(e, r->flows[i].amount));
    }
}

void utfall__derive_returns(utfall__explanation *e)
{
    const utfall_returns *r = e->settlement->returns;
    if (r == NULL)
        return;
    payments_table(e, r);
    utfall__step_add(
        e,
        utfall__tell(e,
                     "En betalning t år efter den första räknas om till belopp × (1 + ränta)^−t; "
                     "t räknas med {0}. Nuvärdet är summan. En internränta gör summan till noll; "
                     "kvoten är allt mottaget delat med allt betalat.",
                     "A payment t years after the first one counts as amount × (1 + rate)^−t; t "
                     "by {0}. The present value is the sum. An internal rate of return makes it "
                     "zero; the multiple is all received over all paid.",
                     utfall_day_count_names[r->days]));
    utfall__returns_add(e->run, e->sheet, e->language, e->settlement->contract->currency, r);
}
