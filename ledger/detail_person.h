/* ledger/detail_person.h - one person's line of a detail file, private to ledger/. */
#ifndef UTFALL_DETAIL_PERSON_H
#define UTFALL_DETAIL_PERSON_H
#include "ledger/pseudonym.h"

/** A person of a cohort, by the name that the file gives them. */
typedef struct utfall_detail_person {
    uint8_t pseudonym[UTFALL_PSEUDONYM_BYTES];
    size_t number; /* in the cohort */
} utfall_detail_person;

/** `text` as an attribute holds it, escapes and all. UTFALL_E_SYNTAX and UTFALL_E_RANGE, with a
 * finding, when it cannot be written. */
UTFALL_TRY utfall_status utfall_detail_escaped(utfall_run *run, const char **out, const char *text);

/** The labels of the contract's groups so. */
UTFALL_TRY utfall_status utfall_detail_labels(utfall_run *run, const char *const **out,
                                              const utfall_contract *contract);

/** No line of a cohort so wide is longer than this, LF included. */
size_t utfall_detail_person_max(const utfall_contract *contract, const char *const *labels,
                                uint32_t months);

/** Write the line, LF included, at `to`. Gives its length. */
size_t utfall_detail_person_write(char *to, const utfall_contract *contract,
                                  const char *const *labels, const utfall_cohort *cohort,
                                  const char *name, const utfall_detail_person *who);

/** Everybody of a cohort in the order of their pseudonyms, at `people`. `name` is the cohort's in
 * the file. At most `threads` threads. UTFALL_E_NOMEM when the library cannot. */
UTFALL_TRY utfall_status utfall_detail_order(utfall_detail_person *people,
                                             const utfall_cohort *cohort, const char *name,
                                             const char *contract, const uint8_t secret[32],
                                             size_t threads);

#endif
