/* engine/share.c - cost rows, many at a time.
 *
 * In: rows whose person is named by id. Out: the same that utfall_fold_row would add. A row of a
 * shuffled table wants two places of memory that nobody has touched for long (the person's card and
 * the cell), and waiting for each in turn would be most of its cost. So rows are first expected,
 * which asks for the card, and gathered when others have been expected after them. What is gathered
 * waits by stripes, ranges of the matrix whose pages the processor knows its way to while many rows
 * are added to one of them. Invariants: gathering only reads the fold; what is poured has been
 * admitted, so no addition can overflow. Until then sums are kept modulo 2^64, and a share that
 * holds an amount of more than WIDE_BITS bits, or more rows than fit, is never admitted. */
#include "engine/fetch.h"
#include "engine/fold.h"
#include "engine/core/run.h"
#include <string.h>
#include "engine/core/ban.h"

/* Amounts of no more bits cannot leave int64 in a share, however many rows it has. */
enum { WIDE_BITS = 40 };
enum { SHARE_ROWS_MAX = 1 << 22 };
enum { WAITING = 1024 }; /* rows of a stripe that are worth the way to it */

_Static_assert((UINT64_C(1) << 29) / UTFALL_STRIPES * UTFALL_WINDOW_MAX <= UINT32_MAX,
               "a stripe's cells are numbered in 32 bits, with 2^29 people");

/* Amounts for cells of one stripe. */
typedef struct waiting {
    uint32_t *cell; /* from the stripe's beginning */
    int64_t *minor;
    size_t count, admitted; /* gathered and not poured; the first so many of them admitted */
} waiting;

struct utfall_share {
    utfall_fold *fold;
    size_t capacity; /* of each that waits */
    waiting stripes[UTFALL_STRIPES];
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
    if (rows > SHARE_ROWS_MAX) {
        utfall_run_fail(fold->run, UTFALL_E_BUG);
        return NULL;
    }
    utfall_share *share = utfall_run_alloc(fold->run, sizeof *share);
    if (!share)
        return NULL;
    share->fold = fold;
    share->capacity = WAITING + rows;
    share->month_rows = utfall_run_array(fold->run, fold->months, sizeof *share->month_rows);
    if (!share->month_rows)
        return NULL;
    for (size_t i = 0; i < UTFALL_STRIPES; i++) {
        /* Not cleared: what is never written takes no memory. */
        waiting *w = &share->stripes[i];
        w->cell = utfall__run_resize(fold->run, NULL, share->capacity, sizeof *w->cell);
        w->minor = utfall__run_resize(fold->run, NULL, share->capacity, sizeof *w->minor);
        if (!w->cell || !w->minor)
            return NULL;
    }
    return share;
}

void utfall_share_empty(utfall_share *share)
{
    for (size_t i = 0; i < UTFALL_STRIPES; i++)
        share->stripes[i].count = share->stripes[i].admitted;
    memset(share->month_rows, 0, share->fold->months * sizeof *share->month_rows);
    memset(share->rows, 0, sizeof share->rows);
    memset(share->amount, 0, sizeof share->amount);
    share->up = 0;
    share->is_beyond = false;
}

void utfall_share_end(utfall_share *share)
{
    for (size_t i = 0; i < UTFALL_STRIPES; i++) {
        waiting *w = &share->stripes[i];
        w->cell = utfall__run_resize(share->fold->run, w->cell, 0, 0);
        w->minor = utfall__run_resize(share->fold->run, w->minor, 0, 0);
    }
}

/* What is kept of single amounts while a piece is gathered. */
typedef struct amounts {
    uint64_t up;
    uint64_t wide; /* other than 0: some amount has more than WIDE_BITS bits */
} amounts;

static inline void class_add(utfall_share *share, amounts *own, utfall_class class, int64_t minor)
{
    own->up += minor > 0 ? (uint64_t)minor : 0;
    own->wide |= ((uint64_t)minor + (UINT64_C(1) << WIDE_BITS)) >> (WIDE_BITS + 1);
    share->rows[class]++;
    share->amount[class] += (uint64_t)minor;
}

static inline void amounts_keep(utfall_share *share, const amounts *own)
{
    share->up += own->up;
    share->is_beyond |= own->wide != 0;
}

void utfall_share_stranger(utfall_share *share, int64_t minor)
{
    amounts own = {0, 0};
    class_add(share, &own, UTFALL_ROW_UNKNOWN, minor);
    amounts_keep(share, &own);
}

/* The person of a row, NULL when nobody has the id. */
static inline const utfall__person *person_of(const utfall_fold *fold, const utfall_cost_row *row)
{
    const utfall__card *card = &fold->deck.cards[row->at];
    if (utfall__card_is(&fold->ids, card, row->id, row->len))
        return &card->person;
    if (row->has_card)
        return NULL;
    size_t number = utfall__index_find(&fold->ids, row->id, row->len);
    return number == SIZE_MAX ? NULL : &fold->people[number];
}

static inline void row_add(utfall_share *share, amounts *own, const utfall_cost_row *row,
                           const utfall__person *person)
{
    utfall__target target = utfall__target_of(share->fold, person, row->month, row->is_counted);
    class_add(share, own, target.class, row->minor);
    if (!target.has_cell)
        return;
    const size_t stripe = utfall__stripe_of(share->fold, person->place);
    waiting *w = &share->stripes[stripe];
    if (w->count == share->capacity) {
        share->is_beyond = true;
        return;
    }
    w->cell[w->count] = (uint32_t)(target.cell - stripe_begin(share->fold, stripe));
    w->minor[w->count] = row->minor;
    w->count++;
    share->month_rows[target.nth]++;
}

/* Many tables are sorted by person. */
static inline bool is_repeat(const utfall_cost_row *row, const utfall_cost_row *before)
{
    return row->len == before->len && utfall__is_same(row->id, before->id, row->len);
}

void utfall_share_expect(const utfall_share *share, utfall_cost_row *rows, size_t count)
{
    const utfall__deck *deck = &share->fold->deck;
    for (size_t i = 0; i < count; i++) {
        rows[i].is_repeat = i > 0 && is_repeat(&rows[i], &rows[i - 1]);
        if (rows[i].is_repeat)
            continue;
        uint64_t hash = utfall__index_hash(rows[i].id, rows[i].len);
        uint8_t turns = deck->turns[utfall__deck_bucket(deck, hash)];
        rows[i].at = utfall__deck_place(deck, hash, turns);
        rows[i].has_card = turns != 0;
        utfall__fetch(&deck->cards[rows[i].at]);
    }
}

size_t utfall_share_gather(utfall_share *share, utfall_cost_row *rows, size_t count)
{
    const utfall_fold *fold = share->fold;
    const utfall__person *person = NULL;
    size_t strangers = 0;
    amounts own = {0, 0};
    for (size_t i = 0; i < count; i++) {
        if (!rows[i].is_repeat)
            person = person_of(fold, &rows[i]);
        rows[i].is_stranger = person == NULL;
        if (person != NULL)
            row_add(share, &own, &rows[i], person);
        else
            strangers++;
    }
    amounts_keep(share, &own);
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
    for (size_t i = 0; i < UTFALL_STRIPES; i++)
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
