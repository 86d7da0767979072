/* ledger/detail_order.c - a cohort in the order of its pseudonyms, so that their order tells
 * nothing.
 *
 * Pseudonyms are as good as random, so their first byte deals people evenly to 256 piles. In:
 * people by id. Then: pseudonyms, by several threads; piles, in place; each pile in order, by
 * several threads. Nothing is held but the people themselves. */
#include "ledger/detail_person.h"
#include "ledger/relay.h"
#include <stdlib.h>
#include <string.h>

enum { PILES = 256, BLOCK = 1024 };

typedef struct ordering {
    utfall_detail_person *people;
    const utfall_cohort *cohort;
    const char *name;
    utfall_pseudonyms keys[UTFALL_RELAY_THREADS_MAX]; /* one a thread */
    bool has_failed[UTFALL_RELAY_THREADS_MAX];
    size_t ends[PILES]; /* of the piles in `people` */
} ordering;

static void name_people(void *context, size_t thread, size_t slot, size_t block)
{
    ordering *o = context;
    (void)slot;
    for (size_t i = block * BLOCK; i < o->cohort->persons && i < (block + 1) * BLOCK; i++) {
        o->people[i].number = i;
        if (utfall_pseudonym_of(&o->keys[thread], o->people[i].pseudonym, o->name,
                                o->cohort->ids[i]) != UTFALL_OK)
            o->has_failed[thread] = true;
    }
}

/* Each person is swapped into their pile's next free place until whoever stands here belongs here.
 */
static void deal(ordering *o)
{
    size_t next[PILES] = {0}, place = 0;
    for (size_t i = 0; i < o->cohort->persons; i++)
        next[o->people[i].pseudonym[0]]++;
    for (size_t pile = 0; pile < PILES; pile++) {
        size_t size = next[pile];
        next[pile] = place;
        o->ends[pile] = place += size;
    }
    for (size_t pile = 0; pile < PILES; pile++) {
        while (next[pile] < o->ends[pile]) {
            utfall_detail_person here = o->people[next[pile]];
            size_t other = here.pseudonym[0];
            o->people[next[pile]] = o->people[next[other]];
            o->people[next[other]++] = here;
        }
    }
}

static int by_pseudonym(const void *a, const void *b)
{
    const utfall_detail_person *left = a, *right = b;
    return memcmp(left->pseudonym, right->pseudonym, UTFALL_PSEUDONYM_BYTES);
}

static void sort_pile(void *context, size_t thread, size_t slot, size_t pile)
{
    ordering *o = context;
    size_t from = pile > 0 ? o->ends[pile - 1] : 0;
    (void)thread;
    (void)slot;
    qsort(o->people + from, o->ends[pile] - from, sizeof *o->people, by_pseudonym);
}

static utfall_status order(ordering *o, const char *contract, const uint8_t secret[32],
                           size_t threads)
{
    utfall_relay relay = {.context = o, .make = name_people};
    utfall_relay_fit(&relay, (o->cohort->persons + BLOCK - 1) / BLOCK, threads);
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < relay.threads && status == UTFALL_OK; i++)
        status = utfall_pseudonyms_start(&o->keys[i], contract, secret);
    if (status == UTFALL_OK)
        utfall_relay_run(&relay);
    for (size_t i = 0; i < relay.threads; i++) {
        utfall_pseudonyms_end(&o->keys[i]);
        if (o->has_failed[i])
            status = UTFALL_E_NOMEM;
    }
    if (status != UTFALL_OK)
        return status;
    deal(o);
    relay.make = sort_pile;
    utfall_relay_fit(&relay, PILES, relay.threads);
    utfall_relay_run(&relay);
    return UTFALL_OK;
}

utfall_status utfall_detail_order(utfall_detail_person *people, const utfall_cohort *cohort,
                                  const char *name, const char *contract, const uint8_t secret[32],
                                  size_t threads)
{
    ordering o = {.people = people, .cohort = cohort, .name = name};
    return order(&o, contract, secret, threads);
}
