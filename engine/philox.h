/* engine/philox.h - random numbers that are a function of where they are used: Philox4x32-10
 * (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", 2011).
 *
 * There is no state that one replicate leaves to the next: number i of replicate r is ten rounds of
 * integer arithmetic on (seed, purpose, r, i). So any replicate can be drawn alone, again, or on
 * any thread, and comes out the same on every machine. Private to engine/. */
#ifndef UTFALL_PHILOX_H
#define UTFALL_PHILOX_H
#include <stddef.h>
#include <stdint.h>

enum { UTFALL_PHILOX_BLOCKS = 16, UTFALL_PHILOX_WORDS = 4 * UTFALL_PHILOX_BLOCKS };

/** Replace the four words of a counter by the generator's output under `key`. */
void utfall__philox(uint32_t counter[4], const uint32_t key[2]);

/** The numbers of one replicate, in order. Block b is the output for the counter (b, purpose,
 * replicate low, replicate high) under the key (seed low, seed high). */
typedef struct utfall__stream {
    uint32_t key[2], purpose, replicate[2], next_block;
    size_t at; /* of the next word in `words` */
    uint32_t words[UTFALL_PHILOX_WORDS];
} utfall__stream;

void utfall__stream_start(utfall__stream *stream, uint64_t seed, uint32_t purpose,
                          uint64_t replicate);

/** Make the next UTFALL_PHILOX_WORDS words. */
void utfall__stream_refill(utfall__stream *stream);

static inline uint32_t utfall__stream_word(utfall__stream *stream)
{
    if (stream->at == UTFALL_PHILOX_WORDS)
        utfall__stream_refill(stream);
    return stream->words[stream->at++];
}

/** A number from 0 to count - 1, each equally likely: the upper half of word * count, where a word
 * whose lower half falls in the part that does not come out even is passed over (Lemire 2019).
 * count > 0. */
static inline uint32_t utfall__stream_below(utfall__stream *stream, uint32_t count)
{
    uint64_t product = (uint64_t)utfall__stream_word(stream) * count;
    if ((uint32_t)product < count) {
        const uint32_t uneven = (uint32_t)(0U - count) % count;
        while ((uint32_t)product < uneven)
            product = (uint64_t)utfall__stream_word(stream) * count;
    }
    return (uint32_t)(product >> 32);
}

#endif
