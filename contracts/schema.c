/* contracts/schema.c - the JSON Schema of the contract language, for editors. Input: the table of
 * terms. Invariant: it allows every contract that the reader takes; what it cannot say (references,
 * units, what belongs together) is left to the reader.
 *
 * A contract with `extends` need not be complete, so each map has two definitions: as it must be,
 * and as a part of one. */
#include "contracts/language.h"
#include "contracts/page.h"
#include "utfall/reader.h"

#include <string.h>

static const char *const shape_names[UTFALL_SHAPES] = {
    [UTFALL_SHAPE_ROOT] = "root",
    [UTFALL_SHAPE_CONTRACT] = "contract",
    [UTFALL_SHAPE_PARTY] = "party",
    [UTFALL_SHAPE_TARGET] = "target_group",
    [UTFALL_SHAPE_COMPARISON] = "comparison_group",
    [UTFALL_SHAPE_PEOPLE] = "people",
    [UTFALL_SHAPE_COSTS] = "costs",
    [UTFALL_SHAPE_STANDARD] = "standard_cost",
    [UTFALL_SHAPE_PRICE_INDEX] = "price_index",
    [UTFALL_SHAPE_DRAWN] = "drawn",
    [UTFALL_SHAPE_EVALUATION] = "evaluation",
    [UTFALL_SHAPE_FINANCING] = "financing",
    [UTFALL_SHAPE_OUTCOME] = "outcome",
    [UTFALL_SHAPE_SHEET] = "sheet",
    [UTFALL_SHAPE_SCALE] = "scale",
    [UTFALL_SHAPE_READINGS] = "readings",
    [UTFALL_SHAPE_STEP] = "step",
    [UTFALL_SHAPE_TABLE] = "table",
    [UTFALL_SHAPE_ROUND] = "round",
    [UTFALL_SHAPE_ROUNDING] = "rounding",
    [UTFALL_SHAPE_FORECAST] = "forecast",
    [UTFALL_SHAPE_EXIT] = "exit",
    [UTFALL_SHAPE_RETURNS] = "returns",
    [UTFALL_SHAPE_BUDGET] = "budget",
    [UTFALL_SHAPE_PROVIDER_PAY] = "provider_pay",
};

/* What a whole map needs beside its required keys. */
static const char *const shape_rules[UTFALL_SHAPES] = {
    [UTFALL_SHAPE_STEP] = "\"oneOf\": [{ \"required\": [\"share\", \"of\"] }, { \"required\": "
                          "[\"price\", \"of\"] }, { \"required\": [\"table\"] }, { \"required\": "
                          "[\"fixed\"] }]",
    [UTFALL_SHAPE_OUTCOME] =
        "\"allOf\": [\n        { \"if\": { \"properties\": { \"measure\": { \"const\": \"stated\" "
        "} } }, "
        "\"then\": { \"anyOf\": [{ \"required\": [\"value\"] }, { \"required\": [\"sum\"] }, "
        "{ \"required\": [\"persons\"] }, { \"required\": [\"rate\"] }, "
        "{ \"required\": [\"claims\"] }] } },\n"
        "        { \"if\": { \"properties\": { \"measure\": { \"const\": \"scales\" } } }, "
        "\"then\": { \"required\": [\"table\", \"occasions\", \"scales\"] } },\n"
        "        { \"if\": { \"properties\": { \"measure\": { \"enum\": [\"reached\", \"rate\", "
        "\"reduction\", \"milestones\"] } } }, \"then\": { \"required\": [\"table\", "
        "\"missing\"] } },\n"
        "        { \"if\": { \"properties\": { \"measure\": { \"const\": \"school_points\" } } }, "
        "\"then\": { \"required\": [\"people\", \"grades\", \"core\", \"active_attendance\", "
        "\"incomplete\", \"readings\"] } }\n      ]",
    [UTFALL_SHAPE_COMPARISON] =
        "\"if\": { \"properties\": { \"design\": { \"const\": \"agreed\" } } }, \"then\": { "
        "\"required\": [\"standard_cost\"] }, \"else\": { \"required\": [\"people\", \"costs\"] }",
};

static void reference_add(utfall_page *page, utfall_shape shape, bool is_part)
{
    utfall_page_add(page, "\"$ref\": \"#/$defs/");
    utfall_page_add(page, shape_names[shape]);
    utfall_page_add(page, is_part ? "_part\"" : "\"");
}

static void pattern_add(utfall_page *page, utfall_type type)
{
    utfall_page_add(page, "\"type\": \"string\", \"pattern\": ");
    utfall_page_json(page, utfall_types[type].pattern);
}

