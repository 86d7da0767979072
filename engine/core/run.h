/* engine/core/run.h - what the engine's own files ask of a run beyond utfall/run.h. Not public. */
#ifndef UTFALL_CORE_RUN_H
#define UTFALL_CORE_RUN_H
#include "utfall/run.h"

/** A buffer of the run, `count` elements of `size` bytes, that may grow, shrink or go before the
 * run does: unlike the arena it gives memory back. `old` NULL makes one, `count` 0 ends one and
 * gives NULL. New bytes are not cleared. NULL when out of memory (noted), and `old` is then as it
 * was. */
void *utfall__run_resize(utfall_run *run, void *old, size_t count, size_t size);

enum { UTFALL__LARGE_PAGE = 2 * 1024 * 1024 };

/** Memory of the run that was just made and will be looked at here and there: the way to it is
 * shorter on large pages, so it is put on them as far as whole ones fit, where the system does that
 * and the memory is its own. Not for what is mostly looked at in order, or has few bytes used: a
 * page is made ready as a whole. */
void utfall__run_scattered(const utfall_run *run, void *memory, size_t size);

/** Memory of the run that was just made and will be written all over: made ready in one go, where
 * the system does that. One by one, pages that are read before they are written are made ready
 * twice. */
void utfall__run_written(const utfall_run *run, void *memory, size_t size);

/** Where number.c keeps its working numbers in the run; *slot is NULL until it has put some there.
 */
void **utfall__run_numbers(utfall_run *run);

#endif
