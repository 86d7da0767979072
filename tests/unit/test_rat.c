/* Exact ratios: canonical form, arithmetic against GMP's integers, texts, bounds. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <gmp.h>
#include <stdio.h>
#include <stdlib.h>
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

static const utfall_rat *rat(utfall_run *run, const char *text)
{
    const utfall_rat *out = NULL;
    assert_int_equal(utfall_rat_parse(run, &out, text, strlen(text)), UTFALL_OK);
    return out;
}

static void assert_text(utfall_run *run, const utfall_rat *a, const char *text)
{
    assert_non_null(a);
    assert_string_equal(utfall_rat_text(run, a), text);
}

/* Reduced, positive denominator, zero as 0/1. */
static void assert_canonical(const utfall_rat *a)
{
    mpz_t gcd;
    mpz_init(gcd);
    mpz_gcd(gcd, mpq_numref(a->q), mpq_denref(a->q));
    assert_int_equal(mpz_cmp_ui(gcd, 1), 0);
    assert_int_equal(mpz_sgn(mpq_denref(a->q)), 1);
    mpz_clear(gcd);
}

static void integers_and_fractions_are_reduced(void **state)
{
    assert_text(*state, utfall_rat_of(*state, 0, -7), "0");
    assert_text(*state, utfall_rat_of(*state, 10, 4), "5/2");
    assert_text(*state, utfall_rat_of(*state, 10, -4), "-5/2");
    assert_text(*state, utfall_rat_of(*state, -7, 1), "-7");
    assert_text(*state, utfall_rat_of(*state, INT64_MIN, 1), "-9223372036854775808");
    assert_text(*state, utfall_rat_of(*state, INT64_MIN, INT64_MIN), "1");
    assert_text(*state, utfall_rat_of(*state, INT64_MAX, INT64_MIN),
                "-9223372036854775807/9223372036854775808");
    assert_text(*state, utfall_rat_of_money(*state, (utfall_money){1234}), "1234");
}

static void int64_goes_in_and_out_unchanged(void **state)
{
    (void)state;
    static const int64_t edges[] = {0,         1,          -1,        INT64_MAX,
                                    INT64_MIN, UINT32_MAX, 1LL << 32, INT64_MIN + 1};
    mpz_t z;
    mpz_init(z);
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        int64_t back = 5;
        utfall__mpz_set(z, edges[i]);
        assert_true(utfall__mpz_get(&back, z));
        assert_true(back == edges[i]);
    }
    int64_t untouched = 5;
    mpz_ui_pow_ui(z, 2, 63);
    assert_false(utfall__mpz_get(&untouched, z));
    mpz_neg(z, z);
    mpz_sub_ui(z, z, 1);
    assert_false(utfall__mpz_get(&untouched, z));
    mpz_mul_2exp(z, z, 200);
    assert_false(utfall__mpz_get(&untouched, z));
    assert_true(untouched == 5);
    mpz_clear(z);
}

static void a_copy_outlives_the_run_that_it_came_from(void **state)
{
    static const char *const texts[] = {"0", "-7", "5/3", "-9223372036854775809",
                                        "100000000000000000000000000000001/3000000000000000000000"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const utfall_rat *copy = utfall_rat_copy(*state, rat(run, texts[i]));
        utfall_run_free(run);
        assert_text(*state, copy, texts[i]);
    }
    assert_null(utfall_rat_copy(*state, NULL));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_BUG);
}

