/* Tables to a case: what is read, what is classed how, and what is refused with its place. */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

/* ---- what is read ---- */

static void costs_are_folded_by_person_and_month(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, PEOPLE,
                     COSTS "A,2020-01,1.00\nA,2020-03,2.50\nA,2020-03,-0.50\nA,2019-12,7\n"
                           "B,2020-04,5\nB,2020-05,9\nA,2020-03,1\n");
    assert_world(&world, "A 2020-01: 100 0 300\nB 2020-02: 0 0 500\n"
                         "before 1 700\nafter 1 900\nused 5 900\n");
    assert_int_equal(world.data->draw_count, 1);
    assert_int_equal(world.data->draw_months[0].ordinal, 2020 * 12);
    assert_int_equal(world.data->draws[0].minor, 750);
    assert_int_equal(world.data->input_count, 2);
    assert_string_equal(world.data->inputs[0].name, "people.csv");
    assert_string_equal(world.data->inputs[0].role, "people");
    assert_int_equal(world.data->inputs[0].rows, 2);
    assert_int_equal(world.data->inputs[1].rows, 7);
    world_end(&world);
}

static void the_dialect_does_not_change_the_result(void **state)
{
    (void)state;
    static const char *const word[] = {"till\xC3\xA4gg"};
    static const utfall_where counts[] = {{"source", {1, word}}};
    static const struct {
        const char *people, *costs;
        char separator, decimal;
        utfall_encoding encoding;
    } dialects[] = {
        {PEOPLE, "id,month,source,amount\nA,2020-01,till\xC3\xA4gg,1234.50\nB,2020-03,x,1\n", ',',
         '.', UTFALL_UTF_8},
        {"\xEF\xBB\xBF"
         "id,start\r\nB,2020-02-10\r\nA,2020-01\r\n",
         "\xEF\xBB\xBF"
         "id,month,source,amount\r\nA,2020-01,till\xC3\xA4gg,1234.50\r\nB,2020-03,x,1\r\n",
         ',', '.', UTFALL_UTF_8},
        {"\"start\";\"id\"\n\"2020-02-10\";\"B\"\n2020-01;A",
         "\"id\";\"month\";\"source\";\"amount\"\nA;\"2020-01\";\"till\xC3\xA4gg\";\"1 "
         "234,50\"\n\"B\";2020-03;\"x\";\"1,00 kr\"",
         ';', ',', UTFALL_UTF_8},
        {"id;start;Namn\nB;2020-02-10;\xC5sa\nA;2020-01;\xD6rjan\n",
         "Namn;id;month;source;amount\n\xD6;A;2020-01;till\xE4gg;1\xA0"
         "234,5\n\xC5;B;2020-03;x;1\n",
         ';', ',', UTFALL_WINDOWS_1252},
        {"id\tstart\nB\t2020-02-10\n A \t2020-01\n",
         "id\tmonth\tsource\tamount\nB\t2020-03\tx\t1\n  A\t2020-01 \ttill\xE4gg\t 1234.50\n", '\t',
         '.', UTFALL_ISO_8859_1},
    };
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
        struct world world;
        world_begin(&world);
        people_and_costs(&world, dialects[i].people, dialects[i].costs);
        world.sources.people.separator = world.costs[0].separator = dialects[i].separator;
        world.costs[0].decimal = dialects[i].decimal;
        world.sources.people.encoding = world.costs[0].encoding = dialects[i].encoding;
        world.sources.count_count = 1;
        world.sources.counts = counts;
        assert_world(&world,
                     "A 2020-01: 123450 0 0\nB 2020-02: 0 0 0\nsource 1 100\nused 1 123450\n");
        world_end(&world);
    }
}

static void headings_of_the_file_are_mapped(void **state)
{
    (void)state;
    static const utfall_column people[] = {{"id", "Nr"}, {"start", "Fr\xC3\xA5n"}};
    static const utfall_column costs[] = {
        {"id", "Nr"}, {"month", "M\xC3\xA5n"}, {"amount", "Belopp"}};
    struct world world;
    world_begin(&world);
    people_and_costs(&world, "Fr\xC3\xA5n,x,Nr\n2020-01,,A\n",
                     "Belopp,id,M\xC3\xA5n,Nr\n1,zz,2020-01,A\n");
    world.sources.people.columns = people;
    world.sources.people.column_count = 2;
    world.costs[0].columns = costs;
    world.costs[0].column_count = 3;
    assert_world(&world, "A 2020-01: 100 0 0\nused 1 100\n");
    world_end(&world);
}

