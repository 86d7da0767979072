/* ledger/detail.c - writes the detail file: one line a person, and what else the sums are made of.
 *
 * In: a case. Out: a file whose people are pseudonyms, sorted by cohort and pseudonym, so that
 * their order tells nothing; its digest; and the Merkle root of its salted lines. One pass: lines
 * are written, hashed and forgotten; what grows with the people is 24 bytes each for the order. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/detail.h"
#include "ledger/outcome.h"
#include "ledger/file.h"
#include "ledger/frame.h"
#include "ledger/hex.h"
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

typedef struct person {
    uint8_t pseudonym[UTFALL_PSEUDONYM_BYTES];
    size_t number; /* in the cohort */
} person;

typedef struct writing {
    utfall_run *run;
    const utfall_contract *contract;
    utfall_pseudonyms keys;
    utfall_merkle tree;
    utfall_file file;
    utfall_status sink_status;
    EVP_MD_CTX *hash;
    uint64_t bytes;
    utfall_xml xml, line; /* the file; one person's line at a time */
} writing;

static bool sink(void *ctx, const char *bytes, size_t len)
{
    writing *w = ctx;
    if (EVP_DigestUpdate(w->hash, bytes, len) != 1)
        return false;
    w->bytes += len;
    w->sink_status = utfall_file_write(&w->file, bytes, len);
    return w->sink_status == UTFALL_OK;
}

