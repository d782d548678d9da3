/* Functions of one element: the circle's, logarithms to other bases, and what rounds to whole
 * numbers. */
#include "bounds.h"
#include "composed.h"
#include "mkl_functions.h"
#include "row.h"

#include "mlpstep/kernels/arithmetic.h"
#include "mlpstep/kernels/functions.h"

#include <float.h>
#include <math.h>
#include <string.h>

static void forward(const mlp_call *call, enum mlp_function of) {
    CALL_KERNEL(call, function_forward, call->out[0]->data, call->in[0]->data, of,
                call->in[0]->numel);
}

static void backward(const mlp_call *call, enum mlp_function of) {
    CALL_KERNEL(call, function_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                call->out[0]->data, of, call->in[0]->numel);
}

static void sin_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_SIN))
        forward(call, MLP_SIN);
}

static void sin_backward(const mlp_call *call) {
    if (!sin_back_by_mkl(call))
        backward(call, MLP_SIN);
}

const mlp_operation mlp_sin = {.name = "sin",
                               .elementwise = true,
                               .promotes = true,
                               .method_options = "",
                               .in_place = MLP_IN_PLACE,
                               .formula = "y = sin(x)",
                               .gradient = "dx = dy cos(x)",
                               .outputs = 1,
                               .check = check_elementwise,
                               .forward = sin_forward,
                               .backward = sin_backward,
                               .compose = compose_sin,
                               .bound = bound_sin,
                               .bound_backward = bound_sin_back,
                               .reads = {1 << 0},
                               .gradients = 1 << 0,
                               .grad_fn = "SinBackward0"};

static void cos_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_COS))
        forward(call, MLP_COS);
}

static void cos_backward(const mlp_call *call) {
    if (!cos_back_by_mkl(call))
        backward(call, MLP_COS);
}

const mlp_operation mlp_cos = {.name = "cos",
                               .elementwise = true,
                               .promotes = true,
                               .method_options = "",
                               .in_place = MLP_IN_PLACE,
                               .formula = "y = cos(x)",
                               .gradient = "dx = -dy sin(x)",
                               .outputs = 1,
                               .check = check_elementwise,
                               .forward = cos_forward,
                               .backward = cos_backward,
                               .compose = compose_cos,
                               .bound = bound_cos,
                               .bound_backward = bound_cos_back,
                               .reads = {1 << 0},
                               .gradients = 1 << 0,
                               .grad_fn = "CosBackward0"};

static void log1p_forward(const mlp_call *call) {
    forward(call, MLP_LOG1P);
}

static void log1p_backward(const mlp_call *call) {
    backward(call, MLP_LOG1P);
}

const mlp_operation mlp_log1p = {.name = "log1p",
                                 .elementwise = true,
                                 .promotes = true,
                                 .method_options = "",
                                 .in_place = MLP_IN_PLACE,
                                 .formula = "y = log(1 + x)",
                                 .gradient = "dx = dy / (1 + x)",
                                 .outputs = 1,
                                 .traits = MLP_IS_LOGARITHM,
                                 .check = check_elementwise,
                                 .forward = log1p_forward,
                                 .backward = log1p_backward,
                                 .compose = compose_log1p,
                                 .bound = bound_log1p,
                                 .bound_backward = bound_log1p_back,
                                 .reads = {1 << 0},
                                 .gradients = 1 << 0,
                                 .grad_fn = "Log1PBackward0"};

static void log10_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_LOG10))
        forward(call, MLP_LOG10);
}

static void log10_backward(const mlp_call *call) {
    backward(call, MLP_LOG10);
}

const mlp_operation mlp_log10 = {.name = "log10",
                                 .elementwise = true,
                                 .promotes = true,
                                 .method_options = "",
                                 .in_place = MLP_IN_PLACE,
                                 .formula = "y = log(x) / log(10)",
                                 .gradient = "dx = dy / (x log(10))",
                                 .outputs = 1,
                                 .check = check_elementwise,
                                 .forward = log10_forward,
                                 .backward = log10_backward,
                                 .compose = compose_log10,
                                 .bound = bound_log10,
                                 .bound_backward = bound_log10_back,
                                 .reads = {1 << 0},
                                 .gradients = 1 << 0,
                                 .grad_fn = "Log10Backward0"};

