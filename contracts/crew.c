/* contracts/crew.c - several threads that read one table.
 *
 * A file's digest is made byte after byte, so one thread at a time digests, and the others, or all
 * when nothing is left to digest, read chunks. In: chunks. Out: a fold to which everything was
 * added. Invariants: chunks are admitted in the order of the file, and line numbers, findings and
 * the place where reading stops follow from that order alone; only what commutes (sums of integers
 * that cannot overflow) is added out of order, a stripe by one thread at a time. With one thread
 * the same steps are taken in turn. */
#define _POSIX_C_SOURCE 200809L
#include "contracts/crew.h"

#include <string.h>

enum { READY_LOW = 2 }; /* fewer chunks ready than this: reading ahead comes first */

struct crew {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_mutex_t stripes[UTFALL_STRIPES];
    utfall_source *source;
    const utfall_crew_order *order;
    utfall_plain *const *readers; /* by seat */
    size_t ring;
    utfall_chunk chunks[UTFALL_SOURCE_RING_MAX]; /* number n in n % ring */
    /* Chunk numbers: the first not fetched, not digested, not taken, not admitted. */
    uint64_t first, fetched, digested, taken, admitted;
    bool is_fetching, is_digesting, is_stopped;
    utfall_crew_end end;
};

size_t utfall_crew_ring(size_t count)
{
    const size_t ring = 2 * count;
    return ring < UTFALL_SOURCE_RING_MAX ? ring : UTFALL_SOURCE_RING_MAX;
}

static utfall_chunk *chunk_of(struct crew *crew, uint64_t number)
{
    return &crew->chunks[number % crew->ring];
}

static void stop(struct crew *crew, utfall_status status, const char *reason)
{
    crew->is_stopped = true;
    if (crew->end.status == UTFALL_OK) {
        crew->end.status = status;
        crew->end.reason = reason;
    }
}

/* Whether another block can be read: there is one, and its buffer is free. */
static bool can_fetch(struct crew *crew)
{
    const utfall_chunk *last = chunk_of(crew, crew->fetched - 1);
    if (crew->is_fetching || last->is_last || last->is_endless || crew->end.status != UTFALL_OK)
        return false;
    if (crew->fetched < crew->first + crew->ring)
        return true;
    uint64_t before = crew->fetched - crew->ring;
    return before < crew->digested && before < crew->admitted;
}

/* ---- steps: the lock is held when one begins and when it ends ---- */

static void fetch(struct crew *crew)
{
    utfall_chunk next = {0};
    const utfall_chunk last = *chunk_of(crew, crew->fetched - 1);
    const char *reason = NULL;
    crew->is_fetching = true;
    pthread_mutex_unlock(&crew->lock);
    utfall_status status = utfall_source_fetch(crew->source, &next, &last, &reason);
    pthread_mutex_lock(&crew->lock);
    crew->is_fetching = false;
    if (status != UTFALL_OK) {
        crew->end.status = status; /* what was read before is read to its end */
        crew->end.reason = reason;
        return;
    }
    *chunk_of(crew, next.number) = next;
    crew->fetched = next.number + 1;
}

static void digest(struct crew *crew)
{
    crew->is_digesting = true;
    pthread_mutex_unlock(&crew->lock);
    utfall_status status = utfall_source_digest(crew->source);
    pthread_mutex_lock(&crew->lock);
    crew->is_digesting = false;
    crew->digested++;
    if (status != UTFALL_OK)
        stop(crew, UTFALL_E_IO, "could not be digested");
}

/* The odd rows of a chunk, by whoever reads in order, while nobody pours. */
static void odd_take(struct crew *crew, const utfall_plain *plain, const utfall_chunk *chunk,
                     uint32_t line)
{
    bool goes_on = true;
    pthread_mutex_unlock(&crew->lock);
    for (size_t i = 0; i < UTFALL_STRIPES; i++)
        pthread_mutex_lock(&crew->stripes[i]);
    for (size_t i = 0; i < plain->odd_count && goes_on; i++)
        goes_on = crew->order->take_odd(crew->order->context, chunk->text, &plain->odd[i], line);
    for (size_t i = UTFALL_STRIPES; i > 0; i--)
        pthread_mutex_unlock(&crew->stripes[i - 1]);
    pthread_mutex_lock(&crew->lock);
    if (!goes_on) {
        crew->is_stopped = true;
        crew->end.is_ended = true;
    }
}

/* It is this chunk's turn: add its counts, and what is odd in it. False when nothing of it may be
 * poured. */
