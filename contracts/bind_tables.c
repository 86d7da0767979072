/* contracts/bind_tables.c - where the tables are, how they are written, and by what people are
 * grouped. Input: the typed tree. Invariant: every table lists each field that is needed from it,
 * with the heading that the file uses; nothing about a file is left to be guessed. */
#include "contracts/bind.h"

#include <string.h>

/* ---- groups ---- */

static bool cut_read(int32_t *out, const char *text)
{
    utfall_decimal number;
    utfall_fault fault;
    const char *at = text;
    if (utfall_decimal_take(&number, &at, &fault) != UTFALL_OK || *at != '\0' ||
        number.has_groups || number.decimals > 0 || number.mantissa > INT32_MAX ||
        number.mantissa < INT32_MIN)
        return false;
    *out = (int32_t)number.mantissa;
    return true;
}

static utfall_status bind_listed(utfall_binder *binder, utfall_factor *factor,
                                 const utfall_node *list)
{
    int32_t *cuts = utfall_run_array(binder->run, list->count, sizeof *cuts);
    const char **values = utfall_run_array(binder->run, list->count, sizeof *values);
    if (cuts == NULL || values == NULL)
        return UTFALL_E_NOMEM;
    size_t numbers = 0;
    const utfall_node *text = NULL, *number = NULL;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind != UTFALL_SCALAR)
            return UTFALL_OK; /* told before */
        values[i] = list->items[i]->text;
        bool is_number = cut_read(&cuts[i], values[i]);
        numbers += is_number;
        *(is_number ? &number : &text) = list->items[i];
    }
    factor->kind = numbers > 0 ? UTFALL_FACTOR_CUTS : UTFALL_FACTOR_VALUES;
    factor->count = list->count;
    factor->cuts = numbers > 0 ? cuts : NULL;
    factor->values = numbers > 0 ? NULL : values;
    if (number != NULL && text != NULL)
        (void)utfall_node_report_both(
            binder->run, UTFALL_E_CONFLICT, text, false,
            utfall_run_join(
                binder->run, "\"", utfall_text_short(binder->run, text->text, 40),
                "\" stands among cut points: expected whole numbers only, or texts only",
                (const char *)NULL),
            NULL, number, false, "this is a cut point");
    return UTFALL_OK;
}

static utfall_status bind_factor(utfall_binder *binder, utfall_factor *factor,
                                 const utfall_node *node)
{
    factor->attribute = node->key;
    factor->kind = UTFALL_FACTOR_EACH;
    if (node->kind == UTFALL_LIST)
        return bind_listed(binder, factor, node);
    if (node->kind == UTFALL_SCALAR && strcmp(node->text, "each") != 0) {
        int32_t cut;
        bool is_cut = cut_read(&cut, node->text);
        utfall_bind_refuse(
            binder, UTFALL_E_SYNTAX, node,
            utfall_run_join(binder->run, "\"", utfall_text_short(binder->run, node->text, 40),
                            "\" does not say how to group: expected ",
                            utfall_types[UTFALL_TYPE_GROUP].form, (const char *)NULL),
            is_cut ? utfall_run_join(binder->run, "write [", node->text, "] for one cut point",
                                     (const char *)NULL)
                   : NULL);
    }
    return UTFALL_OK;
}

utfall_status utfall_bind_groups(utfall_binder *binder)
{
    const utfall_node *evaluation = utfall_slot(binder->document->root, UTFALL_ROOT_evaluation);
    const utfall_node *groups = utfall_slot(evaluation, UTFALL_EVALUATION_groups);
    if (groups == NULL || groups->kind != UTFALL_MAP)
        return UTFALL_OK;
    size_t count = groups->count;
    if (count > UTFALL_FACTORS_MAX) {
        utfall_bind_refuse_key(binder, UTFALL_E_RANGE, groups,
                               utfall_run_join(binder->run, "people are grouped by ",
                                               utfall_run_decimal(binder->run, (int64_t)count),
                                               " columns: expected at most 8", (const char *)NULL),
                               NULL);
        count = UTFALL_FACTORS_MAX;
    }
    utfall_factor *factors = utfall_run_array(binder->run, count, sizeof *factors);
    if (factors == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        utfall_status status = bind_factor(binder, &factors[i], groups->items[i]);
        if (status != UTFALL_OK)
            return status;
    }
    binder->draft.factors = factors;
    binder->draft.factor_count = count;
    return UTFALL_OK;
}

