/* Typed values: each type's forms, what they come to, and the reason when they are refused. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "contracts/scalar.h"

static int open_run(void **state)
{
    *state = utfall_run_new(NULL, NULL);
    return *state == NULL;
}

static int close_run(void **state)
{
    utfall_run_free(*state);
    return 0;
}

static utfall_value value_of(utfall_run *run, utfall_type type, const char *text)
{
    utfall_value value = {0};
    utfall_fault fault = {0};
    if (utfall_value_read(run, &value, &fault, type, NULL, text) != UTFALL_OK)
        fail_msg("\"%s\" %s", text, fault.reason == NULL ? "is refused" : fault.reason);
    assert_int_equal(value.type, type);
    return value;
}

static void assert_number(utfall_run *run, utfall_type type, const char *text, const char *exact)
{
    utfall_value value = value_of(run, type, text);
    assert_non_null(value.number);
    assert_string_equal(utfall_rat_text(run, value.number), exact);
}

/* `why` NULL: the text is simply not of the type. */
static void assert_refused(utfall_run *run, utfall_type type, const char *text,
                           utfall_status status, const char *why)
{
    static const char *const names[] = {"refuse", "count", NULL};
    utfall_value value = {.whole = 77};
    utfall_fault fault = {0};
    utfall_status got = utfall_value_read(run, &value, &fault, type, names, text);
    if (got != status)
        fail_msg("\"%s\": %s", text, utfall_status_name(got));
    assert_true(fault.code == status && value.whole == 77 && value.type == UTFALL_TYPE_NONE);
    if (why != NULL && (fault.reason == NULL || strstr(fault.reason, why) == NULL))
        fail_msg("\"%s\" %s", text, fault.reason);
    if (why == NULL && fault.reason != NULL)
        fail_msg("\"%s\" %s", text, fault.reason);
}

static void amounts_are_exact_and_know_their_unit(void **state)
{
    utfall_run *run = *state;
    utfall_value value = value_of(run, UTFALL_TYPE_AMOUNT, "10 000 000 SEK");
    assert_true(value.money.minor == 1000000000 && value.is_even);
    assert_string_equal(value.unit, "SEK");
    assert_number(run, UTFALL_TYPE_AMOUNT, "0.01 SEK", "1");
    assert_number(run, UTFALL_TYPE_AMOUNT, "-0.5\xC2\xA0SEK", "-50");
    assert_number(run, UTFALL_TYPE_AMOUNT, "1 000EUR", "100000");
    value = value_of(run, UTFALL_TYPE_AMOUNT, "0.005 SEK");
    assert_string_equal(utfall_rat_text(run, value.number), "1/2");
    assert_false(value.is_even);
    value = value_of(run, UTFALL_TYPE_AMOUNT, "999 999 999 999 999 999 SEK");
    assert_string_equal(utfall_rat_text(run, value.number), "99999999999999999900");
    assert_false(value.is_even); /* öre would not fit */
}

static void amounts_without_their_currency_are_refused(void **state)
{
    utfall_run *run = *state;
    assert_refused(run, UTFALL_TYPE_AMOUNT, "1 000", UTFALL_E_UNIT, "no unit");
    assert_refused(run, UTFALL_TYPE_AMOUNT, "10 MSEK", UTFALL_E_UNIT, "not a currency");
    assert_refused(run, UTFALL_TYPE_AMOUNT, "10 kr", UTFALL_E_UNIT, "not a currency");
    assert_refused(run, UTFALL_TYPE_AMOUNT, "10 sek", UTFALL_E_UNIT, "not a currency");
    assert_refused(run, UTFALL_TYPE_AMOUNT, "1.000 SEK", UTFALL_E_SYNTAX, "thousands");
    assert_refused(run, UTFALL_TYPE_AMOUNT, "SEK 10", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_AMOUNT, "", UTFALL_E_SYNTAX, NULL);
}

static void ratios_may_be_percent_fraction_or_decimal(void **state)
{
    utfall_run *run = *state;
    assert_number(run, UTFALL_TYPE_RATIO, "40%", "2/5");
    assert_number(run, UTFALL_TYPE_RATIO, "40 %", "2/5");
    assert_number(run, UTFALL_TYPE_RATIO, "12.5%", "1/8");
    assert_number(run, UTFALL_TYPE_RATIO, "2/5", "2/5");
    assert_number(run, UTFALL_TYPE_RATIO, "0.4", "2/5");
    assert_number(run, UTFALL_TYPE_RATIO, "1", "1");
    assert_number(run, UTFALL_TYPE_RATIO, "-5%", "-1/20");
    assert_refused(run, UTFALL_TYPE_RATIO, "2/0", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_RATIO, "2/-5", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_RATIO, "1/2/3", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_RATIO, "40% of drawn", UTFALL_E_SYNTAX, NULL);
}

