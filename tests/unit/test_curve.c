/* The payment curve: Norrköping's three readings, each form that bends or jumps, and agreement with
 * the waterfall at random savings. */
#include "unit/made.h"
#include "engine/stages.h"

static const utfall_curve *curve_of(utfall_run *run, const utfall_contract *contract,
                                    const char *drawn, bool gates_open, size_t left_out)
{
    const utfall_curve *curve = NULL;
    size_t found = 99;
    assert_ok(run,
              utfall_curve_compute(run, &curve, contract, drawn != NULL ? rat(run, drawn) : NULL,
                                   gates_open, &found));
    assert_true(found == left_out);
    assert_true(curve->gates_open == gates_open);
    return curve;
}

typedef struct bend {
    const char *saving, *before, *payment, *slope, *jump;
} bend;

static void expect_curve(utfall_run *run, const utfall_curve *curve, const char *slope_below,
                         const bend *bends, size_t count)
{
    assert_rat(run, curve->slope_below, slope_below);
    assert_true(curve->count == count);
    for (size_t i = 0; i < count; i++) {
        assert_rat(run, curve->points[i].saving, bends[i].saving);
        assert_rat(run, curve->points[i].before, bends[i].before);
        assert_rat(run, curve->points[i].payment, bends[i].payment);
        assert_rat(run, curve->points[i].slope, bends[i].slope);
        assert_rat(run, curve->points[i].jump, bends[i].jump);
    }
}

static void expect_range(utfall_run *run, const utfall_curve *curve, const char *least,
                         const char *most)
{
    if (least == NULL)
        assert_null(curve->least);
    else
        assert_rat(run, curve->least, least);
    if (most == NULL)
        assert_null(curve->most);
    else
        assert_rat(run, curve->most, most);
}

static const utfall_contract *norrkoping(utfall_run *run, char reading)
{
    utfall_contract draft = frame();
    school_outcomes(run, &draft, "19");
    norrkoping_steps(run, &draft, reading);
    return contract_of(run, &draft);
}

/* Drawn 10 MSEK (the commitment). A: 4 + 0.6 S to 10, then krona for krona to 12. B: flat at 4 to
 * S = 4. C: 4 + S to S = 6, flat to 10. */
static void norrkoping_bends_where_the_wording_says(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    static const bend a[] = {{"0", "400000000", "400000000", "3/5", "0"},
                             {"1000000000", "1000000000", "1000000000", "1", "0"},
                             {"1200000000", "1200000000", "1200000000", "0", "0"}};
    static const bend b[] = {{"400000000", "400000000", "400000000", "1", "0"},
                             {"1200000000", "1200000000", "1200000000", "0", "0"}};
    static const bend c[] = {{"0", "400000000", "400000000", "1", "0"},
                             {"600000000", "1000000000", "1000000000", "0", "0"},
                             {"1000000000", "1000000000", "1000000000", "1", "0"},
                             {"1200000000", "1200000000", "1200000000", "0", "0"}};
    const utfall_curve *curve = curve_of(run, norrkoping(run, 'A'), NULL, true, 0);
    assert_rat(run, curve->drawn, "1000000000");
    expect_curve(run, curve, "0", a, 3);
    expect_range(run, curve, "400000000", "1200000000");
    expect_curve(run, curve_of(run, norrkoping(run, 'B'), NULL, true, 0), "0", b, 2);
    expect_curve(run, curve_of(run, norrkoping(run, 'C'), NULL, true, 0), "0", c, 4);
    utfall_run_free(run);
}

static void closed_gates_leave_the_shared_saving(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    static const bend a[] = {{"0", "0", "0", "3/5", "0"},
                             {"750000000", "450000000", "450000000", "0", "0"}};
    const utfall_curve *curve = curve_of(run, norrkoping(run, 'A'), "750000000", false, 0);
    expect_curve(run, curve, "0", a, 2);
    expect_range(run, curve, "0", "450000000");
    utfall_run_free(run);
}

static const utfall_contract *with_steps(utfall_run *run, const utfall_step *steps, size_t count)
{
    utfall_contract draft = frame();
    school_outcomes(run, &draft, "19");
    draft.steps = steps;
    draft.step_count = count;
    return contract_of(run, &draft);
}