static void sums_of_integers_go_beyond_int64(void **state)
{
    const utfall_rat *one = utfall_rat_of(*state, 1, 1), *none = utfall_rat_of(*state, -1, 1);
    const utfall_rat *most = utfall_rat_of(*state, INT64_MAX, 1);
    const utfall_rat *least = utfall_rat_of(*state, INT64_MIN, 1);
    assert_text(*state, utfall_rat_add(*state, one, none), "0");
    assert_text(*state, utfall_rat_add(*state, most, none), "9223372036854775806");
    assert_text(*state, utfall_rat_add(*state, most, one), "9223372036854775808");
    assert_text(*state, utfall_rat_add(*state, most, least), "-1");
    assert_text(*state, utfall_rat_add(*state, least, none), "-9223372036854775809");
    assert_text(*state, utfall_rat_add(*state, least, least), "-18446744073709551616");
    assert_text(*state, utfall_rat_sub(*state, most, none), "9223372036854775808");
    assert_text(*state, utfall_rat_sub(*state, least, one), "-9223372036854775809");
    assert_text(*state, utfall_rat_sub(*state, one, least), "9223372036854775809");
    assert_text(*state, utfall_rat_sub(*state, none, most), "-9223372036854775808");
    assert_text(*state, utfall_rat_sub(*state, least, least), "0");
    assert_int_equal(utfall_run_failure(*state), UTFALL_OK);
}

/* num/den of each operation, from integers alone. */
static void expect(char op, mpz_t num, mpz_t den, const int64_t v[4])
{
    mpz_t a, b, c, d;
    mpz_inits(a, b, c, d, NULL);
    utfall__mpz_set(a, v[0]);
    utfall__mpz_set(b, v[1]);
    utfall__mpz_set(c, v[2]);
    utfall__mpz_set(d, v[3]);
    if (op == '*' || op == '/') {
        mpz_mul(num, a, op == '*' ? c : d);
        mpz_mul(den, b, op == '*' ? d : c);
    } else {
        mpz_mul(num, a, d);
        mpz_mul(c, c, b);
        (op == '+' ? mpz_add : mpz_sub)(num, num, c);
        mpz_mul(den, b, d);
    }
    mpz_clears(a, b, c, d, NULL);
}

static void operations_agree_with_cross_multiplied_integers(void **state)
{
    seeded s = {20160307};
    mpz_t num, den, left, right;
    mpz_inits(num, den, left, right, NULL);
    for (int i = 0; i < 20000; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        int64_t v[4] = {seeded_any(&s), seeded_any(&s), seeded_any(&s), seeded_any(&s)};
        v[1] = v[1] ? v[1] : 1;
        v[3] = v[3] ? v[3] : 1;
        const utfall_rat *a = utfall_rat_of(run, v[0], v[1]), *b = utfall_rat_of(run, v[2], v[3]);
        const utfall_rat *results[] = {utfall_rat_add(run, a, b), utfall_rat_sub(run, a, b),
                                       utfall_rat_mul(run, a, b),
                                       v[2] ? utfall_rat_div(run, a, b) : NULL};
        for (int op = 0; op < 4; op++) {
            if (!results[op])
                continue;
            expect("+-*/"[op], num, den, v);
            mpz_mul(left, num, mpq_denref(results[op]->q));
            mpz_mul(right, den, mpq_numref(results[op]->q));
            if (mpz_cmp(left, right) != 0)
                fail_msg("%lld/%lld %c %lld/%lld", (long long)v[0], (long long)v[1], "+-*/"[op],
                         (long long)v[2], (long long)v[3]);
            assert_canonical(results[op]);
        }
        utfall_run_free(run);
    }
    mpz_clears(num, den, left, right, NULL);
    (void)state;
}

static void operands_are_left_alone_and_may_be_the_same(void **state)
{
    const utfall_rat *a = rat(*state, "-7/3");
    assert_text(*state, utfall_rat_add(*state, a, a), "-14/3");
    assert_text(*state, utfall_rat_sub(*state, a, a), "0");
    assert_text(*state, utfall_rat_mul(*state, a, a), "49/9");
    assert_text(*state, utfall_rat_div(*state, a, a), "1");
    assert_text(*state, a, "-7/3");
}

static void comparing_gives_the_order(void **state)
{
    const utfall_rat *a = rat(*state, "1/3"), *b = rat(*state, "1/2"), *c = rat(*state, "-5");
    assert_true(utfall_rat_compare(a, b) == -1);
    assert_true(utfall_rat_compare(b, a) == 1);
    assert_true(utfall_rat_compare(a, rat(*state, "2/6")) == 0);
    assert_true(utfall_rat_sign(c) == -1);
    assert_true(utfall_rat_sign(a) == 1);
    assert_true(utfall_rat_sign(utfall_rat_of(*state, 0, 1)) == 0);
    assert_ptr_equal(utfall_rat_min(*state, a, c), c);
    assert_ptr_equal(utfall_rat_max(*state, a, c), a);
    assert_ptr_equal(utfall_rat_min(*state, c, a), c);
    assert_ptr_equal(utfall_rat_max(*state, c, a), a);
}

