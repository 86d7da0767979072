/* contracts/document.c - from files to one document. Input: the path of a contract; the files that
 * it extends. Invariant: names inside the document are relative to the main contract's folder,
 * whichever file they were written in, so that the document stands for itself afterwards. */
#include "contracts/document.h"
#include "contracts/digest.h"
#include "contracts/source.h"
#include "utfall/changes.h"

#include <string.h>

static const utfall_origin *origin_new(utfall_run *run, const char *name, const char *prefix,
                                       const char *text, size_t len)
{
    utfall_origin *origin = utfall_run_alloc(run, sizeof *origin);
    if (origin == NULL)
        return NULL;
    origin->name = name;
    origin->shown = utfall_run_join(run, prefix, name, (const char *)NULL);
    origin->text = text == NULL ? NULL : utfall_run_text(run, text, len);
    origin->len = len;
    return origin->shown == NULL || (text != NULL && origin->text == NULL) ? NULL : origin;
}

/* ---- names ---- */

/* `name` as seen from `folder` ("" or "a/b/"), without ".", "x/.." and doubled slashes. */
static const char *name_resolve(utfall_run *run, const char *folder, const char *name)
{
    const char *whole = utfall_run_join(run, folder, name, (const char *)NULL);
    char *out = whole == NULL ? NULL : utfall_run_alloc(run, strlen(whole) + 1);
    if (out == NULL)
        return NULL;
    size_t len = 0;
    for (const char *at = whole; *at != '\0';) {
        size_t part = strcspn(at, "/");
        bool is_up = part == 2 && at[0] == '.' && at[1] == '.';
        bool after_up = len == 0 || (len >= 3 && memcmp(out + len - 3, "../", 3) == 0 &&
                                     (len == 3 || out[len - 4] == '/'));
        if (is_up && !after_up) {
            for (len--; len > 0 && out[len - 1] != '/'; len--) {
            }
        } else if (part > 0 && !(part == 1 && at[0] == '.')) {
            memcpy(out + len, at, part);
            len += part;
            if (at[part] == '/')
                out[len++] = '/';
        }
        at += part + (at[part] == '/');
    }
    out[len] = '\0';
    return out;
}

/* Length of the folder part of a path, slash included. */
static size_t folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* File names in a contract that another one extends become names from the other's folder. The
 * language's own table says which values are file names; the keys of a keyed map (outcomes) are
 * ids. Recursion is bounded by the depth. */
static utfall_status names_move(utfall_run *run, utfall_node *node, utfall_shape shape,
                                bool is_keyed, const char *folder)
{
    for (size_t i = 0; i < node->count; i++) {
        utfall_node *item = node->items[i];
        const utfall_term_rule *rule =
            node->kind == UTFALL_MAP && !is_keyed ? utfall_rule_find(shape, item->key) : NULL;
        utfall_shape inside = node->kind == UTFALL_LIST || is_keyed ? shape
                              : rule == NULL                        ? UTFALL_SHAPE_NONE
                                                                    : rule->inside;
        if (item->kind == UTFALL_SCALAR && rule != NULL && rule->type == UTFALL_TYPE_FILE &&
            item->text[0] != '/') {
            item->text = name_resolve(run, folder, item->text);
            if (item->text == NULL)
                return UTFALL_E_NOMEM;
        } else if (item->kind != UTFALL_SCALAR && inside != UTFALL_SHAPE_NONE) {
            utfall_status status = names_move(
                run, item, inside, rule != NULL && rule->type == UTFALL_TYPE_KEYED, folder);
            if (status != UTFALL_OK)
                return status;
        }
    }
    return UTFALL_OK;
}

utfall_status utfall_document_move(utfall_run *run, utfall_document *document, const char *folder)
{
    return names_move(run, document->root, UTFALL_SHAPE_ROOT, false, folder);
}

/* ---- one file ---- */

static utfall_status root_check(utfall_run *run, const utfall_node *root)
{
    if (root->kind == UTFALL_MAP)
        return UTFALL_OK;
    return utfall_node_report(
        run, UTFALL_E_SCHEMA, root, false,
        root->kind == UTFALL_LIST
            ? "a list stands where the contract should: expected keys such as "
              "utfall: 1"
            : "a text stands where the contract should: expected keys such as "
              "utfall: 1",
        "`utfall init` writes a contract to start from");
}

