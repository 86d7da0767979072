/* Composing a ledger: canonical, valid by the published schema, equal when made again, and every
 * byte of it bound to the rest. */
#include "unit/ledger_made.h"
#include "unit/allocator.h"
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

static const utfall_month late = {2021 * 12 + 1};

/* libxml2's judgement, as xmllint gives it. */

static xmlSchemaValidCtxt *schema;

static void be_silent(void *ctx, const char *format, ...)
{
    (void)ctx;
    (void)format;
}

static int load_schema(void **state)
{
    (void)state;
    xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(UTFALL_SOURCE_DIR "/ledger/ledger-1.xsd");
    xmlSchema *loaded = parser ? xmlSchemaParse(parser) : NULL;
    xmlSchemaFreeParserCtxt(parser);
    schema = loaded ? xmlSchemaNewValidCtxt(loaded) : NULL;
    *state = loaded;
    return schema ? 0 : 1;
}

static int free_schema(void **state)
{
    xmlSchemaFreeValidCtxt(schema);
    xmlSchemaFree(*state);
    xmlCleanupParser();
    return 0;
}

static xmlDoc *document_of(const char *bytes, size_t len)
{
    xmlDoc *doc = xmlReadMemory(bytes, (int)len, NULL, NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    return doc;
}

static bool is_valid(const char *bytes, size_t len, bool is_expected)
{
    xmlDoc *doc = document_of(bytes, len);
    xmlSchemaValidityErrorFunc tell = is_expected ? NULL : be_silent;
    xmlSchemaSetValidErrors(schema, tell, tell, NULL);
    int faults = xmlSchemaValidateDoc(schema, doc);
    xmlFreeDoc(doc);
    assert_true(faults >= 0);
    return faults == 0;
}

/* Exclusive C14N of a document has no declaration and no line end after the root. */
static void assert_canonical_and_valid(const char *bytes, size_t len)
{
    xmlDoc *doc = document_of(bytes, len);
    xmlChar *canonical = NULL;
    size_t head = strlen("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    int size = xmlC14NDocDumpMemory(doc, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 1, &canonical);
    assert_int_equal(size, len - head - 1);
    assert_memory_equal(canonical, bytes + head, len - head - 1);
    xmlFree(canonical);
    xmlFreeDoc(doc);
    assert_true(is_valid(bytes, len, true));
}

static void a_ledger_is_its_own_canonical_form_and_valid(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    assert_canonical_and_valid(made.bytes, made.len);
    utfall_run_free(run);
}

/* So that others, who have only the schema, are told the same. */
static void the_schema_accepts_a_seal_and_nothing_else_that_is_new(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        bool is_accepted;
    } cases[] = {
        {"</ledger>",
         "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"></ds:Signature></ledger>",
         true},
        {"</ledger>", "<ds:Signature xmlns:ds=\"urn:other\"></ds:Signature></ledger>", false},
        {"<derived", "<other></other><derived", false},
        {"<terms>", "<terms>text", false},
        {"<inputs>", "<inputs></inputs><inputs>", false},
        {" version=\"0.1.0\"", "", false},
        {" version=\"0.1.0\"", " version=\"0.1.0\" x=\"\"", false},
        {"target=\"150\"", "target=\"0150\"", false},
        {"target=\"150\"", "target=\"+150\"", false},
        {"target=\"150\"", "target=\"-0\"", false},
        {"target=\"150\"", "target=\"9223372036854775808\"", false},
        {"persons=\"50\"", "persons=\"-50\"", false},
        {"sum=\"19\"", "sum=\"19/1\"", false},
        {"sum=\"19\"", "sum=\"19/2\"", true},
        {"sum=\"19\"", "sum=\"1.9\"", false},
        {"as_of=\"2016-12\"", "as_of=\"2016-13\"", false},
        {"sha256=\"dead", "sha256=\"DEAD", false},
        {"holds=\"true\"", "holds=\"1\"", false},
        {"name=\"unknown\"", "name=\"lost\"", false},
        {"role=\"investor\"", "role=\"bank\"", false},
        {"k=\"1\"", "k=\"0\"", false},
        {"k=\"1\"", "k=\"241\"", false},
        {"name=\"made.detail.xml\"", "name=\"a/made.detail.xml\"", false},
    };
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = made.len;
        const char *bytes = edited(run, made.bytes, &len, cases[i].from, cases[i].to);
        if (is_valid(bytes, len, cases[i].is_accepted) != cases[i].is_accepted)
            fail_msg("%s: %s", cases[i].to, cases[i].is_accepted ? "refused" : "accepted");
    }
    utfall_run_free(run);
}

