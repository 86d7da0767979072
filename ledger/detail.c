/* ledger/detail.c - writes the detail file: one line a person, and what else the sums are made of.
 *
 * In: a case. Out: a file whose people are pseudonyms, sorted by cohort and pseudonym, so that
 * their order tells nothing; its digest; and the Merkle root of its salted lines. One pass: blocks
 * of lines with the trees of their leaves are made by several threads, written and digested in the
 * order of the file, and forgotten. What grows with the people is 24 bytes each for the order.
 *
 * Invariant: where a block begins, what stands in it and what its tree comes to follow from the
 * case alone, never from the threads. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/detail.h"
#include "ledger/detail_person.h"
#include "ledger/outcome.h"
#include "ledger/file.h"
#include "ledger/frame.h"
#include "ledger/relay.h"
#include <openssl/evp.h>
#include <string.h>

enum { BLOCK_BYTES = 256 * 1024 };

/* Lines of people who follow each other, and what their leaves come to. */
typedef struct block {
    char *text;
    size_t len;
    utfall_merkle tree;
    bool has_failed;
} block;

typedef struct writing {
    utfall_run *run;
    const utfall_contract *contract;
    const utfall_case *data;
    const uint8_t *secret;
    utfall_detail_person *people; /* in the order of the file */
    const char *const *labels;
    utfall_relay relay;
    size_t block_leaves;
    block *blocks;           /* [slot] */
    utfall_pseudonyms *keys; /* [thread] */
    utfall_merkle tree;
    utfall_file *file;
    utfall_status sink_status;
    bool has_failed;
    EVP_MD_CTX *hash;
    uint64_t bytes;
    utfall_xml xml;
} writing;

