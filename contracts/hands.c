/* contracts/hands.c - a few threads for whatever can be done at the same time.
 *
 * In: work with seats. Out: the work done. Invariants: no thread is started without a seat for it
 * to take; nobody waits but for hands that are at work, so that work always goes on; an offer lies
 * on its owner's stack, and leaves the list when nobody has a seat of it any more. */
#define _GNU_SOURCE /* where threads begin */
#include "contracts/hands.h"

/* Work that is going on. */
typedef struct utfall_offer {
    struct utfall_offer *next;
    utfall_work_fn *work;
    void *context;
    size_t count, taken, left; /* seats: all, those taken (the first ones), those left again */
} utfall_offer;

/* ---- seats: the lock is held when one of these begins and when it ends ---- */

/* The offer with a free seat where the fewest sit. */
static utfall_offer *open_offer(const utfall_hands *hands)
{
    utfall_offer *found = NULL;
    for (utfall_offer *o = hands->offers; o != NULL; o = o->next)
        if (o->taken < o->count &&
            (found == NULL || o->taken - o->left < found->taken - found->left))
            found = o;
    return found;
}

static void seat_take(utfall_hands *hands, utfall_offer *offer)
{
    const size_t seat = offer->taken++;
    pthread_mutex_unlock(&hands->lock);
    offer->work(offer->context, seat);
    pthread_mutex_lock(&hands->lock);
    offer->left++;
    pthread_cond_broadcast(&hands->changed);
}

/* ---- processors ---- */

/* A thread that is where the one is that started it may stay there for milliseconds, which is all
 * that there is to do in small tables. So it is sent to another processor before it begins, if the
 * system lets us, stays away from there while it works on its first seat, and then may go wherever
 * the owner of the hands may. */
static void send_elsewhere(pthread_t thread)
{
#if defined(__GLIBC__)
    cpu_set_t others;
    const int here = sched_getcpu();
    if (here < 0 || here >= CPU_SETSIZE ||
        pthread_getaffinity_np(pthread_self(), sizeof others, &others) != 0)
        return;
    CPU_CLR((size_t)here, &others);
    if (CPU_COUNT(&others) > 0)
        (void)pthread_setaffinity_np(thread, sizeof others, &others);
#else
    (void)thread;
#endif
}

static void go_where(pthread_t owner)
{
#if defined(__GLIBC__)
    cpu_set_t all;
    if (pthread_getaffinity_np(owner, sizeof all, &all) == 0)
        (void)pthread_setaffinity_np(pthread_self(), sizeof all, &all);
#else
    (void)owner;
#endif
}

/* ---- threads ---- */

/* What a thread does until there is nothing more to come. */
static void *hand_work(void *object)
{
    utfall_hands *hands = object;
    bool is_sent = true;
    pthread_mutex_lock(&hands->lock); /* held by who started this until it has been sent */
    while (!hands->is_over) {
        utfall_offer *offer = open_offer(hands);
        if (offer == NULL) {
            pthread_cond_wait(&hands->changed, &hands->lock);
            continue;
        }
        hands->idle--;
        seat_take(hands, offer);
        hands->idle++;
        if (is_sent)
            go_where(hands->owner);
        is_sent = false;
    }
    pthread_mutex_unlock(&hands->lock);
    return NULL;
}

/* Threads for the seats that are free, but for the one that the caller is about to take, when too
 * few are idle. */
static void hands_start(utfall_hands *hands)
{
    size_t seats = 0;
    for (const utfall_offer *o = hands->offers; o != NULL; o = o->next)
        seats += o->count - o->taken;
    while (hands->idle + 1 < seats && hands->started + 1 < hands->threads &&
           pthread_create(&hands->thread[hands->started], NULL, hand_work, hands) == 0) {
        send_elsewhere(hands->thread[hands->started]);
        hands->started++;
        hands->idle++;
    }
}

static void offer_begin(utfall_hands *hands, utfall_offer *offer)
{
    offer->next = hands->offers;
    hands->offers = offer;
    hands_start(hands);
    pthread_cond_broadcast(&hands->changed);
}

static void offer_end(utfall_hands *hands, const utfall_offer *offer)
{
    utfall_offer **at = &hands->offers;
    while (*at != offer)
        at = &(*at)->next;
    *at = offer->next;
}

/* ---- work ---- */

void utfall_hands_begin(utfall_hands *hands, size_t threads)
{
    *hands = (utfall_hands){.owner = pthread_self(),
                            .threads = threads < UTFALL_HANDS_MAX ? threads : UTFALL_HANDS_MAX};
    pthread_mutex_init(&hands->lock, NULL);
    pthread_cond_init(&hands->changed, NULL);
}

void utfall_hands_end(utfall_hands *hands)
{
    pthread_mutex_lock(&hands->lock);
    hands->is_over = true;
    pthread_cond_broadcast(&hands->changed);
    pthread_mutex_unlock(&hands->lock);
    for (size_t i = 0; i < hands->started; i++)
        pthread_join(hands->thread[i], NULL);
    pthread_cond_destroy(&hands->changed);
    pthread_mutex_destroy(&hands->lock);
}

/* Work on seat 0, and on all that nobody takes when every seat has to be. */
static void work_share(utfall_hands *hands, utfall_offer *offer, bool is_every)
{
    pthread_mutex_lock(&hands->lock);
    offer_begin(hands, offer);
    seat_take(hands, offer);
    while (is_every && offer->taken < offer->count)
        seat_take(hands, offer);
    offer->count = offer->taken; /* those still free stay so */
    while (offer->left < offer->taken) {
        /* What others do of it may have seats itself. */
        utfall_offer *other = is_every ? open_offer(hands) : NULL;
        if (other != NULL)
            seat_take(hands, other);
        else
            pthread_cond_wait(&hands->changed, &hands->lock);
    }
    offer_end(hands, offer);
    pthread_mutex_unlock(&hands->lock);
}

void utfall_hands_all(utfall_hands *hands, utfall_work_fn *work, void *context, size_t count)
{
    utfall_offer offer = {.work = work, .context = context, .count = count};
    work_share(hands, &offer, true);
}

void utfall_hands_help(utfall_hands *hands, utfall_work_fn *work, void *context, size_t count)
{
    utfall_offer offer = {.work = work, .context = context, .count = count};
    work_share(hands, &offer, false);
}
