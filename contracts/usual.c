/* contracts/usual.c - usual rows between marks: one after the other, or sixteen side by side.
 *
 * In: marks, and the text around them. Out: rows, up to the first that is not usual. Which way is
 * gone is chosen when the program runs. Invariant: every way gives the same rows; the portable one
 * says what they are. Side by side, each row has a lane of 64 bits and every step is taken in all
 * lanes, two vectors of eight by turns, so that one does not wait for the other; a lane whose row
 * turns out to be something else ends the count, and that row is read alone. */
#include "contracts/usual.h"
#include "contracts/cell.h"
#include "contracts/encoding.h"

#include <string.h>

#if defined(__GNUC__) && defined(__x86_64__) && defined(__LP64__)
#define UTFALL_USUAL_X86 1
#include <immintrin.h>
#else
#define UTFALL_USUAL_X86 0
#endif

/* What is called for many rows at a time has the registers to itself. */
#if defined(__GNUC__)
#define NOINLINE __attribute__((noinline))
#define INLINE static inline __attribute__((always_inline))
#else
#define NOINLINE
#define INLINE static inline
#endif

/* ---- lists ---- */

static utfall_key key_of(utfall_cell word)
{
    utfall_key key = {.word = word};
    const size_t len = word.len < sizeof key.bytes ? word.len : sizeof key.bytes;
    if (word.len == SIZE_MAX) /* in no cell */
        return key;
    if (len > 0 && (word.text[0] == ' ' || word.text[word.len - 1] == ' ')) {
        key.word.len = SIZE_MAX; /* nor is this one: cells are without the spaces around them */
        return key;
    }
    memcpy(&key.bytes, word.text, len);
    memset(&key.mask, 0xFF, len);
    if (word.len >= sizeof key.last)
        memcpy(&key.last, word.text + word.len - sizeof key.last, sizeof key.last);
    return key;
}

static bool list_make(utfall_run *run, utfall_list *list)
{
    list->seen = utfall_run_array(run, list->count, sizeof *list->seen);
    list->keys = utfall_run_array(run, list->count + 1, sizeof *list->keys);
    if (list->seen == NULL || list->keys == NULL)
        return false;
    for (size_t k = 0; k < list->count; k++)
        list->keys[k] = key_of(list->words[k]);
    /* The first is asked for even when there is none: then this is it, and in no cell. */
    list->keys[list->count].word.len = SIZE_MAX;
    return true;
}

/* What lies at the marks of so many rows with line ends of `ends` bytes. */
static char *shape_make(utfall_run *run, const utfall_plan *plan, size_t ends)
{
    const size_t stride = plan->width - 1 + ends, count = UTFALL_USUAL_ROWS * stride;
    char *shape = utfall_run_array(run, count, sizeof *shape);
    for (size_t i = 0; shape != NULL && i < count; i++)
        shape[i] = plan->separator;
    for (size_t i = stride; shape != NULL && i <= count; i += stride)
        memcpy(shape + i - ends, ends == 1 ? "\n" : "\r\n", ends);
    return shape;
}

bool utfall_plan_ready(utfall_run *run, utfall_plan *plan)
{
    for (size_t i = 0; i < 2; i++) {
        plan->shapes[i] = shape_make(run, plan, i + 1);
        if (plan->shapes[i] == NULL)
            return false;
    }
    for (size_t i = 0; i < plan->list_count; i++)
        if (!list_make(run, &plan->lists[i]))
            return false;
    return true;
}

void utfall_plan_forget(utfall_plan *plan)
{
    for (size_t i = 0; i < plan->list_count; i++)
        if (plan->lists[i].count > 0)
            memset(plan->lists[i].seen, 0, plan->lists[i].count * sizeof *plan->lists[i].seen);
}

/* Whether a cell without spaces around it is the word. */
static inline bool is_word(const utfall_key *key, utfall_cell cell)
{
    uint64_t bytes;
    memcpy(&bytes, cell.text, sizeof bytes);
    return key->word.len == cell.len && (bytes & key->mask) == key->bytes &&
           (cell.len <= sizeof bytes || memcmp(key->word.text, cell.text, cell.len) == 0);
}

