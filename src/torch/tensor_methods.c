/* Methods of Tensor. Those that compute nothing new are here; see operators.c and reduce.c. */
#include "generator.h"
#include "autograd.h"
#include "operators.h"
#include "options.h"
#include "tensor.h"

#include "mlpstep/bound.h"

#include "python/format.h"
#include "python/iterate.h"
#include "python/off.h"

#include <float.h>
#include <math.h>

/* --- autograd --- */

static object *tensor_backward(call *c) {
    const object *given = c->arguments[0];
    mlp_value *root = tensor_value(c, c->self);
    mlp_value *gradient = given->kind == OBJECT_NONE ? NULL : tensor_value(c, given);
    const mlp_differentiation of = {.roots = &root,
                                    .gradients = &gradient,
                                    .count = 1,
                                    .retain_graph = retains_graph(c->arguments[1], c->arguments[2]),
                                    .create_graph = c->arguments[2]->as.boolean};
    if (of.create_graph)
        call_warn_otherwise(c);
    differentiate_backward(c, &of, c->arguments[3]);
    return object_none(c->script);
}

static object *tensor_requires_grad_(call *c) {
    tensor_require_grad(c, mlp_variable_original(variable_of(c->self)),
                        c->arguments[0]->as.boolean);
    return c->self;
}

static object *tensor_retain_grad(call *c) {
    mlp_variable *variable = mlp_variable_original(variable_of(c->self));
    if (!tensor_value(c, c->self)->requires_grad)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "can't retain_grad on Tensor that has requires_grad=False"),
                  "can't retain_grad() on a tensor that has requires_grad=False");
    if (!variable->value->leaf)
        variable->value->retainer = variable;
    return object_none(c->script);
}

static object *tensor_detach(call *c) {
    return variable_object(c, tensor_detached(c, variable_of(c->self)));
}

static object *tensor_detach_(call *c) {
    mlp_variable *variable = mlp_variable_original(variable_of(c->self));
    mlp_value *v = tensor_value(c, c->self);
    if (variable->view_of && !variable->detached_view)
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and hence detach_() cannot be called on these gradients. To fix this error, please refer to the Optimizer.zero_grad() function in torch/optim/optimizer.py as the solution."),
            "a view cannot be detached in place: write .detach()");
    if (v->requires_grad && v->leaf)
        tensor_require_grad(c, variable, false);
    else if (v->requires_grad && !mlp_trace_forget(trace_of(c), variable, script_error(c->script)))
        call_give_up(c);
    return c->self;
}

/* The numbers once more, by a step of their own. */
static object *tensor_cloned(call *c, const object *tensor) {
    return variable_object(c, tensor_computed(c, &(mlp_request){.operation = &mlp_clone,
                                                                .in = {tensor_value(c, tensor)}}));
}

static object *tensor_clone(call *c) {
    return tensor_cloned(c, c->self);
}

/* On the CPU and contiguous is what every tensor is: .cpu(), .contiguous(), .to("cpu"). */
static object *tensor_itself(call *c) {
    return c->self;
}

/* --- to Python --- */

/* How far element i of another build of PyTorch may be from this one: twice the bound, since both
 * are within that of the same exact number. Where the trace keeps none, it is one rounding to
 * float32 of what the script did not give, and is no whole number, as a count is. */
static double element_off(call *c, const mlp_value *v, size_t i) {
    const double number = mlp_tensor_get(&v->tensor, i);
    if (!isfinite(number))
        return 0;
    if (trace_of(c)->bounded)
        return 2 * mlp_value_bound(v, i);
    const bool is_exact = v->given || v->tensor.dtype != MLP_FLOAT32 || number == floor(number);
    return is_exact ? 0 : (double)FLT_EPSILON * fabs(number);
}

static object *element(call *c, const mlp_value *v, size_t i) {
    const mlp_tensor *t = &v->tensor;
    if (!mlp_dtype_is_floating(t->dtype) && mlp_value_bound(v, i) > 0)
        script_doubt(c->script);
    if (mlp_dtype_is_integer(t->dtype))
        return object_integer(c->script, mlp_tensor_get_int(t, i));
    if (t->dtype == MLP_BOOL)
        return object_bool(c->script, mlp_tensor_get(t, i) != 0);
    return object_estimated(c->script, (estimate){mlp_tensor_get(t, i), element_off(c, v, i)});
}

