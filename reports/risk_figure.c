/* reports/risk_figure.c - the histogram of redrawn savings as SVG.
 *
 * In: the bins of a risk. Out: one <svg> document that stands alone: it says of which contract and
 * month it is, how many replicates were made, and which bar the settlement itself falls in.
 * Coordinates are integers. Bars below zero and from zero up differ by colour and by an outline,
 * and the numbers stand beside them, so that nothing hangs on colour. */
#include "reports/amount.h"
#include "reports/text.h"
#include "reports/words.h"
#include "utfall/risk_report.h"
#include <string.h>

enum {
    WIDTH = 760,
    MARGIN = 16,
    TITLE = 24,
    HEAD_COLUMNS = 100,
    ROW = 18,
    LABELS = 150,
    BARS = 420,
    FOOT = 34
};

typedef struct drawing {
    utfall__text *text;
    utfall_run *run;
    const utfall_risk *risk;
    utfall_language language;
} drawing;

static void attribute_add(const drawing *d, const char *name, int64_t value)
{
    utfall__text_add(d->text, " ");
    utfall__text_add(d->text, name);
    utfall__text_add(d->text, "=\"");
    utfall__text_number(d->text, value);
    utfall__text_add(d->text, "\"");
}

static void label_add(const drawing *d, int64_t x, int64_t y, const char *anchor, const char *label)
{
    utfall__text_add(d->text, "<text");
    attribute_add(d, "x", x);
    attribute_add(d, "y", y);
    utfall__text_add(d->text, " text-anchor=\"");
    utfall__text_add(d->text, anchor);
    utfall__text_add(d->text, "\">");
    utfall__text_escape(d->text, label);
    utfall__text_add(d->text, "</text>\n");
}

static const char *whole(const drawing *d, int64_t minor)
{
    return utfall__amount_whole(d->run, d->language, utfall_rat_of(d->run, minor, 1));
}

/* Whether the saving that was settled lies in the bin; the first and last have no outer end. */
static bool is_settled_in(const drawing *d, size_t bin)
{
    const utfall_risk *risk = d->risk;
    const utfall_rat *saving = risk->settlement->paid_saving;
    const int64_t from = risk->histogram_first + (int64_t)bin * risk->histogram_width;
    const utfall_rat *low = utfall_rat_of(d->run, from, 1);
    const utfall_rat *high =
        utfall_rat_add(d->run, low, utfall_rat_of(d->run, risk->histogram_width, 1));
    return low != NULL && high != NULL && (bin == 0 || utfall_rat_compare(saving, low) >= 0) &&
           (bin + 1 == risk->histogram_count || utfall_rat_compare(saving, high) < 0);
}

static void bar_add(const drawing *d, size_t bin, int64_t top, uint64_t most)
{
    const utfall_risk *risk = d->risk;
    const int64_t y = top + (int64_t)bin * ROW;
    const int64_t from = risk->histogram_first + (int64_t)bin * risk->histogram_width;
    const int64_t length = (int64_t)(risk->histogram[bin] * BARS / most);
    label_add(d, LABELS - 8, y + 13, "end", whole(d, from));
    utfall__text_add(d->text, "<rect");
    attribute_add(d, "x", LABELS);
    attribute_add(d, "y", y + 2);
    attribute_add(d, "width", length);
    attribute_add(d, "height", ROW - 4);
    utfall__text_add(d->text, from < 0
                                  ? " fill=\"#fff\" stroke=\"#a8320a\" stroke-width=\"1.5\"/>\n"
                                  : " fill=\"#1a5a9e\"/>\n");
    const char *label = utfall__count(d->run, d->language, risk->histogram[bin]);
    if (is_settled_in(d, bin))
        label = utfall__say(d->run, d->language, WORD_RISK_FIGURE_SETTLED, label);
    label_add(d, LABELS + length + 6, y + 13, "start", label);
}

