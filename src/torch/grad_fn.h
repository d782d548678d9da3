/* Tensor.grad_fn: the node of the graph that made a tensor. */
#ifndef MLPSTEP_TORCH_GRAD_FN_H
#define MLPSTEP_TORCH_GRAD_FN_H

#include "torch.h"

/* None of a leaf, and of what requires no gradient. */
object *grad_fn(call *c, const object *tensor);

/* Where the gradients come from that the node of a value hands on, in PyTorch's order. */
typedef struct {
    size_t count;
    struct {
        int input;   /* of the value's step; negative: there is never one */
        bool turned; /* the node has the transpose of that input */
    } items[MLP_MAX_INPUTS];
} node_gradients;
/* false where that is not known here. */
bool find_node_gradients(call *c, const mlp_value *value, node_gradients *found);

/* Tensor.retains_grad, output_nr and _version; NULL of another name. */
object *tensor_autograd_attribute(call *c, const object *tensor, const char *name);

#endif
