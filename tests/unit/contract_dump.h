/* tests/unit/contract_dump.h - everything that a bound contract and its sources say, as text: two
 * that say the same are equal byte for byte. Places are left out, terms are not. */
#ifndef CONTRACT_DUMP_H
#define CONTRACT_DUMP_H
#include "contracts/sources.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct dump {
    utfall_run *run;
    char *text;
    size_t len, room;
} dump;

static inline void put(dump *out, const char *form, ...) __attribute__((format(printf, 2, 3)));
static inline void put(dump *out, const char *form, ...)
{
    va_list list, again;
    va_start(list, form);
    va_copy(again, list);
    int need = vsnprintf(NULL, 0, form, list);
    va_end(list);
    if (need < 0)
        abort();
    if (out->len + (size_t)need + 1 > out->room) {
        out->room = 2 * (out->len + (size_t)need + 1);
        out->text = realloc(out->text, out->room);
        if (out->text == NULL)
            abort();
    }
    (void)vsnprintf(out->text + out->len, (size_t)need + 1, form, again);
    va_end(again);
    out->len += (size_t)need;
}

static inline void put_rat(dump *out, const char *name, const utfall_rat *value)
{
    put(out, " %s=%s", name, value == NULL ? "none" : utfall_rat_text(out->run, value));
}

static inline void put_measure(dump *out, utfall_measure of)
{
    put(out, " of=%s/%zu/%s", utfall_measure_names[of.kind], of.outcome,
        utfall_figure_names[of.figure]);
}

static inline void put_level(dump *out, const char *name, utfall_level level)
{
    put_rat(out, name, level.factor);
    if (level.factor != NULL)
        put_measure(out, level.of);
}

static inline void put_words(dump *out, const char *name, utfall_words words)
{
    put(out, " %s=[", name);
    for (size_t i = 0; i < words.count; i++)
        put(out, "%s\"%s\"", i == 0 ? "" : ", ", words.word[i]);
    put(out, "]");
}

static inline void put_where(dump *out, size_t count, const utfall_where *where)
{
    for (size_t i = 0; i < count; i++)
        put_words(out, where[i].column, where[i].values);
}

static inline void put_table(dump *out, const utfall_table *table)
{
    if (table->role == NULL)
        return;
    put(out, "table %s file=%s path=%s separator=%d decimal=%c encoding=%s unknown=%d", table->role,
        table->file, table->path, table->separator, table->decimal,
        utfall_encoding_names[table->encoding], (int)table->unknown);
    put_words(out, "true", table->true_words);
    put_words(out, "false", table->false_words);
    for (size_t i = 0; i < table->column_count; i++)
        put(out, " %s=\"%s\"", table->columns[i].field, table->columns[i].heading);
    put_where(out, table->where_count, table->where);
    put(out, "\n");
}

static inline void put_step(dump *out, const utfall_step *step)
{
    put(out, "step %s clause=%s %zu>%zu %s", step->id, step->clause, step->from, step->to,
        utfall_form_names[step->form]);
    put_measure(out, step->of);
    put_rat(out, "share", step->share);
    put_level(out, "low", step->low);
    put_level(out, "high", step->high);
    put_rat(out, "price", step->price);
    put_rat(out, "limit", step->limit);
    put(out, " %s %s", utfall_match_names[step->match], utfall_edge_names[step->edge]);
    for (size_t i = 0; i < step->row_count; i++) {
        put_rat(out, "at", step->rows[i].at);
        put_level(out, "pays", step->rows[i].pays);
    }
    put_level(out, "fixed", step->fixed);
    for (size_t i = 0; i < step->when_count; i++)
        put(out, " when=%zu", step->when[i]);
    put_level(out, "cap", step->cap);
    put_level(out, "floor", step->floor);
    put(out, " round=%s/%" PRId64 "\n", utfall_mode_names[step->rounding.mode],
        step->rounding.unit_minor);
}

