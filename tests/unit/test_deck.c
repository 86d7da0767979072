/* Cards of people: each lies where its id says, whatever the ids. */
#include "engine/fold.h"

#include "allocator.h"
#include "seeded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* People without cost: only their ids matter here. */
typedef struct crowd {
    utfall_run *run;
    utfall_contract contract;
    utfall_fold *fold;
    utfall_share *share; /* made when somebody is looked for */
} crowd;

static crowd *crowd_begin(void)
{
    static crowd c;
    c = (crowd){.run = utfall_run_new(NULL, NULL), .contract = {.window_months = 1}};
    assert_non_null(c.run);
    c.fold = utfall_fold_new(c.run, &c.contract, 1);
    assert_non_null(c.fold);
    return &c;
}

static void crowd_add(crowd *c, const char *id, size_t len)
{
    size_t number = 0;
    const uint32_t nth = c->fold->ids.count;
    const utfall_month start = {2020 * 12 + (int32_t)(nth % 12)};
    assert_int_equal(utfall_fold_person(c->fold, &number, id, len, start, NULL, nth % 5 != 4),
                     UTFALL_OK);
}

static void crowd_add_numbers(crowd *c, const char *format, uint32_t count)
{
    char id[64];
    for (uint32_t i = 0; i < count; i++) {
        const int len = snprintf(id, sizeof id, format, i);
        crowd_add(c, id, (size_t)len);
    }
}

static void crowd_lay(crowd *c)
{
    assert_int_equal(utfall_fold_freeze(c->fold), UTFALL_OK);
    utfall_fold_lay(c->fold);
    assert_ptr_equal(utfall__deck_of(c->fold), &c->fold->laid);
}

static size_t id_len(const crowd *c, uint32_t i)
{
    return c->fold->ids.at[i + 1] - c->fold->ids.at[i] - 1;
}

static uint8_t turns_of(const crowd *c, const char *id, size_t len)
{
    const utfall__deck *deck = &c->fold->laid;
    const uint32_t bucket = utfall__deck_bucket(deck, utfall__index_hash(id, len));
    assert_true(bucket < deck->bucket_count);
    return deck->turns[bucket];
}

static void assert_card(const crowd *c, uint32_t place, uint32_t i)
{
    static const char zeros[UTFALL__CARD_ID_MAX];
    const utfall__card *card = &c->fold->laid.cards[place];
    const char *id = utfall__index_text(&c->fold->ids, i);
    const size_t len = id_len(c, i);
    assert_int_equal(card->number, i + 1);
    assert_memory_equal(&card->person, &c->fold->people[i], sizeof card->person);
    if (len > UTFALL__CARD_ID_MAX) {
        assert_int_equal(card->len, UINT8_MAX);
        assert_memory_equal(card->id, id, UTFALL__CARD_ID_MAX);
        return;
    }
    assert_int_equal(card->len, len);
    assert_true(len == 0 || memcmp(card->id, id, len) == 0);
    assert_memory_equal(card->id + len, zeros, sizeof zeros - len);
}

/* Everybody has one card where the id says, or none and no turns. Gives how many have none. */
static uint32_t assert_laid(const crowd *c)
{
    const utfall__deck *deck = &c->fold->laid;
    const uint32_t count = c->fold->ids.count;
    uint32_t without = 0, cards = 0;
    assert_int_equal((uintptr_t)deck->cards % 64, 0);
    assert_true(deck->start_count > count);
    for (uint32_t i = 0; i < count; i++) {
        const char *id = utfall__index_text(&c->fold->ids, i);
        const uint8_t turns = turns_of(c, id, id_len(c, i));
        const uint32_t place =
            utfall__deck_place(deck, utfall__index_hash(id, id_len(c, i)), turns);
        assert_true(place < deck->card_count);
        if (turns != 0)
            assert_card(c, place, i);
        without += turns == 0;
    }
    for (uint32_t place = 0; place < deck->card_count; place++)
        cards += deck->cards[place].number != 0;
    assert_int_equal(cards, count - without);
    return without;
}

/* What finding somebody with this id comes to: by a row, after one of nobody, so that it is not
 * taken to come in the order of the people. */
static bool is_found(crowd *c, const char *id, size_t len)
{
    char room[80];
    utfall_cost_row rows[] = {{.id = "nobody at all", .len = 13, .month = {2020 * 12}},
                              {.id = room, .len = (uint32_t)len, .month = {2020 * 12}}};
    if (c->share == NULL)
        c->share = utfall_share_new(c->fold, 2);
    assert_non_null(c->share);
    assert_true(len <= sizeof room);
    memcpy(room, id, len);
    utfall_share_empty(c->share);
    utfall_share_expect(c->share, rows, 2);
    const size_t strangers = utfall_share_gather(c->share, rows, 2);
    assert_true(rows[0].is_stranger);
    assert_int_equal(strangers, 1 + rows[1].is_stranger);
    assert_int_equal(rows[1].is_stranger, utfall_fold_find(c->fold, id, len) == SIZE_MAX);
    return !rows[1].is_stranger;
}

