/* Results that PyTorch computes by several operations: the steps on the way, which have no entry. */
#ifndef MLPSTEP_TORCH_STEPS_H
#define MLPSTEP_TORCH_STEPS_H

#include "torch.h"

/* An operation on x, with these options; on a and b, broadcast to one shape; with a number. */
mlp_value *step_on(call *c, const mlp_operation *operation, mlp_value *x, mlp_options options);
mlp_value *step_of_two(call *c, const mlp_operation *operation, mlp_value *a, mlp_value *b);
mlp_value *step_number(call *c, const mlp_operation *operation, mlp_value *x, double number);
/* x[start:stop] along the dimension; x[index], without it. */
mlp_value *step_slice(call *c, mlp_value *x, size_t dim, size_t start, size_t stop);
mlp_value *step_select(call *c, mlp_value *x, size_t dim, size_t index);
/* The sum along the dimension, without it. */
mlp_value *step_sum(call *c, mlp_value *x, size_t dim);
/* The dimensions that the script names, if any, where dim is not NULL; None and () are all. */
void take_dims(call *c, mlp_options *options, const mlp_tensor *t, const object *dim);
/* Under these sizes, by mlp_reshape or one of its kin. */
mlp_value *step_sizes(call *c, const mlp_operation *operation, mlp_value *x, mlp_sizes sizes);
/* The value, which a step has just computed, as what the script receives. */
object *step_result(call *c, mlp_value *v);
/* The same under this name of its node in PyTorch. */
object *step_result_of(call *c, mlp_value *v, const char *grad_fn);

#endif
