#include "tensor.h"

#include "python/large.h"
#include "python/off.h"

#include <float.h>
#include <math.h>
#include <string.h>

object *variable_object(call *c, mlp_variable *variable) {
    return object_extension(c->script, &tensor_type, variable);
}

object *value_object(call *c, mlp_value *value) {
    mlp_variable *variable = mlp_trace_variable(trace_of(c), value, value->requires_grad);
    if (!variable)
        script_out_of_memory(c->script);
    return variable_object(c, variable);
}

bool is_tensor(const object *o) {
    return object_is(o, &tensor_type);
}

mlp_variable *variable_of(const object *tensor) {
    return tensor->as.data;
}

bool is_parameter(const object *o) {
    return is_tensor(o) && variable_of(o)->is_parameter;
}

static mlp_variable *new_variable(call *c, mlp_tensor tensor, bool requires_grad) {
    mlp_value *given = mlp_trace_given(trace_of(c), tensor);
    mlp_variable *variable = given ? mlp_trace_variable(trace_of(c), given, requires_grad) : NULL;
    if (!variable)
        script_out_of_memory(c->script);
    return variable;
}

mlp_tensor tensor_zeroed(call *c, mlp_dtype dtype, size_t ndim, const size_t *shape) {
    mlp_tensor numbers;
    if (!mlp_tensor_new(&numbers, script_arena(c->script), dtype, ndim, shape,
                        script_error(c->script)))
        call_give_up(c);
    script_work(c->script, c->where, numbers.numel);
    return numbers;
}

mlp_variable *tensor_new(call *c, mlp_dtype dtype, size_t ndim, const size_t *shape,
                         bool requires_grad) {
    if (requires_grad && !mlp_dtype_is_floating(dtype))
        call_fail(
            call_raises(c, RUNTIME_ERROR,
                        "Only Tensors of floating point and complex dtype can require gradients"),
            "only floating-point tensors can require gradients: write the numbers with a "
            "decimal point");
    return new_variable(c, tensor_zeroed(c, dtype, ndim, shape), requires_grad);
}

void tensor_set_bound(mlp_value *given, double *bound) {
    if (!given->bound)
        given->bound = bound;
}

mlp_variable *tensor_like(call *c, const mlp_value *like, mlp_dtype dtype, bool requires_grad) {
    const mlp_tensor *t = &like->tensor;
    mlp_variable *variable = tensor_new(c, dtype, t->ndim, t->shape, requires_grad);
    if (!mlp_trace_lay_out(trace_of(c), variable->value, like))
        script_out_of_memory(c->script);
    return variable;
}

mlp_variable *tensor_detached(call *c, mlp_variable *of) {
    mlp_variable *variable = mlp_trace_detach(trace_of(c), of, script_error(c->script));
    if (!variable)
        call_give_up(c);
    return variable;
}

mlp_variable *tensor_data(call *c, mlp_variable *of) {
    mlp_variable *variable = mlp_trace_data(trace_of(c), of, script_error(c->script));
    if (!variable)
        call_give_up(c);
    return variable;
}

mlp_variable *tensor_same(call *c, mlp_variable *of, const mlp_variable *result) {
    mlp_variable *variable =
        mlp_trace_view(trace_of(c), of, result->value, script_error(c->script));
    if (!variable)
        call_give_up(c);
    return variable;
}

mlp_value *tensor_value(call *c, const object *tensor) {
    mlp_value *v = mlp_variable_value(trace_of(c), variable_of(tensor), script_error(c->script));
    if (!v)
        call_give_up(c);
    return v;
}

const mlp_value *tensor_read(call *c, const object *tensor) {
    const mlp_value *v = tensor_value(c, tensor);
    warn_if_unseeded(c, v);
    return v;
}

void tensor_decides(call *c, const mlp_value *v) {
    for (size_t i = 0; v->bound && i < v->tensor.numel; i++)
        if (v->bound[i] > 0)
            script_doubt(c->script);
}

