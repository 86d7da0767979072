/* The canonical writer: escapes, attribute order, bounds, and what XML cannot hold. */
#include "unit/made.h"
#include "ledger/xml.h"
#include <libxml/c14n.h>
#include <libxml/parser.h>

static void start(utfall_xml *xml, utfall_run *run)
{
    utfall_xml_start(xml, run, 1 << 20, NULL, NULL);
}

static void assert_bytes(const utfall_xml *xml, const char *expected)
{
    assert_int_equal(xml->len, strlen(expected));
    assert_memory_equal(xml->bytes, expected, xml->len);
}

static void elements_stand_on_lines_of_their_own(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_xml xml;
    start(&xml, run);
    utfall_xml_open(&xml, "a");
    utfall_xml_attribute(&xml, "xmlns", "urn:x");
    utfall_xml_attribute(&xml, "b", "1");
    utfall_xml_open(&xml, "b");
    utfall_xml_open(&xml, "c");
    utfall_xml_text(&xml, "text");
    utfall_xml_close(&xml);
    utfall_xml_open(&xml, "d");
    utfall_xml_close(&xml);
    utfall_xml_close(&xml);
    utfall_xml_close(&xml);
    assert_ok(run, utfall_xml_finish(&xml));
    assert_bytes(&xml, "<a xmlns=\"urn:x\" b=\"1\">\n<b>\n <c>text</c>\n <d></d>\n</b>\n</a>\n");
    utfall_run_free(run);
}

static void text_and_attributes_are_escaped_as_c14n_says(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_xml xml;
    start(&xml, run);
    utfall_xml_open(&xml, "a");
    utfall_xml_attribute(&xml, "b", "&<>\"'\t\n\r\xc3\xa5");
    utfall_xml_text(&xml, "&<>\"'\t\n\r\xc3\xa5");
    utfall_xml_close(&xml);
    assert_ok(run, utfall_xml_finish(&xml));
    assert_bytes(&xml, "<a b=\"&amp;&lt;>&quot;'&#x9;&#xA;&#xD;\xc3\xa5\">"
                       "&amp;&lt;&gt;\"'\t\n&#xD;\xc3\xa5</a>\n");
    utfall_run_free(run);
}

static void numbers_are_written_at_their_bounds(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_xml xml;
    const uint8_t digest[32] = {0x01, 0xaf};
    start(&xml, run);
    utfall_xml_open(&xml, "a");
    utfall_xml_count(&xml, "b", UINT64_MAX);
    utfall_xml_count(&xml, "c", 0);
    utfall_xml_integer(&xml, "d", INT64_MIN);
    utfall_xml_integer(&xml, "e", INT64_MAX);
    utfall_xml_integer(&xml, "f", -1);
    utfall_xml_ratio(&xml, "g", rat(run, "-10/4"));
    utfall_xml_ratio(&xml, "h", NULL);
    utfall_xml_month(&xml, "i", utfall_month_of(2016, 8));
    utfall_xml_flag(&xml, "j", false);
    utfall_xml_digest(&xml, "k", digest);
    utfall_xml_close(&xml);
    assert_ok(run, utfall_xml_finish(&xml));
    assert_bytes(&xml, "<a b=\"18446744073709551615\" c=\"0\" d=\"-9223372036854775808\" "
                       "e=\"9223372036854775807\" f=\"-1\" g=\"-5/2\" i=\"2016-08\" j=\"false\" "
                       "k=\"01af000000000000000000000000000000000000000000000000000000000000\">"
                       "</a>\n");
    utfall_run_free(run);
}

static void attributes_out_of_order_are_our_mistake(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"b", "a"}, {"a", "a"}, {"ab", "a"}};
    for (size_t i = 0; i < 3; i++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_xml xml;
        start(&xml, run);
        utfall_xml_open(&xml, "x");
        utfall_xml_attribute(&xml, pairs[i][0], "1");
        utfall_xml_attribute(&xml, pairs[i][1], "1");
        utfall_xml_close(&xml);
        assert_status(UTFALL_E_BUG, utfall_xml_finish(&xml));
        utfall_run_free(run);
    }
}

