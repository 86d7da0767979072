/* ledger/signature.h - the value of a signature, private to ledger/.
 *
 * SHA-256 with ECDSA on P-256 (64 bytes, r || s as XMLDSig has it) or RSA PKCS#1 v1.5. For ECDSA
 * (r, s) and (r, n - s) are both mathematically good; here s <= n / 2 is demanded when checking and
 * made sure of when signing, so that nobody without the key can make a second seal out of one. */
#ifndef UTFALL_SIGNATURE_H
#define UTFALL_SIGNATURE_H
#include "ledger/key.h"

enum { UTFALL_SIGNATURE_VALUE_MAX = 1024 }; /* RSA of 8192 bits */

/** Sign `len` bytes. `value` has room for UTFALL_SIGNATURE_VALUE_MAX. UTFALL_E_IO with a finding
 * when the key does not sign. This is the one place that uses a private key: another kind of key
 * (a token, a service) is another branch here. */
UTFALL_TRY utfall_status utfall_signature_make(utfall_run *run, uint8_t *value, size_t *count,
                                               const utfall_key *key, const char *bytes,
                                               size_t len);

/** NULL when `value` is a signature over the bytes by the owner of the certificate, else the fault
 * (static text). The certificate's key is one that utfall_certificate_kind names. */
const char *utfall_signature_fault(X509 *certificate, const uint8_t *value, size_t count,
                                   const char *bytes, size_t len);

#endif
