/* engine/core/run.c - one run: arena, deferred ends, findings, first failure.
 *
 * In: sizes, texts, findings. Out: zeroed memory that lives until the run is freed or cleared.
 * Invariants: every block is reachable from the run and cleared when it is made, so a piece cut
 * from it never was anything else; `kept` holds findings in the order reported; the finding that
 * tells of missing memory has a place set aside and needs none. The only file of the engine that
 * calls malloc. */
#if defined(__linux__)
#define _DEFAULT_SOURCE
#include <sys/mman.h>
#endif
#include "engine/core/run.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "engine/core/ban.h"

enum { BLOCK_FIRST = 16 * 1024, BLOCK_LAST = 1024 * 1024 };

/* With the address sanitizer each piece is a block of its own, so that overruns are seen. */
#if defined(__SANITIZE_ADDRESS__)
#define PIECE_BY_PIECE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PIECE_BY_PIECE 1
#endif
#endif
#ifndef PIECE_BY_PIECE
#define PIECE_BY_PIECE 0
#endif

typedef struct block {
    struct block *next;
    size_t size, used;
    max_align_t data[];
} block;

/* A buffer that can go before the run does, so its list is double. */
typedef struct buffer {
    struct buffer *next, *previous;
    max_align_t data[];
} buffer;

typedef struct ending {
    struct ending *next;
    void (*end)(void *object);
    void *object;
} ending;

struct utfall_run {
    utfall_alloc_fn *alloc;
    void *ctx;
    block *current; /* the block that pieces are cut from */
    size_t next_size;
    block *others; /* full ones, and pieces too big to share: from here on all that a run forgets */
    buffer *buffers;
    ending *endings;
    void *numbers;
    utfall_status failure;
    uint64_t errors, warnings;
    size_t kept_count, kept_errors, kept_warnings;
    size_t nomem_told; /* number, from 1, of the finding that tells of missing memory */
    utfall_complete_fn *complete;
    const void *complete_ctx;
    utfall_finding kept[2 * UTFALL_FINDINGS_MAX + 1]; /* one set aside for missing memory */
};

static void *default_alloc(void *ctx, void *ptr, size_t size)
{
    (void)ctx;
    if (size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, size);
}

/* Findings are written before they are read. */
static void forget(utfall_run *run)
{
    const size_t from = offsetof(utfall_run, others), to = offsetof(utfall_run, kept);
    memset((char *)run + from, 0, to - from);
}

utfall_run *utfall_run_new(utfall_alloc_fn *alloc, void *ctx)
{
    if (!alloc)
        alloc = default_alloc;
    utfall_run *run = alloc(ctx, NULL, sizeof *run);
    if (!run)
        return NULL;
    run->alloc = alloc;
    run->ctx = ctx;
    run->current = NULL;
    run->next_size = BLOCK_FIRST;
    forget(run);
    return run;
}

static void free_blocks(utfall_run *run, block *first)
{
    while (first) {
        block *next = first->next;
        (void)run->alloc(run->ctx, first, 0);
        first = next;
    }
}

/* All that was handed out goes, but the block that pieces are cut from: its end is the caller's. */
static void give_back(utfall_run *run)
{
    for (ending *e = run->endings; e; e = e->next)
        e->end(e->object);
    while (run->buffers)
        (void)utfall__run_resize(run, run->buffers->data, 0, 0);
    free_blocks(run, run->others);
}

void utfall_run_free(utfall_run *run)
{
    if (!run)
        return;
    give_back(run);
    free_blocks(run, run->current);
    (void)run->alloc(run->ctx, run, 0);
}

void utfall_run_clear(utfall_run *run)
{
    give_back(run);
    forget(run);
    if (run->current) {
        memset(run->current->data, 0, run->current->used);
        run->current->used = 0;
    }
}

