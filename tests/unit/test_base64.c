/* Base64: the vectors of RFC 4648, section 10, and one spelling only. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "ledger/base64.h"
#include <string.h>

static const struct {
    const char *bytes, *text;
} vectors[] = {{"", ""},
               {"f", "Zg=="},
               {"fo", "Zm8="},
               {"foo", "Zm9v"},
               {"foob", "Zm9vYg=="},
               {"fooba", "Zm9vYmE="},
               {"foobar", "Zm9vYmFy"}};

static void the_vectors_of_the_rfc_hold(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        uint8_t out[8];
        size_t count = 99, len = strlen(vectors[i].bytes);
        const uint8_t *bytes = (const uint8_t *)vectors[i].bytes;
        assert_string_equal(utfall_base64_text(run, bytes, len), vectors[i].text);
        assert_true(utfall_base64_decode(out, &count, vectors[i].text, strlen(vectors[i].text)));
        assert_int_equal(count, len);
        assert_memory_equal(out, bytes, len);
    }
    utfall_run_free(run);
}

static void every_byte_comes_back(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint8_t bytes[256], out[260];
    for (size_t i = 0; i < 256; i++)
        bytes[i] = (uint8_t)(255 - i);
    for (size_t len = 0; len <= 256; len++) {
        size_t count = 0;
        const char *text = utfall_base64_text(run, bytes, len);
        assert_true(utfall_base64_decode(out, &count, text, strlen(text)));
        assert_int_equal(count, len);
        assert_memory_equal(out, bytes, len);
    }
    utfall_run_free(run);
}

static void other_spellings_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"Z",    "Zg",       "Zg=",  "Zh==",      "Zm9=", "Zm9v\n",
                                        "Zm 9", "Zg==Zg==", "====", "Z===",      "Zm-_", "Zm9vYg=A",
                                        "=m9v", "Zm9v====", "Z=9v", "Zm\xc3\xa5"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint8_t out[16];
        size_t count = 99;
        assert_false(utfall_base64_decode(out, &count, wrong[i], strlen(wrong[i])));
        assert_int_equal(count, 99);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_rfc_hold),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(other_spellings_are_refused),
    };
    return cmocka_run_group_tests_name("base64", tests, NULL, NULL);
}
