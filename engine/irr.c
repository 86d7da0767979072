/* Internal rates of return: all of them above -100 %, counted with proof.
 *
 * In: payments as a polynomial P(y) with whole coefficients. Out: disjoint intervals with one root
 * each, and what could not be decided. The proof, for y = 2^-x > 0:
 *
 *  1. Descartes: P has as many positive roots as sign changes, or fewer by an even number. So none
 *     without a change, and exactly one with one.
 *  2. Beyond the ends no root: with Q = sum of |c|, exponents differ by 1 at least, so for
 *     2^x > Q / |c_0| the first term outweighs the others together; at the other end the last does.
 *  3. Between the ends x is halved until each part is settled. A part has no root when the
 *     enclosure of y^-s P(y) over it leaves out zero, or when value at a point +- half width times
 *     slope does (mean value theorem). It has at most one when the enclosure of the derivative
 * leaves out zero: then signs at the ends, each certain, tell whether one.
 *  4. A root is then closed in by signs, each certain.
 *
 * A double root is never settled by this, and ends as UNDECIDED: so does anything when the work
 * allowed is done. Nothing is decided by an approximation; x is any number near the middle. */
#include "engine/core/rat.h"
#include "engine/discount.h"
#include "engine/core/ban.h"

const char *const utfall_irr_verdict_names[] = {"found", "no_flows",  "one_way",
                                                "none",  "undecided", NULL};

enum {
    LEVELS = 3,        /* precisions tried, in turn */
    PLACE_BITS = 1408, /* of x: more than any enclosure resolves */
    RATE_BITS = 1280,  /* 1 + rate < 2^512 to 10^-16 and far beyond */
    LARGE = 512,       /* log2(1 + rate) from which on a root is only known to be large */
    BISECTIONS_MAX = 4096,
    BASE_WORK = 64, /* of an enclosure, beside its terms */
    CENTRE_BITS = 20
};
static const mpfr_prec_t level_bits[LEVELS] = {128, 384, 1152};

/* Terms evaluated in all, at 128 bits; some seconds. */
#define WORK_MAX UINT64_C(10000000)

/* [low, high] of x with the sign of P at both ends. */
typedef struct span {
    mpfr_t low, high;
    int low_sign, high_sign;
} span;

typedef struct spans {
    size_t count, room;
    span *list;
} spans;

typedef struct work {
    utfall_run *run;
    const utfall__discount *d;
    utfall__gauge gauges[LEVELS];
    uint64_t spent;
    spans roots, unsure;
    mpfr_t scratch, reach;
} work;

static bool is_spent(const work *w)
{
    return w->spent >= WORK_MAX;
}

static void enclose(work *w, size_t level, mpfr_srcptr low, mpfr_srcptr high, uint32_t shift,
                    bool with_slope)
{
    w->spent += (w->d->count + BASE_WORK) * (uint64_t)(1 + level_bits[level] / 256);
    utfall__gauge_enclose(&w->gauges[level], low, high, shift, with_slope);
}

/* A shift near the exponents that matter at `at`: the mean of them, weighted by the sizes of the
 * terms to a power of two. Only a guess: it decides how narrow an enclosure is, not what is true.
 */
static uint32_t centre(const work *w, mpfr_srcptr at)
{
    const utfall__discount *d = w->d;
    mpfr_t scaled;
    mpfr_init2(scaled, 64);
    mpfr_mul_2ui(scaled, at, CENTRE_BITS, MPFR_RNDZ);
    const int64_t x = mpfr_fits_slong_p(scaled, MPFR_RNDZ) ? mpfr_get_si(scaled, MPFR_RNDZ) : 0;
    mpfr_clear(scaled);
    int64_t most = INT64_MIN;
    for (size_t i = 0; i < d->count; i++) {
        const int64_t size = ((int64_t)mpz_sizeinbase(d->coefficient[i], 2) << CENTRE_BITS) -
                             (int64_t)d->exponent[i] * x;
        most = size > most ? size : most;
    }
    uint64_t weights = 0, moments = 0;
    for (size_t i = 0; i < d->count; i++) {
        const int64_t size = ((int64_t)mpz_sizeinbase(d->coefficient[i], 2) << CENTRE_BITS) -
                             (int64_t)d->exponent[i] * x;
        const uint64_t below = (uint64_t)(most - size) >> CENTRE_BITS;
        const uint64_t weight = below < 30 ? UINT64_C(1) << (30 - below) : 0;
        weights += weight;
        moments += weight * d->exponent[i];
    }
    return (uint32_t)(moments / weights);
}

