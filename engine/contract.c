/* engine/contract.c - from typed terms to a contract: checked as a whole, labelled, frozen.
 *
 * In: a draft whose values are each of the right type. Out: a copy with the groups named and every
 * step's rounding filled in. Invariant of what comes out: indices lie inside their arrays, counts
 * inside their bounds, ids are distinct, slices and tables ascend; nothing later checks this again.
 * Every fault is told, with its place, before the draft is refused. */
#include "engine/checks.h"
#include <string.h>
#include "engine/core/ban.h"

/* ---- places ---- */

/* Whether `inner` is a path inside the first `len` bytes of `path`. */
static bool lies_inside(const char *inner, const char *path, size_t len)
{
    return strncmp(inner, path, len) == 0 &&
           (len == 0 || inner[len] == '.' || inner[len] == '[' || inner[len] == '\0');
}

utfall_loc utfall_contract_loc(const utfall_contract *contract, const char *path)
{
    for (size_t i = 0; i < contract->term_count; i++)
        if (strcmp(contract->terms[i].path, path) == 0)
            return contract->terms[i].at;
    /* The first term inside the path, else inside what is around it, and so on outwards. */
    for (size_t len = strlen(path);; len--) {
        bool is_step = path[len] == '\0' || path[len] == '.' || path[len] == '[' || len == 0;
        for (size_t i = 0; is_step && i < contract->term_count; i++)
            if (lies_inside(contract->terms[i].path, path, len))
                return contract->terms[i].at;
        if (len == 0)
            return (utfall_loc){"", 0, 0};
    }
}

const char *utfall__written(utfall__check *check, const char *path, const char *otherwise)
{
    const utfall_contract *contract = check->contract;
    for (size_t i = 0; path && i < contract->term_count; i++)
        if (strcmp(contract->terms[i].path, path) == 0)
            return utfall_run_join(check->run, "\"", contract->terms[i].value, "\"",
                                   (const char *)NULL);
    return otherwise;
}

const char *utfall__item(utfall__check *check, const char *list, size_t i, const char *key)
{
    const char *number = utfall_run_decimal(check->run, (int64_t)i);
    if (!number || !list)
        return NULL;
    return utfall_run_join(check->run, list, "[", number, key ? "]." : "]", key ? key : "",
                           (const char *)NULL);
}

static bool is_plain(const char *key)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return key[0] != '\0' && key[strspn(key, plain)] == '\0';
}

const char *utfall__member(utfall__check *check, const char *map, const char *key)
{
    if (is_plain(key))
        return utfall_run_join(check->run, map, ".", key, (const char *)NULL);
    char *quoted = utfall_run_array(check->run, strlen(key) + 2, 2);
    if (!quoted)
        return NULL;
    size_t to = 0;
    quoted[to++] = '"';
    for (; *key; key++) {
        if (*key == '"' || *key == '\\')
            quoted[to++] = '\\';
        quoted[to++] = *key;
    }
    quoted[to] = '"';
    return utfall_run_join(check->run, map, ".", quoted, (const char *)NULL);
}

void utfall__fault(utfall__check *check, utfall_status code, const char *path, const char *clause,
                   const char *also_path, const char *message, const char *hint)
{
    if (!path || !message) {
        utfall_run_fail(check->run, UTFALL_E_NOMEM);
        code = UTFALL_E_NOMEM;
    } else {
        utfall_loc nowhere = {"", 0, 0};
        (void)utfall_run_report(
            check->run,
            &(utfall_finding){
                .code = code,
                .severity = UTFALL_ERROR,
                .at = utfall_contract_loc(check->contract, path),
                .also = also_path ? utfall_contract_loc(check->contract, also_path) : nowhere,
                .also_message = also_path ? "the other one is here" : NULL,
                .path = path,
                .clause = clause && clause[0] ? clause : NULL,
                .message = message,
                .hint = hint,
            });
    }
    if (check->status == UTFALL_OK)
        check->status = code;
}

/* ---- groups ---- */

size_t utfall_factor_levels(const utfall_factor *factor)
{
    switch (factor->kind) {
    case UTFALL_FACTOR_CUTS:
        return factor->count + 1;
    case UTFALL_FACTOR_VALUES:
        return factor->count;
    case UTFALL_FACTOR_EACH:
        return 2;
    }
    return 0;
}

