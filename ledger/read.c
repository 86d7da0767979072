/* ledger/read.c - a ledger's bytes to its record, through libxml2's SAX2 push parser.
 *
 * The frame is found first, so that a DOCTYPE cannot stand before the root and the signature is
 * never parsed. The parser runs without entity substitution, DTD, network or size relief, and
 * every event that a ledger does not have is a fault. A fault sets a flag: the parser is stopped
 * between chunks, never inside a callback, where attribute values point into its input. */
#include "ledger/frame.h"
#include "ledger/place.h"
#include "ledger/record.h"
#include "ledger/xml.h"
#include <libxml/parser.h>
#include <string.h>

enum { CHUNK = 4096 };

/* One open element. */
typedef struct level {
    uint32_t row;      /* of the vocabulary */
    uint32_t last_row; /* of the last child, or UTFALL_EL_NONE */
    uint32_t count;    /* children of that row so far */
} level;

typedef struct reading {
    utfall_run *run;
    utfall_status status; /* the first fault; nothing is taken after it */
    const char *name, *bytes;
    size_t len;
    xmlParserCtxt *parser;
    level levels[UTFALL_LEDGER_DEPTH_MAX];
    uint32_t depth;
    utfall_value values[UTFALL_ATTRIBUTES_MAX];
    char *text; /* of the element that has text; UTFALL_XML_TEXT_MAX + 1 bytes */
    size_t text_len;
    utfall_building building;
} reading;

static utfall_status report(reading *r, utfall_status code, size_t offset, const char *message,
                            const char *hint)
{
    if (!message) {
        utfall_run_fail(r->run, UTFALL_E_NOMEM);
        return UTFALL_E_NOMEM;
    }
    return utfall_run_report(
        r->run,
        &(utfall_finding){.code = code,
                          .severity = UTFALL_ERROR,
                          .at = utfall_place_of(r->name, r->bytes, r->len, offset),
                          .message = message,
                          .hint = hint,
                          .excerpt = utfall_place_excerpt(r->run, r->bytes, r->len, offset)});
}

/* Where the parser is; in a start tag: of its "<", since no other can stand in it. */
static size_t offset_now(const reading *r)
{
    long consumed = xmlByteConsumed(r->parser);
    size_t offset = consumed < 0 ? 0 : (size_t)consumed;
    return offset < r->len ? offset : r->len;
}

static size_t offset_of_tag(const reading *r)
{
    size_t offset = offset_now(r);
    while (offset > 0 && (offset == r->len || r->bytes[offset] != '<'))
        offset--;
    return offset;
}

static void refuse(reading *r, size_t offset, const char *message)
{
    if (r->status == UTFALL_OK)
        r->status = report(r, UTFALL_E_SCHEMA, offset, message, "see ledger/FORMAT.md");
}

static const char *text_of(const xmlChar *text)
{
    return text ? (const char *)text : "";
}

static const char *quoted(reading *r, const char *before, const xmlChar *name, const char *after)
{
    const char *shown = utfall_place_quote(r->run, text_of(name), strlen(text_of(name)));
    return shown ? utfall_run_join(r->run, before, shown, after, (const char *)NULL) : NULL;
}

/* The row of a child named `name` below the innermost level, from its last child on; NONE = there
 * is no such child, or it stands too late. */
static uint32_t find_row(const reading *r, const char *name)
{
    uint32_t parent = r->depth ? r->levels[r->depth - 1].row : UTFALL_EL_NONE;
    uint32_t from = 0;
    if (r->depth && r->levels[r->depth - 1].last_row != UTFALL_EL_NONE)
        from = r->levels[r->depth - 1].last_row;
    for (uint32_t row = from; row < utfall_vocabulary_count; row++) {
        if (utfall_vocabulary[row].parent == parent &&
            strcmp(utfall_vocabulary[row].name, name) == 0)
            return row;
    }
    return UTFALL_EL_NONE;
}

/* The first row from the last child to before `next` that has not occurred often enough; NONE =
 * all have. */
