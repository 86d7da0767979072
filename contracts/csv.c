/* contracts/csv.c - the second half of reading CSV: from the places of marks to rows of cells.
 *
 * Almost every row is plain: separators and a line end, so its cells lie between marks. A row with
 * a quotation mark is read again byte by byte, since marks inside quotes mean nothing; one with
 * bytes that are not ASCII is checked against the declared encoding. A row cut by the end of a text
 * is read again from its start when more text is there. Invariant: what comes out does not depend
 * on where texts end. */
#include "contracts/csv.h"
#include "contracts/encoding.h"
#include "contracts/pseudonym.h"
#include "contracts/scan.h"

#include <string.h>

enum {
    WINDOW = 8 * 1024,                   /* bytes whose marks are looked for at a time */
    ROOM = 4 * UTFALL_CSV_ROW_MAX,       /* every cell of a row unescaped, and decoded */
    SHOWN_FROM = 4 * UTFALL_EXCERPT_MAX, /* bytes of a line looked at to show it */
    SCRATCH = UTFALL_ENCODING_GROWTH * SHOWN_FROM + 1
};
enum { PLAIN = 0, QUOTED = 1, HIGH = 2, CONTROL = 4 }; /* what was met in a row */
enum { SHOWN_MAX = 60 };                               /* bytes of a cell quoted in a message */

/* ---- findings ---- */

bool utfall_csv_is_full(const utfall_csv *csv)
{
    return utfall_run_errors(csv->run) >= UTFALL_FINDINGS_MAX;
}

/* Bytes of the row. */
typedef struct spot {
    size_t at, len;
} spot;

static const spot whole_row = {0, SIZE_MAX}; /* no column */

static spot spot_of(const utfall_csv *csv, int cell)
{
    if (cell < 0 || (size_t)cell >= csv->count)
        return whole_row;
    if (csv->is_quoted)
        return (spot){csv->spans[cell].at, csv->spans[cell].len};
    return (spot){(size_t)(csv->cells[cell].text - csv->row), csv->cells[cell].len};
}

static uint32_t points(const utfall_csv *csv, const char *text, size_t len)
{
    size_t count = len;
    if (csv->encoding == UTFALL_UTF_8)
        for (size_t i = 0; i < len; i++)
            count -= ((unsigned char)text[i] & 0xC0) == 0x80;
    return (uint32_t)count;
}

/* The beginning of `text` as it can be shown: UTF-8, one line, identity numbers hidden. More is
 * taken than is ever kept, so that a number at the cut is not left in parts. */
static char *shown(utfall_csv *csv, const char *text, size_t len)
{
    size_t size = utfall_encoding_decode(csv->scratch, csv->encoding, text,
                                         len < SHOWN_FROM ? len : SHOWN_FROM);
    for (size_t i = 0; i < size; i++)
        if (csv->scratch[i] == '\n' || csv->scratch[i] == '\r')
            csv->scratch[i] = ' ';
    utfall_pseudonym_hide(csv->scratch, size);
    csv->scratch[size] = '\0';
    return csv->scratch;
}

const char *utfall_csv_quoted(utfall_csv *csv, utfall_cell cell)
{
    char *text = shown(csv, cell.text, cell.len);
    size_t len = strlen(text);
    if (len == 0)
        return "an empty cell";
    bool is_cut = len > SHOWN_MAX;
    if (is_cut) {
        len = SHOWN_MAX;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
        text[len] = '\0';
    }
    const char *joined =
        utfall_run_join(csv->run, "\"", text, is_cut ? "...\"" : "\"", (const char *)NULL);
    return joined == NULL ? "" : joined;
}

/* The physical line that holds `at`: *start and *end are offsets in the row. */
static uint32_t line_around(const utfall_csv *csv, size_t at, size_t *start, size_t *end)
{
    uint32_t line = csv->line;
    *start = 0;
    for (size_t i = 0; i < at; i++)
        if (csv->row[i] == '\n') {
            line++;
            *start = i + 1;
        }
    const char *next = memchr(csv->row + at, '\n', csv->row_len - at);
    *end = next == NULL ? csv->row_len : (size_t)(next - csv->row);
    while (*end > at && csv->row[*end - 1] == '\r')
        --*end;
    return line;
}

