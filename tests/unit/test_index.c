/* Finding people by id, with ids chosen to be as hard as they can be. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "engine/index.h"
#include "tests/unit/allocator.h"
#include "tests/unit/seeded.h"

static int start(void **state)
{
    *state = utfall_run_new(NULL, NULL);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    utfall_run_free(*state);
    return 0;
}

static void add(utfall__index *index, const char *id, size_t len, size_t expected)
{
    size_t number = 12345;
    assert_int_equal(utfall__index_add(index, &number, id, len), UTFALL_OK);
    assert_int_equal(number, expected);
}

static size_t find(const utfall__index *index, const char *id)
{
    return utfall__index_find(index, id, strlen(id));
}

static void nobody_is_found_in_an_empty_index(void **state)
{
    utfall__index index = {.run = *state};
    assert_true(find(&index, "N001") == SIZE_MAX);
    assert_int_equal(utfall__index_freeze(&index), UTFALL_OK);
    assert_true(find(&index, "") == SIZE_MAX);
}

static void everybody_is_found_by_their_number(void **state)
{
    utfall__index index = {.run = *state};
    char id[24];
    for (size_t i = 0; i < 20000; i++)
        add(&index, id, (size_t)sprintf(id, "person-%zu", i * 7919 % 20011), i);
    for (int frozen = 0; frozen < 2; frozen++) {
        for (size_t i = 0; i < 20000; i++) {
            sprintf(id, "person-%zu", i * 7919 % 20011);
            assert_int_equal(find(&index, id), i);
        }
        assert_true(find(&index, "person-20011") == SIZE_MAX);
        assert_true(find(&index, "person") == SIZE_MAX);
        assert_true(find(&index, "") == SIZE_MAX);
        assert_int_equal(utfall__index_freeze(&index), UTFALL_OK);
    }
}

/* Ids in ascending order take no slots; one that comes too early brings them, until all are there.
 */
static void ids_in_order_have_no_slots_and_frozen_ones_neither(void **state)
{
    for (size_t early = 0; early < 2; early++) {
        utfall__index index = {.run = *state};
        char id[24];
        for (size_t i = 0; i < 5000; i++)
            add(&index, id, (size_t)sprintf(id, "P%05zu", i), i);
        assert_int_equal(index.slot_count, 0);
        if (early == 1) {
            add(&index, "P01234x", 7, 5000);
            assert_in_range(index.slot_count, 2 * 5001, 4 * 5001);
        }
        assert_int_equal(utfall__index_freeze(&index), UTFALL_OK);
        assert_int_equal(index.slot_count, 0);
        assert_null(index.slots);
        assert_int_equal(index.sorted != NULL, early == 1);
        for (uint32_t i = 0; i < index.count; i++) {
            const uint32_t number = utfall__index_nth(&index, i);
            assert_int_equal(number, early == 0 || i <= 1234 ? i : i == 1235 ? 5000 : i - 1);
            assert_int_equal(find(&index, utfall__index_text(&index, number)), number);
        }
        assert_true(find(&index, "P05000") == SIZE_MAX);
        utfall__index_end(&index);
        assert_null(index.sorted);
    }
}

static void an_id_that_is_there_already_gives_the_earlier_number(void **state)
{
    utfall__index index = {.run = *state};
    size_t number = 12345;
    add(&index, "N001", 4, 0);
    add(&index, "N002", 4, 1);
    assert_int_equal(utfall__index_add(&index, &number, "N001", 4), UTFALL_E_CONFLICT);
    assert_int_equal(number, 0);
    assert_int_equal(index.count, 2);
    add(&index, "N00", 3, 2);
    add(&index, "N0011", 5, 3);
    add(&index, "", 0, 4);
    assert_int_equal(utfall__index_find(&index, "", 0), 4);
}

static void sorting_is_by_bytes_and_shorter_first(void **state)
{
    static const char *const ids[] = {"b", "\xC3\xA5", "a", "", "ab", "B", "aa", "a1", "10", "9"};
    static const char *const order[] = {"", "10", "9", "B", "a", "a1", "aa", "ab", "b", "\xC3\xA5"};
    utfall__index index = {.run = *state};
    for (size_t i = 0; i < 10; i++)
        add(&index, ids[i], strlen(ids[i]), i);
    assert_int_equal(utfall__index_freeze(&index), UTFALL_OK);
    for (uint32_t i = 0; i < 10; i++)
        assert_string_equal(utfall__index_text(&index, utfall__index_nth(&index, i)), order[i]);
}

