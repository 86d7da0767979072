/* ledger/detail_read.h - a detail file being read, private to ledger/. */
#ifndef UTFALL_DETAIL_READ_H
#define UTFALL_DETAIL_READ_H
#include "ledger/detail_lines.h"
#include "ledger/marks.h"

/** Lines are taken in the order of the file, and everything is digested and added to the tree in
 * that order. */
typedef struct utfall_replay {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_detail *expected;
    size_t threads;
    utfall_marks marks;
    utfall_lines lines;
    const uint8_t *secret; /* NULL: no tree */
    utfall_merkle tree;
    const char *const *labels; /* [group], as they are written */
    int32_t *levels;           /* [group * factor_count + factor] */
    utfall_case *data;
    utfall_outcome_result *outcomes;
    const utfall_rat **agreed;
} utfall_replay;

/** Read the people of both cohorts, whose numbers and months `data` has, from the line after the
 * current one. False after a fault, with the lines' status. */
bool utfall_replay_people(utfall_replay *r);

#endif
