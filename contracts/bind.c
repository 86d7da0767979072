/* contracts/bind.c - a document to a contract. Input: a tree whose scalars are typed. Invariant:
 * what the contract refers to exists, amounts are in its currency, and every fault of the whole
 * document has been told before it is refused; what only arithmetic can tell is left to
 * utfall_contract_new. */
#include "contracts/bind.h"

#include <string.h>

const utfall_node *utfall_slot(const utfall_node *map, utfall_term_id term)
{
    if (map == NULL || map->slots == NULL)
        return NULL;
    return map->slots[(size_t)term - utfall_shapes[utfall_term_rules[term].shape].first];
}

const utfall_node *utfall_slot_value(const utfall_node *map, utfall_term_id term)
{
    const utfall_node *node = utfall_slot(map, term);
    return node == NULL || node->value.type == UTFALL_TYPE_NONE ? NULL : node;
}

const char *utfall_slot_text(const utfall_node *map, utfall_term_id term)
{
    const utfall_node *node = utfall_slot_value(map, term);
    return node == NULL ? "" : node->text;
}

/* ---- faults ---- */

void utfall_bind_refuse(utfall_binder *binder, utfall_status code, const utfall_node *node,
                        const char *message, const char *hint)
{
    (void)utfall_node_report(binder->run, code, node, false, message, hint);
}

void utfall_bind_refuse_key(utfall_binder *binder, utfall_status code, const utfall_node *node,
                            const char *message, const char *hint)
{
    (void)utfall_node_report(binder->run, code, node, true, message, hint);
}

void utfall_bind_missing(utfall_binder *binder, const utfall_node *map, utfall_term_id term,
                         const char *why)
{
    utfall_missing_report(binder->run, map, &utfall_term_rules[term],
                          utfall_run_join(binder->run, " ", why, (const char *)NULL));
}

void utfall_bind_misplaced(utfall_binder *binder, const utfall_node *node, const char *why,
                           const utfall_node *other)
{
    (void)utfall_node_report_both(
        binder->run, UTFALL_E_CONFLICT, node, true,
        utfall_run_join(binder->run, "\"", node->key, "\" ", why, (const char *)NULL),
        "remove one of the two", other, true, "the other one is here");
}

bool utfall_bind_currency(utfall_binder *binder, const utfall_node *node)
{
    const char *unit = node->value.unit;
    if (unit == NULL || binder->currency == NULL || strcmp(unit, binder->currency->text) == 0)
        return true;
    (void)utfall_node_report_both(
        binder->run, UTFALL_E_UNIT, node, false,
        utfall_run_join(binder->run, "\"", utfall_text_short(binder->run, node->text, 80),
                        "\" is in ", unit, ": expected ", binder->currency->text,
                        ", the contract's currency", (const char *)NULL),
        "a contract has one currency", binder->currency, false, "the currency is stated here");
    return false;
}

/* ---- references ---- */

/* What a party or an outcome is called: its id as written, good or bad, or its key. */
static const char *reference_name(const utfall_node *node)
{
    if (node->key != NULL)
        return node->key;
    const utfall_node *id = utfall_slot(node, UTFALL_PARTY_id);
    return id == NULL || id->kind != UTFALL_SCALAR ? "" : id->text;
}

/* Number of `id` among `count` nodes. */
static size_t reference_find(const utfall_node *const *nodes, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(reference_name(nodes[i]), id) == 0)
            return i;
    }
    return SIZE_MAX;
}

static size_t reference_resolve(utfall_binder *binder, const utfall_node *node, const char *id,
                                const utfall_node *const *nodes, size_t count, const char *noun)
{
    size_t found = reference_find(nodes, count, id);
    if (found == SIZE_MAX && binder->is_cut)
        return SIZE_MAX; /* it may be one of those that were too many */
    if (found != SIZE_MAX || utfall_run_errors(binder->run) >= UTFALL_FINDINGS_MAX) {
        if (found == SIZE_MAX) /* only counted */
            utfall_bind_refuse(binder, UTFALL_E_MISSING, node, "", NULL);
        return found;
    }
    const char *names[UTFALL_PARTIES_MAX + 1];
    size_t named = 0;
    for (size_t i = 0; i < count && named < UTFALL_PARTIES_MAX; i++) {
        if (reference_name(nodes[i])[0] != '\0')
            names[named++] = reference_name(nodes[i]);
    }
    names[named] = NULL;
    const char *near = utfall_word_near(id, names);
    if (near != NULL && !utfall_id_is_sound(near, strlen(near)))
        return SIZE_MAX; /* it was told that this id is not written as it should be */
    utfall_bind_refuse(binder, UTFALL_E_MISSING, node,
                       utfall_run_join(binder->run, "\"", utfall_text_short(binder->run, id, 40),
                                       "\" is not one of the ", noun,
                                       named == 0 ? ": there are none" : ": expected ",
                                       utfall_words_list(binder->run, names), (const char *)NULL),
                       near == NULL ? NULL
                                    : utfall_run_join(binder->run, "did you mean \"", near, "\"?",
                                                      (const char *)NULL));
    return SIZE_MAX;
}

