/* Binding: what each part of a contract becomes, defaults, references, faults all at once, memory
 * that runs out, and time. */
#define _POSIX_C_SOURCE 200809L
#include "unit/allocator.h"
#include "unit/contract_dump.h"
#include "unit/contract_text.h"

#include <time.h>

typedef struct bound {
    utfall_run *run;
    utfall_document *document;
    const utfall_contract *contract;
    const utfall_sources *sources;
} bound;

static bound bind_text(const char *text)
{
    bound b = {.run = utfall_run_new(NULL, NULL)};
    assert_non_null(b.run);
    assert_status(b.run, UTFALL_OK,
                  utfall_document_parse(b.run, &b.document, "c.yaml", text, strlen(text)));
    assert_status(b.run, UTFALL_OK,
                  utfall_document_bind(b.run, &b.contract, &b.sources, b.document));
    return b;
}

static bound bind_changed(const char *old, const char *new)
{
    char *text = changed(sound, old, new);
    bound b = bind_text(text);
    free(text);
    return b;
}

/* The contract is refused, with this many errors. */
static utfall_run *refused(const char *text, utfall_status status, uint64_t errors)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = NULL;
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    assert_status(run, UTFALL_OK,
                  utfall_document_parse(run, &document, "c.yaml", text, strlen(text)));
    assert_status(run, status, utfall_document_bind(run, &contract, &sources, document));
    assert_true(contract == NULL && sources == NULL);
    if (utfall_run_errors(run) != errors)
        show(run);
    assert_int_equal(utfall_run_errors(run), errors);
    return run;
}

static void a_small_contract_gets_its_defaults(void **state)
{
    (void)state;
    bound b = bind_text(sound);
    const utfall_contract *c = b.contract;
    const utfall_sources *s = b.sources;
    assert_int_equal(c->window_months, 12);
    assert_int_equal(c->payment_months, 12);
    assert_int_equal(c->saving_to, 0);
    assert_int_equal(c->investor, 1);
    assert_int_equal(c->signed_on.year, 0);
    assert_string_equal(c->note, "");
    assert_int_equal(c->group_count, 1);
    assert_string_equal(c->group_labels[0], "all");
    assert_true(c->commitment.minor == 100000);
    assert_int_equal(c->steps[0].rounding.unit_minor, 1);
    assert_int_equal(c->steps[0].rounding.mode, UTFALL_ROUND_HALF_AWAY);
    assert_true(s->drawn.file == NULL && s->drawn_sum.minor == 50000 &&
                s->drawn_month.ordinal == 0);
    assert_null(s->standard_cost.file);
    assert_string_equal(s->people.role, "people");
    assert_string_equal(s->people.path, "target_group.people");
    assert_true(s->people.separator == ',' && s->people.encoding == UTFALL_UTF_8);
    assert_string_equal(s->people.true_words.word[0], "yes");
    assert_string_equal(s->people.false_words.word[0], "no");
    assert_int_equal(s->people.column_count, 2);
    assert_string_equal(s->costs.table[0].path, "target_group.costs[0]");
    assert_true(s->costs.table[0].decimal == '.' &&
                s->costs.table[0].unknown == UTFALL_UNKNOWN_REFUSE);
    assert_int_equal(s->costs.table[0].column_count,
                     3); /* id, month, amount: nothing is selected */
    assert_string_equal(s->reference_people.role, "reference-people");
    assert_int_equal(s->count_count, 0);
    utfall_run_free(b.run);
}

