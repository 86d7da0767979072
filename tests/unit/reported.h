/* tests/unit/reported.h - settlements for the tests of reports: the example worked out by hand, and
 * one with every form of step. */
#ifndef REPORTED_H
#define REPORTED_H
#include "unit/made.h"
#include "utfall/reports.h"

/* What a hostile contract may carry: markup, controls of a terminal, marks that turn the writing,
 * bytes that are not UTF-8. */
#define HOSTILE                                                                                    \
    "<b>A&B</b>\x1b[2J\"'\r\nnext\xe2\x80\xae"                                                     \
    "evil\xc2\x9b\x7f\xff]]>--><script>"

/* Case-insensitive ids and texts of the made contract, with the given note and title. */
static inline utfall_contract noted(utfall_contract draft, const char *title, const char *note)
{
    draft.title = title;
    draft.note = note;
    return draft;
}

static inline const utfall_settlement *hand_settlement(utfall_run *run)
{
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    const utfall_case data = hand_case(run);
    return settlement_of(run, contract, &data, utfall_month_of(2016, 12));
}

/* The hand-made case under a draft of the same shape. */
static inline const utfall_settlement *hand_settlement_of(utfall_run *run,
                                                          const utfall_contract *draft)
{
    const utfall_case data = hand_case(run);
    return settlement_of(run, contract_of(run, draft), &data, utfall_month_of(2016, 12));
}

/* The draft of hand_contract, to be changed. */
static inline utfall_contract hand_draft(utfall_run *run)
{
    static const utfall_factor factor = {.attribute = "placed", .kind = UTFALL_FACTOR_EACH};
    utfall_contract draft = frame();
    draft.window_months = draft.payment_months = 3;
    draft.factor_count = 1;
    draft.factors = &factor;
    draft.data_through = utfall_month_of(2016, 12);
    school_outcomes(run, &draft, "19");
    norrkoping_steps(run, &draft, 'A');
    return draft;
}

/* A price index from a hostile source, with the base month January 2016. */
static inline const utfall_settlement *priced_settlement(utfall_run *run)
{
    uint64_t chances = 6;
    utfall_contract draft = frame_random(run, 2, 3, "1");
    utfall_case data = case_random(run, &chances, 2, 3, "1");
    prices_random(run, &chances, &draft, &data);
    draft.prices.base = utfall_month_of(2016, 1);
    draft.prices.source = "Made for a test" HOSTILE;
    const utfall_rat **values = (const utfall_rat **)(uintptr_t)data.price_index->values;
    values[6 * 12] = rat(run, "40001/400");
    return settlement_of(run, contract_of(run, &draft), &data, utfall_month_of(2021, 2));
}

/* Every form of step, gates both ways, a cap and a floor that bite, a table of each kind. */
static inline const utfall_settlement *forms_settlement(utfall_run *run)
{
    enum { STEPS = 7 };
    static const size_t delivered[] = {0}, school[] = {1};
    utfall_contract draft = hand_draft(run);
    utfall_step *steps = utfall_run_array(run, STEPS, sizeof *steps);
    utfall_table_row *rows = utfall_run_array(run, 2, sizeof *rows);
    assert_true(steps != NULL && rows != NULL);
    const utfall_measure sum = {UTFALL_MEASURE_OUTCOME, 1, UTFALL_FIGURE_SUM};
    const utfall_measure people = {UTFALL_MEASURE_OUTCOME, 1, UTFALL_FIGURE_PERSONS};
    rows[0] = (utfall_table_row){rat(run, "10"), amount(run, "100000")};
    rows[1] = (utfall_table_row){rat(run, "20"), amount(run, "300000")};
    for (size_t i = 0; i < STEPS; i++)
        steps[i] = (utfall_step){.clause = "", .from = CITY, .to = LSV};
    steps[0].id = "third_part";
    steps[0].form = UTFALL_FORM_SHARE;
    steps[0].of.kind = UTFALL_MEASURE_DRAWN;
    steps[0].share = rat(run, "1/3");
    steps[1].id = "priced";
    steps[1].form = UTFALL_FORM_PRICE;
    steps[1].of = people;
    steps[1].price = rat(run, "100000");
    steps[1].limit = rat(run, "40");
    steps[2].id = "looked_up";
    steps[2].form = UTFALL_FORM_TABLE;
    steps[2].of = sum;
    steps[2].match = UTFALL_MATCH_STEP;
    steps[2].row_count = 2;
    steps[2].rows = rows;
    steps[3] = steps[2];
    steps[3].id = "between";
    steps[3].match = UTFALL_MATCH_LINEAR;
    steps[4].id = "capped";
    steps[4].form = UTFALL_FORM_FIXED;
    steps[4].fixed = amount(run, "500000");
    steps[4].cap = amount(run, "200000");
    steps[4].when_count = 1;
    steps[4].when = delivered;
    steps[5] = steps[4];
    steps[5].id = "closed";
    steps[5].cap.factor = NULL;
    steps[5].floor = amount(run, "9"); /* nothing while the gate is closed */
    steps[5].when = school;
    steps[6].id = "floored";
    steps[6].form = UTFALL_FORM_FIXED;
    steps[6].fixed = amount(run, "3");
    steps[6].floor = amount(run, "7");
    draft.steps = steps;
    draft.step_count = STEPS;
    utfall_outcome *outcomes = utfall_run_array(run, 2, sizeof *outcomes);
    assert_non_null(outcomes);
    memcpy(outcomes, draft.outcomes, 2 * sizeof *outcomes);
    outcomes[1].threshold = rat(run, "19"); /* the sum of 19 is not above it */
    draft.outcomes = outcomes;
    return hand_settlement_of(run, &draft);
}

/* A larger case: `groups` groups of a factor, a window of `window` months. */
static inline const utfall_settlement *large_settlement(utfall_run *run, size_t groups,
                                                        uint32_t window)
{
    uint64_t state = 7;
    const utfall_contract draft = frame_random(run, groups, window, "19");
    const utfall_case data = case_random(run, &state, groups, window, "19");
    return settlement_of(run, contract_of(run, &draft), &data, utfall_month_of(2021, 12));
}

/* ---- texts ---- */

static inline size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        count++;
    return count;
}

#define assert_says(text, part)                                                                    \
    do {                                                                                           \
        if (strstr(text, part) == NULL)                                                            \
            fail_msg("not said: %s\nin:\n%s", part, text);                                         \
    } while (0)

#define assert_silent(text, part)                                                                  \
    do {                                                                                           \
        if (strstr(text, part) != NULL)                                                            \
            fail_msg("said: %s\nin:\n%s", part, text);                                             \
    } while (0)

/* No byte that moves a cursor and no mark that turns the writing; line feeds where allowed. */
static inline void assert_clean(const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        if (((unsigned char)*p < 0x20 && *p != '\n') || *p == 0x7f)
            fail_msg("control character %u", (unsigned)(unsigned char)*p);
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_null(strstr(text, "\xc2\x9b"));
    assert_null(strstr(text, "\xff"));
}

#endif
