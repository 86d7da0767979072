/* tests/unit/cost_rows.h - a table of costs read in ways that must come to the same: row by row,
 * by the readers of single cells; in chunks (contracts/plain.c); and by several threads
 * (contracts/crew.c). What a reading came to is told as one text: rows by class, matrix, findings
 * with their places. Used without a test library too, by the fuzzer: what cannot be is abort(). */
#ifndef TEST_COST_ROWS_H
#define TEST_COST_ROWS_H
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contracts/cell.h"
#include "contracts/crew.h"
#include "contracts/encoding.h"
#include "contracts/pseudonym.h"
#include "engine/fold.h"

enum { COST_WINDOW = 3, COST_MONTHS = 5, COST_WORDS = 4, COST_BEFORE = UTFALL_USUAL_BEFORE };
enum { COST_OUTSIDE = 11, COST_LEAVER = 12 }; /* people outside `where`; who left after month 1 */

/* Ids of every way to be stored: shorter than a word, a word, longer, longer than a card holds. */
static const char *const cost_people[] = {"A",
                                          "B",
                                          "C-3",
                                          "1234567",
                                          "12345678",
                                          "person-000000009",
                                          "0123456789abcdefghi",
                                          "0123456789abcdefghij",
                                          "a pseudonym with spaces, forty bytes long",
                                          "\xC3\x85sa",
                                          "\xC3\xB6rjan-\xC3\xA5\xC3\xA4\xC3\xB6",
                                          "outside",
                                          "leaver"};
enum { COST_PEOPLE = sizeof cost_people / sizeof *cost_people };

/* What a table is like; its first line holds headings. The lists are in the file's encoding. */
typedef struct cost_table {
    const char *text;
    size_t len;
    char separator, decimal;
    utfall_encoding encoding;
    size_t id, month, amount; /* cell numbers */
    bool refuses_unknown;
    int32_t through; /* ordinal of the month after which rows are late; 0 = none is */
    size_t list_count, list_cell[UTFALL_LISTS_MAX];
    const char *words[UTFALL_LISTS_MAX][COST_WORDS]; /* up to the first NULL */
    utfall_source *(*open)(utfall_run *run);         /* NULL: `text` is the file */
} cost_table;

typedef struct cost_reading {
    const cost_table *table;
    utfall_run *run;
    utfall_contract contract;
    utfall_fold *fold;
    utfall_source *source;
    utfall_csv *csv;
    utfall_plan plan;
    utfall_cell words[UTFALL_LISTS_MAX][COST_WORDS];
    bool seen[UTFALL_LISTS_MAX][COST_WORDS];
    uint64_t late;       /* rows */
    uint32_t late_line;  /* of the first */
    bool is_range;       /* a sum left 64 bits */
    size_t stop_after;   /* odd rows after which the reading ends; 0 = never */
    size_t taken;        /* odd pieces */
    utfall_crew_end end; /* of a crew */
    bool was_laid[2];    /* people were laid out: before and after */
    size_t told_len;
    char told[1 << 17];
} cost_reading;

static inline void cost_need(bool is_so)
{
    if (!is_so)
        abort();
}

__attribute__((format(printf, 2, 3))) static inline void cost_tell(cost_reading *r,
                                                                   const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const size_t room = sizeof r->told - r->told_len;
    const int len = vsnprintf(r->told + r->told_len, room, format, arguments);
    va_end(arguments);
    cost_need(len >= 0 && (size_t)len < room);
    r->told_len += (size_t)len;
}

/* ---- the beginning ---- */

static inline void cost_fold_make(cost_reading *r)
{
    r->contract = (utfall_contract){.window_months = COST_WINDOW, .payment_months = COST_WINDOW};
    r->fold = utfall_fold_new(r->run, &r->contract, COST_MONTHS);
    cost_need(r->fold != NULL);
    for (size_t i = 0; i < COST_PEOPLE; i++) {
        size_t number = 0;
        const utfall_month start = {2020 * 12 + (int32_t)(i % 3)};
        cost_need(utfall_fold_person(r->fold, &number, cost_people[i], strlen(cost_people[i]),
                                     start, NULL, i != COST_OUTSIDE) == UTFALL_OK);
        if (i == COST_LEAVER)
            cost_need(utfall_fold_leave(r->fold, number, 1) == UTFALL_OK);
    }
    cost_need(utfall_fold_freeze(r->fold) == UTFALL_OK);
}

