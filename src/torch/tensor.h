/* Tensors as a script sees them: making them, their attributes and methods. */
#ifndef MLPSTEP_TORCH_TENSOR_H
#define MLPSTEP_TORCH_TENSOR_H

#include "dtype.h"
#include "tuples.h"

extern const struct type tensor_type;

/* The object of a variable, and the other way round. */
object *variable_object(call *c, mlp_variable *variable);
/* That of a new variable, which holds the value, and requires grad as the value does. */
object *value_object(call *c, mlp_value *value);
mlp_variable *variable_of(const object *tensor);
bool is_tensor(const object *o);
/* Made by nn.Parameter or by a module for itself. */
bool is_parameter(const object *o);

/* Numbers for a tensor to hold, all 0, which are charged to the run. */
mlp_tensor tensor_zeroed(call *c, mlp_dtype dtype, size_t ndim, const size_t *shape);
/* A new tensor of zeros that was given, not computed. */
mlp_variable *tensor_new(call *c, mlp_dtype dtype, size_t ndim, const size_t *shape,
                         bool requires_grad);
/* Gives the numbers of such a tensor their bounds, NULL where they are exact. Where the run is in
 * doubt, it keeps those that it has: none is known. */
void tensor_set_bound(mlp_value *given, double *bound);
/* A new one in the shape of a value, laid out in memory as it is. */
mlp_variable *tensor_like(call *c, const mlp_value *like, mlp_dtype dtype, bool requires_grad);
/* The numbers of `data`: nested lists or tuples of numbers, or one number. dtype NULL: that
 * of the numbers, as torch.tensor chooses it. */
mlp_variable *tensor_from(call *c, const object *data, const mlp_dtype *dtype, bool requires_grad);
/* The same numbers without history: detach(), and .data, whose changes autograd does not notice. */
mlp_variable *tensor_detached(call *c, mlp_variable *of);
mlp_variable *tensor_data(call *c, mlp_variable *of);
/* A tensor that is `of` once more: the result of an operation that gave its input back. */
mlp_variable *tensor_same(call *c, mlp_variable *of, const mlp_variable *result);
/* copy.deepcopy() of a leaf. */
object *tensor_deep_copied(call *c, object *self, copies *deep);
/* The name of its type before it had a dtype: torch.FloatTensor. */
const char *tensor_type_name(mlp_dtype dtype);
/* The value that a Tensor has now. */
mlp_value *tensor_value(call *c, const object *tensor);
/* requires_grad_(). */
void tensor_require_grad(call *c, mlp_variable *variable, bool requires_grad);
/* The numbers once more, in the dtype and without history, by a step that has no entry. */
mlp_value *tensor_copied(call *c, mlp_value *of, mlp_dtype dtype);
/* .data = .data.to(dtype): what a module does with its parameters. */
void tensor_convert(call *c, mlp_variable *variable, mlp_dtype dtype);
/* The result of a step, which is computed and recorded; fails where its operation refuses the
 * inputs, and passes its warning on. */
mlp_value *tensor_step(call *c, const mlp_request *request);
/* The same as a tensor of its own. */
mlp_variable *tensor_computed(call *c, const mlp_request *request);
/* The same as an object. */
object *tensor_result(call *c, const mlp_request *request);
/* The numbers one behind the other, by a step that has no entry. */
mlp_value *tensor_flattened(call *c, mlp_value *v);
/* Values of one shape and dtype as one, along a new first dimension, by steps that have no entry; at
 * least one. `items` is scratch afterwards. */
mlp_value *tensor_stacked(call *c, mlp_value **items, size_t count);
/* The same along a new dimension. */
mlp_value *tensor_stacked_along(call *c, mlp_value **items, size_t count, size_t dim);
/* The numbers of a list or of one number, which nobody gave a name. */
mlp_value *tensor_constant(call *c, const object *data, mlp_dtype dtype);
/* One size, out of a script. Fails where it is negative, or more than the processor can count. */
size_t tensor_size_of(call *c, int64_t size);
/* The sizes of a shape. */
mlp_sizes tensor_sizes(size_t ndim, const size_t *shape);
/* Numbers for a tensor to hold, and their bounds, NULL where they are exact or nobody asks. */
typedef struct {
    mlp_tensor tensor;
    double *bound;
} fresh_numbers;

/* The tensor holds the value, which a step has just computed, or these numbers, from now on. Returns
 * the value that was made of them. */
