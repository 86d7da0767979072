/* contracts/check.c - a document against the language. Input: a tree; the table of terms.
 * Invariant: afterwards every node that the language knows has its rule, and every scalar of the
 * right form its value; everything else has been reported, once, at its place. */
#include "contracts/check.h"

#include <string.h>

typedef struct checker {
    utfall_run *run;
    bool is_out_of_memory;
} checker;

utfall_type utfall_type_part(utfall_type type, utfall_node_kind kind, size_t index)
{
    static const struct part {
        utfall_type whole;
        utfall_node_kind kind;
        utfall_type part;
    } parts[] = {
        {UTFALL_TYPE_MAPS, UTFALL_LIST, UTFALL_TYPE_MAP},
        {UTFALL_TYPE_KEYED, UTFALL_MAP, UTFALL_TYPE_MAP},
        {UTFALL_TYPE_COLUMNS, UTFALL_MAP, UTFALL_TYPE_TEXT},
        {UTFALL_TYPE_WHERE, UTFALL_MAP, UTFALL_TYPE_WORDS},
        {UTFALL_TYPE_WORDS, UTFALL_LIST, UTFALL_TYPE_TEXT},
        {UTFALL_TYPE_GROUPS, UTFALL_MAP, UTFALL_TYPE_GROUP},
        {UTFALL_TYPE_GROUP, UTFALL_LIST, UTFALL_TYPE_TEXT},
        {UTFALL_TYPE_OUTCOMES, UTFALL_LIST, UTFALL_TYPE_OUTCOME},
        {UTFALL_TYPE_SLICE, UTFALL_LIST, UTFALL_TYPE_LEVEL},
        {UTFALL_TYPE_ROWS, UTFALL_LIST, UTFALL_TYPE_ROW},
    };
    if (type == UTFALL_TYPE_ROW && kind == UTFALL_LIST)
        return index == 0 ? UTFALL_TYPE_POINT : UTFALL_TYPE_LEVEL;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].whole == type && parts[i].kind == kind)
            return parts[i].part;
    }
    return UTFALL_TYPE_NONE;
}

/* The scalar that a value of this type may be, NONE when it has parts only. */
static utfall_type type_scalar(utfall_type type)
{
    if (type < UTFALL_TYPE_MAP)
        return type;
    if (type == UTFALL_TYPE_OUTCOMES)
        return UTFALL_TYPE_OUTCOME;
    if (type == UTFALL_TYPE_GROUP)
        return UTFALL_TYPE_TEXT;
    return type == UTFALL_TYPE_DRAWN ? UTFALL_TYPE_AMOUNT : UTFALL_TYPE_NONE;
}

static const char *expected_form(checker *check, utfall_type type, const utfall_term_rule *rule)
{
    if (type == UTFALL_TYPE_NAME && rule->names != NULL)
        return utfall_words_list(check->run, rule->names);
    return utfall_types[type].form;
}

static void scalar_refuse(checker *check, const utfall_node *node, utfall_type type,
                          const utfall_term_rule *rule, utfall_fault fault)
{
    utfall_run *run = check->run;
    const char *noun = utfall_types[type].noun;
    const char *near = fault.hint != NULL         ? NULL
                       : type == UTFALL_TYPE_NAME ? utfall_word_near(node->text, rule->names)
                       : type == UTFALL_TYPE_MEASURE || type == UTFALL_TYPE_LEVEL
                           ? utfall_word_near(node->text, utfall_measure_names + 1)
                           : NULL;
    const char *hint =
        near == NULL ? fault.hint
                     : utfall_run_join(run, "did you mean \"", near, "\"?", (const char *)NULL);
    (void)utfall_node_report(
        run, fault.code, node, false,
        utfall_run_join(run, "\"", utfall_text_short(run, node->text, 80), "\" ",
                        fault.reason == NULL ? "is not " : fault.reason,
                        fault.reason == NULL ? noun : "", ": expected ",
                        fault.expected != NULL ? fault.expected : expected_form(check, type, rule),
                        (const char *)NULL),
        hint);
}