static utfall_status text_load(utfall_run *run, utfall_document *document, utfall_node **root,
                               const utfall_origin *origin)
{
    utfall_node *read = NULL;
    utfall_status status = utfall_yaml_read(run, &read, &document->nodes, origin);
    if (status == UTFALL_OK)
        status = root_check(run, read);
    if (status == UTFALL_OK)
        *root = read;
    return status;
}

/* `asked` is the extends that names the file; NULL for the main contract. */
static utfall_status file_load(utfall_run *run, utfall_document *document, utfall_node **root,
                               const char *name, const utfall_node *asked)
{
    const char *shown = utfall_run_join(run, document->prefix, name, (const char *)NULL);
    if (shown == NULL)
        return UTFALL_E_NOMEM;
    const char *reason = "could not be read";
    utfall_source *source = NULL;
    char *text = NULL;
    size_t len = 0;
    _Static_assert((size_t)UTFALL_SOURCE_BLOCK > (size_t)UTFALL_DOCUMENT_BYTES_MAX,
                   "one block holds a contract, or shows that it is too large");
    utfall_status status = utfall_source_open(run, &source, &reason, shown, UINT64_C(1) << 24);
    if (status == UTFALL_OK)
        status = utfall_source_next(source, &text, &len, &reason, 0);
    utfall_input *input = &document->inputs[document->input_count];
    if (status == UTFALL_OK)
        status = utfall_source_close(source, input);
    if (status == UTFALL_E_NOMEM)
        return status;
    if (status != UTFALL_OK) {
        const char *message =
            utfall_run_join(run, "the contract \"", shown, "\" ", reason, (const char *)NULL);
        utfall_origin *nothing = utfall_run_alloc(run, sizeof *nothing);
        if (nothing == NULL || message == NULL)
            return UTFALL_E_NOMEM;
        nothing->name = nothing->shown = shown;
        return asked != NULL
                   ? utfall_node_report(run, UTFALL_E_IO, asked, false, message, NULL)
                   : utfall_origin_report(run, UTFALL_E_IO, nothing, 0, 0, 0, message, NULL);
    }
    input->name = name;
    input->role = "contract";
    document->input_count++;
    const utfall_origin *origin = origin_new(run, name, document->prefix, text, len);
    return origin == NULL ? UTFALL_E_NOMEM : text_load(run, document, root, origin);
}

/* ---- extends ---- */

/* Take `extends` out of a root; NULL when it has none. */
static utfall_node *extends_take(utfall_node *root)
{
    for (size_t i = 0; i < root->count; i++) {
        utfall_node *item = root->items[i];
        if (strcmp(item->key, "extends") != 0)
            continue;
        root->count--;
        memmove(root->items + i, root->items + i + 1, (root->count - i) * sizeof(utfall_node *));
        return item;
    }
    return NULL;
}

/* The name that `asked` gives, from the main contract's folder; a fault when it may not be read. */
static utfall_status extends_read(utfall_run *run, const char **name,
                                  const utfall_document *document, const utfall_node *asked)
{
    utfall_value value;
    utfall_fault fault = {UTFALL_E_SCHEMA, NULL, NULL, NULL};
    utfall_status status =
        asked->kind != UTFALL_SCALAR
            ? UTFALL_E_SCHEMA
            : utfall_value_read(run, &value, &fault, UTFALL_TYPE_FILE, NULL, asked->text);
    if (asked->kind != UTFALL_SCALAR)
        return utfall_node_report(run, UTFALL_E_SCHEMA, asked, false,
                                  "a contract builds on one other: expected one file name", NULL);
    const char *said = utfall_text_short(run, asked->text, 80);
    if (status != UTFALL_OK)
        return utfall_node_report(
            run, fault.code, asked, false,
            utfall_run_join(
                run, "\"", said, "\" ", fault.reason == NULL ? "is not a file name" : fault.reason,
                ": expected the other contract, named from this one's folder", (const char *)NULL),
            fault.hint);
    const char *here = utfall_run_text(run, asked->origin->name, folder_len(asked->origin->name));
    *name = here == NULL ? NULL : name_resolve(run, here, asked->text);
    if (*name == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < document->input_count; i++) {
        if (strcmp(document->inputs[i].name, *name) == 0)
            return utfall_node_report(
                run, UTFALL_E_CONFLICT, asked, false,
                utfall_run_join(run, "\"", said,
                                "\" leads back to itself: expected a contract "
                                "that does not build on this one",
                                (const char *)NULL),
                NULL);
    }
    if (document->input_count > UTFALL_DOCUMENT_EXTENDS_MAX)
        return utfall_node_report(
            run, UTFALL_E_RANGE, asked, false,
            "contracts build on each other more than 4 deep: expected at most "
            "that",
            "join some of them");
    return UTFALL_OK;
}

