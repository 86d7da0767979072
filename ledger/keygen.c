/* ledger/keygen.c - makes a test authority and one seal certificate, to try sealing with.
 *
 * Input: who the seal is for, and dates. Both certificates say that they are a test, in the common
 * name, where every program shows it. The authority's key is thrown away when its one certificate
 * is issued, so no other can follow. Invariant: three files or none, and none that was there. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/certificate.h"
#include "ledger/instant.h"
#include "utfall/ledger.h"
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ORGANISATION_MAX = 64, IDENTIFIER_MAX = 64, DAYS_MAX = 36500, SERIAL_BITS = 127, FILES = 3 };

/* What is to be made. */
typedef struct plan {
    const char *organisation, *org_identifier;
    bool is_rsa;
    utfall_instant from, to;
} plan;

/* One file to be written. */
typedef struct output {
    const char *path;
    BIO *bytes;
    mode_t mode;
    bool is_made;
} output;

static utfall_status refuse(utfall_run *run, utfall_status code, const char *file,
                            const char *message)
{
    return message
               ? utfall_run_report(
                     run, &(utfall_finding){.code = code, .at = {file, 0, 0}, .message = message})
               : UTFALL_E_NOMEM;
}

/* Three letters of identity type, two of country, "-", then the number: ETSI EN 319 412-1, 5.1.4.
 */
static bool is_identifier(const char *text)
{
    size_t len = strlen(text);
    if (len < 7 || len > IDENTIFIER_MAX || text[5] != '-')
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        bool is_upper = c >= 'A' && c <= 'Z';
        bool is_other = (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (i < 5 ? !is_upper : !(is_upper || is_other))
            return false;
    }
    return true;
}

static bool is_organisation(const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            return false;
    return len > 0 && len <= ORGANISATION_MAX;
}

static utfall_status check_wish(utfall_run *run, plan *out, const char *organisation,
                                const char *org_identifier, const char *algorithm,
                                const char *valid_from, uint32_t valid_days)
{
    const char *end = (const char *)NULL;
    plan made = {.organisation = organisation, .org_identifier = org_identifier};
    utfall_status status = UTFALL_OK;
    if (!is_organisation(organisation))
        status = refuse(run, UTFALL_E_SYNTAX, "",
                        utfall_run_join(run, "\"", organisation,
                                        "\" is not a name for a certificate: expected 1 to 64 "
                                        "bytes on one line",
                                        end));
    if (!is_identifier(org_identifier))
        status = refuse(run, UTFALL_E_SYNTAX, "",
                        utfall_run_join(run, "\"", org_identifier,
                                        "\" is not an organisation identifier: expected the form "
                                        "NTRSE-212000-0456",
                                        end));
    made.is_rsa = strcmp(algorithm, "rsa") == 0;
    if (!made.is_rsa && strcmp(algorithm, "ecdsa") != 0)
        status = refuse(run, UTFALL_E_SYNTAX, "",
                        utfall_run_join(run, "\"", algorithm,
                                        "\" is not a kind of key: expected ecdsa or rsa", end));
    if (!utfall_instant_parse(&made.from, valid_from, strlen(valid_from)))
        status = refuse(run, UTFALL_E_SYNTAX, "",
                        utfall_run_join(run, "\"", valid_from,
                                        "\" is not a time: expected YYYY-MM-DDThh:mm:ssZ", end));
    if (valid_days < 1 || valid_days > DAYS_MAX)
        status = refuse(run, UTFALL_E_RANGE, "",
                        utfall_run_join(run, "a validity of ", utfall_run_decimal(run, valid_days),
                                        " days: expected 1 to 36500", end));
    made.to = status == UTFALL_OK ? made.from + (utfall_instant)valid_days * 86400 : 0;
    if (status == UTFALL_OK)
        *out = made;
    return status;
}

static EVP_PKEY *new_pkey(bool is_rsa)
{
    return is_rsa ? EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)3072)
                  : EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
}

static bool set_serial(X509 *certificate)
{
    BIGNUM *number = BN_new();
    bool done = number && BN_rand(number, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
                BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return done;
}

static bool add_name(X509_NAME *name, int nid, const char *text)
{
    return X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, (const unsigned char *)text, -1, -1,
                                      0) == 1;
}

static X509_NAME *new_name(const plan *p, bool is_root)
{
    X509_NAME *name = X509_NAME_new();
    bool done = name && add_name(name, NID_countryName, "SE") &&
                add_name(name, NID_organizationName, p->organisation) &&
                (is_root || add_name(name, NID_organizationIdentifier, p->org_identifier)) &&
                add_name(name, NID_commonName,
                         is_root ? UTFALL_TEST_MARK " (root)" : UTFALL_TEST_MARK " (seal)");
    if (!done) {
        X509_NAME_free(name);
        name = NULL;
    }
    return name;
}

static bool add_extension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    bool done = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return done;
}

