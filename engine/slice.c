/* Slice: which lane makes which replicates, and how far they came.
 *
 * In: numbers, and who makes them. Out: the number before which all are made. Blocks go to the
 * lanes in turn, so lanes that keep pace leave hardly a hole when they are stopped. */
#include "engine/slice.h"
#include "engine/risk_parts.h"
#include "engine/core/ban.h"

enum { DRAWS = 1 << 20, BLOCK_MOST = 256 };

typedef struct lane {
    uint64_t reached; /* the first number of its blocks that is not made */
    utfall_status status;
} lane;

typedef struct work {
    const utfall__slice *slice;
    lane lanes[UTFALL_LANES_MAX];
} work;

static bool goes_on(const utfall__slice *slice, size_t on, uint64_t number)
{
    const utfall_risk_watch *watch = &slice->options->watch;
    if (on == 0 && watch->tell != NULL)
        watch->tell(watch->ctx, slice->phase, number, slice->of, slice->times);
    return number == 0 || watch->is_stopped == NULL || !watch->is_stopped(watch->ctx);
}

static void lane_run(void *arg, size_t number)
{
    work *w = arg;
    const utfall__slice *s = w->slice;
    lane *l = &w->lanes[number];
    const uint64_t step = s->options->lanes.count * s->block;
    uint64_t at = s->first + number * s->block;
    for (; at < s->end && goes_on(s, number, at); at += step) {
        l->status = s->make(s->arg, number, at, s->end - at < s->block ? s->end : at + s->block);
        if (l->status != UTFALL_OK)
            break;
    }
    l->reached = at < s->end ? at : s->end;
}

utfall_status utfall__slice_make(const utfall__slice *slice, uint64_t *end)
{
    work w = {.slice = slice};
    uint64_t reached = slice->end;
    utfall__lanes_run(&slice->options->lanes, lane_run, &w);
    for (size_t i = 0; i < slice->options->lanes.count; i++) {
        if (w.lanes[i].status != UTFALL_OK)
            return w.lanes[i].status;
        reached = w.lanes[i].reached < reached ? w.lanes[i].reached : reached;
    }
    *end = reached;
    return UTFALL_OK;
}

uint64_t utfall__slice_block(uint64_t people)
{
    const uint64_t block = people > 0 ? DRAWS / people : BLOCK_MOST;
    return block < 1 ? 1 : block > BLOCK_MOST ? BLOCK_MOST : block;
}