static bool sink(void *ctx, const char *bytes, size_t len)
{
    writing *w = ctx;
    if (EVP_DigestUpdate(w->hash, bytes, len) != 1)
        return false;
    w->bytes += len;
    w->sink_status = utfall_file_write(w->file, bytes, len);
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

static void write_prices(utfall_xml *xml, const utfall_price_index *index)
{
    if (!index)
        return;
    utfall_xml_open(xml, "prices");
    for (size_t i = 0; i < index->count; i++) {
        if (!index->values[i])
            continue;
        utfall_xml_open(xml, "price");
        utfall_xml_month(xml, "month", (utfall_month){index->first.ordinal + (int32_t)i});
        utfall_xml_ratio(xml, "value", index->values[i]);
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
    write_prices(xml, data->price_index);
    utfall_xml_open(xml, "outcomes");
    for (size_t i = 0; i < contract->outcome_count; i++)
        utfall_outcome_write(xml, contract->outcomes[i].id, &data->outcomes[i]);
    utfall_xml_close(xml);
}

/* ---- people ---- */

static void end_blocks(writing *w)
{
    uint8_t unused[32];
    for (size_t i = 0; i < w->relay.slots; i++) {
        if (w->blocks[i].tree.hash)
            (void)utfall_merkle_finish(&w->blocks[i].tree, unused);
    }
    for (size_t i = 0; i < w->relay.threads; i++)
        utfall_pseudonyms_end(&w->keys[i]);
}

/* As many people a block as fit the bytes of one, a power of two of them so that the trees of
 * blocks can be joined. */
static utfall_status make_blocks(writing *w, size_t threads)
{
    const utfall_cohort *target = &w->data->target, *comparison = &w->data->comparison;
    const size_t persons = comparison->persons + target->persons;
    size_t longest = utfall_detail_person_max(
        w->contract, w->labels,
        target->months > comparison->months ? target->months : comparison->months);
    w->block_leaves = 1;
    while (2 * w->block_leaves * longest <= BLOCK_BYTES && w->block_leaves < persons)
        w->block_leaves *= 2;
    utfall_relay_fit(&w->relay, (persons + w->block_leaves - 1) / w->block_leaves, threads);
    char *text = utfall_run_alloc(w->run, w->relay.slots * w->block_leaves * longest);
    w->blocks = utfall_run_array(w->run, w->relay.slots, sizeof *w->blocks);
    w->keys = utfall_run_array(w->run, w->relay.threads, sizeof *w->keys);
    if (!text || !w->blocks || !w->keys)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < w->relay.slots; i++) {
        w->blocks[i].text = text + i * w->block_leaves * longest;
        utfall_merkle_start(&w->blocks[i].tree);
    }
    for (size_t i = 0; i < w->relay.threads; i++) {
        utfall_status status = utfall_pseudonyms_start(&w->keys[i], w->contract->id, w->secret);
        if (status != UTFALL_OK)
            return status;
    }
    return UTFALL_OK;
}

/* The lines of a block of people, and the tree of their leaves. */
static void make_block(void *context, size_t thread, size_t slot, size_t number)
{
    const writing *w = context;
    block *made = &w->blocks[slot];
    const size_t first = w->data->comparison.persons, persons = first + w->data->target.persons;
    const size_t from = number * w->block_leaves;
    made->len = 0;
    made->has_failed = false;
    utfall_merkle_clear(&made->tree);
    for (size_t i = from; i < persons && i < from + w->block_leaves; i++) {
        uint8_t salt[UTFALL_SALT_BYTES];
        char *line = made->text + made->len;
        size_t len = utfall_detail_person_write(
            line, w->contract, w->labels, i < first ? &w->data->comparison : &w->data->target,
            i < first ? UTFALL_DETAIL_COMPARISON : UTFALL_DETAIL_TARGET, &w->people[i]);
        if (utfall_salt_of(&w->keys[thread], salt, i) != UTFALL_OK)
            made->has_failed = true;
        utfall_merkle_add(&made->tree, salt, sizeof salt, line, len - 1);
        made->len += len;
    }
}

static bool take_block(void *context, size_t slot, size_t number)
{
    writing *w = context;
    const block *made = &w->blocks[slot];
    (void)number;
    utfall_merkle_append(&w->tree, &made->tree);
    utfall_xml_raw(&w->xml, made->text, made->len);
    w->has_failed = w->has_failed || made->has_failed;
    return w->xml.status == UTFALL_OK && !w->has_failed;
}

/* The comparison group, then the target group. */
static utfall_status write_people(writing *w, size_t threads)
{
    const utfall_cohort *target = &w->data->target, *comparison = &w->data->comparison;
    w->people = utfall_run_array(w->run, comparison->persons + target->persons, sizeof *w->people);
    if (!w->people)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_detail_labels(w->run, &w->labels, w->contract);
    if (status == UTFALL_OK)
        status = utfall_detail_order(w->people, comparison, UTFALL_DETAIL_COMPARISON,
                                     w->contract->id, w->secret, threads);
    if (status == UTFALL_OK)
        status = utfall_detail_order(w->people + comparison->persons, target, UTFALL_DETAIL_TARGET,
                                     w->contract->id, w->secret, threads);
    if (status != UTFALL_OK)
        return status;
    w->relay = (utfall_relay){.context = w, .make = make_block, .take = take_block};
    status = make_blocks(w, threads);
    if (status == UTFALL_OK)
        utfall_relay_run(&w->relay);
    if (w->blocks && w->keys)
        end_blocks(w);
    return w->has_failed ? UTFALL_E_NOMEM : status;
}

static utfall_status write_all(writing *w, size_t threads)
{
    utfall_xml_start(&w->xml, w->run, 0, sink, w);
    utfall_detail_head_write(&w->xml, w->contract, w->data);
    utfall_status status = write_people(w, threads);
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

static utfall_status write_file(writing *w, utfall_detail *out, const char *path, size_t threads)
{
    w->hash = EVP_MD_CTX_new();
    if (!w->hash || EVP_DigestInit_ex(w->hash, EVP_sha256(), NULL) != 1)
        return UTFALL_E_NOMEM;
    utfall_status status = utfall_file_begin(w->run, w->file, path, 0600);
    if (status != UTFALL_OK)
        return status;
    status = write_all(w, threads);
    if (status == UTFALL_OK)
        status = describe(w, out, path);
    if (status == UTFALL_OK)
        return utfall_file_sync(w->file);
    utfall_file_abandon(w->file);
    return status;
}

utfall_status utfall_detail_write(utfall_run *run, utfall_detail *out, utfall_file **file,
                                  const char *path, const utfall_contract *contract,
                                  const utfall_case *data, const uint8_t secret[32],
                                  uint32_t threads)
{
    writing *w = utfall_run_alloc(run, sizeof *w);
    utfall_file *made = utfall_run_alloc(run, sizeof *made);
    if (!w || !made)
        return UTFALL_E_NOMEM;
    if (data->comparison.alike)
        return UTFALL_E_BUG; /* a line is about one person */
    *w = (writing){.run = run,
                   .contract = contract,
                   .data = data,
                   .secret = secret,
                   .file = made,
                   .sink_status = UTFALL_OK};
    utfall_merkle_start(&w->tree);
    utfall_detail detail;
    utfall_status status = write_file(w, &detail, path, threads);
    uint8_t unused[32];
    if (w->tree.hash)
        (void)utfall_merkle_finish(&w->tree, unused);
    EVP_MD_CTX_free(w->hash);
    if (status != UTFALL_OK)
        return status;
    *out = detail;
    *file = made;
    return UTFALL_OK;
}
