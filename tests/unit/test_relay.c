/* Blocks by several threads: each is made once and taken once, in order, out of slots that are
 * free. */
#include "unit/made.h"
#include "ledger/relay.h"
#include <string.h>

enum { BLOCKS = 1000 };

typedef struct watched {
    uint64_t slots[UTFALL_RELAY_SLOTS_MAX]; /* what make left there; 0 = taken */
    unsigned made[BLOCKS];
    size_t taken, end;
    bool is_wrong;
} watched;

/* Something to do, more of it for some blocks, so that they are ready out of order. */
static uint64_t worked(size_t block)
{
    uint64_t value = block + 1;
    for (size_t i = 0; i < (block % 7) * 2000; i++)
        value = value * UINT64_C(6364136223846793005) + 1;
    return value | 1;
}

static void make(void *context, size_t thread, size_t slot, size_t block)
{
    watched *w = context;
    /* Each block has its own mark: several threads are here. */
    w->made[block] += thread < UTFALL_RELAY_THREADS_MAX && w->slots[slot] == 0 ? 1 : 100;
    w->slots[slot] = worked(block);
}

static bool take(void *context, size_t slot, size_t block)
{
    watched *w = context;
    if (block != w->taken || w->slots[slot] != worked(block))
        w->is_wrong = true;
    w->slots[slot] = 0;
    return ++w->taken != w->end;
}

static void run_through(watched *w, size_t blocks, size_t threads, size_t end)
{
    utfall_relay relay = {.context = w, .make = make, .take = take};
    memset(w, 0, sizeof *w);
    w->end = end;
    utfall_relay_fit(&relay, blocks, threads);
    assert_true(relay.threads >= 1 && relay.threads <= UTFALL_RELAY_THREADS_MAX);
    assert_true(relay.slots >= relay.threads && relay.slots <= UTFALL_RELAY_SLOTS_MAX);
    utfall_relay_run(&relay);
    assert_false(w->is_wrong);
}

static void every_block_is_made_once_and_taken_in_order(void **state)
{
    (void)state;
    static const size_t threads[] = {0, 1, 2, 7, 64, 1000};
    static watched w;
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        for (size_t blocks = 0; blocks <= BLOCKS; blocks = blocks * 3 + 1) {
            run_through(&w, blocks, threads[t], SIZE_MAX);
            assert_int_equal(w.taken, blocks);
            for (size_t i = 0; i < BLOCKS; i++)
                assert_int_equal(w.made[i], i < blocks);
        }
    }
}

static void nothing_is_taken_after_a_no(void **state)
{
    (void)state;
    static watched w;
    for (size_t threads = 1; threads <= 8; threads++) {
        run_through(&w, BLOCKS, threads, 10);
        assert_int_equal(w.taken, 10);
        for (size_t i = 0; i < BLOCKS; i++)
            assert_true(w.made[i] <= 1);
    }
}

static void few_blocks_need_few_threads(void **state)
{
    (void)state;
    utfall_relay relay = {0};
    utfall_relay_fit(&relay, 1, 8);
    assert_int_equal(relay.threads, 1);
    assert_int_equal(relay.slots, 1);
    utfall_relay_fit(&relay, 0, 8);
    assert_int_equal(relay.threads, 1);
    utfall_relay_fit(&relay, 5, 8);
    assert_int_equal(relay.threads, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_block_is_made_once_and_taken_in_order),
        cmocka_unit_test(nothing_is_taken_after_a_no),
        cmocka_unit_test(few_blocks_need_few_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
