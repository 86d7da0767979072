/* contracts/scalar.c - one scalar of a contract to one typed value. Input: text and the type that
 * its place demands. Invariant: the whole text is read or none of it; numbers stay exact; the
 * reason for a refusal says what was wrong with this very text. */
#include "contracts/scalar.h"

#include <string.h>

static const char *const boolean_names[] = {"false", "true", NULL};

const utfall_type_info utfall_types[UTFALL_TYPES] = {
    [UTFALL_TYPE_NONE] = {"none", "a value", "a value", NULL},
    [UTFALL_TYPE_TEXT] = {"text", "a text", "one line of text", NULL},
    [UTFALL_TYPE_ID] = {"id", "an id",
                        "a lower-case letter, then lower-case letters a-z, digits, \"_\" or \"-\", "
                        "at most 40 in all",
                        "^[a-z][a-z0-9_-]{0,39}$"},
    [UTFALL_TYPE_PARTY] = {"party", "the id of a party", "the id of one of the parties",
                           "^[a-z][a-z0-9_-]{0,39}$"},
    [UTFALL_TYPE_OUTCOME] = {"outcome", "the id of an outcome", "the id of one of the outcomes",
                             "^[a-z][a-z0-9_-]{0,39}$"},
    [UTFALL_TYPE_NAME] = {"word", "one of the words allowed", "one of the words allowed", NULL},
    [UTFALL_TYPE_BOOLEAN] = {"boolean", "a boolean", "true or false", "^(true|false)$"},
    [UTFALL_TYPE_COUNT] = {"count", "a count", "a whole number, 0 or more",
                           "^[0-9][0-9 \\u00a0\\u202f]*$"},
    [UTFALL_TYPE_NUMBER] = {"number", "a number", "digits with at most a decimal point, such as 19",
                            "^[-\\u2212]?[0-9][0-9 \\u00a0\\u202f]*(\\.[0-9]+)?$"},
    [UTFALL_TYPE_RATIO] = {"ratio", "a ratio", "a ratio such as 40%, 2/5 or 0.4",
                           "^[-\\u2212]?[0-9]+((\\.[0-9]+)?[ \\u00a0\\u202f]?%?|/[0-9]+)$"},
    [UTFALL_TYPE_AMOUNT] = {"amount", "an amount",
                            "digits and the currency, such as 10 000 000 SEK or 0.01 SEK",
                            "^[-\\u2212]?[0-9][0-9 \\u00a0\\u202f]*(\\.[0-9]+)?[ "
                            "\\u00a0\\u202f]?[A-Z]{3}$"},
    [UTFALL_TYPE_MONTHS] = {"months", "a length in months",
                            "a whole number of months, such as 24 months", "^[0-9]+ months?$"},
    [UTFALL_TYPE_MONTH] = {"month", "a calendar month", "YYYY-MM, such as 2021-02",
                           "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"},
    [UTFALL_TYPE_DATE] = {"date", "a date", "YYYY-MM-DD, such as 2016-03-07",
                          "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"},
    [UTFALL_TYPE_MEASURE] =
        {"measure", "a measure",
         "saving, drawn, commitment, expected, actual, or a figure of an outcome such as "
         "school.sum",
         "^(saving|drawn|commitment|expected|actual|[a-z][a-z0-9_-]{0,39}\\.(sum|persons|rate|"
         "claims))"
         "$"},
    [UTFALL_TYPE_LEVEL] =
        {"level", "a level",
         "0, an amount such as 5 000 000 SEK, a measure such as drawn, or a ratio of one such as "
         "120% of drawn",
         "^(0|[-\\u2212]?[0-9][0-9 \\u00a0\\u202f]*(\\.[0-9]+)?[ \\u00a0\\u202f]?[A-Z]{3}|([^ ]+ "
         "?%? "
         "of )?(saving|drawn|commitment|expected|actual))$"},
    [UTFALL_TYPE_POINT] =
        {"threshold", "a threshold",
         "an amount such as 5 000 000 SEK, or a number when a count is "
         "measured",
         "^[-\\u2212]?[0-9][0-9 \\u00a0\\u202f]*(\\.[0-9]+)?([ \\u00a0\\u202f]?[A-Z]{3})?$"},
    [UTFALL_TYPE_CONDITION] =
        {"condition", "a condition",
         "a figure (sum, persons, rate, claims), a relation (>, >=, <, <=) and a "
         "number, such as \"sum > "
         "0\"",
         "^(sum|persons|rate|claims) *(>|>=|<|<=) *[-\\u2212]?[0-9][0-9 "
         "\\u00a0\\u202f]*(\\.[0-9]+)?( ?%|/[0-9]+)?$"},
    [UTFALL_TYPE_MARK] = {"character", "a character",
                          "one character: , ; . | or a tab written \"\\t\"", "^[,;.|\\t]$"},
    [UTFALL_TYPE_FILE] = {"file", "a file name",
                          "a file name relative to this contract, folders joined by \"/\"",
                          "^[^/\\\\][^\\\\]*$"},
    [UTFALL_TYPE_CURRENCY] = {"currency", "a currency",
                              "three capital letters of ISO 4217, such as SEK", "^[A-Z]{3}$"},
    [UTFALL_TYPE_VERSION] = {"version", "a version of the language", "1", "^1$"},
    [UTFALL_TYPE_MAP] = {"map", "a map", "keys with values", NULL},
    [UTFALL_TYPE_MAPS] = {"list of maps", "a list of maps", "a list, each item with keys", NULL},
    [UTFALL_TYPE_KEYED] = {"map of ids", "a map of ids", "ids, each with its own keys", NULL},
    [UTFALL_TYPE_COLUMNS] = {"columns", "a map of headings",
                             "names of columns with the headings of the file, such as {id: "
                             "Person}",
                             NULL},
    [UTFALL_TYPE_WHERE] = {"column values", "a map of columns",
                           "columns with lists of texts, such as {wave: [\"2013\"]}", NULL},
    [UTFALL_TYPE_WORDS] = {"list of texts", "a list of texts", "a list such as [yes, y]", NULL},
    [UTFALL_TYPE_GROUPS] = {"groups", "a map of columns",
                            "columns with \"each\", a list of cut points or a list of texts, such "
                            "as {age_at_start: [18]}",
                            NULL},
    [UTFALL_TYPE_GROUP] = {"grouping", "a grouping",
                           "each, a list of ascending whole numbers or a list of texts", NULL},
    [UTFALL_TYPE_OUTCOMES] = {"outcome or list", "the id of an outcome, or a list of them",
                              "the id of one of the outcomes, or a list of such ids", NULL},
    [UTFALL_TYPE_SLICE] = {"two levels", "a slice", "a list of two levels, such as [0, drawn]",
                           NULL},
    [UTFALL_TYPE_ROWS] = {"rows", "a list of rows", "a list of rows such as [10, 50 000 SEK]",
                          NULL},
    [UTFALL_TYPE_ROW] = {"row", "a row",
                         "a threshold and what is paid from there, such as [10, 50 000 SEK]", NULL},
    [UTFALL_TYPE_DRAWN] =
        {"amount or table", "an amount or a table",
         "an amount such as 7 500 000 SEK, or a table such as {file: data/project-costs.csv}",
         NULL},
};

