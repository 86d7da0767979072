/* Freezing a contract: groups and their labels, places of terms, defaults, and the checks of
 * parties, months, groups and money. Steps and outcomes are in test_checks.c. */
#include "tests/unit/made.h"
#include "tests/unit/allocator.h"

static int start(void **state)
{
    *state = utfall_run_new(NULL, NULL);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    utfall_run_free(*state);
    return 0;
}

/* The only finding, after the draft was refused with its code. */
static const utfall_finding *only_fault(utfall_run *run, const utfall_contract *draft)
{
    const utfall_contract untouched, *out = &untouched;
    utfall_status status = utfall_contract_new(run, &out, draft);
    assert_ptr_equal(out, &untouched);
    assert_true(utfall_run_errors(run) == 1);
    const utfall_finding *finding = utfall_run_finding(run, 0);
    assert_int_equal(finding->code, status);
    assert_int_equal(finding->severity, UTFALL_ERROR);
    assert_non_null(finding->hint);
    return finding;
}

static void assert_fault(utfall_run *run, const utfall_contract *draft, utfall_status code,
                         const char *path, const char *message)
{
    const utfall_finding *finding = only_fault(run, draft);
    assert_string_equal(finding->message, message);
    assert_string_equal(finding->path, path);
    assert_string_equal(utfall_status_name(finding->code), utfall_status_name(code));
}

static utfall_contract grouped(const utfall_factor *factors, size_t count)
{
    utfall_contract draft = frame();
    draft.factors = factors;
    draft.factor_count = count;
    return draft;
}

/* ---- groups ---- */

static void without_factors_there_is_one_group(void **state)
{
    utfall_contract draft = frame();
    const utfall_contract *contract = contract_of(*state, &draft);
    assert_int_equal(contract->group_count, 1);
    assert_string_equal(contract->group_labels[0], "all");
    assert_int_equal(utfall_group_of(contract, NULL), 0);
}

static void norrkoping_has_its_four_groups(void **state)
{
    const utfall_factor factors[] = {
        {.attribute = "age_at_start",
         .kind = UTFALL_FACTOR_CUTS,
         .count = 1,
         .cuts = (const int32_t[]){18}},
        {.attribute = "previously_placed", .kind = UTFALL_FACTOR_EACH},
    };
    static const char *const labels[] = {"<18/no", "<18/yes", "18+/no", "18+/yes"};
    utfall_contract draft = grouped(factors, 2);
    const utfall_contract *contract = contract_of(*state, &draft);
    assert_int_equal(contract->group_count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(contract->group_labels[i], labels[i]);
    assert_int_equal(utfall_group_of(contract, (const int32_t[]){17, 0}), 0);
    assert_int_equal(utfall_group_of(contract, (const int32_t[]){17, 1}), 1);
    assert_int_equal(utfall_group_of(contract, (const int32_t[]){18, 0}), 2);
    assert_int_equal(utfall_group_of(contract, (const int32_t[]){99, 1}), 3);
}

/* RULE: GROUP-1 */
static void cut_points_make_ranges_and_single_values(void **state)
{
    const utfall_factor factors[] = {
        {.attribute = "age",
         .kind = UTFALL_FACTOR_CUTS,
         .count = 5,
         .cuts = (const int32_t[]){-2, 0, 16, 17, 18}},
        {.attribute = "form",
         .kind = UTFALL_FACTOR_VALUES,
         .count = 2,
         .values = (const char *const[]){"HVB", "SiS"}},
    };
    static const char *const labels[] = {"<-2", "-2--1", "0-15", "16", "17", "18+"};
    static const struct {
        int32_t age;
        size_t level;
    } facts[] = {{INT32_MIN, 0}, {-3, 0}, {-2, 1}, {-1, 1}, {0, 2},        {15, 2},
                 {16, 3},        {17, 4}, {18, 5}, {19, 5}, {INT32_MAX, 5}};
    utfall_contract draft = grouped(factors, 2);
    const utfall_contract *contract = contract_of(*state, &draft);
    assert_int_equal(contract->group_count, 12);
    for (size_t i = 0; i < 12; i++) {
        char label[32];
        (void)snprintf(label, sizeof label, "%s/%s", labels[i / 2], i % 2 ? "SiS" : "HVB");
        assert_string_equal(contract->group_labels[i], label);
    }
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        assert_int_equal(utfall_factor_level(&factors[0], facts[i].age), facts[i].level);
        assert_int_equal(utfall_group_of(contract, (const int32_t[]){facts[i].age, 1}),
                         facts[i].level * 2 + 1);
    }
}