bool utfall_list_holds(const utfall_list *list, utfall_cell cell)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_word(&list->keys[i], cell)) {
            list->seen[i] = true;
            return true;
        }
    return false;
}

/* ---- one row after the other ---- */

/* The cell before mark number `i` of a row. The mark before its first ends the row before. */
static inline utfall_cell cell_at(const char *text, const uint32_t *marks, ptrdiff_t i)
{
    const uint32_t from = marks[i - 1] + 1;
    return (utfall_cell){text + from, marks[i] - from};
}

/* Whether the next marks are those of a row with nothing else in it: then its cells lie between
 * them, and this is how many they are. A line end of two bytes makes two marks. */
static inline size_t row_marks(const utfall_plan *plan, const char *text, const uint32_t *marks)
{
    const uint32_t *const last = marks + plan->width - 1;
    for (; marks < last; marks++)
        if (text[*marks] != plan->separator)
            return 0;
    const char *end = text + *last;
    if (end[0] == '\n')
        return plan->width;
    return end[0] == '\r' && end[1] == '\n' ? plan->width + 1 : 0;
}

/* Whether a row with bytes that are not ASCII can be read as it stands. */
static bool is_high_sound(const utfall_plan *plan, const char *text, size_t size,
                          const utfall_cost_row *row)
{
    utfall_unsound fault;
    return utfall_encoding_high_fault(&fault, plan->encoding, text, size) == size &&
           (plan->encoding == UTFALL_UTF_8 || !utfall_is_high(row->id, row->len));
}

/* Whether a row counts by the lists; false when a cell may be a word once the spaces around it are
 * gone. */
NOINLINE static bool lists_ask(const utfall_plan *plan, bool *counts, const char *text,
                               const uint32_t *marks)
{
    *counts = true;
    for (size_t i = 0; i < plan->list_count; i++) {
        const utfall_list *list = &plan->lists[i];
        const utfall_cell cell = cell_at(text, marks, (ptrdiff_t)list->cell);
        if (utfall_list_holds(list, cell))
            continue;
        *counts = false;
        if (cell.len > 0 && (cell.text[0] == ' ' || cell.text[cell.len - 1] == ' '))
            return false;
    }
    return true;
}

/* The same, quickly where one list says most, and its first word the most of it. */
static inline bool is_counted(const utfall_plan *plan, bool *counts, const char *text,
                              const uint32_t *marks)
{
    const utfall_list *list = &plan->lists[0];
    *counts = true;
    if (plan->list_count == 0)
        return true;
    const utfall_cell cell = cell_at(text, marks, (ptrdiff_t)list->cell);
    if (plan->list_count > 1 || !is_word(&list->keys[0], cell))
        return lists_ask(plan, counts, text, marks);
    list->seen[0] = true;
    return true;
}

static inline bool row_usual(const utfall_plan *plan, utfall_cost_row *row, const char *text,
                             const uint32_t *marks)
{
    const utfall_cell id = cell_at(text, marks, (ptrdiff_t)plan->id);
    const utfall_cell month = cell_at(text, marks, (ptrdiff_t)plan->month);
    const utfall_cell amount = cell_at(text, marks, (ptrdiff_t)plan->amount);
    row->id = id.text;
    row->len = (uint32_t)id.len;
    return id.len > 0 && id.text[0] != ' ' && id.text[id.len - 1] != ' ' &&
           utfall_cell_month_plain(&row->month, month.text, month.len) &&
           utfall_cell_amount_usual(&row->minor, amount.text, amount.len, plan->decimal) &&
           is_counted(plan, &row->is_counted, text, marks);
}

