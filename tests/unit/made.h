/* tests/unit/made.h - contracts and cases made for the tests of the calculation: a frame with three
 * parties, short ways to write numbers and steps, and a seeded generator. */
#ifndef MADE_H
#define MADE_H
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>
#include "utfall/settlement.h"

enum { LSV, CITY, HELPER };

static inline const utfall_rat *rat(utfall_run *run, const char *text)
{
    const utfall_rat *out = NULL;
    assert_int_equal(utfall_rat_parse(run, &out, text, strlen(text)), UTFALL_OK);
    return out;
}

#define assert_rat(run, value, text)                                                               \
    do {                                                                                           \
        assert_non_null(value);                                                                    \
        assert_string_equal(utfall_rat_text(run, value), text);                                    \
    } while (0)

#define assert_same(a, b) assert_int_equal(utfall_rat_compare(a, b), 0)

static inline void show_findings(const utfall_run *run)
{
    for (size_t i = 0; utfall_run_finding(run, i) != NULL; i++)
        fprintf(stderr, "%s: %s\n", utfall_status_name(utfall_run_finding(run, i)->code),
                utfall_run_finding(run, i)->message);
}

#define assert_ok(run, call)                                                                       \
    do {                                                                                           \
        const utfall_status status_ = (call);                                                      \
        if (status_ != UTFALL_OK)                                                                  \
            show_findings(run);                                                                    \
        assert_string_equal(utfall_status_name(status_), "UTFALL_OK");                             \
        assert_string_equal(utfall_status_name(utfall_run_failure(run)), "UTFALL_OK");             \
    } while (0)

#define assert_status(status, call) assert_string_equal(utfall_status_name(call), #status)

/* ---- contracts ---- */

static inline utfall_level level_of(const utfall_rat *factor, utfall_measure_kind kind)
{
    return (utfall_level){.factor = factor, .of = {.kind = kind}};
}

static inline utfall_level amount(utfall_run *run, const char *minor)
{
    return level_of(rat(run, minor), UTFALL_MEASURE_AMOUNT);
}

static inline utfall_level drawn_times(utfall_run *run, const char *factor)
{
    return level_of(rat(run, factor), UTFALL_MEASURE_DRAWN);
}

static inline utfall_step share_step(utfall_run *run, const char *id, const char *share,
                                     utfall_measure_kind of)
{
    return (utfall_step){.id = id,
                         .clause = "",
                         .from = CITY,
                         .to = LSV,
                         .form = UTFALL_FORM_SHARE,
                         .of = {.kind = of},
                         .share = rat(run, share)};
}

static inline utfall_step slice_step(utfall_run *run, const char *id, const char *share,
                                     utfall_level low, utfall_level high)
{
    utfall_step step = share_step(run, id, share, UTFALL_MEASURE_SAVING);
    step.low = low;
    step.high = high;
    return step;
}

/* Refuse, window and payment of 24 months, one group, no outcomes, no steps. */
static inline utfall_contract frame(void)
{
    static const utfall_party parties[] = {
        {.id = "lsv", .name = "Investor", .org_number = "", .role = UTFALL_ROLE_INVESTOR},
        {.id = "city", .name = "City", .org_number = "", .role = UTFALL_ROLE_OUTCOME_PAYER},
        {.id = "helper", .name = "Helper", .org_number = "", .role = UTFALL_ROLE_PROVIDER}};
    return (utfall_contract){.id = "made",
                             .title = "Made for a test",
                             .currency = "SEK",
                             .source = "",
                             .note = "",
                             .party_count = 3,
                             .parties = parties,
                             .design = UTFALL_DESIGN_HISTORIC,
                             .window_months = 24,
                             .payment_months = 24,
                             .incomplete = UTFALL_INCOMPLETE_REFUSE,
                             .data_through = {2021 * 12 + 1},
                             .investor = LSV,
                             .saving_to = CITY,
                             .commitment = {1000000000},
                             .rounding = {UTFALL_ROUND_HALF_AWAY, 1},
                             .residue_to = CITY};
}

static inline const utfall_contract *contract_of(utfall_run *run, const utfall_contract *draft)
{
    const utfall_contract *contract = NULL;
    assert_ok(run, utfall_contract_new(run, &contract, draft));
    return contract;
}

