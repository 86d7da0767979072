/* cli/lanes.c - threads for work that the engine divides: one a lane, the first on this thread.
 * Where a thread cannot be started its lane is worked here, after the others: results do not
 * depend on it. */
#include "cli/lanes.h"
#include <pthread.h>

struct lane {
    void (*work)(void *arg, size_t lane);
    void *arg;
    size_t number;
    pthread_t thread;
    bool is_started;
};

static void *lane_start(void *given)
{
    struct lane *lane = given;
    lane->work(lane->arg, lane->number);
    return NULL;
}

static void lanes_each(void *ctx, size_t count, void (*work)(void *arg, size_t lane), void *arg)
{
    struct lane lanes[UTFALL_LANES_MAX];
    (void)ctx;
    for (size_t i = 1; i < count; i++) {
        lanes[i] = (struct lane){.work = work, .arg = arg, .number = i};
        lanes[i].is_started = pthread_create(&lanes[i].thread, NULL, lane_start, &lanes[i]) == 0;
    }
    work(arg, 0);
    for (size_t i = 1; i < count; i++) {
        if (lanes[i].is_started)
            pthread_join(lanes[i].thread, NULL);
        else
            work(arg, i);
    }
}

utfall_lanes cli_lanes(size_t threads)
{
    return (utfall_lanes){.count = threads, .each = threads > 1 ? lanes_each : NULL};
}