size_t utfall_name_find(const char *const *names, const char *text)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], text) == 0)
            return i;
    }
    return SIZE_MAX;
}

bool utfall_id_is_sound(const char *text, size_t len)
{
    if (len == 0 || len > UTFALL_ID_MAX || text[0] < 'a' || text[0] > 'z')
        return false;
    for (size_t i = 1; i < len; i++) {
        char c = text[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '-')
            return false;
    }
    return true;
}

static utfall_status refuse(utfall_fault *fault, utfall_status code, const char *reason,
                            const char *hint)
{
    *fault = (utfall_fault){code, reason, hint, NULL};
    return code;
}

static utfall_status refuse_bounds(utfall_fault *fault, const char *reason, const char *expected)
{
    *fault = (utfall_fault){UTFALL_E_RANGE, reason, NULL, expected};
    return UTFALL_E_RANGE;
}

static const char *blanks_skip(const char *at)
{
    size_t len;
    while ((len = utfall_blank_len(at)) > 0)
        at += len;
    return at;
}

/* mantissa / (10^decimals * parts) */
static const utfall_rat *decimal_rat(utfall_run *run, utfall_decimal number, int64_t parts)
{
    int64_t den = 1;
    for (uint32_t i = 0; i < number.decimals; i++)
        den *= 10;
    const utfall_rat *value = utfall_rat_of(run, number.mantissa, den);
    return parts == 1 ? value : utfall_rat_div(run, value, utfall_rat_of(run, parts, 1));
}

