/* YAML: the part of it that has one reading, and everything else refused at its place. */
#include "unit/contract_text.h"

static utfall_status read_text(utfall_run *run, utfall_node **out, const char *text, size_t len)
{
    utfall_origin *origin = utfall_run_alloc(run, sizeof *origin);
    assert_non_null(origin);
    *origin = (utfall_origin){"a.yaml", "a.yaml", utfall_run_text(run, text, len), len};
    size_t nodes = 0;
    return utfall_yaml_read(run, out, &nodes, origin);
}

static const utfall_node *tree_of(utfall_run *run, const char *text)
{
    utfall_node *root = NULL;
    assert_status(run, UTFALL_OK, read_text(run, &root, text, strlen(text)));
    return root;
}

static void assert_refused_len(const char *text, size_t len, utfall_status status, uint32_t line,
                               uint32_t column, const char *words)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_node *root = NULL;
    assert_status(run, status, read_text(run, &root, text, len));
    assert_null(root);
    assert_first(run, line, column, words);
    utfall_run_free(run);
}

static void assert_refused(const char *text, utfall_status status, uint32_t line, uint32_t column,
                           const char *words)
{
    assert_refused_len(text, strlen(text), status, line, column, words);
}

static void scalars_stay_text_whatever_they_look_like(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_node *root =
        tree_of(run, "a: no\nb: 0755\nc: 1_000\nd: 2016-08\ne: 'it''s'\n"
                     "f: \"\\u00e5\\t\"\ng: >\n  one\n  two\nh: 40%\ni: \"\"\n");
    static const char *const texts[] = {"no",         "0755",    "1_000", "2016-08", "it's",
                                        "\xC3\xA5\t", "one two", "40%",   ""};
    assert_int_equal(root->count, 9);
    for (size_t i = 0; i < 9; i++)
        assert_string_equal(root->items[i]->text, texts[i]);
    utfall_run_free(run);
}

static void places_count_from_one_in_code_points(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_node *root =
        tree_of(run, "\xEF\xBB\xBF"
                     "\xC3\xA5\xC3\xA4: {\xC3\xB6: \xF0\x9F\x91\xA6x, b: [c]}\r\n"
                     "d: e");
    const utfall_node *map = root->items[0];
    assert_int_equal(map->key_line, 1);
    assert_int_equal(map->key_column, 1);
    assert_int_equal(map->column, 5);
    assert_int_equal(map->items[0]->column, 9);
    assert_int_equal(map->items[0]->width, 2);
    assert_int_equal(map->items[1]->key_column, 13);
    assert_int_equal(map->items[1]->items[0]->column, 17);
    assert_int_equal(root->items[1]->line, 2);
    utfall_run_free(run);
}

static void what_has_two_readings_is_refused(void **state)
{
    (void)state;
    assert_refused("a: &b c\n", UTFALL_E_SYNTAX, 1, 4, "anchor");
    assert_refused("a: b\nc: *a\n", UTFALL_E_SYNTAX, 2, 4, "alias");
    assert_refused("a: !!int 3\n", UTFALL_E_SYNTAX, 1, 4, "\"!!int\" is a tag");
    assert_refused("a: !x [b]\n", UTFALL_E_SYNTAX, 1, 4, "\"!x\" is a tag");
    assert_refused("%YAML 1.1\n---\na: b\n", UTFALL_E_SYNTAX, 1, 1, "directive");
    assert_refused("%TAG ! tag:x:\n---\na: b\n", UTFALL_E_SYNTAX, 1, 1, "directive");
    assert_refused("a: b\n---\nc: d\n", UTFALL_E_SYNTAX, 2, 1, "second document");
    assert_refused("<<: {a: b}\n", UTFALL_E_SYNTAX, 1, 1, "merges maps");
    assert_refused("[a]: b\n", UTFALL_E_SYNTAX, 1, 1, "key belongs");
    assert_refused("? {a: b}\n: c\n", UTFALL_E_SYNTAX, 1, 3, "key belongs");
    assert_refused("\"\": b\n", UTFALL_E_SYNTAX, 1, 1, "key is empty");
    assert_refused("a: ~\n", UTFALL_E_MISSING, 1, 4, "only ~");
    assert_refused("a: null\n", UTFALL_E_MISSING, 1, 4, "only null");
    assert_refused("a:\n", UTFALL_E_MISSING, 1, 3, "no value");
    assert_refused("a: [b, ~]\n", UTFALL_E_MISSING, 1, 8, "an item has no value");
    assert_refused("a: []\n", UTFALL_E_MISSING, 1, 4, "list is empty");
    assert_refused("a: {}\n", UTFALL_E_MISSING, 1, 4, "map is empty");
    assert_refused("# nothing\n", UTFALL_E_MISSING, 1, 1, "empty");
    assert_refused("", UTFALL_E_MISSING, 1, 1, "empty");
}

