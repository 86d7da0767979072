/* contracts/check.h - a document against the language, value by value. Private to contracts/. */
#ifndef UTFALL_CHECK_H
#define UTFALL_CHECK_H
#include "contracts/document.h"

/** Give every node of the document its rule, slots and value, and report every key that is unknown
 * or missing and every value that is not of its type. What binds several values together is for
 * bind.c. UTFALL_E_NOMEM, else UTFALL_OK: faults are in the run. */
UTFALL_TRY utfall_status utfall_document_check(utfall_run *run, const utfall_document *document);

/** The type of what a value of `type` consists of: item `index` of a list, or what a key of a map
 * with free keys holds. NONE when it has no such parts. MAP and DRAWN have fixed keys instead. */
utfall_type utfall_type_part(utfall_type type, utfall_node_kind kind, size_t index);

/** Report that a map lacks the key of a rule; `why` follows "is missing": "with share". */
void utfall_missing_report(utfall_run *run, const utfall_node *map, const utfall_term_rule *rule,
                           const char *why);

#endif
