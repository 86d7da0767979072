/* contracts/roster.h - the people of an outcome's tables, numbered as they come; private to
 * contracts/. */
#ifndef UTFALL_ROSTER_H
#define UTFALL_ROSTER_H
#include "contracts/feed.h"

typedef struct utfall_roster {
    utfall_run *run;
    utfall_fold *fold; /* finds a person by id in bounded time, whatever the ids */
    size_t count, room;
    const char **ids;
    uint32_t *lines; /* where each of them stands first */
} utfall_roster;

UTFALL_TRY utfall_status utfall_roster_new(utfall_run *run, utfall_roster *roster,
                                           const utfall_contract *contract);

/** The same, not reported. */
utfall_finding utfall_roster_finding(utfall_feed *feed, uint32_t line, const char *field,
                                     utfall_status code, const char *message, const char *hint);

/** Number of the person with this id, who is added when new. UTFALL_E_NOMEM, UTFALL_E_RANGE as
 * utfall_fold_person. */
UTFALL_TRY utfall_status utfall_roster_take(utfall_roster *roster, size_t *number, bool *is_new,
                                            utfall_cell id, uint32_t line);

/** Everybody has to be one of the target group: reports those who are not at their first lines,
 * gives the first fault's status. `cohort` NULL = not known, nobody is a stranger. */
UTFALL_TRY utfall_status utfall_roster_match(const utfall_roster *roster, utfall_feed *feed,
                                             const utfall_cohort *cohort);

/** A finding at a line of the table that was read. Gives `code`. */
utfall_status utfall_roster_report(utfall_feed *feed, uint32_t line, const char *field,
                                   utfall_status code, const char *message, const char *hint);

/** The same, not reported. */
utfall_finding utfall_roster_finding(utfall_feed *feed, uint32_t line, const char *field,
                                     utfall_status code, const char *message, const char *hint);

/** Number of the person with this id in a cohort, SIZE_MAX when there is none. */
size_t utfall_cohort_find(const utfall_cohort *cohort, const char *id);

#endif
