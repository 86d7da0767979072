/* contracts/scales.c - a table of answers: who said what, on which scale, at which occasion.
 *
 * In: rows in any order. Out: one result a scale. Invariant: a value lies within its scale's
 * bounds, and a person has one at most for a scale and occasion; people of the target group without
 * rows are missing, and nobody else may have any. RULE: SCALE-1 */
#include "contracts/document.h"
#include "contracts/roster.h"
#include "contracts/tables.h"

#include <string.h>

struct scales {
    utfall_run *run;
    const utfall_scales_source *source;
    utfall_roster roster;
    size_t room;               /* of people */
    const utfall_rat **values; /* [(scale * room + person) * occasions + occasion - 1] */
    uint32_t *lines;           /* the same */
};

static bool scales_grow(struct scales *scales)
{
    if (scales->roster.count <= scales->room)
        return true;
    const size_t room = scales->roster.room, before = scales->room;
    const size_t per = scales->source->occasions, count = scales->source->count;
    const utfall_rat **values = utfall_run_array(scales->run, room, count * per * sizeof *values);
    uint32_t *lines = utfall_run_array(scales->run, room, count * per * sizeof *lines);
    if (values == NULL || lines == NULL)
        return false;
    for (size_t i = 0; i < count && before > 0; i++) {
        memcpy(values + i * room * per, scales->values + i * before * per,
               before * per * sizeof *values);
        memcpy(lines + i * room * per, scales->lines + i * before * per,
               before * per * sizeof *lines);
    }
    scales->values = values;
    scales->lines = lines;
    scales->room = room;
    return true;
}

static size_t scale_find(const utfall_scales_source *source, utfall_cell name)
{
    for (size_t i = 0; i < source->count; i++)
        if (strlen(source->scales[i].id) == name.len &&
            memcmp(source->scales[i].id, name.text, name.len) == 0)
            return i;
    return SIZE_MAX;
}

static void refuse_scale(const struct scales *scales, utfall_feed *feed, size_t column)
{
    const char *why = "";
    const char *names[UTFALL_SCALES_MAX + 1] = {NULL};
    for (size_t i = 0; i < scales->source->count; i++)
        names[i] = scales->source->scales[i].id;
    if (!utfall_csv_is_full(feed->csv))
        why = utfall_run_join(feed->run, "is not one of the outcome's scales: expected ",
                              utfall_words_list(feed->run, names), (const char *)NULL);
    (void)utfall_feed_refuse(feed, column, UTFALL_E_CONFLICT, why == NULL ? "" : why,
                             "list the scale under `scales:`, or leave its rows out");
}

static const utfall_rat *value_read(utfall_feed *feed, size_t column, const utfall_scale *scale)
{
    const utfall_rat *value = utfall_feed_number(feed, column);
    if (value == NULL || scale == NULL ||
        (utfall_rat_compare(value, scale->low) >= 0 && utfall_rat_compare(value, scale->high) <= 0))
        return value;
    const char *why = "";
    if (!utfall_csv_is_full(feed->csv))
        why = utfall_run_join(feed->run, "lies outside the scale \"", scale->id, "\": expected ",
                              utfall_rat_text(feed->run, scale->low), " to ",
                              utfall_rat_text(feed->run, scale->high), (const char *)NULL);
    (void)utfall_feed_refuse(feed, column, UTFALL_E_RANGE, why == NULL ? "" : why, NULL);
    return NULL;
}

