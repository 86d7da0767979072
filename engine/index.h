/* engine/index.h - finding people by id; private to engine/. */
#ifndef UTFALL_INDEX_H
#define UTFALL_INDEX_H
#include "utfall/run.h"
#include <string.h>

enum { UTFALL__RUNS_MAX = 33 };

typedef struct utfall__slot {
    uint32_t tag;    /* upper half of the id's hash */
    uint32_t number; /* of the person, from 1; 0 = free */
} utfall__slot;

/** Ids numbered from 0 in the order added. The texts lie one after the other, a NUL after each, so
 * that the length of one is where the next begins. */
typedef struct utfall__index {
    utfall_run *run;
    uint32_t count, capacity;
    uint32_t *at; /* [count + 1]: where the text of an id begins */
    char *texts;
    size_t texts_capacity;
    bool is_mixed; /* the ids did not come in ascending order; until then nobody has a slot */
    utfall__slot *slots;
    uint32_t slot_count; /* 0 or a power of two, at least twice `count` */
    /* Numbers that found no free slot within the fixed number of probes: runs sorted by id, each at
     * least twice as long as the next, one after the other. */
    uint32_t *spilled;
    uint32_t spilled_count, spilled_capacity;
    uint32_t run_count, run_end[UTFALL__RUNS_MAX];
    uint32_t
        *sorted; /* when frozen: all numbers in order of id; NULL = they are in order already */
} utfall__index;

/** Add an id. UTFALL_E_CONFLICT: it is there already. *number is its number either way.
 * UTFALL_E_RANGE: more ids or longer texts in all than 32 bits can count. */
UTFALL_TRY utfall_status utfall__index_add(utfall__index *index, size_t *number, const char *id,
                                           size_t len);

/** The number of an id, or SIZE_MAX: at most a fixed number of probes and then searches by halving;
 * by halving alone when frozen, or while the ids came in ascending order. */
size_t utfall__index_find(const utfall__index *index, const char *id, size_t len);

static inline uint64_t utfall__word_at(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Fewer than eight bytes as one number: the halves of a short text overlap, and are all of it. */
static inline uint64_t utfall__short_word(const char *id, size_t len)
{
    uint32_t first = 0, last = 0;
    if (len >= sizeof first) {
        memcpy(&first, id, sizeof first);
        memcpy(&last, id + len - sizeof last, sizeof last);
    } else if (len > 0) {
        first = (uint32_t)(unsigned char)id[0] << 16 | (uint32_t)(unsigned char)id[len / 2] << 8 |
                (unsigned char)id[len - 1];
    }
    return (uint64_t)first << 32 | last;
}

/** What decides an id's place: slot by its low bits, tag by its high ones. Eight bytes a round, the
 * last eight as they end, each round a multiplication by an odd number folded onto itself, so that
 * every bit of the id reaches both the low bits and the high ones. */
static inline uint64_t utfall__index_hash(const char *id, size_t len)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t hash = len * odd;
    if (len < 8) {
        hash = (hash ^ utfall__short_word(id, len)) * odd;
        hash ^= hash >> 32;
    } else {
        for (size_t at = 0; at + 8 < len; at += 8) {
            hash = (hash ^ utfall__word_at(id + at)) * odd;
            hash ^= hash >> 32;
        }
        hash = (hash ^ utfall__word_at(id + len - 8)) * odd;
        hash ^= hash >> 32;
    }
    hash *= 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

enum { UTFALL__PROBES = 8 }; /* slots that an id may lie in */

/** Text of number `i`; moves when ids are added. */
static inline const char *utfall__index_text(const utfall__index *index, uint32_t i)
{
    return index->texts + index->at[i];
}

static inline size_t utfall__index_len(const utfall__index *index, uint32_t i)
{
    return index->at[i + 1] - index->at[i] - 1;
}

/** Whether two texts of the same length are the same. Those of 8 to 16 bytes, as ids mostly are,
 * are compared as halves that overlap. */
static inline bool utfall__is_same(const char *a, const char *b, size_t len)
{
    if (len < 8 || len > 16)
        return len == 0 || memcmp(a, b, len) == 0;
    const char *const last_a = a + len - 8, *const last_b = b + len - 8;
    return ((utfall__word_at(a) ^ utfall__word_at(b)) |
            (utfall__word_at(last_a) ^ utfall__word_at(last_b))) == 0;
}

/** Whether number `i` has this id. */
static inline bool utfall__index_is(const utfall__index *index, uint32_t i, const char *id,
                                    size_t len)
{
    return utfall__index_len(index, i) == len &&
           utfall__is_same(utfall__index_text(index, i), id, len);
}

/** No more ids: sort them, and give back what was held to find them in any order. */
UTFALL_TRY utfall_status utfall__index_freeze(utfall__index *index);

/** The number of the `i`th id in order, bytewise; when frozen. */
static inline uint32_t utfall__index_nth(const utfall__index *index, uint32_t i)
{
    return index->sorted == NULL ? i : index->sorted[i];
}

/** Give back everything but the texts. */
void utfall__index_end(utfall__index *index);

#endif