static void the_norrkoping_contract_is_what_its_file_says(void **state)
{
    (void)state;
    bound b = {.run = utfall_run_new(NULL, NULL)};
    assert_status(b.run, UTFALL_OK,
                  utfall_document_load(b.run, &b.document,
                                       UTFALL_SOURCE_DIR
                                       "/contracts/norrkoping-2016/contract.yaml"));
    assert_status(b.run, UTFALL_OK,
                  utfall_document_bind(b.run, &b.contract, &b.sources, b.document));
    const utfall_contract *c = b.contract;
    assert_int_equal(c->window_months, 24);
    assert_true(c->commitment.minor == 1000000000);
    assert_int_equal(c->group_count, 4);
    static const char *const labels[] = {"<18/no", "<18/yes", "18+/no", "18+/yes"};
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(c->group_labels[i], labels[i]);
    assert_int_equal(c->step_count, 3);
    assert_string_equal(utfall_rat_text(b.run, c->steps[0].share), "2/5");
    assert_int_equal(c->steps[0].of.kind, UTFALL_MEASURE_DRAWN);
    assert_string_equal(utfall_rat_text(b.run, c->steps[2].high.factor), "6/5");
    assert_int_equal(c->steps[2].high.of.kind, UTFALL_MEASURE_DRAWN);
    assert_string_equal(c->outcomes[c->steps[2].when[0]].id, "school");
    const utfall_school_source *school = b.sources->outcomes[c->steps[2].when[0]].school;
    assert_string_equal(school->grades.file, "data/grades.csv");
    assert_string_equal(school->core[0].values.word[1], "svenska som andraspråk");
    assert_string_equal(utfall_rat_text(b.run, school->terms.active_attendance), "80");
    assert_int_equal(school->terms.without_grades, UTFALL_GRADES_REFUSE);
    assert_string_equal(b.sources->people.true_words.word[0], "ja");
    assert_string_equal(b.sources->reference_people.where[0].column, "wave");
    assert_string_equal(b.sources->reference_people.where[0].values.word[0], "2013");
    assert_string_equal(b.sources->counts[0].column, "source");
    assert_string_equal(b.sources->drawn.file, "data/project-costs.csv");
    utfall_run_free(b.run);
}

static void tables_list_the_columns_that_are_needed(void **state)
{
    (void)state;
    char *text = changed(sound, "people: {file: people.csv}",
                         "people: {file: people.csv, columns: {id: Person, age_at_start: "
                         "\xC3\x85lder}, where: {age_at_start: [\"17\"], Kommun: [N]}}");
    char *grouped = changed(text, "  incomplete: refuse",
                            "  incomplete: refuse\n  groups: {age_at_start: [18]}\n"
                            "  counts: {category: [HVB, SiS]}");
    bound b = bind_text(grouped);
    const utfall_table *people = &b.sources->people;
    assert_int_equal(people->column_count, 3);
    assert_string_equal(people->columns[0].heading, "Person");
    assert_string_equal(people->columns[1].heading, "start");
    assert_string_equal(people->columns[2].field, "age_at_start");
    assert_string_equal(people->columns[2].heading, "\xC3\x85lder");
    assert_string_equal(people->where[0].column, "\xC3\x85lder"); /* the heading of the field */
    assert_string_equal(people->where[1].column, "Kommun");
    const utfall_table *costs = &b.sources->costs.table[0];
    assert_int_equal(costs->column_count, 4);
    assert_string_equal(costs->columns[2].field, "category");
    free(text);
    free(grouped);
    utfall_run_free(b.run);
}

/* RULE: GROUP-1 */
static void groups_are_cuts_texts_or_each(void **state)
{
    (void)state;
    bound b = bind_changed("  incomplete: refuse",
                           "  incomplete: refuse\n"
                           "  groups: {age: [-1, 18], form: [HVB, \"2013x\"], placed: each}");
    const utfall_factor *f = b.contract->factors;
    assert_int_equal(f[0].kind, UTFALL_FACTOR_CUTS);
    assert_true(f[0].cuts[0] == -1 && f[0].cuts[1] == 18);
    assert_int_equal(f[1].kind, UTFALL_FACTOR_VALUES);
    assert_string_equal(f[1].values[1], "2013x");
    assert_int_equal(f[2].kind, UTFALL_FACTOR_EACH);
    assert_int_equal(b.contract->group_count, 12);
    utfall_run_free(b.run);
}

static void an_agreed_cost_takes_the_place_of_a_group(void **state)
{
    (void)state;
    bound b = bind_changed("  design: historic\n  people: {file: reference-people.csv}\n"
                           "  costs: [{file: reference-costs.csv}]\n",
                           "  design: agreed\n  standard_cost: {file: s.csv, decimal: \",\", "
                           "separator: \";\", columns: {group: Grupp}}\n");
    assert_null(b.sources->reference_people.file);
    assert_int_equal(b.sources->reference_costs.count, 0);
    assert_string_equal(b.sources->standard_cost.columns[0].heading, "Grupp");
    assert_true(b.sources->standard_cost.decimal == ',');
    utfall_run_free(b.run);
}

