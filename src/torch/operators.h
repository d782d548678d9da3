/* Python's operators where a Tensor takes part. */
#ifndef MLPSTEP_TORCH_OPERATORS_H
#define MLPSTEP_TORCH_OPERATORS_H

#include "python/object.h"

/* a op b; one of them is a Tensor. `where` is the whole expression. */
value *tensor_binary(script *s, operator op, value *a, value *b, mlp_span where);
/* a op= b of a Tensor a, in place; returns what the name a is bound to afterwards. */
value *tensor_in_place(script *s, operator op, value *a, value *b, mlp_span where);
/* An operation on two Tensors, promoted and broadcast: torch.maximum. */
value *tensor_pairwise(script *s, const mlp_operation *operation, value *a, value *b);
/* The value broadcast to a shape, by a step that a report does not show; itself where it has it. */
mlp_value *tensor_expanded(script *s, mlp_value *v, const mlp_shape *shape);
/* Fails where one of them is a bool, of which PyTorch takes no differences. */
void tensor_check_difference(script *s, const value *a, const value *b);
/* a + alpha b, of Tensors. */
value *tensor_add_scaled(script *s, value *a, value *b, double alpha);
/* -a */
value *tensor_negative(script *s, value *a, mlp_span where);
/* a[index]: an integer, a slice, a Tensor, None, or a tuple of them. */
value *tensor_index(script *s, value *a, value *index, mlp_span where);
/* The same for an index that only arranges or picks elements, without an entry in the report. */
value *tensor_index_hidden(script *s, value *a, value *index, mlp_span where);
/* a[index] = v, and a[index] op= v. */
void tensor_assign_elements(script *s, value *a, value *index, value *v, mlp_span where);
void tensor_augment_elements(script *s, operator op, value *a, value *index, value *v,
                             mlp_span where);
/* bool(a): of a Tensor of one element. */
bool tensor_truth(script *s, const value *a, mlp_span where);

#endif
