/* Values of cells: every spelling that is read, and every one that is refused with its reason. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contracts/cell.h"
#include "seeded.h"

#define NBSP "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"

static void assert_amount(const char *text, char decimal, int64_t minor)
{
    utfall_money got = {INT64_MIN + 7};
    utfall_refusal refusal = {NULL, NULL};
    if (utfall_cell_amount(&got, &refusal, text, strlen(text), decimal) != UTFALL_OK)
        fail_msg("\"%s\" %s", text, refusal.why);
    if (got.minor != minor)
        fail_msg("\"%s\" is read as %" PRId64 ", not %" PRId64, text, got.minor, minor);
    int64_t plain = minor ^ 1;
    if (utfall_cell_amount_plain(&plain, text, strlen(text), decimal) && plain != minor)
        fail_msg("\"%s\" is read plainly as %" PRId64 ", not %" PRId64, text, plain, minor);
}

static void assert_no_amount(const char *text, char decimal, utfall_status status, const char *why)
{
    utfall_money got = {42};
    utfall_refusal refusal = {NULL, NULL};
    utfall_status is = utfall_cell_amount(&got, &refusal, text, strlen(text), decimal);
    if (is != status || refusal.why == NULL || strstr(refusal.why, why) == NULL)
        fail_msg("\"%s\": %s, \"%s\"", text, utfall_status_name(is),
                 refusal.why == NULL ? "" : refusal.why);
    assert_true(got.minor == 42);
    int64_t plain = 42;
    assert_false(utfall_cell_amount_plain(&plain, text, strlen(text), decimal));
    assert_true(plain == 42);
}

static void amounts_are_kronor_and_at_most_two_decimals(void **state)
{
    (void)state;
    assert_amount("0", '.', 0);
    assert_amount("-0", '.', 0);
    assert_amount("1", '.', 100);
    assert_amount("41714,00", ',', 4171400);
    assert_amount("41714.05", '.', 4171405);
    assert_amount("1,5", ',', 150);
    assert_amount("-0,01", ',', -1);
    assert_amount("007", '.', 700);
    assert_amount("0,99", ',', 99);
}

static void thousands_marks_stand_between_groups_of_three(void **state)
{
    (void)state;
    assert_amount("12 499,00", ',', 1249900);
    assert_amount("4" NBSP "250,00", ',', 425000);
    assert_amount("4" NARROW "250", '.', 425000);
    assert_amount("1 234 567,89", ',', 123456789);
    assert_amount("1" NBSP "234 567.8", '.', 123456780);
    assert_no_amount("12 34", ',', UTFALL_E_SYNTAX, "three digits each");
    assert_no_amount("1 2345", ',', UTFALL_E_SYNTAX, "three digits each");
    assert_no_amount("1234 567", ',', UTFALL_E_SYNTAX, "three digits each");
    assert_no_amount("1  234", ',', UTFALL_E_SYNTAX, "expected digits");
    assert_no_amount("1 234, 5", ',', UTFALL_E_SYNTAX, "no digits follow");
    assert_no_amount("1\xE2\x80\x89"
                     "234",
                     ',', UTFALL_E_SYNTAX, "expected digits");
}

static void four_minus_signs_are_one(void **state)
{
    (void)state;
    assert_amount("-1,00", ',', -100);
    assert_amount("\xE2\x88\x92"
                  "1,00",
                  ',', -100);
    assert_amount("\xE2\x80\x93"
                  "1 000",
                  ',', -100000);
    assert_amount("\xE2\x80\x91"
                  "0,4",
                  ',', -40);
    assert_no_amount("\xE2\x80\x92"
                     "1",
                     ',', UTFALL_E_SYNTAX, "expected digits");
    assert_no_amount("--1", ',', UTFALL_E_SYNTAX, "without digits");
    assert_no_amount("- 1", ',', UTFALL_E_SYNTAX, "expected digits");
    assert_no_amount("1-", ',', UTFALL_E_SYNTAX, "a minus sign goes before");
    assert_no_amount("(1)", ',', UTFALL_E_SYNTAX, "parentheses");
}

static void kr_may_follow(void **state)
{
    (void)state;
    assert_amount("4 250 kr", ',', 425000);
    assert_amount("4250,50" NBSP "kr", ',', 425050);
    assert_amount("1kr", '.', 100);
    assert_no_amount("1 kronor", ',', UTFALL_E_SYNTAX, "expected digits");
    assert_no_amount("1 tkr", ',', UTFALL_E_UNIT, "thousands or millions");
    assert_no_amount("7,5 Mkr", ',', UTFALL_E_UNIT, "thousands or millions");
    assert_no_amount("4 250:-", ',', UTFALL_E_SYNTAX, "\":-\"");
    assert_no_amount("100 SEK", ',', UTFALL_E_UNIT, "currency");
    assert_no_amount("100 EUR", ',', UTFALL_E_UNIT, "currency");
    assert_no_amount("kr", ',', UTFALL_E_SYNTAX, "expected digits");
    assert_no_amount("kr 5", ',', UTFALL_E_SYNTAX, "expected digits");
}

static void a_mark_that_could_mean_two_things_is_refused(void **state)
{
    (void)state;
    assert_no_amount("1.234", ',', UTFALL_E_SYNTAX, "decimal mark is \",\"");
    assert_no_amount("1,234", '.', UTFALL_E_SYNTAX, "decimal mark is \".\"");
    assert_no_amount("1.234,50", ',', UTFALL_E_SYNTAX, "decimal mark is \",\"");
    assert_no_amount("1,234.50", '.', UTFALL_E_SYNTAX, "decimal mark is \".\"");
    assert_no_amount("12.5", ',', UTFALL_E_SYNTAX, "decimal mark is \",\"");
    assert_no_amount("1,234", ',', UTFALL_E_SYNTAX, "more than two decimals");
    assert_no_amount("1.2.3", '.', UTFALL_E_SYNTAX, "expected digits");
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    assert_no_amount("", ',', UTFALL_E_SYNTAX, "is not an amount");
    assert_no_amount("-", ',', UTFALL_E_SYNTAX, "without digits");
    assert_no_amount(" ", ',', UTFALL_E_SYNTAX, "is not an amount");
    assert_no_amount(",5", ',', UTFALL_E_SYNTAX, "expected digits");
    assert_no_amount("5,", ',', UTFALL_E_SYNTAX, "no digits follow");
    assert_no_amount("12 499,0O", ',', UTFALL_E_SYNTAX, "expected digits");
    assert_no_amount("2,5E+05", ',', UTFALL_E_SYNTAX, "scientific");
    assert_no_amount("1e5", '.', UTFALL_E_SYNTAX, "scientific");
    assert_no_amount("NaN", '.', UTFALL_E_SYNTAX, "expected digits");
    assert_no_amount("0x10", '.', UTFALL_E_SYNTAX, "expected digits");
    assert_no_amount("\xD9\xA1", '.', UTFALL_E_SYNTAX, "expected digits");
}

static void formulas_are_refused(void **state)
{
    (void)state;
    assert_no_amount("=A1", ',', UTFALL_E_SYNTAX, "formula");
    assert_no_amount("+5", ',', UTFALL_E_SYNTAX, "formula");
    assert_no_amount("@SUM(1)", ',', UTFALL_E_SYNTAX, "formula");
    assert_no_amount("-2+3", ',', UTFALL_E_SYNTAX, "expected digits");
}

static void amounts_fit_64_bits_of_ore_to_the_last(void **state)
{
    (void)state;
    assert_amount("92233720368547758.07", '.', INT64_MAX);
    assert_amount("-92233720368547758.08", '.', INT64_MIN);
    assert_amount("92 233 720 368 547 758,07 kr", ',', INT64_MAX);
    assert_no_amount("92233720368547758.08", '.', UTFALL_E_RANGE, "too large");
    assert_no_amount("-92233720368547758.09", '.', UTFALL_E_RANGE, "too large");
    assert_no_amount("922337203685477580", '.', UTFALL_E_RANGE, "too large");
    assert_no_amount("99999999999999999999999999", '.', UTFALL_E_RANGE, "too large");
    assert_amount("00000000000000000000000000001", '.', 100);
    assert_no_amount("99999999999999999", '.', UTFALL_E_RANGE, "too large");
    assert_amount("9999999999999999", '.', INT64_C(999999999999999900));
}

static void the_plain_reader_agrees_with_the_full_one(void **state)
{
    (void)state;
    char text[32] = "";
    uint32_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 1664525u + 1013904223u;
        unsigned kronor = seed >> 8, ore = seed % 100;
        int64_t minor = (int64_t)kronor * 100 + ore;
        (void)snprintf(text, sizeof text, "%s%u.%02u", i % 2 == 0 ? "" : "-", kronor, ore);
        int64_t plain = 0;
        assert_true(utfall_cell_amount_plain(&plain, text, strlen(text), '.'));
        assert_true(plain == (i % 2 == 0 ? minor : -minor));
        assert_amount(text, '.', plain);
    }
}

/* A cell that lies where the fast readers may look: 8 bytes before it and `after` bytes from it on,
 * at the ends of a piece of memory of just that size. What surrounds it is `around`. */
