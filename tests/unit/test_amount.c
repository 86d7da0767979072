/* Amounts, counts, shares and months as people read them. */
#include "unit/made.h"
#include "reports/amount.h"

#define NB "\xc2\xa0"
#define MINUS "\xe2\x88\x92"

static int begin(void **state)
{
    *state = utfall_run_new(NULL, NULL);
    return *state == NULL;
}

static int end(void **state)
{
    utfall_run_free(*state);
    return 0;
}

#define SAYS(call, text) assert_string_equal(call, text)

static void swedish_amounts_group_with_no_break_spaces(void **state)
{
    utfall_run *r = *state;
    SAYS(utfall__amount(r, UTFALL_SV, "SEK", rat(r, "750000000")),
         "7" NB "500" NB "000,00" NB "kr");
    SAYS(utfall__amount(r, UTFALL_SV, "SEK", rat(r, "-5")), MINUS "0,05" NB "kr");
    SAYS(utfall__amount(r, UTFALL_SV, "SEK", rat(r, "99999")), "999,99" NB "kr");
    SAYS(utfall__amount(r, UTFALL_SV, "EUR", rat(r, "100000")), "1" NB "000,00" NB "EUR");
}

static void english_amounts_have_the_code_first(void **state)
{
    utfall_run *r = *state;
    SAYS(utfall__amount(r, UTFALL_EN, "SEK", rat(r, "750000000")), "SEK" NB "7,500,000.00");
    SAYS(utfall__amount(r, UTFALL_EN, "SEK", rat(r, "-123456")), "SEK" NB MINUS "1,234.56");
}

static void display_rounds_halves_away_from_zero_and_never_to_minus_zero(void **state)
{
    utfall_run *r = *state;
    SAYS(utfall__amount_bare(r, UTFALL_EN, rat(r, "1/2")), "0.01");
    SAYS(utfall__amount_bare(r, UTFALL_EN, rat(r, "-1/2")), MINUS "0.01");
    SAYS(utfall__amount_bare(r, UTFALL_EN, rat(r, "-1/3")), "0.00");
    SAYS(utfall__amount_whole(r, UTFALL_EN, rat(r, "-49")), "0");
    SAYS(utfall__amount_whole(r, UTFALL_EN, rat(r, "-50")), MINUS "1");
    SAYS(utfall__amount_whole(r, UTFALL_EN, rat(r, "10149")), "101");
    assert_true(utfall__amount_is_exact(r, rat(r, "7")));
    assert_false(utfall__amount_is_exact(r, rat(r, "1/3")));
    assert_false(utfall__amount_is_exact(r, NULL));
}

static void the_whole_range_of_64_bits_prints(void **state)
{
    utfall_run *r = *state;
    SAYS(utfall__decimal(r, UTFALL_EN, INT64_MIN, 2), MINUS "92,233,720,368,547,758.08");
    SAYS(utfall__decimal(r, UTFALL_EN, INT64_MAX, 0), "9,223,372,036,854,775,807");
    SAYS(utfall__decimal(r, UTFALL_EN, 0, 2), "0.00");
    assert_null(utfall__amount(r, UTFALL_EN, "SEK", rat(r, "9223372036854775808")));
    assert_status(UTFALL_E_RANGE, utfall_run_failure(r));
}

static void short_amounts_are_in_millions_from_a_million_up(void **state)
{
    utfall_run *r = *state;
    SAYS(utfall__amount_short(r, UTFALL_SV, "SEK", rat(r, "-750000519")), MINUS "7,5" NB "mnkr");
    SAYS(utfall__amount_short(r, UTFALL_EN, "SEK", rat(r, "10910000000")), "109.1" NB "MSEK");
    SAYS(utfall__amount_short(r, UTFALL_EN, "EUR", rat(r, "100000000")), "1.0" NB "MEUR");
    SAYS(utfall__amount_short(r, UTFALL_SV, "SEK", rat(r, "99999900")), "999" NB "999" NB "kr");
    SAYS(utfall__amount_short(r, UTFALL_EN, "SEK", rat(r, "0")), "SEK" NB "0");
}

