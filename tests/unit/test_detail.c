/* The detail file: the sums come back exactly, nothing identifies, every change is noticed, and the
 * numbers in it can be made again from the description in FORMAT.md. */
#define _POSIX_C_SOURCE 200809L
#include "unit/ledger_made.h"
#include "unit/allocator.h"
#include "unit/folder.h"
#include "ledger/hex.h"
#include <inttypes.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

static const utfall_month late = {2021 * 12 + 1};
static const uint8_t secret[32] = {1, 2, 3, 4, 5};

/* Written and put in its place. */
static utfall_status detail_placed(utfall_run *run, utfall_detail *detail, const char *path,
                                   const utfall_contract *contract, const utfall_case *data,
                                   const uint8_t key[32], uint32_t threads)
{
    utfall_file *file = NULL;
    utfall_status status =
        utfall_detail_write(run, detail, &file, path, contract, data, key, threads);
    if (status != UTFALL_OK)
        assert_null(file);
    return status == UTFALL_OK ? utfall_file_place(file) : status;
}

static utfall_detail written(utfall_run *run, const utfall_contract *contract,
                             const utfall_case *data)
{
    utfall_detail detail = {0};
    assert_ok(run,
              detail_placed(run, &detail, in_folder("x.detail.xml"), contract, data, secret, 1));
    assert_string_equal(detail.name, "x.detail.xml");
    assert_int_equal(detail.leaves, data->target.persons + data->comparison.persons);
    return detail;
}

static utfall_status read_back(utfall_run *run, const utfall_case **out, bool *checked,
                               const utfall_contract *contract, const utfall_detail *detail,
                               const uint8_t *key)
{
    return utfall_detail_read(run, out, checked, in_folder("x.detail.xml"), contract, detail, key,
                              1);
}

static void assert_same_sums(utfall_run *run, const utfall_contract *contract,
                             const utfall_case *data)
{
    const utfall_case *again = NULL;
    bool checked = false;
    utfall_detail detail = written(run, contract, data);
    assert_ok(run, read_back(run, &again, &checked, contract, &detail, secret));
    assert_true(checked);
    assert_ok(run, utfall_sums_compare(run, "x", contract, sums_of(run, contract, data, late),
                                       sums_of(run, contract, again, late), false));
}

static void the_sums_come_back_exactly(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t chances = seed;
        size_t groups = 1 + seed % 5;
        uint32_t window = (uint32_t)(1 + seed % 30);
        utfall_contract draft = frame_random(run, groups, window, "5/2");
        utfall_case data = case_random(run, &chances, groups, window, "5/2");
        assert_same_sums(run, contract_of(run, &draft), &data);
        utfall_run_free(run);
    }
    assert_int_equal(folder_count(1), 1);
}

