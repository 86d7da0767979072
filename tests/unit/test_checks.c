/* What is wrong with outcomes and steps that are each well written. */
#include "tests/unit/made.h"

static int start(void **state)
{
    *state = utfall_run_new(NULL, NULL);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    utfall_run_free(*state);
    return 0;
}

/* Outcomes: 0 stated true, 1 stated sum, 2 stated persons alone, 3 school points, 4 scales. */
enum { VALUE, SUM, PERSONS, SCHOOL, SCALES, OUTCOMES };

static utfall_contract draft_of(utfall_run *run, const utfall_step *steps, size_t count)
{
    utfall_outcome *o = utfall_run_array(run, OUTCOMES, sizeof *o);
    assert_non_null(o);
    static const char *const ids[] = {"delivered", "result", "reached", "school", "wellbeing"};
    for (size_t i = 0; i < OUTCOMES; i++)
        o[i] = (utfall_outcome){.id = ids[i], .clause = "p. 1", .source = ""};
    o[VALUE].has_value = true;
    o[SUM].sum = rat(run, "19");
    o[SUM].threshold = rat(run, "0");
    o[SCHOOL].kind = UTFALL_OUTCOME_SCHOOL_POINTS;
    o[SCHOOL].threshold = rat(run, "0");
    o[SCALES].kind = UTFALL_OUTCOME_SCALES;
    utfall_contract draft = frame();
    draft.outcomes = o;
    draft.outcome_count = OUTCOMES;
    draft.steps = steps;
    draft.step_count = count;
    return draft;
}

static utfall_outcome *outcome(const utfall_contract *draft, size_t i)
{
    return (utfall_outcome *)(uintptr_t)&draft->outcomes[i];
}

static void assert_draft_fault(utfall_run *run, const utfall_contract *draft, utfall_status code,
                               const char *path, const char *message)
{
    const utfall_contract *out = NULL;
    uint64_t before = utfall_run_errors(run);
    utfall_status status = utfall_contract_new(run, &out, draft);
    const utfall_finding *finding = utfall_run_finding(run, (size_t)before);
    assert_non_null(finding);
    assert_string_equal(finding->message, message);
    assert_string_equal(finding->path, path);
    assert_string_equal(utfall_status_name(finding->code), utfall_status_name(code));
    assert_string_equal(utfall_status_name(status), utfall_status_name(code));
    assert_true(utfall_run_errors(run) == before + 1);
    assert_null(out);
}

/* The step alone, after `id` and `: `, has this one fault. */
static void assert_step_fault(utfall_run *run, utfall_step step, utfall_status code,
                              const char *key, const char *what)
{
    utfall_contract draft = draft_of(run, &step, 1);
    char path[64], message[200];
    (void)snprintf(path, sizeof path, "waterfall[0].%s", key);
    (void)snprintf(message, sizeof message, "step \"%s\": %s", step.id, what);
    assert_draft_fault(run, &draft, code, path, message);
}

static void assert_step_good(utfall_run *run, utfall_step step)
{
    utfall_contract draft = draft_of(run, &step, 1);
    const utfall_contract *out = NULL;
    assert_ok(run, utfall_contract_new(run, &out, &draft));
}

static utfall_step price_step(utfall_run *run, const char *price, size_t of, utfall_figure figure)
{
    return (utfall_step){.id = "p",
                         .clause = "",
                         .from = CITY,
                         .to = LSV,
                         .form = UTFALL_FORM_PRICE,
                         .of = {UTFALL_MEASURE_OUTCOME, of, figure},
                         .price = rat(run, price)};
}

static utfall_step table_step(const utfall_table_row *rows, size_t count, utfall_match match)
{
    return (utfall_step){.id = "t",
                         .clause = "",
                         .from = CITY,
                         .to = LSV,
                         .form = UTFALL_FORM_TABLE,
                         .of = {UTFALL_MEASURE_OUTCOME, SUM, UTFALL_FIGURE_SUM},
                         .match = match,
                         .row_count = count,
                         .rows = rows};
}