static void a_payment_that_ignores_the_saving_is_one_point(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_step step = share_step(run, "x", "2/5", UTFALL_MEASURE_DRAWN);
    static const bend flat[] = {{"0", "40", "40", "0", "0"}};
    const utfall_curve *curve = curve_of(run, with_steps(run, &step, 1), "100", true, 0);
    expect_curve(run, curve, "0", flat, 1);
    expect_range(run, curve, "40", "40");
    step.to = HELPER; /* nothing goes to the investor */
    expect_range(run, curve_of(run, with_steps(run, &step, 1), "100", true, 0), "0", "0");
    utfall_run_free(run);
}

static void a_share_of_the_whole_saving_has_no_bounds(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_step step = share_step(run, "x", "1/2", UTFALL_MEASURE_SAVING);
    static const bend line[] = {{"0", "0", "0", "1/2", "0"}};
    const utfall_curve *curve = curve_of(run, with_steps(run, &step, 1), "100", true, 0);
    expect_curve(run, curve, "1/2", line, 1);
    expect_range(run, curve, NULL, NULL);
    /* half of it, at least 10, at most a quarter of 100 */
    step.floor = amount(run, "10");
    step.cap = drawn_times(run, "1/4");
    static const bend bent[] = {{"20", "10", "10", "1/2", "0"}, {"50", "25", "25", "0", "0"}};
    curve = curve_of(run, with_steps(run, &step, 1), "100", true, 0);
    expect_curve(run, curve, "0", bent, 2);
    expect_range(run, curve, "10", "25");
    utfall_run_free(run);
}

/* The whole slice from 0 to 70, but never more than a third of the saving: the cap is a line of S.
 */
static void a_cap_that_moves_with_the_saving_is_solved_exactly(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_step step = slice_step(run, "x", "1", amount(run, "0"), amount(run, "70"));
    step.cap = level_of(rat(run, "1/3"), UTFALL_MEASURE_SAVING);
    /* below 0 the slice pays 0 but the cap lies below: S/3; then S/3 until it meets 70 at 210 */
    static const bend bent[] = {{"210", "70", "70", "0", "0"}};
    const utfall_curve *curve = curve_of(run, with_steps(run, &step, 1), "100", true, 0);
    expect_curve(run, curve, "1/3", bent, 1);
    expect_range(run, curve, NULL, "70");
    utfall_run_free(run);
}

/* Nodes at 100, 200, 400 paying 10, 30, 50. */
static utfall_step table_step(utfall_run *run, utfall_match match, utfall_edge edge)
{
    utfall_table_row *rows = utfall_run_array(run, 3, sizeof *rows);
    rows[0] = (utfall_table_row){rat(run, "100"), amount(run, "10")};
    rows[1] = (utfall_table_row){rat(run, "200"), amount(run, "30")};
    rows[2] = (utfall_table_row){rat(run, "400"), amount(run, "50")};
    return (utfall_step){.id = "x",
                         .clause = "",
                         .from = CITY,
                         .to = LSV,
                         .form = UTFALL_FORM_TABLE,
                         .of = {.kind = UTFALL_MEASURE_SAVING},
                         .match = match,
                         .edge = edge,
                         .row_count = 3,
                         .rows = rows};
}

static void a_step_table_jumps_at_or_just_above_its_thresholds(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_step ge = table_step(run, UTFALL_MATCH_STEP, UTFALL_EDGE_GE);
    utfall_step gt = table_step(run, UTFALL_MATCH_STEP, UTFALL_EDGE_GT);
    static const bend at[] = {
        {"100", "0", "10", "0", "0"}, {"200", "10", "30", "0", "0"}, {"400", "30", "50", "0", "0"}};
    static const bend above[] = {{"100", "0", "0", "0", "10"},
                                 {"200", "10", "10", "0", "20"},
                                 {"400", "30", "30", "0", "20"}};
    const utfall_curve *curve = curve_of(run, with_steps(run, &ge, 1), "100", true, 0);
    expect_curve(run, curve, "0", at, 3);
    expect_range(run, curve, "0", "50");
    curve = curve_of(run, with_steps(run, &gt, 1), "100", true, 0);
    expect_curve(run, curve, "0", above, 3);
    expect_range(run, curve, "0", "50");
    utfall_run_free(run);
}

static void a_linear_table_jumps_to_its_first_row_and_bends_at_the_others(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_step step = table_step(run, UTFALL_MATCH_LINEAR, UTFALL_EDGE_GT);
    static const bend bent[] = {{"100", "0", "0", "1/5", "10"},
                                {"200", "30", "30", "1/10", "0"},
                                {"400", "50", "50", "0", "0"}};
    expect_curve(run, curve_of(run, with_steps(run, &step, 1), "100", true, 0), "0", bent, 3);
    utfall_run_free(run);
}