static inline void cost_plan_make(cost_reading *r)
{
    const cost_table *table = r->table;
    r->plan = (utfall_plan){.separator = table->separator,
                            .decimal = table->decimal,
                            .encoding = table->encoding,
                            .width = r->csv->count,
                            .id = table->id,
                            .month = table->month,
                            .amount = table->amount,
                            .refuses_unknown = table->refuses_unknown,
                            .through = {table->through != 0 ? table->through : INT32_MAX},
                            .list_count = table->list_count};
    for (size_t i = 0; i < table->list_count; i++) {
        utfall_list *list = &r->plan.lists[i];
        list->cell = table->list_cell[i];
        list->words = r->words[i];
        list->seen = r->seen[i];
        for (; list->count < COST_WORDS && table->words[i][list->count] != NULL; list->count++) {
            const char *word = table->words[i][list->count];
            r->words[i][list->count] = (utfall_cell){word, strlen(word)};
        }
    }
}

/* Whether the headings leave something to read. */
static inline bool cost_begin(cost_reading *r, const cost_table *table, size_t block)
{
    memset(r, 0, offsetof(cost_reading, told));
    r->table = table;
    r->run = utfall_run_new(NULL, NULL);
    cost_need(r->run != NULL);
    cost_fold_make(r);
    if (table->open != NULL)
        r->source = table->open(r->run);
    else
        cost_need(utfall_source_memory(r->run, &r->source, table->text, table->len, block) ==
                  UTFALL_OK);
    if (utfall_csv_open(r->run, &r->csv, r->source, "t.csv", "costs", table->separator,
                        table->encoding) != UTFALL_OK ||
        !utfall_csv_next(r->csv))
        return false;
    r->csv->rows = 0;
    cost_plan_make(r);
    const size_t width = r->plan.width;
    return table->id < width && table->month < width && table->amount < width &&
           (table->list_count < 1 || table->list_cell[0] < width) &&
           (table->list_count < 2 || table->list_cell[1] < width);
}

/* ---- a row ---- */

static inline bool cost_refuse(cost_reading *r, int cell, utfall_status code, const char *why)
{
    (void)utfall_csv_report(
        r->csv,
        &(utfall_csv_fault){.code = code, .cell = cell, .is_quoting = cell >= 0, .message = why});
    return false;
}

/* SIZE_MAX in *person for somebody whom nobody knows; false when the row is at fault. */
static inline bool cost_person(cost_reading *r, size_t *person)
{
    const utfall_cell id = utfall_csv_utf8(r->csv, utfall_csv_cell(r->csv, r->plan.id));
    *person = utfall_fold_find(r->fold, id.text, id.len);
    if (*person != SIZE_MAX)
        return true;
    if (id.len == 0 || utfall_cell_is_formula(id.text, id.len) ||
        utfall_pseudonym_is_personal(id.text, id.len) || memchr(id.text, '\n', id.len) != NULL)
        return cost_refuse(r, (int)r->plan.id, UTFALL_E_SYNTAX, "is not an id");
    return !r->plan.refuses_unknown ||
           cost_refuse(r, (int)r->plan.id, UTFALL_E_CONFLICT, "is nobody");
}

static inline bool cost_counts(cost_reading *r)
{
    bool all = true;
    for (size_t i = 0; i < r->plan.list_count; i++) {
        const utfall_cell cell = utfall_csv_cell(r->csv, r->plan.lists[i].cell);
        bool is_there = false;
        for (size_t k = 0; k < r->plan.lists[i].count && !is_there; k++) {
            const utfall_cell word = r->words[i][k];
            is_there = word.len == cell.len && memcmp(word.text, cell.text, cell.len) == 0;
            r->seen[i][k] |= is_there;
        }
        all &= is_there;
    }
    return all;
}

static inline void cost_late(cost_reading *r, uint64_t rows, uint32_t line)
{
    if (rows > 0 && (r->late == 0 || line < r->late_line))
        r->late_line = line;
    r->late += rows;
}

