/* ledger/signature.c - makes and checks signature values with OpenSSL's EVP interface.
 *
 * Inputs: a key or certificate that was checked when it was loaded, and the bytes of SignedInfo.
 * Invariant: an ECDSA value that leaves or passes this file has 0 < r < n and 0 < s <= n / 2. */
#include "ledger/signature.h"
#include "ledger/certificate.h"
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

enum { HALF = 32 }; /* bytes of r and of s */

/* Order n of the base point of P-256 (FIPS 186-4, D.1.2.3), and (n - 1) / 2. */
static const uint8_t order[HALF] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
static const uint8_t half_order[HALF] = {
    0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8};

static void negate(uint8_t s[HALF]) /* s = n - s, for 0 < s < n */
{
    uint32_t borrow = 0;
    for (size_t i = HALF; i-- > 0;) {
        uint32_t difference = 0x100U + order[i] - s[i] - borrow;
        s[i] = (uint8_t)difference;
        borrow = difference < 0x100U ? 1 : 0;
    }
}

/* DER as OpenSSL gives it, to r || s with the smaller s. */
static bool to_raw(uint8_t raw[2 * HALF], const uint8_t *der, size_t count)
{
    const uint8_t *from = der;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &from, (long)count);
    bool done = pair && BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw, HALF) == HALF &&
                BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw + HALF, HALF) == HALF;
    ECDSA_SIG_free(pair);
    if (done && memcmp(raw + HALF, half_order, HALF) > 0)
        negate(raw + HALF);
    return done;
}

/* r || s to DER; 0 when out of memory. `der` has room for 80 bytes. */
static size_t to_der(uint8_t *der, const uint8_t raw[2 * HALF])
{
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(raw, HALF, NULL), *s = BN_bin2bn(raw + HALF, HALF, NULL);
    if (!pair || !r || !s || ECDSA_SIG_set0(pair, r, s) != 1) {
        BN_free(r);
        BN_free(s);
        ECDSA_SIG_free(pair);
        return 0;
    }
    uint8_t *to = der;
    int count = i2d_ECDSA_SIG(pair, &to);
    ECDSA_SIG_free(pair);
    return count > 0 ? (size_t)count : 0;
}

utfall_status utfall_signature_make(utfall_run *run, uint8_t *value, size_t *count,
                                    const utfall_key *key, const char *bytes, size_t len)
{
    uint8_t made[UTFALL_SIGNATURE_VALUE_MAX];
    size_t room = sizeof made;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool done = context && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key->pkey) == 1 &&
                EVP_DigestSign(context, made, &room, (const uint8_t *)bytes, len) == 1;
    EVP_MD_CTX_free(context);
    if (done && utfall_certificate_kind(key->certificate[0]) == UTFALL_KIND_ECDSA) {
        done = to_raw(value, made, room);
        room = 2 * HALF;
    } else if (done) {
        memcpy(value, made, room);
    }
    ERR_clear_error();
    if (!done)
        return utfall_run_report(run, &(utfall_finding){.code = UTFALL_E_IO,
                                                        .at = {key->name, 0, 0},
                                                        .message = "the key did not sign"});
    *count = room;
    return UTFALL_OK;
}

static const char *ecdsa_fault(const uint8_t *value, size_t count)
{
    static const uint8_t zero[HALF] = {0};
    if (count != 2 * HALF)
        return "the signature value is not r and s of 32 bytes each";
    const uint8_t *r = value, *s = value + HALF;
    if (memcmp(r, zero, HALF) == 0 || memcmp(r, order, HALF) >= 0 || memcmp(s, zero, HALF) == 0 ||
        memcmp(s, order, HALF) >= 0)
        return "the signature value is outside the range of the curve";
    if (memcmp(s, half_order, HALF) > 0)
        return "the signature value is the mirrored one: expected the smaller s";
    return NULL;
}

const char *utfall_signature_fault(X509 *certificate, const uint8_t *value, size_t count,
                                   const char *bytes, size_t len)
{
    uint8_t der[80];
    if (utfall_certificate_kind(certificate) == UTFALL_KIND_ECDSA) {
        const char *fault = ecdsa_fault(value, count);
        if (fault)
            return fault;
        count = to_der(der, value);
        value = der;
    }
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = context && count > 0 &&
                EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL,
                                     X509_get0_pubkey(certificate)) == 1 &&
                EVP_DigestVerify(context, value, count, (const uint8_t *)bytes, len) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return good ? NULL : "the signature was not made by the key of the certificate over this text";
}
