/* contracts/crew.h - several threads that read one table; private to contracts/. */
#ifndef UTFALL_CREW_H
#define UTFALL_CREW_H
#include "contracts/hands.h"
#include "contracts/plain.h"

/** Where a chunk lies in the file and what was found there, handed to whoever reads in order. */
typedef struct utfall_crew_order {
    void *context;
    /** The odd rows of a chunk that begins on line `line`. No other thread adds anything
     * meanwhile. False ends the reading. */
    bool (*take_odd)(void *context, char *text, const utfall_odd *odd, uint32_t line);
    /** What a chunk was found to hold has been added: what its reader saw of the lists counts. Not
     * called for what was read ahead in vain. */
    void (*take_seen)(void *context, const utfall_plain *plain);
} utfall_crew_order;

/** How far a crew came. */
typedef struct utfall_crew_end {
    utfall_status status; /* UTFALL_E_IO with `reason`, UTFALL_E_BUG, or UTFALL_OK */
    const char *reason;
    bool is_cut;        /* reading has to go on row by row, from `at` in `chunk` on */
    utfall_chunk chunk; /* when it is cut */
    size_t at;
    uint32_t line;      /* of the next row */
    uint64_t late;      /* plain rows after plan.through */
    uint32_t late_line; /* of the first */
    uint64_t rows;      /* plain rows added */
    bool is_ended;      /* by take_odd */
} utfall_crew_end;

/** Read `first` and all chunks after it into the fold of the readers: the caller by the first of
 * them, hands that are free by the others. Everything is added in the order of the file, and what
 * comes out does not depend on `count` (1..UTFALL_HANDS_MAX) or on who comes. The source has been
 * widened to utfall_crew_ring(count) buffers. */
void utfall_crew_read(utfall_crew_end *end, utfall_hands *hands, utfall_source *source,
                      const utfall_chunk *first, uint32_t line, utfall_plain *const *readers,
                      size_t count, const utfall_crew_order *order);

/** Buffers that `count` threads need. */
size_t utfall_crew_ring(size_t count);

#endif