size_t utfall_factor_level(const utfall_factor *factor, int32_t value)
{
    size_t level = 0;
    switch (factor->kind) {
    case UTFALL_FACTOR_CUTS:
        while (level < factor->count && factor->cuts[level] <= value)
            level++;
        return level;
    case UTFALL_FACTOR_VALUES:
        return (size_t)value;
    case UTFALL_FACTOR_EACH:
        return value != 0;
    }
    return 0;
}

size_t utfall_group_of(const utfall_contract *contract, const int32_t *attributes)
{
    size_t group = 0;
    for (size_t i = 0; i < contract->factor_count; i++)
        group = group * utfall_factor_levels(&contract->factors[i]) +
                utfall_factor_level(&contract->factors[i], attributes[i]);
    return group;
}

static const char *cut_label(utfall_run *run, const utfall_factor *factor, size_t level)
{
    const char *end = (const char *)NULL;
    if (level == 0)
        return utfall_run_join(run, "<", utfall_run_decimal(run, factor->cuts[0]), end);
    int64_t from = factor->cuts[level - 1];
    const char *first = utfall_run_decimal(run, from);
    if (level == factor->count)
        return first ? utfall_run_join(run, first, "+", end) : NULL;
    int64_t to = (int64_t)factor->cuts[level] - 1;
    const char *last = utfall_run_decimal(run, to);
    if (from == to || !first || !last)
        return first;
    return utfall_run_join(run, first, "-", last, end);
}

static const char *level_label(utfall_run *run, const utfall_factor *factor, size_t level)
{
    switch (factor->kind) {
    case UTFALL_FACTOR_CUTS:
        return cut_label(run, factor, level);
    case UTFALL_FACTOR_VALUES:
        return factor->values[level];
    case UTFALL_FACTOR_EACH:
        return level ? "yes" : "no";
    }
    return NULL;
}

/* Labels of the groups of the first factors, then each of them with every level of the next: the
 * last factor runs fastest. */
static utfall_status label_groups(utfall_run *run, utfall_contract *contract)
{
    static const char *const all[] = {"all"};
    const char *const *labels = all;
    size_t count = 1;
    for (size_t f = 0; f < contract->factor_count; f++) {
        size_t levels = utfall_factor_levels(&contract->factors[f]);
        const char **next = utfall_run_array(run, count * levels, sizeof *next);
        if (!next)
            return UTFALL_E_NOMEM;
        for (size_t i = 0; i < count * levels; i++) {
            const char *part = level_label(run, &contract->factors[f], i % levels);
            next[i] = f == 0 || !part
                          ? part
                          : utfall_run_join(run, labels[i / levels], "/", part, (const char *)NULL);
            if (!next[i])
                return UTFALL_E_NOMEM;
        }
        labels = next;
        count *= levels;
    }
    contract->group_count = count;
    contract->group_labels = labels;
    return UTFALL_OK;
}

/* ---- parties, months, groups, money ---- */

