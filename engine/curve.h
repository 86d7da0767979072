/* engine/curve.h - the payment curve of one step. Private to engine/. */
#ifndef UTFALL_CURVE_H
#define UTFALL_CURVE_H
#include "engine/stages.h"

/** What step number `step` pays as a function of the saving, all else and the gates as `figures`
 * has them; its saving is not read. *out NULL: the step depends on more than `utfall_curve_compute`
 * draws. */
UTFALL_TRY utfall_status utfall__step_curve(utfall_run *run, const utfall_curve **out,
                                            const utfall_contract *contract, size_t step,
                                            const utfall_figures *figures);

#endif
