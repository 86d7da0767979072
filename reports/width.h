/* reports/width.h - how wide a line of text is in a picture, at most. */
#ifndef UTFALL_REPORTS_WIDTH_H
#define UTFALL_REPORTS_WIDTH_H
#include <stdint.h>

/** Tenths of a unit that `text` takes at a font size in units, rounded up: not less than in any of
 * the usual fonts without serifs, as a picture does not bring its own. NULL takes 0. */
int64_t utfall__width(const char *text, int font);

#endif
