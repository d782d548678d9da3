/* Elements by a mask: where, masked_fill, masked_select, and where a tensor is not 0. */
#include "operators.h"
#include "options.h"
#include "tensor.h"
#include "tuples.h"

#include <string.h>

static void broadcast_to(call *c, mlp_shape *shape, const mlp_value *v) {
    mlp_tensor so_far = {.ndim = shape->ndim};
    memcpy(so_far.shape, shape->shape, sizeof so_far.shape);
    if (!mlp_broadcast(shape, &so_far, &v->tensor, script_error(c->script)))
        call_give_up(c);
}

/* --- nonzero --- */

/* As many tensors as the tensor has dimensions: x[x.nonzero(as_tuple=True)] are its elements. */
static object *nonzero_tuple(call *c, const mlp_value *v) {
    mlp_value *index[MLP_MAX_DIMS];
    const size_t dims = v->tensor.ndim ? v->tensor.ndim : 1;
    tensor_nonzero(c, v, index);
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, dims);
    for (size_t d = 0; d < dims; d++) {
        index[d]->label.hidden = false;
        tuple->as.sequence.items[d] = variable_object(c, index[d]->variable);
    }
    return tuple;
}

/* One row for each of them. */
static object *nonzero_rows(call *c, const mlp_value *v) {
    mlp_value *index[MLP_MAX_DIMS];
    tensor_nonzero(c, v, index);
    const size_t dims = v->tensor.ndim, count = index[0]->tensor.numel;
    mlp_variable *rows = tensor_new(c, MLP_INT64, 2, (const size_t[]){count, dims}, false);
    for (size_t i = 0; i < count * dims; i++)
        ((int64_t *)rows->value->tensor.data)[i] =
            mlp_tensor_get_int(&index[i % dims]->tensor, i / dims);
    return variable_object(c, rows);
}

static object *tensor_nonzero_method(call *c) {
    const mlp_value *v = tensor_read(c, c->self);
    return c->arguments[0]->as.boolean ? nonzero_tuple(c, v) : nonzero_rows(c, v);
}

static object *tensor_argwhere(call *c) {
    return nonzero_rows(c, tensor_read(c, c->self));
}

/* --- where --- */

static void check_operand(call *c, const object *o, const char *name) {
    if (!is_tensor(o) && !object_is_number(o))
        call_fail(c, "where() takes %s: Tensor or number, not %s", name, object_type(o));
}

/* A number as a tensor without dimensions. */
static object *as_tensor(call *c, object *o) {
    return is_tensor(o) ? o : variable_object(c, tensor_from(c, o, NULL, false));
}

static mlp_value *operand(call *c, object *o, mlp_dtype dtype) {
    if (!is_tensor(o))
        return tensor_constant(c, o, dtype);
    return tensor_in_dtype(c, tensor_value(c, o), dtype);
}

static object *choose(call *c, object *condition, object *a, object *b) {
    check_operand(c, a, "input");
    check_operand(c, b, "other");
    const bool numbers = !is_tensor(a) && !is_tensor(b);
    const mlp_dtype dtype = numbers ? tensor_result_type(c, as_tensor(c, a), as_tensor(c, b))
                                    : tensor_result_type(c, a, b);
    mlp_request request = {.operation = &mlp_where};
    request.in[0] = tensor_value(c, condition);
    request.in[1] = operand(c, a, dtype);
    request.in[2] = operand(c, b, dtype);
    mlp_shape shape = {0};
    for (size_t i = 0; i < 3; i++)
        broadcast_to(c, &shape, request.in[i]);
    for (size_t i = 0; i < 3; i++)
        request.in[i] = tensor_expanded(c, request.in[i], &shape);
    return tensor_result(c, &request);
}

/* Arguments: condition, input, other. */
static object *torch_where(call *c) {
    if (!c->arguments[1])
        return nonzero_tuple(c, tensor_read(c, c->arguments[0]));
    return choose(c, c->arguments[0], c->arguments[1], c->arguments[2]);
}

