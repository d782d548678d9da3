/* What the files of the trace share: recording steps, appending entries. What returns
 * bool or a pointer, and takes no diagnostic, fails without memory. */
#ifndef MLPSTEP_TRACE_RECORD_H
#define MLPSTEP_TRACE_RECORD_H

#include "mlpstep/trace.h"

bool trace_out_of_memory(const mlp_trace *trace, mlp_diagnostic *error);

/* Begins a section of entries unless it is the current one. */
bool trace_begin_section(mlp_trace *trace, mlp_phase section);
/* Something is to be shown in the section: behind an update, a training step begins. */
bool trace_come_to(mlp_trace *trace, mlp_phase section);
/* Appends the number of a training step that begins. */
bool trace_show_number(mlp_trace *trace, uint64_t number);
/* Appends a comment entry for a step that has an origin. */
bool trace_show_formula(mlp_trace *trace, const mlp_step *step);

/* Appends the backward step of the draft, which has no outputs, with a new value for each bit of
 * `outputs`, of the shape given for it; and runs it. */
mlp_step *trace_add_backward(mlp_trace *trace, const mlp_step *draft, unsigned outputs,
                             const mlp_shape shape[MLP_MAX_OUTPUTS], mlp_diagnostic *error);
/* A value that was given has no bounds, unless the trace is lost. */
bool trace_bound_given(mlp_trace *trace, mlp_value *value);
/* Gives what the step has just computed its bounds, in a trace that keeps them. */
bool trace_bound_step(mlp_trace *trace, const mlp_step *step, const mlp_call *call);
/* What the step was given and gave: for a backward step the call of the operation's backward. */
mlp_call trace_call_of(const mlp_step *step);
/* mlp_trace_record without entries, as under torch.no_grad() or not. */
mlp_value *trace_compute(mlp_trace *trace, const mlp_request *request, bool no_grad,
                         const char **warning, mlp_diagnostic *error);
/* Appends the comment, and entries for the inputs that have none yet. */
bool trace_show_step(mlp_trace *trace, const mlp_step *step);

/* mlp_variable_value, as under torch.no_grad() or not. */
mlp_value *trace_value_of(mlp_trace *trace, mlp_variable *variable, bool no_grad,
                          mlp_diagnostic *error);

/* Whether the step's backward has a gradient for in[i] that comes to somebody who wants it. */
bool trace_passes_on(const mlp_step *step, size_t i);

/* Whether the memory of the value holds other numbers by now, or belongs to nobody any more. */
bool trace_is_overwritten(const mlp_value *value);

/* Says of a forward step's result whether it is given, and what it is the same as. */
void trace_note_origin(mlp_value *value);

/* Says of a forward step's result whether no seed decides its numbers. */
bool trace_note_unseeded(mlp_trace *trace, mlp_value *value);
/* ... that a number was written to these places of it. */
void trace_note_places(mlp_value *value, const mlp_tensor *places);

/* Says where PyTorch would have the result of a forward step in memory. */
bool trace_note_layout(mlp_trace *trace, mlp_value *value);
/* Of a product: which of its inputs lie by columns. */
void trace_note_columns(mlp_options *options, mlp_value *const in[MLP_MAX_INPUTS]);

mlp_shape trace_shape_of(const mlp_value *value);

#endif