#define DEAD "dead000000000000000000000000000000000000000000000000000000000000"

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
        " <previous sha256=\"" DEAD "\"></previous>\n",
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

static void a_price_index_comes_back_too(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t chances = seed;
        utfall_contract draft = frame_random(run, 1 + seed % 3, 4, "1");
        utfall_case data = case_random(run, &chances, 1 + seed % 3, 4, "1");
        const char *again = NULL;
        size_t again_len = 0;
        prices_random(run, &chances, &draft, &data);
        made_ledger made = {.contract = contract_of(run, &draft)};
        made.settlement = settlement_of(run, made.contract, &data, late);
        made.record = record_of(made.settlement);
        composed(run, &made);
        assert_non_null(strstr(made.bytes, "<price month="));
        assert_canonical_and_valid(made.bytes, made.len);
        assert_ok(run,
                  composed_again(run, made.contract, made.bytes, made.len, &again, &again_len));
        assert_int_equal(made.len, again_len);
        assert_memory_equal(made.bytes, again, again_len);
        utfall_run_free(run);
    }
}

/* Every byte once, to a neighbour, so that digits stay digits: reading or comparing must fail. The
 * seal is not asked. */
static void no_byte_of_a_ledger_can_change_unnoticed(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    char *changed = utfall_run_alloc(run, made.len);
    memcpy(changed, made.bytes, made.len);
    for (size_t i = 0; i < made.len; i++) {
        utfall_run *inner = utfall_run_new(NULL, NULL);
        utfall_contract draft = *made.contract;
        const utfall_contract *contract = contract_of(inner, &draft);
        changed[i] ^= 1;
        if (replayed(inner, contract, changed, made.len) == UTFALL_OK)
            fail_msg("byte %zu, \"%.40s\", may be \"%c\"", i, made.bytes + i, changed[i]);
        changed[i] = made.bytes[i];
        utfall_run_free(inner);
    }
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

static void running_out_of_memory_is_a_status(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    utfall_status status = UTFALL_E_NOMEM;
    uint64_t n = 1;
    for (; status != UTFALL_OK; n++) {
        counting counts = {.fail_at = n};
        utfall_run *inner = utfall_run_new(counting_alloc, &counts);
        const char *bytes = NULL;
        size_t len = 0;
        if (inner)
            status = utfall_ledger_compose(inner, &bytes, &len, &made.record, made.settlement);
        assert_true(status == UTFALL_OK || (status == UTFALL_E_NOMEM && bytes == NULL));
        if (status == UTFALL_OK)
            assert_memory_equal(bytes, made.bytes, made.len);
        utfall_run_free(inner);
        assert_true(counts.out == 0);
    }
    assert_true(n > 2);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ledger_is_its_own_canonical_form_and_valid),
        cmocka_unit_test(the_schema_accepts_a_seal_and_nothing_else_that_is_new),
        cmocka_unit_test(the_figures_by_hand_stand_in_the_ledger),
        cmocka_unit_test(reading_settling_and_composing_again_gives_the_same_bytes),
        cmocka_unit_test(an_agreed_standard_cost_comes_back_too),
        cmocka_unit_test(a_price_index_comes_back_too),
        cmocka_unit_test(no_byte_of_a_ledger_can_change_unnoticed),
        cmocka_unit_test(sums_of_another_shape_are_our_mistake),
        cmocka_unit_test(running_out_of_memory_is_a_status),
        cmocka_unit_test(a_character_that_xml_does_not_have_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, load_schema, free_schema);
}
