/* Numbers: every spelling that is read, to the last digit, and what is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "contracts/scalar.h"

static void assert_read(const char *text, int64_t mantissa, uint32_t decimals, const char *rest)
{
    utfall_decimal got = {0};
    utfall_fault fault = {0};
    const char *at = text;
    if (utfall_decimal_take(&got, &at, &fault) != UTFALL_OK)
        fail_msg("\"%s\" %s", text, fault.reason == NULL ? "is refused" : fault.reason);
    assert_true(got.mantissa == mantissa);
    assert_int_equal(got.decimals, decimals);
    assert_string_equal(at, rest);
}

static void assert_refused(const char *text, utfall_status status, const char *why)
{
    utfall_decimal got = {.mantissa = 7};
    utfall_fault fault = {0};
    const char *at = text;
    assert_string_equal(utfall_status_name(utfall_decimal_take(&got, &at, &fault)),
                        utfall_status_name(status));
    assert_true(at == text && got.mantissa == 7);
    if (why == NULL)
        assert_null(fault.reason);
    else if (fault.reason == NULL || strstr(fault.reason, why) == NULL)
        fail_msg("\"%s\" %s, not %s", text, fault.reason, why);
}

static void digits_are_read_exactly(void **state)
{
    (void)state;
    assert_read("0", 0, 0, "");
    assert_read("19", 19, 0, "");
    assert_read("-3", -3, 0, "");
    assert_read("\xE2\x88\x92"
                "3",
                -3, 0, "");
    assert_read("0.05", 5, 2, "");
    assert_read("12.50 SEK", 1250, 2, " SEK");
    assert_read("999999999999999999", 999999999999999999, 0, "");
    assert_read("0.999999999999999999", 999999999999999999, 18, "");
}

static void thousands_are_grouped_by_any_blank(void **state)
{
    (void)state;
    assert_read("10 000 000 SEK", 10000000, 0, " SEK");
    assert_read("1\xC2\xA0"
                "000",
                1000, 0, "");
    assert_read("1\xE2\x80\xAF"
                "000.5",
                10005, 1, "");
    assert_read("10000000 SEK", 10000000, 0, " SEK");
}

static void what_follows_a_number_is_left(void **state)
{
    (void)state;
    assert_read("40%", 40, 0, "%");
    assert_read("2/5", 2, 0, "/5");
    assert_read("24 months", 24, 0, " months");
}

static void ambiguous_numbers_are_refused(void **state)
{
    (void)state;
    assert_refused("10 00", UTFALL_E_SYNTAX, "wrong place");
    assert_refused("1000 000", UTFALL_E_SYNTAX, "wrong place");
    assert_refused("1 000 00", UTFALL_E_SYNTAX, "wrong place");
    assert_refused("1 0000", UTFALL_E_SYNTAX, "wrong place");
    assert_refused("1,5", UTFALL_E_SYNTAX, "comma");
    assert_refused("1'000", UTFALL_E_SYNTAX, "not a space");
    assert_refused("1_000", UTFALL_E_SYNTAX, "not a space");
    assert_refused("1.000.000", UTFALL_E_SYNTAX, "more than one decimal mark");
    assert_refused("1.", UTFALL_E_SYNTAX, "no digit");
    assert_refused("007", UTFALL_E_SYNTAX, "zero");
    assert_refused("0 500", UTFALL_E_SYNTAX, "zero");
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    assert_refused("", UTFALL_E_SYNTAX, NULL);
    assert_refused("-", UTFALL_E_SYNTAX, NULL);
    assert_refused("+1", UTFALL_E_SYNTAX, NULL);
    assert_refused(".5", UTFALL_E_SYNTAX, NULL);
    assert_refused("ten", UTFALL_E_SYNTAX, NULL);
    assert_refused("\xEF\xBC\x91", UTFALL_E_SYNTAX, NULL); /* fullwidth 1 */
}

static void the_nineteenth_digit_is_refused(void **state)
{
    (void)state;
    assert_refused("1000000000000000000", UTFALL_E_RANGE, "too many digits");
    assert_refused("0.0000000000000000001", UTFALL_E_RANGE, "too many digits");
    assert_refused("1.000000000000000000", UTFALL_E_RANGE, "too many digits");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_read_exactly),
        cmocka_unit_test(thousands_are_grouped_by_any_blank),
        cmocka_unit_test(what_follows_a_number_is_left),
        cmocka_unit_test(ambiguous_numbers_are_refused),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(the_nineteenth_digit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