/* calloc gives untouched pages for a large matrix; an allocator from outside has no such call. */
static block *block_new(utfall_run *run, size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(block))
        return NULL;
    block *b;
    if (run->alloc == default_alloc) {
        b = calloc(1, sizeof *b + size);
    } else {
        b = run->alloc(run->ctx, NULL, sizeof *b + size);
        if (b)
            memset(b, 0, sizeof *b + size);
    }
    if (b)
        b->size = size;
    return b;
}

static void *nomem(utfall_run *run)
{
    utfall_run_fail(run, UTFALL_E_NOMEM);
    return NULL;
}

static void *own_block(utfall_run *run, size_t size)
{
    block *b = block_new(run, size);
    if (!b)
        return nomem(run);
    b->used = size;
    b->next = run->others;
    run->others = b;
    return b->data;
}

void *utfall_run_alloc(utfall_run *run, size_t size)
{
    const size_t unit = sizeof(max_align_t);
    if (size > SIZE_MAX - unit)
        return nomem(run);
    if (PIECE_BY_PIECE)
        return own_block(run, size);
    size_t need = (size + unit - 1) / unit * unit;
    block *b = run->current;
    if (!b || need > b->size - b->used) {
        if (need > run->next_size / 4)
            return own_block(run, need);
        b = block_new(run, run->next_size);
        if (!b)
            return nomem(run);
        if (run->current) {
            run->current->next = run->others;
            run->others = run->current;
        }
        run->current = b;
        if (run->next_size < BLOCK_LAST)
            run->next_size *= 2;
    }
    void *piece = (char *)b->data + b->used;
    b->used += need;
    return piece;
}

void *utfall_run_array(utfall_run *run, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return nomem(run);
    return utfall_run_alloc(run, count * size);
}

void *utfall__run_resize(utfall_run *run, void *old, size_t count, size_t size)
{
    buffer *b = old ? (buffer *)(void *)((char *)old - offsetof(buffer, data)) : NULL;
    if (count == 0) {
        if (!b)
            return NULL;
        *(b->previous ? &b->previous->next : &run->buffers) = b->next;
        if (b->next)
            b->next->previous = b->previous;
        return run->alloc(run->ctx, b, 0);
    }
    if (count > (PTRDIFF_MAX - sizeof *b) / size)
        return nomem(run);
    buffer *moved = run->alloc(run->ctx, b, sizeof *b + count * size);
    if (!moved)
        return nomem(run);
    if (!b) {
        moved->previous = NULL;
        moved->next = run->buffers;
    }
    *(moved->previous ? &moved->previous->next : &run->buffers) = moved;
    if (moved->next)
        moved->next->previous = moved;
    return moved->data;
}

/* Tell the system something of the whole pages in some memory of our own: a wish, without which
 * everything works as before. */
static void advise(const utfall_run *run, void *memory, size_t size, size_t page, int advice)
{
#if defined(__linux__)
    char *from = memory;
    from += (page - (uintptr_t)from % page) % page;
    const size_t before = (size_t)(from - (char *)memory);
    if (run->alloc == default_alloc && before < size)
        (void)madvise(from, (size - before) / page * page, advice);
#else
    (void)run;
    (void)memory;
    (void)size;
    (void)page;
    (void)advice;
#endif
}

#if !defined(MADV_HUGEPAGE)
#define MADV_HUGEPAGE 0
#endif
#if !defined(MADV_POPULATE_WRITE)
#define MADV_POPULATE_WRITE 0
#endif

void utfall__run_scattered(const utfall_run *run, void *memory, size_t size)
{
    advise(run, memory, size, UTFALL__LARGE_PAGE, MADV_HUGEPAGE);
}

void utfall__run_written(const utfall_run *run, void *memory, size_t size)
{
    enum { PAGE = 4096 }; /* or more, and then this wish may not come true */
    advise(run, memory, size, PAGE, MADV_POPULATE_WRITE);
}

void **utfall__run_numbers(utfall_run *run)
{
    return &run->numbers;
}

