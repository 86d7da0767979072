/* Hands that share work: each seat worked once, never by more threads than were asked for, and
 * never waiting for somebody who does not come. */
#define _GNU_SOURCE /* where threads may go */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#include "contracts/hands.h"

enum { SEATS_MAX = 200 };

static const size_t threads[] = {1, 2, 3, 7, UTFALL_HANDS_MAX};
enum { THREADS = sizeof threads / sizeof *threads };

/* Work that takes down who did what. Static where it is used, as hands are: threads outlive a test
 * that fails. */
struct work {
    utfall_hands *hands;
    pthread_t caller;
    atomic_int times[SEATS_MAX]; /* each seat was worked */
    atomic_int at_work, most;    /* threads */
    atomic_int next;             /* of the order in which seats were begun */
    int order[SEATS_MAX];        /* [seat] */
    atomic_bool by_others;
    atomic_bool is_done; /* seat 0 */
    size_t inner;        /* seats that each seat shares out itself */
    bool is_help;        /* inner seats need not be worked */
    atomic_int inner_times;
};

static void work_begin(struct work *work, utfall_hands *hands)
{
    *work = (struct work){.hands = hands, .caller = pthread_self()};
}

static void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
}

static void enter(struct work *work)
{
    int now = atomic_fetch_add(&work->at_work, 1) + 1, most = atomic_load(&work->most);
    while (now > most && !atomic_compare_exchange_weak(&work->most, &most, now))
        ;
    if (!pthread_equal(pthread_self(), work->caller))
        atomic_store(&work->by_others, true);
}

static void leave(struct work *work)
{
    atomic_fetch_sub(&work->at_work, 1);
}

static void note_seat(void *context, size_t seat)
{
    struct work *work = context;
    enter(work);
    work->order[seat] = atomic_fetch_add(&work->next, 1);
    atomic_fetch_add(&work->times[seat], 1);
    if (seat % 3 == 0)
        nap();
    leave(work);
}

static void every_seat_is_worked_once_by_no_more_threads_than_asked_for(void **state)
{
    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        static utfall_hands hands;
        utfall_hands_begin(&hands, threads[t]);
        for (size_t count = 1; count <= SEATS_MAX; count += 1 + count / 2) {
            static struct work work;
            work_begin(&work, &hands);
            utfall_hands_all(&hands, note_seat, &work, count);
            for (size_t i = 0; i < SEATS_MAX; i++)
                assert_int_equal(work.times[i], i < count);
            assert_true((size_t)work.most <= threads[t]);
            assert_int_equal(work.at_work, 0);
            assert_true(hands.started < threads[t]);
        }
        utfall_hands_end(&hands);
    }
}

static void one_thread_works_in_order_and_starts_none(void **state)
{
    (void)state;
    static utfall_hands hands;
    static struct work work;
    utfall_hands_begin(&hands, 1);
    work_begin(&work, &hands);
    utfall_hands_all(&hands, note_seat, &work, 20);
    for (int i = 0; i < 20; i++)
        assert_int_equal(work.order[i], i);
    work_begin(&work, &hands);
    utfall_hands_help(&hands, note_seat, &work, 20);
    assert_int_equal(work.next, 1);
    assert_int_equal(work.times[0], 1);
    assert_false(work.by_others);
    assert_int_equal(hands.started, 0);
    utfall_hands_end(&hands);
}

static void threads_are_started_when_there_are_seats_for_them(void **state)
{
    (void)state;
    static utfall_hands hands;
    static struct work work;
    utfall_hands_begin(&hands, 8);
    work_begin(&work, &hands);
    utfall_hands_all(&hands, note_seat, &work, 1);
    assert_int_equal(hands.started, 0);
    utfall_hands_all(&hands, note_seat, &work, 2);
    assert_int_equal(hands.started, 1);
    utfall_hands_help(&hands, note_seat, &work, 2);
    assert_int_equal(hands.started, 1); /* the one that is idle will do */
    utfall_hands_all(&hands, note_seat, &work, 4);
    assert_int_equal(hands.started, 3);
    utfall_hands_all(&hands, note_seat, &work, 100);
    assert_int_equal(hands.started, 7);
    utfall_hands_end(&hands);
}

static void many_threads_are_bounded(void **state)
{
    (void)state;
    static utfall_hands hands;
    static struct work work;
    utfall_hands_begin(&hands, 100000);
    work_begin(&work, &hands);
    utfall_hands_all(&hands, note_seat, &work, SEATS_MAX);
    assert_int_equal(hands.started, UTFALL_HANDS_MAX - 1);
    utfall_hands_end(&hands);
}

/* Two seats that go on only when both are taken. */
static void meet(void *context, size_t seat)
{
    struct work *work = context;
    atomic_fetch_add(&work->times[seat], 1);
    while (work->times[1 - seat] == 0)
        nap();
}

static void seats_are_worked_at_the_same_time(void **state)
{
    (void)state;
    static utfall_hands hands;
    static struct work work;
    utfall_hands_begin(&hands, 2);
    for (int i = 0; i < 50; i++) {
        work_begin(&work, &hands);
        utfall_hands_all(&hands, meet, &work, 2);
        work_begin(&work, &hands);
        utfall_hands_help(&hands, meet, &work, 2);
    }
    utfall_hands_end(&hands);
}

/* The work is over when seat 0 is; a hand that comes later finds nothing to do. */
static void note_late(void *context, size_t seat)
{
    struct work *work = context;
    atomic_fetch_add(&work->times[seat], 1);
    if (seat == 0)
        atomic_store(&work->is_done, true);
    while (!work->is_done)
        nap();
}