/* Outcomes 0 "delivered" (stated true) and 1 "school" (sum > 0). */
static inline void school_outcomes(utfall_run *run, utfall_contract *draft, const char *sum)
{
    utfall_outcome *outcomes = utfall_run_array(run, 2, sizeof *outcomes);
    assert_non_null(outcomes);
    outcomes[0] = (utfall_outcome){.id = "delivered",
                                   .clause = "",
                                   .source = "",
                                   .kind = UTFALL_OUTCOME_STATED,
                                   .has_value = true,
                                   .value = true};
    outcomes[1] = (utfall_outcome){.id = "school",
                                   .clause = "",
                                   .source = "",
                                   .kind = UTFALL_OUTCOME_STATED,
                                   .sum = rat(run, sum),
                                   .figure = UTFALL_FIGURE_SUM,
                                   .relation = UTFALL_GT,
                                   .threshold = rat(run, "0")};
    draft->outcomes = outcomes;
    draft->outcome_count = 2;
}

/* The three readings of the Norrköping contract below break-even; the return is the same in all. */
static inline void norrkoping_steps(utfall_run *run, utfall_contract *draft, char reading)
{
    static const size_t delivered[] = {0}, school[] = {1};
    utfall_step *steps = utfall_run_array(run, 3, sizeof *steps);
    assert_non_null(steps);
    steps[0] = share_step(run, "guarantee", "2/5", UTFALL_MEASURE_DRAWN);
    steps[0].when_count = 1;
    steps[0].when = delivered;
    if (reading == 'A')
        steps[1] = slice_step(run, "outcome", "3/5", amount(run, "0"), drawn_times(run, "1"));
    else if (reading == 'B')
        steps[1] = slice_step(run, "outcome", "1", drawn_times(run, "2/5"), drawn_times(run, "1"));
    else
        steps[1] = slice_step(run, "outcome", "1", amount(run, "0"), drawn_times(run, "3/5"));
    steps[2] = slice_step(run, "return", "1", drawn_times(run, "1"), drawn_times(run, "6/5"));
    steps[2].when_count = 1;
    steps[2].when = school;
    draft->steps = steps;
    draft->step_count = 3;
}

/* ---- chance, by splitmix64 ---- */