static void log2_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_LOG2))
        forward(call, MLP_LOG2);
}

static void log2_backward(const mlp_call *call) {
    backward(call, MLP_LOG2);
}

const mlp_operation mlp_log2 = {.name = "log2",
                                .elementwise = true,
                                .promotes = true,
                                .method_options = "",
                                .in_place = MLP_IN_PLACE,
                                .formula = "y = log(x) / log(2)",
                                .gradient = "dx = dy / (x log(2))",
                                .outputs = 1,
                                .check = check_elementwise,
                                .forward = log2_forward,
                                .backward = log2_backward,
                                .compose = compose_log2,
                                .bound = bound_log2,
                                .bound_backward = bound_log2_back,
                                .reads = {1 << 0},
                                .gradients = 1 << 0,
                                .grad_fn = "Log2Backward0"};

static void expm1_forward(const mlp_call *call) {
    forward(call, MLP_EXPM1);
}

static void expm1_backward(const mlp_call *call) {
    backward(call, MLP_EXPM1);
}

const mlp_operation mlp_expm1 = {.name = "expm1",
                                 .elementwise = true,
                                 .promotes = true,
                                 .method_options = "",
                                 .in_place = MLP_IN_PLACE,
                                 .formula = "y = exp(x) - 1",
                                 .gradient = "dx = dy (y + 1)",
                                 .outputs = 1,
                                 .check = check_elementwise,
                                 .forward = expm1_forward,
                                 .backward = expm1_backward,
                                 .compose = compose_expm1,
                                 .bound = bound_expm1,
                                 .bound_backward = bound_expm1_back,
                                 .reads_output = true,
                                 .gradients = 1 << 0,
                                 .grad_fn = "Expm1Backward0"};

static void erf_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_ERF))
        forward(call, MLP_ERF);
}

static void erf_backward(const mlp_call *call) {
    if (!erf_back_by_mkl(call))
        backward(call, MLP_ERF);
}

const mlp_operation mlp_erf = {.name = "erf",
                               .elementwise = true,
                               .promotes = true,
                               .method_options = "",
                               .in_place = MLP_IN_PLACE,
                               .formula = "y = erf(x)",
                               .gradient = "dx = 2 dy exp(-x^2) / sqrt(pi)",
                               .outputs = 1,
                               .check = check_elementwise,
                               .forward = erf_forward,
                               .backward = erf_backward,
                               .compose = compose_erf,
                               .bound = bound_erf,
                               .bound_backward = bound_erf_back,
                               .reads = {1 << 0},
                               .gradients = 1 << 0,
                               .grad_fn = "ErfBackward0"};

static void erfinv_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_ERFINV))
        forward(call, MLP_ERFINV);
}

static void erfinv_backward(const mlp_call *call) {
    if (!erfinv_back_by_mkl(call))
        backward(call, MLP_ERFINV);
}

const mlp_operation mlp_erfinv = {.name = "erfinv",
                                  .elementwise = true,
                                  .promotes = true,
                                  .method_options = "",
                                  .in_place = MLP_METHOD_IN_PLACE,
                                  .formula = "erf(y) = x",
                                  .gradient = "dx = dy exp(y^2) sqrt(pi) / 2",
                                  .outputs = 1,
                                  .check = check_elementwise,
                                  .forward = erfinv_forward,
                                  .backward = erfinv_backward,
                                  .compose = compose_erfinv,
                                  .bound = bound_erfinv,
                                  .bound_backward = bound_erfinv_back,
                                  .reads_output = true,
                                  .gradients = 1 << 0,
                                  .grad_fn = "ErfinvBackward0"};

static void rsqrt_forward(const mlp_call *call) {
    forward(call, MLP_RSQRT);
}

