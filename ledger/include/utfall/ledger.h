/* utfall/ledger.h - the signed record of a settlement: compose, read, detail, seal, verify. See
 * ledger/FORMAT.md.
 *
 * A ledger holds what went in (terms, inputs, sums) and what came out (everything that follows from
 * them). Reading takes the first part only; the second is trusted because composing the ledger
 * again from the first gives the same bytes. */
#ifndef UTFALL_LEDGER_H
#define UTFALL_LEDGER_H
#include "utfall/settlement.h"

enum { UTFALL_LEDGER_BYTES_MAX = 64 * 1024 * 1024 };

/** The detail file that belongs to a ledger: one line per person, internal. */
typedef struct utfall_detail {
    const char *name; /* file name without folder; NULL = no detail file was made */
    uint64_t bytes, leaves;
    uint8_t sha256[32], root[32]; /* of the file; Merkle root of its salted lines (RFC 9162) */
} utfall_detail;

/** What a ledger records besides what can be computed from it. */
typedef struct utfall_record {
    const char *version, *rules; /* of the utfall that settled */
    size_t input_count;
    const utfall_input *inputs; /* contract files first, then tables */
    utfall_detail detail;
    bool has_previous;
    uint8_t previous[32]; /* ledger digest (see utfall_ledger_digest) of the settlement before */
    size_t term_count;
    const utfall_term *terms;
    const utfall_sums *sums;
} utfall_record;

/** Write the ledger's bytes in exclusive C14N form, XML declaration and final newline included. */
UTFALL_TRY utfall_status utfall_ledger_compose(utfall_run *run, const char **bytes, size_t *len,
                                               const utfall_record *record,
                                               const utfall_settlement *settlement);

/** Read what a ledger records. Closed schema, bounded, no DTD, no entities; a signature is passed
 * over. `name` is for findings. UTFALL_E_SYNTAX or UTFALL_E_SCHEMA with line and column. */
UTFALL_TRY utfall_status utfall_ledger_read(utfall_run *run, const utfall_record **out,
                                            const char *name, const char *bytes, size_t len);

/** SHA-256 over the ledger without declaration, signature and final newline: the name of a ledger,
 * the same before and after sealing. UTFALL_E_SYNTAX when the frame is not a ledger's. */
UTFALL_TRY utfall_status utfall_ledger_digest(utfall_run *run, uint8_t out[32], const char *name,
                                              const char *bytes, size_t len);

/** Compare composed bytes with a ledger that may be sealed. UTFALL_E_INVALID with a finding that
 * shows line, what the ledger says and what follows from its own terms and sums. */
UTFALL_TRY utfall_status utfall_ledger_compare(utfall_run *run, const char *name, const char *bytes,
                                               size_t len, const char *composed,
                                               size_t composed_len);

/** A file that is complete and on disk, under a temporary name beside its path. It takes its place
 * by utfall_file_place or vanishes by utfall_file_abandon; one of the two must follow. */
typedef struct utfall_file utfall_file;

/** Prepare the detail file and describe it. `secret` (32 bytes) makes pseudonyms and salts: whoever
 * has it can link lines to people. Streams: beside the case it needs 24 bytes a
 * person. At most `threads` threads work; the bytes are the same for any number. */
UTFALL_TRY utfall_status utfall_detail_write(utfall_run *run, utfall_detail *out,
                                             utfall_file **file, const char *path,
                                             const utfall_contract *contract,
                                             const utfall_case *data, const uint8_t secret[32],
                                             uint32_t threads);

/** Read a detail file: check it against `expected` (size, digest, root, leaves; `secret` NULL
 * leaves the root unchecked and says so in *root_checked) and rebuild the people of a case from it.
 * The case has no rows of unused classes and no outcomes but those the detail holds. At most
 * `threads` threads work; what comes out, findings included, is the same for any number. */
UTFALL_TRY utfall_status utfall_detail_read(utfall_run *run, const utfall_case **out,
                                            bool *root_checked, const char *path,
                                            const utfall_contract *contract,
                                            const utfall_detail *expected, const uint8_t *secret,
                                            uint32_t threads);

/** Compare the sums that a ledger states with sums computed from its detail file or its data.
 * Reports each difference. */
UTFALL_TRY utfall_status utfall_sums_compare(utfall_run *run, const char *name,
                                             const utfall_contract *contract,
                                             const utfall_sums *stated, const utfall_sums *computed,
                                             bool with_rows);

/** Whole file into memory: regular files only, at most `max` bytes. */
UTFALL_TRY utfall_status utfall_file_read(utfall_run *run, const char **bytes, size_t *len,
                                          const char *path, size_t max);

/** Replace a file atomically: temporary file beside it, synced, renamed. `mode` as in open:
 * the umask applies. */
UTFALL_TRY utfall_status utfall_file_replace(utfall_run *run, const char *path, const char *bytes,
                                             size_t len, unsigned mode);

/** The first half of that: everything but the name. */
UTFALL_TRY utfall_status utfall_file_prepare(utfall_run *run, utfall_file **out, const char *path,
                                             const char *bytes, size_t len, unsigned mode);

/** The second half: rename, then sync the folder. On failure the temporary file is gone and the
 * path as it was. */
