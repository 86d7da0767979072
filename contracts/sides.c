/* contracts/sides.c - the target group and the comparison group, each its people and then its
 * costs.
 *
 * In: where the tables are. Out: people folded to a matrix on each side. The two are read at the
 * same time when there are hands for it and enough to read. They share nothing but the contract:
 * the comparison group is read in a branch of the run, so that what comes out is as if it had been
 * read after the target group, and nothing of it when reading would have ended before. */
#include "contracts/document.h"
#include "contracts/source.h"
#include "contracts/tables.h"

#include <stdatomic.h>

enum { SIDE_WORTH = 2 * UTFALL_SOURCE_BLOCK }; /* bytes of tables */

/* One side: its people, then its costs. Each touches nothing that is the other's. */
struct side {
    const utfall_sides *all;
    const struct side *before; /* the one that would be read before; NULL = none */
    utfall_run *run;
    utfall_hands *hands;
    const utfall_table *people;
    const utfall_tables *costs;
    utfall_input *inputs; /* of its tables, in that order */
    utfall_cohort *out;
    bool is_merged; /* people who are alike are kept as one */
    utfall_seen seen;
    bool is_known;         /* nobody is missing among the people */
    utfall_status status;  /* of the first fault */
    atomic_bool has_ended; /* what comes after it is not read */
};

static utfall_status seen_make(utfall_run *run, utfall_seen *out, const utfall_sources *sources)
{
    bool **seen = utfall_run_array(run, sources->count_count, sizeof *seen);
    if (seen == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < sources->count_count; i++) {
        seen[i] = utfall_run_array(run, sources->counts[i].values.count, sizeof **seen);
        if (seen[i] == NULL)
            return UTFALL_E_NOMEM;
    }
    *out = (utfall_seen){sources->count_count, seen};
    return UTFALL_OK;
}

/* Note the status of a step; false when no other may follow it. */
static bool side_goes_on(struct side *side, utfall_status status)
{
    if (side->status == UTFALL_OK)
        side->status = status == UTFALL_OK ? utfall_run_failure(side->run) : status;
    if (!utfall_goes_on(side->run, side->status)) {
        atomic_store(&side->has_ended, true);
        return false;
    }
    return side->before == NULL || !atomic_load(&side->before->has_ended);
}

static utfall_status people_read(struct side *side, utfall_fold *fold)
{
    utfall_feed feed;
    utfall_feed_begin(&feed, side->run, side->all->contract, side->people);
    return utfall_people_read(&feed, side->all->folder, fold, &side->is_known, side->inputs);
}

static utfall_status costs_read(struct side *side, utfall_fold *fold, size_t number)
{
    const utfall_sides *all = side->all;
    utfall_feed feed;
    utfall_feed_begin(&feed, side->run, all->contract, &side->costs->table[number]);
    return utfall_costs_read(&feed, all->folder, fold, all->sources, side->people, side->is_known,
                             &side->seen, side->hands, &side->inputs[1 + number]);
}

static void side_read(struct side *side)
{
    const utfall_contract *contract = side->all->contract;
    utfall_fold *fold = utfall_fold_new(side->run, contract, contract->window_months);
    if (fold != NULL && side->is_merged)
        utfall_fold_merge(fold);
    if (!side_goes_on(side, seen_make(side->run, &side->seen, side->all->sources)) ||
        !side_goes_on(side, people_read(side, fold)) ||
        !side_goes_on(side, utfall_fold_freeze(fold)))
        return;
    for (size_t i = 0; i < side->costs->count; i++)
        if (!side_goes_on(side, costs_read(side, fold, i)))
            return;
    if (side->status == UTFALL_OK)
        (void)side_goes_on(side, utfall_fold_finish(fold, side->out));
}

/* Whether there are threads, and so much to read that one is worth its start. */
static bool is_worth_a_thread(const struct side *side)
{
    const utfall_sides *all = side->all;
    if (all->threads == 1)
        return false;
    uint64_t bytes = 0;
    for (size_t i = 0; i <= side->costs->count; i++) {
        const utfall_table *table = i == 0 ? side->people : &side->costs->table[i - 1];
        const char *path = utfall_feed_path(side->run, table, all->folder);
        bytes += path == NULL ? 0 : utfall_source_weigh(path);
    }
    return bytes >= SIDE_WORTH;
}

static void side_work(void *sides, size_t number)
{
    side_read((struct side *)sides + number);
}

static void seen_join(const utfall_sides *all, const utfall_seen *seen)
{
    for (size_t i = 0; i < seen->count; i++)
        for (size_t k = 0; k < all->sources->counts[i].values.count; k++)
            all->seen.value[i][k] |= seen->value[i][k];
}

/* Read those that there are: at the same time, or in order. */
static void sides_work(struct side *sides, size_t count, utfall_hands *hands)
{
    bool is_worth_it = count > 1;
    for (size_t i = 0; i < count && is_worth_it; i++)
        is_worth_it = is_worth_a_thread(&sides[i]);
    if (is_worth_it)
        utfall_hands_all(hands, side_work, sides, count);
    for (size_t i = 0; i < count && !is_worth_it; i++)
        side_read(&sides[i]);
}

utfall_status utfall_sides_read(utfall_run *run, utfall_sides *all)
{
    const utfall_sources *sources = all->sources;
    const bool has_both = sources->reference_people.file != NULL;
    utfall_hands hands;
    struct side sides[] = {{.all = all,
                            .run = run,
                            .hands = &hands,
                            .people = &sources->people,
                            .costs = &sources->costs,
                            .inputs = all->inputs,
                            .out = &all->target},
                           {.all = all,
                            .before = &sides[0],
                            .run = has_both ? utfall_run_branch(run) : NULL,
                            .hands = &hands,
                            .people = &sources->reference_people,
                            .costs = &sources->reference_costs,
                            .inputs = &all->inputs[1 + sources->costs.count],
                            .out = &all->comparison,
                            .is_merged = all->purpose == UTFALL_FOR_SUMS}};
    struct side *target = &sides[0], *comparison = &sides[1];
    if (has_both && comparison->run == NULL)
        return UTFALL_E_NOMEM;
    utfall_hands_begin(&hands, all->threads);
    sides_work(sides, has_both ? 2 : 1, &hands);
    utfall_hands_end(&hands);
    all->seen = target->seen;
    if (!has_both)
        return target->status;
    if (!utfall_goes_on(run, target->status)) {
        utfall_run_free(comparison->run);
        return target->status;
    }
    utfall_run_merge(run, comparison->run);
    if (comparison->status == UTFALL_OK && target->status == UTFALL_OK)
        seen_join(all, &comparison->seen);
    return target->status == UTFALL_OK ? comparison->status : target->status;
}
