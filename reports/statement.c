/* reports/statement.c - the settlement statement (avräkning): head, summary, and all sections in
 * order.
 *
 * In: a settlement that holds and a frame that says which ledger it comes from. Out: text. The
 * contract's note stands first and again at the result. Adds no arithmetic but sums that are
 * checked against the settlement. */
#include "reports/sections.h"

enum { COLUMNS_DEFAULT = 80 };

uint64_t utfall__persons_in_all(const utfall_settlement *settlement, const utfall_side *side)
{
    uint64_t persons = 0;
    for (size_t g = 0; side->persons != NULL && g < settlement->contract->group_count; g++)
        persons += side->persons[g];
    return persons;
}

uint32_t utfall__months_counted_of(const utfall_settlement *settlement, const utfall_start *start)
{
    return utfall_months_counted(settlement->contract, settlement->sums->as_of, start->month,
                                 start->left_after);
}

uint64_t utfall__persons_complete(const utfall_settlement *settlement)
{
    const utfall_sums *sums = settlement->sums;
    uint64_t persons = 0;
    for (size_t i = 0; i < sums->start_count; i++)
        if (utfall__months_counted_of(settlement, &sums->starts[i]) ==
            utfall_months_own(settlement->contract, sums->starts[i].left_after))
            persons += sums->starts[i].persons;
    return persons;
}

const utfall_rat *utfall__rat_of_minor(utfall_run *run, int64_t minor)
{
    return utfall_rat_of_money(run, (utfall_money){.minor = minor});
}

static void head_add(const utfall__statement *st)
{
    const utfall_contract *contract = st->settlement->contract;
    const utfall_report_frame *frame = st->frame;
    utfall__sheet *sheet = st->sheet;
    utfall__sheet_pair(
        sheet, WORD_TEXT(st, WORD_CONTRACT),
        utfall_run_join(st->run, contract->title, " (", contract->id, ")", (const char *)NULL));
    utfall__sheet_pair(sheet, WORD_TEXT(st, WORD_AS_OF),
                       SAY(st, WORD_END_OF,
                           utfall__month_long(st->run, st->language, st->settlement->sums->as_of)));
    if (contract->signed_on.year != 0)
        utfall__sheet_pair(sheet, WORD_TEXT(st, WORD_SIGNED_ON),
                           utfall__date(st->run, st->language, contract->signed_on));
    if (contract->source[0] != '\0')
        utfall__sheet_pair(sheet, WORD_TEXT(st, WORD_SOURCE), contract->source);
    if (frame->ledger_name != NULL)
        utfall__sheet_pair(sheet, WORD_TEXT(st, WORD_LEDGER), frame->ledger_name);
    if (frame->ledger_digest != NULL)
        utfall__sheet_pair(sheet, WORD_TEXT(st, WORD_DIGEST), frame->ledger_digest);
    const char *seal = frame->seal == NULL ? WORD_TEXT(st, WORD_SEAL_NONE) : frame->seal;
    if (frame->is_test_seal)
        seal = SAY(st, WORD_SEAL_TEST, seal);
    utfall__sheet_pair(sheet, WORD_TEXT(st, WORD_SEAL), seal);
    utfall__sheet_pair(sheet, WORD_TEXT(st, WORD_COMPUTED_WITH),
                       SAY(st, WORD_VERSION, utfall_version, utfall_rules));
}

utfall_status utfall__statement_compose(utfall__sheet *sheet, utfall_run *run,
                                        const utfall_settlement *settlement,
                                        const utfall_report_frame *frame, bool has_appendices)
{
    utfall__sheet_start(sheet, run);
    const utfall__statement st = {.run = run,
                                  .sheet = sheet,
                                  .settlement = settlement,
                                  .frame = frame,
                                  .language = frame->language,
                                  .has_appendices = has_appendices};
    utfall__sheet_add(sheet, UTFALL__TITLE, WORD_TEXT(&st, WORD_STATEMENT));
    if (settlement->contract->note[0] != '\0')
        utfall__sheet_add(sheet, UTFALL__NOTE, settlement->contract->note);
    head_add(&st);
    utfall__section_summary(&st);
    utfall__section_contract(&st);
    utfall__section_inputs(&st);
    utfall__section_calculation(&st);
    utfall__section_steps(&st);
    utfall__section_interim(&st);
    utfall__section_result(&st);
    if (has_appendices)
        utfall__appendices(&st);
    return utfall__sheet_status(sheet);
}

utfall_status utfall_statement_text(utfall_run *run, const char **out, size_t *len,
                                    const utfall_settlement *settlement,
                                    const utfall_report_frame *frame)
{
    utfall__sheet sheet;
    const uint32_t columns = frame->columns == 0 ? COLUMNS_DEFAULT : frame->columns;
    utfall_status status = utfall__statement_compose(&sheet, run, settlement, frame, false);
    return status == UTFALL_OK ? utfall__render_text(&sheet, out, len, columns, frame->language)
                               : status;
}
