/* contracts/choices.c - "PATH=VALUES" to an axis. Input: a text from the command line or a scenario
 * file, and the contract that it is about. Invariant: a range is counted out in integers, so that
 * its values are the ones somebody would have written. */
#include "contracts/choices.h"

#include <string.h>

/* A number as somebody wrote it: mantissa / 10^decimals, and what stands after it. */
typedef struct written {
    int64_t mantissa;
    unsigned decimals;
    const char *unit; /* "%", " months"; "" = none */
} written;

static const char *skip_blank(const char *at)
{
    return at + strspn(at, " ");
}

/* Digits, single spaces between them, a point; false when `text` does not begin with a number or
 * has more than 15 digits. */
static bool number_take(written *out, const char *text)
{
    const char *at = skip_blank(text);
    const bool is_negative = *at == '-';
    bool is_after = false;
    unsigned digits = 0;
    *out = (written){.unit = ""};
    for (at += is_negative;; at++) {
        const bool is_next = at[0] != '\0' && at[1] >= '0' && at[1] <= '9';
        if (digits > 0 && !is_after && is_next && (*at == '.' || *at == ' ')) {
            is_after = *at == '.';
            continue;
        }
        if (*at < '0' || *at > '9')
            break;
        if (++digits > 15)
            return false;
        out->mantissa = 10 * out->mantissa + (*at - '0');
        out->decimals += is_after;
    }
    if (is_negative)
        out->mantissa = -out->mantissa;
    out->unit = at;
    return digits > 0;
}

static const char *text_trim(utfall_run *run, const char *text, size_t len)
{
    while (len > 0 && *text == ' ') {
        text++;
        len--;
    }
    while (len > 0 && text[len - 1] == ' ')
        len--;
    return utfall_run_text(run, text, len);
}

static bool is_bare(const char *text)
{
    written number;
    return number_take(&number, text) && *skip_blank(number.unit) == '\0';
}

/* ---- units ---- */

const char *utfall_axis_unit(utfall_run *run, const utfall_document *document, const char *path)
{
    const utfall_term *terms;
    size_t count;
    written now;
    if (utfall_document_terms(run, &terms, &count, document) != UTFALL_OK)
        return "";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(terms[i].path, path) != 0 || !number_take(&now, terms[i].value))
            continue;
        /* A word; "%" is left out, since 0.4 could have been meant as 40 %. */
        const char *word = skip_blank(now.unit);
        const size_t letters = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (word > now.unit && letters > 0 && word[letters] == '\0')
            return now.unit;
    }
    return "";
}

/* ---- choices ---- */

utfall_status utfall_axis_append(utfall_axis_list *list, utfall_choice choice)
{
    if (list->count == list->room) {
        const size_t room = list->room == 0 ? 8 : 2 * list->room;
        utfall_choice *choices = utfall_run_array(list->run, room, sizeof *choices);
        if (choices == NULL)
            return UTFALL_E_NOMEM;
        if (list->count > 0)
            memcpy(choices, list->choices, list->count * sizeof *choices);
        list->choices = choices;
        list->room = room;
    }
    list->choices[list->count++] = choice;
    return UTFALL_OK;
}

static utfall_status value_append(utfall_axis_list *list, const char *text, const char *label)
{
    utfall_setting *setting = utfall_run_alloc(list->run, sizeof *setting);
    if (setting == NULL || text == NULL)
        return UTFALL_E_NOMEM;
    *setting = (utfall_setting){.path = list->path, .text = text};
    return utfall_axis_append(
        list,
        (utfall_choice){.label = label != NULL ? label : text, .count = 1, .settings = setting});
}

/* ---- ranges ---- */

/* Where the two dots stand, outside quotes and brackets; NULL = the text is no range. */
static const char *range_dots(const char *text)
{
    written first;
    if (!number_take(&first, text))
        return NULL;
    const char *dots = strstr(first.unit, "..");
    return dots != NULL && strpbrk(text, "[{\"'") == NULL ? dots : NULL;
}

static bool scale_to(written *number, unsigned decimals)
{
    for (; number->decimals < decimals; number->decimals++) {
        if (number->mantissa > INT64_MAX / 100 || number->mantissa < INT64_MIN / 100)
            return false;
        number->mantissa *= 10;
    }
    return true;
}

static const char *written_text(utfall_run *run, written number)
{
    uint64_t magnitude =
                 number.mantissa < 0 ? (uint64_t)-number.mantissa : (uint64_t)number.mantissa,
             one = 1;
    for (unsigned i = 0; i < number.decimals; i++)
        one *= 10;
    const char *part = utfall_run_decimal(run, (int64_t)(one + magnitude % one));
    const char *whole = utfall_run_decimal(run, (int64_t)(magnitude / one));
    if (part == NULL || whole == NULL)
        return NULL;
    return utfall_run_join(run, number.mantissa < 0 ? "-" : "", whole,
                           number.decimals > 0 ? "." : "", part + 1, number.unit,
                           (const char *)NULL);
}

/* The three units must not contradict each other; the last one given holds. */
static bool units_agree(written *from, written *to, written *step)
{
    const char *unit = *step->unit != '\0' ? step->unit : *to->unit != '\0' ? to->unit : from->unit;
    written *all[3] = {from, to, step};
    for (size_t i = 0; i < 3; i++) {
        if (*all[i]->unit != '\0' && strcmp(skip_blank(all[i]->unit), skip_blank(unit)) != 0)
            return false;
        all[i]->unit = unit;
    }
    return true;
}