utfall_status utfall_run_defer(utfall_run *run, void (*end)(void *object), void *object)
{
    ending *e = utfall_run_alloc(run, sizeof *e);
    if (!e)
        return UTFALL_E_NOMEM;
    *e = (ending){run->endings, end, object};
    run->endings = e;
    return UTFALL_OK;
}

/* ---- texts ---- */

const char *utfall_run_text(utfall_run *run, const char *text, size_t len)
{
    if (len == SIZE_MAX)
        return nomem(run);
    char *copy = utfall_run_alloc(run, len + 1);
    if (copy && len > 0)
        memcpy(copy, text, len);
    return copy;
}

const char *utfall_run_join(utfall_run *run, const char *first, ...)
{
    va_list parts;
    size_t len = 0;
    va_start(parts, first);
    for (const char *part = first; part; part = va_arg(parts, const char *)) {
        size_t more = strlen(part);
        if (more > SIZE_MAX - 1 - len) {
            va_end(parts);
            return nomem(run);
        }
        len += more;
    }
    va_end(parts);
    char *joined = utfall_run_alloc(run, len + 1);
    if (!joined)
        return NULL;
    char *to = joined;
    va_start(parts, first);
    for (const char *part = first; part; part = va_arg(parts, const char *)) {
        size_t more = strlen(part);
        memcpy(to, part, more);
        to += more;
    }
    va_end(parts);
    return joined;
}

const char *utfall_run_decimal(utfall_run *run, int64_t value)
{
    char digits[20]; /* 19 digits and a minus */
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        digits[--at] = '-';
    return utfall_run_text(run, digits + at, sizeof digits - at);
}

/* ---- findings ---- */

static const char *kept_text(utfall_run *run, const char *text)
{
    return text ? utfall_run_text(run, text, strlen(text)) : NULL;
}

static utfall_loc kept_loc(utfall_run *run, utfall_loc at)
{
    const char *file = at.file ? kept_text(run, at.file) : "";
    at.file = file ? file : "";
    return at;
}

/* At most UTFALL_EXCERPT_MAX bytes, not ending inside a UTF-8 sequence. */
static const char *kept_excerpt(utfall_run *run, const char *text)
{
    if (!text)
        return NULL;
    size_t len = strlen(text);
    if (len > UTFALL_EXCERPT_MAX) {
        len = UTFALL_EXCERPT_MAX;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
    }
    return utfall_run_text(run, text, len);
}

/* Whether one more finding of this severity is kept; counts it among those that are. */
static bool is_kept(utfall_run *run, utfall_severity severity)
{
    size_t *kept = severity == UTFALL_ERROR ? &run->kept_errors : &run->kept_warnings;
    if (*kept >= UTFALL_FINDINGS_MAX)
        return false;
    *kept += 1;
    return true;
}

utfall_status utfall_run_report(utfall_run *run, const utfall_finding *finding)
{
    *(finding->severity == UTFALL_ERROR ? &run->errors : &run->warnings) += 1;
    if (!is_kept(run, finding->severity))
        return finding->code;
    utfall_finding copy = *finding;
    if (run->complete)
        run->complete(run, run->complete_ctx, &copy);
    copy.at = kept_loc(run, copy.at);
    copy.also = kept_loc(run, copy.also);
    copy.also_message = kept_text(run, copy.also_message);
    copy.path = kept_text(run, copy.path);
    copy.clause = kept_text(run, copy.clause);
    copy.message = kept_text(run, copy.message);
    copy.hint = kept_text(run, copy.hint);
    copy.excerpt = kept_excerpt(run, copy.excerpt);
    if (!copy.message)
        copy.message = "a fault whose description did not fit into memory";
    run->kept[run->kept_count++] = copy;
    return finding->code;
}

void utfall_run_on_report(utfall_run *run, utfall_complete_fn *complete, const void *ctx)
{
    run->complete = complete;
    run->complete_ctx = ctx;
}

uint64_t utfall_run_errors(const utfall_run *run)
{
    return run->errors;
}

uint64_t utfall_run_warnings(const utfall_run *run)
{
    return run->warnings;
}

