/* contracts/encoding.h - bytes of a table as UTF-8; private to contracts/. */
#ifndef UTFALL_ENCODING_H
#define UTFALL_ENCODING_H
#include "contracts/sources.h"

/** What is wrong with a byte, in words that follow "holds", and what to do. */
typedef struct utfall_unsound {
    const char *what, *hint;
} utfall_unsound;

/** Where the first unsound byte of `text` is, with *fault; `len` when there is none. Unsound: bytes
 * that the encoding does not have, control characters but line ends (in pairs or alone LF),
 * characters without width or that turn the direction of reading. A tab is sound when it is the
 * separator. */
size_t utfall_encoding_fault(utfall_unsound *fault, utfall_encoding encoding, char separator,
                             const char *text, size_t len);

/** The same of the bytes that are not ASCII alone, and fast: for text whose control characters are
 * known. */
size_t utfall_encoding_high_fault(utfall_unsound *fault, utfall_encoding encoding, const char *text,
                                  size_t len);

/** True when a byte of `text` is not ASCII. */
bool utfall_is_high(const char *text, size_t len);

enum { UTFALL_ENCODING_GROWTH = 3 }; /* a byte becomes at most so many in UTF-8 */

/** Write `text` as UTF-8 to `out`, which has room for UTFALL_ENCODING_GROWTH times `len`; gives how
 * many bytes. What is unsound becomes U+FFFD, so that any text can be shown. */
size_t utfall_encoding_decode(char *out, utfall_encoding encoding, const char *text, size_t len);

/** `text` (UTF-8) in `encoding`, in the run; false when it has a character that the encoding lacks,
 * or when memory runs out (noted in the run). */
bool utfall_encoding_encode(utfall_run *run, const char **out, size_t *out_len,
                            utfall_encoding encoding, const char *text, size_t len);

#endif
