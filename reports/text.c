/* reports/text.c - a text that grows in a run.
 *
 * Everything that a contract, a table or a ledger brings goes through utfall__text_clean or
 * utfall__text_escape, so that no title can move the cursor of a terminal, turn the direction of
 * writing or open an element. Invariant: bytes[0..len) is what was added, in order. */
#include <string.h>
#include "reports/text.h"

enum { FIRST_CAPACITY = 1024 };
static const uint32_t NOT_UTF8 = UINT32_MAX;

void utfall__text_start(utfall__text *text, utfall_run *run)
{
    *text = (utfall__text){.run = run};
}

/* Room for `more` bytes and a NUL. The old bytes stay in the run: doubling bounds the waste. */
static bool text_reserve(utfall__text *text, size_t more)
{
    if (text->has_failed) {
        return false;
    }
    if (more >= SIZE_MAX / 4 - text->len) {
        utfall_run_fail(text->run, UTFALL_E_NOMEM);
        text->has_failed = true;
        return false;
    }
    size_t needed = text->len + more + 1;
    if (needed <= text->capacity) {
        return true;
    }
    size_t capacity = text->capacity > 0 ? text->capacity : FIRST_CAPACITY;
    while (capacity < needed) {
        capacity *= 2;
    }
    char *bytes = utfall_run_alloc(text->run, capacity);
    if (bytes == NULL) {
        text->has_failed = true;
        return false;
    }
    if (text->len > 0) {
        memcpy(bytes, text->bytes, text->len);
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void utfall__text_add_bytes(utfall__text *text, const char *part, size_t len)
{
    if (part == NULL) {
        text->has_failed = true;
    } else if (len > 0 && text_reserve(text, len)) {
        memcpy(text->bytes + text->len, part, len);
        text->len += len;
    }
}

void utfall__text_add(utfall__text *text, const char *part)
{
    utfall__text_add_bytes(text, part, part == NULL ? 0 : strlen(part));
}

void utfall__text_repeat(utfall__text *text, const char *part, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        utfall__text_add(text, part);
    }
}

void utfall__text_number(utfall__text *text, int64_t value)
{
    utfall__text_add(text, utfall_run_decimal(text->run, value));
}

/* Length of the sequence that a first byte announces; 0 for a byte that cannot be first. */
static size_t lead_length(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) {
        return 0;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Decode one code point; *step is its length, 1 when the bytes are not UTF-8 (overlong forms and
 * surrogates included). */
static uint32_t decode(const char *text, size_t len, size_t *step)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)text[0];
    size_t count = lead_length(lead);
    *step = 1;
    if (count <= 1) {
        return count == 1 ? lead : NOT_UTF8;
    }
    if (count > len) {
        return NOT_UTF8;
    }
    uint32_t code = lead & (0xFFu >> (count + 1));
    for (size_t i = 1; i < count; i++) {
        unsigned char next = (unsigned char)text[i];
        if ((next & 0xC0u) != 0x80u) {
            return NOT_UTF8;
        }
        code = code << 6 | (next & 0x3Fu);
    }
    if (code < least[count] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return NOT_UTF8;
    }
    *step = count;
    return code;
}

size_t utfall__text_step(const char *text, size_t len)
{
    size_t step;
    (void)decode(text, len, &step);
    return step;
}

static bool is_between(uint32_t code, uint32_t first, uint32_t last)
{
    return code >= first && code <= last;
}

/* Characters that show nothing themselves but change what is seen: controls, direction marks,
 * zero-width characters, tags, the byte-order mark. */
static bool is_hidden(uint32_t code)
{
    return code < 0x20 || is_between(code, 0x7F, 0x9F) || code == 0xAD || code == 0x61C ||
           code == 0x180E || is_between(code, 0x200B, 0x200F) || is_between(code, 0x202A, 0x202E) ||
           is_between(code, 0x2060, 0x206F) || code == 0xFEFF || is_between(code, 0xFFF0, 0xFFFB) ||
           is_between(code, 0xE0000, 0xE0FFF) || (code & 0xFFFE) == 0xFFFE;
}

static bool is_break(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 ||
           code == 0x2029;
}

