/* ledger/seal_template.h - the one form that a seal has, private to ledger/.
 *
 * A seal is literal text with a few holes: digests, time, value and certificates. The same table
 * writes a seal and recognises it, so that nothing can be read which would not have been written.
 * The text repeats xmlns on SignedInfo, SignedProperties and their children: so the bytes of each
 * are its own exclusive C14N form and can be digested as they stand.
 *
 * A time stamp, when there is one, will be a part after PART_PROPERTIES_END; certificate status
 * likewise. Nothing reads them today, so nothing lets them pass. */
#ifndef UTFALL_SEAL_TEMPLATE_H
#define UTFALL_SEAL_TEMPLATE_H
#include "utfall/run.h"

#define UTFALL_METHOD_ECDSA "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
#define UTFALL_METHOD_RSA "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"

/** What stands in a hole. */
typedef enum utfall_hole {
    UTFALL_HOLE_METHOD,             /* URI of the signature method */
    UTFALL_HOLE_CONTENT,            /* SHA-256 of the ledger, base64 */
    UTFALL_HOLE_PROPERTIES,         /* SHA-256 of SignedProperties, base64 */
    UTFALL_HOLE_VALUE,              /* signature over SignedInfo, base64; ECDSA as r || s */
    UTFALL_HOLE_CERTIFICATES,       /* DER in base64, leaf first, UTFALL_SEAL_NEXT between */
    UTFALL_HOLE_TIME,               /* YYYY-MM-DDThh:mm:ssZ */
    UTFALL_HOLE_CERTIFICATE_DIGEST, /* SHA-256 of the first certificate, base64 */
    UTFALL_HOLE_NONE
} utfall_hole;
enum { UTFALL_HOLES = UTFALL_HOLE_NONE };

#define UTFALL_SEAL_NEXT "</ds:X509Certificate><ds:X509Certificate>"

/** The parts of the template that begin or end something which is digested. */
typedef enum utfall_part {
    UTFALL_PART_OPEN,
    UTFALL_PART_SIGNED_INFO, /* SignedInfo is from here ... */
    UTFALL_PART_CONTENT,
    UTFALL_PART_PROPERTIES_DIGEST,
    UTFALL_PART_SIGNED_INFO_END, /* ... through here */
    UTFALL_PART_VALUE,
    UTFALL_PART_CERTIFICATES,
    UTFALL_PART_OBJECT,
    UTFALL_PART_PROPERTIES, /* SignedProperties is from here ... */
    UTFALL_PART_CERTIFICATE_DIGEST,
    UTFALL_PART_PROPERTIES_END, /* ... through here */
    UTFALL_PART_CLOSE
} utfall_part;
enum { UTFALL_PARTS = UTFALL_PART_CLOSE + 1, UTFALL_CERTIFICATES_MAX = 4 };

typedef struct utfall_view {
    const char *text;
    size_t len;
} utfall_view;

/** A seal taken apart; views into its bytes. */
typedef struct utfall_seal_text {
    utfall_view hole[UTFALL_HOLES];
    utfall_view certificate[UTFALL_CERTIFICATES_MAX];
    size_t certificate_count; /* 1..UTFALL_CERTIFICATES_MAX */
    utfall_view signed_info, properties;
} utfall_seal_text;

/** Where a text leaves the template. */
typedef struct utfall_seal_gap {
    size_t at;            /* offset of the first byte that does not fit */
    const char *expected; /* literal text that should stand there, or what the hole takes */
    bool is_literal;
} utfall_seal_gap;

/** The parts `first`..`last` with the holes filled by `values`, owned by the run. NULL when out of
 * memory. */
const char *utfall_seal_fill(utfall_run *run, utfall_part first, utfall_part last,
                             const char *const values[UTFALL_HOLES]);

/** Match all of `len` bytes with the template. False: *gap says where it ends to fit, *out is
 * undefined. Only the characters and the greatest length of a hole are looked at, not its value. */
bool utfall_seal_match(utfall_seal_text *out, utfall_seal_gap *gap, const char *bytes, size_t len);

#endif
