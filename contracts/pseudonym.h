/* contracts/pseudonym.h - telling a personal identity number from a pseudonym; private to
 * contracts/. */
#ifndef UTFALL_PSEUDONYM_H
#define UTFALL_PSEUDONYM_H
#include <stdbool.h>
#include <stddef.h>

/** True when a part of `text`, bounded by its ends or by characters that are neither letters nor
 * digits, is written as a Swedish personal identity number or co-ordination number with a date that
 * exists: YYMMDDNNNC or YYYYMMDDNNNC, with "-", "+" or a space before the last four or without.
 * The check digit has to fit only where the form alone does not tell: YYMMDDNNNC without a dash,
 * and years before 1900 or after 2099 without one. */
bool utfall_pseudonym_is_personal(const char *text, size_t len);

/** Replace by '*' every digit of what is written as such a number, whether it is sure to be one
 * or not, so that a slip of the key does not show it. */
void utfall_pseudonym_hide(char *text, size_t len);

#endif
