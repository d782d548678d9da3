/* Element by element: arithmetic, powers, exp and log, limits, and the cast to another type. */
#include "bounds.h"
#include "composed.h"
#include "mkl_functions.h"
#include "row.h"

#include "mlpstep/kernels/arithmetic.h"
#include "mlpstep/kernels/clamp.h"
#include "mlpstep/kernels/integer.h"
#include "mlpstep/kernels/pow.h"
#include "mlpstep/kernels/unary.h"
#include "mlpstep/kernels/xlogy.h"

/* Which inputs a gradient reads, or has one. */
enum {
    A = 1 << 0,
    B = 1 << 1
};

static bool is_integer(const mlp_call *call) {
    return mlp_dtype_is_integer(call->in[0]->dtype);
}

static size_t elements(const mlp_call *call) {
    return call->in[0]->numel;
}

/* --- add, sub, mul, div: a, b or NULL --- */

static void negate_gradient(const mlp_call *call, const mlp_tensor *gradient) {
    CALL_KERNEL(call, neg_backward, gradient->data, call->dout->data, elements(call));
}

static void add_scaled(const mlp_call *call, double alpha) {
    CALL_KERNEL(call, add_forward, call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                number_of(call), alpha, elements(call));
}

static void add_forward(const mlp_call *call) {
    if (is_integer(call))
        mlp_integer_add(call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                        call->options.number.integer, elements(call));
    else
        add_scaled(call, 1);
}

static void add_backward(const mlp_call *call) {
    for (size_t i = 0; i < 2; i++)
        if (call->din[i])
            copy_values(call->din[i], call->dout);
}

#define ADD                                                                                      \
    .elementwise = true, .formula = "y = a + " B_OR_NUMBER, .gradient = "da = dy[b? ; db = dy]", \
    .outputs = 1, .traits = MLP_WRITES_ALL | MLP_IS_BIASED, .biases = A | B,                     \
    .check = check_binary, .forward = add_forward, .backward = add_backward,                     \
    .compose = compose_add, .bound = bound_add, .bound_backward = bound_add_back,                \
    .gradients = A | B

const mlp_operation mlp_add = {.name = "add", .grad_fn = "AddBackward0", ADD};

/* Of a product, which PyTorch computes in the same operation. */
const mlp_operation mlp_addmm = {.name = "addmm", .grad_fn = "AddmmBackward0", ADD};

static void add_scaled_forward(const mlp_call *call) {
    add_scaled(call, call->options.alpha);
}

static void add_scaled_backward(const mlp_call *call) {
    if (call->din[0])
        copy_values(call->din[0], call->dout);
    if (call->din[1])
        CALL_KERNEL(call, mul_forward, call->din[1]->data, call->dout->data, NULL,
                    call->options.alpha, elements(call));
}

/* The number in place of b is for add alone: PyTorch rounds alpha times a number in two ways. */
static bool check_add_scaled(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS],
                             mlp_diagnostic *error) {
    if (!call->in[1])
        return mlp_error(error, "alpha= is supported with a tensor only: multiply the number "
                                "yourself");
    return check_floating_binary(call, out, error) &&
           check_fits(call->options.alpha, "alpha", call->in[0], error);
}

/* p.add_(dp, alpha=-lr) */
static double *alpha_of(mlp_options *options) {
    return &options->alpha;
}

const mlp_operation mlp_add_scaled = {.name = "add",
                                      .elementwise = true,
                                      .formula = "y = a + alpha b",
                                      .gradient = "da = dy; db = alpha dy",
                                      .outputs = 1,
                                      .traits = MLP_IS_UPDATE,
                                      .learning_rate = alpha_of,
                                      .check = check_add_scaled,
                                      .forward = add_scaled_forward,
                                      .backward = add_scaled_backward,
                                      .compose = compose_add_scaled,
                                      .bound = bound_add_scaled,
                                      .bound_backward = bound_add_scaled_back,
                                      .gradients = A | B,
                                      .grad_fn = "AddBackward0"};