/* ---- failures ---- */

static void dividing_by_zero_is_out_of_range(void **state)
{
    const utfall_rat *zero = utfall_rat_of(*state, 0, 1), *one = utfall_rat_of(*state, 1, 1);
    assert_null(utfall_rat_div(*state, one, zero));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_RANGE);
}

static void a_denominator_of_zero_is_out_of_range(void **state)
{
    assert_null(utfall_rat_of(*state, 1, 0));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_RANGE);
}

static void null_runs_through_a_formula(void **state)
{
    const utfall_rat *one = utfall_rat_of(*state, 1, 1), *none = utfall_rat_of(*state, 1, 0);
    assert_null(utfall_rat_add(*state, none, one));
    assert_null(utfall_rat_sub(*state, one, none));
    assert_null(utfall_rat_mul(*state, none, none));
    assert_null(utfall_rat_div(*state, one, none));
    assert_null(utfall_rat_min(*state, none, one));
    assert_null(utfall_rat_max(*state, one, none));
    assert_null(utfall_rat_text(*state, none));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_RANGE);
}

static void null_out_of_nowhere_is_our_mistake(void **state)
{
    assert_null(utfall_rat_add(*state, NULL, utfall_rat_of(*state, 1, 1)));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_BUG);
}

static void null_after_a_reported_fault_is_not_our_mistake(void **state)
{
    utfall_finding finding = {.code = UTFALL_E_SYNTAX, .message = "not a number"};
    assert_int_equal(utfall_run_report(*state, &finding), UTFALL_E_SYNTAX);
    assert_null(utfall_rat_max(*state, NULL, utfall_rat_of(*state, 1, 1)));
    assert_int_equal(utfall_run_failure(*state), UTFALL_OK);
}

static void sizes_end_at_4096_bits(void **state)
{
    const utfall_rat *two = utfall_rat_of(*state, 2, 1), *most = utfall_rat_of(*state, 1, 1);
    for (int bit = 1; bit < UTFALL_RAT_BITS_MAX; bit++)
        most = utfall_rat_mul(*state, most, two);
    assert_non_null(most); /* 2^4095, 4096 bits */
    const utfall_rat *least = utfall_rat_div(*state, utfall_rat_of(*state, 1, 1), most);
    assert_non_null(least);
    assert_non_null(utfall_rat_sub(*state, most, two));
    assert_int_equal(utfall_run_failure(*state), UTFALL_OK);
    assert_null(utfall_rat_mul(*state, most, two));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_RANGE);
    assert_null(utfall_rat_add(*state, most, most));
    assert_null(utfall_rat_div(*state, least, two));
    assert_null(utfall_rat_add(*state, most, least));
}

/* The bound's own example: 64 groups of people, as many as 31 bits can count and without a common
 * factor, with sums of 64 bits. */
static void a_sum_over_64_groups_stays_within_the_bound(void **state)
{
    const utfall_rat *sum = utfall_rat_of(*state, 0, 1);
    for (int64_t i = 0; i < 64; i++)
        sum = utfall_rat_add(*state, sum, utfall_rat_of(*state, INT64_MAX, INT32_MAX - 2 * i));
    assert_non_null(sum);
    assert_in_range(mpz_sizeinbase(mpq_denref(sum->q), 2), 1500, 64 * 31);
}

/* ---- texts ---- */