static const char *reference(uint32_t code)
{
    switch (code) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* How many bytes from here on stand for themselves: most of all texts. */
static size_t plain_length(const char *part, size_t len, bool is_escaped)
{
    size_t plain = 0;
    while (plain < len && part[plain] >= 0x20 && part[plain] < 0x7F &&
           (!is_escaped || reference((unsigned char)part[plain]) == NULL))
        plain++;
    return plain;
}

static void add_foreign(utfall__text *text, const char *part, bool is_escaped)
{
    if (part == NULL) {
        text->has_failed = true;
        return;
    }
    size_t len = strlen(part);
    for (size_t i = 0, step; i < len; i += step) {
        step = plain_length(part + i, len - i, is_escaped);
        if (step > 0) {
            utfall__text_add_bytes(text, part + i, step);
            continue;
        }
        uint32_t code = decode(part + i, len - i, &step);
        const char *written = is_escaped ? reference(code) : NULL;
        if (code == NOT_UTF8) {
            utfall__text_add(text, "\xEF\xBF\xBD");
        } else if (is_break(code)) {
            utfall__text_add(text, " ");
        } else if (written != NULL) {
            utfall__text_add(text, written);
        } else if (!is_hidden(code)) {
            utfall__text_add_bytes(text, part + i, step);
        }
    }
}

void utfall__text_clean(utfall__text *text, const char *part)
{
    add_foreign(text, part, false);
}

void utfall__text_escape(utfall__text *text, const char *part)
{
    add_foreign(text, part, true);
}

utfall_status utfall__text_end(utfall__text *text, const char **out, size_t *len)
{
    const bool is_whole = text_reserve(text, 0);
    const utfall_status status = utfall_run_failure(text->run);
    if (!is_whole || status != UTFALL_OK)
        return status == UTFALL_OK ? UTFALL_E_BUG : status;
    text->bytes[text->len] = '\0';
    *out = text->bytes;
    if (len != NULL) {
        *len = text->len;
    }
    return UTFALL_OK;
}

const char *utfall__text_cleaned(utfall_run *run, const char *part)
{
    utfall__text text;
    utfall__text_start(&text, run);
    utfall__text_clean(&text, part);
    const char *out = NULL;
    return utfall__text_end(&text, &out, NULL) == UTFALL_OK ? out : NULL;
}

/* What is left to escape in a cleaned text: controls, tabs and line breaks are gone. */
void utfall__text_json(utfall__text *text, const char *part)
{
    const char *left = utfall__text_cleaned(text->run, part);
    utfall__text_add(text, "\"");
    while (left != NULL && *left != '\0') {
        const size_t plain = strcspn(left, "\"\\");
        utfall__text_add_bytes(text, left, plain);
        left += plain;
        if (*left != '\0') {
            const char escaped[3] = {'\\', *left++, '\0'};
            utfall__text_add(text, escaped);
        }
    }
    text->has_failed = text->has_failed || left == NULL;
    utfall__text_add(text, "\"");
}

/* East Asian wide characters and pictures take two columns, combining marks none. */
static size_t code_columns(uint32_t code)
{
    if (is_between(code, 0x300, 0x36F) || is_between(code, 0x20D0, 0x20FF) ||
        is_between(code, 0xFE00, 0xFE0F)) {
        return 0;
    }
    bool is_wide = is_between(code, 0x1100, 0x115F) || is_between(code, 0x2E80, 0xA4CF) ||
                   is_between(code, 0xAC00, 0xD7A3) || is_between(code, 0xF900, 0xFAFF) ||
                   is_between(code, 0xFE30, 0xFE6F) || is_between(code, 0xFF00, 0xFF60) ||
                   is_between(code, 0xFFE0, 0xFFE6) || is_between(code, 0x1F300, 0x1FAFF) ||
                   is_between(code, 0x20000, 0x3FFFD);
    return is_wide ? 2 : 1;
}

size_t utfall__text_columns(const char *text, size_t len)
{
    size_t columns = 0;
    for (size_t i = 0, step; i < len; i += step) {
        columns += code_columns(decode(text + i, len - i, &step));
    }
    return columns;
}
