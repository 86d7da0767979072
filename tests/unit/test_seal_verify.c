/* Each way for a seal to be wrong, with everything else right: the one check that is meant has to
 * refuse it, and to say why. */
#define _POSIX_C_SOURCE 200809L
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "unit/pki.h"

static owner rsa;
static const char *roots;

static const utfall_trust *trusting(void)
{
    static utfall_trust trust;
    trust = (utfall_trust){roots, ORG, NOW};
    return &trust;
}

static utfall_status verify(utfall_seal_report *out, const char *text, size_t len,
                            const utfall_trust *trust)
{
    return utfall_seal_verify(run, out, "l.xml", text, len, trust);
}

static const char *last_message(void)
{
    const utfall_finding *finding = NULL;
    for (size_t i = 0; utfall_run_finding(run, i); i++)
        finding = utfall_run_finding(run, i);
    return finding ? finding->message : "";
}

static void assert_refused_as(const char *text, size_t len, const utfall_trust *trust,
                              const char *why)
{
    utfall_seal_report report;
    memset(&report, 0x5a, sizeof report);
    utfall_seal_report before = report;
    uint64_t errors = utfall_run_errors(run);
    assert_true(verify(&report, text, len, trust) != UTFALL_OK);
    assert_memory_equal(&report, &before, sizeof report);
    assert_int_equal(utfall_run_errors(run), errors + 1);
    if (!strstr(last_message(), why))
        fail_msg("refused with \"%s\", not with \"%s\"", last_message(), why);
}

static void assert_refused(const char *text, const char *why)
{
    assert_refused_as(text, strlen(text), trusting(), why);
}

static void assert_accepted_as(const char *text, const utfall_trust *trust)
{
    utfall_seal_report report;
    if (verify(&report, text, strlen(text), trust) != UTFALL_OK)
        fail_msg("refused with \"%s\"", last_message());
}

/* Sealed by `by`, whose certificate stands alone in the seal. */
static const char *sealed_by(const owner *by)
{
    return forge(run, (forgery){.key = by->key, .certificates = &by->certificate, .count = 1});
}

/* Sealed with the good key at another time or otherwise. */
static const char *sealed_with(forgery f)
{
    f.key = seal.key;
    f.certificates = &seal.certificate;
    f.count = 1;
    return forge(run, f);
}

static void check_owner(wish w, const char *why)
{
    owner one = pki_owner("P-256", w, &root);
    assert_refused(sealed_by(&one), why);
    pki_free(&one);
}

static void a_good_seal_is_accepted_and_described(void **state)
{
    (void)state;
    utfall_seal_report report;
    const char *text = sealed_by(&seal);
    assert_int_equal(verify(&report, text, strlen(text), trusting()), UTFALL_OK);
    assert_true(report.is_sealed && report.is_trusted && !report.is_test);
    assert_string_equal(report.signer, "Seal");
    assert_string_equal(report.organisation, "Synthetic municipality");
    assert_string_equal(report.org_identifier, ORG);
    assert_string_equal(report.algorithm, "ECDSA P-256 with SHA-256");
    assert_string_equal(report.signed_at, NOW);
    assert_string_equal(report.valid_from, "2026-01-01T00:00:00Z");
    assert_string_equal(report.valid_to, "2028-12-31T23:59:59Z");
    uint8_t digest[EVP_MAX_MD_SIZE];
    X509_digest(seal.certificate, EVP_sha256(), digest, NULL);
    assert_memory_equal(report.certificate_sha256, digest, 32);
    text = sealed_by(&rsa);
    assert_int_equal(verify(&report, text, strlen(text), trusting()), UTFALL_OK);
    assert_string_equal(report.algorithm, "RSA-3072 with SHA-256");
}

static void without_roots_the_signer_stays_unknown(void **state)
{
    (void)state;
    utfall_seal_report report;
    const char *text = sealed_by(&seal);
    assert_int_equal(verify(&report, text, strlen(text), &(utfall_trust){.at = NOW}), UTFALL_OK);
    assert_true(report.is_sealed);
    assert_false(report.is_trusted);
}

