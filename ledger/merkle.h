/* ledger/merkle.h - the root of a Merkle tree over salted lines, private to ledger/.
 *
 * RFC 9162 (as RFC 6962) section 2.1.1: a leaf is SHA-256(00 | entry), a node SHA-256(01 | left |
 * right), an empty tree SHA-256(). The entry is salt | line. */
#ifndef UTFALL_MERKLE_H
#define UTFALL_MERKLE_H
#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** 64 nodes at most: one a bit of the number of leaves. */
typedef struct utfall_merkle {
    EVP_MD_CTX *hash;
    bool has_failed;
    uint8_t node[65][32];
    uint32_t depth;
    uint64_t leaves;
} utfall_merkle;

/** Begin; utfall_merkle_finish must follow. */
void utfall_merkle_start(utfall_merkle *tree);

void utfall_merkle_add(utfall_merkle *tree, const uint8_t *salt, size_t salt_len, const char *line,
                       size_t len);

/** The digest of a leaf, which does not become part of the tree: so leaves can be made apart, by
 * one tree a thread, whose utfall_merkle_finish tells whether that went well. */
void utfall_merkle_leaf(utfall_merkle *tree, uint8_t out[32], const uint8_t *salt, size_t salt_len,
                        const char *line, size_t len);
void utfall_merkle_add_leaf(utfall_merkle *tree, const uint8_t leaf[32]);

/** The leaves of `part` after those of `tree`, whose number is a multiple of a power of two that is
 * no smaller than the number of theirs: so parts can be made at the same time. A failure of `part`
 * becomes the tree's. */
void utfall_merkle_append(utfall_merkle *tree, const utfall_merkle *part);

/** Forget the leaves, to begin another tree. */
void utfall_merkle_clear(utfall_merkle *tree);

/** Free what the tree holds. False when memory ran out on the way; *root is then untouched. */
bool utfall_merkle_finish(utfall_merkle *tree, uint8_t root[32]);

#endif
