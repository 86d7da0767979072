/* reports/wording.c - the contract's parts in words: parties, measures, levels, rules, groups.
 *
 * In: a checked contract. Out: phrases without a full stop that fit into the sentences of the
 * sections. Invariant: says no more than the typed contract; names and ids come as they are and
 * are cleaned by the renderers. */
#include <string.h>
#include "reports/wording.h"
#include "reports/amount.h"
#include "reports/text.h"

const char *utfall__party_name(const utfall_contract *contract, size_t party)
{
    const utfall_party *p = &contract->parties[party];
    return p->name != NULL && p->name[0] != '\0' ? p->name : p->id;
}

const char *utfall__role_words(utfall_language language, utfall_role role)
{
    utfall__word word = WORD_ROLE_INVESTOR;
    switch (role) {
    case UTFALL_ROLE_INVESTOR:
        word = WORD_ROLE_INVESTOR;
        break;
    case UTFALL_ROLE_OUTCOME_PAYER:
        word = WORD_ROLE_OUTCOME_PAYER;
        break;
    case UTFALL_ROLE_INTERMEDIARY:
        word = WORD_ROLE_INTERMEDIARY;
        break;
    case UTFALL_ROLE_PROVIDER:
        word = WORD_ROLE_PROVIDER;
        break;
    case UTFALL_ROLE_VERIFIER:
        word = WORD_ROLE_VERIFIER;
        break;
    }
    return utfall__word_of(language, word);
}

const char *utfall__id_words(utfall_run *run, const char *id)
{
    const size_t len = strlen(id);
    char *words = utfall_run_alloc(run, len + 1);
    for (size_t i = 0; words != NULL && i < len; i++)
        words[i] = id[i] == '_' ? ' ' : id[i];
    return words;
}

static const char *figure_words(utfall_run *run, utfall_language language,
                                const utfall_contract *contract, utfall_measure measure)
{
    utfall__word word = WORD_MEASURE_SUM;
    switch (measure.figure) {
    case UTFALL_FIGURE_SUM:
        word = WORD_MEASURE_SUM;
        break;
    case UTFALL_FIGURE_PERSONS:
        word = WORD_MEASURE_PERSONS;
        break;
    case UTFALL_FIGURE_IMPROVED:
        word = WORD_MEASURE_IMPROVED;
        break;
    case UTFALL_FIGURE_RATE:
        word = WORD_MEASURE_RATE;
        break;
    case UTFALL_FIGURE_CLAIMS:
        word = WORD_MEASURE_CLAIMS;
        break;
    }
    const char *id = contract->outcomes[measure.outcome].id;
    return utfall__say(run, language, word, utfall__id_words(run, id));
}

const char *utfall__measure_words(utfall_run *run, utfall_language language,
                                  const utfall_contract *contract, utfall_measure measure)
{
    switch (measure.kind) {
    case UTFALL_MEASURE_AMOUNT:
        return utfall__word_of(language, WORD_MEASURE_AMOUNT);
    case UTFALL_MEASURE_SAVING:
        return utfall__word_of(language, WORD_MEASURE_SAVING);
    case UTFALL_MEASURE_DRAWN:
        return utfall__word_of(language, WORD_MEASURE_DRAWN);
    case UTFALL_MEASURE_COMMITMENT:
        return utfall__word_of(language, WORD_MEASURE_COMMITMENT);
    case UTFALL_MEASURE_EXPECTED:
        return utfall__word_of(language, WORD_MEASURE_EXPECTED);
    case UTFALL_MEASURE_ACTUAL:
        return utfall__word_of(language, WORD_MEASURE_ACTUAL);
    case UTFALL_MEASURE_OUTCOME:
        return figure_words(run, language, contract, measure);
    }
    return NULL;
}

const char *utfall__level_words(utfall_run *run, utfall_language language,
                                const utfall_contract *contract, const utfall_level *level)
{
    if (level->of.kind == UTFALL_MEASURE_AMOUNT)
        return utfall__amount_terse(run, language, contract->currency, level->factor);
    const char *measure = utfall__measure_words(run, language, contract, level->of);
    const utfall_rat *one = utfall_rat_of(run, 1, 1);
    if (one != NULL && utfall_rat_compare(level->factor, one) == 0)
        return measure;
    return utfall__say(run, language, WORD_SHARE_OF, utfall__share(run, language, level->factor),
                       measure);
}