/* ---- tables ---- */

enum { FIELDS_MAX = 7 + UTFALL_FACTORS_MAX };

/* Fields of a table: those that are needed, and those that may be given a heading. */
typedef struct field_list {
    const char *needed[FIELDS_MAX], *allowed[FIELDS_MAX + 1];
    size_t needed_count, allowed_count;
} field_list;

static void field_add(field_list *fields, const char *field, bool is_needed)
{
    fields->allowed[fields->allowed_count++] = field;
    if (is_needed)
        fields->needed[fields->needed_count++] = field;
}

static const char *heading_of(const utfall_node *columns, const char *field)
{
    const utfall_node *node =
        columns == NULL || columns->kind != UTFALL_MAP ? NULL : utfall_node_find(columns, field);
    return node == NULL || node->kind != UTFALL_SCALAR ? NULL : node->text;
}

static void check_columns(utfall_binder *binder, const utfall_node *columns,
                          const field_list *fields)
{
    for (size_t i = 0; columns != NULL && columns->kind == UTFALL_MAP && i < columns->count; i++) {
        const utfall_node *item = columns->items[i];
        if (utfall_name_find(fields->allowed, item->key) != SIZE_MAX) {
            if (item->kind == UTFALL_SCALAR && item->text[0] == '\0')
                utfall_bind_refuse(binder, UTFALL_E_SYNTAX, item,
                                   "a heading is empty: expected the heading in the file", NULL);
            continue;
        }
        const char *near = utfall_word_near(item->key, fields->allowed);
        utfall_bind_refuse_key(
            binder, UTFALL_E_SCHEMA, item,
            utfall_run_join(binder->run, "\"", utfall_text_short(binder->run, item->key, 40),
                            "\" is not a column of this table: expected ",
                            utfall_words_list(binder->run, fields->allowed), (const char *)NULL),
            near == NULL
                ? "write the language's name first and the file's heading after it"
                : utfall_run_join(binder->run, "did you mean \"", near, "\"?", (const char *)NULL));
    }
}

/* Two fields cannot come from one column. */
static void check_headings(utfall_binder *binder, const utfall_table *table,
                           const utfall_node *columns)
{
    for (size_t i = 1; i < table->column_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(table->columns[i].heading, table->columns[j].heading) != 0)
                continue;
            const utfall_node *at = utfall_node_find(columns, table->columns[i].field);
            if (at == NULL)
                at = utfall_node_find(columns, table->columns[j].field);
            utfall_bind_refuse(
                binder, UTFALL_E_CONFLICT, at == NULL ? columns : at,
                utfall_run_join(binder->run, "\"", table->columns[i].heading,
                                "\" is the heading of both ", table->columns[j].field, " and ",
                                table->columns[i].field, ": expected a column of its own for each",
                                (const char *)NULL),
                NULL);
        }
    }
}

static utfall_status bind_columns(utfall_binder *binder, utfall_table *table,
                                  const utfall_node *columns, const field_list *fields)
{
    utfall_column *read = utfall_run_array(binder->run, fields->needed_count, sizeof *read);
    if (read == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < fields->needed_count; i++) {
        const char *heading = heading_of(columns, fields->needed[i]);
        read[i] = (utfall_column){fields->needed[i], heading == NULL ? fields->needed[i] : heading};
    }
    table->columns = read;
    table->column_count = fields->needed_count;
    check_columns(binder, columns, fields);
    if (columns != NULL && columns->kind == UTFALL_MAP)
        check_headings(binder, table, columns);
    return UTFALL_OK;
}

