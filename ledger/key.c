/* ledger/key.c - loads a signing key and its certificates from PEM files or a PKCS#12 file.
 *
 * Input: files of the one who signs; a password comes from a file and is never asked for.
 * Invariant of what is handed out: the key is the first certificate's, that certificate is one to
 * seal with, and each certificate was issued by the next. Keys and the bytes that they were read
 * from are wiped when the run ends. */
#include "ledger/key.h"
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <string.h>

enum { KEY_FILE_MAX = 256 * 1024, PASSWORD_MAX = 1024, BUNDLE_MAX = 16 };

/* Bytes of a file that hold a secret; wiped when the run ends. */
typedef struct secret {
    char *bytes;
    size_t len;
} secret;

static utfall_status refuse(utfall_run *run, utfall_status code, const char *file,
                            const char *message, const char *hint)
{
    utfall_status failure = utfall_run_failure(run);
    if (!message || failure == UTFALL_E_NOMEM)
        return UTFALL_E_NOMEM;
    return utfall_run_report(
        run, &(utfall_finding){.code = code, .at = {file, 0, 0}, .message = message, .hint = hint});
}

static void wipe(void *object)
{
    secret *held = object;
    OPENSSL_cleanse(held->bytes, held->len);
}

static utfall_status read_secret(utfall_run *run, secret *out, const char *path)
{
    const char *bytes;
    size_t len;
    utfall_status status = utfall_file_read(run, &bytes, &len, path, KEY_FILE_MAX);
    if (status != UTFALL_OK)
        return status;
    secret *held = utfall_run_alloc(run, sizeof *held);
    if (!held)
        return UTFALL_E_NOMEM;
    /* The bytes are the run's own memory, made for this call alone. */
    *held = (secret){(char *)bytes, len};
    *out = *held;
    return utfall_run_defer(run, wipe, held);
}

/* First line of the file, without its end; *out is left alone without a file. */
static utfall_status read_password(utfall_run *run, secret *out, const char *path)
{
    if (!path)
        return UTFALL_OK;
    secret file;
    utfall_status status = read_secret(run, &file, path);
    if (status != UTFALL_OK)
        return status;
    size_t len = 0;
    while (len < file.len && file.bytes[len] != '\n' && file.bytes[len] != '\r')
        len++;
    if (len > PASSWORD_MAX || memchr(file.bytes, '\0', len))
        return refuse(run, UTFALL_E_IO, path,
                      "the first line is not a password: expected at most 1024 bytes of text",
                      NULL);
    char *text = utfall_run_alloc(run, len + 1);
    secret *held = utfall_run_alloc(run, sizeof *held);
    if (!text || !held)
        return UTFALL_E_NOMEM;
    memcpy(text, file.bytes, len);
    *held = (secret){text, len};
    status = utfall_run_defer(run, wipe, held);
    if (status == UTFALL_OK)
        *out = *held;
    return status;
}

/* OpenSSL asks here instead of on the terminal. */
static int give_password(char *to, int room, int is_for_writing, void *context)
{
    const secret *password = context;
    (void)is_for_writing;
    if (!password->bytes || password->len > (size_t)room)
        return -1;
    memcpy(to, password->bytes, password->len);
    return (int)password->len;
}

static void free_key(void *object)
{
    utfall_key *key = object;
    EVP_PKEY_free(key->pkey);
    for (size_t i = 0; i < key->certificate_count; i++)
        X509_free(key->certificate[i]);
}

static utfall_status new_key(utfall_run *run, utfall_key **out, const char *name)
{
    utfall_key *key = utfall_run_alloc(run, sizeof *key);
    const char *copy = utfall_run_text(run, name, strlen(name));
    if (!key || !copy)
        return UTFALL_E_NOMEM;
    key->name = copy;
    utfall_status status = utfall_run_defer(run, free_key, key);
    if (status == UTFALL_OK)
        *out = key;
    return status;
}

/* Put the certificates that lead on from the first one into the key, in order. What is taken is
 * NULL in `bundle` afterwards. */
static utfall_status arrange(utfall_run *run, utfall_key *key, const char *file, X509 **bundle,
                             size_t count)
{
    while (key->certificate_count < UTFALL_CERTIFICATES_MAX) {
        X509 *last = key->certificate[key->certificate_count - 1];
        size_t i = 0;
        while (i < count && !(bundle[i] && !utfall_certificate_is_root(bundle[i]) &&
                              utfall_certificate_is_issued(last, bundle[i])))
            i++;
        if (i == count)
            break;
        key->certificate[key->certificate_count++] = bundle[i];
        bundle[i] = NULL;
    }
    for (size_t i = 0; i < count; i++)
        if (bundle[i] && !utfall_certificate_is_root(bundle[i]))
            return refuse(run, UTFALL_E_IO, file,
                          "a certificate does not lead on from the first one, or there are more "
                          "than 4",
                          "leave the seal's certificate and those of the authorities between it "
                          "and the root, in one file");
    return UTFALL_OK;
}

/* Everything that must hold of key and certificates together. */
static utfall_status check_key(utfall_run *run, utfall_key *key, const char *certificate_file)
{
    X509 *leaf = key->certificate[0];
    const char *fault = utfall_certificate_fault(run, &key->identity, leaf);
    if (fault)
        return refuse(run, UTFALL_E_IO, certificate_file, fault,
                      "ask the issuer for an organisation's seal certificate (e-stämpel)");
    bool is_pair = X509_check_private_key(leaf, key->pkey) == 1;
    ERR_clear_error();
    return is_pair ? UTFALL_OK
                   : refuse(run, UTFALL_E_IO, key->name,
                            "the key and the first certificate do not belong together", NULL);
}

