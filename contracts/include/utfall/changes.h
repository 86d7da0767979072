/* utfall/changes.h - in which terms two contracts differ, one change at a time, so that one
 * contract can be turned into the other step by step. */
#ifndef UTFALL_CHANGES_H
#define UTFALL_CHANGES_H
#include "utfall/reader.h"

/** What a change is about. */
typedef enum utfall_change_kind {
    UTFALL_CHANGE_TABLE, /* which tables are read, and how */
    UTFALL_CHANGE_TIME,  /* how far the data reach */
    UTFALL_CHANGE_TERM,  /* comparison group, evaluation, financing */
    UTFALL_CHANGE_RULE   /* outcomes, waterfall, rounding, parties */
} utfall_change_kind;

/** One place where two contracts differ. */
typedef struct utfall_change {
    utfall_change_kind kind;
    const char *path;           /* "evaluation.window", "waterfall[1]" */
    const char *except;         /* key inside that is a change of its own; NULL = none */
    const char *id;             /* of the step of the waterfall; NULL for other places */
    const char *before, *after; /* what differs, on one line; "" = not there */
    utfall_loc before_at, after_at;
    bool pays_only; /* nothing that counts people or costs depends on it */
} utfall_change;

/** The changes that lead from `a` to `b`, in a fixed order: tables, how far the
 * data reach, the terms in the order of the language, outcomes, waterfall, rounding. Names, titles,
 * notes and clauses are no changes: no figure depends on them. */
UTFALL_TRY utfall_status utfall_document_changes(utfall_run *run, const utfall_change **out,
                                                 size_t *count, const utfall_document *a,
                                                 const utfall_document *b);

/** Make one change: put what `b` has at its path in the place of what `document` has there. */
UTFALL_TRY utfall_status utfall_document_change(utfall_run *run, utfall_document *document,
                                                const utfall_document *b,
                                                const utfall_change *change);

/** Let the file names of the document start from elsewhere: "data/x.csv" in `folder` ("a/b/")
 * becomes "a/b/data/x.csv". */
UTFALL_TRY utfall_status utfall_document_move(utfall_run *run, utfall_document *document,
                                              const char *folder);

#endif
