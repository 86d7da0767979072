/* engine/fold.h - a cohort being built: what case.c (people, single rows) and share.c (many rows at
 * a time) both see; private to engine/. */
#ifndef UTFALL_FOLD_H
#define UTFALL_FOLD_H
#include "engine/index.h"
#include "utfall/case.h"

enum { UTFALL__NO_PLACE = -1, UTFALL__CARD_ID_MAX = 23 };

/* What a cost row needs of its person, in half a line of the processor's cache: to know the person
 * by id, and where the month goes. */
typedef struct utfall__card {
    int32_t start; /* ordinal */
    int32_t place; /* row of the matrix; 0 or UTFALL__NO_PLACE before they are given */
    uint8_t len;   /* of the id; UINT8_MAX = too long for this card */
    char id[UTFALL__CARD_ID_MAX]; /* the bytes after the id are 0 */
} utfall__card;

/* Sums of amounts above and below zero. Every partial sum of some of the amounts, in whatever order
 * they are added, lies between the two: when both are int64, nothing that is added up can leave it.
 */
typedef struct utfall__reach {
    int64_t up, down;
} utfall__reach;

struct utfall_fold {
    utfall_run *run;
    const utfall_contract *contract;
    uint32_t months;
    bool is_frozen;
    utfall__index ids;
    size_t capacity;
    utfall__card *cards; /* [number] */
    int32_t *attributes; /* [number * factors + factor]; gone when frozen */
    int64_t *cost_minor;
    uint64_t *month_rows;
    utfall__reach reach; /* of all rows added */
    utfall_cohort cohort;
};

/* Where a row goes: its class, and the place of its month in the matrix. */
typedef struct utfall__target {
    utfall_class class;
    bool has_cell;
    uint32_t nth; /* month, from 0 */
    size_t cell;
} utfall__target;

/** The class of a row of somebody known. Months after the window are kept when the matrix is wider,
 * but are never of the class used. */
static inline utfall__target utfall__target_of(const utfall_fold *fold, const utfall__card *card,
                                               utfall_month month, bool is_counted)
{
    if (card->place == UTFALL__NO_PLACE)
        return (utfall__target){.class = UTFALL_ROW_NOT_SELECTED};
    if (!is_counted)
        return (utfall__target){.class = UTFALL_ROW_SOURCE};
    int64_t k = (int64_t)month.ordinal - card->start; /* 0 = the month of the start */
    if (k < 0)
        return (utfall__target){.class = UTFALL_ROW_BEFORE};
    utfall__target target = {.class = k < fold->contract->window_months ? UTFALL_ROW_USED
                                                                        : UTFALL_ROW_AFTER};
    if (k < fold->months) {
        target.has_cell = true;
        target.nth = (uint32_t)k;
        target.cell = (size_t)card->place * fold->months + (size_t)k;
    }
    return target;
}

/** Widen a reach by an amount; false, and nothing done, when it leaves int64. */
static inline bool utfall__reach_add(utfall__reach *reach, int64_t minor)
{
    if (minor >= 0) {
        if (reach->up > INT64_MAX - minor)
            return false;
        reach->up += minor;
    } else {
        if (reach->down < INT64_MIN - minor)
            return false;
        reach->down += minor;
    }
    return true;
}

#endif