static void an_unsealed_ledger_says_so(void **state)
{
    (void)state;
    utfall_seal_report report;
    assert_int_equal(verify(&report, LEDGER, strlen(LEDGER), &(utfall_trust){.at = NOW}),
                     UTFALL_OK);
    assert_false(report.is_sealed);
    assert_false(report.is_trusted);
    assert_string_equal(report.signer, "");
    assert_string_equal(report.signed_at, "");
}

static void an_unsealed_ledger_is_refused_when_a_signer_is_asked_for(void **state)
{
    (void)state;
    size_t len = strlen(LEDGER);
    assert_refused(LEDGER, "not sealed");
    assert_refused_as(LEDGER, len, &(utfall_trust){roots, NULL, NOW}, "not sealed");
    assert_refused_as(LEDGER, len, &(utfall_trust){NULL, ORG, NOW}, "not sealed");
}

static void a_chain_with_an_issuing_authority_is_accepted(void **state)
{
    (void)state;
    owner leaf = pki_owner("P-256", (wish){.name = "Under issuing"}, &issuing);
    X509 *chain[] = {leaf.certificate, issuing.certificate};
    assert_accepted_as(forge(run, (forgery){.key = leaf.key, .certificates = chain, .count = 2}),
                       trusting());
    assert_refused(sealed_by(&leaf), "does not lead to a root");
    pki_free(&leaf);
}

static void no_byte_can_change(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal);
    size_t len = strlen(good);
    char *text = malloc(len);
    for (size_t i = 0; i < len; i++) {
        utfall_run *own = utfall_run_new(NULL, NULL);
        utfall_seal_report report;
        memcpy(text, good, len);
        text[i] = (char)(text[i] ^ (1 << i % 7));
        if (utfall_seal_verify(own, &report, "l.xml", text, len, trusting()) == UTFALL_OK)
            fail_msg("byte %zu changed and accepted", i);
        assert_int_equal(utfall_run_errors(own), 1);
        utfall_run_free(own);
    }
    free(text);
}

static void no_byte_can_go_or_come(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal);
    size_t len = strlen(good);
    char *text = malloc(len + 1);
    for (size_t i = 0; i < len; i += 3) {
        utfall_run *own = utfall_run_new(NULL, NULL);
        utfall_seal_report report;
        memcpy(text, good, i);
        memcpy(text + i, good + i + 1, len - i - 1);
        bool is_same = memcmp(text, good, len - 1) == 0 && text[len - 2] == good[len - 1];
        assert_false(is_same);
        assert_true(utfall_seal_verify(own, &report, "l", text, len - 1, trusting()) != UTFALL_OK);
        text[i] = 'A';
        memcpy(text + i + 1, good + i, len - i);
        assert_true(utfall_seal_verify(own, &report, "l", text, len + 1, trusting()) != UTFALL_OK);
        utfall_run_free(own);
    }
    free(text);
}

static void a_file_cut_off_anywhere_is_refused(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal);
    size_t len = strlen(good);
    for (size_t i = 0; i < len; i++) {
        utfall_run *own = utfall_run_new(NULL, NULL);
        utfall_seal_report report;
        char *text = malloc(i + 1); /* of its own size, so that a sanitizer sees an overrun */
        memcpy(text, good, i);
        assert_true(utfall_seal_verify(own, &report, "l", text, i, trusting()) != UTFALL_OK);
        free(text);
        utfall_run_free(own);
    }
}

static void bytes_around_the_ledger_are_refused(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal), *end = NULL;
    assert_refused(utfall_run_join(run, good, "\n", end), "last line");
    assert_refused(utfall_run_join(run, good, "<!-- x -->\n", end), "last line");
    assert_refused(utfall_run_join(run, "\xef\xbb\xbf", good, end), "first line");
    assert_refused(replaced(run, good, "<ledger ", "<!DOCTYPE ledger>\n<ledger "), "second line");
    assert_refused(replaced(run, good, "<ledger ", "<!-- x -->\n<ledger "), "second line");
    assert_refused("", "first line");
}

