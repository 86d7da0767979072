/* reports/figure.c - accumulated actual and expected cost by calendar month with the levels that
 * decide payment, as SVG.
 *
 * In: the accumulated series and levels of a settlement. Out: one <svg> element. Coordinates are
 * tenths of a unit, integers made from exact values. Lines differ by their dashes and carry their
 * names, so that nothing hangs on colour. Texts are escaped. A point is drawn at the end of its
 * month, so that the left edge is zero. */
#include "reports/amount.h"
#include "reports/axis.h"
#include "reports/figure.h"
#include "reports/width.h"
#include "reports/wording.h"
#include <string.h>

enum { LINES = 6, TENTHS = 10, NOTE_COLUMNS = 96, NOTE_ROW = 18 };
enum { MARK_GAP = 6, LABEL_GAP = 10, EDGE = 4 }; /* beside labels, in units */

/* Sizes of a form, in units of the viewBox. The margins left and right are those of short labels:
 * they grow as far as the labels of a figure need. */
typedef struct layout {
    const char *id;
    int width, height, left, right, top, bottom; /* the last four are margins */
    int font, label_gap, legend_columns;
    unsigned value_marks, month_marks;
    bool has_names; /* at the ends of the lines; else values only */
    bool is_alone;
} layout;

static const layout layouts[] = {
    [UTFALL__FIGURE_ALONE] = {"f", 760, 480, 52, 222, 40, 108, 13, 17, 3, 8, 7, true, true},
    [UTFALL__FIGURE_WIDE] = {"fw", 760, 480, 52, 222, 40, 108, 13, 17, 3, 8, 7, true, false},
    [UTFALL__FIGURE_NARROW] = {"fn", 340, 470, 34, 44, 34, 190, 12, 14, 1, 6, 4, false, false},
};

/* One line of the figure: a series over the months, or a level. */
typedef struct line {
    const char *class, *colour, *dash, *width;
    utfall__word name;
    const utfall_rat *const *series; /* NULL = a level */
    const utfall_rat *last;          /* level, or last value of the series; NULL = not drawn */
    int64_t place, label;            /* tenths from the top of the plot; label after spreading */
} line;

typedef struct drawing {
    utfall__text *text;
    utfall_run *run;
    const utfall_settlement *settlement;
    utfall_language language;
    layout sizes; /* of the form, with margins as wide as the labels */
    utfall__scale scale;
    line lines[LINES];
} drawing;

static utfall_month month_last(const utfall_sums *sums)
{
    const int32_t months = (int32_t)sums->month_count;
    return (utfall_month){sums->first.ordinal + (months > 0 ? months - 1 : 0)};
}

/* ---- numbers ---- */

static void tenths_add(drawing *d, int64_t tenths)
{
    utfall__text_number(d->text, tenths / TENTHS);
    if (tenths % TENTHS != 0) {
        utfall__text_add(d->text, ".");
        utfall__text_number(d->text, tenths % TENTHS);
    }
}

static void attribute_add(drawing *d, const char *name, int64_t tenths)
{
    utfall__text_add(d->text, " ");
    utfall__text_add(d->text, name);
    utfall__text_add(d->text, "=\"");
    tenths_add(d, tenths);
    utfall__text_add(d->text, "\"");
}

static int64_t plot_width(const drawing *d)
{
    return (int64_t)(d->sizes.width - d->sizes.left - d->sizes.right) * TENTHS;
}

static int64_t plot_height(const drawing *d)
{
    return (int64_t)(d->sizes.height - d->sizes.top - d->sizes.bottom) * TENTHS;
}

/* Left edge of month number t (0 is the first), which is the end of the month before. */
static int64_t month_x(const drawing *d, size_t t)
{
    const int64_t months = (int64_t)d->settlement->sums->month_count;
    return (int64_t)d->sizes.left * TENTHS +
           (months == 0 ? 0 : plot_width(d) * (int64_t)t / months);
}

static int64_t value_y(drawing *d, const utfall_rat *value)
{
    int64_t place = 0;
    const utfall_status status =
        utfall__scale_place(d->run, &place, &d->scale, value, plot_height(d));
    if (status != UTFALL_OK) {
        utfall_run_fail(d->run, status);
        d->text->has_failed = true;
    }
    return (int64_t)d->sizes.top * TENTHS + place;
}

/* ---- lines and their range ---- */