static void check_parties(utfall__check *check)
{
    const utfall_contract *c = check->contract;
    if (c->party_count == 0 || c->party_count > UTFALL_PARTIES_MAX) {
        utfall__fault(check, UTFALL_E_RANGE, "parties", NULL, NULL,
                      "a contract has 1 to 32 parties", "list them under parties:");
        return;
    }
    for (size_t i = 0; i < c->party_count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(c->parties[i].id, c->parties[j].id) == 0) {
                utfall__fault(check, UTFALL_E_CONFLICT, utfall__item(check, "parties", i, "id"),
                              NULL, utfall__item(check, "parties", j, "id"),
                              utfall_run_join(check->run, "two parties are called \"",
                                              c->parties[i].id, "\"", (const char *)NULL),
                              "give each party an id of its own");
                break;
            }
    if (c->investor >= c->party_count)
        utfall__fault(check, UTFALL_E_MISSING, "financing.investor", NULL, NULL,
                      "the investor is not one of the parties", "name the id of a party");
    else if (c->parties[c->investor].role != UTFALL_ROLE_INVESTOR)
        utfall__fault(check, UTFALL_E_CONFLICT, "financing.investor", NULL,
                      utfall__item(check, "parties", c->investor, "role"),
                      utfall_run_join(check->run, "\"", c->parties[c->investor].id,
                                      "\" provides the money but its role is ",
                                      utfall_role_names[c->parties[c->investor].role],
                                      (const char *)NULL),
                      "give that party the role investor, or name another party");
    if (c->saving_to >= c->party_count)
        utfall__fault(check, UTFALL_E_MISSING, "evaluation.saving_to", NULL, NULL,
                      "whose cost the saving is, is not one of the parties",
                      "name the id of a party");
    else if (c->saving_to == c->investor)
        utfall__fault(
            check, UTFALL_E_CONFLICT, "evaluation.saving_to", NULL, "financing.investor",
            utfall_run_join(check->run, "\"", c->parties[c->saving_to].id,
                            "\" is both the investor and the one whose cost the saving is",
                            (const char *)NULL),
            "name the party that pays for outcomes");
    if (c->residue_to >= c->party_count)
        utfall__fault(check, UTFALL_E_MISSING, "rounding.residue_to", NULL, NULL,
                      "who bears the rounding residue is not one of the parties",
                      "name the id of a party");
}

static void check_months(utfall__check *check)
{
    const utfall_contract *c = check->contract;
    if (c->window_months < 1 || c->window_months > UTFALL_WINDOW_MAX) {
        utfall__fault(check, UTFALL_E_RANGE, "evaluation.window", NULL, NULL,
                      utfall_run_join(check->run, "the window is ",
                                      utfall_run_decimal(check->run, c->window_months),
                                      " months: expected 1 to 240", (const char *)NULL),
                      "a window is counted from each person's own start");
        return;
    }
    if (c->payment_months < 1 || c->payment_months > c->window_months)
        utfall__fault(check, UTFALL_E_RANGE, "evaluation.payment_window", NULL, "evaluation.window",
                      utfall_run_join(check->run, "payment looks at ",
                                      utfall_run_decimal(check->run, c->payment_months),
                                      " months: expected 1 to the window's ",
                                      utfall_run_decimal(check->run, c->window_months),
                                      (const char *)NULL),
                      "months after the window are not evaluated, so they cannot be paid for");
}

static void check_cuts(utfall__check *check, const utfall_factor *factor, const char *path)
{
    for (size_t i = 1; i < factor->count; i++)
        if (factor->cuts[i] <= factor->cuts[i - 1])
            utfall__fault(check, UTFALL_E_RANGE, utfall__item(check, path, i, NULL), NULL, NULL,
                          utfall_run_join(check->run, "cut point ",
                                          utfall_run_decimal(check->run, factor->cuts[i]),
                                          " does not lie above ",
                                          utfall_run_decimal(check->run, factor->cuts[i - 1]),
                                          (const char *)NULL),
                          "write the cut points in ascending order, each once");
}

static void check_values(utfall__check *check, const utfall_factor *factor, const char *path)
{
    for (size_t i = 1; i < factor->count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(factor->values[i], factor->values[j]) == 0) {
                utfall__fault(check, UTFALL_E_CONFLICT, utfall__item(check, path, i, NULL), NULL,
                              utfall__item(check, path, j, NULL),
                              utfall_run_join(check->run, "\"", factor->values[i],
                                              "\" is there twice", (const char *)NULL),
                              "write each value once");
                break;
            }
}

