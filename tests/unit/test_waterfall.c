/* The waterfall: the three readings of the Norrköping contract against figures known without this
 * program, each form by hand, and laws on random steps. */
#include "unit/made.h"
#include "engine/stages.h"

/* Figures with the saving and project cost given, both in öre. */
static utfall_figures figures_of(utfall_run *run, const char *saving, const char *drawn,
                                 const bool *gates, const utfall_outcome_result *outcomes)
{
    return (utfall_figures){.saving = rat(run, saving),
                            .drawn = rat(run, drawn),
                            .commitment = rat(run, "1000000000"),
                            .expected = rat(run, "5000000000"),
                            .actual = rat(run, "4000000000"),
                            .gates = gates,
                            .outcomes = outcomes};
}

static const utfall_line *lines_of(utfall_run *run, const utfall_contract *contract,
                                   const utfall_figures *figures)
{
    const utfall_line *lines = NULL;
    assert_ok(run, utfall__waterfall_compute(run, &lines, contract, figures));
    return lines;
}

static int64_t paid_in_all(const utfall_contract *contract, const utfall_line *lines)
{
    int64_t sum = 0;
    for (size_t i = 0; i < contract->step_count; i++)
        sum += lines[i].paid.minor;
    return sum;
}

/* Payment to the investor in thousands of kronor: saving and drawn in thousands too. */
typedef struct known {
    char reading;
    int drawn, saving;
    bool school;
    int pays;
} known;

/* I = 10 MSEK and I = 7.5 MSEK, activity delivered: worked out from the contract's wording alone,
 *   A  0.4 I + 0.6 min(max(S,0), I)          + [school] min(max(S - I, 0), 0.2 I)
 *   B  max(0.4 I, min(S, I))                 + the same
 *   C  0.4 I + min(max(S,0), 0.6 I)          + the same */
static const known knowns[] = {{'A', 10000, -7500, true, 4000},  {'A', 10000, 2000, true, 5200},
                               {'A', 10000, 4000, true, 6400},   {'A', 10000, 6000, true, 7600},
                               {'A', 10000, 8000, true, 8800},   {'A', 10000, 10000, true, 10000},
                               {'A', 10000, 11000, true, 11000}, {'A', 10000, 12000, true, 12000},
                               {'A', 10000, 15000, true, 12000}, {'A', 10000, 12000, false, 10000},
                               {'B', 10000, -7500, true, 4000},  {'B', 10000, 2000, true, 4000},
                               {'B', 10000, 4000, true, 4000},   {'B', 10000, 6000, true, 6000},
                               {'B', 10000, 8000, true, 8000},   {'B', 10000, 10000, true, 10000},
                               {'B', 10000, 11000, true, 11000}, {'B', 10000, 12000, true, 12000},
                               {'B', 10000, 15000, true, 12000}, {'B', 10000, 12000, false, 10000},
                               {'C', 10000, -7500, true, 4000},  {'C', 10000, 2000, true, 6000},
                               {'C', 10000, 4000, true, 8000},   {'C', 10000, 6000, true, 10000},
                               {'C', 10000, 8000, true, 10000},  {'C', 10000, 10000, true, 10000},
                               {'C', 10000, 11000, true, 11000}, {'C', 10000, 12000, true, 12000},
                               {'C', 10000, 15000, true, 12000}, {'C', 10000, 12000, false, 10000},
                               {'A', 7500, 500, true, 3300},     {'A', 7500, 1700, true, 4020},
                               {'A', 7500, 4000, true, 5400},    {'A', 7500, 7500, true, 7500},
                               {'A', 7500, 9000, true, 9000},    {'A', 7500, 20000, true, 9000},
                               {'A', 7500, -7500, true, 3000}};

static void the_three_readings_of_norrkoping_pay_what_the_wording_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof knowns / sizeof knowns[0]; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const known *k = &knowns[i];
        const bool gates[] = {true, k->school};
        char saving[32], drawn[32];
        (void)snprintf(saving, sizeof saving, "%d00000", k->saving);
        (void)snprintf(drawn, sizeof drawn, "%d00000", k->drawn);
        utfall_contract draft = frame();
        school_outcomes(run, &draft, k->school ? "19" : "0");
        norrkoping_steps(run, &draft, k->reading);
        const utfall_contract *contract = contract_of(run, &draft);
        const utfall_figures figures = figures_of(run, saving, drawn, gates, NULL);
        const utfall_line *lines = lines_of(run, contract, &figures);
        assert_true(paid_in_all(contract, lines) == (int64_t)k->pays * 100000);
        utfall_run_free(run);
    }
}

