/* cli/whatif_run.c - the cells of a grid settled by threads. Cells are put in order of what they
 * share; a thread takes a stretch of them at a time, reads nothing, and writes to its own cells, so
 * that the result does not depend on who did what. Ctrl-C lets every thread finish its cell. */
#define _POSIX_C_SOURCE 200809L
#include "cli/whatif.h"
#include "cli/long_run.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { STRETCH = 16, STRETCH_MAX = 256 };

struct place {
    uint64_t data, sums;
    size_t cell;
};

struct crew {
    struct whatif_grid *grid;
    const struct place *order;
    size_t first, end; /* of the places that share what was read */
    const utfall_case *data;
    pthread_mutex_t lock; /* of what follows, and of the grid's `done` and `status` */
    size_t next;
    struct cli_long_run long_run;
};

struct hand {
    struct crew *crew;
    utfall_run *keep; /* of texts that outlive a cell */
    utfall_run *run;  /* of one cell at a time */
    bool is_main;
    /* The first half that the last cell used. */
    utfall_run *costs_run;
    bool has_costs;
    uint64_t costs_of;
    const utfall_settlement *costs;
    utfall_status costs_status;
    const char *costs_fault;
};

static int by_share(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->data != y->data)
        return x->data < y->data ? -1 : 1;
    if (x->sums != y->sums)
        return x->sums < y->sums ? -1 : 1;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

static const char *kept(struct hand *hand, const char *text)
{
    return utfall_run_text(hand->keep, text, strlen(text));
}

/* ---- one cell ---- */

static utfall_status as_of_read(const struct whatif_grid *grid, const utfall_contract *contract,
                                utfall_month *out)
{
    *out = contract->data_through;
    return grid->as_of == NULL ? UTFALL_OK
                               : utfall_month_parse(out, grid->as_of, strlen(grid->as_of));
}

static utfall_status costs_settle(struct hand *hand, utfall_run *run, size_t cell)
{
    const struct whatif_grid *grid = hand->crew->grid;
    const utfall_contract *contract = NULL;
    const utfall_case *data = NULL;
    const utfall_sums *sums = NULL;
    utfall_month as_of;
    utfall_status status = whatif_contract(grid, run, &contract, &hand->costs_fault, cell);
    if (status == UTFALL_OK)
        status = as_of_read(grid, contract, &as_of);
    if (status == UTFALL_OK)
        status = utfall_case_narrow(run, &data, hand->crew->data, contract->window_months);
    if (status == UTFALL_OK)
        status = utfall_sums_compute(run, &sums, contract, data, as_of);
    if (status == UTFALL_OK)
        status = utfall_settle_costs(run, &hand->costs, contract, sums);
    return status;
}

/* The first half of the settlement, from the last cell when it is the same. */
static utfall_status costs_of(struct hand *hand, const struct place *at)
{
    if (hand->has_costs && hand->costs_of == at->sums)
        return hand->costs_status;
    utfall_run_clear(hand->costs_run);
    hand->has_costs = true;
    hand->costs_of = at->sums;
    hand->costs_fault = NULL;
    hand->costs_status = costs_settle(hand, hand->costs_run, at->cell);
    if (hand->costs_status != UTFALL_OK && hand->costs_fault == NULL)
        hand->costs_fault = whatif_fault_text(hand->costs_run, hand->costs_status);
    return hand->costs_status;
}

/* A fact in the run of what outlives a cell; one that there is not stays empty. */
static utfall_status fact_keep(struct hand *hand, utfall_fact *out, const utfall_fact *fact)
{
    if (fact->value == NULL)
        return UTFALL_OK;
    out->value = kept(hand, fact->value);
    if (fact->amount != NULL)
        out->amount = utfall_rat_copy(hand->keep, fact->amount);
    const bool is_whole = out->value != NULL && (out->amount != NULL || fact->amount == NULL);
    return is_whole ? UTFALL_OK : UTFALL_E_NOMEM;
}