/* A text in as many lines as it takes, from `y`; gives where the next would stand. */
static int64_t lines_add(const drawing *d, int64_t y, const char *text, bool is_drawn)
{
    const char *rest = utfall__text_cleaned(d->run, text);
    while (rest != NULL && *rest != '\0') {
        const size_t len = strlen(rest);
        size_t end = 0;
        for (size_t at = 0; at < len && utfall__text_columns(rest, at) <= HEAD_COLUMNS;
             at += utfall__text_step(rest + at, len - at))
            if (rest[at] == ' ' || at + utfall__text_step(rest + at, len - at) == len)
                end = rest[at] == ' ' ? at : len;
        if (end == 0) /* a word without end stands as it is */
            end = len;
        if (is_drawn)
            label_add(d, MARGIN, y, "start", utfall_run_text(d->run, rest, end));
        y += ROW;
        rest += end;
        rest += strspn(rest, " ");
    }
    return y;
}

/* Contract, month, its note and whether the run was interrupted; gives where the bars begin. */
static int64_t head_add(const drawing *d, bool is_drawn)
{
    const utfall_risk *risk = d->risk;
    const utfall_contract *contract = risk->settlement->contract;
    const char *as_of =
        utfall__say(d->run, d->language, WORD_END_OF,
                    utfall__month_long(d->run, d->language, risk->settlement->sums->as_of));
    int64_t y = TITLE + ROW;
    y = lines_add(d, y,
                  utfall__say(d->run, d->language, WORD_RISK_FIGURE_OF, contract->title, as_of),
                  is_drawn);
    y = lines_add(d, y, contract->note, is_drawn);
    if (risk->replicates < risk->asked)
        y = lines_add(d, y,
                      utfall__say(d->run, d->language, WORD_RISK_INTERRUPTED,
                                  utfall__count(d->run, d->language, risk->replicates),
                                  utfall__count(d->run, d->language, risk->asked),
                                  utfall_run_decimal(d->run, (int64_t)risk->replicates)),
                      is_drawn);
    y += ROW / 2;
    if (is_drawn) {
        label_add(d, LABELS - 8, y, "end",
                  utfall__say(d->run, d->language, WORD_RISK_FIGURE_FROM,
                              utfall__amount_units(d->language, contract->currency)));
        label_add(d, LABELS, y, "start", utfall__word_of(d->language, WORD_RISK_REPLICATES));
    }
    return y + ROW / 2;
}

utfall_status utfall_risk_svg(utfall_run *run, const char **out, size_t *len,
                              const utfall_risk *risk, utfall_language language)
{
    utfall__text text;
    const drawing d = {.text = &text, .run = run, .risk = risk, .language = language};
    const utfall_contract *contract = risk->settlement->contract;
    utfall__text_start(&text, run);
    const int64_t top = head_add(&d, false);
    const int64_t height = top + (int64_t)risk->histogram_count * ROW + FOOT;
    const char *title =
        utfall__say(run, language, WORD_RISK_FIGURE, utfall__count(run, language, risk->negative),
                    utfall__count(run, language, risk->replicates),
                    utfall__count(run, language, risk->break_even));
    uint64_t most = 1;
    for (size_t i = 0; i < risk->histogram_count; i++)
        most = risk->histogram[i] > most ? risk->histogram[i] : most;
    utfall__text_add(&text, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"");
    utfall__text_add(&text, language == UTFALL_SV ? "sv" : "en");
    utfall__text_add(&text, "\" aria-labelledby=\"r-t\"");
    attribute_add(&d, "width", WIDTH);
    attribute_add(&d, "height", height);
    utfall__text_add(&text, " font-family=\"system-ui, 'Segoe UI', Arial, sans-serif\""
                            " font-size=\"13\">\n<title id=\"r-t\">");
    utfall__text_escape(&text, title);
    utfall__text_add(&text, "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
                            "<g fill=\"#1b1b1f\">\n");
    utfall__text_add(&text, "<g font-weight=\"bold\">");
    label_add(&d, MARGIN, TITLE, "start", title);
    utfall__text_add(&text, "</g>\n");
    (void)head_add(&d, true);
    for (size_t i = 0; i < risk->histogram_count; i++)
        bar_add(&d, i, top, most);
    label_add(&d, MARGIN, height - 12, "start",
              utfall__say(run, language, WORD_RISK_FIGURE_NOTE, whole(&d, risk->saving.minor[0]),
                          whole(&d, risk->saving.minor[UTFALL_QUANTILES - 1]),
                          utfall__amount_units(language, contract->currency),
                          utfall__amount_whole(run, language, risk->settlement->paid_saving)));
    utfall__text_add(&text, "</g>\n</svg>\n");
    return utfall__text_end(&text, out, len);
}
