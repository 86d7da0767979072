/* contracts/scenarios.c - a file that keeps a set of scenarios, to axes. Input: YAML as strict as a
 * contract's. Invariant: `set` comes first of the axes and `scenarios` last, so that a scenario has
 * the last word on a place that several of them name. */
#include "contracts/choices.h"
#include "contracts/document.h"
#include "contracts/scalar.h"

#include <string.h>

enum { NAME_MAX_BYTES = 120 };

typedef struct file {
    utfall_run *run;
    const utfall_document *document;
    utfall_scenarios made;
    utfall_axis *axes;
    utfall_status status; /* of the first fault */
} file;

static void fault(file *f, utfall_status code, const utfall_node *node, bool at_key,
                  const char *message, const char *hint)
{
    const utfall_status status =
        message == NULL ? UTFALL_E_NOMEM
                        : utfall_node_report(f->run, code, node, at_key, message, hint);
    if (f->status == UTFALL_OK)
        f->status = status;
}

static void nomem(file *f)
{
    if (f->status == UTFALL_OK)
        f->status = UTFALL_E_NOMEM;
}

/* ---- values as text ---- */

typedef struct flow {
    utfall_run *run;
    const char *text;
    bool is_quoted; /* as the reader takes it; else as people read it */
} flow;

static void flow_add(flow *out, const char *part)
{
    if (out->text != NULL && part != NULL)
        out->text = utfall_run_join(out->run, out->text, part, (const char *)NULL);
    else
        out->text = NULL;
}

static void flow_scalar(flow *out, const char *text)
{
    if (!out->is_quoted) {
        flow_add(out, text);
        return;
    }
    char *quoted = utfall_run_array(out->run, strlen(text) + 2, 2);
    size_t to = 0;
    for (; quoted != NULL && *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            quoted[to++] = '\\';
        quoted[to++] = *text;
    }
    flow_add(out, "\"");
    flow_add(out, quoted);
    flow_add(out, "\"");
}

static void flow_node(flow *out, const utfall_node *node)
{
    if (node->kind == UTFALL_SCALAR) {
        flow_scalar(out, node->text);
        return;
    }
    flow_add(out, node->kind == UTFALL_LIST ? "[" : "{");
    for (size_t i = 0; i < node->count; i++) {
        flow_add(out, i > 0 ? ", " : "");
        if (node->kind == UTFALL_MAP) {
            flow_scalar(out, node->items[i]->key);
            flow_add(out, ": ");
        }
        flow_node(out, node->items[i]);
    }
    flow_add(out, node->kind == UTFALL_LIST ? "]" : "}");
}

static const char *node_text(utfall_run *run, const utfall_node *node, bool is_quoted)
{
    flow out = {.run = run, .text = "", .is_quoted = is_quoted};
    flow_node(&out, node);
    return out.text;
}

/* ---- the parts ---- */

static bool is_kind(file *f, const utfall_node *node, utfall_node_kind kind, const char *expected)
{
    if (node->kind == kind)
        return true;
    fault(f, UTFALL_E_SCHEMA, node, true,
          utfall_run_join(f->run, "\"", node->key != NULL ? node->key : "this", "\" is not ",
                          expected, (const char *)NULL),
          NULL);
    return false;
}

/* {path: value, ...} to settings; a number without unit has that of the place. */
static const utfall_setting *settings_read(file *f, const utfall_node *map)
{
    utfall_setting *settings = utfall_run_array(f->run, map->count, sizeof *settings);
    for (size_t i = 0; settings != NULL && i < map->count; i++) {
        const utfall_node *node = map->items[i];
        utfall_axis_list one = {.run = f->run,
                                .path = node->key,
                                .unit = utfall_axis_unit(f->run, f->document, node->key)};
        const char *why = NULL;
        utfall_status status = node->kind == UTFALL_SCALAR && *one.unit != '\0'
                                   ? utfall_axis_add(&one, node->text, NULL, &why)
                                   : utfall_axis_append(&one, (utfall_choice){.count = 0});
        if (status == UTFALL_E_NOMEM)
            nomem(f);
        if (status == UTFALL_OK && one.count == 1 && one.choices[0].count == 1)
            settings[i] = one.choices[0].settings[0];
        else
            settings[i] =
                (utfall_setting){.path = node->key, .text = node_text(f->run, node, true)};
        if (settings[i].text == NULL)
            nomem(f);
    }
    if (settings == NULL)
        nomem(f);
    return settings;
}