const mlp_tensor *tensor_numbers(call *c, const object *tensor) {
    return &tensor_read(c, tensor)->tensor;
}

void tensor_require_grad(call *c, mlp_variable *variable, bool requires_grad) {
    if (requires_grad && !mlp_dtype_is_floating(variable->value->tensor.dtype))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "only Tensors of floating point %sdtype can require gradients",
                              c->native ? "" : "and complex "),
                  "only floating-point tensors can require gradients");
    if (!mlp_trace_require_grad(trace_of(c), variable, requires_grad, script_error(c->script)))
        call_give_up(c);
}

mlp_value *tensor_step(call *c, const mlp_request *request) {
    const char *warning = NULL;
    mlp_value *out = mlp_trace_record(trace_of(c), request, &warning, script_error(c->script));
    if (!out)
        call_give_up(c);
    if (warning) {
        call_warn(c, "%s", warning);
        call_warn_otherwise(c);
    }
    if (mlp_value_is_unseeded(out) && request->operation->numbers == MLP_COMPUTED &&
        request->operation != &mlp_index_put && !request->hidden)
        warn_if_unseeded(c, out); /* a part that is only looked at may be overwritten yet */
    return out;
}

mlp_variable *tensor_computed(call *c, const mlp_request *request) {
    mlp_value *out = tensor_step(c, request);
    mlp_variable *variable = mlp_trace_variable(trace_of(c), out, out->requires_grad);
    if (!variable)
        script_out_of_memory(c->script);
    return variable;
}

object *tensor_result(call *c, const mlp_request *request) {
    return variable_object(c, tensor_computed(c, request));
}

mlp_sizes tensor_sizes(size_t ndim, const size_t *shape) {
    mlp_sizes sizes = {.count = ndim};
    memcpy(sizes.size, shape, ndim * sizeof *shape);
    return sizes;
}

mlp_value *tensor_flattened(call *c, mlp_value *v) {
    mlp_request request = {.operation = &mlp_reshape, .in = {v}, .hidden = true};
    request.options.sizes = (mlp_sizes){1, {v->tensor.numel}};
    return v->tensor.ndim == 1 ? v : tensor_step(c, &request);
}

mlp_value *tensor_copied(call *c, mlp_value *of, mlp_dtype dtype) {
    return tensor_step(c,
                       &(mlp_request){.operation = of->tensor.dtype == dtype ? &mlp_clone : &mlp_to,
                                      .in = {of},
                                      .options.dtype = dtype,
                                      .hidden = true,
                                      .without_history = true});
}

void tensor_convert(call *c, mlp_variable *variable, mlp_dtype dtype) {
    mlp_value *v = mlp_variable_value(trace_of(c), variable, script_error(c->script));
    if (!v)
        call_give_up(c);
    if (v->tensor.dtype == dtype)
        return;
    mlp_variable *converted = variable_of(value_object(c, tensor_copied(c, v, dtype)));
    if (!mlp_trace_share(trace_of(c), variable, converted, script_error(c->script)))
        call_give_up(c);
}

static void assign(call *c, mlp_variable *variable, mlp_value *v, bool without_history) {
    if (!without_history)
        tensor_check_watched(c, variable);
    if (mlp_variable_original(variable)->view_of)
        tensor_assign_view(c, variable, v, without_history);
    else if (!mlp_trace_assign(trace_of(c), variable, v, without_history, script_error(c->script)))
        call_give_up(c);
}

void tensor_check_overlap(call *c, const object *written, const object *read) {
    if (is_tensor(read) && mlp_values_overlap(tensor_value(c, written), tensor_value(c, read)))
        call_fail(c, "this changes numbers that it reads at other places: write .clone() behind "
                     "what is read");
}

void tensor_assign(call *c, mlp_variable *variable, mlp_value *v) {
    assign(c, variable, v, false);
}

void tensor_replace(call *c, mlp_variable *variable, mlp_value *v) {
    assign(c, variable, v, true);
}