static void a_guarantee_is_not_paid_when_the_activity_was_not_delivered(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const bool gates[] = {false, true};
    utfall_contract draft = frame();
    school_outcomes(run, &draft, "19");
    norrkoping_steps(run, &draft, 'A');
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_figures figures = figures_of(run, "200000000", "750000000", gates, NULL);
    const utfall_line *lines = lines_of(run, contract, &figures);
    assert_false(lines[0].is_open);
    assert_rat(run, lines[0].before_limits, "0");
    assert_rat(run, lines[0].measure, "750000000");
    assert_rat(run, lines[1].slice, "200000000");
    assert_rat(run, lines[1].exact, "120000000"); /* 60 % of 2 000 000 kr */
    assert_rat(run, lines[1].low, "0");
    assert_rat(run, lines[1].high, "750000000");
    assert_rat(run, lines[2].slice, "0");
    utfall_run_free(run);
}

/* Both must hold; either one closed closes the step. */
/* RULE: STEP-GATE-1 */
static void every_gate_of_a_step_must_hold(void **state)
{
    (void)state;
    static const size_t both[] = {0, 1};
    for (int i = 0; i < 4; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const bool gates[] = {(i & 1) != 0, (i & 2) != 0};
        utfall_contract draft = frame();
        utfall_step step = share_step(run, "x", "1", UTFALL_MEASURE_DRAWN);
        school_outcomes(run, &draft, "19");
        step.when = both;
        step.when_count = 2;
        draft.steps = &step;
        draft.step_count = 1;
        const utfall_figures figures = figures_of(run, "0", "70", gates, NULL);
        const utfall_line *lines = lines_of(run, contract_of(run, &draft), &figures);
        assert_true(lines[0].is_open == (i == 3));
        assert_true(lines[0].paid.minor == (i == 3 ? 70 : 0));
        utfall_run_free(run);
    }
}

/* One step on its own. */
static utfall_line one_line(utfall_run *run, utfall_step step, const utfall_figures *figures)
{
    utfall_contract draft = frame();
    school_outcomes(run, &draft, "19");
    draft.steps = &step;
    draft.step_count = 1;
    const utfall_contract *contract = contract_of(run, &draft);
    return lines_of(run, contract, figures)[0];
}

static void a_share_without_a_slice_follows_the_saving_below_zero(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_figures figures = figures_of(run, "-1000", "0", NULL, NULL);
    utfall_line line = one_line(run, share_step(run, "x", "1/3", UTFALL_MEASURE_SAVING), &figures);
    assert_rat(run, line.exact, "-1000/3"); /* -333.33 */
    assert_true(line.paid.minor == -333);
    assert_rat(run, line.residue, "-1/3");
    assert_null(line.low);
    assert_rat(run, line.slice, "-1000");
    utfall_run_free(run);
}

/* RULE: STEP-PRICE-1 */
static void a_price_is_paid_for_each_unit_up_to_the_limit(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_outcome_result outcomes[] = {
        {.sum = NULL}, {.sum = rat(run, "19"), .persons = 50, .excluded = 10}};
    const utfall_figures figures = figures_of(run, "0", "0", NULL, outcomes);
    utfall_step step = {
        .id = "x",
        .clause = "",
        .from = CITY,
        .to = LSV,
        .form = UTFALL_FORM_PRICE,
        .of = {.kind = UTFALL_MEASURE_OUTCOME, .outcome = 1, .figure = UTFALL_FIGURE_SUM},
        .price = rat(run, "100000")};
    assert_true(one_line(run, step, &figures).paid.minor == 1900000); /* 19 points x 1 000 kr */
    step.limit = rat(run, "12");
    assert_true(one_line(run, step, &figures).paid.minor == 1200000);
    assert_rat(run, one_line(run, step, &figures).measure, "19");
    step.limit = rat(run, "19");
    assert_true(one_line(run, step, &figures).paid.minor == 1900000);
    utfall_run_free(run);
}

