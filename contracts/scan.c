/* contracts/scan.c - the first half of reading CSV: one mask of 64 bits for each 64 bytes, a bit
 * for each byte that is not plain text, and from the masks the places of those bytes.
 *
 * Plain bytes are the many, and they cost a few instructions for sixteen or thirty-two of them.
 * Which variant runs is chosen when the program runs. Invariant: every variant gives the same
 * masks; the portable one says what they are. */
#include "contracts/scan.h"

#include <string.h>

#if defined(__GNUC__) && defined(__SSE2__)
#define UTFALL_SCAN_X86 1
#include <immintrin.h>
#else
#define UTFALL_SCAN_X86 0
#endif

static inline uint32_t lowest_bit(uint64_t mask)
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

static inline size_t bit_count(uint64_t mask)
{
#if defined(__GNUC__)
    return (size_t)__builtin_popcountll(mask);
#else
    size_t count = 0;
    for (; mask != 0; mask &= mask - 1)
        count++;
    return count;
#endif
}

/* Write the places of a mask's bits, at least eight at a time: how many there are differs from mask
 * to mask, and a branch on each would be guessed wrong as often as not. What is written after the
 * last bit is of no account. */
static inline uint32_t *places_write(uint32_t *out, uint64_t mask, uint32_t offset)
{
    const uint64_t stop = (uint64_t)1 << 63; /* so that there always is a lowest bit */
    size_t count = bit_count(mask);
    uint64_t rest = mask;
    for (int i = 0; i < 8; i++, rest &= rest - 1)
        out[i] = offset + lowest_bit(rest | stop);
    for (size_t i = 8; i < count; i++, rest &= rest - 1)
        out[i] = offset + lowest_bit(rest);
    return out + count;
}

static inline uint64_t mask_cut(uint64_t mask, size_t left)
{
    return left < 64 ? mask & (((uint64_t)1 << left) - 1) : mask;
}

static inline uint64_t mask64_portable(const char *at, char separator)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < 64; i++) {
        unsigned char byte = (unsigned char)at[i];
        uint64_t bit = byte < 0x20 || byte >= 0x7F || byte == '"' || at[i] == separator;
        mask |= bit << i;
    }
    return mask;
}

size_t utfall_scan_portable(uint32_t *index, const char *base, const char *text, size_t len,
                            char separator)
{
    uint32_t *out = index, offset = (uint32_t)(text - base);
    for (size_t i = 0; i < len; i += 64, offset += 64)
        out = places_write(out, mask_cut(mask64_portable(text + i, separator), len - i), offset);
    return (size_t)(out - index);
}

#if UTFALL_SCAN_X86
/* One more than the byte, as a signed number: 0x00..0x1F give 1..0x20, DEL and all but the last
 * byte that is not ASCII give less than 0, 0xFF gives 0. Plain text is above 0x20. */
static inline uint32_t mask16(const char *at, __m128i separator)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    const __m128i next = _mm_add_epi8(bytes, _mm_set1_epi8(1));
    const __m128i odd = _mm_cmplt_epi8(next, _mm_set1_epi8(0x21));
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i mark = _mm_cmpeq_epi8(bytes, separator);
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(odd, _mm_or_si128(quote, mark)));
}

size_t utfall_scan_sse2(uint32_t *index, const char *base, const char *text, size_t len,
                        char separator)
{
    uint32_t *out = index, offset = (uint32_t)(text - base);
    const __m128i mark = _mm_set1_epi8(separator);
    for (size_t i = 0; i < len; i += 64, offset += 64) {
        const char *at = text + i;
        uint64_t mask = (uint64_t)mask16(at, mark) | (uint64_t)mask16(at + 16, mark) << 16 |
                        (uint64_t)mask16(at + 32, mark) << 32 |
                        (uint64_t)mask16(at + 48, mark) << 48;
        out = places_write(out, mask_cut(mask, len - i), offset);
    }
    return (size_t)(out - index);
}

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))

AVX2 static inline uint32_t mask32(const char *at, __m256i separator)
{
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
    const __m256i next = _mm256_add_epi8(bytes, _mm256_set1_epi8(1));
    const __m256i odd = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x21), next);
    const __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
    const __m256i mark = _mm256_cmpeq_epi8(bytes, separator);
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(odd, _mm256_or_si256(quote, mark)));
}

AVX2 size_t utfall_scan_avx2(uint32_t *index, const char *base, const char *text, size_t len,
                             char separator)
{
    uint32_t *out = index, offset = (uint32_t)(text - base);
    const __m256i mark = _mm256_set1_epi8(separator);
    const uint64_t stop = (uint64_t)1 << 63;
    for (size_t i = 0; i < len; i += 64, offset += 64) {
        uint64_t mask = (uint64_t)mask32(text + i, mark) | (uint64_t)mask32(text + i + 32, mark)
                                                               << 32;
        mask = mask_cut(mask, len - i);
        /* As places_write, which cannot be inlined here, with this target's instructions. */
        size_t count = (size_t)_mm_popcnt_u64(mask);
        uint64_t rest = mask;
        for (int k = 0; k < 8; k++, rest = _blsr_u64(rest))
            out[k] = offset + (uint32_t)_tzcnt_u64(rest | stop);
        for (size_t k = 8; k < count; k++, rest = _blsr_u64(rest))
            out[k] = offset + (uint32_t)_tzcnt_u64(rest);
        out += count;
    }
    return (size_t)(out - index);
}
#endif

utfall_scan_fn *utfall_scan_best(void)
{
#if UTFALL_SCAN_X86
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
        __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt"))
        return utfall_scan_avx2;
    return utfall_scan_sse2;
#else
    return utfall_scan_portable;
#endif
}
