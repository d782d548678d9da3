/* All values that belong to a trace: its steps', those of the forward steps of its backward steps,
 * its entries' and its sweeps'. */
#ifndef MLPSTEP_TRACE_EACH_H
#define MLPSTEP_TRACE_EACH_H

#include "mlpstep/trace.h"

/* False ends the walk. A value is visited as often as it occurs. */
typedef bool visit_value(void *context, mlp_value *value);
bool each_value(const mlp_trace *trace, visit_value *visit, void *context);

#endif
