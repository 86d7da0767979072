/* ledger/base64.c - base64 in its canonical spelling only.
 *
 * Input: bytes, or characters of any origin. XMLDSig allows white space and unused bits in base64;
 * a seal does not, since two spellings of one value would be two files with the same seal. */
#include "ledger/base64.h"
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const char *utfall_base64_text(utfall_run *run, const uint8_t *bytes, size_t count)
{
    if (count > SIZE_MAX / 4) {
        utfall_run_fail(run, UTFALL_E_NOMEM);
        return NULL;
    }
    char *text = utfall_run_alloc(run, (count + 2) / 3 * 4 + 1);
    if (!text)
        return NULL;
    char *to = text;
    for (size_t i = 0; i < count; i += 3) {
        size_t left = count - i;
        uint32_t three = (uint32_t)bytes[i] << 16;
        if (left > 1)
            three |= (uint32_t)bytes[i + 1] << 8;
        if (left > 2)
            three |= bytes[i + 2];
        *to++ = digits[three >> 18];
        *to++ = digits[three >> 12 & 63];
        *to++ = left > 1 ? digits[three >> 6 & 63] : '=';
        *to++ = left > 2 ? digits[three & 63] : '=';
    }
    return text;
}

/* Value of a base64 digit, or 64. */
static uint32_t digit_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (uint32_t)(c - 'A');
    if (c >= 'a' && c <= 'z')
        return (uint32_t)(c - 'a') + 26;
    if (c >= '0' && c <= '9')
        return (uint32_t)(c - '0') + 52;
    return c == '+' ? 62 : c == '/' ? 63 : 64;
}

bool utfall_base64_decode(uint8_t *out, size_t *count, const char *text, size_t len)
{
    if (len % 4 != 0)
        return false;
    size_t bytes = 0;
    for (size_t i = 0; i < len; i += 4) {
        bool is_last = i + 4 == len;
        size_t padding = 0;
        if (is_last && text[i + 3] == '=')
            padding = text[i + 2] == '=' ? 2 : 1;
        uint32_t three = 0;
        for (size_t j = 0; j < 4 - padding; j++) {
            uint32_t value = digit_value(text[i + j]);
            if (value > 63)
                return false;
            three |= value << (18 - 6 * j);
        }
        /* Bits that belong to no byte must be 0, or a value would have several spellings. */
        if ((padding == 1 && (three & 0xffU) != 0) || (padding == 2 && (three & 0xffffU) != 0))
            return false;
        out[bytes++] = (uint8_t)(three >> 16);
        if (padding < 2)
            out[bytes++] = (uint8_t)(three >> 8);
        if (padding < 1)
            out[bytes++] = (uint8_t)three;
    }
    *count = bytes;
    return true;
}
