/* contracts/set.c - one value of a document replaced from outside, for what-if. Input: a path and a
 * text. Invariant: the path is one that the language has; a fault leaves the document as it was. */
#include "contracts/check.h"

#include <string.h>

/* The place in the language that a path has come to. */
typedef struct language_place {
    utfall_type type;
    const utfall_term_rule *rule;
    utfall_shape shape; /* of the keys inside, for MAP and DRAWN */
} language_place;

static utfall_status path_refuse(utfall_run *run, const char *from, const char *path,
                                 const char *what, const char *hint)
{
    utfall_finding finding = {.code = UTFALL_E_SCHEMA, .severity = UTFALL_ERROR};
    finding.at = (utfall_loc){from, 0, 0};
    finding.also.file = "";
    finding.message = utfall_run_join(run, "\"", utfall_text_short(run, path, 120), "\" ", what,
                                      (const char *)NULL);
    if (finding.message == NULL)
        return UTFALL_E_NOMEM;
    finding.hint = hint;
    return utfall_run_report(run, &finding);
}

/* Go one step further in the language; false when it has no such step. */
static bool place_descend(language_place *place, utfall_path_step step)
{
    bool has_keys = place->type == UTFALL_TYPE_MAP || place->type == UTFALL_TYPE_DRAWN;
    if (has_keys && step.key != NULL) {
        const utfall_term_rule *rule = utfall_rule_find(place->shape, step.key);
        if (rule == NULL)
            return false;
        *place = (language_place){rule->type, rule, rule->inside};
        return true;
    }
    utfall_type part =
        utfall_type_part(place->type, step.key != NULL ? UTFALL_MAP : UTFALL_LIST, step.index);
    place->type = part;
    return part != UTFALL_TYPE_NONE;
}

enum { ENDS_DEPTH_MAX = 8 };

typedef struct ends {
    utfall_run *run;
    const char *end;   /* as it was written */
    const char *found; /* the place that ends so */
    size_t count;      /* of them */
} ends;

/* The places below `path`, through maps only, that end with what was written. */
static void ends_find(ends *e, utfall_shape shape, const char *path, size_t depth)
{
    for (size_t i = utfall_shapes[shape].first; i < utfall_shapes[shape].end; i++) {
        const utfall_term_rule *rule = &utfall_term_rules[i];
        const char *place = utfall_path_join(e->run, path, rule->key);
        const size_t whole = place == NULL ? 0 : strlen(place), len = strlen(e->end);
        if (whole > len && place[whole - len - 1] == '.' &&
            strcmp(place + whole - len, e->end) == 0) {
            e->found = place;
            e->count++;
        }
        if (place != NULL && depth < ENDS_DEPTH_MAX &&
            (rule->type == UTFALL_TYPE_MAP || rule->type == UTFALL_TYPE_DRAWN))
            ends_find(e, rule->inside, place, depth + 1);
    }
}

/* A part of a list by its id, as people name it: "waterfall.outcome.share" for waterfall[1].share.
 * NULL when there is none. */
static const char *place_by_id(utfall_run *run, const utfall_document *document,
                               const utfall_path_step *steps, size_t count)
{
    const utfall_node *node = document->root;
    const char *place = "";
    bool is_by_id = false;
    for (size_t i = 0; i < count && place != NULL; i++) {
        const utfall_node *next = NULL;
        size_t index = steps[i].index;
        if (node != NULL && node->kind == UTFALL_LIST && steps[i].key != NULL) {
            for (index = 0; index < node->count; index++) {
                const utfall_node *id = node->items[index]->kind == UTFALL_MAP
                                            ? utfall_node_find(node->items[index], "id")
                                            : NULL;
                if (id != NULL && id->kind == UTFALL_SCALAR && strcmp(id->text, steps[i].key) == 0)
                    break;
            }
            if (index == node->count)
                return NULL;
            is_by_id = true;
            next = node->items[index];
            place = utfall_path_item(run, place, index);
        } else if (steps[i].key != NULL) {
            next = node != NULL && node->kind == UTFALL_MAP ? utfall_node_find(node, steps[i].key)
                                                            : NULL;
            place = utfall_path_join(run, place, steps[i].key);
        } else {
            next = node != NULL && node->kind == UTFALL_LIST && index < node->count
                       ? node->items[index]
                       : NULL;
            place = utfall_path_item(run, place, index);
        }
        node = next;
    }
    return is_by_id ? place : NULL;
}