/* Three factors of all kinds: any value of the right level must give the right group. */
static void groups_of_every_kind_come_back(void **state)
{
    (void)state;
    static const int32_t cuts[] = {-5, 16, 18};
    static const char *const forms[] = {"HVB & \"x\"", "<SiS>"};
    static const utfall_factor factors[] = {
        {.attribute = "age", .kind = UTFALL_FACTOR_CUTS, .count = 3, .cuts = cuts},
        {.attribute = "placed", .kind = UTFALL_FACTOR_EACH},
        {.attribute = "form", .kind = UTFALL_FACTOR_VALUES, .count = 2, .values = forms}};
    static const int32_t ages[] = {-100, -5, 17, 60};
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 2, "1");
    utfall_case data = case_random(run, &(uint64_t){3}, 1, 2, "1");
    draft.factors = factors;
    draft.factor_count = 3;
    utfall_cohort *cohorts[] = {&data.target, &data.comparison};
    for (size_t c = 0; c < 2; c++) {
        *cohorts[c] = cohort_new(run, 32, 3, 2);
        for (size_t i = 0; i < 32; i++) {
            int32_t *at = (int32_t *)(uintptr_t)cohorts[c]->attributes + i * 3;
            at[0] = ages[i % 4];
            at[1] = (int32_t)(i / 4 % 2);
            at[2] = (int32_t)(i / 8 % 2);
            person_set(cohorts[c], i, 2016, 1 + (int)(i % 12),
                       (const int64_t[]){(int64_t)i * 100 - 900, 7}, 2);
        }
        rows_set(cohorts[c], 2);
    }
    assert_same_sums(run, contract_of(run, &draft), &data);
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void an_agreed_standard_cost_and_empty_lists_come_back(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 2, "1");
    utfall_case data = case_random(run, &(uint64_t){3}, 1, 2, "1");
    const utfall_rat *agreed[2] = {rat(run, "100001/3"), rat(run, "0")};
    draft.design = UTFALL_DESIGN_AGREED;
    draft.outcome_count = 0;
    draft.steps++; /* the one without a gate */
    draft.step_count = 1;
    data.comparison = (utfall_cohort){.persons = 0};
    data.agreed = agreed;
    data.draw_count = 0;
    assert_same_sums(run, contract_of(run, &draft), &data);
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void a_price_index_comes_back(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        utfall_run *run = utfall_run_new(NULL, NULL);
        uint64_t chances = seed;
        utfall_contract draft = frame_random(run, 2, 3, "1");
        utfall_case data = case_random(run, &chances, 2, 3, "1");
        prices_random(run, &chances, &draft, &data);
        const utfall_rat **values = (const utfall_rat **)(uintptr_t)data.price_index->values;
        values[1] = values[2] = NULL; /* months of 2010 that nobody needs */
        draft.prices.base = utfall_month_of(2010, 1);
        assert_same_sums(run, contract_of(run, &draft), &data);
        utfall_run_free(run);
    }
    assert_int_equal(folder_count(1), 1);
}

static void equal_people_give_equal_bytes_and_others_do_not(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    utfall_detail a = written(run, contract, &data), b = written(run, contract, &data), c;
    const uint8_t other[32] = {9};
    assert_memory_equal(a.sha256, b.sha256, 32);
    assert_memory_equal(a.root, b.root, 32);
    assert_ok(run, detail_placed(run, &c, in_folder("x.detail.xml"), contract, &data, other, 1));
    assert_memory_not_equal(a.sha256, c.sha256, 32);
    assert_memory_not_equal(a.root, c.root, 32);
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void hmac(uint8_t out[32], const uint8_t key[32], const char *text)
{
    unsigned len = 0;
    assert_non_null(
        HMAC(EVP_sha256(), key, 32, (const unsigned char *)text, strlen(text), out, &len));
}

/* Pseudonym and root made here from the words of FORMAT.md, with another interface. */
/* Thousands of people make many blocks, of which the one where the groups meet holds both. */
static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    static const uint32_t threads[] = {2, 3, 7, 64};
    utfall_run *run = utfall_run_new(NULL, NULL);
    uint64_t chances = 11;
    const utfall_contract draft = frame_random(run, 5, 24, "5/2");
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = case_random(run, &chances, 5, 24, "5/2");
    data.target = cohort_random(run, &chances, 3001, 5, 24);
    data.comparison = cohort_random(run, &chances, 2222, 5, 24);
    const utfall_detail one = written(run, contract, &data);
    const char *expected = NULL, *bytes = NULL;
    size_t expected_len = 0, len = 0;
    assert_ok(run, utfall_file_read(run, &expected, &expected_len, in_folder("x.detail.xml"),
                                    SIZE_MAX / 2));
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        utfall_detail many = {0};
        assert_ok(run, detail_placed(run, &many, in_folder("x.detail.xml"), contract, &data, secret,
                                     threads[i]));
        assert_ok(run,
                  utfall_file_read(run, &bytes, &len, in_folder("x.detail.xml"), SIZE_MAX / 2));
        assert_int_equal(len, expected_len);
        assert_memory_equal(bytes, expected, len);
        assert_memory_equal(many.sha256, one.sha256, 32);
        assert_memory_equal(many.root, one.root, 32);
        assert_int_equal(many.leaves, 5223);
    }
    assert_same_sums(run, contract, &data);
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

