/* Rows gathered in shares: the fold comes to what it comes to row by row. */
#include "allocator.h"
#include "made.h"

#include "engine/fold.h"

enum { PEOPLE = 300, WINDOW = 6, MONTHS = 9, ROWS = 600 };
#define WIDE (INT64_C(1) << 40) /* amounts from -WIDE to below WIDE are added by a share */

/* The same people in two folds: one is given rows one by one, the other by shares. */
typedef struct pair {
    utfall_run *run;
    utfall_contract contract;
    utfall_fold *single, *many;
    char ids[PEOPLE][64];
    uint64_t state;
} pair;

/* Every fifth is outside `where`, every seventh left; ids of 1 to 40 bytes. */
static utfall_fold *fold_of(pair *p, bool has_leavers)
{
    utfall_fold *fold = utfall_fold_new(p->run, &p->contract, MONTHS);
    assert_non_null(fold);
    for (size_t i = 0; i < PEOPLE; i++) {
        size_t number = 0;
        const utfall_month start = {2020 * 12 + (int32_t)(i % 5)};
        (void)snprintf(p->ids[i], sizeof p->ids[i], "%zu%.*s", i, (int)(i % 38),
                       "-abcdefghijklmnopqrstuvwxyz-abcdefghij");
        assert_int_equal(utfall_fold_person(fold, &number, p->ids[i], strlen(p->ids[i]), start,
                                            NULL, i % 5 != 4),
                         UTFALL_OK);
        if (has_leavers && i % 7 == 0)
            assert_int_equal(utfall_fold_leave(fold, number, 1 + (uint32_t)i % (MONTHS + 1)),
                             UTFALL_OK);
    }
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
    return fold;
}

static pair *pair_begin(bool has_leavers)
{
    static pair p;
    p = (pair){.run = utfall_run_new(NULL, NULL), .contract = {.window_months = WINDOW}};
    assert_non_null(p.run);
    p.single = fold_of(&p, has_leavers);
    p.many = fold_of(&p, has_leavers);
    p.state = 5;
    return &p;
}

static utfall_share *share_of(pair *p, size_t rows)
{
    utfall_share *share = utfall_share_new(p->many, rows);
    assert_non_null(share);
    return share;
}

static utfall_cost_row row_of(const char *id, int32_t month, int64_t minor)
{
    return (utfall_cost_row){.id = id,
                             .len = (uint32_t)strlen(id),
                             .month = {month},
                             .minor = minor,
                             .is_counted = true};
}

/* Somebody, nobody, the one before again or who comes after them, in a month on either side of the
 * window. */
static utfall_cost_row row_random(pair *p, const utfall_cost_row *before)
{
    const int64_t kind = between(&p->state, 0, 9);
    const char *id = p->ids[between(&p->state, 0, PEOPLE - 1)];
    if (kind == 0)
        id = "somebody whom nobody knows";
    if (kind == 1)
        id = "";
    const int32_t month = 2020 * 12 - 2 + (int32_t)between(&p->state, 0, MONTHS + 8);
    const int64_t most = kind == 5 ? WIDE - 1 : 1000000; /* beyond 32 bits now and then */
    utfall_cost_row row = row_of(id, month, between(&p->state, -most / 10, most));
    if (kind > 6 && before != NULL) {
        row.id = before->id;
        row.len = before->len;
        row.is_repeat = between(&p->state, 0, 1) == 1; /* who does not say so is found again */
    } else if (kind > 3 && before != NULL && before->id[0] >= '0' && before->id[0] <= '9') {
        row.id = p->ids[(strtoul(before->id, NULL, 10) + 1) % PEOPLE];
        row.len = (uint32_t)strlen(row.id);
    }
    row.is_counted = between(&p->state, 0, 4) > 0;
    return row;
}

static utfall_status row_add(pair *p, const utfall_cost_row *row)
{
    utfall_class class;
    const size_t person = utfall_fold_find(p->single, row->id, row->len);
    return utfall_fold_row(p->single, &class, person, row->month, row->is_counted,
                           (utfall_money){row->minor});
}