static void scalar_check(checker *check, utfall_node *node, utfall_type type,
                         const utfall_term_rule *rule)
{
    utfall_fault fault = {UTFALL_OK, NULL, NULL, NULL};
    utfall_status status =
        utfall_value_read(check->run, &node->value, &fault, type, rule->names, node->text);
    if (status == UTFALL_E_NOMEM)
        check->is_out_of_memory = true;
    else if (status != UTFALL_OK)
        scalar_refuse(check, node, type, rule, fault);
}

static void kind_refuse(checker *check, const utfall_node *node, utfall_type type,
                        const utfall_term_rule *rule)
{
    static const char *const found[] = {"a single value", "a list", "a map"};
    utfall_run *run = check->run;
    const char *said = node->kind == UTFALL_SCALAR
                           ? utfall_run_join(run, "\"", utfall_text_short(run, node->text, 80),
                                             "\"", (const char *)NULL)
                           : found[node->kind];
    (void)utfall_node_report(run, UTFALL_E_SCHEMA, node, false,
                             utfall_run_join(run, said == NULL ? "" : said, " stands where ",
                                             utfall_types[type].noun, " belongs: expected ",
                                             expected_form(check, type, rule), (const char *)NULL),
                             NULL);
}

static void unknown_refuse(checker *check, const utfall_node *item, utfall_shape shape)
{
    utfall_run *run = check->run;
    if (utfall_run_errors(run) >= UTFALL_FINDINGS_MAX) { /* only counted */
        (void)utfall_node_report(run, UTFALL_E_SCHEMA, item, true, "", NULL);
        return;
    }
    enum { NAMES_MAX = 64 };
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (size_t i = utfall_shapes[shape].first;
         i < utfall_shapes[shape].end && count + 1 < NAMES_MAX; i++)
        names[count++] = utfall_term_rules[i].key;
    names[count] = NULL;
    const char *near = utfall_key_near(item->key, shape);
    (void)utfall_node_report(
        run, UTFALL_E_SCHEMA, item, true,
        utfall_run_join(run, "the key \"", utfall_text_short(run, item->key, 40),
                        "\" is not part of the language here: expected ",
                        utfall_words_list(run, names), (const char *)NULL),
        near == NULL ? NULL
                     : utfall_run_join(run, "did you mean \"", near, "\"?", (const char *)NULL));
}

void utfall_missing_report(utfall_run *run, const utfall_node *map, const utfall_term_rule *rule,
                           const char *why)
{
    const char *form = rule->type == UTFALL_TYPE_NAME ? utfall_words_list(run, rule->names)
                       : rule->type < UTFALL_TYPE_MAP ? utfall_types[rule->type].form
                                                      : utfall_types[rule->type].noun;
    const char *hint = strstr(rule->example, "...") != NULL
                           ? rule->meaning
                           : utfall_run_join(run, "add it, for example ", rule->key, ": ",
                                             rule->example, (const char *)NULL);
    (void)utfall_node_report_missing(run, map, rule->key,
                                     utfall_run_join(run, "\"", rule->key, "\" is missing", why,
                                                     ": expected ", form, (const char *)NULL),
                                     hint);
}

static void node_check(checker *check, utfall_node *node, utfall_type type,
                       const utfall_term_rule *rule);

static void map_check(checker *check, utfall_node *map, utfall_shape shape)
{
    size_t first = utfall_shapes[shape].first, count = utfall_shapes[shape].end - first;
    map->slots = utfall_run_array(check->run, count, sizeof(utfall_node *));
    if (map->slots == NULL) {
        check->is_out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        utfall_node *item = map->items[i];
        const utfall_term_rule *rule = utfall_rule_find(shape, item->key);
        if (rule == NULL) {
            unknown_refuse(check, item, shape);
            continue;
        }
        map->slots[(size_t)(rule - utfall_term_rules) - first] = item;
        node_check(check, item, rule->type, rule);
    }
    for (size_t i = 0; i < count; i++) {
        const utfall_term_rule *rule = &utfall_term_rules[first + i];
        if (map->slots[i] == NULL && rule->need == UTFALL_REQUIRED)
            utfall_missing_report(check->run, map, rule, "");
    }
}