static char *cell_place(size_t len, size_t after, char around)
{
    char *room = malloc(8 + (after > len ? after : len));
    assert_non_null(room);
    memset(room, around, 8 + (after > len ? after : len));
    return room + 8;
}

/* What the usual reader takes, the full one takes as the same; what it leaves is another spelling.
 */
static void assert_amount_usual(const char *text, size_t len, char decimal)
{
    static const char around[] = "0-9. ,;\xFF";
    const char *mark = memchr(text, decimal, len);
    const size_t whole = mark == NULL ? 0 : (size_t)(mark - text) - (text[0] == '-');
    utfall_money money = {0};
    utfall_refusal refusal;
    const bool is_amount = utfall_cell_amount(&money, &refusal, text, len, decimal) == UTFALL_OK;
    const bool is_usual = is_amount && mark != NULL && len == (size_t)(mark - text) + 3 &&
                          whole >= 1 && whole <= 8 &&
                          (text[0] == '-' || (text[0] >= '0' && text[0] <= '9')) &&
                          memchr(text, ' ', len) == NULL && memchr(text, '\xC2', len) == NULL;
    const size_t i = (len + (unsigned char)text[0]) % (sizeof around - 1);
    char *cell = cell_place(len, len + 1, around[i]);
    memcpy(cell, text, len);
    int64_t minor = 42;
    const bool is_taken = utfall_cell_amount_usual(&minor, cell, len, decimal);
    if (is_taken != is_usual || minor != (is_taken ? money.minor : 42))
        fail_msg("\"%.*s\" among \"%c\" is %staken, as %" PRId64, (int)len, text, around[i],
                 is_taken ? "" : "not ", minor);
    free(cell - 8);
}

