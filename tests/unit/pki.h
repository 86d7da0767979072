/* tests/unit/pki.h - keys, certificates and forged seals for the tests of the seal.
 *
 * Certificates can be wrong in any way here, and forge() signs whatever it is told to: so a test
 * can make a file in which one thing is wrong and everything else is right. */
#ifndef TEST_PKI_H
#define TEST_PKI_H
#include "ledger/base64.h"
#include "ledger/frame.h"
#include "ledger/key.h"
#include <fcntl.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LEDGER_HEAD UTFALL_FRAME_DECLARATION
#define LEDGER_BODY                                                                                \
    "<ledger xmlns=\"urn:utfall:ledger:1\" version=\"0.1.0\">\n"                                   \
    "  <due from=\"norrkoping\" to=\"lsv\">750000000</due>\n"
#define LEDGER LEDGER_HEAD LEDGER_BODY "</ledger>\n"

#define NOW "2026-11-22T12:00:00Z"
#define ORG "NTRSE-212000-0456"

static inline void pki_need(bool is_so)
{
    if (!is_so)
        abort();
}

/* A certificate to be made. NULL = the value of a good seal certificate. */
typedef struct wish {
    const char *name, *org, *usage, *extended, *basic;
    const char *from, *to; /* YYYYMMDDhhmmssZ */
} wish;

typedef struct owner {
    EVP_PKEY *key;
    X509 *certificate;
} owner;

static inline EVP_PKEY *pki_key(const char *kind)
{
    EVP_PKEY *key = NULL;
    if (strncmp(kind, "rsa", 3) == 0)
        key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)strtoul(kind + 3, NULL, 10));
    else
        key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", kind);
    pki_need(key != NULL);
    return key;
}

static inline void pki_extension(X509 *made, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, made, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    pki_need(extension != NULL);
    X509_add_ext(made, extension, -1);
    X509_EXTENSION_free(extension);
}

static inline void pki_entry(X509_NAME *name, int nid, const char *text)
{
    int done = X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, (const unsigned char *)text, -1,
                                          -1, 0);
    pki_need(done == 1);
}

/* issuer NULL = signed by itself. */
static inline X509 *pki_certificate(wish w, EVP_PKEY *key, const owner *issuer)
{
    static long serial = 1;
    X509 *made = X509_new();
    X509_NAME *name = X509_get_subject_name(made);
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), serial++);
    pki_entry(name, NID_countryName, "SE");
    pki_entry(name, NID_organizationName, "Synthetic municipality");
    pki_entry(name, NID_organizationIdentifier, w.org ? w.org : ORG);
    pki_entry(name, NID_commonName, w.name ? w.name : "Seal");
    X509_set_issuer_name(made, issuer ? X509_get_subject_name(issuer->certificate) : name);
    ASN1_TIME_set_string_X509(X509_getm_notBefore(made), w.from ? w.from : "20260101000000Z");
    ASN1_TIME_set_string_X509(X509_getm_notAfter(made), w.to ? w.to : "20281231235959Z");
    X509_set_pubkey(made, key);
    X509 *above = issuer ? issuer->certificate : made;
    pki_extension(made, above, NID_basic_constraints, w.basic ? w.basic : "critical,CA:FALSE");
    if (!w.usage || *w.usage)
        pki_extension(made, above, NID_key_usage,
                      w.usage ? w.usage : "critical,digitalSignature,nonRepudiation");
    if (w.extended)
        pki_extension(made, above, NID_ext_key_usage, w.extended);
    pki_extension(made, above, NID_subject_key_identifier, "hash");
    if (issuer)
        pki_extension(made, above, NID_authority_key_identifier, "keyid:always");
    X509_sign(made, issuer ? issuer->key : key, EVP_sha256());
    return made;
}

static inline owner pki_owner(const char *kind, wish w, const owner *issuer)
{
    owner made = {pki_key(kind), NULL};
    made.certificate = pki_certificate(w, made.key, issuer);
    return made;
}

static inline owner pki_authority(const char *name, const owner *issuer)
{
    return pki_owner("P-256",
                     (wish){.name = name,
                            .basic = "critical,CA:TRUE",
                            .usage = "critical,keyCertSign,cRLSign",
                            .from = "20200101000000Z",
                            .to = "20391231235959Z"},
                     issuer);
}

static inline void pki_free(owner *o)
{
    EVP_PKEY_free(o->key);
    X509_free(o->certificate);
}

/* ---- a folder of its own for a test program ---- */

static char pki_folder[64];

static inline const char *pki_path(const char *name)
{
    static char paths[8][160];
    static size_t next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", pki_folder, name);
    return path;
}

static inline void pki_folder_make(void)
{
    snprintf(pki_folder, sizeof pki_folder, "/tmp/utfall-pki-XXXXXX");
    const char *made = mkdtemp(pki_folder);
    pki_need(made != NULL);
}

static inline void pki_folder_remove(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", pki_folder);
    pki_need(system(command) == 0);
}

static inline const char *pki_save_text(const char *name, const char *text)
{
    const char *path = pki_path(name);
    FILE *file = fopen(path, "wb");
    pki_need(file != NULL);
    fputs(text, file);
    fclose(file);
    return path;
}

static inline const char *pki_save_certificates(const char *name, X509 *const *list, size_t count)
{
    const char *path = pki_path(name);
    FILE *file = fopen(path, "wb");
    pki_need(file != NULL);
    for (size_t i = 0; i < count; i++)
        PEM_write_X509(file, list[i]);
    fclose(file);
    return path;
}

