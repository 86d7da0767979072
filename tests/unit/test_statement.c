/* The statement as text: what it says, how wide it is, and what never gets into it. */
#include "unit/allocator.h"
#include "unit/reported.h"
#include "reports/text.h"

#define NB "\xc2\xa0"

static const char *text_of(utfall_run *run, const utfall_settlement *settlement,
                           utfall_language language, uint32_t columns)
{
    static const utfall_input inputs[] = {
        {"contract.yaml", "contract", 100, 0, {0xab, 0xcd}},
        {"data/costs-of-the-target-group-with-a-long-name.csv", "costs", 200, 1595, {1}},
        {"data/other.csv", "something new", 200, 2, {2}}};
    const utfall_report_frame frame = {
        .language = language,
        .ledger_name = "made.ledger.xml",
        .ledger_digest = "b66eea40041da915031e21bf2009c8a3f0e5c7a0f37af6a43c619b86caa7e108",
        .input_count = 3,
        .inputs = inputs,
        .columns = columns};
    const char *text = NULL;
    size_t len = 0;
    assert_ok(run, utfall_statement_text(run, &text, &len, settlement, &frame));
    assert_int_equal(strlen(text), len);
    return text;
}

static size_t widest_line(const char *text)
{
    size_t widest = 0;
    while (*text != '\0') {
        const size_t len = strcspn(text, "\n"), wide = utfall__text_columns(text, len);
        widest = wide > widest ? wide : widest;
        text += len + (text[len] == '\n');
    }
    return widest;
}

static void it_tells_the_example_in_sentences(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_settlement *s = hand_settlement(run);
    const char *en = text_of(run, s, UTFALL_EN, 200), *sv = text_of(run, s, UTFALL_SV, 200);
    assert_says(en, "City is to pay SEK\xc2\xa0"
                    "0.40 to Investor");
    assert_says(en, "higher than the expected cost");
    assert_says(en, "a historic comparison group of 4 people (step 4 of 5");
    assert_says(en, "everybody has been followed for the whole period");
    assert_says(sv, "City ska betala 0,40\xc2\xa0kr till Investor");
    assert_says(sv, "jämförelsegrupp om 4 personer (steg 4 av 5");
    assert_says(sv, "utfallen ”delivered” och ”school” är uppgivna");
    utfall_run_free(run);
}

static void a_price_index_is_told(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_settlement *s = priced_settlement(run);
    const char *en = text_of(run, s, UTFALL_EN, 200), *sv = text_of(run, s, UTFALL_SV, 200);
    assert_says(en, ": standard costs at the prices of January" NB "2016, carried to each month");
    assert_says(en, "an earlier group, carried to later prices by a price index");
    assert_says(sv,
                ": schablonkostnader i prisläget januari" NB "2016, omräknade till varje månad");
    assert_says(sv, "omräknade med prisindex till var och ens egna månader");
    assert_says(sv, "en tidigare grupp och är omräknad med prisindex");
    assert_says(en, "were carried by a price index (Made for a test");
    assert_says(en, "comparison_group.price_index.use=true,false");
    assert_says(sv, "är omräknade med prisindex (Made for a test");
    assert_says(sv, "comparison_group.price_index.use=true,false");
    assert_silent(en, "appendix 4"); /* a text has none */
    assert_null(strstr(en, "\x1b"));
    utfall_run_free(run);
}

static void a_price_index_that_is_not_used_is_told(void **state)
{
    (void)state;
    static const utfall_term terms[] = {
        {.path = "comparison_group.price_index.file", .value = "index.csv"},
        {.path = "comparison_group.price_index.use", .value = "false"},
        {.path = "comparison_group.price_index.clause", .value = "section 3"}};
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = hand_draft(run);
    draft.terms = terms;
    draft.term_count = sizeof terms / sizeof terms[0];
    const utfall_settlement *s = hand_settlement_of(run, &draft);
    const char *en = text_of(run, s, UTFALL_EN, 200), *sv = text_of(run, s, UTFALL_SV, 200);
    assert_says(en, "A price index is agreed, but not used in this settlement");
    assert_says(en, "  agreed, not used in this settlement  ");
    assert_says(sv, "Ett prisindex är avtalat men används inte i denna avräkning");
    assert_silent(en, "price_index.use=");
    assert_silent(text_of(run, hand_settlement(run), UTFALL_EN, 200), "rice index");
    utfall_run_free(run);
}