/* Whole hundredths that fit 64 bits, or false. */
static bool decimal_minor(int64_t *out, utfall_decimal number)
{
    int64_t minor = number.mantissa;
    uint32_t places = number.decimals;
    for (; places > 2; places--, minor /= 10) {
        if (minor % 10 != 0)
            return false;
    }
    for (; places < 2; places++, minor *= 10) {
        if (minor > INT64_MAX / 10 || minor < INT64_MIN / 10)
            return false;
    }
    *out = minor;
    return true;
}

static utfall_status unit_read(utfall_run *run, const char **unit, utfall_fault *fault,
                               const char *at)
{
    size_t len = strlen(at);
    if (len == 0)
        return refuse(fault, UTFALL_E_UNIT, "has no unit", "write the currency after the number");
    bool is_code = len == 3;
    for (size_t i = 0; i < len; i++)
        is_code = is_code && at[i] >= 'A' && at[i] <= 'Z';
    if (!is_code)
        return refuse(fault, UTFALL_E_UNIT, "has a unit that is not a currency",
                      "write the amount in full with the currency's three letters: 10 000 000 SEK");
    *unit = utfall_run_text(run, at, len);
    return *unit == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
}

/* An amount: öre as an exact number, and as money when it comes out even. */
static utfall_status amount_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                 const char *const *names, const char *text)
{
    (void)names;
    utfall_decimal number;
    const char *at = text;
    utfall_status status = utfall_decimal_take(&number, &at, fault);
    if (status != UTFALL_OK)
        return status;
    status = unit_read(run, &out->unit, fault, blanks_skip(at));
    if (status != UTFALL_OK)
        return status;
    if (number.decimals == 3 && (number.mantissa >= 1000 || number.mantissa <= -1000))
        return refuse(fault, UTFALL_E_SYNTAX, "could mean thousands or thousandths",
                      "mark thousands with a space, and write two decimals: 1 500 SEK or 1.50 SEK");
    out->number = utfall_rat_mul(run, decimal_rat(run, number, 1), utfall_rat_of(run, 100, 1));
    if (out->number == NULL)
        return utfall_run_failure(run);
    out->is_even = decimal_minor(&out->money.minor, number);
    return UTFALL_OK;
}

static utfall_status number_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                 const char *const *names, const char *text)
{
    (void)names;
    utfall_decimal number;
    const char *at = text;
    utfall_status status = utfall_decimal_take(&number, &at, fault);
    if (status != UTFALL_OK)
        return status;
    if (*at != '\0')
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    out->number = decimal_rat(run, number, 1);
    return out->number == NULL ? utfall_run_failure(run) : UTFALL_OK;
}

static utfall_status count_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                const char *const *names, const char *text)
{
    (void)run;
    (void)names;
    utfall_decimal number;
    const char *at = text;
    utfall_status status = utfall_decimal_take(&number, &at, fault);
    if (status != UTFALL_OK)
        return status;
    if (*at != '\0' || number.decimals > 0)
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    if (number.mantissa < 0 || text[0] == '-')
        return refuse(fault, UTFALL_E_RANGE, "is below 0", NULL);
    out->whole = number.mantissa;
    return UTFALL_OK;
}

