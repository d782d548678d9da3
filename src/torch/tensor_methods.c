/* Methods of Tensor. Those that compute nothing new are here; see operators.c and reduce.c. */
#include "python/format.h"
#include "module.h"
#include "tensor.h"

#include <math.h>
#include <string.h>

/* --- autograd --- */

static object *tensor_backward(script *s, const object *callee, object **arguments) {
    const object *gradient = arguments[0];
    const bool retain = arguments[1]->kind == OBJECT_BOOL
                            ? arguments[1]->as.boolean
                            : arguments[2]->as.boolean; /* retain_graph=None: as create_graph */
    if (arguments[2]->as.boolean)
        script_fail(s, s->here,
                    "create_graph=True is not supported: only first derivatives are "
                    "computed");
    if (arguments[3]->kind != OBJECT_NONE)
        script_fail(s, s->here, "inputs= is not supported: every leaf receives its gradient");
    if (!mlp_trace_backward(s->trace, tensor_value(s, callee->self),
                            gradient->kind == OBJECT_NONE ? NULL : tensor_value(s, gradient),
                            retain, s->error))
        script_give_up(s, s->here);
    return object_none(s);
}

static object *tensor_requires_grad_(script *s, const object *callee, object **arguments) {
    tensor_require_grad(s, callee->self->as.tensor, arguments[0]->as.boolean);
    return callee->self;
}

static object *tensor_retain_grad(script *s, const object *callee, object **arguments) {
    (void)arguments;
    mlp_value *v = tensor_value(s, callee->self);
    if (!v->requires_grad)
        script_fail(s, s->here, "can't retain_grad() on a tensor that has requires_grad=False");
    if (!v->leaf)
        v->retainer = callee->self->as.tensor;
    return object_none(s);
}

static object *tensor_detach(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return tensor_object(s, tensor_detached(s, callee->self->as.tensor));
}

static object *tensor_clone(script *s, const object *callee, object **arguments) {
    (void)arguments;
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, callee->self)};
    return tensor_object(s, apply_inputs(s, NULL, &mlp_clone, in, (double[MLP_MAX_OPTIONS]){0}));
}

/* On the CPU and contiguous is what every tensor is: .cpu(), .contiguous(), .to("cpu"). */
static object *tensor_itself(script *s, const object *callee, object **arguments) {
    (void)s;
    (void)arguments;
    return callee->self;
}

/* --- to Python --- */

static object *element(script *s, const mlp_tensor *t, size_t i) {
    switch (t->dtype) {
    case MLP_INT64:
        return object_integer(s, mlp_tensor_get_int(t, i));
    case MLP_BOOL:
        return object_bool(s, mlp_tensor_get(t, i) != 0);
    default:
        return object_float(s, mlp_tensor_get(t, i));
    }
}

object *tensor_item(script *s, const object *tensor) {
    const mlp_tensor *t = &tensor_value(s, tensor)->tensor;
    char shape[MLP_SHAPE_TEXT];
    if (t->numel != 1)
        script_fail(s, s->here,
                    "only a tensor with one element can be converted to a Python number, and "
                    "this one has shape %s",
                    mlp_shape_text(shape, t));
    return element(s, t, 0);
}

static object *method_item(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return tensor_item(s, callee->self);
}

static object *to_list(script *s, const mlp_tensor *t, size_t dim, size_t first, size_t numel) {
    if (dim == t->ndim)
        return element(s, t, first);
    object *list = object_sequence(s, OBJECT_LIST, t->shape[dim]);
    for (size_t i = 0; i < t->shape[dim]; i++)
        list->as.sequence.items[i] =
            to_list(s, t, dim + 1, first + i * (numel / t->shape[dim]), numel / t->shape[dim]);
    return list;
}

static object *tensor_tolist(script *s, const object *callee, object **arguments) {
    (void)arguments;
    const mlp_tensor *t = &tensor_value(s, callee->self)->tensor;
    return to_list(s, t, 0, 0, t->numel);
}