static void rsqrt_backward(const mlp_call *call) {
    backward(call, MLP_RSQRT);
}

const mlp_operation mlp_rsqrt = {.name = "rsqrt",
                                 .elementwise = true,
                                 .promotes = true,
                                 .method_options = "",
                                 .in_place = MLP_IN_PLACE,
                                 .formula = "y = 1 / sqrt(x)",
                                 .gradient = "dx = -dy y^3 / 2",
                                 .outputs = 1,
                                 .check = check_elementwise,
                                 .forward = rsqrt_forward,
                                 .backward = rsqrt_backward,
                                 .compose = compose_rsqrt,
                                 .bound = bound_rsqrt,
                                 .bound_backward = bound_rsqrt_back,
                                 .reads_output = true,
                                 .gradients = 1 << 0,
                                 .grad_fn = "RsqrtBackward0"};

/* --- to whole numbers: an integer is one already --- */

static bool check_whole(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    return mlp_dtype_is_integer(call->in[0]->dtype) || check_floating(call->in[0], error);
}

static void to_whole(const mlp_call *call, enum mlp_function of) {
    if (mlp_dtype_is_integer(call->in[0]->dtype))
        copy_values(call->out[0], call->in[0]);
    else
        forward(call, of);
}

static void no_slope(const mlp_call *call) {
    memset(call->din[0]->data, 0, call->din[0]->numel * mlp_dtype_size(call->din[0]->dtype));
}

/* Which of the pieces an element is in that `factor` times it has between first, first + 1, ...:
 * neighbours have other sides. */
typedef struct {
    double factor, first;
} pieces;

static void take_pieces(const mlp_call *call, pieces of, mlp_take_side *take, void *context) {
    const double *x = call->in[0]->data;
    for (size_t i = 0; i < call->in[0]->numel; i++) {
        const double at = x[i] * of.factor - of.first, piece = floor(at);
        take(context, at == piece ? 0 : fmod(piece, 2) == 0 ? 1 : -1);
    }
}

static void kinks_at_wholes(const mlp_call *call, mlp_take_side *take, void *context) {
    take_pieces(call, (pieces){1, 0}, take, context);
}

static void kinks_at_halves(const mlp_call *call, mlp_take_side *take, void *context) {
    take_pieces(call, (pieces){1, 0.5}, take, context);
}

static void sign_forward(const mlp_call *call) {
    const mlp_tensor *x = call->in[0];
    if (!mlp_dtype_is_integer(x->dtype))
        forward(call, MLP_SIGN);
    for (size_t i = 0; mlp_dtype_is_integer(x->dtype) && i < x->numel; i++) {
        const int64_t number = mlp_tensor_get_int(x, i);
        ((int64_t *)call->out[0]->data)[i] = (number > 0) - (number < 0);
    }
}

const mlp_operation mlp_sign = {.name = "sign",
                                .elementwise = true,
                                .method_options = "",
                                .in_place = MLP_METHOD_IN_PLACE,
                                .formula = "y = 1 where x > 0, -1 where x < 0, 0 elsewhere",
                                .gradient = "dx = 0",
                                .outputs = 1,
                                .kinks = kinks_at_zero,
                                .check = check_whole,
                                .forward = sign_forward,
                                .backward = no_slope,
                                .compose = compose_zeros,
                                .bound = bound_sign,
                                .bound_backward = bound_no_slope,
                                .gradients = 1 << 0,
                                .grad_fn = "SignBackward0"};

static void floor_forward(const mlp_call *call) {
    to_whole(call, MLP_FLOOR);
}

const mlp_operation mlp_floor = {.name = "floor",
                                 .elementwise = true,
                                 .method_options = "",
                                 .in_place = MLP_IN_PLACE,
                                 .formula = "y = floor(x)",
                                 .gradient = "dx = 0",
                                 .outputs = 1,
                                 .kinks = kinks_at_wholes,
                                 .check = check_whole,
                                 .forward = floor_forward,
                                 .backward = no_slope,
                                 .compose = compose_zeros,
                                 .bound = bound_floor,
                                 .bound_backward = bound_no_slope,
                                 .gradients = 1 << 0,
                                 .grad_fn = "FloorBackward0"};

