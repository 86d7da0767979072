/* The Merkle root: known answers, the recursive definition of RFC 9162, 2.1.1, and salted lines. */
#include "unit/made.h"
#include "ledger/hex.h"
#include "ledger/merkle.h"
#include <openssl/sha.h>

/* The eight leaves, and the roots over the first 1, 2, ... 8 of them, that Certificate Transparency
 * logs are tested with. */
static const char *const leaves[] = {"",
                                     "00",
                                     "10",
                                     "2021",
                                     "3031",
                                     "40414243",
                                     "5051525354555657",
                                     "606162636465666768696a6b6c6d6e6f"};
static const char *const roots[] = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

static void assert_root(utfall_merkle *tree, const char *expected)
{
    uint8_t root[32];
    char text[65];
    assert_true(utfall_merkle_finish(tree, root));
    utfall_hex(text, root, 32);
    assert_string_equal(text, expected);
}

static void the_known_answers_come_out(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 8; count++) {
        utfall_merkle tree;
        utfall_merkle_start(&tree);
        for (size_t i = 0; i < count; i++) {
            uint8_t leaf[16];
            size_t len = strlen(leaves[i]) / 2;
            assert_true(utfall_hex_parse(leaf, len, leaves[i], 2 * len));
            utfall_merkle_add(&tree, NULL, 0, (const char *)leaf, len);
        }
        assert_int_equal(tree.leaves, count);
        assert_root(&tree, roots[count - 1]);
    }
}

static void an_empty_tree_has_the_digest_of_nothing(void **state)
{
    (void)state;
    utfall_merkle tree;
    utfall_merkle_start(&tree);
    assert_root(&tree, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* RFC 9162, 2.1.1, word by word: split at the largest power of two below n. */
static void root_by_definition(uint8_t out[32], uint8_t (*hashes)[32], size_t n)
{
    uint8_t joined[65] = {1};
    size_t k = 1;
    if (n == 1) {
        memcpy(out, hashes[0], 32);
        return;
    }
    while (k * 2 < n)
        k *= 2;
    root_by_definition(joined + 1, hashes, k);
    root_by_definition(joined + 33, hashes + k, n - k);
    SHA256(joined, sizeof joined, out);
}

static void every_size_agrees_with_the_definition(void **state)
{
    (void)state;
    static uint8_t hashes[300][32];
    for (size_t n = 1; n <= 300; n++) {
        utfall_merkle tree;
        uint8_t root[32], expected[32];
        utfall_merkle_start(&tree);
        for (size_t i = 0; i < n; i++) {
            uint8_t entry[6] = {0, 's', 's', 's', (uint8_t)(i & 255U), (uint8_t)(i >> 8)};
            SHA256(entry, sizeof entry, hashes[i]);
            utfall_merkle_add(&tree, entry + 1, 3, (const char *)entry + 4, 2);
        }
        root_by_definition(expected, hashes, n);
        assert_true(utfall_merkle_finish(&tree, root));
        assert_memory_equal(root, expected, 32);
    }
}

static void add_number(utfall_merkle *tree, size_t i)
{
    const char entry[2] = {(char)(i & 127U), (char)(i >> 7)};
    utfall_merkle_add(tree, NULL, 0, entry, 2);
}

/* Parts of 1, 2, 4 ... leaves, the last one cut off anywhere, give the root of one tree. */
static void parts_can_be_made_apart(void **state)
{
    (void)state;
    for (size_t size = 1; size <= 64; size *= 2) {
        for (size_t n = 0; n <= 200; n++) {
            utfall_merkle whole, joined, part;
            uint8_t expected[32], root[32], unused[32];
            utfall_merkle_start(&whole);
            utfall_merkle_start(&joined);
            utfall_merkle_start(&part);
            for (size_t i = 0; i < n; i++) {
                add_number(&whole, i);
                add_number(&part, i);
                if (part.leaves == size || i + 1 == n) {
                    utfall_merkle_append(&joined, &part);
                    utfall_merkle_clear(&part);
                }
            }
            assert_int_equal(joined.leaves, n);
            assert_true(utfall_merkle_finish(&whole, expected));
            assert_true(utfall_merkle_finish(&joined, root));
            assert_true(utfall_merkle_finish(&part, unused));
            assert_memory_equal(root, expected, 32);
        }
    }
}

static void a_failed_part_fails_the_tree(void **state)
{
    (void)state;
    utfall_merkle tree, part;
    uint8_t root[32];
    utfall_merkle_start(&tree);
    utfall_merkle_start(&part);
    add_number(&part, 1);
    part.has_failed = true;
    utfall_merkle_append(&tree, &part);
    assert_false(utfall_merkle_finish(&part, root));
    assert_false(utfall_merkle_finish(&tree, root));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_answers_come_out),
        cmocka_unit_test(an_empty_tree_has_the_digest_of_nothing),
        cmocka_unit_test(every_size_agrees_with_the_definition),
        cmocka_unit_test(parts_can_be_made_apart),
        cmocka_unit_test(a_failed_part_fails_the_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
