/* engine/deck.c - people laid out for the rows that will ask for them.
 *
 * In: everybody, with their places given. Out: a card each, such that the id alone tells where it
 * lies: a row finds its person in one place of memory, whatever the number of people. That is a
 * perfect hash by displacement (Belazzougui, Botelho and Dietzfelbinger, "Hash, displace, and
 * compress", 2009): ids fall into buckets of about three, and for each bucket, the fullest first, a
 * number of turns is sought that brings all its ids to places still free. The turns are a byte a
 * bucket and stay in the cache. A bucket too full, or for which no turns are found (ids can be
 * chosen so), gets none. Invariant: which card lies where follows from the ids and their order. */
#include "engine/fold.h"
#include "engine/core/run.h"
#include <string.h>
#include "engine/core/ban.h"

enum { LINE = 64 }; /* bytes of a line of the processor's cache */
enum { BUCKET_USUAL = 3, BUCKET_MAX = 24, TURNS_MAX = 255 };

typedef struct layout {
    const utfall__index *ids;
    const utfall__deck *deck;
    uint32_t *starts; /* [bucket + 1]: where its people begin in `hashes` */
    uint64_t *hashes; /* of everybody's ids, by bucket */
    uint64_t *taken;  /* a bit a place */
} layout;

static bool is_taken(const layout *deal, uint32_t place)
{
    return (deal->taken[place / 64] >> place % 64 & 1) != 0;
}

static void turn_over(const layout *deal, uint32_t place)
{
    deal->taken[place / 64] ^= UINT64_C(1) << place % 64;
}

static uint64_t hash_of(const utfall__index *ids, uint32_t i)
{
    return utfall__index_hash(utfall__index_text(ids, i), utfall__index_len(ids, i));
}

/* Bring the hashes of all ids into the order of their buckets. */
static void buckets_fill(const layout *deal)
{
    const utfall__deck *deck = deal->deck;
    const uint32_t count = deal->ids->count;
    uint32_t *starts = deal->starts;
    memset(starts, 0, ((size_t)deck->bucket_count + 1) * sizeof *starts);
    for (uint32_t i = 0; i < count; i++)
        starts[utfall__deck_bucket(deck, hash_of(deal->ids, i)) + 1]++;
    for (uint32_t b = 0; b < deck->bucket_count; b++)
        starts[b + 1] += starts[b];
    for (uint32_t i = 0; i < count; i++) { /* from the back: each end moves to the start */
        const uint64_t hash = hash_of(deal->ids, i);
        deal->hashes[--starts[utfall__deck_bucket(deck, hash) + 1]] = hash;
    }
    for (uint32_t b = 0; b < deck->bucket_count; b++)
        starts[b] = starts[b + 1];
    starts[deck->bucket_count] = count;
}

/* Take the places of a bucket with this number of turns; false, and none is taken, when one of them
 * is. */
static bool bucket_place(const layout *deal, uint32_t bucket, uint8_t turns)
{
    const uint32_t first = deal->starts[bucket], count = deal->starts[bucket + 1] - first;
    uint32_t places[BUCKET_MAX], placed = 0;
    for (; placed < count; placed++) {
        places[placed] = utfall__deck_place(deal->deck, deal->hashes[first + placed], turns);
        if (is_taken(deal, places[placed]))
            break;
        turn_over(deal, places[placed]);
    }
    if (placed == count)
        return true;
    while (placed > 0)
        turn_over(deal, places[--placed]);
    return false;
}

/* The fullest buckets first, while there is room for them. */
static void buckets_place(const layout *deal)
{
    const utfall__deck *deck = deal->deck;
    for (uint32_t size = BUCKET_MAX; size > 0; size--)
        for (uint32_t b = 0; b < deck->bucket_count; b++) {
            if (deal->starts[b + 1] - deal->starts[b] != size)
                continue;
            uint8_t turns = 1;
            while (turns < TURNS_MAX && !bucket_place(deal, b, turns))
                turns++;
            deck->turns[b] = turns < TURNS_MAX ? turns : 0;
        }
}