static mlp_value *value_of(call *c, fresh_numbers given) {
    mlp_value *value = mlp_trace_given(trace_of(c), given.tensor);
    if (!value)
        script_out_of_memory(c->script);
    tensor_set_bound(value, given.bound);
    return value;
}

mlp_value *tensor_overwrite(call *c, mlp_variable *variable, fresh_numbers given) {
    mlp_value *value = value_of(c, given);
    assign(c, variable, value, false);
    return value;
}

void tensor_reset(call *c, mlp_variable *variable, fresh_numbers given) {
    assign(c, variable, value_of(c, given), true);
}

void tensor_fill(mlp_tensor *t, mlp_number number) {
    if (t->numel > 0)
        mlp_number_set(t, 0, number);
    const size_t size = mlp_dtype_size(t->dtype);
    for (size_t done = 1; done < t->numel; done += done) {
        const size_t left = t->numel - done;
        memcpy((char *)t->data + done * size, t->data, (left < done ? left : done) * size);
    }
}

fresh_numbers tensor_filled(call *c, const mlp_variable *like, mlp_number number) {
    const mlp_tensor *t = &like->value->tensor;
    mlp_tensor filled = tensor_zeroed(c, t->dtype, t->ndim, t->shape);
    tensor_fill(&filled, number);
    return (fresh_numbers){filled, tensor_bound_of(c, &filled, number)};
}

fresh_numbers tensor_zeros_like(call *c, const mlp_variable *like) {
    const mlp_tensor *t = &like->value->tensor;
    mlp_tensor zeros;
    if (!mlp_tensor_zeros(&zeros, script_arena(c->script), t->dtype, t->ndim, t->shape,
                          script_error(c->script)))
        call_give_up(c);
    script_work(c->script, c->where, zeros.numel);
    return (fresh_numbers){zeros, NULL};
}

/* Of a number that is off, once it is rounded to the dtype: in another build another one is. */
static double bound_in(mlp_dtype dtype, double number, double off) {
    if (off == 0 || !mlp_dtype_is_floating(dtype))
        return off == 0 ? 0 : INFINITY;
    const double rounding = dtype == MLP_FLOAT32 ? (double)FLT_EPSILON : DBL_EPSILON;
    return off + rounding * (fabs(number) + off);
}

double *tensor_bound_of(call *c, const mlp_tensor *t, mlp_number number) {
    if (!trace_of(c)->bounded || number.off == 0)
        return NULL;
    double *bound = script_alloc(c->script, t->numel, sizeof *bound);
    for (size_t i = 0; i < t->numel; i++)
        bound[i] = bound_in(t->dtype, number.real, number.off);
    return bound;
}

size_t tensor_size_of(call *c, int64_t size) {
    if (size < 0)
        call_fail(c, "a size is a whole number of 0 or more");
    if ((uint64_t)size > SIZE_MAX)
        call_fail(c, "a tensor with a size of %lld does not fit in the memory of this processor",
                  (long long)size);
    return (size_t)size;
}

size_t tensor_dim_of(call *c, const mlp_tensor *t, int64_t dim, size_t more) {
    char shape[MLP_SHAPE_TEXT];
    const int64_t ndim = (int64_t)(t->ndim + more), least = ndim ? -ndim : -1;
    if (dim < least || dim >= (ndim ? ndim : 1))
        call_fail(
            call_raises(
                c, INDEX_ERROR,
                "Dimension out of range (expected to be in range of [%lld, %lld], but got %lld)",
                (long long)least, (long long)(ndim ? ndim : 1) - 1, (long long)dim),
            "dim=%lld is not a dimension of a tensor of shape %s: it must lie between "
            "%lld and %lld",
            (long long)dim, mlp_shape_text(shape, t), (long long)least,
            (long long)(ndim ? ndim : 1) - 1);
    return (size_t)(dim < 0 ? dim - least : dim);
}

static object *view(call *c, const object *self, const mlp_request *request) {
    mlp_value *out = tensor_step(c, request);
    mlp_variable *of = mlp_trace_view(trace_of(c), variable_of(self), out, script_error(c->script));
    if (!of)
        call_give_up(c);
    return variable_object(c, of);
}