/* One line a month; with a budget one a month and category. */
static void write_draws(utfall_xml *xml, const utfall_case *data, size_t categories)
{
    utfall_xml_open(xml, "draws");
    for (size_t i = 0; i < data->draw_count * categories; i++) {
        utfall_xml_open(xml, "draw");
        utfall_xml_integer(xml, "amount", data->draw_parts[i].minor);
        utfall_xml_count(xml, "category", i % categories + 1);
        utfall_xml_month(xml, "month", data->draw_months[i / categories]);
        utfall_xml_close(xml);
    }
    for (size_t i = 0; categories == 0 && i < data->draw_count; i++) {
        utfall_xml_open(xml, "draw");
        utfall_xml_integer(xml, "amount", data->draws[i].minor);
        utfall_xml_month(xml, "month", data->draw_months[i]);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_agreed(utfall_xml *xml, const utfall_contract *contract,
                         const utfall_rat *const *agreed)
{
    if (!agreed)
        return;
    utfall_xml_open(xml, "agreed");
    for (size_t i = 0; i < contract->group_count * contract->window_months; i++) {
        utfall_xml_open(xml, "month");
        utfall_xml_ratio(xml, "amount", agreed[i]);
        utfall_xml_count(xml, "group", i / contract->window_months + 1);
        utfall_xml_count(xml, "k", i % contract->window_months + 1);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

void utfall_detail_head_write(utfall_xml *xml, const utfall_contract *contract,
                              const utfall_case *data)
{
    utfall_xml_raw(xml, UTFALL_FRAME_DECLARATION, strlen(UTFALL_FRAME_DECLARATION));
    utfall_xml_open(xml, "detail");
    utfall_xml_attribute(xml, "xmlns", UTFALL_DETAIL_NAMESPACE);
    utfall_xml_count(xml, "comparison", data->comparison.persons);
    utfall_xml_count(xml, "comparison_months", data->comparison.months);
    utfall_xml_attribute(xml, "contract", contract->id);
    utfall_xml_count(xml, "target", data->target.persons);
    utfall_xml_count(xml, "target_months", data->target.months);
    write_draws(xml, data, contract->budget_count);
    write_agreed(xml, contract, data->agreed);
    utfall_xml_open(xml, "outcomes");
    for (size_t i = 0; i < contract->outcome_count; i++)
        utfall_outcome_write(xml, contract->outcomes[i].id, &data->outcomes[i]);
    utfall_xml_close(xml);
}

static int by_pseudonym(const void *a, const void *b)
{
    const person *left = a, *right = b;
    return memcmp(left->pseudonym, right->pseudonym, UTFALL_PSEUDONYM_BYTES);
}

/* The cohort's people in the order of their pseudonyms. */
static utfall_status order(writing *w, person **out, const utfall_cohort *cohort, const char *name)
{
    person *people = utfall_run_array(w->run, cohort->persons, sizeof *people);
    if (!people)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < cohort->persons; i++) {
        people[i].number = i;
        utfall_status status =
            utfall_pseudonym_of(&w->keys, people[i].pseudonym, name, cohort->ids[i]);
        if (status != UTFALL_OK)
            return status;
    }
    qsort(people, cohort->persons, sizeof *people, by_pseudonym);
    *out = people;
    return UTFALL_OK;
}

/* Amounts with a space between; `text` has UTFALL_DETAIL_COSTS_MAX bytes. */
static void costs_text(char *text, const int64_t *minor, uint32_t months)
{
    for (uint32_t k = 0; k < months; k++) {
        char digits[20];
        size_t count = 0;
        uint64_t size = minor[k] < 0 ? 0 - (uint64_t)minor[k] : (uint64_t)minor[k];
        do {
            digits[count++] = (char)('0' + size % 10);
            size /= 10;
        } while (size > 0);
        if (k > 0)
            *text++ = ' ';
        if (minor[k] < 0)
            *text++ = '-';
        while (count > 0)
            *text++ = digits[--count];
    }
    *text = '\0';
}

static void write_person(writing *w, const utfall_cohort *cohort, const char *name,
                         const person *who)
{
    char costs[UTFALL_DETAIL_COSTS_MAX], pseudonym[2 * UTFALL_PSEUDONYM_BYTES + 1];
    size_t factors = w->contract->factor_count, i = who->number;
    size_t group = utfall_group_of(w->contract, factors ? cohort->attributes + i * factors : NULL);
    costs_text(costs, cohort->cost_minor + i * cohort->months, cohort->months);
    utfall_hex(pseudonym, who->pseudonym, UTFALL_PSEUDONYM_BYTES);
    w->line.len = 0;
    utfall_xml_open(&w->line, "person");
    utfall_xml_attribute(&w->line, "cohort", name);
    utfall_xml_attribute(&w->line, "costs", costs);
    utfall_xml_attribute(&w->line, "group", w->contract->group_labels[group]);
    if (cohort->left_after && cohort->left_after[i] > 0)
        utfall_xml_count(&w->line, "left_after", cohort->left_after[i]);
    utfall_xml_attribute(&w->line, "pseudonym", pseudonym);
    utfall_xml_month(&w->line, "start", cohort->starts[i]);
    utfall_xml_close(&w->line);
}

static utfall_status write_cohort(writing *w, const utfall_cohort *cohort, const char *name)
{
    person *people = NULL;
    utfall_status status = order(w, &people, cohort, name);
    for (size_t i = 0; i < cohort->persons && status == UTFALL_OK; i++) {
        uint8_t salt[UTFALL_SALT_BYTES];
        write_person(w, cohort, name, &people[i]);
        status = utfall_salt_of(&w->keys, salt, w->tree.leaves);
        if (status == UTFALL_OK)
            status = w->line.status;
        if (status != UTFALL_OK)
            break;
        utfall_merkle_add(&w->tree, salt, sizeof salt, w->line.bytes, w->line.len - 1);
        utfall_xml_raw(&w->xml, w->line.bytes, w->line.len);
        status = w->xml.status;
    }
    return status;
}

static utfall_status write_all(writing *w, const utfall_case *data)
{
    utfall_xml_start(&w->xml, w->run, 0, sink, w);
    utfall_xml_start(&w->line, w->run, UTFALL_DETAIL_LINE_MAX, NULL, NULL);
    utfall_detail_head_write(&w->xml, w->contract, data);
    utfall_status status = write_cohort(w, &data->comparison, UTFALL_DETAIL_COMPARISON);
    if (status == UTFALL_OK)
        status = write_cohort(w, &data->target, UTFALL_DETAIL_TARGET);
    utfall_xml_close(&w->xml);
    utfall_status finished = utfall_xml_finish(&w->xml);
    if (w->sink_status != UTFALL_OK)
        return w->sink_status;
    return status == UTFALL_OK ? finished : status;
}

static utfall_status describe(writing *w, utfall_detail *out, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    utfall_detail detail = {.name = utfall_run_text(w->run, base, strlen(base)),
                            .bytes = w->bytes,
                            .leaves = w->tree.leaves};
    uint8_t digest[EVP_MAX_MD_SIZE];
    bool has_root = utfall_merkle_finish(&w->tree, detail.root);
    if (!has_root || !detail.name || EVP_DigestFinal_ex(w->hash, digest, NULL) != 1)
        return UTFALL_E_NOMEM;
    memcpy(detail.sha256, digest, sizeof detail.sha256);
    *out = detail;
    return UTFALL_OK;
}

static utfall_status write_file(writing *w, utfall_detail *out, const char *path,
                                const utfall_case *data)
{
    w->hash = EVP_MD_CTX_new();
    if (!w->hash || EVP_DigestInit_ex(w->hash, EVP_sha256(), NULL) != 1)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_file_begin(w->run, &w->file, path, 0600);
    if (status != UTFALL_OK)
        return status;
    status = write_all(w, data);
    utfall_detail detail;
    if (status == UTFALL_OK)
        status = describe(w, &detail, path);
    if (status != UTFALL_OK) {
        utfall_file_abandon(&w->file);
        return status;
    }
    status = utfall_file_commit(&w->file);
    if (status == UTFALL_OK)
        *out = detail;
    return status;
}

utfall_status utfall_detail_write(utfall_run *run, utfall_detail *out, const char *path,
                                  const utfall_contract *contract, const utfall_case *data,
                                  const uint8_t secret[32])
{
    writing *w = utfall_run_alloc(run, sizeof *w);
    if (!w)
        return UTFALL_E_NOMEM;
    *w = (writing){.run = run, .contract = contract, .sink_status = UTFALL_OK};
    utfall_merkle_start(&w->tree);
    utfall_status status = utfall_pseudonyms_start(&w->keys, contract->id, secret);
    if (status == UTFALL_OK)
        status = write_file(w, out, path, data);
    uint8_t unused[32];
    if (w->tree.hash)
        (void)utfall_merkle_finish(&w->tree, unused);
    utfall_pseudonyms_end(&w->keys);
    EVP_MD_CTX_free(w->hash);
    return status;
}
