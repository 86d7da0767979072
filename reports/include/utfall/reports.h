/* utfall/reports.h - for people and for other systems. Reads settlements that were just computed or
 * come from a verified ledger; adds no arithmetic but the formatting of exact values. */
#ifndef UTFALL_REPORTS_H
#define UTFALL_REPORTS_H
#include "utfall/returns.h"
#include "utfall/settlement.h"
#include "utfall/vary.h"

/** One fact: `value` is exact, "num/den" in öre for amounts. */
typedef struct utfall_fact {
    const char *key, *value;
    const utfall_rat *amount; /* the value in öre when it is an amount of money, else NULL */
} utfall_fact;

/** Every fact of a settlement, sorted by key (bytes), keys distinct. README lists the keys. */
UTFALL_TRY utfall_status utfall_facts_compute(utfall_run *run, const utfall_fact **out,
                                              size_t *count, const utfall_settlement *settlement);

/** Some facts of a settlement, by key: out[i] is that of keys[i], with value NULL when the
 * settlement has none of that name. Makes no other. */
UTFALL_TRY utfall_status utfall_facts_pick(utfall_run *run, utfall_fact *out,
                                           const char *const *keys, size_t count,
                                           const utfall_settlement *settlement);

typedef enum utfall_language { UTFALL_SV, UTFALL_EN } utfall_language;

/** What a report says about the ledger it shows. Strings may be NULL when they do not apply. */
typedef struct utfall_report_frame {
    utfall_language language;
    const char *ledger_name, *ledger_digest; /* hexadecimal */
    const char *seal; /* one line on who sealed and when, or NULL = not sealed */
    bool is_test_seal;
    size_t input_count;
    const utfall_input *inputs;
    uint32_t columns; /* width of the terminal for text; 0 = 80 */
} utfall_report_frame;

/** The statement (avräkning) as plain text, UTF-8, for a terminal or a mail. */
UTFALL_TRY utfall_status utfall_statement_text(utfall_run *run, const char **out, size_t *len,
                                               const utfall_settlement *settlement,
                                               const utfall_report_frame *frame);

/** The statement as one self-contained HTML page with the figure as SVG; no outside request,
 * WCAG 2.2 AA, prints on A4. */
UTFALL_TRY utfall_status utfall_statement_html(utfall_run *run, const char **out, size_t *len,
                                               const utfall_settlement *settlement,
                                               const utfall_report_frame *frame);

/** The report's figure 1 as an SVG document: accumulated actual and expected cost, break-even, cap,
 * no savings. */
UTFALL_TRY utfall_status utfall_figure_svg(utfall_run *run, const char **out, size_t *len,
                                           const utfall_settlement *settlement,
                                           utfall_language language);

/** One scenario of a grid. */
typedef struct utfall_grid_row {
    const char *const *labels; /* one a head */
    const utfall_fact *facts;  /* one a key; value NULL = the settlement has no such fact */
    const char *fault;         /* why there is no settlement; NULL = there is one */
} utfall_grid_row;

/** What-if scenarios side by side. */
typedef struct utfall_grid {
    const utfall_contract *contract; /* the one varied: names, currency, note */
    const char *title;               /* "" when not given */
    const char *note;                /* what a row is, in a sentence for the text; NULL = plain */
    size_t head_count;
    const char *const *heads; /* paths, or "scenario" */
    size_t key_count;
    const char *const *keys; /* of facts */
    size_t row_count;
    const utfall_grid_row *rows;
    uint64_t missing; /* scenarios that were stopped before they were settled */
    uint32_t columns; /* width of the terminal; 0 = 80 */
} utfall_grid;

/** As a table for a terminal; amounts rounded to hundredths for reading. */
UTFALL_TRY utfall_status utfall_grid_text(utfall_run *run, const char **out, size_t *len,
                                          const utfall_grid *grid, utfall_language language);

/** As CSV (RFC 4180, comma, point): amounts in whole units with two decimals, rounded half away, or
 * exact in hundredths as in facts. */
UTFALL_TRY utfall_status utfall_grid_csv(utfall_run *run, const char **out, size_t *len,
                                         const utfall_grid *grid, bool exact);

/** As JSON: one object a scenario, every value exact, as in facts. */
UTFALL_TRY utfall_status utfall_grid_json(utfall_run *run, const char **out, size_t *len,
                                          const utfall_grid *grid);

/** One at a time: the first row is the contract as it is, each other row has one label that
 * differs. For the first key: how far each axis moves it, the widest first, with bars. */
UTFALL_TRY utfall_status utfall_grid_tornado(utfall_run *run, const char **out, size_t *len,
                                             const utfall_grid *grid, utfall_language language);

typedef enum utfall_effects {
    UTFALL_EFFECTS_IN_ORDER,
    UTFALL_EFFECTS_BY_SIZE, /* of the first key, the largest first */
    UTFALL_EFFECTS_RANKED   /* and the first label becomes the rank: nothing tells who it was */
} utfall_effects;

/** Turn the rows of a grid into effects: what each amount is above the first row's, which goes. */
UTFALL_TRY utfall_status utfall_grid_effects(utfall_run *run, utfall_grid *grid,
                                             utfall_effects how);

/** The answers to a goal as text: `asked` is the goal as it was put, `what` what is sought. */
UTFALL_TRY utfall_status utfall_answers_text(utfall_run *run, const char **out, size_t *len,
                                             const utfall_settlement *settlement,
                                             const utfall_goal *goal, const char *asked,
                                             const char *what, const utfall_answers *answers,
                                             utfall_language language);

/** As JSON, exact. */
UTFALL_TRY utfall_status utfall_answers_json(utfall_run *run, const char **out, size_t *len,
                                             const utfall_settlement *settlement, const char *asked,
                                             const char *what, const utfall_answers *answers);

/** The payment curve of a contract as plain text: breakpoints, slopes, most and least payable. */
UTFALL_TRY utfall_status utfall_curve_text(utfall_run *run, const char **out, size_t *len,
                                           const utfall_contract *contract,
                                           const utfall_curve *open, const utfall_curve *closed,
                                           size_t left_out, utfall_language language);

/** The return of a list of payments as plain text; `currency` of the amounts, `columns` as in
 * utfall_report_frame. */
UTFALL_TRY utfall_status utfall_returns_text(utfall_run *run, const char **out, size_t *len,
                                             const utfall_returns *returns, const char *currency,
                                             uint32_t columns, utfall_language language);

/** The same as facts, sorted by key: return.multiple, return.irr.roots, return.irr.low ... */
UTFALL_TRY utfall_status utfall_returns_facts(utfall_run *run, const utfall_fact **out,
                                              size_t *count, const utfall_returns *returns);

#endif
