/* Calendar months, intervention months and dates. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "utfall/month.h"

static utfall_month month(const char *text)
{
    utfall_month out;
    assert_int_equal(utfall_month_parse(&out, text, strlen(text)), UTFALL_OK);
    return out;
}

static utfall_status month_status(const char *text)
{
    utfall_month out = {12345};
    utfall_status status = utfall_month_parse(&out, text, strlen(text));
    if (status != UTFALL_OK)
        assert_int_equal(out.ordinal, 12345);
    return status;
}

static utfall_status date_status(const char *text)
{
    utfall_date out = {1, 2, 3};
    utfall_status status = utfall_date_parse(&out, text, strlen(text));
    if (status != UTFALL_OK)
        assert_true(out.year == 1 && out.month == 2 && out.day == 3);
    return status;
}

static void every_month_prints_as_it_was_written(void **state)
{
    (void)state;
    for (int year = 1900; year <= 2199; year++)
        for (int number = 1; number <= 12; number++) {
            utfall_month m = utfall_month_of(year, number);
            char text[8];
            utfall_month_text(text, m);
            assert_int_equal(month(text).ordinal, m.ordinal);
            assert_int_equal(utfall_month_year(m), year);
            assert_int_equal(utfall_month_number(m), number);
        }
}

static void december_is_followed_by_january(void **state)
{
    (void)state;
    assert_int_equal(month("2017-01").ordinal, month("2016-12").ordinal + 1);
    assert_int_equal(month("2016-08").ordinal, 2016 * 12 + 7);
}

/* RULE: MONTH-1 */
static void the_month_of_the_start_is_the_first(void **state)
{
    (void)state;
    utfall_month start = month("2016-08");
    assert_int_equal(utfall_month_nth(start, start).n, 1);
    assert_int_equal(utfall_month_nth(start, month("2018-07")).n, 24);
    assert_true(utfall_month_nth(start, month("2016-07")).n == 0);
    assert_true(utfall_month_nth(start, month("2015-08")).n == -11);
    assert_int_equal(utfall_nth_month(start, (utfall_nth){1}).ordinal, start.ordinal);
    assert_int_equal(utfall_nth_month(start, (utfall_nth){24}).ordinal, month("2018-07").ordinal);
    assert_int_equal(utfall_nth_month(start, (utfall_nth){36}).ordinal, month("2019-07").ordinal);
}

static void the_two_axes_convert_back_and_forth(void **state)
{
    (void)state;
    for (int first = 0; first < 24; first++)
        for (int n = -30; n <= 240; n++) {
            utfall_month start = {month("2016-01").ordinal + first};
            utfall_month at = utfall_nth_month(start, (utfall_nth){n});
            assert_true(utfall_month_nth(start, at).n == n);
        }
}

static void a_month_has_one_form_only(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",         "2016-8",   "2016-08-", "2016/08", "201608",
                                        " 2016-08", "2016-08 ", "16-08",    "2016-0a", "+016-08",
                                        "2016--8",  "-016-08",  "2016 08",  "2016-8 "};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(month_status(wrong[i]), UTFALL_E_SYNTAX);
}

static void months_and_years_have_bounds(void **state)
{
    (void)state;
    assert_int_equal(month_status("2016-00"), UTFALL_E_RANGE);
    assert_int_equal(month_status("2016-13"), UTFALL_E_RANGE);
    assert_int_equal(month_status("1899-12"), UTFALL_E_RANGE);
    assert_int_equal(month_status("1900-01"), UTFALL_OK);
    assert_int_equal(month_status("2199-12"), UTFALL_OK);
    assert_int_equal(month_status("2200-01"), UTFALL_E_RANGE);
}

