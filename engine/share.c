/* engine/share.c - cost rows, many at a time.
 *
 * In: rows whose person is named by id. Out: the same that utfall_fold_row would add. In a table
 * sorted by person nobody has to be looked for: a row is of the same person as the one before, or
 * of who comes next among the people. A row of a shuffled table wants two places of memory that
 * nobody has touched for long (the person's card and the cell), and waiting for each in turn would
 * be most of its cost. So rows are first expected, which asks for the card, and gathered when
 * others have been expected after them. What is gathered waits by stripes, ranges of the matrix
 * whose pages the processor knows its way to while many rows are added to one of them. Invariants:
 * gathering only reads the fold; what is poured has been admitted, so no addition can overflow.
 * Until then sums are kept modulo 2^64, and a share that holds an amount of more than WIDE_BITS
 * bits, or more rows than fit, is never admitted. */
#include "engine/fetch.h"
#include "engine/fold.h"
#include "engine/core/run.h"
#include <string.h>
#include "engine/core/ban.h"

/* Amounts of no more bits cannot leave int64 in a share, however many rows it has. */
enum { WIDE_BITS = 40 };
enum { SHARE_ROWS_MAX = 1 << 22 };
enum { LOOKS_FIRST = 1, LOOKS_MAX = 8 };
enum { WAITING = 1024 }; /* rows of a stripe that are worth the way to it */

_Static_assert((UINT64_C(1) << 29) / UTFALL_STRIPES * UTFALL_WINDOW_MAX <= UINT32_MAX,
               "a stripe's cells are numbered in 32 bits, with 2^29 people");

/* Amounts for cells of one stripe. */
typedef struct waiting {
    uint32_t *cell; /* from the stripe's beginning */
    int64_t *minor;
    size_t count, admitted; /* gathered and not poured; the first so many of them admitted */
} waiting;

/* Where the rows of somebody go. */
typedef struct aim {
    const utfall__person *person; /* NULL = nobody */
    waiting *waiting;
    uint32_t cell, months; /* that of the first month, and in how many rows are used */
} aim;

struct utfall_share {
    utfall_fold *fold;
    size_t capacity; /* of each that waits */
    uint32_t *cells; /* of all stripes */
    int64_t *minors;
    waiting stripes[UTFALL_STRIPES];
    aim last; /* of the row gathered last */
    /* The number of the person found last among rows in order, UINT32_MAX = not known; whether the
     * row expected last was not the first of its person. */
    uint32_t newest;
    bool is_run;
    unsigned looks_left;  /* people who may still be looked for at once; who follows earns one */
    uint64_t met, sought; /* people of rows expected since it was emptied: of them, looked for */
    uint64_t *month_rows;
    uint64_t rows[UTFALL_CLASSES], amount[UTFALL_CLASSES]; /* modulo 2^64 */
    uint64_t up;                                           /* the amounts above zero, modulo 2^64 */
    bool is_beyond; /* the sums may have left int64, or rows were left out */
};

static inline size_t stripe_begin(const utfall_fold *fold, size_t stripe)
{
    return (stripe << fold->stripe_shift) * fold->months;
}

utfall_share *utfall_share_new(utfall_fold *fold, size_t rows)
{
    if (rows > SHARE_ROWS_MAX || !fold->is_frozen) {
        utfall_run_fail(fold->run, UTFALL_E_BUG);
        return NULL;
    }
    utfall_share *share = utfall_run_alloc(fold->run, sizeof *share);
    if (!share)
        return NULL;
    share->fold = fold;
    share->newest = UINT32_MAX;
    share->looks_left = LOOKS_FIRST;
    share->capacity = WAITING + rows;
    share->month_rows = utfall_run_array(fold->run, fold->months, sizeof *share->month_rows);
    if (!share->month_rows)
        return NULL;
    /* Not cleared: what is never written takes no memory. */
    const size_t all = fold->stripe_count * share->capacity;
    share->cells = utfall__run_resize(fold->run, NULL, all, sizeof *share->cells);
    share->minors = utfall__run_resize(fold->run, NULL, all, sizeof *share->minors);
    if (!share->cells || !share->minors)
        return NULL;
    for (size_t i = 0; i < fold->stripe_count; i++)
        share->stripes[i] = (waiting){.cell = share->cells + i * share->capacity,
                                      .minor = share->minors + i * share->capacity};
    return share;
}

