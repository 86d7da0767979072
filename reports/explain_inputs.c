/* reports/explain_inputs.c - the files behind a figure: rows, digests, and what became of cost
 * rows.
 *
 * In: roles of input files. Out: one line a file, and for cost tables the classes that the rows
 * ended in. Invariant: the classes shown add up to the rows of the files. */
#include <string.h>
#include "reports/explain.h"

static bool is_named(const char *names, const char *name)
{
    const size_t len = strlen(name);
    for (const char *p = names; p != NULL && *p != '\0';) {
        const size_t word = strcspn(p, " ");
        if (word == len && memcmp(p, name, len) == 0)
            return true;
        p += word + strspn(p + word, " ");
    }
    return false;
}

static const char *digest_words(utfall_run *run, const uint8_t *digest)
{
    static const char digits[] = "0123456789abcdef";
    char out[64];
    for (size_t i = 0; i < 32; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 0xF];
    }
    return utfall_run_text(run, out, sizeof out);
}

/* Gives the number of files shown. */
static size_t files_add(utfall__explanation *e, const char *roles)
{
    size_t shown = 0;
    for (size_t i = 0; i < e->frame->input_count; i++) {
        const utfall_input *input = &e->frame->inputs[i];
        if (!is_named(roles, input->role))
            continue;
        shown++;
        utfall__sheet_add(e->sheet, UTFALL__ITEM,
                          utfall__tell(e, "{0} ({1}): {2} rader, SHA-256 {3}",
                                       "{0} ({1}): {2} rows, SHA-256 {3}", input->name, input->role,
                                       utfall__count(e->run, e->language, input->rows),
                                       digest_words(e->run, input->sha256)));
    }
    return shown;
}

static void classes_add(utfall__explanation *e, const char *table, const utfall_rows *rows)
{
    utfall__formula f;
    uint64_t count = 0;
    utfall__formula_start(&f, e);
    utfall__more_add(
        e,
        utfall__tell(e,
                     "Av raderna räknades {0} ({1}); varje rad hamnar i exakt en klass, se "
                     "rows.{2}.*. Klasserna used, after, exited, before, source, not_selected "
                     "och unknown tillsammans:",
                     "Of the rows {0} were counted ({1}); each row ends in exactly one class, see "
                     "rows.{2}.*. The classes used, after, exited, before, source, not_selected "
                     "and unknown together:",
                     utfall__count(e->run, e->language, rows->count[UTFALL_ROW_USED]),
                     utfall__money_words(
                         e, utfall__rat_of_minor(e->run, rows->amount_minor[UTFALL_ROW_USED])),
                     table));
    for (size_t i = UTFALL_CLASSES; i-- > 0;) {
        if (i + 1 < UTFALL_CLASSES)
            utfall__formula_sign(&f, " + ");
        utfall__formula_count(&f, rows->count[i]);
        count += rows->count[i];
    }
    utfall__formula_count_equals(&f, count);
}

void utfall__inputs_add(utfall__explanation *e, const char *roles)
{
    const utfall_sums *sums = e->settlement->sums;
    utfall__step_add(e, utfall__tell(e, "Filerna som gick in:", "The files that went in:"));
    if (files_add(e, roles) == 0)
        utfall__sheet_add(e->sheet, UTFALL__ITEM,
                          utfall__tell(e, "ingen fil: uppgiften står i kontraktet",
                                       "no file: it stands in the contract"));
    if (is_named(roles, "costs"))
        classes_add(e, "costs", &sums->target.rows);
    if (is_named(roles, "reference-costs") && sums->agreed == NULL)
        classes_add(e, "reference-costs", &sums->comparison.rows);
    if (e->data == NULL)
        utfall__more_add(
            e,
            utfall__tell(e,
                         "Avräkningsfilen håller antal och summor, ingen person. Med källfilerna "
                         "räknas de om: utfall verify --data.",
                         "The ledger holds counts and sums, no person. The source files give them "
                         "again: utfall verify --data."));
}