/* Sign of P at a point, as precise as it takes; 0 = not decided. */
static int sign_at(work *w, mpfr_srcptr at)
{
    const uint32_t shift = centre(w, at);
    int sign = 0;
    for (size_t level = 0; level < LEVELS && sign == 0 && !is_spent(w); level++) {
        enclose(w, level, at, at, shift, false);
        sign = utfall__gauge_value_sign(&w->gauges[level]);
    }
    return sign;
}

/* A point inside with a certain sign. The places tried are no simple fractions, since rates of
 * 0 % or 100 % are simple ones of x. False when none was found. */
static bool split(work *w, mpfr_t middle, int *sign, const span *s)
{
    static const unsigned long places[] = {503, 389, 641, 271};
    for (size_t i = 0; i < sizeof places / sizeof *places && !is_spent(w); i++) {
        mpfr_sub(middle, s->high, s->low, MPFR_RNDN);
        mpfr_mul_ui(middle, middle, places[i], MPFR_RNDN);
        mpfr_div_2ui(middle, middle, 10, MPFR_RNDN);
        mpfr_add(middle, middle, s->low, MPFR_RNDN);
        if (mpfr_cmp(middle, s->low) <= 0 || mpfr_cmp(middle, s->high) >= 0)
            return false;
        *sign = sign_at(w, middle);
        if (*sign != 0)
            return true;
    }
    return false;
}

/* ---- counting ---- */

static void keep(work *w, spans *to, const span *s)
{
    if (to->count == to->room) {
        const size_t room = to->room == 0 ? 16 : to->room * 2;
        span *list = utfall_run_array(w->run, room, sizeof *list);
        if (list == NULL)
            return;
        for (size_t i = 0; i < to->count; i++)
            list[i] = to->list[i];
        to->list = list;
        to->room = room;
    }
    span *kept = &to->list[to->count++];
    *kept = *s;
    mpfr_inits2(PLACE_BITS, kept->low, kept->high, (mpfr_ptr)NULL);
    mpfr_set(kept->low, s->low, MPFR_RNDN);
    mpfr_set(kept->high, s->high, MPFR_RNDN);
}

/* Parts that touch are one. */
static void keep_unsure(work *w, const span *s)
{
    span *last = w->unsure.count > 0 ? &w->unsure.list[w->unsure.count - 1] : NULL;
    if (last == NULL || mpfr_cmp(last->high, s->low) != 0) {
        keep(w, &w->unsure, s);
        return;
    }
    mpfr_set(last->high, s->high, MPFR_RNDN);
    last->high_sign = s->high_sign;
}

/* Value at the middle +- half width * slope; d ln y = ln 2 dx and ln 2 < 45/64. */
static bool mean_value_excludes(work *w, utfall__gauge *g, size_t level, const span *s,
                                uint32_t shift)
{
    mpfr_t half, middle, most;
    mpfr_inits2(PLACE_BITS, half, middle, (mpfr_ptr)NULL);
    mpfr_init2(most, g->bits);
    mpfr_sub(half, s->high, s->low, MPFR_RNDU);
    mpfr_div_2ui(middle, half, 1, MPFR_RNDN);
    mpfr_add(middle, middle, s->low, MPFR_RNDN);
    if (mpfr_cmpabs(g->slope_low, g->slope_high) > 0)
        mpfr_abs(most, g->slope_low, MPFR_RNDU);
    else
        mpfr_abs(most, g->slope_high, MPFR_RNDU);
    /* The middle may be rounded: the whole width less a quarter surely reaches both ends. */
    mpfr_mul_ui(half, half, 3 * 45, MPFR_RNDU);
    mpfr_div_2ui(half, half, 2 + 6, MPFR_RNDU);
    mpfr_mul(most, most, half, MPFR_RNDU);
    enclose(w, level, middle, middle, shift, false);
    const int sign = utfall__gauge_value_sign(g);
    const bool excludes = sign > 0   ? mpfr_cmp(g->value_low, most) > 0
                          : sign < 0 ? mpfr_cmpabs(g->value_high, most) > 0
                                     : false;
    mpfr_clears(half, middle, most, (mpfr_ptr)NULL);
    return excludes;
}

typedef enum finding { NO_ROOT, ONE_ROOT, OPEN } finding;

static finding look(work *w, size_t level, const span *s, uint32_t shift)
{
    utfall__gauge *g = &w->gauges[level];
    enclose(w, level, s->low, s->high, shift, true);
    if (utfall__gauge_value_sign(g) != 0)
        return NO_ROOT;
    if (utfall__gauge_slope_sign(g) != 0)
        return s->low_sign != s->high_sign ? ONE_ROOT : NO_ROOT;
    if (s->low_sign == s->high_sign && mean_value_excludes(w, g, level, s, shift))
        return NO_ROOT;
    return OPEN;
}

