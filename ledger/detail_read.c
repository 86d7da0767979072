/* ledger/detail_read.c - the people of a case back from a detail file.
 *
 * In: the file, what the ledger says of it, the contract. Size and digest are checked before a line
 * is looked at, and again on the bytes that were read. Out: a case whose people have pseudonyms for
 * ids and, for each factor, some value of the level that their group has: groups, starts and costs
 * are those of the people, so the sums are too. */
#define _POSIX_C_SOURCE 200809L
#include "ledger/detail_person.h"
#include "ledger/detail_read.h"
#include "ledger/file.h"
#include "ledger/outcome.h"
#include <string.h>
#include <unistd.h>

enum { DRAWS_MAX = 3600, PRICES_MAX = 3600 };

static utfall_status refuse(utfall_run *run, const char *path, const char *message,
                            const char *hint)
{
    return utfall_run_report(run, &(utfall_finding){.code = UTFALL_E_INVALID,
                                                    .severity = UTFALL_ERROR,
                                                    .at = {path, 0, 0},
                                                    .message = message,
                                                    .hint = hint});
}

/* Some value that falls in level number `level` of the factor. */
static int32_t value_in_level(const utfall_factor *factor, size_t level)
{
    if (factor->kind != UTFALL_FACTOR_CUTS)
        return (int32_t)level;
    if (level > 0)
        return factor->cuts[level - 1];
    return factor->cuts[0] > INT32_MIN ? factor->cuts[0] - 1 : INT32_MIN;
}

static utfall_status prepare_groups(utfall_replay *r)
{
    const utfall_contract *contract = r->contract;
    size_t factors = contract->factor_count;
    r->levels = utfall_run_array(r->run, contract->group_count * factors, sizeof *r->levels);
    if (!r->levels)
        return UTFALL_E_NOMEM;
    for (size_t group = 0; group < contract->group_count; group++) {
        size_t rest = group; /* the last factor runs fastest */
        for (size_t i = factors; i-- > 0;) {
            size_t count = utfall_factor_levels(&contract->factors[i]);
            r->levels[group * factors + i] = value_in_level(&contract->factors[i], rest % count);
            rest /= count;
        }
        if (utfall_group_of(contract, factors ? r->levels + group * factors : NULL) != group)
            return UTFALL_E_BUG;
    }
    return utfall_detail_labels(r->run, &r->labels, contract);
}

/* Take the start tag of a list on a line of its own; *is_empty when its end tag follows. */
static bool open_list(utfall_lines *lines, const char *open, const char *close, bool *is_empty)
{
    if (!utfall_lines_next(lines) || !utfall_lines_expect(lines, open))
        return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "the file ends too early");
    *is_empty = utfall_lines_see(lines, close);
    return true;
}

/* Move to the list's next element; false at its end tag, or after a fault. */
static bool next_in_list(utfall_lines *lines, const char *element, const char *close)
{
    if (!utfall_lines_next(lines))
        return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "the file ends too early");
    if (utfall_lines_see(lines, close))
        return false;
    return utfall_lines_expect(lines, element);
}

/* Category number `category` of the month that `count` draws have been read for. Categories follow
 * each other in the budget's order, and each month has all of them. */
static bool take_part(utfall_replay *r, utfall_money *parts, size_t category, size_t *count,
                      utfall_month *months, utfall_money *draws, utfall_value amount,
                      utfall_value month)
{
    const size_t categories = r->contract->budget_count;
    if (category == 0) {
        if (*count == DRAWS_MAX ||
            (*count > 0 && month.month.ordinal <= months[*count - 1].ordinal))
            return utfall_lines_refuse(&r->lines, UTFALL_E_SYNTAX, "the months do not ascend");
        months[*count] = month.month;
        draws[(*count)++].minor = 0;
    } else if (*count == 0 || month.month.ordinal != months[*count - 1].ordinal) {
        return utfall_lines_refuse(&r->lines, UTFALL_E_SYNTAX,
                                   "a month does not have all categories of the budget");
    }
    const utfall_money part = {amount.integer};
    parts[(*count - 1) * categories + category] = part;
    if (utfall_money_add(&draws[*count - 1], draws[*count - 1], part) != UTFALL_OK)
        return utfall_lines_refuse(&r->lines, UTFALL_E_RANGE, "a month leaves 64 bits");
    return true;
}

