/* reports/section_summary.c - the statement in three sentences: what came out, who pays whom, what
 * it rests on; and one more where a price index is agreed.
 *
 * In: a settlement. Out: three or four leads. Large amounts are in millions here; the sections that
 * follow give them to the öre. */
#include "reports/sections.h"

static const char *shortly(const utfall__statement *st, const utfall_rat *minor)
{
    return utfall__amount_short(st->run, st->language, st->settlement->contract->currency, minor);
}

static const utfall_rat *absolute(utfall_run *run, const utfall_rat *value)
{
    return value == NULL || utfall_rat_sign(value) >= 0
               ? value
               : utfall_rat_sub(run, utfall_rat_of(run, 0, 1), value);
}

/* "7,5 mnkr (7,4 %)", without the share when nothing was expected. */
static const char *difference(const utfall__statement *st, const utfall_rat *saving,
                              const utfall_rat *expected)
{
    const utfall_rat *size = absolute(st->run, saving);
    if (utfall_rat_sign(expected) <= 0)
        return shortly(st, size);
    const utfall_rat *share = utfall_rat_div(st->run, size, expected);
    return utfall_run_join(st->run, shortly(st, size), " (",
                           utfall__percent(st->run, st->language, share), ")", (const char *)NULL);
}

/* Of three words that follow each other, the one for a higher, equal or lower cost. */
static utfall__word by_sign(utfall__word higher, const utfall_rat *saving)
{
    return (utfall__word)((int)higher + 1 + utfall_rat_sign(saving));
}

static void outcome_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const uint64_t persons = utfall__persons_in_all(s, &s->sums->target);
    const char *people =
        utfall__say_count(st->run, st->language, WORD_PERSON_THE, WORD_PERSONS_THE, persons);
    const char *months = utfall__say_count(st->run, st->language, WORD_NTH_ONE, WORD_NTH_MANY,
                                           s->contract->window_months);
    const char *text =
        SAY(st, by_sign(WORD_SUMMARY_HIGHER, s->saving), people, shortly(st, s->actual), months,
            shortly(st, s->expected), difference(st, s->saving, s->expected));
    if (s->contract->payment_months != s->contract->window_months) {
        const char *first = utfall__count(st->run, st->language, s->contract->payment_months);
        const char *paid = SAY(st, by_sign(WORD_SUMMARY_PAID_HIGHER, s->paid_saving), first,
                               difference(st, s->paid_saving, s->paid_expected));
        text = utfall_run_join(st->run, text, " ", paid, (const char *)NULL);
    }
    utfall__sheet_add(st->sheet, UTFALL__LEAD, text);
}

/* "A 4,5 mnkr and B 3,0 mnkr": the parties that bear some of the project cost. */
static const char *bearers(const utfall__statement *st, size_t *count)
{
    const utfall_settlement *s = st->settlement;
    const char *parts[UTFALL_PARTIES_MAX];
    size_t found = 0;
    for (size_t i = 0; i < s->contract->party_count && i < UTFALL_PARTIES_MAX; i++) {
        if (utfall_rat_sign(s->results[i].borne) <= 0)
            continue;
        parts[found++] = utfall_run_join(st->run, utfall__party_name(s->contract, i), " ",
                                         shortly(st, s->results[i].borne), (const char *)NULL);
    }
    *count = found;
    return utfall__list_words(st->run, st->language, parts, found);
}

static void payment_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const char **parts = utfall_run_array(st->run, s->due_count, sizeof *parts);
    size_t found = 0, bearing;
    for (size_t i = 0; parts != NULL && i < s->due_count; i++) {
        const utfall_due *due = &s->dues[i];
        const bool is_back = due->amount.minor < 0;
        if (due->amount.minor == 0)
            continue;
        const utfall_rat *amount = absolute(st->run, utfall_rat_of_money(st->run, due->amount));
        parts[found++] = SAY(st, WORD_SUMMARY_PAYS,
                             utfall__party_name(s->contract, is_back ? due->to : due->from),
                             utfall__amount(st->run, st->language, s->contract->currency, amount),
                             utfall__party_name(s->contract, is_back ? due->from : due->to));
    }
    const char *text = found == 0 ? WORD_TEXT(st, WORD_SUMMARY_PAYS_NOTHING)
                                  : utfall__list_words(st->run, st->language, parts, found);
    const char *who = bearers(st, &bearing);
    if (bearing > 0)
        text = SAY(st, WORD_SUMMARY_BORNE, text, shortly(st, s->drawn), who);
    else
        text = utfall_run_join(st->run, text, ".", (const char *)NULL);
    utfall__sheet_add(st->sheet, UTFALL__LEAD, text);
}

