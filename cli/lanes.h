/* cli/lanes.h - threads for the engine's lanes. */
#ifndef UTFALL_CLI_LANES_H
#define UTFALL_CLI_LANES_H
#include "utfall/risk.h"

/** Lanes on `threads` threads, 1..UTFALL_LANES_MAX. */
utfall_lanes cli_lanes(size_t threads);

#endif
