/* ledger/relay.h - blocks that several threads make and that are taken in order, private to
 * ledger/.
 *
 * `make` runs on any thread, for several blocks at the same time; `take` gets the blocks by their
 * numbers, one at a time, on whatever thread is free. A block lies in a slot from `make` to `take`,
 * so what is held does not grow with the number of blocks. One block or one thread: the same steps
 * in turn on the caller's thread. */
#ifndef UTFALL_RELAY_H
#define UTFALL_RELAY_H
#include <stdbool.h>
#include <stddef.h>

enum { UTFALL_RELAY_THREADS_MAX = 64, UTFALL_RELAY_SLOTS_MAX = 2 * UTFALL_RELAY_THREADS_MAX };

typedef struct utfall_relay {
    size_t blocks, threads, slots; /* as utfall_relay_fit gives them */
    void *context;
    void (*make)(void *context, size_t thread, size_t slot, size_t block);
    bool (*take)(void *context, size_t slot, size_t block); /* false: no more. NULL = nothing to do
                                                               in order */
} utfall_relay;

/** Threads that are worth starting for so many blocks, at most `threads` (at least 1), and the
 * slots that they need. */
void utfall_relay_fit(utfall_relay *relay, size_t blocks, size_t threads);

/** Make and take all blocks, or those up to a false. Threads that the system does not give are done
 * without. */
void utfall_relay_run(const utfall_relay *relay);

#endif