/* Every length of a number, the ends of 64 bits, and a person who left. */
static void amounts_are_written_to_the_last_digit(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 43, "1");
    utfall_case data = case_random(run, &(uint64_t){3}, 1, 43, "1");
    int64_t costs[43] = {0, INT64_MAX, INT64_MIN};
    char expected[1024] = " costs=\"0 9223372036854775807 -9223372036854775808";
    for (size_t k = 3; k < 41; k++) { /* 1 -1 12 -12 123 ... of up to 19 digits */
        int64_t longer = 0;
        for (int64_t digit = 1; digit <= (int64_t)(k - 1) / 2; digit++)
            longer = longer * 10 + digit % 10;
        costs[k] = k % 2 ? longer : -longer;
    }
    for (size_t k = 3; k < 43; k++)
        (void)snprintf(expected + strlen(expected), sizeof expected - strlen(expected), " %" PRId64,
                       costs[k]);
    (void)strncat(expected, "\" group=\"all\" left_after=\"4294967295\" pseudonym=\"",
                  sizeof expected - strlen(expected) - 1);
    data.target = cohort_new(run, 1, 0, 43);
    person_set(&data.target, 0, 2016, 8, costs, 43);
    data.target.left_after = &(const uint32_t){UINT32_MAX};
    (void)written(run, contract_of(run, &draft), &data);
    const char *bytes = NULL;
    size_t len = 0;
    assert_ok(run, utfall_file_read(run, &bytes, &len, in_folder("x.detail.xml"), 1000000));
    assert_non_null(strstr(bytes, expected));
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

/* What was read of a cohort. */
static void assert_same_people(const utfall_cohort *a, const utfall_cohort *b, size_t factors)
{
    assert_int_equal(a->persons, b->persons);
    assert_int_equal(a->months, b->months);
    const size_t n = a->persons;
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(a->ids[i], b->ids[i]);
        assert_int_equal(a->starts[i].ordinal, b->starts[i].ordinal);
    }
    assert_memory_equal(a->attributes, b->attributes, n * factors * sizeof *a->attributes);
    for (size_t i = 0; i < n * a->months; i++)
        assert_true(utfall_cohort_cost(a, i / a->months, i % a->months) ==
                    utfall_cohort_cost(b, i / a->months, i % a->months));
    assert_memory_equal(a->left_after, b->left_after, n * sizeof *a->left_after);
}

static const uint32_t crews[] = {1, 2, 3, 7, 64};
enum { CREWS = sizeof crews / sizeof *crews };

static const char *many_people(utfall_run *run, const utfall_contract **contract,
                               utfall_detail *detail, size_t *len)
{
    uint64_t chances = 12;
    const char *bytes = NULL;
    const utfall_contract draft = frame_random(run, 3, 24, "5/2");
    utfall_case data = case_random(run, &chances, 3, 24, "5/2");
    data.target = cohort_random(run, &chances, 2001, 3, 24);
    data.comparison = cohort_random(run, &chances, 2500, 3, 24);
    *contract = contract_of(run, &draft);
    *detail = written(run, *contract, &data);
    assert_ok(run, utfall_file_read(run, &bytes, len, in_folder("x.detail.xml"), SIZE_MAX / 2));
    return bytes;
}

