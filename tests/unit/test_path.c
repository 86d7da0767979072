/* Paths: each has one spelling, and what is written can be read back. */
#include "unit/contract_text.h"

static void assert_round(utfall_run *run, const utfall_path_step *steps, size_t count,
                         const char *spelling)
{
    const char *path = "";
    for (size_t i = 0; i < count; i++)
        path = steps[i].key != NULL ? utfall_path_join(run, path, steps[i].key)
                                    : utfall_path_item(run, path, steps[i].index);
    assert_string_equal(path, spelling);
    utfall_path_step got[UTFALL_DOCUMENT_DEPTH_MAX];
    size_t got_count = 0;
    assert_status(run, UTFALL_OK, utfall_path_parse(run, got, &got_count, path));
    assert_int_equal(got_count, count);
    for (size_t i = 0; i < count; i++) {
        if (steps[i].key == NULL)
            assert_true(got[i].key == NULL && got[i].index == steps[i].index);
        else
            assert_string_equal(got[i].key, steps[i].key);
    }
}

static void every_key_can_be_written_and_read_back(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_round(run, (utfall_path_step[]){{"waterfall", 0}, {NULL, 2}, {"share", 0}}, 3,
                 "waterfall[2].share");
    assert_round(run, (utfall_path_step[]){{"where", 0}, {"Min kolumn", 0}, {NULL, 0}}, 3,
                 "where.\"Min kolumn\"[0]");
    assert_round(run, (utfall_path_step[]){{"a.b", 0}, {"c[0]", 0}}, 2, "\"a.b\".\"c[0]\"");
    assert_round(run, (utfall_path_step[]){{"a\"b\\", 0}, {"\\\\\"", 0}}, 2,
                 "\"a\\\"b\\\\\".\"\\\\\\\\\\\"\"");
    assert_round(run, (utfall_path_step[]){{"\xC3\xA5ldersgrupp", 0}}, 1, "\"\xC3\xA5ldersgrupp\"");
    assert_round(run, (utfall_path_step[]){{"-", 0}, {"0", 0}, {NULL, 9999}}, 3, "-.0[9999]");
    utfall_run_free(run);
}

/* Keys of every two bytes, so that no pair of characters is written like another. */
static void no_two_keys_are_written_alike(void **state)
{
    (void)state;
    for (int a = 1; a < 128; a++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        for (int b = 1; b < 128; b++) {
            char key[] = {(char)a, (char)b, '\0'};
            utfall_path_step got[UTFALL_DOCUMENT_DEPTH_MAX];
            size_t count = 0;
            const char *path = utfall_path_join(run, utfall_path_item(run, "x", 7), key);
            assert_status(run, UTFALL_OK, utfall_path_parse(run, got, &count, path));
            assert_int_equal(count, 3);
            assert_string_equal(got[2].key, key);
        }
        utfall_run_free(run);
    }
}

static void other_spellings_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",      ".",       ".a",        "a.",      "a..b",  "a[",        "a[]",
        "a[x]",  "a[01]",   "a[-1]",     "a[0",     "[0]",   "a[100000]", "\"a\"",
        "\"a",   "\"\\x\"", "a b",       "a.\"b\"", "a[0]b", "\"a b\"c",  "\xC3\xA5",
        "a.[0]", "\"\\",    "\"a b\\\"", "a[0].",   "a/b",   "a[ 0]",     "a.b c"};
    utfall_run *run = utfall_run_new(NULL, NULL);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        utfall_path_step steps[UTFALL_DOCUMENT_DEPTH_MAX];
        size_t count = 77;
        if (utfall_path_parse(run, steps, &count, bad[i]) != UTFALL_E_SYNTAX || count != 77)
            fail_msg("\"%s\" is read as a path", bad[i]);
    }
    utfall_run_free(run);
}

static void paths_are_bounded(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_path_step steps[UTFALL_DOCUMENT_DEPTH_MAX];
    size_t count = 0;
    assert_status(run, UTFALL_OK, utfall_path_parse(run, steps, &count, "a.b.c.d.e.f.g.h"));
    assert_int_equal(count, 8);
    assert_status(run, UTFALL_E_SYNTAX, utfall_path_parse(run, steps, &count, "a.b.c.d.e.f.g.h.i"));
    char key[UTFALL_DOCUMENT_KEY_MAX + 2];
    memset(key, 'k', sizeof key);
    key[UTFALL_DOCUMENT_KEY_MAX + 1] = '\0';
    assert_status(run, UTFALL_E_SYNTAX, utfall_path_parse(run, steps, &count, key));
    key[UTFALL_DOCUMENT_KEY_MAX] = '\0';
    assert_status(run, UTFALL_OK, utfall_path_parse(run, steps, &count, key));
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_can_be_written_and_read_back),
        cmocka_unit_test(no_two_keys_are_written_alike),
        cmocka_unit_test(other_spellings_are_refused),
        cmocka_unit_test(paths_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
