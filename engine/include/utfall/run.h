/* utfall/run.h - one run: its memory, its findings, its status codes. Pure: no I/O, clock, locale
 * or globals.
 *
 * A run owns everything that is made in it: contract, case, settlement, strings, numbers, findings.
 * All of it is handed out const, borrowed from the run, and dies with utfall_run_free or
 * utfall_run_clear. One run belongs to one thread at a time; two runs never meet, but for a branch
 * and the run that takes it back. */
#ifndef UTFALL_RUN_H
#define UTFALL_RUN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define UTFALL_TRY __attribute__((warn_unused_result))
#else
#define UTFALL_TRY
#endif

/** Result of every call that can fail. Names are stable; tests/errors/ has a case for each that
 * input can cause. */
typedef enum utfall_status {
    UTFALL_OK,
    UTFALL_E_NOMEM,    /* out of memory */
    UTFALL_E_SYNTAX,   /* text that is not of the form its place demands */
    UTFALL_E_SCHEMA,   /* a key, column or element that does not exist, is missing or is there twice
                        */
    UTFALL_E_UNIT,     /* a number without its unit, or with another one */
    UTFALL_E_RANGE,    /* outside the bounds stated for it */
    UTFALL_E_MISSING,  /* a value that the calculation needs is not there */
    UTFALL_E_CONFLICT, /* two values that cannot both hold; `also` is the other one */
    UTFALL_E_INEXACT,  /* rounding mode `never` met an amount that does not come out even */
    UTFALL_E_UNDECIDED, /* the largest precision did not decide a rounding */
    UTFALL_E_IO,        /* a file or key could not be read or written */
    UTFALL_E_INVALID,   /* a ledger does not verify */
    UTFALL_E_BUG        /* our mistake */
} utfall_status;

/** Where a value was written. Line and column count from 1, columns in code points; 0 = does not
 * apply. `file` is as the user would name it; never NULL, "" when it does not apply. */
typedef struct utfall_loc {
    const char *file;
    uint32_t line, column;
} utfall_loc;

typedef enum utfall_severity { UTFALL_ERROR, UTFALL_WARNING } utfall_severity;

/** One finding. Any string may be NULL when it does not apply, but `message`. */
typedef struct utfall_finding {
    utfall_status code;
    utfall_severity severity;
    utfall_loc at;
    utfall_loc also;          /* the other side of a conflict; also.line 0 = none */
    const char *also_message; /* "the first one is here" */
    const char *path;         /* "waterfall[2].cap" in a contract, "costs.amount" in a table */
    const char *clause;       /* the contract's own words for where the rule stands */
    const char
        *message; /* the fact with the values: lower case, one line, quotes the offending text */
    const char *hint;    /* what to do */
    const char *excerpt; /* the source line, valid UTF-8, at most UTFALL_EXCERPT_MAX bytes */
    uint32_t width;      /* code points to underline from at.column; 0 = one */
} utfall_finding;

enum { UTFALL_FINDINGS_MAX = 50, UTFALL_EXCERPT_MAX = 240 };

typedef struct utfall_run utfall_run;

/** Allocator: size 0 frees and returns NULL; on failure returns NULL and leaves `ptr` as it was.
 * Called by several threads at the same time when several are asked for. */
typedef void *utfall_alloc_fn(void *ctx, void *ptr, size_t size);

/** Start a run. NULL `alloc` means malloc and free. Returns NULL only when out of memory. */
utfall_run *utfall_run_new(utfall_alloc_fn *alloc, void *ctx);

/** Free the run and every object and string it handed out. NULL is allowed. */
void utfall_run_free(utfall_run *run);

/** As freeing the run and starting it anew, findings and failure forgotten, but memory that was had
 * is used again: for many small pieces of work, one after the other. */
void utfall_run_clear(utfall_run *run);

/** `size` zeroed bytes aligned for any type, owned by the run; NULL when out of memory (noted as
 * the run's failure). size 0 gives a pointer that may not be read through. */
void *utfall_run_alloc(utfall_run *run, size_t size);

/** As utfall_run_alloc for `count` elements of `size` bytes; an overflowing product is
 * UTFALL_E_NOMEM. */
void *utfall_run_array(utfall_run *run, size_t count, size_t size);

/** Have the run call `end(object)` when it is freed or cleared, in reverse order of the calls. */
UTFALL_TRY utfall_status utfall_run_defer(utfall_run *run, void (*end)(void *object), void *object);

/** Copy of the `len` bytes at `text`, with a NUL after them. NULL when out of memory. */
const char *utfall_run_text(utfall_run *run, const char *text, size_t len);

/** The given strings joined; the last argument is (const char *)NULL. NULL when out of memory. */
const char *utfall_run_join(utfall_run *run, const char *first, ...);

/** `value` in decimal. NULL when out of memory. */
const char *utfall_run_decimal(utfall_run *run, int64_t value);

/** Add a finding; its strings are copied. The first UTFALL_FINDINGS_MAX errors and as many warnings
 * are kept, all are counted. Gives finding->code, so that `return utfall_run_report(...)` reads
 * well. */
utfall_status utfall_run_report(utfall_run *run, const utfall_finding *finding);

/** Fills in what a finding lacks before it is kept, such as its excerpt: only who read a text can
 * show it. It may change *finding, whose strings are copied afterwards, and allocate from `run`,
 * where the finding is reported: a branch of the run that was told of it, or that run. Several
 * threads may call it at the same time, each for a run of its own. It reports nothing itself. */
typedef void utfall_complete_fn(utfall_run *run, const void *ctx, utfall_finding *finding);

/** Have `complete` do so. NULL = nobody, as in a new run. */
void utfall_run_on_report(utfall_run *run, utfall_complete_fn *complete, const void *ctx);

/** Exact number of errors (warnings) reported, kept or not. */
uint64_t utfall_run_errors(const utfall_run *run);
uint64_t utfall_run_warnings(const utfall_run *run);

/** Finding number `i` of those kept, in the order reported; NULL when there are no more. */
const utfall_finding *utfall_run_finding(const utfall_run *run, size_t i);

/** First failure inside a number operation or allocation (UTFALL_E_NOMEM, UTFALL_E_RANGE,
 * UTFALL_E_BUG), else UTFALL_OK. Number operations give NULL from NULL, so a formula is checked
 * once, at its end. */
utfall_status utfall_run_failure(const utfall_run *run);

/** Note a failure; the first one stays. */
void utfall_run_fail(utfall_run *run, utfall_status status);

/* Work that goes on at the same time is done in branches, which are taken back in the order in
 * which it would have been done one after the other: the same findings then, in the same order. */

/** A run for part of the work, with the allocator of `run` and its completer. No finding or failure
 * of one is known to the other. Taken back before `run` goes, or freed with all that it holds. NULL
 * when out of memory (noted as the run's failure). */
utfall_run *utfall_run_branch(utfall_run *run);

/** Take a branch back: its memory, its ends, its findings under the same limits and its failure
 * become the run's, as if they had been made in it now, and there is no branch any more. */
void utfall_run_merge(utfall_run *run, utfall_run *branch);

/** "UTFALL_E_RANGE" for a status; "?" for a value outside the enum. Static, never NULL. */
const char *utfall_status_name(utfall_status status);

#endif
