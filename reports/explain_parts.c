/* reports/explain_parts.c - the parts that explanations are put together from: sentences, numbered
 * steps, terms of the contract with their places, what a key's wildcards name.
 *
 * In: an explanation being written. Out: blocks on its sheet. Invariant: every term that is shown
 * carries file and line as the contract was written, also when it comes out of a ledger. */
#include <stdarg.h>
#include <string.h>
#include "reports/explain.h"

enum { TERMS_SHOWN_MAX = 40 };

const char *utfall__tell(const utfall__explanation *e, const char *sv, const char *en, ...)
{
    va_list list;
    va_start(list, en);
    const char *said = utfall__fill(e->run, e->language == UTFALL_SV ? sv : en, list);
    va_end(list);
    return said;
}

void utfall__step_add(utfall__explanation *e, const char *text)
{
    const char *number = utfall_run_decimal(e->run, (int64_t)++e->steps);
    const char *numbered =
        text == NULL ? NULL : utfall_run_join(e->run, number, ". ", text, (const char *)NULL);
    utfall__sheet_add(e->sheet, UTFALL__PARAGRAPH, numbered);
}

void utfall__more_add(utfall__explanation *e, const char *text)
{
    utfall__sheet_add(e->sheet, UTFALL__PARAGRAPH, text);
}

const char *utfall__money_words(const utfall__explanation *e, const utfall_rat *minor)
{
    const char *text =
        utfall__amount(e->run, e->language, e->settlement->contract->currency, minor);
    return utfall__amount_is_exact(e->run, minor)
               ? text
               : utfall__say(e->run, e->language, WORD_ABOUT, text);
}

/* ---- terms ---- */

static bool is_under(const char *path, const char *stem)
{
    const size_t len = strlen(stem);
    return strncmp(path, stem, len) == 0 &&
           (path[len] == '\0' || path[len] == '.' || path[len] == '[');
}

static const char *place_words(const utfall__explanation *e, utfall_loc at)
{
    if (at.line == 0)
        return utfall_run_text(e->run, at.file, strlen(at.file));
    return utfall_run_join(e->run, at.file, ":", utfall_run_decimal(e->run, at.line),
                           (const char *)NULL);
}

/* The clause that the contract gives for `path`: its own, or that of what it stands in. */
static const char *clause_of(const utfall__explanation *e, const char *path)
{
    for (size_t len = strlen(path); len > 0; len--) {
        if (path[len] != '\0' && path[len] != '.' && path[len] != '[')
            continue;
        const char *around = utfall_run_text(e->run, path, len);
        const char *own =
            around == NULL ? NULL : utfall_run_join(e->run, around, ".clause", (const char *)NULL);
        const char *clause = own == NULL ? "" : utfall__term_value(e->settlement->contract, own);
        if (clause[0] != '\0')
            return clause;
    }
    return "";
}

void utfall__terms_add(utfall__explanation *e, const char *path, const char *clause)
{
    const utfall_contract *contract = e->settlement->contract;
    size_t shown = 0;
    if (path == NULL) {
        e->sheet->has_failed = true;
        return;
    }
    for (size_t i = 0; i < contract->term_count && shown < TERMS_SHOWN_MAX; i++) {
        const utfall_term *term = &contract->terms[i];
        if (!is_under(term->path, path))
            continue;
        shown++;
        utfall__sheet_add(e->sheet, UTFALL__ITEM,
                          utfall_run_join(e->run, term->path, ": ", term->value, "  (",
                                          place_words(e, term->at), ")", (const char *)NULL));
    }
    if (shown == 0) {
        const char *place = place_words(e, utfall_contract_loc(contract, path));
        utfall__sheet_add(
            e->sheet, UTFALL__ITEM,
            utfall__tell(
                e, "{0} står inte i kontraktet; språkets förval gäller{1}{2}{3}",
                "{0} is not written in the contract; the language's default holds{1}{2}{3}", path,
                place != NULL && place[0] != '\0' ? "  (" : "", place,
                place != NULL && place[0] != '\0' ? ")" : ""));
    }
    if (clause == NULL)
        clause = clause_of(e, path);
    const bool is_new = e->clause == NULL || strcmp(e->clause, clause) != 0;
    if (clause[0] != '\0' && is_new && shown < 2) { /* a map shows its clause among its terms */
        e->clause = clause;
        utfall__sheet_add(e->sheet, UTFALL__ITEM,
                          utfall__tell(e, "klausul: {0}", "clause: {0}", clause));
    }
}

