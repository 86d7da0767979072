/* contracts/changes.c - in which terms two documents differ, and one difference made at a time.
 *
 * In: two documents. Out: changes in a fixed order. Invariant: a document to which every change was
 * made binds to the same contract as the other one, but for names, titles, notes and clauses. */
#include "contracts/document.h"
#include "utfall/changes.h"

#include <string.h>

enum { CHANGES_MAX = 4096, TEXT_MAX = 400 };

/* The places in order. A path that ends in ".*" stands for every key inside that has not been told;
 * "*" for the keys of the root. */
typedef struct place {
    const char *path, *except;
    utfall_change_kind kind;
    bool pays_only;
} place;

static const place places[] = {
    {"target_group.people", "where", UTFALL_CHANGE_TABLE, false},
    {"target_group.costs", NULL, UTFALL_CHANGE_TABLE, false},
    {"comparison_group.people", "where", UTFALL_CHANGE_TABLE, false},
    {"comparison_group.costs", NULL, UTFALL_CHANGE_TABLE, false},
    {"comparison_group.standard_cost", NULL, UTFALL_CHANGE_TABLE, false},
    {"financing.drawn", NULL, UTFALL_CHANGE_TABLE, false},
    {"target_group.data_through", NULL, UTFALL_CHANGE_TIME, false},
    {"target_group.people.where", NULL, UTFALL_CHANGE_TERM, false},
    {"target_group.*", NULL, UTFALL_CHANGE_TERM, false},
    {"comparison_group.design", NULL, UTFALL_CHANGE_TERM, false},
    {"comparison_group.people.where", NULL, UTFALL_CHANGE_TERM, false},
    {"comparison_group.price_index", NULL, UTFALL_CHANGE_TERM, false},
    {"comparison_group.*", NULL, UTFALL_CHANGE_TERM, false},
    {"evaluation.counts", NULL, UTFALL_CHANGE_TERM, false},
    {"evaluation.window", NULL, UTFALL_CHANGE_TERM, false},
    {"evaluation.payment_window", NULL, UTFALL_CHANGE_TERM, true},
    {"evaluation.groups", NULL, UTFALL_CHANGE_TERM, false},
    {"evaluation.incomplete", NULL, UTFALL_CHANGE_TERM, false},
    {"evaluation.saving_to", NULL, UTFALL_CHANGE_TERM, true},
    {"evaluation.*", NULL, UTFALL_CHANGE_TERM, false},
    {"financing.investor", NULL, UTFALL_CHANGE_TERM, true},
    {"financing.commitment", NULL, UTFALL_CHANGE_TERM, true},
    {"financing.*", NULL, UTFALL_CHANGE_TERM, false},
    {"parties", NULL, UTFALL_CHANGE_RULE, true},
    {"outcomes.*", NULL, UTFALL_CHANGE_RULE, false},
    {"waterfall", NULL, UTFALL_CHANGE_RULE, true},
    {"rounding", NULL, UTFALL_CHANGE_RULE, true},
    {"*", NULL, UTFALL_CHANGE_TERM, false},
};

typedef struct changes {
    utfall_run *run;
    const utfall_document *a, *b;
    utfall_change *list;
    size_t count;
    bool has_failed;
} changes;

/* ---- nodes at paths ---- */

static utfall_node *node_at(utfall_run *run, const utfall_document *document, const char *path)
{
    utfall_path_step steps[UTFALL_DOCUMENT_DEPTH_MAX];
    size_t count = 0;
    utfall_node *node = document->root;
    if (utfall_path_parse(run, steps, &count, path) != UTFALL_OK)
        return NULL;
    for (size_t i = 0; i < count && node != NULL; i++) {
        const utfall_node *in = node;
        if (steps[i].key != NULL)
            node = in->kind == UTFALL_MAP ? utfall_node_find(in, steps[i].key) : NULL;
        else
            node = in->kind == UTFALL_LIST && steps[i].index < in->count ? in->items[steps[i].index]
                                                                         : NULL;
    }
    return node;
}

