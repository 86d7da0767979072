/* The target group and the comparison group: the same by one thread and several, each side's faults
 * in their order, whatever happens on the other. */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include "contracts/source.h"

/* A table with empty lines after it: so many that a side is worth a thread. */
static void put_large(struct world *world, const char *name, const char *text)
{
    static char bytes[2 * UTFALL_SOURCE_BLOCK + 1];
    const size_t len = strlen(text);
    assert_true(len < sizeof bytes);
    memcpy(bytes, text, len);
    memset(bytes + len, '\n', sizeof bytes - len);
    files_write(&world->files, name, bytes, sizeof bytes);
}

static void both_sides(struct world *world, const char *people, const char *costs,
                       const char *reference_people, const char *reference_costs)
{
    world->files.count = 0;
    files_text(&world->files, "people.csv", people);
    put_large(world, "costs.csv", costs);
    files_text(&world->files, "r-people.csv", reference_people);
    put_large(world, "r-costs.csv", reference_costs);
    world->reference_costs[0] =
        table_of("r-costs.csv", "reference-costs", "comparison_group.costs[0]");
    world->sources.reference_people =
        table_of("r-people.csv", "reference-people", "comparison_group.people");
    world->sources.reference_costs = (utfall_tables){1, world->reference_costs};
}

static void both_sides_are_read_and_their_tables_listed_in_order(void **state)
{
    (void)state;
    static const char *const names[] = {"people.csv", "costs.csv", "more.csv", "r-people.csv",
                                        "r-costs.csv"};
    struct world world;
    world_begin(&world);
    both_sides(&world, PEOPLE, COSTS "A,2020-01,1\n", "id,start\nR,2019-01\n",
               COSTS "R,2019-02,3\nR,2020-02,5\n");
    files_text(&world.files, "more.csv", COSTS "B,2020-03,2\n");
    world.costs[1] = table_of("more.csv", "costs", "target_group.costs[1]");
    world.sources.costs.count = 2;
    assert_world(&world, "A 2020-01: 100 0 0\nB 2020-02: 0 200 0\nused 2 300\n"
                         "R 2019-01: 0 300 0\nafter 1 500\nused 1 300\n");
    assert_int_equal(world.data->input_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(world.data->inputs[i].name, names[i]);
    assert_int_equal(world.data->inputs[3].rows, 1);
    assert_int_equal(world.data->inputs[4].rows, 2);
    world_end(&world);
}

static void a_value_that_either_side_has_does_occur(void **state)
{
    (void)state;
    static const char *const words[] = {"child", "youth", "typo"};
    static const utfall_where counts[] = {{"source", {3, words}}};
    struct world world;
    world_begin(&world);
    world.sources.counts = counts;
    world.sources.count_count = 1;
    both_sides(&world, "id,start\nA,2020-01\n", "id,month,source,amount\nA,2020-01,child,1\n",
               "id,start\nR,2019-01\n", "id,month,source,amount\nR,2019-01,youth,2\n");
    assert_world(&world, "A 2020-01: 100 0 0\nused 1 100\nR 2019-01: 200 0 0\nused 1 200\n"
                         "warning :0:0+0 \"typo\" does not occur in the data "
                         "<evaluation.counts.source[2]>\n");
    world_end(&world);
}

static void faults_of_both_sides_are_told_in_order(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    both_sides(&world, "id,start\nA,2020-13\n", COSTS "A,jan,1\nX,2020-01,1\n",
               "id,start\nR,x\nR,2020-01\n", COSTS "R,2020-01,y\nX,2020-01,1\n");
    world.sources.drawn = table_of("absent.csv", "drawn", "financing.drawn");
    assert_world(
        &world,
        "error people.csv:2:3+7 \"2020-13\" is not a date that exists between 1900 and 2199 "
        "<people.start> | A,2020-13\n"
        "error costs.csv:2:3+3 \"jan\" is not a month: expected YYYY-MM, as in 2016-08 "
        "<costs.month> | A,jan,1\n"
        "error costs.csv:3:1+1 \"X\" is nobody in \"people.csv\" <costs.id> | X,2020-01,1\n"
        "error r-people.csv:2:3+1 \"x\" is not a date: expected YYYY-MM-DD, as in 2016-08-18, or "
        "YYYY-MM "
        "<reference-people.start> | R,x\n"
        "error r-people.csv:3:1+1 \"R\" is the id of two rows <reference-people.id> (2: the first "
        "one is here) | R,2020-01\n"
        "error r-costs.csv:2:11+1 \"y\" is not an amount: expected digits, and at most two more "
        "after \".\" <reference-costs.amount> | R,2020-01,y\n"
        "error r-costs.csv:3:1+1 \"X\" is nobody in \"r-people.csv\" <reference-costs.id> | "
        "X,2020-01,1\n"
        "error :0:0+0 \"absent.csv\" does not exist <financing.drawn.file>\n");
    both_sides(&world, PEOPLE, COSTS "A,2020-01,1\n", "id,start\nR,x\n", COSTS "R,2020-01,y\n");
    world.sources.drawn = (utfall_table){0};
    assert_int_equal(world_read(&world), UTFALL_E_SYNTAX); /* the comparison group's alone */
    assert_int_equal(utfall_run_errors(world.run), 2);
    world_end(&world);
}

/* More faults than are kept, so many of them on each side. */
static void as_many_faults_are_kept_and_counted_as_of_one_side(void **state)
{
    (void)state;
    static const int faults[][2] = {{20, 20}, {49, 3}, {60, 1}, {0, 70}, {45, 45}};
    struct world world;
    world_begin(&world);
    for (size_t n = 0; n < sizeof faults / sizeof *faults; n++) {
        char costs[2][4096];
        for (int side = 0; side < 2; side++) {
            size_t len = strlen(strcpy(costs[side], COSTS "A,2020-01,1\n"));
            for (int i = 0; i < faults[n][side]; i++)
                len += strlen(strcpy(costs[side] + len, "A,jan,1\n"));
        }
        both_sides(&world, PEOPLE, costs[0], PEOPLE, costs[1]);
        assert_int_equal(world_read(&world), UTFALL_E_SYNTAX);
        assert_int_equal(utfall_run_errors(world.run), faults[n][0] + faults[n][1]);
        for (int i = 0; i < UTFALL_FINDINGS_MAX && i < faults[n][0] + faults[n][1]; i++) {
            const utfall_finding *f = utfall_run_finding(world.run, (size_t)i);
            const bool is_target = i < faults[n][0];
            assert_string_equal(f->path, is_target ? "costs.month" : "reference-costs.month");
            assert_int_equal(f->at.line, 3 + i - (is_target ? 0 : faults[n][0]));
        }
        assert_null(utfall_run_finding(world.run, UTFALL_FINDINGS_MAX));
    }
    world_end(&world);
}

static void running_out_of_memory_on_either_side_is_told(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_count_children(&world);
    both_sides(&world, PEOPLE, "id,month,source,amount\nA,2020-01,child,\"1\"\n", PEOPLE,
               "id,month,source,amount\nB,2020-02,x,2\n");
    assert_fails_without_memory(&world);
    both_sides(&world, "id,start\nA,x\nB,2020-01\n", "id,month,source,amount\nX,2020-01,child,1\n",
               "id,start\n", "id,month,source,amount\nB,2020-02,x,y\n");
    assert_fails_without_memory(&world);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_sides_are_read_and_their_tables_listed_in_order),
        cmocka_unit_test(a_value_that_either_side_has_does_occur),
        cmocka_unit_test(faults_of_both_sides_are_told_in_order),
        cmocka_unit_test(as_many_faults_are_kept_and_counted_as_of_one_side),
        cmocka_unit_test(running_out_of_memory_on_either_side_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
