/* Loading keys and certificates, from each kind of file, and refusing what cannot seal. */
#define _POSIX_C_SOURCE 200809L
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "unit/pki.h"

static const char *key_file, *certificate_file;

static void assert_loads(const char *key, const char *certificate, const char *password,
                         size_t certificates)
{
    const utfall_key *loaded = NULL;
    utfall_status status = utfall_key_load_pem(run, &loaded, key, certificate, password);
    if (status != UTFALL_OK)
        fail_msg("refused with \"%s\"", utfall_run_finding(run, 0)->message);
    assert_int_equal(loaded->certificate_count, certificates);
    assert_true(X509_check_private_key(loaded->certificate[0], loaded->pkey) == 1);
}

static void assert_refused(const char *key, const char *certificate, const char *password,
                           const char *why)
{
    const utfall_key *loaded = NULL;
    assert_int_equal(utfall_key_load_pem(run, &loaded, key, certificate, password), UTFALL_E_IO);
    assert_null(loaded);
    assert_int_equal(utfall_run_errors(run), 1);
    if (!strstr(utfall_run_finding(run, 0)->message, why))
        fail_msg("refused with \"%s\", not \"%s\"", utfall_run_finding(run, 0)->message, why);
}

static void refuse_owner(const char *kind, wish w, const char *why)
{
    owner one = pki_owner(kind, w, &root);
    assert_refused(pki_save_key("one.key", one.key, NULL),
                   pki_save_certificates("one.pem", &one.certificate, 1), NULL, why);
    pki_free(&one);
}

static void a_key_and_its_certificate_load(void **state)
{
    (void)state;
    assert_loads(key_file, certificate_file, NULL, 1);
}

static void an_rsa_key_of_3072_bits_loads(void **state)
{
    (void)state;
    owner one = pki_owner("rsa3072", (wish){0}, &root);
    assert_loads(pki_save_key("rsa.key", one.key, NULL),
                 pki_save_certificates("rsa.pem", &one.certificate, 1), NULL, 1);
    pki_free(&one);
}

static void a_password_comes_from_its_file(void **state)
{
    (void)state;
    const char *path = pki_save_key("locked.key", seal.key, "tulpan");
    assert_loads(path, certificate_file, pki_save_text("password", "tulpan\n"), 1);
    assert_loads(path, certificate_file, pki_save_text("password", "tulpan\r\n"), 1);
    assert_loads(path, certificate_file, pki_save_text("password", "tulpan"), 1);
}

static void a_wrong_password_is_refused(void **state)
{
    (void)state;
    assert_refused(pki_save_key("locked.key", seal.key, "tulpan"), certificate_file,
                   pki_save_text("password", "ros\n"), "no private key");
    assert_non_null(strstr(utfall_run_finding(run, 0)->hint, "the right one"));
}

static void a_locked_key_without_password_is_refused_and_nothing_is_asked(void **state)
{
    (void)state;
    assert_refused(pki_save_key("locked.key", seal.key, "tulpan"), certificate_file, NULL,
                   "no private key");
    assert_non_null(strstr(utfall_run_finding(run, 0)->hint, "name the file"));
}

static void a_password_that_is_too_long_is_refused(void **state)
{
    (void)state;
    char text[1100];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_refused(key_file, certificate_file, pki_save_text("password", text),
                   "is not a password");
}

static void a_chain_loads_in_any_order_and_leaves_the_root_out(void **state)
{
    (void)state;
    X509 *chain[] = {under.certificate, root.certificate, issuing.certificate};
    assert_loads(pki_save_key("under.key", under.key, NULL),
                 pki_save_certificates("under.pem", chain, 3), NULL, 2);
}

static void a_certificate_that_does_not_lead_on_is_refused(void **state)
{
    (void)state;
    X509 *chain[] = {seal.certificate, under.certificate};
    assert_refused(key_file, pki_save_certificates("odd.pem", chain, 2), NULL,
                   "does not lead on from the first one");
}

static void a_key_of_another_certificate_is_refused(void **state)
{
    (void)state;
    assert_refused(pki_save_key("other.key", under.key, NULL), certificate_file, NULL,
                   "do not belong together");
}

static void files_that_hold_no_key_or_certificate_are_refused(void **state)
{
    (void)state;
    assert_refused(pki_save_text("junk", "junk\n"), certificate_file, NULL, "no private key");
}

static void a_file_that_holds_no_certificate_is_refused(void **state)
{
    (void)state;
    assert_refused(key_file, pki_save_text("junk", "junk\n"), NULL, "not a file of certificates");
}