static bool add_extensions(X509 *certificate, X509 *issuer, bool is_root)
{
    return add_extension(certificate, issuer, NID_basic_constraints,
                         is_root ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE") &&
           add_extension(certificate, issuer, NID_key_usage,
                         is_root ? "critical,keyCertSign,cRLSign"
                                 : "critical,digitalSignature,nonRepudiation") &&
           add_extension(certificate, issuer, NID_subject_key_identifier, "hash") &&
           (is_root ||
            add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always"));
}

/* A certificate over `key`; `issuer` NULL = a root, signed by itself. */
static X509 *new_certificate(const plan *p, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key)
{
    bool is_root = !issuer;
    X509 *made = X509_new();
    X509_NAME *subject = new_name(p, is_root);
    bool done =
        made && subject && X509_set_version(made, X509_VERSION_3) == 1 && set_serial(made) &&
        X509_set_subject_name(made, subject) == 1 &&
        X509_set_issuer_name(made, is_root ? subject : X509_get_subject_name(issuer)) == 1 &&
        ASN1_TIME_set(X509_getm_notBefore(made), (time_t)p->from) != NULL &&
        ASN1_TIME_set(X509_getm_notAfter(made), (time_t)p->to) != NULL &&
        X509_set_pubkey(made, key) == 1 && add_extensions(made, is_root ? made : issuer, is_root) &&
        X509_sign(made, issuer_key, EVP_sha256()) > 0;
    X509_NAME_free(subject);
    if (!done) {
        X509_free(made);
        made = NULL;
    }
    return made;
}

/* Root certificate, seal certificate and seal key as PEM into the three outputs. */
static bool make_files(const plan *p, output files[FILES])
{
    EVP_PKEY *root_key = new_pkey(p->is_rsa), *key = new_pkey(p->is_rsa);
    X509 *root = root_key ? new_certificate(p, root_key, NULL, root_key) : NULL;
    X509 *seal = root && key ? new_certificate(p, key, root, root_key) : NULL;
    bool done = seal && files[0].bytes && files[1].bytes && files[2].bytes &&
                PEM_write_bio_X509(files[0].bytes, root) == 1 &&
                PEM_write_bio_X509(files[1].bytes, seal) == 1 &&
                PEM_write_bio_PKCS8PrivateKey(files[2].bytes, key, NULL, NULL, 0, NULL, NULL) == 1;
    X509_free(seal);
    X509_free(root);
    EVP_PKEY_free(key);
    EVP_PKEY_free(root_key);
    ERR_clear_error();
    return done;
}

/* O_EXCL: a file that is there is never touched, whoever put it there in the meantime. */
static bool write_new(output *file)
{
    char *bytes = NULL;
    long len = BIO_get_mem_data(file->bytes, &bytes);
    int fd = open(file->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file->mode);
    if (fd < 0)
        return false;
    file->is_made = true;
    bool done = true;
    for (long at = 0; done && at < len;) {
        ssize_t count = write(fd, bytes + at, (size_t)(len - at));
        done = count > 0;
        at += done ? (long)count : 0;
    }
    done = done && fsync(fd) == 0;
    return close(fd) == 0 && done;
}

static utfall_status write_files(utfall_run *run, output files[FILES])
{
    for (size_t i = 0; i < FILES; i++) {
        if (write_new(&files[i]))
            continue;
        bool was_there = !files[i].is_made && access(files[i].path, F_OK) == 0;
        for (size_t j = 0; j <= i; j++)
            if (files[j].is_made)
                (void)unlink(files[j].path);
        return refuse(run, UTFALL_E_IO, files[i].path,
                      was_there ? "the file exists already: expected a folder without test keys"
                                : "the file cannot be written");
    }
    return UTFALL_OK;
}

utfall_status utfall_keygen(utfall_run *run, const char *folder, const char *organisation,
                            const char *org_identifier, const char *algorithm,
                            const char *valid_from, uint32_t valid_days)
{
    plan p;
    const char *end = (const char *)NULL;
    utfall_status status =
        check_wish(run, &p, organisation, org_identifier, algorithm, valid_from, valid_days);
    if (status != UTFALL_OK)
        return status;
    output files[FILES] = {
        {.path = utfall_run_join(run, folder, "/test-root.pem", end), .mode = 0644},
        {.path = utfall_run_join(run, folder, "/test-seal.pem", end), .mode = 0644},
        {.path = utfall_run_join(run, folder, "/test-seal.key", end), .mode = 0600},
    };
    for (size_t i = 0; i < FILES; i++) {
        if (!files[i].path)
            return UTFALL_E_NOMEM;
        if (access(files[i].path, F_OK) == 0)
            return refuse(run, UTFALL_E_IO, files[i].path,
                          "the file exists already: expected a folder without test keys");
    }
    if (mkdir(folder, 0755) != 0 && errno != EEXIST)
        return refuse(run, UTFALL_E_IO, folder, "the folder cannot be made");
    for (size_t i = 0; i < FILES; i++)
        files[i].bytes = BIO_new(BIO_s_secmem());
    status = make_files(&p, files) ? write_files(run, files)
                                   : refuse(run, UTFALL_E_IO, folder, "the keys cannot be made");
    for (size_t i = 0; i < FILES; i++)
        BIO_free(files[i].bytes);
    return status;
}
