/* Facts: exact, sorted, distinct, and those that must exist. */
#include "unit/allocator.h"
#include "unit/reported.h"

typedef struct found {
    utfall_run *run;
    const utfall_fact *facts;
    size_t count;
} found;

static found facts_of(utfall_run *run, const utfall_settlement *settlement)
{
    found f = {.run = run};
    assert_ok(run, utfall_facts_compute(run, &f.facts, &f.count, settlement));
    return f;
}

static const char *fact(const found *f, const char *key)
{
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->facts[i].key, key) == 0)
            return f->facts[i].value;
    return "(no such fact)";
}

/* What must come out of the example worked out by hand in made.h. */
static const char *const expected[][2] = {
    {"contract.id", "made"},
    {"as_of", "2016-12"},
    {"window.months", "3"},
    {"window.payment_months", "3"},
    {"evaluation.design", "historic"},
    {"evaluation.step", "4"},
    {"people.target", "3"},
    {"people.comparison", "4"},
    {"group.no.target", "2"},
    {"group.yes.comparison", "1"},
    {"standard_cost.no.3", "202/3"},
    {"standard_cost.yes.3", "31"},
    {"actual.month.1", "160"},
    {"expected.month.3", "497/3"},
    {"actual.accumulated.2015-12", "0"},
    {"drawn.accumulated.2015-12", "40"},
    {"drawn.accumulated.2016-04", "100"},
    {"expected.accumulated.2016-04", "1787/3"},
    {"active.2016-02", "3"},
    {"actual.total", "780"},
    {"expected.total", "1787/3"},
    {"saving.total", "-553/3"},
    {"saving.paid", "-553/3"},
    {"drawn.total", "100"},
    {"level.no_savings", "1787/3"},
    {"level.break_even", "1487/3"},
    {"level.cap", "1427/3"},
    {"rows.costs.used.count", "9"},
    {"rows.costs.used.amount", "780"},
    {"rows.costs.total.count", "9"},
    {"rows.costs.unknown.count", "0"},
    {"rows.reference-costs.total.amount", "863"},
    {"outcome.delivered.improved", "true"},
    {"outcome.school.sum", "19"},
    {"outcome.school.persons", "50"},
    {"outcome.school.excluded", "10"},
    {"outcome.school.improved", "true"},
    {"step.guarantee.gate", "true"},
    {"step.guarantee.exact", "40"},
    {"step.guarantee.paid", "40"},
    {"step.guarantee.residue", "0"},
    {"step.outcome.gate", "true"},
    {"due.city.lsv", "40"},
    {"result.lsv", "-60"},
    {"result.city", "-673/3"},
    {"result.helper", "0"},
    {"borne.lsv", "60"},
    {"borne.city", "40"},
};

static void the_example_by_hand_has_its_exact_figures(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const found f = facts_of(run, hand_settlement(run));
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        if (strcmp(fact(&f, expected[i][0]), expected[i][1]) != 0)
            fail_msg("%s is %s, not %s", expected[i][0], fact(&f, expected[i][0]), expected[i][1]);
    utfall_run_free(run);
}

static void keys_are_sorted_by_bytes_and_distinct(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const found f = facts_of(run, large_settlement(run, 4, 36));
    assert_true(f.count > 36 * 9);
    for (size_t i = 1; i < f.count; i++)
        assert_true(strcmp(f.facts[i - 1].key, f.facts[i].key) < 0);
    utfall_run_free(run);
}

static void what_does_not_apply_is_left_out(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const found f = facts_of(run, hand_settlement(run));
    assert_string_equal(fact(&f, "outcome.delivered.sum"), "(no such fact)");
    assert_string_equal(fact(&f, "outcome.delivered.persons"), "(no such fact)");
    assert_string_equal(fact(&f, "contract.note"), "(no such fact)");
    const found g = facts_of(run, forms_settlement(run));
    assert_string_equal(fact(&g, "step.closed.gate"), "false");
    assert_string_equal(fact(&g, "outcome.school.improved"), "false");
    utfall_run_free(run);
}

static void a_fact_stays_on_its_line(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract draft = noted(hand_draft(run), "a\tb\nc", HOSTILE);
    const found f = facts_of(run, hand_settlement_of(run, &draft));
    assert_string_equal(fact(&f, "contract.title"), "a b c");
    for (size_t i = 0; i < f.count; i++) {
        assert_null(strpbrk(f.facts[i].value, "\n\t\r\x1b"));
        assert_null(strpbrk(f.facts[i].key, "\n\t\r\x1b"));
    }
    utfall_run_free(run);
}

static void running_out_of_memory_is_told_and_nothing_is_given(void **state)
{
    (void)state;
    for (uint64_t n = 1, last = 0; n == 1 || last != 0; n += 3) {
        counting memory = {0};
        utfall_run *run = utfall_run_new(counting_alloc, &memory);
        const utfall_settlement *settlement = hand_settlement(run);
        const utfall_fact *facts = NULL;
        size_t count = 12345;
        memory.fail_at = memory.requests + n;
        const utfall_status status = utfall_facts_compute(run, &facts, &count, settlement);
        last = status == UTFALL_OK ? 0 : n;
        if (status != UTFALL_OK) {
            assert_status(UTFALL_E_NOMEM, status);
            assert_null(facts);
            assert_int_equal(count, 12345);
        }
        utfall_run_free(run);
        assert_int_equal(memory.out, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_by_hand_has_its_exact_figures),
        cmocka_unit_test(keys_are_sorted_by_bytes_and_distinct),
        cmocka_unit_test(what_does_not_apply_is_left_out),
        cmocka_unit_test(a_fact_stays_on_its_line),
        cmocka_unit_test(running_out_of_memory_is_told_and_nothing_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
