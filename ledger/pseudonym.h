/* ledger/pseudonym.h - pseudonyms and salts of a detail file, private to ledger/. */
#ifndef UTFALL_PSEUDONYM_H
#define UTFALL_PSEUDONYM_H
#include "utfall/ledger.h"
#include <openssl/evp.h>

enum { UTFALL_PSEUDONYM_BYTES = 16, UTFALL_SALT_BYTES = 32 };

/** Keys of one contract, made from the secret. */
typedef struct utfall_pseudonyms {
    EVP_MAC_CTX *person, *salt;
    const char *contract;
} utfall_pseudonyms;

/** Make the keys; utfall_pseudonyms_end must follow, also on failure. UTFALL_E_NOMEM when the
 * library cannot. `contract` (its id) must live until then. */
UTFALL_TRY utfall_status utfall_pseudonyms_start(utfall_pseudonyms *out, const char *contract,
                                                 const uint8_t secret[32]);
void utfall_pseudonyms_end(utfall_pseudonyms *keys);

/** First 16 bytes of HMAC(K_person, "pseudonym|" contract "|" cohort "|" id). */
UTFALL_TRY utfall_status utfall_pseudonym_of(const utfall_pseudonyms *keys,
                                             uint8_t out[UTFALL_PSEUDONYM_BYTES],
                                             const char *cohort, const char *id);

/** HMAC(K_salt, "salt|" contract "|" index). */
UTFALL_TRY utfall_status utfall_salt_of(const utfall_pseudonyms *keys,
                                        uint8_t out[UTFALL_SALT_BYTES], uint64_t index);

#endif
