/* contracts/decimal.c - numbers as people write them: 10 000 000, 0.05, -3. Input: text. Invariant:
 * the value is exact and unambiguous; what could be read in two ways (1,500; 1.500.000; 10 00) is
 * refused with a word on how to write it. */
#include "contracts/scalar.h"

#include <string.h>

enum { DIGITS_MAX = 18 }; /* 10^18 < 2^63 */

size_t utfall_blank_len(const char *at)
{
    if (at[0] == ' ')
        return 1;
    if (strncmp(at, "\xC2\xA0", 2) == 0) /* U+00A0 no-break space */
        return 2;
    return strncmp(at, "\xE2\x80\xAF", 3) == 0 ? 3 : 0; /* U+202F narrow no-break space */
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static utfall_status fault_set(utfall_fault *fault, utfall_status code, const char *reason,
                               const char *hint)
{
    *fault =
        (utfall_fault){code, reason, hint, code == UTFALL_E_RANGE ? "at most 18 digits" : NULL};
    return code;
}

static size_t sign_len(const char *at)
{
    if (at[0] == '-')
        return 1;
    return strncmp(at, "\xE2\x88\x92", 3) == 0 ? 3 : 0; /* U+2212 minus */
}

static bool digit_add(utfall_decimal *number, size_t *digits, char c)
{
    if (*digits == DIGITS_MAX)
        return false;
    number->mantissa = number->mantissa * 10 + (c - '0');
    *digits += number->mantissa != 0;
    return true;
}

/* The whole part. A blank belongs to the number when a digit follows it. */
static utfall_status whole_take(utfall_decimal *number, size_t *digits, const char **at,
                                utfall_fault *fault)
{
    const char *p = *at;
    size_t in_group = 0;
    bool leads_with_zero = p[0] == '0' && is_digit(p[1]);
    for (;;) {
        for (; is_digit(*p); p++, in_group++) {
            if (!digit_add(number, digits, *p))
                return fault_set(fault, UTFALL_E_RANGE, "has too many digits", NULL);
        }
        if (number->has_groups && in_group != 3)
            return fault_set(fault, UTFALL_E_SYNTAX, "has a thousands mark in the wrong place",
                             "group the digits by three from the right: 10 000 000");
        size_t blank = utfall_blank_len(p);
        if (blank == 0 || !is_digit(p[blank]))
            break;
        if (!number->has_groups && in_group > 3)
            return fault_set(fault, UTFALL_E_SYNTAX, "has a thousands mark in the wrong place",
                             "group the digits by three from the right: 10 000 000");
        number->has_groups = true;
        in_group = 0;
        p += blank;
    }
    if (leads_with_zero || (number->has_groups && **at == '0'))
        return fault_set(fault, UTFALL_E_SYNTAX, "begins with a zero that means nothing",
                         "leave out the leading zero");
    *at = p;
    return UTFALL_OK;
}

utfall_status utfall_decimal_take(utfall_decimal *out, const char **at, utfall_fault *fault)
{
    utfall_decimal number = {0};
    size_t digits = 0;
    const char *p = *at;
    size_t sign = sign_len(p);
    p += sign;
    if (!is_digit(*p))
        return fault_set(fault, UTFALL_E_SYNTAX, NULL, NULL);
    utfall_status status = whole_take(&number, &digits, &p, fault);
    if (status != UTFALL_OK)
        return status;
    if (*p == ',' || *p == '\'' || *p == '_')
        return fault_set(fault, UTFALL_E_SYNTAX,
                         *p == ',' ? "has a comma in a number"
                                   : "has a mark in a number that is not a space",
                         *p == ',' ? "in a contract the decimal mark is a point and the thousands "
                                     "mark a space: 10 000.50"
                                   : "mark thousands with a space: 10 000 000");
    if (*p == '.') {
        if (!is_digit(p[1]))
            return fault_set(fault, UTFALL_E_SYNTAX, "has no digit after the decimal point", NULL);
        for (p++; is_digit(*p); p++) {
            if (number.decimals == DIGITS_MAX || !digit_add(&number, &digits, *p))
                return fault_set(fault, UTFALL_E_RANGE, "has too many digits", NULL);
            number.decimals++;
        }
        if (*p == '.' || *p == ',')
            return fault_set(fault, UTFALL_E_SYNTAX, "has more than one decimal mark",
                             "in a contract the decimal mark is a point and the thousands mark a "
                             "space: 10 000.50");
    }
    if (sign > 0)
        number.mantissa = -number.mantissa;
    *out = number;
    *at = p;
    return UTFALL_OK;
}
