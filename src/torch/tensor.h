/* Tensors as a script sees them: making them, their attributes and methods. */
#ifndef MLPSTEP_TORCH_TENSOR_H
#define MLPSTEP_TORCH_TENSOR_H

#include "python/native.h"

/* A new tensor of zeros that was given, not computed. */
mlp_variable *tensor_new(script *s, mlp_dtype dtype, size_t ndim, const size_t *shape,
                         bool requires_grad);
/* The numbers of a value: nested lists or tuples of numbers, or one number. dtype NULL: that
 * of the numbers, as torch.tensor chooses it. */
mlp_variable *tensor_from(script *s, const object *data, const mlp_dtype *dtype,
                          bool requires_grad);
/* The same numbers without history: detach(), .data. */
mlp_variable *tensor_detached(script *s, mlp_variable *of);
/* A tensor that is `of` once more: the result of an operation that gave its input back. */
mlp_variable *tensor_same(script *s, mlp_variable *of, const mlp_variable *result);
/* The value that a Tensor has now. */
mlp_value *tensor_value(script *s, const object *tensor);
/* requires_grad_(). */
void tensor_require_grad(script *s, mlp_variable *variable, bool requires_grad);
/* The numbers once more, in the dtype and without history, by a step that has no entry. */
mlp_value *tensor_copied(script *s, mlp_value *of, mlp_dtype dtype);
/* .data = .data.to(dtype): what a module does with its parameters. */
void tensor_convert(script *s, mlp_variable *variable, mlp_dtype dtype);
/* The tensor holds the value, which a step has just computed, or these numbers, from now on. */
void tensor_assign(script *s, mlp_variable *variable, mlp_value *v);
void tensor_overwrite(script *s, mlp_variable *variable, mlp_tensor numbers);
void tensor_fill(script *s, mlp_variable *variable, double number);

/* Tells the trace of the tensors that are printed: the value, or those in it. */
void tensor_echo(script *s, const object *v);

/* item(): the one element as a Python number. */
object *tensor_item(script *s, const object *tensor);
/* Counts a negative dimension from the last one; there are `more` dimensions than t has. */
size_t tensor_dim_of(script *s, const mlp_tensor *t, int64_t dim, size_t more);
/* Whether the numbers of the tensor stand one behind the other, as those of no transposed view. */
bool tensor_is_contiguous(script *s, const object *tensor);
/* A view of the tensor, by an operation that computes nothing. */
object *tensor_view(script *s, object *self, const mlp_operation *operation,
                    const double option[MLP_MAX_OPTIONS]);
/* The tensor in another dtype; itself where it has that already. */
object *tensor_cast(script *s, object *self, mlp_dtype dtype);

object *tensor_attribute(script *s, object *self, const char *name);
void tensor_set_attribute(script *s, object *self, const char *name, object *v);
/* The attributes that are no methods, for "did you mean". */
void tensor_consider(nearest *near);

/* zero_grad() of one tensor: zeros, or None. */
void zero_gradient(script *s, mlp_variable *variable, bool set_to_none);
/* Random numbers, with a warning where the script did not seed: tensor.uniform_(from, to),
 * normal_(mean, std), bernoulli_(p). */
void tensor_draw_uniform(script *s, mlp_variable *variable, double from, double to);
void tensor_draw_normal(script *s, mlp_variable *variable, double mean, double std);
void tensor_draw_bernoulli(script *s, mlp_variable *variable, double p);
/* The same into a tensor that nobody has seen yet, without the warning. */
void fill_uniform(script *s, mlp_tensor *t, double from, double to);
/* Says, once, that the script did not seed. */
void script_warn_unseeded(script *s);
/* *size as it is given: zeros(2, 3), zeros((2, 3)), zeros(x.shape). */
size_t sizes_of(script *s, const object *sizes, size_t shape[MLP_MAX_DIMS]);

/* The dtype= argument; the default dtype where it is None. */
mlp_dtype dtype_argument(script *s, const object *v);
/* Refuses a device other than the CPU. */
void check_device(script *s, const object *v);

#endif
