/* reports/wording.h - the contract's parts in words: parties, measures, levels, rules, groups.
 *
 * All give a string in the run, or NULL as in reports/amount.h. */
#ifndef UTFALL_REPORTS_WORDING_H
#define UTFALL_REPORTS_WORDING_H
#include "reports/words.h"

/** A party's name, or its id when it has none. */
const char *utfall__party_name(const utfall_contract *contract, size_t party);

/** "investor" as the field calls it. */
const char *utfall__role_words(utfall_language language, utfall_role role);

/** "the saving", "the project cost drawn", "the sum of school". */
const char *utfall__measure_words(utfall_run *run, utfall_language language,
                                  const utfall_contract *contract, utfall_measure measure);

/** "0 kr", "the project cost drawn", "120 % of the project cost drawn". */
const char *utfall__level_words(utfall_run *run, utfall_language language,
                                const utfall_contract *contract, const utfall_level *level);

/** The whole rule of a step: "60 % of the saving between 0 kr and the project cost drawn, if ...".
 */
const char *utfall__rule_words(utfall_run *run, utfall_language language,
                               const utfall_contract *contract, const utfall_step *step);

/** "under 18 / not previously placed" for group number `group`. */
const char *utfall__group_words(utfall_run *run, utfall_language language,
                                const utfall_contract *contract, size_t group);

/** The attributes that form the groups: "age at start and previously placed"; "" without any. */
const char *utfall__factors_words(utfall_run *run, utfall_language language,
                                  const utfall_contract *contract);

/** "historic comparison group" and what it is. */
const char *utfall__design_words(utfall_language language, utfall_design design);

/** Step 1 to 5 of the evaluation ladder. */
unsigned utfall__design_step(utfall_design design);

/** "to 0,01 kr, halves away from zero". */
const char *utfall__rounding_words(utfall_run *run, utfall_language language,
                                   const utfall_contract *contract, utfall_rounding rounding);

/** "a", "a and b", "a, b and c"; "" for none. */
const char *utfall__list_words(utfall_run *run, utfall_language language, const char *const *items,
                               size_t count);

/** Whether the contract writes a price index that it says is not to be used. */
bool utfall__has_idle_prices(const utfall_contract *contract);

/** The value of the contract's term at `path`, or "". */
const char *utfall__term_value(const utfall_contract *contract, const char *path);

/** An id as people write it: "activity_delivered" as "activity delivered". */
const char *utfall__id_words(utfall_run *run, const char *id);

#endif
