/* Marks of a text, by every way that this machine can go. */
#include "contracts/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { LEN = 700 };

static bool is_mark(char c, char separator)
{
    const unsigned char byte = (unsigned char)c;
    return byte < 0x20 || byte == 0x7F || c == '"' || c == separator;
}

static void assert_marks(const utfall_scan_way *way, const char *base, size_t from, size_t len,
                         char separator)
{
    static uint32_t index[LEN + UTFALL_SCAN_ROOM];
    bool is_high = false, has_high = false;
    size_t found = 0, count = way->scan(index, &is_high, base, base + from, len, separator);
    for (size_t i = from; i < from + len; i++) {
        has_high |= (unsigned char)base[i] >= 0x80;
        if (!is_mark(base[i], separator))
            continue;
        if (found >= count || index[found] != i)
            fail_msg("%s: mark %zu of %zu should be at %zu", way->name, found, count, i);
        found++;
    }
    if (found != count || is_high != has_high)
        fail_msg("%s: %zu marks and %d, not %zu and %d", way->name, count, is_high, found,
                 has_high);
}

static void each_way(void (*assert_way)(const utfall_scan_way *way))
{
    assert_string_equal(utfall_scan_ways[0].name, "portable");
    for (const utfall_scan_way *way = utfall_scan_ways; way->name != NULL; way++)
        if (way->is_there())
            assert_way(way);
}

static void assert_random(const utfall_scan_way *way)
{
    static char text[LEN + UTFALL_SCAN_STRIDE];
    uint32_t seed = 1;
    for (int round = 0; round < 1200; round++) {
        const bool is_ascii = round % 3 != 0;
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = (char)(is_ascii ? seed >> 25 : seed >> 24);
        }
        assert_marks(way, text, (size_t)round % 67, (size_t)(round * 7) % (LEN - 67),
                     round % 2 == 0 ? ';' : '\t');
    }
}

static void every_way_finds_exactly_the_marks(void **state)
{
    (void)state;
    each_way(assert_random);
}

/* Every byte at every place of a stride, alone and among others of its kind. */
static void assert_bytes(const utfall_scan_way *way)
{
    static char text[LEN + UTFALL_SCAN_STRIDE];
    for (int byte = 0; byte < 256; byte++)
        for (size_t at = 0; at < 66; at++) {
            memset(text, 'x', sizeof text);
            text[at] = (char)byte;
            assert_marks(way, text, 0, 130, ';');
            memset(text, byte, at);
            assert_marks(way, text, 0, 130, ';');
        }
}

static void every_byte_is_told_apart(void **state)
{
    (void)state;
    each_way(assert_bytes);
}

static void what_lies_after_the_text_is_of_no_account(void **state)
{
    (void)state;
    static char text[LEN + UTFALL_SCAN_STRIDE];
    memset(text, 0xE5, sizeof text);
    memset(text, 'x', 65);
    for (const utfall_scan_way *way = utfall_scan_ways; way->name != NULL; way++)
        for (size_t len = 0; way->is_there() && len <= 65; len++)
            assert_marks(way, text, 0, len, ';');
}

static void what_was_high_stays_so(void **state)
{
    (void)state;
    char text[3 + UTFALL_SCAN_STRIDE] = "a;b";
    uint32_t index[3 + UTFALL_SCAN_ROOM];
    for (const utfall_scan_way *way = utfall_scan_ways; way->name != NULL; way++) {
        bool is_high = true;
        if (way->is_there())
            assert_int_equal(way->scan(index, &is_high, text, text, 3, ';'), 1);
        assert_true(is_high);
    }
}

static void the_best_is_the_last_that_is_there(void **state)
{
    (void)state;
    utfall_scan_fn *last = NULL;
    for (const utfall_scan_way *way = utfall_scan_ways; way->name != NULL; way++)
        if (way->is_there())
            last = way->scan;
    assert_true(last == utfall_scan_best());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_finds_exactly_the_marks),
        cmocka_unit_test(every_byte_is_told_apart),
        cmocka_unit_test(what_lies_after_the_text_is_of_no_account),
        cmocka_unit_test(what_was_high_stays_so),
        cmocka_unit_test(the_best_is_the_last_that_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
