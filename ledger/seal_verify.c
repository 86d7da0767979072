/* ledger/seal_verify.c - checks a seal, bytes first, before any XML parser sees the file.
 *
 * Input: bytes of any origin and whom to trust. The order is: frame, literal template,
 * certificates, signing time, signature over SignedInfo, digest of SignedProperties, digest of the
 * ledger. The first check that fails gives the one reason. Invariant: a report is handed out only
 * when every check held, so nothing that it says comes from an unchecked text.
 *
 * There is room for more checks at one place each: status of certificates and time stamps beside
 * check_path and check_time. */
#include "ledger/base64.h"
#include "ledger/certificate.h"
#include "ledger/frame.h"
#include "ledger/key.h"
#include "ledger/signature.h"
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

/* A clock may be this much behind the signer's, in seconds. */
enum { CLOCK_SLACK = 300, PATH_DEPTH_MAX = 4, SECURITY_LEVEL = 2, ROOTS_FILE_MAX = 1024 * 1024 };

typedef struct check {
    utfall_run *run;
    const char *name;
    const utfall_trust *trust;
    utfall_instant at;
    utfall_frame frame;
    utfall_seal_text text;
    X509 *certificate[UTFALL_CERTIFICATES_MAX];
    size_t certificate_count;
    uint8_t certificate_sha256[32];
    utfall_identity identity;
    bool is_trusted;
} check;

static utfall_status fail_at(const check *c, uint32_t line, uint32_t column, const char *message,
                             const char *hint)
{
    if (!message || utfall_run_failure(c->run) == UTFALL_E_NOMEM)
        return UTFALL_E_NOMEM;
    return utfall_run_report(c->run, &(utfall_finding){.code = UTFALL_E_INVALID,
                                                       .at = {c->name, line, column},
                                                       .message = message,
                                                       .hint = hint});
}

/* Line of the signature: looked for when something is wrong, not each time. */
static uint32_t signature_line(const check *c)
{
    uint32_t line = 2;
    for (size_t i = 0; i < c->frame.body_len; i++)
        line += c->frame.body[i] == '\n';
    return line;
}

static utfall_status fail(const check *c, const char *message, const char *hint)
{
    return fail_at(c, signature_line(c), 0, message, hint);
}

/* At most 48 characters of a text of any origin, in quotes, safe to show. */
static const char *quote(utfall_run *run, const char *text, size_t len)
{
    char shown[64];
    size_t count = 0;
    shown[count++] = '"';
    for (size_t i = 0; i < len && i < 48; i++)
        shown[count++] = text[i] >= 0x20 && text[i] < 0x7f ? text[i] : '?';
    shown[count++] = '"';
    return utfall_run_text(run, shown, count);
}

static const char *quote_view(utfall_run *run, utfall_view view)
{
    return quote(run, view.text, view.len);
}

static utfall_status check_template(check *c)
{
    utfall_seal_gap gap;
    const char *signature = c->frame.signature;
    size_t len = c->frame.signature_len;
    if (utfall_seal_match(&c->text, &gap, signature, len))
        return UTFALL_OK;
    const char *found =
        gap.at < len ? quote(c->run, signature + gap.at, len - gap.at) : "the end of the seal";
    const char *expected =
        gap.is_literal ? quote(c->run, gap.expected, strlen(gap.expected)) : gap.expected;
    if (!found || !expected)
        return UTFALL_E_NOMEM;
    return fail_at(c, signature_line(c), (uint32_t)gap.at + 1,
                   utfall_run_join(c->run,
                                   "the seal is not of the one form that is accepted: "
                                   "found ",
                                   found, ", expected ", expected, (const char *)NULL),
                   "the file was changed, or was sealed by another program");
}

/* Digest that a hole states, compared with the digest of `len` bytes. */
static bool states(const check *c, utfall_hole hole, const uint8_t digest[32])
{
    uint8_t stated[36];
    size_t count = 0;
    utfall_view view = c->text.hole[hole];
    return view.len == 44 && utfall_base64_decode(stated, &count, view.text, view.len) &&
           count == 32 && memcmp(stated, digest, 32) == 0;
}