static void ceil_forward(const mlp_call *call) {
    to_whole(call, MLP_CEIL);
}

const mlp_operation mlp_ceil = {.name = "ceil",
                                .elementwise = true,
                                .method_options = "",
                                .in_place = MLP_IN_PLACE,
                                .formula = "y = ceil(x)",
                                .gradient = "dx = 0",
                                .outputs = 1,
                                .kinks = kinks_at_wholes,
                                .check = check_whole,
                                .forward = ceil_forward,
                                .backward = no_slope,
                                .compose = compose_zeros,
                                .bound = bound_ceil,
                                .bound_backward = bound_no_slope,
                                .gradients = 1 << 0,
                                .grad_fn = "CeilBackward0"};

static void trunc_forward(const mlp_call *call) {
    to_whole(call, MLP_TRUNC);
}

const mlp_operation mlp_trunc = {.name = "trunc",
                                 .alias = "fix",
                                 .elementwise = true,
                                 .method_options = "",
                                 .in_place = MLP_IN_PLACE,
                                 .formula = "y = trunc(x)",
                                 .gradient = "dx = 0",
                                 .outputs = 1,
                                 .kinks = kinks_at_wholes,
                                 .check = check_whole,
                                 .forward = trunc_forward,
                                 .backward = no_slope,
                                 .compose = compose_zeros,
                                 .bound = bound_trunc,
                                 .bound_backward = bound_no_slope,
                                 .gradients = 1 << 0,
                                 .grad_fn = "TruncBackward0"};

static void frac_forward(const mlp_call *call) {
    forward(call, MLP_FRAC);
}

const mlp_operation mlp_frac = {.name = "frac",
                                .elementwise = true,
                                .method_options = "",
                                .in_place = MLP_IN_PLACE,
                                .formula = "y = x - trunc(x)",
                                .gradient = "dx = dy",
                                .outputs = 1,
                                .kinks = kinks_at_wholes,
                                .check = check_elementwise,
                                .forward = frac_forward,
                                .compose = compose_same,
                                .bound = bound_frac,
                                .gradients = 1 << 0,
                                .grad_fn = "FracBackward0"};

static void round_forward(const mlp_call *call) {
    to_whole(call, MLP_ROUND);
}

const mlp_operation mlp_round = {.name = "round",
                                 .elementwise = true,
                                 .method_options = "",
                                 .in_place = MLP_IN_PLACE,
                                 .formula = "y = round(x)",
                                 .gradient = "dx = 0",
                                 .outputs = 1,
                                 .kinks = kinks_at_halves,
                                 .check = check_whole,
                                 .forward = round_forward,
                                 .backward = no_slope,
                                 .compose = compose_zeros,
                                 .bound = bound_round,
                                 .bound_backward = bound_no_slope,
                                 .gradients = 1 << 0,
                                 .grad_fn = "RoundBackward0"};

static void round_decimals_forward(const mlp_call *call) {
    CALL_KERNEL(call, round_decimals, call->out[0]->data, call->in[0]->data,
                (double)call->options.decimals, call->in[0]->numel);
}

static void round_decimals_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const double factor = pow(10, (double)call->options.decimals);
    take_pieces(call, (pieces){factor, 0.5}, take, context);
}

const mlp_operation mlp_round_decimals = {.name = "round",
                                          .elementwise = true,
                                          .formula = "y = round(10^decimals x) / 10^decimals",
                                          .gradient = "dx = 0",
                                          .outputs = 1,
                                          .kinks = round_decimals_kinks,
                                          .check = check_elementwise,
                                          .forward = round_decimals_forward,
                                          .backward = no_slope,
                                          .compose = compose_zeros,
                                          .bound = bound_round_decimals,
                                          .bound_backward = bound_no_slope,
                                          .gradients = 1 << 0,
                                          .grad_fn = "RoundBackward1"};

