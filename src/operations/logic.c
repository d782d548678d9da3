/* What is true of each element, and what masks and bits make together. */
#include "bounds.h"
#include "row.h"

#include "mlpstep/kernels/bits.h"

#include <math.h>

/* --- and, or, xor: a, b or NULL, integers or bools --- */

static bool check_bits(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *a = call->in[0], *b = call->in[1];
    out[0] = shape_of(a);
    if (b && !mlp_tensor_same_shape(a, b))
        return mlp_error(error, "the operands have different shapes");
    if (mlp_dtype_is_floating(a->dtype))
        return mlp_error(mlp_raises(error, "RuntimeError: \"%s_cpu\" not implemented for '%s'",
                                    call->operation->name, mlp_dtype_word(a->dtype)),
                         "bits are those of integers and bools, not of %s: write "
                         ".bool() or .long() behind the tensor",
                         mlp_dtype_name(a->dtype));
    return check_same_dtype(a, "one operand", b, "the other", error);
}

static void bits(const mlp_call *call, enum mlp_bits how) {
    const mlp_tensor *a = call->in[0];
    const int64_t number = call->options.number.integer;
    if (a->dtype == MLP_BOOL)
        mlp_bits_bool(call->out[0]->data, a->data, data_of(call->in[1]), number != 0, how,
                      a->numel);
    else
        mlp_bits_i64(call->out[0]->data, a->data, data_of(call->in[1]), number, how, a->numel);
}

static void and_forward(const mlp_call *call) {
    bits(call, MLP_AND);
}

static void or_forward(const mlp_call *call) {
    bits(call, MLP_OR);
}

static void xor_forward(const mlp_call *call) {
    bits(call, MLP_XOR);
}

const mlp_operation mlp_bitwise_and = {.name = "bitwise_and",
                                       .elementwise = true,
                                       .formula = "y = {a and " B_OR_NUMBER ", bit by bit}",
                                       .outputs = 1,
                                       .check = check_bits,
                                       .forward = and_forward,
                                       .bound = bound_bits};

const mlp_operation mlp_bitwise_or = {.name = "bitwise_or",
                                      .elementwise = true,
                                      .formula = "y = {a or " B_OR_NUMBER ", bit by bit}",
                                      .outputs = 1,
                                      .check = check_bits,
                                      .forward = or_forward,
                                      .bound = bound_bits};

const mlp_operation mlp_bitwise_xor = {.name = "bitwise_xor",
                                       .elementwise = true,
                                       .formula =
                                           "y = {a or " B_OR_NUMBER ", but not both, bit by bit}",
                                       .outputs = 1,
                                       .check = check_bits,
                                       .forward = xor_forward,
                                       .bound = bound_bits};

/* --- shifts: a, b or NULL, integers --- */

static bool check_shift(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    const mlp_tensor *b = call->in[1];
    int64_t least = b && b->numel ? 0 : call->options.number.integer, most = least;
    for (size_t i = 0; b && i < b->numel; i++) {
        const int64_t by = mlp_tensor_get_int(b, i);
        least = by < least ? by : least;
        most = by > most ? by : most;
    }
    const int bits = call->in[0]->dtype == MLP_INT64 ? 64 : 32; /* C shifts narrower ones as int */
    return check_bits(call, out, error) &&
           ((least >= 0 && most < bits) ||
            mlp_error(error,
                      "integers of %d bits or fewer are shifted by 0 to %d bits, not by %lld", bits,
                      bits - 1, (long long)(least < 0 ? least : most)));
}

static void shift_left_forward(const mlp_call *call) {
    bits(call, MLP_SHIFT_LEFT);
}

static void shift_right_forward(const mlp_call *call) {
    bits(call, MLP_SHIFT_RIGHT);
}

const mlp_operation mlp_shift_left = {.name = "bitwise_left_shift",
                                      .elementwise = true,
                                      .formula = "y = a 2^" B_OR_NUMBER,
                                      .outputs = 1,
                                      .check = check_shift,
                                      .forward = shift_left_forward,
                                      .bound = bound_bits};

