/* cli/compare_stages.h - the stages of a comparison, settled one by one. */
#ifndef UTFALL_CLI_COMPARE_STAGES_H
#define UTFALL_CLI_COMPARE_STAGES_H
#include "cli/cli.h"
#include "utfall/changes.h"
#include "utfall/compare.h"

/** Open both operands, make the stages, and settle each. */
UTFALL_TRY utfall_status cli_compare(struct cli *cli, utfall_comparison *out);

#endif