static object *tensor_numel(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return object_integer(s, (int64_t)tensor_value(s, callee->self)->tensor.numel);
}

static object *tensor_dim(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return object_integer(s, (int64_t)tensor_value(s, callee->self)->tensor.ndim);
}

static object *tensor_size(script *s, const object *callee, object **arguments) {
    const mlp_tensor *t = &tensor_value(s, callee->self)->tensor;
    if (arguments[0]->kind == OBJECT_NONE)
        return tensor_attribute(s, callee->self, "shape");
    return object_integer(s, (int64_t)t->shape[tensor_dim_of(s, t, arguments[0]->as.integer, 0)]);
}

/* --- the same numbers in another shape --- */

/* A view of the tensor under the given sizes. */
static object *view(script *s, object *self, const mlp_operation *operation, size_t ndim,
                    const size_t *shape) {
    double sizes[MLP_MAX_OPTIONS];
    if (ndim > MLP_MAX_DIMS)
        script_fail(s, s->here, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    for (size_t i = 0; i < MLP_MAX_OPTIONS; i++)
        sizes[i] = i < ndim ? (double)shape[i] : (double)NAN;
    return tensor_view(s, self, operation, sizes);
}

/* One size may be -1: what is left. */
static size_t infer_sizes(script *s, const mlp_tensor *t, const object *sizes,
                          size_t shape[MLP_MAX_DIMS]) {
    char from[MLP_SHAPE_TEXT];
    const size_t ndim = sizes->as.sequence.count;
    size_t known = 1, unknown = ndim;
    bool fits = ndim <= MLP_MAX_DIMS;
    for (size_t i = 0; i < ndim && fits; i++) {
        const object *size = sizes->as.sequence.items[i];
        const int64_t n = size->kind == OBJECT_INTEGER ? size->as.integer : -2;
        if (n < -1 || (n == -1 && unknown != ndim))
            script_fail(s, s->here, "the sizes are whole numbers, one of which may be -1");
        if (n == -1) {
            unknown = i;
            continue;
        }
        shape[i] = (size_t)n;
        fits = n == 0 || known <= SIZE_MAX / (size_t)n;
        known *= (size_t)n;
    }
    if (fits && unknown < ndim) {
        fits = known > 0 && t->numel % known == 0;
        shape[unknown] = fits ? t->numel / known : 0;
        known = t->numel;
    }
    if (!fits || known != t->numel)
        script_fail(s, s->here, "a tensor of shape %s has %zu elements, which do not fill %s",
                    mlp_shape_text(from, t), t->numel, format_repr(s, sizes));
    return ndim;
}

/* view(2, 3), view((2, 3)) and view(torch.Size([2, 3])). */
static const object *sizes_argument(const object *given) {
    const object *only = given->as.sequence.count == 1 ? given->as.sequence.items[0] : NULL;
    const bool is_sequence = only && (only->kind == OBJECT_TUPLE || only->kind == OBJECT_LIST ||
                                      only->kind == OBJECT_SIZE);
    return is_sequence ? only : given;
}

static object *tensor_reshape(script *s, const object *callee, object **arguments) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim =
        infer_sizes(s, &tensor_value(s, callee->self)->tensor, sizes_argument(arguments[0]), shape);
    return view(s, callee->self, &mlp_reshape, ndim, shape);
}

static object *tensor_flatten(script *s, const object *callee, object **arguments) {
    const mlp_tensor *t = &tensor_value(s, callee->self)->tensor;
    const size_t first = tensor_dim_of(s, t, arguments[0]->as.integer, 0);
    const size_t last = tensor_dim_of(s, t, arguments[1]->as.integer, 0);
    size_t shape[MLP_MAX_DIMS] = {1}, ndim = 0;
    if (first > last)
        script_fail(s, s->here, "flatten() has start_dim behind end_dim");
    if (t->ndim && first == last)
        return callee->self;
    for (size_t i = 0; i < t->ndim; i++) {
        if (i > first && i <= last)
            shape[ndim - 1] *= t->shape[i];
        else
            shape[ndim++] = t->shape[i];
    }
    return view(s, callee->self, &mlp_reshape, t->ndim ? ndim : 1, shape);
}

