/* tests/bench/generate.c - a synthetic case of any size, the same for the same arguments.
 *
 *     generate FOLDER ROWS PERSONS MONTHS SEED shuffled|sorted [quoted]
 *
 * Writes contract.yaml, people and cost tables of both groups (half of the people each) and the
 * project cost. Row number i is made from i and the seed alone; `shuffled` writes the same rows in
 * the order of a permutation of their numbers, so nothing has to be held in memory. The people are
 * invented: they are numbers. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { START_YEAR = 2013, START_MONTHS = 48, ROUNDS = 4, LINE_MAX_BYTES = 256 };

struct order {
    uint64_t rows, persons, months, seed;
    unsigned half; /* bits of a half of a number, for the permutation */
    bool is_shuffled, is_quoted;
};

/* Steele, Lea and Flood's SplitMix64: a good bit mixer that needs no state. */
static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

/* A permutation of 0..rows-1: a Feistel network over the next even number of bits, walked until it
 * comes back into the range. */
static uint64_t permute(const struct order *order, uint64_t i)
{
    const uint64_t mask = (UINT64_C(1) << order->half) - 1;
    do {
        uint64_t left = i >> order->half, right = i & mask;
        for (uint64_t round = 0; round < ROUNDS; round++) {
            uint64_t next = left ^ (mix(right ^ order->seed << 20 ^ round << 60) & mask);
            left = right;
            right = next;
        }
        i = left << order->half | right;
    } while (i >= order->rows);
    return i;
}

static FILE *table_open(const char *folder, const char *name)
{
    char path[4096];
    FILE *file = NULL;
    if (snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path)
        file = fopen(path, "wb");
    if (file == NULL) {
        perror(name);
        exit(1);
    }
    return file;
}

static void table_close(FILE *file)
{
    if (ferror(file) != 0 || fclose(file) != 0) {
        perror("writing failed");
        exit(1);
    }
}

static uint64_t start_of(const struct order *order, uint64_t person)
{
    return mix(order->seed * 3 + person * 2 + 1) % START_MONTHS;
}

static char *put_text(char *to, const char *text, bool is_quoted)
{
    if (is_quoted)
        *to++ = '"';
    while (*text != '\0')
        *to++ = *text++;
    if (is_quoted)
        *to++ = '"';
    return to;
}

static char *put_digits(char *to, uint64_t value, unsigned width)
{
    char digits[20];
    unsigned count = 0;
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0 || count < width);
    while (count > 0)
        *to++ = digits[--count];
    return to;
}

static char *put_id(char *to, const struct order *order, uint64_t person)
{
    if (order->is_quoted)
        *to++ = '"';
    *to++ = 'p';
    to = put_digits(to, person, 7);
    if (order->is_quoted)
        *to++ = '"';
    return to;
}

static void write_people(const struct order *order, const char *folder, const char *name,
                         uint64_t from, uint64_t to)
{
    FILE *file = table_open(folder, name);
    fputs("id;start;age_at_start;previously_placed\n", file);
    for (uint64_t person = from; person < to; person++) {
        char id[64];
        uint64_t start = start_of(order, person), draw = mix(order->seed + person * 7);
        *put_id(id, order, person) = '\0';
        fprintf(file, "%s;%04u-%02u-%02u;%u;%s\n", id, (unsigned)(START_YEAR + start / 12),
                (unsigned)(start % 12 + 1), (unsigned)(draw % 28 + 1),
                (unsigned)(10 + draw / 64 % 12), draw / 4096 % 2 != 0 ? "yes" : "no");
    }
    table_close(file);
}

/* Row i: the rows of a person follow each other, over a little more than the window. */
static char *put_row(char *to, const struct order *order, uint64_t i, uint64_t person)
{
    static const char *const categories[] = {"residential home", "foster home",
                                             "secure residential unit", "extra costs"};
    uint64_t draw = mix(order->seed ^ i << 1);
    uint64_t month = START_YEAR * 12 + start_of(order, person) + 1 + i % (order->months + 4) - 2;
    to = put_id(to, order, person);
    *to++ = ';';
    to = put_digits(to, month / 12, 4);
    *to++ = '-';
    to = put_digits(to, month % 12 + 1, 2);
    *to++ = ';';
    to = put_text(to, draw % 16 == 0 ? "adult" : "child", order->is_quoted);
    *to++ = ';';
    to = put_text(to, categories[draw / 16 % 4], order->is_quoted);
    *to++ = ';';
    uint64_t minor = 100000 + draw / 64 % 9900000;
    if (draw / 1024 % 64 == 0)
        *to++ = '-';
    to = put_digits(to, minor / 100, 1);
    *to++ = '.';
    to = put_digits(to, minor % 100, 2);
    *to++ = '\n';
    return to;
}

