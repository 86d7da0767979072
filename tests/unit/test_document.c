/* Documents from files: extends, names that move with the file they are written in, inputs. */
#define _POSIX_C_SOURCE 200809L
#include "unit/contract_dump.h"
#include "unit/contract_text.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct place {
    char folder[64];
    utfall_run *run;
} place;

static int place_open(void **state)
{
    static place here;
    (void)snprintf(here.folder, sizeof here.folder, "/tmp/utfall-document-XXXXXX");
    if (mkdtemp(here.folder) == NULL)
        return 1;
    here.run = utfall_run_new(NULL, NULL);
    *state = &here;
    return here.run == NULL;
}

static int place_close(void **state)
{
    place *here = *state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -r '%s'", here->folder);
    utfall_run_free(here->run);
    return system(command);
}

static const char *path_in(place *here, const char *name)
{
    return utfall_run_join(here->run, here->folder, "/", name, (const char *)NULL);
}

static void file_write(place *here, const char *name, const char *text)
{
    const char *path = path_in(here, name), *slash = strrchr(path, '/');
    (void)mkdir(utfall_run_text(here->run, path, (size_t)(slash - path)), 0700);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
}

static utfall_document *load(place *here, const char *name)
{
    utfall_document *document = NULL;
    assert_status(here->run, UTFALL_OK,
                  utfall_document_load(here->run, &document, path_in(here, name)));
    return document;
}

static const utfall_term *term_of(place *here, const utfall_document *document, const char *path)
{
    const utfall_term *terms = NULL;
    size_t count = 0;
    assert_status(here->run, UTFALL_OK, utfall_document_terms(here->run, &terms, &count, document));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(terms[i].path, path) == 0)
            return &terms[i];
    }
    return NULL;
}

static void assert_value(place *here, const utfall_document *document, const char *path,
                         const char *value, const char *file, uint32_t line)
{
    const utfall_term *term = term_of(here, document, path);
    assert_non_null(term);
    assert_string_equal(term->value, value);
    assert_string_equal(term->at.file, file);
    assert_int_equal(term->at.line, line);
}

/* RULE: EXTENDS-1 */
static void keys_replace_the_base_and_lists_replace_it_whole(void **state)
{
    place *here = *state;
    file_write(here, "base.yaml", "a: {x: 1, y: 2, z: {p: 3}}\nlist: [1, 2, 3]\nkeep: old\n");
    file_write(here, "top.yaml", "extends: base.yaml\na: {y: 20, w: 4, z: {q: 5}}\nlist: [9]\n");
    utfall_document *document = load(here, "top.yaml");
    static const char *const order[] = {"a.x", "a.y", "a.z.p", "a.z.q", "a.w", "list[0]", "keep"};
    const utfall_term *terms = NULL;
    size_t count = 0;
    assert_status(here->run, UTFALL_OK, utfall_document_terms(here->run, &terms, &count, document));
    assert_int_equal(count, 7);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(terms[i].path, order[i]);
    assert_value(here, document, "a.x", "1", "base.yaml", 1);
    assert_value(here, document, "a.y", "20", "top.yaml", 2);
    assert_value(here, document, "list[0]", "9", "top.yaml", 3);
    assert_null(term_of(here, document, "extends"));
}

/* RULE: EXTENDS-2 */
static void names_are_told_from_the_main_contracts_folder(void **state)
{
    place *here = *state;
    file_write(
        here, "common/base.yaml",
        "extends: deep/root.yaml\n"
        "target_group: {people: {file: data/p.csv}, costs: [{file: ../c.csv}, {file: d.csv}]}\n"
        "financing: {drawn: {file: ./d/e.csv}}\noutcomes: {file: {source: data/not-a-name}}\n");
    file_write(here, "common/deep/root.yaml",
               "comparison_group: {people: {file: r.csv}, standard_cost: {file: ../s.csv}}\n");
    file_write(here, "mine/top.yaml",
               "extends: ../common/base.yaml\n"
               "target_group: {people: {file: own/p.csv}}\n");
    utfall_document *document = load(here, "mine/top.yaml");
    static const char base[] = "../common/base.yaml", root[] = "../common/deep/root.yaml";
    assert_value(here, document, "target_group.people.file", "own/p.csv", "top.yaml", 2);
    assert_value(here, document, "target_group.costs[0].file", "../c.csv", base, 2);
    assert_value(here, document, "target_group.costs[1].file", "../common/d.csv", base, 2);
    assert_value(here, document, "financing.drawn.file", "../common/d/e.csv", base, 3);
    assert_value(here, document, "outcomes.file.source", "data/not-a-name", base, 4);
    assert_value(here, document, "comparison_group.people.file", "../common/deep/r.csv", root, 1);
    assert_value(here, document, "comparison_group.standard_cost.file", "../common/s.csv", root, 1);
}