static utfall_status report_spot(utfall_csv *csv, const utfall_csv_fault *fault, spot where)
{
    utfall_finding finding = {.code = fault->code, .severity = UTFALL_ERROR, .message = ""};
    if (csv->fault == UTFALL_OK)
        csv->fault = fault->code;
    if (utfall_csv_is_full(csv))
        return utfall_run_report(csv->run, &finding); /* counted, not kept */
    if (where.at > csv->row_len)
        where.at = csv->row_len;
    size_t start = 0, end = 0;
    finding.at = (utfall_loc){csv->file, line_around(csv, where.at, &start, &end), 0};
    if (where.len != whole_row.len) {
        size_t width = where.len < end - where.at ? where.len : end - where.at;
        finding.at.column = points(csv, csv->row + start, where.at - start) + 1;
        finding.width = points(csv, csv->row + where.at, width);
    }
    finding.message = fault->message;
    if (fault->is_quoting && fault->cell >= 0) {
        finding.message = utfall_run_join(csv->run, utfall_csv_quoted(csv, csv->cells[fault->cell]),
                                          " ", fault->message, (const char *)NULL);
    }
    if (fault->field != NULL)
        finding.path = utfall_run_join(csv->run, csv->role, ".", fault->field, (const char *)NULL);
    finding.hint = fault->hint;
    if (fault->also_line > 0) {
        finding.also = (utfall_loc){csv->file, fault->also_line, 0};
        finding.also_message = fault->also_message;
    }
    if (csv->row_len > 0)
        finding.excerpt = shown(csv, csv->row + start, end - start);
    return utfall_run_report(csv->run, &finding);
}

utfall_status utfall_csv_report(utfall_csv *csv, const utfall_csv_fault *fault)
{
    return report_spot(csv, fault, spot_of(csv, fault->cell));
}

/* A row that cannot be split: reported, and passed over. */
static void refuse(utfall_csv *csv, utfall_status code, spot where, const char *message,
                   const char *hint)
{
    utfall_csv_fault fault = {
        .code = code, .cell = UTFALL_CSV_WHOLE_ROW, .message = message, .hint = hint};
    csv->rows++;
    (void)report_spot(csv, &fault, where);
}

/* A fault after which reading cannot go on. */
static void stop(utfall_csv *csv, utfall_status code, spot where, const char *message,
                 const char *hint)
{
    refuse(csv, code, where, message, hint);
    csv->status = code;
}

static void stop_long(utfall_csv *csv)
{
    stop(csv, UTFALL_E_RANGE, whole_row, "the row is longer than 64 KiB",
         "is this a CSV file, with the separator that is declared?");
}

/* ---- text ---- */

static utfall_status stop_reading(utfall_csv *csv, utfall_status code, const char *reason)
{
    utfall_finding finding = {.code = code,
                              .at = {.file = csv->file},
                              .message = utfall_run_join(csv->run, "the file ",
                                                         reason != NULL ? reason : "is unreadable",
                                                         (const char *)NULL)};
    csv->status = csv->fault = code;
    return utfall_run_report(csv->run, &finding);
}

/* Get more text behind the row that is being read. False when there is none. */
static bool text_more(utfall_csv *csv)
{
    size_t keep = csv->text_len - csv->next, len = 0;
    char *text = NULL;
    const char *reason = NULL;
    utfall_status status = utfall_source_next(csv->source, &text, &len, &reason, keep);
    if (status != UTFALL_OK) {
        (void)stop_reading(csv, status, reason);
        return false;
    }
    csv->is_last = len == keep;
    csv->text = text;
    csv->text_len = len;
    csv->next = csv->scanned = csv->index_at = csv->index_count = 0;
    /* A last line without an end gets one, in the room after the text. */
    if (csv->is_last && len > 0 && text[len - 1] != '\n') {
        text[len] = '\n';
        csv->text_len++;
    }
    return csv->text_len > 0;
}

