/* ledger/parts.h - the two parts of a ledger's content, private to ledger/. */
#ifndef UTFALL_PARTS_H
#define UTFALL_PARTS_H
#include "ledger/xml.h"

/** <recorded>: what cannot be computed from the ledger. Labels and outcome names are taken from the
 * contract, for the reader's eye. */
void utfall_recorded_write(utfall_xml *xml, const utfall_record *record,
                           const utfall_contract *contract);

/** <previous>: the settlement before, and what was taken over from it. Nothing for a first one. */
void utfall_previous_write(utfall_xml *xml, const utfall_record *record);

/** <derived>: what follows from the recorded part. `recorded` is the SHA-256 of that part's lines.
 */
void utfall_derived_write(utfall_xml *xml, const utfall_settlement *settlement,
                          const uint8_t recorded[32]);

/** NULL for "", so that what is not given is not written. */
static inline const char *utfall_given(const char *text)
{
    return text && *text ? text : NULL;
}

#endif