static void gather(utfall_share *share, utfall_cost_row *rows, size_t count)
{
    size_t strangers = utfall_share_gather(share, rows, count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].is_stranger) {
            utfall_share_stranger(share, rows[i].minor);
            strangers--;
        }
    assert_int_equal(strangers, 0);
}

static void pour(utfall_share *share)
{
    for (size_t stripe = UTFALL_STRIPES; stripe > 0; stripe--)
        utfall_share_pour(share, stripe - 1);
}

/* Both folds hold the same; they are finished by this. */
static void assert_alike(pair *p)
{
    utfall_cohort a, b;
    assert_int_equal(utfall_fold_finish(p->single, &a), UTFALL_OK);
    assert_int_equal(utfall_fold_finish(p->many, &b), UTFALL_OK);
    assert_int_equal(a.persons, b.persons);
    assert_memory_equal(&a.rows, &b.rows, sizeof a.rows);
    assert_memory_equal(a.month_rows, b.month_rows, MONTHS * sizeof *a.month_rows);
    for (size_t i = 0; i < a.persons * MONTHS; i++)
        assert_true(utfall_cohort_cost(&a, i / MONTHS, i % MONTHS) ==
                    utfall_cohort_cost(&b, i / MONTHS, i % MONTHS));
    utfall_run_free(p->run);
}

static bool is_laid(const pair *p)
{
    return utfall__deck_of(p->many) == &p->many->laid;
}

/* ---- what is added ---- */

/* Expected and gathered in pieces of every size, one piece or several ahead. */
static void rows_by_chance_come_to_the_same(void **state)
{
    (void)state;
    for (int round = 0; round < 40; round++) {
        static utfall_cost_row rows[ROWS];
        size_t ends[ROWS], pieces = 0, end = 0;
        pair *p = pair_begin(round % 2 == 0);
        utfall_share *share = share_of(p, ROWS);
        p->state = (uint64_t)round;
        for (size_t i = 0; i < ROWS; i++) {
            rows[i] = row_random(p, i > 0 ? &rows[i - 1] : NULL);
            assert_int_equal(row_add(p, &rows[i]), UTFALL_OK);
        }
        while (end < ROWS) {
            end += (size_t)between(&p->state, 1, 1 + round);
            ends[pieces++] = end = end < ROWS ? end : ROWS;
        }
        const size_t ahead = (size_t)round % 6;
        for (size_t i = 0; i < pieces + ahead; i++) {
            const size_t now = i - ahead;
            if (i < pieces)
                utfall_share_expect(share, rows + (i > 0 ? ends[i - 1] : 0),
                                    ends[i] - (i > 0 ? ends[i - 1] : 0));
            if (i >= ahead)
                gather(share, rows + (now > 0 ? ends[now - 1] : 0),
                       ends[now] - (now > 0 ? ends[now - 1] : 0));
        }
        assert_int_equal(utfall_share_admit(share), UTFALL_OK);
        pour(share);
        utfall_share_end(share);
        assert_alike(p);
    }
}

/* Shares of several readers are admitted in turn and poured in any order; each is used again. */
static void several_shares_come_to_the_same(void **state)
{
    (void)state;
    enum { SHARES = 5 };
    pair *p = pair_begin(true);
    utfall_share *shares[SHARES];
    for (size_t s = 0; s < SHARES; s++)
        shares[s] = share_of(p, 64);
    for (int round = 0; round < 20; round++) {
        for (size_t s = 0; s < SHARES; s++) {
            utfall_cost_row rows[64];
            const size_t count = (size_t)between(&p->state, 0, 64);
            utfall_share_empty(shares[s]);
            for (size_t i = 0; i < count; i++) {
                rows[i] = row_random(p, i > 0 ? &rows[i - 1] : NULL);
                assert_int_equal(row_add(p, &rows[i]), UTFALL_OK);
            }
            utfall_share_expect(shares[s], rows, count);
            gather(shares[s], rows, count);
        }
        for (size_t s = 0; s < SHARES; s++)
            assert_int_equal(utfall_share_admit(shares[s]), UTFALL_OK);
        for (size_t s = SHARES; s > 0; s--)
            pour(shares[s - 1]);
    }
    assert_alike(p);
}