/* A product that is added within the operation: it passes the gradient on, and multiplies those of
 * its factors. In float64 it is rounded before. */
static void addmm_scaled_forward(const mlp_call *call) {
    const mlp_tensor *y = call->out[0];
    if (y->dtype == MLP_FLOAT32) {
        add_scaled(call, call->options.alpha);
        return;
    }
    CALL_KERNEL(call, mul_forward, y->data, call->in[1]->data, NULL, call->options.alpha,
                elements(call));
    CALL_KERNEL(call, add_forward, y->data, call->in[0]->data, y->data, 0, 1, elements(call));
}

const mlp_operation mlp_addmm_scaled = {.name = "addmm",
                                        .formula = "y = a + alpha b",
                                        .gradient = "da = dy; db = dy",
                                        .outputs = 1,
                                        .check = check_add_scaled,
                                        .forward = addmm_scaled_forward,
                                        .backward = add_backward,
                                        .compose = compose_add,
                                        .bound = bound_add_scaled,
                                        .bound_backward = bound_add_back,
                                        .gradients = A | B,
                                        .grad_fn = "AddmmBackward0"};

static void sub_scaled_forward(const mlp_call *call) {
    add_scaled(call, -call->options.alpha);
}

static void sub_scaled_backward(const mlp_call *call) {
    if (call->din[0])
        copy_values(call->din[0], call->dout);
    if (call->din[1])
        CALL_KERNEL(call, mul_forward, call->din[1]->data, call->dout->data, NULL,
                    -call->options.alpha, elements(call));
}

const mlp_operation mlp_sub_scaled = {.name = "sub",
                                      .formula = "y = a - alpha b",
                                      .gradient = "da = dy; db = -alpha dy",
                                      .outputs = 1,
                                      .traits = MLP_IS_UPDATE,
                                      .learning_rate = alpha_of,
                                      .check = check_add_scaled,
                                      .forward = sub_scaled_forward,
                                      .backward = sub_scaled_backward,
                                      .compose = compose_sub_scaled,
                                      .bound = bound_sub_scaled,
                                      .bound_backward = bound_add_scaled_back,
                                      .gradients = A | B,
                                      .grad_fn = "SubBackward0"};

static void sub_forward(const mlp_call *call) {
    if (is_integer(call))
        mlp_integer_sub(call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                        call->options.number.integer, elements(call));
    else
        CALL_KERNEL(call, sub_forward, call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                    number_of(call), elements(call));
}

static void sub_backward(const mlp_call *call) {
    if (call->din[0])
        copy_values(call->din[0], call->dout);
    if (call->din[1])
        negate_gradient(call, call->din[1]);
}

const mlp_operation mlp_sub = {.name = "sub",
                               .elementwise = true,
                               .formula = "y = a - " B_OR_NUMBER,
                               .gradient = "da = dy[b? ; db = -dy]",
                               .outputs = 1,
                               .traits = MLP_IS_UPDATE,
                               .as_ascent = &mlp_add,
                               .check = check_binary,
                               .forward = sub_forward,
                               .backward = sub_backward,
                               .compose = compose_sub,
                               .bound = bound_sub,
                               .bound_backward = bound_add_back,
                               .gradients = A | B,
                               .grad_fn = "SubBackward0"};

static void rsub_forward(const mlp_call *call) {
    if (is_integer(call)) { /* number - x = -x + number */
        int64_t *y = call->out[0]->data;
        mlp_integer_mul(y, call->in[0]->data, NULL, -1, elements(call));
        mlp_integer_add(y, y, NULL, call->options.number.integer, elements(call));
        return;
    }
    CALL_KERNEL(call, rsub_forward, call->out[0]->data, call->in[0]->data, number_of(call),
                elements(call));
}

