/* tests/unit/cost_made.h - texts of cost tables, made cell by cell from what such cells hold in
 * practice, and from what they should not. Headings: id,month,amount,kind,note. */
#ifndef TEST_COST_MADE_H
#define TEST_COST_MADE_H
#include "cost_rows.h"
#include "seeded.h"

/* The first of each are as cells are as a rule. `,` and `.` become the table's separator and
 * decimal mark when a text is made; in `"`, they do too. */
enum { COST_USUAL = 8 };
static const char *const cost_ids[] = {
    "A", "B", "12345678", "1234567", "person-000000009", "0123456789abcdefghi", "leaver", "outside",
    /* not so usual */
    "0123456789abcdefghij", "a pseudonym with spaces, forty bytes long", "C-3", " A", "A ", " A ",
    "\"A\"", "\" A \"", "\"0123456789abcdefghi\"", "\xC3\x85sa", "\xC5sa",
    "\xC3\xB6rjan-\xC3\xA5\xC3\xA4\xC3\xB6", "nobody", "1234567 ", "123456789", "a", "", " ", "=A",
    "+A", "@A", "-A", "20000105-2380", "0001052380",
    "\xEF\xBB\xBF"
    "A",
    "A\xC2\xA0", "\x85",
    "\xE2\x80\x8B"
    "A",
    "\xE2\x80\xAE", "\xF0\x9F\x98\x80", "\"A\"\"B\"", "\"A,B\"", "A\tB", "A\x7F", "A\r", "A\x01"};
static const char *const cost_months[] = {"2020-01",
                                          "2020-02",
                                          "2020-03",
                                          "2020-04",
                                          "2020-05",
                                          "2020-06",
                                          "2019-12",
                                          "2020-01",
                                          "1900-01",
                                          "2199-12",
                                          "1899-12",
                                          "2200-01",
                                          "2020-00",
                                          "2020-13",
                                          "2020-99",
                                          " 2020-01",
                                          "2020-01 ",
                                          "\"2020-01\"",
                                          "2020-1",
                                          "2020-011",
                                          "2020-01-01",
                                          "2020/01",
                                          "2020_01",
                                          "202O-01",
                                          "20:0-01",
                                          "2020-0:",
                                          "2020-/1",
                                          "/020-01",
                                          "",
                                          "jan",
                                          "\xEF\xBC\x92"
                                          "020-1",
                                          "2020\xC2\xAD"
                                          "1",
                                          "9999-12",
                                          "0000-01"};
static const char *const cost_amounts[] = {"1.00",
                                           "12.50",
                                           "250.05",
                                           "41714.00",
                                           "-3.10",
                                           "0.00",
                                           "12345678.99",
                                           "-12345678.01",
                                           "123456789.00",
                                           "1",
                                           "-1",
                                           "1.5",
                                           "0",
                                           "-0.00",
                                           "00000001.00",
                                           "000000001.00",
                                           "12 499.00",
                                           "4\xC2\xA0"
                                           "250.00",
                                           "4\xA0"
                                           "250.00",
                                           "4\xE2\x80\xAF"
                                           "250",
                                           "\xE2\x88\x92"
                                           "1.00",
                                           "\x96"
                                           "1.00",
                                           "\xE2\x80\x93"
                                           "1 000",
                                           "1.00 kr",
                                           "1kr",
                                           " 1.00",
                                           "1.00 ",
                                           "\"1.00\"",
                                           "\"1 234.50\"",
                                           "",
                                           "-",
                                           ".",
                                           ".00",
                                           "-.00",
                                           "1.",
                                           "1.0",
                                           "1.000",
                                           "1.0x",
                                           "1.x0",
                                           "x.00",
                                           "1/.00",
                                           "1:.00",
                                           "1;.00",
                                           "--1.00",
                                           "1-.00",
                                           "1.-1",
                                           "+1.00",
                                           "=1.00",
                                           "1e5",
                                           "kr",
                                           "1 2.00",
                                           "1 2345.00",
                                           "10995116277.76",
                                           "10995116277.75",
                                           "-10995116277.76",
                                           "92233720368547758.07",
                                           "9223372036854775807",
                                           "99999999999999999999.00",
                                           "1\x02.00"};
static const char *const cost_kinds[] = {"child",
                                         "v\xC3\xA5rd",
                                         "adult",
                                         "child",
                                         "",
                                         "x",
                                         "childr",
                                         "a word of many letters",
                                         "v\xE5rd",
                                         " child",
                                         "child ",
                                         " child ",
                                         "\"child\"",
                                         "\"v\xC3\xA5rd\"",
                                         "Child",
                                         "childre",
                                         "a word of many letter",
                                         "a word of many letterz",
                                         " ",
                                         "  ",
                                         "\xC3",
                                         "\x81",
                                         "\"\"",
                                         "\"a\"\"\""};
