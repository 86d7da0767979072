/* Faults that the calculation finds, told where the contract states the rule.
 *
 * The stages know a term's path; its place comes from the contract. A fault whose message could not
 * be made because memory ran out becomes that failure, never a finding without words. */
#include "engine/stages.h"
#include "engine/core/ban.h"

utfall_status utfall__refuse(utfall_run *run, const utfall_contract *contract, utfall_status code,
                             const char *path, const char *clause, const char *message,
                             const char *hint)
{
    if (path == NULL || message == NULL) {
        utfall_status status = utfall_run_failure(run);
        return status == UTFALL_OK ? UTFALL_E_NOMEM : status;
    }
    return utfall_run_report(run, &(utfall_finding){
                                      .code = code,
                                      .severity = UTFALL_ERROR,
                                      .at = utfall_contract_loc(contract, path),
                                      .also = {.file = ""},
                                      .path = path,
                                      .clause = clause != NULL && clause[0] != '\0' ? clause : NULL,
                                      .message = message,
                                      .hint = hint,
                                  });
}

utfall_status utfall__number_failed(utfall_run *run, const utfall_contract *contract,
                                    const char *path, const char *what)
{
    utfall_status status = utfall_run_failure(run);
    if (status == UTFALL_E_RANGE)
        return utfall__refuse(
            run, contract, status, path, NULL,
            utfall_run_join(run, what, " is too large to be computed exactly", (const char *)NULL),
            "check the amounts: a ratio may have at most 4096 bits above and "
            "below the line");
    return status == UTFALL_OK ? UTFALL_E_BUG : status;
}
