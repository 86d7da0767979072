/* engine/core/names.c - one table of names an enumeration, used to read and to print.
 *
 * Each table is in the order of its enumeration, NULL ends it. The designators make a name that is
 * missing or misplaced visible; tests/unit/test_contract.c counts them. */
#include "utfall/case.h"
#include "utfall/history.h"
#include "engine/core/ban.h"

const char *const utfall_role_names[] = {
    [UTFALL_ROLE_INVESTOR] = "investor",         [UTFALL_ROLE_OUTCOME_PAYER] = "outcome_payer",
    [UTFALL_ROLE_INTERMEDIARY] = "intermediary", [UTFALL_ROLE_PROVIDER] = "provider",
    [UTFALL_ROLE_VERIFIER] = "verifier",         NULL,
};

const char *const utfall_design_names[] = {
    [UTFALL_DESIGN_HISTORIC] = "historic",
    [UTFALL_DESIGN_CONCURRENT] = "concurrent",
    [UTFALL_DESIGN_RANDOMISED] = "randomised",
    [UTFALL_DESIGN_AGREED] = "agreed",
    NULL,
};

const char *const utfall_incomplete_names[] = {
    [UTFALL_INCOMPLETE_REFUSE] = "refuse",
    [UTFALL_INCOMPLETE_TO_DATE] = "to_date",
    [UTFALL_INCOMPLETE_EXCLUDE] = "exclude",
    NULL,
};

const char *const utfall_negative_due_names[] = {
    [UTFALL_NEGATIVE_CLAW_BACK] = "claw_back",
    [UTFALL_NEGATIVE_CARRY_FORWARD] = "carry_forward",
    [UTFALL_NEGATIVE_NOTHING] = "nothing",
    NULL,
};

const char *const utfall_denominator_names[] = {
    [UTFALL_DENOMINATOR_EVERYBODY] = "everybody",
    [UTFALL_DENOMINATOR_FOLLOWED] = "followed",
    NULL,
};

const char *const utfall_exit_rule_names[] = {
    [UTFALL_EXIT_STOP] = "stop",
    [UTFALL_EXIT_CONTINUE] = "continue",
    NULL,
};

const char *const utfall_remaining_names[] = {
    [UTFALL_REMAINING_AS_STANDARD] = "as_standard",
    [UTFALL_REMAINING_AS_RATIO] = "as_ratio",
    NULL,
};

const char *const utfall_forecast_drawn_names[] = {
    [UTFALL_FORECAST_DRAWN_TO_DATE] = "to_date",
    [UTFALL_FORECAST_DRAWN_COMMITMENT] = "commitment",
    NULL,
};

const char *const utfall_subject_names[] = {
    [UTFALL_SUBJECT_PRICE_INDEX] = "price_index",
    [UTFALL_SUBJECT_PEOPLE] = "people",
    [UTFALL_SUBJECT_PEOPLE_AT_PRICES] = "people_at_prices",
    [UTFALL_SUBJECT_COST] = "cost",
    [UTFALL_SUBJECT_COMPARISON_PEOPLE] = "comparison_people",
    [UTFALL_SUBJECT_COMPARISON_COST] = "comparison_cost",
    [UTFALL_SUBJECT_AGREED_COST] = "agreed_cost",
    [UTFALL_SUBJECT_DRAWN] = "drawn",
    [UTFALL_SUBJECT_OUTCOME_SUM] = "outcome_sum",
    [UTFALL_SUBJECT_OUTCOME_PERSONS] = "outcome_persons",
    NULL,
};

const char *const utfall_measure_names[] = {
    [UTFALL_MEASURE_AMOUNT] = "amount",     [UTFALL_MEASURE_SAVING] = "saving",
    [UTFALL_MEASURE_DRAWN] = "drawn",       [UTFALL_MEASURE_COMMITMENT] = "commitment",
    [UTFALL_MEASURE_EXPECTED] = "expected", [UTFALL_MEASURE_ACTUAL] = "actual",
    [UTFALL_MEASURE_OUTCOME] = "outcome",   NULL,
};

const char *const utfall_figure_names[] = {
    [UTFALL_FIGURE_SUM] = "sum",           [UTFALL_FIGURE_PERSONS] = "persons",
    [UTFALL_FIGURE_IMPROVED] = "improved", [UTFALL_FIGURE_RATE] = "rate",
    [UTFALL_FIGURE_CLAIMS] = "claims",     NULL,
};

const char *const utfall_form_names[] = {
    [UTFALL_FORM_SHARE] = "share",
    [UTFALL_FORM_PRICE] = "price",
    [UTFALL_FORM_TABLE] = "table",
    [UTFALL_FORM_FIXED] = "fixed",
    NULL,
};

const char *const utfall_match_names[] = {
    [UTFALL_MATCH_STEP] = "step",
    [UTFALL_MATCH_LINEAR] = "linear",
    NULL,
};

const char *const utfall_edge_names[] = {
    [UTFALL_EDGE_GE] = "ge",
    [UTFALL_EDGE_GT] = "gt",
    NULL,
};

const char *const utfall_mode_names[] = {
    [UTFALL_ROUND_NEVER] = "never",
    [UTFALL_ROUND_HALF_AWAY] = "half_away",
    [UTFALL_ROUND_HALF_EVEN] = "half_even",
    [UTFALL_ROUND_FLOOR] = "floor",
    [UTFALL_ROUND_CEILING] = "ceiling",
    [UTFALL_ROUND_TOWARD_ZERO] = "toward_zero",
    NULL,
};

const char *const utfall_outcome_names[] = {
    [UTFALL_OUTCOME_STATED] = "stated",
    [UTFALL_OUTCOME_SCHOOL_POINTS] = "school_points",
    [UTFALL_OUTCOME_SCALES] = "scales",
    [UTFALL_OUTCOME_REACHED] = "reached",
    [UTFALL_OUTCOME_RATE] = "rate",
    [UTFALL_OUTCOME_REDUCTION] = "reduction",
    [UTFALL_OUTCOME_CLAIMS] = "claims",
    [UTFALL_OUTCOME_MILESTONES] = "milestones",
    NULL,
};

const char *const utfall_relation_names[] = {
    [UTFALL_GT] = ">", [UTFALL_GE] = ">=", [UTFALL_LT] = "<", [UTFALL_LE] = "<=", NULL,
};

const char *const utfall_class_names[] = {
    [UTFALL_ROW_UNKNOWN] = "unknown", [UTFALL_ROW_NOT_SELECTED] = "not_selected",
    [UTFALL_ROW_SOURCE] = "source",   [UTFALL_ROW_BEFORE] = "before",
    [UTFALL_ROW_EXITED] = "exited",   [UTFALL_ROW_AFTER] = "after",
    [UTFALL_ROW_USED] = "used",       NULL,
};