/* 40%, 2/5, 0.4; stops after it. A number alone is a ratio as well. */
static utfall_status ratio_take(utfall_run *run, const utfall_rat **out, const char **at,
                                utfall_fault *fault)
{
    utfall_decimal number;
    const char *p = *at;
    utfall_status status = utfall_decimal_take(&number, &p, fault);
    if (status != UTFALL_OK)
        return status;
    const utfall_rat *value = NULL;
    if (*p == '/') {
        utfall_decimal below;
        p++;
        status = utfall_decimal_take(&below, &p, fault);
        if (status != UTFALL_OK)
            return status;
        if (number.decimals > 0 || below.decimals > 0 || below.mantissa <= 0)
            return refuse(fault, UTFALL_E_SYNTAX, NULL,
                          "a fraction is a whole number over a whole number above 0: 2/5");
        value = utfall_rat_of(run, number.mantissa, below.mantissa);
    } else if (*blanks_skip(p) == '%') {
        p = blanks_skip(p) + 1;
        value = decimal_rat(run, number, 100);
    } else {
        value = decimal_rat(run, number, 1);
    }
    if (value == NULL)
        return utfall_run_failure(run);
    *out = value;
    *at = p;
    return UTFALL_OK;
}

static utfall_status ratio_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                const char *const *names, const char *text)
{
    (void)names;
    const char *at = text;
    utfall_status status = ratio_take(run, &out->number, &at, fault);
    if (status != UTFALL_OK)
        return status;
    return *at == '\0' ? UTFALL_OK : refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
}

static utfall_status months_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                 const char *const *names, const char *text)
{
    (void)run;
    (void)names;
    utfall_decimal number;
    const char *at = text;
    utfall_status status = utfall_decimal_take(&number, &at, fault);
    if (status != UTFALL_OK)
        return status;
    at = blanks_skip(at);
    if (strcmp(at, "months") != 0 && strcmp(at, "month") != 0)
        return refuse(fault, UTFALL_E_UNIT, *at == '\0' ? "has no unit" : "has another unit",
                      "write the number of months: 24 months");
    if (number.decimals > 0)
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    if (number.mantissa < 1)
        return refuse(fault, UTFALL_E_RANGE, "is below 1 month", NULL);
    out->whole = number.mantissa;
    return UTFALL_OK;
}

/* A money measure by its word, or a figure of an outcome. */
static utfall_status measure_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                  const char *const *names, const char *text)
{
    (void)names;
    size_t kind = utfall_name_find(utfall_measure_names, text);
    if (kind != SIZE_MAX && kind != UTFALL_MEASURE_AMOUNT && kind != UTFALL_MEASURE_OUTCOME) {
        out->measure = (utfall_measure){(utfall_measure_kind)kind, 0, UTFALL_FIGURE_SUM};
        return UTFALL_OK;
    }
    const char *dot = strchr(text, '.');
    if (dot == NULL || !utfall_id_is_sound(text, (size_t)(dot - text)))
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    size_t figure = utfall_name_find(utfall_figure_names, dot + 1);
    if (figure == SIZE_MAX)
        return refuse(fault, UTFALL_E_SYNTAX, "names a figure that outcomes do not have",
                      "the figures are sum, persons, rate and claims");
    out->outcome = utfall_run_text(run, text, (size_t)(dot - text));
    out->measure = (utfall_measure){UTFALL_MEASURE_OUTCOME, 0, (utfall_figure)figure};
    return out->outcome == NULL ? UTFALL_E_NOMEM : UTFALL_OK;
}

static bool starts_number(const char *text)
{
    return (text[0] >= '0' && text[0] <= '9') || text[0] == '-' ||
           strncmp(text, "\xE2\x88\x92", 3) == 0;
}