static void cut_points_at_the_ends_of_int32_have_labels(void **state)
{
    const utfall_factor factor = {.attribute = "x",
                                  .kind = UTFALL_FACTOR_CUTS,
                                  .count = 2,
                                  .cuts = (const int32_t[]){INT32_MIN, INT32_MAX}};
    utfall_contract draft = grouped(&factor, 1);
    const utfall_contract *contract = contract_of(*state, &draft);
    assert_string_equal(contract->group_labels[1], "-2147483648-2147483646");
    assert_string_equal(contract->group_labels[2], "2147483647+");
}

static void there_are_at_most_256_groups(void **state)
{
    const char *values[257];
    char texts[257][8];
    for (int i = 0; i < 257; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "v%d", i);
        values[i] = texts[i];
    }
    utfall_factor factors[2] = {
        {.attribute = "form", .kind = UTFALL_FACTOR_VALUES, .count = 128, .values = values},
        {.attribute = "placed", .kind = UTFALL_FACTOR_EACH},
    };
    utfall_contract draft = grouped(factors, 2);
    assert_int_equal(contract_of(*state, &draft)->group_count, 256);
    factors[0].count = 129;
    assert_fault(*state, &draft, UTFALL_E_RANGE, "evaluation.groups.placed",
                 "there are more than 256 groups");
}

static void one_attribute_alone_makes_at_most_256_groups(void **state)
{
    int32_t cuts[256];
    for (int32_t i = 0; i < 256; i++)
        cuts[i] = i;
    utfall_factor factor = {
        .attribute = "age", .kind = UTFALL_FACTOR_CUTS, .count = 256, .cuts = cuts};
    utfall_contract draft = grouped(&factor, 1);
    assert_fault(*state, &draft, UTFALL_E_RANGE, "evaluation.groups.age",
                 "there are more than 256 groups");
}

static void there_are_at_most_8_attributes(void **state)
{
    utfall_factor factors[9];
    char names[9][4];
    for (int i = 0; i < 9; i++) {
        (void)snprintf(names[i], sizeof names[i], "a%d", i);
        factors[i] = (utfall_factor){.attribute = names[i], .kind = UTFALL_FACTOR_EACH};
    }
    utfall_contract draft = grouped(factors, 8);
    assert_int_equal(contract_of(*state, &draft)->group_count, 256);
    draft.factor_count = 9;
    assert_fault(*state, &draft, UTFALL_E_RANGE, "evaluation.groups",
                 "people are grouped by more than 8 attributes");
}

static void cut_points_ascend(void **state)
{
    utfall_factor factor = {.attribute = "age",
                            .kind = UTFALL_FACTOR_CUTS,
                            .count = 2,
                            .cuts = (const int32_t[]){18, 18}};
    utfall_contract draft = grouped(&factor, 1);
    assert_fault(*state, &draft, UTFALL_E_RANGE, "evaluation.groups.age[1]",
                 "cut point 18 does not lie above 18");
}

static void values_are_distinct(void **state)
{
    utfall_factor factor = {.attribute = "form",
                            .kind = UTFALL_FACTOR_VALUES,
                            .count = 3,
                            .values = (const char *const[]){"HVB", "SiS", "HVB"}};
    utfall_contract draft = grouped(&factor, 1);
    assert_fault(*state, &draft, UTFALL_E_CONFLICT, "evaluation.groups.form[2]",
                 "\"HVB\" is there twice");
}

static void an_attribute_without_levels_is_refused(void **state)
{
    utfall_factor factor = {.attribute = "Min kolumn", .kind = UTFALL_FACTOR_VALUES};
    utfall_contract draft = grouped(&factor, 1);
    assert_fault(*state, &draft, UTFALL_E_MISSING, "evaluation.groups.\"Min kolumn\"",
                 "\"Min kolumn\" makes no groups");
}

static void cut_points_must_be_given(void **state)
{
    utfall_factor factor = {.attribute = "a\"b\\", .kind = UTFALL_FACTOR_CUTS};
    utfall_contract draft = grouped(&factor, 1);
    assert_fault(*state, &draft, UTFALL_E_MISSING, "evaluation.groups.\"a\\\"b\\\\\"",
                 "\"a\"b\\\" makes no groups");
}

