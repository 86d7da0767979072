/* ledger/outcome.c - one outcome in the words of a ledger: <outcome>, and a <scale> for each scale.
 *
 * Invariant: what an outcome does not have is not written, so ledgers of contracts without such
 * outcomes keep their bytes; every value has one spelling. */
#include "ledger/outcome.h"
#include "ledger/vocabulary.h"
#include <string.h>

static const char *sums_text(utfall_run *run, const utfall_scale_result *scale)
{
    const char *text = "";
    for (size_t i = 0; i < scale->occasions && text != NULL; i++) {
        const char *sum = utfall_rat_text(run, scale->sums[i]);
        text = sum == NULL ? NULL
                           : utfall_run_join(run, text, i == 0 ? "" : " ", sum, (const char *)NULL);
    }
    return text;
}

static void scale_write(utfall_xml *xml, const utfall_scale_result *scale)
{
    utfall_xml_open(xml, "scale");
    utfall_xml_attribute(xml, "id", scale->id);
    utfall_xml_count(xml, "improved", scale->improved);
    utfall_xml_count(xml, "missing", scale->missing);
    utfall_xml_count(xml, "persons", scale->persons);
    utfall_xml_attribute(xml, "sums", sums_text(xml->run, scale));
    utfall_xml_count(xml, "unchanged", scale->unchanged);
    utfall_xml_count(xml, "worse", scale->worse);
    utfall_xml_close(xml);
}

void utfall_outcome_write(utfall_xml *xml, const char *id, const utfall_outcome_result *outcome)
{
    utfall_xml_open(xml, "outcome");
    utfall_xml_ratio(xml, "claims", outcome->claims);
    utfall_xml_count(xml, "excluded", outcome->excluded);
    utfall_xml_ratio(xml, "excluded_sum", outcome->excluded_sum);
    utfall_xml_attribute(xml, "id", id);
    if (outcome->missing > 0)
        utfall_xml_count(xml, "missing", outcome->missing);
    utfall_xml_count(xml, "persons", outcome->persons);
    utfall_xml_ratio(xml, "rate", outcome->rate);
    utfall_xml_ratio(xml, "sum", outcome->sum);
    for (size_t i = 0; i < outcome->scale_count; i++)
        scale_write(xml, &outcome->scales[i]);
    utfall_xml_close(xml);
}

utfall_status utfall_scale_sums_parse(utfall_run *run, const utfall_rat *const **sums,
                                      size_t *count, const char *text, size_t len)
{
    const utfall_rat **read = utfall_run_array(run, UTFALL_OCCASIONS_MAX, sizeof *read);
    size_t found = 0;
    if (read == NULL)
        return UTFALL_E_NOMEM;
    for (const char *at = text, *end = text + len; at <= end; found++) {
        const char *space = memchr(at, ' ', (size_t)(end - at));
        const char *stop = space == NULL ? end : space;
        utfall_value value;
        if (found == UTFALL_OCCASIONS_MAX)
            return UTFALL_E_RANGE;
        utfall_status status =
            utfall_value_parse(run, &value, UTFALL_SPELL_RATIO, at, (size_t)(stop - at));
        if (status != UTFALL_OK)
            return status;
        read[found] = value.ratio;
        at = stop + 1;
    }
    *sums = read;
    *count = found;
    return UTFALL_OK;
}