#define COSTS_OF_REFERENCE "  costs: [{file: reference-costs.csv}]\n"

/* RULE: PRICE-6 */
static void a_price_index_that_is_not_used_is_not_read(void **state)
{
    (void)state;
    bound b = bind_changed(COSTS_OF_REFERENCE, COSTS_OF_REFERENCE
                           "  price_index: {file: i.csv, base: 2016-08, source: Made up, decimal: "
                           "\",\", separator: \";\", columns: {value: Index}, clause: \"7\"}\n");
    assert_true(b.contract->prices.is_there);
    assert_int_equal(b.contract->prices.base.ordinal, utfall_month_of(2016, 8).ordinal);
    assert_string_equal(b.contract->prices.source, "Made up");
    assert_string_equal(b.contract->prices.clause, "7");
    assert_string_equal(b.sources->price_index.file, "i.csv");
    assert_string_equal(b.sources->price_index.columns[1].heading, "Index");
    assert_true(b.sources->price_index.decimal == ',');
    utfall_run_free(b.run);
    b = bind_changed(COSTS_OF_REFERENCE,
                     COSTS_OF_REFERENCE "  price_index: {file: i.csv, base: 2016-08, use: true}\n");
    assert_true(b.contract->prices.is_there);
    utfall_run_free(b.run);
    b = bind_changed(COSTS_OF_REFERENCE, COSTS_OF_REFERENCE
                     "  price_index: {file: i.csv, base: 2016-08, use: false}\n");
    assert_false(b.contract->prices.is_there);
    assert_null(b.sources->price_index.file);
    utfall_run_free(b.run);
}

static void every_form_of_step_is_read(void **state)
{
    (void)state;
    bound b = bind_changed(
        "rounding: {unit",
        "  - {id: b, from: city, to: fund, price: 0.005 SEK, of: school.persons, limit: 1 000}\n"
        "  - id: c\n    from: city\n    to: fund\n    clause: section 3\n"
        "    table: {of: school.sum, match: linear, edge: gt, rows: [[-3, 0], [10.5, 5% of "
        "drawn]]}\n"
        "    cap: 1 000 SEK\n    floor: 0\n    when: [school]\n"
        "    round: {unit: 100 SEK, mode: floor}\n"
        "  - {id: d, from: fund, to: city, fixed: 250 SEK}\n"
        "  - {id: e, from: city, to: fund, table: {of: saving, match: step, edge: ge, rows: [[0, 1 "
        "SEK], [5 SEK, 2 SEK]]}}\n"
        "rounding: {unit");
    const utfall_step *s = b.contract->steps;
    assert_string_equal(utfall_rat_text(b.run, s[1].price), "1/2");
    assert_string_equal(utfall_rat_text(b.run, s[1].limit), "1000");
    assert_int_equal(s[1].of.figure, UTFALL_FIGURE_PERSONS);
    assert_int_equal(s[2].form, UTFALL_FORM_TABLE);
    assert_int_equal(s[2].match, UTFALL_MATCH_LINEAR);
    assert_int_equal(s[2].edge, UTFALL_EDGE_GT);
    assert_string_equal(utfall_rat_text(b.run, s[2].rows[0].at), "-3");
    assert_string_equal(utfall_rat_text(b.run, s[2].rows[1].at), "21/2");
    assert_string_equal(utfall_rat_text(b.run, s[2].rows[1].pays.factor), "1/20");
    assert_string_equal(utfall_rat_text(b.run, s[2].cap.factor), "100000");
    assert_int_equal(s[2].rounding.unit_minor, 10000);
    assert_string_equal(s[2].clause, "section 3");
    assert_string_equal(utfall_rat_text(b.run, s[3].fixed.factor), "25000");
    assert_string_equal(utfall_rat_text(b.run, s[4].rows[1].at), "500"); /* money is öre */
    utfall_run_free(b.run);
}

