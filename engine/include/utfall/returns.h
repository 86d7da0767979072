/* utfall/returns.h - what dated payments amount to: money multiple, net present value, internal
 * rate of return.
 *
 * A rate is per year (per period with UTFALL_DAYS_PERIODS), compounded once in it: a payment t
 * years after the first one is worth its amount times (1 + rate)^-t at the first one's date.
 * Everything is exact or an enclosure: the true value provably lies between the two ratios given.
 */
#ifndef UTFALL_RETURNS_H
#define UTFALL_RETURNS_H
#include "utfall/month.h"
#include "utfall/number.h"

/** How the time between two dates becomes years. */
typedef enum utfall_day_count {
    UTFALL_DAYS_ACT_365,    /* days / 365 */
    UTFALL_DAYS_ACT_365_25, /* days / 365.25 */
    UTFALL_DAYS_ACT_360,    /* days / 360 */
    UTFALL_DAYS_30E_360,    /* months of 30 days, the 31st counting as the 30th, / 360 */
    UTFALL_DAYS_MONTHS,     /* calendar months / 12, whatever the days */
    UTFALL_DAYS_PERIODS     /* `period` as it stands; dates are not looked at */
} utfall_day_count;
extern const char *const utfall_day_count_names[];   /* "act_365", "act_365_25", "act_360",
                                                        "30e_360", "months", "periods", NULL */
extern const char *const utfall_dated_count_names[]; /* the same without "periods" */

enum { UTFALL_FLOWS_MAX = 10000, UTFALL_PERIOD_MAX = 100000 };

/** One payment, seen by the one whose return it is: received above zero, paid below. In any order.
 */
typedef struct utfall_flow {
    utfall_date date;         /* a date that exists */
    int32_t period;           /* UTFALL_DAYS_PERIODS: 0..UTFALL_PERIOD_MAX */
    const utfall_rat *amount; /* öre */
} utfall_flow;

/** An enclosure: low <= value <= high. */
typedef struct utfall_between {
    const utfall_rat *low;
    const utfall_rat *high; /* NULL = only known to be at least `low` */
} utfall_between;

/** What is known of the rates above -100 % at which the net present value is zero. */
typedef enum utfall_irr_verdict {
    UTFALL_IRR_FOUND,     /* exactly `count` of them, one in each of `roots` */
    UTFALL_IRR_NO_FLOWS,  /* there is no payment, or all of them cancel date by date */
    UTFALL_IRR_ONE_WAY,   /* none: every payment goes the same way */
    UTFALL_IRR_NONE,      /* none, although payments go both ways */
    UTFALL_IRR_UNDECIDED, /* one in each of `roots`; the rest, if any, lie in `unsure` */
} utfall_irr_verdict;
extern const char *const utfall_irr_verdict_names[]; /* "found", "no_flows", "one_way", "none",
                                                        "undecided", NULL */

typedef struct utfall_irr {
    utfall_irr_verdict verdict;
    size_t count;                /* of roots; ascending */
    const utfall_between *roots; /* at most 10^-15 wide, whole multiples of 10^-16. high NULL when
                                    1 + rate is above 2^512 */
    size_t unsure_count;
    const utfall_between *unsure; /* the curve comes so near to zero here that it could not be told
                                     whether it touches, crosses or misses */
} utfall_irr;

/** Every internal rate of return, counted with proof. UTFALL_E_RANGE for more flows or larger
 * numbers than there is room for. Work is bounded: what is left over is UNDECIDED. Equal flows give
 * equal results on every machine. */
UTFALL_TRY utfall_status utfall_irr_compute(utfall_run *run, const utfall_irr **out,
                                            const utfall_flow *flows, size_t count,
                                            utfall_day_count days);

/** Net present value at the date of the first payment, öre, at most 3 * 10^-6 wide; 0 without
 * flows. UTFALL_E_RANGE when rate <= -1. UTFALL_E_UNDECIDED when no precision sufficed. */
UTFALL_TRY utfall_status utfall_npv_compute(utfall_run *run, utfall_between *out,
                                            const utfall_flow *flows, size_t count,
                                            utfall_day_count days, const utfall_rat *rate);

/** Money multiple: all that was received / all that was paid. *out is NULL when nothing was paid.
 */
UTFALL_TRY utfall_status utfall_multiple_compute(utfall_run *run, const utfall_rat **out,
                                                 const utfall_flow *flows, size_t count);

/** All of it about one list of payments. */
typedef struct utfall_returns {
    size_t count; /* of flows, in the order of time */
    const utfall_flow *flows;
    utfall_day_count days;
    const utfall_rat *multiple; /* NULL when nothing was paid */
    const utfall_irr *irr;
    const utfall_rat *rate; /* that the value is at; NULL = none was asked for */
    utfall_between npv;     /* when there is a rate */
} utfall_returns;

/** Multiple, rates of return, and the value at `rate` unless it is NULL. Fails as the three do. */
UTFALL_TRY utfall_status utfall_returns_compute(utfall_run *run, const utfall_returns **out,
                                                const utfall_flow *flows, size_t count,
                                                utfall_day_count days, const utfall_rat *rate);

#endif