static void inputs_are_the_files_read_main_first(void **state)
{
    place *here = *state;
    file_write(here, "one.yaml", "extends: sub/two.yaml\n");
    file_write(here, "sub/two.yaml", "abc: d\n");
    utfall_document *document = load(here, "one.yaml");
    const utfall_input *inputs = NULL;
    size_t count = 0;
    assert_status(here->run, UTFALL_OK,
                  utfall_document_inputs(here->run, &inputs, &count, document));
    assert_int_equal(count, 2);
    assert_string_equal(inputs[0].name, "one.yaml");
    assert_string_equal(inputs[1].name, "sub/two.yaml");
    assert_string_equal(inputs[1].role, "contract");
    assert_int_equal(inputs[1].bytes, 7);
    /* printf 'abc: d\n' | sha256sum */
    static const uint8_t digest[4] = {0x0d, 0xdf, 0xe1, 0xc3};
    assert_memory_equal(inputs[1].sha256, digest, 4);
}

static void assert_load_fails(place *here, const char *name, utfall_status status,
                              const char *words)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = NULL;
    assert_status(run, status, utfall_document_load(run, &document, path_in(here, name)));
    assert_null(document);
    const utfall_finding *f = utfall_run_finding(run, 0);
    if (strstr(f->message, words) == NULL)
        fail_msg("%s", f->message);
    utfall_run_free(run);
}

/* RULE: EXTENDS-2 */
static void chains_are_four_deep_and_have_no_circle(void **state)
{
    place *here = *state;
    file_write(here, "f0.yaml", "extends: f1.yaml\n");
    file_write(here, "f1.yaml", "extends: f2.yaml\n");
    file_write(here, "f2.yaml", "extends: f3.yaml\n");
    file_write(here, "f3.yaml", "extends: f4.yaml\n");
    file_write(here, "f4.yaml", "a: b\n");
    (void)load(here, "f0.yaml");
    file_write(here, "f4.yaml", "extends: f5.yaml\n");
    file_write(here, "f5.yaml", "a: b\n");
    assert_load_fails(here, "f0.yaml", UTFALL_E_RANGE, "more than 4 deep");
    file_write(here, "f2.yaml", "extends: ./sub/../f0.yaml\n");
    assert_load_fails(here, "f0.yaml", UTFALL_E_CONFLICT, "leads back to itself");
}

static void files_that_cannot_be_read_are_named_where_they_are_asked_for(void **state)
{
    place *here = *state;
    assert_load_fails(here, "nothing.yaml", UTFALL_E_IO, "does not exist");
    file_write(here, "asks.yaml", "a: b\nextends: nothing.yaml\n");
    assert_load_fails(here, "asks.yaml", UTFALL_E_IO, "nothing.yaml\" does not exist");
    utfall_document *document = NULL;
    assert_status(here->run, UTFALL_E_IO,
                  utfall_document_load(here->run, &document, path_in(here, "asks.yaml")));
    assert_first(here->run, 2, 10, "does not exist");
    assert_load_fails(here, ".", UTFALL_E_IO, "");
    file_write(here, "pipe.yaml", "extends: fifo\n");
    assert_int_equal(mkfifo(path_in(here, "fifo"), 0600), 0);
    assert_load_fails(here, "pipe.yaml", UTFALL_E_IO, "not a regular file");
}

static void findings_show_the_path_the_user_gave_and_terms_do_not(void **state)
{
    place *here = *state;
    char *text = changed(sound, "share: 60%", "share: 160%");
    file_write(here, "sub/contract.yaml", text);
    free(text);
    utfall_document *document = load(here, "sub/contract.yaml");
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    assert_status(here->run, UTFALL_E_RANGE,
                  utfall_document_bind(here->run, &contract, &sources, document));
    const utfall_finding *f = utfall_run_finding(here->run, 0);
    assert_string_equal(f->at.file, path_in(here, "sub/contract.yaml"));
    assert_int_equal(f->width, 4);
    assert_non_null(f->excerpt); /* though the engine, which told it, has no text */
    assert_non_null(strstr(f->excerpt, "share: 160%"));
    assert_value(here, document, "waterfall[0].share", "160%", "contract.yaml", 24);
}

static void text_in_memory_has_no_extends(void **state)
{
    place *here = *state;
    utfall_document *document = NULL;
    assert_status(here->run, UTFALL_E_SCHEMA,
                  utfall_document_parse(here->run, &document, "m", "a: b\nextends: c\n", 16));
    assert_null(document);
    assert_first(here->run, 2, 1, "cannot be followed");
    assert_status(here->run, UTFALL_OK,
                  utfall_document_parse(here->run, &document, "m", "a: b", 4));
    assert_value(here, document, "a", "b", "m", 1);
}

#define placed(name) cmocka_unit_test_setup_teardown(name, place_open, place_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        placed(keys_replace_the_base_and_lists_replace_it_whole),
        placed(names_are_told_from_the_main_contracts_folder),
        placed(inputs_are_the_files_read_main_first),
        placed(chains_are_four_deep_and_have_no_circle),
        placed(files_that_cannot_be_read_are_named_where_they_are_asked_for),
        placed(findings_show_the_path_the_user_gave_and_terms_do_not),
        placed(text_in_memory_has_no_extends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