/* RULE: FILE-FAULTS-1 */
static void faults_of_all_parts_are_told_at_once(void **state)
{
    (void)state;
    char *one = changed(sound, "currency: SEK", "currency: SEK, colour: red");
    char *two = changed(one, "window: 12 months", "window: 12");
    char *three = changed(two, "to: fund", "to: bank");
    char *four = changed(three, "commitment: 1 000 SEK", "commitment: 1 000 EUR");
    char *five = changed(four, "sum: 19, ", "");
    char *six = changed(five, "mode: half_away, ", "");
    utfall_run *run = refused(six, UTFALL_E_SCHEMA, 6);
    const utfall_finding *unit = NULL;
    for (size_t i = 0; utfall_run_finding(run, i) != NULL; i++) {
        const utfall_finding *f = utfall_run_finding(run, i);
        assert_true(f->at.line > 0 && f->at.column > 0 && f->excerpt != NULL && f->path != NULL);
        if (strstr(f->message, "EUR") != NULL)
            unit = f;
    }
    assert_non_null(unit);
    assert_int_equal(unit->also.line, 2);
    assert_string_equal(unit->also_message, "the currency is stated here");
    char *texts[] = {one, two, three, four, five, six};
    for (size_t i = 0; i < 6; i++)
        free(texts[i]);
    utfall_run_free(run);
}

/* RULE: FILE-KEYS-1 */
static void a_key_too_many_or_too_few_is_an_error(void **state)
{
    (void)state;
    for (size_t i = UTFALL_ROOT_contract; i < UTFALL_TERMS; i++) {
        const utfall_term_rule *rule = &utfall_term_rules[i];
        if (rule->shape != UTFALL_SHAPE_ROOT || rule->need != UTFALL_REQUIRED)
            continue;
        char head[64], other[64];
        (void)snprintf(head, sizeof head, "\n%s:", rule->key);
        (void)snprintf(other, sizeof other, "\nx%s:", rule->key);
        char *text = changed(sound, head, other);
        utfall_run *run = utfall_run_new(NULL, NULL);
        utfall_document *document = NULL;
        const utfall_contract *contract = NULL;
        const utfall_sources *sources = NULL;
        assert_status(run, UTFALL_OK,
                      utfall_document_parse(run, &document, "c", text, strlen(text)));
        assert_status(run, UTFALL_E_SCHEMA,
                      utfall_document_bind(run, &contract, &sources, document));
        const utfall_finding *unknown = utfall_run_finding(run, 0);
        const utfall_finding *missing = utfall_run_finding(run, 1);
        assert_non_null(strstr(unknown->hint, rule->key));
        assert_int_equal(missing->code, UTFALL_E_MISSING);
        assert_string_equal(missing->path, rule->key);
        free(text);
        utfall_run_free(run);
    }
}

static void findings_carry_the_clause_that_is_nearest(void **state)
{
    (void)state;
    char *text = changed(sound, "share: 60%", "clause: \"section 5\", share: sixty");
    utfall_run *run = refused(text, UTFALL_E_SYNTAX, 1);
    assert_string_equal(utfall_run_finding(run, 0)->clause, "section 5");
    assert_string_equal(utfall_run_finding(run, 0)->path, "waterfall[0].share");
    free(text);
    utfall_run_free(run);
}

static void an_organisation_number_is_checked_but_not_refused(void **state)
{
    (void)state;
    bound b = bind_changed("name: City}", "name: City, org_number: \"212000-0456\"}");
    assert_int_equal(utfall_run_warnings(b.run), 0);
    utfall_run_free(b.run);
    b = bind_changed("name: City}", "name: City, org_number: \"212000-0457\"}");
    assert_int_equal(utfall_run_warnings(b.run), 1);
    utfall_run_free(b.run);
    b = bind_changed("name: City}", "name: City, org_number: \"DE 1234\"}");
    assert_int_equal(utfall_run_warnings(b.run), 0);
    utfall_run_free(b.run);
}

static void an_earlier_error_of_the_run_does_not_refuse_a_sound_contract(void **state)
{
    (void)state;
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = NULL;
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    assert_status(run, UTFALL_E_MISSING, utfall_document_parse(run, &document, "x", "", 0));
    assert_status(run, UTFALL_OK,
                  utfall_document_parse(run, &document, "c.yaml", sound, strlen(sound)));
    assert_status(run, UTFALL_OK, utfall_document_bind(run, &contract, &sources, document));
    utfall_run_free(run);
}

