/* Rules for a seal certificate, one by one, without any path to a root. */
#define _POSIX_C_SOURCE 200809L
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "unit/pki.h"
#include <openssl/core_names.h>
#include <openssl/rsa.h>

static EVP_PKEY *key;

static const char *fault_of(X509 *certificate)
{
    utfall_identity identity = {.name = "untouched"};
    const char *fault = utfall_certificate_fault(run, &identity, certificate);
    if (fault)
        assert_string_equal(identity.name, "untouched");
    return fault ? fault : "";
}

/* Has the fault that contains `why`; sign it anew after a change. */
static void assert_fault(X509 *made, EVP_PKEY *signer, const char *why)
{
    assert_true(X509_sign(made, signer, EVP_sha256()) > 0);
    X509 *read_again = NULL; /* as it comes from a file: extensions are parsed once */
    uint8_t *der = NULL;
    int len = i2d_X509(made, &der);
    read_again = utfall_certificate_load(der, (size_t)len);
    OPENSSL_free(der);
    assert_non_null(read_again);
    if (!strstr(fault_of(read_again), why) || (*why == '\0' && *fault_of(read_again)))
        fail_msg("found \"%s\", expected \"%s\"", fault_of(read_again), why);
    X509_free(read_again);
    X509_free(made);
}

static void a_good_one_has_no_fault_and_is_described(void **state)
{
    (void)state;
    X509 *made =
        pki_certificate((wish){.name = "utfall TEST - not for real settlements (seal)"}, key, NULL);
    utfall_identity identity;
    assert_null(utfall_certificate_fault(run, &identity, made));
    assert_true(identity.is_test);
    assert_string_equal(identity.organisation, "Synthetic municipality");
    assert_string_equal(identity.org_identifier, ORG);
    assert_true(identity.valid_to > identity.valid_from);
    X509_free(made);
    made = pki_certificate((wish){.name = "Seal"}, key, NULL);
    assert_null(utfall_certificate_fault(run, &identity, made));
    assert_false(identity.is_test);
    assert_fault(made, key, "");
}

static void two_organisation_identifiers_are_refused(void **state)
{
    (void)state;
    X509 *made = pki_certificate((wish){0}, key, NULL);
    pki_entry(X509_get_subject_name(made), NID_organizationIdentifier, "NTRSE-556000-0001");
    assert_fault(made, key, "a name twice");
}

static void a_subject_without_names_has_empty_ones(void **state)
{
    (void)state;
    X509 *made = pki_certificate((wish){0}, key, NULL);
    X509_NAME *none = X509_NAME_new();
    utfall_identity identity;
    X509_set_subject_name(made, none);
    X509_NAME_free(none);
    assert_null(utfall_certificate_fault(run, &identity, made));
    assert_string_equal(identity.name, "");
    assert_string_equal(identity.org_identifier, "");
    X509_free(made);
}

static void a_critical_extension_that_nobody_knows_is_refused(void **state)
{
    (void)state;
    X509 *made = pki_certificate((wish){0}, key, NULL);
    ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(value, (const uint8_t *)"\x05\x00", 2);
    ASN1_OBJECT *object = OBJ_txt2obj("1.2.3.4.5", 1);
    X509_EXTENSION *extension = X509_EXTENSION_create_by_OBJ(NULL, object, 1, value);
    X509_add_ext(made, extension, -1);
    X509_EXTENSION_free(extension);
    ASN1_OBJECT_free(object);
    ASN1_OCTET_STRING_free(value);
    assert_fault(made, key, "critical extension");
}

static void version_1_is_refused(void **state)
{
    (void)state;
    X509 *made = X509_new();
    pki_entry(X509_get_subject_name(made), NID_commonName, "Seal");
    X509_set_issuer_name(made, X509_get_subject_name(made));
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    ASN1_TIME_set_string_X509(X509_getm_notBefore(made), "20260101000000Z");
    ASN1_TIME_set_string_X509(X509_getm_notAfter(made), "20281231235959Z");
    X509_set_pubkey(made, key);
    assert_fault(made, key, "version 3");
}

static EVP_PKEY *special_key(const char *type, const OSSL_PARAM *params)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    EVP_PKEY *made = NULL;
    pki_need(EVP_PKEY_keygen_init(context) == 1 && EVP_PKEY_CTX_set_params(context, params) == 1 &&
             EVP_PKEY_generate(context, &made) == 1);
    EVP_PKEY_CTX_free(context);
    return made;
}

static void a_curve_that_is_spelled_out_is_refused(void **state)
{
    (void)state;
    char group[] = "P-256", encoding[] = "explicit";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_EC_ENCODING, encoding, 0),
        OSSL_PARAM_construct_end()};
    EVP_PKEY *made = special_key("EC", params);
    assert_fault(pki_certificate((wish){0}, made, NULL), made, "expected ECDSA on P-256");
    EVP_PKEY_free(made);
}

static void an_rsa_exponent_of_3_is_refused(void **state)
{
    (void)state;
    size_t bits = 3072;
    uint8_t three = 3;
    OSSL_PARAM params[] = {OSSL_PARAM_construct_size_t(OSSL_PKEY_PARAM_RSA_BITS, &bits),
                           OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_E, &three, 1),
                           OSSL_PARAM_construct_end()};
    EVP_PKEY *made = special_key("RSA", params);
    assert_fault(pki_certificate((wish){0}, made, NULL), made, "expected ECDSA on P-256 or RSA");
    EVP_PKEY_free(made);
}

static void a_key_of_another_kind_is_named(void **state)
{
    (void)state;
    EVP_PKEY *made = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    X509 *one = pki_certificate((wish){0}, made, NULL);
    assert_true(X509_sign(one, made, NULL) > 0);
    assert_non_null(strstr(fault_of(one), "ED25519"));
    X509_free(one);
    EVP_PKEY_free(made);
}

static void bytes_after_a_certificate_are_refused(void **state)
{
    (void)state;
    X509 *made = pki_certificate((wish){0}, key, NULL);
    uint8_t *der = NULL;
    int len = i2d_X509(made, &der);
    uint8_t *more = malloc((size_t)len + 1);
    memcpy(more, der, (size_t)len);
    more[len] = 0;
    X509 *whole = utfall_certificate_load(more, (size_t)len);
    assert_non_null(whole);
    assert_null(utfall_certificate_load(more, (size_t)len + 1));
    assert_null(utfall_certificate_load(more, (size_t)len - 1));
    assert_null(utfall_certificate_load(more, 0));
    free(more);
    OPENSSL_free(der);
    X509_free(whole);
    X509_free(made);
}

static int begin(void **state)
{
    (void)state;
    key = pki_key("P-256");
    run = utfall_run_new(NULL, NULL);
    return run ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    EVP_PKEY_free(key);
    utfall_run_free(run);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_one_has_no_fault_and_is_described),
        cmocka_unit_test(two_organisation_identifiers_are_refused),
        cmocka_unit_test(a_subject_without_names_has_empty_ones),
        cmocka_unit_test(a_critical_extension_that_nobody_knows_is_refused),
        cmocka_unit_test(version_1_is_refused),
        cmocka_unit_test(a_curve_that_is_spelled_out_is_refused),
        cmocka_unit_test(an_rsa_exponent_of_3_is_refused),
        cmocka_unit_test(a_key_of_another_kind_is_named),
        cmocka_unit_test(bytes_after_a_certificate_are_refused),
    };
    return cmocka_run_group_tests_name("certificate", tests, begin, end);
}