object *tensor_view(call *c, object *self, const mlp_operation *operation,
                    const mlp_options *options) {
    return view(
        c, self,
        &(mlp_request){.operation = operation, .in = {tensor_value(c, self)}, .options = *options});
}

object *tensor_hidden_view(call *c, const object *self, const mlp_operation *operation,
                           const mlp_options *options) {
    return view(c, self,
                &(mlp_request){.operation = operation,
                               .in = {tensor_value(c, self)},
                               .options = *options,
                               .hidden = true});
}

/* --- from lists --- */

static bool is_list(const object *v) {
    return v->kind == OBJECT_LIST || v->kind == OBJECT_TUPLE;
}

/* The shape by the first elements; survey checks that the others agree. */
static size_t shape_of(call *c, const object *data, size_t shape[MLP_MAX_DIMS]) {
    size_t ndim = 0;
    for (; is_list(data); data = data->as.sequence.items[0]) {
        if (ndim == MLP_MAX_DIMS)
            call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
        shape[ndim++] = data->as.sequence.count;
        if (data->as.sequence.count == 0)
            break;
    }
    return ndim;
}

/* A few short lists can name each other as the elements of a huge one: it is refused before
 * anybody walks through it. */
static void check_size(call *c, size_t ndim, const size_t *shape) {
    const size_t most = mlp_arena_limit(script_arena(c->script)) / sizeof(float);
    size_t numel = 1;
    mlp_tensor t;
    for (size_t i = 0; i < ndim; i++) {
        if (shape[i] && numel > most / shape[i] &&
            !mlp_tensor_new(&t, script_arena(c->script), MLP_FLOAT32, ndim, shape,
                            script_error(c->script)))
            call_give_up(c);
        numel *= shape[i];
    }
}

/* What the numbers of a list are, together. */
typedef struct {
    size_t ndim;
    const size_t *shape;
    const mlp_dtype *dtype;    /* that they shall have; NULL: the one that they tell */
    bool has_float, has_other; /* has_other: than bools */
    bool has_large;            /* a whole number beyond 64 bits */
    double off;                /* how far they may be off, at most */
} survey;

/* A negative whole number wraps around in what has no sign; no float does. */
static bool is_beyond(mlp_dtype dtype, const object *v) {
    const int64_t least = mlp_dtype_least(dtype), most = mlp_dtype_most(dtype);
    if (v->kind == OBJECT_FLOAT)
        return !(v->as.number >= (double)least &&
                 (dtype == MLP_INT64 ? v->as.number < 0x1p63 : v->as.number <= (double)most));
    return v->kind == OBJECT_INTEGER &&
           (v->as.integer > most || v->as.integer < (least ? least : -most));
}

static call *raises_no_number(call *c, const object *v, size_t dim) {
    if (v->kind == OBJECT_STRING)
        return dim ? call_raises(c, VALUE_ERROR, "too many dimensions 'str'")
                   : call_raises(c, TYPE_ERROR, "new(): invalid data type 'str'");
    return call_raises(c, RUNTIME_ERROR, "Could not infer dtype of %s", object_class_name(v));
}

static void survey_number(call *c, survey *all, const object *v, size_t dim) {
    if (!object_is_real(v))
        call_fail(raises_no_number(c, v, dim), "a tensor is made of numbers, not of type %s",
                  object_type(v));
    if (dim != all->ndim)
        call_fail(c,
                  "the list is ragged: a number stands where a list of %zu "
                  "is expected",
                  all->shape[dim]);
    if (all->dtype && mlp_dtype_is_integer(*all->dtype) && is_beyond(*all->dtype, v))
        call_fail(
            call_raises(c, RUNTIME_ERROR, "value cannot be converted to type %s without overflow",
                        mlp_dtype_name(*all->dtype)),
            "%g does not fit in a tensor of %s", object_as_number(v), mlp_dtype_name(*all->dtype));
    all->has_large |= v->kind == OBJECT_LARGE;
    all->has_other |= v->kind != OBJECT_BOOL;
    if (v->kind != OBJECT_FLOAT)
        return;
    all->has_float = true;
    all->off = fmax(all->off, v->as.off);
}

