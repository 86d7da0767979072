/* ledger/record_history.c - puts the history of a settlement together from the elements of a
 * ledger: what the settlement before came to, what was corrected in it, and earlier forecasts.
 *
 * What connects it with the terms and the sums is utfall_sums_check's and utfall_settle's. */
#include "ledger/record.h"
#include <string.h>

static const char *const no_memory = "out of memory";

/* previous: as_of? reason? sha256 */
const char *utfall_take_previous(utfall_building *b, const utfall_value *v)
{
    b->record.has_previous = true;
    memcpy(b->record.previous, v[2].digest, 32);
    b->has_history = v[0].is_given;
    if (v[1].is_given && !v[0].is_given)
        return "a reason stands only with as_of";
    b->history.as_of = v[0].month;
    b->history.reason = v[1].is_given ? v[1].text : "";
    return NULL;
}

/* step in previous: entitlement id */
static const char *take_step(utfall_building *b, const utfall_value *v)
{
    utfall_history *h = &b->history;
    utfall_past_step *steps = utfall_building_grow(b->run, b->past_steps, h->step_count,
                                                   &b->past_step_room, sizeof *steps);
    if (!steps)
        return no_memory;
    b->past_steps = steps;
    steps[h->step_count++] = (utfall_past_step){.id = v[1].text, .entitlement = {v[0].integer}};
    return NULL;
}

/* pair in previous: carried from paid to written_off */
static const char *take_pair(utfall_building *b, const utfall_value *v)
{
    utfall_history *h = &b->history;
    utfall_past_pair *pairs = utfall_building_grow(b->run, b->past_pairs, h->pair_count,
                                                   &b->past_pair_room, sizeof *pairs);
    if (!pairs)
        return no_memory;
    b->past_pairs = pairs;
    pairs[h->pair_count++] = (utfall_past_pair){.from = v[1].text,
                                                .to = v[3].text,
                                                .paid = {v[2].integer},
                                                .carried = {v[0].integer},
                                                .written_off = {v[4].integer}};
    return NULL;
}

static size_t subject_find(const char *name)
{
    size_t i = 0;
    while (utfall_subject_names[i] && strcmp(utfall_subject_names[i], name) != 0)
        i++;
    return i;
}

/* Which of group, k, month and outcome a subject has. */
static bool place_fits(utfall_subject subject, bool group, bool k, bool month, bool outcome)
{
    switch (subject) {
    case UTFALL_SUBJECT_PEOPLE:
    case UTFALL_SUBJECT_PEOPLE_AT_PRICES:
    case UTFALL_SUBJECT_COST:
    case UTFALL_SUBJECT_COMPARISON_PEOPLE:
    case UTFALL_SUBJECT_COMPARISON_COST:
    case UTFALL_SUBJECT_AGREED_COST:
        return group && k && !month && !outcome;
    case UTFALL_SUBJECT_PRICE_INDEX:
    case UTFALL_SUBJECT_DRAWN:
        return !group && !k && month && !outcome;
    case UTFALL_SUBJECT_OUTCOME_SUM:
    case UTFALL_SUBJECT_OUTCOME_PERSONS:
        return !group && !k && !month && outcome;
    }
    return false;
}

/* correction: group? k? month? now old outcome? paid saving subject */
static const char *take_correction(utfall_building *b, const utfall_value *v)
{
    utfall_history *h = &b->history;
    const size_t subject = subject_find(v[8].text);
    if (!utfall_subject_names[subject])
        return "there is no such subject of a correction";
    if (!place_fits((utfall_subject)subject, v[0].is_given, v[1].is_given, v[2].is_given,
                    v[5].is_given))
        return "a correction of people and cost has group and k, one of project cost or of a price "
               "index a month, one of an outcome its number";
    if ((v[0].is_given && (v[0].count < 1 || v[0].count > UTFALL_GROUPS_MAX)) ||
        (v[1].is_given && (v[1].count < 1 || v[1].count > UTFALL_WINDOW_MAX)) ||
        (v[5].is_given && (v[5].count < 1 || v[5].count > UTFALL_OUTCOMES_MAX)))
        return "there is no such group, month or outcome";
    utfall_correction *all = utfall_building_grow(b->run, b->corrections, h->correction_count,
                                                  &b->correction_room, sizeof *all);
    if (!all)
        return no_memory;
    b->corrections = all;
    all[h->correction_count++] =
        (utfall_correction){.subject = (utfall_subject)subject,
                            .group = v[0].is_given ? (size_t)v[0].count - 1 : 0,
                            .k = (uint32_t)v[1].count,
                            .month = v[2].month,
                            .outcome = v[5].is_given ? (size_t)v[5].count - 1 : 0,
                            .old = v[4].ratio,
                            .now = v[3].ratio,
                            .saving = v[7].ratio,
                            .paid = v[6].ratio};
    return NULL;
}

/* forecast in previous: as_of paid saving */
static const char *take_forecast(utfall_building *b, const utfall_value *v)
{
    utfall_history *h = &b->history;
    utfall_past_forecast *all = utfall_building_grow(b->run, b->forecasts, h->forecast_count,
                                                     &b->forecast_room, sizeof *all);
    if (!all)
        return no_memory;
    b->forecasts = all;
    all[h->forecast_count++] =
        (utfall_past_forecast){.as_of = v[0].month, .saving = v[2].ratio, .paid = {v[1].integer}};
    return NULL;
}

const char *utfall_take_past(utfall_building *b, utfall_element element, const utfall_value *v)
{
    const char *fault = NULL;
    if (!b->has_history)
        return "it stands only where <previous> says as of when";
    if (element == UTFALL_EL_PAST_STEP)
        fault = take_step(b, v);
    else if (element == UTFALL_EL_PAST_PAIR)
        fault = take_pair(b, v);
    else if (element == UTFALL_EL_CORRECTION)
        fault = take_correction(b, v);
    else
        fault = take_forecast(b, v);
    return fault;
}

utfall_status utfall_building_history(utfall_building *b, const utfall_history **out)
{
    utfall_history *history = utfall_run_alloc(b->run, sizeof *history);
    if (!history)
        return UTFALL_E_NOMEM;
    *history = b->history;
    history->steps = b->past_steps;
    history->pairs = b->past_pairs;
    history->corrections = b->corrections;
    history->forecasts = b->forecasts;
    *out = b->has_history ? history : NULL;
    return UTFALL_OK;
}
