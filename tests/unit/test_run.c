/* What a run promises about memory, texts, findings and failures. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "engine/core/run.h"
#include "tests/unit/allocator.h"

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

/* ---- memory ---- */

static void pieces_are_zeroed_and_aligned_for_any_type(void **state)
{
    size_t sizes[] = {1, 7, 8, 33, 4096, 16 * 1024, 3000000};
    for (int round = 0; round < 40; round++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            unsigned char *piece = utfall_run_alloc(*state, sizes[i]);
            assert_non_null(piece);
            assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
            for (size_t j = 0; j < sizes[i]; j++)
                assert_int_equal(piece[j], 0);
            memset(piece, 0xAA, sizes[i]);
        }
}

static void a_piece_of_no_bytes_is_not_null(void **state)
{
    assert_non_null(utfall_run_alloc(*state, 0));
    assert_non_null(utfall_run_array(*state, 0, 8));
    assert_non_null(utfall_run_array(*state, 8, 0));
    assert_int_equal(utfall_run_failure(*state), UTFALL_OK);
}

static void an_overflowing_product_is_no_memory(void **state)
{
    assert_null(utfall_run_array(*state, SIZE_MAX / 2, 3));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_NOMEM);
}

static void a_size_near_the_end_of_the_address_space_is_no_memory(void **state)
{
    for (size_t below = 0; below < 64; below++)
        assert_null(utfall_run_alloc(*state, SIZE_MAX - below));
    assert_null(utfall_run_text(*state, "", SIZE_MAX));
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_NOMEM);
}

static void small_pieces_share_blocks(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip(); /* each piece is a block of its own there */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    skip();
#endif
#endif
    counting c = {0};
    utfall_run *run = utfall_run_new(counting_alloc, &c);
    for (int i = 0; i < 100000; i++)
        assert_non_null(utfall_run_alloc(run, 24));
    assert_in_range(c.requests, 3, 12); /* 3.2 MB in blocks of 16 KiB doubling to 1 MiB */
    utfall_run_free(run);
    assert_true(c.out == 0);
}

static void a_buffer_keeps_its_content_as_it_grows_and_shrinks(void **state)
{
    unsigned char *other = utfall__run_resize(*state, NULL, 10, 1), *b = NULL;
    for (size_t size = 1; size < 100000; size = size * 3 + 1) {
        b = utfall__run_resize(*state, b, size, 1);
        assert_non_null(b);
        assert_int_equal((uintptr_t)b % _Alignof(max_align_t), 0);
        b[size - 1] = (unsigned char)size;
    }
    b = utfall__run_resize(*state, b, 1, 1);
    assert_int_equal(b[0], 1);
    assert_null(utfall__run_resize(*state, other, 0, 1));
    assert_null(utfall__run_resize(*state, NULL, 0, 1));
    assert_null(utfall__run_resize(*state, b, SIZE_MAX / 2, 4));
    assert_int_equal(b[0], 1);
}

/* On what pages memory lies is nobody's business but the processor's. */
static void scattered_memory_holds_what_it_held(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 4096, UTFALL__LARGE_PAGE - 1, 3 * UTFALL__LARGE_PAGE + 5};
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_non_null(run);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t shift = 0; shift < 2; shift++) {
            unsigned char *buffer = utfall__run_resize(run, NULL, sizes[i] + 2, 1);
            assert_non_null(buffer);
            for (size_t k = 0; k < sizes[i] + 2; k++)
                buffer[k] = (unsigned char)(k * 7);
            utfall__run_scattered(run, buffer + shift, sizes[i]);
            for (size_t k = 0; k < sizes[i] + 2; k++)
                if (buffer[k] != (unsigned char)(k * 7))
                    fail_msg("byte %zu of %zu", k, sizes[i]);
            assert_null(utfall__run_resize(run, buffer, 0, 0));
        }
    utfall_run_free(run);
}