static void negative_backward(const mlp_call *call) {
    negate_gradient(call, call->din[0]);
}

const mlp_operation mlp_rsub = {.name = "rsub",
                                .elementwise = true,
                                .formula = "y = number - x",
                                .gradient = "dx = -dy",
                                .outputs = 1,
                                .check = check_binary,
                                .forward = rsub_forward,
                                .backward = negative_backward,
                                .compose = compose_rsub,
                                .bound = bound_rsub,
                                .bound_backward = bound_add_back,
                                .gradients = A,
                                .grad_fn = "RsubBackward1"};

static void mul_forward(const mlp_call *call) {
    if (is_integer(call))
        mlp_integer_mul(call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                        call->options.number.integer, elements(call));
    else
        CALL_KERNEL(call, mul_forward, call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                    number_of(call), elements(call));
}

static void mul_backward(const mlp_call *call) {
    CALL_KERNEL(call, mul_backward, data_of(call->din[0]), data_of(call->din[1]), call->dout->data,
                call->in[0]->data, data_of(call->in[1]), number_of(call), elements(call));
}

const mlp_operation mlp_mul = {.name = "mul",
                               .elementwise = true,
                               .formula = "y = a " B_OR_NUMBER,
                               .gradient = "da = dy " B_OR_NUMBER "[b? ; db = dy a]",
                               .outputs = 1,
                               .traits = MLP_IS_MULTIPLE,
                               .check = check_binary,
                               .forward = mul_forward,
                               .backward = mul_backward,
                               .compose = compose_mul,
                               .bound = bound_mul,
                               .bound_backward = bound_mul_back,
                               .reads = {B, A},
                               .gradients = A | B,
                               .grad_fn = "MulBackward0"};

static void div_forward(const mlp_call *call) {
    CALL_KERNEL(call, div_forward, call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                number_of(call), elements(call));
}

static void div_backward(const mlp_call *call) {
    CALL_KERNEL(call, div_backward, data_of(call->din[0]), data_of(call->din[1]), call->dout->data,
                call->in[0]->data, data_of(call->in[1]), number_of(call), elements(call));
}

const mlp_operation mlp_div = {.name = "div",
                               .elementwise = true,
                               .formula = "y = a / " B_OR_NUMBER,
                               .gradient = "da = dy / " B_OR_NUMBER "[b? ; db = -dy a / b^2]",
                               .outputs = 1,
                               .check = check_floating_binary,
                               .forward = div_forward,
                               .backward = div_backward,
                               .compose = compose_div,
                               .bound = bound_div,
                               .bound_backward = bound_div_back,
                               .reads = {B, A | B},
                               .gradients = A | B,
                               .grad_fn = "DivBackward0"};

/* --- by a number of PyTorch's own, as its formulas have them: then the gradient of what has no
 * dimensions is formed in double --- */

static bool is_formed_in_double(const mlp_call *call) {
    return call->in[0]->ndim == 0 && call->in[0]->dtype == MLP_FLOAT32;
}

static void mul_scalar_backward(const mlp_call *call) {
    if (is_formed_in_double(call))
        mlp_tensor_set(call->din[0], 0, mlp_tensor_get(call->dout, 0) * call->options.number.real);
    else
        mul_backward(call);
}

static void div_scalar_backward(const mlp_call *call) {
    if (is_formed_in_double(call))
        mlp_tensor_set(call->din[0], 0, mlp_tensor_get(call->dout, 0) / call->options.number.real);
    else
        div_backward(call);
}

const mlp_operation mlp_mul_scalar = {.name = "mul",
                                      .elementwise = true,
                                      .formula = "y = number a",
                                      .gradient = "da = number dy",
                                      .outputs = 1,
                                      .traits = MLP_IS_MULTIPLE,
                                      .check = check_binary,
                                      .forward = mul_forward,
                                      .backward = mul_scalar_backward,
                                      .compose = compose_mul_scalar,
                                      .bound = bound_mul,
                                      .bound_backward = bound_mul_back,
                                      .gradients = A,
                                      .grad_fn = "MulBackward1"};