/* Whatever request for memory is the first to fail, the call says so and nothing is lost. */
static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    char *text = changed(sound, "mode: half_away, ", "mode: half_up, ");
    const char *texts[] = {sound, text};
    for (size_t t = 0; t < 2; t++) {
        for (uint64_t n = 2;; n++) {
            counting c = {.fail_at = n};
            utfall_run *run = utfall_run_new(counting_alloc, &c);
            if (run == NULL)
                continue;
            utfall_document *document = NULL;
            const utfall_contract *contract = NULL;
            const utfall_sources *sources = NULL;
            utfall_status status =
                utfall_document_parse(run, &document, "c.yaml", texts[t], strlen(texts[t]));
            if (status == UTFALL_OK)
                status = utfall_document_bind(run, &contract, &sources, document);
            bool is_done = c.requests < n;
            utfall_run_free(run);
            assert_true(c.out == 0);
            if (is_done) {
                assert_string_equal(utfall_status_name(status),
                                    t == 0 ? "UTFALL_OK" : "UTFALL_E_SYNTAX");
                break;
            }
            assert_null(contract);
            assert_string_equal(utfall_status_name(status), "UTFALL_E_NOMEM");
        }
    }
    free(text);
}

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void assert_quick(const char *text, double most)
{
    double start = seconds();
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_document *document = NULL;
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    utfall_status status = utfall_document_parse(run, &document, "c", text, strlen(text));
    if (status == UTFALL_OK)
        status = utfall_document_bind(run, &contract, &sources, document);
    assert_int_not_equal(status, UTFALL_OK);
    utfall_run_free(run);
    double took = seconds() - start;
    if (took > most)
        fail_msg("%.3f s for %.60s", took, text);
}

/* A file at its bounds, everything in it wrong: linear work, so far below a second each. */
static void hostile_contracts_are_refused_soon(void **state)
{
    (void)state;
    static const struct {
        const char *head, *piece, *tail;
    } shapes[] = {
        {"", "k%zu: 1\n", ""},
        {"parties: [", "{id: a%zu},", "]"},
        {"waterfall: [", "{from: a%zu},", "]"},
        {"outcomes: {", "o%zu: {a: 1},", "}"},
        {"evaluation: {groups: {", "g%zu: each,", "}}"},
        {"evaluation: {groups: {a: [", "%zu,", "]}}"},
        {"target_group: {people: {columns: {", "c%zu: c,", "}}}"},
        {"target_group: {people: {where: {", "c%zu: [c],", "}}}"},
        {"target_group: {costs: [", "{file: a%zu},", "]}"},
        {"target_group: {people: {true: [", "w%zu,", "]}}"},
        {"waterfall: [{when: [", "w%zu,", "]}]"},
        {"waterfall: [{table: {rows: [", "[%zu, 0],", "]}}]"},
        {"financing: {", "k%zu: 1,", "}"},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        char *text = calloc(1, UTFALL_DOCUMENT_BYTES_MAX + 1);
        assert_non_null(text);
        size_t len = (size_t)sprintf(text, "%s", shapes[i].head);
        for (size_t n = 0; len < 60000 && n < 4500; n++) {
            /* the piece has one number in it */
            const char *hole = strstr(shapes[i].piece, "%zu");
            len += (size_t)sprintf(text + len, "%.*s%zu%s", (int)(hole - shapes[i].piece),
                                   shapes[i].piece, n, hole + 3);
        }
        (void)sprintf(text + len, "%s", shapes[i].tail);
        assert_quick(text, 1.0);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_contract_gets_its_defaults),
        cmocka_unit_test(the_norrkoping_contract_is_what_its_file_says),
        cmocka_unit_test(tables_list_the_columns_that_are_needed),
        cmocka_unit_test(groups_are_cuts_texts_or_each),
        cmocka_unit_test(an_agreed_cost_takes_the_place_of_a_group),
        cmocka_unit_test(a_price_index_that_is_not_used_is_not_read),
        cmocka_unit_test(every_form_of_step_is_read),
        cmocka_unit_test(faults_of_all_parts_are_told_at_once),
        cmocka_unit_test(a_key_too_many_or_too_few_is_an_error),
        cmocka_unit_test(findings_carry_the_clause_that_is_nearest),
        cmocka_unit_test(an_organisation_number_is_checked_but_not_refused),
        cmocka_unit_test(an_earlier_error_of_the_run_does_not_refuse_a_sound_contract),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(hostile_contracts_are_refused_soon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
