/* utfall/risk_report.h - how sure a settlement is, for people and for other programs. */
#ifndef UTFALL_RISK_REPORT_H
#define UTFALL_RISK_REPORT_H
#include "utfall/reports.h"
#include "utfall/risk.h"

/** As plain text, UTF-8. */
UTFALL_TRY utfall_status utfall_risk_text(utfall_run *run, const char **out, size_t *len,
                                          const utfall_risk *risk, utfall_language language);

/** As JSON: amounts as integers of öre, exact ratios as text "num/den". */
UTFALL_TRY utfall_status utfall_risk_json(utfall_run *run, const char **out, size_t *len,
                                          const utfall_risk *risk);

/** The histogram of the saving as an SVG document. */
UTFALL_TRY utfall_status utfall_risk_svg(utfall_run *run, const char **out, size_t *len,
                                         const utfall_risk *risk, utfall_language language);

#endif
