/* engine/core/rat.c - exact ratios over GMP.
 *
 * In: integers, texts, ratios. Out: reduced fractions with positive denominator, immutable, in the
 * run's arena. Invariant: no kept numerator or denominator has more than UTFALL_RAT_BITS_MAX bits,
 * so that no operation needs more than a few kilobytes and GMP, which cannot report missing memory,
 * never comes near it. An operation works in the run's own numbers and copies the limbs into the
 * arena, where GMP reads them in place. What is made of two int64, and sums of integers that stay
 * int64, are most of all numbers and written into the arena at once. */
#include "engine/core/rat.h"
#include "engine/core/run.h"
#include <limits.h>
#include <string.h>
#include "engine/core/ban.h"

/* 4096 bits are 1234 decimal digits at most, and whole limbs. */
enum {
    DIGITS_MAX = UTFALL_RAT_BITS_MAX * 30103 / 100000 + 1,
    LIMBS_MAX = UTFALL_RAT_BITS_MAX / GMP_NUMB_BITS,
    WHOLE_LIMBS = 64 / GMP_NUMB_BITS /* of an int64 */
};
_Static_assert(WHOLE_LIMBS *GMP_NUMB_BITS == 64, "limbs use all their bits");

static void numbers_end(void *object)
{
    utfall__numbers *n = object;
    mpq_clear(n->q);
    mpq_clear(n->r);
    mpz_clears(n->a, n->b, n->c, NULL);
}

utfall__numbers *utfall__numbers_of(utfall_run *run)
{
    void **slot = utfall__run_numbers(run);
    if (*slot)
        return *slot;
    utfall__numbers *n = utfall_run_alloc(run, sizeof *n);
    if (!n || utfall_run_defer(run, numbers_end, n) != UTFALL_OK)
        return NULL;
    mpq_init(n->q);
    mpq_init(n->r);
    mpz_inits(n->a, n->b, n->c, NULL);
    *slot = n;
    return n;
}

void utfall__mpz_set(mpz_t to, int64_t value)
{
#if LONG_MAX >= INT64_MAX
    mpz_set_si(to, value);
#else
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    mpz_set_ui(to, (unsigned long)(magnitude >> 32));
    mpz_mul_2exp(to, to, 32);
    mpz_add_ui(to, to, (unsigned long)(magnitude & 0xFFFFFFFFu));
    if (value < 0)
        mpz_neg(to, to);
#endif
}

bool utfall__mpz_get(int64_t *out, const mpz_t from)
{
    if (mpz_size(from) > WHOLE_LIMBS)
        return false;
    uint64_t magnitude = 0;
    for (int i = 0; i < WHOLE_LIMBS; i++)
        magnitude |= (uint64_t)mpz_getlimbn(from, i) << (i * GMP_NUMB_BITS);
    if (mpz_sgn(from) >= 0) {
        if (magnitude > INT64_MAX)
            return false;
        *out = (int64_t)magnitude;
    } else {
        if (magnitude > (uint64_t)INT64_MAX + 1)
            return false;
        *out = -(int64_t)(magnitude - 1) - 1;
    }
    return true;
}

static const utfall_rat *refuse(utfall_run *run, utfall_status status)
{
    utfall_run_fail(run, status);
    return NULL;
}

/* An operand that is missing although nothing failed before is our mistake; said once, at the end
 * of the formula. */
static const utfall_rat *missing(utfall_run *run)
{
    if (utfall_run_failure(run) == UTFALL_OK && utfall_run_errors(run) == 0)
        utfall_run_fail(run, UTFALL_E_BUG);
    return NULL;
}

const utfall_rat *utfall__rat_keep(utfall_run *run, mpq_srcptr q)
{
    mpz_srcptr num = mpq_numref(q), den = mpq_denref(q);
    size_t num_limbs = mpz_size(num), den_limbs = mpz_size(den);
    if (num_limbs > LIMBS_MAX || den_limbs > LIMBS_MAX)
        return refuse(run, UTFALL_E_RANGE);
    size_t limbs = (num_limbs + den_limbs) * sizeof(mp_limb_t);
    utfall_rat *kept = utfall_run_alloc(run, sizeof *kept + limbs);
    if (!kept)
        return NULL;
    mp_limb_t *at = (mp_limb_t *)(void *)(kept + 1);
    mp_size_t num_size = (mp_size_t)num_limbs, den_size = (mp_size_t)den_limbs;
    mpn_copyi(at, mpz_limbs_read(num), num_size);
    mpn_copyi(at + num_size, mpz_limbs_read(den), den_size);
    (void)mpz_roinit_n(mpq_numref(kept->q), at, mpz_sgn(num) < 0 ? -num_size : num_size);
    (void)mpz_roinit_n(mpq_denref(kept->q), at + num_size, den_size);
    return kept;
}

