/* Selection: the value that sorting would give, for any values, after any number of them, with any
 * room; and a bracket that is wide enough is not left. */
#include "unit/made.h"
#include "engine/selection.h"
#include "engine/sort.h"

enum { MOST = 4000, ROOM_MOST = 600, PASSES_MOST = 8, FORMS = 6 };

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

/* Form 4 and 5 come in order, which no bracket expects. */
static int64_t value_random(uint64_t *s, int form, size_t i)
{
    switch (form) {
    case 0:
        return (int64_t)chance(s);
    case 1:
        return between(s, 0, 9) < 8 ? 300000000 : between(s, 300000000, 900000000);
    case 2:
        return between(s, 0, 1) == 0 ? INT64_MIN : INT64_MAX;
    case 3:
        return between(s, -1000000, 1000000) * between(s, 0, 1000000);
    default:
        return (form == 4 ? 1 : -1) * (int64_t)i * between(s, 900, 901);
    }
}

/* By passes over all values, as many as it takes. */
static int64_t value_lost(const utfall__wanted *wanted, const int64_t *values, size_t count)
{
    utfall__descent descent;
    utfall__descent_start(&descent, wanted);
    for (int passes = 0; descent.low < descent.high; passes++) {
        assert_true(passes < PASSES_MOST);
        utfall__descent_add(&descent, values, count / 3);
        utfall__descent_add(&descent, values + count / 3, count - count / 3);
        utfall__descent_advance(&descent);
    }
    assert_true(descent.low == descent.high);
    return descent.low;
}

/* The values in parts, and the order statistic after each. Gives how often it had to be looked for
 * again. */
static int select_all(uint64_t *s, const int64_t *values, size_t count, unsigned permille,
                      size_t room)
{
    static int64_t sorted[MOST], spare[MOST];
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall__wanted wanted;
    int lost = 0;
    assert_int_equal(utfall__wanted_new(run, &wanted, permille, room), UTFALL_OK);
    for (size_t seen = 0; seen < count;) {
        const size_t part = (size_t)between(s, 1, (int64_t)(count - seen));
        if (seen == 0) {
            memcpy(sorted, values, part * sizeof *sorted);
            utfall__sort(sorted, NULL, spare, NULL, part);
            utfall__wanted_begin(&wanted, sorted, part);
        } else {
            utfall__wanted_add(&wanted, values + seen, part, spare);
        }
        seen += part;
        assert_true(wanted.count == seen && wanted.kept_count < room);
        memcpy(sorted, values, seen * sizeof *sorted);
        utfall__sort(sorted, NULL, spare, NULL, seen);
        int64_t value = 0;
        if (!utfall__wanted_value(&wanted, &value, spare)) {
            value = value_lost(&wanted, values, seen);
            lost++;
        }
        assert_true(value == sorted[utfall__rank_of(seen, permille)]);
    }
    utfall_run_free(run);
    return lost;
}

static void any_order_statistic_is_found(void **state)
{
    (void)state;
    static int64_t values[MOST];
    uint64_t s = 3;
    int lost[FORMS] = {0};
    for (int trial = 0; trial < 600; trial++) {
        const int form = trial % FORMS;
        const size_t count = (size_t)between(&s, 1, trial % 10 == 0 ? MOST : 300);
        for (size_t i = 0; i < count; i++)
            values[i] = value_random(&s, form, i);
        for (int i = 0; i < 4; i++)
            lost[form] += select_all(&s, values, count, (unsigned)between(&s, 1, 999),
                                     (size_t)between(&s, 1, 64));
    }
    for (int form = 0; form < FORMS; form++)
        if (form != 1 && form != 2) /* of many equal values one end or the other is always right */
            assert_true(lost[form] > 0);
}

/* Six standard deviations of the median's rank among 4000 are 190, and 600 have room for them. */
static void a_bracket_with_room_for_what_chance_does_is_not_left(void **state)
{
    (void)state;
    static const unsigned permille[] = {25, 50, 500, 950, 975};
    static int64_t values[MOST];
    uint64_t s = 4;
    for (int trial = 0; trial < 60; trial++) {
        for (size_t i = 0; i < MOST; i++)
            values[i] = value_random(&s, trial % 4, i);
        for (size_t q = 0; q < 5; q++)
            assert_int_equal(select_all(&s, values, MOST, permille[q], ROOM_MOST), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_the_smallest_that_reach_the_share),
        cmocka_unit_test(any_order_statistic_is_found),
        cmocka_unit_test(a_bracket_with_room_for_what_chance_does_is_not_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