static void the_usual_reader_takes_what_is_plainest_and_nothing_else(void **state)
{
    (void)state;
    char text[32] = "";
    for (int len = 1; len <= 9; len++)
        for (int sign = 0; sign < 2; sign++)
            for (char digit = '0'; digit <= '9'; digit++) {
                text[0] = '-';
                memset(text + sign, digit, (size_t)len);
                memcpy(text + sign + len, ".09", 3);
                for (size_t cut = 0; cut <= (size_t)(sign + len) + 3; cut++)
                    assert_amount_usual(text, cut, '.');
                assert_amount_usual(text, (size_t)(sign + len) + 3, ',');
            }
}

/* Every byte at every place of every length. */
static void one_byte_makes_an_amount_another_spelling(void **state)
{
    (void)state;
    static const char digits[] = "0912345678901234";
    char text[32] = "";
    for (size_t len = 1; len <= 16; len++)
        for (size_t at = 0; at < len; at++)
            for (int byte = 0; byte < 256; byte++) {
                memcpy(text, digits, len);
                if (len >= 3)
                    text[len - 3] = '.';
                text[at] = (char)byte;
                assert_amount_usual(text, len, '.');
            }
}

static void amounts_by_chance_are_taken_alike(void **state)
{
    (void)state;
    static const char bytes[] = "0123456789012345678901234567890123456789.,-- /:;\xC2\xB0";
    seeded s = {31};
    char text[32] = "";
    for (int i = 0; i < 1500000; i++) {
        const uint64_t chance = seeded_next(&s);
        const size_t len = chance % 17;
        for (size_t k = 0; k < len; k++)
            text[k] = bytes[seeded_next(&s) % (sizeof bytes - 1)];
        if (len >= 3 && chance >> 32 & 7)
            text[len - 3] = chance >> 40 & 1 ? '.' : ',';
        if (len > 0 && (chance >> 48 & 3) == 0)
            text[0] = '-';
        assert_amount_usual(text, len, chance >> 41 & 1 ? '.' : ',');
    }
}

