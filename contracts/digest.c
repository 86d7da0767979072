/* contracts/digest.c - SHA-256 by libcrypto. Input: bytes in any pieces. Invariant: the digest is
 * that of the bytes as they lie in the file, before any decoding, so that sha256sum gives the
 * same. */
#include "contracts/digest.h"

#include <openssl/evp.h>

struct utfall_digest {
    EVP_MD_CTX *context;
};

static void digest_free(void *object)
{
    utfall_digest *digest = object;
    EVP_MD_CTX_free(digest->context);
    digest->context = NULL;
}

utfall_digest *utfall_digest_new(utfall_run *run)
{
    utfall_digest *digest = utfall_run_alloc(run, sizeof *digest);
    if (digest == NULL)
        return NULL;
    digest->context = EVP_MD_CTX_new();
    if (digest->context == NULL) {
        utfall_run_fail(run, UTFALL_E_NOMEM);
        return NULL;
    }
    if (utfall_run_defer(run, digest_free, digest) != UTFALL_OK) {
        digest_free(digest);
        return NULL;
    }
    if (EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1) {
        utfall_run_fail(run, UTFALL_E_NOMEM);
        return NULL;
    }
    return digest;
}

utfall_status utfall_digest_add(utfall_digest *digest, const void *bytes, size_t len)
{
    return EVP_DigestUpdate(digest->context, bytes, len) == 1 ? UTFALL_OK : UTFALL_E_BUG;
}

utfall_status utfall_digest_end(utfall_digest *digest, uint8_t out[32])
{
    return EVP_DigestFinal_ex(digest->context, out, NULL) == 1 ? UTFALL_OK : UTFALL_E_BUG;
}

utfall_status utfall_digest_of(uint8_t out[32], const void *bytes, size_t len)
{
    return EVP_Digest(bytes, len, out, NULL, EVP_sha256(), NULL) == 1 ? UTFALL_OK : UTFALL_E_NOMEM;
}
