/* The secret: made once, read back, never overwritten, and said to be open when it is. */
#define _POSIX_C_SOURCE 200809L
#include "unit/ledger_made.h"
#include "unit/folder.h"

static void a_secret_is_made_once_and_read_back(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint8_t first[32] = {0}, second[32] = {0}, other[32] = {0};
    bool made = false;
    struct stat about;
    assert_ok(run, utfall_secret_load(run, first, &made, in_folder("a"), true));
    assert_true(made);
    assert_int_equal(stat(in_folder("a"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(about.st_size, 65);
    assert_ok(run, utfall_secret_load(run, second, &made, in_folder("a"), true));
    assert_false(made);
    assert_memory_equal(first, second, 32);
    assert_ok(run, utfall_secret_load(run, other, &made, in_folder("b"), true));
    assert_memory_not_equal(first, other, 32);
    assert_int_equal(utfall_run_warnings(run), 0);
    assert_int_equal(folder_count(1), 2);
    utfall_run_free(run);
}

static void a_missing_secret_is_not_made_unasked(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint8_t secret[32] = {7};
    bool made = true;
    assert_status(UTFALL_E_IO, utfall_secret_load(run, secret, &made, in_folder("a"), false));
    assert_status(UTFALL_E_IO, utfall_secret_load(run, secret, &made, in_folder("no/a"), true));
    assert_true(made && secret[0] == 7);
    assert_int_equal(folder_count(0), 0);
    utfall_run_free(run);
}

static void a_secret_is_wiped(void **state)
{
    (void)state;
    uint8_t kept[34];
    memset(kept, 7, sizeof kept);
    utfall_secret_clear(kept + 1);
    assert_true(kept[0] == 7 && kept[33] == 7);
    for (size_t i = 1; i <= 32; i++)
        assert_int_equal(kept[i], 0);
}

#define DIGITS "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static utfall_status loaded(utfall_run *run, const char *text, mode_t mode)
{
    uint8_t secret[32] = {7};
    bool made = true;
    saved(in_folder("a"), text, strlen(text));
    assert_int_equal(chmod(in_folder("a"), mode), 0);
    utfall_status status = utfall_secret_load(run, secret, &made, in_folder("a"), true);
    if (status == UTFALL_OK)
        assert_true(!made && secret[0] == 0 && secret[1] == 0x11 && secret[31] == 0xff);
    else
        assert_true(made && secret[0] == 7);
    return status;
}

static void only_sixty_four_digits_are_a_secret(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "00",
                                      DIGITS "\n\n",
                                      DIGITS "00",
                                      DIGITS " ",
                                      " " DIGITS,
                                      "00112233445566778899AABBCCDDEEFF"
                                      "00112233445566778899aabbccddeeff",
                                      "g0112233445566778899aabbccddeeff"
                                      "00112233445566778899aabbccddeeff"};
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_ok(run, loaded(run, DIGITS, 0600));
    assert_ok(run, loaded(run, DIGITS "\n", 0400));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        (void)remove(in_folder("a"));
        assert_status(UTFALL_E_SYNTAX, loaded(run, bad[i], 0600));
    }
    for (size_t i = 0; utfall_run_finding(run, i); i++)
        assert_null(strstr(utfall_run_finding(run, i)->message, "2233")); /* never shown */
    (void)folder_count(1);
    utfall_run_free(run);
}

static void a_secret_that_others_may_read_gets_a_warning(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_ok(run, loaded(run, DIGITS, 0600));
    assert_int_equal(utfall_run_warnings(run), 0);
    assert_ok(run, loaded(run, DIGITS, 0640));
    assert_int_equal(utfall_run_warnings(run), 1);
    assert_ok(run, loaded(run, DIGITS, 0604));
    assert_int_equal(utfall_run_warnings(run), 2);
    (void)folder_count(1);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_is_made_once_and_read_back),
        cmocka_unit_test(a_secret_is_wiped),
        cmocka_unit_test(a_missing_secret_is_not_made_unasked),
        cmocka_unit_test(only_sixty_four_digits_are_a_secret),
        cmocka_unit_test(a_secret_that_others_may_read_gets_a_warning),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
