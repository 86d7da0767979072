/* ledger/instant.c - "2026-11-22T12:00:00Z" to seconds and back.
 *
 * Own arithmetic, so that no time zone, locale or width of time_t has a say. Days are counted from
 * 1 March of year 0, which puts the leap day at the end of a year. */
#include "ledger/instant.h"
#include "utfall/ledger.h"
#include <string.h>

enum { DAY = 86400, DAYS_TO_1970 = 719468, DAYS_IN_400_YEARS = 146097 };
#define FIRST INT64_C(-2208988800) /* 1900-01-01T00:00:00Z */
#define LAST INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t month_days(int64_t year, int64_t month)
{
    static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* The number at text[from..from + count), or -1. */
static int64_t number_at(const char *text, size_t from, size_t count)
{
    int64_t value = 0;
    for (size_t i = from; i < from + count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool utfall_instant_make(utfall_instant *out, const int64_t parts[6])
{
    int64_t year = parts[0], month = parts[1], day = parts[2];
    if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month) || parts[3] < 0 || parts[3] > 23 || parts[4] < 0 ||
        parts[4] > 59 || parts[5] < 0 || parts[5] > 59)
        return false;
    int64_t from_march = month > 2 ? month - 3 : month + 9;
    int64_t y = month > 2 ? year : year - 1;
    int64_t days =
        365 * y + y / 4 - y / 100 + y / 400 + (153 * from_march + 2) / 5 + day - 1 - DAYS_TO_1970;
    *out = days * DAY + parts[3] * 3600 + parts[4] * 60 + parts[5];
    return true;
}

bool utfall_instant_parse(utfall_instant *out, const char *text, size_t len)
{
    if (len != UTFALL_INSTANT_LEN || text[4] != '-' || text[7] != '-' || text[10] != 'T' ||
        text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        return false;
    const int64_t parts[6] = {number_at(text, 0, 4),  number_at(text, 5, 2),
                              number_at(text, 8, 2),  number_at(text, 11, 2),
                              number_at(text, 14, 2), number_at(text, 17, 2)};
    return utfall_instant_make(out, parts);
}

bool utfall_time_is_valid(const char *text)
{
    utfall_instant unused;
    return utfall_instant_parse(&unused, text, strlen(text));
}

static void put_number(char *to, int64_t value, size_t count)
{
    for (size_t i = count; i-- > 0; value /= 10)
        to[i] = (char)('0' + value % 10);
}

const char *utfall_instant_text(utfall_run *run, utfall_instant instant)
{
    if (instant < FIRST || instant > LAST)
        return NULL;
    int64_t shifted = instant + (int64_t)DAYS_TO_1970 * DAY; /* > 0 in this range */
    int64_t days = shifted / DAY, seconds = shifted % DAY;
    int64_t era = days / DAYS_IN_400_YEARS, of_era = days % DAYS_IN_400_YEARS;
    int64_t of_era_year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * of_era_year + of_era_year / 4 - of_era_year / 100);
    int64_t from_march = (5 * of_year + 2) / 153;
    int64_t month = from_march < 10 ? from_march + 3 : from_march - 9;
    int64_t year = era * 400 + of_era_year + (month <= 2 ? 1 : 0);
    char text[] = "0000-00-00T00:00:00Z";
    put_number(text, year, 4);
    put_number(text + 5, month, 2);
    put_number(text + 8, of_year - (153 * from_march + 2) / 5 + 1, 2);
    put_number(text + 11, seconds / 3600, 2);
    put_number(text + 14, seconds / 60 % 60, 2);
    put_number(text + 17, seconds % 60, 2);
    return utfall_run_text(run, text, UTFALL_INSTANT_LEN);
}
