/* cli/print_findings.c - findings on standard error: for people in the form that editors
 * understand, with the source line and carets under the text; for programs as one JSON object a
 * line. Control characters in quoted input never reach a terminal. For people a fault that comes
 * again and again is shown in full three times, then in one line each. */
#include "cli/cli.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Input text for a terminal: C0, DEL and C1 controls become '?'. C1 is U+0080..U+009F, bytes
 * C2 80..9F in UTF-8. */
static void put_clean(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        if (*p < 0x20 || *p == 0x7f)
            fputc(*p == '\t' ? ' ' : '?', stderr);
        else if (*p == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f) {
            fputc('?', stderr);
            p++;
        } else
            fputc(*p, stderr);
    }
}

static void put_place(const utfall_loc *at)
{
    if (at->file != NULL && *at->file != '\0') {
        put_clean(at->file);
        if (at->line > 0)
            fprintf(stderr, ":%" PRIu32, at->line);
        if (at->line > 0 && at->column > 0)
            fprintf(stderr, ":%" PRIu32, at->column);
        fputs(": ", stderr);
    }
}

static uint32_t code_points(const char *text)
{
    uint32_t count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static void put_excerpt(const utfall_finding *f)
{
    fprintf(stderr, "%5" PRIu32 " | ", f->at.line);
    put_clean(f->excerpt);
    fputc('\n', stderr);
    uint32_t shown = code_points(f->excerpt);
    if (f->at.column == 0 || f->at.column > shown + 1)
        return;
    uint32_t width = f->width > 0 ? f->width : 1;
    if (f->at.column + width > shown + 2)
        width = shown + 2 - f->at.column;
    fprintf(stderr, "      | %*s", (int)(f->at.column - 1), "");
    for (uint32_t i = 0; i < width; i++)
        fputc('^', stderr);
    fputc('\n', stderr);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The last character of the quotation, the number or the character that begins at `at`. */
static const char *shape_next(const char *at)
{
    if (*at == '"') {
        const char *end = strchr(at + 1, '"');
        return end == NULL ? at : end;
    }
    while (is_digit(at[0]) && is_digit(at[1]))
        at++;
    return at;
}

/* Whether two messages are the same but for what they quote and the numbers in them. */
static bool is_same_shape(const char *a, const char *b)
{
    while (*a != '\0' && (*a == *b || (is_digit(*a) && is_digit(*b)))) {
        a = shape_next(a) + 1;
        b = shape_next(b) + 1;
    }
    return *a == *b;
}

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Whether FULL_MAX findings before number `i` say the same of the same field. */
static bool is_told(const struct cli *cli, size_t i)
{
    enum { FULL_MAX = 3 };
    const utfall_finding *f = utfall_run_finding(cli->run, i);
    int like = 0;
    for (size_t k = 0; k < i && like < FULL_MAX; k++) {
        const utfall_finding *before = utfall_run_finding(cli->run, k);
        like += before->severity == f->severity && before->code == f->code &&
                is_same_text(before->at.file, f->at.file) && is_same_text(before->path, f->path) &&
                is_same_shape(before->message, f->message);
    }
    return like == FULL_MAX;
}

static void print_line(const utfall_finding *f)
{
    put_place(&f->at);
    fputs(f->severity == UTFALL_ERROR ? "error: " : "warning: ", stderr);
    put_clean(f->message);
    fprintf(stderr, " [%s]\n", utfall_status_name(f->code));
}

static void print_text(const utfall_finding *f)
{
    print_line(f);
    if (f->excerpt != NULL && f->at.line > 0)
        put_excerpt(f);
    if (f->path != NULL || f->clause != NULL) {
        fputs("  ", stderr);
        if (f->path != NULL) {
            fputs("field: ", stderr);
            put_clean(f->path);
        }
        if (f->clause != NULL) {
            fputs(f->path != NULL ? "    clause: " : "clause: ", stderr);
            put_clean(f->clause);
        }
        fputc('\n', stderr);
    }
    if (f->also.line > 0 && f->also_message != NULL) {
        put_place(&f->also);
        fputs("note: ", stderr);
        put_clean(f->also_message);
        fputc('\n', stderr);
    }
    if (f->hint != NULL) {
        fputs("hint: ", stderr);
        put_clean(f->hint);
        fputc('\n', stderr);
    }
}

static void json_text(const char *key, const char *text)
{
    if (text == NULL)
        return;
    fprintf(stderr, ",\"%s\":\"", key);
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            fprintf(stderr, "\\%c", *p);
        else if (*p < 0x20 || *p == 0x7f)
            fprintf(stderr, "\\u%04x", *p);
        else
            fputc(*p, stderr);
    }
    fputc('"', stderr);
}

static void print_json(const utfall_finding *f)
{
    fprintf(stderr, "{\"severity\":\"%s\",\"code\":\"%s\"",
            f->severity == UTFALL_ERROR ? "error" : "warning", utfall_status_name(f->code));
    json_text("file", f->at.file);
    fprintf(stderr, ",\"line\":%" PRIu32 ",\"column\":%" PRIu32 ",\"width\":%" PRIu32, f->at.line,
            f->at.column, f->width);
    json_text("path", f->path);
    json_text("clause", f->clause);
    json_text("message", f->message);
    json_text("hint", f->hint);
    json_text("excerpt", f->excerpt);
    if (f->also.line > 0) {
        json_text("also_file", f->also.file);
        fprintf(stderr, ",\"also_line\":%" PRIu32 ",\"also_column\":%" PRIu32, f->also.line,
                f->also.column);
        json_text("also_message", f->also_message);
    }
    fputs("}\n", stderr);
}

void cli_print_findings(const struct cli *cli, const char *consequence)
{
    uint64_t errors = utfall_run_errors(cli->run), warnings = utfall_run_warnings(cli->run),
             shown = 0;
    const utfall_finding *f;
    for (size_t i = 0; (f = utfall_run_finding(cli->run, i)) != NULL; i++) {
        shown += f->severity == UTFALL_ERROR;
        if (cli->errors_as_json)
            print_json(f);
        else if (is_told(cli, i))
            print_line(f);
        else
            print_text(f);
    }
    if (errors == 0 && warnings == 0)
        return;
    if (cli->errors_as_json) {
        fprintf(stderr,
                "{\"severity\":\"summary\",\"errors\":%" PRIu64 ",\"warnings\":%" PRIu64
                ",\"errors_shown\":%" PRIu64,
                errors, warnings, shown);
        json_text("message", errors > 0 ? consequence : "");
        fputs("}\n", stderr);
        return;
    }
    fprintf(stderr, "utfall: %" PRIu64 " %s", errors, errors == 1 ? "error" : "errors");
    if (shown < errors)
        fprintf(stderr, " (the first %" PRIu64 " shown)", shown);
    if (warnings > 0)
        fprintf(stderr, ", %" PRIu64 " %s", warnings, warnings == 1 ? "warning" : "warnings");
    fprintf(stderr, "%s%s\n", errors > 0 ? "; " : "", errors > 0 ? consequence : "");
}

int cli_exit_of(utfall_status status)
{
    switch (status) {
    case UTFALL_OK:
        return EXIT_DONE;
    case UTFALL_E_INVALID:
        return EXIT_NO;
    case UTFALL_E_SYNTAX:
    case UTFALL_E_SCHEMA:
    case UTFALL_E_UNIT:
    case UTFALL_E_RANGE:
    case UTFALL_E_MISSING:
    case UTFALL_E_CONFLICT:
    case UTFALL_E_INEXACT:
    case UTFALL_E_UNDECIDED:
        return EXIT_REFUSED;
    case UTFALL_E_NOMEM:
    case UTFALL_E_IO:
        return EXIT_SYSTEM;
    case UTFALL_E_BUG:
        return EXIT_BUG;
    }
    return EXIT_BUG;
}

int cli_refuse(const struct cli *cli, utfall_status status, const char *consequence)
{
    if (utfall_run_errors(cli->run) == 0) {
        utfall_finding f = {
            .code = status, .at = {.file = ""}, .message = "the calculation failed"};
        utfall_run_report(cli->run, &f);
    }
    cli_print_findings(cli, consequence);
    return cli_exit_of(status);
}