static void attributes_are_read_by_kind(void **state)
{
    (void)state;
    static const int32_t cuts[] = {18};
    static const char *const forms[] = {"HVB", "SiS"};
    static const utfall_factor factors[] = {
        {.attribute = "age_at_start", .kind = UTFALL_FACTOR_CUTS, .count = 1, .cuts = cuts},
        {.attribute = "placed", .kind = UTFALL_FACTOR_EACH},
        {.attribute = "form", .kind = UTFALL_FACTOR_VALUES, .count = 2, .values = forms}};
    struct world world;
    world_begin(&world);
    world.contract.factors = factors;
    world.contract.factor_count = 3;
    people_and_costs(
        &world, "id,start,age_at_start,placed,form\nA,2020-01,17,yes,SiS\nB,2020-01,0,no,HVB\n",
        COSTS "A,2020-01,1\n");
    assert_world(&world, "A 2020-01 17 1 1: 100 0 0\nB 2020-01 0 0 0: 0 0 0\nused 1 100\n");
    people_and_costs(&world,
                     "id,start,age_at_start,placed,form\nA,2020-01,151,Yes,\nB,2020-01,1.5,,SIS\n",
                     COSTS "A,2020-01,1\n");
    assert_world(
        &world,
        "error people.csv:2:11+3 \"151\" is not an age: expected 0 to 150 years "
        "<people.age_at_start> | A,2020-01,151,Yes,\n"
        "error people.csv:2:15+3 \"Yes\" says neither yes nor no: expected \"yes\" or \"no\" "
        "<people.placed> | A,2020-01,151,Yes,\n"
        "error people.csv:2:19+0 an empty cell is not a value to group by: expected \"HVB\" or "
        "\"SiS\" "
        "<people.form> | A,2020-01,151,Yes,\n"
        "error people.csv:3:11+3 \"1.5\" is not a whole number: expected digits alone "
        "<people.age_at_start> | B,2020-01,1.5,,SIS\n"
        "error people.csv:3:15+0 an empty cell says neither yes nor no: expected \"yes\" or \"no\" "
        "<people.placed> | B,2020-01,1.5,,SIS\n"
        "error people.csv:3:16+3 \"SIS\" is not a value to group by: expected \"HVB\" or \"SiS\" "
        "<people.form> | B,2020-01,1.5,,SIS\n");
    world_end(&world);
}

static void people_outside_where_are_known_and_not_selected(void **state)
{
    (void)state;
    static const char *const waves[] = {"2013", "2014"};
    static const utfall_where where[] = {{"wave", {2, waves}}};
    struct world world;
    world_begin(&world);
    world.sources.people.where = where;
    world.sources.people.where_count = 1;
    people_and_costs(&world, "id,start,wave\nA,2020-01,2013\nB,no date,2013b\n",
                     COSTS "A,2020-01,1\nB,2020-01,2\n");
    assert_world(&world, "A 2020-01: 100 0 0\nnot_selected 1 200\nused 1 100\n"
                         "warning :0:0+0 \"2014\" does not occur in the data "
                         "<target_group.people.where.wave[1]>\n");
    people_and_costs(&world, "id,start,wave\nA,2020-01,x\n", COSTS "A,2020-01,1\n");
    assert_int_equal(world_read(&world), UTFALL_E_MISSING);
    assert_non_null(strstr(world.text, "\"people.csv\" has nobody that `where` selects"));
    world_end(&world);
}

static void rows_count_when_every_list_has_their_value(void **state)
{
    (void)state;
    static const char *const sources[] = {"child"}, *const categories[] = {"HVB", "SiS", "typo"};
    static const utfall_where counts[] = {{"source", {1, sources}}, {"category", {3, categories}}};
    struct world world;
    world_begin(&world);
    world.sources.counts = counts;
    world.sources.count_count = 2;
    people_and_costs(&world, "id,start\nA,2020-01\n",
                     "id,month,source,category,amount\nA,2020-01,child,HVB,1\n"
                     "A,2020-01,child,SiS,2\nA,2020-01,adult,SiS,4\nA,2020-01,child,other,8\n"
                     "A,2020-01,child,HVB,16\n");
    assert_world(&world, "A 2020-01: 1900 0 0\nsource 2 1200\nused 3 1900\n"
                         "warning :0:0+0 \"typo\" does not occur in the data "
                         "<evaluation.counts.category[2]>\n");
    world_end(&world);
}

