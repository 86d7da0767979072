/* engine/checks.h - what the checks of a contract share; private to engine/. */
#ifndef UTFALL_CHECKS_H
#define UTFALL_CHECKS_H
#include "utfall/contract.h"

/** A contract under check. `status` is the first fault's, UTFALL_OK while there is none. */
typedef struct utfall__check {
    utfall_run *run;
    const utfall_contract *contract;
    utfall_status status;
} utfall__check;

/** Report a fault at `path`. `also_path` names the other side of a conflict, NULL = none. A NULL
 * path or message means that memory ran out while it was made; the run tells that itself. */
void utfall__fault(utfall__check *check, utfall_status code, const char *path, const char *clause,
                   const char *also_path, const char *message, const char *hint);

/** "list[i]" or "list[i].key"; key NULL = none. NULL when out of memory, as all of these. */
const char *utfall__item(utfall__check *check, const char *list, size_t i, const char *key);

/** "map.key", the key quoted as the contract language does when it is not a plain word. */
const char *utfall__member(utfall__check *check, const char *map, const char *key);

/** What was written at `path`, in quotes; else `otherwise`. */
const char *utfall__written(utfall__check *check, const char *path, const char *otherwise);

/** The checks of single outcomes and of the steps of the waterfall. */
void utfall__check_outcomes(utfall__check *check);
void utfall__check_waterfall(utfall__check *check);

/** One rounding: its unit must be above zero. */
void utfall__check_rounding(utfall__check *check, const char *path, const char *clause,
                            utfall_rounding rounding);

#endif
