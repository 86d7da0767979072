/* engine/deck.c - people laid out for rows that ask for them in any order.
 *
 * In: everybody, with their places given; made only when rows are seen to ask so. Out: a card each,
 * such that the id alone tells where it lies: a row finds its person in one place of memory,
 * whatever the number of people. That is a perfect hash by displacement (Belazzougui, Botelho and
 * Dietzfelbinger, "Hash, displace, and compress", 2009): ids fall into buckets of about three, and
 * for each bucket, the fullest first, a number of turns is sought that brings all its ids to places
 * still free. A turn moves all of them one place on, so that 64 turns are tried at once, as bits of
 * a word; after 64 they start anew from elsewhere. The turns are a byte a bucket and stay in the
 * cache. A bucket too full, or for which no turns are found (ids can be chosen so), gets none.
 * Invariant: which card lies where follows from the ids alone. */
#include "engine/fetch.h"
#include "engine/fold.h"
#include "engine/core/run.h"
#include <string.h>
#include "engine/core/ban.h"

enum { LINE = 64 }; /* bytes of a line of the processor's cache */
enum { BUCKET_USUAL = 3, BUCKET_MAX = 24 };

const utfall__deck utfall__deck_empty = {
    .cards = &(const utfall__card){.number = 0}, .turns = &(const uint8_t){0}, .bucket_count = 1};

typedef struct layout {
    const utfall__index *ids;
    const utfall__deck *deck;
    utfall__card *cards; /* the deck's, to be written */
    uint8_t *turns;
    uint64_t *hashes;   /* [number]: of everybody's ids */
    uint32_t *starts;   /* [bucket + 1]: where its people begin in `bucketed` */
    uint64_t *bucketed; /* the hashes by bucket */
    uint64_t *is_free;  /* a bit a place */
} layout;

/* Whether the places from this one on are free, a bit each. */
static inline uint64_t free_from(const layout *deal, uint32_t place)
{
    const uint64_t *words = deal->is_free + place / 64;
    return words[0] >> place % 64 | words[1] << 1 << (63 - place % 64);
}

static inline void turn_over(const layout *deal, uint32_t place)
{
    deal->is_free[place / 64] ^= UINT64_C(1) << place % 64;
}

static inline unsigned lowest_bit(uint64_t bits)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(bits);
#else
    unsigned at = 0;
    while ((bits >> at & 1) == 0)
        at++;
    return at;
#endif
}

/* Bring the hashes of all ids into the order of their buckets. */
static void buckets_fill(const layout *deal)
{
    const utfall__deck *deck = deal->deck;
    const uint32_t count = deal->ids->count;
    uint32_t *starts = deal->starts;
    memset(starts, 0, ((size_t)deck->bucket_count + 1) * sizeof *starts);
    for (uint32_t i = 0; i < count; i++) {
        deal->hashes[i] =
            utfall__index_hash(utfall__index_text(deal->ids, i), utfall__index_len(deal->ids, i));
        starts[utfall__deck_bucket(deck, deal->hashes[i]) + 1]++;
    }
    for (uint32_t b = 0; b < deck->bucket_count; b++)
        starts[b + 1] += starts[b];
    for (uint32_t i = 0; i < count; i++) { /* from the back: each end moves to the start */
        const uint32_t bucket = utfall__deck_bucket(deck, deal->hashes[i]);
        deal->bucketed[--starts[bucket + 1]] = deal->hashes[i];
    }
    for (uint32_t b = 0; b < deck->bucket_count; b++)
        starts[b] = starts[b + 1];
    starts[deck->bucket_count] = count;
}

/* Take the places of a bucket with this number of turns, all of which are free; false, and none is
 * taken, when two of its people want the same one. */
static bool places_take(const layout *deal, uint32_t bucket, uint8_t turns)
{
    const uint32_t first = deal->starts[bucket], end = deal->starts[bucket + 1];
    for (uint32_t i = first; i < end; i++) {
        const uint32_t place = utfall__deck_place(deal->deck, deal->bucketed[i], turns);
        if ((free_from(deal, place) & 1) == 0) {
            while (i-- > first)
                turn_over(deal, utfall__deck_place(deal->deck, deal->bucketed[i], turns));
            return false;
        }
        turn_over(deal, place);
    }
    return true;
}

/* Find a bucket its turns; 0 when there are none. */
static uint8_t bucket_place(const layout *deal, uint32_t bucket)
{
    const uint32_t first = deal->starts[bucket], end = deal->starts[bucket + 1];
    for (uint32_t start = 0; start <= UINT8_MAX; start += UTFALL__TURNS_ROUND) {
        uint64_t fits = start == 0 ? ~UINT64_C(1) : ~UINT64_C(0); /* 0 stands for none */
        for (uint32_t i = first; i < end; i++)
            fits &=
                free_from(deal, utfall__deck_place(deal->deck, deal->bucketed[i], (uint8_t)start));
        if (fits == 0)
            continue;
        const uint8_t turns = (uint8_t)(start + lowest_bit(fits));
        if (places_take(deal, bucket, turns))
            return turns;
    }
    return 0;
}