/* The one place that was probably meant; NULL when none or several could have been. */
static const char *place_near(utfall_run *run, const utfall_document *document, const char *path,
                              const utfall_path_step *steps, size_t count)
{
    const char *by_id = place_by_id(run, document, steps, count);
    ends e = {.run = run, .end = path};
    if (by_id != NULL)
        return by_id;
    ends_find(&e, UTFALL_SHAPE_ROOT, "", 0);
    return e.count == 1 ? e.found : NULL;
}

static utfall_status path_check(utfall_run *run, const utfall_document *document, const char *path,
                                const utfall_path_step *steps, size_t count, const char *from)
{
    language_place place = {UTFALL_TYPE_MAP, NULL, UTFALL_SHAPE_ROOT};
    for (size_t i = 0; i < count; i++) {
        const char *near = steps[i].key == NULL ? NULL : utfall_key_near(steps[i].key, place.shape);
        if (place_descend(&place, steps[i]))
            continue;
        const char *meant = place_near(run, document, path, steps, count);
        near = meant != NULL ? meant : near;
        return path_refuse(run, from, path,
                           "is not a place in the contract language: expected one such as "
                           "evaluation.window or waterfall[0].share",
                           near == NULL ? NULL
                                        : utfall_run_join(run, "did you mean \"", near, "\"?",
                                                          (const char *)NULL));
    }
    if (place.rule != NULL && place.rule == &utfall_term_rules[UTFALL_ROOT_extends])
        return path_refuse(run, from, path, "cannot be set: the files have been read", NULL);
    return UTFALL_OK;
}

static size_t node_depth(const utfall_node *node)
{
    size_t deepest = 0;
    for (size_t i = 0; i < node->count; i++) {
        size_t depth = node_depth(node->items[i]);
        deepest = depth > deepest ? depth : deepest;
    }
    return node->kind == UTFALL_SCALAR ? 0 : 1 + deepest;
}

static size_t node_size(const utfall_node *node)
{
    size_t size = 1;
    for (size_t i = 0; i < node->count; i++)
        size += node_size(node->items[i]);
    return size;
}

/* Where the value goes: the deepest node that exists, and how many steps lead to it. */
static utfall_status node_reach(utfall_run *run, utfall_node **out, size_t *reached,
                                const utfall_document *document, const char *path,
                                const utfall_path_step *steps, size_t count, const char *from)
{
    utfall_node *node = document->root;
    size_t i = 0;
    for (; i < count; i++) {
        utfall_node_kind kind = steps[i].key != NULL ? UTFALL_MAP : UTFALL_LIST;
        if (node->kind != kind)
            return path_refuse(run, from, path,
                               "leads through something that has no such parts in this contract",
                               "set the whole of it");
        utfall_node *next = kind == UTFALL_MAP             ? utfall_node_find(node, steps[i].key)
                            : steps[i].index < node->count ? node->items[steps[i].index]
                                                           : NULL;
        if (next == NULL && kind == UTFALL_LIST && steps[i].index > node->count)
            return path_refuse(run, from, path, "goes past the end of a list in this contract",
                               NULL);
        if (next == NULL || i + 1 == count)
            break;
        node = next;
    }
    for (size_t j = i + 1; j < count; j++) {
        if (steps[j].key == NULL && steps[j].index > 0)
            return path_refuse(run, from, path, "goes past the end of a list in this contract",
                               NULL);
    }
    *out = node;
    *reached = i;
    return UTFALL_OK;
}