static void comments_and_white_space_in_the_seal_are_refused(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal), *form = "not of the one form";
    assert_refused(replaced(run, good, "<ds:KeyInfo>", "<!-- x --><ds:KeyInfo>"), form);
    assert_refused(replaced(run, good, "<ds:KeyInfo>", " <ds:KeyInfo>"), form);
    assert_refused(replaced(run, good, "<ds:KeyInfo>", "<ds:KeyInfo >"), form);
    assert_refused(replaced(run, good, "URI=\"\"", "URI=''"), form);
    assert_refused(replaced(run, good, "Id=\"seal-value\">", "Id=\"seal-value\"> "),
                   "expected a signature value");
    assert_refused(replaced(run, good, "</ds:SignatureValue>", " </ds:SignatureValue>"), form);
    assert_refused(replaced(run, good, "<ds:X509Certificate>MII", "<ds:X509Certificate>M II"),
                   form);
    assert_refused(replaced(run, good, "</ds:X509Data>", "\n</ds:X509Data>"), "last line");
    assert_refused(replaced(run, good, "<due", "<!-- x --><due"), "ledger was changed");
}

static void line_ends_of_another_system_are_refused(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal);
    assert_refused(replaced(run, good, ">750000000</due>\n", ">750000000</due>\r\n"), "CR byte");
    assert_refused(replaced(run, good, "?>\n", "?>\r\n"), "first line");
    assert_refused(replaced(run, good, "</ledger>\n", "</ledger>\r\n"), "");
}

static void only_the_two_methods_are_accepted(void **state)
{
    (void)state;
    static const char *const others[] = {
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
        "none",
        UTFALL_METHOD_RSA,
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_refused(sealed_with((forgery){.method = others[i]}), "signature method");
    assert_refused(sealed_with((forgery){.method = "urn:<x>"}), "not of the one form");
}

static void weak_digests_and_other_transforms_are_refused(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal), *form = "not of the one form";
    assert_refused(replaced(run, good, "xmlenc#sha256", "xmlenc#sha1"), form);
    assert_refused(replaced(run, good, "enveloped-signature", "base64"), form);
    assert_refused(replaced(run, good, "</ds:Transforms>",
                            "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/"
                            "REC-xpath-19991116\"></ds:Transform></ds:Transforms>"),
                   form);
    assert_refused(replaced(run, good, "URI=\"\"", "URI=\"#x\""), form);
}

static void an_ecdsa_value_of_zero_or_the_order_is_refused(void **state)
{
    (void)state;
    uint8_t zero[64] = {0};
    const char *range = "outside the range of the curve";
    assert_refused(sealed_with((forgery){.value = utfall_base64_text(run, zero, 64)}), range);
    static const uint8_t order[32] = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00,
                                      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                      0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84,
                                      0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
    uint8_t both[64];
    memcpy(both, order, 32);
    memcpy(both + 32, order, 32);
    assert_refused(sealed_with((forgery){.value = utfall_base64_text(run, both, 64)}), range);
    assert_refused(sealed_with((forgery){.value = utfall_base64_text(run, both, 63)}), "32 bytes");
    assert_refused(sealed_with((forgery){.value = utfall_base64_text(run, both, 32)}), "32 bytes");
}

static void the_mirrored_ecdsa_value_is_refused(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal);
    const char *from = strstr(good, "Id=\"seal-value\">") + strlen("Id=\"seal-value\">");
    uint8_t raw[66];
    size_t count = 0;
    assert_true(utfall_base64_decode(raw, &count, from, 88));
    assert_int_equal(count, 64);
    BIGNUM *order = NULL, *s = BN_bin2bn(raw + 32, 32, NULL);
    EVP_PKEY_get_bn_param(seal.key, "order", &order);
    BN_sub(s, order, s);
    BN_bn2binpad(s, raw + 32, 32);
    BN_free(order);
    BN_free(s);
    const char *old = utfall_run_text(run, from, 88);
    assert_refused(replaced(run, good, old, utfall_base64_text(run, raw, 64)), "mirrored");
}

