/* clamp, clamp_min and clamp_max, and the same in place. */
#include "operators.h"
#include "options.h"
#include "tensor.h"

#include <float.h>
#include <math.h>
#include <string.h>

static bool is_in_place(const call *c) {
    const char *path = c->native->path;
    return path[strlen(path) - 1] == '_';
}

/* A limit that the script gives; NULL where it gives None, or cannot give one. */
static object *limit(call *c, const char *name) {
    object *given = call_argument(c, name);
    const bool fits = !given || given->kind == OBJECT_NONE || is_tensor(given);
    if (!fits && !object_is_number(given))
        call_fail(c, "%s() takes a number or a Tensor as %s, not a value of type %s",
                  strrchr(c->native->path, '.') + 1, name, object_type(given));
    return given && given->kind != OBJECT_NONE ? given : NULL;
}

/* Numbers of whole ones are whole; a float among them makes floats of all. */
static mlp_dtype dtype_with(call *c, const object *min, const object *max) {
    mlp_dtype dtype = tensor_value(c, c->self)->tensor.dtype;
    if (min)
        dtype = dtype_promoted(dtype, tensor_result_type(c, c->self, (object *)min));
    return max ? dtype_promoted(dtype, tensor_result_type(c, c->self, (object *)max)) : dtype;
}

static void take(call *c, mlp_options *options, mlp_dtype dtype, const object *limit,
                 const char *name) {
    if (!limit)
        return;
    const mlp_number number = option_number(limit);
    if (mlp_dtype_is_integer(dtype)) /* others the operation refuses by the limit's name */
        option_check_fits(c, number, dtype);
    if (mlp_dtype_is_integer(dtype) && fabs(number.real) > 1 / DBL_EPSILON)
        call_fail(c, "%s=%g is not supported: of integers a limit has at most 53 bits", name,
                  number.real);
    option_require(c, options, name, limit);
}

static void check_in_place(call *c, mlp_dtype dtype) {
    const mlp_dtype own = tensor_value(c, c->self)->tensor.dtype;
    if (own != dtype)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "result type %s can't be cast to the desired output type %s",
                              mlp_dtype_word(dtype), mlp_dtype_word(own)),
                  "a tensor of %s cannot hold a result of %s in place", mlp_dtype_name(own),
                  mlp_dtype_name(dtype));
}

/* --- by tensors --- */

/* The node that PyTorch has for limits that are tensors. */
static const char *node_of(const call *c) {
    return c->native->data == &mlp_clamp_min   ? "ClampMinBackward1"
           : c->native->data == &mlp_clamp_max ? "ClampMaxBackward1"
                                               : "ClampBackward0";
}

static bool has_gradient(call *c, const object *tensor) {
    return tensor_value(c, tensor)->requires_grad && !trace_of(c)->no_grad;
}

/* Whether `limit` has elements along a dimension that neither of the others has. */
static bool widens(call *c, const object *limit, const object *a, const object *b) {
    const mlp_tensor *wide = &tensor_value(c, limit)->tensor;
    mlp_tensor both = tensor_value(c, a)->tensor;
    mlp_shape shape;
    if (!mlp_broadcast(&shape, &both, &tensor_value(c, b)->tensor, script_error(c->script)))
        call_give_up(c);
    both.ndim = shape.ndim;
    memcpy(both.shape, shape.shape, sizeof shape.shape);
    if (!mlp_broadcast(&shape, &both, wide, script_error(c->script)))
        call_give_up(c);
    return shape.ndim != both.ndim ||
           memcmp(shape.shape, both.shape, shape.ndim * sizeof *shape.shape) != 0;
}

/* PyTorch's backward compares two of the three, and with that, in place, another pair. */
static void check_gradient(call *c, const object *min, const object *max) {
    const object *x = c->self;
    if ((has_gradient(c, x) && widens(c, max, x, min)) ||
        (has_gradient(c, max) && widens(c, min, x, max)))
        call_fail(c, "PyTorch has no gradient of clamp() where one limit has more elements than "
                     "the tensor and the other limit: write .expand_as() behind these");
}

static object *clamped_between(call *c, object *min, object *max) {
    object *operands[3] = {c->self, min ? min : max, max};
    if (min && max)
        check_gradient(c, min, max);
    mlp_request request =
        tensor_joined(c, &mlp_clamp_between, MLP_BOOL, operands, min && max ? 3 : 2);
    if (!min) {
        request.in[2] = request.in[1];
        request.in[1] = NULL;
    }
    if (!is_in_place(c)) {
        object *result = tensor_result(c, &request);
        variable_of(result)->value->producer->grad_fn = node_of(c);
        return result;
    }
    check_in_place(c, request.in[0]->tensor.dtype);
    if (min)
        tensor_check_overlap(c, c->self, min);
    if (max)
        tensor_check_overlap(c, c->self, max);
    mlp_variable *variable = tensor_changed(c, request, variable_of(c->self));
    if (!variable->view_of)
        variable->value->producer->grad_fn = node_of(c);
    return variable_object(c, variable);
}

/* Beside a number, a tensor of one element is one. */
static object *as_number(call *c, object *limit) {
    if (!limit || !is_tensor(limit))
        return limit;
    const mlp_value *v = tensor_value(c, limit);
    if (v->tensor.ndim != 0 || v->requires_grad)
        call_fail(c, "min and max are both numbers, or both tensors");
    return tensor_item(c, limit);
}

static object *clamped(call *c) {
    object *min = limit(c, "min"), *max = limit(c, "max");
    if ((min || max) && (!min || is_tensor(min)) && (!max || is_tensor(max)))
        return clamped_between(c, min, max);
    min = as_number(c, min);
    max = as_number(c, max);
    const mlp_dtype dtype = dtype_with(c, min, max);
    mlp_request request = {.operation = c->native->data};
    take(c, &request.options, dtype, min, "min");
    take(c, &request.options, dtype, max, "max");
    if (is_in_place(c)) {
        check_in_place(c, dtype);
        return variable_object(c, tensor_changed(c, request, variable_of(c->self)));
    }
    request.in[0] = tensor_in_dtype(c, tensor_value(c, c->self), dtype);
    return tensor_result(c, &request);
}

#define LIMITS \
    .signature = "min = None, max = None", .call = clamped, .is_function = true, .data = &mlp_clamp
#define LEAST .signature = "min", .call = clamped, .is_function = true, .data = &mlp_clamp_min
#define MOST .signature = "max", .call = clamped, .is_function = true, .data = &mlp_clamp_max

const native native_clamp[] = {{.path = "Tensor.clamp", LIMITS},
                               {.path = "Tensor.clamp_", LIMITS},
                               {.path = "Tensor.clip", LIMITS},
                               {.path = "Tensor.clip_", LIMITS},
                               {.path = "Tensor.clamp_min", LEAST},
                               {.path = "Tensor.clamp_min_", LEAST},
                               {.path = "Tensor.clamp_max", MOST},
                               {.path = "Tensor.clamp_max_", MOST},
                               {0}};
