/* The page: well-formed, accessible in what a machine can tell, self-contained, escaped. */
#include "unit/marked_up.h"

static const char *page_of(utfall_run *run, const utfall_settlement *settlement,
                           utfall_language language, size_t *len)
{
    static const utfall_input inputs[] = {{"costs.csv", "costs", 200, 1595, {1}}};
    const utfall_report_frame frame = {
        .language = language, .ledger_name = HOSTILE, .input_count = 1, .inputs = inputs};
    const char *page = NULL;
    assert_ok(run, utfall_statement_html(run, &page, len, settlement, &frame));
    return page;
}

static void table_check(xmlNode *element, void *ctx)
{
    size_t *tables = ctx;
    if (is_element(element, "table")) {
        (*tables)++;
        assert_true(is_element(xmlFirstElementChild(element), "caption"));
        assert_true(is_element(xmlFirstElementChild(element)->next->next, "thead") ||
                    is_element(xmlFirstElementChild(element)->next, "thead"));
    }
    if (is_element(element, "th"))
        assert_true(strcmp(attribute(element, "scope"), "col") == 0 ||
                    strcmp(attribute(element, "scope"), "row") == 0);
    if (is_element(element, "tr"))
        assert_true(is_element(xmlFirstElementChild(element), "th"));
}

static void tables_have_captions_and_headers(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len, tables = 0;
    const char *page = page_of(run, large_settlement(run, 4, 24), UTFALL_SV, &len);
    xmlDoc *doc = parsed(page, len);
    walk(xmlDocGetRootElement(doc), table_check, &tables);
    assert_true(tables > 10);
    xmlFreeDoc(doc);
    utfall_run_free(run);
}

static void a_price_index_has_an_appendix(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len, tables = 0;
    const char *page = page_of(run, priced_settlement(run), UTFALL_SV, &len);
    xmlDoc *doc = parsed(page, len);
    walk(xmlDocGetRootElement(doc), table_check, &tables);
    assert_non_null(strstr(page, "Bilaga 4: Prisindex"));
    assert_non_null(strstr(page, "Indexvärdena står i bilaga 4."));
    assert_non_null(strstr(page, "I prisläget januari"));
    assert_non_null(strstr(page, "100,0025"));
    assert_null(strstr(page, "<script>"));
    xmlFreeDoc(doc);
    utfall_run_free(run);
}

typedef struct outline {
    int last, tops;
} outline;

static void heading_check(xmlNode *element, void *ctx)
{
    outline *o = ctx;
    const char *name = (const char *)element->name;
    if (name[0] != 'h' || name[1] < '1' || name[1] > '6')
        return;
    const int level = name[1] - '0';
    assert_true(level <= o->last + 1); /* no level is passed over */
    o->last = level;
    o->tops += level == 1;
}

static void headings_nest_and_ids_lead_somewhere(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len;
    outline o = {0, 0};
    const char *page = page_of(run, hand_settlement(run), UTFALL_EN, &len);
    xmlDoc *doc = parsed(page, len);
    walk(xmlDocGetRootElement(doc), heading_check, &o);
    assert_int_equal(o.tops, 1);
    walk(xmlDocGetRootElement(doc), references_check, doc);
    xmlFreeDoc(doc);
    utfall_run_free(run);
}

static void outside_check(xmlNode *element, void *ctx)
{
    static const char *const refused[] = {"script", "link", "img",   "iframe", "object", "embed",
                                          "form",   "base", "video", "source", "use",    "image"};
    (void)ctx;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(is_element(element, refused[i]));
    assert_string_equal(attribute(element, "src"), "");
    assert_string_equal(attribute(element, "style"), ""); /* the style stands in one place */
    for (const xmlAttr *at = element->properties; at != NULL; at = at->next)
        assert_true(at->name[0] != 'o' || at->name[1] != 'n');
}

static void nothing_is_asked_of_the_outside(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len;
    const char *page = page_of(run, hand_settlement(run), UTFALL_SV, &len);
    xmlDoc *doc = parsed(page, len);
    walk(xmlDocGetRootElement(doc), outside_check, NULL);
    xmlFreeDoc(doc);
    assert_says(page, "default-src 'none'");
    assert_silent(page, "url(");
    assert_silent(page, "@import");
    assert_int_equal(times(page, "://"),
                     times(page, "http://www.w3.org/")); /* names of languages only */
    utfall_run_free(run);
}

static void the_page_says_its_language(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len;
    const char *sv = page_of(run, hand_settlement(run), UTFALL_SV, &len);
    assert_says(sv, "lang=\"sv\"");
    assert_silent(sv, "lang=\"en\"");
    const char *en = page_of(run, hand_settlement(run), UTFALL_EN, &len);
    assert_says(en, "lang=\"en\"");
    assert_silent(en, "lang=\"sv\"");
    assert_int_equal(strncmp(en, "<!DOCTYPE html>", 15), 0);
    utfall_run_free(run);
}

static void a_hostile_contract_stays_text(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = noted(hand_draft(run), HOSTILE, HOSTILE);
    draft.source = HOSTILE;
    utfall_party parties[3];
    memcpy(parties, draft.parties, sizeof parties);
    parties[LSV].name = parties[CITY].name = parties[HELPER].org_number = HOSTILE;
    draft.parties = parties;
    size_t len;
    const char *page = page_of(run, hand_settlement_of(run, &draft), UTFALL_SV, &len);
    assert_clean(page);
    assert_silent(page, "<b>");
    assert_silent(page, "<script");
    assert_says(page, "&lt;b&gt;A&amp;B&lt;/b&gt;[2J&quot;&#39; ");
    xmlDoc *doc = parsed(page, len);
    walk(xmlDocGetRootElement(doc), outside_check, NULL);
    xmlFreeDoc(doc);
    utfall_run_free(run);
}

static void note_figure_and_months_are_there(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract draft = noted(hand_draft(run), "T", "Synthetic data: invented.");
    size_t len;
    const char *page = page_of(run, hand_settlement_of(run, &draft), UTFALL_EN, &len);
    assert_int_equal(times(page, ">Synthetic data: invented.<"), 2);
    assert_int_equal(times(page, "<svg "), 2); /* one for wide screens, one for phones */
    assert_int_equal(times(page, "role=\"img\""), 2);
    assert_says(page, "<th scope=\"row\" role=\"rowheader\">Dec\xc2\xa0"
                      "2015</th>"); /* calendar months */
    assert_says(page, "id=\"a1\"");
    assert_says(page, "id=\"a3\"");
    utfall_run_free(run);
}

static void long_tables_scroll_and_can_be_reached_by_keyboard(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    size_t len;
    const char *page = page_of(run, large_settlement(run, 2, 24), UTFALL_SV, &len);
    assert_int_equal(times(page, "class=\"table scroll\" role=\"region\" tabindex=\"0\""), 3);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_have_captions_and_headers),
        cmocka_unit_test(a_price_index_has_an_appendix),
        cmocka_unit_test(headings_nest_and_ids_lead_somewhere),
        cmocka_unit_test(nothing_is_asked_of_the_outside),
        cmocka_unit_test(the_page_says_its_language),
        cmocka_unit_test(a_hostile_contract_stays_text),
        cmocka_unit_test(note_figure_and_months_are_there),
        cmocka_unit_test(long_tables_scroll_and_can_be_reached_by_keyboard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