static void another_key_than_the_certificates_is_refused(void **state)
{
    (void)state;
    owner attacker = pki_owner("P-256", (wish){0}, NULL);
    assert_refused(sealed_by(&attacker), "does not lead to a root");
    assert_refused(
        forge(run, (forgery){.key = attacker.key, .certificates = &seal.certificate, .count = 1}),
        "not made by the key");
    X509 *decoys[] = {seal.certificate, attacker.certificate};
    assert_refused(forge(run, (forgery){.key = attacker.key, .certificates = decoys, .count = 2}),
                   "did not issue");
    decoys[0] = attacker.certificate;
    decoys[1] = seal.certificate;
    assert_refused(forge(run, (forgery){.key = attacker.key, .certificates = decoys, .count = 2}),
                   "did not issue");
    pki_free(&attacker);
}

static void an_authority_of_the_same_name_is_refused(void **state)
{
    (void)state;
    owner false_root = pki_authority("Root", NULL);
    owner leaf = pki_owner("P-256", (wish){0}, &false_root);
    assert_refused(sealed_by(&leaf), "not trusted");
    X509 *chain[] = {leaf.certificate, false_root.certificate};
    assert_refused(forge(run, (forgery){.key = leaf.key, .certificates = chain, .count = 2}),
                   "not trusted");
    pki_free(&leaf);
    pki_free(&false_root);
}

static void a_seal_certificate_is_no_authority(void **state)
{
    (void)state;
    owner leaf = pki_owner("P-256", (wish){.name = "Issued by a leaf"}, &seal);
    X509 *chain[] = {leaf.certificate, seal.certificate};
    assert_refused(forge(run, (forgery){.key = leaf.key, .certificates = chain, .count = 2}),
                   "did not issue");
    pki_free(&leaf);
}

static void dates_of_the_certificate_are_kept(void **state)
{
    (void)state;
    owner old =
        pki_owner("P-256", (wish){.from = "20220101000000Z", .to = "20231231235959Z"}, &root);
    owner new =
        pki_owner("P-256", (wish){.from = "20350101000000Z", .to = "20361231235959Z"}, &root);
    forgery f = {.key = old.key, .certificates = &old.certificate, .count = 1};
    f.time = "2023-06-01T00:00:00Z";
    const char *text = forge(run, f);
    assert_refused(text, "had expired by " NOW);
    assert_accepted_as(text, &(utfall_trust){roots, ORG, "2023-07-01T00:00:00Z"});
    assert_refused(sealed_by(&new), "not valid yet");
    assert_refused_as(sealed_by(&new), strlen(sealed_by(&new)), &(utfall_trust){.at = NOW},
                      "outside the certificate's validity");
    pki_free(&old);
    pki_free(&new);
}

static void the_signing_time_fits_certificate_and_check(void **state)
{
    (void)state;
    const char *outside = "outside the certificate's validity";
    assert_refused(sealed_with((forgery){.time = "2025-12-31T23:59:59Z"}), outside);
    assert_refused(sealed_with((forgery){.time = "2029-01-01T00:00:00Z"}), outside);
    assert_accepted_as(sealed_with((forgery){.time = "2026-01-01T00:00:00Z"}), trusting());
    assert_accepted_as(sealed_with((forgery){.time = "2026-11-22T12:05:00Z"}), trusting());
    assert_refused(sealed_with((forgery){.time = "2026-11-22T12:05:01Z"}), "later than the check");
    assert_refused(sealed_with((forgery){.time = "2026-02-30T00:00:00Z"}), "not a time");
    assert_refused(sealed_with((forgery){.time = "2026-1-01T00:00:00Z"}), "not a time");
    assert_refused(sealed_with((forgery){.time = "2026-11-22T12:00:00+"}), "not of the one form");
}

static void a_certificate_for_another_use_is_refused(void **state)
{
    (void)state;
    check_owner((wish){.extended = "serverAuth"}, "another use");
    check_owner((wish){.extended = "emailProtection"}, "another use");
    check_owner((wish){.usage = "critical,keyEncipherment"}, "not for signatures");
    check_owner((wish){.usage = ""}, "not for signatures");
    check_owner(
        (wish){.basic = "critical,CA:TRUE", .usage = "critical,keyCertSign,digitalSignature"},
        "authority");
    const char *by_root = sealed_by(&root);
    assert_refused(by_root, "authority");
}

