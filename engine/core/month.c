/* engine/core/month.c - calendar months, intervention months, dates.
 *
 * In: text or numbers. Out: a month as one ordinal, year * 12 + month - 1, so that months are
 * compared and counted as integers. The two axes meet in two functions only. Parsers take the whole
 * text or refuse it; years lie in 1900..2199. */
#include "utfall/month.h"
#include "engine/core/ban.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2199 };

utfall_month utfall_month_of(int year, int month)
{
    return (utfall_month){year * 12 + month - 1};
}

utfall_month utfall_month_of_date(utfall_date date)
{
    return utfall_month_of(date.year, date.month);
}

int utfall_month_year(utfall_month month)
{
    return month.ordinal / 12;
}

int utfall_month_number(utfall_month month)
{
    return month.ordinal % 12 + 1;
}

utfall_month utfall_nth_month(utfall_month start, utfall_nth nth)
{
    return (utfall_month){start.ordinal + nth.n - 1};
}

utfall_nth utfall_month_nth(utfall_month start, utfall_month month)
{
    return (utfall_nth){month.ordinal - start.ordinal + 1};
}

/* The `count` decimal digits at `text`, or -1. */
static int digits(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static utfall_status year_and_month(int *year, int *month, const char *text)
{
    *year = digits(text, 4);
    *month = digits(text + 5, 2);
    if (*year < 0 || *month < 0 || text[4] != '-')
        return UTFALL_E_SYNTAX;
    if (*year < YEAR_FIRST || *year > YEAR_LAST || *month < 1 || *month > 12)
        return UTFALL_E_RANGE;
    return UTFALL_OK;
}

utfall_status utfall_month_parse(utfall_month *out, const char *text, size_t len)
{
    int year, month;
    if (len != 7)
        return UTFALL_E_SYNTAX;
    utfall_status status = year_and_month(&year, &month, text);
    if (status == UTFALL_OK)
        *out = utfall_month_of(year, month);
    return status;
}

static int days_in_month(int year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

utfall_status utfall_date_parse(utfall_date *out, const char *text, size_t len)
{
    int year, month;
    if (len != 10)
        return UTFALL_E_SYNTAX;
    int day = digits(text + 8, 2);
    if (day < 0 || text[7] != '-')
        return UTFALL_E_SYNTAX;
    utfall_status status = year_and_month(&year, &month, text);
    if (status != UTFALL_OK)
        return status;
    if (day < 1 || day > days_in_month(year, month))
        return UTFALL_E_RANGE;
    *out = (utfall_date){(int16_t)year, (int8_t)month, (int8_t)day};
    return UTFALL_OK;
}

/* The last `count` decimal digits of `value`, so that a caller's buffer holds whatever comes. */
static void put_digits(char *to, size_t count, int value)
{
    while (count > 0) {
        to[--count] = (char)('0' + (value < 0 ? 0 : value % 10));
        value /= 10;
    }
}

void utfall_month_text(char out[8], utfall_month month)
{
    put_digits(out, 4, utfall_month_year(month));
    out[4] = '-';
    put_digits(out + 5, 2, utfall_month_number(month));
    out[7] = '\0';
}

void utfall_date_text(char out[11], utfall_date date)
{
    utfall_month_text(out, utfall_month_of_date(date));
    out[7] = '-';
    put_digits(out + 8, 2, date.day);
    out[10] = '\0';
}