static uint32_t missing_row(const level *parent, uint32_t next)
{
    bool is_first = parent->last_row == UTFALL_EL_NONE;
    for (uint32_t row = is_first ? 0 : parent->last_row; row < next; row++) {
        const utfall_element_rule *rule = &utfall_vocabulary[row];
        uint32_t count = row == parent->last_row ? parent->count : 0;
        if (rule->parent == parent->row && count < rule->least)
            return row;
    }
    return UTFALL_EL_NONE;
}

/* Enter a child; false with a finding when it may not stand here. */
static bool enter(reading *r, const xmlChar *name, size_t offset)
{
    uint32_t row = find_row(r, text_of(name));
    if (row == UTFALL_EL_NONE || r->depth == UTFALL_LEDGER_DEPTH_MAX) {
        refuse(r, offset, quoted(r, "<", name, "> may not stand here in a ledger"));
        return false;
    }
    if (r->depth > 0) {
        level *parent = &r->levels[r->depth - 1];
        uint32_t missing = missing_row(parent, row);
        if (missing != UTFALL_EL_NONE && missing != row) {
            refuse(r, offset,
                   utfall_run_join(r->run, "<", utfall_vocabulary[missing].name,
                                   "> is missing, or stands too few times, before this",
                                   (const char *)NULL));
            return false;
        }
        parent->count = row == parent->last_row ? parent->count + 1 : 1;
        parent->last_row = row;
        if (parent->count > utfall_vocabulary[row].most) {
            refuse(r, offset, quoted(r, "<", name, "> stands here too many times"));
            return false;
        }
    }
    r->levels[r->depth++] = (level){row, UTFALL_EL_NONE, 0};
    return true;
}

/* Resolve the one reference that the parser leaves in attribute values: "&#38;" for an ampersand.
 */
static size_t resolve(char *text, size_t len)
{
    size_t used = 0;
    for (size_t i = 0; i < len; i++) {
        text[used++] = text[i];
        if (len - i >= 5 && memcmp(text + i, "&#38;", 5) == 0)
            i += 4;
    }
    return used;
}

static void take_attribute(reading *r, const utfall_attribute_rule *rule, utfall_value *value,
                           const xmlChar *from, const xmlChar *to, size_t offset)
{
    size_t len = (size_t)(to - from);
    if (len > UTFALL_XML_TEXT_MAX) {
        refuse(r, offset, "an attribute is longer than 65536 bytes");
        return;
    }
    memcpy(r->text, from, len);
    len = resolve(r->text, len);
    utfall_status status = utfall_value_parse(r->run, value, rule->spelling, r->text, len);
    if (status == UTFALL_OK)
        return;
    const char *shown = utfall_place_quote(r->run, r->text, len);
    const char *message =
        utfall_run_join(r->run, rule->name, ": \"", shown ? shown : "?", "\": expected ",
                        utfall_spelling_words(rule->spelling), (const char *)NULL);
    if (r->status == UTFALL_OK)
        r->status =
            report(r, status == UTFALL_E_NOMEM ? status : UTFALL_E_SYNTAX, offset, message, NULL);
}

/* Every attribute of the rule, in `attributes` as SAX2 gives them: five pointers each. */
static void take_attributes(reading *r, const utfall_element_rule *rule, int count,
                            const xmlChar **attributes, size_t offset)
{
    memset(r->values, 0, sizeof r->values);
    for (int i = 0; i < count && r->status == UTFALL_OK; i++) {
        const xmlChar **a = attributes + (size_t)i * 5;
        size_t at = 0;
        while (at < UTFALL_ATTRIBUTES_MAX && rule->attributes[at].name &&
               strcmp(rule->attributes[at].name, text_of(a[0])) != 0)
            at++;
        if (a[1] || at == UTFALL_ATTRIBUTES_MAX || !rule->attributes[at].name)
            refuse(r, offset, quoted(r, "\"", a[0], "\" is not an attribute of this element"));
        else
            take_attribute(r, &rule->attributes[at], &r->values[at], a[3], a[4], offset);
    }
    for (size_t at = 0;
         at < UTFALL_ATTRIBUTES_MAX && rule->attributes[at].name && r->status == UTFALL_OK; at++) {
        if (!rule->attributes[at].is_optional && !r->values[at].is_given)
            refuse(r, offset,
                   utfall_run_join(r->run, "the attribute \"", rule->attributes[at].name,
                                   "\" is missing", (const char *)NULL));
    }
}

