/* Files: read whole or not at all, replaced whole or not at all. */
#define _POSIX_C_SOURCE 200809L
#include "unit/ledger_made.h"
#include "unit/folder.h"
#include "ledger/file.h"
#include <signal.h>
#include <sys/resource.h>

static unsigned mode_of(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return (unsigned)about.st_mode & 0777U;
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *bytes = NULL, *path = in_folder("a");
    size_t len = 0, size = 3 << 20;
    char *text = utfall_run_alloc(run, size);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)(i * 7 % 251);
    assert_ok(run, utfall_file_replace(run, path, text, size, 0666));
    assert_ok(run, utfall_file_read(run, &bytes, &len, path, size));
    assert_int_equal(len, size);
    assert_memory_equal(bytes, text, size);
    assert_int_equal(bytes[len], 0);
    assert_ok(run, utfall_file_replace(run, path, "", 0, 0666));
    assert_ok(run, utfall_file_read(run, &bytes, &len, path, size));
    assert_int_equal(len, 0);
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void a_new_file_has_the_mode_asked_for_under_the_umask(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    mode_t old = umask(027);
    assert_ok(run, utfall_file_replace(run, in_folder("a"), "x", 1, 0666));
    assert_ok(run, utfall_file_replace(run, in_folder("b"), "x", 1, 0600));
    (void)umask(old);
    assert_int_equal(mode_of(in_folder("a")), 0640);
    assert_int_equal(mode_of(in_folder("b")), 0600);
    assert_int_equal(folder_count(1), 2);
    utfall_run_free(run);
}

static void assert_not_read(const char *path, size_t max, const char *says)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *bytes = NULL;
    size_t len = 77;
    assert_status(UTFALL_E_IO, utfall_file_read(run, &bytes, &len, path, max));
    assert_null(bytes);
    assert_int_equal(len, 77);
    assert_string_equal(utfall_run_finding(run, 0)->at.file, path);
    if (!strstr(first_message(run), says))
        fail_msg("\"%s\" does not say \"%s\"", first_message(run), says);
    utfall_run_free(run);
}

static void only_files_within_the_bound_are_read(void **state)
{
    (void)state;
    saved(in_folder("five"), "12345", 5);
    assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
    assert_not_read(in_folder("none"), 10, "No such file");
    assert_not_read(in_folder("pipe"), 10, "not a file"); /* and does not wait for a writer */
    assert_not_read(folder, 10, "not a file");
    assert_not_read("/dev/zero", 10, "not a file");
    assert_not_read(in_folder("five"), 4, "larger than 4 bytes");
    assert_int_equal(folder_count(1), 2);
}

