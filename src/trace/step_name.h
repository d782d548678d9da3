/* Names that tell of which step of a training, or how manieth, a value is: y@2, y@2.grad. */
#ifndef MLPSTEP_TRACE_STEP_NAME_H
#define MLPSTEP_TRACE_STEP_NAME_H

#include "mlpstep/trace.h"

/* The number in y@2, y@2.grad or y.grad@2; 0 where there is none. */
uint64_t step_name_number(const char *name);
/* The same without it: y, y.grad. NULL without memory. */
const char *step_name_common(mlp_arena *arena, const char *name);
/* Whether a number is that of a step of the training, with all that the trace holds: it has none of
 * steps before, or one step alone. */
bool step_names_count(const mlp_trace *trace);

#endif