static call *raises_item(call *c, size_t numel) {
    return release_has(c, MLP_RUNS_ON_PYTHON_3_12)
               ? call_raises(c, RUNTIME_ERROR,
                             "a Tensor with %zu elements cannot be converted to Scalar", numel)
               : call_raises(c, VALUE_ERROR,
                             "only one element tensors can be converted to Python scalars");
}

object *tensor_item(call *c, const object *tensor) {
    const mlp_value *v = tensor_read(c, tensor);
    const mlp_tensor *t = &v->tensor;
    char shape[MLP_SHAPE_TEXT];
    if (t->numel != 1)
        call_fail(raises_item(c, t->numel),
                  "only a tensor with one element can be converted to a Python number, and "
                  "this one has shape %s",
                  mlp_shape_text(shape, t));
    return element(c, v, 0);
}

static object *method_item(call *c) {
    return tensor_item(c, c->self);
}

static object *to_list(call *c, const mlp_value *v, size_t dim, size_t first, size_t numel) {
    const mlp_tensor *t = &v->tensor;
    if (dim == t->ndim)
        return element(c, v, first);
    object *list = object_sequence(c->script, OBJECT_LIST, t->shape[dim]);
    for (size_t i = 0; i < t->shape[dim]; i++)
        list->as.sequence.items[i] =
            to_list(c, v, dim + 1, first + i * (numel / t->shape[dim]), numel / t->shape[dim]);
    return list;
}

static object *tensor_tolist(call *c) {
    const mlp_value *v = tensor_read(c, c->self);
    return to_list(c, v, 0, 0, v->tensor.numel);
}

static object *tensor_numel(call *c) {
    return object_integer(c->script, (int64_t)tensor_value(c, c->self)->tensor.numel);
}

static object *tensor_dim(call *c) {
    return object_integer(c->script, (int64_t)tensor_value(c, c->self)->tensor.ndim);
}

static object *tensor_size(call *c) {
    const mlp_tensor *t = &tensor_value(c, c->self)->tensor;
    if (!c->arguments[0])
        return size_object(c, t->ndim, t->shape);
    if (t->ndim == 0)
        call_fail(c, "size(dim) of a tensor without dimensions: it has none");
    return object_integer(c->script,
                          (int64_t)t->shape[tensor_dim_of(c, t, c->arguments[0]->as.integer, 0)]);
}

/* --- the same numbers in another shape --- */

/* A view of the tensor under the given sizes. */
static object *view(call *c, object *self, const mlp_operation *operation, size_t ndim,
                    const size_t *shape) {
    if (ndim > MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    return tensor_view(c, self, operation, &(mlp_options){.sizes = tensor_sizes(ndim, shape)});
}

static call *raises_sizes(call *c, const object *sizes, size_t numel) {
    object *list = iterate_all(c->script, (object *)sizes, OBJECT_LIST, c->where);
    return call_raises(c, RUNTIME_ERROR, "shape '%s' is invalid for input of size %zu",
                       format_repr(c, list), numel);
}

/* One size may be -1: what is left. */
static size_t infer_sizes(call *c, const mlp_tensor *t, const object *sizes,
                          size_t shape[MLP_MAX_DIMS]) {
    char from[MLP_SHAPE_TEXT];
    const size_t ndim = sizes->as.sequence.count;
    size_t known = 1, unknown = ndim;
    bool fits = ndim <= MLP_MAX_DIMS;
    for (size_t i = 0; i < ndim && fits; i++) {
        const object *size = tensor_as_whole(c, sizes->as.sequence.items[i]);
        const int64_t n = size->kind == OBJECT_INTEGER ? size->as.integer : -2;
        if (n < -1 || (n == -1 && unknown != ndim))
            call_fail(n == -1 ? call_raises(c, RUNTIME_ERROR, "only one dimension can be inferred")
                              : c,
                      "the sizes are whole numbers, one of which may be -1");
        if (n == -1) {
            unknown = i;
            continue;
        }
        shape[i] = (size_t)n;
        fits = (uint64_t)n <= SIZE_MAX && (n == 0 || known <= SIZE_MAX / (size_t)n);
        known *= (size_t)n;
    }
    if (fits && unknown < ndim) {
        fits = known > 0 && t->numel % known == 0;
        shape[unknown] = fits ? t->numel / known : 0;
        known = t->numel;
    }
    if (!fits || known != t->numel)
        call_fail(raises_sizes(c, sizes, t->numel),
                  "a tensor of shape %s has %zu elements, which do not fill %s",
                  mlp_shape_text(from, t), t->numel, format_repr(c, sizes));
    return ndim;
}

/* What PyTorch cannot view, reshape() copies. */
static object *reshaped(call *c, object *self, size_t ndim, const size_t *shape) {
    mlp_value *v = tensor_value(c, self);
    const mlp_options options = {.sizes = tensor_sizes(ndim, shape)};
    if (mlp_value_can_be_viewed(v, &options.sizes))
        return view(c, self, &mlp_reshape, ndim, shape);
    return variable_object(
        c, tensor_computed(
               c, &(mlp_request){.operation = &mlp_reshape_copy, .in = {v}, .options = options}));
}

static object *tensor_reshape(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = infer_sizes(c, &tensor_value(c, c->self)->tensor, c->arguments[0], shape);
    return reshaped(c, c->self, ndim, shape);
}

/* The function takes the sizes together only. */
static object *torch_reshape(call *c) {
    call inner = *c;
    inner.self = c->arguments[0];
    inner.arguments = c->arguments + 1;
    return tensor_reshape(&inner);
}

static object *tensor_reshape_as(call *c) {
    const mlp_tensor *like = &tensor_value(c, c->arguments[0])->tensor;
    call inner = *c;
    inner.arguments = (object *[]){size_object(c, like->ndim, like->shape)};
    return tensor_reshape(&inner);
}

static object *tensor_view_method(call *c) {
    size_t shape[MLP_MAX_DIMS];
    mlp_value *v = tensor_value(c, c->self);
    const size_t ndim = infer_sizes(c, &v->tensor, c->arguments[0], shape);
    const mlp_sizes sizes = tensor_sizes(ndim, shape);
    if (!mlp_value_can_be_viewed(v, &sizes))
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead."),
            "this tensor was transposed, sliced or expanded, and cannot be viewed under "
            "other sizes without a copy: write reshape() instead of view()");
    return view(c, c->self, &mlp_view, ndim, shape);
}

