/* engine/fold.h - a cohort being built: what case.c (people, single rows) and share.c (many rows at
 * a time) both see; private to engine/. */
#ifndef UTFALL_FOLD_H
#define UTFALL_FOLD_H
#include "engine/index.h"
#include "utfall/case.h"

enum { UTFALL__NO_PLACE = -1, UTFALL__CARD_ID_MAX = 19, UTFALL__TURNS_ROUND = 64 };

/* What a cost row needs of its person to know where the month goes. */
typedef struct utfall__person {
    int32_t start; /* ordinal */
    int32_t place; /* row of the matrix; 0 or UTFALL__NO_PLACE before they are given */
} utfall__person;

/* The same with the id, where the id leads: all in half a line of the processor's cache. */
typedef struct utfall__card {
    utfall__person person;
    uint32_t number;              /* from 1; 0 = no card lies here */
    uint8_t len;                  /* of the id; UINT8_MAX = longer than what is here of it */
    char id[UTFALL__CARD_ID_MAX]; /* the bytes after the id are 0 */
} utfall__card;

/* The cards of all people (deck.c). */
typedef struct utfall__deck {
    const utfall__card *cards; /* [card_count]; lies in `room` */
    const uint8_t *turns;      /* [bucket_count] */
    uint32_t card_count, bucket_count;
    uint32_t start_count; /* of the cards, those that an id can start from */
    char *room;
} utfall__deck;

/** One bucket without turns and no card: everybody is found through the index. */
extern const utfall__deck utfall__deck_empty;

/* Sums of amounts above and below zero. Every partial sum of some of the amounts, in whatever order
 * they are added, lies between the two: when both are int64, nothing that is added up can leave it.
 */
typedef struct utfall__reach {
    int64_t up, down;
} utfall__reach;

struct utfall_fold {
    utfall_run *run;
    const utfall_contract *contract;
    uint32_t months;
    bool is_frozen, is_merged;
    utfall__index ids;
    size_t capacity;
    utfall__person *people;             /* [number] */
    utfall__deck laid;                  /* when it was worth it */
    _Atomic(const utfall__deck *) deck; /* when frozen: that one, or the empty one */
    bool is_tried;                      /* to lay it */
    uint64_t sought;                    /* ids that were looked for while it was empty */
    int32_t *attributes;                /* [number * factors + factor]; gone when frozen */
    uint32_t *left_after;               /* [number], NULL = nobody has left yet; gone when frozen */
    size_t left_capacity;
    /* The matrix in two parts. The high one is memory that nobody touches, hence no memory at all,
     * as long as every sum on the way fits into 32 bits. */
    int32_t *cost_low, *cost_high;
    bool has_high[UTFALL_STRIPES]; /* something of the stripe was touched in it */
    uint64_t *month_rows;
    unsigned stripe_shift; /* places that differ in no higher bit share a stripe of the matrix */
    size_t stripe_count;   /* 1..UTFALL_STRIPES */
    utfall__reach reach;   /* of all rows added */
    utfall_cohort cohort;
};

/* Where a row goes: its class, and the place of its month in the matrix. */
typedef struct utfall__target {
    utfall_class class;
    bool has_cell;
    uint32_t nth; /* month, from 0 */
    size_t cell;
} utfall__target;

/** Whether the person at a place of the matrix has left before month k (from 0). */
static inline bool utfall__has_left(const utfall_fold *fold, int32_t place, int64_t k)
{
    const uint32_t *left = fold->cohort.left_after;
    return left != NULL && left[place] > 0 && k >= left[place];
}

/** How many months, from the start, rows of the person at a place are used in, when they count. */
static inline uint32_t utfall__months_used(const utfall_fold *fold, int32_t place)
{
    const uint32_t *left = fold->cohort.left_after, window = fold->contract->window_months;
    return left != NULL && left[place] > 0 && left[place] < window ? left[place] : window;
}

/** The class of a row of somebody known. Months after the window are kept when the matrix is wider,
 * but are never of the class used. */