static void a_date_must_exist(void **state)
{
    (void)state;
    static const char *const right[] = {"2012-02-29", "2000-02-29", "2013-02-28", "2016-12-31",
                                        "2012-04-30", "1900-01-01", "2199-12-31"};
    static const char *const wrong[] = {"2013-02-29", "2100-02-29", "1900-02-29", "2012-02-30",
                                        "2012-04-31", "2012-06-31", "2012-09-31", "2012-11-31",
                                        "2012-01-32", "2012-01-00", "2012-13-01", "2200-01-01"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_int_equal(date_status(right[i]), UTFALL_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(date_status(wrong[i]), UTFALL_E_RANGE);
}

static void a_date_has_one_form_only(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2016-08",    "2016-8-01",   "2016-08-1",  "2016-08-0x", "2016/08/01",
        "01-08-2016", "2016-08/01", "2016-08-01 ", "20160801  ", "2016-08--1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(date_status(wrong[i]), UTFALL_E_SYNTAX);
}

static void every_date_prints_as_it_was_written(void **state)
{
    (void)state;
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int dates = 0;
    for (int year = 2011; year <= 2014; year++)
        for (int number = 1; number <= 12; number++)
            for (int day = 1; day <= days[number - 1] + (year == 2012 && number == 2); day++) {
                utfall_date date = {(int16_t)year, (int8_t)number, (int8_t)day}, back;
                char text[11];
                utfall_date_text(text, date);
                assert_int_equal(utfall_date_parse(&back, text, 10), UTFALL_OK);
                assert_true(back.year == year && back.month == number && back.day == day);
                assert_int_equal(utfall_month_of_date(back).ordinal,
                                 utfall_month_of(year, number).ordinal);
                dates++;
            }
    assert_int_equal(dates, 4 * 365 + 1);
}

/* Where whole months are added to a date, CatalaLang's dates-calc (exact_computations.csv and
 * ambiguous_computations.csv) and this calendar agree on the month reached. */
static void months_added_agree_with_dates_calc(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        int months;
        const char *reached;
    } facts[] = {
        {"2012-02-15", 2, "2012-04"},       {"2012-02-28", 4, "2012-06"},
        {"2012-03-15", 1, "2012-04"},       {"2012-11-15", 3, "2013-02"},
        {"2012-03-31", 2, "2012-05"},       {"2012-03-31", 1, "2012-04"},
        {"2012-01-31", 1, "2012-02"},       {"2012-10-31", 4, "2013-02"},
        {"2012-10-31", 6, "2013-04"},       {"2012-02-29", 12, "2013-02"},
        {"2012-02-29", 88 * 12, "2100-02"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        utfall_date date;
        assert_int_equal(utfall_date_parse(&date, facts[i].date, 10), UTFALL_OK);
        utfall_month start = utfall_month_of_date(date);
        assert_int_equal(utfall_nth_month(start, (utfall_nth){facts[i].months + 1}).ordinal,
                         month(facts[i].reached).ordinal);
    }
}

static void text_of_a_month_out_of_bounds_still_fits(void **state)
{
    (void)state;
    static const int32_t odd[] = {INT32_MIN, -1, 0, 9999 * 12 + 11, 10000 * 12, INT32_MAX};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char text[8];
        memset(text, 'x', sizeof text);
        utfall_month_text(text, (utfall_month){odd[i]});
        assert_int_equal(strlen(text), 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_month_prints_as_it_was_written),
        cmocka_unit_test(december_is_followed_by_january),
        cmocka_unit_test(the_month_of_the_start_is_the_first),
        cmocka_unit_test(the_two_axes_convert_back_and_forth),
        cmocka_unit_test(a_month_has_one_form_only),
        cmocka_unit_test(months_and_years_have_bounds),
        cmocka_unit_test(a_date_must_exist),
        cmocka_unit_test(a_date_has_one_form_only),
        cmocka_unit_test(every_date_prints_as_it_was_written),
        cmocka_unit_test(months_added_agree_with_dates_calc),
        cmocka_unit_test(text_of_a_month_out_of_bounds_still_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
