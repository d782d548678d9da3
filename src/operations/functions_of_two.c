/* Functions of two elements, and sums and means of products: what PyTorch has no operator for, but
 * for % and //. All gradients are composed. */
#include "bounds.h"
#include "composed.h"
#include "row.h"

#include "mlpstep/kernels/clamp.h"
#include "mlpstep/kernels/functions_of_two.h"
#include "mlpstep/kernels/integer.h"
#include "mlpstep/kernels/three.h"

#include <math.h>

/* Which inputs a gradient reads, or has one. */
enum {
    A = 1 << 0,
    B = 1 << 1,
    C = 1 << 2
};

static void of_two(const mlp_call *call, enum mlp_function_of_two of) {
    const size_t n = call->in[0]->numel;
    if (mlp_dtype_is_integer(call->in[0]->dtype)) {
        mlp_integer_divide(call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                           call->options.number.integer, of, n);
        return;
    }
    CALL_KERNEL(call, function_of_two, call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                number_of(call), of, n, &call->loop);
}

static void atan2_forward(const mlp_call *call) {
    of_two(call, MLP_ATAN2);
}

const mlp_operation mlp_atan2 = {.name = "atan2",
                                 .elementwise = true,
                                 .formula = "y = {the angle of the point (b, a)}",
                                 .gradient = "da = dy b / (a^2 + b^2); db = -dy a / (a^2 + b^2)",
                                 .outputs = 1,
                                 .traits = MLP_IS_BY_LOOP,
                                 .check = check_floating_binary,
                                 .forward = atan2_forward,
                                 .compose = compose_atan2,
                                 .bound = bound_atan2,
                                 .reads = {A | B, A | B},
                                 .gradients = A | B,
                                 .grad_fn = "Atan2Backward0"};

static void hypot_forward(const mlp_call *call) {
    of_two(call, MLP_HYPOT);
}

const mlp_operation mlp_hypot = {.name = "hypot",
                                 .elementwise = true,
                                 .formula = "y = sqrt(a^2 + b^2)",
                                 .gradient = "da = dy a / y; db = dy b / y",
                                 .outputs = 1,
                                 .check = check_floating_binary,
                                 .forward = hypot_forward,
                                 .compose = compose_hypot,
                                 .bound = bound_hypot,
                                 .reads = {A, B},
                                 .reads_output = true,
                                 .gradients = A | B,
                                 .grad_fn = "HypotBackward0"};

/* --- quotients and remainders: a, b or NULL --- */

static bool check_divisor(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *b = call->in[1];
    if (!check_binary(call, out, error))
        return false;
    if (!mlp_dtype_is_integer(call->in[0]->dtype))
        return true;
    bool has_zero = !b && call->options.number.integer == 0;
    for (size_t i = 0; b && i < b->numel; i++)
        has_zero = has_zero || mlp_tensor_get_int(b, i) == 0;
    return !has_zero || mlp_error(mlp_raises(error, "RuntimeError: ZeroDivisionError"),
                                  "integers cannot be divided by 0: write .float() behind the "
                                  "tensor");
}

static void remainder_forward(const mlp_call *call) {
    of_two(call, MLP_REMAINDER);
}

static const char *remainder_grad_fn(const mlp_call *call) {
    return call->in[1] ? "RemainderBackward1" : "RemainderBackward0";
}

/* What a remainder jumps over has no kink of its own in PyTorch either: its slope is 1. */
const mlp_operation mlp_remainder = {.name = "remainder",
                                     .elementwise = true,
                                     .formula =
                                         "y = a - " B_OR_NUMBER " floor(a / " B_OR_NUMBER ")",
                                     .gradient = "da = dy[b? ; db = -dy floor(a / b)]",
                                     .outputs = 1,
                                     .check = check_divisor,
                                     .forward = remainder_forward,
                                     .compose = compose_remainder,
                                     .bound = bound_remainder,
                                     .reads = {0, A | B},
                                     .gradients = A | B,
                                     .grad_fn_of = remainder_grad_fn};

static void fmod_forward(const mlp_call *call) {
    of_two(call, MLP_FMOD);
}

static const char *fmod_grad_fn(const mlp_call *call) {
    return call->in[1] ? "FmodBackward1" : "FmodBackward0";
}

const mlp_operation mlp_fmod = {.name = "fmod",
                                .elementwise = true,
                                .formula = "y = a - " B_OR_NUMBER " trunc(a / " B_OR_NUMBER ")",
                                .gradient = "da = dy[b? ; db = -dy trunc(a / b)]",
                                .outputs = 1,
                                .check = check_divisor,
                                .forward = fmod_forward,
                                .compose = compose_fmod,
                                .bound = bound_remainder,
                                .reads = {0, A | B},
                                .gradients = A | B,
                                .grad_fn_of = fmod_grad_fn};

