/* contracts/tree.c - the nodes of a document: made, joined, laid over each other, pointed at.
 * Input: nodes. Invariant: a map's keys are distinct once utfall_node_distinct has passed it;
 * nothing here takes more than n log n steps over n nodes. */
#include "contracts/document.h"

#include <stdlib.h>
#include <string.h>

utfall_node *utfall_node_new(utfall_run *run, utfall_node_kind kind, const utfall_origin *origin)
{
    utfall_node *node = utfall_run_alloc(run, sizeof *node);
    if (node == NULL)
        return NULL;
    node->kind = kind;
    node->origin = origin;
    return node;
}

utfall_status utfall_node_append(utfall_run *run, utfall_node *node, utfall_node *item)
{
    if (node->count == node->room) {
        size_t room = node->room == 0 ? 4 : 2 * node->room;
        utfall_node **items = utfall_run_array(run, room, sizeof(utfall_node *));
        if (items == NULL)
            return UTFALL_E_NOMEM;
        if (node->count > 0)
            memcpy(items, node->items, node->count * sizeof(utfall_node *));
        node->items = items;
        node->room = room;
    }
    node->items[node->count++] = item;
    item->parent = node;
    return UTFALL_OK;
}

utfall_node *utfall_node_find(const utfall_node *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->items[i]->key, key) == 0)
            return map->items[i];
    }
    return NULL;
}

/* Members by key; equal keys in the order written, so that the first one is told as the first. */
typedef struct member {
    utfall_node *node;
    size_t order;
} member;

static int member_compare(const void *a, const void *b)
{
    const member *left = a, *right = b;
    int by_key = strcmp(left->node->key, right->node->key);
    if (by_key != 0)
        return by_key;
    return left->order < right->order ? -1 : left->order > right->order;
}

static member *members_sorted(utfall_run *run, const utfall_node *map)
{
    member *members = utfall_run_array(run, map->count, sizeof *members);
    if (members == NULL)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        members[i] = (member){map->items[i], i};
    qsort(members, map->count, sizeof *members, member_compare);
    return members;
}