const mlp_operation mlp_div_scalar = {.name = "div",
                                      .elementwise = true,
                                      .formula = "y = a / number",
                                      .gradient = "da = dy / number",
                                      .outputs = 1,
                                      .check = check_floating_binary,
                                      .forward = div_forward,
                                      .backward = div_scalar_backward,
                                      .compose = compose_div_scalar,
                                      .bound = bound_div,
                                      .bound_backward = bound_div_back,
                                      .gradients = A,
                                      .grad_fn = "DivBackward1"};

/* --- powers --- */

static void pow_forward(const mlp_call *call) {
    if (is_integer(call))
        mlp_integer_pow(call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                        call->options.number.integer, elements(call));
    else
        CALL_KERNEL(call, pow_forward, call->out[0]->data, call->in[0]->data, data_of(call->in[1]),
                    number_of(call), elements(call), &call->loop);
}

static void pow_backward(const mlp_call *call) {
    if (call->din[0])
        CALL_KERNEL(call, pow_backward_base, call->din[0]->data, call->dout->data,
                    call->in[0]->data, data_of(call->in[1]), number_of(call), elements(call),
                    &call->loop);
    if (call->din[1])
        CALL_KERNEL(call, pow_backward_exponent, call->din[1]->data, call->dout->data,
                    call->in[0]->data, call->in[1]->data, call->out[0]->data, elements(call),
                    is_by_mkl(call));
}

const mlp_operation mlp_pow = {.name = "pow",
                               .elementwise = true,
                               .formula = "y = x^number",
                               .gradient = "dx = dy number x^(number - 1)",
                               .outputs = 1,
                               .traits = MLP_IS_BY_LOOP,
                               .loops = A,
                               .check = check_binary,
                               .forward = pow_forward,
                               .backward = pow_backward,
                               .compose = compose_pow,
                               .bound = bound_pow,
                               .bound_backward = bound_pow_back,
                               .reads = {A},
                               .gradients = A,
                               .grad_fn = "PowBackward0"};

const mlp_operation mlp_pow_tensor = {.name = "pow",
                                      .elementwise = true,
                                      .formula = "y = a^b",
                                      .gradient = "da = dy b a^(b - 1); db = dy y log(a)",
                                      .outputs = 1,
                                      .traits = MLP_IS_BY_LOOP,
                                      .loops = A | B,
                                      .check = check_binary,
                                      .forward = pow_forward,
                                      .backward = pow_backward,
                                      .compose = compose_pow_tensor,
                                      .bound = bound_pow,
                                      .bound_backward = bound_pow_back,
                                      .reads = {A | B, A | B},
                                      .reads_output = true,
                                      .gradients = A | B,
                                      .grad_fn = "PowBackward1"};

static void rpow_forward(const mlp_call *call) {
    CALL_KERNEL(call, rpow_forward, call->out[0]->data, number_of(call), call->in[0]->data,
                elements(call), &call->loop);
}

static void rpow_backward(const mlp_call *call) {
    CALL_KERNEL(call, rpow_backward, call->din[0]->data, call->dout->data, number_of(call),
                call->in[0]->data, call->out[0]->data, elements(call), is_by_mkl(call));
}

const mlp_operation mlp_rpow = {.name = "pow",
                                .elementwise = true,
                                .formula = "y = number^x",
                                .gradient = "dx = dy y log(number)",
                                .outputs = 1,
                                .traits = MLP_IS_BY_LOOP,
                                .loops = A,
                                .check = check_elementwise,
                                .forward = rpow_forward,
                                .backward = rpow_backward,
                                .compose = compose_rpow,
                                .bound = bound_rpow,
                                .bound_backward = bound_rpow_back,
                                .reads = {A},
                                .reads_output = true,
                                .gradients = A,
                                .grad_fn = "PowBackward1",
                                .later_grad_fn = "PowBackward2"};

