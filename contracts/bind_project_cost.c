/* contracts/bind_project_cost.c - the budget by category, and what providers have agreed to be paid
 * out of it.
 *
 * Input: the typed tree, with parties and outcomes bound. Invariant: every category named is one of
 * the budget, and what is held back hangs on an outcome. */
#include "contracts/bind.h"

#include <string.h>

/* An amount of 0 or more in the contract's currency. */
static bool amount_is_sound(utfall_binder *binder, const utfall_node *node)
{
    if (node == NULL || !utfall_bind_currency(binder, node))
        return false;
    if (node->value.is_even && node->value.money.minor >= 0)
        return true;
    utfall_bind_refuse(binder, UTFALL_E_RANGE, node,
                       utfall_run_join(binder->run, "\"", node->text,
                                       "\" cannot be set aside or paid: expected 0 or more, in "
                                       "whole hundredths",
                                       (const char *)NULL),
                       NULL);
    return false;
}

/* Number of a category among the first `count` of the budget; SIZE_MAX = none. */
static size_t category_find(const utfall_binder *binder, const char *category, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(binder->draft.budget[i].category, category) == 0)
            return i;
    return SIZE_MAX;
}

static utfall_status bind_budget(utfall_binder *binder, const utfall_node *list,
                                 const utfall_node *drawn)
{
    if (list == NULL || list->kind != UTFALL_LIST ||
        utfall_bind_is_too_long(binder, list, UTFALL_BUDGET_MAX, "categories"))
        return UTFALL_OK;
    utfall_budget *budget = utfall_run_array(binder->run, list->count, sizeof *budget);
    if (budget == NULL)
        return UTFALL_E_NOMEM;
    binder->draft.budget = budget;
    binder->draft.budget_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const utfall_node *item = list->items[i];
        const utfall_node *category = utfall_slot_value(item, UTFALL_BUDGET_category);
        const utfall_node *amount = utfall_slot_value(item, UTFALL_BUDGET_amount);
        budget[i].category = category == NULL ? "" : category->text;
        budget[i].clause = utfall_slot_text(item, UTFALL_BUDGET_clause);
        if (amount_is_sound(binder, amount))
            budget[i].amount = amount->value.money;
        if (category != NULL && category_find(binder, category->text, i) != SIZE_MAX)
            utfall_bind_refuse(binder, UTFALL_E_CONFLICT, category,
                               utfall_run_join(binder->run, "\"", category->text,
                                               "\" is in the budget twice", (const char *)NULL),
                               "add the two up");
    }
    if (drawn != NULL && drawn->kind == UTFALL_SCALAR)
        utfall_bind_misplaced(binder, list,
                              "needs a table of what was drawn, with a column category", drawn);
    return UTFALL_OK;
}

static size_t bind_category(utfall_binder *binder, const utfall_node *node)
{
    if (node == NULL)
        return SIZE_MAX;
    const size_t found = category_find(binder, node->text, binder->draft.budget_count);
    if (found == SIZE_MAX)
        utfall_bind_refuse(
            binder, UTFALL_E_MISSING, node,
            utfall_run_join(binder->run, "\"", utfall_text_short(binder->run, node->text, 80),
                            "\" is not a category of the budget", (const char *)NULL),
            "add it to financing.budget");
    return found;
}