static utfall_status level_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                const char *const *names, const char *text)
{
    (void)names;
    out->number = utfall_rat_of(run, strcmp(text, "0") == 0 ? 0 : 1, 1);
    if (out->number == NULL)
        return utfall_run_failure(run);
    if (strcmp(text, "0") == 0)
        return UTFALL_OK;
    if (!starts_number(text))
        return measure_read(run, out, fault, names, text);
    const char *of = strstr(text, " of ");
    if (of == NULL)
        return amount_read(run, out, fault, names, text);
    const char *at = text;
    utfall_status status = ratio_take(run, &out->number, &at, fault);
    if (status != UTFALL_OK)
        return status;
    if (at != of)
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    return measure_read(run, out, fault, names, of + strlen(" of "));
}

static utfall_status point_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                const char *const *names, const char *text)
{
    (void)names;
    utfall_decimal number;
    const char *at = text;
    utfall_status status = utfall_decimal_take(&number, &at, fault);
    if (status != UTFALL_OK)
        return status;
    return *at == '\0' ? number_read(run, out, fault, names, text)
                       : amount_read(run, out, fault, names, text);
}

static utfall_status condition_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                    const char *const *names, const char *text)
{
    (void)names;
    size_t figure = 0, len = 0;
    for (; utfall_figure_names[figure] != NULL; figure++) {
        len = strlen(utfall_figure_names[figure]);
        if (strncmp(text, utfall_figure_names[figure], len) == 0)
            break;
    }
    if (utfall_figure_names[figure] == NULL)
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    const char *at = blanks_skip(text + len);
    if (*at != '>' && *at != '<')
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    bool or_equal = at[1] == '=';
    const char *number = blanks_skip(at + 1 + or_equal);
    utfall_status status = figure == UTFALL_FIGURE_RATE && *number != '-'
                               ? ratio_read(run, out, fault, names, number)
                               : number_read(run, out, fault, names, number);
    if (status != UTFALL_OK)
        return status;
    out->measure = (utfall_measure){UTFALL_MEASURE_OUTCOME, 0, (utfall_figure)figure};
    out->relation =
        *at == '>' ? (or_equal ? UTFALL_GE : UTFALL_GT) : (or_equal ? UTFALL_LE : UTFALL_LT);
    return UTFALL_OK;
}

static utfall_status file_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                               const char *const *names, const char *text)
{
    (void)run;
    (void)out;
    (void)names;
    if (text[0] == '/' || (text[0] != '\0' && text[1] == ':'))
        return refuse(fault, UTFALL_E_SYNTAX, "is not relative to the contract",
                      "name the file from the contract's own folder, without a \"/\" in front");
    if (strchr(text, '\\') != NULL)
        return refuse(fault, UTFALL_E_SYNTAX, "has a backslash", "join folders by \"/\"");
    size_t len = strlen(text);
    if (len == 0 || text[len - 1] == '/')
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    return UTFALL_OK;
}

static utfall_status currency_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                   const char *const *names, const char *text)
{
    (void)run;
    (void)names;
    /* ISO 4217 currencies that do not have two decimals. */
    static const char *const other[] = {"BHD", "BIF", "CLF", "CLP", "DJF", "GNF", "IQD",
                                        "ISK", "JOD", "JPY", "KMF", "KRW", "KWD", "LYD",
                                        "OMR", "PYG", "RWF", "TND", "UGX", "UYI", "UYW",
                                        "VND", "VUV", "XAF", "XOF", "XPF", NULL};
    bool is_code = strlen(text) == 3;
    for (const char *at = text; *at != '\0'; at++)
        is_code = is_code && *at >= 'A' && *at <= 'Z';
    if (!is_code)
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    if (utfall_name_find(other, text) != SIZE_MAX)
        return refuse_bounds(fault, "has no hundredths",
                             "a currency whose amounts are counted in hundredths, such as SEK");
    out->unit = text;
    return UTFALL_OK;
}

static utfall_status name_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                               const char *const *names, const char *text)
{
    (void)run;
    size_t index = utfall_name_find(names, text);
    if (index == SIZE_MAX)
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    out->whole = (int64_t)index;
    return UTFALL_OK;
}

/* ---- one reader a type ---- */

typedef utfall_status scalar_reader(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                    const char *const *names, const char *text);