/* The shape with one more dimension. */
static size_t unsqueezed(script *s, const mlp_tensor *t, int64_t dim, size_t shape[MLP_MAX_DIMS]) {
    if (t->ndim == MLP_MAX_DIMS)
        script_fail(s, s->here, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    const size_t at = tensor_dim_of(s, t, dim, 1);
    for (size_t i = 0; i <= t->ndim; i++)
        shape[i] = i == at ? 1 : t->shape[i > at ? i - 1 : i];
    return t->ndim + 1;
}

/* The shape without the dimensions, or the one dimension, that have size 1. */
static size_t squeezed(script *s, const mlp_tensor *t, const object *dim,
                       size_t shape[MLP_MAX_DIMS]) {
    const bool all = dim->kind == OBJECT_NONE;
    const size_t at = all || t->ndim == 0 ? 0 : tensor_dim_of(s, t, dim->as.integer, 0);
    size_t ndim = 0;
    for (size_t i = 0; i < t->ndim; i++)
        if (t->shape[i] != 1 || (!all && i != at))
            shape[ndim++] = t->shape[i];
    return ndim;
}

static object *tensor_unsqueeze(script *s, const object *callee, object **arguments) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim =
        unsqueezed(s, &tensor_value(s, callee->self)->tensor, arguments[0]->as.integer, shape);
    return view(s, callee->self, &mlp_unsqueeze, ndim, shape);
}

static object *tensor_squeeze(script *s, const object *callee, object **arguments) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = squeezed(s, &tensor_value(s, callee->self)->tensor, arguments[0], shape);
    return view(s, callee->self,
                arguments[0]->kind == OBJECT_NONE ? &mlp_squeeze : &mlp_squeeze_dim, ndim, shape);
}

/* In place: the variable has the same numbers under another shape from now on. */
static object *reshape_in_place(script *s, const object *callee, const mlp_operation *operation,
                                size_t ndim, const size_t *shape) {
    mlp_variable *variable = callee->self->as.tensor;
    mlp_value *old = tensor_value(s, callee->self);
    double sizes[MLP_MAX_OPTIONS];
    for (size_t i = 0; i < MLP_MAX_OPTIONS; i++)
        sizes[i] = i < ndim ? (double)shape[i] : (double)NAN;
    if (old->requires_grad && old->leaf && !s->trace->no_grad)
        script_fail(s, s->here,
                    "a leaf that requires grad cannot be changed in place: give it "
                    "its shape where it is made");
    if (variable->view_of || variable->storage)
        script_fail(s, s->here,
                    "the shape of a tensor that shares its numbers with another cannot "
                    "be changed in place: write unsqueeze() or squeeze() instead");
    mlp_value *in[MLP_MAX_INPUTS] = {old};
    mlp_value *out = mlp_trace_apply(s->trace, operation, NULL, in, sizes, NULL, s->error);
    if (!out)
        script_give_up(s, s->here);
    out->hidden = true;
    mlp_value_name(out, old->name, old->rank);
    variable->value = out;
    return callee->self;
}

static object *tensor_unsqueeze_(script *s, const object *callee, object **arguments) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim =
        unsqueezed(s, &tensor_value(s, callee->self)->tensor, arguments[0]->as.integer, shape);
    return reshape_in_place(s, callee, &mlp_unsqueeze, ndim, shape);
}

static object *tensor_squeeze_(script *s, const object *callee, object **arguments) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = squeezed(s, &tensor_value(s, callee->self)->tensor, arguments[0], shape);
    return reshape_in_place(s, callee,
                            arguments[0]->kind == OBJECT_NONE ? &mlp_squeeze : &mlp_squeeze_dim,
                            ndim, shape);
}