static void lines_collect(drawing *d)
{
    const utfall_settlement *s = d->settlement;
    const line lines[LINES] = {
        {"actual", "#a8320a", "", "2.6", WORD_ACTUAL, s->actual_accumulated, NULL, 0, 0},
        {"expected", "#1a5a9e", "8 4", "2.2", WORD_EXPECTED, s->expected_accumulated, NULL, 0, 0},
        {"none", "#4a4a4a", "1.5 4", "1.8", WORD_NO_SAVINGS, NULL, s->level_no_savings, 0, 0},
        {"even", "#23703a", "12 4 2 4", "1.6", WORD_BREAK_EVEN, NULL, s->level_break_even, 0, 0},
        {"cap", "#77338f", "4 3", "1.6", WORD_CAP, NULL, s->level_cap, 0, 0},
        {"drawn", "#7a5c00", "18 5", "1.8", WORD_DRAWN, s->drawn_accumulated, NULL, 0, 0},
    };
    const size_t months = s->sums->month_count;
    for (size_t i = 0; i < LINES; i++) {
        d->lines[i] = lines[i];
        if (lines[i].series != NULL && months > 0)
            d->lines[i].last = lines[i].series[months - 1];
        if (lines[i].series == NULL && lines[i].last != NULL && !utfall__scale_has(lines[i].last))
            d->lines[i].last = NULL; /* the end of a slice that nobody meant to be reached */
    }
}

/* Whole öre around a value. */
static void range_widen(drawing *d, int64_t *least, int64_t *most, const utfall_rat *value)
{
    int64_t floor;
    if (value == NULL)
        return;
    const utfall_status status = utfall_rat_floor(&floor, value);
    if (status != UTFALL_OK || floor == INT64_MAX) {
        utfall_run_fail(d->run, status == UTFALL_OK ? UTFALL_E_RANGE : status);
        d->text->has_failed = true;
        return;
    }
    *least = floor < *least ? floor : *least;
    *most =
        floor + 1 > *most ? (utfall__amount_is_exact(d->run, value) ? floor : floor + 1) : *most;
}

static void scale_set(drawing *d)
{
    int64_t least = 0, most = 0;
    for (size_t i = 0; i < LINES; i++) {
        range_widen(d, &least, &most, d->lines[i].last);
        for (size_t t = 0; d->lines[i].series != NULL && t < d->settlement->sums->month_count; t++)
            range_widen(d, &least, &most, d->lines[i].series[t]);
    }
    const utfall_status status = utfall__scale_choose(&d->scale, least, most, d->sizes.value_marks);
    if (status != UTFALL_OK) {
        utfall_run_fail(d->run, status);
        d->text->has_failed = true;
    }
}

/* ---- pieces ---- */

static void text_add(drawing *d, int64_t x, int64_t y, const char *anchor, const char *words)
{
    utfall__text_add(d->text, "<text");
    attribute_add(d, "x", x);
    attribute_add(d, "y", y);
    if (anchor[0] != '\0') {
        utfall__text_add(d->text, " text-anchor=\"");
        utfall__text_add(d->text, anchor);
        utfall__text_add(d->text, "\"");
    }
    utfall__text_add(d->text, ">");
    utfall__text_escape(d->text, words);
    utfall__text_add(d->text, "</text>\n");
}

static void segment_add(drawing *d, const char *class, int64_t x1, int64_t y1, int64_t x2,
                        int64_t y2)
{
    utfall__text_add(d->text, "<line class=\"");
    utfall__text_add(d->text, class);
    utfall__text_add(d->text, "\"");
    attribute_add(d, "x1", x1);
    attribute_add(d, "y1", y1);
    attribute_add(d, "x2", x2);
    attribute_add(d, "y2", y2);
    utfall__text_add(d->text, " stroke=\"#d4d4d4\"/>\n");
}

static void stroke_add(drawing *d, const line *l)
{
    utfall__text_add(d->text, " class=\"");
    utfall__text_add(d->text, l->class);
    utfall__text_add(d->text, "\" fill=\"none\" stroke=\"");
    utfall__text_add(d->text, l->colour);
    utfall__text_add(d->text, "\" stroke-width=\"");
    utfall__text_add(d->text, l->width);
    if (l->dash[0] != '\0') {
        utfall__text_add(d->text, "\" stroke-dasharray=\"");
        utfall__text_add(d->text, l->dash);
    }
    utfall__text_add(d->text, "\"");
}

static void point_add(drawing *d, const char *command, int64_t x, int64_t y)
{
    utfall__text_add(d->text, command);
    tenths_add(d, x);
    utfall__text_add(d->text, " ");
    tenths_add(d, y);
}

