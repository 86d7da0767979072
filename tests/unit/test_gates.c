/* Gates: stated values, and figures against thresholds at, above and below. */
#include "unit/made.h"
#include "engine/stages.h"

static bool gate_of(utfall_run *run, utfall_outcome outcome, utfall_outcome_result result)
{
    const bool *gates = NULL;
    utfall_contract contract = frame();
    outcome.id = "x";
    outcome.clause = outcome.source = "";
    contract.outcomes = &outcome;
    contract.outcome_count = 1;
    assert_ok(run, utfall__gates_compute(run, &gates, &contract, NULL, &result));
    return gates[0];
}

static void a_stated_value_is_the_gate(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_outcome_result none = {0};
    assert_true(gate_of(run, (utfall_outcome){.has_value = true, .value = true}, none));
    assert_false(gate_of(run, (utfall_outcome){.has_value = true, .value = false}, none));
    assert_false(gate_of(run, (utfall_outcome){.has_value = false}, none));
    utfall_run_free(run);
}

static void a_figure_is_compared_by_the_relation_written(void **state)
{
    (void)state;
    static const struct {
        utfall_relation relation;
        bool below, at, above;
    } cases[] = {{UTFALL_GT, false, false, true},
                 {UTFALL_GE, false, true, true},
                 {UTFALL_LT, true, false, false},
                 {UTFALL_LE, true, true, false}};
    utfall_run *run = utfall_run_new(NULL, NULL);
    for (size_t i = 0; i < 4; i++) {
        const utfall_outcome sum = {.figure = UTFALL_FIGURE_SUM,
                                    .relation = cases[i].relation,
                                    .threshold = rat(run, "5/2")};
        const utfall_outcome persons = {.figure = UTFALL_FIGURE_PERSONS,
                                        .relation = cases[i].relation,
                                        .threshold = rat(run, "30")};
        static const char *const figures[] = {"249/100", "5/2", "251/100"};
        const bool holds[] = {cases[i].below, cases[i].at, cases[i].above};
        for (size_t j = 0; j < 3; j++) {
            const utfall_outcome_result result = {.sum = rat(run, figures[j]), .persons = 29 + j};
            assert_true(gate_of(run, sum, result) == holds[j]);
            assert_true(gate_of(run, persons, result) == holds[j]);
        }
    }
    utfall_run_free(run);
}

static void a_gate_without_its_figure_is_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const bool *gates = NULL;
    const utfall_outcome_result none = {0};
    const utfall_outcome outcome = {
        .id = "school", .clause = "7 §", .source = "", .threshold = rat(run, "0")};
    utfall_contract contract = frame();
    contract.outcomes = &outcome;
    contract.outcome_count = 1;
    assert_status(UTFALL_E_MISSING, utfall__gates_compute(run, &gates, &contract, NULL, &none));
    assert_null(gates);
    assert_string_equal(utfall_run_finding(run, 0)->path, "outcomes.school");
    assert_string_equal(utfall_run_finding(run, 0)->clause, "7 §");
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stated_value_is_the_gate),
        cmocka_unit_test(a_figure_is_compared_by_the_relation_written),
        cmocka_unit_test(a_gate_without_its_figure_is_refused)};
    return cmocka_run_group_tests_name("gates", tests, NULL, NULL);
}