static uint64_t magnitude_of(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

/* Write a number to WHOLE_LIMBS limbs; how many of them it has. */
static mp_size_t limbs_set(mp_limb_t *at, uint64_t value)
{
    mp_size_t size = 0;
    for (int i = 0; i < WHOLE_LIMBS; i++) {
        at[i] = (mp_limb_t)(value >> (i * GMP_NUMB_BITS));
        size = at[i] != 0 ? i + 1 : size;
    }
    return size;
}

/* A reduced fraction as it is. */
static const utfall_rat *fraction_keep(utfall_run *run, bool is_negative, uint64_t num,
                                       uint64_t den)
{
    utfall_rat *kept = utfall_run_alloc(run, sizeof *kept + 2 * WHOLE_LIMBS * sizeof(mp_limb_t));
    if (!kept)
        return NULL;
    mp_limb_t *above = (mp_limb_t *)(void *)(kept + 1), *below = above + WHOLE_LIMBS;
    const mp_size_t size = limbs_set(above, num);
    (void)mpz_roinit_n(mpq_numref(kept->q), above, is_negative ? -size : size);
    (void)mpz_roinit_n(mpq_denref(kept->q), below, limbs_set(below, den));
    return kept;
}

/* b > 0. */
static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (a != 0) {
        const uint64_t rest = b % a;
        b = a;
        a = rest;
    }
    return b;
}

const utfall_rat *utfall_rat_of(utfall_run *run, int64_t num, int64_t den)
{
    if (den == 0)
        return refuse(run, UTFALL_E_RANGE);
    const uint64_t above = magnitude_of(num), below = magnitude_of(den);
    const uint64_t common = below == 1 ? 1 : common_divisor(above, below);
    return fraction_keep(run, (num < 0) != (den < 0), above / common, below / common);
}

const utfall_rat *utfall_rat_of_money(utfall_run *run, utfall_money amount)
{
    return utfall_rat_of(run, amount.minor, 1);
}

const utfall_rat *utfall_rat_copy(utfall_run *run, const utfall_rat *a)
{
    return a ? utfall__rat_keep(run, a->q) : missing(run);
}

typedef void operation(mpq_ptr to, mpq_srcptr a, mpq_srcptr b);

static const utfall_rat *operate(utfall_run *run, operation *op, const utfall_rat *a,
                                 const utfall_rat *b)
{
    if (!a || !b)
        return missing(run);
    utfall__numbers *n = utfall__numbers_of(run);
    if (!n)
        return NULL;
    op(n->q, a->q, b->q);
    return utfall__rat_keep(run, n->q);
}

/* Whether a ratio is an integer within int64, less the smallest one: it can be negated. */
static bool whole_get(int64_t *out, const utfall_rat *a)
{
    return a && mpz_cmp_ui(mpq_denref(a->q), 1) == 0 && utfall__mpz_get(out, mpq_numref(a->q)) &&
           *out != INT64_MIN;
}

/* *sum += part, or false when it leaves int64. */
static bool whole_add(int64_t *sum, int64_t part)
{
    if (part > 0 ? *sum > INT64_MAX - part : *sum < INT64_MIN - part)
        return false;
    *sum += part;
    return true;
}

const utfall_rat *utfall_rat_add(utfall_run *run, const utfall_rat *a, const utfall_rat *b)
{
    int64_t sum, part;
    if (whole_get(&sum, a) && whole_get(&part, b) && whole_add(&sum, part))
        return utfall_rat_of(run, sum, 1);
    return operate(run, mpq_add, a, b);
}

const utfall_rat *utfall_rat_sub(utfall_run *run, const utfall_rat *a, const utfall_rat *b)
{
    int64_t sum, part;
    if (whole_get(&sum, a) && whole_get(&part, b) && whole_add(&sum, -part))
        return utfall_rat_of(run, sum, 1);
    return operate(run, mpq_sub, a, b);
}

const utfall_rat *utfall_rat_mul(utfall_run *run, const utfall_rat *a, const utfall_rat *b)
{
    return operate(run, mpq_mul, a, b);
}

const utfall_rat *utfall_rat_div(utfall_run *run, const utfall_rat *a, const utfall_rat *b)
{
    if (a && b && mpq_sgn(b->q) == 0)
        return refuse(run, UTFALL_E_RANGE);
    return operate(run, mpq_div, a, b);
}

const utfall_rat *utfall_rat_min(utfall_run *run, const utfall_rat *a, const utfall_rat *b)
{
    if (!a || !b)
        return missing(run);
    return mpq_cmp(b->q, a->q) < 0 ? b : a;
}

const utfall_rat *utfall_rat_max(utfall_run *run, const utfall_rat *a, const utfall_rat *b)
{
    if (!a || !b)
        return missing(run);
    return mpq_cmp(b->q, a->q) > 0 ? b : a;
}