static utfall_step fixed_step(utfall_level fixed)
{
    return (utfall_step){.id = "f",
                         .clause = "",
                         .from = CITY,
                         .to = LSV,
                         .form = UTFALL_FORM_FIXED,
                         .fixed = fixed};
}

/* ---- steps ---- */

static void the_readings_of_norrkoping_are_good(void **state)
{
    for (const char *reading = "ABC"; *reading; reading++) {
        utfall_contract draft = frame();
        school_outcomes(*state, &draft, "19");
        norrkoping_steps(*state, &draft, *reading);
        assert_int_equal(contract_of(*state, &draft)->step_count, 3);
    }
}

static void a_share_lies_between_nothing_and_the_whole(void **state)
{
    assert_step_good(*state, share_step(*state, "s", "0", UTFALL_MEASURE_DRAWN));
    assert_step_good(*state, share_step(*state, "s", "1", UTFALL_MEASURE_DRAWN));
    assert_step_fault(*state, share_step(*state, "s", "101/100", UTFALL_MEASURE_DRAWN),
                      UTFALL_E_RANGE, "share", "the share is not a share: expected 0% to 100%");
    assert_step_fault(*state, share_step(*state, "s", "-1/100", UTFALL_MEASURE_DRAWN),
                      UTFALL_E_RANGE, "share", "the share is not a share: expected 0% to 100%");
}

static void a_fault_quotes_what_was_written_and_shows_its_place(void **state)
{
    static const utfall_term terms[] = {{"waterfall[0].share", "140%", {"c.yaml", 31, 44}}};
    utfall_step step = share_step(*state, "s", "7/5", UTFALL_MEASURE_DRAWN);
    step.clause = "section 4";
    utfall_contract draft = draft_of(*state, &step, 1);
    draft.terms = terms;
    draft.term_count = 1;
    assert_draft_fault(*state, &draft, UTFALL_E_RANGE, "waterfall[0].share",
                       "step \"s\": \"140%\" is not a share: expected 0% to 100%");
    const utfall_finding *finding = utfall_run_finding(*state, 0);
    assert_string_equal(finding->at.file, "c.yaml");
    assert_int_equal(finding->at.line, 31);
    assert_int_equal(finding->at.column, 44);
    assert_string_equal(finding->clause, "section 4");
}

static void a_share_needs_its_parts(void **state)
{
    utfall_step step = share_step(*state, "s", "1", UTFALL_MEASURE_AMOUNT);
    assert_step_fault(*state, step, UTFALL_E_MISSING, "of", "it does not say of what it pays");
    step = share_step(*state, "s", "1", UTFALL_MEASURE_SAVING);
    step.share = NULL;
    assert_step_fault(*state, step, UTFALL_E_MISSING, "share", "it has no share");
    step = slice_step(*state, "s", "1", amount(*state, "0"), (utfall_level){0});
    assert_step_fault(*state, step, UTFALL_E_MISSING, "between", "its slice has one end only");
}

static void a_share_is_not_taken_of_a_count(void **state)
{
    utfall_step step = share_step(*state, "s", "1", UTFALL_MEASURE_OUTCOME);
    step.of = (utfall_measure){UTFALL_MEASURE_OUTCOME, SUM, UTFALL_FIGURE_SUM};
    assert_step_fault(*state, step, UTFALL_E_UNIT, "of",
                      "an outcome is a count: a share is taken of an amount");
}

