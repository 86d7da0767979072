/* contracts/bind_interim.c - what a contract says about settlements before the end: what becomes of
 * money that was paid too early or too much, and how the final result is forecast.
 *
 * Input: the typed tree. Invariant: a forecast is asked for only where it can be made. */
#include "contracts/bind.h"

static void bind_negative_due(utfall_binder *binder, const utfall_node *evaluation)
{
    const utfall_node *rule = utfall_slot_value(evaluation, UTFALL_EVALUATION_negative_due);
    if (rule == NULL)
        return;
    binder->draft.has_negative_due = true;
    binder->draft.negative_due = (utfall_negative_due)rule->value.whole;
}

/* Of people who are left out until their window is complete nothing is known to forecast from. */
static void bind_forecast(utfall_binder *binder, const utfall_node *evaluation,
                          const utfall_node *forecast)
{
    const utfall_node *remaining = utfall_slot_value(forecast, UTFALL_FORECAST_remaining);
    const utfall_node *drawn = utfall_slot_value(forecast, UTFALL_FORECAST_drawn);
    const utfall_node *incomplete = utfall_slot_value(evaluation, UTFALL_EVALUATION_incomplete);
    if (forecast == NULL || remaining == NULL)
        return;
    binder->draft.has_forecast = true;
    binder->draft.forecast_remaining = (utfall_remaining)remaining->value.whole;
    if (drawn != NULL)
        binder->draft.forecast_drawn = (utfall_forecast_drawn)drawn->value.whole;
    if (incomplete != NULL && incomplete->value.whole == UTFALL_INCOMPLETE_EXCLUDE)
        utfall_bind_misplaced(
            binder, forecast,
            "does not go with incomplete: exclude: expected to_date, since people "
            "who are left out cannot be forecast",
            incomplete);
}

void utfall_bind_interim(utfall_binder *binder)
{
    const utfall_node *root = binder->document->root;
    const utfall_node *evaluation = utfall_slot(root, UTFALL_ROOT_evaluation);
    bind_negative_due(binder, evaluation);
    bind_forecast(binder, evaluation, utfall_slot(root, UTFALL_ROOT_forecast));
}
