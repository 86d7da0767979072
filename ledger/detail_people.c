/* ledger/detail_people.c - the people of a detail file, by several threads.
 *
 * A piece of the file from mark to mark is read by any thread: line number tells which people stand
 * in it. Pieces are taken in the order of the file. What is odd in a piece is told by nobody but
 * the thread that comes last: it reads on from the first odd piece, line by line, so that the fault
 * found is the first of the file, whatever the number of threads. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/detail_person.h"
#include "ledger/detail_read.h"
#include "ledger/hex.h"
#include "ledger/relay.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    PIECE_BYTES_MAX = UTFALL_MARK_BYTES + UTFALL_DETAIL_LINE_MAX,
    PIECE_PEOPLE_MAX = UTFALL_MARK_BYTES / UTFALL_DETAIL_PERSON_MIN + 2,
    ID_BYTES = 2 * UTFALL_PSEUDONYM_BYTES + 1
};

/* What a cohort is made of. */
typedef struct arrays {
    const char *opening; /* of a line */
    uint32_t months;
    char (*texts)[ID_BYTES];
    const char **ids;
    utfall_month *starts;
    int32_t *attributes;
    int64_t *minor;
    uint32_t *left_after;
} arrays;

typedef struct piece {
    utfall_lines lines; /* of the bytes that it holds; tells no fault */
    char *bytes;
    uint8_t (*leaves)[32];
    size_t first, end; /* of the people, counted through both cohorts */
    bool is_odd;
} piece;

typedef struct reading {
    utfall_replay *r;
    arrays cohorts[2];
    size_t firsts[3];         /* numbers of the cohorts' first people, and of all */
    uint64_t offset, line;    /* where the people begin */
    const utfall_mark *marks; /* from the last one that is no later than that */
    size_t piece_bytes, next; /* most bytes of a piece; the first person not taken */
    utfall_relay relay;
    piece *pieces;              /* [slot] */
    utfall_pseudonyms *keys;    /* [thread] */
    utfall_merkle *leaf_makers; /* [thread] */
} reading;

/* ---- one person ---- */

static bool read_costs(utfall_lines *lines, int64_t *minor, uint32_t months, const char *text,
                       size_t len)
{
    for (uint32_t k = 0; k < months; k++) {
        const char *space = len ? memchr(text, ' ', len) : NULL;
        size_t part = space ? (size_t)(space - text) : len;
        if ((space == NULL) != (k + 1 == months) ||
            utfall_integer_parse(&minor[k], text, part) != UTFALL_OK)
            return utfall_lines_refuse(lines, UTFALL_E_SYNTAX,
                                       "costs: expected one whole number of \xc3\xb6re a month, "
                                       "with one space between");
        text += space ? part + 1 : part;
        len -= space ? part + 1 : part;
    }
    return true;
}

/* Number of the group with this label; SIZE_MAX = none. */
static size_t find_group(const utfall_replay *r, const char *label, size_t len)
{
    for (size_t group = 0; group < r->contract->group_count; group++) {
        if (strlen(r->labels[group]) == len && memcmp(r->labels[group], label, len) == 0)
            return group;
    }
    return SIZE_MAX;
}

/* Whether person `i` of a cohort stands after the one before. */
static bool ascends(const arrays *to, size_t i)
{
    return i == 0 || memcmp(to->texts[i - 1], to->texts[i], ID_BYTES) < 0;
}

/* One person's line: cohort costs group left_after? pseudonym start. `follows`: the person before
 * has been read. */
static bool read_line(const reading *g, utfall_lines *lines, const arrays *to, size_t i,
                      bool follows)
{
    const utfall_replay *r = g->r;
    const char *costs, *label, *pseudonym;
    size_t costs_len, label_len, pseudonym_len, factors = r->contract->factor_count;
    uint8_t digits[UTFALL_PSEUDONYM_BYTES];
    utfall_value start, left = {0};
    if (!utfall_lines_expect(lines, to->opening) ||
        !utfall_lines_raw(lines, "costs", &costs, &costs_len) ||
        !utfall_lines_raw(lines, "group", &label, &label_len) ||
        (utfall_lines_see(lines, " left_after") &&
         !utfall_lines_attribute(lines, "left_after", UTFALL_SPELL_COUNT, &left)) ||
        !utfall_lines_raw(lines, "pseudonym", &pseudonym, &pseudonym_len) ||
        !utfall_lines_attribute(lines, "start", UTFALL_SPELL_MONTH, &start) ||
        !utfall_lines_end(lines, "></person>") ||
        !read_costs(lines, to->minor + i * to->months, to->months, costs, costs_len))
        return false;
    size_t group = find_group(r, label, label_len);
    if (group == SIZE_MAX)
        return utfall_lines_refuse(lines, UTFALL_E_CONFLICT, "the contract has no such group");
    bool is_pseudonym = utfall_hex_parse(digits, sizeof digits, pseudonym, pseudonym_len);
    if (is_pseudonym)
        memcpy(to->texts[i], pseudonym, pseudonym_len);
    if (!is_pseudonym || (follows && !ascends(to, i)))
        return utfall_lines_refuse(lines, UTFALL_E_SYNTAX,
                                   "pseudonyms: expected 32 hexadecimal digits each, ascending");
    to->ids[i] = to->texts[i];
    if (left.is_given && (left.count < 1 || left.count > INT32_MAX))
        return utfall_lines_refuse(lines, UTFALL_E_RANGE, "left_after: expected 1 or more");
    to->starts[i] = start.month;
    to->left_after[i] = (uint32_t)left.count;
    for (size_t factor = 0; factor < factors; factor++)
        to->attributes[i * factors + factor] = r->levels[group * factors + factor];
    return true;
}

