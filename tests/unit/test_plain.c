/* Rows of a chunk: read in groups they come to what they come to one by one. */
#include "cost_rows.h"
#include "seeded.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { TEXT_MAX = UTFALL_SOURCE_BLOCK };
#define HEADINGS "id,month,amount,kind,note\n"

static char made[TEXT_MAX]; /* the table under test */
static size_t made_len;

static void begin(const char *headings)
{
    made_len = strlen(headings);
    memcpy(made, headings, made_len);
}

static void add(const char *bytes, size_t len)
{
    assert_true(len <= sizeof made - made_len);
    memcpy(made + made_len, bytes, len);
    made_len += len;
}

static void add_text(const char *text)
{
    add(text, strlen(text));
}

static void fill(char byte, size_t count)
{
    assert_true(count <= sizeof made - made_len);
    memset(made + made_len, byte, count);
    made_len += count;
}

static cost_table table_made(void)
{
    return (cost_table){.text = made,
                        .len = made_len,
                        .separator = ',',
                        .decimal = '.',
                        .id = 0,
                        .month = 1,
                        .amount = 2,
                        .list_count = 1,
                        .list_cell = {3},
                        .words = {{"child", "v\xC3\xA5rd", "a word of many letters"}}};
}

/* Both ways come to the same; gives what that is. */
static const char *assert_alike(const cost_table *table)
{
    static cost_reading by_rows, by_chunk;
    const char *expected = cost_by_rows(&by_rows, table);
    const char *told = cost_by_chunk(&by_chunk, table);
    if (strcmp(told, expected) != 0)
        fail_msg("in a chunk:\n%s\nrow by row:\n%s\nof:\n%.*s", told, expected,
                 (int)(table->len < 2000 ? table->len : 2000), table->text);
    utfall_run_free(by_rows.run);
    utfall_run_free(by_chunk.run);
    return by_chunk.told;
}

/* ---- windows of marks ---- */

/* Bytes that are not ASCII at the end of one window of marks, in a row whose marks are all in the
 * next. Rows end in two bytes and have five cells, so that rows of every size before them leave
 * every number of marks. */
static void letters_before_the_first_mark_of_a_window_are_not_forgotten(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 40; shift++)
        for (int kind = 0; kind < 3; kind++) {
            begin(HEADINGS);
            const size_t start = made_len;
            add_text("A,2020-01,1.00,child,");
            fill('x', shift);
            add_text("\r\n");
            while (made_len - start < 8 * 1024 - 8)
                add_text("A,2020-01,1.00,child,x\r\n");
            add_text(kind == 0   ? "\xC3\xB6rjan-\xC3\xA5\xC3\xA4\xC3\xB6,2020-01,7.00,child,x\r\n"
                     : kind == 1 ? "\xF6rjan-\xE5\xE4\xF6,2020-01,7.00,child,x\r\n"
                                 : "\xFF\xFE\xFF\xFE and more letters,2020-01,7.00,child,x\r\n");
            for (int i = 0; i < 40; i++)
                add_text("A,2020-01,1.00,child,x\r\n");
            cost_table table = table_made();
            table.encoding = kind == 1 ? UTFALL_ISO_8859_1 : UTFALL_UTF_8;
            (void)assert_alike(&table);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_before_the_first_mark_of_a_window_are_not_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
