/* One value replaced: where the language has a place for it, and nowhere else. */
#include "unit/contract_dump.h"
#include "unit/contract_text.h"

static utfall_document *parsed(utfall_run *run)
{
    utfall_document *document = NULL;
    assert_status(run, UTFALL_OK,
                  utfall_document_parse(run, &document, "c.yaml", sound, strlen(sound)));
    return document;
}

static char *dumped(utfall_run *run, const utfall_document *document)
{
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    assert_status(run, UTFALL_OK, utfall_document_bind(run, &contract, &sources, document));
    return contract_dump(run, contract, sources);
}

/* Setting `path` to `text` gives what the contract gives with `old` replaced by `new`. */
static void assert_as_written(const char *path, const char *text, const char *old, const char *new)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *set = parsed(run), *written = NULL;
    assert_status(run, UTFALL_OK, utfall_document_set(run, set, path, text, "--set"));
    char *other = changed(sound, old, new);
    assert_status(run, UTFALL_OK,
                  utfall_document_parse(run, &written, "c.yaml", other, strlen(other)));
    char *first = dumped(run, set), *second = dumped(run, written);
    assert_string_equal(first, second);
    free(first);
    free(second);
    free(other);
    utfall_run_free(run);
}

static void setting_a_value_is_as_writing_it(void **state)
{
    (void)state;
    assert_as_written("evaluation.window", "36 months", "12 months", "36 months");
    assert_as_written("waterfall[0].share", "2/5", "60%", "2/5");
    assert_as_written("waterfall[0].between[1]", "120% of drawn", "[0, drawn]",
                      "[0, 120% of drawn]");
    assert_as_written("waterfall[0].between", "[0, 5 SEK]", "[0, drawn]", "[0, 5 SEK]");
    assert_as_written("waterfall[0].when", "[school]", "when: school", "when: [school]");
    assert_as_written("financing.drawn", "{file: d.csv}", "500 SEK", "{file: d.csv}");
    assert_as_written("outcomes.school.sum", "-3", "sum: 19", "sum: -3");
    assert_as_written("evaluation.groups", "{age_at_start: [16, 18]}", "  incomplete: refuse",
                      "  incomplete: refuse\n  groups: {age_at_start: [16, 18]}");
    assert_as_written("evaluation.groups.age_at_start[0]", "16", "  incomplete: refuse",
                      "  incomplete: refuse\n  groups: {age_at_start: [16]}");
    assert_as_written("evaluation.counts.source", "[child]", "  incomplete: refuse",
                      "  incomplete: refuse\n  counts: {source: [child]}");
    assert_as_written("target_group.people.where.\"Min kolumn\"[0]", "x", "{file: people.csv}",
                      "{file: people.csv, where: {Min kolumn: [x]}}");
    assert_as_written("target_group.costs[1].file", "more.csv", "[{file: costs.csv}]",
                      "[{file: costs.csv}, {file: more.csv}]");
}

static void a_value_that_was_set_is_told_by_where_it_came_from(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = parsed(run);
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    assert_status(run, UTFALL_OK,
                  utfall_document_set(run, document, "waterfall[0].between", "[0, drwn]", "--set"));
    assert_status(run, UTFALL_E_SYNTAX, utfall_document_bind(run, &contract, &sources, document));
    assert_first(run, 1, 5, "\"drwn\" is not a level");
    assert_string_equal(utfall_run_finding(run, 0)->at.file, "--set");
    assert_string_equal(utfall_run_finding(run, 0)->path, "waterfall[0].between[1]");
    utfall_run_free(run);
}

static void assert_not_set(const char *path, const char *text, utfall_status status,
                           const char *words)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = parsed(run);
    char *before = dumped(run, document);
    assert_status(run, status, utfall_document_set(run, document, path, text, "--set"));
    if (strstr(utfall_run_finding(run, 0)->message, words) == NULL)
        fail_msg("%s", utfall_run_finding(run, 0)->message);
    char *after = dumped(run, document);
    assert_string_equal(before, after);
    free(before);
    free(after);
    utfall_run_free(run);
}

static void what_cannot_be_set_leaves_the_document_as_it_was(void **state)
{
    (void)state;
    assert_not_set("evaluation.windw", "1", UTFALL_E_SCHEMA, "not a place");
    assert_not_set("evaluation[0]", "1", UTFALL_E_SCHEMA, "not a place");
    assert_not_set("waterfall.share", "1", UTFALL_E_SCHEMA, "not a place");
    assert_not_set("evaluation.window.x", "1", UTFALL_E_SCHEMA, "not a place");
    assert_not_set("evaluation..window", "1", UTFALL_E_SCHEMA, "not a path");
    assert_not_set("", "1", UTFALL_E_SCHEMA, "not a path");
    assert_not_set("extends", "x.yaml", UTFALL_E_SCHEMA, "cannot be set");
    assert_not_set("waterfall[2].share", "1", UTFALL_E_SCHEMA, "past the end");
    assert_not_set("evaluation.groups.a[1]", "1", UTFALL_E_SCHEMA, "past the end");
    assert_not_set("waterfall[0].when[0]", "school", UTFALL_E_SCHEMA, "no such parts");
    assert_not_set("evaluation.window", "[1", UTFALL_E_SYNTAX, "expected \",\" or \"]\"");
    assert_not_set("evaluation.window", "", UTFALL_E_MISSING, "no value");
    assert_not_set("evaluation.window", "~", UTFALL_E_MISSING, "no value");
    assert_not_set("waterfall[0].between[1]", "[[[[[x]]]]]", UTFALL_E_SCHEMA, "8 levels");
}

/* A grid of many values sets the same places again and again. */
static void values_that_are_replaced_do_not_count(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = parsed(run);
    size_t nodes = document->nodes;
    for (size_t i = 0; i < 2 * UTFALL_DOCUMENT_NODES_MAX; i++) {
        assert_status(run, UTFALL_OK,
                      utfall_document_set(run, document, "evaluation.window",
                                          i % 2 == 0 ? "36 months" : "24 months", "--set"));
        assert_status(
            run, UTFALL_OK,
            utfall_document_set(run, document, "waterfall[0].between", "[0, drawn]", "--set"));
    }
    assert_int_equal(document->nodes, nodes);
    assert_status(run, UTFALL_OK,
                  utfall_document_set(run, document, "evaluation.groups.a[0]", "18", "--set"));
    assert_int_equal(document->nodes, nodes + 3);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_a_value_is_as_writing_it),
        cmocka_unit_test(a_value_that_was_set_is_told_by_where_it_came_from),
        cmocka_unit_test(values_that_are_replaced_do_not_count),
        cmocka_unit_test(what_cannot_be_set_leaves_the_document_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
