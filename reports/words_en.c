/* reports/words_en.c - what reports say of a settlement in English. The order is that of words.h; a
 * test proves that no entry is missing and that both languages take the same arguments. */
#include "reports/words.h"

const char *const utfall__words_en[UTFALL__WORDS] = {
    /* calendar */
    [WORD_JAN] = "Jan",
    [WORD_FEB] = "Feb",
    [WORD_MAR] = "Mar",
    [WORD_APR] = "Apr",
    [WORD_MAY] = "May",
    [WORD_JUN] = "Jun",
    [WORD_JUL] = "Jul",
    [WORD_AUG] = "Aug",
    [WORD_SEP] = "Sep",
    [WORD_OCT] = "Oct",
    [WORD_NOV] = "Nov",
    [WORD_DEC] = "Dec",
    [WORD_JANUARY] = "January",
    [WORD_FEBRUARY] = "February",
    [WORD_MARCH] = "March",
    [WORD_APRIL] = "April",
    [WORD_MAY_LONG] = "May",
    [WORD_JUNE] = "June",
    [WORD_JULY] = "July",
    [WORD_AUGUST] = "August",
    [WORD_SEPTEMBER] = "September",
    [WORD_OCTOBER] = "October",
    [WORD_NOVEMBER] = "November",
    [WORD_DECEMBER] = "December",
    /* small words */
    [WORD_AND] = " and ",
    [WORD_YES] = "yes",
    [WORD_NO] = "no",
    [WORD_TOTAL] = "Total",
    [WORD_ABOUT] = "≈\xC2\xA0{0}",
    [WORD_QUOTED] = "“{0}”",
    [WORD_PERSON] = "{0} person",
    [WORD_PERSONS] = "{0} people",
    [WORD_PERSON_THE] = "the only person in the target group",
    [WORD_PERSONS_THE] = "the {0} people in the target group",
    [WORD_NTH_ONE] = "{0} intervention month",
    [WORD_NTH_MANY] = "{0} intervention months",
    [WORD_NOT_KNOWN] = "none",
    [WORD_MINUS] = "−",
    [WORD_LESS] = " − ",
    [WORD_PLUS] = " + ",
    /* head */
    [WORD_STATEMENT] = "Settlement statement",
    [WORD_CONTRACT] = "Contract",
    [WORD_AS_OF] = "As of",
    [WORD_END_OF] = "the end of {0}",
    [WORD_SIGNED_ON] = "Signed",
    [WORD_SOURCE] = "Source",
    [WORD_LEDGER] = "Ledger",
    [WORD_DIGEST] = "Digest (SHA-256)",
    [WORD_SEAL] = "Electronic seal",
    [WORD_SEAL_NONE] = "none",
    [WORD_SEAL_TEST] = "TEST SEAL, made with a test key: {0}",
    [WORD_COMPUTED_WITH] = "Computed with",
    [WORD_VERSION] = "utfall {0}, rules revision {1}",
    /* summary */
    [WORD_SUMMARY] = "Summary",
    [WORD_SUMMARY_HIGHER] =
        "The cost of {0} came to {1} over {2}, which is {4} higher than the expected cost of "
        "{3}.",
    [WORD_SUMMARY_EQUAL] = "The cost of {0} came to {1} over {2}, exactly as expected.",
    [WORD_SUMMARY_LOWER] =
        "The cost of {0} came to {1} over {2}, which is {4} lower than the expected cost of "
        "{3}.",
    [WORD_SUMMARY_PAID_HIGHER] =
        "Payment looks at the first {0} months only; there the cost was {1} higher than "
        "expected.",
    [WORD_SUMMARY_PAID_EQUAL] =
        "Payment looks at the first {0} months only; there the cost was exactly as expected.",
    [WORD_SUMMARY_PAID_LOWER] =
        "Payment looks at the first {0} months only; there the cost was {1} lower than "
        "expected.",
    [WORD_SUMMARY_PAYS] = "{0} is to pay {1} to {2}",
    [WORD_SUMMARY_PAYS_NOTHING] = "No party is to pay anything",
    [WORD_SUMMARY_BORNE] = "{0}; the project cost of {1} is thereby borne by {2}.",
    [WORD_SUMMARY_BASIS] =
        "The result rests on {0} (step {1} of 5 on the evaluation ladder); {2}{3}.",
    [WORD_SUMMARY_COMPLETE] = "everybody has been followed for the whole period",
    [WORD_SUMMARY_INCOMPLETE] =
        "{0} of {1} have been followed for the whole period, so the outcome may still change",
    [WORD_SUMMARY_STATED_ONE] = "; the outcome {0} is stated in the contract and not computed here",
    [WORD_SUMMARY_STATED_MANY] =
        "; the outcomes {0} are stated in the contract and not computed here",
    [WORD_SUMMARY_PRICES] =
        "The comparison group's costs were carried by a price index{0} to the prices of each "
        "target person's own months.",
    [WORD_SUMMARY_PRICES_AGREED] =
        "The agreed standard costs were carried by a price index{0} to the prices of each target "
        "person's own months.",
    [WORD_SUMMARY_PRICES_IDLE] =
        "A price index is agreed, but not used in this settlement: the comparison group's costs "
        "are compared as they were paid.",
    [WORD_SUMMARY_PRICES_VALUES] = " The index values stand in appendix {0}.",
    [WORD_SUMMARY_PRICES_WITHOUT] =
        " What the result would be without it: utfall whatif CONTRACT --set "
        "comparison_group.price_index.use=true,false",
    [WORD_BASIS_HISTORIC] = "a historic comparison group of {0}",
    [WORD_BASIS_CONCURRENT] = "a concurrent comparison group of {0}",
    [WORD_BASIS_RANDOMISED] = "a randomised control group of {0}",
    [WORD_BASIS_AGREED] = "an agreed standard cost",
    /* parties and terms */
    [WORD_PARTIES_AND_TERMS] = "Parties and terms",
    [WORD_PARTIES] = "Parties",
    [WORD_PARTY] = "Party",
    [WORD_ROLE] = "Role",
    [WORD_ORG_NUMBER] = "Organisation number",
    [WORD_ROLE_INVESTOR] = "investor",
    [WORD_ROLE_OUTCOME_PAYER] = "outcome payer",
    [WORD_ROLE_INTERMEDIARY] = "intermediary",
    [WORD_ROLE_PROVIDER] = "provider",
    [WORD_ROLE_VERIFIER] = "independent verifier",
    [WORD_TERMS] = "Terms in force",
    [WORD_TERM] = "Term",
    [WORD_VALUE] = "Value",
    [WORD_CLAUSE] = "Clause",
    [WORD_COMMITMENT] = "Commitment",
    [WORD_WINDOW] = "Follow-up period",
    [WORD_PAYMENT_WINDOW] = "Payment looks at",
    [WORD_FIRST_MONTHS] = "the first {0} intervention months",
    [WORD_COMPARISON] = "Comparison",
    [WORD_PRICE_INDEX] = "Price index",
    [WORD_PRICE_INDEX_TERM] = "standard costs at the prices of {0}, carried to each month",
    [WORD_PRICE_INDEX_IDLE] = "agreed, not used in this settlement",
    [WORD_COUNTS] = "Costs counted",
    [WORD_GROUPED_BY] = "Groups by",
    [WORD_INCOMPLETE] = "Somebody not followed for the whole period",
    [WORD_INCOMPLETE_REFUSE] = "no settlement is made",
    [WORD_INCOMPLETE_TO_DATE] = "the months so far count, on both sides",
    [WORD_INCOMPLETE_EXCLUDE] = "is not counted",
    [WORD_ROUNDING] = "Rounding",
    [WORD_ROUNDING_RESIDUE] = "{0}; {1} bears the residue",
    [WORD_ROUND_NEVER] = "no rounding is allowed",
    [WORD_ROUND_HALF_AWAY] = "to the nearest {0}, halves away from zero",
    [WORD_ROUND_HALF_EVEN] = "to the nearest {0}, halves to even",
    [WORD_ROUND_FLOOR] = "down to {0}",
    [WORD_ROUND_CEILING] = "up to {0}",
    [WORD_ROUND_TOWARD_ZERO] = "toward zero to {0}",
    [WORD_DESIGN_HISTORIC] = "historic comparison group",
    [WORD_DESIGN_CONCURRENT] = "concurrent comparison group",
    [WORD_DESIGN_RANDOMISED] = "randomised control group",
    [WORD_DESIGN_AGREED] = "standard cost agreed in the contract",
    [WORD_STEP_NAMED] = "Step {0}: {1}",
    /* rules of steps */
    [WORD_MEASURE_AMOUNT] = "the amount",
    [WORD_MEASURE_SAVING] = "the saving",
    [WORD_MEASURE_DRAWN] = "the project cost",
    [WORD_MEASURE_COMMITMENT] = "the commitment",
    [WORD_MEASURE_EXPECTED] = "the expected cost",
    [WORD_MEASURE_ACTUAL] = "the actual cost",
    [WORD_MEASURE_SUM] = "the sum of “{0}”",
    [WORD_MEASURE_PERSONS] = "the number of people in “{0}”",
    [WORD_MEASURE_IMPROVED] = "the number improved in “{0}”",
    [WORD_MEASURE_RATE] = "the rate of “{0}”",
    [WORD_MEASURE_CLAIMS] = "the number of claims in “{0}”",
    [WORD_SHARE_OF] = "{0} of {1}",
    [WORD_RULE_SLICE] = "{0} of {1} between {2} and {3}",
    [WORD_RULE_PRICE] = "{0} times {1}",
    [WORD_RULE_PRICE_LIMIT] = "{0} times {1}, at most {2}",
    [WORD_RULE_TABLE_STEP] = "by a table of {0}",
    [WORD_RULE_TABLE_LINEAR] = "by a table of {0}, straight between its rows",
    [WORD_RULE_FIXED] = "a fixed sum, {0}",
    [WORD_RULE_CAP] = "{0}, at most {1}",
    [WORD_RULE_FLOOR] = "{0}, at least {1}",
    [WORD_RULE_WHEN] = "{0}, if {1} has been reached",
    /* groups */
    [WORD_AGE_AT_START] = "age at start",
    [WORD_PREVIOUSLY_PLACED] = "previously placed",
    [WORD_EVERYBODY] = "everybody",
    [WORD_LEVEL_UNDER] = "under {0}",
    [WORD_LEVEL_BETWEEN] = "{0}–{1}",
    [WORD_LEVEL_FROM] = "{0} or more",
    [WORD_LEVEL_NOT] = "not {0}",
    /* inputs */
    [WORD_INPUTS] = "Inputs",
    [WORD_FILES] = "Files",
    [WORD_FILE] = "File",
    [WORD_CONTENT] = "Content",
    [WORD_ROWS] = "Rows",
    [WORD_DIGEST_START] = "SHA-256, start",
    [WORD_INPUT_CONTRACT] = "contract",
    [WORD_INPUT_PEOPLE] = "target group, people",
    [WORD_INPUT_COSTS] = "target group, costs",
    [WORD_INPUT_REFERENCE_PEOPLE] = "comparison group, people",
    [WORD_INPUT_REFERENCE_COSTS] = "comparison group, costs",
    [WORD_INPUT_STANDARD_COST] = "agreed standard cost",
    [WORD_INPUT_PRICE_INDEX] = "price index",
    [WORD_INPUT_DRAWN] = "project cost",
    [WORD_INPUT_SCHOOL] = "school form and attendance",
    [WORD_INPUT_GRADES] = "grades",
    [WORD_INPUT_OUTCOME] = "outcome",
    [WORD_INPUT_CONTROL] = "outcome, control group",
    [WORD_ROWS_INTRO] =
        "Each cost row ends in exactly one class, the first that fits. The rows add up to "
        "the file.",
    [WORD_ROWS_TARGET] = "Cost rows of the target group",
    [WORD_ROWS_COMPARISON] = "Cost rows of the comparison group",
    [WORD_CLASS] = "Class",
    [WORD_AMOUNT_IN] = "Amount, {0}",
    [WORD_CLASS_UNKNOWN] = "unknown person",
    [WORD_CLASS_NOT_SELECTED] = "person outside the selection",
    [WORD_CLASS_SOURCE] = "source or category not counted",
    [WORD_CLASS_BEFORE] = "before the person's start",
    [WORD_CLASS_EXITED] = "after the person left",
    [WORD_CLASS_AFTER] = "after the follow-up period",
    [WORD_CLASS_USED] = "counted",
    /* calculation */
    [WORD_CALCULATION] = "Calculation",
    [WORD_TOTALS] = "Actual and expected cost",
    [WORD_PERIOD] = "Period",
    [WORD_PERIOD_PAID] = "of which the first {0}, which payment looks at",
    [WORD_ACTUAL] = "Actual cost",
    [WORD_EXPECTED] = "Expected cost",
    [WORD_DIFFERENCE] = "Difference",
    [WORD_ACTUAL_IN] = "Actual cost, {0}",
    [WORD_EXPECTED_IN] = "Expected cost, {0}",
    [WORD_DIFFERENCE_IN] = "Difference, {0}",
    [WORD_COST_HIGHER] =
        "The cost was {0} higher than expected. The difference is expected minus actual "
        "cost: a minus says that the cost was higher.",
    [WORD_COST_EQUAL] =
        "The cost was exactly as expected. The difference is expected minus actual cost.",
    [WORD_COST_LOWER] =
        "The cost was {0} lower than expected: that is the saving. The difference is "
        "expected minus actual cost.",
    [WORD_LEVELS] = "Levels of the actual cost",
    [WORD_LEVEL] = "Level",
    [WORD_ACTUAL_LIES] = "The actual cost lies",
    [WORD_MEANING] = "Meaning",
    [WORD_NO_SAVINGS] = "No saving",
    [WORD_BREAK_EVEN] = "Break-even",
    [WORD_CAP] = "Payment cap",
    [WORD_NO_SAVINGS_MEANS] = "the expected cost",
    [WORD_BREAK_EVEN_MEANS] = "the saving equals the project cost",
    [WORD_CAP_MEANS] = "below it the payment grows no more",
    [WORD_ABOVE_LEVEL] = "{0} above",
    [WORD_AT_LEVEL] = "at the level",
    [WORD_BELOW_LEVEL] = "{0} below",
    [WORD_BY_GROUP] = "By group",
    [WORD_GROUPS_INTRO] =
        "People are grouped by {0}, as it was when each of them started. The expected cost "
        "is the group's standard cost times the number of people, month by month.",
    [WORD_GROUPS_NONE] =
        "Everybody belongs to one group. The expected cost is the standard cost times the "
        "number of people, month by month.",
    [WORD_BY_GROUP_CAPTION] = "Cost by group, whole {0}",
    [WORD_GROUP] = "Group",
    [WORD_TARGET_SHORT] = "Target group",
    [WORD_COMPARISON_SHORT] = "Comparison",
    [WORD_BY_NTH] = "By intervention month",
    [WORD_NTH_INTRO] =
        "The intervention month is counted from each person's own start. The last column "
        "says how many cost less than their standard cost in the last month of the period.",
    [WORD_BY_NTH_CAPTION] = "Cost by intervention month, whole {0}",
    [WORD_NTHS] = "Months",
    [WORD_ACCUMULATED] = "Accumulated difference",
    [WORD_PERSONS_BELOW] = "Below standard cost",
    [WORD_OF_PERSONS] = "{0} of {1}",
    [WORD_EVALUATION] = "Strength of the evaluation",
    [WORD_EVALUATION_HISTORIC] =
        "The expected cost comes from an earlier group that was chosen to resemble the "
        "target group. Anything else that has changed since then, such as prices and ways of "
        "working, shows in the difference as well. This is step {0} of the evaluation ladder.",
    [WORD_EVALUATION_HISTORIC_PRICES] =
        "The expected cost comes from an earlier group, carried to later prices by a price index. "
        "Anything else that has changed since, such as ways of working, shows in the difference "
        "as well. This is step {0} of the evaluation ladder.",
    [WORD_EVALUATION_CONCURRENT] =
        "The expected cost comes from a group at the same time that was chosen to resemble "
        "the target group. Differences between the groups that do not show in the data may "
        "affect the result. This is step {0} of the evaluation ladder.",
    [WORD_EVALUATION_RANDOMISED] =
        "The expected cost comes from a group drawn by lot from the same people as the "
        "target group. This is step {0} of the evaluation ladder, the highest.",
    [WORD_EVALUATION_AGREED] =
        "The expected cost was agreed beforehand, without a comparison group. The difference "
        "says whether the target was met, not what caused it. This is step {0} of the "
        "evaluation ladder.",
    [WORD_LADDER_1] = "Project description",
    [WORD_LADDER_2] = "Activity monitoring",
    [WORD_LADDER_3] = "Results monitoring against set targets",
    [WORD_LADDER_4] = "Impact evaluation with a constructed comparison group",
    [WORD_LADDER_5] = "Impact evaluation with a randomised control group",
    [WORD_THIS_STEP] = "{0} (this settlement)",
    /* conditions */
    [WORD_CONDITIONS] = "Conditions",
    [WORD_CONDITIONS_NONE] = "The contract has no conditions.",
    [WORD_CONDITIONS_CAPTION] = "Outcomes, and whether they were reached",
    [WORD_OUTCOME] = "Outcome",
    [WORD_CAME_TO] = "Came to",
    [WORD_DEMAND] = "Demand",
    [WORD_HOLDS] = "Reached",
    [WORD_STATED_YES] = "stated: yes",
    [WORD_STATED_NO] = "stated: no",
    [WORD_SUM_OVER] = "sum {0} over {1}",
    [WORD_LEFT_OUT] = "{0}, {1} left out",
    [WORD_WOULD_HAVE_ADDED] = "{0} (who would have added {1})",
    [WORD_AND_RATE] = "{0}, rate {1}",
    [WORD_AND_CLAIMS] = "{0}, {1} claims",
    [WORD_AND_MISSING] = "{0}, data missing for {1}",
    [WORD_DEMAND_STATED] = "stated yes",
    [WORD_DEMAND_NONE] = "no demand",
    [WORD_SCALES_CAPTION] = "Means at the occasions, of those who have a value at every one",
    [WORD_SCALE] = "Scale",
    [WORD_SCALE_PEOPLE] = "People",
    [WORD_SCALE_MEANS] = "Means",
    [WORD_SCALE_CHANGE] = "Change",
    [WORD_SCALE_CHANGE_BOTH] = "{0} ({1})",
    [WORD_SCALE_CHANGED] = "Better / same / worse",
    [WORD_SCALE_MISSING] = "Missing",
    [WORD_FIGURE_SUM] = "the sum",
    [WORD_FIGURE_PERSONS] = "the number of people",
    [WORD_FIGURE_IMPROVED] = "the number improved",
    [WORD_FIGURE_RATE] = "the rate",
    [WORD_FIGURE_CLAIMS] = "the number of claims",
    [WORD_RELATION_GT] = "{0} above {1}",
    [WORD_RELATION_GE] = "{0} at least {1}",
    [WORD_RELATION_LT] = "{0} below {1}",
    [WORD_RELATION_LE] = "{0} at most {1}",
    /* distribution */
    [WORD_DISTRIBUTION] = "Distribution step by step",
    [WORD_DISTRIBUTION_INTRO] =
        "The steps are taken in the order of the contract. With the figures below anybody "
        "can do them by hand.",
    [WORD_STEPS_CAPTION] = "The steps in brief",
    [WORD_STEP] = "Step",
    [WORD_CONDITION] = "Condition",
    [WORD_PAYS_IN] = "Gives, {0}",
    [WORD_GATE_NONE] = "none",
    [WORD_GATE_OPEN] = "reached",
    [WORD_GATE_NOT_OPEN] = "not reached",
    [WORD_RULE] = "Rule: {0}.",
    [WORD_GATE_CLOSED] = "The condition has not been reached, so the rule gives nothing.",
    [WORD_SLICE_BETWEEN] = "Here {0} is {1}. Of this, {2} lies between {3} and {4}.",
    [WORD_PRODUCT] = "{0} × {1} = {2}",
    [WORD_PRODUCT_ABOUT] = "{0} × {1} ≈ {2}",
    [WORD_UNITS_LIMITED] = "It came to {0}, but at most {1} are paid.",
    [WORD_TABLE_BELOW] =
        "Here {0} is {1}. This does not reach the first row of the table, so it gives nothing.",
    [WORD_TABLE_ROW] =
        "Here {0} is {1}. This reaches row {2} of the table ({3}), which gives {4}: {5}.",
    [WORD_TABLE_BETWEEN] =
        "Here {0} is {1}. This lies between row {2} of the table ({3}) and row {4} ({5}); "
        "straight between them it gives {6}.",
    [WORD_FIXED_PAYS] = "The fixed sum is {0}.",
    [WORD_CAP_BIT] = "The cap of the step, {0}, limits it to {1}.",
    [WORD_FLOOR_BIT] = "The floor of the step, {0}, raises it to {1}.",
    [WORD_ROUNDED] = "Rounded {0}. The residue, {1} minor units exactly, is borne by {2}.",
    [WORD_PAID_LINE] = "{0} to {1}: {2}",
    /* payment and result */
    [WORD_PAYMENT] = "Payment",
    [WORD_PAYMENT_CAPTION] = "Due",
    [WORD_FROM] = "From",
    [WORD_TO] = "To",
    [WORD_PAYMENT_NOTE] =
        "The amounts are what the contract gives in all up to the date of the settlement; "
        "anything paid before is not deducted.",
    [WORD_RESULT_SECTION] = "Result and who bears the cost",
    [WORD_RESULT_CAPTION] = "Result by party, and what each bears of the project cost, {0}",
    [WORD_RECEIVES] = "Receives",
    [WORD_PAYS] = "Pays",
    [WORD_RESULT] = "Result",
    [WORD_BEARS] = "Bears",
    [WORD_PART_SAVING] = "difference {0}",
    [WORD_PART_RECEIVED] = "received {0}",
    [WORD_PART_PAID] = "paid {0}",
    [WORD_PART_DRAWN] = "project cost {0}",
    [WORD_RESULT_FORMULA] = "{0}: {1} = {2}",
    [WORD_RESULT_FORMULA_ABOUT] = "{0}: {1} ≈ {2}",
    [WORD_RESULT_NOTE] =
        "Together the result is the difference {0} less the project cost {1}, that is {2}. "
        "The difference is a computed saving or extra cost, not an entry in the accounts.",
    [WORD_CHECKS] = "Checks",
    [WORD_CHECKS_INTRO] = "These were computed in two ways and agree exactly:",
    [WORD_CHECK_ACTUAL_CALENDAR] = "actual cost by intervention month and by calendar month",
    [WORD_CHECK_ACTUAL_GROUP] = "actual cost by intervention month and by group",
    [WORD_CHECK_EXPECTED_CALENDAR] = "expected cost by intervention month and by calendar month",
    [WORD_CHECK_DRAWN] = "project cost accumulated and in all",
    [WORD_CHECK_BELOW] = "people below, at and above the standard cost and people by month",
    [WORD_CHECK_ACTIVE] = "people by calendar month and by intervention month",
    [WORD_CHECK_STARTS] = "people by month of start and by group",
    [WORD_CHECK_RESIDUE] = "paid plus rounding residue and the exact amount",
    [WORD_CHECK_DUE] = "amounts between parties and amounts by step",
    [WORD_CHECK_RESULTS] = "results of all parties and the difference less the project cost",
    [WORD_ROUNDING_NOTE] =
        "The sign ≈ stands where an amount is rounded to two decimals for reading, halves "
        "away from zero. Amounts in whole units or in millions are rounded in the same way, "
        "so sums may differ. The exact values stand in the ledger.",
    /* appendices */
    [WORD_APPENDIX] = "Appendix {0}: {1}",
    [WORD_TABLE] = "Table {0}. {1}",
    [WORD_SECTION] = "{0}. {1}",
    [WORD_BY_CALENDAR] = "By calendar month",
    [WORD_CALENDAR_INTRO] = "Accumulated amounts: the same data as in the figure.",
    [WORD_BY_CALENDAR_CAPTION] = "Accumulated cost by calendar month, whole {0}",
    [WORD_MONTH] = "Month",
    [WORD_ACTIVE] = "People in the window",
    [WORD_DRAWN] = "Project cost",
    [WORD_DRAWN_ABOVE] = "{0}, {1} more than the commitment",
    [WORD_NTH] = "Intervention month",
    [WORD_NTH_TABLE_INTRO] =
        "The last three columns say how many people cost less than, as much as and more than "
        "their standard cost.",
    [WORD_BELOW] = "Below",
    [WORD_AT] = "At",
    [WORD_ABOVE] = "Above",
    [WORD_STANDARD_COSTS] = "Standard costs",
    [WORD_STANDARD_COST_INTRO] =
        "The comparison group's cost in the month divided by the number of people in the group.",
    [WORD_STANDARD_COST_AGREED] = "As agreed in the contract.",
    [WORD_STANDARD_COST_CAPTION] = "Standard cost a person and intervention month, {0}",
    [WORD_STANDARD_COST_PRICES] =
        "At the prices of {0}; in another month times its price index, divided by that of {0}.",
    [WORD_PRICES_CARRIED] =
        "Standard costs are carried by the price index to each person's own months.",
    [WORD_GROUPS_FEW] =
        "Where there are fewer than {0} people ({1}), what single people cost may be read from "
        "this statement and its ledger, so neither should be shared beyond those who may see that.",
    /* figure */
    [WORD_FIGURE] = "Figure 1. {0}",
    [WORD_FIGURE_TITLE] = "Accumulated actual and expected cost",
    [WORD_FIGURE_TEXT] =
        "Through {0} the actual cost is {1}, the expected cost {2} and the project cost {3}. "
        "Break-even lies at {4}.",
    [WORD_FIGURE_TEXT_CAP] = "{0} The payment cap lies at {1}.",
    [WORD_FIGURE_TABLE] = "The same data stand as a table in appendix 1.",
    [WORD_AXIS_AMOUNT] = "Accumulated, {0}",
    [WORD_AXIS_MONTH] = "Calendar month, {0}–{1}",
    [WORD_THOUSANDS] = "thousand {0}",
    /* return */
    [WORD_RETURNS_TITLE] = "Return",
    [WORD_RETURNS_SECTION] = "The return of the investor",
    [WORD_RETURNS_INTRO] =
        "{0} pays the project cost as it is used and is paid by the distribution. Every payment "
        "counts at the end of its month; what this settlement pays counts in {1}.",
    [WORD_RETURNS_FLOWS] = "Payments",
    [WORD_RETURNS_SPAN] = "{0}, from {1} to {2}",
    [WORD_RETURNS_PERIODS] = "{0}, period {1} to {2}",
    [WORD_RETURNS_DAYS] = "Day count",
    [WORD_RETURNS_ACT_365] = "days / 365",
    [WORD_RETURNS_ACT_365_25] = "days / 365.25",
    [WORD_RETURNS_ACT_360] = "days / 360",
    [WORD_RETURNS_30E_360] = "months of 30 days, the 31st as the 30th, / 360",
    [WORD_RETURNS_MONTHS] = "calendar months / 12",
    [WORD_RETURNS_BY_PERIOD] = "periods; the rate is for one period",
    [WORD_RETURNS_MULTIPLE] = "Money multiple",
    [WORD_RETURNS_MULTIPLE_NONE] = "none: nothing was paid",
    [WORD_RETURNS_EXACTLY] = "{0} (exactly {1})",
    [WORD_RETURNS_IRR] = "Internal rate of return",
    [WORD_RETURNS_IRR_NTH] = "Internal rate of return {0} of {1}",
    [WORD_RETURNS_IRR_UNSURE] = "Perhaps a rate of return",
    [WORD_RETURNS_BETWEEN] = "between {0} and {1}",
    [WORD_RETURNS_ABOVE] = "above {0}",
    [WORD_RETURNS_NO_FLOWS] = "none: there are no payments, or they cancel on every day",
    [WORD_RETURNS_ONE_WAY] = "none: every payment goes the same way",
    [WORD_RETURNS_NONE] = "none: the present value is zero at no rate",
    [WORD_RETURNS_PROOF] =
        "The number of rates above −100 % is proved, and each provably lies in its interval.",
    [WORD_RETURNS_SEVERAL] = "There is more than one internal rate of return. Then none of them "
                             "alone says what the return is; use the present value.",
    [WORD_RETURNS_UNDECIDED] =
        "It could not be decided how many rates lie in the intervals marked perhaps: the present "
        "value comes so near to zero there that it may only touch it.",
    [WORD_RETURNS_NPV] = "Present value at {0}",
    [WORD_RETURNS_NPV_DATE] = "The present value is as of the date of the first payment.",
    [WORD_RETURNS_EARLIER] = "The return is not shown: earlier settlements have paid, and the "
                             "ledger does not hold their dates.",
    /* a settlement among others */
    [WORD_INTERIM] = "Earlier settlements",
    [WORD_INTERIM_INTRO] = "The settlement before this one was as of the end of {0}. Due now is "
                           "what each step comes to today less what it came to then. {1}",
    [WORD_INTERIM_UNSTATED] = "The contract does not say what follows if that is below zero.",
    [WORD_INTERIM_CLAW_BACK] = "If that is below zero, the difference is paid back.",
    [WORD_INTERIM_CARRY_FORWARD] = "If that is below zero, nothing is paid and the difference is "
                                   "deducted from later payments.",
    [WORD_INTERIM_NOTHING] =
        "If that is below zero, nothing is paid and the difference is written off.",
    [WORD_INTERIM_CAPTION] = "What each step came to then and comes to now, {0}",
    [WORD_INTERIM_ENTITLED] = "To date",
    [WORD_INTERIM_BEFORE] = "Then",
    [WORD_INTERIM_CHANGE] = "Difference",
    [WORD_INTERIM_PAIR] =
        "{0} has paid {1} {2} before, should have paid {3} to date, and pays {4} now.",
    [WORD_INTERIM_CARRIED] = "Paid too much, to be deducted later: {0}.",
    [WORD_INTERIM_WRITTEN_OFF] = "Paid too much and written off: {0}.",
    [WORD_CORRECTIONS] = "Corrections",
    [WORD_CORRECTIONS_INTRO] =
        "The figures as of {0} are no longer those that were settled then. Reason: {1}. Each row "
        "shows what changes when it is put right after the rows above.",
    [WORD_CORRECTIONS_CAPTION] = "Corrected figures, {0}",
    [WORD_CORRECTIONS_WHAT] = "Figure",
    [WORD_CORRECTIONS_OLD] = "Before",
    [WORD_CORRECTIONS_NOW] = "Now",
    [WORD_CORRECTIONS_SAVING] = "Saving",
    [WORD_CORRECTIONS_PAID] = "Payment",
    [WORD_SUBJECT_PEOPLE] = "People",
    [WORD_SUBJECT_PEOPLE_AT_PRICES] = "People weighted by the price index",
    [WORD_SUBJECT_COST] = "Cost",
    [WORD_SUBJECT_COMPARISON_PEOPLE] = "Comparison people",
    [WORD_SUBJECT_COMPARISON_COST] = "Comparison group's cost",
    [WORD_SUBJECT_AGREED_COST] = "Agreed standard cost",
    [WORD_SUBJECT_DRAWN] = "Project cost",
    [WORD_SUBJECT_OUTCOME_SUM] = "Sum",
    [WORD_SUBJECT_OUTCOME_PERSONS] = "Number of people",
    [WORD_SUBJECT_IN_GROUP] = "{0}, {1}, intervention month {2}",
    [WORD_SUBJECT_OF] = "{0}, {1}",
    [WORD_FORECAST] = "Forecast",
    [WORD_FORECAST_INTRO] =
        "A forecast, not a result: this is what comes out in the end for those who have begun ({0} "
        "with months to come) if the months to come {1} and the project cost {2}. Conditions stand "
        "as they stand today. Nothing is paid by the forecast.",
    [WORD_FORECAST_AS_STANDARD] = "cost the standard cost",
    [WORD_FORECAST_AS_RATIO] = "are to the standard cost as the group's months so far",
    [WORD_FORECAST_TO_DATE] = "is what has been drawn so far",
    [WORD_FORECAST_COMMITMENT] = "becomes all of the commitment",
    [WORD_FORECAST_CAPTION] = "Forecasts of the final result, {0}",
    [WORD_FORECAST_SAVING] = "Saving",
    [WORD_FORECAST_PAID] = "Payment in all",
    [WORD_NOT_KNOWN_YET] = "not known before {0}",
    [WORD_PAYMENT_NOTE_CHAINED] =
        "The amounts are what is due now: what earlier settlements paid is deducted.",
    /* project cost */
    [WORD_COST_SECTION] = "Project cost: budget and outcome",
    [WORD_COST_CAPTION] = "Project cost by category, {0}",
    [WORD_COST_CATEGORY] = "Cost",
    [WORD_COST_BUDGET] = "Budget",
    [WORD_COST_OUTCOME] = "Outcome",
    [WORD_COST_DIFFERENCE] = "Difference",
    [WORD_COST_NOTE] =
        "Difference = budget − outcome: above zero less was used than was set aside.",
    [WORD_PAY_CAPTION] = "What providers are paid, {0}",
    [WORD_PAY_AGREEMENT] = "Agreement",
    [WORD_PAY_MONTHS] = "Months",
    [WORD_PAY_EARNED] = "Earned",
    [WORD_PAY_HELD] = "Held back",
    [WORD_PAY_PAYABLE] = "Payable",
    [WORD_PAY_DRAWN] = "Booked",
    [WORD_PAY_RELEASED] =
        "{0}: what was held back ({1}) is paid, since the outcome {2} has been reached.",
    [WORD_PAY_KEPT] =
        "{0}: what was held back ({1}) is not paid, since the outcome {2} has not been reached.",
    [WORD_PAY_NOTE] =
        "Earned is the fee for each month with cost of the category. Difference = payable − "
        "booked. The pay is part of the project cost; no step pays it again.",
};
