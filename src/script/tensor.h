/* Tensors as a script sees them: making them, their attributes and methods. */
#ifndef MLPSTEP_SCRIPT_TENSOR_H
#define MLPSTEP_SCRIPT_TENSOR_H

#include "native.h"

/* A new tensor of zeros that was given, not computed. */
mlp_variable *tensor_new(script *s, mlp_dtype dtype, size_t ndim, const size_t *shape,
                         bool requires_grad);
/* The numbers of a value: nested lists or tuples of numbers, or one number. dtype NULL: that
 * of the numbers, as torch.tensor chooses it. */
mlp_variable *tensor_from(script *s, const value *data, const mlp_dtype *dtype, bool requires_grad);
/* The same numbers without history: detach(), .data. */
mlp_variable *tensor_detached(script *s, mlp_variable *of);
/* The value that a Tensor has now. */
mlp_value *tensor_value(script *s, const value *tensor);
/* requires_grad_(). */
void tensor_require_grad(script *s, mlp_variable *variable, bool requires_grad);
/* The tensor holds these numbers from now on: zero_(), normal_(). */
void tensor_overwrite(script *s, mlp_variable *variable, mlp_tensor numbers);

value *tensor_attribute(script *s, value *self, const char *name);
void tensor_set_attribute(script *s, value *self, const char *name, value *v);
/* The attributes that are no methods, for "did you mean". */
void tensor_consider(nearest *near);

/* zero_grad() of one tensor: zeros, or None. */
void zero_gradient(script *s, mlp_variable *variable, bool set_to_none);
/* tensor.uniform_(from, to). */
void tensor_uniform(script *s, mlp_tensor *t, double from, double to);
/* Where random numbers are used: says, once, that the script did not seed. */
void script_warn_unseeded(script *s);

/* The dtype= argument; the default dtype where it is None. */
mlp_dtype dtype_argument(script *s, const value *v);
/* Refuses a device other than the CPU. */
void check_device(script *s, const value *v);

#endif
