/* cli/whatif.h - the parts of utfall whatif: a plan of cells, and their run.
 *
 * A cell is one contract of the grid. Its contract is put together from parts that were bound once:
 * the window, the groups and the rest each depend on few of the axes. Cells that share people,
 * window and groups share the first half of the settlement. */
#ifndef UTFALL_CLI_WHATIF_H
#define UTFALL_CLI_WHATIF_H
#include "cli/cli.h"
#include "utfall/whatif.h"

enum { WHATIF_CELLS_MAX = 100000, WHATIF_THREADS_MAX = 64 };

/* What of a contract an axis can change; bits. */
enum whatif_part {
    WHATIF_DATA = 1,   /* what is read from the tables */
    WHATIF_WINDOW = 2, /* window and payment window */
    WHATIF_GROUPS = 4,
    WHATIF_REST = 8,  /* all else of the contract */
    WHATIF_SUMS = 16, /* what is counted of the same people, window and groups */
    WHATIF_ALL = 31
};
enum { WHATIF_PARTS = 4 }; /* those that are bound: DATA, WINDOW, GROUPS, REST */

/* One way that a part can come out. */
struct whatif_variant {
    const utfall_contract *contract; /* NULL = it cannot be bound */
    const utfall_sources *sources;
    const char *fault;
};

struct whatif_bound {
    uint64_t count; /* product of the axes that touch the part */
    bool is_lazy;   /* too many to bind beforehand */
    struct whatif_variant *variants;
};

struct whatif_cell {
    uint64_t data, sums; /* which cells share what was read, and the first half */
    bool is_done;
    utfall_status status;
    const char *fault; /* why there is no settlement; NULL = there is one */
};

struct whatif_grid {
    struct cli *cli;
    const utfall_document *document;
    const utfall_contract *contract; /* as it is */
    const char *folder, *as_of;
    size_t axis_count;
    utfall_axis axes[UTFALL_AXES_MAX];
    unsigned touches[UTFALL_AXES_MAX]; /* bits of whatif_part */
    struct whatif_bound parts[WHATIF_PARTS];
    utfall_run *binding;          /* of the variants, until one has a fault; NULL = a new one */
    uint32_t widest;              /* window of all */
    bool reads_windows;           /* tables are read for each window; else for the widest */
    bool *tried[UTFALL_AXES_MAX]; /* [choice] */
    size_t cell_count;
    uint32_t *digits; /* [cell * axis_count + axis] */
    struct whatif_cell *cells;
    size_t show_count;
    const char *const *show;
    utfall_fact *facts;   /* [cell * show_count + show]; value NULL = there is no such fact */
    size_t done;          /* cells */
    utfall_status status; /* of the first failure that ends the run */
    utfall_run *keeps[WHATIF_THREADS_MAX]; /* runs that hold texts of the cells */
    size_t keep_count;
};

/* whatif_plan.c */

/** Sort the axes by what they change, bind the parts, list the cells. Every choice is bound on its
 * own first, and all that is wrong with any is reported, before anything runs. */
UTFALL_TRY utfall_status whatif_plan(struct whatif_grid *grid, bool one_at_a_time);

/** The contract of a cell, made in `run`. On failure *fault says why, or is NULL (memory). */
UTFALL_TRY utfall_status whatif_contract(const struct whatif_grid *grid, utfall_run *run,
                                         const utfall_contract **out, const char **fault,
                                         size_t cell);

/** The contract to read the tables of a cell with, as wide as any window that shares them. */
UTFALL_TRY utfall_status whatif_sources(const struct whatif_grid *grid, utfall_run *run,
                                        utfall_contract *contract, const utfall_sources **sources,
                                        size_t cell);

/** Number of the variant of a part (0..WHATIF_PARTS - 1) that a cell has. */
uint64_t whatif_variant_of(const struct whatif_grid *grid, unsigned bits, size_t cell);

/** The first error of a run, or what the status says. In the run. */
const char *whatif_fault_text(utfall_run *run, utfall_status status);

/** For a question about one contract: the axes, each with a single value, are set in it. Afterwards
 * the grid has one cell; UTFALL_E_RANGE when an axis has several values. */
UTFALL_TRY utfall_status whatif_first(struct whatif_grid *grid);

/** Tables and contract of the first cell. */
UTFALL_TRY utfall_status whatif_open(const struct whatif_grid *grid,
                                     const utfall_contract **contract, const utfall_case **data,
                                     utfall_month *as_of);

/* whatif_seek.c */
int whatif_seek(struct whatif_grid *grid);

/* whatif_leave.c */
int whatif_leave_out(struct whatif_grid *grid, utfall_grid *shown);

/* cmd_whatif.c */
UTFALL_TRY utfall_status whatif_print(struct cli *cli, const utfall_grid *shown);

/* whatif_run.c */

/** Settle every cell, by threads; same results whatever their number. Stops early on Ctrl-C. */
UTFALL_TRY utfall_status whatif_run(struct whatif_grid *grid, size_t threads);
void whatif_free(struct whatif_grid *grid);

#endif
