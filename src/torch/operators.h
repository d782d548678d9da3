/* Python's operators where a Tensor takes part. */
#ifndef MLPSTEP_TORCH_OPERATORS_H
#define MLPSTEP_TORCH_OPERATORS_H

#include "python/object.h"

/* a op b; one of them is a Tensor. `where` is the whole expression. */
object *tensor_binary(script *s, operator op, object *a, object *b, mlp_span where);
/* a op= b of a Tensor a, in place; returns what the name a is bound to afterwards. */
object *tensor_in_place(script *s, operator op, object *a, object *b, mlp_span where);
/* An operation on two Tensors, promoted and broadcast: torch.maximum. */
object *tensor_pairwise(script *s, const mlp_operation *operation, object *a, object *b);
/* The value broadcast to a shape, by a step that a report does not show; itself where it has it. */
mlp_value *tensor_expanded(script *s, mlp_value *v, const mlp_shape *shape);
/* Fails where one of them is a bool, of which PyTorch takes no differences. */
void tensor_check_difference(script *s, const object *a, const object *b);
/* a + alpha b, of Tensors. */
object *tensor_add_scaled(script *s, object *a, object *b, double alpha);
/* -a */
object *tensor_negative(script *s, object *a, mlp_span where);
/* a[index]: an integer, a slice, a Tensor, None, or a tuple of them. */
object *tensor_index(script *s, object *a, object *index, mlp_span where);
/* The same for an index that only arranges or picks elements, without an entry in the report. */
object *tensor_index_hidden(script *s, object *a, object *index, mlp_span where);
/* a[index] = v, and a[index] op= v. */
void tensor_assign_elements(script *s, object *a, object *index, object *v, mlp_span where);
void tensor_augment_elements(script *s, operator op, object *a, object *index, object *v,
                             mlp_span where);
/* bool(a): of a Tensor of one element. */
bool tensor_truth(script *s, const object *a, mlp_span where);

#endif
