/* Identity numbers told from pseudonyms, and hidden. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "contracts/pseudonym.h"

/* Test numbers that Skatteverket has published for the purpose, or made from them. */
static void personal_identity_numbers_are_known_in_every_spelling(void **state)
{
    (void)state;
    static const char *const personal[] = {"20000105-2380",
                                           "000105-2380",
                                           "200001052380",
                                           "0001052380",
                                           "000105+2380",
                                           "000105 2380",
                                           "19701063-2391",
                                           "701063-2391",
                                           "19121212-1212",
                                           "id 000105-2380 x",
                                           "ID-20000105-2380",
                                           "000105\xE2\x80\x93"
                                           "2380",
                                           "000105\xC2\xA0"
                                           "2380",
                                           "(0001052380)",
                                           "000105\xE2\x88\x92"
                                           "2380"};
    for (size_t i = 0; i < sizeof personal / sizeof *personal; i++)
        if (!utfall_pseudonym_is_personal(personal[i], strlen(personal[i])))
            fail_msg("%s is not seen", personal[i]);
}

static void what_has_their_form_is_refused_whatever_its_check_digit(void **state)
{
    (void)state;
    static const char *const formed[] = {"20100412-2384",
                                         "201004122384",
                                         "20100412+2384",
                                         "20100412 2384",
                                         "100412-2384",
                                         "100412+2384",
                                         "20100472-2384",
                                         "201004722384",
                                         "190001011111",
                                         "209912311111",
                                         "18991231-1111",
                                         "ID-20000105-2381",
                                         "000105\xE2\x80\x93"
                                         "2381",
                                         "000105\xE2\x88\x92"
                                         "2381"};
    for (size_t i = 0; i < sizeof formed / sizeof *formed; i++)
        if (!utfall_pseudonym_is_personal(formed[i], strlen(formed[i])))
            fail_msg("%s is not seen", formed[i]);
}

static void pseudonyms_are_not_taken_for_identity_numbers(void **state)
{
    (void)state;
    static const char *const pseudonyms[] = {
        "N001",
        "1",
        "0001052381",
        "000105 2381",
        ("000105\xC2\xA0"
         "2381"),
        "210001052381",
        "p0000001",
        "20001305-2381",
        "200001322381",
        "200001922381",
        "001305-2380",
        "000100-2380",
        "000132-2380",
        "000105-238",
        "000105-23800",
        "00010523801",
        "17000105-2380",
        "a0001052380f",
        "000105--2380",
        "2016-08-18",
        "",
        "d1e8a70b5ccab1dc2f56bbf7e99f064a660c08e361a35751b9c483c88943d082"};
    for (size_t i = 0; i < sizeof pseudonyms / sizeof *pseudonyms; i++)
        if (utfall_pseudonym_is_personal(pseudonyms[i], strlen(pseudonyms[i])))
            fail_msg("%s is taken for an identity number", pseudonyms[i]);
}

static void what_is_hidden_keeps_its_length(void **state)
{
    (void)state;
    char text[] = "N1;20000105-2380;000105 2381;2016-08-18;12 499,00;0001052380";
    utfall_pseudonym_hide(text, strlen(text));
    assert_string_equal(text, "N1;********-****;****** ****;2016-08-18;12 499,00;**********");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(personal_identity_numbers_are_known_in_every_spelling),
        cmocka_unit_test(what_has_their_form_is_refused_whatever_its_check_digit),
        cmocka_unit_test(pseudonyms_are_not_taken_for_identity_numbers),
        cmocka_unit_test(what_is_hidden_keeps_its_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