/* Ids that differ at one place only, from the row before and from those that are there. */
static void somebody_told_just_before_is_told_apart_from_the_next(void **state)
{
    (void)state;
    pair *p = pair_begin(false);
    utfall_share *share = share_of(p, 4000);
    char ids[2][64];
    for (size_t i = 0; i < PEOPLE; i++) {
        const size_t len = strlen(p->ids[i]);
        for (size_t at = 0; at < len; at++) {
            utfall_cost_row rows[4];
            memcpy(ids[0], p->ids[i], len + 1);
            memcpy(ids[1], p->ids[i], len + 1);
            ids[1][at] = '*';
            for (size_t k = 0; k < 4; k++) {
                rows[k] = row_of(ids[(k / 2 + at) % 2], 2020 * 12 + 1, 1);
                assert_int_equal(row_add(p, &rows[k]), UTFALL_OK);
            }
            utfall_share_empty(share);
            utfall_share_expect(share, rows, 4);
            gather(share, rows, 4);
            assert_int_equal(rows[0].is_stranger, at % 2 == 1);
            assert_int_equal(rows[1].is_stranger, at % 2 == 1);
            assert_int_equal(rows[2].is_stranger, at % 2 == 0);
            assert_int_equal(rows[3].is_stranger, at % 2 == 0);
            assert_int_equal(utfall_share_admit(share), UTFALL_OK);
            pour(share);
        }
    }
    assert_alike(p);
}

/* Two rows each in the order of the people, with gaps, and with ids that only look like the next
 * one's. */
static void people_told_in_order_are_told_apart_from_others(void **state)
{
    (void)state;
    for (size_t step = 1; step < 5; step++) {
        static utfall_cost_row rows[2 * PEOPLE];
        static char others[PEOPLE][64];
        pair *p = pair_begin(step % 2 == 0);
        utfall_share *share = share_of(p, 2 * PEOPLE);
        size_t count = 0, strangers = 0, told = 0;
        for (size_t i = step - 1; i < PEOPLE; i += step) {
            const size_t len = strlen(p->ids[i]);
            const bool is_other = i % 23 == 7;
            memcpy(others[i], p->ids[i], len + 1);
            if (is_other)
                others[i][i % len] = '*';
            for (int32_t k = 0; k < 2; k++) {
                rows[count] = row_of(others[i], 2020 * 12 + 1 + k, (int64_t)i);
                rows[count].is_repeat = k > 0;
                rows[count].is_stranger = !is_other; /* told whatever stood there */
                assert_int_equal(row_add(p, &rows[count++]), UTFALL_OK);
            }
            strangers += 2 * is_other;
        }
        utfall_share_empty(share);
        utfall_share_expect(share, rows, count);
        /* Who follows is not looked for; where there are gaps everywhere, all are. */
        utfall_share_lay(share);
        assert_int_equal(is_laid(p), step > 1);
        assert_int_equal(utfall_share_gather(share, rows, count), strangers);
        for (size_t i = 0; i < count; i++)
            if (rows[i].is_stranger) {
                assert_non_null(strchr(rows[i].id, '*'));
                utfall_share_stranger(share, rows[i].minor);
                told++;
            }
        assert_int_equal(told, strangers);
        assert_int_equal(utfall_share_admit(share), UTFALL_OK);
        pour(share);
        assert_alike(p);
    }
}