/* --- nan_to_num; value in place of nan, max and min in place of infinities, with has_max and has_min;
 * without them the largest and the smallest number there is --- */

static bool check_nan_to_num(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    return check_numbers(call->in[0], error);
}

static void nan_to_num_forward(const mlp_call *call) {
    const mlp_options *o = &call->options;
    const mlp_tensor *x = call->in[0];
    const double largest = x->dtype == MLP_FLOAT32 ? (double)FLT_MAX : DBL_MAX;
    copy_values(call->out[0], x);
    for (size_t i = 0; !mlp_dtype_is_integer(x->dtype) && i < x->numel; i++) {
        const double number = mlp_tensor_get(x, i);
        if (isnan(number))
            mlp_tensor_set(call->out[0], i, o->value);
        else if (isinf(number))
            mlp_tensor_set(call->out[0], i,
                           number > 0 ? (o->has_max ? o->max : largest)
                                      : (o->has_min ? o->min : -largest));
    }
}

const mlp_operation mlp_nan_to_num = {
    .name = "nan_to_num",
    .elementwise = true,
    .formula = "y = value where {x is nan}, "
               "{the largest or smallest number} where {x is infinite}, x elsewhere",
    .gradient = "dx = dy where {x is finite}, 0 elsewhere",
    .outputs = 1,
    .check = check_nan_to_num,
    .forward = nan_to_num_forward,
    .compose = compose_nan_to_num,
    .bound = bound_nan_to_num,
    .reads = {1 << 0},
    .gradients = 1 << 0,
    .grad_fn = "NanToNumBackward0"};

/* --- degrees --- */

static const double DEGREE = 0.017453292519943295769, DEGREES = 57.295779513082320877;

static void multiply(const mlp_call *call, double number) {
    CALL_KERNEL(call, mul_forward, call->out[0]->data, call->in[0]->data, NULL, number,
                call->in[0]->numel);
}

static void multiply_back(const mlp_call *call, double number) {
    CALL_KERNEL(call, mul_forward, call->din[0]->data, call->dout->data, NULL, number,
                call->in[0]->numel);
}

static void deg2rad_forward(const mlp_call *call) {
    multiply(call, DEGREE);
}

static void deg2rad_backward(const mlp_call *call) {
    multiply_back(call, DEGREE);
}

static void rad2deg_forward(const mlp_call *call) {
    multiply(call, DEGREES);
}

static void rad2deg_backward(const mlp_call *call) {
    multiply_back(call, DEGREES);
}

const mlp_operation mlp_deg2rad = {.name = "deg2rad",
                                   .elementwise = true,
                                   .promotes = true,
                                   .method_options = "",
                                   .in_place = MLP_IN_PLACE,
                                   .formula = "y = x pi / 180",
                                   .gradient = "dx = dy pi / 180",
                                   .outputs = 1,
                                   .check = check_elementwise,
                                   .forward = deg2rad_forward,
                                   .backward = deg2rad_backward,
                                   .compose = compose_deg2rad,
                                   .bound = bound_deg2rad,
                                   .bound_backward = bound_deg2rad_back,
                                   .gradients = 1 << 0,
                                   .grad_fn = "Deg2RadBackward0"};

const mlp_operation mlp_rad2deg = {.name = "rad2deg",
                                   .elementwise = true,
                                   .promotes = true,
                                   .method_options = "",
                                   .in_place = MLP_IN_PLACE,
                                   .formula = "y = x 180 / pi",
                                   .gradient = "dx = dy 180 / pi",
                                   .outputs = 1,
                                   .check = check_elementwise,
                                   .forward = rad2deg_forward,
                                   .backward = rad2deg_backward,
                                   .compose = compose_rad2deg,
                                   .bound = bound_rad2deg,
                                   .bound_backward = bound_rad2deg_back,
                                   .gradients = 1 << 0,
                                   .grad_fn = "Rad2DegBackward0"};
