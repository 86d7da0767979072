/* More drawn than the commitment: by how much, from when on, and where it is told. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "contracts/tables.h"

enum { MONTHS = 4 };

/* What is said when these amounts, in öre, were drawn in January to April 2025. */
static const char *said(utfall_run *run, int64_t commitment, const int64_t drawn[MONTHS],
                        const char *file)
{
    utfall_money draws[MONTHS];
    utfall_month months[MONTHS];
    for (int i = 0; i < MONTHS; i++) {
        draws[i].minor = drawn[i];
        months[i] = utfall_month_of(2025, 1 + i);
    }
    const utfall_contract contract = {.currency = "SEK", .commitment = {commitment}};
    const utfall_table table = {.file = file};
    const utfall_case data = {.draw_count = MONTHS, .draw_months = months, .draws = draws};
    utfall_warn_overdrawn(run, &contract, &table, "folder", &data);
    const utfall_finding *f = utfall_run_finding(run, 0);
    assert_int_equal(utfall_run_errors(run), 0);
    assert_int_equal(utfall_run_warnings(run), f != NULL);
    if (f == NULL)
        return "nothing";
    assert_string_equal(f->path, "financing.drawn");
    return utfall_run_join(run, f->at.file, ": ", f->message, (const char *)NULL);
}

static void assert_said(int64_t commitment, const int64_t drawn[MONTHS], const char *file,
                        const char *expected)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_string_equal(said(run, commitment, drawn, file), expected);
    utfall_run_free(run);
}

static void what_is_promised_can_be_drawn_to_the_ore(void **state)
{
    (void)state;
    assert_said(50000000, (int64_t[]){50000000, 0, 0, 0}, "drawn.csv", "nothing");
    assert_said(0, (int64_t[]){0, 0, 0, 0}, "drawn.csv", "nothing");
    assert_said(100, (int64_t[]){200, 0, 0, -100}, "drawn.csv", "nothing"); /* paid back */
}

static void more_is_told_with_both_amounts(void **state)
{
    (void)state;
    assert_said(50000000, (int64_t[]){200000000, 0, 0, 0}, "drawn.csv",
                "folder/drawn.csv: SEK 2 000 000.00 was drawn, more than the commitment of "
                "SEK 500 000.00, from 2025-01 on");
    assert_said(0, (int64_t[]){0, 0, 5, 0}, "drawn.csv",
                "folder/drawn.csv: SEK 0.05 was drawn, more than the commitment of SEK 0.00, from "
                "2025-03 on");
    assert_said(
        99999, (int64_t[]){99999, 1, 0, 0}, NULL,
        ": SEK 1 000.00 was drawn, more than the commitment of SEK 999.99, from 2025-02 on");
}

static void the_month_is_the_last_that_went_above(void **state)
{
    (void)state;
    assert_said(100, (int64_t[]){150, -60, 10, 1}, "drawn.csv",
                "folder/drawn.csv: SEK 1.01 was drawn, more than the commitment of SEK 1.00, from "
                "2025-04 on");
}

static void a_sum_that_is_too_large_is_left_to_the_settlement(void **state)
{
    (void)state;
    assert_said(100, (int64_t[]){INT64_MAX, INT64_MAX, 0, 0}, "drawn.csv", "nothing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_promised_can_be_drawn_to_the_ore),
        cmocka_unit_test(more_is_told_with_both_amounts),
        cmocka_unit_test(the_month_is_the_last_that_went_above),
        cmocka_unit_test(a_sum_that_is_too_large_is_left_to_the_settlement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
