/* The language: schema and reference are made from the table of terms, the examples in the table
 * are sound, and the template binds. UTFALL_UPDATE=1 in the environment rewrites the two files. */
#include "unit/contract_text.h"

#define SCHEMA UTFALL_SOURCE_DIR "/contracts/contract.schema.json"
#define LANGUAGE UTFALL_SOURCE_DIR "/contracts/LANGUAGE.md"

static char *file_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    size_t len = fread(text, 1, (1 << 20) - 1, file);
    assert_true(len > 0 && fclose(file) == 0);
    return text;
}

static void file_write(const char *path, const char *head, size_t head_len, const char *middle,
                       const char *tail)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(head, 1, head_len, file), head_len);
    assert_true(fputs(middle, file) >= 0 && fputs(tail, file) >= 0 && fclose(file) == 0);
}

static void the_published_schema_is_made_from_the_terms(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *made = utfall_language_schema(run);
    assert_non_null(made);
    if (getenv("UTFALL_UPDATE") != NULL)
        file_write(SCHEMA, "", 0, made, "");
    char *published = file_text(SCHEMA);
    assert_string_equal(published, made);
    free(published);
    utfall_run_free(run);
}

static void the_reference_is_made_from_the_terms(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *made = utfall_language_reference(run);
    assert_non_null(made);
    char *page = file_text(LANGUAGE);
    char *begin = strstr(page, "<!-- generated"), *end = strstr(page, "<!-- /generated -->");
    assert_true(begin != NULL && end != NULL && begin < end);
    begin = strchr(begin, '\n') + 1;
    if (getenv("UTFALL_UPDATE") != NULL)
        file_write(LANGUAGE, page, (size_t)(begin - page), made, end);
    else
        assert_true(strlen(made) == (size_t)(end - begin) &&
                    memcmp(made, begin, (size_t)(end - begin)) == 0);
    free(page);
    utfall_run_free(run);
}

static void every_example_in_the_table_is_a_value_of_its_type(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    for (size_t i = 0; i < UTFALL_TERMS; i++) {
        const utfall_term_rule *rule = &utfall_term_rules[i];
        assert_non_null(rule->meaning);
        assert_true(rule->need != UTFALL_REQUIRED || rule->fallback == NULL);
        if (rule->type >= UTFALL_TYPE_MAP)
            continue;
        const char *text = utfall_run_join(run, "k: ", rule->example, (const char *)NULL);
        utfall_document *document = NULL;
        assert_status(run, UTFALL_OK,
                      utfall_document_parse(run, &document, "t", text, strlen(text)));
        utfall_value value = {0};
        utfall_fault fault = {0};
        if (utfall_value_read(run, &value, &fault, rule->type, rule->names,
                              document->root->items[0]->text) != UTFALL_OK)
            fail_msg("%s: %s", rule->key, rule->example);
    }
    utfall_run_free(run);
}

static void no_key_is_there_twice_in_a_map(void **state)
{
    (void)state;
    size_t terms = 0;
    for (size_t shape = UTFALL_SHAPE_NONE + 1; shape < UTFALL_SHAPES; shape++) {
        for (size_t i = utfall_shapes[shape].first; i < utfall_shapes[shape].end; i++, terms++) {
            assert_int_equal(utfall_term_rules[i].shape, shape);
            assert_ptr_equal(utfall_rule_find((utfall_shape)shape, utfall_term_rules[i].key),
                             &utfall_term_rules[i]);
        }
    }
    assert_int_equal(terms, UTFALL_TERMS);
}

static void near_words_are_found_and_far_ones_are_not(void **state)
{
    (void)state;
    static const char *const words[] = {"investor", "commitment", "drawn", NULL};
    assert_string_equal(utfall_word_near("investr", words), "investor");
    assert_string_equal(utfall_word_near("drwan", words), "drawn");
    assert_string_equal(utfall_word_near("Commitments", words), "commitment");
    assert_null(utfall_word_near("budget", words));
    assert_null(utfall_word_near("", words));
    assert_null(utfall_word_near("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", words));
    assert_string_equal(utfall_key_near("widnow", UTFALL_SHAPE_EVALUATION), "window");
}

static void the_template_binds_as_it_stands(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = NULL;
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    const char *name = NULL, *text = NULL;
    size_t tables = 0;
    for (size_t i = 0; utfall_language_template(i, &name, &text); i++) {
        if (strcmp(name, "contract.yaml") == 0)
            assert_status(run, UTFALL_OK,
                          utfall_document_parse(run, &document, name, text, strlen(text)));
        size_t len = strlen(name);
        if (strcmp(name + len - 4, ".csv") == 0) {
            tables++;
            assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1); /* headings only */
        }
    }
    assert_int_equal(tables, 5);
    assert_status(run, UTFALL_OK, utfall_document_bind(run, &contract, &sources, document));
    assert_int_equal(utfall_run_warnings(run), 0);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_schema_is_made_from_the_terms),
        cmocka_unit_test(the_reference_is_made_from_the_terms),
        cmocka_unit_test(every_example_in_the_table_is_a_value_of_its_type),
        cmocka_unit_test(no_key_is_there_twice_in_a_map),
        cmocka_unit_test(near_words_are_found_and_far_ones_are_not),
        cmocka_unit_test(the_template_binds_as_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