static utfall_status chain_load(utfall_run *run, utfall_document *document, utfall_node **roots,
                                size_t *count, const char *main_name)
{
    const char *name = main_name;
    const utfall_node *asked = NULL;
    for (size_t i = 0;; i++) {
        utfall_status status = file_load(run, document, &roots[i], name, asked);
        if (status != UTFALL_OK)
            return status;
        *count = i + 1;
        const char *folder = utfall_run_text(run, name, folder_len(name));
        asked = extends_take(roots[i]);
        if (folder == NULL)
            return UTFALL_E_NOMEM;
        if (folder[0] != '\0')
            status = names_move(run, roots[i], UTFALL_SHAPE_ROOT, false, folder);
        if (status != UTFALL_OK || asked == NULL)
            return status;
        status = extends_read(run, &name, document, asked);
        if (status != UTFALL_OK)
            return status;
    }
}

utfall_status utfall_document_load(utfall_run *run, utfall_document **out, const char *path)
{
    utfall_document *document = utfall_run_alloc(run, sizeof *document);
    if (document == NULL)
        return UTFALL_E_NOMEM;
    size_t folder = folder_len(path), count = 0;
    document->prefix = utfall_run_text(run, path, folder);
    const char *name = utfall_run_text(run, path + folder, strlen(path + folder));
    utfall_node *roots[1 + UTFALL_DOCUMENT_EXTENDS_MAX] = {NULL}; /* the main contract first */
    if (document->prefix == NULL || name == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = chain_load(run, document, roots, &count, name);
    if (status != UTFALL_OK)
        return status;
    document->root = roots[count - 1];
    for (size_t i = count - 1; i-- > 0 && status == UTFALL_OK;)
        status = utfall_node_merge(run, &document->root, document->root, roots[i]);
    if (status == UTFALL_OK)
        *out = document;
    return status;
}

utfall_status utfall_document_parse(utfall_run *run, utfall_document **out, const char *name,
                                    const char *text, size_t len)
{
    utfall_document *document = utfall_run_alloc(run, sizeof *document);
    const utfall_origin *origin = document == NULL ? NULL : origin_new(run, name, "", text, len);
    if (origin == NULL)
        return UTFALL_E_NOMEM;
    document->prefix = "";
    utfall_status status = text_load(run, document, &document->root, origin);
    if (status != UTFALL_OK)
        return status;
    utfall_input *input = &document->inputs[document->input_count++];
    *input = (utfall_input){.name = origin->name, .role = "contract", .bytes = len};
    status = utfall_digest_of(input->sha256, text, len);
    if (status != UTFALL_OK)
        return status;
    const utfall_node *asked = extends_take(document->root);
    if (asked != NULL)
        return utfall_node_report(run, UTFALL_E_SCHEMA, asked, true,
                                  "\"extends\" cannot be followed here: expected a contract that "
                                  "stands for itself",
                                  NULL);
    *out = document;
    return UTFALL_OK;
}

utfall_status utfall_document_inputs(utfall_run *run, const utfall_input **out, size_t *count,
                                     const utfall_document *document)
{
    utfall_input *inputs = utfall_run_array(run, document->input_count, sizeof *inputs);
    if (inputs == NULL)
        return UTFALL_E_NOMEM;
    if (document->input_count > 0)
        memcpy(inputs, document->inputs, document->input_count * sizeof *inputs);
    *out = inputs;
    *count = document->input_count;
    return UTFALL_OK;
}
