/* The payment curve as text. */
#include "unit/reported.h"

#define NB "\xc2\xa0"

static const char *curve_of(utfall_run *run, const utfall_contract *contract,
                            utfall_language language)
{
    const utfall_curve *open = NULL, *closed = NULL;
    const char *text = NULL;
    size_t left_out = 0, len = 0;
    assert_ok(run, utfall_curve_compute(run, &open, contract, NULL, true, &left_out));
    assert_ok(run, utfall_curve_compute(run, &closed, contract, NULL, false, NULL));
    assert_ok(run, utfall_curve_text(run, &text, &len, contract, open, closed, left_out, language));
    assert_int_equal(strlen(text), len);
    return text;
}

static void norrkoping_reads_as_agreed(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract draft = hand_draft(run);
    const utfall_contract *contract = contract_of(run, &draft);
    const char *en = curve_of(run, contract, UTFALL_EN);
    assert_says(en, "No data are used. The project cost is taken to be SEK" NB "10,000,000.00.");
    assert_says(en, "60 öre of each further krona go to Investor");
    assert_says(en, "10,000,000.00  10,000,000.00  each further krona goes to Investor");
    assert_says(en, "12,000,000.00  12,000,000.00  the payment stands still");
    assert_says(en, "At least SEK" NB "4,000,000.00 and at most SEK" NB "12,000,000.00.");
    assert_says(en, "When no condition is reached");
    assert_says(en, "At least SEK" NB "0.00 and at most SEK" NB "6,000,000.00.");
    const char *sv = curve_of(run, contract, UTFALL_SV);
    assert_says(sv, "60 öre av varje ytterligare krona går till");
    assert_says(sv,
                "Minst 4" NB "000" NB "000,00" NB "kr och mest 12" NB "000" NB "000,00" NB "kr.");
    assert_silent(sv, "the ");
    utfall_run_free(run);
}

static void a_contract_without_conditions_has_one_table(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = hand_draft(run);
    utfall_step step = slice_step(run, "outcome", "1/3", amount(run, "0"), drawn_times(run, "1"));
    draft.steps = &step;
    draft.step_count = 1;
    const char *text = curve_of(run, contract_of(run, &draft), UTFALL_EN);
    assert_says(text, "Table 1. Whatever the saving");
    assert_silent(text, "Table 2");
    assert_says(text, "1/3 of each further krona goes to Investor");
    utfall_run_free(run);
}

static void an_unbounded_payment_is_told(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = hand_draft(run);
    utfall_step step = share_step(run, "outcome", "1/2", UTFALL_MEASURE_SAVING);
    draft.steps = &step;
    draft.step_count = 1;
    const char *text = curve_of(run, contract_of(run, &draft), UTFALL_EN);
    assert_says(text, "50 öre of each further krona go to Investor");
    assert_says(text, "The payment has no limit, neither downward nor upward.");
    utfall_run_free(run);
}

static void a_jump_is_told(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = hand_draft(run);
    const utfall_table_row rows[] = {{rat(run, "0"), amount(run, "500")}};
    utfall_step step = {.id = "bonus",
                        .clause = "",
                        .from = CITY,
                        .to = LSV,
                        .form = UTFALL_FORM_TABLE,
                        .of = {.kind = UTFALL_MEASURE_SAVING},
                        .edge = UTFALL_EDGE_GT,
                        .row_count = 1,
                        .rows = rows};
    draft.steps = &step;
    draft.step_count = 1;
    const char *text = curve_of(run, contract_of(run, &draft), UTFALL_EN);
    assert_says(text, "the payment stands still; just above, the payment jumps");
    utfall_run_free(run);
}

static void steps_on_counts_are_left_out_aloud(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_settlement *s = forms_settlement(run);
    const char *text = curve_of(run, s->contract, UTFALL_EN);
    assert_says(text, "3 steps depend on other things than the saving and are left out.");
    utfall_run_free(run);
}

static void other_currencies_have_no_ore(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = noted(hand_draft(run), HOSTILE, HOSTILE);
    draft.currency = "EUR";
    const char *text = curve_of(run, contract_of(run, &draft), UTFALL_SV);
    assert_says(text, "60" NB "% av varje ytterligare EUR går till");
    assert_silent(text, "krona");
    assert_clean(text);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norrkoping_reads_as_agreed),
        cmocka_unit_test(a_contract_without_conditions_has_one_table),
        cmocka_unit_test(an_unbounded_payment_is_told),
        cmocka_unit_test(a_jump_is_told),
        cmocka_unit_test(steps_on_counts_are_left_out_aloud),
        cmocka_unit_test(other_currencies_have_no_ore),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