static void an_element_left_open_or_closed_twice_is_our_mistake(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_xml xml;
    start(&xml, run);
    utfall_xml_open(&xml, "x");
    assert_status(UTFALL_E_BUG, utfall_xml_finish(&xml));
    start(&xml, run);
    utfall_xml_close(&xml);
    assert_status(UTFALL_E_BUG, utfall_xml_finish(&xml));
    start(&xml, run);
    for (int i = 0; i <= UTFALL_XML_DEPTH_MAX; i++)
        utfall_xml_open(&xml, "x");
    assert_status(UTFALL_E_BUG, utfall_xml_finish(&xml));
    utfall_run_free(run);
}

static utfall_status written(utfall_run *run, const char *text, bool in_attribute)
{
    utfall_xml xml;
    start(&xml, run);
    utfall_xml_open(&xml, "x");
    if (in_attribute)
        utfall_xml_attribute(&xml, "a", text);
    else
        utfall_xml_text(&xml, text);
    utfall_xml_close(&xml);
    return utfall_xml_finish(&xml);
}

/* XML 1.0, production 2, and RFC 3629: first and last of each range, and their neighbours. */
static void only_characters_that_xml_has_are_written(void **state)
{
    (void)state;
    static const char *const good[] = {"\t",
                                       "\n",
                                       "\r",
                                       " ",
                                       "\x7f",
                                       "\xc2\x80",
                                       "\xdf\xbf",
                                       "\xe0\xa0\x80",
                                       "\xed\x9f\xbf",
                                       "\xee\x80\x80",
                                       "\xef\xbf\xbd",
                                       "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf"};
    static const char *const bad[] = {"\x01",
                                      "\x08",
                                      "\x0b",
                                      "\x0c",
                                      "\x0e",
                                      "\x1f",
                                      "\x80",
                                      "\xbf",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xc3",
                                      "\xc3(",
                                      "\xe0\x9f\xbf",
                                      "\xe2\x82",
                                      "\xed\xa0\x80",
                                      "\xed\xbf\xbf",
                                      "\xef\xbf\xbe",
                                      "\xef\xbf\xbf",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf0\x90\x80",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xff"};
    for (int in_attribute = 0; in_attribute < 2; in_attribute++) {
        for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
            utfall_run *run = utfall_run_new(NULL, NULL);
            assert_ok(run, written(run, good[i], in_attribute));
            utfall_run_free(run);
        }
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            utfall_run *run = utfall_run_new(NULL, NULL);
            if (written(run, bad[i], in_attribute) != UTFALL_E_SYNTAX)
                fail_msg("bad[%zu] was written", i);
            assert_non_null(strstr(utfall_run_finding(run, 0)->message, "of <x>"));
            utfall_run_free(run);
        }
    }
}

static void texts_are_bounded(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    char *text = utfall_run_alloc(run, UTFALL_XML_TEXT_MAX + 2);
    memset(text, 'x', UTFALL_XML_TEXT_MAX);
    assert_ok(run, written(run, text, true));
    assert_ok(run, written(run, text, false));
    text[UTFALL_XML_TEXT_MAX] = 'x';
    assert_status(UTFALL_E_RANGE, written(run, text, true));
    assert_status(UTFALL_E_RANGE, written(run, text, false));
    utfall_run_free(run);
}

static void the_whole_is_bounded(void **state)
{
    (void)state;
    for (size_t max = 10; max < 14; max++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_xml xml;
        utfall_xml_start(&xml, run, max, NULL, NULL);
        utfall_xml_open(&xml, "x");
        utfall_xml_text(&xml, "12345");
        utfall_xml_close(&xml); /* <x>12345</x>LF: 13 bytes */
        if (max == 13)
            assert_ok(run, utfall_xml_finish(&xml));
        else
            assert_status(UTFALL_E_RANGE, utfall_xml_finish(&xml));
        utfall_run_free(run);
    }
}

typedef struct collected {
    char *bytes;
    size_t len, left; /* left: bytes that it still takes */
} collected;