static object *tensor_view_as(call *c) {
    const mlp_tensor *like = &tensor_value(c, c->arguments[0])->tensor;
    call inner = *c;
    inner.arguments = (object *[]){size_object(c, like->ndim, like->shape)};
    return tensor_view_method(&inner);
}

static object *tensor_flatten(call *c) {
    const mlp_tensor *t = &tensor_value(c, c->self)->tensor;
    const size_t first = tensor_dim_of(c, t, c->arguments[0]->as.integer, 0);
    const size_t last = tensor_dim_of(c, t, c->arguments[1]->as.integer, 0);
    size_t shape[MLP_MAX_DIMS] = {1}, ndim = 0;
    if (first > last)
        call_fail(c, "flatten() has start_dim behind end_dim");
    if (t->ndim && first == last)
        return c->self;
    for (size_t i = 0; i < t->ndim; i++) {
        if (i > first && i <= last)
            shape[ndim - 1] *= t->shape[i];
        else
            shape[ndim++] = t->shape[i];
    }
    return reshaped(c, c->self, t->ndim ? ndim : 1, shape);
}

/* The shape with one more dimension. */
static size_t unsqueezed(call *c, const mlp_tensor *t, int64_t dim, size_t shape[MLP_MAX_DIMS]) {
    if (t->ndim == MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    const size_t at = tensor_dim_of(c, t, dim, 1);
    for (size_t i = 0; i <= t->ndim; i++)
        shape[i] = i == at ? 1 : t->shape[i > at ? i - 1 : i];
    return t->ndim + 1;
}

/* The shape without the dimensions that have size 1, or without this one where dim is not NULL. */
static size_t squeezed(call *c, const mlp_tensor *t, const object *dim,
                       size_t shape[MLP_MAX_DIMS]) {
    const size_t at = dim ? tensor_dim_of(c, t, dim->as.integer, 0) : 0;
    size_t ndim = 0;
    for (size_t i = 0; i < t->ndim; i++)
        if (t->shape[i] != 1 || (dim && i != at))
            shape[ndim++] = t->shape[i];
    return ndim;
}

static object *tensor_unsqueeze(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim =
        unsqueezed(c, &tensor_value(c, c->self)->tensor, c->arguments[0]->as.integer, shape);
    return view(c, c->self, &mlp_unsqueeze, ndim, shape);
}

static object *tensor_squeeze(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = squeezed(c, &tensor_value(c, c->self)->tensor, c->arguments[0], shape);
    return view(c, c->self, c->arguments[0] ? &mlp_squeeze_dim : &mlp_squeeze, ndim, shape);
}

/* In place: the variable has the same numbers under another shape from now on. */
static object *arrange_in_place(call *c, const mlp_operation *operation,
                                const mlp_options *options) {
    mlp_variable *variable = variable_of(c->self);
    mlp_value *old = tensor_value(c, c->self);
    if (!trace_of(c)->no_grad)
        tensor_check_leaf(c, variable, false);
    if (old->requires_grad && old->leaf)
        call_fail(c, "the shape of a leaf that requires grad cannot be changed in place: give it "
                     "its shape where it is made");
    if (old->requires_grad && trace_of(c)->no_grad)
        call_fail(c,
                  "a computed tensor that requires grad cannot be changed in place without its "
                  "history: write %s() instead",
                  operation->name);
    if (variable->storage || (variable->view_of && (old->requires_grad || variable->is_base)))
        call_fail(c,
                  "the shape of a tensor that shares its numbers with another cannot be changed in "
                  "place: write %s() instead",
                  operation->name);
    mlp_value *out = tensor_step(
        c,
        &(mlp_request){.operation = operation, .in = {old}, .options = *options, .hidden = true});
    mlp_value_name(out, old->label.name, old->label.rank);
    mlp_variable *stand_in = NULL;
    if (variable->view_of &&
        !(stand_in = mlp_trace_stand_in(trace_of(c), variable, script_error(c->script))))
        call_give_up(c);
    mlp_trace_rearrange(variable, stand_in, out);
    return c->self;
}

static object *reshape_in_place(call *c, const mlp_operation *operation, size_t ndim,
                                const size_t *shape) {
    return arrange_in_place(c, operation, &(mlp_options){.sizes = tensor_sizes(ndim, shape)});
}

static object *tensor_unsqueeze_(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim =
        unsqueezed(c, &tensor_value(c, c->self)->tensor, c->arguments[0]->as.integer, shape);
    return reshape_in_place(c, &mlp_unsqueeze_, ndim, shape);
}

static object *tensor_squeeze_(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = squeezed(c, &tensor_value(c, c->self)->tensor, c->arguments[0], shape);
    return reshape_in_place(c, c->arguments[0] ? &mlp_squeeze_dim_ : &mlp_squeeze_, ndim, shape);
}

/* --- dimensions in another order --- */

static mlp_options dims_to_swap(call *c) {
    const mlp_tensor *t = &tensor_value(c, c->self)->tensor;
    return (mlp_options){.dim0 = (int64_t)tensor_dim_of(c, t, c->arguments[0]->as.integer, 0),
                         .dim1 = (int64_t)tensor_dim_of(c, t, c->arguments[1]->as.integer, 0)};
}

static object *tensor_transpose(call *c) {
    const mlp_options options = dims_to_swap(c);
    return tensor_view(c, c->self, &mlp_transpose, &options);
}

static object *tensor_transpose_(call *c) {
    const mlp_options options = dims_to_swap(c);
    return arrange_in_place(c, &mlp_transpose_, &options);
}

static void check_matrix(call *c, const char *name) {
    const mlp_tensor *t = &tensor_value(c, c->self)->tensor;
    char shape[MLP_SHAPE_TEXT];
    if (t->ndim > 2)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "%s expects a tensor with <= 2 dimensions, but self is %zuD", name,
                              t->ndim),
                  "%s takes a tensor of at most two dimensions, not one of shape %s", name,
                  mlp_shape_text(shape, t));
}