static void floor_divide_forward(const mlp_call *call) {
    of_two(call, MLP_FLOOR_DIVIDE);
}

static bool no_gradient(const mlp_call *call, mlp_diagnostic *error) {
    (void)call;
    return mlp_error(
        mlp_raises(error, "RuntimeError: derivative for aten::floor_divide is not "
                          "implemented"),
        "PyTorch has no gradient for //: write torch.div(a, b, rounding_mode='floor'), "
        "whose gradient is 0, or .detach() before it");
}

#define DIVIDED_WHOLE                                                                             \
    .elementwise = true, .gradient = "da = 0[b? ; db = 0]", .outputs = 1, .check = check_divisor, \
    .compose = compose_divided_whole, .gradients = A | B

const mlp_operation mlp_floor_divide = {.name = "floor_divide",
                                        DIVIDED_WHOLE,
                                        .formula = "y = floor(a / " B_OR_NUMBER ")",
                                        .forward = floor_divide_forward,
                                        .check_backward = no_gradient,
                                        .bound = bound_divided_whole,
                                        .grad_fn = "NotImplemented"};

const mlp_operation mlp_div_floor = {.name = "div",
                                     DIVIDED_WHOLE,
                                     .formula = "y = floor(a / " B_OR_NUMBER ")",
                                     .forward = floor_divide_forward,
                                     .bound = bound_divided_whole,
                                     .grad_fn = "DivBackward2"};

static void trunc_divide_forward(const mlp_call *call) {
    of_two(call, MLP_TRUNC_DIVIDE);
}

const mlp_operation mlp_div_trunc = {.name = "div",
                                     DIVIDED_WHOLE,
                                     .formula = "y = trunc(a / " B_OR_NUMBER ")",
                                     .forward = trunc_divide_forward,
                                     .bound = bound_divided_whole,
                                     .grad_fn = "DivBackward2"};

/* --- of the signs and sizes of two --- */

static void logaddexp_forward(const mlp_call *call) {
    of_two(call, MLP_LOGADDEXP);
}

const mlp_operation mlp_logaddexp = {.name = "logaddexp",
                                     .elementwise = true,
                                     .formula = "y = log(exp(a) + exp(b))",
                                     .gradient = "da = dy exp(a - y); db = dy exp(b - y)",
                                     .outputs = 1,
                                     .traits = MLP_IS_BY_LOOP,
                                     .check = check_floating_binary,
                                     .forward = logaddexp_forward,
                                     .compose = compose_logaddexp,
                                     .bound = bound_logaddexp,
                                     .reads = {A | B, A | B},
                                     .gradients = A | B,
                                     .grad_fn = "LogaddexpBackward0"};

static void copysign_forward(const mlp_call *call) {
    of_two(call, MLP_COPYSIGN);
}

static const char *copysign_grad_fn(const mlp_call *call) {
    return call->in[1] ? "CopysignBackward0" : "CopysignBackward1";
}

const mlp_operation mlp_copysign = {.name = "copysign",
                                    .elementwise = true,
                                    .formula = "y = {|a| with the sign of " B_OR_NUMBER "}",
                                    .gradient =
                                        "da = 0 where a = 0, dy y / a elsewhere[b? ; db = 0]",
                                    .outputs = 1,
                                    .kinks = kinks_at_zero,
                                    .check = check_floating_binary,
                                    .forward = copysign_forward,
                                    .compose = compose_copysign,
                                    .bound = bound_copysign,
                                    .reads = {A, 0},
                                    .reads_output = true,
                                    .gradients = A | B,
                                    .grad_fn_of = copysign_grad_fn};

static void kinks_of_difference(const mlp_call *call, mlp_take_side *take, void *context) {
    const double *a = call->in[0]->data, *b = call->in[1]->data;
    for (size_t i = 0; i < call->in[0]->numel; i++)
        take(context, sign_of(a[i] - b[i]));
}

/* Integers are no nan. */
static void extreme(const mlp_call *call, enum mlp_function_of_two of, int sign) {
    if (mlp_dtype_is_integer(call->in[0]->dtype))
        mlp_integer_maximum(call->out[0]->data, call->in[0]->data, call->in[1]->data, sign,
                            call->in[0]->numel);
    else
        of_two(call, of);
}

