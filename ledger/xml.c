/* ledger/xml.c - the canonical writer: see xml.h.
 *
 * Invariant: what has been written is a prefix of a document in exclusive C14N form (Canonical XML
 * 1.0, sections 2.3 and 4.6). Attribute order is asserted, not sorted: our own attributes have no
 * namespace, so the order by local name is the whole rule. */
#include "ledger/xml.h"
#include "ledger/hex.h"
#include <string.h>

enum { PIECE = 64 * 1024 };

static void fail(utfall_xml *xml, utfall_status status)
{
    if (xml->status == UTFALL_OK)
        xml->status = status;
}

void utfall_xml_start(utfall_xml *xml, utfall_run *run, size_t max, utfall_xml_sink *sink,
                      void *ctx)
{
    *xml = (utfall_xml){.run = run, .max = max, .sink = sink, .ctx = ctx};
    xml->bytes = utfall_run_alloc(run, PIECE);
    xml->capacity = PIECE;
    if (!xml->bytes)
        fail(xml, UTFALL_E_NOMEM);
}

/* Room for `need` more bytes: by emptying into the sink, or by growing. */
static bool make_room(utfall_xml *xml, size_t need)
{
    if (xml->sink) {
        if (!xml->sink(xml->ctx, xml->bytes, xml->len)) {
            fail(xml, UTFALL_E_IO);
            return false;
        }
        xml->len = 0;
        return need <= xml->capacity;
    }
    size_t capacity = xml->capacity;
    while (capacity - xml->len < need)
        capacity *= 2;
    char *bytes = utfall_run_alloc(xml->run, capacity);
    if (!bytes) {
        fail(xml, UTFALL_E_NOMEM);
        return false;
    }
    memcpy(bytes, xml->bytes, xml->len);
    xml->bytes = bytes;
    xml->capacity = capacity;
    return true;
}

static void put(utfall_xml *xml, const char *bytes, size_t len)
{
    while (len > 0 && xml->status == UTFALL_OK) {
        size_t part = len < PIECE ? len : (size_t)PIECE;
        if (!xml->sink && xml->max - xml->len < part) {
            fail(xml, utfall_run_report(xml->run,
                                        &(utfall_finding){.code = UTFALL_E_RANGE,
                                                          .severity = UTFALL_ERROR,
                                                          .message = "the ledger would be larger "
                                                                     "than 67108864 bytes"}));
            return;
        }
        if (xml->capacity - xml->len < part && !make_room(xml, part))
            return;
        memcpy(xml->bytes + xml->len, bytes, part);
        xml->len += part;
        bytes += part;
        len -= part;
    }
}

static void put_text(utfall_xml *xml, const char *text)
{
    put(xml, text, strlen(text));
}

void utfall_xml_raw(utfall_xml *xml, const char *bytes, size_t len)
{
    put(xml, bytes, len);
}

static void end_tag_start(utfall_xml *xml)
{
    if (xml->in_tag)
        put(xml, ">", 1);
    xml->in_tag = false;
    xml->attribute = NULL;
}

/* The root and its children stand at the margin, so that the parts of a ledger can be cut out by
 * lines; from there one space a level. */
static void indent(utfall_xml *xml, uint32_t depth)
{
    for (uint32_t i = 1; i < depth; i++)
        put(xml, " ", 1);
}

void utfall_xml_open(utfall_xml *xml, const char *name)
{
    if (xml->depth == UTFALL_XML_DEPTH_MAX) {
        fail(xml, UTFALL_E_BUG);
        return;
    }
    end_tag_start(xml);
    if (xml->depth > 0 && !xml->is_parent[xml->depth - 1]) {
        put(xml, "\n", 1);
        xml->is_parent[xml->depth - 1] = true;
    }
    indent(xml, xml->depth);
    put(xml, "<", 1);
    put_text(xml, name);
    xml->is_parent[xml->depth] = false;
    xml->open[xml->depth++] = name;
    xml->in_tag = true;
}

void utfall_xml_close(utfall_xml *xml)
{
    if (xml->depth == 0) {
        fail(xml, UTFALL_E_BUG);
        return;
    }
    end_tag_start(xml);
    xml->depth--;
    if (xml->is_parent[xml->depth])
        indent(xml, xml->depth);
    put(xml, "</", 2);
    put_text(xml, xml->open[xml->depth]);
    put(xml, ">\n", 2);
}

/* Length of the character at `s` (of `len` bytes), 0 when it is not well-formed UTF-8 or not a
 * character of XML 1.0 (production 2). */
static size_t character_length(const unsigned char *s, size_t len)
{
    if (s[0] < 0x80)
        return s[0] >= 0x20 || s[0] == '\t' || s[0] == '\n' || s[0] == '\r' ? 1 : 0;
    size_t n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || len < n)
        return 0;
    uint32_t c = s[0] & (0x7fU >> n);
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0U) != 0x80U)
            return 0;
        c = c << 6 | (s[i] & 0x3fU);
    }
    if ((n == 3 && c < 0x800) || (n == 4 && (c < 0x10000 || c > 0x10ffff)))
        return 0;
    if ((c >= 0xd800 && c <= 0xdfff) || c == 0xfffe || c == 0xffff)
        return 0;
    return n;
}