/* Nor when it is made ready. */
static void written_memory_is_what_it_was(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 4095, 4096, 100000, 5000001};
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_non_null(run);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t shift = 0; shift < 2; shift++) {
            unsigned char *memory = utfall_run_alloc(run, sizes[i] + 2);
            assert_non_null(memory);
            memory[0] = memory[sizes[i] + 1] = 7;
            utfall__run_written(run, memory + shift, sizes[i]);
            assert_true(memory[0] == 7 && memory[sizes[i] + 1] == 7);
            for (size_t k = 1; k < sizes[i] + 1; k++)
                if (memory[k] != 0)
                    fail_msg("byte %zu of %zu", k, sizes[i]);
        }
    utfall_run_free(run);
}

static void a_run_gives_everything_back(void **state)
{
    (void)state;
    counting c = {0};
    utfall_run *run = utfall_run_new(counting_alloc, &c);
    void *first = utfall__run_resize(run, NULL, 100, 1);
    void *second = utfall__run_resize(run, NULL, 100, 1);
    void *third = utfall__run_resize(run, NULL, 100, 1);
    assert_non_null(first);
    assert_non_null(third);
    assert_null(utfall__run_resize(run, second, 0, 1));
    for (int i = 0; i < 1000; i++)
        assert_non_null(utfall_run_alloc(run, 1000));
    assert_true(c.out > 3);
    utfall_run_free(run);
    assert_true(c.out == 0);
    utfall_run_free(NULL);
}

typedef struct ended {
    int *order, *count, number;
} ended;

static void end(void *object)
{
    ended *e = object;
    e->order[(*e->count)++] = e->number;
}

static void deferred_ends_are_called_in_reverse_order(void **state)
{
    (void)state;
    int order[3] = {0}, count = 0;
    ended objects[3] = {{order, &count, 1}, {order, &count, 2}, {order, &count, 3}};
    utfall_run *run = utfall_run_new(NULL, NULL);
    for (int i = 0; i < 3; i++)
        assert_int_equal(utfall_run_defer(run, end, &objects[i]), UTFALL_OK);
    assert_int_equal(count, 0);
    utfall_run_free(run);
    assert_int_equal(count, 3);
    assert_int_equal(order[0], 3);
    assert_int_equal(order[1], 2);
    assert_int_equal(order[2], 1);
}

static void a_cleared_run_is_as_good_as_new(void **state)
{
    (void)state;
    counting c = {0};
    utfall_run *run = utfall_run_new(counting_alloc, &c);
    int order[2] = {0}, count = 0;
    ended first = {order, &count, 1};
    for (int round = 1; round <= 2; round++) {
        for (size_t size = 1; size < 200000; size *= 3) {
            unsigned char *piece = utfall_run_alloc(run, size);
            assert_non_null(piece);
            for (size_t j = 0; j < size; j++)
                assert_int_equal(piece[j], 0);
            memset(piece, 0xAA, size);
        }
        assert_non_null(utfall__run_resize(run, NULL, 100, 1));
        assert_int_equal(utfall_run_defer(run, end, &first), UTFALL_OK);
        assert_null(*utfall__run_numbers(run));
        *utfall__run_numbers(run) = run;
        assert_int_equal(
            utfall_run_report(run, &(utfall_finding){.code = UTFALL_E_RANGE, .message = "a fault"}),
            UTFALL_E_RANGE);
        assert_null(utfall_run_array(run, SIZE_MAX / 2, 3));
        assert_true(utfall_run_errors(run) == 2);
        utfall_run_clear(run);
        assert_int_equal(count, round);
        assert_int_equal(utfall_run_failure(run), UTFALL_OK);
        assert_true(utfall_run_errors(run) == 0);
        assert_null(utfall_run_finding(run, 0));
    }
    utfall_run_free(run);
    assert_int_equal(count, 2);
    assert_true(c.out == 0);
}

static void a_cleared_run_asks_for_no_new_memory(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip(); /* each piece is a block of its own there */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    skip();
#endif
#endif
    counting c = {0};
    utfall_run *run = utfall_run_new(counting_alloc, &c);
    for (int round = 0; round < 100; round++) {
        for (int i = 0; i < 600; i++)
            assert_non_null(utfall_run_alloc(run, 24));
        utfall_run_clear(run);
    }
    assert_int_equal(c.requests, 3); /* the run and two blocks, of which the wider one stays */
    utfall_run_free(run);
    assert_true(c.out == 0);
}