static void what_is_printed_is_read_again(void **state)
{
    (void)state;
    seeded s = {7};
    for (int i = 0; i < 5000; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const utfall_rat *a = utfall_rat_of(run, seeded_any(&s), seeded_any(&s) | 1);
        int powers = (int)seeded_below(&s, 20);
        for (int p = 0; p < powers; p++)
            a = utfall_rat_mul(run, a, utfall_rat_of(run, seeded_any(&s) | 1, seeded_any(&s) | 1));
        const char *text = utfall_rat_text(run, a);
        const utfall_rat *back = NULL;
        assert_int_equal(utfall_rat_parse(run, &back, text, strlen(text)), UTFALL_OK);
        assert_int_equal(utfall_rat_compare(a, back), 0);
        assert_string_equal(utfall_rat_text(run, back), text);
        assert_canonical(back);
        utfall_run_free(run);
    }
}

static void texts_need_not_be_reduced(void **state)
{
    assert_text(*state, rat(*state, "6/4"), "3/2");
    assert_text(*state, rat(*state, "-0"), "0");
    assert_text(*state, rat(*state, "-0/5"), "0");
    assert_text(*state, rat(*state, "007/010"), "7/10");
    assert_text(*state, rat(*state, "5/1"), "5");
}

static void other_texts_are_refused(void **state)
{
    static const char *const wrong[] = {"",      "-",  "/",   "1/",  "/1",   "1/0",      "1/-2",
                                        "--1",   "+1", " 1",  "1 ",  "1.5",  "1e3",      "0x10",
                                        "1/2/3", "a",  "-/2", "1,5", "1/ 2", "\xD9\xA1", "1/00"};
    const utfall_rat *untouched = utfall_rat_of(*state, 1, 1), *out = untouched;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(utfall_rat_parse(*state, &out, wrong[i], strlen(wrong[i])),
                         UTFALL_E_SYNTAX);
    assert_int_equal(utfall_rat_parse(*state, &out, "1\0002", 3), UTFALL_E_SYNTAX);
    assert_ptr_equal(out, untouched);
    assert_int_equal(utfall_run_failure(*state), UTFALL_OK);
}

static void a_text_ends_where_its_length_says(void **state)
{
    const utfall_rat *out;
    assert_int_equal(utfall_rat_parse(*state, &out, "12/34", 2), UTFALL_OK);
    assert_text(*state, out, "12");
    assert_int_equal(utfall_rat_parse(*state, &out, "12/34", 4), UTFALL_OK);
    assert_text(*state, out, "4");
    assert_int_equal(utfall_rat_parse_decimal(*state, &out, "1,25x", 3, ','), UTFALL_OK);
    assert_text(*state, out, "6/5");
}

/* 2^4096 - 1 has 1234 digits and is the largest; 2^4096 has as many and is too large. */
static void texts_end_at_the_size_bound(void **state)
{
    mpz_t z;
    mpz_init(z);
    mpz_ui_pow_ui(z, 2, UTFALL_RAT_BITS_MAX);
    char text[3000] = "1/";
    const utfall_rat *untouched = utfall_rat_of(*state, 1, 1), *out = untouched;
    mpz_get_str(text, 10, z);
    assert_int_equal(strlen(text), 1234);
    assert_int_equal(utfall_rat_parse(*state, &out, text, 1234), UTFALL_E_RANGE);
    assert_int_equal(utfall_rat_parse_decimal(*state, &out, text, 1234, '.'), UTFALL_E_RANGE);
    memset(text, '9', sizeof text);
    assert_int_equal(utfall_rat_parse(*state, &out, text, 2000), UTFALL_E_RANGE);
    assert_int_equal(utfall_rat_parse_decimal(*state, &out, text, 2000, '.'), UTFALL_E_RANGE);
    text[1] = '/';
    assert_int_equal(utfall_rat_parse(*state, &out, text, 2000), UTFALL_E_RANGE);
    text[1] = '.';
    assert_int_equal(utfall_rat_parse_decimal(*state, &out, text, 2000, '.'), UTFALL_E_RANGE);
    memset(text, '0', sizeof text);
    text[1] = '.';
    assert_int_equal(utfall_rat_parse_decimal(*state, &out, text, 2000, '.'), UTFALL_E_RANGE);
    assert_ptr_equal(out, untouched);
    assert_int_equal(utfall_run_failure(*state), UTFALL_OK);
    mpz_sub_ui(z, z, 1);
    mpz_get_str(text, 10, z);
    assert_int_equal(utfall_rat_parse(*state, &out, text, 1234), UTFALL_OK);
    assert_text(*state, out, text);
    memset(text, '0', sizeof text);
    text[2999] = '7';
    assert_int_equal(utfall_rat_parse(*state, &out, text, 3000), UTFALL_OK);
    assert_text(*state, out, "7");
    mpz_clear(z);
}

