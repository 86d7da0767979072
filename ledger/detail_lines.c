/* ledger/detail_lines.c - a detail file line by line.
 *
 * The file is canonical and of our own making, so it needs no XML parser: each line is literal text
 * with values between quotes, and whatever differs by one byte is refused. Memory is one buffer. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/detail_lines.h"
#include "ledger/file.h"
#include "ledger/place.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

bool utfall_lines_refuse(utfall_lines *lines, utfall_status code, const char *message)
{
    if (lines->status != UTFALL_OK)
        return false;
    lines->status = lines->run && !message ? UTFALL_E_NOMEM : code;
    if (!lines->run || !message)
        return false;
    utfall_loc at = utfall_place_of(lines->path, lines->line, lines->len, lines->at);
    at.line = lines->number < UINT32_MAX ? (uint32_t)lines->number : UINT32_MAX;
    lines->status = utfall_run_report(
        lines->run, &(utfall_finding){.code = code,
                                      .severity = UTFALL_ERROR,
                                      .at = at,
                                      .message = message,
                                      .hint = "a detail file must be as utfall wrote it",
                                      .excerpt = utfall_place_excerpt(lines->run, lines->line,
                                                                      lines->len, lines->at)});
    return false;
}

/* Make room at the front and read on. False at the end of the file, or on a fault. */
static bool fill(utfall_lines *lines)
{
    if (!lines->run)
        return false;
    size_t kept = lines->to - lines->from;
    memmove(lines->buffer, lines->buffer + lines->from, kept);
    lines->from = 0;
    lines->to = kept;
    if (kept == UTFALL_DETAIL_LINE_MAX) {
        lines->len = lines->at = 0;
        return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "a line is longer than 524288 bytes");
    }
    ssize_t got;
    do
        got = read(lines->descriptor, lines->buffer + kept, UTFALL_DETAIL_LINE_MAX - kept);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        lines->status =
            utfall_file_refuse(lines->run, lines->path, "could not read the file", errno);
        return false;
    }
    lines->to += (size_t)got;
    return got > 0;
}

bool utfall_lines_seek(utfall_lines *lines, uint64_t offset, uint64_t number)
{
    lines->from = lines->to = 0;
    lines->bytes = offset;
    lines->number = number - 1;
    if (offset <= INT64_MAX && lseek(lines->descriptor, (off_t)offset, SEEK_SET) == (off_t)offset)
        return true;
    lines->status = utfall_file_refuse(lines->run, lines->path, "could not read the file", errno);
    return false;
}

bool utfall_lines_next(utfall_lines *lines)
{
    if (lines->status != UTFALL_OK || lines->is_end)
        return false;
    size_t seen = 0; /* bytes after `from` known to hold no LF */
    const char *end = NULL;
    for (;;) {
        const char *start = lines->buffer + lines->from;
        size_t held = lines->to - lines->from;
        end = held > seen ? memchr(start + seen, '\n', held - seen) : NULL;
        if (end)
            break;
        seen = held;
        if (!fill(lines))
            break;
    }
    if (lines->status != UTFALL_OK)
        return false;
    if (!end) {
        lines->is_end = true;
        lines->line = lines->buffer + lines->from;
        lines->len = lines->at = 0;
        return lines->to == lines->from
                   ? false
                   : utfall_lines_refuse(lines, UTFALL_E_SYNTAX,
                                         "the last line does not end in a line feed");
    }
    lines->line = lines->buffer + lines->from;
    lines->len = (size_t)(end - lines->line);
    lines->at = 0;
    lines->from += lines->len + 1;
    lines->bytes += lines->len + 1;
    lines->number++;
    if (lines->hash && EVP_DigestUpdate(lines->hash, lines->line, lines->len + 1) != 1)
        return utfall_lines_refuse(lines, UTFALL_E_NOMEM, NULL);
    return true;
}

bool utfall_lines_see(const utfall_lines *lines, const char *literal)
{
    size_t len = strlen(literal);
    return lines->status == UTFALL_OK && lines->len - lines->at >= len &&
           memcmp(lines->line + lines->at, literal, len) == 0;
}

bool utfall_lines_expect(utfall_lines *lines, const char *literal)
{
    if (utfall_lines_see(lines, literal)) {
        lines->at += strlen(literal);
        return true;
    }
    return utfall_lines_refuse(
        lines, UTFALL_E_SYNTAX,
        lines->run ? utfall_run_join(lines->run, "expected ", literal, (char *)NULL) : NULL);
}

bool utfall_lines_end(utfall_lines *lines, const char *literal)
{
    if (!utfall_lines_expect(lines, literal))
        return false;
    return lines->at == lines->len ||
           utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "more follows on the line than expected");
}

bool utfall_lines_raw(utfall_lines *lines, const char *name, const char **text, size_t *len)
{
    if (!utfall_lines_expect(lines, " ") || !utfall_lines_expect(lines, name) ||
        !utfall_lines_expect(lines, "=\""))
        return false;
    const char *start = lines->line + lines->at;
    const char *end = memchr(start, '"', lines->len - lines->at);
    if (!end)
        return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "the value has no closing quote");
    *text = start;
    *len = (size_t)(end - start);
    lines->at += *len + 1;
    return true;
}

bool utfall_lines_attribute(utfall_lines *lines, const char *name, utfall_spelling spelling,
                            utfall_value *out)
{
    const char *text = NULL;
    size_t len = 0;
    if (!utfall_lines_raw(lines, name, &text, &len))
        return false;
    utfall_status status = utfall_value_parse(lines->run, out, spelling, text, len);
    if (status == UTFALL_OK)
        return true;
    lines->at = (size_t)(text - lines->line);
    return utfall_lines_refuse(lines, status,
                               lines->run
                                   ? utfall_run_join(lines->run, name, ": expected ",
                                                     utfall_spelling_words(spelling), (char *)NULL)
                                   : NULL);
}
