/* contracts/scan.c - the first half of reading CSV: one mask of 64 bits for each 64 bytes, a bit
 * for each mark, and from the masks the places of the marks.
 *
 * Plain bytes are the many, and they cost a few instructions for 16, 32 or 64 of them. Which way is
 * gone is chosen when the program runs. Invariant: every way gives the same places; the portable
 * one says what they are. */
#include "contracts/scan.h"

#include <string.h>

#if defined(__GNUC__) && defined(__x86_64__)
#define UTFALL_SCAN_X86 1
#include <immintrin.h>
#else
#define UTFALL_SCAN_X86 0
#endif

#if defined(__GNUC__)
#define INLINE static inline __attribute__((always_inline))
#define LOWEST_BIT(mask) ((uint32_t)__builtin_ctzll(mask))
#define BIT_COUNT(mask) ((size_t)__builtin_popcountll(mask))
#else
#define INLINE static inline
static uint32_t lowest_bit(uint64_t mask)
{
    uint32_t bit = 0;
    while ((mask >> bit & 1) == 0)
        bit++;
    return bit;
}
static size_t bit_count(uint64_t mask)
{
    size_t count = 0;
    for (; mask != 0; mask &= mask - 1)
        count++;
    return count;
}
#define LOWEST_BIT(mask) lowest_bit(mask)
#define BIT_COUNT(mask) bit_count(mask)
#endif

/* Write the places of a mask's bits, at least eight at a time: how many there are differs from mask
 * to mask, and a branch on each would be guessed wrong as often as not. What is written after the
 * last bit is of no account. Inlined, so that each way has it in its own instructions. */
INLINE uint32_t *places_write(uint32_t *out, uint64_t mask, uint32_t offset)
{
    const uint64_t stop = (uint64_t)1 << 63; /* so that there always is a lowest bit */
    const size_t count = BIT_COUNT(mask);
    uint64_t rest = mask;
    for (int i = 0; i < 8; i++, rest &= rest - 1)
        out[i] = offset + LOWEST_BIT(rest | stop);
    for (size_t i = 8; i < count; i++, rest &= rest - 1)
        out[i] = offset + LOWEST_BIT(rest);
    return out + count;
}

/* The bits of bytes that belong to the text. */
INLINE uint64_t bits_of(size_t left)
{
    return left < 64 ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
}

static size_t scan_portable(uint32_t *index, bool *is_high, const char *base, const char *text,
                            size_t len, char separator)
{
    uint32_t *out = index;
    unsigned char seen = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned char byte = (unsigned char)text[i];
        seen |= byte;
        if (byte < 0x20 || byte == 0x7F || byte == '"' || text[i] == separator)
            *out++ = (uint32_t)(text + i - base);
    }
    *is_high |= seen >= 0x80;
    return (size_t)(out - index);
}

static bool everywhere(void)
{
    return true;
}

#if UTFALL_SCAN_X86
/* Marks and bytes that are not ASCII, a bit each. */
typedef struct masks {
    uint64_t marks, high;
} masks;

/* One more than the byte, as a signed number: 0x00..0x1F give 1..0x20, DEL and all but the last
 * byte that is not ASCII give less than 0, 0xFF gives 0. Plain text is above 0x20. */
INLINE masks masks16(const char *at, __m128i separator)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    const __m128i next = _mm_add_epi8(bytes, _mm_set1_epi8(1));
    const __m128i odd = _mm_cmplt_epi8(next, _mm_set1_epi8(0x21));
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i mark = _mm_cmpeq_epi8(bytes, separator);
    const uint32_t high = (uint32_t)_mm_movemask_epi8(bytes);
    const uint32_t all = (uint32_t)_mm_movemask_epi8(_mm_or_si128(odd, _mm_or_si128(quote, mark)));
    return (masks){all & ~high, high};
}

static size_t scan_sse2(uint32_t *index, bool *is_high, const char *base, const char *text,
                        size_t len, char separator)
{
    uint32_t *out = index, offset = (uint32_t)(text - base);
    const __m128i mark = _mm_set1_epi8(separator);
    uint64_t seen = 0;
    for (size_t i = 0; i < len; i += 64, offset += 64) {
        masks all = {0, 0};
        for (unsigned part = 0; part < 64; part += 16) {
            const masks own = masks16(text + i + part, mark);
            all.marks |= own.marks << part;
            all.high |= own.high << part;
        }
        seen |= all.high & bits_of(len - i);
        out = places_write(out, all.marks & bits_of(len - i), offset);
    }
    *is_high |= seen != 0;
    return (size_t)(out - index);
}

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