void utfall_share_empty(utfall_share *share)
{
    for (size_t i = 0; i < share->fold->stripe_count; i++)
        share->stripes[i].count = share->stripes[i].admitted;
    memset(share->month_rows, 0, share->fold->months * sizeof *share->month_rows);
    memset(share->rows, 0, sizeof share->rows);
    memset(share->amount, 0, sizeof share->amount);
    share->up = 0;
    share->is_beyond = false;
    share->last = (aim){.person = NULL};
    share->met = share->sought = 0;
    share->newest = UINT32_MAX;
    share->is_run = false;
    share->looks_left = LOOKS_FIRST;
}

void utfall_share_end(utfall_share *share)
{
    share->cells = utfall__run_resize(share->fold->run, share->cells, 0, 0);
    share->minors = utfall__run_resize(share->fold->run, share->minors, 0, 0);
}

/* How the person of a row is found. */
enum {
    WAY_CARD,   /* by the card at `at`: if it is not theirs, nobody has the id */
    WAY_INDEX,  /* by that card or else the index */
    WAY_PERSON, /* by the number `at` */
    WAY_NOBODY  /* nobody has the id */
};

/* What is counted of rows while a piece is gathered. */
typedef struct piece {
    uint64_t up;
    uint64_t wide; /* other than 0: some amount has more than WIDE_BITS bits */
    uint64_t used, used_amount;
} piece;

static inline void amount_note(piece *own, int64_t minor)
{
    own->up += minor > 0 ? (uint64_t)minor : 0;
    own->wide |= ((uint64_t)minor + (UINT64_C(1) << WIDE_BITS)) >> (WIDE_BITS + 1);
}

static inline void class_add(utfall_share *share, utfall_class class, uint64_t rows,
                             uint64_t amount)
{
    share->rows[class] += rows;
    share->amount[class] += amount;
}

static inline void piece_keep(utfall_share *share, const piece *own)
{
    share->up += own->up;
    share->is_beyond |= own->wide != 0;
    class_add(share, UTFALL_ROW_USED, own->used, own->used_amount);
}

void utfall_share_stranger(utfall_share *share, int64_t minor)
{
    piece own = {0};
    amount_note(&own, minor);
    class_add(share, UTFALL_ROW_UNKNOWN, 1, (uint64_t)minor);
    piece_keep(share, &own);
}

/* The person of a row, NULL when nobody has the id. */
static inline const utfall__person *person_of(const utfall_fold *fold, const utfall_cost_row *row)
{
    if (row->way == WAY_PERSON)
        return &fold->people[row->at];
    if (row->way == WAY_NOBODY)
        return NULL;
    const utfall__card *card = &utfall__deck_of(fold)->cards[row->at];
    if (utfall__card_is(&fold->ids, card, row->id, row->len))
        return &card->person;
    if (row->way == WAY_CARD)
        return NULL;
    size_t number = utfall__index_find(&fold->ids, row->id, row->len);
    return number == SIZE_MAX ? NULL : &fold->people[number];
}

static inline aim aim_at(utfall_share *share, const utfall__person *person)
{
    const utfall_fold *fold = share->fold;
    aim to = {.person = person};
    if (person == NULL || person->place == UTFALL__NO_PLACE)
        return to;
    const size_t stripe = utfall__stripe_of(fold, person->place);
    to.waiting = &share->stripes[stripe];
    to.cell = (uint32_t)((size_t)person->place * fold->months - stripe_begin(fold, stripe));
    to.months = utfall__months_used(fold, person->place);
    return to;
}

/* A row of month number nth waits from now on. */
static inline void cell_wait(utfall_share *share, const aim *to, uint32_t nth, int64_t minor)
{
    waiting *w = to->waiting;
    if (w->count == share->capacity) {
        share->is_beyond = true;
        return;
    }
    w->cell[w->count] = to->cell + nth;
    w->minor[w->count] = minor;
    w->count++;
    share->month_rows[nth]++;
}

/* A row that is not used. */
static void row_other(utfall_share *share, const aim *to, const utfall_cost_row *row)
{
    utfall__target target = utfall__target_of(share->fold, to->person, row->month, row->is_counted);
    class_add(share, target.class, 1, (uint64_t)row->minor);
    if (target.has_cell)
        cell_wait(share, to, target.nth, row->minor);
}

/* Find somebody new where rows come in the order of the people: then it is the next of them, and
 * nobody has to be looked for. Who is not is looked for as long as enough were, and had more rows
 * than one: finding somebody new for each row is cheaper by cards. */
