/* ledger/merkle.c - the root of a Merkle tree while its leaves stream by.
 *
 * Invariant: after n leaves `node` holds the roots of the full subtrees whose sizes are the bits of
 * n, largest first. A new leaf closes one subtree a trailing 1-bit of n. So memory is 32 bytes a
 * bit, whatever the number of leaves. The digest is looked up once a tree: that takes a lock, and
 * as long as a short digest. */
#include "ledger/merkle.h"
#include <string.h>

/* out = SHA-256(prefix | a | b). `out` may be `a`. */
static void digest(utfall_merkle *tree, uint8_t out[32], uint8_t prefix, const void *a,
                   size_t a_len, const void *b, size_t b_len)
{
    if (tree->has_failed)
        return;
    tree->has_failed = EVP_DigestInit_ex(tree->hash, NULL, NULL) != 1 ||
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
    tree->has_failed = tree->hash == NULL || EVP_DigestInit_ex(tree->hash, EVP_sha256(), NULL) != 1;
    utfall_merkle_clear(tree);
}

void utfall_merkle_clear(utfall_merkle *tree)
{
    tree->depth = 0;
    tree->leaves = 0;
}

/* A full subtree of `size` leaves, a power of two that divides those there are, was put last. */
static void close_subtrees(utfall_merkle *tree, uint64_t size)
{
    for (uint64_t n = tree->leaves / size; n & 1U; n >>= 1)
        join_last_two(tree);
    tree->leaves += size;
}

void utfall_merkle_add(utfall_merkle *tree, const uint8_t *salt, size_t salt_len, const char *line,
                       size_t len)
{
    digest(tree, tree->node[tree->depth++], 0, salt, salt_len, line, len);
    close_subtrees(tree, 1);
}

void utfall_merkle_leaf(utfall_merkle *tree, uint8_t out[32], const uint8_t *salt, size_t salt_len,
                        const char *line, size_t len)
{
    digest(tree, out, 0, salt, salt_len, line, len);
}

void utfall_merkle_add_leaf(utfall_merkle *tree, const uint8_t leaf[32])
{
    memcpy(tree->node[tree->depth++], leaf, 32);
    close_subtrees(tree, 1);
}

void utfall_merkle_append(utfall_merkle *tree, const utfall_merkle *part)
{
    uint64_t left = part->leaves, size = 0;
    for (uint32_t i = 0; i < part->depth; i++, left -= size) {
        for (size = 1; size <= left / 2; size *= 2)
            ;
        memcpy(tree->node[tree->depth++], part->node[i], 32);
        close_subtrees(tree, size);
    }
    tree->has_failed = tree->has_failed || part->has_failed;
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