static void a_replacement_that_fails_leaves_the_old_file(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *bytes = NULL, *path = in_folder("a");
    size_t len = 0;
    utfall_file file;
    saved(path, "old", 3);
    assert_ok(run, utfall_file_begin(run, &file, path, 0666));
    assert_ok(run, utfall_file_write(&file, "new", 3));
    assert_ok(run, utfall_file_read(run, &bytes, &len, path, 10));
    assert_memory_equal(bytes, "old", 3);
    assert_int_equal(folder_count(0), 2);
    utfall_file_abandon(&file);
    assert_int_equal(folder_count(0), 1);
    assert_ok(run, utfall_file_read(run, &bytes, &len, path, 10));
    assert_memory_equal(bytes, "old", 3);
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

/* A folder cannot be replaced by a file, so the rename fails after everything else went well. */
static void a_rename_that_fails_leaves_nothing_behind(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_int_equal(mkdir(in_folder("sub"), 0700), 0);
    assert_status(UTFALL_E_IO, utfall_file_replace(run, in_folder("sub"), "x", 1, 0666));
    assert_int_equal(folder_count(1), 1);
    assert_status(UTFALL_E_IO, utfall_file_replace(run, in_folder("no/x"), "x", 1, 0666));
    assert_int_equal(folder_count(0), 0);
    utfall_run_free(run);
}

/* The size limit of the process stands in for a full disk: write fails in the middle. */
static void a_full_disk_leaves_the_old_file_alone(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *bytes = NULL, *path = in_folder("a");
    size_t len = 0;
    char *text = utfall_run_alloc(run, 100000);
    struct rlimit old, tight;
    saved(path, "old", 3);
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    tight = old;
    tight.rlim_cur = 50000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    utfall_status status = utfall_file_replace(run, path, text, 100000, 0666);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_status(UTFALL_E_IO, status);
    assert_ok(run, utfall_file_read(run, &bytes, &len, path, 10));
    assert_memory_equal(bytes, "old", 3);
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void a_prepared_file_waits_for_its_place(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *bytes = NULL, *path = in_folder("a");
    size_t len = 0;
    utfall_file *file = NULL;
    saved(path, "old", 3);
    assert_ok(run, utfall_file_prepare(run, &file, path, "new", 3, 0600));
    assert_ok(run, utfall_file_read(run, &bytes, &len, path, 10));
    assert_string_equal(bytes, "old");
    assert_int_equal(folder_count(0), 2);
    assert_ok(run, utfall_file_place(file));
    assert_ok(run, utfall_file_read(run, &bytes, &len, path, 10));
    assert_string_equal(bytes, "new");
    assert_int_equal(folder_count(0), 1);
    assert_ok(run, utfall_file_prepare(run, &file, path, "newer", 5, 0600));
    assert_status(UTFALL_E_IO, utfall_file_place_new(file));
    assert_ok(run, utfall_file_read(run, &bytes, &len, path, 10));
    assert_string_equal(bytes, "new");
    assert_ok(run, utfall_file_prepare(run, &file, in_folder("b"), "newer", 5, 0600));
    assert_ok(run, utfall_file_place_new(file));
    assert_int_equal(folder_count(1), 2);
    utfall_run_free(run);
}

/* What a killed program left goes; what somebody writes, or has another name, stays. */
static void only_what_was_left_behind_is_swept(void **state)
{
    (void)state;
    static const char *const stay[] = {
        "a",
        "a.0123456789abcde",
        "a.0123456789abcdef0",
        "a.0123456789abcdeF",
        "a.0123456789abcdeg",
        "a0123456789abcdef0",
        "b.0123456789abcdef",
        "ba.0123456789abcdef",
        "a.b.0123456789abcdef",
    };
    enum { STAY = sizeof stay / sizeof *stay };
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_file *file = NULL;
    for (size_t i = 0; i < STAY; i++)
        saved(in_folder(stay[i]), "x", 1);
    saved(in_folder("a.0123456789abcdef"), "x", 1);
    saved(in_folder("a.ffffffffffffffff"), "x", 1);
    assert_int_equal(mkdir(in_folder("a.aaaaaaaaaaaaaaaa"), 0700), 0);
    assert_int_equal(symlink("b.0123456789abcdef", in_folder("a.bbbbbbbbbbbbbbbb")), 0);
    assert_ok(run, utfall_file_prepare(run, &file, in_folder("a"), "new", 3, 0600));
    assert_int_equal(folder_count(0), STAY + 5);
    assert_ok(run, utfall_file_sweep(run, in_folder("a")));
    assert_int_equal(folder_count(0), STAY + 3); /* folder, link, and what is being written */
    for (size_t i = 0; i < STAY; i++)
        assert_int_equal(access(in_folder(stay[i]), F_OK), 0);
    assert_ok(run, utfall_file_place(file));
    assert_ok(run, utfall_file_sweep(run, in_folder("no/a")));
    assert_int_equal(folder_count(1), STAY + 2);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_prepared_file_waits_for_its_place),
        cmocka_unit_test(only_what_was_left_behind_is_swept),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_new_file_has_the_mode_asked_for_under_the_umask),
        cmocka_unit_test(only_files_within_the_bound_are_read),
        cmocka_unit_test(a_replacement_that_fails_leaves_the_old_file),
        cmocka_unit_test(a_rename_that_fails_leaves_nothing_behind),
        cmocka_unit_test(a_full_disk_leaves_the_old_file_alone),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
