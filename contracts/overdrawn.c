/* contracts/overdrawn.c - project cost drawn beside the commitment.
 *
 * In: a case that was read. Out: a warning when more was drawn than the investor promised, from the
 * month on from which that holds to the end. It is settled all the same: what binds is the
 * contract's to say, and slices that end at `drawn` follow it. */
#include "contracts/document.h"
#include "contracts/tables.h"

#include <string.h>

/* "SEK 2 000 000.00", of an amount that is not negative. */
static const char *amount_words(utfall_run *run, const char *currency, utfall_money amount)
{
    char text[40];
    size_t at = sizeof text;
    int64_t rest = amount.minor;
    text[--at] = '\0';
    for (int digits = 0; digits < 3 || rest > 0; digits++) {
        if (digits == 2)
            text[--at] = '.';
        else if (digits > 2 && (digits - 2) % 3 == 0)
            text[--at] = ' ';
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    return utfall_run_join(run, currency, " ", text + at, (const char *)NULL);
}

/* What was drawn in all, and the month from which on it is more than was promised; false when it is
 * not, or too large for a sum, which the settlement refuses. */
static bool is_overdrawn(const utfall_case *data, utfall_money commitment, utfall_money *drawn,
                         utfall_month *since)
{
    bool is_over = false;
    for (size_t i = 0; i < data->draw_count; i++) {
        if (utfall_money_add(drawn, *drawn, data->draws[i]) != UTFALL_OK)
            return false;
        if (!is_over)
            *since = data->draw_months[i];
        is_over = drawn->minor > commitment.minor;
    }
    return is_over;
}

void utfall_warn_overdrawn(utfall_run *run, const utfall_contract *contract,
                           const utfall_table *table, const char *folder, const utfall_case *data)
{
    utfall_money drawn = {0};
    utfall_month since = {0};
    if (contract->commitment.minor < 0 || !is_overdrawn(data, contract->commitment, &drawn, &since))
        return;
    char month[8];
    utfall_month_text(month, since);
    utfall_finding finding = {
        .code = UTFALL_E_CONFLICT,
        .severity = UTFALL_WARNING,
        .at = table->file != NULL ? (utfall_loc){.file = utfall_feed_path(run, table, folder)}
                                  : utfall_contract_loc(contract, "financing.drawn"),
        .path = "financing.drawn",
        .message = utfall_run_join(run, amount_words(run, contract->currency, drawn),
                                   " was drawn, more than the commitment of ",
                                   amount_words(run, contract->currency, contract->commitment),
                                   ", from ", month, " on", (const char *)NULL),
        .hint = "it is settled as drawn; is the commitment right, and is every amount drawn of it?",
        .also = utfall_contract_loc(contract, "financing.commitment"),
        .also_message = "the commitment is here",
    };
    (void)utfall_run_report(run, &finding);
}