/* The fullest buckets first, while there is room for them. */
static void buckets_place(const layout *deal)
{
    const utfall__deck *deck = deal->deck;
    for (uint32_t size = BUCKET_MAX; size > 0; size--)
        for (uint32_t b = 0; b < deck->bucket_count; b++)
            if (deal->starts[b + 1] - deal->starts[b] == size)
                deal->turns[b] = bucket_place(deal, b);
}

/* Where somebody's card lies; NULL when they have none. */
static inline utfall__card *card_of(const layout *deal, uint32_t i)
{
    const utfall__deck *deck = deal->deck;
    const uint8_t turns = deck->turns[utfall__deck_bucket(deck, deal->hashes[i])];
    return turns == 0 ? NULL : &deal->cards[utfall__deck_place(deck, deal->hashes[i], turns)];
}

/* Write everybody's card to its place, which has been asked for some people before. */
static void cards_lay(const layout *deal, const utfall__person *people)
{
    enum { AHEAD = 16 };
    const uint32_t count = deal->ids->count;
    for (uint32_t i = 0; i < count; i++) {
        const size_t len = utfall__index_len(deal->ids, i);
        const bool is_whole = len <= UTFALL__CARD_ID_MAX;
        utfall__card *card = card_of(deal, i);
        if (i + AHEAD < count)
            utfall__fetch(card_of(deal, i + AHEAD));
        if (card == NULL)
            continue;
        card->person = people[i];
        card->number = i + 1;
        card->len = is_whole ? (uint8_t)len : UINT8_MAX;
        memcpy(card->id, utfall__index_text(deal->ids, i), is_whole ? len : UTFALL__CARD_ID_MAX);
    }
}

static bool deck_make(utfall_fold *fold, layout *deal)
{
    const uint32_t count = fold->ids.count;
    utfall__deck *deck = &fold->laid;
    deck->start_count = count + count / 5 + 8; /* a sixth stays free */
    deck->card_count = deck->start_count + UTFALL__TURNS_ROUND;
    deck->bucket_count = count / BUCKET_USUAL + 1;
    const size_t bytes = deck->card_count * sizeof *deck->cards;
    /* Cards must not lie across lines, and many should lie on few pages. */
    const size_t edge = bytes < UTFALL__LARGE_PAGE ? LINE : UTFALL__LARGE_PAGE;
    deck->room = utfall__run_resize(fold->run, NULL, bytes + edge, 1);
    deck->turns = deal->turns = utfall__run_resize(fold->run, NULL, deck->bucket_count, 1);
    if (!deck->room || !deck->turns)
        return false;
    deal->cards = (utfall__card *)(void *)(deck->room + edge - (uintptr_t)deck->room % edge);
    deck->cards = deal->cards;
    utfall__run_scattered(fold->run, deal->cards, bytes);
    memset(deal->cards, 0, bytes);
    memset(deal->turns, 0, deck->bucket_count);
    return true;
}

void utfall_fold_lay(utfall_fold *fold)
{
    layout deal = {.ids = &fold->ids, .deck = &fold->laid};
    if (!fold->is_frozen || fold->is_tried)
        return;
    fold->is_tried = true;
    if (!deck_make(fold, &deal)) {
        utfall__deck_end(fold);
        return;
    }
    const size_t buckets = fold->laid.bucket_count, count = fold->ids.count + 1;
    const size_t words = fold->laid.card_count / 64 + 2; /* free_from looks at two */
    deal.hashes = utfall__run_resize(fold->run, NULL, count, sizeof(uint64_t));
    deal.starts = utfall__run_resize(fold->run, NULL, buckets + 1, sizeof(uint32_t));
    deal.bucketed = utfall__run_resize(fold->run, NULL, count, sizeof(uint64_t));
    deal.is_free = utfall__run_resize(fold->run, NULL, words, sizeof(uint64_t));
    if (deal.hashes && deal.starts && deal.bucketed && deal.is_free) {
        memset(deal.is_free, 0xFF, words * sizeof(uint64_t));
        buckets_fill(&deal);
        buckets_place(&deal);
        cards_lay(&deal, fold->people);
        fold->deck = &fold->laid; /* from now on others look into it */
    } else {
        utfall__deck_end(fold);
    }
    (void)utfall__run_resize(fold->run, deal.hashes, 0, 0);
    (void)utfall__run_resize(fold->run, deal.starts, 0, 0);
    (void)utfall__run_resize(fold->run, deal.bucketed, 0, 0);
    (void)utfall__run_resize(fold->run, deal.is_free, 0, 0);
}

size_t utfall__deck_find(const utfall_fold *fold, const char *id, size_t len)
{
    const utfall__deck *deck = utfall__deck_of(fold);
    const uint64_t hash = utfall__index_hash(id, len);
    const uint8_t turns = deck->turns[utfall__deck_bucket(deck, hash)];
    if (turns == 0)
        return utfall__index_find(&fold->ids, id, len);
    const utfall__card *card = &deck->cards[utfall__deck_place(deck, hash, turns)];
    return utfall__card_is(&fold->ids, card, id, len) ? card->number - 1 : SIZE_MAX;
}

void utfall__deck_end(utfall_fold *fold)
{
    fold->deck = &utfall__deck_empty;
    (void)utfall__run_resize(fold->run, fold->laid.room, 0, 0);
    (void)utfall__run_resize(fold->run, (void *)(uintptr_t)fold->laid.turns, 0, 0);
    fold->laid = (utfall__deck){0};
}
