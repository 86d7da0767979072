/* Sealing: what goes in, what comes out, what is the same twice. */
#define _POSIX_C_SOURCE 200809L
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "unit/pki.h"

static owner rsa_owner;
static const utfall_key *ecdsa, *rsa, *chained;
static utfall_run *keys;

static const char *sealed(const utfall_key *key, const char *at)
{
    static const char *out; /* static: gcc 12 takes the text for the pointer and warns */
    size_t len = 0;
    assert_int_equal(utfall_seal(run, &out, &len, "l.xml", LEDGER, strlen(LEDGER), key, at),
                     UTFALL_OK);
    assert_int_equal(len, strlen(out));
    return out;
}

static utfall_status refused(const char *text, const utfall_key *key, const char *at,
                             const char *why)
{
    const char *out = "untouched";
    size_t len = 77;
    utfall_status status = utfall_seal(run, &out, &len, "l.xml", text, strlen(text), key, at);
    assert_true(status != UTFALL_OK);
    assert_string_equal(out, "untouched");
    assert_int_equal(len, 77);
    assert_int_equal(utfall_run_errors(run), 1);
    assert_non_null(strstr(utfall_run_finding(run, 0)->message, why));
    return status;
}

static void the_ledger_stays_as_it_was_around_the_seal(void **state)
{
    (void)state;
    const char *text = sealed(ecdsa, NOW), *head = LEDGER_HEAD LEDGER_BODY;
    assert_memory_equal(text, head, strlen(head));
    const char *signature = text + strlen(head), *tail = "</ds:Signature></ledger>\n";
    assert_memory_equal(signature, "<ds:Signature ", 14);
    assert_string_equal(text + strlen(text) - strlen(tail), tail);
    assert_int_equal(strchr(signature, '\n') - signature, (ptrdiff_t)strlen(signature) - 1);
}

static void the_name_of_a_ledger_is_the_same_before_and_after(void **state)
{
    (void)state;
    uint8_t before[32], after[32];
    const char *text = sealed(rsa, NOW);
    assert_int_equal(utfall_ledger_digest(run, before, "l", LEDGER, strlen(LEDGER)), UTFALL_OK);
    assert_int_equal(utfall_ledger_digest(run, after, "l", text, strlen(text)), UTFALL_OK);
    assert_memory_equal(before, after, 32);
    assert_non_null(strstr(text, utfall_base64_text(run, before, 32)));
}

static void rsa_gives_the_same_bytes_twice(void **state)
{
    (void)state;
    assert_string_equal(sealed(rsa, NOW), sealed(rsa, NOW));
    assert_string_not_equal(sealed(rsa, NOW), sealed(rsa, "2026-11-22T12:00:01Z"));
}

static void ecdsa_differs_in_the_signature_value_only(void **state)
{
    (void)state;
    const char *a = sealed(ecdsa, NOW), *b = sealed(ecdsa, NOW), *mark = "Id=\"seal-value\">";
    size_t from = (size_t)(strstr(a, mark) - a) + strlen(mark);
    assert_int_equal(strlen(a), strlen(b));
    assert_memory_equal(a, b, from);
    assert_true(memcmp(a + from, b + from, 88) != 0);
    assert_string_equal(a + from + 88, b + from + 88);
    assert_memory_equal(a + from + 88, "</ds:SignatureValue>", 20);
}

static void an_ecdsa_value_always_has_the_smaller_s(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) { /* by chance half of them would have the larger */
        const char *text = sealed(ecdsa, NOW), *mark = "Id=\"seal-value\">";
        uint8_t raw[66];
        size_t count;
        assert_true(utfall_base64_decode(raw, &count, strstr(text, mark) + strlen(mark), 88));
        assert_in_range(raw[32], 0, 0x7f);
    }
}

static void intermediate_certificates_travel_along(void **state)
{
    (void)state;
    utfall_seal_report report;
    const char *text = sealed(chained, NOW);
    const char *roots = pki_save_certificates("root.pem", &root.certificate, 1);
    assert_int_equal(
        utfall_seal_verify(run, &report, "l", text, strlen(text), &(utfall_trust){roots, ORG, NOW}),
        UTFALL_OK);
    assert_true(report.is_trusted);
}

