#include "tensor.h"

#include <math.h>
#include <string.h>

static mlp_variable *new_variable(script *s, mlp_tensor tensor, bool requires_grad) {
    mlp_value *given = mlp_trace_given(s->trace, tensor);
    mlp_variable *variable = given ? mlp_trace_variable(s->trace, given, requires_grad) : NULL;
    if (!variable)
        script_out_of_memory(s);
    return variable;
}

mlp_variable *tensor_new(script *s, mlp_dtype dtype, size_t ndim, const size_t *shape,
                         bool requires_grad) {
    mlp_tensor tensor;
    if (requires_grad && !mlp_dtype_is_floating(dtype))
        script_fail(s, s->here,
                    "only floating-point tensors can require gradients: write the "
                    "numbers with a decimal point");
    if (!mlp_tensor_new(&tensor, s->arena, dtype, ndim, shape, s->error))
        script_give_up(s, s->here);
    return new_variable(s, tensor, requires_grad);
}

mlp_variable *tensor_detached(script *s, mlp_variable *of) {
    mlp_variable *variable = mlp_trace_detach(s->trace, of, s->error);
    if (!variable)
        script_give_up(s, s->here);
    return variable;
}

mlp_variable *tensor_same(script *s, mlp_variable *of, const mlp_variable *result) {
    mlp_variable *variable = mlp_trace_view(s->trace, of, result->value, s->error);
    if (!variable)
        script_give_up(s, s->here);
    return variable;
}

mlp_value *tensor_value(script *s, const object *tensor) {
    mlp_value *v = mlp_variable_value(s->trace, tensor->as.tensor, s->error);
    if (!v)
        script_give_up(s, s->here);
    return v;
}

void tensor_require_grad(script *s, mlp_variable *variable, bool requires_grad) {
    if (requires_grad && !mlp_dtype_is_floating(variable->value->tensor.dtype))
        script_fail(s, s->here, "only floating-point tensors can require gradients");
    if (!mlp_trace_require_grad(s->trace, variable, requires_grad, s->error))
        script_give_up(s, s->here);
}

mlp_value *tensor_copied(script *s, mlp_value *of, mlp_dtype dtype) {
    mlp_value *const in[MLP_MAX_INPUTS] = {of};
    const bool no_grad = s->trace->no_grad;
    s->trace->no_grad = true;
    mlp_value *out = mlp_trace_apply(s->trace, of->tensor.dtype == dtype ? &mlp_clone : &mlp_to,
                                     NULL, in, (double[MLP_MAX_OPTIONS]){dtype}, NULL, s->error);
    s->trace->no_grad = no_grad;
    if (!out)
        script_give_up(s, s->here);
    out->hidden = true;
    return out;
}

void tensor_convert(script *s, mlp_variable *variable, mlp_dtype dtype) {
    mlp_value *v = mlp_variable_value(s->trace, variable, s->error);
    if (!v)
        script_give_up(s, s->here);
    if (v->tensor.dtype == dtype)
        return;
    mlp_variable *converted = mlp_trace_variable(s->trace, tensor_copied(s, v, dtype), false);
    if (!converted)
        script_out_of_memory(s);
    if (!mlp_trace_share(s->trace, variable, converted, s->error))
        script_give_up(s, s->here);
}

void tensor_assign(script *s, mlp_variable *variable, mlp_value *v) {
    if (!mlp_trace_assign(s->trace, variable, v, s->error))
        script_give_up(s, s->here);
}

void tensor_overwrite(script *s, mlp_variable *variable, mlp_tensor numbers) {
    mlp_value *given = mlp_trace_given(s->trace, numbers);
    if (!given)
        script_out_of_memory(s);
    tensor_assign(s, variable, given);
}

void tensor_fill(script *s, mlp_variable *variable, double number) {
    mlp_tensor numbers;
    const mlp_tensor *t = &variable->value->tensor;
    if (!mlp_tensor_new(&numbers, s->arena, t->dtype, t->ndim, t->shape, s->error))
        script_give_up(s, s->here);
    for (size_t i = 0; i < numbers.numel; i++)
        mlp_tensor_set(&numbers, i, number);
    tensor_overwrite(s, variable, numbers);
}

