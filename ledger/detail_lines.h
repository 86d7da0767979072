/* ledger/detail_lines.h - a detail file line by line, hashed on the way, private to ledger/. */
#ifndef UTFALL_DETAIL_LINES_H
#define UTFALL_DETAIL_LINES_H
#include "ledger/detail.h"
#include "ledger/vocabulary.h"

typedef struct utfall_lines {
    utfall_run *run;
    const char *path;
    int descriptor;
    EVP_MD_CTX *hash;
    char *buffer; /* UTFALL_DETAIL_LINE_MAX bytes */
    size_t from, to;
    uint64_t bytes;   /* read so far */
    uint32_t number;  /* of the current line, from 1 */
    const char *line; /* without its LF */
    size_t len, at;   /* length of the line; how much of it was taken */
    bool is_end;
    utfall_status status; /* the first fault */
} utfall_lines;

/** Move to the next line; false at the end or after a fault (status tells). */
bool utfall_lines_next(utfall_lines *lines);

/** Take literal text from the line; false, and a finding, when something else stands there. */
bool utfall_lines_expect(utfall_lines *lines, const char *literal);

/** Whether literal text stands here; nothing is taken. */
bool utfall_lines_see(const utfall_lines *lines, const char *literal);

/** Take ` name="value"` of the given spelling. TEXT is given as it stands, escapes and all. */
bool utfall_lines_attribute(utfall_lines *lines, const char *name, utfall_spelling spelling,
                            utfall_value *out);

/** The raw value of ` name="value"`, not copied: `*text` points into the line. */
bool utfall_lines_raw(utfall_lines *lines, const char *name, const char **text, size_t *len);

/** Report a fault at what was taken last; keeps the first. Gives false. */
bool utfall_lines_refuse(utfall_lines *lines, utfall_status code, const char *message);

#endif
