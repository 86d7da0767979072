/* ledger/seal.c - puts a seal on a ledger: XAdES-BASELINE-B, one enveloped signature.
 *
 * Input: the bytes of an unsealed ledger, a key that was checked when it was loaded, a time that is
 * given. No document tree: the ledger is canonical as written, so its bytes are digested, and the
 * seal is literal text. Invariant: what is handed out was verified as anybody would verify it. */
#include "ledger/base64.h"
#include "ledger/frame.h"
#include "ledger/key.h"
#include "ledger/signature.h"
#include <openssl/err.h>
#include <string.h>

static utfall_status refuse(utfall_run *run, utfall_status code, const char *name,
                            const char *message, const char *hint)
{
    if (!message)
        return UTFALL_E_NOMEM;
    return utfall_run_report(
        run, &(utfall_finding){.code = code, .at = {name, 0, 0}, .message = message, .hint = hint});
}

utfall_status utfall_key_covers(utfall_run *run, const utfall_key *key, const char *signed_at)
{
    utfall_instant at;
    if (!utfall_instant_parse(&at, signed_at, strlen(signed_at)))
        return refuse(run, UTFALL_E_SYNTAX, "",
                      utfall_run_join(run, "\"", signed_at,
                                      "\" is not a time: expected YYYY-MM-DDThh:mm:ssZ",
                                      (const char *)NULL),
                      NULL);
    if (at >= key->identity.valid_from && at <= key->identity.valid_to)
        return UTFALL_OK;
    const char *from = utfall_instant_text(run, key->identity.valid_from);
    const char *to = utfall_instant_text(run, key->identity.valid_to);
    if (!from || !to)
        return UTFALL_E_NOMEM;
    return refuse(run, UTFALL_E_IO, key->name,
                  utfall_run_join(run, "the certificate is valid from ", from, " to ", to,
                                  ": it cannot seal at ", signed_at, (const char *)NULL),
                  NULL);
}

static const char *digest_text(utfall_run *run, const char *bytes, size_t len)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    if (!bytes || EVP_Digest(bytes, len, digest, NULL, EVP_sha256(), NULL) != 1) {
        utfall_run_fail(run, UTFALL_E_NOMEM);
        return NULL;
    }
    return utfall_base64_text(run, digest, 32);
}

/* The certificates as they stand in a seal; *digest is of the first. NULL when out of memory. */
static const char *certificates_text(utfall_run *run, const char **digest, const utfall_key *key)
{
    const char *text = NULL;
    for (size_t i = 0; i < key->certificate_count; i++) {
        uint8_t *der = NULL;
        int len = i2d_X509(key->certificate[i], &der);
        if (len <= 0) {
            utfall_run_fail(run, UTFALL_E_NOMEM);
            return NULL;
        }
        if (i == 0)
            *digest = digest_text(run, (const char *)der, (size_t)len);
        const char *one = utfall_base64_text(run, der, (size_t)len);
        OPENSSL_free(der);
        if (one && text)
            one = utfall_run_join(run, text, UTFALL_SEAL_NEXT, one, (const char *)NULL);
        text = one;
        if (!text || !*digest)
            return NULL;
    }
    return text;
}

/* The whole signature element for a ledger with this digest. */
static utfall_status make_signature(utfall_run *run, const char **out, const uint8_t content[32],
                                    const utfall_key *key, const char *signed_at)
{
    bool is_ecdsa = utfall_certificate_kind(key->certificate[0]) == UTFALL_KIND_ECDSA;
    const char *value[UTFALL_HOLES] = {
        [UTFALL_HOLE_METHOD] = is_ecdsa ? UTFALL_METHOD_ECDSA : UTFALL_METHOD_RSA,
        [UTFALL_HOLE_CONTENT] = utfall_base64_text(run, content, 32),
        [UTFALL_HOLE_TIME] = signed_at,
    };
    value[UTFALL_HOLE_CERTIFICATES] =
        certificates_text(run, &value[UTFALL_HOLE_CERTIFICATE_DIGEST], key);
    if (!value[UTFALL_HOLE_CONTENT] || !value[UTFALL_HOLE_CERTIFICATES])
        return UTFALL_E_NOMEM;
    const char *properties =
        utfall_seal_fill(run, UTFALL_PART_PROPERTIES, UTFALL_PART_PROPERTIES_END, value);
    value[UTFALL_HOLE_PROPERTIES] =
        digest_text(run, properties, properties ? strlen(properties) : 0);
    if (!value[UTFALL_HOLE_PROPERTIES])
        return UTFALL_E_NOMEM;
    const char *info =
        utfall_seal_fill(run, UTFALL_PART_SIGNED_INFO, UTFALL_PART_SIGNED_INFO_END, value);
    if (!info)
        return UTFALL_E_NOMEM;
    uint8_t bytes[UTFALL_SIGNATURE_VALUE_MAX];
    size_t count;
    utfall_status status = utfall_signature_make(run, bytes, &count, key, info, strlen(info));
    if (status != UTFALL_OK)
        return status;
    value[UTFALL_HOLE_VALUE] = utfall_base64_text(run, bytes, count);
    const char *text = value[UTFALL_HOLE_VALUE]
                           ? utfall_seal_fill(run, UTFALL_PART_OPEN, UTFALL_PART_CLOSE, value)
                           : NULL;
    if (!text)
        return UTFALL_E_NOMEM;
    *out = text;
    return UTFALL_OK;
}

/* Declaration, body, signature, end. */
static char *join(utfall_run *run, size_t *len, const utfall_frame *frame, const char *signature)
{
    size_t head = strlen(UTFALL_FRAME_DECLARATION), seal = strlen(signature);
    size_t tail = strlen(UTFALL_FRAME_END "\n");
    *len = head + frame->body_len + seal + tail;
    char *bytes = utfall_run_alloc(run, *len + 1);
    if (!bytes)
        return NULL;
    memcpy(bytes, UTFALL_FRAME_DECLARATION, head);
    memcpy(bytes + head, frame->body, frame->body_len);
    memcpy(bytes + head + frame->body_len, signature, seal);
    memcpy(bytes + head + frame->body_len + seal, UTFALL_FRAME_END "\n", tail);
    return bytes;
}

utfall_status utfall_seal(utfall_run *run, const char **out, size_t *out_len, const char *name,
                          const char *bytes, size_t len, const utfall_key *key,
                          const char *signed_at)
{
    utfall_frame frame;
    utfall_status status = utfall_frame_find(run, &frame, name, bytes, len);
    if (status != UTFALL_OK)
        return status;
    if (frame.signature)
        return refuse(run, UTFALL_E_CONFLICT, name, "the ledger is sealed already",
                      "a second party does not sign the ledger: it seals its own statement");
    status = utfall_key_covers(run, key, signed_at);
    if (status != UTFALL_OK)
        return status;
    uint8_t content[32];
    const char *signature = NULL;
    status = utfall_frame_digest(content, &frame);
    if (status == UTFALL_OK)
        status = make_signature(run, &signature, content, key, signed_at);
    if (status != UTFALL_OK)
        return status;
    size_t sealed_len;
    const char *sealed = join(run, &sealed_len, &frame, signature);
    if (!sealed)
        return UTFALL_E_NOMEM;
    utfall_seal_report report;
    status = utfall_seal_verify(run, &report, name, sealed, sealed_len,
                                &(utfall_trust){NULL, NULL, signed_at});
    if (status != UTFALL_OK)
        return status;
    *out = sealed;
    *out_len = sealed_len;
    return UTFALL_OK;
}