static utfall_status value_row(struct scales *scales, utfall_feed *feed, const size_t at[4])
{
    utfall_refusal refusal = {NULL, NULL};
    int32_t occasion = 1;
    size_t person = 0;
    bool is_new = false;
    const utfall_scales_source *source = scales->source;
    utfall_cell id = utfall_feed_text(feed, at[0]), when = utfall_feed_text(feed, at[2]);
    bool is_sound = utfall_feed_check_id(feed, at[0], id) == UTFALL_OK;
    size_t scale = scale_find(source, utfall_feed_text(feed, at[1]));
    if (scale == SIZE_MAX)
        refuse_scale(scales, feed, at[1]);
    utfall_status read =
        utfall_cell_whole(&occasion, &refusal, 1, (int32_t)source->occasions, when.text, when.len);
    if (read != UTFALL_OK)
        (void)utfall_feed_refuse(feed, at[2], read, "is not an occasion of this outcome",
                                 "the contract says how many there are: `occasions:`");
    const utfall_rat *value =
        value_read(feed, at[3], scale == SIZE_MAX ? NULL : &source->scales[scale]);
    if (!is_sound || scale == SIZE_MAX || read != UTFALL_OK || value == NULL)
        return utfall_run_failure(feed->run);
    utfall_status status =
        utfall_roster_take(&scales->roster, &person, &is_new, id, feed->csv->line);
    if (status != UTFALL_OK)
        return status;
    if (!scales_grow(scales))
        return UTFALL_E_NOMEM;
    size_t place = (scale * scales->room + person) * source->occasions + (size_t)occasion - 1;
    if (scales->lines[place] > 0) {
        (void)utfall_csv_report(
            feed->csv, &(utfall_csv_fault){.code = UTFALL_E_CONFLICT,
                                           .cell = feed->at[at[2]],
                                           .field = feed->columns[at[2]].field,
                                           .is_quoting = true,
                                           .message = "is an occasion at which this person has a "
                                                      "value on this scale already",
                                           .also_line = scales->lines[place],
                                           .also_message = "the first one is here"});
        return UTFALL_OK;
    }
    scales->lines[place] = feed->csv->line;
    scales->values[place] = value;
    return UTFALL_OK;
}

static utfall_status scales_count(const struct scales *scales, size_t persons,
                                  utfall_outcome_result *out)
{
    const utfall_scales_source *source = scales->source;
    const size_t per = source->occasions, answered = scales->roster.count;
    utfall_scale_result *results = utfall_run_array(scales->run, source->count, sizeof *results);
    if (results == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < source->count; i++) {
        utfall_status status =
            utfall_scale_count(scales->run, &results[i], &source->scales[i], per,
                               scales->values + i * scales->room * per, answered);
        if (status != UTFALL_OK)
            return status;
        results[i].missing += persons - answered;
    }
    uint64_t whole = 0;
    for (size_t person = 0; person < answered; person++) {
        bool is_whole = true;
        for (size_t i = 0; i < source->count; i++)
            for (size_t k = 0; k < per; k++)
                is_whole &= scales->values[(i * scales->room + person) * per + k] != NULL;
        whole += is_whole;
    }
    *out = (utfall_outcome_result){.persons = whole,
                                   .missing = persons - whole,
                                   .scale_count = source->count,
                                   .scales = results};
    return UTFALL_OK;
}

utfall_status utfall_scales_read(utfall_run *run, const utfall_contract *contract,
                                 const utfall_scales_source *source, const char *folder,
                                 const utfall_cohort *cohort, utfall_outcome_result *out,
                                 utfall_input *input)
{
    struct scales scales = {.run = run, .source = source};
    utfall_feed feed;
    utfall_feed_begin(&feed, run, contract, &source->table);
    const size_t at[4] = {
        utfall_feed_ask_field(&feed, "id"), utfall_feed_ask_field(&feed, "measure"),
        utfall_feed_ask_field(&feed, "occasion"), utfall_feed_ask_field(&feed, "value")};
    utfall_status status = utfall_roster_new(run, &scales.roster, contract);
    if (status == UTFALL_OK)
        status = utfall_feed_open(&feed, folder);
    if (status != UTFALL_OK)
        return status;
    while (status == UTFALL_OK && utfall_feed_next(&feed))
        status = value_row(&scales, &feed, at);
    utfall_status closed = utfall_feed_close(&feed, input);
    if (status == UTFALL_E_NOMEM)
        return status;
    utfall_status matched = utfall_roster_match(&scales.roster, &feed, cohort);
    status = status == UTFALL_OK ? closed : status;
    status = status == UTFALL_OK ? matched : status;
    if (status != UTFALL_OK || cohort == NULL)
        return status;
    return scales_count(&scales, cohort->persons, out);
}