/* --- dimensions in another order --- */

static object *tensor_transpose(script *s, const object *callee, object **arguments) {
    const mlp_tensor *t = &tensor_value(s, callee->self)->tensor;
    const double option[MLP_MAX_OPTIONS] = {
        (double)tensor_dim_of(s, t, arguments[0]->as.integer, 0),
        (double)tensor_dim_of(s, t, arguments[1]->as.integer, 0)};
    return tensor_view(s, callee->self, &mlp_transpose, option);
}

static object *tensor_t(script *s, const object *callee, object **arguments) {
    (void)arguments;
    const mlp_tensor *t = &tensor_value(s, callee->self)->tensor;
    char shape[MLP_SHAPE_TEXT];
    if (t->ndim > 2)
        script_fail(s, s->here, "t() takes a tensor of at most two dimensions, not one of shape %s",
                    mlp_shape_text(shape, t));
    return tensor_view(s, callee->self, &mlp_t, (double[MLP_MAX_OPTIONS]){0});
}

static object *tensor_select(script *s, const object *callee, object **arguments) {
    const double option[MLP_MAX_OPTIONS] = {(double)arguments[0]->as.integer,
                                            (double)arguments[1]->as.integer};
    return tensor_view(s, callee->self, &mlp_select, option);
}

static object *tensor_contiguous(script *s, const object *callee, object **arguments) {
    return tensor_is_contiguous(s, callee->self) ? callee->self
                                                 : tensor_clone(s, callee, arguments);
}

/* --- dtypes --- */

static object *tensor_to(script *s, const object *callee, object **arguments) {
    const object *wanted = arguments[0]->kind != OBJECT_NONE ? arguments[0] : arguments[1];
    if (wanted->kind == OBJECT_DTYPE)
        return tensor_cast(s, callee->self, wanted->as.dtype);
    if (wanted->kind == OBJECT_TENSOR)
        return tensor_cast(s, callee->self, tensor_value(s, wanted)->tensor.dtype);
    check_device(s, wanted);
    return arguments[1]->kind == OBJECT_DTYPE ? tensor_cast(s, callee->self, arguments[1]->as.dtype)
                                              : callee->self;
}

static object *tensor_float(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return tensor_cast(s, callee->self, MLP_FLOAT32);
}

static object *tensor_double(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return tensor_cast(s, callee->self, MLP_FLOAT64);
}

static object *tensor_long(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return tensor_cast(s, callee->self, MLP_INT64);
}

static object *tensor_bool(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return tensor_cast(s, callee->self, MLP_BOOL);
}

/* --- new numbers in place --- */

static object *tensor_zero_(script *s, const object *callee, object **arguments) {
    (void)arguments;
    tensor_fill(s, callee->self->as.tensor, 0);
    return callee->self;
}

static object *tensor_fill_(script *s, const object *callee, object **arguments) {
    tensor_fill(s, callee->self->as.tensor, object_as_number(arguments[0]));
    return callee->self;
}

static object *tensor_copy_(script *s, const object *callee, object **arguments) {
    const mlp_tensor *from = &tensor_value(s, arguments[0])->tensor;
    const mlp_tensor *to = &tensor_value(s, callee->self)->tensor;
    char shape[MLP_SHAPE_TEXT], from_shape[MLP_SHAPE_TEXT];
    if (!mlp_tensor_same_shape(from, to) || from->dtype != to->dtype)
        script_fail(s, s->here,
                    "a %s tensor of shape %s cannot take a copy of a %s one of shape %s",
                    mlp_dtype_name(to->dtype), mlp_shape_text(shape, to),
                    mlp_dtype_name(from->dtype), mlp_shape_text(from_shape, from));
    const object *copy = tensor_clone(s, &(object){.self = arguments[0]}, NULL);
    if (copy->as.tensor->value->requires_grad)
        script_fail(s, s->here,
                    "copy_() of a tensor that requires grad is not supported: write .detach() "
                    "behind it, or make a new tensor");
    tensor_assign(s, callee->self->as.tensor, copy->as.tensor->value);
    return callee->self;
}