static inline void cost_row(cost_reading *r)
{
    utfall_csv *csv = r->csv;
    utfall_refusal refusal = {NULL, NULL};
    utfall_month month = {0};
    utfall_money money = {0};
    utfall_class class;
    size_t person = SIZE_MAX;
    if (csv->count != r->plan.width || csv->row_len + 1 == csv->count) {
        (void)cost_refuse(r, UTFALL_CSV_WHOLE_ROW, UTFALL_E_SCHEMA, "ragged or hollow");
        return;
    }
    bool is_sound = cost_person(r, &person);
    const utfall_cell nth = utfall_csv_utf8(csv, utfall_csv_cell(csv, r->plan.month));
    utfall_status status = utfall_cell_month(&month, &refusal, nth.text, nth.len);
    if (status != UTFALL_OK)
        is_sound = cost_refuse(r, (int)r->plan.month, status, refusal.why);
    const bool counts = cost_counts(r);
    const utfall_cell amount = utfall_csv_utf8(csv, utfall_csv_cell(csv, r->plan.amount));
    status = utfall_cell_amount(&money, &refusal, amount.text, amount.len, r->plan.decimal);
    if (status != UTFALL_OK)
        is_sound = cost_refuse(r, (int)r->plan.amount, status, refusal.why);
    if (!is_sound)
        return;
    status = utfall_fold_row(r->fold, &class, person, month, counts, money);
    cost_need(status == UTFALL_OK || status == UTFALL_E_RANGE);
    if (status == UTFALL_OK) {
        cost_late(r, month.ordinal > r->plan.through.ordinal, csv->line);
        return;
    }
    r->is_range = true;
    (void)cost_refuse(r, (int)r->plan.amount, status, "makes a sum too large");
}

static inline void cost_rows(cost_reading *r)
{
    while (utfall_csv_next(r->csv))
        cost_row(r);
}

/* ---- three ways to read ---- */

static inline bool cost_take_odd(void *context, char *text, const utfall_odd *odd, uint32_t line)
{
    cost_reading *r = context;
    cost_need(odd->len > 0 && text[odd->at + odd->len - 1] == '\n');
    utfall_csv_look(r->csv, text + odd->at, odd->len, line + odd->line);
    cost_rows(r);
    return r->csv->status == UTFALL_OK && ++r->taken != r->stop_after;
}

static inline void cost_take_seen(void *context, const utfall_plain *plain)
{
    cost_reading *r = context;
    for (size_t i = 0; i < r->plan.list_count; i++)
        for (size_t k = 0; k < r->plan.lists[i].count; k++)
            r->seen[i][k] |= plain->plan.lists[i].seen[k];
}

/* The places of odd rows ascend, and no two that touch are told apart. */
static inline void cost_odd_check(const utfall_plain *plain, const char *text)
{
    size_t end = 0, line = 0, at = 0;
    cost_need(plain->odd_count <= UTFALL_ODD_MAX);
    for (size_t i = 0; i < plain->odd_count; i++) {
        const utfall_odd *odd = &plain->odd[i];
        cost_need(odd->at >= end && (i == 0 || odd->at > end));
        for (; at < odd->at; at++)
            line += text[at] == '\n';
        cost_need(line == odd->line && (at == 0 || text[at - 1] == '\n'));
        end = odd->at + odd->len;
    }
    cost_need(end <= plain->end);
}

/* All that is left of the table as one chunk, in memory that ends where reading has to. */
static inline void cost_chunk(cost_reading *r)
{
    utfall_csv *csv = r->csv;
    const utfall_crew_order order = {r, cost_take_odd, cost_take_seen};
    const uint32_t line = csv->next_line;
    size_t len = csv->text_len - csv->next;
    cost_need(csv->is_last || csv->text_len == r->table->len); /* all of it is there */
    char *room = calloc(1, COST_BEFORE + len + 1 + UTFALL_SCAN_STRIDE), *text = room + COST_BEFORE;
    utfall_plain *plain = utfall_plain_new(r->run, &r->plan, r->fold);
    cost_need(room != NULL && plain != NULL);
    memcpy(text, csv->text + csv->next, len);
    if (len > 0 && text[len - 1] != '\n')
        text[len++] = '\n';
    utfall_plain_read(plain, text, len);
    cost_odd_check(plain, text);
    if (utfall_share_admit(plain->share) == UTFALL_OK) {
        for (size_t stripe = 0; stripe < UTFALL_STRIPES; stripe++)
            utfall_share_pour(plain->share, stripe);
        csv->rows += plain->rows;
        cost_late(r, plain->late, line + plain->late_line);
    } else {
        plain->odd_count = plain->end > 0;
        plain->odd[0] = (utfall_odd){0, (uint32_t)plain->end, 0};
    }
    order.take_seen(r, plain);
    bool goes_on = true;
    for (size_t i = 0; i < plain->odd_count && goes_on; i++)
        goes_on = order.take_odd(r, text, &plain->odd[i], line);
    if (goes_on) {
        utfall_csv_look(csv, text + plain->end, len - plain->end, line + plain->lines);
        cost_rows(r);
    }
    utfall_plain_end(plain);
    free(room);
}

