/* ledger/vocabulary.h - the closed vocabulary of a ledger as a table, private to ledger/.
 *
 * One row an element: its parent, how often it stands there, its attributes and their types.
 * Elements stand in the order of the table. ledger-1.xsd says the same for other tools. */
#ifndef UTFALL_VOCABULARY_H
#define UTFALL_VOCABULARY_H
#include "utfall/ledger.h"

/** How the text of an attribute must look; each value has one spelling. */
typedef enum utfall_spelling {
    UTFALL_SPELL_TEXT,    /* any text */
    UTFALL_SPELL_COUNT,   /* 0 or digits without leading zero, up to 2^64 - 1 */
    UTFALL_SPELL_INTEGER, /* the same with a minus, within int64 */
    UTFALL_SPELL_RATIO,   /* reduced "num/den", "/1" left out */
    UTFALL_SPELL_MONTH,   /* YYYY-MM */
    UTFALL_SPELL_DATE,    /* YYYY-MM-DD */
    UTFALL_SPELL_DIGEST,  /* 64 lower-case hexadecimal digits */
    UTFALL_SPELL_FLAG     /* true or false */
} utfall_spelling;

typedef struct utfall_attribute_rule {
    const char *name; /* NULL ends the list */
    utfall_spelling spelling;
    bool is_optional;
} utfall_attribute_rule;

/** Elements in document order. */
typedef enum utfall_element {
    UTFALL_EL_LEDGER,
    UTFALL_EL_RECORDED,
    UTFALL_EL_PREVIOUS,
    UTFALL_EL_PAST_STEP,
    UTFALL_EL_PAST_PAIR,
    UTFALL_EL_CORRECTION,
    UTFALL_EL_PAST_FORECAST,
    UTFALL_EL_TERMS,
    UTFALL_EL_TERM,
    UTFALL_EL_INPUTS,
    UTFALL_EL_INPUT,
    UTFALL_EL_DETAIL,
    UTFALL_EL_SUMS,
    UTFALL_EL_ROWS,
    UTFALL_EL_CLASS,
    UTFALL_EL_GROUP,
    UTFALL_EL_MONTH,
    UTFALL_EL_STARTS,
    UTFALL_EL_START,
    UTFALL_EL_CALENDAR,
    UTFALL_EL_CALENDAR_MONTH,
    UTFALL_EL_PRICE,
    UTFALL_EL_CATEGORY,
    UTFALL_EL_DISTRIBUTION,
    UTFALL_EL_DISTRIBUTION_MONTH,
    UTFALL_EL_OUTCOMES,
    UTFALL_EL_OUTCOME,
    UTFALL_EL_SCALE,
    UTFALL_EL_DERIVED,
    UTFALL_EL_DERIVED_FIRST, /* what lies below <derived>: no name needed, nothing is taken */
    UTFALL_EL_NONE = 0x7fff
} utfall_element;

enum { UTFALL_ATTRIBUTES_MAX = 24, UTFALL_LEDGER_DEPTH_MAX = 6 };

typedef struct utfall_element_rule {
    const char *name;
    uint32_t parent; /* row of the table */
    uint32_t least, most;
    bool has_text;
    utfall_attribute_rule attributes[UTFALL_ATTRIBUTES_MAX];
} utfall_element_rule;

extern const utfall_element_rule utfall_vocabulary[];
extern const uint32_t utfall_vocabulary_count;

/** One attribute's value, typed by its rule. */
typedef struct utfall_value {
    bool is_given;
    const char *text; /* as written, entities resolved */
    uint64_t count;
    int64_t integer;
    const utfall_rat *ratio;
    utfall_month month;
    uint8_t digest[32];
    bool flag;
} utfall_value;

/** Read a value of the given spelling. UTFALL_E_SYNTAX for another spelling, UTFALL_E_RANGE for a
 * number out of bounds; *out is then untouched. `run` NULL: the value without its text; not for
 * ratios. */
UTFALL_TRY utfall_status utfall_value_parse(utfall_run *run, utfall_value *out,
                                            utfall_spelling spelling, const char *text, size_t len);

/** A whole number with a minus at most, as UTFALL_SPELL_INTEGER. */
UTFALL_TRY utfall_status utfall_integer_parse(int64_t *out, const char *text, size_t len);

/** "a whole number without leading zeros": what a spelling demands, for messages. */
const char *utfall_spelling_words(utfall_spelling spelling);

#endif
