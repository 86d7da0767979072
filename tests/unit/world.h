/* tests/unit/world.h - a case in files: read by any number of threads to a text that tells what
 * came of it, and with memory that runs out. */
#ifndef TEST_WORLD_H
#define TEST_WORLD_H
#include "files.h"
#include "allocator.h"

#include <pthread.h>

#include "contracts/tables.h"

/* A case in files: a contract of three months with people, costs and project cost. */
struct world {
    struct files files;
    utfall_run *run;
    utfall_contract contract;
    utfall_sources sources;
    utfall_table costs[2], reference_costs[1];
    const utfall_case *data;
    char text[1 << 16]; /* what was made or found, to compare */
    size_t len;
};

static const char *const yes[] = {"yes"}, *const no[] = {"no"};

static inline utfall_table table_of(const char *file, const char *role, const char *path)
{
    return (utfall_table){.file = file,
                          .role = role,
                          .path = path,
                          .separator = ',',
                          .decimal = '.',
                          .true_words = {1, yes},
                          .false_words = {1, no}};
}

static inline void world_begin(struct world *world)
{
    static const char *const labels[] = {"all"};
    memset(world, 0, sizeof *world);
    files_begin(&world->files);
    world->contract = (utfall_contract){.currency = "SEK",
                                        .commitment = {1000000},
                                        .data_through = {2199 * 12},
                                        .window_months = 3,
                                        .payment_months = 3,
                                        .group_count = 1,
                                        .group_labels = labels};
    world->costs[0] = table_of("costs.csv", "costs", "target_group.costs[0]");
    world->sources = (utfall_sources){
        .people = table_of("people.csv", "people", "target_group.people"),
        .costs = {1, world->costs},
        .drawn_sum = {750},
    };
}

static inline void world_end(struct world *world)
{
    utfall_run_free(world->run);
    files_end(&world->files);
}

__attribute__((format(printf, 2, 3))) static inline void put(struct world *world,
                                                             const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int len =
        vsnprintf(world->text + world->len, sizeof world->text - world->len, format, arguments);
    va_end(arguments);
    assert_true(len >= 0 && (size_t)len < sizeof world->text - world->len);
    world->len += (size_t)len;
}

static inline void put_cohort(struct world *world, const utfall_cohort *cohort)
{
    size_t factors = world->contract.factor_count;
    for (size_t i = 0; i < cohort->persons; i++) {
        char start[8];
        utfall_month_text(start, cohort->starts[i]);
        put(world, "%s %s", cohort->ids[i], start);
        for (size_t k = 0; k < factors; k++)
            put(world, " %d", cohort->attributes[i * factors + k]);
        put(world, ":");
        for (size_t k = 0; k < cohort->months; k++)
            put(world, " %lld", (long long)utfall_cohort_cost(cohort, i, k));
        put(world, "\n");
    }
    for (size_t i = 0; i < UTFALL_CLASSES; i++)
        if (cohort->rows.count[i] > 0)
            put(world, "%s %llu %lld\n", utfall_class_names[i],
                (unsigned long long)cohort->rows.count[i], (long long)cohort->rows.amount_minor[i]);
}

/* Count the rows whose source is child. */
static inline void world_count_children(struct world *world)
{
    static const char *const words[] = {"child"};
    static const utfall_where counts[] = {{"source", {1, words}}};
    world->sources.counts = counts;
    world->sources.count_count = 1;
}

static inline void put_findings(struct world *world)
{
    const utfall_finding *f;
    for (size_t i = 0; (f = utfall_run_finding(world->run, i)) != NULL; i++) {
        const char *file = strrchr(f->at.file, '/');
        put(world, "%s %s:%u:%u+%u %s", f->severity == UTFALL_ERROR ? "error" : "warning",
            file == NULL ? f->at.file : file + 1, f->at.line, f->at.column, f->width, f->message);
        if (f->path != NULL)
            put(world, " <%s>", f->path);
        if (f->also.line > 0)
            put(world, " (%u: %s)", f->also.line, f->also_message);
        if (f->excerpt != NULL)
            put(world, " | %s", f->excerpt);
        put(world, "\n");
    }
}

