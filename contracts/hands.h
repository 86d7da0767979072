/* contracts/hands.h - a few threads for whatever can be done at the same time; private to
 * contracts/.
 *
 * A piece of work has seats, and is done by a function that is called for each of them, by
 * whichever hand has taken it. Who shares out work sits on seat 0. Hands that are free take seats
 * wherever there are some, so that one who is through with one thing helps with another. With one
 * thread all is done in order by the caller, and with any number every piece goes on though nobody
 * comes. */
#ifndef UTFALL_HANDS_H
#define UTFALL_HANDS_H
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { UTFALL_HANDS_MAX = 64 };

typedef void utfall_work_fn(void *context, size_t seat);

typedef struct utfall_hands {
    pthread_t owner; /* who began them, and ends them */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t threads;       /* that may work, the caller's among them */
    size_t started, idle; /* of the others; a thread is idle until it takes a seat */
    bool is_over;
    struct utfall_offer *offers; /* work that is going on */
    pthread_t thread[UTFALL_HANDS_MAX];
} utfall_hands;

/** Hands of at most `threads` threads (1..UTFALL_HANDS_MAX) in all. A thread is started when there
 * is a seat for it; those that the system does not give are done without. */
void utfall_hands_begin(utfall_hands *hands, size_t threads);

/** End the threads. No work is going on. */
void utfall_hands_end(utfall_hands *hands);

/** Have every seat of 0..`count`-1 (at least one) worked once. Seats that nobody takes are the
 * caller's, one after the other. */
void utfall_hands_all(utfall_hands *hands, utfall_work_fn *work, void *context, size_t count);

/** Work on seat 0, and have hands that are free meanwhile take other seats, in their order. None is
 * taken any more when the caller's work is done. */
void utfall_hands_help(utfall_hands *hands, utfall_work_fn *work, void *context, size_t count);

#endif