static bool digest_of(uint8_t out[32], const void *bytes, size_t len)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    if (EVP_Digest(bytes, len, digest, NULL, EVP_sha256(), NULL) != 1)
        return false;
    memcpy(out, digest, 32);
    return true;
}

/* Decode the certificates; each has to be issued by the next, so that none rides along. */
static utfall_status load_certificates(check *c)
{
    for (size_t i = 0; i < c->text.certificate_count; i++) {
        utfall_view view = c->text.certificate[i];
        uint8_t *der = utfall_run_alloc(c->run, view.len / 4 * 3 + 3);
        size_t len = 0;
        if (!der)
            return UTFALL_E_NOMEM;
        if (!utfall_base64_decode(der, &len, view.text, view.len))
            return fail(c, "a certificate in the seal is not base64 in its canonical spelling",
                        NULL);
        X509 *loaded = utfall_certificate_load(der, len);
        if (!loaded)
            return fail(c, "a certificate in the seal cannot be read", NULL);
        c->certificate[c->certificate_count++] = loaded;
        if (i == 0 && !digest_of(c->certificate_sha256, der, len))
            return UTFALL_E_NOMEM;
        if (i > 0 && !utfall_certificate_is_issued(c->certificate[i - 1], loaded))
            return fail(c, "a certificate in the seal did not issue the one before it",
                        "the seal carries certificates that do not belong to it");
    }
    return UTFALL_OK;
}

static utfall_status load_roots(check *c, X509_STORE *store)
{
    const char *bytes, *path = c->trust->roots_path;
    size_t len, count = 0;
    utfall_status status = utfall_file_read(c->run, &bytes, &len, path, ROOTS_FILE_MAX);
    if (status != UTFALL_OK)
        return status;
    BIO *bio = BIO_new_mem_buf(bytes, (int)len);
    X509 *root;
    while (bio && (root = PEM_read_bio_X509(bio, NULL, NULL, "")) != NULL) {
        if (X509_STORE_add_cert(store, root) == 1)
            count++;
        X509_free(root);
    }
    bool is_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    BIO_free(bio);
    ERR_clear_error();
    if (count > 0 && is_end)
        return UTFALL_OK;
    return utfall_run_report(
        c->run, &(utfall_finding){.code = UTFALL_E_IO,
                                  .at = {path, 0, 0},
                                  .message = "not a file of certificates in PEM form: expected the "
                                             "trusted root certificates"});
}

static utfall_status path_failed(const check *c, int error)
{
    const char *at = c->trust->at;
    const char *why = X509_verify_cert_error_string(error);
    const char *hint = NULL;
    if (error == X509_V_ERR_CERT_HAS_EXPIRED) {
        why = utfall_run_join(c->run, "it or its issuer had expired by ", at, (const char *)NULL);
        hint = "a seal without time stamp holds as long as its certificate; if you received the "
               "file before that, check as of the day of receipt";
    } else if (error == X509_V_ERR_CERT_NOT_YET_VALID) {
        why = utfall_run_join(c->run, "it or its issuer was not valid yet at ", at,
                              (const char *)NULL);
    } else if (error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
               error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
               error == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
               error == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT) {
        why = utfall_run_join(c->run, "it does not lead to a root in ", c->trust->roots_path,
                              (const char *)NULL);
        hint = "get the root certificate from the issuer, not from the one who sent the file";
    }
    if (!why)
        return UTFALL_E_NOMEM;
    return fail(
        c,
        utfall_run_join(c->run, "the seal's certificate is not trusted: ", why, (const char *)NULL),
        hint);
}

static utfall_status verify_path(check *c, X509_STORE *store, X509_STORE_CTX *context,
                                 STACK_OF(X509) * others)
{
    for (size_t i = 1; i < c->certificate_count; i++)
        if (sk_X509_push(others, c->certificate[i]) == 0)
            return UTFALL_E_NOMEM;
    if (X509_STORE_CTX_init(context, store, c->certificate[0], others) != 1)
        return UTFALL_E_NOMEM;
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_depth(rules, PATH_DEPTH_MAX);
    X509_VERIFY_PARAM_set_auth_level(rules, SECURITY_LEVEL);
    X509_VERIFY_PARAM_set_time(rules, (time_t)c->at);
    if (X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT) != 1)
        return UTFALL_E_NOMEM;
    bool is_good = X509_verify_cert(context) == 1;
    ERR_clear_error();
    return is_good ? UTFALL_OK : path_failed(c, X509_STORE_CTX_get_error(context));
}

