/* reports/figure.h - the figure of a settlement, for a page or alone. */
#ifndef UTFALL_REPORTS_FIGURE_H
#define UTFALL_REPORTS_FIGURE_H
#include "reports/text.h"
#include "utfall/reports.h"

typedef enum utfall__figure_form {
    UTFALL__FIGURE_ALONE, /* an SVG document with its own background */
    UTFALL__FIGURE_WIDE,  /* part of a page, for screens from about 600 pixels and for paper */
    UTFALL__FIGURE_NARROW /* part of a page, for phones: values at the lines, names below */
} utfall__figure_form;

/** Add the figure as an <svg> element. Failures are noted in `text`. */
void utfall__figure_add(utfall__text *text, const utfall_settlement *settlement,
                        utfall_language language, utfall__figure_form form);

/** What the figure shows, in sentences. */
const char *utfall__figure_words(utfall_run *run, const utfall_settlement *settlement,
                                 utfall_language language);

#endif