static void a_slice_is_not_inverted(void **state)
{
    utfall_run *run = *state;
    const struct {
        utfall_level low, high;
        bool is_good;
    } cases[] = {
        {amount(run, "0"), amount(run, "0"), true},
        {amount(run, "1"), amount(run, "0"), false},
        {amount(run, "-5"), amount(run, "5"), true},
        {drawn_times(run, "1"), drawn_times(run, "6/5"), true},
        {drawn_times(run, "6/5"), drawn_times(run, "1"), false},
        {amount(run, "0"), drawn_times(run, "1"), true},
        {amount(run, "0"), drawn_times(run, "-1/5"), false},
        {amount(run, "999999999999"), drawn_times(run, "1"), true}, /* depends on the data */
        {drawn_times(run, "2"), amount(run, "1"), true},            /* so does this */
        /* the commitment of the frame is 10 000 000 SEK */
        {amount(run, "500000000"), level_of(rat(run, "1/2"), UTFALL_MEASURE_COMMITMENT), true},
        {amount(run, "500000001"), level_of(rat(run, "1/2"), UTFALL_MEASURE_COMMITMENT), false},
        {level_of(rat(run, "1"), UTFALL_MEASURE_COMMITMENT), amount(run, "999999999"), false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        utfall_step step = slice_step(run, "s", "1", cases[i].low, cases[i].high);
        if (cases[i].is_good)
            assert_step_good(run, step);
        else
            assert_step_fault(run, step, UTFALL_E_RANGE, "between",
                              "its slice ends at a level, below its beginning at a higher one");
    }
}

static void an_inverted_slice_shows_both_ends(void **state)
{
    static const utfall_term terms[] = {
        {"waterfall[0].between[0]", "120% of drawn", {"c.yaml", 5, 1}},
        {"waterfall[0].between[1]", "drawn", {"c.yaml", 5, 20}}};
    utfall_step step =
        slice_step(*state, "s", "1", drawn_times(*state, "6/5"), drawn_times(*state, "1"));
    utfall_contract draft = draft_of(*state, &step, 1);
    draft.terms = terms;
    draft.term_count = 2;
    assert_draft_fault(
        *state, &draft, UTFALL_E_RANGE, "waterfall[0].between",
        "step \"s\": its slice ends at \"drawn\", below its beginning \"120% of drawn\"");
    assert_int_equal(utfall_run_finding(*state, 0)->at.column, 1);
}

static void a_level_is_money(void **state)
{
    utfall_level count = level_of(rat(*state, "1"), UTFALL_MEASURE_OUTCOME);
    utfall_step step = slice_step(*state, "s", "1", amount(*state, "0"), count);
    assert_step_fault(*state, step, UTFALL_E_UNIT, "between[1]",
                      "between[1] is a count: expected an amount");
    step = share_step(*state, "s", "1", UTFALL_MEASURE_SAVING);
    step.cap = count;
    assert_step_fault(*state, step, UTFALL_E_UNIT, "cap", "cap is a count: expected an amount");
}

static void a_price_is_paid_for_a_count(void **state)
{
    utfall_run *run = *state;
    assert_step_good(run, price_step(run, "0", PERSONS, UTFALL_FIGURE_PERSONS));
    assert_step_good(run, price_step(run, "100", SCHOOL, UTFALL_FIGURE_SUM));
    assert_step_fault(run, price_step(run, "-1", SUM, UTFALL_FIGURE_SUM), UTFALL_E_RANGE, "price",
                      "the price is a negative price");
    utfall_step step = price_step(run, "1", SUM, UTFALL_FIGURE_SUM);
    step.price = NULL;
    assert_step_fault(run, step, UTFALL_E_MISSING, "price", "it has no price");
    step = price_step(run, "1", SUM, UTFALL_FIGURE_SUM);
    step.limit = rat(run, "-1");
    assert_step_fault(run, step, UTFALL_E_RANGE, "limit", "the limit is a negative limit");
    step = price_step(run, "1", SUM, UTFALL_FIGURE_SUM);
    step.of.kind = UTFALL_MEASURE_SAVING;
    assert_step_fault(run, step, UTFALL_E_UNIT, "of",
                      "what it counts is an amount: a price is paid a unit of a count");
}

static void a_figure_must_be_there(void **state)
{
    utfall_run *run = *state;
    static const struct {
        size_t of;
        utfall_figure figure;
        const char *fault;
    } cases[] = {
        {VALUE, UTFALL_FIGURE_SUM, "outcome \"delivered\" has no figure called sum"},
        {VALUE, UTFALL_FIGURE_PERSONS, "outcome \"delivered\" has no figure called persons"},
        {SUM, UTFALL_FIGURE_SUM, NULL},
        {SUM, UTFALL_FIGURE_PERSONS, NULL},
        {SUM, UTFALL_FIGURE_IMPROVED, "outcome \"result\" has no figure called improved"},
        {PERSONS, UTFALL_FIGURE_SUM, "outcome \"reached\" has no figure called sum"},
        {SCHOOL, UTFALL_FIGURE_PERSONS, NULL},
        {SCHOOL, UTFALL_FIGURE_IMPROVED, "outcome \"school\" has no figure called improved"},
        {SCALES, UTFALL_FIGURE_IMPROVED, "outcome \"wellbeing\" has no figure called improved"},
        {SCALES, UTFALL_FIGURE_PERSONS, NULL},
        {SCALES, UTFALL_FIGURE_SUM, "outcome \"wellbeing\" has no figure called sum"},
        {OUTCOMES, UTFALL_FIGURE_SUM, "it draws on an outcome that does not exist"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        utfall_step step = price_step(run, "1", cases[i].of, cases[i].figure);
        if (cases[i].fault)
            assert_step_fault(run, step, UTFALL_E_MISSING, "of", cases[i].fault);
        else
            assert_step_good(run, step);
    }
}

static void a_table_ascends(void **state)
{
    utfall_run *run = *state;
    utfall_table_row rows[] = {{rat(run, "-1"), amount(run, "0")},
                               {rat(run, "0"), amount(run, "500")},
                               {rat(run, "10"), drawn_times(run, "1/20")}};
    assert_step_good(run, table_step(rows, 3, UTFALL_MATCH_STEP));
    assert_step_good(run, table_step(rows, 1, UTFALL_MATCH_STEP));
    assert_step_good(run, table_step(rows, 2, UTFALL_MATCH_LINEAR));
    assert_step_fault(run, table_step(rows, 0, UTFALL_MATCH_STEP), UTFALL_E_MISSING, "table.rows",
                      "its table has too few rows");
    assert_step_fault(run, table_step(rows, 1, UTFALL_MATCH_LINEAR), UTFALL_E_MISSING, "table.rows",
                      "its table has too few rows");
    rows[2].at = rows[1].at;
    assert_step_fault(run, table_step(rows, 3, UTFALL_MATCH_STEP), UTFALL_E_RANGE,
                      "table.rows[2][0]",
                      "a threshold does not lie above the threshold of the row before");
    rows[2].at = NULL;
    assert_step_fault(run, table_step(rows, 3, UTFALL_MATCH_STEP), UTFALL_E_MISSING,
                      "table.rows[2]", "a row of its table lacks a value");
    rows[2] = (utfall_table_row){rat(run, "11"), level_of(rat(run, "1"), UTFALL_MEASURE_OUTCOME)};
    assert_step_fault(run, table_step(rows, 3, UTFALL_MATCH_STEP), UTFALL_E_UNIT,
                      "table.rows[2][1]", "table.rows[2][1] is a count: expected an amount");
}

static void a_fixed_sum_is_there_and_not_negative(void **state)
{
    assert_step_good(*state, fixed_step(amount(*state, "25000000")));
    assert_step_good(*state, fixed_step(drawn_times(*state, "1/10")));
    assert_step_fault(*state, fixed_step((utfall_level){0}), UTFALL_E_MISSING, "fixed",
                      "it has no amount");
    assert_step_fault(*state, fixed_step(amount(*state, "-1")), UTFALL_E_RANGE, "fixed",
                      "the amount is a negative payment");
}

static void caps_and_floors_leave_room(void **state)
{
    utfall_run *run = *state;
    utfall_step step = share_step(run, "s", "1", UTFALL_MEASURE_SAVING);
    step.cap = amount(run, "100");
    step.floor = amount(run, "100");
    assert_step_good(run, step);
    step.floor = amount(run, "101");
    assert_step_fault(run, step, UTFALL_E_CONFLICT, "floor",
                      "the least it pays lies above the most");
    step.floor = (utfall_level){0};
    step.cap = amount(run, "-1");
    assert_step_fault(run, step, UTFALL_E_RANGE, "cap", "the cap is a negative cap");
}

static void a_gate_says_when_it_holds(void **state)
{
    static const size_t open[] = {VALUE, SUM, SCHOOL}, silent[] = {VALUE, PERSONS};
    static const size_t nobody[] = {OUTCOMES};
    utfall_step step = share_step(*state, "s", "1", UTFALL_MEASURE_SAVING);
    step.when = open;
    step.when_count = 3;
    assert_step_good(*state, step);
    step.when = silent;
    step.when_count = 2;
    assert_step_fault(*state, step, UTFALL_E_MISSING, "when[1]",
                      "outcome \"reached\" does not say when it holds");
    step.when = nobody;
    step.when_count = 1;
    assert_step_fault(*state, step, UTFALL_E_MISSING, "when[0]",
                      "it waits for an outcome that does not exist");
}

static void a_step_goes_from_one_party_to_another(void **state)
{
    utfall_step step = share_step(*state, "s", "1", UTFALL_MEASURE_SAVING);
    step.to = CITY;
    assert_step_fault(*state, step, UTFALL_E_CONFLICT, "to",
                      "it pays from \"city\" to the same party");
    step.to = 3;
    assert_step_fault(*state, step, UTFALL_E_MISSING, "to",
                      "it pays to somebody who is not a party");
    step.to = LSV;
    step.from = SIZE_MAX;
    assert_step_fault(*state, step, UTFALL_E_MISSING, "from",
                      "it pays from somebody who is not a party");
}

static void a_step_rounds_to_a_unit_above_zero(void **state)
{
    utfall_step step = share_step(*state, "s", "1", UTFALL_MEASURE_SAVING);
    step.rounding = (utfall_rounding){UTFALL_ROUND_FLOOR, -1};
    utfall_contract draft = draft_of(*state, &step, 1);
    assert_draft_fault(*state, &draft, UTFALL_E_RANGE, "waterfall[0].round.unit",
                       "the unit is not a unit to round to: expected more than 0");
}

static void steps_have_ids_of_their_own(void **state)
{
    utfall_step steps[3];
    for (int i = 0; i < 3; i++)
        steps[i] = share_step(*state, i == 1 ? "b" : "a", "1", UTFALL_MEASURE_SAVING);
    utfall_contract draft = draft_of(*state, steps, 3);
    assert_draft_fault(*state, &draft, UTFALL_E_CONFLICT, "waterfall[2].id",
                       "two steps are called \"a\"");
}

static void there_are_at_most_64_steps(void **state)
{
    static char ids[65][8];
    static utfall_step steps[65];
    for (int i = 0; i < 65; i++) {
        (void)snprintf(ids[i], sizeof ids[i], "s%d", i);
        steps[i] = share_step(*state, ids[i], "1/100", UTFALL_MEASURE_SAVING);
    }
    utfall_contract draft = draft_of(*state, steps, 64);
    assert_int_equal(contract_of(*state, &draft)->step_count, 64);
    draft.step_count = 65;
    assert_draft_fault(*state, &draft, UTFALL_E_RANGE, "waterfall",
                       "a waterfall has at most 64 steps");
    draft.step_count = 0;
    assert_int_equal(contract_of(*state, &draft)->step_count, 0);
}

static void every_fault_of_every_step_is_told(void **state)
{
    utfall_step steps[2] = {share_step(*state, "a", "2", UTFALL_MEASURE_SAVING),
                            price_step(*state, "-1", VALUE, UTFALL_FIGURE_SUM)};
    steps[0].to = CITY;
    steps[0].cap = amount(*state, "-1");
    utfall_contract draft = draft_of(*state, steps, 2);
    const utfall_contract *out = NULL;
    assert_status(UTFALL_E_CONFLICT, utfall_contract_new(*state, &out, &draft));
    assert_true(utfall_run_errors(*state) == 5);
}

/* ---- outcomes ---- */

static void outcomes_have_ids_of_their_own(void **state)
{
    utfall_contract draft = draft_of(*state, NULL, 0);
    outcome(&draft, SCALES)->id = "result";
    assert_draft_fault(*state, &draft, UTFALL_E_CONFLICT, "outcomes.result",
                       "two outcomes are called \"result\"");
}

static void there_are_at_most_32_outcomes(void **state)
{
    utfall_contract draft = draft_of(*state, NULL, 0);
    draft.outcome_count = 33;
    assert_draft_fault(*state, &draft, UTFALL_E_RANGE, "outcomes",
                       "a contract has at most 32 outcomes");
}

static void only_a_stated_outcome_has_a_value(void **state)
{
    utfall_contract draft = draft_of(*state, NULL, 0);
    outcome(&draft, SCALES)->has_value = true;
    assert_draft_fault(*state, &draft, UTFALL_E_CONFLICT, "outcomes.wellbeing.value",
                       "\"wellbeing\" is measured by scales and also has a stated value");
    assert_string_equal(utfall_run_finding(*state, 0)->clause, "p. 1");
}

static void an_outcome_is_decided_in_one_way(void **state)
{
    utfall_contract draft = draft_of(*state, NULL, 0);
    outcome(&draft, SUM)->has_value = true;
    assert_draft_fault(*state, &draft, UTFALL_E_CONFLICT, "outcomes.result.value",
                       "\"result\" is stated both as true or false and by a figure");
    outcome(&draft, SUM)->sum = NULL;
    assert_draft_fault(*state, &draft, UTFALL_E_CONFLICT, "outcomes.result.value",
                       "\"result\" is stated both as true or false and by a figure");
}

static void an_outcome_is_decided_by_a_figure_that_it_has(void **state)
{
    utfall_contract draft = draft_of(*state, NULL, 0);
    outcome(&draft, PERSONS)->threshold = rat(*state, "10");
    assert_draft_fault(*state, &draft, UTFALL_E_MISSING, "outcomes.reached.improved",
                       "\"reached\" has no figure called sum, which decides whether it holds");
    outcome(&draft, PERSONS)->figure = UTFALL_FIGURE_PERSONS;
    assert_int_equal(contract_of(*state, &draft)->outcome_count, OUTCOMES);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_readings_of_norrkoping_are_good),
        TEST(a_share_lies_between_nothing_and_the_whole),
        TEST(a_fault_quotes_what_was_written_and_shows_its_place),
        TEST(a_share_needs_its_parts),
        TEST(a_share_is_not_taken_of_a_count),
        TEST(a_slice_is_not_inverted),
        TEST(an_inverted_slice_shows_both_ends),
        TEST(a_level_is_money),
        TEST(a_price_is_paid_for_a_count),
        TEST(a_figure_must_be_there),
        TEST(a_table_ascends),
        TEST(a_fixed_sum_is_there_and_not_negative),
        TEST(caps_and_floors_leave_room),
        TEST(a_gate_says_when_it_holds),
        TEST(a_step_goes_from_one_party_to_another),
        TEST(a_step_rounds_to_a_unit_above_zero),
        TEST(steps_have_ids_of_their_own),
        TEST(there_are_at_most_64_steps),
        TEST(every_fault_of_every_step_is_told),
        TEST(outcomes_have_ids_of_their_own),
        TEST(there_are_at_most_32_outcomes),
        TEST(only_a_stated_outcome_has_a_value),
        TEST(an_outcome_is_decided_in_one_way),
        TEST(an_outcome_is_decided_by_a_figure_that_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
