/* torch.autograd: gradients of any tensors, and what is done with them on the way. */
#ifndef MLPSTEP_TORCH_AUTOGRAD_H
#define MLPSTEP_TORCH_AUTOGRAD_H

#include "tensor.h"

/* What retain_graph=None means: as create_graph. */
bool retains_graph(const object *retain_graph, const object *create_graph);
/* backward() of tensors: gradients of each, or NULL for none. `inputs`: the leaves whose .grad
 * receives theirs, or None for all. */
void differentiate_backward(call *c, const mlp_differentiation *of, object *inputs);

/* The value of the Tensor that a hook returned in place of the gradient; fails where it does not
 * fit. */
mlp_value *hook_result(call *c, const mlp_value *gradient, const object *tensor);
/* What registering a hook returns: its remove() sets *removed. */
object *hook_handle(call *c, bool *removed);

#endif