static inline utfall__target utfall__target_of(const utfall_fold *fold,
                                               const utfall__person *person, utfall_month month,
                                               bool is_counted)
{
    if (person->place == UTFALL__NO_PLACE)
        return (utfall__target){.class = UTFALL_ROW_NOT_SELECTED};
    if (!is_counted)
        return (utfall__target){.class = UTFALL_ROW_SOURCE};
    int64_t k = (int64_t)month.ordinal - person->start; /* 0 = the month of the start */
    if (k < 0)
        return (utfall__target){.class = UTFALL_ROW_BEFORE};
    utfall__target target = {.class = UTFALL_ROW_USED};
    if (k >= utfall__months_used(fold, person->place)) {
        if (utfall__has_left(fold, person->place, k))
            return (utfall__target){.class = UTFALL_ROW_EXITED};
        target.class = UTFALL_ROW_AFTER;
    }
    if (k < fold->months) {
        target.has_cell = true;
        target.nth = (uint32_t)k;
        target.cell = (size_t)person->place * fold->months + (size_t)k;
    }
    return target;
}

/** People whose rows of the matrix lie side by side share a stripe of it. */
static inline size_t utfall__stripe_of(const utfall_fold *fold, int32_t place)
{
    return (uint32_t)place >> fold->stripe_shift;
}

/** Add to a cell of the matrix, modulo 2^64; whether its high part was touched. */
static inline bool utfall__cell_add(int32_t *low, int32_t *high, size_t cell, int64_t minor)
{
    const int64_t sum = (int64_t)((uint64_t)(int64_t)low[cell] + (uint64_t)minor);
    const int32_t own = (int32_t)sum;
    low[cell] = own;
    if (own == sum)
        return false;
    const uint64_t rest = (uint64_t)sum - (uint64_t)(int64_t)own;
    high[cell] = (int32_t)((uint32_t)high[cell] + (uint32_t)(rest >> 32));
    return true;
}

/** The bucket that an id with this hash falls into. */
static inline uint32_t utfall__deck_bucket(const utfall__deck *deck, uint64_t hash)
{
    return (uint32_t)((hash >> 32) * deck->bucket_count >> 32);
}

/** Where its card lies after this many turns of its bucket. Each turn is a place further on; after
 * every UTFALL__TURNS_ROUND turns another part of the hash tells where to start from, none of which
 * is what tells the bucket. */
static inline uint32_t utfall__deck_place(const utfall__deck *deck, uint64_t hash, uint8_t turns)
{
    enum { ROUND_BITS = 4 };
    const unsigned round = turns / UTFALL__TURNS_ROUND;
    const uint64_t start = (uint32_t)(hash >> round * ROUND_BITS);
    return (uint32_t)(start * deck->start_count >> 32) + turns % UTFALL__TURNS_ROUND;
}

/** Whether a card is there and belongs to this id. It tells by itself, but of an id that is longer
 * than what it holds. */
static inline bool utfall__card_is(const utfall__index *ids, const utfall__card *card,
                                   const char *id, size_t len)
{
    if (card->number == 0)
        return false;
    if (card->len == UINT8_MAX)
        return utfall__index_is(ids, card->number - 1, id, len);
    return card->len == len && utfall__is_same(card->id, id, len);
}

/** The deck as it is now. Whoever looks for somebody looks into one; it may be another the next
 * time, with the same people. */
static inline const utfall__deck *utfall__deck_of(const utfall_fold *fold)
{
    return fold->deck;
}

/** The number of the person with this id, or SIZE_MAX. */
size_t utfall__deck_find(const utfall_fold *fold, const char *id, size_t len);

/** Whether people are to be laid out: it was not tried yet, and so many were looked for (more than
 * a few, and than a part of all) that it would have cost no more. */
bool utfall__is_worth_laying(const utfall_fold *fold);

/** Give back its memory. */
void utfall__deck_end(utfall_fold *fold);

/** Widen a reach by an amount; false, and nothing done, when it leaves int64. */
static inline bool utfall__reach_add(utfall__reach *reach, int64_t minor)
{
    if (minor >= 0) {
        if (reach->up > INT64_MAX - minor)
            return false;
        reach->up += minor;
    } else {
        if (reach->down < INT64_MIN - minor)
            return false;
        reach->down += minor;
    }
    return true;
}

#endif