static bool collect(void *ctx, const char *bytes, size_t len)
{
    collected *to = ctx;
    if (len > to->left)
        return false;
    memcpy(to->bytes + to->len, bytes, len);
    to->len += len;
    to->left -= len;
    return true;
}

static void write_much(utfall_xml *xml)
{
    utfall_xml_open(xml, "x");
    for (int i = 0; i < 20000; i++) {
        utfall_xml_open(xml, "y");
        utfall_xml_integer(xml, "z", i);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void a_stream_gets_the_bytes_that_a_buffer_gets(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_xml held, streamed;
    collected to = {utfall_run_alloc(run, 1 << 20), 0, 1 << 20};
    start(&held, run);
    write_much(&held);
    assert_ok(run, utfall_xml_finish(&held));
    utfall_xml_start(&streamed, run, 0, collect, &to);
    write_much(&streamed);
    assert_ok(run, utfall_xml_finish(&streamed));
    assert_true(to.len > 3 * 65536);
    assert_int_equal(to.len, held.len);
    assert_memory_equal(to.bytes, held.bytes, held.len);
    utfall_run_free(run);
}

static void a_stream_that_ends_is_a_failure(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_xml xml;
    collected to = {utfall_run_alloc(run, 1 << 20), 0, 100000};
    utfall_xml_start(&xml, run, 0, collect, &to);
    write_much(&xml);
    assert_status(UTFALL_E_IO, utfall_xml_finish(&xml));
    utfall_run_free(run);
}

/* Random elements with random texts against the C14N of libxml2. */
static void random_documents_are_their_own_canonical_form(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",
                                         "&",
                                         "<",
                                         ">",
                                         "\"",
                                         "'",
                                         "\t",
                                         "\n",
                                         "\r",
                                         " ",
                                         "\xc3\xb6",
                                         "]]>",
                                         "\xf0\x9f\x92\xb0",
                                         "&amp;",
                                         "\xc2\x85"};
    uint64_t chances = 7;
    for (int round = 0; round < 300; round++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_xml xml;
        start(&xml, run);
        utfall_xml_open(&xml, "root");
        utfall_xml_attribute(&xml, "xmlns", "urn:x");
        for (int i = 0; i < 4; i++) {
            char text[64] = "", name[2] = "a";
            utfall_xml_open(&xml, "child");
            for (name[0] = 'a'; name[0] < 'd'; name[0]++) {
                utfall_xml_attribute(&xml, utfall_run_text(run, name, 1), text);
                strcat(text, pieces[chance(&chances) % (sizeof pieces / sizeof *pieces)]);
            }
            utfall_xml_text(&xml, text);
            utfall_xml_close(&xml);
        }
        utfall_xml_close(&xml);
        assert_ok(run, utfall_xml_finish(&xml));
        xmlDoc *doc = xmlReadMemory(xml.bytes, (int)xml.len, NULL, NULL, XML_PARSE_NONET);
        assert_non_null(doc);
        xmlChar *canonical = NULL;
        int len = xmlC14NDocDumpMemory(doc, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 1, &canonical);
        assert_int_equal(len, xml.len - 1);
        assert_memory_equal(canonical, xml.bytes, xml.len - 1);
        xmlFree(canonical);
        xmlFreeDoc(doc);
        utfall_run_free(run);
    }
    xmlCleanupParser();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_stand_on_lines_of_their_own),
        cmocka_unit_test(text_and_attributes_are_escaped_as_c14n_says),
        cmocka_unit_test(numbers_are_written_at_their_bounds),
        cmocka_unit_test(attributes_out_of_order_are_our_mistake),
        cmocka_unit_test(an_element_left_open_or_closed_twice_is_our_mistake),
        cmocka_unit_test(only_characters_that_xml_has_are_written),
        cmocka_unit_test(texts_are_bounded),
        cmocka_unit_test(the_whole_is_bounded),
        cmocka_unit_test(a_stream_gets_the_bytes_that_a_buffer_gets),
        cmocka_unit_test(a_stream_that_ends_is_a_failure),
        cmocka_unit_test(random_documents_are_their_own_canonical_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
