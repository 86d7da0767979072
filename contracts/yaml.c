/* contracts/yaml.c - YAML text to nodes, by libyaml's events. Input: one text. Invariant: only the
 * part of YAML that has one reading gets through: maps, lists and one-line texts; no anchors,
 * aliases, tags, directives, null, keys twice or empty collections; depth, length and number of
 * nodes are bounded while reading. Marks count from 0 in libyaml and from 1 everywhere else; the
 * one is added here. */
#include "contracts/document.h"

#include <string.h>
#include <yaml.h>

typedef struct yaml_reader {
    utfall_run *run;
    const utfall_origin *origin;
    yaml_parser_t parser;
    utfall_node *root;
    utfall_node *open[UTFALL_DOCUMENT_DEPTH_MAX]; /* maps and lists that are not closed yet */
    size_t depth;
    utfall_node key; /* of the member being read: key and its place */
    bool has_key;
    yaml_mark_t quote; /* where the last text in quotes that fills several lines begins */
    bool has_quote;
    size_t *nodes;
    utfall_status status; /* of the first fault */
    bool is_over;         /* nothing more can be read */
} yaml_reader;

static void fault_note(yaml_reader *reader, utfall_status status)
{
    if (reader->status == UTFALL_OK)
        reader->status = status;
}

static uint32_t mark_line(yaml_mark_t mark)
{
    return (uint32_t)mark.line + 1;
}

static uint32_t mark_column(yaml_mark_t mark)
{
    return (uint32_t)mark.column + 1;
}

static uint32_t event_width(const yaml_event_t *event)
{
    return event->start_mark.line == event->end_mark.line &&
                   event->end_mark.column > event->start_mark.column
               ? (uint32_t)(event->end_mark.column - event->start_mark.column)
               : 0;
}

static void fault_report(yaml_reader *reader, utfall_status code, const yaml_event_t *event,
                         const char *message, const char *hint)
{
    fault_note(reader, utfall_origin_report(
                           reader->run, code, reader->origin, mark_line(event->start_mark),
                           mark_column(event->start_mark), event_width(event), message, hint));
}

/* ---- what libyaml says, in our words ---- */

typedef struct yaml_problem {
    const char *problem, *message, *hint;
    const char *context; /* what began at the second mark; NULL = do not show it */
    bool at_context;     /* the fault lies there rather than where reading stopped */
} yaml_problem;

static const yaml_problem problems[] = {
    {"found character that cannot start any token", "a value cannot begin with this character",
     "put the text in quotes", NULL, false},
    {"could not find expected ':'", "expected \":\" after this key",
     "write key: value, and put a text that goes on over several lines in quotes", NULL, true},
    {"mapping values are not allowed in this context", "\":\" is not expected here",
     "put a text that contains \": \" in quotes; indent the keys of one map alike", NULL, false},
    {"mapping keys are not allowed in this context", "\"?\" is not expected here",
     "put the text in quotes", NULL, false},
    {"block sequence entries are not allowed in this context", "\"-\" is not expected here",
     "give each item of a list a line of its own, all indented alike", NULL, false},
    {"did not find expected key",
     "this does not fit what stands above it: expected another key of the same map",
     "indent the keys of one map alike, and close brackets and quotes", "the map begins here",
     false},
    {"did not find expected '-' indicator",
     "this does not fit what stands above it: expected another item of the same list",
     "begin each item with \"- \", all indented alike", "the list begins here", false},
    {"did not find expected ',' or ']'", "expected \",\" or \"]\" here",
     "close the list, or put a text with brackets, commas or \": \" in quotes",
     "the list begins here", false},
    {"did not find expected ',' or '}'", "expected \",\" or \"}\" here",
     "close the map, or put a text with braces, commas or \": \" in quotes", "the map begins here",
     false},
    {"found unexpected end of stream", "the text in quotes that begins here is not closed",
     "end it with the same quote; inside single quotes write '' for '", NULL, true},
    {"found unexpected document indicator", "the text in quotes that begins here is not closed",
     "end it with the same quote", NULL, true},
    {"found unknown escape character", "\"\\\" and this character mean nothing together",
     "use single quotes for a text with backslashes", NULL, false},
    {"did not find expected node content", "expected a value here", NULL, NULL, false},
    {"did not find expected <document start>",
     "the contract ended before this: expected nothing more", "write everything as keys of one map",
     NULL, false},
    {"found unexpected ':'", "\":\" is not expected here", "put the text in quotes", NULL, false},
};

static const char bracket_hint[] =
    "put a key with brackets in quotes: {\"waterfall[1].share\": 50%}";

