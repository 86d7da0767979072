/* Flat terms: a document and its terms say the same, and only terms that can have come from a
 * document are taken. */
#include "unit/contract_dump.h"
#include "unit/contract_text.h"

static char *bound(utfall_run *run, const utfall_document *document)
{
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    assert_status(run, UTFALL_OK, utfall_document_bind(run, &contract, &sources, document));
    return contract_dump(run, contract, sources);
}

static void assert_same_by_terms(utfall_run *run, const utfall_document *document)
{
    const utfall_term *terms = NULL, *again = NULL;
    size_t count = 0, again_count = 0;
    utfall_document *rebuilt = NULL;
    assert_status(run, UTFALL_OK, utfall_document_terms(run, &terms, &count, document));
    assert_status(run, UTFALL_OK, utfall_document_of_terms(run, &rebuilt, terms, count));
    assert_status(run, UTFALL_OK, utfall_document_terms(run, &again, &again_count, rebuilt));
    assert_int_equal(count, again_count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(terms[i].path, again[i].path);
        assert_string_equal(terms[i].value, again[i].value);
        assert_string_equal(terms[i].at.file, again[i].at.file);
        assert_true(terms[i].at.line == again[i].at.line &&
                    terms[i].at.column == again[i].at.column);
    }
    char *first = bound(run, document), *second = bound(run, rebuilt);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void terms_rebuild_to_the_same_contract(void **state)
{
    (void)state;
    static const char *const files[] = {"minimal/contract.yaml", "norrkoping-2016/contract.yaml",
                                        "norrkoping-2016/extended-24-6-groups.yaml",
                                        "norrkoping-2016/reading-b.yaml"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_document *document = NULL;
        const char *path =
            utfall_run_join(run, UTFALL_SOURCE_DIR "/contracts/", files[i], (const char *)NULL);
        assert_status(run, UTFALL_OK, utfall_document_load(run, &document, path));
        assert_same_by_terms(run, document);
        utfall_run_free(run);
    }
}

static void odd_columns_and_empty_texts_survive(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    char *text =
        changed(sound, "people: {file: people.csv}",
                "people: {file: people.csv, separator: \"\\t\", where: {\"Min \\\"kolumn\\\". "
                "\\\\ [0]\": [\"\", \" x \", 'y'], \xC3\xA5: [z]}, true: [\"1\"], false: "
                "[\"\"]}");
    utfall_document *document = NULL;
    assert_status(run, UTFALL_OK,
                  utfall_document_parse(run, &document, "t.yaml", text, strlen(text)));
    assert_same_by_terms(run, document);
    free(text);
    utfall_run_free(run);
}

static void assert_terms_refused(const utfall_term *terms, size_t count, utfall_status status,
                                 const char *words)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = NULL;
    assert_status(run, status, utfall_document_of_terms(run, &document, terms, count));
    assert_null(document);
    if (strstr(utfall_run_finding(run, 0)->message, words) == NULL)
        fail_msg("%s", utfall_run_finding(run, 0)->message);
    utfall_run_free(run);
}

#define TERM(path, value)                                                                          \
    {                                                                                              \
        path, value,                                                                               \
        {                                                                                          \
            "c.yaml", 1, 1                                                                         \
        }                                                                                          \
    }

static void terms_that_no_document_gives_are_refused(void **state)
{
    (void)state;
    assert_terms_refused((utfall_term[]){TERM("a", "1"), TERM("a", "2")}, 2, UTFALL_E_SCHEMA,
                         "there twice");
    assert_terms_refused((utfall_term[]){TERM("a.b", "1"), TERM("c", "2"), TERM("a.d", "3")}, 3,
                         UTFALL_E_SCHEMA, "there twice");
    assert_terms_refused((utfall_term[]){TERM("a", "1"), TERM("a.b", "2")}, 2, UTFALL_E_SCHEMA,
                         "there twice");
    assert_terms_refused((utfall_term[]){TERM("a.b", "1"), TERM("a[0]", "2")}, 2, UTFALL_E_SCHEMA,
                         "one kind of thing");
    assert_terms_refused((utfall_term[]){TERM("a[1]", "1")}, 1, UTFALL_E_SCHEMA, "out of order");
    assert_terms_refused((utfall_term[]){TERM("a[0]", "1"), TERM("a[0]", "2")}, 2, UTFALL_E_SCHEMA,
                         "out of order");
    assert_terms_refused((utfall_term[]){TERM("a..b", "1")}, 1, UTFALL_E_SYNTAX, "no path");
    assert_terms_refused((utfall_term[]){TERM("", "1")}, 1, UTFALL_E_SYNTAX, "no path");
    assert_terms_refused((utfall_term[]){TERM(NULL, "1")}, 1, UTFALL_E_SYNTAX, "no path");
    assert_terms_refused((utfall_term[]){TERM("a", NULL)}, 1, UTFALL_E_SYNTAX, "no contract");
    assert_terms_refused((utfall_term[]){TERM("a", "b\nc")}, 1, UTFALL_E_SYNTAX, "no contract");
    assert_terms_refused((utfall_term[]){TERM("a", "\xFF")}, 1, UTFALL_E_SYNTAX, "no contract");
    assert_terms_refused((utfall_term[]){TERM("\"a\x07\"", "1")}, 1, UTFALL_E_SYNTAX, "unseen");
    assert_terms_refused((utfall_term[]){TERM("extends", "x")}, 1, UTFALL_E_SCHEMA, "leads to");
}

static void many_terms_take_no_longer_than_they_must(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t count = UTFALL_DOCUMENT_NODES_MAX + 1;
    utfall_term *terms = utfall_run_array(run, count, sizeof *terms);
    for (size_t i = 0; i < count; i++)
        terms[i] = (utfall_term)TERM(
            utfall_run_join(run, "k", utfall_run_decimal(run, (int64_t)i), (const char *)NULL),
            "v");
    utfall_document *document = NULL;
    assert_status(run, UTFALL_OK, utfall_document_of_terms(run, &document, terms, count - 1));
    document = NULL;
    assert_status(run, UTFALL_E_RANGE, utfall_document_of_terms(run, &document, terms, count));
    assert_null(document);
    utfall_run_free(run);
}

static void no_terms_make_an_empty_document(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = NULL;
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    assert_status(run, UTFALL_OK, utfall_document_of_terms(run, &document, NULL, 0));
    assert_status(run, UTFALL_E_MISSING, utfall_document_bind(run, &contract, &sources, document));
    assert_null(contract);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_rebuild_to_the_same_contract),
        cmocka_unit_test(odd_columns_and_empty_texts_survive),
        cmocka_unit_test(terms_that_no_document_gives_are_refused),
        cmocka_unit_test(many_terms_take_no_longer_than_they_must),
        cmocka_unit_test(no_terms_make_an_empty_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