static void take_element(reading *r, uint32_t row, const char *text, size_t offset)
{
    const char *fault = utfall_building_take(&r->building, (utfall_element)row, r->values, text);
    if (!fault || r->status != UTFALL_OK)
        return;
    if (utfall_run_failure(r->run) != UTFALL_OK)
        r->status = utfall_run_failure(r->run);
    else
        refuse(r, offset,
               utfall_run_join(r->run, "<", utfall_vocabulary[row].name, ">: ", fault,
                               (const char *)NULL));
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int count, int default_count,
                     const xmlChar **attributes)
{
    reading *r = ctx;
    (void)namespaces;
    if (r->status != UTFALL_OK)
        return;
    size_t offset = offset_of_tag(r);
    if (prefix || strcmp(text_of(uri), UTFALL_LEDGER_NAMESPACE) != 0 || default_count != 0 ||
        namespace_count != (r->depth == 0)) {
        refuse(r, offset, quoted(r, "<", name, "> has a namespace that a ledger does not have"));
        return;
    }
    if (!enter(r, name, offset))
        return;
    uint32_t row = r->levels[r->depth - 1].row;
    take_attributes(r, &utfall_vocabulary[row], count, attributes, offset);
    r->text_len = 0;
    if (r->status == UTFALL_OK && !utfall_vocabulary[row].has_text)
        take_element(r, row, NULL, offset);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    reading *r = ctx;
    (void)prefix;
    (void)uri;
    if (r->status != UTFALL_OK || r->depth == 0)
        return;
    level *here = &r->levels[r->depth - 1];
    uint32_t missing = missing_row(here, utfall_vocabulary_count);
    size_t offset = offset_of_tag(r);
    if (missing != UTFALL_EL_NONE) {
        const char *child = utfall_vocabulary[missing].name;
        refuse(r, offset,
               quoted(r, "<", (const xmlChar *)child,
                      "> is missing, or stands too few "
                      "times, in this element"));
        return;
    }
    if (utfall_vocabulary[here->row].has_text) {
        const char *text = utfall_run_text(r->run, r->text, r->text_len);
        if (!text)
            r->status = UTFALL_E_NOMEM;
        else
            take_element(r, here->row, text, offset);
    }
    const char *fault = utfall_building_end(&r->building, (utfall_element)here->row);
    if (fault && r->status == UTFALL_OK)
        refuse(r, offset,
               quoted(r, "<", name, utfall_run_join(r->run, ">: ", fault, (const char *)NULL)));
    r->depth--;
}

static bool is_blank(const xmlChar *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] != ' ' && text[i] != '\n')
            return false;
    }
    return true;
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    reading *r = ctx;
    size_t size = len < 0 ? 0 : (size_t)len;
    if (r->status != UTFALL_OK || r->depth == 0)
        return;
    if (!utfall_vocabulary[r->levels[r->depth - 1].row].has_text) {
        if (!is_blank(text, size))
            refuse(r, offset_now(r), "text may not stand here in a ledger");
        return;
    }
    if (size > UTFALL_XML_TEXT_MAX - r->text_len) {
        refuse(r, offset_now(r), "a text is longer than 65536 bytes");
        return;
    }
    memcpy(r->text + r->text_len, text, size);
    r->text_len += size;
}

/* Everything that XML has and a ledger has not. */

static void on_cdata(void *ctx, const xmlChar *text, int len)
{
    reading *r = ctx;
    (void)text;
    (void)len;
    refuse(r, offset_now(r), "a ledger has no CDATA sections");
}

static void on_comment(void *ctx, const xmlChar *text)
{
    reading *r = ctx;
    (void)text;
    refuse(r, offset_now(r), "a ledger has no comments");
}