static void any_number_of_threads_reads_the_same_people(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = NULL;
    utfall_detail detail;
    const utfall_case *first = NULL, *again = NULL;
    bool checked = false;
    size_t len = 0;
    (void)many_people(run, &contract, &detail, &len);
    for (size_t i = 0; i < CREWS; i++) {
        assert_ok(run, utfall_detail_read(run, &again, &checked, in_folder("x.detail.xml"),
                                          contract, &detail, secret, crews[i]));
        assert_true(checked);
        first = first ? first : again;
        assert_same_people(&first->target, &again->target, contract->factor_count);
        assert_same_people(&first->comparison, &again->comparison, contract->factor_count);
    }
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

/* Lines of a file of many pieces, each with a fault of its own: the first one is told, in the same
 * words, by any number of threads. Taken from the end, so that each is the first once. */
static void any_number_of_threads_tells_the_first_fault(void **state)
{
    (void)state;
    static const size_t lines[] = {4400, 3999, 3000, 2519, 1234, 700, 31};
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = NULL;
    utfall_detail detail;
    size_t len = 0;
    const char *bytes = many_people(run, &contract, &detail, &len);
    char *changed = utfall_run_alloc(run, len + 1);
    memcpy(changed, bytes, len);
    for (size_t n = 0; n < sizeof lines / sizeof *lines; n++) {
        char *line = changed;
        for (size_t i = 1; i < lines[n]; i++)
            line = strchr(line, '\n') + 1;
        char *start = strstr(line, n % 2 ? " pseudonym=\"" : " start=\"");
        start[n % 2 ? 12 : 8] = n % 2 ? '0' : 'X'; /* out of order, or no month */
        if (n % 2)
            memset(start + 12, '0', 32);
        saved(in_folder("x.detail.xml"), changed, len);
        SHA256((const unsigned char *)changed, len, detail.sha256);
        utfall_finding told[CREWS];
        for (size_t i = 0; i < CREWS; i++) {
            utfall_run *inner = utfall_run_new(NULL, NULL);
            const utfall_case *again = NULL;
            bool checked = false;
            assert_status(UTFALL_E_SYNTAX,
                          utfall_detail_read(inner, &again, &checked, in_folder("x.detail.xml"),
                                             contract, &detail, secret, crews[i]));
            assert_int_equal(utfall_run_errors(inner), 1);
            const utfall_finding *finding = utfall_run_finding(inner, 0);
            told[i] = (utfall_finding){
                .at = finding->at, .message = utfall_run_join(run, finding->message, (char *)NULL)};
            assert_int_equal(told[i].at.line, lines[n]);
            assert_int_equal(told[i].at.column, told[0].at.column);
            assert_string_equal(told[i].message, told[0].message);
            utfall_run_free(inner);
        }
        assert_non_null(strstr(told[0].message, n % 2 ? "ascending" : "YYYY-MM"));
    }
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

/* Cut off after any line or in one, with a description that fits: people are missing, or the end
 * is. */
static void a_file_that_ends_early_is_refused_by_any_number_of_threads(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = NULL;
    utfall_detail detail;
    size_t whole = 0;
    const char *bytes = many_people(run, &contract, &detail, &whole);
    for (size_t len = whole - 1; len > 1000; len -= len / 5 + 1) {
        saved(in_folder("x.detail.xml"), bytes, len);
        SHA256((const unsigned char *)bytes, len, detail.sha256);
        detail.bytes = len;
        for (size_t i = 0; i < CREWS; i++) {
            utfall_run *inner = utfall_run_new(NULL, NULL);
            const utfall_case *again = NULL;
            bool checked = false;
            assert_int_not_equal(utfall_detail_read(inner, &again, &checked,
                                                    in_folder("x.detail.xml"), contract, &detail,
                                                    secret, crews[i]),
                                 UTFALL_OK);
            assert_null(again);
            assert_int_equal(utfall_run_errors(inner), 1);
            utfall_run_free(inner);
        }
    }
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void pseudonyms_salts_and_root_are_as_described(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_contract draft = frame_random(run, 1, 1, "1");
    const utfall_contract *contract = contract_of(run, &draft);
    utfall_case data = {.target = cohort_new(run, 1, 0, 1),
                        .comparison = cohort_new(run, 1, 0, 1),
                        .outcomes = utfall_run_array(run, 2, sizeof(utfall_outcome_result))};
    person_set(&data.target, 0, 2016, 8, (const int64_t[]){-125}, 1);
    person_set(&data.comparison, 0, 2013, 1, (const int64_t[]){0}, 1);
    utfall_detail detail = written(run, contract, &data);
    uint8_t person_key[32], salt_key[32], mac[32], salt[32], root[32], hashes[65] = {1};
    hmac(person_key, secret, "utfall|pseudonym");
    hmac(salt_key, secret, "utfall|salt");
    static const char *const messages[] = {"pseudonym|made|comparison|N001",
                                           "pseudonym|made|target|N001"};
    static const char *const salts[] = {"salt|made|0", "salt|made|1"};
    const char *bytes = NULL;
    size_t len = 0;
    assert_ok(run, utfall_file_read(run, &bytes, &len, in_folder("x.detail.xml"), 100000));
    for (size_t i = 0; i < 2; i++) {
        char pseudonym[33], line[256];
        uint8_t entry[1 + 32 + 256] = {0};
        hmac(mac, person_key, messages[i]);
        utfall_hex(pseudonym, mac, 16);
        (void)snprintf(line, sizeof line,
                       i == 0 ? "<person cohort=\"comparison\" costs=\"0\" group=\"all\" "
                                "pseudonym=\"%s\" start=\"2013-01\"></person>"
                              : "<person cohort=\"target\" costs=\"-125\" group=\"all\" "
                                "pseudonym=\"%s\" start=\"2016-08\"></person>",
                       pseudonym);
        assert_non_null(strstr(bytes, line));
        hmac(salt, salt_key, salts[i]);
        memcpy(entry + 1, salt, 32);
        memcpy(entry + 33, line, strlen(line));
        SHA256(entry, 33 + strlen(line), hashes + 1 + 32 * i);
    }
    SHA256(hashes, sizeof hashes, root);
    assert_memory_equal(detail.root, root, 32);
    SHA256((const unsigned char *)bytes, len, root);
    assert_memory_equal(detail.sha256, root, 32);
    assert_true(detail.bytes == len);
    assert_null(strstr(bytes, "N001")); /* no id */
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void without_the_secret_the_root_is_not_checked_and_that_is_said(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    utfall_detail detail = written(run, contract, &data);
    const utfall_case *again = NULL;
    bool checked = true;
    detail.root[0] ^= 1;
    assert_ok(run, read_back(run, &again, &checked, contract, &detail, NULL));
    assert_false(checked);
    again = NULL;
    assert_status(UTFALL_E_INVALID, read_back(run, &again, &checked, contract, &detail, secret));
    assert_null(again);
    assert_non_null(strstr(first_message(run), "Merkle root"));
    detail.root[0] ^= 1;
    assert_status(UTFALL_E_INVALID, read_back(run, &again, &checked, contract, &detail,
                                              (const uint8_t[32]){1, 2, 3, 4, 6}));
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

/* Each byte changed, and the description of the file made to fit: then the form must say no, or the
 * root. `fits` false: the digest says no first. */
static void assert_changes_are_noticed(bool fits)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    utfall_detail detail = written(run, contract, &data);
    const utfall_sums *sums = sums_of(run, contract, &data, late);
    const char *bytes = NULL;
    size_t len = 0;
    assert_ok(run, utfall_file_read(run, &bytes, &len, in_folder("x.detail.xml"), 100000));
    char *changed = utfall_run_alloc(run, len);
    memcpy(changed, bytes, len);
    for (size_t i = 0; i < len; i++) {
        utfall_run *inner = utfall_run_new(NULL, NULL);
        const utfall_case *again = NULL;
        bool checked = false;
        changed[i] ^= 1;
        saved(in_folder("x.detail.xml"), changed, len);
        if (fits)
            SHA256((const unsigned char *)changed, len, detail.sha256);
        utfall_status status = read_back(inner, &again, &checked, contract, &detail, secret);
        if (status == UTFALL_OK)
            status = utfall_sums_compare(inner, "x", contract, sums,
                                         sums_of(inner, contract, again, late), false);
        if (status == UTFALL_OK)
            fail_msg("byte %zu, \"%.40s\", may be \"%c\"", i, bytes + i, changed[i]);
        if (!fits)
            assert_non_null(strstr(first_message(inner), "not the detail file"));
        changed[i] = bytes[i];
        utfall_run_free(inner);
    }
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void a_changed_byte_is_noticed_by_the_digest(void **state)
{
    (void)state;
    assert_changes_are_noticed(false);
}

static void a_changed_byte_is_noticed_even_when_the_digest_was_changed_too(void **state)
{
    (void)state;
    assert_changes_are_noticed(true);
}

/* A file with one thing changed and a description that fits it; no secret, so that only the form is
 * asked. */
static void what_is_not_a_detail_file_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *says;
    } cases[] = {
        {"<?xml", "<?XML", "expected <?xml"},
        {"urn:utfall:detail:1", "urn:utfall:detail:2", "expected <detail"},
        {"contract=\"made\"", "contract=\"other\"", "expected made"},
        {"comparison=\"4\"", "comparison=\"04\"", "a count"},
        {"comparison=\"4\"", "comparison=\"5\"", "number of leaves"},
        {"comparison=\"4\"", "comparison=\"18446744073709551615\"", "number of leaves"},
        {"comparison_months=\"3\"", "comparison_months=\"2\"", "fewer months"},
        {"comparison_months=\"3\"", "comparison_months=\"241\"", "fewer months"},
        {"target_months=\"3\"", "target_months=\"4\"", "one whole number"},
        {"month=\"2016-03\"></draw>", "month=\"2015-12\"></draw>", "do not ascend"},
        {"id=\"school\"", "id=\"skola\"", "expected school"},
        {" <outcome", " <outkome", "expected  <outcome"},
        {"</outcomes>", "</outcomes> ", "more follows"},
        {"costs=\"100 200 300\"", "costs=\"100 200 300 \"", "one whole number"},
        {"costs=\"100 200 300\"", "costs=\"100  200 300\"", "one whole number"},
        {"costs=\"100 200 300\"", "costs=\"100 200\"", "one whole number"},
        {"costs=\"100 200 300\"", "costs=\"\"", "one whole number"},
        {"costs=\"100 200 300\"", "costs=\"100 200 3OO\"", "one whole number"},
        {"costs=\"100 200 300\"", "costs=\"100 200 9223372036854775808\"", "one whole number"},
        {"group=\"yes\"", "group=\"maybe\"", "no such group"},
        {"cohort=\"target\"", "cohort=\"comparison\"", "expected <person"},
        {"start=\"2016-01\"", "start=\"2016-13\"", "YYYY-MM"},
        {"pseudonym=\"", "pseudonym=\"0", "32 hexadecimal"},
        {"</detail>\n", "</detail>", "line feed"},
        {"</detail>\n", "", "expected </detail>"},
        {"</detail>\n", "</detail>\n\n", "more follows"},
    };
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    utfall_detail detail = written(run, contract, &data);
    const char *bytes = NULL;
    size_t len = 0;
    assert_ok(run, utfall_file_read(run, &bytes, &len, in_folder("x.detail.xml"), 100000));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        utfall_run *inner = utfall_run_new(NULL, NULL);
        const utfall_case *again = NULL;
        bool checked = false;
        size_t size = len;
        const char *changed = edited(run, bytes, &size, cases[i].from, cases[i].to);
        saved(in_folder("x.detail.xml"), changed, size);
        SHA256((const unsigned char *)changed, size, detail.sha256);
        detail.bytes = size;
        utfall_status status = read_back(inner, &again, &checked, contract, &detail, NULL);
        if (status == UTFALL_OK || again || !strstr(first_message(inner), cases[i].says))
            fail_msg("\"%s\": %s \"%s\"", cases[i].to, utfall_status_name(status),
                     first_message(inner));
        utfall_run_free(inner);
    }
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void a_detail_file_that_is_not_placed_leaves_the_old_one(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    utfall_detail detail;
    utfall_file *file = NULL;
    const char *bytes = NULL;
    size_t len = 0;
    saved(in_folder("x.detail.xml"), "old", 3);
    assert_ok(run, utfall_detail_write(run, &detail, &file, in_folder("x.detail.xml"), contract,
                                       &data, secret, 1));
    assert_int_equal(folder_count(0), 2);
    utfall_file_abandon(file);
    utfall_file_abandon(file);
    assert_int_equal(folder_count(0), 1);
    assert_ok(run, utfall_file_read(run, &bytes, &len, in_folder("x.detail.xml"), 10));
    assert_string_equal(bytes, "old");
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

static void a_detail_file_that_cannot_be_written_leaves_nothing(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    utfall_detail detail = {.leaves = 77};
    assert_status(UTFALL_E_IO,
                  detail_placed(run, &detail, in_folder("no/x"), contract, &data, secret, 1));
    assert_int_equal(detail.leaves, 77);
    assert_int_equal(folder_count(0), 0);
    utfall_run_free(run);
}

/* The n-th allocation fails, n = 1, 2, ...: the status says so, and no half file stays. */
static void running_out_of_memory_is_a_status(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    const utfall_contract *contract = hand_contract(run, UTFALL_INCOMPLETE_REFUSE);
    utfall_case data = hand_case(run);
    utfall_detail detail = {0};
    for (int reads = 0; reads < 2; reads++) {
        utfall_status status = UTFALL_E_NOMEM;
        for (uint64_t n = 1; status != UTFALL_OK; n++) {
            counting counts = {.fail_at = n};
            utfall_run *inner = utfall_run_new(counting_alloc, &counts);
            const utfall_case *again = NULL;
            bool checked = false;
            if (inner && reads)
                status = read_back(inner, &again, &checked, contract, &detail, secret);
            else if (inner)
                status = detail_placed(inner, &detail, in_folder("x.detail.xml"), contract, &data,
                                       secret, 1);
            if (status != UTFALL_OK)
                assert_string_equal(utfall_status_name(status), "UTFALL_E_NOMEM");
            assert_true((again != NULL) == (reads && status == UTFALL_OK));
            assert_int_equal(folder_count(0), reads || status == UTFALL_OK);
            if (!reads && status == UTFALL_OK) /* its name dies with the run */
                detail.name = "x.detail.xml";
            utfall_run_free(inner);
            assert_true(counts.out == 0);
        }
    }
    assert_int_equal(folder_count(1), 1);
    utfall_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sums_come_back_exactly),
        cmocka_unit_test(groups_of_every_kind_come_back),
        cmocka_unit_test(an_agreed_standard_cost_and_empty_lists_come_back),
        cmocka_unit_test(a_price_index_comes_back),
        cmocka_unit_test(equal_people_give_equal_bytes_and_others_do_not),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
        cmocka_unit_test(amounts_are_written_to_the_last_digit),
        cmocka_unit_test(any_number_of_threads_reads_the_same_people),
        cmocka_unit_test(any_number_of_threads_tells_the_first_fault),
        cmocka_unit_test(a_file_that_ends_early_is_refused_by_any_number_of_threads),
        cmocka_unit_test(pseudonyms_salts_and_root_are_as_described),
        cmocka_unit_test(without_the_secret_the_root_is_not_checked_and_that_is_said),
        cmocka_unit_test(a_changed_byte_is_noticed_by_the_digest),
        cmocka_unit_test(a_changed_byte_is_noticed_even_when_the_digest_was_changed_too),
        cmocka_unit_test(what_is_not_a_detail_file_is_refused),
        cmocka_unit_test(running_out_of_memory_is_a_status),
        cmocka_unit_test(a_detail_file_that_is_not_placed_leaves_the_old_one),
        cmocka_unit_test(a_detail_file_that_cannot_be_written_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
