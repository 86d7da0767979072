/* Dated payments as a polynomial: amounts become whole coefficients, times whole exponents.
 *
 * In: flows in any order. Out: terms by ascending exponent, none of them zero, the first at 0. With
 * days over 365 the net present value sum a_i (1 + r)^(-d_i / 365) is the polynomial sum a_i y^d_i
 * in y = (1 + r)^(-1/365); every day count has such a y. Rates above -100 % are the y above 0, one
 * to one, so counting rates is counting positive roots. */
#include "engine/discount.h"
#include "engine/core/rat.h"
#include <string.h>
#include "engine/core/ban.h"

const char *const utfall_day_count_names[] = {"act_365", "act_365_25", "act_360", "30e_360",
                                              "months",  "periods",    NULL};

const char *const utfall_dated_count_names[] = {"act_365", "act_365_25", "act_360",
                                                "30e_360", "months",     NULL};

/* Days since 0000-03-01 in the Gregorian calendar: a year that begins in March ends with the leap
 * day, and its months from then on have 30.6 days on average, rounded up. */
static int32_t day_number(utfall_date date)
{
    const int32_t year = date.month > 2 ? date.year : date.year - 1;
    const int32_t month = date.month > 2 ? date.month - 3 : date.month + 9;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + date.day - 1;
}

static int32_t moment(const utfall_flow *flow, utfall_day_count days)
{
    const utfall_date d = flow->date;
    switch (days) {
    case UTFALL_DAYS_ACT_365:
    case UTFALL_DAYS_ACT_365_25:
    case UTFALL_DAYS_ACT_360:
        return day_number(d);
    case UTFALL_DAYS_30E_360:
        return d.year * 360 + (d.month - 1) * 30 + (d.day > 30 ? 30 : d.day);
    case UTFALL_DAYS_MONTHS:
        return d.year * 12 + d.month;
    case UTFALL_DAYS_PERIODS:
        return flow->period;
    }
    return 0;
}

/* Moments in a year: numerator over denominator. */
static void year_of(utfall__discount *d, utfall_day_count days)
{
    static const struct {
        unsigned long num, den;
    } year[] = {[UTFALL_DAYS_ACT_365] = {365, 1}, [UTFALL_DAYS_ACT_365_25] = {1461, 4},
                [UTFALL_DAYS_ACT_360] = {360, 1}, [UTFALL_DAYS_30E_360] = {360, 1},
                [UTFALL_DAYS_MONTHS] = {12, 1},   [UTFALL_DAYS_PERIODS] = {1, 1}};
    d->years_num = year[days].num;
    d->years_den = year[days].den;
}

typedef struct placed {
    int32_t moment;
    const utfall_rat *amount;
} placed;

/* Merge sort: equal moments need no order, sums commute. */
static void placed_sort(placed *list, placed *spare, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t from = 0; from < count; from += 2 * width) {
            const size_t middle = from + width < count ? from + width : count;
            const size_t end = middle + width < count ? middle + width : count;
            size_t a = from, b = middle;
            for (size_t i = from; i < end; i++) {
                const bool is_left = a < middle && (b >= end || list[a].moment <= list[b].moment);
                spare[i] = is_left ? list[a++] : list[b++];
            }
        }
        memcpy(list, spare, count * sizeof *list);
    }
}

static void discount_end(void *object)
{
    utfall__discount *d = object;
    for (size_t i = 0; i < d->count; i++)
        mpz_clear(d->coefficient[i]);
    mpz_clear(d->scale);
}

/* Least common multiple of the denominators; false over the size bound. */
static bool scale_find(utfall__discount *d, const placed *list, size_t count)
{
    mpz_set_ui(d->scale, 1);
    for (size_t i = 0; i < count; i++) {
        mpz_lcm(d->scale, d->scale, mpq_denref(list[i].amount->q));
        if (mpz_sizeinbase(d->scale, 2) > UTFALL_RAT_BITS_MAX)
            return false;
    }
    return true;
}