/* Draws by month and category, for a contract with a budget. */
static bool read_parts(utfall_replay *r, utfall_month *months, utfall_money *draws, size_t *count)
{
    utfall_lines *lines = &r->lines;
    const size_t categories = r->contract->budget_count;
    utfall_money *parts = utfall_run_array(r->run, DRAWS_MAX * categories, sizeof *parts);
    size_t next = 0;
    if (!parts)
        return utfall_lines_refuse(lines, UTFALL_E_NOMEM, NULL);
    while (next_in_list(lines, " <draw", "</draws>")) {
        utfall_value amount, category, month;
        if (!utfall_lines_attribute(lines, "amount", UTFALL_SPELL_INTEGER, &amount) ||
            !utfall_lines_attribute(lines, "category", UTFALL_SPELL_COUNT, &category) ||
            !utfall_lines_attribute(lines, "month", UTFALL_SPELL_MONTH, &month) ||
            !utfall_lines_end(lines, "></draw>"))
            return false;
        if (category.count != next + 1)
            return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "the categories do not ascend");
        if (!take_part(r, parts, next, count, months, draws, amount, month))
            return false;
        next = (next + 1) % categories;
    }
    if (next != 0)
        return utfall_lines_refuse(lines, UTFALL_E_SYNTAX,
                                   "a month does not have all categories of the budget");
    r->data->draw_parts = parts;
    return lines->status == UTFALL_OK;
}

static bool read_draws(utfall_replay *r)
{
    utfall_lines *lines = &r->lines;
    bool is_empty = false;
    if (!open_list(lines, "<draws>", "</draws>", &is_empty))
        return false;
    if (is_empty)
        return utfall_lines_end(lines, "</draws>");
    utfall_month *months = utfall_run_array(r->run, DRAWS_MAX, sizeof *months);
    utfall_money *draws = utfall_run_array(r->run, DRAWS_MAX, sizeof *draws);
    if (!months || !draws)
        return utfall_lines_refuse(lines, UTFALL_E_NOMEM, NULL);
    size_t count = 0;
    if (r->contract->budget_count > 0 && !read_parts(r, months, draws, &count))
        return false;
    while (r->contract->budget_count == 0 && next_in_list(lines, " <draw", "</draws>")) {
        utfall_value amount, month;
        if (!utfall_lines_attribute(lines, "amount", UTFALL_SPELL_INTEGER, &amount) ||
            !utfall_lines_attribute(lines, "month", UTFALL_SPELL_MONTH, &month) ||
            !utfall_lines_end(lines, "></draw>"))
            return false;
        if (count == DRAWS_MAX || (count > 0 && month.month.ordinal <= months[count - 1].ordinal))
            return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "the months do not ascend");
        months[count] = month.month;
        draws[count++].minor = amount.integer;
    }
    r->data->draw_months = months;
    r->data->draws = draws;
    r->data->draw_count = count;
    return utfall_lines_end(lines, "</draws>");
}

static bool read_agreed(utfall_replay *r)
{
    utfall_lines *lines = &r->lines;
    size_t window = r->contract->window_months, count = r->contract->group_count * window;
    bool is_empty = false;
    if (r->contract->design != UTFALL_DESIGN_AGREED)
        return true;
    if (!open_list(lines, "<agreed>", "</agreed>", &is_empty))
        return false;
    r->agreed = utfall_run_array(r->run, count, sizeof *r->agreed);
    if (!r->agreed)
        return utfall_lines_refuse(lines, UTFALL_E_NOMEM, NULL);
    for (size_t i = 0; i < count; i++) {
        utfall_value amount = {0}, group, k;
        if (!next_in_list(lines, " <month", "</agreed>"))
            return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "agreed months are missing");
        if ((utfall_lines_see(lines, " amount") &&
             !utfall_lines_attribute(lines, "amount", UTFALL_SPELL_RATIO, &amount)) ||
            !utfall_lines_attribute(lines, "group", UTFALL_SPELL_COUNT, &group) ||
            !utfall_lines_attribute(lines, "k", UTFALL_SPELL_COUNT, &k) ||
            !utfall_lines_end(lines, "></month>"))
            return false;
        if (group.count != i / window + 1 || k.count != i % window + 1)
            return utfall_lines_refuse(lines, UTFALL_E_SYNTAX,
                                       "groups and months do not follow each other");
        r->agreed[i] = amount.ratio;
    }
    r->data->agreed = (const utfall_rat *const *)r->agreed;
    return utfall_lines_next(lines) && utfall_lines_end(lines, "</agreed>");
}