/* Narrower than this a part needs more precision, not more halving. */
static bool is_narrow(work *w, size_t level, const span *s)
{
    mpfr_sub(w->scratch, s->high, s->low, MPFR_RNDN);
    return mpfr_get_exp(w->scratch) < -(mpfr_exp_t)(level_bits[level] / 3);
}

static void count_in(work *w, size_t level, const span *s)
{
    mpfr_t middle;
    int sign = 0;
    if (is_spent(w) || utfall_run_failure(w->run) != UTFALL_OK) {
        keep_unsure(w, s);
        return;
    }
    mpfr_init2(middle, PLACE_BITS);
    mpfr_add(middle, s->low, s->high, MPFR_RNDN);
    mpfr_div_2ui(middle, middle, 1, MPFR_RNDN);
    const finding found = look(w, level, s, centre(w, middle));
    while (found == OPEN && level < LEVELS && is_narrow(w, level, s))
        if (++level == LEVELS)
            break;
    if (found == ONE_ROOT)
        keep(w, &w->roots, s);
    else if (found == OPEN && (level == LEVELS || !split(w, middle, &sign, s)))
        keep_unsure(w, s);
    else if (found == OPEN) {
        span half = {.low_sign = s->low_sign, .high_sign = sign};
        *half.low = *s->low;
        *half.high = *middle;
        count_in(w, level, &half);
        half = (span){.low_sign = sign, .high_sign = s->high_sign};
        *half.low = *middle;
        *half.high = *s->high;
        count_in(w, level, &half);
    }
    mpfr_clear(middle);
}

/* Ends beyond which the first or the last term decides the sign: see 2. above. The odd sixteenths
 * keep halves away from simple numbers. */
static void ends_set(const utfall__discount *d, span *s)
{
    mpz_t sum;
    mpz_init(sum);
    for (size_t i = 0; i < d->count; i++)
        if (mpz_sgn(d->coefficient[i]) > 0)
            mpz_add(sum, sum, d->coefficient[i]);
        else
            mpz_sub(sum, sum, d->coefficient[i]);
    const size_t last = d->count - 1, bits = mpz_sizeinbase(sum, 2);
    /* |c| >= 2^(its bits - 1), sum < 2^bits */
    const size_t at_first = bits - mpz_sizeinbase(d->coefficient[0], 2) + 2;
    const size_t at_last = bits - mpz_sizeinbase(d->coefficient[last], 2) + 2;
    mpz_clear(sum);
    mpfr_set_ui(s->high, at_first * 16 + 7, MPFR_RNDN);
    mpfr_div_2ui(s->high, s->high, 4, MPFR_RNDN);
    mpfr_set_si(s->low, -(long)(at_last * 16 + 5), MPFR_RNDN);
    mpfr_div_2ui(s->low, s->low, 4, MPFR_RNDN);
    s->high_sign = mpz_sgn(d->coefficient[0]);
    s->low_sign = mpz_sgn(d->coefficient[last]);
}

/* ---- closing in ---- */

/* log2(1 + rate) at x, rounded. */
static void reach_set(work *w, mpfr_srcptr x, mpfr_rnd_t how)
{
    mpfr_mul_ui(w->reach, x, w->d->years_num, how);
    mpfr_div_ui(w->reach, w->reach, w->d->years_den, how);
}

/* Rate at x, to a whole multiple of 10^-16 below or above. */
static const utfall_rat *rate_at(work *w, mpfr_srcptr x, mpfr_rnd_t how)
{
    utfall__numbers *n = utfall__numbers_of(w->run);
    if (n == NULL)
        return NULL;
    reach_set(w, x, how);
    mpfr_exp2(w->reach, w->reach, how);
    mpfr_sub_ui(w->reach, w->reach, 1, how);
    mpfr_mul_ui(w->reach, w->reach, 100000000, how);
    mpfr_mul_ui(w->reach, w->reach, 100000000, how);
    (void)mpfr_get_z(mpq_numref(n->q), w->reach, how);
    mpz_ui_pow_ui(mpq_denref(n->q), 10, 16);
    mpq_canonicalize(n->q);
    return utfall__rat_keep(w->run, n->q);
}

static bool is_large(work *w, mpfr_srcptr x)
{
    reach_set(w, x, MPFR_RNDD);
    return mpfr_cmp_ui(w->reach, LARGE) >= 0;
}

static void rates_set(work *w, utfall_between *out, const span *s)
{
    mpfr_t least;
    mpfr_init2(least, PLACE_BITS);
    mpfr_set(least, s->low, MPFR_RNDN);
    if (is_large(w, s->low)) { /* a bound that has room in a ratio */
        mpfr_set_ui(least, LARGE, MPFR_RNDN);
        mpfr_mul_ui(least, least, w->d->years_den, MPFR_RNDD);
        mpfr_div_ui(least, least, w->d->years_num, MPFR_RNDD);
    }
    out->low = rate_at(w, least, MPFR_RNDD);
    out->high = is_large(w, s->high) ? NULL : rate_at(w, s->high, MPFR_RNDU);
    mpfr_clear(least);
}