/* Whether a map on one line broke off at a bracket inside a key, as in {waterfall[1].share: 50%}.
 */
static bool is_bracket_key(const yaml_reader *reader, yaml_problem told)
{
    const utfall_origin *origin = reader->origin;
    size_t at = 0, left = reader->parser.problem_mark.index; /* in characters, not bytes */
    if (told.problem == NULL || strcmp(told.problem, "did not find expected ',' or '}'") != 0)
        return false;
    for (; at < origin->len && left > 0; left--)
        for (at++; at < origin->len && ((unsigned char)origin->text[at] & 0xc0) == 0x80;)
            at++;
    return at < origin->len && origin->text[at] == '[';
}

static void parser_report(yaml_reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR) {
        utfall_run_fail(reader->run, UTFALL_E_NOMEM);
        fault_note(reader, UTFALL_E_NOMEM);
        return;
    }
    const char *said = parser->problem == NULL ? "" : parser->problem;
    yaml_problem told = {NULL, NULL, NULL, NULL, false};
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        if (strcmp(said, problems[i].problem) == 0)
            told = problems[i];
    }
    if (told.message == NULL)
        told.message =
            utfall_run_join(reader->run, "not YAML that can be read: ", said, (const char *)NULL);
    bool has_context = parser->context != NULL;
    yaml_mark_t at = told.at_context && has_context ? parser->context_mark : parser->problem_mark;
    utfall_finding finding = {.code = UTFALL_E_SYNTAX, .severity = UTFALL_ERROR};
    finding.at = (utfall_loc){reader->origin->shown, mark_line(at), mark_column(at)};
    finding.also.file = "";
    if (has_context && told.context != NULL) {
        finding.also = (utfall_loc){reader->origin->shown, mark_line(parser->context_mark),
                                    mark_column(parser->context_mark)};
        finding.also_message = told.context;
    }
    if (reader->has_quote) {
        finding.also = (utfall_loc){reader->origin->shown, mark_line(reader->quote),
                                    mark_column(reader->quote)};
        finding.also_message = "a text in quotes begins here and goes on over several lines";
    }
    finding.message = told.message == NULL ? "" : told.message;
    finding.hint = is_bracket_key(reader, told) ? bracket_hint : told.hint;
    finding.excerpt = utfall_origin_excerpt(reader->run, reader->origin, finding.at.line);
    fault_note(reader, utfall_run_report(reader->run, &finding));
}

/* ---- building nodes ---- */

static bool expects_key(const yaml_reader *reader)
{
    return reader->depth > 0 && reader->open[reader->depth - 1]->kind == UTFALL_MAP &&
           !reader->has_key;
}

/* Bring a new node to its place in the tree; false when reading cannot go on. */
static bool node_place(yaml_reader *reader, utfall_node *node, const yaml_event_t *event)
{
    if (node == NULL || ++*reader->nodes > UTFALL_DOCUMENT_NODES_MAX) {
        if (node == NULL)
            fault_note(reader, UTFALL_E_NOMEM);
        else
            fault_report(reader, UTFALL_E_RANGE, event,
                         "the contract has more than 10 000 values: expected at most that many",
                         NULL);
        reader->is_over = true;
        return false;
    }
    node->line = mark_line(event->start_mark);
    node->column = mark_column(event->start_mark);
    node->width = event_width(event);
    if (reader->depth == 0) {
        reader->root = node;
        return true;
    }
    utfall_node *parent = reader->open[reader->depth - 1];
    if (parent->kind == UTFALL_MAP) {
        node->key = reader->key.key;
        node->key_line = reader->key.line;
        node->key_column = reader->key.column;
        reader->has_key = false;
    }
    if (utfall_node_append(reader->run, parent, node) != UTFALL_OK) {
        fault_note(reader, UTFALL_E_NOMEM);
        reader->is_over = true;
        return false;
    }
    return true;
}

static void extras_refuse(yaml_reader *reader, const yaml_event_t *event, const yaml_char_t *anchor,
                          const yaml_char_t *tag)
{
    if (anchor != NULL)
        fault_report(reader, UTFALL_E_SYNTAX, event,
                     utfall_run_join(reader->run, "\"&", (const char *)anchor,
                                     "\" is an anchor: expected a plain value", (const char *)NULL),
                     "write the value out at each place; put a text that begins with & in quotes");
    bool is_core = tag != NULL && strncmp((const char *)tag, "tag:yaml.org,2002:", 18) == 0;
    if (tag != NULL)
        fault_report(
            reader, UTFALL_E_SYNTAX, event,
            utfall_run_join(reader->run, is_core ? "\"!!" : "\"",
                            (const char *)tag + (is_core ? 18 : 0),
                            "\" is a tag: expected a plain value", (const char *)NULL),
            "leave out the tag: the type follows from the key; put a text that begins with "
            "! in quotes");
}