/* Look for marks in the next window. False when the text is used up. */
static bool index_more(utfall_csv *csv)
{
    bool is_high = false; /* asked of each row */
    csv->index_at = csv->index_count = 0;
    while (csv->index_count == 0 && csv->scanned < csv->text_len) {
        size_t len = csv->text_len - csv->scanned;
        if (len > WINDOW)
            len = WINDOW;
        csv->index_count = csv->scan(csv->index, &is_high, csv->text, csv->text + csv->scanned, len,
                                     csv->separator);
        csv->scanned += len;
    }
    return csv->index_count > 0;
}

static const struct magic {
    const char *bytes;
    size_t len;
    const char *message, *hint;
} magics[] = {
    {"\xFF\xFE", 2, "the file is UTF-16, not CSV in the declared encoding",
     "save it as \"CSV UTF-8\""},
    {"\xFE\xFF", 2, "the file is UTF-16, not CSV in the declared encoding",
     "save it as \"CSV UTF-8\""},
    {"PK\x03\x04", 4, "the file is an Excel workbook or another zip archive, not CSV",
     "open it and save the sheet as \"CSV UTF-8\""},
    {"\xD0\xCF\x11\xE0", 4, "the file is an old Excel workbook, not CSV",
     "open it and save the sheet as \"CSV UTF-8\""},
    {"%PDF", 4, "the file is a PDF, not CSV", "export the table as CSV"},
};

/* What the first bytes say. A byte-order mark has no width: rows begin after it. */
static void text_begin(utfall_csv *csv)
{
    csv->row = csv->text;
    csv->row_len = 0;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (csv->text_len >= magics[i].len &&
            memcmp(csv->text, magics[i].bytes, magics[i].len) == 0)
            stop(csv, UTFALL_E_SYNTAX, whole_row, magics[i].message, magics[i].hint);
    if (csv->text_len < 3 || memcmp(csv->text, "\xEF\xBB\xBF", 3) != 0)
        return;
    csv->next = csv->scanned = 3;
    if (csv->encoding != UTFALL_UTF_8)
        stop(csv, UTFALL_E_CONFLICT, whole_row,
             "the file begins with the byte-order mark of UTF-8, but another encoding is declared",
             "write `encoding: utf-8` in the contract, or leave it out");
}

utfall_status utfall_csv_open(utfall_run *run, utfall_csv **out, utfall_source *source,
                              const char *file, const char *role, char separator,
                              utfall_encoding encoding)
{
    utfall_csv *csv = utfall_run_alloc(run, sizeof *csv);
    if (csv == NULL)
        return UTFALL_E_NOMEM;
    *csv = (utfall_csv){.run = run,
                        .file = file,
                        .role = role,
                        .separator = separator,
                        .encoding = encoding,
                        .source = source,
                        .scan = utfall_scan_best(),
                        .next_line = 1,
                        .line = 1};
    csv->cells = utfall_run_array(run, UTFALL_CSV_COLUMNS_MAX + 1, sizeof *csv->cells);
    csv->spans = utfall_run_array(run, UTFALL_CSV_COLUMNS_MAX + 1, sizeof *csv->spans);
    csv->index = utfall_run_array(run, WINDOW + UTFALL_SCAN_ROOM, sizeof *csv->index);
    csv->scratch = utfall_run_alloc(run, SCRATCH);
    if (csv->cells == NULL || csv->spans == NULL || csv->index == NULL || csv->scratch == NULL)
        return UTFALL_E_NOMEM;
    /* Blocks may be as small as a byte: at least the byte-order mark has to be there. */
    while (csv->status == UTFALL_OK && !csv->is_last && csv->text_len < 4)
        (void)text_more(csv);
    if (csv->status == UTFALL_OK)
        text_begin(csv);
    if (csv->status != UTFALL_OK)
        return csv->status;
    *out = csv;
    return UTFALL_OK;
}

/* ---- rows ---- */

typedef enum split { SPLIT_ROW, SPLIT_CUT, SPLIT_REFUSED } split;

/* Bytes inside quotation marks: as they are, or in `room` when a mark in them is doubled. */
static utfall_cell cell_unquote(utfall_csv *csv, const char *text, size_t len)
{
    if (memchr(text, '"', len) == NULL)
        return (utfall_cell){text, len};
    char *to = csv->room + csv->room_used;
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        to[count++] = text[i];
        i += text[i] == '"';
    }
    csv->room_used += count;
    return (utfall_cell){to, count};
}