static utfall_status load_private_pem(utfall_run *run, utfall_key *key, const char *path,
                                      secret password)
{
    secret file;
    utfall_status status = read_secret(run, &file, path);
    if (status != UTFALL_OK)
        return status;
    BIO *bio = BIO_new_mem_buf(file.bytes, (int)file.len);
    key->pkey = bio ? PEM_read_bio_PrivateKey(bio, NULL, give_password, &password) : NULL;
    BIO_free(bio);
    ERR_clear_error();
    if (key->pkey)
        return UTFALL_OK;
    return refuse(run, UTFALL_E_IO, path, "no private key in PEM form can be read from the file",
                  password.bytes ? "is the password in the password file the right one?"
                                 : "if the key has a password, name the file that holds it");
}

static utfall_status load_certificates_pem(utfall_run *run, utfall_key *key, const char *path)
{
    const char *bytes;
    size_t len, count = 0;
    utfall_status status = utfall_file_read(run, &bytes, &len, path, KEY_FILE_MAX);
    if (status != UTFALL_OK)
        return status;
    BIO *bio = BIO_new_mem_buf(bytes, (int)len);
    secret none = {NULL, 0};
    X509 *bundle[BUNDLE_MAX] = {NULL};
    while (bio && count < BUNDLE_MAX &&
           (bundle[count] = PEM_read_bio_X509(bio, NULL, give_password, &none)) != NULL)
        count++;
    bool is_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    BIO_free(bio);
    ERR_clear_error();
    if (count == 0 || !is_end) {
        status = refuse(run, UTFALL_E_IO, path,
                        "not a file of certificates in PEM form: expected 1 to 4, the seal's first",
                        NULL);
    } else {
        key->certificate[0] = bundle[0];
        key->certificate_count = 1;
        bundle[0] = NULL;
        status = arrange(run, key, path, bundle, count);
    }
    for (size_t i = 0; i < count; i++)
        X509_free(bundle[i]);
    return status;
}

utfall_status utfall_key_load_pem(utfall_run *run, const utfall_key **out, const char *key_path,
                                  const char *certificate_path, const char *password_path)
{
    secret password = {NULL, 0};
    utfall_key *key = NULL;
    utfall_status status = new_key(run, &key, key_path);
    if (status == UTFALL_OK)
        status = read_password(run, &password, password_path);
    if (status == UTFALL_OK)
        status = load_private_pem(run, key, key_path, password);
    if (status == UTFALL_OK)
        status = load_certificates_pem(run, key, certificate_path);
    if (status == UTFALL_OK)
        status = check_key(run, key, certificate_path);
    if (status == UTFALL_OK)
        *out = key;
    return status;
}

/* What a PKCS#12 file holds, into the key. */
static utfall_status unpack(utfall_run *run, utfall_key *key, PKCS12 *file, secret password)
{
    STACK_OF(X509) *others = NULL;
    X509 *leaf = NULL;
    const char *text = password.bytes ? password.bytes : "";
    bool done = PKCS12_parse(file, text, &key->pkey, &leaf, &others) == 1 && key->pkey && leaf;
    bool is_old = ERR_GET_REASON(ERR_peek_error()) == ERR_R_UNSUPPORTED;
    ERR_clear_error();
    utfall_status status = UTFALL_OK;
    size_t count = others ? (size_t)sk_X509_num(others) : 0;
    X509 *bundle[BUNDLE_MAX] = {NULL};
    if (!done || count > BUNDLE_MAX) {
        X509_free(leaf);
        sk_X509_pop_free(others, X509_free);
        return refuse(run, UTFALL_E_IO, key->name,
                      "the file does not give one key with its certificate",
                      is_old ? "its encryption is out of date: write it anew with openssl pkcs12 "
                               "-legacy and then openssl pkcs12 -export"
                             : "is the password in the password file the right one?");
    }
    for (size_t i = 0; i < count; i++)
        bundle[i] = sk_X509_value(others, (int)i);
    sk_X509_free(others);
    key->certificate[0] = leaf;
    key->certificate_count = 1;
    status = arrange(run, key, key->name, bundle, count);
    for (size_t i = 0; i < count; i++)
        X509_free(bundle[i]);
    return status;
}

utfall_status utfall_key_load_pkcs12(utfall_run *run, const utfall_key **out, const char *path,
                                     const char *password_path)
{
    secret password = {NULL, 0}, bytes = {NULL, 0};
    utfall_key *key = NULL;
    utfall_status status = new_key(run, &key, path);
    if (status == UTFALL_OK)
        status = read_password(run, &password, password_path);
    if (status == UTFALL_OK)
        status = read_secret(run, &bytes, path);
    if (status != UTFALL_OK)
        return status;
    const uint8_t *from = (const uint8_t *)bytes.bytes;
    PKCS12 *file = d2i_PKCS12(NULL, &from, (long)bytes.len);
    ERR_clear_error();
    if (!file)
        return refuse(run, UTFALL_E_IO, path, "not a PKCS#12 file", NULL);
    status = unpack(run, key, file, password);
    PKCS12_free(file);
    if (status == UTFALL_OK)
        status = check_key(run, key, path);
    if (status == UTFALL_OK)
        *out = key;
    return status;
}