static void people_are_grouped_once_by_an_attribute(void **state)
{
    const utfall_factor factors[] = {{.attribute = "placed", .kind = UTFALL_FACTOR_EACH},
                                     {.attribute = "placed", .kind = UTFALL_FACTOR_EACH}};
    utfall_contract draft = grouped(factors, 2);
    assert_fault(*state, &draft, UTFALL_E_CONFLICT, "evaluation.groups.placed",
                 "people are grouped twice by \"placed\"");
}

static void labels_must_tell_groups_apart(void **state)
{
    const utfall_factor factors[] = {
        {.attribute = "x",
         .kind = UTFALL_FACTOR_VALUES,
         .count = 2,
         .values = (const char *const[]){"a", "a/b"}},
        {.attribute = "y",
         .kind = UTFALL_FACTOR_VALUES,
         .count = 2,
         .values = (const char *const[]){"b/c", "c"}},
    };
    utfall_contract draft = grouped(factors, 2);
    assert_fault(*state, &draft, UTFALL_E_CONFLICT, "evaluation.groups",
                 "two groups are both called \"a/b/c\"");
}

/* ---- parties, months, money ---- */

static void a_party_has_an_id_of_its_own(void **state)
{
    const utfall_party parties[] = {{.id = "a", .role = UTFALL_ROLE_INVESTOR},
                                    {.id = "b", .role = UTFALL_ROLE_OUTCOME_PAYER},
                                    {.id = "a", .role = UTFALL_ROLE_VERIFIER}};
    utfall_contract draft = frame();
    draft.parties = parties;
    assert_fault(*state, &draft, UTFALL_E_CONFLICT, "parties[2].id",
                 "two parties are called \"a\"");
    assert_string_equal(utfall_run_finding(*state, 0)->also_message, "the other one is here");
}

static void a_contract_has_parties(void **state)
{
    utfall_contract draft = frame();
    draft.party_count = 0;
    assert_fault(*state, &draft, UTFALL_E_RANGE, "parties", "a contract has 1 to 32 parties");
}

static void the_investor_is_a_party(void **state)
{
    utfall_contract draft = frame();
    draft.investor = 3;
    assert_fault(*state, &draft, UTFALL_E_MISSING, "financing.investor",
                 "the investor is not one of the parties");
}

static void the_investor_has_that_role(void **state)
{
    utfall_contract draft = frame();
    draft.investor = HELPER;
    assert_fault(*state, &draft, UTFALL_E_CONFLICT, "financing.investor",
                 "\"helper\" provides the money but its role is provider");
}

static void the_saving_is_not_the_investors(void **state)
{
    utfall_contract draft = frame();
    draft.saving_to = LSV;
    assert_fault(*state, &draft, UTFALL_E_CONFLICT, "evaluation.saving_to",
                 "\"lsv\" is both the investor and the one whose cost the saving is");
}

static void saving_and_residue_go_to_parties(void **state)
{
    utfall_contract draft = frame();
    const utfall_contract *out = NULL;
    draft.saving_to = draft.residue_to = SIZE_MAX;
    assert_status(UTFALL_E_MISSING, utfall_contract_new(*state, &out, &draft));
    assert_string_equal(utfall_run_finding(*state, 0)->path, "evaluation.saving_to");
    assert_string_equal(utfall_run_finding(*state, 1)->path, "rounding.residue_to");
    assert_null(out);
}

static void windows_have_1_to_240_months(void **state)
{
    utfall_contract draft = frame();
    draft.window_months = 240;
    assert_int_equal(contract_of(*state, &draft)->window_months, 240);
    draft.window_months = 1;
    draft.payment_months = 1;
    assert_int_equal(contract_of(*state, &draft)->payment_months, 1);
    draft.window_months = 241;
    assert_fault(*state, &draft, UTFALL_E_RANGE, "evaluation.window",
                 "the window is 241 months: expected 1 to 240");
}

static void a_window_is_not_empty(void **state)
{
    utfall_contract draft = frame();
    draft.window_months = 0;
    assert_fault(*state, &draft, UTFALL_E_RANGE, "evaluation.window",
                 "the window is 0 months: expected 1 to 240");
}

static void payment_does_not_look_beyond_the_window(void **state)
{
    utfall_contract draft = frame();
    draft.payment_months = 25;
    assert_fault(*state, &draft, UTFALL_E_RANGE, "evaluation.payment_window",
                 "payment looks at 25 months: expected 1 to the window's 24");
}

static void a_commitment_is_not_negative(void **state)
{
    utfall_contract draft = frame();
    draft.commitment.minor = -1;
    assert_fault(*state, &draft, UTFALL_E_RANGE, "financing.commitment",
                 "the commitment is negative");
}