static void terse_amounts_drop_empty_decimals_only(void **state)
{
    utfall_run *r = *state;
    SAYS(utfall__amount_terse(r, UTFALL_SV, "SEK", rat(r, "500000000")),
         "5" NB "000" NB "000" NB "kr");
    SAYS(utfall__amount_terse(r, UTFALL_SV, "SEK", rat(r, "1")), "0,01" NB "kr");
}

static void shares_are_exact_or_a_fraction(void **state)
{
    utfall_run *r = *state;
    SAYS(utfall__share(r, UTFALL_SV, rat(r, "2/5")), "40" NB "%");
    SAYS(utfall__share(r, UTFALL_EN, rat(r, "2/5")), "40%");
    SAYS(utfall__share(r, UTFALL_SV, rat(r, "1/8")), "12,5" NB "%");
    SAYS(utfall__share(r, UTFALL_EN, rat(r, "1/3")), "1/3");
    SAYS(utfall__percent(r, UTFALL_SV, rat(r, "750/10160")), "7,4" NB "%");
    assert_status(UTFALL_OK, utfall_run_failure(r));
}

static void numbers_show_up_to_four_decimals_or_a_fraction(void **state)
{
    utfall_run *r = *state;
    SAYS(utfall__number(r, UTFALL_SV, rat(r, "19")), "19");
    SAYS(utfall__number(r, UTFALL_SV, rat(r, "-37/2")), MINUS "18,5");
    SAYS(utfall__number(r, UTFALL_SV, rat(r, "316380001/1000000")), "316,380001"); /* an index */
    SAYS(utfall__number(r, UTFALL_EN, rat(r, "1/3")), "1/3");
    SAYS(utfall__count(r, UTFALL_EN, 1595), "1,595");
    assert_null(utfall__count(r, UTFALL_EN, UINT64_MAX));
}

static void months_and_dates_are_words(void **state)
{
    utfall_run *r = *state;
    SAYS(utfall__month_short(r, UTFALL_SV, utfall_month_of(2016, 8)), "aug" NB "2016");
    SAYS(utfall__month_short(r, UTFALL_EN, utfall_month_of(2016, 8)), "Aug" NB "2016");
    SAYS(utfall__month_short(r, UTFALL_SV, utfall_month_of(2016, 5)), "maj" NB "2016");
    SAYS(utfall__month_long(r, UTFALL_SV, utfall_month_of(2021, 2)), "februari" NB "2021");
    SAYS(utfall__month_long(r, UTFALL_EN, utfall_month_of(2021, 12)), "December" NB "2021");
    SAYS(utfall__date(r, UTFALL_EN, (utfall_date){2016, 3, 7}), "7" NB "March" NB "2016");
}

static void nothing_comes_of_nothing(void **state)
{
    utfall_run *r = *state;
    assert_null(utfall__amount(r, UTFALL_SV, "SEK", NULL));
    assert_null(utfall__amount_short(r, UTFALL_SV, "SEK", NULL));
    assert_null(utfall__number(r, UTFALL_SV, NULL));
    assert_null(utfall__share(r, UTFALL_SV, NULL));
    assert_null(utfall__percent(r, UTFALL_SV, NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(swedish_amounts_group_with_no_break_spaces),
        TEST(english_amounts_have_the_code_first),
        TEST(display_rounds_halves_away_from_zero_and_never_to_minus_zero),
        TEST(the_whole_range_of_64_bits_prints),
        TEST(short_amounts_are_in_millions_from_a_million_up),
        TEST(terse_amounts_drop_empty_decimals_only),
        TEST(shares_are_exact_or_a_fraction),
        TEST(numbers_show_up_to_four_decimals_or_a_fraction),
        TEST(months_and_dates_are_words),
        TEST(nothing_comes_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