static void several_cost_tables_add_up(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, "id,start\nA,2020-01\n", COSTS "A,2020-01,1\n");
    files_text(&world.files, "more.csv", "amount;id;month\n2,5;A;2020-02\n");
    world.costs[1] = table_of("more.csv", "costs", "target_group.costs[1]");
    world.costs[1].separator = ';';
    world.costs[1].decimal = ',';
    world.sources.costs.count = 2;
    assert_world(&world, "A 2020-01: 100 250 0\nused 2 350\n");
    assert_int_equal(world.data->input_count, 3);
    world_end(&world);
}

static void strangers_are_refused_or_counted_as_declared(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, PEOPLE, COSTS "A,2020-01,1\nX,2020-01,2\n");
    assert_world(&world, "error costs.csv:3:1+1 \"X\" is nobody in \"people.csv\" <costs.id> | "
                         "X,2020-01,2\n");
    world.costs[0].unknown = UTFALL_UNKNOWN_COUNT;
    assert_world(&world, "A 2020-01: 100 0 0\nB 2020-02: 0 0 0\nunknown 1 200\nused 1 100\n");
    world_end(&world);
}

static void rows_after_data_through_are_told_by_either_reading(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world.contract.data_through = utfall_month_of(2020, 1);
    people_and_costs(&world, PEOPLE, COSTS "A,2020-01,1\n");
    assert_world(&world, "A 2020-01: 100 0 0\nB 2020-02: 0 0 0\nused 1 100\n");
    people_and_costs(&world, PEOPLE, COSTS "A,2020-01,1\nA,2020-02,2\n");
    assert_world(&world, "A 2020-01: 100 200 0\nB 2020-02: 0 0 0\nused 2 300\n"
                         "warning costs.csv:3:0+0 1 row lies after data_through 2020-01: no cost "
                         "after it is settled <costs.month>\n");
    /* The first in quotation marks: read row by row, after the others of the chunk. */
    people_and_costs(&world, PEOPLE,
                     COSTS "A,2020-01,1\n\"A\",2020-02,2\nB,2020-02,2\nX,2020-03 ,1\n");
    world.costs[0].unknown = UTFALL_UNKNOWN_COUNT;
    assert_world(&world, "A 2020-01: 100 200 0\nB 2020-02: 200 0 0\nunknown 1 100\nused 3 500\n"
                         "warning costs.csv:3:0+0 3 rows lie after data_through 2020-01, the first "
                         "of them here: no cost after it is settled <costs.month>\n");
    world_end(&world);
}

static void drawn_cost_is_added_up_by_month(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, PEOPLE, COSTS "A,2020-01,1\n");
    files_text(&world.files, "drawn.csv",
               "month,category,amount\n2020-05,a,10\n2019-12,b,1\n2020-05,c,-2.5\n");
    world.sources.drawn = table_of("drawn.csv", "drawn", "financing.drawn");
    assert_int_equal(world_read(&world), UTFALL_OK);
    assert_int_equal(world.data->draw_count, 2);
    assert_int_equal(world.data->draw_months[0].ordinal, 2019 * 12 + 11);
    assert_int_equal(world.data->draws[0].minor, 100);
    assert_int_equal(world.data->draw_months[1].ordinal, 2020 * 12 + 4);
    assert_int_equal(world.data->draws[1].minor, 750);
    world_end(&world);
}