static void only_the_organisation_asked_for_is_accepted(void **state)
{
    (void)state;
    check_owner((wish){.org = "NTRSE-556000-0001"}, "expected \"" ORG "\"");
    owner other = pki_owner("P-256", (wish){.org = "NTRSE-556000-0001"}, &root);
    assert_accepted_as(sealed_by(&other), &(utfall_trust){roots, NULL, NOW});
    pki_free(&other);
}

static void names_that_would_reach_a_terminal_are_refused(void **state)
{
    (void)state;
    check_owner((wish){.name = "Seal\x1b[2J"}, "cannot be shown");
    check_owner((wish){.name = "Seal \xe2\x80\xae latin"}, "cannot be shown");
    check_owner((wish){.name = "Seal \xc2\x9b"}, "cannot be shown");
}

static void other_keys_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *why;
    } cases[] = {{"P-384", "EC on secp384r1"},
                 {"secp256k1", "EC on secp256k1"},
                 {"rsa2048", "RSA of 2048 bits"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        owner one = pki_owner(cases[i].kind, (wish){0}, &root);
        forgery f = {.key = one.key, .certificates = &one.certificate, .count = 1, .half = 48};
        assert_refused(forge(run, f), cases[i].why);
        pki_free(&one);
    }
}

static void another_certificate_over_the_same_key_is_refused(void **state)
{
    (void)state;
    X509 *second = pki_certificate((wish){.name = "Second over the same key"}, seal.key, &root);
    const char *text = forge(
        run,
        (forgery){.key = seal.key, .certificates = &second, .count = 1, .named = seal.certificate});
    assert_refused(text, "SigningCertificateV2");
    X509_free(second);
}

static void a_second_signature_is_refused(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal);
    const char *from = strstr(good, "<ds:Signature ");
    size_t len = (size_t)(strstr(from, "</ledger>") - from);
    const char *signature = utfall_run_text(run, from, len), *end = NULL;
    assert_refused(replaced(run, good, signature, utfall_run_join(run, signature, signature, end)),
                   "expected the end of the signature");
    assert_refused(replaced(run, good, "  <due", utfall_run_join(run, signature, "\n  <due", end)),
                   "before the last line");
}

static void more_than_four_certificates_are_refused(void **state)
{
    (void)state;
    X509 *five[] = {seal.certificate, root.certificate, root.certificate, root.certificate,
                    root.certificate};
    forgery f = {.key = seal.key, .certificates = five, .count = 4};
    assert_accepted_as(forge(run, f), trusting());
    f.count = 5;
    assert_refused(forge(run, f), "not of the one form");
}

static void a_signature_longer_than_64_kib_is_refused(void **state)
{
    (void)state;
    char *long_text = malloc(70001);
    memset(long_text, 'A', 70000);
    long_text[70000] = '\0';
    const char *good = sealed_by(&seal);
    assert_refused(
        replaced(run, good, "<ds:X509Certificate>",
                 utfall_run_join(run, "<ds:X509Certificate>", long_text, (const char *)NULL)),
        "too long");
    free(long_text);
}

static void unused_bits_of_base64_are_refused(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal); /* 64 bytes end in one digit of 2 bits and "==" */
    const char *end = strstr(good, "==</ds:SignatureValue>");
    assert_non_null(end);
    char *text = malloc(strlen(good) + 1);
    memcpy(text, good, strlen(good) + 1);
    text[end - good - 1]++;
    assert_refused(text, "canonical spelling");
    free(text);
}

static void a_properties_digest_that_does_not_fit_is_refused(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal);
    assert_refused(replaced(run, good, "SigningTime>2026-11-22", "SigningTime>2026-11-21"),
                   "signed properties");
    assert_refused(replaced(run, good, ">750000000<", ">950000000<"), "ledger was changed");
}