static utfall_status check_path(check *c)
{
    if (!c->trust->roots_path)
        return UTFALL_OK;
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *others = sk_X509_new_null();
    utfall_status status = store && context && others ? load_roots(c, store) : UTFALL_E_NOMEM;
    if (status == UTFALL_OK)
        status = verify_path(c, store, context, others);
    c->is_trusted = status == UTFALL_OK;
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    sk_X509_free(others);
    return status;
}

/* Made for sealing, by the one who was asked for, and the one that the signer named. */
static utfall_status check_signer(check *c)
{
    const char *fault = utfall_certificate_fault(c->run, &c->identity, c->certificate[0]);
    if (fault)
        return fail(c, fault, "the seal was made with a certificate that is not for sealing");
    const char *wanted = c->trust->org_identifier;
    if (wanted && strcmp(wanted, c->identity.org_identifier) != 0)
        return fail(c,
                    utfall_run_join(c->run, "the seal is by \"", c->identity.org_identifier, "\" (",
                                    c->identity.organisation, "): expected \"", wanted, "\"",
                                    (const char *)NULL),
                    NULL);
    if (!states(c, UTFALL_HOLE_CERTIFICATE_DIGEST, c->certificate_sha256))
        return fail(c,
                    "the certificate is not the one that the signer named in "
                    "SigningCertificateV2",
                    "the certificate was exchanged after signing");
    return UTFALL_OK;
}

static utfall_status check_method(check *c)
{
    utfall_view method = c->text.hole[UTFALL_HOLE_METHOD];
    const char *wanted = utfall_certificate_kind(c->certificate[0]) == UTFALL_KIND_ECDSA
                             ? UTFALL_METHOD_ECDSA
                             : UTFALL_METHOD_RSA;
    if (method.len == strlen(wanted) && memcmp(method.text, wanted, method.len) == 0)
        return UTFALL_OK;
    const char *found = quote_view(c->run, method);
    if (!found)
        return UTFALL_E_NOMEM;
    return fail(c,
                utfall_run_join(c->run, "the signature method is ", found,
                                ": expected for the key of the certificate \"", wanted, "\"",
                                (const char *)NULL),
                NULL);
}

static utfall_status check_time(check *c)
{
    utfall_view time = c->text.hole[UTFALL_HOLE_TIME];
    utfall_instant signed_at;
    const char *found = quote_view(c->run, time), *why = NULL;
    const char *from = utfall_instant_text(c->run, c->identity.valid_from);
    const char *to = utfall_instant_text(c->run, c->identity.valid_to);
    if (!found || !from || !to)
        return UTFALL_E_NOMEM;
    if (!utfall_instant_parse(&signed_at, time.text, time.len))
        why = utfall_run_join(c->run, "the signing time ", found,
                              " is not a time: expected YYYY-MM-DDThh:mm:ssZ", (const char *)NULL);
    else if (signed_at < c->identity.valid_from || signed_at > c->identity.valid_to)
        why = utfall_run_join(c->run, "the signing time ", found,
                              " is outside the certificate's validity, ", from, " to ", to,
                              (const char *)NULL);
    else if (signed_at > c->at + CLOCK_SLACK)
        why = utfall_run_join(c->run, "the signing time ", found, " is later than the check, ",
                              c->trust->at, (const char *)NULL);
    else
        return UTFALL_OK;
    return fail(c, why, NULL);
}