static size_t read_portable(const utfall_plan *plan, utfall_cost_row *rows, size_t room,
                            utfall_cursor *c)
{
    const char *const text = c->text;
    const uint32_t *marks = c->marks, *const end = marks + c->count;
    size_t count = 0;
    for (; count < room && (size_t)(end - marks) > plan->width; count++) {
        utfall_cost_row *row = &rows[count];
        const size_t own = row_marks(plan, text, marks);
        if (own == 0)
            break;
        const uint32_t at = marks[-1] + 1, size = marks[own - 1] + 1 - at;
        if (size > UTFALL_CSV_CELL_MAX || !row_usual(plan, row, text, marks) ||
            (c->is_high && !is_high_sound(plan, text + at, size, row)))
            break;
        row->is_repeat = utfall_cursor_move(c, (utfall_cell){row->id, row->len});
        c->has_late |= row->month.ordinal > plan->through.ordinal;
        marks += own;
    }
    utfall_cursor_pass(c, (size_t)(marks - c->marks));
    return count;
}

static bool everywhere(void)
{
    return true;
}

/* ---- sixteen rows side by side ---- */

#if UTFALL_USUAL_X86
/* Without optimisation gathers are macros that convert their masks. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2")))

enum { HALF = 8, HALVES = UTFALL_USUAL_ROWS / HALF };

typedef __mmask8 lanes; /* a bit for each of eight rows */

/* A cell of each row: where it begins and ends, in bytes of the text. */
typedef struct cells {
    __m512i from, to, len;
} cells;

AVX512 INLINE __m512i all(uint64_t value)
{
    return _mm512_set1_epi64((int64_t)value);
}

AVX512 INLINE __m512i low_half(__m512i numbers)
{
    return _mm512_and_si512(numbers, all(UINT32_MAX));
}

AVX512 INLINE __m512i bytes_at(const char *text, __m512i places)
{
    return _mm512_i64gather_epi64(places, text, 1);
}

/* The cells before mark number `i` of the rows: the marks on both sides of one are read as one
 * number. Before the first mark of a text there is UINT32_MAX. */
AVX512 INLINE cells cells_at(const uint32_t *marks, __m512i rows, size_t i)
{
    const __m512i pair = _mm512_i64gather_epi64(rows, marks + i - 1, sizeof *marks);
    const __m512i from = low_half(_mm512_add_epi64(pair, all(1)));
    const __m512i to = _mm512_srli_epi64(pair, 32);
    return (cells){from, to, _mm512_sub_epi64(to, from)};
}

/* Whether the marks are those of rows with nothing else in them. */
AVX512 INLINE bool are_rows(const char *shape, const char *text, const uint32_t *marks,
                            size_t stride)
{
    for (size_t i = 0; i < UTFALL_USUAL_ROWS * stride; i += 16) {
        const __m512i places = _mm512_loadu_si512(marks + i);
        const __m512i bytes =
            _mm512_and_si512(_mm512_i32gather_epi32(places, text, 1), _mm512_set1_epi32(0xFF));
        const __m512i due = _mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)(shape + i)));
        if (_mm512_cmpneq_epi32_mask(bytes, due) != 0)
            return false;
    }
    return true;
}

/* Of the rows `in`, those whose two bytes of a line end lie side by side. */
AVX512 INLINE lanes ends_ask(lanes in, const char *text, const cells *last)
{
    return _mm512_mask_cmpeq_epi64_mask(in, _mm512_and_si512(bytes_at(text, last->to), all(0xFFFF)),
                                        all(0x0A0D));
}

AVX512 INLINE __m512i first_of(const char *text, const cells *cell)
{
    return bytes_at(text, cell->from);
}

AVX512 INLINE __m512i last_of(const char *text, const cells *cell)
{
    return bytes_at(text, _mm512_sub_epi64(cell->to, all(8)));
}

/* Rows whose cell neither begins nor ends with a space, given its first and its last eight bytes.
 */
AVX512 INLINE lanes tight_ask(lanes in, __m512i first, __m512i last)
{
    in = _mm512_mask_cmpneq_epi64_mask(in, _mm512_and_si512(first, all(0xFF)), all(' '));
    return _mm512_mask_cmpneq_epi64_mask(in, _mm512_srli_epi64(last, 56), all(' '));
}