static void a_rounding_unit_is_above_zero(void **state)
{
    const utfall_term terms[] = {{"rounding.unit", "0 SEK", {"c.yaml", 9, 12}}};
    utfall_contract draft = frame();
    draft.rounding.unit_minor = 0;
    draft.terms = terms;
    draft.term_count = 1;
    assert_fault(*state, &draft, UTFALL_E_RANGE, "rounding.unit",
                 "\"0 SEK\" is not a unit to round to: expected more than 0");
    assert_int_equal(utfall_run_finding(*state, 0)->at.line, 9);
    assert_int_equal(utfall_run_finding(*state, 0)->at.column, 12);
}

static void all_faults_are_told_at_once(void **state)
{
    utfall_contract draft = frame();
    const utfall_contract *out = NULL;
    draft.window_months = 0;
    draft.commitment.minor = -1;
    draft.rounding.unit_minor = -5;
    draft.investor = 7;
    assert_status(UTFALL_E_MISSING, utfall_contract_new(*state, &out, &draft));
    assert_true(utfall_run_errors(*state) == 4);
    assert_null(out);
}

static void steps_without_a_rounding_have_the_contracts(void **state)
{
    utfall_step steps[2] = {share_step(*state, "a", "1/2", UTFALL_MEASURE_DRAWN),
                            share_step(*state, "b", "1/2", UTFALL_MEASURE_DRAWN)};
    steps[1].rounding = (utfall_rounding){UTFALL_ROUND_FLOOR, 100};
    utfall_contract draft = frame();
    draft.steps = steps;
    draft.step_count = 2;
    const utfall_contract *contract = contract_of(*state, &draft);
    assert_int_equal(contract->steps[0].rounding.mode, UTFALL_ROUND_HALF_AWAY);
    assert_int_equal(contract->steps[0].rounding.unit_minor, 1);
    assert_int_equal(contract->steps[1].rounding.mode, UTFALL_ROUND_FLOOR);
    assert_int_equal(contract->steps[1].rounding.unit_minor, 100);
    assert_int_equal(steps[0].rounding.unit_minor, 0);
}

/* ---- places ---- */

static void assert_line(const utfall_contract *contract, const char *path, uint32_t line)
{
    utfall_loc at = utfall_contract_loc(contract, path);
    if (at.line != line)
        fail_msg("%s is at line %u, expected %u", path, at.line, line);
}

static void a_place_is_that_of_the_term_or_of_what_is_around_it(void **state)
{
    (void)state;
    static const utfall_term terms[] = {
        {"contract.id", "x", {"c.yaml", 2, 1}},
        {"evaluation.window", "24 months", {"c.yaml", 5, 1}},
        {"evaluation.groups.age[0]", "16", {"c.yaml", 6, 1}},
        {"evaluation.groups.age[1]", "18", {"c.yaml", 7, 1}},
        {"waterfall[0].id", "a", {"c.yaml", 10, 1}},
        {"waterfall[1].id", "b", {"c.yaml", 11, 1}},
        {"waterfall[1].when", "school", {"c.yaml", 12, 1}},
        {"waterfall[10].id", "c", {"c.yaml", 20, 1}},
    };
    const utfall_contract contract = {.terms = terms, .term_count = 8};
    assert_line(&contract, "evaluation.window", 5);
    assert_line(&contract, "evaluation.groups.age", 6);
    assert_line(&contract, "evaluation.groups.age[1]", 7);
    assert_line(&contract, "evaluation.groups.age[9]", 6);
    assert_line(&contract, "evaluation.groups.form", 6);
    assert_line(&contract, "evaluation.payment_window", 5);
    assert_line(&contract, "waterfall", 10);
    assert_line(&contract, "waterfall[1]", 11);
    assert_line(&contract, "waterfall[1].cap", 11);
    assert_line(&contract, "waterfall[1].when[0]", 12);
    assert_line(&contract, "waterfall[10].cap", 20);
    assert_line(&contract, "waterfall[2].cap", 10);
    assert_line(&contract, "eval", 2);
    assert_line(&contract, "nowhere.at.all", 2);
    assert_line(&contract, "", 2);
}

static void a_contract_without_terms_has_no_places(void **state)
{
    (void)state;
    const utfall_contract contract = {.term_count = 0};
    utfall_loc at = utfall_contract_loc(&contract, "waterfall[0].id");
    assert_string_equal(at.file, "");
    assert_true(at.line == 0 && at.column == 0);
}

/* ---- names and memory ---- */