static void axis_put(file *f, const utfall_node *node, const char *label,
                     const utfall_axis_list *list)
{
    if (f->made.axis_count == UTFALL_AXES_MAX)
        fault(f, UTFALL_E_RANGE, node, true, "there are more than 16 axes",
              "keep what does not vary under set");
    else
        f->axes[f->made.axis_count++] =
            (utfall_axis){.label = label, .count = list->count, .choices = list->choices};
}

static void set_read(file *f, const utfall_node *node)
{
    if (!is_kind(f, node, UTFALL_MAP, "a map: expected path: value"))
        return;
    utfall_axis_list list = {.run = f->run, .path = "", .unit = ""};
    const utfall_choice choice = {
        .label = "", .count = node->count, .settings = settings_read(f, node)};
    if (utfall_axis_append(&list, choice) != UTFALL_OK)
        nomem(f);
    axis_put(f, node, "", &list);
}

static void axis_value(file *f, utfall_axis_list *list, const utfall_node *node)
{
    const char *why = NULL;
    utfall_status status;
    if (node->kind == UTFALL_SCALAR) {
        const char *dots = strstr(node->text, "..");
        const char *text =
            dots != NULL || *list->unit != '\0' ? node->text : node_text(f->run, node, true);
        status = text == NULL ? UTFALL_E_NOMEM : utfall_axis_add(list, text, node->text, &why);
    } else {
        const char *text = node_text(f->run, node, true), *label = node_text(f->run, node, false);
        status = text == NULL || label == NULL ? UTFALL_E_NOMEM
                                               : utfall_axis_add(list, text, label, &why);
    }
    if (status == UTFALL_E_NOMEM)
        nomem(f);
    else if (status != UTFALL_OK)
        fault(f, status, node, false,
              utfall_run_join(f->run, "\"", node->kind == UTFALL_SCALAR ? node->text : "the list",
                              "\" ", why, (const char *)NULL),
              NULL);
}

static void axes_read(file *f, const utfall_node *map)
{
    if (!is_kind(f, map, UTFALL_MAP, "a map: expected path: [value, value]"))
        return;
    for (size_t i = 0; i < map->count; i++) {
        const utfall_node *node = map->items[i];
        utfall_axis_list list = {.run = f->run,
                                 .path = node->key,
                                 .unit = utfall_axis_unit(f->run, f->document, node->key)};
        if (node->kind == UTFALL_SCALAR)
            axis_value(f, &list, node);
        else if (is_kind(f, node, UTFALL_LIST, "a list of values or a range"))
            for (size_t k = 0; k < node->count; k++)
                axis_value(f, &list, node->items[k]);
        if (list.count > 0)
            axis_put(f, node, node->key, &list);
    }
}

static void scenario_read(file *f, utfall_axis_list *list, const utfall_node *node)
{
    const utfall_node *name = NULL, *set = NULL;
    if (node->kind != UTFALL_MAP) {
        fault(f, UTFALL_E_SCHEMA, node, false,
              "a scenario is a map: expected {name: ..., set: {path: value}}", NULL);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (strcmp(node->items[i]->key, "name") == 0)
            name = node->items[i];
        else if (strcmp(node->items[i]->key, "set") == 0)
            set = node->items[i];
        else
            fault(f, UTFALL_E_SCHEMA, node->items[i], true,
                  utfall_run_join(f->run, "a scenario has no key \"", node->items[i]->key,
                                  "\": expected name or set", (const char *)NULL),
                  NULL);
    }
    if (name == NULL || name->kind != UTFALL_SCALAR || strlen(name->text) > NAME_MAX_BYTES) {
        fault(f, UTFALL_E_MISSING, node, false,
              "the scenario has no name: expected a text of at most 120 bytes", NULL);
        return;
    }
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->choices[i].label, name->text) == 0)
            fault(f, UTFALL_E_CONFLICT, name, false,
                  utfall_run_join(f->run, "two scenarios are called \"", name->text, "\"",
                                  (const char *)NULL),
                  "give each scenario a name of its own");
    utfall_choice choice = {.label = name->text};
    if (set != NULL && is_kind(f, set, UTFALL_MAP, "a map: expected path: value")) {
        choice.count = set->count;
        choice.settings = settings_read(f, set);
    }
    if (utfall_axis_append(list, choice) != UTFALL_OK)
        nomem(f);
}