static void decimals_are_what_they_say(void **state)
{
    static const struct {
        const char *text;
        char mark;
        const char *is;
    } facts[] = {
        {"12499,05", ',', "249981/20"},
        {"1,05", ',', "21/20"},
        {"1.05", '.', "21/20"},
        {"-0,10", ',', "-1/10"},
        {"0,00", ',', "0"},
        {"-0", '.', "0"},
        {"100", ',', "100"},
        {"000.500", '.', "1/2"},
        {"0.1", '.', "1/10"},
        {"2.3", '.', "23/10"},
        {"9223372036854775808.5", '.', "18446744073709551617/2"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const utfall_rat *out = NULL;
        assert_int_equal(utfall_rat_parse_decimal(*state, &out, facts[i].text,
                                                  strlen(facts[i].text), facts[i].mark),
                         UTFALL_OK);
        assert_text(*state, out, facts[i].is);
        assert_canonical(out);
    }
}

static void other_decimals_are_refused(void **state)
{
    static const char *const wrong[] = {"",
                                        "-",
                                        ",",
                                        ",5",
                                        "5,",
                                        "1,2,3",
                                        "1.5",
                                        "1 0",
                                        "--1",
                                        "+1",
                                        "1e3",
                                        "1/2",
                                        "-,5",
                                        "1,-5",
                                        " 1",
                                        "1 ",
                                        "1,5kr",
                                        "NaN",
                                        "\xE2\x88\x92\x31"};
    const utfall_rat *untouched = utfall_rat_of(*state, 1, 1), *out = untouched;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(utfall_rat_parse_decimal(*state, &out, wrong[i], strlen(wrong[i]), ','),
                         UTFALL_E_SYNTAX);
    assert_ptr_equal(out, untouched);
}

/* ---- memory ---- */

static void numbers_survive_the_failure_of_any_allocation(void **state)
{
    (void)state;
    for (uint64_t n = 2; n < 60; n++) {
        counting c = {.fail_at = n};
        utfall_run *run = utfall_run_new(counting_alloc, &c);
        const utfall_rat *untouched = (const utfall_rat *)(const void *)&c, *out = untouched;
        const utfall_rat *sum = utfall_rat_of(run, 0, 1);
        for (int i = 1; i < 400; i++)
            sum = utfall_rat_add(run, sum, utfall_rat_of(run, 1, i));
        utfall_status status = utfall_rat_parse(run, &out, "5/3", 3);
        if (c.requests >= n) {
            assert_null(sum);
            assert_int_equal(utfall_run_failure(run), UTFALL_E_NOMEM);
            assert_int_equal(status, UTFALL_E_NOMEM);
            assert_ptr_equal(out, untouched);
        } else {
            assert_non_null(sum);
            assert_int_equal(status, UTFALL_OK);
        }
        utfall_run_free(run);
        assert_true(c.out == 0);
    }
}

static void a_dot_is_the_sum_of_its_products(void **state)
{
    seeded s = {77};
    for (int round = 0; round < 200; round++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const utfall_rat *values[12], *sum = utfall_rat_of(run, 0, 1);
        int64_t counts[12];
        for (size_t i = 0; i < 12; i++) {
            counts[i] = seeded_below(&s, 4) == 0 ? 0 : seeded_any(&s);
            values[i] = counts[i] == 0
                            ? NULL
                            : utfall_rat_of(run, seeded_any(&s), 1 + seeded_below(&s, 1000000));
            if (counts[i] != 0)
                sum = utfall_rat_add(
                    run, sum, utfall_rat_mul(run, utfall_rat_of(run, counts[i], 1), values[i]));
        }
        const utfall_rat *dot = utfall_rat_dot(run, counts, values, 12);
        assert_non_null(dot);
        assert_int_equal(utfall_rat_compare(dot, sum), 0);
        utfall_run_free(run);
    }
    const int64_t one = 1, counts[] = {3, 0, -2};
    const utfall_rat *const none[] = {NULL};
    const utfall_rat *const a[] = {utfall_rat_of(*state, 1, 6), NULL, utfall_rat_of(*state, 3, 4)};
    const utfall_rat *const both[] = {a[0], a[2]};
    assert_string_equal(utfall_rat_text(*state, utfall_rat_dot(*state, counts, a, 3)), "-1");
    assert_string_equal(utfall_rat_text(*state, utfall_rat_common(*state, both, 2)), "12");
    assert_string_equal(utfall_rat_text(*state, utfall_rat_common(*state, both, 0)), "1");
    assert_string_equal(utfall_rat_text(*state, utfall_rat_dot(*state, NULL, NULL, 0)), "0");
    assert_null(utfall_rat_dot(*state, &one, none, 1));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_BUG);
}

