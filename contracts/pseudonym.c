/* contracts/pseudonym.c - personal identity numbers (personnummer) and co-ordination numbers
 * (samordningsnummer) where a pseudonym is expected.
 *
 * Only whole words count: a pseudonym made as a keyed hash holds long runs of digits between
 * letters, and those mean nothing. A dash before the last four, or a century of people who live,
 * make the number whatever its check digit: a slip of the key, or a number made up, is no pseudonym
 * either. Ten bare digits are one when the check digit fits, since many systems number so. Form and
 * check digit as in the Population Registration Act (1991:481), section 18, and Skatteverket's SKV
 * 704: year, month, day (plus 60 in a co-ordination number), three digits, and a Luhn digit over
 * the nine before it without the century. */
#include "contracts/pseudonym.h"

#include <string.h>

enum { DATE_SHORT = 6, DATE_LONG = 8, TAIL = 4 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes above ASCII count as letters: they are parts of them in every encoding here. */
static bool is_word(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

static int two(const char *digits)
{
    return (digits[0] - '0') * 10 + (digits[1] - '0');
}

/* A 29 February may be right: without the century the year is not known. */
static bool is_date(const char *digits, size_t len)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (len == DATE_LONG && (two(digits) < 18 || two(digits) > 21))
        return false;
    const char *short_date = digits + len - DATE_SHORT;
    int month = two(short_date + 2), day = two(short_date + 4);
    if (day > 60)
        day -= 60;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

static bool is_checked(const char *date, size_t len, const char *tail)
{
    int sum = 0;
    for (size_t i = 0; i < DATE_SHORT + TAIL; i++) {
        const char *from = i < DATE_SHORT ? date + len - DATE_SHORT + i : tail + i - DATE_SHORT;
        int digit = (*from - '0') * (i % 2 == 0 ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

/* Whether the form alone says it: a dash before the last four, or a year from 1900 to 2099. */
static bool is_plain_form(const char *date, size_t len, const char *tail)
{
    const char *end = date + len;
    if (end < tail && *end != ' ' && memcmp(end, "\xC2\xA0", 2) != 0)
        return true;
    return len == DATE_LONG && (two(date) == 19 || two(date) == 20);
}

static size_t digits_from(const char *text, size_t len, size_t at)
{
    size_t count = 0;
    while (at + count < len && is_digit(text[at + count]))
        count++;
    return count;
}

/* Bytes of the mark before the last four: "-", "+", a space, or in UTF-8 a no-break space, U+2010
 * to U+2015 or U+2212, which word processors put in a hyphen's place. */
static size_t mark_at(const char *text, size_t len, size_t at)
{
    static const char dashes[] = "\xE2\x80";
    if (at >= len)
        return 0;
    if (text[at] == '-' || text[at] == '+' || text[at] == ' ')
        return 1;
    if (len - at >= 2 && memcmp(text + at, "\xC2\xA0", 2) == 0)
        return 2;
    if (len - at < 3)
        return 0;
    bool is_dash = memcmp(text + at, dashes, 2) == 0 && (unsigned char)text[at + 2] >= 0x90 &&
                   (unsigned char)text[at + 2] <= 0x95;
    return is_dash || memcmp(text + at, "\xE2\x88\x92", 3) == 0 ? 3 : 0;
}

/* Length of the number written at `at`, where a word begins; 0 when there is none. */
static size_t number_at(const char *text, size_t len, size_t at, bool *is_sure)
{
    size_t date = digits_from(text, len, at), tail = at + date, end = 0;
    if (date == DATE_SHORT + TAIL || date == DATE_LONG + TAIL) {
        date -= TAIL;
        tail = at + date;
        end = tail + TAIL;
    } else if (date == DATE_SHORT || date == DATE_LONG) {
        size_t mark = mark_at(text, len, tail);
        if (mark == 0)
            return 0;
        tail += mark;
        end = tail + TAIL;
        if (digits_from(text, len, tail) != TAIL)
            return 0;
    } else {
        return 0;
    }
    if ((end < len && is_word(text[end])) || !is_date(text + at, date))
        return 0;
    *is_sure =
        is_plain_form(text + at, date, text + tail) || is_checked(text + at, date, text + tail);
    return end - at;
}

bool utfall_pseudonym_is_personal(const char *text, size_t len)
{
    for (size_t i = 0; i + DATE_SHORT + TAIL <= len; i++) { /* a number has no fewer bytes */
        bool is_sure = false;
        if (is_digit(text[i]) && (i == 0 || !is_word(text[i - 1])) &&
            number_at(text, len, i, &is_sure) && is_sure)
            return true;
    }
    return false;
}

void utfall_pseudonym_hide(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool is_sure = false;
        if (!is_digit(text[i]) || (i > 0 && is_word(text[i - 1])))
            continue;
        for (size_t end = i + number_at(text, len, i, &is_sure); i < end; i++)
            if (is_digit(text[i]))
                text[i] = '*';
    }
}