/* RULE: LEVEL-1 */
static void levels_are_zero_amounts_measures_or_parts_of_them(void **state)
{
    utfall_run *run = *state;
    utfall_value value = value_of(run, UTFALL_TYPE_LEVEL, "0");
    assert_int_equal(value.measure.kind, UTFALL_MEASURE_AMOUNT);
    assert_true(value.unit == NULL && utfall_rat_sign(value.number) == 0);
    value = value_of(run, UTFALL_TYPE_LEVEL, "5 000 000 SEK");
    assert_int_equal(value.measure.kind, UTFALL_MEASURE_AMOUNT);
    assert_string_equal(utfall_rat_text(run, value.number), "500000000");
    value = value_of(run, UTFALL_TYPE_LEVEL, "drawn");
    assert_int_equal(value.measure.kind, UTFALL_MEASURE_DRAWN);
    assert_string_equal(utfall_rat_text(run, value.number), "1");
    value = value_of(run, UTFALL_TYPE_LEVEL, "120% of drawn");
    assert_int_equal(value.measure.kind, UTFALL_MEASURE_DRAWN);
    assert_string_equal(utfall_rat_text(run, value.number), "6/5");
    value = value_of(run, UTFALL_TYPE_LEVEL, "2/5 of commitment");
    assert_int_equal(value.measure.kind, UTFALL_MEASURE_COMMITMENT);
    assert_refused(run, UTFALL_TYPE_LEVEL, "5 000", UTFALL_E_UNIT, "no unit");
    assert_refused(run, UTFALL_TYPE_LEVEL, "120% of amount", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_LEVEL, "120%  of drawn", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_LEVEL, "120% of 5 SEK", UTFALL_E_SYNTAX, NULL);
}

static void measures_name_money_or_a_figure_of_an_outcome(void **state)
{
    utfall_run *run = *state;
    utfall_value value = value_of(run, UTFALL_TYPE_MEASURE, "school.persons");
    assert_int_equal(value.measure.kind, UTFALL_MEASURE_OUTCOME);
    assert_int_equal(value.measure.figure, UTFALL_FIGURE_PERSONS);
    assert_string_equal(value.outcome, "school");
    assert_int_equal(value_of(run, UTFALL_TYPE_MEASURE, "saving").measure.kind,
                     UTFALL_MEASURE_SAVING);
    assert_refused(run, UTFALL_TYPE_MEASURE, "amount", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_MEASURE, "outcome", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_MEASURE, "school.total", UTFALL_E_SYNTAX, "figure");
    assert_refused(run, UTFALL_TYPE_MEASURE, ".sum", UTFALL_E_SYNTAX, NULL);
}

static void conditions_have_figure_relation_and_number(void **state)
{
    utfall_run *run = *state;
    static const struct {
        const char *text;
        utfall_relation relation;
    } forms[] = {{"sum > 0", UTFALL_GT},
                 {"sum>=0", UTFALL_GE},
                 {"sum < 0", UTFALL_LT},
                 {"sum <= 0", UTFALL_LE}};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(value_of(run, UTFALL_TYPE_CONDITION, forms[i].text).relation,
                         forms[i].relation);
    utfall_value value = value_of(run, UTFALL_TYPE_CONDITION, "persons >= -2.5");
    assert_int_equal(value.measure.figure, UTFALL_FIGURE_PERSONS);
    assert_string_equal(utfall_rat_text(run, value.number), "-5/2");
    assert_refused(run, UTFALL_TYPE_CONDITION, "sum = 0", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_CONDITION, "sum > zero", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_CONDITION, "sum", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_CONDITION, "> 0", UTFALL_E_SYNTAX, NULL);
}

static void lengths_are_months_and_nothing_else(void **state)
{
    utfall_run *run = *state;
    assert_int_equal(value_of(run, UTFALL_TYPE_MONTHS, "24 months").whole, 24);
    assert_int_equal(value_of(run, UTFALL_TYPE_MONTHS, "1 month").whole, 1);
    assert_refused(run, UTFALL_TYPE_MONTHS, "24", UTFALL_E_UNIT, "no unit");
    assert_refused(run, UTFALL_TYPE_MONTHS, "2 years", UTFALL_E_UNIT, "another unit");
    assert_refused(run, UTFALL_TYPE_MONTHS, "0 months", UTFALL_E_RANGE, "below 1");
    assert_refused(run, UTFALL_TYPE_MONTHS, "1.5 months", UTFALL_E_SYNTAX, NULL);
}

