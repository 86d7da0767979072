/* engine/core/ban.h - included last in each .c of engine/: names that may not occur near money, nor
 * in a pure function. */
#ifndef UTFALL_BAN_H
#define UTFALL_BAN_H
#if defined(__GNUC__)
#pragma GCC poison double float long_double strtod strtof atof atoi strtol strtoul sscanf
#pragma GCC poison time clock getenv setlocale localtime gmtime rand srand random printf fprintf   \
    snprintf sprintf
#undef mp_set_memory_functions
#pragma GCC poison mp_set_memory_functions MPFR_RNDF
#endif
#endif
