/* Philox4x32-10: a bijection of 128-bit counters, one for each 64-bit key.
 *
 * In: counter and key. Out: four words. Only multiplication 32 x 32 to 64 bits and exclusive or on
 * unsigned words, so the result does not depend on the machine. Sixteen blocks are made at a time:
 * they do not wait for each other, so a compiler makes several of them side by side in vectors. */
#include "engine/philox.h"
#include "engine/core/ban.h"

enum { ROUNDS = 10 };

static const uint64_t multiplier_a = 0xD2511F53, multiplier_b = 0xCD9E8D57;
static const uint32_t weyl_a = 0x9E3779B9, weyl_b = 0xBB67AE85;

typedef struct block {
    uint32_t a, b, c, d;
} block;

static inline block rounds_make(block at, uint32_t k0, uint32_t k1)
{
    for (int round = 0; round < ROUNDS; round++) {
        const uint64_t a = multiplier_a * at.a, c = multiplier_b * at.c;
        at = (block){(uint32_t)(c >> 32) ^ at.b ^ k0, (uint32_t)c, (uint32_t)(a >> 32) ^ at.d ^ k1,
                     (uint32_t)a};
        k0 += weyl_a;
        k1 += weyl_b;
    }
    return at;
}

void utfall__philox(uint32_t counter[4], const uint32_t key[2])
{
    const block made =
        rounds_make((block){counter[0], counter[1], counter[2], counter[3]}, key[0], key[1]);
    counter[0] = made.a;
    counter[1] = made.b;
    counter[2] = made.c;
    counter[3] = made.d;
}

void utfall__stream_start(utfall__stream *stream, uint64_t seed, uint32_t purpose,
                          uint64_t replicate)
{
    stream->key[0] = (uint32_t)seed;
    stream->key[1] = (uint32_t)(seed >> 32);
    stream->purpose = purpose;
    stream->replicate[0] = (uint32_t)replicate;
    stream->replicate[1] = (uint32_t)(replicate >> 32);
    stream->next_block = 0;
    stream->at = UTFALL_PHILOX_WORDS;
}

void utfall__stream_refill(utfall__stream *stream)
{
    for (uint32_t i = 0; i < UTFALL_PHILOX_BLOCKS; i++) {
        const block made = rounds_make((block){stream->next_block + i, stream->purpose,
                                               stream->replicate[0], stream->replicate[1]},
                                       stream->key[0], stream->key[1]);
        stream->words[4 * i] = made.a;
        stream->words[4 * i + 1] = made.b;
        stream->words[4 * i + 2] = made.c;
        stream->words[4 * i + 3] = made.d;
    }
    stream->next_block += UTFALL_PHILOX_BLOCKS;
    stream->at = 0;
}
