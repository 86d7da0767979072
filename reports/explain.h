/* reports/explain.h - what the parts of an explanation share: the explanation being written, and
 * the table of families, one entry for each kind of key.
 *
 * A new kind of fact needs one entry in explain_families.c. An entry without a function explains a
 * figure that is stated or counted: what it is, its terms, its files. */
#ifndef UTFALL_REPORTS_EXPLAIN_H
#define UTFALL_REPORTS_EXPLAIN_H
#include "reports/sections.h"
#include "reports/text.h"
#include "utfall/explain.h"

enum { UTFALL__CAPTURES_MAX = 3 };

/** The same sentence in both languages; {0}, {1} ... stand for arguments. */
typedef struct utfall__phrase {
    const char *sv, *en;
} utfall__phrase;

typedef struct utfall__family utfall__family;

typedef struct utfall__explanation {
    utfall_run *run;
    utfall__sheet *sheet;
    const utfall_settlement *settlement;
    const utfall_case *data; /* NULL = a ledger's sums are all there is */
    const utfall_report_frame *frame;
    utfall_language language;
    const utfall_fact *fact;
    const utfall__family *family;
    const char *captured[UTFALL__CAPTURES_MAX]; /* what the wildcards of the pattern stand for */
    size_t steps;                               /* numbered so far */
    const char *clause;                         /* the one shown last; NULL = none yet */
} utfall__explanation;

struct utfall__family {
    const char *pattern; /* of the key: '*' any text, '#' a number, '@' a month, else itself */
    utfall__phrase what; /* what the figure is; {0} ... are what the wildcards stand for */
    const char *terms;   /* paths in the contract that govern it, a space between; NULL = none */
    const char *inputs;  /* roles of the files that it comes from, a space between; NULL = none */
    void (*derive)(utfall__explanation *e); /* adds the steps; NULL = stated or counted as it is */
};

extern const utfall__family utfall__families[]; /* a NULL pattern ends it */

/** The first family whose pattern fits, with what its wildcards stand for; NULL = none. `run` NULL
 * = captures are not wanted. */
const utfall__family *utfall__family_find(utfall_run *run, const char **captured, const char *key);

/** Keys nearest to one that does not exist, as words: "a", "b" or "c"; NULL when none is near. */
const char *utfall__keys_near(utfall_run *run, const utfall_fact *facts, size_t count,
                              const char *key);

/* ---- explain_parts.c: sentences, tables, terms ---- */

/** The sentence with its arguments (const char *) filled in; NULL as utfall__say. */
const char *utfall__tell(const utfall__explanation *e, const char *sv, const char *en, ...);

/** A numbered step, and running text that belongs to it. */
void utfall__step_add(utfall__explanation *e, const char *text);
void utfall__more_add(utfall__explanation *e, const char *text);

/** The terms at and under `path` with their values and places; `clause` may be NULL. */
void utfall__terms_add(utfall__explanation *e, const char *path, const char *clause);

/** The files with these roles, their rows and digests, and what became of cost rows. */
void utfall__inputs_add(utfall__explanation *e, const char *roles);

/** "7 500 000,00 kr", with a sign for "about" where it is rounded for the eye. */
const char *utfall__money_words(const utfall__explanation *e, const utfall_rat *minor);

/** Number that wildcard `i` of the pattern stands for; the group, step, outcome or party it names
 * (SIZE_MAX = none); index of the calendar month (SIZE_MAX = none). */
uint32_t utfall__captured_number(const utfall__explanation *e, size_t i);
size_t utfall__captured_group(const utfall__explanation *e, size_t i);
size_t utfall__captured_step(const utfall__explanation *e, size_t i);
size_t utfall__captured_outcome(const utfall__explanation *e, size_t i);
size_t utfall__captured_party(const utfall__explanation *e, size_t i);
size_t utfall__captured_month(const utfall__explanation *e, size_t i);

/** Path of step number `step`: "waterfall[2]". */
const char *utfall__step_path(const utfall__explanation *e, size_t step);

/** Months counted of those who belong to start number `i`: the window or their own shorter one, and
 * no more than have passed. */
uint32_t utfall__months_of(const utfall__explanation *e, size_t i);

/** Persons of the target group's group `g` who are counted in intervention month `k`. */
uint64_t utfall__persons_in(const utfall__explanation *e, size_t g, uint32_t k);

/* ---- explain_outcomes.c ---- */

/** A figure of outcome number `outcome`; NULL when it has none. */
const utfall_rat *utfall__outcome_figure(const utfall__explanation *e, size_t outcome,
                                         utfall_figure figure);