static void key_read(yaml_reader *reader, const yaml_event_t *event, const char *text, size_t len)
{
    if (len == 0)
        fault_report(reader, UTFALL_E_SYNTAX, event, "a key is empty: expected a name", NULL);
    else if (len > UTFALL_DOCUMENT_KEY_MAX)
        fault_report(reader, UTFALL_E_RANGE, event, "a key is longer than 200 bytes", NULL);
    else if (strcmp(text, "<<") == 0)
        fault_report(reader, UTFALL_E_SYNTAX, event,
                     "\"<<\" merges maps in YAML 1.1: expected a key of the language",
                     "use extends to build on another contract, or write the keys out");
    reader->key.key = text;
    reader->key.line = mark_line(event->start_mark);
    reader->key.column = mark_column(event->start_mark);
    reader->has_key = true;
}

static bool is_null(const yaml_event_t *event, const char *text)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           utfall_name_find(nulls, text) != SIZE_MAX;
}

static void null_report(yaml_reader *reader, const yaml_event_t *event, const char *text)
{
    const char *only = text[0] == '\0' ? "" : ", only ";
    const char *message =
        reader->has_key
            ? utfall_run_join(reader->run, "\"",
                              utfall_text_short(reader->run, reader->key.key, 40),
                              "\" has no value", only, text, ": expected one", (const char *)NULL)
            : utfall_run_join(reader->run, "an item has no value", only, text, ": expected one",
                              (const char *)NULL);
    fault_report(reader, UTFALL_E_MISSING, event, message, "write the value, or leave it out");
}

static void scalar_read(yaml_reader *reader, const yaml_event_t *event)
{
    extras_refuse(reader, event, event->data.scalar.anchor, event->data.scalar.tag);
    const char *raw = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length, offset;
    yaml_scalar_style_t style = event->data.scalar.style;
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE) {
        while (len > 0 && raw[len - 1] == '\n')
            len--;
    }
    const char *fault = utfall_text_fault(&offset, raw, len, true, false);
    if ((style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) &&
        event->start_mark.line != event->end_mark.line) {
        reader->quote = event->start_mark;
        reader->has_quote = true;
    }
    if (len > UTFALL_DOCUMENT_SCALAR_MAX) {
        fault_report(reader, UTFALL_E_RANGE, event,
                     "a text is longer than 4 096 bytes: expected at most that", NULL);
        len = 0;
    } else if (fault != NULL) {
        fault_report(reader, UTFALL_E_SYNTAX, event,
                     utfall_run_join(reader->run, "a text holds ", fault,
                                     ": expected one line of "
                                     "text that can be seen",
                                     (const char *)NULL),
                     raw[offset] == '\n' ? "use > instead of | for a long text" : NULL);
        len = 0;
    }
    const char *text = utfall_run_text(reader->run, raw, len);
    if (text == NULL) {
        fault_note(reader, UTFALL_E_NOMEM);
        reader->is_over = true;
        return;
    }
    if (expects_key(reader)) {
        key_read(reader, event, text, len);
        return;
    }
    if (len == event->data.scalar.length && is_null(event, text))
        null_report(reader, event, text);
    utfall_node *node = utfall_node_new(reader->run, UTFALL_SCALAR, reader->origin);
    if (node != NULL)
        node->text = text;
    (void)node_place(reader, node, event);
}

static void collection_open(yaml_reader *reader, const yaml_event_t *event, utfall_node_kind kind)
{
    if (expects_key(reader)) {
        fault_report(reader, UTFALL_E_SYNTAX, event,
                     "a list or map stands where a key belongs: expected a name",
                     "put a text that begins with [ or { in quotes");
        reader->is_over = true;
        return;
    }
    if (reader->depth == UTFALL_DOCUMENT_DEPTH_MAX) {
        fault_report(reader, UTFALL_E_RANGE, event,
                     "more than 8 lists and maps inside each other: expected at most that many",
                     NULL);
        reader->is_over = true;
        return;
    }
    utfall_node *node = utfall_node_new(reader->run, kind, reader->origin);
    if (!node_place(reader, node, event))
        return;
    node->width = 0;
    reader->open[reader->depth++] = node;
}

static void collection_close(yaml_reader *reader)
{
    utfall_node *node = reader->open[--reader->depth];
    if (node->count == 0)
        fault_note(reader, utfall_node_report(reader->run, UTFALL_E_MISSING, node, false,
                                              node->kind == UTFALL_MAP
                                                  ? "a map is empty: expected at least one key"
                                                  : "a list is empty: expected at least one item",
                                              "leave the key out, or say what belongs to it"));
    if (node->kind == UTFALL_MAP)
        fault_note(reader, utfall_node_distinct(reader->run, node));
}

