/* Selection: the n-th smallest of many values, in passes.
 *
 * Invariant: the wanted value lies in the bracket, or the counts of the pass show on which side of
 * it; so a pass finds it, or leaves a bracket that holds it and is at most 1/256 as wide, or jumps
 * to the side where it is. A bracket of one value is the value. Which lane saw what does not
 * matter: counts are added and what was kept is sorted. */
#include "engine/selection.h"
#include "engine/sort.h"
#include <string.h>
#include "engine/core/ban.h"

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

/* Five standard deviations of the pilot's share below the value, and a few ranks for small ones. */
void utfall__wanted_start(utfall__wanted *wanted, uint64_t rank, uint64_t count,
                          const int64_t *pilot, size_t pilot_count)
{
    *wanted = (utfall__wanted){
        .rank = rank, .count = count, .low = INT64_MIN, .high = INT64_MAX, .in_bins = true};
    if (pilot_count == count && rank < count) {
        wanted->value = pilot[rank];
        wanted->is_found = true;
    }
    if (pilot_count == 0 || wanted->is_found)
        return;
    const uint64_t size = pilot_count;
    const uint64_t middle = rank * size / count; /* UTFALL_REPLICATES_MAX keeps this in 64 bits */
    const uint64_t reach = 5 * root(middle * (size - middle) / size) + 8;
    wanted->low = pilot[middle > reach ? middle - reach : 0];
    wanted->high = pilot[middle + reach < size ? middle + reach : size - 1];
    wanted->in_bins = false;
}

utfall_status utfall__sieve_new(utfall_run *run, utfall__sieve *out, size_t room)
{
    utfall__sieve sieve = {.room = room,
                           .kept = utfall_run_array(run, room, sizeof *sieve.kept),
                           .bins = utfall_run_array(run, UTFALL__BINS, sizeof *sieve.bins)};
    if (sieve.kept == NULL || sieve.bins == NULL)
        return UTFALL_E_NOMEM;
    *out = sieve;
    return UTFALL_OK;
}

void utfall__sieve_clear(utfall__sieve *sieve)
{
    sieve->below = sieve->inside = 0;
    memset(sieve->bins, 0, UTFALL__BINS * sizeof *sieve->bins);
}

static void found(utfall__wanted *wanted, int64_t value)
{
    wanted->is_found = true;
    wanted->value = value;
}

/* To the bin that holds the value, which was number `rank` inside the bracket. */
static void bin_choose(utfall__wanted *wanted, const utfall__sieve *sieves, size_t lanes,
                       uint64_t rank, size_t room)
{
    const uint64_t width = utfall__bin_width(wanted), low = (uint64_t)wanted->low;
    for (uint64_t bin = 0; bin < UTFALL__BINS; bin++) {
        uint64_t count = 0;
        for (size_t lane = 0; lane < lanes; lane++)
            count += sieves[lane].bins[bin];
        if (rank >= count) {
            rank -= count;
            continue;
        }
        const uint64_t end = low + bin * width + (width - 1), top = (uint64_t)wanted->high;
        const bool is_last = bin == UTFALL__BINS - 1 || end - low > top - low;
        wanted->low = (int64_t)(low + bin * width);
        wanted->high = is_last ? wanted->high : (int64_t)end;
        wanted->in_bins = count > room;
        if (wanted->low == wanted->high)
            found(wanted, wanted->low);
        return;
    }
}

void utfall__wanted_advance(utfall__wanted *wanted, const utfall__sieve *sieves, size_t lanes,
                            int64_t *merged, int64_t *spare)
{
    uint64_t below = 0, inside = 0;
    size_t kept = 0, room = SIZE_MAX;
    bool is_whole = true;
    for (size_t lane = 0; lane < lanes; lane++) {
        below += sieves[lane].below;
        inside += sieves[lane].inside;
        is_whole = is_whole && sieves[lane].inside <= sieves[lane].room;
        room = sieves[lane].room < room ? sieves[lane].room : room;
    }
    if (wanted->rank < below) {
        wanted->high = wanted->low - 1;
        wanted->low = INT64_MIN;
        wanted->in_bins = true;
    } else if (wanted->rank >= below + inside) {
        wanted->low = wanted->high + 1;
        wanted->high = INT64_MAX;
        wanted->in_bins = true;
    } else if (wanted->low == wanted->high) {
        found(wanted, wanted->low);
    } else if (wanted->in_bins) {
        bin_choose(wanted, sieves, lanes, wanted->rank - below, room);
    } else if (is_whole) {
        for (size_t lane = 0; lane < lanes; lane++) {
            memcpy(merged + kept, sieves[lane].kept, sieves[lane].inside * sizeof *merged);
            kept += sieves[lane].inside;
        }
        utfall__sort(merged, NULL, spare, NULL, kept);
        found(wanted, merged[wanted->rank - below]);
    } else {
        wanted->in_bins = true;
    }
}