static void names_add(utfall_page *page, const char *const *names)
{
    utfall_page_add(page, "\"enum\": [");
    for (size_t i = 0; names[i] != NULL; i++) {
        utfall_page_add(page, i == 0 ? "" : ", ");
        utfall_page_json(page, names[i]);
    }
    utfall_page_add(page, "]");
}

/* Editors type scalars by how they look; the language does not, so a text may look like anything
 * and a number may be written with spaces. */
static void either_add(utfall_page *page, const char *other, utfall_type type)
{
    utfall_page_add(page, "\"anyOf\": [{ ");
    utfall_page_add(page, other);
    utfall_page_add(page, " }, { ");
    pattern_add(page, type);
    utfall_page_add(page, " }]");
}

static void scalar_add(utfall_page *page, utfall_type type, const utfall_term_rule *rule)
{
    static const char *const others[UTFALL_TYPES] = {
        [UTFALL_TYPE_COUNT] = "\"type\": \"integer\", \"minimum\": 0",
        [UTFALL_TYPE_NUMBER] = "\"type\": \"number\"",
        [UTFALL_TYPE_RATIO] = "\"type\": \"number\"",
        [UTFALL_TYPE_POINT] = "\"type\": \"number\"",
        [UTFALL_TYPE_LEVEL] = "\"const\": 0",
    };
    if (type == UTFALL_TYPE_TEXT)
        utfall_page_add(page, "\"type\": [\"string\", \"number\", \"boolean\"]");
    else if (type == UTFALL_TYPE_NAME)
        names_add(page, rule->names);
    else if (type == UTFALL_TYPE_BOOLEAN)
        utfall_page_add(page, "\"type\": \"boolean\"");
    else if (type == UTFALL_TYPE_VERSION)
        utfall_page_add(page, "\"const\": 1");
    else if (others[type] != NULL)
        either_add(page, others[type], type);
    else
        pattern_add(page, type);
}

static void list_add(utfall_page *page, utfall_type type, const utfall_term_rule *rule)
{
    utfall_page_add(page, "\"type\": \"array\", \"minItems\": 1, \"items\": { ");
    scalar_add(page, type, rule);
    utfall_page_add(page, " }");
}

static void pair_add(utfall_page *page, utfall_type first, utfall_type second,
                     const utfall_term_rule *rule)
{
    utfall_page_add(page,
                    "\"type\": \"array\", \"minItems\": 2, \"maxItems\": 2, \"prefixItems\": [{ ");
    scalar_add(page, first, rule);
    utfall_page_add(page, " }, { ");
    scalar_add(page, second, rule);
    utfall_page_add(page, " }]");
}

static void keyed_add(utfall_page *page, bool has_ids)
{
    utfall_page_add(page, "\"type\": \"object\", \"minProperties\": 1, ");
    if (has_ids) {
        utfall_page_add(page, "\"propertyNames\": { ");
        pattern_add(page, UTFALL_TYPE_ID);
        utfall_page_add(page, " }, ");
    }
    utfall_page_add(page, "\"additionalProperties\": { ");
}

/* ---- values with parts ---- */

typedef void part_writer(utfall_page *page, const utfall_term_rule *rule, bool is_part);

static void map_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    reference_add(page, rule->inside, is_part);
}

static void maps_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    (void)is_part; /* a list replaces the base's whole, so its items are whole */
    utfall_page_add(page, "\"type\": \"array\", \"minItems\": 1, \"items\": { ");
    reference_add(page, rule->inside, false);
    utfall_page_add(page, " }");
}

static void outcomes_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    keyed_add(page, true);
    reference_add(page, rule->inside, is_part);
    utfall_page_add(page, " }");
}

static void columns_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    (void)is_part;
    keyed_add(page, true);
    scalar_add(page, UTFALL_TYPE_TEXT, rule);
    utfall_page_add(page, " }");
}

static void where_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    (void)is_part;
    keyed_add(page, false);
    list_add(page, UTFALL_TYPE_TEXT, rule);
    utfall_page_add(page, " }");
}

static void words_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    (void)is_part;
    list_add(page, UTFALL_TYPE_TEXT, rule);
}

static void groups_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    (void)is_part;
    keyed_add(page, true);
    utfall_page_add(page, "\"anyOf\": [{ \"const\": \"each\" }, { ");
    list_add(page, UTFALL_TYPE_TEXT, rule);
    utfall_page_add(page, " }] }");
}

static void gates_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    (void)is_part;
    utfall_page_add(page, "\"anyOf\": [{ ");
    pattern_add(page, UTFALL_TYPE_OUTCOME);
    utfall_page_add(page, " }, { ");
    list_add(page, UTFALL_TYPE_OUTCOME, rule);
    utfall_page_add(page, " }]");
}

