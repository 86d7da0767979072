/* tests/unit/allocator.h - an allocator that counts what is out, and fails the n-th request. */
#ifndef TEST_ALLOCATOR_H
#define TEST_ALLOCATOR_H
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct counting {
    uint64_t requests; /* for new or more memory, so far */
    uint64_t fail_at;  /* number of the request that fails, and of all after it; 0 = none */
    int64_t out;       /* pieces not freed yet */
} counting;

/* An utfall_alloc_fn. */
static inline void *counting_alloc(void *ctx, void *ptr, size_t size)
{
    counting *c = ctx;
    if (size == 0) {
        c->out -= ptr != NULL;
        free(ptr);
        return NULL;
    }
    c->requests++;
    if (c->fail_at != 0 && c->requests >= c->fail_at)
        return NULL;
    void *moved = realloc(ptr, size);
    c->out += ptr == NULL && moved != NULL;
    return moved;
}

#endif
