/* A comparison adds up, or is not given out. */
#include "unit/made.h"
#include "utfall/compare.h"

static utfall_fact fact(utfall_run *run, const char *key, const char *value)
{
    return (utfall_fact){.key = key, .value = value, .amount = rat(run, value)};
}

typedef struct pair {
    utfall_fact a[2], middle[2], b[3];
    utfall_difference differences[3];
    utfall_stage stages[2];
    utfall_comparison comparison;
} pair;

/* Saving 1/3 to 5 by way of 2; what is due appears at the end. */
static void pair_make(utfall_run *run, pair *p)
{
    *p = (pair){.a = {fact(run, "due", "0"), fact(run, "saving.total", "1/3")},
                .middle = {fact(run, "due", "0"), fact(run, "saving.total", "2")},
                .b = {fact(run, "due", "7"), fact(run, "due.city.lsv", "7"),
                      fact(run, "saving.total", "5")},
                .differences = {
                    {.cause = UTFALL_CAUSE_PARAMETERS,
                     .path = "evaluation.window",
                     .before = "24 months",
                     .after = "36 months"},
                    {.cause = UTFALL_CAUSE_RULES, .path = "waterfall", .before = "", .after = "x"},
                    {.cause = UTFALL_CAUSE_TIME,
                     .path = "as_of",
                     .before = "2018-01",
                     .after = "2018-02"}}};
    p->stages[0] = (utfall_stage){
        .count = 1, .differences = p->differences, .fact_count = 2, .facts = p->middle};
    p->stages[1] = (utfall_stage){.count = 2,
                                  .differences = p->differences + 1,
                                  .why = "a group is empty",
                                  .fact_count = 3,
                                  .facts = p->b};
    const utfall_comparison_side side = {
        .name = "x.yaml", .contract = "x", .currency = "SEK", .note = "", .as_of = {2018 * 12}};
    p->comparison =
        (utfall_comparison){.a = side, .b = side, .stage_count = 2, .stages = p->stages};
    p->comparison.a.fact_count = 2;
    p->comparison.a.facts = p->a;
    p->comparison.b.fact_count = 3;
    p->comparison.b.facts = p->b;
}

static void parts_that_add_up_are_told(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    pair p;
    const char *text = NULL;
    size_t len = 0;
    pair_make(run, &p);
    assert_ok(run, utfall_comparison_check(run, &p.comparison));
    assert_int_equal(utfall_stage_cause(&p.stages[0]), UTFALL_CAUSE_PARAMETERS);
    assert_int_equal(utfall_stage_cause(&p.stages[1]), UTFALL_CAUSE_UNSPLIT);
    assert_ok(run, utfall_comparison_json(run, &text, &len, &p.comparison));
    assert_non_null(strstr(text, "\"parameters\": \"5/3\""));
    assert_non_null(strstr(text, "\"unsplit\": \"3\""));
    assert_non_null(strstr(text, "\"why\": \"a group is empty\""));
    assert_ok(run, utfall_comparison_text(run, &text, &len, &p.comparison, UTFALL_EN, 80));
    assert_non_null(strstr(text, "They cannot be told apart: a group is empty."));
    assert_non_null(strstr(text, "exact, minor units: 2 - 1/3 = 5/3"));
    utfall_run_free(run);
}

static void parts_that_do_not_add_up_are_a_fault(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    pair p;
    pair_make(run, &p);
    p.b[2] = fact(run, "saving.total", "6");
    const utfall_fact last[] = {p.b[0], p.b[1], fact(run, "saving.total", "5")};
    p.stages[1].facts = last;
    assert_status(UTFALL_E_BUG, utfall_comparison_check(run, &p.comparison));
    utfall_run_free(run);
}

static void two_currencies_are_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    pair p;
    pair_make(run, &p);
    p.comparison.b.currency = "EUR";
    assert_status(UTFALL_E_UNIT, utfall_comparison_check(run, &p.comparison));
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_that_add_up_are_told),
        cmocka_unit_test(parts_that_do_not_add_up_are_a_fault),
        cmocka_unit_test(two_currencies_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
