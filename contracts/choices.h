/* contracts/choices.h - the values of one axis while they are read; private to contracts/. */
#ifndef UTFALL_CONTRACTS_CHOICES_H
#define UTFALL_CONTRACTS_CHOICES_H
#include "utfall/whatif.h"

/** Choices of an axis that grows. */
typedef struct utfall_axis_list {
    utfall_run *run;
    const char *path;
    const char *unit; /* of numbers that have none: " months"; "" = none */
    size_t count, room;
    utfall_choice *choices;
} utfall_axis_list;

/** The unit of numbers at `path` in the document, with a space before it, or "". */
const char *utfall_axis_unit(utfall_run *run, const utfall_document *document, const char *path);

/** Add one value, or all of a range. `label` for people; NULL = the text. UTFALL_E_SYNTAX and
 * UTFALL_E_RANGE without a finding; *why then says what is wrong. */
UTFALL_TRY utfall_status utfall_axis_add(utfall_axis_list *list, const char *text,
                                         const char *label, const char **why);

/** Add a choice as it is. */
UTFALL_TRY utfall_status utfall_axis_append(utfall_axis_list *list, utfall_choice choice);

#endif