/* The ids of eight rows: their first and their last eight bytes, and how long they are. */
typedef struct ids {
    __m512i first, last, len;
} ids;

AVX512 INLINE lanes ids_read(lanes in, ids *out, const char *text, const cells *id)
{
    *out = (ids){first_of(text, id), last_of(text, id), id->len};
    in = _mm512_mask_test_epi64_mask(in, id->len, id->len); /* not empty */
    return tight_ask(in, out->first, out->last);
}

/* The numbers of the rows before, the first of them being the last of the eight before. */
AVX512 INLINE __m512i moved_on(__m512i numbers, __m512i before)
{
    return _mm512_alignr_epi64(numbers, before, HALF - 1);
}

/* Rows with the id of the row before. Ids of more than sixteen bytes, in *unsure, are not seen as a
 * whole. */
AVX512 INLINE lanes repeats_ask(lanes *unsure, const ids *id, const ids *before)
{
    const __m512i beyond = _mm512_slli_epi64(_mm512_subs_epu16(all(sizeof(uint64_t)), id->len), 3);
    const __m512i own = _mm512_srlv_epi64(all(UINT64_MAX), beyond);
    const __m512i first = _mm512_xor_si512(id->first, moved_on(id->first, before->first));
    lanes same = _mm512_cmpeq_epi64_mask(id->len, moved_on(id->len, before->len));
    same = _mm512_mask_testn_epi64_mask(same, first, own);
    *unsure = _mm512_mask_cmpgt_epu64_mask(same, id->len, all(16));
    const lanes is_short = _mm512_cmple_epu64_mask(id->len, all(8));
    return same & (is_short | _mm512_cmpeq_epi64_mask(id->last, moved_on(id->last, before->last)));
}

/* Bytes that should be digits less '0': each of them that is not reaches the highest bit. */
AVX512 INLINE lanes are_digits(lanes in, __m512i bytes, uint64_t to_top)
{
    return _mm512_mask_testn_epi64_mask(
        in, _mm512_or_si512(bytes, _mm512_add_epi64(bytes, all(to_top))), all(0x8080808080808080));
}

/* As utfall_cell_month_plain. */
AVX512 INLINE lanes months_read(lanes in, __m512i *ordinals, const char *text, const cells *month)
{
    const __m512i bytes = _mm512_and_si512(
        _mm512_xor_si512(first_of(text, month), all(0x0030302D30303030)), all(0x00FFFFFFFFFFFFFF));
    /* Two digits each, then year and month. */
    const __m512i pairs = _mm512_maddubs_epi16(bytes, all(0x00010A00010A010A));
    const __m512i parts = _mm512_madd_epi16(pairs, all(0x0001000100010064));
    const __m512i years = low_half(parts);
    const __m512i months = _mm512_sub_epi64(_mm512_srli_epi64(parts, 32), all(1));
    *ordinals = _mm512_add_epi64(_mm512_mul_epu32(years, all(12)), months);
    lanes good = _mm512_mask_cmpeq_epi64_mask(in, month->len, all(7));
    good = are_digits(good, bytes, 0x0076767F76767676);
    good = _mm512_mask_cmple_epu64_mask(good, _mm512_sub_epi64(years, all(1900)), all(299));
    return _mm512_mask_cmple_epu64_mask(good, months, all(11));
}

AVX512 INLINE lanes lates_ask(__m512i ordinals, utfall_month through)
{
    return _mm512_cmpgt_epi64_mask(ordinals, _mm512_set1_epi64(through.ordinal));
}