void tensor_echo(script *s, const object *v) {
    if (v->kind == OBJECT_TENSOR && !mlp_trace_echo(s->trace, tensor_value(s, v)))
        script_out_of_memory(s);
    if (v->kind != OBJECT_LIST && v->kind != OBJECT_TUPLE && v->kind != OBJECT_DICT)
        return;
    script_enter(s, s->here, "lists");
    script_spend_on(s, s->here, v->as.sequence.count);
    for (size_t i = 0; i < v->as.sequence.count; i++)
        tensor_echo(s, v->as.sequence.items[i]);
    script_leave(s);
}

size_t tensor_dim_of(script *s, const mlp_tensor *t, int64_t dim, size_t more) {
    char shape[MLP_SHAPE_TEXT];
    const int64_t ndim = (int64_t)(t->ndim + more), least = ndim ? -ndim : -1;
    if (dim < least || dim >= (ndim ? ndim : 1))
        script_fail(s, s->here,
                    "dim=%lld is not a dimension of a tensor of shape %s: it must lie between "
                    "%lld and %lld",
                    (long long)dim, mlp_shape_text(shape, t), (long long)least,
                    (long long)(ndim ? ndim : 1) - 1);
    return (size_t)(dim < 0 ? dim - least : dim);
}

object *tensor_view(script *s, object *self, const mlp_operation *operation,
                    const double option[MLP_MAX_OPTIONS]) {
    mlp_value *in[MLP_MAX_INPUTS] = {tensor_value(s, self)};
    mlp_value *out = mlp_trace_apply(s->trace, operation, NULL, in, option, NULL, s->error);
    mlp_variable *view = out ? mlp_trace_view(s->trace, self->as.tensor, out, s->error) : NULL;
    if (!view)
        script_give_up(s, s->here);
    if (!mlp_trace_show(s->trace, out->producer->phase, out))
        script_out_of_memory(s);
    return tensor_object(s, view);
}

/* --- from lists --- */

static bool is_list(const object *v) {
    return v->kind == OBJECT_LIST || v->kind == OBJECT_TUPLE;
}