static void a_sealed_ledger_is_not_sealed_again(void **state)
{
    (void)state;
    const char *text = sealed(ecdsa, NOW);
    assert_int_equal(refused(text, ecdsa, NOW, "sealed already"), UTFALL_E_CONFLICT);
}

static void a_time_outside_the_certificate_is_refused(void **state)
{
    (void)state;
    assert_int_equal(refused(LEDGER, ecdsa, "2029-01-01T00:00:00Z", "valid from 2026-01-01"),
                     UTFALL_E_IO);
    assert_int_equal(utfall_key_covers(run, ecdsa, "2025-12-31T23:59:59Z"), UTFALL_E_IO);
    assert_int_equal(utfall_key_covers(run, ecdsa, NOW), UTFALL_OK);
}

static void a_time_of_another_form_is_refused(void **state)
{
    (void)state;
    assert_int_equal(refused(LEDGER, ecdsa, "2026-11-22 12:00", "not a time"), UTFALL_E_SYNTAX);
}

static void what_is_no_ledger_is_refused(void **state)
{
    (void)state;
    assert_int_equal(refused("<ledger></ledger>", ecdsa, NOW, "first line"), UTFALL_E_SYNTAX);
}

static size_t allocations_left;

static void *failing_alloc(void *ctx, void *ptr, size_t size)
{
    (void)ctx;
    if (size == 0) {
        free(ptr);
        return NULL;
    }
    if (allocations_left == 0)
        return NULL;
    allocations_left--;
    return realloc(ptr, size);
}

static void out_of_memory_anywhere_is_reported_as_such(void **state)
{
    (void)state;
    bool has_succeeded = false;
    for (size_t n = 0; n < 200 && !has_succeeded; n++) {
        allocations_left = n;
        utfall_run *poor = utfall_run_new(failing_alloc, NULL);
        if (!poor)
            continue;
        const char *out = NULL;
        size_t len = 0;
        utfall_status status =
            utfall_seal(poor, &out, &len, "l.xml", LEDGER, strlen(LEDGER), rsa, NOW);
        if (status == UTFALL_OK)
            has_succeeded = true;
        else
            assert_int_equal(status, UTFALL_E_NOMEM);
        assert_true((out != NULL) == has_succeeded);
        utfall_run_free(poor);
    }
    assert_true(has_succeeded);
}

static const utfall_key *load(const char *name, const owner *o, X509 *const *chain, size_t count)
{
    const utfall_key *key = NULL;
    int status = (int)utfall_key_load_pem(keys, &key, pki_save_key(name, o->key, NULL),
                                          pki_save_certificates("chain.pem", chain, count), NULL);
    pki_need(status == UTFALL_OK);
    return key;
}

static int begin(void **state)
{
    (void)state;
    pki_begin();
    keys = utfall_run_new(NULL, NULL);
    rsa_owner = pki_owner("rsa3072", (wish){0}, &root);
    X509 *chain[] = {under.certificate, root.certificate, issuing.certificate};
    ecdsa = load("ecdsa.key", &seal, &seal.certificate, 1);
    rsa = load("rsa.key", &rsa_owner, &rsa_owner.certificate, 1);
    chained = load("under.key", &under, chain, 3);
    return 0;
}

static int end(void **state)
{
    (void)state;
    utfall_run_free(keys);
    pki_free(&rsa_owner);
    pki_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_run(the_ledger_stays_as_it_was_around_the_seal),
        with_run(the_name_of_a_ledger_is_the_same_before_and_after),
        with_run(rsa_gives_the_same_bytes_twice),
        with_run(ecdsa_differs_in_the_signature_value_only),
        with_run(an_ecdsa_value_always_has_the_smaller_s),
        with_run(intermediate_certificates_travel_along),
        with_run(a_sealed_ledger_is_not_sealed_again),
        with_run(a_time_outside_the_certificate_is_refused),
        with_run(a_time_of_another_form_is_refused),
        with_run(what_is_no_ledger_is_refused),
        with_run(out_of_memory_anywhere_is_reported_as_such),
    };
    return cmocka_run_group_tests_name("seal", tests, begin, end);
}
