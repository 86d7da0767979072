/* ledger/compose.c - a settlement and its record as the bytes of a ledger.
 *
 *     declaration, <ledger>, <recorded>, <derived>, </ledger>
 *
 * Invariant: equal arguments give equal bytes; composing what utfall_ledger_read gave, with the
 * settlement that follows from it, gives the file's own bytes. The derived part names the digest
 * of the recorded one, so that a change of any byte is noticed even without a seal. */
#include "ledger/frame.h"
#include "ledger/parts.h"
#include <openssl/evp.h>
#include <string.h>

static bool shapes_agree(const utfall_contract *contract, const utfall_sums *sums)
{
    return sums->group_count == contract->group_count &&
           sums->window_months == contract->window_months &&
           sums->outcome_count == contract->outcome_count &&
           sums->category_count == contract->budget_count;
}

utfall_status utfall_ledger_compose(utfall_run *run, const char **bytes, size_t *len,
                                    const utfall_record *record,
                                    const utfall_settlement *settlement)
{
    if (!shapes_agree(settlement->contract, record->sums))
        return utfall_run_report(
            run, &(utfall_finding){.code = UTFALL_E_BUG,
                                   .severity = UTFALL_ERROR,
                                   .message = "the sums to record have another shape than the "
                                              "contract's groups, months and outcomes"});
    utfall_xml xml;
    utfall_xml_start(&xml, run, UTFALL_LEDGER_BYTES_MAX, NULL, NULL);
    utfall_xml_raw(&xml, UTFALL_FRAME_DECLARATION, strlen(UTFALL_FRAME_DECLARATION));
    utfall_xml_open(&xml, "ledger");
    utfall_xml_attribute(&xml, "xmlns", UTFALL_LEDGER_NAMESPACE);
    size_t from = xml.len + strlen(">\n");
    utfall_recorded_write(&xml, record, settlement->contract);
    uint8_t digest[32] = {0};
    if (xml.status == UTFALL_OK &&
        EVP_Digest(xml.bytes + from, xml.len - from, digest, NULL, EVP_sha256(), NULL) != 1)
        xml.status = UTFALL_E_NOMEM;
    utfall_derived_write(&xml, settlement, digest);
    utfall_xml_close(&xml);
    utfall_status status = utfall_xml_finish(&xml);
    if (status != UTFALL_OK)
        return status;
    *bytes = xml.bytes;
    *len = xml.len;
    return UTFALL_OK;
}
