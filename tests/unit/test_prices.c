/* The table of a price index: months, years, and every fault at its place. */
#define _POSIX_C_SOURCE 200809L
#include "files.h"
#include "contracts/tables.h"

struct prices {
    struct files files;
    utfall_run *run;
    const utfall_price_index *index;
    utfall_input input;
    char found[4096]; /* what was reported, a line each */
};

static void prices_begin(struct prices *p)
{
    memset(p, 0, sizeof *p);
    files_begin(&p->files);
}

static void prices_end(struct prices *p)
{
    utfall_run_free(p->run);
    files_end(&p->files);
}

static utfall_status prices_read(struct prices *p, const char *rows)
{
    static const utfall_contract contract = {.window_months = 1};
    const utfall_table table = {.file = "index.csv",
                                .role = "price-index",
                                .path = "comparison_group.price_index",
                                .separator = ',',
                                .decimal = '.'};
    utfall_feed feed;
    size_t len = 0;
    utfall_run_free(p->run);
    p->run = utfall_run_new(NULL, NULL);
    p->index = NULL;
    p->found[0] = '\0';
    p->files.count = 0;
    files_text(&p->files, "index.csv", rows);
    utfall_feed_begin(&feed, p->run, &contract, &table);
    const utfall_status status =
        utfall_price_index_read(&feed, p->files.folder, &p->index, &p->input);
    const utfall_finding *f;
    for (size_t i = 0; (f = utfall_run_finding(p->run, i)) != NULL; i++)
        len += (size_t)snprintf(p->found + len, sizeof p->found - len, "%u:%u %s (%u)\n",
                                f->at.line, f->at.column, f->message, f->also.line);
    assert_int_equal(status == UTFALL_OK, p->index != NULL);
    assert_int_equal(status == UTFALL_OK, len == 0);
    return status;
}

static const char *value_of(const struct prices *p, int year, int month)
{
    return utfall_rat_text(p->run, utfall_price_value(p->index, utfall_month_of(year, month)));
}

/* RULE: PRICE-1 */
static void values_stand_by_month_and_by_year(void **state)
{
    (void)state;
    struct prices p;
    prices_begin(&p);
    assert_int_equal(prices_read(&p, "value,month\n101.5,2019-11\n100,2018\n102,2020-01\n"),
                     UTFALL_OK);
    assert_int_equal(p.index->first.ordinal, utfall_month_of(2018, 1).ordinal);
    assert_int_equal(p.index->count, 25);
    assert_null(value_of(&p, 2017, 12));
    for (int month = 1; month <= 12; month++)
        assert_string_equal(value_of(&p, 2018, month), "100");
    assert_null(value_of(&p, 2019, 1));
    assert_string_equal(value_of(&p, 2019, 11), "203/2");
    assert_null(value_of(&p, 2019, 12));
    assert_string_equal(value_of(&p, 2020, 1), "102");
    assert_null(value_of(&p, 2020, 2));
    assert_int_equal(p.input.rows, 3);
    assert_string_equal(p.input.role, "price-index");
    assert_int_equal(prices_read(&p, "month,value\n"), UTFALL_OK);
    assert_int_equal(p.index->count, 0);
    prices_end(&p);
}

/* RULE: PRICE-1 */
static void a_month_has_one_value(void **state)
{
    (void)state;
    struct prices p;
    prices_begin(&p);
    assert_int_equal(prices_read(&p, "month,value\n2020-01,100\n2020-13,101\n2020-02,0\n"
                                     "2020-01,102\n2020,103\n2021,104\n2021-05,105\n"),
                     UTFALL_E_RANGE);
    assert_string_equal(
        p.found,
        "3:1 \"2020-13\" is not a month: months are 01 to 12, and years 1900 to 2199 (0)\n"
        "4:9 \"0\" is not an index value: expected a number above 0, at most 1000000, with at most "
        "six decimals (0)\n"
        "5:1 \"2020-01\" is a month that has a value already (2)\n"
        "6:1 \"2020\" is a year in which a month has a value already (2)\n"
        "8:1 \"2021-05\" is a month that has a value already (7)\n");
    prices_end(&p);
}

static void a_table_longer_than_all_months_is_not_read_on(void **state)
{
    (void)state;
    static char rows[3603 * 16];
    struct prices p;
    prices_begin(&p);
    size_t len = (size_t)snprintf(rows, sizeof rows, "month,value\n");
    for (int i = 0; i < 3600; i++)
        len += (size_t)snprintf(rows + len, sizeof rows - len, "%04d-%02d,1\n", 1900 + i / 12,
                                i % 12 + 1);
    assert_int_equal(prices_read(&p, rows), UTFALL_OK);
    assert_int_equal(p.index->count, 3600);
    (void)snprintf(rows + len, sizeof rows - len, "1900-01,1\nnever looked at,\n");
    assert_int_equal(prices_read(&p, rows), UTFALL_E_CONFLICT);
    assert_string_equal(p.found,
                        "3602:1 \"1900-01\" is a month that has a value already (2)\n"
                        "0:0 \"index.csv\" has more than 3600 rows, one for each month of 1900 to "
                        "2199 (0)\n");
    prices_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stand_by_month_and_by_year),
        cmocka_unit_test(a_month_has_one_value),
        cmocka_unit_test(a_table_longer_than_all_months_is_not_read_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