/* ---- months ---- */

static void months_are_years_and_months(void **state)
{
    (void)state;
    utfall_refusal refusal = {NULL, NULL};
    utfall_month month = {1}, plain = {2};
    assert_int_equal(utfall_cell_month(&month, &refusal, "2016-08", 7), UTFALL_OK);
    assert_true(utfall_cell_month_plain(&plain, "2016-08", 7));
    assert_int_equal(month.ordinal, 2016 * 12 + 7);
    assert_int_equal(plain.ordinal, 2016 * 12 + 7);
}

static void what_is_no_month_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        utfall_status status;
        const char *why;
    } cases[] = {
        {"", UTFALL_E_SYNTAX, "YYYY-MM"},        {"2016-13", UTFALL_E_RANGE, "01 to 12"},
        {"2016-00", UTFALL_E_RANGE, "01 to 12"}, {"1899-12", UTFALL_E_RANGE, "1900"},
        {"2200-01", UTFALL_E_RANGE, "2199"},     {"2016-08-15", UTFALL_E_SYNTAX, "is a date"},
        {"2016-8", UTFALL_E_SYNTAX, "YYYY-MM"},  {"201608", UTFALL_E_SYNTAX, "YYYY-MM"},
        {"aug-16", UTFALL_E_SYNTAX, "YYYY-MM"},  {"2016/08", UTFALL_E_SYNTAX, "YYYY-MM"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        utfall_refusal refusal = {NULL, NULL};
        utfall_month month = {5};
        size_t len = strlen(cases[i].text);
        assert_false(utfall_cell_month_plain(&month, cases[i].text, len));
        assert_int_equal(utfall_cell_month(&month, &refusal, cases[i].text, len), cases[i].status);
        assert_non_null(strstr(refusal.why, cases[i].why));
        assert_int_equal(month.ordinal, 5);
    }
}

/* As the full reader, in memory that ends with the 8 bytes that may be looked at. */
static void assert_month_plain(const char *text, size_t len)
{
    static const char around[] = "0-9. ,;\xFF";
    utfall_month month = {7}, plain = {7};
    utfall_refusal refusal;
    const bool is_month = utfall_cell_month(&month, &refusal, text, len) == UTFALL_OK;
    char *cell = cell_place(len, 8, around[(len + (unsigned char)text[0]) % (sizeof around - 1)]);
    memcpy(cell, text, len);
    const bool is_plain = utfall_cell_month_plain(&plain, cell, len);
    if (is_plain != is_month || plain.ordinal != month.ordinal)
        fail_msg("\"%.*s\" is %sread, as %d", (int)len, text, is_plain ? "" : "not ",
                 (int)plain.ordinal);
    free(cell - 8);
}

static void every_month_that_can_be_written_is_read_alike(void **state)
{
    (void)state;
    char text[32] = "";
    for (unsigned year = 0; year < 10000; year += year < 1890 || year > 2210 ? 37 : 1)
        for (unsigned month = 0; month<100; month += month> 20 ? 19 : 1) {
            (void)snprintf(text, sizeof text, "%04u-%02u0000", year, month);
            assert_month_plain(text, 7);
        }
    for (size_t at = 0; at < 7; at++)
        for (int byte = 0; byte < 256; byte++) {
            memcpy(text, "2019-12", 7);
            text[at] = (char)byte;
            for (size_t len = 0; len <= 7; len++)
                assert_month_plain(text, len);
        }
}

/* The plain reader takes no start that the full one refuses, reads the same, and leaves to it what
 * not every month has. The memory ends with the cell. */
