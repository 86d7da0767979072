/* utfall/whatif.h - what can be varied: axes of values for places of a contract, and files that
 * keep such a set under a name.
 *
 * A choice is one or more values set at once; an axis is a list of choices; a grid is every
 * combination of one choice an axis. Values are texts as utfall_document_set takes them, so that a
 * scenario is a contract like any other. */
#ifndef UTFALL_WHATIF_H
#define UTFALL_WHATIF_H
#include "utfall/reader.h"

enum {
    UTFALL_AXES_MAX = 16,
    UTFALL_CHOICES_MAX = 100000 /* of one axis */
};

/** A value for a place: "evaluation.window", "24 months". */
typedef struct utfall_setting {
    const char *path, *text;
} utfall_setting;

typedef struct utfall_choice {
    const char *label; /* for people: the value, or the scenario's name */
    size_t count;
    const utfall_setting *settings; /* applied in this order */
} utfall_choice;

typedef struct utfall_axis {
    const char *label; /* for people: the path, or "" for what is always set */
    size_t count;
    const utfall_choice *choices;
} utfall_axis;

/** What a scenario file says. */
typedef struct utfall_scenarios {
    const char *title; /* "" when not given */
    size_t show_count; /* keys of facts */
    const char *const *show;
    size_t axis_count;
    const utfall_axis *axes;
} utfall_scenarios;

/** Read "PATH=VALUES": values with commas between them, each a text in flow form ("[16, 18]") or a
 * range ("12..36", "30%..50%:5%"). A number without unit has that of the last one of the list, or
 * the months or currency that stand at the place now. `from` is how places name the text.
 * UTFALL_E_SYNTAX, UTFALL_E_RANGE (more than UTFALL_CHOICES_MAX values), with a finding. */
UTFALL_TRY utfall_status utfall_axis_parse(utfall_run *run, utfall_axis *out,
                                           const utfall_document *document, const char *text,
                                           const char *from);

/** Read a scenario file: whatif, title, show, set, axes, scenarios. `document` gives units, as for
 * utfall_axis_parse. Every fault is reported. */
UTFALL_TRY utfall_status utfall_scenarios_parse(utfall_run *run, utfall_scenarios *out,
                                                const utfall_document *document, const char *name,
                                                const char *text, size_t len);

#endif
