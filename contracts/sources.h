/* contracts/sources.h - where a contract's tables are and how they are written. Made by bind.c,
 * read by tables.c; private to contracts/. Every string lives in the run. */
#ifndef UTFALL_SOURCES_H
#define UTFALL_SOURCES_H
#include "utfall/measured.h"
#include "utfall/reader.h"
#include "utfall/scales.h"
#include "utfall/school.h"

typedef enum utfall_encoding {
    UTFALL_UTF_8, /* with or without a byte-order mark */
    UTFALL_WINDOWS_1252,
    UTFALL_ISO_8859_1
} utfall_encoding;
extern const char *const utfall_encoding_names[]; /* "utf-8", "windows-1252", "iso-8859-1" */

typedef struct utfall_words {
    size_t count;
    const char *const *word;
} utfall_words;

/** A heading of our own and the heading that the file uses for it. */
typedef struct utfall_column {
    const char *field, *heading;
} utfall_column;

/** Rows count when the value of `column` is one of `values`. */
typedef struct utfall_where {
    const char *column; /* heading in the file */
    utfall_words values;
} utfall_where;

typedef enum utfall_unknown { UTFALL_UNKNOWN_REFUSE, UTFALL_UNKNOWN_COUNT } utfall_unknown;

/** One CSV table. Defaults: ',' and '.', utf-8, yes/no, headings as the fields are called. */
typedef struct utfall_table {
    const char *file; /* as written, relative to the contract; NULL = no such table */
    const char *role; /* "people", "costs", "reference-people", "reference-costs", "standard-cost",
                         "drawn", ... */
    const char *path; /* in the contract: "target_group.costs[0]" */
    char separator, decimal;
    utfall_encoding encoding;
    utfall_words true_words, false_words;
    size_t column_count;
    const utfall_column *columns; /* every field that is needed, with its heading */
    size_t where_count;           /* people tables */
    const utfall_where *where;
    size_t exit_count;         /* people tables: reasons for leaving; 0 = nobody leaves */
    const utfall_words *exits; /* how each reason of the contract is written */
    bool has_reason;           /* there is a column exit_reason */
    utfall_unknown unknown;    /* cost tables: what a row of an unknown person is */
} utfall_table;

typedef struct utfall_tables {
    size_t count;
    const utfall_table *table;
} utfall_tables;

/** What school points are computed from. */
typedef struct utfall_school_source {
    utfall_table people, grades;
    size_t core_count;        /* at most 8 */
    const utfall_where *core; /* subjects: `column` is the contract's name, `values` the table's */
    utfall_school_terms terms;
} utfall_school_source;

/** What scales are computed from. */
typedef struct utfall_scales_source {
    utfall_table table;
    size_t occasions, count;
    const utfall_scale *scales;
} utfall_scales_source;

/** What the outcomes with one value a person are computed from. */
typedef struct utfall_measured_source {
    utfall_outcome_kind kind;
    utfall_table table, control; /* columns in the order of the kind's rows; control REDUCTION */
    utfall_missing missing;
    utfall_reached_terms reached;
    utfall_reduction_terms reduction;
    uint64_t limit;  /* CLAIMS: a person's, 0 = none */
    uint32_t months; /* MILESTONES */
} utfall_measured_source;

/** Where one outcome comes from; all NULL when it is stated. */
typedef struct utfall_outcome_source {
    const utfall_school_source *school;
    const utfall_scales_source *scales;
    const utfall_measured_source *measured;
} utfall_outcome_source;

struct utfall_sources {
    utfall_table people,
        reference_people; /* reference_people.file NULL when the standard cost is agreed */
    utfall_tables costs, reference_costs;
    utfall_table standard_cost; /* columns group, month (number from 1), amount */
    utfall_table price_index;   /* columns month, value; file NULL without an index that is used */
    utfall_table drawn;     /* columns month, amount; file NULL when the contract states the sum */
    utfall_money drawn_sum; /* used when drawn.file is NULL; booked in the month of drawn_month */
    utfall_month drawn_month; /* the earliest start when ordinal is 0 */
    size_t
        count_count; /* evaluation.counts: cost rows count when every one holds; none = all count */
    const utfall_where *counts;          /* `column` is a field (source, category) */
    const utfall_outcome_result *stated; /* one an outcome of the contract: what it states of sum,
                                            persons and excluded; for the case's `outcomes` */
    size_t outcome_count;
    const utfall_outcome_source *outcomes; /* one an outcome of the contract */
};

#endif
