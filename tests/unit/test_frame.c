/* The frame of a ledger: what is found, what is refused and where, and the digest by hand. */
#include "unit/ledger_made.h"
#include "ledger/frame.h"
#include <openssl/sha.h>

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define ROOT "<ledger xmlns=\"urn:utfall:ledger:1\">\n"
#define SIGNATURE "<ds:Signature xmlns:ds=\"x\">a\nb</ds:Signature>"
#define SEALED "<ds:Signature xmlns:ds=\"x\">ab</ds:Signature>"

static void body_and_signature_are_found(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_frame frame;
    const char *plain = DECLARATION ROOT "<a></a>\n</ledger>\n";
    const char *sealed = DECLARATION ROOT "<a></a>\n" SEALED "</ledger>\n";
    assert_ok(run, utfall_frame_find(run, &frame, "x", plain, strlen(plain)));
    assert_int_equal(frame.body_len, strlen(ROOT "<a></a>\n"));
    assert_memory_equal(frame.body, ROOT "<a></a>\n", frame.body_len);
    assert_null(frame.signature);
    assert_ok(run, utfall_frame_find(run, &frame, "x", sealed, strlen(sealed)));
    assert_memory_equal(frame.body, ROOT "<a></a>\n", frame.body_len);
    assert_int_equal(frame.signature_len, strlen(SEALED));
    assert_memory_equal(frame.signature, SEALED, frame.signature_len);
    utfall_run_free(run);
}

static void the_digest_is_that_of_the_canonical_document_without_its_signature(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *plain = DECLARATION ROOT "<a></a>\n</ledger>\n";
    const char *sealed = DECLARATION ROOT "<a></a>\n" SEALED "</ledger>\n";
    const char *digested = ROOT "<a></a>\n</ledger>";
    uint8_t a[32], b[32], expected[32];
    assert_ok(run, utfall_ledger_digest(run, a, "x", plain, strlen(plain)));
    assert_ok(run, utfall_ledger_digest(run, b, "x", sealed, strlen(sealed)));
    SHA256((const unsigned char *)digested, strlen(digested), expected);
    assert_memory_equal(a, expected, 32);
    assert_memory_equal(b, expected, 32);
    utfall_run_free(run);
}

static void what_is_not_a_ledgers_frame_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t line, column;
        const char *says;
    } cases[] = {
        {"", 1, 1, "first line"},
        {"\xef\xbb\xbf" DECLARATION ROOT "</ledger>\n", 1, 1, "first line"},
        {"<?xml version='1.0' encoding=\"UTF-8\"?>\n" ROOT "</ledger>\n", 1, 1, "first line"},
        {"\x1f\x8b\x08\x00 gzip", 1, 1, "first line"},
        {"\xff\xfe<\0?\0", 1, 1, "first line"},
        {DECLARATION, 2, 1, "second line"},
        {DECLARATION "<!DOCTYPE ledger>\n" ROOT "</ledger>\n", 2, 1, "second line"},
        {DECLARATION "<ledger xmlns=\"urn:other\">\n</ledger>\n", 2, 1, "second line"},
        {DECLARATION " " ROOT "</ledger>\n", 2, 1, "second line"},
        {DECLARATION ROOT "<a></a>\n</ledger>", 4, 10, "line feed"},
        {DECLARATION ROOT "<a></a>\n", 3, 1, "last line"},
        {DECLARATION ROOT "</ledger>\n\n", 4, 1, "last line"},
        {DECLARATION ROOT "</ledger>\n<!-- -->\n", 4, 1, "last line"},
        {DECLARATION ROOT "<a></a></ledger>\n", 3, 1, "last line"},
        {DECLARATION "<ledger xmlns=\"urn:utfall:ledger:1\"></ledger>\n", 2, 1, "last line"},
        {DECLARATION ROOT SIGNATURE "</ledger>\n", 4, 1, "last line"},
        {DECLARATION ROOT " " SEALED "</ledger>\n", 3, 1, "last line"},
        {DECLARATION ROOT SEALED " </ledger>\n", 3, 1, "last line"},
        {DECLARATION ROOT "\xc3\xa5 " SEALED "\n</ledger>\n", 3, 3, "<ds:"},
        {DECLARATION ROOT "<a>\r</a>\n</ledger>\n", 3, 4, "CR"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_frame frame = {.body_len = 77};
        utfall_status status =
            utfall_frame_find(run, &frame, "x.xml", cases[i].bytes, strlen(cases[i].bytes));
        const utfall_finding *finding = utfall_run_finding(run, 0);
        if (status != UTFALL_E_SYNTAX || !finding || !strstr(finding->message, cases[i].says) ||
            finding->at.line != cases[i].line || finding->at.column != cases[i].column)
            fail_msg("case %zu: %s at %u:%u: %s", i, utfall_status_name(status),
                     finding ? finding->at.line : 0, finding ? finding->at.column : 0,
                     finding ? finding->message : "");
        assert_int_equal(frame.body_len, 77);
        utfall_run_free(run);
    }
}

