/* tests/fuzz/fuzz_ledger.c - any bytes as a ledger, all the way that `utfall verify` takes it:
 * read, bind its terms, check its sums, settle, compose, compare.
 *
 * Nothing may crash, leak or read outside. A refusal has a finding. What passes the comparison is
 * what composing gives, byte for byte. */
#include "utfall/ledger.h"
#include "utfall/reader.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool is_so)
{
    if (!is_so)
        abort();
}

static utfall_status settle_again(utfall_run *run, const utfall_settlement **out,
                                  const utfall_record *record)
{
    utfall_document *document = NULL;
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    utfall_status status =
        utfall_document_of_terms(run, &document, record->terms, record->term_count);
    if (status == UTFALL_OK)
        status = utfall_document_bind(run, &contract, &sources, document);
    if (status == UTFALL_OK)
        status = utfall_sums_check(run, contract, record->sums);
    return status == UTFALL_OK ? utfall_settle(run, out, contract, record->sums) : status;
}

/* A ledger without its signature, as composing gives it. */
static void need_same(const char *bytes, size_t size, const char *composed, size_t len)
{
    size_t body = len - strlen("</ledger>\n");
    need(size >= len && memcmp(bytes, composed, body) == 0);
    need(memcmp(bytes + size - strlen("</ledger>\n"), "</ledger>\n", strlen("</ledger>\n")) == 0);
}

static utfall_status verify(utfall_run *run, const char *bytes, size_t size)
{
    const utfall_record *record = NULL;
    const utfall_settlement *settlement = NULL;
    const char *composed = NULL;
    size_t len = 0;
    utfall_status status = utfall_ledger_read(run, &record, "fuzz", bytes, size);
    need((status == UTFALL_OK) == (record != NULL));
    if (status == UTFALL_OK)
        status = settle_again(run, &settlement, record);
    if (status == UTFALL_OK)
        status = utfall_ledger_compose(run, &composed, &len, record, settlement);
    if (status == UTFALL_OK)
        status = utfall_ledger_compare(run, "fuzz", bytes, size, composed, len);
    if (status == UTFALL_OK)
        need_same(bytes, size, composed, len);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    need(run != NULL);
    utfall_status status = verify(run, (const char *)data, size);
    need(status != UTFALL_E_BUG);
    need((status == UTFALL_OK) == (utfall_run_errors(run) == 0));
    utfall_run_free(run);
    return 0;
}
