/* ledger/certificate.c - rules for a certificate that seals, the same when signing and checking.
 *
 * Input: a certificate of any origin. Invariant: what passes can be shown on a terminal and was
 * made for signing documents, not for a web server or an authority. */
#include "ledger/certificate.h"
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

static bool rsa_exponent_is_good(const EVP_PKEY *key)
{
    BIGNUM *exponent = NULL;
    bool good = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1 &&
                BN_is_odd(exponent) && BN_num_bits(exponent) > 16;
    BN_free(exponent);
    return good;
}

static bool curve_is_p256(const EVP_PKEY *key)
{
    char name[32] = "";
    int is_explicit = 1;
    return EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name, sizeof name,
                                          NULL) == 1 &&
           strcmp(name, "prime256v1") == 0 &&
           EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS,
                                  &is_explicit) == 1 &&
           is_explicit == 0;
}

utfall_kind utfall_certificate_kind(X509 *certificate)
{
    const EVP_PKEY *key = X509_get0_pubkey(certificate);
    utfall_kind kind = UTFALL_KIND_OTHER;
    if (key && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC) {
        if (curve_is_p256(key))
            kind = UTFALL_KIND_ECDSA;
    } else if (key && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) {
        int bits = EVP_PKEY_get_bits(key);
        if (bits >= UTFALL_RSA_BITS_MIN && bits <= UTFALL_RSA_BITS_MAX && rsa_exponent_is_good(key))
            kind = UTFALL_KIND_RSA;
    }
    ERR_clear_error();
    return kind;
}

/* "RSA of 2048 bits", "EC on secp384r1", "ED25519". */
static const char *key_words(utfall_run *run, X509 *certificate)
{
    const EVP_PKEY *key = X509_get0_pubkey(certificate);
    char curve[64] = "an unnamed curve";
    if (!key)
        return "unreadable";
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA)
        return utfall_run_join(run, "RSA of ", utfall_run_decimal(run, EVP_PKEY_get_bits(key)),
                               " bits", (const char *)NULL);
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC) {
        if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, curve, sizeof curve,
                                           NULL) != 1)
            ERR_clear_error();
        return utfall_run_join(run, "EC on ", curve, (const char *)NULL);
    }
    const char *type = EVP_PKEY_get0_type_name(key);
    return type ? type : "of an unknown kind";
}

/* Control characters would reach a terminal; overrides of direction show another name than the
 * one that was certified. */
static bool can_be_shown(const unsigned char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] < 0x20 || text[i] == 0x7f)
            return false;
        if (text[i] == 0xc2 && i + 1 < len && text[i + 1] < 0xa0)
            return false; /* U+0080..U+009F */
        if (text[i] == 0xe2 && i + 2 < len &&
            ((text[i + 1] == 0x80 && text[i + 2] >= 0xaa && text[i + 2] <= 0xae) ||
             (text[i + 1] == 0x81 && text[i + 2] >= 0xa6 && text[i + 2] <= 0xa9)))
            return false; /* U+202A..U+202E, U+2066..U+2069 */
    }
    return true;
}

/* The one value of an attribute, "" when it is not there; NULL when it is there twice, too long or
 * cannot be shown. */
static const char *name_text(utfall_run *run, const X509_NAME *name, int nid)
{
    int at = X509_NAME_get_index_by_NID(name, nid, -1);
    if (at < 0)
        return "";
    if (X509_NAME_get_index_by_NID(name, nid, at) >= 0)
        return NULL;
    unsigned char *utf8 = NULL;
    int len = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    const char *text = NULL;
    if (len >= 0 && len <= UTFALL_NAME_BYTES_MAX && can_be_shown(utf8, (size_t)len))
        text = utfall_run_text(run, (const char *)utf8, (size_t)len);
    OPENSSL_free(utf8);
    return text;
}

static bool carries_mark(utfall_run *run, const X509_NAME *name)
{
    const char *common = name_text(run, name, NID_commonName);
    const char *organisation = name_text(run, name, NID_organizationName);
    return (common && strstr(common, UTFALL_TEST_MARK)) ||
           (organisation && strstr(organisation, UTFALL_TEST_MARK));
}