static bool read_prices(utfall_replay *r)
{
    utfall_lines *lines = &r->lines;
    bool is_empty = false;
    size_t count = 0;
    if (!r->contract->prices.is_there)
        return true;
    if (!open_list(lines, "<prices>", "</prices>", &is_empty))
        return false;
    utfall_price_index *index = utfall_run_alloc(r->run, sizeof *index);
    const utfall_rat **values = utfall_run_array(r->run, PRICES_MAX, sizeof *values);
    if (!index || !values)
        return utfall_lines_refuse(lines, UTFALL_E_NOMEM, NULL);
    *index = (utfall_price_index){.values = values};
    r->data->price_index = index;
    while (!is_empty && next_in_list(lines, " <price", "</prices>")) {
        utfall_value month, value;
        if (!utfall_lines_attribute(lines, "month", UTFALL_SPELL_MONTH, &month) ||
            !utfall_lines_attribute(lines, "value", UTFALL_SPELL_RATIO, &value) ||
            !utfall_lines_end(lines, "></price>"))
            return false;
        if (count == 0)
            index->first = month.month;
        int64_t place = (int64_t)month.month.ordinal - index->first.ordinal;
        if (place < (int64_t)count || place >= PRICES_MAX)
            return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "the months do not ascend");
        if (utfall_rat_sign(value.ratio) <= 0)
            return utfall_lines_refuse(lines, UTFALL_E_RANGE, "a price is not above 0");
        values[place] = value.ratio;
        index->count = count = (size_t)place + 1;
    }
    return utfall_lines_end(lines, "</prices>");
}

/* An attribute that need not be there. */
static bool maybe(utfall_lines *lines, const char *name, utfall_spelling spelling,
                  utfall_value *out)
{
    size_t len = strlen(name);
    const size_t at = lines->at;
    if (lines->len - at < len + 2 || lines->line[at] != ' ' ||
        memcmp(lines->line + at + 1, name, len) != 0 || lines->line[at + 1 + len] != '=')
        return true;
    return utfall_lines_attribute(lines, name, spelling, out);
}

static bool read_scale(utfall_replay *r, utfall_scale_result *scale)
{
    utfall_lines *lines = &r->lines;
    utfall_value id, improved, missing, persons, unchanged, worse;
    const char *sums = NULL;
    size_t len = 0;
    if (!utfall_lines_attribute(lines, "id", UTFALL_SPELL_TEXT, &id) ||
        !utfall_lines_attribute(lines, "improved", UTFALL_SPELL_COUNT, &improved) ||
        !utfall_lines_attribute(lines, "missing", UTFALL_SPELL_COUNT, &missing) ||
        !utfall_lines_attribute(lines, "persons", UTFALL_SPELL_COUNT, &persons) ||
        !utfall_lines_raw(lines, "sums", &sums, &len))
        return false;
    *scale = (utfall_scale_result){.id = id.text,
                                   .improved = improved.count,
                                   .missing = missing.count,
                                   .persons = persons.count};
    utfall_status status =
        utfall_scale_sums_parse(r->run, &scale->sums, &scale->occasions, sums, len);
    if (status != UTFALL_OK)
        return utfall_lines_refuse(lines, status, "sums are exact numbers with one space between");
    if (!utfall_lines_attribute(lines, "unchanged", UTFALL_SPELL_COUNT, &unchanged) ||
        !utfall_lines_attribute(lines, "worse", UTFALL_SPELL_COUNT, &worse))
        return false;
    scale->unchanged = unchanged.count;
    scale->worse = worse.count;
    return utfall_lines_end(lines, "></scale>");
}

static bool read_scales(utfall_replay *r, utfall_outcome_result *outcome)
{
    utfall_lines *lines = &r->lines;
    utfall_scale_result *scales = utfall_run_array(r->run, UTFALL_SCALES_MAX, sizeof *scales);
    if (!scales)
        return utfall_lines_refuse(lines, UTFALL_E_NOMEM, NULL);
    outcome->scales = scales;
    while (next_in_list(lines, "  <scale", " </outcome>")) {
        if (outcome->scale_count == UTFALL_SCALES_MAX)
            return utfall_lines_refuse(lines, UTFALL_E_RANGE, "there are too many scales");
        if (!read_scale(r, &scales[outcome->scale_count++]))
            return false;
    }
    return utfall_lines_end(lines, " </outcome>");
}

