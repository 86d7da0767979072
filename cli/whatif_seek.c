/* cli/whatif_seek.c - utfall whatif --seek: which value reaches a goal. Reads what is sought and
 * the goal from the command line; the engine solves. */
#include "cli/whatif.h"
#include <stdlib.h>
#include <string.h>

static utfall_status refuse(struct cli *cli, const char *option, const char *text, const char *hint)
{
    utfall_finding f = {.code = UTFALL_E_SYNTAX,
                        .at = {.file = option},
                        .message = utfall_run_join(cli->run, "\"", text, "\" is not understood",
                                                   (const char *)NULL),
                        .hint = hint};
    return f.message == NULL ? UTFALL_E_NOMEM : utfall_run_report(cli->run, &f);
}

/* ---- what is sought ---- */

static const struct {
    const char *name;
    utfall_unknown_quantity what;
} quantities[] = {{"saving", UTFALL_SEEK_SAVING},
                  {"cost", UTFALL_SEEK_COST},
                  {"persons", UTFALL_SEEK_PERSONS}},
  terms[] = {{"share", UTFALL_SEEK_SHARE},    {"price", UTFALL_SEEK_PRICE},
             {"limit", UTFALL_SEEK_LIMIT},    {"fixed", UTFALL_SEEK_FIXED},
             {"between[0]", UTFALL_SEEK_LOW}, {"between[1]", UTFALL_SEEK_HIGH},
             {"cap", UTFALL_SEEK_CAP},        {"floor", UTFALL_SEEK_FLOOR}};

/* "waterfall[2].share", or the step by its id: "return.share". */
static bool step_find(const utfall_contract *contract, const char *text, size_t len, size_t *step)
{
    for (size_t i = 0; i < contract->step_count; i++)
        if (strlen(contract->steps[i].id) == len && memcmp(contract->steps[i].id, text, len) == 0) {
            *step = i;
            return true;
        }
    if (len < 12 || memcmp(text, "waterfall[", 10) != 0 || text[len - 1] != ']')
        return false;
    char *end;
    const unsigned long number = strtoul(text + 10, &end, 10);
    *step = number;
    return text[10] >= '0' && text[10] <= '9' && end == text + len - 1 &&
           number < contract->step_count;
}

static utfall_status what_read(struct cli *cli, utfall_goal *goal, const utfall_contract *contract)
{
    const char *text = cli_value(cli, "seek"), *dot = strrchr(text, '.');
    for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++)
        if (strcmp(text, quantities[i].name) == 0) {
            goal->what = quantities[i].what;
            return UTFALL_OK;
        }
    for (size_t i = 0; dot != NULL && i < sizeof terms / sizeof *terms; i++)
        if (strcmp(dot + 1, terms[i].name) == 0 &&
            step_find(contract, text, (size_t)(dot - text), &goal->step)) {
            goal->what = terms[i].what;
            return UTFALL_OK;
        }
    return refuse(cli, "--seek", text,
                  "seek saving, cost, persons, or share, price, limit, fixed, between[0], "
                  "between[1], cap or floor of a step, e.g. waterfall[0].share");
}

/* ---- the goal ---- */

/* "5 000 000 SEK", "-12.50": the number before the currency, which may be left out. */
static utfall_status amount_read(struct cli *cli, const utfall_rat **out,
                                 const utfall_contract *contract, const char *text)
{
    char digits[40];
    size_t count = 0, len = strlen(text);
    const size_t unit = strlen(contract->currency);
    if (len > unit && strcmp(text + len - unit, contract->currency) == 0)
        len -= unit;
    for (size_t i = 0; i < len; i++)
        if (text[i] != ' ' && count < sizeof digits)
            digits[count++] = text[i];
    const utfall_rat *whole = NULL;
    if (count == sizeof digits ||
        utfall_rat_parse_decimal(cli->run, &whole, digits, count, '.') != UTFALL_OK)
        return refuse(cli, "--goal", text, "write an amount as 5 000 000 SEK");
    *out = utfall_rat_mul(cli->run, whole, utfall_rat_of(cli->run, 100, 1));
    return *out != NULL ? UTFALL_OK : utfall_run_failure(cli->run);
}