static object *tensor_t(call *c) {
    check_matrix(c, "t()");
    return tensor_view(c, c->self, &mlp_t, &(mlp_options){0});
}

static object *tensor_t_(call *c) {
    check_matrix(c, "t_()");
    return arrange_in_place(c, &mlp_t_, &(mlp_options){0});
}

static object *tensor_select(call *c) {
    const mlp_options options = {.dim = c->arguments[0]->as.integer,
                                 .index = c->arguments[1]->as.integer};
    return tensor_view(c, c->self, &mlp_select, &options);
}

static object *tensor_contiguous(call *c) {
    mlp_value *v = tensor_value(c, c->self);
    if (mlp_value_is_contiguous(v))
        return c->self;
    return variable_object(
        c, tensor_computed(c, &(mlp_request){.operation = &mlp_contiguous, .in = {v}}));
}

/* --- dtypes --- */

/* Arguments: dtype, tensor, device. */
static object *tensor_to(call *c) {
    const object *dtype = c->arguments[0], *like = c->arguments[1], *device = c->arguments[2];
    if (like)
        return tensor_cast(c, c->self, tensor_value(c, like)->tensor.dtype);
    if (device)
        check_device(c, device);
    return is_dtype(dtype) ? tensor_cast(c, c->self, dtype_of(dtype)) : c->self;
}

