/* engine/core/money.c - checked money, and the only ways from an exact ratio to money.
 *
 * In: money, exact ratios, a rounding that a contract names. Out: money and what the rounding left,
 * so that nothing disappears: exact = rounded + residue, parts of an allocation add up to the
 * whole. One floor division serves every mode. */
#include "engine/core/rat.h"
#include "engine/core/ban.h"

static bool add_fits(int64_t a, int64_t b)
{
    return b >= 0 ? a <= INT64_MAX - b : a >= INT64_MIN - b;
}

utfall_status utfall_money_add(utfall_money *out, utfall_money a, utfall_money b)
{
    if (!add_fits(a.minor, b.minor))
        return UTFALL_E_RANGE;
    out->minor = a.minor + b.minor;
    return UTFALL_OK;
}

utfall_status utfall_money_sub(utfall_money *out, utfall_money a, utfall_money b)
{
    bool fits = b.minor >= 0 ? a.minor >= INT64_MIN + b.minor : a.minor <= INT64_MAX + b.minor;
    if (!fits)
        return UTFALL_E_RANGE;
    out->minor = a.minor - b.minor;
    return UTFALL_OK;
}

/* With x = q + rest/den, 0 <= rest < den: whether x goes to q + 1 rather than to q. `half` is the
 * sign of 2 * rest - den. */
static bool goes_up(utfall_mode mode, bool is_negative, bool q_is_odd, int half)
{
    switch (mode) {
    case UTFALL_ROUND_CEILING:
        return true;
    case UTFALL_ROUND_TOWARD_ZERO:
        return is_negative;
    case UTFALL_ROUND_HALF_AWAY:
        return half > 0 || (half == 0 && !is_negative);
    case UTFALL_ROUND_HALF_EVEN:
        return half > 0 || (half == 0 && q_is_odd);
    case UTFALL_ROUND_FLOOR:
    case UTFALL_ROUND_NEVER:
        return false;
    }
    return false;
}

utfall_status utfall_rat_round(utfall_run *run, utfall_money *out, const utfall_rat **residue,
                               const utfall_rat *exact, utfall_rounding how)
{
    if (!exact || how.unit_minor <= 0) {
        utfall_run_fail(run, UTFALL_E_BUG);
        return utfall_run_failure(run);
    }
    utfall__numbers *n = utfall__numbers_of(run);
    if (!n)
        return UTFALL_E_NOMEM;
    /* exact / unit = num / (den * unit) = b + c / a, floored. */
    utfall__mpz_set(n->b, how.unit_minor);
    mpz_mul(n->a, mpq_denref(exact->q), n->b);
    mpz_fdiv_qr(n->b, n->c, mpq_numref(exact->q), n->a);
    if (mpz_sgn(n->c) != 0) {
        if (how.mode == UTFALL_ROUND_NEVER)
            return UTFALL_E_INEXACT;
        mpz_mul_2exp(n->c, n->c, 1);
        if (goes_up(how.mode, mpq_sgn(exact->q) < 0, mpz_odd_p(n->b) != 0, mpz_cmp(n->c, n->a)))
            mpz_add_ui(n->b, n->b, 1);
    }
    utfall__mpz_set(n->a, how.unit_minor);
    mpz_mul(n->b, n->b, n->a);
    utfall_money rounded;
    if (!utfall__mpz_get(&rounded.minor, n->b))
        return UTFALL_E_RANGE;
    mpq_set_z(n->q, n->b);
    mpq_sub(n->q, exact->q, n->q);
    const utfall_rat *left = utfall__rat_keep(run, n->q);
    if (!left)
        return utfall_run_failure(run);
    *out = rounded;
    *residue = left;
    return UTFALL_OK;
}

bool utfall_rat_is_within(const utfall_rat *a, unsigned bits)
{
    /* 2^(n-1) <= numerator < 2^n, 2^(d-1) <= denominator: the size is below 2^(n-d+1). */
    const size_t num = mpz_sizeinbase(mpq_numref(a->q), 2);
    const size_t den = mpz_sizeinbase(mpq_denref(a->q), 2);
    return num + 1 <= den + bits;
}

utfall_status utfall_rat_floor(int64_t *out, const utfall_rat *a)
{
    if (!a)
        return UTFALL_E_BUG;
    mpz_t floored;
    mpz_init(floored);
    mpz_fdiv_q(floored, mpq_numref(a->q), mpq_denref(a->q));
    bool fits = utfall__mpz_get(out, floored);
    mpz_clear(floored);
    return fits ? UTFALL_OK : UTFALL_E_RANGE;
}

bool utfall_rat_is_minor(const utfall_rat *a)
{
    int64_t floor = 0;
    return utfall_rat_floor(&floor, a) == UTFALL_OK && floor > INT64_MIN && floor < INT64_MAX;
}

/* Each part cut toward zero, with what was cut off, as a size. */
static utfall_status cut_parts(utfall_run *run, utfall_money *parts, const utfall_rat **rests,
                               utfall_money total, const utfall_rat *const *weights, size_t count)
{
    const utfall_rat *zero = utfall_rat_of(run, 0, 1), *sum = zero;
    for (size_t i = 0; i < count; i++) {
        if (weights[i] && utfall_rat_sign(weights[i]) < 0)
            return UTFALL_E_RANGE;
        sum = utfall_rat_add(run, sum, weights[i]);
    }
    if (!sum)
        return utfall_run_failure(run);
    if (utfall_rat_sign(sum) == 0)
        return UTFALL_E_RANGE;
    const utfall_rat *whole = utfall_rat_of_money(run, total);
    for (size_t i = 0; i < count; i++) {
        const utfall_rat *exact = utfall_rat_div(run, utfall_rat_mul(run, whole, weights[i]), sum);
        const utfall_rat *rest;
        utfall_rounding cut = {UTFALL_ROUND_TOWARD_ZERO, 1};
        if (!exact)
            return utfall_run_failure(run);
        utfall_status status = utfall_rat_round(run, &parts[i], &rest, exact, cut);
        if (status != UTFALL_OK)
            return status;
        rests[i] = total.minor < 0 ? utfall_rat_sub(run, zero, rest) : rest;
        if (!rests[i])
            return utfall_run_failure(run);
    }
    return UTFALL_OK;
}

/* The cut-off rests are each below one and add up to the missing units, so there are fewer units
 * than parts with a rest above zero: no part gets two, and none that comes out even gets one. */
static void hand_out(utfall_money *parts, const utfall_rat **rests, utfall_money total,
                     size_t count)
{
    int64_t left = total.minor, unit = total.minor < 0 ? -1 : 1;
    for (size_t i = 0; i < count; i++)
        left -= parts[i].minor;
    for (; left != 0; left -= unit) {
        size_t most = count;
        for (size_t i = 0; i < count; i++)
            if (rests[i] && (most == count || utfall_rat_compare(rests[i], rests[most]) > 0))
                most = i;
        parts[most].minor += unit;
        rests[most] = NULL;
    }
}

utfall_status utfall_money_allocate(utfall_run *run, utfall_money *parts, utfall_money total,
                                    const utfall_rat *const *weights, size_t count)
{
    utfall_money *cut = utfall_run_array(run, count, sizeof *cut);
    const utfall_rat **rests = utfall_run_array(run, count, sizeof *rests);
    if (!cut || !rests)
        return UTFALL_E_NOMEM;
    utfall_status status = cut_parts(run, cut, rests, total, weights, count);
    if (status != UTFALL_OK)
        return status;
    hand_out(cut, rests, total, count);
    for (size_t i = 0; i < count; i++)
        parts[i] = cut[i];
    return UTFALL_OK;
}
