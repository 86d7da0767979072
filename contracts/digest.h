/* contracts/digest.h - SHA-256 of what is read, piece by piece or at once. Private to contracts/;
 * the only place of the layer that knows libcrypto. */
#ifndef UTFALL_DIGEST_H
#define UTFALL_DIGEST_H
#include "utfall/run.h"

/** A digest under way. It belongs to the run and needs no end when reading is given up. */
typedef struct utfall_digest utfall_digest;

/** Start a digest; NULL when out of memory (noted as the run's failure). */
utfall_digest *utfall_digest_new(utfall_run *run);

/** Add the next `len` bytes; they may end anywhere. */
UTFALL_TRY utfall_status utfall_digest_add(utfall_digest *digest, const void *bytes, size_t len);

/** The digest of all bytes added. No more may be added afterwards. */
UTFALL_TRY utfall_status utfall_digest_end(utfall_digest *digest, uint8_t out[32]);

/** The digest of `len` bytes in memory. */
UTFALL_TRY utfall_status utfall_digest_of(uint8_t out[32], const void *bytes, size_t len);

#endif