static const char *basis(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const uint64_t persons = utfall__persons_in_all(s, &s->sums->comparison);
    const char *people =
        utfall__say_count(st->run, st->language, WORD_PERSON, WORD_PERSONS, persons);
    switch (s->contract->design) {
    case UTFALL_DESIGN_HISTORIC:
        return SAY(st, WORD_BASIS_HISTORIC, people);
    case UTFALL_DESIGN_CONCURRENT:
        return SAY(st, WORD_BASIS_CONCURRENT, people);
    case UTFALL_DESIGN_RANDOMISED:
        return SAY(st, WORD_BASIS_RANDOMISED, people);
    case UTFALL_DESIGN_AGREED:
        return SAY(st, WORD_BASIS_AGREED);
    }
    return NULL;
}

/* Outcomes that are told, not computed, as a clause of the third sentence; "" when there are none.
 */
static const char *stated(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    const char *names[UTFALL_OUTCOMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < contract->outcome_count && i < UTFALL_OUTCOMES_MAX; i++)
        if (contract->outcomes[i].kind == UTFALL_OUTCOME_STATED)
            names[count++] =
                SAY(st, WORD_QUOTED, utfall__id_words(st->run, contract->outcomes[i].id));
    return count == 0 ? ""
                      : SAY(st, count == 1 ? WORD_SUMMARY_STATED_ONE : WORD_SUMMARY_STATED_MANY,
                            utfall__list_words(st->run, st->language, names, count));
}

static void certainty_add(const utfall__statement *st)
{
    const utfall_settlement *s = st->settlement;
    const uint64_t persons = utfall__persons_in_all(s, &s->sums->target);
    const uint64_t complete = utfall__persons_complete(s);
    const char *step =
        utfall_run_decimal(st->run, (int64_t)utfall__design_step(s->contract->design));
    const char *followed = complete >= persons ? WORD_TEXT(st, WORD_SUMMARY_COMPLETE)
                                               : SAY(st, WORD_SUMMARY_INCOMPLETE,
                                                     utfall__count(st->run, st->language, complete),
                                                     utfall__count(st->run, st->language, persons));
    utfall__sheet_add(st->sheet, UTFALL__LEAD,
                      SAY(st, WORD_SUMMARY_BASIS, basis(st), step, followed, stated(st)));
}

/* What the settlement without the index would be is another settlement, so it is said where to get
 * it. */
static void prices_add(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    const utfall_price_terms *prices = &contract->prices;
    if (utfall__has_idle_prices(contract))
        utfall__sheet_add(st->sheet, UTFALL__LEAD, WORD_TEXT(st, WORD_SUMMARY_PRICES_IDLE));
    if (!prices->is_there)
        return;
    const char *source = prices->source[0] == '\0' ? ""
                                                   : utfall_run_join(st->run, " (", prices->source,
                                                                     ")", (const char *)NULL);
    const bool is_agreed = contract->design == UTFALL_DESIGN_AGREED;
    const char *text =
        SAY(st, is_agreed ? WORD_SUMMARY_PRICES_AGREED : WORD_SUMMARY_PRICES, source);
    const char *values = st->has_appendices
                             ? SAY(st, WORD_SUMMARY_PRICES_VALUES,
                                   utfall_run_decimal(st->run, UTFALL__APPENDIX_PRICES))
                             : "";
    text = utfall_run_join(st->run, text, values, WORD_TEXT(st, WORD_SUMMARY_PRICES_WITHOUT),
                           (const char *)NULL);
    utfall__sheet_add(st->sheet, UTFALL__LEAD, text);
}

void utfall__section_summary(const utfall__statement *st)
{
    utfall__sheet_add(st->sheet, UTFALL__SECTION, WORD_TEXT(st, WORD_SUMMARY));
    outcome_add(st);
    payment_add(st);
    certainty_add(st);
    prices_add(st);
}
