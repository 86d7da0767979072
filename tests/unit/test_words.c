/* The words of both languages: complete, with the same arguments, and filled in safely. */
#include "unit/made.h"
#include "reports/words.h"

static unsigned arguments_of(const char *text)
{
    unsigned found = 0;
    for (const char *p = text; *p != '\0'; p++)
        if (p[0] == '{') {
            assert_true(p[1] >= '0' && p[1] <= '9' && p[2] == '}');
            found |= 1u << (p[1] - '0');
        }
    return found;
}

static const char *sv(int i)
{
    return utfall__word_of(UTFALL_SV, (utfall__word)i);
}

static const char *en(int i)
{
    return utfall__word_of(UTFALL_EN, (utfall__word)i);
}

static void no_word_is_missing_in_any_language(void **state)
{
    (void)state;
    for (int i = 0; i < UTFALL__WORDS; i++) {
        if (sv(i) == NULL || en(i) == NULL)
            fail_msg("word %d is missing; the one before is \"%s\"", i, i > 0 ? en(i - 1) : "");
        assert_int_not_equal(sv(i)[0], '\0');
        assert_int_not_equal(en(i)[0], '\0');
    }
}

static void a_word_stands_in_one_table_the_same_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < UTFALL__WORDS; i++) {
        const bool is_outlook = utfall__words_outlook_sv[i] != NULL;
        if ((utfall__words_sv[i] == NULL) != is_outlook ||
            (utfall__words_en[i] == NULL) != is_outlook ||
            (utfall__words_outlook_en[i] != NULL) != is_outlook)
            fail_msg("word %d, \"%s\"", i, en(i));
    }
}

static void both_languages_take_the_same_arguments(void **state)
{
    (void)state;
    for (int i = 0; i < UTFALL__WORDS; i++) {
        if (arguments_of(sv(i)) != arguments_of(en(i)))
            fail_msg("\"%s\" and \"%s\"", sv(i), en(i));
    }
}

static void words_are_one_line_without_stray_spaces(void **state)
{
    (void)state;
    for (int i = 0; i < UTFALL__WORDS; i++) {
        const char *both[] = {sv(i), en(i)};
        for (int l = 0; l < 2; l++) {
            assert_null(strpbrk(both[l], "\n\t\r"));
            assert_null(strstr(both[l], "  "));
        }
    }
}

static void arguments_are_put_where_the_language_wants_them(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_string_equal(utfall__say(run, UTFALL_SV, WORD_STEP_NAMED, "1", "return"),
                        "Steg 1: return");
    assert_string_equal(utfall__say(run, UTFALL_EN, WORD_SLICE_BETWEEN, "it", "5", "2", "0", "2"),
                        "Here it is 5. Of this, 2 lies between 0 and 2.");
    assert_string_equal(utfall__say(run, UTFALL_SV, WORD_SLICE_BETWEEN, "det", "5", "2", "0", "2"),
                        "H\xc3\xa4r \xc3\xa4r det 5. Mellan 0 och 2 ligger 2 av detta.");
    utfall_run_free(run);
}

static void an_argument_is_never_read_as_a_pattern(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_string_equal(utfall__say(run, UTFALL_EN, WORD_STEP_NAMED, "{1}", "{0}{9}%s"),
                        "Step {1}: {0}{9}%s");
    utfall_run_free(run);
}

static void a_missing_argument_gives_nothing(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_null(utfall__say(run, UTFALL_EN, WORD_STEP_NAMED, "1", (const char *)NULL));
    utfall_run_free(run);
}

static void one_is_singular(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_string_equal(utfall__say_count(run, UTFALL_SV, WORD_PERSON, WORD_PERSONS, 1),
                        "1 person");
    assert_string_equal(utfall__say_count(run, UTFALL_SV, WORD_PERSON, WORD_PERSONS, 60),
                        "60 personer");
    assert_string_equal(utfall__say_count(run, UTFALL_EN, WORD_PERSON, WORD_PERSONS, 0),
                        "0 people");
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_word_is_missing_in_any_language),
        cmocka_unit_test(a_word_stands_in_one_table_the_same_in_both_languages),
        cmocka_unit_test(both_languages_take_the_same_arguments),
        cmocka_unit_test(words_are_one_line_without_stray_spaces),
        cmocka_unit_test(arguments_are_put_where_the_language_wants_them),
        cmocka_unit_test(an_argument_is_never_read_as_a_pattern),
        cmocka_unit_test(a_missing_argument_gives_nothing),
        cmocka_unit_test(one_is_singular),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
