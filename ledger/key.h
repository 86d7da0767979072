/* ledger/key.h - a loaded signing key, private to ledger/. */
#ifndef UTFALL_KEY_H
#define UTFALL_KEY_H
#include "ledger/certificate.h"
#include "ledger/seal_template.h"
#include "utfall/ledger.h"
#include <openssl/evp.h>

struct utfall_key {
    const char *name; /* file, for findings */
    EVP_PKEY *pkey;
    X509 *certificate[UTFALL_CERTIFICATES_MAX]; /* each one issued by the next; no root */
    size_t certificate_count;                   /* >= 1 */
    utfall_identity identity;                   /* of the first certificate */
};

#endif
