/* tests/fuzz/fuzz_table.c - any bytes as a CSV table. The first four choose separator, encoding,
 * decimal mark and the size of the blocks that are read; the rest is the file.
 *
 * Every cell goes through every reader of values, and what those refuse is reported at its place.
 * Nothing may crash, leak or read outside, and nothing may depend on where blocks end: each file is
 * read twice, in one block and in small ones, and both must say the same. Then it is read as a
 * table of costs: row by row, in a chunk and by a crew, which must come to the same. */
#include "unit/cost_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SMALL_BLOCKS_MAX = 4096 }; /* a file larger than this is not read byte by byte */

static void need(bool is_so)
{
    if (!is_so)
        abort();
}

/* What a reading said, as one number. */
static void mix(uint64_t *sum, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        *sum = (*sum ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    *sum = (*sum ^ len) * UINT64_C(1099511628211);
}

static void need_text(const char *text)
{
    utfall_unsound fault = {NULL, NULL};
    if (text != NULL)
        need(utfall_encoding_high_fault(&fault, UTFALL_UTF_8, text, strlen(text)) == strlen(text));
}

/* A price index: month or year, and value. */
static void read_price(utfall_run *run, utfall_cell cell, char decimal, uint64_t *sum)
{
    utfall_refusal refusal = {NULL, NULL};
    const utfall_rat *price = NULL;
    utfall_month first = {0};
    size_t count = 0;
    utfall_status status = utfall_cell_months(&first, &count, &refusal, cell.text, cell.len);
    need(status == UTFALL_OK ? count == 1 || count == 12 : refusal.why != NULL);
    status = utfall_cell_price(run, &price, &refusal, cell.text, cell.len, decimal);
    need(status == UTFALL_OK ? utfall_rat_sign(price) > 0 : refusal.why != NULL);
    *sum += (uint64_t)first.ordinal + count + (uint64_t)status;
}

static void read_values(utfall_csv *csv, int i, char decimal, uint64_t *sum)
{
    utfall_refusal refusal = {NULL, NULL};
    utfall_cell cell = utfall_csv_utf8(csv, utfall_csv_cell(csv, (size_t)i));
    utfall_money money = {0};
    utfall_month month = {0}, plain_month = {0};
    int32_t whole = 0, plain_whole = 0;
    int64_t plain = 0;
    mix(sum, cell.text, cell.len);
    utfall_status status = utfall_cell_amount(&money, &refusal, cell.text, cell.len, decimal);
    if (utfall_cell_amount_plain(&plain, cell.text, cell.len, decimal))
        need(status == UTFALL_OK && plain == money.minor);
    if (status != UTFALL_OK)
        (void)utfall_csv_report(csv, &(utfall_csv_fault){.code = status,
                                                         .cell = i,
                                                         .field = "amount",
                                                         .is_quoting = true,
                                                         .message = refusal.why,
                                                         .hint = refusal.hint});
    status = utfall_cell_month(&month, &refusal, cell.text, cell.len);
    need(utfall_cell_month_plain(&plain_month, cell.text, cell.len) == (status == UTFALL_OK));
    need(plain_month.ordinal == month.ordinal);
    status = utfall_cell_start(&month, &refusal, cell.text, cell.len);
    if (utfall_cell_start_plain(&plain_month, cell.text, cell.len))
        need(status == UTFALL_OK && plain_month.ordinal == month.ordinal);
    status = utfall_cell_whole(&whole, &refusal, 0, UTFALL_CELL_WHOLE_MAX, cell.text, cell.len);
    if (utfall_cell_whole_plain(&plain_whole, cell.text, cell.len))
        need(status == UTFALL_OK && plain_whole == whole);
    read_price(csv->run, cell, decimal, sum);
    *sum += (uint64_t)money.minor + (uint64_t)month.ordinal + (uint64_t)whole +
            utfall_pseudonym_is_personal(cell.text, cell.len);
}

static uint64_t read_all(const uint8_t *data, size_t size, size_t block, char separator,
                         utfall_encoding encoding, char decimal)
{
    utfall_run *run = utfall_run_new(NULL, NULL);
    utfall_source *source = NULL;
    utfall_csv *csv = NULL;
    uint64_t sum = 1, rows = 0;
    need(run != NULL);
    need(utfall_source_memory(run, &source, (const char *)data, size, block) == UTFALL_OK);
    if (utfall_csv_open(run, &csv, source, "t.csv", "costs", separator, encoding) == UTFALL_OK) {
        for (; utfall_csv_next(csv); rows++) {
            sum += csv->line;
            for (size_t i = 0; i < csv->count; i++)
                read_values(csv, (int)i, decimal, &sum);
        }
        need(rows <= csv->rows && (csv->status == UTFALL_OK || csv->fault != UTFALL_OK));
    }
    const utfall_finding *f;
    for (size_t i = 0; (f = utfall_run_finding(run, i)) != NULL; i++) {
        need(f->message != NULL && *f->message != '\0');
        need_text(f->message);
        need_text(f->excerpt);
        mix(&sum, f->message, strlen(f->message));
        if (f->excerpt != NULL)
            mix(&sum, f->excerpt, strlen(f->excerpt));
        sum = sum * 31 + f->at.line;
        sum = sum * 31 + f->at.column;
    }
    sum = sum * 31 + utfall_run_errors(run);
    utfall_run_free(run);
    return sum;
}

static void need_alike(const char *expected, const char *told)
{
    if (strcmp(expected, told) == 0)
        return;
    (void)fprintf(stderr, "row by row:\n%s\notherwise:\n%s\n", expected, told);
    abort();
}

/* The upper bits of what chooses the dialect choose the order of the columns, and how many lists
 * and threads there are. */
static void read_costs(const uint8_t *data, size_t size, size_t block, char separator,
                       utfall_encoding encoding, char decimal)
{
    static cost_reading by_rows, by_chunk, by_crew;
    static const size_t columns[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {0, 0, 0}};
    const size_t *const column = columns[data[0] >> 2 & 3];
    const cost_table table = {.text = (const char *)data + 4,
                              .len = size - 4,
                              .separator = separator,
                              .decimal = decimal,
                              .encoding = encoding,
                              .id = column[0],
                              .month = column[1],
                              .amount = column[2],
                              .refuses_unknown = (data[0] >> 4 & 1) != 0,
                              .list_count = (data[1] >> 2) % 3,
                              .list_cell = {3, 2},
                              .words = {{"child", "v\xC3\xA5rd", "", " x"}, {"1.00", "a", "b"}}};
    if (table.len >= UTFALL_SOURCE_BLOCK)
        return;
    const char *told = cost_by_rows(&by_rows, &table);
    need_alike(told, cost_by_chunk(&by_chunk, &table));
    need_alike(told, cost_by_crew(&by_crew, &table, block, 1 + (data[2] >> 1) % 3));
    utfall_run_free(by_rows.run);
    utfall_run_free(by_chunk.run);
    utfall_run_free(by_crew.run);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char separators[] = {',', ';', '\t', '|'};
    static const utfall_encoding encodings[] = {UTFALL_UTF_8, UTFALL_WINDOWS_1252,
                                                UTFALL_ISO_8859_1, UTFALL_UTF_8};
    if (size < 4)
        return 0;
    char separator = separators[data[0] % 4], decimal = data[2] % 2 == 0 ? '.' : ',';
    utfall_encoding encoding = encodings[data[1] % 4];
    size_t block = 1 + data[3], len = size - 4;
    if (len > SMALL_BLOCKS_MAX)
        block *= 64;
    need(read_all(data + 4, len, UTFALL_SOURCE_BLOCK, separator, encoding, decimal) ==
         read_all(data + 4, len, block, separator, encoding, decimal));
    read_costs(data, size, block, separator, encoding, decimal);
    return 0;
}
