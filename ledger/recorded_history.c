/* ledger/recorded_history.c - writes what a settlement took over from the one before it.
 *
 * In: a record and its sums. Invariant: nothing is written for a first settlement; what is written
 * is read back by record_history.c. */
#include "ledger/parts.h"

static void write_paid(utfall_xml *xml, const utfall_history *h)
{
    for (size_t i = 0; i < h->step_count; i++) {
        utfall_xml_open(xml, "step");
        utfall_xml_integer(xml, "entitlement", h->steps[i].entitlement.minor);
        utfall_xml_attribute(xml, "id", h->steps[i].id);
        utfall_xml_close(xml);
    }
    for (size_t i = 0; i < h->pair_count; i++) {
        const utfall_past_pair *pair = &h->pairs[i];
        utfall_xml_open(xml, "pair");
        utfall_xml_integer(xml, "carried", pair->carried.minor);
        utfall_xml_attribute(xml, "from", pair->from);
        utfall_xml_integer(xml, "paid", pair->paid.minor);
        utfall_xml_attribute(xml, "to", pair->to);
        utfall_xml_integer(xml, "written_off", pair->written_off.minor);
        utfall_xml_close(xml);
    }
}

static bool has_outcome(utfall_subject subject)
{
    return subject == UTFALL_SUBJECT_OUTCOME_SUM || subject == UTFALL_SUBJECT_OUTCOME_PERSONS;
}

static void write_corrections(utfall_xml *xml, const utfall_history *h)
{
    for (size_t i = 0; i < h->correction_count; i++) {
        const utfall_correction *c = &h->corrections[i];
        utfall_xml_open(xml, "correction");
        if (c->k > 0) {
            utfall_xml_count(xml, "group", c->group + 1);
            utfall_xml_count(xml, "k", c->k);
        }
        if (c->subject == UTFALL_SUBJECT_DRAWN || c->subject == UTFALL_SUBJECT_PRICE_INDEX)
            utfall_xml_month(xml, "month", c->month);
        utfall_xml_ratio(xml, "now", c->now);
        utfall_xml_ratio(xml, "old", c->old);
        if (has_outcome(c->subject))
            utfall_xml_count(xml, "outcome", c->outcome + 1);
        utfall_xml_ratio(xml, "paid", c->paid);
        utfall_xml_ratio(xml, "saving", c->saving);
        utfall_xml_attribute(xml, "subject", utfall_subject_names[c->subject]);
        utfall_xml_close(xml);
    }
}

void utfall_previous_write(utfall_xml *xml, const utfall_record *record)
{
    const utfall_history *h = record->sums->history;
    if (!record->has_previous)
        return;
    utfall_xml_open(xml, "previous");
    if (h) {
        utfall_xml_month(xml, "as_of", h->as_of);
        utfall_xml_attribute(xml, "reason", utfall_given(h->reason));
    }
    utfall_xml_digest(xml, "sha256", record->previous);
    if (h) {
        write_paid(xml, h);
        write_corrections(xml, h);
        for (size_t i = 0; i < h->forecast_count; i++) {
            utfall_xml_open(xml, "forecast");
            utfall_xml_month(xml, "as_of", h->forecasts[i].as_of);
            utfall_xml_integer(xml, "paid", h->forecasts[i].paid.minor);
            utfall_xml_ratio(xml, "saving", h->forecasts[i].saving);
            utfall_xml_close(xml);
        }
    }
    utfall_xml_close(xml);
}