static void assert_all_found(crowd *c)
{
    for (uint32_t i = 0; i < c->fold->ids.count; i++) {
        const char *id = utfall__index_text(&c->fold->ids, i);
        assert_true(is_found(c, id, id_len(c, i)));
        assert_int_equal(utfall_fold_find(c->fold, id, id_len(c, i)), i);
    }
}

static void crowd_end(crowd *c)
{
    utfall_run_free(c->run);
}

/* ---- ordinary people ---- */

static void crowds_of_any_size_have_their_cards(void **state)
{
    (void)state;
    for (uint32_t count = 0; count < 200; count++) {
        crowd *c = crowd_begin();
        crowd_add_numbers(c, "P%05u", count);
        crowd_lay(c);
        (void)assert_laid(c);
        assert_all_found(c);
        assert_false(is_found(c, "", 0));
        assert_false(is_found(c, "P00200", 6));
        assert_false(is_found(c, "P0000", 5));
        assert_false(is_found(c, "P000000", 7));
        crowd_end(c);
    }
}

/* Two places in three are taken when the last buckets of three are laid: the turns are too few for
 * hardly any. */
static void of_a_hundred_thousand_people_almost_all_have_a_card(void **state)
{
    (void)state;
    static const char *const formats[] = {"%u", "P%07u", "a-longer-pseudonym-%08u"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        crowd *c = crowd_begin();
        crowd_add_numbers(c, formats[i], 100000);
        crowd_lay(c);
        assert_true(assert_laid(c) < 20);
        crowd_end(c);
    }
}

/* Ids of a bucket that start from the same place in one round of turns start from different ones in
 * the next: were it not so, almost every small crowd would have a bucket that cannot be laid. */
static void in_small_crowds_everybody_has_a_card(void **state)
{
    (void)state;
    uint32_t without = 0;
    for (uint32_t count = 1; count <= 300; count++) {
        crowd *c = crowd_begin();
        crowd_add_numbers(c, "%u", count);
        crowd_lay(c);
        without += assert_laid(c);
        crowd_end(c);
    }
    assert_int_equal(without, 0);
}

/* Every length on both sides of what a card holds; ids that differ in their last byte, or in being
 * one byte longer. */
static void ids_of_every_length_are_told_apart(void **state)
{
    (void)state;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    crowd *c = crowd_begin();
    char id[64];
    for (size_t len = 0; len <= 40; len++)
        crowd_add(c, letters, len);
    for (size_t len = 1; len <= 40; len++) {
        memcpy(id, letters, len);
        id[len - 1] = '1';
        crowd_add(c, id, len);
    }
    crowd_lay(c);
    (void)assert_laid(c);
    assert_all_found(c);
    for (size_t len = 1; len <= 41; len++)
        for (size_t at = 0; at < len; at++) {
            memcpy(id, letters, len);
            id[at] = '0';
            assert_false(is_found(c, id, len));
        }
    crowd_end(c);
}

static void an_id_that_begins_like_a_long_one_is_nobody(void **state)
{
    (void)state;
    crowd *c = crowd_begin();
    crowd_add(c, "0123456789abcdefghijklmnop", 26);
    crowd_lay(c);
    assert_all_found(c);
    for (size_t len = 0; len < 26; len++)
        assert_false(is_found(c, "0123456789abcdefghijklmnop", len));
    assert_false(is_found(c, "0123456789abcdefghijklmnoq", 26));
    crowd_end(c);
}

/* Where the order of the file is not that of the ids, places are; cards and numbers are not. */
static void people_in_any_order_are_found_by_their_number(void **state)
{
    (void)state;
    crowd *c = crowd_begin();
    for (uint32_t i = 0; i < 5000; i++) {
        char id[16];
        const int len = snprintf(id, sizeof id, "P%u", i * 1237 % 5003);
        crowd_add(c, id, (size_t)len);
    }
    crowd_lay(c);
    (void)assert_laid(c);
    assert_all_found(c);
    assert_false(is_found(c, "P5003", 5));
    utfall_cohort cohort;
    assert_int_equal(utfall_fold_finish(c->fold, &cohort), UTFALL_OK);
    assert_int_equal(cohort.persons, 4000);
    for (size_t i = 1; i < cohort.persons; i++)
        assert_true(strcmp(cohort.ids[i - 1], cohort.ids[i]) < 0);
    crowd_end(c);
}