static void an_agreed_cost_has_every_group_and_month_once(void **state)
{
    (void)state;
    static const char *const labels[] = {"no", "yes"};
    struct world world;
    world_begin(&world);
    world.contract.group_count = 2;
    world.contract.group_labels = labels;
    world.sources.standard_cost =
        table_of("agreed.csv", "standard-cost", "comparison_group.standard_cost");
    people_and_costs(&world, PEOPLE, COSTS "A,2020-01,1\n");
    files_text(
        &world.files, "agreed.csv",
        "group,month,amount\nyes,1,1\nyes,2,2\nyes,3,3\nno,1,4\nno,2,5\nno,3,6.25\nno,4,7\n");
    assert_int_equal(world_read(&world), UTFALL_OK);
    assert_string_equal(utfall_rat_text(world.run, world.data->agreed[0]), "400");
    assert_string_equal(utfall_rat_text(world.run, world.data->agreed[2]), "625");
    assert_string_equal(utfall_rat_text(world.run, world.data->agreed[5]), "300");
    people_and_costs(&world, PEOPLE, COSTS "A,2020-01,1\n");
    files_text(&world.files, "agreed.csv",
               "group,month,amount\nyes,1,1\nyes,1,2\nmaybe,3,3\nno,0,4\nno,241,5\nno,3,-6\n");
    assert_world(
        &world, "error agreed.csv:3:5+1 \"1\" is a month that this group has a cost for already "
                "<standard-cost.month> (2: the first one is here) | yes,1,2\n"
                "error agreed.csv:4:1+5 \"maybe\" is not a group of this contract: expected one of "
                "\"no\", \"yes\" <standard-cost.group> | maybe,3,3\n"
                "error agreed.csv:5:4+1 \"0\" is not an intervention month: expected 1 to 240, "
                "counted from the start <standard-cost.month> | no,0,4\n"
                "error agreed.csv:6:4+3 \"241\" is not an intervention month: expected 1 to 240, "
                "counted from the start <standard-cost.month> | no,241,5\n"
                "error agreed.csv:7:6+2 \"-6\" is below zero, and a standard cost cannot be "
                "<standard-cost.amount> | no,3,-6\n");
    people_and_costs(&world, PEOPLE, COSTS "A,2020-01,1\n");
    files_text(&world.files, "agreed.csv", "group,month,amount\nyes,1,1\nyes,3,2\nno,1,0\n");
    assert_world(&world, "error :0:0+0 \"agreed.csv\" has no cost for group \"no\" in month 2 "
                         "<comparison_group.standard_cost.file>\n"
                         "error :0:0+0 \"agreed.csv\" has no cost for group \"yes\" in month 2 "
                         "<comparison_group.standard_cost.file>\n");
    world_end(&world);
}

/* ---- what is refused ---- */

static void an_id_of_two_rows_names_both_lines(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, "id,start\nA,2020-01\nB,2020-01\n\"A\",2020-02\n",
                     COSTS "A,2020-01,1\n");
    assert_world(&world, "error people.csv:4:1+3 \"A\" is the id of two rows <people.id> (2: the "
                         "first one is here) | \"A\",2020-02\n");
    world_end(&world);
}

/* Blank lines, cells over two lines and refused rows stand between people: each is found again in
 * the right line. */
static void the_first_of_two_rows_is_named_whatever_lies_between(void **state)
{
    (void)state;
    enum { PEOPLE_MAX = 60 };
    struct world world;
    world_begin(&world);
    char text[8192] = "id,start,note\n", wanted[16384] = "";
    size_t used = strlen(text), told = 0;
    unsigned line = 2, lines[PEOPLE_MAX];
    for (unsigned i = 0; i < PEOPLE_MAX; i++) {
        const bool is_blank = i % 7 == 3, is_long = i % 5 == 4;
        lines[i] = line += is_blank;
        used += (size_t)snprintf(text + used, sizeof text - used, "%sP%u,2020-01,%s\n",
                                 is_blank ? "\n" : "", i * 37 % 61, is_long ? "\"a\nb\"" : "c");
        line += is_long ? 2 : 1;
    }
    for (unsigned i = 0; i < PEOPLE_MAX; i += 13, line++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "P%u,2020-01,\n", i * 37 % 61);
        told +=
            (size_t)snprintf(wanted + told, sizeof wanted - told,
                             "error people.csv:%u:1+%u \"P%u\" is the id of two rows "
                             "<people.id> (%u: the first one is here) | P%u,2020-01,\n",
                             line, i * 37 % 61 < 10 ? 2U : 3U, i * 37 % 61, lines[i], i * 37 % 61);
    }
    people_and_costs(&world, text, COSTS "P0,2020-01,1\n");
    assert_world(&world, wanted);
    world_end(&world);
}

static void an_identity_number_is_refused_and_not_shown(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, "id,start\n20000105-2380,2020-01\nA,2020-01\n",
                     COSTS "A,2020-01,1\n0001052380,2020-01,2\n");
    world.costs[0].unknown = UTFALL_UNKNOWN_COUNT;
    assert_world(
        &world,
        "error people.csv:2:1+13 \"********-****\" is written as a personal identity number "
        "(personnummer), and a pseudonym is expected <people.id> | ********-****,2020-01\n"
        "error costs.csv:3:1+10 \"**********\" is written as a personal identity number "
        "(personnummer), and a pseudonym is expected <costs.id> | **********,2020-01,2\n");
    world_end(&world);
}