static void bind_held_back(utfall_binder *binder, utfall_provider_pay *pay, const utfall_node *item)
{
    const utfall_node *held = utfall_slot_value(item, UTFALL_PROVIDER_PAY_held_back);
    const utfall_node *until = utfall_slot_value(item, UTFALL_PROVIDER_PAY_until);
    const utfall_node *category = utfall_slot_value(item, UTFALL_PROVIDER_PAY_held_category);
    pay->held_back = utfall_rat_of(binder->run, 0, 1);
    pay->until = SIZE_MAX;
    pay->held_category = bind_category(binder, category);
    if (held != NULL && until == NULL && utfall_slot(item, UTFALL_PROVIDER_PAY_until) == NULL)
        utfall_bind_missing(binder, item, UTFALL_PROVIDER_PAY_until, "with held_back");
    if (held == NULL && utfall_slot(item, UTFALL_PROVIDER_PAY_held_back) == NULL &&
        (until != NULL || category != NULL))
        utfall_bind_missing(binder, item, UTFALL_PROVIDER_PAY_held_back,
                            until != NULL ? "with until" : "with held_category");
    if (until != NULL)
        pay->until = utfall_bind_outcome(binder, until, until->text);
    if (held == NULL)
        return;
    pay->held_back = held->value.number;
    const utfall_rat *one = utfall_rat_of(binder->run, 1, 1);
    if (one != NULL && (utfall_rat_sign(held->value.number) < 0 ||
                        utfall_rat_compare(held->value.number, one) > 0))
        utfall_bind_refuse(binder, UTFALL_E_RANGE, held,
                           utfall_run_join(binder->run, "\"", held->text,
                                           "\" is not a part of a fee: expected 0 to 100%",
                                           (const char *)NULL),
                           NULL);
}

static void bind_pay(utfall_binder *binder, utfall_provider_pay *pays, size_t i,
                     const utfall_node *item)
{
    utfall_provider_pay *pay = &pays[i];
    const utfall_node *fee = utfall_slot_value(item, UTFALL_PROVIDER_PAY_fee);
    const utfall_node *id = utfall_slot_value(item, UTFALL_PROVIDER_PAY_id);
    pay->id = utfall_slot_text(item, UTFALL_PROVIDER_PAY_id);
    pay->clause = utfall_slot_text(item, UTFALL_PROVIDER_PAY_clause);
    pay->provider =
        utfall_bind_party(binder, utfall_slot_value(item, UTFALL_PROVIDER_PAY_provider));
    pay->category = bind_category(binder, utfall_slot_value(item, UTFALL_PROVIDER_PAY_category));
    pay->fee = utfall_rat_of_money(binder->run, amount_is_sound(binder, fee) ? fee->value.money
                                                                             : (utfall_money){0});
    bind_held_back(binder, pay, item);
    for (size_t k = 0; k < i && id != NULL; k++)
        if (strcmp(pays[k].id, pay->id) == 0)
            utfall_bind_refuse(binder, UTFALL_E_CONFLICT, id,
                               utfall_run_join(binder->run, "\"", pay->id,
                                               "\" is the id of two agreements",
                                               (const char *)NULL),
                               "give each an id of its own");
}

utfall_status utfall_bind_project_cost(utfall_binder *binder)
{
    const utfall_node *root = binder->document->root;
    const utfall_node *financing = utfall_slot(root, UTFALL_ROOT_financing);
    const utfall_node *list = utfall_slot(root, UTFALL_ROOT_provider_pay);
    const utfall_node *budget = utfall_slot(financing, UTFALL_FINANCING_budget);
    utfall_status status =
        bind_budget(binder, budget, utfall_slot(financing, UTFALL_FINANCING_drawn));
    if (status != UTFALL_OK || list == NULL || list->kind != UTFALL_LIST)
        return status;
    if (budget == NULL) {
        utfall_bind_missing(binder, financing, UTFALL_FINANCING_budget, "with provider_pay");
        return UTFALL_OK;
    }
    if (utfall_bind_is_too_long(binder, list, UTFALL_PROVIDER_PAYS_MAX, "agreements"))
        return UTFALL_OK;
    utfall_provider_pay *pays = utfall_run_array(binder->run, list->count, sizeof *pays);
    if (pays == NULL)
        return UTFALL_E_NOMEM;
    for (size_t i = 0; i < list->count; i++)
        bind_pay(binder, pays, i, list->items[i]);
    binder->draft.provider_pays = pays;
    binder->draft.provider_pay_count = list->count;
    return UTFALL_OK;
}
