/* Changes between two contracts: all of them found, and made one by one. */
#include "unit/contract_dump.h"
#include "unit/contract_text.h"
#include "utfall/changes.h"

static utfall_document *parsed(utfall_run *run, const char *text)
{
    utfall_document *document = NULL;
    assert_status(run, UTFALL_OK,
                  utfall_document_parse(run, &document, "c.yaml", text, strlen(text)));
    return document;
}

static char *dumped(utfall_run *run, const utfall_document *document)
{
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    assert_status(run, UTFALL_OK, utfall_document_bind(run, &contract, &sources, document));
    return contract_dump(run, contract, sources);
}

/* The contract with `old` replaced by `new` differs at `path` alone, from `before` to `after`; made
 * in a copy, the change gives the other contract, and back again. */
static void assert_one_change(const char *old, const char *new, const char *path,
                              const char *before, const char *after, utfall_change_kind kind)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    char *other = changed(sound, old, new);
    const utfall_document *a = parsed(run, sound), *b = parsed(run, other);
    const utfall_change *changes = NULL;
    size_t count = 0;
    assert_status(run, UTFALL_OK, utfall_document_changes(run, &changes, &count, a, b));
    assert_int_equal(count, 1);
    assert_string_equal(changes[0].path, path);
    assert_string_equal(changes[0].before, before);
    assert_string_equal(changes[0].after, after);
    assert_int_equal(changes[0].kind, kind);
    utfall_document *copy = NULL;
    assert_status(run, UTFALL_OK, utfall_document_copy(run, &copy, a));
    assert_status(run, UTFALL_OK, utfall_document_change(run, copy, b, &changes[0]));
    char *made = dumped(run, copy), *wanted = dumped(run, b);
    assert_string_equal(made, wanted);
    assert_status(run, UTFALL_OK, utfall_document_change(run, copy, a, &changes[0]));
    char *back = dumped(run, copy), *first = dumped(run, a);
    assert_string_equal(back, first);
    free(made);
    free(wanted);
    free(back);
    free(first);
    free(other);
    utfall_run_free(run);
}

static void a_change_is_found_where_it_is_and_can_be_made(void **state)
{
    (void)state;
    assert_one_change("12 months", "36 months", "evaluation.window", "12 months", "36 months",
                      UTFALL_CHANGE_TERM);
    assert_one_change("60%", "2/5", "waterfall[0]", "share: 60%", "share: 2/5", UTFALL_CHANGE_RULE);
    assert_one_change("  incomplete: refuse", "  incomplete: refuse\n  payment_window: 6 months",
                      "evaluation.payment_window", "", "6 months", UTFALL_CHANGE_TERM);
    assert_one_change("sum: 19", "sum: -3", "outcomes.school", "sum: 19", "sum: -3",
                      UTFALL_CHANGE_RULE);
    assert_one_change("[{file: costs.csv}]", "[{file: more.csv}]", "target_group.costs",
                      "(file: costs.csv)", "(file: more.csv)", UTFALL_CHANGE_TABLE);
}

static void a_selection_is_a_change_of_its_own(void **state)
{
    (void)state;
    assert_one_change("{file: people.csv}", "{file: people.csv, where: {Kön: [a, b]}}",
                      "target_group.people.where", "", "Kön: a, b", UTFALL_CHANGE_TERM);
}

static void names_and_clauses_are_no_changes(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    char *other = changed(sound, "12 months", "12 months\n  clause: \"p. 7\"");
    const utfall_change *changes = NULL;
    size_t count = 1;
    assert_status(
        run, UTFALL_OK,
        utfall_document_changes(run, &changes, &count, parsed(run, sound), parsed(run, other)));
    assert_int_equal(count, 0);
    free(other);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_found_where_it_is_and_can_be_made),
        cmocka_unit_test(a_selection_is_a_change_of_its_own),
        cmocka_unit_test(names_and_clauses_are_no_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