static bool read_outcome(utfall_replay *r, size_t i)
{
    utfall_lines *lines = &r->lines;
    utfall_value claims = {0}, excluded, excluded_sum = {0}, missing = {0}, persons, rate = {0};
    utfall_value sum = {0};
    const char *id = NULL;
    if (utfall_detail_escaped(r->run, &id, r->contract->outcomes[i].id) != UTFALL_OK)
        return utfall_lines_refuse(lines, UTFALL_E_NOMEM, NULL);
    if (!next_in_list(lines, " <outcome", "</outcomes>"))
        return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "an outcome is missing");
    if (!maybe(lines, "claims", UTFALL_SPELL_RATIO, &claims) ||
        !utfall_lines_attribute(lines, "excluded", UTFALL_SPELL_COUNT, &excluded) ||
        !maybe(lines, "excluded_sum", UTFALL_SPELL_RATIO, &excluded_sum) ||
        !utfall_lines_expect(lines, " id=\"") || !utfall_lines_expect(lines, id) ||
        !utfall_lines_expect(lines, "\"") ||
        !maybe(lines, "missing", UTFALL_SPELL_COUNT, &missing) ||
        !utfall_lines_attribute(lines, "persons", UTFALL_SPELL_COUNT, &persons) ||
        !maybe(lines, "rate", UTFALL_SPELL_RATIO, &rate) ||
        !maybe(lines, "sum", UTFALL_SPELL_RATIO, &sum))
        return false;
    r->outcomes[i] = (utfall_outcome_result){.sum = sum.ratio,
                                             .persons = persons.count,
                                             .excluded = excluded.count,
                                             .excluded_sum = excluded_sum.ratio,
                                             .missing = missing.count,
                                             .rate = rate.ratio,
                                             .claims = claims.ratio};
    if (utfall_lines_see(lines, "></outcome>"))
        return utfall_lines_end(lines, "></outcome>");
    return utfall_lines_end(lines, ">") && read_scales(r, &r->outcomes[i]);
}

static bool read_outcomes(utfall_replay *r)
{
    bool is_empty = false;
    r->outcomes = utfall_run_array(r->run, r->contract->outcome_count, sizeof *r->outcomes);
    if (!r->outcomes)
        return utfall_lines_refuse(&r->lines, UTFALL_E_NOMEM, NULL);
    r->data->outcomes = r->outcomes;
    if (!open_list(&r->lines, "<outcomes>", "</outcomes>", &is_empty))
        return false;
    for (size_t i = 0; i < r->contract->outcome_count; i++) {
        if (!read_outcome(r, i))
            return false;
    }
    return (is_empty || utfall_lines_next(&r->lines)) && utfall_lines_end(&r->lines, "</outcomes>");
}

/* Each person takes a part of the file: at least the names, and two bytes a month. */
static bool people_fit(uint64_t persons, uint64_t months, uint64_t bytes)
{
    return persons <= bytes / (UTFALL_DETAIL_PERSON_MIN + 2 * months);
}

