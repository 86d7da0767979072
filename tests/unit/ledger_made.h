/* tests/unit/ledger_made.h - ledgers of the example worked out by hand and of random cases, and
 * what tests do with their bytes: read, settle again, compose again. */
#ifndef LEDGER_MADE_H
#define LEDGER_MADE_H
#include "unit/made.h"
#include "utfall/ledger.h"

/* Values that a writer can get wrong: every escape, two and four byte characters, line ends. */
#define ODD "a & b < c > d \"e\" 'f'\ttab\nline\r\xc3\xa5\xf0\x9f\x92\xb0 ]]> "

static inline utfall_record record_of(const utfall_settlement *settlement)
{
    static const utfall_term terms[] = {
        {"contract.id", "made", {"contract.yaml", 3, 8}},
        {"contract.note", ODD, {"sub/\xc3\xb6 & <x>.yaml", 4, 1}},
        {"waterfall[0].clause", "", {"", 0, 0}},
        {"waterfall[0].share", "40%", {"contract.yaml", 4294967295U, 4294967295U}}};
    static const utfall_input inputs[] = {{"contract.yaml", "contract", 1234, 0, {1, 2, 3}},
                                          {"data/" ODD ".csv", "costs", UINT64_MAX, 1500, {0xff}}};
    return (utfall_record){.version = "0.1.0",
                           .rules = "1",
                           .input_count = 2,
                           .inputs = inputs,
                           .detail = {.name = "made.detail.xml",
                                      .bytes = 9876,
                                      .leaves = 7,
                                      .sha256 = {9, 8, 7},
                                      .root = {0xab}},
                           .has_previous = true,
                           .previous = {0xde, 0xad},
                           .term_count = 4,
                           .terms = terms,
                           .sums = settlement->sums};
}

typedef struct made_ledger {
    const utfall_contract *contract;
    const utfall_settlement *settlement;
    utfall_record record;
    const char *bytes;
    size_t len;
} made_ledger;

static inline void composed(utfall_run *run, made_ledger *made)
{
    assert_ok(
        run, utfall_ledger_compose(run, &made->bytes, &made->len, &made->record, made->settlement));
}

static inline made_ledger hand_ledger(utfall_run *run)
{
    made_ledger made = {.contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE)};
    utfall_case data = hand_case(run);
    made.settlement = settlement_of(run, made.contract, &data, utfall_month_of(2016, 12));
    made.record = record_of(made.settlement);
    composed(run, &made);
    return made;
}

/* Read the bytes, settle what they record, compose it. */
static inline utfall_status composed_again(utfall_run *run, const utfall_contract *contract,
                                           const char *bytes, size_t len, const char **out,
                                           size_t *out_len)
{
    const utfall_record *record = NULL;
    const utfall_settlement *settlement = NULL;
    utfall_status status = utfall_ledger_read(run, &record, "made.xml", bytes, len);
    if (status == UTFALL_OK)
        status = utfall_sums_check(run, contract, record->sums);
    if (status == UTFALL_OK)
        status = utfall_settle(run, &settlement, contract, record->sums);
    if (status == UTFALL_OK)
        status = utfall_ledger_compose(run, out, out_len, record, settlement);
    return status;
}

/* Whether the bytes pass reading and comparison, as a ledger that follows from itself does. */
static inline utfall_status replayed(utfall_run *run, const utfall_contract *contract,
                                     const char *bytes, size_t len)
{
    const char *again = NULL;
    size_t again_len = 0;
    utfall_status status = composed_again(run, contract, bytes, len, &again, &again_len);
    return status == UTFALL_OK
               ? utfall_ledger_compare(run, "made.xml", bytes, len, again, again_len)
               : status;
}

static inline const char *first_message(const utfall_run *run)
{
    return utfall_run_finding(run, 0) ? utfall_run_finding(run, 0)->message : "";
}

/* Copy of `text` with its first `from` replaced by `to`; the test fails when there is none. */
static inline char *edited(utfall_run *run, const char *text, size_t *len, const char *from,
                           const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    size_t head = (size_t)(at - text), cut = strlen(from), put = strlen(to);
    char *out = utfall_run_alloc(run, *len + put + 1);
    assert_non_null(out);
    memcpy(out, text, head);
    memcpy(out + head, to, put);
    memcpy(out + head + put, at + cut, *len - head - cut);
    *len = *len - cut + put;
    return out;
}

/* Write bytes to a file, for other programs to read. */
static inline void saved(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

#endif