static bool is_left_out(const utfall_node *item, const char *except)
{
    return item->key != NULL &&
           (strcmp(item->key, "clause") == 0 || (except != NULL && strcmp(item->key, except) == 0));
}

/* Members that count: not a clause, nor what is a change of its own. */
static size_t members(const utfall_node *node, const char *except)
{
    size_t count = 0;
    for (size_t i = 0; i < node->count; i++)
        count += !is_left_out(node->items[i], except);
    return count;
}

/* Recursion is bounded by UTFALL_DOCUMENT_DEPTH_MAX. */
static bool is_same(const utfall_node *a, const utfall_node *b, const char *except)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->kind != b->kind)
        return false;
    if (a->kind == UTFALL_SCALAR)
        return strcmp(a->text, b->text) == 0;
    if (members(a, except) != members(b, except))
        return false;
    for (size_t i = 0, j = 0; i < a->count; i++) {
        if (is_left_out(a->items[i], except))
            continue;
        while (is_left_out(b->items[j], except))
            j++;
        if (a->kind == UTFALL_MAP && strcmp(a->items[i]->key, b->items[j]->key) != 0)
            return false;
        if (!is_same(a->items[i], b->items[j++], NULL))
            return false;
    }
    return true;
}

/* ---- a node on one line ---- */

/* What of `node` differs from `other`: a map shows the members that do, a list all of it. */
static const char *node_words(utfall_run *run, const utfall_node *node, const utfall_node *other,
                              const char *except)
{
    const char *words = "";
    if (node == NULL)
        return "";
    if (node->kind == UTFALL_SCALAR)
        return node->text;
    for (size_t i = 0; i < node->count && words != NULL; i++) {
        const utfall_node *item = node->items[i];
        const utfall_node *twin = other != NULL && other->kind == UTFALL_MAP && item->key != NULL
                                      ? utfall_node_find(other, item->key)
                                      : NULL;
        if (is_left_out(item, except) || (twin != NULL && is_same(item, twin, NULL)))
            continue;
        const char *inner = node_words(run, item, NULL, NULL);
        const bool is_nested = node->kind == UTFALL_LIST && item->kind != UTFALL_SCALAR;
        if (inner == NULL)
            return NULL;
        words =
            utfall_run_join(run, words,
                            words[0] == '\0'            ? ""
                            : node->kind == UTFALL_LIST ? ", "
                                                        : "; ",
                            item->key != NULL ? item->key : "", item->key != NULL ? ": " : "",
                            is_nested ? "(" : "", inner, is_nested ? ")" : "", (const char *)NULL);
    }
    return words == NULL ? NULL : utfall_text_short(run, words, TEXT_MAX);
}

static utfall_loc node_loc(const utfall_node *node)
{
    while (node != NULL && node->kind != UTFALL_SCALAR && node->count > 0)
        node = node->items[0];
    return node == NULL ? (utfall_loc){"", 0, 0}
                        : (utfall_loc){node->origin->shown, node->line, node->column};
}

/* ---- changes ---- */

static bool is_told(const changes *c, const char *path)
{
    const size_t len = strlen(path);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strncmp(places[i].path, path, len) == 0 &&
            (places[i].path[len] == '\0' || places[i].path[len] == '.'))
            return true;
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->list[i].path, path) == 0)
            return true;
    return false;
}

static void change_add(changes *c, const char *path, const place *rule, const char *id)
{
    const utfall_node *a = path == NULL ? NULL : node_at(c->run, c->a, path);
    const utfall_node *b = path == NULL ? NULL : node_at(c->run, c->b, path);
    if (path == NULL || c->has_failed || c->count == CHANGES_MAX) {
        c->has_failed = true;
        return;
    }
    if (is_same(a, b, rule->except))
        return;
    const char *before = node_words(c->run, a, b, rule->except);
    const char *after = node_words(c->run, b, a, rule->except);
    c->has_failed = before == NULL || after == NULL;
    c->list[c->count++] = (utfall_change){.kind = rule->kind,
                                          .path = path,
                                          .except = rule->except,
                                          .id = id,
                                          .before = before,
                                          .after = after,
                                          .before_at = node_loc(a),
                                          .after_at = node_loc(b),
                                          .pays_only = rule->pays_only};
}

