/* Elements by whole numbers along a dimension: gather, scatter, index_select and their like. */
#include "operators.h"
#include "options.h"
#include "steps.h"
#include "tensor.h"

#include <math.h>
#include <string.h>

/* Whether it is the method that changes its tensor: scatter_. */
static bool is_in_place(const call *c) {
    return c->native->path[strlen(c->native->path) - 1] == '_';
}

static object *result(call *c, const mlp_request *request) {
    if (!is_in_place(c))
        return tensor_result(c, request);
    tensor_changed(c, *request, variable_of(c->self));
    return c->self;
}

/* Along dim, by the index, with src beside them where there is one. */
static mlp_request chosen(call *c, const mlp_operation *operation, const object *src) {
    mlp_value *x = tensor_value(c, c->self);
    mlp_request request = {.operation = operation,
                           .in = {x, tensor_value(c, call_argument(c, "index"))}};
    request.options.dim =
        (int64_t)tensor_dim_of(c, &x->tensor, call_argument(c, "dim")->as.integer, 0);
    if (src)
        request.in[2] = tensor_value(c, src);
    const bool takes_int32 = operation == &mlp_index_select || operation == &mlp_index_add;
    if (takes_int32 && request.in[1]->tensor.dtype == MLP_INT32)
        request.in[1] = tensor_in_dtype(c, request.in[1], MLP_INT64);
    return request;
}

/* --- gather, index_select --- */

static object *tensor_gather(call *c) {
    if (call_argument(c, "sparse_grad")->as.boolean)
        call_fail(c, "sparse_grad=True is not supported: leave it out");
    const mlp_request request = chosen(c, &mlp_gather, NULL);
    return tensor_result(c, &request);
}

static object *tensor_index_select(call *c) {
    const mlp_request request = chosen(c, &mlp_index_select, NULL);
    return tensor_result(c, &request);
}

/* Both are broadcast to each other, but along dim. */
static void broadcast_but(call *c, mlp_value **x, mlp_value **index, size_t dim) {
    mlp_tensor a = (*x)->tensor, b = (*index)->tensor;
    const size_t of_x = a.shape[dim], of_index = b.shape[dim];
    mlp_shape both;
    a.shape[dim] = b.shape[dim] = 1;
    if (!mlp_broadcast(&both, &a, &b, script_error(c->script)))
        call_give_up(c);
    both.shape[dim] = of_x;
    *x = tensor_expanded(c, *x, &both);
    both.shape[dim] = of_index;
    *index = tensor_expanded(c, *index, &both);
}

/* Arguments: indices, dim. */
static object *tensor_take_along_dim(call *c) {
    const object *dim = c->arguments[1];
    mlp_value *x = tensor_value(c, c->self), *index = tensor_value(c, c->arguments[0]);
    mlp_request request = {.operation = &mlp_gather};
    if (dim->kind == OBJECT_NONE) {
        x = tensor_flattened(c, x);
        index = tensor_flattened(c, index);
    } else {
        if (x->tensor.ndim != index->tensor.ndim)
            call_fail(c,
                      "take_along_dim() takes indices of as many dimensions as the tensor has, "
                      "%zu, not %zu",
                      x->tensor.ndim, index->tensor.ndim);
        const size_t along = tensor_dim_of(c, &x->tensor, dim->as.integer, 0);
        if (x->tensor.ndim)
            broadcast_but(c, &x, &index, along);
        request.options.dim = (int64_t)along;
    }
    request.in[0] = x;
    request.in[1] = index;
    return tensor_result(c, &request);
}

/* --- scatter, scatter_add, index_add --- */

static void refuse_lost_gradient(call *c, const mlp_request *request) {
    const mlp_value *index = request->in[1], *src = request->in[2];
    if (src && src->requires_grad && !trace_of(c)->no_grad &&
        !mlp_tensor_same_shape(&src->tensor, &index->tensor))
        call_fail(c, "a src that requires grad has no gradient in PyTorch where it is larger than "
                     "the index: take the part of it that the index is for");
}

static void check_apart(call *c, const mlp_request *request) {
    for (size_t i = 1; i <= 2 && is_in_place(c); i++)
        if (request->in[i] && mlp_values_overlap(request->in[0], request->in[i]))
            call_fail(c, "this changes numbers that it reads at other places: write .clone() "
                         "behind what is read");
}

static object *scattered(call *c, const mlp_operation *operation, const object *src,
                         const object *value) {
    mlp_request request = chosen(c, operation, src);
    if (value) {
        request.options.number = option_number(value);
        option_check_fits(c, request.options.number, request.in[0]->tensor.dtype);
    }
    check_apart(c, &request);
    if (operation != &mlp_index_add)
        refuse_lost_gradient(c, &request);
    return result(c, &request);
}