static utfall_status text_take(utfall_run *run, utfall_value *out, utfall_fault *fault,
                               const char *const *names, const char *text)
{
    (void)run, (void)out, (void)fault, (void)names, (void)text;
    return UTFALL_OK;
}

static utfall_status id_take(utfall_run *run, utfall_value *out, utfall_fault *fault,
                             const char *const *names, const char *text)
{
    (void)run, (void)out, (void)names;
    return utfall_id_is_sound(text, strlen(text)) ? UTFALL_OK
                                                  : refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
}

static utfall_status boolean_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                  const char *const *names, const char *text)
{
    (void)names;
    return name_read(run, out, fault, boolean_names, text);
}

static utfall_status month_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                const char *const *names, const char *text)
{
    (void)run, (void)names;
    utfall_status status = utfall_month_parse(&out->month, text, strlen(text));
    if (status == UTFALL_E_RANGE)
        return refuse_bounds(fault, "is out of range", "a month from 1900-01 to 2199-12");
    return status == UTFALL_OK ? status : refuse(fault, status, NULL, NULL);
}

static utfall_status date_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                               const char *const *names, const char *text)
{
    (void)run, (void)names;
    utfall_status status = utfall_date_parse(&out->date, text, strlen(text));
    if (status == UTFALL_E_RANGE)
        return refuse_bounds(fault, "is not a day of the calendar",
                             "a day from 1900-01-01 to 2199-12-31");
    return status == UTFALL_OK ? status : refuse(fault, status, NULL, NULL);
}

static utfall_status mark_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                               const char *const *names, const char *text)
{
    (void)run, (void)names;
    out->whole = (unsigned char)text[0];
    if (strlen(text) != 1 || strchr(",;.|\t", text[0]) == NULL)
        return refuse(fault, UTFALL_E_SYNTAX, NULL, NULL);
    return UTFALL_OK;
}

static utfall_status version_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                  const char *const *names, const char *text)
{
    (void)run, (void)out, (void)names;
    return strcmp(text, "1") == 0
               ? UTFALL_OK
               : refuse(fault, UTFALL_E_RANGE, "is not a version that this utfall reads", NULL);
}

static scalar_reader *const readers[UTFALL_TYPE_MAP] = {
    [UTFALL_TYPE_TEXT] = text_take,
    [UTFALL_TYPE_ID] = id_take,
    [UTFALL_TYPE_PARTY] = id_take,
    [UTFALL_TYPE_OUTCOME] = id_take,
    [UTFALL_TYPE_NAME] = name_read,
    [UTFALL_TYPE_BOOLEAN] = boolean_read,
    [UTFALL_TYPE_COUNT] = count_read,
    [UTFALL_TYPE_NUMBER] = number_read,
    [UTFALL_TYPE_RATIO] = ratio_read,
    [UTFALL_TYPE_AMOUNT] = amount_read,
    [UTFALL_TYPE_MONTHS] = months_read,
    [UTFALL_TYPE_MONTH] = month_read,
    [UTFALL_TYPE_DATE] = date_read,
    [UTFALL_TYPE_MEASURE] = measure_read,
    [UTFALL_TYPE_LEVEL] = level_read,
    [UTFALL_TYPE_POINT] = point_read,
    [UTFALL_TYPE_CONDITION] = condition_read,
    [UTFALL_TYPE_MARK] = mark_read,
    [UTFALL_TYPE_FILE] = file_read,
    [UTFALL_TYPE_CURRENCY] = currency_read,
    [UTFALL_TYPE_VERSION] = version_read,
};

utfall_status utfall_value_read(utfall_run *run, utfall_value *out, utfall_fault *fault,
                                utfall_type type, const char *const *names, const char *text)
{
    if (type >= UTFALL_TYPE_MAP || readers[type] == NULL)
        return UTFALL_E_BUG;
    utfall_value value = {.type = type};
    utfall_status status = readers[type](run, &value, fault, names, text);
    if (status == UTFALL_OK)
        *out = value;
    return status;
}
