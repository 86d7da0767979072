/* contracts/scan.c - the first half of reading CSV: one mask of 64 bits for each 64 bytes, a bit
 * for each byte that is not plain text, and from the masks the places of those bytes.
 *
 * Plain bytes are the many, and they cost a few instructions for sixteen of them. Invariant: every
 * variant below gives the same masks; the portable one says what they are. */
#include "contracts/scan.h"

#include <string.h>

#if defined(__SSE2__) && defined(__GNUC__)
#include <emmintrin.h>

static uint32_t mask16(const char *at, __m128i separator)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    /* One more than the byte, as a signed number: 0x00..0x1F give 1..0x20, DEL and all but the last
     * byte that is not ASCII give less than 0, 0xFF gives 0. Plain text is above 0x20. */
    const __m128i next = _mm_add_epi8(bytes, _mm_set1_epi8(1));
    const __m128i odd = _mm_cmplt_epi8(next, _mm_set1_epi8(0x21));
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i mark = _mm_cmpeq_epi8(bytes, separator);
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(odd, _mm_or_si128(quote, mark)));
}

static uint64_t mask64(const char *at, char separator)
{
    const __m128i mark = _mm_set1_epi8(separator);
    return (uint64_t)mask16(at, mark) | (uint64_t)mask16(at + 16, mark) << 16 |
           (uint64_t)mask16(at + 32, mark) << 32 | (uint64_t)mask16(at + 48, mark) << 48;
}
#else
static uint64_t mask64(const char *at, char separator)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < 64; i++) {
        unsigned char byte = (unsigned char)at[i];
        uint64_t bit = byte < 0x20 || byte >= 0x7F || byte == '"' || at[i] == separator;
        mask |= bit << i;
    }
    return mask;
}
#endif

static uint32_t lowest_bit(uint64_t mask)
{
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctzll(mask);
#else
    uint32_t bit = 0;
    while ((mask >> bit & 1) == 0)
        bit++;
    return bit;
#endif
}

size_t utfall_scan(uint32_t *index, const char *base, const char *text, size_t len, char separator)
{
    uint32_t *out = index;
    uint32_t offset = (uint32_t)(text - base);
    for (size_t i = 0; i < len; i += 64, offset += 64) {
        uint64_t mask = mask64(text + i, separator);
        if (len - i < 64)
            mask &= ((uint64_t)1 << (len - i)) - 1;
        for (; mask != 0; mask &= mask - 1)
            *out++ = offset + lowest_bit(mask);
    }
    return (size_t)(out - index);
}