static void slice_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    (void)is_part;
    pair_add(page, UTFALL_TYPE_LEVEL, UTFALL_TYPE_LEVEL, rule);
}

static void rows_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    (void)is_part;
    utfall_page_add(page, "\"type\": \"array\", \"minItems\": 1, \"items\": { ");
    pair_add(page, UTFALL_TYPE_POINT, UTFALL_TYPE_LEVEL, rule);
    utfall_page_add(page, " }");
}

static void drawn_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    utfall_page_add(page, "\"anyOf\": [{ ");
    pattern_add(page, UTFALL_TYPE_AMOUNT);
    utfall_page_add(page, " }, { ");
    reference_add(page, rule->inside, is_part);
    utfall_page_add(page, " }]");
}

static void value_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    static part_writer *const writers[UTFALL_TYPES] = {
        [UTFALL_TYPE_MAP] = map_add,        [UTFALL_TYPE_MAPS] = maps_add,
        [UTFALL_TYPE_KEYED] = outcomes_add, [UTFALL_TYPE_COLUMNS] = columns_add,
        [UTFALL_TYPE_WHERE] = where_add,    [UTFALL_TYPE_WORDS] = words_add,
        [UTFALL_TYPE_GROUPS] = groups_add,  [UTFALL_TYPE_OUTCOMES] = gates_add,
        [UTFALL_TYPE_SLICE] = slice_add,    [UTFALL_TYPE_ROWS] = rows_add,
        [UTFALL_TYPE_DRAWN] = drawn_add,
    };
    if (writers[rule->type] == NULL)
        scalar_add(page, rule->type, rule);
    else
        writers[rule->type](page, rule, is_part);
}

static void property_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    utfall_page_add(page, "        ");
    utfall_page_json(page, rule->key);
    utfall_page_add(page, ": { \"description\": ");
    utfall_page_json(page, rule->meaning);
    utfall_page_add(page, ", ");
    value_add(page, rule, is_part);
    utfall_page_add(page, " }");
}

static void required_add(utfall_page *page, utfall_shape shape)
{
    bool is_first = true;
    for (size_t i = utfall_shapes[shape].first; i < utfall_shapes[shape].end; i++) {
        if (utfall_term_rules[i].need != UTFALL_REQUIRED)
            continue;
        utfall_page_add(page, is_first ? ",\n      \"required\": [" : ", ");
        utfall_page_json(page, utfall_term_rules[i].key);
        is_first = false;
    }
    utfall_page_add(page, is_first ? "" : "]");
    if (shape_rules[shape] != NULL) {
        utfall_page_add(page, ",\n      ");
        utfall_page_add(page, shape_rules[shape]);
    }
}

static void definition_add(utfall_page *page, utfall_shape shape, bool is_part)
{
    utfall_page_add(page, "    \"");
    utfall_page_add(page, shape_names[shape]);
    utfall_page_add(page, is_part ? "_part\": {\n      \"description\": "
                                  : "\": {\n      \"description\": ");
    utfall_page_json(page, utfall_shapes[shape].about);
    utfall_page_add(page, ",\n      \"type\": \"object\",\n      \"additionalProperties\": false,\n"
                          "      \"properties\": {\n");
    for (size_t i = utfall_shapes[shape].first; i < utfall_shapes[shape].end; i++) {
        property_add(page, &utfall_term_rules[i], is_part);
        utfall_page_add(page, i + 1 < utfall_shapes[shape].end ? ",\n" : "\n      }");
    }
    if (!is_part)
        required_add(page, shape);
    utfall_page_add(page, "\n    }");
}

const char *utfall_language_schema(utfall_run *run)
{
    utfall_page page = {.run = run};
    utfall_page_add(&page, "{\n"
                           "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                           "  \"$id\": \"urn:utfall:contract:1\",\n"
                           "  \"title\": \"utfall contract, version 1\",\n"
                           "  \"type\": \"object\",\n"
                           "  \"if\": { \"required\": [\"extends\"] },\n"
                           "  \"then\": { \"$ref\": \"#/$defs/root_part\" },\n"
                           "  \"else\": { \"$ref\": \"#/$defs/root\" },\n"
                           "  \"$defs\": {\n");
    for (size_t shape = UTFALL_SHAPE_NONE + 1; shape < UTFALL_SHAPES; shape++) {
        definition_add(&page, (utfall_shape)shape, false);
        utfall_page_add(&page, ",\n");
        definition_add(&page, (utfall_shape)shape, true);
        utfall_page_add(&page, shape + 1 < UTFALL_SHAPES ? ",\n" : "\n");
    }
    utfall_page_add(&page, "  }\n}\n");
    return page.text;
}