/* ---- what the wildcards name ---- */

uint32_t utfall__captured_number(const utfall__explanation *e, size_t i)
{
    uint32_t number = 0;
    for (const char *p = e->captured[i]; p != NULL && *p >= '0' && *p <= '9' && number < 100000;
         p++)
        number = number * 10 + (uint32_t)(*p - '0');
    return number;
}

size_t utfall__captured_group(const utfall__explanation *e, size_t i)
{
    const utfall_contract *contract = e->settlement->contract;
    for (size_t g = 0; g < contract->group_count; g++)
        if (strcmp(contract->group_labels[g], e->captured[i]) == 0)
            return g;
    return SIZE_MAX;
}

size_t utfall__captured_step(const utfall__explanation *e, size_t i)
{
    const utfall_contract *contract = e->settlement->contract;
    for (size_t s = 0; s < contract->step_count; s++)
        if (strcmp(contract->steps[s].id, e->captured[i]) == 0)
            return s;
    return SIZE_MAX;
}

size_t utfall__captured_outcome(const utfall__explanation *e, size_t i)
{
    const utfall_contract *contract = e->settlement->contract;
    for (size_t o = 0; o < contract->outcome_count; o++)
        if (strcmp(contract->outcomes[o].id, e->captured[i]) == 0)
            return o;
    return SIZE_MAX;
}

size_t utfall__captured_party(const utfall__explanation *e, size_t i)
{
    const utfall_contract *contract = e->settlement->contract;
    for (size_t p = 0; p < contract->party_count; p++)
        if (strcmp(contract->parties[p].id, e->captured[i]) == 0)
            return p;
    return SIZE_MAX;
}

size_t utfall__captured_month(const utfall__explanation *e, size_t i)
{
    utfall_month month;
    const utfall_sums *sums = e->settlement->sums;
    if (utfall_month_parse(&month, e->captured[i], strlen(e->captured[i])) != UTFALL_OK ||
        month.ordinal < sums->first.ordinal ||
        (size_t)(month.ordinal - sums->first.ordinal) >= sums->month_count)
        return SIZE_MAX;
    return (size_t)(month.ordinal - sums->first.ordinal);
}

const char *utfall__step_path(const utfall__explanation *e, size_t step)
{
    return utfall_run_join(e->run, "waterfall[", utfall_run_decimal(e->run, (int64_t)step), "]",
                           (const char *)NULL);
}

uint32_t utfall__months_of(const utfall__explanation *e, size_t i)
{
    const utfall_start *start = &e->settlement->sums->starts[i];
    const utfall_contract *contract = e->settlement->contract;
    const bool left = start->left_after > 0 && start->left_after < contract->window_months;
    const uint32_t own = left ? start->left_after : contract->window_months;
    const utfall_month as_of = e->settlement->sums->as_of, data = contract->data_through;
    const utfall_month horizon = as_of.ordinal < data.ordinal ? as_of : data;
    const int32_t reached = utfall_month_nth(start->month, horizon).n;
    if (reached >= (int32_t)own)
        return own;
    return contract->incomplete == UTFALL_INCOMPLETE_TO_DATE && reached > 0 ? (uint32_t)reached : 0;
}

uint64_t utfall__persons_in(const utfall__explanation *e, size_t g, uint32_t k)
{
    const utfall_sums *sums = e->settlement->sums;
    uint64_t persons = 0;
    for (size_t i = 0; i < sums->start_count; i++)
        if (sums->starts[i].group == g && utfall__months_of(e, i) >= k)
            persons += sums->starts[i].persons;
    return persons;
}
