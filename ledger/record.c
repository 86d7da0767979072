/* ledger/record.c - puts a record together from the elements of a ledger, in document order.
 *
 * The parser has seen to names, order, counts and spellings; here stands what connects values:
 * months that run from 1 without gaps, groups in their order, one design throughout. What connects
 * them with the terms is utfall_sums_check's. Invariant: every array is as long as the shape in the
 * sums says. */
#include "ledger/record.h"
#include "ledger/outcome.h"
#include <string.h>

void utfall_building_start(utfall_building *building, utfall_run *run)
{
    *building = (utfall_building){.run = run};
}

void *utfall_building_grow(utfall_run *run, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    size_t more = *room ? *room * 2 : 16;
    void *grown = utfall_run_array(run, more, size);
    if (!grown)
        return NULL;
    if (count > 0)
        memcpy(grown, items, count * size);
    *room = more;
    return grown;
}

static const char *const no_memory = "out of memory";

/* recorded: rules version */
static const char *take_recorded(utfall_building *b, const utfall_value *v)
{
    b->record.rules = v[0].text;
    b->record.version = v[1].text;
    return NULL;
}

/* term: column file line path */
static const char *take_term(utfall_building *b, const utfall_value *v, const char *text)
{
    if (v[0].count > UINT32_MAX || v[2].count > UINT32_MAX)
        return "line and column must be below 4294967296";
    size_t count = b->record.term_count;
    utfall_term *terms =
        utfall_building_grow(b->run, b->terms, count, &b->term_room, sizeof *terms);
    if (!terms)
        return no_memory;
    b->terms = terms;
    terms[count] = (utfall_term){
        .path = v[3].text,
        .value = text,
        .at = {v[1].text, (uint32_t)v[2].count, (uint32_t)v[0].count},
    };
    b->record.term_count++;
    return NULL;
}

/* input: bytes name role rows sha256 */
static const char *take_input(utfall_building *b, const utfall_value *v)
{
    size_t count = b->record.input_count;
    utfall_input *inputs =
        utfall_building_grow(b->run, b->inputs, count, &b->input_room, sizeof *inputs);
    if (!inputs)
        return no_memory;
    b->inputs = inputs;
    inputs[count] = (utfall_input){
        .name = v[1].text, .role = v[2].text, .bytes = v[0].count, .rows = v[3].count};
    memcpy(inputs[count].sha256, v[4].digest, 32);
    b->record.input_count++;
    return NULL;
}

/* detail: bytes leaves name root sha256 */
static const char *take_detail(utfall_building *b, const utfall_value *v)
{
    utfall_detail *detail = &b->record.detail;
    if (!*v[2].text || strchr(v[2].text, '/') || strcmp(v[2].text, "..") == 0)
        return "the detail file must be named without a folder";
    *detail = (utfall_detail){.name = v[2].text, .bytes = v[0].count, .leaves = v[1].count};
    memcpy(detail->root, v[3].digest, 32);
    memcpy(detail->sha256, v[4].digest, 32);
    return NULL;
}

/* sums: as_of left_out window_months */
static const char *take_sums(utfall_building *b, const utfall_value *v)
{
    if (v[2].count < 1 || v[2].count > UTFALL_WINDOW_MAX)
        return "window_months must lie between 1 and 240";
    b->sums.as_of = v[0].month;
    b->sums.window_months = (uint32_t)v[2].count;
    b->sums.target.left_out = v[1].count;
    size_t window = b->sums.window_months;
    b->below = utfall_run_array(b->run, window, sizeof *b->below);
    b->at = utfall_run_array(b->run, window, sizeof *b->at);
    b->above = utfall_run_array(b->run, window, sizeof *b->above);
    return b->below && b->at && b->above ? NULL : no_memory;
}

static const char *take_rows(utfall_building *b, const utfall_value *v)
{
    if (strcmp(v[0].text, b->rows_count == 0 ? "target" : "comparison") != 0)
        return "rows stand for \"target\" first, then for \"comparison\"";
    b->rows_count++;
    b->class_count = 0;
    return NULL;
}

/* class: amount count name; the table of elements holds their number at UTFALL_CLASSES */
static const char *take_class(utfall_building *b, const utfall_value *v)
{
    utfall_rows *rows = b->rows_count == 1 ? &b->sums.target.rows : &b->sums.comparison.rows;
    size_t i = b->class_count++;
    if (i >= UTFALL_CLASSES || strcmp(v[2].text, utfall_class_names[i]) != 0)
        return "classes stand in the order unknown, not_selected, source, before, exited, after, "
               "used";
    rows->amount_minor[i] = v[0].integer;
    rows->count[i] = v[1].count;
    return NULL;
}