UTFALL_TRY utfall_status utfall_file_place(utfall_file *file);

/** Remove a prepared file; NULL is allowed. */
void utfall_file_abandon(utfall_file *file);

/** Remove temporary files of `path` that a killed program has left behind: regular files of this
 * user, PATH.0123456789abcdef, that nobody is writing. */
UTFALL_TRY utfall_status utfall_file_sweep(utfall_run *run, const char *path);

/** Read the secret kept at `path` (64 hexadecimal digits), or make one from the system's random
 * source, mode 0600, when the file does not exist and `may_make`. *made tells. */
UTFALL_TRY utfall_status utfall_secret_load(utfall_run *run, uint8_t out[32], bool *made,
                                            const char *path, bool may_make);

/** Wipe a secret that is no longer needed, in a way that no compiler leaves out. */
void utfall_secret_clear(uint8_t secret[32]);

/** Lower-case hexadecimal and a NUL: out has 2 * count + 1 bytes. */
void utfall_hex(char *out, const uint8_t *bytes, size_t count);

/* ---- seal (XAdES-BASELINE-B, enveloped, exclusive C14N, SHA-256) ---- */

/** A signing key with its certificate chain, leaf first. */
typedef struct utfall_key utfall_key;

/** From PEM files (`key_path`, `certificate_path` with leaf first and optional intermediates).
 * `password_path` names a file with the password, NULL = none; nothing is ever asked on the
 * terminal. */
UTFALL_TRY utfall_status utfall_key_load_pem(utfall_run *run, const utfall_key **out,
                                             const char *key_path, const char *certificate_path,
                                             const char *password_path);

/** From a PKCS#12 file. */
UTFALL_TRY utfall_status utfall_key_load_pkcs12(utfall_run *run, const utfall_key **out,
                                                const char *path, const char *password_path);

/** Whether a text is a time as seals and checks take it: "YYYY-MM-DDThh:mm:ssZ" of the calendar,
 * from the year 1900. */
bool utfall_time_is_valid(const char *text);

/** Whether a seal can be made with `key` at this time: UTFALL_E_IO when its certificate is not
 * valid then, UTFALL_E_SYNTAX when that is not a time. utfall_seal asks the same, but later. */
UTFALL_TRY utfall_status utfall_key_covers(utfall_run *run, const utfall_key *key,
                                           const char *signed_at);

/** Sealed copy of a ledger. `signed_at` is "YYYY-MM-DDThh:mm:ssZ". Refuses a ledger that is sealed
 * already, and verifies its own result before it gives it out. */
UTFALL_TRY utfall_status utfall_seal(utfall_run *run, const char **out, size_t *out_len,
                                     const char *name, const char *bytes, size_t len,
                                     const utfall_key *key, const char *signed_at);

/** Write a test authority, and a test seal certificate with its key, into `folder` (made when it is
 * not there): test-root.pem, test-seal.pem, test-seal.key (mode 0600). Marked as a test in the
 * names of both certificates. All three files are written or none, and none is overwritten.
 * `algorithm` is "ecdsa" (P-256) or "rsa" (3072 bits), `org_identifier` of the form
 * "NTRSE-212000-0456", `valid_from` "YYYY-MM-DDThh:mm:ssZ", `valid_days` 1..36500. */
UTFALL_TRY utfall_status utfall_keygen(utfall_run *run, const char *folder,
                                       const char *organisation, const char *org_identifier,
                                       const char *algorithm, const char *valid_from,
                                       uint32_t valid_days);

/** What a seal says, after it was checked. */
typedef struct utfall_seal_report {
    bool is_sealed;
    bool is_trusted; /* the certificate leads to a trusted root */
    bool is_test;    /* a key made by utfall keygen */
    const char *signer, *organisation, *org_identifier; /* "" when the certificate has none */
    const char *algorithm; /* "ECDSA P-256 with SHA-256", "RSA-3072 with SHA-256" */
    const char *signed_at;
    const char *valid_from, *valid_to; /* of the certificate */
    uint8_t certificate_sha256[32];
} utfall_seal_report;

/** Who may have sealed, and as of when. */
typedef struct utfall_trust {
    const char *roots_path;     /* PEM file of trusted roots; NULL = the signer stays unknown
                                   (is_trusted false) */
    const char *org_identifier; /* demanded of the signer; NULL = any */
    const char *at;             /* time of the check, "YYYY-MM-DDThh:mm:ssZ" */
} utfall_trust;

/** Check the seal: bytes first (frame, literal template, certificate, signature, digests), before
 * any XML is parsed. An unsealed ledger is UTFALL_OK with is_sealed false when `trust` names
 * neither roots nor signer. UTFALL_E_INVALID with the one reason when the seal is wrong or missing;
 * UTFALL_E_SYNTAX when the frame is not a ledger's; UTFALL_E_IO when the roots cannot be read. An
 * ECDSA value is accepted with the smaller s only, as utfall_seal makes it. */
UTFALL_TRY utfall_status utfall_seal_verify(utfall_run *run, utfall_seal_report *out,
                                            const char *name, const char *bytes, size_t len,
                                            const utfall_trust *trust);

#endif
