/* ledger/merkle.c - the root of a Merkle tree while its leaves stream by.
 *
 * Invariant: after n leaves `node` holds the roots of the full subtrees whose sizes are the bits of
 * n, largest first. A new leaf closes one subtree a trailing 1-bit of n. So memory is 32 bytes a
 * bit, whatever the number of leaves. */
#include "ledger/merkle.h"
#include <string.h>

/* out = SHA-256(prefix | a | b). `out` may be `a`. */
static void digest(utfall_merkle *tree, uint8_t out[32], uint8_t prefix, const void *a,
                   size_t a_len, const void *b, size_t b_len)
{
    if (tree->has_failed)
        return;
    tree->has_failed = EVP_DigestInit_ex(tree->hash, EVP_sha256(), NULL) != 1 ||
                       EVP_DigestUpdate(tree->hash, &prefix, 1) != 1 ||
                       (a_len > 0 && EVP_DigestUpdate(tree->hash, a, a_len) != 1) ||
                       (b_len > 0 && EVP_DigestUpdate(tree->hash, b, b_len) != 1) ||
                       EVP_DigestFinal_ex(tree->hash, out, NULL) != 1;
}

static void join_last_two(utfall_merkle *tree)
{
    uint8_t *left = tree->node[tree->depth - 2], *right = tree->node[tree->depth - 1];
    digest(tree, left, 1, left, 32, right, 32);
    tree->depth--;
}

void utfall_merkle_start(utfall_merkle *tree)
{
    tree->hash = EVP_MD_CTX_new();
    tree->has_failed = tree->hash == NULL;
    tree->depth = 0;
    tree->leaves = 0;
}

void utfall_merkle_add(utfall_merkle *tree, const uint8_t *salt, size_t salt_len, const char *line,
                       size_t len)
{
    digest(tree, tree->node[tree->depth++], 0, salt, salt_len, line, len);
    for (uint64_t n = tree->leaves++; n & 1U; n >>= 1)
        join_last_two(tree);
}

bool utfall_merkle_finish(utfall_merkle *tree, uint8_t root[32])
{
    while (tree->depth > 1)
        join_last_two(tree);
    if (tree->leaves == 0 && !tree->has_failed)
        tree->has_failed = EVP_Digest("", 0, tree->node[0], NULL, EVP_sha256(), NULL) != 1;
    EVP_MD_CTX_free(tree->hash);
    tree->hash = NULL;
    if (tree->has_failed)
        return false;
    memcpy(root, tree->node[0], 32);
    return true;
}
