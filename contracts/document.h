/* contracts/document.h - the tree of what was written, each node with its place. Private to
 * contracts/.
 *
 * A document comes from YAML (yaml.c, document.c) or from flat terms (flat.c); afterwards nobody
 * can tell which. Strings are UTF-8 without NUL and live in the run. */
#ifndef UTFALL_DOCUMENT_H
#define UTFALL_DOCUMENT_H
#include "contracts/language.h"
#include "utfall/reader.h"

enum {
    UTFALL_DOCUMENT_BYTES_MAX = 64 * 1024, /* of one file */
    UTFALL_DOCUMENT_DEPTH_MAX = 8,         /* of maps and lists inside each other */
    UTFALL_DOCUMENT_NODES_MAX = 10000,
    UTFALL_DOCUMENT_SCALAR_MAX = 4096, /* bytes */
    UTFALL_DOCUMENT_KEY_MAX = 200,     /* bytes */
    UTFALL_DOCUMENT_EXTENDS_MAX = 4    /* files that one contract builds on */
};

typedef enum utfall_node_kind { UTFALL_SCALAR, UTFALL_LIST, UTFALL_MAP } utfall_node_kind;

/** One text that was read. */
typedef struct utfall_origin {
    const char *name;  /* in places: relative to the main contract's folder */
    const char *shown; /* in findings: as the user would name it */
    const char *text;  /* NULL when there is none, as for the terms of a ledger */
    size_t len;
} utfall_origin;

typedef struct utfall_node utfall_node;
struct utfall_node {
    utfall_node_kind kind;
    const utfall_origin *origin;
    uint32_t line, column, width; /* of the value; width in code points, 0 = unknown */
    uint32_t key_line, key_column;
    const char *key;  /* NULL but for the members of a map */
    const char *text; /* of a scalar */
    utfall_node *parent;
    size_t count, room;
    utfall_node **items; /* of a list or map, in the order written */
    /* Filled in by check.c, anew each time the document is bound. */
    const utfall_term_rule *rule; /* what the language says of this node; NULL = nothing */
    utfall_node **slots;          /* a map with fixed keys: its members by number in the shape */
    utfall_value value;           /* a scalar that was read; kind NONE = it could not be */
};

struct utfall_document {
    utfall_node *root; /* a map */
    const char
        *prefix; /* put before a name to show it: the folder of the main file, "" or "a/b/" */
    size_t nodes;
    size_t input_count;
    utfall_input inputs[1 + UTFALL_DOCUMENT_EXTENDS_MAX];
};

/* ---- tree.c ---- */

/** A node without key and parent. NULL when out of memory, as for all that make nodes. */
utfall_node *utfall_node_new(utfall_run *run, utfall_node_kind kind, const utfall_origin *origin);

/** Put `item` last in `node`; its `key` is set by the caller before. */
UTFALL_TRY utfall_status utfall_node_append(utfall_run *run, utfall_node *node, utfall_node *item);

/** The member of a map with this key, or NULL. Linear: not for loops over input. */
utfall_node *utfall_node_find(const utfall_node *map, const char *key);

/** Report every key that `map` has twice; gives how many. */
UTFALL_TRY utfall_status utfall_node_distinct(utfall_run *run, const utfall_node *map);

/** Lay `over` onto `base`: maps key by key, anything else whole. Gives the root that results. */
UTFALL_TRY utfall_status utfall_node_merge(utfall_run *run, utfall_node **out, utfall_node *base,
                                           utfall_node *over);

/** "waterfall[2].share"; "" for the root. NULL when out of memory. */
const char *utfall_node_path(utfall_run *run, const utfall_node *node);

/** A finding at a node: code, message and hint are given (NULL hint = none). `at_key` points at the
 * key instead of the value. Gives `code`. */
utfall_status utfall_node_report(utfall_run *run, utfall_status code, const utfall_node *node,
                                 bool at_key, const char *message, const char *hint);

/** As utfall_node_report, with the other side of a conflict and a note on it. */
utfall_status utfall_node_report_both(utfall_run *run, utfall_status code, const utfall_node *node,
                                      bool at_key, const char *message, const char *hint,
                                      const utfall_node *other, bool other_key, const char *note);

/** UTFALL_E_MISSING: a map lacks `key`. */
utfall_status utfall_node_report_missing(utfall_run *run, const utfall_node *map, const char *key,
                                         const char *message, const char *hint);

/** A warning at a node. */
void utfall_node_warn(utfall_run *run, utfall_status code, const utfall_node *node,
                      const char *message, const char *hint);

/** A finding in a text, for places without a node. Line and column from 1. */
utfall_status utfall_origin_report(utfall_run *run, utfall_status code, const utfall_origin *origin,
                                   uint32_t line, uint32_t column, uint32_t width,
                                   const char *message, const char *hint);

/** Line number `line` of a text without its end, cut at UTFALL_EXCERPT_MAX bytes; NULL when there
 * is none. */
const char *utfall_origin_excerpt(utfall_run *run, const utfall_origin *origin, uint32_t line);

/* ---- copy.c ---- */

/** A copy of a node and all inside it, with the same key and place and without parent; texts are
 * shared. NULL when out of memory. */
utfall_node *utfall_node_copy(utfall_run *run, const utfall_node *node);

/* ---- flat.c ---- */

/** As utfall_document_terms; `shown`: files as the user would name them. */
UTFALL_TRY utfall_status utfall_document_flatten(utfall_run *run, const utfall_term **out,
                                                 size_t *count, const utfall_document *document,
                                                 bool shown);

/* ---- path.c ---- */

/** One step of a path: a key, or an index (key NULL). */
typedef struct utfall_path_step {
    const char *key;
    size_t index;
} utfall_path_step;

/** Paths are keys joined by dots with [n] for list items: waterfall[2].share. A key of other
 * characters than ASCII letters, digits, "_" and "-" is quoted, \ and " in it escaped by \. There
 * is one way to write each path. */
const char *utfall_path_join(utfall_run *run, const char *path, const char *key);
const char *utfall_path_item(utfall_run *run, const char *path, size_t index);

/** Read a path of at most UTFALL_DOCUMENT_DEPTH_MAX steps; UTFALL_E_SYNTAX without a finding when
 * it is not one, or not written the one way. */
UTFALL_TRY utfall_status utfall_path_parse(utfall_run *run,
                                           utfall_path_step steps[UTFALL_DOCUMENT_DEPTH_MAX],
                                           size_t *count, const char *path);

/* ---- yaml.c ---- */

/** Read one YAML text to nodes, reporting every fault of form. `nodes` counts on. */
UTFALL_TRY utfall_status utfall_yaml_read(utfall_run *run, utfall_node **out, size_t *nodes,
                                          const utfall_origin *origin);

/* ---- text.c ---- */

/** Check that a text is UTF-8 without characters that nobody can see. On a fault gives where it is
 * (bytes from the start) and what it is; NULL when the text is sound. Tab is allowed when `tab`,
 * line ends when `lines`. */
const char *utfall_text_fault(size_t *offset, const char *text, size_t len, bool tab, bool lines);

/** Code points of UTF-8. */
uint32_t utfall_text_points(const char *text, size_t len);

/** At most `max` bytes of `text`, whole code points, "..." after them when cut: for messages. */
const char *utfall_text_short(utfall_run *run, const char *text, size_t max);

#endif
