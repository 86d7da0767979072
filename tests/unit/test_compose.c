/* Composing a ledger: canonical, valid by the published schema, equal when made again, and every
 * byte of it bound to the rest. */
#define _POSIX_C_SOURCE 200809L
#include "unit/ledger_made.h"
#include <unistd.h>

static const utfall_month late = {2021 * 12 + 1};

static char folder[] = "/tmp/utfall-compose-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : 1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static const char *path_of(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Run a command of xmllint on a file with these bytes; its output must be `expected`, or may be
 * anything when that is NULL. */
static void xmllint(const char *options, const char *bytes, size_t len, const char *expected,
                    size_t expected_len)
{
    char command[512], input[128], output[128];
    (void)snprintf(input, sizeof input, "%s", path_of("in.xml"));
    (void)snprintf(output, sizeof output, "%s", path_of("out.xml"));
    saved(input, bytes, len);
    (void)snprintf(command, sizeof command, "xmllint --nonet %s %s > %s 2>&1", options, input,
                   output);
    int code = system(command);
    FILE *file = fopen(output, "rb");
    assert_non_null(file);
    char *text = malloc(len + 4096);
    assert_non_null(text);
    size_t got = fread(text, 1, len + 4096, file);
    assert_int_equal(fclose(file), 0);
    (void)unlink(input);
    (void)unlink(output);
    if (code != 0)
        fprintf(stderr, "%.*s\n", (int)(got < 2000 ? got : 2000), text);
    assert_int_equal(code, 0);
    if (expected) {
        assert_int_equal(got, expected_len);
        assert_memory_equal(text, expected, got);
    }
    free(text);
}

/* exclusive C14N of a document has no declaration and no line end after the root. */
static void assert_canonical_and_valid(const char *bytes, size_t len)
{
    size_t head = strlen("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xmllint("--exc-c14n", bytes, len, bytes + head, len - head - 1);
    xmllint("--noout --schema " UTFALL_SOURCE_DIR "/ledger/ledger-1.xsd", bytes, len, NULL, 0);
}

static void a_ledger_is_its_own_canonical_form_and_valid(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    assert_canonical_and_valid(made.bytes, made.len);
    utfall_run_free(run);
}

static void the_figures_by_hand_stand_in_the_ledger(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    static const char *const lines[] = {
        "   <month comparison=\"300\" k=\"1\" target=\"150\"></month>\n",
        "   <month comparison=\"202\" k=\"3\" target=\"370\"></month>\n",
        "   <month amount=\"202/3\" k=\"3\"></month>\n",
        "  <month actual=\"400\" expected=\"497/3\" k=\"3\"></month>\n",
        " <total actual=\"780\" drawn=\"100\" expected=\"1787/3\" saving=\"-553/3\"></total>\n",
        "   <start group=\"1\" month=\"2016-02\" persons=\"1\"></start>\n",
        "  <outcome excluded=\"10\" id=\"school\" persons=\"50\" sum=\"19\"></outcome>\n",
        " <previous sha256=\"dead00000000000000000000000000000000000000000000000000000000000"
        "0\"></previous>\n",
        "  <due amount=\"40\" from=\"city\" to=\"lsv\"></due>\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!strstr(made.bytes, lines[i]))
            fail_msg("not there: %s", lines[i]);
    }
    utfall_run_free(run);
}

static void reading_settling_and_composing_again_gives_the_same_bytes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 25; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t chances = seed;
        size_t groups = 1 + seed % 5;
        uint32_t window = (uint32_t)(1 + seed % 24);
        const char *again = NULL;
        size_t again_len = 0;
        utfall_contract draft = frame_random(run, groups, window, "7/2");
        utfall_case data = case_random(run, &chances, groups, window, "7/2");
        made_ledger made = {.contract = contract_of(run, &draft)};
        made.settlement = settlement_of(run, made.contract, &data, late);
        made.record = record_of(made.settlement);
        made.record.has_previous = seed % 2;
        if (seed % 3 == 0)
            made.record.detail.name = NULL;
        composed(run, &made);
        assert_ok(run,
                  composed_again(run, made.contract, made.bytes, made.len, &again, &again_len));
        assert_int_equal(made.len, again_len);
        assert_memory_equal(made.bytes, again, again_len);
        if (seed % 8 == 0)
            assert_canonical_and_valid(made.bytes, made.len);
        utfall_run_free(run);
    }
}

