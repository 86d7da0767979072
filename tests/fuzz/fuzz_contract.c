/* tests/fuzz/fuzz_contract.c - any bytes as a contract: parse, flatten, rebuild, bind both, set a
 * value.
 *
 * Nothing may crash, leak or read outside. A refusal has a finding, and each finding has a message
 * and an excerpt in UTF-8. A document and the one rebuilt from its terms have the same terms, and
 * bind to the same contract or are refused alike. */
#include "contracts/document.h"
#include "unit/contract_dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool is_so)
{
    if (!is_so)
        abort();
}

static void need_sound(const char *text)
{
    size_t offset;
    if (text != NULL)
        need(utfall_text_fault(&offset, text, strlen(text), true, false) == NULL);
}

static void check_findings(const utfall_run *run, utfall_status status)
{
    const utfall_finding *f;
    need((status == UTFALL_OK) == (utfall_run_errors(run) == 0));
    for (size_t i = 0; (f = utfall_run_finding(run, i)) != NULL; i++) {
        need(f->message != NULL && f->message[0] != '\0' && f->at.file != NULL);
        need_sound(f->message);
        need_sound(f->hint);
        need_sound(f->path);
        need_sound(f->excerpt);
        need(f->code != UTFALL_E_BUG && f->code != UTFALL_OK && f->code != UTFALL_E_NOMEM);
    }
}

static void need_same_terms(utfall_run *run, const utfall_document *document,
                            const utfall_term *terms, size_t count)
{
    const utfall_term *again = NULL;
    size_t again_count = 0;
    need(utfall_document_terms(run, &again, &again_count, document) == UTFALL_OK);
    need(count == again_count);
    for (size_t i = 0; i < count; i++)
        need(strcmp(terms[i].path, again[i].path) == 0 &&
             strcmp(terms[i].value, again[i].value) == 0 && terms[i].at.line == again[i].at.line &&
             terms[i].at.column == again[i].at.column);
}

/* What binding gives, or NULL and how many errors it told. */
static char *bind_dump(utfall_run *run, const utfall_document *document, uint64_t *errors)
{
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    utfall_status status = utfall_document_bind(run, &contract, &sources, document);
    check_findings(run, status);
    need((contract != NULL) == (status == UTFALL_OK));
    *errors = utfall_run_errors(run);
    return status == UTFALL_OK ? contract_dump(run, contract, sources) : NULL;
}

static void rebuild(utfall_run *run, const utfall_document *document)
{
    const utfall_term *terms = NULL;
    size_t count = 0;
    need(utfall_document_terms(run, &terms, &count, document) == UTFALL_OK);
    utfall_run *other = utfall_run_new(NULL, NULL);
    utfall_document *rebuilt = NULL;
    need(other != NULL);
    need(utfall_document_of_terms(other, &rebuilt, terms, count) == UTFALL_OK);
    need_same_terms(other, rebuilt, terms, count);
    uint64_t errors = 0, other_errors = 0;
    char *first = bind_dump(run, document, &errors);
    char *second = bind_dump(other, rebuilt, &other_errors);
    need((first == NULL) == (second == NULL) && errors == other_errors);
    need(first == NULL || strcmp(first, second) == 0);
    free(first);
    free(second);
    utfall_run_free(other);
}

/* The first line is also a value, set at a few places. */
static void set_values(utfall_run *run, utfall_document *document, const uint8_t *data, size_t size)
{
    static const char *const paths[] = {"evaluation.window", "waterfall[0].between",
                                        "target_group.people.where.\"a b\"[0]", "evaluation.groups",
                                        "waterfall[1]"};
    char line[64];
    size_t len = 0;
    while (len < size && len + 1 < sizeof line && data[len] != '\n' && data[len] != '\0')
        len++;
    memcpy(line, data, len);
    line[len] = '\0';
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        uint64_t before = utfall_run_errors(run);
        utfall_status status = utfall_document_set(run, document, paths[i], line, "--set");
        need((status == UTFALL_OK) == (utfall_run_errors(run) == before));
    }
    const utfall_contract *contract = NULL;
    const utfall_sources *sources = NULL;
    if (utfall_document_bind(run, &contract, &sources, document) == UTFALL_OK)
        need(contract != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    need(run != NULL);
    utfall_document *document = NULL;
    utfall_status status =
        utfall_document_parse(run, &document, "fuzz.yaml", (const char *)data, size);
    check_findings(run, status);
    need((document != NULL) == (status == UTFALL_OK));
    if (document != NULL) {
        rebuild(run, document);
        set_values(run, document, data, size);
    }
    utfall_run_free(run);
    return 0;
}
