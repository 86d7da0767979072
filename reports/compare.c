/* reports/compare.c - the arithmetic of a comparison: amounts by key, what each stage adds, and the
 * check that the parts make up the whole.
 *
 * In: the facts of A, of each stage and of B. Out: exact changes. Invariant: for every key, A plus
 * all changes is B, compared as exact ratios; a comparison where one is not is never given out. */
#include <string.h>
#include "reports/compare.h"
#include "reports/text.h"

const char *const utfall_cause_names[] = {"data",  "corrections", "time", "parameters",
                                          "rules", "unsplit",     NULL};

/* ---- the facts that are compared ---- */

static bool is_compared(const char *key)
{
    static const char *const stems[] = {
        "actual.total", "actual.paid", "expected.total", "expected.paid", "saving.", "drawn.total",
        "due.",         "result.",     "borne.",         "step.",         "level."};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (strncmp(key, stems[i], strlen(stems[i])) == 0)
            return true;
    return false;
}

static utfall_status due_add(utfall_run *run, utfall_fact *out, const utfall_settlement *settlement)
{
    const utfall_rat *sum = utfall_rat_of(run, 0, 1);
    for (size_t i = 0; i < settlement->due_count; i++)
        sum = utfall_rat_add(run, sum, utfall_rat_of_money(run, settlement->dues[i].amount));
    *out =
        (utfall_fact){.key = UTFALL__DUE_IN_ALL, .value = utfall_rat_text(run, sum), .amount = sum};
    return out->value == NULL ? utfall_run_failure(run) : UTFALL_OK;
}

utfall_status utfall_comparison_facts(utfall_run *run, const utfall_fact **out, size_t *count,
                                      utfall_run *settled_in, const utfall_settlement *settlement)
{
    const utfall_fact *all = NULL;
    size_t all_count = 0, kept = 0;
    utfall_status status = utfall_facts_compute(settled_in, &all, &all_count, settlement);
    utfall_fact *list =
        status == UTFALL_OK ? utfall_run_array(run, all_count + 1, sizeof *list) : NULL;
    if (list == NULL)
        return status == UTFALL_OK ? UTFALL_E_NOMEM : status;
    status = due_add(run, &list[kept++], settlement);
    for (size_t i = 0; i < all_count && status == UTFALL_OK; i++) {
        if (all[i].amount == NULL || !is_compared(all[i].key))
            continue;
        utfall_fact *fact = &list[kept++];
        fact->key = utfall_run_text(run, all[i].key, strlen(all[i].key));
        fact->value = utfall_run_text(run, all[i].value, strlen(all[i].value));
        status = fact->key == NULL || fact->value == NULL
                     ? UTFALL_E_NOMEM
                     : utfall_rat_parse(run, &fact->amount, fact->value, strlen(fact->value));
    }
    if (status == UTFALL_OK) {
        *out = list;
        *count = kept;
    }
    return status;
}

/* ---- amounts and changes ---- */

const utfall_rat *utfall__amount_of(utfall_run *run, const utfall_fact *facts, size_t count,
                                    const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(facts[i].key, key) == 0)
            return facts[i].amount;
    return utfall_rat_of(run, 0, 1);
}

const utfall_rat *utfall__stage_change(utfall_run *run, const utfall_comparison *c, size_t i,
                                       const char *key)
{
    const utfall_fact *before = i == 0 ? c->a.facts : c->stages[i - 1].facts;
    const size_t count = i == 0 ? c->a.fact_count : c->stages[i - 1].fact_count;
    return utfall_rat_sub(run,
                          utfall__amount_of(run, c->stages[i].facts, c->stages[i].fact_count, key),
                          utfall__amount_of(run, before, count, key));
}

utfall_cause utfall_stage_cause(const utfall_stage *stage)
{
    for (size_t i = 1; i < stage->count; i++)
        if (stage->differences[i].cause != stage->differences[0].cause)
            return UTFALL_CAUSE_UNSPLIT;
    return stage->count > 0 ? stage->differences[0].cause : UTFALL_CAUSE_UNSPLIT;
}

const utfall_rat *utfall__cause_change(utfall_run *run, const utfall_comparison *c,
                                       utfall_cause cause, const char *key)
{
    const utfall_rat *sum = utfall_rat_of(run, 0, 1);
    for (size_t i = 0; i < c->stage_count; i++)
        if (utfall_stage_cause(&c->stages[i]) == cause)
            sum = utfall_rat_add(run, sum, utfall__stage_change(run, c, i, key));
    return sum;
}

/* Two sorted lists, but for the first fact, which both have. */
const char **utfall__keys_of(utfall_run *run, const utfall_comparison *c, size_t *count)
{
    const char **keys = utfall_run_array(run, c->a.fact_count + c->b.fact_count, sizeof *keys);
    size_t a = 0, b = 0, kept = 0;
    while (keys != NULL && (a < c->a.fact_count || b < c->b.fact_count)) {
        const char *left = a < c->a.fact_count ? c->a.facts[a].key : NULL;
        const char *right = b < c->b.fact_count ? c->b.facts[b].key : NULL;
        const int order = left == NULL ? 1 : right == NULL ? -1 : strcmp(left, right);
        keys[kept++] = order <= 0 ? left : right;
        a += order <= 0;
        b += order >= 0;
    }
    *count = kept;
    return keys;
}

/* ---- the check ---- */

static utfall_status refuse(utfall_run *run, utfall_status code, const char *file,
                            const char *message, const char *hint)
{
    const utfall_finding finding = {.code = code,
                                    .severity = UTFALL_ERROR,
                                    .at = {.file = file},
                                    .message = message,
                                    .hint = hint};
    return message == NULL ? UTFALL_E_NOMEM : utfall_run_report(run, &finding);
}

static utfall_status key_check(utfall_run *run, const utfall_comparison *c, const char *key)
{
    const utfall_rat *sum = utfall__amount_of(run, c->a.facts, c->a.fact_count, key);
    const utfall_rat *b = utfall__amount_of(run, c->b.facts, c->b.fact_count, key);
    for (size_t cause = 0; cause < UTFALL_CAUSES; cause++)
        sum = utfall_rat_add(run, sum, utfall__cause_change(run, c, (utfall_cause)cause, key));
    if (sum == NULL || b == NULL)
        return utfall_run_failure(run);
    if (utfall_rat_compare(sum, b) == 0)
        return UTFALL_OK;
    return refuse(run, UTFALL_E_BUG, c->b.name,
                  utfall_run_join(run, "the parts of \"", key, "\" come to ",
                                  utfall_rat_text(run, sum), ", and B has ",
                                  utfall_rat_text(run, b), (const char *)NULL),
                  "this is a fault in utfall; please report it");
}

utfall_status utfall_comparison_check(utfall_run *run, const utfall_comparison *comparison)
{
    size_t count = 0;
    utfall_status status = UTFALL_OK;
    if (strcmp(comparison->a.currency, comparison->b.currency) != 0)
        return refuse(run, UTFALL_E_UNIT, comparison->b.name,
                      utfall_run_join(run, "the currency is ", comparison->b.currency,
                                      ", and that of the other settlement ", comparison->a.currency,
                                      (const char *)NULL),
                      "settlements in two currencies cannot be compared");
    const char **keys = utfall__keys_of(run, comparison, &count);
    if (keys == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count && status == UTFALL_OK; i++)
        status = key_check(run, comparison, keys[i]);
    return status;
}