/* Amounts of the same moment are one term; a term that cancels is none. */
static void terms_add(utfall__discount *d, const placed *list, size_t count, mpz_t sum, mpz_t part)
{
    for (size_t i = 0, next = 0; i < count; i = next) {
        mpz_set_ui(sum, 0);
        for (next = i; next < count && list[next].moment == list[i].moment; next++) {
            mpz_divexact(part, d->scale, mpq_denref(list[next].amount->q));
            mpz_addmul(sum, part, mpq_numref(list[next].amount->q));
        }
        if (mpz_sgn(sum) == 0)
            continue;
        d->exponent[d->count] = (uint32_t)(list[i].moment - list[0].moment);
        mpz_init_set(d->coefficient[d->count++], sum);
    }
}

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
    while (b != 0) {
        const uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Exponents from 0 without a common divisor: a smaller y, and a year so many fewer of them. */
static void exponents_reduce(utfall__discount *d)
{
    const uint32_t first = d->count > 0 ? d->exponent[0] : 0;
    uint32_t divisor = 0;
    for (size_t i = 0; i < d->count; i++) {
        d->exponent[i] -= first;
        divisor = common_divisor(divisor, d->exponent[i]);
        if (i > 0 && mpz_sgn(d->coefficient[i]) != mpz_sgn(d->coefficient[i - 1]))
            d->sign_changes++;
    }
    for (size_t i = 0; i < d->count && divisor > 1; i++)
        d->exponent[i] /= divisor;
    d->years_den *= divisor > 1 ? divisor : 1;
    d->widest = d->count > 0 ? d->exponent[d->count - 1] : 0;
}

static utfall_status refuse(utfall_run *run, const char *message, const char *hint)
{
    return utfall_run_report(run, &(utfall_finding){.code = UTFALL_E_RANGE,
                                                    .severity = UTFALL_ERROR,
                                                    .message = message,
                                                    .hint = hint});
}

utfall_status utfall__discount_make(utfall_run *run, const utfall__discount **out,
                                    const utfall_flow *flows, size_t count, utfall_day_count days)
{
    if (count > UTFALL_FLOWS_MAX)
        return refuse(run, "there are more than 10000 payments", "add them up by month");
    utfall__discount *d = utfall_run_alloc(run, sizeof *d);
    placed *list = utfall_run_array(run, count, sizeof *list);
    placed *spare = utfall_run_array(run, count, sizeof *spare);
    mpz_t *coefficients = utfall_run_array(run, count, sizeof *coefficients);
    uint32_t *exponents = utfall_run_array(run, count, sizeof *exponents);
    if (d == NULL || list == NULL || spare == NULL || coefficients == NULL || exponents == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        if (flows[i].amount == NULL)
            return UTFALL_E_BUG;
        if (days == UTFALL_DAYS_PERIODS &&
            (flows[i].period < 0 || flows[i].period > UTFALL_PERIOD_MAX))
            return refuse(run, "a period is not a number from 0 to 100000", NULL);
        list[i] = (placed){moment(&flows[i], days), flows[i].amount};
    }
    *d = (utfall__discount){.coefficient = coefficients, .exponent = exponents};
    mpz_init(d->scale);
    if (utfall_run_defer(run, discount_end, d) != UTFALL_OK) {
        mpz_clear(d->scale);
        return UTFALL_E_NOMEM;
    }
    if (!scale_find(d, list, count))
        return refuse(run, "the amounts have too many different denominators", NULL);
    year_of(d, days);
    placed_sort(list, spare, count);
    mpz_t sum, part;
    mpz_inits(sum, part, NULL);
    terms_add(d, list, count, sum, part);
    mpz_clears(sum, part, NULL);
    exponents_reduce(d);
    *out = d;
    return UTFALL_OK;
}

utfall_status utfall_multiple_compute(utfall_run *run, const utfall_rat **out,
                                      const utfall_flow *flows, size_t count)
{
    const utfall_rat *zero = utfall_rat_of(run, 0, 1), *received = zero, *paid = zero;
    for (size_t i = 0; i < count && received != NULL && paid != NULL; i++) {
        if (flows[i].amount == NULL)
            return UTFALL_E_BUG;
        if (utfall_rat_sign(flows[i].amount) > 0)
            received = utfall_rat_add(run, received, flows[i].amount);
        else
            paid = utfall_rat_sub(run, paid, flows[i].amount);
    }
    if (received == NULL || paid == NULL)
        return utfall_run_failure(run);
    const utfall_rat *multiple = NULL;
    if (utfall_rat_sign(paid) > 0 && (multiple = utfall_rat_div(run, received, paid)) == NULL)
        return utfall_run_failure(run);
    *out = multiple;
    return UTFALL_OK;
}
