/* What is said of a risk: every figure of it, in both languages, nothing of a title that could
 * break a form, and a failure rather than half a report when memory runs out. */
#include "unit/made.h"
#include "unit/allocator.h"
#include "utfall/risk_report.h"
#include <limits.h>

static const utfall_month late = {2021 * 12 + 1};

static bool is_stopped_at(void *ctx)
{
    int *questions = ctx;
    return --*questions < 0;
}

/* A risk of Norrköping's steps with a note and a title that try to break out, stopped after so many
 * questions. */
static const utfall_risk *risk_stopped(utfall_run *run, bool has_power, int questions)
{
    uint64_t s = 4;
    utfall_contract draft = frame_random(run, 2, 3, "1");
    utfall_case *data = utfall_run_alloc(run, sizeof *data);
    const utfall_risk *risk = NULL;
    *data = case_random(run, &s, 2, 3, "1");
    utfall_money *draws = (utfall_money *)(uintptr_t)data->draws;
    for (size_t i = 0; i < data->draw_count; i++)
        draws[i].minor %= 1000000;
    draft.title = "A \"title\"\\ <b>\x1b[31m";
    draft.note = "Synthetic: \"made\" \\ for <a> test & nothing else";
    const utfall_contract *contract = contract_of(run, &draft);
    const utfall_settlement *settlement = settlement_of(run, contract, data, late);
    const utfall_risk_options options = {.seed = UINT64_MAX,
                                         .replicates = 500,
                                         .permutations = 300,
                                         .has_power = has_power,
                                         .lanes = {.count = 1},
                                         .watch = {is_stopped_at, NULL, &questions}};
    assert_ok(run, utfall_risk_compute(run, &risk, contract, data, settlement, &options));
    return risk;
}

static const utfall_risk *risk_new(utfall_run *run, bool has_power)
{
    return risk_stopped(run, has_power, INT_MAX);
}

static const char *text_of(utfall_run *run, const utfall_risk *risk, utfall_language language)
{
    const char *text = NULL;
    size_t len = 0;
    assert_ok(run, utfall_risk_text(run, &text, &len, risk, language));
    assert_true(strlen(text) == len);
    return text;
}

static void assert_says(const char *text, const char *what)
{
    if (strstr(text, what) == NULL)
        fail_msg("\"%s\" is not said in:\n%s", what, text);
}

static void the_text_says_seed_counts_classes_and_tests(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_risk *risk = risk_new(run, true);
    const char *en = text_of(run, risk, UTFALL_EN), *sv = text_of(run, risk, UTFALL_SV);
    char number[64];
    assert_says(en, "500 replicates, seed 18446744073709551615.");
    assert_says(sv, "slumptalsfrö");
    assert_says(sv, "18446744073709551615");
    (void)snprintf(number, sizeof number, "%d of 500 replicates", (int)risk->negative);
    assert_says(en, number);
    (void)snprintf(number, sizeof number, "%d of 500 replicates", (int)risk->break_even);
    assert_says(en, number);
    assert_says(en, "Fixed");
    assert_says(en, "Probable");
    assert_says(en, "Possible");
    assert_says(sv, "Trolig");
    assert_says(en, "random exchanges");
    assert_says(en, "Synthetic: \"made\"");
    assert_says(en, "of 2,000 replicates");
    assert_null(strchr(en, '\x1b'));
    utfall_run_free(run);
}

