/* ledger/certificate.h - what a certificate must be to seal with, and what it says of its owner;
 * private to ledger/. */
#ifndef UTFALL_CERTIFICATE_H
#define UTFALL_CERTIFICATE_H
#include "ledger/instant.h"
#include <openssl/x509.h>

/** Stands in the common name of every certificate that utfall_keygen makes. */
#define UTFALL_TEST_MARK "utfall TEST - not for real settlements"

enum { UTFALL_RSA_BITS_MIN = 3000, UTFALL_RSA_BITS_MAX = 8192, UTFALL_NAME_BYTES_MAX = 1024 };

typedef enum utfall_kind {
    UTFALL_KIND_ECDSA, /* on P-256, a named curve */
    UTFALL_KIND_RSA,   /* PKCS#1 v1.5, UTFALL_RSA_BITS_MIN..UTFALL_RSA_BITS_MAX, e >= 65537 */
    UTFALL_KIND_OTHER  /* no key to seal with */
} utfall_kind;

utfall_kind utfall_certificate_kind(X509 *certificate);

/** What a certificate says. Strings are "" when it does not say; owned by the run. */
typedef struct utfall_identity {
    const char *name, *organisation, *org_identifier; /* of the subject: CN, O, 2.5.4.97 */
    const char *algorithm;                            /* "ECDSA P-256 with SHA-256" */
    utfall_instant valid_from, valid_to;
    bool is_test; /* subject or issuer carries UTFALL_TEST_MARK */
} utfall_identity;

/** NULL when the certificate is one to seal with: version 3, not of an authority, keyUsage
 * digitalSignature or nonRepudiation, no extendedKeyUsage, a kind of key that is known, names that
 * can be shown; *out is then filled. Else what is wrong, in words; also when out of memory, which
 * utfall_run_failure tells. Says nothing on whom to trust or on dates. */
const char *utfall_certificate_fault(utfall_run *run, utfall_identity *out, X509 *certificate);

/** Read one DER certificate that fills `len` bytes exactly; the caller frees it. NULL when it is
 * not one. */
X509 *utfall_certificate_load(const uint8_t *der, size_t len);

/** Whether `issuer` signed `certificate` and was allowed to. */
bool utfall_certificate_is_issued(X509 *certificate, X509 *issuer);

/** Whether subject and issuer are the same name. */
bool utfall_certificate_is_root(X509 *certificate);

#endif