/* Keys that are ids of the contract's own: outcomes, fields of tables. */
static void key_check(checker *check, const utfall_node *item, const char *noun)
{
    if (utfall_id_is_sound(item->key, strlen(item->key)))
        return;
    (void)utfall_node_report(check->run, UTFALL_E_SYNTAX, item, true,
                             utfall_run_join(check->run, "\"",
                                             utfall_text_short(check->run, item->key, 40),
                                             "\" is not ", noun, ": expected ",
                                             utfall_types[UTFALL_TYPE_ID].form, (const char *)NULL),
                             NULL);
}

/* What the keys of a map of ids name. */
static const char *keyed_noun(utfall_shape inside)
{
    if (inside == UTFALL_SHAPE_EXIT)
        return "the id of a reason";
    return inside == UTFALL_SHAPE_OUTCOME ? "the id of an outcome" : "the id of a scale";
}

static void length_check(checker *check, const utfall_node *node, utfall_type type)
{
    if ((type != UTFALL_TYPE_SLICE && type != UTFALL_TYPE_ROW) || node->count == 2)
        return;
    (void)utfall_node_report(
        check->run, UTFALL_E_SCHEMA, node, false,
        utfall_run_join(check->run, utfall_types[type].noun, " has two parts, this one has ",
                        utfall_run_decimal(check->run, (int64_t)node->count), ": expected ",
                        utfall_types[type].form, (const char *)NULL),
        NULL);
}

/* Recursion is bounded by UTFALL_DOCUMENT_DEPTH_MAX. */
static void node_check(checker *check, utfall_node *node, utfall_type type,
                       const utfall_term_rule *rule)
{
    node->rule = rule;
    node->slots = NULL;
    node->value = (utfall_value){.type = UTFALL_TYPE_NONE};
    if (check->is_out_of_memory)
        return;
    if (node->kind == UTFALL_SCALAR) {
        if (type_scalar(type) == UTFALL_TYPE_NONE)
            kind_refuse(check, node, type, rule);
        else
            scalar_check(check, node, type_scalar(type), rule);
        return;
    }
    if (node->kind == UTFALL_MAP && (type == UTFALL_TYPE_MAP || type == UTFALL_TYPE_DRAWN)) {
        map_check(check, node, rule->inside);
        return;
    }
    if (utfall_type_part(type, node->kind, 0) == UTFALL_TYPE_NONE) {
        kind_refuse(check, node, type, rule);
        return;
    }
    length_check(check, node, type);
    bool is_pair = type == UTFALL_TYPE_SLICE || type == UTFALL_TYPE_ROW;
    for (size_t i = 0; i < (is_pair && node->count > 2 ? 2 : node->count); i++) {
        if (type == UTFALL_TYPE_KEYED)
            key_check(check, node->items[i], keyed_noun(rule->inside));
        if (type == UTFALL_TYPE_COLUMNS || type == UTFALL_TYPE_GROUPS)
            key_check(check, node->items[i], "the name of a column");
        node_check(check, node->items[i], utfall_type_part(type, node->kind, i), rule);
    }
}

utfall_status utfall_document_check(utfall_run *run, const utfall_document *document)
{
    static const utfall_term_rule root = {
        .key = "", .type = UTFALL_TYPE_MAP, .inside = UTFALL_SHAPE_ROOT};
    checker check = {.run = run};
    node_check(&check, document->root, UTFALL_TYPE_MAP, &root);
    return check.is_out_of_memory ? UTFALL_E_NOMEM : UTFALL_OK;
}