/* Nodes at a saving of 100, 200, 400 paying 10, 30, 50. */
static utfall_step table_step(utfall_run *run, utfall_match match, utfall_edge edge)
{
    utfall_table_row *rows = utfall_run_array(run, 3, sizeof *rows);
    rows[0] = (utfall_table_row){rat(run, "100"), amount(run, "10")};
    rows[1] = (utfall_table_row){rat(run, "200"), amount(run, "30")};
    rows[2] = (utfall_table_row){rat(run, "400"), amount(run, "50")};
    return (utfall_step){.id = "x",
                         .clause = "",
                         .from = CITY,
                         .to = LSV,
                         .form = UTFALL_FORM_TABLE,
                         .of = {.kind = UTFALL_MEASURE_SAVING},
                         .match = match,
                         .edge = edge,
                         .row_count = 3,
                         .rows = rows};
}

typedef struct hit {
    const char *saving, *pays;
    size_t row;
} hit;

static void expect_hits(utfall_match match, utfall_edge edge, const hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const utfall_figures figures = figures_of(run, hits[i].saving, "0", NULL, NULL);
        utfall_line line = one_line(run, table_step(run, match, edge), &figures);
        assert_rat(run, line.exact, hits[i].pays);
        assert_true(line.row == hits[i].row);
        utfall_run_free(run);
    }
}

/* RULE: STEP-TABLE-1 */
static void a_step_table_pays_the_last_row_reached(void **state)
{
    (void)state;
    static const hit ge[] = {{"-5", "0", SIZE_MAX}, {"99", "0", SIZE_MAX}, {"100", "10", 0},
                             {"101", "10", 0},      {"199", "10", 0},      {"200", "30", 1},
                             {"399", "30", 1},      {"400", "50", 2},      {"9999", "50", 2}};
    static const hit gt[] = {{"99", "0", SIZE_MAX}, {"100", "0", SIZE_MAX}, {"101", "10", 0},
                             {"200", "10", 0},      {"201", "30", 1},       {"400", "30", 1},
                             {"401", "50", 2}};
    expect_hits(UTFALL_MATCH_STEP, UTFALL_EDGE_GE, ge, sizeof ge / sizeof ge[0]);
    expect_hits(UTFALL_MATCH_STEP, UTFALL_EDGE_GT, gt, sizeof gt / sizeof gt[0]);
}

/* 150: 10 + 20 x 50/100 = 20. 250: 30 + 20 x 50/200 = 35. 101: 10 + 20/100 = 51/5. */
/* RULE: STEP-TABLE-1 */
static void a_linear_table_lies_on_the_line_between_two_rows(void **state)
{
    (void)state;
    static const hit ge[] = {{"99", "0", SIZE_MAX}, {"100", "10", 0}, {"101", "51/5", 0},
                             {"150", "20", 0},      {"200", "30", 1}, {"250", "35", 1},
                             {"400", "50", 2},      {"401", "50", 2}};
    static const hit gt[] = {{"100", "0", SIZE_MAX}, {"101", "51/5", 0}, {"200", "30", 0},
                             {"250", "35", 1},       {"400", "50", 1},   {"401", "50", 2}};
    expect_hits(UTFALL_MATCH_LINEAR, UTFALL_EDGE_GE, ge, sizeof ge / sizeof ge[0]);
    expect_hits(UTFALL_MATCH_LINEAR, UTFALL_EDGE_GT, gt, sizeof gt / sizeof gt[0]);
}

