/* ledger/hex.c - bytes as hexadecimal digits and back. Lower case only, so that every digest has
 * one spelling. */
#include "ledger/hex.h"

void utfall_hex(char *out, const uint8_t *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15U];
    }
    out[2 * count] = '\0';
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool utfall_hex_parse(uint8_t *out, size_t count, const char *text, size_t len)
{
    if (len != 2 * count)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (digit_of(text[i]) < 0)
            return false;
    }
    for (size_t i = 0; i < count; i++)
        out[i] = (uint8_t)(digit_of(text[2 * i]) * 16 + digit_of(text[2 * i + 1]));
    return true;
}
