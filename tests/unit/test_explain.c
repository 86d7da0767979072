/* Explanations: families by pattern, keys that are near, formulas on two lines. */
#include "unit/reported.h"
#include "reports/explain.h"

static void every_pattern_names_its_keys(void **state)
{
    (void)state;
    assert_true(utfall_explain_knows("saving.total"));
    assert_true(utfall_explain_knows("standard_cost.<18/no.12"));
    assert_true(utfall_explain_knows("actual.accumulated.2019-03"));
    assert_false(utfall_explain_knows("actual.accumulated.2019-3"));
    assert_false(utfall_explain_knows("actual.month.x"));
    assert_false(utfall_explain_knows("actual.month."));
    assert_false(utfall_explain_knows(""));
}

static void wildcards_are_taken_out_of_the_key(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *captured[UTFALL__CAPTURES_MAX];
    assert_non_null(utfall__family_find(run, captured, "standard_cost.16-17/a.b/yes.12"));
    assert_string_equal(captured[0], "16-17/a.b/yes");
    assert_string_equal(captured[1], "12");
    assert_string_equal(captured[2], "");
    assert_non_null(utfall__family_find(run, captured, "due.city.lsv"));
    assert_string_equal(captured[0], "city");
    assert_string_equal(captured[1], "lsv");
    utfall_run_free(run);
}

static void each_family_says_the_same_in_both_languages(void **state)
{
    (void)state;
    for (const utfall__family *f = utfall__families; f->pattern != NULL; f++) {
        assert_true(f->what.sv[0] != '\0' && f->what.en[0] != '\0');
        for (const char *hole = "012"; *hole != '\0'; hole++) {
            const char pattern[] = {'{', *hole, '}', '\0'};
            assert_int_equal(strstr(f->what.sv, pattern) != NULL,
                             strstr(f->what.en, pattern) != NULL);
        }
    }
}

static void a_misspelt_key_finds_the_one_meant(void **state)
{
    (void)state;
    const utfall_fact facts[] = {{.key = "actual.total"},
                                 {.key = "due.city.lsv"},
                                 {.key = "saving.paid"},
                                 {.key = "saving.total"}};
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_string_equal(utfall__keys_near(run, facts, 4, "saving.totl"),
                        "\"saving.total\" or \"saving.paid\"");
    assert_string_equal(utfall__keys_near(run, facts, 4, "due"), "\"due.city.lsv\"");
    assert_null(utfall__keys_near(run, facts, 4, "temperature"));
    assert_null(utfall__keys_near(run, facts, 4, ""));
    char wide[4000];
    memset(wide, 'a', sizeof wide - 1);
    wide[sizeof wide - 1] = '\0';
    assert_null(utfall__keys_near(run, facts, 4, wide));
    utfall_run_free(run);
}

/* What a formula adds to a sheet. */
static utfall__explanation begun(utfall_run *run, utfall__sheet *sheet,
                                 const utfall_settlement *settlement)
{
    utfall__sheet_start(sheet, run);
    return (utfall__explanation){
        .run = run, .sheet = sheet, .settlement = settlement, .language = UTFALL_EN};
}

static void a_formula_is_shown_rounded_and_exactly(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract draft = hand_draft(run);
    const utfall_settlement settlement = {.contract = contract_of(run, &draft)};
    utfall__sheet sheet;
    utfall__explanation e = begun(run, &sheet, &settlement);
    utfall__formula f;
    utfall__formula_start(&f, &e);
    utfall__formula_value(&f, rat(run, "100/3"), UTFALL__MONEY);
    utfall__formula_sign(&f, " - ");
    utfall__formula_value(&f, rat(run, "-5"), UTFALL__MONEY);
    utfall__formula_equals(&f, rat(run, "115/3"), UTFALL__MONEY);
    assert_int_equal(sheet.count, 2);
    assert_string_equal(sheet.blocks[0].text, "0.33 − (−0.05) ≈ SEK\xC2\xA0"
                                              "0.38");
    assert_string_equal(sheet.blocks[1].text, "exact: 100/3 - (-5) = 115/3");
    utfall__formula_start(&f, &e);
    utfall__formula_count(&f, 7);
    utfall__formula_sign(&f, " / ");
    utfall__formula_value(&f, rat(run, "1/2"), UTFALL__NUMBER);
    utfall__formula_equals(&f, rat(run, "14"), UTFALL__NUMBER);
    assert_int_equal(sheet.count, 3); /* whole numbers are their own exact form */
    assert_string_equal(sheet.blocks[2].text, "7 / (1/2) = 14");
    utfall_run_free(run);
}

static void a_number_that_failed_leaves_no_formula(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract draft = hand_draft(run);
    const utfall_settlement settlement = {.contract = contract_of(run, &draft)};
    utfall__sheet sheet;
    utfall__explanation e = begun(run, &sheet, &settlement);
    utfall__formula f;
    utfall__formula_start(&f, &e);
    utfall__formula_value(&f, NULL, UTFALL__MONEY);
    utfall__formula_equals(&f, rat(run, "1"), UTFALL__MONEY);
    assert_int_not_equal(utfall__sheet_status(&sheet), UTFALL_OK);
    utfall_run_free(run);
}

static const char *explained(utfall_run *run, const utfall_settlement *settlement, const char *key,
                             utfall_language language)
{
    const utfall_report_frame frame = {.language = language, .columns = 200};
    const char *text = NULL;
    size_t len;
    assert_ok(run,
              utfall_explain_text(run, &text, &len, settlement, NULL, &frame, "made.yaml", key));
    return text;
}

static void values_of_a_price_index_are_decimals_and_exact(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_settlement *s = priced_settlement(run);
    const char *sv = explained(run, s, "price_index.2016-01", UTFALL_SV);
    const char *en = explained(run, s, "price_index.2016-01", UTFALL_EN);
    assert_says(sv, " 100,0025\n");
    assert_says(sv, " 40001/400\n");
    assert_says(en, " 100.0025\n");
    assert_says(en, "Exact ");
    assert_silent(explained(run, hand_settlement(run), "window.months", UTFALL_EN), "Exact ");
    utfall_run_free(run);
}

static void terms_of_a_price_index_are_shown_where_it_is_used(void **state)
{
    (void)state;
    static const char *const keys[] = {"expected.total", "expected.month.1", "saving.paid",
                                       "expected.accumulated.2016-02", "below.month.1"};
    static const char path[] = "comparison_group.price_index";
    utfall_run *run = utfall_run_new(NULL, NULL);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_silent(explained(run, hand_settlement(run), keys[i], UTFALL_EN), path);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strchr(keys[i], '-') == NULL)
            assert_says(explained(run, priced_settlement(run), keys[i], UTFALL_EN), path);
    assert_silent(explained(run, priced_settlement(run), "actual.total", UTFALL_EN), path);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pattern_names_its_keys),
        cmocka_unit_test(wildcards_are_taken_out_of_the_key),
        cmocka_unit_test(each_family_says_the_same_in_both_languages),
        cmocka_unit_test(a_misspelt_key_finds_the_one_meant),
        cmocka_unit_test(a_formula_is_shown_rounded_and_exactly),
        cmocka_unit_test(a_number_that_failed_leaves_no_formula),
        cmocka_unit_test(values_of_a_price_index_are_decimals_and_exact),
        cmocka_unit_test(terms_of_a_price_index_are_shown_where_it_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
