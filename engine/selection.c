/* Selection: an order statistic of many values, whose number is not known beforehand.
 *
 * Invariant: below + at_low values are at most `low`, those between the ends are kept, at_high are
 * `high`, the others are larger. When there is no room left, the ends move towards the value that
 * is wanted of those seen so far, as near as it can be expected to stay for as many values as will
 * ever come: six standard deviations of its rank, whatever the values are. The kept are then at
 * most 7/8 of the room. Ends move onto values, and values equal to an end are only counted, so that
 * many equal values need no room. */
#include "engine/selection.h"
#include "engine/sort.h"
#include <string.h>
#include "engine/core/ban.h"

enum { DEVIATIONS = 6 };

uint64_t utfall__rank_of(uint64_t count, unsigned permille)
{
    const uint64_t whole = count / 1000 * permille, rest = count % 1000 * permille;
    const uint64_t upto = whole + (rest + 999) / 1000;
    return upto > 0 ? upto - 1 : 0;
}

/* Floor of the square root. */
static uint64_t root(uint64_t square)
{
    uint64_t low = 0, high = UINT32_MAX;
    while (low < high) {
        const uint64_t middle = low + (high - low + 1) / 2;
        if (middle * middle <= square)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* ---- the bracket ---- */

utfall_status utfall__wanted_new(utfall_run *run, utfall__wanted *out, unsigned permille,
                                 size_t room)
{
    utfall__wanted wanted = {.permille = permille,
                             .low = INT64_MIN,
                             .high = INT64_MAX,
                             .room = room,
                             .kept = utfall_run_array(run, room, sizeof *wanted.kept)};
    if (wanted.kept == NULL)
        return UTFALL_E_NOMEM;
    *out = wanted;
    return UTFALL_OK;
}

/* Nothing is kept: both ends at `end`, whose count is `at`, with `below` less than it. */
static void bracket_close(utfall__wanted *wanted, int64_t end, uint64_t below, uint64_t at)
{
    wanted->low = wanted->high = end;
    wanted->below = below;
    wanted->at_low = at;
    wanted->at_high = 0;
    wanted->kept_count = 0;
}

/* Move the ends inwards. `sorted` are all values between them, in order; those that stay there are
 * kept. */
static void bracket_narrow(utfall__wanted *wanted, const int64_t *sorted, size_t count)
{
    const uint64_t rank = utfall__rank_of(wanted->count, wanted->permille);
    const uint64_t before = wanted->below + wanted->at_low;
    const uint64_t room = wanted->room / 16 * 7; /* so that there is always some left */
    /* UTFALL_REPLICATES_MAX keeps the product in 64 bits. */
    uint64_t reach = DEVIATIONS * root(rank * (wanted->count - rank) / wanted->count) + 8;
    size_t first = 0, end = count;
    reach = reach < room ? reach : room;
    if (rank >= before + count + reach) { /* it is at the upper end, or was lost beyond it */
        bracket_close(wanted, wanted->high, before + count, wanted->at_high);
        return;
    }
    if (rank + reach < before) {
        bracket_close(wanted, wanted->low, wanted->below, wanted->at_low);
        return;
    }
    if (rank >= before + reach) {
        const int64_t low = sorted[rank - reach - before];
        while (sorted[first] < low)
            first++;
        wanted->low = low;
        wanted->below = before + first;
        for (wanted->at_low = 0; first < count && sorted[first] == low; first++)
            wanted->at_low++;
    }
    if (rank + reach - before < count) {
        const int64_t high = sorted[rank + reach - before];
        if (high == wanted->low) {
            bracket_close(wanted, high, wanted->below, wanted->at_low);
            return;
        }
        while (end > 0 && sorted[end - 1] > high)
            end--;
        wanted->high = high;
        for (wanted->at_high = 0; end > first && sorted[end - 1] == high; end--)
            wanted->at_high++;
    }
    wanted->kept_count = end - first;
    memmove(wanted->kept, sorted + first, wanted->kept_count * sizeof *sorted);
}

void utfall__wanted_begin(utfall__wanted *wanted, const int64_t *sorted, size_t count)
{
    wanted->count = count;
    for (; count > 0 && *sorted == wanted->low; sorted++, count--)
        wanted->at_low++;
    for (; count > 0 && sorted[count - 1] == wanted->high; count--)
        wanted->at_high++;
    bracket_narrow(wanted, sorted, count);
}

void utfall__wanted_add(utfall__wanted *wanted, const int64_t *values, size_t count, int64_t *spare)
{
    for (size_t i = 0; i < count; i++) {
        const int64_t value = values[i];
        wanted->count++;
        if (value < wanted->low) {
            wanted->below++;
        } else if (value == wanted->low) {
            wanted->at_low++;
        } else if (value == wanted->high) {
            wanted->at_high++;
        } else if (value < wanted->high) {
            wanted->kept[wanted->kept_count++] = value;
            if (wanted->kept_count < wanted->room)
                continue;
            utfall__sort(wanted->kept, NULL, spare, NULL, wanted->kept_count);
            bracket_narrow(wanted, wanted->kept, wanted->kept_count);
        }
    }
}

bool utfall__wanted_value(utfall__wanted *wanted, int64_t *out, int64_t *spare)
{
    uint64_t rank = utfall__rank_of(wanted->count, wanted->permille);
    if (rank < wanted->below)
        return false;
    rank -= wanted->below;
    if (rank < wanted->at_low) {
        *out = wanted->low;
        return true;
    }
    rank -= wanted->at_low;
    if (rank < wanted->kept_count) {
        utfall__sort(wanted->kept, NULL, spare, NULL, wanted->kept_count);
        *out = wanted->kept[rank];
        return true;
    }
    *out = rank - wanted->kept_count < wanted->at_high ? wanted->high : *out;
    return rank - wanted->kept_count < wanted->at_high;
}

/* ---- when the bracket was left ---- */

void utfall__descent_start(utfall__descent *descent, const utfall__wanted *wanted)
{
    const uint64_t rank = utfall__rank_of(wanted->count, wanted->permille);
    const uint64_t upto = wanted->below + wanted->at_low + wanted->kept_count + wanted->at_high;
    *descent =
        rank < wanted->below
            ? (utfall__descent){.low = INT64_MIN, .high = wanted->low - 1, .rank = rank}
            : (utfall__descent){.low = wanted->high + 1, .high = INT64_MAX, .rank = rank - upto};
}

/* Width of a bin, for values `value - low` from 0. */
static uint64_t bin_width(const utfall__descent *descent)
{
    return ((uint64_t)descent->high - (uint64_t)descent->low) / UTFALL__BINS + 1;
}

void utfall__descent_add(utfall__descent *descent, const int64_t *values, size_t count)
{
    const uint64_t width = bin_width(descent), low = (uint64_t)descent->low;
    for (size_t i = 0; i < count; i++)
        if (values[i] >= descent->low && values[i] <= descent->high)
            descent->bins[((uint64_t)values[i] - low) / width]++;
}

void utfall__descent_advance(utfall__descent *descent)
{
    const uint64_t width = bin_width(descent);
    size_t bin = 0;
    for (; bin + 1 < UTFALL__BINS && descent->rank >= descent->bins[bin]; bin++)
        descent->rank -= descent->bins[bin];
    const uint64_t low = (uint64_t)descent->low + bin * width;
    const uint64_t rest = (uint64_t)descent->high - low;
    descent->low = (int64_t)low;
    if (rest > width - 1)
        descent->high = (int64_t)(low + (width - 1));
    memset(descent->bins, 0, sizeof descent->bins);
}
