/* Reading a ledger: every value comes back; whatever is not exactly a ledger is refused, with its
 * place, soon, and without a trace in the out parameter. */
#include "unit/ledger_made.h"
#include "unit/allocator.h"

static void every_recorded_value_comes_back(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    const utfall_record *read = NULL;
    assert_ok(run, utfall_ledger_read(run, &read, "made.xml", made.bytes, made.len));
    assert_string_equal(read->version, "0.1.0");
    assert_string_equal(read->rules, "1");
    assert_int_equal(read->term_count, made.record.term_count);
    for (size_t i = 0; i < read->term_count; i++) {
        assert_string_equal(read->terms[i].path, made.record.terms[i].path);
        assert_string_equal(read->terms[i].value, made.record.terms[i].value);
        assert_string_equal(read->terms[i].at.file, made.record.terms[i].at.file);
        assert_true(read->terms[i].at.line == made.record.terms[i].at.line);
        assert_true(read->terms[i].at.column == made.record.terms[i].at.column);
    }
    assert_int_equal(read->input_count, made.record.input_count);
    for (size_t i = 0; i < read->input_count; i++) {
        assert_string_equal(read->inputs[i].name, made.record.inputs[i].name);
        assert_string_equal(read->inputs[i].role, made.record.inputs[i].role);
        assert_true(read->inputs[i].bytes == made.record.inputs[i].bytes);
        assert_true(read->inputs[i].rows == made.record.inputs[i].rows);
        assert_memory_equal(read->inputs[i].sha256, made.record.inputs[i].sha256, 32);
    }
    assert_string_equal(read->detail.name, made.record.detail.name);
    assert_true(read->detail.bytes == 9876 && read->detail.leaves == 7);
    assert_memory_equal(read->detail.sha256, made.record.detail.sha256, 32);
    assert_memory_equal(read->detail.root, made.record.detail.root, 32);
    assert_true(read->has_previous);
    assert_memory_equal(read->previous, made.record.previous, 32);
    assert_ok(run, utfall_sums_compare(run, "made.xml", made.contract, read->sums,
                                       made.settlement->sums, true));
    utfall_run_free(run);
}

static void assert_refused(const char *bytes, size_t len, const char *says, const char *what)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_record *read = NULL;
    utfall_status status = utfall_ledger_read(run, &read, "made.xml", bytes, len);
    const char *message = first_message(run);
    if (status == UTFALL_OK || read || utfall_run_errors(run) != 1 || !strstr(message, says))
        fail_msg("%s: %s \"%s\", expected \"%s\"", what, utfall_status_name(status), message, says);
    assert_true(utfall_run_finding(run, 0)->at.line > 0);
    utfall_run_free(run);
}

