/* reports/section_scales.c - outcomes on scales: a table for each, one row a scale.
 *
 * In: sums by scale and occasion. Out: means to one decimal as a report prints them, exact ones are
 * facts. Invariant: people counted and people missing stand in each row. */
#include "reports/sections.h"
#include "utfall/scales.h"

/* To one decimal, a half away from zero: as reports print means. */
static const char *tenths(const utfall__statement *st, const utfall_rat *value)
{
    const utfall_rounding whole = {UTFALL_ROUND_HALF_AWAY, 1};
    utfall_money rounded;
    const utfall_rat *residue;
    const utfall_rat *times = utfall_rat_mul(st->run, value, utfall_rat_of(st->run, 10, 1));
    if (times == NULL || utfall_rat_round(st->run, &rounded, &residue, times, whole) != UTFALL_OK)
        return NULL;
    const char *text =
        utfall__number(st->run, st->language, utfall_rat_of(st->run, rounded.minor, 10));
    if (text == NULL || rounded.minor % 10 != 0)
        return text;
    const char *zero = st->language == UTFALL_SV ? ",0" : ".0";
    return utfall_run_join(st->run, text, zero, (const char *)NULL);
}

/* "9,4 / 8,4 / 8,2" */
static const char *means(const utfall__statement *st, const utfall_scale_result *scale)
{
    const char *text = "";
    for (size_t i = 1; i <= scale->occasions && text != NULL; i++) {
        const char *mean = tenths(st, utfall_scale_mean(st->run, scale, i));
        text = mean == NULL
                   ? NULL
                   : utfall_run_join(st->run, text, i == 1 ? "" : " / ", mean, (const char *)NULL);
    }
    return text;
}

static const char *change(const utfall__statement *st, const utfall_scale_result *scale)
{
    const char *absolute = tenths(st, utfall_scale_change(st->run, scale));
    const utfall_rat *relative = utfall_scale_relative_change(st->run, scale);
    return relative == NULL ? absolute
                            : SAY(st, WORD_SCALE_CHANGE_BOTH, absolute,
                                  utfall__percent(st->run, st->language, relative));
}

static void row_add(const utfall__statement *st, const utfall_scale_result *scale)
{
    const uint64_t counts[] = {scale->persons, scale->missing};
    utfall__sheet_cell(st->sheet, utfall__id_words(st->run, scale->id));
    for (size_t i = 0; i < 2; i++)
        utfall__sheet_cell(st->sheet, utfall__count(st->run, st->language, counts[i]));
    utfall__sheet_cell(st->sheet, scale->persons == 0 ? "-" : means(st, scale));
    utfall__sheet_cell(st->sheet, scale->persons == 0 ? "-" : change(st, scale));
    const char *improved = utfall__count(st->run, st->language, scale->improved);
    const char *unchanged = utfall__count(st->run, st->language, scale->unchanged);
    const char *worse = utfall__count(st->run, st->language, scale->worse);
    utfall__sheet_cell(st->sheet, improved == NULL || unchanged == NULL
                                      ? NULL
                                      : utfall_run_join(st->run, improved, " / ", unchanged, " / ",
                                                        worse, (const char *)NULL));
}

void utfall__scales_add(const utfall__statement *st)
{
    static const utfall__word headings[] = {WORD_SCALE,         WORD_SCALE_PEOPLE,
                                            WORD_SCALE_MISSING, WORD_SCALE_MEANS,
                                            WORD_SCALE_CHANGE,  WORD_SCALE_CHANGED};
    for (size_t o = 0; o < st->settlement->contract->outcome_count; o++) {
        const utfall_outcome_result *outcome = &st->settlement->sums->outcomes[o];
        if (outcome->scale_count == 0)
            continue;
        utfall__sheet_table(st->sheet, WORD_TEXT(st, WORD_SCALES_CAPTION));
        for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
            utfall__sheet_column(st->sheet, WORD_TEXT(st, headings[i]), i > 0);
        for (size_t i = 0; i < outcome->scale_count; i++)
            row_add(st, &outcome->scales[i]);
    }
}