static void every_fault_of_every_table_is_told(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, "id,start\nA,2020-13\n,2020-01\n=A,2020-01\n\"B\n\",2020-01\nC\n",
                     COSTS "A,2020-01,1.234\nA,jan,2\nQ,2020-00,x\nA,2020-01\n");
    world.sources.drawn = table_of("absent.csv", "drawn", "financing.drawn");
    assert_world(
        &world,
        "error people.csv:2:3+7 \"2020-13\" is not a date that exists between 1900 and 2199 "
        "<people.start> | A,2020-13\n"
        "error people.csv:3:1+0 an empty cell is not an id <people.id> | ,2020-01\n"
        "error people.csv:4:1+2 \"=A\" is not an id: it begins as a formula <people.id> | "
        "=A,2020-01\n"
        "error people.csv:5:1+2 \"B \" is not an id: it goes over two lines <people.id> | \"B\n"
        "error people.csv:7:0+0 the row has 1 cell, the headings are 2 | C\n"
        "error costs.csv:2:11+5 \"1.234\" is not an amount: it has more than two decimals "
        "<costs.amount> | A,2020-01,1.234\n"
        "error costs.csv:3:3+3 \"jan\" is not a month: expected YYYY-MM, as in 2016-08 "
        "<costs.month> | A,jan,2\n"
        "error costs.csv:4:3+7 \"2020-00\" is not a month: months are 01 to 12, and years 1900 to "
        "2199 <costs.month> | Q,2020-00,x\n"
        "error costs.csv:4:11+1 \"x\" is not an amount: expected digits, and at most two more "
        "after "
        "\".\" <costs.amount> | Q,2020-00,x\n"
        "error costs.csv:5:0+0 the row has 2 cells, the headings are 3 | A,2020-01\n"
        "error :0:0+0 \"absent.csv\" does not exist <financing.drawn.file>\n");
    world_end(&world);
}

static void columns_count_code_points(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, "n,id,start\n\xC3\x85sa,A,2020-01\n",
                     "n,id,month,amount\n\xC3\x85\xC3\x84\xC3\x96,A,2020-01,1,\n"
                     "\"\xC3\x85\n\xC3\x84\",A,2020-01,-\n");
    assert_world(&world, "error costs.csv:2:0+0 the row has 5 cells, the headings are 4 | "
                         "\xC3\x85\xC3\x84\xC3\x96,A,2020-01,1,\n"
                         "error costs.csv:4:14+1 \"-\" is not an amount: a minus sign stands "
                         "without digits <costs.amount> | "
                         "\xC3\x84\",A,2020-01,-\n");
    world_end(&world);
}

static void headings_must_be_there_once(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, "id;start\nA;2020-01\n", "id,month,Amount,id\nA,2020-01,1,A\n");
    assert_world(
        &world,
        "error people.csv:1:0+0 no column has the heading \"id\", \"start\"; the headings are "
        "\"id;start\" <people.id> | id;start\n"
        "error costs.csv:1:17+2 \"id\" is the heading of two columns <costs.id> | "
        "id,month,Amount,id\n"
        "error costs.csv:1:0+0 no column has the heading \"amount\"; the headings are \"id\", "
        "\"month\", \"Amount\", \"id\" <costs.amount> | id,month,Amount,id\n");
    people_and_costs(&world, "sep=,\nid,start\nA,2020-01\n", "");
    assert_world(&world,
                 "error people.csv:1:0+0 the first line is a note to Excel, not headings | sep=,\n"
                 "error :0:0+0 \"costs.csv\" is empty: expected a line of headings "
                 "<target_group.costs[0].file>\n");
    world_end(&world);
}

static void tables_without_rows_are_nobody_or_no_cost(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, "id,start\n", COSTS);
    assert_world(&world, "error :0:0+0 \"people.csv\" has nobody in it <target_group.people.file>\n"
                         "warning :0:0+0 \"costs.csv\" has no rows: it adds no cost "
                         "<target_group.costs[0].file>\n");
    people_and_costs(&world, "id,start\nA,2020-01\n", COSTS);
    assert_world(&world, "A 2020-01: 0 0 0\n"
                         "warning :0:0+0 \"costs.csv\" has no rows: it adds no cost "
                         "<target_group.costs[0].file>\n");
    world_end(&world);
}

