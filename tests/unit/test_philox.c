/* Philox4x32-10: the published known answers, streams that are the same blocks in order, and draws
 * below a count that are those of the definition. */
#include "unit/made.h"
#include "engine/philox.h"

/* Random123's known answers for philox4x32, 10 rounds: counter, key, output. */
static void the_published_answers_come_out(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], answer[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t counter[4];
        memcpy(counter, known[i].counter, sizeof counter);
        utfall__philox(counter, known[i].key);
        assert_memory_equal(counter, known[i].answer, sizeof counter);
    }
}

static void a_stream_is_its_blocks_in_order(void **state)
{
    (void)state;
    const uint64_t seed = UINT64_C(0xfedcba9876543210), replicate = UINT64_C(0x123456789ab);
    const uint32_t key[2] = {0x76543210, 0xfedcba98};
    utfall__stream stream;
    utfall__stream_start(&stream, seed, 7, replicate);
    for (uint32_t block = 0; block < 3 * UTFALL_PHILOX_BLOCKS + 1; block++) {
        uint32_t counter[4] = {block, 7, 0x456789ab, 0x123};
        utfall__philox(counter, key);
        for (size_t i = 0; i < 4; i++)
            assert_true(utfall__stream_word(&stream) == counter[i]);
    }
}

/* The definition, word by word: reject while the lower half is below 2^32 mod count. */
static void draws_are_those_of_the_definition(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 2, 3, 7, 61, 1000, 0x80000001, 0xc0000000, 0xffffffff};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        const uint64_t count = counts[c], uneven = (UINT64_C(1) << 32) % count;
        utfall__stream words, drawn;
        uint64_t passed_over = 0;
        utfall__stream_start(&words, 5, 1, c);
        utfall__stream_start(&drawn, 5, 1, c);
        for (int i = 0; i < 500; i++) {
            uint64_t product = utfall__stream_word(&words) * count;
            for (; (product & UINT32_MAX) < uneven; passed_over++)
                product = utfall__stream_word(&words) * count;
            const uint32_t found = utfall__stream_below(&drawn, counts[c]);
            assert_true(found == product >> 32 && found < count);
        }
        if (count == 0x80000001) /* almost every other word is passed over */
            assert_true(passed_over > 300);
        if ((count & (count - 1)) == 0)
            assert_true(passed_over == 0);
    }
}

static void replicates_purposes_and_seeds_are_different_streams(void **state)
{
    (void)state;
    static const struct {
        uint64_t seed;
        uint32_t purpose;
        uint64_t replicate;
    } some[] = {{1, 1, 0},
                {2, 1, 0},
                {1, 2, 0},
                {1, 1, 1},
                {1, 1, UINT64_C(1) << 32},
                {UINT64_C(1) << 32, 1, 0}};
    enum { COUNT = sizeof some / sizeof *some };
    uint32_t first[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        utfall__stream stream;
        utfall__stream_start(&stream, some[i].seed, some[i].purpose, some[i].replicate);
        first[i] = utfall__stream_word(&stream);
        for (size_t j = 0; j < i; j++)
            assert_true(first[i] != first[j]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_answers_come_out),
        cmocka_unit_test(a_stream_is_its_blocks_in_order),
        cmocka_unit_test(draws_are_those_of_the_definition),
        cmocka_unit_test(replicates_purposes_and_seeds_are_different_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