/* True when there are few enough groups to make their labels. */
static bool check_factors(utfall__check *check)
{
    const utfall_contract *c = check->contract;
    const char *root = "evaluation.groups";
    if (c->factor_count > UTFALL_FACTORS_MAX) {
        utfall__fault(check, UTFALL_E_RANGE, root, NULL, NULL,
                      "people are grouped by more than 8 attributes", "group by fewer attributes");
        return false;
    }
    size_t groups = 1;
    for (size_t f = 0; f < c->factor_count; f++) {
        const utfall_factor *factor = &c->factors[f];
        const char *path = utfall__member(check, root, factor->attribute);
        size_t levels = utfall_factor_levels(factor);
        if (!path || levels == 0 || (factor->kind == UTFALL_FACTOR_CUTS && factor->count == 0)) {
            utfall__fault(check, UTFALL_E_MISSING, path, NULL, NULL,
                          utfall_run_join(check->run, "\"", factor->attribute, "\" makes no groups",
                                          (const char *)NULL),
                          "give cut points, values, or the word each");
            return false;
        }
        if (levels > UTFALL_GROUPS_MAX / groups) {
            utfall__fault(check, UTFALL_E_RANGE, path, NULL, NULL, "there are more than 256 groups",
                          "use fewer cut points or values; each group needs comparison people");
            return false;
        }
        groups *= levels;
        if (factor->kind == UTFALL_FACTOR_CUTS)
            check_cuts(check, factor, path);
        if (factor->kind == UTFALL_FACTOR_VALUES)
            check_values(check, factor, path);
        for (size_t g = 0; g < f; g++)
            if (strcmp(c->factors[g].attribute, factor->attribute) == 0)
                utfall__fault(check, UTFALL_E_CONFLICT, path, NULL, NULL,
                              utfall_run_join(check->run, "people are grouped twice by \"",
                                              factor->attribute, "\"", (const char *)NULL),
                              "give one list of cut points or values");
    }
    return true;
}

/* Values that hold a slash can make two labels alike, and a label is what a group is known by. */
static void check_labels(utfall__check *check)
{
    const utfall_contract *c = check->contract;
    for (size_t i = 1; i < c->group_count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(c->group_labels[i], c->group_labels[j]) == 0) {
                utfall__fault(check, UTFALL_E_CONFLICT, "evaluation.groups", NULL, NULL,
                              utfall_run_join(check->run, "two groups are both called \"",
                                              c->group_labels[i], "\"", (const char *)NULL),
                              "leave the slash out of the values that people are grouped by");
                return;
            }
}

void utfall__check_rounding(utfall__check *check, const char *path, const char *clause,
                            utfall_rounding rounding)
{
    if (rounding.unit_minor <= 0)
        utfall__fault(check, UTFALL_E_RANGE, path, clause, NULL,
                      utfall_run_join(check->run, utfall__written(check, path, "the unit"),
                                      " is not a unit to round to: expected more than 0",
                                      (const char *)NULL),
                      "write 0.01 SEK for whole öre, 1 SEK for whole kronor");
}

/* ---- the contract ---- */

/* Steps that name no rounding (unit 0) have the contract's. */
static utfall_status fill_rounding(utfall_run *run, utfall_contract *contract)
{
    utfall_step *steps = utfall_run_array(run, contract->step_count, sizeof *steps);
    if (!steps)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < contract->step_count; i++) {
        steps[i] = contract->steps[i];
        if (steps[i].rounding.unit_minor == 0)
            steps[i].rounding = contract->rounding;
    }
    contract->steps = steps;
    return UTFALL_OK;
}

utfall_status utfall_contract_new(utfall_run *run, const utfall_contract **out,
                                  const utfall_contract *draft)
{
    utfall_contract *contract = utfall_run_alloc(run, sizeof *contract);
    if (!contract)
        return UTFALL_E_NOMEM;
    *contract = *draft;
    utfall__check check = {run, contract, UTFALL_OK};
    check_parties(&check);
    check_months(&check);
    bool has_groups = check_factors(&check);
    if (contract->commitment.minor < 0)
        utfall__fault(&check, UTFALL_E_RANGE, "financing.commitment", NULL, NULL,
                      "the commitment is negative", "write the amount promised");
    utfall__check_rounding(&check, "rounding.unit", NULL, contract->rounding);
    utfall__check_outcomes(&check);
    utfall__check_waterfall(&check);
    if (has_groups && label_groups(run, contract) != UTFALL_OK)
        return UTFALL_E_NOMEM;
    if (has_groups && check.status == UTFALL_OK)
        check_labels(&check);
    if (check.status != UTFALL_OK)
        return check.status;
    if (fill_rounding(run, contract) != UTFALL_OK)
        return UTFALL_E_NOMEM;
    *out = contract;
    return UTFALL_OK;
}