static void sums_that_leave_64_bits_are_refused_at_the_row(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    people_and_costs(&world, "id,start\nA,2020-01\n",
                     COSTS "A,2020-01,92233720368547758.07\nA,2020-01,0.01\n");
    assert_world(&world, "error costs.csv:3:11+4 \"0.01\" makes a sum of costs too large to be "
                         "counted <costs.amount> | A,2020-01,0.01\n");
    world_end(&world);
}

static void a_probe_tells_which_files_are_missing(void **state)
{
    (void)state;
    struct world world;
    size_t missing = 99;
    world_begin(&world);
    files_text(&world.files, "people.csv", PEOPLE);
    world.sources.drawn = table_of("drawn.csv", "drawn", "financing.drawn");
    world.run = utfall_run_new(NULL, NULL);
    assert_int_equal(utfall_sources_probe(world.run, &missing, &world.sources, world.files.folder),
                     UTFALL_OK);
    assert_int_equal(missing, 2);
    put_findings(&world);
    assert_string_equal(world.text, "warning costs.csv:0:0+0 the file does not exist "
                                    "<target_group.costs[0]>\n"
                                    "warning drawn.csv:0:0+0 the file does not exist "
                                    "<financing.drawn>\n");
    world_end(&world);
}

static void the_order_of_rows_and_people_does_not_matter(void **state)
{
    (void)state;
    struct world world;
    char first[sizeof world.text];
    world_begin(&world);
    people_and_costs(&world, "id,start\nA,2020-01\nB,2020-02\nC,2020-03\n",
                     COSTS "A,2020-01,1\nA,2020-02,2\nB,2020-02,4\nC,2020-05,8\nC,2020-06,16\n");
    assert_int_equal(world_read(&world), UTFALL_OK);
    memcpy(first, world.text, sizeof first);
    people_and_costs(&world, "id,start\nC,2020-03\nA,2020-01\nB,2020-02\n",
                     COSTS "C,2020-06,16\nA,2020-02,2\nC,2020-05,8\nB,2020-02,4\nA,2020-01,1\n");
    assert_world(&world, first);
    world_end(&world);
}

static void running_out_of_memory_is_told_wherever_it_happens(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_count_children(&world);
    world.sources.drawn = table_of("drawn.csv", "drawn", "financing.drawn");
    people_and_costs(&world, PEOPLE,
                     "id,month,source,amount\nA,2020-01,child,\"1\"\nB,2020-03,x,1\n");
    files_text(&world.files, "drawn.csv", "month,amount\n2020-01,1\n");
    assert_fails_without_memory(&world);
    people_and_costs(&world, "id,start\n0001052380,x\nA,2020-01\nA,2020\nB\n",
                     "id,month,sorce,amount\n");
    files_text(&world.files, "drawn.csv", "month,amount\n2020-01,=\n2020-01\n");
    assert_fails_without_memory(&world);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costs_are_folded_by_person_and_month),
        cmocka_unit_test(the_dialect_does_not_change_the_result),
        cmocka_unit_test(headings_of_the_file_are_mapped),
        cmocka_unit_test(attributes_are_read_by_kind),
        cmocka_unit_test(people_outside_where_are_known_and_not_selected),
        cmocka_unit_test(rows_count_when_every_list_has_their_value),
        cmocka_unit_test(several_cost_tables_add_up),
        cmocka_unit_test(strangers_are_refused_or_counted_as_declared),
        cmocka_unit_test(rows_after_data_through_are_told_by_either_reading),
        cmocka_unit_test(drawn_cost_is_added_up_by_month),
        cmocka_unit_test(an_agreed_cost_has_every_group_and_month_once),
        cmocka_unit_test(an_id_of_two_rows_names_both_lines),
        cmocka_unit_test(the_first_of_two_rows_is_named_whatever_lies_between),
        cmocka_unit_test(an_identity_number_is_refused_and_not_shown),
        cmocka_unit_test(every_fault_of_every_table_is_told),
        cmocka_unit_test(columns_count_code_points),
        cmocka_unit_test(headings_must_be_there_once),
        cmocka_unit_test(tables_without_rows_are_nobody_or_no_cost),
        cmocka_unit_test(sums_that_leave_64_bits_are_refused_at_the_row),
        cmocka_unit_test(a_probe_tells_which_files_are_missing),
        cmocka_unit_test(the_order_of_rows_and_people_does_not_matter),
        cmocka_unit_test(running_out_of_memory_is_told_wherever_it_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
