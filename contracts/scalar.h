/* contracts/scalar.h - the types of the contract language, and text to typed values. Private to
 * contracts/.
 *
 * A scalar is text until its place gives it a type; nothing is typed by how it looks. */
#ifndef UTFALL_SCALAR_H
#define UTFALL_SCALAR_H
#include "utfall/contract.h"

/** Types of the language. Up to VERSION a scalar; from MAP on something with parts, which check.c
 * takes apart. */
typedef enum utfall_type {
    UTFALL_TYPE_NONE, /* no value could be read */
    UTFALL_TYPE_TEXT,
    UTFALL_TYPE_ID,
    UTFALL_TYPE_PARTY,   /* id of a party */
    UTFALL_TYPE_OUTCOME, /* id of an outcome */
    UTFALL_TYPE_NAME,    /* one of a list of words */
    UTFALL_TYPE_BOOLEAN,
    UTFALL_TYPE_COUNT,  /* whole number >= 0 */
    UTFALL_TYPE_NUMBER, /* exact number without unit */
    UTFALL_TYPE_RATIO,
    UTFALL_TYPE_AMOUNT,
    UTFALL_TYPE_MONTHS, /* a length */
    UTFALL_TYPE_MONTH,
    UTFALL_TYPE_DATE,
    UTFALL_TYPE_MEASURE,
    UTFALL_TYPE_LEVEL,
    UTFALL_TYPE_POINT, /* threshold of a table: an amount or a number */
    UTFALL_TYPE_CONDITION,
    UTFALL_TYPE_MARK, /* one character */
    UTFALL_TYPE_FILE,
    UTFALL_TYPE_CURRENCY,
    UTFALL_TYPE_VERSION,
    UTFALL_TYPE_MAP,      /* fixed keys */
    UTFALL_TYPE_MAPS,     /* list of such */
    UTFALL_TYPE_KEYED,    /* id: such */
    UTFALL_TYPE_COLUMNS,  /* field: heading */
    UTFALL_TYPE_WHERE,    /* column: texts */
    UTFALL_TYPE_WORDS,    /* list of texts */
    UTFALL_TYPE_GROUPS,   /* column: "each", cut points or texts */
    UTFALL_TYPE_GROUP,    /* one of those */
    UTFALL_TYPE_OUTCOMES, /* outcome id, or list of them */
    UTFALL_TYPE_SLICE,    /* two levels */
    UTFALL_TYPE_ROWS,     /* list of rows */
    UTFALL_TYPE_ROW,      /* threshold and level */
    UTFALL_TYPE_DRAWN     /* an amount, or a table with fixed keys */
} utfall_type;
enum { UTFALL_TYPES = UTFALL_TYPE_DRAWN + 1 };

/** What the reference says of a type. */
typedef struct utfall_type_info {
    const char *name;    /* in the reference: "amount" */
    const char *noun;    /* in messages: "an amount" */
    const char *form;    /* in messages, after "expected": "digits and the currency, ..." */
    const char *pattern; /* ECMA 262 regular expression for editors; NULL = any text */
} utfall_type_info;
extern const utfall_type_info utfall_types[UTFALL_TYPES];

/** A value that was read. */
typedef struct utfall_value {
    utfall_type type; /* NONE = there is none */
    int64_t whole;    /* COUNT, MONTHS; NAME: its index; BOOLEAN: 0 or 1; MARK: the character */
    const utfall_rat *number; /* NUMBER, RATIO; AMOUNT and POINT with unit: öre; LEVEL: the factor;
                                 CONDITION: the threshold */
    const char *unit;         /* AMOUNT, LEVEL, POINT: the currency written; NULL = none */
    utfall_money money;       /* AMOUNT: when it comes out even */
    bool is_even;             /* AMOUNT: it does */
    utfall_measure measure;   /* MEASURE, LEVEL: `outcome` is not resolved; CONDITION: the figure */
    const char *outcome;      /* its id, when measure.kind is OUTCOME */
    utfall_relation relation; /* CONDITION */
    utfall_month month;
    utfall_date date;
} utfall_value;

/** Why a text is not a value. Static or in the run. */
typedef struct utfall_fault {
    utfall_status code;
    const char *reason;   /* after the text: "has no unit"; NULL = it is not of the type at all */
    const char *hint;     /* NULL = none */
    const char *expected; /* NULL = the type's own form */
} utfall_fault;

/** Read a scalar. `names` for NAME only, NULL-terminated. On a fault *out is untouched and *fault
 * tells why. UTFALL_E_NOMEM without a fault. */
UTFALL_TRY utfall_status utfall_value_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                           utfall_type type, const char *const *names,
                                           const char *text);

/** Index of `text` in a NULL-terminated list of names, or SIZE_MAX. */
size_t utfall_name_find(const char *const *names, const char *text);

/** Lower-case letter, then lower-case letters, digits, "_" or "-"; at most UTFALL_ID_MAX bytes. */
enum { UTFALL_ID_MAX = 40 };
bool utfall_id_is_sound(const char *text, size_t len);

/* ---- decimal.c ---- */

/** A number as written: mantissa / 10^decimals, |mantissa| < 10^18. */
typedef struct utfall_decimal {
    int64_t mantissa;
    uint32_t decimals; /* 0..18 */
    bool has_groups;   /* written with thousands marks */
} utfall_decimal;

/** Take a number off the front of *at: digits, in groups of three when marked by space, no-break
 * space or narrow no-break space, a decimal point with digits after it, a minus sign before. Stops
 * at whatever follows. On a fault *at and *out are untouched; fault->reason may be NULL. */
UTFALL_TRY utfall_status utfall_decimal_take(utfall_decimal *out, const char **at,
                                             utfall_fault *fault);

/** Length in bytes of the blank (space, no-break space, narrow no-break space) at `at`, or 0. */
size_t utfall_blank_len(const char *at);

#endif