static void months_and_dates_exist_in_the_calendar(void **state)
{
    utfall_run *run = *state;
    assert_int_equal(value_of(run, UTFALL_TYPE_MONTH, "2021-02").month.ordinal, 2021 * 12 + 1);
    assert_int_equal(value_of(run, UTFALL_TYPE_DATE, "2016-02-29").date.day, 29);
    assert_refused(run, UTFALL_TYPE_MONTH, "2021-13", UTFALL_E_RANGE, "range");
    assert_refused(run, UTFALL_TYPE_MONTH, "2021-2", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_DATE, "2015-02-29", UTFALL_E_RANGE, "calendar");
    assert_refused(run, UTFALL_TYPE_DATE, "2015-02", UTFALL_E_SYNTAX, NULL);
}

static void words_counts_and_marks(void **state)
{
    utfall_run *run = *state;
    assert_int_equal(value_of(run, UTFALL_TYPE_BOOLEAN, "true").whole, 1);
    assert_refused(run, UTFALL_TYPE_BOOLEAN, "yes", UTFALL_E_SYNTAX, NULL);
    assert_int_equal(value_of(run, UTFALL_TYPE_COUNT, "1 000").whole, 1000);
    assert_refused(run, UTFALL_TYPE_COUNT, "-1", UTFALL_E_RANGE, "below 0");
    assert_refused(run, UTFALL_TYPE_COUNT, "1.0", UTFALL_E_SYNTAX, NULL);
    assert_int_equal(value_of(run, UTFALL_TYPE_MARK, "\t").whole, '\t');
    assert_refused(run, UTFALL_TYPE_MARK, "", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_MARK, ";;", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_MARK, "x", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_NAME, "refused", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_VERSION, "2", UTFALL_E_RANGE, "version");
    assert_refused(run, UTFALL_TYPE_CURRENCY, "sek", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_CURRENCY, "JPY", UTFALL_E_RANGE, "hundredths");
}

static void ids_have_a_letter_first_and_forty_characters_at_most(void **state)
{
    utfall_run *run = *state;
    (void)value_of(run, UTFALL_TYPE_ID, "a");
    (void)value_of(run, UTFALL_TYPE_ID, "norrkoping-2016_b");
    (void)value_of(run, UTFALL_TYPE_ID, "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd");
    assert_refused(run, UTFALL_TYPE_ID, "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddde",
                   UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_ID, "2016", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_ID, "City", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_ID, "a b", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_ID, "", UTFALL_E_SYNTAX, NULL);
}

static void file_names_are_relative(void **state)
{
    utfall_run *run = *state;
    (void)value_of(run, UTFALL_TYPE_FILE, "../data/costs 2016.csv");
    assert_refused(run, UTFALL_TYPE_FILE, "/data/costs.csv", UTFALL_E_SYNTAX, "relative");
    assert_refused(run, UTFALL_TYPE_FILE, "C:/costs.csv", UTFALL_E_SYNTAX, "relative");
    assert_refused(run, UTFALL_TYPE_FILE, "data\\costs.csv", UTFALL_E_SYNTAX, "backslash");
    assert_refused(run, UTFALL_TYPE_FILE, "data/", UTFALL_E_SYNTAX, NULL);
    assert_refused(run, UTFALL_TYPE_FILE, "", UTFALL_E_SYNTAX, NULL);
}

static void thresholds_may_be_money_or_numbers(void **state)
{
    utfall_run *run = *state;
    assert_number(run, UTFALL_TYPE_POINT, "10", "10");
    assert_number(run, UTFALL_TYPE_POINT, "10 SEK", "1000");
    assert_refused(run, UTFALL_TYPE_POINT, "ten", UTFALL_E_SYNTAX, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_exact_and_know_their_unit),
        cmocka_unit_test(amounts_without_their_currency_are_refused),
        cmocka_unit_test(ratios_may_be_percent_fraction_or_decimal),
        cmocka_unit_test(levels_are_zero_amounts_measures_or_parts_of_them),
        cmocka_unit_test(measures_name_money_or_a_figure_of_an_outcome),
        cmocka_unit_test(conditions_have_figure_relation_and_number),
        cmocka_unit_test(lengths_are_months_and_nothing_else),
        cmocka_unit_test(months_and_dates_exist_in_the_calendar),
        cmocka_unit_test(words_counts_and_marks),
        cmocka_unit_test(ids_have_a_letter_first_and_forty_characters_at_most),
        cmocka_unit_test(file_names_are_relative),
        cmocka_unit_test(thresholds_may_be_money_or_numbers),
    };
    return cmocka_run_group_tests(tests, open_run, close_run);
}