/* The hand-made statement with other numbers of people in its two groups. */
static const char *peopled(utfall_run *run, const uint64_t *target, const uint64_t *comparison,
                           utfall_language language)
{
    utfall_settlement settlement = *hand_settlement(run);
    utfall_sums sums = *settlement.sums;
    sums.target.persons = target;
    sums.comparison.persons = comparison;
    settlement.sums = &sums;
    return text_of(run, &settlement, language, 400);
}

static void groups_of_few_people_are_named(void **state)
{
    (void)state;
    static const uint64_t many[] = {5, 5}, first[] = {1, 5}, second[] = {5, 4}, none[] = {0, 5};
    static const char few[] = "Where there are fewer than 5 people (";
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_silent(peopled(run, many, many, UTFALL_EN), few);
    assert_silent(peopled(run, none, none, UTFALL_EN), few);
    assert_says(peopled(run, first, many, UTFALL_EN), "5 people (“not placed”), what");
    assert_says(peopled(run, many, second, UTFALL_EN), "5 people (“placed”), what");
    assert_says(peopled(run, second, first, UTFALL_EN),
                "5 people (“not placed” and “placed”), what");
    assert_says(peopled(run, second, first, UTFALL_SV),
                "5 personer (”ej placed” och ”placed”) kan");
    utfall_run_free(run);
}

static void each_step_can_be_done_by_hand(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *text = text_of(run, hand_settlement(run), UTFALL_EN, 200);
    assert_says(text, "40% × SEK\xc2\xa0"
                      "1.00 = SEK\xc2\xa0"
                      "0.40");
    assert_says(text, "Rule: 60% of the saving between SEK\xc2\xa0"
                      "0 and the project cost.");
    assert_says(text, "60% × SEK\xc2\xa0"
                      "0.00 = SEK\xc2\xa0"
                      "0.00");
    utfall_run_free(run);
}

static void every_form_of_step_is_explained(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *text = text_of(run, forms_settlement(run), UTFALL_EN, 250);
    assert_says(text, "1/3 × SEK\xc2\xa0"
                      "1.00 ≈ SEK\xc2\xa0"
                      "0.33");
    assert_says(text, "The residue, 1/3 minor units exactly, is borne by City.");
    assert_says(text, "It came to 50, but at most 40 are paid.");
    assert_says(text, "40 × SEK\xc2\xa0"
                      "1,000.00 = SEK\xc2\xa0"
                      "40,000.00");
    assert_says(text, "This reaches row 1 of the table (10)");
    assert_says(text, "between row 1 of the table (10) and row 2 (20)");
    assert_says(text, "gives SEK\xc2\xa0"
                      "2,800.00");
    assert_says(text, "The cap of the step, SEK\xc2\xa0"
                      "2,000, limits it to SEK\xc2\xa0"
                      "2,000.00.");
    assert_says(text, "The condition has not been reached, so the rule gives nothing.");
    assert_silent(text, "0.09, raises");
    assert_says(text, "The floor of the step, SEK\xc2\xa0"
                      "0.07, raises it to SEK\xc2\xa0"
                      "0.07.");
    utfall_run_free(run);
}

static void rounded_amounts_are_marked(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *text = text_of(run, hand_settlement(run), UTFALL_EN, 80);
    assert_says(text, "≈" NB "5.96"); /* 1787/3 öre */
    assert_says(text, "≈" NB "−1.84");
    assert_says(text, "7.80"); /* 780 öre, exact */
    assert_silent(text, "≈" NB "7.80");
    utfall_run_free(run);
}

static void the_note_stands_at_the_top_and_at_the_result(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract draft = noted(hand_draft(run), "T", "Synthetic data: invented.");
    const char *text = text_of(run, hand_settlement_of(run, &draft), UTFALL_EN, 80);
    assert_int_equal(times(text, "*** Synthetic data: invented."), 2);
    assert_true(strstr(text, "Synthetic") < strstr(text, "Summary"));
    assert_true(strstr(strstr(text, "Result and who"), "Synthetic") != NULL);
    utfall_run_free(run);
}