/* Rows that were expected before are found after all the same. */
static void people_may_be_laid_out_at_any_time(void **state)
{
    (void)state;
    for (size_t when = 1; when <= 8; when++) {
        static utfall_cost_row rows[80];
        pair *p = pair_begin(true);
        utfall_share *share = share_of(p, 80);
        p->state = when;
        for (size_t i = 0; i < 80; i++) {
            rows[i] = row_random(p, NULL);
            assert_int_equal(row_add(p, &rows[i]), UTFALL_OK);
        }
        utfall_share_expect(share, rows, 80);
        utfall_share_empty(share);
        utfall_share_lay(share); /* of what was emptied nothing is known */
        assert_false(is_laid(p));
        for (size_t piece = 0; piece <= 8; piece++) {
            if (piece == when)
                utfall_share_lay(share);
            assert_int_equal(is_laid(p), piece >= when);
            if (piece < 8)
                utfall_share_expect(share, rows + 10 * piece, 10);
            if (piece > 0)
                gather(share, rows + 10 * (piece - 1), 10);
        }
        assert_int_equal(utfall_share_admit(share), UTFALL_OK);
        pour(share);
        assert_alike(p);
    }
}

/* So many people and months that the matrix has several stripes. */
static void rows_of_a_large_matrix_wait_by_stripes(void **state)
{
    (void)state;
    enum { MANY = 6000, WIDE_WINDOW = 100, ROUNDS = 60, EACH = 500 };
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_non_null(run);
    const utfall_contract contract = {.window_months = WIDE_WINDOW};
    utfall_fold *folds[2];
    utfall_cohort cohorts[2];
    char id[16];
    for (size_t f = 0; f < 2; f++) {
        folds[f] = utfall_fold_new(run, &contract, WIDE_WINDOW);
        assert_non_null(folds[f]);
        for (size_t i = 0; i < MANY; i++) {
            size_t number = 0;
            const int len = snprintf(id, sizeof id, "%05zu", i);
            assert_int_equal(utfall_fold_person(folds[f], &number, id, (size_t)len,
                                                (utfall_month){2020 * 12}, NULL, true),
                             UTFALL_OK);
        }
        assert_int_equal(utfall_fold_freeze(folds[f]), UTFALL_OK);
    }
    utfall_share *share = utfall_share_new(folds[1], EACH);
    assert_non_null(share);
    uint64_t state_of = 3;
    size_t poured = 0;
    for (size_t round = 0; round < ROUNDS; round++) {
        static utfall_cost_row rows[EACH];
        static char ids[EACH][16];
        utfall_share_empty(share);
        for (size_t i = 0; i < EACH; i++) {
            utfall_class class;
            const size_t person = (size_t)between(&state_of, 0, MANY - 1);
            (void)snprintf(ids[i], sizeof ids[i], "%05zu", person);
            rows[i] = row_of(ids[i], 2020 * 12 + (int32_t)between(&state_of, 0, WIDE_WINDOW - 1),
                             between(&state_of, -100, 9000000000));
            assert_int_equal(utfall_fold_row(folds[0], &class, person, rows[i].month, true,
                                             (utfall_money){rows[i].minor}),
                             UTFALL_OK);
        }
        utfall_share_expect(share, rows, EACH);
        gather(share, rows, EACH);
        utfall_share_empty(share); /* in every stripe */
        utfall_share_expect(share, rows, EACH);
        gather(share, rows, EACH);
        assert_int_equal(utfall_share_admit(share), UTFALL_OK);
        for (size_t stripe = 0; stripe < UTFALL_STRIPES; stripe++)
            if (utfall_share_is_full(share, stripe)) {
                utfall_share_pour(share, stripe);
                poured++;
            }
    }
    assert_true(poured > 3); /* of some stripes by and by, and of others now */
    pour(share);
    for (size_t f = 0; f < 2; f++)
        assert_int_equal(utfall_fold_finish(folds[f], &cohorts[f]), UTFALL_OK);
    for (size_t i = 0; i < MANY * WIDE_WINDOW; i++)
        assert_true(utfall_cohort_cost(&cohorts[0], i / WIDE_WINDOW, i % WIDE_WINDOW) ==
                    utfall_cohort_cost(&cohorts[1], i / WIDE_WINDOW, i % WIDE_WINDOW));
    utfall_run_free(run);
}