static void node_replace(utfall_node *parent, utfall_node *value, utfall_path_step step)
{
    for (size_t i = 0; i < parent->count; i++) {
        utfall_node *old = parent->items[i];
        bool is_it = step.key != NULL ? strcmp(old->key, step.key) == 0 : i == step.index;
        if (!is_it)
            continue;
        value->parent = parent;
        parent->items[i] = value;
        return;
    }
}

/* Wrap `value` in the maps and lists that lead to it and do not exist yet; NULL when out of
 * memory. */
static utfall_node *node_wrap(utfall_run *run, utfall_node *value, const utfall_path_step *steps,
                              size_t from, size_t count)
{
    for (size_t i = count; i-- > from;) {
        value->key = steps[i].key;
        value->key_line = value->line;
        value->key_column = value->column;
        if (i == from)
            break;
        utfall_node *around =
            utfall_node_new(run, steps[i].key != NULL ? UTFALL_MAP : UTFALL_LIST, value->origin);
        if (around == NULL || utfall_node_append(run, around, value) != UTFALL_OK)
            return NULL;
        around->line = value->line;
        around->column = value->column;
        value = around;
    }
    return value;
}

static utfall_status value_read(utfall_run *run, utfall_node **out, size_t *nodes, const char *text,
                                const char *from)
{
    utfall_origin *origin = utfall_run_alloc(run, sizeof *origin);
    if (origin == NULL)
        return UTFALL_E_NOMEM;
    *origin = (utfall_origin){from, from, utfall_run_text(run, text, strlen(text)), strlen(text)};
    if (origin->text == NULL)
        return UTFALL_E_NOMEM;
    if (text[strspn(text, " ")] == '\0')
        return utfall_origin_report(run, UTFALL_E_MISSING, origin, 1, 1, 0,
                                    "there is no value: expected one", NULL);
    return utfall_yaml_read(run, out, nodes, origin);
}

utfall_status utfall_document_set(utfall_run *run, utfall_document *document, const char *path,
                                  const char *text, const char *from)
{
    utfall_path_step steps[UTFALL_DOCUMENT_DEPTH_MAX];
    size_t count = 0, reached = 0, nodes = document->nodes;
    const char *name = utfall_run_text(run, from, strlen(from));
    utfall_node *parent = NULL, *value = NULL;
    utfall_status status =
        name == NULL ? UTFALL_E_NOMEM : utfall_path_parse(run, steps, &count, path);
    if (status == UTFALL_E_SYNTAX)
        return path_refuse(run, name, path,
                           "is not a path: expected one such as evaluation.window or "
                           "waterfall[0].share",
                           NULL);
    if (status == UTFALL_OK)
        status = path_check(run, document, path, steps, count, name);
    if (status == UTFALL_OK)
        status = node_reach(run, &parent, &reached, document, path, steps, count, name);
    if (status == UTFALL_OK)
        status = value_read(run, &value, &nodes, text, name);
    if (status != UTFALL_OK)
        return status;
    if (count + node_depth(value) > UTFALL_DOCUMENT_DEPTH_MAX)
        return path_refuse(run, name, path, "would go more than 8 levels deep", NULL);
    value = node_wrap(run, value, steps, reached, count);
    if (value == NULL)
        return UTFALL_E_NOMEM;
    nodes += count - reached - 1; /* what was wrapped around it */
    const utfall_node *old =
        steps[reached].key != NULL             ? utfall_node_find(parent, steps[reached].key)
        : steps[reached].index < parent->count ? parent->items[steps[reached].index]
                                               : NULL;
    if (old != NULL) {
        nodes -= node_size(old);
        node_replace(parent, value, steps[reached]);
    } else {
        status = utfall_node_append(run, parent, value);
    }
    if (status == UTFALL_OK)
        document->nodes = nodes;
    return status;
}