AVX2 INLINE masks masks32(const char *at, __m256i separator)
{
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
    const __m256i next = _mm256_add_epi8(bytes, _mm256_set1_epi8(1));
    const __m256i odd = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x21), next);
    const __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
    const __m256i mark = _mm256_cmpeq_epi8(bytes, separator);
    const uint32_t high = (uint32_t)_mm256_movemask_epi8(bytes);
    const uint32_t all =
        (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(odd, _mm256_or_si256(quote, mark)));
    return (masks){all & ~high, high};
}

AVX2 static size_t scan_avx2(uint32_t *index, bool *is_high, const char *base, const char *text,
                             size_t len, char separator)
{
    uint32_t *out = index, offset = (uint32_t)(text - base);
    const __m256i mark = _mm256_set1_epi8(separator);
    uint64_t seen = 0;
    for (size_t i = 0; i < len; i += 64, offset += 64) {
        const masks low = masks32(text + i, mark), top = masks32(text + i + 32, mark);
        seen |= (low.high | top.high << 32) & bits_of(len - i);
        out = places_write(out, (low.marks | top.marks << 32) & bits_of(len - i), offset);
    }
    *is_high |= seen != 0;
    return (size_t)(out - index);
}

static bool has_avx2(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,bmi,bmi2,popcnt")))

/* The places of a mask's bits are squeezed out of the numbers 0 to 63, sixteen at a time. */
AVX512 static size_t scan_avx512(uint32_t *index, bool *is_high, const char *base, const char *text,
                                 size_t len, char separator)
{
    uint32_t *out = index, offset = (uint32_t)(text - base);
    const __m512i mark = _mm512_set1_epi8(separator), quote = _mm512_set1_epi8('"');
    const __m512i delete = _mm512_set1_epi8(0x7F), space = _mm512_set1_epi8(0x20);
    const __m512i numbers = _mm512_set_epi64(
        0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928, 0x2726252423222120,
        0x1F1E1D1C1B1A1918, 0x1716151413121110, 0x0F0E0D0C0B0A0908, 0x0706050403020100);
    uint64_t seen = 0;
    for (size_t i = 0; i < len; i += 64, offset += 64) {
        const __m512i bytes = _mm512_loadu_si512(text + i);
        uint64_t all = _mm512_cmpeq_epi8_mask(bytes, mark) | _mm512_cmpeq_epi8_mask(bytes, quote) |
                       _mm512_cmpeq_epi8_mask(bytes, delete) | _mm512_cmplt_epu8_mask(bytes, space);
        all &= bits_of(len - i);
        seen |= _mm512_movepi8_mask(bytes) & bits_of(len - i);
        __m512i places = _mm512_maskz_compress_epi8(all, numbers);
        const __m512i from = _mm512_set1_epi32((int)offset);
        const size_t count = (size_t)_mm_popcnt_u64(all);
        for (size_t k = 0;; k += 16) {
            const __m512i wide = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
            _mm512_storeu_si512(out + k, _mm512_add_epi32(wide, from));
            if (k + 16 >= count)
                break;
            places = _mm512_alignr_epi64(_mm512_setzero_si512(), places, 2);
        }
        out += count;
    }
    *is_high |= seen != 0;
    return (size_t)(out - index);
}

static bool has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2");
}
#endif

const utfall_scan_way utfall_scan_ways[] = {
    {"portable", scan_portable, everywhere},
#if UTFALL_SCAN_X86
    {"SSE2", scan_sse2, everywhere},
    {"AVX2", scan_avx2, has_avx2},
    {"AVX-512", scan_avx512, has_avx512},
#endif
    {NULL, NULL, NULL},
};

utfall_scan_fn *utfall_scan_best(void)
{
    utfall_scan_fn *best = scan_portable;
    for (const utfall_scan_way *way = utfall_scan_ways; way->name != NULL; way++)
        if (way->is_there())
            best = way->scan;
    return best;
}
