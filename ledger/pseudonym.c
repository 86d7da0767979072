/* ledger/pseudonym.c - pseudonyms and salts by HMAC-SHA-256, with one key each.
 *
 * A plain hash of an id is guessed by trying all ids; with a key it is not. Two keys, so that the
 * salts can be handed to a verifier, who then can check the Merkle root but not find people. The
 * contract is in every message, so that one person has different pseudonyms in two contracts. */
#include "ledger/pseudonym.h"
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <string.h>

/* A context keyed with HMAC(secret, label). NULL when the library cannot. */
static EVP_MAC_CTX *keyed(const uint8_t secret[32], const char *label)
{
    char name[] = "SHA256";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                               OSSL_PARAM_construct_end()};
    uint8_t key[32];
    size_t len = 0;
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *made = mac ? EVP_MAC_CTX_new(mac) : NULL;
    bool done = made && EVP_MAC_init(made, secret, 32, parameters) == 1 &&
                EVP_MAC_update(made, (const uint8_t *)label, strlen(label)) == 1 &&
                EVP_MAC_final(made, key, &len, sizeof key) == 1 &&
                EVP_MAC_init(made, key, sizeof key, parameters) == 1;
    OPENSSL_cleanse(key, sizeof key);
    EVP_MAC_free(mac);
    if (done)
        return made;
    EVP_MAC_CTX_free(made);
    return NULL;
}

utfall_status utfall_pseudonyms_start(utfall_pseudonyms *out, const char *contract,
                                      const uint8_t secret[32])
{
    *out = (utfall_pseudonyms){.contract = contract,
                               .person = keyed(secret, "utfall|pseudonym"),
                               .salt = keyed(secret, "utfall|salt")};
    return out->person && out->salt ? UTFALL_OK : UTFALL_E_NOMEM;
}

void utfall_pseudonyms_end(utfall_pseudonyms *keys)
{
    EVP_MAC_CTX_free(keys->person);
    EVP_MAC_CTX_free(keys->salt);
    *keys = (utfall_pseudonyms){0};
}

/* HMAC of the given texts joined; the last one is NULL. */
static utfall_status mac_of(EVP_MAC_CTX *mac, uint8_t out[32], const char *const *texts)
{
    size_t len = 0;
    if (EVP_MAC_init(mac, NULL, 0, NULL) != 1)
        return UTFALL_E_NOMEM;
    for (; *texts; texts++) {
        if (EVP_MAC_update(mac, (const uint8_t *)*texts, strlen(*texts)) != 1)
            return UTFALL_E_NOMEM;
    }
    return EVP_MAC_final(mac, out, &len, 32) == 1 ? UTFALL_OK : UTFALL_E_NOMEM;
}

utfall_status utfall_pseudonym_of(const utfall_pseudonyms *keys,
                                  uint8_t out[UTFALL_PSEUDONYM_BYTES], const char *cohort,
                                  const char *id)
{
    uint8_t mac[32];
    const char *const texts[] = {"pseudonym|", keys->contract, "|", cohort, "|", id, NULL};
    utfall_status status = mac_of(keys->person, mac, texts);
    if (status == UTFALL_OK)
        memcpy(out, mac, UTFALL_PSEUDONYM_BYTES);
    return status;
}

utfall_status utfall_salt_of(const utfall_pseudonyms *keys, uint8_t out[UTFALL_SALT_BYTES],
                             uint64_t index)
{
    char digits[21], *start = digits + sizeof digits - 1;
    *start = '\0';
    do {
        *--start = (char)('0' + index % 10);
        index /= 10;
    } while (index > 0);
    uint8_t mac[32];
    const char *const texts[] = {"salt|", keys->contract, "|", start, NULL};
    utfall_status status = mac_of(keys->salt, mac, texts);
    if (status == UTFALL_OK)
        memcpy(out, mac, UTFALL_SALT_BYTES);
    return status;
}
