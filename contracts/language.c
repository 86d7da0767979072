/* contracts/language.c - the table of terms, and finding one's way in it. Input: keys and words.
 * Invariant: the tables are terms.def and nothing else; terms of one shape lie together. */
#include "contracts/language.h"
#include "contracts/sources.h"

#include <string.h>

const char *const utfall_encoding_names[] = {"utf-8", "windows-1252", "iso-8859-1", NULL};
static const char *const utfall_unknown_names[] = {"refuse", "count", NULL};
static const char *const utfall_better_names[] = {"lower", "higher", NULL};
static const char *const utfall_look_names[] = {"level", "change", NULL};

const utfall_term_rule utfall_term_rules[UTFALL_TERMS] = {
#define SHAPE(shape, title, about)
#define END(shape)
#define TERM(shape, field, key, type, inside, names, need, fallback, range, meaning, example)      \
    {UTFALL_SHAPE_##shape,                                                                         \
     key,                                                                                          \
     UTFALL_TYPE_##type,                                                                           \
     UTFALL_SHAPE_##inside,                                                                        \
     names,                                                                                        \
     UTFALL_##need,                                                                                \
     fallback,                                                                                     \
     range,                                                                                        \
     meaning,                                                                                      \
     example},
#include "contracts/terms.def"
#undef SHAPE
#undef END
#undef TERM
};

const utfall_shape_info utfall_shapes[UTFALL_SHAPES] = {
    {"", "", 0, 0},
#define SHAPE(shape, title, about) {title, about, UTFALL_##shape##__first, UTFALL_##shape##__end},
#define END(shape)
#define TERM(shape, field, key, type, inside, names, need, fallback, range, meaning, example)
#include "contracts/terms.def"
#undef SHAPE
#undef END
#undef TERM
};

const utfall_term_rule *utfall_rule_find(utfall_shape shape, const char *key)
{
    for (size_t i = utfall_shapes[shape].first; i < utfall_shapes[shape].end; i++) {
        if (strcmp(utfall_term_rules[i].key, key) == 0)
            return &utfall_term_rules[i];
    }
    return NULL;
}

enum { NEAR_MAX = 40 };

/* Letters to insert, delete, replace or swap with a neighbour to get from one word to the other;
 * words of at most NEAR_MAX bytes. */
static size_t word_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t rows[3][NEAR_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b_len; j++)
        above[j] = before[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t least = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < least)
                least = above[j] + 1;
            if (now[j - 1] + 1 < least)
                least = now[j - 1] + 1;
            bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (is_swap && before[j - 2] + 1 < least)
                least = before[j - 2] + 1;
            now[j] = least;
        }
        size_t *free_row = before;
        before = above;
        above = now;
        now = free_row;
    }
    return above[b_len];
}

/* Replace *best by `candidate` when that is nearer to `word`. */
static void near_try(const char *word, size_t len, const char *candidate, const char **best,
                     size_t *least)
{
    size_t candidate_len = strlen(candidate);
    if (candidate_len > NEAR_MAX)
        return;
    size_t distance = word_distance(word, len, candidate, candidate_len);
    size_t longer = len > candidate_len ? len : candidate_len;
    if (3 * distance <= longer && distance < *least) {
        *least = distance;
        *best = candidate;
    }
}

const char *utfall_word_near(const char *word, const char *const *candidates)
{
    const char *best = NULL;
    size_t least = NEAR_MAX + 1, len = strlen(word);
    for (size_t i = 0; len <= NEAR_MAX && candidates[i] != NULL; i++)
        near_try(word, len, candidates[i], &best, &least);
    return best;
}

const char *utfall_key_near(const char *key, utfall_shape shape)
{
    const char *best = NULL;
    size_t least = NEAR_MAX + 1, len = strlen(key);
    for (size_t i = utfall_shapes[shape].first; len <= NEAR_MAX && i < utfall_shapes[shape].end;
         i++)
        near_try(key, len, utfall_term_rules[i].key, &best, &least);
    return best;
}

const char *utfall_words_list(utfall_run *run, const char *const *words)
{
    const char *text = words[0] == NULL ? "" : words[0];
    for (size_t i = 1; words[0] != NULL && words[i] != NULL; i++)
        text = utfall_run_join(run, text, words[i + 1] == NULL ? " or " : ", ", words[i],
                               (const char *)NULL);
    return text;
}