static bool read_time(utfall_instant *out, const ASN1_TIME *time)
{
    struct tm tm;
    memset(&tm, 0, sizeof tm);
    if (ASN1_TIME_to_tm(time, &tm) != 1)
        return false;
    const int64_t parts[6] = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                              tm.tm_hour,        tm.tm_min,     tm.tm_sec};
    return utfall_instant_make(out, parts);
}

static const char *usage_fault(X509 *certificate)
{
    uint32_t flags = X509_get_extension_flags(certificate);
    uint32_t usage = X509_get_key_usage(certificate);
    if (X509_get_version(certificate) != X509_VERSION_3 || (flags & EXFLAG_INVALID) != 0)
        return "the certificate is not a well-formed version 3 certificate";
    if ((flags & EXFLAG_CRITICAL) != 0)
        return "the certificate has a critical extension that is not understood";
    if (X509_check_ca(certificate) != 0)
        return "the certificate is an authority's: expected an end certificate (CA:FALSE)";
    if (usage == UINT32_MAX || (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0)
        return "the certificate is not for signatures: expected keyUsage digitalSignature or "
               "nonRepudiation";
    if (X509_get_extended_key_usage(certificate) != UINT32_MAX)
        return "the certificate is for another use: expected none in extendedKeyUsage";
    return NULL;
}

static const char *algorithm_text(utfall_run *run, X509 *certificate)
{
    if (utfall_certificate_kind(certificate) == UTFALL_KIND_ECDSA)
        return "ECDSA P-256 with SHA-256";
    const char *bits = utfall_run_decimal(run, EVP_PKEY_get_bits(X509_get0_pubkey(certificate)));
    return utfall_run_join(run, "RSA-", bits, " with SHA-256", (const char *)NULL);
}

const char *utfall_certificate_fault(utfall_run *run, utfall_identity *out, X509 *certificate)
{
    const char *fault = usage_fault(certificate);
    ERR_clear_error();
    if (fault)
        return fault;
    if (utfall_certificate_kind(certificate) == UTFALL_KIND_OTHER) {
        fault = utfall_run_join(run, "the key of the certificate is ", key_words(run, certificate),
                                ": expected ECDSA on P-256 or RSA of 3000 to 8192 bits",
                                (const char *)NULL);
        return fault ? fault : "out of memory";
    }
    const X509_NAME *subject = X509_get_subject_name(certificate);
    utfall_identity found = {.name = name_text(run, subject, NID_commonName),
                             .organisation = name_text(run, subject, NID_organizationName),
                             .org_identifier = name_text(run, subject, NID_organizationIdentifier),
                             .algorithm = algorithm_text(run, certificate)};
    found.is_test =
        carries_mark(run, subject) || carries_mark(run, X509_get_issuer_name(certificate));
    ERR_clear_error();
    if (!found.name || !found.organisation || !found.org_identifier)
        return "the certificate's subject has a name twice, too long or with characters that "
               "cannot be shown";
    if (!read_time(&found.valid_from, X509_get0_notBefore(certificate)) ||
        !read_time(&found.valid_to, X509_get0_notAfter(certificate)))
        return "the certificate's dates cannot be read";
    if (utfall_run_failure(run) != UTFALL_OK)
        return "out of memory";
    *out = found;
    return NULL;
}

X509 *utfall_certificate_load(const uint8_t *der, size_t len)
{
    const uint8_t *from = der;
    X509 *certificate = d2i_X509(NULL, &from, (long)len);
    ERR_clear_error();
    if (certificate && from != der + len) {
        X509_free(certificate);
        certificate = NULL;
    }
    return certificate;
}

bool utfall_certificate_is_issued(X509 *certificate, X509 *issuer)
{
    EVP_PKEY *key = X509_get0_pubkey(issuer);
    bool is_issued = key && X509_check_issued(issuer, certificate) == X509_V_OK &&
                     X509_verify(certificate, key) == 1;
    ERR_clear_error();
    return is_issued;
}

bool utfall_certificate_is_root(X509 *certificate)
{
    return X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) ==
           0;
}
