/* utfall/reader.h - the contract language: YAML to a typed contract, CSV tables to a case.
 *
 *     file --load--> document --bind--> contract + sources --read--> case
 *
 * A document is the tree of what was written, each scalar with its place. It comes from YAML, or
 * from the terms that a ledger holds, and then binds to the same contract. Readers collect every
 * fault in the run before they give up. */
#ifndef UTFALL_READER_H
#define UTFALL_READER_H
#include "utfall/case.h"

typedef struct utfall_document utfall_document;
typedef struct utfall_sources utfall_sources; /* where the tables are and how they are written */

/** Load a contract file. `extends:` names another contract (relative to this one) whose keys this
 * one's replace: maps key by key, lists and scalars whole; at most 4 deep. File names in places are
 * relative to the folder of `path`. UTFALL_E_IO when a file cannot be read, else the first fault's
 * status; *out untouched on failure. */
UTFALL_TRY utfall_status utfall_document_load(utfall_run *run, utfall_document **out,
                                              const char *path);

/** As utfall_document_load from bytes in memory, named `name` in places; `extends` is refused. */
UTFALL_TRY utfall_status utfall_document_parse(utfall_run *run, utfall_document **out,
                                               const char *name, const char *text, size_t len);

/** Rebuild a document from flat terms (a ledger's). */
UTFALL_TRY utfall_status utfall_document_of_terms(utfall_run *run, utfall_document **out,
                                                  const utfall_term *terms, size_t count);

/** All scalars in the order written. The array lives in the run. */
UTFALL_TRY utfall_status utfall_document_terms(utfall_run *run, const utfall_term **out,
                                               size_t *count, const utfall_document *document);

/** A copy to set values in; `document` is only read. It shares texts with `document`, whose run has
 * to outlive it. */
UTFALL_TRY utfall_status utfall_document_copy(utfall_run *run, utfall_document **out,
                                              const utfall_document *document);

/** Replace what stands at `path` ("evaluation.window") by `text`, read as YAML in flow form ("36
 * months", "[16, 18]"). `from` is how places name the text, e.g. "--set". UTFALL_E_SCHEMA when the
 * contract language has no such path. */
UTFALL_TRY utfall_status utfall_document_set(utfall_run *run, utfall_document *document,
                                             const char *path, const char *text, const char *from);

/** The contract files that were read (base last), for the ledger's list of inputs. */
UTFALL_TRY utfall_status utfall_document_inputs(utfall_run *run, const utfall_input **out,
                                                size_t *count, const utfall_document *document);

/** Type every value, check it against the language, then utfall_contract_new. */
UTFALL_TRY utfall_status utfall_document_bind(utfall_run *run, const utfall_contract **contract,
                                              const utfall_sources **sources,
                                              const utfall_document *document);

/** Read the tables, hashing each file in the same pass. `folder` is where the contract's file names
 * start from (the contract's own folder); "" = the working directory. Every fault of every table is
 * reported. */
UTFALL_TRY utfall_status utfall_case_read(utfall_run *run, const utfall_case **out,
                                          const utfall_contract *contract,
                                          const utfall_sources *sources, const char *folder);

/** What a case is read for: anything, or nothing but its sums. Then comparison people who are alike
 * are kept as one (utfall_fold_merge), which takes less memory and less time. */
typedef enum utfall_purpose { UTFALL_FOR_ANYTHING, UTFALL_FOR_SUMS } utfall_purpose;

/** The same by at most `threads` threads (at least 1), which read the tables of the target group
 * and those of the comparison group at the same time. What comes out, findings included, is the
 * same for any number. The run's allocator and what completes its findings are called by several
 * threads at the same time when there is more than one. */
UTFALL_TRY utfall_status utfall_case_read_by(utfall_run *run, const utfall_case **out,
                                             const utfall_contract *contract,
                                             const utfall_sources *sources, const char *folder,
                                             utfall_purpose purpose, uint32_t threads);

/** Which of the tables exist as files: for `check` before there are data. Missing ones are reported
 * as warnings. */
UTFALL_TRY utfall_status utfall_sources_probe(utfall_run *run, size_t *missing,
                                              const utfall_sources *sources, const char *folder);

/** The published JSON Schema of the contract language, made from the table of terms. */
const char *utfall_language_schema(utfall_run *run);

/** The reference table of LANGUAGE.md, made from the same table. */
const char *utfall_language_reference(utfall_run *run);

/** A commented contract to start from, and the empty tables that it names: file name and text of
 * number `i`; false when there are no more. */
bool utfall_language_template(size_t i, const char **name, const char **text);

#endif