static void survey_list(call *c, survey *all, const object *v, size_t dim) {
    if (!is_list(v)) {
        survey_number(c, all, v, dim);
        return;
    }
    const size_t count = v->as.sequence.count;
    if (dim == all->ndim)
        call_fail(c, "the list is ragged: a list stands where a number is expected");
    if (count != all->shape[dim])
        call_fail(call_raises(c, VALUE_ERROR,
                              "expected sequence of length %zu at dim %zu (got %zu)",
                              all->shape[dim], dim, count),
                  "the list is ragged: lists of %zu and of %zu elements stand side "
                  "by side",
                  all->shape[dim], count);
    for (size_t i = 0; i < count; i++)
        survey_list(c, all, v->as.sequence.items[i], dim + 1);
}

static size_t fill(mlp_tensor *t, const object *data, size_t at) {
    if (is_list(data)) {
        for (size_t i = 0; i < data->as.sequence.count; i++)
            at = fill(t, data->as.sequence.items[i], at);
        return at;
    }
    if (mlp_dtype_is_integer(t->dtype) && data->kind == OBJECT_INTEGER)
        mlp_tensor_set_int(t, at, data->as.integer);
    else
        mlp_tensor_set(t, at, object_as_number(data));
    return at + 1;
}

static size_t fill_bound(double *bound, mlp_dtype dtype, const object *data, size_t at) {
    if (is_list(data)) {
        for (size_t i = 0; i < data->as.sequence.count; i++)
            at = fill_bound(bound, dtype, data->as.sequence.items[i], at);
        return at;
    }
    bound[at] = bound_in(dtype, object_as_number(data), object_estimate(data).off);
    return at + 1;
}

mlp_variable *tensor_from(call *c, const object *data, const mlp_dtype *dtype, bool requires_grad) {
    size_t shape[MLP_MAX_DIMS];
    survey all = {.ndim = shape_of(c, data, shape), .shape = shape, .dtype = dtype};
    check_size(c, all.ndim, shape);
    survey_list(c, &all, data, 0);
    const bool empty = all.ndim && shape[all.ndim - 1] == 0;
    const mlp_dtype chosen = dtype                    ? *dtype
                             : all.has_float || empty ? torch_of(c)->dtype
                             : all.has_other          ? MLP_INT64
                                                      : MLP_BOOL;
    if (all.has_large && mlp_dtype_is_integer(chosen))
        script_raise(c->script, c->where, RUNTIME_ERROR, "Overflow when unpacking long");
    mlp_variable *variable = tensor_new(c, chosen, all.ndim, shape, requires_grad);
    fill(&variable->value->tensor, data, 0);
    if (trace_of(c)->bounded && all.off > 0) {
        double *bound = script_alloc(c->script, variable->value->tensor.numel, sizeof *bound);
        fill_bound(bound, chosen, data, 0);
        tensor_set_bound(variable->value, bound);
    }
    return variable;
}

mlp_value *tensor_constant(call *c, const object *data, mlp_dtype dtype) {
    mlp_value *v = tensor_from(c, data, &dtype, false)->value;
    v->label.hidden = true;
    return v;
}

bool sets_to_none(const call *c) {
    const object *given = c->arguments[0];
    return given ? given->as.boolean : release_has(c, MLP_CLEARS_GRADIENTS);
}

void zero_gradient(call *c, mlp_variable *variable, bool set_to_none) {
    if (set_to_none)
        variable->grad = NULL;
    mlp_variable *grad = variable->grad;
    if (grad && grad->requires_grad) /* what create_graph=True left loses its history */
        variable->grad = tensor_like(c, grad->value, grad->value->tensor.dtype, false);
    else if (grad)
        tensor_overwrite(c, grad, tensor_zeros_like(c, grad));
}
