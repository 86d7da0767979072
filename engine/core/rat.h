/* engine/core/rat.h - how an exact ratio is kept. Seen by those who hand ratios to GMP or MPFR:
 * rat.c, money.c, discount.c, irr.c, npv.c. */
#ifndef UTFALL_CORE_RAT_H
#define UTFALL_CORE_RAT_H
#include "utfall/number.h"
#include <gmp.h>

/* `q` is read-only: its limbs lie in the arena behind it, so GMP may neither grow nor clear it, and
 * a ratio needs no end of its own. */
struct utfall_rat {
    mpq_t q;
};

/** Working numbers of a run, ended with it. They are the only ones that GMP allocates, and stay
 * within a few times UTFALL_RAT_BITS_MAX. */
typedef struct utfall__numbers {
    mpq_t q, r;
    mpz_t a, b, c;
} utfall__numbers;

/** NULL when out of memory (noted). */
utfall__numbers *utfall__numbers_of(utfall_run *run);

/** Immutable copy of `q`, which must be canonical. NULL and a noted UTFALL_E_RANGE over the size
 * bound. */
const utfall_rat *utfall__rat_keep(utfall_run *run, mpq_srcptr q);

/** Set from or give as int64, whatever the width of long. get is false when it does not fit. */
void utfall__mpz_set(mpz_t to, int64_t value);
bool utfall__mpz_get(int64_t *out, const mpz_t from);

#endif