static void roots_that_cannot_be_read_are_not_a_verdict(void **state)
{
    (void)state;
    utfall_seal_report report;
    const char *text = sealed_by(&seal);
    utfall_trust trust = {pki_path("no-such.pem"), NULL, NOW};
    assert_int_equal(verify(&report, text, strlen(text), &trust), UTFALL_E_IO);
    trust.roots_path = pki_save_text("junk.pem", "junk\n");
    assert_int_equal(verify(&report, text, strlen(text), &trust), UTFALL_E_IO);
    trust = (utfall_trust){roots, NULL, "yesterday"};
    assert_int_equal(verify(&report, text, strlen(text), &trust), UTFALL_E_SYNTAX);
    trust.at = NULL;
    assert_int_equal(verify(&report, text, strlen(text), &trust), UTFALL_E_SYNTAX);
}

static void a_finding_names_file_line_and_column(void **state)
{
    (void)state;
    const char *good = sealed_by(&seal);
    utfall_seal_report report;
    utfall_run *own = utfall_run_new(NULL, NULL);
    const char *text = replaced(run, good, "Id=\"seal\"", "Id=\"sael\"");
    assert_int_equal(utfall_seal_verify(own, &report, "l.xml", text, strlen(text), trusting()),
                     UTFALL_E_INVALID);
    const utfall_finding *finding = utfall_run_finding(own, 0);
    assert_string_equal(finding->at.file, "l.xml");
    assert_int_equal(finding->at.line, 4);
    assert_int_equal(finding->at.column,
                     strlen("<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
                            "Id=\"s") +
                         1);
    assert_non_null(strstr(finding->message, "found \"ael\"><ds:SignedInfo"));
    assert_non_null(finding->hint);
    utfall_run_free(own);
}

static int begin(void **state)
{
    (void)state;
    pki_begin();
    rsa = pki_owner("rsa3072", (wish){0}, &root);
    static char path[160];
    snprintf(path, sizeof path, "%s", pki_save_certificates("root.pem", &root.certificate, 1));
    roots = path;
    return 0;
}

static int end(void **state)
{
    (void)state;
    pki_free(&rsa);
    pki_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_run(a_good_seal_is_accepted_and_described),
        with_run(without_roots_the_signer_stays_unknown),
        with_run(an_unsealed_ledger_says_so),
        with_run(an_unsealed_ledger_is_refused_when_a_signer_is_asked_for),
        with_run(a_chain_with_an_issuing_authority_is_accepted),
        with_run(no_byte_can_change),
        with_run(no_byte_can_go_or_come),
        with_run(a_file_cut_off_anywhere_is_refused),
        with_run(bytes_around_the_ledger_are_refused),
        with_run(comments_and_white_space_in_the_seal_are_refused),
        with_run(line_ends_of_another_system_are_refused),
        with_run(only_the_two_methods_are_accepted),
        with_run(weak_digests_and_other_transforms_are_refused),
        with_run(an_ecdsa_value_of_zero_or_the_order_is_refused),
        with_run(the_mirrored_ecdsa_value_is_refused),
        with_run(another_key_than_the_certificates_is_refused),
        with_run(an_authority_of_the_same_name_is_refused),
        with_run(a_seal_certificate_is_no_authority),
        with_run(dates_of_the_certificate_are_kept),
        with_run(the_signing_time_fits_certificate_and_check),
        with_run(a_certificate_for_another_use_is_refused),
        with_run(only_the_organisation_asked_for_is_accepted),
        with_run(names_that_would_reach_a_terminal_are_refused),
        with_run(other_keys_are_refused),
        with_run(another_certificate_over_the_same_key_is_refused),
        with_run(a_second_signature_is_refused),
        with_run(more_than_four_certificates_are_refused),
        with_run(a_signature_longer_than_64_kib_is_refused),
        with_run(unused_bits_of_base64_are_refused),
        with_run(a_properties_digest_that_does_not_fit_is_refused),
        with_run(roots_that_cannot_be_read_are_not_a_verdict),
        with_run(a_finding_names_file_line_and_column),
    };
    return cmocka_run_group_tests_name("seal_verify", tests, begin, end);
}
