/* What the files of the trace share of one walk in reverse. */
#ifndef MLPSTEP_TRACE_SWEEP_H
#define MLPSTEP_TRACE_SWEEP_H

#include "keep.h"
#include "record.h"

/* Of one value, during one sweep. */
struct mlp_gathering {
    const mlp_value *value; /* NULL: a free place */
    mlp_value *pending;     /* the gradient gathered so far */
    size_t awaited;         /* gradients still to come */
};

/* What one sweep carries from function to function. */
typedef struct {
    mlp_trace *trace;
    const mlp_differentiation *of;
    bool create_graph;
    size_t number;                /* of the trace's sweeps, from 1 */
    struct mlp_gathering *places; /* by the values' numbers, which are where they begin to be */
    size_t capacity;              /* a power of 2, more than there are values */
    mlp_step **steps;             /* the forward steps that the roots depend on, the latest first */
    size_t count, room;
    mlp_sweep *record;
    mlp_diagnostic *error;
} sweep;

/* A step of the sweep's own, which has a history where the graph of gradients is wanted. */
mlp_value *sweep_compute(sweep *s, const mlp_request *request);
mlp_value *sweep_add(sweep *s, mlp_value *a, mlp_value *b);

/* The gradient is complete, and is somebody's from now on. */
void sweep_complete(mlp_value *gradient);
/* *gradient becomes what the .grad of the leaf holds. */
bool sweep_store(sweep *s, mlp_variable *variable, mlp_value **gradient);
/* What retain_grad() asked for. Unlike that of a leaf, the .grad of an earlier backward stays as it
 * is for whoever has it, and the sum is another tensor, in the wider dtype. */
bool sweep_retain(sweep *s, mlp_variable *variable, mlp_value *gradient);

/* Whether what the backward of the step reads is there still. */
bool sweep_check_saved(const mlp_step *step, unsigned wanted, mlp_diagnostic *error);
/* Records the gradients of a step that are wanted, bit i for in[i], in din. */
bool sweep_differentiate(sweep *s, mlp_step *forward, mlp_value *gradient, unsigned wanted,
                         mlp_value *din[MLP_MAX_INPUTS]);

#endif