static object *tensor_type_as(call *c) {
    return tensor_cast(c, c->self, tensor_value(c, c->arguments[0])->tensor.dtype);
}

/* float(), long() and the like: the dtype that the native is of. */
static object *tensor_in_own_dtype(call *c) {
    return tensor_cast(c, c->self, *(const mlp_dtype *)c->native->data);
}

/* --- new numbers in place --- */

static object *tensor_zero_(call *c) {
    if (tensor_assign_whole(c, c->self, object_integer(c->script, 0), "ZeroBackward0"))
        return c->self;
    tensor_overwrite(c, variable_of(c->self), tensor_zeros_like(c, variable_of(c->self)));
    return c->self;
}

static object *tensor_fill_(call *c) {
    const mlp_number number = option_number(c->arguments[0]);
    option_check_object(c, c->arguments[0], tensor_value(c, c->self)->tensor.dtype);
    if (tensor_assign_whole(c, c->self, c->arguments[0], "FillBackward2"))
        return c->self;
    tensor_overwrite(c, variable_of(c->self), tensor_filled(c, variable_of(c->self), number));
    return c->self;
}

static object *tensor_copy_(call *c) {
    mlp_value *from = tensor_value(c, c->arguments[0]);
    const mlp_tensor *to = &tensor_value(c, c->self)->tensor;
    mlp_request copy = {.operation = &mlp_expand,
                        .options.sizes = tensor_sizes(to->ndim, to->shape),
                        .hidden = true,
                        .without_history = true};
    tensor_check_overlap(c, c->self, c->arguments[0]);
    if (from->tensor.ndim <= to->ndim &&
        tensor_assign_whole(c, c->self, c->arguments[0], "CopyBackwards"))
        return c->self;
    copy.in[0] = tensor_copied(c, from, to->dtype);
    const bool fits = mlp_tensor_same_shape(&copy.in[0]->tensor, to);
    mlp_value *result = fits ? copy.in[0] : tensor_step(c, &copy);
    result->label.hidden = false;
    if (!mlp_trace_show(trace_of(c), result->producer->phase, result))
        script_out_of_memory(c->script);
    tensor_assign(c, variable_of(c->self), result);
    return c->self;
}

static object *tensor_normal_(call *c) {
    tensor_overwrite(c, variable_of(c->self),
                     tensor_normal(c, variable_of(c->self), option_exact(c, c->arguments[0]),
                                   option_exact(c, c->arguments[1])));
    return c->self;
}

static object *tensor_uniform_(call *c) {
    tensor_overwrite(c, variable_of(c->self),
                     tensor_uniform(c, variable_of(c->self), option_exact(c, c->arguments[0]),
                                    option_exact(c, c->arguments[1])));
    return c->self;
}