/* RULE: STEP-LIMIT-1 */
static void cap_and_floor_bite_only_beyond_their_level(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_step step = share_step(run, "x", "1", UTFALL_MEASURE_SAVING);
    step.cap = amount(run, "500");
    step.floor = drawn_times(run, "1/10"); /* of 1000: 100 */
    static const struct {
        const char *saving;
        int64_t paid;
        bool cap, floor;
    } cases[] = {{"99", 100, false, true},   {"100", 100, false, false}, {"101", 101, false, false},
                 {"499", 499, false, false}, {"500", 500, false, false}, {"501", 500, true, false},
                 {"-7", 100, false, true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const utfall_figures figures = figures_of(run, cases[i].saving, "1000", NULL, NULL);
        utfall_line line = one_line(run, step, &figures);
        assert_true(line.paid.minor == cases[i].paid);
        assert_true(line.cap_bit == cases[i].cap && line.floor_bit == cases[i].floor);
        assert_rat(run, line.before_limits, cases[i].saving);
    }
    utfall_run_free(run);
}

/* RULE: STEP-FIXED-1 */
static void a_fixed_sum_is_an_amount_or_a_part_of_a_measure(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_figures figures = figures_of(run, "0", "750000000", NULL, NULL);
    utfall_step step = {
        .id = "x", .clause = "", .from = CITY, .to = LSV, .form = UTFALL_FORM_FIXED};
    step.fixed = amount(run, "25000000");
    utfall_line line = one_line(run, step, &figures);
    assert_true(line.paid.minor == 25000000);
    assert_null(line.measure);
    step.fixed = drawn_times(run, "1/20");
    assert_true(one_line(run, step, &figures).paid.minor == 37500000);
    step.fixed = level_of(rat(run, "1/100"), UTFALL_MEASURE_EXPECTED);
    assert_true(one_line(run, step, &figures).paid.minor == 50000000);
    step.fixed = level_of(rat(run, "1/100"), UTFALL_MEASURE_ACTUAL);
    assert_true(one_line(run, step, &figures).paid.minor == 40000000);
    step.fixed = level_of(rat(run, "1/100"), UTFALL_MEASURE_COMMITMENT);
    assert_true(one_line(run, step, &figures).paid.minor == 10000000);
    utfall_run_free(run);
}

static utfall_status refused(utfall_run *run, utfall_step step, const utfall_figures *figures)
{
    static const utfall_term terms[] = {{"waterfall[0].between", "[...]", {"c.yaml", 41, 5}},

                                        {"waterfall[0].of", "...", {"c.yaml", 43, 5}},
                                        {"waterfall[0].round", "...", {"c.yaml", 44, 5}}};
    const utfall_line *lines = NULL;
    utfall_contract draft = frame();
    school_outcomes(run, &draft, "19");
    draft.steps = &step;
    draft.step_count = 1;
    draft.terms = terms;
    draft.term_count = 3;
    utfall_status status =
        utfall__waterfall_compute(run, &lines, contract_of(run, &draft), figures);
    assert_null(lines);
    assert_true(utfall_run_errors(run) == 1);
    return status;
}

static void a_slice_that_the_figures_turn_round_is_refused_with_both_ends(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_figures figures = figures_of(run, "0", "750000000", NULL, NULL);
    assert_status(
        UTFALL_E_CONFLICT,
        refused(run, slice_step(run, "x", "1", amount(run, "900000000"), drawn_times(run, "1")),
                &figures));
    const utfall_finding *finding = utfall_run_finding(run, 0);
    assert_string_equal(finding->path, "waterfall[0].between");
    assert_int_equal(finding->at.line, 41);
    assert_non_null(strstr(finding->message, "900000000"));
    assert_non_null(strstr(finding->message, "750000000"));
    utfall_run_free(run);
}

/* At most a tenth of the saving, at least 5: a saving of 30 caps at 3, and the floor lifts to 5. */
static void the_floor_has_the_last_word(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_step step = share_step(run, "x", "1", UTFALL_MEASURE_SAVING);
    step.cap = level_of(rat(run, "1/10"), UTFALL_MEASURE_SAVING);
    step.floor = amount(run, "5");
    utfall_figures figures = figures_of(run, "30", "0", NULL, NULL);
    utfall_line line = one_line(run, step, &figures);
    assert_true(line.paid.minor == 5 && line.cap_bit && line.floor_bit);
    figures.saving = rat(run, "50");
    line = one_line(run, step, &figures);
    assert_true(line.paid.minor == 5 && line.cap_bit && !line.floor_bit);
    utfall_run_free(run);
}

/* The floor is what a step pays at least while its gate is open. */
/* RULE: STEP-LIMIT-1 */
static void a_closed_gate_pays_nothing_whatever_the_floor(void **state)
{
    (void)state;
    static const size_t school[] = {1};
    for (int open = 0; open < 2; open++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const bool gates[] = {true, open != 0};
        utfall_contract draft = frame();
        utfall_step step = share_step(run, "x", "1", UTFALL_MEASURE_SAVING);
        school_outcomes(run, &draft, "19");
        step.when = school;
        step.when_count = 1;
        step.floor = amount(run, "50");
        draft.steps = &step;
        draft.step_count = 1;
        const utfall_figures figures = figures_of(run, "30", "0", gates, NULL);
        const utfall_line line = lines_of(run, contract_of(run, &draft), &figures)[0];
        assert_rat(run, line.measure, "30");
        assert_rat(run, line.before_limits, open ? "30" : "0");
        assert_rat(run, line.exact, open ? "50" : "0");
        assert_true(line.floor_bit == (open != 0) && !line.cap_bit);
        utfall_run_free(run);
    }
}

static void an_outcome_without_the_figure_is_refused_by_name(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_outcome_result outcomes[] = {{.sum = NULL}, {.sum = NULL}};
    const utfall_figures figures = figures_of(run, "0", "0", NULL, outcomes);
    utfall_step step = {
        .id = "x",
        .clause = "",
        .from = CITY,
        .to = LSV,
        .form = UTFALL_FORM_PRICE,
        .of = {.kind = UTFALL_MEASURE_OUTCOME, .outcome = 1, .figure = UTFALL_FIGURE_SUM},
        .price = rat(run, "1")};
    assert_status(UTFALL_E_MISSING, refused(run, step, &figures));
    assert_non_null(strstr(utfall_run_finding(run, 0)->message, "school.sum"));
    assert_int_equal(utfall_run_finding(run, 0)->at.line, 43);
    utfall_run_free(run);
}

static void a_contract_that_never_rounds_refuses_an_uneven_amount(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_figures figures = figures_of(run, "100", "0", NULL, NULL);
    utfall_step step = share_step(run, "third", "1/3", UTFALL_MEASURE_SAVING);
    step.rounding = (utfall_rounding){UTFALL_ROUND_NEVER, 1};
    assert_status(UTFALL_E_INEXACT, refused(run, step, &figures));
    assert_non_null(strstr(utfall_run_finding(run, 0)->message, "100/3"));
    assert_non_null(strstr(utfall_run_finding(run, 0)->message, "third"));
    utfall_run_free(run);
}

static void an_amount_beyond_64_bits_is_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_figures figures = figures_of(run, "9223372036854775808", "0", NULL, NULL);
    assert_status(UTFALL_E_RANGE,
                  refused(run, share_step(run, "x", "1", UTFALL_MEASURE_SAVING), &figures));
    utfall_run_free(run);
}

