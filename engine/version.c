/* engine/version.c - what settled: the version of utfall, and the revision of its rules.
 *
 * The version is CMake's. The revision of the rules is raised by hand, together with a line under
 * "Amounts" in CHANGELOG.md, when the same contract and data can give another amount. */
#include "utfall/settlement.h"
#include "engine/core/ban.h"

const char utfall_version[] = UTFALL_VERSION;
const char utfall_rules[] = "1";
