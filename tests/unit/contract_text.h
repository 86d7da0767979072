/* tests/unit/contract_text.h - a small sound contract as text, and ways to change it and to look at
 * what is said of it. */
#ifndef CONTRACT_TEXT_H
#define CONTRACT_TEXT_H
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contracts/document.h"

static const char sound[] =
    "utfall: 1\n"
    "contract: {id: example, title: Example, currency: SEK}\n"
    "parties:\n"
    "  - {id: city, role: outcome_payer, name: City}\n"
    "  - {id: fund, role: investor, name: Fund}\n"
    "target_group:\n"
    "  people: {file: people.csv}\n"
    "  costs: [{file: costs.csv}]\n"
    "  data_through: 2024-12\n"
    "comparison_group:\n"
    "  design: historic\n"
    "  people: {file: reference-people.csv}\n"
    "  costs: [{file: reference-costs.csv}]\n"
    "evaluation:\n"
    "  window: 12 months\n"
    "  incomplete: refuse\n"
    "financing:\n"
    "  investor: fund\n"
    "  commitment: 1 000 SEK\n"
    "  drawn: 500 SEK\n"
    "outcomes:\n"
    "  school: {measure: stated, sum: 19, persons: 50, improved: \"sum > 0\"}\n"
    "waterfall:\n"
    "  - {id: pay, from: city, to: fund, share: 60%, of: saving, between: [0, drawn], when: "
    "school}\n"
    "rounding: {unit: 0.01 SEK, mode: half_away, residue_to: city}\n";

/* `text` with the first `old` replaced by `new`; freed by the caller. */
static inline char *changed(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    assert_non_null(at);
    size_t len = strlen(text) - strlen(old) + strlen(new) + 1;
    char *out = malloc(len);
    assert_non_null(out);
    (void)snprintf(out, len, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
    return out;
}

static inline void show(const utfall_run *run)
{
    const utfall_finding *f;
    for (size_t i = 0; (f = utfall_run_finding(run, i)) != NULL; i++)
        fprintf(stderr, "%s:%u:%u: %s\n", f->at.file, f->at.line, f->at.column, f->message);
}

#define assert_status(run, status, call)                                                           \
    do {                                                                                           \
        const utfall_status status_ = (call);                                                      \
        if (status_ != (status))                                                                   \
            show(run);                                                                             \
        assert_string_equal(utfall_status_name(status_), utfall_status_name(status));              \
    } while (0)

/* The first error is at this place and its message holds these words. */
static inline void assert_first(const utfall_run *run, uint32_t line, uint32_t column,
                                const char *words)
{
    const utfall_finding *f = utfall_run_finding(run, 0);
    assert_non_null(f);
    if (f->at.line != line || f->at.column != column || strstr(f->message, words) == NULL)
        fail_msg("%u:%u: %s, not %u:%u: %s", f->at.line, f->at.column, f->message, line, column,
                 words);
}

#endif
