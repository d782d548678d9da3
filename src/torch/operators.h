/* Python's operators where a Tensor takes part. */
#ifndef MLPSTEP_TORCH_OPERATORS_H
#define MLPSTEP_TORCH_OPERATORS_H

#include "torch.h"

/* a op b; one of them is a Tensor, the other one too, or a number. */
object *tensor_binary(call *c, operator op, object *a, object *b);
/* a op= b of a Tensor a, in place; returns what the name a is bound to afterwards. */
object *tensor_in_place(call *c, operator op, object *a, object *b);
/* The result of a change in place as what is changed holds it: integers, of another integer type. */
mlp_value *tensor_held(call *c, mlp_value *result, mlp_dtype dtype);
/* An operation on two Tensors, promoted and broadcast: torch.maximum. */
object *tensor_pairwise(call *c, const mlp_operation *operation, object *a, object *b);
/* a / b, rounded to whole numbers by one of the rows for it; b may be a number. */
object *tensor_rounded_quotient(call *c, const mlp_operation *operation, object *a, object *b);
/* The request for an operation on several Tensors, cast to one dtype, `least` or a higher one, and
 * broadcast to one shape. */
mlp_request tensor_joined(call *c, const mlp_operation *operation, mlp_dtype least,
                          object *const *operands, size_t count);
/* An operation of two Tensors, broadcast to one shape. */
object *tensor_broadcast(call *c, const mlp_request *request, object *a, object *b);
/* a op b, & | or ^ of what is not 0; what is 0. */
object *tensor_logical(call *c, operator op, object *a, object *b);
object *tensor_logical_not(call *c, object *a);
/* The operation of the request on what the variable holds, in place; returns the variable. */
mlp_variable *tensor_changed(call *c, mlp_request request, mlp_variable *variable);
/* torch.promote_types */
mlp_dtype dtype_promoted(mlp_dtype a, mlp_dtype b);
/* torch.result_type of two operands, each a Tensor or a number. */
mlp_dtype tensor_result_type(call *c, object *a, object *b);
/* The value in another dtype, by a step that a report does not show; itself where it has it. */
mlp_value *tensor_in_dtype(call *c, mlp_value *v, mlp_dtype dtype);
/* The value broadcast to a shape, by a step that a report does not show; itself where it has it. */
mlp_value *tensor_expanded(call *c, mlp_value *v, const mlp_shape *shape);
/* The same with both, to the shape that they have together; fails where there is none. */
void tensor_broadcast_pair(call *c, mlp_value **a, mlp_value **b);
/* Fails where one of them is a bool, of which PyTorch takes no differences. */
void tensor_check_difference(call *c, const object *a, const object *b);
/* a @ b where b is a batch of matrices, and a another one, or a matrix or a vector. */
object *tensor_batch_product(call *c, object *a, object *b);
/* a + alpha b, of Tensors. */
object *tensor_scaled(call *c, const mlp_operation *operation, object *a, object *b, double alpha);
/* -a, abs(a), ~a */
object *tensor_negative(call *c, object *a);
object *tensor_positive(call *c, object *a);
object *tensor_absolute(call *c, object *a);
object *tensor_inverted(call *c, object *a);
/* a[index]: an integer, a slice, a Tensor, None, or a tuple of them. */
object *tensor_index(call *c, object *a, object *index);
/* The same for an index that only arranges or picks elements, without an entry in the report. */
object *tensor_index_hidden(call *c, object *a, object *index);
/* Where the elements are not 0: for each dimension of v, 1 for a number without, the indices along
 * it, as an int64 tensor that has no entry. `index` has room for MLP_MAX_DIMS. */
void tensor_nonzero(call *c, const mlp_value *v, mlp_value **index);
/* a[index] = v, and a[index] op= v. */
void tensor_assign_elements(call *c, object *a, object *index, object *v);
/* Refuses a change in place, by way of autograd, of a leaf that requires grad, or of a view of one;
 * is_part: of elements of the variable. */
void tensor_check_leaf(call *c, mlp_variable *variable, bool is_part);
/* a[...] = v where that has a history, under PyTorch's name of the node if a is no view. False, and
 * nothing is done, where it has none. */
bool tensor_assign_whole(call *c, object *a, object *v, const char *grad_fn);
void tensor_augment_elements(call *c, operator op, object *a, object *index, object *v);
/* bool(a): of a Tensor of one element. */
bool tensor_truth(call *c, const object *a);

#endif