/* ---- texts ---- */

static void texts_are_copied_with_an_end(void **state)
{
    char source[] = {'a', 'b', 'c'};
    const char *copy = utfall_run_text(*state, source, 2);
    source[0] = 'x';
    assert_string_equal(copy, "ab");
    assert_string_equal(utfall_run_text(*state, NULL, 0), "");
}

static void join_puts_all_parts_together(void **state)
{
    const char *end_of_parts = NULL;
    assert_string_equal(utfall_run_join(*state, "a", "", "bc", "d", end_of_parts), "abcd");
    assert_string_equal(utfall_run_join(*state, NULL), "");
}

static void decimals_reach_both_ends_of_int64(void **state)
{
    assert_string_equal(utfall_run_decimal(*state, 0), "0");
    assert_string_equal(utfall_run_decimal(*state, -1), "-1");
    assert_string_equal(utfall_run_decimal(*state, INT64_MAX), "9223372036854775807");
    assert_string_equal(utfall_run_decimal(*state, INT64_MIN), "-9223372036854775808");
}

/* ---- findings ---- */

static utfall_status say(utfall_run *run, utfall_severity severity, const char *message)
{
    return utfall_run_report(
        run, &(utfall_finding){.code = UTFALL_E_SYNTAX, .severity = severity, .message = message});
}

static void a_finding_is_kept_as_it_was_said(void **state)
{
    char file[] = "a.csv", message[] = "wrong", path[] = "costs.amount";
    utfall_finding finding = {
        .code = UTFALL_E_UNIT,
        .severity = UTFALL_WARNING,
        .at = {file, 3, 4},
        .also = {file, 1, 2},
        .also_message = "the other",
        .path = path,
        .clause = "p. 9",
        .message = message,
        .hint = "do",
        .excerpt = "1;2",
        .width = 2,
    };
    assert_int_equal(utfall_run_report(*state, &finding), UTFALL_E_UNIT);
    memset(file, 'x', 5);
    memset(message, 'x', 5);
    memset(path, 'x', 5);
    const utfall_finding *kept = utfall_run_finding(*state, 0);
    assert_int_equal(kept->code, UTFALL_E_UNIT);
    assert_int_equal(kept->severity, UTFALL_WARNING);
    assert_string_equal(kept->at.file, "a.csv");
    assert_int_equal(kept->at.line, 3);
    assert_int_equal(kept->at.column, 4);
    assert_string_equal(kept->also.file, "a.csv");
    assert_int_equal(kept->also.line, 1);
    assert_string_equal(kept->also_message, "the other");
    assert_string_equal(kept->path, "costs.amount");
    assert_string_equal(kept->clause, "p. 9");
    assert_string_equal(kept->message, "wrong");
    assert_string_equal(kept->hint, "do");
    assert_string_equal(kept->excerpt, "1;2");
    assert_int_equal(kept->width, 2);
    assert_null(utfall_run_finding(*state, 1));
}

static void a_file_is_never_null(void **state)
{
    say(*state, UTFALL_ERROR, "x");
    assert_string_equal(utfall_run_finding(*state, 0)->at.file, "");
    assert_string_equal(utfall_run_finding(*state, 0)->also.file, "");
    assert_null(utfall_run_finding(*state, 0)->path);
}

static void fifty_of_each_are_kept_and_all_are_counted(void **state)
{
    for (int i = 0; i < 60; i++) {
        say(*state, UTFALL_ERROR, "error");
        say(*state, UTFALL_WARNING, "warning");
    }
    for (int i = 0; i < 1000; i++)
        say(*state, UTFALL_ERROR, "one more");
    assert_int_equal(utfall_run_errors(*state), 1060);
    assert_int_equal(utfall_run_warnings(*state), 60);
    for (size_t i = 0; i < 100; i++)
        assert_string_equal(utfall_run_finding(*state, i)->message, i % 2 ? "warning" : "error");
    assert_null(utfall_run_finding(*state, 100));
}