/* Quotes and backslashes of the contract come out escaped, and brackets pair up outside texts. */
static void the_json_is_well_formed(void **state)
{
    (void)state;
    for (int has_power = 0; has_power < 2; has_power++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        const utfall_risk *risk = risk_new(run, has_power == 1);
        const char *text = NULL;
        char open[64];
        size_t len = 0, depth = 0;
        assert_ok(run, utfall_risk_json(run, &text, &len, risk));
        assert_says(text, "\"note\": \"Synthetic: \\\"made\\\" \\\\ for <a> test & nothing else\"");
        assert_says(text, "\"seed\": 18446744073709551615, \"replicates\": 500,");
        assert_says(text, "\"as_of\": \"2021-02\"");
        assert_true((strstr(text, "\"power\": null") == NULL) == (has_power == 1));
        for (size_t i = 0, in_text = 0; i < len; i++) {
            if (in_text && text[i] == '\\')
                i++;
            else if (text[i] == '"')
                in_text = !in_text;
            else if (!in_text && (text[i] == '{' || text[i] == '['))
                open[depth++] = text[i];
            else if (!in_text && (text[i] == '}' || text[i] == ']'))
                assert_true(depth > 0 && open[--depth] == (text[i] == '}' ? '{' : '['));
            assert_true(depth < sizeof open);
        }
        assert_true(depth == 0);
        utfall_run_free(run);
    }
}

static void the_figure_has_a_bar_and_a_number_for_each_bin(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_risk *risk = risk_new(run, false);
    const char *text = NULL;
    size_t len = 0, bars = 0;
    assert_ok(run, utfall_risk_svg(run, &text, &len, risk, UTFALL_SV));
    for (const char *at = text; (at = strstr(at, "<rect x=")) != NULL; at++)
        bars++;
    assert_true(bars == risk->histogram_count);
    assert_says(text, "for &lt;a&gt; test &amp; nothing else");
    assert_null(strstr(text, "<a>"));
    utfall_run_free(run);
}

/* ---- stopped ---- */

static const char *json_of(utfall_run *run, const utfall_risk *risk)
{
    const char *text = NULL;
    size_t len = 0;
    assert_ok(run, utfall_risk_json(run, &text, &len, risk));
    return text;
}

static const char *svg_of(utfall_run *run, const utfall_risk *risk, utfall_language language)
{
    const char *text = NULL;
    size_t len = 0;
    assert_ok(run, utfall_risk_svg(run, &text, &len, risk, language));
    return text;
}

static void replicates_that_were_not_made_are_said_in_every_form(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_risk *risk = risk_stopped(run, true, 0);
    assert_true(risk->replicates == 256);
    const char *en = text_of(run, risk, UTFALL_EN), *sv = text_of(run, risk, UTFALL_SV);
    assert_says(en, "*** Interrupted: 256 of 500 replicates were made.");
    assert_says(en, "--replicates 256 gives");
    assert_says(en, "of 256 replicates (");
    assert_says(en, "exchanges was not made");
    assert_says(en, "was not sought");
    assert_null(strstr(en, "p\xC2\xA0="));
    assert_says(sv, "*** Avbrutet: 256 av 500 omdragningar gjordes.");
    assert_says(sv, "Bytestestet gjordes inte");
    assert_says(sv, "behövts söktes inte");
    const char *json = json_of(run, risk);
    assert_says(json, "\"replicates\": 256, \"replicates_asked\": 500, \"interrupted\": true, ");
    assert_says(json, "\"permutations\": 0, \"permutations_asked\": 300, ");
    assert_says(json, "\"p\": null");
    assert_says(json, "\"seen_now\": null, \"ended\": false, \"needed\": null");
    assert_says(svg_of(run, risk, UTFALL_EN), "Interrupted: 256 of 500 replicates were made.");
    assert_says(svg_of(run, risk, UTFALL_SV), "Avbrutet: 256 av 500 omdragningar gjordes.");
    utfall_run_free(run);
}