static void assert_start_plain(const char *text, size_t len, bool is_usual)
{
    utfall_month month = {7}, plain = {7};
    utfall_refusal refusal;
    const bool is_start = utfall_cell_start(&month, &refusal, text, len) == UTFALL_OK;
    char *cell = malloc(len + 1);
    assert_non_null(cell);
    memcpy(cell + 1, text, len);
    const bool is_plain = utfall_cell_start_plain(&plain, cell + 1, len);
    if (is_plain != (is_start && is_usual) || plain.ordinal != (is_plain ? month.ordinal : 7))
        fail_msg("\"%.*s\" is %sread, as %d", (int)len, text, is_plain ? "" : "not ",
                 (int)plain.ordinal);
    free(cell);
}

static void every_date_that_can_be_written_is_read_alike(void **state)
{
    (void)state;
    char text[32] = "";
    for (unsigned year = 0; year < 10000; year += year < 1895 || year > 2205 ? 137 : 1)
        for (unsigned month = 0; month<100; month += month> 20 ? 19 : 1)
            for (unsigned day = 0; day<100; day += day> 32 ? 13 : 1) {
                (void)snprintf(text, sizeof text, "%04u-%02u-%02u", year, month, day);
                assert_start_plain(text, 10, day <= 28);
            }
    for (size_t at = 0; at < 10; at++)
        for (int byte = 0; byte < 256; byte++) {
            memcpy(text, "2019-12-17", 10);
            text[at] = (char)byte;
            for (size_t len = 0; len <= 11; len++)
                assert_start_plain(text, len, len == 10 && (at != 8 || byte <= '2'));
        }
}

static void months_by_chance_are_read_alike(void **state)
{
    (void)state;
    static const char bytes[] = "0123456789012-/:.\xB2\xAD";
    seeded s = {32};
    char text[16] = "";
    for (int i = 0; i < 1000000; i++) {
        const uint64_t chance = seeded_next(&s);
        const size_t len = chance & 3 ? 7 : chance >> 8 & 15;
        for (size_t k = 0; k < len; k++)
            text[k] = bytes[seeded_next(&s) % (sizeof bytes - 1)];
        if (chance >> 16 & 7)
            text[4] = '-';
        if (chance >> 20 & 1)
            memcpy(text, chance >> 21 & 1 ? "20" : "19", 2);
        assert_month_plain(text, len);
    }
}

static void a_start_is_a_date_or_a_month(void **state)
{
    (void)state;
    utfall_refusal refusal = {NULL, NULL};
    utfall_month month = {1};
    assert_int_equal(utfall_cell_start(&month, &refusal, "2016-08-18", 10), UTFALL_OK);
    assert_int_equal(month.ordinal, 2016 * 12 + 7);
    assert_int_equal(utfall_cell_start(&month, &refusal, "2020-02", 7), UTFALL_OK);
    assert_int_equal(month.ordinal, 2020 * 12 + 1);
    assert_int_equal(utfall_cell_start(&month, &refusal, "2019-02-29", 10), UTFALL_E_RANGE);
    assert_non_null(strstr(refusal.why, "exists"));
    assert_int_equal(utfall_cell_start(&month, &refusal, "18/8 2016", 9), UTFALL_E_SYNTAX);
    assert_int_equal(utfall_cell_start(&month, &refusal, "", 0), UTFALL_E_SYNTAX);
    assert_int_equal(month.ordinal, 2020 * 12 + 1);
}

/* ---- whole numbers and words ---- */

static void whole_numbers_have_digits_alone(void **state)
{
    (void)state;
    utfall_refusal refusal = {NULL, NULL};
    int32_t value = 3;
    assert_int_equal(utfall_cell_whole(&value, &refusal, 0, 150, "15", 2), UTFALL_OK);
    assert_int_equal(value, 15);
    assert_int_equal(utfall_cell_whole(&value, &refusal, 0, 150, "150", 3), UTFALL_OK);
    assert_int_equal(utfall_cell_whole(&value, &refusal, -5, 5, "-5", 2), UTFALL_OK);
    assert_true(value == -5);
    assert_int_equal(utfall_cell_whole(&value, &refusal, 0, 150, "151", 3), UTFALL_E_RANGE);
    assert_int_equal(utfall_cell_whole(&value, &refusal, 0, 150, "-1", 2), UTFALL_E_RANGE);
    assert_int_equal(utfall_cell_whole(&value, &refusal, 0, 150, "99999999999999999999", 20),
                     UTFALL_E_RANGE);
    assert_int_equal(utfall_cell_whole(&value, &refusal, 0, 150, "15,0", 4), UTFALL_E_SYNTAX);
    assert_int_equal(utfall_cell_whole(&value, &refusal, 0, 150, "", 0), UTFALL_E_SYNTAX);
    assert_int_equal(utfall_cell_whole(&value, &refusal, 0, 150, "-", 1), UTFALL_E_SYNTAX);
    assert_true(value == -5);
}