/* Shape of both cohorts. */
static bool read_root(utfall_replay *r)
{
    utfall_lines *lines = &r->lines;
    const char *id = NULL;
    utfall_value v[4];
    if (utfall_detail_escaped(r->run, &id, r->contract->id) != UTFALL_OK)
        return utfall_lines_refuse(lines, UTFALL_E_NOMEM, NULL);
    if (!utfall_lines_next(lines) ||
        !utfall_lines_end(lines, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>") ||
        !utfall_lines_next(lines) ||
        !utfall_lines_expect(lines, "<detail xmlns=\"" UTFALL_DETAIL_NAMESPACE "\"") ||
        !utfall_lines_attribute(lines, "comparison", UTFALL_SPELL_COUNT, &v[0]) ||
        !utfall_lines_attribute(lines, "comparison_months", UTFALL_SPELL_COUNT, &v[1]) ||
        !utfall_lines_expect(lines, " contract=\"") || !utfall_lines_expect(lines, id) ||
        !utfall_lines_expect(lines, "\"") ||
        !utfall_lines_attribute(lines, "target", UTFALL_SPELL_COUNT, &v[2]) ||
        !utfall_lines_attribute(lines, "target_months", UTFALL_SPELL_COUNT, &v[3]) ||
        !utfall_lines_end(lines, ">"))
        return utfall_lines_refuse(lines, UTFALL_E_SYNTAX, "the file ends too early");
    uint64_t window = r->contract->window_months, bytes = r->expected->bytes;
    if ((v[0].count > 0 && v[1].count < window) || v[1].count > UTFALL_WINDOW_MAX ||
        (v[2].count > 0 && v[3].count < window) || v[3].count > UTFALL_WINDOW_MAX)
        return utfall_lines_refuse(lines, UTFALL_E_CONFLICT,
                                   "people have fewer months than the contract's window, or more "
                                   "than 240");
    if (!people_fit(v[0].count, v[1].count, bytes) || !people_fit(v[2].count, v[3].count, bytes) ||
        v[0].count + v[2].count != r->expected->leaves)
        return utfall_lines_refuse(lines, UTFALL_E_CONFLICT,
                                   "the number of people is not the number of leaves that the "
                                   "ledger states");
    r->data->comparison.persons = (size_t)v[0].count;
    r->data->comparison.months = (uint32_t)v[1].count;
    r->data->target.persons = (size_t)v[2].count;
    r->data->target.months = (uint32_t)v[3].count;
    return true;
}

static bool read_lines(utfall_replay *r)
{
    if (!read_root(r) || !read_draws(r) || !read_agreed(r) || !read_prices(r) ||
        !read_outcomes(r) || !utfall_replay_people(r))
        return false;
    if (!utfall_lines_next(&r->lines) || !utfall_lines_end(&r->lines, "</detail>"))
        return utfall_lines_refuse(&r->lines, UTFALL_E_SYNTAX, "expected </detail>");
    return !utfall_lines_next(&r->lines) ||
           utfall_lines_refuse(&r->lines, UTFALL_E_SYNTAX, "more follows after </detail>");
}

/* Before a line is looked at. */
static utfall_status check_digest(utfall_replay *r, uint64_t size)
{
    bool is_named = size == r->expected->bytes;
    utfall_status status = UTFALL_OK;
    if (is_named)
        status = utfall_marks_make(r->run, &r->marks, &is_named, r->lines.path, r->lines.descriptor,
                                   size, r->expected->sha256);
    if (status != UTFALL_OK || is_named)
        return status;
    return refuse(
        r->run, r->lines.path,
        "this is not the detail file that the ledger names: size or SHA-256 differ",
        "take the file that was written together with the ledger; after a settlement that "
        "was cut off between the two, settle again");
}

static utfall_status read_checked(utfall_replay *r)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    if (EVP_DigestInit_ex(r->lines.hash, EVP_sha256(), NULL) != 1)
        return UTFALL_E_NOMEM;
    bool is_read = read_lines(r);
    if (r->lines.status != UTFALL_OK)
        return r->lines.status;
    if (!is_read || EVP_DigestFinal_ex(r->lines.hash, digest, NULL) != 1)
        return UTFALL_E_NOMEM;
    if (r->lines.bytes != r->expected->bytes || memcmp(digest, r->expected->sha256, 32) != 0)
        return refuse(r->run, r->lines.path, "the file changed while it was read", NULL);
    uint8_t root[32];
    if (!r->secret)
        return UTFALL_OK;
    if (!utfall_merkle_finish(&r->tree, root))
        return UTFALL_E_NOMEM;
    if (memcmp(root, r->expected->root, 32) != 0)
        return refuse(r->run, r->lines.path,
                      "the Merkle root of the lines is not the one that the ledger states",
                      "is this the secret that the file was made with?");
    return UTFALL_OK;
}

static utfall_status replay(utfall_replay *r, uint64_t size)
{
    r->data = utfall_run_alloc(r->run, sizeof *r->data);
    r->lines.buffer = utfall_run_alloc(r->run, UTFALL_DETAIL_LINE_MAX);
    r->lines.hash = EVP_MD_CTX_new();
    if (!r->data || !r->lines.buffer || !r->lines.hash)
        return UTFALL_E_NOMEM;
    utfall_status status = check_digest(r, size);
    if (status == UTFALL_OK && !utfall_lines_seek(&r->lines, 0, 1))
        status = r->lines.status;
    if (status == UTFALL_OK)
        status = prepare_groups(r);
    if (status == UTFALL_OK && r->secret)
        utfall_merkle_start(&r->tree);
    return status == UTFALL_OK ? read_checked(r) : status;
}

utfall_status utfall_detail_read(utfall_run *run, const utfall_case **out, bool *root_checked,
                                 const char *path, const utfall_contract *contract,
                                 const utfall_detail *expected, const uint8_t *secret,
                                 uint32_t threads)
{
    if (!expected->name)
        return refuse(run, path, "the ledger names no detail file", NULL);
    utfall_replay *r = utfall_run_alloc(run, sizeof *r);
    if (!r)
        return UTFALL_E_NOMEM;
    *r = (utfall_replay){.run = run,
                         .contract = contract,
                         .expected = expected,
                         .threads = threads,
                         .secret = secret,
                         .lines = {.run = run, .path = path, .descriptor = -1}};
    uint64_t size = 0;
    utfall_status status = utfall_file_open(run, &r->lines.descriptor, &size, path);
    if (status != UTFALL_OK)
        return status;
    status = replay(r, size);
    uint8_t unused[32];
    if (r->tree.hash)
        (void)utfall_merkle_finish(&r->tree, unused);
    EVP_MD_CTX_free(r->lines.hash);
    (void)close(r->lines.descriptor);
    if (status != UTFALL_OK)
        return status;
    *out = r->data;
    *root_checked = secret != NULL;
    return UTFALL_OK;
}