static inline void put_outcome(dump *out, const utfall_outcome *outcome,
                               const utfall_outcome_result *stated)
{
    put(out, "outcome %s clause=%s source=%s %s value=%d/%d", outcome->id, outcome->clause,
        outcome->source, utfall_outcome_names[outcome->kind], outcome->has_value, outcome->value);
    put_rat(out, "sum", outcome->sum);
    put(out, " %s%s", utfall_figure_names[outcome->figure],
        utfall_relation_names[outcome->relation]);
    put_rat(out, "threshold", outcome->threshold);
    put_rat(out, "stated", stated->sum);
    put_rat(out, "excluded_sum", stated->excluded_sum);
    put(out, " persons=%" PRIu64 " excluded=%" PRIu64 "\n", stated->persons, stated->excluded);
}

static inline void put_groups(dump *out, const utfall_contract *c)
{
    for (size_t i = 0; i < c->factor_count; i++) {
        put(out, "factor %s %d", c->factors[i].attribute, (int)c->factors[i].kind);
        for (size_t j = 0; j < c->factors[i].count; j++) {
            if (c->factors[i].kind == UTFALL_FACTOR_CUTS)
                put(out, " %" PRId32, c->factors[i].cuts[j]);
            else
                put(out, " \"%s\"", c->factors[i].values[j]);
        }
        put(out, "\n");
    }
    for (size_t i = 0; i < c->group_count; i++)
        put(out, "group %s\n", c->group_labels[i]);
}

/* Freed by the caller. */
static inline char *contract_dump(utfall_run *run, const utfall_contract *c,
                                  const utfall_sources *s)
{
    dump out = {.run = run};
    put(&out, "contract %s title=%s currency=%s source=%s note=%s signed=%d-%d-%d\n", c->id,
        c->title, c->currency, c->source, c->note, c->signed_on.year, c->signed_on.month,
        c->signed_on.day);
    for (size_t i = 0; i < c->party_count; i++)
        put(&out, "party %s %s %s %s\n", c->parties[i].id, c->parties[i].name,
            c->parties[i].org_number, utfall_role_names[c->parties[i].role]);
    put(&out, "design %s window=%" PRIu32 "/%" PRIu32 " incomplete=%s through=%" PRId32 "\n",
        utfall_design_names[c->design], c->window_months, c->payment_months,
        utfall_incomplete_names[c->incomplete], c->data_through.ordinal);
    if (c->prices.is_there)
        put(&out, "prices %" PRId32 " %s %s\n", c->prices.base.ordinal, c->prices.source,
            c->prices.clause);
    put_groups(&out, c);
    put(&out,
        "investor=%zu saving_to=%zu residue_to=%zu commitment=%" PRId64 " round=%s/%" PRId64 "\n",
        c->investor, c->saving_to, c->residue_to, c->commitment.minor,
        utfall_mode_names[c->rounding.mode], c->rounding.unit_minor);
    for (size_t i = 0; i < c->outcome_count; i++)
        put_outcome(&out, &c->outcomes[i], &s->stated[i]);
    for (size_t i = 0; i < c->step_count; i++)
        put_step(&out, &c->steps[i]);
    put_table(&out, &s->people);
    put_table(&out, &s->reference_people);
    for (size_t i = 0; i < s->costs.count; i++)
        put_table(&out, &s->costs.table[i]);
    for (size_t i = 0; i < s->reference_costs.count; i++)
        put_table(&out, &s->reference_costs.table[i]);
    put_table(&out, &s->standard_cost);
    put_table(&out, &s->price_index);
    put_table(&out, &s->drawn);
    put(&out, "drawn=%" PRId64 "/%" PRId32 " counts", s->drawn_sum.minor, s->drawn_month.ordinal);
    put_where(&out, s->count_count, s->counts);
    put(&out, "\n");
    for (size_t i = 0; i < c->term_count; i++)
        put(&out, "%s = %s\n", c->terms[i].path, c->terms[i].value);
    return out.text;
}

#endif