static void line_draw(drawing *d, line *l)
{
    const size_t months = d->settlement->sums->month_count;
    if (l->last == NULL)
        return;
    l->place = value_y(d, l->last);
    utfall__text_add(d->text, "<path");
    stroke_add(d, l);
    utfall__text_add(d->text, " d=\"");
    if (l->series == NULL) {
        point_add(d, "M", month_x(d, 0), l->place);
        point_add(d, "L", month_x(d, months), l->place);
    } else {
        point_add(d, "M", month_x(d, 0), value_y(d, utfall_rat_of(d->run, 0, 1)));
        for (size_t t = 0; t < months; t++)
            point_add(d, "L", month_x(d, t + 1), value_y(d, l->series[t]));
    }
    utfall__text_add(d->text, "\"/>\n");
}

/* ---- axes ---- */

static const char *unit_words(const drawing *d)
{
    const char *currency = d->settlement->contract->currency;
    const char *one = utfall__amount_unit(d->language, currency);
    if (d->scale.unit == 100)
        return one;
    return d->scale.unit == 100 * 1000 ? utfall__say(d->run, d->language, WORD_THOUSANDS, one)
                                       : utfall__amount_million(d->run, d->language, currency);
}

/* A mark of the axis, `at` öre. */
static const char *mark_words(const drawing *d, int64_t at)
{
    int64_t scale = 1;
    for (unsigned i = 0; i < d->scale.places; i++)
        scale *= 10;
    return utfall__decimal(d->run, d->language, at / (d->scale.unit / scale), d->scale.places);
}

static void values_draw(drawing *d)
{
    const int64_t left = month_x(d, 0), right = month_x(d, d->settlement->sums->month_count);
    for (int64_t at = d->scale.low; at <= d->scale.high; at += d->scale.step) {
        const int64_t y = value_y(d, utfall_rat_of(d->run, at, 1));
        segment_add(d, at == 0 ? "axis" : "grid", left, y, right, y);
        text_add(d, left - MARK_GAP * TENTHS, y + (int64_t)d->sizes.font * 35 / 10, "end",
                 mark_words(d, at));
    }
    text_add(d, 40, (int64_t)d->sizes.font * 14, "",
             utfall__say(d->run, d->language, WORD_AXIS_AMOUNT, unit_words(d)));
}

static void months_draw(drawing *d)
{
    const utfall_sums *sums = d->settlement->sums;
    const uint32_t step = utfall__month_step(sums->month_count, d->sizes.month_marks);
    const int64_t bottom = (int64_t)(d->sizes.height - d->sizes.bottom) * TENTHS;
    const int64_t font = (int64_t)d->sizes.font * TENTHS;
    for (size_t t = 0; t <= sums->month_count; t++) {
        const utfall_month month = {sums->first.ordinal + (int32_t)t};
        if ((uint32_t)month.ordinal % step != 0)
            continue;
        const int64_t x = month_x(d, t);
        segment_add(d, "tick", x, bottom, x, bottom + 50);
        text_add(d, x, bottom + 60 + font, "middle",
                 utfall__month_short(d->run, d->language, month));
    }
    text_add(d, month_x(d, 0) + plot_width(d) / 2, bottom + 110 + 2 * font, "middle",
             utfall__say(d->run, d->language, WORD_AXIS_MONTH,
                         utfall__month_short(d->run, d->language, sums->first),
                         utfall__month_short(d->run, d->language, month_last(sums))));
}

/* ---- labels ---- */

