/* ledger/seal_template.c - the literal text of a seal (XAdES-BASELINE-B), filled and matched.
 *
 * Input: bytes of any origin, already bounded by the frame. Matching is one walk from left to right
 * over a fixed table: no parser, no choice, no recursion. A seal that XMLDSig allows but that is
 * spelled otherwise is refused, and with it every trick that lives in those freedoms. */
#include "ledger/seal_template.h"
#include "ledger/instant.h"
#include <string.h>

#define DS "http://www.w3.org/2000/09/xmldsig#"
#define XADES "http://uri.etsi.org/01903/v1.3.2#"
#define C14N "http://www.w3.org/2001/10/xml-exc-c14n#"
#define SHA256 "http://www.w3.org/2001/04/xmlenc#sha256"

typedef struct part {
    const char *literal;
    utfall_hole hole; /* after the literal */
} part;

static const part parts[UTFALL_PARTS] = {
    [UTFALL_PART_OPEN] = {"<ds:Signature xmlns:ds=\"" DS "\" Id=\"seal\">", UTFALL_HOLE_NONE},
    [UTFALL_PART_SIGNED_INFO] = {"<ds:SignedInfo xmlns:ds=\"" DS "\">"
                                 "<ds:CanonicalizationMethod Algorithm=\"" C14N "\">"
                                 "</ds:CanonicalizationMethod>"
                                 "<ds:SignatureMethod Algorithm=\"",
                                 UTFALL_HOLE_METHOD},
    [UTFALL_PART_CONTENT] = {"\"></ds:SignatureMethod>"
                             "<ds:Reference Id=\"seal-ledger\" URI=\"\"><ds:Transforms>"
                             "<ds:Transform Algorithm=\"" DS "enveloped-signature\"></ds:Transform>"
                             "<ds:Transform Algorithm=\"" C14N "\"></ds:Transform></ds:Transforms>"
                             "<ds:DigestMethod Algorithm=\"" SHA256 "\"></ds:DigestMethod>"
                             "<ds:DigestValue>",
                             UTFALL_HOLE_CONTENT},
    [UTFALL_PART_PROPERTIES_DIGEST] =
        {"</ds:DigestValue></ds:Reference>"
         "<ds:Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" "
         "URI=\"#seal-properties\"><ds:Transforms>"
         "<ds:Transform Algorithm=\"" C14N "\"></ds:Transform></ds:Transforms>"
         "<ds:DigestMethod Algorithm=\"" SHA256 "\"></ds:DigestMethod><ds:DigestValue>",
         UTFALL_HOLE_PROPERTIES},
    [UTFALL_PART_SIGNED_INFO_END] = {"</ds:DigestValue></ds:Reference></ds:SignedInfo>",
                                     UTFALL_HOLE_NONE},
    [UTFALL_PART_VALUE] = {"<ds:SignatureValue xmlns:ds=\"" DS "\" Id=\"seal-value\">",
                           UTFALL_HOLE_VALUE},
    [UTFALL_PART_CERTIFICATES] = {"</ds:SignatureValue><ds:KeyInfo><ds:X509Data>"
                                  "<ds:X509Certificate>",
                                  UTFALL_HOLE_CERTIFICATES},
    [UTFALL_PART_OBJECT] = {"</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object>"
                            "<xades:QualifyingProperties xmlns:xades=\"" XADES
                            "\" Target=\"#seal\">",
                            UTFALL_HOLE_NONE},
    [UTFALL_PART_PROPERTIES] = {"<xades:SignedProperties xmlns:xades=\"" XADES
                                "\" Id=\"seal-properties\"><xades:SignedSignatureProperties>"
                                "<xades:SigningTime>",
                                UTFALL_HOLE_TIME},
    [UTFALL_PART_CERTIFICATE_DIGEST] =
        {"</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
         "<ds:DigestMethod xmlns:ds=\"" DS "\" Algorithm=\"" SHA256 "\"></ds:DigestMethod>"
         "<ds:DigestValue xmlns:ds=\"" DS "\">",
         UTFALL_HOLE_CERTIFICATE_DIGEST},
    [UTFALL_PART_PROPERTIES_END] =
        {"</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
         "</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>"
         "<xades:DataObjectFormat ObjectReference=\"#seal-ledger\">"
         "<xades:MimeType>application/xml</xades:MimeType></xades:DataObjectFormat>"
         "<xades:CommitmentTypeIndication><xades:CommitmentTypeId><xades:Identifier>"
         "http://uri.etsi.org/01903/v1.2.2#ProofOfOrigin</xades:Identifier>"
         "</xades:CommitmentTypeId><xades:AllSignedDataObjects></xades:AllSignedDataObjects>"
         "</xades:CommitmentTypeIndication></xades:SignedDataObjectProperties>"
         "</xades:SignedProperties>",
         UTFALL_HOLE_NONE},
    [UTFALL_PART_CLOSE] = {"</xades:QualifyingProperties></ds:Object></ds:Signature>",
                           UTFALL_HOLE_NONE},
};

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define BASE64 LETTERS DIGITS "+/="

/* SHA-256 takes 44 characters, the value of an 8192-bit RSA key 1368; a certificate has room for
 * 12 kB of DER. */