static bool is_found_in_order(utfall_share *share, utfall_cost_row *row)
{
    const utfall_fold *fold = share->fold;
    const uint32_t next = share->newest + 1;
    row->way = WAY_PERSON;
    if (share->newest != UINT32_MAX && next < fold->ids.count &&
        utfall__index_is(&fold->ids, next, row->id, row->len)) {
        share->looks_left += share->is_run && share->looks_left < LOOKS_MAX;
        row->at = share->newest = next;
        return true;
    }
    if (share->looks_left == 0) {
        share->newest = UINT32_MAX;
        return false;
    }
    share->looks_left--;
    share->sought++;
    const size_t number = utfall__deck_find(fold, row->id, row->len);
    if (number == SIZE_MAX)
        row->way = WAY_NOBODY;
    else
        row->at = share->newest = (uint32_t)number;
    return true;
}

void utfall_share_expect(utfall_share *share, utfall_cost_row *rows, size_t count)
{
    const utfall__deck *deck = utfall__deck_of(share->fold);
    bool is_in_order = share->looks_left > 0 || share->newest != UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        utfall_cost_row *row = &rows[i];
        if (row->is_repeat) {
            share->is_run = true;
            continue;
        }
        share->met++;
        is_in_order = is_in_order && is_found_in_order(share, row);
        share->is_run = false;
        if (is_in_order)
            continue;
        share->sought++;
        uint64_t hash = utfall__index_hash(row->id, row->len);
        uint8_t turns = deck->turns[utfall__deck_bucket(deck, hash)];
        row->way = turns == 0 ? WAY_INDEX : WAY_CARD;
        row->at = utfall__deck_place(deck, hash, turns);
        utfall__fetch(&deck->cards[row->at]);
    }
}

void utfall_share_lay(utfall_share *share)
{
    enum { SOUGHT_FEW = 8, PART = 8 };
    utfall_fold *fold = share->fold;
    const bool is_any_order = share->sought > SOUGHT_FEW && share->sought > share->met / PART;
    if (fold->is_tried)
        return;
    fold->sought += share->sought;
    if (is_any_order || utfall__is_worth_laying(fold))
        utfall_fold_lay(fold);
}

size_t utfall_share_gather(utfall_share *share, utfall_cost_row *rows, size_t count)
{
    aim to = share->last;
    size_t strangers = 0;
    piece own = {0};
    for (size_t i = 0; i < count; i++) {
        utfall_cost_row *row = &rows[i];
        if (!row->is_repeat)
            to = aim_at(share, person_of(share->fold, row));
        row->is_stranger = to.person == NULL;
        if (to.person == NULL) {
            strangers++;
            continue;
        }
        /* Modulo 2^64: a month before the start is far beyond all that are used. */
        const uint64_t nth = (uint64_t)row->month.ordinal - (uint64_t)to.person->start;
        amount_note(&own, row->minor);
        if (nth < to.months && row->is_counted) {
            own.used++;
            own.used_amount += (uint64_t)row->minor;
            cell_wait(share, &to, (uint32_t)nth, row->minor);
        } else {
            row_other(share, &to, row);
        }
    }
    share->last = to;
    piece_keep(share, &own);
    return strangers;
}

utfall_status utfall_share_admit(utfall_share *share)
{
    utfall_fold *fold = share->fold;
    utfall__reach reach = fold->reach;
    uint64_t rows = 0, total = 0;
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        rows += share->rows[i];
        total += share->amount[i];
    }
    if (share->is_beyond || rows > SHARE_ROWS_MAX ||
        !utfall__reach_add(&reach, (int64_t)share->up) ||
        !utfall__reach_add(&reach, (int64_t)(total - share->up)))
        return UTFALL_E_RANGE;
    fold->reach = reach;
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        fold->cohort.rows.count[i] += share->rows[i];
        fold->cohort.rows.amount_minor[i] += (int64_t)share->amount[i];
    }
    for (size_t k = 0; k < fold->months; k++)
        fold->month_rows[k] += share->month_rows[k];
    for (size_t i = 0; i < fold->stripe_count; i++)
        share->stripes[i].admitted = share->stripes[i].count;
    return UTFALL_OK;
}

bool utfall_share_is_full(const utfall_share *share, size_t stripe)
{
    return share->stripes[stripe].admitted >= WAITING;
}

void utfall_share_pour(utfall_share *share, size_t stripe)
{
    enum { AHEAD = 24 };
    waiting *w = &share->stripes[stripe];
    if (w->admitted == 0)
        return;
    const size_t begin = stripe_begin(share->fold, stripe);
    int32_t *low = share->fold->cost_low + begin, *high = share->fold->cost_high + begin;
    bool has_high = false;
    for (size_t i = 0; i < w->admitted; i++) {
        if (i + AHEAD < w->admitted)
            utfall__fetch(&low[w->cell[i + AHEAD]]);
        has_high |= utfall__cell_add(low, high, w->cell[i], w->minor[i]);
    }
    share->fold->has_high[stripe] |= has_high;
    w->count = w->admitted = 0;
}
