/* reports/explain_near.c - which key somebody may have meant.
 *
 * In: a key that does not exist, and those that do. Out: at most three of them, nearest first.
 * Nearness is the number of letters changed, left out or added (Levenshtein), at most a third of
 * the word; a key that begins with the word, as "saving" begins "saving.total", is near as well. */
#include <string.h>
#include "reports/explain.h"

enum { KEY_MAX = 120, NEAR_MAX = 3 };

/* Distance, or SIZE_MAX when one of them is too long to be meant. */
static size_t distance(const char *a, const char *b)
{
    size_t row[KEY_MAX + 1];
    const size_t width = strlen(b), height = strlen(a);
    if (width > KEY_MAX || height > KEY_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 1; i <= height; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            const size_t replaced = corner + (a[i - 1] != b[j - 1]);
            const size_t shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            corner = row[j];
            row[j] = replaced < shorter ? replaced : shorter;
        }
    }
    return row[width];
}

static size_t badness(const char *word, const char *key)
{
    const size_t len = strlen(word);
    const size_t far = distance(word, key);
    if (len > 0 && strncmp(key, word, len) == 0 && key[len] == '.')
        return 1;
    return far <= (len + 2) / 3 ? far : SIZE_MAX;
}

const char *utfall__keys_near(utfall_run *run, const utfall_fact *facts, size_t count,
                              const char *key)
{
    const char *near[NEAR_MAX] = {NULL};
    size_t bad[NEAR_MAX] = {SIZE_MAX, SIZE_MAX, SIZE_MAX}, found = 0;
    for (size_t i = 0; i < count; i++) {
        size_t b = badness(key, facts[i].key);
        const char *candidate = facts[i].key;
        for (size_t n = 0; n < NEAR_MAX && b != SIZE_MAX; n++) {
            if (b >= bad[n])
                continue;
            const size_t pushed = bad[n];
            const char *out = near[n];
            bad[n] = b;
            near[n] = candidate;
            b = pushed;
            candidate = out;
        }
    }
    while (found < NEAR_MAX && near[found] != NULL)
        found++;
    if (found == 0)
        return NULL;
    const char *words = utfall_run_join(run, "\"", near[0], "\"", (const char *)NULL);
    for (size_t n = 1; n < found && words != NULL; n++)
        words = utfall_run_join(run, words, n + 1 == found ? " or \"" : ", \"", near[n], "\"",
                                (const char *)NULL);
    return words;
}
