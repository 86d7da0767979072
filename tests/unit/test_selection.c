/* Selection: the value that sorting would give, for any values, pilot, room and number of lanes. */
#include "unit/made.h"
#include "engine/selection.h"
#include "engine/sort.h"

enum { MOST = 4000, LANES_MOST = 3, ROOM_MOST = 64 };

static void ranks_are_the_smallest_that_reach_the_share(void **state)
{
    (void)state;
    for (uint64_t count = 1; count < 2100; count += 7)
        for (unsigned permille = 25; permille < 1000; permille += 25) {
            const uint64_t rank = utfall__rank_of(count, permille);
            assert_true(rank < count);
            assert_true((rank + 1) * 1000 >= count * permille); /* so many are not above it */
            assert_true(rank * 1000 < count * permille);
        }
    assert_true(utfall__rank_of(100000000, 975) == 97499999);
}

static int64_t value_random(uint64_t *s, int form)
{
    switch (form) {
    case 0:
        return (int64_t)chance(s);
    case 1:
        return between(s, 0, 9) < 8 ? 300000000 : between(s, 300000000, 900000000);
    case 2:
        return between(s, 0, 1) == 0 ? INT64_MIN : INT64_MAX;
    default:
        return between(s, -1000000, 1000000) * between(s, 0, 1000000);
    }
}

/* Gives the number of passes it took. */
static int select_one(const int64_t *values, size_t count, size_t pilot_count, size_t room,
                      size_t lanes, uint64_t rank, bool is_misled, int64_t expected)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    static int64_t pilot[MOST], spare[MOST], merged[LANES_MOST * ROOM_MOST];
    utfall__sieve sieves[LANES_MOST];
    utfall__wanted wanted;
    int passes = 0;
    memcpy(pilot, values, pilot_count * sizeof *pilot);
    utfall__sort(pilot, NULL, spare, NULL, pilot_count);
    if (is_misled) /* a pilot that has nothing to do with the values */
        for (size_t i = 0; i < pilot_count; i++)
            pilot[i] = 17;
    utfall__wanted_start(&wanted, rank, count, pilot, pilot_count);
    for (size_t i = 0; i < lanes; i++)
        assert_int_equal(utfall__sieve_new(run, &sieves[i], room), UTFALL_OK);
    for (; !wanted.is_found; passes++) {
        assert_true(passes < 40);
        for (size_t i = 0; i < lanes; i++)
            utfall__sieve_clear(&sieves[i]);
        for (size_t i = 0; i < count; i++)
            utfall__sieve_add(&sieves[i * 7 % lanes], &wanted, values[i]);
        utfall__wanted_advance(&wanted, sieves, lanes, merged, spare);
    }
    assert_true(wanted.value == expected);
    utfall_run_free(run);
    return passes;
}

static void any_order_statistic_is_found(void **state)
{
    (void)state;
    static int64_t values[MOST], sorted[MOST], spare[MOST];
    uint64_t s = 3;
    for (int trial = 0; trial < 200; trial++) {
        const size_t count = (size_t)between(&s, 2, trial % 10 == 0 ? MOST : 300);
        for (size_t i = 0; i < count; i++)
            sorted[i] = values[i] = value_random(&s, trial % 4);
        utfall__sort(sorted, NULL, spare, NULL, count);
        for (int i = 0; i < 8; i++) {
            const uint64_t rank = (uint64_t)between(&s, 0, (int64_t)count - 1);
            const size_t pilot = (size_t)between(&s, 0, (int64_t)count - 1);
            (void)select_one(values, count, pilot, (size_t)between(&s, 1, ROOM_MOST),
                             (size_t)between(&s, 1, LANES_MOST), rank, trial % 5 == 4,
                             sorted[rank]);
        }
    }
}

static void a_pilot_of_everything_takes_no_pass_and_a_part_takes_few(void **state)
{
    (void)state;
    static int64_t values[MOST], sorted[MOST], spare[MOST];
    uint64_t s = 4;
    int more = 0;
    for (size_t i = 0; i < MOST; i++)
        sorted[i] = values[i] = between(&s, 0, 1000000000);
    utfall__sort(sorted, NULL, spare, NULL, MOST);
    assert_int_equal(select_one(values, MOST, MOST, 1, 1, 99, false, sorted[99]), 0);
    for (uint64_t rank = 0; rank < MOST; rank += 97)
        more += select_one(values, MOST, 2000, ROOM_MOST, 1, rank, false, sorted[rank]) > 3;
    assert_int_equal(more, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_the_smallest_that_reach_the_share),
        cmocka_unit_test(any_order_statistic_is_found),
        cmocka_unit_test(a_pilot_of_everything_takes_no_pass_and_a_part_takes_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
