/* reports/words_outlook_en.c - what reports say in English of what may be paid: before any data,
 * under other terms, with other people. The order is that of words.h. */
#include "reports/words.h"

const char *const utfall__words_outlook_en[UTFALL__WORDS] = {
    /* curve */
    [WORD_CURVE] = "Payment before any data: what the contract gives at each saving",
    [WORD_CURVE_INTRO] =
        "No data are used. The project cost is taken to be {0}. The amounts are what {1} "
        "receives in all. A negative saving says that the cost was higher than expected.",
    [WORD_CURVE_OPEN] = "When every condition is reached",
    [WORD_CURVE_CLOSED] = "When no condition is reached",
    [WORD_CURVE_ALWAYS] = "Whatever the saving",
    [WORD_CURVE_SAVING] = "Saving, {0}",
    [WORD_CURVE_PAYMENT] = "Payment, {0}",
    [WORD_CURVE_SLOPE] = "From there on",
    [WORD_CURVE_BELOW] = "below {0}",
    [WORD_CURVE_ANY] = "any",
    [WORD_CURVE_KRONA] = "krona",
    [WORD_CURVE_FLAT] = "the payment stands still",
    [WORD_CURVE_MINOR] = "{0} öre of each further krona go to {1}",
    [WORD_CURVE_ALL] = "each further {0} goes to {1}",
    [WORD_CURVE_SHARE] = "{0} of each further {1} goes to {2}",
    [WORD_CURVE_FALLS] = "the payment falls by {0} of each further {1}",
    [WORD_CURVE_JUMP] = "{0}; just above, the payment jumps by {1}",
    [WORD_CURVE_LEAST_MOST] = "At least {0} and at most {1}.",
    [WORD_CURVE_LEAST] = "At least {0}; there is no upper limit.",
    [WORD_CURVE_MOST] = "At most {0}; there is no lower limit.",
    [WORD_CURVE_UNBOUNDED] = "The payment has no limit, neither downward nor upward.",
    [WORD_CURVE_LEFT_OUT_ONE] = "{0} step depends on other things than the saving and is left out.",
    [WORD_CURVE_LEFT_OUT_MANY] =
        "{0} steps depend on other things than the saving and are left out.",
    /* what if */
    [WORD_WHATIF] = "What if",
    [WORD_WHATIF_SCENARIO] = "Scenario",
    [WORD_WHATIF_SAVING] = "Saving",
    [WORD_WHATIF_EXPECTED] = "Expected cost",
    [WORD_WHATIF_ACTUAL] = "Actual cost",
    [WORD_WHATIF_DUE] = "{0} pays {1}",
    [WORD_WHATIF_RESULT] = "Result of {0}",
    [WORD_WHATIF_BORNE] = "Borne by {0}",
    [WORD_WHATIF_REFUSED] = "{0}: not settled: {1}",
    [WORD_WHATIF_STOPPED] = "Stopped: {0} of {1} scenarios were settled.",
    [WORD_WHATIF_AMOUNTS] = "Amounts in {0}, rounded for reading; --as json gives them exact.",
    [WORD_WHATIF_NUMBER] = "Row",
    [WORD_WHATIF_TORNADO] = "One at a time: {0}, {1} as signed",
    [WORD_WHATIF_PLACE] = "Place",
    [WORD_WHATIF_LEAST] = "Least",
    [WORD_WHATIF_MOST] = "Most",
    [WORD_WHATIF_SWING] = "Swing",
    [WORD_WHATIF_AT] = "{0} at {1}",
    /* risk */
    [WORD_RISK] = "How sure is the result?",
    [WORD_RISK_INTRO] =
        "{0} replicates, seed {1}. In each, the {2} people of the target group and the {3} of"
        " the comparison group are drawn anew within their groups, with replacement, and the "
        "contract pays what it pays at the saving that comes out.",
    [WORD_RISK_INTRO_AGREED] =
        "{0} replicates, seed {1}. In each, the {2} people of the target group are drawn anew"
        " within their groups, with replacement, against the agreed standard cost, and the "
        "contract pays what it pays at the saving that comes out.",
    [WORD_RISK_LIMITS] =
        "Only what the people cost is drawn again: outcomes, conditions and project cost stay"
        " as they were found. The figures show how much hangs on which people these happened "
        "to be. They do not show whether the comparison group is a fair one.",
    [WORD_RISK_INTERRUPTED] = "Interrupted: {0} of {1} replicates were made. Everything below is "
                              "of those; --replicates {2} gives the same again.",
    [WORD_RISK_INTERRUPTED_LATER] = "Interrupted: all {0} replicates were made, but not everything "
                                    "that was asked for in \"{1}\".",
    [WORD_RISK_SAVING] = "The saving",
    [WORD_RISK_FOUND] = "Settled",
    [WORD_RISK_MEDIAN] = "Middle replicate",
    [WORD_RISK_INTERVAL] = "95% lie between",
    [WORD_RISK_BETWEEN] = "{0} and {1}",
    [WORD_RISK_NEGATIVE] = "Below zero",
    [WORD_RISK_BREAK_EVEN] = "Reaches break-even",
    [WORD_RISK_BREAK_EVEN_AT] = "Break-even",
    [WORD_RISK_PROJECT_COST] = "{0}, the project cost",
    [WORD_RISK_OF] = "{0} of {1} replicates ({2})",
    [WORD_RISK_HISTOGRAM] = "Replicates by saving, {0}",
    [WORD_RISK_FROM] = "From",
    [WORD_RISK_REPLICATES] = "Replicates",
    [WORD_RISK_BAR] = "Share",
    [WORD_RISK_PAYMENT] = "What {0} is paid",
    [WORD_RISK_BANDS] = "Replicates by what the saving gives, conditions as found",
    [WORD_RISK_BAND_SAVING] = "Saving, {0}",
    [WORD_RISK_BAND_PAYS] = "Payment, {0}",
    [WORD_RISK_BAND_BELOW] = "below {0}",
    [WORD_RISK_BAND_TO] = "{0} to {1}",
    [WORD_RISK_BAND_ABOVE] = "{0} and above",
    [WORD_RISK_BAND_ANY] = "any",
    [WORD_RISK_NO_BANDS] =
        "The payment depends on more than the saving, so it is not shown by saving.",
    [WORD_RISK_BUDGET] = "What {0} has to reckon with",
    [WORD_RISK_CLASSES] = "Payment by certainty, {0}",
    [WORD_RISK_CLASS] = "Class",
    [WORD_RISK_AMOUNT] = "Amount",
    [WORD_RISK_IN_ALL] = "In all",
    [WORD_RISK_FIXED] = "Fixed",
    [WORD_RISK_PROBABLE] = "Probable",
    [WORD_RISK_POSSIBLE] = "Possible",
    [WORD_RISK_TERMS] =
        "Fixed is paid whatever the saving, with the conditions as they were found. Probable "
        "is what comes on top up to the amount that half of the replicates stay within, "
        "possible up to the amount that 95% of them stay within.",
    [WORD_RISK_MOST] =
        "The most that the contract can cost {0}, with every condition met, is {1}. The "
        "settlement itself comes to {2}.",
    [WORD_RISK_NO_MOST] =
        "The contract sets no limit to what it can cost {0}. The settlement itself comes to "
        "{1}.",
    [WORD_RISK_YEARS] = "The same by the year in which it arises, {0}",
    [WORD_RISK_YEAR] = "Year",
    [WORD_RISK_YEARS_NOTE] =
        "What is a share of the project cost arises in the years in which that was drawn; "
        "everything else in the year in which the last payment window closes. When it is paid"
        " is for the contract to say.",
    [WORD_RISK_CHANCE] = "Could it be chance?",
    [WORD_RISK_PERMUTATION] =
        "If the help had made no difference to what people cost, who of a group got it would "
        "be as good as drawn by lot. In {0} of {1} random exchanges within the groups the "
        "saving came out at least as far from zero as it did (p\xC2\xA0=\xC2\xA0{2}), and in {3} "
        "at least "
        "as high (p\xC2\xA0=\xC2\xA0{4}). The smaller p is, the worse chance explains it; below "
        "0.05 is commonly called "
        "significant.",
    [WORD_RISK_NO_PERMUTATION] =
        "The exchange test needs people on both sides, all followed for the whole payment "
        "window; it was not made.",
    [WORD_RISK_PERMUTATION_PART] =
        "Interrupted: {0} of {1} exchanges were made; --permutations {2} gives the same again.",
    [WORD_RISK_PERMUTATION_NOT] =
        "The test by exchanges was not made: the run was interrupted before it.",
    [WORD_RISK_NO_PERMUTATION_PRICES] = "With a price index neither the test by exchanges nor the "
                                        "number of people needed is computed.",
    [WORD_RISK_POWER_NOW] =
        "A saving of {0} a person, {1} in all, would have been seen in {2} of {3} replicates "
        "with the people there were (test at 5%, two-sided).",
    [WORD_RISK_POWER_NEEDED] =
        "To see it in 80% of cases, {0} times as many would have been needed: {1} people and"
        " {2} to compare with.",
    [WORD_RISK_POWER_ENOUGH] = "There were enough people to see it in 80% of cases.",
    [WORD_RISK_POWER_BEYOND] =
        "To see it in 80% of cases, more than {0} times as many would have been needed.",
    [WORD_RISK_NO_POWER] =
        "How many people would have been needed cannot be told: it takes an effect above zero"
        " and people who were all followed for the whole payment window.",
    [WORD_RISK_POWER_PART] =
        "How many people it would have taken was not found out: the run was interrupted.",
    [WORD_RISK_POWER_NOT] =
        "How many people would have been needed was not sought: the run was interrupted before it.",
    [WORD_RISK_FIGURE] = "Replicates by saving: {0} of {1} below zero, {2} reach break-even",
    [WORD_RISK_FIGURE_OF] = "{0}, as of {1}",
    [WORD_RISK_FIGURE_FROM] = "From, {0}",
    [WORD_RISK_FIGURE_SETTLED] = "{0} \xE2\x97\x82 settled",
    [WORD_RISK_FIGURE_NOTE] =
        "Settled: {3} {2}. 95% of the replicates lie between {0} and {1} {2}.",
    /* goal seek */
    [WORD_SEEK_TITLE] = "Which {0} gives {1}?",
    [WORD_SEEK_SAVING] = "saving",
    [WORD_SEEK_COST] = "fall of the actual cost",
    [WORD_SEEK_PEOPLE] = "number of people",
    [WORD_SEEK_NOW] = "Now: {0}, which gives {2} a result of {1}.",
    [WORD_SEEK_NOW_PAYOUT] = "Now: {0}, and {1} is paid in all.",
    [WORD_SEEK_ONE] = "Answer: {0}.",
    [WORD_SEEK_HIGHER] = "Answer: the cost would have to be {0} higher.",
    [WORD_SEEK_RISE] = "a rise of {0}",
    [WORD_SEEK_FROM_TO] = "Answer: everything from {0} to {1}.",
    [WORD_SEEK_UP] = "Answer: everything from {0} up.",
    [WORD_SEEK_DOWN] = "Answer: everything up to {0}.",
    [WORD_SEEK_ANY] = "Answer: any value.",
    [WORD_SEEK_WITHOUT_FROM] = "{0} Above the lower end only.",
    [WORD_SEEK_WITHOUT_TO] = "{0} Below the upper end only.",
    [WORD_SEEK_NONE] = "No value does.",
    [WORD_SEEK_BOUNDS] = "What can be reached lies between {0} and {1}.",
    [WORD_SEEK_NO_END] = "(no end)",
    [WORD_SEEK_EXACT] = "{0} (exactly {1})",
    [WORD_SEEK_PERSONS] = "{0} persons",
    [WORD_SEEK_PERSONS_BETWEEN] = "between {0} and {1} persons",
    [WORD_SEEK_OF] = "{0} of {1}",
    [WORD_SEEK_HELD] = "Everything else stays as settled: people, costs, project cost, conditions. "
                       "Amounts are before rounding.",
};