static inline const char *pki_save_key(const char *name, EVP_PKEY *key, const char *password)
{
    const char *path = pki_path(name);
    FILE *file = fopen(path, "wb");
    pki_need(file != NULL);
    PEM_write_PKCS8PrivateKey(file, key, password ? EVP_aes_256_cbc() : NULL, password,
                              password ? (int)strlen(password) : 0, NULL, NULL);
    fclose(file);
    return path;
}

/* ---- forged seals ---- */

typedef struct forgery {
    const char *body;          /* NULL = LEDGER_BODY */
    EVP_PKEY *key;             /* that signs */
    X509 *const *certificates; /* in X509Data */
    size_t count;
    X509 *named;                /* in SigningCertificateV2; NULL = the first */
    const char *time;           /* NULL = NOW */
    const char *method, *value; /* NULL = as the key has it */
    size_t half;                /* of an ECDSA value in bytes; 0 = 32 */
} forgery;

static inline const char *forge_digest(utfall_run *run, const void *bytes, size_t len)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    EVP_Digest(bytes, len, digest, NULL, EVP_sha256(), NULL);
    return utfall_base64_text(run, digest, 32);
}

static inline const char *forge_value(utfall_run *run, EVP_PKEY *key, const char *text, size_t half)
{
    uint8_t made[1100], raw[132];
    size_t count = sizeof made;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key);
    EVP_DigestSign(context, made, &count, (const uint8_t *)text, strlen(text));
    EVP_MD_CTX_free(context);
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC)
        return utfall_base64_text(run, made, count);
    const uint8_t *from = made;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &from, (long)count);
    BIGNUM *order = BN_new(), *s = BN_dup(ECDSA_SIG_get0_s(pair)), *twice = BN_new();
    EVP_PKEY_get_bn_param(key, "order", &order);
    BN_lshift1(twice, s);
    if (BN_cmp(twice, order) > 0)
        BN_sub(s, order, s);
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw, (int)half);
    BN_bn2binpad(s, raw + half, (int)half);
    BN_free(order);
    BN_free(s);
    BN_free(twice);
    ECDSA_SIG_free(pair);
    return utfall_base64_text(run, raw, 2 * half);
}

/* A sealed ledger as told, NUL-terminated, owned by the run. */
static inline const char *forge(utfall_run *run, forgery f)
{
    const char *body = f.body ? f.body : LEDGER_BODY;
    const char *content = utfall_run_join(run, body, UTFALL_FRAME_END, (const char *)NULL);
    bool is_ec = EVP_PKEY_get_base_id(f.key) == EVP_PKEY_EC;
    const char *value[UTFALL_HOLES] = {
        [UTFALL_HOLE_METHOD] = f.method ? f.method
                               : is_ec  ? UTFALL_METHOD_ECDSA
                                        : UTFALL_METHOD_RSA,
        [UTFALL_HOLE_CONTENT] = forge_digest(run, content, strlen(content)),
        [UTFALL_HOLE_TIME] = f.time ? f.time : NOW,
    };
    const char *list = "";
    for (size_t i = 0; i < f.count; i++) {
        uint8_t *der = NULL;
        int len = i2d_X509(f.certificates[i], &der);
        list = utfall_run_join(run, list, i ? UTFALL_SEAL_NEXT : "",
                               utfall_base64_text(run, der, (size_t)len), (const char *)NULL);
        OPENSSL_free(der);
    }
    value[UTFALL_HOLE_CERTIFICATES] = list;
    uint8_t *der = NULL;
    int len = i2d_X509(f.named ? f.named : f.certificates[0], &der);
    value[UTFALL_HOLE_CERTIFICATE_DIGEST] = forge_digest(run, der, (size_t)len);
    OPENSSL_free(der);
    const char *properties =
        utfall_seal_fill(run, UTFALL_PART_PROPERTIES, UTFALL_PART_PROPERTIES_END, value);
    value[UTFALL_HOLE_PROPERTIES] = forge_digest(run, properties, strlen(properties));
    const char *info =
        utfall_seal_fill(run, UTFALL_PART_SIGNED_INFO, UTFALL_PART_SIGNED_INFO_END, value);
    value[UTFALL_HOLE_VALUE] =
        f.value ? f.value : forge_value(run, f.key, info, f.half ? f.half : 32);
    return utfall_run_join(run, LEDGER_HEAD, body,
                           utfall_seal_fill(run, UTFALL_PART_OPEN, UTFALL_PART_CLOSE, value),
                           UTFALL_FRAME_END "\n", (const char *)NULL);
}

/* `text` with the first `from` replaced by `to`; fails the program when there is none. */
static inline const char *replaced(utfall_run *run, const char *text, const char *from,
                                   const char *to)
{
    const char *at = strstr(text, from);
    pki_need(at != NULL);
    return utfall_run_join(run, utfall_run_text(run, text, (size_t)(at - text)), to,
                           at + strlen(from), (const char *)NULL);
}

/* ---- what a test begins with ---- */

static utfall_run *run; /* of the test */

static inline int begin_run(void **state)
{
    (void)state;
    run = utfall_run_new(NULL, NULL);
    return run ? 0 : -1;
}

static inline int end_run(void **state)
{
    (void)state;
    utfall_run_free(run);
    return 0;
}

#define with_run(test) cmocka_unit_test_setup_teardown(test, begin_run, end_run)

/* Of the test program: `seal` is certified by the root, `under` by an authority below it. */
static owner root, issuing, seal, under;

static inline void pki_begin(void)
{
    pki_folder_make();
    root = pki_authority("Root", NULL);
    issuing = pki_authority("Issuing", &root);
    seal = pki_owner("P-256", (wish){0}, &root);
    under = pki_owner("P-256", (wish){0}, &issuing);
}

static inline void pki_end(void)
{
    owner *const owners[] = {&root, &issuing, &seal, &under};
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        pki_free(owners[i]);
    pki_folder_remove();
}

#endif
