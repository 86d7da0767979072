/* Net present value at a stated rate, as an enclosure.
 *
 * In: payments, a day count, a rate. Out: two ratios, at most 3 * 10^-6 öre apart, with the value
 * between them. (1 + rate)^-t is irrational for most t, so no ratio is the value; precision is
 * raised until the enclosure is that narrow. */
#include "engine/core/rat.h"
#include "engine/discount.h"
#include "engine/core/ban.h"

enum { BITS_FIRST = 128, BITS_LAST = 8192, PLACES = 1000000 };

/* [low, high] of x = log2(1 + rate) * years_den / years_num. */
static void place(mpfr_t low, mpfr_t high, const utfall__discount *d, mpq_srcptr growth)
{
    mpfr_set_q(low, growth, MPFR_RNDD);
    mpfr_set_q(high, growth, MPFR_RNDU);
    mpfr_log2(low, low, MPFR_RNDD);
    mpfr_log2(high, high, MPFR_RNDU);
    mpfr_mul_ui(low, low, d->years_den, MPFR_RNDD);
    mpfr_mul_ui(high, high, d->years_den, MPFR_RNDU);
    mpfr_div_ui(low, low, d->years_num, MPFR_RNDD);
    mpfr_div_ui(high, high, d->years_num, MPFR_RNDU);
}

/* A bound as a whole number of millionths of an öre. */
static const utfall_rat *bound(utfall_run *run, mpfr_t value, const mpz_t scale, mpfr_rnd_t how)
{
    utfall__numbers *n = utfall__numbers_of(run);
    if (n == NULL)
        return NULL;
    mpfr_mul_ui(value, value, PLACES, how);
    mpfr_div_z(value, value, scale, how);
    if (!mpfr_number_p(value) ||
        (!mpfr_zero_p(value) && mpfr_get_exp(value) > UTFALL_RAT_BITS_MAX)) {
        utfall_run_fail(run, UTFALL_E_RANGE);
        return NULL;
    }
    (void)mpfr_get_z(mpq_numref(n->q), value, how);
    mpz_set_ui(mpq_denref(n->q), PLACES);
    mpq_canonicalize(n->q);
    return utfall__rat_keep(run, n->q);
}

/* True when the enclosure at this precision is narrow enough. */
static bool enclose(utfall_run *run, utfall_between *out, const utfall__discount *d,
                    mpq_srcptr growth, mpfr_prec_t bits)
{
    utfall__gauge gauge;
    mpfr_t low, high;
    utfall__gauge_init(&gauge, d, bits);
    mpfr_inits2(bits, low, high, (mpfr_ptr)NULL);
    place(low, high, d, growth);
    utfall__gauge_enclose(&gauge, low, high, 0, false);
    out->low = bound(run, gauge.value_low, d->scale, MPFR_RNDD);
    out->high = bound(run, gauge.value_high, d->scale, MPFR_RNDU);
    mpfr_clears(low, high, (mpfr_ptr)NULL);
    utfall__gauge_clear(&gauge);
    const utfall_rat *width = utfall_rat_sub(run, out->high, out->low);
    const utfall_rat *allowed = utfall_rat_of(run, 3, PLACES);
    return width != NULL && allowed != NULL && utfall_rat_compare(width, allowed) <= 0;
}

utfall_status utfall_npv_compute(utfall_run *run, utfall_between *out, const utfall_flow *flows,
                                 size_t count, utfall_day_count days, const utfall_rat *rate)
{
    const utfall__discount *d = NULL;
    utfall_between found = {NULL, NULL};
    const utfall_rat *growth = utfall_rat_add(run, utfall_rat_of(run, 1, 1), rate);
    if (growth == NULL)
        return utfall_run_failure(run);
    if (utfall_rat_sign(growth) <= 0)
        return utfall_run_report(
            run, &(utfall_finding){.code = UTFALL_E_RANGE,
                                   .severity = UTFALL_ERROR,
                                   .message = "the discount rate is -100 % or below",
                                   .hint = "money cannot be discounted at it"});
    utfall_status status = utfall__discount_make(run, &d, flows, count, days);
    if (status != UTFALL_OK)
        return status;
    bool is_narrow = false;
    for (mpfr_prec_t bits = BITS_FIRST; bits <= BITS_LAST && !is_narrow; bits *= 2)
        is_narrow = enclose(run, &found, d, growth->q, bits);
    mpfr_free_cache();
    if (utfall_run_failure(run) != UTFALL_OK)
        return utfall_run_failure(run);
    if (!is_narrow)
        return utfall_run_report(
            run, &(utfall_finding){.code = UTFALL_E_UNDECIDED,
                                   .severity = UTFALL_ERROR,
                                   .message = "the present value is too large to be told to a "
                                              "millionth of an öre"});
    *out = found;
    return UTFALL_OK;
}
