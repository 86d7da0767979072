/* Slices: every number once, by whatever lanes; and when stopped, all up to the first that is
 * missing, of which there is at least one. */
#include "unit/made.h"
#include "engine/slice.h"

enum { MOST = 1000 };

typedef struct bench {
    int made[MOST];
    uint64_t first;
    int questions, stop_at; /* stop from question number stop_at on; -1 = never */
    uint64_t told;          /* the last number told of */
    bool is_told;
    uint64_t fail_at; /* number that cannot be made; MOST = none */
} bench;

static utfall_status make(void *arg, size_t lane, uint64_t first, uint64_t end)
{
    bench *b = arg;
    (void)lane;
    for (uint64_t i = first; i < end; i++) {
        if (i == b->fail_at)
            return UTFALL_E_INEXACT;
        b->made[i - b->first]++;
    }
    return UTFALL_OK;
}

static bool is_stopped(void *ctx)
{
    bench *b = ctx;
    return b->stop_at >= 0 && b->questions++ >= b->stop_at;
}

static void tell(void *ctx, utfall_risk_phase phase, uint64_t done, uint64_t of, uint64_t times)
{
    bench *b = ctx;
    assert_true(phase == UTFALL_RISK_PERMUTATIONS && times == 3);
    assert_true(!b->is_told || done > b->told);
    assert_true(done >= b->first && done < of);
    b->told = done;
    b->is_told = true;
}

static void each_backwards(void *ctx, size_t count, void (*work)(void *arg, size_t lane), void *arg)
{
    (void)ctx;
    for (size_t lane = count; lane-- > 0;)
        work(arg, lane);
}

static utfall_status run_slice(bench *b, uint64_t first, uint64_t end, uint64_t block, size_t lanes,
                               bool is_backwards, uint64_t *made)
{
    const utfall_risk_options options = {
        .lanes = {.count = lanes, .each = is_backwards ? each_backwards : NULL},
        .watch = {.is_stopped = is_stopped, .tell = tell, .ctx = b}};
    const utfall__slice slice = {.options = &options,
                                 .phase = UTFALL_RISK_PERMUTATIONS,
                                 .first = first,
                                 .end = end,
                                 .of = end + 5,
                                 .times = 3,
                                 .block = block,
                                 .make = make,
                                 .arg = b};
    b->first = first;
    return utfall__slice_make(&slice, made);
}

static void every_number_is_made_once(void **state)
{
    (void)state;
    for (size_t lanes = 1; lanes <= UTFALL_LANES_MAX; lanes += 9)
        for (uint64_t block = 1; block < 400; block = block * 3 + 1) {
            bench b = {.stop_at = -1, .fail_at = MOST};
            uint64_t end = 0;
            assert_true(run_slice(&b, 7, 7 + 500, block, lanes, lanes % 2 == 0, &end) == UTFALL_OK);
            assert_true(end == 507);
            for (size_t i = 0; i < MOST; i++)
                assert_int_equal(b.made[i], i < 500);
            assert_true(b.is_told);
        }
}

static void what_is_stopped_has_no_hole(void **state)
{
    (void)state;
    for (size_t lanes = 1; lanes <= 5; lanes++)
        for (int backwards = 0; backwards < 2; backwards++)
            for (int stop_at = 0; stop_at < 60; stop_at++) {
                bench b = {.stop_at = stop_at, .fail_at = MOST};
                uint64_t end = 0, missing = 0;
                assert_true(run_slice(&b, 0, 500, 10, lanes, backwards == 1, &end) == UTFALL_OK);
                while (missing < 500 && b.made[missing] == 1)
                    missing++;
                assert_true(end == missing && end >= 10);
                /* Number 0 is made without a question: the other 49 blocks need one each. */
                assert_true((end == 500) == (stop_at >= 49));
            }
}

static void a_later_slice_may_be_left_empty(void **state)
{
    (void)state;
    bench b = {.stop_at = 0, .fail_at = MOST};
    uint64_t end = 0;
    assert_true(run_slice(&b, 100, 600, 10, 2, false, &end) == UTFALL_OK);
    assert_true(end == 100 && b.made[0] == 0);
}

static void a_failure_is_given_whoever_meets_it(void **state)
{
    (void)state;
    for (size_t lanes = 1; lanes <= 4; lanes++) {
        bench b = {.stop_at = -1, .fail_at = 237};
        uint64_t end = 1234;
        assert_true(run_slice(&b, 0, 500, 10, lanes, false, &end) == UTFALL_E_INEXACT);
        assert_true(end == 1234);
    }
}

static void a_block_is_about_a_million_draws(void **state)
{
    (void)state;
    assert_true(utfall__slice_block(0) == 256 && utfall__slice_block(121) == 256);
    assert_true(utfall__slice_block(100000) == 10);
    assert_true(utfall__slice_block(UINT64_MAX) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_made_once),
        cmocka_unit_test(what_is_stopped_has_no_hole),
        cmocka_unit_test(a_later_slice_may_be_left_empty),
        cmocka_unit_test(a_failure_is_given_whoever_meets_it),
        cmocka_unit_test(a_block_is_about_a_million_draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