static void an_agreed_standard_cost_comes_back_too(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 2, 3, "1");
    utfall_case data = case_random(run, &(uint64_t){5}, 2, 3, "1");
    const char *again = NULL;
    size_t again_len = 0;
    const utfall_rat **agreed = utfall_run_array(run, 6, sizeof *agreed);
    for (size_t i = 0; i < 6; i++)
        agreed[i] = utfall_rat_of(run, (int64_t)(1000001 * i), 3);
    draft.design = UTFALL_DESIGN_AGREED;
    data.comparison = (utfall_cohort){.persons = 0};
    data.agreed = (const utfall_rat *const *)agreed;
    made_ledger made = {.contract = contract_of(run, &draft)};
    made.settlement = settlement_of(run, made.contract, &data, late);
    made.record = record_of(made.settlement);
    composed(run, &made);
    assert_non_null(strstr(made.bytes, "<month agreed=\"1000001/3\" k=\"2\""));
    assert_canonical_and_valid(made.bytes, made.len);
    assert_ok(run, composed_again(run, made.contract, made.bytes, made.len, &again, &again_len));
    assert_int_equal(made.len, again_len);
    assert_memory_equal(made.bytes, again, again_len);
    utfall_run_free(run);
}

/* Every byte once, by one bit and to a neighbour: reading or comparing must fail. The seal is not
 * asked. */
static void no_byte_of_a_ledger_can_change_unnoticed(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    char *changed = malloc(made.len + 1);
    assert_non_null(changed);
    memcpy(changed, made.bytes, made.len);
    for (size_t i = 0; i < made.len; i++) {
        for (int turn = 0; turn < 2; turn++) {
            utfall_run *inner = utfall_run_new(NULL, NULL);
            utfall_contract draft = *made.contract;
            const utfall_contract *contract = contract_of(inner, &draft);
            changed[i] = turn ? (char)(made.bytes[i] ^ 0x20) : (char)(made.bytes[i] + 1);
            if (replayed(inner, contract, changed, made.len) == UTFALL_OK)
                fail_msg("byte %zu, \"%.40s\", may be \"%c\"", i, made.bytes + i, changed[i]);
            changed[i] = made.bytes[i];
            utfall_run_free(inner);
        }
    }
    free(changed);
    utfall_run_free(run);
}

static void sums_of_another_shape_are_our_mistake(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    utfall_sums sums = *made.settlement->sums;
    const char *bytes = NULL;
    size_t len = 0;
    sums.window_months = 2;
    made.record.sums = &sums;
    assert_status(UTFALL_E_BUG,
                  utfall_ledger_compose(run, &bytes, &len, &made.record, made.settlement));
    assert_null(bytes);
    utfall_run_free(run);
}

static void a_character_that_xml_does_not_have_is_refused_by_name(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    utfall_term term = {"contract.title", "bell \x07", {"contract.yaml", 1, 1}};
    const char *bytes = NULL;
    size_t len = 0;
    made.record.terms = &term;
    made.record.term_count = 1;
    assert_status(UTFALL_E_SYNTAX,
                  utfall_ledger_compose(run, &bytes, &len, &made.record, made.settlement));
    assert_null(bytes);
    assert_non_null(strstr(first_message(run), "text of <term>"));
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ledger_is_its_own_canonical_form_and_valid),
        cmocka_unit_test(the_figures_by_hand_stand_in_the_ledger),
        cmocka_unit_test(reading_settling_and_composing_again_gives_the_same_bytes),
        cmocka_unit_test(an_agreed_standard_cost_comes_back_too),
        cmocka_unit_test(no_byte_of_a_ledger_can_change_unnoticed),
        cmocka_unit_test(sums_of_another_shape_are_our_mistake),
        cmocka_unit_test(a_character_that_xml_does_not_have_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
