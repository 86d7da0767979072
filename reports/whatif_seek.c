/* reports/whatif_seek.c - the answers to a goal: which value of one quantity reaches it.
 *
 * In: answers. Out: sentences, or JSON with exact values. A value that had to be rounded to be read
 * is followed by the exact one. */
#include <string.h>
#include "reports/sections.h"
#include "reports/text.h"

enum { SEEK_COLUMNS = 80 };

typedef struct view {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_goal *goal;
    utfall_language language;
} view;

typedef enum end { ALONE, FROM, TO } end; /* of what a value is the end */

static const utfall_level *level_of(const view *v)
{
    const utfall_step *step = &v->contract->steps[v->goal->step];
    switch (v->goal->what) {
    case UTFALL_SEEK_SAVING:
    case UTFALL_SEEK_COST:
    case UTFALL_SEEK_PERSONS:
    case UTFALL_SEEK_SHARE:
    case UTFALL_SEEK_PRICE:
    case UTFALL_SEEK_LIMIT:
        return NULL;
    case UTFALL_SEEK_FIXED:
        return &step->fixed;
    case UTFALL_SEEK_LOW:
        return &step->low;
    case UTFALL_SEEK_HIGH:
        return &step->high;
    case UTFALL_SEEK_CAP:
        return &step->cap;
    case UTFALL_SEEK_FLOOR:
        return &step->floor;
    }
    return NULL;
}

static const char *money_words(const view *v, const utfall_rat *amount)
{
    const char *text = utfall__amount(v->run, v->language, v->contract->currency, amount);
    if (utfall__amount_is_exact(v->run, amount))
        return text;
    const char *exact =
        utfall_rat_text(v->run, utfall_rat_div(v->run, amount, utfall_rat_of(v->run, 100, 1)));
    return SAY(v, WORD_SEEK_EXACT, text, exact);
}

/* "48.2 % (exactly 1235/2562)"; exact shares stand alone. */
static const char *share_words(const view *v, const utfall_rat *share)
{
    const char *exact = utfall__share(v->run, v->language, share);
    if (exact == NULL || strchr(exact, '/') == NULL)
        return exact;
    return SAY(v, WORD_SEEK_EXACT, utfall__percent(v->run, v->language, share), exact);
}

/* A fall below 0 is a rise; without its sign. */
static const char *rise_words(const view *v, const utfall_rat *fall)
{
    return share_words(v, utfall_rat_sub(v->run, utfall_rat_of(v->run, 0, 1), fall));
}

static const char *whole_words(const view *v, int64_t number)
{
    return utfall__number(v->run, v->language, utfall_rat_of(v->run, number, 1));
}

/* People are whole: the first number that is enough from below, the last one from above, and the
 * two around a value that is no end. */
static const char *persons_words(const view *v, const utfall_rat *x, end of)
{
    int64_t below = 0;
    if (x == NULL || utfall_rat_floor(&below, x) != UTFALL_OK || below == INT64_MAX)
        return x == NULL ? NULL : SAY(v, WORD_SEEK_PERSONS, utfall__number(v->run, v->language, x));
    const char *last = whole_words(v, below);
    if (utfall_rat_compare(x, utfall_rat_of(v->run, below, 1)) == 0)
        return SAY(v, WORD_SEEK_PERSONS, last);
    const char *next = whole_words(v, below + 1);
    const char *words = of == ALONE ? SAY(v, WORD_SEEK_PERSONS_BETWEEN, last, next)
                                    : SAY(v, WORD_SEEK_PERSONS, of == FROM ? next : last);
    return SAY(v, WORD_SEEK_EXACT, words, utfall_rat_text(v->run, x));
}

static const char *value_words(const view *v, const utfall_rat *x, end of)
{
    const utfall_level *level = NULL;
    switch (v->goal->what) {
    case UTFALL_SEEK_SAVING:
    case UTFALL_SEEK_PRICE:
        return money_words(v, x);
    case UTFALL_SEEK_COST:
        return utfall_rat_sign(x) < 0 ? SAY(v, WORD_SEEK_RISE, rise_words(v, x))
                                      : share_words(v, x);
    case UTFALL_SEEK_SHARE:
        return share_words(v, x);
    case UTFALL_SEEK_PERSONS:
        return persons_words(v, x, of);
    case UTFALL_SEEK_LIMIT:
        return utfall__number(v->run, v->language, x);
    case UTFALL_SEEK_FIXED:
    case UTFALL_SEEK_LOW:
    case UTFALL_SEEK_HIGH:
    case UTFALL_SEEK_CAP:
    case UTFALL_SEEK_FLOOR:
        level = level_of(v);
        break;
    }
    if (level->of.kind == UTFALL_MEASURE_AMOUNT)
        return money_words(v, x);
    return SAY(v, WORD_SEEK_OF, share_words(v, x),
               utfall__measure_words(v->run, v->language, v->contract, level->of));
}

/* What is sought, in words where there are some; else the place as it was asked for. */
static const char *what_words(const view *v, const char *what)
{
    if (v->goal->what == UTFALL_SEEK_SAVING)
        return WORD_TEXT(v, WORD_SEEK_SAVING);
    if (v->goal->what == UTFALL_SEEK_COST)
        return WORD_TEXT(v, WORD_SEEK_COST);
    return v->goal->what == UTFALL_SEEK_PERSONS ? WORD_TEXT(v, WORD_SEEK_PEOPLE) : what;
}