static object *tensor_normal_(script *s, const object *callee, object **arguments) {
    tensor_draw_normal(s, callee->self->as.tensor, object_as_number(arguments[0]),
                       object_as_number(arguments[1]));
    return callee->self;
}

static object *tensor_uniform_(script *s, const object *callee, object **arguments) {
    tensor_draw_uniform(s, callee->self->as.tensor, object_as_number(arguments[0]),
                        object_as_number(arguments[1]));
    return callee->self;
}

static object *tensor_bernoulli_(script *s, const object *callee, object **arguments) {
    tensor_draw_bernoulli(s, callee->self->as.tensor, object_as_number(arguments[0]));
    return callee->self;
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
    {.path = "Tensor.clone", .signature = "", .call = tensor_clone, .is_function = true},
    {.path = "Tensor.cpu", .signature = "", .call = tensor_itself},
    {.path = "Tensor.contiguous", .signature = "", .call = tensor_contiguous},
    {.path = "Tensor.item", .signature = "", .call = method_item},
    {.path = "Tensor.tolist", .signature = "", .call = tensor_tolist},
    {.path = "Tensor.numel", .signature = "", .call = tensor_numel, .is_function = true},
    {.path = "Tensor.nelement", .signature = "", .call = tensor_numel},
    {.path = "Tensor.dim", .signature = "", .call = tensor_dim},
    {.path = "Tensor.size", .signature = "dim: Optional[int] = None", .call = tensor_size},
    {.path = "Tensor.view", .signature = "*shape", .call = tensor_reshape},
    {.path = "Tensor.reshape", .signature = "*shape", .call = tensor_reshape, .is_function = true},
    {.path = "Tensor.flatten",
     .signature = "start_dim: int = 0, end_dim: int = -1",
     .call = tensor_flatten,
     .is_function = true},
    {.path = "Tensor.unsqueeze",
     .signature = "dim: int",
     .call = tensor_unsqueeze,
     .is_function = true},
    {.path = "Tensor.squeeze",
     .signature = "dim: Optional[int] = None",
     .call = tensor_squeeze,
     .is_function = true},
    {.path = "Tensor.unsqueeze_", .signature = "dim: int", .call = tensor_unsqueeze_},
    {.path = "Tensor.squeeze_", .signature = "dim: Optional[int] = None", .call = tensor_squeeze_},
    {.path = "Tensor.transpose",
     .signature = "dim0: int, dim1: int",
     .call = tensor_transpose,
     .is_function = true},
    {.path = "Tensor.select",
     .signature = "dim: int, index: int",
     .call = tensor_select,
     .is_function = true},
    {.path = "Tensor.t", .signature = "", .call = tensor_t, .is_function = true},
    {.path = "Tensor.to", .signature = "device = None, dtype = None", .call = tensor_to},
    {.path = "Tensor.float", .signature = "", .call = tensor_float},
    {.path = "Tensor.double", .signature = "", .call = tensor_double},
    {.path = "Tensor.long", .signature = "", .call = tensor_long},
    {.path = "Tensor.bool", .signature = "", .call = tensor_bool},
    {.path = "Tensor.zero_", .signature = "", .call = tensor_zero_},
    {.path = "Tensor.fill_", .signature = "value: float", .call = tensor_fill_},
    {.path = "Tensor.copy_", .signature = "src: Tensor", .call = tensor_copy_},
    {.path = "Tensor.normal_",
     .signature = "mean: float = 0, std: float = 1",
     .call = tensor_normal_},
    {.path = "Tensor.uniform_",
     .signature = "from: float = 0, to: float = 1",
     .call = tensor_uniform_},
    {.path = "Tensor.bernoulli_", .signature = "p: float = 0.5", .call = tensor_bernoulli_},
    {0}};