/* Write everybody's card to its place. */
static void cards_lay(const layout *deal, const utfall__person *people)
{
    for (uint32_t i = 0; i < deal->ids->count; i++) {
        const uint64_t hash = hash_of(deal->ids, i);
        const uint8_t turns = deal->deck->turns[utfall__deck_bucket(deal->deck, hash)];
        const size_t len = utfall__index_len(deal->ids, i);
        const bool is_whole = len <= UTFALL__CARD_ID_MAX;
        utfall__card *card = &deal->deck->cards[utfall__deck_place(deal->deck, hash, turns)];
        if (turns == 0)
            continue;
        card->person = people[i];
        card->number = i + 1;
        card->len = is_whole ? (uint8_t)len : UINT8_MAX;
        memcpy(card->id, utfall__index_text(deal->ids, i), is_whole ? len : UTFALL__CARD_ID_MAX);
    }
}

static utfall_status deck_make(utfall_fold *fold)
{
    const uint32_t count = fold->ids.count;
    utfall__deck *deck = &fold->deck;
    deck->card_count = count + count / 8 + 8; /* a ninth stays free */
    deck->bucket_count = count / BUCKET_USUAL + 1;
    const size_t bytes = deck->card_count * sizeof *deck->cards + LINE;
    deck->room = utfall__run_resize(fold->run, NULL, bytes, 1);
    deck->turns = utfall__run_resize(fold->run, NULL, deck->bucket_count, 1);
    if (!deck->room || !deck->turns)
        return UTFALL_E_NOMEM;
    memset(deck->room, 0, bytes);
    memset(deck->turns, 0, deck->bucket_count);
    /* Cards must not lie across lines. */
    deck->cards = (utfall__card *)(void *)(deck->room + LINE - (uintptr_t)deck->room % LINE);
    return UTFALL_OK;
}

utfall_status utfall__deck_lay(utfall_fold *fold)
{
    utfall_status status = deck_make(fold);
    if (status != UTFALL_OK)
        return status;
    const size_t buckets = fold->deck.bucket_count, count = fold->ids.count + 1;
    const size_t words = fold->deck.card_count / 64 + 1;
    layout deal = {
        .ids = &fold->ids,
        .deck = &fold->deck,
        .hashes = utfall__run_resize(fold->run, NULL, count, sizeof(uint64_t)),
        .starts = utfall__run_resize(fold->run, NULL, buckets + 1, sizeof(uint32_t)),
        .taken = utfall__run_resize(fold->run, NULL, words, sizeof(uint64_t)),
    };
    if (deal.hashes && deal.starts && deal.taken) {
        memset(deal.taken, 0, words * sizeof(uint64_t));
        buckets_fill(&deal);
        buckets_place(&deal);
        cards_lay(&deal, fold->people);
    } else {
        status = UTFALL_E_NOMEM;
    }
    (void)utfall__run_resize(fold->run, deal.hashes, 0, 0);
    (void)utfall__run_resize(fold->run, deal.starts, 0, 0);
    (void)utfall__run_resize(fold->run, deal.taken, 0, 0);
    return status;
}

size_t utfall__deck_find(const utfall_fold *fold, const char *id, size_t len)
{
    const utfall__deck *deck = &fold->deck;
    const uint64_t hash = utfall__index_hash(id, len);
    const uint8_t turns = deck->turns[utfall__deck_bucket(deck, hash)];
    if (turns == 0)
        return utfall__index_find(&fold->ids, id, len);
    const utfall__card *card = &deck->cards[utfall__deck_place(deck, hash, turns)];
    const bool is_theirs = card->number != 0 && (card->len == UINT8_MAX || card->len == len) &&
                           utfall__index_is(&fold->ids, card->number - 1, id, len);
    return is_theirs ? card->number - 1 : SIZE_MAX;
}

void utfall__deck_end(utfall_run *run, utfall__deck *deck)
{
    (void)utfall__run_resize(run, deck->room, 0, 0);
    (void)utfall__run_resize(run, deck->turns, 0, 0);
    *deck = (utfall__deck){0};
}