static void no_line_is_wider_than_asked(void **state)
{
    (void)state;
    static const uint32_t widths[] = {40, 41, 57, 60, 72, 80, 100, 132};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const utfall_settlement *s = large_settlement(run, 5, 36);
        assert_in_range(widest_line(text_of(run, s, UTFALL_SV, widths[i])), 1, widths[i]);
        assert_in_range(widest_line(text_of(run, s, UTFALL_EN, widths[i])), 1, widths[i]);
        assert_in_range(widest_line(text_of(run, forms_settlement(run), UTFALL_SV, widths[i])), 1,
                        widths[i]);
        utfall_run_free(run);
    }
}

static void no_line_ends_in_a_space_and_width_0_is_80(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *text = text_of(run, hand_settlement(run), UTFALL_SV, 0);
    assert_null(strstr(text, " \n"));
    assert_null(strstr(text, "\n\n\n"));
    assert_string_equal(text, text_of(run, hand_settlement(run), UTFALL_SV, 80));
    assert_string_equal(text_of(run, hand_settlement(run), UTFALL_SV, 3),
                        text_of(run, hand_settlement(run), UTFALL_SV, 40));
    utfall_run_free(run);
}

static void swedish_has_no_english_and_english_no_swedish(void **state)
{
    (void)state;
    static const char *const english[] = {"The ", " the ", "cost", "months", "Total", "people"};
    static const char *const swedish[] = {"ä", "ö", "å", "kostnad", "Resultat "};
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *sv = text_of(run, forms_settlement(run), UTFALL_SV, 80);
    for (size_t i = 0; i < sizeof english / sizeof english[0]; i++)
        if (strcmp(english[i], "cost") != 0) /* a file name has it */
            assert_silent(sv, english[i]);
    const char *en = text_of(run, forms_settlement(run), UTFALL_EN, 80);
    for (size_t i = 0; i < sizeof swedish / sizeof swedish[0]; i++)
        assert_silent(en, swedish[i]);
    utfall_run_free(run);
}

static void a_hostile_contract_cannot_reach_the_terminal(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = noted(hand_draft(run), HOSTILE, HOSTILE);
    draft.source = HOSTILE;
    utfall_party parties[3];
    memcpy(parties, draft.parties, sizeof parties);
    parties[LSV].name = parties[CITY].name = HOSTILE;
    draft.parties = parties;
    const utfall_settlement *s = hand_settlement_of(run, &draft);
    assert_clean(text_of(run, s, UTFALL_SV, 80));
    assert_clean(text_of(run, s, UTFALL_EN, 40));
    assert_says(text_of(run, s, UTFALL_EN, 200), "next");
    utfall_run_free(run);
}

static void a_window_that_is_not_over_is_told(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_TO_DATE);
    const utfall_case data = hand_case(run);
    const utfall_settlement *s =
        settlement_of(run, contract, &data, utfall_month_of(2016, 3)); /* one of three over */
    assert_says(text_of(run, s, UTFALL_EN, 300),
                "1 of 3 have been followed for the whole period, so the outcome may still change");
    utfall_run_free(run);
}

static void without_a_demand_an_outcome_is_neither_reached_nor_not(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = hand_draft(run);
    utfall_outcome outcomes[2] = {draft.outcomes[0], draft.outcomes[1]};
    outcomes[1].threshold = NULL;
    outcomes[1].source = "told";
    draft.outcomes = outcomes;
    draft.step_count = 2; /* without the step that asks for it */
    const utfall_settlement *s = hand_settlement_of(run, &draft);
    assert_says(text_of(run, s, UTFALL_EN, 200), "no demand   -        told");
    assert_says(text_of(run, s, UTFALL_SV, 200), "inget krav   -        told");
    utfall_run_free(run);
}

static void more_drawn_than_promised_is_told(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = hand_draft(run);
    assert_null(strstr(text_of(run, hand_settlement_of(run, &draft), UTFALL_EN, 200),
                       "more than the commitment"));
    draft.commitment.minor = 1;
    const utfall_settlement *s = hand_settlement_of(run, &draft);
    assert_says(text_of(run, s, UTFALL_EN, 200), "more than the commitment");
    assert_says(text_of(run, s, UTFALL_SV, 200), "mer än åtagandet");
    utfall_run_free(run);
}