/* --- functions of one element --- */

static bool check_signed(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    out[0] = shape_of(call->in[0]);
    return is_integer(call) || check_floating(call->in[0], error);
}

static void neg_forward(const mlp_call *call) {
    if (is_integer(call))
        mlp_integer_mul(call->out[0]->data, call->in[0]->data, NULL, -1, elements(call));
    else
        CALL_KERNEL(call, neg_forward, call->out[0]->data, call->in[0]->data, elements(call));
}

const mlp_operation mlp_neg = {.name = "neg",
                               .elementwise = true,
                               .method_options = "",
                               .alias = "negative",
                               .in_place = MLP_IN_PLACE,
                               .formula = "y = -x",
                               .gradient = "dx = -dy",
                               .outputs = 1,
                               .check = check_signed,
                               .forward = neg_forward,
                               .backward = negative_backward,
                               .compose = compose_neg,
                               .bound = bound_neg,
                               .bound_backward = bound_add_back,
                               .gradients = A,
                               .grad_fn = "NegBackward0"};

static void reciprocal_forward(const mlp_call *call) {
    CALL_KERNEL(call, reciprocal_forward, call->out[0]->data, call->in[0]->data, elements(call));
}

static void reciprocal_backward(const mlp_call *call) {
    CALL_KERNEL(call, reciprocal_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
                elements(call));
}

const mlp_operation mlp_reciprocal = {.name = "reciprocal",
                                      .elementwise = true,
                                      .promotes = true,
                                      .method_options = "",
                                      .in_place = MLP_IN_PLACE,
                                      .formula = "y = 1 / x",
                                      .gradient = "dx = -dy y^2",
                                      .outputs = 1,
                                      .check = check_elementwise,
                                      .forward = reciprocal_forward,
                                      .backward = reciprocal_backward,
                                      .compose = compose_reciprocal,
                                      .bound = bound_reciprocal,
                                      .bound_backward = bound_reciprocal_back,
                                      .reads_output = true,
                                      .gradients = A,
                                      .grad_fn = "ReciprocalBackward0"};

static void exp_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_EXP))
        CALL_KERNEL(call, exp_forward, call->out[0]->data, call->in[0]->data, elements(call));
}

static void exp_backward(const mlp_call *call) {
    CALL_KERNEL(call, exp_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
                elements(call));
}

const mlp_operation mlp_exp = {.name = "exp",
                               .elementwise = true,
                               .promotes = true,
                               .method_options = "",
                               .in_place = MLP_IN_PLACE,
                               .formula = "y = exp(x)",
                               .gradient = "dx = dy y",
                               .outputs = 1,
                               .check = check_elementwise,
                               .forward = exp_forward,
                               .backward = exp_backward,
                               .compose = compose_exp,
                               .bound = bound_exp,
                               .bound_backward = bound_exp_back,
                               .reads_output = true,
                               .gradients = A,
                               .grad_fn = "ExpBackward0"};

static void log_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_LOG))
        CALL_KERNEL(call, log_forward, call->out[0]->data, call->in[0]->data, elements(call));
}

static void log_backward(const mlp_call *call) {
    CALL_KERNEL(call, log_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                elements(call));
}

const mlp_operation mlp_log = {.name = "log",
                               .elementwise = true,
                               .promotes = true,
                               .method_options = "",
                               .in_place = MLP_IN_PLACE,
                               .formula = "y = log(x)",
                               .gradient = "dx = dy / x",
                               .outputs = 1,
                               .traits = MLP_IS_LOGARITHM,
                               .check = check_elementwise,
                               .forward = log_forward,
                               .backward = log_backward,
                               .compose = compose_log,
                               .bound = bound_log,
                               .bound_backward = bound_log_back,
                               .reads = {A},
                               .gradients = A,
                               .grad_fn = "LogBackward0"};

