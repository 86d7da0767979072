/* contracts/usual.h - rows that are spelled as almost all are, read between marks; private to
 * contracts/.
 *
 * A row is usual when it has nothing in it but cells with separators between them, no space where
 * none is needed, and a month and an amount of the plainest form. */
#ifndef UTFALL_USUAL_H
#define UTFALL_USUAL_H
#include "contracts/csv.h"
#include "utfall/case.h"

enum {
    UTFALL_LISTS_MAX = 2,
    UTFALL_USUAL_ROWS = 16,  /* may be read side by side */
    UTFALL_USUAL_BEFORE = 16 /* bytes before a text that may be looked at, but for one whose first
                                row is longer than any that is read here */
};

/** A word as it is looked for: its first bytes as a number, and which bytes of eight they are; and
 * the last eight of a longer one. */
typedef struct utfall_key {
    uint64_t bytes, mask, last;
    utfall_cell word;
} utfall_key;

/** A list of evaluation.counts, in the file's encoding. */
typedef struct utfall_list {
    size_t cell, count; /* cell number in a row */
    const utfall_cell *words;
    utfall_key *keys; /* [count + 1], each reader's own */
    bool *seen;       /* the same, of what it reads at a time */
} utfall_list;

/** What one table's rows are like. */
typedef struct utfall_plan {
    char separator, decimal;
    utfall_encoding encoding;
    size_t width;             /* cells of a row */
    size_t id, month, amount; /* cell numbers */
    bool refuses_unknown;
    utfall_month through; /* rows of later months are told */
    size_t list_count;
    utfall_list lists[UTFALL_LISTS_MAX];
    /* What lies at the marks of UTFALL_USUAL_ROWS rows: with line ends of one byte, and of two. */
    char *shapes[2];
} utfall_plan;

/** A text being read: the marks that were found and not taken. */
typedef struct utfall_cursor {
    const char *text;
    size_t len, scanned;   /* bytes: in all, looked at for marks */
    const uint32_t *marks; /* the one before the first ends the row before; UINT32_MAX = none */
    size_t count;
    uint32_t line;
    bool is_high;   /* some byte from the next row on that was looked at is not ASCII */
    bool has_late;  /* some row that was read lies after plan.through */
    utfall_cell id; /* of the row read before; text NULL = none was */
} utfall_cursor;

/** Set up what a reader of its own needs: keys and what was seen of the lists, and shapes. False
 * when out of memory. */
bool utfall_plan_ready(utfall_run *run, utfall_plan *plan);

/** Forget what was seen of the lists. */
void utfall_plan_forget(utfall_plan *plan);

/** Whether a cell is one of the words, which has been seen then. The 8 bytes from the cell on can
 * be read. */
bool utfall_list_holds(const utfall_list *list, utfall_cell cell);

/** Marks that are enough for rows side by side. */
static inline size_t utfall_usual_marks(const utfall_plan *plan)
{
    return UTFALL_USUAL_ROWS * (plan->width + 1) + 1;
}

/** Where the next row begins. */
static inline uint32_t utfall_cursor_row(const utfall_cursor *c)
{
    return c->marks[-1] + 1;
}

/** Take so many marks, the last of them a line end. */
static inline void utfall_cursor_pass(utfall_cursor *c, size_t marks)
{
    c->marks += marks;
    c->count -= marks;
}

/** Move on to a row with this id. Whether that is the id of the one before. */
static inline bool utfall_cursor_move(utfall_cursor *c, utfall_cell id)
{
    const bool is_repeat =
        c->id.text != NULL && c->id.len == id.len && utfall_is_same(c->id.text, id.text, id.len);
    c->id = id;
    return is_repeat;
}

/** Read at most `room` usual rows. Gives how many: fewer where another kind of row comes, or where
 * there may be too few marks for one. `id`, `len`, `month`, `minor`, `is_counted` and `is_repeat`
 * of rows are written, of `room` of them at the most, and of the cursor all but `line`, which is
 * the caller's to count. Words are noted as seen in the rows given, and perhaps in up to
 * UTFALL_USUAL_ROWS - 1 of those after them: whoever reads on reads these. */
typedef size_t utfall_usual_fn(const utfall_plan *plan, utfall_cost_row *rows, size_t room,
                               utfall_cursor *c);

/** The fastest that this machine has; all of them do the same. */
utfall_usual_fn *utfall_usual_best(void);

/** A way of reading them, and whether this machine can go it. */
typedef struct utfall_usual_way {
    const char *name;
    utfall_usual_fn *read;
    bool (*is_there)(void);
} utfall_usual_way;

/** All ways, slowest first, ended by a NULL name. The first is there everywhere and is what the
 * others are measured by. */
extern const utfall_usual_way utfall_usual_ways[];

#endif