/* ---- people chosen to be in each other's way ---- */

/* Add `count` ids that fall into bucket 0 of so many buckets; gives the number of the last one
 * tried. */
static uint32_t add_to_bucket(crowd *c, uint32_t buckets, uint32_t count, uint32_t from)
{
    const utfall__deck deck = {.bucket_count = buckets};
    char id[32];
    for (uint32_t i = from; count > 0; i++, from = i) {
        const int len = snprintf(id, sizeof id, "x%u", i);
        if (utfall__deck_bucket(&deck, utfall__index_hash(id, (size_t)len)) != 0)
            continue;
        crowd_add(c, id, (size_t)len);
        count--;
    }
    return from;
}

static void a_bucket_is_laid_up_to_twenty_four_people_and_then_not(void **state)
{
    (void)state;
    for (uint32_t full = 20; full < 30; full++) {
        const uint32_t others = 6000, buckets = (others + full) / 3 + 1;
        crowd *c = crowd_begin();
        const utfall__deck deck = {.bucket_count = buckets};
        (void)add_to_bucket(c, buckets, full, 0);
        char id[32];
        for (uint32_t i = 0; c->fold->ids.count < others + full; i++) {
            const int len = snprintf(id, sizeof id, "y%u", i);
            if (utfall__deck_bucket(&deck, utfall__index_hash(id, (size_t)len)) != 0)
                crowd_add(c, id, (size_t)len);
        }
        crowd_lay(c);
        assert_int_equal(c->fold->laid.bucket_count, buckets);
        (void)assert_laid(c);
        assert_int_equal(c->fold->laid.turns[0] != 0, full <= 24);
        assert_all_found(c);
        crowd_end(c);
    }
}

static void people_who_all_fall_into_one_bucket_are_found_by_the_index(void **state)
{
    (void)state;
    const uint32_t count = 1500, buckets = count / 3 + 1;
    crowd *c = crowd_begin();
    uint32_t next = add_to_bucket(c, buckets, count, 0);
    crowd_lay(c);
    assert_int_equal(c->fold->laid.bucket_count, buckets);
    assert_int_equal(assert_laid(c), count);
    assert_all_found(c);
    char id[32];
    for (uint32_t strangers = 0; strangers < 100; next++) {
        const int len = snprintf(id, sizeof id, "x%u", next + 1);
        if (utfall__deck_bucket(&c->fold->laid, utfall__index_hash(id, (size_t)len)) != 0)
            continue;
        assert_false(is_found(c, id, (size_t)len));
        strangers++;
    }
    crowd_end(c);
}

/* In one bucket, and in the first two rounds of turns from one start: only later ones part them. */
static void people_who_start_together_are_parted_by_another_round(void **state)
{
    (void)state;
    const uint32_t others = 50, count = others + 3;
    utfall__deck deck = {.bucket_count = count / 3 + 1, .start_count = count + count / 5 + 8};
    crowd *c = crowd_begin();
    char id[32];
    for (uint32_t i = 0; c->fold->ids.count < count; i++) {
        assert_true(i < 100000000);
        const int len = snprintf(id, sizeof id, "z%u", i);
        const uint64_t hash = utfall__index_hash(id, (size_t)len);
        const bool is_first = utfall__deck_bucket(&deck, hash) == 0;
        if (c->fold->ids.count < 3 ? is_first && utfall__deck_place(&deck, hash, 0) == 30 &&
                                         utfall__deck_place(&deck, hash, 64) == 32
                                   : !is_first)
            crowd_add(c, id, (size_t)len);
    }
    crowd_lay(c);
    assert_int_equal(c->fold->laid.bucket_count, deck.bucket_count);
    assert_int_equal(c->fold->laid.start_count, deck.start_count);
    assert_int_equal(assert_laid(c), 0);
    assert_in_range(c->fold->laid.turns[0], 128, 255);
    assert_all_found(c);
    crowd_end(c);
}

/* An id of sixteen bytes with a given hash state: the second half makes up for the first. */
static bool twin_make(char id[16], uint64_t first, uint64_t state)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t hash = (16 * odd ^ first) * odd;
    hash ^= hash >> 32;
    const uint64_t last = hash ^ state;
    memcpy(id, &first, 8);
    memcpy(id + 8, &last, 8);
    return memchr(id, '\0', 16) == NULL;
}