static void a_longer_window_than_is_paid_is_told(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = hand_draft(run);
    draft.payment_months = 2;
    const char *text = text_of(run, hand_settlement_of(run, &draft), UTFALL_EN, 300);
    /* expected 210 + 220, actual 160 + 220: 50 öre of 430 saved */
    assert_says(text, "Payment looks at the first 2 months only; there the cost was SEK\xc2\xa0"
                      "1 (11.6%) lower than expected.");
    assert_says(text, "of which the first 2, which payment looks at");
    utfall_run_free(run);
}

static void without_people_to_compare_with_it_says_agreed(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = hand_draft(run);
    draft.design = UTFALL_DESIGN_AGREED;
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = hand_case(run);
    const utfall_rat *agreed[6];
    for (size_t i = 0; i < 6; i++)
        agreed[i] = rat(run, "100");
    data.agreed = agreed;
    data.comparison = (utfall_cohort){.persons = 0, .months = 3};
    const utfall_settlement *s = settlement_of(run, contract, &data, utfall_month_of(2016, 12));
    const char *text = text_of(run, s, UTFALL_EN, 300);
    assert_says(text, "an agreed standard cost (step 3 of 5");
    assert_silent(text, "Cost rows of the comparison group");
    utfall_run_free(run);
}

static void seals_are_told_and_test_seals_shouted(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_settlement *s = hand_settlement(run);
    utfall_report_frame frame = {.language = UTFALL_EN, .seal = "City, 2021-03-31"};
    const char *text;
    size_t len;
    assert_ok(run, utfall_statement_text(run, &text, &len, s, &frame));
    assert_says(text, "City, 2021-03-31");
    assert_silent(text, "TEST SEAL");
    frame.is_test_seal = true;
    assert_ok(run, utfall_statement_text(run, &text, &len, s, &frame));
    assert_says(text, "TEST SEAL, made with a test key: City, 2021-03-31");
    utfall_run_free(run);
}

static void running_out_of_memory_is_told_and_nothing_is_given(void **state)
{
    (void)state;
    for (uint64_t n = 1, last = 0; n == 1 || last != 0; n += 17) {
        counting memory = {0};
        utfall_run *run = utfall_run_new(counting_alloc, &memory);
        const utfall_settlement *settlement = forms_settlement(run);
        const utfall_report_frame frame = {.language = UTFALL_SV};
        const char *text = NULL, *page = NULL;
        size_t len = 12345;
        memory.fail_at = memory.requests + n;
        const utfall_status status = utfall_statement_text(run, &text, &len, settlement, &frame);
        last = status == UTFALL_OK ? 0 : n;
        if (status != UTFALL_OK) {
            assert_status(UTFALL_E_NOMEM, status);
            assert_null(text);
            assert_int_equal(len, 12345);
            assert_status(UTFALL_E_NOMEM,
                          utfall_statement_html(run, &page, &len, settlement, &frame));
            assert_null(page);
        }
        utfall_run_free(run);
        assert_int_equal(memory.out, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_tells_the_example_in_sentences),
        cmocka_unit_test(a_price_index_is_told),
        cmocka_unit_test(a_price_index_that_is_not_used_is_told),
        cmocka_unit_test(groups_of_few_people_are_named),
        cmocka_unit_test(each_step_can_be_done_by_hand),
        cmocka_unit_test(every_form_of_step_is_explained),
        cmocka_unit_test(rounded_amounts_are_marked),
        cmocka_unit_test(the_note_stands_at_the_top_and_at_the_result),
        cmocka_unit_test(no_line_is_wider_than_asked),
        cmocka_unit_test(no_line_ends_in_a_space_and_width_0_is_80),
        cmocka_unit_test(swedish_has_no_english_and_english_no_swedish),
        cmocka_unit_test(a_hostile_contract_cannot_reach_the_terminal),
        cmocka_unit_test(a_window_that_is_not_over_is_told),
        cmocka_unit_test(without_a_demand_an_outcome_is_neither_reached_nor_not),
        cmocka_unit_test(more_drawn_than_promised_is_told),
        cmocka_unit_test(a_longer_window_than_is_paid_is_told),
        cmocka_unit_test(without_people_to_compare_with_it_says_agreed),
        cmocka_unit_test(seals_are_told_and_test_seals_shouted),
        cmocka_unit_test(running_out_of_memory_is_told_and_nothing_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