static bool room_make(utfall_csv *csv)
{
    if (csv->room == NULL)
        csv->room = utfall_run_alloc(csv->run, ROOM);
    if (csv->room == NULL)
        csv->status = UTFALL_E_NOMEM;
    return csv->room != NULL;
}

/* A mark where none may be, at `at`: once the line it stands in is there as a whole, reported; the
 * rows after that line are read. */
static split mark_refuse(utfall_csv *csv, const char *at, const char *limit, const char **end,
                         const char *message, const char *hint)
{
    const char *line_end = memchr(at, '\n', (size_t)(limit - at));
    if (line_end == NULL)
        return SPLIT_CUT;
    *end = line_end;
    csv->row_len = (size_t)(line_end - csv->row);
    refuse(csv, UTFALL_E_SYNTAX, (spot){(size_t)(at - csv->row), 1}, message, hint);
    return SPLIT_REFUSED;
}

/* A cell that does not begin with a quotation mark. */
static split cell_split_plain(utfall_csv *csv, const char *at, const char *limit, utfall_cell *cell,
                              const char **end)
{
    const char *p = at;
    while (p < limit && *p != csv->separator && *p != '\n' && *p != '"')
        p++;
    if (p == limit)
        return SPLIT_CUT;
    if (*p == '"')
        return mark_refuse(csv, p, limit, end,
                           "a quotation mark stands inside a cell that does not begin with one",
                           "put the whole cell in quotation marks and write each mark in it twice");
    *cell = (utfall_cell){at, (size_t)(p - at)};
    cell->len -= *p == '\n' && p > at && p[-1] == '\r';
    *end = p;
    return SPLIT_ROW;
}

/* A cell that begins with a quotation mark, up to the one that closes it. */
static split cell_split_quoted(utfall_csv *csv, const char *at, const char *limit,
                               utfall_cell *cell, const char **end)
{
    const char *p = at + 1;
    for (;; p += 2) {
        p = p < limit ? memchr(p, '"', (size_t)(limit - p)) : NULL;
        if (p == NULL || p + 2 >= limit + (p[1] == '\n'))
            return SPLIT_CUT;
        if (p[1] != '"')
            break;
    }
    const char *after = p + 1;
    after += *after == '\r' && after[1] == '\n';
    if (*after != csv->separator && *after != '\n')
        return mark_refuse(csv, after, limit, end,
                           "a cell goes on after the quotation mark that closes it",
                           "write a quotation mark that belongs to the text twice");
    *cell = cell_unquote(csv, at + 1, (size_t)(p - at - 1));
    *end = after;
    return SPLIT_ROW;
}

static void cell_append(utfall_csv *csv, utfall_cell cell, const char *at, const char *end)
{
    size_t len = (size_t)(end - at) - (*end == '\n' && end > at && end[-1] == '\r');
    csv->cells[csv->count] = cell;
    csv->spans[csv->count] = (utfall_span){(uint32_t)(at - csv->row), (uint32_t)len};
    csv->count += csv->count < UTFALL_CSV_COLUMNS_MAX;
}

/* Read the row again byte by byte, up to its true end at *end. Marks inside it mean nothing more.
 */
static split row_split_quoted(utfall_csv *csv, const char **end)
{
    size_t left = csv->text_len - csv->next;
    bool is_all = left >= UTFALL_CSV_ROW_MAX || csv->is_last; /* more text would not help */
    const char *limit = csv->row + (left < UTFALL_CSV_ROW_MAX ? left : UTFALL_CSV_ROW_MAX);
    csv->count = 0;
    if (!room_make(csv))
        return SPLIT_REFUSED;
    for (const char *at = csv->row;; at = *end + 1) {
        utfall_cell cell = {at, 0};
        split result = SPLIT_CUT;
        if (at < limit)
            result = *at == '"' ? cell_split_quoted(csv, at, limit, &cell, end)
                                : cell_split_plain(csv, at, limit, &cell, end);
        if (result == SPLIT_CUT && is_all) {
            *end = limit - 1;
            csv->row_len = (size_t)(limit - csv->row);
            if (at < limit && *at == '"')
                stop(csv, UTFALL_E_SYNTAX, (spot){(size_t)(at - csv->row), 1},
                     "the cell that begins here with a quotation mark is not closed within 64 KiB",
                     "close it, or write the mark twice if it belongs to the text");
            else
                stop_long(csv);
            return SPLIT_REFUSED;
        }
        if (result != SPLIT_ROW)
            return result;
        cell_append(csv, cell, at, *end);
        if (**end == '\n')
            return SPLIT_ROW;
    }
}