size_t utfall_bind_party(utfall_binder *binder, const utfall_node *node)
{
    if (node == NULL)
        return SIZE_MAX;
    return reference_resolve(binder, node, node->text, binder->parties, binder->draft.party_count,
                             "parties");
}

size_t utfall_bind_outcome(utfall_binder *binder, const utfall_node *node, const char *id)
{
    return reference_resolve(binder, node, id, binder->outcomes, binder->draft.outcome_count,
                             "outcomes");
}

/* ---- the parts ---- */

static void bind_head(utfall_binder *binder, const utfall_node *head)
{
    binder->draft.id = utfall_slot_text(head, UTFALL_CONTRACT_id);
    binder->draft.title = utfall_slot_text(head, UTFALL_CONTRACT_title);
    binder->draft.currency = utfall_slot_text(head, UTFALL_CONTRACT_currency);
    binder->draft.source = utfall_slot_text(head, UTFALL_CONTRACT_source);
    binder->draft.note = utfall_slot_text(head, UTFALL_CONTRACT_note);
    binder->currency = utfall_slot_value(head, UTFALL_CONTRACT_currency);
    const utfall_node *signed_on = utfall_slot_value(head, UTFALL_CONTRACT_signed_on);
    if (signed_on != NULL)
        binder->draft.signed_on = signed_on->value.date;
}