void tensor_assign(call *c, mlp_variable *variable, mlp_value *v);
mlp_value *tensor_overwrite(call *c, mlp_variable *variable, fresh_numbers given);
/* Refuses, as PyTorch does, a change of one that reads the other, if that is a tensor, where they
 * share some of their memory. */
void tensor_check_overlap(call *c, const object *written, const object *read);
/* Refuses a change in place, by way of autograd, of what a backward hook of a module watches: its
 * history would go around the node that calls the hook. */
void tensor_check_watched(call *c, const mlp_variable *variable);
/* A view holds the value: the tensor that it was made from has these numbers at its places. */
void tensor_assign_view(call *c, mlp_variable *view, mlp_value *v, bool without_history);
/* The same as under torch.no_grad(). */
void tensor_replace(call *c, mlp_variable *variable, mlp_value *v);
void tensor_reset(call *c, mlp_variable *variable, fresh_numbers given);
/* Makes all numbers of t this one. */
void tensor_fill(mlp_tensor *t, mlp_number number);
/* The bounds of t, all of whose numbers are this one; NULL where it is exact, or nobody asks. */
double *tensor_bound_of(call *c, const mlp_tensor *t, mlp_number number);
/* Numbers for the tensor to hold: all of them this one. */
fresh_numbers tensor_filled(call *c, const mlp_variable *like, mlp_number number);
/* The same of 0, which nobody writes to. */
fresh_numbers tensor_zeros_like(call *c, const mlp_variable *like);

/* item(): the one element as a Python number. */
object *tensor_item(call *c, const object *tensor);
/* Its number where o is a tensor of one integer, which serves as a whole number; else o itself. */
const object *tensor_as_whole(call *c, const object *o);
/* Counts a negative dimension from the last one; there are `more` dimensions than t has. */
size_t tensor_dim_of(call *c, const mlp_tensor *t, int64_t dim, size_t more);
/* A view of the tensor, by an operation that computes nothing. */
object *tensor_view(call *c, object *self, const mlp_operation *operation,
                    const mlp_options *options);
/* The same by a step that has no entry. */
object *tensor_hidden_view(call *c, const object *self, const mlp_operation *operation,
                           const mlp_options *options);
/* The tensor in another dtype; itself where it has that already. */
object *tensor_cast(call *c, object *self, mlp_dtype dtype);

/* zero_grad() of one tensor: zeros, or None. */
void zero_gradient(call *c, mlp_variable *variable, bool set_to_none);
/* The argument set_to_none of a zero_grad(), which may be left out. */
bool sets_to_none(const call *c);
/* Random numbers for the tensor to hold, with a warning where the script did not seed: those of
 * tensor.uniform_(from, to), normal_(mean, std), bernoulli_(p). */
fresh_numbers tensor_uniform(call *c, const mlp_variable *like, double from, double to);
fresh_numbers tensor_normal(call *c, const mlp_variable *like, double mean, double std);
fresh_numbers tensor_bernoulli(call *c, const mlp_variable *like, double p, mlp_tensor **other);
/* Numbers for the mask of a tensor, each 1 with probability keep. Returns the mask that is drawn in
 * the other way, or NULL without a seed; so does *other. */
mlp_tensor *draw_mask(call *c, int64_t *mask, const mlp_tensor *like, double keep);
/* The first ones into a tensor that nobody has seen yet, without the warning; returns its bounds. */
double *fill_uniform(call *c, mlp_tensor *t, double from, double to);
/* Moves numbers that were drawn one behind the other to where `like`, of the same shape, has them
 * one behind the other in PyTorch's memory. */
void fill_as_laid_out(call *c, mlp_tensor *t, const mlp_value *like);
/* Says, once, that the script did not seed; the same where the value has numbers that were drawn
 * before it did, and are shown or used now. */
void warn_unseeded(call *c);
void warn_if_unseeded(call *c, const mlp_value *v);
/* The script goes on as the numbers say: it is in doubt where they may say something else. */
void tensor_decides(call *c, const mlp_value *v);
/* The value of a Tensor, or its numbers, for whoever reads them: with that warning. */
const mlp_value *tensor_read(call *c, const object *tensor);
const mlp_tensor *tensor_numbers(call *c, const object *tensor);
/* The sizes by which zeros(2, 3), zeros((2, 3)) and zeros(size=x.shape) make a tensor. */
#define BY_SIZE                                                               \
    "*size: int, dtype = None, device = None, requires_grad: bool = False | " \
    "size: sequence, *, dtype = None, device = None, requires_grad: bool = False"
size_t sizes_of(call *c, const object *sizes, size_t shape[MLP_MAX_DIMS]);

#endif