/* ---- explain_prices.c: with a price index ---- */

/** Where the contract has its price index; of a family's terms, shown only where it is used. */
#define UTFALL__PRICES_PATH "comparison_group.price_index"

/** The value of the fact when it is one of the index or a weight by it; NULL for other facts. */
const utfall_rat *utfall__price_number(const utfall__explanation *e);

/** The base month in words. */
const char *utfall__base_words(const utfall__explanation *e);

/** How the cost of comparison group `g` in month `k` came to the prices of the base month. */
void utfall__carried_add(utfall__explanation *e);

/* ---- explain_formula.c ---- */

typedef enum utfall__unit { UTFALL__MONEY, UTFALL__NUMBER, UTFALL__SHARE } utfall__unit;

/** One calculation as two lines: for people, amounts rounded for the eye, and exactly. */
typedef struct utfall__formula {
    utfall__explanation *e;
    utfall__text shown, exact;
    bool has_money, is_rounded;
} utfall__formula;

void utfall__formula_start(utfall__formula *f, utfall__explanation *e);

/** An operator or a function as it is written exactly (" + ", " - ", " * ", " / ", "min(", ", ",
 * ")", " > "). */
void utfall__formula_sign(utfall__formula *f, const char *sign);

/** A number; after an operator a negative one gets brackets. */
void utfall__formula_value(utfall__formula *f, const utfall_rat *value, utfall__unit unit);
void utfall__formula_count(utfall__formula *f, uint64_t count);

/** " * I(t) / I(b)": from the prices of the base month to those of `month`. */
void utfall__price_ratio_add(utfall__formula *f, utfall_month month);

/** "= value", and both lines are added to the sheet. */
void utfall__formula_equals(utfall__formula *f, const utfall_rat *value, utfall__unit unit);
void utfall__formula_count_equals(utfall__formula *f, uint64_t count);
void utfall__formula_truth(utfall__formula *f, bool holds);

/* ---- what families derive ---- */

void utfall__derive_actual_month(utfall__explanation *e);
void utfall__derive_expected_month(utfall__explanation *e);
void utfall__derive_placed(utfall__explanation *e);
void utfall__derive_standard_cost(utfall__explanation *e);
void utfall__derive_price_weight(utfall__explanation *e);
void utfall__derive_actual_accumulated(utfall__explanation *e);
void utfall__derive_expected_accumulated(utfall__explanation *e);
void utfall__derive_drawn_accumulated(utfall__explanation *e);
void utfall__derive_active(utfall__explanation *e);
void utfall__derive_actual(utfall__explanation *e);
void utfall__derive_expected(utfall__explanation *e);
void utfall__derive_saving(utfall__explanation *e);
void utfall__derive_drawn(utfall__explanation *e);
void utfall__derive_no_savings(utfall__explanation *e);
void utfall__derive_break_even(utfall__explanation *e);
void utfall__derive_cap(utfall__explanation *e);
void utfall__derive_payment_window(utfall__explanation *e);
void utfall__derive_evaluation_step(utfall__explanation *e);
void utfall__derive_group_target(utfall__explanation *e);
void utfall__derive_group_comparison(utfall__explanation *e);
void utfall__derive_people(utfall__explanation *e);
void utfall__derive_rows(utfall__explanation *e);
void utfall__derive_rows_total(utfall__explanation *e);
void utfall__derive_outcome_gate(utfall__explanation *e);
void utfall__derive_outcome_figure(utfall__explanation *e);
void utfall__derive_step_gate(utfall__explanation *e);
void utfall__derive_step_exact(utfall__explanation *e);
void utfall__derive_step_paid(utfall__explanation *e);
void utfall__derive_step_residue(utfall__explanation *e);
void utfall__derive_due(utfall__explanation *e);
void utfall__derive_result(utfall__explanation *e);
void utfall__derive_borne(utfall__explanation *e);
void utfall__derive_check(utfall__explanation *e);
void utfall__derive_entitlement(utfall__explanation *e);
void utfall__derive_step_due(utfall__explanation *e);
void utfall__derive_too_much(utfall__explanation *e);
void utfall__derive_before(utfall__explanation *e);
void utfall__derive_correction(utfall__explanation *e);
void utfall__derive_correction_count(utfall__explanation *e);
void utfall__derive_forecast(utfall__explanation *e);
void utfall__derive_forecast_paid(utfall__explanation *e);
void utfall__derive_returns(utfall__explanation *e);

/** The due of a pair of parties; NULL when there is none. */
const utfall_due *utfall__due_between(const utfall__explanation *e, size_t from, size_t to);

#endif
