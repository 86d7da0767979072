/* ledger/recorded.c - writes what a ledger records: versions, terms, inputs, detail file, sums.
 *
 * Invariant: utfall_ledger_read gives back every value that is written here, and nothing that is
 * written here can be computed from the rest, but group labels and outcome names, which stand here
 * so that a person can read the sums. */
#include "ledger/outcome.h"
#include "ledger/parts.h"

static void write_terms(utfall_xml *xml, const utfall_record *record)
{
    utfall_xml_open(xml, "terms");
    for (size_t i = 0; i < record->term_count; i++) {
        const utfall_term *term = &record->terms[i];
        utfall_xml_open(xml, "term");
        utfall_xml_count(xml, "column", term->at.column);
        utfall_xml_attribute(xml, "file", term->at.file);
        utfall_xml_count(xml, "line", term->at.line);
        utfall_xml_attribute(xml, "path", term->path);
        utfall_xml_text(xml, term->value);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_inputs(utfall_xml *xml, const utfall_record *record)
{
    utfall_xml_open(xml, "inputs");
    for (size_t i = 0; i < record->input_count; i++) {
        const utfall_input *input = &record->inputs[i];
        utfall_xml_open(xml, "input");
        utfall_xml_count(xml, "bytes", input->bytes);
        utfall_xml_attribute(xml, "name", input->name);
        utfall_xml_attribute(xml, "role", input->role);
        utfall_xml_count(xml, "rows", input->rows);
        utfall_xml_digest(xml, "sha256", input->sha256);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_detail(utfall_xml *xml, const utfall_detail *detail)
{
    if (!detail->name)
        return;
    utfall_xml_open(xml, "detail");
    utfall_xml_count(xml, "bytes", detail->bytes);
    utfall_xml_count(xml, "leaves", detail->leaves);
    utfall_xml_attribute(xml, "name", detail->name);
    utfall_xml_digest(xml, "root", detail->root);
    utfall_xml_digest(xml, "sha256", detail->sha256);
    utfall_xml_close(xml);
}

static void write_rows(utfall_xml *xml, const char *of, const utfall_rows *rows)
{
    utfall_xml_open(xml, "rows");
    utfall_xml_attribute(xml, "of", of);
    for (size_t i = 0; i < UTFALL_CLASSES; i++) {
        utfall_xml_open(xml, "class");
        utfall_xml_integer(xml, "amount", rows->amount_minor[i]);
        utfall_xml_count(xml, "count", rows->count[i]);
        utfall_xml_attribute(xml, "name", utfall_class_names[i]);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_group(utfall_xml *xml, const utfall_sums *sums, size_t group, const char *label)
{
    utfall_xml_open(xml, "group");
    if (!sums->agreed)
        utfall_xml_count(xml, "comparison", sums->comparison.persons[group]);
    utfall_xml_attribute(xml, "label", label);
    utfall_xml_count(xml, "number", group + 1);
    utfall_xml_count(xml, "target", sums->target.persons[group]);
    for (uint32_t k = 1; k <= sums->window_months; k++) {
        size_t at = group * sums->window_months + k - 1;
        utfall_xml_open(xml, "month");
        if (sums->agreed)
            utfall_xml_ratio(xml, "agreed", sums->agreed[at]);
        else
            utfall_xml_integer(xml, "comparison", sums->comparison.cost_minor[at]);
        if (sums->comparison.followed)
            utfall_xml_count(xml, "followed", sums->comparison.followed[at]);
        utfall_xml_count(xml, "k", k);
        utfall_xml_integer(xml, "target", sums->target.cost_minor[at]);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_starts(utfall_xml *xml, const utfall_sums *sums)
{
    utfall_xml_open(xml, "starts");
    for (size_t i = 0; i < sums->start_count; i++) {
        const utfall_start *start = &sums->starts[i];
        utfall_xml_open(xml, "start");
        utfall_xml_count(xml, "group", start->group + 1);
        if (start->left_after > 0)
            utfall_xml_count(xml, "left_after", start->left_after);
        utfall_xml_month(xml, "month", start->month);
        utfall_xml_count(xml, "persons", start->persons);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_calendar(utfall_xml *xml, const utfall_sums *sums)
{
    utfall_xml_open(xml, "calendar");
    for (size_t i = 0; i < sums->month_count; i++) {
        utfall_xml_open(xml, "calendar_month");
        utfall_xml_integer(xml, "actual", sums->actual_minor[i]);
        utfall_xml_integer(xml, "drawn", sums->drawn_minor[i]);
        utfall_xml_month(xml, "month", (utfall_month){sums->first.ordinal + (int32_t)i});
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_prices(utfall_xml *xml, const utfall_price_index *index)
{
    for (size_t i = 0; index && i < index->count; i++) {
        if (!index->values[i])
            continue;
        utfall_xml_open(xml, "price");
        utfall_xml_month(xml, "month", (utfall_month){index->first.ordinal + (int32_t)i});
        utfall_xml_ratio(xml, "value", index->values[i]);
        utfall_xml_close(xml);
    }
}

static void write_categories(utfall_xml *xml, const utfall_sums *sums,
                             const utfall_contract *contract)
{
    for (size_t i = 0; i < sums->category_count; i++) {
        utfall_xml_open(xml, "category");
        utfall_xml_integer(xml, "amount", sums->category_minor[i]);
        utfall_xml_count(xml, "months", sums->category_months[i]);
        utfall_xml_attribute(xml, "name", contract->budget[i].category);
        utfall_xml_close(xml);
    }
}

static void write_distribution(utfall_xml *xml, const utfall_sums *sums)
{
    utfall_xml_open(xml, "distribution");
    for (uint32_t k = 1; k <= sums->window_months; k++) {
        utfall_xml_open(xml, "month");
        utfall_xml_count(xml, "above", sums->above[k - 1]);
        utfall_xml_count(xml, "at", sums->at[k - 1]);
        utfall_xml_count(xml, "below", sums->below[k - 1]);
        utfall_xml_count(xml, "k", k);
        utfall_xml_close(xml);
    }
    utfall_xml_close(xml);
}

static void write_outcomes(utfall_xml *xml, const utfall_sums *sums,
                           const utfall_contract *contract)
{
    utfall_xml_open(xml, "outcomes");
    for (size_t i = 0; i < sums->outcome_count; i++)
        utfall_outcome_write(xml, contract->outcomes[i].id, &sums->outcomes[i]);
    utfall_xml_close(xml);
}

static void write_sums(utfall_xml *xml, const utfall_sums *sums, const utfall_contract *contract)
{
    utfall_xml_open(xml, "sums");
    utfall_xml_month(xml, "as_of", sums->as_of);
    utfall_xml_count(xml, "left_out", sums->target.left_out);
    utfall_xml_count(xml, "window_months", sums->window_months);
    write_rows(xml, "target", &sums->target.rows);
    if (!sums->agreed)
        write_rows(xml, "comparison", &sums->comparison.rows);
    for (size_t group = 0; group < sums->group_count; group++)
        write_group(xml, sums, group, contract->group_labels[group]);
    write_starts(xml, sums);
    write_calendar(xml, sums);
    write_prices(xml, sums->price_index);
    write_categories(xml, sums, contract);
    write_distribution(xml, sums);
    write_outcomes(xml, sums, contract);
    utfall_xml_close(xml);
}

void utfall_recorded_write(utfall_xml *xml, const utfall_record *record,
                           const utfall_contract *contract)
{
    utfall_xml_open(xml, "recorded");
    utfall_xml_attribute(xml, "rules", record->rules);
    utfall_xml_attribute(xml, "version", record->version);
    utfall_previous_write(xml, record);
    write_terms(xml, record);
    write_inputs(xml, record);
    write_detail(xml, &record->detail);
    write_sums(xml, record->sums, contract);
    utfall_xml_close(xml);
}
