/* engine/checked.h - products and sums of int64 that say when they do not fit. Private to engine/.
 */
#ifndef UTFALL_CHECKED_H
#define UTFALL_CHECKED_H
#include <stdbool.h>
#include <stdint.h>

/** *out = a * b, or false and untouched when the product leaves int64 or is INT64_MIN. */
static inline bool utfall__times(int64_t *out, int64_t a, int64_t b)
{
    if (a == INT64_MIN || b == INT64_MIN)
        return false;
    const int64_t size_a = a < 0 ? -a : a, size_b = b < 0 ? -b : b;
    if (size_a != 0 && size_b > INT64_MAX / size_a)
        return false;
    *out = a * b;
    return true;
}

/** *out = a + b for a, b >= 0, or false. */
static inline bool utfall__plus(int64_t *out, int64_t a, int64_t b)
{
    if (a > INT64_MAX - b)
        return false;
    *out = a + b;
    return true;
}

/** |a|, or INT64_MAX for INT64_MIN. */
static inline int64_t utfall__size(int64_t a)
{
    return a == INT64_MIN ? INT64_MAX : a < 0 ? -a : a;
}

/** Rounded toward minus infinity; b > 0. */
static inline int64_t utfall__floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/** a, b > 0. */
static inline int64_t utfall__gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/** Least common multiple of a, b > 0, or false. */
static inline bool utfall__lcm(int64_t *out, int64_t a, int64_t b)
{
    return utfall__times(out, a / utfall__gcd(a, b), b);
}

#endif
