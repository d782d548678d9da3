/* What the files of the trace share: appending steps and entries. Functions that return
 * bool or a pointer fail without memory. */
#ifndef MLPSTEP_TRACE_RECORD_H
#define MLPSTEP_TRACE_RECORD_H

#include "mlpstep/trace.h"

bool trace_out_of_memory(const mlp_trace *trace, mlp_diagnostic *error);

/* Begins a section of entries unless it is the current one. */
bool trace_begin_section(mlp_trace *trace, mlp_phase section);
/* Appends a comment entry for a step that has an origin. */
bool trace_show_formula(mlp_trace *trace, const mlp_step *step);

mlp_step *trace_append_step(mlp_trace *trace, mlp_phase phase, const mlp_operation *operation,
                            const mlp_origin *origin);
/* mlp_trace_apply without entries. */
mlp_value *trace_compute(mlp_trace *trace, const mlp_operation *operation, const mlp_origin *origin,
                         mlp_value *const in[MLP_MAX_INPUTS], const double option[MLP_MAX_OPTIONS],
                         const char **warning, mlp_diagnostic *error);

/* Whether the memory of the value holds other numbers by now, or belongs to nobody any more. */
bool trace_is_overwritten(const mlp_value *value);

/* Says of a forward step's result whether it is given, and what it is the same as. */
void trace_note_origin(mlp_value *value);

mlp_shape trace_shape_of(const mlp_tensor *tensor);
mlp_value *trace_new_output(mlp_trace *trace, mlp_step *step, size_t index, const mlp_shape *shape,
                            mlp_diagnostic *error);

#endif
