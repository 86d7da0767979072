/* reports/explain.c - how one figure came about, as text: what it is, its terms, its derivation and
 * its files.
 *
 * In: a settlement and a key. Out: plain text. Invariant: the exact value of the fact stands in the
 * text as `utfall facts` prints it. */
#include <string.h>
#include "reports/explain.h"

enum { COLUMNS_DEFAULT = 80 };

static utfall_status key_unknown(utfall_run *run, const char *name, const char *key,
                                 const utfall_fact *facts, size_t count)
{
    const char *cleaned = utfall__text_cleaned(run, key);
    const char *near = cleaned == NULL ? NULL : utfall__keys_near(run, facts, count, cleaned);
    utfall_finding finding = {.code = UTFALL_E_MISSING, .severity = UTFALL_ERROR};
    finding.at.file = name;
    finding.message =
        utfall_run_join(run, "there is no fact \"", cleaned, "\"", (const char *)NULL);
    finding.hint = near != NULL
                       ? utfall_run_join(run, "did you mean ", near, "?", (const char *)NULL)
                       : "utfall facts lists every key";
    if (cleaned == NULL || finding.message == NULL)
        return UTFALL_E_NOMEM;
    return utfall_run_report(run, &finding);
}

static utfall_status family_missing(utfall_run *run, const char *name, const char *key)
{
    utfall_finding finding = {.code = UTFALL_E_BUG, .severity = UTFALL_ERROR};
    finding.at.file = name;
    finding.message =
        utfall_run_join(run, "the fact \"", key, "\" has no explanation", (const char *)NULL);
    finding.hint = "this is a fault in utfall; please report it";
    return finding.message == NULL ? UTFALL_E_NOMEM : utfall_run_report(run, &finding);
}

/* For people, and exactly where that is not the same. */
static void value_add(utfall__explanation *e)
{
    const utfall_fact *fact = e->fact;
    const utfall_rat *number = utfall__price_number(e);
    const char *shown = fact->amount != NULL ? utfall__money_words(e, fact->amount)
                        : number != NULL     ? utfall__number(e->run, e->language, number)
                                             : fact->value;
    utfall__sheet_pair(e->sheet, utfall__tell(e, "Värde", "Value"), shown);
    if (fact->amount != NULL)
        utfall__sheet_pair(e->sheet, utfall__tell(e, "Exakt, i öre", "Exact, minor units"),
                           fact->value);
    else if (shown != NULL && strcmp(shown, fact->value) != 0)
        utfall__sheet_pair(e->sheet, utfall__tell(e, "Exakt", "Exact"), fact->value);
}

static void head_add(utfall__explanation *e)
{
    const utfall_contract *contract = e->settlement->contract;
    const utfall_fact *fact = e->fact;
    utfall__sheet_add(e->sheet, UTFALL__TITLE, fact->key);
    if (contract->note[0] != '\0')
        utfall__sheet_add(e->sheet, UTFALL__NOTE, contract->note);
    utfall__sheet_add(e->sheet, UTFALL__LEAD,
                      utfall__tell(e, e->family->what.sv, e->family->what.en, e->captured[0],
                                   e->captured[1], e->captured[2]));
    value_add(e);
    utfall__sheet_pair(e->sheet, utfall__word_of(e->language, WORD_CONTRACT), contract->id);
    utfall__sheet_pair(
        e->sheet, utfall__word_of(e->language, WORD_AS_OF),
        utfall__say(e->run, e->language, WORD_END_OF,
                    utfall__month_long(e->run, e->language, e->settlement->sums->as_of)));
    if (e->frame->ledger_name != NULL)
        utfall__sheet_pair(e->sheet, utfall__word_of(e->language, WORD_LEDGER),
                           e->frame->ledger_name);
    if (e->frame->ledger_digest != NULL)
        utfall__sheet_pair(e->sheet, utfall__word_of(e->language, WORD_DIGEST),
                           e->frame->ledger_digest);
}

/* The paths of the family one by one; "{0}" in one is what the first wildcard stands for. */
static void family_terms_add(utfall__explanation *e)
{
    const char *paths = e->family->terms;
    if (paths == NULL)
        return;
    utfall__step_add(e, utfall__tell(e, "Det här säger kontraktet:", "What the contract says:"));
    while (*paths != '\0') {
        const size_t len = strcspn(paths, " ");
        const char *path = utfall_run_text(e->run, paths, len);
        paths += len + strspn(paths + len, " ");
        if (path != NULL && strcmp(path, UTFALL__PRICES_PATH) == 0 &&
            e->settlement->sums->price_index == NULL)
            continue;
        const char *hole = path == NULL ? NULL : strstr(path, "{0}");
        if (hole != NULL)
            path = utfall_run_join(e->run, utfall_run_text(e->run, path, (size_t)(hole - path)),
                                   e->captured[0], hole + 3, (const char *)NULL);
        utfall__terms_add(e, path, NULL);
    }
}

static utfall_status compose(utfall__explanation *e)
{
    head_add(e);
    family_terms_add(e);
    if (e->family->derive != NULL)
        e->family->derive(e);
    if (e->family->inputs != NULL)
        utfall__inputs_add(e, e->family->inputs);
    return utfall__sheet_status(e->sheet);
}

utfall_status utfall_explain_text(utfall_run *run, const char **out, size_t *len,
                                  const utfall_settlement *settlement, const utfall_case *data,
                                  const utfall_report_frame *frame, const char *name,
                                  const char *key)
{
    const utfall_fact *facts = NULL;
    size_t count = 0;
    utfall__sheet sheet;
    utfall__explanation e = {.run = run,
                             .sheet = &sheet,
                             .settlement = settlement,
                             .data = data,
                             .frame = frame,
                             .language = frame->language};
    utfall_status status = utfall_facts_compute(run, &facts, &count, settlement);
    if (status != UTFALL_OK)
        return status;
    for (size_t i = 0; i < count && e.fact == NULL; i++)
        if (strcmp(facts[i].key, key) == 0)
            e.fact = &facts[i];
    if (e.fact == NULL)
        return key_unknown(run, name, key, facts, count);
    e.family = utfall__family_find(run, e.captured, key);
    if (e.family == NULL)
        return family_missing(run, name, key);
    utfall__sheet_start(&sheet, run);
    status = compose(&e);
    if (status == UTFALL_OK)
        status = utfall__render_text(&sheet, out, len,
                                     frame->columns == 0 ? COLUMNS_DEFAULT : frame->columns,
                                     frame->language);
    return status;
}