/* The cohort of person `i`, counted through both. */
static size_t cohort_of(const reading *g, size_t i)
{
    return i < g->firsts[1] ? 0 : 1;
}

/* Move to the line of person `i`, counted through both cohorts, and read it. */
static bool read_person(const reading *g, utfall_lines *lines, size_t i, bool follows)
{
    const size_t c = cohort_of(g, i);
    if (!utfall_lines_next(lines))
        return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "people are missing");
    return read_line(g, lines, &g->cohorts[c], i - g->firsts[c], follows);
}

/* False when the library cannot. */
static bool make_leaf(const reading *g, size_t thread, uint8_t leaf[32], const utfall_lines *lines,
                      size_t i)
{
    uint8_t salt[UTFALL_SALT_BYTES];
    if (utfall_salt_of(&g->keys[thread], salt, i) != UTFALL_OK)
        return false;
    utfall_merkle_leaf(&g->leaf_makers[thread], leaf, salt, sizeof salt, lines->line, lines->len);
    return true;
}

/* ---- pieces ---- */

static bool read_bytes(int descriptor, char *bytes, size_t len, uint64_t offset)
{
    while (len > 0) {
        ssize_t got = pread(descriptor, bytes, len, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bytes += got;
        len -= (size_t)got;
        offset += (uint64_t)got;
    }
    return true;
}

static size_t smaller(uint64_t a, size_t b)
{
    return a < b ? (size_t)a : b;
}

static void make_piece(void *context, size_t thread, size_t slot, size_t block)
{
    const reading *g = context;
    const utfall_replay *r = g->r;
    piece *p = &g->pieces[slot];
    utfall_mark from = g->marks[block];
    const utfall_mark to = g->marks[block + 1];
    if (block == 0)
        from = (utfall_mark){g->offset, g->line};
    p->first = smaller(from.line - g->line, g->firsts[2]);
    p->end = smaller(to.line - g->line, g->firsts[2]);
    p->is_odd =
        p->end - p->first > PIECE_PEOPLE_MAX || to.offset - from.offset > g->piece_bytes ||
        !read_bytes(r->lines.descriptor, p->bytes, (size_t)(to.offset - from.offset), from.offset);
    if (p->is_odd)
        return;
    p->lines = (utfall_lines){.buffer = p->bytes, .to = (size_t)(to.offset - from.offset)};
    for (size_t i = p->first; i < p->end && !p->is_odd; i++)
        p->is_odd = !read_person(g, &p->lines, i, i > p->first) ||
                    (r->secret && !make_leaf(g, thread, p->leaves[i - p->first], &p->lines, i));
}

static bool take_piece(void *context, size_t slot, size_t block)
{
    reading *g = context;
    utfall_replay *r = g->r;
    const piece *p = &g->pieces[slot];
    (void)block;
    if (p->is_odd || p->end == p->first)
        return false;
    const size_t c = cohort_of(g, p->first), bytes = p->lines.from;
    if (!ascends(&g->cohorts[c], p->first - g->firsts[c]) ||
        EVP_DigestUpdate(r->lines.hash, p->bytes, bytes) != 1)
        return false;
    for (size_t i = p->first; i < p->end && r->secret; i++)
        utfall_merkle_add_leaf(&r->tree, p->leaves[i - p->first]);
    r->lines.bytes += bytes;
    r->lines.number += p->end - p->first;
    g->next = p->end;
    return true;
}

/* Whoever was not taken with a piece, line by line. */
static bool read_in_order(reading *g)
{
    utfall_replay *r = g->r;
    if (!utfall_lines_seek(&r->lines, r->lines.bytes, r->lines.number + 1))
        return false;
    for (; g->next < g->firsts[2]; g->next++) {
        uint8_t leaf[32];
        if (!read_person(g, &r->lines, g->next, true))
            return false;
        if (r->secret && !make_leaf(g, 0, leaf, &r->lines, g->next))
            return utfall_lines_refuse(&r->lines, UTFALL_E_NOMEM, NULL);
        if (r->secret)
            utfall_merkle_add_leaf(&r->tree, leaf);
    }
    return true;
}

/* ---- both cohorts ---- */

static bool make_arrays(utfall_replay *r, arrays *to, const utfall_cohort *cohort,
                        const char *opening)
{
    size_t count = cohort->persons;
    size_t cells =
        cohort->months > 0 && count > SIZE_MAX / cohort->months ? SIZE_MAX : count * cohort->months;
    *to = (arrays){
        .opening = opening,
        .months = cohort->months,
        .texts = utfall_run_array(r->run, count, sizeof *to->texts),
        .ids = utfall_run_array(r->run, count, sizeof *to->ids),
        .starts = utfall_run_array(r->run, count, sizeof *to->starts),
        .attributes =
            utfall_run_array(r->run, count * r->contract->factor_count, sizeof *to->attributes),
        .minor = utfall_run_array(r->run, cells, sizeof *to->minor),
        .left_after = utfall_run_array(r->run, count, sizeof *to->left_after),
    };
    return to->texts && to->ids && to->starts && to->attributes && to->minor && to->left_after;
}

static void give_arrays(utfall_cohort *cohort, const arrays *from)
{
    cohort->ids = (const char *const *)from->ids;
    cohort->starts = from->starts;
    cohort->attributes = from->attributes;
    cohort->cost_minor = from->minor;
    cohort->left_after = from->left_after;
}

/* The pieces that people stand in, and what they need. */
static bool make_pieces(reading *g)
{
    utfall_replay *r = g->r;
    const utfall_mark *last = r->marks.mark + r->marks.count - 1;
    g->marks = r->marks.mark;
    while (g->marks + 1 < last && g->marks[1].offset <= g->offset)
        g->marks++;
    utfall_relay_fit(&g->relay, (size_t)(last - g->marks), r->threads);
    g->piece_bytes = 1;
    for (const utfall_mark *mark = g->marks; mark < last; mark++) {
        size_t bytes = smaller(mark[1].offset - mark[0].offset, PIECE_BYTES_MAX);
        g->piece_bytes = bytes > g->piece_bytes ? bytes : g->piece_bytes;
    }
    char *bytes = utfall_run_array(r->run, g->relay.slots, g->piece_bytes);
    uint8_t(*leaves)[32] =
        utfall_run_array(r->run, g->relay.slots * PIECE_PEOPLE_MAX, sizeof *leaves);
    g->pieces = utfall_run_array(r->run, g->relay.slots, sizeof *g->pieces);
    if (!bytes || !leaves || !g->pieces)
        return false;
    for (size_t i = 0; i < g->relay.slots; i++) {
        g->pieces[i].bytes = bytes + i * g->piece_bytes;
        g->pieces[i].leaves = leaves + i * PIECE_PEOPLE_MAX;
    }
    return true;
}

/* What makes leaves, one a thread. */
static bool make_makers(reading *g)
{
    utfall_replay *r = g->r;
    g->keys = utfall_run_array(r->run, g->relay.threads, sizeof *g->keys);
    g->leaf_makers = utfall_run_array(r->run, g->relay.threads, sizeof *g->leaf_makers);
    if (!g->keys || !g->leaf_makers)
        return false;
    bool is_made = true;
    for (size_t i = 0; i < g->relay.threads && r->secret; i++) {
        utfall_merkle_start(&g->leaf_makers[i]);
        if (utfall_pseudonyms_start(&g->keys[i], r->contract->id, r->secret) != UTFALL_OK)
            is_made = false;
    }
    return is_made;
}

/* False when one of them failed. */
static bool end_makers(reading *g)
{
    bool is_good = true;
    uint8_t unused[32];
    for (size_t i = 0; g->leaf_makers && i < g->relay.threads && g->r->secret; i++) {
        utfall_pseudonyms_end(&g->keys[i]);
        if (!utfall_merkle_finish(&g->leaf_makers[i], unused))
            is_good = false;
    }
    return is_good;
}

bool utfall_replay_people(utfall_replay *r)
{
    utfall_cohort *comparison = &r->data->comparison, *target = &r->data->target;
    reading *g = utfall_run_alloc(r->run, sizeof *g);
    if (!g)
        return utfall_lines_refuse(&r->lines, UTFALL_E_NOMEM, NULL);
    *g = (reading){.r = r,
                   .firsts = {0, comparison->persons, comparison->persons + target->persons},
                   .offset = r->lines.bytes,
                   .line = r->lines.number + 1,
                   .relay = {.context = g, .make = make_piece, .take = take_piece}};
    bool is_ready =
        make_arrays(r, &g->cohorts[0], comparison,
                    "<person cohort=\"" UTFALL_DETAIL_COMPARISON "\"") &&
        make_arrays(r, &g->cohorts[1], target, "<person cohort=\"" UTFALL_DETAIL_TARGET "\"") &&
        make_pieces(g) && make_makers(g);
    if (is_ready)
        utfall_relay_run(&g->relay);
    bool is_read = is_ready && read_in_order(g);
    if (!end_makers(g) || !is_ready)
        return utfall_lines_refuse(&r->lines, UTFALL_E_NOMEM, NULL);
    give_arrays(comparison, &g->cohorts[0]);
    give_arrays(target, &g->cohorts[1]);
    return is_read;
}
