/* Seek: which value of one quantity makes a payout or a result come to a given amount.
 *
 * In: a settlement and a goal. Out: every answer, exactly: single values and whole stretches. The
 * amount that a step pays is piecewise linear in each quantity that may be asked for, and bends
 * only where two of its lines meet: the measure with an end of the slice or a threshold, one limit
 * with another, the amount with a limit. Those places are solved for; between two of them the
 * waterfall's own code is evaluated twice, which gives the line; the line is solved. No iteration
 * and nothing rounded, so that an answer put into the contract gives the goal to the last fraction.
 */
#include "engine/stages.h"
#include "utfall/vary.h"
#include <string.h>
#include "engine/core/ban.h"

enum { PLACES_MAX = 2048 };

/* constant + slope * x */
typedef struct line {
    const utfall_rat *constant, *slope;
} line;

typedef struct search {
    utfall_run *run;
    const utfall_settlement *s;
    const utfall_goal *goal;
    const utfall_rat *zero, *one, *persons;
    const utfall_rat *lowest, *highest; /* of x; NULL = without end */
    utfall_contract contract;           /* the settlement's, with `step` in place of one */
    utfall_step *steps;
    size_t place_count;
    const utfall_rat **places; /* ascending, distinct, inside the domain */
} search;

static utfall_status number_failed(const search *f)
{
    return utfall__number_failed(f->run, f->s->contract, "waterfall", "what is sought");
}

/* ---- the contract and its figures at x ---- */

/* The term that x stands for, NULL for the quantities of the case. */
static const utfall_rat **term_of(const search *f)
{
    utfall_step *step = &f->steps[f->goal->step];
    switch (f->goal->what) {
    case UTFALL_SEEK_SAVING:
    case UTFALL_SEEK_COST:
    case UTFALL_SEEK_PERSONS:
        return NULL;
    case UTFALL_SEEK_SHARE:
        return &step->share;
    case UTFALL_SEEK_PRICE:
        return &step->price;
    case UTFALL_SEEK_LIMIT:
        return &step->limit;
    case UTFALL_SEEK_FIXED:
        return &step->fixed.factor;
    case UTFALL_SEEK_LOW:
        return &step->low.factor;
    case UTFALL_SEEK_HIGH:
        return &step->high.factor;
    case UTFALL_SEEK_CAP:
        return &step->cap.factor;
    case UTFALL_SEEK_FLOOR:
        return &step->floor.factor;
    }
    return NULL;
}

static const utfall_rat *scaled(const search *f, const utfall_rat *amount, const utfall_rat *x)
{
    return utfall_rat_mul(f->run, amount, utfall_rat_div(f->run, x, f->persons));
}

/* What the steps see at x; *total is the saving over the whole window. */
static utfall_figures figures_at(const search *f, const utfall_rat *x, const utfall_rat **total)
{
    const utfall_settlement *s = f->s;
    utfall_run *run = f->run;
    utfall_figures at = {.saving = s->paid_saving,
                         .drawn = s->drawn,
                         .commitment = utfall_rat_of_money(run, s->contract->commitment),
                         .expected = s->paid_expected,
                         .actual = s->paid_actual,
                         .gates = s->gates,
                         .known = s->known,
                         .outcomes = s->sums->outcomes};
    *total = s->saving;
    if (f->goal->what == UTFALL_SEEK_SAVING) {
        at.saving = x;
        at.actual = utfall_rat_sub(run, s->paid_expected, x);
        *total = utfall_rat_add(run, x, utfall_rat_sub(run, s->saving, s->paid_saving));
    } else if (f->goal->what == UTFALL_SEEK_COST) {
        const utfall_rat *left = utfall_rat_sub(run, f->one, x);
        at.actual = utfall_rat_mul(run, s->paid_actual, left);
        at.saving = utfall_rat_sub(run, s->paid_expected, at.actual);
        *total = utfall_rat_sub(run, s->expected, utfall_rat_mul(run, s->actual, left));
    } else if (f->goal->what == UTFALL_SEEK_PERSONS) {
        at.actual = scaled(f, s->paid_actual, x);
        at.expected = scaled(f, s->paid_expected, x);
        at.saving = scaled(f, s->paid_saving, x);
        *total = scaled(f, s->saving, x);
    }
    return at;
}