/* Wide of at most 10^-15, or certainly large. */
static bool is_close(work *w, utfall_between *rates, const span *s)
{
    rates_set(w, rates, s);
    if (rates->high == NULL)
        return is_large(w, s->low);
    const utfall_rat *width = utfall_rat_sub(w->run, rates->high, rates->low);
    const utfall_rat *allowed = utfall_rat_of(w->run, 1, INT64_C(1000000000000000));
    return width == NULL || allowed == NULL || utfall_rat_compare(width, allowed) <= 0;
}

/* Halve a span with one root until the rate is known. False when a sign could not be decided. */
static bool close_in(work *w, utfall_between *rates, span *s)
{
    mpfr_t middle;
    int sign = 0;
    bool is_decided = true;
    mpfr_init2(middle, PLACE_BITS);
    for (size_t i = 0; is_decided; i++) {
        /* Ratios are made for every eighth span only: they stay in the run. */
        if (i % 8 == 7 && is_close(w, rates, s))
            break;
        is_decided = i < BISECTIONS_MAX && split(w, middle, &sign, s);
        if (is_decided)
            mpfr_set(sign == s->low_sign ? s->low : s->high, middle, MPFR_RNDN);
    }
    mpfr_clear(middle);
    return is_decided;
}

/* ---- the whole ---- */

static void work_begin(work *w, utfall_run *run, const utfall__discount *d)
{
    *w = (work){.run = run, .d = d};
    for (size_t level = 0; level < LEVELS; level++)
        utfall__gauge_init(&w->gauges[level], d, level_bits[level]);
    mpfr_init2(w->scratch, 64);
    mpfr_init2(w->reach, RATE_BITS);
}

static void spans_clear(spans *list)
{
    for (size_t i = 0; i < list->count; i++)
        mpfr_clears(list->list[i].low, list->list[i].high, (mpfr_ptr)NULL);
}

static void work_end(work *w)
{
    for (size_t level = 0; level < LEVELS; level++)
        utfall__gauge_clear(&w->gauges[level]);
    mpfr_clears(w->scratch, w->reach, (mpfr_ptr)NULL);
    spans_clear(&w->roots);
    spans_clear(&w->unsure);
    mpfr_free_cache();
}

static utfall_status irr_fill(work *w, utfall_irr *irr)
{
    utfall_between *roots = utfall_run_array(w->run, w->roots.count, sizeof *roots);
    utfall_between *unsure =
        utfall_run_array(w->run, w->unsure.count + w->roots.count, sizeof *unsure);
    if (roots == NULL || unsure == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < w->roots.count; i++) {
        utfall_between rates = {NULL, NULL};
        if (close_in(w, &rates, &w->roots.list[i]))
            roots[irr->count++] = rates;
        else
            rates_set(w, &unsure[irr->unsure_count++], &w->roots.list[i]);
    }
    for (size_t i = 0; i < w->unsure.count; i++)
        rates_set(w, &unsure[irr->unsure_count++], &w->unsure.list[i]);
    irr->roots = roots;
    irr->unsure = unsure;
    irr->verdict = irr->unsure_count > 0 ? UTFALL_IRR_UNDECIDED
                   : irr->count > 0      ? UTFALL_IRR_FOUND
                                         : UTFALL_IRR_NONE;
    return utfall_run_failure(w->run);
}

utfall_status utfall_irr_compute(utfall_run *run, const utfall_irr **out, const utfall_flow *flows,
                                 size_t count, utfall_day_count days)
{
    const utfall__discount *d = NULL;
    utfall_irr *irr = utfall_run_alloc(run, sizeof *irr);
    if (irr == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall__discount_make(run, &d, flows, count, days);
    if (status != UTFALL_OK)
        return status;
    if (d->sign_changes == 0) {
        *irr = (utfall_irr){.verdict = d->count == 0 ? UTFALL_IRR_NO_FLOWS : UTFALL_IRR_ONE_WAY};
        *out = irr;
        return UTFALL_OK;
    }
    work w;
    span all;
    work_begin(&w, run, d);
    mpfr_inits2(PLACE_BITS, all.low, all.high, (mpfr_ptr)NULL);
    ends_set(d, &all);
    if (d->sign_changes == 1)
        keep(&w, &w.roots, &all);
    else
        count_in(&w, 0, &all);
    mpfr_clears(all.low, all.high, (mpfr_ptr)NULL);
    status = irr_fill(&w, irr);
    work_end(&w);
    if (status == UTFALL_OK)
        *out = irr;
    return status;
}