/* The last digit of a Swedish organisation number is a check digit (Luhn). */
static bool org_number_adds_up(const char *text)
{
    int sum = 0, place = 0;
    for (; *text != '\0'; text++) {
        if (*text == '-')
            continue;
        int digit = (*text - '0') * (place++ % 2 == 0 ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

static void check_org_number(utfall_binder *binder, const utfall_node *node)
{
    if (node == NULL)
        return;
    const char *text = node->text;
    bool is_swedish = strlen(text) == 11 && text[6] == '-' && strspn(text, "0123456789") == 6 &&
                      strspn(text + 7, "0123456789") == 4;
    if (is_swedish && !org_number_adds_up(text))
        utfall_node_warn(binder->run, UTFALL_E_SYNTAX, node,
                         utfall_run_join(binder->run, "the last digit of \"", text,
                                         "\" is not the check digit of the others",
                                         (const char *)NULL),
                         "compare it with the organisation's own papers");
}

bool utfall_bind_is_too_long(utfall_binder *binder, const utfall_node *list, size_t max,
                             const char *what)
{
    if (list->count <= max)
        return false;
    utfall_bind_refuse_key(binder, UTFALL_E_RANGE, list,
                           utfall_run_join(binder->run, "there are ",
                                           utfall_run_decimal(binder->run, (int64_t)list->count),
                                           " ", what, ": expected at most ",
                                           utfall_run_decimal(binder->run, (int64_t)max),
                                           (const char *)NULL),
                           NULL);
    binder->is_cut = true;
    return true;
}

static utfall_status bind_parties(utfall_binder *binder, const utfall_node *list)
{
    if (list == NULL || list->kind != UTFALL_LIST)
        return UTFALL_OK;
    size_t count = utfall_bind_is_too_long(binder, list, UTFALL_PARTIES_MAX, "parties")
                       ? UTFALL_PARTIES_MAX
                       : list->count;
    utfall_party *parties = utfall_run_array(binder->run, count, sizeof *parties);
    binder->parties = utfall_run_array(binder->run, count, sizeof(utfall_node *));
    if (parties == NULL || binder->parties == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const utfall_node *party = list->items[i];
        const utfall_node *role = utfall_slot_value(party, UTFALL_PARTY_role);
        parties[i].id = utfall_slot_text(party, UTFALL_PARTY_id);
        parties[i].name = utfall_slot_text(party, UTFALL_PARTY_name);
        parties[i].org_number = utfall_slot_text(party, UTFALL_PARTY_org_number);
        parties[i].role = role == NULL ? UTFALL_ROLE_INVESTOR : (utfall_role)role->value.whole;
        check_org_number(binder, utfall_slot_value(party, UTFALL_PARTY_org_number));
        binder->parties[i] = party;
    }
    binder->draft.parties = parties;
    binder->draft.party_count = count;
    return UTFALL_OK;
}

/* The party whose cost the saving is: the one named, or the only outcome payer. */
static void bind_saving_to(utfall_binder *binder, const utfall_node *evaluation)
{
    const utfall_node *named = utfall_slot(evaluation, UTFALL_EVALUATION_saving_to);
    if (named != NULL) {
        binder->draft.saving_to =
            utfall_bind_party(binder, utfall_slot_value(evaluation, UTFALL_EVALUATION_saving_to));
        return;
    }
    size_t payers = 0;
    binder->draft.saving_to = SIZE_MAX;
    for (size_t i = 0; i < binder->draft.party_count; i++) {
        if (utfall_slot_value(binder->parties[i], UTFALL_PARTY_role) == NULL)
            return; /* it was told that the role is not known */
        if (binder->draft.parties[i].role == UTFALL_ROLE_OUTCOME_PAYER) {
            binder->draft.saving_to = i;
            payers++;
        }
    }
    if (payers != 1 && binder->draft.party_count > 0 && !binder->is_cut)
        utfall_bind_missing(binder, evaluation, UTFALL_EVALUATION_saving_to,
                            payers == 0 ? "and no party is the outcome_payer"
                                        : "and several parties are outcome_payer");
}

static uint32_t bind_months(const utfall_node *node)
{
    return node->value.whole > INT32_MAX ? INT32_MAX : (uint32_t)node->value.whole;
}

static void bind_evaluation(utfall_binder *binder, const utfall_node *evaluation)
{
    const utfall_node *window = utfall_slot_value(evaluation, UTFALL_EVALUATION_window);
    const utfall_node *payment = utfall_slot_value(evaluation, UTFALL_EVALUATION_payment_window);
    const utfall_node *incomplete = utfall_slot_value(evaluation, UTFALL_EVALUATION_incomplete);
    if (window != NULL)
        binder->draft.window_months = bind_months(window);
    binder->draft.payment_months =
        payment == NULL ? binder->draft.window_months : bind_months(payment);
    if (incomplete != NULL)
        binder->draft.incomplete = (utfall_incomplete)incomplete->value.whole;
    if (evaluation != NULL && evaluation->slots != NULL)
        bind_saving_to(binder, evaluation);
}

static void bind_financing(utfall_binder *binder, const utfall_node *financing)
{
    const utfall_node *commitment = utfall_slot_value(financing, UTFALL_FINANCING_commitment);
    binder->draft.investor =
        utfall_bind_party(binder, utfall_slot_value(financing, UTFALL_FINANCING_investor));
    utfall_bind_returns(binder, financing);
    if (commitment == NULL || !utfall_bind_currency(binder, commitment))
        return;
    if (!commitment->value.is_even)
        utfall_bind_refuse(binder, UTFALL_E_RANGE, commitment,
                           utfall_run_join(binder->run, "\"", commitment->text,
                                           "\" has parts of a hundredth: expected two decimals",
                                           (const char *)NULL),
                           NULL);
    binder->draft.commitment = commitment->value.money;
}

utfall_rounding utfall_bind_rounding(utfall_binder *binder, const utfall_node *unit,
                                     const utfall_node *mode)
{
    utfall_rounding rounding = {UTFALL_ROUND_NEVER, 1};
    if (mode != NULL)
        rounding.mode = (utfall_mode)mode->value.whole;
    if (unit == NULL || !utfall_bind_currency(binder, unit))
        return rounding;
    if (!unit->value.is_even || unit->value.money.minor <= 0)
        utfall_bind_refuse(
            binder, UTFALL_E_RANGE, unit,
            utfall_run_join(binder->run, "\"", unit->text,
                            "\" is not a unit to round to: expected whole hundredths "
                            "above 0",
                            (const char *)NULL),
            "write 0.01 SEK for whole öre, 1 SEK for whole kronor");
    rounding.unit_minor = unit->value.money.minor;
    return rounding;
}

/* ---- the whole ---- */

static utfall_status bind_parts(utfall_binder *binder)
{
    const utfall_node *root = binder->document->root;
    const utfall_node *rounding = utfall_slot(root, UTFALL_ROOT_rounding);
    bind_head(binder, utfall_slot(root, UTFALL_ROOT_contract));
    utfall_status status = bind_parties(binder, utfall_slot(root, UTFALL_ROOT_parties));
    if (status == UTFALL_OK)
        status = utfall_bind_outcomes(binder);
    if (status == UTFALL_OK)
        status = utfall_bind_groups(binder);
    if (status != UTFALL_OK)
        return status;
    bind_evaluation(binder, utfall_slot(root, UTFALL_ROOT_evaluation));
    status = utfall_bind_interim(binder);
    if (status != UTFALL_OK)
        return status;
    bind_financing(binder, utfall_slot(root, UTFALL_ROOT_financing));
    status = utfall_bind_project_cost(binder);
    if (status != UTFALL_OK)
        return status;
    binder->draft.rounding =
        utfall_bind_rounding(binder, utfall_slot_value(rounding, UTFALL_ROUNDING_unit),
                             utfall_slot_value(rounding, UTFALL_ROUNDING_mode));
    binder->draft.residue_to =
        utfall_bind_party(binder, utfall_slot_value(rounding, UTFALL_ROUNDING_residue_to));
    status = utfall_bind_sources(binder);
    return status == UTFALL_OK ? utfall_bind_waterfall(binder) : status;
}

/* What a finding of a later stage lacks: the line it is about. `ctx` is the document,
 * which is only read: findings of several threads are completed at the same time. */
static const utfall_node *node_at(const utfall_node *node, const utfall_loc *at)
{
    if (node->kind == UTFALL_SCALAR)
        return node->line == at->line && node->column == at->column &&
                       strcmp(node->origin->shown, at->file) == 0
                   ? node
                   : NULL;
    for (size_t i = 0; i < node->count; i++) {
        const utfall_node *found = node_at(node->items[i], at);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void finding_complete(utfall_run *run, const void *ctx, utfall_finding *finding)
{
    const utfall_document *document = ctx;
    if (finding->excerpt != NULL || finding->at.line == 0 || finding->at.file == NULL)
        return;
    const utfall_node *node = node_at(document->root, &finding->at);
    if (node == NULL || node->origin->text == NULL)
        return;
    finding->excerpt = utfall_origin_excerpt(run, node->origin, node->line);
    finding->width = node->width;
}

/* Code of the first error after the first `before` ones. */
static utfall_status first_error(const utfall_run *run, uint64_t before)
{
    const utfall_finding *finding;
    for (size_t i = 0; (finding = utfall_run_finding(run, i)) != NULL; i++) {
        if (finding->severity == UTFALL_ERROR && before-- == 0)
            return finding->code;
    }
    return UTFALL_E_SCHEMA; /* more were reported than are kept */
}

utfall_status utfall_document_bind(utfall_run *run, const utfall_contract **contract,
                                   const utfall_sources **sources, const utfall_document *document)
{
    utfall_binder binder = {.run = run, .document = document};
    binder.sources = utfall_run_alloc(run, sizeof *binder.sources);
    if (binder.sources == NULL)
        return UTFALL_E_NOMEM;
    utfall_run_on_report(run, finding_complete, document);
    uint64_t errors = utfall_run_errors(run);
    utfall_status status = utfall_document_check(run, document);
    if (status == UTFALL_OK)
        status = bind_parts(&binder);
    if (status == UTFALL_OK && utfall_run_failure(run) != UTFALL_OK)
        status = utfall_run_failure(run);
    if (status != UTFALL_OK)
        return status;
    if (utfall_run_errors(run) != errors)
        return first_error(run, errors);
    status =
        utfall_document_flatten(run, &binder.draft.terms, &binder.draft.term_count, document, true);
    const utfall_contract *made = NULL;
    if (status == UTFALL_OK)
        status = utfall_contract_new(run, &made, &binder.draft);
    if (status == UTFALL_OK) {
        *contract = made;
        *sources = binder.sources;
    }
    return status;
}
