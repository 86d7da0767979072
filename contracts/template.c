/* contracts/template.c - what `utfall init` writes: a contract to start from, the empty tables that
 * it names, and a page on how to go on. Invariant: the contract binds as it stands, so that the
 * first thing anybody checks is their own change. */
#include "utfall/reader.h"

static const char contract[] =
    "# A social outcomes contract (socialt utfallskontrakt). Lines that begin with # are "
    "comments.\n"
    "# Replace every value by the one in your signed contract, then run: utfall check "
    "contract.yaml\n"
    "utfall: 1                          # version of this language\n"
    "\n"
    "contract:\n"
    "  id: my-contract                  # short name, a-z, 0-9, - and _\n"
    "  title: Our social outcomes contract\n"
    "  currency: SEK\n"
    "  # signed: 2025-01-31             # day of signing\n"
    "  # source: \"Contract KS 2025/123\" # the document that the terms were read from\n"
    "\n"
    "parties:                           # parter\n"
    "  - {id: city, role: outcome_payer, name: The municipality}     # utfallsbeställare\n"
    "  - {id: fund, role: investor, name: The investor}              # finansiär\n"
    "  # more roles: intermediary (intermediär), provider (utförare), verifier (oberoende "
    "granskare)\n"
    "\n"
    "target_group:                      # målgrupp\n"
    "  people: {file: data/people.csv, separator: \";\", true: [ja], false: [nej]}\n"
    "  costs:\n"
    "    - {file: data/costs.csv, separator: \";\", decimal: \",\"}\n"
    "  data_through: 2026-12            # last month that the costs reach\n"
    "\n"
    "comparison_group:                  # jämförelsegrupp\n"
    "  design: historic                 # historic, concurrent, randomised or agreed\n"
    "  people: {file: data/reference-people.csv, separator: \";\", true: [ja], false: [nej]}\n"
    "  costs:\n"
    "    - {file: data/reference-costs.csv, separator: \";\", decimal: \",\"}\n"
    "  # prisindex: at the prices of which month they are compared, and a table of month;value\n"
    "  # price_index: {file: data/price-index.csv, base: 2025-01, separator: \";\", decimal: "
    "\",\"}\n"
    "\n"
    "evaluation:\n"
    "  window: 24 months                # uppföljningsperiod, from each person's own start\n"
    "  # counts: {source: [child]}      # which cost rows count; all of them unless stated\n"
    "  groups:                          # schablongrupper\n"
    "    age_at_start: [18]             # under 18, 18 and over\n"
    "    previously_placed: each        # yes and no\n"
    "  incomplete: refuse               # when somebody's window is not over: refuse, to_date, "
    "exclude\n"
    "\n"
    "financing:\n"
    "  investor: fund\n"
    "  commitment: 10 000 000 SEK       # låneram: the most that the investor provides\n"
    "  drawn: {file: data/project-costs.csv, separator: \";\", decimal: \",\"}  # projektkostnad\n"
    "\n"
    "outcomes:                          # utfallsmått beside cost\n"
    "  delivered:\n"
    "    measure: stated\n"
    "    value: true\n"
    "    source: \"progress report, p. 1\"\n"
    "\n"
    "waterfall:                         # fördelningstrappa: each step pays for itself\n"
    "  - id: guarantee                  # garantibelopp: 40 % of the project cost\n"
    "    from: city\n"
    "    to: fund\n"
    "    share: 40%\n"
    "    of: drawn\n"
    "    when: delivered\n"
    "    clause: \"section 5.1\"\n"
    "  - id: outcome                    # 60 % of the saving up to the project cost\n"
    "    from: city\n"
    "    to: fund\n"
    "    share: 60%\n"
    "    of: saving                     # kostnadsminskning\n"
    "    between: [0, drawn]\n"
    "    clause: \"section 5.2\"\n"
    "\n"
    "rounding: {unit: 0.01 SEK, mode: half_away, residue_to: city}   # öresavrundning\n";

static const char readme[] =
    "How to go on\n"
    "============\n"
    "\n"
    "1. Open contract.yaml in a text editor and replace every value by the one in the signed "
    "contract.\n"
    "   Write in clause: where the signed contract says it.\n"
    "2. Run   utfall check contract.yaml\n"
    "   It tells everything that is wrong, with line and column, and shows what would be paid for "
    "each\n"
    "   saving before there are any data.\n"
    "3. Fill in the tables in data/, one row a line, as a spreadsheet saves them (CSV):\n"
    "\n"
    "   people.csv            everybody in the target group: a pseudonym, the day of the start, "
    "and the\n"
    "                         columns that the contract groups by (age at the start; placed "
    "before: ja\n"
    "                         or nej). Never a personnummer.\n"
    "   costs.csv             what each person cost, by month: pseudonym, month as 2025-03, who "
    "bore it,\n"
    "                         what it was for, amount. A month without rows cost nothing.\n"
    "   reference-people.csv  the same for the comparison group\n"
    "   reference-costs.csv   and its costs\n"
    "   project-costs.csv     what was drawn of the investor's money, by month\n"
    "\n"
    "   If your own system writes other headings, keep them and name them in the contract, for "
    "example\n"
    "   columns: {id: Person, start: Startdatum}.\n"
    "4. Run   utfall settle contract.yaml\n"
    "   It writes the ledger and prints the settlement.\n"
    "\n"
    "The tables hold personal data even under pseudonyms: keep this folder where such data may be "
    "kept.\n"
    "Every key of the contract is explained in contracts/LANGUAGE.md of utfall.\n";

static const struct file {
    const char *name, *text;
} files[] = {
    {"contract.yaml", contract},
    {"data/people.csv", "id;start;age_at_start;previously_placed\n"},
    {"data/costs.csv", "id;month;source;category;amount\n"},
    {"data/reference-people.csv", "id;start;age_at_start;previously_placed\n"},
    {"data/reference-costs.csv", "id;month;source;category;amount\n"},
    {"data/project-costs.csv", "month;amount\n"},
    {"README.txt", readme},
};

bool utfall_language_template(size_t i, const char **name, const char **text)
{
    if (i >= sizeof files / sizeof files[0])
        return false;
    *name = files[i].name;
    *text = files[i].text;
    return true;
}
