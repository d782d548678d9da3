/* A trace in, its tensors in the formats of other programs out.
 *
 * They are those of a report, in its order. Each has a name, a section ("forward", "backward" or
 * "step"), the number of its training step, from 1, a dtype ("float32", "int64", "bool" and the
 * like) and a shape. Every number reads back to the same bits, except that all nans are one, and but
 * for `digits`.
 *
 * JSON: {"tensors": [{"name": "w1.weight", "step": 1, "section": "forward", "dtype": "float32",
 *       "shape": [3, 2], "values": [[0.15, 0.2], [0.25, 0.3], [0.35, 0.4]]}, ...]}
 *       A line a tensor. The values are nested as the shape is; of a tensor without dimensions they
 *       are one number. A floating-point number always has a point or an exponent, and may be NaN,
 *       Infinity or -Infinity, as Python reads and writes them; bools are true and false.
 *
 * CSV:  step,section,name,dtype,shape,index,value
 *       1,forward,w1.weight,float32,3 2,0 1,0.2
 *       A row an element: one without any has none. Bools are 1 and 0; nan, inf, -inf.
 *
 * NPZ:  what numpy.load() opens: a zip, not compressed, of SECTION/NAME.npy, as forward/w1.weight;
 *       where there are several training steps, or a later one alone, STEP/SECTION/NAME.npy. A name
 *       that would be there twice is NAME@2 the second time. Little-endian, without times.
 *
 * C:    a header for C99 and C++11, `hex` for C++17: static const float forward_w1_weight[6] = {...}
 *       for each that has elements, and a table of all, mlpstep_tensors. What cannot stand in an
 *       identifier is _, and a number behind it makes it unique; where there are several training
 *       steps it begins with forward1_, backward1_, step1_. */
#ifndef MLPSTEP_FORMATS_H
#define MLPSTEP_FORMATS_H

#include "mlpstep/trace.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_format {
    MLP_FORMAT_JSON,
    MLP_FORMAT_CSV,
    MLP_FORMAT_NPZ,
    MLP_FORMAT_C
} mlp_format;

typedef struct mlp_format_options {
    mlp_format format;
    const char *const *only; /* as those of a report: see mlpstep/report.h; NULL: all */
    /* Of floating-point numbers in CSV and C: */
    int digits; /* so many significant ones, up to MLP_MAX_DIGITS; 0: as many as read back */
    bool hex;   /* 0x1.99999ap-3 */
} mlp_format_options;

/* Writes the tensors of a finished trace. False, with one diagnostic, for a name in `only` that is
 * no entry, where LC_NUMERIC has another decimal point than C, for what no NPZ of this kind holds
 * (more than 65535 tensors or 4 GiB), and without memory; nothing is written then. Whether `out`
 * took it all is for the caller to ask, with ferror. NPZ is no text: `out` is to be binary. */
bool mlp_format_write(FILE *out, const mlp_trace *trace, const mlp_format_options *options,
                      mlp_diagnostic *error);

#ifdef __cplusplus
}
#endif

#endif