static void steps_on_what_is_not_known_are_left_out_and_counted(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_step steps[3] = {
        share_step(run, "known", "2/5", UTFALL_MEASURE_DRAWN),
        share_step(run, "expected", "1/100", UTFALL_MEASURE_EXPECTED),
        {.id = "count",
         .clause = "",
         .from = CITY,
         .to = LSV,
         .form = UTFALL_FORM_PRICE,
         .of = {.kind = UTFALL_MEASURE_OUTCOME, .outcome = 1, .figure = UTFALL_FIGURE_SUM},
         .price = rat(run, "1")}};
    expect_range(run, curve_of(run, with_steps(run, steps, 3), "100", true, 2), "40", "40");
    /* a parabola: a linear table of the saving that pays a part of the saving */
    steps[0] = table_step(run, UTFALL_MATCH_LINEAR, UTFALL_EDGE_GE);
    ((utfall_table_row *)(uintptr_t)steps[0].rows)[1].pays =
        level_of(rat(run, "1/2"), UTFALL_MEASURE_SAVING);
    expect_range(run, curve_of(run, with_steps(run, steps, 1), "100", true, 1), "0", "0");
    utfall_run_free(run);
}

/* The slice from -10 to S/2 is inverted below -20 only, which lies beyond every bend. */
static void a_slice_that_a_far_saving_turns_round_is_refused(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_curve *curve = NULL;
    const utfall_step step = slice_step(run, "x", "1", amount(run, "-10"),
                                        level_of(rat(run, "1/2"), UTFALL_MEASURE_SAVING));
    assert_status(UTFALL_E_CONFLICT, utfall_curve_compute(run, &curve, with_steps(run, &step, 1),
                                                          rat(run, "100"), true, NULL));
    assert_null(curve);
    assert_string_equal(utfall_run_finding(run, 0)->path, "waterfall[0].between");
    utfall_run_free(run);
}

/* A third of 120, at most half of S, at least 10: the cap meets the floor at 20, the amount at 80.
 */
static void a_moving_cap_bends_where_it_meets_the_floor(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_step step = share_step(run, "x", "1/3", UTFALL_MEASURE_DRAWN);
    step.cap = level_of(rat(run, "1/2"), UTFALL_MEASURE_SAVING);
    step.floor = amount(run, "10");
    static const bend bent[] = {{"20", "10", "10", "1/2", "0"}, {"80", "40", "40", "0", "0"}};
    const utfall_curve *curve = curve_of(run, with_steps(run, &step, 1), "120", true, 0);
    expect_curve(run, curve, "0", bent, 2);
    expect_range(run, curve, "10", "40");
    utfall_run_free(run);
}

/* A table that pays -S/2 from 100 on has no least; a floor of -S/2 has no most. */
static void a_payment_that_falls_with_the_saving_is_unbounded_the_other_way(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_level falling = level_of(rat(run, "-1/2"), UTFALL_MEASURE_SAVING);
    utfall_step step = table_step(run, UTFALL_MATCH_STEP, UTFALL_EDGE_GE);
    step.row_count = 1;
    ((utfall_table_row *)(uintptr_t)step.rows)[0].pays = falling;
    expect_range(run, curve_of(run, with_steps(run, &step, 1), "100", true, 0), NULL, "0");
    step = share_step(run, "x", "1/2", UTFALL_MEASURE_DRAWN);
    step.floor = falling;
    const utfall_curve *curve = curve_of(run, with_steps(run, &step, 1), "100", true, 0);
    static const bend bent[] = {{"-100", "50", "50", "0", "0"}};
    expect_curve(run, curve, "-1/2", bent, 1);
    expect_range(run, curve, "50", NULL);
    utfall_run_free(run);
}

/* ---- the curve is the waterfall ---- */

static utfall_level random_level(utfall_run *run, uint64_t *s, int64_t low, int64_t high)
{
    if (between(s, 0, 2) == 0)
        return drawn_times(run, utfall_rat_text(run, ratio(run, s, low, high, 3)));
    return level_of(ratio(run, s, low * 100, high * 100, 7), UTFALL_MEASURE_AMOUNT);
}