static void an_excerpt_is_cut_between_characters(void **state)
{
    char line[400];
    memset(line, 'a', sizeof line);
    memcpy(line + 239, "\xC3\xA5", 2); /* a two-byte letter across the limit */
    line[399] = '\0';
    utfall_finding finding = {.code = UTFALL_E_SYNTAX, .message = "x", .excerpt = line};
    utfall_run_report(*state, &finding);
    assert_int_equal(strlen(utfall_run_finding(*state, 0)->excerpt), 239);
    line[UTFALL_EXCERPT_MAX] = '\0';
    utfall_run_report(*state, &finding);
    assert_int_equal(strlen(utfall_run_finding(*state, 1)->excerpt), UTFALL_EXCERPT_MAX);
}

/* ---- failures ---- */

static void the_first_failure_stays(void **state)
{
    utfall_run_fail(*state, UTFALL_OK);
    assert_int_equal(utfall_run_failure(*state), UTFALL_OK);
    utfall_run_fail(*state, UTFALL_E_RANGE);
    utfall_run_fail(*state, UTFALL_E_BUG);
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_RANGE);
    assert_int_equal(utfall_run_errors(*state), 0);
}

static void missing_memory_is_told_once_even_when_no_room_is_left(void **state)
{
    for (int i = 0; i < 60; i++) {
        say(*state, UTFALL_ERROR, "error");
        say(*state, UTFALL_WARNING, "warning");
    }
    utfall_run_fail(*state, UTFALL_E_RANGE);
    utfall_run_fail(*state, UTFALL_E_NOMEM);
    utfall_run_fail(*state, UTFALL_E_NOMEM);
    assert_int_equal(utfall_run_errors(*state), 61);
    assert_int_equal(utfall_run_finding(*state, 100)->code, UTFALL_E_NOMEM);
    assert_string_equal(utfall_run_finding(*state, 100)->message, "out of memory");
    assert_null(utfall_run_finding(*state, 101));
}

static void a_finding_without_memory_keeps_its_code_and_place(void **state)
{
    (void)state;
    counting c = {.fail_at = 2};
    utfall_run *run = utfall_run_new(counting_alloc, &c);
    utfall_finding finding = {.code = UTFALL_E_UNIT, .at = {"file", 7, 8}, .message = "lost"};
    assert_int_equal(utfall_run_report(run, &finding), UTFALL_E_UNIT);
    assert_int_equal(utfall_run_failure(run), UTFALL_E_NOMEM);
    assert_int_equal(utfall_run_errors(run), 2);
    const utfall_finding *nomem = utfall_run_finding(run, 0), *kept = utfall_run_finding(run, 1);
    assert_int_equal(nomem->code, UTFALL_E_NOMEM);
    assert_int_equal(kept->code, UTFALL_E_UNIT);
    assert_int_equal(kept->at.line, 7);
    assert_string_equal(kept->at.file, "");
    assert_non_null(kept->message);
    utfall_run_free(run);
    assert_true(c.out == 0);
}

static void every_call_survives_the_failure_of_any_allocation(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 40; n++) {
        counting c = {.fail_at = n};
        utfall_run *run = utfall_run_new(counting_alloc, &c);
        if (!run)
            continue;
        void *buffer = NULL;
        for (size_t i = 1; i < 10; i++) {
            void *grown = utfall__run_resize(run, buffer, i * 100, 1);
            buffer = grown ? grown : buffer;
            (void)utfall_run_alloc(run, 5000 * i);
            (void)utfall_run_join(run, "a", "b", (const char *)NULL);
            (void)utfall_run_decimal(run, 5);
            say(run, UTFALL_ERROR, "x");
        }
        bool is_short = c.requests >= n;
        assert_int_equal(utfall_run_failure(run), is_short ? UTFALL_E_NOMEM : UTFALL_OK);
        assert_int_equal(utfall_run_errors(run), is_short ? 10 : 9);
        utfall_run_free(run);
        assert_true(c.out == 0);
    }
}