static void write_costs(const struct order *order, const char *folder)
{
    FILE *files[2] = {table_open(folder, "costs.csv"), table_open(folder, "reference-costs.csv")};
    for (int side = 0; side < 2; side++) {
        (void)setvbuf(files[side], NULL, _IOFBF, 1 << 20);
        fputs("id;month;source;category;amount\n", files[side]);
    }
    for (uint64_t n = 0; n < order->rows; n++) {
        char line[LINE_MAX_BYTES];
        uint64_t i = order->is_shuffled ? permute(order, n) : n;
        uint64_t person = (uint64_t)((double)i / (double)order->rows * (double)order->persons);
        if (person >= order->persons)
            person = order->persons - 1;
        char *end = put_row(line, order, i, person);
        fwrite(line, 1, (size_t)(end - line), files[person >= order->persons / 2]);
    }
    table_close(files[0]);
    table_close(files[1]);
}

static void write_contract(const struct order *order, const char *folder)
{
    FILE *file = table_open(folder, "contract.yaml");
    fprintf(file,
            "utfall: 1\n"
            "contract: {id: bench, title: Benchmark, currency: SEK, signed: 2013-01-01,\n"
            "  source: \"made by tests/bench/generate.c\", note: \"Synthetic data.\"}\n"
            "parties:\n"
            "  - {id: fund, role: investor, name: Fund}\n"
            "  - {id: town, role: outcome_payer, name: Town}\n"
            "target_group:\n"
            "  people: {file: people.csv, separator: \";\"}\n"
            "  costs: [{file: costs.csv, separator: \";\"}]\n"
            "  data_through: 2030-12\n"
            "comparison_group:\n"
            "  design: historic\n"
            "  people: {file: reference-people.csv, separator: \";\"}\n"
            "  costs: [{file: reference-costs.csv, separator: \";\"}]\n"
            "evaluation:\n"
            "  window: %" PRIu64 " months\n"
            "  counts: {source: [child]}\n"
            "  groups: {age_at_start: [18], previously_placed: each}\n"
            "  incomplete: refuse\n"
            "financing:\n"
            "  investor: fund\n"
            "  commitment: 10 000 000 SEK\n"
            "  drawn: 7 500 000 SEK\n"
            "waterfall:\n"
            "  - {id: share, from: town, to: fund, share: 60%%, of: saving, between: [0, drawn]}\n"
            "rounding: {unit: 0.01 SEK, mode: half_away, residue_to: town}\n",
            order->months);
    table_close(file);
}

static bool number_read(uint64_t *out, const char *text, uint64_t least, uint64_t most)
{
    char *end = NULL;
    unsigned long long value = strtoull(text, &end, 10);
    if (end == text || *end != '\0' || value < least || value > most)
        return false;
    *out = value;
    return true;
}

int main(int argc, char **argv)
{
    struct order order = {.half = 1};
    if (argc < 7 || !number_read(&order.rows, argv[2], 1, UINT64_C(1000000000)) ||
        !number_read(&order.persons, argv[3], 8, UINT64_C(100000000)) ||
        !number_read(&order.months, argv[4], 1, 120) ||
        !number_read(&order.seed, argv[5], 0, UINT32_MAX) ||
        (strcmp(argv[6], "shuffled") != 0 && strcmp(argv[6], "sorted") != 0)) {
        fputs("usage: generate FOLDER ROWS PERSONS MONTHS SEED shuffled|sorted [quoted]\n", stderr);
        return 2;
    }
    order.is_shuffled = strcmp(argv[6], "shuffled") == 0;
    order.is_quoted = argc > 7 && strcmp(argv[7], "quoted") == 0;
    while (UINT64_C(1) << 2 * order.half < order.rows)
        order.half++;
    write_contract(&order, argv[1]);
    write_people(&order, argv[1], "people.csv", 0, order.persons / 2);
    write_people(&order, argv[1], "reference-people.csv", order.persons / 2, order.persons);
    write_costs(&order, argv[1]);
    return 0;
}
