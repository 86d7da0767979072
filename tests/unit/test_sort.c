/* Sorting: ascending for keys of every sign and size, and what was equal keeps its order. */
#include "unit/made.h"
#include "engine/sort.h"

enum { MOST = 600 };

static int compare(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t key_random(uint64_t *s, int form)
{
    if (form == 0)
        return between(s, -3, 3);
    if (form == 1)
        return (int64_t)chance(s);
    const int64_t edges[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
    return edges[between(s, 0, 6)];
}

static void keys_are_in_order_and_equal_ones_as_they_stood(void **state)
{
    (void)state;
    static int64_t keys[MOST], spare[MOST], expected[MOST], original[MOST];
    static uint32_t carried[MOST], spare_carried[MOST];
    uint64_t s = 11;
    for (int trial = 0; trial < 300; trial++) {
        const size_t count = (size_t)between(&s, 0, trial % 7 == 0 ? MOST : 20);
        for (size_t i = 0; i < count; i++) {
            original[i] = keys[i] = expected[i] = key_random(&s, trial % 3);
            carried[i] = (uint32_t)i;
        }
        qsort(expected, count, sizeof *expected, compare);
        utfall__sort(keys, carried, spare, spare_carried, count);
        assert_memory_equal(keys, expected, count * sizeof *keys);
        for (size_t i = 0; i < count; i++) {
            assert_true(original[carried[i]] == keys[i]);
            if (i > 0 && keys[i - 1] == keys[i])
                assert_true(carried[i - 1] < carried[i]);
        }
        memcpy(keys, original, count * sizeof *keys);
        utfall__sort(keys, NULL, spare, NULL, count);
        assert_memory_equal(keys, expected, count * sizeof *keys);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_in_order_and_equal_ones_as_they_stood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
