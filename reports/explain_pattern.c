/* reports/explain_pattern.c - which family a key belongs to, and what its wildcards stand for.
 *
 * In: a key. Out: the first family whose pattern fits the whole of it. Invariant: '#' stands for
 * digits, '@' for a month and '*' for anything, at least one byte each. */
#include <string.h>
#include "reports/explain.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes at `key` that wildcard `kind` can stand for: at least `least`, the longest first. */
static bool wildcard_fits(char kind, const char *key, size_t len)
{
    if (kind == '*')
        return true;
    if (kind == '@')
        return len == 7 && is_digit(key[0]) && is_digit(key[1]) && is_digit(key[2]) &&
               is_digit(key[3]) && key[4] == '-' && is_digit(key[5]) && is_digit(key[6]);
    for (size_t i = 0; i < len; i++)
        if (!is_digit(key[i]))
            return false;
    return true;
}

/* Recursion goes as deep as a pattern has wildcards. */
static bool pattern_fits(const char *pattern, const char *key, const char **from, size_t *len)
{
    while (*pattern != '\0' && *pattern != '*' && *pattern != '#' && *pattern != '@')
        if (*pattern++ != *key++)
            return false;
    if (*pattern == '\0')
        return *key == '\0';
    for (size_t n = strlen(key); n > 0; n--) {
        if (!wildcard_fits(*pattern, key, n) ||
            !pattern_fits(pattern + 1, key + n, from + 1, len + 1))
            continue;
        *from = key;
        *len = n;
        return true;
    }
    return false;
}

const utfall__family *utfall__family_find(utfall_run *run, const char **captured, const char *key)
{
    for (const utfall__family *family = utfall__families; family->pattern != NULL; family++) {
        const char *from[UTFALL__CAPTURES_MAX + 1] = {NULL};
        size_t len[UTFALL__CAPTURES_MAX + 1] = {0};
        if (!pattern_fits(family->pattern, key, from, len))
            continue;
        for (size_t i = 0; run != NULL && i < UTFALL__CAPTURES_MAX; i++)
            captured[i] = from[i] == NULL ? "" : utfall_run_text(run, from[i], len[i]);
        return family;
    }
    return NULL;
}

bool utfall_explain_knows(const char *key)
{
    return utfall__family_find(NULL, NULL, key) != NULL;
}
