/* engine/sort.h - integers in order. Private to engine/. */
#ifndef UTFALL_SORT_H
#define UTFALL_SORT_H
#include <stddef.h>
#include <stdint.h>

/** Put `keys` in ascending order, equal ones as they stood; `carried` (may be NULL) goes along.
 * `spare_keys` and `spare_carried` have room for as many. */
void utfall__sort(int64_t *keys, uint32_t *carried, int64_t *spare_keys, uint32_t *spare_carried,
                  size_t count);

#endif