static const utfall_rat *measure_at(const utfall_figures *at, const search *f,
                                    const utfall_measure *of)
{
    switch (of->kind) {
    case UTFALL_MEASURE_AMOUNT:
        return f->one;
    case UTFALL_MEASURE_SAVING:
        return at->saving;
    case UTFALL_MEASURE_DRAWN:
        return at->drawn;
    case UTFALL_MEASURE_COMMITMENT:
        return at->commitment;
    case UTFALL_MEASURE_EXPECTED:
        return at->expected;
    case UTFALL_MEASURE_ACTUAL:
        return at->actual;
    case UTFALL_MEASURE_OUTCOME: {
        const utfall_outcome_result *result = &at->outcomes[of->outcome];
        return of->figure == UTFALL_FIGURE_SUM ? result->sum
                                               : utfall__count_total(f->run, &result->persons, 1);
    }
    }
    return NULL;
}

/* What one of a step's levels, or its measure (level NULL), or a threshold comes to. */
typedef struct part {
    const utfall_measure *of;
    const utfall_level *level;
    const utfall_rat *fixed;
} part;

static const utfall_rat *part_at(const search *f, const part *p, const utfall_rat *x)
{
    const utfall_rat *total, **term = term_of(f);
    if (term != NULL)
        *term = x;
    if (p->fixed != NULL)
        return p->fixed;
    const utfall_figures at = figures_at(f, x, &total);
    const utfall_rat *measure = measure_at(&at, f, p->level != NULL ? &p->level->of : p->of);
    return p->level != NULL ? utfall_rat_mul(f->run, p->level->factor, measure) : measure;
}

static utfall_status line_through(const search *f, line *out, const utfall_rat *const x[2],
                                  const utfall_rat *const y[2])
{
    const utfall_rat *slope = utfall_rat_div(f->run, utfall_rat_sub(f->run, y[1], y[0]),
                                             utfall_rat_sub(f->run, x[1], x[0]));
    *out = (line){.constant = utfall_rat_sub(f->run, y[0], utfall_rat_mul(f->run, slope, x[0])),
                  .slope = slope};
    return out->constant != NULL ? UTFALL_OK : number_failed(f);
}

static utfall_status part_line(const search *f, line *out, const part *p)
{
    const utfall_rat *const x[2] = {f->zero, f->one};
    const utfall_rat *const y[2] = {part_at(f, p, x[0]), part_at(f, p, x[1])};
    return line_through(f, out, x, y);
}

/* ---- places ---- */

static utfall_status place_add(search *f, const utfall_rat *at)
{
    size_t i = 0;
    if (at == NULL)
        return number_failed(f);
    if ((f->lowest != NULL && utfall_rat_compare(at, f->lowest) < 0) ||
        (f->highest != NULL && utfall_rat_compare(at, f->highest) > 0))
        return UTFALL_OK;
    while (i < f->place_count && utfall_rat_compare(f->places[i], at) < 0)
        i++;
    if (i < f->place_count && utfall_rat_compare(f->places[i], at) == 0)
        return UTFALL_OK;
    if (f->place_count == PLACES_MAX)
        return utfall__refuse(f->run, f->s->contract, UTFALL_E_RANGE, "waterfall", NULL,
                              "the payment bends at more than 2048 places", "use shorter tables");
    memmove(&f->places[i + 1], &f->places[i], (f->place_count - i) * sizeof *f->places);
    f->places[i] = at;
    f->place_count++;
    return UTFALL_OK;
}

static utfall_status crossing_add(search *f, line a, line b)
{
    const utfall_rat *slope = utfall_rat_sub(f->run, a.slope, b.slope);
    if (slope == NULL)
        return number_failed(f);
    if (utfall_rat_sign(slope) == 0)
        return UTFALL_OK;
    return place_add(f,
                     utfall_rat_div(f->run, utfall_rat_sub(f->run, b.constant, a.constant), slope));
}