int utfall_rat_compare(const utfall_rat *a, const utfall_rat *b)
{
    int order = mpq_cmp(a->q, b->q);
    return (order > 0) - (order < 0);
}

int utfall_rat_sign(const utfall_rat *a)
{
    return mpq_sgn(a->q);
}

utfall_status utfall_rat_parts(int64_t *num, int64_t *den, const utfall_rat *a)
{
    int64_t above, below;
    if (!utfall__mpz_get(&above, mpq_numref(a->q)) || !utfall__mpz_get(&below, mpq_denref(a->q)))
        return UTFALL_E_RANGE;
    *num = above;
    *den = below;
    return UTFALL_OK;
}

const char *utfall_rat_text(utfall_run *run, const utfall_rat *a)
{
    if (!a)
        return NULL;
    /* Digits of both, which may be counted one too many, a minus, a slash and a NUL. */
    size_t size = mpz_sizeinbase(mpq_numref(a->q), 10) + mpz_sizeinbase(mpq_denref(a->q), 10) + 3;
    char *text = utfall_run_alloc(run, size);
    return text ? mpq_get_str(text, 10, a->q) : NULL;
}

/* ---- sums and products that are not kept ---- */

/* Working numbers stay within a few times the bound while the sum is made. */
static bool is_too_large(const mpz_t number)
{
    return mpz_size(number) > 2 * LIMBS_MAX;
}

/* q += count * num / den, over a common denominator that is not reduced. `den` may be n->a, `num`
 * n->b. */
static void dot_add(utfall__numbers *n, int64_t count, mpz_srcptr num, mpz_srcptr den)
{
    mpz_ptr sum = mpq_numref(n->q), common = mpq_denref(n->q);
    if (mpz_divisible_p(common, den) == 0) {
        mpz_lcm(n->c, common, den);
        mpz_divexact(common, n->c, common);
        mpz_mul(sum, sum, common);
        mpz_set(common, n->c);
    }
    mpz_divexact(n->c, common, den);
    mpz_mul(n->c, n->c, num);
    utfall__mpz_set(n->a, count);
    mpz_addmul(sum, n->c, n->a);
}

/* `b` NULL: all ones. */
const utfall_rat *utfall_rat_dot(utfall_run *run, const int64_t *counts, const utfall_rat *const *a,
                                 size_t count)
{
    utfall__numbers *n = utfall__numbers_of(run);
    if (!n)
        return NULL;
    mpz_set_ui(mpq_numref(n->q), 0);
    mpz_set_ui(mpq_denref(n->q), 1);
    for (size_t i = 0; i < count; i++) {
        if (counts[i] == 0)
            continue;
        if (!a[i])
            return missing(run);
        dot_add(n, counts[i], mpq_numref(a[i]->q), mpq_denref(a[i]->q));
        if (is_too_large(mpq_denref(n->q)) || is_too_large(mpq_numref(n->q)))
            return refuse(run, UTFALL_E_RANGE);
    }
    mpq_canonicalize(n->q);
    return utfall__rat_keep(run, n->q);
}

const utfall_rat *utfall_rat_common(utfall_run *run, const utfall_rat *const *a, size_t count)
{
    utfall__numbers *n = utfall__numbers_of(run);
    if (!n)
        return NULL;
    mpz_set_ui(mpq_numref(n->q), 1);
    mpz_set_ui(mpq_denref(n->q), 1);
    for (size_t i = 0; i < count; i++) {
        if (!a[i])
            return missing(run);
        mpz_lcm(mpq_numref(n->q), mpq_numref(n->q), mpq_denref(a[i]->q));
        if (is_too_large(mpq_numref(n->q)))
            return refuse(run, UTFALL_E_RANGE);
    }
    return utfall__rat_keep(run, n->q);
}

utfall_status utfall_rat_floor_product(utfall_run *run, int64_t *out, bool *is_whole,
                                       const utfall_rat *a, const utfall_rat *b)
{
    utfall__numbers *n = utfall__numbers_of(run);
    if (!n)
        return UTFALL_E_NOMEM;
    mpz_mul(n->a, mpq_numref(a->q), mpq_numref(b->q));
    mpz_mul(n->b, mpq_denref(a->q), mpq_denref(b->q));
    mpz_fdiv_qr(n->c, n->a, n->a, n->b);
    if (!utfall__mpz_get(out, n->c))
        return UTFALL_E_RANGE;
    *is_whole = mpz_sgn(n->a) == 0;
    return UTFALL_OK;
}