static const char *share_rule(utfall_run *run, utfall_language language,
                              const utfall_contract *contract, const utfall_step *step)
{
    const char *share = utfall__share(run, language, step->share);
    const char *measure = utfall__measure_words(run, language, contract, step->of);
    if (step->low.factor == NULL)
        return utfall__say(run, language, WORD_SHARE_OF, share, measure);
    return utfall__say(run, language, WORD_RULE_SLICE, share, measure,
                       utfall__level_words(run, language, contract, &step->low),
                       utfall__level_words(run, language, contract, &step->high));
}

static const char *price_rule(utfall_run *run, utfall_language language,
                              const utfall_contract *contract, const utfall_step *step)
{
    const char *price = utfall__amount_terse(run, language, contract->currency, step->price);
    const char *measure = utfall__measure_words(run, language, contract, step->of);
    if (step->limit == NULL)
        return utfall__say(run, language, WORD_RULE_PRICE, price, measure);
    return utfall__say(run, language, WORD_RULE_PRICE_LIMIT, price, measure,
                       utfall__number(run, language, step->limit));
}

static const char *form_rule(utfall_run *run, utfall_language language,
                             const utfall_contract *contract, const utfall_step *step)
{
    switch (step->form) {
    case UTFALL_FORM_SHARE:
        return share_rule(run, language, contract, step);
    case UTFALL_FORM_PRICE:
        return price_rule(run, language, contract, step);
    case UTFALL_FORM_TABLE:
        return utfall__say(run, language,
                           step->match == UTFALL_MATCH_STEP ? WORD_RULE_TABLE_STEP
                                                            : WORD_RULE_TABLE_LINEAR,
                           utfall__measure_words(run, language, contract, step->of));
    case UTFALL_FORM_FIXED:
        return utfall__say(run, language, WORD_RULE_FIXED,
                           utfall__level_words(run, language, contract, &step->fixed));
    }
    return NULL;
}

const char *utfall__rule_words(utfall_run *run, utfall_language language,
                               const utfall_contract *contract, const utfall_step *step)
{
    const char *rule = form_rule(run, language, contract, step);
    if (step->cap.factor != NULL)
        rule = utfall__say(run, language, WORD_RULE_CAP, rule,
                           utfall__level_words(run, language, contract, &step->cap));
    if (step->floor.factor != NULL)
        rule = utfall__say(run, language, WORD_RULE_FLOOR, rule,
                           utfall__level_words(run, language, contract, &step->floor));
    if (step->when_count == 0)
        return rule;
    const char **gates = utfall_run_array(run, step->when_count, sizeof *gates);
    for (size_t i = 0; gates != NULL && i < step->when_count; i++)
        gates[i] = utfall__say(run, language, WORD_QUOTED,
                               utfall__id_words(run, contract->outcomes[step->when[i]].id));
    return utfall__say(run, language, WORD_RULE_WHEN, rule,
                       utfall__list_words(run, language, gates, step->when_count));
}

/* Attributes that the contract language names itself have words of their own. */
static const char *attribute_words(utfall_run *run, utfall_language language, const char *attribute)
{
    if (strcmp(attribute, "age_at_start") == 0)
        return utfall__word_of(language, WORD_AGE_AT_START);
    if (strcmp(attribute, "previously_placed") == 0)
        return utfall__word_of(language, WORD_PREVIOUSLY_PLACED);
    return utfall__id_words(run, attribute);
}

static const char *cut_words(utfall_run *run, utfall_language language, const utfall_factor *factor,
                             size_t level)
{
    const size_t last = factor->count;
    if (level == 0)
        return utfall__say(run, language, WORD_LEVEL_UNDER,
                           utfall__decimal(run, language, factor->cuts[0], 0));
    const char *from = utfall__decimal(run, language, factor->cuts[level - 1], 0);
    if (level == last)
        return utfall__say(run, language, WORD_LEVEL_FROM, from);
    if (factor->cuts[level] - 1 == factor->cuts[level - 1])
        return from;
    return utfall__say(run, language, WORD_LEVEL_BETWEEN, from,
                       utfall__decimal(run, language, (int64_t)factor->cuts[level] - 1, 0));
}

static const char *factor_words(utfall_run *run, utfall_language language,
                                const utfall_factor *factor, size_t level)
{
    switch (factor->kind) {
    case UTFALL_FACTOR_CUTS:
        return factor->count > 0 ? cut_words(run, language, factor, level) : "";
    case UTFALL_FACTOR_VALUES:
        return factor->values[level];
    case UTFALL_FACTOR_EACH:
        return level == 1 ? attribute_words(run, language, factor->attribute)
                          : utfall__say(run, language, WORD_LEVEL_NOT,
                                        attribute_words(run, language, factor->attribute));
    }
    return NULL;
}