/* Room for one more group in all arrays by group. */
static bool grow_groups(utfall_building *b)
{
    size_t count = b->sums.group_count, window = b->sums.window_months;
    size_t room = b->group_room, same = room, again = room, third = room, fourth = room;
    size_t fifth = room;
    uint64_t *target =
        utfall_building_grow(b->run, b->target_persons, count, &room, sizeof *target);
    uint64_t *comparison =
        utfall_building_grow(b->run, b->comparison_persons, count, &same, sizeof *comparison);
    int64_t *target_minor =
        utfall_building_grow(b->run, b->target_minor, count, &again, window * sizeof *target_minor);
    int64_t *comparison_minor = utfall_building_grow(b->run, b->comparison_minor, count, &third,
                                                     window * sizeof *comparison_minor);
    uint64_t *followed =
        utfall_building_grow(b->run, b->followed, count, &fifth, window * sizeof *followed);
    const utfall_rat **agreed = b->agreed;
    if (b->is_agreed)
        agreed = utfall_building_grow(b->run, (void *)b->agreed, count, &fourth,
                                      window * sizeof *agreed);
    if (!target || !comparison || !target_minor || !comparison_minor || !followed ||
        (b->is_agreed && !agreed))
        return false;
    b->target_persons = target;
    b->comparison_persons = comparison;
    b->target_minor = target_minor;
    b->comparison_minor = comparison_minor;
    b->agreed = agreed;
    b->followed = followed;
    b->group_room = room;
    return true;
}

/* group: comparison? label number target */
static const char *take_group(utfall_building *b, const utfall_value *v)
{
    size_t group = b->sums.group_count;
    if (v[2].count != group + 1)
        return "groups are numbered 1, 2, 3 ... in their order";
    if (group == 0)
        b->is_agreed = !v[0].is_given;
    if (b->is_agreed == v[0].is_given)
        return "either every group counts comparison people or none does";
    if (b->is_agreed != (b->rows_count == 1))
        return "rows of the comparison group stand exactly where groups count comparison people";
    if (!grow_groups(b))
        return no_memory;
    b->target_persons[group] = v[3].count;
    b->comparison_persons[group] = v[0].count;
    b->sums.group_count++;
    b->k = 0;
    return NULL;
}

/* month: agreed? comparison? followed? k target */
static const char *take_month(utfall_building *b, const utfall_value *v)
{
    size_t window = b->sums.window_months;
    if (v[3].count != (uint64_t)b->k + 1 || b->k >= window)
        return "months are numbered 1, 2, 3 ... up to window_months";
    if (v[0].is_given != b->is_agreed || v[1].is_given == b->is_agreed)
        return "a month has an agreed cost where no comparison people are counted, else a "
               "comparison cost";
    size_t at = (b->sums.group_count - 1) * window + b->k++;
    if (at == 0)
        b->has_followed = v[2].is_given;
    if (b->has_followed != v[2].is_given)
        return "either every month says how many are followed or none does";
    b->followed[at] = v[2].count;
    b->target_minor[at] = v[4].integer;
    b->comparison_minor[at] = v[1].integer;
    if (b->is_agreed)
        b->agreed[at] = v[0].ratio;
    return NULL;
}

/* start: group left_after? month persons */
static const char *take_start(utfall_building *b, const utfall_value *v)
{
    size_t count = b->sums.start_count;
    if (v[0].count < 1 || v[0].count > b->sums.group_count)
        return "there is no such group";
    utfall_start *starts =
        utfall_building_grow(b->run, b->starts, count, &b->start_room, sizeof *starts);
    if (!starts)
        return no_memory;
    b->starts = starts;
    if (v[1].is_given && (v[1].count < 1 || v[1].count >= b->sums.window_months))
        return "people left after a month that is not inside the window";
    starts[count] = (utfall_start){.month = v[2].month,
                                   .group = (size_t)v[0].count - 1,
                                   .persons = v[3].count,
                                   .left_after = (uint32_t)v[1].count};
    b->sums.start_count++;
    return NULL;
}

