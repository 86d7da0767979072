/* contracts/pseudonym.h - telling a personal identity number from a pseudonym; private to
 * contracts/. */
#ifndef UTFALL_PSEUDONYM_H
#define UTFALL_PSEUDONYM_H
#include <stdbool.h>
#include <stddef.h>

/** True when a part of `text`, bounded by its ends or by characters that are neither letters nor
 * digits, is written as a Swedish personal identity number or co-ordination number with a date that
 * exists and a check digit that fits: YYMMDDNNNC or YYYYMMDDNNNC, with "-", "+" or a space before
 * the last four or without. */
bool utfall_pseudonym_is_personal(const char *text, size_t len);

/** Replace by '*' every digit of what is written as such a number, whether the check digit fits or
 * not, so that a slip of the key does not show it. */
void utfall_pseudonym_hide(char *text, size_t len);

#endif
