/* contracts/flat.c - a document as flat terms, and back. Input: a tree, or terms from a ledger.
 * Invariant: the terms of a tree, in order, rebuild a tree that binds to the same contract; terms
 * in another order, with a gap or twice are refused. */
#include "contracts/document.h"

#include <string.h>

typedef struct flat_writer {
    utfall_run *run;
    utfall_term *terms;
    size_t count;
    bool shown; /* files as the user would name them, rather than relative to the contract */
} flat_writer;

/* Recursion is bounded by UTFALL_DOCUMENT_DEPTH_MAX. */
static utfall_status node_flatten(flat_writer *writer, const utfall_node *node, const char *path)
{
    if (path == NULL)
        return UTFALL_E_NOMEM;
    if (node->kind == UTFALL_SCALAR) {
        const char *file = writer->shown ? node->origin->shown : node->origin->name;
        writer->terms[writer->count++] =
            (utfall_term){path, node->text, {file, node->line, node->column}};
        return UTFALL_OK;
    }
    for (size_t i = 0; i < node->count; i++) {
        const utfall_node *item = node->items[i];
        utfall_status status =
            node_flatten(writer, item,
                         node->kind == UTFALL_MAP ? utfall_path_join(writer->run, path, item->key)
                                                  : utfall_path_item(writer->run, path, i));
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

static size_t scalars_count(const utfall_node *node)
{
    size_t count = node->kind == UTFALL_SCALAR;
    for (size_t i = 0; i < node->count; i++)
        count += scalars_count(node->items[i]);
    return count;
}

utfall_status utfall_document_flatten(utfall_run *run, const utfall_term **out, size_t *count,
                                      const utfall_document *document, bool shown)
{
    flat_writer writer = {.run = run, .shown = shown};
    writer.terms = utfall_run_array(run, scalars_count(document->root), sizeof(utfall_term));
    if (writer.terms == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = node_flatten(&writer, document->root, "");
    if (status != UTFALL_OK)
        return status;
    *out = writer.terms;
    *count = writer.count;
    return UTFALL_OK;
}

utfall_status utfall_document_terms(utfall_run *run, const utfall_term **out, size_t *count,
                                    const utfall_document *document)
{
    return utfall_document_flatten(run, out, count, document, false);
}

/* ---- back ---- */

typedef struct flat_reader {
    utfall_run *run;
    utfall_document *document;
    const utfall_origin *origin; /* of the last term: neighbours come from the same file */
} flat_reader;

static const utfall_origin *term_origin(flat_reader *reader, const utfall_term *term)
{
    const char *file = term->at.file == NULL ? "" : term->at.file;
    if (reader->origin != NULL && strcmp(reader->origin->name, file) == 0)
        return reader->origin;
    utfall_origin *origin = utfall_run_alloc(reader->run, sizeof *origin);
    if (origin != NULL)
        origin->name = origin->shown = utfall_run_text(reader->run, file, strlen(file));
    if (origin != NULL && origin->name != NULL)
        reader->origin = origin;
    return origin == NULL || origin->name == NULL ? NULL : origin;
}

static utfall_status term_refuse(flat_reader *reader, const utfall_term *term, utfall_status code,
                                 const char *what)
{
    utfall_run *run = reader->run;
    const char *path = term->path == NULL ? "" : term->path;
    size_t offset, len = strlen(path);
    if (utfall_text_fault(&offset, path, len, false, false) != NULL)
        path = utfall_run_text(run, path, offset);
    utfall_finding finding = {.code = code, .severity = UTFALL_ERROR};
    finding.at = (utfall_loc){reader->origin->shown, term->at.line, term->at.column};
    finding.also.file = "";
    finding.message =
        utfall_run_join(run, "the term \"", path == NULL ? "" : utfall_text_short(run, path, 120),
                        "\" ", what, (const char *)NULL);
    return utfall_run_report(run, &finding);
}

static bool is_same_step(const utfall_node *node, utfall_path_step step)
{
    const utfall_node *last = node->count == 0 ? NULL : node->items[node->count - 1];
    if (last == NULL || last->kind == UTFALL_SCALAR)
        return false;
    return step.key != NULL ? strcmp(last->key, step.key) == 0 : step.index == node->count - 1;
}

/* A new last member of `node` for this step; NULL when out of memory. */
static utfall_node *member_add(flat_reader *reader, utfall_node *node, utfall_path_step step,
                               utfall_node_kind kind, const utfall_term *term)
{
    utfall_node *item = utfall_node_new(reader->run, kind, reader->origin);
    if (item == NULL)
        return NULL;
    item->key = step.key;
    item->line = item->key_line = term->at.line;
    item->column = item->key_column = term->at.column;
    if (utfall_node_append(reader->run, node, item) != UTFALL_OK)
        return NULL;
    reader->document->nodes++;
    return item;
}

static utfall_status term_place(flat_reader *reader, const utfall_term *term,
                                const utfall_path_step *steps, size_t count)
{
    utfall_node *node = reader->document->root;
    for (size_t i = 0; i < count; i++) {
        utfall_node_kind kind = steps[i].key != NULL ? UTFALL_MAP : UTFALL_LIST;
        if (node->kind != kind)
            return term_refuse(
                reader, term, UTFALL_E_SCHEMA,
                "does not go with the terms before it: expected one kind of thing at "
                "a place");
        if (i + 1 < count && is_same_step(node, steps[i])) {
            node = node->items[node->count - 1];
            continue;
        }
        if (kind == UTFALL_LIST && steps[i].index != node->count)
            return term_refuse(reader, term, UTFALL_E_SCHEMA,
                               "is out of order: expected list items in order, each once");
        if (reader->document->nodes >= UTFALL_DOCUMENT_NODES_MAX)
            return term_refuse(reader, term, UTFALL_E_RANGE,
                               "is one too many: expected at most 10 000 values");
        node = member_add(reader, node, steps[i],
                          i + 1 == count             ? UTFALL_SCALAR
                          : steps[i + 1].key != NULL ? UTFALL_MAP
                                                     : UTFALL_LIST,
                          term);
        if (node == NULL)
            return UTFALL_E_NOMEM;
    }
    size_t len = strlen(term->value);
    node->text = utfall_run_text(reader->run, term->value, len);
    return node->text == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
}

static utfall_status term_read(flat_reader *reader, const utfall_term *term)
{
    if (term_origin(reader, term) == NULL)
        return UTFALL_E_NOMEM;
    utfall_path_step steps[UTFALL_DOCUMENT_DEPTH_MAX];
    size_t count = 0, offset;
    utfall_status status = term->path == NULL
                               ? UTFALL_E_SYNTAX
                               : utfall_path_parse(reader->run, steps, &count, term->path);
    if (status == UTFALL_E_NOMEM)
        return status;
    if (status != UTFALL_OK)
        return term_refuse(reader, term, UTFALL_E_SYNTAX,
                           "has no path that can be read: expected one such as waterfall[2].share");
    for (size_t i = 0; i < count; i++) {
        if (steps[i].key != NULL &&
            utfall_text_fault(&offset, steps[i].key, strlen(steps[i].key), true, false) != NULL)
            return term_refuse(reader, term, UTFALL_E_SYNTAX, "has a path with unseen characters");
    }
    if (strcmp(term->path, "extends") == 0)
        return term_refuse(reader, term, UTFALL_E_SCHEMA,
                           "stands among terms: expected what it leads to instead");
    if (term->value == NULL || strlen(term->value) > UTFALL_DOCUMENT_SCALAR_MAX ||
        utfall_text_fault(&offset, term->value, strlen(term->value), true, false) != NULL)
        return term_refuse(reader, term, UTFALL_E_SYNTAX,
                           "has a value that no contract can hold: expected one line of text of at "
                           "most 4 096 bytes");
    return term_place(reader, term, steps, count);
}

/* Recursion is bounded by UTFALL_DOCUMENT_DEPTH_MAX. */
static utfall_status tree_distinct(utfall_run *run, const utfall_node *node)
{
    utfall_status first = node->kind == UTFALL_MAP ? utfall_node_distinct(run, node) : UTFALL_OK;
    for (size_t i = 0; i < node->count; i++) {
        utfall_status status = tree_distinct(run, node->items[i]);
        if (first == UTFALL_OK)
            first = status;
    }
    return first;
}

utfall_status utfall_document_of_terms(utfall_run *run, utfall_document **out,
                                       const utfall_term *terms, size_t count)
{
    flat_reader reader = {.run = run};
    utfall_term none = {"", "", {"", 0, 0}};
    utfall_document *document = utfall_run_alloc(run, sizeof *document);
    if (document == NULL || term_origin(&reader, count > 0 ? &terms[0] : &none) == NULL)
        return UTFALL_E_NOMEM;
    reader.document = document;
    document->prefix = "";
    document->root = utfall_node_new(run, UTFALL_MAP, reader.origin);
    if (document->root == NULL)
        return UTFALL_E_NOMEM;
    document->root->line = document->root->column = count > 0 ? 1 : 0;
    utfall_status first = UTFALL_OK;
    for (size_t i = 0; i < count; i++) {
        utfall_status status = term_read(&reader, &terms[i]);
        if (first == UTFALL_OK)
            first = status;
        if (status == UTFALL_E_NOMEM)
            return status;
    }
    if (first == UTFALL_OK)
        first = tree_distinct(run, document->root);
    if (first == UTFALL_OK)
        *out = document;
    return first;
}