static void fmax_forward(const mlp_call *call) {
    extreme(call, MLP_FMAX, 1);
}

const mlp_operation mlp_fmax = {.name = "fmax",
                                .elementwise = true,
                                .formula = "y = max(a, b) {, or the one that is no nan}",
                                .gradient = "da = dy where y = a, 0 elsewhere; db = dy - da",
                                .outputs = 1,
                                .kinks = kinks_of_difference,
                                .check = check_binary,
                                .forward = fmax_forward,
                                .compose = compose_fmax,
                                .bound = bound_fmax,
                                .reads = {A | B, A | B},
                                .gradients = A | B,
                                .grad_fn = "FmaxBackward0"};

static void fmin_forward(const mlp_call *call) {
    extreme(call, MLP_FMIN, -1);
}

const mlp_operation mlp_fmin = {.name = "fmin",
                                .elementwise = true,
                                .formula = "y = min(a, b) {, or the one that is no nan}",
                                .gradient = "da = dy where y = a, 0 elsewhere; db = dy - da",
                                .outputs = 1,
                                .kinks = kinks_of_difference,
                                .check = check_binary,
                                .forward = fmin_forward,
                                .compose = compose_fmin,
                                .bound = bound_fmin,
                                .reads = {A | B, A | B},
                                .gradients = A | B,
                                .grad_fn = "FminBackward0"};

static void heaviside_forward(const mlp_call *call) {
    of_two(call, MLP_HEAVISIDE);
}

static bool heaviside_check_backward(const mlp_call *call, mlp_diagnostic *error) {
    (void)call;
    return mlp_error(mlp_raises(error, "RuntimeError: derivative for aten::heaviside is not "
                                       "implemented"),
                     "PyTorch has no gradient for heaviside(): write .detach() behind its input");
}

const mlp_operation mlp_heaviside = {.name = "heaviside",
                                     .elementwise = true,
                                     .formula = "y = 0 where a < 0, b where a = 0, 1 elsewhere",
                                     .gradient = "da = 0; db = 0",
                                     .outputs = 1,
                                     .check = check_floating_binary,
                                     .forward = heaviside_forward,
                                     .check_backward = heaviside_check_backward,
                                     .compose = compose_divided_whole,
                                     .bound = bound_heaviside,
                                     .gradients = A | B,
                                     .grad_fn = "NotImplemented"};

/* --- of three: a, b and c, or a, b and the number --- */

static bool check_three(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *c = call->in[2];
    return check_floating_binary(call, out, error) &&
           (!c || mlp_tensor_same_shape(call->in[0], c) ||
            mlp_error(error, "the third operand has another shape than the others")) &&
           check_same_dtype(call->in[0], "one operand", c, "the third", error);
}

static void of_three(const mlp_call *call, enum mlp_function_of_three of, double number) {
    CALL_KERNEL(call, function_of_three, call->out[0]->data, call->in[0]->data, call->in[1]->data,
                data_of(call->in[2]), number, of, call->in[0]->numel);
}

static void addcmul_forward(const mlp_call *call) {
    of_three(call, MLP_ADDCMUL, call->options.value);
}

const mlp_operation mlp_addcmul = {.name = "addcmul",
                                   .elementwise = true,
                                   .formula = "y = a + value b c",
                                   .gradient = "da = dy; db = dy value c; dc = dy value b",
                                   .outputs = 1,
                                   .check = check_three,
                                   .forward = addcmul_forward,
                                   .compose = compose_addcmul,
                                   .bound = bound_addcmul,
                                   .reads = {0, C, B},
                                   .gradients = A | B | C,
                                   .grad_fn = "AddcmulBackward0"};

static void addcdiv_forward(const mlp_call *call) {
    of_three(call, MLP_ADDCDIV, call->options.value);
}

const mlp_operation mlp_addcdiv = {.name = "addcdiv",
                                   .rounds_factors = true,
                                   .elementwise = true,
                                   .formula = "y = a + value b / c",
                                   .gradient = "da = dy; db = dy value / c; dc = -dy value b / c^2",
                                   .outputs = 1,
                                   .check = check_three,
                                   .forward = addcdiv_forward,
                                   .compose = compose_addcdiv,
                                   .bound = bound_addcdiv,
                                   .reads = {0, C, B | C},
                                   .gradients = A | B | C,
                                   .grad_fn = "AddcdivBackward0"};

static void lerp_forward(const mlp_call *call) {
    of_three(call, MLP_LERP, number_of(call));
}

static const char *lerp_grad_fn(const mlp_call *call) {
    return call->in[2] ? "LerpBackward1" : "LerpBackward0";
}

