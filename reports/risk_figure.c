/* reports/risk_figure.c - the histogram of redrawn savings as SVG.
 *
 * In: the bins of a risk. Out: one <svg> document. Coordinates are integers. Bars below zero and
 * from zero up differ by colour and by an outline, and the numbers stand beside them, so that
 * nothing hangs on colour. */
#include "reports/amount.h"
#include "reports/text.h"
#include "reports/words.h"
#include "utfall/risk_report.h"
#include <string.h>

enum {
    WIDTH = 760,
    NOTE = 46,
    NOTE_COLUMNS = 100,
    NOTE_ROW = 18,
    ROW = 18,
    LABELS = 150,
    BARS = 480,
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
    label_add(d, LABELS + length + 6, y + 13, "start",
              utfall__count(d->run, d->language, risk->histogram[bin]));
}

/* The contract's note in as many lines as it takes; gives where the next would stand. */
static int64_t note_add(const drawing *d, bool is_drawn)
{
    const char *rest = utfall__text_cleaned(d->run, d->risk->settlement->contract->note);
    int64_t y = NOTE;
    while (rest != NULL && *rest != '\0') {
        const size_t len = strlen(rest);
        size_t end = 0;
        for (size_t at = 0; at < len && utfall__text_columns(rest, at) <= NOTE_COLUMNS;
             at += utfall__text_step(rest + at, len - at))
            if (rest[at] == ' ' || at + utfall__text_step(rest + at, len - at) == len)
                end = rest[at] == ' ' ? at : len;
        if (end == 0) /* a word without end stands as it is */
            end = len;
        if (is_drawn)
            label_add(d, 16, y, "start", utfall_run_text(d->run, rest, end));
        y += NOTE_ROW;
        rest += end;
        rest += strspn(rest, " ");
    }
    return y;
}

utfall_status utfall_risk_svg(utfall_run *run, const char **out, size_t *len,
                              const utfall_risk *risk, utfall_language language)
{
    utfall__text text;
    const drawing d = {.text = &text, .run = run, .risk = risk, .language = language};
    const utfall_contract *contract = risk->settlement->contract;
    utfall__text_start(&text, run);
    const int64_t top = note_add(&d, false);
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
    label_add(&d, 16, 24, "start", title);
    (void)note_add(&d, true);
    for (size_t i = 0; i < risk->histogram_count; i++)
        bar_add(&d, i, top, most);
    label_add(&d, 16, height - 12, "start",
              utfall__say(run, language, WORD_RISK_FIGURE_NOTE, whole(&d, risk->saving.minor[0]),
                          whole(&d, risk->saving.minor[UTFALL_QUANTILES - 1]),
                          utfall__amount_units(language, contract->currency)));
    utfall__text_add(&text, "</g>\n</svg>\n");
    return utfall__text_end(&text, out, len);
}
