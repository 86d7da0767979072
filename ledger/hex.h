/* ledger/hex.h - hexadecimal digits, private to ledger/. utfall_hex is public. */
#ifndef UTFALL_HEX_H
#define UTFALL_HEX_H
#include "utfall/ledger.h"

/** Exactly 2 * count lower-case digits; else false, *out untouched. */
bool utfall_hex_parse(uint8_t *out, size_t count, const char *text, size_t len);

#endif
