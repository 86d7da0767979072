/* ledger/place.h - places and excerpts in a ledger's bytes, private to ledger/. */
#ifndef UTFALL_PLACE_H
#define UTFALL_PLACE_H
#include "utfall/ledger.h"

/** Line and column (in code points) of the byte at `offset`. */
utfall_loc utfall_place_of(const char *name, const char *bytes, size_t len, size_t offset);

/** The line around `offset`, at most UTFALL_EXCERPT_MAX bytes of valid UTF-8; NULL when it has
 * none to show. */
const char *utfall_place_excerpt(utfall_run *run, const char *bytes, size_t len, size_t offset);

/** A quotation for a message: from `text`, at most 60 bytes, on one line, other bytes than
 * printable ASCII and well-formed UTF-8 as "?"; "..." where it was cut. */
const char *utfall_place_quote(utfall_run *run, const char *text, size_t len);

#endif
