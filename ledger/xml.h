/* ledger/xml.h - writes XML that is its own exclusive C14N form, private to ledger/.
 *
 * Elements are written in pairs of tags, attributes in ascending order of their names, with one
 * default namespace on the root and LF between lines; text is UTF-8 as it is, with the escapes
 * that C14N prescribes. So nothing has to be canonicalised afterwards, and a digest can be taken
 * while writing.
 *
 * A writer keeps its first failure, and everything after it does nothing: check once, at the end.
 */
#ifndef UTFALL_XML_H
#define UTFALL_XML_H
#include "utfall/ledger.h"

enum {
    UTFALL_XML_DEPTH_MAX = 8,
    UTFALL_XML_TEXT_MAX = 64 * 1024 /* bytes of one text or attribute, before escapes */
};

/** Takes written bytes; false when it cannot. */
typedef bool utfall_xml_sink(void *ctx, const char *bytes, size_t len);

typedef struct utfall_xml {
    utfall_run *run;
    utfall_status status;
    char *bytes;
    size_t len, capacity, max;
    utfall_xml_sink *sink; /* NULL: everything stays in `bytes` */
    void *ctx;
    const char *open[UTFALL_XML_DEPTH_MAX]; /* names of the elements not yet closed */
    uint32_t depth;
    bool in_tag;                          /* the start tag takes attributes yet */
    bool is_parent[UTFALL_XML_DEPTH_MAX]; /* has child elements: its end tag gets its own line */
    const char *attribute;                /* the last one written in this tag */
} utfall_xml;

/** Start. With a sink, bytes go there in pieces; without one they grow in the run up to `max`
 * bytes. */
void utfall_xml_start(utfall_xml *xml, utfall_run *run, size_t max, utfall_xml_sink *sink,
                      void *ctx);

/** Bytes as they are: the declaration, or a line that another writer made. */
void utfall_xml_raw(utfall_xml *xml, const char *bytes, size_t len);

/** Start tag on its own line, indented by one space a level below the second. `name` must live
 * until the end tag. */
void utfall_xml_open(utfall_xml *xml, const char *name);

/** One attribute of the tag just opened; names must ascend (bytes), `xmlns` comes first. NULL
 * value: no attribute. UTFALL_E_SYNTAX, with a finding, when `value` is not UTF-8 or holds a
 * character that XML 1.0 does not have; UTFALL_E_RANGE when it is too long. */
void utfall_xml_attribute(utfall_xml *xml, const char *name, const char *value);
void utfall_xml_integer(utfall_xml *xml, const char *name, int64_t value);
void utfall_xml_count(utfall_xml *xml, const char *name, uint64_t value);
void utfall_xml_flag(utfall_xml *xml, const char *name, bool value);
void utfall_xml_month(utfall_xml *xml, const char *name, utfall_month value);
void utfall_xml_ratio(utfall_xml *xml, const char *name, const utfall_rat *value);
void utfall_xml_digest(utfall_xml *xml, const char *name, const uint8_t value[32]);

/** Text inside the element just opened. Failures as for attributes. */
void utfall_xml_text(utfall_xml *xml, const char *text);

/** End tag of the innermost element, and LF. */
void utfall_xml_close(utfall_xml *xml);

/** Hand the last bytes to the sink; the status of it all. UTFALL_E_BUG when an element is open. */
UTFALL_TRY utfall_status utfall_xml_finish(utfall_xml *xml);

#endif