/* Every text of up to four of these bytes: three digits and less are read alike, others left. */
static void small_whole_numbers_are_read_alike(void **state)
{
    (void)state;
    static const char bytes[] = "0123456789-/: a\xB2";
    enum { BYTES = sizeof bytes - 1 };
    for (size_t len = 0; len <= 4; len++) {
        size_t count = 1;
        for (size_t i = 0; i < len; i++)
            count *= BYTES;
        for (size_t n = 0; n < count; n++) {
            char text[4];
            size_t rest = n, digits = 0;
            for (size_t i = 0; i < len; i++, rest /= BYTES) {
                text[i] = bytes[rest % BYTES];
                digits += text[i] >= '0' && text[i] <= '9';
            }
            utfall_refusal refusal = {NULL, NULL};
            int32_t value = -1, plain = -1;
            const bool is_whole =
                utfall_cell_whole(&value, &refusal, 0, 999, text, len) == UTFALL_OK;
            const bool is_plain = utfall_cell_whole_plain(&plain, text, len);
            assert_int_equal(is_plain, len >= 1 && len <= 3 && digits == len);
            assert_true(!is_plain || (is_whole && plain == value));
            assert_true(is_plain || plain == -1);
        }
    }
}

static void words_are_found_whole(void **state)
{
    (void)state;
    const char *const list[] = {"ja", "yes", "j\xC3\xA4"};
    utfall_words words = {3, list};
    assert_int_equal(utfall_cell_word(&words, "yes", 3), 1);
    assert_int_equal(utfall_cell_word(&words, "j\xC3\xA4", 3), 2);
    assert_true(utfall_cell_word(&words, "y", 1) == SIZE_MAX);
    assert_true(utfall_cell_word(&words, "Yes", 3) == SIZE_MAX);
    assert_true(utfall_cell_word(&words, "", 0) == SIZE_MAX);
    assert_true(utfall_cell_word(&words, "yes!", 4) == SIZE_MAX);
    assert_true(utfall_cell_word(&words, "yes\0", 4) == SIZE_MAX);
    assert_true(utfall_cell_word(&words, "yes\0!", 5) == SIZE_MAX);
    assert_int_equal(utfall_cell_word(&words, "yes!", 3), 1);
    const char *const none[] = {"x", ""};
    assert_int_equal(utfall_cell_word(&(utfall_words){2, none}, "", 0), 1);
    assert_true(utfall_cell_word(&(utfall_words){2, none}, "\0", 1) == SIZE_MAX);
}

static void assert_months(const char *text, int year, int month, size_t count)
{
    utfall_refusal refusal = {NULL, NULL};
    utfall_month first = {0};
    size_t found = 0;
    if (utfall_cell_months(&first, &found, &refusal, text, strlen(text)) != UTFALL_OK)
        fail_msg("\"%s\" %s", text, refusal.why);
    assert_int_equal(first.ordinal, utfall_month_of(year, month).ordinal);
    assert_int_equal(found, count);
}

static void assert_no_months(const char *text, utfall_status status, const char *why)
{
    utfall_refusal refusal = {NULL, NULL};
    utfall_month first = {42};
    size_t found = 43;
    assert_int_equal(utfall_cell_months(&first, &found, &refusal, text, strlen(text)), status);
    assert_non_null(strstr(refusal.why, why));
    assert_int_equal(first.ordinal, 42);
    assert_int_equal(found, 43);
}

