/* engine/index.c - people by id: open addressing, with a sorted spill behind it.
 *
 * In: ids as they come. Out: their numbers. An id lies in one of UTFALL__PROBES slots after its
 * hash's, or, when those were all taken, among the spilled, which are searched by halving. Ids that
 * come in ascending order need no looking for earlier ones, and no slots. The hash has no secret
 * (equal inputs must run equally everywhere), so ids can be chosen that all want the same slots:
 * they are spilled, and each costs the logarithm of their number, not their number. When all ids
 * are there the slots go, and what is left is the order: the deck (deck.c) finds almost everybody.
 * Invariant: nothing is ever removed from the slots, so a free slot on the way means absence. */
#include "engine/index.h"
#include "engine/core/run.h"
#include <string.h>
#include "engine/core/ban.h"

enum { SLOTS_FIRST = 64, IDS_FIRST = 64, TEXTS_FIRST = 1024 };

static int order(const utfall__index *index, uint32_t i, const char *id, size_t len)
{
    size_t own = utfall__index_len(index, i);
    int bytes = memcmp(utfall__index_text(index, i), id, own < len ? own : len);
    return bytes != 0 ? bytes : (own > len) - (own < len);
}

/* ---- sorting ---- */

/* Merge the sorted runs from[0..middle) and from[middle..end) into `to`. */
static void merge(const utfall__index *index, uint32_t *to, const uint32_t *from, size_t middle,
                  size_t end)
{
    size_t a = 0, b = middle;
    for (size_t i = 0; i < end; i++) {
        bool is_left =
            a < middle && (b == end || order(index, from[a], utfall__index_text(index, from[b]),
                                             utfall__index_len(index, from[b])) <= 0);
        to[i] = from[is_left ? a++ : b++];
    }
}

/* Merge from below; runs that lie in order already, as in a sorted file, are copied. */
static void sort(const utfall__index *index, uint32_t **numbers, uint32_t **spare, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        uint32_t *from = *numbers, *to = *spare;
        for (size_t at = 0; at < count; at += 2 * width) {
            size_t end = count - at < 2 * width ? count - at : 2 * width;
            size_t middle = end < width ? end : width;
            bool in_order =
                middle == end ||
                order(index, from[at + middle - 1], utfall__index_text(index, from[at + middle]),
                      utfall__index_len(index, from[at + middle])) <= 0;
            if (in_order)
                memcpy(to + at, from + at, end * sizeof *to);
            else
                merge(index, to + at, from + at, middle, end);
        }
        *numbers = to;
        *spare = from;
    }
}

/* Fill in `sorted`. */
static utfall_status sort_all(utfall__index *index)
{
    uint32_t *numbers = utfall__run_resize(index->run, NULL, index->count, sizeof *numbers);
    uint32_t *spare = utfall__run_resize(index->run, NULL, index->count, sizeof *spare);
    if (numbers && spare) {
        for (uint32_t i = 0; i < index->count; i++)
            numbers[i] = i;
        sort(index, &numbers, &spare, index->count);
    } else {
        numbers = utfall__run_resize(index->run, numbers, 0, 0);
    }
    (void)utfall__run_resize(index->run, spare, 0, 0);
    index->sorted = numbers;
    return numbers ? UTFALL_OK : UTFALL_E_NOMEM;
}

/* ---- halving ---- */

/* Find an id among numbers that are in order of it, from numbers[low] up to numbers[high]; NULL:
 * the numbers from `low` to `high` themselves. */