/* 10^1000 points at 10^1000 öre: the product has 6644 bits. */
static void a_number_that_grows_too_large_is_refused_by_step(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    char text[1002] = "1";
    memset(text + 1, '0', 1000);
    const utfall_outcome_result outcomes[] = {{.sum = NULL}, {.sum = rat(run, text)}};
    const utfall_figures figures = figures_of(run, "0", "0", NULL, outcomes);
    utfall_step step = {
        .id = "huge",
        .clause = "",
        .from = CITY,
        .to = LSV,
        .form = UTFALL_FORM_PRICE,
        .of = {.kind = UTFALL_MEASURE_OUTCOME, .outcome = 1, .figure = UTFALL_FIGURE_SUM},
        .price = rat(run, text)};
    assert_status(UTFALL_E_RANGE, refused(run, step, &figures));
    assert_string_equal(utfall_run_finding(run, 0)->message,
                        "the amount of step \"huge\" is too large to be computed exactly");
    utfall_run_free(run);
}

/* The whole contract rounds to kronor; one step to thousands of kronor, downwards. */
/* RULE: ROUND-1 */
static void each_step_rounds_once_by_its_own_rule(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_figures figures = figures_of(run, "123456789", "0", NULL, NULL);
    utfall_contract draft = frame();
    utfall_step steps[] = {share_step(run, "a", "1/2", UTFALL_MEASURE_SAVING),
                           share_step(run, "b", "1/2", UTFALL_MEASURE_SAVING)};
    steps[1].rounding = (utfall_rounding){UTFALL_ROUND_FLOOR, 100000};
    draft.rounding = (utfall_rounding){UTFALL_ROUND_HALF_AWAY, 100};
    draft.steps = steps;
    draft.step_count = 2;
    const utfall_line *lines = lines_of(run, contract_of(run, &draft), &figures);
    assert_true(lines[0].paid.minor == 61728400); /* 61 728 394.5 öre to kronor */
    assert_rat(run, lines[0].residue, "-11/2");
    assert_true(lines[1].paid.minor == 61700000);
    assert_rat(run, lines[1].residue, "56789/2");
    utfall_run_free(run);
}

/* ---- laws ---- */