static utfall_status parts_cross(search *f, const part *a, const part *b)
{
    line first = {NULL, NULL}, second = {NULL, NULL};
    if ((a->level != NULL && a->level->factor == NULL) ||
        (b->level != NULL && b->level->factor == NULL))
        return UTFALL_OK;
    utfall_status status = part_line(f, &first, a);
    if (status == UTFALL_OK)
        status = part_line(f, &second, b);
    return status == UTFALL_OK ? crossing_add(f, first, second) : status;
}

static bool is_of_case(utfall_unknown_quantity what)
{
    return what == UTFALL_SEEK_SAVING || what == UTFALL_SEEK_COST || what == UTFALL_SEEK_PERSONS;
}

static bool varies(utfall_measure_kind kind)
{
    return kind == UTFALL_MEASURE_SAVING || kind == UTFALL_MEASURE_EXPECTED ||
           kind == UTFALL_MEASURE_ACTUAL;
}

/* A linear table of what varies that pays parts of what varies is a parabola. */
static bool is_bent(const search *f, const utfall_step *step)
{
    bool is_bent = false;
    if (step->form != UTFALL_FORM_TABLE || step->match != UTFALL_MATCH_LINEAR ||
        !is_of_case(f->goal->what) || !varies(step->of.kind))
        return false;
    for (size_t r = 0; r < step->row_count; r++)
        is_bent = is_bent || varies(step->rows[r].pays.of.kind);
    return is_bent;
}

/* Where the form of the step and its two limits can bend; not yet where the amount meets them. */
static utfall_status form_places(search *f, const utfall_step *step)
{
    const part measure = {.of = &step->of}, low = {.level = &step->low},
               high = {.level = &step->high}, cap = {.level = &step->cap},
               floor = {.level = &step->floor};
    utfall_status status = parts_cross(f, &cap, &floor);
    if (step->form == UTFALL_FORM_SHARE) {
        if (status == UTFALL_OK)
            status = parts_cross(f, &measure, &low);
        if (status == UTFALL_OK)
            status = parts_cross(f, &measure, &high);
        if (status == UTFALL_OK)
            status = parts_cross(f, &low, &high);
    }
    if (step->form == UTFALL_FORM_PRICE && step->limit != NULL &&
        f->goal->what == UTFALL_SEEK_LIMIT && status == UTFALL_OK)
        status = place_add(f, part_at(f, &measure, f->zero));
    if (step->form == UTFALL_FORM_TABLE)
        for (size_t r = 0; r < step->row_count && status == UTFALL_OK; r++) {
            const part row = {.fixed = step->rows[r].at};
            status = parts_cross(f, &measure, &row);
        }
    return status;
}

/* ---- pieces ---- */

/* Two values inside piece number `i`: below the first place, between two, or above the last. */
static void piece_inside(const search *f, size_t i, const utfall_rat *inside[2])
{
    utfall_run *run = f->run;
    const utfall_rat *from = i > 0 ? f->places[i - 1] : NULL;
    const utfall_rat *to = i < f->place_count ? f->places[i] : NULL;
    if (from == NULL && to == NULL) {
        inside[0] = f->zero;
        inside[1] = f->one;
    } else if (from == NULL) {
        inside[1] = utfall_rat_sub(run, to, f->one);
        inside[0] = utfall_rat_sub(run, inside[1], f->one);
    } else if (to == NULL) {
        inside[0] = utfall_rat_add(run, from, f->one);
        inside[1] = utfall_rat_add(run, inside[0], f->one);
    } else {
        const utfall_rat *third =
            utfall_rat_div(run, utfall_rat_sub(run, to, from), utfall_rat_of(run, 3, 1));
        inside[0] = utfall_rat_add(run, from, third);
        inside[1] = utfall_rat_sub(run, to, third);
    }
}

/* False where a slice of a step would be upside down: there is no contract at this x. */
static bool is_contract(const search *f, const utfall_rat *x)
{
    for (size_t i = 0; i < f->contract.step_count; i++) {
        const utfall_step *step = &f->steps[i];
        const part low = {.level = &step->low}, high = {.level = &step->high};
        if (step->form != UTFALL_FORM_SHARE || step->low.factor == NULL ||
            step->high.factor == NULL)
            continue;
        const utfall_rat *from = part_at(f, &low, x), *to = part_at(f, &high, x);
        if (from != NULL && to != NULL && utfall_rat_compare(from, to) > 0)
            return false;
    }
    return true;
}