static size_t halve(const utfall__index *index, const uint32_t *numbers, uint32_t low,
                    uint32_t high, const char *id, size_t len)
{
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const uint32_t number = numbers ? numbers[middle] : middle;
        const int side = order(index, number, id, len);
        if (side == 0)
            return number;
        if (side < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

/* ---- the spilled ---- */

/* Merge the last two runs. */
static utfall_status join_runs(utfall__index *index)
{
    uint32_t start = index->run_count > 2 ? index->run_end[index->run_count - 3] : 0;
    uint32_t middle = index->run_end[index->run_count - 2];
    uint32_t end = index->run_end[index->run_count - 1];
    uint32_t *spare = utfall__run_resize(index->run, NULL, end - start, sizeof *spare);
    if (!spare)
        return UTFALL_E_NOMEM;
    memcpy(spare, index->spilled + start, (end - start) * sizeof *spare);
    merge(index, index->spilled + start, spare, middle - start, end - start);
    (void)utfall__run_resize(index->run, spare, 0, 0);
    index->run_count--;
    index->run_end[index->run_count - 1] = end;
    return UTFALL_OK;
}

static uint32_t run_length(const utfall__index *index, uint32_t run)
{
    return index->run_end[run] - (run > 0 ? index->run_end[run - 1] : 0);
}

/* A run of one more. Runs of nearly equal length are joined, as a counter carries: each number is
 * merged as often as the logarithm of their count. */
static utfall_status spill(utfall__index *index, uint32_t number)
{
    if (index->spilled_count == index->spilled_capacity) {
        uint32_t more = index->spilled_capacity > 0 ? 2 * index->spilled_capacity : IDS_FIRST;
        uint32_t *grown = utfall__run_resize(index->run, index->spilled, more, sizeof *grown);
        if (!grown)
            return UTFALL_E_NOMEM;
        index->spilled = grown;
        index->spilled_capacity = more;
    }
    index->spilled[index->spilled_count++] = number;
    index->run_end[index->run_count++] = index->spilled_count;
    while (index->run_count > 1 &&
           run_length(index, index->run_count - 2) < 2 * run_length(index, index->run_count - 1)) {
        utfall_status status = join_runs(index);
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

static size_t find_spilled(const utfall__index *index, const char *id, size_t len)
{
    size_t number = SIZE_MAX;
    for (uint32_t run = 0; run < index->run_count && number == SIZE_MAX; run++)
        number = halve(index, index->spilled, run > 0 ? index->run_end[run - 1] : 0,
                       index->run_end[run], id, len);
    return number;
}

/* ---- slots ---- */

size_t utfall__index_find(const utfall__index *index, const char *id, size_t len)
{
    if (index->slot_count == 0)
        return halve(index, index->sorted, 0, index->count, id, len);
    uint64_t hash = utfall__index_hash(id, len);
    uint32_t tag = (uint32_t)(hash >> 32), mask = index->slot_count - 1;
    for (uint32_t probe = 0; probe < UTFALL__PROBES; probe++) {
        const utfall__slot *slot = &index->slots[((uint32_t)hash + probe) & mask];
        if (slot->number == 0)
            return SIZE_MAX;
        if (slot->tag == tag && utfall__index_is(index, slot->number - 1, id, len))
            return slot->number - 1;
    }
    return find_spilled(index, id, len);
}

/* Give a number that has a text its slot, or spill it. */
static utfall_status settle_in(utfall__index *index, uint32_t number)
{
    uint64_t hash =
        utfall__index_hash(utfall__index_text(index, number), utfall__index_len(index, number));
    uint32_t mask = index->slot_count - 1;
    for (uint32_t probe = 0; probe < UTFALL__PROBES; probe++) {
        utfall__slot *slot = &index->slots[((uint32_t)hash + probe) & mask];
        if (slot->number == 0) {
            *slot = (utfall__slot){(uint32_t)(hash >> 32), number + 1};
            return UTFALL_OK;
        }
    }
    return spill(index, number);
}

/* So many slots, and everybody settles in anew, so that those spilled for want of room come back.
 */
static utfall_status slots_make(utfall__index *index, uint32_t count)
{
    utfall__slot *slots = utfall__run_resize(index->run, NULL, count, sizeof *slots);
    if (!slots)
        return UTFALL_E_NOMEM;
    memset(slots, 0, count * sizeof *slots);
    (void)utfall__run_resize(index->run, index->slots, 0, 0);
    index->slots = slots;
    index->slot_count = count;
    index->spilled_count = index->run_count = 0;
    for (uint32_t i = 0; i < index->count; i++) {
        utfall_status status = settle_in(index, i);
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

/* Slots for one more than there are. */
static utfall_status slots_for_more(utfall__index *index)
{
    uint32_t count = index->slot_count > 0 ? index->slot_count : SLOTS_FIRST;
    while (count / 2 <= index->count)
        count *= 2;
    return count == index->slot_count ? UTFALL_OK : slots_make(index, count);
}

/* Room for one more id of `len` bytes. */
static utfall_status make_room(utfall__index *index, size_t len)
{
    if (index->count >= UINT32_MAX / 8)
        return UTFALL_E_RANGE;
    if (index->count + 1 >= index->capacity) {
        uint32_t more = index->capacity > 0 ? 2 * index->capacity : IDS_FIRST;
        uint32_t *grown = utfall__run_resize(index->run, index->at, more, sizeof *grown);
        if (!grown)
            return UTFALL_E_NOMEM;
        if (!index->at)
            grown[0] = 0;
        index->at = grown;
        index->capacity = more;
    }
    size_t used = index->at[index->count];
    if (len >= UINT32_MAX - used)
        return UTFALL_E_RANGE;
    if (used + len + 1 > index->texts_capacity) {
        size_t more = index->texts_capacity > 0 ? index->texts_capacity : TEXTS_FIRST;
        while (more < used + len + 1)
            more *= 2;
        char *grown = utfall__run_resize(index->run, index->texts, more, 1);
        if (!grown)
            return UTFALL_E_NOMEM;
        index->texts = grown;
        index->texts_capacity = more;
    }
    return UTFALL_OK;
}

/* Add the text of number `count`, for which there is room. */
static void text_add(utfall__index *index, const char *id, size_t len)
{
    uint32_t at = index->at[index->count];
    if (len > 0)
        memcpy(index->texts + at, id, len);
    index->texts[at + len] = '\0';
    index->at[index->count + 1] = at + (uint32_t)len + 1;
}

utfall_status utfall__index_add(utfall__index *index, size_t *number, const char *id, size_t len)
{
    utfall_status status = UTFALL_OK;
    if (index->count > 0 && !index->is_mixed && order(index, index->count - 1, id, len) >= 0) {
        index->is_mixed = true;
        status = slots_for_more(index);
    }
    if (status != UTFALL_OK)
        return status;
    size_t earlier = index->is_mixed ? utfall__index_find(index, id, len) : SIZE_MAX;
    if (earlier != SIZE_MAX) {
        *number = earlier;
        return UTFALL_E_CONFLICT;
    }
    status = make_room(index, len);
    if (status == UTFALL_OK && index->is_mixed)
        status = slots_for_more(index);
    if (status != UTFALL_OK)
        return status;
    text_add(index, id, len);
    if (index->is_mixed)
        status = settle_in(index, index->count);
    if (status == UTFALL_OK)
        *number = index->count++;
    return status;
}

static void slots_end(utfall__index *index)
{
    index->slots = utfall__run_resize(index->run, index->slots, 0, 0);
    index->spilled = utfall__run_resize(index->run, index->spilled, 0, 0);
    index->slot_count = index->run_count = index->spilled_count = index->spilled_capacity = 0;
}

utfall_status utfall__index_freeze(utfall__index *index)
{
    slots_end(index);
    if (index->count == 0)
        return UTFALL_OK;
    uint32_t *at = utfall__run_resize(index->run, index->at, index->count + 1, sizeof *at);
    if (!at)
        return UTFALL_E_NOMEM;
    index->at = at;
    char *texts = utfall__run_resize(index->run, index->texts, index->at[index->count], 1);
    if (!texts)
        return UTFALL_E_NOMEM;
    index->texts = texts;
    return index->is_mixed ? sort_all(index) : UTFALL_OK;
}

void utfall__index_end(utfall__index *index)
{
    slots_end(index);
    index->sorted = utfall__run_resize(index->run, index->sorted, 0, 0);
    index->at = utfall__run_resize(index->run, index->at, 0, 0);
    index->count = 0;
}