static const char *step_id(const utfall_node *step)
{
    const utfall_node *id = step->kind == UTFALL_MAP ? utfall_node_find(step, "id") : NULL;
    return id != NULL && id->kind == UTFALL_SCALAR ? id->text : NULL;
}

/* Step by step when both have the same steps in the same order; else the whole waterfall. */
static void waterfall_add(changes *c, const place *rule)
{
    const utfall_node *a = node_at(c->run, c->a, rule->path),
                      *b = node_at(c->run, c->b, rule->path);
    bool is_alike = a != NULL && b != NULL && a->kind == UTFALL_LIST && b->kind == UTFALL_LIST &&
                    a->count == b->count;
    for (size_t i = 0; is_alike && i < a->count; i++) {
        const char *left = step_id(a->items[i]), *right = step_id(b->items[i]);
        is_alike = left != NULL && right != NULL && strcmp(left, right) == 0;
    }
    if (!is_alike)
        change_add(c, rule->path, rule, NULL);
    for (size_t i = 0; is_alike && i < a->count; i++)
        change_add(c, utfall_path_item(c->run, rule->path, i), rule, step_id(a->items[i]));
}

/* Every key of a map on either side that is not a place of its own. */
static void keys_add(changes *c, const char *path, const place *rule)
{
    const utfall_node *maps[2];
    maps[0] = path[0] == '\0' ? c->a->root : node_at(c->run, c->a, path);
    maps[1] = path[0] == '\0' ? c->b->root : node_at(c->run, c->b, path);
    for (size_t m = 0; m < 2; m++)
        for (size_t i = 0; maps[m] != NULL && maps[m]->kind == UTFALL_MAP && i < maps[m]->count;
             i++) {
            const char *key = maps[m]->items[i]->key;
            const char *inner = utfall_path_join(c->run, path, key);
            if (inner != NULL && (strcmp(key, "clause") == 0 || is_told(c, inner)))
                continue;
            change_add(c, inner, rule, NULL);
        }
}

static void place_add(changes *c, const place *rule)
{
    const size_t len = strlen(rule->path);
    if (strcmp(rule->path, "waterfall") == 0) {
        waterfall_add(c, rule);
    } else if (strcmp(rule->path, "*") == 0) {
        keys_add(c, "", rule);
    } else if (len > 2 && strcmp(rule->path + len - 2, ".*") == 0) {
        const char *path = utfall_run_text(c->run, rule->path, len - 2);
        c->has_failed = c->has_failed || path == NULL;
        if (path != NULL)
            keys_add(c, path, rule);
    } else {
        change_add(c, utfall_run_text(c->run, rule->path, len), rule, NULL);
    }
}

/* No figure depends on what a contract is called, nor on which contract it extends. */
static bool is_name(const utfall_change *change)
{
    static const char *const names[] = {"contract", "utfall", "extends"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(change->path, names[i]) == 0)
            return true;
    return false;
}