/* Levels are chosen so that low <= high and floor <= cap with 100 drawn. */
static utfall_step random_step(utfall_run *run, uint64_t *s, const char *id)
{
    utfall_step step;
    switch (between(s, 0, 3)) {
    case 0:
        step = slice_step(run, id, "1", random_level(run, s, -4, 0), random_level(run, s, 0, 4));
        step.share = ratio(run, s, 0, 1, 9);
        break;
    case 1:
        step = table_step(run, (utfall_match)between(s, 0, 1), (utfall_edge)between(s, 0, 1));
        step.id = id;
        break;
    case 2:
        step = share_step(run, id, "1/3", UTFALL_MEASURE_SAVING);
        break;
    default:
        step = (utfall_step){
            .id = id, .clause = "", .from = CITY, .to = LSV, .form = UTFALL_FORM_FIXED};
        step.fixed = random_level(run, s, 0, 3);
        break;
    }
    if (between(s, 0, 1))
        step.cap = random_level(run, s, 1, 3);
    if (between(s, 0, 1))
        step.floor = random_level(run, s, 0, 1);
    if (step.cap.factor == NULL && between(s, 0, 3) == 0)
        step.cap = level_of(rat(run, "1/5"), UTFALL_MEASURE_SAVING);
    return step;
}

/* What the curve says at `saving`: the last point at or below it, and on along its slope. */
static const utfall_rat *curve_at(utfall_run *run, const utfall_curve *curve,
                                  const utfall_rat *saving)
{
    const utfall_point *point = NULL;
    for (size_t i = 0; i < curve->count; i++) {
        const int order = utfall_rat_compare(curve->points[i].saving, saving);
        if (order == 0)
            return curve->points[i].payment;
        if (order < 0)
            point = &curve->points[i];
    }
    const utfall_rat *from = point != NULL ? point->saving : curve->points[0].saving;
    const utfall_rat *start =
        point != NULL ? utfall_rat_add(run, point->payment, point->jump) : curve->points[0].before;
    const utfall_rat *slope = point != NULL ? point->slope : curve->slope_below;
    return utfall_rat_add(run, start,
                          utfall_rat_mul(run, slope, utfall_rat_sub(run, saving, from)));
}

static const utfall_rat *waterfall_at(utfall_run *run, const utfall_contract *contract,
                                      const utfall_rat *saving)
{
    const bool gates[] = {true, true};
    const utfall_figures figures = {.saving = saving,
                                    .drawn = rat(run, "100"),
                                    .commitment = rat(run, "1000000000"),
                                    .gates = gates};
    const utfall_line *lines = NULL;
    const utfall_rat *sum = rat(run, "0");
    assert_ok(run, utfall__waterfall_compute(run, &lines, contract, &figures));
    for (size_t i = 0; i < contract->step_count; i++)
        sum = utfall_rat_add(run, sum, lines[i].exact);
    return sum;
}

static void the_curve_says_what_the_waterfall_pays(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t s = seed;
        static const char *const ids[] = {"a", "b", "c", "d"};
        utfall_step steps[4];
        const size_t count = (size_t)between(&s, 1, 4);
        for (size_t i = 0; i < count; i++)
            steps[i] = random_step(run, &s, ids[i]);
        const utfall_contract *contract = with_steps(run, steps, count);
        const utfall_curve *curve = curve_of(run, contract, "100", true, 0);
        for (size_t i = 0; i < 40; i++) {
            const utfall_rat *saving =
                i < curve->count ? curve->points[i].saving : ratio(run, &s, -600, 900, 11);
            const utfall_rat *pays = waterfall_at(run, contract, saving);
            assert_same(curve_at(run, curve, saving), pays);
            assert_true(curve->least == NULL || utfall_rat_compare(curve->least, pays) <= 0);
            assert_true(curve->most == NULL || utfall_rat_compare(curve->most, pays) >= 0);
        }
        utfall_run_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norrkoping_bends_where_the_wording_says),
        cmocka_unit_test(closed_gates_leave_the_shared_saving),
        cmocka_unit_test(a_payment_that_ignores_the_saving_is_one_point),
        cmocka_unit_test(a_share_of_the_whole_saving_has_no_bounds),
        cmocka_unit_test(a_cap_that_moves_with_the_saving_is_solved_exactly),
        cmocka_unit_test(a_step_table_jumps_at_or_just_above_its_thresholds),
        cmocka_unit_test(a_linear_table_jumps_to_its_first_row_and_bends_at_the_others),
        cmocka_unit_test(steps_on_what_is_not_known_are_left_out_and_counted),
        cmocka_unit_test(a_slice_that_a_far_saving_turns_round_is_refused),
        cmocka_unit_test(a_moving_cap_bends_where_it_meets_the_floor),
        cmocka_unit_test(a_payment_that_falls_with_the_saving_is_unbounded_the_other_way),
        cmocka_unit_test(the_curve_says_what_the_waterfall_pays)};
    return cmocka_run_group_tests_name("curve", tests, NULL, NULL);
}