/* Arguments: condition, other. */
static object *tensor_where(call *c) {
    if (!is_tensor(c->arguments[1]))
        call_fail(c, "where() of a tensor takes another one: write torch.where(condition, x, y), "
                     "which takes numbers too");
    return choose(c, c->arguments[0], c->self, c->arguments[1]);
}

/* --- masked_fill --- */

/* A number, or a tensor without dimensions. */
static void take_value(call *c, mlp_request *request, const object *value) {
    const mlp_dtype dtype = request->in[0]->tensor.dtype;
    char shape[MLP_SHAPE_TEXT];
    if (object_is_number(value)) {
        request->options.number = option_number(value);
        option_check_fits(c, request->options.number, dtype);
        return;
    }
    if (!is_tensor(value))
        call_fail(c, "masked_fill() takes value: float, not %s", object_type(value));
    mlp_value *v = tensor_value(c, value);
    if (v->tensor.ndim)
        call_fail(c,
                  "masked_fill() takes one number, not a tensor of shape %s: write "
                  "torch.where(mask, value, x)",
                  mlp_shape_text(shape, &v->tensor));
    if (v->requires_grad && !trace_of(c)->no_grad)
        call_fail(c, "masked_fill() of a value that requires grad is not supported: write "
                     "torch.where(mask, value, x)");
    if (mlp_dtype_is_floating(v->tensor.dtype))
        option_check_fits(c, mlp_real(mlp_tensor_get(&v->tensor, 0)), dtype);
    request->in[2] = tensor_in_dtype(c, v, dtype);
}

static mlp_request filled(call *c) {
    mlp_request request = {.operation = &mlp_masked_fill,
                           .in = {tensor_value(c, c->self), tensor_value(c, c->arguments[0])}};
    take_value(c, &request, c->arguments[1]);
    return request;
}

static object *tensor_masked_fill(call *c) {
    mlp_request request = filled(c);
    tensor_broadcast_pair(c, &request.in[1], &request.in[0]);
    return tensor_result(c, &request);
}

static object *tensor_masked_fill_(call *c) {
    mlp_request request = filled(c);
    const mlp_tensor *x = &request.in[0]->tensor;
    mlp_shape shape = {.ndim = x->ndim};
    memcpy(shape.shape, x->shape, sizeof shape.shape);
    request.in[1] = tensor_expanded(c, request.in[1], &shape);
    tensor_changed(c, request, variable_of(c->self));
    return c->self;
}

/* --- masked_select --- */

static object *tensor_masked_select(call *c) {
    mlp_value *x = tensor_value(c, c->self), *mask = tensor_value(c, c->arguments[0]);
    mlp_value *index[MLP_MAX_DIMS];
    if (mask->tensor.dtype != MLP_BOOL)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "masked_select: expected BoolTensor or ByteTensor for mask"),
                  "masked_select() takes a mask of bools, but this one is %s: write a "
                  "comparison, or .bool() behind it",
                  mlp_dtype_name(mask->tensor.dtype));
    tensor_broadcast_pair(c, &x, &mask);
    x = tensor_flattened(c, x);
    tensor_nonzero(c, tensor_flattened(c, mask), index);
    return tensor_result(c, &(mlp_request){.operation = &mlp_masked_select, .in = {x, index[0]}});
}

const native native_masked[] = {
    {.path = "torch.where",
     .signature = "condition: Tensor, input, other | condition: Tensor",
     .call = torch_where},
    {.path = "Tensor.where", .signature = "condition: Tensor, other", .call = tensor_where},
    {.path = "Tensor.masked_fill",
     .signature = "mask: Tensor, value",
     .call = tensor_masked_fill,
     .is_function = true},
    {.path = "Tensor.masked_fill_",
     .signature = "mask: Tensor, value",
     .call = tensor_masked_fill_},
    {.path = "Tensor.masked_select",
     .signature = "mask: Tensor",
     .call = tensor_masked_select,
     .is_function = true},
    {.path = "Tensor.nonzero",
     .signature = "*, as_tuple: bool = False",
     .call = tensor_nonzero_method,
     .is_function = true},
    {.path = "Tensor.argwhere", .signature = "", .call = tensor_argwhere, .is_function = true},
    {0}};