/* Payment of step `i` at x: before its limits, and with them. */
static utfall_status step_at(const search *f, utfall_line *out, size_t i, const utfall_rat *x)
{
    const utfall_rat *total, **term = term_of(f);
    if (x == NULL)
        return number_failed(f);
    if (term != NULL)
        *term = x;
    const utfall_figures at = figures_at(f, x, &total);
    return utfall__line_compute(f->run, out, &f->contract, i, &at);
}

/* What the goal is about, at x. */
static utfall_status goal_at(const search *f, const utfall_rat **out, const utfall_rat *x)
{
    const utfall_goal *goal = f->goal;
    const utfall_rat *sum = f->zero, *total = NULL;
    if (x == NULL)
        return number_failed(f);
    for (size_t i = 0; i < f->contract.step_count; i++) {
        const utfall_step *step = &f->steps[i];
        utfall_line found = {0};
        if (step->to != goal->party && (!goal->is_result || step->from != goal->party))
            continue;
        utfall_status status = step_at(f, &found, i, x);
        if (status != UTFALL_OK)
            return status;
        if (step->to == goal->party)
            sum = utfall_rat_add(f->run, sum, found.exact);
        if (goal->is_result && step->from == goal->party)
            sum = utfall_rat_sub(f->run, sum, found.exact);
    }
    (void)figures_at(f, x, &total);
    if (goal->is_result && goal->party == f->contract.saving_to)
        sum = utfall_rat_add(f->run, sum, total);
    if (goal->is_result && goal->party == f->contract.investor)
        sum = utfall_rat_sub(f->run, sum, f->s->drawn);
    *out = sum;
    return sum != NULL ? UTFALL_OK : number_failed(f);
}

/* On each piece between the places found so far, where the amounts of a step meet its limits. The
 * pieces are those of before: places that are added are kept aside until all are known. */