/* The shape by the first elements; survey checks that the others agree. */
static size_t shape_of(script *s, const object *data, size_t shape[MLP_MAX_DIMS]) {
    size_t ndim = 0;
    for (; is_list(data); data = data->as.sequence.items[0]) {
        if (ndim == MLP_MAX_DIMS)
            script_fail(s, s->here, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
        shape[ndim++] = data->as.sequence.count;
        if (data->as.sequence.count == 0)
            break;
    }
    return ndim;
}

/* A few short lists can name each other as the elements of a huge one: it is refused before
 * anybody walks through it. */
static void check_size(script *s, size_t ndim, const size_t *shape) {
    const size_t most = mlp_arena_limit(s->arena) / sizeof(float);
    size_t numel = 1;
    mlp_tensor t;
    for (size_t i = 0; i < ndim; i++) {
        if (shape[i] && numel > most / shape[i] &&
            !mlp_tensor_new(&t, s->arena, MLP_FLOAT32, ndim, shape, s->error))
            script_give_up(s, s->here);
        numel *= shape[i];
    }
}

/* What the numbers of a list are, together. */
typedef struct {
    size_t ndim;
    const size_t *shape;
    bool has_float, has_other; /* has_other: than bools */
    double largest;            /* of the floats, without sign; nan where there is one */
} survey;

static void survey_number(script *s, survey *all, const object *v, size_t dim) {
    if (!object_is_number(v))
        script_fail(s, s->here, "a tensor is made of numbers, not of type %s", object_type(v));
    if (dim != all->ndim)
        script_fail(s, s->here,
                    "the list is ragged: a number stands where a list of %zu "
                    "is expected",
                    all->shape[dim]);
    all->has_other |= v->kind != OBJECT_BOOL;
    if (v->kind != OBJECT_FLOAT)
        return;
    all->has_float = true;
    if (!(fabs(v->as.number) <= all->largest))
        all->largest = fabs(v->as.number);
}

static void survey_list(script *s, survey *all, const object *v, size_t dim) {
    if (!is_list(v)) {
        survey_number(s, all, v, dim);
        return;
    }
    const size_t count = v->as.sequence.count;
    if (dim == all->ndim)
        script_fail(s, s->here, "the list is ragged: a list stands where a number is expected");
    if (count != all->shape[dim])
        script_fail(s, s->here,
                    "the list is ragged: lists of %zu and of %zu elements stand side "
                    "by side",
                    all->shape[dim], count);
    for (size_t i = 0; i < count; i++)
        survey_list(s, all, v->as.sequence.items[i], dim + 1);
}

static size_t fill(mlp_tensor *t, const object *data, size_t at) {
    if (is_list(data)) {
        for (size_t i = 0; i < data->as.sequence.count; i++)
            at = fill(t, data->as.sequence.items[i], at);
        return at;
    }
    if (t->dtype == MLP_INT64 && data->kind == OBJECT_INTEGER)
        ((int64_t *)t->data)[at] = data->as.integer;
    else
        mlp_tensor_set(t, at, object_as_number(data));
    return at + 1;
}

mlp_variable *tensor_from(script *s, const object *data, const mlp_dtype *dtype,
                          bool requires_grad) {
    size_t shape[MLP_MAX_DIMS];
    survey all = {.ndim = shape_of(s, data, shape), .shape = shape};
    check_size(s, all.ndim, shape);
    survey_list(s, &all, data, 0);
    const bool empty = all.ndim && shape[all.ndim - 1] == 0;
    const mlp_dtype chosen = dtype                    ? *dtype
                             : all.has_float || empty ? s->dtype
                             : all.has_other          ? MLP_INT64
                                                      : MLP_BOOL;
    if (chosen == MLP_INT64 && !(all.largest < 9.2e18))
        script_fail(s, s->here, "%g does not fit in an integer tensor", all.largest);
    mlp_variable *variable = tensor_new(s, chosen, all.ndim, shape, requires_grad);
    fill(&variable->value->tensor, data, 0);
    return variable;
}

mlp_dtype dtype_argument(script *s, const object *v) {
    if (v->kind == OBJECT_NONE)
        return s->dtype;
    if (v->kind != OBJECT_DTYPE)
        script_fail(s, s->here,
                    "dtype= takes torch.float32, torch.float64 or torch.int64, not a "
                    "%s",
                    object_type(v));
    return v->as.dtype;
}

void check_device(script *s, const object *v) {
    if (v->kind != OBJECT_NONE && v->kind != OBJECT_DEVICE &&
        !(v->kind == OBJECT_STRING && strcmp(v->as.string, "cpu") == 0))
        script_fail(s, s->here, "only the CPU is supported: leave device= out");
}

/* --- attributes --- */

static object *shape_value(script *s, const mlp_tensor *t) {
    object *v = object_sequence(s, OBJECT_SIZE, t->ndim);
    for (size_t i = 0; i < t->ndim; i++)
        v->as.sequence.items[i] = object_integer(s, (int64_t)t->shape[i]);
    return v;
}

static object *dtype_value(script *s, mlp_dtype dtype) {
    return native_value(s, script_printf(s, "torch.%s", mlp_dtype_name(dtype)), NULL);
}

/* All dimensions in reverse. */
static object *transposed(script *s, object *self) {
    double order[MLP_MAX_OPTIONS];
    const size_t ndim = tensor_value(s, self)->tensor.ndim;
    for (size_t i = 0; i < MLP_MAX_OPTIONS; i++)
        order[i] = i < ndim ? (double)(ndim - 1 - i) : (double)NAN;
    return tensor_view(s, self, &mlp_permute, order);
}

static const char *const attributes[] = {"data", "grad",          "shape",   "dtype", "device",
                                         "ndim", "requires_grad", "is_leaf", "T",     "grad_fn"};

void tensor_consider(nearest *near) {
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        nearest_consider(near, attributes[i]);
}

/* What Tensor.grad_fn is: the node of the graph that made the tensor, None of a leaf. */
static object *grad_fn(script *s, object *self) {
    const mlp_value *v = tensor_value(s, self);
    const char *name = self->as.tensor->requires_grad ? mlp_value_grad_fn(v) : NULL;
    if (!name)
        return object_none(s);
    while (v->producer->operation == &mlp_identity)
        v = v->producer->in[0]; /* PyTorch hands the tensor itself on */
    object *made_by = script_alloc(s, 1, sizeof *made_by);
    made_by->kind = OBJECT_NODE;
    made_by->as.node.name = name;
    made_by->as.node.step = v->producer;
    return made_by;
}

object *tensor_attribute(script *s, object *self, const char *name) {
    mlp_variable *variable = self->as.tensor;
    if (strcmp(name, "data") == 0)
        return tensor_object(s, tensor_detached(s, variable));
    if (strcmp(name, "grad") == 0)
        return variable->grad ? tensor_object(s, variable->grad) : object_none(s);
    if (strcmp(name, "shape") == 0)
        return shape_value(s, &variable->value->tensor);
    if (strcmp(name, "dtype") == 0)
        return dtype_value(s, variable->value->tensor.dtype);
    if (strcmp(name, "requires_grad") == 0)
        return object_bool(s, variable->requires_grad);
    if (strcmp(name, "is_leaf") == 0)
        return object_bool(s, tensor_value(s, self)->leaf);
    if (strcmp(name, "ndim") == 0)
        return object_integer(s, (int64_t)variable->value->tensor.ndim);
    if (strcmp(name, "device") == 0)
        return device_object(s);
    if (strcmp(name, "grad_fn") == 0)
        return grad_fn(s, self);
    if (strcmp(name, "T") == 0)
        return transposed(s, self);
    return native_value(s, script_printf(s, "Tensor.%s", name), self);
}

/* parameter.data = tensor: the variable stays, its numbers are the other's from now on. */
static void set_data(script *s, mlp_variable *variable, const object *v) {
    if (v->kind != OBJECT_TENSOR)
        script_fail(s, s->here,
                    ".data takes a Tensor, not a value of type %s: write torch.tensor(...)",
                    object_type(v));
    const mlp_tensor *t = &v->as.tensor->value->tensor;
    if (t->dtype != variable->value->tensor.dtype)
        script_fail(s, s->here, ".data of a %s tensor cannot be set to a %s one",
                    mlp_dtype_name(variable->value->tensor.dtype), mlp_dtype_name(t->dtype));
    if (variable->storage && variable->storage == v->as.tensor->storage)
        return; /* what p.data -= ... ends with */
    if (!mlp_trace_share(s->trace, variable, v->as.tensor, s->error))
        script_give_up(s, s->here);
}

static void set_grad(script *s, mlp_variable *variable, const object *v) {
    if (v->kind == OBJECT_NONE) {
        variable->grad = NULL;
        return;
    }
    if (v->kind != OBJECT_TENSOR)
        script_fail(s, s->here, ".grad takes a Tensor or None, not a value of type %s",
                    object_type(v));
    const mlp_tensor *t = &variable->value->tensor, *g = &v->as.tensor->value->tensor;
    char shape[MLP_SHAPE_TEXT], grad_shape[MLP_SHAPE_TEXT];
    if (!mlp_tensor_same_shape(t, g) || t->dtype != g->dtype)
        script_fail(s, s->here, "the gradient of a %s tensor of shape %s cannot be %s of shape %s",
                    mlp_dtype_name(t->dtype), mlp_shape_text(shape, t), mlp_dtype_name(g->dtype),
                    mlp_shape_text(grad_shape, g));
    variable->grad = v->as.tensor;
}

void tensor_set_attribute(script *s, object *self, const char *name, object *v) {
    if (strcmp(name, "data") == 0)
        set_data(s, self->as.tensor, v);
    else if (strcmp(name, "grad") == 0)
        set_grad(s, self->as.tensor, v);
    else if (strcmp(name, "requires_grad") == 0 && v->kind == OBJECT_BOOL)
        tensor_require_grad(s, self->as.tensor, v->as.boolean);
    else
        script_fail(s, s->here,
                    "'%s' of a Tensor cannot be set: only data, grad and requires_grad can", name);
}

void zero_gradient(script *s, mlp_variable *variable, bool set_to_none) {
    if (set_to_none)
        variable->grad = NULL;
    if (variable->grad)
        tensor_fill(s, variable->grad, 0);
}