static bool admit(struct crew *crew, utfall_plain *plain, const utfall_chunk *chunk)
{
    const uint32_t line = crew->end.line;
    bool is_good = plain->lines <= UTFALL_CSV_LINES_MAX - line;
    size_t end = is_good ? plain->end : 0;
    if (is_good && utfall_share_admit(plain->share) != UTFALL_OK) {
        /* Some row makes a sum too large: the one that does is found row by row. */
        utfall_share_empty(plain->share);
        plain->rows = plain->late = 0;
        plain->odd_count = plain->end > 0;
        plain->odd[0] = (utfall_odd){0, (uint32_t)plain->end, 0};
    } else if (is_good) {
        crew->order->take_seen(crew->order->context, plain);
    }
    if (is_good) {
        crew->end.rows += plain->rows;
        if (crew->end.late == 0 && plain->late > 0)
            crew->end.late_line = line + plain->late_line;
        crew->end.late += plain->late;
        crew->end.line += plain->lines;
        if (plain->odd_count > 0)
            odd_take(crew, plain, chunk, line);
    }
    if (!crew->is_stopped && (end < chunk->len || chunk->is_endless)) {
        crew->is_stopped = crew->end.is_cut = true;
        crew->end.chunk = *chunk;
        crew->end.at = end;
    }
    return is_good;
}

/* Add to the matrix what waits in the full stripes, or in all. */
static void pour(struct crew *crew, size_t seat, bool all)
{
    utfall_share *share = crew->readers[seat]->share;
    for (size_t i = 0; i < UTFALL_STRIPES; i++) {
        size_t stripe = (i + seat * 3) % UTFALL_STRIPES;
        if (!all && !utfall_share_is_full(share, stripe))
            continue;
        pthread_mutex_lock(&crew->stripes[stripe]);
        utfall_share_pour(share, stripe);
        pthread_mutex_unlock(&crew->stripes[stripe]);
    }
}

/* It is this chunk's turn, and people are laid out while others read on: whoever reads in order
 * allocates alone. */
static void people_lay(struct crew *crew, const utfall_plain *plain)
{
    pthread_mutex_unlock(&crew->lock);
    utfall_share_lay(plain->share);
    pthread_mutex_lock(&crew->lock);
}

static void read_chunk(struct crew *crew, size_t seat)
{
    utfall_plain *plain = crew->readers[seat];
    const uint64_t number = crew->taken++;
    const utfall_chunk chunk = *chunk_of(crew, number);
    pthread_mutex_unlock(&crew->lock);
    utfall_plain_read(plain, chunk.text, chunk.len);
    pthread_mutex_lock(&crew->lock);
    while (crew->admitted < number && !crew->is_stopped)
        pthread_cond_wait(&crew->changed, &crew->lock);
    if (!crew->is_stopped)
        people_lay(crew, plain);
    bool is_good = !crew->is_stopped && admit(crew, plain, &chunk);
    crew->admitted = number + 1; /* what waits in the share needs the chunk no longer */
    pthread_cond_broadcast(&crew->changed);
    if (!is_good)
        return;
    pthread_mutex_unlock(&crew->lock);
    pour(crew, seat, false);
    pthread_mutex_lock(&crew->lock);
}

/* What is done on a seat until nothing is left to do: nothing by one who comes too late. */
static void work(void *context, size_t seat)
{
    struct crew *crew = context;
    pthread_mutex_lock(&crew->lock);
    while (!crew->is_stopped) {
        uint64_t ready = crew->fetched - crew->taken;
        bool is_more = can_fetch(crew);
        if (!crew->is_digesting && crew->digested < crew->fetched)
            digest(crew);
        else if (is_more && ready < READY_LOW)
            fetch(crew);
        else if (ready > 0)
            read_chunk(crew, seat);
        else if (is_more)
            fetch(crew);
        else if (crew->is_fetching || crew->is_digesting || crew->admitted < crew->fetched)
            pthread_cond_wait(&crew->changed, &crew->lock);
        else
            break;
        pthread_cond_broadcast(&crew->changed);
    }
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    pour(crew, seat, true);
}

void utfall_crew_read(utfall_crew_end *end, utfall_hands *hands, utfall_source *source,
                      const utfall_chunk *first, uint32_t line, utfall_plain *const *readers,
                      size_t count, const utfall_crew_order *order)
{
    struct crew crew = {.source = source,
                        .order = order,
                        .readers = readers,
                        .ring = utfall_crew_ring(count),
                        .first = first->number,
                        .fetched = first->number + 1,
                        .digested = first->number + 1,
                        .taken = first->number,
                        .admitted = first->number,
                        .end = {.line = line}};
    *chunk_of(&crew, first->number) = *first;
    pthread_mutex_init(&crew.lock, NULL);
    pthread_cond_init(&crew.changed, NULL);
    for (size_t i = 0; i < UTFALL_STRIPES; i++)
        pthread_mutex_init(&crew.stripes[i], NULL);
    utfall_hands_help(hands, work, &crew, count);
    for (size_t i = 0; i < UTFALL_STRIPES; i++)
        pthread_mutex_destroy(&crew.stripes[i]);
    pthread_cond_destroy(&crew.changed);
    pthread_mutex_destroy(&crew.lock);
    *end = crew.end;
}