static utfall_status limit_places(search *f, size_t i)
{
    const utfall_step *step = &f->steps[i];
    const part limits[2] = {{.level = &step->cap}, {.level = &step->floor}};
    search before = *f;
    before.places = utfall_run_array(f->run, f->place_count + 1, sizeof *before.places);
    if (before.places == NULL)
        return UTFALL_E_NOMEM;
    memcpy(before.places, f->places, f->place_count * sizeof *before.places);
    for (size_t piece = 0; piece <= before.place_count; piece++) {
        const utfall_rat *inside[2] = {NULL, NULL}, *amount[2] = {NULL, NULL};
        utfall_status status = UTFALL_OK;
        line own = {NULL, NULL}, limit = {NULL, NULL};
        piece_inside(&before, piece, inside);
        if (inside[0] == NULL || inside[1] == NULL)
            return number_failed(f);
        if (!is_contract(f, inside[0]))
            continue;
        for (size_t j = 0; j < 2 && status == UTFALL_OK; j++) {
            utfall_line found = {0};
            status = step_at(f, &found, i, inside[j]);
            amount[j] = found.before_limits;
        }
        if (status == UTFALL_OK)
            status = line_through(f, &own, inside, amount);
        for (size_t j = 0; j < 2 && status == UTFALL_OK; j++) {
            if (limits[j].level->factor == NULL)
                continue;
            status = part_line(f, &limit, &limits[j]);
            if (status == UTFALL_OK)
                status = crossing_add(f, own, limit);
        }
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

static utfall_status places_find(search *f)
{
    utfall_status status = UTFALL_OK;
    for (size_t i = 0; i < f->contract.step_count && status == UTFALL_OK; i++) {
        if (is_bent(f, &f->steps[i]))
            return utfall__refuse(f->run, f->s->contract, UTFALL_E_RANGE, "waterfall",
                                  f->steps[i].clause,
                                  utfall_run_join(f->run, "step \"", f->steps[i].id,
                                                  "\" is a linear table of what is sought that "
                                                  "pays parts of it: not made of straight pieces",
                                                  (const char *)NULL),
                                  "seek another quantity");
        status = form_places(f, &f->steps[i]);
    }
    if (status == UTFALL_OK && f->lowest != NULL)
        status = place_add(f, f->lowest);
    if (status == UTFALL_OK && f->highest != NULL)
        status = place_add(f, f->highest);
    for (size_t i = 0; i < f->contract.step_count && status == UTFALL_OK; i++)
        status = limit_places(f, i);
    return status;
}

/* ---- answers ---- */

typedef struct found {
    utfall_answers made;
    utfall_answer *answers;
    bool any, no_least, no_most;
} found;

static void reach(const search *f, found *a, const utfall_rat *amount)
{
    a->made.least = a->any ? utfall_rat_min(f->run, a->made.least, amount) : amount;
    a->made.most = a->any ? utfall_rat_max(f->run, a->made.most, amount) : amount;
    a->any = true;
}

/* A stretch that begins where the last answer ended goes on with it. */
static void answer_add(found *a, utfall_answer answer)
{
    utfall_answer *last = a->made.count > 0 ? &a->answers[a->made.count - 1] : NULL;
    if (last != NULL && last->to != NULL && answer.from != NULL &&
        utfall_rat_compare(last->to, answer.from) == 0 &&
        !(last->without_to && answer.without_from)) {
        last->to = answer.to;
        last->without_to = answer.without_to;
        return;
    }
    a->answers[a->made.count++] = answer;
}

static utfall_status place_solve(const search *f, found *a, const utfall_rat *at)
{
    const utfall_rat *amount = NULL;
    if (!is_contract(f, at))
        return UTFALL_OK;
    utfall_status status = goal_at(f, &amount, at);
    if (status != UTFALL_OK)
        return status;
    reach(f, a, amount);
    if (utfall_rat_compare(amount, f->goal->value) == 0)
        answer_add(a, (utfall_answer){.from = at, .to = at});
    return UTFALL_OK;
}

/* The piece as a line, from `from` to `to` without its ends, NULL = without end. */
static utfall_status piece_solve(const search *f, found *a, size_t i)
{
    const utfall_rat *from = i > 0 ? f->places[i - 1] : NULL;
    const utfall_rat *to = i < f->place_count ? f->places[i] : NULL;
    const utfall_rat *inside[2] = {NULL, NULL}, *amount[2] = {NULL, NULL};
    line piece = {NULL, NULL};
    utfall_status status = UTFALL_OK;
    piece_inside(f, i, inside);
    if (inside[0] == NULL || inside[1] == NULL)
        return number_failed(f);
    if (!is_contract(f, inside[0]))
        return UTFALL_OK;
    for (size_t j = 0; j < 2 && status == UTFALL_OK; j++)
        status = goal_at(f, &amount[j], inside[j]);
    if (status == UTFALL_OK)
        status = line_through(f, &piece, inside, amount);
    if (status != UTFALL_OK)
        return status;
    const int sign = utfall_rat_sign(piece.slope);
    reach(f, a, amount[0]);
    const utfall_rat *ends[2] = {from, to};
    for (size_t j = 0; j < 2; j++)
        if (ends[j] != NULL)
            reach(f, a,
                  utfall_rat_add(f->run, piece.constant,
                                 utfall_rat_mul(f->run, piece.slope, ends[j])));
    a->no_most = a->no_most || (sign > 0 && to == NULL) || (sign < 0 && from == NULL);
    a->no_least = a->no_least || (sign < 0 && to == NULL) || (sign > 0 && from == NULL);
    if (sign == 0) {
        if (utfall_rat_compare(amount[0], f->goal->value) == 0)
            answer_add(a, (utfall_answer){.from = from,
                                          .to = to,
                                          .without_from = from != NULL,
                                          .without_to = to != NULL});
        return UTFALL_OK;
    }
    const utfall_rat *x =
        utfall_rat_div(f->run, utfall_rat_sub(f->run, f->goal->value, piece.constant), piece.slope);
    if (x == NULL)
        return number_failed(f);
    if ((from == NULL || utfall_rat_compare(x, from) > 0) &&
        (to == NULL || utfall_rat_compare(x, to) < 0))
        answer_add(a, (utfall_answer){.from = x, .to = x});
    return UTFALL_OK;
}

static utfall_status solve(const search *f, found *a)
{
    utfall_status status = UTFALL_OK;
    a->answers = utfall_run_array(f->run, 2 * f->place_count + 1, sizeof *a->answers);
    if (a->answers == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i <= f->place_count && status == UTFALL_OK; i++) {
        const bool is_below = i == 0 && f->lowest != NULL,
                   is_above = i == f->place_count && f->highest != NULL;
        if (!is_below && !is_above)
            status = piece_solve(f, a, i);
        if (status == UTFALL_OK && i < f->place_count)
            status = place_solve(f, a, f->places[i]);
    }
    if (a->no_least)
        a->made.least = NULL;
    if (a->no_most)
        a->made.most = NULL;
    a->made.answers = a->answers;
    return status;
}

/* ---- the question ---- */

static utfall_status term_missing(const search *f)
{
    return utfall__refuse(
        f->run, f->s->contract, UTFALL_E_MISSING,
        utfall_run_join(f->run, "waterfall[", utfall_run_decimal(f->run, (int64_t)f->goal->step),
                        "]", (const char *)NULL),
        NULL,
        utfall_run_join(f->run, "step \"", f->steps[f->goal->step].id,
                        "\" has no such term to seek a value for", (const char *)NULL),
        "seek one that the contract writes for the step");
}

/* The quantity as it is, and the values that it may take. */
static utfall_status question_begin(search *f, const utfall_rat **now)
{
    const utfall_unknown_quantity what = f->goal->what;
    const utfall_rat **term = term_of(f);
    const bool may_fall = what == UTFALL_SEEK_SAVING || what == UTFALL_SEEK_COST;
    const bool is_part = what == UTFALL_SEEK_COST || what == UTFALL_SEEK_SHARE;
    f->lowest = may_fall ? NULL : f->zero;
    f->highest = is_part ? f->one : NULL;
    if (what == UTFALL_SEEK_PERSONS && utfall_rat_sign(f->persons) == 0)
        return utfall__refuse(f->run, f->s->contract, UTFALL_E_MISSING, "target_group", NULL,
                              "nobody of the target group is counted, so that there is no average "
                              "person",
                              NULL);
    *now = term != NULL                 ? *term
           : what == UTFALL_SEEK_SAVING ? f->s->paid_saving
           : what == UTFALL_SEEK_COST   ? f->zero
                                        : f->persons;
    return *now != NULL ? UTFALL_OK : term_missing(f);
}

utfall_status utfall_seek(utfall_run *run, const utfall_answers **out,
                          const utfall_settlement *settlement, const utfall_goal *goal)
{
    const utfall_contract *contract = settlement->contract;
    search f = {.run = run,
                .s = settlement,
                .goal = goal,
                .zero = utfall_rat_of(run, 0, 1),
                .one = utfall_rat_of(run, 1, 1),
                .persons = utfall__count_total(run, settlement->sums->target.persons,
                                               contract->group_count),
                .contract = *contract,
                .steps = utfall_run_array(run, contract->step_count, sizeof *f.steps),
                .places = utfall_run_array(run, PLACES_MAX, sizeof *f.places)};
    found a = {.any = false};
    utfall_answers *made = utfall_run_alloc(run, sizeof *made);
    if (f.zero == NULL || f.one == NULL || f.persons == NULL || f.steps == NULL ||
        f.places == NULL || made == NULL)
        return UTFALL_E_NOMEM;
    if (goal->party >= contract->party_count ||
        (!is_of_case(goal->what) && goal->step >= contract->step_count))
        return UTFALL_E_BUG;
    memcpy(f.steps, contract->steps, contract->step_count * sizeof *f.steps);
    f.contract.steps = f.steps;
    const utfall_rat *now = NULL, *reached = NULL;
    utfall_status status = question_begin(&f, &now);
    if (status == UTFALL_OK)
        status = goal_at(&f, &reached, now);
    if (status == UTFALL_OK)
        status = places_find(&f);
    if (status == UTFALL_OK)
        status = solve(&f, &a);
    if (status != UTFALL_OK)
        return status;
    *made = a.made;
    made->now = now;
    made->reached_now = reached;
    *out = made;
    return UTFALL_OK;
}