/* One thing changed in a good ledger. */
static void what_is_not_a_ledger_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *says;
    } cases[] = {
        /* XML that ledgers do not have */
        {"<recorded", "<!DOCTYPE x><recorded", "not well-formed"},
        {"<recorded", "<!-- a --><recorded", "comments"},
        {"<recorded", "<?php x?><recorded", "processing instructions"},
        {"</terms>", "<![CDATA[]]></terms>", "CDATA"},
        {"<terms>", "<terms>&x;", "x"},
        {">40%<", ">40&x;%<", "x"},
        {">40%<", ">40<!-- -->%<", "comments"},
        {">40%<", "><![CDATA[40%]]><", "CDATA"},
        {">40%<", ">&#0;<", "not well-formed"},
        {">40%<", ">&#xFFFF;<", "not well-formed"},
        {">40%<", ">\xff<", "not well-formed"},
        {">40%<", ">]]><", "not well-formed"},
        {"<derived", "<derived recorded_sha256=\"\"", "not well-formed"},
        {"<recorded", "<recorded xml:lang=\"sv\"", "attribute"},
        {"<recorded", "<recorded xmlns=\"urn:other\"", "namespace"},
        {"<recorded", "<recorded xmlns:a=\"urn:a\"", "namespace"},
        {"<recorded", "<recorded xmlns:a=\"urn:a\" a:b=\"\"", "namespace"},
        {"<recorded ", "<x:recorded ", "not well-formed"},
        {"<ledger xmlns=\"urn:utfall:ledger:1\"",
         "<ledger xmlns=\"urn:utfall:ledger:1\" xmlns:a=\"urn:a\"", "namespace"},
        {"</derived>", "</derived></ledger><ledger>", "not well-formed"},
        /* structure */
        {"</recorded>", "</recorded><recorded rules=\"1\" version=\"1\"></recorded>",
         "too many times"},
        {"<derived", "<other></other><derived", "may not stand here"},
        {"<terms>", "<terms><terms></terms>", "may not stand here"},
        {"<inputs>", "<inputs></inputs><inputs>", "too many times"},
        {"<starts>", "<outcomes></outcomes><starts>", "missing"},
        {"</derived>", "<checks></checks></derived>", "too many times"},
        {"<levels", "<total actual=\"0\" drawn=\"0\" expected=\"0\" saving=\"0\"></total><levels",
         "may not stand here"},
        {"<recorded", "text<recorded", "text may not stand here"},
        {"</inputs>", "\xc2\xa0</inputs>", "text may not stand here"},
        {" name=\"unknown\"", " name=\"used\"", "classes stand in the order"},
        {"<rows of=\"target\"", "<rows of=\"comparison\"", "rows stand for"},
        {" version=\"0.1.0\"", "", "\"version\" is missing"},
        {" version=\"0.1.0\"", " version=\"0.1.0\" x=\"\"", "not an attribute"},
        {" version=\"0.1.0\"", " version=\"0.1.0\" version=\"0.1.0\"", "not well-formed"},
        {"number=\"2\"", "number=\"3\"", "groups are numbered"},
        {" comparison=\"1\" label=\"yes\"", " label=\"yes\"", "either every group"},
        {"   <month comparison=\"300\" k=\"1\"", "   <month k=\"1\"", "agreed cost"},
        {"   <month comparison=\"300\"", "   <month agreed=\"1\"", "agreed cost"},
        {"   <month comparison=\"300\" k=\"1\"", "   <month comparison=\"300\" k=\"2\"",
         "months are numbered"},
        {"window_months=\"3\"", "window_months=\"2\"", "months are numbered"},
        {"window_months=\"3\"", "window_months=\"4\"", "fewer months"},
        {"window_months=\"3\"", "window_months=\"0\"", "between 1 and 240"},
        {"window_months=\"3\"", "window_months=\"241\"", "between 1 and 240"},
        {"month=\"2016-01\"></calendar", "month=\"2016-02\"></calendar", "without gaps"},
        {"<start group=\"1\"", "<start group=\"3\"", "no such group"},
        {"<start group=\"1\"", "<start group=\"0\"", "no such group"},
        {"name=\"made.detail.xml\"", "name=\"../made.detail.xml\"", "without a folder"},
        {"name=\"made.detail.xml\"", "name=\"..\"", "without a folder"},
        {"name=\"made.detail.xml\"", "name=\"\"", "without a folder"},
        {"line=\"3\"", "line=\"4294967296\"", "below 4294967296"},
        /* numbers and other values, each with one spelling */
        {"target=\"150\"", "target=\"0150\"", "whole number"},
        {"target=\"150\"", "target=\"+150\"", "whole number"},
        {"target=\"150\"", "target=\"1.5e2\"", "whole number"},
        {"target=\"150\"", "target=\"150.0\"", "whole number"},
        {"target=\"150\"", "target=\" 150\"", "whole number"},
        {"target=\"150\"", "target=\"150 \"", "whole number"},
        {"target=\"150\"", "target=\"-0\"", "whole number"},
        {"target=\"150\"", "target=\"-\"", "whole number"},
        {"target=\"150\"", "target=\"\"", "whole number"},
        {"target=\"150\"", "target=\"0x96\"", "whole number"},
        {"target=\"150\"", "target=\"1 50\"", "whole number"},
        {"target=\"150\"", "target=\"\xd9\xa1\xd9\xa5\"", "whole number"},
        {"target=\"150\"", "target=\"9223372036854775808\"", "whole number"},
        {"target=\"150\"", "target=\"-9223372036854775809\"", "whole number"},
        {"target=\"150\"", "target=\"99999999999999999999999\"", "whole number"},
        {"persons=\"50\"", "persons=\"-50\"", "count"},
        {"persons=\"50\"", "persons=\"050\"", "count"},
        {"persons=\"50\"", "persons=\"18446744073709551616\"", "count"},
        {"sum=\"19\"", "sum=\"19/1\"", "fraction"},
        {"sum=\"19\"", "sum=\"38/2\"", "fraction"},
        {"sum=\"19\"", "sum=\"19/-1\"", "fraction"},
        {"sum=\"19\"", "sum=\"19/0\"", "fraction"},
        {"sum=\"19\"", "sum=\"+19\"", "fraction"},
        {"sum=\"19\"", "sum=\"-0\"", "fraction"},
        {"sum=\"19\"", "sum=\"1.9e1\"", "fraction"},
        {"as_of=\"2016-12\"", "as_of=\"2016-13\"", "YYYY-MM"},
        {"as_of=\"2016-12\"", "as_of=\"2016-1\"", "YYYY-MM"},
        {"as_of=\"2016-12\"", "as_of=\"2016-12-01\"", "YYYY-MM"},
        {"sha256=\"dead", "sha256=\"DEAD", "hexadecimal"},
        {"sha256=\"dead", "sha256=\"deadbe", "hexadecimal"},
        {"holds=\"true\"", "holds=\"1\"", "true or false"},
    };
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = made.len;
        const char *bytes = edited(run, made.bytes, &len, cases[i].from, cases[i].to);
        assert_refused(bytes, len, cases[i].says, cases[i].to);
    }
    utfall_run_free(run);
}

