/* utfall/number.h - money, exact ratios, rounding. Nothing else may carry an amount: no binary
 * floating point.
 *
 * Between the reader and a rounding that a contract names, every amount is an utfall_rat: a reduced
 * fraction of any size up to UTFALL_RAT_BITS_MAX. Money and rationals meet only through
 * utfall_rat_of_money and utfall_rat_round. */
#ifndef UTFALL_NUMBER_H
#define UTFALL_NUMBER_H
#include "utfall/run.h"

/** Amount in minor units (öre) of the contract's one currency. A struct, so that `a + b` does not
 * compile. */
typedef struct utfall_money {
    int64_t minor;
} utfall_money;

/** Checked arithmetic. UTFALL_E_RANGE when the result leaves int64; *out is then untouched. */
UTFALL_TRY utfall_status utfall_money_add(utfall_money *out, utfall_money a, utfall_money b);
UTFALL_TRY utfall_status utfall_money_sub(utfall_money *out, utfall_money a, utfall_money b);

/** Exact ratio: reduced, positive denominator, immutable, owned by the run it was made in. */
typedef struct utfall_rat utfall_rat;

/* Largest size of numerator or denominator. A sum over 64 groups of up to 2^31 persons each stays
 * below 64 * 31 bits of denominator and 64 more of numerator: 2 100 bits. */
enum { UTFALL_RAT_BITS_MAX = 4096 };

/* Operations give NULL when an operand is NULL, when memory runs out, when the size bound is passed
 * or when dividing by zero; utfall_run_failure tells which (UTFALL_E_NOMEM, UTFALL_E_RANGE). A NULL
 * operand in a run where nothing failed and no error was reported is UTFALL_E_BUG. */
const utfall_rat *utfall_rat_of(utfall_run *run, int64_t num, int64_t den);
const utfall_rat *utfall_rat_of_money(utfall_run *run, utfall_money amount);
const utfall_rat *utfall_rat_copy(utfall_run *run, const utfall_rat *a); /* from another run */
const utfall_rat *utfall_rat_add(utfall_run *run, const utfall_rat *a, const utfall_rat *b);
const utfall_rat *utfall_rat_sub(utfall_run *run, const utfall_rat *a, const utfall_rat *b);
const utfall_rat *utfall_rat_mul(utfall_run *run, const utfall_rat *a, const utfall_rat *b);
const utfall_rat *utfall_rat_div(utfall_run *run, const utfall_rat *a, const utfall_rat *b);
const utfall_rat *utfall_rat_min(utfall_run *run, const utfall_rat *a, const utfall_rat *b);
const utfall_rat *utfall_rat_max(utfall_run *run, const utfall_rat *a, const utfall_rat *b);

/** Sum of counts[i] * a[i], without a ratio for each of them. Ratios with a count of 0 are not
 * looked at, and may be NULL. */
const utfall_rat *utfall_rat_dot(utfall_run *run, const int64_t *counts, const utfall_rat *const *a,
                                 size_t count);

/** The least whole number above 0 that makes each of `a` whole when it is multiplied by it. */
const utfall_rat *utfall_rat_common(utfall_run *run, const utfall_rat *const *a, size_t count);

/** -1, 0 or 1. Operands may not be NULL. */
int utfall_rat_compare(const utfall_rat *a, const utfall_rat *b);
int utfall_rat_sign(const utfall_rat *a);

/** Numerator and denominator, when both fit int64; else UTFALL_E_RANGE. `a` may not be NULL. */
UTFALL_TRY utfall_status utfall_rat_parts(int64_t *num, int64_t *den, const utfall_rat *a);

/** "num/den" reduced, "/1" left out, e.g. "-7" or "5/3". NULL from NULL. */
const char *utfall_rat_text(utfall_run *run, const utfall_rat *a);

/** From "num" or "num/den" in decimal, optional leading minus, den > 0, need not be reduced.
 * UTFALL_E_SYNTAX otherwise, UTFALL_E_RANGE over the size bound; *out is then untouched. */
UTFALL_TRY utfall_status utfall_rat_parse(utfall_run *run, const utfall_rat **out, const char *text,
                                          size_t len);

/** From digits with at most one `mark` ('.' or ',') between them, e.g. "12499,05"; optional leading
 * minus; no spaces. Fails as utfall_rat_parse. */
UTFALL_TRY utfall_status utfall_rat_parse_decimal(utfall_run *run, const utfall_rat **out,
                                                  const char *text, size_t len, char mark);

/** How a clause rounds, named by what happens to a half and to negatives. NEVER claims that nothing
 * needs rounding. */
typedef enum utfall_mode {
    UTFALL_ROUND_NEVER,
    UTFALL_ROUND_HALF_AWAY, /* -2.5 to -3, 2.5 to 3 */
    UTFALL_ROUND_HALF_EVEN, /* -2.5 to -2, 3.5 to 4 */
    UTFALL_ROUND_FLOOR,     /* toward minus infinity */
    UTFALL_ROUND_CEILING,   /* toward plus infinity */
    UTFALL_ROUND_TOWARD_ZERO
} utfall_mode;

/** Where and how an amount becomes money: to a multiple of `unit` minor units (> 0). */
typedef struct utfall_rounding {
    utfall_mode mode;
    int64_t unit_minor;
} utfall_rounding;

/** Round `exact` (öre) once. *out is a multiple of the unit, *residue = exact - *out exactly.
 *  UTFALL_E_INEXACT: mode NEVER and a residue; UTFALL_E_RANGE: outside int64. For `exact` NULL the
 * run's failure. Outputs untouched on failure. */
UTFALL_TRY utfall_status utfall_rat_round(utfall_run *run, utfall_money *out,
                                          const utfall_rat **residue, const utfall_rat *exact,
                                          utfall_rounding how);

/** Whether the size of a number is certainly below 2^bits (bits > 0), told from the lengths of its
 * parts: of those from 2^(bits-2) on it may not be. */
bool utfall_rat_is_within(const utfall_rat *a, unsigned bits);

/** The integer nearest below or at `a` (floor), when it fits int64; else UTFALL_E_RANGE. */
UTFALL_TRY utfall_status utfall_rat_floor(int64_t *out, const utfall_rat *a);

/** Whether an amount is within int64 in whole öre however it is rounded, with one to spare on each
 * side. False for NULL. */
bool utfall_rat_is_minor(const utfall_rat *a);

/** The floor of a * b, without a ratio for the product; *is_whole when nothing was cut off.
 * Operands may not be NULL. */
UTFALL_TRY utfall_status utfall_rat_floor_product(utfall_run *run, int64_t *out, bool *is_whole,
                                                  const utfall_rat *a, const utfall_rat *b);

/** The integer nearest to a * ratio, halves away from zero. UTFALL_E_RANGE outside int64. `ratio`
 * may not be NULL. */
UTFALL_TRY utfall_status utfall_rat_nearest_product(utfall_run *run, int64_t *out, int64_t a,
                                                    const utfall_rat *ratio);

/** Split `total` by `weights` (>= 0, sum > 0): floor of each exact part of |total|, then single
 * units by largest remainder, ties to the earlier part; signs as the total's. The parts always add
 * up to the total. UTFALL_E_RANGE for weights that are negative or all zero; `parts` untouched on
 * failure. */
UTFALL_TRY utfall_status utfall_money_allocate(utfall_run *run, utfall_money *parts,
                                               utfall_money total, const utfall_rat *const *weights,
                                               size_t count);

#endif
