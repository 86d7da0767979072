/* tests/fuzz/fuzz_detail.c - any bytes as the detail file of a small contract, and of one with a
 * price index, with a description that fits them, so that only the form of the lines stands in
 * their way; then the sums.
 *
 * Nothing may crash, leak or read outside. A refusal has a finding. */
#define _POSIX_C_SOURCE 200809L
#include "utfall/ledger.h"
#include "utfall/reader.h"
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HISTORIC "{design: historic, people: {file: q.csv}, costs: [{file: d.csv}]"
#define TEXT(comparison)                                                                           \
    "utfall: 1\n"                                                                                  \
    "contract: {id: small, title: Small, currency: SEK}\n"                                         \
    "parties: [{id: a, role: investor, name: A}, {id: b, role: outcome_payer, name: B}]\n"         \
    "target_group: {people: {file: p.csv}, costs: [{file: c.csv}], data_through: 2021-02}\n"       \
    "comparison_group: " comparison "\n"                                                           \
    "evaluation: {window: 3 months, groups: {age_at_start: [18], placed: each}, incomplete: "      \
    "to_date}\n"                                                                                   \
    "financing: {investor: a, commitment: 1 000 SEK, drawn: 500 SEK}\n"                            \
    "outcomes: {school: {measure: stated, sum: 3, persons: 2, improved: \"sum > 0\"}}\n"           \
    "waterfall: [{id: x, from: b, to: a, share: 40%, of: saving, between: [0, drawn]}]\n"          \
    "rounding: {unit: 0.01 SEK, mode: half_away, residue_to: b}\n"

static const char *const texts[] = {TEXT(HISTORIC "}"),
                                    TEXT(HISTORIC ", price_index: {file: i.csv, base: 2018-01}}")};

static void need(bool is_so)
{
    if (!is_so)
        abort();
}

static const utfall_contract *small_contract(utfall_run *run, const char *text)
{
    utfall_document *document = NULL;
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    need(utfall_document_parse(run, &document, "small", text, strlen(text)) == UTFALL_OK);
    need(utfall_document_bind(run, &contract, &sources, document) == UTFALL_OK);
    return contract;
}

static uint64_t people_in(const uint8_t *data, size_t size)
{
    uint64_t count = 0;
    for (size_t i = 0; i + 8 <= size; i++)
        count += memcmp(data + i, "<person ", 8) == 0;
    return count;
}

static void read_as(const char *path, const char *text, const uint8_t *data, size_t size)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    need(run != NULL);
    const utfall_contract *contract = small_contract(run, text);
    utfall_detail detail = {.name = "x", .bytes = size, .leaves = people_in(data, size)};
    const utfall_case *people = NULL;
    const utfall_sums *sums = NULL;
    bool checked = true;
    SHA256(data, size, detail.sha256);
    utfall_status status =
        utfall_detail_read(run, &people, &checked, path, contract, &detail, NULL, 2);
    need((status == UTFALL_OK) == (people != NULL));
    if (status == UTFALL_OK)
        status = utfall_sums_compute(run, &sums, contract, people, utfall_month_of(2021, 2));
    need((status == UTFALL_OK) == (utfall_run_errors(run) == 0) && status != UTFALL_E_BUG);
    utfall_run_free(run);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/utfall-fuzz-XXXXXX";
    int descriptor = mkstemp(path);
    need(descriptor >= 0 && write(descriptor, data, size) == (ssize_t)size &&
         close(descriptor) == 0);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        read_as(path, texts[i], data, size);
    need(unlink(path) == 0);
    return 0;
}
