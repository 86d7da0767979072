/* reports/sections.h - the sections of a statement, each a function that adds its blocks.
 *
 * In the order of a Swedish settlement statement (avräkning): head and summary, parties and terms,
 * inputs, calculation, conditions, distribution, payment, result, checks; a page also has the
 * tables month by month as appendices. */
#ifndef UTFALL_REPORTS_SECTIONS_H
#define UTFALL_REPORTS_SECTIONS_H
#include "reports/amount.h"
#include "reports/sheet.h"
#include "reports/wording.h"

/** What every section reads and where it writes. */
typedef struct utfall__statement {
    utfall_run *run;
    utfall__sheet *sheet;
    const utfall_settlement *settlement;
    const utfall_report_frame *frame;
    utfall_language language;
    bool has_appendices;
} utfall__statement;

/** The number of the appendix with the index values, where there are any. */
enum { UTFALL__APPENDIX_PRICES = 4 };

void utfall__section_summary(const utfall__statement *st);
void utfall__section_contract(const utfall__statement *st);
void utfall__section_inputs(const utfall__statement *st);
void utfall__section_calculation(const utfall__statement *st);
void utfall__section_steps(const utfall__statement *st);
void utfall__section_interim(const utfall__statement *st);
void utfall__section_result(const utfall__statement *st);
void utfall__section_project_cost(const utfall__statement *st);
void utfall__section_returns(const utfall__statement *st);
void utfall__scales_add(const utfall__statement *st); /* a table for each outcome with scales */
void utfall__appendices(const utfall__statement *st);

/** The whole statement as blocks. `has_appendices` adds the tables month by month. */
UTFALL_TRY utfall_status utfall__statement_compose(utfall__sheet *sheet, utfall_run *run,
                                                   const utfall_settlement *settlement,
                                                   const utfall_report_frame *frame,
                                                   bool has_appendices);

/** The blocks as plain text of at most `columns` columns (40 and more). */
UTFALL_TRY utfall_status utfall__render_text(const utfall__sheet *sheet, const char **out,
                                             size_t *len, uint32_t columns,
                                             utfall_language language);

/* Short forms for what the sections say most. */
#define SAY(st, ...) utfall__say((st)->run, (st)->language, __VA_ARGS__)
#define WORD_TEXT(st, word) utfall__word_of((st)->language, word)

/** Persons of a side in all groups. */
uint64_t utfall__persons_in_all(const utfall_settlement *settlement, const utfall_side *side);

/** Persons of the target group whose whole window has passed as of the settlement. */
uint64_t utfall__persons_complete(const utfall_settlement *settlement);

/** How many months of those who started so are counted, by the contract's rule for
 * windows that are not complete. */
uint32_t utfall__months_counted_of(const utfall_settlement *settlement, const utfall_start *start);

/** A money amount as an exact value. */
const utfall_rat *utfall__rat_of_minor(utfall_run *run, int64_t minor);

#endif