/* Equal in all 64 bits: no number of turns can part them. */
static void people_with_the_same_hash_are_found_by_the_index(void **state)
{
    (void)state;
    static const uint32_t counts[] = {2, 3, 24, 25, 5000};
    seeded s = {99};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        crowd *c = crowd_begin();
        char id[16];
        uint64_t hash = 0;
        for (uint32_t added = 0; added < counts[i];) {
            if (!twin_make(id, seeded_next(&s), UINT64_C(0x1234567890ABCDEF)))
                continue;
            assert_true(added == 0 || utfall__index_hash(id, 16) == hash);
            hash = utfall__index_hash(id, 16);
            crowd_add(c, id, 16);
            added++;
        }
        crowd_add_numbers(c, "P%u", 500);
        crowd_lay(c);
        assert_true(assert_laid(c) >= counts[i]);
        assert_all_found(c);
        while (!twin_make(id, seeded_next(&s), UINT64_C(0x1234567890ABCDEF))) {
        }
        assert_false(is_found(c, id, 16));
        crowd_end(c);
    }
}

/* ---- before they are laid out ---- */

static void people_are_found_before_their_cards_are_laid(void **state)
{
    (void)state;
    crowd *c = crowd_begin();
    crowd_add_numbers(c, "P%05u", 500);
    utfall_fold_lay(c->fold); /* too early: more people may come */
    assert_false(c->fold->is_tried);
    assert_int_equal(utfall_fold_freeze(c->fold), UTFALL_OK);
    for (uint32_t i = 0; i < 500; i++) {
        char id[16];
        const int len = snprintf(id, sizeof id, "P%05u", (i * 7) % 500);
        assert_int_equal(utfall_fold_find(c->fold, id, (size_t)len), i * 7 % 500);
        id[0] = 'Q';
        assert_int_equal(utfall_fold_find(c->fold, id, (size_t)len), SIZE_MAX);
        /* Whoever asks for many is answered faster: of few people, from the 65th on. */
        assert_int_equal(utfall__deck_of(c->fold) == &c->fold->laid, i >= 32);
    }
    (void)assert_laid(c);
    crowd_end(c);
}

/* ---- memory ---- */

static void running_out_of_memory_is_told(void **state)
{
    (void)state;
    uint64_t n = 0;
    utfall_status status = UTFALL_E_NOMEM;
    while (status != UTFALL_OK) {
        counting memory = {.fail_at = ++n};
        utfall_run *run = utfall_run_new(counting_alloc, &memory);
        const utfall_contract contract = {.window_months = 1};
        utfall_fold *fold = run == NULL ? NULL : utfall_fold_new(run, &contract, 1);
        size_t number = 0;
        status = fold == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
        for (char id = 'a'; id <= 'z' && status == UTFALL_OK; id++)
            status = utfall_fold_person(fold, &number, &id, 1, (utfall_month){24240}, NULL, true);
        if (status == UTFALL_OK)
            status = utfall_fold_freeze(fold);
        if (status == UTFALL_OK) {
            utfall_fold_lay(fold);
            status = utfall_run_failure(run);
            const bool is_laid = utfall__deck_of(fold) == &fold->laid;
            assert_int_equal(is_laid, status == UTFALL_OK);
            const int64_t held = memory.out;
            utfall_fold_lay(fold); /* once, whatever came of it */
            assert_int_equal(utfall__deck_of(fold) == &fold->laid, is_laid);
            assert_true(memory.out == held);
            assert_int_equal(utfall_fold_find(fold, "q", 1), 'q' - 'a');
            assert_int_equal(utfall_fold_find(fold, "Q", 1), SIZE_MAX);
        }
        assert_true(status == UTFALL_OK || status == UTFALL_E_NOMEM);
        utfall_run_free(run);
        assert_true(memory.out == 0);
    }
    assert_true(n > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crowds_of_any_size_have_their_cards),
        cmocka_unit_test(of_a_hundred_thousand_people_almost_all_have_a_card),
        cmocka_unit_test(in_small_crowds_everybody_has_a_card),
        cmocka_unit_test(ids_of_every_length_are_told_apart),
        cmocka_unit_test(an_id_that_begins_like_a_long_one_is_nobody),
        cmocka_unit_test(people_in_any_order_are_found_by_their_number),
        cmocka_unit_test(a_bucket_is_laid_up_to_twenty_four_people_and_then_not),
        cmocka_unit_test(people_who_all_fall_into_one_bucket_are_found_by_the_index),
        cmocka_unit_test(people_who_start_together_are_parted_by_another_round),
        cmocka_unit_test(people_with_the_same_hash_are_found_by_the_index),
        cmocka_unit_test(people_are_found_before_their_cards_are_laid),
        cmocka_unit_test(running_out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