/* A src of the number alone, as large as the index. */
static object *src_of_number(call *c, const object *value) {
    const mlp_tensor *index = &tensor_value(c, call_argument(c, "index"))->tensor;
    const mlp_dtype dtype = tensor_value(c, c->self)->tensor.dtype;
    mlp_variable *all = tensor_new(c, dtype, index->ndim, index->shape, false);
    const mlp_number number = option_number(value);
    option_check_fits(c, number, dtype);
    tensor_fill(&all->value->tensor, number);
    return variable_object(c, all);
}

/* reduce=: what stands there is added to, or multiplied. PyTorch has no gradient of it. */
static object *scattered_by(call *c, const object *reduce) {
    static const char *const names[] = {"add", "multiply"};
    size_t i = 0;
    while (i < 2 && (reduce->kind != OBJECT_STRING || strcmp(reduce->as.string, names[i]) != 0))
        i++;
    if (i == 2)
        script_raise(c->script, c->where, RUNTIME_ERROR,
                     "reduce argument must be either add or multiply.");
    object *src = call_argument(c, "src");
    src = src ? src : src_of_number(c, call_argument(c, "value"));
    const mlp_request request = chosen(c, &mlp_scatter, src);
    if (!trace_of(c)->no_grad &&
        (request.in[0]->requires_grad || tensor_value(c, src)->requires_grad))
        call_fail(c,
                  "PyTorch has no gradient of scatter with reduce=: write .detach() behind what "
                  "requires grad%s",
                  i == 0 ? ", or scatter_add" : "");
    check_apart(c, &request);
    object *given[] = {c->self, object_integer(c->script, request.options.dim),
                       call_argument(c, "index"), src, object_string(c->script, names[i])};
    object *made =
        call_positional(c, native_member(c->script, "torch", "_scattered_by", NULL), given, 5);
    if (!is_in_place(c))
        return made;
    return call_positional(c, native_member(c->script, "Tensor", "copy_", c->self), &made, 1);
}

static object *tensor_scatter(call *c) {
    const object *reduce = call_argument(c, "reduce");
    if (reduce->kind != OBJECT_NONE)
        return scattered_by(c, reduce);
    return scattered(c, &mlp_scatter, call_argument(c, "src"), call_argument(c, "value"));
}

static object *tensor_scatter_add(call *c) {
    return scattered(c, &mlp_scatter_add, call_argument(c, "src"), NULL);
}

/* alpha times the source, where that rounds nothing: PyTorch adds some of the products before they
 * are rounded. */
static object *weighed_source(call *c, object *source, double alpha) {
    int exponent;
    if (alpha == 1)
        return source;
    if (fabs(frexp(alpha, &exponent)) != 0.5)
        call_fail(c,
                  "alpha= is supported here where it is a power of 2: multiply the source by it");
    if (!mlp_dtype_is_floating(tensor_value(c, source)->tensor.dtype))
        call_fail(c, "alpha= of integers is not supported here: multiply the source by it");
    if (is_in_place(c))
        tensor_check_overlap(c, c->self, source);
    mlp_variable *weighed = mlp_trace_variable(
        trace_of(c), step_number(c, &mlp_mul, tensor_value(c, source), alpha), false);
    if (!weighed)
        script_out_of_memory(c->script);
    return variable_object(c, weighed);
}

static object *tensor_index_add(call *c) {
    const double alpha = option_exact(c, call_argument(c, "alpha"));
    return scattered(c, &mlp_index_add, weighed_source(c, call_argument(c, "source"), alpha), NULL);
}

#define SCATTER                                                      \
    "dim/axis: int, index: Tensor, src: Tensor, *, reduce = None | " \
    "dim/axis: int, index: Tensor, value: float, *, reduce = None"
#define SCATTER_ADD "dim/axis: int, index: Tensor, src: Tensor"
#define INDEX_ADD "dim/axis: int, index: Tensor, source: Tensor, *, alpha: float = 1"

const native native_choose[] = {
    {.path = "Tensor.gather",
     .signature = "dim/axis: int, index: Tensor, *, sparse_grad: bool = False",
     .call = tensor_gather,
     .is_function = true},
    {.path = "Tensor.index_select",
     .signature = "dim/axis: int, index: Tensor",
     .call = tensor_index_select,
     .is_function = true},
    {.path = "Tensor.take_along_dim",
     .signature = "indices: Tensor, dim/axis: Optional[int] = None",
     .call = tensor_take_along_dim,
     .is_function = true},
    {.path = "Tensor.scatter", .signature = SCATTER, .call = tensor_scatter, .is_function = true},
    {.path = "Tensor.scatter_", .signature = SCATTER, .call = tensor_scatter},
    {.path = "Tensor.scatter_add",
     .signature = SCATTER_ADD,
     .call = tensor_scatter_add,
     .is_function = true},
    {.path = "Tensor.scatter_add_", .signature = SCATTER_ADD, .call = tensor_scatter_add},
    {.path = "Tensor.index_add",
     .signature = INDEX_ADD,
     .call = tensor_index_add,
     .is_function = true},
    {.path = "Tensor.index_add_", .signature = INDEX_ADD, .call = tensor_index_add},
    {0}};
