/* contracts/bind.h - what the files that bind a document share. Private to contracts/.
 *
 * A document that check.c has gone through becomes a draft of the contract and the sources of its
 * tables. Values that are missing or bad were reported there and are passed over here. */
#ifndef UTFALL_BIND_H
#define UTFALL_BIND_H
#include "contracts/check.h"
#include "contracts/sources.h"

typedef struct utfall_binder {
    utfall_run *run;
    const utfall_document *document;
    utfall_contract draft;
    utfall_sources *sources;
    const utfall_node *currency; /* where the currency is written; NULL = it could not be read */
    const utfall_node **parties, **outcomes; /* nodes in the order of the draft's arrays */
    const utfall_words *exits;               /* [exit of the draft]: how the reason is written */
    bool is_cut; /* there were too many of them, and not all are there */
} utfall_binder;

/** The value of a key in a map with fixed keys; NULL when it is not there or the map is not one. */
const utfall_node *utfall_slot(const utfall_node *map, utfall_term_id term);

/** The same when it is a scalar that was read; NULL otherwise. */
const utfall_node *utfall_slot_value(const utfall_node *map, utfall_term_id term);

/** Its text, "" when there is none. */
const char *utfall_slot_text(const utfall_node *map, utfall_term_id term);

/** Report at a node, and at its key. */
void utfall_bind_refuse(utfall_binder *binder, utfall_status code, const utfall_node *node,
                        const char *message, const char *hint);
void utfall_bind_refuse_key(utfall_binder *binder, utfall_status code, const utfall_node *node,
                            const char *message, const char *hint);

/** Report that a map lacks a key which it needs because of `why` ("with share"). */
void utfall_bind_missing(utfall_binder *binder, const utfall_node *map, utfall_term_id term,
                         const char *why);

/** Report a key that does not go with another. */
void utfall_bind_misplaced(utfall_binder *binder, const utfall_node *node, const char *why,
                           const utfall_node *other);

/** An amount must be in the contract's currency; true when it is, or has no unit. */
bool utfall_bind_currency(utfall_binder *binder, const utfall_node *node);

/** Number of the party (outcome) that a node names; reports one that does not exist. SIZE_MAX when
 * the node is NULL or names none. */
size_t utfall_bind_party(utfall_binder *binder, const utfall_node *node);
size_t utfall_bind_outcome(utfall_binder *binder, const utfall_node *node, const char *id);

/** Rounding from the unit and mode of a map. */
utfall_rounding utfall_bind_rounding(utfall_binder *binder, const utfall_node *unit,
                                     const utfall_node *mode);

/** The key by which a stated outcome gives a figure. */
utfall_term_id utfall_bind_figure(utfall_figure figure);

/** Whether a list has more than `max` items ("parties"), which is then reported and noted as cut.
 */
bool utfall_bind_is_too_long(utfall_binder *binder, const utfall_node *list, size_t max,
                             const char *what);

/** A table whose fields are all `needed`, or may be asked for by giving them a heading: `optional`
 * (NULL = none). Both lists end in NULL. */
UTFALL_TRY utfall_status utfall_bind_table(utfall_binder *binder, utfall_table *table,
                                           const utfall_node *map, const char *role,
                                           const char *const *needed, const char *const *optional);

/** Lists of texts by key; a key that `columns` (may be NULL) names stands for its heading. */
UTFALL_TRY utfall_status utfall_bind_where(utfall_binder *binder, size_t *count,
                                           const utfall_where **out, const utfall_node *map,
                                           const utfall_node *columns);

/** An outcome with one value a person. */
UTFALL_TRY utfall_status utfall_bind_measured(utfall_binder *binder, utfall_outcome_source *source,
                                              utfall_outcome_kind kind, const utfall_node *node);

/** Fill in the outcomes; the waterfall; the parts of the sources. UTFALL_E_NOMEM, else UTFALL_OK.
 */
UTFALL_TRY utfall_status utfall_bind_outcomes(utfall_binder *binder);
UTFALL_TRY utfall_status utfall_bind_waterfall(utfall_binder *binder);
UTFALL_TRY utfall_status utfall_bind_groups(utfall_binder *binder);
UTFALL_TRY utfall_status utfall_bind_sources(utfall_binder *binder);

/** What settlements before the end need: negative dues, leaving and the forecast. */
UTFALL_TRY utfall_status utfall_bind_interim(utfall_binder *binder);

/** Budget by category and providers' pay; after parties and outcomes. UTFALL_E_NOMEM, else
 * UTFALL_OK. */
UTFALL_TRY utfall_status utfall_bind_project_cost(utfall_binder *binder);

/** By what the investor's return is computed. */
void utfall_bind_returns(utfall_binder *binder, const utfall_node *financing);

#endif