/* calendar_month: actual drawn month */
static const char *take_calendar_month(utfall_building *b, const utfall_value *v)
{
    size_t count = b->sums.month_count, room = b->calendar_room, same = room;
    if (count == 0)
        b->sums.first = v[2].month;
    if (v[2].month.ordinal != b->sums.first.ordinal + (int32_t)count)
        return "calendar months follow each other without gaps";
    int64_t *actual = utfall_building_grow(b->run, b->actual_minor, count, &room, sizeof *actual);
    int64_t *drawn = utfall_building_grow(b->run, b->drawn_minor, count, &same, sizeof *drawn);
    if (!actual || !drawn)
        return no_memory;
    b->actual_minor = actual;
    b->drawn_minor = drawn;
    b->calendar_room = room;
    actual[count] = v[0].integer;
    drawn[count] = v[1].integer;
    b->sums.month_count++;
    return NULL;
}

/* price: month value */
static const char *take_price(utfall_building *b, const utfall_value *v)
{
    enum { MONTHS_MAX = 3600 }; /* a month of the language lies in 1900 to 2199 */
    if (b->price_count == 0) {
        b->price_first = v[0].month;
        b->prices = utfall_run_array(b->run, MONTHS_MAX, sizeof(const utfall_rat *));
        if (!b->prices)
            return no_memory;
    }
    int64_t place = (int64_t)v[0].month.ordinal - b->price_first.ordinal;
    if (place < (int64_t)b->price_count || place >= MONTHS_MAX)
        return "the months of prices ascend";
    b->prices[place] = v[1].ratio;
    b->price_count = (size_t)place + 1;
    return NULL;
}

/* category: amount months name; the name follows from the terms */
static const char *take_category(utfall_building *b, const utfall_value *v)
{
    size_t count = b->sums.category_count, room = b->category_room, same = room;
    int64_t *minor = utfall_building_grow(b->run, b->category_minor, count, &room, sizeof *minor);
    uint64_t *months =
        utfall_building_grow(b->run, b->category_months, count, &same, sizeof *months);
    if (!minor || !months)
        return no_memory;
    b->category_minor = minor;
    b->category_months = months;
    b->category_room = room;
    minor[count] = v[0].integer;
    months[count] = v[1].count;
    b->sums.category_count++;
    return NULL;
}

/* month in distribution: above at below k */
static const char *take_distribution_month(utfall_building *b, const utfall_value *v)
{
    if (v[3].count != (uint64_t)b->k + 1 || b->k >= b->sums.window_months)
        return "months are numbered 1, 2, 3 ... up to window_months";
    b->above[b->k] = v[0].count;
    b->at[b->k] = v[1].count;
    b->below[b->k] = v[2].count;
    b->k++;
    return NULL;
}

/* outcome: claims? excluded excluded_sum? id missing? persons rate? sum? */
static const char *take_outcome(utfall_building *b, const utfall_value *v)
{
    size_t count = b->sums.outcome_count;
    utfall_outcome_result *outcomes =
        utfall_building_grow(b->run, b->outcomes, count, &b->outcome_room, sizeof *outcomes);
    if (!outcomes)
        return no_memory;
    b->outcomes = outcomes;
    outcomes[count] = (utfall_outcome_result){
        .claims = v[0].ratio,
        .excluded = v[1].count,
        .excluded_sum = v[2].ratio,
        .missing = v[4].count,
        .persons = v[5].count,
        .rate = v[6].ratio,
        .sum = v[7].ratio,
    };
    b->sums.outcome_count++;
    return NULL;
}

/* scale: id improved missing persons sums unchanged worse */
static const char *take_scale(utfall_building *b, const utfall_value *v)
{
    utfall_outcome_result *outcome = &b->outcomes[b->sums.outcome_count - 1];
    size_t count = outcome->scale_count;
    if (count == 0)
        b->scales = utfall_run_array(b->run, UTFALL_SCALES_MAX, sizeof *b->scales);
    if (!b->scales)
        return no_memory;
    utfall_scale_result scale = {.id = v[0].text,
                                 .improved = v[1].count,
                                 .missing = v[2].count,
                                 .persons = v[3].count,
                                 .unchanged = v[5].count,
                                 .worse = v[6].count};
    utfall_status status = utfall_scale_sums_parse(b->run, &scale.sums, &scale.occasions, v[4].text,
                                                   strlen(v[4].text));
    if (status == UTFALL_E_NOMEM)
        return no_memory;
    if (status != UTFALL_OK)
        return "sums are exact numbers with one space between, one an occasion";
    b->scales[count] = scale;
    outcome->scales = b->scales;
    outcome->scale_count = count + 1;
    return NULL;
}

