/* Enclosures of a net present value over an interval of rates.
 *
 * In: a polynomial P(y) with whole coefficients, and x in [low, high] with y = 2^-x. Out: bounds of
 * y^-shift P(y), and of its derivative by ln y, over all of the interval.
 * Invariant: every number kept as a lower bound was rounded down from lower bounds of factors that
 * are not negative, every upper bound up from upper ones. 2^t is monotone and MPFR rounds it
 * correctly, products and sums too; so no error analysis is needed: the truth is inside. A term
 * c y^k with k = exponent - shift takes its extremes at the ends of the interval, and powers are
 * built upwards in y for k > 0, in 1/y for k < 0, so that factors stay bounds of the same side. */
#include "engine/discount.h"
#include "engine/core/ban.h"

void utfall__gauge_init(utfall__gauge *gauge, const utfall__discount *of, mpfr_prec_t bits)
{
    gauge->of = of;
    gauge->bits = bits;
    mpfr_inits2(bits, gauge->value_low, gauge->value_high, gauge->slope_low, gauge->slope_high,
                gauge->power_low, gauge->power_high, gauge->term_low, gauge->term_high,
                gauge->negated, (mpfr_ptr)NULL);
    for (size_t j = 0; j < UTFALL__POWERS; j++)
        mpfr_inits2(bits, gauge->up_low[j], gauge->up_high[j], gauge->down_low[j],
                    gauge->down_high[j], (mpfr_ptr)NULL);
}

void utfall__gauge_clear(utfall__gauge *gauge)
{
    mpfr_clears(gauge->value_low, gauge->value_high, gauge->slope_low, gauge->slope_high,
                gauge->power_low, gauge->power_high, gauge->term_low, gauge->term_high,
                gauge->negated, (mpfr_ptr)NULL);
    for (size_t j = 0; j < UTFALL__POWERS; j++)
        mpfr_clears(gauge->up_low[j], gauge->up_high[j], gauge->down_low[j], gauge->down_high[j],
                    (mpfr_ptr)NULL);
}

/* Bounds of y^(2^j) and y^-(2^j) for y = 2^-x: y falls as x grows. */
static void powers_fill(utfall__gauge *g, mpfr_srcptr low, mpfr_srcptr high)
{
    mpfr_neg(g->negated, high, MPFR_RNDD); /* -high rounded down keeps y's lower bound below */
    mpfr_exp2(g->up_low[0], g->negated, MPFR_RNDD);
    mpfr_neg(g->negated, low, MPFR_RNDU);
    mpfr_exp2(g->up_high[0], g->negated, MPFR_RNDU);
    mpfr_set(g->negated, low, MPFR_RNDD);
    mpfr_exp2(g->down_low[0], g->negated, MPFR_RNDD);
    mpfr_set(g->negated, high, MPFR_RNDU);
    mpfr_exp2(g->down_high[0], g->negated, MPFR_RNDU);
    for (size_t j = 1; j < UTFALL__POWERS && g->of->widest >> j != 0; j++) {
        mpfr_sqr(g->up_low[j], g->up_low[j - 1], MPFR_RNDD);
        mpfr_sqr(g->up_high[j], g->up_high[j - 1], MPFR_RNDU);
        mpfr_sqr(g->down_low[j], g->down_low[j - 1], MPFR_RNDD);
        mpfr_sqr(g->down_high[j], g->down_high[j - 1], MPFR_RNDU);
    }
}

/* Carry the power `by` exponents further. */
static void power_step(utfall__gauge *g, uint32_t by, bool is_up)
{
    for (size_t j = 0; by >> j != 0; j++) {
        if ((by >> j & 1) == 0)
            continue;
        mpfr_mul(g->power_low, g->power_low, is_up ? g->up_low[j] : g->down_low[j], MPFR_RNDD);
        mpfr_mul(g->power_high, g->power_high, is_up ? g->up_high[j] : g->down_high[j], MPFR_RNDU);
    }
}

/* Add the term of which the power stands ready, and `distance` times it to the slope. */
static void term_add(utfall__gauge *g, size_t i, long distance, bool with_slope)
{
    mpz_srcptr c = g->of->coefficient[i];
    const bool is_positive = mpz_sgn(c) > 0;
    mpfr_mul_z(g->term_low, is_positive ? g->power_low : g->power_high, c, MPFR_RNDD);
    mpfr_mul_z(g->term_high, is_positive ? g->power_high : g->power_low, c, MPFR_RNDU);
    mpfr_add(g->value_low, g->value_low, g->term_low, MPFR_RNDD);
    mpfr_add(g->value_high, g->value_high, g->term_high, MPFR_RNDU);
    if (!with_slope || distance == 0)
        return;
    if (distance < 0)
        mpfr_swap(g->term_low, g->term_high);
    mpfr_mul_si(g->term_low, g->term_low, distance, MPFR_RNDD);
    mpfr_mul_si(g->term_high, g->term_high, distance, MPFR_RNDU);
    mpfr_add(g->slope_low, g->slope_low, g->term_low, MPFR_RNDD);
    mpfr_add(g->slope_high, g->slope_high, g->term_high, MPFR_RNDU);
}

static void power_one(utfall__gauge *g)
{
    mpfr_set_ui(g->power_low, 1, MPFR_RNDD);
    mpfr_set_ui(g->power_high, 1, MPFR_RNDU);
}

void utfall__gauge_enclose(utfall__gauge *g, mpfr_srcptr low, mpfr_srcptr high, uint32_t shift,
                           bool with_slope)
{
    const utfall__discount *d = g->of;
    size_t middle = 0;
    while (middle < d->count && d->exponent[middle] < shift)
        middle++;
    powers_fill(g, low, high);
    mpfr_set_zero(g->value_low, 1);
    mpfr_set_zero(g->value_high, 1);
    mpfr_set_zero(g->slope_low, 1);
    mpfr_set_zero(g->slope_high, 1);
    power_one(g);
    for (size_t i = middle, at = shift; i < d->count; at = d->exponent[i++]) {
        power_step(g, d->exponent[i] - (uint32_t)at, true);
        term_add(g, i, (long)(d->exponent[i] - shift), with_slope);
    }
    power_one(g);
    for (size_t i = middle, at = shift; i-- > 0; at = d->exponent[i]) {
        power_step(g, (uint32_t)at - d->exponent[i], false);
        term_add(g, i, -(long)(shift - d->exponent[i]), with_slope);
    }
}

static int sign_of(mpfr_srcptr low, mpfr_srcptr high)
{
    return mpfr_sgn(low) > 0 ? 1 : mpfr_sgn(high) < 0 ? -1 : 0;
}

int utfall__gauge_value_sign(const utfall__gauge *gauge)
{
    return sign_of(gauge->value_low, gauge->value_high);
}

int utfall__gauge_slope_sign(const utfall__gauge *gauge)
{
    return sign_of(gauge->slope_low, gauge->slope_high);
}
