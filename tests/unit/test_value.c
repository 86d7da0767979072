/* Values of a ledger: each has one spelling, and what is written is read. */
#include "unit/made.h"
#include "ledger/vocabulary.h"
#include "ledger/xml.h"

static utfall_status parsed(utfall_run *run, utfall_value *out, utfall_spelling spelling,
                            const char *text)
{
    return utfall_value_parse(run, out, spelling, text, strlen(text));
}

static void whole_numbers_reach_their_bounds_and_no_further(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_value v = {0};
    assert_ok(run, parsed(run, &v, UTFALL_SPELL_INTEGER, "9223372036854775807"));
    assert_true(v.integer == INT64_MAX);
    assert_ok(run, parsed(run, &v, UTFALL_SPELL_INTEGER, "-9223372036854775808"));
    assert_true(v.integer == INT64_MIN);
    assert_ok(run, parsed(run, &v, UTFALL_SPELL_INTEGER, "-1"));
    assert_true(v.integer == -1);
    assert_ok(run, parsed(run, &v, UTFALL_SPELL_COUNT, "18446744073709551615"));
    assert_true(v.count == UINT64_MAX);
    v.count = 77;
    assert_status(UTFALL_E_RANGE, parsed(run, &v, UTFALL_SPELL_INTEGER, "9223372036854775808"));
    assert_status(UTFALL_E_RANGE, parsed(run, &v, UTFALL_SPELL_INTEGER, "-9223372036854775809"));
    assert_status(UTFALL_E_RANGE, parsed(run, &v, UTFALL_SPELL_COUNT, "18446744073709551616"));
    assert_status(UTFALL_E_RANGE, parsed(run, &v, UTFALL_SPELL_COUNT, "100000000000000000000000"));
    assert_true(v.count == 77);
    utfall_run_free(run);
}

static void every_other_spelling_is_refused(void **state)
{
    (void)state;
    static const struct {
        utfall_spelling spelling;
        const char *text;
    } cases[] = {
        {UTFALL_SPELL_COUNT, ""},
        {UTFALL_SPELL_COUNT, "00"},
        {UTFALL_SPELL_COUNT, "01"},
        {UTFALL_SPELL_COUNT, "-1"},
        {UTFALL_SPELL_COUNT, "+1"},
        {UTFALL_SPELL_COUNT, " 1"},
        {UTFALL_SPELL_COUNT, "1 "},
        {UTFALL_SPELL_COUNT, "1e3"},
        {UTFALL_SPELL_COUNT, "0x1"},
        {UTFALL_SPELL_INTEGER, "-0"},
        {UTFALL_SPELL_INTEGER, "-"},
        {UTFALL_SPELL_INTEGER, "--1"},
        {UTFALL_SPELL_INTEGER, "-01"},
        {UTFALL_SPELL_INTEGER, "1.0"},
        {UTFALL_SPELL_RATIO, ""},
        {UTFALL_SPELL_RATIO, "4/2"},
        {UTFALL_SPELL_RATIO, "1/1"},
        {UTFALL_SPELL_RATIO, "1/-2"},
        {UTFALL_SPELL_RATIO, "01/2"},
        {UTFALL_SPELL_RATIO, "1/02"},
        {UTFALL_SPELL_RATIO, "-0"},
        {UTFALL_SPELL_RATIO, "1/0"},
        {UTFALL_SPELL_RATIO, "1//2"},
        {UTFALL_SPELL_RATIO, "1/"},
        {UTFALL_SPELL_RATIO, "/2"},
        {UTFALL_SPELL_MONTH, "2016-8"},
        {UTFALL_SPELL_MONTH, "2016-00"},
        {UTFALL_SPELL_MONTH, "16-08"},
        {UTFALL_SPELL_DATE, "2017-02-29"},
        {UTFALL_SPELL_DATE, "2016-03"},
        {UTFALL_SPELL_FLAG, "True"},
        {UTFALL_SPELL_FLAG, "1"},
        {UTFALL_SPELL_FLAG, ""},
        {UTFALL_SPELL_FLAG, "truefalse"},
        {UTFALL_SPELL_DIGEST, ""},
        {UTFALL_SPELL_DIGEST, "AB00000000000000000000000000000000000000000000000000000000000000"},
        {UTFALL_SPELL_DIGEST, "b00000000000000000000000000000000000000000000000000000000000000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_value v = {.count = 77};
        if (parsed(run, &v, cases[i].spelling, cases[i].text) == UTFALL_OK)
            fail_msg("\"%s\" was taken", cases[i].text);
        assert_true(v.count == 77 && !v.is_given);
        utfall_run_free(run);
    }
}

/* What the writer writes is what the reader takes, for numbers of every size. */
static void random_numbers_come_back(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint64_t chances = 11;
    for (int i = 0; i < 5000; i++) {
        utfall_xml xml;
        utfall_value v = {0};
        int64_t number = (int64_t)(chance(&chances) >> (chance(&chances) % 64));
        if (i % 2)
            number = -number;
        utfall_xml_start(&xml, run, 1000, NULL, NULL);
        utfall_xml_open(&xml, "x");
        utfall_xml_integer(&xml, "a", number);
        const char *at = xml.bytes + strlen("<x a=\"");
        assert_ok(run, utfall_value_parse(run, &v, UTFALL_SPELL_INTEGER, at,
                                          xml.len - strlen("<x a=\"") - 1));
        assert_true(v.integer == number);
        if (i % 100 == 99) {
            utfall_run_free(run);
            run = utfall_run_new(NULL, NULL);
        }
    }
    utfall_run_free(run);
}

/* Parents stand above their children, names below one parent differ, attributes ascend. */
static void the_vocabulary_is_in_order(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < utfall_vocabulary_count; i++) {
        const utfall_element_rule *rule = &utfall_vocabulary[i];
        assert_non_null(rule->name);
        assert_true(rule->least <= rule->most && rule->most > 0);
        assert_true(i == 0 ? rule->parent == UTFALL_EL_NONE : rule->parent < i);
        for (uint32_t j = 0; j < i; j++)
            assert_false(utfall_vocabulary[j].parent == rule->parent &&
                         strcmp(utfall_vocabulary[j].name, rule->name) == 0);
        for (size_t a = 1; a < UTFALL_ATTRIBUTES_MAX && rule->attributes[a].name; a++)
            assert_true(strcmp(rule->attributes[a - 1].name, rule->attributes[a].name) < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_reach_their_bounds_and_no_further),
        cmocka_unit_test(every_other_spelling_is_refused),
        cmocka_unit_test(random_numbers_come_back),
        cmocka_unit_test(the_vocabulary_is_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
