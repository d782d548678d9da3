#ifndef MLPSTEP_TRACE_REPEATED_H
#define MLPSTEP_TRACE_REPEATED_H

#include "mlpstep/trace.h"

/* Takes the values that are `unless_computed`, and their formulas, out of the entries where the
 * script computes the same. False without memory. */
bool trace_drop_repeated(mlp_trace *trace);

#endif