static void sorting_any_number_of_ids_gives_each_once(void **state)
{
    (void)state;
    seeded s = {3};
    for (size_t count = 1; count < 300; count += count / 7 + 1) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall__index index = {.run = run};
        while (index.count < count) {
            uint64_t bits = seeded_next(&s);
            size_t number;
            utfall_status status =
                utfall__index_add(&index, &number, (const char *)&bits, bits % 8);
            assert_true(status == UTFALL_OK || status == UTFALL_E_CONFLICT);
        }
        assert_int_equal(utfall__index_freeze(&index), UTFALL_OK);
        uint64_t sum = 0;
        for (uint32_t i = 0; i < count; i++) {
            const uint32_t own = utfall__index_nth(&index, i);
            sum += own;
            if (i == 0)
                continue;
            const uint32_t before = utfall__index_nth(&index, i - 1);
            size_t a = utfall__index_len(&index, before), b = utfall__index_len(&index, own);
            int side = memcmp(utfall__index_text(&index, before), utfall__index_text(&index, own),
                              a < b ? a : b);
            assert_true(side < 0 || (side == 0 && a < b));
        }
        assert_int_equal(sum, count * (count - 1) / 2);
        utfall_run_free(run);
    }
}

/* Ids that all want the same slots, made by trying: with this many, the index has 8192 slots at
 * most, so the low 13 bits of the hash decide. */
enum { CHOSEN = 2000, MASK = 8192 - 1 };

static void ids_chosen_to_collide_are_spilled_and_found(void **state)
{
    static char ids[CHOSEN][24];
    size_t count = 0;
    for (uint64_t i = 0; count < CHOSEN; i++) {
        int len = sprintf(ids[count], "%llx", (unsigned long long)i);
        if ((utfall__index_hash(ids[count], (size_t)len) & MASK) == 77)
            count++;
    }
    utfall__index index = {.run = *state};
    size_t number;
    for (size_t i = 0; i < CHOSEN; i++) {
        add(&index, ids[i], strlen(ids[i]), i);
        assert_int_equal(utfall__index_add(&index, &number, ids[i / 2], strlen(ids[i / 2])),
                         UTFALL_E_CONFLICT);
        assert_int_equal(number, i / 2);
        assert_in_range(index.run_count, 0, 12); /* searches, each by halving */
    }
    assert_int_equal(index.spilled_count, CHOSEN - 8);
    assert_int_equal(utfall__index_freeze(&index), UTFALL_OK);
    assert_int_equal(index.spilled_count, 0);
    for (size_t i = 0; i < CHOSEN; i++)
        assert_int_equal(find(&index, ids[i]), i);
    assert_true(find(&index, "-") == SIZE_MAX);
}

static void a_growing_index_takes_the_spilled_back(void **state)
{
    utfall__index index = {.run = *state};
    char id[24];
    for (size_t i = 0; i < 100000; i++)
        add(&index, id, (size_t)sprintf(id, "%05zu", i), i);
    assert_in_range(index.spilled_count, 0, 1000);
}

static void an_index_survives_the_failure_of_any_allocation(void **state)
{
    (void)state;
    bool was_enough = false;
    for (uint64_t n = 2; !was_enough; n++) {
        counting c = {.fail_at = n};
        utfall_run *run = utfall_run_new(counting_alloc, &c);
        utfall__index index = {.run = run};
        utfall_status status = UTFALL_OK;
        size_t number = 0, before = 0;
        char id[24];
        for (size_t i = 0; i < 300 && status == UTFALL_OK; i++) {
            before = number;
            status = utfall__index_add(&index, &number, id, (size_t)sprintf(id, "%zu", i));
        }
        if (status != UTFALL_OK)
            assert_int_equal(number, before);
        if (status == UTFALL_OK)
            status = utfall__index_freeze(&index);
        was_enough = c.requests < n;
        assert_int_equal(status, was_enough ? UTFALL_OK : UTFALL_E_NOMEM);
        assert_int_equal(index.sorted != NULL, was_enough);
        utfall_run_free(run);
        assert_true(c.out == 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_is_found_in_an_empty_index),
        TEST(everybody_is_found_by_their_number),
        TEST(ids_in_order_have_no_slots_and_frozen_ones_neither),
        TEST(an_id_that_is_there_already_gives_the_earlier_number),
        TEST(sorting_is_by_bytes_and_shorter_first),
        TEST(sorting_any_number_of_ids_gives_each_once),
        TEST(ids_chosen_to_collide_are_spilled_and_found),
        TEST(a_growing_index_takes_the_spilled_back),
        TEST(an_index_survives_the_failure_of_any_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
