/* Checked money, rounding in every mode, allocation: facts from others, and laws. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <gmp.h>
#include <string.h>
#include "engine/core/rat.h"
#include "tests/unit/allocator.h"
#include "tests/unit/seeded.h"

static int start(void **state)
{
    *state = utfall_run_new(NULL, NULL);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    utfall_run_free(*state);
    return 0;
}

static const utfall_rat *decimal(utfall_run *run, const char *text)
{
    const utfall_rat *out = NULL;
    assert_int_equal(utfall_rat_parse_decimal(run, &out, text, strlen(text), '.'), UTFALL_OK);
    return out;
}

/* ---- add and subtract ---- */

static void sums_end_at_int64(void **state)
{
    (void)state;
    const utfall_money max = {INT64_MAX}, min = {INT64_MIN}, one = {1}, minus = {-1};
    const utfall_money zero = {0};
    utfall_money out = {77};
    assert_int_equal(utfall_money_add(&out, max, one), UTFALL_E_RANGE);
    assert_int_equal(utfall_money_add(&out, min, minus), UTFALL_E_RANGE);
    assert_int_equal(utfall_money_sub(&out, max, minus), UTFALL_E_RANGE);
    assert_int_equal(utfall_money_sub(&out, min, one), UTFALL_E_RANGE);
    assert_int_equal(utfall_money_sub(&out, zero, min), UTFALL_E_RANGE);
    assert_true(out.minor == 77);
    assert_int_equal(utfall_money_add(&out, max, min), UTFALL_OK);
    assert_true(out.minor == -1);
    assert_int_equal(utfall_money_sub(&out, minus, min), UTFALL_OK);
    assert_true(out.minor == INT64_MAX);
    assert_int_equal(utfall_money_add(&out, min, zero), UTFALL_OK);
    assert_true(out.minor == INT64_MIN);
}

/* ---- rounding: what others say ---- */

typedef struct fact {
    const char *exact;
    int64_t unit;
    utfall_mode mode;
    int64_t rounded;
} fact;

static void assert_rounds(utfall_run *run, fact f)
{
    utfall_money out;
    const utfall_rat *residue;
    utfall_status status = utfall_rat_round(run, &out, &residue, decimal(run, f.exact),
                                            (utfall_rounding){f.mode, f.unit});
    assert_int_equal(status, UTFALL_OK);
    if (out.minor != f.rounded)
        fail_msg("%s to %lld in mode %s gave %lld", f.exact, (long long)f.unit,
                 utfall_rat_text(run, utfall_rat_of(run, f.mode, 1)), (long long)out.minor);
}

/* General Decimal Arithmetic test cases, rounding.decTest (Mike Cowlishaw, IBM): 12345 + y in five
 * digits. Its half_up is our half_away, its down our toward_zero. */
