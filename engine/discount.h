/* engine/discount.h - net present value as a polynomial, and where it lies. Private to engine/. */
#ifndef UTFALL_DISCOUNT_H
#define UTFALL_DISCOUNT_H
#include "utfall/returns.h"
#include <gmp.h>
#include <mpfr.h>

/** Net present value of flows: sum of coefficient[i] * y^exponent[i] over `scale`, where
 * y = 2^-x and 1 + rate = 2^(x * years_num / years_den). */
typedef struct utfall__discount {
    size_t count;        /* of terms; no coefficient is zero */
    mpz_t *coefficient;  /* öre times `scale` */
    uint32_t *exponent;  /* strictly ascending from 0; no common divisor */
    uint32_t widest;     /* the largest of them */
    size_t sign_changes; /* between neighbouring coefficients */
    unsigned long years_num, years_den;
    mpz_t scale; /* > 0 */
} utfall__discount;

/** The polynomial of flows; it ends with the run. */
UTFALL_TRY utfall_status utfall__discount_make(utfall_run *run, const utfall__discount **out,
                                               const utfall_flow *flows, size_t count,
                                               utfall_day_count days);

enum { UTFALL__POWERS = 18 }; /* exponents stay below 2^18 */

/** Working numbers for enclosures at one precision. */
typedef struct utfall__gauge {
    const utfall__discount *of;
    mpfr_prec_t bits;
    mpfr_t value_low, value_high; /* of y^-shift times the polynomial */
    mpfr_t slope_low, slope_high; /* of its derivative by ln y */
    mpfr_t power_low, power_high, term_low, term_high, negated;
    mpfr_t up_low[UTFALL__POWERS], up_high[UTFALL__POWERS];     /* y^(2^j) */
    mpfr_t down_low[UTFALL__POWERS], down_high[UTFALL__POWERS]; /* y^-(2^j) */
} utfall__gauge;

void utfall__gauge_init(utfall__gauge *gauge, const utfall__discount *of, mpfr_prec_t bits);
void utfall__gauge_clear(utfall__gauge *gauge);

/** Enclose the value, and when asked the slope, for every x in [low, high]. Multiplying by y^-shift
 * moves no root; a good shift makes the enclosure narrow, any shift leaves it true. shift <=
 * widest.
 */
void utfall__gauge_enclose(utfall__gauge *gauge, mpfr_srcptr low, mpfr_srcptr high, uint32_t shift,
                           bool with_slope);

/** Sign of the enclosed value or slope: -1, 1, or 0 when the enclosure does not tell. */
int utfall__gauge_value_sign(const utfall__gauge *gauge);
int utfall__gauge_slope_sign(const utfall__gauge *gauge);

#endif
