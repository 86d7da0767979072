/* reports/compare_json.c - a comparison for programs.
 *
 * In: a checked comparison. Out: one JSON object. Amounts are exact ratios of minor units as
 * strings, since a number of JSON may lose digits. */
#include <string.h>
#include "reports/compare.h"
#include "reports/text.h"

/* Cleaned of what must not reach a terminal; then only two characters are left to escape. */
static void string_add(utfall__text *text, const char *part)
{
    const char *cleaned = utfall__text_cleaned(text->run, part);
    utfall__text_add(text, "\"");
    for (const char *p = cleaned; p != NULL && *p != '\0';) {
        const size_t plain = strcspn(p, "\"\\");
        utfall__text_add_bytes(text, p, plain);
        p += plain;
        if (*p != '\0') {
            utfall__text_add(text, "\\");
            utfall__text_add_bytes(text, p++, 1);
        }
    }
    text->has_failed = text->has_failed || cleaned == NULL;
    utfall__text_add(text, "\"");
}

static void member_add(utfall__text *text, const char *name, const char *value, bool more)
{
    string_add(text, name);
    utfall__text_add(text, ": ");
    string_add(text, value);
    utfall__text_add(text, more ? ", " : "");
}

static void side_add(utfall__text *text, const char *name, const utfall_comparison_side *side)
{
    char month[8];
    utfall_month_text(month, side->as_of);
    utfall__text_add(text, "  ");
    string_add(text, name);
    utfall__text_add(text, ": {");
    member_add(text, "file", side->name, true);
    member_add(text, "contract", side->contract, true);
    member_add(text, "as_of", month, true);
    member_add(text, "currency", side->currency, false);
    utfall__text_add(text, "},\n");
}

static void place_add(utfall__text *text, const char *name, utfall_loc at)
{
    if (at.line == 0)
        return;
    const char *place = utfall_run_join(text->run, at.file, ":",
                                        utfall_run_decimal(text->run, at.line), (const char *)NULL);
    member_add(text, name, place == NULL ? "" : place, true);
    text->has_failed = text->has_failed || place == NULL;
}

static void difference_add(utfall__text *text, const utfall_difference *d)
{
    utfall__text_add(text, "{");
    member_add(text, "cause", utfall_cause_names[d->cause], true);
    member_add(text, "path", d->path, true);
    place_add(text, "before_at", d->before_at);
    place_add(text, "after_at", d->after_at);
    member_add(text, "before", d->before, true);
    member_add(text, "after", d->after, false);
    utfall__text_add(text, "}");
}

static void stage_add(utfall__text *text, const utfall_comparison *c, size_t i,
                      const char *const *keys, size_t count)
{
    const utfall_stage *stage = &c->stages[i];
    utfall__text_add(text, i > 0 ? ",\n    {" : "\n    {");
    member_add(text, "cause", utfall_cause_names[utfall_stage_cause(stage)], true);
    if (stage->why != NULL)
        member_add(text, "why", stage->why, true);
    utfall__text_add(text, "\"differences\": [");
    for (size_t d = 0; d < stage->count; d++) {
        utfall__text_add(text, d > 0 ? ", " : "");
        difference_add(text, &stage->differences[d]);
    }
    utfall__text_add(text, "],\n     \"change\": {");
    for (size_t k = 0; k < count; k++)
        member_add(text, keys[k],
                   utfall_rat_text(text->run, utfall__stage_change(text->run, c, i, keys[k])),
                   k + 1 < count);
    utfall__text_add(text, "}}");
}

static void amounts_add(utfall__text *text, const utfall_comparison *c, const char *const *keys,
                        size_t count)
{
    for (size_t k = 0; k < count; k++) {
        const utfall_rat *a = utfall__amount_of(text->run, c->a.facts, c->a.fact_count, keys[k]);
        const utfall_rat *b = utfall__amount_of(text->run, c->b.facts, c->b.fact_count, keys[k]);
        utfall__text_add(text, k > 0 ? ",\n    " : "\n    ");
        string_add(text, keys[k]);
        utfall__text_add(text, ": {");
        member_add(text, "a", utfall_rat_text(text->run, a), true);
        member_add(text, "b", utfall_rat_text(text->run, b), true);
        for (size_t cause = 0; cause < UTFALL_CAUSES; cause++)
            member_add(text, utfall_cause_names[cause],
                       utfall_rat_text(text->run, utfall__cause_change(
                                                      text->run, c, (utfall_cause)cause, keys[k])),
                       true);
        member_add(text, "difference", utfall_rat_text(text->run, utfall_rat_sub(text->run, b, a)),
                   false);
        utfall__text_add(text, "}");
    }
}

utfall_status utfall_comparison_json(utfall_run *run, const char **out, size_t *len,
                                     const utfall_comparison *comparison)
{
    utfall__text text;
    size_t count = 0;
    const char **keys = utfall__keys_of(run, comparison, &count);
    if (keys == NULL)
        return UTFALL_E_NOMEM;
    utfall__text_start(&text, run);
    utfall__text_add(&text, "{\n");
    side_add(&text, "a", &comparison->a);
    side_add(&text, "b", &comparison->b);
    utfall__text_add(&text, comparison->by_sums ? "  \"split_by\": \"sums\",\n"
                                                : "  \"split_by\": \"data\",\n");
    utfall__text_add(&text, "  \"amounts\": {");
    amounts_add(&text, comparison, keys, count);
    utfall__text_add(&text, "\n  },\n  \"stages\": [");
    for (size_t i = 0; i < comparison->stage_count; i++)
        stage_add(&text, comparison, i, keys, count);
    utfall__text_add(&text, "\n  ]\n}\n");
    return utfall__text_end(&text, out, len);
}
