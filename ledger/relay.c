/* ledger/relay.c - blocks that several threads make and that are taken in order: see relay.h.
 *
 * Invariants: blocks are begun in order, taken in order, and at most `slots` are between the two;
 * one thread takes at a time. Taking goes before making, so that slots become free. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/relay.h"
#include <pthread.h>

typedef struct running {
    const utfall_relay *relay;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t begun, taken; /* numbers of the next blocks */
    bool is_made[UTFALL_RELAY_SLOTS_MAX];
    bool is_taking, is_ended;
} running;

typedef struct runner {
    running *shared;
    size_t number;
} runner;

void utfall_relay_fit(utfall_relay *relay, size_t blocks, size_t threads)
{
    if (threads > UTFALL_RELAY_THREADS_MAX)
        threads = UTFALL_RELAY_THREADS_MAX;
    if (threads > blocks)
        threads = blocks;
    relay->blocks = blocks;
    relay->threads = threads > 0 ? threads : 1;
    relay->slots = relay->threads > 1 ? 2 * relay->threads : 1;
}

/* ---- steps: the lock is held when one begins and when it ends ---- */

static void make_next(running *r, size_t thread)
{
    const utfall_relay *relay = r->relay;
    size_t block = r->begun++, slot = block % relay->slots;
    pthread_mutex_unlock(&r->lock);
    relay->make(relay->context, thread, slot, block);
    pthread_mutex_lock(&r->lock);
    r->is_made[slot] = true;
}

static void take_next(running *r)
{
    const utfall_relay *relay = r->relay;
    size_t slot = r->taken % relay->slots;
    r->is_taking = true;
    pthread_mutex_unlock(&r->lock);
    bool goes_on = !relay->take || relay->take(relay->context, slot, r->taken);
    pthread_mutex_lock(&r->lock);
    r->is_taking = r->is_made[slot] = false;
    r->taken++;
    if (!goes_on)
        r->is_ended = true;
}

/* What a thread does until nothing is left to do. */
static void *work(void *given)
{
    const runner *self = given;
    running *r = self->shared;
    const utfall_relay *relay = r->relay;
    pthread_mutex_lock(&r->lock);
    while (!r->is_ended && r->taken < relay->blocks) {
        if (!r->is_taking && r->is_made[r->taken % relay->slots])
            take_next(r);
        else if (r->begun < relay->blocks && r->begun < r->taken + relay->slots)
            make_next(r, self->number);
        else {
            pthread_cond_wait(&r->changed, &r->lock);
            continue;
        }
        pthread_cond_broadcast(&r->changed);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

void utfall_relay_run(const utfall_relay *relay)
{
    running shared = {.relay = relay};
    pthread_t threads[UTFALL_RELAY_THREADS_MAX];
    runner runners[UTFALL_RELAY_THREADS_MAX];
    size_t started = 1;
    pthread_mutex_init(&shared.lock, NULL);
    pthread_cond_init(&shared.changed, NULL);
    for (size_t i = 0; i < relay->threads; i++)
        runners[i] = (runner){&shared, i};
    while (started < relay->threads &&
           pthread_create(&threads[started], NULL, work, &runners[started]) == 0)
        started++;
    work(&runners[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_cond_destroy(&shared.changed);
    pthread_mutex_destroy(&shared.lock);
}