utfall_status utfall_rat_nearest_product(utfall_run *run, int64_t *out, int64_t a,
                                         const utfall_rat *ratio)
{
    utfall__numbers *n = utfall__numbers_of(run);
    if (!n)
        return UTFALL_E_NOMEM;
    /* |a| * num / den + 1/2, floored, is (2 * |a| * num + den) / (2 * den). */
    utfall__mpz_set(n->a, a);
    mpz_mul(n->a, n->a, mpq_numref(ratio->q));
    const bool is_negative = mpz_sgn(n->a) < 0;
    mpz_abs(n->a, n->a);
    mpz_mul_2exp(n->a, n->a, 1);
    mpz_add(n->a, n->a, mpq_denref(ratio->q));
    mpz_mul_2exp(n->b, mpq_denref(ratio->q), 1);
    mpz_fdiv_q(n->c, n->a, n->b);
    if (is_negative)
        mpz_neg(n->c, n->c);
    return utfall__mpz_get(out, n->c) ? UTFALL_OK : UTFALL_E_RANGE;
}

/* ---- from text ---- */

/* A run of digits as an integer; all of it must be digits. */
static utfall_status digits_set(mpz_t to, const char *text, size_t len)
{
    if (len == 0)
        return UTFALL_E_SYNTAX;
    for (size_t i = 0; i < len; i++)
        if (text[i] < '0' || text[i] > '9')
            return UTFALL_E_SYNTAX;
    while (len > 1 && *text == '0') {
        text++;
        len--;
    }
    if (len > DIGITS_MAX)
        return UTFALL_E_RANGE;
    char digits[DIGITS_MAX + 1];
    memcpy(digits, text, len);
    digits[len] = '\0';
    (void)mpz_set_str(to, digits, 10);
    return UTFALL_OK;
}

/* Reduce what stands in the working ratio and keep it; a size bound passed here is the text's
 * fault and is told by the status, not noted as a failure of the run. */
static utfall_status keep_parsed(utfall_run *run, const utfall_rat **out, utfall__numbers *n,
                                 bool is_negative)
{
    mpq_canonicalize(n->q);
    if (is_negative)
        mpq_neg(n->q, n->q);
    if (mpz_sizeinbase(mpq_numref(n->q), 2) > UTFALL_RAT_BITS_MAX ||
        mpz_sizeinbase(mpq_denref(n->q), 2) > UTFALL_RAT_BITS_MAX)
        return UTFALL_E_RANGE;
    const utfall_rat *kept = utfall__rat_keep(run, n->q);
    if (!kept)
        return UTFALL_E_NOMEM;
    *out = kept;
    return UTFALL_OK;
}

utfall_status utfall_rat_parse(utfall_run *run, const utfall_rat **out, const char *text,
                               size_t len)
{
    utfall__numbers *n = utfall__numbers_of(run);
    if (!n)
        return UTFALL_E_NOMEM;
    bool is_negative = len > 0 && text[0] == '-';
    if (is_negative) {
        text++;
        len--;
    }
    const char *slash = len > 0 ? memchr(text, '/', len) : NULL;
    size_t num_len = slash ? (size_t)(slash - text) : len;
    utfall_status status = digits_set(mpq_numref(n->q), text, num_len);
    mpz_set_ui(mpq_denref(n->q), 1);
    if (slash) {
        utfall_status second = digits_set(mpq_denref(n->q), slash + 1, len - num_len - 1);
        if (second != UTFALL_OK && status != UTFALL_E_SYNTAX)
            status = second;
    }
    if (status != UTFALL_OK)
        return status;
    if (mpz_sgn(mpq_denref(n->q)) == 0)
        return UTFALL_E_SYNTAX;
    return keep_parsed(run, out, n, is_negative);
}

utfall_status utfall_rat_parse_decimal(utfall_run *run, const utfall_rat **out, const char *text,
                                       size_t len, char mark)
{
    utfall__numbers *n = utfall__numbers_of(run);
    if (!n)
        return UTFALL_E_NOMEM;
    bool is_negative = len > 0 && text[0] == '-';
    if (is_negative) {
        text++;
        len--;
    }
    const char *point = len > 0 ? memchr(text, mark, len) : NULL;
    size_t whole_len = point ? (size_t)(point - text) : len;
    utfall_status status = digits_set(n->a, text, whole_len);
    mpz_set_ui(mpq_denref(n->q), 1);
    mpz_set_ui(n->b, 0);
    if (point) {
        size_t part_len = len - whole_len - 1;
        utfall_status second = digits_set(n->b, point + 1, part_len);
        if (second == UTFALL_OK && part_len > DIGITS_MAX)
            second = UTFALL_E_RANGE;
        if (second == UTFALL_OK)
            mpz_ui_pow_ui(mpq_denref(n->q), 10, (unsigned long)part_len);
        else if (status != UTFALL_E_SYNTAX)
            status = second;
    }
    if (status != UTFALL_OK)
        return status;
    mpz_mul(mpq_numref(n->q), n->a, mpq_denref(n->q));
    mpz_add(mpq_numref(n->q), mpq_numref(n->q), n->b);
    return keep_parsed(run, out, n, is_negative);
}
