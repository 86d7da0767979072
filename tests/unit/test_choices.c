/* Values of an axis as they can be written: lists, ranges, units. */
#include "unit/contract_text.h"
#include "utfall/whatif.h"

static utfall_document *parsed(utfall_run *run)
{
    utfall_document *document = NULL;
    assert_int_equal(utfall_document_parse(run, &document, "c.yaml", sound, strlen(sound)),
                     UTFALL_OK);
    return document;
}

/* The values that `text` gives, joined by "|"; or the message of the refusal. */
static void assert_values(const char *text, const char *expected)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_axis axis = {.label = NULL};
    const char *found = "";
    if (utfall_axis_parse(run, &axis, parsed(run), text, "--set") == UTFALL_OK)
        for (size_t i = 0; i < axis.count; i++)
            found = utfall_run_join(run, found, i > 0 ? "|" : "", axis.choices[i].settings[0].text,
                                    (const char *)NULL);
    else
        found = utfall_run_finding(run, 0)->message;
    assert_string_equal(found, expected);
    utfall_run_free(run);
}

static void commas_separate_outside_brackets_and_quotes(void **state)
{
    (void)state;
    assert_values("a.b=[16, 18],[18]", "[16, 18]|[18]");
    assert_values("a.b={x: [1, 2]}, \"a, b\",'c, d'", "{x: [1, 2]}|\"a, b\"|'c, d'");
    assert_values("a.b=1,,2", "\"a.b=1,,2\" has an empty value between commas");
    assert_values("a.b", "\"a.b\" is not PATH=VALUES");
    assert_values("=1", "\"=1\" is not PATH=VALUES");
    assert_values("a.b= ", "\"a.b= \" is not PATH=VALUES");
}

static void ranges_are_counted_out(void **state)
{
    (void)state;
    assert_values("a.b=1..4", "1|2|3|4");
    assert_values("a.b=1..4:2", "1|3");
    assert_values("a.b=-1..1", "-1|0|1");
    assert_values("a.b=5%..6%:0.25%", "5.00%|5.25%|5.50%|5.75%|6.00%");
    assert_values("a.b=0.1..0.3:0.1", "0.1|0.2|0.3");
    assert_values("a.b=1 000 SEK..3 000 SEK:1 000 SEK", "1000 SEK|2000 SEK|3000 SEK");
    assert_values("a.b=1..2,7", "1|2|7");
    const char *const wrong[] = {"4..1",      "1..x",     "1..2:0", "1..2:-1",
                                 "1%..2 SEK", "1..2:3:4", "1..2..3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_axis axis = {.label = NULL};
        const char *text = utfall_run_join(run, "a.b=", wrong[i], (const char *)NULL);
        assert_int_equal(utfall_axis_parse(run, &axis, parsed(run), text, "--set"),
                         UTFALL_E_SYNTAX);
        assert_null(axis.label);
        utfall_run_free(run);
    }
    assert_values("a.b=0..1:0.000001", "\"0..1:0.000001\" is a range of more than 100 000 values");
}

static void numbers_take_the_unit_of_the_last_or_of_the_place(void **state)
{
    (void)state;
    assert_values("evaluation.window=6,12", "6 months|12 months");
    assert_values("evaluation.window=6..8", "6 months|7 months|8 months");
    assert_values("evaluation.window=6,12 mon", "6 mon|12 mon");
    assert_values("financing.commitment=5 000,6 000", "5 000 SEK|6 000 SEK");
    assert_values("waterfall[0].share=0.4,1/2", "0.4|1/2");
    assert_values("waterfall[0].share=30,40%", "30%|40%");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_separate_outside_brackets_and_quotes),
        cmocka_unit_test(ranges_are_counted_out),
        cmocka_unit_test(numbers_take_the_unit_of_the_last_or_of_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