/* "10%": paid back and so much of what was drawn on top. */
static utfall_status return_read(struct cli *cli, const utfall_rat **out,
                                 const utfall_settlement *s, const char *text)
{
    const size_t len = strlen(text);
    const utfall_rat *percent = NULL;
    if (len < 2 || text[len - 1] != '%' ||
        utfall_rat_parse_decimal(cli->run, &percent, text, len - 1, '.') != UTFALL_OK)
        return refuse(cli, "--goal", text, "write a return as return=10%");
    const utfall_rat *hundred = utfall_rat_of(cli->run, 100, 1);
    *out = utfall_rat_mul(cli->run, s->drawn, utfall_rat_div(cli->run, percent, hundred));
    return *out != NULL ? UTFALL_OK : utfall_run_failure(cli->run);
}

static utfall_status goal_read(struct cli *cli, utfall_goal *goal, const utfall_settlement *s,
                               const char *text)
{
    const utfall_contract *contract = s->contract;
    const char *equals = strchr(text, '=');
    goal->party = contract->investor;
    goal->is_result = true;
    if (strcmp(text, "break-even") == 0 || strcmp(text, "break_even") == 0) {
        goal->value = utfall_rat_of(cli->run, 0, 1);
        return goal->value != NULL ? UTFALL_OK : UTFALL_E_NOMEM;
    }
    if (strncmp(text, "return=", 7) == 0)
        return return_read(cli, &goal->value, s, text + 7);
    if (strncmp(text, "payout=", 7) == 0) {
        goal->is_result = false;
        return amount_read(cli, &goal->value, contract, text + 7);
    }
    if (strncmp(text, "result.", 7) == 0 && equals != NULL)
        for (size_t i = 0; i < contract->party_count; i++)
            if (strlen(contract->parties[i].id) == (size_t)(equals - text - 7) &&
                strncmp(contract->parties[i].id, text + 7, (size_t)(equals - text - 7)) == 0) {
                goal->party = i;
                return amount_read(cli, &goal->value, contract, equals + 1);
            }
    return refuse(cli, "--goal", text,
                  "the goal is break-even, payout=AMOUNT, return=10% or result.PARTY=AMOUNT");
}

static utfall_status answers_print(struct cli *cli, const utfall_settlement *s,
                                   const utfall_goal *goal, const char *asked,
                                   const utfall_answers *answers)
{
    const char *as = cli_value(cli, "as"), *out = cli_value(cli, "out"), *text;
    const char *what = cli_value(cli, "seek");
    size_t len;
    utfall_status status = as != NULL && strcmp(as, "json") == 0
                               ? utfall_answers_json(cli->run, &text, &len, s, asked, what, answers)
                               : utfall_answers_text(cli->run, &text, &len, s, goal, asked, what,
                                                     answers, cli->language);
    if (status != UTFALL_OK)
        return status;
    return out != NULL ? utfall_file_replace(cli->run, out, text, len, 0666)
                       : cli_write_out(cli, text, len);
}

int whatif_seek(struct whatif_grid *grid)
{
    struct cli *cli = grid->cli;
    const char *asked = cli_value(cli, "goal"), *as = cli_value(cli, "as");
    const utfall_contract *contract;
    const utfall_case *data;
    const utfall_sums *sums;
    const utfall_settlement *s;
    const utfall_answers *answers;
    utfall_month as_of;
    utfall_goal goal = {.step = 0};
    if (as != NULL && strcmp(as, "csv") == 0)
        return cli_usage(cli, "--as is text or json with --seek, not", as);
    if (asked == NULL)
        asked = "break-even";
    utfall_status status = whatif_open(grid, &contract, &data, &as_of);
    if (status == UTFALL_OK)
        status = what_read(cli, &goal, contract);
    if (status == UTFALL_OK)
        status = utfall_sums_compute(cli->run, &sums, contract, data, as_of);
    if (status == UTFALL_OK)
        status = utfall_settle(cli->run, &s, contract, sums);
    if (status == UTFALL_OK)
        status = goal_read(cli, &goal, s, asked);
    if (status == UTFALL_OK)
        status = utfall_seek(cli->run, &answers, s, &goal);
    if (status == UTFALL_OK)
        status = answers_print(cli, s, &goal, asked, answers);
    if (status != UTFALL_OK)
        return cli_refuse(cli, status, "there is no answer");
    cli_print_findings(cli, "");
    return answers->count > 0 ? EXIT_DONE : EXIT_NO;
}
