/* ledger/detail.h - what writing and reading a detail file share, private to ledger/. */
#ifndef UTFALL_DETAIL_H
#define UTFALL_DETAIL_H
#include "ledger/merkle.h"
#include "ledger/pseudonym.h"
#include "ledger/xml.h"

#define UTFALL_DETAIL_NAMESPACE "urn:utfall:detail:1"
#define UTFALL_DETAIL_COMPARISON "comparison"
#define UTFALL_DETAIL_TARGET "target"

enum {
    UTFALL_DETAIL_LINE_MAX = 512 * 1024,
    UTFALL_DETAIL_PERSON_MIN = 100 /* bytes of a person's line, months left out */
};

/** Everything of a detail file that comes before the people: <detail>, draws, agreed standard cost,
 * outcomes. */
void utfall_detail_head_write(utfall_xml *xml, const utfall_contract *contract,
                              const utfall_case *data);

#endif