static const char *answer_words(const view *v, const utfall_answer *answer)
{
    const bool is_one = answer->from != NULL && answer->to != NULL &&
                        utfall_rat_compare(answer->from, answer->to) == 0;
    const char *from =
        answer->from == NULL ? NULL : value_words(v, answer->from, is_one ? ALONE : FROM);
    const char *to = answer->to == NULL ? NULL : value_words(v, answer->to, TO), *words;
    if (from == NULL && to == NULL)
        return answer->from == NULL && answer->to == NULL ? WORD_TEXT(v, WORD_SEEK_ANY) : NULL;
    if (to == NULL)
        words = SAY(v, WORD_SEEK_UP, from);
    else if (from == NULL)
        words = SAY(v, WORD_SEEK_DOWN, to);
    else if (is_one && v->goal->what == UTFALL_SEEK_COST && utfall_rat_sign(answer->from) < 0)
        words = SAY(v, WORD_SEEK_HIGHER, rise_words(v, answer->from));
    else if (is_one)
        words = SAY(v, WORD_SEEK_ONE, from);
    else
        words = SAY(v, WORD_SEEK_FROM_TO, from, to);
    if (answer->without_from)
        words = SAY(v, WORD_SEEK_WITHOUT_FROM, words);
    if (answer->without_to)
        words = SAY(v, WORD_SEEK_WITHOUT_TO, words);
    return words;
}

/* What holds now, and whose result it gives. */
static const char *now_words(const view *v, const utfall_answers *answers)
{
    const char *now = value_words(v, answers->now, ALONE);
    const char *reached = money_words(v, answers->reached_now);
    return v->goal->is_result ? SAY(v, WORD_SEEK_NOW, now, reached,
                                    utfall__party_name(v->contract, v->goal->party))
                              : SAY(v, WORD_SEEK_NOW_PAYOUT, now, reached);
}

static const char *bound_words(const view *v, const utfall_rat *bound)
{
    return bound == NULL ? WORD_TEXT(v, WORD_SEEK_NO_END) : money_words(v, bound);
}

utfall_status utfall_answers_text(utfall_run *run, const char **out, size_t *len,
                                  const utfall_settlement *settlement, const utfall_goal *goal,
                                  const char *asked, const char *what,
                                  const utfall_answers *answers, utfall_language language)
{
    utfall__sheet sheet;
    const view view_of = {
        .run = run, .contract = settlement->contract, .goal = goal, .language = language};
    const view *v = &view_of;
    utfall__sheet_start(&sheet, run);
    utfall__sheet_add(&sheet, UTFALL__TITLE, SAY(v, WORD_SEEK_TITLE, what_words(v, what), asked));
    if (settlement->contract->note[0] != '\0')
        utfall__sheet_add(&sheet, UTFALL__NOTE, settlement->contract->note);
    utfall__sheet_add(&sheet, UTFALL__PARAGRAPH, now_words(v, answers));
    for (size_t i = 0; i < answers->count; i++)
        utfall__sheet_add(&sheet, UTFALL__LEAD, answer_words(v, &answers->answers[i]));
    if (answers->count == 0) {
        utfall__sheet_add(&sheet, UTFALL__LEAD, WORD_TEXT(v, WORD_SEEK_NONE));
        utfall__sheet_add(&sheet, UTFALL__PARAGRAPH,
                          SAY(v, WORD_SEEK_BOUNDS, bound_words(v, answers->least),
                              bound_words(v, answers->most)));
    }
    utfall__sheet_add(&sheet, UTFALL__PARAGRAPH, WORD_TEXT(v, WORD_SEEK_HELD));
    return utfall__render_text(&sheet, out, len, SEEK_COLUMNS, language);
}

/* ---- JSON ---- */

static void json_value(utfall__text *out, const char *key, const utfall_rat *value)
{
    utfall__text_add(out, "\"");
    utfall__text_add(out, key);
    utfall__text_add(out, value == NULL ? "\": null" : "\": \"");
    if (value != NULL) {
        utfall__text_add(out, utfall_rat_text(out->run, value));
        utfall__text_add(out, "\"");
    }
}

utfall_status utfall_answers_json(utfall_run *run, const char **out, size_t *len,
                                  const utfall_settlement *settlement, const char *asked,
                                  const char *what, const utfall_answers *answers)
{
    utfall__text text;
    utfall__text_start(&text, run);
    utfall__text_add(&text, "{\"contract\": ");
    utfall__text_json(&text, settlement->contract->id);
    utfall__text_add(&text, ", \"note\": ");
    utfall__text_json(&text, settlement->contract->note);
    utfall__text_add(&text, ", \"goal\": ");
    utfall__text_json(&text, asked);
    utfall__text_add(&text, ", \"seek\": ");
    utfall__text_json(&text, what);
    utfall__text_add(&text, ", ");
    json_value(&text, "now", answers->now);
    utfall__text_add(&text, ", ");
    json_value(&text, "gives", answers->reached_now);
    utfall__text_add(&text, ",\n \"answers\": [");
    for (size_t i = 0; i < answers->count; i++) {
        const utfall_answer *answer = &answers->answers[i];
        utfall__text_add(&text, i > 0 ? ", {" : "{");
        json_value(&text, "from", answer->from);
        utfall__text_add(&text, ", ");
        json_value(&text, "to", answer->to);
        utfall__text_add(&text, answer->without_from ? ", \"from_excluded\": true" : "");
        utfall__text_add(&text, answer->without_to ? ", \"to_excluded\": true" : "");
        utfall__text_add(&text, "}");
    }
    utfall__text_add(&text, "], ");
    json_value(&text, "least", answers->least);
    utfall__text_add(&text, ", ");
    json_value(&text, "most", answers->most);
    utfall__text_add(&text, "}\n");
    return utfall__text_end(&text, out, len);
}