/* Texts of a list; `fallback` alone when there is none. */
static utfall_status bind_words(utfall_binder *binder, utfall_words *words, const utfall_node *list,
                                const char *fallback)
{
    bool is_list = list != NULL && list->kind == UTFALL_LIST;
    size_t count = is_list ? list->count : fallback != NULL;
    const char **word = utfall_run_array(binder->run, count, sizeof *word);
    if (word == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        word[i] = !is_list                                ? fallback
                  : list->items[i]->kind == UTFALL_SCALAR ? list->items[i]->text
                                                          : "";
    *words = (utfall_words){count, word};
    return UTFALL_OK;
}

/* `columns` not NULL: keys that are fields stand for their headings. */
utfall_status utfall_bind_where(utfall_binder *binder, size_t *count, const utfall_where **out,
                                const utfall_node *map, const utfall_node *columns)
{
    if (map == NULL || map->kind != UTFALL_MAP)
        return UTFALL_OK;
    utfall_where *where = utfall_run_array(binder->run, map->count, sizeof *where);
    if (where == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < map->count; i++) {
        const char *heading = columns == NULL ? NULL : heading_of(columns, map->items[i]->key);
        where[i].column = heading == NULL ? map->items[i]->key : heading;
        utfall_status status = bind_words(binder, &where[i].values, map->items[i], NULL);
        if (status != UTFALL_OK)
            return status;
    }
    *out = where;
    *count = map->count;
    return UTFALL_OK;
}

/* The member of a table's map; the shapes of tables name their keys alike. */
static const utfall_node *member(const utfall_node *map, const char *key)
{
    const utfall_node *node = utfall_node_find(map, key);
    return node == NULL || (node->kind == UTFALL_SCALAR && node->value.type == UTFALL_TYPE_NONE)
               ? NULL
               : node;
}

static void bind_marks(utfall_binder *binder, utfall_table *table, const utfall_node *map)
{
    const utfall_node *separator = member(map, "separator"), *decimal = member(map, "decimal");
    const utfall_node *encoding = member(map, "encoding"), *unknown = member(map, "unknown");
    table->separator = ',';
    table->decimal = '.';
    if (separator != NULL && separator->kind == UTFALL_SCALAR)
        table->separator = (char)separator->value.whole;
    if (decimal != NULL && decimal->kind == UTFALL_SCALAR) {
        table->decimal = (char)decimal->value.whole;
        if (table->decimal != '.' && table->decimal != ',')
            utfall_bind_refuse(binder, UTFALL_E_RANGE, decimal,
                               utfall_run_join(binder->run, "\"", decimal->text,
                                               "\" is not a decimal mark: expected \".\" or \",\"",
                                               (const char *)NULL),
                               NULL);
        else if (table->decimal == table->separator)
            utfall_bind_refuse(
                binder, UTFALL_E_CONFLICT, decimal,
                utfall_run_join(binder->run, "\"", decimal->text,
                                "\" is both the decimal mark and the separator: "
                                "expected two characters",
                                (const char *)NULL),
                "look at the file: with decimal commas the separator is often \";\"");
    } else if (table->separator == '.' && utfall_node_find(map, "decimal") == NULL &&
               map->rule->inside != UTFALL_SHAPE_PEOPLE) {
        utfall_bind_refuse(
            binder, UTFALL_E_CONFLICT, separator,
            "\".\" is both the separator and, by default, the decimal mark: expected "
            "two characters",
            "state decimal as well");
    }
    if (encoding != NULL && encoding->kind == UTFALL_SCALAR)
        table->encoding = (utfall_encoding)encoding->value.whole;
    if (unknown != NULL && unknown->kind == UTFALL_SCALAR)
        table->unknown = (utfall_unknown)unknown->value.whole;
}

static utfall_status bind_table(utfall_binder *binder, utfall_table *table, const utfall_node *map,
                                const char *role, const field_list *fields)
{
    if (map == NULL || map->slots == NULL)
        return UTFALL_OK;
    const utfall_node *file = member(map, "file");
    table->role = role;
    table->path = utfall_node_path(binder->run, map);
    if (file != NULL && file->kind == UTFALL_SCALAR)
        table->file = file->text;
    bind_marks(binder, table, map);
    utfall_status status = bind_columns(binder, table, member(map, "columns"), fields);
    if (status == UTFALL_OK)
        status = bind_words(binder, &table->true_words, member(map, "true"), "yes");
    if (status == UTFALL_OK)
        status = bind_words(binder, &table->false_words, member(map, "false"), "no");
    if (status == UTFALL_OK)
        status = utfall_bind_where(binder, &table->where_count, &table->where, member(map, "where"),
                                   member(map, "columns"));
    return table->path == NULL ? UTFALL_E_NOMEM : status;
}

/* A word cannot mean both yes and no. */
static void check_words(utfall_binder *binder, const utfall_table *table, const utfall_node *map)
{
    for (size_t i = 0; map != NULL && i < table->true_words.count; i++) {
        for (size_t j = 0; j < table->false_words.count && j < 64; j++) {
            if (strcmp(table->true_words.word[i], table->false_words.word[j]) != 0)
                continue;
            const utfall_node *at = member(map, "true");
            if (at == NULL)
                at = member(map, "false");
            utfall_bind_refuse_key(
                binder, UTFALL_E_CONFLICT, at == NULL ? map : at,
                utfall_run_join(binder->run, "\"",
                                utfall_text_short(binder->run, table->true_words.word[i], 40),
                                "\" means both true and false: expected a word "
                                "for each",
                                (const char *)NULL),
                "the words are yes and no unless the table states others");
            return;
        }
    }
}

utfall_status utfall_bind_table(utfall_binder *binder, utfall_table *table, const utfall_node *map,
                                const char *role, const char *const *needed,
                                const char *const *optional)
{
    const utfall_node *columns = map == NULL || map->slots == NULL ? NULL : member(map, "columns");
    field_list fields = {0};
    for (; *needed != NULL && fields.allowed_count < FIELDS_MAX; needed++)
        field_add(&fields, *needed, true);
    for (; optional != NULL && *optional != NULL && fields.allowed_count < FIELDS_MAX; optional++)
        field_add(&fields, *optional, heading_of(columns, *optional) != NULL);
    utfall_status status = bind_table(binder, table, map, role, &fields);
    if (status == UTFALL_OK && table->true_words.count <= 64 && table->false_words.count <= 64)
        check_words(binder, table, map);
    return status;
}

static const utfall_node *columns_of(const utfall_node *map)
{
    return map == NULL || map->slots == NULL ? NULL : member(map, "columns");
}

/* The target group's table tells who left; a comparison group's when that matters or it says so. */
static bool exits_concern(const utfall_binder *binder, const utfall_node *map)
{
    const utfall_node *target = utfall_slot(binder->document->root, UTFALL_ROOT_target_group);
    return binder->draft.exit_count > 0 &&
           (map == utfall_slot(target, UTFALL_TARGET_people) ||
            binder->draft.denominator == UTFALL_DENOMINATOR_FOLLOWED ||
            heading_of(columns_of(map), "exit") != NULL);
}

static utfall_status bind_people(utfall_binder *binder, utfall_table *table, const utfall_node *map,
                                 const char *role)
{
    field_list fields = {0};
    field_add(&fields, "id", true);
    field_add(&fields, "start", true);
    for (size_t i = 0; i < binder->draft.factor_count; i++) {
        if (utfall_name_find(fields.allowed, binder->draft.factors[i].attribute) == SIZE_MAX)
            field_add(&fields, binder->draft.factors[i].attribute, true);
    }
    const bool has_exits = exits_concern(binder, map);
    const bool has_reason = has_exits && (binder->draft.exit_count > 1 ||
                                          heading_of(columns_of(map), "exit_reason") != NULL);
    if (binder->draft.exit_count > 0) {
        field_add(&fields, "exit", has_exits);
        field_add(&fields, "exit_reason", has_reason);
    }
    utfall_status status = bind_table(binder, table, map, role, &fields);
    table->exit_count = has_exits ? binder->draft.exit_count : 0;
    table->exits = binder->exits;
    table->has_reason = has_reason;
    if (status == UTFALL_OK && (table->true_words.count <= 64 && table->false_words.count <= 64))
        check_words(binder, table, map);
    return status;
}

static bool counts_by(const utfall_binder *binder, const char *field)
{
    for (size_t i = 0; i < binder->sources->count_count; i++) {
        if (strcmp(binder->sources->counts[i].column, field) == 0)
            return true;
    }
    return false;
}

static utfall_status bind_costs(utfall_binder *binder, utfall_tables *tables,
                                const utfall_node *list, const char *role)
{
    if (list == NULL || list->kind != UTFALL_LIST)
        return UTFALL_OK;
    utfall_table *read = utfall_run_array(binder->run, list->count, sizeof *read);
    if (read == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < list->count; i++) {
        const utfall_node *map = list->items[i];
        const utfall_node *columns = map->slots == NULL ? NULL : member(map, "columns");
        field_list fields = {0};
        field_add(&fields, "id", true);
        field_add(&fields, "month", true);
        field_add(&fields, "source",
                  counts_by(binder, "source") || heading_of(columns, "source") != NULL);
        field_add(&fields, "category",
                  counts_by(binder, "category") || heading_of(columns, "category") != NULL);
        field_add(&fields, "amount", true);
        utfall_status status = bind_table(binder, &read[i], map, role, &fields);
        if (status != UTFALL_OK)
            return status;
    }
    *tables = (utfall_tables){list->count, read};
    return UTFALL_OK;
}

static utfall_status bind_counts(utfall_binder *binder)
{
    const utfall_node *evaluation = utfall_slot(binder->document->root, UTFALL_ROOT_evaluation);
    const utfall_node *counts = utfall_slot(evaluation, UTFALL_EVALUATION_counts);
    static const char *const allowed[] = {"source", "category", NULL};
    for (size_t i = 0; counts != NULL && counts->kind == UTFALL_MAP && i < counts->count; i++) {
        const utfall_node *item = counts->items[i];
        if (utfall_name_find(allowed, item->key) != SIZE_MAX)
            continue;
        const char *near = utfall_word_near(item->key, allowed);
        utfall_bind_refuse_key(
            binder, UTFALL_E_SCHEMA, item,
            utfall_run_join(binder->run, "\"", utfall_text_short(binder->run, item->key, 40),
                            "\" does not decide which rows count: expected source or category",
                            (const char *)NULL),
            near == NULL
                ? NULL
                : utfall_run_join(binder->run, "did you mean \"", near, "\"?", (const char *)NULL));
    }
    return utfall_bind_where(binder, &binder->sources->count_count, &binder->sources->counts,
                             counts, NULL);
}

static utfall_status bind_amounts(utfall_binder *binder, utfall_table *table,
                                  const utfall_node *map, const char *role, bool has_groups)
{
    field_list fields = {0};
    if (has_groups)
        field_add(&fields, "group", true);
    field_add(&fields, "month", true);
    if (!has_groups)
        field_add(&fields, "category", binder->draft.budget_count > 0);
    field_add(&fields, "amount", true);
    return bind_table(binder, table, map, role, &fields);
}

/* An index that is not used leaves its table alone. */
static utfall_status bind_price_index(utfall_binder *binder, const utfall_node *map)
{
    const utfall_node *use = utfall_slot_value(map, UTFALL_PRICE_INDEX_use);
    const utfall_node *base = utfall_slot_value(map, UTFALL_PRICE_INDEX_base);
    static const char *const needed[] = {"month", "value", NULL};
    utfall_price_terms *prices = &binder->draft.prices;
    if (map == NULL || map->slots == NULL)
        return UTFALL_OK;
    utfall_table table = {0};
    utfall_status status = utfall_bind_table(binder, &table, map, "price-index", needed, NULL);
    if (status != UTFALL_OK || (use != NULL && use->value.whole == 0))
        return status;
    binder->sources->price_index = table;
    prices->is_there = true;
    prices->source = utfall_slot_text(map, UTFALL_PRICE_INDEX_source);
    prices->clause = utfall_slot_text(map, UTFALL_PRICE_INDEX_clause);
    if (base != NULL)
        prices->base = base->value.month;
    return UTFALL_OK;
}

/* Which of people, costs and standard_cost there must be follows from the design. */
static void check_comparison(utfall_binder *binder, const utfall_node *comparison)
{
    const utfall_node *design = utfall_slot_value(comparison, UTFALL_COMPARISON_design);
    if (design == NULL)
        return;
    bool is_agreed = design->value.whole == UTFALL_DESIGN_AGREED;
    static const utfall_term_id measured[] = {UTFALL_COMPARISON_people, UTFALL_COMPARISON_costs,
                                              UTFALL_COMPARISON_standard_cost};
    for (size_t i = 0; i < 3; i++) {
        bool is_needed = (measured[i] == UTFALL_COMPARISON_standard_cost) == is_agreed;
        const utfall_node *there = utfall_slot(comparison, measured[i]);
        if (is_needed && there == NULL)
            utfall_bind_missing(binder, comparison, measured[i],
                                is_agreed ? "with design agreed" : "with a comparison group");
        if (!is_needed && there != NULL)
            utfall_bind_misplaced(binder, there,
                                  is_agreed
                                      ? "does not go with design agreed: expected standard_cost"
                                      : "goes with design agreed only: expected people and "
                                        "costs",
                                  design);
    }
}

static utfall_status bind_drawn(utfall_binder *binder)
{
    const utfall_node *financing = utfall_slot(binder->document->root, UTFALL_ROOT_financing);
    const utfall_node *drawn = utfall_slot(financing, UTFALL_FINANCING_drawn);
    if (drawn == NULL)
        return UTFALL_OK;
    if (drawn->kind != UTFALL_SCALAR)
        return bind_amounts(binder, &binder->sources->drawn, drawn, "drawn", false);
    if (drawn->value.type == UTFALL_TYPE_NONE || !utfall_bind_currency(binder, drawn))
        return UTFALL_OK;
    if (!drawn->value.is_even || drawn->value.money.minor < 0)
        utfall_bind_refuse(
            binder, UTFALL_E_RANGE, drawn,
            utfall_run_join(binder->run, "\"", drawn->text,
                            "\" cannot have been drawn: expected 0 or more, in whole "
                            "hundredths",
                            (const char *)NULL),
            NULL);
    binder->sources->drawn_sum = drawn->value.money;
    return UTFALL_OK;
}

utfall_status utfall_bind_sources(utfall_binder *binder)
{
    utfall_sources *sources = binder->sources;
    const utfall_node *root = binder->document->root;
    const utfall_node *target = utfall_slot(root, UTFALL_ROOT_target_group);
    const utfall_node *comparison = utfall_slot(root, UTFALL_ROOT_comparison_group);
    const utfall_node *design = utfall_slot_value(comparison, UTFALL_COMPARISON_design);
    const utfall_node *through = utfall_slot_value(target, UTFALL_TARGET_data_through);
    if (design != NULL)
        binder->draft.design = (utfall_design)design->value.whole;
    if (through != NULL)
        binder->draft.data_through = through->value.month;
    check_comparison(binder, comparison);
    utfall_status status = bind_counts(binder);
    if (status == UTFALL_OK)
        status = bind_people(binder, &sources->people, utfall_slot(target, UTFALL_TARGET_people),
                             "people");
    if (status == UTFALL_OK)
        status =
            bind_costs(binder, &sources->costs, utfall_slot(target, UTFALL_TARGET_costs), "costs");
    if (status == UTFALL_OK)
        status = bind_people(binder, &sources->reference_people,
                             utfall_slot(comparison, UTFALL_COMPARISON_people), "reference-people");
    if (status == UTFALL_OK)
        status = bind_costs(binder, &sources->reference_costs,
                            utfall_slot(comparison, UTFALL_COMPARISON_costs), "reference-costs");
    if (status == UTFALL_OK)
        status = bind_amounts(binder, &sources->standard_cost,
                              utfall_slot(comparison, UTFALL_COMPARISON_standard_cost),
                              "standard-cost", true);
    if (status == UTFALL_OK)
        status = bind_price_index(binder, utfall_slot(comparison, UTFALL_COMPARISON_price_index));
    return status == UTFALL_OK ? bind_drawn(binder) : status;
}