static void a_key_may_be_there_once(void **state)
{
    (void)state;
    assert_refused("a: b\nc: d\n\"a\": e\n", UTFALL_E_SCHEMA, 3, 1, "there twice");
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_node *root = NULL;
    const char *text = "a: {b: 1, c: 2, b: 3, c: 4, b: 5}\nd: {x: 1, x: 2}\n";
    assert_status(run, UTFALL_E_SCHEMA, read_text(run, &root, text, strlen(text)));
    assert_int_equal(utfall_run_errors(run), 4);
    const utfall_finding *f = utfall_run_finding(run, 1);
    assert_int_equal(f->at.column, 29);
    assert_int_equal(f->also.column, 5);
    utfall_run_free(run);
}

static void unseen_characters_are_refused(void **state)
{
    (void)state;
    assert_refused_len("a: b\0c\n", 7, UTFALL_E_SYNTAX, 1, 5, "NUL");
    assert_refused("a: \xC3\xA5\xFF\n", UTFALL_E_SYNTAX, 1, 5, "not UTF-8");
    assert_refused("a: \xC0\xAF\n", UTFALL_E_SYNTAX, 1, 4, "not UTF-8");
    assert_refused("a: \xED\xA0\x80\n", UTFALL_E_SYNTAX, 1, 4, "not UTF-8");
    assert_refused("a: \xF4\x90\x80\x80\n", UTFALL_E_SYNTAX, 1, 4, "not UTF-8");
    assert_refused("a: \xE2\x80", UTFALL_E_SYNTAX, 1, 4, "not UTF-8");
    assert_refused("a: b\x07\n", UTFALL_E_SYNTAX, 1, 5, "control");
    assert_refused("a: b\rc: d\n", UTFALL_E_SYNTAX, 1, 5, "control");
    assert_refused("a: b\xC2\x85\n", UTFALL_E_SYNTAX, 1, 5, "control");
    assert_refused("a: b\xE2\x80\xA8\n", UTFALL_E_SYNTAX, 1, 5, "line separator");
    assert_refused("a: \xE2\x80\xAE"
                   "b\n",
                   UTFALL_E_SYNTAX, 1, 4, "direction");
    assert_refused("a: \xEF\xBB\xBF"
                   "b\n",
                   UTFALL_E_SYNTAX, 1, 4, "width");
    assert_refused("a:\n\tb: c\n", UTFALL_E_SYNTAX, 2, 1, "a tab stands here");
    assert_refused("a: \"\\0\"\n", UTFALL_E_SYNTAX, 1, 4, "NUL");
    assert_refused("a: \"b\\nc\"\n", UTFALL_E_SYNTAX, 1, 4, "line end");
    assert_refused("a: |\n  b\n  c\n", UTFALL_E_SYNTAX, 1, 4, "line end");
    assert_refused("\"a\\x07\": b\n", UTFALL_E_SYNTAX, 1, 1, "control");
    assert_refused("\xFF\xFE"
                   "a\0",
                   UTFALL_E_SYNTAX, 1, 1, "not UTF-8");
}

static char *repeated(const char *head, const char *piece, size_t times, const char *tail)
{
    size_t len = strlen(head) + times * strlen(piece) + strlen(tail);
    char *out = malloc(len + 1), *at = out;
    assert_non_null(out);
    at += sprintf(at, "%s", head);
    for (size_t i = 0; i < times; i++)
        at += sprintf(at, "%s", piece);
    (void)sprintf(at, "%s", tail);
    return out;
}