static void sqrt_forward(const mlp_call *call) {
    CALL_KERNEL(call, sqrt_forward, call->out[0]->data, call->in[0]->data, elements(call));
}

static void sqrt_backward(const mlp_call *call) {
    CALL_KERNEL(call, sqrt_backward, call->din[0]->data, call->dout->data, call->out[0]->data,
                elements(call));
}

const mlp_operation mlp_sqrt = {.name = "sqrt",
                                .elementwise = true,
                                .promotes = true,
                                .method_options = "",
                                .in_place = MLP_IN_PLACE,
                                .formula = "y = sqrt(x)",
                                .gradient = "dx = dy / (2 y)",
                                .outputs = 1,
                                .kinks = kinks_of_zero_result,
                                .check = check_elementwise,
                                .forward = sqrt_forward,
                                .backward = sqrt_backward,
                                .compose = compose_sqrt,
                                .bound = bound_sqrt,
                                .bound_backward = bound_sqrt_back,
                                .reads_output = true,
                                .gradients = A,
                                .grad_fn = "SqrtBackward0"};

static void abs_forward(const mlp_call *call) {
    if (is_integer(call))
        mlp_integer_abs(call->out[0]->data, call->in[0]->data, elements(call));
    else
        CALL_KERNEL(call, abs_forward, call->out[0]->data, call->in[0]->data, elements(call));
}

static void abs_backward(const mlp_call *call) {
    CALL_KERNEL(call, abs_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                elements(call));
}

const mlp_operation mlp_abs = {.name = "abs",
                               .elementwise = true,
                               .method_options = "",
                               .alias = "absolute",
                               .in_place = MLP_IN_PLACE,
                               .formula = "y = |x|",
                               .gradient = "dx = dy sign(x)",
                               .outputs = 1,
                               .kinks = kinks_at_zero,
                               .check = check_signed,
                               .forward = abs_forward,
                               .backward = abs_backward,
                               .compose = compose_abs,
                               .bound = bound_abs,
                               .bound_backward = bound_abs_back,
                               .reads = {A},
                               .gradients = A,
                               .grad_fn = "AbsBackward0"};

static void xlogy_forward(const mlp_call *call) {
    CALL_KERNEL(call, xlogy_forward, call->out[0]->data, call->in[0]->data, call->in[1]->data,
                elements(call));
}

static void xlogy_backward(const mlp_call *call) {
    CALL_KERNEL(call, xlogy_backward, data_of(call->din[0]), data_of(call->din[1]),
                call->dout->data, call->in[0]->data, call->in[1]->data, elements(call));
}

const mlp_operation mlp_xlogy = {.name = "xlogy",
                                 .elementwise = true,
                                 .formula = "y = 0 where a = 0, a log(b) elsewhere",
                                 .gradient = "da = dy log(b); db = dy a / b",
                                 .outputs = 1,
                                 .traits = MLP_IS_LOGARITHM,
                                 .check = check_floating_binary,
                                 .forward = xlogy_forward,
                                 .backward = xlogy_backward,
                                 .compose = compose_xlogy,
                                 .bound = bound_xlogy,
                                 .bound_backward = bound_xlogy_back,
                                 .reads = {A | B, A | B},
                                 .gradients = A | B,
                                 .grad_fn = "XlogyBackward0"};

/* --- limits --- */

static bool check_clamp(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    if (!call->options.has_min && !call->options.has_max)
        return mlp_error(
            mlp_raises(
                error,
                "RuntimeError: torch.clamp: At least one of 'min' or 'max' must not be None"),
            "clamp needs min=, max= or both");
    out[0] = shape_of(call->in[0]);
    return check_numbers(call->in[0], error) &&
           (!call->options.has_min || check_fits(call->options.min, "min", call->in[0], error)) &&
           (!call->options.has_max || check_fits(call->options.max, "max", call->in[0], error));
}