static void on_instruction(void *ctx, const xmlChar *target, const xmlChar *text)
{
    reading *r = ctx;
    (void)target;
    (void)text;
    refuse(r, offset_now(r), "a ledger has no processing instructions");
}

static void on_reference(void *ctx, const xmlChar *name)
{
    reading *r = ctx;
    refuse(r, offset_now(r), quoted(r, "a ledger has no entity \"", name, "\""));
}

static void on_subset(void *ctx, const xmlChar *name, const xmlChar *public_id,
                      const xmlChar *system_id)
{
    reading *r = ctx;
    (void)name;
    (void)public_id;
    (void)system_id;
    refuse(r, offset_now(r), "a ledger has no document type");
}

static void on_error(void *ctx, xmlError *error)
{
    reading *r = ctx;
    if (r->status != UTFALL_OK || error->level < XML_ERR_ERROR)
        return;
    if (error->code == XML_ERR_NO_MEMORY) {
        r->status = UTFALL_E_NOMEM;
        return;
    }
    const char *said = error->message ? error->message : "";
    size_t len = strcspn(said, "\n");
    const char *shown = utfall_place_quote(r->run, said, len);
    const char *message = utfall_run_join(
        r->run, "the ledger is not well-formed XML: ", shown ? shown : "", (const char *)NULL);
    r->status = report(r, UTFALL_E_SYNTAX, offset_now(r), message, NULL);
}

static xmlSAXHandler handlers(void)
{
    return (xmlSAXHandler){
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_cdata,
        .comment = on_comment,
        .processingInstruction = on_instruction,
        .reference = on_reference,
        .internalSubset = on_subset,
        .externalSubset = on_subset,
        .serror = on_error,
    };
}

/* Feed `len` bytes in chunks, until a fault. */
static void feed(reading *r, const char *bytes, size_t len, bool is_last)
{
    size_t done = 0;
    while (r->status == UTFALL_OK && (done < len || is_last)) {
        size_t part = len - done < CHUNK ? len - done : CHUNK;
        bool ends = is_last && done + part == len;
        int code = xmlParseChunk(r->parser, bytes + done, (int)part, ends);
        done += part;
        if (code != XML_ERR_OK && r->status == UTFALL_OK)
            r->status = report(r, UTFALL_E_SYNTAX, offset_now(r),
                               "the ledger is not well-formed XML", NULL);
        if (ends)
            break;
    }
}

static utfall_status parse(reading *r, const utfall_frame *frame)
{
    xmlSAXHandler sax = handlers();
    r->parser = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
    if (!r->parser)
        return UTFALL_E_NOMEM;
    if (xmlCtxtUseOptions(r->parser, XML_PARSE_NONET) != 0)
        r->status = UTFALL_E_BUG;
    size_t head = (size_t)(frame->body - r->bytes);
    feed(r, r->bytes, head + frame->body_len, false);
    feed(r, UTFALL_FRAME_END, strlen(UTFALL_FRAME_END), true);
    xmlFreeParserCtxt(r->parser);
    if (r->status == UTFALL_OK && r->depth != 0)
        r->status = UTFALL_E_BUG;
    return r->status;
}

utfall_status utfall_ledger_read(utfall_run *run, const utfall_record **out, const char *name,
                                 const char *bytes, size_t len)
{
    utfall_frame frame;
    utfall_status status = utfall_frame_find(run, &frame, name, bytes, len);
    if (status != UTFALL_OK)
        return status;
    reading *r = utfall_run_alloc(run, sizeof *r);
    char *text = utfall_run_alloc(run, UTFALL_XML_TEXT_MAX + 1);
    if (!r || !text)
        return UTFALL_E_NOMEM;
    *r = (reading){.run = run, .name = name, .bytes = bytes, .len = len, .text = text};
    utfall_building_start(&r->building, run);
    status = parse(r, &frame);
    return status == UTFALL_OK ? utfall_building_finish(&r->building, out) : status;
}
