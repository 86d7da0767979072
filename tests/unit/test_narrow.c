/* A case read for a wide window serves a narrower one as if it had been read for it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "utfall/case.h"

static const int64_t costs[] = {5, 0, 7, 1, 2, -3};
static const uint64_t rows[] = {2, 4, 3};
static const utfall_case wide = {
    .target = {.persons = 2,
               .months = 3,
               .cost_minor = costs,
               .month_rows = rows,
               .rows = {.count = {[UTFALL_ROW_USED] = 9, [UTFALL_ROW_AFTER] = 1},
                        .amount_minor = {[UTFALL_ROW_USED] = 12, [UTFALL_ROW_AFTER] = 100}}}};

static void rows_of_later_months_come_after_the_window(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_case *narrow = NULL;
    assert_int_equal(utfall_case_narrow(run, &narrow, &wide, 1), UTFALL_OK);
    const utfall_rows *found = &narrow->target.rows;
    assert_true(found->count[UTFALL_ROW_USED] == 2 && found->count[UTFALL_ROW_AFTER] == 8);
    assert_true(found->amount_minor[UTFALL_ROW_USED] == 6);
    assert_true(found->amount_minor[UTFALL_ROW_AFTER] == 106);
    assert_ptr_equal(narrow->target.cost_minor, costs);
    utfall_run_free(run);
}

static void the_same_window_changes_nothing_and_a_wider_one_is_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_case *same = NULL;
    assert_int_equal(utfall_case_narrow(run, &same, &wide, 3), UTFALL_OK);
    assert_memory_equal(&same->target.rows, &wide.target.rows, sizeof wide.target.rows);
    const utfall_case *before = same;
    assert_int_equal(utfall_case_narrow(run, &same, &wide, 4), UTFALL_E_BUG);
    assert_ptr_equal(same, before);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_later_months_come_after_the_window),
        cmocka_unit_test(the_same_window_changes_nothing_and_a_wider_one_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