utfall_status utfall_document_changes(utfall_run *run, const utfall_change **out, size_t *count,
                                      const utfall_document *a, const utfall_document *b)
{
    changes c = {.run = run,
                 .a = a,
                 .b = b,
                 .list = utfall_run_array(run, CHANGES_MAX, sizeof(utfall_change))};
    size_t kept = 0;
    if (c.list == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        place_add(&c, &places[i]);
    if (c.has_failed)
        return utfall_run_failure(run) != UTFALL_OK ? utfall_run_failure(run) : UTFALL_E_RANGE;
    for (size_t i = 0; i < c.count; i++)
        if (!is_name(&c.list[i]))
            c.list[kept++] = c.list[i];
    *out = c.list;
    *count = kept;
    return UTFALL_OK;
}

/* ---- making one ---- */

static utfall_status node_drop(utfall_node *parent, const utfall_node *node)
{
    size_t kept = 0;
    for (size_t i = 0; i < parent->count; i++)
        if (parent->items[i] != node)
            parent->items[kept++] = parent->items[i];
    parent->count = kept;
    return UTFALL_OK;
}

/* `value` takes the place of `old` in `parent`; NULL on either side adds or removes. */
static utfall_status node_put(utfall_run *run, utfall_node *parent, utfall_node *old,
                              utfall_node *value)
{
    if (value == NULL)
        return old == NULL ? UTFALL_OK : node_drop(parent, old);
    if (old == NULL)
        return utfall_node_append(run, parent, value);
    for (size_t i = 0; i < parent->count; i++)
        if (parent->items[i] == old)
            parent->items[i] = value;
    value->parent = parent;
    return UTFALL_OK;
}

/* The map that holds the last step of a path; made where `b` has one and the document none. */
static utfall_status parent_reach(utfall_run *run, utfall_node **out, utfall_node *root,
                                  const utfall_node *other, const utfall_path_step *steps,
                                  size_t count)
{
    utfall_node *node = root;
    for (size_t i = 0; i + 1 < count; i++) {
        utfall_node *next = steps[i].key != NULL && node->kind == UTFALL_MAP
                                ? utfall_node_find(node, steps[i].key)
                                : NULL;
        other = other != NULL && other->kind == UTFALL_MAP && steps[i].key != NULL
                    ? utfall_node_find(other, steps[i].key)
                    : NULL;
        if (next == NULL && other != NULL && other->kind == UTFALL_MAP) {
            next = utfall_node_new(run, UTFALL_MAP, other->origin);
            if (next == NULL)
                return UTFALL_E_NOMEM;
            next->key = other->key;
            next->line = other->line;
            next->column = other->column;
            next->key_line = other->key_line;
            next->key_column = other->key_column;
            const utfall_status status = utfall_node_append(run, node, next);
            if (status != UTFALL_OK)
                return status;
        }
        if (next == NULL) {
            *out = NULL;
            return UTFALL_OK;
        }
        node = next;
    }
    *out = node;
    return UTFALL_OK;
}

/* The member `key` of the new value is that of the old one. */
static utfall_status member_keep(utfall_run *run, utfall_node *value, const utfall_node *old,
                                 const char *key)
{
    utfall_node *theirs = value->kind == UTFALL_MAP ? utfall_node_find(value, key) : NULL;
    utfall_node *own = old != NULL && old->kind == UTFALL_MAP ? utfall_node_find(old, key) : NULL;
    return value->kind == UTFALL_MAP ? node_put(run, value, theirs, own) : UTFALL_OK;
}

utfall_status utfall_document_change(utfall_run *run, utfall_document *document,
                                     const utfall_document *b, const utfall_change *change)
{
    utfall_path_step steps[UTFALL_DOCUMENT_DEPTH_MAX];
    size_t count = 0;
    utfall_node *parent = NULL, *value = NULL;
    utfall_status status = utfall_path_parse(run, steps, &count, change->path);
    const utfall_node *wanted = status == UTFALL_OK ? node_at(run, b, change->path) : NULL;
    utfall_node *old = status == UTFALL_OK ? node_at(run, document, change->path) : NULL;
    if (status == UTFALL_OK)
        status = parent_reach(run, &parent, document->root, b->root, steps, count);
    if (status == UTFALL_OK && parent != NULL && parent->kind == UTFALL_LIST)
        parent = old != NULL ? parent : NULL;
    if (status != UTFALL_OK || parent == NULL)
        return status;
    if (wanted != NULL) {
        value = utfall_node_copy(run, wanted);
        if (value == NULL)
            return UTFALL_E_NOMEM;
        if (change->except != NULL)
            status = member_keep(run, value, old, change->except);
    }
    return status == UTFALL_OK ? node_put(run, parent, old, value) : status;
}