static void scenarios_read(file *f, const utfall_node *node)
{
    if (!is_kind(f, node, UTFALL_LIST, "a list: expected - {name: ..., set: {path: value}}"))
        return;
    utfall_axis_list list = {.run = f->run, .path = "", .unit = ""};
    for (size_t i = 0; i < node->count; i++)
        scenario_read(f, &list, node->items[i]);
    if (list.count > 0)
        axis_put(f, node, "scenario", &list);
}

static void show_read(file *f, const utfall_node *node)
{
    if (!is_kind(f, node, UTFALL_LIST, "a list of keys of facts"))
        return;
    const char **show = utfall_run_array(f->run, node->count, sizeof *show);
    if (show == NULL) {
        nomem(f);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i]->kind == UTFALL_SCALAR)
            show[f->made.show_count++] = node->items[i]->text;
        else
            fault(f, UTFALL_E_SCHEMA, node->items[i], false,
                  "the key of a fact is a text: expected one such as saving.total", NULL);
    }
    f->made.show = show;
}

static void text_read(file *f, const utfall_node *node)
{
    if (is_kind(f, node, UTFALL_SCALAR, "a text"))
        f->made.title = node->text;
}

static void version_read(file *f, const utfall_node *node)
{
    if (node->kind != UTFALL_SCALAR || strcmp(node->text, "1") != 0)
        fault(f, UTFALL_E_RANGE, node, false, "the version of a scenario file is 1", NULL);
}

/* The order in which the parts are taken, which is that of the axes. */
static const struct part {
    const char *key;
    void (*read)(file *f, const utfall_node *node);
} parts[] = {{"whatif", version_read}, {"title", text_read}, {"show", show_read},
             {"set", set_read},        {"axes", axes_read},  {"scenarios", scenarios_read}};
enum { PARTS = sizeof parts / sizeof *parts };

static void parts_read(file *f, const utfall_node *root)
{
    if (root->kind != UTFALL_MAP || utfall_node_find(root, "whatif") == NULL) {
        fault(f, UTFALL_E_MISSING, root, false,
              "this is not a scenario file: expected a map with whatif: 1", NULL);
        return;
    }
    for (size_t p = 0; p < PARTS; p++) {
        const utfall_node *node = utfall_node_find(root, parts[p].key);
        if (node != NULL)
            parts[p].read(f, node);
    }
    for (size_t i = 0; i < root->count; i++) {
        bool is_known = false;
        for (size_t p = 0; p < PARTS; p++)
            is_known = is_known || strcmp(root->items[i]->key, parts[p].key) == 0;
        if (!is_known)
            fault(f, UTFALL_E_SCHEMA, root->items[i], true,
                  utfall_run_join(f->run, "a scenario file has no key \"", root->items[i]->key,
                                  "\": expected whatif, title, show, set, axes or scenarios",
                                  (const char *)NULL),
                  NULL);
    }
}

utfall_status utfall_scenarios_parse(utfall_run *run, utfall_scenarios *out,
                                     const utfall_document *document, const char *name,
                                     const char *text, size_t len)
{
    utfall_origin *origin = utfall_run_alloc(run, sizeof *origin);
    utfall_node *root = NULL;
    size_t nodes = 0;
    file f = {.run = run,
              .document = document,
              .made = {.title = ""},
              .axes = utfall_run_array(run, UTFALL_AXES_MAX, sizeof(utfall_axis))};
    if (origin == NULL || f.axes == NULL)
        return UTFALL_E_NOMEM;
    *origin = (utfall_origin){name, name, utfall_run_text(run, text, len), len};
    if (origin->text == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_yaml_read(run, &root, &nodes, origin);
    if (status != UTFALL_OK)
        return status;
    status = utfall_node_distinct(run, root);
    if (status != UTFALL_OK)
        return status;
    parts_read(&f, root);
    if (f.status != UTFALL_OK)
        return f.status;
    f.made.axes = f.axes;
    *out = f.made;
    return UTFALL_OK;
}