/* 300 denominators without a common factor pass 4096 bits long before they are all there. */
static void a_dot_too_large_is_out_of_range(void **state)
{
    enum { COUNT = 300 };
    const utfall_rat *values[COUNT];
    int64_t counts[COUNT];
    for (int i = 0; i < COUNT; i++) {
        counts[i] = 1;
        values[i] = utfall_rat_of(*state, 1, INT64_MAX - 2 * i);
    }
    assert_null(utfall_rat_dot(*state, counts, values, COUNT));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_RANGE);
}

static void the_floor_of_a_product_is_that_of_the_ratio(void **state)
{
    seeded s = {5};
    int64_t found = 42, floor = 0;
    bool is_whole = false;
    for (int round = 0; round < 500; round++) {
        const utfall_rat *a =
            utfall_rat_of(*state, seeded_below(&s, 2000001) - 1000000, 1 + seeded_below(&s, 50));
        const utfall_rat *b =
            utfall_rat_of(*state, 1 + seeded_below(&s, 90000), 1 + seeded_below(&s, 90000));
        const utfall_rat *product = utfall_rat_mul(*state, a, b);
        assert_int_equal(utfall_rat_floor_product(*state, &found, &is_whole, a, b), UTFALL_OK);
        assert_int_equal(utfall_rat_floor(&floor, product), UTFALL_OK);
        assert_true(found == floor);
        assert_int_equal(is_whole,
                         utfall_rat_compare(product, utfall_rat_of(*state, floor, 1)) == 0);
    }
    const utfall_rat *most = utfall_rat_of(*state, INT64_MAX, 1);
    found = 42;
    assert_int_equal(utfall_rat_floor_product(*state, &found, &is_whole, most, most),
                     UTFALL_E_RANGE);
    assert_true(found == 42);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(integers_and_fractions_are_reduced),
        TEST(int64_goes_in_and_out_unchanged),
        TEST(a_copy_outlives_the_run_that_it_came_from),
        TEST(sums_of_integers_go_beyond_int64),
        TEST(operations_agree_with_cross_multiplied_integers),
        TEST(operands_are_left_alone_and_may_be_the_same),
        TEST(comparing_gives_the_order),
        TEST(dividing_by_zero_is_out_of_range),
        TEST(a_denominator_of_zero_is_out_of_range),
        TEST(null_runs_through_a_formula),
        TEST(null_out_of_nowhere_is_our_mistake),
        TEST(null_after_a_reported_fault_is_not_our_mistake),
        TEST(sizes_end_at_4096_bits),
        TEST(a_sum_over_64_groups_stays_within_the_bound),
        TEST(what_is_printed_is_read_again),
        TEST(texts_need_not_be_reduced),
        TEST(other_texts_are_refused),
        TEST(a_text_ends_where_its_length_says),
        TEST(texts_end_at_the_size_bound),
        TEST(decimals_are_what_they_say),
        TEST(other_decimals_are_refused),
        TEST(a_dot_is_the_sum_of_its_products),
        TEST(a_dot_too_large_is_out_of_range),
        TEST(the_floor_of_a_product_is_that_of_the_ratio),
        TEST(numbers_survive_the_failure_of_any_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