const native native_tensor[] = {
    {.path = "Tensor.backward",
     .signature = "gradient: Optional[Tensor] = None, retain_graph: Optional[bool] = None, "
                  "create_graph: bool = False, inputs = None",
     .call = tensor_backward},
    {.path = "Tensor.requires_grad_",
     .signature = "requires_grad: bool = True",
     .call = tensor_requires_grad_},
    {.path = "Tensor.retain_grad", .signature = "", .call = tensor_retain_grad},
    {.path = "Tensor.detach", .signature = "", .call = tensor_detach, .is_function = true},
    {.path = "Tensor.detach_", .signature = "", .call = tensor_detach_, .is_function = true},
    {.path = "Tensor.clone", .signature = "", .call = tensor_clone, .is_function = true},
    {.path = "Tensor.cpu", .signature = "", .call = tensor_itself},
    {.path = "Tensor.contiguous", .signature = "", .call = tensor_contiguous},
    {.path = "Tensor.item", .signature = "", .call = method_item},
    {.path = "Tensor.tolist", .signature = "", .call = tensor_tolist},
    {.path = "Tensor.numel", .signature = "", .call = tensor_numel, .is_function = true},
    {.path = "Tensor.nelement", .signature = "", .call = tensor_numel},
    {.path = "Tensor.dim", .signature = "", .call = tensor_dim},
    {.path = "Tensor.ndimension", .signature = "", .call = tensor_dim},
    {.path = "Tensor.size", .signature = "| dim: int", .call = tensor_size},
    {.path = "Tensor.view", .signature = "*size: int | size: sequence", .call = tensor_view_method},
    {.path = "Tensor.reshape",
     .signature = "*shape: int | shape: sequence",
     .call = tensor_reshape},
    {.path = "Tensor.reshape_as", .signature = "other: Tensor", .call = tensor_reshape_as},
    {.path = "Tensor.view_as", .signature = "other: Tensor", .call = tensor_view_as},
    {.path = "Tensor.type_as", .signature = "other: Tensor", .call = tensor_type_as},
    {.path = "torch.reshape", .signature = "input: Tensor, shape: sequence", .call = torch_reshape},
    {.path = "Tensor.flatten",
     .signature = "start_dim: int = 0, end_dim: int = -1",
     .call = tensor_flatten,
     .is_function = true},
    {.path = "Tensor.unsqueeze",
     .signature = "dim/axis: int",
     .call = tensor_unsqueeze,
     .is_function = true},
    {.path = "Tensor.squeeze",
     .signature = "| dim/axis: int",
     .call = tensor_squeeze,
     .is_function = true},
    {.path = "Tensor.unsqueeze_", .signature = "dim/axis: int", .call = tensor_unsqueeze_},
    {.path = "Tensor.squeeze_", .signature = "| dim/axis: int", .call = tensor_squeeze_},
    {.path = "Tensor.transpose",
     .signature = "dim0: int, dim1: int",
     .call = tensor_transpose,
     .is_function = true},
    {.path = "Tensor.transpose_", .signature = "dim0: int, dim1: int", .call = tensor_transpose_},
    {.path = "Tensor.swapaxes_", .signature = "axis0: int, axis1: int", .call = tensor_transpose_},
    {.path = "Tensor.swapdims_", .signature = "dim0: int, dim1: int", .call = tensor_transpose_},
    {.path = "Tensor.select",
     .signature = "dim/axis: int, index: int",
     .call = tensor_select,
     .is_function = true},
    {.path = "Tensor.t", .signature = "", .call = tensor_t, .is_function = true},
    {.path = "Tensor.t_", .signature = "", .call = tensor_t_},
    {.path = "Tensor.to",
     .signature = "dtype: dtype | tensor: Tensor | device = None, dtype: Optional[dtype] = None",
     .call = tensor_to},
    {.path = "Tensor.float",
     .signature = "",
     .call = tensor_in_own_dtype,
     .data = &(const mlp_dtype){MLP_FLOAT32}},
    {.path = "Tensor.double",
     .signature = "",
     .call = tensor_in_own_dtype,
     .data = &(const mlp_dtype){MLP_FLOAT64}},
    {.path = "Tensor.long",
     .signature = "",
     .call = tensor_in_own_dtype,
     .data = &(const mlp_dtype){MLP_INT64}},
    {.path = "Tensor.bool",
     .signature = "",
     .call = tensor_in_own_dtype,
     .data = &(const mlp_dtype){MLP_BOOL}},
    {.path = "Tensor.int",
     .signature = "",
     .call = tensor_in_own_dtype,
     .data = &(const mlp_dtype){MLP_INT32}},
    {.path = "Tensor.short",
     .signature = "",
     .call = tensor_in_own_dtype,
     .data = &(const mlp_dtype){MLP_INT16}},
    {.path = "Tensor.char",
     .signature = "",
     .call = tensor_in_own_dtype,
     .data = &(const mlp_dtype){MLP_INT8}},
    {.path = "Tensor.byte",
     .signature = "",
     .call = tensor_in_own_dtype,
     .data = &(const mlp_dtype){MLP_UINT8}},
    {.path = "Tensor.zero_", .signature = "", .call = tensor_zero_},
    {.path = "Tensor.fill_", .signature = "value: float", .call = tensor_fill_},
    {.path = "Tensor.copy_", .signature = "other: Tensor", .call = tensor_copy_},
    {.path = "Tensor.normal_",
     .signature = "mean: float = 0, std: float = 1, *, " GENERATOR,
     .call = tensor_normal_},
    {.path = "Tensor.uniform_",
     .signature = "from: float = 0, to: float = 1, *, " GENERATOR,
     .call = tensor_uniform_},
    {0}};
