/* ledger/vocabulary.c - the elements of a ledger, in document order: see vocabulary.h and
 * FORMAT.md.
 *
 * Invariant: the rows below are what recorded.c and derived.c write, in their order; a row's parent
 * stands above it. */
#include "ledger/vocabulary.h"

#define TEXT(n)                                                                                    \
    {                                                                                              \
        n, UTFALL_SPELL_TEXT, false                                                                \
    }
#define COUNT(n)                                                                                   \
    {                                                                                              \
        n, UTFALL_SPELL_COUNT, false                                                               \
    }
#define INTEGER(n)                                                                                 \
    {                                                                                              \
        n, UTFALL_SPELL_INTEGER, false                                                             \
    }
#define RATIO(n)                                                                                   \
    {                                                                                              \
        n, UTFALL_SPELL_RATIO, false                                                               \
    }
#define MONTH(n)                                                                                   \
    {                                                                                              \
        n, UTFALL_SPELL_MONTH, false                                                               \
    }
#define DIGEST(n)                                                                                  \
    {                                                                                              \
        n, UTFALL_SPELL_DIGEST, false                                                              \
    }
#define FLAG(n)                                                                                    \
    {                                                                                              \
        n, UTFALL_SPELL_FLAG, false                                                                \
    }
#define TEXT_IF(n)                                                                                 \
    {                                                                                              \
        n, UTFALL_SPELL_TEXT, true                                                                 \
    }
#define COUNT_IF(n)                                                                                \
    {                                                                                              \
        n, UTFALL_SPELL_COUNT, true                                                                \
    }
#define INTEGER_IF(n)                                                                              \
    {                                                                                              \
        n, UTFALL_SPELL_INTEGER, true                                                              \
    }
#define RATIO_IF(n)                                                                                \
    {                                                                                              \
        n, UTFALL_SPELL_RATIO, true                                                                \
    }
#define MONTH_IF(n)                                                                                \
    {                                                                                              \
        n, UTFALL_SPELL_MONTH, true                                                                \
    }
#define FLAG_IF(n)                                                                                 \
    {                                                                                              \
        n, UTFALL_SPELL_FLAG, true                                                                 \
    }
#define DATE_IF(n)                                                                                 \
    {                                                                                              \
        n, UTFALL_SPELL_DATE, true                                                                 \
    }

enum {
    TERMS_MAX = 200000,
    INPUTS_MAX = 10000,
    STARTS_MAX = 100000,
    CALENDAR_MAX = 3600,
    PRICES_MAX = 3600
};

/* Rows below <derived> in their order; names for parents only. */
enum {
    D_CONTRACT = UTFALL_EL_DERIVED_FIRST,
    D_PARTIES,
    D_PARTY,
    D_ROWS,
    D_PEOPLE,
    D_STANDARD_COST,
    D_GROUP,
    D_GROUP_MONTH,
    D_BY_INTERVENTION_MONTH,
    D_MONTH,
    D_ACCUMULATED,
    D_CALENDAR_MONTH,
    D_TOTAL,
    D_PAYMENT_WINDOW,
    D_LEVELS,
    D_FORECAST,
    D_FORECAST_STEP,
    D_OUTCOMES,
    D_OUTCOME,
    D_WATERFALL,
    D_STEP,
    D_DUES,
    D_DUE,
    D_RESULTS,
    D_RESULT,
    D_BUDGET,
    D_PROVIDER_PAY,
    D_RETURN,
    D_FLOW,
    D_ROOT,
    D_UNSURE,
    D_CHECKS,
    D_CHECK,
    ROWS_COUNT
};

const uint32_t utfall_vocabulary_count = ROWS_COUNT;