/* Lines from the top down, then labels pushed apart: down first, and up again from the bottom. */
static size_t labels_spread(drawing *d, line **sorted)
{
    const int64_t gap = (int64_t)d->sizes.label_gap * TENTHS;
    const int64_t bottom = (int64_t)(d->sizes.height - d->sizes.bottom) * TENTHS;
    size_t count = 0;
    for (size_t i = 0; i < LINES; i++) {
        size_t at = count;
        if (d->lines[i].last == NULL)
            continue;
        for (; at > 0 && sorted[at - 1]->place > d->lines[i].place; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = &d->lines[i];
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        const int64_t least = i == 0 ? 0 : sorted[i - 1]->label + gap;
        sorted[i]->label = sorted[i]->place > least ? sorted[i]->place : least;
    }
    for (size_t i = count; i > 0; i--) {
        const int64_t most = i == count ? bottom : sorted[i]->label - gap;
        if (sorted[i - 1]->label > most)
            sorted[i - 1]->label = most;
    }
    return count;
}

/* A value with one decimal more than the axis may have: enough to tell the levels apart. */
static const char *value_words(drawing *d, const utfall_rat *value)
{
    const unsigned places = d->scale.unit == 100 ? 0 : d->scale.places > 0 ? d->scale.places : 1;
    int64_t scale = 1;
    for (unsigned i = 0; i < places; i++)
        scale *= 10;
    const utfall_rounding how = {.mode = UTFALL_ROUND_HALF_AWAY,
                                 .unit_minor = d->scale.unit / scale};
    utfall_money rounded;
    const utfall_rat *residue;
    const utfall_status status = utfall_rat_round(d->run, &rounded, &residue, value, how);
    if (status != UTFALL_OK) {
        utfall_run_fail(d->run, status);
        return NULL;
    }
    return utfall__decimal(d->run, d->language, rounded.minor / how.unit_minor, places);
}

static const char *name_words(drawing *d, const line *l, bool has_value)
{
    const char *name = utfall__word_of(d->language, l->name);
    const char *value = has_value ? value_words(d, l->last) : "";
    return value == NULL
               ? NULL
               : utfall_run_join(d->run, name, has_value ? " " : "", value, (const char *)NULL);
}

/* What stands at the end of a line. */
static const char *label_words(drawing *d, const line *l)
{
    return d->sizes.has_names ? name_words(d, l, true) : value_words(d, l->last);
}

static void labels_draw(drawing *d)
{
    line *sorted[LINES];
    const size_t count = labels_spread(d, sorted);
    const int64_t right = month_x(d, d->settlement->sums->month_count);
    for (size_t i = 0; i < count; i++) {
        const line *l = sorted[i];
        utfall__text_add(d->text, "<path class=\"lead\" fill=\"none\" stroke=\"#777\" d=\"");
        point_add(d, "M", right + 10, l->place);
        point_add(d, "L", right + 70, l->label);
        utfall__text_add(d->text, "\"/>\n");
        text_add(d, right + LABEL_GAP * TENTHS, l->label + (int64_t)d->sizes.font * 35 / 10, "",
                 label_words(d, l));
    }
}

/* A margin in whole units that holds `words`, a gap to the plot and the edge. */
static void margin_widen(const drawing *d, int *margin, const char *words, int gap)
{
    const int64_t width = utfall__width(words, d->sizes.font) / TENTHS + 1 + gap + EDGE;
    if (width > *margin)
        *margin = (int)width;
}

static void margins_set(drawing *d)
{
    for (int64_t at = d->scale.low; at <= d->scale.high; at += d->scale.step)
        margin_widen(d, &d->sizes.left, mark_words(d, at), MARK_GAP);
    for (size_t i = 0; i < LINES; i++)
        if (d->lines[i].last != NULL)
            margin_widen(d, &d->sizes.right, label_words(d, &d->lines[i]), LABEL_GAP);
}

static void legend_draw(drawing *d)
{
    const int columns = d->sizes.legend_columns;
    const int64_t row = (int64_t)(d->sizes.font + 8) * TENTHS;
    const int64_t wide = (int64_t)(d->sizes.width - 20) * TENTHS / columns;
    const int64_t top = (int64_t)(d->sizes.height - d->sizes.bottom) * TENTHS +
                        (int64_t)(2 * d->sizes.font + 34) * TENTHS;
    int shown = 0;
    for (size_t i = 0; i < LINES; i++) {
        const line *l = &d->lines[i];
        if (l->last == NULL)
            continue;
        const int64_t x = 100 + wide * (shown % columns), y = top + row * (shown / columns);
        utfall__text_add(d->text, "<path");
        stroke_add(d, l);
        utfall__text_add(d->text, " d=\"");
        point_add(d, "M", x, y);
        point_add(d, "L", x + 400, y);
        utfall__text_add(d->text, "\"/>\n");
        text_add(d, x + 480, y + (int64_t)d->sizes.font * 35 / 10, "",
                 name_words(d, l, !d->sizes.has_names));
        shown++;
    }
}

/* The contract's note, e.g. that the data are synthetic, below a figure that stands alone: its
 * lines of at most NOTE_COLUMNS code points, broken at spaces. Gives how many lines it takes, and
 * writes them when `d->text` is to have them. */
static int note_draw(drawing *d, bool is_written)
{
    const char *rest = d->settlement->contract->note;
    int lines = 0;
    if (!d->sizes.is_alone)
        return 0;
    while (*rest != '\0') {
        size_t end = 0, space = 0, columns = 0;
        for (; rest[end] != '\0' && columns <= NOTE_COLUMNS; end++) {
            columns += ((unsigned char)rest[end] & 0xc0) != 0x80;
            if (rest[end] == ' ')
                space = end;
        }
        if (rest[end] != '\0' && space > 0)
            end = space;
        if (is_written)
            text_add(d, 100,
                     (int64_t)(d->sizes.height + NOTE_ROW * lines) * TENTHS + NOTE_ROW * TENTHS / 2,
                     "", utfall_run_text(d->run, rest, end));
        rest += end;
        rest += strspn(rest, " ");
        lines++;
    }
    return lines;
}

/* ---- the whole ---- */

const char *utfall__figure_words(utfall_run *run, const utfall_settlement *settlement,
                                 utfall_language language)
{
    const utfall_settlement *s = settlement;
    const char *currency = s->contract->currency;
    const char *words = utfall__say(
        run, language, WORD_FIGURE_TEXT, utfall__month_long(run, language, month_last(s->sums)),
        utfall__amount_short(run, language, currency, s->actual),
        utfall__amount_short(run, language, currency, s->expected),
        utfall__amount_short(run, language, currency, s->drawn),
        utfall__amount_short(run, language, currency, s->level_break_even));
    if (s->level_cap == NULL)
        return words;
    return utfall__say(run, language, WORD_FIGURE_TEXT_CAP, words,
                       utfall__amount_short(run, language, currency, s->level_cap));
}

static void named_add(drawing *d, const char *element, const char *suffix, const char *words)
{
    utfall__text_add(d->text, "<");
    utfall__text_add(d->text, element);
    utfall__text_add(d->text, " id=\"");
    utfall__text_add(d->text, d->sizes.id);
    utfall__text_add(d->text, suffix);
    utfall__text_add(d->text, "\">");
    utfall__text_escape(d->text, words);
    utfall__text_add(d->text, "</");
    utfall__text_add(d->text, element);
    utfall__text_add(d->text, ">\n");
}

static void open_add(drawing *d)
{
    const char *width = utfall_run_decimal(d->run, d->sizes.width);
    const char *height =
        utfall_run_decimal(d->run, d->sizes.height + NOTE_ROW * note_draw(d, false));
    const char *id = d->sizes.id;
    const char *lang = d->language == UTFALL_SV ? "sv" : "en";
    utfall__text_add(d->text, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"");
    utfall__text_add(d->text, lang);
    utfall__text_add(d->text, "\" class=\"");
    utfall__text_add(d->text, id);
    utfall__text_add(d->text, "\" aria-labelledby=\"");
    utfall__text_add(d->text, utfall_run_join(d->run, id, "-t ", id, "-d", (const char *)NULL));
    utfall__text_add(d->text, "\" viewBox=\"0 0 ");
    utfall__text_add(d->text, utfall_run_join(d->run, width, " ", height, (const char *)NULL));
    if (d->sizes.is_alone)
        utfall__text_add(d->text, utfall_run_join(d->run, "\" width=\"", width, "\" height=\"",
                                                  height, (const char *)NULL));
    utfall__text_add(d->text, "\" font-family=\"system-ui, 'Segoe UI', Arial, sans-serif\""
                              " font-size=\"");
    utfall__text_number(d->text, d->sizes.font);
    utfall__text_add(d->text, "\">\n");
    named_add(d, "title", "-t", utfall__word_of(d->language, WORD_FIGURE_TITLE));
    named_add(d, "desc", "-d", utfall__figure_words(d->run, d->settlement, d->language));
    if (d->sizes.is_alone)
        utfall__text_add(d->text, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    utfall__text_add(d->text, "<g fill=\"#1b1b1f\">\n");
}

void utfall__figure_add(utfall__text *text, const utfall_settlement *settlement,
                        utfall_language language, utfall__figure_form form)
{
    drawing d = {.text = text,
                 .run = text->run,
                 .settlement = settlement,
                 .language = language,
                 .sizes = layouts[form]};
    lines_collect(&d);
    scale_set(&d);
    if (text->has_failed)
        return;
    margins_set(&d);
    open_add(&d);
    values_draw(&d);
    months_draw(&d);
    for (size_t i = LINES; i > 0; i--)
        line_draw(&d, &d.lines[i - 1]);
    labels_draw(&d);
    legend_draw(&d);
    note_draw(&d, true);
    utfall__text_add(text, "</g>\n</svg>\n");
}

utfall_status utfall_figure_svg(utfall_run *run, const char **out, size_t *len,
                                const utfall_settlement *settlement, utfall_language language)
{
    utfall__text text;
    utfall__text_start(&text, run);
    utfall__text_add(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    utfall__figure_add(&text, settlement, language, UTFALL__FIGURE_ALONE);
    return utfall__text_end(&text, out, len);
}