/* As utfall_cell_amount_usual, but for a minus before eight digits. */
AVX512 INLINE lanes amounts_read(lanes in, __m512i *minors, const char *text, const cells *amount,
                                 char decimal)
{
    const __m512i end = last_of(text, amount);
    const lanes is_long = _mm512_cmpgt_epu64_mask(amount->len, all(sizeof(uint64_t)));
    __m512i whole = _mm512_slli_epi64(end, 24);
    if (is_long != 0)
        whole = bytes_at(text, _mm512_sub_epi64(amount->to, all(11)));
    /* Bits of `whole` that lie before the cell, and before its digits. */
    const __m512i outside = _mm512_slli_epi64(_mm512_sub_epi64(all(11), amount->len), 3);
    const __m512i first = _mm512_and_si512(_mm512_srlv_epi64(whole, outside), all(0xFF));
    const lanes is_negative = _mm512_cmpeq_epi64_mask(first, all('-'));
    const __m512i unread = _mm512_mask_add_epi64(outside, is_negative, outside, all(8));
    const __m512i digits = _mm512_and_si512(_mm512_xor_si512(whole, all(0x3030303030303030)),
                                            _mm512_sllv_epi64(all(UINT64_MAX), unread));
    /* Two digits each, then four, then eight in two parts. */
    const __m512i pairs = _mm512_maddubs_epi16(digits, all(0x010A010A010A010A));
    const __m512i fours = _mm512_madd_epi16(pairs, all(0x0001006400010064));
    const __m512i parts = _mm512_madd_epi16(fours, all(0x0000000100002710));
    const __m512i units = _mm512_add_epi64(low_half(parts), _mm512_srli_epi64(parts, 32));
    /* The decimal mark, tenths, hundredths. */
    const __m512i decimals =
        _mm512_xor_si512(_mm512_srli_epi64(end, 40), all(0x303000 | (unsigned char)decimal));
    const __m512i hundredths =
        _mm512_madd_epi16(_mm512_maddubs_epi16(decimals, all(0x010A00)), all(0x00010001));
    const __m512i minor = _mm512_add_epi64(_mm512_mul_epu32(units, all(100)), hundredths);
    *minors = _mm512_mask_sub_epi64(minor, is_negative, _mm512_setzero_si512(), minor);
    /* One to eight digits before the mark. */
    const lanes good = _mm512_mask_cmple_epu64_mask(in, unread, all(56));
    return are_digits(are_digits(good, digits, 0x7676767676767676), decimals, 0x76767F);
}

/* Rows whose cell is one of the words; in *unsure those that have to be asked alone. Words count as
 * seen in the rows `in` alone. */
AVX512 INLINE lanes words_ask(const utfall_list *list, lanes *unsure, const char *text,
                              const cells *cell, lanes in)
{
    const __m512i first = first_of(text, cell), last = last_of(text, cell);
    lanes found = 0;
    for (size_t k = 0; k < list->count; k++) {
        const utfall_key *key = &list->keys[k];
        lanes same = _mm512_cmpeq_epi64_mask(cell->len, all(key->word.len));
        same = _mm512_mask_cmpeq_epi64_mask(same, _mm512_and_si512(first, all(key->mask)),
                                            all(key->bytes));
        if (key->word.len > sizeof key->last)
            same = _mm512_mask_cmpeq_epi64_mask(same, last, all(key->last));
        if (key->word.len > 2 * sizeof key->last) {
            *unsure |= same;
        } else {
            list->seen[k] |= (same & in) != 0;
            found |= same;
        }
    }
    const lanes others = _mm512_mask_test_epi64_mask((lanes)~found, cell->len, cell->len);
    *unsure |= others & (lanes)~tight_ask(others, first, last);
    return found;
}

/* A row as rows_write makes it: four numbers of 64 bits. */
_Static_assert(sizeof(utfall_cost_row) == 32 && offsetof(utfall_cost_row, id) == 0 &&
                   offsetof(utfall_cost_row, len) == 8 && offsetof(utfall_cost_row, month) == 12 &&
                   offsetof(utfall_cost_row, minor) == 16 &&
                   offsetof(utfall_cost_row, is_counted) == 24 &&
                   offsetof(utfall_cost_row, is_repeat) == 26,
               "rows are written as four numbers each");

/* The fourth of them. */
AVX512 INLINE __m512i flags_of(lanes counted, lanes repeats)
{
    return _mm512_or_si512(_mm512_maskz_mov_epi64(counted, all(1)),
                           _mm512_maskz_mov_epi64(repeats, all(1 << 16)));
}