const utfall_element_rule utfall_vocabulary[ROWS_COUNT] = {
    [UTFALL_EL_LEDGER] = {"ledger", UTFALL_EL_NONE, 1, 1, false, {{0}}},
    [UTFALL_EL_RECORDED] =
        {"recorded", UTFALL_EL_LEDGER, 1, 1, false, {TEXT("rules"), TEXT("version")}},
    [UTFALL_EL_PREVIOUS] = {"previous",
                            UTFALL_EL_RECORDED,
                            0,
                            1,
                            false,
                            {MONTH_IF("as_of"), TEXT_IF("reason"), DIGEST("sha256")}},
    [UTFALL_EL_PAST_STEP] = {"step",
                             UTFALL_EL_PREVIOUS,
                             0,
                             UTFALL_STEPS_MAX,
                             false,
                             {INTEGER("entitlement"), TEXT("id")}},
    [UTFALL_EL_PAST_PAIR] = {"pair",
                             UTFALL_EL_PREVIOUS,
                             0,
                             UTFALL_PARTIES_MAX *UTFALL_PARTIES_MAX,
                             false,
                             {INTEGER("carried"), TEXT("from"), INTEGER("paid"), TEXT("to"),
                              INTEGER("written_off")}},
    [UTFALL_EL_CORRECTION] = {"correction",
                              UTFALL_EL_PREVIOUS,
                              0,
                              UTFALL_CORRECTIONS_MAX,
                              false,
                              {COUNT_IF("group"), COUNT_IF("k"), MONTH_IF("month"), RATIO("now"),
                               RATIO("old"), COUNT_IF("outcome"), RATIO("paid"), RATIO("saving"),
                               TEXT("subject")}},
    [UTFALL_EL_PAST_FORECAST] = {"forecast",
                                 UTFALL_EL_PREVIOUS,
                                 0,
                                 CALENDAR_MAX,
                                 false,
                                 {MONTH("as_of"), INTEGER("paid"), RATIO("saving")}},
    [UTFALL_EL_TERMS] = {"terms", UTFALL_EL_RECORDED, 1, 1, false, {{0}}},
    [UTFALL_EL_TERM] = {"term",
                        UTFALL_EL_TERMS,
                        0,
                        TERMS_MAX,
                        true,
                        {COUNT("column"), TEXT("file"), COUNT("line"), TEXT("path")}},
    [UTFALL_EL_INPUTS] = {"inputs", UTFALL_EL_RECORDED, 1, 1, false, {{0}}},
    [UTFALL_EL_INPUT] = {"input",
                         UTFALL_EL_INPUTS,
                         0,
                         INPUTS_MAX,
                         false,
                         {COUNT("bytes"), TEXT("name"), TEXT("role"), COUNT("rows"),
                          DIGEST("sha256")}},
    [UTFALL_EL_DETAIL] = {"detail",
                          UTFALL_EL_RECORDED,
                          0,
                          1,
                          false,
                          {COUNT("bytes"), COUNT("leaves"), TEXT("name"), DIGEST("root"),
                           DIGEST("sha256")}},
    [UTFALL_EL_SUMS] = {"sums",
                        UTFALL_EL_RECORDED,
                        1,
                        1,
                        false,
                        {MONTH("as_of"), COUNT("left_out"), COUNT("window_months")}},
    [UTFALL_EL_ROWS] = {"rows", UTFALL_EL_SUMS, 1, 2, false, {TEXT("of")}},
    [UTFALL_EL_CLASS] = {"class",
                         UTFALL_EL_ROWS,
                         UTFALL_CLASSES,
                         UTFALL_CLASSES,
                         false,
                         {INTEGER("amount"), COUNT("count"), TEXT("name")}},
    [UTFALL_EL_GROUP] = {"group",
                         UTFALL_EL_SUMS,
                         1,
                         UTFALL_GROUPS_MAX,
                         false,
                         {COUNT_IF("comparison"), TEXT("label"), COUNT("number"), COUNT("target")}},
    [UTFALL_EL_MONTH] = {"month",
                         UTFALL_EL_GROUP,
                         1,
                         UTFALL_WINDOW_MAX,
                         false,
                         {RATIO_IF("agreed"), INTEGER_IF("comparison"), COUNT_IF("followed"),
                          COUNT("k"), INTEGER("target")}},
    [UTFALL_EL_STARTS] = {"starts", UTFALL_EL_SUMS, 1, 1, false, {{0}}},
    [UTFALL_EL_START] = {"start",
                         UTFALL_EL_STARTS,
                         0,
                         STARTS_MAX,
                         false,
                         {COUNT("group"), COUNT_IF("left_after"), MONTH("month"),
                          COUNT("persons")}},
    [UTFALL_EL_CALENDAR] = {"calendar", UTFALL_EL_SUMS, 1, 1, false, {{0}}},
    [UTFALL_EL_CALENDAR_MONTH] = {"calendar_month",
                                  UTFALL_EL_CALENDAR,
                                  0,
                                  CALENDAR_MAX,
                                  false,
                                  {INTEGER("actual"), INTEGER("drawn"), MONTH("month")}},
    [UTFALL_EL_PRICE] =
        {"price", UTFALL_EL_SUMS, 0, PRICES_MAX, false, {MONTH("month"), RATIO("value")}},
    [UTFALL_EL_CATEGORY] = {"category",
                            UTFALL_EL_SUMS,
                            0,
                            UTFALL_BUDGET_MAX,
                            false,
                            {INTEGER("amount"), COUNT("months"), TEXT("name")}},
    [UTFALL_EL_DISTRIBUTION] = {"distribution", UTFALL_EL_SUMS, 1, 1, false, {{0}}},
    [UTFALL_EL_DISTRIBUTION_MONTH] = {"month",
                                      UTFALL_EL_DISTRIBUTION,
                                      1,
                                      UTFALL_WINDOW_MAX,
                                      false,
                                      {COUNT("above"), COUNT("at"), COUNT("below"), COUNT("k")}},
    [UTFALL_EL_OUTCOMES] = {"outcomes", UTFALL_EL_SUMS, 1, 1, false, {{0}}},
    [UTFALL_EL_OUTCOME] = {"outcome",
                           UTFALL_EL_OUTCOMES,
                           0,
                           UTFALL_OUTCOMES_MAX,
                           false,
                           {RATIO_IF("claims"), COUNT("excluded"), RATIO_IF("excluded_sum"),
                            TEXT("id"), COUNT_IF("missing"), COUNT("persons"), RATIO_IF("rate"),
                            RATIO_IF("sum")}},
    [UTFALL_EL_SCALE] = {"scale",
                         UTFALL_EL_OUTCOME,
                         0,
                         UTFALL_SCALES_MAX,
                         false,
                         {TEXT("id"), COUNT("improved"), COUNT("missing"), COUNT("persons"),
                          TEXT("sums"), COUNT("unchanged"), COUNT("worse")}},
    [UTFALL_EL_DERIVED] = {"derived", UTFALL_EL_LEDGER, 1, 1, false, {DIGEST("recorded_sha256")}},
    [D_CONTRACT] = {"contract",
                    UTFALL_EL_DERIVED,
                    1,
                    1,
                    false,
                    {INTEGER("commitment"), TEXT("currency"), MONTH("data_through"),
                     TEXT_IF("denominator"), TEXT("design"), TEXT("id"), TEXT("incomplete"),
                     TEXT("investor"), TEXT_IF("negative_due"), TEXT_IF("note"),
                     COUNT("payment_months"), MONTH_IF("price_base"), TEXT_IF("price_source"),
                     TEXT("residue_to"), TEXT("saving_to"), DATE_IF("signed"), TEXT_IF("source"),
                     TEXT_IF("title"), COUNT("window_months")}},
    [D_PARTIES] = {"parties", UTFALL_EL_DERIVED, 1, 1, false, {{0}}},
    [D_PARTY] = {"party",
                 D_PARTIES,
                 0,
                 UTFALL_PARTIES_MAX,
                 false,
                 {TEXT("id"), TEXT_IF("name"), TEXT_IF("org_number"), TEXT("role")}},
    [D_ROWS] =
        {"rows", UTFALL_EL_DERIVED, 1, 2, false, {RATIO("amount"), COUNT("count"), TEXT("of")}},
    [D_PEOPLE] =
        {"people", UTFALL_EL_DERIVED, 1, 1, false, {COUNT_IF("comparison"), COUNT("target")}},
    [D_STANDARD_COST] = {"standard_cost", UTFALL_EL_DERIVED, 1, 1, false, {{0}}},
    [D_GROUP] =
        {"group", D_STANDARD_COST, 1, UTFALL_GROUPS_MAX, false, {TEXT("label"), COUNT("number")}},
    [D_GROUP_MONTH] = {"month",
                       D_GROUP,
                       1,
                       UTFALL_WINDOW_MAX,
                       false,
                       {RATIO_IF("amount"), COUNT("k"), RATIO_IF("weight")}},
    [D_BY_INTERVENTION_MONTH] = {"by_intervention_month", UTFALL_EL_DERIVED, 1, 1, false, {{0}}},
    [D_MONTH] = {"month",
                 D_BY_INTERVENTION_MONTH,
                 1,
                 UTFALL_WINDOW_MAX,
                 false,
                 {RATIO("actual"), RATIO("expected"), COUNT("k")}},
    [D_ACCUMULATED] = {"accumulated", UTFALL_EL_DERIVED, 1, 1, false, {{0}}},
    [D_CALENDAR_MONTH] = {"calendar_month",
                          D_ACCUMULATED,
                          0,
                          CALENDAR_MAX,
                          false,
                          {COUNT("active"), RATIO("actual"), RATIO("drawn"), RATIO("expected"),
                           MONTH("month")}},
    [D_TOTAL] = {"total",
                 UTFALL_EL_DERIVED,
                 1,
                 1,
                 false,
                 {RATIO("actual"), RATIO("drawn"), RATIO("expected"), RATIO("saving")}},
    [D_PAYMENT_WINDOW] = {"payment_window",
                          UTFALL_EL_DERIVED,
                          1,
                          1,
                          false,
                          {RATIO("actual"), RATIO("expected"), RATIO("saving")}},
    [D_LEVELS] = {"levels",
                  UTFALL_EL_DERIVED,
                  1,
                  1,
                  false,
                  {RATIO_IF("break_even"), RATIO_IF("cap"), RATIO_IF("no_savings")}},
    [D_FORECAST] = {"forecast",
                    UTFALL_EL_DERIVED,
                    0,
                    1,
                    false,
                    {RATIO("actual"), RATIO("drawn"), TEXT("drawn_rule"), RATIO("expected"),
                     COUNT("open"), INTEGER("paid"), RATIO("paid_saving"), TEXT("remaining"),
                     RATIO("saving")}},
    [D_FORECAST_STEP] = {"step",
                         D_FORECAST,
                         0,
                         UTFALL_STEPS_MAX,
                         false,
                         {RATIO("exact"), TEXT("id"), INTEGER("paid")}},
    [D_OUTCOMES] = {"outcomes", UTFALL_EL_DERIVED, 1, 1, false, {{0}}},
    [D_OUTCOME] = {"outcome",
                   D_OUTCOMES,
                   0,
                   UTFALL_OUTCOMES_MAX,
                   false,
                   {TEXT_IF("clause"), FLAG("holds"), TEXT("id"), FLAG_IF("known"),
                    MONTH_IF("known_from"), TEXT("measure"), TEXT_IF("source")}},
    [D_WATERFALL] = {"waterfall", UTFALL_EL_DERIVED, 1, 1, false, {{0}}},
    [D_STEP] = {"step",
                D_WATERFALL,
                0,
                UTFALL_STEPS_MAX,
                false,
                {INTEGER_IF("before"),  RATIO("before_limits"),
                 FLAG("cap_bit"),       TEXT_IF("clause"),
                 INTEGER_IF("due"),     RATIO("exact"),
                 FLAG("floor_bit"),     TEXT("form"),
                 TEXT("from"),          FLAG("gate"),
                 RATIO_IF("high"),      TEXT("id"),
                 RATIO_IF("low"),       RATIO_IF("measure"),
                 TEXT_IF("of"),         INTEGER("paid"),
                 RATIO("residue"),      TEXT("round_mode"),
                 INTEGER("round_unit"), COUNT_IF("row"),
                 RATIO_IF("slice"),     TEXT("to")}},
    [D_DUES] = {"dues", UTFALL_EL_DERIVED, 1, 1, false, {{0}}},
    [D_DUE] = {"due",
               D_DUES,
               0,
               UTFALL_PARTIES_MAX *UTFALL_PARTIES_MAX,
               false,
               {INTEGER("amount"), INTEGER_IF("before"), INTEGER_IF("carried"),
                INTEGER_IF("entitlement"), TEXT("from"), TEXT("to"), INTEGER_IF("written_off")}},
    [D_RESULTS] = {"results", UTFALL_EL_DERIVED, 1, 1, false, {{0}}},
    [D_RESULT] = {"result",
                  D_RESULTS,
                  0,
                  UTFALL_PARTIES_MAX,
                  false,
                  {RATIO("borne"), TEXT("party"), RATIO("result")}},
    [D_BUDGET] = {"budget",
                  UTFALL_EL_DERIVED,
                  0,
                  UTFALL_BUDGET_MAX,
                  false,
                  {RATIO("budget"), TEXT("category"), TEXT_IF("clause"), RATIO("difference"),
                   RATIO("drawn")}},
    [D_PROVIDER_PAY] = {"provider_pay",
                        UTFALL_EL_DERIVED,
                        0,
                        UTFALL_PROVIDER_PAYS_MAX,
                        false,
                        {TEXT_IF("clause"), RATIO("difference"), RATIO("drawn"), RATIO("earned"),
                         RATIO("held_back"), TEXT("id"), COUNT("months"), RATIO("payable"),
                         TEXT("provider"), FLAG("released")}},
    [D_RETURN] = {"return",
                  UTFALL_EL_DERIVED,
                  0,
                  1,
                  false,
                  {TEXT("day_count"), RATIO_IF("multiple"), RATIO_IF("npv_high"),
                   RATIO_IF("npv_low"), RATIO_IF("rate"), TEXT("verdict")}},
    [D_FLOW] = {"flow", D_RETURN, 0, CALENDAR_MAX + 1, false, {RATIO("amount"), TEXT("date")}},
    [D_ROOT] = {"root", D_RETURN, 0, CALENDAR_MAX + 1, false, {RATIO_IF("high"), RATIO("low")}},
    [D_UNSURE] = {"unsure", D_RETURN, 0, CALENDAR_MAX + 1, false, {RATIO_IF("high"), RATIO("low")}},
    [D_CHECKS] = {"checks", UTFALL_EL_DERIVED, 1, 1, false, {{0}}},
    [D_CHECK] = {"check", D_CHECKS, 0, 1000, false, {TEXT("id"), RATIO("left"), RATIO("right")}},
};