/* Move on behind a row that ended at `end`, counting the lines it took. */
static void row_pass(utfall_csv *csv, const char *end)
{
    csv->next = (size_t)(end - csv->text) + 1;
    csv->next_line = csv->line + 1;
    if (!csv->is_quoted)
        return;
    for (const char *p = csv->row; p < end; p++)
        csv->next_line += *p == '\n';
    while (csv->index_at < csv->index_count && csv->index[csv->index_at] < csv->next)
        csv->index_at++;
    if (csv->scanned < csv->next)
        csv->scanned = csv->next;
}

/* Split the row that begins at `next`. Sets `row`, `count`, `cells`, what was met in *met and where
 * the row ended. SPLIT_CUT when its end is not in the text. */
static split row_split(utfall_csv *csv, unsigned *met, const char **end)
{
    const char *const text = csv->text, *const row = text + csv->next;
    const uint32_t *const index = csv->index;
    const char separator = csv->separator;
    utfall_cell *const cells = csv->cells;
    const char *at = row, *mark = row;
    size_t count = 0, i = csv->index_at, limit = csv->index_count;
    unsigned special = PLAIN;
    csv->row = row;
    for (;; i++) {
        if (i == limit) {
            if (!index_more(csv))
                return SPLIT_CUT;
            i = 0;
            limit = csv->index_count;
        }
        mark = text + index[i];
        char c = *mark;
        if (c == separator || c == '\n') {
            cells[count] = (utfall_cell){at, (size_t)(mark - at)};
            count += count < UTFALL_CSV_COLUMNS_MAX;
            at = mark + 1;
            if (c == '\n')
                break;
        } else if (c == '"') {
            special |= QUOTED;
        } else if (c != '\r' || mark[1] != '\n') {
            special |= CONTROL;
        }
    }
    csv->index_at = i + 1;
    if (utfall_is_high(row, (size_t)(mark - row)))
        special |= HIGH;
    cells[count - 1].len -= mark > row && mark[-1] == '\r' && cells[count - 1].len > 0;
    csv->count = count;
    *met = special;
    *end = mark;
    return SPLIT_ROW;
}

/* Whether every byte of the row is sound. */
static bool bytes_check(utfall_csv *csv, unsigned met)
{
    utfall_unsound fault = {NULL, NULL};
    size_t at =
        met == HIGH
            ? utfall_encoding_high_fault(&fault, csv->encoding, csv->row, csv->row_len)
            : utfall_encoding_fault(&fault, csv->encoding, csv->separator, csv->row, csv->row_len);
    if (at == csv->row_len)
        return true;
    const char *message = "";
    if (!utfall_csv_is_full(csv))
        message = utfall_run_join(csv->run, "the row holds ", fault.what, (const char *)NULL);
    const bool has_tabs_only = csv->row[at] == '\t' && csv->count == 1;
    refuse(csv, UTFALL_E_SYNTAX, (spot){at, 1}, message,
           has_tabs_only ? "are the cells separated by tabs? declare `separator: \"\\t\"`"
                         : fault.hint);
    return false;
}

/* What every row must be, once its end is known. */
static bool row_check(utfall_csv *csv, unsigned met)
{
    if (met != PLAIN && !bytes_check(csv, met))
        return false;
    if (csv->count >= UTFALL_CSV_COLUMNS_MAX) {
        refuse(csv, UTFALL_E_RANGE, whole_row, "the row has more than 1023 cells", NULL);
        return false;
    }
    if (csv->row_len <= UTFALL_CSV_CELL_MAX)
        return true;
    for (size_t i = 0; i < csv->count; i++)
        if (csv->cells[i].len > UTFALL_CSV_CELL_MAX) {
            spot where = {spot_of(csv, (int)i).at, 1};
            refuse(csv, UTFALL_E_RANGE, where,
                   "the cell that begins here is longer than 4096 bytes",
                   "shorten it, or leave the column out of the export");
            return false;
        }
    return true;
}