const char *utfall__group_words(utfall_run *run, utfall_language language,
                                const utfall_contract *contract, size_t group)
{
    const char *words = NULL;
    size_t rest = group;
    if (contract->factor_count == 0)
        return utfall__word_of(language, WORD_EVERYBODY);
    for (size_t i = contract->factor_count; i > 0; i--) {
        const utfall_factor *factor = &contract->factors[i - 1];
        const size_t levels = utfall_factor_levels(factor);
        if (levels == 0)
            return NULL;
        const char *level = factor_words(run, language, factor, rest % levels);
        rest /= levels;
        if (level == NULL)
            return NULL;
        words =
            words == NULL ? level : utfall_run_join(run, level, ", ", words, (const char *)NULL);
    }
    return words;
}

const char *utfall__factors_words(utfall_run *run, utfall_language language,
                                  const utfall_contract *contract)
{
    const char *names[UTFALL_FACTORS_MAX];
    const size_t count = contract->factor_count;
    for (size_t i = 0; i < count && i < UTFALL_FACTORS_MAX; i++)
        names[i] = attribute_words(run, language, contract->factors[i].attribute);
    return utfall__list_words(run, language, names, count);
}

const char *utfall__design_words(utfall_language language, utfall_design design)
{
    utfall__word word = WORD_DESIGN_HISTORIC;
    switch (design) {
    case UTFALL_DESIGN_HISTORIC:
        word = WORD_DESIGN_HISTORIC;
        break;
    case UTFALL_DESIGN_CONCURRENT:
        word = WORD_DESIGN_CONCURRENT;
        break;
    case UTFALL_DESIGN_RANDOMISED:
        word = WORD_DESIGN_RANDOMISED;
        break;
    case UTFALL_DESIGN_AGREED:
        word = WORD_DESIGN_AGREED;
        break;
    }
    return utfall__word_of(language, word);
}

unsigned utfall__design_step(utfall_design design)
{
    switch (design) {
    case UTFALL_DESIGN_HISTORIC:
    case UTFALL_DESIGN_CONCURRENT:
        return 4;
    case UTFALL_DESIGN_RANDOMISED:
        return 5;
    case UTFALL_DESIGN_AGREED:
        return 3;
    }
    return 0;
}

const char *utfall__rounding_words(utfall_run *run, utfall_language language,
                                   const utfall_contract *contract, utfall_rounding rounding)
{
    utfall__word mode = WORD_ROUND_NEVER;
    switch (rounding.mode) {
    case UTFALL_ROUND_NEVER:
        mode = WORD_ROUND_NEVER;
        break;
    case UTFALL_ROUND_HALF_AWAY:
        mode = WORD_ROUND_HALF_AWAY;
        break;
    case UTFALL_ROUND_HALF_EVEN:
        mode = WORD_ROUND_HALF_EVEN;
        break;
    case UTFALL_ROUND_FLOOR:
        mode = WORD_ROUND_FLOOR;
        break;
    case UTFALL_ROUND_CEILING:
        mode = WORD_ROUND_CEILING;
        break;
    case UTFALL_ROUND_TOWARD_ZERO:
        mode = WORD_ROUND_TOWARD_ZERO;
        break;
    }
    return utfall__say(run, language, mode,
                       utfall__amount_terse(run, language, contract->currency,
                                            utfall_rat_of(run, rounding.unit_minor, 1)));
}

const char *utfall__list_words(utfall_run *run, utfall_language language, const char *const *items,
                               size_t count)
{
    utfall__text text;
    utfall__text_start(&text, run);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            utfall__text_add(&text, i + 1 == count ? utfall__word_of(language, WORD_AND) : ", ");
        utfall__text_add(&text, items == NULL ? NULL : items[i]);
    }
    const char *out = NULL;
    return utfall__text_end(&text, &out, NULL) == UTFALL_OK ? out : NULL;
}

bool utfall__has_idle_prices(const utfall_contract *contract)
{
    static const char prefix[] = "comparison_group.price_index.";
    for (size_t i = 0; !contract->prices.is_there && i < contract->term_count; i++)
        if (strncmp(contract->terms[i].path, prefix, sizeof prefix - 1) == 0)
            return true;
    return false;
}

const char *utfall__term_value(const utfall_contract *contract, const char *path)
{
    for (size_t i = 0; i < contract->term_count; i++)
        if (strcmp(contract->terms[i].path, path) == 0)
            return contract->terms[i].value;
    return "";
}
