/* Dues: from what each step comes to, to what one party owes another now.
 *
 * In: executed steps, and the history of earlier settlements where there is one. Out: for each
 * pair of parties entitlement, paid before, due, and what was paid too much. Invariant, for every
 * pair: before + due = entitlement + carried + written off; so a chain of settlements pays what one
 * alone would, but for what the contract lets the receiver keep. */
#include "engine/stages.h"
#include <string.h>
#include "engine/core/ban.h"

typedef struct dues {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_history *history;
    utfall_settlement *s;
    utfall_money *before, *due; /* [step] */
    utfall_due *table;          /* [from * parties + to] */
    utfall_money *carried;      /* the same: brought along */
    bool *is_due;
} dues;

static utfall_status too_large(const dues *d)
{
    return utfall__refuse(d->run, d->contract, UTFALL_E_RANGE, "waterfall", NULL,
                          "what one party owes another leaves 64 bits of öre", NULL);
}

static bool add(utfall_money *sum, utfall_money amount)
{
    return utfall_money_add(sum, *sum, amount) == UTFALL_OK;
}

static bool subtract(utfall_money *sum, utfall_money amount)
{
    return utfall_money_sub(sum, *sum, amount) == UTFALL_OK;
}

static utfall_status past_refuse(const dues *d, const char *path, const char *message)
{
    return utfall__refuse(d->run, d->contract, UTFALL_E_CONFLICT, path, NULL, message,
                          "the steps and parties of earlier settlements stay in the contract; a "
                          "step that pays no more can be closed by its cap");
}

static size_t party_find(const utfall_contract *contract, const char *id)
{
    size_t i = 0;
    while (i < contract->party_count && strcmp(contract->parties[i].id, id) != 0)
        i++;
    return i;
}

/* Entitlement of every step in the settlement before; each step that it had must still be there. */
static utfall_status steps_before(dues *d)
{
    for (size_t i = 0; i < d->history->step_count; i++) {
        const utfall_past_step *past = &d->history->steps[i];
        size_t step = 0;
        while (step < d->contract->step_count && strcmp(d->contract->steps[step].id, past->id) != 0)
            step++;
        for (size_t j = 0; j < i; j++)
            if (strcmp(d->history->steps[j].id, past->id) == 0)
                step = d->contract->step_count;
        if (step == d->contract->step_count)
            return past_refuse(
                d, "waterfall",
                utfall_run_join(d->run, "the settlement before this one has a step \"", past->id,
                                "\" that the contract does not have, or has it twice",
                                (const char *)NULL));
        d->before[step] = past->entitlement;
    }
    return UTFALL_OK;
}

/* What was paid between two parties must be what the steps between them came to, and what was paid
 * too much. */
static utfall_status pair_agrees(const dues *d, const utfall_past_pair *past, size_t from,
                                 size_t to)
{
    utfall_money left = past->paid, right = past->carried;
    bool fits = add(&right, past->written_off);
    for (size_t i = 0; i < d->contract->step_count; i++)
        if (d->contract->steps[i].from == from && d->contract->steps[i].to == to)
            fits = fits && add(&right, d->before[i]);
    if (fits && left.minor == right.minor && past->carried.minor >= 0 &&
        past->written_off.minor >= 0)
        return UTFALL_OK;
    return past_refuse(d, "waterfall",
                       utfall_run_join(d->run, "what \"", past->from, "\" has paid \"", past->to,
                                       "\" before is not what the steps between them came to",
                                       (const char *)NULL));
}

static utfall_status pairs_before(dues *d)
{
    const size_t parties = d->contract->party_count;
    bool *seen = utfall_run_array(d->run, parties * parties, sizeof *seen);
    if (seen == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < d->history->pair_count; i++) {
        const utfall_past_pair *past = &d->history->pairs[i];
        const size_t from = party_find(d->contract, past->from);
        const size_t to = party_find(d->contract, past->to);
        const size_t pair = from * parties + to;
        if (from == parties || to == parties || seen[pair])
            return past_refuse(
                d, "parties",
                utfall_run_join(d->run, "the settlement before this one paid from \"", past->from,
                                "\" to \"", past->to, "\", which are not parties, or twice",
                                (const char *)NULL));
        utfall_status status = pair_agrees(d, past, from, to);
        if (status != UTFALL_OK)
            return status;
        seen[pair] = true;
        d->table[pair].before = past->paid;
        d->table[pair].written_off = past->written_off;
        d->carried[pair] = past->carried;
    }
    for (size_t i = 0; i < d->contract->step_count; i++) {
        const utfall_step *step = &d->contract->steps[i];
        if (d->before[i].minor != 0 && !seen[step->from * parties + step->to])
            return past_refuse(d, "waterfall",
                               utfall_run_join(d->run, "step \"", step->id,
                                               "\" paid before, but not between its parties",
                                               (const char *)NULL));
    }
    return UTFALL_OK;
}

