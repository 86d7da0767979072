/* ledger/record.h - a record being put together from the elements of a ledger, private to ledger/.
 */
#ifndef UTFALL_RECORD_H
#define UTFALL_RECORD_H
#include "ledger/vocabulary.h"

/** Arrays grow in the run; counts are bounded by the vocabulary. */
typedef struct utfall_building {
    utfall_run *run;
    utfall_record record;
    utfall_sums sums;
    utfall_term *terms;
    utfall_input *inputs;
    utfall_start *starts;
    utfall_outcome_result *outcomes;
    utfall_scale_result *scales; /* of the outcome being taken; a new array each */
    uint64_t *target_persons, *comparison_persons; /* [group] */
    int64_t *target_minor, *comparison_minor;      /* [group * window + k - 1] */
    const utfall_rat **agreed;                     /* the same, or NULL */
    const utfall_rat **prices;                     /* [calendar month from `price_first`] */
    utfall_month price_first;
    size_t price_count;
    int64_t *actual_minor, *drawn_minor; /* [calendar month] */
    int64_t *category_minor;             /* [category] */
    uint64_t *category_months;           /* the same */
    size_t category_room;
    uint64_t *below, *at, *above; /* [k - 1] */
    uint64_t *followed;           /* [group * window + k - 1] */
    size_t term_room, input_room, start_room, outcome_room, group_room, calendar_room;
    size_t rows_count, class_count; /* <rows> so far; <class> in the last of them */
    uint32_t k;                     /* months so far in this group, or in the distribution */
    bool is_agreed, has_followed, has_history;
    utfall_history history;
    utfall_past_step *past_steps;
    utfall_past_pair *past_pairs;
    utfall_correction *corrections;
    utfall_past_forecast *forecasts;
    size_t past_step_room, past_pair_room, correction_room, forecast_room;
} utfall_building;

void utfall_building_start(utfall_building *building, utfall_run *run);

/** Room for element number `count`: doubles in the run, so that n elements cost O(n). */
void *utfall_building_grow(utfall_run *run, void *items, size_t count, size_t *room, size_t size);

/** Take <previous> and what stands in it; as utfall_building_take. */
const char *utfall_take_previous(utfall_building *building, const utfall_value *values);
const char *utfall_take_past(utfall_building *building, utfall_element element,
                             const utfall_value *values);

/** The history that was taken; NULL when there was none. */
UTFALL_TRY utfall_status utfall_building_history(utfall_building *building,
                                                 const utfall_history **out);

/** Take an element with its values (in the order of its rule) and its text. Gives NULL, or what is
 * wrong with it. Out of memory is noted in the run. */
const char *utfall_building_take(utfall_building *building, utfall_element element,
                                 const utfall_value *values, const char *text);

/** The element ends. Gives NULL, or what it lacks. */
const char *utfall_building_end(utfall_building *building, utfall_element element);

/** The record, when everything was taken. */
UTFALL_TRY utfall_status utfall_building_finish(utfall_building *building,
                                                const utfall_record **out);

#endif