static utfall_status range_add(utfall_axis_list *list, const char *text, const char *dots,
                               const char **why)
{
    utfall_run *run = list->run;
    written from, to, step = {.mantissa = 1, .unit = ""};
    const char *colon = strchr(dots, ':');
    const size_t to_len = colon == NULL ? strlen(dots + 2) : (size_t)(colon - dots - 2);
    const char *first = text_trim(run, text, (size_t)(dots - text));
    const char *last = text_trim(run, dots + 2, to_len);
    const char *by = colon == NULL ? "1" : text_trim(run, colon + 1, strlen(colon + 1));
    if (first == NULL || last == NULL || by == NULL)
        return UTFALL_E_NOMEM;
    *why = "is not a range: expected one such as 12..36, 12..36:6 or 30%..50%:5%";
    if (strchr(by, ':') != NULL || strstr(last, "..") != NULL || strstr(by, "..") != NULL)
        return UTFALL_E_SYNTAX;
    if (!number_take(&from, first) || !number_take(&to, last) || !number_take(&step, by) ||
        !units_agree(&from, &to, &step) || step.mantissa <= 0)
        return UTFALL_E_SYNTAX;
    if (*from.unit == '\0')
        from.unit = list->unit;
    unsigned decimals = from.decimals > to.decimals ? from.decimals : to.decimals;
    decimals = step.decimals > decimals ? step.decimals : decimals;
    if (!scale_to(&from, decimals) || !scale_to(&to, decimals) || !scale_to(&step, decimals))
        return UTFALL_E_SYNTAX;
    if (to.mantissa < from.mantissa)
        return UTFALL_E_SYNTAX;
    *why = "is a range of more than 100 000 values";
    if ((to.mantissa - from.mantissa) / step.mantissa >= UTFALL_CHOICES_MAX)
        return UTFALL_E_RANGE;
    for (; from.mantissa <= to.mantissa; from.mantissa += step.mantissa)
        if (value_append(list, written_text(run, from), NULL) != UTFALL_OK)
            return UTFALL_E_NOMEM;
    return UTFALL_OK;
}

utfall_status utfall_axis_add(utfall_axis_list *list, const char *text, const char *label,
                              const char **why)
{
    const char *dots = range_dots(text);
    if (dots != NULL)
        return range_add(list, text, dots, why);
    if (is_bare(text) && *list->unit != '\0') {
        text = utfall_run_join(list->run, text, list->unit, (const char *)NULL);
        label = NULL;
    }
    *why = "gives more than 100 000 values";
    return list->count < UTFALL_CHOICES_MAX ? value_append(list, text, label) : UTFALL_E_RANGE;
}

/* ---- a list on the command line ---- */

/* The comma that ends the value at `text`, or the end: brackets and quotes hold commas. */
static const char *value_end(const char *text)
{
    int depth = 0;
    char quote = '\0';
    for (; *text != '\0'; text++) {
        if (quote != '\0') {
            if (*text == '\\' && quote == '"' && text[1] != '\0')
                text++;
            else if (*text == quote)
                quote = '\0';
        } else if (*text == '"' || *text == '\'') {
            quote = *text;
        } else if (*text == '[' || *text == '{') {
            depth++;
        } else if (*text == ']' || *text == '}') {
            depth--;
        } else if (*text == ',' && depth <= 0) {
            break;
        }
    }
    return text;
}

static utfall_status axis_refuse(utfall_run *run, utfall_status code, const char *from,
                                 const char *text, const char *why, const char *hint)
{
    utfall_finding finding = {.code = code,
                              .at = {.file = from},
                              .also = {.file = ""},
                              .message =
                                  utfall_run_join(run, "\"", text, "\" ", why, (const char *)NULL),
                              .hint = hint};
    return finding.message == NULL ? UTFALL_E_NOMEM : utfall_run_report(run, &finding);
}

/* Unit of the last value, when it is a number with one. */
static const char *last_unit(utfall_run *run, const char *values)
{
    written number;
    const char *at = values;
    for (const char *end = value_end(at); *end == ','; end = value_end(at))
        at = end + 1;
    const char *last = text_trim(run, at, strlen(at));
    const char *dots = last == NULL ? NULL : range_dots(last);
    if (dots != NULL)
        last = dots + 2;
    if (last == NULL || !number_take(&number, last) || strchr(number.unit, ':') != NULL ||
        strchr(number.unit, '/') != NULL)
        return "";
    return number.unit;
}

utfall_status utfall_axis_parse(utfall_run *run, utfall_axis *out, const utfall_document *document,
                                const char *text, const char *from)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text || *skip_blank(equals + 1) == '\0')
        return axis_refuse(run, UTFALL_E_SYNTAX, from, text, "is not PATH=VALUES",
                           "write it as evaluation.window=24,36 or waterfall[0].share=30%..50%:5%");
    utfall_axis_list list = {.run = run,
                             .path = text_trim(run, text, (size_t)(equals - text)),
                             .unit = last_unit(run, equals + 1)};
    if (list.path == NULL || list.unit == NULL)
        return UTFALL_E_NOMEM;
    if (*list.unit == '\0')
        list.unit = utfall_axis_unit(run, document, list.path);
    for (const char *at = equals + 1, *end;; at = end + 1) {
        end = value_end(at);
        const char *value = text_trim(run, at, (size_t)(end - at)), *why = NULL;
        if (value == NULL)
            return UTFALL_E_NOMEM;
        if (*value == '\0')
            return axis_refuse(run, UTFALL_E_SYNTAX, from, text,
                               "has an empty value between commas",
                               "put texts that hold a comma in quotes");
        utfall_status status = utfall_axis_add(&list, value, NULL, &why);
        if (status != UTFALL_OK)
            return status == UTFALL_E_NOMEM ? status
                                            : axis_refuse(run, status, from, value, why, NULL);
        if (*end == '\0')
            break;
    }
    *out = (utfall_axis){.label = list.path, .count = list.count, .choices = list.choices};
    return UTFALL_OK;
}
