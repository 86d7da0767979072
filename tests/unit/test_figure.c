/* The figure: well-formed, inside its frame, labels apart, named lines, exact places. */
#include "reports/figure.h"
#include "reports/width.h"
#include "unit/marked_up.h"

static const char *figure_of(utfall_run *run, const utfall_settlement *settlement,
                             utfall_language language, size_t *len)
{
    const char *svg = NULL;
    assert_ok(run, utfall_figure_svg(run, &svg, len, settlement, language));
    assert_int_equal(strlen(svg), *len);
    return svg;
}

/* "12.3" as 123. */
static long tenths(const char *text, const char **end)
{
    char *rest;
    long value = strtol(text, &rest, 10) * 10;
    assert_true(rest != text);
    if (*rest == '.') {
        assert_true(rest[1] >= '1' && rest[1] <= '9' && (rest[2] < '0' || rest[2] > '9'));
        value += rest[1] - '0';
        rest += 2;
    }
    *end = rest;
    return value;
}

enum { WIDTH = 7600, HEIGHT = 4800 };

static void inside_check(xmlNode *element, void *ctx)
{
    static const char *const across[] = {"x", "x1", "x2"}, *const down[] = {"y", "y1", "y2"};
    const char *end;
    (void)ctx;
    for (int i = 0; i < 3; i++) {
        if (attribute(element, across[i])[0] != '\0')
            assert_in_range(tenths(attribute(element, across[i]), &end), 0, WIDTH);
        if (attribute(element, down[i])[0] != '\0')
            assert_in_range(tenths(attribute(element, down[i]), &end), 0, HEIGHT);
    }
    if (!is_element(element, "path"))
        return;
    for (const char *d = attribute(element, "d"); *d != '\0';) {
        assert_true(*d == 'M' || *d == 'L');
        assert_in_range(tenths(d + 1, &d), 0, WIDTH);
        assert_int_equal(*d, ' ');
        assert_in_range(tenths(d + 1, &d), 0, HEIGHT);
    }
}

static void everything_lies_inside_the_frame(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len;
    for (uint32_t window = 1; window <= 36; window += 5) {
        const char *svg = figure_of(run, large_settlement(run, 3, window), UTFALL_SV, &len);
        xmlDoc *doc = parsed(svg, len);
        walk(xmlDocGetRootElement(doc), inside_check, NULL);
        walk(xmlDocGetRootElement(doc), references_check, doc);
        xmlFreeDoc(doc);
    }
    utfall_run_free(run);
}

typedef struct labels {
    long last;
    size_t count;
} labels;

/* Names of the lines stand right of the plot, at x 548. */
static void label_check(xmlNode *element, void *ctx)
{
    labels *l = ctx;
    const char *end;
    if (!is_element(element, "text") || tenths(attribute(element, "x"), &end) != 5480)
        return;
    const long y = tenths(attribute(element, "y"), &end);
    if (l->count++ > 0)
        assert_true(y - l->last >= 160); /* a line of text and a little more */
    l->last = y;
}

static void names_of_lines_do_not_overlap(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len;
    for (size_t groups = 1; groups <= 5; groups++) {
        labels l = {0, 0};
        const char *svg = figure_of(run, large_settlement(run, groups, 24), UTFALL_EN, &len);
        xmlDoc *doc = parsed(svg, len);
        walk(xmlDocGetRootElement(doc), label_check, &l);
        assert_int_equal(l.count, 6);
        xmlFreeDoc(doc);
    }
    utfall_run_free(run);
}

static void every_line_is_named_and_told_apart_without_colour(void **state)
{
    (void)state;
    static const char *const dashes[] = {"\"8 4\"", "\"1.5 4\"", "\"12 4 2 4\"", "\"4 3\"",
                                         "\"18 5\""};
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len;
    const char *sv = figure_of(run, hand_settlement(run), UTFALL_SV, &len);
    const char *en = figure_of(run, hand_settlement(run), UTFALL_EN, &len);
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
        assert_int_equal(times(en, dashes[i]), 2); /* the line and its sample */
    assert_says(sv, ">Brytpunkt<");
    assert_says(sv, ">Betalningstak<");
    assert_says(en, ">Break-even<");
    assert_says(en, ">No saving<");
    assert_says(en, "<title id=\"f-t\">Accumulated actual and expected cost</title>");
    assert_says(en, "<desc id=\"f-d\">Through April\xc2\xa0"
                    "2016 the actual cost is SEK\xc2\xa0"
                    "8");
    utfall_run_free(run);
}

static void places_are_exact(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len;
    /* 0 to 800 öre on 332 units from 40 to 372; 5 months on 486 units from 52 to 538. Actual by
     * the end of 2016-04 is 780 öre: 372 - 332 * 780 / 800 = 48.3. Drawn 100: 330.5. */
    const char *svg = figure_of(run, hand_settlement(run), UTFALL_EN, &len);
    assert_says(svg, "L538 48.3\"/>");
    assert_says(svg, "L538 330.5\"/>");
    assert_says(svg, "M52 372L149.2 ");
    utfall_run_free(run);
}