/* Write eight rows, given the first numbers of all, the second, ... */
AVX512 INLINE void rows_write(utfall_cost_row *rows, __m512i a, __m512i b, __m512i c, __m512i d)
{
    const __m512i front = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
    const __m512i back = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
    const __m512i ab_even = _mm512_unpacklo_epi64(a, b), ab_odd = _mm512_unpackhi_epi64(a, b);
    const __m512i cd_even = _mm512_unpacklo_epi64(c, d), cd_odd = _mm512_unpackhi_epi64(c, d);
    const __m512i row02 = _mm512_permutex2var_epi64(ab_even, front, cd_even);
    const __m512i row13 = _mm512_permutex2var_epi64(ab_odd, front, cd_odd);
    const __m512i row46 = _mm512_permutex2var_epi64(ab_even, back, cd_even);
    const __m512i row57 = _mm512_permutex2var_epi64(ab_odd, back, cd_odd);
    __m256i *out = (__m256i *)(void *)rows;
    _mm256_storeu_si256(out + 0, _mm512_castsi512_si256(row02));
    _mm256_storeu_si256(out + 1, _mm512_castsi512_si256(row13));
    _mm256_storeu_si256(out + 2, _mm512_extracti64x4_epi64(row02, 1));
    _mm256_storeu_si256(out + 3, _mm512_extracti64x4_epi64(row13, 1));
    _mm256_storeu_si256(out + 4, _mm512_castsi512_si256(row46));
    _mm256_storeu_si256(out + 5, _mm512_castsi512_si256(row57));
    _mm256_storeu_si256(out + 6, _mm512_extracti64x4_epi64(row46, 1));
    _mm256_storeu_si256(out + 7, _mm512_extracti64x4_epi64(row57, 1));
}

/* Of the first `count` rows, those before one that lists or letters make unusual. */
static size_t rows_look(const utfall_plan *plan, utfall_cost_row *rows, size_t stride, size_t count,
                        unsigned unsure, const utfall_cursor *c)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t *marks = c->marks + i * stride;
        const uint32_t at = marks[-1] + 1, size = marks[stride - 1] + 1 - at;
        if ((unsure >> i & 1) != 0 && !lists_ask(plan, &rows[i].is_counted, c->text, marks))
            return i;
        if (c->is_high && !is_high_sound(plan, c->text + at, size, &rows[i]))
            return i;
    }
    return count;
}

/* What comes of ids of which only the ends were seen, and of the first row. */
static void repeats_look(utfall_cost_row *rows, size_t count, unsigned unsure, utfall_cursor *c)
{
    for (size_t i = 1; unsure != 0 && i < count; i++)
        if ((unsure >> i & 1) != 0 && rows[i].is_repeat)
            rows[i].is_repeat = memcmp(rows[i].id, rows[i - 1].id, rows[i].len) == 0;
    if (count == 0)
        return;
    rows[0].is_repeat = utfall_cursor_move(c, (utfall_cell){rows[0].id, rows[0].len});
    c->id = (utfall_cell){rows[count - 1].id, rows[count - 1].len};
}

