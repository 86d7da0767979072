/* utfall/month.h - the two month axes, as two types, and dates.
 *
 * utfall_month is a calendar month (kalendermånad), the same for all. utfall_nth is an intervention
 * month (insatsmånad), counted 1, 2, 3 ... from each person's own start. One pair of functions
 * converts, given a start. */
#ifndef UTFALL_MONTH_H
#define UTFALL_MONTH_H
#include "utfall/run.h"

/** Calendar month as year * 12 + month - 1; years 1900 to 2199. */
typedef struct utfall_month {
    int32_t ordinal;
} utfall_month;

/** Intervention month: 1 is the calendar month of the start; 0 and below lie before it. */
typedef struct utfall_nth {
    int32_t n;
} utfall_nth;

/** Calendar date, proleptic Gregorian. */
typedef struct utfall_date {
    int16_t year;
    int8_t month, day;
} utfall_date;

utfall_month utfall_month_of(int year, int month);
utfall_month utfall_month_of_date(utfall_date date);
int utfall_month_year(utfall_month month);
int utfall_month_number(utfall_month month); /* 1..12 */

/** The calendar month of the n-th intervention month of somebody who started in `start`. */
utfall_month utfall_nth_month(utfall_month start, utfall_nth nth);

/** The intervention month that `month` is for somebody who started in `start`. */
utfall_nth utfall_month_nth(utfall_month start, utfall_month month);

/** "YYYY-MM" and nothing else; UTFALL_E_SYNTAX for another form, UTFALL_E_RANGE for month 13 or a
 * year out of bounds. */
UTFALL_TRY utfall_status utfall_month_parse(utfall_month *out, const char *text, size_t len);

/** "YYYY-MM-DD", a date that exists. */
UTFALL_TRY utfall_status utfall_date_parse(utfall_date *out, const char *text, size_t len);

/** Writes "YYYY-MM" and a NUL. */
void utfall_month_text(char out[8], utfall_month month);

/** Writes "YYYY-MM-DD" and a NUL. */
void utfall_date_text(char out[11], utfall_date date);

#endif