static void a_contract_without_a_cap_has_no_cap_line(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = hand_draft(run);
    draft.step_count = 1; /* the guarantee alone: nothing hangs on the saving */
    size_t len;
    const char *svg = figure_of(run, hand_settlement_of(run, &draft), UTFALL_EN, &len);
    assert_silent(svg, "class=\"cap\"");
    assert_silent(svg, "Payment cap");
    assert_status(UTFALL_OK, utfall_run_failure(run));
    utfall_run_free(run);
}

/* An end of a slice that stands for none: no line, as no cost comes near it. */
static void a_cap_beyond_every_scale_is_not_drawn(void **state)
{
    (void)state;
    static const char *const ends[] = {"900000000000000000", "9223372036854775000"};
    for (size_t i = 0; i < 2; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_contract draft = hand_draft(run);
        const utfall_step step =
            slice_step(run, "share", "1/2", amount(run, "0"), amount(run, ends[i]));
        draft.step_count = 1;
        draft.steps = &step;
        const utfall_settlement *settlement = hand_settlement_of(run, &draft);
        size_t len;
        assert_non_null(settlement->level_cap);
        const char *svg = figure_of(run, settlement, UTFALL_EN, &len);
        assert_silent(svg, "class=\"cap\"");
        assert_status(UTFALL_OK, utfall_run_failure(run));
        utfall_run_free(run);
    }
}

/* The hand-made case in thousands: every cost times 150 000. */
static const utfall_settlement *thousands_settlement(utfall_run *run)
{
    enum { TIMES = 150000 };
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    utfall_cohort *const sides[] = {&data.target, &data.comparison};
    for (size_t i = 0; i < 2; i++) {
        int64_t *costs = (int64_t *)(uintptr_t)sides[i]->cost_minor;
        for (size_t at = 0; at < sides[i]->persons * sides[i]->months; at++)
            costs[at] *= TIMES;
        rows_set(sides[i], sides[i]->months);
    }
    return settlement_of(run, contract, &data, utfall_month_of(2016, 12));
}

typedef struct frame_words {
    long width, font; /* width in tenths */
    size_t count, thousands;
} frame_words;

static void words_check(xmlNode *element, void *ctx)
{
    frame_words *frame = ctx;
    const char *end, *anchor = attribute(element, "text-anchor");
    if (!is_element(element, "text"))
        return;
    char *words = (char *)xmlNodeGetContent(element);
    const long x = tenths(attribute(element, "x"), &end);
    const long width = utfall__width(words, (int)frame->font);
    const long left = strcmp(anchor, "end") == 0      ? x - width
                      : strcmp(anchor, "middle") == 0 ? x - width / 2
                                                      : x;
    if (left < 0 || left + width > frame->width)
        fail_msg("\"%s\" from %ld to %ld of %ld", words, left, left + width, frame->width);
    frame->count++;
    frame->thousands += strcmp(words, "1,000") == 0 || strcmp(words, "1\xc2\xa0"
                                                                     "000") == 0;
    xmlFree(words);
}

static void words_stay_inside_a_figure_in_thousands(void **state)
{
    (void)state;
    static const utfall__figure_form forms[] = {UTFALL__FIGURE_ALONE, UTFALL__FIGURE_WIDE,
                                                UTFALL__FIGURE_NARROW};
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_settlement *settlement = thousands_settlement(run);
    for (size_t i = 0; i < 2 * sizeof forms / sizeof forms[0]; i++) {
        const char *svg = NULL;
        size_t len;
        utfall__text text;
        utfall__text_start(&text, run);
        utfall__figure_add(&text, settlement, i % 2 == 0 ? UTFALL_SV : UTFALL_EN, forms[i / 2]);
        assert_ok(run, utfall__text_end(&text, &svg, &len));
        xmlDoc *doc = parsed(svg, len);
        xmlNode *root = xmlDocGetRootElement(doc);
        frame_words frame = {strtol(attribute(root, "viewBox") + 4, NULL, 10) * 10,
                             strtol(attribute(root, "font-size"), NULL, 10), 0, 0};
        walk(root, words_check, &frame);
        assert_true(frame.count > 20);
        assert_int_equal(frame.thousands, 1);
        xmlFreeDoc(doc);
    }
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_lies_inside_the_frame),
        cmocka_unit_test(names_of_lines_do_not_overlap),
        cmocka_unit_test(every_line_is_named_and_told_apart_without_colour),
        cmocka_unit_test(places_are_exact),
        cmocka_unit_test(a_contract_without_a_cap_has_no_cap_line),
        cmocka_unit_test(a_cap_beyond_every_scale_is_not_drawn),
        cmocka_unit_test(words_stay_inside_a_figure_in_thousands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