/* By a crew of so many threads, as contracts/costs.c does. */
static inline void cost_crew(cost_reading *r, size_t threads)
{
    utfall_csv *csv = r->csv;
    utfall_plain *readers[UTFALL_HANDS_MAX];
    utfall_hands hands;
    utfall_chunk first;
    const utfall_crew_order order = {r, cost_take_odd, cost_take_seen};
    cost_need(threads <= UTFALL_HANDS_MAX);
    for (size_t i = 0; i < threads; i++) {
        readers[i] = utfall_plain_new(r->run, &r->plan, r->fold);
        cost_need(readers[i] != NULL);
    }
    cost_need(utfall_source_widen(r->source, &first, utfall_crew_ring(threads),
                                  csv->text + csv->next, csv->text_len - csv->next,
                                  csv->is_last) == UTFALL_OK);
    utfall_plain_try(readers[0], first.text, first.len);
    r->was_laid[0] = utfall__deck_of(r->fold) == &r->fold->laid;
    utfall_hands_begin(&hands, threads);
    utfall_crew_read(&r->end, &hands, r->source, &first, csv->next_line, readers, threads, &order);
    utfall_hands_end(&hands);
    r->was_laid[1] = utfall__deck_of(r->fold) == &r->fold->laid;
    for (size_t t = 0; t < threads; t++)
        utfall_plain_end(readers[t]);
    csv->rows += r->end.rows;
    cost_late(r, r->end.late, r->end.late_line);
    if (r->end.is_cut) {
        utfall_source_resume(r->source, &r->end.chunk);
        utfall_csv_resume(csv, &r->end.chunk, r->end.at, r->end.line);
        cost_rows(r);
    } else if (!r->end.is_ended) {
        utfall_csv_finish(csv, r->end.status, r->end.reason);
    }
}

/* ---- what it came to ---- */

static inline void cost_tell_cohort(cost_reading *r)
{
    utfall_cohort cohort;
    cost_need(utfall_fold_finish(r->fold, &cohort) == UTFALL_OK);
    for (size_t i = 0; i < UTFALL_CLASSES; i++)
        cost_tell(r, "%s %llu %lld\n", utfall_class_names[i],
                  (unsigned long long)cohort.rows.count[i], (long long)cohort.rows.amount_minor[i]);
    cost_tell(r, "months:");
    for (size_t k = 0; k < cohort.months; k++)
        cost_tell(r, " %llu", (unsigned long long)cohort.month_rows[k]);
    cost_tell(r, "\n");
    for (size_t i = 0; i < cohort.persons; i++) {
        cost_tell(r, "%s:", cohort.ids[i]);
        for (size_t k = 0; k < cohort.months; k++)
            cost_tell(r, " %lld", (long long)utfall_cohort_cost(&cohort, i, k));
        cost_tell(r, "\n");
    }
}

/* Which row is blamed when a sum leaves 64 bits depends on where chunks end: then only that one
 * did is told. */
static inline const char *cost_end(cost_reading *r)
{
    const utfall_finding *f;
    if (r->is_range) {
        cost_tell(r, "a sum is too large\n");
        return r->told;
    }
    cost_tell_cohort(r);
    cost_tell(r, "%llu late, from line %u\n", (unsigned long long)r->late, r->late_line);
    for (size_t i = 0; (f = utfall_run_finding(r->run, i)) != NULL; i++)
        cost_tell(r, "%s %u:%u+%u %s | %s\n", utfall_status_name(f->code), f->at.line, f->at.column,
                  f->width, f->message, f->excerpt == NULL ? "" : f->excerpt);
    cost_tell(r, "%zu errors\n", (size_t)utfall_run_errors(r->run));
    if (r->csv == NULL)
        return r->told;
    cost_tell(r, "%llu rows, %s, %s\n", (unsigned long long)r->csv->rows,
              utfall_status_name(r->csv->status), utfall_status_name(r->csv->fault));
    for (size_t i = 0; i < r->plan.list_count && r->csv->fault == UTFALL_OK; i++)
        for (size_t k = 0; k < r->plan.lists[i].count; k++)
            cost_tell(r, "%s %s\n", r->table->words[i][k], r->seen[i][k] ? "seen" : "not seen");
    return r->told;
}

static inline const char *cost_by_rows(cost_reading *r, const cost_table *table)
{
    if (cost_begin(r, table, UTFALL_SOURCE_BLOCK))
        cost_rows(r);
    return cost_end(r);
}

/* The table is no longer than a block. */
static inline const char *cost_by_chunk(cost_reading *r, const cost_table *table)
{
    if (cost_begin(r, table, UTFALL_SOURCE_BLOCK))
        cost_chunk(r);
    return cost_end(r);
}

static inline const char *cost_by_crew(cost_reading *r, const cost_table *table, size_t block,
                                       size_t threads)
{
    if (cost_begin(r, table, block))
        cost_crew(r, threads);
    return cost_end(r);
}

#endif