static void a_nul_is_refused_wherever_it_stands(void **state)
{
    (void)state;
    static const char bytes[] = DECLARATION ROOT "<a></a>\n" SEALED "</ledger>\n";
    for (size_t i = 0; i < sizeof bytes - 1; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_frame frame;
        char changed[sizeof bytes];
        memcpy(changed, bytes, sizeof bytes);
        changed[i] = '\0';
        assert_status(UTFALL_E_SYNTAX,
                      utfall_frame_find(run, &frame, "x", changed, sizeof bytes - 1));
        utfall_run_free(run);
    }
}

static void a_signature_is_bounded(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t frame_len = strlen(DECLARATION ROOT "</ledger>\n");
    for (size_t over = 0; over < 2; over++) {
        char *bytes = utfall_run_alloc(run, frame_len + UTFALL_SIGNATURE_BYTES_MAX + 2),
             *at = bytes;
        size_t fill = UTFALL_SIGNATURE_BYTES_MAX + over - strlen("<ds:Signature ></ds:Signature>");
        at += strlen(strcpy(at, DECLARATION ROOT "<ds:Signature "));
        memset(at, 'x', fill);
        at += fill;
        at += strlen(strcpy(at, "></ds:Signature></ledger>\n"));
        utfall_frame frame;
        utfall_status status = utfall_frame_find(run, &frame, "x", bytes, (size_t)(at - bytes));
        assert_int_equal(status, over ? UTFALL_E_SYNTAX : UTFALL_OK);
    }
    utfall_run_free(run);
}

static void sealing_does_not_change_the_name_of_a_ledger(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    size_t len = made.len;
    char *sealed = edited(run, made.bytes, &len, "</ledger>", SEALED "</ledger>");
    uint8_t a[32], b[32];
    assert_ok(run, utfall_ledger_digest(run, a, "x", made.bytes, made.len));
    assert_ok(run, utfall_ledger_digest(run, b, "x", sealed, len));
    assert_memory_equal(a, b, 32);
    assert_ok(run, replayed(run, made.contract, sealed, len));
    utfall_run_free(run);
}

static void a_contract_is_known_as_one(void **state)
{
    (void)state;
    static const char *const texts[] = {"utfall: 1\n", "# a remark\n\nutfall: 1"};
    utfall_frame frame;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        assert_int_equal(utfall_frame_find(run, &frame, "x", texts[i], strlen(texts[i])),
                         UTFALL_E_SYNTAX);
        assert_non_null(strstr(utfall_run_finding(run, 0)->message, "this is a contract"));
        utfall_run_free(run);
    }
    static const char no_contract[] = "<?xml?>\nutfall: 1\n";
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_int_equal(utfall_frame_find(run, &frame, "x", no_contract, sizeof no_contract - 1),
                     UTFALL_E_SYNTAX);
    assert_null(strstr(utfall_run_finding(run, 0)->message, "contract"));
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_contract_is_known_as_one),
        cmocka_unit_test(body_and_signature_are_found),
        cmocka_unit_test(the_digest_is_that_of_the_canonical_document_without_its_signature),
        cmocka_unit_test(what_is_not_a_ledgers_frame_is_refused_with_its_place),
        cmocka_unit_test(a_nul_is_refused_wherever_it_stands),
        cmocka_unit_test(a_signature_is_bounded),
        cmocka_unit_test(sealing_does_not_change_the_name_of_a_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