const utfall_finding *utfall_run_finding(const utfall_run *run, size_t i)
{
    return i < run->kept_count ? &run->kept[i] : NULL;
}

utfall_status utfall_run_failure(const utfall_run *run)
{
    return run->failure;
}

/* Once in a run. */
static void tell_nomem(utfall_run *run)
{
    if (run->nomem_told > 0)
        return;
    run->errors++;
    run->kept[run->kept_count++] = (utfall_finding){
        .code = UTFALL_E_NOMEM,
        .at = {.file = ""},
        .also = {.file = ""},
        .message = "out of memory",
        .hint = "close other programs, or use a machine with more memory",
    };
    run->nomem_told = run->kept_count;
}

void utfall_run_fail(utfall_run *run, utfall_status status)
{
    if (run->failure == UTFALL_OK)
        run->failure = status;
    if (status == UTFALL_E_NOMEM)
        tell_nomem(run);
}

/* ---- branches ---- */

utfall_run *utfall_run_branch(utfall_run *run)
{
    utfall_run *branch = utfall_run_new(run->alloc, run->ctx);
    if (!branch)
        return nomem(run);
    utfall_run_on_report(branch, run->complete, run->complete_ctx);
    return branch;
}

/* Put `first` and all after it in front of *list. */
static void take_blocks(block **list, block *first)
{
    block **end = &first;
    while (*end)
        end = &(*end)->next;
    *end = *list;
    *list = first;
}

static void take_memory(utfall_run *run, utfall_run *branch)
{
    take_blocks(&run->others, branch->others);
    take_blocks(&run->others, branch->current); /* it has no next */
    for (buffer *b = branch->buffers, *next; b; b = next) {
        next = b->next;
        *b = (buffer){.next = run->buffers};
        if (run->buffers)
            run->buffers->previous = b;
        run->buffers = b;
    }
    ending **last = &branch->endings;
    while (*last)
        last = &(*last)->next;
    *last = run->endings;
    run->endings = branch->endings;
}

/* As if each were reported now. */
static void take_findings(utfall_run *run, const utfall_run *branch)
{
    run->errors += branch->errors - (branch->nomem_told > 0);
    run->warnings += branch->warnings;
    for (size_t i = 0; i < branch->kept_count; i++) {
        if (i + 1 == branch->nomem_told)
            tell_nomem(run);
        else if (is_kept(run, branch->kept[i].severity))
            run->kept[run->kept_count++] = branch->kept[i];
    }
    if (run->failure == UTFALL_OK)
        run->failure = branch->failure;
}

void utfall_run_merge(utfall_run *run, utfall_run *branch)
{
    take_findings(run, branch);
    take_memory(run, branch);
    (void)run->alloc(run->ctx, branch, 0);
}

const char *utfall_status_name(utfall_status status)
{
    switch (status) {
    case UTFALL_OK:
        return "UTFALL_OK";
    case UTFALL_E_NOMEM:
        return "UTFALL_E_NOMEM";
    case UTFALL_E_SYNTAX:
        return "UTFALL_E_SYNTAX";
    case UTFALL_E_SCHEMA:
        return "UTFALL_E_SCHEMA";
    case UTFALL_E_UNIT:
        return "UTFALL_E_UNIT";
    case UTFALL_E_RANGE:
        return "UTFALL_E_RANGE";
    case UTFALL_E_MISSING:
        return "UTFALL_E_MISSING";
    case UTFALL_E_CONFLICT:
        return "UTFALL_E_CONFLICT";
    case UTFALL_E_INEXACT:
        return "UTFALL_E_INEXACT";
    case UTFALL_E_UNDECIDED:
        return "UTFALL_E_UNDECIDED";
    case UTFALL_E_IO:
        return "UTFALL_E_IO";
    case UTFALL_E_INVALID:
        return "UTFALL_E_INVALID";
    case UTFALL_E_BUG:
        return "UTFALL_E_BUG";
    }
    return "?";
}