/* RULE: STEP-SHARE-1 */
static void random_slices_keep_the_laws(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t s = seed;
        const utfall_rat *low = ratio(run, &s, -5, 5, 7);
        const utfall_rat *high = utfall_rat_add(run, low, ratio(run, &s, 0, 5, 11));
        const utfall_rat *cap = ratio(run, &s, 0, 3, 5);
        utfall_step step = slice_step(run, "x", "1", level_of(low, UTFALL_MEASURE_AMOUNT),
                                      level_of(high, UTFALL_MEASURE_AMOUNT));
        step.share = ratio(run, &s, 0, 1, 13);
        step.cap = level_of(cap, UTFALL_MEASURE_AMOUNT);
        step.rounding = (utfall_rounding){(utfall_mode)between(&s, 1, 5), between(&s, 1, 3)};
        utfall_figures figures = figures_of(run, "0", "0", NULL, NULL);
        const utfall_rat *more = ratio(run, &s, 0, 4, 3);
        figures.saving = ratio(run, &s, -8, 8, 17);
        utfall_line a = one_line(run, step, &figures);
        figures.saving = utfall_rat_add(run, figures.saving, more);
        utfall_line b = one_line(run, step, &figures);
        assert_true(utfall_rat_sign(a.exact) >= 0);
        assert_true(utfall_rat_compare(a.exact, cap) <= 0);
        assert_true(utfall_rat_compare(a.exact, b.exact) <= 0);
        /* no krona is paid twice: at most the share of what the saving grew */
        assert_true(utfall_rat_compare(utfall_rat_sub(run, b.before_limits, a.before_limits),
                                       utfall_rat_mul(run, step.share, more)) <= 0);
        assert_same(utfall_rat_add(run, utfall_rat_of_money(run, a.paid), a.residue), a.exact);
        assert_true(a.paid.minor % step.rounding.unit_minor == 0);
        utfall_run_free(run);
    }
}

/* Two slices side by side pay what one slice over both pays. */
static void slices_add(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t s = seed;
        utfall_level end[3] = {level_of(ratio(run, &s, -5, 0, 7), UTFALL_MEASURE_AMOUNT),
                               level_of(ratio(run, &s, 0, 5, 7), UTFALL_MEASURE_AMOUNT),
                               level_of(ratio(run, &s, 5, 9, 7), UTFALL_MEASURE_AMOUNT)};
        utfall_figures figures = figures_of(run, "0", "0", NULL, NULL);
        figures.saving = ratio(run, &s, -8, 12, 19);
        utfall_line a = one_line(run, slice_step(run, "a", "3/5", end[0], end[1]), &figures);
        utfall_line b = one_line(run, slice_step(run, "b", "3/5", end[1], end[2]), &figures);
        utfall_line c = one_line(run, slice_step(run, "c", "3/5", end[0], end[2]), &figures);
        assert_same(utfall_rat_add(run, a.exact, b.exact), c.exact);
        utfall_run_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_readings_of_norrkoping_pay_what_the_wording_says),
        cmocka_unit_test(a_guarantee_is_not_paid_when_the_activity_was_not_delivered),
        cmocka_unit_test(every_gate_of_a_step_must_hold),
        cmocka_unit_test(a_share_without_a_slice_follows_the_saving_below_zero),
        cmocka_unit_test(a_price_is_paid_for_each_unit_up_to_the_limit),
        cmocka_unit_test(a_step_table_pays_the_last_row_reached),
        cmocka_unit_test(a_linear_table_lies_on_the_line_between_two_rows),
        cmocka_unit_test(cap_and_floor_bite_only_beyond_their_level),
        cmocka_unit_test(a_fixed_sum_is_an_amount_or_a_part_of_a_measure),
        cmocka_unit_test(a_slice_that_the_figures_turn_round_is_refused_with_both_ends),
        cmocka_unit_test(the_floor_has_the_last_word),
        cmocka_unit_test(a_closed_gate_pays_nothing_whatever_the_floor),
        cmocka_unit_test(an_outcome_without_the_figure_is_refused_by_name),
        cmocka_unit_test(a_contract_that_never_rounds_refuses_an_uneven_amount),
        cmocka_unit_test(an_amount_beyond_64_bits_is_refused),
        cmocka_unit_test(a_number_that_grows_too_large_is_refused_by_step),
        cmocka_unit_test(each_step_rounds_once_by_its_own_rule),
        cmocka_unit_test(random_slices_keep_the_laws),
        cmocka_unit_test(slices_add)};
    return cmocka_run_group_tests_name("waterfall", tests, NULL, NULL);
}