static const struct {
    const char *set;
    size_t max;
    const char *expected;
} holes[UTFALL_HOLES] = {
    [UTFALL_HOLE_METHOD] = {LETTERS DIGITS ":/.#-", 80, "the address of a signature method"},
    [UTFALL_HOLE_CONTENT] = {BASE64, 44, "a SHA-256 digest in base64"},
    [UTFALL_HOLE_PROPERTIES] = {BASE64, 44, "a SHA-256 digest in base64"},
    [UTFALL_HOLE_VALUE] = {BASE64, 1368, "a signature value in base64"},
    [UTFALL_HOLE_CERTIFICATES] = {BASE64, 16000, "a certificate in base64"},
    [UTFALL_HOLE_TIME] = {DIGITS "-T:Z", UTFALL_INSTANT_LEN, "a time, YYYY-MM-DDThh:mm:ssZ"},
    [UTFALL_HOLE_CERTIFICATE_DIGEST] = {BASE64, 44, "a SHA-256 digest in base64"},
};

const char *utfall_seal_fill(utfall_run *run, utfall_part first, utfall_part last,
                             const char *const values[UTFALL_HOLES])
{
    size_t len = 0;
    for (size_t i = first; i <= (size_t)last; i++)
        len += strlen(parts[i].literal) +
               (parts[i].hole != UTFALL_HOLE_NONE ? strlen(values[parts[i].hole]) : 0);
    char *text = utfall_run_alloc(run, len + 1);
    if (!text)
        return NULL;
    char *to = text;
    for (size_t i = first; i <= (size_t)last; i++) {
        size_t count = strlen(parts[i].literal);
        memcpy(to, parts[i].literal, count);
        to += count;
        if (parts[i].hole == UTFALL_HOLE_NONE)
            continue;
        count = strlen(values[parts[i].hole]);
        memcpy(to, values[parts[i].hole], count);
        to += count;
    }
    return text;
}

typedef struct cursor {
    const char *bytes;
    size_t at, len;
    utfall_seal_gap *gap;
} cursor;

static bool take_literal(cursor *c, const char *literal)
{
    for (size_t i = 0; literal[i]; i++) {
        if (c->at + i == c->len || c->bytes[c->at + i] != literal[i]) {
            *c->gap = (utfall_seal_gap){c->at + i, literal + i, true};
            return false;
        }
    }
    c->at += strlen(literal);
    return true;
}

static bool next_is(const cursor *c, const char *literal)
{
    size_t count = strlen(literal);
    return c->len - c->at >= count && memcmp(c->bytes + c->at, literal, count) == 0;
}

static bool take_hole(cursor *c, utfall_view *out, utfall_hole hole)
{
    size_t from = c->at;
    while (c->at < c->len && c->at - from < holes[hole].max && c->bytes[c->at] &&
           strchr(holes[hole].set, c->bytes[c->at]))
        c->at++;
    *out = (utfall_view){c->bytes + from, c->at - from};
    if (c->at == from) {
        *c->gap = (utfall_seal_gap){from, holes[hole].expected, false};
        return false;
    }
    return true;
}

static bool take_certificates(cursor *c, utfall_seal_text *out)
{
    size_t from = c->at;
    out->certificate_count = 0;
    do {
        if (out->certificate_count > 0 && !take_literal(c, UTFALL_SEAL_NEXT))
            return false;
        if (!take_hole(c, &out->certificate[out->certificate_count], UTFALL_HOLE_CERTIFICATES))
            return false;
        out->certificate_count++;
    } while (out->certificate_count < UTFALL_CERTIFICATES_MAX && next_is(c, UTFALL_SEAL_NEXT));
    out->hole[UTFALL_HOLE_CERTIFICATES] = (utfall_view){c->bytes + from, c->at - from};
    return true;
}

bool utfall_seal_match(utfall_seal_text *out, utfall_seal_gap *gap, const char *bytes, size_t len)
{
    cursor c = {bytes, 0, len, gap};
    size_t begin[UTFALL_PARTS], end[UTFALL_PARTS]; /* of each part's literal */
    for (size_t i = 0; i < UTFALL_PARTS; i++) {
        begin[i] = c.at;
        if (!take_literal(&c, parts[i].literal))
            return false;
        end[i] = c.at;
        if (parts[i].hole == UTFALL_HOLE_CERTIFICATES) {
            if (!take_certificates(&c, out))
                return false;
        } else if (parts[i].hole != UTFALL_HOLE_NONE) {
            if (!take_hole(&c, &out->hole[parts[i].hole], parts[i].hole))
                return false;
        }
    }
    if (c.at != len) {
        *gap = (utfall_seal_gap){c.at, "the end of the signature", false};
        return false;
    }
    out->signed_info =
        (utfall_view){bytes + begin[UTFALL_PART_SIGNED_INFO],
                      end[UTFALL_PART_SIGNED_INFO_END] - begin[UTFALL_PART_SIGNED_INFO]};
    out->properties =
        (utfall_view){bytes + begin[UTFALL_PART_PROPERTIES],
                      end[UTFALL_PART_PROPERTIES_END] - begin[UTFALL_PART_PROPERTIES]};
    return true;
}
