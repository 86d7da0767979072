/* ledger/detail_lines.h - a detail file line by line, private to ledger/. */
#ifndef UTFALL_DETAIL_LINES_H
#define UTFALL_DETAIL_LINES_H
#include "ledger/detail.h"
#include "ledger/vocabulary.h"

typedef struct utfall_lines {
    utfall_run *run; /* NULL: faults are not told, and lines come from the buffer alone, so that any
                        thread can read them */
    const char *path;
    int descriptor;
    EVP_MD_CTX *hash; /* of the lines moved to; NULL: none */
    char *buffer;     /* UTFALL_DETAIL_LINE_MAX bytes */
    size_t from, to;
    uint64_t bytes;   /* of the file up to the end of the current line */
    uint64_t number;  /* of the current line, from 1 */
    const char *line; /* without its LF */
    size_t len, at;   /* length of the line; how much of it was taken */
    bool is_end;
    utfall_status status; /* the first fault */
} utfall_lines;

/** Move to the next line; false at the end or after a fault (status tells). */
bool utfall_lines_next(utfall_lines *lines);

/** Go to a place where a line begins, before line `number`. False, and a finding, when the system
 * refuses. */
bool utfall_lines_seek(utfall_lines *lines, uint64_t offset, uint64_t number);

/** Take literal text from the line; false, and a finding, when something else stands there. */
bool utfall_lines_expect(utfall_lines *lines, const char *literal);

/** The same, and that is the end of the line. */
bool utfall_lines_end(utfall_lines *lines, const char *literal);

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