static void every_enumeration_has_all_its_names(void **state)
{
    (void)state;
    static const struct {
        const char *const *names;
        size_t count;
    } tables[] = {
        {utfall_role_names, UTFALL_ROLE_VERIFIER + 1},
        {utfall_design_names, UTFALL_DESIGN_AGREED + 1},
        {utfall_incomplete_names, UTFALL_INCOMPLETE_EXCLUDE + 1},
        {utfall_measure_names, UTFALL_MEASURE_OUTCOME + 1},
        {utfall_figure_names, UTFALL_FIGURE_CLAIMS + 1},
        {utfall_form_names, UTFALL_FORM_FIXED + 1},
        {utfall_match_names, UTFALL_MATCH_LINEAR + 1},
        {utfall_edge_names, UTFALL_EDGE_GT + 1},
        {utfall_mode_names, UTFALL_ROUND_TOWARD_ZERO + 1},
        {utfall_outcome_names, UTFALL_OUTCOME_MILESTONES + 1},
        {utfall_relation_names, UTFALL_LE + 1},
        {utfall_class_names, UTFALL_CLASSES},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (size_t j = 0; j < tables[i].count; j++) {
            assert_non_null(tables[i].names[j]);
            for (size_t k = 0; k < j; k++)
                assert_string_not_equal(tables[i].names[j], tables[i].names[k]);
        }
        assert_null(tables[i].names[tables[i].count]);
    }
}

static void contracts_survive_the_failure_of_any_allocation(void **state)
{
    utfall_run *made = *state;
    const utfall_factor factors[] = {
        {.attribute = "age",
         .kind = UTFALL_FACTOR_CUTS,
         .count = 2,
         .cuts = (const int32_t[]){16, 18}},
        {.attribute = "placed", .kind = UTFALL_FACTOR_EACH},
    };
    for (int is_wrong = 0; is_wrong < 2; is_wrong++) {
        utfall_contract draft = grouped(factors, 2);
        school_outcomes(made, &draft, "19");
        norrkoping_steps(made, &draft, 'A');
        if (is_wrong) {
            draft.window_months = 0;
            draft.commitment.minor = -1;
        }
        bool was_enough = false;
        for (uint64_t n = 2; !was_enough; n++) {
            counting c = {.fail_at = n};
            utfall_run *run = utfall_run_new(counting_alloc, &c);
            const utfall_contract *out = &draft;
            utfall_status status = utfall_contract_new(run, &out, &draft);
            was_enough = c.requests < n;
            if (!was_enough)
                assert_string_equal(utfall_status_name(utfall_run_failure(run)), "UTFALL_E_NOMEM");
            if (!was_enough || is_wrong) {
                assert_int_not_equal(status, UTFALL_OK);
                assert_ptr_equal(out, &draft);
                assert_true(utfall_run_errors(run) > 0);
            } else {
                assert_ok(run, status);
            }
            utfall_run_free(run);
            assert_true(c.out == 0);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_factors_there_is_one_group),
        TEST(norrkoping_has_its_four_groups),
        TEST(cut_points_make_ranges_and_single_values),
        TEST(cut_points_at_the_ends_of_int32_have_labels),
        TEST(there_are_at_most_256_groups),
        TEST(one_attribute_alone_makes_at_most_256_groups),
        TEST(there_are_at_most_8_attributes),
        TEST(cut_points_ascend),
        TEST(values_are_distinct),
        TEST(an_attribute_without_levels_is_refused),
        TEST(cut_points_must_be_given),
        TEST(people_are_grouped_once_by_an_attribute),
        TEST(labels_must_tell_groups_apart),
        TEST(a_party_has_an_id_of_its_own),
        TEST(a_contract_has_parties),
        TEST(the_investor_is_a_party),
        TEST(the_investor_has_that_role),
        TEST(the_saving_is_not_the_investors),
        TEST(saving_and_residue_go_to_parties),
        TEST(windows_have_1_to_240_months),
        TEST(a_window_is_not_empty),
        TEST(payment_does_not_look_beyond_the_window),
        TEST(a_commitment_is_not_negative),
        TEST(a_rounding_unit_is_above_zero),
        TEST(all_faults_are_told_at_once),
        TEST(steps_without_a_rounding_have_the_contracts),
        TEST(a_place_is_that_of_the_term_or_of_what_is_around_it),
        TEST(a_contract_without_terms_has_no_places),
        TEST(every_enumeration_has_all_its_names),
        TEST(contracts_survive_the_failure_of_any_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