/* Whatever the size of the matrix, its stripes are as many as there may be, or fewer. */
static void a_matrix_of_any_size_has_stripes_enough_and_not_more(void **state)
{
    (void)state;
    static const size_t people[] = {0, 1, 1000, 4000, 70000};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        assert_non_null(run);
        const utfall_contract contract = {.window_months = UTFALL_WINDOW_MAX};
        utfall_fold *fold = utfall_fold_new(run, &contract, UTFALL_WINDOW_MAX);
        assert_non_null(fold);
        for (size_t k = 0; k < people[i]; k++) {
            char id[16];
            size_t number = 0;
            const int len = snprintf(id, sizeof id, "%06zu", k);
            assert_int_equal(utfall_fold_person(fold, &number, id, (size_t)len,
                                                (utfall_month){2020 * 12}, NULL, true),
                             UTFALL_OK);
        }
        assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
        assert_in_range(fold->stripe_count, 1, UTFALL_STRIPES);
        const int32_t last = people[i] == 0 ? 0 : (int32_t)people[i] - 1;
        assert_int_equal(utfall__stripe_of(fold, last), fold->stripe_count - 1);
        utfall_run_free(run);
    }
}

static void what_was_emptied_is_forgotten(void **state)
{
    (void)state;
    pair *p = pair_begin(true);
    utfall_share *share = share_of(p, 3);
    utfall_cost_row rows[] = {row_of(p->ids[1], 2020 * 12 + 2, 500),
                              row_of("nobody", 2020 * 12 + 2, WIDE)};
    utfall_share_expect(share, rows, 2);
    gather(share, rows, 2);
    utfall_share_empty(share);
    assert_int_equal(utfall_share_admit(share), UTFALL_OK);
    pour(share);
    assert_alike(p);
}

/* ---- what is not ---- */

/* Rows are refused by the share as a whole, and (as is seen at the end) leave no trace. */
static void assert_refused(utfall_share *share, utfall_cost_row *rows, size_t count)
{
    utfall_share_empty(share);
    utfall_share_expect(share, rows, count);
    gather(share, rows, count);
    assert_int_equal(utfall_share_admit(share), UTFALL_E_RANGE);
}

/* Rows are admitted, and one by one all fit too; they wait to be poured. */
static void assert_waiting(pair *p, utfall_share *share, utfall_cost_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(row_add(p, &rows[i]), UTFALL_OK);
    utfall_share_empty(share);
    utfall_share_expect(share, rows, count);
    gather(share, rows, count);
    assert_int_equal(utfall_share_admit(share), UTFALL_OK);
}

static void assert_admitted(pair *p, utfall_share *share, utfall_cost_row *rows, size_t count)
{
    assert_waiting(p, share, rows, count);
    pour(share);
}

/* Give both folds a row of somebody's. */
static void both_add(pair *p, const char *id, int64_t minor)
{
    utfall_class class;
    utfall_fold *folds[] = {p->single, p->many};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(
            utfall_fold_row(folds[i], &class, utfall_fold_find(folds[i], id, strlen(id)),
                            (utfall_month){2020 * 12 + 4}, true, (utfall_money){minor}),
            UTFALL_OK);
}

static void sums_reach_the_ends_of_64_bits_and_not_beyond(void **state)
{
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        pair *p = pair_begin(false);
        utfall_share *share = share_of(p, 10);
        const int64_t end = sign < 0 ? INT64_MIN : INT64_MAX;
        both_add(p, p->ids[0], end - sign * 1000);
        utfall_cost_row over[] = {row_of(p->ids[1], 2020 * 12 + 2, sign * 400),
                                  row_of("nobody", 2020 * 12 + 2, sign * 601)};
        assert_refused(share, over, 2);
        utfall_cost_row fits[] = {row_of(p->ids[1], 2020 * 12 + 2, sign * 400),
                                  row_of("nobody", 2020 * 12 + 2, sign * 600),
                                  row_of(p->ids[2], 2020 * 12 + 3, -sign * 900)};
        assert_admitted(p, share, fits, 3);
        utfall_cost_row one[] = {row_of(p->ids[1], 2020 * 12 + 2, sign)};
        assert_refused(share, one, 1);
        assert_int_equal(row_add(p, &one[0]), UTFALL_E_RANGE);
        utfall_cost_row back[] = {row_of(p->ids[1], 2020 * 12 + 2, -sign)};
        assert_admitted(p, share, back, 1);
        assert_alike(p);
    }
}

