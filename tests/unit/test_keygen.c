/* Test keys: what they say, that they work, and that nothing is overwritten. */
#define _POSIX_C_SOURCE 200809L
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "unit/pki.h"

static utfall_status make(const char *folder, const char *algorithm)
{
    return utfall_keygen(run, folder, "Norrköping (synthetic)", ORG, algorithm,
                         "2026-01-01T00:00:00Z", 365);
}

static const char *in(const char *folder, const char *file)
{
    return utfall_run_join(run, folder, "/", file, (const char *)NULL);
}

static void check_algorithm(const char *algorithm, const char *shown)
{
    const char *folder = utfall_run_join(run, pki_folder, "/", algorithm, (const char *)NULL);
    const utfall_key *key = NULL;
    const char *text = NULL;
    size_t len = 0;
    utfall_seal_report report;
    assert_int_equal(make(folder, algorithm), UTFALL_OK);
    assert_int_equal(utfall_key_load_pem(run, &key, in(folder, "test-seal.key"),
                                         in(folder, "test-seal.pem"), NULL),
                     UTFALL_OK);
    assert_int_equal(
        utfall_seal(run, &text, &len, "l", LEDGER, strlen(LEDGER), key, "2026-06-01T00:00:00Z"),
        UTFALL_OK);
    utfall_trust trust = {in(folder, "test-root.pem"), ORG, "2026-06-01T00:00:00Z"};
    assert_int_equal(utfall_seal_verify(run, &report, "l", text, len, &trust), UTFALL_OK);
    assert_true(report.is_trusted && report.is_test);
    assert_string_equal(report.algorithm, shown);
    assert_string_equal(report.organisation, "Norrköping (synthetic)");
    assert_string_equal(report.org_identifier, ORG);
    assert_non_null(strstr(report.signer, "utfall TEST - not for real settlements"));
    assert_string_equal(report.valid_from, "2026-01-01T00:00:00Z");
    assert_string_equal(report.valid_to, "2027-01-01T00:00:00Z");
}

static void ecdsa_test_keys_seal_and_verify(void **state)
{
    (void)state;
    check_algorithm("ecdsa", "ECDSA P-256 with SHA-256");
}

static void rsa_test_keys_seal_and_verify(void **state)
{
    (void)state;
    check_algorithm("rsa", "RSA-3072 with SHA-256");
}

static void the_key_is_readable_by_its_owner_only(void **state)
{
    (void)state;
    struct stat status;
    assert_int_equal(make(pki_path("modes"), "ecdsa"), UTFALL_OK);
    assert_int_equal(stat(pki_path("modes/test-seal.key"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void nothing_is_overwritten_and_nothing_left_behind(void **state)
{
    (void)state;
    static const char *const files[] = {"test-root.pem", "test-seal.pem", "test-seal.key"};
    for (size_t i = 0; i < 3; i++) {
        const char *folder = pki_path(files[i]);
        assert_int_equal(mkdir(folder, 0755), 0);
        const char *there = in(folder, files[i]);
        FILE *file = fopen(there, "w");
        fputs("mine\n", file);
        fclose(file);
        assert_int_equal(make(folder, "ecdsa"), UTFALL_E_IO);
        for (size_t j = 0; j < 3; j++)
            assert_int_equal(access(in(folder, files[j]), F_OK), i == j ? 0 : -1);
        char text[8] = "";
        file = fopen(there, "r");
        assert_non_null(fgets(text, sizeof text, file));
        fclose(file);
        assert_string_equal(text, "mine\n");
        assert_non_null(strstr(utfall_run_finding(run, i)->message, "exists already"));
    }
}

static void a_dangling_link_is_not_followed(void **state)
{
    (void)state;
    const char *folder = pki_path("link");
    assert_int_equal(mkdir(folder, 0755), 0);
    assert_int_equal(symlink(pki_path("elsewhere"), in(folder, "test-seal.key")), 0);
    assert_int_equal(make(folder, "ecdsa"), UTFALL_E_IO);
    assert_int_equal(access(pki_path("elsewhere"), F_OK), -1);
    assert_int_equal(access(in(folder, "test-root.pem"), F_OK), -1);
    assert_int_equal(access(in(folder, "test-seal.pem"), F_OK), -1);
}

static void wishes_that_cannot_be_are_all_told(void **state)
{
    (void)state;
    const char *folder = pki_path("never");
    assert_int_equal(utfall_keygen(run, folder, "", "212000-0456", "dsa", "2026-01-01", 0),
                     UTFALL_E_RANGE);
    assert_int_equal(utfall_run_errors(run), 5);
    assert_int_equal(access(folder, F_OK), -1);
    assert_int_equal(utfall_keygen(run, folder, "A\nB", ORG, "rsa", "2026-01-01T00:00:00Z", 1),
                     UTFALL_E_SYNTAX);
    assert_int_equal(
        utfall_keygen(run, folder, "A", "ntrse-212000", "rsa", "2026-01-01T00:00:00Z", 1),
        UTFALL_E_SYNTAX);
    assert_int_equal(utfall_keygen(run, folder, "A", ORG, "rsa", "2026-01-01T00:00:00Z", 36501),
                     UTFALL_E_RANGE);
}

static int begin(void **state)
{
    (void)state;
    pki_folder_make();
    return 0;
}

static int end(void **state)
{
    (void)state;
    pki_folder_remove();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_run(ecdsa_test_keys_seal_and_verify),
        with_run(rsa_test_keys_seal_and_verify),
        with_run(the_key_is_readable_by_its_owner_only),
        with_run(nothing_is_overwritten_and_nothing_left_behind),
        with_run(a_dangling_link_is_not_followed),
        with_run(wishes_that_cannot_be_are_all_told),
    };
    return cmocka_run_group_tests_name("keygen", tests, begin, end);
}
