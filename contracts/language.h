/* contracts/language.h - the contract language as data: every key with its type, need, default,
 * range and meaning. Private to contracts/.
 *
 * terms.def is the one place where a key is named. It drives the check of a document (check.c), the
 * JSON Schema (schema.c), the reference in LANGUAGE.md (reference.c) and the words of findings. */
#ifndef UTFALL_LANGUAGE_H
#define UTFALL_LANGUAGE_H
#include "contracts/scalar.h"

/** Maps with fixed keys. */
typedef enum utfall_shape {
    UTFALL_SHAPE_NONE,
#define SHAPE(shape, title, about) UTFALL_SHAPE_##shape,
#define END(shape)
#define TERM(shape, field, key, type, inside, names, need, fallback, range, meaning, example)
#include "contracts/terms.def"
#undef SHAPE
#undef END
#undef TERM
    UTFALL_SHAPES
} utfall_shape;

/** Every key, shape by shape: UTFALL_STEP_share and so on. */
typedef enum utfall_term_id {
#define SHAPE(shape, title, about)                                                                 \
    UTFALL_##shape##__first, UTFALL_##shape##__before = UTFALL_##shape##__first - 1,
#define END(shape) UTFALL_##shape##__end, UTFALL_##shape##__after = UTFALL_##shape##__end - 1,
#define TERM(shape, field, key, type, inside, names, need, fallback, range, meaning, example)      \
    UTFALL_##shape##_##field,
#include "contracts/terms.def"
#undef SHAPE
#undef END
#undef TERM
    UTFALL_TERMS
} utfall_term_id;

typedef enum utfall_need {
    UTFALL_REQUIRED,
    UTFALL_OPTIONAL,
    UTFALL_DEPENDS /* on other keys; bind.c knows */
} utfall_need;

/** One key of the language. */
typedef struct utfall_term_rule {
    utfall_shape shape; /* where it stands */
    const char *key;
    utfall_type type;
    utfall_shape inside;      /* the shape of what it holds, for MAP, MAPS, KEYED, DRAWN */
    const char *const *names; /* the words allowed, for NAME */
    utfall_need need;
    const char *fallback; /* default, in words; NULL = none */
    const char *range;    /* unit and range, in words; NULL = none */
    const char *meaning;  /* one sentence */
    const char *example;  /* as written in YAML */
} utfall_term_rule;
typedef struct utfall_shape_info {
    const char *title; /* path in the reference: "waterfall[]" */
    const char *about; /* one sentence */
    size_t first, end; /* its terms */
} utfall_shape_info;

extern const utfall_term_rule utfall_term_rules[UTFALL_TERMS];
extern const utfall_shape_info utfall_shapes[UTFALL_SHAPES];

/** The rule for `key` in a shape, or NULL. */
const utfall_term_rule *utfall_rule_find(utfall_shape shape, const char *key);

/** The candidate that `word` most likely means: at most a third of its letters differ. NULL = none.
 * `candidates` is NULL-terminated. */
const char *utfall_word_near(const char *word, const char *const *candidates);

/** The same among the keys of a shape. */
const char *utfall_key_near(const char *key, utfall_shape shape);

/** "a, b or c" from a NULL-terminated list. */
const char *utfall_words_list(utfall_run *run, const char *const *words);

#endif