static const char *escape_of(char c, bool in_attribute)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return in_attribute ? NULL : "&gt;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    case '\t':
        return in_attribute ? "&#x9;" : NULL;
    case '\n':
        return in_attribute ? "&#xA;" : NULL;
    case '\r':
        return "&#xD;";
    default:
        return NULL;
    }
}

static void refuse_value(utfall_xml *xml, const char *attribute, utfall_status code,
                         const char *fault, const char *hint)
{
    const char *element = xml->depth > 0 ? xml->open[xml->depth - 1] : "";
    const char *what = utfall_run_join(xml->run, attribute ? attribute : "text", " of <", element,
                                       ">: ", fault, (const char *)NULL);
    if (!what) {
        fail(xml, UTFALL_E_NOMEM);
        return;
    }
    fail(xml, utfall_run_report(xml->run, &(utfall_finding){.code = code,
                                                            .severity = UTFALL_ERROR,
                                                            .message = what,
                                                            .hint = hint}));
}

/* Escape and write; runs of plain characters go out in one piece. */
static void put_escaped(utfall_xml *xml, const char *attribute, const char *text)
{
    size_t len = strlen(text), from = 0;
    if (len > UTFALL_XML_TEXT_MAX) {
        refuse_value(xml, attribute, UTFALL_E_RANGE, "a ledger holds texts of at most 65536 bytes",
                     "shorten the text");
        return;
    }
    for (size_t i = 0; i < len && xml->status == UTFALL_OK;) {
        size_t n = character_length((const unsigned char *)text + i, len - i);
        if (n == 0) {
            refuse_value(xml, attribute, UTFALL_E_SYNTAX,
                         "a byte that is not UTF-8 or a character that XML does not have",
                         "remove control characters; save the source as UTF-8");
            return;
        }
        const char *escape = n == 1 ? escape_of(text[i], attribute != NULL) : NULL;
        if (escape) {
            put(xml, text + from, i - from);
            put_text(xml, escape);
            from = i + 1;
        }
        i += n;
    }
    put(xml, text + from, len - from);
}

void utfall_xml_attribute(utfall_xml *xml, const char *name, const char *value)
{
    if (!value || xml->status != UTFALL_OK)
        return;
    bool is_after_namespace = xml->attribute && strcmp(xml->attribute, "xmlns") == 0;
    if (!xml->in_tag ||
        (xml->attribute && !is_after_namespace && strcmp(xml->attribute, name) >= 0)) {
        fail(xml, UTFALL_E_BUG);
        return;
    }
    xml->attribute = name;
    put(xml, " ", 1);
    put_text(xml, name);
    put(xml, "=\"", 2);
    put_escaped(xml, name, value);
    put(xml, "\"", 1);
}

void utfall_xml_count(utfall_xml *xml, const char *name, uint64_t value)
{
    char digits[21], *start = digits + sizeof digits - 1;
    *start = '\0';
    do {
        *--start = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    utfall_xml_attribute(xml, name, start);
}

void utfall_xml_integer(utfall_xml *xml, const char *name, int64_t value)
{
    char digits[22], *start = digits + sizeof digits - 1;
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    *start = '\0';
    do {
        *--start = (char)('0' + size % 10);
        size /= 10;
    } while (size > 0);
    if (value < 0)
        *--start = '-';
    utfall_xml_attribute(xml, name, start);
}

void utfall_xml_flag(utfall_xml *xml, const char *name, bool value)
{
    utfall_xml_attribute(xml, name, value ? "true" : "false");
}

void utfall_xml_month(utfall_xml *xml, const char *name, utfall_month value)
{
    char text[8];
    utfall_month_text(text, value);
    utfall_xml_attribute(xml, name, text);
}

void utfall_xml_ratio(utfall_xml *xml, const char *name, const utfall_rat *value)
{
    if (!value)
        return;
    const char *text = utfall_rat_text(xml->run, value);
    if (!text)
        fail(xml, UTFALL_E_NOMEM);
    utfall_xml_attribute(xml, name, text);
}

void utfall_xml_digest(utfall_xml *xml, const char *name, const uint8_t value[32])
{
    char text[65];
    utfall_hex(text, value, 32);
    utfall_xml_attribute(xml, name, text);
}

void utfall_xml_text(utfall_xml *xml, const char *text)
{
    end_tag_start(xml);
    put_escaped(xml, NULL, text);
}

utfall_status utfall_xml_finish(utfall_xml *xml)
{
    if (xml->depth > 0)
        fail(xml, UTFALL_E_BUG);
    if (xml->status == UTFALL_OK && xml->sink && !xml->sink(xml->ctx, xml->bytes, xml->len))
        fail(xml, UTFALL_E_IO);
    return xml->status;
}