static void a_missing_file_is_refused(void **state)
{
    (void)state;
    const utfall_key *loaded = NULL;
    assert_int_equal(utfall_key_load_pem(run, &loaded, pki_path("none"), certificate_file, NULL),
                     UTFALL_E_IO);
    assert_null(loaded);
}

static void p_384_is_refused(void **state)
{
    (void)state;
    refuse_owner("P-384", (wish){0}, "EC on secp384r1");
}

static void rsa_of_2048_bits_is_refused(void **state)
{
    (void)state;
    refuse_owner("rsa2048", (wish){0}, "RSA of 2048 bits");
}

static void a_web_servers_certificate_is_refused(void **state)
{
    (void)state;
    refuse_owner("P-256", (wish){.extended = "serverAuth"}, "another use");
}

static void a_certificate_for_encryption_is_refused(void **state)
{
    (void)state;
    refuse_owner("P-256", (wish){.usage = "critical,keyEncipherment"}, "not for signatures");
}

static void an_authoritys_certificate_is_refused(void **state)
{
    (void)state;
    assert_refused(pki_save_key("root.key", root.key, NULL),
                   pki_save_certificates("root.pem", &root.certificate, 1), NULL, "authority");
}

static const char *save_pkcs12(const char *password)
{
    STACK_OF(X509) *others = sk_X509_new_null();
    sk_X509_push(others, root.certificate);
    sk_X509_push(others, issuing.certificate);
    PKCS12 *made =
        PKCS12_create(password, "seal", under.key, under.certificate, others, 0, 0, 0, 0, 0);
    const char *path = pki_path("seal.p12");
    FILE *file = fopen(path, "wb");
    pki_need(file != NULL);
    i2d_PKCS12_fp(file, made);
    fclose(file);
    PKCS12_free(made);
    sk_X509_free(others);
    return path;
}

static void a_pkcs12_file_loads_with_its_chain(void **state)
{
    (void)state;
    const utfall_key *loaded = NULL;
    const char *password = pki_save_text("password", "tulpan\n");
    assert_int_equal(utfall_key_load_pkcs12(run, &loaded, save_pkcs12("tulpan"), password),
                     UTFALL_OK);
    assert_int_equal(loaded->certificate_count, 2);
}

static void a_pkcs12_file_with_a_wrong_password_is_refused(void **state)
{
    (void)state;
    const utfall_key *loaded = NULL;
    const char *password = pki_save_text("password", "ros\n");
    assert_int_equal(utfall_key_load_pkcs12(run, &loaded, save_pkcs12("tulpan"), password),
                     UTFALL_E_IO);
    assert_int_equal(utfall_key_load_pkcs12(run, &loaded, save_pkcs12("tulpan"), NULL),
                     UTFALL_E_IO);
    assert_int_equal(utfall_key_load_pkcs12(run, &loaded, certificate_file, NULL), UTFALL_E_IO);
    assert_null(loaded);
    assert_int_equal(utfall_run_errors(run), 3);
}

static int begin(void **state)
{
    (void)state;
    static char paths[2][160];
    pki_begin();
    snprintf(paths[0], sizeof paths[0], "%s", pki_save_key("seal.key", seal.key, NULL));
    snprintf(paths[1], sizeof paths[1], "%s",
             pki_save_certificates("seal.pem", &seal.certificate, 1));
    key_file = paths[0];
    certificate_file = paths[1];
    return 0;
}

static int end(void **state)
{
    (void)state;
    pki_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_run(a_key_and_its_certificate_load),
        with_run(an_rsa_key_of_3072_bits_loads),
        with_run(a_password_comes_from_its_file),
        with_run(a_wrong_password_is_refused),
        with_run(a_locked_key_without_password_is_refused_and_nothing_is_asked),
        with_run(a_password_that_is_too_long_is_refused),
        with_run(a_chain_loads_in_any_order_and_leaves_the_root_out),
        with_run(a_certificate_that_does_not_lead_on_is_refused),
        with_run(a_key_of_another_certificate_is_refused),
        with_run(files_that_hold_no_key_or_certificate_are_refused),
        with_run(a_file_that_holds_no_certificate_is_refused),
        with_run(a_missing_file_is_refused),
        with_run(p_384_is_refused),
        with_run(rsa_of_2048_bits_is_refused),
        with_run(a_web_servers_certificate_is_refused),
        with_run(a_certificate_for_encryption_is_refused),
        with_run(an_authoritys_certificate_is_refused),
        with_run(a_pkcs12_file_loads_with_its_chain),
        with_run(a_pkcs12_file_with_a_wrong_password_is_refused),
    };
    return cmocka_run_group_tests_name("key", tests, begin, end);
}
