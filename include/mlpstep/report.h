/* A trace in, text out. */
#ifndef MLPSTEP_REPORT_H
#define MLPSTEP_REPORT_H

#include "mlpstep/trace.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What other programs may rely on in a report, and what each version of it changed, stands in
 * README.md, under "The report". */
#define MLP_REPORT_VERSION 5

typedef struct mlp_report_options {
    int precision; /* decimals of a floating-point number, 0 to MLP_MAX_PRECISION; 6 */
    int digits;    /* significant digits, as in 1.234568e-05, up to MLP_MAX_DIGITS, not
                      decimals; 0: decimals */
    bool hex;      /* exact, as 0x1.99999ap-4, neither decimals nor digits */
    /* The entries to show, ended by NULL: by their names; by what these are like, with * and ?; or,
     * of step N of a training, as NAME@N. NULL shows all. */
    const char *const *only;
    bool bounds; /* after each entry NAME.bound = its bounds (mlpstep/bound.h), rounded up to two
                    digits, of a trace that keeps them */
    bool blank;  /* as a worksheet: a ? for every number that the script computes, below a first
                    line # worksheet, by which it is known when it is filled */
} mlp_report_options;

/* Writes the entries of a finished trace, each as `NAME = VALUE`. Names in `only` that are no
 * entry, or that there is no memory to look up, leave the report unwritten: false, with one
 * diagnostic. Whether `out` took the text is for the caller to ask, with ferror. Numbers have the
 * decimal point of the current LC_NUMERIC, which is the C locale's unless the program changed
 * it. */
bool mlp_report_write(FILE *out, const mlp_trace *trace, const mlp_report_options *options,
                      mlp_diagnostic *error);

#ifdef __cplusplus
}
#endif

#endif
