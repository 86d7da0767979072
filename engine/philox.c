/* Philox4x32-10: a bijection of 128-bit counters, one for each 64-bit key.
 *
 * In: counter and key. Out: four words. Only multiplication 32 x 32 to 64 bits and exclusive or on
 * unsigned words, so the result does not depend on the machine. Blocks are made sixteen at a time,
 * the same word of all of them side by side, since they do not wait for each other. */
#include "engine/philox.h"
#include "engine/core/ban.h"

enum { ROUNDS = 10 };

static const uint64_t multiplier_a = 0xD2511F53, multiplier_b = 0xCD9E8D57;
static const uint32_t weyl_a = 0x9E3779B9, weyl_b = 0xBB67AE85;

void utfall__philox(uint32_t counter[4], const uint32_t key[2])
{
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        const uint64_t a = multiplier_a * counter[0], b = multiplier_b * counter[2];
        const uint32_t c1 = counter[1], c3 = counter[3];
        counter[0] = (uint32_t)(b >> 32) ^ c1 ^ k0;
        counter[1] = (uint32_t)b;
        counter[2] = (uint32_t)(a >> 32) ^ c3 ^ k1;
        counter[3] = (uint32_t)a;
        k0 += weyl_a;
        k1 += weyl_b;
    }
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
    uint32_t c0[UTFALL_PHILOX_BLOCKS], c1[UTFALL_PHILOX_BLOCKS], c2[UTFALL_PHILOX_BLOCKS],
        c3[UTFALL_PHILOX_BLOCKS];
    uint32_t k0 = stream->key[0], k1 = stream->key[1];
    for (uint32_t i = 0; i < UTFALL_PHILOX_BLOCKS; i++) {
        c0[i] = stream->next_block + i;
        c1[i] = stream->purpose;
        c2[i] = stream->replicate[0];
        c3[i] = stream->replicate[1];
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < UTFALL_PHILOX_BLOCKS; i++) {
            const uint64_t a = multiplier_a * c0[i], b = multiplier_b * c2[i];
            c0[i] = (uint32_t)(b >> 32) ^ c1[i] ^ k0;
            c1[i] = (uint32_t)b;
            c2[i] = (uint32_t)(a >> 32) ^ c3[i] ^ k1;
            c3[i] = (uint32_t)a;
        }
        k0 += weyl_a;
        k1 += weyl_b;
    }
    for (size_t i = 0; i < UTFALL_PHILOX_BLOCKS; i++) {
        stream->words[4 * i] = c0[i];
        stream->words[4 * i + 1] = c1[i];
        stream->words[4 * i + 2] = c2[i];
        stream->words[4 * i + 3] = c3[i];
    }
    stream->next_block += UTFALL_PHILOX_BLOCKS;
    stream->at = 0;
}
