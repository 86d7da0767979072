/* Scales: who counts, means, and who improved. RULE: SCALE-1, SCALE-2 */
#include "unit/made.h"
#include "utfall/scales.h"

static const utfall_rat *value(utfall_run *run, const char *text)
{
    return text == NULL ? NULL : rat(run, text);
}

static utfall_scale_result counted(utfall_run *run, bool higher_is_better,
                                   const char *const (*texts)[3], size_t persons)
{
    const utfall_scale scale = {"sleep", rat(run, "0"), rat(run, "10"), higher_is_better};
    const utfall_rat *values[12];
    utfall_scale_result out = {0};
    assert_true(persons <= 4);
    for (size_t i = 0; i < 3 * persons; i++)
        values[i] = value(run, texts[i / 3][i % 3]);
    assert_ok(run, utfall_scale_count(run, &out, &scale, 3, values, persons));
    return out;
}

static void only_people_with_every_value_count(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    static const char *const texts[][3] = {
        {"1", "2", "4"}, {NULL, "9", "9"}, {"9", NULL, "9"}, {"5/2", "3", "3"}};
    const utfall_scale_result scale = counted(run, true, texts, 4);
    assert_true(scale.persons == 2 && scale.missing == 2);
    assert_rat(run, scale.sums[0], "7/2");
    assert_rat(run, utfall_scale_mean(run, &scale, 1), "7/4");
    assert_rat(run, utfall_scale_mean(run, &scale, 2), "5/2");
    assert_rat(run, utfall_scale_mean(run, &scale, 3), "7/2");
    assert_rat(run, utfall_scale_change(run, &scale), "7/4");
    assert_rat(run, utfall_scale_relative_change(run, &scale), "1");
    utfall_run_free(run);
}

static void better_may_be_lower_or_higher(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    static const char *const texts[][3] = {
        {"1", "9", "2"}, {"5", "0", "5"}, {"5", "9", "4"}, {"5", "9", "3"}};
    const utfall_scale_result up = counted(run, true, texts, 4);
    const utfall_scale_result down = counted(run, false, texts, 4);
    assert_true(up.improved == 1 && up.unchanged == 1 && up.worse == 2);
    assert_true(down.improved == 2 && down.unchanged == 1 && down.worse == 1);
    utfall_run_free(run);
}

static void nobody_has_no_mean_and_zero_no_relative_change(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    static const char *const texts[][3] = {{"0", "1", "2"}};
    const utfall_scale_result none = counted(run, true, texts, 0);
    assert_true(none.persons == 0 && none.missing == 0);
    assert_null(utfall_scale_mean(run, &none, 1));
    assert_null(utfall_scale_change(run, &none));
    const utfall_scale_result one = counted(run, true, texts, 1);
    assert_rat(run, utfall_scale_change(run, &one), "2");
    assert_null(utfall_scale_relative_change(run, &one));
    assert_int_equal(utfall_run_failure(run), UTFALL_OK);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_people_with_every_value_count),
        cmocka_unit_test(better_may_be_lower_or_higher),
        cmocka_unit_test(nobody_has_no_mean_and_zero_no_relative_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