const mlp_operation mlp_shift_right = {.name = "bitwise_right_shift",
                                       .elementwise = true,
                                       .formula = "y = floor(a / 2^" B_OR_NUMBER ")",
                                       .outputs = 1,
                                       .check = check_shift,
                                       .forward = shift_right_forward,
                                       .bound = bound_bits};

/* --- isnan, isinf, isfinite --- */

static bool check_any(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    (void)error;
    out[0] = shape_of(call->in[0]);
    out[0].dtype = MLP_BOOL;
    return true;
}

static void isnan_forward(const mlp_call *call) {
    for (size_t i = 0; i < call->in[0]->numel; i++)
        ((bool *)call->out[0]->data)[i] = isnan(mlp_tensor_get(call->in[0], i));
}

static void isinf_forward(const mlp_call *call) {
    for (size_t i = 0; i < call->in[0]->numel; i++)
        ((bool *)call->out[0]->data)[i] = isinf(mlp_tensor_get(call->in[0], i));
}

static void isfinite_forward(const mlp_call *call) {
    for (size_t i = 0; i < call->in[0]->numel; i++)
        ((bool *)call->out[0]->data)[i] = isfinite(mlp_tensor_get(call->in[0], i));
}

const mlp_operation mlp_isnan = {.name = "isnan",
                                 .elementwise = true,
                                 .method_options = "",
                                 .formula = "y = 1 where {x is nan}, 0 elsewhere",
                                 .outputs = 1,
                                 .check = check_any,
                                 .forward = isnan_forward,
                                 .bound = bound_isfinite};

const mlp_operation mlp_isinf = {.name = "isinf",
                                 .elementwise = true,
                                 .method_options = "",
                                 .formula = "y = 1 where {x is infinite}, 0 elsewhere",
                                 .outputs = 1,
                                 .check = check_any,
                                 .forward = isinf_forward,
                                 .bound = bound_isfinite};

const mlp_operation mlp_isfinite = {.name = "isfinite",
                                    .elementwise = true,
                                    .method_options = "",
                                    .formula =
                                        "y = 1 where {x is neither nan nor infinite}, 0 elsewhere",
                                    .outputs = 1,
                                    .check = check_any,
                                    .forward = isfinite_forward,
                                    .bound = bound_isfinite};

/* --- isclose: a, b --- */

/* PyTorch computes the difference and what is allowed in the dtype of the tensors; of integers, in
 * that of the option. */
static bool is_close_f32(float a, float b, const mlp_options *o) {
    const float scaled = (float)o->rtol * b, difference = a - b;
    const float allowed = fabsf(scaled) + (float)o->atol;
    return isfinite(difference) && fabsf(difference) <= allowed;
}

static bool is_close_f64(double a, double b, const mlp_options *o) {
    const double scaled = o->rtol * b, difference = a - b;
    const double allowed = fabs(scaled) + o->atol;
    return isfinite(difference) && fabs(difference) <= allowed;
}

bool mlp_is_close(mlp_dtype dtype, double a, double b, const mlp_options *o) {
    return a == b || (o->equal_nan && isnan(a) && isnan(b)) ||
           (dtype == MLP_FLOAT64 ? is_close_f64(a, b, o) : is_close_f32((float)a, (float)b, o));
}

static bool check_isclose(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!(call->options.rtol >= 0 && call->options.atol >= 0))
        return mlp_error(error, "rtol and atol of isclose() must not be negative");
    if (!check_binary(call, out, error))
        return false;
    out[0].dtype = MLP_BOOL;
    return true;
}

static void isclose_forward(const mlp_call *call) {
    const mlp_tensor *a = call->in[0], *b = call->in[1];
    const mlp_dtype dtype = mlp_dtype_is_floating(a->dtype) ? a->dtype : call->options.dtype;
    for (size_t i = 0; i < a->numel; i++)
        ((bool *)call->out[0]->data)[i] =
            mlp_is_close(dtype, mlp_tensor_get(a, i), mlp_tensor_get(b, i), &call->options);
}

const mlp_operation mlp_isclose = {.name = "isclose",
                                   .elementwise = true,
                                   .formula = "y = 1 where |a - b| <= atol + rtol |b|, 0 elsewhere",
                                   .outputs = 1,
                                   .check = check_isclose,
                                   .forward = isclose_forward,
                                   .bound = bound_isclose};