/* RULE: PRICE-1 */
static void a_year_stands_for_its_months(void **state)
{
    (void)state;
    assert_months("2016-08", 2016, 8, 1);
    assert_months("2016", 2016, 1, 12);
    assert_months("1900", 1900, 1, 12);
    assert_months("2199", 2199, 1, 12);
    assert_no_months("1899", UTFALL_E_RANGE, "a year 1900 to 2199");
    assert_no_months("2200", UTFALL_E_RANGE, "a year 1900 to 2199");
    assert_no_months("20.6", UTFALL_E_RANGE, "neither a month nor a year");
    assert_no_months("-016", UTFALL_E_SYNTAX, "is not a month");
    assert_no_months("201", UTFALL_E_SYNTAX, "is not a month");
    assert_no_months("", UTFALL_E_SYNTAX, "is not a month");
    assert_no_months("2016-13", UTFALL_E_RANGE, "months are 01 to 12");
    assert_no_months("2016-08-01", UTFALL_E_SYNTAX, "is a date");
}

static void assert_price(utfall_run *run, const char *text, char decimal, const char *exact)
{
    utfall_refusal refusal = {NULL, NULL};
    const utfall_rat *value = NULL;
    if (utfall_cell_price(run, &value, &refusal, text, strlen(text), decimal) != UTFALL_OK)
        fail_msg("\"%s\" %s", text, refusal.why);
    assert_string_equal(utfall_rat_text(run, value), exact);
}

static void assert_no_price(utfall_run *run, const char *text, char decimal, utfall_status status)
{
    utfall_refusal refusal = {NULL, NULL};
    const utfall_rat *value = NULL;
    assert_int_equal(utfall_cell_price(run, &value, &refusal, text, strlen(text), decimal), status);
    assert_null(value);
    assert_non_null(strstr(refusal.why, "is not an index value"));
}

/* RULE: PRICE-1 */
static void an_index_value_is_above_zero_and_exact(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_price(run, "314,06", ',', "15703/50");
    assert_price(run, "100", '.', "100");
    assert_price(run, "0.000001", '.', "1/1000000");
    assert_price(run, "1000000", '.', "1000000");
    assert_price(run, "1000000.000000", '.', "1000000");
    assert_no_price(run, "0", '.', UTFALL_E_RANGE);
    assert_no_price(run, "-0.0", '.', UTFALL_E_RANGE);
    assert_no_price(run, "-1", '.', UTFALL_E_RANGE);
    assert_no_price(run, "0.0000001", '.', UTFALL_E_RANGE);
    assert_no_price(run, "1000000.1", '.', UTFALL_E_RANGE);
    assert_no_price(run, "1.5", ',', UTFALL_E_SYNTAX);
    assert_no_price(run, "1 000", '.', UTFALL_E_SYNTAX);
    assert_no_price(run, "1e3", '.', UTFALL_E_SYNTAX);
    assert_no_price(run, "+1", '.', UTFALL_E_SYNTAX);
    assert_no_price(run, "1.", '.', UTFALL_E_SYNTAX);
    assert_no_price(run, "", '.', UTFALL_E_SYNTAX);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_kronor_and_at_most_two_decimals),
        cmocka_unit_test(thousands_marks_stand_between_groups_of_three),
        cmocka_unit_test(four_minus_signs_are_one),
        cmocka_unit_test(kr_may_follow),
        cmocka_unit_test(a_mark_that_could_mean_two_things_is_refused),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(formulas_are_refused),
        cmocka_unit_test(amounts_fit_64_bits_of_ore_to_the_last),
        cmocka_unit_test(the_plain_reader_agrees_with_the_full_one),
        cmocka_unit_test(the_usual_reader_takes_what_is_plainest_and_nothing_else),
        cmocka_unit_test(one_byte_makes_an_amount_another_spelling),
        cmocka_unit_test(amounts_by_chance_are_taken_alike),
        cmocka_unit_test(months_are_years_and_months),
        cmocka_unit_test(what_is_no_month_is_refused),
        cmocka_unit_test(every_month_that_can_be_written_is_read_alike),
        cmocka_unit_test(every_date_that_can_be_written_is_read_alike),
        cmocka_unit_test(months_by_chance_are_read_alike),
        cmocka_unit_test(a_start_is_a_date_or_a_month),
        cmocka_unit_test(whole_numbers_have_digits_alone),
        cmocka_unit_test(small_whole_numbers_are_read_alike),
        cmocka_unit_test(words_are_found_whole),
        cmocka_unit_test(a_year_stands_for_its_months),
        cmocka_unit_test(an_index_value_is_above_zero_and_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
