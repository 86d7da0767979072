/* Comparing a ledger with what follows from it: where it differs, and both ways of it. */
#include "unit/ledger_made.h"

static void assert_says(const char *bytes, const char *composed, uint32_t line, uint32_t column,
                        const char *says)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    assert_status(UTFALL_E_INVALID, utfall_ledger_compare(run, "x.xml", bytes, strlen(bytes),
                                                          composed, strlen(composed)));
    const utfall_finding *finding = utfall_run_finding(run, 0);
    assert_string_equal(finding->message, says);
    assert_string_equal(finding->at.file, "x.xml");
    assert_int_equal(finding->at.line, line);
    assert_int_equal(finding->at.column, column);
    utfall_run_free(run);
}

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ledger xmlns=\"urn:utfall:ledger:1\">\n"
#define END "</ledger>\n"

static void the_first_difference_is_shown_both_ways(void **state)
{
    (void)state;
    assert_says(HEAD "<a b=\"100\"></a>\n" END, HEAD "<a b=\"101\"></a>\n" END, 3, 9,
                "the ledger says \"<a b=\"100\"></a>\" where its own terms and sums give "
                "\"<a b=\"101\"></a>\"");
    assert_says(HEAD "<a></a>\n" END, HEAD "<a></a>\n<b></b>\n" END, 4, 1,
                "the ledger says \"\" where its own terms and sums give \"<b></b>\"");
    assert_says(HEAD "<a></a>\n<b></b>\n" END, HEAD "<a></a>\n" END, 4, 1,
                "the ledger says \"<b></b>\" where its own terms and sums give \"\"");
    assert_says(HEAD "<a b=\"\xc3\xa5\xc3\xa5\"></a>\n" END,
                HEAD "<a b=\"\xc3\xa5\xc3\xa4\"></a>\n" END, 3, 8,
                "the ledger says \"<a b=\"\xc3\xa5\xc3\xa5\"></a>\" where its own terms and sums "
                "give \"<a b=\"\xc3\xa5\xc3\xa4\"></a>\"");
}

static void a_signature_is_no_difference(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const char *sealed = HEAD "<a></a>\n<ds:Signature xmlns:ds=\"x\"></ds:Signature>" END;
    const char *composed = HEAD "<a></a>\n" END;
    assert_ok(run,
              utfall_ledger_compare(run, "x", sealed, strlen(sealed), composed, strlen(composed)));
    utfall_run_free(run);
}

static void a_changed_amount_is_shown_as_an_amount(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    size_t len = made.len;
    const char *bytes = edited(run, made.bytes, &len, "<due amount=\"40\"", "<due amount=\"41\"");
    assert_status(UTFALL_E_INVALID, replayed(run, made.contract, bytes, len));
    assert_non_null(strstr(first_message(run), "<due amount=\"41\""));
    assert_non_null(strstr(first_message(run), "<due amount=\"40\""));
    utfall_run_free(run);
}

static void a_change_of_what_is_recorded_shows_in_its_digest(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    made_ledger made = hand_ledger(run);
    size_t len = made.len;
    const char *bytes = edited(run, made.bytes, &len, "rows=\"1500\"", "rows=\"1501\"");
    assert_status(UTFALL_E_INVALID, replayed(run, made.contract, bytes, len));
    assert_non_null(strstr(first_message(run), "recorded_sha256="));
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_difference_is_shown_both_ways),
        cmocka_unit_test(a_signature_is_no_difference),
        cmocka_unit_test(a_changed_amount_is_shown_as_an_amount),
        cmocka_unit_test(a_change_of_what_is_recorded_shows_in_its_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
