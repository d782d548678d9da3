/* Tensor.grad_fn: the node of the graph that made a tensor. */
#ifndef MLPSTEP_TORCH_GRAD_FN_H
#define MLPSTEP_TORCH_GRAD_FN_H

#include "torch.h"

/* None of a leaf, and of what requires no gradient. */
object *grad_fn(call *c, const object *tensor);

/* Tensor.retains_grad, output_nr and _version; NULL of another name. */
object *tensor_autograd_attribute(call *c, const object *tensor, const char *name);

#endif