utfall_status utfall_node_distinct(utfall_run *run, const utfall_node *map)
{
    if (map->count < 2)
        return UTFALL_OK;
    member *members = members_sorted(run, map);
    if (members == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = UTFALL_OK;
    size_t first = 0;
    for (size_t i = 1; i < map->count; i++) {
        const char *key = members[i].node->key;
        if (strcmp(key, members[first].node->key) != 0) {
            first = i;
            continue;
        }
        status = utfall_node_report_both(
            run, UTFALL_E_SCHEMA, members[i].node, true,
            utfall_run_join(run, "the key \"", utfall_text_short(run, key, 40),
                            "\" is there twice: expected each key once", (const char *)NULL),
            "remove one of them, or join what they say", members[first].node, true,
            "the first one is here");
    }
    return status;
}

/* Where `key` stands among members sorted by key, or NULL. */
static utfall_node *member_find(const member *members, size_t count, const char *key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(key, members[middle].node->key);
        if (order == 0)
            return members[middle].node;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Recursion is bounded by UTFALL_DOCUMENT_DEPTH_MAX, which every tree keeps. */
utfall_status utfall_node_merge(utfall_run *run, utfall_node **out, utfall_node *base,
                                utfall_node *over)
{
    if (base->kind != UTFALL_MAP || over->kind != UTFALL_MAP) {
        *out = over;
        return UTFALL_OK;
    }
    member *above = members_sorted(run, over), *below = members_sorted(run, base);
    if (above == NULL || below == NULL)
        return UTFALL_E_NOMEM;
    size_t base_count = base->count;
    for (size_t i = 0; i < base_count; i++) {
        utfall_node *hit = member_find(above, over->count, base->items[i]->key);
        if (hit == NULL)
            continue;
        utfall_node *merged = NULL;
        utfall_status status = utfall_node_merge(run, &merged, base->items[i], hit);
        if (status != UTFALL_OK)
            return status;
        base->items[i] = merged;
        merged->parent = base;
    }
    for (size_t i = 0; i < over->count; i++) {
        if (member_find(below, base_count, over->items[i]->key) != NULL)
            continue;
        utfall_status status = utfall_node_append(run, base, over->items[i]);
        if (status != UTFALL_OK)
            return status;
    }
    *out = base;
    return UTFALL_OK;
}

const char *utfall_node_path(utfall_run *run, const utfall_node *node)
{
    const utfall_node *line[UTFALL_DOCUMENT_DEPTH_MAX + 1];
    size_t depth = 0;
    for (; node->parent != NULL && depth <= UTFALL_DOCUMENT_DEPTH_MAX; node = node->parent)
        line[depth++] = node;
    const char *path = "";
    while (depth-- > 0) {
        const utfall_node *step = line[depth];
        size_t index = 0;
        if (step->key == NULL) {
            while (step->parent->items[index] != step)
                index++;
        }
        path = step->key != NULL ? utfall_path_join(run, path, step->key)
                                 : utfall_path_item(run, path, index);
    }
    return path;
}

const char *utfall_origin_excerpt(utfall_run *run, const utfall_origin *origin, uint32_t line)
{
    if (origin->text == NULL || line == 0)
        return NULL;
    const char *at = origin->text, *end = origin->text + origin->len;
    for (uint32_t i = 1; i < line; i++) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        if (feed == NULL)
            return NULL;
        at = feed + 1;
    }
    const char *feed = memchr(at, '\n', (size_t)(end - at));
    size_t len = (size_t)((feed == NULL ? end : feed) - at);
    if (len > 0 && at[len - 1] == '\r')
        len--;
    if (len > UTFALL_EXCERPT_MAX) {
        len = UTFALL_EXCERPT_MAX;
        while (len > 0 && ((unsigned char)at[len] & 0xC0) == 0x80)
            len--;
    }
    size_t fault;
    if (utfall_text_fault(&fault, at, len, true, false) != NULL)
        len = fault; /* what comes after cannot be shown */
    return utfall_run_text(run, at, len);
}

static utfall_loc node_loc(const utfall_node *node, bool at_key)
{
    bool has_key = at_key && node->key_line > 0;
    return (utfall_loc){node->origin->shown, has_key ? node->key_line : node->line,
                        has_key ? node->key_column : node->column};
}

static const char *node_clause(const utfall_node *node)
{
    for (; node != NULL; node = node->parent) {
        const utfall_node *clause =
            node->kind == UTFALL_MAP ? utfall_node_find(node, "clause") : NULL;
        if (clause != NULL && clause->kind == UTFALL_SCALAR)
            return clause->text;
    }
    return NULL;
}

/* Findings past the number kept are only counted, so hostile input cannot make telling costly. */
static bool is_kept(const utfall_run *run)
{
    return utfall_run_errors(run) < UTFALL_FINDINGS_MAX;
}

/* A finding at a node, without its words. `inside` names a key that the node should have. */
static utfall_finding node_finding(utfall_run *run, utfall_status code, const utfall_node *node,
                                   bool at_key, const char *inside)
{
    utfall_finding finding = {.code = code, .severity = UTFALL_ERROR};
    finding.at = node_loc(node, at_key);
    finding.also.file = "";
    if (!is_kept(run))
        return finding;
    finding.path = utfall_node_path(run, node);
    if (inside != NULL)
        finding.path = utfall_path_join(run, finding.path, inside);
    if (finding.path != NULL && finding.path[0] == '\0')
        finding.path = NULL;
    finding.clause = node_clause(node);
    finding.excerpt = utfall_origin_excerpt(run, node->origin, finding.at.line);
    /* The first item of a list has its place from a term below it, and no key of its own. */
    bool has_key = at_key && node->key != NULL && node->key_line > 0;
    finding.width = has_key ? utfall_text_points(node->key, strlen(node->key)) : node->width;
    return finding;
}

utfall_status utfall_node_report_both(utfall_run *run, utfall_status code, const utfall_node *node,
                                      bool at_key, const char *message, const char *hint,
                                      const utfall_node *other, bool other_key, const char *note)
{
    utfall_finding finding = node_finding(run, code, node, at_key, NULL);
    finding.message = message == NULL ? "" : message;
    finding.hint = hint;
    finding.also = node_loc(other, other_key);
    finding.also_message = note;
    return utfall_run_report(run, &finding);
}

utfall_status utfall_node_report(utfall_run *run, utfall_status code, const utfall_node *node,
                                 bool at_key, const char *message, const char *hint)
{
    utfall_finding finding = node_finding(run, code, node, at_key, NULL);
    finding.message = message == NULL ? "" : message;
    finding.hint = hint;
    return utfall_run_report(run, &finding);
}

utfall_status utfall_node_report_missing(utfall_run *run, const utfall_node *map, const char *key,
                                         const char *message, const char *hint)
{
    utfall_finding finding = node_finding(run, UTFALL_E_MISSING, map, true, key);
    finding.message = message == NULL ? "" : message;
    finding.hint = hint;
    return utfall_run_report(run, &finding);
}

void utfall_node_warn(utfall_run *run, utfall_status code, const utfall_node *node,
                      const char *message, const char *hint)
{
    utfall_finding finding = {.code = code, .severity = UTFALL_WARNING};
    finding.at = node_loc(node, false);
    finding.also.file = "";
    finding.message = message == NULL ? "" : message;
    finding.hint = hint;
    if (utfall_run_warnings(run) < UTFALL_FINDINGS_MAX) {
        finding.path = utfall_node_path(run, node);
        finding.excerpt = utfall_origin_excerpt(run, node->origin, finding.at.line);
        finding.width = node->width;
    }
    (void)utfall_run_report(run, &finding);
}

utfall_status utfall_origin_report(utfall_run *run, utfall_status code, const utfall_origin *origin,
                                   uint32_t line, uint32_t column, uint32_t width,
                                   const char *message, const char *hint)
{
    utfall_finding finding = {.code = code, .severity = UTFALL_ERROR};
    finding.at = (utfall_loc){origin->shown, line, column};
    finding.also.file = "";
    finding.message = message == NULL ? "" : message;
    finding.hint = hint;
    finding.width = width;
    if (is_kept(run))
        finding.excerpt = utfall_origin_excerpt(run, origin, line);
    return utfall_run_report(run, &finding);
}
