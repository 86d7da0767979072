/* Marks: places where lines begin, no denser than said, none left out; and the digest of it all. */
#define _POSIX_C_SOURCE 200809L
#include "unit/ledger_made.h"
#include "unit/folder.h"
#include "ledger/file.h"
#include "ledger/marks.h"
#include <openssl/sha.h>

/* Lines of 0 to `longest` - 1 bytes. */
static char *lines_of(utfall_run *run, uint64_t *state, size_t len, int64_t longest)
{
    char *text = utfall_run_alloc(run, len + 1);
    assert_non_null(text);
    memset(text, 'x', len);
    for (size_t at = 0; at < len; at += (size_t)between(state, 1, longest))
        text[at] = '\n';
    return text;
}

static utfall_status marked(utfall_run *run, utfall_marks *marks, bool *is_as_said, uint64_t bytes,
                            const uint8_t sha256[32])
{
    int descriptor = -1;
    uint64_t size = 0;
    assert_ok(run, utfall_file_open(run, &descriptor, &size, in_folder("x")));
    utfall_status status =
        utfall_marks_make(run, marks, is_as_said, "x", descriptor, bytes, sha256);
    assert_int_equal(close(descriptor), 0);
    return status;
}

static void assert_marks(const utfall_marks *marks, const char *text, size_t len)
{
    uint64_t line = 1;
    size_t next = 1;
    assert_true(marks->count >= 2 && marks->mark[0].offset == 0 && marks->mark[0].line == 1);
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '\n')
            continue;
        line++;
        if (i + 1 - marks->mark[next - 1].offset >= UTFALL_MARK_BYTES) {
            assert_true(next < marks->count);
            assert_true(marks->mark[next].offset == i + 1 && marks->mark[next].line == line);
            next++;
        }
    }
    assert_int_equal(next, marks->count - 1);
    assert_true(marks->mark[next].offset == len && marks->mark[next].line == line);
}

static void every_mark_is_where_a_line_begins(void **state)
{
    (void)state;
    static const int64_t longest[] = {2, 100, 5000, 300000};
    static const size_t sizes[] = {0, 1, 65535, 65536, 131072, 131073, 1000003};
    uint64_t chances = 1;
    for (size_t i = 0; i < sizeof longest / sizeof *longest; i++) {
        for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
            utfall_run *run = utfall_run_new(NULL, NULL);
            const char *text = lines_of(run, &chances, sizes[n], longest[i]);
            uint8_t digest[32];
            utfall_marks marks;
            bool is_as_said = false;
            saved(in_folder("x"), text, sizes[n]);
            SHA256((const unsigned char *)text, sizes[n], digest);
            assert_ok(run, marked(run, &marks, &is_as_said, sizes[n], digest));
            assert_true(is_as_said);
            assert_marks(&marks, text, sizes[n]);
            utfall_run_free(run);
        }
    }
    assert_int_equal(folder_count(1), 1);
}

static void other_bytes_are_not_as_said(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *text = lines_of(run, &(uint64_t){7}, 200000, 80);
    uint8_t digest[32];
    utfall_marks marks;
    bool is_as_said = true;
    saved(in_folder("x"), text, 200000);
    SHA256((const unsigned char *)text, 200000, digest);
    assert_ok(run, marked(run, &marks, &is_as_said, 199999, digest));
    assert_false(is_as_said);
    is_as_said = true;
    assert_ok(run, marked(run, &marks, &is_as_said, 200001, digest));
    assert_false(is_as_said);
    is_as_said = true;
    digest[31] ^= 1;
    assert_ok(run, marked(run, &marks, &is_as_said, 200000, digest));
    assert_false(is_as_said);
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mark_is_where_a_line_begins),
        cmocka_unit_test(other_bytes_are_not_as_said),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