/* A row whose end is not in the text: get more text, unless the row is too long already. */
static bool row_extend(utfall_csv *csv)
{
    if (csv->is_last)
        return false;
    if (csv->text_len - csv->next <= UTFALL_SOURCE_KEEP)
        return text_more(csv);
    csv->row_len = csv->text_len - csv->next;
    stop_long(csv);
    return false;
}

/* Find where the row ends and what its cells are; false when that cannot be known yet, or ever. */
static split row_take(utfall_csv *csv, unsigned *met)
{
    const char *end = NULL;
    csv->line = csv->next_line;
    csv->is_quoted = false;
    csv->room_used = 0;
    split result = row_split(csv, met, &end);
    if (result == SPLIT_CUT)
        return result;
    csv->row_len = (size_t)(end - csv->row);
    if (csv->row_len > UTFALL_CSV_ROW_MAX - 2) {
        stop_long(csv);
        return SPLIT_REFUSED;
    }
    if ((*met & QUOTED) != 0) {
        csv->is_quoted = true; /* bytes after the first line are still unseen: all are checked */
        result = row_split_quoted(csv, &end);
        if (result == SPLIT_CUT)
            return result;
    }
    csv->row_len = (size_t)(end - csv->row);
    csv->row_len -= csv->row_len > 0 && end[-1] == '\r';
    csv->is_high = csv->is_quoted || (*met & HIGH) != 0;
    row_pass(csv, end);
    return result;
}

/* The next row that is not refused; with `is_first` none after one that is. */
static bool row_find(utfall_csv *csv, bool is_first)
{
    while (csv->status == UTFALL_OK) {
        unsigned met = PLAIN;
        split result = row_take(csv, &met);
        if (result == SPLIT_CUT) {
            if (!row_extend(csv))
                return false;
            continue;
        }
        if (csv->line > UTFALL_CSV_LINES_MAX)
            stop(csv, UTFALL_E_RANGE, whole_row, "the file has more than 1 000 000 000 lines",
                 NULL);
        else if (result == SPLIT_ROW && csv->row_len > 0 && row_check(csv, met)) {
            csv->rows++;
            return true;
        }
        if (is_first && csv->fault != UTFALL_OK)
            return false;
    }
    return false;
}

bool utfall_csv_headings(utfall_csv *csv)
{
    return row_find(csv, true);
}

bool utfall_csv_next(utfall_csv *csv)
{
    return row_find(csv, false);
}

utfall_cell utfall_csv_decode(utfall_csv *csv, utfall_cell cell)
{
    if (!utfall_is_high(cell.text, cell.len))
        return cell;
    size_t need = UTFALL_ENCODING_GROWTH * cell.len;
    if (!room_make(csv) || need > ROOM - csv->room_used)
        return (utfall_cell){"", 0};
    char *to = csv->room + csv->room_used;
    size_t len = utfall_encoding_decode(to, csv->encoding, cell.text, cell.len);
    csv->room_used += len;
    return (utfall_cell){to, len};
}

/* ---- texts read elsewhere ---- */

void utfall_csv_look(utfall_csv *csv, char *text, size_t len, uint32_t line)
{
    csv->text = text;
    csv->text_len = len;
    csv->next = csv->scanned = csv->index_at = csv->index_count = 0;
    csv->next_line = line;
    csv->is_last = true;
}

void utfall_csv_resume(utfall_csv *csv, const utfall_chunk *chunk, size_t at, uint32_t line)
{
    utfall_csv_look(csv, chunk->text, chunk->len + chunk->tail, line);
    csv->next = csv->scanned = at;
    csv->is_last = chunk->is_last;
}

void utfall_csv_finish(utfall_csv *csv, utfall_status status, const char *reason)
{
    csv->text_len = csv->next = csv->scanned = csv->index_at = csv->index_count = 0;
    csv->is_last = true;
    if (status != UTFALL_OK)
        (void)stop_reading(csv, status, reason);
}
