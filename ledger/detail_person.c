/* ledger/detail_person.c - one person's line of a detail file.
 *
 * Literal text with values between quotes, as detail_lines.c reads it: of all that stands in a line
 * only the group's label may need escapes, and those are made once. No memory is taken, so lines
 * can be made on any thread. */
#include "ledger/detail_person.h"
#include "ledger/detail.h"
#include <string.h>

enum { AMOUNT_MAX = 21 /* 20 characters and a space */ };

utfall_status utfall_detail_escaped(utfall_run *run, const char **out, const char *text)
{
    utfall_xml xml;
    utfall_xml_start(&xml, run, UTFALL_DETAIL_LINE_MAX, NULL, NULL);
    utfall_xml_open(&xml, "a");
    utfall_xml_attribute(&xml, "b", text);
    if (xml.status != UTFALL_OK)
        return xml.status;
    size_t head = strlen("<a b=\"");
    *out = utfall_run_text(run, xml.bytes + head, xml.len - head - 1);
    return *out ? UTFALL_OK : UTFALL_E_NOMEM;
}

utfall_status utfall_detail_labels(utfall_run *run, const char *const **out,
                                   const utfall_contract *contract)
{
    const char **labels = utfall_run_array(run, contract->group_count, sizeof *labels);
    utfall_status status = labels ? UTFALL_OK : UTFALL_E_NOMEM;
    for (size_t i = 0; i < contract->group_count && status == UTFALL_OK; i++)
        status = utfall_detail_escaped(run, &labels[i], contract->group_labels[i]);
    if (status == UTFALL_OK)
        *out = (const char *const *)labels;
    return status;
}

size_t utfall_detail_person_max(const utfall_contract *contract, const char *const *labels,
                                uint32_t months)
{
    static const char fixed[] = "<person cohort=\"comparison\" costs=\"\" group=\"\" "
                                "left_after=\"4294967295\" pseudonym=\"\" start=\"-32768-12\">"
                                "</person>\n";
    size_t longest = 0;
    for (size_t i = 0; i < contract->group_count; i++) {
        size_t len = strlen(labels[i]);
        longest = len > longest ? len : longest;
    }
    return sizeof fixed + longest + 2 * UTFALL_PSEUDONYM_BYTES + (size_t)months * AMOUNT_MAX;
}

static char *put(char *to, const char *text)
{
    size_t len = strlen(text);
    memcpy(to, text, len);
    return to + len;
}

static size_t digits_of(uint64_t value)
{
    size_t digits = 1;
    for (uint64_t more = 10; digits < 20 && value >= more; more *= 10)
        digits++; /* 10^20 leaves 64 bits, and is not asked for */
    return digits;
}

/* In place from its end, two digits a division: amounts are most of the file. */
static char *put_count(char *to, uint64_t value)
{
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323"
        "3343536373839404142434445464748495051525354555657585960616263646566"
        "6768697071727374757677787980818283848586878889909192939495969798"
        "99";
    char *end = to + digits_of(value), *at = end;
    for (; value >= 100; value /= 100)
        memcpy(at -= 2, pairs + 2 * (value % 100), 2);
    if (value >= 10)
        memcpy(to, pairs + 2 * value, 2);
    else
        *to = (char)('0' + value);
    return end;
}

static char *put_costs(char *to, const int64_t *minor, uint32_t months)
{
    for (uint32_t k = 0; k < months; k++) {
        if (k > 0)
            *to++ = ' ';
        if (minor[k] < 0)
            *to++ = '-';
        to = put_count(to, minor[k] < 0 ? 0 - (uint64_t)minor[k] : (uint64_t)minor[k]);
    }
    return to;
}

size_t utfall_detail_person_write(char *to, const utfall_contract *contract,
                                  const char *const *labels, const utfall_cohort *cohort,
                                  const char *name, const utfall_detail_person *who)
{
    const size_t i = who->number, factors = contract->factor_count;
    const size_t group =
        utfall_group_of(contract, factors ? cohort->attributes + i * factors : NULL);
    int64_t room[UTFALL_WINDOW_MAX];
    char *at = put(put(to, "<person cohort=\""), name), month[8];
    at = put_costs(put(at, "\" costs=\""), utfall_cohort_costs(cohort, i, room), cohort->months);
    at = put(put(put(at, "\" group=\""), labels[group]), "\"");
    if (cohort->left_after && cohort->left_after[i] > 0)
        at = put(put_count(put(at, " left_after=\""), cohort->left_after[i]), "\"");
    at = put(at, " pseudonym=\"");
    utfall_hex(at, who->pseudonym, UTFALL_PSEUDONYM_BYTES);
    utfall_month_text(month, cohort->starts[i]);
    at = put(put(at + 2 * UTFALL_PSEUDONYM_BYTES, "\" start=\""), month);
    return (size_t)(put(at, "\"></person>\n") - to);
}