static const char *const cost_notes[] = {"",
                                         "x",
                                         "note",
                                         "a longer note",
                                         "0",
                                         "-",
                                         "n.b.",
                                         "Norrk\xC3\xB6ping",
                                         "Norrk\xF6ping",
                                         "\"a,b\"",
                                         "\"\"",
                                         "\"\"\"\"",
                                         "\xC3\x28",
                                         "\xE2\x82",
                                         ("\x93"
                                          "a\x94"),
                                         "\"a\nb\"",
                                         "a\"b",
                                         "\"a\"b",
                                         "\"",
                                         "a\"b\"",
                                         "\"a\"b\"\"",
                                         "\t",
                                         "\v",
                                         "a\rb"};

#define COST_COUNT(pool) (sizeof(pool) / sizeof *(pool))

typedef struct cost_text {
    char bytes[UTFALL_SOURCE_BLOCK];
    size_t len;
} cost_text;

#define COST_HEADINGS "id,month,amount,kind,note\n"

/* Add a text as it is; there is room for it. */
static inline void cost_text_add(cost_text *text, const char *part)
{
    const size_t len = strlen(part);
    cost_need(len <= sizeof text->bytes - text->len);
    memcpy(text->bytes + text->len, part, len);
    text->len += len;
}

/* The table that a text is under these headings, counted by the kind. */
static inline cost_table cost_table_of(const cost_text *text)
{
    return (cost_table){.text = text->bytes,
                        .len = text->len,
                        .separator = ',',
                        .decimal = '.',
                        .id = 0,
                        .month = 1,
                        .amount = 2,
                        .list_count = 1,
                        .list_cell = {3},
                        .words = {{"child", "v\xC3\xA5rd", "a word of many letters"}}};
}

/* Add a text in the table's dialect; false, and it is left out, when it is too long. */
static inline bool cost_add(cost_text *text, const cost_table *table, const char *part)
{
    const size_t len = strlen(part);
    if (len > sizeof text->bytes - text->len)
        return false;
    for (size_t i = 0; i < len; i++)
        text->bytes[text->len++] = part[i] == ','   ? table->separator
                                   : part[i] == '.' ? table->decimal
                                                    : part[i];
    return true;
}

/* One of a pool: how often of 1000 it may be an unusual one is `odd`. */
static inline const char *cost_pick(seeded *s, const char *const *pool, size_t count, int64_t odd)
{
    if (seeded_below(s, 1000) >= odd)
        count = COST_USUAL;
    return pool[seeded_below(s, (int64_t)count)];
}

static inline void cost_add_row(cost_text *text, const cost_table *table, seeded *s, int64_t odd,
                                const char *end)
{
    const bool is_cut = seeded_below(s, 1000) < odd / 8, is_long = seeded_below(s, 1000) < odd / 8;
    if (seeded_below(s, 1000) < odd / 4)
        (void)cost_add(text, table, end);
    (void)cost_add(text, table, cost_pick(s, cost_ids, COST_COUNT(cost_ids), odd));
    (void)cost_add(text, table, ",");
    (void)cost_add(text, table, cost_pick(s, cost_months, COST_COUNT(cost_months), odd));
    (void)cost_add(text, table, is_cut ? end : ",");
    (void)cost_add(text, table, cost_pick(s, cost_amounts, COST_COUNT(cost_amounts), odd));
    (void)cost_add(text, table, is_long ? ",," : ",");
    (void)cost_add(text, table, cost_pick(s, cost_kinds, COST_COUNT(cost_kinds), odd));
    (void)cost_add(text, table, ",");
    (void)cost_add(text, table, cost_pick(s, cost_notes, COST_COUNT(cost_notes), odd));
    (void)cost_add(text, table, end);
}

/* A table in a dialect that the generator chooses, of so many rows. */
static inline cost_table cost_random(cost_text *text, seeded *s, size_t rows, int64_t odd)
{
    static const char separators[] = {',', ';', '\t', '|'};
    cost_table table = {.text = text->bytes,
                        .separator = separators[seeded_below(s, 4)],
                        .decimal = '.',
                        .encoding = (utfall_encoding)seeded_below(s, 3),
                        .id = 0,
                        .month = 1,
                        .amount = 2,
                        .refuses_unknown = seeded_below(s, 2) == 0,
                        .through = seeded_below(s, 2) == 0 ? 0 : 2020 * 12 + 1,
                        .list_count = (size_t)seeded_below(s, 3),
                        .list_cell = {3, 4},
                        .words = {{"child", "v\xC3\xA5rd", "a word of many letters", "v\xE5rd"},
                                  {"", "x", "note", "Norrk\xC3\xB6ping"}}};
    if (table.separator != ',' && seeded_below(s, 2) == 0)
        table.decimal = ',';
    const char *end = seeded_below(s, 2) == 0 ? "\n" : "\r\n";
    text->len = 0;
    (void)cost_add(text, &table, "id,month,amount,kind,note");
    (void)cost_add(text, &table, end);
    for (size_t i = 0; i < rows; i++)
        cost_add_row(text, &table, s, odd, seeded_below(s, 1000) < odd ? "\r\n" : end);
    table.len = text->len;
    return table;
}

#endif
