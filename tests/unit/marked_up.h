/* tests/unit/marked_up.h - pages and figures read as XML, to be walked by the tests of reports. */
#ifndef MARKED_UP_H
#define MARKED_UP_H
#include <libxml/parser.h>
#include <libxml/tree.h>
#include "unit/reported.h"

typedef void visit(xmlNode *element, void *ctx);

static inline void walk(xmlNode *node, visit *each, void *ctx)
{
    for (; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE) {
            each(node, ctx);
            walk(node->children, each, ctx);
        }
}

static inline xmlDoc *parsed(const char *text, size_t len)
{
    xmlDoc *doc = xmlReadMemory(text, (int)len, "made", NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    return doc;
}

static inline bool is_element(const xmlNode *node, const char *name)
{
    return strcmp((const char *)node->name, name) == 0;
}

/* The attribute's value, or "" when there is none; it lives as long as the document. */
static inline const char *attribute(xmlNode *node, const char *name)
{
    const xmlAttr *at = xmlHasProp(node, (const xmlChar *)name);
    return at == NULL || at->children == NULL ? "" : (const char *)at->children->content;
}

typedef struct search {
    const char *id;
    size_t count;
} search;

static inline void id_count(xmlNode *element, void *ctx)
{
    search *s = ctx;
    s->count += strcmp(attribute(element, "id"), s->id) == 0;
}

static inline size_t ids_of(xmlDoc *doc, const char *id)
{
    search s = {id, 0};
    walk(xmlDocGetRootElement(doc), id_count, &s);
    return s.count;
}

/* Every id is there once, and every reference to ids leads somewhere. */
static inline void references_check(xmlNode *element, void *ctx)
{
    const char *id = attribute(element, "id"), *href = attribute(element, "href");
    char list[256];
    if (id[0] != '\0')
        assert_int_equal(ids_of(ctx, id), 1);
    if (href[0] != '\0') {
        assert_int_equal(href[0], '#');
        assert_int_equal(ids_of(ctx, href + 1), 1);
    }
    (void)snprintf(list, sizeof list, "%s", attribute(element, "aria-labelledby"));
    for (char *word = strtok(list, " "); word != NULL; word = strtok(NULL, " "))
        assert_int_equal(ids_of(ctx, word), 1);
}

#endif
