/* utfall/reports.h - for people and for other systems. Reads settlements that were just computed or
 * come from a verified ledger; adds no arithmetic but the formatting of exact values. */
#ifndef UTFALL_REPORTS_H
#define UTFALL_REPORTS_H
#include "utfall/settlement.h"

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

/** The payment curve of a contract as plain text: breakpoints, slopes, most and least payable. */
UTFALL_TRY utfall_status utfall_curve_text(utfall_run *run, const char **out, size_t *len,
                                           const utfall_contract *contract,
                                           const utfall_curve *open, const utfall_curve *closed,
                                           size_t left_out, utfall_language language);

#endif