/* Of rows on both sides of zero that together are nothing, those above zero count by themselves:
 * whatever their order, no sum may leave 64 bits. */
static void amounts_that_cancel_out_are_counted_on_both_sides(void **state)
{
    (void)state;
    pair *p = pair_begin(false);
    utfall_share *share = share_of(p, 10);
    both_add(p, p->ids[0], INT64_MAX - 5);
    utfall_cost_row rows[] = {row_of(p->ids[1], 2020 * 12 + 2, -6),
                              row_of(p->ids[1], 2020 * 12 + 2, 6)};
    assert_refused(share, rows, 2);
    assert_int_equal(row_add(p, &rows[0]), UTFALL_OK);
    assert_int_equal(row_add(p, &rows[1]), UTFALL_E_RANGE);
    assert_admitted(p, share, rows, 0);
    utfall_class class;
    assert_int_equal(utfall_fold_row(p->many, &class,
                                     utfall_fold_find(p->many, p->ids[1], strlen(p->ids[1])),
                                     rows[0].month, true, (utfall_money){-6}),
                     UTFALL_OK);
    assert_alike(p);
}

static void an_amount_too_wide_keeps_the_whole_share_out(void **state)
{
    (void)state;
    static const struct {
        int64_t minor;
        bool is_wide;
    } amounts[] = {{WIDE - 1, false}, {WIDE, true},      {-WIDE, false},
                   {-WIDE - 1, true}, {INT64_MAX, true}, {INT64_MIN, true}};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        for (size_t who = 0; who < 3; who++) {
            pair *p = pair_begin(false);
            utfall_share *share = share_of(p, 10);
            const char *const ids[] = {p->ids[1], p->ids[4], "nobody"}; /* 4 is outside `where` */
            utfall_cost_row rows[] = {row_of(p->ids[1], 2020 * 12 + 2, 7),
                                      row_of(ids[who], 2020 * 12 + 3, amounts[i].minor),
                                      row_of(p->ids[2], 2020 * 12 + 2, 7)};
            if (amounts[i].is_wide)
                assert_refused(share, rows, 3);
            else
                assert_admitted(p, share, rows, 3);
            assert_alike(p);
        }
}

static bool is_full(const utfall_share *share)
{
    for (size_t stripe = 0; stripe < UTFALL_STRIPES; stripe++)
        if (utfall_share_is_full(share, stripe))
            return true;
    return false;
}

/* Rows may wait until a stripe is full; whoever does not pour it then has no room. */
static void a_full_stripe_that_is_not_poured_keeps_the_share_out(void **state)
{
    (void)state;
    enum { FEW = 10 };
    pair *p = pair_begin(false);
    utfall_share *share = share_of(p, FEW);
    utfall_cost_row rows[FEW];
    size_t times = 0;
    for (size_t i = 0; i < FEW; i++)
        rows[i] = row_of(p->ids[1], 2020 * 12 + 2, 7);
    for (; !is_full(share); times++)
        assert_waiting(p, share, rows, FEW);
    assert_true(times > 1);
    assert_refused(share, rows, FEW);
    pour(share);
    assert_false(is_full(share));
    assert_admitted(p, share, rows, FEW);
    assert_alike(p);
}

static void more_strangers_than_any_share_holds_keep_it_out(void **state)
{
    (void)state;
    pair *p = pair_begin(false);
    utfall_share *share = share_of(p, 1);
    for (size_t i = 0; i < (1 << 22); i++)
        utfall_share_stranger(share, -WIDE);
    assert_int_equal(utfall_share_admit(share), UTFALL_OK);
    utfall_share_empty(share);
    for (size_t i = 0; i <= (1 << 22); i++)
        utfall_share_stranger(share, 0);
    assert_int_equal(utfall_share_admit(share), UTFALL_E_RANGE);
    utfall_cohort cohort;
    assert_int_equal(utfall_fold_finish(p->many, &cohort), UTFALL_OK);
    assert_int_equal(cohort.rows.count[UTFALL_ROW_UNKNOWN], 1 << 22);
    assert_true(cohort.rows.amount_minor[UTFALL_ROW_UNKNOWN] == -WIDE * (1 << 22));
    utfall_run_free(p->run);
}