static inline uint64_t chance(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* low..high, both included */
static inline int64_t between(uint64_t *state, int64_t low, int64_t high)
{
    return low + (int64_t)(chance(state) % (uint64_t)(high - low + 1));
}

static inline const utfall_rat *ratio(utfall_run *run, uint64_t *state, int64_t low, int64_t high,
                                      int64_t den)
{
    return utfall_rat_of(run, between(state, low * den, high * den), den);
}

/* ---- cases ---- */

static inline utfall_cohort cohort_new(utfall_run *run, size_t persons, size_t factors,
                                       uint32_t months)
{
    char name[32];
    const char **ids = utfall_run_array(run, persons, sizeof *ids);
    assert_non_null(ids);
    for (size_t i = 0; i < persons; i++) {
        (void)snprintf(name, sizeof name, "N%03zu", i + 1);
        ids[i] = utfall_run_text(run, name, strlen(name));
    }
    return (utfall_cohort){.persons = persons,
                           .ids = ids,
                           .starts = utfall_run_array(run, persons, sizeof(utfall_month)),
                           .attributes = utfall_run_array(run, persons * factors, sizeof(int32_t)),
                           .months = months,
                           .cost_minor = utfall_run_array(run, persons * months, sizeof(int64_t))};
}

static inline void person_set(const utfall_cohort *cohort, size_t i, int year, int month,
                              const int64_t *cost, size_t count)
{
    ((utfall_month *)(uintptr_t)cohort->starts)[i] = utfall_month_of(year, month);
    memcpy((int64_t *)(uintptr_t)cohort->cost_minor + i * cohort->months, cost,
           count * sizeof *cost);
}

/* The rows that would have made the cohort: one a person and month of the window. */
static inline void rows_set(utfall_cohort *cohort, uint32_t window)
{
    cohort->rows = (utfall_rows){{0}, {0}};
    for (size_t i = 0; i < cohort->persons; i++)
        for (size_t k = 0; k < window; k++) {
            cohort->rows.count[UTFALL_ROW_USED]++;
            cohort->rows.amount_minor[UTFALL_ROW_USED] +=
                cohort->cost_minor[i * cohort->months + k];
        }
}

/* People spread over `groups` levels of one EACH or CUTS factor, starts over two years from
 * 2016-01; cost in 0..5 000 000 öre. Everyone of the first `groups` people is in a group of their
 * own, so that no group is empty. */
static inline utfall_cohort cohort_random(utfall_run *run, uint64_t *state, size_t persons,
                                          size_t groups, uint32_t months)
{
    utfall_cohort cohort = cohort_new(run, persons, groups > 1 ? 1 : 0, months);
    int64_t cost[UTFALL_WINDOW_MAX];
    for (size_t i = 0; i < persons; i++) {
        for (size_t k = 0; k < months; k++)
            cost[k] = between(state, 0, 2) == 0 ? 0 : between(state, 0, 5000000);
        const int64_t start = between(state, 0, 23);
        person_set(&cohort, i, 2016 + (int)(start / 12), 1 + (int)(start % 12), cost, months);
        if (groups > 1)
            ((int32_t *)(uintptr_t)cohort.attributes)[i] =
                (int32_t)(i < groups ? i : (size_t)between(state, 0, (int64_t)groups - 1));
    }
    rows_set(&cohort, months);
    return cohort;
}

/* Draws in 2016-01..2017-12. */
static inline void draws_random(utfall_run *run, uint64_t *state, utfall_case *data)
{
    utfall_month *months = utfall_run_array(run, 24, sizeof *months);
    utfall_money *draws = utfall_run_array(run, 24, sizeof *draws);
    assert_true(months != NULL && draws != NULL);
    data->draw_count = 0;
    for (int i = 0; i < 24; i++) {
        if (between(state, 0, 3) == 0)
            continue;
        months[data->draw_count] = utfall_month_of(2016 + i / 12, 1 + i % 12);
        draws[data->draw_count++].minor = between(state, 0, 50000000);
    }
    data->draw_months = months;
    data->draws = draws;
}

/* A case with `window` months and `groups` groups (1 to 5), complete by the end of 2018 + window
 * months; its outcomes are those of school_outcomes with the sum given. */
static inline utfall_case case_random(utfall_run *run, uint64_t *state, size_t groups,
                                      uint32_t window, const char *sum)
{
    utfall_case data = {.target = cohort_random(run, state, groups + 15, groups, window),
                        .comparison = cohort_random(run, state, groups + 20, groups, window)};
    utfall_outcome_result *outcomes = utfall_run_array(run, 2, sizeof *outcomes);
    assert_non_null(outcomes);
    outcomes[1] = (utfall_outcome_result){.sum = rat(run, sum), .persons = 12};
    data.outcomes = outcomes;
    draws_random(run, state, &data);
    return data;
}

/* The contract of such a case: reading A of Norrköping, groups by cut points 1, 2, ... */
static inline utfall_contract frame_random(utfall_run *run, size_t groups, uint32_t window,
                                           const char *sum)
{
    static const int32_t cuts[] = {1, 2, 3, 4};
    utfall_contract draft = frame();
    utfall_factor *factor = utfall_run_alloc(run, sizeof *factor);
    assert_non_null(factor);
    *factor = (utfall_factor){
        .attribute = "kind", .kind = UTFALL_FACTOR_CUTS, .count = groups - 1, .cuts = cuts};
    draft.window_months = draft.payment_months = window;
    draft.factor_count = groups > 1 ? 1 : 0;
    draft.factors = factor;
    school_outcomes(run, &draft, sum);
    norrkoping_steps(run, &draft, 'A');
    return draft;
}

/* A price index of 2010 to 2029 with two decimals, and a contract that uses it. */
static inline void prices_random(utfall_run *run, uint64_t *state, utfall_contract *draft,
                                 utfall_case *data)
{
    enum { YEAR = 2010, MONTHS = 20 * 12 };
    utfall_price_index *index = utfall_run_alloc(run, sizeof *index);
    const utfall_rat **values = utfall_run_array(run, MONTHS, sizeof *values);
    assert_true(index != NULL && values != NULL);
    for (size_t i = 0; i < MONTHS; i++)
        values[i] = utfall_rat_of(run, between(state, 8000, 20000), 100);
    *index = (utfall_price_index){utfall_month_of(YEAR, 1), MONTHS, values};
    draft->prices = (utfall_price_terms){
        .is_there = true,
        .base = {utfall_month_of(YEAR, 1).ordinal + (int32_t)between(state, 0, MONTHS - 1)},
        .source = "",
        .clause = ""};
    data->price_index = index;
}

static inline const utfall_sums *sums_of(utfall_run *run, const utfall_contract *contract,
                                         const utfall_case *data, utfall_month as_of)
{
    const utfall_sums *sums = NULL;
    assert_ok(run, utfall_sums_compute(run, &sums, contract, data, as_of));
    return sums;
}

static inline const utfall_settlement *settlement_of(utfall_run *run,
                                                     const utfall_contract *contract,
                                                     const utfall_case *data, utfall_month as_of)
{
    const utfall_settlement *settlement = NULL;
    const utfall_sums *sums = sums_of(run, contract, data, as_of);
    assert_ok(run, utfall_settle(run, &settlement, contract, sums));
    return settlement;
}

/* ---- the example worked out by hand, öre ----
 *
 * Window 3 months; groups "no" and "yes".        k = 1    2    3
 *   target      N001 no   from 2016-01            100  200  300
 *               N002 no   from 2016-02             50    0   70
 *               N003 yes  from 2016-02             10   20   30
 *   comparison  three in no                  120 80 100 | 30 170 100 | 0 100 102
 *               one in yes                         10   20   31
 *   standard cost      no 300/3 = 100, 300/3 = 100, 202/3;  yes 10, 20, 31
 *   expected by month  2 x 100 + 10 = 210, 220, 2 x 202/3 + 31 = 497/3; in all 1787/3
 *   actual by month    160, 220, 400; in all 780; saving 1787/3 - 780 = -553/3
 *   drawn              40 in 2015-12, 60 in 2016-03 */
static inline const utfall_contract *hand_contract(utfall_run *run, utfall_incomplete incomplete)
{
    static const utfall_factor factor = {.attribute = "placed", .kind = UTFALL_FACTOR_EACH};
    utfall_contract draft = frame();
    draft.window_months = draft.payment_months = 3;
    draft.factor_count = 1;
    draft.factors = &factor;
    draft.incomplete = incomplete;
    draft.data_through = utfall_month_of(2016, 12);
    school_outcomes(run, &draft, "19");
    norrkoping_steps(run, &draft, 'A');
    return contract_of(run, &draft);
}

static inline utfall_case hand_case(utfall_run *run)
{
    static const int64_t target[3][3] = {{100, 200, 300}, {50, 0, 70}, {10, 20, 30}};
    static const int64_t compared[4][3] = {
        {120, 30, 0}, {80, 170, 100}, {100, 100, 102}, {10, 20, 31}};
    static const utfall_money draws[] = {{40}, {60}};
    utfall_month *months = utfall_run_array(run, 2, sizeof *months);
    utfall_outcome_result *outcomes = utfall_run_array(run, 2, sizeof *outcomes);
    utfall_case data = {.target = cohort_new(run, 3, 1, 3),
                        .comparison = cohort_new(run, 4, 1, 3),
                        .draw_count = 2,
                        .draw_months = months,
                        .draws = draws,
                        .outcomes = outcomes};
    months[0] = utfall_month_of(2015, 12);
    months[1] = utfall_month_of(2016, 3);
    outcomes[1] = (utfall_outcome_result){.sum = rat(run, "19"), .persons = 50, .excluded = 10};
    for (size_t i = 0; i < 3; i++)
        person_set(&data.target, i, 2016, i == 0 ? 1 : 2, target[i], 3);
    for (size_t i = 0; i < 4; i++)
        person_set(&data.comparison, i, 2013, 1 + (int)i, compared[i], 3);
    ((int32_t *)(uintptr_t)data.target.attributes)[2] = 1;
    ((int32_t *)(uintptr_t)data.comparison.attributes)[3] = 1;
    rows_set(&data.target, 3);
    rows_set(&data.comparison, 3);
    return data;
}

#endif