const mlp_operation mlp_lerp = {
    .name = "lerp",
    .elementwise = true,
    .formula = "y = a + [c? c][!c? number] (b - a)",
    .gradient = "da = dy (1 - [c? c][!c? number]); db = dy [c? c][!c? number][c? ; "
                "dc = dy (b - a)]",
    .outputs = 1,
    .check = check_three,
    .forward = lerp_forward,
    .compose = compose_lerp,
    .bound = bound_lerp,
    .reads = {C, C, A | B},
    .gradients = A | B | C,
    .grad_fn_of = lerp_grad_fn};

/* --- clamp: x, min and max, either of which may be absent --- */

static bool check_clamp_between(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                                mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    for (size_t i = 1; i < 3; i++)
        if (call->in[i] && !mlp_tensor_same_shape(call->in[0], call->in[i]))
            return mlp_error(error, "a limit of clamp() has another shape than the tensor");
    return check_numbers(call->in[0], error) &&
           check_same_dtype(call->in[0], "the tensor", call->in[1], "min", error) &&
           check_same_dtype(call->in[0], "the tensor", call->in[2], "max", error);
}

/* Which of two, by the way of `sign`: -1 the smaller, 1 the larger; of equal ones the second. */
static const mlp_tensor *further(const mlp_tensor *a, const mlp_tensor *b, size_t i, int sign) {
    if (mlp_dtype_is_floating(a->dtype)) {
        const double x = mlp_tensor_get(a, i) * sign, y = mlp_tensor_get(b, i) * sign;
        return x > y ? a : b;
    }
    const int64_t x = mlp_tensor_get_int(a, i), y = mlp_tensor_get_int(b, i);
    return (sign > 0 ? x > y : x < y) ? a : b;
}

/* A limit of nan makes nan of everything. */
static void clamp_one(const mlp_call *call, size_t i) {
    const mlp_tensor *x = call->in[0];
    for (size_t k = 1; k < 3; k++) {
        const mlp_tensor *limit = call->in[k];
        x = limit ? further(limit, x, i, k == 1 ? 1 : -1) : x;
    }
    for (size_t k = 1; k < 3; k++)
        if (call->in[k] && mlp_dtype_is_floating(x->dtype) && isnan(mlp_tensor_get(call->in[k], i)))
            x = call->in[k];
    if (mlp_dtype_is_floating(x->dtype))
        mlp_tensor_set(call->out[0], i, mlp_tensor_get(x, i));
    else
        mlp_tensor_set_int(call->out[0], i, mlp_tensor_get_int(x, i));
}

/* With one limit PyTorch takes the maximum, or the minimum, of both. */
static void clamp_between_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0], *limit = call->in[1] ? call->in[1] : call->in[2];
    if (mlp_dtype_is_floating(x->dtype) && !(call->in[1] && call->in[2])) {
        CALL_KERNEL(call, maximum_forward, call->out[0]->data, x->data, limit->data,
                    call->in[1] ? 1 : -1, x->numel, &call->loop);
        return;
    }
    for (size_t i = 0; i < x->numel; i++)
        clamp_one(call, i);
}

static void clamp_between_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    for (size_t k = 0; k < 3; k++) {
        const mlp_tensor *a = call->in[k], *b = call->in[(k + 1) % 3];
        for (size_t i = 0; a && b && i < a->numel; i++) {
            const double gap = mlp_tensor_get(a, i) - mlp_tensor_get(b, i);
            take(context, (gap > 0) - (gap < 0));
        }
    }
}

const mlp_operation mlp_clamp_between = {
    .name = "clamp",
    .elementwise = true,
    .symbols = "x min max",
    .formula = "y = [min? [max? min(max(x, min), max)][!max? max(x, min)]][!min? min(x, max)]",
    .gradient =
        "dx = dy where [min? [max? min <= x <= max][!max? x >= min]][!min? x <= max], 0 elsewhere"
        "[min? ; dmin = dy where x < min[max?  and min < max], 0 elsewhere]"
        "[max? ; dmax = dy where [min? max < min, dy where ]x > max, 0 elsewhere]",
    .outputs = 1,
    .traits = MLP_IS_BY_LOOP,
    .kinks = clamp_between_kinks,
    .check = check_clamp_between,
    .forward = clamp_between_forward,
    .compose = compose_clamp_between,
    .bound = bound_clamp_between,
    .reads = {A | B | C, A | B | C, A | B | C},
    .gradients = A | B | C,
    .grad_fn = "ClampBackward0"};
