/* tests/unit/seeded.h - numbers that look random and are the same in every run (xorshift64). */
#ifndef TEST_SEEDED_H
#define TEST_SEEDED_H
#include <stdint.h>

typedef struct seeded {
    uint64_t state; /* not 0 */
} seeded;

static inline uint64_t seeded_next(seeded *s)
{
    s->state ^= s->state << 13;
    s->state ^= s->state >> 7;
    s->state ^= s->state << 17;
    return s->state;
}

/* A number of any size: as many bits as the generator says, of any sign. */
static inline int64_t seeded_any(seeded *s)
{
    int64_t value = (int64_t)(seeded_next(s) >> (seeded_next(s) % 63 + 1));
    return seeded_next(s) % 2 ? value : -value;
}

static inline int64_t seeded_below(seeded *s, int64_t bound)
{
    return (int64_t)(seeded_next(s) % (uint64_t)bound);
}

#endif