/* Entitlement and due of every step, summed by pair. */
static utfall_status steps_add(dues *d)
{
    const size_t parties = d->contract->party_count;
    for (size_t i = 0; i < d->contract->step_count; i++) {
        const utfall_line *line = &d->s->lines[i];
        const size_t pair = line->step->from * parties + line->step->to;
        d->due[i] = line->paid;
        d->is_due[pair] = true;
        if (!subtract(&d->due[i], d->before[i]) || !add(&d->table[pair].amount, d->due[i]) ||
            !add(&d->table[pair].entitlement, line->paid))
            return too_large(d);
    }
    return UTFALL_OK;
}

static utfall_status rule_missing(const dues *d, const utfall_due *due)
{
    const utfall_party *parties = d->contract->parties;
    return utfall__refuse(
        d->run, d->contract, UTFALL_E_MISSING, "evaluation.negative_due", NULL,
        utfall_run_join(d->run, "\"", parties[due->to].id, "\" has been paid ",
                        utfall_run_decimal(d->run, -due->amount.minor), " öre more by \"",
                        parties[due->from].id,
                        "\" than it is entitled to, and the contract does not say what follows",
                        (const char *)NULL),
        "write evaluation.negative_due: claw_back, carry_forward or nothing");
}

/* A pair whose due came out negative, by the contract's rule. */
static utfall_status negative_settle(const dues *d, utfall_due *due)
{
    const utfall_money excess = {-due->amount.minor};
    if (due->amount.minor == INT64_MIN)
        return too_large(d);
    if (!d->contract->has_negative_due)
        return d->history == NULL ? UTFALL_OK : rule_missing(d, due);
    switch (d->contract->negative_due) {
    case UTFALL_NEGATIVE_CLAW_BACK:
        return UTFALL_OK;
    case UTFALL_NEGATIVE_CARRY_FORWARD:
        due->carried = excess;
        break;
    case UTFALL_NEGATIVE_NOTHING:
        if (!add(&due->written_off, excess))
            return too_large(d);
        break;
    }
    due->amount.minor = 0;
    return UTFALL_OK;
}

static utfall_status pairs_settle(dues *d)
{
    const size_t parties = d->contract->party_count;
    size_t count = 0;
    for (size_t pair = 0; pair < parties * parties; pair++) {
        if (!d->is_due[pair])
            continue;
        utfall_due due = d->table[pair];
        due.from = pair / parties;
        due.to = pair % parties;
        if (!subtract(&due.amount, d->carried[pair]))
            return too_large(d);
        if (due.amount.minor < 0) {
            utfall_status status = negative_settle(d, &due);
            if (status != UTFALL_OK)
                return status;
        }
        d->table[count++] = due;
    }
    d->s->dues = d->table;
    d->s->due_count = count;
    return UTFALL_OK;
}

utfall_status utfall__dues_compute(utfall_run *run, utfall_settlement *s)
{
    const size_t steps = s->contract->step_count;
    const size_t pairs = s->contract->party_count * s->contract->party_count;
    dues d = {.run = run,
              .contract = s->contract,
              .history = s->sums->history,
              .s = s,
              .before = utfall_run_array(run, steps, sizeof(utfall_money)),
              .due = utfall_run_array(run, steps, sizeof(utfall_money)),
              .table = utfall_run_array(run, pairs, sizeof(utfall_due)),
              .carried = utfall_run_array(run, pairs, sizeof(utfall_money)),
              .is_due = utfall_run_array(run, pairs, sizeof(bool))};
    utfall_status status = UTFALL_OK;
    if (d.before == NULL || d.due == NULL || d.table == NULL || d.carried == NULL ||
        d.is_due == NULL)
        return UTFALL_E_NOMEM;
    if (d.history != NULL) {
        if (d.history->as_of.ordinal >= s->sums->as_of.ordinal)
            return past_refuse(&d, "evaluation",
                               "the settlement before this one is not as of an earlier month");
        status = steps_before(&d);
        if (status == UTFALL_OK)
            status = pairs_before(&d);
        s->step_before = d.before;
        s->step_due = d.due;
    }
    if (status == UTFALL_OK)
        status = steps_add(&d);
    return status == UTFALL_OK ? pairs_settle(&d) : status;
}