static void assert_bound(const char *head, const char *piece, size_t most, const char *tail,
                         const char *words)
{
    for (size_t more = 0; more < 2; more++) {
        char *text = repeated(head, piece, most + more, tail);
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_node *root = NULL;
        assert_status(run, more ? UTFALL_E_RANGE : UTFALL_OK,
                      read_text(run, &root, text, strlen(text)));
        if (more)
            assert_non_null(strstr(utfall_run_finding(run, 0)->message, words));
        utfall_run_free(run);
        free(text);
    }
}

static void every_bound_holds_at_the_bound_and_not_above(void **state)
{
    (void)state;
    assert_bound("a: ", "x", UTFALL_DOCUMENT_SCALAR_MAX, "\n", "4 096");
    assert_bound("", "k", UTFALL_DOCUMENT_KEY_MAX, ": a\n", "200 bytes");
    assert_bound("a: b #", "x", UTFALL_DOCUMENT_BYTES_MAX - 6, "", "64 KiB");
    /* root, list, items */
    assert_bound("a: [b", ",c", UTFALL_DOCUMENT_NODES_MAX - 3, "]\n", "10 000");
    char *deep[2];
    for (size_t i = 0; i < 2; i++) {
        char *open = repeated("a: ", "[", UTFALL_DOCUMENT_DEPTH_MAX - 1 + i, "b");
        deep[i] = repeated(open, "]", UTFALL_DOCUMENT_DEPTH_MAX - 1 + i, "\n");
        free(open);
    }
    utfall_run *run = utfall_run_new(NULL, NULL);
    (void)tree_of(run, deep[0]);
    assert_refused(deep[1], UTFALL_E_RANGE, 1, 11, "inside each other");
    utfall_run_free(run);
    free(deep[0]);
    free(deep[1]);
}

static void syntax_is_told_in_our_words(void **state)
{
    (void)state;
    assert_refused("a: b: c\n", UTFALL_E_SYNTAX, 1, 5, "\":\" is not expected");
    assert_refused("a: [b\nc: d\n", UTFALL_E_SYNTAX, 2, 2, "expected \",\" or \"]\"");
    assert_refused("a: {b: c\nd: e\n", UTFALL_E_SYNTAX, 2, 2, "expected \",\" or \"}\"");
    assert_refused("a: \"b\n", UTFALL_E_SYNTAX, 1, 4, "not closed");
    assert_refused("a: 'b\n", UTFALL_E_SYNTAX, 1, 4, "not closed");
    assert_refused("a: %b\n", UTFALL_E_SYNTAX, 1, 4, "cannot begin");
    assert_refused("a: @b\n", UTFALL_E_SYNTAX, 1, 4, "cannot begin");
    assert_refused("a: \"\\d\"\n", UTFALL_E_SYNTAX, 1, 5, "mean nothing together");
    assert_refused("a: b\n  c: d\n", UTFALL_E_SYNTAX, 2, 4, "not expected");
    assert_refused("a:\n  - b\n c\n", UTFALL_E_SYNTAX, 3, 2, "does not fit");
    assert_refused("a: - b\n", UTFALL_E_SYNTAX, 1, 4, "\"-\" is not expected");
    assert_refused("{a: b}\nc: d\n", UTFALL_E_SYNTAX, 2, 1, "ended before this");
}

/* libyaml keeps track of possible keys of each open bracket; this must not become quadratic. */
static void hostile_nesting_ends_soon(void **state)
{
    (void)state;
    char *text = repeated("", "[", 60000, "");
    assert_refused(text, UTFALL_E_RANGE, 1, 9, "inside each other");
    free(text);
    text = repeated("", "{a: ", 15000, "");
    assert_refused(text, UTFALL_E_RANGE, 1, 33, "inside each other");
    free(text);
    text = repeated("", "- ", 30000, "a");
    assert_refused(text, UTFALL_E_RANGE, 1, 17, "inside each other");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_stay_text_whatever_they_look_like),
        cmocka_unit_test(places_count_from_one_in_code_points),
        cmocka_unit_test(what_has_two_readings_is_refused),
        cmocka_unit_test(a_key_may_be_there_once),
        cmocka_unit_test(unseen_characters_are_refused),
        cmocka_unit_test(every_bound_holds_at_the_bound_and_not_above),
        cmocka_unit_test(syntax_is_told_in_our_words),
        cmocka_unit_test(hostile_nesting_ends_soon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