static void document_open(yaml_reader *reader, const yaml_event_t *event)
{
    if (reader->root != NULL) {
        fault_report(reader, UTFALL_E_SYNTAX, event,
                     "a second document begins here: expected one contract a file",
                     "remove \"---\", or keep the other contract in a file of its own");
        reader->is_over = true;
        return;
    }
    if (event->data.document_start.version_directive != NULL ||
        event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end)
        fault_report(reader, UTFALL_E_SYNTAX, event,
                     "a directive (% at the start of a line) is not part of the language",
                     "remove the line");
}

static void event_take(yaml_reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        document_open(reader, event);
        break;
    case YAML_SCALAR_EVENT:
        scalar_read(reader, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        extras_refuse(reader, event, event->data.sequence_start.anchor,
                      event->data.sequence_start.tag);
        collection_open(reader, event, UTFALL_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        extras_refuse(reader, event, event->data.mapping_start.anchor,
                      event->data.mapping_start.tag);
        collection_open(reader, event, UTFALL_MAP);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        collection_close(reader);
        break;
    case YAML_ALIAS_EVENT:
        fault_report(reader, UTFALL_E_SYNTAX, event,
                     utfall_run_join(reader->run, "\"*", (const char *)event->data.alias.anchor,
                                     "\" is an alias: expected a plain value", (const char *)NULL),
                     "write the value out at each place; put a text that begins with * in quotes");
        reader->is_over = true;
        break;
    case YAML_STREAM_END_EVENT:
        reader->is_over = true;
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
}

/* Refuse what libyaml would take or report without a place. */
static utfall_status text_check(utfall_run *run, const utfall_origin *origin)
{
    if (origin->len > UTFALL_DOCUMENT_BYTES_MAX)
        return utfall_origin_report(run, UTFALL_E_RANGE, origin, 0, 0, 0,
                                    "the file is larger than 64 KiB: expected a contract", NULL);
    size_t offset, start = 0;
    const char *fault = utfall_text_fault(&offset, origin->text, origin->len, false, true);
    if (fault == NULL)
        return UTFALL_OK;
    uint32_t line = 1;
    for (size_t i = 0; i < offset; i++) {
        if (origin->text[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    bool is_tab = origin->text[offset] == '\t';
    bool is_byte = strstr(fault, "UTF-8") != NULL;
    return utfall_origin_report(
        run, UTFALL_E_SYNTAX, origin, line,
        utfall_text_points(origin->text + start, offset - start) + 1, 1,
        utfall_run_join(run, fault, " stands here: expected ",
                        is_tab ? "spaces" : "text that can be seen, in UTF-8", (const char *)NULL),
        is_tab    ? "use spaces; inside double quotes write \\t"
        : is_byte ? "save the file as UTF-8"
                  : "remove it");
}

static void events_read(yaml_reader *reader)
{
    while (!reader->is_over) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event)) {
            parser_report(reader);
            break;
        }
        event_take(reader, &event);
        yaml_event_delete(&event);
    }
}

utfall_status utfall_yaml_read(utfall_run *run, utfall_node **out, size_t *nodes,
                               const utfall_origin *origin)
{
    size_t mark = origin->len >= 3 && memcmp(origin->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    utfall_origin *text = utfall_run_alloc(run, sizeof *text);
    if (text == NULL)
        return UTFALL_E_NOMEM;
    *text = *origin; /* a byte-order mark has no width */
    text->text += mark;
    text->len -= mark;
    utfall_status status = text_check(run, text);
    if (status != UTFALL_OK)
        return status;
    yaml_reader reader = {.run = run, .origin = text, .nodes = nodes};
    if (!yaml_parser_initialize(&reader.parser)) {
        utfall_run_fail(run, UTFALL_E_NOMEM);
        return UTFALL_E_NOMEM;
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text->text, text->len);
    events_read(&reader);
    yaml_parser_delete(&reader.parser);
    if (reader.status == UTFALL_OK && utfall_run_failure(run) == UTFALL_E_NOMEM)
        reader.status = UTFALL_E_NOMEM;
    if (reader.status == UTFALL_OK && reader.root == NULL)
        reader.status = utfall_origin_report(run, UTFALL_E_MISSING, text, 1, 1, 0,
                                             "the file is empty: expected a contract", NULL);
    if (reader.status == UTFALL_OK)
        *out = reader.root;
    return reader.status;
}
