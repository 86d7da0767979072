/* contracts/path.c - how the place of a value inside a contract is written: waterfall[2].share,
 * where."Min kolumn"[0]. Invariant: one path, one spelling; what utfall_path_parse takes is exactly
 * what join and item make. */
#include "contracts/document.h"

#include <string.h>

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

static bool key_is_plain(const char *key)
{
    size_t len = 0;
    while (is_plain(key[len]))
        len++;
    return len > 0 && key[len] == '\0';
}

static const char *key_quote(utfall_run *run, const char *key)
{
    size_t len = strlen(key);
    char *out = utfall_run_alloc(run, 2 * len + 3);
    if (out == NULL)
        return NULL;
    size_t to = 0;
    out[to++] = '"';
    for (size_t i = 0; i < len; i++) {
        if (key[i] == '"' || key[i] == '\\')
            out[to++] = '\\';
        out[to++] = key[i];
    }
    out[to++] = '"';
    out[to] = '\0';
    return out;
}

const char *utfall_path_join(utfall_run *run, const char *path, const char *key)
{
    const char *step = key_is_plain(key) ? key : key_quote(run, key);
    if (path == NULL || step == NULL)
        return NULL;
    return utfall_run_join(run, path, path[0] == '\0' ? "" : ".", step, (const char *)NULL);
}

const char *utfall_path_item(utfall_run *run, const char *path, size_t index)
{
    const char *number = utfall_run_decimal(run, (int64_t)index);
    if (path == NULL || number == NULL)
        return NULL;
    return utfall_run_join(run, path, "[", number, "]", (const char *)NULL);
}

/* Each of these takes one step off *at and gives false when the text is not one. */

static bool index_take(const char **at, size_t *index)
{
    const char *digits = *at + 1;
    size_t len = strspn(digits, "0123456789");
    if (len == 0 || len > 5 || digits[len] != ']' || (len > 1 && digits[0] == '0'))
        return false;
    *index = 0;
    for (size_t i = 0; i < len; i++)
        *index = *index * 10 + (size_t)(digits[i] - '0');
    *at = digits + len + 1;
    return true;
}

static bool quoted_take(utfall_run *run, const char **at, const char **key)
{
    const char *from = *at + 1;
    size_t room = strlen(from);
    char *out = utfall_run_alloc(run, room + 1);
    if (out == NULL)
        return false;
    size_t len = 0;
    for (; *from != '"'; from++) {
        if (*from == '\\') {
            from++;
            if (*from != '"' && *from != '\\')
                return false;
        } else if (*from == '\0') {
            return false;
        }
        out[len++] = *from;
    }
    if (len > UTFALL_DOCUMENT_KEY_MAX || key_is_plain(out))
        return false;
    *key = out;
    *at = from + 1;
    return true;
}

static bool plain_take(utfall_run *run, const char **at, const char **key)
{
    size_t len = 0;
    while (is_plain((*at)[len]))
        len++;
    if (len == 0 || len > UTFALL_DOCUMENT_KEY_MAX)
        return false;
    *key = utfall_run_text(run, *at, len);
    *at += len;
    return *key != NULL;
}

utfall_status utfall_path_parse(utfall_run *run, utfall_path_step steps[UTFALL_DOCUMENT_DEPTH_MAX],
                                size_t *count, const char *path)
{
    utfall_path_step read[UTFALL_DOCUMENT_DEPTH_MAX] = {0};
    size_t n = 0;
    if (strlen(path) > UTFALL_DOCUMENT_DEPTH_MAX * (2 * UTFALL_DOCUMENT_KEY_MAX + 3))
        return UTFALL_E_SYNTAX;
    for (const char *at = path; *at != '\0'; n++) {
        if (n == UTFALL_DOCUMENT_DEPTH_MAX)
            return UTFALL_E_SYNTAX;
        bool is_taken = false;
        if (n > 0 && *at == '[') {
            is_taken = index_take(&at, &read[n].index);
        } else {
            if (n > 0 && *at++ != '.')
                return UTFALL_E_SYNTAX;
            is_taken = *at == '"' ? quoted_take(run, &at, &read[n].key)
                                  : plain_take(run, &at, &read[n].key);
        }
        if (!is_taken)
            return utfall_run_failure(run) != UTFALL_OK ? utfall_run_failure(run) : UTFALL_E_SYNTAX;
    }
    if (n == 0)
        return UTFALL_E_SYNTAX;
    memcpy(steps, read, sizeof read);
    *count = n;
    return UTFALL_OK;
}