static utfall_status check_value(check *c)
{
    uint8_t value[1368 / 4 * 3];
    size_t count = 0;
    utfall_view view = c->text.hole[UTFALL_HOLE_VALUE];
    if (view.len / 4 * 3 > sizeof value ||
        !utfall_base64_decode(value, &count, view.text, view.len))
        return fail(c, "the signature value is not base64 in its canonical spelling", NULL);
    const char *fault = utfall_signature_fault(c->certificate[0], value, count,
                                               c->text.signed_info.text, c->text.signed_info.len);
    return fault ? fail(c, fault, "the seal was changed, or made by somebody else") : UTFALL_OK;
}

static utfall_status check_digests(check *c)
{
    uint8_t digest[32];
    if (!digest_of(digest, c->text.properties.text, c->text.properties.len))
        return UTFALL_E_NOMEM;
    if (!states(c, UTFALL_HOLE_PROPERTIES, digest))
        return fail(c,
                    "the signed properties (signing time, certificate) were changed after "
                    "signing: their digest is another one",
                    NULL);
    if (utfall_frame_digest(digest, &c->frame) != UTFALL_OK)
        return UTFALL_E_NOMEM;
    if (!states(c, UTFALL_HOLE_CONTENT, digest))
        return fail_at(c, 0, 0,
                       "the ledger was changed after it was sealed: its digest is another one",
                       "ask the sender for the file as it was sealed");
    return UTFALL_OK;
}

static utfall_status describe(check *c, utfall_seal_report *out)
{
    utfall_view time = c->text.hole[UTFALL_HOLE_TIME];
    utfall_seal_report report = {
        .is_sealed = true,
        .is_trusted = c->is_trusted,
        .is_test = c->identity.is_test,
        .signer = c->identity.name,
        .organisation = c->identity.organisation,
        .org_identifier = c->identity.org_identifier,
        .algorithm = c->identity.algorithm,
        .signed_at = utfall_run_text(c->run, time.text, time.len),
        .valid_from = utfall_instant_text(c->run, c->identity.valid_from),
        .valid_to = utfall_instant_text(c->run, c->identity.valid_to),
    };
    if (!report.signed_at || !report.valid_from || !report.valid_to)
        return UTFALL_E_NOMEM;
    memcpy(report.certificate_sha256, c->certificate_sha256, 32);
    *out = report;
    return UTFALL_OK;
}

static utfall_status check_seal(check *c, utfall_seal_report *out)
{
    static utfall_status (*const checks[])(check *) = {
        check_template, load_certificates, check_path,  check_signer,
        check_method,   check_time,        check_value, check_digests,
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        utfall_status status = checks[i](c);
        if (status != UTFALL_OK)
            return status;
    }
    return describe(c, out);
}

/* Who asks for a signer is not content with none: else a forger would just leave the seal out. */
static utfall_status unsealed(const check *c, utfall_seal_report *out)
{
    if (c->trust->roots_path || c->trust->org_identifier)
        return fail_at(c, 0, 0, "the ledger is not sealed: expected a seal by a trusted signer",
                       "ask for the sealed file, or check without naming whom to trust");
    *out = (utfall_seal_report){.signer = "",
                                .organisation = "",
                                .org_identifier = "",
                                .algorithm = "",
                                .signed_at = "",
                                .valid_from = "",
                                .valid_to = ""};
    return UTFALL_OK;
}

utfall_status utfall_seal_verify(utfall_run *run, utfall_seal_report *out, const char *name,
                                 const char *bytes, size_t len, const utfall_trust *trust)
{
    check c = {.run = run, .name = name, .trust = trust};
    utfall_status status = utfall_frame_find(run, &c.frame, name, bytes, len);
    if (status != UTFALL_OK)
        return status;
    if (!c.frame.signature)
        return unsealed(&c, out);
    if (!trust->at || !utfall_instant_parse(&c.at, trust->at, strlen(trust->at)))
        return utfall_run_report(
            run, &(utfall_finding){.code = UTFALL_E_SYNTAX,
                                   .at = {"", 0, 0},
                                   .message = "the time of the check is not a time: expected "
                                              "YYYY-MM-DDThh:mm:ssZ"});
    status = check_seal(&c, out);
    for (size_t i = 0; i < c.certificate_count; i++)
        X509_free(c.certificate[i]);
    return status;
}