const char *utfall_building_take(utfall_building *building, utfall_element element,
                                 const utfall_value *values, const char *text)
{
    switch (element) {
    case UTFALL_EL_RECORDED:
        return take_recorded(building, values);
    case UTFALL_EL_PREVIOUS:
        return utfall_take_previous(building, values);
    case UTFALL_EL_PAST_STEP:
    case UTFALL_EL_PAST_PAIR:
    case UTFALL_EL_CORRECTION:
    case UTFALL_EL_PAST_FORECAST:
        return utfall_take_past(building, element, values);
    case UTFALL_EL_TERM:
        return take_term(building, values, text);
    case UTFALL_EL_INPUT:
        return take_input(building, values);
    case UTFALL_EL_DETAIL:
        return take_detail(building, values);
    case UTFALL_EL_SUMS:
        return take_sums(building, values);
    case UTFALL_EL_ROWS:
        return take_rows(building, values);
    case UTFALL_EL_CLASS:
        return take_class(building, values);
    case UTFALL_EL_GROUP:
        return take_group(building, values);
    case UTFALL_EL_MONTH:
        return take_month(building, values);
    case UTFALL_EL_START:
        return take_start(building, values);
    case UTFALL_EL_CALENDAR_MONTH:
        return take_calendar_month(building, values);
    case UTFALL_EL_PRICE:
        return take_price(building, values);
    case UTFALL_EL_CATEGORY:
        return take_category(building, values);
    case UTFALL_EL_DISTRIBUTION:
        building->k = 0;
        return NULL;
    case UTFALL_EL_DISTRIBUTION_MONTH:
        return take_distribution_month(building, values);
    case UTFALL_EL_OUTCOME:
        return take_outcome(building, values);
    case UTFALL_EL_SCALE:
        return take_scale(building, values);
    case UTFALL_EL_LEDGER:
    case UTFALL_EL_TERMS:
    case UTFALL_EL_INPUTS:
    case UTFALL_EL_STARTS:
    case UTFALL_EL_CALENDAR:
    case UTFALL_EL_OUTCOMES:
    case UTFALL_EL_DERIVED:
    case UTFALL_EL_DERIVED_FIRST:
    case UTFALL_EL_NONE:
        return NULL;
    }
    return NULL; /* below <derived> */
}

const char *utfall_building_end(utfall_building *building, utfall_element element)
{
    bool has_months = element == UTFALL_EL_GROUP || element == UTFALL_EL_DISTRIBUTION;
    if (has_months && building->k != building->sums.window_months)
        return "it has fewer months than window_months says";
    return NULL;
}

utfall_status utfall_building_finish(utfall_building *building, const utfall_record **out)
{
    utfall_record *record = utfall_run_alloc(building->run, sizeof *record);
    utfall_sums *sums = utfall_run_alloc(building->run, sizeof *sums);
    utfall_price_index *index = utfall_run_alloc(building->run, sizeof *index);
    if (!record || !sums || !index)
        return UTFALL_E_NOMEM;
    *sums = building->sums;
    *index = (utfall_price_index){building->price_first, building->price_count, building->prices};
    sums->price_index = building->price_count > 0 ? index : NULL;
    sums->target.persons = building->target_persons;
    sums->target.cost_minor = building->target_minor;
    sums->comparison.persons = building->comparison_persons;
    sums->comparison.cost_minor = building->comparison_minor;
    sums->comparison.followed = building->has_followed ? building->followed : NULL;
    sums->agreed = building->is_agreed ? (const utfall_rat *const *)building->agreed : NULL;
    sums->starts = building->starts;
    sums->actual_minor = building->actual_minor;
    sums->drawn_minor = building->drawn_minor;
    sums->category_minor = building->category_minor;
    sums->category_months = building->category_months;
    sums->below = building->below;
    sums->at = building->at;
    sums->above = building->above;
    sums->outcomes = building->outcomes;
    if (sums->month_count == 0)
        sums->first = sums->as_of;
    utfall_status status = utfall_building_history(building, &sums->history);
    if (status != UTFALL_OK)
        return status;
    *record = building->record;
    record->terms = building->terms;
    record->inputs = building->inputs;
    record->sums = sums;
    *out = record;
    return UTFALL_OK;
}
