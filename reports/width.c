/* reports/width.c - how wide a line of text is in a picture, at most.
 *
 * In: a UTF-8 text and a font size. Out: tenths of a unit. The picture is shown in the reader's own
 * font, so each letter counts as in the widest of those that are usual (DejaVu Sans), in classes of
 * letters. Invariant: integers, and the same on every machine. */
#include <string.h>
#include "reports/text.h"
#include "reports/width.h"

/* Hundredths of the font size. */
enum { THIN = 34, NARROW = 46, LETTER = 64, CAPITAL = 80, BROAD = 100 };

static int letter_width(const char *letter, size_t bytes)
{
    static const char no_break_space[] = "\xC2\xA0";
    if (bytes > 1)
        return bytes > 2                                    ? BROAD
               : memcmp(letter, no_break_space, bytes) == 0 ? THIN
               : (unsigned char)letter[0] == 0xC3 && (unsigned char)letter[1] >= 0xA0
                   ? LETTER /* small letters of Latin-1 */
                   : BROAD;
    if (strchr(" ,.ijlI", letter[0]) != NULL)
        return THIN;
    if (strchr("frt-:;'()", letter[0]) != NULL)
        return NARROW;
    if ((letter[0] >= 'a' && letter[0] <= 'z' && letter[0] != 'm' && letter[0] != 'w') ||
        (letter[0] >= '0' && letter[0] <= '9'))
        return LETTER;
    return letter[0] >= 'A' && letter[0] <= 'Z' && letter[0] != 'M' && letter[0] != 'W' ? CAPITAL
                                                                                        : BROAD;
}

int64_t utfall__width(const char *text, int font)
{
    int64_t hundredths = 0;
    for (size_t left = text == NULL ? 0 : strlen(text), step; left > 0; left -= step) {
        step = utfall__text_step(text, left);
        hundredths += letter_width(text, step);
        text += step;
    }
    return (hundredths * font + 9) / 10;
}