static mlp_clamp_limits limits_of(const mlp_call *call) {
    const mlp_options *o = &call->options;
    return (mlp_clamp_limits){
        .has_min = o->has_min, .has_max = o->has_max, .min = o->min, .max = o->max};
}

/* A limit that the type has, as a whole number. */
static int64_t whole_limit(const mlp_call *call, double limit) {
    return mlp_wrapped(call->in[0]->dtype, mlp_to_int64(limit));
}

static void clamp_forward(const mlp_call *call) {
    const mlp_clamp_limits limits = limits_of(call);
    if (is_integer(call)) {
        mlp_integer_clamp(call->out[0]->data, call->in[0]->data,
                          limits.has_min ? whole_limit(call, limits.min) : INT64_MIN,
                          limits.has_max ? whole_limit(call, limits.max) : INT64_MAX,
                          elements(call));
        return;
    }
    CALL_KERNEL(call, clamp_forward, call->out[0]->data, call->in[0]->data, &limits,
                elements(call));
}

static void clamp_backward(const mlp_call *call) {
    const mlp_clamp_limits limits = limits_of(call);
    CALL_KERNEL(call, clamp_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                &limits, elements(call));
}

static void clamp_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const double *x = call->in[0]->data;
    for (size_t i = 0; i < elements(call); i++) {
        if (call->options.has_min)
            take(context, sign_of(x[i] - call->options.min));
        if (call->options.has_max)
            take(context, sign_of(x[i] - call->options.max));
    }
}

const mlp_operation mlp_clamp = {
    .name = "clamp",
    .elementwise = true,
    .formula = "y = [has_min? [has_max? min(max(x, min), max)][!has_max? max(x, "
               "min)]][!has_min? min(x, max)]",
    .gradient = "dx = dy where [has_min? [has_max? min <= x <= max][!has_max? x >= "
                "min]][!has_min? x <= max], 0 elsewhere",
    .outputs = 1,
    .kinks = clamp_kinks,
    .check = check_clamp,
    .forward = clamp_forward,
    .backward = clamp_backward,
    .compose = compose_clamp,
    .bound = bound_clamp,
    .bound_backward = bound_clamp_back,
    .reads = {A},
    .gradients = A,
    .grad_fn = "ClampBackward1"};

const mlp_operation mlp_clamp_min = {.name = "clamp_min",
                                     .elementwise = true,
                                     .formula = "y = max(x, min)",
                                     .gradient = "dx = dy where x >= min, 0 elsewhere",
                                     .outputs = 1,
                                     .kinks = clamp_kinks,
                                     .check = check_clamp,
                                     .forward = clamp_forward,
                                     .backward = clamp_backward,
                                     .compose = compose_clamp_min,
                                     .bound = bound_clamp,
                                     .bound_backward = bound_clamp_back,
                                     .reads = {A},
                                     .gradients = A,
                                     .grad_fn = "ClampMinBackward0"};

const mlp_operation mlp_clamp_max = {.name = "clamp_max",
                                     .elementwise = true,
                                     .formula = "y = min(x, max)",
                                     .gradient = "dx = dy where x <= max, 0 elsewhere",
                                     .outputs = 1,
                                     .kinks = clamp_kinks,
                                     .check = check_clamp,
                                     .forward = clamp_forward,
                                     .backward = clamp_backward,
                                     .compose = compose_clamp_max,
                                     .bound = bound_clamp,
                                     .bound_backward = bound_clamp_back,
                                     .reads = {A},
                                     .gradients = A,
                                     .grad_fn = "ClampMaxBackward0"};

static void larger(const mlp_call *call, double sign) {
    if (is_integer(call)) {
        mlp_integer_maximum(call->out[0]->data, call->in[0]->data, call->in[1]->data, (int)sign,
                            elements(call));
        return;
    }
    CALL_KERNEL(call, maximum_forward, call->out[0]->data, call->in[0]->data, call->in[1]->data,
                sign, elements(call), &call->loop);
}

