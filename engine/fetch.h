/* engine/fetch.h - asking for memory before it is needed; private to engine/. */
#ifndef UTFALL_FETCH_H
#define UTFALL_FETCH_H

/** Have the processor bring a line of its cache that will be read, or written, soon. Changes
 * nothing else; the address need not be one of an object. */
static inline void utfall__fetch(const void *address)
{
#if defined(__GNUC__)
    __builtin_prefetch(address);
#else
    (void)address;
#endif
}

#endif
