/* Radix sort of int64, lowest byte first: stable, no comparison, time proportional to the count
 * whatever the order was. A byte that is the same in all keys is passed over. */
#include "engine/sort.h"
#include <string.h>
#include "engine/core/ban.h"

enum { BYTES = 8, VALUES = 256 };

/* With the sign bit turned, unsigned order is signed order. */
static uint64_t key_bits(int64_t key)
{
    return (uint64_t)key ^ (UINT64_C(1) << 63);
}

void utfall__sort(int64_t *keys, uint32_t *carried, int64_t *spare_keys, uint32_t *spare_carried,
                  size_t count)
{
    size_t counts[BYTES][VALUES];
    int64_t *from = keys, *to = spare_keys;
    uint32_t *from_carried = carried, *to_carried = spare_carried;
    memset(counts, 0, sizeof counts);
    for (size_t i = 0; i < count; i++)
        for (unsigned byte = 0; byte < BYTES; byte++)
            counts[byte][key_bits(keys[i]) >> (8 * byte) & (VALUES - 1)]++;
    for (unsigned byte = 0; byte < BYTES && count > 0; byte++) {
        size_t *places = counts[byte], sum = 0;
        if (places[key_bits(from[0]) >> (8 * byte) & (VALUES - 1)] == count)
            continue;
        for (size_t value = 0; value < VALUES; value++) {
            const size_t found = places[value];
            places[value] = sum;
            sum += found;
        }
        for (size_t i = 0; i < count; i++) {
            const size_t place = places[key_bits(from[i]) >> (8 * byte) & (VALUES - 1)]++;
            to[place] = from[i];
            if (carried != NULL)
                to_carried[place] = from_carried[i];
        }
        int64_t *const swap = from;
        from = to;
        to = swap;
        uint32_t *const swap_carried = from_carried;
        from_carried = to_carried;
        to_carried = swap_carried;
    }
    if (from == keys)
        return;
    memcpy(keys, from, count * sizeof *keys);
    if (carried != NULL)
        memcpy(carried, from_carried, count * sizeof *carried);
}