static utfall_status facts_keep(struct hand *hand, utfall_run *run, size_t cell,
                                const utfall_settlement *settlement)
{
    struct whatif_grid *grid = hand->crew->grid;
    utfall_fact *facts = utfall_run_array(run, grid->show_count, sizeof *facts);
    if (facts == NULL)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_facts_pick(run, facts, grid->show, grid->show_count, settlement);
    for (size_t i = 0; i < grid->show_count && status == UTFALL_OK; i++)
        status = fact_keep(hand, &grid->facts[cell * grid->show_count + i], &facts[i]);
    return status;
}

/* Faults that are the cell's own; the others end the run. */
static bool is_of_cell(utfall_status status)
{
    return status != UTFALL_E_NOMEM && status != UTFALL_E_BUG && status != UTFALL_E_IO;
}

static utfall_status cell_settle(struct hand *hand, const struct place *at)
{
    struct whatif_grid *grid = hand->crew->grid;
    struct whatif_cell *cell = &grid->cells[at->cell];
    const utfall_contract *contract = NULL;
    const utfall_settlement *settlement = NULL;
    const char *fault = NULL;
    utfall_run *run = hand->run;
    utfall_status status = costs_of(hand, at);
    if (status != UTFALL_OK)
        fault = hand->costs_fault;
    utfall_run_clear(run);
    if (status == UTFALL_OK)
        status = whatif_contract(grid, run, &contract, &fault, at->cell);
    if (status == UTFALL_OK)
        status = utfall_settle_payments(run, &settlement, contract, hand->costs);
    if (status == UTFALL_OK)
        status = facts_keep(hand, run, at->cell, settlement);
    if (status != UTFALL_OK && is_of_cell(status)) {
        cell->status = status;
        cell->fault = kept(hand, fault != NULL ? fault : whatif_fault_text(run, status));
        status = cell->fault != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
    }
    cell->is_done = status == UTFALL_OK;
    return status;
}

/* ---- the crew ---- */

/* The next stretch: ends where the cells no longer share their first half, unless that is far. */
static bool stretch_take(struct hand *hand, size_t *from, size_t *to)
{
    struct crew *crew = hand->crew;
    (void)pthread_mutex_lock(&crew->lock);
    size_t end = crew->next;
    if (crew->grid->status == UTFALL_OK && !cli_long_run_is_stopped()) {
        *from = crew->next;
        while (end < crew->end &&
               (end - *from < STRETCH ||
                (end - *from < STRETCH_MAX && crew->order[end].sums == crew->order[end - 1].sums)))
            end++;
        *to = end;
    }
    const bool is_more = end > crew->next;
    crew->next = end;
    (void)pthread_mutex_unlock(&crew->lock);
    return is_more;
}

static void stretch_settle(struct hand *hand, size_t from, size_t to)
{
    struct crew *crew = hand->crew;
    utfall_status status = UTFALL_OK;
    size_t done = 0;
    for (size_t i = from; i < to && status == UTFALL_OK && !cli_long_run_is_stopped(); i++, done++)
        status = cell_settle(hand, &crew->order[i]);
    (void)pthread_mutex_lock(&crew->lock);
    crew->grid->done += done;
    if (crew->grid->status == UTFALL_OK)
        crew->grid->status = status;
    done = crew->grid->done;
    (void)pthread_mutex_unlock(&crew->lock);
    if (hand->is_main)
        cli_long_run_tell(&crew->long_run, cli_say(crew->grid->cli, "settled", "avräknade"), done,
                          crew->grid->cell_count);
}

static void *hand_work(void *object)
{
    struct hand *hand = object;
    size_t from = 0, to = 0;
    while (stretch_take(hand, &from, &to))
        stretch_settle(hand, from, to);
    return NULL;
}

static utfall_status hand_make(struct crew *crew, struct hand *hand, size_t number)
{
    struct whatif_grid *grid = crew->grid;
    while (grid->keep_count <= number && (grid->keeps[number] = utfall_run_new(NULL, NULL)) != NULL)
        grid->keep_count++;
    *hand = (struct hand){.crew = crew,
                          .keep = grid->keeps[number],
                          .run = utfall_run_new(NULL, NULL),
                          .costs_run = utfall_run_new(NULL, NULL),
                          .is_main = number == 0};
    const bool is_whole = hand->keep != NULL && hand->run != NULL && hand->costs_run != NULL;
    return is_whole ? UTFALL_OK : UTFALL_E_NOMEM;
}

