/* contracts/copy.c - a document of one's own, to set values in. Input: a document. Invariant: the
 * original is only read, so that several threads may copy it at once; texts are shared with it. */
#include "contracts/document.h"

/* Documents are no deeper than UTFALL_DOCUMENT_DEPTH_MAX. */
utfall_node *utfall_node_copy(utfall_run *run, const utfall_node *node)
{
    utfall_node *copy = utfall_node_new(run, node->kind, node->origin);
    if (copy == NULL)
        return NULL;
    copy->line = node->line;
    copy->column = node->column;
    copy->width = node->width;
    copy->key_line = node->key_line;
    copy->key_column = node->key_column;
    copy->key = node->key;
    copy->text = node->text;
    if (node->count > 0)
        copy->items = utfall_run_array(run, node->count, sizeof(utfall_node *));
    if (node->count > 0 && copy->items == NULL)
        return NULL;
    copy->room = node->count;
    for (size_t i = 0; i < node->count; i++) {
        utfall_node *item = utfall_node_copy(run, node->items[i]);
        if (item == NULL)
            return NULL;
        item->parent = copy;
        copy->items[copy->count++] = item;
    }
    return copy;
}

utfall_status utfall_document_copy(utfall_run *run, utfall_document **out,
                                   const utfall_document *document)
{
    utfall_document *copy = utfall_run_alloc(run, sizeof *copy);
    if (copy == NULL)
        return UTFALL_E_NOMEM;
    *copy = *document;
    copy->root = utfall_node_copy(run, document->root);
    if (copy->root == NULL)
        return UTFALL_E_NOMEM;
    *out = copy;
    return UTFALL_OK;
}