static void help_may_come_late_or_not_at_all(void **state)
{
    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        static utfall_hands hands;
        utfall_hands_begin(&hands, threads[t]);
        for (int i = 0; i < 300; i++) {
            static struct work work;
            work_begin(&work, &hands);
            utfall_hands_help(&hands, note_late, &work, 10);
            assert_int_equal(work.times[0], 1);
            int seats = 0;
            for (size_t k = 0; k < 10; k++) {
                assert_true(work.times[k] <= 1);
                assert_true(k == 0 || work.times[k] <= work.times[k - 1]); /* in their order */
                seats += work.times[k];
            }
            assert_true(threads[t] > 1 || seats == 1);
            nap();
            for (size_t k = 0; k < 10; k++)
                seats -= work.times[k];
            assert_int_equal(seats, 0); /* nobody comes when all is over */
        }
        utfall_hands_end(&hands);
    }
}

/* ---- work within work ---- */

static void note_inner(void *context, size_t seat)
{
    struct work *work = context;
    enter(work);
    atomic_fetch_add(&work->inner_times, 1);
    nap();
    leave(work);
    (void)seat;
}

static void share_out(void *context, size_t seat)
{
    struct work *work = context;
    atomic_fetch_add(&work->times[seat], 1);
    for (size_t i = 0; i < 3; i++)
        (work->is_help ? utfall_hands_help : utfall_hands_all)(work->hands, note_inner, work,
                                                               work->inner);
}

static void seats_share_out_work_of_their_own(void **state)
{
    (void)state;
    for (size_t t = 0; t < THREADS; t++)
        for (int is_help = 0; is_help < 2; is_help++) {
            static utfall_hands hands;
            utfall_hands_begin(&hands, threads[t]);
            for (size_t count = 1; count < 6; count++) {
                static struct work work;
                work_begin(&work, &hands);
                work.inner = 5;
                work.is_help = is_help == 1;
                utfall_hands_all(&hands, share_out, &work, count);
                for (size_t i = 0; i < SEATS_MAX; i++)
                    assert_int_equal(work.times[i], i < count);
                const int most = (int)(3 * count * 5), least = (int)(3 * count);
                assert_in_range(work.inner_times, is_help == 1 ? least : most, most);
                assert_true((size_t)work.most <= threads[t]);
            }
            utfall_hands_end(&hands);
        }
}

/* Seat 0 is through at once; whoever had it helps with what the other shares out. */
static void share_out_until_helped(void *context, size_t seat)
{
    struct work *work = context;
    if (seat == 1)
        utfall_hands_help(work->hands, meet, work, 2);
}

static void who_is_through_helps_with_what_the_other_shares_out(void **state)
{
    (void)state;
    static utfall_hands hands;
    utfall_hands_begin(&hands, 2);
    for (int i = 0; i < 50; i++) {
        static struct work work;
        work_begin(&work, &hands);
        utfall_hands_all(&hands, share_out_until_helped, &work, 2);
        assert_int_equal(work.times[0] + work.times[1], 2);
        assert_int_equal(hands.started, 1);
    }
    utfall_hands_end(&hands);
}

#if defined(__linux__)
/* Where the caller may go, and how many found that they may go elsewhere only. */
struct reach {
    cpu_set_t all;
    atomic_int bound;
};

/* Others are kept from one processor at the most on their first seat, and then from none. */
static void ask_reach(void *context, size_t seat)
{
    static _Thread_local bool is_second;
    struct reach *reach = context;
    cpu_set_t own, both;
    bool is_good = sched_getaffinity(0, sizeof own, &own) == 0;
    CPU_AND(&both, &own, &reach->all);
    is_good = is_good && CPU_EQUAL(&both, &own) &&
              CPU_COUNT(&own) + (seat > 0 && !is_second) >= CPU_COUNT(&reach->all);
    is_second = true;
    if (!is_good)
        atomic_fetch_add(&reach->bound, 1);
    nap();
}

static void assert_reach(const cpu_set_t *all)
{
    struct reach reach = {.all = *all};
    static utfall_hands hands;
    assert_int_equal(sched_setaffinity(0, sizeof *all, all), 0);
    utfall_hands_begin(&hands, 4);
    utfall_hands_all(&hands, ask_reach, &reach, 40);
    assert_true(hands.started > 0);
    utfall_hands_end(&hands);
    assert_int_equal(atomic_load(&reach.bound), 0);
}

/* All processors that there are for it, or one of them. */
static void threads_may_go_wherever_their_owner_may(void **state)
{
    (void)state;
    cpu_set_t all, one;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    assert_reach(&all);
    for (size_t i = 0; i < CPU_SETSIZE; i++) {
        if (!CPU_ISSET(i, &all))
            continue;
        CPU_ZERO(&one);
        CPU_SET(i, &one);
        assert_reach(&one);
    }
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_seat_is_worked_once_by_no_more_threads_than_asked_for),
        cmocka_unit_test(one_thread_works_in_order_and_starts_none),
        cmocka_unit_test(threads_are_started_when_there_are_seats_for_them),
        cmocka_unit_test(many_threads_are_bounded),
#if defined(__linux__)
        cmocka_unit_test(threads_may_go_wherever_their_owner_may),
#endif
        cmocka_unit_test(seats_are_worked_at_the_same_time),
        cmocka_unit_test(help_may_come_late_or_not_at_all),
        cmocka_unit_test(seats_share_out_work_of_their_own),
        cmocka_unit_test(who_is_through_helps_with_what_the_other_shares_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
