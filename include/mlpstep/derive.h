/* A trace in, the derivation of its numbers out. */
#ifndef MLPSTEP_DERIVE_H
#define MLPSTEP_DERIVE_H

#include "mlpstep/trace.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_derive_format {
    MLP_DERIVE_TEXT,     /* Unicode, up to 100 columns */
    MLP_DERIVE_MARKDOWN, /* with $...$ and $$...$$, as GitHub and Jupyter show it */
    MLP_DERIVE_LATEX,    /* a document that needs amsmath alone */
    MLP_DERIVE_HTML      /* a page of one file: MathML and a picture */
} mlp_derive_format;

typedef struct mlp_derive_options {
    mlp_derive_format format;
    int precision;     /* decimals of computed numbers, 0 to MLP_MAX_PRECISION; 6 */
    const char *title; /* what the script is called; NULL: nothing */
    const char *const
        *only;     /* as those of a report (mlpstep/report.h), and what they need; NULL: all */
    bool blank;    /* a ? for every number that is computed */
    bool links;    /* formulas and results, no numbers put in */
    bool fragment; /* LaTeX without preamble, HTML without what goes around a body */
} mlp_derive_options;

/* Writes how the entries of a finished trace come about: the network as formulas, each forward step
 * as formula, with numbers put in, and as result, the chain rule link by link, the updates. Numbers
 * are put in where the formula gives the number that the operation gave, up to rounding: of a large
 * tensor in its first element and the next that comes about in another way, as on the other side of a
 * LeakyReLU, else the second.
 *
 * False, with one diagnostic, for a name in `only` that is no entry, where there is nothing to derive,
 * and without memory; nothing is written then, but a part where memory ends on the way. Whether `out` took the text is for the caller to ask,
 * with ferror. Numbers have the decimal point of the current LC_NUMERIC. */
bool mlp_derive_write(FILE *out, const mlp_trace *trace, const mlp_derive_options *options,
                      mlp_diagnostic *error);

#ifdef __cplusplus
}
#endif

#endif