static void rounding_agrees_with_the_decimal_arithmetic_tests(void **state)
{
    static const fact facts[] = {
        {"12344.9", 1, UTFALL_ROUND_TOWARD_ZERO, 12344},       /* radx100 */
        {"12344.9999999", 1, UTFALL_ROUND_TOWARD_ZERO, 12344}, /* radx105 */
        {"12345", 1, UTFALL_ROUND_TOWARD_ZERO, 12345},         /* radx106 */
        {"12346.50001", 1, UTFALL_ROUND_TOWARD_ZERO, 12346},   /* radx117 */
        {"12345.6", 1, UTFALL_ROUND_TOWARD_ZERO, 12345},       /* radx129 */
        {"12344.9", 1, UTFALL_ROUND_HALF_EVEN, 12345},         /* radx170 */
        {"12346.49999", 1, UTFALL_ROUND_HALF_EVEN, 12346},     /* radx185 */
        {"12346.5", 1, UTFALL_ROUND_HALF_EVEN, 12346},         /* radx186 */
        {"12346.50001", 1, UTFALL_ROUND_HALF_EVEN, 12347},     /* radx187 */
        {"12345.5", 1, UTFALL_ROUND_HALF_EVEN, 12346},         /* radx194 */
        {"12346.5", 1, UTFALL_ROUND_HALF_AWAY, 12347},         /* radx216 */
        {"12345.49999", 1, UTFALL_ROUND_HALF_AWAY, 12345},     /* radx223 */
        {"12345.5", 1, UTFALL_ROUND_HALF_AWAY, 12346},         /* radx224 */
        {"12344.9999999", 1, UTFALL_ROUND_FLOOR, 12344},       /* radx305 */
        {"12345", 1, UTFALL_ROUND_FLOOR, 12345},               /* radx306 */
        {"12345.0000001", 1, UTFALL_ROUND_FLOOR, 12345},       /* radx307 */
        /* quantize.decTest, half_up, amounts in hundredths */
        {"123.45", 1, UTFALL_ROUND_HALF_AWAY, 123},  /* quax093 */
        {"123.55", 1, UTFALL_ROUND_HALF_AWAY, 124},  /* quax094 */
        {"999.99", 1, UTFALL_ROUND_HALF_AWAY, 1000}, /* quax096 */
        {"0.01", 1, UTFALL_ROUND_HALF_AWAY, 0},      /* quax097 */
        {"0.9", 1, UTFALL_ROUND_HALF_AWAY, 1},       /* quax099 */
        {"-0.5", 1, UTFALL_ROUND_HALF_AWAY, -1},     /* quax038 */
        {"-0.9", 100, UTFALL_ROUND_HALF_AWAY, 0},    /* quax030 */
        {"217", 10, UTFALL_ROUND_HALF_AWAY, 220},    /* quax073 */
        {"217", 100, UTFALL_ROUND_HALF_AWAY, 200},   /* quax074 */
        {"12", 10, UTFALL_ROUND_HALF_AWAY, 10},      /* quax092 */
        {"92", 100, UTFALL_ROUND_HALF_AWAY, 100},    /* quax100 */
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        assert_rounds(*state, facts[i]);
}

/* DMN TCK, compliance level 3: 1142 (round down), 1143 (round half up); 1.121 and -1.126 to two
 * decimals are here in hundredths. */
static void rounding_agrees_with_the_decision_model_tests(void **state)
{
    static const fact facts[] = {
        {"5.5", 1, UTFALL_ROUND_TOWARD_ZERO, 5},     {"-5.5", 1, UTFALL_ROUND_TOWARD_ZERO, -5},
        {"112.1", 1, UTFALL_ROUND_TOWARD_ZERO, 112}, {"-112.6", 1, UTFALL_ROUND_TOWARD_ZERO, -112},
        {"5.5", 1, UTFALL_ROUND_HALF_AWAY, 6},       {"-5.5", 1, UTFALL_ROUND_HALF_AWAY, -6},
        {"112.1", 1, UTFALL_ROUND_HALF_AWAY, 112},   {"-112.6", 1, UTFALL_ROUND_HALF_AWAY, -113},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        assert_rounds(*state, facts[i]);
}

/* RULE: ROUND-2 */
static void every_mode_is_told_apart_by_halves_and_negatives(void **state)
{
    static const char *const exact[] = {"-2.5", "-2.4", "-1.5", "2.4", "2.5", "2.6", "3.5", "-2.6"};
    static const int64_t rounded[][8] = {
        [UTFALL_ROUND_HALF_AWAY] = {-3, -2, -2, 2, 3, 3, 4, -3},
        [UTFALL_ROUND_HALF_EVEN] = {-2, -2, -2, 2, 2, 3, 4, -3},
        [UTFALL_ROUND_FLOOR] = {-3, -3, -2, 2, 2, 2, 3, -3},
        [UTFALL_ROUND_CEILING] = {-2, -2, -1, 3, 3, 3, 4, -2},
        [UTFALL_ROUND_TOWARD_ZERO] = {-2, -2, -1, 2, 2, 2, 3, -2},
    };
    for (int mode = UTFALL_ROUND_HALF_AWAY; mode <= UTFALL_ROUND_TOWARD_ZERO; mode++)
        for (size_t i = 0; i < 8; i++)
            assert_rounds(*state, (fact){exact[i], 1, (utfall_mode)mode, rounded[mode][i]});
}

/* ---- rounding: laws ---- */

/* What num/den rounds to, in whole units, each mode by its own route over integers. */
static void expect(mpz_t out, utfall_mode mode, const mpz_t num, const mpz_t den)
{
    mpz_t a, b;
    mpz_inits(a, b, NULL);
    switch (mode) {
    case UTFALL_ROUND_NEVER:
        mpz_divexact(out, num, den);
        break;
    case UTFALL_ROUND_FLOOR:
        mpz_fdiv_q(out, num, den);
        break;
    case UTFALL_ROUND_CEILING:
        mpz_cdiv_q(out, num, den);
        break;
    case UTFALL_ROUND_TOWARD_ZERO:
        mpz_tdiv_q(out, num, den);
        break;
    case UTFALL_ROUND_HALF_AWAY: /* sign * floor((2|num| + den) / 2den) */
        mpz_abs(a, num);
        mpz_mul_ui(a, a, 2);
        mpz_add(a, a, den);
        mpz_mul_ui(b, den, 2);
        mpz_fdiv_q(out, a, b);
        if (mpz_sgn(num) < 0)
            mpz_neg(out, out);
        break;
    case UTFALL_ROUND_HALF_EVEN: /* ceil(x - 1/2), and the even one of the two when they differ */
        mpz_mul_ui(b, den, 2);
        mpz_mul_ui(a, num, 2);
        mpz_sub(a, a, den);
        mpz_cdiv_q(out, a, b);
        if (mpz_odd_p(out) && mpz_divisible_p(a, b))
            mpz_add_ui(out, out, 1);
        break;
    }
    mpz_clears(a, b, NULL);
}

static void rounding_agrees_with_integers_and_leaves_its_residue(void **state)
{
    (void)state;
    seeded s = {40};
    mpz_t num, den, rounded;
    mpz_inits(num, den, rounded, NULL);
    for (int i = 0; i < 20000; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        bool small = i % 2; /* small denominators meet halves and even amounts often */
        int64_t n = seeded_any(&s) / 4, d = small ? seeded_below(&s, 8) + 1 : seeded_any(&s) | 1;
        int64_t unit = small ? seeded_below(&s, 4) * 50 + 1 : seeded_below(&s, 1000) + 1;
        const utfall_rat *exact = utfall_rat_of(run, n, d);
        utfall__mpz_set(den, unit);
        mpz_mul(den, den, mpq_denref(exact->q));
        mpz_set(num, mpq_numref(exact->q));
        for (int m = UTFALL_ROUND_NEVER; m <= UTFALL_ROUND_TOWARD_ZERO; m++) {
            utfall_mode mode = (utfall_mode)m;
            utfall_money out = {77};
            const utfall_rat *residue = NULL;
            utfall_status status =
                utfall_rat_round(run, &out, &residue, exact, (utfall_rounding){mode, unit});
            if (mode == UTFALL_ROUND_NEVER && !mpz_divisible_p(num, den)) {
                assert_int_equal(status, UTFALL_E_INEXACT);
                assert_true(out.minor == 77 && residue == NULL);
                continue;
            }
            assert_int_equal(status, UTFALL_OK);
            expect(rounded, mode, num, den);
            utfall__mpz_set(den, unit);
            mpz_mul(rounded, rounded, den);
            mpz_mul(den, den, mpq_denref(exact->q));
            int64_t expected;
            assert_true(utfall__mpz_get(&expected, rounded));
            if (out.minor != expected)
                fail_msg("%lld/%lld, unit %lld, mode %d: %lld, expected %lld", (long long)n,
                         (long long)d, (long long)unit, m, (long long)out.minor,
                         (long long)expected);
            const utfall_rat *whole = utfall_rat_add(run, utfall_rat_of_money(run, out), residue);
            assert_int_equal(utfall_rat_compare(whole, exact), 0);
        }
        utfall_run_free(run);
    }
    mpz_clears(num, den, rounded, NULL);
}

static void what_comes_out_even_may_be_rounded_never(void **state)
{
    utfall_money out;
    const utfall_rat *residue;
    utfall_rounding never = {UTFALL_ROUND_NEVER, 100};
    assert_int_equal(
        utfall_rat_round(*state, &out, &residue, utfall_rat_of(*state, -300, 1), never), UTFALL_OK);
    assert_true(out.minor == -300);
    assert_int_equal(utfall_rat_sign(residue), 0);
}

static void rounding_ends_at_int64(void **state)
{
    const utfall_rat *max = decimal(*state, "9223372036854775807"), *residue = NULL;
    const utfall_rat *above = decimal(*state, "9223372036854775807.5");
    const utfall_rat *min = decimal(*state, "-9223372036854775808");
    const utfall_rat *below = decimal(*state, "-9223372036854775808.1");
    utfall_rounding away = {UTFALL_ROUND_HALF_AWAY, 1}, floor = {UTFALL_ROUND_FLOOR, 1};
    utfall_money out = {77};
    assert_int_equal(utfall_rat_round(*state, &out, &residue, above, away), UTFALL_E_RANGE);
    assert_int_equal(utfall_rat_round(*state, &out, &residue, below, floor), UTFALL_E_RANGE);
    assert_true(out.minor == 77 && residue == NULL);
    assert_int_equal(utfall_rat_round(*state, &out, &residue, max, away), UTFALL_OK);
    assert_true(out.minor == INT64_MAX);
    assert_int_equal(utfall_rat_round(*state, &out, &residue, min, floor), UTFALL_OK);
    assert_true(out.minor == INT64_MIN);
    assert_int_equal(utfall_rat_round(*state, &out, &residue, above, floor), UTFALL_OK);
    assert_true(out.minor == INT64_MAX);
}

static void rounding_nothing_or_to_no_unit_is_our_mistake(void **state)
{
    utfall_money out = {77};
    const utfall_rat *residue = NULL, *one = utfall_rat_of(*state, 1, 1);
    utfall_rounding none = {UTFALL_ROUND_FLOOR, 0}, floor = {UTFALL_ROUND_FLOOR, 1};
    assert_int_equal(utfall_rat_round(*state, &out, &residue, one, none), UTFALL_E_BUG);
    assert_int_equal(utfall_rat_round(*state, &out, &residue, NULL, floor), UTFALL_E_BUG);
    assert_true(out.minor == 77 && residue == NULL);
}

static void rounding_what_failed_before_tells_that_failure(void **state)
{
    utfall_money out;
    const utfall_rat *residue, *failed = utfall_rat_of(*state, 1, 0);
    assert_int_equal(
        utfall_rat_round(*state, &out, &residue, failed, (utfall_rounding){UTFALL_ROUND_FLOOR, 1}),
        UTFALL_E_RANGE);
}

static void floors_lie_below(void **state)
{
    static const struct {
        const char *exact;
        int64_t floor;
    } facts[] = {{"2.5", 2}, {"-2.5", -3}, {"-0.1", -1}, {"0", 0}, {"7", 7}, {"-7", -7}};
    int64_t out = 77;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        assert_int_equal(utfall_rat_floor(&out, decimal(*state, facts[i].exact)), UTFALL_OK);
        assert_true(out == facts[i].floor);
    }
    out = 77;
    assert_int_equal(utfall_rat_floor(&out, decimal(*state, "9223372036854775808")),
                     UTFALL_E_RANGE);
    assert_int_equal(utfall_rat_floor(&out, NULL), UTFALL_E_BUG);
    assert_true(out == 77);
}

/* ---- allocation ---- */

enum { PARTS_MAX = 8 };

typedef struct split {
    int64_t total;
    size_t count;
    const char *weights[PARTS_MAX];
    int64_t parts[PARTS_MAX];
} split;

static void assert_splits(utfall_run *run, const split *f)
{
    const utfall_rat *weights[PARTS_MAX];
    utfall_money parts[PARTS_MAX];
    for (size_t i = 0; i < f->count; i++)
        weights[i] = decimal(run, f->weights[i]);
    assert_int_equal(utfall_money_allocate(run, parts, (utfall_money){f->total}, weights, f->count),
                     UTFALL_OK);
    for (size_t i = 0; i < f->count; i++)
        if (parts[i].minor != f->parts[i])
            fail_msg("%lld: part %zu is %lld", (long long)f->total, i, (long long)parts[i].minor);
}

/* moneyphp/money, tests/MoneyTest.php, allocationExamples (MIT); its rule is ours but for negative
 * totals, which it floors: -5 by 7:3 is -3;-2 there. Ours mirrors the positive split. */
static void allocation_agrees_with_moneyphp(void **state)
{
    static const split facts[] = {
        {100, 3, {"1", "1", "1"}, {34, 33, 33}},
        {101, 3, {"1", "1", "1"}, {34, 34, 33}},
        {5, 2, {"3", "7"}, {2, 3}},
        {5, 2, {"7", "3"}, {4, 1}},
        {5, 3, {"7", "3", "0"}, {4, 1, 0}},
        {5, 3, {"0", "7", "3"}, {0, 4, 1}},
        {5, 3, {"7", "0", "3"}, {4, 0, 1}},
        {5, 3, {"0", "0", "1"}, {0, 0, 5}},
        {5, 3, {"0", "3", "7"}, {0, 2, 3}},
        {0, 3, {"0", "0", "1"}, {0, 0, 0}},
        {2, 3, {"1", "1", "1"}, {1, 1, 0}},
        {1, 2, {"1", "1"}, {1, 0}},
        {1, 2, {"0.33", "0.66"}, {0, 1}},
        {101, 2, {"3", "7"}, {30, 71}},
        {101, 2, {"7", "3"}, {71, 30}},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        assert_splits(*state, &facts[i]);
}

/* brick/money, pull request 62 (MIT): FloorToLargestRemainder; and exact shares worked out by hand.
 */
static void allocation_goes_by_largest_remainder(void **state)
{
    static const split facts[] = {
        {3, 2, {"75", "25"}, {2, 1}},
        {98765, 3, {"48", "41", "11"}, {47407, 40494, 10864}}, /* rests .20 .65 .15 */
        {10001, 2, {"60", "40"}, {6001, 4000}},                /* 6000.6 4000.4 */
        {10002, 2, {"60", "40"}, {6001, 4001}},                /* 6001.2 4000.8 */
        {5, 2, {"1", "1"}, {3, 2}},                            /* a tie: the earlier */
        {-5, 2, {"7", "3"}, {-4, -1}},
        {-10001, 2, {"60", "40"}, {-6001, -4000}},
        {INT64_MIN, 1, {"1"}, {INT64_MIN}},
        {INT64_MIN, 2, {"0", "2"}, {0, INT64_MIN}},
        {INT64_MAX, 2, {"1", "1"}, {INT64_MAX / 2 + 1, INT64_MAX / 2}},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        assert_splits(*state, &facts[i]);
}

static void parts_add_up_and_lie_within_one_unit_of_the_exact_share(void **state)
{
    (void)state;
    seeded s = {6040};
    for (int i = 0; i < 3000; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const utfall_rat *weights[PARTS_MAX], *sum = utfall_rat_of(run, 0, 1);
        utfall_money parts[PARTS_MAX], total = {seeded_any(&s)};
        size_t count = (size_t)seeded_below(&s, PARTS_MAX) + 1;
        for (size_t j = 0; j < count; j++) {
            int64_t weight = j == 0 ? 1 + seeded_below(&s, 9) : seeded_below(&s, 1000) * (i % 3);
            weights[j] = utfall_rat_of(run, weight, seeded_below(&s, 12) + 1);
            sum = utfall_rat_add(run, sum, weights[j]);
        }
        assert_int_equal(utfall_money_allocate(run, parts, total, weights, count), UTFALL_OK);
        utfall_money added = {0};
        const utfall_rat *one = utfall_rat_of(run, 1, 1);
        for (size_t j = 0; j < count; j++) {
            assert_int_equal(utfall_money_add(&added, added, parts[j]), UTFALL_OK);
            const utfall_rat *share = utfall_rat_div(
                run, utfall_rat_mul(run, utfall_rat_of_money(run, total), weights[j]), sum);
            const utfall_rat *off = utfall_rat_sub(run, share, utfall_rat_of_money(run, parts[j]));
            off = utfall_rat_max(run, off, utfall_rat_sub(run, utfall_rat_of(run, 0, 1), off));
            assert_true(utfall_rat_compare(off, one) < 0);
            if (utfall_rat_sign(weights[j]) == 0)
                assert_true(parts[j].minor == 0);
        }
        assert_true(added.minor == total.minor);
        utfall_run_free(run);
    }
}

static void a_negative_total_mirrors_the_positive(void **state)
{
    seeded s = {99};
    for (int i = 0; i < 500; i++) {
        const utfall_rat *weights[3];
        utfall_money up[3], down[3], total = {seeded_any(&s)};
        for (size_t j = 0; j < 3; j++)
            weights[j] = utfall_rat_of(*state, 1 + seeded_below(&s, 100), 7);
        assert_int_equal(utfall_money_allocate(*state, up, total, weights, 3), UTFALL_OK);
        total.minor = -total.minor;
        assert_int_equal(utfall_money_allocate(*state, down, total, weights, 3), UTFALL_OK);
        for (size_t j = 0; j < 3; j++)
            assert_true(up[j].minor == -down[j].minor);
    }
}

static void weights_must_be_there_and_not_negative(void **state)
{
    const utfall_rat *zero = utfall_rat_of(*state, 0, 1), *minus = utfall_rat_of(*state, -1, 2);
    const utfall_rat *two = utfall_rat_of(*state, 2, 1);
    const utfall_rat *none[] = {zero, zero}, *negative[] = {two, minus};
    utfall_money parts[2] = {{77}, {78}}, total = {100};
    assert_int_equal(utfall_money_allocate(*state, parts, total, none, 2), UTFALL_E_RANGE);
    assert_int_equal(utfall_money_allocate(*state, parts, total, negative, 2), UTFALL_E_RANGE);
    assert_int_equal(utfall_money_allocate(*state, parts, total, NULL, 0), UTFALL_E_RANGE);
    const utfall_rat *lost[] = {two, NULL};
    assert_int_equal(utfall_money_allocate(*state, parts, total, lost, 2), UTFALL_E_BUG);
    assert_true(parts[0].minor == 77 && parts[1].minor == 78);
}

static void splitting_survives_the_failure_of_any_allocation(void **state)
{
    (void)state;
    bool was_enough = false;
    for (uint64_t n = 2; !was_enough; n++) {
        counting c = {.fail_at = n};
        utfall_run *run = utfall_run_new(counting_alloc, &c);
        const utfall_rat *weights[300];
        utfall_money parts[300] = {{77}};
        for (int64_t i = 0; i < 300; i++)
            weights[i] = utfall_rat_of(run, i % 5, 7);
        utfall_status status =
            utfall_money_allocate(run, parts, (utfall_money){100001}, weights, 300);
        was_enough = c.requests < n;
        assert_int_equal(status, was_enough ? UTFALL_OK : UTFALL_E_NOMEM);
        assert_int_equal(parts[0].minor, was_enough ? 0 : 77);
        utfall_run_free(run);
        assert_true(c.out == 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

static void amounts_that_can_be_told_are_within_whichever_way_they_are_rounded(void **state)
{
    static const struct {
        const char *exact;
        bool is_minor;
    } facts[] = {{"0", true},
                 {"-0.5", true},
                 {"9223372036854775806.999", true},
                 {"9223372036854775807", false},
                 {"9223372036854775808", false},
                 {"-9223372036854775807", true},
                 {"-9223372036854775807.001", false},
                 {"-9223372036854775809", false}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        assert_int_equal(utfall_rat_is_minor(decimal(*state, facts[i].exact)), facts[i].is_minor);
    assert_false(utfall_rat_is_minor(NULL));
}

/* Said only of numbers whose size is below the power, and of all that are below a quarter of it. */
static void sizes_told_from_lengths_are_never_told_too_small(void **state)
{
    const utfall_rat *two = decimal(*state, "2"), *power = two;
    static const char *const near[] = {"0", "1", "-1", "0.999999", "-1.000001", "3", "-0.2500001"};
    for (unsigned bits = 1; bits < 130; bits++, power = utfall_rat_mul(*state, power, two))
        for (unsigned other = bits < 4 ? 0 : bits - 4; other < bits + 4; other++) {
            const utfall_rat *base = decimal(*state, "1");
            for (unsigned k = 0; k < other; k++)
                base = utfall_rat_mul(*state, base, two);
            for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
                const utfall_rat *a = utfall_rat_mul(*state, base, decimal(*state, near[i]));
                const utfall_rat *size =
                    utfall_rat_max(*state, a, utfall_rat_sub(*state, decimal(*state, "0"), a));
                const utfall_rat *four = utfall_rat_mul(*state, size, decimal(*state, "4"));
                if (utfall_rat_is_within(a, bits))
                    assert_true(utfall_rat_compare(size, power) < 0);
                if (utfall_rat_compare(four, power) < 0)
                    assert_true(utfall_rat_is_within(a, bits));
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sums_end_at_int64),
        TEST(rounding_agrees_with_the_decimal_arithmetic_tests),
        TEST(rounding_agrees_with_the_decision_model_tests),
        TEST(every_mode_is_told_apart_by_halves_and_negatives),
        TEST(rounding_agrees_with_integers_and_leaves_its_residue),
        TEST(what_comes_out_even_may_be_rounded_never),
        TEST(rounding_ends_at_int64),
        TEST(rounding_nothing_or_to_no_unit_is_our_mistake),
        TEST(rounding_what_failed_before_tells_that_failure),
        TEST(floors_lie_below),
        TEST(amounts_that_can_be_told_are_within_whichever_way_they_are_rounded),
        TEST(sizes_told_from_lengths_are_never_told_too_small),
        TEST(allocation_agrees_with_moneyphp),
        TEST(allocation_goes_by_largest_remainder),
        TEST(parts_add_up_and_lie_within_one_unit_of_the_exact_share),
        TEST(a_negative_total_mirrors_the_positive),
        TEST(weights_must_be_there_and_not_negative),
        TEST(splitting_survives_the_failure_of_any_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