/* Read the case by so many threads; world->text becomes its people and rows, or what was found. */
static inline utfall_status world_read_by(struct world *world, uint32_t threads)
{
    utfall_run_free(world->run);
    world->run = utfall_run_new(NULL, NULL);
    world->data = NULL;
    world->len = 0;
    world->text[0] = '\0';
    utfall_status status =
        utfall_case_read_by(world->run, &world->data, &world->contract, &world->sources,
                            world->files.folder, UTFALL_FOR_ANYTHING, threads);
    if (status == UTFALL_OK) {
        assert_non_null(world->data);
        put_cohort(world, &world->data->target);
        if (world->data->comparison.persons > 0)
            put_cohort(world, &world->data->comparison);
    } else {
        assert_null(world->data);
        assert_true(utfall_run_errors(world->run) > 0);
    }
    put_findings(world);
    return status;
}

/* The same by any number of threads. */
static inline utfall_status world_read(struct world *world)
{
    static const uint32_t threads[] = {7, 2};
    char by_one[sizeof world->text];
    utfall_status status = world_read_by(world, 1);
    const uint64_t errors = utfall_run_errors(world->run);
    const uint64_t warnings = utfall_run_warnings(world->run);
    memcpy(by_one, world->text, sizeof by_one);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        assert_int_equal(world_read_by(world, threads[i]), status);
        assert_int_equal(utfall_run_errors(world->run), errors);
        assert_int_equal(utfall_run_warnings(world->run), warnings);
        assert_string_equal(world->text, by_one);
    }
    return status;
}

static inline void assert_world(struct world *world, const char *expected)
{
    (void)world_read(world);
    assert_string_equal(world->text, expected);
}

static inline void people_and_costs(struct world *world, const char *people, const char *costs)
{
    world->files.count = 0;
    files_text(&world->files, "people.csv", people);
    files_text(&world->files, "costs.csv", costs);
}

#define PEOPLE "id,start\nB,2020-02-10\nA,2020-01\n"
#define COSTS "id,month,amount\n"

/* ---- without memory ---- */

/* An allocator for several threads. */
typedef struct locked {
    pthread_mutex_t lock;
    counting memory;
} locked;

static inline void *locked_alloc(void *ctx, void *ptr, size_t size)
{
    locked *l = ctx;
    pthread_mutex_lock(&l->lock);
    void *moved = counting_alloc(&l->memory, ptr, size);
    pthread_mutex_unlock(&l->lock);
    return moved;
}

/* Read with the n-th request for memory and all after it failing; false when none was needed any
 * more. */
static inline bool fails_without_memory(struct world *world, uint64_t n, uint32_t threads)
{
    locked memory = {PTHREAD_MUTEX_INITIALIZER, {.fail_at = n}};
    utfall_run *run = utfall_run_new(locked_alloc, &memory);
    const utfall_case *data = NULL;
    utfall_status status = UTFALL_E_NOMEM;
    if (run != NULL) {
        const utfall_finding *f;
        size_t told = 0;
        status = utfall_case_read_by(run, &data, &world->contract, &world->sources,
                                     world->files.folder, UTFALL_FOR_ANYTHING, threads);
        assert_true((data != NULL) == (status == UTFALL_OK));
        assert_true(status != UTFALL_OK || utfall_run_failure(run) == UTFALL_OK);
        assert_true(status == UTFALL_OK || utfall_run_errors(run) > 0);
        for (size_t i = 0; (f = utfall_run_finding(run, i)) != NULL; i++)
            told += strcmp(f->message, "out of memory") == 0;
        assert_int_equal(told, utfall_run_failure(run) == UTFALL_E_NOMEM);
    }
    utfall_run_free(run);
    assert_true(memory.memory.out == 0);
    return memory.memory.requests >= n;
}

static inline void assert_fails_without_memory(struct world *world)
{
    for (uint32_t threads = 1; threads <= 2; threads++) {
        uint64_t n = 1;
        while (fails_without_memory(world, n, threads))
            n++;
        assert_true(n > 10);
    }
}

#endif
