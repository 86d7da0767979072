/* Goals are reached exactly, at values and on whole stretches, or not at all. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "utfall/vary.h"

/* 10 kronor at a saving of 0; then half of the saving between 0 and 40 kronor; at most 25 in all of
 * the second step. Drawn 20 kronor. */
enum { CITY, FUND };
static const utfall_party parties[] = {{.id = "city", .role = UTFALL_ROLE_OUTCOME_PAYER},
                                       {.id = "fund", .role = UTFALL_ROLE_INVESTOR}};

typedef struct made {
    utfall_run *run;
    utfall_step steps[2];
    utfall_contract contract;
    utfall_sums sums;
    utfall_settlement settlement;
} made;

static const uint64_t persons[] = {4};

static void make(made *m)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_measure saving = {.kind = UTFALL_MEASURE_SAVING};
    const utfall_rounding whole = {.mode = UTFALL_ROUND_HALF_AWAY, .unit_minor = 1};
    *m = (made){.run = run};
    m->steps[0] = (utfall_step){.id = "base",
                                .clause = "",
                                .from = CITY,
                                .to = FUND,
                                .form = UTFALL_FORM_FIXED,
                                .fixed = {.factor = utfall_rat_of(run, 1000, 1)},
                                .rounding = whole};
    m->steps[1] = (utfall_step){.id = "half",
                                .clause = "",
                                .from = CITY,
                                .to = FUND,
                                .form = UTFALL_FORM_SHARE,
                                .of = saving,
                                .share = utfall_rat_of(run, 1, 2),
                                .low = {.factor = utfall_rat_of(run, 0, 1)},
                                .high = {.factor = utfall_rat_of(run, 4000, 1)},
                                .cap = {.factor = utfall_rat_of(run, 1500, 1)},
                                .rounding = whole};
    m->contract = (utfall_contract){.id = "c",
                                    .party_count = 2,
                                    .parties = parties,
                                    .window_months = 1,
                                    .payment_months = 1,
                                    .group_count = 1,
                                    .investor = FUND,
                                    .saving_to = CITY,
                                    .step_count = 2,
                                    .steps = m->steps};
    m->sums = (utfall_sums){.group_count = 1, .window_months = 1, .target = {.persons = persons}};
    m->settlement = (utfall_settlement){.contract = &m->contract,
                                        .sums = &m->sums,
                                        .actual = utfall_rat_of(run, 9000, 1),
                                        .expected = utfall_rat_of(run, 10000, 1),
                                        .saving = utfall_rat_of(run, 1000, 1),
                                        .drawn = utfall_rat_of(run, 2000, 1),
                                        .paid_actual = utfall_rat_of(run, 9000, 1),
                                        .paid_expected = utfall_rat_of(run, 10000, 1),
                                        .paid_saving = utfall_rat_of(run, 1000, 1)};
}

/* "now -> gives: from..to ..." or the code of the refusal. */
static void assert_answers(utfall_unknown_quantity what, size_t step, bool is_result, int64_t value,
                           const char *expected)
{
    made m;
    make(&m);
    const utfall_goal goal = {.what = what,
                              .step = step,
                              .party = FUND,
                              .is_result = is_result,
                              .value = utfall_rat_of(m.run, value, 1)};
    const utfall_answers *answers = NULL;
    const char *found;
    utfall_status status = utfall_seek(m.run, &answers, &m.settlement, &goal);
    if (status == UTFALL_OK) {
        found =
            utfall_run_join(m.run, utfall_rat_text(m.run, answers->now), " -> ",
                            utfall_rat_text(m.run, answers->reached_now), ":", (const char *)NULL);
        for (size_t i = 0; i < answers->count; i++) {
            const utfall_answer *a = &answers->answers[i];
            found = utfall_run_join(
                m.run, found, " ", a->from != NULL ? utfall_rat_text(m.run, a->from) : "",
                a->without_from ? ">" : "", "..", a->without_to ? "<" : "",
                a->to != NULL ? utfall_rat_text(m.run, a->to) : "", (const char *)NULL);
        }
    } else {
        found = utfall_status_name(status);
    }
    assert_string_equal(found, expected);
    utfall_run_free(m.run);
}

static void a_saving_is_solved_on_its_piece(void **state)
{
    (void)state;
    assert_answers(UTFALL_SEEK_SAVING, 0, false, 1500, "1000 -> 1500: 1000..1000");
    assert_answers(UTFALL_SEEK_SAVING, 0, false, 1501, "1000 -> 1500: 1002..1002");
    assert_answers(UTFALL_SEEK_SAVING, 0, true, 0, "1000 -> -500: 2000..2000");
}

static void a_flat_piece_is_one_stretch(void **state)
{
    (void)state;
    assert_answers(UTFALL_SEEK_SAVING, 0, false, 1000, "1000 -> 1500: ..0");
    assert_answers(UTFALL_SEEK_SAVING, 0, false, 2500, "1000 -> 1500: 3000..");
}

static void what_is_out_of_reach_has_no_answer(void **state)
{
    (void)state;
    assert_answers(UTFALL_SEEK_SAVING, 0, false, 2501, "1000 -> 1500:");
    assert_answers(UTFALL_SEEK_SAVING, 0, false, 999, "1000 -> 1500:");
}

static void costs_and_people_move_the_saving(void **state)
{
    (void)state;
    /* saving 2000 = 10000 - (1 - x) 9000, so x = 1/9; 250 a person, so 8 persons */
    assert_answers(UTFALL_SEEK_COST, 0, true, 0, "0 -> -500: 1/9..1/9");
    assert_answers(UTFALL_SEEK_PERSONS, 0, true, 0, "4 -> -500: 8..8");
}

static void terms_of_a_step_stay_in_their_range(void **state)
{
    (void)state;
    assert_answers(UTFALL_SEEK_SHARE, 1, false, 1700, "1/2 -> 1500: 7/10..7/10");
    assert_answers(UTFALL_SEEK_SHARE, 1, false, 2000, "1/2 -> 1500: 1..1");
    assert_answers(UTFALL_SEEK_SHARE, 1, false, 2001, "1/2 -> 1500:");
    assert_answers(UTFALL_SEEK_FIXED, 0, true, 0, "1000 -> -500: 1500..1500");
    assert_answers(UTFALL_SEEK_CAP, 1, false, 1200, "1500 -> 1500: 200..200");
    assert_answers(UTFALL_SEEK_CAP, 1, false, 1500, "1500 -> 1500: 500..");
    assert_answers(UTFALL_SEEK_HIGH, 1, false, 1250, "4000 -> 1500: 500..500");
    /* above 4000 the slice would be upside down */
    assert_answers(UTFALL_SEEK_LOW, 1, false, 1000, "0 -> 1500: 1000..4000");
    assert_answers(UTFALL_SEEK_FLOOR, 1, false, 1000, "UTFALL_E_MISSING");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_saving_is_solved_on_its_piece),
        cmocka_unit_test(a_flat_piece_is_one_stretch),
        cmocka_unit_test(what_is_out_of_reach_has_no_answer),
        cmocka_unit_test(costs_and_people_move_the_saving),
        cmocka_unit_test(terms_of_a_step_stay_in_their_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