static void permutations_that_were_not_made_are_said(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_risk *risk = risk_stopped(run, true, 1);
    assert_true(risk->replicates == 500 && risk->permutation.count == 256);
    const char *en = text_of(run, risk, UTFALL_EN), *json = json_of(run, risk);
    assert_says(en, "*** Interrupted: all 500 replicates were made, but not everything");
    assert_says(en, "Interrupted: 256 of 300 exchanges were made; --permutations 256 gives");
    assert_says(en, "of 256 random exchanges");
    assert_says(en, "was not sought");
    assert_says(text_of(run, risk, UTFALL_SV), "Avbrutet: 256 av 300 byten gjordes");
    assert_says(json, "\"replicates\": 500, \"replicates_asked\": 500, \"interrupted\": true, ");
    assert_says(json, "\"permutations\": 256, \"permutations_asked\": 300, ");
    assert_null(strstr(svg_of(run, risk, UTFALL_EN), "Interrupted"));
    utfall_run_free(run);
}

static void a_search_that_was_not_ended_is_said(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_risk *risk = NULL;
    for (int n = 2; risk == NULL || !risk->power.is_tried; n++) {
        assert_true(n < 60);
        risk = risk_stopped(run, true, n);
    }
    assert_true(risk->is_interrupted && !risk->power.is_ended);
    const char *en = text_of(run, risk, UTFALL_EN), *json = json_of(run, risk);
    assert_says(en, "of 2,000 replicates");
    assert_says(en, "was not found out: the");
    assert_says(text_of(run, risk, UTFALL_SV), "blev inte klarlagt");
    assert_says(json, "\"ended\": false, \"needed\": null");
    assert_null(strstr(json, "\"seen_now\": null"));
    const utfall_risk *whole = risk_new(run, true);
    assert_says(json_of(run, whole), "\"interrupted\": false, ");
    assert_says(json_of(run, whole), "\"ended\": true, ");
    assert_null(strstr(text_of(run, whole, UTFALL_EN), "nterrupted"));
    utfall_run_free(run);
}

static void the_figure_says_of_what_it_is_and_where_the_settlement_lies(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_risk *risk = risk_new(run, false);
    const char *en = svg_of(run, risk, UTFALL_EN);
    const char *mark = strstr(en, "\xE2\x97\x82 settled");
    assert_says(en, "A &quot;title&quot;\\ &lt;b&gt;");
    assert_says(en, "as of the end of February");
    assert_says(svg_of(run, risk, UTFALL_SV), "\xE2\x97\x82 avräknad");
    assert_non_null(mark);
    assert_null(strstr(mark + 1, "\xE2\x97\x82 settled")); /* one bar alone */
    utfall_run_free(run);
}

static void every_form_fails_whole_when_memory_ends(void **state)
{
    (void)state;
    for (int form = 0; form < 3; form++)
        for (uint64_t n = 1;; n++) {
            counting memory = {0};
            utfall_run *run = utfall_run_new(counting_alloc, &memory);
            const utfall_risk *risk = risk_new(run, false);
            const char *text = NULL;
            size_t len = 7;
            memory.fail_at = memory.requests + n;
            const utfall_status status =
                form == 0   ? utfall_risk_text(run, &text, &len, risk, UTFALL_EN)
                : form == 1 ? utfall_risk_json(run, &text, &len, risk)
                            : utfall_risk_svg(run, &text, &len, risk, UTFALL_EN);
            if (status != UTFALL_OK) {
                assert_string_equal(utfall_status_name(status), "UTFALL_E_NOMEM");
                assert_true(text == NULL && len == 7);
            }
            utfall_run_free(run);
            assert_true(memory.out == 0);
            if (status == UTFALL_OK)
                break;
            n += n / 10;
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_says_seed_counts_classes_and_tests),
        cmocka_unit_test(the_json_is_well_formed),
        cmocka_unit_test(the_figure_has_a_bar_and_a_number_for_each_bin),
        cmocka_unit_test(replicates_that_were_not_made_are_said_in_every_form),
        cmocka_unit_test(permutations_that_were_not_made_are_said),
        cmocka_unit_test(a_search_that_was_not_ended_is_said),
        cmocka_unit_test(the_figure_says_of_what_it_is_and_where_the_settlement_lies),
        cmocka_unit_test(every_form_fails_whole_when_memory_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
