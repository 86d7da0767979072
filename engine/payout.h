/* engine/payout.h - what the waterfall pays at a saving, many times over. Private to engine/. */
#ifndef UTFALL_PAYOUT_H
#define UTFALL_PAYOUT_H
#include "engine/sample.h"

/** A straight piece of what a step pays: (a + b * s) / c öre for numerators s of the saving up to
 * `last` and above the last of the piece before. c > 0. */
typedef struct utfall__piece {
    int64_t last, a, b, c;
} utfall__piece;

typedef struct utfall__pay_step {
    size_t payer;              /* index into payers */
    const utfall_curve *curve; /* gates as found; NULL = not a function of the saving alone */
    size_t piece_count;        /* narrow */
    const utfall__piece *pieces;
} utfall__pay_step;

typedef struct utfall__payout {
    const utfall_contract *contract;
    utfall_figures figures; /* as settled; saving, expected, actual are a replicate's own */
    size_t payer_count;
    const size_t *payers;          /* parties that pay in some step, in the contract's order */
    const utfall__pay_step *steps; /* one a step */
    bool has_curves;               /* every step has one */
    bool is_narrow;                /* every step has pieces: what is paid follows from integers */
} utfall__payout;

UTFALL_TRY utfall_status utfall__payout_new(utfall_run *run, const utfall__payout **out,
                                            const utfall_settlement *settlement,
                                            const utfall__sample *sample);

/** What each payer pays at the saving whose numerator is `s`, |s| <= the sample's bound, into
 * paid[payer]. Narrow only. UTFALL_E_INEXACT: a step that never rounds. UTFALL_E_RANGE: the sum of
 * the steps leaves int64. */
UTFALL_TRY utfall_status utfall__payout_narrow(const utfall__payout *payout, int64_t *paid,
                                               int64_t s);

/** The same by the waterfall itself, for anything that was drawn. */
UTFALL_TRY utfall_status utfall__payout_wide(utfall_run *run, const utfall__payout *payout,
                                             int64_t *paid, const utfall__redrawn *drawn);

/** What step number `i` pays as a function of the saving, also when it is the same at every saving;
 * *out NULL: it depends on more. */
UTFALL_TRY utfall_status utfall__pay_curve(utfall_run *run, const utfall_curve **out,
                                           const utfall_contract *contract, size_t i,
                                           const utfall_figures *figures);

/** Round by the contract's rule for step `step`; UTFALL_ROUND_NEVER rounds halves away from zero
 * here, for amounts that no settlement pays. */
UTFALL_TRY utfall_status utfall__payout_round(utfall_run *run, int64_t *out,
                                              const utfall__payout *payout, size_t step,
                                              const utfall_rat *exact);

#endif
