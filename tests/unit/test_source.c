/* Bytes from files and memory, in blocks, with their digest. */
#define _POSIX_C_SOURCE 200809L
#include "files.h"
#include <fcntl.h>
#include <sys/stat.h>

#include "contracts/digest.h"
#include "contracts/source.h"

static void assert_refused(const char *path, uint64_t max, const char *why)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_source *source = NULL;
    const char *reason = NULL;
    assert_int_equal(utfall_source_open(run, &source, &reason, path, max), UTFALL_E_IO);
    assert_null(source);
    assert_string_equal(reason, why);
    assert_int_equal(utfall_run_errors(run), 0);
    utfall_run_free(run);
}

static void what_is_no_regular_file_is_refused(void **state)
{
    (void)state;
    struct files files;
    files_begin(&files);
    const char *pipe = files_path(&files, "pipe");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_refused(pipe, 100, "is not a regular file");
    assert_refused(files.folder, 100, "is a folder, not a file");
    assert_refused("/dev/null", 100, "is not a regular file");
    assert_refused(files_path(&files, "absent"), 100, "does not exist");
    const char *text = files_text(&files, "file", "abc");
    char below[160];
    (void)snprintf(below, sizeof below, "%s/x", text);
    assert_refused(below, 100, "does not exist: a part of its path is no folder");
    files_end(&files);
}

static void a_file_over_the_limit_is_refused_before_it_is_read(void **state)
{
    (void)state;
    struct files files;
    files_begin(&files);
    const char *text = files_text(&files, "file", "abcd");
    assert_refused(text, 3, "is larger than any input may be");
    const char *large = files_text(&files, "large", "");
    assert_int_equal(truncate(large, (off_t)UTFALL_SOURCE_BYTES_MAX + 1), 0);
    assert_refused(large, UTFALL_SOURCE_BYTES_MAX, "is larger than any input may be");
    files_end(&files);
}

/* Read to the end, keeping as many bytes as `keep` says each time, and compare with what is kept
 * and what is new. */
static void assert_comes_through(const char *path, const char *bytes, size_t len, size_t block,
                                 size_t keep)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_source *source = NULL;
    utfall_input input = {.rows = 7};
    const char *reason = NULL;
    char *text = NULL;
    uint8_t digest[32];
    size_t at = 0, held = 0, got = 0;
    if (path != NULL)
        assert_int_equal(utfall_source_open(run, &source, &reason, path, len), UTFALL_OK);
    else
        assert_int_equal(utfall_source_memory(run, &source, bytes, len, block), UTFALL_OK);
    do {
        assert_int_equal(utfall_source_next(source, &text, &got, &reason, held), UTFALL_OK);
        assert_true(got >= held && at - held + got <= len);
        assert_memory_equal(text, bytes + at - held, got);
        memset(text + got, '\n', UTFALL_SOURCE_PAD); /* the room after it may be written over */
        at += got - held;
        if (got == held)
            break;
        held = keep < got ? keep : got;
    } while (true);
    assert_int_equal(at, len);
    assert_int_equal(utfall_source_close(source, &input), UTFALL_OK);
    assert_int_equal(input.bytes, len);
    assert_int_equal(input.rows, 7);
    assert_int_equal(utfall_digest_of(digest, bytes, len), UTFALL_OK);
    assert_memory_equal(input.sha256, digest, sizeof digest);
    utfall_run_free(run);
}

static void every_byte_comes_through_once_and_is_digested(void **state)
{
    (void)state;
    enum { LEN = 3 * UTFALL_SOURCE_BLOCK + 123 };
    char *bytes = malloc(LEN);
    assert_non_null(bytes);
    for (size_t i = 0; i < LEN; i++)
        bytes[i] = (char)(i * 31 + i / 251);
    struct files files;
    files_begin(&files);
    const size_t lens[] = {
        0, 1, UTFALL_SOURCE_BLOCK - 1, UTFALL_SOURCE_BLOCK, UTFALL_SOURCE_BLOCK + 1, LEN};
    const size_t keeps[] = {0, 1, 100, UTFALL_SOURCE_KEEP};
    for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%zu", lens[i]);
        const char *path = files_write(&files, name, bytes, lens[i]);
        for (size_t k = 0; k < sizeof keeps / sizeof *keeps; k++) {
            assert_comes_through(path, bytes, lens[i], 0, keeps[k]);
            assert_comes_through(NULL, bytes, lens[i], 4099, keeps[k]);
        }
    }
    assert_comes_through(NULL, bytes, 1000, 1, 17);
    files_end(&files);
    free(bytes);
}

static void more_than_can_be_kept_is_our_mistake(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_source *source = NULL;
    const char *reason = NULL;
    char *text = NULL;
    size_t len = 0;
    assert_int_equal(utfall_source_memory(run, &source, "a", 1, 1), UTFALL_OK);
    assert_int_equal(utfall_source_next(source, &text, &len, &reason, UTFALL_SOURCE_KEEP + 1),
                     UTFALL_E_BUG);
    assert_int_equal(utfall_source_memory(run, &source, "a", 1, 0), UTFALL_E_BUG);
    assert_int_equal(utfall_source_memory(run, &source, "a", 1, UTFALL_SOURCE_BLOCK + 1),
                     UTFALL_E_BUG);
    utfall_run_free(run);
}

static void a_run_that_ends_closes_its_files(void **state)
{
    (void)state;
    struct files files;
    files_begin(&files);
    const char *path = files_text(&files, "file", "abc"), *reason = NULL;
    int before = open(path, O_RDONLY);
    assert_int_equal(close(before), 0);
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_source *source = NULL;
    assert_int_equal(utfall_source_open(run, &source, &reason, path, 3), UTFALL_OK);
    utfall_run_free(run);
    int after = open(path, O_RDONLY);
    assert_int_equal(close(after), 0);
    assert_int_equal(after, before);
    files_end(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_regular_file_is_refused),
        cmocka_unit_test(a_file_over_the_limit_is_refused_before_it_is_read),
        cmocka_unit_test(every_byte_comes_through_once_and_is_digested),
        cmocka_unit_test(more_than_can_be_kept_is_our_mistake),
        cmocka_unit_test(a_run_that_ends_closes_its_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
