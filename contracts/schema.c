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
    [UTFALL_SHAPE_DRAWN] = "drawn",
    [UTFALL_SHAPE_EVALUATION] = "evaluation",
    [UTFALL_SHAPE_FINANCING] = "financing",
    [UTFALL_SHAPE_OUTCOME] = "outcome",
    [UTFALL_SHAPE_STEP] = "step",
    [UTFALL_SHAPE_TABLE] = "table",
    [UTFALL_SHAPE_ROUND] = "round",
    [UTFALL_SHAPE_ROUNDING] = "rounding",
};

/* What a whole map needs beside its required keys. */
static const char *const shape_rules[UTFALL_SHAPES] = {
    [UTFALL_SHAPE_STEP] = "\"oneOf\": [{ \"required\": [\"share\", \"of\"] }, { \"required\": "
                          "[\"price\", \"of\"] }, { \"required\": [\"table\"] }, { \"required\": "
                          "[\"fixed\"] }]",
    [UTFALL_SHAPE_OUTCOME] =
        "\"anyOf\": [{ \"required\": [\"value\"] }, { \"required\": [\"sum\"] }, "
        "{ \"required\": [\"persons\"] }]",
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
static void scalar_add(utfall_page *page, utfall_type type, const utfall_term_rule *rule)
{
    switch (type) {
    case UTFALL_TYPE_TEXT:
        utfall_page_add(page, "\"type\": [\"string\", \"number\", \"boolean\"]");
        return;
    case UTFALL_TYPE_NAME:
        names_add(page, rule->names);
        return;
    case UTFALL_TYPE_BOOLEAN:
        utfall_page_add(page, "\"type\": \"boolean\"");
        return;
    case UTFALL_TYPE_VERSION:
        utfall_page_add(page, "\"const\": 1");
        return;
    case UTFALL_TYPE_COUNT:
        utfall_page_add(page, "\"anyOf\": [{ \"type\": \"integer\", \"minimum\": 0 }, { ");
        pattern_add(page, type);
        utfall_page_add(page, " }]");
        return;
    case UTFALL_TYPE_NUMBER:
    case UTFALL_TYPE_RATIO:
    case UTFALL_TYPE_POINT:
        utfall_page_add(page, "\"anyOf\": [{ \"type\": \"number\" }, { ");
        pattern_add(page, type);
        utfall_page_add(page, " }]");
        return;
    case UTFALL_TYPE_LEVEL:
        utfall_page_add(page, "\"anyOf\": [{ \"const\": 0 }, { ");
        pattern_add(page, type);
        utfall_page_add(page, " }]");
        return;
    case UTFALL_TYPE_ID:
    case UTFALL_TYPE_PARTY:
    case UTFALL_TYPE_OUTCOME:
    case UTFALL_TYPE_AMOUNT:
    case UTFALL_TYPE_MONTHS:
    case UTFALL_TYPE_MONTH:
    case UTFALL_TYPE_DATE:
    case UTFALL_TYPE_MEASURE:
    case UTFALL_TYPE_CONDITION:
    case UTFALL_TYPE_MARK:
    case UTFALL_TYPE_FILE:
    case UTFALL_TYPE_CURRENCY:
        pattern_add(page, type);
        return;
    case UTFALL_TYPE_NONE:
    case UTFALL_TYPE_MAP:
    case UTFALL_TYPE_MAPS:
    case UTFALL_TYPE_KEYED:
    case UTFALL_TYPE_COLUMNS:
    case UTFALL_TYPE_WHERE:
    case UTFALL_TYPE_WORDS:
    case UTFALL_TYPE_GROUPS:
    case UTFALL_TYPE_GROUP:
    case UTFALL_TYPE_OUTCOMES:
    case UTFALL_TYPE_SLICE:
    case UTFALL_TYPE_ROWS:
    case UTFALL_TYPE_ROW:
    case UTFALL_TYPE_DRAWN:
        return;
    }
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

static void composite_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    switch (rule->type) {
    case UTFALL_TYPE_MAP:
        reference_add(page, rule->inside, is_part);
        return;
    case UTFALL_TYPE_MAPS:
        utfall_page_add(page, "\"type\": \"array\", \"minItems\": 1, \"items\": { ");
        reference_add(page, rule->inside, false);
        utfall_page_add(page, " }");
        return;
    case UTFALL_TYPE_KEYED:
        keyed_add(page, true);
        reference_add(page, rule->inside, is_part);
        utfall_page_add(page, " }");
        return;
    case UTFALL_TYPE_COLUMNS:
        keyed_add(page, true);
        scalar_add(page, UTFALL_TYPE_TEXT, rule);
        utfall_page_add(page, " }");
        return;
    case UTFALL_TYPE_WHERE:
        keyed_add(page, false);
        list_add(page, UTFALL_TYPE_TEXT, rule);
        utfall_page_add(page, " }");
        return;
    case UTFALL_TYPE_WORDS:
        list_add(page, UTFALL_TYPE_TEXT, rule);
        return;
    case UTFALL_TYPE_GROUPS:
        keyed_add(page, true);
        utfall_page_add(page, "\"anyOf\": [{ \"const\": \"each\" }, { ");
        list_add(page, UTFALL_TYPE_TEXT, rule);
        utfall_page_add(page, " }] }");
        return;
    case UTFALL_TYPE_OUTCOMES:
        utfall_page_add(page, "\"anyOf\": [{ ");
        pattern_add(page, UTFALL_TYPE_OUTCOME);
        utfall_page_add(page, " }, { ");
        list_add(page, UTFALL_TYPE_OUTCOME, rule);
        utfall_page_add(page, " }]");
        return;
    case UTFALL_TYPE_SLICE:
        pair_add(page, UTFALL_TYPE_LEVEL, UTFALL_TYPE_LEVEL, rule);
        return;
    case UTFALL_TYPE_ROWS:
        utfall_page_add(page, "\"type\": \"array\", \"minItems\": 1, \"items\": { ");
        pair_add(page, UTFALL_TYPE_POINT, UTFALL_TYPE_LEVEL, rule);
        utfall_page_add(page, " }");
        return;
    case UTFALL_TYPE_DRAWN:
        utfall_page_add(page, "\"anyOf\": [{ ");
        pattern_add(page, UTFALL_TYPE_AMOUNT);
        utfall_page_add(page, " }, { ");
        reference_add(page, rule->inside, is_part);
        utfall_page_add(page, " }]");
        return;
    case UTFALL_TYPE_NONE:
    case UTFALL_TYPE_TEXT:
    case UTFALL_TYPE_ID:
    case UTFALL_TYPE_PARTY:
    case UTFALL_TYPE_OUTCOME:
    case UTFALL_TYPE_NAME:
    case UTFALL_TYPE_BOOLEAN:
    case UTFALL_TYPE_COUNT:
    case UTFALL_TYPE_NUMBER:
    case UTFALL_TYPE_RATIO:
    case UTFALL_TYPE_AMOUNT:
    case UTFALL_TYPE_MONTHS:
    case UTFALL_TYPE_MONTH:
    case UTFALL_TYPE_DATE:
    case UTFALL_TYPE_MEASURE:
    case UTFALL_TYPE_LEVEL:
    case UTFALL_TYPE_POINT:
    case UTFALL_TYPE_CONDITION:
    case UTFALL_TYPE_MARK:
    case UTFALL_TYPE_FILE:
    case UTFALL_TYPE_CURRENCY:
    case UTFALL_TYPE_VERSION:
    case UTFALL_TYPE_GROUP:
    case UTFALL_TYPE_ROW:
        scalar_add(page, rule->type, rule);
        return;
    }
}

static void property_add(utfall_page *page, const utfall_term_rule *rule, bool is_part)
{
    utfall_page_add(page, "        ");
    utfall_page_json(page, rule->key);
    utfall_page_add(page, ": { \"description\": ");
    utfall_page_json(page, rule->meaning);
    utfall_page_add(page, ", ");
    composite_add(page, rule, is_part);
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
