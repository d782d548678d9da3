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
static const object *limit(call *c, const char *name) {
    const object *given = call_argument(c, name);
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
        call_fail(c, "a tensor of %s cannot hold a result of %s in place", mlp_dtype_name(own),
                  mlp_dtype_name(dtype));
}

static object *clamped(call *c) {
    const object *min = limit(c, "min"), *max = limit(c, "max");
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

#define LIMITS                                                                                \
    .signature = "min: Optional[float] = None, max: Optional[float] = None", .call = clamped, \
    .is_function = true, .data = &mlp_clamp
#define LEAST \
    .signature = "min: float", .call = clamped, .is_function = true, .data = &mlp_clamp_min
#define MOST .signature = "max: float", .call = clamped, .is_function = true, .data = &mlp_clamp_max

const native native_clamp[] = {{.path = "Tensor.clamp", LIMITS},
                               {.path = "Tensor.clamp_", LIMITS},
                               {.path = "Tensor.clip", LIMITS},
                               {.path = "Tensor.clip_", LIMITS},
                               {.path = "Tensor.clamp_min", LEAST},
                               {.path = "Tensor.clamp_min_", LEAST},
                               {.path = "Tensor.clamp_max", MOST},
                               {.path = "Tensor.clamp_max_", MOST},
                               {0}};