static void larger_backward(const mlp_call *call, double sign) {
    CALL_KERNEL(call, maximum_backward, data_of(call->din[0]), data_of(call->din[1]),
                call->dout->data, call->in[0]->data, call->in[1]->data, sign, elements(call));
}

static void maximum_forward(const mlp_call *call) {
    larger(call, 1);
}

static void maximum_backward(const mlp_call *call) {
    larger_backward(call, 1);
}

static void minimum_forward(const mlp_call *call) {
    larger(call, -1);
}

static void minimum_backward(const mlp_call *call) {
    larger_backward(call, -1);
}

/* a = b */
static void larger_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const double *a = call->in[0]->data, *b = call->in[1]->data;
    for (size_t i = 0; i < elements(call); i++)
        take(context, (a[i] > b[i]) - (a[i] < b[i]));
}

const mlp_operation mlp_maximum = {
    .name = "maximum",
    .elementwise = true,
    .formula = "y = max(a, b)",
    .gradient = "da = dy where a > b, dy / 2 where a = b, 0 elsewhere; db = dy - da",
    .outputs = 1,
    .traits = MLP_IS_BY_LOOP,
    .kinks = larger_kinks,
    .check = check_binary,
    .forward = maximum_forward,
    .backward = maximum_backward,
    .compose = compose_maximum,
    .bound = bound_maximum,
    .bound_backward = bound_maximum_back,
    .reads = {A | B, A | B},
    .gradients = A | B,
    .grad_fn = "MaximumBackward0"};

const mlp_operation mlp_minimum = {
    .name = "minimum",
    .elementwise = true,
    .formula = "y = min(a, b)",
    .gradient = "da = dy where a < b, dy / 2 where a = b, 0 elsewhere; db = dy - da",
    .outputs = 1,
    .traits = MLP_IS_BY_LOOP,
    .kinks = larger_kinks,
    .check = check_binary,
    .forward = minimum_forward,
    .backward = minimum_backward,
    .compose = compose_minimum,
    .bound = bound_minimum,
    .bound_backward = bound_minimum_back,
    .reads = {A | B, A | B},
    .gradients = A | B,
    .grad_fn = "MinimumBackward0"};

/* --- to: x as another dtype --- */

static bool check_to(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    (void)error;
    out[0] = shape_of(call->in[0]);
    out[0].dtype = call->options.dtype;
    return true;
}

static void cast(mlp_tensor *to, const mlp_tensor *from) {
    for (size_t i = 0; i < from->numel; i++)
        if (mlp_dtype_is_integer(to->dtype) && !mlp_dtype_is_floating(from->dtype))
            mlp_tensor_set_int(to, i, mlp_tensor_get_int(from, i));
        else
            mlp_tensor_set(to, i, mlp_tensor_get(from, i));
}

static void to_forward(const mlp_call *call) {
    cast(call->out[0], call->in[0]);
}

static void to_in_float64(mlp_call *call) {
    if (call->options.dtype == MLP_FLOAT32)
        call->options.dtype = MLP_FLOAT64;
}

static void to_backward(const mlp_call *call) {
    cast(call->din[0], call->dout);
}

const mlp_operation mlp_to = {.name = "to",
                              .elementwise = true,
                              .formula = "y = x {of another type}",
                              .gradient = "dx = dy",
                              .outputs = 1,
                              .numbers = MLP_REARRANGED,
                              .check = check_to,
                              .forward = to_forward,
                              .backward = to_backward,
                              .compose = compose_to,
                              .bound = bound_to,
                              .bound_backward = bound_to_back,
                              .gradients = A,
                              .grad_fn = "ToCopyBackward0",
                              .in_float64 = to_in_float64};
