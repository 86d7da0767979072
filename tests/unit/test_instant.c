/* Times: the form, the calendar, and there and back. Expected seconds are from `date -u -d ...
 * +%s`. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "ledger/instant.h"
#include "utfall/ledger.h"
#include <string.h>

static const struct {
    const char *text;
    int64_t seconds;
} known[] = {
    {"1900-01-01T00:00:00Z", INT64_C(-2208988800)},
    {"1969-12-31T23:59:59Z", -1},
    {"1970-01-01T00:00:00Z", 0},
    {"1999-12-31T23:59:59Z", 946684799},
    {"2000-02-29T12:34:56Z", 951827696},
    {"2000-03-01T00:00:00Z", 951868800},
    {"2026-11-22T12:00:00Z", 1795348800},
    {"2038-01-19T03:14:08Z", INT64_C(2147483648)},
    {"2100-02-28T23:59:59Z", INT64_C(4107542399)},
    {"2100-03-01T00:00:00Z", INT64_C(4107542400)},
    {"9999-12-31T23:59:59Z", INT64_C(253402300799)},
};

static void known_times_have_their_seconds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        utfall_instant at = 7;
        assert_true(utfall_instant_parse(&at, known[i].text, 20));
        assert_true(at == known[i].seconds);
    }
}

static void seconds_have_their_text(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_string_equal(utfall_instant_text(run, known[i].seconds), known[i].text);
    assert_null(utfall_instant_text(run, INT64_C(253402300800)));
    assert_null(utfall_instant_text(run, INT64_C(-2208988801)));
    utfall_run_free(run);
}

static void every_day_comes_back(void **state)
{
    (void)state;
    for (int64_t day = -25567; day < 60000; day += 1000) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        for (int64_t i = day; i < day + 1000; i++) {
            utfall_instant at = 0;
            const char *text = utfall_instant_text(run, i * 86400 + 43210);
            assert_true(utfall_instant_parse(&at, text, strlen(text)));
            assert_true(at == i * 86400 + 43210);
        }
        utfall_run_free(run);
    }
}

static void other_forms_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "2026-11-22",
        "2026-11-22T12:00:00",
        "2026-11-22T12:00:00z",
        "2026-11-22 12:00:00Z",
        "2026-11-22T12:00:00ZZ",
        "2026-11-22T12:00:0 Z",
        "2026-11-31T12:00:00Z",
        "2025-02-29T12:00:00Z",
        "2100-02-29T12:00:00Z",
        "2026-00-10T12:00:00Z",
        "2026-13-10T12:00:00Z",
        "2026-11-00T12:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T12:60:00Z",
        "2026-11-22T12:00:60Z",
        "1899-12-31T23:59:59Z",
        "-026-11-22T12:00:00Z",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        utfall_instant at = 7;
        assert_false(utfall_instant_parse(&at, wrong[i], strlen(wrong[i])));
        assert_true(at == 7);
        assert_false(utfall_time_is_valid(wrong[i]));
    }
    assert_true(utfall_time_is_valid("2024-02-29T23:59:59Z"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_times_have_their_seconds),
        cmocka_unit_test(seconds_have_their_text),
        cmocka_unit_test(every_day_comes_back),
        cmocka_unit_test(other_forms_are_refused),
    };
    return cmocka_run_group_tests_name("instant", tests, NULL, NULL);
}