/* Read as many of the next sixteen rows as are usual, when all end alike. */
AVX512 NOINLINE static size_t sixteen_read(const utfall_plan *plan, utfall_cost_row *rows,
                                           utfall_cursor *c)
{
    const char *const text = c->text;
    const uint32_t *const marks = c->marks;
    const bool is_double = text[marks[plan->width - 1]] == '\r';
    const size_t stride = plan->width + is_double;
    if (marks[UTFALL_USUAL_ROWS * stride - 1] - marks[-1] > UTFALL_CSV_CELL_MAX ||
        !are_rows(plan->shapes[is_double], text, marks, stride))
        return 0;
    const __m512i counting = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i none = _mm512_setzero_si512();
    __m512i at[HALVES], ordinals[HALVES], minors[HALVES];
    cells id[HALVES], month[HALVES], amount[HALVES];
    ids own[1 + HALVES] = {{none, none, none}};
    lanes good[HALVES], counted[HALVES], unsure[HALVES], repeats[HALVES], long_ids[HALVES];
    for (size_t h = 0; h < HALVES; h++) {
        at[h] = _mm512_mullo_epi64(_mm512_add_epi64(counting, all(h * HALF)), all(stride));
        id[h] = cells_at(marks, at[h], plan->id);
        month[h] = cells_at(marks, at[h], plan->month);
        amount[h] = cells_at(marks, at[h], plan->amount);
        good[h] = 0xFF;
    }
    for (size_t h = 0; is_double && h < HALVES; h++) {
        const cells last = cells_at(marks, at[h], plan->width - 1);
        good[h] = ends_ask(good[h], text, &last);
    }
    for (size_t h = 0; h < HALVES; h++)
        good[h] = ids_read(good[h], &own[1 + h], text, &id[h]);
    for (size_t h = 0; h < HALVES; h++)
        repeats[h] = repeats_ask(&long_ids[h], &own[1 + h], &own[h]);
    for (size_t h = 0; h < HALVES; h++)
        good[h] = months_read(good[h], &ordinals[h], text, &month[h]);
    for (size_t h = 0; h < HALVES; h++)
        good[h] = amounts_read(good[h], &minors[h], text, &amount[h], plan->decimal);
    size_t count = (size_t)__builtin_ctz(~(good[0] | (unsigned)good[1] << HALF));
    for (size_t h = 0; h < HALVES; h++) {
        const lanes in = (lanes)(((UINT64_C(1) << count) - 1) >> h * HALF);
        counted[h] = 0xFF;
        unsure[h] = 0;
        for (size_t k = 0; k < plan->list_count; k++) {
            const cells cell = cells_at(marks, at[h], plan->lists[k].cell);
            counted[h] &= words_ask(&plan->lists[k], &unsure[h], text, &cell, in);
        }
    }
    for (size_t h = 0; h < HALVES; h++)
        rows_write(rows + h * HALF, _mm512_add_epi64(id[h].from, all((uintptr_t)text)),
                   _mm512_or_si512(id[h].len, _mm512_slli_epi64(ordinals[h], 32)), minors[h],
                   flags_of(counted[h], repeats[h]));
    const unsigned asked = unsure[0] | (unsigned)unsure[1] << HALF;
    if (asked != 0 || c->is_high)
        count = rows_look(plan, rows, stride, count, asked, c);
    const unsigned late = lates_ask(ordinals[0], plan->through) |
                          (unsigned)lates_ask(ordinals[1], plan->through) << HALF;
    c->has_late |= (late & ((1U << count) - 1)) != 0;
    repeats_look(rows, count, long_ids[0] | (unsigned)long_ids[1] << HALF, c);
    utfall_cursor_pass(c, count * stride);
    return count;
}

static size_t read_avx512(const utfall_plan *plan, utfall_cost_row *rows, size_t room,
                          utfall_cursor *c)
{
    size_t count = 0, more = 1;
    while (more > 0 && room - count >= UTFALL_USUAL_ROWS && c->count >= utfall_usual_marks(plan)) {
        more = sixteen_read(plan, rows + count, c);
        count += more;
        if (more < UTFALL_USUAL_ROWS) { /* the next one is another, or none for sixteen */
            more = read_portable(plan, rows + count, 1, c);
            count += more;
        }
    }
    if (more == 0 || count == room)
        return count;
    return count + read_portable(plan, rows + count, room - count, c);
}

static bool has_avx512(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}
#pragma GCC diagnostic pop
#endif

const utfall_usual_way utfall_usual_ways[] = {
    {"portable", read_portable, everywhere},
#if UTFALL_USUAL_X86
    {"AVX-512", read_avx512, has_avx512},
#endif
    {NULL, NULL, NULL},
};

utfall_usual_fn *utfall_usual_best(void)
{
    utfall_usual_fn *best = read_portable;
    for (const utfall_usual_way *way = utfall_usual_ways; way->name != NULL; way++)
        if (way->is_there())
            best = way->read;
    return best;
}
