/* engine/measured.c - outcomes counted from one value a person.
 *
 * In: values by person, some missing, and what the contract says of missing ones. Out: sum,
 * persons, rate, claims. Invariant: everybody is counted or missing, nobody both in a rate's
 * numerator and outside its denominator; a rate of nobody does not exist. RULE: REACHED-1, RATE-1,
 * REDUCTION-1, CLAIMS-1, MILESTONE-1 */
#include "utfall/measured.h"
#include "engine/core/ban.h"

const char *const utfall_missing_names[] = {
    [UTFALL_MISSING_EXCLUDE] = "exclude",
    [UTFALL_MISSING_FAIL] = "fail",
    [UTFALL_MISSING_REFUSE] = "refuse",
    NULL,
};

const char *const utfall_too_few_names[] = {
    [UTFALL_TOO_FEW_REFUSE] = "refuse",
    [UTFALL_TOO_FEW_RATE_0] = "rate_0",
    NULL,
};

/* People so far. */
typedef struct tally {
    uint64_t reached, counted, missing;
} tally;

/* sum, persons and rate from a tally, with the missing counted as the contract says. */
static utfall_status tally_finish(utfall_run *run, utfall_outcome_result *out, tally t,
                                  utfall_missing missing)
{
    if (t.missing > 0 && missing == UTFALL_MISSING_REFUSE)
        return UTFALL_E_MISSING;
    if (missing == UTFALL_MISSING_FAIL)
        t.counted += t.missing;
    if (t.counted > INT64_MAX)
        return UTFALL_E_RANGE;
    utfall_outcome_result made = {.sum = utfall_rat_of(run, (int64_t)t.reached, 1),
                                  .persons = t.counted,
                                  .missing = t.missing};
    if (t.counted > 0)
        made.rate = utfall_rat_of(run, (int64_t)t.reached, (int64_t)t.counted);
    if (made.sum == NULL || (t.counted > 0 && made.rate == NULL))
        return utfall_run_failure(run);
    *out = made;
    return UTFALL_OK;
}

static bool is_reached(const utfall_reached_terms *terms, const utfall_rat *value)
{
    return terms->at_least != NULL ? utfall_rat_compare(value, terms->at_least) >= 0
                                   : utfall_rat_compare(value, terms->at_most) <= 0;
}

utfall_status utfall_reached_count(utfall_run *run, utfall_outcome_result *out,
                                   const utfall_reached_terms *terms,
                                   const utfall_rat *const *first, const utfall_rat *const *last,
                                   size_t persons, uint64_t absent)
{
    tally t = {.missing = absent};
    for (size_t i = 0; i < persons; i++) {
        if (last[i] == NULL || (terms->is_change && first[i] == NULL)) {
            t.missing++;
            continue;
        }
        const utfall_rat *value =
            terms->is_change ? utfall_rat_sub(run, last[i], first[i]) : last[i];
        if (value == NULL)
            return utfall_run_failure(run);
        t.counted++;
        t.reached += is_reached(terms, value);
    }
    return tally_finish(run, out, t, terms->missing);
}

utfall_status utfall_rate_count(utfall_run *run, utfall_outcome_result *out, utfall_missing missing,
                                const utfall_rat *const *numerators,
                                const utfall_rat *const *denominators, size_t persons,
                                uint64_t absent)
{
    utfall_outcome_result made = {.sum = utfall_rat_of(run, 0, 1), .missing = absent};
    const utfall_rat *whole = made.sum;
    for (size_t i = 0; i < persons; i++) {
        if (numerators[i] == NULL || denominators[i] == NULL) {
            made.missing++;
            continue;
        }
        made.persons++;
        made.sum = utfall_rat_add(run, made.sum, numerators[i]);
        whole = utfall_rat_add(run, whole, denominators[i]);
    }
    if (made.sum == NULL || whole == NULL)
        return utfall_run_failure(run);
    if (made.missing > 0 && missing == UTFALL_MISSING_REFUSE)
        return UTFALL_E_MISSING;
    if (utfall_rat_sign(whole) == 0)
        return UTFALL_E_RANGE;
    made.rate = utfall_rat_div(run, made.sum, whole);
    if (made.rate == NULL)
        return utfall_run_failure(run);
    *out = made;
    return UTFALL_OK;
}