/* ---- branches ---- */

static void a_branch_brings_its_memory_and_its_ends(void **state)
{
    (void)state;
    counting c = {0};
    int order[4] = {0}, count = 0;
    ended objects[4] = {
        {order, &count, 1}, {order, &count, 2}, {order, &count, 3}, {order, &count, 4}};
    utfall_run *run = utfall_run_new(counting_alloc, &c);
    assert_int_equal(utfall_run_defer(run, end, &objects[0]), UTFALL_OK);
    utfall_run *branch = utfall_run_branch(run);
    assert_non_null(branch);
    *utfall__run_numbers(branch) = branch;
    const char *small = utfall_run_text(branch, "small", 5);
    char *large = utfall_run_alloc(branch, 3000000);
    memset(large, 'x', 3000000);
    char *buffers[3];
    for (size_t i = 0; i < 3; i++) {
        buffers[i] = utfall__run_resize(branch, NULL, 100, 1);
        assert_non_null(buffers[i]);
        memset(buffers[i], 'b', 100);
    }
    void *own = utfall__run_resize(run, NULL, 100, 1);
    assert_int_equal(utfall_run_defer(branch, end, &objects[2]), UTFALL_OK);
    assert_int_equal(utfall_run_defer(branch, end, &objects[3]), UTFALL_OK);
    assert_int_equal(utfall_run_defer(run, end, &objects[1]), UTFALL_OK);
    utfall_run_merge(run, branch);
    assert_int_equal(count, 0);
    assert_string_equal(small, "small");
    assert_int_equal(large[2999999], 'x');
    assert_null(*utfall__run_numbers(run));
    assert_null(utfall__run_resize(run, buffers[1], 0, 1));
    buffers[0] = utfall__run_resize(run, buffers[0], 100000, 1);
    assert_int_equal(buffers[0][99], 'b');
    assert_null(utfall__run_resize(run, own, 0, 1));
    utfall_run_free(run);
    assert_int_equal(count, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(order[i], 4 - i);
    assert_true(c.out == 0);
}

static void a_branch_may_hold_nothing(void **state)
{
    for (int i = 0; i < 3; i++) {
        utfall_run *branch = utfall_run_branch(*state);
        assert_non_null(branch);
        utfall_run_merge(*state, branch);
        assert_non_null(utfall_run_alloc(*state, 10));
    }
    assert_int_equal(utfall_run_failure(*state), UTFALL_OK);
    assert_null(utfall_run_finding(*state, 0));
}

/* A run that took branches back is cleared and used again. */
static void what_a_branch_brought_goes_when_the_run_is_cleared(void **state)
{
    (void)state;
    counting c = {0};
    utfall_run *run = utfall_run_new(counting_alloc, &c);
    for (int round = 1; round <= 3; round++) {
        int order[1], count = 0;
        ended object = {order, &count, round};
        utfall_run *branch = utfall_run_branch(run);
        assert_non_null(utfall_run_alloc(branch, 500));
        assert_non_null(utfall_run_alloc(branch, 500000));
        assert_non_null(utfall__run_resize(branch, NULL, 500, 1));
        assert_int_equal(utfall_run_defer(branch, end, &object), UTFALL_OK);
        say(branch, UTFALL_ERROR, "error");
        utfall_run_merge(run, branch);
        assert_int_equal(utfall_run_errors(run), 1);
        utfall_run_clear(run);
        assert_int_equal(count, 1);
        assert_int_equal(utfall_run_errors(run), 0);
        assert_non_null(utfall_run_alloc(run, 600));
    }
    utfall_run_free(run);
    assert_true(c.out == 0);
}

static void complete_from(utfall_run *run, const void *ctx, utfall_finding *finding)
{
    finding->excerpt = utfall_run_join(run, ctx, ": ", finding->message, (const char *)NULL);
}

/* Say so many of each thrice: all in the run, or twice in branches of it. */
static void say_in_parts(utfall_run *run, int errors, int warnings, bool is_apart)
{
    utfall_run_on_report(run, complete_from, "line");
    for (int part = 0; part < 3; part++) {
        utfall_run *at = is_apart && part > 0 ? utfall_run_branch(run) : run;
        for (int i = 0; i < errors || i < warnings; i++) {
            const char *message = utfall_run_decimal(at, part * 1000 + i);
            if (i < errors)
                say(at, UTFALL_ERROR, message);
            if (i < warnings)
                say(at, UTFALL_WARNING, message);
        }
        if (part == 1)
            utfall_run_fail(at, UTFALL_E_RANGE);
        if (part == 2)
            utfall_run_fail(at, UTFALL_E_NOMEM);
        if (at != run)
            utfall_run_merge(run, at);
    }
}

static void what_branches_found_is_as_if_the_run_had(void **state)
{
    (void)state;
    static const int counts[][2] = {{0, 0}, {3, 1}, {1, 20}, {17, 16}, {20, 60}, {60, 0}, {99, 99}};
    for (size_t n = 0; n < sizeof counts / sizeof *counts; n++) {
        utfall_run *whole = utfall_run_new(NULL, NULL), *parts = utfall_run_new(NULL, NULL);
        say_in_parts(whole, counts[n][0], counts[n][1], false);
        say_in_parts(parts, counts[n][0], counts[n][1], true);
        assert_int_equal(utfall_run_errors(parts), 3 * counts[n][0] + 1);
        assert_int_equal(utfall_run_errors(parts), utfall_run_errors(whole));
        assert_int_equal(utfall_run_warnings(parts), utfall_run_warnings(whole));
        assert_int_equal(utfall_run_failure(parts), UTFALL_E_RANGE);
        const utfall_finding *a, *b;
        for (size_t i = 0; (a = utfall_run_finding(whole, i)) != NULL; i++) {
            b = utfall_run_finding(parts, i);
            assert_non_null(b);
            assert_int_equal(b->code, a->code);
            assert_int_equal(b->severity, a->severity);
            assert_string_equal(b->message, a->message);
            assert_string_equal(b->excerpt == NULL ? "" : b->excerpt,
                                a->excerpt == NULL ? "" : a->excerpt);
            assert_int_equal(utfall_run_finding(parts, i + 1) == NULL,
                             utfall_run_finding(whole, i + 1) == NULL);
        }
        utfall_run_free(whole);
        utfall_run_free(parts);
    }
}

static void missing_memory_is_told_once_whoever_missed_it(void **state)
{
    for (int i = 0; i < 4; i++) {
        utfall_run *branch = utfall_run_branch(*state);
        say(branch, UTFALL_ERROR, "before");
        utfall_run_fail(branch, UTFALL_E_NOMEM);
        say(branch, UTFALL_WARNING, "after");
        utfall_run_merge(*state, branch);
        utfall_run_fail(*state, UTFALL_E_NOMEM);
    }
    static const char *const told[] = {"before", "out of memory", "after",  "before", "after",
                                       "before", "after",         "before", "after"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        assert_string_equal(utfall_run_finding(*state, i)->message, told[i]);
    assert_null(utfall_run_finding(*state, sizeof told / sizeof *told));
    assert_int_equal(utfall_run_errors(*state), 5);
    assert_int_equal(utfall_run_warnings(*state), 4);
    assert_int_equal(utfall_run_failure(*state), UTFALL_E_NOMEM);
}

static void a_branch_that_is_freed_leaves_nothing(void **state)
{
    (void)state;
    counting c = {0};
    utfall_run *run = utfall_run_new(counting_alloc, &c);
    const int64_t out = c.out;
    utfall_run *branch = utfall_run_branch(run);
    assert_non_null(utfall_run_alloc(branch, 100));
    say(branch, UTFALL_ERROR, "error");
    utfall_run_fail(branch, UTFALL_E_BUG);
    utfall_run_free(branch);
    assert_true(c.out == out);
    assert_int_equal(utfall_run_errors(run), 0);
    assert_int_equal(utfall_run_failure(run), UTFALL_OK);
    utfall_run_free(run);
}

static void branches_survive_the_failure_of_any_allocation(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 60; n++) {
        counting c = {.fail_at = n};
        utfall_run *run = utfall_run_new(counting_alloc, &c);
        if (!run)
            continue;
        for (int i = 0; i < 4; i++) {
            utfall_run *branch = utfall_run_branch(run);
            if (!branch)
                break;
            (void)utfall_run_alloc(branch, 5000);
            (void)utfall__run_resize(branch, NULL, 100, 1);
            say(branch, UTFALL_ERROR, "x");
            utfall_run_merge(run, branch);
        }
        bool is_short = c.requests >= n;
        assert_int_equal(utfall_run_failure(run), is_short ? UTFALL_E_NOMEM : UTFALL_OK);
        assert_true(utfall_run_errors(run) <= 4 + (uint64_t)is_short);
        assert_true(is_short || utfall_run_errors(run) == 4);
        const utfall_finding *finding;
        size_t told = 0;
        for (size_t i = 0; (finding = utfall_run_finding(run, i)) != NULL; i++)
            told += finding->code == UTFALL_E_NOMEM;
        assert_int_equal(told, is_short);
        utfall_run_free(run);
        assert_true(c.out == 0);
    }
}

static void status_names_are_their_identifiers(void **state)
{
    (void)state;
    static const char *const names[] = {
        "UTFALL_OK",        "UTFALL_E_NOMEM",     "UTFALL_E_SYNTAX",  "UTFALL_E_SCHEMA",
        "UTFALL_E_UNIT",    "UTFALL_E_RANGE",     "UTFALL_E_MISSING", "UTFALL_E_CONFLICT",
        "UTFALL_E_INEXACT", "UTFALL_E_UNDECIDED", "UTFALL_E_IO",      "UTFALL_E_INVALID",
        "UTFALL_E_BUG"};
    for (int i = 0; i <= UTFALL_E_BUG; i++)
        assert_string_equal(utfall_status_name((utfall_status)i), names[i]);
    assert_string_equal(utfall_status_name((utfall_status)99), "?");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pieces_are_zeroed_and_aligned_for_any_type),
        TEST(a_piece_of_no_bytes_is_not_null),
        TEST(an_overflowing_product_is_no_memory),
        TEST(a_size_near_the_end_of_the_address_space_is_no_memory),
        TEST(small_pieces_share_blocks),
        TEST(a_buffer_keeps_its_content_as_it_grows_and_shrinks),
        TEST(scattered_memory_holds_what_it_held),
        TEST(written_memory_is_what_it_was),
        TEST(a_run_gives_everything_back),
        TEST(deferred_ends_are_called_in_reverse_order),
        TEST(a_cleared_run_is_as_good_as_new),
        TEST(a_cleared_run_asks_for_no_new_memory),
        TEST(texts_are_copied_with_an_end),
        TEST(join_puts_all_parts_together),
        TEST(decimals_reach_both_ends_of_int64),
        TEST(a_finding_is_kept_as_it_was_said),
        TEST(a_file_is_never_null),
        TEST(fifty_of_each_are_kept_and_all_are_counted),
        TEST(an_excerpt_is_cut_between_characters),
        TEST(the_first_failure_stays),
        TEST(missing_memory_is_told_once_even_when_no_room_is_left),
        TEST(a_finding_without_memory_keeps_its_code_and_place),
        TEST(every_call_survives_the_failure_of_any_allocation),
        TEST(a_branch_brings_its_memory_and_its_ends),
        TEST(a_branch_may_hold_nothing),
        TEST(what_a_branch_brought_goes_when_the_run_is_cleared),
        TEST(what_branches_found_is_as_if_the_run_had),
        TEST(missing_memory_is_told_once_whoever_missed_it),
        TEST(a_branch_that_is_freed_leaves_nothing),
        TEST(branches_survive_the_failure_of_any_allocation),
        TEST(status_names_are_their_identifiers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