/* ---- shares ---- */

static void a_share_of_no_rows_or_of_nobody_is_a_share(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract contract = {.window_months = 1};
    utfall_fold *fold = utfall_fold_new(run, &contract, 1);
    assert_int_equal(utfall_fold_freeze(fold), UTFALL_OK);
    utfall_share *share = utfall_share_new(fold, 0);
    utfall_cost_row rows[] = {row_of("a", 2020 * 12, 3), row_of("", 2020 * 12, 4)};
    utfall_share_expect(share, rows, 2);
    gather(share, rows, 2);
    assert_true(rows[0].is_stranger && rows[1].is_stranger);
    assert_int_equal(utfall_share_admit(share), UTFALL_OK);
    pour(share);
    utfall_cohort cohort;
    assert_int_equal(utfall_fold_finish(fold, &cohort), UTFALL_OK);
    assert_int_equal(cohort.rows.amount_minor[UTFALL_ROW_UNKNOWN], 7);
    utfall_run_free(run);
}

static void a_share_of_too_many_rows_is_our_mistake(void **state)
{
    (void)state;
    pair *p = pair_begin(false);
    assert_null(utfall_share_new(p->many, (1 << 22) + 1));
    assert_int_equal(utfall_run_failure(p->run), UTFALL_E_BUG);
    utfall_run_free(p->run);
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_non_null(run);
    assert_null(utfall_share_new(utfall_fold_new(run, &p->contract, MONTHS), 1)); /* not frozen */
    assert_int_equal(utfall_run_failure(run), UTFALL_E_BUG);
    utfall_run_free(run);
}

static void running_out_of_memory_is_told(void **state)
{
    (void)state;
    uint64_t n = 0;
    for (bool is_made = false; !is_made;) {
        counting memory = {.fail_at = ++n};
        utfall_run *run = utfall_run_new(counting_alloc, &memory);
        const utfall_contract contract = {.window_months = 1};
        utfall_fold *fold = run == NULL ? NULL : utfall_fold_new(run, &contract, 1);
        if (fold != NULL && utfall_fold_freeze(fold) == UTFALL_OK) {
            utfall_share *share = utfall_share_new(fold, 1000);
            is_made = share != NULL;
            assert_true(is_made || utfall_run_failure(run) == UTFALL_E_NOMEM);
        }
        utfall_run_free(run);
        assert_true(memory.out == 0);
    }
    assert_true(n > 4); /* run, its first block, cells and minors at the least */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_by_chance_come_to_the_same),
        cmocka_unit_test(several_shares_come_to_the_same),
        cmocka_unit_test(somebody_told_just_before_is_told_apart_from_the_next),
        cmocka_unit_test(people_told_in_order_are_told_apart_from_others),
        cmocka_unit_test(people_may_be_laid_out_at_any_time),
        cmocka_unit_test(rows_of_a_large_matrix_wait_by_stripes),
        cmocka_unit_test(a_matrix_of_any_size_has_stripes_enough_and_not_more),
        cmocka_unit_test(what_was_emptied_is_forgotten),
        cmocka_unit_test(sums_reach_the_ends_of_64_bits_and_not_beyond),
        cmocka_unit_test(amounts_that_cancel_out_are_counted_on_both_sides),
        cmocka_unit_test(an_amount_too_wide_keeps_the_whole_share_out),
        cmocka_unit_test(a_full_stripe_that_is_not_poured_keeps_the_share_out),
        cmocka_unit_test(more_strangers_than_any_share_holds_keep_it_out),
        cmocka_unit_test(a_share_of_no_rows_or_of_nobody_is_a_share),
        cmocka_unit_test(a_share_of_too_many_rows_is_our_mistake),
        cmocka_unit_test(running_out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