static void a_finding_points_at_the_element(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    const utfall_record *read = NULL;
    size_t len = made.len;
    const char *bytes = edited(run, made.bytes, &len, "persons=\"50\"", "persons=\"5O\"");
    uint32_t line = 1;
    for (const char *at = bytes; at < strstr(bytes, "5O"); at++)
        line += *at == '\n';
    assert_status(UTFALL_E_SYNTAX, utfall_ledger_read(run, &read, "made.xml", bytes, len));
    const utfall_finding *finding = utfall_run_finding(run, 0);
    assert_string_equal(finding->at.file, "made.xml");
    assert_int_equal(finding->at.line, line);
    assert_int_equal(finding->at.column, 4);
    assert_non_null(strstr(finding->message, "\"5O\""));
    assert_non_null(strstr(finding->excerpt, "<outcome excluded="));
    utfall_run_free(run);
}

/* A ledger with `count` times `part` after its first `after`. */
static void assert_grown_is_refused(const char *after, const char *part, size_t count,
                                    const char *tail, const char *says)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    size_t size = strlen(part), len = strlen(after) + count * size + strlen(tail);
    char *grown = utfall_run_alloc(run, len + 1), *at = grown + strlen(after);
    memcpy(grown, after, strlen(after));
    for (size_t i = 0; i < count; i++, at += size)
        memcpy(at, part, size);
    memcpy(at, tail, strlen(tail));
    size_t total = made.len;
    const char *bytes = edited(run, made.bytes, &total, after, grown);
    assert_refused(bytes, total, says, part);
    utfall_run_free(run);
}

static void depth_length_and_counts_are_bounded(void **state)
{
    (void)state;
    assert_grown_is_refused("<terms>", "<term>", 20000, "", "");
    assert_grown_is_refused("<terms>", "<terms>", 20000, "", "may not stand here");
    assert_grown_is_refused("<recorded", " a=\"\"", 8000, "", "not well-formed");
    assert_grown_is_refused("path=\"", "x", 65537 - 11, "", "65536");
    assert_grown_is_refused("path=\"", "x", 12000000, "", "");
    assert_grown_is_refused(">made", "x", 65536, "", "65536");
    assert_grown_is_refused(">made", "x", 12000000, "", "65536");
    assert_grown_is_refused("<starts>",
                            "<start group=\"1\" month=\"2016-01\" persons=\"1\"></start>", 100001,
                            "", "too many times");
    assert_grown_is_refused("<recorded", "x", 60000, "", "");
    assert_grown_is_refused("sum=\"", "1", 3000, "", "fraction");
}

static void an_entity_bomb_does_not_go_off(void **state)
{
    (void)state;
    static const char bomb[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<!DOCTYPE ledger [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d SYSTEM \"file:///etc/passwd\">]>\n"
        "<ledger xmlns=\"urn:utfall:ledger:1\">&c;&d;\n</ledger>\n";
    assert_refused(bomb, sizeof bomb - 1, "second line", "bomb");
}

static void what_is_longer_than_a_ledger_may_be_is_not_looked_at(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_record *read = NULL;
    assert_status(UTFALL_E_SYNTAX,
                  utfall_ledger_read(run, &read, "x", "", (size_t)UTFALL_LEDGER_BYTES_MAX + 1));
    utfall_run_free(run);
}

/* Cut anywhere, a ledger is refused; nothing is taken from what came before the cut. */
static void a_ledger_cut_short_is_refused_at_every_byte(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    for (size_t len = 0; len < made.len; len++) {
        char *cut = malloc(len + 1); /* so that a sanitizer sees reads past the end */
        memcpy(cut, made.bytes, len);
        cut[len] = '!';
        utfall_run *inner = utfall_run_new(NULL, NULL);
        const utfall_record *read = NULL;
        assert_int_not_equal(utfall_ledger_read(inner, &read, "x", cut, len), UTFALL_OK);
        assert_null(read);
        utfall_run_free(inner);
        free(cut);
    }
    utfall_run_free(run);
}

static void running_out_of_memory_is_a_status(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    uint64_t n = 1;
    for (;; n++) {
        counting counts = {.fail_at = n};
        utfall_run *inner = utfall_run_new(counting_alloc, &counts);
        const utfall_record *read = NULL;
        utfall_status status = UTFALL_E_NOMEM;
        if (inner)
            status = utfall_ledger_read(inner, &read, "x", made.bytes, made.len);
        if (status == UTFALL_OK)
            assert_non_null(read);
        else
            assert_true(status == UTFALL_E_NOMEM && read == NULL);
        utfall_run_free(inner);
        assert_true(counts.out == 0);
        if (status == UTFALL_OK)
            break;
    }
    assert_true(n > 3);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_recorded_value_comes_back),
        cmocka_unit_test(what_is_not_a_ledger_is_refused),
        cmocka_unit_test(a_finding_points_at_the_element),
        cmocka_unit_test(depth_length_and_counts_are_bounded),
        cmocka_unit_test(an_entity_bomb_does_not_go_off),
        cmocka_unit_test(what_is_longer_than_a_ledger_may_be_is_not_looked_at),
        cmocka_unit_test(a_ledger_cut_short_is_refused_at_every_byte),
        cmocka_unit_test(running_out_of_memory_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