/* Sum over the people who have a value, and how many they are. */
static const utfall_rat *side_sum(utfall_run *run, const utfall_reduction_side *side,
                                  uint64_t *counted)
{
    const utfall_rat *sum = utfall_rat_of(run, 0, 1);
    for (size_t i = 0; i < side->persons; i++) {
        if (side->values[i] == NULL)
            continue;
        sum = utfall_rat_add(run, sum, side->values[i]);
        ++*counted;
    }
    return sum;
}

utfall_status utfall_reduction_count(utfall_run *run, utfall_outcome_result *out,
                                     const utfall_reduction_terms *terms,
                                     const utfall_reduction_side *target,
                                     const utfall_reduction_side *control)
{
    uint64_t treated = 0, compared = 0;
    const utfall_rat *of_target = side_sum(run, target, &treated);
    const utfall_rat *of_control = side_sum(run, control, &compared);
    utfall_outcome_result made = {.persons = treated,
                                  .missing = target->persons - treated + target->absent +
                                             control->persons - compared + control->absent};
    if (of_target == NULL || of_control == NULL)
        return utfall_run_failure(run);
    if (made.missing > 0 && terms->missing == UTFALL_MISSING_REFUSE)
        return UTFALL_E_MISSING;
    const bool is_few =
        treated < terms->minimum || compared < terms->minimum || treated == 0 || compared == 0;
    if (is_few && terms->too_few == UTFALL_TOO_FEW_REFUSE)
        return UTFALL_E_CONFLICT;
    if (is_few) {
        made.rate = utfall_rat_of(run, 0, 1);
    } else {
        const utfall_rat *t =
            utfall_rat_div(run, of_target, utfall_rat_of(run, (int64_t)treated, 1));
        const utfall_rat *c =
            utfall_rat_div(run, of_control, utfall_rat_of(run, (int64_t)compared, 1));
        if (c != NULL && utfall_rat_sign(c) == 0)
            return UTFALL_E_RANGE;
        made.rate = utfall_rat_div(run, utfall_rat_sub(run, c, t), c);
    }
    if (made.rate == NULL)
        return utfall_run_failure(run);
    *out = made;
    return UTFALL_OK;
}

utfall_status utfall_claims_count(utfall_run *run, utfall_outcome_result *out,
                                  const uint64_t *validated, size_t persons, uint64_t refused,
                                  uint64_t limit)
{
    utfall_outcome_result made = {.excluded = refused};
    uint64_t claims = 0;
    for (size_t i = 0; i < persons; i++) {
        const uint64_t paid = limit > 0 && validated[i] > limit ? limit : validated[i];
        made.excluded += validated[i] - paid;
        made.persons += paid > 0;
        claims += paid;
    }
    if (claims > INT64_MAX)
        return UTFALL_E_RANGE;
    made.claims = utfall_rat_of(run, (int64_t)claims, 1);
    if (made.claims == NULL)
        return utfall_run_failure(run);
    *out = made;
    return UTFALL_OK;
}

/* Whether the months of one person have `months` held ones on end; *is_whole false when one between
 * the first and the last is not there. */
static bool is_milestone(bool *is_whole, uint32_t months, const utfall_held *held, size_t count)
{
    uint32_t run_length = 0;
    bool is_there = false;
    *is_whole = true;
    for (size_t i = 0; i < count; i++) {
        const bool follows = i > 0 && held[i].month.ordinal == held[i - 1].month.ordinal + 1;
        *is_whole &= i == 0 || follows;
        if (!held[i].is_held)
            run_length = 0;
        else
            run_length = follows ? run_length + 1 : 1;
        is_there |= run_length >= months;
    }
    return is_there;
}

utfall_status utfall_milestones_count(utfall_run *run, utfall_outcome_result *out,
                                      utfall_missing missing, uint32_t months,
                                      const utfall_held *held, size_t count, size_t persons,
                                      uint64_t absent)
{
    tally t = {.missing = absent};
    uint64_t failed = 0; /* missing months, and counted for what they are */
    size_t seen = 0;
    for (size_t i = 0, end; i < count; i = end) {
        bool is_whole = true;
        for (end = i; end < count && held[end].person == held[i].person; end++)
            ;
        const bool is_there = is_milestone(&is_whole, months, held + i, end - i);
        seen++;
        if (is_whole || missing == UTFALL_MISSING_FAIL) {
            t.counted++;
            t.reached += is_there;
            failed += !is_whole;
        } else {
            t.missing++;
        }
    }
    t.missing += persons - seen;
    utfall_status status = tally_finish(run, out, t, missing);
    if (status == UTFALL_OK)
        out->missing += failed;
    return status;
}