/* The main thread is one of the hands; the rest of them are as many as could be had. */
static void hands_work(struct hand *hands, size_t count)
{
    pthread_t ids[WHATIF_THREADS_MAX];
    size_t started = 1;
    while (started < count && pthread_create(&ids[started], NULL, hand_work, &hands[started]) == 0)
        started++;
    (void)hand_work(&hands[0]);
    for (size_t i = 1; i < started; i++)
        (void)pthread_join(ids[i], NULL);
}

static utfall_status crew_work(struct crew *crew, size_t threads)
{
    struct hand hands[WHATIF_THREADS_MAX] = {{0}};
    const size_t stretches = (crew->end - crew->first + STRETCH - 1) / STRETCH;
    utfall_status status = UTFALL_OK;
    threads = threads < stretches ? threads : stretches;
    for (size_t i = 0; i < threads && status == UTFALL_OK; i++)
        status = hand_make(crew, &hands[i], i);
    if (status == UTFALL_OK) {
        hands_work(hands, threads);
        status = crew->grid->status;
    }
    for (size_t i = 0; i < threads; i++) {
        utfall_run_free(hands[i].run);
        utfall_run_free(hands[i].costs_run);
    }
    return status;
}

/* Read the tables that the cells from `crew->first` share, and settle those cells. */
static utfall_status data_work(struct crew *crew, size_t threads, bool is_first)
{
    struct whatif_grid *grid = crew->grid;
    const utfall_sources *sources = NULL;
    utfall_contract contract;
    utfall_run *run = is_first ? grid->cli->run : utfall_run_new(NULL, NULL);
    if (run == NULL)
        return UTFALL_E_NOMEM;
    const size_t cell = crew->order[crew->first].cell;
    utfall_status status = whatif_sources(grid, run, &contract, &sources, cell);
    if (status == UTFALL_OK)
        status = utfall_case_read_by(run, &crew->data, &contract, sources, grid->folder,
                                     UTFALL_FOR_ANYTHING, (uint32_t)threads);
    if (status == UTFALL_OK) {
        status = crew_work(crew, threads);
    } else if (!is_first && status != UTFALL_E_NOMEM && status != UTFALL_E_BUG) {
        const char *fault = whatif_fault_text(run, status);
        fault = utfall_run_text(grid->cli->run, fault, strlen(fault));
        for (size_t i = crew->first; i < crew->end; i++, grid->done++) {
            grid->cells[crew->order[i].cell].is_done = true;
            grid->cells[crew->order[i].cell].status = status;
            grid->cells[crew->order[i].cell].fault = fault;
        }
        status = fault != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
    }
    if (!is_first)
        utfall_run_free(run);
    return status;
}

utfall_status whatif_run(struct whatif_grid *grid, size_t threads)
{
    struct place *order = utfall_run_array(grid->cli->run, grid->cell_count, sizeof *order);
    struct crew crew = {.grid = grid, .order = order};
    utfall_status status = UTFALL_OK;
    if (order == NULL || pthread_mutex_init(&crew.lock, NULL) != 0)
        return UTFALL_E_NOMEM;
    for (size_t c = 0; c < grid->cell_count; c++)
        order[c] = (struct place){grid->cells[c].data, grid->cells[c].sums, c};
    qsort(order, grid->cell_count, sizeof *order, by_share);
    cli_long_run_begin(&crew.long_run);
    for (size_t from = 0, end;
         from < grid->cell_count && status == UTFALL_OK && !cli_long_run_is_stopped(); from = end) {
        for (end = from + 1; end < grid->cell_count && order[end].data == order[from].data;)
            end++;
        crew.first = crew.next = from;
        crew.end = end;
        status = data_work(&crew, threads, from == 0);
    }
    cli_long_run_end(&crew.long_run);
    (void)pthread_mutex_destroy(&crew.lock);
    return status;
}

void whatif_free(struct whatif_grid *grid)
{
    for (size_t i = 0; i < grid->keep_count; i++)
        utfall_run_free(grid->keeps[i]);
    grid->keep_count = 0;
}
